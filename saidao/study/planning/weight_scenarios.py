"""Weight scenarios of a robust plan: schemes, or the vertices of a region of weights; the worst of them counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ... import mcda, optimize
from ...errors import CaseError
from ...mcda.brief import Brief
from ...mcda.weight_space.region import ON
from ...optimize.after.many_priorities import plans_under
from ...optimize.model.programme import Array
from ...optimize.solve.solution import Solver
from ...results.result import Row
from ..array_errors import as_case_error
from ..ranking.weighing import factor_weights
from .problem import PlanningProblem


@dataclass(frozen=True)
class WeightScenarios(Brief):
    """Weights by name, and what each could have at best.

    Attributes
    ----------
    weights : (K, F).
    stated : their priorities and best values, as the allocation takes them.
    closed : (K,) closed share of each view's best plan.
    whole : (K,) weighted gap of each view.
    missing : schemes that are not defined for the case, with the reason.
    """

    names: tuple[str, ...]
    weights: Array
    stated: optimize.Views
    closed: Array
    whole: Array
    missing: tuple[str, ...]

    def rows(self, allocation: optimize.Allocation) -> tuple[Row, ...]:
        """What an allocation gives each view.

        Closed shares, its own and that of the view's best plan; its value as a share of the best one, and what it falls
        short of that: in weighted gap units, and as a share of the view's weighted gap.
        """
        value, closed = (of(self.stated.priority) for of in (allocation.value_under, allocation.share_under))
        return tuple(
            {
                "view": name,
                "weights": weights.tolist(),
                "closed_share": float(share),
                "best_share": float(best_share),
                "of_best": float(v / best) if best > 0 else 1.0,
                "regret": float(best - v),
                "regret_share": float((best - v) / whole) if whole > 0 else 0.0,
            }
            for name, weights, v, share, best, best_share, whole in zip(
                self.names, self.weights, value, closed, self.stated.best, self.closed, self.whole, strict=True
            )
        )


def weight_scenarios(
    problem: PlanningProblem, solver: Solver, amend: Callable[[Any], object] | None
) -> WeightScenarios:
    """Collect the weights that the settings ask for, and solve under each for its best.

    A region's worst case is at one of its vertices: the regret best(w) - w a is convex in the weights, and the share
    w a / best(w) is quasi-concave, as best(w) is convex.
    """
    chosen, data = problem.settings, problem.decision
    names, weights, missing = [], [], []
    if chosen.region:
        try:
            vertices = mcda.region(data.factors, chosen.region).vertices
        except mcda.InputError as error:
            raise as_case_error(error) from None
        names += [_vertex(data.factors, w) for w in vertices]
        weights += list(vertices)
    for scheme in chosen.over or (() if chosen.region else mcda.schemes()):
        try:
            found = factor_weights(problem.case, data, scheme, replace(chosen, weights=scheme))
        except CaseError as error:
            if chosen.over:
                raise
            missing.append(f"{scheme}: {error.problems[0].text()}")
            continue
        names.append(scheme)
        weights.append(found.array)
    stacked = np.array(weights)
    priority = problem.priorities(stacked)
    plan = optimize.allocate(problem.programme, solver=solver, amend=amend)
    best, closed = np.empty(len(stacked)), np.empty(len(stacked))
    for part in plans_under(plan, priority, stacked):
        best[part.place] = part.value
        closed[part.place] = (priority[part.place] * part.closed).sum(axis=1)
    whole = priority @ problem.programme.gap.ravel()
    share = np.divide(closed, whole, out=np.ones_like(closed), where=whole > 0)
    return WeightScenarios(tuple(names), stacked, optimize.Views(priority, best), share, whole, tuple(missing))


def _vertex(factors: tuple[str, ...], weights: Array) -> str:
    """Name a vertex by its weights: those that are not 0."""
    return ", ".join(f"{f} {w:.3g}" for f, w in zip(factors, weights, strict=True) if w > ON)
