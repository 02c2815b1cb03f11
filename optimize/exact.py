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

from .faces import at_bounds, tight
from .model import INF, Model, reduced_costs
from .programme import Array
from .rational import ONE, ZERO, Basis, Bound, Entries, Rational, beyond, eliminate, total
from .solvers import Solution

Swap = tuple[int, Fraction, int] | None
"""A place that leaves the basis, the bound it is held at from then on, and the place that enters."""
Reason = Literal["infeasible", "not_optimal", "another_plan"]

ROUNDING = Fraction(1, 10**9)
"""A plan nearer than this to a point (relative to max(1, |x|)) is that point, rounded."""

EXCHANGES = 50
"""Most exchanges of places that decimal data puts at a bound together, but the rationals behind them do not."""


@dataclass(frozen=True)
class ExactCertificate:
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


def certify_exact(model: Model, x: Array, row_dual: Array) -> ExactCertificate:
    """Prove the point x (N,) by the row duals (M,), for a model without whole numbers; both may be rounded."""
    lp = Rational(model)
    values, prices = _near(lp, model, x, row_dual)
    given = {i: Fraction(y) for i, y in enumerate(row_dual.tolist()) if y}
    scale = [*([1] * lp.size), *map(Fraction, model.row_scale.tolist())]
    wrong = [
        abs(p) / s if _pays(p, v, b) else ZERO for p, v, b, s in zip(prices, values, lp.bounds, scale, strict=True)
    ]
    dual = max(wrong, default=ZERO) / (max(map(abs, lp.objective.values()), default=ZERO) or 1)
    duals = prices[lp.size :]
    apart = max((abs(given.get(i, ZERO) - y) for i, y in enumerate(duals)), default=ZERO)
    bound = _dual_bound(lp, {i: y for i, y in enumerate(duals) if y})
    if bound is None or dual:
        bound = min((b for b in (bound, _dual_bound(lp, given)) if b is not None), default=None)
    made = _certificate(lp, x, values, bound)
    if made.exact and (dual or made.gap != 0):
        made = replace(made, exact=False, reason="not_optimal")
    return replace(made, dual_violation=dual, dual_distance=apart / (max(map(abs, duals), default=ZERO) or 1))


def certify_exact_whole(model: Model, x: Array, bound: float) -> ExactCertificate:
    """Prove that a point of whole numbers is feasible; that nothing exceeds *bound* is the solver's word alone.

    A gap below 0 shows that it cannot be true to the last digit.
    """
    whole = np.round(x)
    settled = replace(
        model,
        objective=np.zeros(len(x)),
        column_lower=np.where(model.integer, whole, model.column_lower),
        column_upper=np.where(model.integer, whole, model.column_upper),
    )
    values, _ = _near(Rational(settled), settled, x, np.zeros(len(model.row_lower)))
    return _certificate(Rational(model), x, values, Fraction(bound) if abs(bound) < INF else None)


# --- checks: all that the proof rests on -----------------------------------------------------------------------------


def _certificate(lp: Rational, x: Array, values: list[Fraction], bound: Bound) -> ExactCertificate:
    broken = ZERO
    for value, (low, high) in zip(values, lp.bounds, strict=True):
        if over := beyond(value, low, high):
            broken = max(broken, abs(over) / max(1, abs(value - over)))
    distance = max(
        (abs(Fraction(g) - v) / max(1, abs(v)) for g, v in zip(x.tolist(), values, strict=False)), default=ZERO
    )
    reason: Reason | None = "infeasible" if broken else "another_plan" if distance > ROUNDING else None
    value = total(c * values[j] for j, c in lp.objective.items())
    return ExactCertificate(reason is None, reason, value, bound, broken, None, distance, None)


def _pays(price: Fraction, value: Fraction, bounds: tuple[Bound, Bound]) -> bool:
    """Whether a place could move from its value in the direction in which its price says that the objective rises."""
    return (price > 0 and value != bounds[1]) or (price < 0 and value != bounds[0])


def _dual_bound(lp: Rational, y: Entries) -> Bound:
    """Upper bound on the objective of every feasible point, from any row duals; wrong signs are set to 0."""
    rows = lp.bounds[lp.size :]
    prices = lp.prices(lp.objective, {i: v for i, v in y.items() if rows[i][v > 0] is not None})
    ends = [(p, bounds[p > 0]) for p, bounds in zip(prices, lp.bounds, strict=True) if p]
    return None if any(end is None for _, end in ends) else total(p * end for p, end in ends if end is not None)


