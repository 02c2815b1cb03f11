"""Results: frozen, with the options and steps that made them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from .brief import Brief
from .checks import RowLabels
from .labels import Labels, by_label
from .pairwise import Consistency, Tree
from .ranks import Ranks
from .registry import Array, Better, Step

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from .names import MethodName, SchemeName


@dataclass(frozen=True)
class Weights(Brief):
    """Weights by criterion.

    Attributes
    ----------
    criteria : labels of the n criteria.
    array : (n,) shares, sum 1.
    given : (n,) weights as they were given, where they were.
    consistency : AHP's consistency, else None; of a tree that of its least consistent node.
    hierarchy : AHP's nodes and judges, where the weights come from a tree or a group, else None.
    step_arrays : intermediate arrays by symbol.
    names : what a criterion and an alternative are called in tables.
    about : further keys for `to_dict`, such as the case.
    """

    criteria: Labels
    array: Array
    scheme: SchemeName | Literal["given"]
    options: Mapping[str, Any] = field(default_factory=dict)
    given: Array | None = None
    consistency: Consistency | None = None
    hierarchy: Tree | None = None
    step_arrays: Mapping[str, Array] = field(default_factory=dict)
    names: tuple[str, str] = ("alternative", "criterion")
    about: Mapping[str, Any] = field(default_factory=dict)

    def over(self, criteria: Labels) -> Weights:
        """Return the same weights with the criteria in another order, without the tables on the way to them."""
        if criteria == self.criteria:
            return self
        given = None if self.given is None else np.array(by_label("weights", replace(self, array=self.given), criteria))
        array = np.array(by_label("weights", self, criteria))
        return replace(self, criteria=criteria, array=array, given=given, step_arrays=MappingProxyType({}))

    @property
    def values(self) -> pd.Series[float]:
        """Weights by criterion."""
        import pandas as pd

        return pd.Series(self.array, index=pd.Index(self.criteria, name=self.names[1]), name="weight")

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
                    "consistency": consistency_dict(self.consistency),
                    **({"hierarchy": self.hierarchy.to_dict()} if self.hierarchy else {}),
                }
            ],
        }

    def to_json(self) -> str:
        """`to_dict` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def plot(self, ax: Axes | None = None, names: dict[str, str] | None = None) -> Axes:
        """Draw a bar a criterion on matplotlib axes; *names* by criterion."""
        from .plots import weights

        return weights(self, ax, names)

    def _repr_html_(self) -> str:
        return str(self.to_frame().to_html(float_format="{:.4f}".format))


def plain(value: Any) -> Any:
    """Plain data of an option: an array as lists, nan (nothing given) as None."""
    return np.where(np.isnan(value), np.array(None), value).tolist() if isinstance(value, np.ndarray) else value


def consistency_dict(consistency: Consistency | None) -> dict[str, Any] | None:
    """Plain data of a consistency, None where the scheme has none."""
    if consistency is None:
        return None
    return {
        "lambda_max": consistency.lambda_max,
        "index": consistency.index,
        "ratio": consistency.ratio,
        "random_index": consistency.random_index,
    }


@dataclass(frozen=True)
class Ranking(Brief):
    """Scores and ranks by alternative.

    Attributes
    ----------
    alternatives : labels of the m alternatives.
    score_array : (m,) score that the method publishes; `better` says which way.
    rank_array : (m,) competition ranks, 1 is best.
    weights : the weights used.
    step_arrays, step_meanings : intermediate arrays by symbol, and what they mean.
    """

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

    def _index(self) -> pd.Index[Any]:
        import pandas as pd

        return pd.Index(self.alternatives, name=self.names[0])

    @property
    def scores(self) -> pd.Series[float]:
        """Published score by alternative."""
        import pandas as pd

        return pd.Series(self.score_array, index=self._index(), name="score")

    @property
    def ranks(self) -> pd.Series[int]:
        """Rank by alternative; equal scores share a rank."""
        import pandas as pd

        return pd.Series(self.rank_array, index=self._index(), name="rank")

    @property
    def steps(self) -> dict[str, pd.DataFrame | pd.Series[float]]:
        """Intermediate tables by symbol."""
        import pandas as pd

        labels = {"alternative": self.alternatives, "criterion": self.weights.criteria}
        tables: dict[str, pd.DataFrame | pd.Series[float]] = {}
        for step in self.step_meanings:
            array = self.step_arrays[step.symbol]
            axes = [
                list(labels.get(axis, range(1, size + 1))) for axis, size in zip(step.axes, array.shape, strict=True)
            ]
            tables[step.symbol] = (
                pd.DataFrame(array, index=axes[0], columns=axes[1])
                if len(axes) == 2
                else pd.Series(array, index=axes[0], name=step.symbol)
            )
        return tables

    def to_frame(self) -> pd.DataFrame:
        """One row per alternative: score and rank."""
        import pandas as pd

        return pd.DataFrame({"score": self.score_array, "rank": self.rank_array}, index=self._index())

    def to_dict(self) -> dict[str, Any]:
        """Plain data, keys as ``saidao rank --json``."""
        return {
            "schema": "saidao/rank/1",
            **self.about,
            "method": self.method,
            "better": self.better,
            "options": {name: plain(value) for name, value in self.options.items()},
            "weights": self.weights.rows(),
            "consistency": consistency_dict(self.weights.consistency),
            "ranking": [
                {self.names[0]: a, "score": float(s), "rank": int(r)}
                for a, s, r in zip(self.alternatives, self.score_array, self.rank_array, strict=True)
            ],
        }

    def to_json(self) -> str:
        """`to_dict` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def plot(self, ax: Axes | None = None, names: dict[str, str] | None = None) -> Axes:
        """Draw a bar an alternative on matplotlib axes, the best on top; *names* by label."""
        from .plots import ranking

        return ranking(self, ax, names)

    def _repr_html_(self) -> str:
        return str(self.to_frame().sort_values("rank").to_html(float_format="{:.6g}".format))
