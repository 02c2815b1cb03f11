"""Ranges and middle values: criteria on which neither more nor less is better, but what lies in between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .brief import Brief
from .errors import InputError
from .registry import Array


@dataclass(frozen=True)
class Range(Brief):
    """A direction: best from *low* to *high*, and worse the farther outside.

    Attributes
    ----------
    low, high : the ends of what is best; equal for a middle value.
    worst_low, worst_high : where the level reaches 0, below and above. Left out, both sides fall to 0 at the one
        distance M = max(low - min x, max x - high) of the data: then levels change when alternatives come and go.

    Examples
    --------
    >>> Range(36, 37).level([35.2, 36.6, 38.4]).round(3).tolist()
    [0.429, 1.0, 0.0]
    >>> Range(7, 7, worst_low=5, worst_high=9).level([4, 6, 7]).tolist()
    [0.0, 0.5, 1.0]
    """

    low: float
    high: float
    worst_low: float | None = None
    worst_high: float | None = None

    def __post_init__(self) -> None:
        below = -np.inf if self.worst_low is None else self.worst_low
        above = np.inf if self.worst_high is None else self.worst_high
        ends = (below, self.low, self.high, above)
        if not all(isinstance(end, int | float | np.number) for end in ends) or not (
            below < self.low <= self.high < above
        ):
            raise InputError(
                "range_ends",
                "a range",
                f"{self.worst_low}, {self.low}, {self.high}, {self.worst_high}",
                "worst_low < low <= high < worst_high",
            )

    def level(self, values: Any) -> Array:
        """Return levels from 0 to 1: 1 within the range; where no value lies outside, all are 1."""
        x = np.asarray(values, dtype=float)
        far = max(self.low - x.min(), x.max() - self.high, 0.0)
        below = far if self.worst_low is None else self.low - self.worst_low
        above = far if self.worst_high is None else self.worst_high - self.high
        short = np.maximum((self.low - x) / (below or 1.0), (x - self.high) / (above or 1.0))
        return np.clip(1.0 - short, 0.0, 1.0)


Directions = Iterable[str | Range] | Mapping[Any, str | Range]
"""``"max"``, ``"min"`` or a range for each criterion, in their order or by label."""


def read_range(text: object) -> Range | None:
    """Read ``"36..37"`` or ``"7..7"``; None for anything else.

    >>> read_range("36..37"), read_range("max")
    (Range(low=36.0, high=37.0, worst_low=None, worst_high=None), None)
    """
    if isinstance(text, Range):
        return text
    if not isinstance(text, str) or ".." not in text:
        return None
    low, _, high = text.partition("..")
    try:
        return Range(float(low), float(high))
    except ValueError:
        return None
