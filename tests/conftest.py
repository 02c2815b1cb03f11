"""Shared fixtures: a small case to spoil, and the command line as a user types it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from saidao.cli.commands import app

ROOT = Path(__file__).resolve().parent.parent
"""The top of the project."""


def first(quick: int, of: int) -> list[Any]:
    """Number random cases: the first ones are quick, the rest of them slow."""
    return [n if n < quick else pytest.param(n, marks=pytest.mark.slow) for n in range(of)]


def pytest_configure() -> None:
    """What a shell starts in the background ignores Ctrl-C, and so would the commands that the tests interrupt."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


SMALL: dict[str, str] = {
    "case.toml": 'name_en = "Small"\nname_zh = "小例"\nweights = "direct"\n',
    "tracks.csv": "track,name_en,name_zh,type\na,Alpha,甲,x\nb,Beta,乙,x\nc,Gamma,丙,y\n",
    "factors.csv": "factor,name_en,name_zh,direction,worst,target,weight\n"
    "f,Force,力,max,0,10,2\ng,Grit,砂,min,10,0,1\n",
    "scores.csv": "track,f,g\na,2,8\nb,5,1\nc,9,3\n",
    "resources.csv": "resource,name_en,unit,budget\nfunds,Funds,M,10\nland,Land,ha,5\n",
    "measures.csv": "measure,name_en,name_zh,dimension,stage,scope,kind,max_level\n"
    "m1,One,一,d1,s1,track,continuous,2\nm2,Two,二,d1,s2,type,continuous,1\nm3,Three,三,d2,s1,city,continuous,1\n",
    "costs.csv": "measure,resource,cost\nm1,funds,4\nm1,land,1\nm2,funds,3\nm2,land,2\nm3,funds,2\n",
    "effects.csv": "measure,track,factor,effect\nm1,*,f,0.3\nm2,type:x,g,0.2\nm2,a,g,0.4\nm3,*,g,0.05\n",
    "rules.csv": "rule,kind,over,key,of,amount,share\nr1,floor,measure,m2,funds,1,\nr2,cap,track,a,funds,,0.5\n"
    "r3,floor,factor,g,closed,0.2,\n",
    "sources.csv": "table,row,column,kind,note\nscores,,,measured,\neffects,,,assumption,\n",
    "judgements/factors.csv": "factor,f,g\nf,1,3\ng,,1\n",
}


def write_case(folder: Path, **changes: str) -> Path:
    """Write the small case; a change replaces a file or adds one (`__` for `/`, without suffix)."""
    files = dict(SMALL)
    for key, text in changes.items():
        name = key.replace("__", "/")
        files[next((f for f in files if f.rsplit(".", 1)[0] == name), f"{name}.csv")] = text
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True, scope="session")
def store_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the tests do out of the user's store."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SAIDAO_STORE", str(tmp_path_factory.mktemp("store") / "store.db"))
        yield


@pytest.fixture
def small(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    folder.mkdir()
    return write_case(folder)


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str


Run = Callable[..., Ran]


def in_process(*arguments: str | Path, cwd: Path | None = None) -> Ran:
    """Run the command line without a process of its own: what it answers, but not what its start does."""
    with contextlib.chdir(cwd or Path.cwd()):
        done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ran(done.exit_code, done.stdout, done.stderr)


def installed(*arguments: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None) -> Ran:
    """Run the installed command in a process of its own."""
    command = shutil.which("saidao", path=str(Path(sys.executable).parent))
    assert command, "the saidao command is not installed beside this Python"
    done = subprocess.run(
        [command, *map(str, arguments)],
        capture_output=True,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        timeout=120,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


@pytest.fixture
def run() -> Run:
    return in_process


@pytest.fixture
def process() -> Run:
    return installed
