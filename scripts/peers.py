"""Print what pymcdm 1.4, scikit-criteria 0.10 and mathmodels 0.0.11 have, what it is called here, and why some is not.

python -m scripts.peers                        (only what is left out: python -m scripts.peers --left-out)
python -m scripts.peers --namespace NAMESPACE  (mathmodels' list against its file, of another version too)
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys
import warnings
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import saidao
from saidao import mcda

ELSEWHERE = "no decision analysis"
SHAPES = "-: grades have triangles with shoulders here, as published cases do; other shapes are this package's own"
FILTER = "-: the rows of a table, which pandas picks"
SOURCES = {
    "pymcdm 1.4": "compared with the installed package, name by name",
    "scikit-criteria 0.10": "compared with the installed package, name by name",
    "mathmodels 0.0.11": "an R package: the exports of its NAMESPACE, https://github.com/zhjx19/mathmodels at commit "
    "8bf5e8f of 2026-07-29, read there; not installed here, so `--namespace FILE` compares another version",
}
"""Where each list is from."""


def _lower(names: str) -> dict[str, str]:
    return {name: name.lower() for name in names.split()}


def _plus(kind: str, names: str) -> dict[str, str]:
    return {name + kind: name for name in names.split()}


def _all(names: str, here: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), here)


PEERS: dict[str, dict[str, str]] = {
    "pymcdm 1.4": {
        **_lower("ARAS AROMAN COCOSO CODAS COMET COPRAS EDAS ERVD LMAW MABAC MAIRCA MARCOS MOORA OCRA PROBID"),
        **_lower("PROMETHEE_I PROMETHEE_II RAFSI RAM RIM SPOTIS SPROBID TOPSIS VIKOR WASPAS WPM WSM"),
        "BalancedSPOTIS": "balanced_spotis",
        "LoPM": "lopm",
        **_plus("_weights", "equal entropy standard_deviation merec critic cilos idocriw angle gini variance lopcow"),
        **{"AHP": "ahp", "RANCOM": "rancom"},
        **_plus("_normalization", "minmax max sum vector logarithmic nonlinear enhanced_accuracy zavadskas_turskis"),
        "linear_normalization": "ratio",
        **{"spearman": "spearman", "kendall_tau": "kendall_tau_b", "weighted_spearman": "weighted_spearman"},
        **_all("rank_similarity_coef ws", "ws"),
        **{"r": "spearman", "rs": "spearman", "rw": "weighted_spearman", "rankdata": "competition_ranks"},
        "pearson": "-: a correlation of scores, which no two methods have on one scale; of ranks it is spearman",
        "goodman_kruskal_gamma": "-: ties are left out of it, so that two rankings that tie nearly all agree in full",
        **_all("wsc wsc2", "-: similarities of weights, of which compare shows the weights themselves"),
        **_all("draWS frobenius kemeny", "-: distances of rankings, which count what ws and Kendall's tau count"),
        "leave_one_out_rr": "rank_reversals",
        "correlation_matrix": "compare",
        "normalize_matrix": "normalise",
        "param_sensitivity": "variance_shares",
        "rrankdata": "competition_ranks",
        **_all(
            "CompromiseExpert ESPExpert FunctionExpert ManualExpert MethodExpert StructuralCOMET Submodel"
            " TriadSupportExpert get_local_weights triads_consistency",
            "-: who compares the characteristic objects of COMET, part by part; here their scores compare them",
        ),
    },
    "scikit-criteria 0.10": {
        **{"WeightedSumModel": "wsm", "WeightedProductModel": "wpm", "CoCoSo": "cocoso"},
        **_lower("ARAS CODAS COPRAS EDAS ERVD MABAC MAIRCA MARCOS OCRA RAM RIM SIMUS SPOTIS TOPSIS VIKOR WASPAS"),
        **{"PROBID": "probid", "SimplifiedPROBID": "sprobid", "ELECTRE1": "electre_i", "ELECTRE2": "electre_ii"},
        "RatioMOORA": "moora",
        **_all("MultiMOORA ReferencePointMOORA FullMultiplicativeForm", "multimoora"),
        **{"EqualWeighter": "equal", "StdWeighter": "standard_deviation", "EntropyWeighter": "entropy"},
        **{"CRITIC": "critic", "Critic": "critic", "GiniWeighter": "gini", "MEREC": "merec", "RANCOM": "rancom"},
        **{"MinMaxScaler": "minmax", "SumScaler": "sum", "VectorScaler": "vector", "StandarScaler": "zscore"},
        **_all("MaxAbsScaler MaxScaler", "max"),
        **_all("CenitDistance CenitDistanceMatrixScaler MinMaxInverter", "minmax"),
        **_all("InvertMinimize MinimizeToMaximize NegateMinimize", "pipeline"),
        "BenefitCostInverter": "ratio",
        **_all("SimpleImputer KNNImputer", "impute"),
        "IterativeImputer": "-: a regression imputer of scikit-learn; impute takes mean, median, worst or neighbours",
        "FilterNonDominated": "-: the dominated stay: the budget may be for them; ordinal_regression tells who is",
        **_all("Filter FilterEQ FilterGE FilterGT FilterIn FilterLE FilterLT FilterNE FilterNotIn", FILTER),
        **_all(
            "AddValueToZero PushNegatives",
            "-: they move a column so that a method has what it needs, and the ranking with it; here it is refused",
        ),
        "RankInvariantChecker": "rank_reversals",
        "RankClonesChecker": "-: a copy of one alternative added; rank_reversals leaves each one out",
        "RankTransitivityChecker": "-: the ranking of every two by themselves; rank_reversals leaves one out of all",
        "FallbackTieBreaker": "-: ties stay ties, as they are told",
        "SKCPipeline": "pipeline",
        "SKCCombinatorialPipeline": "compare",
    },
    "mathmodels 0.0.11": {
        **{"AHP": "ahp", "entropy_weight": "entropy", "critic_weight": "critic", "topsis": "topsis"},
        **{"cv_weight": "coefficient_of_variation", "pca_weight": "pca", "combine_weights": "combine"},
        **{"fuzzy_eval": "fuzzy_evaluate", "grey_corr": "gra", "grey_corr_topsis": "gra_topsis"},
        **{"rank_sum_ratio": "rsr", "coupling_degree": "coupling", "obstacle_degree": "obstacles", "linear_sum": "wsm"},
        **_all("basic_DEA super_DEA basic_SBM", "dea"),
        "malmquist": "productivity",
        "super_SBM": "-: super-efficiency is radial here; by slacks it is another programme, of Tone 2002",
        **{"rescale": "minmax", "standardize": "zscore", "normalize": "vector", "rescale_mean": "mean"},
        **{"rescale_interval": "Range", "rescale_middle": "Range", "rescale_initial": "initial"},
        **{"rescale_extreme": "ratio", "to_positive": "pipeline"},
        **_all("tri_mf compute_mf compute_mf_funs defuzzify", "fuzzy_evaluate"),
        **_all("trap_mf gauss_mf gauss2mf gbell_mf sigmoid_mf dsigmoid_mf psigmoid_mf pi_mf s_mf z_mf", SHAPES),
        **_all("GM11 GM11_markov GM1N DGM21 verhulst combine_preds", f"-: grey forecasts, {ELSEWHERE}"),
        **_all(
            "gini gini0 theil theil0 theil_g theil0_g theil_g2_cross theil_g2_nest HHI LQ EG",
            f"-: measures of inequality and concentration, {ELSEWHERE}",
        ),
        **_all(
            "model_logistic model_lv model_malthus model_seir model_si model_sir model_sis markov_chain ode_solver"
            " epi_metrics",
            f"-: growth, epidemics and chains over time, {ELSEWHERE}",
        ),
        **_all(
            "curve_fit growth_fit interp_hermite interp_linear interp_poly interp_spline poly_fit reg_diagnostics"
            " reg_lm reg_logistic reg_negbin reg_poisson reg_predict",
            f"-: curves and regressions, {ELSEWHERE}",
        ),
        **_all(
            "ts_arimax ts_back_transform ts_df ts_ets ts_forecast ts_sarima ts_stl ts_test ts_transform as_ts_df"
            " complete_ts_df drop_na_ts_df impute_ts_df is_ts_df validate_ts_df",
            f"-: time series, {ELSEWHERE}",
        ),
        **_all(
            "plot_Rt_estimate plot_compartments plot_incidence plot_mf plot_phase_si plot_reg_predict"
            " plot_reg_residuals plot_ts plot_ts_acf plot_ts_forecast plot_ts_pacf plot_ts_residuals plot_ts_stl",
            f"-: pictures of what is {ELSEWHERE}",
        ),
        "read_nbs": "-: a reader of one statistical office's pages; `saidao import` reads their tables",
    },
}
"""What each peer calls what it has, and its name here; or, after ``-:``, where else it is or why it is left out."""


def ours() -> set[str]:
    """Return every name of ours that a peer's may stand for."""
    registries = (mcda.methods(), mcda.schemes(), mcda.normalisations(), mcda.CORRELATIONS)
    return {str(name) for registry in registries for name in registry} | set(mcda.__all__) | set(saidao.__all__)


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


