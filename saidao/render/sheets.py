"""Any result as a workbook: what it says, and a sheet a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..case import Case
from ..case.provenance import count_by_source
from ..results.column import Table
from ..results.result import Result
from ..study.plan.sentences import sources, suspicious
from ..texts.say import say
from .book import INK, LONGEST_TITLE, Book, Column, Sheet, as_title, height, put, table
from .shown import AMOUNTS, Shown, shown

SHEET_ROWS = 1_048_576
"""Rows that a sheet of Excel has."""


def sheets(result: Result, lang: str) -> bytes:
    """Return a result as a workbook: what it says, then a sheet a table."""
    case = result.case
    book = Book(result.title(lang))
    sheet = book.sheet(say("sheet.summary", lang), INK)
    sheet.set_column(0, 0, 110)
    put(sheet, 0, 0, result.title(lang), book.title)
    wrapped = book.style(text_wrap=True, valign="top", font_size=11)
    told = [*result.text(lang), *([] if case is None else suspicious(case, lang)), *result.notes(lang)]
    told += [] if case is None else [sources(count_by_source(case), lang)]
    for at, sentence in enumerate(told, 2):
        put(sheet, at, 0, sentence, wrapped)
        sheet.set_row(at, height([sentence], [110], 17))
    titles: set[str] = set()
    for declared in result.tables.values():
        if declared.rows:
            made = book.sheet(_title(declared.tab(lang), titles))
            written = write(book, made, 0, declared, case, lang, {})
            made.freeze_panes(1, 2 if written.columns[0].form == "id" else 1)
    return book.bytes()


@dataclass(frozen=True)
class Written:
    """Where a table stands on a sheet: the row after its last, the place of each column by its key, and its columns."""

    end: int
    at: Mapping[str, int]
    columns: Sequence[Shown]


def write(
    book: Book, sheet: Sheet, top: int, declared: Table, case: Case | None, lang: str, kinds: Mapping[str, str]
) -> Written:
    """Write a table with its headings in row *top*: in each the words and, on a line of its own, the key of the data.

    *kinds* are the sources of columns by their key, which colour them. Of more rows than a sheet has the first are
    written, and below them how many are not.
    """
    room = SHEET_ROWS - top - 2
    rows = declared.rows if len(declared.rows) <= room else declared.rows[:room]
    columns = shown(declared, case, lang, rows, ids=True)
    names = [c.head.replace("\n(", " (").replace("\n", "") for c in columns]
    heads = [f"{name}\n{c.key}" if c.key and c.key != name else name for name, c in zip(names, columns, strict=True)]
    styled = [Column(head, form_of(c), kinds.get(c.key, "")) for head, c in zip(heads, columns, strict=True)]
    end = table(book, sheet, top, styled, [list(row) for row in zip(*(c.cells for c in columns), strict=True)])
    sheet.autofilter(top, 0, end - 1, len(columns) - 1)
    if len(rows) < len(declared.rows):
        put(sheet, end, 0, say("sheet.left_out", lang, number=len(declared.rows) - len(rows)))
    return Written(end, {column.key: i for i, column in enumerate(columns) if column.key}, columns)


def form_of(column: Shown) -> str:
    """Return the number format of a column: amounts without decimals where they are read without."""
    return "whole" if column.form in AMOUNTS and not column.decimals else column.form


def _title(title: str, taken: set[str]) -> str:
    """Return a sheet's title that no other has."""
    whole, number = as_title(title), 1
    title = whole
    while title.lower() in taken:
        number += 1
        title = f"{whole[: LONGEST_TITLE - 4]} {number}"
    taken.add(title.lower())
    return title
