"""The log: who did what and when; each entry holds the digest of the one before, so that no past one can be changed.

``digest = SHA-256(previous digest, number, at, who, what, subject, body)``, the parts as a JSON list. Whoever keeps the
newest digest elsewhere (a printed brief has it) can tell too whether the log was cut or written anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from ..texts.visible import in_json
from .schema import entries, head

ROOT = "0" * 64
"""What stands for the digest before the first entry."""


@dataclass(frozen=True)
class Entry:
    """An entry of the log; `body` is JSON text."""

    number: int
    at: str
    who: str
    what: str
    subject: str
    body: str
    previous: str
    digest: str

    @property
    def own_digest(self) -> str:
        """The digest that its parts have."""
        return chained(self.previous, self.number, self.at, self.who, self.what, self.subject, self.body)


def now() -> str:
    """Return the time, UTC, as a text that sorts.

    >>> len(now()), now() < "9"
    (24, True)
    """
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def plain(value: Any) -> str:
    """Return plain data as JSON text, the same for the same data."""
    return in_json(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False))


def chained(*parts: Any) -> str:
    """Return the digest of an entry's parts, that of the entry before first."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def append(
    connection: Connection, who: str, what: str, subject: str, body: Mapping[str, Any], at: str | None = None
) -> Entry:
    """Append an entry, in a transaction that writes (`Store.writing`): nobody else does meanwhile."""
    newest = connection.execute(select(head)).one()
    parts = (newest.number + 1, at or now(), who, what, subject, plain(body))
    made = Entry(*parts, newest.digest, chained(newest.digest, *parts))
    connection.execute(insert(entries).values(vars(made)))
    connection.execute(update(head).values(number=made.number, digest=made.digest))
    return made


def read(connection: Connection, after: int = 0) -> Iterator[Entry]:
    """Yield the entries in order."""
    found = connection.execute(select(entries).where(entries.c.number > after).order_by(entries.c.number))
    for row in found.yield_per(1000):
        yield Entry(**row._mapping)


def breaks(connection: Connection) -> Iterator[tuple[int, str]]:
    """Yield where the chain is broken: the number of an entry, and a key of `texts` that says how."""
    expected, previous = 1, ROOT
    for entry in read(connection):
        if entry.number != expected:
            yield expected, "chain.missing"
        if entry.number == expected and entry.previous != previous:
            yield entry.number, "chain.previous"
        if entry.digest != entry.own_digest:
            yield entry.number, "chain.changed"
        expected, previous = entry.number + 1, entry.digest
    newest = connection.execute(select(head)).one()
    if (newest.number, newest.digest) != (expected - 1, previous):
        yield newest.number, "chain.cut"
