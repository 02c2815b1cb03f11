"""Missing scores: refused by default, or filled in by name and marked in every output."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import saidao
from saidao import mcda
from saidao.errors import CaseError
from tests.conftest import Run, write_case

NAN = np.nan
MATRIX = np.array([[1.0, 10, 5], [2, NAN, 5], [NAN, 40, 6], [8, 20, NAN]])
SIGNS = np.array([1.0, -1, 1])


def test_each_by_hand() -> None:
    assert mcda.impute(MATRIX, SIGNS, "mean")[[2, 1, 3], [0, 1, 2]] == pytest.approx([11 / 3, 70 / 3, 16 / 3])
    assert mcda.impute(MATRIX, SIGNS, "median")[[2, 1, 3], [0, 1, 2]] == pytest.approx([2, 20, 5])
    assert mcda.impute(MATRIX, SIGNS, "worst")[[2, 1, 3], [0, 1, 2]] == pytest.approx([1, 40, 5])


def test_neighbours_are_the_nearest_that_know() -> None:
    matrix = np.array([[0.0, 0, 1], [0.1, 0, 2], [0.2, 0, 3], [10, 10, 99], [0, 0, NAN]])
    assert mcda.impute(matrix, np.ones(3), "neighbours")[4, 2] == pytest.approx(2)


@pytest.mark.parametrize("name", list(mcda.IMPUTATIONS))
def test_what_is_known_stays_and_what_is_filled_in_lies_within(name: mcda.ImputationName) -> None:
    found = mcda.impute(MATRIX, SIGNS, name)
    known = ~np.isnan(MATRIX)
    assert (found[known] == MATRIX[known]).all()
    assert np.isfinite(found).all()
    assert (found >= np.nanmin(MATRIX, axis=0)).all()
    assert (found <= np.nanmax(MATRIX, axis=0)).all()
    whole = np.ones((2, 2))
    assert mcda.impute(whole, np.ones(2), name) is whole


def test_what_cannot_be_filled_in_is_told() -> None:
    with pytest.raises(mcda.InputError, match="no score at all"):
        mcda.impute(np.array([[NAN, 1], [NAN, 2]]), np.ones(2), "mean")
    with pytest.raises(mcda.InputError, match="median"):
        mcda.impute(MATRIX, SIGNS, "medain")  # type: ignore[arg-type]


BLANK = "track,f,g\na,1,\nb,5,5\nc,8,2\n"


def named(folder: Path, imputation: str) -> Path:
    toml = (folder / "case.toml").read_text("utf-8") if (folder / "case.toml").exists() else ""
    (folder / "case.toml").write_text(f'impute = "{imputation}"\n{toml}', encoding="utf-8")
    return folder


def test_a_blank_cell_is_refused_unless_an_imputation_is_named(small: Path) -> None:
    write_case(small, scores=BLANK)
    with pytest.raises(CaseError, match="impute"):
        saidao.load_case(small)
    case = saidao.load_case(named(small, "worst"))
    assert case.imputed == [{"track": "a", "factor": "g", "value": 5.0, "imputation": "worst"}]
    assert case.scores_matrix[0, 1] == 5.0


def test_a_factor_without_scores_and_a_name_that_does_not_exist(small: Path) -> None:
    write_case(small, scores="track,f,g\na,1,\nb,5,\nc,8,\n")
    with pytest.raises(CaseError, match="at least one score"):
        saidao.load_case(named(small, "mean"))
    write_case(small, scores=BLANK)
    with pytest.raises(CaseError, match="medain"):
        saidao.load_case(named(small, "medain"))


@pytest.mark.slow
def test_it_is_marked_through_to_every_output(small: Path, run: Run) -> None:
    write_case(small, scores=BLANK)
    named(small, "mean")
    for verb in (
        ["plan"],
        ["rank"],
        ["compare"],
        ["compare", "--plans"],
        ["robust", "--samples", "20"],
        ["sensitivity"],
        ["acceptability", "--samples", "5"],
        ["tipping"],
        ["variants", "--number", "1"],
        ["explain"],
        ["frontier", "--resource", "funds"],
    ):
        done = run(*verb, small, "--json")
        assert done.status == 0, (verb, done.err)
        assert json.loads(done.out)["imputed"][0]["track"] == "a", verb
        assert "filled in" in run(*verb, small).out, verb
    plan = saidao.plan(small)
    assert any(row["table"] == "scores" and row["kind"] == "assumption" for row in plan.inputs)
