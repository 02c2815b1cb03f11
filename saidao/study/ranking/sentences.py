"""Weights and scores in words: how consistent, how combined, of which period."""

from __future__ import annotations

from ...case import Case
from ...mcda import Consistency, Weights
from ...texts.say import WORDS, say
from ..names import scheme_name

LEVEL = 1e-12
"""Weights that differ by less are equal."""


def consistency(found: Consistency, lang: str = "en") -> str:
    """Say how far judgements contradict each other, or that no table says how far they may."""
    table = f"value.random_index.{found.random_index}"
    told = vars(found) | {"random_index": say(table, lang) if table in WORDS else found.random_index}
    if found.ratio is None:
        return say("consistency.none", lang, **told)
    verdict = say("consistent" if found.acceptable else "inconsistent", lang)
    return say("consistency", lang, verdict=verdict, **told)


def combined(weights: Weights, lang: str = "en") -> list[str]:
    """Say which share each scheme has in combined weights, and which was negative before it was set to 0."""
    how = weights.combination
    if how is None or how.shares is None:
        return []
    names = [scheme_name(name, lang) for name in how.names]
    listed = say("list", lang).join(f"{name} {share:.0%}" for name, share in zip(names, how.shares, strict=True))
    told = [say("combined.shares", lang, shares=listed)]
    if how.raw_shares is not None:
        told += [
            say("combined.negative", lang, scheme=name, share=float(share))
            for name, share in zip(names, how.raw_shares, strict=True)
            if share < 0
        ]
    if how.rule == "game" and len(how.parents) == 2 and any(each.max() - each.min() < LEVEL for each in how.parents):
        told.append(say("combined.game_equal", lang))
    if f"combined.{how.rule}" in WORDS:
        told.append(say(f"combined.{how.rule}", lang))
    return told


def score_period(case: Case, lang: str) -> str:
    """Say of which period the scores are that count, where there are several; blank else."""
    periods = case.score_periods
    return say("settings.score_period", lang, period=case.score_period, number=len(periods)) if len(periods) > 1 else ""
