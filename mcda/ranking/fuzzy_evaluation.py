"""Fuzzy comprehensive evaluation: how far an alternative belongs to each grade, on all criteria together."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import Labels, tell_apart, unfit
from ..errors import InputError
from ..labels import ByCriterion, as_floats
from ..option_checks import choice, profiles, takes
from ..registry import Array, Decision, Guide, Option, Step, batched, method

OPERATORS = ("product_sum", "product_max", "min_max", "min_boundedsum", "balanced")


def _grades(name: str, value: ByCriterion[float], columns: Labels) -> Array:
    """Check two or more numbers, one a grade."""
    given = as_floats(value)
    if given is None or given.ndim != 1 or len(given) < 2 or unfit(given).any():
        raise InputError("option_value", f"option {name}", repr(value), "a number for each of two or more grades")
    return given


@method(
    "fuzzy_evaluation",
    title="Fuzzy comprehensive evaluation",
    title_zh="模糊综合评价",
    source="Wang Peizhuang (1983), 汪培庄，模糊集合论及其应用, Shanghai Scientific and Technical Publishers, section "
    "on comprehensive evaluation",
    guide=Guide(
        rule_zh="score_i = Σ_g b_ig v_g；b_i 由各准则隶属度 r_jg 按算子与权重合成并归一；r_jg 为三角隶属函"
        "数，两端为平台。",
        use="Grades with words (good, fair, poor) are wanted, and values near a border shall belong to both sides.",
        use_zh="需要“优、良、中、差”式评语等级，且边界附近允许兼属两级时。",
        trap="Only product_sum never lowers the score of what became better; max operators let one "
        "criterion decide; ``balanced`` forgets how high memberships are. Ties of the largest grade are "
        "common.",
        trap_zh="只有加权平均型算子（product_sum）保证变好不降分；取大型算子由单个准则决定；均衡型丢失隶属"
        "度高低；最大隶属度常并列。",
    ),
    steps=(
        Step("B", "membership of the alternative in the grade", ("alternative", "grade")),
        Step("grade", "grade of the largest membership", ("alternative",)),
        Step("score", "mean value of the grades", ("alternative",)),
    ),
    options={
        "knots": Option(profiles),
        "grades": Option(takes("Iterable[float]", _grades)),
        "operator": Option(choice(*OPERATORS), "product_sum"),
    },
)
def fuzzy_evaluation(decision: Decision, *, knots: Array, grades: Array, operator: str) -> Mapping[str, Array]:
    """score_i = sum_g b_ig v_g, v_g the value of a grade (option `grades`), b_i the memberships by `combine`, sum 1.

    r_jg, how far x_ij belongs to grade g: triangles between neighbouring `knots`, which rise for a benefit and fall for
    a cost from the worst grade to the best, and shoulders at both ends.
    """
    if knots.shape[1] != len(grades):
        raise InputError(
            "option_profiles", "option knots", f"{knots.shape[1]} knots", f"{len(grades)} knots, one a grade"
        )
    turned = decision.signs[:, None] * knots
    bad = np.flatnonzero((np.diff(turned, axis=1) <= 0).any(axis=1))
    if bad.size:
        raise InputError(
            "knots_order",
            f"option knots, criterion number {bad[0] + 1}",
            str(knots[bad[0]].tolist()),
            "knots that rise for a benefit, and fall for a cost",
        )
    b = combine(by_criterion(decision, knots), decision.weights, operator)
    tell_apart(bool((b.sum(axis=1) > 0).all()))
    b = b / b.sum(axis=1, keepdims=True)
    return {"B": b, "grade": grades[b.argmax(axis=1)], "score": b @ grades}


@batched("fuzzy_evaluation")
def fuzzy_evaluation_batched(
    decision: Decision, steps: Mapping[str, Array], *, knots: Array, grades: Array, operator: str
) -> Array:
    """The memberships by criterion hold for all weights; of most operators these go one by one."""
    member, w = by_criterion(decision, knots), decision.weights
    if operator == "product_sum":
        b = np.tensordot(member, w, axes=(0, 0))
    else:
        b = np.stack([combine(member, each, operator) for each in w.T], axis=2)
    return np.asarray(np.tensordot(grades, b, axes=(0, 1)) / b.sum(axis=1))


def by_criterion(decision: Decision, knots: Array) -> Array:
    """Return (n, m, g) memberships of each value in each grade."""
    turned, x = decision.signs[:, None] * knots, decision.signs * decision.matrix
    return np.array([memberships(x[:, j], turned[j]) for j in range(len(knots))])


def memberships(x: Array, knots: Array) -> Array:
    """Return (m, k) memberships of values in grades: 1 at a grade's knot, 0 at its neighbours', level beyond the ends.

    >>> memberships(np.array([0.0, 5.0, 12.0]), np.array([2.0, 4.0, 8.0])).tolist()
    [[1.0, 0.0, 0.0], [0.0, 0.75, 0.25], [0.0, 0.0, 1.0]]
    """
    return np.array([np.interp(x, knots, each) for each in np.eye(len(knots))]).T


def combine(member: Array, weights: Array, operator: str) -> Array:
    """Return the memberships of all criteria together, (..., g), from (n, ..., g) memberships; not scaled to sum 1.

    ``product_sum`` sum_j w_j r_jg; ``product_max`` max_j w_j r_jg; ``min_max`` max_j min(w_j, r_jg); ``min_boundedsum``
    min(1, sum_j min(w_j, r_jg)); ``balanced`` sum_j min(w_j, r_jg / sum_j r_jg), 0 for a grade that nothing belongs to.
    The maxima let one criterion decide; with many criteria min_max returns the weights; the balanced one forgets how
    high the memberships are. Only product_sum never lowers the score of what becomes better.
    """
    w = weights.reshape(-1, *[1] * (member.ndim - 1))
    if operator == "product_sum":
        return np.asarray((w * member).sum(axis=0))
    if operator == "product_max":
        return np.asarray((w * member).max(axis=0))
    if operator == "min_max":
        return np.asarray(np.minimum(w, member).max(axis=0))
    if operator == "min_boundedsum":
        return np.asarray(np.minimum(1.0, np.minimum(w, member).sum(axis=0)))
    total = member.sum(axis=0)
    return np.asarray(np.minimum(w, member / np.where(total > 0, total, 1.0)).sum(axis=0))
