"""Where the tables of a case stand: a folder, a zipped folder or a workbook, all read into the same grids of texts."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Protocol

from ..errors import CaseError, Problem
from ..texts.visible import straight
from .cells import tidy
from .limits import LARGEST_TABLE, LARGEST_TOML, LONGEST_TEXT, MOST_CELLS, MOST_COLUMNS, MOST_ROWS

ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in this order, strictly; a file that Excel saved on a Chinese system is GB18030."""

_QUOTED = re.compile(r"'+[=+\-@\t\r]")
_BLANK_BESIDE = re.compile(r"(?:\A|[,\r\n]) | (?:[,\r\n]|\Z)")


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
    numbers : by (row, index of the cell), of a frame: what its cells hold, which are not read from their texts.
    """

    label: str
    rows: tuple[tuple[int, list[str]], ...]
    first: int = 0
    ill: Mapping[tuple[int, int], str] = field(default_factory=dict)
    values: Sequence[Sequence[Any]] = ()
    percents: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    numbers: Mapping[tuple[int, int], float] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """Whether nothing is known of its cells but their texts."""
        return not (self.ill or self.values or self.percents or self.numbers)

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


class Reader:
    """What all readers share: they count cells against the limit, and collect problems."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self._room = MOST_CELLS

    def made(self, label: str, lines: Sequence[list[str]], **more: Any) -> Grid | None:
        """Return the lines without blank ones and without the blank columns before the first.

        None if all are blank, or if there is no room for them. Signs that steer the layout of a text are straightened.
        """
        if problem := self._too_much(label, lines):
            self.problems.append(problem)
            return None
        rows = [(n, line) for n, line in enumerate(lines, 1) if any(line)]
        if not rows:
            self.problems.append(Problem("empty_file", file=label))
            return None
        all_seen = "".join(chain.from_iterable(lines)).isprintable()
        for n, line in rows if not all_seen else ():
            if "".join(line).isprintable():
                continue
            for i, cell in enumerate(line):
                line[i] = straight(cell)
                if line[i] != cell:
                    self.problems.append(Problem("line_breaks", label, n, found=cell, level="warning"))
        first = 0
        if not any(line[0] for _, line in rows):
            first = min(next(i for i, cell in enumerate(line) if cell) for _, line in rows)
            rows = [(n, line[first:]) for n, line in rows]
        ill = {(row, column - first): code for (row, column), code in more.pop("ill", {}).items()}
        if "percents" in more:
            more["percents"] = frozenset((row, column - first) for row, column in more["percents"])
            more["hidden_columns"] = frozenset(column - first for column in more["hidden_columns"])
        return Grid(label, tuple(rows), first, ill, **more)

    def _too_much(self, label: str, lines: Sequence[list[str]]) -> Problem | None:
        """Return the problem that a table is larger than tables may be; take its room else."""
        columns = max(map(len, lines), default=0)
        cells = columns * sum(map(any, lines))
        if len(lines) > MOST_ROWS:
            return too_many(label, len(lines), MOST_ROWS, ROWS)
        if columns > MOST_COLUMNS:
            return too_many(label, columns, MOST_COLUMNS, COLUMNS)
        if cells > self._room:
            return too_many(label, cells + MOST_CELLS - self._room, MOST_CELLS, CELLS)
        if (longest := max(map(len, chain.from_iterable(lines)), default=0)) > LONGEST_TEXT:
            return too_many(label, longest, LONGEST_TEXT, SIGNS)
        self._room -= cells
        return None


def too_many(label: str, found: int, most: int, what: tuple[str, str]) -> Problem:
    """Return the problem that there is more of something than a case may hold; *what* in English and Chinese."""
    return Problem("large_case", label, found=f"{found:,}", details={"most": f"{most:,}", "what": what})


BYTES, FILES, ROWS, COLUMNS = ("bytes", "字节"), ("files", "个文件"), ("rows", "行"), ("columns", "列")
CELLS = ("cells in all tables", "个单元格（各表合计）")
SIGNS = ("signs in a cell", "个字符（单个单元格）")
ALL_SIGNS = ("signs in all cells", "个字符（所有单元格合计）")


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


