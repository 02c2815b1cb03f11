"""A table as lines of texts under the names of its columns, before anything is made of the texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from ..errors import Problem, nearest
from ..texts.case_columns import CASE_COLUMNS
from ..texts.spellings import COLUMNS, NAMES
from .cells import plain
from .grids import ROWS, Grid, Source, too_many
from .limits import MOST_NAMED, MOST_ROWS
from .tables import BY_NAME, Named, Row, columns

HEADING_WITHIN = 10
"""How many rows that are not blank are searched for the headings."""


class Origin(NamedTuple):
    """Where the cells of a line stand: the grid, and at which index of its rows each column is."""

    grid: Grid
    places: Mapping[str, int]


@dataclass
class Lines:
    """A table whose columns are known and whose texts are not read yet.

    Attributes
    ----------
    header : names of the columns, blank where a column has none.
    typed : headings as they were typed, by column, where they are not its name.
    index : where each column, and each heading as it was typed, stands in the grid; shared by its own lines.
    heading : the spreadsheet row of the headings.
    rows : the spreadsheet row of each line.
    origins : where the cells of each line stand.
    texts : the cells of each column, one a line, blank where there is none.
    spread : headings of columns that became rows of other tables.
    spoilt : whether a row could not be split into cells.
    """

    model: type[Row]
    label: str
    header: list[str] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)
    index: dict[str, int] = field(default_factory=dict)
    heading: int = 1
    rows: list[int] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    grid: Grid | None = None
    spread: set[str] = field(default_factory=set)
    spoilt: bool = False

    def told(self, column: str) -> str:
        """Return a column's heading as it was typed."""
        return self.typed.get(column, column)

    def cells(self, *columns_: str) -> Iterator[tuple[str, ...]]:
        """Yield some cells of every line, blank where there is none."""
        return zip(*(self.texts.get(column) or [""] * len(self.rows) for column in columns_), strict=True)

    def line(self, n: int) -> dict[str, str]:
        """Return the cells of a line that are not blank, by column."""
        return {column: texts[n] for column, texts in self.texts.items() if texts[n]}

    def text(self, n: int, column: str) -> str:
        """Return a cell, blank where there is none."""
        return self.texts[column][n] if column in self.texts else ""

    def put(self, n: int, column: str, text: str) -> None:
        """Set a cell."""
        if column not in self.texts:
            self.texts[column] = [""] * len(self.rows)
        self.texts[column][n] = text

    def filled(self, *columns_: str) -> list[str]:
        """Return those of some columns that are not blank, in the order in which one meets their cells."""
        first = {
            column: next((n for n, text in enumerate(self.texts.get(column, ())) if text), -1) for column in columns_
        }
        return sorted((column for column in columns_ if first[column] >= 0), key=first.__getitem__)

    def renamed(self, at: int, name: str) -> None:
        """Give the column at a place another name, in the header and in every line."""
        old = self.header[at]
        if old == name:
            return
        self.header[at] = name
        self.placed(name, at)
        self.typed[name] = self.typed.pop(old, old)
        if old in self.texts:
            self.merge(name, self.texts.pop(old))

    def placed(self, column: str, at: int) -> None:
        """Say that a column's cells stand at a place of the grid under another name."""
        if column not in self.header:
            self.header.append(column)
        self.index.setdefault(column, at)

    def taken_out(self, at: int) -> list[str]:
        """Take a column out; its cells, blank where there is none."""
        name, self.header[at] = self.header[at], ""
        self.spread.add(self.told(name))
        return self.texts.pop(name, [""] * len(self.rows))

    def extended(self, columns_: Iterable[str]) -> None:
        """Add columns that are not there yet."""
        self.header += [name for name in dict.fromkeys(columns_) if name not in self.header]

    def append(self, other: Lines) -> None:
        """Add the lines of another table behind its own."""
        before, behind = [""] * len(self.rows), [""] * len(other.rows)
        for column in dict.fromkeys((*self.texts, *other.texts)):
            self.texts[column] = self.texts.get(column, before) + other.texts.get(column, behind)
        self.rows += other.rows
        self.origins += other.origins

    def merge(self, column: str, texts: list[str]) -> None:
        """Set a column; where it is there already, its cells stay where the new ones are blank."""
        before = self.texts.get(column)
        self.texts[column] = [new or old for new, old in zip(texts, before, strict=True)] if before else texts


