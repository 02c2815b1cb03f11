"""COMET: characteristic objects scored once, alternatives interpolated between them, free of rank reversal."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np

from ..checks import span_of, tell_apart
from ..errors import InputError
from ..option_checks import choice, value_lists
from ..ranks import groups
from ..registry import Array, Decision, Guide, Option, Step, batched, followed, method, prepared
from .topsis import topsis_batched
from .wsm import wsm_batched

MOST = 2**16
"""Characteristic objects that are scored at most."""
FOLLOWED = 2**13
"""The same where rankings are followed through tens of thousands of weight vectors: each takes a millisecond then."""
CELLS = 2**22
"""Numbers held at a time while alternatives are placed between the objects."""
PRODUCTS = 2**18
"""Products summed at a time: OpenBLAS keeps so few on one thread, and threads wait for each other."""
RANKED = 2**18
"""Scores of objects ranked at a time."""
EXPERTS = {"topsis": topsis_batched, "wsm": wsm_batched}


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
    values = checked_values(decision, values)
    scores, preference = preferences(decision, objects(decision, values), scored_by)
    tell_apart(bool(np.isfinite(preference).all()))
    return {"SJ": scores[:, 0], "P": preference[:, 0], "p": between(decision.matrix, values, preference)[:, 0]}


@prepared("comet")
def comet_prepared(decision: Decision, *, values: tuple[Array, ...] | None, scored_by: str) -> Mapping[str, Any]:
    """Return the characteristic values, and what the expert reads of the objects."""
    values = checked_values(decision, values)
    return {"values": values, "objects": objects(decision, values)}


@batched("comet")
def comet_batched(
    decision: Decision, steps: Mapping[str, Any], *, values: tuple[Array, ...] | None, scored_by: str
) -> Array:
    """p, as by the kernel: the objects are ranked anew for every weight vector, a few at a time."""
    size = max(1, RANKED // len(steps["objects"]))
    parts = (
        Decision(decision.matrix, decision.weights[:, at : at + size], decision.signs)
        for at in range(0, decision.weights.shape[1], size)
    )
    return np.concatenate(
        [
            between(decision.matrix, steps["values"], preferences(part, steps["objects"], scored_by)[1])
            for part in parts
        ],
        axis=1,
    )


def checked_values(decision: Decision, values: tuple[Array, ...] | None) -> tuple[Array, ...]:
    """Return the characteristic values of each criterion, or say why there are none."""
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
    refuse_more(values, MOST)
    return values


def refuse_more(values: tuple[Array, ...], most: int) -> None:
    """Refuse more than *most* products of the values."""
    number = prod(len(v) for v in values)
    if number > most:
        raise InputError(
            "too_many_objects",
            "option values",
            f"{number} characteristic objects",
            f"at most {most}",
            "Give fewer values for some criteria, or rank by groups of criteria, and then by their results.",
        )


@followed("comet")
def comet_followed(decision: Decision, *, values: tuple[Array, ...] | None, scored_by: str) -> None:
    """Refuse more objects than can be ranked anew for tens of thousands of weight vectors."""
    refuse_more(checked_values(decision, values), FOLLOWED)


def objects(decision: Decision, values: tuple[Array, ...]) -> Array:
    """Return all products of the values on min-max scales, more is better: (objects, n)."""
    scaled = [
        (v - v[0] if sign > 0 else v[-1] - v) / (v[-1] - v[0]) for v, sign in zip(values, decision.signs, strict=True)
    ]
    made = np.empty((*map(len, scaled), len(scaled)))
    for j, each in enumerate(np.ix_(*scaled)):
        made[..., j] = each
    return made.reshape(-1, len(scaled))


def preferences(decision: Decision, rise: Array, scored_by: str) -> tuple[Array, Array]:
    """Return scores and preferences of the objects, (objects, k) each, for (n, k) or (n,) weights; nan if all tie."""
    weights = decision.weights.reshape(len(decision.signs), -1)
    scores = EXPERTS[scored_by](Decision(rise, weights, np.ones_like(decision.signs), rise), {})
    order, starts = groups(scores, "lower")
    place = np.cumsum(starts, axis=0) - 1.0
    preference = np.empty_like(scores)
    np.put_along_axis(preference, order, place / np.where(place[-1] > 0, place[-1], np.nan), axis=0)
    return scores, preference


def between(x: Array, values: tuple[Array, ...], preference: Array) -> Array:
    """Interpolate (objects, k) preferences at (m, n) points: (m, k).

    An object's share is a product over the criteria: that of the first half of them times that of the second.
    """
    half = len(values) // 2
    size = max(1, CELLS // len(preference))
    found = [
        _joined(_shares(part[:, :half], values[:half]), _shares(part[:, half:], values[half:]), preference)
        for part in (x[start : start + size] for start in range(0, len(x), size))
    ]
    return np.concatenate(found)


def _joined(first: Array, second: Array, preference: Array) -> Array:
    """Return sum over the objects, (a, b), of first_ia second_ib P_ab for (m, a) and (m, b) shares: (m, k)."""
    size = max(1, PRODUCTS // (first.shape[1] * second.shape[1]))
    table, found = (
        preference.T.reshape(-1, first.shape[1], second.shape[1]),
        np.empty((len(first), preference.shape[1])),
    )
    for start in range(0, len(first), size):
        rows = slice(start, start + size)
        found[rows] = ((table @ second[rows].T) * first[rows].T).sum(axis=1).T
    return found


def _shares(x: Array, values: tuple[Array, ...]) -> Array:
    """Return (m, products) the share of each product of values: of the triangular numbers between neighbours."""
    shares = np.ones((len(x), 1))
    for column, v in zip(x.T, values, strict=True):
        each = np.array([np.interp(column, v, one) for one in np.eye(len(v))]).T
        shares = (shares[:, :, None] * each[:, None]).reshape(len(x), -1)
    return shares