def of_pymcdm() -> set[str]:
    """Return what the installed pymcdm has: methods, schemes, normalisations, correlations, distances and helpers."""
    found: set[str] = set()
    rooms = ("methods", "methods.partial", "methods.comet_tools", "weights", "weights.subjective", "normalizations",
             "correlations", "distances", "helpers")  # fmt: skip
    for room in rooms:
        module = importlib.import_module(f"pymcdm.{room}")
        found |= {
            name
            for name, what in vars(module).items()
            if (inspect.isclass(what) or inspect.isfunction(what))
            and what.__module__.startswith("pymcdm")
            and not name.startswith("_")
            and not inspect.isabstract(what)
        }
    return found - {"PairwiseWeightsBase"}


def of_skcriteria() -> set[str]:
    """Return what the installed scikit-criteria has: every method, scheme, step and checker that is no abstract one."""
    import skcriteria
    from skcriteria.core.methods import SKCMethodABC

    found: set[str] = set()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rooms of before, which warn when they are opened
        for room in pkgutil.walk_packages(skcriteria.__path__, "skcriteria."):
            module = importlib.import_module(room.name)
            found |= {
                name
                for name, what in vars(module).items()
                if inspect.isclass(what)
                and issubclass(what, SKCMethodABC)
                and not (inspect.isabstract(what) or name.endswith("ABC") or name.startswith(("_", "Base")))
            }
    return found


