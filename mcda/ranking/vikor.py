"""VIKOR: compromise between the whole and the worst regret."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import differ, tell_apart
from ..option_checks import share
from ..ranks import TIE
from ..registry import Array, Decision, Guide, Option, Step, batched, method


@method(
    "vikor",
    title="VIKOR",
    title_zh="VIKOR(多准则妥协解排序法)",
    source="Opricovic & Tzeng (2004), Compromise solution by MCDM methods, European Journal of Operational "
    "Research 156(2), 445-455",
    guide=Guide(
        rule_zh="Q = v (S - S*)/(S- - S*) + (1 - v)(R - R*)/(R- - R*)；S = Σ w_j |f* - x|/|f* - f-|，R = "
        "max_j 同项；越小越好。",
        use="A compromise between the benefit of the whole and the regret of the worst criterion is "
        "wanted, with a compromise set (`mcda.compromise`).",
        use_zh="希望在“总体效益”与“最大个别遗憾”之间折衷，并给出折衷解集（mcda.compromise）时。",
        trap="The first is alone only if it leads by 1/(m - 1) and is best by S or R: with few "
        "alternatives that is much. Constant criteria are not defined.",
        trap_zh="只有领先至少 1/(m-1) 且按 S 或 R 也最优时才是唯一折衷解；对象少时门槛很高；常数准则无定义。",
    ),
    steps=(
        Step("f-", "worst value", ("criterion",)),
        Step("f*", "best value", ("criterion",)),
        Step("S", "group utility: weighted sum of regrets", ("alternative",)),
        Step("R", "individual regret: largest weighted regret", ("alternative",)),
        Step("Q", "compromise index", ("alternative",)),
    ),
    better="lower",
    unit_interval=True,
    options={"v": Option(share, 0.5)},
)
def vikor(decision: Decision, *, v: float) -> Mapping[str, Array]:
    """Q = v (S - S*)/(S- - S*) + (1 - v)(R - R*)/(R- - R*); S and R sum and maximise w_j |f*_j - x_ij|/|f*_j - f-_j|.

    Where all S are equal, or all R, that term is 0: it tells no two apart, and the other orders them. Undefined for a
    constant criterion, and where neither tells apart.
    """
    x, gain = decision.matrix, decision.signs > 0
    differ(x)
    best = np.where(gain, x.max(axis=0), x.min(axis=0))
    worst = np.where(gain, x.min(axis=0), x.max(axis=0))
    regret = decision.weights * (best - x) / (best - worst)
    s, r = regret.sum(axis=1), regret.max(axis=1)
    q = v * spread(s) + (1 - v) * spread(r)
    tell_apart(bool(q.any()))
    return {"f-": worst, "f*": best, "S": s, "R": r, "Q": q}


@batched("vikor")
def vikor_batched(decision: Decision, steps: Mapping[str, Array], *, v: float) -> Array:
    """Q, as by the kernel; the regrets of one unit of weight hold for all."""
    regret = (steps["f*"] - decision.matrix) / (steps["f*"] - steps["f-"])
    s, r = regret @ decision.weights, heaviest(regret, decision.weights)
    q = v * spread(s) + (1 - v) * spread(r)
    return np.where(q.any(axis=0), q, np.nan)


def spread(measure: Array) -> Array:
    """Return (x - min) / (max - min) down the columns; 0 where all are equal but for rounding."""
    low, high = measure.min(axis=0), measure.max(axis=0)
    told = high - low > TIE * high
    return np.where(told, (measure - low) / np.where(told, high - low, 1.0), 0.0)


def heaviest(losses: Array, weights: Array) -> Array:
    """Return max_j w_jk a_ij, (m, k), for losses a (m, n) and weights w (n, k)."""
    most: Array = losses[:, :1] * weights[0]
    for loss, weight in zip(losses.T[1:, :, None], weights[1:], strict=True):
        np.maximum(most, loss * weight, out=most)
    return most
