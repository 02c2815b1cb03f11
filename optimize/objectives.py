"""The objectives, one function each: coefficients to maximise over the columns of the program."""

from __future__ import annotations

import numpy as np

from .columns import Columns
from .programme import Array


def weighted(c: Columns) -> Array:
    """Most weighted gap closed, early rather than late: maximise sum_p discount^p sum_k v[k] (z[k,p] - z[k,p-1])."""
    p = c.programme
    worth = p.discount ** np.arange(len(p.periods) + 1)
    worth[-1] = 0.0
    objective = np.zeros(c.number)
    for q in range(len(p.periods)):
        objective[c.closed(q, np.arange(len(p.open_pairs)))] = (worth[q] - worth[q + 1]) * p.priority.ravel()[
            p.open_pairs
        ]
    return objective


def least_spend(c: Columns) -> Array:
    """Least spend: minimise sum_r (sum_{a,p} cost[a,r,p] x[a,p]) / (sum_p budget[r,p]), shares of each whole budget.

    A resource with a zero budget cannot be spent and does not enter.
    """
    p = c.programme
    whole = p.budget.sum(axis=1)
    share = np.divide(1.0, whole, out=np.zeros_like(whole), where=whole > 0)
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
