"""What a solver answers, and how it fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from ..brief import Brief
from ..model.model import Model
from ..model.programme import Array

Status = Literal["optimal", "feasible", "infeasible", "unbounded", "limit"]
"""``feasible``: stopped at a limit with a point of whole units in hand; ``limit``: stopped without one."""


States = tuple[NDArray[np.int8], NDArray[np.int8]]
"""Of the columns and of the rows of a basis, in the numbers of HiGHS."""
AT_LOWER, BASIC, AT_UPPER = 0, 1, 2


class SolverFailure(RuntimeError):
    """The solver stopped without an answer; the message holds what it said."""


class UnprovenPlan(SolverFailure):
    """The certificate of an answer disproves it, and no other way of solving gave one that holds.

    `violation` and `gap` are what is known of the best answer there was.
    """

    def __init__(self, violation: float, gap: float) -> None:
        self.violation, self.gap = violation, gap
        super().__init__(f"no plan that its certificate proves: violation {violation:.1e}, gap {gap:.1e}")


class AmendmentError(ValueError):
    """What was done to the problem cannot come back as a plan: `found` says what, in one phrase."""

    def __init__(self, found: str) -> None:
        self.found = found
        super().__init__(found)


@dataclass(frozen=True)
class Solution(Brief):
    """What a solver answers.

    Attributes
    ----------
    status : only ``optimal`` and ``feasible`` carry values; others carry empty arrays.
    x : (N,) column values.
    row_dual : (M,) increase of the objective per unit of a row's bound: >= 0 at an upper, <= 0 at a lower bound. Empty
        for a mixed-integer program, which has no duals.
    reduced_cost : (N,) objective - A' row_dual; empty likewise.
    bound : of a mixed-integer program, the solver's bound on the objective.
    accuracy : what is below it is the solver's rounding: a dual relative to the largest objective coefficient, a slack
        relative to ``max(1, |bound|)``.
    basis : from which the dual or primal simplex goes on, where it is known.
    prices : (M,) of rows that join blocks, at which the blocks' best in whole numbers prove the bound; None where no
        such are known.
    """

    status: Status
    x: Array
    row_dual: Array
    reduced_cost: Array
    accuracy: float = 1e-9
    bound: float = float("inf")
    basis: States | None = None
    prices: Array | None = None


def no_solution(status: Status) -> Solution:
    """Return an answer without values."""
    none = np.empty(0)
    return Solution(status, none, none, none)


@runtime_checkable
class Solver(Protocol):
    """Anything that solves a model."""

    def __call__(self, model: Model) -> Solution:
        """Solve."""
        ...
