"""Target normalisation: nearness to a value of one's own on each criterion."""

from __future__ import annotations

import numpy as np

from ..option_checks import numbers
from ..registry import Array, Guide, Option, normalisation


@normalisation(
    "target",
    title="Target (nearness to a value)",
    title_zh="目标值规范化",
    source="Jahan & Edwards (2015), A state-of-the-art survey on the influence of normalization techniques in ranking, "
    "Materials & Design 65, 335-342, section on target-based normalisation",
    guide=Guide(
        rule_zh="1 - |x - t|/(max(max x, t) - min(min x, t))。",
        use="A value of one's own is best, neither more nor less.",
        use_zh="存在“恰好为佳”的目标值时。",
        trap="The width is that of the data; for fixed ends take a `Range`.",
        trap_zh="宽度取自数据；要固定两端请用 Range。",
    ),
    options={"targets": Option(numbers(), None)},
)
def target(matrix: Array, signs: Array, *, targets: Array | None = None) -> Array:
    """1 - |x - t| / (max(max x, t) - min(min x, t)), t the target, the best value if left out. All alike, at t: 1."""
    low, high = matrix.min(axis=0), matrix.max(axis=0)
    t = np.where(signs > 0, high, low) if targets is None else targets
    width = np.maximum(high, t) - np.minimum(low, t)
    return np.asarray(1.0 - np.abs(matrix - t) / np.where(width > 0, width, 1.0))
