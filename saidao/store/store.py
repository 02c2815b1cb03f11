"""An open store: transactions, and what failed in them in words."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, update
from sqlalchemy.exc import DBAPIError

from ..errors import CaseError, Problem
from .schema import head


@dataclass(frozen=True)
class Store:
    """An open store; `place` is its address without a password. `open_store` makes one."""

    engine: Engine
    place: str

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read what was so at one time."""
        with self._told(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write all or nothing, one at a time; it is on the disk when the block is left."""
        with self._told(), self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(update(head).values(number=head.c.number))  # whoever else writes waits here
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise CaseError([Problem("store_failed", self.place, found=str(error.orig).strip())]) from error

    def close(self) -> None:
        """Let go of its connections."""
        self.engine.dispose()


def current_user() -> str:
    """Return who runs this process, as the system calls them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a user without a name, as in some containers
        return "-"
