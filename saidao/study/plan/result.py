"""A plan, the result of `saidao.plan`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ... import optimize
from ...case.tables import Track
from ...errors import Unfinished
from ...mcda import plotting
from ...results.column import Table
from ...results.result import Result
from ...texts.say import say
from ..ranking.sentences import combined
from ..record import check_command
from .figures import PlanFigures
from .footing_sentences import footing_text
from .sentences import answer, asked, proof, undefined
from .tables import plan_tables

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Plan(Result, PlanFigures):
    """The result of `saidao.plan`: figures as plain rows, and as tables by `tables` and `to_frame(table)`."""

    case = PlanFigures.case

    def __repr__(self) -> str:
        count = len(
            {
                a.measure
                for a, level in zip(self.solved.programme.applications, self.solved.level, strict=True)
                if level.sum() > 0
            }
        )
        return (
            f"Plan({self.case.name!r}, {self.settings.objective}, {self.settings.weights}/{self.settings.method}/"
            f"{self.settings.stance}, status={self.status!r}, closed_share={self.closed_share:.6g}, measures={count})"
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain data, keys as ``saidao plan --json``."""
        return {
            "schema": "saidao/plan/1",
            "case": self.case.name,
            "warnings": {"number": len(self.case.warnings), "command": check_command(self.case)},
            "imputed": self.case.imputed,
            "settings": self.settings.to_dict(),
            "status": self.status,
            "weights": self.weights.rows(),
            "consistency": self.weights.consistency and self.weights.consistency.to_dict(),
            "ranking": self.ranking,
            "gaps": self.gaps,
            "allocation": self.allocation,
            "unfunded": self.unfunded,
            "resources": self.resources,
            "rules": self.rules,
            "objective": {**self.objective, "closed_range": self.closed_range and self.closed_range.to_dict()},
            "views": list(self.views),
            "disagreements": self.disagreements,
            "stances": self.stances,
            "assumptions": self.assumptions,
            "certificate": self.certificate,
            "provenance": self.provenance,
            "inputs": self.inputs,
            "notes": list(self.undefined),
        }

    def text(self, lang: str = "en") -> list[str]:
        """Say what is bought, what limits it and what it rests on; what the ranking does to the money."""
        return [*answer(self, lang), *footing_text(self, lang)]

    def notes(self, lang: str = "en") -> list[str]:
        """What proves the plan, what was asked, and what is not defined."""
        return [
            *proof(self, lang),
            asked(self, lang),
            *combined(self.weights, lang),
            *undefined(self, lang),
        ]

    def declared(self) -> Iterator[Table]:
        """Yield the tables, the allocation first."""
        return plan_tables(self)

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw the weighted gap of each track: what closes, and what is left."""
        p = self.solved.programme
        names = self.case.names(Track, lang)
        whole = self.weighted_gap or 1.0
        closed = (p.priority * self.solved.closed).sum(axis=1) / whole
        left = (p.priority * p.gap).sum(axis=1) / whole - closed
        ax = plotting.axes(ax, len(p.tracks))
        places = np.arange(len(p.tracks))
        ax.barh(places, closed, color=plotting.BLUE, label=say("plot.closed", lang))
        ax.barh(places, left, left=closed, color=plotting.PALE, label=say("plot.left", lang))
        ax.set_yticks(places, [names[t] for t in p.tracks])
        ax.invert_yaxis()
        ax.legend(frameon=False, fontsize=8)
        ax.xaxis.set_major_formatter("{x:.0%}")
        return plotting.finished(ax, answer(self, lang)[0], say("plot.gap", lang))


def largest_value(plan: Plan) -> float:
    """Return the largest value of any plan of the problem: its own where it was made for the most weighted gap."""
    if plan.settings.aim.counts == "weighted_gap":
        return plan.value
    return optimize.allocate(plan.problem.programme, solver=plan.solved.problem.solver).value


def known_best(plan: Plan) -> Plan:
    """Return a plan that is known to be the best: questions about how it changes have no answer for another one."""
    if not plan.solved.is_best:
        raise Unfinished(plan.certificate["gap"])
    return plan
