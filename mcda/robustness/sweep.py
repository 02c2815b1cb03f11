"""How a ranking changes on the way from one weight vector to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Unpack

import numpy as np
from numpy.typing import NDArray

from .. import checks
from ..errors import InputError
from ..labels import ByCriterion, Table
from ..ranges import Directions
from ..ranking_problem import RankingProblem, formulate
from ..ranks import competition_ranks
from ..registry import Array, find
from ..results import Weights
from ..tabular import Tabular, frame
from .stability import Form, form_of

if TYPE_CHECKING:
    import pandas as pd

    from ..names import MethodName, RankOptions

Way = Literal["linear", "geometric"]
WAYS: tuple[Way, ...] = ("linear", "geometric")
POINTS = 400
"""Points at which rankings are compared where nothing is known of how scores depend on the weights."""
HALVINGS = 32
"""How often the way between two of these points is halved: to less than 1e-12, far below what is `NARROW`."""
NARROW = 1e-9
"""Stretches that are narrower than this are rounding."""


@dataclass(frozen=True)
class RankSweep(Tabular):
    """Rankings on the way between two weight vectors.

    Attributes
    ----------
    alternatives : labels of the m alternatives.
    ends : (S + 1,) shares of the first weights, from 0 to 1, at which the ranking changes, with 0 and 1.
    ranks : (S, m) ranks on each stretch between two ends. At an end some alternatives are level.
    exact : whether ends are roots of polynomials and none is left out; else rankings were compared at `POINTS` points
        and ends found by halving.
    """

    alternatives: checks.RowLabels
    ends: Array
    ranks: NDArray[np.int64]
    exact: bool

    def to_frame(self) -> pd.DataFrame:
        """One row per stretch: from, to, and the rank of each alternative."""
        ends = {"from": self.ends[:-1], "to": self.ends[1:]}
        ranks = {label: self.ranks[:, i] for i, label in enumerate(self.alternatives)}
        return frame({**ends, **ranks})

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "exact": self.exact,
            "stretches": [
                {"from": float(low), "to": float(high), "ranks": dict(zip(self.alternatives, row, strict=True))}
                for low, high, row in zip(self.ends[:-1], self.ends[1:], self.ranks.tolist(), strict=True)
            ],
        }


def rank_sweep(
    matrix: Table,
    one: Weights | ByCriterion[float],
    other: Weights | ByCriterion[float],
    directions: Directions,
    method: MethodName = "topsis",
    way: Way = "linear",
    **options: Unpack[RankOptions],
) -> RankSweep:
    """Find the shares of one of two weight vectors at which a ranking changes.

    Parameters
    ----------
    matrix, directions, method, **options : as for `rank`.
    one, other : weights; the share is that of *one*.
    way : ``linear`` s one + (1 - s) other, or ``geometric``, proportional to one^s other^(1 - s).

    Returns
    -------
    RankSweep

    Raises
    ------
    InputError
        As for `rank`; zeros among the weights of a geometric way.

    Notes
    -----
    Where alternatives order by a quotient sum over_ij w_j^p / sum under_ij w_j^p (sums, TOPSIS), two are level where
    polynomials of degree 2p in the share are: between all their roots no order can change.

    Examples
    --------
    >>> found = rank_sweep([[9, 2], [5, 5], [1, 9]], [1, 0], [0, 1], "max", "wsm", normalisation="max")
    >>> found.ends.round(3).tolist(), found.ranks[:, 0].tolist(), found.exact
    ([0.0, 0.429, 0.467, 0.5, 1.0], [3, 2, 1, 1], True)
    """
    find("way", dict.fromkeys(WAYS, True), way)
    problem = formulate(matrix, directions, method, options)
    first, second = (checks.shares(w, problem.criteria, name)[0] for name, w in (("one", one), ("other", other)))
    if way == "geometric" and not (first * second > 0).all():
        raise InputError("combination_zero", "weights", "a weight of 0, which would veto the criterion", "none of 0")

    def weights(share: Array) -> Array:
        s = share[:, None]
        if way == "linear":
            return np.asarray(s * first + (1.0 - s) * second)
        w = first**s * second ** (1.0 - s)
        return np.asarray(w / w.sum(axis=1, keepdims=True))

    problem.steps(weights(np.array([0.5]))[0])  # tells what is not defined
    form = form_of(problem, weights(np.array([0.5]))[0]) if way == "linear" else None
    ends = _searched(problem, weights) if form is None else _roots(form, first, second)
    between = weights((ends[:-1] + ends[1:]) / 2)
    at, ranks = [], []
    last = np.zeros((1, len(problem.alternatives)), dtype=np.int64)  # no ranking
    for part in problem.parts(len(between)):  # of many alternatives not all rankings at once
        found = _ranks(problem, between[part])
        changed = np.flatnonzero((np.concatenate([last, found[:-1]]) != found).any(axis=1))
        at.append(part.start + changed)
        ranks.append(found[changed])
        last = found[-1:]
    begins = np.concatenate([*at, [len(between)]])
    return RankSweep(problem.alternatives, ends[begins], np.concatenate(ranks), form is not None)


def _ranks(problem: RankingProblem, weights: Array) -> NDArray[np.int64]:
    return competition_ranks(problem.scores(weights), problem.method.better).T.astype(np.int64)


def _roots(form: Form, one: Array, other: Array) -> Array:
    """Return all shares from 0 to 1 at which two alternatives may be level, with 0 and 1."""
    line = np.column_stack([other, one - other])  # w(s), in rising powers of s
    power = line if form.power == 1 else np.array([np.convolve(each, each) for each in line])
    over, under = form.over @ power, form.under @ power
    found = [np.array([0.0, 1.0])]
    for i in range(len(over) - 1):
        terms = _product(over[i], under[i + 1 :]), _product(under[i], over[i + 1 :])
        apart, scale = terms[0] - terms[1], np.abs(terms[0]) + np.abs(terms[1])
        kept = np.abs(apart) > 1e-14 * scale.max(axis=1, keepdims=True)
        found.append(_between_0_and_1(np.where(kept, apart, 0.0)))
    return _apart(np.unique(np.concatenate(found)))


def _product(polynomial: Array, others: Array) -> Array:
    """Return a polynomial (p,) times each of others (k, q), in rising powers: (k, p + q - 1).

    >>> _product(np.array([1.0, 2.0]), np.array([[1.0, 3.0], [0.0, 1.0]])).tolist()
    [[1.0, 5.0, 6.0], [0.0, 1.0, 2.0]]
    """
    size = others.shape[1]
    product = np.zeros((len(others), len(polynomial) + size - 1))
    for power, coefficient in enumerate(polynomial.tolist()):
        product[:, power : power + size] += coefficient * others
    return product


def _between_0_and_1(polynomials: Array) -> Array:
    """Return all real roots between 0 and 1 of polynomials (k, p), in rising powers."""
    top = polynomials.shape[1] - 1
    degree = np.where((polynomials != 0).any(axis=1), top - (polynomials[:, ::-1] != 0).argmax(axis=1), 0)
    found = []
    for n in range(1, top + 1):
        of = polynomials[degree == n]
        # eigenvalues of the companion matrix, as in numpy.polynomial.polyroots, of all at once
        companion = np.zeros((len(of), n, n))
        companion[:, np.arange(1, n), np.arange(n - 1)] = 1.0
        companion[:, :, -1] -= of[:, :n] / of[:, n : n + 1]
        roots = np.linalg.eigvals(companion).ravel() if n > 1 else companion.ravel().astype(complex)
        found.append(roots.real[(np.abs(roots.imag) < 1e-7) & (roots.real > 0.0) & (roots.real < 1.0)])
    return np.concatenate(found)


def _apart(ends: Array) -> Array:
    """Return ends without those that follow another one too closely; the last one stays."""
    kept = np.concatenate([[True], np.diff(ends) > NARROW])
    kept[-1], kept[-2] = True, kept[-2] and ends[-1] - ends[-2] > NARROW if len(ends) > 2 else True
    return np.asarray(ends[kept])


def _searched(problem: RankingProblem, weights: Any) -> Array:
    """Return shares at which the ranking changes, found at points and by halving, with 0 and 1."""
    grid = np.linspace(0.0, 1.0, POINTS + 1)
    table = _ranks(problem, weights(grid))
    at = np.flatnonzero((table[1:] != table[:-1]).any(axis=1))
    low, high = grid[at], grid[at + 1]
    for _ in range(HALVINGS if at.size else 0):
        middle = (low + high) / 2
        same = (_ranks(problem, weights(middle)) == table[at]).all(axis=1)
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return _apart(np.unique([0.0, *low.tolist(), 1.0]))
