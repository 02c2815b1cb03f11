"""Optima in exact fractions: HiGHS hints at where they are, and what proves them is checked here.

Of levels in parts a point and duals that leave no gap; of whole units the point around its units, and a tree of
branches by which none is better but for `SAME` of its value.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from ...optimize.model.model import Model, reduced_costs, settled
from ...optimize.solve.proof.grow import MORE_WORK, gap_of, prove_bound
from ...optimize.solve.proof.rational import Bound, Entries, Rational, beyond, total
from ...optimize.solve.proof.tree import Incomplete, Integers, check
from ...optimize.solve.proof.vertex import exact_point
from ...optimize.solve.solution import Solution, SolverFailure
from ...optimize.solve.solvers import highs
from .statement import ends
from .tables import ZERO


@dataclass(frozen=True)
class Proven:
    """A point of a program in fractions, and what bounds every other.

    `exact`: it is feasible, and the bound is its value; of whole units no more than `SAME` above it. `prices`: duals,
    of whole units none. `bound` is None where there is none, as where a tree is too large.
    """

    values: list[Fraction]
    prices: list[Fraction]
    value: Fraction
    bound: Bound
    exact: bool


def optimum_of(model: Model) -> Solution | None:
    """Return the optimum of a program in floats; None where there is none."""
    try:
        found = highs(model)
    except SolverFailure:
        return None
    return found if found.status == "optimal" else None


def prove(lp: Rational, model: Model, x: Any, row_dual: Any, accuracy: float) -> Proven:
    """Find the exact point that x rounds, with complementary duals, and check both."""
    hint = Solution("optimal", x, row_dual, reduced_costs(model, row_dual), accuracy)
    values, prices = exact_point(lp, model, hint)
    kept = not any(beyond(v, *limits) for v, limits in zip(values, lp.bounds, strict=True))
    value = total(c * values[j] for j, c in lp.objective.items())
    bound = weak_duality(lp, prices[lp.size :])
    return Proven(values, prices, value, bound, kept and bound == value)


def weak_duality(lp: Rational, y: list[Fraction]) -> Bound:
    """Bound on the objective of every feasible point: the sum of prices of rows and columns times their bounds."""
    terms = []
    for price, (low, high) in zip(
        lp.prices(lp.objective, {i: v for i, v in enumerate(y) if v}), lp.bounds, strict=True
    ):
        end = high if price > 0 else low
        if price and end is None:
            return None
        terms.append(price * end if price and end is not None else ZERO)
    return total(terms)


def prove_whole(model: Model, lp: Rational, x: Any, allowed: float = 0.0) -> Proven | None:
    """Prove a point of whole units: what they leave in fractions, and by a tree in decimals that none is better.

    None where there is one that is better by more than is *allowed*, or none around these units.
    """
    x = np.where(model.integer, np.round(x), x)
    rest = settled(model, x)
    found = optimum_of(rest)
    if found is None:
        return None
    fixed = copy(lp)
    fixed.bounds = [
        (Fraction(round(x[v])),) * 2 if v < lp.size and model.integer[v] else limits
        for v, limits in enumerate(lp.bounds)
    ]
    values, _ = exact_point(fixed, rest, found)
    kept = not any(beyond(v, *limits) for v, limits in zip(values, lp.bounds, strict=True))
    kept &= all(values[j].denominator == 1 for j in lp.whole)
    value = total(c * values[j] for j, c in lp.objective.items())
    proof = prove_bound(model, np.array([float(v) for v in values[: lp.size]]), MORE_WORK, allowed)
    if proof.better is not None:
        return None
    try:
        gap = Fraction(max(gap_of(model, float(value)), allowed))
        bound = check(Integers.stated(lp, model), proof.tree, value, gap).bound
    except Incomplete:
        return Proven(values, [], value, None, False)
    return Proven(values, [], value, max(bound, value), kept)


def one_sided(model: Model, lp: Rational, at: Proven, step: Entries) -> tuple[Bound, bool]:
    """Rate at which the optimum changes as bounds of rows move by *step*, and whether fractions prove it.

    The best direction d from the point: what is at a bound stays within it, tight rows move no further than their
    bound. Its value is the least of step times y over all optimal duals y. None where there is no direction, and so no
    plan on that side.
    """
    tight = [
        (
            (ZERO if v < lp.size else step.get(v - lp.size, ZERO)) if low is not None and value == low else None,
            (ZERO if v < lp.size else step.get(v - lp.size, ZERO)) if high is not None and value == high else None,
        )
        for v, (value, (low, high)) in enumerate(zip(at.values, lp.bounds, strict=True))
    ]
    turned = copy(lp)
    turned.bounds = tight
    low, high = ends(tight)
    program = replace(
        model,
        column_lower=low[: lp.size],
        column_upper=high[: lp.size],
        row_lower=low[lp.size :],
        row_upper=high[lp.size :],
    )
    found = highs(program)
    if found.status != "optimal":
        return None, False
    proven = prove(turned, program, found.x, found.row_dual, found.accuracy)
    if proven.exact:
        return proven.value, True
    return Fraction(float(program.objective @ found.x)), False
