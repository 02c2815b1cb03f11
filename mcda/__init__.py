"""Multi-criteria decision analysis over arrays: weights and rankings.

Knows alternatives, criteria, weights and scores; reads no file, prints nothing, knows no budget.
"""

from .api import rank, rank_many, weigh
from .errors import InputError
from .pairwise import PRIORITISATIONS, RANDOM_INDEX, Consistency, Priorities, ahp, reciprocal_matrix
from .ranks import competition_ranks
from .registry import methods, normalisations, schemes
from .results import Ranking, Weights, consistency_dict

__all__ = [
    "PRIORITISATIONS",
    "RANDOM_INDEX",
    "Consistency",
    "InputError",
    "Priorities",
    "Ranking",
    "Weights",
    "ahp",
    "competition_ranks",
    "consistency_dict",
    "methods",
    "normalisations",
    "rank",
    "rank_many",
    "reciprocal_matrix",
    "schemes",
    "weigh",
]
