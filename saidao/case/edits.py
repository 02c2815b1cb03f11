r"""Edits of a case's tables as a planner makes them: a cell, a row that is added, a row that is taken out.

A cell is named ``TABLE:ROW:COLUMN``, the row by its whole key; parts of a key are divided by ``/``, one within a part
is written ``\/``. A cell of a row that is not there adds the row. What is typed is read as a file's cell is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from ..errors import CaseError, Problem, nearest
from .case import Case, Table
from .checks import CHECKS, errors
from .naming import Ambiguous, Names, names_of, row_by_id
from .parse import figures_of, problem_of
from .tables import (
    BY_NAME,
    TABLES,
    Ref,
    Row,
    RuleRow,
    ScenarioRow,
    Score,
    Source,
    UncertainRow,
    columns_of,
    numeric,
    refs,
)

_SLASH = re.compile(r"(?<!\\)/")

Cell = tuple[str, str, str]
"""Table, row and column."""


def row_name(parts: Iterable[str]) -> str:
    r"""Return the name of a row by the parts of its key.

    >>> row_name(("costs", "I01/funds", "cost")), row_parts("costs/I01\\/funds/cost")
    ('costs/I01\\/funds/cost', ['costs', 'I01/funds', 'cost'])
    """
    return "/".join(part.replace("/", "\\/") for part in parts)


def row_parts(name: str) -> list[str]:
    """Return the parts of a key by the name of its row."""
    return [part.replace("\\/", "/") for part in _SLASH.split(name)]


def cell_of(name: str) -> Cell:
    """Return the table, the row and the column of a cell by its name; parts of the key that are left out are blank.

    >>> cell_of("effects:M01/type:traditional/f1:effect")
    ('effects', 'M01/type:traditional/f1/', 'effect')
    """
    table, _, rest = name.partition(":")
    row, _, column = rest.rpartition(":")
    if table in BY_NAME:
        parts = row_parts(row)
        row = row_name([*parts, *[""] * (len(BY_NAME[table].key) - len(parts))])
    return table, row, column


def edited(case: Case, cells: Mapping[str, str], removed: Iterable[str] = ()) -> Case:
    """Return the case with cells set to the texts that are typed, and rows taken out with all that refers to them.

    Parameters
    ----------
    cells : texts by ``TABLE:ROW:COLUMN``.
    removed : rows as ``TABLE:ROW``.

    Raises
    ------
    CaseError
        Every cell that cannot be, with its `row` as the row's name in `label`, and every check that the case fails.
    """
    problems: list[Problem] = []
    names = names_of(case) if cells else {}
    by_row: dict[tuple[str, str], dict[str, str]] = {}
    for name, text in cells.items():
        table, row, column = cell_of(name)
        if table not in BY_NAME:
            details = {"choices": ", ".join(BY_NAME), "nearest": nearest(table, BY_NAME)}
            raise CaseError([Problem("choice", "table", found=table, details=details)])
        by_row.setdefault((table, row), {})[column] = text
    for model in TABLES:
        table = model.table
        if table not in {of for of, _ in by_row}:
            continue
        named = [(name, texts) for (of, name), texts in by_row.items() if of == table]
        held, at = list(case.rows(model)), _places(case, model, {name for name, _ in named})
        for name, texts in named:
            place = at.get(name)
            made = _row(case, names, model, None if place is None else held[place], name, texts, problems)
            if made is not None and place is None:
                held.append(made)
            elif made is not None:
                held[at[name]] = made
        if not problems:
            case = case.with_rows(**{table: held})
    if problems:
        raise CaseError(problems)
    for name in removed:
        table, _, row = name.partition(":")
        case = without(case, BY_NAME[table], row_parts(row))
    if cells or removed:
        case = numbered(case)
        if problems := errors(case):
            raise CaseError(problems)
    return case


def _places(case: Case, model: type[Row], names: set[str]) -> dict[str, int]:
    """Return where the rows of these names stand; the names of other rows, which may be many, are not made."""
    rows, first = case.rows(model), {row_parts(name)[0] for name in names}
    begin = enumerate(map(attrgetter(model.key[0]), rows))
    return {name: i for i, key in begin if key in first and (name := row_name(rows[i].key_parts())) in names}


def _row(
    case: Case,
    names: Mapping[str, Names],
    model: type[Row],
    old: Row | None,
    name: str,
    texts: Mapping[str, str],
    problems: list[Problem],
) -> Row | None:
    """Return a row with cells set; None and a problem a cell where that cannot be."""
    fields = {info.alias or key: key for key, info in model.model_fields.items()}
    aliases = {key: column for column, key in fields.items()}
    figures = {key for of in columns_of(model) for key in case.tables[of].keys}
    if strange := [c for c in texts if c not in fields and c not in figures]:
        details = {"choices": ", ".join(fields), "nearest": nearest(strange[0], fields)}
        problems.append(Problem("choice", model.table, column=strange[0], found=strange[0], details=details))
        return None
    keys = dict(zip((aliases[key] for key in model.key), row_parts(name), strict=False)) if old is None else {}
    values: dict[str, Any] = dict(keys) if old is None else old.model_dump(by_alias=True, exclude_unset=True)
    for column in texts:
        if column in model.given_by:
            values.pop(model.given_by[column], None)
        values.pop(column, None)
    try:
        typed = row_by_id(names, model, {c: t.strip() for c, t in texts.items() if t.strip()})
    except Ambiguous as ambiguous:
        column = next(iter(texts))
        problems.append(Problem("ambiguous_name", model.table, None, column, ambiguous.text, ambiguous.details))
        return None
    if model is Score and old is None and case.score_period:
        values["period"] = case.score_period
    own = numeric(model)
    read = figures_of(typed, [c for c in typed if c in own or c in figures], model)
    values |= {c: t for c, t in typed.items() if c not in own} | read
    try:
        return model.model_validate({c: v for c, v in values.items() if v != ""})
    except ValidationError as error:
        found = (problem_of(item, model.table, None, {**values, **texts}) for item in error.errors())
        problems += [replace(problem, label=name) for problem in found]
        return None


# --- rows taken out --------------------------------------------------------------------------------------------------


def without(case: Case, model: type[Row], parts: list[str]) -> Case:
    """Return the case without a row and the rows elsewhere whose key names it; other cells that do are blank."""
    id_ = parts[0] if len(model.key) == 1 else ""
    kept: dict[str, list[Row]] = {
        model.table: [row for row in case.rows(model) if list(row.key_parts()) != parts],
    }
    for other in TABLES if id_ else ():
        rows = kept.get(other.table, case.rows(other))
        kept[other.table] = [left for row in rows if (left := _left(row, model, id_)) is not None]
    changed = {name: rows for name, rows in kept.items() if len(rows) != len(case.rows(BY_NAME[name])) or id_}
    return case.with_rows(**changed)


def _left(row: Row, model: type[Row], id_: str) -> Row | None:
    """Return what is left of a row where an id is no more; None if nothing is."""
    if isinstance(row, (Source, UncertainRow, ScenarioRow)):
        return None if row.of_table in _keyed_by(model) and names_first(row.row, id_) else row
    if isinstance(row, RuleRow):
        return _rule_left(row, model, id_)
    blank = []
    for column, ref in refs(type(row)).items():
        if ref.to == model.table and getattr(row, column) == id_:
            if column in row.key:
                return None
            blank.append(column)
    return row.model_copy(update=dict.fromkeys(blank, "")) if blank else row


def names_first(row: str, id_: str) -> bool:
    """Whether the name of a row, as the table `sources` has it, begins with an id."""
    return row == id_ or row.startswith(f"{id_}/")


def _keyed_by(model: type[Row]) -> list[str]:
    """Return the table itself, and those whose key begins with an id of it."""

    def first(other: type[Row]) -> Ref | None:
        return refs(other).get(other.key[0])

    return [m.table for m in TABLES if m is model or ((ref := first(m)) is not None and ref.to == model.table)]


def _rule_left(row: RuleRow, model: type[Row], id_: str) -> RuleRow | None:
    if not row.is_relation:
        gone = (f"{row.over}s" == model.table and row.key_ == id_) or (model.table == "resources" and row.of == id_)
        return None if gone else row
    if model.table != "measures":
        return row
    measures = [name for name in row.measures if name != id_]
    others = [name for name in row.others if name != id_]
    enough = len(measures) >= (1 if row.kind == "requires" else 2) and (row.kind != "requires" or bool(others))
    return row.model_copy(update={"key_": ";".join(measures), "of": "|".join(others)}) if enough else None


# --- where a problem is ----------------------------------------------------------------------------------------------


def numbered(case: Case) -> Case:
    """Return the case with its rows counted anew, so that a problem's row says which one it is.

    A table that counts so stays the same one: what was found out about it holds.
    """

    def counted(table: Table) -> Table:
        lines = tuple(range(2, len(table.rows) + 2))
        return table if table.lines == lines else replace(table, lines=lines)

    return replace(case, tables=MappingProxyType({name: counted(table) for name, table in case.tables.items()}))


def place_of(case: Case, problem: Problem) -> Cell | None:
    """Return the table, the row and the column that a problem of a `numbered` case is about, if it is about a cell."""
    table = next((name for name, held in case.tables.items() if held.file == problem.file), problem.table)
    if table not in BY_NAME or not problem.column:
        return None
    column = problem.column.split(", ")[0]
    if problem.label:
        return table, problem.label, column
    rows = case.tables[table].rows
    at = (problem.row or 0) - 2
    return (table, row_name(rows[at].key_parts()), column) if 0 <= at < len(rows) else None


def doubts(case: Case) -> dict[Cell, Problem]:
    """Return what is suspicious in a case by the cell that it is about, as `saidao check` finds it."""
    counted = numbered(case)
    found: dict[Cell, Problem] = {}
    for check in CHECKS:
        for problem in check.find(counted):
            place = place_of(counted, problem) if problem.level != "error" else None
            if place is not None:
                found.setdefault(place, problem)
    return found
