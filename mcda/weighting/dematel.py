"""DEMATEL: weights from how strongly the criteria influence each other, directly and through others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .. import checks, option_checks
from ..errors import InputError
from ..labels import Table, as_floats, by_label, labelled
from ..registry import Array, Guide, Option, scheme


def _influences(name: str, value: Table, columns: checks.Labels) -> Array:
    """Check a square table of influences >= 0, 0 on the diagonal."""
    given: Any = by_label(name, value, columns) if labelled(value) else value
    direct, n = as_floats(given), len(columns)
    if (
        direct is None
        or direct.shape != (n, n)
        or not (direct >= 0).all()
        or checks.unfit(direct).any()
        or np.diag(direct).any()
    ):
        raise InputError(
            "option_numbers", f"option {name}", "no such table", f"{n} x {n} influences, 0 or more, 0 on the diagonal"
        )
    return direct


@scheme(
    "dematel",
    title="DEMATEL (influences among criteria)",
    title_zh="DEMATEL 法(决策试验与评价实验室法)",
    source="Gabus & Fontela (1972), World Problems, an Invitation to Further Thought within the Framework of DEMATEL, "
    "Battelle Geneva Research Centre",
    guide=Guide(
        rule_zh="T = X (I - X)^{-1}，X = Z/s；D、R 为 T 的行和、列和；w ~ √((D+R)² + (D-R)²) 或 D+R。",
        use="Criteria influence each other, and judges can say how strongly.",
        use_zh="准则相互影响，且专家能判断影响强度时。",
        trap="Two rules of weights and two scales are in use: name them. Equal influences everywhere have "
        "no finite total.",
        trap_zh="求权有两种规则、缩放有两种方式，须注明；所有影响都相等时总影响不收敛。",
    ),
    needs="influences",
    options={
        "influences": Option(_influences, scope="node"),
        "rule": Option(option_checks.choice("length", "prominence"), "length"),
        "scale": Option(option_checks.choice("rows_and_columns", "rows"), "rows_and_columns"),
    },
)
def dematel(matrix: Array, signs: Array, *, influences: Array, rule: str, scale: str) -> Mapping[str, Array]:
    """w_j ~ sqrt((D + R)^2 + (D - R)^2), or D + R (``rule="prominence"``); D row and R column sums of T = X (I - X)^-1.

    X = Z / s, Z the *influences* of the row on the column, s the largest of their row and column sums, or
    (``scale="rows"``, which gives another T) of the row sums. Not defined where nothing influences anything, or where
    all row sums or all column sums are s: then the influences do not die away.
    """
    sums = influences.sum(axis=1), influences.sum(axis=0)
    s = float(max(sums[0].max(), sums[1].max() if scale == "rows_and_columns" else 0.0))
    n = len(influences)
    x = influences / s if s > 0 else influences
    if s == 0 or np.abs(np.linalg.eigvals(x)).max() > 1.0 - 1e-9:
        raise InputError(
            "dematel_singular",
            "influences",
            "nothing but zeros" if s == 0 else "influences that do not die away",
            "influences of which some rows and columns sum to less than others",
            "Use another scheme.",
        )
    t = x @ np.linalg.inv(np.eye(n) - x)
    d, r = t.sum(axis=1), t.sum(axis=0)
    size = d + r if rule == "prominence" else np.hypot(d + r, d - r)
    return {"T": t, "D": d, "R": r, "w": checks.share_out(size)}
