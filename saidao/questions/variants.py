"""Plans nearly as good as the best: how much room there is for what the model does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Unpack

import numpy as np

from ..case import Case
from ..errors import CaseError, Problem
from ..mcda.plotting import axes, finished, heat
from ..optimize.after.near_optimal import near_optimal
from ..optimize.model.objectives import closed_at_end
from ..optimize.model.programme import Array
from ..results.column import Column, Row, Table
from ..results.question import Option, question
from ..results.result import Result
from ..study.names import application_name
from ..study.options import CaseLike, PlanOptions
from ..study.plan.result import Plan
from ..study.plan.sentences import answer
from ..study.planning.solving import as_stopped
from ..study.verbs import plan as make_plan
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 40
"""Rows of a plot."""

SECONDS = 60.0
"""Longest search for one plan, unless a time limit is given."""

PROVEN = 1e-6
"""Share by which a plan may be nearer than the farthest one could be."""
FUNDED = 1e-9
"""A level up to this is rounding."""


@dataclass(frozen=True)
class Variants(Result):
    """The result of `saidao.variants`: `plans` as plain rows, the most different first; `best` is the best plan.

    `limited`: a limit came before as many were found as were `asked` for.
    """

    best: Plan
    within: float
    plans: list[Row]
    asked: int
    limited: bool = False

    @property
    def case(self) -> Case:
        """The case."""
        return self.best.case

    @property
    def core(self) -> list[str]:
        """What is funded in the best plan and in every other one, as MEASURE@target."""
        return self._common(all)

    @property
    def some(self) -> list[str]:
        """What is funded in some of them, not in all."""
        core = set(self.core)
        return [name for name in self._common(any) if name not in core]

    def _common(self, rule: Callable[[Any], bool]) -> list[str]:
        solved = self.best.solved
        plans = [{a.label for a, x in zip(solved.programme.applications, solved.level, strict=True) if x.sum() > 0}]
        plans += [{row["application"] for row in plan["allocation"]} for plan in self.plans]
        names = [a.label for a in solved.programme.applications]
        return [name for name in names if rule(name in plan for plan in plans)]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, keys as ``saidao variants --json``."""
        return {
            "schema": "saidao/variants/1",
            "case": self.best.case.name,
            "imputed": self.best.case.imputed,
            "settings": self.best.settings.to_dict(),
            "within": self.within,
            "best": {"value": self.best.solved.certificate.value, "closed_share": self.best.closed_share},
            "variants": self.plans,
            "core": self.core,
            "some": self.some,
            "asked": self.asked,
            "limited": self.limited,
        }

    def text(self, lang: str = "en") -> list[str]:
        """Sentences: how much room there is, then what the best plan is."""
        if self.plans:
            moved = self.plans[0]["moved"]
            room = say("variants.found", lang, number=len(self.plans), within=self.within, moved=moved)
        else:
            room = say("variants.none", lang, within=self.within)
        cut = [say("variants.limited", lang, found=len(self.plans), asked=self.asked)] if self.limited else []
        return [room, *cut, *answer(self.best, lang)]

    def notes(self, lang: str = "en") -> list[str]:
        """Say how far any plan could be, where the first one is not proven to be the farthest."""
        if not self.plans or self.plans[0]["most"] <= self.plans[0]["moved"] * (1 + PROVEN):
            return []
        return [say("variants.bracket", lang, most=self.plans[0]["most"])]

    @property
    def levels(self) -> list[Row]:
        """Level of every application that some plan funds, a row each: ``plan_0`` is the best, then the others."""
        solved = self.best.solved
        names = [a.label for a in solved.programme.applications]
        levels = [dict(zip(names, solved.level.sum(axis=1).tolist(), strict=True))]
        for plan in self.plans:
            at: dict[str, float] = {}
            for row in plan["allocation"]:
                at[row["application"]] = at.get(row["application"], 0.0) + row["level"]
            levels.append(at)
        names = [name for name in levels[0] if any(at.get(name, 0.0) > 0 for at in levels)]
        return [{"application": n, **{f"plan_{i}": at.get(n, 0.0) for i, at in enumerate(levels)}} for n in names]

    def declared(self) -> Iterator[Table]:
        """Yield the levels of all plans, what each plan closes and moves, and what the others buy."""
        some = set(self.some)
        plans = [Column(f"plan_{i}", "level", heading=_plan_head(i)) for i in range(len(self.plans) + 1)]
        differ = sorted(self.levels, key=lambda row: row["application"] not in some)
        application = Column(
            "application", told=lambda row, lang: application_name(self.best.case, row["application"], lang)
        )
        yield Table(
            "levels",
            (application, *plans),
            differ,
            title=lambda lang: say("title.some", lang, core=len(self.core)),
            most=len(some),
        )
        best = {"closed_share": self.best.closed_share, "value": self.best.solved.certificate.value}
        yield Table(
            "variants",
            (
                Column("plan", "count"),
                Column("value", "number", seen="files"),
                Column("closed_share", "fine share", heading="head.closed"),
                Column("moved", "share"),
                Column("most", "share"),
            ),
            [{"plan": i, **plan} for i, plan in enumerate([best, *self.plans])] if self.plans else [],
        )

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw the levels of what differs, applications x plans."""
        frame = self.to_frame().set_index("application")
        differs = frame[frame.max(axis=1) - frame.min(axis=1) > FUNDED].head(MOST)
        ax = axes(ax, len(differs), 3.5 + 0.6 * len(frame.columns))
        heat(ax, [str(name) for name in differs.index], list(frame.columns), differs.to_numpy(dtype=float))
        return finished(ax, say("plot.variants", lang, within=self.within, core=len(self.core), some=len(self.some)))


def _plan_head(number: int) -> Callable[[str], str]:
    return lambda lang: say("head.plan_number", lang, number=number)


@question("variants", example="saidao variants shanghai --number 3 --within 0.02")
def variants(
    case: CaseLike,
    number: Annotated[int, Option("Plans wanted.")] = 5,
    within: Annotated[float, Option("Share of the best value that may be lost: 0.01 is 1 %.")] = 0.01,
    *,
    progress: Callable[[int], object] = lambda done: None,
    **options: Unpack[PlanOptions],
) -> Variants:
    """Find the most different plans that are nearly as good as the best: how much room there is.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, or a folder.
    number : plans wanted; fewer come back where there are no more.
    within : share of the best value that may be lost, from 0 to 1.
    progress : called with the number of plans found so far.
    **options : as for `saidao.plan`; ``time_limit`` is for one plan (60 seconds if left out).

    Returns
    -------
    Variants
        A plan has its `value`, the `closed_share` of the weighted gap, the share of the budgets `moved` against the
        nearest plan before it (the best one is the first), `most`, what no other plan could exceed (equal to `moved`
        where the search came to its end), and its `allocation`.

    Raises
    ------
    CaseError, Infeasible, Stopped
        As `saidao.plan`.
    """
    problems = []
    if not (isinstance(number, int) and number >= 1):
        problems.append(Problem("at_least", "number", found=str(number), details={"bound": 1}))
    if not 0 <= within <= 1:
        problems.append(Problem("share", "within", found=str(within)))
    if problems:
        raise CaseError(problems)
    best = make_plan(case, **options)
    seconds = options.get("time_limit")
    with as_stopped():
        search = near_optimal(best.solved, number, within, SECONDS if seconds is None else seconds, progress)
    closed = closed_at_end(best.solved.columns)
    plans: list[Row] = [
        {
            "value": variant.value,
            "closed_share": float(closed @ variant.x) / best.weighted_gap if best.weighted_gap > 0 else 1.0,
            "moved": variant.moved,
            "most": variant.most,
            "allocation": _allocation(best, variant.x),
        }
        for variant in search.variants
    ]
    return Variants(best, within, plans, number, search.limited)


def _allocation(plan: Plan, x: Array) -> list[Row]:
    p = plan.solved.programme
    level = plan.solved.columns.levels(x)
    return [
        {
            "application": p.applications[a].label,
            "measure": p.applications[a].measure,
            "target": p.applications[a].target,
            "period": p.periods[q],
            "level": float(level[a, q]),
            "costs": {r: float(c * level[a, q]) for r, c in zip(p.resources, p.level_cost[a, :, q], strict=True) if c},
        }
        for a, q in np.argwhere(level > FUNDED).tolist()
    ]
