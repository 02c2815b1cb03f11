"""Files that a planner takes away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from ..case import Case
from ..case.write import workbook
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


def case(desk: Desk, lang: str) -> File:
    """Return the case with the judgements, budgets and settings that were chosen."""
    edited = desk.choices.edited(desk.case)
    return File(f"{_stem(edited, lang)}.xlsx", XLSX, workbook(edited))


MAKERS: dict[str, Callable[[Desk, str], File]] = {"case.xlsx": case}
"""Downloads of a desk by their address."""


def _stem(case: Case, lang: str) -> str:
    """Return the case's name as the name of a file."""
    return "".join(sign for sign in case.title(lang) if sign.isalnum() or sign in " -_'").strip() or "saidao"
