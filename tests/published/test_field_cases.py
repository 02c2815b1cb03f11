"""Worked cases of the field, replayed by their id: combinations, ranges, grey and fuzzy methods, statements, DEA.

`field_cases.json` holds their matrices, the options that fix the variant, the figures, and where these were published;
`kind` tells whether they were printed, or are what two implementations agree on.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from saidao import mcda

Array = NDArray[np.float64]
Case = dict[str, Any]
Figures = dict[str, Any]
CASES: list[Case] = json.loads(Path(__file__).with_name("field_cases.json").read_text("utf-8"))
METHODS = {
    **{"gra": "c2-", "gra_topsis": "c3-", "rsr": "d1-", "fuzzy_evaluation": "e1-", "rim": "f4-", "ocra": "h1-"},
    **{"ervd": "h2-", "probid": "h3-", "sprobid": "h4-", "ram": "h6-", "rafsi": "h7-", "lmaw": "h8-", "lopm": "h9-"},
    **{"aroman": "h10-", "balanced_spotis": "h12-", "comet": "h13-", "electre_i": "h14-", "electre_ii": "h15-"},
    **{"simus": "h16-", "todim": "h17-", "maut": "h18-", "smart": "h19-"},
}
SCHEMES = {
    **{"maximal_deviation": "a8-", "coefficient_of_variation": "g1-", "independence": "g2-", "pca": "g3-"},
    **{"precedence_chart": "g5-", "fucom": "g6-", "dematel": "g7-", "fuzzy_ahp": "g8-", "smart": "h19-"},
}
"""Which case replays a method and a scheme, by the beginning of its id."""
REPLAYS: dict[str, Callable[[Case], Figures]] = {}


def replays(*prefixes: str) -> Callable[[Callable[[Case], Figures]], Callable[[Case], Figures]]:
    """Replay the cases whose ids begin so."""

    def register(replay: Callable[[Case], Figures]) -> Callable[[Case], Figures]:
        REPLAYS.update(dict.fromkeys(prefixes, replay))
        return replay

    return register


def replay_of(case: Case) -> Callable[[Case], Figures]:
    found = [replay for prefix, replay in REPLAYS.items() if case["id"].startswith(prefix)]
    assert len(found) == 1, f"{case['id']} has {len(found)} replays"
    return found[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: Case) -> None:
    found = replay_of(case)(case)
    for name, want in case["expected"].items():
        tolerance = case["tolerance"]
        within = tolerance[name] if isinstance(tolerance, dict) else tolerance
        assert np.asarray(found[name], dtype=float) == pytest.approx(
            np.asarray(want, dtype=float), abs=within + 1e-15
        ), name


# --- weights ----------------------------------------------------------------------------------------------------------

RULES = {"deviation, single": "", "least squares": "least_squares"}


@replays("a1-", "a2-", "a3-", "a4-", "a5-", "a6-", "a7-", "a9-")
def combined(case: Case) -> Figures:
    given, rule = case["input"], case["options"]["rule"]
    options: dict[str, Any] = {"shares": case["options"]["shares"]} if "shares" in case["options"] else {}
    if "normalised_matrix" in given:
        options |= {"matrix": given["normalised_matrix"], "normalised": True}
    found = mcda.combine(given["weights"], RULES.get(rule, rule), **options)
    how = found.combination
    assert how is not None
    shares = how.shares if how.raw_shares is None else how.raw_shares
    return {"weights": found.array, "shares": shares, "negative": how.raw_shares is not None}


@replays("a8-")
def maximal_deviation(case: Case) -> Figures:
    found = mcda.weigh(case["input"]["normalised_matrix"], "max", "maximal_deviation", normalisation="none")
    return {"weights": found.array}


@replays("a10-")
def moment(case: Case) -> Figures:
    judged, measured = case["input"]["subjective"], case["input"]["objective"]
    kinds = [True] * len(judged) + [False] * len(measured)
    found = mcda.combine([*judged, *measured], "moment", subjective=kinds)
    assert found.combination is not None
    assert found.combination.shares is not None
    alpha, beta = found.combination.shares
    return {"alpha": alpha, "beta": beta, "weights": found.array}


@replays("g1-")
def coefficient_of_variation(case: Case) -> Figures:
    return {"weights": mcda.weigh(case["input"]["matrix"], "max", "coefficient_of_variation").array}


@replays("g2-")
def independence(case: Case) -> Figures:
    found = mcda.weigh(case["input"]["matrix"], "max", "independence")
    return {"multiple_r": found.step_arrays["R"], "weights": found.array}


@replays("g3-")
def pca(case: Case) -> Figures:
    kept = case["options"]["components"]
    given = case["input"]
    found = mcda.weigh(given["matrix"], given["directions"], "pca", components=kept, rotation="varimax")
    return {"weights": found.array, "cumulative": found.step_arrays["share"][:kept].sum()}


@replays("g4-")
def forced_choice(case: Case) -> Figures:
    table = case["input"]["matrix"]
    return {"weights": mcda.weigh(np.ones((2, len(table))), "max", "precedence_chart", points=table).array}


@replays("g5-")
def precedence_chart(case: Case) -> Figures:
    ratings = case["input"]["scores"]
    found = mcda.weigh(np.ones((2, len(ratings))), "max", "precedence_chart", ratings=ratings)
    return {"totals": found.step_arrays["t"], "weights": found.array}


@replays("g6-")
def fucom(case: Case) -> Figures:
    order, phi = case["input"]["order"], case["input"]["priorities"]
    found = mcda.weigh(
        np.ones((2, len(order))),
        "max",
        "fucom",
        criteria=order,
        ranks={c: k + 1 for k, c in enumerate(order)},
        priorities=dict(zip(order, [1, *phi], strict=True)),
    )
    return {"weights": found.array, "dfc": found.step_arrays["DFC"]}


@replays("g7-")
def dematel(case: Case) -> Figures:
    direct = case["input"]["direct"]
    found = mcda.weigh(np.ones((2, len(direct))), "max", "dematel", influences=direct)
    steps = found.step_arrays
    return {"mean_T": steps["T"].mean(), "D": steps["D"], "R": steps["R"], "weights": found.array}


@replays("g8-", "g9-", "g10-")
def fuzzy_ahp(case: Case) -> Figures:
    table = case["input"]["matrix"]
    form: Any = "geometric" if case["options"]["form"].startswith("geometric") else "extent"
    found = mcda.weigh(np.ones((2, len(table))), "max", "fuzzy_ahp", fuzzy=table, form=form)
    s = found.step_arrays["S"]
    return {"fuzzy": s, "crisp": found.array, "extent": s, "weights": found.array}


@replays("g11-", "g12-")
def column_means(case: Case) -> Figures:
    found = mcda.ahp(case["input"]["pairwise"], "column_means")
    return {
        "weights": found.array,
        "lambda_max": found.lambda_max,
        "CI": found.consistency_index,
        "CR": found.consistency_ratio,
    }


@replays("g13-")
def random_index(case: Case) -> Figures:
    return {"RI": [mcda.RANDOM_INDEX["spssau"][n - 1] for n in case["input"]["n"]]}


@replays("b5-")
def entropy_of_systems(case: Case) -> Figures:
    given = case["input"]
    matrix, directions = np.array(given["matrix"]), given["directions"]

    def within(values: Any, directions: Any) -> Array:
        return 0.002 + 0.996 * mcda.normalise(values, directions, "minmax").array

    weights, scores = np.zeros(matrix.shape[1]), []
    for group in given["groups"]:
        z = within(matrix[:, group], [directions[j] for j in group])
        weights[group] = mcda.weigh(z, "max", "entropy").array
        scores.append(100 * z @ weights[group])
    panel = np.clip(mcda.normalise(np.array(scores).T, "max", "minmax").array, 0.002, 0.998)
    return {"weights": weights, "system_weights": mcda.weigh(panel, "max", "entropy").array}


# --- levels -----------------------------------------------------------------------------------------------------------


@replays("f1-")
def middle(case: Case) -> Figures:
    best = case["input"]["best"]
    return {"level": mcda.Range(best, best).level(case["input"]["values"])}


@replays("f2-")
def interval(case: Case) -> Figures:
    given = case["input"]
    column = np.array(given["values"])[:, None]
    found = mcda.normalise(column, f"{given['low']}..{given['high']}", "none").array[:, 0]
    assert found == pytest.approx(mcda.Range(given["low"], given["high"]).level(given["values"]))
    return {"level": found}


@replays("f3-")
def efficacy(case: Case) -> Figures:
    given, options = case["input"], case["options"]
    found = mcda.normalise(
        [[given["value"]]],
        "max",
        "efficacy",
        bad=[given["unsatisfactory"]],
        good=[given["satisfactory"]],
        base=options["base"],
        span=options["span"],
    )
    return {"score": found.array[0, 0]}


@replays("b1-", "b2-", "b3-", "b6-")
def coupling(case: Case) -> Figures:
    formula = case["options"]["formula"].split()[0]
    found = mcda.coupling(case["input"]["systems"], case["options"]["weights"], formula)
    return {"C": found.coupling, "T": found.development, "D": found.coordination}


@replays("b4-")
def obstacles(case: Case) -> Figures:
    found = mcda.obstacles(case["input"]["levels"], case["input"]["weights"], share=case["options"]["share"])
    return {"obstacle": found.array}


# --- rankings ---------------------------------------------------------------------------------------------------------


def ranked(case: Case, method: mcda.MethodName, **options: Any) -> mcda.Ranking:
    given = case["input"]
    matrix = given.get("matrix", given.get("normalised_matrix"))
    weights = given.get("weights", np.ones(len(matrix[0])))
    return mcda.rank(matrix, weights, given.get("directions", "max"), method, **options)


def scored(method: mcda.MethodName, *prefixes: str, **options: Any) -> None:
    """Replay cases whose figures are the scores and named tables of a method."""

    @replays(*prefixes)
    def replay(case: Case) -> Figures:
        found = ranked(case, method, **options)
        return {
            **{TABLES.get(symbol, symbol): table for symbol, table in found.step_arrays.items()},
            "score": found.score_array,
        }


TABLES = {"S+": "plus", "S-": "minus", "I": "inputs", "O": "outputs"}
scored("probid", "h3-", "h5-")
scored("sprobid", "h4-")
scored("ram", "h6-")
scored("todim", "h17-", theta=1)
scored("maut", "h18-", utility="exponential", divisor=1.71)


@replays("h8-")
def lmaw(case: Case) -> Figures:
    return {"score": ranked(case, "lmaw", total=sum(case["input"]["weights"])).score_array}


@replays("c1-")
def sequences(case: Case) -> Figures:
    given = case["input"]
    found = mcda.grey_relations(given["reference"], given["sequences"], given["directions"], rho=case["options"]["rho"])
    return {"degree": found.degree_array}


@replays("c2-")
def grey(case: Case) -> Figures:
    return {"degree": ranked(case, "gra", rho=case["options"]["rho"]).score_array}


@replays("c3-")
def grey_topsis(case: Case) -> Figures:
    return {"score": ranked(case, "gra_topsis", normalisation="none", rho=case["options"]["rho"]).score_array}


@replays("d1-")
def rank_sum_ratio(case: Case) -> Figures:
    graded = mcda.rsr_grades(ranked(case, "rsr"))
    return {**vars(graded)}


@replays("e1-")
def fuzzy_plans(case: Case) -> Figures:
    given = case["input"]
    found = mcda.rank(
        given["values"], given["weights"], "max", "fuzzy_evaluation", knots=given["knots"], grades=given["scores"]
    )
    steps = found.step_arrays
    return {"grades": steps["B"], "score": found.score_array, "best_grade": steps["grade"]}


@replays("e2-")
def operators(case: Case) -> Figures:
    operator = case["options"]["operator"].replace("-", "_")
    return {"grades": mcda.fuzzy_evaluate(case["input"]["R"], case["input"]["weights"], operator).array}


@replays("f4-")
def rim(case: Case) -> Figures:
    found = ranked(case, "rim", ranges=case["input"]["ranges"], ideals=case["input"]["ideals"])
    return {"plus": found.step_arrays["I+"], "minus": found.step_arrays["I-"], "score": found.score_array}


@replays("h1-")
def ocra(case: Case) -> Figures:
    found = ranked(case, "ocra")
    return {"score": found.score_array, "inputs": found.step_arrays["I"], "outputs": found.step_arrays["O"]}


@replays("h2-")
def ervd(case: Case) -> Figures:
    options = case["options"]
    found = ranked(
        case, "ervd", reference=case["input"]["reference"], loss=options["lambda"], curvature=options["alpha"]
    )
    return {"score": found.score_array}


@replays("h7-")
def rafsi(case: Case) -> Figures:
    given, options = case["input"], case["options"]
    found = ranked(
        case,
        "rafsi",
        ideal=given["ideal"],
        anti_ideal=given["anti_ideal"],
        n1=float(options["n1"]),
        n2k=float(options["n2k"]),
    )
    return {"score": found.score_array}


@replays("h9-")
def lopm(case: Case) -> Figures:
    given = case["input"]
    directions = ["min" if kind == "upper" else "max" for kind in given["kinds"]]
    found = mcda.rank(
        given["matrix"], given["weights"], directions, "lopm", limits=given["limits"], kinds=given["kinds"]
    )
    assert found.better == "lower"
    return {"score": found.score_array}


@replays("h10-", "h11-")
def aroman(case: Case) -> Figures:
    return {"score": ranked(case, "aroman", beta=case["options"]["beta"], lam=case["options"]["lambda"]).score_array}


@replays("h12-")
def balanced_spotis(case: Case) -> Figures:
    given = case["input"]
    found = ranked(
        case,
        "balanced_spotis",
        bounds=given["bounds"],
        expected=given["expected_point"],
        balance=case["options"]["alpha"],
    )
    assert found.better == "lower"
    return {"score": found.score_array}


@replays("h13-")
def comet(case: Case) -> Figures:
    return {"score": ranked(case, "comet", values=case["input"]["characteristic_values"]).score_array}


@replays("h14-")
def electre_i(case: Case) -> Figures:
    options = case["options"]
    found = ranked(case, "electre_i", scale=options["scale"], c=options["p"], d=options["q"])
    c, d = found.step_arrays["C"].copy(), found.step_arrays["D"].copy()
    np.fill_diagonal(c, options["diagonal"])
    np.fill_diagonal(d, options["diagonal"])
    return {"concordance": c, "discordance": d, "kernel": np.flatnonzero(found.score_array)}


@replays("h15-")
def electre_ii(case: Case) -> Figures:
    found = ranked(case, "electre_ii", scale="none", c=case["options"]["c"], d=case["options"]["d"])
    return {"mean_rank": found.score_array}


@replays("h16-")
def simus(case: Case) -> Figures:
    found = ranked(case, "simus", b=case["input"]["b"])
    return {"first": found.step_arrays["first"], "second": found.step_arrays["second"]}


@replays("h19-")
def smart(case: Case) -> Figures:
    given = case["input"]
    weights = mcda.weigh(given["matrix"], given["directions"], "smart", grades=given["importance"])
    found = mcda.rank(
        given["matrix"], weights, given["directions"], "smart", lower=given["lower"], upper=given["upper"]
    )
    return {"weights": weights.array, "score": found.score_array}


@replays("h20-")
def gaia(case: Case) -> Figures:
    given = case["input"]
    p = case["options"]["p"]
    found = mcda.gaia(given["matrix"], given["weights"], given["directions"], preference="v_shape", p=p)
    return {"net_flows": found.net_flows, "delta": found.delta}


@replays("j1-", "j3-", "j5-")
def vikor(case: Case) -> Figures:
    ranking = ranked(case, "vikor", v=case["options"]["v"])
    found = mcda.compromise(ranking)
    parts = {symbol: ranking.step_arrays[symbol] for symbol in "SRQ"}
    return {**parts, "C1": found.advantage, "C2": found.stability, "compromise": sorted(found.alternatives)}


# --- analyses ---------------------------------------------------------------------------------------------------------


@replays("i1-")
def utastar(case: Case) -> Figures:
    given = case["input"]
    found = mcda.uta(given["matrix"], given["ranks"], given["breaks_worst_to_best"], delta=case["options"]["delta"])
    order = mcda.competition_ranks(found.values(given["matrix"]))
    assert order.tolist() == [1, 2, 2, 4, 5]  # the function that is shown says what was said
    return {"F": found.error, "max_weight": found.highest, "min_weight": found.lowest}


@replays("i2-")
def utastar_values(case: Case) -> Figures:
    given = case["input"]
    breaks, rises = given["breaks_worst_to_best"], list(given["increments"])
    ends = np.cumsum([0, *(len(each) - 1 for each in breaks)])
    parts = [rises[a:b] for a, b in pairwise(ends)]
    return {"values": mcda.value_function(breaks, parts).values(given["matrix"])}


@replays("i3-", "i4-")
def ordinal_regression(case: Case) -> Figures:
    given = case["input"]
    found = mcda.ordinal_regression(given["matrix"], given["directions"], given["preferences"])
    return {"necessary": found.necessary, "possible": found.possible}


@replays("k1-")
def full_factorial(case: Case) -> Figures:
    sizes = tuple(case["input"]["factors"].values())
    outputs = np.array(case["input"]["outputs_first_index_fastest"]).reshape(sizes, order="F")
    found = mcda.variance_shares(outputs, case["input"]["factors"])
    return {"first": found.first, "total": found.total}


@replays("k2-")
def ishigami(case: Case) -> Figures:
    def function(x: Array) -> Array:
        return np.asarray(np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))

    found = mcda.sobol(function, dict.fromkeys(("x1", "x2", "x3"), (-np.pi, np.pi)))
    return {"first": found.first, "total": found.total}


@replays("l1-")
def bcc(case: Case) -> Figures:
    given = case["input"]
    return {"efficiency": mcda.dea(given["inputs"], given["outputs"], returns="variable").array}


@replays("l2-")
def dea_ten(case: Case) -> Figures:
    given, first = case["input"], case["options"]["first_rows"]
    inputs, outputs, bad = np.array(given["inputs"]), np.array(given["outputs"]), given["undesirable"]
    good = np.delete(outputs, bad, axis=1)
    return {
        "ccr": mcda.dea(inputs, good).array[:first],
        "bcc_output": mcda.dea(inputs, good, returns="variable", orientation="output").array[:first],
        "sbm_undesirable_output_vrs": mcda.dea(
            inputs, outputs, model="sbm", returns="variable", orientation="output", undesirable=bad
        ).array[:first],
    }


@replays("l3-")
def sbm(case: Case) -> Figures:
    given = case["input"]
    return {
        "sbm": mcda.dea(given["inputs"], given["outputs"], model="sbm", orientation="none").array,
        "ccr": mcda.dea(given["inputs"], given["outputs"]).array,
    }
