"""How weights were combined from several schemes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .labels import Labels
from .registry import Array
from .tabular import Tabular, frame

if TYPE_CHECKING:
    import pandas as pd

    from .names import CombinationName


@dataclass(frozen=True)
class Combination(Tabular):
    """How weights were combined.

    Attributes
    ----------
    rule : its name.
    names : what the parents are called.
    criteria : labels of the n criteria.
    parents : (K, n) weights of the parents, sum 1 each.
    shares : (K,) share of each parent, sum 1; None where the rule has none (product).
    raw_shares : the shares as the rule's equations give them, where some of them were negative; else None.
    array : (n,) the combined weights.
    """

    rule: CombinationName
    names: tuple[str, ...]
    criteria: Labels
    parents: Array
    shares: Array | None
    raw_shares: Array | None
    array: Array

    def to_frame(self) -> pd.DataFrame:
        """Criteria x parents, and the combined weights."""
        return frame(
            {**dict(zip(self.names, self.parents, strict=True)), "combined": self.array},
            self.criteria,
            axis="criterion",
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "rule": self.rule,
            "parents": [
                {
                    "scheme": name,
                    "share": None if self.shares is None else float(self.shares[k]),
                    "raw_share": None if self.raw_shares is None else float(self.raw_shares[k]),
                    "weights": [
                        {"criterion": c, "weight": float(w)}
                        for c, w in zip(self.criteria, self.parents[k], strict=True)
                    ],
                }
                for k, name in enumerate(self.names)
            ],
        }
