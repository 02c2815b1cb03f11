"""Pairs of measure and track that a case's source names, against what a plan funds."""

from __future__ import annotations

from ..case.tables import Measure, NamedPair, Track
from ..results.result import Row
from ..study.plan.result import Plan
from ..texts.say import say

FUNDED = 1e-9
"""A level up to this is rounding."""


def named_pairs(plan: Plan) -> list[Row]:
    """Return every pair of the table `named_pairs` with what the plan makes of it, in the table's order.

    Returns
    -------
    list of rows
        ``measure``, ``track``, ``section``; ``level`` of the measure where the track feels it; ``closed``: gap units
        that it closes there; ``outcome``: ``funded``, or why it is not: ``no_effect`` (it has none at this track),
        ``no_gap`` (nothing that it works on is short there), ``locked`` (it is forbidden, held at 0, or would act too
        late), ``no_weight`` (what is short there does not count), else ``displaced`` (others bring more for the same
        means).
    """
    p, solved = plan.solved.programme, plan.solved
    level = solved.level.sum(axis=1)
    closes: dict[tuple[str, str], float] = {}
    for a, _, pair, amount in plan.solved.closing():
        key = (p.applications[a].measure, p.pair_name(pair)[0])
        closes[key] = closes.get(key, 0.0) + amount
    felt: dict[tuple[str, str], set[int]] = {}
    short: set[tuple[str, str]] = set()
    counts: set[tuple[str, str]] = set()
    for segment, pair, effect in zip(p.effect_segment, p.effect_pair, p.effect, strict=True):
        if effect > 0:
            a = int(p.segment_application[segment])
            key = (p.applications[a].measure, p.pair_name(int(pair))[0])
            felt.setdefault(key, set()).add(a)
            if p.gap.flat[pair] > 0:
                short.add(key)
                if p.priority.flat[pair] > 0:
                    counts.add(key)
    rows = []
    for row in plan.case.rows(NamedPair):
        key = (row.measure, row.track)
        at = sorted(felt.get(key, ()))
        reached = float(level[at].sum()) if at else 0.0
        outcome = (
            "funded"
            if reached > FUNDED
            else "no_effect"
            if not at
            else "no_gap"
            if key not in short
            else "locked"
            if not p.usable[at].any()
            else "no_weight"
            if key not in counts
            else "displaced"
        )
        rows.append(
            {
                "measure": row.measure,
                "track": row.track,
                "section": row.section,
                "level": reached,
                "closed": closes.get(key, 0.0),
                "outcome": outcome,
            }
        )
    return rows


def told(plan: Plan, rows: list[Row], lang: str = "en") -> list[str]:
    """Say how many of the pairs the plan funds, then each with its outcome."""
    measures, tracks = plan.case.names(Measure, lang), plan.case.names(Track, lang)
    funded = sum(row["outcome"] == "funded" for row in rows)
    return [
        say("named_pairs.funded", lang, pairs=len(rows), funded=funded),
        *(
            "  "
            + say(
                "named_pairs.pair",
                lang,
                measure=row["measure"],
                name=measures[row["measure"]],
                track=tracks[row["track"]],
                section=row["section"] or "-",
                outcome=say(f"named_pairs.{_outcome(row)}", lang, level=row["level"], closed=row["closed"]),
            )
            for row in rows
        ),
    ]


def _outcome(row: Row) -> str:
    if row["outcome"] != "funded":
        return str(row["outcome"])
    return "level" if row["closed"] > FUNDED else "idle"
