"""Where the store is, and how it is opened."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import CaseError, Problem
from ..files import as_output_error, check_place, write_bytes

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

    from .store import Store

VARIABLE = "SAIDAO_STORE"
"""The variable of the environment that names another store."""
NEWEST = "0003"
"""The newest migration: what this version of the package reads and writes."""
MIGRATIONS = Path(__file__).with_name("migrations")
PATIENCE = 30.0
"""Seconds that a writer waits for another one."""


def default_place() -> str:
    """Return the address of the store: what the environment says, or a file in the user's data folder."""
    if named := os.environ.get(VARIABLE):
        return named
    from platformdirs import user_data_path  # an extra

    return str(user_data_path("saidao", appauthor=False) / "store.db")


def open_store(place: str | Path | None = None) -> Store:
    """Open the store; one that is not there yet is made.

    Parameters
    ----------
    place : a file (SQLite), or an address such as ``postgresql+psycopg://user@host/name``; if left out, what the
        variable SAIDAO_STORE says, or else ``store.db`` in the user's data folder.

    Raises
    ------
    CaseError
        Its packages are missing, the address is none, it cannot be reached or written, or a newer version made it.
    """
    try:
        from sqlalchemy import create_engine, event  # takes a quarter of a second, and is an extra
        from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError  # likewise

        from .store import Store  # likewise

        named = str(place) if place else default_place()
    except ModuleNotFoundError as error:
        raise CaseError([Problem("store_missing", "saidao", found=str(error.name))]) from None
    try:
        url = _url(named)
        if url.get_backend_name() == "sqlite":
            _make_file(url)
            engine = create_engine(url, connect_args={"timeout": PATIENCE})
            event.listen(engine, "connect", _prepare)
            event.listen(engine, "begin", _begin)
        else:
            engine = create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError) as error:
        found = error.name or "" if isinstance(error, ModuleNotFoundError) else named
        code = "store_missing" if isinstance(error, ModuleNotFoundError) else "store_address"
        raise CaseError([Problem(code, VARIABLE, found=found)]) from None
    shown = url.render_as_string(hide_password=True)
    try:
        _migrate(engine, shown)
    except DBAPIError as error:
        engine.dispose()
        raise CaseError([Problem("store_failed", shown, found=str(error.orig).strip())]) from None
    return Store(engine, shown)


def back_up(store: Store, path: Path) -> None:
    """Write a copy of an open SQLite store to a file, whole, while others go on reading and writing.

    Raises
    ------
    CaseError
        It is on PostgreSQL, which has ``pg_dump`` for it, or the file cannot be written.
    """
    import sqlite3  # for this alone
    from tempfile import TemporaryDirectory  # likewise

    if store.engine.dialect.name != "sqlite":
        raise CaseError([Problem("store_backup", store.place, found=store.engine.dialect.name)])
    check_place(path)
    with as_output_error(path), TemporaryDirectory(prefix="saidao-") as folder:
        copy = Path(folder, "store.db")
        source, target = sqlite3.connect(str(store.engine.url.database)), sqlite3.connect(copy)
        source.backup(target)
        source.close()
        target.close()
        write_bytes(path, copy.read_bytes())


def _url(place: str) -> URL:
    from sqlalchemy import URL, make_url  # see `open_store`

    if "://" not in place:
        return URL.create("sqlite", database=str(Path(place).expanduser().absolute()))
    url = make_url(place)
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise ValueError(place)
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def _make_file(url: URL) -> None:
    """Make the file of the store and its folder, which only their owner reads."""
    if url.database in (None, "", ":memory:"):
        raise ValueError(str(url))
    path = Path(str(url.database))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except (OSError, ValueError) as error:
        found = getattr(error, "strerror", None) or str(error)
        raise CaseError([Problem("store_failed", str(path), found=found)]) from None


def _prepare(connection: Any, record: object) -> None:
    """Readers and a writer side by side, nothing acknowledged that is not on the disk, and no begin but our own."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _version(connection: Connection) -> str | None:
    from sqlalchemy import inspect, text  # see `open_store`

    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _migrate(engine: Engine, shown: str) -> None:
    """Bring the tables to the newest form; of two processes one does."""
    with engine.connect() as connection:
        found = _version(connection)
    if found == NEWEST:
        return
    if found is not None and found > NEWEST:
        raise CaseError([Problem("store_newer", shown, found=found, details={"newest": NEWEST})])
    from alembic import command  # takes a fifth of a second; a store that is made already needs none
    from alembic.config import Config  # likewise
    from sqlalchemy import text  # see `open_store`

    from .schema import metadata  # likewise

    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(7305804385)"))  # "saidao"
        if _version(connection) != NEWEST:
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
            config.attributes.update(connection=connection, metadata=metadata)
            command.upgrade(config, "head")
