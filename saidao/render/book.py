"""The look of every workbook, and the only place that knows its writer."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from ..case.cells import number_text, tidy
from ..case.limits import LONGEST_TEXT
from ..texts.say import WORDS, both

Sheet = Any

INK, PALE = "#1F3864", "#F2F2F2"
KIND_COLOURS = {"paper": "#FFFFFF", "measured": "#E2EFDA", "judgement": "#DDEBF7", "assumption": "#FFF2CC"}
"""Fill of a cell by where its number comes from."""

ROW, TALLEST = 18, 120
WIDEST = 48
HEADING = 22
"""Width at which a heading wraps, where what stands below needs no more."""

LONGEST_TITLE = 31
"""Signs that the title of a sheet can have."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


class Exact(float):
    """A number that the writer writes with all its digits: its own form, of 16, loses the last bit of some."""

    def __format__(self, form: str) -> str:
        return number_text(self)


class Book:
    """A workbook in memory: what users typed is data in it, never a formula and never a link."""

    def __init__(self, title: str) -> None:
        self._data = io.BytesIO()
        plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.book = xlsxwriter.Workbook(self._data, {"in_memory": True, "nan_inf_to_errors": False, **plain})
        self.book.set_properties({"title": title[:255], "comments": "saidao"})
        self.widths: dict[tuple[str, int], float] = {}
        self._styles: dict[tuple[tuple[str, Any], ...], Any] = {}

    def sheet(self, title: str, colour: str = "") -> Sheet:
        """Add a sheet."""
        sheet = self.book.add_worksheet(title)
        sheet.set_default_row(ROW)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)  # printed as wide as a page
        if colour:
            sheet.set_tab_color(colour)
        return sheet

    def style(self, **properties: Any) -> Any:
        """Return a cell format, one object for the same properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._styles:
            base = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "vcenter"}
            self._styles[key] = self.book.add_format({**base, **properties})
        return self._styles[key]

    def fill(self, colour: str) -> Any:
        """Return the format of cells that a condition colours: nothing but the fill changes."""
        key = (("fill", colour),)
        if key not in self._styles:
            self._styles[key] = self.book.add_format({"bg_color": colour})
        return self._styles[key]

    @property
    def heading(self) -> Any:
        """Format of headings that people read."""
        return self.style(
            bold=True, font_color="#FFFFFF", bg_color=INK, text_wrap=True, border=1, border_color="#FFFFFF"
        )

    @property
    def title(self) -> Any:
        """Format of a sheet's title."""
        return self.style(bold=True, font_size=16, font_color=INK)

    def bytes(self) -> bytes:
        """Finish, and return the file."""
        self.book.close()
        return self._data.getvalue()


def as_title(title: str) -> str:
    """Return a title that a sheet can have: without the signs that none may have, of a long one the end.

    >>> as_title("f*"), as_title("a/b: 'c'"), as_title("[]")
    ('f_', "a_b_ 'c", '__')
    """
    made = "".join(sign for sign in _FORBIDDEN.sub("_", tidy(title)) if sign.isprintable())
    while len(made.encode("utf-16-le")) // 2 > LONGEST_TITLE:
        made = made[1:]
    return made.strip("'. ·") or "_"


def fits_a_title(title: str) -> bool:
    """Whether a sheet can have this title."""
    return (
        0 < len(title.encode("utf-16-le")) // 2 <= LONGEST_TITLE
        and not _FORBIDDEN.search(title)
        and not title.startswith("'")
        and not title.endswith("'")
        and tidy(title) == title
        and title.isprintable()
    )


