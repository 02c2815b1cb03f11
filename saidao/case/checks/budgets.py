"""Checks of budgets and costs."""

from __future__ import annotations

from ...errors import Problem
from ..case import Case
from ..cells import number_text
from ..checking import (
    Found,
    file_of,
    period_names,
    rows_with_lines,
    suspicion,
)
from ..tables import (
    Budget,
    Cost,
    Measure,
    Resource,
    RuleRow,
    Track,
)
from .numbers import SPAN, by_resource, strays

POOR, RICH = 0.01, 100.0
"""A budget that buys less than POOR of the cheapest measure, or RICH times all measures in full, is in another unit."""


def budgets(case: Case) -> Found:
    """Yield resources without a budget."""
    dated = {row.resource for row in case.rows(Budget)}
    for line, row in rows_with_lines(case, Resource):
        if row.budget is None and row.resource not in dated:
            yield Problem("missing_cell", file_of(case, Resource), line, "budget", details={"column": "budget"})


def least_amounts(case: Case) -> dict[str, float]:
    """Return the least amount beside 0, by resource: a billionth of what the cheapest measure takes.

    Of a unit of it, or all of it where there is less: a large level means that there is no limit. Less is what a
    subtraction leaves in a sheet, or another unit. It buys nothing, and beside other amounts solvers do not tell it
    from nothing.
    """
    measures, least = case.measure_of, dict[str, float]()
    for row in case.rows(Cost):
        if row.cost > 0 and row.measure in measures:
            whole = row.cost * min(1.0, measures[row.measure].max_level) / SPAN
            least[row.resource] = min(whole, least.get(row.resource, whole))
    return least


def amount_tiny(file: str, line: int | None, column: str, amount: float, least: float) -> Problem:
    """Tell an amount that is not 0, and less than the *least* that can be planned with."""
    return Problem("amount_tiny", file, line, column, number_text(amount), {"least": least})


def tiny_amounts(case: Case) -> Found:
    """Yield budgets and limits of what is spent that are not 0, and buy less than a billionth of any measure."""
    least = least_amounts(case)
    for model, column, of in (
        (Resource, "budget", "resource"),
        (Budget, "amount", "resource"),
        (RuleRow, "amount", "of"),
    ):
        for line, row in rows_with_lines(case, model):
            amount, resource = getattr(row, column), getattr(row, of)
            spent = model is not RuleRow or row.kind in ("floor", "cap")
            if amount is not None and spent and 0 < amount < least.get(resource, 0.0):
                yield amount_tiny(file_of(case, model), line, column, amount, least[resource])


def budgets_and_costs(case: Case) -> Found:
    """Yield budgets that buy next to nothing or far more than all there is, and resources that nothing costs."""
    places = {"track": len(case.rows(Track)), "type": len(set(case.type_of.values())), "city": 1}
    measures = case.measure_of
    budgets_: dict[str, float] = {}
    costs_of: dict[str, list[tuple[float, Measure]]] = {}
    for c in case.rows(Cost):
        if c.cost > 0 and c.measure in measures:
            costs_of.setdefault(c.resource, []).append((c.cost, measures[c.measure]))
    dated: dict[str, tuple[int, float]] = {}
    for n, b in rows_with_lines(case, Budget):
        first, sum_ = dated.get(b.resource, (n, 0.0))
        dated[b.resource] = (first, sum_ + b.amount)
    for line, row in rows_with_lines(case, Resource):
        costs = costs_of.get(row.resource)
        if not costs:
            if case.rows(Cost):
                yield suspicion("resource_unused", file_of(case, Resource), line, "resource", row.resource)
            continue
        at, budget = dated.get(row.resource, (line, row.budget or 0.0))
        whole = all(m.kind in ("integer", "binary") for _, m in costs)
        cheapest = min(cost if whole else cost * min(1.0, m.max_level) for cost, m in costs)
        in_full = sum(cost * m.max_level * max(places[m.scope], 1) for cost, m in costs)
        model, column = (Budget, "amount") if row.resource in dated else (Resource, "budget")
        file = file_of(case, model)
        details = {"cheapest": cheapest, "in_full": in_full}
        if 0 < budget < cheapest * (1.0 if whole else POOR):
            yield suspicion("budget_small", file, at, column, number_text(budget), **details)
        elif budget > RICH * in_full:
            yield suspicion("budget_large", file, at, column, number_text(budget), **details)
        elif budget > 0:
            budgets_[row.resource] = budget
    apart = {group.lines[n] for group in by_resource(case, Cost, "cost") for n, _ in strays(group)}
    for line, c in rows_with_lines(case, Cost):
        most = RICH * budgets_.get(c.resource, float("inf"))
        measure = measures.get(c.measure)
        if line not in apart and measure is not None and c.cost * min(1.0, measure.max_level) > most:
            details = {"budget": most / RICH}
            yield suspicion("cost_beyond_budget", file_of(case, Cost), line, "cost", number_text(c.cost), **details)


