"""Any result as a workbook: its main table, and every other table that its data holds, a sheet each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from .. import flat
from ..case import Case
from ..case.tables import Factor, Measure, Resource, Track, Type
from ..plans import Plan
from ..result import Result, Told
from ..tell import sources
from .book import INK, Book, Column, put, table
from .words import WORDS, result_column, say

LONGEST_TITLE = 31
SHARES = ("share", "acceptability", "regret", "of_best", "moved", "confidence")
NAMED: dict[str, type[Any]] = {"track": Track, "factor": Factor, "measure": Measure, "resource": Resource, "type": Type}

Row = Mapping[str, Any]


def workbook(result: Result | None, document: str, rows: Sequence[Row], case: Case, lang: str) -> bytes:
    """Return a result as a workbook: *document* is its JSON, *rows* its main table; a plan has sheets of its own."""
    if isinstance(result, Plan):
        from .plan_sheets import plan_workbook

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
    for key, value in flat.scalars(document):
        put(sheet, at, 0, result_column(key, lang), book.style(font_color="#7F7F7F"))
        put(sheet, at, 1, value, book.style(align="left"))
        at += 1
    titles: set[str] = set()
    for name, found in {"table": list(rows), **dict(flat.tables(document))}.items():
        if found and (name == "table" or found != list(rows)):
            _table_sheet(book, _title(name, titles, lang), found, case, lang)
    return book.bytes()


def _title(name: str, taken: set[str], lang: str) -> str:
    """Return a sheet's title that no other has."""
    title = say(f"sheet.{name}", lang) if f"sheet.{name}" in WORDS else name
    title, number = title[-LONGEST_TITLE:].strip("."), 1
    while title.lower() in taken:
        number += 1
        title = f"{title[: LONGEST_TITLE - 4]} {number}"
    taken.add(title.lower())
    return title


def _table_sheet(book: Book, title: str, rows: Sequence[Row], case: Case, lang: str) -> None:
    sheet = book.sheet(title)
    keys = list(dict.fromkeys(key for row in rows for key in row))
    named = {key: case.names(model, lang) for key, model in NAMED.items() if key in keys}
    columns, cells = [], []
    for key in keys:
        values = [row.get(key) for row in rows]
        head = result_column(key, lang)
        columns.append(Column(head if head == key else f"{head}\n{key}", _form(key, values)))
        cells.append(values)
        if key in named:
            columns.append(Column(say("name", lang)))
            cells.append([named[key].get(str(value), "") for value in values])
    end = table(book, sheet, 0, columns, [list(row) for row in zip(*cells, strict=True)])
    sheet.autofilter(0, 0, end - 1, len(columns) - 1)
    sheet.freeze_panes(1, 2 if keys[0] in named else 1)


def _form(key: str, values: Sequence[Any]) -> str:
    numbers = [v for v in values if isinstance(v, (int, float)) and not isinstance(v, bool)]
    if not numbers:
        return "wrapped" if any(len(str(v)) > 40 for v in values if v is not None) else "text"
    if any(word in key for word in SHARES) and all(-1 <= v <= 1.0001 for v in numbers):
        return "share"
    if all(isinstance(v, int) for v in numbers):
        return "whole"
    return "amount" if max(map(abs, numbers)) >= 100 else "score"
