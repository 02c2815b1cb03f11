"""Where the tables of a case stand: a folder, a zipped folder or a workbook, all read into the same grids of texts."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..errors import Problem
from .cells import tidy

ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in this order, strictly; a file that Excel saved on a Chinese system is GB18030."""

_QUOTED = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True)
class Grid:
    """The rows of a table that are not blank.

    Attributes
    ----------
    label : what the table is called where it was found: a file, or a sheet.
    rows : (row as a spreadsheet counts it, its cells from column `first` on).
    first : spreadsheet column of the first cell, from 0.
    ill : by (row, index of the cell): the code of the problem that the cell is, where its text does not tell.
    values : the sheet as its reader gives it, from cell A1 on; empty for a file, whose cells are texts.
    percents : (row, index of the cell) of numbers that a workbook shows as percents.
    hidden_rows, hidden_columns : rows, and indices of cells, that a workbook does not show.
    """

    label: str
    rows: tuple[tuple[int, list[str]], ...]
    first: int = 0
    ill: Mapping[tuple[int, int], str] = field(default_factory=dict)
    values: Sequence[Sequence[Any]] = ()
    percents: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def is_number(self, row: int, index: int) -> bool:
        """Whether a workbook holds this cell as a number: it then shows no sign and no percent that were typed."""
        return bool(self.values) and isinstance(self._value(row, index), (int, float))

    def is_percent(self, row: int, index: int, text: str) -> bool:
        """Whether a cell is written, or shown, as a percent."""
        return text.endswith(("%", "％")) or (row, index) in self.percents

    def is_text(self, row: int, index: int) -> bool:
        """Whether a workbook holds this cell as a text."""
        return bool(self.values) and isinstance(self._value(row, index), str)

    def _value(self, row: int, index: int) -> Any:
        cells = self.values[row - 1] if row <= len(self.values) else ()
        return cells[self.first + index] if self.first + index < len(cells) else None


def grid(label: str, lines: Sequence[list[str]], problems: list[Problem], **more: Any) -> Grid | None:
    """Return the lines without blank ones and without the blank columns before the first; None if all are blank."""
    rows = [(n, line) for n, line in enumerate(lines, 1) if any(line)]
    if not rows:
        problems.append(Problem("empty_file", file=label))
        return None
    first = min(next(i for i, cell in enumerate(line) if cell) for _, line in rows)
    ill = {(row, column - first): code for (row, column), code in more.pop("ill", {}).items()}
    if "percents" in more:
        more["percents"] = frozenset((row, column - first) for row, column in more["percents"])
        more["hidden_columns"] = frozenset(column - first for column in more["hidden_columns"])
    return Grid(label, tuple((n, line[first:]) for n, line in rows), first, ill, **more)


class Source(Protocol):
    """Where the tables of a case stand; what is wrong with a file or sheet as such goes to `problems`."""

    name: str
    problems: list[Problem]

    def label(self, table: str) -> str:
        """Return what a table is called here, whether it exists or not."""

    def tables(self) -> list[str]:
        """Return the names of the tables here, known or not, without the settings and the judgements."""

    def judgements(self) -> list[str]:
        """Return the names of the judgements, sorted."""

    def grid(self, table: str) -> Grid | None:
        """Return a table, or ``judgements/NAME``; None where it is missing or cannot be read."""

    def settings(self) -> Mapping[str, Any]:
        """Return the settings by key."""

    def placed(self, problem: Problem, columns: Mapping[str, Mapping[str, int]]) -> Problem:
        """Return a problem with the place where its user looks for it; *columns* by table label and heading."""


class Files:
    """A folder of CSV files, or a zipped one: what reads a file, by its path inside."""

    def __init__(self, name: str, contents: Mapping[str, Callable[[], bytes]]) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self._contents = contents

    def label(self, table: str) -> str:
        """Return the file's name."""
        return "case.toml" if table == "case" else f"{table}.csv"

    def tables(self) -> list[str]:
        """Return the stems of the CSV files at the top."""
        return sorted(path[:-4] for path in self._contents if path.endswith(".csv") and "/" not in path)

    def judgements(self) -> list[str]:
        """Return the stems of the CSV files in ``judgements``."""
        found = (re.fullmatch(r"judgements/([^/]+)\.csv", path) for path in self._contents)
        return sorted(match[1] for match in found if match)

    def grid(self, table: str) -> Grid | None:
        """Read a CSV file."""
        label = self.label(table)
        text = self._text(label)
        if text is None:
            return None
        try:
            lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        except csv.Error as error:
            self.problems.append(Problem("csv", file=label, found=str(error)))
            return None
        return grid(label, [[unquoted(tidy(cell)) for cell in line] for line in lines], self.problems)

    def settings(self) -> Mapping[str, Any]:
        """Read ``case.toml``."""
        try:
            return tomllib.loads(self._text("case.toml") or "")
        except tomllib.TOMLDecodeError as error:
            self.problems.append(Problem("toml", file="case.toml", found=str(error)))
            return {}

    def placed(self, problem: Problem, columns: Mapping[str, Mapping[str, int]]) -> Problem:
        """Return the problem as it is: files have rows and headings."""
        return problem

    def _text(self, path: str) -> str | None:
        if path not in self._contents:
            return None
        try:
            raw = self._contents[path]()
        except OSError as error:
            self.problems.append(Problem("unreadable", file=path, found=error.strerror or str(error)))
            return None
        for encoding in ENCODINGS:
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
        self.problems.append(Problem("encoding", file=path))
        return None


def quoted(text: str) -> str:
    """Return a text as a CSV file holds it: an apostrophe before what a spreadsheet would take for a formula.

    >>> quoted("=1+1"), quoted("'=1"), quoted("it's"), unquoted("'=1+1"), unquoted("''=1"), unquoted("'tis")
    ("'=1+1", "''=1", "it's", '=1+1', "'=1", "'tis")
    """
    return f"'{text}" if _QUOTED.match(f"'{text}") else text


def unquoted(text: str) -> str:
    """Return the text that `quoted` was given."""
    return text[1:] if _QUOTED.match(text) else text
