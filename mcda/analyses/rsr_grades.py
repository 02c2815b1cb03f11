"""Grades by rank sum ratio: a regression on probits, and borders in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..checks import RowLabels, unfit
from ..errors import InputError
from ..labels import as_floats, labelled
from ..ranks import by_rank, competition_ranks
from ..registry import Array
from ..results import Ranking
from ..tabular import Tabular, frame

if TYPE_CHECKING:
    import pandas as pd

BORDERS = {3: (4.0, 6.0), 4: (3.5, 5.0, 6.5), 5: (3.2, 4.4, 5.6, 6.8)}
"""Probits between the grades, by their number."""


@dataclass(frozen=True)
class Grades(Tabular):
    """Alternatives sorted into grades by their rank sum ratio.

    Attributes
    ----------
    alternatives : labels of the m alternatives.
    rsr, probit, fit : (m,) rank sum ratio, probit of its cumulated frequency, and value fitted by the regression.
    grade_array : (m,) grades, 1 the worst.
    borders : fitted values between the grades.
    intercept, slope, r2 : of RSR = intercept + slope probit, over the distinct values.
    """

    alternatives: RowLabels
    rsr: Array
    probit: Array
    fit: Array
    grade_array: NDArray[np.intp]
    borders: Array
    intercept: float
    slope: float
    r2: float

    def to_frame(self) -> pd.DataFrame:
        """One row per alternative."""
        columns = {"rsr": self.rsr, "probit": self.probit, "fit": self.fit, "grade": self.grade_array}
        return frame(columns, self.alternatives, axis="alternative")

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        rows = zip(self.alternatives, self.rsr, self.probit, self.fit, self.grade_array, strict=True)
        return {
            "intercept": self.intercept,
            "slope": self.slope,
            "r2": self.r2,
            "borders": self.borders.tolist(),
            "alternatives": [
                {"alternative": a, "rsr": float(r), "probit": float(p), "fit": float(f), "grade": int(g)}
                for a, r, p, f, g in rows
            ],
        }


def rsr_grades(ranking: Ranking | Iterable[float], grades: int = 3) -> Grades:
    """Sort alternatives into grades by their rank sum ratio.

    Parameters
    ----------
    ranking : a `Ranking` by ``rsr``, or (m,) rank sum ratios.
    grades : 3, 4 or 5.

    Returns
    -------
    Grades

    Raises
    ------
    InputError
        Fewer than three distinct ratios: there is no regression.

    Notes
    -----
    Over the distinct ratios, with mean ranks k from the worst: p = k / m, for the last 1 - 1/(4m); probit = Phi^-1(p) +
    5; RSR is regressed on it by least squares, and graded by the fitted value. Borders in probits: 4, 6; 3.5, 5, 6.5;
    3.2, 4.4, 5.6, 6.8. Source: Tian (1988), 田凤调，秩和比法及其应用, Chinese Journal of Preventive Medicine 22(4). Two
    alternatives a grade at least is what the text asks for; `Grades` does not refuse fewer.

    Examples
    --------
    >>> rsr_grades([0.2, 0.5, 0.9]).grade_array.tolist()
    [2, 2, 3]
    """
    if isinstance(ranking, Ranking):
        rows, rsr = ranking.alternatives, ranking.score_array
    else:
        read = as_floats(ranking)
        if read is None or read.ndim != 1 or not len(read) or unfit(read).any():
            raise InputError("option_value", "ranking", repr(ranking), "a `Ranking`, or finite rank sum ratios")
        rsr = read
        rows = tuple(getattr(ranking, "index", range(len(rsr)))) if labelled(ranking) else range(len(rsr))
    if not isinstance(grades, int) or grades not in BORDERS:
        raise InputError("option_value", "grades", str(grades), "3, 4 or 5")
    m = len(rsr)
    ranks = competition_ranks(rsr, "lower")
    distinct = np.unique(ranks)
    if len(distinct) < 3:
        raise InputError(
            "rsr_distinct",
            "ranking",
            f"{len(distinct)} distinct ratios",
            "three or more: a line is fitted through them",
        )
    share = by_rank(ranks, np.arange(1.0, m + 1)) / m
    share[share > 1 - 1e-12] = 1 - 1 / (4 * m)
    normal = NormalDist()
    probit = np.array([normal.inv_cdf(float(p)) + 5.0 for p in share])
    first = np.array([int(np.flatnonzero(ranks == r)[0]) for r in distinct])
    x, y = probit[first] - probit[first].mean(), rsr[first] - rsr[first].mean()
    slope = float(x @ y / (x @ x))
    intercept = float(rsr[first].mean() - slope * probit[first].mean())
    fit = intercept + slope * probit
    borders = intercept + slope * np.array(BORDERS[grades])
    grade = 1 + (fit[:, None] >= borders).sum(axis=1)
    r2 = float((x @ y) ** 2 / ((x @ x) * (y @ y)))
    return Grades(rows, rsr, probit, fit, grade, borders, intercept, slope, r2)
