"""Where on a factor's bar the plan (as `saidao tipping` has it) or the first track would be another."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from ... import mcda
from ...optimize.after.many_priorities import Around
from ...questions.tipping import factor_ends
from ...results.result import Row
from ...study.decision import Array, decision
from ...study.plan.result import known_best
from ...study.planning.solving import as_stopped
from ...study.ranking.weighing import in_proportion
from ...texts.numbers import sum_of_money
from .context import Context

MOST = 4
"""Places that are told at once, those first that are nearest to the weights."""
STEP = 1e-3
"""Weights are told, and bars dragged, in such steps: told is the first one at which it has changed."""
BEYOND = 1e-6
"""How far beyond an end another track is first."""


class Tip(NamedTuple):
    """A weight of a factor beyond which the plan (``plan``) or the first track (``first``) is another, in words."""

    factor: str
    kind: str
    at: float
    away: float
    text: str


class Tips(Context):
    """Where on the factors' bars something changes, while the other factors keep their proportions."""

    most = MOST

    @cached_property
    def trouble(self) -> str:
        """Why there is nothing to tell."""
        if self.evaluation is None:
            return self.say("result.none")
        if len(self.evaluation.weights.criteria) < 2:
            return self.say("tips.one")
        return ""

    @cached_property
    def note(self) -> str:
        """Why it is not told where the plan changes."""
        if self.plan is None:
            return self.say("tips.no_plan") if self.workspace.plannable else ""
        return self.say("tips.aim") if self.plan.settings.objective != "weighted" else ""

    @cached_property
    def nearest(self) -> list[Tip]:
        """All that changes, the nearest first."""
        if self.trouble:
            return []
        return sorted([*self._of_the_plan(), *self._of_the_first()], key=lambda tip: tip.away)

    def _tip(self, kind: str, factor: str, weight: float, at: float, what: str) -> Tip:
        way, step = (
            ("below", math.floor(at / STEP - BEYOND)) if at < weight else ("above", math.ceil(at / STEP + BEYOND))
        )
        text = self.say(f"tips.{way}", factor=self.factors[factor], at=step * STEP, what=what)
        return Tip(factor, kind, at, abs(at - weight), text)

    # --- the plan ----------------------------------------------------------------------------------------------------

    def _of_the_plan(self) -> Iterator[Tip]:
        if self.plan is None or self.note:
            return
        with as_stopped():
            rows = factor_ends(self.plan.problem, Around(known_best(self.plan).solved))
        for row in rows:
            for end in ("low", "high"):
                if row[f"changes_{end}"]:
                    what = self._moves(row[f"changes_{end}"])
                    yield self._tip("plan", row["factor"], row["weight"], row[end], what)

    def _moves(self, changes: list[Row]) -> str:
        """Say how much money moves, and where most comes from and goes to."""
        assert self.plan is not None
        p = self.plan.solved.programme
        cost = {a.label: float(c) for a, c in zip(p.applications, p.cost[:, 0].max(axis=1), strict=True)}
        moved = {row["application"]: row["change"] * cost[row["application"]] for row in changes}
        amount = max(sum(max(m, 0.0) for m in moved.values()), sum(max(-m, 0.0) for m in moved.values()))
        money = next(iter(self.resources_by_id.values()))
        told = sum_of_money(amount, money.unit_name(self.lang), self.lang)
        less, more = min(moved, key=lambda a: moved[a]), max(moved, key=lambda a: moved[a])
        if moved[less] < 0 < moved[more]:
            return self.say("tips.moves", money=told, less=self.place(less), more=self.place(more))
        if amount > 0:
            one = less if moved[less] < 0 else more
            return self.say("tips.less" if one == less else "tips.more", money=told, measure=self.place(one))
        first = changes[0]
        key = "tips.in" if first["change"] > 0 else "tips.out"
        return self.say(key, measure=self.place(first["application"]))

    # --- the first track ---------------------------------------------------------------------------------------------

    def _of_the_first(self) -> Iterator[Tip]:
        evaluation = self.evaluation
        assert evaluation is not None
        if evaluation.before is None:
            return
        chosen = self.choices.settings(evaluation.case)
        data, w = decision(evaluation.case, chosen.ticks), evaluation.weights.array

        def first(weights: Array) -> list[str]:
            found = mcda.rank(data.scores, weights, data.directions, chosen.method, **chosen.ranking)
            return [track for track, rank in zip(data.tracks, found.rank_array, strict=True) if rank == 1]

        now = first(w)
        try:
            intervals = mcda.stability(data.scores, w, data.directions, chosen.method, **chosen.ranking).intervals
        except mcda.InputError:  # somewhere on the way the method is not defined
            return
        for place, interval in enumerate(intervals):
            for at, way in ((interval.first_low, -1.0), (interval.first_high, 1.0)):
                beyond = at + way * BEYOND
                if not 0.0 < beyond < 1.0:
                    continue
                new = [self.tracks[track] for track in first(in_proportion(w, place, beyond)) if track not in now]
                if new:
                    what = self.say("tips.first", track=self.say("list").join(new))
                    yield self._tip("first", data.factors[place], float(w[place]), at, what)
