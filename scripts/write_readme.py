"""Write the output that the README shows from the commands above it.

python scripts/write_readme.py          a comment before each block says which lines of the output it holds
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
SHOWN = re.compile(r"```sh\n(saidao [^\n]*)\n```\n\n<!-- lines (\d+) to (\d+) -->\n```text\n(.*?)```", re.DOTALL)


def output(command: str, folder: Path) -> str:
    """Return what a command prints in a folder."""
    words = [sys.executable, "-m", *shlex.split(command, comments=True)]
    done = subprocess.run(words, capture_output=True, check=False, cwd=folder)
    if done.returncode:
        raise RuntimeError(f"{command}\n{done.stderr.decode('utf-8')}")
    return (done.stdout or done.stderr).decode("utf-8")  # where a file is the answer, it is named on standard error


def chosen(printed: str, first: str, last: str) -> str:
    """Return the lines of an output that a block holds, counted from 1."""
    lines = [line.rstrip() for line in printed.splitlines()]
    return "\n".join(lines[int(first) - 1 : int(last)]) + "\n"


def filled(text: str) -> str:
    """Return the README with its blocks of output as the commands print it now; the commands run side by side."""
    commands = [found[1] for found in SHOWN.finditer(text)]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor() as pool:
        printed = dict(zip(commands, pool.map(partial(output, folder=Path(folder)), commands), strict=True))

    def fill(found: re.Match[str]) -> str:
        block = chosen(printed[found[1]], found[2], found[3])
        return found[0][: found.start(4) - found.start()] + block + "```"

    return SHOWN.sub(fill, text)


if __name__ == "__main__":
    README.write_text(filled(README.read_text("utf-8")), encoding="utf-8")
