"""MPS and LP: HiGHS reads them back and finds the value of the plan."""

from __future__ import annotations

import subprocess
import warnings
from pathlib import Path

import highspy
import pulp
import pytest

import saidao
from saidao.formats.programme import planning_model
from tests.oracle.random_cases import write_random_case


def optimum(path: Path) -> float:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    assert solver.readModel(str(path)) == highspy.HighsStatus.kOk
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(solver.getInfo().objective_function_value)


@pytest.mark.parametrize("suffix", [".mps", ".lp"])
@pytest.mark.parametrize("seed", [None, 0, 1, *(pytest.param(n, marks=pytest.mark.slow) for n in range(2, 20))])
def test_solved_again_it_has_the_value_of_the_plan(seed: int | None, suffix: str, tmp_path: Path) -> None:
    case = saidao.load_case("shanghai")
    if seed is not None:
        write_random_case(tmp_path / "case", seed)
        case = saidao.load_case(tmp_path / "case")
    try:
        value = saidao.plan(case, objective="weighted").value
    except saidao.Infeasible:
        pytest.skip("no plan")
    path = saidao.export_case(case, tmp_path / f"plan{suffix}")
    assert optimum(path) == pytest.approx(value, rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("case", ["shanghai", "wieliczka"])
def test_another_solver_finds_the_same(case: str, tmp_path: Path) -> None:
    """CBC, as pulp brings it: it reads the sense of LP, and is told that of MPS."""
    value = saidao.plan(case).value
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of where the next release will bring it from
        cbc = pulp.PULP_CBC_CMD().path
    for suffix, told in ((".lp", []), (".mps", ["max"])):
        path = saidao.export_case(saidao.load_case(case), tmp_path / f"plan{suffix}")
        command = [cbc, str(path), *told, "solve", "solution", str(tmp_path / "found.txt")]
        assert subprocess.run(command, capture_output=True, timeout=60).returncode == 0
        head = (tmp_path / "found.txt").read_text().splitlines()[0]
        assert head.startswith("Optimal")
        assert abs(float(head.split()[-1])) == pytest.approx(value, rel=1e-6)


def test_names_of_any_language_are_told_apart(tmp_path: Path) -> None:
    case = saidao.load_case("shanghai")
    tracks = case.tracks.replace({"track": {"quantum": "量子"}})
    scores = case.scores.replace({"track": {"quantum": "量子"}})
    renamed = case.with_tables(tracks=tracks, scores=scores, panel=None, named_pairs=None, sources=None, scenarios=None)
    for suffix, mark in ((".mps", "*"), (".lp", "\\")):
        path = saidao.export_case(renamed, tmp_path / f"plan{suffix}")
        text = path.read_text("utf-8")
        (line, *_) = [line for line in text.splitlines() if "量子" in line]
        assert line.startswith(mark)
        assert "level[" in line
        assert optimum(path) == pytest.approx(saidao.plan(renamed).value)
    assert len(planning_model(renamed).objective) == len(saidao.plan(renamed).model.objective)
