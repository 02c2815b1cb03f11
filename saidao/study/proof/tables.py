"""The tables of a case by name, every number the decimal that is written there, for a second reader of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from math import lcm
from typing import Any

from ...case import Case
from ...case.tables import Budget, Cost, Effect, Factor, Grade, Measure, Resource, RuleRow, Score, Track

Pair = tuple[str, str]
"""A track and a factor."""
Place = tuple[str, str]
"""A measure and the target of its scope: a track, a type, or ``*``."""

Ratio = tuple[int, int]
"""A number over another one, the second above 0; not reduced."""

ZERO, ONE = Fraction(0), Fraction(1)


@lru_cache(2**17)
def decimal(value: float) -> Fraction:
    """Return a number as the decimal that it is written as: 0.1 is 1/10.

    >>> decimal(0.1), decimal(2500.0), decimal(1e-9)
    (Fraction(1, 10), Fraction(2500, 1), Fraction(1, 1000000000))
    """
    return Fraction(Decimal(repr(float(value))))


def times(amount: Fraction, level: Fraction) -> Fraction:
    """Return the product; most levels are 1, or what they multiply is nothing."""
    return amount if level == 1 or not amount else amount * level


def total(values: Iterable[Fraction]) -> Fraction:
    """Return the exact sum, over one denominator for all: it is reduced once, not with every term."""
    held = list(values)
    return held[0] if len(held) == 1 else Fraction(*_over_one([value.as_integer_ratio() for value in held]))


def size(values: Iterable[Fraction]) -> Fraction:
    """Return the exact sum of the absolute values."""
    ratios = (value.as_integer_ratio() for value in values)
    return Fraction(*_over_one([(abs(a), b) for a, b in ratios]))


def dot(pairs: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    """Return the exact sum of the products.

    >>> dot([(Fraction(1, 2), Fraction(1, 3)), (Fraction(1, 6), Fraction(5))])
    Fraction(1, 1)
    """
    return Fraction(*dot_ratio(pairs))


def total_ratio(values: Iterable[Fraction]) -> Ratio:
    """Return the sum as `total` does, not reduced: for what is only compared."""
    return _over_one([value.as_integer_ratio() for value in values])


def dot_ratio(pairs: Iterable[tuple[Fraction, Fraction]]) -> Ratio:
    """Return the sum of the products as `dot` does, not reduced."""
    ratios = [(one.as_integer_ratio(), other.as_integer_ratio()) for one, other in pairs]
    return _over_one([(a * c, b * d) for (a, b), (c, d) in ratios if a and c])


def _over_one(ratios: Sequence[Ratio]) -> Ratio:
    if len(ratios) < 2:
        return ratios[0] if ratios else (0, 1)
    below = lcm(*[b for _, b in ratios])
    return sum([a * (below // b) for a, b in ratios]), below


class Index:
    """The rows of a case by name: what no setting changes, so that all plans of a case share it."""

    def __init__(self, case: Case) -> None:
        self.type_of = {row.track: row.type for row in case.rows(Track)}
        self.measures = {row.measure: row for row in case.rows(Measure)}
        self.resources = {row.resource: row for row in case.rows(Resource)}
        dated = dict.fromkeys(row.period for row in case.rows(Budget))
        self.periods: tuple[str, ...] = case.settings.periods or tuple(dated) or ("1",)
        self.kept = ONE - decimal(case.settings.decay)
        self.discount = decimal(case.settings.discount)
        parents = {row.parent for row in case.rows(Factor)}
        self.factors = {row.factor: row for row in case.rows(Factor) if row.factor not in parents}
        self.effects: dict[tuple[str, str], dict[str, list[Effect]]] = {}
        closes = {row.scale: row.closes for row in case.rows(Grade)}
        written: tuple[Any, ...] = case.tables["effects"].rows
        for row in (row.model_copy(update={"effect": closes[row.scale]}) if row.scale else row for row in written):
            self.effects.setdefault((row.measure, row.factor), {}).setdefault(row.track, []).append(row)
        for rows in (rows for at in self.effects.values() for rows in at.values()):
            if len(rows) > 1:
                rows.sort(key=lambda row: (row.up_to is None, row.up_to))
        self.affected: dict[str, list[str]] = {}
        for measure, factor in self.effects:
            self.affected.setdefault(measure, []).append(factor)
        self._costs: dict[tuple[str, str], dict[str, Fraction]] = {}
        for cost in case.rows(Cost):
            self._costs.setdefault((cost.measure, cost.resource), {})[cost.period] = decimal(cost.cost)
        self._held: dict[Place, list[tuple[Pair, list[Effect]]]] = {}
        self._levels: dict[str, dict[Pair, Fraction]] = {}
        self._gaps: dict[str, dict[Pair, Fraction]] = {}


@dataclass(frozen=True, eq=False)
class _Itself:
    """A case that is equal to itself alone: to tell whether two hold the same takes longer than to index one."""

    case: Case

    def __hash__(self) -> int:
        return id(self.case)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.case is other.case


@lru_cache(2)
def _index(of: _Itself) -> Index:
    return Index(of.case)


class Tables(Index):
    """The rows of a case as read, by name: what any plan of it is measured against."""

    def __init__(self, case: Case, settings: Mapping[str, Any]) -> None:
        vars(self).update(vars(_index(_Itself(case))))
        self.case, self.settings = case, settings

    # --- gaps --------------------------------------------------------------------------------------------------------

    @cached_property
    def levels(self) -> dict[Pair, Fraction]:
        """L = (S - worst) / (target - worst), from 0 to 1; a tick counts as the level that it says."""
        ticks = self.settings["ticks"]
        if ticks not in self._levels:
            self._levels[ticks] = self._counted_levels()
        return self._levels[ticks]

    def _counted_levels(self) -> dict[Pair, Fraction]:
        written = {row.track: row.values for row in self.case.rows(Score)}
        filled = {(row["track"], row["factor"]): row["value"] for row in self.case.imputed}
        found, tick = {}, decimal(self.case.settings.tick_level)
        for factor, row in self.factors.items():
            told = {t: written[t][factor] for t in self.type_of if factor in written[t]}
            known = {decimal(value) for value in set(told.values())}
            worst, target = (ZERO, ONE) if row.direction == "range" else ends_of_scale(row, known)
            at: dict[float, Fraction] = {}
            for track in self.type_of:
                value = told[track] if track in told else filled[track, factor]
                if value not in at:
                    score = decimal(value)
                    score = ONE - score if self.settings["ticks"] == "shortcoming" else score * tick
                    score = level_within(row, score, known) if row.direction == "range" else score
                    at[value] = min(max((score - worst) / (target - worst), ZERO), ONE)
                found[track, factor] = at[value]
        return found

    @cached_property
    def gaps(self) -> dict[Pair, Fraction]:
        """g = 1 - L."""
        ticks = self.settings["ticks"]
        if ticks not in self._gaps:
            self._gaps[ticks] = {pair: ONE - level for pair, level in self.levels.items()}
        return self._gaps[ticks]

    # --- effects -----------------------------------------------------------------------------------------------------

    def rows_that_hold(self, measure: str, track: str, factor: str) -> list[Effect]:
        """Return the most specific effect rows, a track before its type before ``*``, in the order of their ends."""
        written = self.effects.get((measure, factor), {})
        return written.get(track) or written.get(f"type:{self.type_of[track]}") or written.get("*") or []

    def held(self, place: Place) -> list[tuple[Pair, list[Effect]]]:
        """Return the gaps on which a measure has effects at a target, each with the rows that hold."""
        if place not in self._held:
            measure, _ = place
            self._held[place] = [
                ((track, factor), rows)
                for track in self.covered(place)
                for factor in self.affected.get(measure, ())
                if (rows := self.rows_that_hold(measure, track, factor))
            ]
        return self._held[place]

    def felt(self, measure: str, track: str) -> bool:
        """Whether a measure has any effect on a track."""
        return any(
            row.effect > 0
            for factor in self.affected.get(measure, ())
            for row in self.rows_that_hold(measure, track, factor)
        )

    def target_at(self, measure: str, track: str) -> str:
        """Return the target of a measure's scope that covers a track."""
        scope = self.measures[measure].scope
        return "*" if scope == "city" else self.type_of[track] if scope == "type" else track

    @cached_property
    def places(self) -> dict[str, list[str]]:
        """Targets at which each measure can be used."""
        return {measure: self.places_of(measure) for measure in self.measures}

    def places_of(self, measure: str) -> list[str]:
        """Targets at which a measure can be used: with a track that it has an effect on; the city in any case."""
        if self.measures[measure].scope == "city":
            return ["*"]
        return list(dict.fromkeys(self.target_at(measure, t) for t in self.type_of if self.felt(measure, t)))

    def covered(self, place: Place) -> list[str]:
        """Tracks that a measure's target covers."""
        measure, target = place
        if self.measures[measure].scope == "track":
            return [target] if target in self.type_of else []
        return [track for track in self.type_of if self.target_at(measure, track) == target]

    def is_there(self, place: Place) -> bool:
        """Whether a measure can be used at a target: some track has an effect of it there; the city is always there."""
        measure, target = place
        if self.measures[measure].scope == "city":
            return target == "*"
        return any(row.effect > 0 for _, rows in self.held(place) for row in rows)

    def choices(self, measures: Sequence[str]) -> dict[Place, list[Place]]:
        """Return the places of which exactly one is used, by each place that has no narrower one beside it."""
        covered = {(m, target): set(self.covered((m, target))) for m in measures for target in self.places_of(m)}
        return {
            place: [other for other, wide in covered.items() if tracks <= wide]
            for place, tracks in covered.items()
            if not any(narrow < tracks for narrow in covered.values())
        }

    def least_used(self, place: Place) -> Fraction:
        """Level from which on a place counts as used: a whole unit, or the least level of its measure."""
        row = self.measures[place[0]]
        return {"semi": decimal(row.min_level), "integer": max(ONE, decimal(row.min_level))}.get(row.kind, ONE)

    # --- budgets and costs -------------------------------------------------------------------------------------------

    @cached_property
    def budgets(self) -> dict[tuple[str, str], Fraction]:
        """Budget of each resource in each period; an amount asked for is the whole, its periods in proportion."""
        found = dict.fromkeys(((r, p) for r in self.resources for p in self.periods), ZERO)
        dated = {row.resource for row in self.case.rows(Budget)}
        for row in self.case.rows(Budget):
            found[row.resource, row.period] = decimal(row.amount)
        for r, resource in self.resources.items():
            if r not in dated:
                found[r, self.periods[0]] = decimal(resource.budget or 0.0)
            if r in self.settings["budgets"]:
                asked, whole = decimal(self.settings["budgets"][r]), sum((found[r, p] for p in self.periods), ZERO)
                for p in self.periods:
                    found[r, p] = found[r, p] * asked / whole if whole else ZERO
                if not whole:
                    found[r, self.periods[0]] = asked
        return found

    def cost(self, measure: str, resource: str, period: str) -> Fraction:
        """Return what a unit of level costs in a period, failing that what it costs without one.

        Of a measure that begins in a period, a cost without one falls due there.
        """
        dated, begins = self._costs.get((measure, resource), {}), self.measures[measure].begins
        return dated.get(period, dated.get("", ZERO) if begins in ("", period) else ZERO)

    # --- rules -------------------------------------------------------------------------------------------------------

    def limits(self) -> Iterator[RuleRow]:
        """Yield the floors and caps."""
        return (row for row in self.case.rows(RuleRow) if row.kind in ("floor", "cap"))

    def pairs_of(self, rule: RuleRow) -> list[Pair]:
        """Return the gaps that a rule on closed gaps is over."""
        return [
            (t, f)
            for t in self.type_of
            for f in self.factors
            if rule.over == "all" or rule.key_ == {"track": t, "type": self.type_of[t], "factor": f}[rule.over]
        ]

    def counts_for(self, rule: RuleRow, place: Place) -> bool:
        """Whether the spend at a place counts for a rule on a resource.

        What is spent on a type or the city belongs to no track; what is spent on a track belongs to its type too.
        """
        measure, target = place
        row = self.measures[measure]
        if rule.over == "all":
            return True
        if rule.over == "track":
            return row.scope == "track" and target == rule.key_
        if rule.over == "type":
            return row.scope != "city" and (self.type_of[target] if row.scope == "track" else target) == rule.key_
        return bool({"measure": measure, "dimension": row.dimension, "stage": row.stage}[rule.over] == rule.key_)

    def amount_of(self, rule: RuleRow) -> Fraction:
        """Amount of a floor or cap; a share is of the group's own gap, or of the resource's budget (of its period)."""
        if rule.amount is not None:
            return decimal(rule.amount)
        if rule.of == "closed":
            whole = sum((self.gaps[pair] for pair in self.pairs_of(rule)), ZERO)
        else:
            whole = sum((self.budgets[rule.of, p] for p in self.periods if rule.period in ("", p)), ZERO)
        return decimal(rule.share or 0.0) * whole

    @cached_property
    def capped(self) -> set[Pair]:
        """Gaps of which a cap may let less count than is delivered."""
        caps = (row for row in self.limits() if row.kind == "cap" and row.of == "closed")
        return {pair for row in caps for pair in self.pairs_of(row)}

    def named(self, name: str) -> list[Place]:
        """Return the places of ``MEASURE`` or ``MEASURE@target``."""
        measure, at, target = name.partition("@")
        places = self.places_of(measure) if measure in self.measures else []
        return [(measure, t) for t in places if not at or t == target]


