"""What the outranking methods share: preference functions and flows, concordance, discordance, credibility."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .checks import numbers
from .errors import InputError, nearest
from .registry import Array

EXACT = 1e-12
"""A difference exceeds a threshold if it does so by more than this share of the criterion's largest value."""
BLOCK = 2**22
"""Pairs held at a time where flows need them all."""

Threshold = float | Sequence[float] | None

PREFERENCES = {
    # name: the thresholds that the function needs
    "usual": (),
    "u_shape": ("q",),
    "v_shape": ("p",),
    "level": ("q", "p"),
    "linear": ("q", "p"),
    "gaussian": ("s",),
}
"""The six preference functions of Brans & Vincke (1985), Management Science 31(6), 647-656, Table 1 (I to VI)."""


def threshold(name: str, given: Threshold, size: int) -> Array | None:
    """Return a threshold >= 0 for each criterion, from one for all or one each."""
    if given is None:
        return None
    one = isinstance(given, int | float | np.number)
    values = numbers(name, [given] * size if one else given, (size,))
    if (values < 0).any():
        raise InputError("option_range", f"option {name}", f"{values.min():g}", "thresholds >= 0")
    return values


def preferences(
    given: str | Sequence[str], q: Threshold, p: Threshold, s: Threshold, size: int
) -> list[Callable[..., Array]]:
    """Return, for each criterion, what gives its positive flow: see `flows`."""
    names = [given] * size if isinstance(given, str) else list(given)
    if len(names) != size:
        raise InputError("option_shape", "option preference", f"{len(names)} functions", f"one, or {size}")
    values = {"q": threshold("q", q, size), "p": threshold("p", p, size), "s": threshold("s", s, size)}
    made = []
    for j, name in enumerate(names):
        if name not in PREFERENCES:
            raise InputError(
                "option_value", "option preference", repr(name), f"one of {', '.join(PREFERENCES)}",
                nearest(str(name), list(PREFERENCES)),
            )  # fmt: skip
        own: dict[str, float] = {}
        for needed in PREFERENCES[name]:
            at = values[needed]
            if at is None:
                raise InputError("option_missing", f"preference '{name}'", f"no {needed}", f"{needed}=...")
            own[needed] = float(at[j])
        if "q" in own and "p" in own and own["q"] > own["p"]:
            raise InputError("option_range", "option q", f"{own['q']:g}", f"at most p = {own['p']:g}")
        for needed in ("s", "p") if name in ("gaussian", "v_shape") else ():
            if own.get(needed) == 0:
                raise InputError("option_range", f"option {needed}", "0", "a number above 0")
        made.append(_FLOWS[name](**own))
    return made


# --- positive flow of one criterion by sorting: sum over k of P(x_i - x_k) ------------------------------------------


def _counted(x: Array) -> tuple[Callable[[Any], Array], Callable[[Array], Array]]:
    """Return counts and sums of the x_k that are below x_i by more than a step."""
    order = np.sort(x)
    sums = np.concatenate([[0.0], np.cumsum(order)])
    slack = EXACT * np.abs(x).max(initial=0.0)

    def below(step: float) -> Array:
        return np.asarray(np.searchsorted(order, x - step - slack, side="left"))

    return below, lambda count: sums[count]


def _usual() -> Callable[[Array], Array]:
    """P = 1 if d > 0."""
    return lambda x: _counted(x)[0](0.0).astype(float)


def _u_shape(q: float) -> Callable[[Array], Array]:
    """P = 1 if d > q."""
    return lambda x: _counted(x)[0](q).astype(float)


def _level(q: float, p: float) -> Callable[[Array], Array]:
    """P = 1/2 if q < d <= p, 1 if d > p."""

    def flow(x: Array) -> Array:
        below, _ = _counted(x)
        return np.asarray((below(q) + below(p)) / 2)

    return flow


