"""A second reader of a plan under way: recounts from the tables what is spent, closed and worth, and proves the best.

What is committed comes first, what is chosen beyond it goes on where it ends; what was achieved is counted as reported.
Taken as given are the levels, the weights and the scores of the ranking, as in `recount`, and the approved money.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise
from math import prod
from statistics import NormalDist
from typing import Any

from ...case import Case
from ...case.tables import Actual, Effect
from ...optimize.solve.proof.rational import Entries
from .prove import CaseProof, compare, prove_point
from .recount import LIMIT, Recount
from .replay import gained
from .statement import HELD, Held, Statement, point_shown, state, valued
from .tables import ONE, ZERO, Pair, Place, Tables, decimal, total
from .value import priorities, worth

PRIOR, NOISE = Fraction(9, 100), Fraction(4, 100)
"""Variances of what an effect is of what was assumed, and of what a unit of level achieves of it."""
CLOSED = 1e-9
"""Share of a gap up to which it is closed."""


class _Reported:
    """What the latest reports say, by place and period."""

    def __init__(self, tables: Tables) -> None:
        self.level: dict[Place, dict[str, Fraction]] = {}
        self.took: dict[Place, dict[str, Fraction]] = {}
        self.spent: dict[tuple[Place, str, str], Fraction] = {}
        self.cells: dict[tuple[Place, str, Pair], Fraction] = {}
        first = next(iter(tables.resources))
        for row in sorted(tables.case.rows(Actual), key=lambda row: row.date):
            place, period = (row.measure, row.target or "*"), row.period or tables.periods[0]
            if row.committed is not None:
                self.level.setdefault(place, {})[period] = decimal(row.committed)
            if row.spent is not None:
                self.spent[place, row.resource or first, period] = decimal(row.spent)
            if row.achieved is not None and row.track:
                self.cells[place, period, (row.track, row.factor)] = decimal(row.achieved)
            elif row.achieved is not None:
                self.took.setdefault(place, {})[period] = decimal(row.achieved)

    @property
    def places(self) -> list[Place]:
        """Every place of which something is told."""
        named = (place for told in (self.spent, self.cells) for place, _, _ in told)
        return list(dict.fromkeys([*self.level, *self.took, *named]))

    def committed(self, place: Place, period: str) -> Fraction:
        return self.level.get(place, {}).get(period, ZERO)

    def achieved(self, place: Place, period: str) -> Fraction:
        return self.took.get(place, {}).get(period, self.committed(place, period))


def recount_underway(case: Case, shown: Mapping[str, Any]) -> Recount:
    """Recompute what a re-planned case shows: spend against budgets, closed gaps, value; and that what is bound stays.

    Parameters
    ----------
    shown : settings, weights, ranking, outlook, start, allocation, resources, gaps, closed_by_period and value, keys as
        ``saidao replan --json``.
    """
    tables, found = Tables(case, shown["settings"]), Recount()
    held = _held(tables, shown)
    levels: dict[Place, dict[str, Fraction]] = {}
    rows = {(row["measure"], row["target"], row["period"]): row for row in shown["allocation"]}
    for (measure, target, period), row in rows.items():
        levels.setdefault((measure, target), {})[period] = decimal(row["level"])
    used = dict.fromkeys(tables.budgets, ZERO)
    bought: dict[tuple[Place, str, str], Fraction] = {}  # by the period of the level that it is paid for
    size_of = dict(tables.budgets)  # with what comes in and goes out, which may cancel
    delivered: list[dict[Pair, Fraction]] = [dict(given) for given in held.given]
    room = decimal(LIMIT)
    for place in dict.fromkeys([*levels, *held.level, *(place for place, _, _ in held.spent)]):
        further = {}
        for q, period in enumerate(tables.periods):
            bound, level = held.at(place, period), levels.get(place, {}).get(period, ZERO)
            size = room * decimal(tables.measures[place[0]].max_level)
            over = bound if q < held.start else None
            found.within(level, bound, over, size, "level", *place, period)
            further[period] = max(level - bound, ZERO)
        for period in tables.periods:
            paid = tables.measures[place[0]].begins or period
            for r in tables.resources:
                amount = held.spent.get((place, r, period), ZERO) + further[paid] * tables.cost(place[0], r, period)
                used[r, period] += amount
                size_of[r, period] += abs(amount)
                bought[place, paid, r] = bought.get((place, paid, r), ZERO) + amount
        _deliver(tables, held, place, further, delivered)
    for (place, period, r), amount in bought.items():
        row = rows.get((*place, period))
        if row is not None and (amount or r in row["costs"]):
            whole = sum((size_of[r, p] for p in tables.periods), ZERO)
            found.same(row["costs"].get(r), amount, whole, "costs", *place, r)
    for row in shown["resources"]:
        at, name = (row["resource"], row["period"]), f"resources {row['resource']} {row['period']}"
        found.same(row["budget"], tables.budgets[at], ZERO, name, "budget")
        found.same(row["used"], used[at], size_of[at], name, "used")
    for r, resource in tables.resources.items():
        carried = ZERO
        for period in tables.periods:
            whole = tables.budgets[r, period] + carried
            found.within(used[r, period], None, whole, room * max(whole, ONE), "used", r, period)
            carried = decimal(resource.carry) * max(whole - used[r, period], ZERO)
    pairs = [(row["track"], row["factor"]) for row in shown["gaps"]]
    closed = []
    for at_period, shown_closed in zip(delivered, shown["closed_by_period"], strict=True):
        made = {}
        for pair, z in zip(pairs, shown_closed, strict=True):
            gap = tables.gaps[pair]
            made[pair] = decimal(z) if pair in tables.capped else min(gap, at_period.get(pair, ZERO))
            found.same(float(z), made[pair], ONE, "closed", *pair)
            found.within(decimal(z), ZERO, min(gap, at_period.get(pair, ZERO)), room, "closed", *pair)
        closed.append(made)
    v = priorities(tables, shown)
    whole = sum((v[pair] * gap for pair, gap in tables.gaps.items()), ZERO)
    found.same(shown["value"], worth(tables, v, closed), whole, "value")
    return found


def _reported(
    tables: Tables, told: _Reported, place: Place
) -> Iterator[tuple[Pair, list[Effect], list[Fraction], bool]]:
    """Yield what each effect of a place has closed of what was reported, by period, and whether it was measured."""
    measure = place[0]
    ends = [ZERO, *accumulate(told.achieved(place, period) for period in tables.periods)]
    for track in tables.covered(place):
        for factor in tables.affected.get(measure, ()):
            parts, pair = _going_on(tables, measure, tables.rows_that_hold(measure, track, factor)), (track, factor)
            cells = {p: told.cells[place, p, pair] for p in tables.periods if (place, p, pair) in told.cells}
            given = [
                cells.get(period, gained(parts, low, high))
                for period, (low, high) in zip(tables.periods, pairwise(ends), strict=True)
            ]
            yield pair, parts, given, bool(cells)


def _held(tables: Tables, shown: Mapping[str, Any]) -> Held:
    """What the reports say that stands already, and what a further unit closes under the outlook."""
    told, outlook = _Reported(tables), shown["outlook"]
    last = len(tables.periods) - 1
    spent: dict[tuple[Place, str, str], Fraction] = {}
    given: list[dict[Pair, Fraction]] = [{} for _ in tables.periods]
    ratio = {
        ((measure, target), (track, factor)): learnt
        for measure, learnt in _learnt_ratios(tables, told, outlook).items()
        for target in tables.places[measure]
        for track in tables.covered((measure, target))
        for factor in tables.affected.get(measure, ())
    }
    for place in told.places:
        row = tables.measures[place[0]]
        for period in tables.periods:
            level = told.committed(place, row.begins or period)
            for r in tables.resources:
                amount = told.spent.get((place, r, period), level * tables.cost(place[0], r, period))
                if amount:
                    spent[place, r, period] = amount
        bound = total(told.committed(place, p) for p in tables.periods)
        took = total(told.achieved(place, p) for p in tables.periods)
        for pair, parts, flows, measured in _reported(tables, told, place):
            if outlook == "achieved" and bound:
                hoped = gained(parts, ZERO, bound)
                ratio[place, pair] = total(flows) / hoped if measured and hoped else took / bound
            for q, flow in enumerate(flows):
                for p in range(q + row.lag, last + 1) if flow else ():
                    given[p][pair] = given[p].get(pair, ZERO) + flow * tables.kept ** (p - q - row.lag)
    return Held(told.level, spent, given, ratio, shown["start"])


def _deliver(
    tables: Tables, held: Held, place: Place, further: Mapping[str, Fraction], delivered: list[dict[Pair, Fraction]]
) -> None:
    """Add what is delivered by the levels of one place that are chosen beyond what is committed."""
    measure, lag = place[0], tables.measures[place[0]].lag
    if not any(further.values()):
        return
    for track in tables.covered(place):
        for factor in tables.affected.get(measure, ()):
            pair, chosen = (track, factor), held.whole(place)
            parts = _going_on(tables, measure, tables.rows_that_hold(measure, track, factor))
            ratio = held.ratio.get((place, pair), ONE)
            for q, period in enumerate(tables.periods):
                beyond = chosen + further[period]
                flow, chosen = ratio * gained(parts, chosen, beyond), beyond
                for p in range(q + lag, len(tables.periods)) if flow else ():
                    delivered[p][pair] = delivered[p].get(pair, ZERO) + flow
                    flow *= tables.kept


def _going_on(tables: Tables, measure: str, rows: Sequence[Effect]) -> list[Effect]:
    """Let an effect that holds up to the largest level hold beyond it: more may have been achieved."""
    most = tables.measures[measure].max_level
    return [row if row.up_to is None or row.up_to < most else row.model_copy(update={"up_to": None}) for row in rows]


def _learnt_ratios(tables: Tables, told: _Reported, outlook: str) -> dict[str, Fraction]:
    """What a further unit of each measure closes, of what the case says, where its results are to tell."""
    if outlook != "updated":
        return {}
    last, closed = len(tables.periods) - 1, dict.fromkeys(tables.gaps, ZERO)
    for place in told.places:
        lag = tables.measures[place[0]].lag
        for pair, _, given, _ in _reported(tables, told, place):
            for q, flow in enumerate(given[: max(last - lag + 1, 0)]):
                closed[pair] += flow * tables.kept ** (last - lag - q)
    full = {pair for pair, amount in closed.items() if amount >= tables.gaps[pair] * (ONE - decimal(CLOSED))}
    return {measure: _learnt(tables, told, measure, full) for measure in dict.fromkeys(m for m, _ in told.level)}


def _learnt(tables: Tables, told: _Reported, measure: str, full: set[Pair]) -> Fraction:
    """The mean of a measure's factor, by its results; one whose gaps all closed says only "at least"."""
    seen: list[tuple[Fraction, Fraction]] = []
    capped: list[tuple[Fraction, Fraction]] = []
    for place in (place for place in told.level if place[0] == measure):
        level = sum(told.level[place].values(), ZERO)
        result = level, sum((told.achieved(place, p) for p in tables.periods), ZERO)
        pairs = [pair for pair, parts, *_ in _reported(tables, told, place) if any(row.effect > 0 for row in parts)]
        if level:
            (capped if pairs and full.issuperset(pairs) else seen).append(result)
    precision = ONE / PRIOR + sum((k for k, _ in seen), ZERO) / NOISE
    mean = (ONE / PRIOR + sum((h for _, h in seen), ZERO) / NOISE) / precision
    if not capped:
        return mean
    # a normal density, times the chance of no less than each capped result, summed over ten deviations to each side
    normal, deviation = NormalDist(), float(precision) ** -0.5
    points = [float(mean) + deviation * step / 200 for step in range(-2000, 6001)]
    density = [
        normal.pdf((at - float(mean)) / deviation)
        * prod((normal.cdf((at - float(h / k)) / (float(NOISE / k) ** 0.5)) for k, h in capped), start=1.0)
        for at in points
    ]
    return decimal(sum(at * weight for at, weight in zip(points, density, strict=True)) / sum(density))