def level_within(factor: Factor, score: Fraction, scores: set[Fraction]) -> Fraction:
    """Level on a scale that is best within a range: 1 there, 0 at its worst below and above and beyond.

    One ideal stands for both, `target` for none; a blank worst is the farthest score beyond the ideal, or 1 off.
    """
    given = [end for end in (factor.ideal_low, factor.ideal_high) if end is not None] or [factor.target or 0.0]
    low, high = decimal(given[0]), decimal(given[-1])
    if low <= score <= high:
        return ONE
    if score < low:
        under = min(scores | {low})
        worst = decimal(factor.worst) if factor.worst is not None else under if under < low else low - ONE
        return max((score - worst) / (low - worst), ZERO)
    over = max(scores | {high})
    worst = decimal(factor.worst_high) if factor.worst_high is not None else over if over > high else high + ONE
    return max((worst - score) / (worst - high), ZERO)


def ends_of_scale(factor: Factor, scores: set[Fraction]) -> tuple[Fraction, Fraction]:
    """Worst and target of a factor; a blank end is the worst or best of its scores, or 0 or 1 where these are ticks."""
    low, high = (ZERO, ONE) if scores <= {ZERO, ONE} else (min(scores), max(scores))
    worst, target = (low, high) if factor.direction == "max" else (high, low)
    worst = worst if factor.worst is None else decimal(factor.worst)
    target = target if factor.target is None else decimal(factor.target)
    if worst == target:  # all have one score: nobody lacks what the best has
        worst = target - ONE if factor.direction == "max" else target + ONE
    return worst, target
