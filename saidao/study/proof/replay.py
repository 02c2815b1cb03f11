"""Levels played through the periods: what they spend and deliver, in exact fractions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from ...case.tables import Effect
from .tables import ZERO, Pair, Place, Tables, decimal, times, total


def gained(rows: Sequence[Effect], low: Fraction, high: Fraction) -> Fraction:
    """Gap units that the level from *low* to *high* closes: each effect holds up to its end, none beyond the last."""
    if len(rows) == 1 and rows[0].up_to is None:
        return times(decimal(rows[0].effect), high - low if low else high)
    total, start = ZERO, ZERO
    for row in rows:
        end = high if row.up_to is None else min(high, decimal(row.up_to))
        if end > max(start, low):
            total += decimal(row.effect) * (end - max(start, low))
        start = max(start, end) if row.up_to is None else max(start, decimal(row.up_to))
    return total


class Replay:
    """Levels played through the periods.

    Attributes
    ----------
    level : level of each place in each period.
    delivered : gap units that all places together deliver to each pair by the end of each period.
    shares : of what is delivered by the end, the part of each place's level of each period.
    """

    def __init__(self, tables: Tables, allocation: Iterable[Mapping[str, Any]]) -> None:
        self.tables = tables
        self.level: dict[Place, dict[str, Fraction]] = {}
        for row in allocation:
            at = self.level.setdefault((row["measure"], row["target"]), {})
            at[row["period"]] = at.get(row["period"], ZERO) + decimal(row["level"])
        self.delivered: list[dict[Pair, Fraction]] = [{} for _ in tables.periods]
        self.shares: dict[tuple[Place, str], dict[Pair, Fraction]] = {}
        self._spent: dict[tuple[str, str], dict[Place, Fraction]] = {}
        for place in self.level:
            self._play(place)

    def _play(self, place: Place) -> None:
        """Use the parts of a level in order: what is bought later starts where what was bought before ended."""
        tables, (measure, _) = self.tables, place
        lag, last = tables.measures[measure].lag, len(tables.periods) - 1
        held = tables.held(place)
        before = ZERO
        for q, period in enumerate(tables.periods):
            bought = self.level[place].get(period, ZERO)
            if not bought:
                continue
            after = before + bought if before else bought
            shares = self.shares.setdefault((place, period), {})
            for pair, rows in held:
                flow = gained(rows, before, after)
                for p in range(q + lag, last + 1) if flow else ():
                    flow = flow if p == q + lag else flow * tables.kept
                    at = self.delivered[p]
                    at[pair] = at[pair] + flow if pair in at else flow
                    if p == last:
                        shares[pair] = flow
            before = after

    def spending(self, resource: str, period: str) -> dict[Place, Fraction]:
        """What each place costs in a period: what is bought there, or in the period in which its measure begins."""
        at = resource, period
        if at not in self._spent:
            measures, units = self.tables.measures, {m: self.tables.cost(m, *at) for m in {m for m, _ in self.level}}
            self._spent[at] = {
                place: times(units[place[0]], levels.get(measures[place[0]].begins or period, ZERO))
                for place, levels in self.level.items()
            }
        return self._spent[at]

    def spend(self, place: Place, resource: str, period: str) -> Fraction:
        """What a place costs in a period."""
        return self.spending(resource, period)[place]

    def counted(self, closed: Mapping[Pair, Fraction]) -> dict[tuple[Place, str], dict[Pair, Fraction]]:
        """Return which of the closed gaps each place's level of each period closes: what is delivered in proportion."""
        part = {
            pair: closed[pair] / delivered
            for pair, delivered in self.delivered[-1].items()
            if closed[pair] != delivered
        }
        return {
            at: {pair: flow * part[pair] if pair in part else flow for pair, flow in shares.items()}
            for at, shares in self.shares.items()
        }

    def whole_cost(self, place: Place, resource: str, period: str) -> Fraction:
        """What the level that a place has of a period costs in all."""
        begins = self.tables.measures[place[0]].begins
        if not begins:
            return self.spend(place, resource, period)
        return total(self.spend(place, resource, p) for p in self.tables.periods) if period == begins else ZERO

    def by(self, place: Place, period: int) -> Fraction:
        """Level of a place up to a period."""
        at = self.level.get(place, {})
        return total(at.get(p, ZERO) for p in self.tables.periods[: period + 1])
