"""Pairwise comparison matrices: priority vectors and consistency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from .checks import Labels, _labelled
from .errors import InputError
from .registry import Array, find

if TYPE_CHECKING:
    import pandas as pd

RANDOM_INDEX = MappingProxyType(
    {
        # n = 1 .. 15
        "saaty": (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
        "saaty_2005": (0, 0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.4, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59),
        "alonso_lamata": (
            0, 0, 0.5247, 0.8816, 1.1086, 1.2479, 1.3417, 1.4057, 1.4499, 1.4854, 1.514, 1.5365, 1.5551, 1.5713, 1.5838,
        ),
    }
)  # fmt: skip
"""Random indices by the name of their table.

- ``saaty``: Saaty (1980), The Analytic Hierarchy Process, McGraw-Hill, p. 21 (500 matrices).
- ``saaty_2005``: Saaty (2005), Theory and Applications of the Analytic Network Process, RWS Publications, p. 31.
- ``alonso_lamata``: Alonso & Lamata (2006), Consistency in the analytic hierarchy process: a new approach,
  International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 14(4), 445-459 (100,000 matrices).
"""

PRIORITISATIONS = ("eigenvector", "geometric_mean")
RECIPROCAL_TOLERANCE = 1e-2
"""a_ij a_ji may differ from 1 by this: 0.33 beside 3 is meant as its reciprocal."""


@dataclass(frozen=True)
class Consistency:
    """How far judgements contradict each other.

    `index` = (lambda_max - n) / (n - 1); `ratio` = index / random index of the named table, 0 for n <= 2.
    Saaty accepts a ratio below 0.1.
    """

    lambda_max: float
    index: float
    ratio: float
    random_index: str


@dataclass(frozen=True)
class Priorities:
    """Priority vector of a pairwise matrix, with its consistency."""

    labels: Labels
    array: Array
    consistency: Consistency
    method: str

    @property
    def values(self) -> pd.Series[float]:
        """Weights by criterion, sum 1."""
        import pandas as pd

        return pd.Series(self.array, index=list(self.labels), name="weight")

    @property
    def lambda_max(self) -> float:
        """Principal eigenvalue; for the geometric mean the average of (A w)_i / w_i."""
        return self.consistency.lambda_max

    @property
    def consistency_index(self) -> float:
        """(lambda_max - n) / (n - 1)."""
        return self.consistency.index

    @property
    def consistency_ratio(self) -> float:
        """Consistency index over the random index."""
        return self.consistency.ratio

    def to_frame(self) -> pd.DataFrame:
        """One row per criterion."""
        return self.values.to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "method": self.method,
            "weights": [{"criterion": c, "weight": float(w)} for c, w in zip(self.labels, self.array, strict=True)],
            "consistency": vars(self.consistency),
        }

    def to_json(self) -> str:
        """`to_dict` as JSON text."""
        import json

        return json.dumps(self.to_dict(), ensure_ascii=False)


def eigenvector(a: Array) -> Array:
    """Principal right eigenvector, sum 1: A w = lambda_max w (Saaty 1977)."""
    values, vectors = np.linalg.eig(a)
    w = np.abs(vectors[:, int(np.argmax(values.real))].real)
    return np.asarray(w / w.sum())


def geometric_mean(a: Array) -> Array:
    """Row geometric means, sum 1: w_i = (prod_j a_ij)^(1/n) (Crawford & Williams 1985)."""
    w = np.exp(np.log(a).mean(axis=1))
    return np.asarray(w / w.sum())


def consistency(a: Array, w: Array, random_index: str = "saaty") -> Consistency:
    """Judge the consistency of the matrix *a* with priorities *w*."""
    table = find("random_index", RANDOM_INDEX, random_index)
    n = len(w)
    lambda_max = float(((a @ w) / w).mean())
    # rounding can leave a consistent matrix a hair below n
    index = max((lambda_max - n) / (n - 1), 0.0) if n > 1 else 0.0
    if n <= 2:
        return Consistency(lambda_max, index, 0.0, random_index)
    if n > len(table):
        raise InputError(
            "random_index_size", "pairwise", f"{n} criteria", f"at most {len(table)} for the table '{random_index}'",
            "Group the criteria into a tree.",
        )  # fmt: skip
    return Consistency(lambda_max, index, index / table[n - 1], random_index)


def square(given: Any, name: str) -> tuple[Array, Labels]:
    """Return a square table of numbers with its labels, its columns in the order of its rows."""
    if _labelled(given) and hasattr(given, "columns") and set(given.columns) == set(given.index):
        given = given[list(given.index)]  # columns may come in another order
    try:
        a = np.array(given.to_numpy() if _labelled(given) else given, dtype=float)
    except (TypeError, ValueError):
        raise InputError(f"{name}_type", name, "something that is not a table of numbers",
                         "a square matrix of numbers") from None  # fmt: skip
    if a.ndim != 2 or a.shape[0] != a.shape[1] or a.size == 0:
        raise InputError(f"{name}_shape", name, f"shape {a.shape}", "a square matrix")
    return a, tuple(given.index) if _labelled(given) else tuple(range(len(a)))


def aligned(name: str, a: Array, labels: Labels, columns: Labels) -> Array:
    """Return a square matrix over all criteria in their order, by its labels where these are the criteria's."""
    if len(labels) != len(columns):
        raise InputError(f"{name}_size", name, f"{len(labels)} criteria", f"the matrix's {len(columns)}")
    if set(labels) != set(columns):
        return a
    order = [labels.index(c) for c in columns]
    return a[np.ix_(order, order)]


