"""Whose process is at the other end of a connection within this computer, where the system (Linux) tells."""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Iterable
from ipaddress import ip_address
from pathlib import Path

TABLES = {socket.AF_INET: Path("/proc/net/tcp"), socket.AF_INET6: Path("/proc/net/tcp6")}
"""Connections, with the account that holds each."""


def is_anothers(client: tuple[str, int], server: tuple[str, int]) -> bool:
    """Whether a connection comes from another account of this computer than the one that serves, or root.

    False where the system does not tell: of a connection from elsewhere, and on other systems than Linux.
    """
    try:
        family = socket.AF_INET6 if ip_address(client[0]).version == 6 else socket.AF_INET
        lines = TABLES[family].read_text("ascii").splitlines()[1:]
    except (OSError, ValueError):
        return False
    account = holder(lines, written(family, client), written(family, server))
    return account not in (None, 0, os.getuid())


def written(family: socket.AddressFamily, end: tuple[str, int]) -> str:
    """Return an end of a connection as the system's table writes it.

    >>> written(socket.AF_INET, ("127.0.0.1", 8765))
    '0100007F:223D'
    """
    packed = socket.inet_pton(family, end[0])
    words = struct.unpack(f"={len(packed) // 4}I", packed)
    return "".join(f"{word:08X}" for word in words) + f":{end[1]:04X}"


def holder(lines: Iterable[str], one: str, other: str) -> int | None:
    """Return the account that holds the end *one* of a connection to *other*; None if there is no such.

    >>> holder(["0: 0100007F:A1B2 0100007F:223D 01 0:0 00:0 0 1000 0 1"], "0100007F:A1B2", "0100007F:223D")
    1000
    """
    for line in lines:
        fields = line.split()
        if fields[1:3] == [one, other]:
            return int(fields[7])
    return None
