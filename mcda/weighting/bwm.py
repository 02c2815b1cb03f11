"""Best-worst method: the best criterion is compared with all others, and all others with the worst.

Both models are solved in closed form: once w_B and w_W are fixed, every other weight has an interval of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import option_checks
from ..errors import InputError
from ..registry import Array, Guide, Option, scheme


@scheme(
    "bwm",
    title="Best-worst method",
    title_zh="最优最劣法(BWM)",
    source="Rezaei (2015), Best-worst multi-criteria decision-making method, Omega 53, 49-57; linear model and "
    "intervals: Rezaei (2016), Best-worst multi-criteria decision-making method: Some properties and a linear model, "
    "Omega 64, 126-130",
    guide=Guide(
        rule_zh="min ξ：|w_B - a_Bj w_j| ≤ ξ 且 |w_j - a_jW w_W| ≤ ξ（线性），或比值形式（非线性）。",
        use="Judges can name the best and the worst criterion: 2n - 3 comparisons in place of n(n - 1)/2.",
        use_zh="专家能指出最重要与最不重要的准则时，只需 2n-3 次比较。",
        trap="The nonlinear model has many optima: centres of intervals are given. Name the model.",
        trap_zh="非线性模型最优解不唯一，此处取区间中点；须注明所用模型。",
    ),
    needs="best, worst, best_to_others, others_to_worst",
    options={
        "best": Option(option_checks.criterion, scope="node"),
        "worst": Option(option_checks.criterion, scope="node"),
        "best_to_others": Option(option_checks.nine_points, scope="criterion"),
        "others_to_worst": Option(option_checks.nine_points, scope="criterion"),
        "model": Option(option_checks.choice("linear", "nonlinear"), "linear"),
    },
)
def bwm(
    matrix: Array, signs: Array, *, best: int, worst: int, best_to_others: Array, others_to_worst: Array, model: str
) -> Mapping[str, Array]:
    """Minimise xi over w >= 0, sum w = 1.

    ``linear``: |w_B - a_Bj w_j| <= xi and |w_j - a_jW w_W| <= xi; the optimum is unique.
    ``nonlinear``: |w_B / w_j - a_Bj| <= xi and |w_j / w_W - a_jW| <= xi; the weights are the centres of the optimal
    intervals, scaled to sum 1, and CR = xi / CI, CI the xi of the worst contradiction that a_BW allows.
    """
    _refuse_contradictions(best, worst, best_to_others, others_to_worst)
    return (_linear if model == "linear" else _nonlinear)(best, worst, best_to_others, others_to_worst)


def _refuse_contradictions(best: int, worst: int, to: Array, of: Array) -> None:
    if best == worst and len(to) > 1:
        raise InputError("bwm_best_worst", "best, worst", "the same criterion", "two criteria")
    if to[best] != 1 or of[worst] != 1:
        raise InputError(
            "bwm_itself",
            "best_to_others, others_to_worst",
            f"{to[best]:g} and {of[worst]:g}",
            "1 where the best and the worst criterion are compared with themselves",
        )
    if to[worst] != of[best]:
        raise InputError(
            "bwm_best_to_worst",
            "best_to_others, others_to_worst",
            f"{to[worst]:g} and {of[best]:g} for best to worst",
            "the same judgement in both",
        )
    if max(to.max(), of.max()) > to[worst]:
        raise InputError(
            "bwm_order",
            "best_to_others, others_to_worst",
            f"{max(to.max(), of.max()):g}",
            f"at most {to[worst]:g}, the judgement of the best against the worst",
        )


def _linear(best: int, worst: int, to: Array, of: Array) -> Mapping[str, Array]:
    """Solve the linear model, scaled so that xi = 1: xi is least where the sum of the weights is largest.

    With y = w_W and x = w_B: P y - C <= x <= P y + C for each criterion, P = a_Bj a_jW and C = a_Bj + 1, and for best
    against worst P = a_BW and C = 1; w_j = min(a_jW y + 1, (x + 1) / a_Bj). The sum grows in x and in y.
    """
    product, slack = to * of, to + 1.0
    product[[best, worst]], slack[[best, worst]] = to[worst], 1.0
    steeper = product[:, None] - product[None, :]
    if (steeper <= 0).all():  # free of contradiction
        return {"xi": np.array(0.0), "w": of / of.sum()}
    y = ((slack[:, None] + slack[None, :])[steeper > 0] / steeper[steeper > 0]).min()
    x = (product * y + slack).min()
    w = np.minimum(of * y + 1.0, (x + 1.0) / to)
    w[[best, worst]] = x, y
    return {"xi": np.array(1.0 / w.sum()), "w": w / w.sum()}


def _nonlinear(best: int, worst: int, to: Array, of: Array) -> Mapping[str, Array]:
    """Solve the nonlinear model, scaled so that w_W = 1 and x = w_B.

    x lies between (a_Bj - xi)(a_jW - xi) and (a_Bj + xi)(a_jW + xi) for each j, and between a_BW - xi and a_BW + xi; xi
    is the least for which these overlap. A share w_j / sum w is monotone in x between the points where a bound of one
    of the weights changes, so its extremes lie at these points.
    """
    n, top = len(to), to[worst]
    others = np.setdiff1d(np.arange(n), [best, worst])
    a, b = to[others], of[others]
    xi = _least_xi(a, b, top)
    low = max(top - xi, (np.maximum(a - xi, 0) * np.maximum(b - xi, 0)).max(initial=0.0))
    high = max(low, min(top + xi, ((a + xi) * (b + xi)).min(initial=np.inf)))
    kinks = np.clip(np.concatenate([[low, high], (a + xi) * (b - xi), (a - xi) * (b + xi)]), low, high)

    x = kinks[:, None]
    least, most = np.ones((2, len(kinks), n))
    least[:, best] = most[:, best] = kinks
    least[:, others] = np.maximum(b - xi, x / (a + xi))
    most[:, others] = np.maximum(
        least[:, others], np.minimum(b + xi, np.where(a > xi, x / np.where(a > xi, a - xi, 1.0), np.inf))
    )
    lower = (least / (least + most.sum(axis=1, keepdims=True) - most)).min(axis=0)
    upper = (most / (most + least.sum(axis=1, keepdims=True) - least)).max(axis=0)
    index = (2 * top + 1 - np.sqrt(8 * top + 1)) / 2
    return {
        "xi": np.array(xi),
        "CI": np.array(index),
        "CR": np.array(xi / index if index > 0 else 0.0),
        "lower": lower,
        "upper": upper,
        "w": (lower + upper) / (lower + upper).sum(),
    }


def _least_xi(a: Array, b: Array, top: float) -> float:
    """Return the least xi for which the intervals of x overlap, pair by pair."""
    p, s = a * b, a + b
    pairs = np.maximum(p[:, None] - p[None, :], 0.0) / (s[:, None] + s[None, :])
    # (a - xi)(b - xi) = top + xi where p > top; (a + xi)(b + xi) = top - xi where p < top
    far = p - top
    with_top = 2 * np.abs(far) / (s + 1 + np.sqrt((s + 1) ** 2 - 4 * far))
    return float(max(pairs.max(initial=0.0), with_top.max(initial=0.0)))
