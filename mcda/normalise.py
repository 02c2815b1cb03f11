"""A matrix normalised by name, as a result of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from . import checks, option_checks
from .labels import Labels, Table
from .registry import Array, find, normalisations
from .tabular import Tabular, frame

if TYPE_CHECKING:
    import pandas as pd

    from .names import NormalisationName


@dataclass(frozen=True)
class Normalised(Tabular):
    """A normalised matrix: more is better in every column.

    Attributes
    ----------
    alternatives, criteria : labels of the m rows and the n columns.
    array : (m, n) values.
    normalisation, options : how they were made.
    """

    alternatives: checks.RowLabels
    criteria: Labels
    array: Array
    normalisation: str
    options: Mapping[str, Any] = field(default_factory=dict)

    def to_frame(self) -> pd.DataFrame:
        """Alternatives x criteria."""
        return frame(self.array, self.alternatives, self.criteria)

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "normalisation": self.normalisation,
            "values": [
                {"alternative": a, **dict(zip(map(str, self.criteria), row, strict=True))}
                for a, row in zip(self.alternatives, self.array.tolist(), strict=True)
            ],
        }


def normalise(
    matrix: Table,
    directions: Iterable[Any] | Mapping[Any, Any],
    normalisation: NormalisationName = "minmax",
    **options: Any,
) -> Normalised:
    """Normalise a matrix: comparable columns in which more is better.

    Parameters
    ----------
    matrix : (m, n) array or DataFrame
    directions : ``"max"``, ``"min"``, or a `Range` per criterion.
    normalisation : str
        A name of `normalisations()`.
    **options : the normalisation's own, such as ``targets=`` by criterion.

    Returns
    -------
    Normalised

    Raises
    ------
    InputError
        Names, shapes or values outside the normalisation's domain.

    Examples
    --------
    >>> normalise([[5.81]], "max", "efficacy", bad=[6], good=[12]).array.round(2).tolist()
    [[58.73]]
    """
    entry = find("normalisation", normalisations(), normalisation)
    values, rows, columns = checks.matrix(matrix)
    values, signs = checks.directed(values, directions, columns)
    where = f"normalisation '{normalisation}'"
    option_checks.options(where, options, entry.options)
    used = option_checks.checked(entry.options, options, columns, where)
    array = entry.kernel(values, signs, **used)
    return Normalised(rows, columns, np.asarray(array), normalisation, MappingProxyType(used))
