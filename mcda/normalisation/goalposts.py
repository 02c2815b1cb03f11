"""Goalposts: from 0 at the one to 1 at the other, whatever the alternatives are."""

from __future__ import annotations

import numpy as np

from ..errors import InputError
from ..option_checks import choice, numbers
from ..registry import Array, Guide, Option, normalisation


@normalisation(
    "goalposts",
    title="Goalposts (fixed ends)",
    title_zh="固定门柱值规范化",
    source="United Nations Development Programme (1990), Human Development Report 1990, technical note (section 1); "
    "Mazziotta & Pareto (2016), Social Indicators Research 127(3), 983-1003",
    guide=Guide(
        rule_zh="(x - worst)/(best - worst)，两端固定。",
        use="Ends are fixed by a norm, as in the Human Development Index: levels keep their meaning over years.",
        use_zh="两端由标准固定（如人类发展指数），跨年可比时。",
        trap="Beyond the ends values are clipped, kept or refused: say which.",
        trap_zh="超出两端可截断、保留或拒绝，须说明。",
    ),
    options={
        "worst": Option(numbers(), None),
        "best": Option(numbers(), None),
        "beyond": Option(choice("clip", "refuse", "keep"), "clip"),
    },
)
def goalposts(
    matrix: Array, signs: Array, *, worst: Array | None = None, best: Array | None = None, beyond: str = "clip"
) -> Array:
    """(x - worst) / (best - worst): 0 at *worst*, 1 at *best*, a number per criterion; beyond them as `beyond` says.

    Left out they are the matrix's own, and this is min-max.
    """
    gain = signs > 0
    low, high = matrix.min(axis=0), matrix.max(axis=0)
    start = np.where(gain, low, high) if worst is None else worst
    end = np.where(gain, high, low) if best is None else best
    constant = (low == high) & (start == end)
    wrong = np.flatnonzero((signs * (end - start) <= 0) & ~constant)
    if wrong.size:
        j = wrong[0]
        raise InputError(
            "scale_ends",
            f"options worst, best, criterion number {j + 1}",
            f"{start[j]:g} and {end[j]:g}",
            "best above worst for a benefit, below it for a cost",
        )
    level = np.where(constant, 1.0, (matrix - start) / np.where(constant, 1.0, end - start))
    if beyond == "refuse" and ((level < 0) | (level > 1)).any():
        i, j = np.argwhere((level < 0) | (level > 1))[0]
        raise InputError(
            "beyond_scale",
            f"matrix, criterion number {j + 1}",
            f"{matrix[i, j]:g}",
            f"a value from {start[j]:g} to {end[j]:g}",
        )
    return np.clip(level, 0.0, 1.0) if beyond == "clip" else np.asarray(level)
