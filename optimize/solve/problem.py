"""What is asked of a solver: the stages of an objective, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ..brief import Brief
from ..model.columns import Columns
from ..model.model import INF, Model, Role, padded, with_row
from ..model.objectives import Objective, Stages, Views, WorstCase
from .levelling import levelled
from .lexicographic import GIVEN_AWAY, InfeasibleProgramme, Stage, leximin, solve, stage_of, then, with_worst, within
from .proof.grow import WORK
from .solution import Solution, Solver, SolverFailure
from .solvers import is_highs, pays_by_prices

AT_ONCE = 32
"""Rows of a worst case that are stated from the start; of more only those that matter are added."""
HELD = 1e-9
"""A row is held if it falls short of the worst case by no more than this share of the largest value."""


@dataclass(frozen=True)
class Problem(Brief):
    """A stated model, an objective with what it takes, and a solver.

    `share`, `save` and `views` are for the objectives that take them, see `Objective.takes`. `amended`: the model holds
    constraints of one's own. `work`: how much the proof of whole units may take, see `grow.prove_bound`.
    """

    columns: Columns
    model: Model
    objective: Objective
    solver: Solver
    share: float = 1.0
    save: int = 0
    views: Views | None = None
    amended: bool = False
    work: int = WORK

    @cached_property
    def stages(self) -> Stages:
        """What is solved in turn."""
        return self.objective.stages(self.columns, *(getattr(self, name) for name in self.objective.takes))

    @property
    def worst_case(self) -> WorstCase | None:
        """The worst case that the first stage lifts; None where it lifts none."""
        return self.stages.first if isinstance(self.stages.first, WorstCase) else None

    @property
    def reaching(self) -> Model:
        """The model with the row of what is to be reached, where the objective has one."""
        reach = self.stages.reach
        return self.model if reach is None else with_row(self.model, "reach", *reach, INF, Role(limit="amount"))

    def solve(self, known: Solution | None = None) -> tuple[Stage, Stage]:
        """Solve stage after stage: return the first, whose value is reported and certified, and the last.

        *known* is what the solver found of the first stage, where it was asked already; a worst case is lifted anyhow.

        Raises
        ------
        InfeasibleProgramme, SolverLimit, SolverFailure
            There is no point; the solver stopped before it had one; or with none that holds.
        """
        model, stages = self.reaching, self.stages
        if not isinstance(stages.first, WorstCase):
            model = replace(model, objective=stages.first)
            first = solve(model, self.solver) if known is None else stage_of(model, known)
        elif not stages.first.in_turn:
            first = self._worst_lifted(model, stages.first)
        else:
            return self._all_lifted(model, stages.first)
        last = first
        for objective in stages.then:
            last = then(last, padded(objective, last.model), self.solver)
        return first, last

    def _worst_lifted(self, model: Model, case: WorstCase) -> Stage:
        """Lift the least of the rows. Only those that matter are stated: where one falls short it is added."""
        rows, least = case.rows, case.least
        size = max(1.0, float(np.abs(least).max()))
        held = list(range(min(len(rows), AT_ONCE)))
        while True:
            labels = [f"view[{i}]" for i in held]
            stage = solve(with_worst(model, labels, rows.some(np.array(held)), least[held], case.ends), self.solver)
            x, worst = stage.solution.x[: self.columns.number], float(stage.solution.x[-1])
            short = worst - (rows.at(x) - least)
            short[held] = 0.0
            if stage.stopped or short.max() <= HELD * size:
                return stage
            held += np.argsort(-short)[: np.count_nonzero(short > HELD * size)][:AT_ONCE].tolist()

    def _all_lifted(self, model: Model, case: WorstCase) -> tuple[Stage, Stage]:
        """Lift the least of the rows, then the next, and so on; what follows is solved among what is left."""
        # rounding can leave no point where shares are held as tightly; where there is none at all, the last fails too
        *most, last = GIVEN_AWAY if model.is_mixed else (0.0, 1e-11)
        for slack in most:
            try:
                return self._lifted(model, case, slack)
            except (InfeasibleProgramme, SolverFailure):
                continue
        return self._lifted(model, case, last)

    def _lifted(self, model: Model, case: WorstCase, slack: float) -> tuple[Stage, Stage]:
        pays = is_highs(self.solver) and pays_by_prices(model)
        found = levelled(model, case.rows, self.solver, slack) if pays else None
        first, level = found or leximin(model, case.rows, self.solver, slack)
        if first.stopped:
            return first, first
        following, *others = self.stages.then
        last = solve(replace(level, objective=padded(following, level)), self.solver)
        for objective in others:
            last = then(last, padded(objective, last.model), self.solver)
        # the columns of what is short of levels are 0 by now; those of whole units hold the shares that are kept
        return first, within(last, len(model.objective)) if found else last
