"""Multi-criteria decision analysis over arrays: weights and rankings.

Knows alternatives, criteria, weights and scores; reads no file, prints nothing, knows no budget.
"""

from .analyses.compromise import Compromise, compromise
from .analyses.coupling import CLASSES, Coupling, Obstacles, coupling, obstacles
from .analyses.dea import Efficiency, dea
from .analyses.dependence import Dependence, dependence
from .analyses.fuzzy_evaluate import FuzzyEvaluation, fuzzy_evaluate
from .analyses.gaia import Gaia, gaia
from .analyses.grey_relations import GreyRelations, grey_relations
from .analyses.rsr_grades import BORDERS, Grades, rsr_grades
from .checks import MOST_COMPARED
from .combination import Combination
from .combine import COMBINATIONS, combine
from .comparison.agreement import (
    CORRELATIONS,
    kendall_tau_b,
    largest_block,
    mean_places,
    spearman,
    two_way,
    weighted_spearman,
    ws,
)
from .comparison.compare import Grid, compare
from .comparison.consensus import EXACT_UP_TO, Kemeny, borda, copeland, kemeny
from .comparison.court import Court, Misprint, Verdict, court, court_pairwise
from .comparison.rankings import Rankings, read_rankings
from .disaggregation.ordinal_regression import OrdinalRegression, ordinal_regression
from .disaggregation.uta import ValueFunction, uta, value_function
from .errors import InputError
from .impute import IMPUTATIONS, impute
from .interchange import Problem, from_pymcdm, from_skcriteria, to_pymcdm, to_skcriteria
from .names import (
    AggregationName,
    CombinationName,
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
from .normalise import Normalised, normalise
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
from .pipeline import TURNS, Pipeline, PipelineRun, PipelineStep, pipeline
from .ranges import Range
from .ranks import competition_ranks
from .registry import methods, normalisations, schemes
from .results import Ranking, Weights
from .robustness.smaa import Smaa, smaa
from .robustness.stability import Reversal, Stability, rank_reversals, stability
from .robustness.sweep import RankSweep, Way, rank_sweep
from .robustness.variance_shares import VarianceShares, sobol, variance_parts, variance_shares
from .verbs import rank, rank_many, weigh
from .weight_space.region import Region, region
from .weight_space.sampling import sample

__all__ = [
    "ACCEPTABLE",
    "AGGREGATIONS",
    "BORDERS",
    "CLASSES",
    "COMBINATIONS",
    "COMPLETIONS",
    "CORRELATIONS",
    "EXACT_UP_TO",
    "IMPUTATIONS",
    "MOST_COMPARED",
    "PRIORITISATIONS",
    "RANDOM_INDEX",
    "TURNS",
    "AggregationName",
    "Change",
    "Combination",
    "CombinationName",
    "CompletionName",
    "Compromise",
    "Consistency",
    "CorrelationName",
    "Coupling",
    "Court",
    "Dependence",
    "Efficiency",
    "FuzzyEvaluation",
    "Gaia",
    "Grades",
    "GreyRelations",
    "Grid",
    "Group",
    "ImputationName",
    "InputError",
    "Kemeny",
    "MethodName",
    "MethodOptions",
    "Misprint",
    "NormalisationName",
    "Normalised",
    "Obstacles",
    "OrdinalRegression",
    "Pipeline",
    "PipelineRun",
    "PipelineStep",
    "PreferenceName",
    "Priorities",
    "PrioritisationName",
    "Problem",
    "RandomIndexName",
    "Range",
    "Ranges",
    "RankOptions",
    "RankSweep",
    "Ranking",
    "Rankings",
    "Region",
    "Repair",
    "Reversal",
    "SchemeName",
    "SchemeOptions",
    "Smaa",
    "Stability",
    "Tree",
    "ValueFunction",
    "VarianceShares",
    "Verdict",
    "Way",
    "Weights",
    "ahp",
    "ahp_group",
    "ahp_intervals",
    "ahp_repair",
    "ahp_tree",
    "borda",
    "combine",
    "compare",
    "competition_ranks",
    "compromise",
    "copeland",
    "coupling",
    "court",
    "court_pairwise",
    "dea",
    "dependence",
    "from_pymcdm",
    "from_skcriteria",
    "fuzzy_evaluate",
    "gaia",
    "grey_relations",
    "impute",
    "kemeny",
    "kendall_tau_b",
    "largest_block",
    "mean_places",
    "methods",
    "normalisations",
    "normalise",
    "obstacles",
    "ordinal_regression",
    "pipeline",
    "rank",
    "rank_many",
    "rank_reversals",
    "rank_sweep",
    "read_rankings",
    "reciprocal_matrix",
    "region",
    "rsr_grades",
    "sample",
    "schemes",
    "smaa",
    "sobol",
    "spearman",
    "stability",
    "to_pymcdm",
    "to_skcriteria",
    "two_way",
    "uta",
    "value_function",
    "variance_parts",
    "variance_shares",
    "weigh",
    "weighted_spearman",
    "ws",
]
