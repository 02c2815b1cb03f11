"""A table as people read it: columns that they see, names in place of ids, words in place of values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..case import Case
from ..results.column import Column, Row, Table
from ..texts.numbers import TEXTS, Form, aligned, written
from ..texts.say import say


@dataclass(frozen=True)
class Shown:
    """A column: `cells` are numbers as people read them, texts, or None. Names beside a column of ids have no `key`."""

    key: str
    head: str
    form: Form
    cells: Sequence[Any]

    @property
    def numeric(self) -> bool:
        """Whether its cells are numbers."""
        return self.form not in TEXTS

    def texts(self) -> list[str]:
        """Return its cells as they are written."""
        told = [cell if isinstance(cell, str) else written(self.form, cell) for cell in self.cells]
        if self.form not in ("amount", "spend") or any(isinstance(cell, str) for cell in self.cells):
            return told
        lined = aligned(self.cells)
        known = all(float(text.replace(",", "")) != 0 for text, cell in zip(lined, self.cells, strict=True) if cell)
        return (
            [text if cell else other for text, other, cell in zip(lined, told, self.cells, strict=True)]
            if known
            else told
        )


@dataclass(frozen=True)
class Drawn:
    """A table in words: `numeric` says which columns stand flush right, `cut` how many rows there are beyond these."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    note: str = ""
    cut: int = 0


def drawn(table: Table, case: Case | None, lang: str, most: int | None = None, *, brief: bool = False) -> Drawn:
    """Return a table in words, *most* rows of it at most; *brief*, without columns that only files have."""
    columns = shown(table, case, lang, table.rows[:most], brief=brief)
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
    made = []
    for column in table.columns:
        if column.seen == "data" or (brief and column.seen == "files"):
            continue
        head = column.head(lang)
        if column.told is not None:
            made.append(Shown(column.name, head, column.form, [column.told(row, lang) for row in rows]))
            continue
        values = [row.get(column.name) for row in rows]
        if column.form in ("id", "name"):
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


def cell(column: Column, value: Any, lang: str) -> Any:
    """Return a cell as people read it: a number in their unit, a word, a text on its own."""
    if value is None or value == "":
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
