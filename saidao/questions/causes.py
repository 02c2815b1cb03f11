"""What a difference between two plans comes from: what differs in their cases and settings, each with its share.

The shares are those of `optimize.after.shapley`, and sum to the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..case import Case
from ..case.case import Judgement, Table
from ..case.checks import errors
from ..case.tables import Resource, Row
from ..errors import CaseError
from ..optimize.after.shapley import shapley
from ..study import verbs
from ..study.names import input_name, setting_value
from ..study.plan.result import Plan
from ..texts.numbers import quantity
from ..texts.say import LANGUAGES, WORDS, say

MOST_TOLD = 3
"""Cells that a cause names one by one."""
IDS = ("tracks", "types", "factors", "measures", "resources")
"""Tables of which other tables hold ids: where rows of them come or go, all that differs in tables is one cause."""

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Cell:
    """A cell that differs; blank for what one side has not."""

    table: str
    row: str
    column: str
    before: Any
    after: Any

    def text(self, case: Case, lang: str, *, ids: bool = True) -> str:
        """Say what it is, before and after, in its own unit."""
        what = input_name(case, self.table, self.row, self.column, lang, ids=ids)
        return say(
            "cause.cell",
            lang,
            what=what,
            before=self._told(case, self.before, lang),
            after=self._told(case, self.after, lang),
        )

    def _told(self, case: Case, value: Any, lang: str) -> str:
        if value is None or value == "":
            return say("nothing", lang)
        if (known := WORDS.get(f"value.{self.column}.{value}")) is not None:
            return known[LANGUAGES.index(lang)]
        if self.table == "case" and isinstance(value, str):
            return setting_value(case, self.column, value, lang)
        resource = next((r for r in case.rows(Resource) if r.resource in self.row.split("/")), None)
        if resource is not None and isinstance(value, int | float) and self.column in ("budget", "cost", "amount"):
            return quantity(float(value), resource.unit_name(lang), digits=6)
        return f"{value:g}" if isinstance(value, float) else str(value)


@dataclass(frozen=True)
class Cause:
    """Something that differs: `name` of an option, a setting, a table or a judge; its cells, as far as it has some."""

    kind: str
    name: str
    cells: tuple[Cell, ...]

    def text(self, case: Case, lang: str, *, ids: bool = True) -> str:
        """Say what differs; without *ids* for those who know names alone."""
        if len(self.cells) > MOST_TOLD:
            tables = say("list", lang).join(dict.fromkeys(self._table(cell.table, lang) for cell in self.cells))
            return say("cause.many", lang, number=len(self.cells), tables=tables)
        return say("semicolon", lang).join(cell.text(case, lang, ids=ids) for cell in self.cells)

    @staticmethod
    def _table(name: str, lang: str) -> str:
        return say(f"table.{name.partition('/')[0]}", lang)


@dataclass(frozen=True)
class Side:
    """A plan's case and options."""

    case: Case
    options: Mapping[str, Any]


def causes(before: Side, after: Side) -> list[Cause]:
    """Return what differs between two sides."""
    return [*_options(before, after), *_settings(before.case, after.case), *_tables(before.case, after.case)]


def _options(before: Side, after: Side) -> Iterator[Cause]:
    for name in sorted({*before.options, *after.options}):
        one, other = before.options.get(name), after.options.get(name)
        if one == other:
            continue
        if name == "budgets":
            held, come = dict(one or {}), dict(other or {})
            cells = tuple(
                Cell("resources", key, "budget", held.get(key, own), come.get(key, own))
                for key in sorted({*held, *come})
                for own in [next((r.budget for r in after.case.rows(Resource) if r.resource == key), None)]
                if held.get(key, own) != come.get(key, own)
            )
        else:
            own = (getattr(side.case.settings, name, None) for side in (before, after))
            cells = (
                Cell("case", "", name, *(_plain(given or held) for given, held in zip((one, other), own, strict=True))),
            )
        if cells:
            yield Cause("option", name, cells)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}={part}" for name, part in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


def _settings(before: Case, after: Case) -> Iterator[Cause]:
    one, other = before.settings.model_dump(), after.settings.model_dump()
    for name in sorted({*one, *other} - {"name_en", "name_zh"}):
        if one.get(name) != other.get(name):
            yield Cause("setting", name, (Cell("case", "", name, _plain(one.get(name)), _plain(other.get(name))),))


