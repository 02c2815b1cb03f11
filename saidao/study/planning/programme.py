"""The allocation programme of a case: its tables as arrays. Index work, no equation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from operator import itemgetter

import numpy as np

from ...case import Case
from ...case.checking import period_names
from ...case.tables import PLANNING, Budget, Cost, Effect, Grade, Measure, Resource, Row, RuleRow, Track
from ...errors import CaseError, Problem, nearest
from ...mcda.brief import Brief
from ...optimize import Application, Exclusion, Programme, Requirement, Rule
from ...optimize.model.programme import Index
from ..decision import Array


def periods(case: Case) -> tuple[str, ...]:
    """Return the names of the planned periods: those of case.toml, else those of the budgets, else one."""
    return period_names(case) or ("1",)


def budgets(case: Case, overrides: Mapping[str, float]) -> Array:
    """Return the budget of each resource in each period: (R, P), in its unit.

    A resource without dated budgets has its budget in the first period. An override is the whole amount: periods are
    scaled to it in proportion.
    """
    names = periods(case)
    table = np.zeros((len(case.rows(Resource)), len(names)))
    at = {row.resource: r for r, row in enumerate(case.rows(Resource))}
    dated = {row.resource for row in case.rows(Budget)}
    for row in case.rows(Budget):
        table[at[row.resource], names.index(row.period)] = row.amount
    for resource in case.rows(Resource):
        amounts = table[at[resource.resource]]
        if resource.resource not in dated:
            amounts[0] = resource.budget or 0.0
        if resource.resource in overrides:
            whole, wanted = amounts.sum(), overrides[resource.resource]
            amounts[:] = amounts * (wanted / whole) if whole > 0 else [wanted, *[0.0] * (len(names) - 1)]
    return table


EffectRows = dict[tuple[str, str, str], list[Effect]]


EFFECTING = (Track, Measure, Effect, Grade)
"""Tables that the rows that hold depend on."""


@dataclass(frozen=True, eq=False)
class Held:
    """A case by some of its tables: equal where these are the same ones, whatever else is changed."""

    case: Case
    models: tuple[type[Row], ...]

    @property
    def _tables(self) -> tuple[object, ...]:
        return tuple(self.case.tables[model.table] for model in self.models)

    def __hash__(self) -> int:
        return hash((self.models, *map(id, self._tables)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Held) or self.models != other.models:
            return NotImplemented
        same = all(one is two for one, two in zip(self._tables, other._tables, strict=True))
        return same and self.case.factor_ids == other.case.factor_ids and periods(self.case) == periods(other.case)


class Shape(Held):
    """A case by what of it says which application acts on which gap: its effects may be others, where the same act."""

    def __hash__(self) -> int:
        return hash((self.models, *map(id, self._tables), len(self.case.rows(Effect))))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Shape):
            return NotImplemented
        own, others = self.case.rows(Effect), other.case.rows(Effect)
        return (
            super().__eq__(other)
            and len(own) == len(others)
            and all(one is two or _acts_alike(one, two) for one, two in zip(own, others, strict=True))
        )


def _acts_alike(one: Effect, two: Effect) -> bool:
    """Whether two rows are of the same measure, place and part, and both or neither are above 0."""
    same = (one.measure, one.track, one.factor, one.up_to) == (two.measure, two.track, two.factor, two.up_to)
    return same and (one.effect > 0) == (two.effect > 0)


def effect_rows(case: Case) -> EffectRows:
    """Return the rows, parts in order, that hold for each (measure, track, factor): track before type before ``*``."""
    return _effect_rows(Held(case, EFFECTING))[0]


@lru_cache(maxsize=4)
def _effect_rows(held: Held) -> tuple[EffectRows, tuple[Effect, ...]]:
    """Rows that hold, and all rows: the same objects, as each case makes its own of what is graded."""
    case = held.case
    of_type: dict[str, list[str]] = {}
    for track, type_ in case.type_of.items():
        of_type.setdefault(f"type:{type_}", []).append(track)
    number = {track: i for i, track in enumerate(case.type_of)}
    written: dict[tuple[str, str], dict[str, list[Effect]]] = {}
    for row in case.rows(Effect):
        written.setdefault((row.measure, row.factor), {}).setdefault(row.track, []).append(row)
    found: EffectRows = {}
    for (measure, factor), by_target in written.items():
        for parts in by_target.values():
            parts.sort(key=lambda row: np.inf if row.up_to is None else row.up_to)
        at: dict[str, list[Effect]] = dict.fromkeys(number, by_target["*"]) if "*" in by_target else {}
        for target in by_target.keys() & of_type.keys():
            at.update(dict.fromkeys(of_type[target], by_target[target]))
        at.update({target: parts for target, parts in by_target.items() if target in number})
        found.update({(measure, track, factor): at[track] for track in sorted(at, key=number.__getitem__)})
    return found, case.rows(Effect)


def plannable(case: Case) -> bool:
    """Whether a case has what planning needs, and not only what ranking needs."""
    return all(case.tables[name].rows for name in PLANNING)


def check_plannable(case: Case) -> None:
    """Raise `CaseError` where a table that planning needs is missing."""
    missing = [Problem("needs_table", case.tables[name].file) for name in PLANNING if not case.tables[name].rows]
    if missing:
        raise CaseError(missing)


def _part_at(rows: list[Effect], level: float) -> Effect | None:
    """Return the row that holds for the unit of level just below *level*; None beyond the last part."""
    return next((row for row in rows if row.up_to is None or level <= row.up_to + 1e-12), None)


@dataclass(frozen=True, repr=False)
class Collected(Brief):
    """What no setting changes of a case's programme: its applications, what each does, and what a unit of it costs.

    Attributes
    ----------
    applications, measures : the applications, and the measure of each: A of them.
    segment_application, segment_width : the parts of their levels: the application of each, and how wide it is.
    effects : part, pair and effect of each effect: (E,), (E,), (E,).
    effect_row : the row of the table `effects` that each effect is of: (E,).
    cost : of each application: (A, R, P).
    """

    applications: tuple[Application, ...]
    measures: tuple[Measure, ...]
    segment_application: Index
    segment_width: Array
    effects: tuple[Index, Index, Array]
    effect_row: Index
    cost: Array

    def with_amounts(self, case: Case, effect: Array) -> Collected:
        """Return what is collected of a case with other costs, and other effects, a row each: the same above 0."""
        segment, pair, _ = self.effects
        cost = _costs(case, self.applications, periods(case))
        return replace(self, effects=(segment, pair, effect[self.effect_row]), cost=cost)

    @cached_property
    def level_min(self) -> Array:
        """Least level of each application where it is used: (A,)."""
        return np.array([m.min_level for m in self.measures], dtype=float)

    @cached_property
    def level_max(self) -> Array:
        """Largest level of each application: (A,)."""
        return np.array([m.max_level for m in self.measures], dtype=float)

    @cached_property
    def lag(self) -> Index:
        """Periods until each application works: (A,)."""
        return np.array([m.lag for m in self.measures], dtype=np.int64)


def collect(case: Case) -> Collected:
    """Return the applications of a case's measures, what each does and costs: what no setting changes.

    It is collected once while the tables that it is collected from stay as they are.
    """
    return _collected(Held(case, (*EFFECTING, Resource, Cost, Budget)))


@lru_cache(maxsize=4)
def _collected(held: Held) -> Collected:
    case = held.case
    of, made = _shaped(Shape(case, (Track, Measure)))
    return made if of is case else made.with_amounts(case, case.figures(Effect, "effect"))


@lru_cache(maxsize=4)
def _shaped(shape: Shape) -> tuple[Case, Collected]:
    """Collect from a case; for another one of the same shape that one is returned, whose amounts may be others."""
    case = shape.case
    track_at = {t: i for i, t in enumerate(case.track_ids)}
    factor_at = {f: i for i, f in enumerate(case.factor_ids)}
    types = case.type_of
    felt: dict[str, list[tuple[int, int, str, list[Effect]]]] = {}
    holding, every = _effect_rows(Held(case, EFFECTING))
    for (name, track, factor), rows in holding.items():
        if rows[0].effect > 0 or any(row.effect > 0 for row in rows):
            felt.setdefault(name, []).append((track_at[track], factor_at[factor], track, rows))

    applications: list[Application] = []
    measures: list[Measure] = []
    segment_application: list[int] = []
    segment_width: list[float] = []
    segments: list[int] = []
    pairs: list[int] = []
    effect_row: list[int] = []
    number = {id(row): i for i, row in enumerate(every)}
    for measure in case.rows(Measure):
        places: dict[str, list[tuple[int, list[Effect]]]] = {}
        if measure.scope == "city":
            places["*"] = []  # one, whether or not it has an effect: a floor may ask for it
        target_of = {"track": None, "type": types, "city": dict.fromkeys(types, "*")}[measure.scope]
        for t, f, track, rows in sorted(felt.get(measure.measure, []), key=itemgetter(0, 1)):
            target = track if target_of is None else target_of[track]
            places.setdefault(target, []).append((t * len(factor_at) + f, rows))
        for target, effects in places.items():
            # a segment ends wherever an effect of the application changes
            ends = {row.up_to for _, rows in effects if rows[0].up_to is not None for row in rows}
            breaks = [*sorted(end for end in ends if end is not None and end < measure.max_level), measure.max_level]
            low = 0.0
            for high in breaks:
                segment = len(segment_width)
                segment_application.append(len(applications))
                segment_width.append(high - low)
                low = high
                for pair, rows in effects:
                    row = rows[0] if rows[0].up_to is None else _part_at(rows, high)
                    if row is not None and row.effect > 0:
                        segments.append(segment)
                        pairs.append(pair)
                        effect_row.append(number[id(row)])
            applications.append(Application(measure.measure, measure.scope, target, measure.kind))
            measures.append(measure)
    at = np.array(effect_row, dtype=np.int64)
    return case, Collected(
        tuple(applications),
        tuple(measures),
        np.array(segment_application, dtype=np.int64),
        np.array(segment_width, dtype=float),
        (np.array(segments, dtype=np.int64), np.array(pairs, dtype=np.int64), case.figures(Effect, "effect")[at]),
        at,
        _costs(case, applications, periods(case)),
    )


def _costs(case: Case, applications: Sequence[Application], names: tuple[str, ...]) -> Array:
    """Return the cost of each application: (A, R, P). A cost without a period holds where there is none with one.

    Of a measure that begins in a period, it holds there alone.
    """
    resources = [row.resource for row in case.rows(Resource)]
    table: dict[tuple[str, str], Array] = {}
    for row in sorted(case.rows(Cost), key=lambda row: row.period != ""):
        cost = table.setdefault((row.measure, row.resource), np.zeros(len(names)))
        when = row.period or case.measure_of[row.measure].begins
        cost[names.index(when) if when else slice(None)] = row.cost
    none = np.zeros(len(names))
    shape = (len(resources), len(names))
    of = {m: np.array([table.get((m, r), none) for r in resources]) for m in {a.measure for a in applications}}
    return np.array([of[a.measure] for a in applications]).reshape(len(applications), *shape)


def programme(
    case: Case,
    made: Collected,
    gap: Array,
    priority: Array,
    weight: Array,
    budget: Array,
    lock: Mapping[str, float] | None = None,
    forbid: Iterable[str] = (),
) -> Programme:
    """Build the allocation program of a case and what was collected of it.

    Gaps and priorities are (T, F), weights (F,), budgets (R, P). *lock* sets levels, by ``MEASURE`` or
    ``MEASURE@target``; *forbid* names measures, or ``MEASURE@target``, that are left out.
    """
    names = periods(case)
    width, level_max = made.segment_width.copy(), made.level_max
    effect_segment, effect_pair, effect = made.effects
    forbidden = [a for name in forbid for a in applications_named(case, made.applications, name, "forbid")]
    width[np.isin(made.segment_application, forbidden)] = 0.0
    locks: dict[int, float] = {}
    for name, level in (lock or {}).items():
        for a in applications_named(case, made.applications, name, "lock"):
            if locks.setdefault(a, level) != level:
                raise CaseError([Problem("lock_clash", "lock", found=f"{name}={level:g}", details={"other": locks[a]})])
    too_high = [
        Problem("lock_forbidden", "lock", found=f"{made.applications[a].measure}={level:g}")
        if a in forbidden
        else Problem(
            "lock_level", "lock", found=f"{made.applications[a].measure}={level:g}", details={"most": level_max[a]}
        )
        for a, level in locks.items()
        if level > (0.0 if a in forbidden else level_max[a])
    ]
    if too_high:
        raise CaseError(too_high)
    return Programme(
        tracks=case.track_ids,
        factors=case.factor_ids,
        resources=tuple(row.resource for row in case.rows(Resource)),
        applications=made.applications,
        gap=gap,
        priority=priority,
        weight=weight,
        level_min=made.level_min,
        level_max=level_max,
        lag=made.lag,
        segment_application=made.segment_application,
        segment_width=width,
        effect_segment=effect_segment,
        effect_pair=effect_pair,
        effect=effect,
        cost=made.cost,
        budget=budget,
        carry=np.array([row.carry for row in case.rows(Resource)], dtype=float),
        periods=names,
        begins=np.array([names.index(m.begins) if m.begins else -1 for m in made.measures], dtype=np.int64),
        decay=case.settings.decay,
        discount=case.settings.discount,
        rules=tuple(_rules(case, made.applications, gap, budget)),
        requires=tuple(_requires(case, made.applications)),
        excludes=tuple(_excludes(case, made.applications)),
        locks=tuple(locks.items()),
    )


def applications_named(case: Case, applications: Sequence[Application], name: str, option: str) -> list[int]:
    """Return the applications of ``MEASURE`` or ``MEASURE@target``, given as *option*.

    Raises
    ------
    CaseError
        There is none: no such measure or target, or a measure of the *case* that has an effect nowhere.
    """
    measure, at, target = name.partition("@")
    found = [i for i, a in enumerate(applications) if a.measure == measure and (not at or a.target == target)]
    if not found:
        known = {a.measure for a in applications}
        if measure in case.measure_of and measure not in known:
            raise CaseError([Problem("no_effect", option, found=name)])
        targets = [a.target for a in applications if a.measure == measure]
        valid = [f"{measure}@{t}" for t in targets] if measure in known else sorted(known) or [*case.measure_of]
        details = {"choices": ", ".join(valid), "nearest": nearest(name, valid)}
        raise CaseError([Problem("choice", option, found=name, details=details)])
    return found


def _counting(case: Case, applications: Sequence[Application], over: str, key: str) -> Index:
    """Return the applications whose spend counts for a group."""
    of_type = {track for track, type_ in case.type_of.items() if type_ == key} if over == "type" else set()
    grouped = over in Measure.model_fields  # of any other name each row would be asked slowly for what it lacks
    measures = {row.measure for row in case.rows(Measure) if getattr(row, over) == key} if grouped else set()
    counts: dict[str, Callable[[Application], bool]] = {
        "all": lambda a: True,
        "track": lambda a: a.scope == "track" and a.target == key,
        "type": lambda a: a.target in of_type if a.scope == "track" else a.scope == over and a.target == key,
    }
    inside = map(counts.get(over, lambda a: a.measure in measures), applications)
    return np.flatnonzero(np.fromiter(inside, dtype=bool, count=len(applications)))


def _rules(case: Case, applications: Sequence[Application], gap: Array, budget: Array) -> Iterator[Rule]:
    names = periods(case)
    resources = [row.resource for row in case.rows(Resource)]
    types = case.type_of
    for row in case.rows(RuleRow):
        if row.kind not in ("floor", "cap"):
            continue
        at = names.index(row.period) if row.period else None
        if row.of == "closed":
            group = np.array(
                [
                    [
                        row.over == "all" or {"track": t, "type": types[t], "factor": f}.get(row.over) == row.key_
                        for f in case.factor_ids
                    ]
                    for t in case.track_ids
                ]
            )
            of, whole, members = None, float(gap[group].sum()), np.flatnonzero(group.ravel())
        else:
            of = resources.index(row.of)
            whole = float(budget[of].sum() if at is None else budget[of, at])
            members = _counting(case, applications, row.over, row.key_)
        amount = row.amount if row.amount is not None else (row.share or 0.0) * whole
        share = 0.0 if of is None or row.share is None else row.share
        yield Rule(row.rule, "floor" if row.kind == "floor" else "cap", of, members, amount, share, at)


def _covers(case: Case, wide: Application, narrow: Application) -> bool:
    """Whether an application is felt at the target of another one."""
    types = case.type_of
    if wide.scope == "city":
        return True
    if wide.scope == narrow.scope:
        return wide.target == narrow.target
    return wide.scope == "type" and narrow.scope == "track" and types[narrow.target] == wide.target


def _requires(case: Case, applications: Sequence[Application]) -> Iterator[Requirement]:
    for row in case.rows(RuleRow):
        if row.kind != "requires":
            continue
        before = [i for i, a in enumerate(applications) if a.measure in row.others]
        for i, a in enumerate(applications):
            if a.measure in row.measures:
                covering = tuple(j for j in before if _covers(case, applications[j], a))
                yield Requirement(row.rule, i, covering, 1.0 if row.amount is None else row.amount)


def _excludes(case: Case, applications: Sequence[Application]) -> Iterator[Exclusion]:
    """Yield, for every target of a set, the applications that are felt there: at most, or exactly, one of them is used.

    Of those of which exactly one is used, the narrowest targets count: a city-wide one stands at every track.
    """
    for row in case.rows(RuleRow):
        if row.kind not in ("excludes", "one_of"):
            continue
        exactly = row.kind == "one_of"
        members = [i for i, a in enumerate(applications) if a.measure in row.measures]
        felt = {i: tuple(j for j in members if _covers(case, applications[j], applications[i])) for i in members}
        wider = {j for i, group in felt.items() for j in group if applications[j].scope != applications[i].scope}
        for group in sorted({group for i, group in felt.items() if not (exactly and i in wider)}):
            if exactly or len({applications[j].measure for j in group}) > 1:
                yield Exclusion(row.rule, group, exactly)
