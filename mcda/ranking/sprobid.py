"""sPROBID, the simpler PROBID: the best quarter of the levels against the worst."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..checks import tell_apart
from ..registry import Array, Decision, Guide, Step, batched, method, prepared, rough
from .probid import SOURCE, Index, Precision, level_sums, levels, scaled, some_of, squares


@method(
    "sprobid",
    title="sPROBID (simpler ideal-average distance)",
    title_zh="sPROBID(简化理想-平均距离法)",
    source=SOURCE,
    guide=Guide(
        rule_zh="P = S-/S+，只取最好的与最差的 q = max(1, m//4) 层；S+ = Σ S_k/k，S- = Σ S_k/(m-k+1)。",
        use="Nearness to a few best levels, not only to one ideal, is wanted.",
        use_zh="希望衡量与前几层最优水平（而不只是单一理想点）的接近程度时。",
        trap="Not defined for an alternative that is the best on every criterion. pymcdm takes rows for "
        "columns below four alternatives.",
        trap_zh="某对象在所有准则上都最优时无定义；对象少于 4 个时 pymcdm 行列取错。",
    ),
    steps=(
        Step("V", "weighted normalised performance", ("alternative", "criterion")),
        Step("S", "distance from the k-th best level", ("alternative", "profile")),
        Step("S+", "distance from the best quarter of levels", ("alternative",)),
        Step("S-", "distance from the worst quarter of levels", ("alternative",)),
        Step("P", "ratio of the distances", ("alternative",)),
    ),
    breaks=("dominance",),
)
def sprobid(decision: Decision) -> Mapping[str, Array]:
    """P = S- / S+, over the first and the last q = max(1, m // 4) levels.

    S+ sums S_k / k over the first, S- sums S_k / (m-k+1) over the last. Not defined where an alternative is the best on
    every criterion down to the q-th level: S+ is 0. Dominance can break: an alternative above several equal levels is
    as far from them as one below.
    """
    _, distance = levels(decision)
    best, worst = _shares(len(distance))
    plus, minus = distance @ best, distance @ worst
    tell_apart(bool((plus > 1e-12 * minus.max()).all()))
    return {"V": scaled(decision) * decision.weights, "S": distance, "S+": plus, "S-": minus, "P": minus / plus}


def _shares(m: int) -> tuple[Array, Array]:
    """Return what the distance from each level counts in S+ and in S-."""
    q, k = max(1, m // 4), np.arange(1, m + 1)
    return np.where(k <= q, 1 / k, 0.0), np.where(k > m - q, 1 / (m - k + 1), 0.0)


@prepared("sprobid")
def sprobid_prepared(decision: Decision) -> Mapping[str, Any]:
    """Return what does not depend on the weights."""
    return squares(decision, *_shares(len(decision.matrix)))


@batched("sprobid")
def sprobid_batched(decision: Decision, steps: Mapping[str, Any]) -> Array:
    """P, as by the kernel."""
    return _scores(decision, steps, np.float64)


@rough("sprobid")
def sprobid_rough(decision: Decision, steps: Mapping[str, Any], rows: Index, precision: Precision) -> Array:
    """P, as of `probid`."""
    return _scores(decision, some_of(steps, rows), precision)


def _scores(decision: Decision, steps: Mapping[str, Any], precision: Precision) -> Array:
    plus, minus = level_sums(steps, decision.weights, precision)
    return np.where((plus > 1e-12 * minus.max(axis=0)).all(axis=0), minus / plus, np.nan)