def _tables(before: Case, after: Case) -> Iterator[Cause]:
    found = {name: tuple(_cells(name, before.tables[name], after.tables[name])) for name in after.tables}
    found |= {
        f"judgements/{name}": tuple(_judged(name, before.judgements.get(name), after.judgements.get(name)))
        for name in {*before.judgements, *after.judgements}
    }
    found = {name: cells for name, cells in found.items() if cells}
    if any(_keys(before.tables[name]) != _keys(after.tables[name]) for name in IDS):
        every = tuple(cell for cells in found.values() for cell in cells)
        yield Cause("tables", "", every)
        return
    for name, cells in found.items():
        yield Cause("judgement" if name.startswith("judgements/") else "table", name, cells)


def _keys(table: Table) -> set[str]:
    return {"/".join(map(str, row.key_parts())) for row in table.rows}


def _cells(name: str, before: Table, after: Table) -> Iterator[Cell]:
    def rows(table: Table) -> dict[str, Row]:
        return {"/".join(map(str, row.key_parts())): row for row in table.rows}

    one, other = rows(before), rows(after)
    for key in dict.fromkeys([*one, *other]):
        held = one[key].model_dump(by_alias=True) if key in one else {}
        come = other[key].model_dump(by_alias=True) if key in other else {}
        if not held or not come:
            yield Cell(name, key, "", "" if not held else key, "" if not come else key)
            continue
        for column in dict.fromkeys([*held, *come]):
            if held.get(column) != come.get(column) and not column.startswith("name_"):
                yield Cell(name, key, column, held.get(column), come.get(column))


def _judged(name: str, before: Judgement | None, after: Judgement | None) -> Iterator[Cell]:
    if before is None or after is None or before.labels != after.labels:
        yield Cell(f"judgements/{name}", "", "", "" if before is None else name, "" if after is None else name)
        return
    for i, j in combinations(range(len(after.labels)), 2):
        one, other = float(before.matrix[i, j]), float(after.matrix[i, j])
        if one != other and not (np.isnan(one) and np.isnan(other)):
            yield Cell(f"judgements/{name}", after.labels[i], after.labels[j], one, other)


def mixed(before: Side, after: Side, taken: frozenset[int], every: list[Cause]) -> Side:
    """Return the side that is as *after* in some of what differs, and else as *before*.

    Raises
    ------
    CaseError
        Such a case has errors.
    """
    case, options = before.case, dict(before.options)
    tables, judgements, settings = dict(case.tables), dict(case.judgements), case.settings
    for cause in (every[i] for i in taken):
        if cause.kind == "option":
            options.pop(cause.name, None)
            options |= {cause.name: after.options[cause.name]} if cause.name in after.options else {}
        elif cause.kind == "setting":
            settings = settings.model_copy(update={cause.name: getattr(after.case.settings, cause.name)})
        elif cause.kind == "tables":
            tables, judgements = dict(after.case.tables), dict(after.case.judgements)
        elif cause.kind == "table":
            tables[cause.name] = after.case.tables[cause.name]
        else:
            name = cause.name.partition("/")[2]
            judgements.pop(name, None)
            judgements |= {name: after.case.judgements[name]} if name in after.case.judgements else {}
    made = replace(
        case,
        settings=settings,
        tables=MappingProxyType(tables),
        judgements=MappingProxyType(judgements),
    )
    if problems := errors(made):
        raise CaseError(problems)
    return Side(made, options)


def attributed(before: Side, after: Side, every: list[Cause], worth: Callable[[Plan], Any]) -> Array:
    """Return what each cause brings: (causes, ...) of whatever *worth* tells of a plan.

    Raises
    ------
    SaidaoError
        A mix of the two has errors, or no plan: the causes cannot be told apart.
    """
    known: dict[frozenset[int], Any] = {}

    def of(taken: frozenset[int]) -> Any:
        if taken not in known:
            side = mixed(before, after, taken, every)
            known[taken] = worth(verbs.plan(side.case, **side.options))
        return known[taken]

    return shapley(len(every), of)
