"""Pairwise comparison: priorities and their consistency, groups of judges, trees of criteria, repair and intervals."""

from .completion import COMPLETIONS
from .group import AGGREGATIONS, Group, aggregate, ahp_group, clusters, consensus
from .intervals import Ranges, ahp_intervals
from .matrix import comparisons, over_criteria, reciprocal_matrix
from .priorities import ACCEPTABLE, PRIORITISATIONS, Consistency, Priorities, ahp, prioritise
from .random_index import RANDOM_INDEX
from .repair import Change, Repair, ahp_repair, repair
from .tree import Tree, ahp_tree, weigh_tree

__all__ = [
    "ACCEPTABLE",
    "AGGREGATIONS",
    "COMPLETIONS",
    "PRIORITISATIONS",
    "RANDOM_INDEX",
    "Change",
    "Consistency",
    "Group",
    "Priorities",
    "Ranges",
    "Repair",
    "Tree",
    "aggregate",
    "ahp",
    "ahp_group",
    "ahp_intervals",
    "ahp_repair",
    "ahp_tree",
    "clusters",
    "comparisons",
    "consensus",
    "over_criteria",
    "prioritise",
    "reciprocal_matrix",
    "repair",
    "weigh_tree",
]