def over_criteria(name: str, value: Any, columns: Labels) -> Array:
    """Check a reciprocal matrix over all criteria."""
    return aligned(name, *reciprocal_matrix(value), columns)


def comparisons(name: str, value: Any, columns: Labels) -> Array:
    """Check a square matrix of 1 (more important), 1/2 (equally) and 0 (less), with a_ij + a_ji = 1."""
    a = aligned(name, *square(value, name), columns)
    wrong = ~np.isin(a, (0.0, 0.5, 1.0)) | (a + a.T != 1.0)
    if wrong.any():
        i, j = np.argwhere(wrong)[0]
        raise InputError(
            f"{name}_value", f"{name}, {columns[i]!r} against {columns[j]!r}",
            f"{a[i, j]:g}, and {a[j, i]:g} the other way",
            "1 and 0 (more and less important), or 0.5 twice (equally)",
        )  # fmt: skip
    return a


def reciprocal_matrix(
    pairwise: pd.DataFrame | Iterable[Iterable[float]] | Array, labels: Labels | None = None
) -> tuple[Array, Labels]:
    """Check a pairwise matrix: square, positive, 1 on the diagonal, a_ji = 1 / a_ij; fill a blank (nan) half."""
    a, own = square(pairwise, "pairwise")
    labels = own if labels is None else labels
    diagonal = np.diagonal(a)
    if (np.abs(np.where(np.isnan(diagonal), 1.0, diagonal) - 1.0) > 1e-12).any():
        raise InputError("pairwise_diagonal", "pairwise", "a diagonal entry other than 1", "1 on the diagonal")
    np.fill_diagonal(a, 1.0)
    known = ~np.isnan(a)
    if (a[known] <= 0).any() or np.isinf(a).any():
        i, j = np.argwhere(known & ((a <= 0) | np.isinf(a)))[0]
        raise InputError("pairwise_value", f"pairwise, {labels[i]!r} against {labels[j]!r}", str(a[i, j]),
                         "a positive number: how many times more important")  # fmt: skip
    a = np.where(known, a, 1.0 / a.T)
    if np.isnan(a).any():
        i, j = np.argwhere(np.isnan(a))[0]
        raise InputError("pairwise_missing", f"pairwise, {labels[i]!r} against {labels[j]!r}", "no judgement",
                         "a judgement for every pair", "Compare the two.")  # fmt: skip
    contradiction = np.abs(a * a.T - 1.0) > RECIPROCAL_TOLERANCE
    if contradiction.any():
        i, j = np.argwhere(contradiction)[0]
        raise InputError(
            "pairwise_reciprocal", f"pairwise, {labels[i]!r} against {labels[j]!r}",
            f"{a[i, j]:g}, and {a[j, i]:g} the other way", "reciprocals: a_ji = 1 / a_ij",
            "Leave one of the two cells blank: it is filled by the reciprocal.",
        )  # fmt: skip
    return a, labels


def ahp(
    pairwise: pd.DataFrame | Iterable[Iterable[float]] | Array,
    method: str = "eigenvector",
    random_index: str = "saaty",
) -> Priorities:
    """Weights from a pairwise comparison matrix.

    Parameters
    ----------
    pairwise : (n, n) array or DataFrame
        a_ij: how many times more important criterion i is than j; nan where the reciprocal half is left blank.
    method : {"eigenvector", "geometric_mean"}
        Prioritisation: Saaty's principal eigenvector, or the row geometric mean.
    random_index : str
        Name of the random-index table, see `RANDOM_INDEX`.

    Raises
    ------
    InputError
        Not square, not positive, not reciprocal, or a pair without a judgement.

    Notes
    -----
    Source: Saaty (1980), The Analytic Hierarchy Process, McGraw-Hill.

    Examples
    --------
    >>> ahp([[1, 3, 5], [1/3, 1, 3], [1/5, 1/3, 1]]).values.round(3).tolist()
    [0.637, 0.258, 0.105]
    """
    a, labels = reciprocal_matrix(pairwise)
    if method not in PRIORITISATIONS:
        raise InputError("unknown_name", "method", repr(method), f"one of {', '.join(PRIORITISATIONS)}")
    w = eigenvector(a) if method == "eigenvector" else geometric_mean(a)
    return Priorities(labels, w, consistency(a, w, random_index), method)
