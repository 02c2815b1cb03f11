"""Robust ordinal regression: what follows from statements under every value function that keeps them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .. import checks, option_checks
from ..errors import InputError
from ..labels import Table, as_list
from ..linear_programs import Optimum, maximise
from ..registry import Array
from ..tabular import Tabular, frame

if TYPE_CHECKING:
    import pandas as pd

NONE = 1e-8
"""A lead of this or less is none."""

Pair = tuple[Any, Any]
Pairs = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class OrdinalRegression(Tabular):
    """What all value functions say that keep the statements, and what some of them say.

    Attributes
    ----------
    alternatives : labels of the m alternatives.
    necessary : (m, m) True where the row is at least as good as the column under every such value function.
    possible : (m, m) True where it is under some, strictly so where statements or dominance leave no tie.
    best, worst : (m,) the best and the worst rank under any; equal values share the better rank.
    """

    alternatives: checks.RowLabels
    necessary: NDArray[np.bool_]
    possible: NDArray[np.bool_]
    best: NDArray[np.int64]
    worst: NDArray[np.int64]

    def to_frame(self) -> pd.DataFrame:
        """One row per pair: alternative, over, necessary, possible."""
        rows = [
            (a, b, bool(self.necessary[i, k]), bool(self.possible[i, k]))
            for i, a in enumerate(self.alternatives)
            for k, b in enumerate(self.alternatives)
            if i != k
        ]
        return frame(rows, columns=("alternative", "over", "necessary", "possible"))

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        ranks = zip(self.alternatives, self.best.tolist(), self.worst.tolist(), strict=True)
        return {
            "pairs": self.to_frame().to_dict("records"),
            "ranks": [{"alternative": a, "best": best, "worst": worst} for a, best, worst in ranks],
        }


def ordinal_regression(
    matrix: Table,
    directions: Iterable[Any] | Mapping[Any, Any],
    preferences: Iterable[Pair] = (),
    indifferences: Iterable[Pair] = (),
) -> OrdinalRegression:
    """Tell what follows from statements, under every additive value function that keeps them (UTA-GMS).

    Parameters
    ----------
    matrix : (m, n) array or DataFrame
    directions : ``"max"``, ``"min"`` or a `Range` per criterion.
    preferences : pairs (a, b): a is better than b.
    indifferences : pairs (a, b): a and b are worth the same.

    Returns
    -------
    OrdinalRegression

    Raises
    ------
    InputError
        Statements that no value function keeps; a smallest set of them that contradict each other is named.

    Notes
    -----
    Value functions are sums of parts that never fall, free between all values that occur, and 0 at the worst, 1 at the
    best of all criteria together. a is necessarily at least as good as b if the largest eps of {statements with eps,
    u(b) >= u(a) + eps} is 0 or less; possibly if {statements with eps, u(a) >= u(b)} has an eps above 0. The best rank
    of a is 1 and the fewest others that have to be left out of {u(a) >= u(b) for all b}, the worst 1 and the most that
    can be in {u(b) >= u(a) + eps}: both are reached. Sources: Greco, Mousseau & Słowiński (2008), Ordinal regression
    revisited: Multiple criteria ranking using a set of additive value functions, European Journal of Operational
    Research 191(2), 416-436; Kadziński, Greco & Słowiński (2012), Extreme ranking analysis in robust ordinal
    regression, Omega 40(4), 488-501.

    Examples
    --------
    >>> ordinal_regression([[1, 3], [3, 1], [2, 2]], "max", [(0, 1)]).necessary.astype(int).tolist()
    [[1, 1, 0], [0, 1, 0], [0, 0, 1]]
    """
    values, rows, columns = checks.matrix(matrix)
    values, signs = checks.directed(values, directions, columns)
    value = _values(signs * values)
    strict = _pairs("preferences", preferences, rows)
    equal = _pairs("indifferences", indifferences, rows)
    if _lead(value, strict, equal) <= NONE:
        told = [*(("better", pair) for pair in strict), *(("same", pair) for pair in equal)]
        kept = list(told)
        for each in told:  # leave out what is not needed for the contradiction
            rest = [other for other in kept if other is not each]
            if _lead(value, [p for k, p in rest if k == "better"], [p for k, p in rest if k == "same"]) <= NONE:
                kept = rest
        listed = ", ".join(f"{rows[a]!r} {'over' if k == 'better' else 'like'} {rows[b]!r}" for k, (a, b) in kept)
        raise InputError("statements_contradict", "statements", listed, "statements that some value function keeps")
    m = len(value)
    necessary, possible = np.eye(m, dtype=bool), np.eye(m, dtype=bool)
    dominates = np.asarray(((signs * values)[:, None] >= (signs * values)[None]).all(axis=2))
    for a in range(m):
        for b in range(m):
            if a == b:
                continue
            necessary[a, b] = dominates[a, b] or _lead(value, [*strict, (b, a)], equal) <= NONE
            possible[a, b] = dominates[a, b] or _lead(value, strict, equal, [(a, b)]) > NONE
    ends = [_ranks(value, strict, equal, a, necessary, possible) for a in range(m)]
    best, worst = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    return OrdinalRegression(rows, necessary, possible, best, worst)


def _values(x: Array) -> Array:
    """Return (m, increments): 1 where an alternative has passed the step from one value that occurs to the next."""
    parts = [x[:, [j]] > np.unique(x[:, j])[:-1] for j in range(x.shape[1])]
    steps = np.hstack(parts).astype(float)
    return steps if steps.shape[1] else np.zeros((len(x), 1))


def _lead(value: Array, strict: Pairs, equal: Pairs, weak: Pairs = ()) -> float:
    """Return the largest eps, at most 1, by which every strict pair can lead; -1 if the others cannot hold."""
    found = _leading(value, strict, equal, weak)
    return found.value if found.status == "optimal" else -1.0


def _leading(value: Array, strict: Pairs, equal: Pairs, weak: Pairs) -> Optimum:
    pairs = [*strict, *equal, *weak]
    rows = np.array([value[a] - value[b] for a, b in pairs] + [np.ones(value.shape[1])])
    lead = np.concatenate([np.full(len(strict), -1.0), np.zeros(len(equal) + len(weak) + 1)])
    low = np.append(np.zeros(len(pairs)), 1.0)
    high = np.concatenate([np.full(len(strict), np.inf), np.zeros(len(equal)), np.full(len(weak), np.inf), [1.0]])
    table = np.hstack([rows, lead[:, None]])
    column_lower = np.concatenate([np.zeros(value.shape[1]), [-1.0]])
    return maximise(np.eye(value.shape[1] + 1)[-1], table, low, high, column_lower=column_lower, column_upper=1.0)


def _ranks(
    value: Array, strict: Pairs, equal: Pairs, a: int, necessary: NDArray[np.bool_], possible: NDArray[np.bool_]
) -> tuple[int, int]:
    """Return the best and the worst rank of an alternative."""
    others = [b for b in range(len(value)) if b != a]
    below = [b for b in others if possible[a, b]]  # the others are ahead whatever is kept
    above = [b for b in others if not necessary[a, b]]
    ahead = _fewest(len(below), lambda kept: _conflict(value, strict, equal, [(a, below[n]) for n in kept], ()))
    behind = _fewest(len(above), lambda kept: _conflict(value, strict, equal, (), [(above[n], a) for n in kept]))
    return 1 + len(others) - len(below) + ahead, 1 + len(above) - behind


def _conflict(value: Array, strict: Pairs, equal: Pairs, weak: Pairs, more: Pairs) -> list[int] | None:
    """Return a smallest set of the pairs *weak*, or of *more* that lead, that nothing keeps, by place; None of none."""
    found = _leading(value, [*more, *strict], equal, weak)
    if found.status == "optimal" and found.value > NONE:
        return None
    asked = [*more, *weak]
    kept = list(range(len(asked)))
    if found.status == "optimal":  # what proves it is enough
        at = range(len(more)) if more else range(len(strict) + len(equal), len(strict) + len(equal) + len(weak))
        proof = [n for n, row in enumerate(at) if abs(found.prices[row]) > NONE]
        kept = proof if _stands(value, strict, equal, weak, more, proof) else kept
    for n in list(kept):
        rest = [k for k in kept if k != n]
        if _stands(value, strict, equal, weak, more, rest):
            kept = rest
    return kept


def _stands(value: Array, strict: Pairs, equal: Pairs, weak: Pairs, more: Pairs, kept: list[int]) -> bool:
    """Whether some of the pairs are in conflict."""
    some = [[pairs[n] for n in kept] if pairs else [] for pairs in (weak, more)]
    return _lead(value, [*some[1], *strict], equal, some[0]) <= NONE


def _fewest(number: int, conflict: Callable[[list[int]], list[int] | None]) -> int:
    """Return how few of a number of demands have to be given up so that the others are in no conflict.

    Every conflict that is met has one of its demands given up: the fewest that do are tried, until none is left.
    """
    met: list[Array] = []
    out = np.zeros(number)
    while (found := conflict(kept := np.flatnonzero(out < 0.5).tolist())) is not None:
        row = np.zeros(number)
        row[[kept[n] for n in found]] = 1.0
        met.append(row)
        out = maximise(-np.ones(number), np.array(met), 1.0, np.inf, column_upper=1.0, whole=True).x
    return round(float(out.sum()))


def _pairs(name: str, pairs: Iterable[Pair], rows: checks.RowLabels) -> list[tuple[int, int]]:
    """Return the places of the alternatives of each pair."""
    labels, expected = tuple(rows), "pairs of alternatives"
    read = [as_list(name, pair, expected) for pair in as_list(name, pairs, expected)]
    wrong = next((pair for pair in read if len(pair) != 2), None)
    if wrong is not None:
        raise InputError("option_value", name, repr(wrong), expected)
    return [(option_checks.criterion(name, a, labels), option_checks.criterion(name, b, labels)) for a, b in read]
