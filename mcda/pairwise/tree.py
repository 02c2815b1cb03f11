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
from ..tabular import Tabular, frame, series
from .fewest import SETS
from .group import Group, ahp_group
from .priorities import ACCEPTABLE, Consistency
from .repair import Repair, repair

if TYPE_CHECKING:
    import pandas as pd

    from ..names import AggregationName, CompletionName, PrioritisationName, RandomIndexName


@dataclass(frozen=True)
class Tree(Tabular):
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
        return series(self.array, self.labels, "weight")

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
        return frame(self.rows()).set_index("criterion")

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

    Returns
    -------
    Tree
        Weights within each node, and of the leaves in the whole, which sum to 1.

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
    for name, held in (("pairwise", pairwise), ("judge_weights", {} if judge_weights is None else judge_weights)):
        if not isinstance(held, Mapping):
            raise InputError("option_value", name, repr(held), "what is given, by name")
    nodes = {}
    for node, given in pairwise.items():
        several = isinstance(given, Mapping)
        known = {j: judge_weights[j] for j in given if j in judge_weights} if several and judge_weights else None
        try:
            nodes[node] = ahp_group(given if several else [given], known, aggregation, method, random_index, missing)
        except InputError as error:
            raise error.within(f"node {node!r}") from None
    return weigh_tree(nodes)


def weigh_tree(nodes: Mapping[Hashable, Group]) -> Tree:
    """Return the tree of *nodes*: their weights, multiplied along the paths from the goal."""
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
    local = {
        child: share
        for group in nodes.values()
        for child, share in zip(group.labels, group.array.tolist(), strict=True)
    }
    whole = multiplied({n: g.labels for n, g in nodes.items()}, {n: g.array for n, g in nodes.items()}, goals[0])
    apart = [str(node) for node in nodes if node not in whole and node != goals[0]]
    if apart:
        raise InputError("tree", "pairwise", f"{', '.join(apart)} in a circle", "nodes that hang on the goal")
    return Tree(goals[0], MappingProxyType(dict(nodes)), MappingProxyType(local), MappingProxyType(whole))


def multiplied(children: Mapping[Any, Labels], local: Mapping[Any, Array], goal: Hashable) -> dict[Hashable, float]:
    """Return the weight of each criterion in the whole, depth first: the product of its shares within the nodes above.

    >>> multiplied({"": ("a", "b"), "b": ("c", "d")}, {"": np.array([0.25, 0.75]), "b": np.array([0.2, 0.8])}, "")["d"]
    0.6000000000000001
    """
    whole: dict[Hashable, float] = {}
    left = [(goal, 1.0)]
    while left:
        node, weight = left.pop()
        whole[node] = weight
        shares = zip(children[node], local[node].tolist(), strict=True) if node in children else ()
        left += [(child, share * weight) for child, share in shares][::-1]
    del whole[goal]
    return whole
