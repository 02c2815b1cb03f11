"""What the ranking does to the money, and how far a plan hangs on what the case assumes, in words and as a table."""

from __future__ import annotations

from ...case import Case
from ...case.tables import Track
from ...results.result import Row
from ...texts.say import WORDS, say
from ..names import method_name, place_name
from .figures import PlanFigures
from .footing import PATIENCE, priority_ends
from .sentences import amount_of, amounts

MUCH = 0.1
"""From this share of what a plan spends an assumption moves much."""


def footing_text(plan: PlanFigures, lang: str = "en") -> list[str]:
    """Say what the ranking does to the money, what other stances would move, and on which assumption most hangs."""
    return [*ranking_text(plan, lang), *assumptions_text(plan, lang)]


def ranking_text(plan: PlanFigures, lang: str = "en") -> list[str]:
    """Say what the ranking does to the money, and what the other stances would move."""
    stance = plan.settings.stance
    ends = priority_ends(plan.problem)
    if stance == "even" or ends is None:
        first = say("footing.even" if stance == "even" else "footing.alike", lang)
    elif plan.worst_track_first:
        first = say("footing.fair", lang, stance=say(f"value.stance.{stance}", lang))
    else:
        names = plan.case.names(Track, lang)
        (most, high), (least, low) = ends
        first = say(
            f"footing.{stance}",
            lang,
            method=method_name(plan.settings.method, lang),
            first=names[most],
            high=high,
            last=names[least],
            low=low,
        )
    return [first, *(_stance(plan, row, lang) for row in plan.stances)]


def assumptions_text(plan: PlanFigures, lang: str = "en") -> list[str]:
    """Say on which assumption of the case the plan hangs most; nothing where the case names none."""
    known = [row for row in plan.assumptions if row["left_out"] is None and row["share"] is not None]
    if not known:
        return []
    most = max(known, key=lambda row: float(row["share"]))
    if most["share"] == 0:
        return [say("footing.firm", lang, all=len(known))]
    return [
        say(
            "footing.most",
            lang,
            instead=most[f"instead_{lang}"],
            assumed=most[f"assumed_{lang}"],
            amounts=amounts(plan.case, most["moved"], lang),
            share=most["share"],
            many=sum(row["share"] >= MUCH for row in known),
            all=len(known),
        )
    ]


def _stance(plan: PlanFigures, row: Row, lang: str) -> str:
    stance = say(f"stance_name.{row['stance']}", lang)
    if row["left_out"] is not None:
        return say("footing.not_told", lang, stance=stance, why=why(row, lang))
    if not any(amount > 0 for amount in row["moved"].values()):
        return say("footing.same", lang, stance=stance)
    key = "footing.moves" if row["share"] is not None else "footing.moves_free"
    return say(
        key,
        lang,
        stance=stance,
        amounts=amounts(plan.case, row["moved"], lang),
        share=row["share"],
        where=where(plan.case, row, lang),
    )


def where(case: Case, row: Row, lang: str) -> str:
    """Say where most of the first resource that moves goes, and where it comes from."""
    if row["to"] is None or row["from"] is None:
        return ""
    name = next(r for r, amount in row["moved"].items() if amount > 0)

    return say(
        "footing.where",
        lang,
        more=amount_of(case, name, row["to"]["amount"], lang, "+"),
        to=place_name(case, row["to"]["target"], lang),
        less=amount_of(case, name, -row["from"]["amount"], lang),
        source=place_name(case, row["from"]["target"], lang),
    )


def why(row: Row, lang: str) -> str:
    """Say why a row is left out."""
    key = f"footing.{row['left_out']}"
    return say(key, lang, seconds=PATIENCE) if key in WORDS else str(row["left_out"])
