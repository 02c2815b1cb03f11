"""Any result as one HTML page: what it says, its pictures, its tables, and where its numbers come from."""

from __future__ import annotations

from typing import Any

from .. import pictures
from ..render.shown import drawn
from ..results.result import Result
from ..study.record import digest, versions
from ..study.sentences import suspicious
from ..texts.say import say
from .make import Report, template
from .tables import sources_table

MOST = 500
"""Rows of a table that a page shows; the data holds all."""


def page(result: Result, lang: str) -> str:
    """Return a result as HTML."""
    case = result.case
    shown = [drawn(table, case, lang, MOST) for table in result.tables.values() if table.rows]
    pictured = [getattr(pictures, name)(result, lang) for name in result.question.pictures]
    made = Report(
        lang,
        case.title(lang),
        f"saidao {result.question.verb}",
        result.text(lang),
        [],
        [picture for picture in pictured if picture is not None],
        shown,
        result.notes(lang),
        [],
        [],
        sources_table(case, lang),
        [],
        "",
        digest(case),
        versions(),
        left_out=suspicious(case, lang),
    )

    def told(key: str, **values: Any) -> str:
        return say(key, lang, **values)

    return template().render(r=made, say=told)
