"""Grey relational degrees of sequences to a reference sequence: which of them moves as it does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from .. import checks, option_checks
from ..errors import InputError
from ..labels import Labels, Table, as_floats, by_label
from ..ranking.gra import coefficients
from ..ranks import Ranks, competition_ranks
from ..registry import Array, find
from ..tabular import Tabular, frame

if TYPE_CHECKING:
    import pandas as pd

SequenceScale = Literal["initial", "mean", "extreme", "minmax", "none"]
SCALES: tuple[SequenceScale, ...] = ("initial", "mean", "extreme", "minmax", "none")


@dataclass(frozen=True)
class GreyRelations(Tabular):
    """Grey relational degrees of k sequences to a reference.

    Attributes
    ----------
    sequences : their labels.
    degree_array, rank_array : (k,) degrees, and ranks, 1 the nearest.
    coefficients : (k, t) relational coefficients.
    """

    sequences: checks.RowLabels
    degree_array: Array
    rank_array: Ranks
    coefficients: Array

    def to_frame(self) -> pd.DataFrame:
        """One row per sequence: degree and rank."""
        return frame({"degree": self.degree_array, "rank": self.rank_array}, self.sequences, axis="sequence")

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "sequences": [
                {"sequence": s, "degree": float(d), "rank": int(r)}
                for s, d, r in zip(self.sequences, self.degree_array, self.rank_array, strict=True)
            ]
        }


def grey_relations(
    reference: Iterable[float],
    sequences: Table,
    directions: Iterable[str] | Mapping[Any, str] = "max",
    *,
    scaling: SequenceScale = "initial",
    rho: float = 0.5,
    weights: Iterable[float] | None = None,
) -> GreyRelations:
    """Grey relational degrees of sequences to a reference sequence.

    Parameters
    ----------
    reference : (t,) values.
    sequences : (k, t) array or DataFrame, a sequence a row.
    directions : ``"max"`` or ``"min"`` per sequence: whether it should move with the reference, or against it.
    scaling : ``initial`` x / x1 (against: x1 / x), ``mean`` x / mean (mean / x), ``extreme`` x / max (min / x),
        ``minmax`` (x - min) / (max - min) (turned), or ``none``.
    rho : distinguishing coefficient, above 0 and at most 1.
    weights : (t,) of the places; equal if left out.

    Returns
    -------
    GreyRelations

    Raises
    ------
    InputError
        Shapes or values that the scaling is not defined for.

    Notes
    -----
    Source: Deng (1982), Control problems of grey systems, Systems & Control Letters 1(5), 288-294. The least and the
    largest distance are taken over all sequences and places.

    Examples
    --------
    >>> grey_relations([1, 2, 3], [[2, 4, 6], [3, 2, 1]]).degree_array.round(3).tolist()
    [1.0, 0.611]
    """
    values, rows, places = checks.matrix(sequences, name="sequences")
    own = as_floats(by_label("reference", reference, places))
    if own is None or own.shape != (len(places),) or checks.unfit(own).any():
        raise InputError("option_shape", "reference", repr(reference), f"{len(places)} finite values, one a place")
    labels: Labels = tuple(rows)
    signs = np.array([1.0 if d == "max" else -1.0 for d in checks.direction_list(directions, labels)])
    find("scaling", dict.fromkeys(SCALES, True), scaling)
    share = option_checks.positive_share("rho", rho, labels)
    v = np.full(len(places), 1.0 / len(places)) if weights is None else checks.shares(weights, places)[0]
    scaled = np.array(
        [_scaled(x, s, scaling, f"sequence {name!r}") for x, s, name in zip(values, signs, rows, strict=True)]
    )
    eta = coefficients(np.abs(_scaled(own, 1.0, scaling, "reference") - scaled), share)
    degree = eta @ v
    return GreyRelations(rows, degree, competition_ranks(degree), eta)


def _scaled(x: Array, sign: float, scaling: str, where: str) -> Array:
    if scaling == "minmax":
        span = np.ptp(x)
        rise = (x - x.min()) / span if span > 0 else np.ones_like(x)
        return rise if sign > 0 or span == 0 else 1.0 - rise
    if scaling == "none":
        return sign * x
    unit = {"initial": x[0], "mean": x.mean(), "extreme": x.max() if sign > 0 else x.min()}[scaling]
    if unit == 0 or (sign < 0 and (x == 0).any()):
        raise InputError("option_value", where, "0", "values other than 0, by which the scaling divides")
    return np.asarray(x / unit if sign > 0 else unit / x)
