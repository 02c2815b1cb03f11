"""Stores to try things on: SQLite, and PostgreSQL where Debian's packages are."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from saidao.store.place import open_store
from saidao.store.store import Store


def programs() -> Path | None:
    """Return the folder of PostgreSQL's own programs: Debian keeps them out of the way."""
    found = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    found += [Path(at).parent for at in (shutil.which("pg_ctl"),) if at]
    return next((folder for folder in found if all((folder / name).exists() for name in ("initdb", "pg_ctl"))), None)


def as_other(folder: Path) -> list[str]:
    """Return what begins a command that may not be root's: the server refuses to run as root."""
    if os.getuid():
        return []
    shutil.chown(folder, "postgres", "postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A PostgreSQL of the tests' own, which listens on a socket in a folder of theirs; yield that folder."""
    bin_ = programs()
    if bin_ is None:
        why = "this system has no PostgreSQL (Debian: apt install postgresql): the store is not tested on it"
        if os.environ.get("CI") == "true":
            pytest.fail(why)
        pytest.skip(why)
    folder = Path(
        subprocess.run(["mktemp", "-d", "/tmp/pg-XXXXXX"], capture_output=True, text=True, check=True).stdout.strip()
    )
    before = as_other(folder)
    options = f"-k {folder} -c listen_addresses= -c unix_socket_permissions=0777"

    def run(*command: str | Path) -> None:
        subprocess.run([*before, *map(str, command)], check=True, capture_output=True, cwd="/")

    try:
        run(bin_ / "initdb", "-D", folder / "data", "-U", "saidao", "-A", "trust", "-E", "UTF8", "--no-sync")
        folder.chmod(0o755)
        run(bin_ / "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-w", "-o", options, "start")
        yield folder
    finally:
        stop = [*before, str(bin_ / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "stop"]
        subprocess.run(stop, capture_output=True, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new store."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    folder = request.getfixturevalue("server")
    name = f"t{abs(hash(request.node.nodeid)) % 10**12}"
    import psycopg

    with psycopg.connect(f"host={folder} user=saidao dbname=postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"postgresql+psycopg://saidao@/{name}?host={folder}"


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    found = open_store(place)
    yield found
    found.close()
