"""Shares of what moves an answer: exact for a few choices (full factorial), estimated for numbers (Sobol)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import InputError
from ..labels import Labels, as_floats, as_list, as_switch
from ..option_checks import whole
from ..registry import Array
from ..tabular import Tabular, frame

if TYPE_CHECKING:
    import pandas as pd


MOST, MOST_FACTORS = 10_000_000, 1_000
"""Points of the design, and numbers that are varied, at most."""


@dataclass(frozen=True)
class VarianceShares(Tabular):
    """Shares of the variance of an answer.

    Attributes
    ----------
    factors : labels of the d factors that were varied.
    first : (d,) share that a factor makes alone, V(E[y | x_i]) / V.
    total : (d,) share that it has a part in, 1 - V(E[y | the others]) / V; total - first is what it makes with others.
    variance : V.
    exact : whether all combinations were computed; else the shares are estimates, and `first` may come out below 0.
    """

    factors: Labels
    first: Array
    total: Array
    variance: float
    exact: bool

    def to_frame(self) -> pd.DataFrame:
        """One row per factor."""
        return frame({"first": self.first, "total": self.total}, self.factors, axis="factor")

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "variance": self.variance,
            "exact": self.exact,
            "factors": [
                {"factor": f, "first": float(s), "total": float(t)}
                for f, s, t in zip(self.factors, self.first, self.total, strict=True)
            ],
        }


def variance_shares(
    outputs: Any,
    factors: Iterable[Any] | None = None,
    probabilities: Iterable[Iterable[float] | None] | None = None,
) -> VarianceShares:
    """Split the variance of an answer over the choices that made it, exactly.

    Parameters
    ----------
    outputs : array with an axis for each of d factors
        The answer for every combination of their levels.
    factors : d labels; counted if left out.
    probabilities : for each factor the probabilities of its levels, None for equal ones.

    Returns
    -------
    VarianceShares

    Raises
    ------
    InputError
        An answer that never moves, or shapes that do not fit.

    Notes
    -----
    Source: Sobol' (1993), Sensitivity estimates for nonlinear mathematical models, Mathematical Modelling and
    Computational Experiments 1(4), 407-414; of rankings: Saisana, Saltelli & Tarantola (2005), Journal of the Royal
    Statistical Society A 168(2), 307-323.

    Examples
    --------
    >>> variance_shares([[1, 2], [3, 4]]).first.tolist()
    [0.8, 0.2]
    """
    y, labels = _answers(outputs, factors)
    d = y.ndim
    expected = f"those of each of {d} factors, None for equal ones"
    given = [None] * d if probabilities is None else as_list("probabilities", probabilities, expected)
    if len(given) != d:
        raise InputError("option_shape", "probabilities", f"{len(given)} of them", expected)
    weights = [_probabilities(p, size, labels[i]) for i, (p, size) in enumerate(zip(given, y.shape, strict=True))]

    def mean(values: Array, over: Iterable[int]) -> Array:
        for axis in sorted(over, reverse=True):
            values = np.tensordot(values, weights[axis], axes=(axis, 0))
        return np.asarray(values)

    centred = y - mean(y, range(d))
    variance = float(mean(centred**2, range(d)))
    if not variance > 1e-24 * max(float(np.abs(y).max()) ** 2, 1e-300):
        raise InputError("never_moves", "outputs", "an answer that never moves", "an answer that some factor moves")
    first, total = np.empty(d), np.empty(d)
    for i in range(d):
        others = [k for k in range(d) if k != i]
        first[i] = weights[i] @ mean(centred, others) ** 2 / variance
        rest = mean(centred, [i])
        left = rest**2
        for axis in sorted(range(d - 1), reverse=True):
            left = np.tensordot(left, weights[others[axis]], axes=(axis, 0))
        total[i] = 1.0 - float(left) / variance
    return VarianceShares(labels, first, total, variance, True)


def _answers(outputs: Any, factors: Iterable[Any] | None, last: int = 0) -> tuple[Array, Labels]:
    """Return the answers, whose *last* axes are no factors, and the labels of the factors."""
    y = as_floats(outputs)
    d = 0 if y is None else y.ndim - last
    labels = tuple(range(d)) if factors is None else tuple(as_list("factors", factors, "a label for each factor"))
    named = len(labels) == d and all(isinstance(label, Hashable) for label in labels)
    if y is None or y.size == 0 or d < 1 or not named or not np.isfinite(y).all():
        found = "no table of numbers" if y is None else f"{d} axes"
        raise InputError("option_shape", "outputs", found, f"a finite number for every combination of {len(labels)}")
    return y, labels


def _probabilities(given: Any, size: int, label: Any) -> Array:
    p = np.full(size, 1.0 / size) if given is None else as_floats(given)
    if p is None or p.shape != (size,) or not ((p >= 0) & (p < np.inf)).all() or not p.sum() > 0:
        raise InputError("option_shape", f"probabilities of {label!r}", repr(given), f"{size} of them, 0 or more")
    return np.asarray(p / p.sum())


def _unit_intervals(count: int) -> dict[Any, tuple[float, float]]:
    return dict.fromkeys(range(whole("factors", count, 1, MOST_FACTORS)), (0.0, 1.0))


def sobol(
    function: Callable[[Array], Array],
    factors: int | Mapping[Any, tuple[float, float]],
    samples: int = 8192,
    seed: int = 0,
) -> VarianceShares:
    """Estimate shares of variance of a function of numbers that are each uniform over an interval.

    Parameters
    ----------
    function : takes (k, d) points and returns (k,) answers.
    factors : how many numbers from 0 to 1, or an interval (low, high) for each by its label.
    samples : N of Saltelli's design; the function is asked for N (d + 2) points. At N = 100 first shares can be far
        off.
    seed : the same seed draws the same points.

    Returns
    -------
    VarianceShares

    Raises
    ------
    InputError
        A function that never moves.

    Notes
    -----
    first = mean(y_B (y_AB - y_A)) / V, total = mean((y_A - y_AB)^2) / 2V. Source: Saltelli et al. (2010), Variance
    based sensitivity analysis of model output, Computer Physics Communications 181(2), 259-270; Jansen (1999), Computer
    Physics Communications 117, 35-43.

    Examples
    --------
    >>> sobol(lambda x: x[:, 0] + 0 * x[:, 1], 2).total.round(1).tolist()
    [1.0, 0.0]
    """
    if not callable(function):
        raise InputError("option_value", "function", repr(function), "a function of the points")
    ends = dict(factors) if isinstance(factors, Mapping) else _unit_intervals(factors)
    d, intervals = len(ends), as_floats(list(ends.values()))
    if d == 0 or intervals is None or intervals.shape != (d, 2) or not np.isfinite(intervals).all():
        raise InputError("option_value", "factors", repr(factors), "one or more, with two finite ends each")
    samples, seed = whole("samples", samples, 2, MOST, "samples"), whole("seed", seed, 0, code="seed")
    low, high = intervals.T
    a, b = low + (high - low) * np.random.default_rng(seed).random((2, samples, d))

    def answers(points: Array) -> Array:
        found = as_floats(function(points))
        if found is None or found.shape != (samples,) or not np.isfinite(found).all():
            shown = "no numbers" if found is None else f"shape {found.shape}, or numbers that are not finite"
            raise InputError("option_shape", "function", shown, f"a finite answer for each of {samples} points")
        return found

    y_a, y_b = answers(a), answers(b)
    both = np.concatenate([y_a, y_b])
    variance = float(both.var())
    if not variance > 0:
        raise InputError("never_moves", "function", "an answer that never moves", "an answer that some factor moves")
    first, total = np.empty(d), np.empty(d)
    centre = both.mean()
    for i in range(d):
        mixed = a.copy()
        mixed[:, i] = b[:, i]
        y = answers(mixed)
        first[i] = ((y_b - centre) * (y - y_a)).mean() / variance
        total[i] = ((y_a - y) ** 2).mean() / (2 * variance)
    return VarianceShares(tuple(ends), first, total, variance, False)


def variance_parts(
    outputs: Any, factors: Iterable[Any] | None = None, *, answers: bool = False
) -> dict[tuple[Any, ...], float]:
    """Split the variance of an answer exactly over every set of choices: what one makes alone, what several make.

    Parameters
    ----------
    outputs : array with an axis for each of d factors
        The answer for every combination of their levels.
    factors : d labels; counted if left out.
    answers : whether the last axis holds several answers, whose variances are added.

    Returns
    -------
    dict
        Share by set of factors, single ones first. The shares are 0 or more and sum to 1: `first` of `variance_shares`
        is that of a single factor, `total` the sum over all sets that it is in.

    Raises
    ------
    InputError
        An answer that never moves, or shapes that do not fit.

    Notes
    -----
    Source: Efron & Stein (1981), The jackknife estimate of variance, The Annals of Statistics 9(3), 586-596; Sobol'
    (1993), as for `variance_shares`.

    Examples
    --------
    >>> {part: round(share, 3) for part, share in variance_parts([[0, 0], [0, 4]]).items()}
    {(0,): 0.333, (1,): 0.333, (0, 1): 0.333}
    """
    answers = as_switch("answers", answers)
    y, labels = _answers(outputs, factors, last=int(answers))
    y = y if answers else y[..., None]
    d = y.ndim - 1
    axes = tuple(range(d))
    centred = y - y.mean(axis=axes, keepdims=True)
    variance = float((centred**2).mean(axis=axes).sum())
    if not variance > 1e-24 * max(float(np.abs(y).max()) ** 2, 1e-300):
        raise InputError("never_moves", "outputs", "an answer that never moves", "an answer that some factor moves")
    effects: dict[tuple[int, ...], Array] = {}
    for size in range(1, d + 1):
        for part in combinations(axes, size):
            effect = centred.mean(axis=tuple(a for a in axes if a not in part), keepdims=True)
            for inner in (other for other in effects if set(other) < set(part)):
                effect = effect - effects[inner]
            effects[part] = effect
    return {
        tuple(labels[a] for a in part): float((effect**2).mean(axis=axes).sum()) / variance
        for part, effect in effects.items()
    }
