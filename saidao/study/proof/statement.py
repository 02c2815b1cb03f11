"""The program of a case stated a second time, from the tables alone: columns and rows by name, numbers as fractions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any, Literal

import numpy as np

from ...case.tables import Effect, RuleRow
from ...optimize.model.model import INF, Block, Model
from ...optimize.solve.proof.rational import Bound, Entries, Rational
from .replay import Replay, gained
from .tables import ONE, ZERO, Pair, Place, Tables, decimal, total

Key = tuple[str, ...]
NEAR = Fraction(1, 10**7)
"""Share of a largest level up to which a level is no more than another one."""
Reason = Literal["own", "views", "no_optimum", "not_optimal", "too_large", "stopped"]
"""Why a plan of a case is not proven from its tables: constraints of one's own that speak of what the tables do not
hold; a view without scores; no optimum found again; a bound that leaves a gap; a tree that is too large; a time limit
that came first."""
Until = Callable[[Place, int, Fraction], Entries]
"""The level of a place by the end of a period, times a number."""
Spent = Callable[[Place, str, str], Entries]
"""What a place costs of a resource in a period."""
HELD = -1
"""In the place of a column: an amount that stands already, see `Held`."""
ROUNDED = Fraction(1, 10**9)
"""Share of a limit by which what stands already may be beyond it by rounding; nothing is left of it then."""


@dataclass(frozen=True)
class Held:
    """What stands already of a plan under way: levels that are chosen come on top of it. Of a plan made anew: nothing.

    Attributes
    ----------
    level : level of each place by period.
    spent : what each place costs, by resource and period in which it falls due.
    given : gap units that it delivers by the end of each period.
    ratio : what a further unit closes, of what the case says, by place and pair.
    start : number of the first period that is still open.
    """

    level: Mapping[Place, Mapping[str, Fraction]] = field(default_factory=dict)
    spent: Mapping[tuple[Place, str, str], Fraction] = field(default_factory=dict)
    given: Sequence[Mapping[Pair, Fraction]] = ()
    ratio: Mapping[tuple[Place, Pair], Fraction] = field(default_factory=dict)
    start: int = 0

    def whole(self, place: Place) -> Fraction:
        """Level of a place in all periods."""
        return total(self.level.get(place, {}).values())

    def at(self, place: Place, period: str) -> Fraction:
        """Level of a place in a period."""
        return self.level.get(place, {}).get(period, ZERO)

    def delivered(self, pair: Pair, period: int) -> Fraction:
        """Gap units delivered by the end of a period."""
        return self.given[period].get(pair, ZERO) if self.given else ZERO


@dataclass
class Statement:
    """A program in fractions, maximised, by names; `whole`: columns of whole numbers."""

    bounds: list[tuple[Bound, Bound]] = field(default_factory=list)
    columns: dict[Key, int] = field(default_factory=dict)
    objective: Entries = field(default_factory=dict)
    rows: dict[Key, tuple[Entries, Bound, Bound]] = field(default_factory=dict)
    whole: set[int] = field(default_factory=set)

    def column(self, *name: str, low: Bound = ZERO, high: Bound = None, whole: bool = False) -> int:
        """Add a column."""
        self.columns[name] = len(self.bounds)
        if whole:
            self.whole.add(len(self.bounds))
        self.bounds.append((low, high))
        return self.columns[name]

    def row(self, *name: str, terms: Entries, low: Bound = None, high: Bound = None) -> None:
        """Add a row; what is `HELD` already is taken off its ends."""
        held = terms.get(HELD, ZERO)
        least, most = (None if end is None else end - held for end in (low, high))
        self.rows[name] = ({j: a for j, a in terms.items() if a and j != HELD}, least, most)

    def number(self, *name: str) -> int:
        """Return the number of a row."""
        return list(self.rows).index(name)

    def rational(self) -> Rational:
        """The program for fractions."""
        return Rational.stated(
            self.objective,
            [terms for terms, _, _ in self.rows.values()],
            [*self.bounds, *((low, high) for _, low, high in self.rows.values())],
            self.whole,
        )

    def model(self) -> Model:
        """The program for a solver, in floats."""
        entries = [
            (i, j, float(a)) for i, (terms, _, _) in enumerate(self.rows.values()) for j, a in sorted(terms.items())
        ]
        row, column, value = (np.array(part) for part in zip(*entries, strict=True)) if entries else ([], [], [])
        size = len(self.bounds)
        low, high = ends(self.bounds)
        least, most = ends([(a, b) for _, a, b in self.rows.values()])
        return Model(
            objective=np.array([float(self.objective.get(j, ZERO)) for j in range(size)]),
            column_lower=low,
            column_upper=high,
            row_lower=least,
            row_upper=most,
            start=np.searchsorted(np.asarray(row, dtype=np.int64), np.arange(len(self.rows) + 1)).astype(np.int64),
            column=np.asarray(column, dtype=np.int64),
            value=np.asarray(value, dtype=float),
            integer=np.isin(np.arange(size), list(self.whole)),
            blocks=(Block("case", len(self.rows)),),
            label_columns=lambda: ["/".join(name) for name in self.columns],
            label_rows=lambda: ["/".join(name) for name in self.rows],
        )


class Unstated(Exception):
    """The program of a case cannot be stated or proven a second time: `reason` is one of `Reason`."""

    def __init__(self, reason: Reason) -> None:
        self.reason: Reason = reason
        super().__init__(reason)


def valued(made: Statement, tables: Tables, priority: Mapping[Pair, Fraction]) -> Entries:
    """Return what closed gaps are worth under priorities, early rather than late where the case discounts."""
    found: Entries = {}
    for pair, v in priority.items():
        for p, period in enumerate(tables.periods):
            later = ZERO if period == tables.periods[-1] else tables.discount ** (p + 1)
            if tables.gaps[pair] and v:
                found[made.columns["closed", *pair, period]] = v * (tables.discount**p - later)
    return found


def ends(bounds: list[tuple[Bound, Bound]]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return bounds as floats, infinite where there is none."""
    return (
        np.array([-INF if low is None else float(low) for low, _ in bounds]),
        np.array([INF if high is None else float(high) for _, high in bounds]),
    )