def put(sheet: Sheet, row: int, column: int, value: Any, style: Any = None) -> None:
    """Write a value as what it is: a number with all its digits, a text as text, None as a blank cell of this style."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, Exact(value), style)
    elif sheet.write_string(row, column, str(value), style) < 0:
        raise ValueError(f"{LONGEST_TEXT} signs at most: {str(value)[:40]} ...")


def breadth(texts: Iterable[Any], least: int = 9, most: int = WIDEST) -> float:
    """Return the width of a column that shows these texts; a Chinese sign is as wide as two letters."""
    lines = (line for text in texts for line in str(text).split("\n"))
    widest = max((sum(2 if ord(sign) > 0x2E80 else 1 for sign in line) for line in lines), default=0)
    return min(max(widest * 1.08 + 2, least), most)


def height(texts: Sequence[str], widths: Sequence[float], line: float = 15) -> float:
    """Return the height of a row whose texts wrap within these widths."""

    def lines(text: str, width: float) -> int:
        return sum(max(1, -int(-(breadth([part], 0, 10_000) - 2) // width)) for part in text.split("\n"))

    return line * max((lines(text, width) for text, width in zip(texts, widths, strict=True)), default=1) + 3


def fit(sheet: Sheet, row: int, wrapped: Sequence[tuple[str, float]]) -> None:
    """Make a row as high as its wrapped texts need, given as (text, width of its column)."""
    if (needed := height([text for text, _ in wrapped], [width for _, width in wrapped])) > ROW:
        sheet.set_row(row, min(needed, TALLEST))


FORMS: dict[str, dict[str, Any]] = {
    "text": {},
    "id": {},
    "name": {"text_wrap": True},
    "word": {},
    "flag": {},
    "price": {"num_format": "0.000%"},
    "fine share": {"num_format": "0.00%"},
    "chance": {"num_format": "0%"},
    "points": {"num_format": "+0.00%;-0.00%;0"},
    "rate": {"num_format": "+0.0%;-0.0%;0.0%"},
    "change": {"num_format": "0.000"},
    "spend": {"num_format": "#,##0.0"},
    "weight": {"num_format": "0.0000"},
    "ratio": {"num_format": "0.000"},
    "number": {"num_format": "#,##0.####"},
    "rank": {"num_format": "0", "align": "right"},
    "count": {"num_format": "#,##0", "align": "right"},
    "wrapped": {"text_wrap": True},
    "whole": {"num_format": "#,##0", "align": "right"},
    "amount": {"num_format": "#,##0.0"},
    "level": {"num_format": "0.00"},
    "gap": {"num_format": '0.00;-0.00;"–"', "align": "center"},
    "score": {"num_format": "0.0000"},
    "small": {"num_format": "0.000000"},
    "share": {"num_format": "0.0%"},
    "fine_share": {"num_format": "0.000%"},
    "tiny": {"num_format": "0.0E+00"},
}
"""Formats of columns by what they hold."""


@dataclass(frozen=True)
class Column:
    """A column of a result: its heading, what it holds (a key of `FORMS`), and where that comes from, if it is told."""

    head: str
    form: str = "text"
    kind: str = ""


def table(book: Book, sheet: Sheet, top: int, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> int:
    """Write a table with its headings in row *top*; return the row after its last. Columns are as wide as they need."""
    widths = []
    for i, column in enumerate(columns):
        shown = (row[i] for row in rows if isinstance(row[i], str))
        heading = breadth([column.head], most=HEADING if len(rows) else WIDEST)
        width = max(heading, breadth(shown, least=11, most=60 if column.form == "wrapped" else WIDEST))
        at = (sheet.get_name(), i)
        book.widths[at] = max(width, book.widths.get(at, 0.0))
        widths.append(book.widths[at])
        sheet.set_column(i, i, widths[i])
        put(sheet, top, i, column.head, book.heading)
    sheet.set_row(top, height([column.head for column in columns], widths))
    fills = [{"bg_color": KIND_COLOURS[column.kind]} if column.kind else {} for column in columns]
    for n, row in enumerate(rows, top + 1):
        for i, (column, value) in enumerate(zip(columns, row, strict=True)):
            put(sheet, n, i, value, book.style(border=1, border_color="#D9D9D9", **fills[i], **FORMS[column.form]))
        wrapped = [i for i, column in enumerate(columns) if "text_wrap" in FORMS[column.form]]
        fit(sheet, n, [(str(row[i]), widths[i]) for i in wrapped])
    return top + 1 + len(rows)


def case_heading(table: str, name: str) -> tuple[str, str]:
    """Return heading and note of a column of a case, each in both languages; of one of a user's own, its name."""
    known = next((key for key in (f"{table}.{name}", name) if f"field.{key}" in WORDS), None)
    if known is None:
        return name, ""
    heading = both(f"field.{known}").replace("\n（", "（").replace("\n(", " (")
    return heading, both(f"note.{known}") if f"note.{known}" in WORDS else ""
