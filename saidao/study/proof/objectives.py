"""The objectives as the second reader has them: what a plan is worth by each, and how those with duals are stated.

An objective stands in `COUNTED`, and where its program is linear in `STATED`; what is not there is not proven exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from .tables import ONE, ZERO, Pair, Tables, decimal
from .value import priorities

if TYPE_CHECKING:
    from .statement import Statement


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


def _value(made: Statement, tables: Tables, shown: Mapping[str, Any]) -> None:
    """Maximise the discounted value."""
    for pair, v in priorities(tables, shown).items():
        for p, period in enumerate(tables.periods):
            later = ZERO if period == tables.periods[-1] else tables.discount ** (p + 1)
            if tables.gaps[pair] and v:
                made.objective[made.columns["closed", *pair, period]] = v * (tables.discount**p - later)


def _least_share(made: Statement, tables: Tables, shown: Mapping[str, Any]) -> None:
    """Maximise the least share of its weighted gap that a track has closed; the value where no track has a gap."""
    weight = _weights(shown)
    wholes = {t: sum((w * tables.gaps[t, f] for f, w in weight.items()), ZERO) for t in tables.type_of}
    if not any(wholes.values()):
        _value(made, tables, shown)
        return
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


def _unspent(made: Statement, tables: Tables, shown: Mapping[str, Any]) -> None:
    """Spend least of the resource to be saved, in its unit, where the share asked for of the gap is closed."""
    last = tables.periods[-1]
    open_pairs = {pair: v for pair, v in priorities(tables, shown).items() if tables.gaps[pair]}
    whole = sum((v * tables.gaps[pair] for pair, v in open_pairs.items()), ZERO)
    terms = {made.columns["closed", *pair, last]: v for pair, v in open_pairs.items()}
    made.row("reach", terms=terms, low=Fraction(shown["settings"]["objective"].partition("=")[2]) * whole)
    for column, j in made.columns.items():
        if column[0] == "level":
            due = tables.periods if tables.measures[column[1]].begins else (column[4],)
            made.objective[j] = -sum((tables.cost(column[1], tables.settings["save"], p) for p in due), ZERO)


STATED: dict[str, Callable[[Statement, Tables, Mapping[str, Any]], None]] = {
    "weighted": _value,
    "maxmin": _least_share,
    "reach": _unspent,
}
"""By the name of an objective: what adds it to the program of a case."""


def name_of(shown: Mapping[str, Any]) -> str:
    """Return the name of the objective that was asked."""
    return str(shown["settings"]["objective"].partition("=")[0])


def _weights(shown: Mapping[str, Any]) -> dict[str, Fraction]:
    return {row["factor"]: decimal(row["weight"]) for row in shown["weights"]}
