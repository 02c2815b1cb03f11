"""The exact vertex that a solver's answer rounds, in rational arithmetic.

The places (columns and rows, see `rational`) that are at a bound at the answer give a basis; solved exactly it gives a
point, and duals that are complementary to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ...model.model import Model
from ..faces import at_bounds, tight
from ..solution import Solution
from .rational import ONE, Basis, Bound, Entries, Rational, beyond, eliminate, largest

Swap = tuple[int, Fraction, int] | None
"""A place that leaves the basis, the bound it is held at from then on, and the place that enters."""

EXCHANGES = 50
"""Most exchanges of places that decimal data puts at a bound together, but the rationals behind them do not."""


def pays(price: Fraction, value: Fraction, bounds: tuple[Bound, Bound]) -> bool:
    """Whether a place could move from its value in the direction in which its price says that the objective rises."""
    return (price > 0 and value != bounds[1]) or (price < 0 and value != bounds[0])


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
    able = [v for v in at.held if pays(-rates[v] if over[leaves] > 0 else rates[v], at.values[v], lp.bounds[v])]
    enters = min(able, key=lambda v: (abs(at.prices[v] / rates[v]), -abs(rates[v])), default=None)
    return None if enters is None else (leaves, bound, enters)


def _wrong_price(lp: Rational, at: _Vertex, accuracy: float) -> Swap:
    """Primal simplex step from the first place whose price says that it should move; None if x would move with it."""
    enters = min((v for v in at.held if pays(at.prices[v], at.values[v], lp.bounds[v])), default=None)
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
