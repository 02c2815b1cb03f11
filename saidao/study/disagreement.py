"""Where ranking and money disagree: tracks that rank high and get little, and the reverse, with the reason."""

from __future__ import annotations

import numpy as np

from ..mcda import Ranking
from ..mcda.ranks import competition_ranks
from ..optimize import Allocation
from ..results.result import Row

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
    proportion to the value that an application closes at each. Reasons why a track that ranks high gets little:
    ``no_gap`` (there is little to close), ``closed`` (what there is, is closed), ``dear`` (the cheapest measure there
    costs more per value than anything funded), ``capped`` (what pays there runs at its largest level), else
    ``displaced`` (others bring more for the same means). Why one that ranks low gets much: ``large_gap``, or ``cheap``.
    """
    if ranking is None:
        return []
    p = solved.programme
    whole = p.budget.sum(axis=1)
    share = np.divide(1.0, whole, out=np.zeros_like(whole), where=whole > 0) / max(int((whole > 0).sum()), 1)
    spent = solved.spend.sum(axis=2) @ share
    brought = np.zeros((len(p.applications), len(p.tracks)))
    for a, _, pair, amount in solved.closing():
        brought[a, pair // len(p.factors)] += p.priority.flat[pair] * amount
    total = brought.sum(axis=1, keepdims=True)
    money = (np.divide(brought, total, out=np.zeros_like(brought), where=total > 0) * spent[:, None]).sum(axis=0)
    by_money = competition_ranks(money)
    rank = ranking.rank_array
    gap = (p.priority * p.gap).sum(axis=1)
    closed = np.divide((p.priority * solved.closed).sum(axis=1), gap, out=np.zeros_like(gap), where=gap > 0)
    worth = np.zeros_like(brought)
    for segment, pair, effect in zip(p.effect_segment, p.effect_pair, p.effect, strict=True):
        a = p.segment_application[segment]
        if p.gap.flat[pair] > 0:
            worth[a, pair // len(p.factors)] += p.priority.flat[pair] * effect
    level = solved.level.sum(axis=1)
    cost = p.cost.mean(axis=2) @ share
    per_value = np.divide(cost[:, None], worth, out=np.full_like(worth, np.inf), where=worth > 0)
    funded = level > FUNDED
    dearest = float(per_value[funded].min(axis=1).max(initial=0.0)) if funded.any() else 0.0
    rows = []
    for t, track in enumerate(p.tracks):
        apart = int(by_money[t]) - int(rank[t])
        if abs(apart) < APART * len(p.tracks):
            continue
        at = np.isfinite(per_value[:, t])
        if apart < 0:
            reason = "large_gap" if gap[t] > gap.mean() else "cheap"
        elif gap[t] < SMALL * gap.mean():
            reason = "no_gap"
        elif closed[t] >= FULL:
            reason = "closed"
        elif per_value[:, t].min(initial=np.inf) > dearest:
            reason = "dear"
        elif (level[at & (per_value[:, t] <= dearest)] >= p.level_max[at & (per_value[:, t] <= dearest)] - 1e-9).all():
            reason = "capped"
        else:
            reason = "displaced"
        rows.append(
            {
                "track": track,
                "rank": int(rank[t]),
                "rank_by_money": int(by_money[t]),
                "money_share": float(money[t] / money.sum()) if money.sum() > 0 else 0.0,
                "weighted_gap_share": float(gap[t] / gap.sum()) if gap.sum() > 0 else 0.0,
                "closed_share": float(closed[t]) if gap[t] > 0 else None,
                "reason": reason,
            }
        )
    return sorted(rows, key=lambda row: -abs(int(row["rank_by_money"]) - int(row["rank"])))
