"""Candidate tracks: each indicator's figure, shaded by the line that it reaches, and the verdict."""

from __future__ import annotations

from ..case.tables import Candidate, Indicator
from ..framework.admission import Candidates
from ..words import say as say_shared
from .drawing import Picture, canvas, shade
from .grid import grid
from .words import say

CELL = 88
REACHED = {"reject": 0.0, "watch": 0.35, "admit": 0.85}
"""Shades of the lines that a figure reaches."""


def candidates(found: Candidates, lang: str = "en") -> Picture:
    """Draw candidates x indicators; a figure that is an assumption has an asterisk."""
    indicators = found.case.rows(Indicator)
    names = found.case.names(Candidate, lang)
    columns = [say("candidates.sorted", lang), *(row.name(lang) for row in indicators)]

    def reached(row: Indicator, value: float) -> str:
        sign = 1.0 if row.direction == "max" else -1.0
        if sign * (value - row.admit) >= 0:
            return "admit"
        return "watch" if sign * (value - row.watch) >= 0 else "reject"

    def shown(i: int, j: int) -> tuple[str, str]:
        row = found.listed[i]
        if j == 0:
            return say_shared(f"category.{row['category']}", lang), shade(REACHED[row["category"]])
        indicator = indicators[j - 1]
        value = row[indicator.indicator]
        mark = "*" if indicator.indicator in row["assumed"] else ""
        return f"{value:,.6g}{mark}", shade(REACHED[reached(indicator, value)])

    labels = [names[row["candidate"]] for row in found.listed]
    marks, wide, high = grid(labels, columns, shown, CELL)
    title = say("candidates.title", lang)
    caption = (" " if lang == "en" else "").join([*found.text(lang), say("candidates.shades", lang)])
    head = (say("candidates.indicator", lang), *labels, say("candidates.watch", lang), say("candidates.admit", lang))
    table = tuple(
        (row.name(lang), *(f"{c[row.indicator]:,.6g}{'*' if row.indicator in c['assumed'] else ''}"
                           for c in found.listed),
         f"{row.watch:,.6g}", f"{row.admit:,.6g}")
        for row in indicators
    )  # fmt: skip
    return Picture("candidates", title, caption, canvas(wide, high, title, caption, marks), head, table)
