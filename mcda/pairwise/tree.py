"""Criteria trees: weights within each node, and of the leaves in the whole."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from ..checks import Labels
from ..errors import InputError
from ..registry import Array
from .fewest import SETS
from .group import Group, ahp_group
from .priorities import ACCEPTABLE, Consistency
from .repair import Repair, repair
from .result import Result

if TYPE_CHECKING:
    import pandas as pd

    from ..names import AggregationName, CompletionName, PrioritisationName, RandomIndexName


@dataclass(frozen=True)
class Tree(Result):
    """Weights over a tree of criteria.

    Attributes
    ----------
    goal : the root, whose weight is 1.
    nodes : by node, the judges' joint weights over its children.
    local, whole : by criterion, its share within its parent, and the product of the shares along its path.
    """

    goal: Hashable
    nodes: Mapping[Hashable, Group]
    local: Mapping[Hashable, float]
    whole: Mapping[Hashable, float]

    @property
    def labels(self) -> Labels:
        """The leaves, which are the criteria, depth first."""
        return tuple(c for c in self.whole if c not in self.nodes)

    @property
    def array(self) -> Array:
        """Weights of the leaves, sum 1."""
        return np.array([self.whole[c] for c in self.labels])

    @property
    def values(self) -> pd.Series[float]:
        """Weights by leaf, sum 1."""
        import pandas as pd

        return pd.Series(self.array, index=list(self.labels), name="weight")

    @property
    def consistency(self) -> Consistency:
        """Consistency of the least consistent node: a tree is acceptable where each of its matrices is."""
        return max((group.consistency for group in self.nodes.values()), key=lambda c: c.severity)

    def rows(self) -> list[dict[str, Any]]:
        """One plain row per criterion, depth first: its parent, and its local and global weight."""
        parent = {child: node for node, group in self.nodes.items() for child in group.labels}
        return [
            {"criterion": c, "parent": parent[c], "local": self.local[c], "global": self.whole[c]} for c in self.whole
        ]

    def repairs(self, below: float = ACCEPTABLE, sets: int = SETS) -> dict[tuple[Hashable, Hashable], Repair]:
        """By node and judge of three children or more what `ahp_repair` finds in the judge's matrix.

        None for a matrix without a consistency ratio: nothing says how far it has to be mended.
        """
        return {
            (node, judge): repair(one.by_eigenvector(), below, sets)
            for node, group in self.nodes.items()
            for judge, one in zip(group.judges, group.individual, strict=True)
            if len(group.labels) > 2 and one.consistency_ratio is not None
        }

    def to_frame(self) -> pd.DataFrame:
        """One row per criterion, inner ones included."""
        import pandas as pd

        return pd.DataFrame(self.rows()).set_index("criterion")

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "weights": self.rows(),
            "nodes": [{"node": node, **group.to_dict()} for node, group in self.nodes.items()],
        }


def ahp_tree(
    pairwise: Mapping[Any, Any],
    judge_weights: Mapping[Any, float] | None = None,
    aggregation: AggregationName = "aij",
    method: PrioritisationName = "eigenvector",
    random_index: RandomIndexName = "saaty",
    missing: CompletionName | None = None,
) -> Tree:
    """Weights of the leaves of a criteria tree: the product of the local weights along the path.

    Parameters
    ----------
    pairwise : mapping of nodes to DataFrames over their children, or to mappings of judges to such
        A child that is a node itself has children; exactly one node is no child: the goal.
    judge_weights : weights by judge; equal if left out. At each node those who judged it count, in these proportions.
    aggregation, method, random_index, missing : as for `ahp_group`, at each node.

    Raises
    ------
    InputError
        As for `ahp`, or nodes that make no tree.

    Notes
    -----
    Source: Saaty (1980), The Analytic Hierarchy Process, McGraw-Hill.

    Examples
    --------
    >>> import pandas as pd
    >>> goal = pd.DataFrame([[1, 3], [1/3, 1]], index=["cost", "quality"], columns=["cost", "quality"])
    >>> quality = pd.DataFrame([[1, 4], [1/4, 1]], index=["safe", "neat"], columns=["safe", "neat"])
    >>> ahp_tree({"goal": goal, "quality": quality}).values.round(3).to_dict()
    {'cost': 0.75, 'safe': 0.2, 'neat': 0.05}
    """
    nodes = {}
    for node, given in pairwise.items():
        several = isinstance(given, Mapping)
        known = {j: judge_weights[j] for j in given if j in judge_weights} if several and judge_weights else None
        try:
            nodes[node] = ahp_group(given if several else [given], known, aggregation, method, random_index, missing)
        except InputError as error:
            raise InputError(
                error.code, f"node {node!r}: {error.where}", error.found, error.expected, error.remedy, error.close
            ) from None
    return grown(nodes)


def grown(nodes: Mapping[Hashable, Group]) -> Tree:
    """Multiply the local weights of the nodes along the paths from the goal."""
    children = [child for group in nodes.values() for child in group.labels]
    goals = [node for node in nodes if node not in children]
    if len(goals) != 1 or len(set(children)) < len(children):
        raise InputError(
            "tree",
            "pairwise",
            f"{len(goals)} nodes that are no child, and {len(children)} children, "
            f"{len(set(children))} of them different",
            "one goal, and each child in one node",
        )
    local: dict[Hashable, float] = {}
    whole: dict[Hashable, float] = {}

    def below(node: Hashable, weight: float) -> list[tuple[Hashable, float, float]]:
        pairs = zip(nodes[node].labels, nodes[node].array.tolist(), strict=True)
        return [(child, share, share * weight) for child, share in pairs][::-1]

    reached, left = {goals[0]}, below(goals[0], 1.0)
    while left:  # depth first, and as deep as it goes
        child, local[child], whole[child] = left.pop()
        reached.add(child)
        left += below(child, whole[child]) if child in nodes else []
    if not reached >= set(nodes):
        apart = ", ".join(str(node) for node in nodes if node not in reached)
        raise InputError("tree", "pairwise", f"{apart} in a circle", "nodes that hang on the goal")
    return Tree(goals[0], MappingProxyType(dict(nodes)), MappingProxyType(local), MappingProxyType(whole))
