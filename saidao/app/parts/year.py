"""The year after the plan: what was approved and what has happened since, and a plan chosen on the exact curve."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from ...case import Case
from ...case.grids import ENCODINGS
from ...case.tables import Actual, Resource, columns
from ...errors import CaseError, Problem, SaidaoError
from ...questions.replan import Replan, replan
from ...render.shown import Drawn, drawn
from ...texts.numbers import quantity
from ..plans.choices import Choices
from ..plans.workspace import Workspace
from .context import Context

WIDTH, LEFT, BOTTOM = 500.0, 50.0, 176.0
"""Of the curve."""
STEPS = 200
"""Of the slider."""


@dataclass(frozen=True)
class Asked:
    """What a planner gave: the approved plan by its name, reports as a table, and how much may move."""

    approved: str = ""
    actuals: str = ""
    move: str = ""


class Year(Context):
    """A plan under way, under the choices of today."""

    def __init__(self, workspace: Workspace, lang: str, asked: Asked) -> None:
        super().__init__(workspace, lang)
        self.asked = asked

    @property
    def approvable(self) -> list[tuple[str, str]]:
        """Plans that may have been approved: the case's own, and those that are kept."""
        return [("", self.say("year.own")), *((name, name) for name in self.workspace.kept)]

    @property
    def example(self) -> str:
        """The head of a table of reports, and a row for each place of the approved plan."""
        outcome = self.workspace.outcome(self._approved)
        rows = [] if outcome.plan is None else outcome.plan.allocation
        return "\n".join(
            [
                "measure,target,period,committed,spent,achieved,date",
                *(f"{row['measure']},{row['target']},,,,," for row in rows),
            ]
        )

    @property
    def _approved(self) -> Choices:
        return self.workspace.kept.get(self.asked.approved, self.workspace.first)

    @cached_property
    def _told(self) -> tuple[Replan | None, list[str]]:
        """The plan of today, or why there is none."""
        try:
            return self._planned(), []
        except SaidaoError as error:
            return None, error.lines(self.lang)

    def _planned(self) -> Replan:
        approved = self.workspace.outcome(self._approved)
        if approved.plan is None:
            raise approved.trouble or CaseError([Problem("needs_table", "measures.csv")])
        c = self.choices
        case = reported(c.case(self.workspace.case), self.asked.actuals)
        move = None
        if self.asked.move:
            try:
                move = float(self.asked.move)
            except ValueError:
                raise CaseError([Problem("at_least", "move", found=self.asked.move, details={"bound": 0})]) from None
        options: dict[str, Any] = {
            "weights": c.weights,
            "method": c.method,
            "stance": c.stance,
            "objective": c.goal,
            "budgets": dict(c.budgets),
            "lock": dict(c.lock),
            "forbid": c.forbid,
        }
        try:
            return replan(case, approved.plan, move=move, **options)
        except CaseError as error:
            if not any(problem.code == "move_least" for problem in error.problems):
                raise
            return replan(case, approved.plan, **options)  # what was chosen on the slider of another curve

    @property
    def found(self) -> Replan | None:
        """The plan of today, if there is one."""
        return self._told[0]

    @property
    def troubles(self) -> list[str]:
        """Why there is none."""
        return self._told[1]

    def table(self, name: str) -> Drawn | None:
        """Return a table of the plan in words; None where it has no rows."""
        declared = None if self.found is None else self.found.tables[name]
        return drawn(declared, self.case, self.lang, brief=True) if declared and declared.rows else None

    @property
    def slider(self) -> dict[str, Any] | None:
        """Ends, step and value of the slider; None where nothing has to be chosen."""
        if self.found is None or len(self.found.curve.points) < 2:
            return None
        least, most = self.found.curve.points[0].moved, self.found.curve.points[-1].moved
        unit = self.case.rows(Resource)[0].unit_name(self.lang)
        return {
            "least": repr(least),
            "most": repr(most),
            "step": repr((most - least) / STEPS),
            "now": repr(min(max(self.found.moved, least), most)),
            "told": quantity(self.found.moved, unit),
            "ends": (quantity(least, unit), quantity(most, unit)),
        }

    @property
    def curve(self) -> dict[str, Any] | None:
        """The curve as a drawing: its line, its corners and the plan that is chosen."""
        if self.found is None or self.slider is None:
            return None
        points = self.found.points
        low, high = points[0], points[-1]
        wide, tall = high["moved"] - low["moved"], high["closed_share"] - low["closed_share"]

        def at(moved: float, share: float) -> tuple[str, str]:
            x = LEFT + (WIDTH - LEFT - 16) * (moved - low["moved"]) / wide
            y = BOTTOM - (BOTTOM - 16) * ((share - low["closed_share"]) / tall if tall > 0 else 0.0)
            return f"{x:.1f}", f"{y:.1f}"

        corners = [at(point["moved"], point["closed_share"]) for point in points]
        line = list(corners)
        if self.found.curve.is_stair:
            line = [corners[0]]
            for one in corners[1:]:
                line += [(one[0], line[-1][1]), one]
        now = at(self.found.moved, self.found.to_dict()["objective"]["closed_share"])
        ends = [(point["closed_share"], at(point["moved"], point["closed_share"])[1]) for point in (low, high)]
        return {
            "line": " ".join(f"{x},{y}" for x, y in line),
            "corners": corners,
            "now": now,
            "shares": [(f"{share:.2%}", y) for share, y in ends],
        }


def decoded(data: bytes) -> str:
    """Return a file's text; blank where it is no text.

    >>> decoded("措施".encode("gb18030")), decoded(b"")
    ('措施', '')
    """
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def reported(case: Case, text: str) -> Case:
    """Return a case with reports that were pasted or uploaded in the place of its own: cells by commas or tabs.

    Raises
    ------
    CaseError
        What is wrong with them, by row and column.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return case
    rows = list(csv.DictReader(lines, delimiter="\t" if "\t" in lines[0] else ","))
    numbers = ("committed", "spent", "achieved")
    told = [
        {name.strip(): (cell or "").strip() for name, cell in row.items() if name}
        for row in rows
        if any((row.get(name) or "").strip() for name in numbers)
    ]
    known = [name for name in columns(Actual) if any(name in row for row in told)]
    if not told:
        return case
    return case.with_tables(actuals=pd.DataFrame([{name: row.get(name, "") for name in known} for row in told]))
