"""What can be chosen: ranking methods, weighting schemes and normalisations, as data and as tables."""

from __future__ import annotations

from collections.abc import Iterator

from .. import mcda
from ..mcda.registry import REQUIRED
from ..results.column import Column, Row, Table
from ..texts.say import say


def methods() -> Row:
    """Return the registries as plain data, keys as ``saidao methods --json``."""
    return {
        "schema": "saidao/methods/1",
        "ranking": [
            {
                "name": m.name,
                "title": m.title,
                "title_zh": m.title_zh,
                "better": m.better,
                "normalisation": m.normalisation,
                "breaks": list(m.breaks),
                "linear": m.linear,
                "source": m.source,
                "options": {n: None if o.default is REQUIRED else o.default for n, o in m.options.items()},
                "steps": [{"symbol": s.symbol, "caption": s.caption, "axes": list(s.axes)} for s in m.steps],
            }
            for m in mcda.methods().values()
        ],
        "weighting": [
            {"name": s.name, "title": s.title, "title_zh": s.title_zh, "needs": s.needs, "source": s.source}
            for s in mcda.schemes().values()
        ],
        "normalisation": [
            {"name": n.name, "title": n.title, "title_zh": n.title_zh, "source": n.source}
            for n in mcda.normalisations().values()
        ],
    }


def method_tables(found: Row) -> Iterator[Table]:
    """Yield the registries as tables."""
    name, source = Column("name"), Column("source")
    title = Column("title", told=lambda row, lang: row["title_zh" if lang == "zh" else "title"])
    breaks = Column("breaks", told=_breaks)
    ranking = (name, title, Column("better", "word"), Column("normalisation"), breaks, source)
    yield Table("ranking", ranking, found["ranking"], title="methods.ranking")
    yield Table("weighting", (name, title, source), found["weighting"], title="methods.weighting")
    yield Table("normalisation", (name, title, source), found["normalisation"], title="methods.normalisation")


def _breaks(row: Row, lang: str) -> str:
    return say("list", lang).join(say(f"law.{law}", lang) for law in row["breaks"]) or "-"
