"""Weights given directly."""

from __future__ import annotations

from collections.abc import Mapping

from .. import option_checks
from ..registry import Array, Guide, Option, scheme


@scheme(
    "direct",
    title="Direct rating",
    title_zh="直接赋权",
    source="von Winterfeldt & Edwards (1986), Decision Analysis and Behavioral Research, Cambridge, section 8.2",
    guide=Guide(
        rule_zh="w_j = r_j/Σr，r_j 为直接给出的评分。",
        use="Weights come from elsewhere, or one person is answerable for them.",
        use_zh="权重来自外部，或由一人负责给出时。",
        trap="Nothing checks them: try ranges (`stability`, `smaa`).",
        trap_zh="没有任何检验，应配合稳定性分析（stability、smaa）。",
    ),
    needs="weights",
    options={"weights": Option(option_checks.ratings, scope="criterion")},
)
def direct(matrix: Array, signs: Array, *, weights: Array) -> Mapping[str, Array]:
    """w_j = r_j / sum r, r_j the rating given."""
    return {"given": weights, "w": weights / weights.sum()}
