"""AROMAN: the mean of two normalisations. It adds costs, dearer scores higher: for reproducing only."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import differ, each_column
from ..normalisation.domain import NO_OTHER
from ..normalisation.vector import vector
from ..option_checks import share
from ..registry import Array, Decision, Guide, Option, Step, batched, method


@method(
    "aroman",
    title="AROMAN (alternative ranking order with two-step normalisation)",
    title_zh="AROMAN(两步规范化排序法)",
    source="Bošković, Švadlenka, Jovčić, Dobrodolac, Simić & Bačanin (2023), An alternative ranking order method "
    "accounting for two-step normalization (AROMAN), IEEE Access 11, 39496-39507",
    guide=Guide(
        rule_zh="R = L^λ + A^(1-λ)；t 为极差规范化与向量规范化的加权平均再减半，成本型均不反向；L、A 为成"
        "本型与效益型准则的 Σ w_j t_ij。",
        use="Only to reproduce figures that were published with it.",
        use_zh="仅用于复核已发表的结果。",
        trap="Costs are added: a dearer alternative scores higher, and dominance breaks. It is taken only "
        "where it is named.",
        trap_zh="成本被相加，越贵得分越高，违反优势律；只有点名时才会使用。",
    ),
    steps=(
        Step("T", "mean of both normalisations, halved", ("alternative", "criterion")),
        Step("L", "sum over costs", ("alternative",)),
        Step("A", "sum over benefits", ("alternative",)),
        Step("R", "final ranking value", ("alternative",)),
    ),
    options={"beta": Option(share, 0.5), "lam": Option(share, 0.5)},
    breaks=("dominance",),
    named_only=True,
)
def aroman(decision: Decision, *, beta: float, lam: float) -> Mapping[str, Array]:
    """R = L^lam + A^(1 - lam), L and A the sums of w_j t_ij over costs and over benefits.

    t is beta of the min-max and 1 - beta of the vector normalised value, halved, neither turned for costs. Dominance
    breaks: costs are added, so a dearer alternative scores higher. Offered to reproduce published figures only. Values
    >= 0, which keep both sums from below 0.
    """
    x, gain = decision.matrix, decision.signs > 0
    each_column(np.asarray((x >= 0).all(axis=0)), "negative", "a negative value", "values of 0 or more", NO_OTHER)
    differ(x)
    low = x.min(axis=0)
    minmax = (x - low) / (x.max(axis=0) - low)
    t = (beta * minmax + (1 - beta) * vector(x, np.ones_like(decision.signs))) / 2
    v = t * decision.weights
    costs, benefits = v[:, ~gain].sum(axis=1), v[:, gain].sum(axis=1)
    return {"T": t, "L": costs, "A": benefits, "R": costs**lam + benefits ** (1 - lam)}


@batched("aroman")
def aroman_batched(decision: Decision, steps: Mapping[str, Array], *, beta: float, lam: float) -> Array:
    """R = L^lam + A^(1 - lam)."""
    t, w, gain = steps["T"], decision.weights, decision.signs > 0
    return np.asarray((t[:, ~gain] @ w[~gain]) ** lam + (t[:, gain] @ w[gain]) ** (1 - lam))
