"""What is given by label is put into the matrix's order, whatever it is; what does not match is refused by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import saidao
from saidao import mcda

FRAME = pd.DataFrame(
    np.random.default_rng(0).uniform(1, 10, (5, 3)), columns=["cost", "time", "quality"], index=list("vwxyz")
)
MOVED = FRAME[["quality", "cost", "time"]]
DIRECTIONS = {"cost": "min", "time": "min", "quality": "max"}
WEIGHTS = pd.Series({"cost": 0.6, "time": 0.3, "quality": 0.1})
JUDGED = pd.DataFrame([[1, 3, 9], [1 / 3, 1, 3], [1 / 9, 1 / 3, 1]], list(FRAME), list(FRAME))
ORDERED = pd.DataFrame([[0.5, 1, 1], [0, 0.5, 1], [0, 0, 0.5]], list(FRAME), list(FRAME))
SPREAD = FRAME * 0 + [0.0, 0.0, 4.0]


def scores(matrix: pd.DataFrame, weights: Any, method: mcda.MethodName = "topsis", **options: Any) -> Any:
    return mcda.rank(matrix, weights, DIRECTIONS, method, **options).scores


@pytest.mark.parametrize(
    "weights",
    [
        WEIGHTS,
        WEIGHTS.iloc[::-1],
        WEIGHTS.to_dict(),
        mcda.weigh(FRAME, DIRECTIONS, "direct", weights=WEIGHTS),
        mcda.weigh(MOVED, DIRECTIONS, "direct", weights=WEIGHTS),
    ],
    ids=["series", "reversed", "mapping", "weights", "weights of columns in another order"],
)
def test_weights_go_by_label(weights: Any) -> None:
    expected = mcda.rank(FRAME.to_numpy(), [0.6, 0.3, 0.1], ["min", "min", "max"]).score_array
    for matrix in (FRAME, MOVED):
        found = mcda.rank(matrix, weights, DIRECTIONS)
        assert found.score_array == pytest.approx(expected)
        told = {row["criterion"]: row["weight"] for row in found.to_dict()["weights"]}
        assert told == pytest.approx(WEIGHTS.to_dict())
        assert [row["criterion"] for row in found.to_dict()["weights"]] == list(matrix.columns)
        near = mcda.stability(matrix, weights, DIRECTIONS)
        assert {i.criterion: i.weight for i in near.intervals} == pytest.approx(WEIGHTS.to_dict())
        d = mcda.dependence(matrix, weights, DIRECTIONS)
        assert dict(zip(d.criteria, d.weights, strict=True)) == pytest.approx(WEIGHTS.to_dict())
        assert mcda.rank_reversals(matrix, weights, DIRECTIONS) == mcda.rank_reversals(FRAME, WEIGHTS, DIRECTIONS)


def test_judgements_go_by_label() -> None:
    judgements: tuple[tuple[mcda.SchemeName, str, pd.DataFrame], ...]
    judgements = (("ahp", "pairwise", JUDGED), ("rancom", "comparisons", ORDERED))
    for scheme, name, table in judgements:
        own: dict[str, Any] = {name: table.to_numpy()}
        expected = mcda.weigh(FRAME, DIRECTIONS, scheme, **own).to_frame()["weight"]
        for given in (table, table.iloc[::-1], table[list(MOVED)], table.loc[list(MOVED), list(MOVED)]):
            own = {name: given}
            found = mcda.weigh(MOVED, DIRECTIONS, scheme, **own).to_frame()["weight"]
            assert [float(found[str(c)]) for c in FRAME] == pytest.approx(expected.tolist())
    low, high = (
        JUDGED.where(np.triu(np.ones((3, 3), dtype=bool))),
        (JUDGED * 1.5).where(np.triu(~np.eye(3, dtype=bool))),
    )
    expected_range = mcda.ahp_intervals(low.to_numpy(), high.to_numpy()).lower
    for given in (high, high.iloc[::-1], high.iloc[::-1, ::-1]):
        assert mcda.ahp_intervals(low, given).lower == pytest.approx(expected_range)
    group = {"ann": JUDGED, "bob": JUDGED.T.iloc[::-1, ::-1]}
    by_order = mcda.ahp_group([JUDGED.to_numpy(), JUDGED.T.to_numpy()], [1, 3]).array
    assert mcda.ahp_group(group, pd.Series({"bob": 3, "ann": 1})).array == pytest.approx(by_order)


def test_uncertain_scores_go_by_label() -> None:
    first = [
        mcda.smaa(FRAME, DIRECTIONS, "wsm", samples=300, low=FRAME - a, high=FRAME + b).first.tolist()
        for a, b in ((SPREAD, SPREAD), (SPREAD[list(MOVED)], SPREAD.iloc[::-1]))
    ]
    assert first[0] == first[1]
    spread = [
        mcda.smaa(FRAME, DIRECTIONS, "wsm", samples=300, spread=given).first.tolist()
        for given in (
            SPREAD,
            SPREAD[list(MOVED)].iloc[::-1],
            SPREAD.iloc[0].iloc[::-1],
            {"quality": 4, "cost": 0, "time": 0},
        )
    ]
    assert spread[0] == spread[1] == spread[2] == spread[3]
    by_row = FRAME * 0 + np.arange(5.0)[:, None]
    a, b = (mcda.smaa(FRAME, DIRECTIONS, "wsm", samples=300, spread=s).first.tolist() for s in (by_row, by_row[::-1]))
    assert a == b
    w = mcda.smaa(MOVED, DIRECTIONS, "wsm", weights=pd.DataFrame([WEIGHTS]))
    assert (
        w.acceptability_array.tolist()
        == mcda.smaa(FRAME, DIRECTIONS, "wsm", weights=[[6, 3, 1]]).acceptability_array.tolist()
    )


def test_reversals_take_options_by_label() -> None:
    bounds = {"quality": (0, 20), "time": (0, 30), "cost": (0, 40)}
    found = mcda.rank_reversals(FRAME, WEIGHTS, DIRECTIONS, "spotis", bounds=bounds)
    assert not any(r.undefined for r in found if r.test != "worse")
    assert found == mcda.rank_reversals(FRAME, WEIGHTS, DIRECTIONS, "spotis", bounds=[(0, 40), (0, 30), (0, 20)])


MISSPELT = WEIGHTS.rename({"quality": "qualty"})
TWICE = pd.Series([0.6, 0.3, 0.1, 0.2], ["cost", "time", "quality", "cost"])
REFUSED: dict[str, tuple[Callable[[], object], str, str]] = {
    "a weight misspelt": (lambda: scores(FRAME, MISSPELT), "labels", "'quality'.*'qualty'.*mean 'quality'"),
    "a weight twice": (lambda: scores(FRAME, TWICE), "labels_twice", "'cost'"),
    "weights of other criteria": (
        lambda: scores(FRAME, mcda.weigh(FRAME.rename(columns={"time": "date"}), "max", "equal")),
        "labels",
        "'date'",
    ),
    "a weight too many": (lambda: scores(FRAME, {**WEIGHTS, "more": 1}), "labels", "'more'"),
    "a column twice": (
        lambda: scores(FRAME[["cost", "cost", "time"]], WEIGHTS[["cost", "time"]]),
        "labels_twice",
        "cost",
    ),
    "named weights of an unnamed matrix": (
        lambda: mcda.rank(FRAME.to_numpy(), WEIGHTS, ["min", "min", "max"]),
        "labels",
        "cost",
    ),
    "a direction twice": (
        lambda: mcda.rank(FRAME, WEIGHTS, pd.Series(["max"] * 4, ["cost", "time", "quality", "cost"])),
        "labels_twice",
        "cost",
    ),
    "a direction too many": (lambda: mcda.rank(FRAME, WEIGHTS, {**DIRECTIONS, "zz": "max"}), "labels", "'zz'"),
    "a direction missing": (lambda: mcda.rank(FRAME, WEIGHTS, {"cost": "min"}), "labels", "'time', 'quality'"),
    "a pairwise label misspelt": (
        lambda: mcda.weigh(
            MOVED, DIRECTIONS, "ahp", pairwise=JUDGED.rename(index={"quality": "qualty"}, columns={"quality": "qualty"})
        ),
        "labels",
        "qualty.*mean 'quality'",
    ),
    "a pairwise row misspelt": (
        lambda: mcda.ahp(JUDGED.rename(index={"quality": "qualty"})),
        "labels",
        "columns against rows.*qualty",
    ),
    "comparisons of other criteria": (
        lambda: mcda.weigh(
            FRAME, DIRECTIONS, "rancom", comparisons=ORDERED.set_axis(list("abc")).set_axis(list("abc"), axis=1)
        ),
        "labels",
        "'a', 'b', 'c'",
    ),
    "judges of other criteria": (
        lambda: mcda.ahp_group([JUDGED, JUDGED.rename(index={"time": "date"}, columns={"time": "date"})]),
        "labels",
        "date",
    ),
    "a judge's weight misspelt": (lambda: mcda.ahp_group({"ann": JUDGED}, {"anne": 1}), "labels", "'anne'.*mean 'ann'"),
    "a range misspelt": (
        lambda: mcda.smaa(FRAME, DIRECTIONS, low=FRAME.rename(columns={"cost": "Cost"})),
        "labels",
        "low, columns.*mean 'cost'",
    ),
    "a range of other alternatives": (
        lambda: mcda.smaa(FRAME, DIRECTIONS, high=FRAME.rename(index={"v": "q"})),
        "labels",
        "high, rows.*'q'",
    ),
    "a range of fewer": (lambda: mcda.smaa(FRAME, DIRECTIONS, high=FRAME.iloc[1:]), "labels", "'v'"),
    "a deviation too many": (lambda: mcda.smaa(FRAME, DIRECTIONS, spread={**WEIGHTS, "zz": 1}), "labels", "'zz'"),
    "vectors of fewer": (
        lambda: mcda.smaa(FRAME, DIRECTIONS, weights=pd.DataFrame([WEIGHTS[:2]])),
        "labels",
        "quality",
    ),
    "vectors of more": (
        lambda: mcda.rank_many(FRAME, pd.DataFrame([{**WEIGHTS, "more": 1}]), DIRECTIONS),
        "labels",
        "'more'",
    ),
    "profiles misspelt": (
        lambda: mcda.rank(
            FRAME, WEIGHTS, DIRECTIONS, "electre_tri", profiles={"cost": [5], "time": [5], "qualty": [5]}
        ),
        "labels",
        "qualty",
    ),
    "names beside those of the matrix": (
        lambda: mcda.weigh(MOVED, DIRECTIONS, "entropy", criteria=list(FRAME)),
        "criteria",
        "another order",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_match_is_refused_by_name(name: str) -> None:
    call, code, message = REFUSED[name]
    with pytest.raises(mcda.InputError, match=message) as caught:
        call()
    assert caught.value.code == code


def test_what_only_counts_has_no_names() -> None:
    by_order = mcda.rank(FRAME, [0.6, 0.3, 0.1], DIRECTIONS).score_array
    unnamed = mcda.weigh(FRAME.to_numpy(), "max", "direct", weights=[0.6, 0.3, 0.1])
    assert mcda.rank(FRAME, unnamed, DIRECTIONS).score_array == pytest.approx(by_order)
    assert mcda.rank(FRAME, pd.Series([0.6, 0.3, 0.1]), DIRECTIONS).score_array == pytest.approx(by_order)
    counted = pd.DataFrame(JUDGED.to_numpy())
    assert mcda.weigh(FRAME, DIRECTIONS, "ahp", pairwise=counted).array == pytest.approx(mcda.ahp(JUDGED).array)
    years = FRAME.set_axis([2, 0, 1], axis=1)  # numbers that name
    found = mcda.rank(years, pd.Series([0.3, 0.1, 0.6]), ["min", "min", "max"])
    assert found.score_array == pytest.approx(by_order)


def test_a_case_takes_weights_by_factor_and_refuses_what_does_not_match() -> None:
    case = saidao.load_case("shanghai")
    factors = list(case.factor_ids)
    w = pd.Series(np.arange(1.0, len(factors) + 1), factors)
    expected = saidao.rank(case, dict(w)).score_array
    as_weights = mcda.Weights(tuple(factors[::-1]), w.to_numpy()[::-1] / w.sum(), "direct")
    for given in (w, w[::-1], as_weights):
        assert saidao.rank(case, given).score_array == pytest.approx(expected)
    for given in (w.rename({factors[0]: factors[0] + "x"}), pd.concat([w, w[:1]]), w[1:]):
        with pytest.raises(saidao.CaseError, match=factors[0]):
            saidao.rank(case, given)


def test_a_judge_without_a_weight_is_named() -> None:
    with pytest.raises(mcda.InputError, match=r"judge_weights|weights: found nothing for 'bob'"):
        mcda.ahp_tree({"goal": {"ann": JUDGED, "bob": JUDGED}}, {"ann": 1, "bobb": 2})


def test_what_is_masked_is_missing_and_what_is_complex_is_no_number() -> None:
    masked = np.ma.array([[1.0, 2], [3, 99], [2, 3]], mask=np.array([[0, 0], [0, 1], [0, 0]], dtype=bool))
    with pytest.raises(mcda.InputError, match=r"row 1, column 1.*nan"):
        mcda.rank(masked, [1, 1], "max")
    with pytest.raises(mcda.InputError, match="not a table of numbers"):
        mcda.rank(np.array([[1 + 2j, 2], [3, 1]]), [1, 1], "max")
