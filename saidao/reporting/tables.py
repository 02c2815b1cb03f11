"""The report's tables: what a result holds, in words."""

from __future__ import annotations

from typing import Any

from ..case import Case
from ..case.tables import Named, Source
from ..render.shown import Drawn as Table
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
