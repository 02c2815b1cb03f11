"""Try each extra alone, in a virtual environment of its own, with the newest releases that its range allows.

    python scripts/try_extras.py [none fast plot app dask votes]

What users install has no constraints.txt: a command of the README that needs the extra shows that the ranges in
pyproject.toml hold, and that nothing is missing from them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(environment: Path, *command: str) -> str:
    """Run a command of the environment; return what it prints."""
    words = [str(environment / "bin" / command[0]), *command[1:]]
    done = subprocess.run(words, cwd=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout


def python(environment: Path, code: str) -> str:
    return run(environment, "python", "-c", code)


def plan(environment: Path) -> None:
    """The main job; and in Python nothing but the answer is printed."""
    assert "What is bought" in run(environment, "saidao", "plan", "shanghai")
    printed = python(environment, "import saidao; print(saidao.plan('shanghai', budgets={'funds': 2000}).status)")
    assert printed == "optimal\n", printed


def fast(environment: Path) -> None:
    assert "weights" in run(environment, "saidao", "acceptability", "--samples", "1000")


def plot(environment: Path) -> None:
    code = "import saidao; saidao.compare_plans('shanghai', ['ahp', 'entropy']).plot().figure.savefig('plans.png')"
    python(environment, code)
    assert (environment / "plans.png").stat().st_size > 10_000


def app(environment: Path) -> None:
    command = [str(environment / "bin" / "saidao"), "app", "shanghai", "--no-open", "--port", "0"]
    with subprocess.Popen(command, cwd=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr
            address = next((word for word in server.stderr.readline().split() if word.startswith("http")), "")
            if not address:
                sys.exit(server.stderr.read())
            with urllib.request.urlopen(address, timeout=60) as answer:
                assert 'id="budget-funds"' in answer.read().decode()
        finally:
            server.terminate()


def dask(environment: Path) -> None:
    code = """
import saidao
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        address = cluster.scheduler_address
        print(saidao.acceptability("shanghai", samples=200, backend="dask", address=address).to_frame())
"""
    (environment / "cluster.py").write_text(code, encoding="utf-8")
    assert "M09" in run(environment, "python", "cluster.py")


def votes(environment: Path) -> None:
    assert "Most votes first" in run(environment, "saidao", "winners", "wieliczka")


TRIED: dict[str, Callable[[Path], None]] = {
    "none": plan,
    "fast": fast,
    "plot": plot,
    "app": app,
    "dask": dask,
    "votes": votes,
}


def main(names: list[str]) -> None:
    for name in names or TRIED:
        begun = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="saidao-") as folder:
            environment = Path(folder)
            venv.create(environment, with_pip=True)
            wanted = str(ROOT) if name == "none" else f"{ROOT}[{name}]"
            run(environment, "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", wanted)
            TRIED[name](environment)
            solver = python(environment, "from importlib.metadata import version; print(version('highspy'))").strip()
        print(f"{name}: passed, with highspy {solver}, in {time.monotonic() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