# --- from the hints to an exact point --------------------------------------------------------------------------------


def _near(lp: Rational, model: Model, x: Array, row_dual: Array) -> tuple[list[Fraction], list[Fraction]]:
    """Values and prices of all places at an exact point that x rounds; no place off its bound has a price.

    Rows with a dual are met first; a column that no row settles stays as it is. What the basis of the hints breaks by a
    rounding is mended by exchanging one place of it for another: as in the dual simplex method where a value is beyond
    its bound, in the primal one where a price has the wrong sign, and no further than the plan's rounding.
    """
    hint = Solution("optimal", x, row_dual, reduced_costs(model, row_dual))
    size = hint.accuracy * max(float(np.abs(model.objective).max(initial=0.0)), np.finfo(float).tiny)
    price = np.concatenate([hint.reduced_cost, row_dual / model.row_scale])
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
    held = {v: held[v] if v in held else Fraction(x[v]) for v in ({*range(lp.size)} - basic) | met}
    values, prices = _solved(lp, basis, held)
    for _ in range(EXCHANGES):
        swap = _beyond_bound(lp, basis, held, values, prices) or _wrong_price(lp, basis, held, values, prices)
        if swap is None:
            break
        leaves, bound, enters = swap
        held[leaves] = bound
        del held[enters]
        rows = {v - lp.size for v in held if v >= lp.size}
        basis = eliminate(lp, rows, set(), set(range(lp.size)) - set(held), set())
        if len(basis.pivots) < len(rows):
            break  # too near to singular to go on from
        values, prices = _solved(lp, basis, held)
    return values, prices


def _solved(lp: Rational, basis: Basis, held: Entries) -> tuple[list[Fraction], list[Fraction]]:
    """Values of all places where the *held* ones are as given, and prices of all where the others' are 0."""
    fixed = {j: v for j, v in held.items() if j < lp.size}
    x = basis.solve({i: held[lp.size + i] - lp.activity(i, fixed) for i, _ in basis.pivots})
    return lp.values(fixed | x), lp.prices(lp.objective, basis.solve_transposed(lp.objective))


def _beyond_bound(lp: Rational, basis: Basis, held: Entries, values: list[Fraction], prices: list[Fraction]) -> Swap:
    """Dual simplex step: the place furthest beyond its bound is held there, the one of least price a unit released."""
    over = {v: beyond(values[v], *lp.bounds[v]) for v in range(len(values)) if v not in held}
    leaves = max(over, key=lambda v: abs(over[v]), default=-1)
    if not over or not over[leaves]:
        return None
    unit = {leaves: ONE} if leaves < lp.size else lp.rows[leaves - lp.size]
    rates = lp.prices(unit, basis.solve_transposed(unit))
    able = [v for v in held if _pays(-rates[v] if over[leaves] > 0 else rates[v], values[v], lp.bounds[v])]
    enters = min(able, key=lambda v: (abs(prices[v] / rates[v]), -abs(rates[v])), default=None)
    return None if enters is None else (leaves, values[leaves] - over[leaves], enters)


def _wrong_price(lp: Rational, basis: Basis, held: Entries, values: list[Fraction], prices: list[Fraction]) -> Swap:
    """Primal simplex step from the first place whose price says that it should move; None if x would move with it."""
    enters = min((v for v in held if _pays(prices[v], values[v], lp.bounds[v])), default=None)
    if enters is None:
        return None
    way = ONE if prices[enters] > 0 else -ONE
    if enters < lp.size:
        moved = {enters: way} | basis.solve({i: -way * a for i, a in lp.columns[enters].items()})
    else:
        moved = basis.solve({enters - lp.size: way})
    rates = lp.values(moved)
    ends = {v: lp.bounds[v][rate > 0] for v, rate in enumerate(rates) if rate and (v not in held or v == enters)}
    steps = {v: (end - values[v]) / rates[v] for v, end in ends.items() if end is not None}
    leaves = min(steps, key=lambda v: (steps[v], v), default=enters)
    if leaves == enters or steps[leaves] * max(map(abs, rates[: lp.size])) > ROUNDING:
        return None
    end = ends[leaves]
    assert end is not None
    return leaves, end, enters
