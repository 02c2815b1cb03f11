"""PROBID: preference ranking by distances from every level of the ideal, and from the mean."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import tell_apart
from ..normalisation.vector import vector, vector_rise
from ..registry import Array, Decision, Guide, Step, batched, method

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


@batched("probid")
def probid_batched(decision: Decision, steps: Mapping[str, Array]) -> Array:
    """P, as by the kernel."""
    r, squared = above_least(decision), decision.weights**2
    plus, minus = level_sums(decision, r, *_shares(len(r)))
    score = minus**2 / (plus**2 + minus**2) + np.sqrt((r - r.mean(axis=0)) ** 2 @ squared)
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
    return v, np.sqrt(((v[:, None] - best_first(decision, v)[None]) ** 2).sum(axis=2))


def level_sums(decision: Decision, r: Array, better: Array, worse: Array) -> tuple[Array, Array]:
    """Return S+ and S-, (m, k) each, for (n, k) weights: the order of the levels is that of r for all of them."""
    used = np.flatnonzero(better + worse)
    shares, levels_of, squared = np.stack([better, worse])[:, used], best_first(decision, r)[used], decision.weights**2
    sums, distance = np.empty((len(r), 2, squared.shape[1])), np.empty((len(used), squared.shape[1]))
    for x, into in zip(r, sums, strict=True):
        np.matmul((x - levels_of) ** 2, squared, out=distance)
        np.sqrt(distance, out=distance)
        np.matmul(shares, distance, out=into)
    return sums[:, 0], sums[:, 1]
