"""A table of a result: its columns say what they hold, so that every renderer shows them alike and none guesses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from ..texts.numbers import Form
from ..texts.say import say

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]

Words = str | Callable[[str], str]
"""A key of the texts, or a function of the language where a text depends on the case."""

Names = Callable[[Any, str], Mapping[str, str]]
"""Names by what stands in a column, of a case and in a language."""

Told = Callable[[Row, str], Any]
"""A cell of a row in a language."""

Rows = list[Row] | Callable[[], list[Row]]
"""Rows, or what makes them, where that takes time and not everyone looks."""

Where = Literal["everywhere", "people", "files", "data"]
"""Who sees a column: all; all but frames and .csv; all but a terminal; frames and .csv alone."""


@dataclass(frozen=True)
class Column:
    """A column: `name` is the key of its cells in each row.

    Attributes
    ----------
    form : what a cell is; `saidao.texts.numbers` writes it.
    of : for ids, the table of the case that names them, several, or a function that does; for words the stem of their
        keys, such as ``scope`` for ``scope.city`` (`name`, if left out); for amounts the resource in whose unit they
        are, or the model `Resource` where that stands in each row.
    heading : what stands above it: ``head.NAME`` if left out.
    scale : what one is, in the unit in which people read it: a price over the weighted gap is a share.
    seen : who sees it.
    told : where a cell takes more than one key of a row: as people read it, or a number of this form.
    """

    name: str
    form: Form = "text"
    of: type[Any] | tuple[type[Any], ...] | str | Names = ()
    heading: Words = ""
    scale: float = 1.0
    seen: Where = "everywhere"
    told: Told | None = None

    def head(self, lang: str) -> str:
        """Return what stands above the column."""
        return words(self.heading or f"head.{self.name}", lang)


@dataclass(frozen=True)
class Table:
    """Rows under typed columns. A row may hold more than the columns name.

    Attributes
    ----------
    made : its rows, or what makes them when they are first looked at.
    title, sheet : ``title.NAME`` and, on the tab of its sheet in a workbook, ``sheet.NAME`` if left out.
    note : what is said below it.
    most : rows that a terminal shows, the first ones; if None all up to a hundred, none if 0. Files hold all.
    """

    name: str
    columns: tuple[Column, ...]
    made: Rows
    title: Words = ""
    note: Words = ""
    sheet: Words = ""
    most: int | None = None

    @cached_property
    def rows(self) -> list[Row]:
        """Its rows."""
        return self.made() if callable(self.made) else self.made

    def heading(self, lang: str) -> str:
        """Return the table's title."""
        return words(self.title or f"title.{self.name}", lang)

    def tab(self, lang: str) -> str:
        """Return the title of its sheet in a workbook, which is short."""
        return words(self.sheet or f"sheet.{self.name}", lang)

    def told_note(self, lang: str) -> str:
        """Return what is said below the table."""
        return words(self.note, lang) if self.note else ""

    def flat(self) -> list[Row]:
        """Return its rows with a cell for every column, and none else; several ids in a cell joined by ``;``."""
        return [{name: _flat(row.get(name)) for name in self.keys} for row in self.rows]

    @property
    def keys(self) -> list[str]:
        """Names of its columns in frames."""
        return [column.name for column in self.columns if column.seen != "people"]

    def to_frame(self) -> pd.DataFrame:
        """Return its rows as a DataFrame of these columns, also where there are none."""
        import pandas as pd  # takes a third of a second

        return pd.DataFrame(self.flat(), columns=self.keys)


def _flat(cell: Any) -> Any:
    """Return a cell of a frame: several ids as one text."""
    return ";".join(map(str, cell)) if isinstance(cell, (list, tuple)) else cell


def bilingual(name: str, heading: Words = "") -> tuple[Column, Column, Column]:
    """Return columns of a text that rows hold in both languages: people read theirs, frames have both."""

    def told(row: Row, lang: str) -> Any:
        return row[f"{name}_{lang}"] or row[f"{name}_{'en' if lang == 'zh' else 'zh'}"]

    shown = Column(name, heading=heading, seen="people", told=told)
    return shown, Column(f"{name}_en", seen="data"), Column(f"{name}_zh", seen="data")


def literal(text: str) -> Callable[[str], str]:
    """Return a heading that is the same in every language."""
    return lambda lang: text


def words(text: Words, lang: str) -> str:
    """Return a text in *lang*."""
    return say(text, lang) if isinstance(text, str) else text(lang)


def named(tables: Iterable[Table]) -> dict[str, Table]:
    """Return tables by their names, in order."""
    return {table.name: table for table in tables}
