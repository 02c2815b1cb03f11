"""Where ranking and money disagree: tracks that rank high and get little, and the reverse, with the reason."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...mcda import Ranking
from ...mcda.ranks import competition_ranks
from ...optimize import Allocation, Programme
from ...results.result import Row

IntArray = NDArray[np.int64]

APART = 1 / 3
"""Ranks that differ by at least this share of the tracks disagree."""
SMALL = 0.25
"""A weighted gap below this share of the tracks' mean is none to speak of."""
FULL = 0.95
"""A gap is closed if this share of it is."""
FUNDED = 1e-9


def disagreements(ranking: Ranking | None, solved: Allocation) -> list[Row]:
    """Return the tracks whose rank by score and rank by money are far apart, the farthest first.

    Money is each resource's spend as a share of its budget, meaned over the resources, and goes to the tracks in
    proportion to the value that an application closes at each; a track that gets none ranks last. Tied ranks are as far
    apart as they stay however the ties are broken, and nothing disagrees with a plan that spends nothing. Reasons why a
    track that ranks high gets little: ``no_weight`` (the stance does not count its gap), ``no_gap`` (there is little to
    close), ``unserved`` (no measure that may be used works on it), ``closed`` (what there is, is closed), ``dear`` (the
    cheapest measure there costs more per value than anything funded), ``capped`` (what pays there runs at its largest
    level), else ``displaced`` (others bring more for the same means). Why one that ranks low gets much: ``large_gap``,
    or ``cheap``.
    """
    if ranking is None:
        return []
    p = solved.programme
    whole = p.budget.sum(axis=1)
    share = np.divide(1.0, whole, out=np.zeros_like(whole), where=whole > 0) / max(int((whole > 0).sum()), 1)
    spent = solved.spend.sum(axis=2) @ share
    closing = list(solved.closing())
    place = np.array([a for a, *_ in closing], dtype=np.int64)
    pair = np.array([k for _, _, k, _ in closing], dtype=np.int64)
    brought = p.priority.ravel()[pair] * np.array([amount for *_, amount in closing])
    total = np.bincount(place, brought, len(p.applications))[place]
    part = np.divide(brought, total, out=np.zeros_like(brought), where=total > 0)
    money = np.bincount(pair // len(p.factors), part * spent[place], len(p.tracks)).astype(float)
    none = money <= FUNDED
    if none.all():
        return []
    by_money, last_by_money = _places(competition_ranks(money))
    by_money = np.where(none, len(p.tracks), by_money)
    rank, last = _places(ranking.rank_array)
    gap = (p.priority * p.gap).sum(axis=1)
    closed = np.divide((p.priority * solved.closed).sum(axis=1), gap, out=np.zeros_like(gap), where=gap > 0)
    level = solved.level.sum(axis=1)
    # an application at a track, where it is worth something: what it costs per value
    opened = works_on_a_gap(p)
    there = p.segment_application[p.effect_segment[opened]] * len(p.tracks) + p.effect_pair[opened] // len(p.factors)
    offers, number = np.unique(there, return_inverse=True)
    worth = np.bincount(number, p.priority.ravel()[p.effect_pair[opened]] * p.effect[opened], len(offers))
    which, where = offers[worth > 0] // len(p.tracks), offers[worth > 0] % len(p.tracks)
    per_value = (p.cost.mean(axis=2) @ share)[which] / worth[worth > 0]
    cheapest = np.full(len(p.applications), np.inf)
    np.minimum.at(cheapest, which, per_value)
    funded = level > FUNDED
    dearest = float(cheapest[funded].max(initial=0.0))
    order = np.argsort(where, kind="stable")
    at = np.split(order, np.searchsorted(where[order], np.arange(1, len(p.tracks))))
    rows = []
    for t, track in enumerate(p.tracks):
        little, much = int(by_money[t]) - int(last[t]), int(rank[t]) - int(last_by_money[t])
        if max(little, much) < APART * len(p.tracks):
            continue
        offered = at[t]
        pays = which[offered[per_value[offered] <= dearest]]
        if much > 0:
            reason = "large_gap" if gap[t] > gap.mean() else "cheap"
        elif not gap[t] and p.gap[t] @ p.weight > 0:
            reason = "no_weight"
        elif gap[t] < SMALL * gap.mean():
            reason = "no_gap"
        elif not len(offered):
            reason = "unserved"
        elif closed[t] >= FULL:
            reason = "closed"
        elif not len(pays):
            reason = "dear"
        elif (level[pays] >= p.level_max[pays] - 1e-9).all():
            reason = "capped"
        else:
            reason = "displaced"
        rows.append(
            {
                "track": track,
                "rank": int(rank[t]),
                "rank_by_money": int(by_money[t]),
                "money_share": float(money[t] / money.sum()),
                "weighted_gap_share": float(gap[t] / gap.sum()) if gap.sum() > 0 else 0.0,
                "closed_share": float(closed[t]) if gap[t] > 0 else None,
                "reason": reason,
            }
        )
    return sorted(rows, key=lambda row: -abs(int(row["rank_by_money"]) - int(row["rank"])))


def works_on_a_gap(p: Programme) -> NDArray[np.bool_]:
    """Tell which effects are of applications that may be used, on a pair that has a gap: (E,)."""
    return (p.gap.ravel()[p.effect_pair] > 0) & (p.effect > 0) & p.usable[p.segment_application[p.effect_segment]]


def _places(rank: IntArray) -> tuple[IntArray, IntArray]:
    """Return the first and the last place that each may take, with ties broken either way."""
    number = np.bincount(rank)
    return rank, rank + number[rank] - 1
