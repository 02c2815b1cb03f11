"""What checks are built with: `Check`, lookups in the tables of a case, and problems that many checks find."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from operator import attrgetter
from typing import Any, Literal

from ..errors import Problem, nearest
from ..texts.say import WORDS, say
from .case import Case
from .cells import number, plain
from .tables import Budget, Named, Row

Found = Iterator[Problem]


MOST = 5
"""Suspicious cells of one column that are told one by one; the last of them says how many more there are."""


@dataclass(frozen=True)
class Check:
    """A check: what has to hold, in a sentence, and the function that finds where it does not.

    An error stands in the way of ranking or planning. A suspicion can be read, but was probably not meant; a check
    raises one only where the numbers or names give a reason to, and changes nothing.
    """

    sentence: str
    find: Callable[[Case], Iterable[Problem]]
    level: Literal["error", "suspicion"] = "error"

    def found(self, case: Case) -> Iterable[Problem]:
        """Return what is found in a case; of suspicious cells of one column the first few."""
        return self.find(case) if self.level == "error" else _few(self.find(case))


def _few(problems: Iterable[Problem]) -> Iterator[Problem]:
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.code, problem.file, problem.column), []).append(problem)
    for group in groups.values():
        yield from group[:MOST]
        if len(group) > MOST:
            group[MOST - 1].details["more"] = len(group) - MOST


def suspicion(code: str, file: str, row: int | None, column: str = "", found: str = "", **details: Any) -> Problem:
    """Return a problem of level warning: something that was probably not meant."""
    return Problem(code, file, row, column, found, details, level="warning")


def rows_with_lines(case: Case, model: type[Row]) -> Iterator[tuple[int, Any]]:
    """Yield each row of a table with its line."""
    return zip(case.tables[model.table].lines, case.rows(model), strict=True)


def column_of(case: Case, model: type[Row], column: str) -> list[Any]:
    """Return the cells of a column, a row each."""
    return [*map(attrgetter(column), case.rows(model))]


def file_of(case: Case, model: type[Row]) -> str:
    """Return where a table stands."""
    return case.tables[model.table].file


def ids(case: Case, model: type[Row]) -> frozenset[str]:
    """Return the first keys of a table, of rows that could not be read too."""
    return case.tables[model.table].keys


def known_ids(case: Case, of: str) -> Collection[str]:
    """Return what a column of ids can hold: keys of a table, judges who have judged, or the periods in case.toml."""
    if of == "judgements":
        return {judgement.judge for judgement in case.judgements.values()}
    return period_names(case) if of == "case.toml" else case.tables[of].keys


def unknown(file: str, row: int, column: str, found: str, valid: Iterable[str], of: str) -> Problem:
    """Return the problem that an id is unknown in the table *of*."""
    names = valid if isinstance(valid, Collection) else tuple(valid)
    table = (of, say(f"table.{of}", "zh") if f"table.{of}" in WORDS else of)
    details = {"of": of, "table": table, "nearest": partial(_nearest, found, names), "valid": partial(_some, names)}
    return Problem("unknown_id", file, row, column, found, details)


SOME = 12
"""Names that an error tells."""


def _nearest(found: str, names: Collection[str]) -> str | None:
    return nearest(found, sorted(names))


def _some(names: Collection[str]) -> str:
    told = [name[:40] for name in sorted(names)[:SOME]]
    return ", ".join([*told, "…"] if len(names) > SOME else told) or "-"


_DASHES = str.maketrans(dict.fromkeys("-‐‑–—", "_"))


def alike(name: str) -> str:
    """Return a name as `plain` does, with one sign for all dashes.

    >>> alike("A–1"), alike("a_1")
    ('a_1', 'a_1')
    """
    return plain(name).translate(_DASHES)


def by_name(case: Case, model: type[Row]) -> dict[str, str]:
    """Return the ids of a table by their names in either language, and by themselves, width and case aside."""
    ids_of: dict[str, str] = {}
    for row in case.rows(model):
        id_ = row.key_parts()[0]
        for name in (row.name_en, row.name_zh, id_) if isinstance(row, Named) else (id_,):
            ids_of.setdefault(plain(name), id_)
    return {name: id_ for name, id_ in ids_of.items() if name}


def bare(heading: str) -> str:
    """Return a heading without the unit behind it.

    >>> bare("gdp（亿元）"), bare("Cost [万元]"), bare("budget, million"), bare("cost/万元"), bare("rd %")
    ('gdp', 'cost', 'budget', 'cost', 'rd')
    """
    text = unicodedata.normalize("NFKC", heading).casefold()
    return re.split(r"[(\[{【〔<,;:/、%]|\s-\s", text)[0].strip().rstrip("_-")


def score(cell: str | float) -> float:
    """Return the number of a cell; nan where it holds none."""
    found = number(cell) if isinstance(cell, str) else cell
    return float("nan") if found is None else found


def period_names(case: Case) -> tuple[str, ...]:
    """Return the names of the periods: those of case.toml, else those of the budgets; none where nothing is dated."""
    return case.settings.periods or tuple(dict.fromkeys(row.period for row in case.rows(Budget)))


def fully_read(case: Case, model: type[Row]) -> bool:
    """Whether every row of a table could be read: what is told of a table as a whole would else be a second error."""
    return not case.tables[model.table].spoilt


def misspelt(name: str, close: str) -> bool:
    """Whether a name is so near to a known one that it must be meant."""
    return SequenceMatcher(None, name.lower(), close.lower()).ratio() >= 0.8
