"""The numbers of a case that a plan rests on, each with the programme that another one in its place would make.

Effects, costs, scores and, with AHP weights, judgements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ...case.provenance import Sources
from ...case.tables import Cost, Kind
from ...optimize import Programme
from ...optimize.brief import Brief
from ..decision import Array
from ..planning.problem import PlanningProblem
from ..planning.programme import effect_rows
from ..ranking.weighing import factor_weights
from .result import Plan

K = TypeVar("K")

Moved = Callable[[float], tuple[Programme, Array]]
"""From a change of a number to a programme, and (A, P) by what the levels of applications shrink in a period."""


@dataclass(frozen=True)
class Input(Brief):
    """One number that the plan rests on, and what the case would be with another one in its place.

    `programme` takes the number (its value times 1 + d, or plus d of the scale) and gives the programme, and the factor
    (A, P) by which the levels of applications shrink in a period, as the money set aside for them buys less.
    `carries` is the share of the objective that passes through it.
    """

    table: str
    row: str
    column: str
    value: float
    kind: str
    carries: float
    programme: Moved


def inputs(problem: PlanningProblem, plan: Plan) -> Iterator[Input]:
    """Yield effects, costs, scores and judgements."""
    made = _Inputs(problem, plan)
    yield from made.effects()
    yield from made.costs()
    yield from made.scores()
    if "ahp" in problem.settings.parents:
        yield from made.judgements()


class _Inputs:
    """The inputs of a plan, by table."""

    def __init__(self, problem: PlanningProblem, plan: Plan) -> None:
        self.problem = problem
        self.case = problem.case
        self.plan = plan
        self.programme = plan.solved.programme
        self.sources = Sources(problem.case)
        self.whole = np.ones((len(self.programme.applications), len(self.programme.periods)))

    def _carried(self, by: Callable[[str, int], K]) -> dict[K, float]:
        """Share of the objective that is closed by measures, of pairs, or of both."""
        p, value = self.programme, self.plan.solved.closed_value or 1.0
        carried: dict[K, float] = {}
        for a, _, pair, amount in self.plan.solved.closing():
            at = by(p.applications[a].measure, pair)
            carried[at] = carried.get(at, 0.0) + float(p.priority.flat[pair]) * amount / value
        return carried

    def effects(self) -> Iterator[Input]:
        """Yield effects and the grades of scales; a grade is one number, wherever it stands."""
        p, held = self.programme, effect_rows(self.case)
        groups: dict[tuple[str, str, str, Kind], list[int]] = {}
        for e in range(len(p.effect)):
            track, factor = p.pair_name(int(p.effect_pair[e]))
            measure = self._measure(e)
            row = next(r for r in held[measure, track, factor] if np.isclose(r.effect, p.effect[e]))
            if row.scale:
                number = ("scales", row.scale, "closes", self.sources.kind("scales", (row.scale,), "closes"))
            else:
                key = (measure, row.track, factor)
                name = "/".join((*key, *([] if row.up_to is None else [f"{row.up_to:g}"])))
                number = ("effects", name, "effect", self.sources.kind("effects", key, "effect"))
            groups.setdefault(number, []).append(e)
        closed = self._carried(lambda measure, pair: (measure, pair))
        for (table, name, column, kind), entries in groups.items():
            met = {(self._measure(e), int(p.effect_pair[e])) for e in entries}
            carried = sum(closed.get(one, 0.0) for one in sorted(met))
            yield Input(
                table, name, column, float(p.effect[entries[0]]), kind, carried, self._with_effect(np.array(entries))
            )

    def _measure(self, effect: int) -> str:
        p = self.programme
        return str(p.applications[p.segment_application[p.effect_segment[effect]]].measure)

    def _with_effect(self, at: NDArray[np.int64]) -> Moved:
        def moved(d: float) -> tuple[Programme, Array]:
            effect = self.programme.effect.copy()
            effect[at] *= 1 + d
            return replace(self.programme, effect=effect), self.whole

        return moved

    def costs(self) -> Iterator[Input]:
        """Yield costs above 0 of what can be paid for."""
        p = self.programme
        by_measure = self._carried(lambda measure, pair: measure)
        dated = {(row.measure, row.resource, row.period) for row in self.case.rows(Cost)}
        for row in self.case.rows(Cost):
            mine = np.array([a.measure == row.measure for a in p.applications], dtype=bool)
            # a cost without a period holds where there is none with one
            when = np.array(
                [
                    period == row.period if row.period else (row.measure, row.resource, period) not in dated
                    for period in p.periods
                ]
            )
            at = mine[:, None] & when
            if row.cost <= 0 or not at.any():
                continue
            parts = (row.measure, row.resource, *([row.period] if row.period else []))
            kind = self.sources.kind("costs", parts, "cost")
            moved = self._with_cost(at, p.resources.index(row.resource))
            yield Input("costs", "/".join(parts), "cost", row.cost, kind, by_measure.get(row.measure, 0.0), moved)

    def _with_cost(self, at: NDArray[np.bool_], resource: int) -> Moved:
        p = self.programme

        def moved(d: float) -> tuple[Programme, Array]:
            cost = p.cost.copy()
            cost[:, resource, :] = np.where(at, cost[:, resource, :] * (1 + d), cost[:, resource, :])
            kept = np.where(at, min(1.0, 1 / (1 + d)), 1.0)
            begun = np.flatnonzero(p.begun >= 0)  # what it is paid for, it has in the period in which it begins
            kept[begun, p.begun[begun]] = kept[begun].min(axis=1)
            return replace(p, cost=cost), kept

        return moved

    def scores(self) -> Iterator[Input]:
        """Yield scores, except of factors that are better up to an ideal: those have no interval of one direction."""
        data = self.problem.decision
        by_pair = self._carried(lambda measure, pair: pair)
        for t, track in enumerate(data.tracks):
            for f, factor in enumerate(data.factors):
                if factor in self.case.ranges:
                    continue
                value, carried = float(data.scores[t, f]), by_pair.get(t * len(data.factors) + f, 0.0)
                kind = self.sources.kind("scores", (track,), factor)
                yield Input("scores", track, factor, value, kind, carried, self._with_score(t, f))

    def _with_score(self, t: int, f: int) -> Moved:
        problem, p, data = self.problem, self.programme, self.problem.decision

        def moved(d: float) -> tuple[Programme, Array]:
            scores = data.scores.copy()
            scores[t, f] += d * abs(data.target[f] - data.worst[f])
            changed = replace(data, scores=scores)
            priority = replace(problem, decision=changed).priorities(problem.weights.array[None])
            return replace(p, gap=changed.gap, priority=priority.reshape(p.gap.shape)), self.whole

        return moved

    def judgements(self) -> Iterator[Input]:
        """Yield pairwise comparisons; the whole objective passes through each."""
        kind = self.sources.kind("judgements", (), "")
        for name, judgement in self.case.judgements.items():
            for i, j in combinations(range(len(judgement.labels)), 2):
                value = judgement.matrix[i, j] if np.isfinite(judgement.matrix[i, j]) else 1 / judgement.matrix[j, i]
                if np.isfinite(value):
                    one, other = judgement.labels[i], judgement.labels[j]
                    moved = self._with_judgement(name, i, j, float(value))
                    yield Input(f"judgements/{name}", one, other, float(value), kind, 1.0, moved)

    def _with_judgement(self, name: str, i: int, j: int, value: float) -> Moved:
        problem, p, held = self.problem, self.programme, self.case.judgements

        def moved(d: float) -> tuple[Programme, Array]:
            matrix = held[name].matrix.copy()
            matrix[i, j] = value * (1 + d)
            matrix[j, i] = 1 / matrix[i, j]
            asked = replace(self.case, judgements=MappingProxyType({**held, name: replace(held[name], matrix=matrix)}))
            w = factor_weights(asked, problem.decision, None, problem.settings).array
            return replace(p, priority=problem.priorities(w[None]).reshape(p.gap.shape), weight=w), self.whole

        return moved
