"""A ranking problem without its weights: checked and normalised once, then scored for one weight vector or many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np

from . import checks, option_checks
from .brief import Brief
from .errors import InputError
from .labels import Table
from .ranges import Directions
from .registry import Array, Decision, Method, find, methods, normalisations

TALL = 2**20
"""Cells of a matrix beyond which a ranking keeps no tables: they are computed when they are asked for."""
CELLS = 2**14
"""Scores held at a time: a chunk of weight vectors stays in the processor's cache, and memory bounded."""


class Lazy(Mapping[str, Array]):
    """A kernel's tables, computed when one of them is asked for."""

    def __init__(self, make: Callable[[], Mapping[str, Array]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Mapping[str, Array]:
        return self._make()

    def __getitem__(self, symbol: str) -> Array:
        return self._made[symbol]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


@dataclass(frozen=True)
class RankingProblem(Brief):
    """A method, its options, and the matrix as its kernel takes it.

    Attributes
    ----------
    options : all options used, `normalisation` among them.
    kernel_options : the method's own.
    """

    method: Method
    alternatives: checks.RowLabels
    criteria: checks.Labels
    matrix: Array
    signs: Array
    options: Mapping[str, Any]
    kernel_options: Mapping[str, Any]
    rise: Array

    def decision(self, weights: Array) -> Decision:
        """Return the problem as the kernel sees it, for (n,) shares, or (n, k) for the batched form."""
        return Decision(self.matrix, weights, self.signs, self.rise)

    def steps(self, weights: Array) -> Mapping[str, Array]:
        """Return the kernel's tables for (n,) shares."""
        return self.method.kernel(self.decision(weights), **self.kernel_options)

    def score(self, weights: Array) -> Array:
        """Return the published scores, (m,), for (n,) shares."""
        return self.steps(weights)[self.method.steps[-1].symbol]

    def tables(self, weights: Array) -> Mapping[str, Array]:
        """Return the kernel's tables for (n,) shares; of a tall matrix only when one of them is asked for."""
        if self.method.batched is not None and self.matrix.size > TALL:
            return Lazy(lambda: self.steps(weights))
        return self.steps(weights)

    @cached_property
    def prepared(self) -> Mapping[str, Any] | None:
        """What the batched form takes in place of the kernel's tables, None where it takes these."""
        make = self.method.prepared
        return None if make is None else make(self.decision(np.zeros(len(self.signs))), **self.kernel_options)

    def parts(self, count: int, cells: int = CELLS) -> Iterator[slice]:
        """Cut *count* weight vectors into chunks whose scores, *cells* of them, fit the processor's cache."""
        size = max(1, cells // len(self.matrix))
        size -= size % 64 if size > 64 else 0
        return (slice(start, min(start + size, count)) for start in range(0, count, size))

    def scores(
        self, weights: Array, steps: Mapping[str, Array] | None = None, undefined: Literal["refuse", "nan"] = "refuse"
    ) -> Array:
        """Return the published scores, (m, k), for (k, n) shares.

        Parameters
        ----------
        weights : (k, n) shares.
        steps : the kernel's tables for any weights, where they are at hand.
        undefined : what becomes of shares for which the method is not defined: nan, or an error.

        Raises
        ------
        InputError
            The method is not defined for one of them.
        """
        if self.method.batched is None:
            scores, unscored = np.empty((len(self.matrix), len(weights))), np.arange(len(weights))
        else:
            with np.errstate(all="ignore"):
                tables = self.prepared or steps or self.tables(weights[0])
                scores = self.method.batched(self.decision(weights.T), tables, **self.kernel_options)
            unscored = np.flatnonzero(~np.isfinite(scores).all(axis=0))
        for i in unscored:
            try:
                scores[:, i] = self.score(weights[i])
            except InputError:
                if undefined == "refuse":
                    raise
                scores[:, i] = np.nan
        return scores


def formulate(
    matrix: Table,
    directions: Directions,
    method: str,
    options: Mapping[str, Any],
) -> RankingProblem:
    """Check matrix, directions, method and options, and normalise."""
    entry = find("method", methods(), method)
    values, rows, columns = checks.matrix(matrix)
    values, signs = checks.directed(values, directions, columns)
    if entry.compares:
        checks.compared(len(values), f"method '{method}'")
    known = [*entry.options, *(["normalisation"] if entry.normalisation else [])]
    where = f"method '{method}'"
    option_checks.options(where, options, known)
    kernel_options = option_checks.checked(entry.options, options, columns, where)
    used = dict(kernel_options)
    rise = np.zeros((0, 0))
    if entry.normalisation:
        asked = options.get("normalisation")
        used["normalisation"] = entry.normalisation if asked is None else asked
        normalisation = find("normalisation", normalisations(), used["normalisation"])
        raw, values = values, normalisation.kernel(values, signs)
        if entry.differences:
            rise = values - values.min(axis=0) if normalisation.rise is None else normalisation.rise(raw, signs)
        signs = abs(signs)
    else:
        values = values.copy()  # tables may be asked for when the caller has changed his own
    return RankingProblem(entry, rows, columns, values, signs, used, kernel_options, rise)