# --- the best of what is left -----------------------------------------------------------------------------------------


def prove_underway(case: Case, shown: Mapping[str, Any]) -> CaseProof:
    """Prove from the tables that no plan is better at the first stage of a re-planned case: in fractions, by `asked`.

    Parameters
    ----------
    shown : as `recount_underway` takes it, with `approved` (the money of places by period), `gone` (that of those that
        are no more, by resource), `counted` (what a unit moved of each resource counts), `left` (of whole units, to the
        bound that was told) and `asked`: ``most`` value, or the most that moves no more than ``within``, or the least
        that moves and keeps the value ``keeping``.
    """
    tables = Tables(case, shown["settings"])
    held = _held(tables, shown)
    made = state(tables, held=held)
    value = valued(made, tables, priorities(tables, shown))
    asked = shown["asked"]
    if "most" in asked:
        made.objective = value
        x = point_shown(made, tables, shown, held)
    else:
        movement = _moved(made, tables, held, shown)
        if "within" in asked:
            made.objective = value
            made.row("within", terms=movement.terms, high=decimal(asked["within"]))
        else:
            made.objective = {j: -a for j, a in movement.terms.items() if j != HELD}
            made.row("keeping", terms=value, low=decimal(asked["keeping"]))
        x = point_shown(made, tables, shown, held)
        for j, (terms, approved) in movement.changes.items():
            x[j] = abs(sum(float(a) * x[c] for c, a in terms.items()) - float(approved))
    told = total(a * Fraction(x[j]) for j, a in made.objective.items())
    proof, best = prove_point(made.model(), made.rational(), x, float(shown["left"]))
    if best is not None:
        at_stake = total(abs(a) * (made.bounds[j][1] or ZERO) for j, a in made.objective.items())
        compare(proof, float(told), float(best.value), float(at_stake))
    return proof


