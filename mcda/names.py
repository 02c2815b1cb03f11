"""Names and options as types, for editors and type checkers.

Made by `scripts/write_methods.py` from the registries; a test holds it to them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Literal, TypedDict

from .labels import ByCriterion, Table

MethodName = Literal[
    "aras",
    "aroman",
    "balanced_spotis",
    "cocoso",
    "codas",
    "comet",
    "copras",
    "edas",
    "electre_i",
    "electre_ii",
    "electre_iii",
    "electre_tri",
    "ervd",
    "fuzzy_evaluation",
    "gra",
    "gra_topsis",
    "lmaw",
    "lopm",
    "mabac",
    "mairca",
    "marcos",
    "maut",
    "moora",
    "multimoora",
    "ocra",
    "probid",
    "promethee_i",
    "promethee_ii",
    "rafsi",
    "ram",
    "rim",
    "rsr",
    "simus",
    "smart",
    "spotis",
    "sprobid",
    "todim",
    "topsis",
    "vikor",
    "waspas",
    "wpm",
    "wsm",
]
"""Names of ranking methods."""

SchemeName = Literal[
    "ahp",
    "angle",
    "bwm",
    "cilos",
    "coefficient_of_variation",
    "critic",
    "dematel",
    "direct",
    "entropy",
    "equal",
    "fucom",
    "fuzzy_ahp",
    "gini",
    "idocriw",
    "independence",
    "lopcow",
    "maximal_deviation",
    "merec",
    "pca",
    "precedence_chart",
    "rancom",
    "rank_sum",
    "roc",
    "smart",
    "standard_deviation",
    "swara",
    "swing",
    "variance",
]
"""Names of weighting schemes."""

NormalisationName = Literal[
    "efficacy",
    "enhanced_accuracy",
    "goalposts",
    "initial",
    "logarithmic",
    "max",
    "mean",
    "minmax",
    "minmax_shifted",
    "none",
    "nonlinear",
    "percentile",
    "ratio",
    "sum",
    "target",
    "vector",
    "zavadskas_turskis",
    "zscore",
]
"""Names of normalisations of the matrix."""

PrioritisationName = Literal[
    "eigenvector",
    "geometric_mean",
    "column_means",
    "row_sums",
]
"""Names of prioritisations of a pairwise matrix."""

RandomIndexName = Literal[
    "saaty",
    "saaty_2005",
    "alonso_lamata",
    "donegan_dodd",
    "spssau",
    "tummala_ling",
]
"""Names of tables of random indices."""

CombinationName = Literal[
    "linear",
    "product",
    "geometric",
    "game",
    "deviation",
    "least_squares",
    "moment",
]
"""Names of rules that combine weights."""

CompletionName = Literal[
    "least_lambda",
    "least_squares",
    "harker",
]
"""Names of completions of a pairwise matrix."""

AggregationName = Literal[
    "aij",
    "aip",
    "aip_arithmetic",
]
"""Names of aggregations of several judges."""

ImputationName = Literal[
    "mean",
    "median",
    "worst",
    "neighbours",
]
"""Names of imputations of missing scores."""

PreferenceName = Literal[
    "usual",
    "u_shape",
    "v_shape",
    "level",
    "linear",
    "gaussian",
]
"""Names of preference functions of PROMETHEE."""

UtilityName = Literal[
    "linear",
    "exponential",
    "constant_risk",
    "square",
    "root",
]
"""Names of utility functions of MAUT."""

CorrelationName = Literal[
    "kendall_tau_b",
    "spearman",
    "weighted_spearman",
    "ws",
]
"""Names of correlations of rankings."""


class MethodOptions(TypedDict, total=False):
    """Options of the ranking methods, each with who takes it."""

    # electre_iii
    alpha: float | None
    # rafsi
    anti_ideal: ByCriterion[float] | None
    # electre_tri
    assignment: Literal["pessimistic", "optimistic"] | None
    # simus
    b: ByCriterion[float | None] | None
    # balanced_spotis
    balance: float | None
    # aroman, electre_iii
    beta: float | None
    # balanced_spotis, spotis
    bounds: Table | ByCriterion[Iterable[float]] | None
    # electre_i, electre_ii
    c: float | Iterable[float] | None
    # ervd
    curvature: float | None
    # electre_tri
    cut: float | None
    # electre_i, electre_ii
    d: float | Iterable[float] | None
    # maut
    divisor: float | None
    # balanced_spotis
    expected: ByCriterion[float] | None
    # fuzzy_evaluation
    grades: Iterable[float] | None
    # rafsi
    ideal: ByCriterion[float] | None
    # rim
    ideals: Table | ByCriterion[Iterable[float]] | None
    # lopm
    kinds: Literal["lower", "upper", "target"] | ByCriterion[Literal["lower", "upper", "target"]] | None
    # fuzzy_evaluation
    knots: Table | ByCriterion[Iterable[float]] | None
    # aroman, cocoso, waspas
    lam: float | None
    # lopm
    limits: ByCriterion[float] | None
    # ervd
    loss: float | None
    # smart
    lower: ByCriterion[float] | None
    # rafsi
    n1: float | None
    # rafsi
    n2k: float | None
    # fuzzy_evaluation
    operator: Literal["product_sum", "product_max", "min_max", "min_boundedsum", "balanced"] | None
    # aras
    optimum: ByCriterion[float] | None
    # electre_iii, electre_tri, promethee_i, promethee_ii
    p: float | ByCriterion[float | tuple[float, float] | None] | ByCriterion[float | None] | None
    # rsr
    places: Literal["whole", "continuous"] | None
    # promethee_i, promethee_ii
    preference: PreferenceName | ByCriterion[PreferenceName] | None
    # simus
    procedure: Literal["first", "second"] | None
    # electre_tri
    profiles: Table | ByCriterion[Iterable[float]] | None
    # electre_iii, electre_tri, promethee_i, promethee_ii
    q: float | ByCriterion[float | tuple[float, float] | None] | ByCriterion[float | None] | None
    # rim
    ranges: Table | ByCriterion[Iterable[float]] | None
    # ervd
    reference: ByCriterion[float] | None
    # gra, gra_topsis
    rho: float | None
    # maut
    risk: float | ByCriterion[float | None] | None
    # promethee_i, promethee_ii
    s: float | ByCriterion[float | None] | None
    # electre_i, electre_ii
    scale: Literal["sum", "vector", "minmax", "none"] | None
    # comet
    scored_by: Literal["topsis", "wsm"] | None
    # codas
    tau: float | None
    # todim
    theta: float | None
    # lmaw
    total: float | None
    # smart
    upper: ByCriterion[float] | None
    # maut
    utility: UtilityName | ByCriterion[UtilityName] | None
    # electre_iii, electre_tri, vikor
    v: float | ByCriterion[float | tuple[float, float] | None] | None
    # comet
    values: Table | ByCriterion[Iterable[float]] | None
    # gra_topsis
    weighting: Literal["matrix", "mean"] | None


class RankOptions(MethodOptions, total=False):
    """What `rank` takes besides: the method's own options, and a normalisation."""

    # cocoso, codas, gra, gra_topsis, mabac, mairca, marcos, maut, todim, topsis, waspas, wpm, wsm
    normalisation: NormalisationName | None


