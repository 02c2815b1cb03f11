"""The decision problem of a case: scores of tracks on factors, with the scales that turn them into levels and gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..case import Case
from ..case.checks.scores import tick_problems
from ..case.tables import Factor, Track
from ..errors import CaseError
from ..mcda.brief import Brief

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Decision(Brief):
    """Scores of tracks on factors, with the scales that turn them into levels and gaps.

    Attributes
    ----------
    scores : (T, F) in each factor's own unit, ticks read as the setting says; levels where a range is best.
    worst, target : (F,) ends of each factor's scale.
    directions : (F,) ``"max"`` or ``"min"``.
    names : of ``track ID`` and ``factor ID`` in English and Chinese.
    """

    tracks: tuple[str, ...]
    factors: tuple[str, ...]
    scores: Array
    directions: tuple[str, ...]
    worst: Array
    target: Array
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def level(self) -> Array:
        """L = clip((S - worst) / (target - worst), 0, 1): (T, F), 1 is "target reached"."""
        return np.clip((self.scores - self.worst) / (self.target - self.worst), 0.0, 1.0)

    @cached_property
    def gap(self) -> Array:
        """g = 1 - L: (T, F), in level units."""
        return 1.0 - self.level

    def after(self, closed: Array) -> Array:
        """Scores that the levels L + z stand for: S moved toward target by z (T, F) of the scale."""
        return self.scores + closed * (self.target - self.worst)


def decision(case: Case, ticks: str) -> Decision:
    """Read the decision problem out of a case.

    ``ticks="shortcoming"`` counts a tick as 0, else it counts as the level that it stands for (`tick_level`).
    """
    problems = list(tick_problems(case, ticks))
    if problems:
        raise CaseError(problems)
    factors = {row.factor: row for row in case.rows(Factor)}
    scored = [factors[f] for f in case.factor_ids]
    scales = [case.factor_scales[f] for f in case.factor_ids]
    scores = read_ticks(case.scores_matrix, ticks, case.settings.tick_level)
    for j, factor in enumerate(case.factor_ids):
        if factor in case.ranges:  # methods know more and less: what is best in between enters as its level
            scores = scores.copy()
            scores[:, j] = case.ranges[factor].level(scores[:, j])
    return Decision(
        tracks=case.track_ids,
        factors=case.factor_ids,
        scores=scores,
        directions=tuple("min" if row.direction == "min" else "max" for row in scored),
        worst=np.array([scale.worst for scale in scales]),
        target=np.array([scale.target for scale in scales]),
        names={
            f"{kind} {key}": (name, chinese[key])
            for kind, model in (("track", Track), ("factor", Factor))
            for chinese in [case.names(model, "zh")]
            for key, name in case.names(model, "en").items()
        },
    )


def read_ticks(scores: Array, ticks: str, tick_level: float) -> Array:
    """Return scores as their ticks read: as they are where a tick is a strength that reaches the target.

    >>> read_ticks(np.array([1.0, 0.0]), "strength", 0.7), read_ticks(np.array([1.0, 0.0]), "shortcoming", 0.7)
    (array([0.7, 0. ]), array([0., 1.]))
    """
    return 1.0 - scores if ticks == "shortcoming" else scores * tick_level
