"""PROBID: preference ranking by distances from every level of the ideal, and from the mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..checks import tell_apart
from ..normalisation.vector import vector, vector_rise
from ..registry import Array, Decision, Guide, Step, batched, method, prepared, rough

Index = NDArray[np.intp]
Precision = type[np.float64] | type[np.float32]
CELLS = 2**17
"""Distances held at a time."""
KEPT = 2**22
"""Squares that are kept for all weight vectors."""
SOURCE = (
    "Wang, Rangaiah & Wang (2021), Preference ranking on the basis of ideal-average distance method for multi-criteria "
    "decision-making, Industrial & Engineering Chemistry Research 60(30), 11216-11230"
)


@method(
    "probid",
    title="PROBID (ideal-average distance)",
    title_zh="PROBID(理想-平均距离法)",
    source=SOURCE,
    guide=Guide(
        rule_zh="P = 1/(1 + (S+/S-)²) + 到平均点的距离；S+ = Σ S_k/k（较好各层），S- = Σ S_k/(m-k+1)（较差"
        "各层），S_k 为到第 k 优水平的距离。",
        use="Only to reproduce figures that were published with it; sPROBID is the better behaved.",
        use_zh="仅用于复核已发表结果；简化的 sPROBID 性质更好。",
        trap="Distance from the mean counts in favour, also below it: dominance breaks. For an even "
        "number pymcdm and scikit-criteria count the middle level twice.",
        trap_zh="到平均点的距离总是加分，比平均差也加，违反优势律；对象数为偶数时 pymcdm 与 "
        "scikit-criteria 把中间层算了两次。",
    ),
    steps=(
        Step("V", "weighted normalised performance", ("alternative", "criterion")),
        Step("S", "distance from the k-th best level", ("alternative", "profile")),
        Step("S+", "distance from the better levels", ("alternative",)),
        Step("S-", "distance from the worse levels", ("alternative",)),
        Step("Sa", "distance from the average", ("alternative",)),
        Step("P", "ratio of the distances, and distance from the average", ("alternative",)),
    ),
    breaks=("dominance",),
    named_only=True,
)
def probid(decision: Decision) -> Mapping[str, Array]:
    """P = 1 / (1 + (S+/S-)^2) + the distance from the mean.

    S+ sums S_k / k over the better levels, S- sums S_k / (m-k+1) over the worse. Level k holds the k-th best w_j x_ij /
    ||x_j|| of each criterion. Better are the levels 1 to (m+1)/2 and worse those from (m+1)/2 where m is odd, 1 to m/2
    and from m/2 + 1 where it is even. Dominance can break: the distance from the mean counts in favour whether an
    alternative is better or worse than the mean.
    """
    above, distance = levels(decision)
    better, worse = _shares(len(distance))
    plus, minus = distance @ better, distance @ worse
    tell_apart(bool((plus + minus > 0).all()))
    average = np.sqrt(((above - above.mean(axis=0)) ** 2).sum(axis=1))
    score = minus**2 / (plus**2 + minus**2) + average
    return {"V": scaled(decision) * decision.weights, "S": distance, "S+": plus, "S-": minus, "Sa": average, "P": score}


def _shares(m: int) -> tuple[Array, Array]:
    """Return what the distance from each level counts in S+ and in S-."""
    k = np.arange(1, m + 1)
    return np.where(k <= (m + 1) // 2, 1 / k, 0.0), np.where(k > m // 2, 1 / (m - k + 1), 0.0)


@prepared("probid")
def probid_prepared(decision: Decision) -> Mapping[str, Any]:
    """Return what does not depend on the weights."""
    return squares(decision, *_shares(len(decision.matrix)))


@batched("probid")
def probid_batched(decision: Decision, steps: Mapping[str, Any]) -> Array:
    """P, as by the kernel."""
    return _scores(decision, steps, np.float64)


@rough("probid")
def probid_rough(decision: Decision, steps: Mapping[str, Any], rows: Index, precision: Precision) -> Array:
    """P: of 200 alternatives 40,000 square roots, in single precision three times as quick."""
    return _scores(decision, some_of(steps, rows), precision)


def _scores(decision: Decision, steps: Mapping[str, Any], precision: Precision) -> Array:
    plus, minus = level_sums(steps, decision.weights, precision)
    score = minus**2 / (plus**2 + minus**2) + np.sqrt(steps["off mean"] @ decision.weights**2)
    return np.where((plus + minus > 0).all(axis=0), score, np.nan)


def scaled(decision: Decision) -> Array:
    """Return x_ij / ||x_j||, a column of zeros as it is."""
    return vector(decision.matrix, np.ones_like(decision.signs))


def best_first(decision: Decision, table: Array) -> Array:
    """Return the levels of each criterion, the k-th best in row k."""
    return np.asarray(decision.signs * np.sort(decision.signs * table, axis=0)[::-1])


def above_least(decision: Decision) -> Array:
    """Return (x_ij - min x_j) / ||x_j||: distances from it are those from x_ij / ||x_j||, a large offset aside."""
    return vector_rise(decision.matrix, np.ones_like(decision.signs))


def levels(decision: Decision) -> tuple[Array, Array]:
    """Return w_j (x_ij - min x_j) / ||x_j||, and the (m, m) distance of each alternative from each level."""
    v = above_least(decision) * decision.weights
    apart = v[:, None] - best_first(decision, v)[None]
    return v, np.sqrt(np.square(apart, out=apart).sum(axis=2))


def squares(decision: Decision, better: Array, worse: Array) -> Mapping[str, Any]:
    """Return the levels that count, what each counts in S+ and in S-, and the squares of what every row is off them.

    The order of the levels is that of r for all weights. The squares, (m, levels, n) in both precisions, are left out
    where they are too many to be kept.
    """
    r, used = above_least(decision), np.flatnonzero(better + worse)
    mean = (r - r.mean(axis=0)) ** 2
    found = {
        "r": r,
        "off mean": mean,
        "levels": best_first(decision, r)[used],
        "shares": np.stack([better, worse])[:, used],
    }
    if len(used) * r.size <= KEPT:
        kept = np.ascontiguousarray((r[:, None] - found["levels"]) ** 2)
        found |= {np.float64.__name__: kept, np.float32.__name__: kept.astype(np.float32)}
    return found


def some_of(steps: Mapping[str, Any], rows: Index) -> Mapping[str, Any]:
    """Return what `squares` does, of some alternatives in their order, beside all levels."""
    if len(rows) == len(steps["r"]):
        return steps
    return {name: each if name in ("levels", "shares") else each[rows] for name, each in steps.items()}


def level_sums(steps: Mapping[str, Any], weights: Array, precision: Precision) -> tuple[Array, Array]:
    """Return S+ and S-, (m, k) each, for (n, k) weights: some rows at a time, from what `squares` returns."""
    r, levels_of, kept = steps["r"], steps["levels"], steps.get(precision.__name__)
    shares, squared = steps["shares"].astype(precision), (weights**2).astype(precision)
    sums = np.empty((len(r), 2, squared.shape[1]))
    size = max(1, CELLS // (len(levels_of) * max(1, squared.shape[1])))
    for start in range(0, len(r), size):
        rows = slice(start, start + size)
        off = ((r[rows, None] - levels_of) ** 2).astype(precision) if kept is None else kept[rows]
        distance = off @ squared  # a small product a row, which stays on one thread
        np.sqrt(distance, out=distance)
        sums[rows] = shares @ distance
    return sums[:, 0], sums[:, 1]
