"""The objectives as the second reader has them: what a plan is worth by each (`COUNTED`), and how it is stated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from .statement import Statement, valued
from .tables import ONE, ZERO, Pair, Tables, decimal
from .value import priorities
from .views import View, views_of


@dataclass(frozen=True)
class Recounted:
    """What objectives count: closed gaps at the end, spend by resource and period, the value, and the weighted gap."""

    tables: Tables
    shown: Mapping[str, Any]
    last: Mapping[Pair, Fraction]
    used: Mapping[tuple[str, str], Fraction]
    value: Fraction
    whole: Fraction


def _weighted(plan: Recounted) -> tuple[Fraction, Fraction]:
    return plan.value, plan.whole


def _worst_share(plan: Recounted) -> tuple[Fraction, Fraction]:
    """Least share of its weighted gap that a track has closed; tracks without a gap left out."""
    tables, weight = plan.tables, _weights(plan.shown)
    shares = []
    for t in tables.type_of:
        whole = sum((w * tables.gaps[t, f] for f, w in weight.items()), ZERO)
        if whole:
            shares.append(sum((w * plan.last[t, f] for f, w in weight.items()), ZERO) / whole)
    return min(shares, default=plan.value), ONE


def _spend(plan: Recounted) -> tuple[Fraction, Fraction]:
    """Spend of the resource to be saved, in its unit; less is better, so it counts below 0."""
    tables = plan.tables
    saved = tables.settings["save"]
    budget = sum((tables.budgets[saved, p] for p in tables.periods), ZERO)
    return -sum((plan.used[saved, p] for p in tables.periods), ZERO), budget or ONE


def _worst_of_best(plan: Recounted) -> tuple[Fraction, Fraction]:
    """Least share of its best that a view has, over those that any plan serves."""
    served = [row for row in plan.shown["views"] if row["best_share"] > 0]
    return min((decimal(row["of_best"]) for row in served), default=plan.value), plan.whole


def _largest_loss(plan: Recounted) -> tuple[Fraction, Fraction]:
    """Largest loss of a view against its best, below 0."""
    return min((-decimal(row["regret"]) for row in plan.shown["views"]), default=plan.value), plan.whole


COUNTED: dict[str, Callable[[Recounted], tuple[Fraction, Fraction]]] = {
    "weighted": _weighted,
    "maxmin": _worst_share,
    "reach": _spend,
    "robust": _worst_of_best,
    "regret": _largest_loss,
}
"""By the name of an objective: its value at a plan, and what a rounding of it is measured against."""


# --- the program ------------------------------------------------------------------------------------------------------


def _value(made: Statement, tables: Tables, shown: Mapping[str, Any]) -> list[View]:
    """Maximise the discounted value."""
    made.objective = valued(made, tables, priorities(tables, shown))
    return []


def _least_share(made: Statement, tables: Tables, shown: Mapping[str, Any]) -> list[View]:
    """Maximise the least share of its weighted gap that a track has closed; the value where no track has a gap."""
    weight = _weights(shown)
    wholes = {t: sum((w * tables.gaps[t, f] for f, w in weight.items()), ZERO) for t in tables.type_of}
    if not any(wholes.values()):
        return _value(made, tables, shown)
    least = made.column("worst", low=-ONE, high=2 * ONE)  # a share lies in [0, 1]: these never bind
    made.objective = {least: ONE}
    for t, whole in wholes.items():
        if whole:
            shares = {
                made.columns["closed", t, f, tables.periods[-1]]: w / whole
                for f, w in weight.items()
                if tables.gaps[t, f]
            }
            made.row("share", t, terms={least: -ONE} | shares, low=ZERO)
    return []


def _unspent(made: Statement, tables: Tables, shown: Mapping[str, Any]) -> list[View]:
    """Spend least of the resource to be saved, in its unit, where the share asked for of the gap is closed."""
    last = tables.periods[-1]
    open_pairs = {pair: v for pair, v in priorities(tables, shown).items() if tables.gaps[pair]}
    whole = sum((v * tables.gaps[pair] for pair, v in open_pairs.items()), ZERO)
    terms = {made.columns["closed", *pair, last]: v for pair, v in open_pairs.items()}
    made.row("reach", terms=terms, low=Fraction(shown["settings"]["objective"].partition("=")[2]) * whole)
    made.objective = {}
    for column, j in made.columns.items():
        if column[0] == "level":
            due = tables.periods if tables.measures[column[1]].begins else (column[4],)
            made.objective[j] = -sum((tables.cost(column[1], tables.settings["save"], p) for p in due), ZERO)
    return []


def _least_of_best(made: Statement, tables: Tables, shown: Mapping[str, Any]) -> list[View]:
    """Maximise the least share of its best value that a view gets, of those that any plan serves."""
    served = [replace(view, share=True) for view in views_of(made, tables, shown) if view.best > 0]
    if not served:
        return _value(made, tables, shown)
    least = made.column("worst", low=-ONE, high=2 * ONE)  # as above
    for k, view in enumerate(served):
        made.row("view", str(k), terms=valued(made, tables, view.priority) | {least: -view.best}, low=ZERO)
    made.objective = {least: ONE}
    return served


def _least_loss(made: Statement, tables: Tables, shown: Mapping[str, Any]) -> list[View]:
    """Maximise the least of what views get less what they could have at best."""
    views = views_of(made, tables, shown)
    if not views:
        return _value(made, tables, shown)
    most = max(view.best for view in views)
    loss = made.column("worst", low=-2 * most - 1, high=ONE)  # no plan loses more than all
    for k, view in enumerate(views):
        made.row("view", str(k), terms=valued(made, tables, view.priority) | {loss: -ONE}, low=view.best)
    made.objective = {loss: ONE}
    return views


STATED: dict[str, Callable[[Statement, Tables, Mapping[str, Any]], list[View]]] = {
    "weighted": _value,
    "maxmin": _least_share,
    "reach": _unspent,
    "robust": _least_of_best,
    "regret": _least_loss,
}
"""By the name of an objective: what adds it to the program of a case, and returns the views on which it rests."""


def name_of(shown: Mapping[str, Any]) -> str:
    """Return the name of the objective that was asked."""
    return str(shown["settings"]["objective"].partition("=")[0])


def _weights(shown: Mapping[str, Any]) -> dict[str, Fraction]:
    return {row["factor"]: decimal(row["weight"]) for row in shown["weights"]}
