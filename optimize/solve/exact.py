"""Exact proof of a plan: rational arithmetic from the first number to the last, no tolerance in what is proven.

The solver's values are hints only. The places (columns and rows, see `rational`) that are at a bound at the plan give a
basis; solved exactly it gives a point, and duals that are complementary to it. Where all of them also lie within their
bounds and have the right sign, value and bound are the same number.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import numpy as np

from ..brief import Brief
from ..model.model import INF, Model, reduced_costs
from ..model.programme import Array
from .faces import at_bounds, tight
from .rational import ONE, Basis, Bound, Entries, Rational, beyond, eliminate, largest, total
from .solvers import Solution

Swap = tuple[int, Fraction, int] | None
"""A place that leaves the basis, the bound it is held at from then on, and the place that enters."""
Reason = Literal["infeasible", "not_optimal", "another_plan"]

EXCHANGES = 50
"""Most exchanges of places that decimal data puts at a bound together, but the rationals behind them do not."""


@dataclass(frozen=True)
class ExactCertificate(Brief):
    """What rational arithmetic says of a plan.

    Attributes
    ----------
    exact : the plan is, but for rounding, a point that is proven: feasible, and optimal by duals that leave no gap at
        all. With whole numbers: proven feasible; the bound is the solver's.
    reason : why it is not exact, None where it is. ``not_optimal`` comes with a gap; one of 1e-17 says that plans tie
        in the decimals that were given, but not in the floats behind them.
    value, bound : objective of the point, and what no point can exceed; None where the duals give no finite bound.
    primal_violation : largest violation of a row or bound at the point, relative to max(1, |bound|).
    dual_violation : largest price of a place that could still move in the direction it pays, relative to the largest
        objective coefficient; None with whole numbers, like `dual_distance`.
    distance : largest difference between the plan and the point, relative to max(1, |x|).
    dual_distance : the same between the row duals given and those that prove, relative to the largest of these.
    """

    exact: bool
    reason: Reason | None
    value: Fraction
    bound: Bound
    primal_violation: Fraction
    dual_violation: Bound
    distance: Fraction
    dual_distance: Bound

    @property
    def gap(self) -> Bound:
        """Bound - value: 0 where the plan is proven optimal."""
        return None if self.bound is None else self.bound - self.value


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
    dual = largest(p for p, v, ends in zip(sizes, values, lp.bounds, strict=True) if _pays(p, v, ends))
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


def certify_exact_whole(model: Model, x: Array, bound: float, accuracy: float = 1e-9) -> ExactCertificate:
    """Prove that a point of whole numbers is feasible; that nothing exceeds *bound* is the solver's word alone.

    The rest of the columns is solved exactly around the whole numbers. A gap below 0 is the rounding of the bound.
    """
    whole = np.round(x)
    settled = replace(
        model,
        objective=np.zeros(len(x)),
        column_lower=np.where(model.integer, whole, model.column_lower),
        column_upper=np.where(model.integer, whole, model.column_upper),
    )
    hint = Solution("optimal", x, np.zeros(len(model.row_lower)), np.zeros(len(x)), accuracy)
    values, _ = exact_point(Rational(settled), settled, hint)
    return _certificate(Rational(model), x, values, Fraction(bound) if abs(bound) < INF else None, accuracy)


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


def _pays(price: Fraction, value: Fraction, bounds: tuple[Bound, Bound]) -> bool:
    """Whether a place could move from its value in the direction in which its price says that the objective rises."""
    return (price > 0 and value != bounds[1]) or (price < 0 and value != bounds[0])


def _dual_bound(lp: Rational, row_dual: list[Fraction]) -> Bound:
    """Upper bound on the objective of every feasible point, from any row duals; wrong signs are set to 0."""
    rows = lp.bounds[lp.size :]
    y = {i: v for i, v in enumerate(row_dual) if v and rows[i][v > 0] is not None}
    ends = [(p, bounds[p > 0]) for p, bounds in zip(lp.prices(lp.objective, y), lp.bounds, strict=True) if p]
    return None if any(end is None for _, end in ends) else total(p * end for p, end in ends if end is not None)


# --- from the hints to an exact point --------------------------------------------------------------------------------


def exact_point(lp: Rational, model: Model, hint: Solution) -> tuple[list[Fraction], list[Fraction]]:
    """Values and prices of all places at an exact point that the hint rounds; no place off its bound has a price.

    Rows with a dual are met first; a column that no row settles stays as it is. What the basis of the hints breaks by a
    rounding is mended by exchanging one place of it for another: as in the dual simplex method where a value is beyond
    its bound, in the primal one where a price has the wrong sign, and no further than the plan's rounding.
    """
    unit = model.column_unit
    size = hint.accuracy * max(float(np.abs(model.objective * unit).max(initial=0.0)), np.finfo(float).tiny)
    price = np.concatenate([hint.reduced_cost * unit, hint.row_dual / model.row_scale])
    low, high = (np.concatenate(pair) for pair in zip(at_bounds(model, hint), tight(model, hint), strict=True))
    held: Entries = {}
    for v in np.flatnonzero(low | high).tolist():
        bound = lp.bounds[v][bool(high[v] and (not low[v] or price[v] > 0))]
        assert bound is not None
        held[v] = bound
    free = set(range(lp.size)) - set(held)
    spare = {v for v in held if v < lp.size and abs(price[v]) <= size and lp.bounds[v][0] != lp.bounds[v][1]}
    rows = {v - lp.size for v in held if v >= lp.size}
    priced = {i for i in rows if abs(price[lp.size + i]) > size}
    basis = eliminate(lp, priced, rows - priced, free, spare)
    basic = {j for _, j in basis.pivots}
    met = {lp.size + i for i, _ in basis.pivots}
    held = {v: held[v] if v in held else Fraction(hint.x[v]) for v in ({*range(lp.size)} - basic) | met}
    at = _vertex(lp, basis, held)
    for _ in range(EXCHANGES):
        swap = _beyond_bound(lp, at, hint.accuracy) or _wrong_price(lp, at, hint.accuracy)
        if swap is None:
            break
        leaves, bound, enters = swap
        held = {v: value for v, value in at.held.items() if v != enters} | {leaves: bound}
        rows = {v - lp.size for v in held if v >= lp.size}
        basis = eliminate(lp, rows, set(), set(range(lp.size)) - set(held), set())
        if len(basis.pivots) < len(rows):
            break  # too near to singular to go on from
        at = _vertex(lp, basis, held)
    return at.values, at.prices


@dataclass(frozen=True)
class _Vertex:
    """Values of all places where the *held* ones are as given, and prices of all where the others' are 0."""

    basis: Basis
    held: Entries
    values: list[Fraction]
    prices: list[Fraction]