def state(tables: Tables, own: Mapping[str, Any] | None = None, held: Held | None = None) -> Statement:
    """State the program of a case but for its objective: levels part by part, closed gaps, and all that limits them.

    *own*: constraints of one's own, see `_own`. Raises `Unstated` where these cannot be stated. *held*: what stands
    already; columns are the levels beyond it.
    """
    made, held = Statement(), held or Held()
    last = len(tables.periods) - 1
    banned = {place for name in tables.settings["forbid"] for place in tables.named(name)}
    places = [(measure, target) for measure, targets in tables.places.items() for target in targets]
    parts = {place: _parts(tables, place, held.whole(place)) for place in places}
    for place, cuts in parts.items():
        for low, high in cuts:
            for q, p in enumerate(tables.periods):
                begins = tables.measures[place[0]].begins
                able = place not in banned and begins in ("", p) and q >= held.start
                made.column("level", *place, str(low), p, high=high - low if able else ZERO)
    delivered: dict[Key, Entries] = {}
    for place, cuts in parts.items():
        _deliver(made, tables, place, cuts, delivered, held)
    _close(made, tables, delivered, held)

    def spent(place: Place, resource: str, period: str) -> Entries:
        cost, bought = tables.cost(place[0], resource, period), tables.measures[place[0]].begins or period
        columns = {made.columns["level", *place, str(low), bought]: cost for low, _ in parts[place]}
        return columns | {HELD: held.spent.get((place, resource, period), ZERO)}

    def until(place: Place, period: int, by: Fraction) -> Entries:
        so_far = tables.periods[: period + 1]
        columns = {made.columns["level", *place, str(low), p]: by for low, _ in parts.get(place, ()) for p in so_far}
        return columns | {HELD: by * total(held.at(place, p) for p in so_far)}

    _whole(made, tables, parts, held)
    if tables.kept != 1:
        _in_order(made, tables, parts)
    elif own:
        _in_order(made, tables, {place: parts[place] for place in sorted(_told_apart(tables, parts, own))})
    for place, cuts in parts.items():
        for low, high in cuts if last else ():
            terms = {made.columns["level", *place, str(low), p]: ONE for p in tables.periods}
            made.row("level", *place, str(low), terms=terms, high=high - low)
    _budget(made, tables, places, spent)
    for rule in tables.limits():
        _limit(made, tables, rule, places, spent)
    for rule in tables.case.rows(RuleRow):
        if rule.kind == "requires":
            _require(made, tables, rule, until, held)
        if rule.kind in ("excludes", "one_of"):
            _exclude(made, tables, rule, parts, until)
    for name, level in tables.settings["lock"].items():
        for place in tables.named(name):
            made.row("lock", *place, terms=until(place, last, ONE), low=decimal(level), high=decimal(level))
    if own:
        _own(made, parts, own)
    return made