def lines_of(source: Source, model: type[Row]) -> Lines | None:
    """Return a table's lines; None where there is no such table, or too much of it."""
    label, problems = source.label(model.table), source.problems
    grid = source.grid(model.table)
    if grid is None:
        if model.needed_to == "rank" and not any(p.file == label for p in problems):
            others = [source.label(name) for name in source.tables() if name not in BY_NAME]
            problems.append(Problem("missing_table", label, details={"nearest": nearest(label, others)}))
        return None
    (line, typed), *body = grid.rows[_heading(grid, model) :]
    if len(body) > (most := MOST_NAMED.get(model.table, MOST_ROWS)):
        problems.append(too_many(label, len(body), most, ROWS))
        return None
    header = columns_named(model, typed)
    index = {name: at for names in (typed, header) for at, name in enumerate(names) if name}
    told = {name: text for name, text in zip(header, typed, strict=True) if name and name != text}
    width, details = len(header), {"columns": len(header)}
    long = {row: str(len(cells)) for row, cells in body if len(cells) > width and any(cells[width:])}
    problems.extend(Problem("too_many_cells", label, row, found=found, details=details) for row, found in long.items())
    if long or any(len(cells) != width for _, cells in body):
        body = [(row, [*cells[:width], *[""] * (width - len(cells))]) for row, cells in body if row not in long]
    made = Lines(model, label, header, told, index, line, grid=grid, spoilt=bool(long))
    made.rows = [row for row, _ in body]
    made.origins = [Origin(grid, index)] * len(body)
    for column, texts in zip(header, zip(*(cells for _, cells in body), strict=True), strict=False):
        if column:
            made.merge(column, list(texts))
    return made


def _heading(grid: Grid, model: type[Row]) -> int:
    """Return which of the first rows holds the headings: most of the columns, best by their names."""
    known = {*columns(model), *(("name",) if issubclass(model, Named) else ())}
    hits = []
    for _, cells in grid.rows[:HEADING_WITHIN]:
        exact = known.intersection(cells)
        hits.append((len(known.intersection(columns_named(model, cells))), len(exact)))
    return hits.index(max(hits))


def columns_named(model: type[Row], typed: Iterable[str]) -> list[str]:
    """Return the columns that headings are of; a heading that is none of the table's stays as it is.

    ``name`` is a column of names in whichever language they are.

    >>> from .tables import Cost, Track
    >>> columns_named(Cost, ["措施", "资源", "单位成本", "备注"]), columns_named(Track, ["赛道编号", "赛道", "类型"])
    (['measure', 'resource', 'cost', '备注'], ['track', 'name', 'type'])
    """
    known, found = set(columns(model)), list(typed)
    taken = known.intersection(found)
    strong, weak = _headings(model)
    plains = [_first_line(text) if text and text not in known else "" for text in found]
    for words in (strong, weak):
        for at, text in enumerate(plains):
            column = words.get(text, "")
            if column and column not in taken and found[at] not in taken:
                found[at] = column
                taken.add(column)
    if issubclass(model, Named) and "name" not in taken:
        names = {*map(plain, NAMES), *weak}
        at_name = next((at for at, text in enumerate(plains) if text in names and found[at] not in taken), None)
        if at_name is not None:
            found[at_name] = "name"
    return found


def _first_line(text: str) -> str:
    return plain(text.partition("\n")[0])


@cache
def _headings(model: type[Row]) -> tuple[dict[str, str], dict[str, str]]:
    """Return columns by their headings, folded; those that may as well be of the name of a row apart."""
    strong: dict[str, str] = {}
    weak: dict[str, str] = {}
    for column in columns(model):
        own = next((f"{p}{column}" for p in (f"{model.table}.", "") if f"field.{p}{column}" in CASE_COLUMNS), None)
        texts = [re.split(r"[\n(（：:]", text)[0] for text in CASE_COLUMNS.get(f"field.{own}", ())]
        others = COLUMNS.get(f"{model.table}.{column}", COLUMNS.get(column, ()))
        is_id = column == model.key[0] and issubclass(model, Named)
        for text in texts:
            strong.setdefault(plain(text), column)
        for text in others:
            (weak if is_id else strong).setdefault(plain(text), column)
        if is_id:
            for text in ("id", "编号", "代码", "code"):
                strong.setdefault(plain(text), column)
    return strong, weak
