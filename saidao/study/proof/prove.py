"""Proof of a plan of the case: the program stated once more, from the tables alone, and proven in exact fractions.

HiGHS only hints at where the optimum is; that a point is feasible, that its duals bound every other, and that value and
bound are the same number, is checked in fractions. So is every price shown: as the rate at which the optimum changes
when the budget or amount moves, on either side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...case import Case
from ...errors import Disagreement
from ...optimize.model.model import Model
from ...optimize.solve.proof.rational import Bound, Entries, Rational, beyond
from .objectives import STATED, name_of
from .optimum import Proven, one_sided, optimum_of, prove, prove_whole
from .statement import Reason, Statement, Unstated, point_shown, state
from .tables import ONE, Tables, decimal
from .views import View

Rates = dict[str, dict[str, float | None]]

CLOSE = 1e-6
"""A price shown may differ by this share from the exact one,"""
TINY = 1e-9
"""or by this share of what is at stake, spread over the amount that is priced."""


@dataclass
class CaseProof:
    """What fractions say of a plan of the case.

    Attributes
    ----------
    exact : the plan is optimal for the case, without a gap; of whole units up to the gap that is shown, by a tree of
        branches. None where that is not known.
    reason : why it is not exact, or not known to be; None where it is.
    gap : bound less value; None where there is no bound.
    rates : of each budget and rule the rates at which the optimum changes, by the keys of prices.
    prices : how many one-sided prices fractions prove.
    disagreements : prices shown that are not those of the case, or a bound above what the plan is worth.
    """

    exact: bool | None = None
    gap: Bound = None
    reason: Reason | None = None
    rates: Rates = field(default_factory=dict)
    prices: int = 0
    disagreements: list[Disagreement] = field(default_factory=list)


def prove_case(case: Case, shown: Mapping[str, Any]) -> CaseProof:
    """Prove that a plan is optimal for its case, and that its prices are those of the case.

    Parameters
    ----------
    shown : as `recount` takes it, with the prices in `resources` and `rules`.
    """
    tables = Tables(case, shown["settings"])
    try:
        made, views = stated(tables, shown)
    except Unstated as error:
        return CaseProof(reason=error.reason)
    told = shown["objective"]
    left = max(float(told["best_bound"]) - float(told["value"]), 0.0)
    model, lp = made.model(), made.rational()
    proof, best = prove_point(model, lp, point_shown(made, tables, shown), left)
    if best is not None:
        compare(proof, float(told["value"]), float(best.value), _size(shown))
        _rates(proof, _Priced(made, tables, model, lp, best, views), shown)
        proof.disagreements += wrong_prices(proof.rates, shown)
    return proof


def prove_point(model: Model, lp: Rational, x: Any, left: float) -> tuple[CaseProof, Proven | None]:
    """Prove a point of a program that was stated once more, and return the optimum, where duals prove that.

    *left*: of whole units what is left to the bound that was told.
    """
    if lp.whole:
        return _of_whole(prove_whole(model, lp, x, left)), None
    found = optimum_of(model)
    if found is None:
        return CaseProof(reason="no_optimum"), None
    at = prove(lp, model, x, found.row_dual, found.accuracy)
    best = at
    if not at.exact:  # the plan is no optimum, or another one than that of the duals, or near to singular
        best = prove(lp, model, found.x, found.row_dual, found.accuracy)
    # whatever bounds all points bounds this one
    bound = min((one.bound for one in (at, best) if one.bound is not None), default=None)
    kept = not any(beyond(v, *limits) for v, limits in zip(at.values, lp.bounds, strict=True))
    exact = kept and bound == at.value
    proof = CaseProof(exact, None if bound is None else bound - at.value, None if exact else "not_optimal")
    return proof, best if best.exact else None


def compare(proof: CaseProof, value: float, best: float, size: float) -> None:
    """Note that a value shown is not the proven best, but for rounding; *size* : of what is at stake."""
    if abs(best - value) > CLOSE * max(abs(value), abs(best)) + TINY * size:
        proof.disagreements.append(Disagreement("objective best_bound", value, best))


def stated(tables: Tables, shown: Mapping[str, Any]) -> tuple[Statement, list[View]]:
    """State the program of a plan from the tables, and the views on which its objective rests; raises `Unstated`."""
    made = state(tables, shown.get("own"))
    return made, STATED[name_of(shown)](made, tables, shown)


def _of_whole(at: Proven | None) -> CaseProof:
    if at is None:
        return CaseProof(exact=False, reason="not_optimal")
    if at.bound is None:
        return CaseProof(reason="too_large")
    return CaseProof(at.exact, at.bound - at.value, reason=None if at.exact else "not_optimal")


@dataclass(frozen=True)
class _Priced:
    """A program whose optimum is proven, and the views that move with its budgets and rules."""

    made: Statement
    tables: Tables
    model: Model
    lp: Rational
    at: Proven
    views: list[View]

    def rate(self, step: Entries) -> tuple[float | None, bool]:
        """Rate at which the optimum changes with a step of the rows, and of the best values of views with them."""
        step, proven = dict(step), True
        for k, view in enumerate(self.views):
            moved, exact = one_sided(view.model, view.lp, view.at, step)
            if moved is None:
                return None, False
            # a x - t best >= 0 moves, to first order, as a x - t best >= t (change of best)
            share = self.at.value if view.share else ONE
            step[self.made.number("view", str(k))] = moved * share
            proven &= exact
        found, exact = one_sided(self.model, self.lp, self.at, step)
        return None if found is None else float(found), exact and proven


def _rates(proof: CaseProof, at: _Priced, shown: Mapping[str, Any]) -> None:
    """Find the exact rates of budgets and rules, on either side; of no amount there is less than nothing."""
    made, tables = at.made, at.tables
    for name, row, quantity in priced(shown):
        kind = row.get("kind")
        if kind:
            step = {made.number("own" if kind == "own" else "rule", row["rule"]): ONE}
        else:
            step = {made.number("budget", row["resource"], row["period"]): ONE}
            for rule in tables.limits():
                if rule.of == row["resource"] and rule.share and rule.period in ("", row["period"]):
                    step[made.number("rule", rule.rule)] = decimal(rule.share)
        up, exact_up = at.rate(step)
        down, exact_down = None, False
        if quantity > 0 or kind == "own":
            down, exact_down = at.rate({i: -s for i, s in step.items()})
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
        if "shadow_price" in row:
            yield f"rules {row['rule']}", row, row["amount"]


def _size(shown: Mapping[str, Any]) -> float:
    """Size of what is at stake: a regret, or what is to be spent, may be nothing."""
    told = shown["objective"]
    return max(abs(float(told["value"])), abs(float(told["weighted_gap"])))


def wrong_prices(rates: Rates, shown: Mapping[str, Any]) -> list[Disagreement]:
    """Return the prices shown that are not the exact rates."""
    found, size = [], _size(shown)
    for name, row, quantity in priced(shown):
        room = TINY * size / abs(quantity) if quantity else TINY
        for key, rate in rates.get(name, {}).items():
            told, nan = row[key], float("nan")
            if told is None and rate is None:
                continue
            if told is None or rate is None or not abs(told - rate) <= CLOSE * abs(rate) + room:
                found.append(
                    Disagreement(f"{name} {key}", nan if told is None else told, nan if rate is None else rate)
                )
    return found
