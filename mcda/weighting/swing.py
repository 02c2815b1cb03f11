"""Swing weights: how much it matters that a criterion goes from its worst to its best value."""

from __future__ import annotations

from collections.abc import Mapping

from .. import option_checks
from ..registry import Array, Guide, Option, scheme


@scheme(
    "swing",
    title="Swing weighting",
    title_zh="摆幅赋权",
    source="von Winterfeldt & Edwards (1986), Decision Analysis and Behavioral Research, Cambridge, section 8.2",
    guide=Guide(
        rule_zh="w_j = p_j/Σp，p_j 为从最差摆到最好的价值，最想要的一项为 100。",
        use="Weights shall depend on the ranges of the criteria, as an additive value function needs.",
        use_zh="希望权重与准则取值范围挂钩（加性价值函数所要求）时。",
        trap="Change the range of a criterion, and the swing must be asked for again.",
        trap_zh="准则取值范围改变后必须重新询问。",
    ),
    needs="points",
    options={"points": Option(option_checks.points, scope="criterion")},
)
def swing(matrix: Array, signs: Array, *, points: Array) -> Mapping[str, Array]:
    """w_j = p_j / sum p, p_j from 0 to 100: the worth of the swing from worst to best, 100 for the most wanted one."""
    return {"given": points, "w": points / points.sum()}
