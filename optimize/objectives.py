"""The objectives, one function each: coefficients to maximise over the columns of the program."""

from __future__ import annotations

import numpy as np

from .programme import Array, Programme


def weighted(p: Programme) -> Array:
    """Most weighted gap closed: maximise sum_k priority[k] z[k]."""
    return np.concatenate([np.zeros(len(p.applications)), p.priority.ravel()[p.open_pairs]])


def least_spend(p: Programme) -> Array:
    """Least spend: minimise sum_r (sum_a cost[a,r] x[a]) / budget[r], each resource as a share of its budget.

    A resource with a zero budget cannot be spent and does not enter.
    """
    share = np.divide(1.0, p.budget, out=np.zeros_like(p.budget), where=p.budget > 0)
    return np.concatenate([-(p.cost @ share), np.zeros(len(p.open_pairs))])
