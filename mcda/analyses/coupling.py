"""Coupling coordination of systems, and what stands in the way of each: obstacle degrees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from .. import checks, option_checks
from ..errors import InputError
from ..labels import ByCriterion, Labels, Table, as_list, as_switch
from ..registry import Array, find
from ..results import Weights
from ..tabular import Tabular, frame

if TYPE_CHECKING:
    import pandas as pd

CouplingFormula = Literal["classic", "corrected"]
FORMULAE: tuple[CouplingFormula, ...] = ("classic", "corrected")
CLASSES = (
    ("extreme imbalance", "极度失调"),
    ("severe imbalance", "严重失调"),
    ("moderate imbalance", "中度失调"),
    ("mild imbalance", "轻度失调"),
    ("near imbalance", "濒临失调"),
    ("barely coordinated", "勉强协调"),
    ("primary coordination", "初级协调"),
    ("intermediate coordination", "中级协调"),
    ("good coordination", "良好协调"),
    ("quality coordination", "优质协调"),
)
"""Classes of D by tenths, each closed below: 0.5 is barely coordinated; 1 belongs to the last. English and Chinese."""


@dataclass(frozen=True)
class Coupling(Tabular):
    """Coupling coordination of n systems in m rows (places, years, tracks).

    Attributes
    ----------
    alternatives, systems : labels of the rows and of the systems.
    formula : ``classic`` or ``corrected``.
    coupling, development, coordination : (m,) C, T and D.
    class_array : (m,) class of D from 0 to 9, see `CLASSES`.
    """

    alternatives: checks.RowLabels
    systems: Labels
    formula: CouplingFormula
    coupling: Array
    development: Array
    coordination: Array
    class_array: Any

    def to_frame(self) -> pd.DataFrame:
        """One row per row of the input: C, T, D and the class in English."""
        classes = [CLASSES[k][0] for k in self.class_array]
        columns = {"C": self.coupling, "T": self.development, "D": self.coordination, "class": classes}
        return frame(columns, self.alternatives, axis="alternative")

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        rows = zip(self.alternatives, self.coupling, self.development, self.coordination, self.class_array, strict=True)
        return {
            "formula": self.formula,
            "rows": [
                {"alternative": a, "C": float(c), "T": float(t), "D": float(d), "class": int(k)}
                for a, c, t, d, k in rows
            ],
        }


def coupling(
    systems: Table, weights: Weights | ByCriterion[float] | None = None, formula: CouplingFormula = "classic"
) -> Coupling:
    """Coupling coordination of systems.

    Parameters
    ----------
    systems : (m, n) array or DataFrame
        Scores of n >= 2 systems, from 0 to 1.
    weights : (n,) of the systems in T; equal if left out.
    formula : ``classic`` C = n (prod U)^(1/n) / sum U; ``corrected`` C = sqrt([1 - mean_{i<j} abs(U_i - U_j)]
        [prod U_i / max U]^(1/(n-1))).

    Returns
    -------
    Coupling
        C, T = sum w U and D = sqrt(C T).

    Raises
    ------
    InputError
        Values outside 0 to 1, one system, or a row of zeros.

    Notes
    -----
    Sources: Liao (1999), 廖重斌，环境与经济协调发展的定量评判及其分类体系, Tropical Geography 19(2), 171-177; Wang,
    Kong & Ren (2021), 王淑佳，孔伟，任亮等，国内耦合协调度模型的误区及修正, Journal of Natural Resources 36(3),
    793-810.

    With equal weights the classic D is the root of the geometric mean and tells nothing more. By the corrected form D
    can fall when a system gets better, and so can the classic D with unequal weights: read T beside it. A system at 0
    gives C = D = 0. C changes if scores are scaled to another set of rows.

    Examples
    --------
    >>> coupling([[0.5, 0.4], [0.6, 0.4]], formula="corrected").coordination.round(4).tolist()
    [0.6179, 0.6043]
    """
    u, rows, columns = checks.matrix(systems, name="systems")
    find("formula", dict.fromkeys(FORMULAE, True), formula)
    n = len(columns)
    if n < 2:
        raise InputError("coupling_systems", "systems", f"{n} system", "two or more")
    outside = np.argwhere((u < 0) | (u > 1))
    if outside.size:
        i, j = outside[0]
        raise InputError("coupling_value", f"systems, row {rows[i]!r}, column {columns[j]!r}", f"{u[i, j]:g}", "0 to 1")
    zero = np.flatnonzero(~u.any(axis=1))
    if zero.size:
        raise InputError("coupling_zero", f"systems, row {rows[zero[0]]!r}", "only zeros", "one system above 0")
    w = np.full(n, 1.0 / n) if weights is None else checks.shares(weights, columns)[0]
    if formula == "classic":
        c = n * u.prod(axis=1) ** (1.0 / n) / u.sum(axis=1)
    else:
        apart = np.abs(u[:, :, None] - u[:, None])
        mean = apart.sum(axis=(1, 2)) / (n * (n - 1))
        ratio = (u / u.max(axis=1, keepdims=True)).prod(axis=1) ** (1.0 / (n - 1))
        c = np.sqrt((1.0 - mean) * ratio)
    c = np.minimum(c, 1.0)
    t = u @ w
    d = np.sqrt(c * t)
    classes = np.minimum((d * 10 + 1e-9).astype(int), 9)
    return Coupling(rows, columns, formula, c, t, d, classes)


@dataclass(frozen=True)
class Obstacles(Tabular):
    """What stands in the way of each alternative: its weighted gaps.

    Attributes
    ----------
    alternatives, criteria : labels; of the groups, where there are any.
    array : (m, n) obstacle degrees, or their shares.
    shared : whether they are shares of the row's sum; a row without a gap has only zeros.
    """

    alternatives: checks.RowLabels
    criteria: Labels
    array: Array
    shared: bool

    def to_frame(self) -> pd.DataFrame:
        """Alternatives x criteria."""
        return frame(self.array, self.alternatives, self.criteria, axis="alternative")

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "share": self.shared,
            "rows": [
                {"alternative": a, **dict(zip(map(str, self.criteria), row, strict=True))}
                for a, row in zip(self.alternatives, self.array.tolist(), strict=True)
            ],
        }


def obstacles(
    levels: Table,
    weights: Weights | ByCriterion[float],
    *,
    share: bool = True,
    groups: Mapping[Any, Iterable[Any]] | None = None,
) -> Obstacles:
    """Obstacle degrees: the weighted gaps w_j (1 - z_ij), or each one's share of the alternative's sum.

    Parameters
    ----------
    levels : (m, n) array or DataFrame
        Levels from 0 to 1, 1 the best.
    weights : (n,)
    share : whether shares of the row's sum are returned; rows without a gap keep zeros.
    groups : criteria by group: the sums over them are returned.

    Returns
    -------
    Obstacles

    Raises
    ------
    InputError
        Levels outside 0 to 1, or groups of unknown criteria.

    Examples
    --------
    >>> obstacles([[0.5, 0.9]], [0.5, 0.5]).array.round(3).tolist()
    [[0.833, 0.167]]
    """
    share = as_switch("share", share)
    z, rows, columns = checks.matrix(levels, name="levels")
    outside = np.argwhere((z < 0) | (z > 1))
    if outside.size:
        i, j = outside[0]
        raise InputError("coupling_value", f"levels, row {rows[i]!r}, column {columns[j]!r}", f"{z[i, j]:g}", "0 to 1")
    w, _ = checks.shares(weights, columns)
    found = w * (1.0 - z)
    labels: Labels = columns
    if groups is not None:
        if not isinstance(groups, Mapping) or not groups:
            raise InputError("option_value", "groups", repr(groups), "criteria by group")
        labels = tuple(groups)
        parts = [
            [
                option_checks.criterion(where, member, columns)
                for member in as_list(where, members, "criteria of the group")
            ]
            for where, members in ((f"groups, {name!r}", members) for name, members in groups.items())
        ]
        found = np.array([found[:, part].sum(axis=1) for part in parts]).T
    if share:
        total = found.sum(axis=1, keepdims=True)
        found = found / np.where(total > 0, total, 1.0)
    return Obstacles(rows, labels, found, share)
