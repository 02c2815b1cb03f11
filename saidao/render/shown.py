"""A table as people read it: columns that they see, names in place of ids, words in place of values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ..case import Case
from ..results.column import Column, Row, Table
from ..texts.numbers import TEXTS, Form, Unit, decimals, in_unit, written
from ..texts.say import say

AMOUNTS = ("amount", "spend")
"""Forms that have a unit."""


@dataclass(frozen=True)
class Shown:
    """A column: `cells` are numbers as people read them, texts, or None. Names beside a column of ids have no `key`.

    Amounts have a unit, the same for all cells or one for each.
    """

    key: str
    head: str
    form: Form
    cells: Sequence[Any]
    units: Sequence[str] = ()

    @property
    def numeric(self) -> bool:
        """Whether its cells are numbers."""
        return self.form not in TEXTS

    @cached_property
    def unit(self) -> str:
        """The unit of all its cells; none where they differ."""
        return self.units[0] if len(set(self.units)) == 1 else ""

    @cached_property
    def decimals(self) -> int:
        """With how many decimals its amounts stand in line."""
        return decimals([cell for cell in self.cells if isinstance(cell, (int, float))], self.unit)

    def texts(self) -> list[str]:
        """Return its cells as they are written."""
        units = self.units or [""] * len(self.cells)
        return [self._text(cell, unit) for cell, unit in zip(self.cells, units, strict=True)]

    def _text(self, cell: Any, unit: str) -> str:
        """Write a cell; amounts of one unit in line, but nothing above 0 as 0."""
        if isinstance(cell, str):
            return cell
        if self.form in AMOUNTS and cell:
            told = f"{cell:,.{self.decimals}f}" if unit == self.unit else in_unit(cell, unit)
            if told.strip("-0."):
                return told
        return written(self.form, cell)


@dataclass(frozen=True)
class Drawn:
    """A table in words: `numeric` says which columns stand flush right, `cut` how many rows there are beyond these."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    note: str = ""
    cut: int = 0


def drawn(
    table: Table, case: Case | None, lang: str, most: int | None = None, *, brief: bool = False, names: bool = False
) -> Drawn:
    """Return a table in words, *most* rows of it at most.

    *brief*, without columns that only files have; *names*, without ids beside the names.
    """
    columns = shown(table, case, lang, table.rows[:most], brief=brief)
    if names:
        pairs = zip([None, *columns], columns, strict=False)
        columns = [
            replace(column, head=before.head) if before is not None and before.form == "id" else column
            for before, column in pairs
            if column.form != "id"
        ]
    return Drawn(
        table.heading(lang),
        tuple(column.head for column in columns),
        tuple(zip(*(column.texts() for column in columns), strict=True)),
        tuple(column.numeric for column in columns),
        table.told_note(lang),
        0 if most is None else max(len(table.rows) - most, 0),
    )


def shown(
    table: Table, case: Case | None, lang: str, rows: list[Row], *, ids: bool = False, brief: bool = False
) -> list[Shown]:
    """Return the columns of a table that people see, for these rows.

    Where people have to type an id elsewhere it stands beside the name; with *ids* it does so in every column of names.
    """
    made: list[Shown] = []
    for column in table.columns:
        if column.seen == "data" or (brief and column.seen == "files"):
            continue
        head = column.head(lang)
        values = [column.told(row, lang) if column.told else row.get(column.name) for row in rows]
        if column.form in AMOUNTS and column.of:
            of = [column.of if isinstance(column.of, str) else row.get("resource", "") for row in rows]
            units = [case.unit(resource, lang) if case else Unit() for resource in of]
            beside = any(one.cells == [unit.name for unit in units] for one in made)
            made += _amounts(column, head, values, units, lang, beside=beside)
        elif column.form in ("id", "name"):
            names = named(column, case, lang)
            told = [several(value, names, lang) for value in values]
            single = not any(isinstance(value, (list, tuple)) or ";" in str(value) for value in values)
            if column.form == "id" or (ids and single and isinstance(column.of, type)):
                made += [Shown(column.name, head, "id", values), Shown("", say("head.name", lang), "name", told)]
            else:
                made.append(Shown(column.name, head, "name", told))
        else:
            made.append(Shown(column.name, head, column.form, [cell(column, value, lang) for value in values]))
    return made


def _amounts(
    column: Column, head: str, cells: list[Any], units: list[Unit], lang: str, *, beside: bool
) -> Iterator[Shown]:
    """Yield amounts in the unit in which people read them: in the heading, or before them where rows differ.

    *beside*: the units of these rows stand in an earlier column.
    """
    names = [unit.name for unit in units]
    if len(set(names)) > 1 and not beside:
        yield Shown("", say("head.unit", lang), "text", names)
    if len(set(names)) == 1 and names[0]:
        head = say("head.in_unit", lang, name=head, unit=names[0])
    pairs = zip(cells, units, strict=True)
    read = [unit.read(cell) if isinstance(cell, (int, float)) else cell for cell, unit in pairs]
    yield Shown(column.name, head, column.form, read, names)


def cell(column: Column, value: Any, lang: str) -> Any:
    """Return a cell as people read it: a number in their unit, a word, a text on its own."""
    if value is None or value == "" or (column.told and isinstance(value, str)):
        return value
    if column.form == "word":
        stem = column.of if isinstance(column.of, str) else column.name
        return say(f"{stem}.{value}", lang)
    if column.form == "flag":
        return say("yes", lang) if value else ""
    if isinstance(value, (list, tuple)):
        return say("list", lang).join(map(str, value))
    return value / column.scale if column.scale != 1.0 and column.form not in TEXTS else value


def named(column: Column, case: Case | None, lang: str) -> dict[str, str]:
    """Return the names of what can stand in a column of ids."""
    models = column.of if isinstance(column.of, tuple) else (column.of,)
    names = {"*": say("book.city", lang)}
    for model in models:
        if isinstance(model, type):
            names |= case.names(model, lang) if case is not None else {}
        elif callable(model):
            names |= model(case, lang)
    return names


def several(value: Any, names: Mapping[str, str], lang: str) -> Any:
    """Return the name of an id, or the names of several: a list, or a text in which ``;`` joins them."""
    if value is None or value == "":
        return value
    parts = value if isinstance(value, (list, tuple)) else str(value).split(";")
    return say("list", lang).join(names.get(str(part).strip(), str(part)) for part in parts)
