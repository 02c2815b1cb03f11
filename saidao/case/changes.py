"""Changes of a case: a cell, or every cell of a column whose row's key begins alike, set to or moved by an amount.

A row is named by its key, parts divided by ``/``; what is left out at the end, or blank between, is any:
``M01//talent`` in `effects` is every effect of M01 on talent. A change reads ``=5`` or ``5`` (set), ``+5`` and ``-5``
(add), ``+10%`` and ``-10%``, ``x1.2`` (multiply), or a text. Without a column it is a row of its own to be added:
``kind=cap; over=type; key=energy; of=funds; amount=50``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType
from typing import Any

import numpy as np
from pydantic import ValidationError

from ..errors import CaseError, Problem, nearest
from .case import Case, Judgement
from .checks import errors
from .lines import columns_named
from .naming import Ambiguous, names_of, row_by_id
from .settings import Settings, spelled
from .tables import BY_NAME, Budget, Row, amounts, columns

_CHANGE = re.compile(r"^(?P<sign>[=+x×*-]?)\s*(?P<number>[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)\s*(?P<percent>%?)$")

_SET_PERCENT = re.compile(r"^=?\s*[0-9.]+\s*%$")


@dataclass(frozen=True)
class Change:
    """What is to be changed; `row` and `column` as in the table `sources`, `line` where it was read from."""

    table: str
    row: str
    column: str
    change: str
    line: int | None = None

    @property
    def name(self) -> str:
        """The change in short: ``resources funds budget -20%``."""
        return " ".join(part for part in (self.table, self.row, self.column, self.change) if part)


def changed(case: Case, changes: Iterable[Change], file: str = "") -> Case:
    """Return the case with all changes made, one after the other.

    Raises
    ------
    CaseError
        Every change of what does not exist, or to what cannot be, and every check that the changed case fails; *file*
        is where the changes stand.
    """
    problems: list[Problem] = []
    for table, together in groupby(changes, key=lambda change: change.table if change.column else ""):
        if table in BY_NAME:
            case = _cells(case, BY_NAME[table], together, file, problems)
            continue
        for change in together:
            try:
                case = _one(case, change)
            except _Refused as refused:
                problems.append(refused.problem(change, file))
    if not problems:
        problems = [replace(p, file=f"{file} -> {p.file}" if file else p.file) for p in errors(case)]
    if problems:
        raise CaseError(problems)
    return case


class _Refused(Exception):
    def __init__(self, code: str, column: str, found: str, **details: Any) -> None:
        self.code, self.column, self.found, self.details = code, column, found, details
        super().__init__(code)

    def problem(self, change: Change, file: str) -> Problem:
        return Problem(self.code, file, change.line, self.column, self.found, self.details)


def _one(case: Case, change: Change) -> Case:
    if change.table == "case":
        return _settings(case, change)
    if change.table.partition("/")[0] == "judgements":
        return _judgement(case, change)
    if change.table not in BY_NAME:
        raise _unknown("table", change.table, [*BY_NAME, "case", *(f"judgements/{n}" for n in case.judgements)])
    return _added(case, change)


def _cells(case: Case, model: type[Row], changes: Iterable[Change], file: str, problems: list[Problem]) -> Case:
    """Change cells of one table, all of them before the table is made anew; what cannot be is added to *problems*."""
    table, named = case.tables[model.table], RowsByName(case.rows(model))
    rows = list(named.rows)
    for change in changes:
        try:
            hit = named.places(change.row)
            if not hit:
                raise _unknown("row", change.row, ["/".join(row.key_parts()) for row in rows])
            if change.column not in table.header:
                raise _unknown("column", change.column, table.header)
            new = {i: _cell(rows[i], change) for i in hit}
            if (change.table, change.column) == ("resources", "budget"):
                for i in hit:
                    case = _dated_budget(case, rows[i].key_parts()[0], change)
        except _Refused as refused:
            problems.append(refused.problem(change, file))
            continue
        for i, row in new.items():
            rows[i] = row
        if change.column in model.key:
            named = RowsByName(rows)
    return case.with_rows(**{model.table: rows})


class RowsByName:
    """Rows of a table, found by the beginnings of their keys without looking at every row."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self._by_beginning: dict[int, dict[tuple[str, ...], list[int]]] = {}

    def places(self, name: str) -> Sequence[int]:
        """Return where the rows are that *name* names, parts of a key divided by ``/``; all where it is blank."""
        if not name:
            return range(len(self.rows))
        wanted = tuple(name.split("/"))
        if "" in wanted[:-1]:
            return [i for i, row in enumerate(self.rows) if names_row(row, wanted)]
        return self._beginnings(len(wanted)).get(wanted, [])

    def _beginnings(self, length: int) -> dict[tuple[str, ...], list[int]]:
        if length not in self._by_beginning:
            found: dict[tuple[str, ...], list[int]] = {}
            for i, row in enumerate(self.rows):
                key = row.key_parts()
                if length <= len(key):
                    found.setdefault(key[:length], []).append(i)
            self._by_beginning[length] = found
        return self._by_beginning[length]


def names_row(row: Row, wanted: Sequence[str]) -> bool:
    """Whether a row's key is, or begins with, the parts that are wanted; a blank one between others is any."""
    last = len(wanted) - 1
    if last >= len(row.key):
        return False
    for i, part in enumerate(wanted):
        value = getattr(row, row.key[i])
        if part != ("" if value is None else str(value)) and (part or i == last):
            return False
    return True


