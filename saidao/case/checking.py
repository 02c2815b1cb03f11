"""What checks are made of: a sentence with a function, and how they look at tables and tell what they find."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..errors import Problem, nearest
from .case import Case
from .cells import number
from .tables import Budget, Row

Found = Iterator[Problem]


@dataclass(frozen=True)
class Check:
    """A check: what has to hold, in a sentence, and the function that finds where it does not."""

    sentence: str
    find: Callable[[Case], Iterable[Problem]]


def lined(case: Case, model: type[Row]) -> Iterator[tuple[int, Any]]:
    """Yield each row of a table with its line."""
    table = case.tables[model.table]
    return zip(table.lines, table.rows, strict=True)


def file_of(case: Case, model: type[Row]) -> str:
    """Return where a table stands."""
    return case.tables[model.table].file


def ids(case: Case, model: type[Row]) -> frozenset[str]:
    """Return the first keys of a table, of rows that could not be read too."""
    return case.tables[model.table].keys


def unknown(file: str, row: int, column: str, found: str, valid: Iterable[str], of: str) -> Problem:
    """Tell an id that stands in no row of the table that it refers to."""
    names = valid if isinstance(valid, Collection) else tuple(valid)
    details = {"of": of, "nearest": partial(_nearest, found, names), "valid": partial(_some, names)}
    return Problem("unknown_id", file, row, column, found, details)


def _nearest(found: str, names: Collection[str]) -> str | None:
    return nearest(found, sorted(names))


def _some(names: Collection[str]) -> str:
    return ", ".join(name[:40] for name in sorted(names)[:12]) or "-"


def figure(score: str | float) -> float:
    """Return the number of a cell; nan where it holds none."""
    found = number(str(score))
    return float("nan") if found is None else found


def period_names(case: Case) -> tuple[str, ...]:
    """Return the names of the periods: those of case.toml, else those of the budgets; none where nothing is dated."""
    return case.settings.periods or tuple(dict.fromkeys(row.period for row in case.rows(Budget)))


def whole(case: Case, model: type[Row]) -> bool:
    """Whether every row of a table could be read: what is told of a table as a whole would else be a second error."""
    return not case.tables[model.table].spoilt


def misspelt(name: str, close: str) -> bool:
    """Whether a name is so near to a known one that it must be meant."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, name.lower(), close.lower()).ratio() >= 0.8
