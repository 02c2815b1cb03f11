"""Multi-criteria decision analysis over arrays: weights and rankings.

Knows alternatives, criteria, weights and scores; reads no file, prints nothing, knows no budget.
"""

from .agreement import CORRELATIONS, kendall_tau_b, largest_block, mean_places, spearman, two_way, weighted_spearman, ws
from .checks import MOST_COMPARED
from .consensus import EXACT_UP_TO, Kemeny, borda, copeland, kemeny
from .dependence import Dependence, dependence
from .errors import InputError
from .impute import IMPUTATIONS, impute
from .names import (
    AggregationName,
    CompletionName,
    CorrelationName,
    ImputationName,
    MethodName,
    MethodOptions,
    NormalisationName,
    PreferenceName,
    PrioritisationName,
    RandomIndexName,
    RankOptions,
    SchemeName,
    SchemeOptions,
)
from .pairwise import (
    ACCEPTABLE,
    AGGREGATIONS,
    COMPLETIONS,
    PRIORITISATIONS,
    RANDOM_INDEX,
    Change,
    Consistency,
    Group,
    Priorities,
    Ranges,
    Repair,
    Tree,
    ahp,
    ahp_group,
    ahp_intervals,
    ahp_repair,
    ahp_tree,
    reciprocal_matrix,
)
from .ranks import competition_ranks
from .region import Region, region
from .registry import methods, normalisations, schemes
from .results import Ranking, Weights
from .sampling import sample
from .smaa import Smaa, smaa
from .stability import Reversal, Stability, rank_reversals, stability
from .verbs import rank, rank_many, weigh

__all__ = [
    "ACCEPTABLE",
    "AGGREGATIONS",
    "COMPLETIONS",
    "CORRELATIONS",
    "EXACT_UP_TO",
    "IMPUTATIONS",
    "MOST_COMPARED",
    "PRIORITISATIONS",
    "RANDOM_INDEX",
    "AggregationName",
    "Change",
    "CompletionName",
    "Consistency",
    "CorrelationName",
    "Dependence",
    "Group",
    "ImputationName",
    "InputError",
    "Kemeny",
    "MethodName",
    "MethodOptions",
    "NormalisationName",
    "PreferenceName",
    "Priorities",
    "PrioritisationName",
    "RandomIndexName",
    "Ranges",
    "RankOptions",
    "Ranking",
    "Region",
    "Repair",
    "Reversal",
    "SchemeName",
    "SchemeOptions",
    "Smaa",
    "Stability",
    "Tree",
    "Weights",
    "ahp",
    "ahp_group",
    "ahp_intervals",
    "ahp_repair",
    "ahp_tree",
    "borda",
    "competition_ranks",
    "copeland",
    "dependence",
    "impute",
    "kemeny",
    "kendall_tau_b",
    "largest_block",
    "mean_places",
    "methods",
    "normalisations",
    "rank",
    "rank_many",
    "rank_reversals",
    "reciprocal_matrix",
    "region",
    "sample",
    "schemes",
    "smaa",
    "spearman",
    "stability",
    "two_way",
    "weigh",
    "weighted_spearman",
    "ws",
]
