"""Balance over the dimensions: which share of each resource, and of what closes, each has, and what balance costs."""

from __future__ import annotations

from ..case.tables import Resource
from ..framework.balance import Balance
from ..texts.say import say
from .drawing import Picture, canvas, shade, width
from .grid import grid
from .panel import BELOW, HIGH, TOP, panel

CELL = 92


def dimensions(found: Balance, lang: str = "en") -> Picture:
    """Draw dimensions x resources, and the value; below, what closes where each dimension has at least so much."""
    resources = found.case.names(Resource, lang)
    keys = [*resources, "value"]
    rows = found.dimensions
    parts = ("name", "competition", "race")
    names = [" · ".join(filter(None, (row[f"{part}_{lang}"] for part in parts))) for row in rows]
    columns = [*resources.values(), say("picture.dimensions.value", lang)]

    def shown(i: int, j: int) -> tuple[str, str]:
        share = float(rows[i][keys[j]])
        return f"{share:.0%}", shade(share)

    left = max(map(width, names), default=0.0) + 16
    marks, wide, high = grid(names, columns, shown, CELL, left=left)
    points = [(p["least_share"], p["closed_share"]) for p in found.points]
    if points and points[-1][0] > 0:
        resource = resources[found.resource]
        marks += panel(
            points,
            left,
            high + TOP + 8,
            say("picture.dimensions.curve", lang, resource=resource),
            most=max(y for _, y in points) or 1.0,
            now=found.least_share,
            shown="{:.0%}".format,
        )
        high += TOP + HIGH + BELOW
    title, caption = say("picture.dimensions.title", lang), (" " if lang == "en" else "").join(found.text(lang))
    head = (say("picture.dimensions.dimension", lang), say("picture.dimensions.funded", lang), *columns)
    table = tuple(
        (name, f"{row['funded']} / {row['measures']}", *(f"{row[k]:.1%}" for k in keys))
        for name, row in zip(names, rows, strict=True)
    )
    return Picture("dimensions", title, caption, canvas(wide, high, title, caption, marks), head, table)
