"""Re-planning: the figures pinned for a snapshot of the shipped case, and the laws on random cases.

The snapshot (tests/oracle/snapshot) stays as it is while the shipped case moves on; its figures were found by another
implementation. The laws: committed levels stay, no feasible plan lies above the curve, the best plan moves no more than
one made anew, and with everything that happened as it was hoped the optimum is that of the program with levels held.
"""

from __future__ import annotations

import csv
import json
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import saidao
from saidao.case.tables import Actual, Measure
from saidao.errors import Disproved
from saidao.optimize import Programme
from saidao.optimize.after.commitments import Facts, remaining
from saidao.optimize.after.prices.reoptimisation import Again
from saidao.questions.replan import Replan
from tests.conftest import in_process
from tests.oracle.random_cases import write_random_case

SNAPSHOT = Path(__file__).parent / "snapshot"
APPROVED = SNAPSHOT / "approved.csv"
MONEY = 0.011
"""The figures' last digit, of money; of values the one of `VALUE`."""
VALUE = 1.1e-6


@pytest.fixture(scope="module")
def case() -> saidao.Case:
    return saidao.load_case(SNAPSHOT / "case")


def half_committed(achieved: dict[str, float] | None = None) -> list[Actual]:
    rows = csv.DictReader(APPROVED.read_text("utf-8").splitlines())
    return [
        Actual(
            measure=row["measure"],
            target=row["target"],
            committed=float(row["level"]) / 2,
            achieved=(achieved or {}).get(row["measure"]),
        )
        for row in rows
    ]


def ends(found: Replan) -> tuple[float, float, float, float, int]:
    first, last = found.points[0], found.points[-1]
    return first["moved"], first["value"], last["moved"], last["value"], len(found.points)


@pytest.mark.parametrize(
    ("funds", "nine", "pinned"),
    [
        (2475, 63.50, (25, 2.813613, 100.01, 2.815295, 15)),
        (2250, 459.02, (250, 2.688778, 514.77, 2.707311, 13)),
        (2625, 142.54, (0, 2.826591, 341.62, 2.881455, 16)),
    ],
)
def test_another_budget(
    case: saidao.Case, funds: float, nine: float, pinned: tuple[float, float, float, float, int]
) -> None:
    found = saidao.replan(case, APPROVED, budgets={"funds": funds})
    same(ends(found), pinned)
    assert found.choices[1]["moved"] == pytest.approx(nine, abs=MONEY)
    assert found.kind == "adjustment"
    assert found.curve.gap < 1e-9
    assert found.certificate["gap"] < 1e-9


def same(found: tuple[float, ...], pinned: tuple[float, ...]) -> None:
    for one, other, room in zip(found, pinned, (MONEY, VALUE, MONEY, VALUE, 0), strict=True):
        assert one == pytest.approx(other, abs=room)


@pytest.mark.parametrize(
    ("funds", "achieved", "outlook", "pinned"),
    [
        (2250.0, None, "achieved", (250, 2.682814, 486.00, 2.700218, 16)),
        (None, {"M09": 0.0}, "expected", (0, 2.639367, 129.29, 2.671983, 11)),
        (None, {"M09": 0.0}, "achieved", (0, 2.452144, 531.90, 2.657219, 17)),
    ],
)
def test_half_is_committed(
    case: saidao.Case,
    funds: float | None,
    achieved: dict[str, float] | None,
    outlook: Any,
    pinned: tuple[float, float, float, float, int],
) -> None:
    under_way = case.with_rows(actuals=half_committed(achieved))
    budgets = {} if funds is None else {"funds": funds}
    found = saidao.replan(under_way, APPROVED, budgets=budgets, outlook=outlook)
    same(ends(found), pinned)
    assert all(row["level"] >= row["committed"] - 1e-12 for row in found.allocation)


def test_a_new_track(case: saidao.Case) -> None:
    found = saidao.replan(saidao.admit(case, ["service_robots"]), APPROVED)
    same(ends(found), (0, 2.858125, 632.75, 2.957812, 21))
    assert found.kind == "virement"


def test_a_choice_on_the_curve(case: saidao.Case) -> None:
    found = saidao.replan(case, APPROVED, budgets={"funds": 2475}, move=40)
    assert found.plan.value == pytest.approx(2.814824, abs=VALUE)
    assert found.moved <= 40 + 1e-9
    kept = saidao.replan(case, APPROVED, budgets={"funds": 2475}, keep=found.plan.value / found.best)
    assert kept.moved == pytest.approx(found.moved, abs=1e-4)
    assert found.plan.value == pytest.approx(found.curve.at(40), rel=1e-9)


