"""Any table file as sheets of cells: CSV in the encodings and separators that people have, and workbooks.

A cell is what its file holds: a text, a number, a date, True or False; blank is ``""``. What its value does not tell
(shown as a percent, an error, a formula without a value, merged, hidden) stands beside it.
"""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from ..case.archives import unpacked
from ..case.cells import number, tidy
from ..case.grids import ROWS, too_many
from ..case.limits import LARGEST, LARGEST_TABLE, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from ..case.sheets import Scan, Workbook
from ..errors import CaseError, Problem
from ..texts.visible import straight
from .commas import Commas, commas_in

SEPARATORS = (",", ";", "\t", "|", "，", "；")
LOOKED_AT = 200
"""Lines by which a separator is judged, and bytes by which an encoding is."""
MARKUP = re.compile(r"\s*<[!?a-z]", re.I)
Place = tuple[int, int]
"""Row and column of a cell, from 0."""


@dataclass(frozen=True)
class Sheet:
    """A sheet, or a file of one table.

    Attributes
    ----------
    title : of the sheet; blank for a file.
    rows : the cells, all rows of one length.
    percents : numbers that are shown as percents.
    faults : what a cell is that holds no value: the error, the formula, or ``merged`` for a number over several rows.
    spanned : cells covered by a merged cell, with the place of the cell that covers them; they hold its text.
    hidden_rows, hidden_columns : from 0.
    separator : what parts the cells of a file; blank for a sheet.
    commas : what commas are in its texts of numbers.
    """

    title: str
    rows: Sequence[Sequence[Any]]
    percents: frozenset[Place] = frozenset()
    faults: Mapping[Place, str] = field(default_factory=dict)
    spanned: Mapping[Place, Place] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    separator: str = ""
    commas: Commas = ""


@dataclass(frozen=True)
class Opened:
    """A file as read: its encoding where it is a text, its sheets, and the sheets that are not shown."""

    name: str
    encoding: str
    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()


