"""Robust ordinal regression: what follows from statements under every value function that keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from . import checks
from .errors import InputError
from .labels import Table, as_list
from .linear_programs import maximise
from .registry import Array
from .tabular import Tabular, frame

if TYPE_CHECKING:
    import pandas as pd

NONE = 1e-8
"""A lead of this or less is none."""

Pair = tuple[Any, Any]


@dataclass(frozen=True)
class OrdinalRegression(Tabular):
    """What all value functions say that keep the statements, and what some of them say.

    Attributes
    ----------
    alternatives : labels of the m alternatives.
    necessary : (m, m) True where the row is at least as good as the column under every such value function.
    possible : (m, m) True where it is under some, strictly so where statements or dominance leave no tie.
    """

    alternatives: checks.RowLabels
    necessary: NDArray[np.bool_]
    possible: NDArray[np.bool_]

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
        return {"pairs": self.to_frame().to_dict("records")}


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
    u(b) >= u(a) + eps} is 0 or less; possibly if {statements with eps, u(a) >= u(b)} has an eps above 0. Source: Greco,
    Mousseau & Słowiński (2008), Ordinal regression revisited: Multiple criteria ranking using a set of additive value
    functions, European Journal of Operational Research 191(2), 416-436.

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
    if _lead(value, strict, equal, None) <= NONE:
        told = [*(("better", pair) for pair in strict), *(("same", pair) for pair in equal)]
        kept = list(told)
        for each in told:  # leave out what is not needed for the contradiction
            rest = [other for other in kept if other is not each]
            if _lead(value, [p for k, p in rest if k == "better"], [p for k, p in rest if k == "same"], None) <= NONE:
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
            necessary[a, b] = dominates[a, b] or _lead(value, [*strict, (b, a)], equal, None) <= NONE
            possible[a, b] = dominates[a, b] or _lead(value, strict, equal, (a, b)) > NONE
    return OrdinalRegression(rows, necessary, possible)


def _values(x: Array) -> Array:
    """Return (m, increments): 1 where an alternative has passed the step from one value that occurs to the next."""
    parts = [x[:, [j]] > np.unique(x[:, j])[:-1] for j in range(x.shape[1])]
    steps = np.hstack(parts).astype(float)
    return steps if steps.shape[1] else np.zeros((len(x), 1))


def _lead(
    value: Array, strict: list[tuple[int, int]], equal: list[tuple[int, int]], over: tuple[int, int] | None
) -> float:
    """Return the largest eps, at most 1, by which every strict pair can lead; -1 if the others cannot hold."""
    rows = [value[a] - value[b] for a, b in strict]
    lead = np.concatenate([np.full(len(strict), -1.0), np.zeros(len(equal) + (over is not None) + 1)])
    rows += [value[a] - value[b] for a, b in equal]
    low = [0.0] * len(rows)
    high = [np.inf] * len(strict) + [0.0] * len(equal)
    if over is not None:
        rows.append(value[over[0]] - value[over[1]])
        low.append(0.0)
        high.append(np.inf)
    rows.append(np.ones(value.shape[1]))
    table = np.hstack([np.array(rows), lead[:, None]])
    column_lower = np.concatenate([np.zeros(value.shape[1]), [-1.0]])
    objective = np.eye(value.shape[1] + 1)[-1]
    found = maximise(objective, table, [*low, 1.0], [*high, 1.0], column_lower=column_lower, column_upper=1.0)
    return found.value if found.status == "optimal" else -1.0


def _pairs(name: str, pairs: Iterable[Pair], rows: checks.RowLabels) -> list[tuple[int, int]]:
    """Return the places of the alternatives of each pair."""
    labels, expected = tuple(rows), "pairs of alternatives"
    read = [as_list(name, pair, expected) for pair in as_list(name, pairs, expected)]
    wrong = next((pair for pair in read if len(pair) != 2), None)
    if wrong is not None:
        raise InputError("option_value", name, repr(wrong), expected)
    return [(checks.criterion(name, a, labels), checks.criterion(name, b, labels)) for a, b in read]