def of_namespace(path: Path) -> set[str]:
    """Return what a NAMESPACE of an R package exports."""
    return set(re.findall(r"^export\(([^)]+)\)", path.read_text(encoding="utf-8"), re.MULTILINE))


def different(namespace: Path | None = None) -> Iterator[str]:
    """Yield where a list is not that of the package: of another version, names that lack or that there are not."""
    installed = {"pymcdm 1.4": of_pymcdm(), "scikit-criteria 0.10": of_skcriteria()}
    for peer in installed:
        name, listed = peer.split()
        if not version(name).startswith(listed):
            yield f"{peer}: {version(name)} is installed"
    if namespace is not None:
        installed["mathmodels 0.0.11"] = of_namespace(namespace)
    for peer, found in installed.items():
        yield from (f"{peer}: {name} is not in the list" for name in sorted(found - set(PEERS[peer])))
        yield from (f"{peer}: there is no {name}" for name in sorted(set(PEERS[peer]) - found))


if __name__ == "__main__":
    for peer, names in PEERS.items():
        print(f"{peer}: {len(names) - len(left_out()[peer])} of {len(names)} here ({SOURCES[peer]})")
        if "--left-out" not in sys.argv:
            for name, here in names.items():
                if name not in left_out()[peer]:
                    print(f"  {name}: {here}")
        for reason in dict.fromkeys(left_out()[peer].values()):
            print(f"  not here  {', '.join(name for name, why in left_out()[peer].items() if why == reason)}: {reason}")
    told = sys.argv[sys.argv.index("--namespace") + 1 :] if "--namespace" in sys.argv else []
    wrong = [f"{name} is not here" for name in unaccounted()] + list(different(Path(told[0]) if told else None))
    for line in wrong:
        print(line)
    sys.exit(len(wrong) > 0)