def opened(path: str | Path) -> Opened:
    """Read a file.

    Raises
    ------
    CaseError
        No file, too large, no text and no workbook, or broken.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_TABLE + 1)
    except OSError as error:
        raise CaseError([Problem("import_no_file", str(path), found=error.strerror or str(error))]) from None
    return opened_bytes(data, path.name)


def opened_bytes(data: bytes, name: str) -> Opened:
    """Read what a file of this name holds; its content says whether it is a workbook."""
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return _workbook(data, name)
    if len(data) > LARGEST_TABLE:
        raise CaseError([Problem("too_large", name, found=f"{len(data):,}", details={"most": f"{LARGEST_TABLE:,}"})])
    text, encoding = decoded(data, name)
    if MARKUP.match(text):  # web pages that are called .xls, too
        raise CaseError([Problem("import_no_table", name, found=text.lstrip()[:20])])
    separator, lines = delimited(text, name)
    return Opened(name, encoding, (_file(lines, separator, name),))


def decoded(data: bytes, name: str) -> tuple[str, str]:
    r"""Return a text and its encoding.

    >>> decoded("\ufeffa".encode(), ""), decoded("赛道".encode("gb18030"), ""), decoded("a".encode("utf-16"), "")
    (('a', 'utf-8-sig'), ('赛道', 'gb18030'), ('a', 'utf-16'))
    """
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in data[:LOOKED_AT]:  # of what parts cells and lines one byte of two is 0, whatever the cells hold
        low, high = data[:LOOKED_AT:2].count(0), data[1:LOOKED_AT:2].count(0)
        encodings = ["utf-16-be" if low > high else "utf-16-le"]
    else:
        encodings = ["utf-8-sig" if data.startswith(BOM_UTF8) else "utf-8", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise CaseError([Problem("encoding", name)])


def delimited(text: str, name: str) -> tuple[str, list[list[str]]]:
    r"""Return the separator of a text, and its cells: the one by which most lines have the same number of cells.

    >>> delimited("a;b\nx;1,5\ny;2,5\n", "")
    (';', [['a', 'b'], ['x', '1,5'], ['y', '2,5']])
    """

    def cut(separator: str, most: int) -> list[list[str]]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        return [[straight(tidy(cell)) for cell in line] for line in islice(reader, most)]

    def regular(separator: str) -> tuple[float, int]:
        try:
            widths = Counter(len(line) for line in cut(separator, LOOKED_AT) if any(line))
        except csv.Error:
            return 0.0, 0
        width, lines = max(((w, n) for w, n in widths.items() if w > 1), key=lambda one: one[1], default=(1, 0))
        return lines / max(1, widths.total()), width

    best = max(SEPARATORS, key=regular)
    try:
        return best, cut(best, MOST_ROWS + 1)
    except csv.Error as error:
        raise CaseError([Problem("csv", name, found=str(error))]) from None


def _file(lines: list[list[str]], separator: str, name: str) -> Sheet:
    width = max(map(len, lines), default=0)
    _check_size(len(lines), width, name)
    for line in lines:
        line.extend([""] * (width - len(line)))
    return Sheet("", lines, separator=separator, commas=commas_in(lines, separator))


def _check_size(rows: int, columns: int, name: str) -> None:
    if rows > MOST_ROWS:
        raise CaseError([too_many(name, rows, MOST_ROWS, ROWS)])
    if columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        details = {"most": f"{MOST_CELLS:,}"}
        raise CaseError([Problem("large_sheet", name, found=f"{rows:,} x {columns:,}", details=details)])


def _workbook(data: bytes, name: str) -> Opened:
    if len(data) > LARGEST:
        raise CaseError([Problem("too_large", name, found=f"{len(data):,}", details={"most": f"{LARGEST:,}"})])
    contents = unpacked(data, name)
    if "xl/workbook.xml" not in contents:
        raise CaseError([Problem("import_no_table", name)])
    book = Workbook(name, contents, name)
    sheets = []
    for title, shown in book.sheets.items():
        before = len(book.problems)
        cells = book.cells(title) if shown else None
        if cells is not None:
            sheets.append(_sheet(title, *cells))
        elif len(book.problems) > before:
            raise CaseError(book.problems[before:])
    return Opened(name, "", tuple(sheets), tuple(title for title, shown in book.sheets.items() if not shown))


def _sheet(title: str, values: list[list[Any]], scan: Scan) -> Sheet:
    rows = [[straight(tidy(v)) if isinstance(v, str) else "" if v is None else v for v in line] for line in values]
    height = max([len(rows), *(row for row, _ in scan.values), *(low + 1 for _, _, low, _ in scan.merged)])
    height = min(height, MOST_ROWS)
    width = max(scan.columns, max(map(len, rows), default=0))
    rows += [[] for _ in range(height - len(rows))]
    for line in rows:
        line.extend([""] * (width - len(line)))
    faults = {}
    for (row, column), text in scan.values.items():
        rows[row - 1][column] = ""
        faults[row - 1, column] = text
    spanned: dict[Place, Place] = {}
    for area in scan.merged:
        _spread(rows, faults, spanned, area)
    return Sheet(
        title,
        rows,
        frozenset((row - 1, column) for row, column in scan.percents),
        faults,
        spanned,
        frozenset(row - 1 for row in scan.hidden_rows),
        frozenset(scan.hidden_columns),
        commas=commas_in(rows, ""),
    )


def _spread(
    rows: list[list[Any]], faults: dict[Place, str], spanned: dict[Place, Place], area: tuple[int, int, int, int]
) -> None:
    """Let the text of a merged cell stand in all the cells that it covers; a number there is one for several."""
    top, left, *_ = area
    if top >= len(rows) or left >= len(rows[top]):
        return
    value = rows[top][left]
    is_number = value != "" and (not isinstance(value, str) or number(value) is not None)
    for i, j in _cells(area, len(rows), len(rows[top])):
        if is_number:
            faults[i, j] = "merged"
        if (i, j) != (top, left):
            rows[i][j] = value
            spanned[i, j] = top, left


def _cells(area: tuple[int, int, int, int], height: int, width: int) -> Iterable[Place]:
    top, left, bottom, right = area
    return ((i, j) for i in range(top, min(bottom + 1, height)) for j in range(left, min(right + 1, width)))
