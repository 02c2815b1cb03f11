"""Any result as a workbook: its main table, and every other table that its data holds, a sheet each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ..case import Case
from ..results.result import Result, Told
from ..study.plan import Plan
from ..study.sentences import sources
from ..texts.say import say
from ..workbook.book import INK, Book, Column, put, table
from . import readable

LONGEST_TITLE = 31

Row = Mapping[str, Any]


def workbook(result: Result | None, document: str, rows: Sequence[Row], case: Case, lang: str) -> bytes:
    """Return a result as a workbook: *document* is its JSON, *rows* its main table; a plan has sheets of its own."""
    if isinstance(result, Plan):
        from ..workbook.plan_sheets import plan_workbook

        return plan_workbook(result, lang)
    told = result.text(lang) if isinstance(result, Told) else ()
    return result_workbook(json.loads(document), rows, case, told, lang)


def result_workbook(
    document: Mapping[str, Any], rows: Sequence[Row], case: Case, told: Sequence[str], lang: str
) -> bytes:
    """Return a result as a workbook: *document* is its data, *rows* its main table, *told* what it says in words."""
    book = Book(case.title(lang))
    sheet = book.sheet(say("sheet.summary", lang), INK)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    put(sheet, 0, 0, case.title(lang), book.title)
    at = 2
    for sentence in [*told, sources(case, lang)]:
        put(sheet, at, 1, sentence, book.style(text_wrap=True, valign="top", font_size=11))
        at += 1
    for head, value in readable.scalars(document, case, lang):
        put(sheet, at, 0, head, book.style(font_color="#7F7F7F"))
        put(sheet, at, 1, value, book.style(align="left"))
        at += 1
    titles: set[str] = set()
    for name, titled, found in readable.tables(document, rows):
        _table_sheet(book, _title(readable.title(titled, lang), titles), readable.columns(name, found, case, lang))
    return book.bytes()


def _title(title: str, taken: set[str]) -> str:
    """Return a sheet's title that no other has."""
    whole, number = title[-LONGEST_TITLE:].strip(". ·"), 1
    title = whole
    while title.lower() in taken:
        number += 1
        title = f"{whole[: LONGEST_TITLE - 4]} {number}"
    taken.add(title.lower())
    return title


def _table_sheet(book: Book, title: str, shown: Sequence[readable.Shown]) -> None:
    sheet = book.sheet(title)
    heads = [f"{c.head}\n{c.key}" if c.key and c.key != c.head else c.head for c in shown]
    columns = [Column(head, c.form) for head, c in zip(heads, shown, strict=True)]
    end = table(book, sheet, 0, columns, [list(row) for row in zip(*(c.cells for c in shown), strict=True)])
    sheet.autofilter(0, 0, end - 1, len(columns) - 1)
    sheet.freeze_panes(1, 2 if shown[0].ids else 1)
