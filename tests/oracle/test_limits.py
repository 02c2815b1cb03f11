"""Options of a plan hold for everything that follows from it: the solver, constraints of one's own, a time limit."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

import saidao
from saidao.case.tables import Measure
from saidao.cli.commands import app
from saidao.errors import CaseError, Stopped
from saidao.optimize import Model, Solution, Solver, highs
from saidao.optimize.solve.proof.grow import Proof
from saidao.study.plan.sentences import proof
from tests.conftest import write_case

Question = Callable[..., Any]
CHANGES = {"lean": [("resources", "funds", "budget", "-20%")]}
QUESTIONS: dict[str, Question] = {
    "plan": lambda c, **o: saidao.plan(c, **o).to_dict(),
    "explain": lambda c, **o: saidao.explain(c, ["m1", "m3"], **o).to_dict(),
    "frontier": lambda c, **o: saidao.frontier(c, "funds", nested=True, **o).to_dict(),
    "variants": lambda c, **o: saidao.variants(c, number=1, **o).to_dict(),
    "sweep": lambda c, **o: saidao.sweep(c, weights=saidao.Joined("ahp", "entropy"), **o).to_dict(),
    "tipping": lambda c, **o: saidao.tipping(c, **o).to_dict(),
    "ask": lambda c, **o: saidao.ask(c, {"measured": 0.2}, **o).to_dict(),
    "acceptability": lambda c, **o: saidao.acceptability(c, samples=3, **o).to_dict(),
    "scenarios": lambda c, **o: saidao.scenarios(c, CHANGES, **o).to_dict(),
    "compare_plans": lambda c, **o: saidao.compare_plans(c, ["direct", "equal"], **o).to_dict(),
    "robust": lambda c, **o: saidao.plan(c, objective="robust", over=["direct", "equal"], **o).to_dict(),
}


def counting() -> tuple[Solver, list[int]]:
    """A solver of one's own, which says how many programs it was given."""
    asked: list[int] = []

    def solve(model: Model) -> Solution:
        asked.append(len(model.objective))
        return highs(model)

    return solve, asked


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_follows_a_plan_asks_its_solver(name: str, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = saidao.load_case(small)
    solver, asked = counting()
    saidao.plan(case, stance="even", solver=solver)
    alone = len(asked)
    found = QUESTIONS[name](case, stance="even", solver=solver)
    assert len(asked) > 2 * alone  # the plan itself, and what follows
    ours = QUESTIONS[name](case, stance="even")
    assert str(found)[:100] == str(ours)[:100]


def test_tipping_and_acceptability_by_another_solver_find_the_same(small: Path) -> None:
    case = saidao.load_case(small)
    solver, _ = counting()
    for question in ("tipping", "ask", "acceptability"):
        ours, theirs = (QUESTIONS[question](case, stance="even", **o) for o in ({}, {"solver": solver}))
        assert json.loads(json.dumps(theirs)).keys() == ours.keys()
    one, other = saidao.tipping(case, stance="even"), saidao.tipping(case, stance="even", solver=solver)
    for mine, theirs in zip(one.factors, other.factors, strict=True):
        assert theirs["low"] == pytest.approx(mine["low"], abs=1e-7)
        assert theirs["high"] == pytest.approx(mine["high"], abs=1e-7)


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_follows_a_plan_keeps_constraints_of_ones_own(name: str, small: Path) -> None:
    made: list[str] = []

    def little_of_m1(problem: Any) -> None:
        made.append(problem.name)
        levels = [v for v in problem.variables() if v.name.startswith("level") and "m1" in v.name]
        assert levels
        problem += sum(levels) <= 0.5, "little_of_m1"

    QUESTIONS[name](saidao.load_case(small), stance="even", amend=little_of_m1)
    assert made


def test_a_limit_and_a_solver_of_ones_own_are_not_taken_together(small: Path) -> None:
    with pytest.raises(CaseError, match="HiGHS"):
        saidao.plan(small, solver=counting()[0], time_limit=5)


WHOLE = (
    "measure,name_en,name_zh,dimension,stage,scope,kind,max_level\n"
    "m1,One,一,d1,s1,track,integer,3\nm2,Two,二,d1,s2,type,integer,2\nm3,Three,三,d2,s1,city,integer,1\n"
)


@pytest.fixture
def whole(small: Path) -> Path:
    return write_case(
        small,
        measures=WHOLE,
        rules="rule,kind,over,key,of,amount,share\n",
        scenarios="scenario,name_en,name_zh,table,row,column,change\nlean,Lean,省,resources,funds,budget,-20%\n",
    )


LIMITED = {
    "plan": (),
    "explain": (),
    "frontier": (),
    "variants": ("--number", "1"),
    "tipping": (),
    "gaps": (),
    "sweep": ("--weights", "ahp+entropy"),
    "ask": (),
    "acceptability": ("--samples", "5"),
    "scenarios": (),
    "compare": ("--plans",),
    "report": ("-o", "r.html"),
    "readings": (),
    "balance": (),
    "chains": (),
    "stages": (),
    "candidates": (),
    "uncertain": (),
    "settled": (),
    "replan": (),
    "brief": ("-o", "b.html"),
    "winners": (),
    "trust": (),
    "review": (),
    "forms": ("-o", "f.xlsx"),
}


@pytest.mark.parametrize("verb", LIMITED)
def test_every_verb_that_offers_a_time_limit_ends_with_4_at_it(
    verb: str, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if verb in ("readings", "chains", "balance", "stages", "candidates"):  # their tables are those of a larger case
        case = saidao.load_case("shanghai")
        rows = [row.model_copy(update={"kind": "integer"}) for row in case.rows(Measure)]
        whole = saidao.save_case(case.with_rows(measures=rows), tmp_path / "whole")
    if verb == "winners":  # of whole projects, one resource and votes
        whole = Path("wieliczka")
    done = CliRunner().invoke(app, [verb, str(whole), *LIMITED[verb], "--time-limit", "0"])
    assert done.exit_code == 4, done.output
    assert "Traceback" not in done.output
    assert done.stderr.strip()


@pytest.mark.parametrize("halted", [pytest.param(False, marks=pytest.mark.slow), True], ids=["proof", "plan"])
def test_a_proof_keeps_to_the_time_limit_and_says_so(
    halted: bool, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan is found in time, its proof is not; or the plan itself was stopped, so that no tree is grown at all."""
    plan = saidao.plan(whole, stance="even", time_limit=60.0)
    # as if the tree that every plan has were too large
    unproven = replace(plan.solved, stopped=halted, proof=Proof(stopped=halted))
    late = replace(plan, solved=unproven, prove=True)
    monkeypatch.setattr("saidao.study.plan.figures.time_to_prove", lambda solver: 0.0)
    proved = late.certificate
    assert (proved["exact"], proved["exact_reason"], proved["nodes"]) == (False, "stopped", None)
    assert (proved["case"]["exact"], proved["case"]["exact_reason"]) == (None, "stopped")
    assert "the time limit came first" in proof(late)[-1]
    assert "时限已到" in proof(late, "zh")[-1]


def test_all_verbs_with_a_time_limit_are_tried() -> None:
    from typer.main import get_command

    verbs = get_command(app).commands  # type: ignore[attr-defined]
    offered = {name for name, verb in verbs.items() if any("--time-limit" in p.opts for p in verb.params)}
    assert offered == set(LIMITED)


@pytest.mark.parametrize("name", ["tipping", "ask", "acceptability"])
def test_a_limit_that_comes_after_the_plan_ends_the_question(
    name: str, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock stands until the plan is made; then no time is left."""
    now = [0.0]
    monkeypatch.setattr("saidao.optimize.solve.solvers.time", SimpleNamespace(monotonic=lambda: now[0]))
    from saidao.study.plan.result import known_best

    def late(plan: Any) -> Any:
        now[0] = 1e9
        return known_best(plan)

    monkeypatch.setattr(f"saidao.questions.{name}.known_best", late)
    with pytest.raises(Stopped):
        QUESTIONS[name](saidao.load_case(whole), stance="even", time_limit=60.0)


@pytest.mark.slow
def test_what_was_counted_before_the_limit_is_shown(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("saidao.optimize.solve.solvers.time", SimpleNamespace(monotonic=lambda: now[0]))

    def told(done: int) -> None:
        now[0] = 1e9

    found = saidao.acceptability(whole, samples=12, stance="even", time_limit=60.0, progress=told)
    assert found.limited
    assert 0 < found.done < 12
    asked = saidao.ask(whole, {"measured": 0.2}, stance="even", time_limit=60.0, progress=told)
    assert asked.limited is (asked.done < asked.asked)


def test_no_measure_depends_on_the_weights_most_where_none_does(small: Path) -> None:
    found = saidao.acceptability(small, samples=5, region=["f >= 0.66", "f <= 0.67"])
    assert {row["acceptability"] for row in found.measures if row["in_plan"]} == {1.0}
    assert not any("depends on the weights most" in told for told in found.text())
