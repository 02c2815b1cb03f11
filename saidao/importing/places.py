"""Where the parts of a table stand, as its sheet counts them."""

from __future__ import annotations

from typing import Any

from .anatomy import Anatomy
from .long import Laid


def places(parts: Anatomy, lines: list[int]) -> dict[str, Any]:
    """Return where the parts of a table stand, as the sheet counts them."""
    view = parts.view
    if isinstance(view, Laid):
        return dict(view.where)
    if view.turned:
        found: dict[str, Any] = {"name_row": view.letter(parts.names)}
        found |= {"head_columns": [view.number(i) for i in parts.head_lines]} if parts.head_lines else {}
        ends: dict[str, Any] = {"body_columns": [view.number(lines[0]), view.number(lines[-1])]} if lines else {}
        special = {f"{what}_column": line for what, line in special_lines(parts).items()}
    else:
        found = {"head_rows": [view.number(i) for i in parts.head_lines]}
        ends = {"body_rows": [view.number(lines[0]), view.number(lines[-1])]} if lines else {}
        special = {f"{what}_row": line for what, line in special_lines(parts).items()}
        ends["name_column"] = view.letter(parts.names)
    return found | {name: view.number(line) for name, line in special.items() if line is not None} | ends


def special_lines(parts: Anatomy) -> dict[str, int | None]:
    """Return the lines of weights, directions, units and targets."""
    return {"weight": parts.weight, "direction": parts.direction, "unit": parts.unit, "target": parts.target}