def _vertex(lp: Rational, basis: Basis, held: Entries) -> _Vertex:
    fixed = {j: v for j, v in held.items() if j < lp.size}
    x = basis.solve({i: held[lp.size + i] - lp.activity(i, fixed) for i, _ in basis.pivots})
    prices = lp.prices(lp.objective, basis.solve_transposed(lp.objective))
    return _Vertex(basis, held, lp.values(fixed | x), prices)


def _beyond_bound(lp: Rational, at: _Vertex, accuracy: float) -> Swap:
    """Dual simplex step: the place furthest beyond its bound is held there, the one of least price a unit released."""
    over = {v: beyond(value, *lp.bounds[v]) for v, value in enumerate(at.values) if v not in at.held}
    leaves = max(over, key=lambda v: abs(over[v]), default=-1)
    if not over or not over[leaves]:
        return None
    bound = at.values[leaves] - over[leaves]
    if abs(over[leaves]) > Fraction(accuracy) * max(ONE, abs(bound)):
        return None
    unit = {leaves: ONE} if leaves < lp.size else lp.rows[leaves - lp.size]
    rates = lp.prices(unit, at.basis.solve_transposed(unit))
    able = [v for v in at.held if _pays(-rates[v] if over[leaves] > 0 else rates[v], at.values[v], lp.bounds[v])]
    enters = min(able, key=lambda v: (abs(at.prices[v] / rates[v]), -abs(rates[v])), default=None)
    return None if enters is None else (leaves, bound, enters)


def _wrong_price(lp: Rational, at: _Vertex, accuracy: float) -> Swap:
    """Primal simplex step from the first place whose price says that it should move; None if x would move with it."""
    enters = min((v for v in at.held if _pays(at.prices[v], at.values[v], lp.bounds[v])), default=None)
    if enters is None:
        return None
    way = ONE if at.prices[enters] > 0 else -ONE
    if enters < lp.size:
        moved = {enters: way} | at.basis.solve({i: -way * a for i, a in lp.columns[enters].items()})
    else:
        moved = at.basis.solve({enters - lp.size: way})
    rates = lp.values(moved)
    steps: dict[int, tuple[Fraction, Fraction]] = {}
    for v, rate in enumerate(rates):
        end = lp.bounds[v][rate > 0]
        if rate and v not in at.held and end is not None:
            steps[v] = (end - at.values[v]) / rate, end
    leaves = min(steps, key=lambda v: (steps[v][0], v), default=None)
    if leaves is None or steps[leaves][0] * largest(rates[: lp.size]) > accuracy:
        return None
    return leaves, steps[leaves][1], enters
