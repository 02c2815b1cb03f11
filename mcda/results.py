"""Results: frozen, with the options and steps that made them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from .checks import RowLabels
from .labels import Labels, by_label
from .pairwise import Consistency, Tree
from .plotting import axes, bars, finished, named
from .ranks import Ranks
from .registry import Array, Better, Step
from .tabular import Tabular, frame, series

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from .combination import Combination
    from .names import MethodName, SchemeName


@dataclass(frozen=True)
class Weights(Tabular):
    """Weights by criterion.

    Attributes
    ----------
    criteria : labels of the n criteria.
    array : (n,) shares, sum 1; `values` as a Series by criterion.
    scheme : the name of the scheme, several of them with ``+`` where they are combined, ``"given"`` where the weights
        came from elsewhere.
    options : all options used.
    given : (n,) weights as they were given, where they were.
    consistency : AHP's consistency, else None; of a tree that of its least consistent node.
    hierarchy : AHP's nodes and judges, where the weights come from a tree or a group, else None.
    combination : how they were combined from others, else None.
    step_arrays : intermediate arrays by symbol.
    names : what an alternative and a criterion are called in tables.
    about : further keys for `to_dict`, such as the case.
    """

    float_form = "{:.4f}"

    criteria: Labels
    array: Array
    scheme: SchemeName | Literal["given"] | str
    options: Mapping[str, Any] = field(default_factory=dict)
    given: Array | None = None
    consistency: Consistency | None = None
    hierarchy: Tree | None = None
    combination: Combination | None = None
    step_arrays: Mapping[str, Array] = field(default_factory=dict)
    names: tuple[str, str] = ("alternative", "criterion")
    about: Mapping[str, Any] = field(default_factory=dict)

    def over(self, criteria: Labels) -> Weights:
        """Return the same weights with the criteria in another order; intermediate tables are left out."""
        if criteria == self.criteria:
            return self
        given = None if self.given is None else np.array(by_label("weights", replace(self, array=self.given), criteria))
        array = np.array(by_label("weights", self, criteria))
        return replace(self, criteria=criteria, array=array, given=given, step_arrays=MappingProxyType({}))

    @property
    def values(self) -> pd.Series[float]:
        """Weights by criterion."""
        return series(self.array, self.criteria, "weight", self.names[1])

    def rows(self) -> list[dict[str, Any]]:
        """One plain row per criterion."""
        return [{self.names[1]: c, "weight": float(w)} for c, w in zip(self.criteria, self.array, strict=True)]

    def to_frame(self) -> pd.DataFrame:
        """One row per criterion."""
        return self.values.to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Plain data, keys as ``saidao weights --json``."""
        return {
            "schema": "saidao/weights/1",
            **self.about,
            "schemes": [
                {
                    "scheme": self.scheme,
                    "weights": self.rows(),
                    "consistency": self.consistency and self.consistency.to_dict(),
                    **({"hierarchy": self.hierarchy.to_dict()} if self.hierarchy else {}),
                    **({"combination": self.combination.to_dict()} if self.combination else {}),
                }
            ],
        }

    def plot(self, ax: Axes | None = None, *, names: dict[str, str] | None = None) -> Axes:
        """Draw a bar a criterion on matplotlib axes; *names* by criterion."""
        labels = named(self.criteria, names)
        ax = axes(ax, len(labels))
        bars(ax, labels, self.array)
        return finished(ax, f"{self.scheme}: {labels[int(self.array.argmax())]}")


def plain(value: Any) -> Any:
    """Plain data of an option: an array as lists, nan (nothing given) as None."""
    return np.where(np.isnan(value), np.array(None), value).tolist() if isinstance(value, np.ndarray) else value


@dataclass(frozen=True)
class Ranking(Tabular):
    """Scores and ranks by alternative.

    Attributes
    ----------
    alternatives : labels of the m alternatives.
    score_array : (m,) score that the method publishes; `better` says which way.
    rank_array : (m,) competition ranks, 1 is best.
    method, options : the method's name, and all options used.
    weights : the weights used.
    step_arrays, step_meanings : intermediate arrays by symbol, and what they mean; `steps` as tables with labels.
    names : what an alternative and a criterion are called in tables.
    about : further keys for `to_dict`, such as the case.
    """

    float_form = "{:.6g}"

    alternatives: RowLabels
    score_array: Array
    rank_array: Ranks
    better: Better
    method: MethodName
    weights: Weights
    options: Mapping[str, Any] = field(default_factory=dict)
    step_arrays: Mapping[str, Array] = field(default_factory=dict)
    step_meanings: tuple[Step, ...] = ()
    names: tuple[str, str] = ("alternative", "criterion")
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def scores(self) -> pd.Series[float]:
        """Published score by alternative."""
        return series(self.score_array, self.alternatives, "score", self.names[0])

    @property
    def ranks(self) -> pd.Series[int]:
        """Rank by alternative; equal scores share a rank."""
        return series(self.rank_array, self.alternatives, "rank", self.names[0])

    @property
    def steps(self) -> dict[str, pd.DataFrame | pd.Series[float]]:
        """Intermediate tables by symbol."""
        labels = {"alternative": self.alternatives, "criterion": self.weights.criteria}
        tables: dict[str, pd.DataFrame | pd.Series[float]] = {}
        for step in self.step_meanings:
            array = self.step_arrays[step.symbol]
            axes = [
                list(labels.get(axis, range(1, size + 1))) for axis, size in zip(step.axes, array.shape, strict=True)
            ]
            tables[step.symbol] = (
                frame(array, axes[0], axes[1]) if len(axes) == 2 else series(array, axes[0], step.symbol)
            )
        return tables

    def to_frame(self) -> pd.DataFrame:
        """One row per alternative: score and rank."""
        return frame({"score": self.score_array, "rank": self.rank_array}, self.alternatives, axis=self.names[0])

    def to_dict(self) -> dict[str, Any]:
        """Plain data, keys as ``saidao rank --json``."""
        return {
            "schema": "saidao/rank/1",
            **self.about,
            "method": self.method,
            "better": self.better,
            "options": {name: plain(value) for name, value in self.options.items()},
            "weights": self.weights.rows(),
            "consistency": self.weights.consistency and self.weights.consistency.to_dict(),
            "ranking": self.rows(),
        }

    def rows(self, at: NDArray[np.intp] | None = None) -> list[dict[str, Any]]:
        """One plain row per alternative: its score and rank; where places are given, of those *at* them alone."""
        listed = range(len(self.alternatives)) if at is None else at.tolist()
        names, scores, ranks = self.alternatives, self.score_array, self.rank_array
        return [{self.names[0]: names[i], "score": float(scores[i]), "rank": int(ranks[i])} for i in listed]

    def plot(self, ax: Axes | None = None, *, names: dict[str, str] | None = None) -> Axes:
        """Draw a bar an alternative on matplotlib axes, the best on top; *names* by label."""
        order = np.argsort(self.rank_array, kind="stable")
        labels = named([self.alternatives[i] for i in order], names)
        ranks = self.rank_array[order].tolist()
        ax = axes(ax, len(labels))
        bars(ax, [f"{label}  {rank}" for label, rank in zip(labels, ranks, strict=True)], self.score_array[order])
        return finished(ax, f"{self.method} ({self.better}): {labels[0]}")

    def _repr_html_(self) -> str:
        return str(self.to_frame().sort_values("rank").to_html(float_format=self.float_form.format))
