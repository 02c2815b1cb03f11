"""A table of shaded cells, the numbers in them: tracks x factors, x ranks, x schemes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from .drawing import LINE, QUIET, SIZE, box, column_headings, fitted, on, text, width

ROW = 25
MOST = 250
"""Widest that labels of rows may be."""


def left_of(labels: Sequence[str]) -> float:
    """Return the room that labels of rows take."""
    return min(max((width(label) for label in labels), default=0.0), MOST) + 14


def top_of(labels: Sequence[str]) -> float:
    """Return the room that headings of columns take."""
    return 52 if any(width(label) > 40 for label in labels) else 30


def grid(
    rows: Sequence[str],
    columns: Sequence[str],
    shown: Callable[[int, int], tuple[str, str]],
    cell: float,
    *,
    left: float | None = None,
) -> tuple[list[Markup], float, float]:
    """Draw cells, each with the (text, fill) that *shown* tells: the marks, and how wide and high they are."""
    at, top = left_of(rows) if left is None else left, top_of(columns)
    marks = column_headings(columns, at, cell, top)
    for i, label in enumerate(rows):
        y = top + ROW * (i + 0.5)
        marks.append(text(at - 8, y, fitted(label, at - 14), "end"))
        for j in range(len(columns)):
            content, fill = shown(i, j)
            marks.append(box(at + cell * j + 1, y - ROW / 2 + 1, cell - 2, ROW - 2, fill))
            if content:
                colour = QUIET if content == "·" else on(fill)
                marks.append(text(at + cell * (j + 0.5), y, content, "middle", colour, SIZE - 1))
    return marks, at + cell * len(columns) + 8, top + ROW * len(rows) + 8


def rule(x: float, y: float, wide: float) -> Markup:
    """Draw a thin rule."""
    return box(x, y, wide, 1, LINE)
