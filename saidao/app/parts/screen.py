"""The first screen: the recommendation, money by track, the resources, the measures, how firm it is."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from ...briefing import sentences
from ...briefing.overview import Overview, round_step
from ...case.tables import Measure, Resource, Track
from ...errors import Infeasible
from ...results.result import Row
from ...texts.numbers import apportioned, met, scale
from .context import Context

MOST_TRACKS = 60
"""Tracks that are listed; the others are one row, and found among the data."""
MOST_MEASURES = {"en": 10, "zh": 12}
"""Measures that the first screen shows before it is asked for the others: in English names take two lines."""
REVERSE = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
"""Shares of which the reverse question asks what they cost: the largest one below the plan's own."""


class Screen(Context):
    """What the first screen shows, under the words of its templates."""

    @cached_property
    def overview(self) -> Overview | None:
        """Figures of the plan; of the last one that was possible, where none is now."""
        return self.outcome.overview or self.workspace.outcomes.last_overview()

    @property
    def stale(self) -> bool:
        """Whether what is shown is of an earlier plan."""
        return self.outcome.plan is None and self.overview is not None

    @property
    def trouble(self) -> list[str]:
        """Why there is no plan."""
        error = self.outcome.trouble
        return [line.strip() for line in error.lines(self.lang)] if error else []

    @property
    def lead(self) -> list[str]:
        """The recommendation."""
        return sentences.lead(self.overview, self.lang) if self.overview else []

    @property
    def second(self) -> str:
        """Who gets most, and who nothing."""
        if self.overview is None:
            return ""
        return ("" if self.lang == "zh" else " ").join(sentences.second(self.overview, self.lang))

    @cached_property
    def money(self) -> Resource:
        """The resource that is told first."""
        return next(iter(self.resources_by_id.values()))

    def _scale(self, place: Any) -> Any:
        assert self.overview is not None
        most = max(self.overview.budget[self.money.resource], self.overview.spent[self.money.resource])
        return scale(self.money.unit_name(self.lang), most, self.lang, place)

    @property
    def track_unit(self) -> str:
        """Unit of the column of money."""
        return str(self._scale("track").unit)

    @property
    def measure_unit(self) -> str:
        """Unit of the measures' column of money."""
        return str(self._scale("measure").unit)

    # --- resources ---------------------------------------------------------------------------------------------------

    @cached_property
    def means(self) -> list[Row]:
        """Each resource: its budget as it stands in its field, and what a little more of it brings."""
        found = {} if self.stale or self.overview is None else {row["resource"]: row for row in self.overview.means}
        given = dict(self.choices.budgets)
        rows = []
        for id_, resource in self.resources_by_id.items():
            budget = given.get(id_, self.case.own_budget(id_))
            # of the case's own budget: the unit beside a field must not change under the hands of who types there
            shown = scale(resource.unit_name(self.lang), self.case.own_budget(id_), self.lang)
            rows.append(
                {
                    "id": id_,
                    "name": resource.name(self.lang),
                    "unit": shown.unit,
                    "field": shown.field(budget),
                    "step": f"{round_step(budget) * shown.factor:.12g}",
                    "told": sentences.means(self.overview, found[id_], self.lang) if self.overview and found else "",
                    "assumed": id_ in given or self.assumed("resources", (id_,), "budget"),
                }
            )
        return rows

    @property
    def closed(self) -> str:
        """Share of the gap that closes."""
        return (
            ""
            if self.overview is None or not self.overview.plan.weighted_gap
            else f"{self.overview.plan.closed_share:.1%}"
        )

    @property
    def reverse(self) -> float:
        """The share of which the reverse question asks."""
        share = 0.0 if self.overview is None else self.overview.plan.closed_share
        return next((asked for asked in REVERSE if asked < share - 0.02), share)

    # --- tracks ------------------------------------------------------------------------------------------------------

    @cached_property
    def tracks_shown(self) -> list[Row]:
        """Tracks by money, with how far their conditions are met now and after."""
        if self.overview is None:
            return []
        found, shown = self.overview, self._scale("track")
        names = self.overview.plan.case.names(Track, self.lang)
        amounts = [row["amount"] for row in found.tracks]
        texts = shown.texts([*amounts, found.shared])
        most = max(amounts, default=0.0) or 1.0
        return [
            {
                "id": row["track"],
                "name": names[row["track"]],
                "money": text,
                "bar": round(100 * row["amount"] / most, 2),
                "before": met(row["before"]),
                "after": met(row["after"]),
                "from": round(100 * row["before"], 2),
                "to": round(100 * row["after"], 2),
                "reason": self.say(f"track.{row['reason']}") if row["reason"] else "",
            }
            for row, text in zip(found.tracks[:MOST_TRACKS], texts, strict=False)
        ]

    @property
    def other_tracks(self) -> Row | None:
        """How many tracks there are beyond those shown, and what they take together."""
        if self.overview is None or len(self.overview.tracks) <= MOST_TRACKS:
            return None
        rows = self.overview.tracks[MOST_TRACKS:]
        return {"number": len(rows), "money": self._scale("track").text(sum(row["amount"] for row in rows))}

    @property
    def shared(self) -> Row | None:
        """Money for what serves several tracks."""
        if self.overview is None or not self.overview.shared:
            return None
        found, shown = self.overview, self._scale("track")
        amounts = [row["amount"] for row in found.tracks]
        most = max(amounts, default=0.0) or 1.0
        return {
            "money": shown.texts([*amounts, found.shared])[-1],
            "bar": min(round(100 * found.shared / most, 2), 100.0),
            "by": sentences.shared_by(found, self.lang),
        }

    @property
    def total(self) -> str:
        """All money, as the column of tracks shows it."""
        return "" if self.overview is None else str(self._scale("track").text(self.overview.spent[self.money.resource]))

    # --- measures ----------------------------------------------------------------------------------------------------

    @cached_property
    def funded(self) -> list[Row]:
        """Measures that are funded, most closed first."""
        if self.overview is None:
            return []
        found, shown = self.overview, self._scale("measure")
        names = found.plan.case.names(Measure, self.lang)
        return [
            {
                "id": row["measure"],
                "name": names[row["measure"]],
                "where": sentences.where(found, row, self.lang),
                "money": shown.text(amount),
                "closes": f"{tenths / 10:.1f}",
            }
            for row, (amount, tenths) in zip(found.measures, self._by_measure, strict=True)
        ]

    @cached_property
    def _by_measure(self) -> list[tuple[float, int]]:
        """What each funded measure takes, and tenths of a percent that it closes, so that both add up as shown."""
        assert self.overview is not None
        found = self.overview.measures
        money = self._scale("measure").rounded([row["costs"][self.money.resource] for row in found])
        closes = apportioned([1000 * row["share"] for row in found], round(1000 * self.overview.plan.closed_share))
        return [*zip(money, closes, strict=True)]

    @property
    def most(self) -> int:
        """How many measures are shown at first."""
        return MOST_MEASURES[self.lang]

    @property
    def rest(self) -> Row:
        """What the measures beyond the first ones take and close together."""
        rows = self._by_measure[self.most :]
        return {
            "number": len(rows),
            "money": self._scale("measure").text(sum(amount for amount, _ in rows)),
            "closes": f"{sum(tenths for _, tenths in rows) / 10:.1f}",
        }

    @property
    def funded_total(self) -> Row:
        """Sums of the table of measures."""
        assert self.overview is not None
        spent = self.overview.spent[self.money.resource]
        return {
            "money": self._scale("measure").text(spent),
            "closes": f"{100 * self.overview.plan.closed_share:.1f}",
        }

    @property
    def not_funded(self) -> int:
        """How many measures are funded nowhere."""
        return 0 if self.overview is None else len(self.overview.not_funded)

    # --- foot --------------------------------------------------------------------------------------------------------

    @property
    def firmness(self) -> str:
        """How the plan stands under other weights."""
        return sentences.firmness(self.overview, self.lang) if self.overview else ""

    @property
    def years(self) -> list[str]:
        """Spend by year."""
        return sentences.years(self.overview, self.lang) if self.overview else []

    @property
    def assumptions(self) -> str:
        """Which inputs are assumed."""
        return sentences.assumed(self.overview, self.lang) if self.overview else ""

    @property
    def best(self) -> Row | None:
        """What is possible at most, where a share is asked for that is not."""
        trouble = self.outcome.trouble
        if "share" not in self.choices.aim.takes or not isinstance(trouble, Infeasible):
            return None
        most = self.workspace.outcome(self.choices.at_most()).plan
        if most is None:
            return None
        return {"asked": self.choices.share, "most": most.closed_share, "to": f"{100 * most.closed_share - 0.005:.2f}"}