def _linear(q: float, p: float) -> Callable[[Array], Array]:
    """P = (d - q) / (p - q) if q < d <= p, 1 if d > p."""

    def flow(x: Array) -> Array:
        below, sums = _counted(x)
        some, whole = below(q), below(p)
        if p == q:
            return np.asarray(whole.astype(float))
        part = (some - whole) * (x - q) - (sums(some) - sums(whole))
        return np.asarray(whole + np.clip(part / (p - q), 0.0, some - whole))

    return flow


def _v_shape(p: float) -> Callable[[Array], Array]:
    """P = d / p if d <= p, 1 if d > p."""
    return _linear(0.0, p)


def _gaussian(s: float) -> Callable[[Array], Array]:
    """P = 1 - exp(-d^2 / (2 s^2)); it has no sums to sort by, so pairs are taken in blocks."""

    def flow(x: Array) -> Array:
        size = max(1, BLOCK // len(x))
        parts = []
        for start in range(0, len(x), size):
            d = np.maximum(x[start : start + size, None] - x, 0.0) / s
            parts.append(-np.expm1(-(d**2) / 2).sum(axis=1))
        return np.concatenate(parts)

    return flow


_FLOWS: dict[str, Callable[..., Callable[[Array], Array]]] = {
    "usual": _usual,
    "u_shape": _u_shape,
    "v_shape": _v_shape,
    "level": _level,
    "linear": _linear,
    "gaussian": _gaussian,
}


def flows(matrix: Array, signs: Array, given: list[Callable[..., Array]]) -> tuple[Array, Array]:
    """Return positive and negative flows by criterion: two (m, n), each a mean over the other alternatives."""
    others = max(len(matrix) - 1, 1)
    turned = (matrix * signs).T
    plus = np.array([flow(x) for flow, x in zip(given, turned, strict=True)]).T
    minus = np.array([flow(-x) for flow, x in zip(given, turned, strict=True)]).T
    return plus / others, minus / others


# --- ELECTRE ----------------------------------------------------------------------------------------------------------


def credibility(a: Array, b: Array, weights: Array, q: Array, p: Array, v: Array | None) -> Array:
    """Credibility of "a is at least as good as b": (len(a), len(b)), from rows in which more is better.

    c_j = 1 if b_j - a_j <= q_j, 0 if >= p_j, linear between; C = sum_j w_j c_j. d_j = 0 if b_j - a_j <= p_j, 1 if
    >= v_j, linear between. sigma = C prod over the j with d_j > C of (1 - d_j) / (1 - C).
    """
    size = np.maximum(np.abs(a).max(axis=0, initial=0.0), np.abs(b).max(axis=0, initial=0.0))
    lost = b[None, :, :] - a[:, None, :] - EXACT * size
    c = np.where(lost <= q, 1.0, np.clip((p - lost) / np.where(p > q, p - q, 1.0), 0.0, 1.0) * (p > q))
    whole = np.minimum((c * weights).sum(axis=2), 1.0)
    if v is None:
        return np.asarray(whole)
    d = np.where(lost <= p, 0.0, np.where(v > p, np.clip((lost - p) / np.where(v > p, v - p, 1.0), 0.0, 1.0), 1.0))
    strong = d > whole[:, :, None]
    factor = np.where(strong, (1 - d) / np.where(strong, 1 - whole[:, :, None], 1.0), 1.0)
    return np.asarray(whole * factor.prod(axis=2))


def electre_thresholds(q: Threshold, p: Threshold, v: Threshold, size: int) -> tuple[Array, Array, Array | None]:
    """Return thresholds with q <= p <= v for every criterion; p is at least q where only q is given."""
    low, high, veto = threshold("q", q, size), threshold("p", p, size), threshold("v", v, size)
    low = np.zeros(size) if low is None else low
    high = low if high is None else high
    for name, one, other in (("q", low, high), ("p", high, high if veto is None else veto)):
        if (one > other).any():
            j = int(np.flatnonzero(one > other)[0])
            raise InputError(
                "option_range", f"option {name}, criterion number {j + 1}", f"{one[j]:g}", f"at most {other[j]:g}"
            )
    return low, high, veto
