"""Two runs beside each other: what was asked differently, what came of it, and which difference brings how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..case import Case
from ..case.tables import Measure, Resource
from ..errors import SaidaoError
from ..questions.causes import Cause, Side, attributed, causes
from ..results.column import Column, Row, Table
from ..results.result import Result
from ..texts.say import say
from . import runs
from .again import differences
from .runs import Run
from .store import Store


@dataclass(frozen=True)
class RunComparison(Result):
    """Two runs beside each other.

    Attributes
    ----------
    causes : what was asked differently, each with the points of the closed share that it brings, where both are plans.
    measures : of plans, money by measure before and after, in the first resource.
    number : of the places in which the results differ.
    why_not : why the causes' shares are not known, as an error of this package; None where they are.
    """

    before: Run
    after: Run
    case: Case
    documents: tuple[Mapping[str, Any], Mapping[str, Any]]
    found: list[Cause]
    brings: list[float | None]
    number: int
    why_not: SaidaoError | None = None

    @property
    def are_plans(self) -> bool:
        """Whether both are plans."""
        return all("closed_share" in document.get("objective", {}) for document in self.documents)

    @property
    def shares(self) -> tuple[float, float]:
        """The closed share of each, of two plans."""
        one, other = (float(document["objective"]["closed_share"]) for document in self.documents)
        return one, other

    @property
    def measures(self) -> list[Row]:
        """Money by measure, before and after, of measures whose money differs."""
        resource = next((row.resource for row in self.case.rows(Resource)), None)
        if not self.are_plans or resource is None:
            return []
        one, other = (_spent(document, resource) for document in self.documents)
        rows: list[Row] = []
        for name in dict.fromkeys([*one, *other]):
            before, after = one.get(name, 0.0), other.get(name, 0.0)
            if abs(after - before) > 1e-9:
                rows.append({"measure": name, "before": before, "after": after, "difference": after - before})
        return sorted(rows, key=lambda row: -abs(row["difference"]))

    @property
    def causes(self) -> list[Row]:
        """What was asked differently, plain data; those first that bring most."""
        rows = [
            {
                "kind": cause.kind, "name": cause.name, "amount": amount,
                "cells": [vars(cell) for cell in cause.cells],
                "cause_en": cause.text(self.case, "en"), "cause_zh": cause.text(self.case, "zh"),
            }
            for cause, amount in zip(self.found, self.brings, strict=True)
        ]  # fmt: skip
        return sorted(rows, key=lambda row: -abs(row["amount"] or 0.0))

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        shares = self.shares if self.are_plans else (None, None)
        return {
            "schema": "saidao/runs/diff/1",
            "before": self.before.id,
            "after": self.after.id,
            "same_case": self.before.case == self.after.case,
            "same_result": self.before.result == self.after.result,
            "closed_share": {"before": shares[0], "after": shares[1]},
            "causes": self.causes,
            "measures": self.measures,
            "differences": self.number,
            "not_told_apart": None if self.why_not is None else self.why_not.lines("en"),
        }

    def text(self, lang: str = "en") -> list[str]:
        """Say what differs, and what it comes from."""
        ids = {"before": self.before.id, "after": self.after.id}
        if not self.number:
            said = [say("diff.same", lang, **ids)]
        elif self.are_plans:
            one, other = self.shares
            said = [say("diff.plans", lang, **ids, one=one, other=other, points=100 * (other - one))]
        else:
            said = [say("diff.differ", lang, **ids, number=self.number)]
        for row in self.causes[:5]:
            key = "diff.cause" if row["amount"] is None else "diff.cause_brings"
            said.append(say(key, lang, cause=row[f"cause_{lang}"], points=100 * (row["amount"] or 0.0)))
        if not self.found:
            said.append(say("diff.no_cause", lang, one=self.before.versions, other=self.after.versions))
        if self.why_not is not None:
            said += [say("diff.not_apart", lang), *self.why_not.lines(lang)[:3]]
        return said

    def declared(self) -> Iterator[Table]:
        """Yield causes, and money by measure."""
        told = Column("cause", told=lambda row, lang: row[f"cause_{lang}"], seen="people")
        frames = (Column("cause_en", seen="data"), Column("cause_zh", seen="data"))
        yield Table("run_causes", (told, *frames, Column("amount", "points", heading="head.points")), self.causes)
        amounts = (Column(name, "amount", heading=f"head.side_{name}") for name in ("before", "after", "difference"))
        yield Table("run_measures", (Column("measure", "name", Measure), *amounts), self.measures, most=15)


def _spent(document: Mapping[str, Any], resource: str) -> dict[str, float]:
    money: dict[str, float] = {}
    for row in document.get("allocation", []):
        money[row["measure"]] = money.get(row["measure"], 0.0) + float(row["costs"].get(resource, 0.0))
    return money


def compared(store: Store, before: Run, after: Run) -> RunComparison:
    """Compare two runs; the causes' shares are told of two plans."""
    documents = (runs.document(store, before), runs.document(store, after))
    one, other = runs.case(store, before), runs.case(store, after)
    with runs.arguments_of(store, before) as first, runs.arguments_of(store, after) as second:
        sides = Side(one, first), Side(other, second)
        found = causes(*sides)
        brings: list[float | None] = [None] * len(found)
        why_not = None
        if found and before.question == after.question == "plan" and before.status == after.status == "done":
            try:
                brings = attributed(*sides, found, lambda plan: plan.closed_share).tolist()
            except SaidaoError as error:
                why_not = error
    number = sum(1 for _ in differences(documents[0], documents[1]))
    return RunComparison(before, after, other, documents, found, brings, number, why_not)
