"""Print what pymcdm 1.4, scikit-criteria 0.10 and mathmodels have, what it is called here, and why some of it is not
here.

python -m scripts.peers          (only what is left out: python -m scripts.peers --left-out)
"""

from __future__ import annotations

import sys

from saidao import mcda

ELSEWHERE = "no decision analysis"
PEERS: dict[str, dict[str, str]] = {
    "pymcdm 1.4": {
        **{
            name: name.lower()
            for name in [
                "ARAS",
                "AROMAN",
                "COCOSO",
                "CODAS",
                "COMET",
                "COPRAS",
                "EDAS",
                "ERVD",
                "LMAW",
                "MABAC",
                "MAIRCA",
            ]
        },
        **{
            name: name.lower()
            for name in ["MARCOS", "MOORA", "OCRA", "PROBID", "PROMETHEE_II", "RAFSI", "RAM", "RIM", "SPOTIS"]
        },
        **{name: name.lower() for name in ["SPROBID", "TOPSIS", "VIKOR", "WASPAS", "WPM", "WSM"]},
        "BalancedSPOTIS": "balanced_spotis",
        "LoPM": "lopm",
        **{
            f"{n}_weights": n
            for n in ["equal", "entropy", "standard_deviation", "merec", "critic", "cilos", "idocriw", "angle"]
        },
        **{f"{n}_weights": n for n in ["gini", "variance", "lopcow"]},
        **{"AHP": "ahp", "RANCOM": "rancom"},
        **{
            f"{n}_normalization": n
            for n in ["minmax", "max", "sum", "vector", "logarithmic", "nonlinear", "enhanced_accuracy"]
        },
        **{"linear_normalization": "ratio", "zavadskas_turskis_normalization": "zavadskas_turskis"},
        **{"spearman": "spearman", "kendall_tau": "kendall_tau_b", "weighted_spearman": "weighted_spearman"},
        "rank_similarity_coef": "ws",
        "pearson": "-: a correlation of scores, which no two methods have on one scale; of ranks it is spearman",
        "goodman_kruskal_gamma": "-: ties are left out of it, so that two rankings that tie nearly all agree in full",
        "wsc": "-: a similarity of weights, of which compare shows the weights themselves",
        "leave_one_out_rr": "rank_reversals",
    },
    "scikit-criteria 0.10": {
        **{"WeightedSumModel": "wsm", "WeightedProductModel": "wpm", "TOPSIS": "topsis", "VIKOR": "vikor"},
        **{
            name: name.lower()
            for name in [
                "ARAS",
                "COCOSO",
                "CODAS",
                "COPRAS",
                "EDAS",
                "ERVD",
                "MABAC",
                "MAIRCA",
                "MARCOS",
                "OCRA",
                "RAM",
                "RIM",
            ]
        },
        **{name: name.lower() for name in ["SPOTIS", "WASPAS", "SIMUS"]},
        **{"PROBID": "probid", "SimplifiedPROBID": "sprobid", "ELECTRE1": "electre_i", "ELECTRE2": "electre_ii"},
        **{"RatioMOORA": "moora", "MultiMOORA": "multimoora"},
        "ReferencePointMOORA": "multimoora",
        "FullMultiplicativeForm": "multimoora",
        **{"EqualWeighter": "equal", "StdWeighter": "standard_deviation", "EntropyWeighter": "entropy"},
        **{"CRITIC": "critic", "GiniWeighter": "gini", "MEREC": "merec", "RANCOM": "rancom"},
        **{"MinMaxScaler": "minmax", "MaxAbsScaler": "max", "SumScaler": "sum", "VectorScaler": "vector"},
        **{"StandarScaler": "zscore", "CenitDistanceMatrixScaler": "minmax"},
        "InvertMinimize": "ratio",
        "NegateMinimize": "none",
        "SimpleImputer": "impute",
        "KNNImputer": "impute",
        "IterativeImputer": "-: a regression imputer of scikit-learn; impute takes mean, median, worst or neighbours",
        "FilterNonDominated": "-: the dominated stay: the budget may be for them; ordinal_regression tells who is",
        "RankInvariantChecker": "rank_reversals",
    },
    "mathmodels": {
        **{"AHP": "ahp", "entropy_weight": "entropy", "critic_weight": "critic", "topsis": "topsis"},
        **{"cv_weight": "coefficient_of_variation", "pca_weight": "pca", "combine_weights": "combine"},
        **{"fuzzy_eval": "fuzzy_evaluation", "grey_corr": "gra", "grey_corr_topsis": "gra_topsis"},
        **{"rank_sum_ratio": "rsr", "coupling_degree": "coupling", "obstacle_degree": "obstacles", "linear_sum": "wsm"},
        **{"basic_DEA": "dea", "super_DEA": "dea", "basic_SBM": "dea"},
        **{"rescale": "minmax", "standardize": "zscore", "normalize": "vector", "rescale_mean": "mean"},
        **{"rescale_interval": "Range", "rescale_middle": "Range", "rescale_initial": "initial"},
        **{"rescale_extreme": "grey_relations", "to_positive": "Range", "tri_mf": "fuzzy_evaluation"},
        "malmquist": "-: saidao.productivity",
        "super_SBM": "-: super-efficiency is radial here; by slacks it is another programme, of Tone 2002",
        "trap_mf gauss_mf gbell_mf sigmoid_mf and other memberships": "-: grades have triangles with shoulders here",
        "defuzzify": "fuzzy_evaluation",
        "GM11 DGM21 GM1N verhulst GM11_markov": f"-: grey forecasts, {ELSEWHERE}",
        "gini gini0 theil theil_g HHI LQ EG": f"-: measures of inequality and concentration, {ELSEWHERE}",
        "model_si model_sir model_seir markov_chain ode_solver": f"-: growth and epidemic models, {ELSEWHERE}",
        "ts_* plot_* epi_metrics read_nbs combine_preds": f"-: time series, plots and data, {ELSEWHERE}",
    },
}
"""What each peer calls what it has, and its name here; or, after ``-:``, where else it is or why it is left out."""


def ours() -> set[str]:
    """Return every name of ours that a peer's may stand for."""
    registries = (mcda.methods(), mcda.schemes(), mcda.normalisations(), mcda.CORRELATIONS)
    return {str(name) for registry in registries for name in registry} | set(mcda.__all__)


def left_out() -> dict[str, dict[str, str]]:
    """Return what is not here, with the reason."""
    return {
        peer: {name: here.removeprefix("-: ") for name, here in names.items() if here.startswith("-: ")}
        for peer, names in PEERS.items()
    }


def unaccounted() -> list[str]:
    """Return names that are said to be here and are not."""
    known = ours()
    return [f"{peer}: {name}" for peer, names in PEERS.items() for name, here in names.items()
            if not here.startswith("-: ") and here not in known]  # fmt: skip


if __name__ == "__main__":
    for peer, names in PEERS.items():
        print(f"{peer}: {len(names) - len(left_out()[peer])} of {len(names)} here")
        for name, here in names.items():
            if here.startswith("-: "):
                print(f"  not here  {name}: {here.removeprefix('-: ')}")
            elif "--left-out" not in sys.argv:
                print(f"  {name}: {here}")
    sys.exit(len(unaccounted()) > 0)
