"""The report's tables: what a result holds, in words."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import mcda
from ..case import Case
from ..case.tables import Factor, Named, Source, Track
from ..render.shown import Drawn as Table
from ..study.sentences import consistency
from ..texts.captions import CAPTIONS_ZH
from ..texts.say import say
from ..texts.tables import table_names


def table(title: str, head: list[str], rows: list[list[Any]], note: str = "") -> Table:
    """Make a table; a heading that starts with ! is of numbers."""
    return Table(
        title,
        tuple(h.lstrip("!") for h in head),
        tuple(tuple(str(cell) for cell in row) for row in rows),
        tuple(h.startswith("!") for h in head),
        note,
    )


def heads(lang: str, *keys: str) -> list[str]:
    """Look headings up; ! stays in front."""
    return [("!" if key.startswith("!") else "") + say(f"report.h.{key.lstrip('!')}", lang) for key in keys]


def amount(value: float | None, digits: int = 6) -> str:
    """Write an amount, a dash where there is none."""
    return "-" if value is None else f"{value:,.{digits}g}"


def ranking_table(found: mcda.Ranking, case: Case, lang: str) -> Table:
    """Scores and ranks, the best first."""
    names = case.names(Track, lang)
    rows = sorted(
        zip(found.alternatives, found.score_array, found.rank_array, strict=True), key=lambda row: int(row[2])
    )
    return table(
        say("report.t.ranking", lang),
        heads(lang, "track", "!rank", "!score"),
        [[names[str(t)], int(r), f"{s:.4f}"] for t, s, r in rows],
    )


def weights_table(weights: mcda.Weights, case: Case, lang: str) -> Table:
    """Weights, and how consistent the judgements are that they come from."""
    names = case.names(Factor, lang)
    c = weights.consistency
    note = "" if c is None else consistency(c, lang)
    rows = [[names[str(f)], f"{w:.4f}"] for f, w in zip(weights.criteria, weights.array, strict=True)]
    return table(say("report.t.weights", lang), heads(lang, "factor", "!weight"), rows, note)


def steps(found: mcda.Ranking, case: Case, lang: str) -> list[Table]:
    """Every intermediate table of a ranking, with its caption and symbol."""
    tracks, factors = case.names(Track, lang), case.names(Factor, lang)
    made = []
    for meaning in found.step_meanings:
        values = np.asarray(found.step_arrays[meaning.symbol])
        title = f"{meaning.symbol}: {CAPTIONS_ZH[meaning.caption] if lang == 'zh' else meaning.caption}"
        if meaning.axes == ("alternative", "criterion"):
            head = [*heads(lang, "track"), *(f"!{factors[str(f)]}" for f in found.weights.criteria)]
            rows = [
                [tracks[str(t)], *(f"{v:.4f}" for v in row)] for t, row in zip(found.alternatives, values, strict=True)
            ]
        elif meaning.axes == ("criterion",):
            head = [f"!{factors[str(f)]}" for f in found.weights.criteria]
            rows = [[f"{v:.4f}" for v in values]]
        elif meaning.axes == ("alternative",):
            head = [*heads(lang, "track"), f"!{meaning.symbol}"]
            rows = [[tracks[str(t)], f"{v:.4f}"] for t, v in zip(found.alternatives, values, strict=True)]
        else:
            continue
        made.append(table(title, head, rows))
    return made


def framework_table(case: Case, lang: str) -> list[Table]:
    """Tie every element of the case's framework to its section of the source paper; none where no table says it."""
    titles = {name: title for title, name in table_names(lang).items()}
    found: dict[tuple[str, str], list[str]] = {}
    for name, held in case.tables.items():
        for row in held.rows:
            section = (row.model_extra or {}).get("paper_section")
            if section and isinstance(row, Named):
                found.setdefault((name, str(section)), []).append(row.name(lang))
    rows = [
        [titles[name], section, len(names), say("list", lang).join(names)] for (name, section), names in found.items()
    ]
    columns = heads(lang, "table", "section", "!count", "elements")
    return [table(say("report.t.framework", lang), columns, rows, say("report.t.framework_note", lang))] if rows else []


def sources_table(case: Case, lang: str) -> Table:
    """Where each table, row and column comes from."""
    rows = [
        [row.of_table, row.row or "*", row.column or "*", say(f"source.{row.kind}", lang), row.note]
        for row in case.rows(Source)
    ]
    return table(say("report.t.sources", lang), heads(lang, "table", "row", "column", "source", "note"), rows)
