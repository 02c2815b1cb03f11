"""A second implementation of re-planning, from REPLAN's formulas over the tables of a case folder; scipy solves.

It shares no code with the engine. Of each level x = k + y the part k is bound; what moves of a resource is
sum |s + c y - m0|. Budgets, rules and relations are stated on x, with what is bound as a constant.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.stats import norm

from tests.oracle.implementation import (
    CITY,
    EVERYWHERE,
    METHODS,
    SCOPES,
    Infeasible,
    Pair,
    Program,
    Row,
    Steps,
    Terms,
    add,
    budgets_of,
    costs_of,
    covering,
    directions,
    gap_counts_for,
    limit,
    minus,
    names,
    needed,
    number,
    period_of,
    periods_of,
    read,
    resolve_effects,
    rows_of,
    scale,
    score_matrix,
    spend_counts_for,
    stance_factors,
    targets,
    weigh,
)

__all__ = ["Infeasible", "Underway"]

Place = tuple[str, str, str]  # measure, target, period
ROOM = 1e-9
"""Share of the budgets, and of the gap, that a bound on what moves or on the value is widened by."""


def gained(steps: Steps, start: float, end: float) -> float:
    """Gap units that the levels from *start* to *end* close; beyond the last step as its last one does."""
    closed, low = 0.0, 0.0
    for i, (high, effect) in enumerate(steps):
        top = math.inf if i == len(steps) - 1 else high
        closed += effect * max(min(end, top) - max(start, low), 0.0)
        low = high
    return closed


@dataclass
class Reports:
    """What the table `actuals` says, by place: nothing where it says nothing."""

    committed: dict[Place, float] = field(default_factory=dict)
    achieved: dict[Place, float] = field(default_factory=dict)
    spent: dict[tuple[str, str, str, str], float] = field(default_factory=dict)
    cells: dict[tuple[str, str, str, str, str], float] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: list[Row], periods: list[str], resource: str) -> Reports:
        made = cls()
        for row in rows:
            place = row["measure"], row.get("target") or CITY, row.get("period") or periods[0]
            amounts = {name: number(row, name) for name in ("committed", "spent", "achieved")}
            if (k := amounts["committed"]) is not None:
                made.committed[place] = k
            if (s := amounts["spent"]) is not None:
                made.spent[(*place, row.get("resource") or resource)] = s
            if (h := amounts["achieved"]) is not None and row.get("track"):
                made.cells[(*place, row["track"], row["factor"])] = h
            elif h is not None:
                made.achieved[place] = h
        return made


class Underway:
    """What can still be planned, and how much of an approved plan moves.

    Parameters
    ----------
    folder : the case as it is now, with its table `actuals`.
    money : approved money by (measure, target, period, resource).
    approved : approved budgets by resource, over which `of` = "all" is summed.
    """

    def __init__(
        self,
        folder: Path,
        money: Mapping[tuple[str, str, str, str], float],
        approved: Mapping[str, float],
        *,
        budgets: Mapping[str, float] | None = None,
        at: str = "",
        of: str = "",
        outlook: str = "achieved",
    ) -> None:
        self.tables = t = read(folder)
        self.periods = periods_of(t)
        self.start = self.periods.index(at) if at else 0
        self.resources = names(t.resources, "resource")
        self.told = Reports.of(rows_of(Path(folder) / "actuals.csv"), self.periods, self.resources[0])
        self.outlook = outlook
        self.program, self.costs = Program(), costs_of(t)
        self.budget = budgets_of(t, budgets)
        self.decay = float(t.settings.get("decay", 0))
        self._weigh()
        self.y: dict[Pair, list[list[int]]] = {}
        self.widths: dict[Pair, list[float]] = {}
        self.measure: dict[Pair, Row] = {}
        # open units of each segment do so much; what is bound has closed so much by each period
        self.slopes: dict[Pair, dict[Pair, list[float]]] = {}
        self.given: dict[Pair, list[float]] = {pair: [0.0] * len(self.periods) for pair in self.gaps}
        for row in t.measures:
            self._places(row)
        if outlook == "updated":  # once all is known that has closed
            learnt = {row["measure"]: self._learned(row["measure"]) for row in t.measures}
            for place, slopes in self.slopes.items():
                self.slopes[place] = {pair: [learnt[place[0]] * e for e in ends] for pair, ends in slopes.items()}
        self._closing()
        self.spend = self._budgets()
        for rule in t.rules:
            if rule["kind"] in ("floor", "cap"):
                self._bound(rule)
            elif rule["kind"] == "requires":
                self._requires(rule)
            else:
                self._excludes(rule)
        self.value = self._value()
        self.move, self.still = self._movement(money, approved, of)

    # --- the program -------------------------------------------------------------------------------------------------

    def _weigh(self) -> None:
        t = self.tables
        tracks, factors = names(t.tracks, "track"), names(t.factors, "factor")
        matrix = score_matrix(t)
        w, _ = weigh(t, str(t.settings["weights"]), matrix)
        pi = stance_factors(
            METHODS[str(t.settings["method"])](matrix, w, directions(t)), str(t.settings.get("stance", "leaders"))
        )
        self.gaps: dict[Pair, float] = {}
        self.priorities: dict[Pair, float] = {}
        for i, track in enumerate(tracks):
            for j, factor in enumerate(factors):
                worst, best = scale(t, j)
                level = min(max((float(matrix[i, j]) - worst) / (best - worst), 0.0), 1.0)
                self.gaps[track, factor] = 1 - level
                self.priorities[track, factor] = float(pi[i] * w[j])

    def bound(self, place: Pair, period: str) -> float:
        """k of a place in a period."""
        return self.told.committed.get((*place, period), 0.0)

    def took(self, place: Pair, period: str) -> float:
        """h of a place in a period."""
        return self.told.achieved.get((*place, period), self.bound(place, period))

    def _places(self, row: Row) -> None:
        effects = resolve_effects(self.tables, row)
        most, lag = needed(row, "max_level"), int(number(row, "lag") or 0)
        for target, felt in targets(self.tables, row, {t for t, _ in effects}).items():
            place = row["measure"], target
            here = {pair: steps for pair, steps in effects.items() if pair[0] in felt}
            ends = sorted({end for steps in here.values() for end, _ in steps}) or [most]
            k = sum(self.bound(place, p) for p in self.periods)
            self.widths[place] = [
                max(end - max(start, k), 0.0) for start, end in zip([0.0, *ends[:-1]], ends, strict=True)
            ]
            self.measure[place] = row
            self.y[place] = [
                [
                    self.program.variable("y", *place, p, str(s), upper=width if self._open(row, q) else 0.0)
                    for s, width in enumerate(self.widths[place])
                ]
                for q, p in enumerate(self.periods)
            ]
            for s, width in enumerate(self.widths[place]):
                self.program.at_most({part[s]: 1.0 for part in self.y[place]}, width)
            self._kind(place)
            if self.decay > 0:
                self._order(place)
            self._effects(place, here, ends, k, lag)

    def _open(self, row: Row, q: int) -> bool:
        return q >= self.start and row.get("begins", "") in ("", self.periods[q])

    def _kind(self, place: Pair) -> None:
        """The level of an open period is what the kind allows."""
        row = self.measure[place]
        kind, most = row.get("kind") or "continuous", needed(row, "max_level")
        for q in range(self.start, len(self.periods)) if kind != "continuous" else ():
            k, level = self.bound(place, self.periods[q]), dict.fromkeys(self.y[place][q], 1.0)
            if not self._open(row, q):
                continue
            top = 1.0 if kind in ("binary", "semi") else math.floor(most)
            least = number(row, "min_level") or 0.0
            if kind == "integer" and least > 1:
                used = self.program.variable("used", *place, self.periods[q], upper=1.0, whole=True)
                self.program.at_least(level | {used: -least}, -k)
                self.program.at_most(level | {used: -most}, -k)
            n = self.program.variable("n", *place, self.periods[q], upper=top, whole=True)
            if kind == "semi":
                self.program.at_least(level | {n: -needed(row, "min_level")}, -k)
                self.program.at_most(level | {n: -most}, -k)
            else:
                self.program.equals(level | {n: -1.0}, -k)

    def _order(self, place: Pair) -> None:
        parts, widths = self.y[place], self.widths[place]
        for q in range(len(parts)):
            for s in range(len(widths) - 1):
                name = ("begun", *place, self.periods[q], str(s))
                begun = self.program.variable(*name, upper=1.0, whole=True)
                self.program.at_least({part[s]: 1.0 for part in parts[: q + 1]} | {begun: -widths[s]}, 0.0)
                self.program.at_most({part[s + 1]: 1.0 for part in parts[: q + 1]} | {begun: -widths[s + 1]}, 0.0)

    def _effects(self, place: Pair, here: Mapping[Pair, Steps], ends: list[float], k: float, lag: int) -> None:
        self.slopes[place] = {}
        for pair, steps in here.items():
            closed, at = 0.0, 0.0  # gap units, and the level that took effect
            for q, p in enumerate(self.periods):
                after = at + self.took(place, p)
                done = self.told.cells.get((*place, p, *pair), gained(steps, at, after))
                at, closed = after, closed + done
                for later in range(q + lag, len(self.periods)):
                    self.given[pair][later] += done * (1 - self.decay) ** (later - lag - q)
            hoped = gained(steps, 0.0, k)
            ratio = 1.0
            if self.outlook == "achieved" and k > 0:
                reported = any((*place, p, *pair) in self.told.cells for p in self.periods)
                ratio = closed / hoped if reported and hoped > 0 else at / k
            self.slopes[place][pair] = [
                ratio * next((e for stop, e in steps if stop >= end - 1e-12), 0.0) for end in ends
            ]

    def _learned(self, measure: str) -> float:
        """e k', k ~ N(1, .3^2), achieved / committed ~ N(k, .2^2 / committed), no less than that where gaps closed."""
        places = [place for place in self.measure if place[0] == measure]
        results = []
        for place in places:
            k = sum(self.bound(place, p) for p in self.periods)
            h = sum(self.took(place, p) for p in self.periods)
            pairs = [pair for pair, ends in self.slopes[place].items() if any(ends)]
            capped = bool(pairs) and all(self.given[pair][-1] >= self.gaps[pair] * (1 - 1e-9) for pair in pairs)
            if k > 0:
                results.append((k, h, capped))
        at = np.linspace(-3, 6, 90_001)
        weight = -0.5 * ((at - 1) / 0.3) ** 2
        for k, h, capped in results:
            off = (at - h / k) / (0.2 / math.sqrt(k))
            weight += norm.logcdf(off) if capped else -0.5 * off**2
        density = np.exp(weight - weight.max())
        return float((at * density).sum() / density.sum())

    def _closing(self) -> None:
        self.z: dict[Pair, list[int]] = {}
        for pair, gap in self.gaps.items():
            self.z[pair] = [self.program.variable("z", *pair, p, upper=gap) for p in self.periods]
            for p, z in enumerate(self.z[pair]):
                terms: Terms = {z: 1.0}
                for place, parts in self.y.items():
                    lag = int(number(self.measure[place], "lag") or 0)
                    for q in range(p - lag + 1):
                        if pair in self.slopes[place]:
                            left = (1 - self.decay) ** (p - lag - q)
                            add(terms, dict(zip(parts[q], self.slopes[place][pair], strict=True)), -left)
                self.program.at_most(terms, self.given[pair][p])
                if p and self.decay == 0:
                    self.program.at_least({z: 1.0, self.z[pair][p - 1]: -1.0}, 0.0)

    def cost(self, place: Pair, resource: str, period: str) -> tuple[float, str]:
        """What a unit costs in a period, and the period of the level that is paid for."""
        begins = self.measure[place].get("begins", "")
        if begins:
            mine = (row for row in self.tables.costs if row["measure"] == place[0])
            dated = {(row["resource"], row.get("period") or begins): row for row in mine}
            row = dated.get((resource, period))
            return (needed(row, "cost") if row else 0.0), begins
        return self.costs.get((place[0], resource, period), 0.0), period

    def spent(self, place: Pair, resource: str, period: str) -> float:
        """s of a place: what is told, or what is bound at its cost."""
        c, paid = self.cost(place, resource, period)
        return self.told.spent.get((*place, period, resource), c * self.bound(place, paid))

    def _budgets(self) -> dict[tuple[str, str, Pair], tuple[Terms, float]]:
        """Spend by (resource, period, place): what is chosen, and what is spent already."""
        spend: dict[tuple[str, str, Pair], tuple[Terms, float]] = {}
        for row in self.tables.resources:
            r, carry, before = row["resource"], number(row, "carry") or 0.0, None
            for p in self.periods:
                unspent = self.program.variable("unspent", r, p)
                terms: Terms = {unspent: 1.0} if before is None else {unspent: 1.0, before: -carry}
                bound = 0.0
                for place, parts in self.y.items():
                    c, paid = self.cost(place, r, p)
                    mine = {i: c for i in parts[self.periods.index(paid)] if c}
                    spend[r, p, place] = mine, self.spent(place, r, p)
                    bound += spend[r, p, place][1]
                    add(terms, mine)
                self.program.equals(terms, self.budget[r, p] - bound)
                before = unspent
        return spend

    def _bound(self, rule: Row) -> None:
        label, of = period_of(rule, self.periods), rule["of"]
        terms: Terms = {}
        if of == "closed":
            group = [pair for pair in self.gaps if gap_counts_for(self.tables, rule, pair)]
            terms = {self.z[pair][self.periods.index(label) if label else -1]: 1.0 for pair in group}
            bound = limit(rule, sum(self.gaps[pair] for pair in group))
        else:
            whole = sum(amount for (r, p), amount in self.budget.items() if r == of and label in ("", p))
            bound = limit(rule, whole)
            for (r, p, place), (mine, done) in self.spend.items():
                counts = r == of and label in ("", p)
                if counts and spend_counts_for(self.tables, rule, self.measure[place], place[1]):
                    add(terms, mine)
                    bound -= done
        if rule["kind"] == "floor":
            self.program.at_least(terms, bound)
        else:
            self.program.at_most(terms, bound)

    def _until(self, place: Pair, q: int, factor: float = 1.0) -> tuple[Terms, float]:
        """x of a place up to a period: what is chosen, and what is bound."""
        chosen = {i: factor for part in self.y[place][: q + 1] for i in part}
        return chosen, factor * sum(self.bound(place, p) for p in self.periods[: q + 1])

    def _requires(self, rule: Row) -> None:
        ratio, far = number(rule, "amount"), 1e3
        scope = {row["measure"]: row["scope"] for row in self.tables.measures}
        for place in [place for place in self.y if place[0] == rule["key"]]:
            others = rule["of"].split("|")
            there = [(m, covering(self.tables, scope[place[0]], place[1], scope[m])) for m in others]
            there = [one for one in there if one in self.y]
            for q in range(self.start, len(self.periods)):
                if not there:
                    terms, bound = self._until(place, q)
                    self.program.at_most(terms, -bound)
                met = {}
                for one in there:
                    terms, bound = self._until(place, q)
                    more, less = self._until(one, q, -(1.0 if ratio is None else ratio))
                    add(terms, more)
                    if len(there) > 1:  # one of them is enough
                        name = ("met", rule["rule"], *place, *one, self.periods[q])
                        met[self.program.variable(*name, upper=1.0, whole=True)] = 1.0
                        add(terms, dict.fromkeys(list(met)[-1:], far))
                        bound -= far
                    self.program.at_most(terms, -bound - less)
                if met:
                    self.program.at_least(met, 1.0)

    def _excludes(self, rule: Row) -> None:
        listed = {name.strip() for name in rule["key"].split(";") if name.strip()}
        used = {}
        last = len(self.periods) - 1
        for place in [place for place in self.y if place[0] in listed]:
            used[place] = self.program.variable("used", rule["rule"], *place, upper=1.0, whole=True)
            terms, bound = self._until(place, last)
            most = needed(self.measure[place], "max_level")
            self.program.at_most(terms | {used[place]: -max(most, bound)}, -bound)
        for one, u in used.items():
            for two, v in used.items():
                narrow, wide = self.measure[one]["scope"], self.measure[two]["scope"]
                if one[0] == two[0] or SCOPES.index(narrow) > SCOPES.index(wide):
                    continue
                if covering(self.tables, narrow, one[1], wide) == two[1]:
                    self.program.at_most({u: 1.0, v: 1.0}, 1.0)

    def _value(self) -> Terms:
        discount = float(self.tables.settings.get("discount", 1))
        terms: Terms = {}
        for pair, v in self.priorities.items():
            for p, z in enumerate(self.z[pair]):
                add(terms, {z: v * discount**p})
                if p:
                    add(terms, {self.z[pair][p - 1]: -v * discount**p})
        return terms

    def _movement(
        self, money: Mapping[tuple[str, str, str, str], float], approved: Mapping[str, float], of: str
    ) -> tuple[Terms, float]:
        """What moves, over a variable for every difference; and what moves whatever is chosen."""
        counted = {of or self.resources[0]: 1.0}
        if of == "all":
            counted = {r: 1 / approved[r] for r in self.resources if approved[r] > 0}
        move: Terms = {}
        still = 0.0
        # as in a plan's allocation: what falls due in any period, by the period of the level that it is paid for
        bought: dict[tuple[str, str, Pair], tuple[Terms, float]] = {}
        for (r, p, place), (mine, done) in self.spend.items():
            at = r, self.cost(place, r, p)[1], place
            terms, before = bought.get(at, ({}, 0.0))
            add(terms, mine)
            bought[at] = terms, before + done
        for (r, p, place), (mine, done) in bought.items():
            if r not in counted:
                continue
            was = money.get((*place, p, r), 0.0)
            if not mine:
                still += counted[r] * abs(done - was)
                continue
            away = self.program.variable("moved", *place, p, r)
            self.program.at_most(mine | {away: -1.0}, was - done)
            self.program.at_least(mine | {away: 1.0}, was - done)
            move[away] = counted[r]
        known = {(*place, p) for place in self.y for p in self.periods}
        gone = ((r, amount) for (*of_, r), amount in money.items() if tuple(of_) not in known)
        still += sum(counted.get(r, 0.0) * abs(amount) for r, amount in gone)
        return move, still

    # --- answers -----------------------------------------------------------------------------------------------------

    def _least(self, program: Program, terms: Terms) -> float:
        face = EVERYWHERE
        if program.whole:
            face = program.minimise_whole(terms)
        return program.minimise(terms, face)[1]

    @property
    def size(self) -> float:
        """What movement is measured against."""
        first = [amount for (r, _), amount in self.budget.items() if r == self.resources[0]]
        return max(sum(first), 1.0)

    def best(self) -> float:
        """The most value of any plan."""
        return -self._least(self.program, minus(self.value))

    def most(self, moved: float) -> float:
        """V(D): the most value that moves no more."""
        held = copy.deepcopy(self.program)
        held.at_most(self.move, moved - self.still + ROOM * self.size * max([*self.move.values(), 0.0]))
        return -self._least(held, minus(self.value))

    def least(self, value: float | None = None) -> float:
        """The least D of any plan, or of those that are worth so much."""
        held = copy.deepcopy(self.program)
        if value is not None:
            held.at_least(self.value, value - ROOM * max(abs(value), 1e-3))
        return self._least(held, self.move) + self.still