@pytest.mark.parametrize(
    "asked",
    [
        {"move": 450.0},
        pytest.param({}, marks=pytest.mark.slow),
        pytest.param({"keep": 0.99}, marks=pytest.mark.slow),
        pytest.param({"of": "all", "move": 0.4}, marks=pytest.mark.slow),
    ],
    ids=lambda asked: "-".join(asked) or "best",
)
def test_fractions_prove_the_plan_under_way(case: saidao.Case, asked: dict[str, Any]) -> None:
    """Its program is stated once more from the tables, with what is bound and what moves."""
    under_way = case.with_rows(actuals=half_committed({"M09": 0.0}))
    found = saidao.replan(under_way, APPROVED, budgets={"funds": 2250.0}, certify="exact", **asked)
    proof = found.to_dict()["certificate"]
    assert (proof["exact"], proof["exact_reason"], proof["exact_gap"]) == (True, None, 0.0)
    assert (proof["case"]["exact"], proof["case"]["exact_reason"]) == (True, None)
    assert proof["case"]["checked"] > 250
    for lang, told in (
        ("en", "no plan does better what was asked of this one"),
        ("zh", "就所问目标而言，不存在更好的方案"),
    ):
        assert any(told in line for line in found.notes(lang))


def test_where_no_proof_is_asked_for_a_plan_under_way_has_none(case: saidao.Case) -> None:
    proof = saidao.replan(case, APPROVED, budgets={"funds": 2475.0}).certificate
    assert (proof["exact"], proof["case"]["exact"], proof["case"]["exact_reason"]) == (None, None, None)
    assert proof["case"]["checked"] > 250


