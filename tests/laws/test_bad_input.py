"""Whatever is given to the functions over arrays, they answer, or raise one `InputError` that says what is wrong."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pytest

from saidao import mcda

MATRIX = [[1.0, 5, 3], [4, 2, 6], [2, 3, 1], [3, 3, 4]]
TABLE = pd.DataFrame(MATRIX, index=list("ABCD"), columns=list("xyz"))
NEEDED: dict[str, dict[str, Any]] = {
    "rim": {"ranges": [(0, 9)] * 3, "ideals": [(2, 3)] * 3},
    "balanced_spotis": {"expected": [3, 3, 3]},
    "lopm": {"limits": [2, 2, 2]},
    "smart": {"lower": [0, 0, 0], "upper": [9, 9, 9]},
    "fuzzy_evaluation": {"knots": [[0, 3, 9]] * 3, "grades": [0, 50, 100]},
    "electre_tri": {"profiles": [[2, 4]] * 3},
}
WILD: list[Callable[[], Any]] = [
    lambda: None,
    lambda: "x",
    lambda: -1,
    lambda: 2.5,
    lambda: np.nan,
    lambda: np.inf,
    lambda: 10**400,
    lambda: 1j,
    lambda: [],
    lambda: [1, 2],
    lambda: [None] * 3,
    lambda: [np.nan] * 3,
    lambda: ["a", "b", "c"],
    lambda: [[1, 2], [3]],
    lambda: [[[1, 2, 3]] * 3] * 3,
    lambda: {"x": 1},
    lambda: {1, 2, 3},
    lambda: pd.Series([1, 2, 3]),
    lambda: pd.Timestamp("2020"),
    lambda: np.array(5),
    lambda: (n for n in (1, 2)),
    object,
]
"""Made anew for every call: a generator is read once."""
PAIRWISE = [[1, 2], [0.5, 1]]
OF_RANKINGS: list[Callable[..., Any]] = [
    *(mcda.borda, mcda.copeland, mcda.kemeny, mcda.kendall_tau_b, mcda.mean_places),
    *(mcda.spearman, mcda.weighted_spearman, mcda.ws),
]
ENTRIES: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (mcda.combine, {"weights": [[0.5, 0.5], [0.2, 0.8]], "rule": "linear", "shares": None, "subjective": None}),
    (mcda.combine, {"weights": [[0.5, 0.5], [0.2, 0.8]], "rule": "deviation", "matrix": [[1, 2], [3, 1]]}),
    (mcda.coupling, {"systems": [[0.5, 0.4]], "weights": [1, 1], "formula": "classic"}),
    (mcda.obstacles, {"levels": [[0.5, 0.4]], "weights": [1, 1], "groups": {"g": [0, 1]}}),
    (mcda.rsr_grades, {"ranking": [0.2, 0.5, 0.9], "grades": 3}),
    (mcda.fuzzy_evaluate, {"memberships": [[0.5, 0.5]], "weights": [1], "operator": "product_sum"}),
    (
        mcda.grey_relations,
        {"reference": [1, 2], "sequences": [[1, 2]], "scaling": "initial", "rho": 0.5, "weights": None}
        | {"directions": "max"},
    ),
    (mcda.gaia, {"matrix": MATRIX, "weights": [1, 1, 1], "directions": "max"}),
    (mcda.dea, {"inputs": [[1], [2]], "outputs": [[1], [2]], "model": "sbm", "orientation": "none", "undesirable": ()}),
    (mcda.uta, {"matrix": [[3, 1], [2, 2]], "ranks": [1, 2], "breaks": [[1, 3], [1, 3]], "delta": 0.05}),
    (mcda.value_function, {"breaks": [[0, 1], [0, 1]], "increments": [[0.5], [0.5]], "criteria": None}),
    (
        mcda.ordinal_regression,
        {"matrix": [[1, 2], [2, 1]], "directions": "max", "preferences": (), "indifferences": ()},
    ),
    (mcda.variance_shares, {"outputs": [[1, 2], [3, 4]], "factors": None, "probabilities": None}),
    (mcda.variance_parts, {"outputs": [[1, 2], [3, 4]], "factors": None}),
    (mcda.sobol, {"function": lambda x: x[:, 0], "factors": {"a": (0, 1)}, "samples": 8, "seed": 0}),
    (mcda.compromise, {"ranking": None}),
    (mcda.court_pairwise, {"pairwise": [[1, 2], [0.5, 1]], "weights": None, "ratio": "0.1"}),
    (mcda.smaa, {"matrix": [[1, 2], [2, 1]], "directions": "max", "samples": 9, "seed": 0, "region": ()}),
    (mcda.Range, {"low": 1, "high": 2, "worst_low": None, "worst_high": None}),
    (
        mcda.rank,
        {"matrix": MATRIX, "weights": [1, 1, 1], "directions": "max", "method": "wsm", "normalisation": "minmax"},
    ),
    (mcda.weigh, {"matrix": MATRIX, "directions": "max", "scheme": "entropy", "criteria": None}),
    (mcda.normalise, {"matrix": MATRIX, "directions": "max", "normalisation": "minmax"}),
    (
        mcda.combine,
        {
            "weights": [[0.5, 0.5], [0.2, 0.8]],
            "rule": "deviation",
            "matrix": [[1, 2], [3, 1]],
            "directions": "max",
            "normalised": False,
            "bounded": True,
            "criteria": None,
        },
    ),
    (mcda.fuzzy_evaluate, {"memberships": [[0.5, 0.5]], "weights": [1], "scaled": True}),
    (mcda.obstacles, {"levels": [[0.5, 0.4]], "weights": [1, 1], "share": True}),
    (mcda.dea, {"inputs": [[1], [2]], "outputs": [[1], [2]], "returns": "constant", "leave_out": False}),
    (mcda.uta, {"matrix": [[3, 1], [2, 2]], "ranks": [1, 2], "breaks": [[1, 3], [1, 3]], "errors": "uta"}),
    (mcda.variance_parts, {"outputs": [[1, 2], [3, 4]], "answers": False}),
    (mcda.court_pairwise, {"pairwise": [[1, 2], [0.5, 1]], "ratio": "0.1", "lambda_max": None}),
    (
        mcda.smaa,
        {"matrix": [[1, 2], [2, 1]], "directions": "max", "method": "wsm", "samples": 9, "weights": None}
        | dict.fromkeys(("low", "high", "spread")),
    ),
    (mcda.ahp, {"pairwise": PAIRWISE, "method": "eigenvector", "random_index": "saaty", "missing": None}),
    (
        mcda.ahp_group,
        {"pairwise": [PAIRWISE] * 2, "judge_weights": None, "aggregation": "aij", "method": "eigenvector"}
        | {"random_index": "saaty", "missing": None},
    ),
    (
        mcda.ahp_tree,
        {"pairwise": {"goal": PAIRWISE}, "judge_weights": None, "aggregation": "aij", "method": "eigenvector"}
        | {"random_index": "saaty", "missing": None},
    ),
    (mcda.ahp_intervals, {"lower": PAIRWISE, "upper": PAIRWISE}),
    (mcda.ahp_repair, {"pairwise": PAIRWISE, "below": 0.1, "random_index": "saaty", "sets": 100}),
    (mcda.reciprocal_matrix, {"pairwise": PAIRWISE}),
    (mcda.compare, {"matrix": MATRIX, "directions": "max", "weights": ["equal"], "methods": ["wsm"]}),
    (mcda.competition_ranks, {"scores": np.array([1.0, 2.0]), "better": "higher"}),
    (mcda.court, {"matrix": MATRIX[:2], "directions": "max", "scores": None, "ranks": [1, 2], "weights": [1, 1, 1]}),
    (mcda.dependence, {"matrix": MATRIX, "weights": [1, 1, 1], "directions": "max"}),
    (mcda.from_pymcdm, {"method": None}),
    (mcda.from_skcriteria, {"given": None}),
    (mcda.impute, {"matrix": np.array(MATRIX), "signs": np.ones(3), "name": "mean"}),
    (mcda.largest_block, {"computed": np.ones((2, 2), dtype=bool)}),
    (mcda.two_way, {"ranks": np.ones((2, 2, 2))}),
    *((one, {"rankings": [[1, 2, 3], [1, 3, 2]]}) for one in OF_RANKINGS),
    (mcda.read_rankings, {"given": [[1, 2, 3], [1, 3, 2]]}),
    (mcda.pipeline, {"directions": "max", "rank": "wsm"}),
    (mcda.rank_many, {"matrix": MATRIX, "weights": [[1, 1, 1]], "directions": "max", "method": "wsm"}),
    (mcda.rank_reversals, {"matrix": MATRIX, "weights": [1, 1, 1], "directions": "max", "method": "wsm"}),
    (mcda.stability, {"matrix": MATRIX, "weights": [1, 1, 1], "directions": "max", "method": "wsm"}),
    (
        mcda.rank_sweep,
        {"matrix": MATRIX, "one": [1, 1, 1], "other": [1, 2, 3], "directions": "max", "method": "wsm", "way": "linear"},
    ),
    (mcda.region, {"criteria": ("a", "b"), "statements": ["a >= b"]}),
    (mcda.sample, {"criteria": ("a", "b"), "samples": 9, "seed": 0, "statements": ["a >= b"]}),
    (mcda.to_pymcdm, {"method": "spotis", "matrix": MATRIX}),
    (mcda.to_skcriteria, {"given": MATRIX, "weights": [1, 1, 1], "directions": "max"}),
]
NOTHING_TO_TELL = {"methods", "schemes", "normalisations"}
"""Functions that take nothing."""
CALLED = {
    ("impute", "name"): "imputation",
    ("from_skcriteria", "given"): "matrix",
    ("to_skcriteria", "given"): "matrix",
    ("read_rankings", "given"): "rankings",
    ("court_pairwise", "lambda_max"): "ratio",
    ("region", "statements"): "weights",
    ("sample", "statements"): "weights",
    ("smaa", "region"): "weights",
}
"""Arguments whose errors go by another name: of what they are statements about, or of what is found in them."""


def told(call: Callable[[], Any]) -> Any:
    """Return the answer, None where the input is refused: any other error fails the test."""
    with suppress(mcda.InputError):
        return call()
    return None


def finite(found: Any) -> bool:
    numbers = getattr(found, "score_array", getattr(found, "array", None))
    return not isinstance(numbers, np.ndarray) or bool(np.isfinite(numbers).all())


@pytest.mark.parametrize("number", range(len(ENTRIES)), ids=lambda k: f"{k}-{ENTRIES[k][0].__name__}")
def test_functions(number: int) -> None:
    function, usual = ENTRIES[number]
    of = set(inspect.signature(function).parameters)
    for name in usual:
        if name == "function" or (name not in of and "options" not in of):
            continue
        for make in WILD:
            assert finite(told(lambda: function(**{**usual, name: make()})))  # noqa: B023
        with pytest.raises(mcda.InputError, match=CALLED.get((function.__name__, name), name)):
            function(**{**usual, name: object()})


def test_every_public_function_is_tried_with_every_argument() -> None:
    tried: dict[str, set[str]] = {name: set() for name in NOTHING_TO_TELL}
    for function, usual in ENTRIES:
        tried.setdefault(function.__name__, set()).update(usual)
    public = {name: one for name in mcda.__all__ if inspect.isfunction(one := getattr(mcda, name))}
    assert not set(public) - set(tried)
    for name, one in public.items():
        takes = inspect.signature(one).parameters.values()
        assert not {p.name for p in takes if p.kind is not p.VAR_KEYWORD} - tried[name] - {"labels"}, name


def options() -> Iterator[tuple[str, str, str]]:
    for kind, entries in (("method", mcda.methods()), ("scheme", mcda.schemes()), ("scale", mcda.normalisations())):
        for name, entry in entries.items():
            for option in entry.options:
                yield kind, name, option


def ranked(name: Any, given: Any) -> Any:
    return mcda.rank(TABLE, [1, 1, 1], "max", name, **given)


def weighed(name: Any, given: Any) -> Any:
    return mcda.weigh(TABLE, "max", name, **given)


def normalised(name: Any, given: Any) -> Any:
    return mcda.normalise(TABLE, "max", name, **given)


CALLS: dict[str, Callable[[Any, Any], Any]] = {"method": ranked, "scheme": weighed, "scale": normalised}


@pytest.mark.parametrize("kind", ["method", "scheme", "scale"])
def test_options(kind: str) -> None:
    for of, name, option in options():
        if of != kind:
            continue
        for make in WILD:
            given: Any = {**NEEDED.get(name, {}), option: make()} if kind == "method" else {option: make()}
            assert finite(told(partial(CALLS[kind], name, given))), (name, option)


def test_a_set_has_no_order_and_dates_are_no_numbers() -> None:
    with pytest.raises(mcda.InputError, match="a set has no order"):
        mcda.rank([[1, 2], [2, 1]], [1, 1], {"max", "min"})
    dates = pd.DataFrame({"x": pd.date_range("2020", periods=2), "y": pd.date_range("2021", periods=2)})
    with pytest.raises(mcda.InputError, match="not a table of numbers"):
        mcda.rank(dates, [1, 1], "max")


def test_aroman_takes_no_negative_values() -> None:
    """The vector scaling keeps the sign, and the root of a sum below 0 is no number; sizes were taken before."""
    with pytest.raises(mcda.InputError, match="negative"):
        mcda.rank([[1, -2], [3, 4], [2, 1]], [1, 1], "max", "aroman")
