"""What a planner can choose on the page: budgets, methods, candidates, locks; each with its present value."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from ...case.tables import Candidate, Indicator, Measure
from ...errors import Problem
from ...framework.candidates import scored, sorted_candidates
from ...optimize import OBJECTIVES
from ...study.settings import STANCES
from ...texts.numbers import number, scale
from ...texts.say import say
from ..plans.choices import places_of
from ..plans.offered import titles
from .context import Context

LACKING = ("option_missing", "method_option_missing", "one_judgement", "no_direct_weights")
"""Codes of what is not defined for want of inputs, rather than for the scores."""


class Controls(Context):
    """The controls but for pairwise judgements."""

    @cached_property
    def budgets(self) -> list[dict[str, str]]:
        """Budgets as they stand in their fields."""
        given = dict(self.choices.budgets)
        rows = []
        for id_, row in self.resources_by_id.items():
            own = self.case.own_budget(id_)
            shown = scale(row.unit_name(self.lang), own, self.lang)
            rows.append({"id": id_, "field": shown.field(given.get(id_, own))})
        return rows

    def options(self, kind: str) -> list[dict[str, Any]]:
        """Return what a choice can be, with the present one marked and why another cannot be."""
        if kind in ("weights", "method"):
            names = titles(self.lang)
            return [
                {"id": name, "title": names[name], "why": self._why_not(problem)}
                for name, problem in self.workspace.offered[kind].items()
            ]
        if kind == "save":
            return [{"id": id_, "title": row.name(self.lang), "why": ""} for id_, row in self.resources_by_id.items()]
        listed = STANCES if kind == "stance" else tuple(OBJECTIVES)
        return [{"id": name, "title": self.say(f"{kind}.{name}"), "why": ""} for name in listed]

    def _why_not(self, problem: Problem | None) -> str:
        """Say why a scheme or method is not for the case, as who only sees the page can use it."""
        if problem is None:
            return ""
        return self.say("choose.lacks" if problem.code in LACKING else "choose.unfit")

    @cached_property
    def lockable(self) -> list[dict[str, Any]]:
        """Measures with the scope of the places where they can be applied."""
        return [
            {
                "id": row.measure,
                "title": self.measures[row.measure],
                "most": f"{row.max_level:g}",
                "scope": row.scope,
            }
            for row in self.case.rows(Measure)
        ]

    @property
    def places_of(self) -> dict[str, list[tuple[str, str]]]:
        """Places where measures of a scope can be applied, by id with their names; the city is but one."""
        return {scope: [(id_, self.places[id_]) for id_ in places_of(self.case, scope)] for scope in ("type", "track")}

    @property
    def locked(self) -> list[dict[str, str]]:
        """What is locked or forbidden."""
        locked = [
            {"id": name, "text": self.say("lock.locked", name=self.place(name), level=number(level, 4))}
            for name, level in self.choices.lock
        ]
        return locked + [
            {"id": name, "text": self.say("lock.forbidden", name=self.place(name))} for name in self.choices.forbid
        ]

    @cached_property
    def candidates(self) -> list[dict[str, Any]]:
        """Candidate tracks that can be admitted: what each is sorted into, and whether it is admitted."""
        names = self.case.names(Candidate, self.lang)
        own = self.workspace.case.track_ids
        if not self.case.rows(Indicator):
            return []
        return [
            {
                "id": row["candidate"],
                "name": names[row["candidate"]],
                "admitted": row["candidate"] in self.case.track_ids,
                "category": say(f"category.{row['category']}", self.lang),
            }
            for row in sorted_candidates(self.workspace.case).listed
            if row["candidate"] not in own and scored(self.workspace.case, row["candidate"])
        ]