def revenue(case: Case) -> Found:
    """Yield what is brought in in some period by measures that may begin in any: when it comes is not said."""
    begins = {row.measure: row.begins for row in case.rows(Measure)}
    for line, row in rows_with_lines(case, Cost):
        if row.cost < 0 and row.period and len(period_names(case)) > 1 and not begins.get(row.measure, row.period):
            details = {"measure": row.measure}
            yield Problem("revenue_begins", file_of(case, Cost), line, "cost", number_text(row.cost), details)


def earning(case: Case) -> Found:
    """Yield measures that bring in more of a resource than they take of it."""
    sums: dict[tuple[str, str], list[tuple[int, float]]] = {}
    for line, row in rows_with_lines(case, Cost):
        sums.setdefault((row.measure, row.resource), []).append((line, row.cost))
    for (measure, resource), costs in sums.items():
        line, least = min(costs, key=lambda cost: cost[1])
        if least < 0 and sum(cost for _, cost in costs) < 0:
            details = {"measure": measure, "resource": resource}
            yield suspicion("earning", file_of(case, Cost), line, "cost", number_text(least), **details)


def some_periods(case: Case) -> Found:
    """Yield costs and budgets that are given for some periods only: in the others there is none."""
    names = period_names(case)
    for model, key in ((Cost, ("measure", "resource")), (Budget, ("resource",))):
        given: dict[tuple[str, ...], dict[str, int]] = {}
        for line, row in rows_with_lines(case, model):
            given.setdefault(tuple(getattr(row, k) for k in key), {})[row.period] = line
        carry = {row.resource: row.carry for row in case.rows(Resource)}
        begun = {row.measure for row in case.rows(Measure) if row.begins}
        for which, at in given.items():
            missing = [name for name in names if name not in at]
            begins = model is Cost and which[0] in begun
            if "" not in at and not begins and missing and not (model is Budget and carry.get(which[0])):
                code = "cost_some_periods" if model is Cost else "budget_some_periods"
                yield suspicion(
                    code,
                    file_of(case, model),
                    min(at.values()),
                    "period",
                    ", ".join(at),
                    of="/".join(which),
                    missing=", ".join(missing),
                )
    dated = {row.resource for row in case.rows(Budget)}
    for line, row in rows_with_lines(case, Resource):
        if len(names) > 1 and row.resource not in dated and not row.carry and row.budget:
            yield suspicion(
                "budget_first_period", file_of(case, Resource), line, "budget", number_text(row.budget), first=names[0]
            )


def idle_budgets(case: Case) -> Found:
    """Yield budgets of a resource that stand beside dated ones, which hold instead."""
    sums: dict[str, float] = {}
    for row in case.rows(Budget):
        sums[row.resource] = sums.get(row.resource, 0.0) + row.amount
    for line, row in rows_with_lines(case, Resource):
        dated = sums.get(row.resource)
        if dated is not None and row.budget and abs(dated - row.budget) > 1e-6 * row.budget:
            yield suspicion(
                "budget_unused", file_of(case, Resource), line, "budget", number_text(row.budget), dated=dated
            )
