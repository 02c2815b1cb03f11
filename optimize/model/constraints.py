"""The constraints of the allocation program, one function each, under `@constraint`; bounds stand in `columns`.

x[a,s,p] is the level of segment s of application a in period p, z[k,p] the gap closed at pair k by the end of p. A
constraint that a programme does not need yields no row. The decorator says what the rows are to a planner (`Role`):
what asks for limits, costs or effects keeps no list of constraints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import wraps
from typing import Literal

import numpy as np

from .columns import Columns
from .model import INF, Label, Role, Rows
from .programme import Array, Index, Requirement, Rule, sums

Term = tuple[Index, Array]
"""Columns and their coefficients."""
Constraint = Callable[[Columns], Rows]

CONSTRAINTS: dict[str, Constraint] = {}
"""All constraints by name, in the order of their rows."""


def constraint(
    *, limit: Literal["amount", "level", "relation"] | None = None, spends: bool = False, closes: bool = False
) -> Callable[[Constraint], Constraint]:
    """Register a function as the constraint of its name, with its role."""

    def register(made: Constraint) -> Constraint:
        @wraps(made)
        def rows(c: Columns) -> Rows:
            return replace(made(c), role=Role(limit, spends, closes))

        CONSTRAINTS[made.__name__] = rows
        return rows

    return register


@constraint(closes=True)
def closing(c: Columns) -> Rows:
    """A gap is closed by no more than what the measures have delivered there.

    z[k,p] - sum_{a,s} sum_{q <= p - lag[a]} effect[a,s,k] (1 - decay)^(p - lag[a] - q) x[a,s,q] <= given[k,p]
    for all open k, p  (gap units).
    """
    p = c.programme
    pairs, periods = len(p.open_pairs), len(p.periods)
    number = p.open_number[p.effect_pair]
    lag = p.lag[p.segment_application[p.effect_segment]]
    row, column, value = [], [], []
    for now in range(periods):
        row.append(now * pairs + np.arange(pairs))
        column.append(c.closed(now, np.arange(pairs)))
        value.append(np.ones(pairs))
        for then in range(now + 1):
            age = now - then - lag
            felt = (number >= 0) & (age >= 0)
            row.append(now * pairs + number[felt])
            column.append(c.level(then, p.effect_segment[felt]))
            value.append(-p.effect[felt] * (1.0 - p.decay) ** age[felt])
    size = pairs * periods
    return Rows(
        "closing",
        lambda: _dated(c, [p.pair_name(k) for k in p.open_pairs]),
        np.concatenate(row),
        np.concatenate(column),
        np.concatenate(value),
        lower=np.full(size, -INF),
        upper=np.zeros(size) if p.given is None else p.given[:, p.open_pairs].ravel(),
    )


@constraint()
def lasting(c: Columns) -> Rows:
    """What is closed stays closed, unless effects decay.

    z[k,p-1] - z[k,p] <= 0  for all open k, p after the first, where decay is 0  (gap units).
    """
    p = c.programme
    pairs, later = len(p.open_pairs), len(p.periods) - 1 if p.decay == 0 else 0
    size = later * pairs
    before = c.closed(0, np.arange(size))
    return Rows(
        "lasting",
        lambda: [(*p.pair_name(k), period) for period in p.periods[1 : later + 1] for k in p.open_pairs],
        row=np.repeat(np.arange(size), 2),
        column=np.stack([before, before + pairs], axis=1).ravel(),
        value=np.tile([1.0, -1.0], size),
        lower=np.full(size, -INF),
        upper=np.zeros(size),
    )


@constraint()
def level(c: Columns) -> Rows:
    """Over all periods, no segment of a level is used beyond its width.

    sum_p x[a,s,p] <= width[a,s]  for all a, s, where there are several periods  (units of level).
    """
    p = c.programme
    periods = len(p.periods)
    size = len(p.segment_width) if periods > 1 else 0
    segment = np.repeat(np.arange(size), periods)
    return Rows(
        "level",
        lambda: [(*p.place(p.segment_application[s]), str(s)) for s in range(size)],
        row=segment,
        column=c.level(np.tile(np.arange(periods), size), segment),
        value=np.ones(len(segment)),
        lower=np.full(size, -INF),
        upper=p.segment_end[:size],
    )


@constraint()
def used_up(c: Columns) -> Rows:
    """A segment counts as used up only where its whole width is used.

    width[a,s] full[a,s,p] - sum_{q <= p} x[a,s,q] <= 0  for all a, s, p whose order has to be kept  (units of level).
    """
    p = c.programme
    terms = []
    for place, (q, s, _) in enumerate(c.ordered):
        columns, ones = _level_term(c, np.array([s]), range(q + 1))
        terms.append((np.append(c.full(np.array([place])), columns), np.append(p.segment_width[s], -ones)))
    return _rows("used_up", _ordered_names(c), terms, "<=", np.zeros(len(terms)))


@constraint()
def in_order(c: Columns) -> Rows:
    """Units of a segment count only where the one before it is used up.

    sum_{q <= p} x[a,s+1,q] - width[a,s+1] full[a,s,p] <= 0  for all a, s, p whose order has to be kept  (units of
    level). The order holds by itself but for decay, see `Columns.ordered`.
    """
    p = c.programme
    terms = []
    for place, (q, _, s) in enumerate(c.ordered):
        columns, ones = _level_term(c, np.array([s]), range(q + 1))
        terms.append((np.append(columns, c.full(np.array([place]))), np.append(ones, -p.segment_width[s])))
    return _rows("in_order", _ordered_names(c), terms, "<=", np.zeros(len(terms)))


@constraint(limit="amount", spends=True)
def budget(c: Columns) -> Rows:
    """No resource is spent beyond its budget and what was carried over.

    sum_a cost[a,r,p] x[a,paid[a,p]] + unspent[r,p] - carry[r] unspent[r,p-1] <= budget[r,p]
    for all r, p  (the resource's unit); paid[a,p] is p, or the period in which a begins, where it has one.
    """
    p = c.programme
    resources = len(p.resources)
    row, column, value = [], [], []
    for q in range(len(p.periods)):
        unit = p.cost[p.segment_application, :, q]
        s, r = np.nonzero(unit)
        row.append(q * resources + r)
        column.append(c.level(p.paid_for(q)[p.segment_application[s]], s))
        value.append(unit[s, r])
        if c.sizes["unspent"]:
            every = np.arange(resources)
            row.append(q * resources + every)
            column.append(c.unspent(q, every))
            value.append(np.ones(resources))
            if q:
                carried = np.flatnonzero(p.carry)
                row.append(q * resources + carried)
                column.append(c.unspent(q - 1, carried))
                value.append(-p.carry[carried])
    return Rows(
        "budget",
        lambda: _dated(c, [(r,) for r in p.resources]),
        np.concatenate(row),
        np.concatenate(column),
        np.concatenate(value),
        lower=np.full(p.budget.size, -INF),
        upper=p.budget.T.ravel(),
    )


@constraint(limit="amount", spends=True)
def floor(c: Columns) -> Rows:
    """A group gets at least the amount of its rule.

    sum_{a in group, p} cost[a,r,p] x[a,p] >= amount  (the resource's unit), or
    sum_{k in group} z[k,p] >= amount  (gap units), for all rules of kind floor.
    """
    return _rule_rows(c, "floor")


@constraint(limit="amount", spends=True)
def cap(c: Columns) -> Rows:
    """A group gets at most the amount of its rule.

    sum_{a in group, p} cost[a,r,p] x[a,p] <= amount  (the resource's unit), or
    sum_{k in group} z[k,p] <= amount  (gap units), for all rules of kind cap.
    """
    return _rule_rows(c, "cap")


@constraint(limit="relation")
def requires(c: Columns) -> Rows:
    """A measure never runs ahead of its prerequisite.

    sum_{q <= p} x[a,q] - ratio sum_{q <= p} x[b,q] <= 0  for all requirements (a, b), p  (units of level), where x
    counts with what is bound of it.
    """
    p = c.programme
    bound = p.bound_level.cumsum(axis=1)
    terms, names, amounts = [], [], []
    for need in (need for need in p.requires if len(need.prerequisites) < 2):
        for now in p.open_periods:
            terms.append(_ahead(c, need, need.prerequisites, now))
            names.append((need.name, *p.place(need.application), p.periods[now]))
            before_it = need.ratio * sum(float(bound[b, now]) for b in need.prerequisites)
            amounts.append(before_it - bound[need.application, now])
    return _rows("requires", names, terms, "<=", np.array(amounts, dtype=float))


@constraint()
def met(c: Columns) -> Rows:
    """Of several prerequisites, one that counts as met is one that the measure does not run ahead of.

    sum_{q <= p} x[a,q] - ratio sum_{q <= p} x[b,q] - end[a] (1 - met[a,b,p]) <= 0
    for all requirements of a with several prerequisites b, p  (units of level), where x counts with what is bound of
    it, and end[a] is the largest level.
    """
    p = c.programme
    bound = p.bound_level.cumsum(axis=1)
    terms, names, amounts = [], [], []
    for now in p.open_periods:
        for place, (n, b) in enumerate(c.several):
            need = p.requires[n]
            a = need.application
            end = p.level_end[a] + bound[a, -1]
            columns, values = _ahead(c, need, (b,), now)
            terms.append((np.append(columns, c.met(now, place)), np.append(values, end)))
            names.append((need.name, *p.place(a), *p.place(b), p.periods[now]))
            amounts.append(end + need.ratio * bound[b, now] - bound[a, now])
    return _rows("met", names, terms, "<=", np.array(amounts, dtype=float))


@constraint(limit="relation")
def requires_one(c: Columns) -> Rows:
    """One of several prerequisites is met.

    sum_b met[a,b,p] >= 1  for all requirements of a with several prerequisites b, p.
    """
    p = c.programme
    terms, names = [], []
    for n, need in enumerate(p.requires):
        places = [place for place, (of, _) in enumerate(c.several) if of == n]
        for now in p.open_periods if places else ():
            terms.append((np.array([c.met(now, place) for place in places]), np.ones(len(places))))
            names.append((need.name, *p.place(need.application), p.periods[now]))
    return _rows("requires_one", names, terms, ">=", np.ones(len(terms)))


@constraint()
def whole(c: Columns) -> Rows:
    """The level of an application of whole units is a whole number, over its segments.

    sum_s x[a,s,p] - n[a,p] = 0  for all a of kind integer or binary with several segments, p  (units of level).
    """
    p = c.programme
    terms, names = [], []
    for q in p.open_periods:
        for place, a in enumerate(c.counted):
            columns, values = _level_term(c, p.segments_of[a], [q])
            terms.append((np.append(columns, c.count(q, place)), np.append(values, -1.0)))
            names.append((*p.place(a), p.periods[q]))
    return _rows("whole", names, terms, "=", np.zeros(len(terms)))


@constraint()
def nothing_unless_used(c: Columns) -> Rows:
    """An application with a least level has none in a period in which it is not used.

    sum_s x[a,s,p] - level_end[a] used[a,p] <= 0  for all a that are switched, p  (units of level).
    """
    p = c.programme
    return _switch_rows(c, "nothing_unless_used", "<=", p.level_end)


@constraint()
def enough_if_used(c: Columns) -> Rows:
    """An application with a least level has at least that in a period in which it is used.

    sum_s x[a,s,p] - level_min[a] used[a,p] >= - bound[a,p]  for all a that are switched, p  (units of level).
    """
    p = c.programme
    rows = _switch_rows(c, "enough_if_used", ">=", p.level_min)
    return replace(rows, lower=-p.bound_level[c.switched][:, p.start :].T.ravel() + 0.0)


@constraint()
def nothing_unless_chosen(c: Columns) -> Rows:
    """An application in an exclusion has a level only if it is the one chosen.

    sum_{s,p} x[a,s,p] - level_end[a] chosen[a] <= 0  for all a in an exclusion  (units of level).
    """
    p = c.programme
    terms = []
    for a in c.excluded:
        columns, values = _level_term(c, p.segments_of[a])
        terms.append((np.append(columns, c.chosen(a)), np.append(values, -p.level_end[a])))
    return _rows("nothing_unless_chosen", [p.place(a) for a in c.excluded], terms, "<=", np.zeros(len(terms)))


@constraint(limit="relation")
def excludes(c: Columns) -> Rows:
    """At most one of a set is used at a target.

    sum_{a in set} chosen[a] <= 1  for all exclusions.
    """
    p = c.programme
    terms = [(np.array([c.chosen(a) for a in e.applications]), np.ones(len(e.applications))) for e in p.excludes]
    return _rows("excludes", [(e.name,) for e in p.excludes], terms, "<=", np.ones(len(terms)))


@constraint()
def used_if_chosen(c: Columns) -> Rows:
    """Of a set of which exactly one is used, the one that is chosen has at least its least level.

    sum_{s,p} x[a,s,p] - least[a] chosen[a] >= - sum_p bound[a,p]  for all a in such a set  (units of level).
    """
    p = c.programme
    members = sorted({a for e in p.excludes if e.exactly for a in e.applications})
    terms = []
    for a in members:
        columns, values = _level_term(c, p.segments_of[a])
        terms.append((np.append(columns, c.chosen(a)), np.append(values, -p.least_used[a])))
    amounts = -p.bound_level[members].sum(axis=1) + 0.0
    return _rows("used_if_chosen", [p.place(a) for a in members], terms, ">=", amounts)


@constraint(limit="relation")
def one_of(c: Columns) -> Rows:
    """One of a set is used at a target.

    sum_{a in set} chosen[a] >= 1  for all sets of which exactly one is used.
    """
    sets = [e for e in c.programme.excludes if e.exactly]
    terms = [(np.array([c.chosen(a) for a in e.applications]), np.ones(len(e.applications))) for e in sets]
    return _rows("one_of", [(e.name,) for e in sets], terms, ">=", np.ones(len(terms)))


@constraint(limit="level")
def lock(c: Columns) -> Rows:
    """A level that is set beforehand is kept.

    sum_{s,p} x[a,s,p] = level - sum_p bound[a,p]  for all locks  (units of level).
    """
    p = c.programme
    terms = [_level_term(c, p.segments_of[a]) for a, _ in p.locks]
    levels = np.array([v - p.bound_level[a].sum() for a, v in p.locks], dtype=float)
    return _rows("lock", [p.place(a) for a, _ in p.locks], terms, "=", levels)


# --- what the equations share ---------------------------------------------------------------------------------------


def _dated(c: Columns, labels: list[Label]) -> list[Label]:
    """Labels of rows by period; the period is told where there are several."""
    p = c.programme
    return labels if len(p.periods) == 1 else [(*label, period) for period in p.periods for label in labels]


def _ordered_names(c: Columns) -> list[Label]:
    p = c.programme
    return [(*p.place(p.segment_application[s]), str(s), p.periods[q]) for q, s, _ in c.ordered]


def _level_term(c: Columns, segments: Index, periods: Iterable[int] | None = None) -> Term:
    """Return the sum of the levels of segments over periods (all, if left out)."""
    chosen = range(len(c.programme.periods)) if periods is None else periods
    columns = np.concatenate([np.empty(0, np.int64), *(c.level(q, segments) for q in chosen)])
    return columns, np.ones(len(columns))


def _ahead(c: Columns, need: Requirement, prerequisites: Iterable[int], now: int) -> Term:
    """Return by how much a measure's level runs ahead of its prerequisites' by the end of a period."""
    until = range(now + 1)
    columns, values = _level_term(c, c.programme.segments_of[need.application], until)
    for b in prerequisites:
        before, ones = _level_term(c, c.programme.segments_of[b], until)
        columns, values = np.concatenate([columns, before]), np.concatenate([values, -need.ratio * ones])
    return columns, values


def _rule_term(c: Columns, rule: Rule) -> Term:
    """Return what a rule limits."""
    p = c.programme
    if rule.of is None:
        period = len(p.periods) - 1 if rule.period is None else rule.period
        number = p.open_number[rule.members]
        columns = c.closed(period, number[number >= 0])
        return columns, np.ones(len(columns))
    member = np.isin(p.segment_application, rule.members)
    found, units = [np.empty(0, np.int64)], [np.empty(0)]
    for q in range(len(p.periods)) if rule.period is None else [rule.period]:
        unit = p.cost[p.segment_application, rule.of, q]
        segments = np.flatnonzero(member & (unit != 0))
        found.append(c.level(p.paid_for(q)[p.segment_application[segments]], segments))
        units.append(unit[segments])
    columns, at = np.unique(np.concatenate(found), return_inverse=True)  # what begins in a period is paid for in many
    return columns, sums(at, np.concatenate(units), len(columns))


def _rule_rows(c: Columns, kind: Literal["floor", "cap"]) -> Rows:
    rules = [rule for rule in c.programme.rules if rule.kind == kind]
    amounts = np.array([rule.amount for rule in rules], dtype=float)
    names: list[Label] = [(rule.name,) for rule in rules]
    return _rows(kind, names, [_rule_term(c, rule) for rule in rules], ">=" if kind == "floor" else "<=", amounts)


def _switch_rows(c: Columns, name: str, sense: Literal["<=", ">="], bound: Array) -> Rows:
    p = c.programme
    terms, names = [], []
    for q in p.open_periods:
        for place, a in enumerate(c.switched):
            columns, values = _level_term(c, p.segments_of[a], [q])
            terms.append((np.append(columns, c.used(q, place)), np.append(values, -bound[a])))
            names.append((*p.place(a), p.periods[q]))
    return _rows(name, names, terms, sense, np.zeros(len(terms)))


def _rows(name: str, labels: list[Label], terms: list[Term], sense: Literal["<=", "=", ">="], amounts: Array) -> Rows:
    """Rows from a list of terms, each against its amount."""
    none = np.full(len(terms), INF)
    return Rows(
        name,
        lambda: labels,
        row=np.repeat(np.arange(len(terms)), [len(columns) for columns, _ in terms]),
        column=np.concatenate([np.empty(0, np.int64), *(columns for columns, _ in terms)]),
        value=np.concatenate([np.empty(0), *(values for _, values in terms)]),
        lower=-none if sense == "<=" else amounts,
        upper=none if sense == ">=" else amounts,
    )
