"""Fuzzy comprehensive evaluation of one subject from its memberships."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import checks
from ..errors import InputError
from ..labels import ByCriterion, Labels, Table, as_switch
from ..ranking.fuzzy_evaluation import OPERATORS, combine
from ..registry import Array, find
from ..results import Weights
from ..tabular import Tabular, frame

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class FuzzyEvaluation(Tabular):
    """How far a subject belongs to each grade.

    Attributes
    ----------
    grades : labels of the grades.
    array : (g,) memberships.
    operator, scaled : how they were combined, and whether they are scaled to sum 1.
    """

    grades: Labels
    array: Array
    operator: str
    scaled: bool

    @property
    def best(self) -> tuple[Any, ...]:
        """The grades of the largest membership; several where they tie."""
        top = self.array.max()
        return tuple(g for g, b in zip(self.grades, self.array, strict=True) if b >= top - 1e-9 * top)

    def to_frame(self) -> pd.DataFrame:
        """One row per grade."""
        return frame({"membership": self.array}, self.grades, axis="grade")

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "operator": self.operator,
            "grades": [{"grade": g, "membership": float(b)} for g, b in zip(self.grades, self.array, strict=True)],
            "best": list(self.best),
        }


def fuzzy_evaluate(
    memberships: Table, weights: Weights | ByCriterion[float], operator: str = "product_sum", *, scaled: bool = True
) -> FuzzyEvaluation:
    """Combine the memberships of criteria in grades to those of the whole.

    Parameters
    ----------
    memberships : (n, g) array or DataFrame
        How far each criterion belongs to each grade, from 0 to 1.
    weights : (n,) of the criteria.
    operator : ``product_sum``, ``product_max``, ``min_max``, ``min_boundedsum`` or ``balanced``.
    scaled : whether the result is scaled to sum 1.

    Returns
    -------
    FuzzyEvaluation

    Raises
    ------
    InputError
        Memberships outside 0 to 1, or none at all.

    Notes
    -----
    Source: Wang Peizhuang (1983), 汪培庄，模糊集合论及其应用. All but ``product_sum`` can lose what a criterion says.

    Examples
    --------
    >>> fuzzy_evaluate([[0.8, 0.1, 0.1], [0.6, 0.2, 0.2]], [0.5, 0.5]).array.round(3).tolist()
    [0.7, 0.15, 0.15]
    """
    scaled = as_switch("scaled", scaled)
    r, rows, grades = checks.matrix(memberships, name="memberships")
    find("operator", dict.fromkeys(OPERATORS, True), operator)
    if ((r < 0) | (r > 1)).any():
        i, j = np.argwhere((r < 0) | (r > 1))[0]
        raise InputError(
            "coupling_value", f"memberships, row {rows[i]!r}, column {grades[j]!r}", f"{r[i, j]:g}", "0 to 1"
        )
    w, _ = checks.shares(weights, tuple(rows))
    b = combine(r, w, operator)
    if scaled:
        checks.tell_apart(bool(b.sum() > 0))
        b = b / b.sum()
    return FuzzyEvaluation(grades, b, operator, scaled)
