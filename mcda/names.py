"""Names and options as types, for editors and type checkers.

Made by `scripts/write_methods.py` from the registries; a test holds it to them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Literal, TypedDict

from .labels import ByCriterion, Table

MethodName = Literal[
    "aras",
    "cocoso",
    "codas",
    "copras",
    "edas",
    "electre_iii",
    "electre_tri",
    "mabac",
    "mairca",
    "marcos",
    "moora",
    "multimoora",
    "promethee_i",
    "promethee_ii",
    "spotis",
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
    "critic",
    "direct",
    "entropy",
    "equal",
    "gini",
    "idocriw",
    "lopcow",
    "merec",
    "rancom",
    "rank_sum",
    "roc",
    "standard_deviation",
    "swara",
    "swing",
    "variance",
]
"""Names of weighting schemes."""

NormalisationName = Literal[
    "max",
    "minmax",
    "minmax_shifted",
    "ratio",
    "sum",
    "vector",
]
"""Names of normalisations of the matrix."""

PrioritisationName = Literal[
    "eigenvector",
    "geometric_mean",
]
"""Names of prioritisations of a pairwise matrix."""

RandomIndexName = Literal[
    "saaty",
    "saaty_2005",
    "alonso_lamata",
    "donegan_dodd",
    "tummala_ling",
]
"""Names of tables of random indices."""

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
    # electre_tri
    assignment: Literal["pessimistic", "optimistic"] | None
    # electre_iii
    beta: float | None
    # spotis
    bounds: Table | ByCriterion[Iterable[float]] | None
    # electre_tri
    cut: float | None
    # cocoso, waspas
    lam: float | None
    # aras
    optimum: ByCriterion[float] | None
    # electre_iii, electre_tri, promethee_i, promethee_ii
    p: float | ByCriterion[float | tuple[float, float] | None] | ByCriterion[float | None] | None
    # promethee_i, promethee_ii
    preference: PreferenceName | ByCriterion[PreferenceName] | None
    # electre_tri
    profiles: Table | ByCriterion[Iterable[float]] | None
    # electre_iii, electre_tri, promethee_i, promethee_ii
    q: float | ByCriterion[float | tuple[float, float] | None] | ByCriterion[float | None] | None
    # promethee_i, promethee_ii
    s: float | ByCriterion[float | None] | None
    # codas
    tau: float | None
    # electre_iii, electre_tri, vikor
    v: float | ByCriterion[float | tuple[float, float] | None] | None


class RankOptions(MethodOptions, total=False):
    """What `rank` takes besides: the method's own options, and a normalisation."""

    # cocoso, codas, mabac, mairca, marcos, topsis, waspas, wpm, wsm
    normalisation: NormalisationName | None


class SchemeOptions(TypedDict, total=False):
    """Options of the weighting schemes, each with who takes it."""

    # bwm
    best: Hashable | Mapping[Any, Hashable] | None
    # bwm
    best_to_others: ByCriterion[float] | None
    # rancom
    comparisons: Table | Mapping[Any, Table] | None
    # swara
    importance: ByCriterion[float] | None
    # ahp
    missing: CompletionName | None
    # bwm
    model: Literal["linear", "nonlinear"] | None
    # standard_deviation, variance
    normalisation: Literal["minmax", "none"] | None
    # bwm
    others_to_worst: ByCriterion[float] | None
    # ahp
    pairwise: Table | Mapping[Any, Table] | None
    # swing
    points: ByCriterion[float] | None
    # ahp
    prioritisation: PrioritisationName | None
    # ahp
    random_index: RandomIndexName | None
    # rancom, rank_sum, roc, swara
    ranks: ByCriterion[float] | None
    # direct
    weights: ByCriterion[float] | None
    # bwm
    worst: Hashable | Mapping[Any, Hashable] | None