class SchemeOptions(TypedDict, total=False):
    """Options of the weighting schemes, each with who takes it."""

    # bwm
    best: Hashable | Mapping[Any, Hashable] | None
    # bwm
    best_to_others: ByCriterion[float] | None
    # rancom
    comparisons: Table | Mapping[Any, Table] | None
    # pca
    components: int | None
    # precedence_chart
    diagonal: float | None
    # pca
    entries: Literal["absolute", "squares"] | None
    # fuzzy_ahp
    form: Literal["geometric", "extent"] | None
    # fuzzy_ahp
    fuzzy: Iterable[Iterable[Iterable[float]]] | Mapping[Any, Iterable[Iterable[Iterable[float]]]] | None
    # smart
    grades: ByCriterion[float] | None
    # swara
    importance: ByCriterion[float] | None
    # dematel
    influences: Table | Mapping[Any, Table] | None
    # ahp
    missing: CompletionName | None
    # bwm
    model: Literal["linear", "nonlinear"] | None
    # maximal_deviation, standard_deviation, variance
    normalisation: Literal["minmax", "none"] | None
    # bwm
    others_to_worst: ByCriterion[float] | None
    # ahp
    pairwise: Table | Mapping[Any, Table] | None
    # precedence_chart
    plus_one: Literal["no", "yes"] | None
    # precedence_chart, swing
    points: Table | Mapping[Any, Table] | ByCriterion[float] | None
    # fucom
    priorities: ByCriterion[float] | None
    # ahp
    prioritisation: PrioritisationName | None
    # ahp
    random_index: RandomIndexName | None
    # fucom, rancom, rank_sum, roc, swara
    ranks: ByCriterion[float] | None
    # precedence_chart
    ratings: ByCriterion[float] | None
    # fucom
    ratios: Table | Mapping[Any, Table] | None
    # pca
    rotation: Literal["none", "varimax"] | None
    # dematel
    rule: Literal["length", "prominence"] | None
    # dematel
    scale: Literal["rows_and_columns", "rows"] | None
    # pca
    scaled: Literal["unit", "loadings"] | None
    # pca
    shares: Literal["unrotated", "rotated"] | None
    # pca
    tolerance: float | None
    # direct
    weights: ByCriterion[float] | None
    # bwm
    worst: Hashable | Mapping[Any, Hashable] | None
