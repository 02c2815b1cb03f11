"""Additive value functions of levels: what they are in a plan, and how their pieces are asked for.

A track is worth u(L) = sum over factors of u_f(L[f]), with u_f(0) = 0 and sum u_f(1) = 1, each u_f nowhere falling and
straight between even breaks of the level. So u is fixed by its rises d[f,k] >= 0 over the pieces, which sum to 1, and
linear in them. Weights are the case of one piece a factor: u_f(L) = w_f L. What is said of weights is said of
w_f = u_f(1), what is said of tracks of u.

In a plan closing z of a gap is worth pi[t] (u_f(L + z) - u_f(L)) in place of pi[t] w_f z: with one piece a factor that
is MODEL's v[t,f] z. The stance's pi stays as it is under the weights in hand, as for regions of weights: if it moved
with u, the value would be a product of two unknowns. The best value is then the largest of functions linear in d,
convex in d, and all that is proven over regions of weights is proven over regions of d.

`concave`: no piece rises by more than the one before (each unit of a gap is worth no more than the one before it). Then
pieces fill in order by themselves and the plan stays a linear program; else it has a 0-1 column a break.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from ...case import Case
from ...case.cells import number, plain
from ...case.checking import by_name
from ...case.tables import Factor
from ...errors import CaseError, Problem, nearest
from ...mcda.brief import Brief
from ..decision import Array, Decision

Pieces = int | Mapping[str, int] | Iterable[int | str]
"""One number for all factors, numbers by factor, or texts: ``"2"``, ``"demand=3"``."""
Shape = Literal["concave", "monotone"]
SHAPES: tuple[Shape, ...] = ("concave", "monotone")
MOST = 10
"""Pieces of a factor beyond which they are refused."""


@dataclass(frozen=True)
class MarginalValues(Brief):
    """Which value functions there are.

    Attributes
    ----------
    factors : their ids; pieces : (F,) how many even pieces each one's marginal value has.
    shape : ``concave`` or ``monotone``.
    """

    factors: tuple[str, ...]
    pieces: tuple[int, ...]
    shape: Shape = "concave"

    @property
    def bends(self) -> bool:
        """Whether any marginal value may be no straight line."""
        return max(self.pieces) > 1

    @property
    def number(self) -> int:
        """Rises in all."""
        return sum(self.pieces)

    @cached_property
    def breaks(self) -> list[tuple[str, float]]:
        """Factor and upper end of each piece."""
        return [(f, k / n) for f, n in zip(self.factors, self.pieces, strict=True) for k in range(1, n + 1)]

    @cached_property
    def totals(self) -> Array:
        """(F, R) so that ``totals @ rises`` are the weights u_f(1)."""
        return np.repeat(np.eye(len(self.factors)), self.pieces, axis=1)

    @cached_property
    def at_breaks(self) -> Array:
        """(R, R) so that ``at_breaks @ rises`` are the marginal values at the upper ends of the pieces."""
        same = self.totals.T @ self.totals
        return np.asarray(np.tril(same))

    def shares(self, level: Array) -> Array:
        """(T, R) so that ``shares @ rises`` are the values of tracks of these levels (T, F)."""
        parts = [np.clip(level[:, [f]] * n - np.arange(n), 0.0, 1.0) for f, n in enumerate(self.pieces)]
        return np.hstack(parts)

    def straight(self, weights: Array) -> Array:
        """(R,) the rises of straight lines of these weights (F,)."""
        return np.repeat(weights / np.array(self.pieces), self.pieces)

    @cached_property
    def bounds(self) -> Array:
        """(C, R) ``bounds @ rises >= 0``: of concave ones no piece rises by more than the one before."""
        if self.shape != "concave":
            return np.zeros((0, self.number))
        every = np.eye(self.number)
        return every[:-1][self._inner] - every[1:][self._inner]

    @cached_property
    def _inner(self) -> list[int]:
        """Pieces that another one of their factor follows."""
        last = np.cumsum(self.pieces) - 1
        return [k for k in range(self.number - 1) if k not in last]


def marginal_values(case: Case, data: Decision, pieces: Pieces | None, shape: str) -> MarginalValues:
    """Read which value functions are asked for; straight ones, that is weights, where *pieces* is None.

    Raises
    ------
    CaseError
        An unknown factor or shape, a number of pieces that is none.
    """
    problems: list[Problem] = []
    if shape not in SHAPES:
        problems.append(Problem("choice", "shape", found=shape, details={"choices": ", ".join(SHAPES)}))
    by_factor = dict.fromkeys(data.factors, 1)
    known = by_name(case, Factor)
    for name, amount in _stated(pieces):
        count = number(amount)
        if count is None or count != int(count) or count < 1:
            problems.append(Problem("at_least", "pieces", found=amount, details={"bound": 1}))
        elif count > MOST:
            problems.append(Problem("at_most", "pieces", found=amount, details={"bound": MOST}))
        elif not name:
            by_factor = dict.fromkeys(data.factors, int(count))
        elif (factor := known.get(plain(name))) in by_factor:
            by_factor[str(factor)] = int(count)
        else:
            details = {"choices": ", ".join(data.factors), "nearest": nearest(name, data.factors)}
            problems.append(Problem("choice", "pieces", found=name, details=details))
    if problems:
        raise CaseError(problems)
    return MarginalValues(data.factors, tuple(by_factor.values()), "monotone" if shape == "monotone" else "concave")


def _stated(pieces: Pieces | None) -> list[tuple[str, str]]:
    """Return factor, blank for all, and number as typed; what is of all factors first."""
    if pieces is None:
        return []
    if isinstance(pieces, Mapping):
        return [(str(name), str(count)) for name, count in pieces.items()]
    texts = [str(pieces)] if isinstance(pieces, int | str) else [str(one) for one in pieces]
    found = [text.rpartition("=") for text in texts]
    return sorted(((name.strip(), count.strip()) for name, _, count in found), key=lambda one: bool(one[0]))
