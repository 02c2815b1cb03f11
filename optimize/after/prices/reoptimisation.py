"""One program solved again and again with other bounds, costs or entries: each from the basis before.

Every answer is checked by our own arithmetic; where it does not hold, and for solvers other than HiGHS, the program is
solved from nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...deadline import time_left
from ...model.model import Model, reduced_costs
from ...model.programme import Array
from ...solve.highs_input import objective_scale, passed, run_in_time, start_from, states_of
from ...solve.proof.certificate import left_to_gain, primal_violation
from ...solve.solution import Solution, Solver, States
from ...solve.solvers import HOLDS, is_highs, pays_by_prices
from .entering import Basis

if TYPE_CHECKING:
    import highspy

LARGE = 50_000
"""Columns from which on prices, from the blocks before, are quicker than HiGHS from its basis before."""


class _Started:
    """HiGHS with its last basis, if it has one, and its rows' scale: shared by programs of one matrix."""

    highs: highspy.Highs | None = None
    scale: Array
    solved: Model | None = None
    """What HiGHS has solved last, if that held: it stands at an optimal basis of it."""
    held: dict[str, Array]
    """What HiGHS holds: costs of columns, `low` and `high` ends of rows, `least` and `most` of columns, all scaled; and
    entries, as in the model."""

    def hold(self, model: Model) -> None:
        """Pass on what differs from what HiGHS holds."""
        assert self.highs is not None
        scale, unit = self.scale, model.column_unit
        cost = model.objective * unit * objective_scale(model)
        low, high = model.row_lower * scale, model.row_upper * scale
        least, most = model.column_lower / unit, model.column_upper / unit
        if model.value is not self.held["value"]:
            for e in np.flatnonzero(model.value != self.held["value"]).tolist():
                row, column = int(model.row[e]), int(model.column[e])
                self.highs.changeCoeff(row, column, float(model.value[e] * scale[row] * unit[column]))
        rows = np.flatnonzero((low != self.held["low"]) | (high != self.held["high"])).astype(np.int32)
        if len(rows):
            self.highs.changeRowsBounds(len(rows), rows, low[rows], high[rows])
        columns = np.flatnonzero((least != self.held["least"]) | (most != self.held["most"])).astype(np.int32)
        if len(columns):
            self.highs.changeColsBounds(len(columns), columns, least[columns], most[columns])
        columns = np.flatnonzero(cost != self.held["cost"]).astype(np.int32)
        if len(columns):
            self.highs.changeColsCost(len(columns), columns, cost[columns])
        self.held = {"cost": cost, "low": low, "high": high, "least": least, "most": most, "value": model.value}


class Again:
    """A model and a solver, ready to be asked again; with whole numbers each time from nothing.

    Attributes
    ----------
    model : as it stands; what is asked moves the bounds of its rows, or takes another objective.
    start : a basis of it to go on from.
    """

    def __init__(
        self, model: Model, solver: Solver, started: _Started | None = None, start: States | None = None
    ) -> None:
        self.model, self.solver, self._start = model, solver, start
        self._started = started or _Started()

    def like(self, model: Model) -> Again:
        """Return a model to be asked from the same basis: with other bounds, objective, or sizes of entries."""
        return Again(model, self.solver, self._started, self._start)

    def __call__(self, shift: Array | None = None, objective: Array | None = None) -> Solution:
        """Solve with the rows' bounds moved by *shift* (M,) and with *objective* (N,), where they are given.

        Raises
        ------
        OutOfTime
            A deadline is over that holds for all solving inside, before it or during it.
        """
        time_left()
        model = self.model
        if shift is not None:
            model = model.alike(row_lower=model.row_lower + shift, row_upper=model.row_upper + shift)
        if objective is not None:
            model = model.alike(objective=objective)
        by_prices = self._start is None and pays_by_prices(model, LARGE)  # from the blocks before, of the same matrix
        if not model.is_mixed and is_highs(self.solver) and not by_prices:
            found = self._from_before(model)
            if found is not None:
                return found
        return self.solver(model)

    def basis(self) -> Basis | None:
        """Return an optimal basis of the model as it stands; None where HiGHS has none that holds."""
        if self.model.is_mixed or not is_highs(self.solver):
            return None
        if self._started.solved is not self.model and self._from_before(self.model) is None:
            return None
        assert self._started.highs is not None
        if not np.array_equal(self.model.row_scale, self._started.scale):  # of entries that have grown by a power of 2
            return None
        return Basis(self.model, self._started.highs, objective_scale(self.model))

    def states(self) -> States | None:
        """Return the basis at which HiGHS stands; None where it has none."""
        return None if self._started.highs is None else states_of(self._started.highs)

    def _from_before(self, model: Model) -> Solution | None:
        """Let HiGHS go on from its last basis; None where what it says does not hold."""
        import highspy  # its library loads with the first program

        if self._started.highs is None:
            self._started.highs, self._started.scale = passed(model), model.row_scale
            least, most = model.column_lower / model.column_unit, model.column_upper / model.column_unit
            unknown = dict.fromkeys(("cost", "low", "high"), np.array(np.nan))
            self._started.held = {**unknown, "least": least, "most": most, "value": model.value}
            self._started.highs.setOptionValue("presolve", "off")
            if self._start is not None:
                start_from(self._started.highs, self._start)
        h, scale, unit, size = self._started.highs, self._started.scale, model.column_unit, objective_scale(model)
        self._started.solved = None
        self._started.hold(model)
        run_in_time(h)
        if h.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self._started.highs = None  # its basis is of no more use
            return None
        solution = h.getSolution()
        x, row_dual = np.array(solution.col_value) * unit, np.array(solution.row_dual) * scale / size
        reduced = reduced_costs(model, row_dual)
        if not max(primal_violation(model, x), left_to_gain(model, x, row_dual, reduced)) <= HOLDS:
            self._started.highs = None
            return None
        self._started.solved = model
        return Solution("optimal", x, row_dual, reduced)
