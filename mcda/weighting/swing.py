"""Swing weights: how much it matters that a criterion goes from its worst to its best value."""

from __future__ import annotations

from collections.abc import Mapping

from .. import checks
from ..registry import Array, Option, scheme


@scheme(
    "swing",
    title="Swing weighting",
    title_zh="摆幅赋权",
    source="von Winterfeldt & Edwards (1986), Decision Analysis and Behavioral Research, Cambridge, section 8.2",
    needs="points",
    options={"points": Option(checks.points, scope="criterion")},
)
def swing(matrix: Array, signs: Array, *, points: Array) -> Mapping[str, Array]:
    """w_j = p_j / sum p, p_j from 0 to 100: the worth of the swing from worst to best, 100 for the most wanted one."""
    return {"given": points, "w": points / points.sum()}
