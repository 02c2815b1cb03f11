"""Tables of the case that are edited where they stand: scores of tracks, costs of measures, and their effects."""

from __future__ import annotations

from functools import cached_property

from ..case.tables import Cost, Effect, Measure
from ..results.result import Row
from ..texts.numbers import Scale, scale
from .context import Context


class Editing(Context):
    """What the data view shows in cells to be edited."""

    @cached_property
    def edited(self) -> set[str]:
        """Cells that differ from the case as opened."""
        return {name for name, _ in self.choices.cells}

    @cached_property
    def scores(self) -> list[Row]:
        """Each track with its score by factor."""
        matrix = self.case.scores_matrix
        return [
            {
                "id": track,
                "name": self.tracks[track],
                "cells": [
                    self._cell(f"scores:{track}:{factor}", "" if score != score else f"{score:g}", self.factors[factor])
                    for factor, score in zip(self.case.factor_ids, matrix[t], strict=True)
                ],
            }
            for t, track in enumerate(self.case.track_ids)
        ]

    @cached_property
    def cost_scales(self) -> dict[str, Scale]:
        """How costs of each resource are shown."""
        return {
            name: scale(row.unit_name(self.lang), self.case.own_budget(name), self.lang, "cost")
            for name, row in self.resources_by_id.items()
        }

    @cached_property
    def costs(self) -> list[Row]:
        """Each measure with its cost by resource, the factors that it works on, and what the plan spends on it."""
        costs = {(row.measure, row.resource): row.cost for row in self.case.rows(Cost)}
        found = self.outcome.overview
        funded = {} if found is None else {row["measure"]: row for row in found.measures}
        reach: dict[tuple[str, str], list[float]] = {}
        for row in self.case.rows(Effect):
            reach.setdefault((row.measure, row.factor), []).append(row.effect)
        return [
            {
                "id": row.measure,
                "name": self.measures[row.measure],
                "per": self.say(f"why.per.{row.scope}"),
                "forbidden": row.measure in self.choices.forbid,
                "cells": [
                    self._cell(
                        f"costs:{row.measure}/{name}:cost",
                        self.cost_scales[name].field(costs[row.measure, name]),
                        f"{self.measures[row.measure]}, {self.resources_by_id[name].name(self.lang)}",
                        self.cost_scales[name].unit,
                    )
                    if (row.measure, name) in costs
                    else None
                    for name in self.resources_by_id
                ],
                "effects": [_spread(reach.get((row.measure, factor), [])) for factor in self.case.factor_ids],
                "share": f"{100 * funded[row.measure]['share']:.1f}" if row.measure in funded else "",
            }
            for row in self.case.rows(Measure)
        ]

    def _cell(self, of: str, text: str, label: str, unit: str = "") -> Row:
        name = of.replace(":", "-").replace("/", "-")
        return {"id": f"cell-{name}", "of": of, "text": text, "label": label, "unit": unit, "edited": of in self.edited}


def _spread(effects: list[float]) -> str:
    """Return the effects of a measure on a factor, 0 to 100: one number, or the least and the largest."""
    shown = sorted({round(100 * effect) for effect in effects if effect})
    return "·" if not shown else str(shown[0]) if len(shown) == 1 else f"{shown[0]}–{shown[-1]}"
