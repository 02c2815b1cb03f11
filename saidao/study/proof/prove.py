"""Proof of a plan of the case: the program stated once more, from the tables alone, and proven in exact fractions.

HiGHS only hints at where the optimum is; that a point is feasible, that its duals bound every other, and that value and
bound are the same number, is checked in fractions. So is every price shown: as the rate at which the optimum changes
when the budget or amount moves, on either side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import numpy as np

from ...case import Case
from ...errors import Disagreement
from ...optimize.model.model import Model, reduced_costs, settled
from ...optimize.solve.grow import MORE_WORK, gap_of, prove_bound
from ...optimize.solve.rational import Bound, Entries, Rational, beyond, total
from ...optimize.solve.solution import Solution, SolverFailure
from ...optimize.solve.solvers import highs
from ...optimize.solve.tree import Incomplete, Integers, check
from ...optimize.solve.vertex import exact_point
from .objectives import STATED, name_of
from .statement import Statement, ends, point_shown, provable, state
from .tables import ONE, ZERO, Tables, decimal

Rates = dict[str, dict[str, float | None]]

CLOSE = 1e-6
"""A price shown may differ by this share from the exact one,"""
TINY = 1e-9
"""or by this share of the value, spread over the amount that is priced."""


@dataclass
class CaseProof:
    """What fractions say of a plan of the case.

    Attributes
    ----------
    exact : the plan is optimal for the case, without a gap; of whole units up to the gap that a plan is held to, by a
        tree of branches. None where the program cannot be stated, see `provable`, or the tree is too large.
    gap : bound less value; None where there is no bound.
    rates : of each budget and rule the rates at which the optimum changes, by the keys of prices.
    prices : how many one-sided prices fractions prove.
    disagreements : prices shown that are not those of the case, or a bound above what the plan is worth.
    """

    exact: bool | None = None
    gap: Bound = None
    rates: Rates = field(default_factory=dict)
    prices: int = 0
    disagreements: list[Disagreement] = field(default_factory=list)


@dataclass(frozen=True)
class Proven:
    """A point of a program in fractions and duals to it; `exact`: it is feasible, and they leave no gap."""

    values: list[Fraction]
    prices: list[Fraction]
    value: Fraction
    bound: Bound
    exact: bool


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


def prove_case(case: Case, shown: Mapping[str, Any]) -> CaseProof:
    """Prove that a plan is optimal for its case, and that its prices are those of the case.

    Parameters
    ----------
    shown : as `recount` takes it, with the prices in `resources` and `rules`.
    """
    tables = Tables(case, shown["settings"])
    aim = STATED.get(name_of(shown))
    if aim is None or not provable(tables, shown):
        return CaseProof()
    made = state(tables)
    aim(made, tables, shown)
    model, lp = made.model(), made.rational()
    if made.whole:
        return _prove_whole(model, lp, point_shown(made, tables, shown), float(shown.get("accuracy", 0.0)))
    found = optimum_of(model)
    if found is None:
        return CaseProof()
    at = prove(lp, model, point_shown(made, tables, shown), found.row_dual, found.accuracy)
    proof = CaseProof(at.exact, None if at.bound is None else at.bound - at.value)
    if not at.exact:
        at = prove(lp, model, found.x, found.row_dual, found.accuracy)  # the plan is no optimum, or near to singular
    if at.exact:
        value, best = float(shown["objective"]["value"]), float(at.value)
        if abs(best - value) > CLOSE * max(abs(value), abs(best)):
            proof.disagreements.append(Disagreement("objective best_bound", value, best))
        _rates(proof, made, tables, shown, model, lp, at)
        proof.disagreements += wrong_prices(proof.rates, shown)
    return proof


def _prove_whole(model: Model, lp: Rational, x: Any, accuracy: float) -> CaseProof:
    """Prove a plan of whole units: the exact point around its units, and by a tree in decimals that none is better."""
    x = np.where(model.integer, np.round(x), x)
    rest = settled(model, x)
    found = optimum_of(rest)
    if found is None:
        return CaseProof(exact=False)
    fixed = copy(lp)
    fixed.bounds = [
        (Fraction(round(x[v])),) * 2 if v < lp.size and model.integer[v] else limits
        for v, limits in enumerate(lp.bounds)
    ]
    values, _ = exact_point(fixed, rest, found)
    kept = not any(beyond(v, *limits) for v, limits in zip(values, lp.bounds, strict=True))
    value = total(c * values[j] for j, c in lp.objective.items())
    proof = prove_bound(model, np.array([float(v) for v in values[: lp.size]]), MORE_WORK)
    if proof.better is not None:
        return CaseProof(exact=False)
    try:
        bound = check(Integers.stated(lp, model), proof.tree, value, Fraction(gap_of(model, float(value)))).bound
    except Incomplete:
        return CaseProof()
    return CaseProof(kept, max(bound - value, ZERO))


def optimum_of(model: Model) -> Solution | None:
    """Return the optimum of a program in floats; None where there is none."""
    try:
        found = highs(model)
    except SolverFailure:
        return None
    return found if found.status == "optimal" else None


def _rates(
    proof: CaseProof, made: Statement, tables: Tables, shown: Mapping[str, Any], model: Model, lp: Rational, at: Proven
) -> None:
    """Find the exact rates of budgets and rules, on either side; of no amount there is less than nothing."""
    for name, row, quantity in priced(shown):
        if row.get("kind"):
            step = {made.number("rule", row["rule"]): ONE}
        else:
            step = {made.number("budget", row["resource"], row["period"]): ONE}
            for rule in tables.limits():
                if rule.of == row["resource"] and rule.share and rule.period in ("", row["period"]):
                    step[made.number("rule", rule.rule)] = decimal(rule.share)
        up, exact_up = one_sided(model, lp, at, step)
        down, exact_down = None, False
        if quantity > 0:
            down, exact_down = one_sided(model, lp, at, {i: -s for i, s in step.items()})
        down = None if down is None else -down
        chosen = down if up is None else up
        proof.rates[name] = {"price_up": up, "price_down": down, "shadow_price": 0.0 if chosen is None else chosen}
        proof.prices += exact_up + exact_down


def priced(shown: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], float]]:
    """Yield the rows that carry prices, each with a name and the amount that is priced."""
    for row in shown["resources"]:
        if "shadow_price" in row:
            yield f"resources {row['resource']} {row['period']}", row, row["budget"]
    for row in shown.get("rules", ()):
        if "shadow_price" in row and row["kind"] != "own":
            yield f"rules {row['rule']}", row, row["amount"]


def wrong_prices(rates: Rates, shown: Mapping[str, Any]) -> list[Disagreement]:
    """Return the prices shown that are not the exact rates."""
    found, size = [], abs(float(shown["objective"]["value"]))
    for name, row, quantity in priced(shown):
        room = TINY * size / quantity if quantity else TINY
        for key, rate in rates.get(name, {}).items():
            told, nan = row[key], float("nan")
            if told is None and rate is None:
                continue
            if told is None or rate is None or not abs(told - rate) <= CLOSE * abs(rate) + room:
                found.append(
                    Disagreement(f"{name} {key}", nan if told is None else told, nan if rate is None else rate)
                )
    return found


def one_sided(model: Model, lp: Rational, at: Proven, step: Entries) -> tuple[float | None, bool]:
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
    return (float(proven.value), True) if proven.exact else (float(program.objective @ found.x), False)
