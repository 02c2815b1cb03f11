"""What moves between two plans."""

from __future__ import annotations

import numpy as np

from ...optimize import Allocation
from ...results.result import Row


def moves(one: Allocation, other: Allocation) -> list[Row]:
    """Of each resource, what the *other* plan puts where the one does not, and its share of the one's budget."""
    p, q = one.programme, other.programme
    before = {a.label: spend for a, spend in zip(p.applications, one.spend.sum(axis=2), strict=True)}
    moved = np.zeros(len(p.resources))
    for a, spend in zip(q.applications, other.spend.sum(axis=2), strict=True):
        moved += np.maximum(spend - before.get(a.label, 0.0), 0.0)
    return [
        {"resource": r, "moved": float(m), "share": float(m / b) if b > 0 else 0.0}
        for r, m, b in zip(p.resources, moved, p.budget.sum(axis=1), strict=True)
    ]
