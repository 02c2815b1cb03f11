"""The tables of a plan: what is bought, what it does for the tracks, what limits it, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...case.tables import Factor, Measure, Resource, RuleRow, Track, Type
from ...results.column import Column, Row, Table, Where, bilingual
from ...texts.say import say
from ..names import scheme_name
from ..ranking.sentences import consistency
from ..rules import rule_sentence
from . import worth
from .columns import price_columns, resource_columns, worth_column
from .figures import PlanFigures
from .footing_sentences import why

STEPS = ("next_amount", "next_change", "spare_amount", "spare_change")
"""The next steps of a budget of a plan of whole units."""


def plan_tables(plan: PlanFigures) -> Iterator[Table]:
    """Yield the tables of a plan, the allocation first."""
    yield _allocation(plan)
    yield _measures(plan)
    yield _ranking(plan)
    yield from _unfunded(plan)
    yield _assumptions(plan)
    yield _resources(plan)
    yield _disagreements(plan)
    yield _views(plan)
    yield _rules(plan)
    yield _weights(plan)
    yield _gaps(plan)
    yield from _footing(plan)


def _dated(plan: PlanFigures) -> Where:
    return "everywhere" if len(plan.solved.programme.periods) > 1 else "data"


def _closes(plan: PlanFigures) -> Column:
    return Column("value", "fine share", heading="head.of_gap", scale=plan.weighted_gap or 1.0)


def _allocation(plan: PlanFigures) -> Table:
    return Table(
        "allocation",
        (
            Column("measure", "id", Measure),
            Column("name_en", seen="data"),
            Column("name_zh", seen="data"),
            Column("scope", "word"),
            Column("target", "name", (Type, Track)),
            Column("period", seen=_dated(plan)),
            Column("level", "level"),
            *resource_columns(plan.case),
            Column("closed", "number", seen="data"),
            _closes(plan),
        ),
        sorted(plan.allocation_rows(), key=lambda row: -float(row["value"])),
        most=0,
    )


def _measures(plan: PlanFigures) -> Table:
    """Sum the allocation up by measure."""
    resources = plan.solved.programme.resources
    bought: dict[str, Row] = {}
    for row in plan.allocation_rows():
        kept = bought.setdefault(row["measure"], {**row, "targets": set(), **dict.fromkeys((*resources, "value"), 0.0)})
        kept["targets"].add(row["target"])
        for key in (*resources, "value"):
            kept[key] += row[key]
    rows = [{**row, "places": len(row["targets"])} for row in bought.values()]
    return Table(
        "measures",
        (
            Column("measure", "id", Measure),
            Column("scope", "word"),
            Column("places", "count"),
            *resource_columns(plan.case),
            _closes(plan),
        ),
        sorted(rows, key=lambda row: -float(row["value"])),
    )


def _ranking(plan: PlanFigures) -> Table:
    gaps = {row["track"]: row for row in plan.by_track}
    rows = [{**row, **gaps[row["track"]]} for row in plan.ranking]
    rows = [{**row, "gap_left": row["gap_share"] * (1.0 - (row["closed"] or 0.0))} for row in rows]
    return Table(
        "ranking",
        (
            Column("track", "name", Track),
            Column("level", "level", heading="head.level_before"),
            Column("level_after", "level"),
            Column("rank", "rank"),
            Column("rank_after", "rank"),
            Column("score", "score"),
            Column("score_after", "score"),
            Column("gap_share", "share"),
            Column("closed", "share"),
            Column("gap_left", "share", heading="book.gap_after", seen="files"),
        ),
        sorted(rows, key=lambda row: row["rank"] or 0),
        title="title.tracks",
        note="relative",
    )


def _unfunded(plan: PlanFigures) -> Iterator[Table]:
    """Yield what no place funds, each measure where it misses by least; and every place that is not funded."""

    def nearest() -> list[Row]:
        funded = {row["measure"] for row in plan.allocation}
        found: dict[str, Row] = {}
        for row in sorted(plan.unfunded, key=_miss):
            if row["measure"] not in funded:
                found.setdefault(row["measure"], row)
        return list(found.values())

    place = Column("target", "name", (Type, Track))

    def missing(row: Row, lang: str) -> Any:
        return say("report.never", lang) if row["fundable"] is False else row["reduced_cost"]

    misses = worth_column(plan, "misses", seen="people", told=missing)
    columns = (Column("measure", "id", Measure), Column("scope", "word", seen="files"), place)
    cost = Column("reduced_cost", "number", seen="data"), Column("fundable", "flag", seen="data")
    yield Table("misses", (*columns, misses, *cost), nearest, note="report.t.unfunded_note", most=0)
    yield Table("unfunded", (*columns, misses, *cost), lambda: plan.unfunded, most=0)


def _miss(row: Row) -> float:
    """How far a place misses: infinitely where no rise is enough, 0 for whole units, which have no such costs."""
    return float(row["reduced_cost"] or 0.0) if row["fundable"] is not False else float("inf")


def _prices(plan: PlanFigures) -> list[Column]:
    """Return the prices of a limit, and how far they hold."""
    ends = [Column(name, "amount", seen="data") for name in ("shadow_price", "valid_from", "valid_to")]
    told = Column("range", seen="people", told=lambda row, lang: worth.range_or_steps(plan, row, lang))
    return [*price_columns(plan, "price_up", "price_down"), told, *ends]


def _resources(plan: PlanFigures) -> Table:
    steps = [Column(name, "number", seen="data") for name in STEPS] if plan.model.is_mixed else []
    return Table(
        "resources",
        (
            Column("resource", "name", Resource),
            Column("period", seen=_dated(plan)),
            Column("budget", "amount", Resource),
            Column("carried", "amount", seen="data"),
            Column("used", "amount", Resource),
            Column("used_share", "share", heading="book.used_share", seen="files"),
            *_prices(plan),
            *steps,
        ),
        [{**row, "used_share": _share(row["used"], row["budget"] + row["carried"])} for row in plan.resources],
    )


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None


def _rules(plan: PlanFigures) -> Table:
    names = {row.rule: row for row in plan.case.rows(RuleRow)}

    def told(row: Row, lang: str) -> str:
        return rule_sentence(plan.case, names[row["rule"]], lang) if row["rule"] in names else row["rule"]

    return Table(
        "rules",
        (
            Column("rule", told=told),
            Column("kind", "word"),
            Column("of", seen="data"),
            Column("amount", "amount", Resource),
            Column("reached", "amount", Resource),
            *_prices(plan),
        ),
        [{**row, "resource": row["of"]} for row in plan.rules],
    )


def _assumptions(plan: PlanFigures) -> Table:
    rows = [{**row, **(row["moved"] or {})} for row in plan.assumptions]
    return Table(
        "assumptions",
        (
            Column("scenario", seen="data"),
            *bilingual("assumed", heading="head.assumes"),
            *bilingual("instead"),
            *resource_columns(plan.case, "amount"),
            Column("share", "share", heading="head.of_plan"),
            Column("as_planned", "share"),
            Column("closed_share", "share", heading="head.closes_then"),
            Column("left_out", told=lambda row, lang: "" if row["left_out"] is None else why(row, lang), seen="files"),
        ),
        rows,
        title="title.assumed",
    )


def _disagreements(plan: PlanFigures) -> Table:
    return Table(
        "disagreements",
        (
            Column("track", "name", Track),
            Column("rank", "rank"),
            Column("rank_by_money", "rank"),
            Column("money_share", "share"),
            Column("reason", "word"),
        ),
        plan.disagreements,
        title="title.disagree",
    )


def _views(plan: PlanFigures) -> Table:
    shares = [Column("closed_share", "share", heading="head.closed"), Column("best_share", "share")]
    return Table(
        "views",
        (
            Column("view", told=lambda row, lang: scheme_name(row["view"], lang)),
            *shares,
            Column("of_best", "share"),
            Column("regret_share", "share", heading="head.regret", seen="files"),
        ),
        list(plan.views),
    )


def _weights(plan: PlanFigures) -> Table:
    found = plan.weights.consistency
    return Table(
        "weights",
        (Column("factor", "name", Factor), Column("weight", "weight")),
        plan.weights.rows(),
        note="" if found is None else lambda lang: consistency(found, lang),
    )


def _gaps(plan: PlanFigures) -> Table:
    names = Column("track", "name", Track), Column("factor", "name", Factor)
    level, priority = Column("level", "level", heading="head.level_before"), Column("priority", "number")
    numbers = level, Column("gap", "level"), priority, Column("closed", "level")
    return Table("gaps", (*names, *numbers), lambda: plan.gaps, most=0)


def _footing(plan: PlanFigures) -> Iterator[Table]:
    """Yield what the other stances would move, and which share of the result rests on which kind of source."""
    yield Table(
        "stances",
        (
            Column("stance", "word", "stance_name"),
            *resource_columns(plan.case, "amount"),
            Column("share", "share", heading="head.of_plan"),
            Column("left_out", told=lambda row, lang: "" if row["left_out"] is None else why(row, lang)),
        ),
        [{**row, **(row["moved"] or {})} for row in plan.stances],
        most=0,
    )
    kind, share = Column("kind", "word", "source"), Column("share_of_objective", "share", heading="book.of_objective")
    yield Table("inputs", (Column("table", "word", "input"), kind, share), plan.inputs, most=0)
    yield Table("provenance", (kind, share), plan.provenance, most=0)
    yield Table(
        "imputed",
        (
            Column("track", "name", Track),
            Column("factor", "name", Factor),
            Column("value", "number"),
            Column("imputation"),
        ),
        plan.case.imputed,
        most=0,
    )
