"""Exact proof of a plan: rational arithmetic from the first number to the last, no tolerance in what is proven.

The solver's values are hints only: they lead to an exact point and duals that are complementary to it (`vertex`). Where
all of them also lie within their bounds and have the right sign, value and bound are the same number.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import numpy as np

from ..brief import Brief
from ..deadline import OutOfTime, done_within
from ..model.model import INF, Model, reduced_costs, settled
from ..model.programme import Array
from ..solve.proof.grow import MORE_WORK, Proof, prove_bound
from ..solve.proof.rational import ONE, Bound, Rational, beyond, largest, total
from ..solve.proof.vertex import exact_point, pays
from ..solve.solution import Solution, Solver
from ..solve.solvers import time_to_prove

Reason = Literal["infeasible", "not_optimal", "another_plan", "too_large", "stopped"]


@dataclass(frozen=True)
class ExactCertificate(Brief):
    """What rational arithmetic says of a plan.

    Attributes
    ----------
    exact : the plan is, but for rounding, a point that is proven: feasible, and optimal by duals that leave no gap at
        all. With whole numbers: feasible, and no plan is better by more than the gap, by a tree of branches.
    reason : why it is not exact, None where it is. ``not_optimal`` comes with a gap; one of 1e-17 says that plans tie
        in the decimals that were given, but not in the floats behind them. ``too_large``: of whole numbers, whose tree
        was not grown to the end, ``stopped``: by the time limit; the bound is the solver's.
    value, bound : objective of the point, and what no point can exceed; None where the duals give no finite bound.
    primal_violation : largest violation of a row or bound at the point, relative to ``max(1, |bound|)``.
    dual_violation : largest price of a place that could still move in the direction it pays, relative to the largest
        objective coefficient; None with whole numbers, like `dual_distance`.
    distance : largest difference between the plan and the point, relative to ``max(1, |x|)``.
    dual_distance : the same between the row duals given and those that prove, relative to the largest of these.
    nodes : of the tree of branches that proves the bound of whole numbers; None where there is none.
    """

    exact: bool
    reason: Reason | None
    value: Fraction
    bound: Bound
    primal_violation: Fraction
    dual_violation: Bound
    distance: Fraction
    dual_distance: Bound
    nodes: int | None = None

    @property
    def gap(self) -> Bound:
        """Bound - value: 0 where the plan is proven optimal."""
        return None if self.bound is None else self.bound - self.value


def prove_exactly(model: Model, optimum: Solution, solver: Solver, proof: Proof | None = None) -> ExactCertificate:
    """Prove a plan's own program by `certify_exact` or, of whole units and in the solver's time, `certify_exact_whole`.

    *proof*: of whole units, what was tried of every plan.
    """
    if not model.is_mixed:
        return certify_exact(model, optimum.x, optimum.row_dual, optimum.accuracy)
    if proof is not None and proof.found is None and not proof.stopped:
        proof = None  # a larger tree than every plan has
    try:
        with done_within(time_to_prove(solver)):
            return certify_exact_whole(model, optimum.x, optimum.bound, optimum.accuracy, proof)
    except OutOfTime:
        return certify_exact_whole(model, optimum.x, optimum.bound, optimum.accuracy, Proof(stopped=True))


def certify_exact(model: Model, x: Array, row_dual: Array, accuracy: float = 1e-9) -> ExactCertificate:
    """Prove the point x (N,) by the row duals (M,), for a model without whole numbers.

    Both may be rounded; *accuracy* says to what, see `Solution`.
    """
    lp = Rational(model)
    values, prices = exact_point(lp, model, Solution("optimal", x, row_dual, reduced_costs(model, row_dual), accuracy))
    # a row's dual counts per unit of its scaled row, so that the unit of a resource does not matter
    scale = [ONE] * lp.size + [Fraction(s) for s in model.row_scale.tolist()]
    given = [Fraction(y) for y in row_dual.tolist()]
    sizes = [price / s for price, s in zip(prices, scale, strict=True)]
    dual = largest(p for p, v, ends in zip(sizes, values, lp.bounds, strict=True) if pays(p, v, ends))
    apart = largest(y / s - p for y, s, p in zip(given, scale[lp.size :], sizes[lp.size :], strict=True))
    bound = _dual_bound(lp, prices[lp.size :])
    if dual:
        bound = min((b for b in (bound, _dual_bound(lp, given)) if b is not None), default=None)
    made = _certificate(lp, x, values, bound, accuracy)
    if made.exact and (dual or made.gap != 0):
        made = replace(made, exact=False, reason="not_optimal")
    return replace(
        made,
        dual_violation=dual / (largest(lp.objective.values()) or 1),
        dual_distance=apart / (largest(sizes[lp.size :]) or 1),
    )


def certify_exact_whole(
    model: Model, x: Array, bound: float = INF, accuracy: float = 1e-9, proof: Proof | None = None
) -> ExactCertificate:
    """Prove that a point of whole numbers is feasible, and by a tree of branches that none is better but for a gap.

    The rest of the columns is solved exactly around the whole numbers. *bound* is the solver's word, for where the tree
    is not known; a gap below 0 is its rounding. *proof*: the tree, where it was sought.
    """
    rest = replace(settled(model, x), objective=np.zeros(len(x)))
    hint = Solution("optimal", x, np.zeros(len(model.row_lower)), np.zeros(len(x)), accuracy)
    values, _ = exact_point(Rational(rest), rest, hint)
    if proof is None:
        left = max(bound - float(model.objective @ x), 0.0) if bound < INF else 0.0
        proof = prove_bound(model, x, MORE_WORK, left)
    if proof.found is not None:
        made = _certificate(Rational(model), x, values, proof.found.bound, accuracy)
        return replace(made, nodes=proof.found.nodes)
    made = _certificate(Rational(model), x, values, Fraction(bound) if abs(bound) < INF else None, accuracy)
    reason: Reason = "not_optimal" if proof.better is not None else "stopped" if proof.stopped else "too_large"
    return replace(made, exact=False, reason=made.reason or reason)


# --- checks: all that the proof rests on -----------------------------------------------------------------------------


def _certificate(lp: Rational, x: Array, values: list[Fraction], bound: Bound, accuracy: float) -> ExactCertificate:
    broken = largest(values[j] - round(values[j]) for j in lp.whole)
    for value, ends in zip(values, lp.bounds, strict=True):
        if over := beyond(value, *ends):
            broken = max(broken, abs(over) / max(ONE, abs(value - over)))
    distance = largest((Fraction(g) - v) / max(ONE, abs(v)) for g, v in zip(x.tolist(), values[: lp.size], strict=True))
    reason: Reason | None = "infeasible" if broken else "another_plan" if distance > accuracy else None
    value = total(c * values[j] for j, c in lp.objective.items())
    return ExactCertificate(reason is None, reason, value, bound, broken, None, distance, None)


def _dual_bound(lp: Rational, row_dual: list[Fraction]) -> Bound:
    """Upper bound on the objective of every feasible point, from any row duals; wrong signs are set to 0."""
    rows = lp.bounds[lp.size :]
    y = {i: v for i, v in enumerate(row_dual) if v and rows[i][v > 0] is not None}
    ends = [(p, bounds[p > 0]) for p, bounds in zip(lp.prices(lp.objective, y), lp.bounds, strict=True) if p]
    return None if any(end is None for _, end in ends) else total(p * end for p, end in ends if end is not None)
