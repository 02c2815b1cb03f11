"""Ranks that change along an axis, a line a track: over the periods of scores, and over the share of a scheme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from .drawing import BLUE, GREY, LINE, ORANGE, QUIET, el, fitted, line, text, width

ROW, WIDE, MOST, TOP = 24, 420, 250, 34
LEFT = 40
"""Room for the ranks at the left; the names stand at the right."""


@dataclass(frozen=True)
class RankLines:
    """The marks of such a picture, with how wide and high it is, and where its axis ends."""

    marks: list[Markup]
    wide: float
    high: float

    @staticmethod
    def at(place: float) -> float:
        """Return where a place of the axis, from 0 to 1, stands."""
        return LEFT + WIDE * place


def rank_lines(
    names: Sequence[str],
    ranks: NDArray[np.int64],
    stretches: Sequence[tuple[float, float]],
    axis: Sequence[tuple[float, str]],
) -> RankLines:
    """Draw the ranks (K, T) of tracks on K stretches of an axis from 0 to 1; a stretch may be a point.

    *axis* labels places. Who is higher at the end than at the beginning is blue, who is lower orange and dashed.
    """
    tracks = ranks.shape[1]
    bottom = TOP + ROW * (tracks - 1)
    marks = [line(RankLines.at(x), TOP - 8, RankLines.at(x), bottom + 8, LINE) for x, _ in axis]
    marks += [text(RankLines.at(x), 12, label, "middle", QUIET, 11) for x, label in axis]
    marks += [text(LEFT - 12, TOP + ROW * k, str(k + 1), "end", QUIET, 11) for k in range(tracks)]
    order = sorted(range(tracks), key=lambda t: (ranks[-1, t], ranks[0, t], t))
    room = min(max(width(name) for name in names), MOST) + 12
    for place, t in enumerate(order):
        rise = int(ranks[0, t] - ranks[-1, t])
        colour, dash = (BLUE, None) if rise > 0 else (ORANGE, "6 3") if rise < 0 else (GREY, None)
        points = [
            f"{RankLines.at(x):.1f},{TOP + ROW * (int(rank) - 1):.1f}"
            for (low, high), rank in zip(stretches, ranks[:, t], strict=True)
            for x in dict.fromkeys((low, high))
        ]
        marks.append(
            el(
                "polyline",
                el("title", names[t]),
                points=" ".join(points),
                fill="none",
                stroke=colour,
                stroke_width=2 if rise else 1.2,
                stroke_dasharray=dash,
            )
        )
        arrow = "" if not rise else f" {'▲' if rise > 0 else '▼'}{abs(rise)}"
        marks.append(text(LEFT + WIDE + 10, TOP + ROW * place, fitted(names[t], room) + arrow))
    return RankLines(marks, LEFT + WIDE + room + 60, bottom + 24)
