"""The method court: given printed figures it finds the published method, or the misprint that stands between."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from saidao import mcda
from tests.conftest import Run
from tests.published import cases as published
from tests.published import test_field_cases as field
from tests.published.methods import METHODS

CASES = (*published.TOPSIS, *published.WSM, *published.VIKOR, *published.EDAS, *METHODS)
TRIED = {"normalisation", "lam"}
"""Options that the court has to find by itself, with v of VIKOR; thresholds, vetoes (v elsewhere) and profiles are
printed."""
SECONDS = 10.0


def before_court(case: Any) -> mcda.Court:
    tried = {*TRIED, *(["v"] if case.method == "vikor" else [])}
    known = {name: value for name, value in case.options.items() if name not in tried}
    printed: dict[str, Any] = {"ranks": case.ranks}
    if case.scores and case.times == 1:
        figures = [f"{score:.{case.digits}f}" for score in case.scores]
        if "to fewer digits" in case.note:
            for place in case.excused:
                figures[place] = repr(case.scores[place])
        printed = {"scores": figures}
    return mcda.court(case.matrix, case.directions, weights=case.weights, **printed, **known)


def resolved(case: Any) -> bool:
    """Whether the court names the published method, as a way to the figures or as that by which one is a misprint."""
    found = before_court(case)
    ways = [*found.found, *(misprint.verdict for misprint in found.misprints)]
    return any(way.method == case.method and way.weights.startswith("printed") for way in ways)


@pytest.mark.slow
def test_every_published_case_is_resolved_within_ten_seconds() -> None:
    done = []
    for case in CASES:
        if not case.scores and not case.ranks:
            continue
        start = time.process_time()
        done.append(resolved(case))
        assert time.process_time() - start < SECONDS, case.name
    assert all(done), f"{sum(done)} of {len(done)}"


GIVEN: dict[str, dict[str, str]] = {
    **{name: {} for name in ("ocra", "probid", "sprobid", "ram", "rsr", "gra", "lmaw", "aroman", "todim", "maut")},
    "rim": {"ranges": "ranges", "ideals": "ideals"},
    "ervd": {"reference": "reference"},
    "rafsi": {"ideal": "ideal", "anti_ideal": "anti_ideal"},
    "balanced_spotis": {"bounds": "bounds", "expected": "expected_point"},
    "comet": {"values": "characteristic_values"},
}
"""Printed cases of the field that rank a matrix, and what their texts give besides: options, by the case's names."""
SCORED = {"rsr": "rsr", "gra": "degree"}
"""What scores are called in a case, where not so."""


@pytest.mark.slow
@pytest.mark.parametrize("method", GIVEN)
def test_a_printed_case_of_the_field_is_resolved(method: mcda.MethodName) -> None:
    case = next(one for one in field.CASES if one["id"].startswith(field.METHODS[method]))
    given = case["input"]
    printed = case["expected"][SCORED.get(method, "score")]
    weights = given.get("weights", [1] * len(given["matrix"][0]))
    known = {name: given[key] for name, key in GIVEN[method].items()}
    start = time.process_time()
    found = mcda.court(given["matrix"], given.get("directions", "max"), scores=printed, weights=weights, **known)
    assert time.process_time() - start < SECONDS
    assert method in {way.method for way in [*found.found, *(misprint.verdict for misprint in found.misprints)]}


@pytest.mark.parametrize("case", [published.VIKOR[0]], ids=lambda case: str(case.method))
def test_a_published_case_is_resolved(case: Any) -> None:
    assert resolved(case)


MATRIX: list[list[float]] = [[250, 16, 12], [200, 16, 8], [300, 32, 16], [275, 32, 8]]
WAYS = ["min", "max", "max"]


def test_a_misprinted_cell_of_the_matrix_is_named_with_what_it_should_be() -> None:
    scores = mcda.rank(MATRIX, [2, 1, 1], WAYS, "topsis").score_array
    wrong = [list(row) for row in MATRIX]
    wrong[2][0] = 30.0
    found = mcda.court(wrong, WAYS, scores=[f"{s:.4f}" for s in scores], weights=[2, 1, 1])
    assert not found.found
    cells = [m for m in found.misprints if m.where == "matrix" and m.verdict.method == "topsis"]
    assert any((m.alternative, m.criterion) == (2, 0) and m.needed == pytest.approx(300, rel=0.01) for m in cells)


