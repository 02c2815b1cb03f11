"""Rankings as people hold them, read to one table: arrays, frames, dicts, results of `rank` and of other libraries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol, overload

import numpy as np

from ..errors import InputError
from ..labels import Frame, Labels, as_floats, labelled, order
from ..registry import Array
from ..tabular import Tabular, frame

if TYPE_CHECKING:
    import pandas as pd

    from ..results import Ranking

Named = Mapping[Any, Any]
"""Rankings by name, each as it may stand in a list, or ranks in one order of the alternatives."""


@dataclass(frozen=True)
class Rankings(Tabular):
    """Rankings of the same alternatives.

    Attributes
    ----------
    array : (k, n) ranks, a ranking a row.
    names, alternatives : what rankings and alternatives are called; None where nobody said.
    """

    array: Array
    names: Labels | None = None
    alternatives: Labels | None = None

    def to_frame(self) -> pd.DataFrame:
        """One row per alternative, a column a ranking; numbered where nobody said how they are called."""
        k, n = self.array.shape
        return frame(self.array.T, self.alternatives or range(n), self.names or range(k), axis="alternative")

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "rankings": [] if self.names is None else list(self.names),
            "alternatives": [] if self.alternatives is None else list(self.alternatives),
            "ranks": self.array.tolist(),
        }


def read_rankings(given: Any) -> Rankings:
    """Read rankings.

    Parameters
    ----------
    given : one of
        a (k, n) array or lists, a ranking a row; a DataFrame, alternatives in its rows and a ranking a column; rankings
        by name; or a list of `Ranking`, Series or mappings by alternative, RankResult of scikit-criteria.

    Returns
    -------
    Rankings

    Raises
    ------
    InputError
        No table of finite ranks, or rankings of other alternatives.

    Examples
    --------
    >>> read_rankings({"mine": {"a": 1, "b": 2}, "yours": {"b": 1, "a": 2}}).array.tolist()
    [[1.0, 2.0], [2.0, 1.0]]
    """
    if hasattr(given, "columns") and labelled(given):
        return Rankings(_ranks(given.to_numpy().T), tuple(given.columns), tuple(given.index))
    if not isinstance(given, Mapping) and not isinstance(given, np.ndarray):
        listed = list(given) if isinstance(given, Iterable) else [given]
        if not any(_by_alternative(each) for each in listed):
            return Rankings(_ranks(listed))
        given = dict(zip(_names(listed), listed, strict=True))
    if isinstance(given, Mapping):
        read = [_by_alternative(each) or (None, each) for each in given.values()]
        labels = next((labels for labels, _ in read if labels is not None), None)
        rows = [
            ranks if own is None or own == labels else [ranks[i] for i in order(f"ranking {name!r}", own, labels or ())]
            for name, (own, ranks) in zip(given, read, strict=True)
        ]
        return Rankings(_ranks(rows), tuple(given), labels)
    return Rankings(_ranks(given))


def _by_alternative(given: Any) -> tuple[Labels, list[Any]] | None:
    """Return the alternatives and their ranks where a single ranking tells both."""
    if hasattr(given, "alternatives") and hasattr(given, "rank_array"):
        return tuple(given.alternatives), list(given.rank_array)
    if hasattr(given, "alternatives") and hasattr(given, "rank_"):  # a RankResult of scikit-criteria
        return tuple(given.alternatives), list(given.rank_)
    if isinstance(given, Mapping):
        return tuple(given), list(given.values())
    return (tuple(given.index), given.to_numpy().tolist()) if labelled(given) else None


def _names(rankings: list[Any]) -> list[Any]:
    """Return a name for each: its own, with its number where several have the same."""
    own = [getattr(each, "method", None) or getattr(each, "name", None) or "ranking" for each in rankings]
    count = Counter(own)
    return [name if count[name] == 1 else f"{name} {k + 1}" for k, name in enumerate(own)]


def _ranks(given: Any) -> Array:
    ranks = as_floats(given)
    if ranks is None or ranks.ndim != 2 or 0 in ranks.shape or not np.isfinite(ranks).all():
        raise InputError("rankings", "rankings", "no table of finite ranks", "rankings x alternatives, at least 1 x 1")
    return ranks


class Measure(Protocol):
    """A measure of agreement between every two rankings."""

    @overload
    def __call__(self, rankings: Array | Iterable[Iterable[float]], /) -> Array: ...
    @overload
    def __call__(self, rankings: Named | Iterable[Ranking | pd.Series[Any] | Named] | Frame, /) -> pd.DataFrame: ...


def labelled_pairs(measure: Callable[[Any], Array]) -> Measure:
    """Let a measure of (k, n) ranks take rankings of every kind; where these have names, its answer has them too."""

    @wraps(measure)
    def of(rankings: Any) -> Any:
        read = read_rankings(rankings)
        found = measure(read.array)
        return found if read.names is None else frame(found, read.names, read.names, axis="ranking")

    return of
