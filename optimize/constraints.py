"""The constraints of the allocation program, one function each.

Columns: level x[a] for each application a, then closed gap z[k] for each open pair k. Bounds on columns are
constraints too: 0 <= x[a] <= level_max[a] (units of level) and 0 <= z[k] <= gap[k] (gap units).
"""

from __future__ import annotations

import numpy as np

from .model import INF, Label, Rows
from .programme import Array, Index, Programme, Rule


def bounds(p: Programme) -> tuple[Array, Array]:
    """No level is negative or above its largest; no gap is closed below nothing or beyond itself.

    0 <= x[a] <= level_max[a]  for all a;  0 <= z[k] <= gap[k]  for all open k.
    """
    return np.zeros(p.columns), np.concatenate([p.level_max, p.gap.ravel()[p.open_pairs]])


def closing(p: Programme) -> Rows:
    """A gap is closed by no more than what the measures deliver there.

    z[k] - sum_a effect[a,k] x[a] <= 0  for all open k  (gap units).
    """
    z = p.closed_column[p.effect_pair]
    felt = z >= 0
    first = len(p.applications)
    k = np.arange(len(p.open_pairs))
    return Rows(
        "closing",
        lambda: [p.pair_name(pair) for pair in p.open_pairs],
        row=np.concatenate([k, z[felt] - first]),
        column=np.concatenate([first + k, p.effect_application[felt]]),
        value=np.concatenate([np.ones(len(k)), -p.effect[felt]]),
        lower=np.full(len(k), -INF),
        upper=np.zeros(len(k)),
    )


def budget(p: Programme) -> Rows:
    """No resource is spent beyond its budget.

    sum_a cost[a,r] x[a] <= budget[r]  for all r  (the resource's unit).
    """
    a, r = np.nonzero(p.cost)
    return Rows(
        "budget",
        lambda: [(name,) for name in p.resources],
        row=r,
        column=a,
        value=p.cost[a, r],
        lower=np.full(len(p.resources), -INF),
        upper=p.budget.copy(),
    )


def floor(p: Programme) -> Rows:
    """A group gets at least the amount of its rule.

    sum_{a in group} cost[a,r] x[a] >= amount  (the resource's unit), or
    sum_{k in group} z[k] >= amount  (gap units), for all rules of kind floor.
    """
    return _rule_rows(p, "floor")


def cap(p: Programme) -> Rows:
    """A group gets at most the amount of its rule.

    sum_{a in group} cost[a,r] x[a] <= amount  (the resource's unit), or
    sum_{k in group} z[k] <= amount  (gap units), for all rules of kind cap.
    """
    return _rule_rows(p, "cap")


CONSTRAINTS = (closing, budget, floor, cap)


def _rule_terms(p: Programme, rule: Rule) -> tuple[Index, Array]:
    """Columns and coefficients of what a rule limits."""
    if rule.of is None:
        z = p.closed_column[rule.members]
        z = z[z >= 0]
        return z, np.ones(len(z))
    cost = p.cost[rule.members, rule.of]
    return rule.members[cost != 0], cost[cost != 0]


def _rule_rows(p: Programme, kind: str) -> Rows:
    rules = [rule for rule in p.rules if rule.kind == kind]
    terms = [_rule_terms(p, rule) for rule in rules]
    amount = np.array([rule.amount for rule in rules], dtype=float)
    none = np.full(len(rules), INF)
    names: list[Label] = [(rule.name,) for rule in rules]
    return Rows(
        kind,
        lambda: names,
        row=np.repeat(np.arange(len(rules)), [len(c) for c, _ in terms]),
        column=np.concatenate([np.empty(0, np.int64), *(c for c, _ in terms)]),
        value=np.concatenate([np.empty(0), *(v for _, v in terms)]),
        lower=amount if kind == "floor" else -none,
        upper=none if kind == "floor" else amount,
    )
