"""Any result as one HTML page: what it says, its pictures, its tables, and where its numbers come from."""

from __future__ import annotations

from .. import pictures
from ..render.shown import drawn
from ..results.result import Result
from ..study.plan.sentences import suspicious
from ..study.record import record
from ..study.sources import sources_table
from .sheet import Sheet

MOST = 500
"""Rows of a table that a page shows; the data holds all."""


def page(result: Result, lang: str) -> str:
    """Return a result as HTML."""
    case = result.case
    shown = [drawn(table, case, lang, MOST) for table in result.tables.values() if table.rows]
    drawings = result.question.pictures if hasattr(result, "question") else ()
    pictured = [getattr(pictures, name)(result, lang) for name in drawings]
    return Sheet(
        lang,
        result.title(lang),
        kicker="" if case is None else f"saidao {result.question.verb}",
        sources=None if case is None else drawn(sources_table(case), case, lang),
        record=None if case is None else record(case),
        answer=result.text(lang),
        pictures=[picture for picture in pictured if picture is not None],
        tables=shown,
        method=result.notes(lang),
        left_out=[] if case is None else suspicious(case, lang),
    ).html()
