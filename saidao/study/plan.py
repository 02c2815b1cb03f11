"""A plan, the result of `saidao.plan`."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from .. import optimize
from ..errors import Unfinished
from ..mcda import consistency_dict
from ..results.result import Undeclared
from .figures import PlanFigures
from .record import check_command
from .sentences import answer

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Plan(Undeclared, PlanFigures):
    """The result of `saidao.plan`. Its tables are lists of plain rows here and DataFrames by `to_frame(table)`."""

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
            "consistency": consistency_dict(self.weights.consistency),
            "ranking": self.ranking,
            "gaps": self.gaps,
            "allocation": self.allocation,
            "unfunded": self.unfunded,
            "resources": self.resources,
            "rules": self.rules,
            "objective": self.objective,
            "views": list(self.views),
            "disagreements": self.disagreements,
            "stances": self.stances,
            "assumptions": self.assumptions,
            "certificate": self.certificate,
            "provenance": self.provenance,
            "inputs": self.inputs,
            "notes": list(self.undefined),
        }

    def to_frame(self, table: str = "allocation") -> pd.DataFrame:
        """Return one table as a DataFrame.

        `table` is one of weights, ranking, gaps, allocation (a column per resource), unfunded, resources, rules,
        views (objectives robust and regret), disagreements, stances, assumptions, provenance, inputs.
        """
        import pandas as pd  # takes a third of a second

        if table == "weights":
            return self.weights.to_frame()
        if table == "allocation":
            return pd.DataFrame(self.allocation_rows())
        known = (
            "ranking",
            "gaps",
            "unfunded",
            "resources",
            "rules",
            "views",
            "disagreements",
            "stances",
            "assumptions",
            "provenance",
            "inputs",
        )
        if table not in known:
            raise KeyError(f"no table {table!r}; one of weights, allocation, {', '.join(known)}")
        return pd.DataFrame(getattr(self, table))

    def _repr_html_(self) -> str:
        return f"<p>{escape(' '.join(answer(self)))}</p>{super()._repr_html_()}"


def largest_value(plan: Plan) -> float:
    """Return the largest value of any plan of the problem: its own where it was made for the objective weighted."""
    if plan.settings.objective == "weighted":
        return plan.value
    return optimize.allocate(plan.problem.programme, solver=plan.solved.task.solver).value


def finished(plan: Plan) -> Plan:
    """Return a plan that is known to be the best: questions about how it changes have no answer for another one."""
    if plan.status == "stopped":
        raise Unfinished(plan.certificate["gap"])
    return plan
