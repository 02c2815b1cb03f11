"""Balance over the dimensions: which share of each resource, and of what closes, each of them has."""

from __future__ import annotations

from ..case.tables import Resource
from ..framework.dimension_balance import Balance
from .drawing import Picture, canvas, shade
from .grid import grid
from .words import say

CELL = 92


def dimensions(found: Balance, lang: str = "en") -> Picture:
    """Draw dimensions x resources, and the value; the shares of a column sum to 1."""
    resources = found.case.names(Resource, lang)
    keys = [*resources, "value"]
    rows = found.dimensions
    names = [f"{row[f'name_{lang}']} {row[f'race_{lang}']}".strip() for row in rows]
    columns = [*resources.values(), say("dimensions.value", lang)]

    def shown(i: int, j: int) -> tuple[str, str]:
        share = float(rows[i][keys[j]])
        return f"{share:.0%}", shade(share)

    marks, wide, high = grid(names, columns, shown, CELL)
    title, caption = say("dimensions.title", lang), (" " if lang == "en" else "").join(found.text(lang))
    head = (say("dimensions.dimension", lang), say("dimensions.funded", lang), *columns)
    table = tuple(
        (name, f"{row['funded']} / {row['measures']}", *(f"{row[k]:.1%}" for k in keys))
        for name, row in zip(names, rows, strict=True)
    )
    return Picture("dimensions", title, caption, canvas(wide, high, title, caption, marks), head, table)
