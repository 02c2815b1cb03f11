"""Where a case comes from, as tables: its numbers, cell by cell, and its framework, section by section."""

from __future__ import annotations

from ..case import Case
from ..case.tables import TABLES, Link, Named, RuleRow, Source
from ..results.column import Column, Row, Table
from ..texts.say import WORDS, say
from .rules import rule_sentence


def sources_table(case: Case) -> Table:
    """Return where each table, row and column comes from."""
    rows = [{**row.model_dump(by_alias=True), "source": row} for row in case.rows(Source)]
    return Table(
        "sources",
        (
            Column("table", told=_table),
            Column("row", told=lambda row, lang: _row(case, row["row"], lang)),
            Column("column", told=lambda row, lang: _column(case, row, lang)),
            Column("kind", "word", "source", "head.source"),
            Column("note", told=lambda row, lang: row["source"].told(lang)),
        ),
        rows,
    )


def framework_table(case: Case) -> Table:
    """Tie every element of the case's framework to its section of the source paper; no rows where no table says it."""
    found: dict[tuple[str, str], list[Named]] = {}
    for name, held in case.tables.items():
        for row in held.rows:
            section = (row.model_extra or {}).get("paper_section")
            if section and isinstance(row, Named):
                found.setdefault((name, str(section)), []).append(row)

    def told(row: Row, lang: str) -> str:
        return say("list", lang).join(element.name(lang) for element in row["elements"])

    return Table(
        "framework",
        (Column("table", told=_table), Column("section"), Column("count", "count"), Column("elements", told=told)),
        [{"table": t, "section": s, "count": len(rows), "elements": rows} for (t, s), rows in found.items()],
        note="report.t.framework_note",
    )


def _table(row: Row, lang: str) -> str:
    name, _, judge = row["table"].partition("/")
    told = say(f"table.{name}", lang) if f"table.{name}" in WORDS else name
    return f"{told}/{judge}" if judge else told


def _row(case: Case, row: str, lang: str) -> str:
    names = _names(case, lang)
    return "/".join(names.get(part, part) for part in row.split("/")) or say("sources.all", lang)


def _column(case: Case, row: Row, lang: str) -> str:
    column: str = row["column"]
    keys = (f"field.{row['table']}.{column}", f"field.{column}")
    heads = [say(key, lang).partition("\n")[0] for key in keys if key in WORDS]
    return next(iter(heads), _names(case, lang).get(column, column)) if column else say("sources.all", lang)


def _names(case: Case, lang: str) -> dict[str, str]:
    """Return the names of all that a case names, by id."""
    named = (model for model in TABLES if issubclass(model, Named))
    return {
        **{row.rule: rule_sentence(case, row, lang) for row in case.rows(RuleRow)},
        **{row.chain: row.chain_zh if lang == "zh" else row.chain_en for row in case.rows(Link)},
        **{id_: name for model in named for id_, name in case.names(model, lang).items()},
    }
