"""Cases from tables in memory: what they hold, what is told of wrong ones, and that they are what files make."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import saidao
from tests.oracle.random_cases import write_random_case

SHANGHAI = saidao.load_case("shanghai")
SCORES = pd.DataFrame({"skills": [0.2, 0.9], "market": [4, 2]}, index=["Chips", "Drugs"])


def frames_of(case: saidao.Case) -> dict[str, Any]:
    """Return all that a case holds, as `Case.from_frames` takes it."""
    return {
        **{name: getattr(case, name) for name, table in case.tables.items() if table.rows},
        "judgements": {
            name: pd.DataFrame(one.matrix, index=one.labels, columns=one.labels)
            for name, one in case.judgements.items()
        },
        "settings": case.settings.model_dump(exclude_unset=True),
    }


def test_a_case_of_its_own_frames_is_the_same() -> None:
    made = saidao.Case.from_frames(**frames_of(SHANGHAI))
    assert made == SHANGHAI
    assert pickle.loads(pickle.dumps(made)) == made == copy.deepcopy(made)
    assert hash(made) == hash(SHANGHAI)
    assert made.warnings == ()
    assert saidao.plan(made).to_frame("allocation").equals(saidao.plan(SHANGHAI).to_frame("allocation"))


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 16))])
def test_random_cases_are_the_same_from_frames_and_from_files(seed: int, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    write_random_case(folder, seed)
    case = saidao.load_case(folder)
    made = saidao.Case.from_frames(**frames_of(case))
    assert made == case
    assert saidao.load_case(saidao.save_case(made, tmp_path / "case.xlsx")) == case


@given(
    st.lists(
        st.lists(
            st.floats(-1e12, 1e12).filter(lambda v: v == 0 or abs(v) >= 1e-12),
            min_size=2,
            max_size=2,
        ),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=20, deadline=None)
def test_numbers_stay_what_they_are(rows: list[list[float]]) -> None:
    frame = pd.DataFrame(rows, columns=["a", "b"], index=[f"t{n}" for n in range(len(rows))])
    case = saidao.Case.from_frames(frame)
    assert np.array_equal(case.scores_matrix, frame.to_numpy())
    assert case.scores["a"].dtype == float


def test_scores_alone_are_enough() -> None:
    case = saidao.Case.from_frames(SCORES)
    assert (case.track_ids, case.factor_ids) == (("Chips", "Drugs"), ("skills", "market"))
    assert saidao.rank(case, weights="equal", method="wsm").ranks["Drugs"] == 1
    same = saidao.Case.from_frames(SCORES.rename_axis("Track").reset_index(names="track"))
    assert same == case == saidao.Case.from_frames(SCORES.rename_axis("ID"))


def test_any_label_is_a_name_or_an_id() -> None:
    frame = pd.DataFrame({"R/D": [1, 2], "Market: size": [3, 1], "产值": [5, 6]}, index=["A/B", "新能源/储能"])
    case = saidao.Case.from_frames(frame)
    assert (case.track_ids, case.factor_ids) == (("a_b", "新能源_储能"), ("r_d", "market_size", "产值"))
    assert case.scores_matrix.tolist() == [[1.0, 3.0, 5.0], [2.0, 1.0, 6.0]]
    assert case.tracks[["name_en", "name_zh"]].to_numpy().tolist() == [["A/B", ""], ["", "新能源/储能"]]
    assert saidao.Case.from_frames(pd.DataFrame({2023: [1, 2]}, index=[7, 8])).factor_ids == ("2023",)


def test_columns_of_any_type() -> None:
    frame = pd.DataFrame(
        {
            "track": pd.Series(["a", "b"], dtype="category"),
            "whole": pd.array([1, None], dtype="Int64"),
            "text": pd.Series(["1,200", "３"], dtype="string"),
            "small": np.array([0.1, 0.2], dtype=np.float32),
        }
    )
    with pytest.raises(saidao.CaseError, match="scores, row 1, column whole: found nothing"):
        saidao.Case.from_frames(frame)
    case = saidao.Case.from_frames(frame.fillna({"whole": 2}))
    assert case.scores_matrix.tolist() == [[1.0, 1200.0, float(np.float32(0.1))], [2.0, 3.0, float(np.float32(0.2))]]
    dated = SHANGHAI.measures.assign(start=pd.Timestamp("2026-03-01"))
    assert SHANGHAI.with_tables(measures=dated).measures["start"][0] == "2026-03-01"


def test_one_judge_is_a_matrix() -> None:
    labels = ["skills", "market"]
    judged = pd.DataFrame([[1, 3], [np.nan, 1]], index=labels, columns=labels)
    case = saidao.Case.from_frames(SCORES, judgements=judged)
    assert saidao.weigh(case, "ahp").values.tolist() == pytest.approx([0.75, 0.25])
    bare = saidao.Case.from_frames(SCORES, judgements={"me": pd.DataFrame([[1, 3], [1 / 3, 1]], columns=labels)})
    assert saidao.weigh(bare, "ahp").values.tolist() == pytest.approx([0.75, 0.25])


def test_names_stand_for_ids_in_frames_too() -> None:
    names = dict(zip(SHANGHAI.measures["measure"], SHANGHAI.measures["name_zh"], strict=True))
    costs = SHANGHAI.costs.assign(measure=SHANGHAI.costs["measure"].map(names)).replace({"resource": {"funds": "资金"}})
    assert SHANGHAI.with_tables(costs=costs) == SHANGHAI


def test_keys_may_stand_in_the_index() -> None:
    costs = SHANGHAI.costs.drop(columns="period").set_index(["measure", "resource"])
    assert SHANGHAI.with_tables(costs=costs).with_tables(costs=costs.rename_axis([None, None])) == SHANGHAI


def test_records_and_columns_are_frames_too() -> None:
    records = SHANGHAI.resources.to_dict("records")
    assert SHANGHAI.with_tables(resources=records) == SHANGHAI
    assert SHANGHAI.with_tables(types=None).types.empty


def test_whole_numbers_are_ids_and_periods() -> None:
    case = SHANGHAI.with_tables(
        phases=None,
        settings={"periods": [2024, np.int64(2025)]},
        budgets=pd.DataFrame({"resource": ["funds"] * 2, "period": [2024, 2025.0], "amount": [1, 2]}),
    )
    assert case.settings.periods == ("2024", "2025")
    assert [(row.period, row.amount) for row in case.tables["budgets"].rows] == [("2024", 1.0), ("2025", 2.0)]  # type: ignore[attr-defined]


WRONG: dict[str, tuple[Callable[[], Any], str]] = {
    "a text among numbers": (
        lambda: saidao.Case.from_frames(SCORES.astype(object).assign(skills=[1, "x"])),
        "scores, row Drugs, column skills: found x",
    ),
    "a blank": (
        lambda: saidao.Case.from_frames(SCORES.assign(skills=[np.nan, 1])),
        "scores, row Chips, column skills: found nothing",
    ),
    "no end": (
        lambda: saidao.Case.from_frames(SCORES.assign(skills=[np.inf, 1])),
        "scores, row Chips, column skills: found inf",
    ),
    "a truth": (
        lambda: saidao.Case.from_frames(SCORES.assign(skills=[True, False])),
        "scores, row Chips, column skills: found TRUE",
    ),
    "no tracks": (lambda: saidao.Case.from_frames(SCORES.reset_index(drop=True)), "scores, column track: found "),
    "a track twice": (
        lambda: saidao.Case.from_frames(pd.concat([SCORES, SCORES])),
        "scores, row Chips, column track: found Chips; expected each track once (it stands in row Chips already)",
    ),
    "a row of no index": (
        lambda: SHANGHAI.with_tables(resources=SHANGHAI.resources.assign(budget=-1.0)),
        "resources, row 0, column budget: found -1",
    ),
    "an unknown measure": (
        lambda: SHANGHAI.with_tables(costs=[{"measure": "M99", "resource": "funds", "cost": 1}]),
        "costs, row 0, column measure: found M99",
    ),
    "a direction": (
        lambda: saidao.Case.from_frames(SCORES, factors={"factor": ["skills", "market"], "direction": ["max", "mx"]}),
        "factors, row 1, column direction: found mx",
    ),
    "no table": (lambda: saidao.Case.from_frames(SCORES, measure=SCORES), "measure: found measure; expected one of"),
    "no frame": (lambda: saidao.Case.from_frames(SCORES, costs=3), "costs: found "),
    "a setting": (lambda: SHANGHAI.with_tables(settings={"method": "topsy"}), "settings, column method: found topsy"),
    "no such row": (
        lambda: SHANGHAI.with_cell("costs", ("M09", "fund"), "cost", 1),
        "costs, column row: found M09/fund",
    ),
    "no such table": (lambda: SHANGHAI.with_cell("cost", "M09", "cost", 1), "table: found cost"),
    "no such column": (lambda: SHANGHAI.with_cell("costs", ("M09", "funds"), "price", 1), "costs, row M09/funds, "),
    "a cell below 0": (
        lambda: SHANGHAI.with_cell("resources", "funds", "budget", -1),
        "resources, row funds, column budget: found -1",
    ),
    "a cell that is no number": (
        lambda: SHANGHAI.with_cell("costs", ("M09", "funds"), "cost", "12 万元"),
        "costs, row M09/funds, column cost: found 12 万元",
    ),
    "an id that is not there": (
        lambda: SHANGHAI.with_cell("costs", ("M09", "funds"), "resource", "gold"),
        "costs, row M09/gold, column resource: found gold",
    ),
    "a cell of many rows": (lambda: SHANGHAI.with_cell("costs", "I05", "cost", 1), "costs, column row: found I05"),
    "a judgement": (
        lambda: SHANGHAI.with_cell("judgements/factors", "factor_conditions", "demand_conditions", 0),
        "judgements/factors, row factor_conditions, column demand_conditions: found 0",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_told_with_its_place(what: str) -> None:
    make, told = WRONG[what]
    with pytest.raises(saidao.CaseError) as caught:
        make()
    lines = caught.value.lines()
    assert any(line.startswith(told) for line in lines), lines
    assert all("{" not in line for line in caught.value.lines("zh"))


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(saidao.CaseError) as caught:
        saidao.Case.from_frames(
            SCORES.astype(object).assign(skills=["x", 1], market=[1, "y"]),
            resources={"resource": ["funds"], "budget": [-1]},
        )
    assert {(p.file, p.column) for p in caught.value.problems} >= {
        ("scores", "skills"),
        ("scores", "market"),
        ("resources", "budget"),
    }


def test_a_cell_changes_alone() -> None:
    case = SHANGHAI.with_cell("costs", ("M09", "funds"), "cost", 0.1 + 0.2)
    before, after = SHANGHAI.costs, case.costs
    changed = (before != after) & ~(before.isna() & after.isna())
    assert int(changed.to_numpy().sum()) == 1
    assert after.loc[changed["cost"], "cost"].tolist() == [0.1 + 0.2]
    assert (
        case.with_cell("costs", ("M09", "funds"), "cost", SHANGHAI.costs.loc[changed["cost"], "cost"].iloc[0])
        == SHANGHAI
    )
    assert SHANGHAI.with_cell("scores", "quantum", "market_competition", 1).scores_matrix.sum() == (
        SHANGHAI.scores_matrix.sum() + 1
    )
    assert SHANGHAI.with_cell("case", "", "method", "vikor").settings.method == "vikor"
    judged = SHANGHAI.with_cell("judgements/factors", "demand_conditions", "factor_conditions", 4)
    at = judged.judgements["factors"].labels.index
    assert judged.judgements["factors"].matrix[at("factor_conditions"), at("demand_conditions")] == 0.25
    assert SHANGHAI.with_cell("factors", "factor_conditions", "description", None).factors["description"][0] == ""


def test_a_matrix_of_pymcdm() -> None:
    import pymcdm

    matrix, weights, types = np.array([[250, 16, 12], [200, 16, 8], [300, 32, 16]]), [0.5, 0.3, 0.2], [-1, 1, 1]
    case = saidao.Case.from_matrix(matrix, weights, types)
    theirs = pymcdm.methods.TOPSIS(pymcdm.normalizations.vector_normalization)(
        matrix, np.array(weights), np.array(types)
    )
    assert saidao.rank(case, method="topsis").scores.to_numpy() == pytest.approx(theirs)
    frame = pd.DataFrame(matrix, index=["a", "b/c", "d"], columns=["price", "memory", "x:y"])
    named = saidao.Case.from_matrix(frame, pd.Series(weights[::-1], index=["x:y", "memory", "price"]), types)
    assert saidao.rank(named, method="topsis").scores.to_numpy() == pytest.approx(theirs)
    assert (named.track_ids, named.factor_ids) == (("a", "b_c", "d"), ("price", "memory", "x_y"))
    assert named.tracks["name_en"].tolist() == ["", "b/c", ""]
    with pytest.raises(saidao.CaseError, match="matrix, column weight: found 2; expected 3"):
        saidao.Case.from_matrix(matrix, weights[:2], types)


def test_a_matrix_of_scikit_criteria() -> None:
    skc = pytest.importorskip("skcriteria")
    matrix = skc.mkdm(
        [[1, 2], [3, 1], [2, 5]], ["min", "max"], weights=[2, 3], alternatives=["a", "b", "c"], criteria=["x", "y"]
    )
    case = saidao.Case.from_matrix(matrix)
    assert case.factors[["factor", "direction", "weight"]].to_numpy().tolist() == [["x", "min", 2.0], ["y", "max", 3.0]]
    assert np.array_equal(case.scores_matrix, matrix.matrix.to_numpy())
    assert saidao.weigh(case).values.tolist() == [0.4, 0.6]