@dataclass(frozen=True)
class _Movement:
    """What moves: the sum of terms; each column in it is at least what a place has more, or less, than approved.

    `changes`: of each column what the money of its place is made of, and what of it is approved beyond what is spent.
    """

    terms: Entries
    changes: dict[int, tuple[Entries, Fraction]]


def _moved(made: Statement, tables: Tables, held: Held, shown: Mapping[str, Any]) -> _Movement:
    """State what moves: of every place, resource and period the difference between its money and what was approved."""
    weight = {r: decimal(w) for r, w in shown["counted"].items() if w}
    levels: dict[tuple[Place, str], list[int]] = {}
    for (kind, *name), j in made.columns.items():
        if kind == "level":
            measure, target, _, period = name
            levels.setdefault(((measure, target), period), []).append(j)
    approved: dict[tuple[Place, str, str], Fraction] = {}
    for row in shown["approved"]:
        for r, amount in row["costs"].items():
            approved[(row["measure"], row["target"]), row["period"], r] = decimal(amount)
    terms: Entries = {HELD: total(w * decimal(shown["gone"][r]) for r, w in weight.items())}
    changes: dict[int, tuple[Entries, Fraction]] = {}
    for place in ((measure, target) for measure, targets in tables.places.items() for target in targets):
        begins = tables.measures[place[0]].begins
        for p in (begins,) if begins else tables.periods:
            due = tables.periods if begins else (p,)
            for r, w in weight.items():
                spent = total(held.spent.get((place, r, one), ZERO) for one in due)
                still = approved.get((place, p, r), ZERO) - spent
                cost = total(tables.cost(place[0], r, one) for one in due)
                money = {j: cost for j in levels.get((place, p), ()) if cost}
                if not money:
                    terms[HELD] += w * abs(still)
                    continue
                most = abs(still) + total(abs(cost) * (made.bounds[j][1] or ZERO) for j in money)
                change = made.column("moved", *place, p, r, high=most)
                made.row("more", *place, p, r, terms=money | {change: -ONE}, high=still)
                made.row("less", *place, p, r, terms=money | {change: ONE}, low=still)
                terms[change], changes[change] = w, (money, still)
    return _Movement(terms, changes)
