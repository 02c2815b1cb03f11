"""The objectives, one function each: coefficients to maximise over the columns of the program."""

from __future__ import annotations

import numpy as np

from .columns import Columns
from .programme import Array, Index


def worth(c: Columns) -> tuple[Index, Array]:
    """What a unit of each column is worth, per unit of whose priority: the pair (N,) and a factor (N,).

    Columns other than closed gaps have the factor 0; those of a period have its `Programme.timing`.
    """
    p = c.programme
    pair, factor = np.zeros(c.number, dtype=np.int64), np.zeros(c.number)
    for q, timing in enumerate(p.timing):
        at = c.closed(q, np.arange(len(p.open_pairs)))
        pair[at], factor[at] = p.open_pairs, timing
    return pair, factor


def weighted(c: Columns) -> Array:
    """Value of a plan: maximise sum_p discount^p sum_k v[k] (z[k,p] - z[k,p-1]), early gaps rather than late ones."""
    pair, factor = worth(c)
    return factor * c.programme.priority.ravel()[pair]


def closed_at_end(c: Columns) -> Array:
    """Weighted gap closed at the end: sum_k v[k] z[k,last]. No discount: what `reach` and the closed share speak of."""
    p = c.programme
    made = np.zeros(c.number)
    made[c.closed(len(p.periods) - 1, np.arange(len(p.open_pairs)))] = p.priority.ravel()[p.open_pairs]
    return made


def least_spend(c: Columns, only: Index | None = None) -> Array:
    """Least spend: minimise sum_r (sum_{a,p} cost[a,r,p] x[a,p]) / (sum_p budget[r,p]), shares of each whole budget.

    Over all resources, or *only* some. One with a zero budget cannot be spent and does not enter.
    """
    p = c.programme
    whole = p.budget.sum(axis=1)
    counts = whole > 0 if only is None else (whole > 0) & np.isin(np.arange(len(whole)), only)
    share = np.divide(1.0, whole, out=np.zeros_like(whole), where=counts)
    objective = np.zeros(c.number)
    for q in range(len(p.periods)):
        columns = c.level(q, np.arange(len(p.segment_width)))
        objective[columns] = -(p.cost[p.segment_application, :, q] @ share)
    return objective


def track_shares(c: Columns) -> tuple[list[int], Array]:
    """Share of each track's weighted gap that is closed at the end: the tracks that have one, and rows (T', N).

    share[t] = sum_f w[f] z[t,f,last] / sum_f w[f] g[t,f].
    """
    p = c.programme
    whole = p.gap @ p.weight
    tracks = [int(t) for t in np.flatnonzero(whole > 0)]
    rows = np.zeros((len(tracks), c.number))
    number = p.open_number.reshape(p.gap.shape)
    for i, t in enumerate(tracks):
        factors = np.flatnonzero(number[t] >= 0)
        rows[i, c.closed(len(p.periods) - 1, number[t, factors])] = p.weight[factors] / whole[t]
    return tracks, rows