@pytest.mark.parametrize("asked", [{}, {"move": 600.0}])
def test_a_plan_under_way_that_is_not_the_best_of_its_case_is_denied(
    case: saidao.Case, asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where what is left to choose is built with less than the tables give, figures hold and fractions deny it."""

    def with_less(programme: Programme, facts: Facts) -> Programme:
        made = remaining(programme, facts)
        return replace(made, level_max=made.level_max * 0.5, segment_width=made.segment_width * 0.5)

    under_way = case.with_rows(actuals=half_committed())
    monkeypatch.setattr("saidao.optimize.after.replan.remaining", with_less)
    assert not saidao.replan(under_way, APPROVED, **asked).recounted.disagreements
    with pytest.raises(Disproved):
        saidao.replan(under_way, APPROVED, certify="exact", **asked)


def test_a_large_curve_is_coarse_within_what_it_says(case: saidao.Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """With fewer corners, none of them off the curve, which lies above by no more than is told; nine tenths exactly."""
    exact = saidao.replan(case, APPROVED, budgets={"funds": 2625})
    monkeypatch.setattr("saidao.optimize.after.replan.LARGE", 0)
    monkeypatch.setattr("saidao.optimize.after.replan.COARSE", 0.02)
    coarse = saidao.replan(case, APPROVED, budgets={"funds": 2625})
    assert len(coarse.points) < len(exact.points)
    assert coarse.choices[1]["moved"] == pytest.approx(exact.choices[1]["moved"], rel=1e-9)
    for point in coarse.points:
        assert point["value"] == pytest.approx(exact.curve.at(point["moved"]), rel=1e-9)
    room = 0.02 * (exact.points[-1]["value"] - exact.points[0]["value"])
    off = [point["value"] - coarse.curve.at(point["moved"]) for point in exact.points]
    assert 0.01 * room < max(off) <= room
    assert max(off) <= coarse.certificate["curve_gap"] * exact.best * (1 + 1e-9)
    assert coarse.to_dict()["curve_coarse"] == 0.02
    assert not coarse.to_dict()["curve_exact"]
    assert any("2.0% of its range" in line for line in coarse.notes())


@pytest.mark.slow
def test_whole_units(case: saidao.Case) -> None:
    rows = [row.model_copy(update={"kind": "integer"}) for row in case.rows(Measure)]
    whole, approved = case.with_rows(measures=rows), SNAPSHOT / "approved_whole.csv"
    found = saidao.replan(whole, approved, budgets={"funds": 2250}, certify="exact")
    proof = found.certificate
    assert (proof["exact"], proof["case"]["exact"]) == (True, True)
    assert proof["nodes"] is None or 0 <= proof["gap"] < 1e-8
    assert any(("branches" if proof["nodes"] else "solver's word") in line for line in found.notes())
    pinned = [(225, 2.582630), (240, 2.641015), (315, 2.647911), (420, 2.652384), (435, 2.653032)]
    pinned += [(480, 2.656346), (735, 2.660846)]
    assert [point["moved"] for point in found.points] == pytest.approx([moved for moved, _ in pinned], abs=1e-6)
    assert [point["value"] for point in found.points] == pytest.approx([value for _, value in pinned], abs=VALUE)


def test_nothing_changed(case: saidao.Case) -> None:
    found = saidao.replan(case, saidao.plan(case))
    assert len(found.points) == 1
    assert found.points[0]["moved"] == pytest.approx(0, abs=1e-9)
    assert found.kind == "none"
    assert not found.moves


def below(found: Replan, number: int, seed: int) -> None:
    """Random plans, from vertices of random objectives and what lies between them, never lie above the curve."""
    planning, rng = found.planning, np.random.default_rng(seed)
    ask = Again(planning.measured, planning.solver)
    worth = np.append(planning.value, np.zeros(len(planning.measured.objective) - planning.columns.number))
    move, _ = planning.movement(planning.counted)
    vertices = []
    for _ in range(max(number // 20, 4)):
        noise = rng.normal(size=len(worth)) * np.abs(worth).max() * rng.choice([0.0, 0.1, 1.0])
        price = rng.exponential(1e-2) * np.abs(worth).max() / max(np.abs(move).max(), 1e-12)
        vertices.append(ask(objective=worth - price * move + noise).x[: planning.columns.number])
    for _ in range(number):
        x = rng.dirichlet(np.full(3, 0.5)) @ np.array([vertices[i] for i in rng.integers(len(vertices), size=3)])
        moved, value = planning.counted_move(x), float(planning.value @ x)
        first, last = found.curve.points[0], found.curve.points[-1]
        assert moved >= first.moved - 1e-6
        assert value <= found.curve.at(min(max(moved, first.moved), last.moved)) + 1e-8 * abs(last.value)


def test_no_plan_lies_above_the_curve(case: saidao.Case) -> None:
    below(saidao.replan(case, APPROVED, budgets={"funds": 2250}), 300, 1)


@pytest.mark.slow
def test_ten_thousand_plans_lie_below_the_curve(case: saidao.Case) -> None:
    below(saidao.replan(case, APPROVED, budgets={"funds": 2475}), 10_000, 2)


# --- random cases -----------------------------------------------------------------------------------------------------

SHAPES: list[dict[str, Any]] = [
    {},
    {"segments": True},
    {"periods": 3},
    {"segments": True, "periods": 2},
    {"periods": 2, "relations": False, "rules": False},
]


def shaken(folder: Path, seed: int, **shape: Any) -> tuple[saidao.Case, saidao.Plan, list[Actual]]:
    """Write a random case with half of its plan committed, in part more or less."""
    write_random_case(folder, seed, **shape)
    case = saidao.load_case(folder)
    plan, rng = saidao.plan(case), np.random.default_rng(seed)
    rows = [
        Actual(
            measure=row["measure"],
            target=row["target"],
            period=row["period"] if case.settings.periods or case.rows(saidao.case.tables.Budget) else "",
            committed=float(row["level"] * rng.choice([0.25, 0.5, 0.75])),
        )
        for row in plan.allocation
    ]
    return case, plan, rows


def seeds(quick: int, slow: int) -> list[Any]:
    return [*range(quick), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(quick, slow))]


@pytest.mark.parametrize("seed", seeds(2, 60))
@pytest.mark.parametrize("shape", SHAPES, ids=["plain", "segments", "periods", "both", "unruled"])
def test_random_cases_keep_the_laws(seed: int, shape: dict[str, Any], tmp_path: Path) -> None:
    case, plan, rows = shaken(tmp_path / "case", seed, **shape)
    resource = case.rows(saidao.case.tables.Resource)[0].resource
    whole = sum(row["budget"] for row in plan.resources if row["resource"] == resource)
    try:
        found = saidao.replan(case.with_rows(actuals=rows), plan, budgets={resource: 0.97 * whole}, outlook="expected")
    except saidao.Infeasible:
        return  # a floor, or what is bound, leaves no room for a cut
    assert found.points[-1]["moved"] <= found.afresh + 1e-6 * max(whole, 1.0)
    slopes = [
        (after["value"] - one["value"]) / (after["moved"] - one["moved"]) for one, after in pairwise(found.points)
    ]
    assert all(s > 0 for s in slopes)
    assert all(after < one for one, after in pairwise(slopes))
    for row in found.allocation:
        assert row["level"] >= row["committed"] - 1e-9
    if found.curve.is_stair:
        return  # segments in order under decay are switches: only both ends are exact, as is said
    for one, after in pairwise(found.points):
        middle = found.planning.moving((one["moved"] + after["moved"]) / 2)
        assert middle.value == pytest.approx((one["value"] + after["value"]) / 2, rel=1e-7, abs=1e-9)
    below(found, 60, seed)

    # everything went as hoped: the same as a plan whose levels are held from below
    def held(problem: Any) -> None:
        names = {v.name: v for v in problem.variables()}
        for row in rows:
            parts = [
                v
                for name, v in names.items()
                if name.startswith("level_") and matches(name, row, len(found.planning.programme.periods) > 1)
            ]
            problem.addConstraint(
                sum(parts) >= (row.committed or 0.0) * (1 - 1e-12), f"held_{row.measure}_{row.target}_{row.period}"
            )

    if not any(len(s) > 1 for s in plan.solved.programme.segments_of) or len(found.planning.programme.periods) == 1:
        again = saidao.plan(case, budgets={resource: 0.97 * whole}, amend=held)
        assert found.best == pytest.approx(again.value, rel=1e-7, abs=1e-9)


def matches(name: str, row: Actual, dated: bool) -> bool:
    place = [row.measure] if row.target == "*" else [row.measure, row.target]
    parts = name.removeprefix("level_").rstrip("_").split("__")
    if dated and parts.pop() != row.period:
        return False
    return [part for part in parts if not part.startswith("part_")] == place


# --- by hand ----------------------------------------------------------------------------------------------------------


def tiny(folder: Path, toml: str = "", **tables: str) -> Path:
    """Two tracks with a gap of 1; m closes 0.1 of it a unit, up to 5 units a track, for 10 of funds."""
    folder.mkdir(exist_ok=True)
    files = {
        "tracks": "track\na\nb\n",
        "factors": "factor,direction,worst,target,weight\nf,max,0,1,1\n",
        "scores": "track,f\na,0\nb,0\n",
        "resources": "resource,unit,budget\nfunds,u,60\n",
        "measures": "measure,scope,max_level\nm,track,5\nn,track,5\n",
        "costs": "measure,resource,cost\nm,funds,10\nn,funds,10\n",
        "effects": "measure,track,factor,effect\nm,a,f,0.1\nm,b,f,0.08\nn,b,f,0.05\n",
        **tables,
    }
    (folder / "case.toml").write_text(f'weights = "direct"\nmethod = "wsm"\nstance = "even"\n{toml}', encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_what_was_achieved_counts_by_hand(tmp_path: Path) -> None:
    """Of m at a 2 of 4 committed units took effect: 0.2 is closed, a further unit closes 0.05 there, 0.08 at b."""
    folder = tiny(tmp_path / "c", actuals="measure,target,committed,achieved\nm,a,4,2\n")
    found = saidao.replan(folder)
    assert found.best == pytest.approx(0.2 + 2 * 0.08)
    # approved were 5 units at a and 1 at b: one unit goes from a to b, and counts twice
    assert [point["moved"] for point in found.points] == pytest.approx([0, 20])
    assert found.points[0]["value"] == pytest.approx(0.2 + 0.05 + 0.08)
    hoped = saidao.replan(folder, outlook="expected")
    assert hoped.best == pytest.approx(0.2 + 0.1 + 0.08)
    assert len(hoped.points) == 1
    # k ~ N(1, 0.3^2), 2 of 4: H = 1 / 0.09 + 4 / 0.04, k' = (1 / 0.09 + 2 / 0.04) / H = 0.55; n at b is better then
    learned = saidao.replan(folder, outlook="updated")
    assert learned.best == pytest.approx(0.2 + 0.55 * 0.1 + 0.05)
    assert found.progress[0]["off_share"] == pytest.approx(0.2 / 2)


def test_a_cell_that_was_measured_counts_by_hand(tmp_path: Path) -> None:
    """0.3 was measured at a, for 4 units of which 0.4 was hoped: a further unit closes 0.075."""
    folder = tiny(tmp_path / "c", actuals="measure,target,committed,track,factor,achieved\nm,a,4,a,f,0.3\n")
    found = saidao.replan(folder)
    assert found.best == pytest.approx(0.3 + 2 * 0.08)
    assert found.points[0]["value"] == pytest.approx(0.3 + 0.075 + 0.08)


def test_a_result_that_closed_its_gap_says_only_at_least(tmp_path: Path) -> None:
    """4 of 4 units at a closed its whole gap of 0.4: they may have been able to more: m is worth more."""
    tables = {"scores": "track,f\na,0.6\nb,0\n", "actuals": "measure,target,committed,achieved\nm,a,4,4\n"}
    folder = tiny(tmp_path / "c", **tables)
    factor = saidao.review(folder).learnt[0]
    assert factor["capped"]
    assert factor["factor"] > 1.01
    found = saidao.replan(folder, outlook="updated")
    assert found.best == pytest.approx(0.4 + 2 * 0.08 * factor["factor"])


def test_a_cell_alone_counts(tmp_path: Path) -> None:
    """Nothing is said of levels, but 0.3 was measured at a: it is closed, whatever is chosen beyond it."""
    folder = tiny(tmp_path / "c", actuals="measure,target,track,factor,achieved\nm,a,a,f,0.3\n")
    assert saidao.replan(folder).best == pytest.approx(0.3 + 0.5 + 0.08)


def test_spent_money_stays_spent_by_hand(tmp_path: Path) -> None:
    """4 units took 55, not 40: of 60 there are 5 left, half a unit."""
    folder = tiny(tmp_path / "c", actuals="measure,target,committed,resource,spent\nm,a,4,funds,55\n")
    found = saidao.replan(folder)
    assert found.best == pytest.approx(0.4 + 0.05)
    assert sum(row["used"] for row in found.resources) == pytest.approx(60)
    # approved were 50 and 10: at a 55 + 5, at b nothing
    assert found.points[-1]["moved"] == pytest.approx(10 + 10)


def test_segments_go_on_where_what_is_committed_ends(tmp_path: Path) -> None:
    """Two units close 0.2 each, further ones 0.05: with 1.5 committed half a good one is left."""
    effects = "measure,track,factor,effect,up_to\nm,a,f,0.2,2\nm,a,f,0.05,\nn,b,f,0.04,\n"
    folder = tiny(
        tmp_path / "c",
        effects=effects,
        resources="resource,unit,budget\nfunds,u,30\n",
        actuals="measure,target,committed\nm,a,1.5\n",
    )
    found = saidao.replan(folder)
    assert found.best == pytest.approx(2 * 0.2 + 1 * 0.05)
    assert found.allocation[0]["level"] == pytest.approx(3)


def test_periods_that_are_over_are_facts(tmp_path: Path) -> None:
    """Of 20 in 2027 only 5 were spent, and half of what is left is carried: 20 + 7.5 in 2028."""
    folder = tiny(
        tmp_path / "c",
        'periods = ["2027", "2028"]\n',
        resources="resource,unit,carry\nfunds,u,0.5\n",
        budgets="resource,period,amount\nfunds,2027,20\nfunds,2028,20\n",
        actuals="measure,target,period,committed,date\nm,a,2027,0.25,2027-06-30\nm,a,2027,0.5,2027-12-31\n",
    )
    found = saidao.replan(folder, at="2028")
    assert found.best == pytest.approx(0.1 * (0.5 + 2.75))
    assert {(row["period"], round(row["level"], 9)) for row in found.allocation} == {("2027", 0.5), ("2028", 2.75)}
    open_again = saidao.replan(folder)
    assert open_again.best == pytest.approx(0.1 * 4)
    assert [row["time_share"] for row in found.progress if row["date"]] == [1.0]


def test_a_period_that_is_over_keeps_what_no_kind_would_allow(tmp_path: Path) -> None:
    """m is nothing or at least 2 units a period, n runs no further than m; one unit of each is done."""
    folder = tiny(
        tmp_path / "c",
        'periods = ["2027", "2028"]\n',
        resources="resource,unit,carry\nfunds,u,0\n",
        budgets="resource,period,amount\nfunds,2027,30\nfunds,2028,10\n",
        measures="measure,scope,kind,max_level,min_level\nm,track,semi,5,2\nn,track,continuous,5,\n",
        effects="measure,track,factor,effect\nm,b,f,0.1\nn,b,f,0.05\n",
        rules="rule,kind,over,key,of\nafter,requires,measure,n,m\n",
        actuals="measure,target,period,committed\nm,b,2027,1\nn,b,2027,1\n",
    )
    plan = {"allocation": [], "resources": [{"resource": "funds", "budget": 40.0}]}
    found = saidao.replan(folder, plan, at="2028")
    # m in 2028 would be 2 units and cost 20, and n may not run ahead of it: 2028 has nothing to buy
    assert {(row["measure"], row["period"]): row["level"] for row in found.allocation} == {
        ("m", "2027"): 1.0,
        ("n", "2027"): 1.0,
    }


def test_what_falls_due_later_is_bound_with_its_beginning(tmp_path: Path) -> None:
    """m begins in 2027 and pays 6 a unit then, 4 in 2028: 3 committed units leave 30 - 18 and 30 - 12."""
    tables = {
        "resources": "resource,unit,carry\nfunds,u,0\n",
        "budgets": "resource,period,amount\nfunds,2027,30\nfunds,2028,30\n",
        "measures": "measure,scope,max_level,begins\nm,track,5,2027\nn,track,5,\n",
        "costs": "measure,resource,cost,period\nm,funds,6,2027\nm,funds,4,2028\nn,funds,10,\n",
    }
    folder = tiny(tmp_path / "c", 'periods = ["2027", "2028"]\n', **tables)
    # approved: m at a 5 units, which use up 2027 and 20 of 2028; n at b 1 unit in 2028
    approved = saidao.plan(folder)
    assert [(row["measure"], row["level"]) for row in approved.allocation] == [("m", 5.0), ("n", 1.0)]
    same_again = saidao.replan(folder, approved)
    assert [point["moved"] for point in same_again.points] == [pytest.approx(0.0)]
    assert not same_again.moves
    under_way = tiny(
        tmp_path / "d",
        'periods = ["2027", "2028"]\n',
        **tables,
        actuals="measure,target,period,committed\nm,a,2027,3\n",
    )
    found = saidao.replan(under_way, approved, at="2028")
    # of 2028 is left 30 - 12: n 1.8 units; it has 8 more than was approved, and m 20 less
    assert found.best == pytest.approx(0.3 + 1.8 * 0.05)
    assert [point["moved"] for point in found.points] == pytest.approx([20, 28])
    assert {row["period"]: row["used"] for row in found.resources} == pytest.approx({"2027": 18, "2028": 30})
    bad = tmp_path / "bad.csv"
    bad.write_text("measure,target,period,committed\nm,a,2028,3\n", encoding="utf-8")
    done = in_process("replan", under_way, "--actuals", bad)
    assert done.status == 2
    assert "2027, the period in which the measure begins" in done.err


def test_a_track_that_is_gone_counts_its_money(tmp_path: Path) -> None:
    plan = saidao.plan(tiny(tmp_path / "c"))
    folder = tiny(
        tmp_path / "d",
        tracks="track\na\n",
        scores="track,f\na,0\n",
        effects="measure,track,factor,effect\nm,a,f,0.1\n",
        measures="measure,scope,max_level\nm,track,5\n",
        costs="measure,resource,cost\nm,funds,10\n",
    )
    found = saidao.replan(folder, plan)
    assert [point["moved"] for point in found.points] == pytest.approx([10])
    assert found.moves[0]["change"] == pytest.approx(-10)
    levels = tmp_path / "levels.csv"
    levels.write_text("measure,target,level\nm,a,5\nm,b,1\n", encoding="utf-8")
    assert saidao.replan(folder, levels).points[0]["moved"] == pytest.approx(10)


def test_more_is_bound_than_there_is(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "c", actuals="measure,target,committed\nm,a,5\nm,b,1\n")
    done = in_process("replan", folder, "--budget", "funds=50")
    assert done.status == 3
    assert "60 u is bound already, the budget of funds is 50 u" in done.err
    assert "已承诺 60 u" in in_process("replan", folder, "--budget", "funds=50", "--lang", "zh").err
    capped = tiny(
        tmp_path / "d",
        actuals="measure,target,committed\nm,b,1\n",
        rules="rule,kind,over,key,of,amount\nr,cap,track,b,funds,5\n",
    )
    assert "10 u is bound already" in in_process("replan", capped).err


@pytest.mark.parametrize("verb", ["replan", "review"])
def test_all_that_is_wrong_with_reports_is_told_at_once(verb: str, tmp_path: Path) -> None:
    """Numbers that are none and ids that are unknown, in the order of the rows; no id twice, and none of a bad row."""
    folder = tiny(tmp_path / "c")
    file = tmp_path / "reports.csv"
    file.write_text("measure,target,committed\nm,a,many\nx,a,1\nm,b,-1\nm,z,1\n", encoding="utf-8")
    done = in_process(verb, folder, "--actuals", file)
    assert done.status == 2
    told = [line.strip() for line in done.err.splitlines() if "reports.csv" in line]
    expected = ["row 2, column committed", "row 3, column measure", "row 4, column committed", "row 5, column target"]
    assert len(told) == len(expected), done.err
    assert all(part in line for part, line in zip(expected, told, strict=True)), done.err


def test_wrong_reports_are_refused(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "c")
    file = tmp_path / "reports.csv"
    for text, told in (
        ("measure,target,committed\nm,a,1\nx,a,1\n", ("reports.csv, row 3, column measure", "found x")),
        ("measure,target,committed\nm,z,1\n", ("row 2, column target",)),
        ("measure,target,committed\nn,a,1\n", ("row 2, column target", "where the measure has an effect (b)")),
        ("measure,target,committed\nm,a,6\n", ("at most 5",)),
        ("measure,target,committed,date\nm,a,1,July\n", ("2027-07-31",)),
        ("measure,target,track,achieved\nm,a,a,1\n", ("column factor",)),
    ):
        file.write_text(text, encoding="utf-8")
        done = in_process("replan", folder, "--actuals", file)
        assert done.status == 2, text
        assert not done.out
        for part in told:
            assert part in done.err, (part, done.err)


def test_options_that_cannot_be(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "c")
    for words, told in (
        (["--move", "5", "--budget", "funds=50"], "at least 10"),
        (["--move", "5", "--keep", "0.5"], "--keep"),
        (["--keep", "2"], "0 to 1"),
        (["--of", "land"], "funds, all"),
        (["--at", "2030"], "one of 1"),
        (["--objective", "maxmin"], "weighted"),
        (["--from", str(tmp_path / "none.json")], "none.json"),
    ):
        done = in_process("replan", folder, *words)
        assert done.status == 2, words
        assert told in done.err, (told, done.err)


def test_the_command_reads_what_plan_writes(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "c")
    for name in ("plan.json", "plan.csv"):
        assert in_process("plan", folder, "-o", tmp_path / name).status == 0
        done = in_process("replan", folder, "--from", tmp_path / name, "--budget", "funds=50", "--json")
        document = json.loads(done.out)
        assert document["curve"][0]["moved"] == pytest.approx(10)
        assert document["approved"]["source"] == name
    assert in_process("replan", folder, "--budget", "funds=50", "-o", tmp_path / "next.json").status == 0
    after = json.loads(
        in_process("replan", folder, "--from", tmp_path / "next.json", "--budget", "funds=50", "--json").out
    )
    assert after["kind"] == "none"


def test_the_brief_of_a_replan_tells_the_procedure(tmp_path: Path) -> None:
    """A cut of the total is a 预算调整; what goes where stands in the table, as in the answer."""
    for lang, word in (("zh", "属预算调整"), ("en", "a budget adjustment (预算调整")):
        done = in_process("replan", "shanghai", "--budget", "funds=2475", "--lang", lang, "-o", tmp_path / "r.docx")
        assert done.status == 0
        with zipfile.ZipFile(tmp_path / "r.docx") as archive:
            text = archive.read("word/document.xml").decode("utf-8")
        assert word in text
        found = saidao.replan("shanghai", budgets={"funds": 2475})
        names = found.case.names(Measure, lang)
        assert all(names[row["measure"]] in text for row in found.moves)


def test_the_plan_of_another_case_is_refused() -> None:
    """Nothing of it would be found here, so that all of it would count as gone, and the answer as a change of it."""
    other = saidao.plan("wieliczka")
    with pytest.raises(saidao.CaseError, match=r"found p0.*expected a plan of this case, whose measures are E01"):
        saidao.replan("shanghai", approved=other)
