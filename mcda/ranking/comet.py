"""COMET: characteristic objects scored once, alternatives interpolated between them, free of rank reversal."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

import numpy as np

from ..checks import choice, span_of, tell_apart, value_lists
from ..errors import InputError
from ..ranks import competition_ranks
from ..registry import Array, Decision, Guide, Option, Step, method
from .topsis import topsis
from .wsm import wsm

MOST = 2**16
"""Characteristic objects that are scored at most."""
CELLS = 2**22
"""Numbers held at a time while alternatives are placed between the objects."""
EXPERTS = {"topsis": topsis, "wsm": wsm}


@method(
    "comet",
    title="COMET (characteristic objects method)",
    title_zh="COMET(特征对象法)",
    source="Sałabun (2015), The characteristic objects method: A new distance-based approach to multicriteria "
    "decision-making problems, Journal of Multi-Criteria Decision Analysis 22(1-2), 37-50",
    guide=Guide(
        rule_zh="p_i = Σ_k P_k Π_j t_jk(x_ij)；t 为相邻特征值之间的三角隶属度，P_k 为特征对象按专家（此处"
        "用 TOPSIS 或 WSM）评分后的名次偏好，从 0 到 1。",
        use="Ranks must not reverse when alternatives come and go, and characteristic values of each "
        "criterion can be named.",
        use_zh="要求增减对象时名次不逆转，且能给出各准则的特征值时。",
        trap="The number of objects is the product of the numbers of values: nine criteria with three "
        "each make 19,683. Outside the values it is not defined.",
        trap_zh="特征对象数是各准则特征值个数之积：9 个准则各 3 个值就有 19,683 个；超出特征值范围无定义。",
    ),
    steps=(
        Step("SJ", "score of the characteristic object", ("profile",)),
        Step("P", "preference of the characteristic object, by its place", ("profile",)),
        Step("p", "preference of the alternative", ("alternative",)),
    ),
    unit_interval=True,
    options={"values": Option(value_lists, None), "scored_by": Option(choice(*EXPERTS), "topsis")},
)
def comet(decision: Decision, *, values: tuple[Array, ...] | None, scored_by: str) -> Mapping[str, Array]:
    """p = sum over the objects P_k prod_j t_jk(x_ij), t the triangular numbers between neighbouring values.

    The objects are all products of the criteria's characteristic `values` (their least and largest, if left out),
    scored by TOPSIS or WSM on min-max values in place of an expert's comparisons; with K different scores P is 0,
    1/(K-1), ..., 1. With values given an alternative's score depends on no other one, and no rank reverses. Not defined
    outside them.
    """
    x = decision.matrix
    if values is None:
        values = tuple(np.array(span_of(x)).T)
    bad = [j for j, v in enumerate(values) if x[:, j].min() < v[0] or x[:, j].max() > v[-1]]
    if bad:
        raise InputError(
            "bounds",
            f"option values, criterion number {bad[0] + 1}",
            f"{values[bad[0]][0]:g} to {values[bad[0]][-1]:g}",
            f"values that hold all of {x[:, bad[0]].min():g} to {x[:, bad[0]].max():g}",
            "Widen the bounds to the whole scale of the criterion.",
        )
    sizes = [len(v) for v in values]
    if prod(sizes) > MOST:
        raise InputError(
            "too_many_objects",
            "option values",
            f"{prod(sizes)} characteristic objects",
            f"at most {MOST}",
            "Give fewer values for some criteria.",
        )
    objects = np.stack([each.ravel() for each in np.meshgrid(*values, indexing="ij")], axis=1)
    low, high = objects.min(axis=0), objects.max(axis=0)
    rise = np.where(decision.signs > 0, objects - low, high - objects) / (high - low)
    expert = EXPERTS[scored_by](Decision(rise, decision.weights, np.ones_like(decision.signs), rise))
    scores = expert["C" if scored_by == "topsis" else "P"]
    ranks = competition_ranks(scores, "lower")
    places = np.searchsorted(np.unique(ranks), ranks)
    tell_apart(bool(places.max() > 0))
    preference = places / places.max()
    size = max(1, CELLS // preference.size)
    parts = [_between(x[start : start + size], values, preference) for start in range(0, len(x), size)]
    return {"SJ": scores, "P": preference, "p": np.concatenate(parts)}


def _between(x: Array, values: tuple[Array, ...], preference: Array) -> Array:
    """Interpolate: one criterion after another its values are summed over."""
    left = np.broadcast_to(preference, (len(x), preference.size))
    for j, v in enumerate(values):
        share = np.array([np.interp(x[:, j], v, each) for each in np.eye(len(v))]).T
        left = np.einsum("mt,mtr->mr", share, left.reshape(len(x), len(v), -1))
    return np.asarray(left[:, 0])
