"""The report's tables: what a result holds, in words."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import mcda
from ..case import Case
from ..case.tables import Factor, Measure, Named, Resource, Source, Track, Type
from ..render.shown import Drawn as Table
from ..study import worth
from ..study.footing_sentences import assumption_table
from ..study.plan import Plan
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


def plan_tables(plan: Plan, lang: str) -> list[Table]:
    """Everything a plan holds."""
    case, p = plan.case, plan.solved.programme
    tracks, measures = case.names(Track, lang), case.names(Measure, lang)
    resources = {row.resource: row for row in case.rows(Resource)}
    places = {**case.names(Type, lang), **tracks, "*": say("report.whole_city", lang)}
    dated = ["period"] if len(p.periods) > 1 else []
    whole = plan.weighted_gap or 1.0
    head = [
        *heads(lang, "measure", "name", "where", *dated, "!level"),
        *(f"!{r.name(lang)} ({r.unit_name(lang)})" if r.unit else f"!{r.name(lang)}" for r in resources.values()),
        *heads(lang, "!closes"),
    ]
    made = [
        table(
            say("report.t.allocation", lang),
            head,
            [
                [
                    row["measure"],
                    measures[row["measure"]],
                    places.get(row["target"], row["target"]),
                    *(row[name] for name in dated),
                    f"{row['level']:.3g}",
                    *(amount(row[r]) if row[r] else "" for r in resources),
                    f"{row['value'] / whole:.2%}",
                ]
                for row in plan.allocation_rows()
            ],
        ),
        _unfunded(plan, measures, places, lang),
        table(
            say("report.t.tracks", lang),
            heads(lang, "track", "!level", "!after", "!rank", "!after", "!score", "!after"),
            [
                [
                    tracks[row["track"]],
                    *(
                        "-"
                        if row[k] is None
                        else f"{row[k]:{'.4f' if 'score' in k else '.2f' if 'level' in k else 'd'}}"
                        for k in ("level", "level_after", "rank", "rank_after", "score", "score_after")
                    ),
                ]
                for row in sorted(plan.ranking, key=lambda row: row["rank"] or 0)
            ],
            say("relative", lang),
        ),
        *_assumed(plan, lang),
        table(
            say("report.t.resources", lang),
            [
                *heads(lang, "resource", *dated, "unit", "!budget", "!used"),
                f"!{worth.head(plan, lang)}",
                *heads(lang, "!less", "!range"),
            ],
            [
                [
                    resources[row["resource"]].name(lang),
                    *(row[name] for name in dated),
                    resources[row["resource"]].unit_name(lang),
                    amount(row["budget"]),
                    amount(row["used"]),
                    worth.told(plan, row["price_up"], "+"),
                    worth.told(plan, row["price_down"], "+"),
                    worth.range_or_steps(plan, row, lang, resources[row["resource"]].unit_name(lang)),
                ]
                for row in plan.resources
            ],
        ),
    ]
    if plan.rules:
        columns = [
            *heads(lang, "rule", "kind", "of", "!amount", "!reached"),
            f"!{worth.head(plan, lang)}",
            *heads(lang, "!range"),
        ]
        made.append(
            table(
                say("report.t.rules", lang),
                columns,
                [
                    [
                        row["rule"],
                        say(f"kind.{row['kind']}", lang),
                        say(f"of.{row['of']}", lang)
                        if row["of"] in ("closed", "")
                        else resources[row["of"]].name(lang),
                        amount(row["amount"]),
                        amount(row["reached"]),
                        worth.told(plan, row["price_up"], "+"),
                        worth.range_or_steps(plan, row, lang),
                    ]
                    for row in plan.rules
                ],
            )
        )
    if plan.disagreements:
        made.append(
            table(
                say("report.t.disagree", lang),
                heads(lang, "track", "!rank", "!money_rank", "!money", "why"),
                [
                    [
                        tracks[row["track"]],
                        row["rank"],
                        row["rank_by_money"],
                        f"{row['money_share']:.0%}",
                        say(f"reason.{row['reason']}", lang),
                    ]
                    for row in plan.disagreements
                ],
            )
        )
    if plan.views:
        made.append(
            table(
                say("report.t.views", lang),
                heads(lang, "view", "!closes", "!best", "!of_best"),
                [
                    [row["view"], *(f"{row[k]:.1%}" for k in ("closed_share", "best_share", "of_best"))]
                    for row in plan.views
                ],
            )
        )
    return made


def _assumed(plan: Plan, lang: str) -> list[Table]:
    """What the case assumes, and what would move were it otherwise; none where it names no assumption."""
    if not plan.assumptions:
        return []
    columns, rows = assumption_table(plan, lang)
    head = [("!" if side == "right" else "") + text for text, side in columns]
    return [table(say("title.assumed", lang), head, rows)]


def _unfunded(plan: Plan, measures: dict[str, str], places: dict[str, str], lang: str) -> Table:
    """What no place funds: each measure at the place where it misses by least."""
    funded = {row["measure"] for row in plan.allocation}
    nearest: dict[str, dict[str, Any]] = {}

    def miss(row: dict[str, Any]) -> float:
        """How far a place misses: infinitely where no rise is enough, 0 for whole units, which have no such costs."""
        return float(row["reduced_cost"] or 0.0) if row["fundable"] is not False else float("inf")

    for row in plan.unfunded:
        if row["measure"] not in funded:
            kept = nearest.setdefault(row["measure"], row)
            if miss(row) < miss(kept):
                nearest[row["measure"]] = row
    rows = [
        [
            m,
            measures[m],
            places.get(row["target"], row["target"]),
            say("report.never", lang) if row["fundable"] is False else worth.told(plan, row["reduced_cost"]),
        ]
        for m, row in sorted(nearest.items(), key=lambda item: miss(item[1]))
    ]
    return table(
        say("report.t.unfunded", lang),
        heads(lang, "measure", "name", "where", "!misses"),
        rows,
        say("report.t.unfunded_note", lang),
    )


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
