"""A case's tables as arrays: the decision problem and the allocation program. Index work, no equation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .case import Case
from .case.checks import tick_problems
from .case.tables import Budget, Cost, Effect, Factor, Measure, Resource, RuleRow, Track
from .errors import CaseError, Problem
from .optimize import Application, Programme, Rule

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Decision:
    """Scores of tracks on factors, with the scales that turn them into levels and gaps.

    Attributes
    ----------
    scores : (T, F) in each factor's own unit, ticks read as the setting says.
    worst, target : (F,) ends of each factor's scale.
    directions : (F,) ``"max"`` or ``"min"``.
    """

    tracks: tuple[str, ...]
    factors: tuple[str, ...]
    scores: Array
    directions: tuple[str, ...]
    worst: Array
    target: Array

    @cached_property
    def level(self) -> Array:
        """L = clip((S - worst) / (target - worst), 0, 1): (T, F), 1 is "target reached"."""
        return np.clip((self.scores - self.worst) / (self.target - self.worst), 0.0, 1.0)

    @cached_property
    def gap(self) -> Array:
        """g = 1 - L: (T, F), in level units."""
        return 1.0 - self.level

    def after(self, closed: Array) -> Array:
        """Scores that the levels L + z stand for: S moved toward target by z (T, F) of the scale."""
        return self.scores + closed * (self.target - self.worst)


def decision(case: Case, ticks: str) -> Decision:
    """Read the decision problem out of a case; ``ticks="shortcoming"`` counts a tick as 0."""
    problems = list(tick_problems(case, ticks))
    if problems:
        raise CaseError(problems)
    factors = {row.factor: row for row in case.rows(Factor)}
    scored = [factors[f] for f in case.factor_ids]
    scores = case.scores_matrix
    return Decision(
        tracks=case.track_ids,
        factors=case.factor_ids,
        scores=1.0 - scores if ticks == "shortcoming" else scores,
        directions=tuple(row.direction for row in scored),
        worst=np.array([row.worst for row in scored]),
        target=np.array([row.target for row in scored]),
    )


def period(case: Case) -> str:
    """Return the name of the one period that is planned."""
    dated = [row.period for row in case.rows(Budget)]
    return (*case.settings.periods, *dated, "1")[0]


def budgets(case: Case, overrides: Mapping[str, float]) -> Array:
    """Return the budget of each resource: (R,), in its unit."""
    dated = {row.resource: row.amount for row in case.rows(Budget)}
    return np.array(
        [
            overrides.get(row.resource, dated.get(row.resource, row.budget if row.budget is not None else 0.0))
            for row in case.rows(Resource)
        ],
        dtype=float,
    )


def effect_rows(case: Case) -> dict[tuple[str, str, str], Effect]:
    """Return the row that holds for each (measure, track, factor): a track before its type before ``*``."""
    types = {row.track: row.type for row in case.rows(Track)}
    written = {(row.measure, row.track, row.factor): row for row in case.rows(Effect)}
    held: dict[tuple[str, str, str], Effect] = {}
    for measure, factor in dict.fromkeys((row.measure, row.factor) for row in case.rows(Effect)):
        for track, type_ in types.items():
            for target in (track, f"type:{type_}", "*"):
                row = written.get((measure, target, factor))
                if row is not None:
                    held[measure, track, factor] = row
                    break
    return held


def unsupported(case: Case) -> Iterator[Problem]:
    """Yield what a case asks for that this version cannot plan: refused, never ignored."""

    def no(file: str, line: int | None, column: str, found: object, what: str) -> Problem:
        return Problem("unsupported", file, line, column, str(found), {"what": what})

    periods = {*case.settings.periods, *(row.period for row in case.rows(Budget))}
    if len(periods) > 1:
        yield no("case.toml", None, "periods", ", ".join(sorted(periods)), "1")
    if case.settings.decay:
        yield no("case.toml", None, "decay", case.settings.decay, "0")
    for line, measure in zip(case.tables["measures"].lines, case.rows(Measure), strict=True):
        if measure.kind != "continuous":
            yield no("measures.csv", line, "kind", measure.kind, "continuous")
        if measure.lag:
            yield no("measures.csv", line, "lag", measure.lag, "0")
    for line, cost in zip(case.tables["costs"].lines, case.rows(Cost), strict=True):
        if cost.period and cost.period not in periods:
            yield no("costs.csv", line, "period", cost.period, "-")
    for line, effect in zip(case.tables["effects"].lines, case.rows(Effect), strict=True):
        if effect.up_to is not None:
            yield no("effects.csv", line, "up_to", effect.up_to, "-")
    for line, rule in zip(case.tables["rules"].lines, case.rows(RuleRow), strict=True):
        if rule.kind not in ("floor", "cap"):
            yield no("rules.csv", line, "kind", rule.kind, "floor, cap")
        if rule.period and rule.period not in periods:
            yield no("rules.csv", line, "period", rule.period, "-")


def check_plannable(case: Case) -> None:
    """Raise `CaseError` where a table that planning needs is missing, or asks for what is not there yet."""
    missing = [
        Problem("needs_table", case.tables[name].file)
        for name in ("resources", "measures", "costs", "effects")
        if not case.tables[name].rows
    ]
    problems = missing or list(unsupported(case))
    if problems:
        raise CaseError(problems)


def programme(case: Case, gap: Array, priority: Array, budget: Array) -> Programme:
    """Build the allocation program of a case, from gaps and priorities (T, F) and budgets (R,)."""
    tracks, factors = case.track_ids, case.factor_ids
    types = {row.track: row.type for row in case.rows(Track)}
    track_at = {t: i for i, t in enumerate(tracks)}
    factor_at = {f: i for i, f in enumerate(factors)}

    felt: dict[str, list[tuple[str, str, float]]] = {}
    for (name, track, factor), held in effect_rows(case).items():
        if held.effect > 0:
            felt.setdefault(name, []).append((track, factor, held.effect))

    applications: list[Application] = []
    level_max: list[float] = []
    entries: list[tuple[int, int, float]] = []
    for row in case.rows(Measure):
        place: dict[str, int] = {}

        def application(target: str, row: Measure = row, place: dict[str, int] = place) -> int:
            if target not in place:
                place[target] = len(applications)
                applications.append(Application(row.measure, row.scope, target))
                level_max.append(row.max_level)
            return place[target]

        if row.scope == "city":
            application("*")  # one, whether or not it has an effect: a floor may ask for it
        for track, factor, effect in sorted(felt.get(row.measure, []), key=lambda e: (track_at[e[0]], factor_at[e[1]])):
            target = {"track": track, "type": types[track], "city": "*"}[row.scope]
            pair = track_at[track] * len(factors) + factor_at[factor]
            entries.append((application(target), pair, effect))

    resources = tuple(row.resource for row in case.rows(Resource))
    unit_cost = {(row.measure, row.resource): row.cost for row in case.rows(Cost)}
    cost = np.array([[unit_cost.get((a.measure, r), 0.0) for r in resources] for a in applications])
    index = np.array([(a, k) for a, k, _ in entries], dtype=np.int64).reshape(-1, 2)
    return Programme(
        tracks=tracks,
        factors=factors,
        resources=resources,
        applications=tuple(applications),
        gap=gap,
        priority=priority,
        level_max=np.array(level_max, dtype=float),
        cost=cost.reshape(len(applications), len(resources)),
        effect_application=index[:, 0],
        effect_pair=index[:, 1],
        effect=np.array([e for *_, e in entries], dtype=float),
        budget=budget,
        rules=tuple(_rules(case, applications, resources, gap, budget)),
    )


def _rules(
    case: Case,
    applications: list[Application],
    resources: tuple[str, ...],
    gap: Array,
    budget: Array,
) -> Iterator[Rule]:
    tracks, factors = case.track_ids, case.factor_ids
    types = {row.track: row.type for row in case.rows(Track)}
    measures = {row.measure: row for row in case.rows(Measure)}

    def in_group(a: Application, over: str, key: str) -> bool:
        if over == "all":
            return True
        if over == "track":
            return a.scope == "track" and a.target == key
        if over == "type":
            return (a.scope == "type" and a.target == key) or (a.scope == "track" and types[a.target] == key)
        return bool(getattr(measures[a.measure], over) == key)

    for row in case.rows(RuleRow):
        if row.of == "closed":
            group = np.array(
                [
                    [
                        row.over == "all" or {"track": t, "type": types[t], "factor": f}.get(row.over) == row.key_
                        for f in factors
                    ]
                    for t in tracks
                ]
            )
            whole = float(gap[group].sum())
            of, members = None, np.flatnonzero(group.ravel())
        else:
            of = resources.index(row.of)
            whole = float(budget[of])
            members = np.array(
                [i for i, a in enumerate(applications) if in_group(a, row.over, row.key_)],
                dtype=np.int64,
            )
        amount = row.amount if row.amount is not None else (row.share or 0.0) * whole
        share = 0.0 if of is None or row.share is None else row.share
        yield Rule(row.rule, "floor" if row.kind == "floor" else "cap", of, members, amount, share)
