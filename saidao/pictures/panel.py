"""A small panel with one curve: what follows from an amount, today's marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from .drawing import BLUE, INK, LINE, QUIET, el, fitted, line, nice, text

WIDE, HIGH, LEFT, TOP, BELOW = 300, 150, 44, 26, 34
"""The curve's own room, and what headings and ticks take around it."""


def panel(
    points: Sequence[tuple[float, float]],
    left: float,
    top: float,
    label: str,
    *,
    most: float,
    now: float | None = None,
    shown: Callable[[float], str] = "{:,.6g}".format,
) -> list[Markup]:
    """Draw shares (0 to *most*) over amounts from 0; *left*, *top* are the curve's corner, *now* a dashed line."""
    last = points[-1][0] or 1.0
    marks = [text(left, top - 12, fitted(label, WIDE), bold=True)]
    for share in nice(most):
        y = top + HIGH * (1 - share / most)
        marks += [line(left, y, left + WIDE, y, LINE), text(left - 6, y, f"{share:.0%}", "end", QUIET, 11)]
    for amount in nice(last):
        x = left + WIDE * amount / last
        marks += [
            line(x, top + HIGH, x, top + HIGH + 4, QUIET),
            text(x, top + HIGH + 13, shown(amount), "middle", QUIET, 11),
        ]
    if now is not None:
        at = left + WIDE * now / last
        marks.append(line(at, top, at, top + HIGH, INK, 1.2, "4 3"))
    path = " ".join(f"{left + WIDE * x / last:.1f},{top + HIGH * (1 - y / most):.1f}" for x, y in points)
    return [*marks, el("polyline", points=path, fill="none", stroke=BLUE, stroke_width=2)]