class Files(Reader):
    """A folder of CSV files, or a zipped one: what reads a file, by its path inside."""

    def __init__(self, name: str, contents: Mapping[str, Callable[[], bytes]]) -> None:
        super().__init__(name)
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
        text = self._text(label, LARGEST_TABLE)
        if text is None:
            return None
        try:
            lines = [*self._lines(text)]
        except csv.Error as error:
            self.problems.append(Problem("csv", file=label, found=str(error)))
            return None
        if not is_tidy(text):
            lines = [[unquoted(tidy(cell)) for cell in line] for line in lines]
        if faults := separators(label, lines):
            self.problems.extend(faults)
            return None
        return self.made(label, lines)

    def _lines(self, text: str) -> Iterable[list[str]]:
        """Return the lines of a CSV text, no more than one too many."""
        return islice(csv.reader(io.StringIO(text, newline=""), strict=True), MOST_ROWS + 1)

    def settings(self) -> Mapping[str, Any]:
        """Read ``case.toml``."""
        try:
            return toml(self._text("case.toml", LARGEST_TOML) or "")
        except ValueError as error:
            self.problems.append(Problem("toml", file="case.toml", found=str(error)))
            return {}

    def placed(self, problem: Problem, columns: Mapping[str, Mapping[str, int]]) -> Problem:
        """Return the problem as it is: files have rows and headings."""
        return problem

    def _text(self, path: str, most: int) -> str | None:
        if path not in self._contents:
            return None
        try:
            raw = self._contents[path]()
        except OSError as error:
            self.problems.append(Problem("unreadable", file=path, found=error.strerror or str(error)))
            return None
        except CaseError as error:
            self.problems.extend(error.problems)
            return None
        if len(raw) > most:
            self.problems.append(too_many(path, len(raw), most, BYTES))
            return None
        if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or b"\0" in raw[:2]:
            self.problems.append(Problem("utf16", file=path, found="UTF-16"))
            return None
        for encoding in ENCODINGS:
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
        self.problems.append(Problem("encoding", file=path))
        return None


class OneFile(Files):
    """A CSV file by itself: whatever table is asked for, it is that."""

    def __init__(self, name: str, read: Callable[[], bytes]) -> None:
        super().__init__(name, {name: read})

    def label(self, table: str) -> str:
        """Return the file's name."""
        return self.name


def toml(text: str) -> dict[str, Any]:
    """Read TOML.

    Raises
    ------
    ValueError
        What is no TOML, or nested too deep or of too many digits for its reader.
    """
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError(f"{text.lstrip()[:40]} ...") from None
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:  # an integer of thousands of digits
        raise ValueError(max(re.findall("[0-9_]+", text), key=len)) from None


SEPARATORS = {";": "; (semicolons)", "\t": "tabs", "|": "|", "，": "， (full-width commas)", "；": "；", "、": "、"}
"""Signs other than the comma by which files separate cells."""


def separators(label: str, lines: Sequence[list[str]]) -> list[Problem]:
    """Return the problems of a file, or of its lines, whose cells are separated by another sign than a comma.

    Of a file the first two lines are one cell each, as a CSV reader sees the headings, and hold a sign equally often;
    of a line its one cell holds a sign as often as the others have commas.
    """
    filled = [(n, line) for n, line in enumerate(lines, 1) if any(line)]
    if len(filled) < 2:
        return []
    (first, head), (_, body) = filled[:2]
    for sign, name in SEPARATORS.items():
        count = head[0].count(sign)
        if len(head) == 1 and count and ",".join(body).count(sign) == count:
            return [Problem("separator", label, first, found=head[0], details={"sign": name})]
    width = max(len(line) for _, line in filled)
    single = [(n, line[0]) for n, line in filled if len(line) == 1 and width > 1]
    return [
        Problem("separator", label, n, found=cell, details={"sign": name})
        for n, cell in single
        for sign, name in SEPARATORS.items()
        if cell.count(sign) == width - 1
    ]


def is_tidy(text: str) -> bool:
    """Whether each cell of a CSV text is what stands between its commas, with no blanks around it: most texts are.

    >>> is_tidy("a,b c"), is_tidy("a, b"), is_tidy("a,'=b"), is_tidy("a,\u3000b")
    (True, False, False, False)
    """
    signs = set(text) - {"\r", "\n"}
    odd = signs & {'"', "'"} or not "".join(signs).isprintable()
    return not odd and (" " not in signs or _BLANK_BESIDE.search(text) is None)


def quoted(text: str) -> str:
    """Return a text as a CSV file holds it: an apostrophe before what a spreadsheet would take for a formula.

    >>> quoted("=1+1"), quoted("'=1"), quoted("it's"), unquoted("'=1+1"), unquoted("''=1"), unquoted("'tis")
    ("'=1+1", "''=1", "it's", '=1+1', "'=1", "'tis")
    """
    return f"'{text}" if _QUOTED.match(f"'{text}") else text


def unquoted(text: str) -> str:
    """Return the text that `quoted` was given."""
    return text[1:] if _QUOTED.match(text) else text