def _limit(made: Statement, tables: Tables, rule: RuleRow, places: list[Place], spent: Spent) -> None:
    """Let a group have no less, or no more, than the amount of its rule."""
    terms: Entries = {}
    if rule.of == "closed":
        p = rule.period or tables.periods[-1]
        terms = {made.columns["closed", *pair, p]: ONE for pair in tables.pairs_of(rule) if tables.gaps[pair]}
    else:
        for place in (place for place in places if tables.counts_for(rule, place)):
            for p in tables.periods if not rule.period else (rule.period,):
                _add(terms, spent(place, rule.of, p))
    amount = tables.amount_of(rule)
    if rule.kind == "floor":
        made.row("rule", rule.rule, terms=terms, low=amount)
    else:
        made.row("rule", rule.rule, terms=terms, high=_with_rounding(amount, terms))


def _with_rounding(limit: Fraction, terms: Entries) -> Fraction:
    """Return a limit, or what stands already where only rounding makes that more."""
    held = terms.get(HELD, ZERO)
    return held if limit < held <= limit * (ONE + ROUNDED) else limit


def _add(terms: Entries, more: Entries) -> None:
    for j, a in more.items():
        terms[j] = terms.get(j, ZERO) + a


def _own(made: Statement, parts: Mapping[Place, list[tuple[Fraction, Fraction]]], own: Mapping[str, Any]) -> None:
    """State constraints of one's own, over columns by name; the part of a level is told by its number.

    `rows`: name, terms (column and coefficient), low and high; `bounds`: column, low and high of those that are
    narrower; `whole`: columns that hold whole numbers.
    """

    def at(name: Key) -> int:
        kind, *rest = name
        if kind in ("level", "full"):
            measure, target, number, period = rest
            cuts = parts[measure, target]
            name = (kind, measure, target, str(cuts[int(number)][0]), period)
        return made.columns[name]

    try:
        for row in own["rows"]:
            terms: Entries = {}
            for name, by in row["terms"]:
                terms[at(name)] = terms.get(at(name), ZERO) + decimal(by)
            made.row("own", row["name"], terms=terms, low=_end(row["low"]), high=_end(row["high"]))
        for name, low, high in own["bounds"]:
            made.bounds[at(name)] = _end(low), _end(high)
        made.whole |= {at(name) for name in own["whole"]}
    except (KeyError, IndexError):  # a column that only the program has, such as what is left of a budget for good
        raise Unstated("own") from None


