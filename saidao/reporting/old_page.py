"""Any result as one HTML page: what it says, its pictures, its tables, and where its numbers come from."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .. import pictures
from ..case import Case
from ..pictures import Picture
from ..questions.compare import Comparison
from ..questions.compare_plans import PlanComparison
from ..questions.robust import Robustness
from ..render import readable
from ..render.shown import Drawn as Table
from ..study.record import record
from ..study.sentences import sources
from ..texts.say import say
from .sheet import Sheet
from .tables import sources_table, table

PICTURES: dict[type[Any], tuple[Callable[[Any, str], Picture | None], ...]] = {
    Comparison: (pictures.ranks,),
    PlanComparison: (pictures.money,),
    Robustness: (pictures.acceptability,),
}
MOST = 500
"""Rows of a table that a page shows; the data holds all."""


def page(result: Any, document: str, rows: Sequence[Mapping[str, Any]], case: Case, lang: str) -> str:
    """Return a result as HTML: *document* is its JSON, *rows* its main table."""
    data = json.loads(document)
    kind = str(data.get("schema", "//")).split("/")[1]
    told = result.text(lang) if hasattr(result, "text") else []
    sentences = [s if isinstance(s, str) else " ".join(s) for s in told] or [sources(case, lang)]
    drawn = [draw(result, lang) for draw in PICTURES.get(type(result), ())]
    return Sheet(
        lang,
        case.title(lang),
        kicker=f"saidao {kind}",
        sources=sources_table(case, lang),
        record=record(case, {head: str(v) for head, v in readable.scalars(data, case, lang)}),
        answer=sentences,
        pictures=[p for p in drawn if p is not None],
        tables=_tables(data, rows, case, lang),
    ).html()


def _tables(data: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], case: Case, lang: str) -> list[Table]:
    """The main table, and every other one that the data holds; of what has a name, the id only of measures."""
    made = []
    for name, titled, held in readable.tables(data, rows):
        shown = [c for c in readable.columns(name, held, case, lang) if not c.ids or c.key == "measure"]
        made.append(
            table(
                readable.title(titled, lang),
                [("!" if c.numeric else "") + c.head for c in shown],
                [list(row) for row in zip(*([_cell(v, c.form) for v in c.cells[:MOST]] for c in shown), strict=True)],
                say("report.cut", lang, shown=MOST, rows=len(held)) if len(held) > MOST else "",
            )
        )
    return made


def _cell(value: Any, form: str) -> str:
    if form in ("share", "fine_share") and value is not None:
        return f"{value:.{1 if form == 'share' else 3}%}"
    return "" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)