def test_weights_that_are_not_printed_are_found_among_the_schemes() -> None:
    w = mcda.weigh(MATRIX, WAYS, "entropy")
    scores = mcda.rank(MATRIX, w, WAYS, "topsis").score_array
    found = mcda.court(MATRIX, WAYS, scores=[f"{s:.5f}" for s in scores]).found
    assert {(way.weights, way.method, way.normalisation) for way in found} == {("entropy", "topsis", "vector")}


def test_weights_that_do_not_sum_to_1_may_have_been_taken_as_they_are() -> None:
    """A weighted sum by weights that sum to 0.99 is 0.99 times the one by shares."""
    weights = [0.5, 0.25, 0.24]
    z = mcda.normalise(MATRIX, WAYS, "minmax").array
    found = mcda.court(MATRIX, WAYS, scores=[f"{s:.5f}" for s in z @ weights], weights=weights).found
    assert {way.weights for way in found} == {"printed, unscaled"}
    assert "wsm" in {way.method for way in found}


def test_a_number_of_fewer_digits_may_be_printed_to_fewer() -> None:
    """1.2987 and 2.5191 are printed 1.3 and 2.52 among figures of three digits."""
    case = next(case for case in CASES if case.name == "logistics providers")
    found = mcda.court(case.matrix, case.directions, scores=case.scores, weights=case.weights).found
    assert [(way.method, way.options["lam"]) for way in found] == [("cocoso", 0.5)]


def test_a_consistency_ratio_tells_the_table_of_random_indices() -> None:
    table: list[list[float]] = [[1, 2, 5], [0.5, 1, 3], [0.2, 1 / 3, 1]]
    ratio = mcda.ahp(table, random_index="alonso_lamata").consistency_ratio
    found = mcda.court_pairwise(table, ratio=f"{ratio:.6f}").found
    assert {way.options["random_index"] for way in found} == {"alonso_lamata"}


def write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_a_printed_table_at_the_command_line(run: Run, tmp_path: Path) -> None:
    scores = [f"{s:.3f}" for s in mcda.rank(MATRIX, [2, 1, 1], WAYS, "topsis").score_array]
    cells = [",".join(str(x) for x in row) for row in MATRIX]
    rows = [f"{name},{row},{s}" for name, row, s in zip("ABCD", cells, scores, strict=True)]
    path = write(tmp_path / "p.csv", "方案,价格,速度,保修,贴近度", "权重,2,1,1,", "方向,负向,正向,正向,", *rows)
    found = json.loads(run("court", path, "--json").out)
    assert found["schema"] == "saidao/court/1"
    assert found["outcome"] == "found"
    assert {(way["method"], way["normalisation"]) for way in found["found"]} >= {("topsis", "vector")}
    assert "逐位一致" in run("court", path, "--lang", "zh").out
    english = run("court", path, "--direction", "价格=max")
    assert english.status == 0
    assert "come nearest" in english.out


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (("a,x,y", "A,1,2", "B,2,1"), "score or rank"),
        (("a,x,y,score", "A,1,2,0.3", "B,2,1,0.4"), "x"),
        (("a,x,y,score", "direction,max,min,", "A,1,?,0.3", "B,2,1,0.4"), "A / y"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(run: Run, tmp_path: Path, rows: tuple[str, ...], told: str) -> None:
    done = run("court", write(tmp_path / "p.csv", *rows))
    assert done.status == 2
    assert told in done.err


def test_a_pairwise_table(run: Run, tmp_path: Path) -> None:
    table = write(tmp_path / "p.csv", ",a,b,c,weight", "a,1,3,5,0.637", "b,1/3,1,3,0.258", "c,1/5,1/3,1,0.105")
    found = json.loads(run("court", table, "--ratio", "0.033", "--json").out)
    assert {way["options"]["random_index"] for way in found["found"]} >= {"saaty"}