def _told_apart(
    tables: Tables, parts: Mapping[Place, list[tuple[Fraction, Fraction]]], own: Mapping[str, Any]
) -> set[Place]:
    """Return the places where constraints of one's own can make it pay to use a later part of a level first.

    It cannot where every limit from above has no less of a later part, in each period, and the difference does not grow
    from one period to the next.
    """
    limits: list[list[tuple[Key, float]]] = []
    for row in own["rows"]:
        for end, sign in ((row["high"], 1), (row["low"], -1)):
            if abs(end) < INF:
                limits.append([(tuple(name), sign * by) for name, by in row["terms"]])
    banned: dict[Place, Fraction] = {}
    for name, _, high in own["bounds"]:
        if name[0] == "level":
            banned[name[1], name[2]] = banned.get((name[1], name[2]), ZERO) + (ONE if high == 0 else ZERO)
    for name, low, high in own["bounds"]:
        if name[0] == "level":
            place, cuts = (name[1], name[2]), parts[name[1], name[2]]
            if banned[place] == len(cuts) * len(tables.periods):
                continue
            start, stop = cuts[int(name[3])]
            limits += [[(tuple(name), 1)]] if high < float(stop - start) else []
            limits += [[(tuple(name), -1)]] if low > 0 else []
    found = {(name[1], name[2]) for name in own["whole"] if name[0] == "level"}
    for limit in limits:
        terms: dict[Place, dict[tuple[int, str], Fraction]] = {}
        for (kind, *rest), by in limit:
            if kind == "level":
                measure, target, number, period = rest
                of = terms.setdefault((measure, target), {})
                of[int(number), period] = of.get((int(number), period), ZERO) + decimal(by)
        for place, a in terms.items():
            for k in range(len(parts[place]) - 1):
                more = [a.get((k + 1, p), ZERO) - a.get((k, p), ZERO) for p in tables.periods]
                if min(more) < 0 or any(later > before for before, later in pairwise(more)):
                    found.add(place)
    return found


def _end(value: float) -> Bound:
    return None if abs(value) == INF else decimal(value)


def _whole(made: Statement, tables: Tables, parts: Mapping[Place, list[tuple[Fraction, Fraction]]], held: Held) -> None:
    """State what a kind asks of the level of a place in each period: whole units, and a least one if there is any."""
    for place, cuts in parts.items():
        row = tables.measures[place[0]]
        most = decimal(row.max_level)
        for p in tables.periods[held.start :]:
            columns = [made.columns["level", *place, str(low), p] for low, _ in cuts]
            further = dict.fromkeys(columns, ONE)
            terms = further | {HELD: held.at(place, p)}
            if row.kind in ("integer", "binary"):
                if len(columns) == 1:
                    made.whole.add(columns[0])
                elif columns:
                    units = made.column("units", *place, p, whole=True, high=most)
                    made.row("units", *place, p, terms=further | {units: -ONE}, low=ZERO, high=ZERO)
            if row.kind == "binary" and most > 1:
                made.row("binary", *place, p, terms=terms, high=ONE)
            least = decimal(row.min_level) if row.kind in ("semi", "integer") else ZERO
            if least > (ONE if row.kind == "integer" else ZERO):
                used = made.column("used", *place, p, whole=True, high=ONE)
                most_held = max(most, held.at(place, p))
                made.row("nothing_unless_used", *place, p, terms=terms | {used: -most_held}, high=ZERO)
                made.row("least_if_used", *place, p, terms=terms | {used: -least}, low=ZERO)


def _in_order(made: Statement, tables: Tables, parts: Mapping[Place, list[tuple[Fraction, Fraction]]]) -> None:
    """Let a part of a level count only where the one before it is used up: with decay it would pay to use it first."""
    for place, cuts in parts.items():
        for (low, high), (_, after) in pairwise(cuts):
            for q, p in enumerate(tables.periods):
                so_far = tables.periods[: q + 1]
                full = made.column("full", *place, str(low), p, whole=True, high=ONE)
                used = {made.columns["level", *place, str(low), one]: -ONE for one in so_far}
                next_ = {made.columns["level", *place, str(high), one]: ONE for one in so_far}
                made.row("used_up", *place, str(low), p, terms=used | {full: high - low}, high=ZERO)
                made.row("in_order", *place, str(low), p, terms=next_ | {full: high - after}, high=ZERO)


def _require(made: Statement, tables: Tables, rule: RuleRow, until: Until, held: Held) -> None:
    """Let no place run ahead of its prerequisite; of several ahead of none of those that are met, of which one is."""
    ratio = ONE if rule.amount is None else decimal(rule.amount)
    for place in [(key, target) for key in rule.key_.split(";") for target in tables.places[key]]:
        before = [(name, tables.target_at(name, tables.covered(place)[0])) for name in rule.of.split("|")]
        most = max(decimal(tables.measures[place[0]].max_level), held.whole(place))
        for q, p in list(enumerate(tables.periods))[held.start :]:
            met: Entries = {}
            for one in before:
                name = ("requires", rule.rule, *place, *(one if len(before) > 1 else ()), p)
                terms = until(place, q, ONE)
                _add(terms, until(one, q, -ratio))
                if len(before) > 1:  # beyond what is not met it may be as high as it can be
                    met[made.column("met", rule.rule, *place, *one, p, whole=True, high=ONE)] = ONE
                    terms |= dict.fromkeys(list(met)[-1:], most)
                made.row(*name, terms=terms, high=most if met else ZERO)
            if met:
                made.row("requires_one", rule.rule, *place, p, terms=met, low=ONE)


