"""Plans nearly as good as the best: how much room there is for what the model does not know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..case import Case
from ..errors import CaseError, Problem
from ..optimize.after.near_optimal import near_optimal
from ..optimize.model.objectives import closed_at_end
from ..optimize.model.programme import Array
from ..results.result import Row, Undeclared
from ..study.plan import Plan
from ..study.solving import answering

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


SECONDS = 60.0
"""Longest search for one plan, unless a time limit is given."""

FUNDED = 1e-9
"""A level up to this is rounding."""


@dataclass(frozen=True)
class Variants(Undeclared):
    """The result of `saidao.variants`: `plans` as plain rows, the most different first; `best` is the best plan."""

    best: Plan
    within: float
    plans: list[Row]

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
        }

    def rows(self) -> list[Row]:
        """Return levels, a row an application, a column a plan (0 is the best)."""
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


def variants(
    case: Case | str | Path,
    number: int = 5,
    within: float = 0.01,
    *,
    progress: Callable[[int], object] = lambda done: None,
    **options: Any,
) -> Variants:
    """Find the most different plans that are nearly as good as the best one.

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
    from ..study.verbs import plan as make_plan

    problems = []
    if not (isinstance(number, int) and number >= 1):
        problems.append(Problem("at_least", "number", found=str(number), details={"bound": 1}))
    if not 0 <= within <= 1:
        problems.append(Problem("share", "within", found=str(within)))
    if problems:
        raise CaseError(problems)
    best = make_plan(case, **options)
    seconds = options.get("time_limit")
    with answering():
        found = near_optimal(best.solved, number, within, SECONDS if seconds is None else seconds, progress)
    closed = closed_at_end(best.solved.columns)
    plans: list[Row] = [
        {
            "value": variant.value,
            "closed_share": float(closed @ variant.x) / best.weighted_gap if best.weighted_gap > 0 else 1.0,
            "moved": variant.moved,
            "most": variant.most,
            "allocation": _allocation(best, variant.x),
        }
        for variant in found
    ]
    return Variants(best, within, plans)


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
            "costs": {r: float(c * level[a, q]) for r, c in zip(p.resources, p.cost[a, :, q], strict=True) if c > 0},
        }
        for a, q in np.argwhere(level > FUNDED).tolist()
    ]
