"""A wheel lives beside PyPI's `mcda` and `data`, which have the import names of our folders."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


def pip(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    # a copy, so that no build folder is left in the checkout
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(source)], check=True, capture_output=True)
    listed = subprocess.run(["git", "ls-files", "-mo", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    done = pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, source, cwd=folder)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("saidao-*.whl"))


def test_the_wheel_holds_the_packages_under_one_name_and_the_cases(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"saidao"}
    for wanted in ("saidao/py.typed", "saidao/mcda/pairwise/matrix.py", "saidao/optimize/model/constraints.py"):
        assert wanted in names
    shipped = {
        p.relative_to(ROOT).as_posix()
        for p in (ROOT / "data").rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }
    assert {f"saidao/{name}" for name in shipped} <= set(names)


def test_it_works_beside_the_other_mcda(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    done = pip("install", "--quiet", "--no-deps", "--target", target, wheel, "mcda==1.1.0", "data", cwd=tmp_path)
    if done.returncode and "CI" not in os.environ:
        pytest.skip(f"the package index cannot be reached: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr
    code = (
        "import saidao, saidao.mcda, saidao.data, importlib.util as u;"
        "print(saidao.plan('shanghai').status, saidao.__file__, saidao.mcda.__file__,"
        " u.find_spec('mcda').origin, u.find_spec('data').origin, sep='\\n')"
    )
    # -S leaves out the checkout's editable install; the target comes first, then this environment's libraries
    libraries = next(p for p in sys.path if p.endswith("site-packages"))
    done_ = subprocess.run(
        [sys.executable, "-S", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(target), libraries])},
    )
    assert done_.returncode == 0, done_.stderr
    status, *files = done_.stdout.split()
    assert status == "optimal"
    assert [Path(f).relative_to(target).parts[:-1] for f in files] == [
        ("saidao",),
        ("saidao", "mcda"),
        ("mcda",),
        ("data",),
    ]
