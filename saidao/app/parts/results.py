"""What the choices come to, as the page shows it: sentences, numbers, tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from ...case.provenance import KINDS
from ...errors import CaseError, SaidaoError
from ...pictures import Picture, flow
from ...questions.settled import beyond_dispute, not_proven
from ...render.shown import Drawn, drawn
from ...study.decision import decision
from ...study.plan import worth
from ...study.plan.footing_sentences import footing_text
from ...study.plan.sentences import asked, proof, suspicious, undefined
from ...texts.numbers import written
from ...texts.say import say
from ..plans.offered import titles
from .context import Context
from .screen import MOST_TRACKS

SHADES = 6
"""Shades of a gap."""
SECOND_OPINION = 60.0
"""Seconds that another solver has for a plan."""


@dataclass(frozen=True)
class Cell:
    """A number in a table, with whether it is an assumption."""

    text: str
    assumed: bool = False


class Results(Context):
    """The plan that follows from the choices; the ranking where there is none."""

    @property
    def notes(self) -> list[str]:
        """What else has to be said of the plan."""
        notes = suspicious(self.case, self.lang, by_command=False)
        if guessed := self.case.imputed:
            cells = say("list", self.lang).join(f"{r['track']}/{r['factor']} {r['value']:.4g}" for r in guessed)
            notes.append(self.say("imputed", imputation=guessed[0]["imputation"], cells=cells))
        if self.plan:
            notes += undefined(self.plan, self.lang)
            if self.plan.status == "stopped":
                notes.append(self.say("stopped_with_plan", gap=self.plan.certificate["gap"]))
        return notes

    @property
    def resource_rows(self) -> list[dict[str, Any]]:
        """Budgets, use and prices."""
        plan = self.plan
        if plan is None:
            return []
        given = dict(self.choices.budgets)
        dated = len(plan.solved.programme.periods) > 1
        rows = []
        for row in plan.resources:
            resource = self.resources_by_id[row["resource"]]
            room = row["budget"] + row["carried"]
            unit = self.case.unit(resource.resource, self.lang)
            size, one = worth.step(plan, row, self.lang)
            price = None if row["price_up"] is None else row["price_up"] * size
            rows.append(
                {
                    "id": resource.resource,
                    "name": resource.name(self.lang),
                    "unit": unit.name,
                    "period": row["period"] if dated else "",
                    "budget": Cell(
                        unit.text(row["budget"]),
                        resource.resource in given or self.assumed("resources", (resource.resource,), "budget"),
                    ),
                    "used": unit.text(row["used"]),
                    "share": round(100 * min(row["used"] / room, 1.0), 2) if room > 0 else 0.0,
                    "percent": f"{row['used'] / room:.0%}" if room > 0 else "-",
                    "worth": worth.written(plan, price, self.lang, "+"),
                    "step": one,
                    "range": worth.range_or_steps(plan, row, self.lang),
                }
            )
        return rows

    @property
    def flow(self) -> Picture | None:
        """The picture of what is spent where, and what it closes."""
        return None if self.plan is None else flow(self.plan, self.lang)

    @property
    def worth_head(self) -> str:
        """What heads the prices."""
        return "" if self.plan is None else worth.heading(self.plan, self.lang)

    @property
    def is_cut(self) -> bool:
        """Whether there are more tracks than tables of them show before all are asked for."""
        return len(self.case.track_ids) > MOST_TRACKS

    @property
    def cut(self) -> dict[str, int]:
        """How many tracks they show then, of how many."""
        return {"shown": MOST_TRACKS, "number": len(self.case.track_ids)}

    def listed(self, rows: list[dict[str, Any]], every: bool) -> list[dict[str, Any]]:
        """Return rows of tracks; of many those that are ranked first, in that order, if not *every* one."""
        return rows if every or not self.is_cut else sorted(rows, key=lambda row: row["order"])[:MOST_TRACKS]

    @cached_property
    def track_rows(self) -> list[dict[str, Any]]:
        """Tracks by rank, with what becomes of them."""
        if self.plan is None:
            before = self.evaluation.before if self.evaluation else None
            if before is None:
                return []
            rows: list[dict[str, Any]] = [
                {
                    "track": str(t),
                    "rank": int(r),
                    "score": float(s),
                    "rank_after": None,
                    "score_after": None,
                    "level": None,
                    "level_after": None,
                }
                for t, r, s in zip(before.alternatives, before.rank_array, before.score_array, strict=True)
            ]
            shares: list[float | None] = [None] * len(rows)
        else:
            rows = self.plan.ranking
            shares = [row["closed"] for row in self.plan.by_track]
        types = self.case.type_of
        made = [
            {
                "track": row["track"],
                "name": self.tracks[row["track"]],
                "type": self.places.get(types[row["track"]], ""),
                "rank": written("rank", row["rank"]),
                "score": written("score", row["score"]),
                "level": written("level", row["level"]),
                "level_after": written("level", row["level_after"]),
                "rank_after": written("rank", row["rank_after"]),
                "score_after": written("score", row["score_after"]),
                "move": (row["rank"] or 0) - row["rank_after"] if row["rank_after"] and row["rank"] else 0,
                "share": "-" if share is None else f"{share:.0%}",
                "bar": round(100 * (share or 0.0), 2),
                "order": (row["rank"] or 0, at),
            }
            for at, (row, share) in enumerate(zip(rows, shares, strict=True))
        ]
        return sorted(made, key=lambda row: row["order"])

    @property
    def settled(self) -> list[str]:
        """How much money is beyond dispute, and how that is proven; or that it is not."""
        found = "unfit" if self.plan is None else beyond_dispute(self.plan)
        if isinstance(found, str):
            return [self.say("settled.not_proven", why=not_proven(found, self.lang))]
        return [*found.text(self.lang), *found.notes(self.lang)]

    @property
    def footing(self) -> list[str]:
        """What the ranking does to the money, and how far the plan hangs on what the case assumes, in words."""
        return footing_text(self.plan, self.lang) if self.plan else []

    def table(self, name: str) -> Drawn | None:
        """Return a table of the plan in words, of many rows the first ones; None where it has no rows."""
        declared = None if self.plan is None else self.plan.tables[name]
        if declared is None or not declared.rows:
            return None
        made = drawn(declared, self.case, self.lang, MOST_TRACKS, brief=True)
        more = self.say("tables.more_rows", rows=made.cut) if made.cut else ""
        return replace(made, note=" ".join(filter(None, (made.note, more))))

    @property
    def score_note(self) -> str:
        """Return how scores are to be read."""
        before = self.evaluation.before if self.evaluation else None
        if before is None:
            return ""
        better = self.say(f"better.{before.better}")
        return self.say("tracks.scores", method=titles(self.lang)[self.choices.method], better=better)

    @property
    def gap_rows(self) -> list[dict[str, Any]]:
        """Gaps of the tracks, by factor: before and after."""
        evaluation = self.evaluation
        if evaluation is None or evaluation.problem is None:
            return []
        gap = evaluation.problem.decision.gap
        closed = np.zeros_like(gap) if self.plan is None else self.plan.solved.closed
        ranked = {row["track"]: row["order"] for row in self.track_rows}
        return [
            {
                "name": self.tracks[track],
                "order": ranked.get(track, (0, t)),
                "cells": [
                    {
                        "left": f"{g - z:.2f}",
                        "was": f"{g:.2f}" if z > 5e-3 else "",
                        "shade": int(np.ceil(round(g - z, 6) * (SHADES - 1))),
                    }
                    for g, z in zip(gap[t], np.minimum(closed[t], gap[t]), strict=True)
                ],
            }
            for t, track in enumerate(evaluation.problem.decision.tracks)
        ]

    @property
    def rest_rows(self) -> list[dict[str, Any]]:
        """Share of the result that rests on each kind of source, whole and by input."""
        plan = self.plan
        if plan is None:
            return []
        shares: dict[str, dict[str, float]] = {"": {}}
        for row in [{**row, "table": ""} for row in plan.provenance] + plan.inputs:
            shares.setdefault(row["table"], {})[row["kind"]] = row["share_of_objective"]
        return [
            {
                "name": self.say(f"input.{table}") if table else self.say("rests.whole"),
                "whole": not table,
                "cells": [f"{kinds[kind]:.0%}" if kind in kinds else "" for kind in KINDS],
            }
            for table, kinds in shares.items()
        ]

    @property
    def second_opinion(self) -> list[str]:
        """What pymcdm says of the ranking, and CBC of the plan; or why one of them says nothing."""
        from ...questions.second_opinion import opinion_on_plan, opinion_on_ranking  # pulp, which only these need

        plan, evaluation = self.plan, self.evaluation
        assert evaluation is not None
        data = plan.problem.decision if plan else decision(evaluation.case, evaluation.case.settings.ticks)
        told: list[str] = []
        try:
            told += opinion_on_ranking(evaluation.case, evaluation.before, data, self.lang)
        except CaseError as error:
            told += error.lines(self.lang)
        try:
            told += opinion_on_plan(plan, self.lang, seconds=SECOND_OPINION) if plan else []
        except SaidaoError as error:
            told += error.lines(self.lang)
        return told

    @property
    def proof(self) -> list[str]:
        """The certificate, and under which settings it holds."""
        if self.plan is None:
            return []
        return [*proof(self.plan, self.lang), asked(self.plan, self.lang)]
