"""Files that a planner takes away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from .desk import Desk

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class File:
    """A file: its name, its media type and its bytes."""

    name: str
    kind: str
    data: bytes

    @property
    def quoted(self) -> str:
        """The name as a header takes it."""
        return quote(self.name, safe="")


MAKERS: dict[str, Callable[[Desk, str], File]] = {}


def template(lang: str) -> File:
    raise NotImplementedError
