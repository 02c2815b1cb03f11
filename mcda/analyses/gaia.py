"""GAIA: PROMETHEE's criteria, alternatives and weights in the plane that shows most of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..checks import RowLabels
from ..labels import ByCriterion, Labels, Table
from ..plotting import BLUE, GREY, ORANGE, axes, finished, named
from ..registry import Array
from ..results import Weights
from ..tabular import Tabular, frame
from ..verbs import rank

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Gaia(Tabular):
    """The GAIA plane: two axes of the unicriterion net flows.

    Attributes
    ----------
    alternatives, criteria : labels.
    points : (m, 2) the alternatives in the plane.
    vectors : (n, 2) the criteria: who lies far out along one is good on it.
    decision : (2,) the decision axis pi: where the weights pull.
    delta : share of the flows' variation that the plane shows; 1 with up to three alternatives or two criteria, where
        it says nothing.
    net_flows : (m,) net outranking flow phi.
    """

    alternatives: RowLabels
    criteria: Labels
    points: Array
    vectors: Array
    decision: Array
    delta: float
    net_flows: Array

    def to_frame(self) -> pd.DataFrame:
        """One row per alternative: its place in the plane, and its net flow."""
        columns = {"x": self.points[:, 0], "y": self.points[:, 1], "phi": self.net_flows}
        return frame(columns, self.alternatives, axis="alternative")

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "delta": self.delta,
            "decision": self.decision.tolist(),
            "alternatives": [
                {"alternative": a, "x": float(p[0]), "y": float(p[1]), "phi": float(phi)}
                for a, p, phi in zip(self.alternatives, self.points, self.net_flows, strict=True)
            ],
            "criteria": [
                {"criterion": c, "x": float(v[0]), "y": float(v[1])}
                for c, v in zip(self.criteria, self.vectors, strict=True)
            ],
        }

    def plot(self, ax: Axes | None = None, *, names: dict[str, str] | None = None) -> Axes:
        """Draw alternatives as points, criteria as arrows, and the decision axis; *names* by label."""
        ax = axes(ax, 12, 6.0)
        ax.scatter(self.points[:, 0], self.points[:, 1], color=BLUE)
        for label, (x, y) in zip(named(self.alternatives, names), self.points, strict=True):
            ax.annotate(label, (x, y), xytext=(4, 4), textcoords="offset points", fontsize=8)
        size = float(np.abs(self.points).max(initial=1e-12))
        for label, v in zip(named(self.criteria, names), self.vectors * size, strict=True):
            ax.annotate("", tuple(v), (0, 0), arrowprops={"arrowstyle": "->", "color": GREY})
            ax.annotate(label, tuple(v), fontsize=8, color=GREY)
        length = float(np.hypot(*self.decision))
        if length > 0:
            ax.annotate(
                "", tuple(self.decision / length * size), (0, 0), arrowprops={"arrowstyle": "->", "color": ORANGE}
            )
        return finished(ax, f"GAIA, delta = {self.delta:.0%}")


def gaia(
    matrix: Table,
    weights: Weights | ByCriterion[float],
    directions: Iterable[Any] | Mapping[Any, Any],
    **options: Any,
) -> Gaia:
    """Put alternatives, criteria and weights into the GAIA plane.

    Parameters
    ----------
    matrix, weights, directions, **options : as for ``rank(..., method="promethee_ii")``.

    Returns
    -------
    Gaia
        Signs of the axes are free; here the largest entry of each is positive.

    Raises
    ------
    InputError
        As for `rank`.

    Notes
    -----
    Principal components of the (m, n) unicriterion net flows, which are centred by themselves. Source: Mareschal &
    Brans (1988), Geometrical representations for MCDA, European Journal of Operational Research 34(1), 69-77.

    Examples
    --------
    >>> round(gaia([[1, 4, 2], [2, 1, 4], [3, 2, 1], [4, 3, 3]], [1, 1, 1], "max").delta, 3)
    0.816
    """
    ranking = rank(matrix, weights, directions, "promethee_ii", **options)
    flows = ranking.step_arrays["F+"] - ranking.step_arrays["F-"]
    _, size, vectors = np.linalg.svd(flows, full_matrices=False)
    squares = np.concatenate([size**2, np.zeros(2)])
    axes_ = np.vstack([vectors, np.zeros((2, flows.shape[1]))])[:2]
    axes_ = axes_ * np.array([np.sign(each[np.abs(each).argmax()]) or 1.0 for each in axes_])[:, None]
    total = squares.sum()
    return Gaia(
        ranking.alternatives,
        ranking.weights.criteria,
        flows @ axes_.T,
        axes_.T,
        axes_ @ ranking.weights.array,
        float(squares[:2].sum() / total) if total > 0 else 1.0,
        ranking.score_array,
    )
