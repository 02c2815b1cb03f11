"""PROMETHEE II: how much an alternative outranks the others, less how much they outrank it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..option_checks import choices, thresholds
from ..ranks import ROUNDING, settled
from ..registry import Array, Decision, Guide, Option, Step, batched, method

SHAPES: Mapping[str, tuple[str, ...]] = {
    "usual": (),
    "u_shape": ("q",),
    "v_shape": ("p",),
    "level": ("q", "p"),
    "linear": ("q", "p"),
    "gaussian": ("s",),
}
"""Preference functions, and the thresholds that each needs."""

OPTIONS = {
    "preference": Option(choices(*SHAPES), "usual"),
    "q": Option(thresholds, None),
    "p": Option(thresholds, None),
    "s": Option(thresholds, None),
}
FLOWS = (
    Step("F+", "unicriterion positive flow: mean preference over the others", ("alternative", "criterion")),
    Step("F-", "unicriterion negative flow: mean preference of the others over it", ("alternative", "criterion")),
    Step("phi+", "positive outranking flow", ("alternative",)),
    Step("phi-", "negative outranking flow", ("alternative",)),
)
PAIRS = 2**17
"""Pairs of alternatives held at a time by the Gaussian function."""


@method(
    "promethee_ii",
    title="PROMETHEE II (net outranking flow)",
    title_zh="PROMETHEE II(净流量)",
    source="Brans & Vincke (1985), A preference ranking organisation method, Management Science 31(6), 647-656; "
    "Brans, Vincke & Mareschal (1986), How to select and how to rank projects: The PROMETHEE method, European Journal "
    "of Operational Research 24(2), 228-238",
    guide=Guide(
        rule_zh="φ = φ+ - φ-，φ+_i = Σ_j w_j Σ_k P_j(d_ik)/(m-1)；P 为偏好函数（usual、u_shape、v_shape、"
        "level、linear、gaussian）。",
        use="Differences matter pair by pair, with indifference and preference thresholds by criterion.",
        use_zh="需要逐对比较差异，并按准则设无差异与偏好阈值时。",
        trap="Net flows can reverse when alternatives come and go. Every pair is compared: up to 5,000 alternatives.",
        trap_zh="增减对象时净流量可能逆序；要两两比较，最多 5,000 个对象。",
    ),
    steps=(*FLOWS, Step("phi", "net outranking flow", ("alternative",))),
    options=OPTIONS,
    linear=True,
)
def promethee_ii(
    decision: Decision, *, preference: tuple[str, ...], q: Array | None, p: Array | None, s: Array | None
) -> Mapping[str, Array]:
    """phi = phi+ - phi-, phi+_i = sum_j w_j sum_k P_j(d_ik) / (m - 1), phi-_i the same of P_j(d_ki), d = x_ij - x_kj.

    P is 0 for d <= 0; where d > 0 by the option `preference`, one for all criteria or one by criterion:
    ``usual`` 1; ``u_shape`` 1 if d > q; ``v_shape`` d / p, at most 1; ``level`` 1/2 if d > q, 1 if d > p; ``linear``
    (d - q) / (p - q) within 0 and 1; ``gaussian`` 1 - exp(-d^2 / 2 s^2). A difference equal to a threshold, up to
    rounding, does not exceed it. All but the Gaussian take O(m log m), by sorting; that one takes all pairs, in blocks.
    """
    steps = flows(decision, preference, q=q, p=p, s=s)
    return {**steps, "phi": settled(((steps["F+"] - steps["F-"]) * decision.weights).sum(axis=1), 1.0)}


@batched("promethee_ii")
def promethee_ii_batched(decision: Decision, steps: Mapping[str, Array], **options: object) -> Array:
    """phi_i = sum_j w_j (F+_ij - F-_ij)."""
    return settled((steps["F+"] - steps["F-"]) @ decision.weights, 1.0)


def flows(decision: Decision, preference: tuple[str, ...], **given: Array | None) -> dict[str, Array]:
    """Return the unicriterion flows, and their weighted sums."""
    x = decision.signs * decision.matrix
    up, down = np.empty_like(x), np.empty_like(x)
    for j, shape in enumerate(preference):
        known = fit(shape, {name: np.nan if t is None else t[j] for name, t in given.items()}, j)
        moved, size = centred(x[:, j]), np.abs(x[:, j])
        up[:, j] = preferred(moved, shape, **known, size=size)
        down[:, j] = preferred(-moved, shape, **known, size=size)
    up, down = up / max(len(x) - 1, 1), down / max(len(x) - 1, 1)
    return {
        "F+": up,
        "F-": down,
        "phi+": (up * decision.weights).sum(axis=1),
        "phi-": (down * decision.weights).sum(axis=1),
    }


def fit(shape: str, given: Mapping[str, float], j: int) -> dict[str, float]:
    """Return the thresholds that the preference function of criterion j needs."""
    known = {name: float(given[name]) for name in SHAPES[shape]}
    for name, value in known.items():
        if np.isnan(value):
            raise InputError(
                "threshold_missing",
                f"option {name}, criterion number {j + 1}",
                "nothing",
                f"a threshold: the preference '{shape}' needs {' and '.join(SHAPES[shape])}",
            )
    if known.get("s") == 0 or known.get("q", 0) > known.get("p", np.inf):
        raise InputError(
            "threshold_order",
            f"options {', '.join(known)}, criterion number {j + 1}",
            ", ".join(f"{name} = {value:g}" for name, value in known.items()),
            "s above 0" if "s" in known else "q, indifference, at most p, preference",
        )
    return known


def centred(x: Array) -> Array:
    """Return x less its median, where that rounds none of them: then a large offset costs no digit."""
    middle = float(np.sort(x)[len(x) // 2])
    moved = x - middle
    back = moved - x
    lost = (x - (moved - back)) - (middle + back)  # what the subtraction rounded away (Knuth 1969)
    return moved if not lost.any() else x


def preferred(
    x: Array, shape: str, q: float = 0.0, p: float | None = None, s: float = 0.0, size: Array | None = None
) -> Array:
    """Return sum_k P(x_i - x_k); *size* is that of the numbers as they were given, by which they are rounded."""
    if shape == "gaussian":
        return gaussian(x, s)
    p = q if p is None else p
    ordered = np.sort(x)
    if p > q and shape != "level":  # continuous in the difference: the rounding of a number makes no step
        some, whole = exceeded(ordered, x, q), exceeded(ordered, x, p)
        return whole + ramp(ordered, x, whole, some, q, p - q)
    size = np.abs(x) if size is None else size
    some, whole = (exceeded(ordered, x, t, ROUNDING * (2 * size + 3 * t)) for t in (q, p))
    return np.asarray((some + whole) / 2)


def exceeded(ordered: Array, x: Array, threshold: float, rounding: Array | float = 0.0) -> NDArray[np.intp]:
    """Count for each x the values that it exceeds by more than the threshold."""
    # without a threshold nothing is subtracted, and nothing rounded
    return np.searchsorted(ordered, x - threshold - rounding if threshold > 0 else x)


def ramp(ordered: Array, x: Array, start: NDArray[np.intp], stop: NDArray[np.intp], q: float, width: float) -> Array:
    """Return for each x the sum of (x - y - q) / width over the sorted values y from start to stop."""
    y, own, number = ordered / width, (x - q) / width, stop - start
    # prefix sums cancel: those of whole parts in integers, exactly (beyond their range they wrap, and so back), so
    # that values far apart cost no digit; above 2^53 two numbers are never nearer than 1
    whole = number * _whole(own) - _between(_whole(y), start, stop)
    return np.asarray(np.clip(whole + number * (own % 1) - _between(y % 1, start, stop), 0.0, number))


def _whole(values: Array) -> NDArray[np.int64]:
    return np.clip(np.floor(values), -(2.0**53), 2.0**53).astype(np.int64)


def _between(values: NDArray[Any], start: NDArray[np.intp], stop: NDArray[np.intp]) -> NDArray[Any]:
    sums = np.concatenate([np.zeros_like(values[:1]), np.cumsum(values)])
    return np.asarray(sums[stop] - sums[start])


def gaussian(x: Array, s: float) -> Array:
    """Return sum_k 1 - exp(-d^2 / 2 s^2), d = max(x_i - x_k, 0): all pairs, a block of rows at a time."""
    size = max(1, PAIRS // len(x))
    blocks = (np.maximum(x[start : start + size, None] - x, 0.0) / s for start in range(0, len(x), size))
    return np.concatenate([-np.expm1(d * d / -2).sum(axis=1) for d in blocks])
