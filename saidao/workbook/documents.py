"""Results that are papers: the budget office's forms as a workbook and in Word, and the brief of a re-plan in Word."""

from __future__ import annotations

from collections.abc import Iterator

from ..questions.forms import Forms
from ..questions.replan import Replan
from ..render.book import INK, Book, as_title, put
from ..render.docx import Grid, Paragraph, docx
from ..render.shown import drawn
from ..results.result import Result
from ..texts.say import say

MOST_MOVES = 20
"""Rows of a table of a re-plan's brief."""
WIDTH = 14
TITLE = 31
"""Signs that the title of a sheet can have."""


def document(result: Result, lang: str) -> bytes:
    """Return a result as a Word document: forms, or the brief of a re-plan."""
    if isinstance(result, Forms):
        return docx(_parts(result, lang))
    assert isinstance(result, Replan)  # the other one whose question declares the suffix
    return docx(_replan(result, lang), landscape=False)


def _replan(result: Replan, lang: str) -> Iterator[Paragraph | Grid]:
    """The decision: what must move and by which procedure, the choices, what goes where, and what proves it."""
    yield Paragraph(say("replan.brief", lang, case=result.case.title(lang)), 36, bold=True, centred=True)
    yield from (Paragraph(line) for line in result.text(lang))
    begun = bool(result.planning.facts.spent.any() or result.planning.facts.committed.any())
    for name in ("choices", "moves", *(("progress",) if begun else ())):
        shown = drawn(result.tables[name], result.case, lang, MOST_MOVES, brief=True, names=True)
        if not shown.rows:
            continue
        yield Paragraph(shown.title, bold=True)
        yield Grid((shown.heads, *shown.rows), 1)
        if shown.cut:
            yield Paragraph(say("report.more_rows", lang, rows=shown.cut))
    yield from (Paragraph(line) for line in result.notes(lang))


def _parts(result: Forms, lang: str) -> Iterator[Paragraph | Grid]:
    for number, page in enumerate(result.pages):
        yield Paragraph(page.title, 36, bold=True, centred=True, breaks=number > 0)
        yield Paragraph(page.year + (f" {say('forms.draft', lang)}" if page.draft else ""), centred=True)
        for block in page.blocks:
            if block.caption:
                yield Paragraph(block.caption, bold=True)
            yield Grid(block.rows, block.heads)


def forms_workbook(result: Forms, lang: str) -> bytes:
    """Return the forms as a workbook, a sheet each, then what is to be looked at."""
    book = Book(result.case.title(lang))
    centred, cell = book.style(bold=True, font_size=16, align="center"), book.style(border=1, text_wrap=True)
    head, note = book.style(bold=True, border=1, text_wrap=True, bg_color="#F2F2F2"), book.style(align="center")
    for page in result.pages:
        sheet = book.sheet(_title(page.project, page.form), INK)
        wide = max(len(cells) for block in page.blocks for cells in block.rows)
        sheet.set_column(0, wide - 1, WIDTH)
        sheet.merge_range(0, 0, 0, wide - 1, page.title, centred)
        draft = f" {say('forms.draft', lang)}" if page.draft else ""
        sheet.merge_range(1, 0, 1, wide - 1, f"{page.year}{draft}", note)
        at = 2
        for block in page.blocks:
            if block.caption:
                put(sheet, at, 0, block.caption, book.style(bold=True))
                at += 1
            for number, cells in enumerate(block.rows):
                for column, text in enumerate(cells):
                    bold = number < block.heads or (block.heads == 0 and column == 0)
                    put(sheet, at, column, text, head if bold else cell)
                at += 1
            at += 1
    sheet = book.sheet(say("sheet.forms_checks", lang))
    sheet.set_column(0, 1, WIDTH)
    sheet.set_column(2, 2, 80)
    put(sheet, 0, 0, " ".join(result.text(lang)), note)
    for column, key in enumerate(("project", "level", "found")):
        put(sheet, 1, column, say(f"head.forms_{key}", lang), head)
        for at, row in enumerate(result.check_rows, 2):
            put(sheet, at, column, str(row.get(key) or row[f"{key}_{lang}"]), cell)
    return book.bytes()


def _title(project: str, form: str) -> str:
    return as_title(f"{project[: TITLE - len(form) - 1]} {form}")
