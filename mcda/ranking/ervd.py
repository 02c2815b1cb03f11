"""ERVD: gains and losses against a reference point, losses felt more, then as TOPSIS."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import tell_apart
from ..normalisation.domain import own_total
from ..option_checks import number, numbers
from ..registry import Array, Decision, Guide, Option, Step, batched, method, quotient


@method(
    "ervd",
    title="ERVD (election based on relative value distances)",
    title_zh="ERVD(相对价值距离选优法)",
    source="Shyur, Yin, Shih & Cheng (2015), A multiple criteria decision making method based on relative value "
    "distances, Foundations of Computing and Decision Sciences 40(4), 299-315",
    guide=Guide(
        rule_zh="C = S-/(S+ + S-)；相对参照点的得 g 值为 g^α，失 g 值为 -λ g^α；S± = Σ w_j |v_ij - v±_j|。",
        use="There is a reference point, and losses against it are felt more than gains.",
        use_zh="存在参照点，且“损失”比“获得”更被看重时。",
        trap="Left out, the reference is the mean, which moves with the alternatives.",
        trap_zh="不给参照点时取平均值，会随对象变动。",
    ),
    steps=(
        Step("R", "share in the sum of the criterion", ("alternative", "criterion")),
        Step("V", "value of the gain or the loss against the reference", ("alternative", "criterion")),
        Step("S+", "weighted distance from the best value", ("alternative",)),
        Step("S-", "weighted distance from the worst value", ("alternative",)),
        Step("C", "closeness coefficient", ("alternative",)),
    ),
    unit_interval=True,
    options={
        "reference": Option(numbers(), None),
        "loss": Option(number, 2.25),
        "curvature": Option(number, 0.88),
    },
)
def ervd(decision: Decision, *, reference: Array | None, loss: float, curvature: float) -> Mapping[str, Array]:
    """C = S- / (S+ + S-); the value of a gain g over the reference is g^alpha, of a loss g it is -lambda g^alpha.

    The option `reference` is a number per criterion, the mean if left out; `loss` is lambda, `curvature` alpha. S± sum
    w_j |v_ij - v±_j|, v± the best and the worst value. Defined for values >= 0, not all 0 in a column.
    """
    x = decision.matrix
    r = own_total(x, np.ones_like(decision.signs))
    point = x.mean(axis=0) if reference is None else reference
    gain = decision.signs * (x - point) / x.sum(axis=0)
    v = np.where(gain > 0, 1.0, -loss) * np.abs(gain) ** curvature
    to_best, to_worst = v.max(axis=0) - v, v - v.min(axis=0)
    plus, minus = (to_best * decision.weights).sum(axis=1), (to_worst * decision.weights).sum(axis=1)
    tell_apart(bool((plus + minus > 0).all()))
    return {"R": r, "V": v, "S+": plus, "S-": minus, "C": minus / (plus + minus)}


@batched("ervd")
def ervd_batched(decision: Decision, steps: Mapping[str, Array], **options: object) -> Array:
    """C, as by the kernel; the values hold for all weights."""
    v = steps["V"]
    plus, minus = (v.max(axis=0) - v) @ decision.weights, (v - v.min(axis=0)) @ decision.weights
    return np.asarray(minus / (plus + minus))


@quotient("ervd")
def ervd_order(decision: Decision, steps: Mapping[str, Array]) -> tuple[Array, Array, int]:
    """S+ + S- is one for all alternatives: they order as S-."""
    rise = steps["V"] - steps["V"].min(axis=0)
    return rise, np.ones_like(rise), 1