def _exclude(
    made: Statement, tables: Tables, rule: RuleRow, parts: Mapping[Place, list[tuple[Fraction, Fraction]]], until: Until
) -> None:
    """At most one of a set is used at a track; exactly one, by its least level, where the rule says so."""
    members, last = rule.key_.split(";"), len(tables.periods) - 1
    for track in tables.type_of:
        here = sorted({(m, tables.target_at(m, track)) for m in members} & parts.keys())
        if len(here) > 1:
            terms = {_chosen(made, tables, place, until(place, last, ONE)): ONE for place in here}
            made.row("excludes", rule.rule, track, terms=terms, high=ONE)
    for there, group in tables.choices(members).items() if rule.kind == "one_of" else ():
        terms = {_chosen(made, tables, place, until(place, last, ONE)): ONE for place in group}
        made.row("one_of", rule.rule, *there, terms=terms, low=ONE)
        for place, chosen in zip(group, terms, strict=True):
            used = until(place, last, ONE) | {chosen: -tables.least_used(place)}
            made.row("used_if_chosen", *place, terms=used, low=ZERO)


def _chosen(made: Statement, tables: Tables, place: Place, level: Entries) -> int:
    """Return the column that is 1 where a place has any level; it and its row are made when first asked for."""
    if ("chosen", *place) not in made.columns:
        chosen = made.column("chosen", *place, whole=True, high=ONE)
        most = decimal(tables.measures[place[0]].max_level)
        made.row("chosen", *place, terms=level | {chosen: -max(most, level.get(HELD, ZERO))}, high=ZERO)
    return made.columns["chosen", *place]


def _parts(tables: Tables, place: Place, held: Fraction = ZERO) -> list[tuple[Fraction, Fraction]]:
    """Cut the level of a place where an effect of it changes, beyond what is held already."""
    most = decimal(tables.measures[place[0]].max_level)
    found = {
        decimal(row.up_to)
        for track in tables.covered(place)
        if tables.felt(place[0], track)
        for factor in tables.affected.get(place[0], ())
        for row in tables.rows_that_hold(place[0], track, factor)
        if row.up_to is not None
    }
    cuts = [held, *sorted(cut for cut in found if held < cut < most), most]
    return list(pairwise(cuts)) if held < most or not held else []


def _deliver(
    made: Statement,
    tables: Tables,
    place: Place,
    cuts: list[tuple[Fraction, Fraction]],
    delivered: dict[Key, Entries],
    held: Held,
) -> None:
    """Note what a unit of every part of a place delivers, to which gap by which period."""
    measure = place[0]
    lag = tables.measures[measure].lag
    for track in tables.covered(place):
        for factor in tables.affected.get(measure, ()):
            rows: list[Effect] = tables.rows_that_hold(measure, track, factor)
            ratio = held.ratio.get((place, (track, factor)), ONE)
            for low, high in cuts if rows and tables.gaps[track, factor] else ():
                unit = ratio * gained(rows, low, high) / (high - low)
                for q, bought in enumerate(tables.periods):
                    for p in range(q + lag, len(tables.periods)):
                        at = delivered.setdefault((track, factor, tables.periods[p]), {})
                        at[made.columns["level", *place, str(low), bought]] = unit * tables.kept ** (p - q - lag)


