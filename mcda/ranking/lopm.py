"""LoPM, limits on properties: how far each value is from the limit that it should keep."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import all_positive
from ..errors import InputError
from ..option_checks import choices, numbers
from ..registry import Array, Decision, Guide, Option, Step, batched, method


@method(
    "lopm",
    title="LoPM (limits on properties)",
    title_zh="LoPM(性能限值法)",
    source="Farag (2020), Materials and Process Selection for Engineering Design, 4th edition, CRC Press, chapter 9",
    guide=Guide(
        rule_zh="m_i = Σ_j w_j M_ij；下限 Y 时 M = Y/x，上限时 x/Y，目标值时 |x/Y - 1|；越小越好。",
        use="Each criterion has a limit that must be met, as in material selection.",
        use_zh="每个准则都有必须满足的上限、下限或目标值（如选材）时。",
        trap="Low is best; pymcdm's `rank` turns it the other way. Failing one limit is made good by others.",
        trap_zh="得分越低越好，pymcdm 的 rank 恰好相反；某项不达标可被其他项弥补。",
    ),
    steps=(
        Step("M", "ratio of limit and value", ("alternative", "criterion")),
        Step("m", "merit parameter", ("alternative",)),
    ),
    better="lower",
    options={"limits": Option(numbers()), "kinds": Option(choices("lower", "upper", "target"), None)},
    linear=True,
)
def lopm(decision: Decision, *, limits: Array, kinds: tuple[str, ...] | None) -> Mapping[str, Array]:
    """m_i = sum_j w_j M_ij; M = Y/x for a lower limit Y, x/Y for an upper one, |x/Y - 1| for a target.

    The option `kinds` says which a criterion has; left out, benefits have a lower limit and costs an upper one. Values
    and limits are above 0. An alternative's score depends on no other one.
    """
    x, signs = decision.matrix, decision.signs
    all_positive(np.vstack([x, limits]))
    usual = tuple("lower" if s > 0 else "upper" for s in signs)
    kinds = kinds or usual
    for j, (kind, own) in enumerate(zip(kinds, usual, strict=True)):
        if kind not in (own, "target"):
            raise InputError(
                "limit_kind",
                f"option kinds, criterion number {j + 1}",
                f"'{kind}'",
                f"'{own}', as its direction says, or 'target'",
            )
    lower, upper = (np.array(kinds) == name for name in ("lower", "upper"))
    ratio = np.where(lower, limits / x, np.where(upper, x / limits, np.abs(x / limits - 1)))
    return {"M": ratio, "m": (ratio * decision.weights).sum(axis=1)}


@batched("lopm")
def lopm_batched(decision: Decision, steps: Mapping[str, Array], **options: object) -> Array:
    """m_i = sum_j w_j M_ij."""
    return steps["M"] @ decision.weights
