"""What the choices come to, as the page shows it: sentences, numbers, tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ..case.provenance import KINDS
from ..case.tables import Resource
from ..pictures import Picture, flow
from ..render.shown import Drawn, drawn
from ..study import worth
from ..study.footing_sentences import footing_text
from ..study.sentences import answer, proof, suspicious, undefined
from ..study.sentences import closed as closed_text
from ..texts.numbers import written
from ..texts.say import say
from .context import Context
from .offered import titles

SHADES = 6
"""Shades of a gap."""


@dataclass(frozen=True)
class Cell:
    """A number in a table, with whether it is an assumption."""

    text: str
    assumed: bool = False


class Results(Context):
    """The plan that follows from the choices; the ranking where there is none."""

    @property
    def sentences(self) -> list[str]:
        """The answer in words."""
        return answer(self.plan, self.lang) if self.plan else []

    @property
    def trouble(self) -> list[str]:
        """Why there is no plan."""
        error = self.outcome.trouble
        return [line.strip() for line in error.lines(self.lang)] if error else []

    @property
    def notes(self) -> list[str]:
        """What else has to be said of the plan."""
        notes = suspicious(self.case, self.lang)
        if guessed := self.case.imputed:
            cells = say("list", self.lang).join(f"{r['track']}/{r['factor']} {r['value']:.4g}" for r in guessed)
            notes.append(self.say("imputed", imputation=guessed[0]["imputation"], cells=cells))
        if self.plan:
            notes += undefined(self.plan, self.lang)
            if self.plan.status == "stopped":
                notes.append(self.say("stopped_with_plan", gap=self.plan.certificate["gap"]))
        return notes

    @property
    def numbers(self) -> list[dict[str, Any]]:
        """The three big numbers."""
        plan = self.plan
        if plan is None:
            return []
        whole = any(row["kind"] == "assumption" and row["share_of_objective"] > 0 for row in plan.provenance)
        delta = ""
        opened = self.workspace.outcome(self.workspace.first).plan
        if (
            opened is not None
            and self.choices != self.workspace.first
            and self.choices.ranking == self.workspace.first.ranking
        ):
            delta = self.say("number.delta", delta=100 * (plan.closed_share - opened.closed_share))
        first = self.case.rows(Resource)[0]
        budget = plan.solved.programme.budget[0].sum()
        unit = self.case.unit(first.resource, self.lang)
        return [
            {
                "id": "closed-share",
                "value": closed_text(plan),
                "text": self.say("number.closed"),
                "note": delta,
                "assumed": whole,
            },
            {
                "id": "spent",
                "value": unit.text(float(plan.solved.spend[:, 0].sum())),
                "note": "",
                "assumed": whole,
                "text": self.say(
                    "number.spent",
                    resource=first.name(self.lang),
                    unit=unit.name,
                    budget=unit.text(float(budget)),
                ),
            },
            {
                "id": "funded",
                "value": str(len({row["measure"] for row in plan.allocation})),
                "note": "",
                "assumed": whole,
                "text": self.say(
                    "number.funded",
                    all=len(self.measures),
                    places=len({(row["measure"], row["target"]) for row in plan.allocation}),
                ),
            },
        ]

    @cached_property
    def costs_assumed(self) -> bool:
        """Whether what measures cost is an assumption throughout."""
        return self.assumed("costs", (), "")

    @cached_property
    def bought(self) -> list[dict[str, Any]]:
        """Measures that are funded, those that close most first."""
        plan = self.plan
        if plan is None:
            return []
        whole = plan.weighted_gap or 1.0
        resources = plan.solved.programme.resources
        places = Counter(a.measure for a in plan.solved.programme.applications)
        made: dict[str, dict[str, Any]] = {}
        for row in plan.allocation_rows():
            entry = made.setdefault(
                row["measure"],
                {
                    "id": row["measure"],
                    "scope": row["scope"],
                    "value": 0.0,
                    "levels": {},
                    "costs": dict.fromkeys(resources, 0.0),
                },
            )
            entry["value"] += row["value"]
            entry["levels"][row["target"]] = entry["levels"].get(row["target"], 0.0) + row["level"]
            for r in resources:
                entry["costs"][r] += row[r]
        for entry in made.values():
            most = self.case.measure_of[entry["id"]].max_level
            levels = {t: 1.0 if abs(v - most) < 1e-9 * most else v / most for t, v in entry["levels"].items()}
            entry["name"] = self.measures[entry["id"]]
            entry["share"] = f"{entry['value'] / whole:.2%}"
            entry["where"] = (
                [self.say("bought.everywhere", number=len(levels))]
                if 1 < len(levels) == places[entry["id"]] and min(levels.values()) == 1
                else [self.places[t] + ("" if part == 1 else f" {part:.0%}") for t, part in levels.items()]
            )
        return sorted(made.values(), key=lambda entry: -float(entry["value"]))

    @property
    def bought_total(self) -> dict[str, Any]:
        """Sums of the table of measures."""
        return {
            "costs": {r: sum(entry["costs"][r] for entry in self.bought) for r in self.resources_by_id},
            "share": f"{self.plan.closed_share if self.plan else 0.0:.2%}",
        }

    @property
    def unfunded(self) -> list[str]:
        """Measures that are not funded anywhere."""
        funded = {entry["id"] for entry in self.bought}
        return [measure for measure in self.measures if measure not in funded]

    def amount(self, resource: str, value: float) -> str:
        """Return an amount of a resource, or nothing for none."""
        return self.case.unit(resource, self.lang).text(value) if value else ""

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
    def footing(self) -> list[str]:
        """What the ranking does to the money, and how far the plan hangs on what the case assumes, in words."""
        return footing_text(self.plan, self.lang) if self.plan else []

    def table(self, name: str) -> Drawn | None:
        """Return a table of the plan in words; None where it has no rows."""
        declared = None if self.plan is None else self.plan.tables[name]
        return drawn(declared, self.case, self.lang, brief=True) if declared and declared.rows else None

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
        return [
            {
                "name": self.tracks[track],
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
    def proof(self) -> list[str]:
        """The certificate, and under which settings it holds."""
        if self.plan is None:
            return []
        named = titles(self.lang)
        settings = {
            **self.plan.settings.to_dict(),
            "weights": named[self.choices.weights],
            "method": named[self.choices.method],
            "stance": self.say(f"stance.{self.choices.stance}"),
            "objective": self.goal(self.choices),
        }
        return [
            *proof(self.plan, self.lang),
            self.say("settings", **settings),
        ]