def _close(made: Statement, tables: Tables, delivered: Mapping[Key, Entries], held: Held) -> None:
    """A gap is closed by no more than is delivered, and stays closed where nothing decays."""
    for pair, gap in tables.gaps.items():
        if not gap:
            continue
        for p, period in enumerate(tables.periods):
            z = made.column("closed", *pair, period, high=gap)
            terms = {z: ONE} | {j: -a for j, a in delivered.get((*pair, period), {}).items()}
            made.row("closing", *pair, period, terms=terms, high=held.delivered(pair, p))
            if p and tables.kept == 1:
                before = made.columns["closed", *pair, tables.periods[p - 1]]
                made.row("lasting", *pair, period, terms={before: ONE, z: -ONE}, high=ZERO)


def _budget(made: Statement, tables: Tables, places: list[Place], spent: Spent) -> None:
    """No resource is spent beyond its budget and what the period before left to it."""
    for r, resource in tables.resources.items():
        before: Entries = {}
        for p in tables.periods:
            terms = dict(before)
            for place in places:
                _add(terms, spent(place, r, p))
            if resource.carry and len(tables.periods) > 1:
                left = made.column("unspent", r, p)
                terms[left] = ONE
                before = {left: -decimal(resource.carry)}
            made.row("budget", r, p, terms=terms, high=_with_rounding(tables.budgets[r, p], terms))


def point_shown(
    made: Statement, tables: Tables, shown: Mapping[str, Any], held: Held | None = None
) -> np.ndarray[Any, Any]:
    """Return the columns as the plan shown has them: levels fill their parts in order, beyond what is held already."""
    replay, held = Replay(tables, shown["allocation"]), held or Held()
    x = np.zeros(len(made.bounds))
    starts: dict[Place, list[Fraction]] = {}
    for name in made.columns:
        if name[0] == "level" and name[4] == tables.periods[0]:
            starts.setdefault((name[1], name[2]), []).append(Fraction(name[3]))
    for place, levels in replay.level.items():
        further = {p: max(levels.get(p, ZERO) - held.at(place, p), ZERO) for p in tables.periods}
        for p in tables.periods:
            for kind, value in (("units", float(further[p])), ("used", float(levels.get(p, ZERO) > 0))):
                if (kind, *place, p) in made.columns:
                    x[made.columns[kind, *place, p]] = value
        if ("chosen", *place) in made.columns:
            x[made.columns["chosen", *place]] = float(any(levels.values()))
        before = held.whole(place)
        cuts = [*starts.get(place, ()), decimal(tables.measures[place[0]].max_level)]
        for p in tables.periods:
            after = before + further[p]
            for low, high in pairwise(cuts):
                x[made.columns["level", *place, str(low), p]] = float(max(min(after, high) - max(before, low), ZERO))
                if ("full", *place, str(low), p) in made.columns:
                    x[made.columns["full", *place, str(low), p]] = float(after >= high)
            before = after
    for name, j in made.columns.items():
        if name[0] == "met":
            _, rule, measure, target, *one_before, p = name
            x[j] = float(_is_met(tables, replay, rule, (measure, target), (one_before[0], one_before[1]), p))
    pairs = [(row["track"], row["factor"]) for row in shown["gaps"]]
    by_period = shown.get("closed_by_period") or [[row["closed"] for row in shown["gaps"]]]
    for p, amounts in zip(tables.periods, by_period, strict=True):
        for pair, amount in zip(pairs, amounts, strict=True):
            if tables.gaps[pair]:
                x[made.columns["closed", *pair, p]] = amount
    left: dict[str, float] = {}
    for row in shown["resources"]:
        at, r = made.columns.get(("unspent", row["resource"], row["period"])), row["resource"]
        if at is not None:
            x[at] = left[r] = row["budget"] + tables.resources[r].carry * left.get(r, 0.0) - row["used"]
    if ("worst",) in made.columns:
        x[made.columns["worst",]] = shown["objective"]["value"]
    return x


def _is_met(tables: Tables, replay: Replay, rule: str, place: Place, before: Place, period: str) -> bool:
    """Whether a place does not run ahead of one of its prerequisites by a period, but for rounding."""
    row = next(row for row in tables.case.rows(RuleRow) if row.rule == rule)
    ratio, q = ONE if row.amount is None else decimal(row.amount), tables.periods.index(period)
    room = NEAR * decimal(tables.measures[place[0]].max_level)
    return replay.by(place, q) <= ratio * replay.by(before, q) + room
