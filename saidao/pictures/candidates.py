"""Candidate tracks: each figure beside the lines for watching and admitting, shaded by the line that it reaches."""

from __future__ import annotations

from ..case.tables import Candidate, Indicator
from ..framework.candidates import Candidates, reached
from ..results.result import Row
from ..texts.say import say
from .drawing import PAPER, Picture, canvas, shade, width
from .grid import grid

CELL = 104
REACHED = {"reject": 0.0, "watch": 0.35, "admit": 0.85}
"""Shades of the lines that a figure reaches."""


def candidates(found: Candidates, lang: str = "en") -> Picture:
    """Draw indicators x candidates, the verdict first; a figure that is an assumption has an asterisk."""
    indicators = found.case.rows(Indicator)
    names = [found.case.names(Candidate, lang)[row["candidate"]] for row in found.listed]
    lines = ("watch", "admit")
    columns = [*names, *(say(f"picture.candidates.{line}", lang) for line in lines)]

    def figure(indicator: Indicator, row: Row) -> str:
        return f"{row['figures'][indicator.indicator]:,.6g}{'*' if indicator.indicator in row['assumed'] else ''}"

    def shown(i: int, j: int) -> tuple[str, str]:
        if j >= len(names):
            return (f"{getattr(indicators[i - 1], lines[j - len(names)]):,.6g}" if i else "", PAPER)
        row = found.listed[j]
        if i == 0:
            return say(f"category.{row['category']}", lang), shade(REACHED[row["category"]])
        indicator = indicators[i - 1]
        return figure(indicator, row), shade(REACHED[reached(indicator, row["figures"][indicator.indicator])])

    labels = [say("picture.candidates.sorted", lang), *(row.told(lang) for row in indicators)]
    marks, wide, high = grid(labels, columns, shown, CELL, left=max(map(width, labels)) + 16)
    title = say("picture.candidates.title", lang)
    caption = (" " if lang == "en" else "").join([*found.text(lang), say("picture.candidates.shades", lang)])
    head = (say("picture.candidates.indicator", lang), *columns)
    table = tuple(
        (row.told(lang), *(figure(row, c) for c in found.listed), f"{row.watch:,.6g}", f"{row.admit:,.6g}")
        for row in indicators
    )
    return Picture("candidates", title, caption, canvas(wide, high, title, caption, marks), head, table)
