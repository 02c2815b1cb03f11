"""Contents by their SHA-256: what is the same is held once, and what was changed behind our back is found."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from .schema import contents


def digest_of(data: bytes) -> str:
    """Return the name of contents."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class Contents:
    """The contents of a store, in a transaction."""

    connection: Connection

    def put(self, data: bytes) -> str:
        """Hold contents, if they are not held; return their name."""
        name = digest_of(data)
        if self.connection.execute(select(contents.c.size).where(contents.c.digest == name)).first() is None:
            self.connection.execute(insert(contents).values(digest=name, size=len(data), packed=zlib.compress(data)))
        return name

    def get(self, name: str) -> bytes:
        """Return contents.

        Raises
        ------
        KeyError
            There are none of this name.
        ValueError
            They are not what they were.
        """
        packed = self.connection.execute(select(contents.c.packed).where(contents.c.digest == name)).scalar()
        if packed is None:
            raise KeyError(name)
        try:
            data = zlib.decompress(packed)
        except zlib.error:
            raise ValueError(name) from None
        if digest_of(data) != name:
            raise ValueError(name)
        return data