def _added(case: Case, change: Change) -> Case:
    table = case.tables[change.table]
    if not change.row or any(names_row(row, change.row.split("/")) for row in table.rows):
        raise _Refused("added_row", "row", change.row)
    try:
        made = row_added(case, change)
    except ValidationError:
        raise _Refused("change", "change", change.change) from None
    except Ambiguous as ambiguous:
        raise _Refused("ambiguous_name", "change", ambiguous.text, **ambiguous.details) from None
    return case.with_rows(**{change.table: [*table.rows, made]})


def row_added(case: Case, change: Change) -> Row:
    """Return the row that a change adds: its key is the change's row, its cells ``column=value`` divided by ``;``."""
    model = BY_NAME[change.table]
    fields = model.model_fields
    values = dict(zip((fields[k].alias or k for k in model.key), change.row.split("/"), strict=False))
    column = ""
    for part in change.change.split(";"):
        name, sign, value = (text.strip() for text in part.partition("="))
        if sign:
            column, values[name] = name, value
        elif column:
            values[column] += f";{name}"  # a list of names, such as those that exclude one another
    values = dict(zip(columns_named(model, values), values.values(), strict=True))
    if strange := [name for name in values if name not in columns(model)]:
        raise _unknown("change", strange[0], columns(model))
    return model.model_validate(row_by_id(names_of(case), model, values))


def _dated_budget(case: Case, resource: str, change: Change) -> Case:
    """Change the whole of a budget that is dated; its periods keep their proportions."""
    dated = [row for row in case.rows(Budget) if row.resource == resource]
    if not dated:
        return case
    whole = sum(row.amount for row in dated)
    if _SET_PERCENT.match(change.change.strip()):
        raise _Refused("amount_percent", "change", change.change)
    wanted = moved(whole, change.change)
    if not isinstance(wanted, float) or not 0 <= wanted < float("inf"):
        raise _Refused("change", "change", f"{whole:g} {change.change}")
    shares = [row.amount / whole if whole > 0 else float(row is dated[0]) for row in dated]
    new = dict(zip(map(id, dated), shares, strict=True))
    return case.with_rows(
        budgets=[
            row.model_copy(update={"amount": wanted * new[id(row)]}) if id(row) in new else row
            for row in case.rows(Budget)
        ]
    )


def _unknown(column: str, found: str, valid: Iterable[str]) -> _Refused:
    listed = list(valid)
    shown = ", ".join(listed[:20]) + (", ..." if len(listed) > 20 else "")
    return _Refused("choice", column, found, choices=shown, nearest=nearest(found, listed))


def _cell(row: Row, change: Change) -> Row:
    values = row.model_dump(by_alias=True)
    blanked = {row.given_by[change.column]: ""} if change.column in row.given_by else {}
    if change.column in amounts(type(row)) and _SET_PERCENT.match(change.change.strip()):
        raise _Refused("amount_percent", "change", change.change)
    try:
        new = moved(values.get(change.column), change.change)
        return type(row).model_validate({**values, **blanked, change.column: new})
    except (ValidationError, ValueError):
        raise _Refused("change", "change", f"{values.get(change.column)} {change.change}") from None


def _settings(case: Case, change: Change) -> Case:
    known = list(Settings.model_fields)
    if change.column not in known:
        raise _unknown("column", change.column, known)
    values = case.settings.model_dump()
    try:
        set_to = spelled({change.column: moved(values[change.column], change.change)})
        new = Settings.model_validate({**values, **set_to})
    except (ValidationError, ValueError):
        raise _Refused("change", "change", change.change) from None
    return replace(case, settings=new)


def _judgement(case: Case, change: Change) -> Case:
    _, _, name = change.table.partition("/")
    names = [name] if name else list(case.judgements)
    if name and name not in case.judgements:
        raise _unknown("table", change.table, [f"judgements/{n}" for n in case.judgements])
    made: dict[str, Judgement] = dict(case.judgements)
    for at in names:
        judgement = made[at]
        for column, label in (("row", change.row), ("column", change.column)):
            if label not in judgement.labels:
                raise _unknown(column, label, judgement.labels)
        i, j = judgement.labels.index(change.row), judgement.labels.index(change.column)
        matrix = judgement.matrix.copy()
        old = matrix[i, j] if np.isfinite(matrix[i, j]) else 1.0 / matrix[j, i]
        try:
            new = moved(float(old), change.change)
        except ValueError:
            raise _Refused("change", "change", change.change) from None
        if i == j or not isinstance(new, float) or not new > 0:
            raise _Refused("change", "change", change.change)
        matrix[i, j], matrix[j, i] = new, 1.0 / new
        made[at] = replace(judgement, matrix=matrix)
    return replace(case, judgements=MappingProxyType(made))


def moved(old: Any, change: str) -> Any:
    """Return what a cell holds after a change.

    >>> moved(5.0, "+10%"), moved(5.0, "x2"), moved(5.0, "-1"), moved(5.0, "= 3"), moved("even", "leaders")
    (5.5, 10.0, 4.0, 3.0, 'leaders')
    """
    text = change.strip()
    found = _CHANGE.match(text)
    if found is None:
        return text.removeprefix("=").strip()
    number = float(found["number"])
    sign = found["sign"]
    if sign in ("", "="):
        return number / 100 if found["percent"] else number
    base = float(old or 0.0)
    if sign in ("x", "×", "*"):
        return base * (number / 100 if found["percent"] else number)
    step = base * number / 100 if found["percent"] else number
    return base + step if sign == "+" else base - step


def free_name(name: str, taken: Iterable[str]) -> str:
    """Return a name that is not taken: it, or it with as many primes as needed."""
    held = set(taken)
    while name in held:
        name += "'"
    return name
