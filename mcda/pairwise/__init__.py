"""Pairwise comparison: what a matrix has to be, its priorities and their consistency."""

from .completion import COMPLETIONS
from .indices import RANDOM_INDEX
from .matrix import comparisons, over_criteria, reciprocal_matrix
from .priorities import ACCEPTABLE, PRIORITISATIONS, Consistency, Priorities, ahp, prioritise

__all__ = [
    "ACCEPTABLE",
    "COMPLETIONS",
    "PRIORITISATIONS",
    "RANDOM_INDEX",
    "Consistency",
    "Priorities",
    "ahp",
    "comparisons",
    "over_criteria",
    "prioritise",
    "reciprocal_matrix",
]
