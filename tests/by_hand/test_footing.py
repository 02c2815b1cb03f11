"""What a plan stands on: each stance and each assumption turned round by hand, planned again, and the moves counted."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import saidao
from saidao.case.settings import Stance
from saidao.case.tables import Effect, Measure
from saidao.study.plan import footing
from saidao.study.plan.footing_sentences import footing_text, ranking_text
from saidao.study.plan.result import Plan
from tests.conftest import ROOT, Run, write_case

Spend = dict[tuple[str, str, str], float]


def spend(plan: Plan) -> Spend:
    """Spend by measure, target and resource, from the allocation that people see."""
    found: Spend = defaultdict(float)
    for row in plan.allocation:
        for resource, amount in row["costs"].items():
            found[row["measure"], row["target"], resource] += amount
    return found


def least_moved(one: Plan, value: float, other: Plan) -> float:
    """Share of the budgets by which every plan as good as *other* differs from *one*, at the least: by scipy."""
    from scipy.optimize import linprog
    from scipy.sparse import coo_array, csr_array, hstack, vstack

    m, levels = other.model, other.solved.columns.sizes["level"]
    matrix = csr_array((m.value, m.column, m.start), shape=(len(m.row_lower), len(m.objective)))
    n = len(m.objective)
    p = other.solved.programme
    unit = (p.cost.mean(axis=2) / np.where(p.budget.sum(axis=1) > 0, p.budget.sum(axis=1), 1)).sum(axis=1)
    eye = coo_array((np.ones(levels), (np.arange(levels), np.arange(levels))), shape=(levels, n))
    slack = coo_array((np.ones(levels), (np.arange(levels), np.arange(levels))), shape=(levels, levels))
    upper, lower = np.isfinite(m.row_upper), np.isfinite(m.row_lower)
    at = one.solved.optimum.x[:levels]
    empty = csr_array((int(upper.sum() + lower.sum()), levels))
    a = vstack(
        [
            hstack([vstack([matrix[upper], -matrix[lower]]), empty]),
            hstack([csr_array(-m.objective[None, :]), csr_array((1, levels))]),
            hstack([eye, -slack]),
            hstack([-eye, -slack]),
        ]
    )
    b = np.concatenate([m.row_upper[upper], -m.row_lower[lower], [-value + 1e-9], at, -at])
    bounds = [*zip(m.column_lower, m.column_upper, strict=True), *[(0, None)] * levels]
    return float(linprog([*np.zeros(n), *unit], A_ub=a, b_ub=b, bounds=bounds, method="highs").fun)


def by_hand(row: dict[str, Any], one: Plan, other: Plan) -> None:
    """The row of *other* tells what it puts where *one* does not: as near as any plan as good, to rounding."""
    assert row["left_out"] is None
    assert row["closed_share"] == pytest.approx(other.closed_share, abs=1e-9)
    budget = {r["resource"]: r["budget"] for r in one.resources}
    assert set(row["moved"]) == set(budget)
    spent = sum(r["used"] / r["budget"] for r in one.resources)
    share = sum(amount / budget[r] for r, amount in row["moved"].items())
    assert row["share"] == pytest.approx(share / spent)


@pytest.mark.parametrize("stance", ["leaders", "even", "laggards"])
def test_other_stances_are_planned_and_their_moves_counted(stance: Stance) -> None:
    plan = saidao.plan("shanghai", stance=stance)
    assert [row["stance"] for row in plan.stances] == [s for s in ("leaders", "even", "laggards") if s != stance]
    for row in plan.stances:
        other = saidao.plan("shanghai", stance=row["stance"])
        by_hand(row, plan, other)
        # every plan that is best under the other stance differs from this one by at least what is told (halved: what
        # leaves one place comes to another)
        both = 2 * sum(amount / r["budget"] for r in plan.resources for amount in [row["moved"][r["resource"]]])
        assert both == pytest.approx(least_moved(plan, other.value, other), abs=2e-2)
        assert row["to"]["target"] != row["from"]["target"]


def test_moves_are_those_of_two_plans_laid_side_by_side() -> None:
    """Without equally good plans to choose from, the two plans' tables are enough."""
    one, other = saidao.plan("shanghai"), saidao.plan("shanghai", budgets={"funds": 1500})
    found, before, after = footing.moved(one.solved, other.solved), spend(one), spend(other)
    for resource, amount in found["moved"].items():
        keys = {key for key in (*before, *after) if key[2] == resource}
        assert amount == pytest.approx(sum(max(after[key] - before[key], 0.0) for key in keys), abs=1e-9)
    gains: dict[str, float] = defaultdict(float)
    for sign, plan in ((-1, before), (1, after)):
        for (_, target, resource), amount in plan.items():
            gains[target] += sign * amount * (resource == "funds")
    assert found["from"]["amount"] == pytest.approx(-min(gains.values()))


def test_assumptions_are_the_case_s_own_scenarios_turned_round() -> None:
    plan = saidao.plan("shanghai", weights="entropy", budgets={"funds": 2000})
    table = saidao.load_case("shanghai").scenarios
    named = list(dict.fromkeys(table.loc[table["assumed_en"] != "", "scenario"]))
    assert [row["scenario"] for row in plan.assumptions] == named
    assert {"caps", "tick", "city_cost", "second_factor"} <= set(named)
    runs = saidao.scenarios("shanghai", names=named, weights="entropy", budgets={"funds": 2000})
    for row in plan.assumptions:
        other = runs.plans[row["scenario"]]
        assert other is not None
        by_hand(row, plan, other)
        assert row["assumed_en"]
        assert row["assumed_zh"]


def test_what_the_plan_closes_where_the_case_assumes_otherwise() -> None:
    """Half the effects deliver half, half the levels too; a tick of 0.7 leaves 0.3 open."""
    plan = saidao.plan("shanghai")
    solved = plan.solved
    p, v = solved.programme, solved.programme.priority
    closes = solved.columns.delivered(solved.optimum.x, 0)
    rows = {row["scenario"]: row for row in plan.assumptions}
    half = float((v * np.minimum(p.gap, closes / 2)).sum() / (v * p.gap).sum())
    assert rows["half_effect"]["as_planned"] == pytest.approx(half)
    level = np.minimum(solved.level, 0.5)
    x = np.zeros(solved.columns.number)
    x[: solved.columns.sizes["level"]] = solved.columns.in_order(level).ravel()
    less = float((v * np.minimum(p.gap, solved.columns.delivered(x, 0))).sum() / (v * p.gap).sum())
    assert rows["half_level"]["as_planned"] == pytest.approx(less)
    gap = np.where(p.gap > 0, p.gap, 0.3)
    reached = float((v * np.minimum(gap, closes)).sum() / (v * gap).sum())
    assert rows["tick"]["as_planned"] == pytest.approx(reached)


def test_the_shipped_scenarios_are_the_rules_with_other_numbers(tmp_path: Path) -> None:
    """City-wide costs at six times a track's, and 0.4 on second factors, made by the build script's own rules."""
    import runpy

    rules = runpy.run_path(str(ROOT / "scripts" / "build_shanghai.py"))
    measures, tracks = rules["read"]("measures"), rules["read"]("tracks")
    found = saidao.scenarios("shanghai", names=["city_cost", "second_factor"])
    costs, effects = found.plans["city_cost"], found.plans["second_factor"]
    assert costs is not None
    assert effects is not None
    rules["REACH"]["city"] = 6.0
    made = pd.DataFrame(rules["costs"](measures)).astype({"cost": float})
    assert costs.case.costs["cost"].tolist() == pytest.approx(made["cost"].tolist())
    rules["effects"].__globals__["SECOND"] = 0.4
    made = pd.DataFrame(rules["effects"](measures, tracks)).astype({"effect": float})
    # effects are rounded to hundredths when they are made
    assert effects.case.effects["effect"].tolist() == pytest.approx(made["effect"].tolist(), abs=0.0101)


def test_the_chosen_stance_stands_and_the_case_s_own_gives_way(tmp_path: Path) -> None:
    """A scenario that changes the stance counts where the caller has named none."""
    folder = tmp_path / "case"
    shutil.copytree(saidao.case.shipped()["shanghai"], folder)
    head = "scenario,name_en,assumed_en,table,row,column,change\n"
    (folder / "scenarios.csv").write_text(f"{head}s,All alike,The first first,case,,stance,even\n", "utf-8")
    plan = saidao.plan(folder)
    (row,) = plan.assumptions
    assert row["moved"] == pytest.approx(plan.stances[0]["moved"])
    (row,) = saidao.plan(folder, stance="laggards").assumptions
    assert max(row["moved"].values()) == 0


def test_what_cannot_be_told_is_left_out_and_said(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = "rule,kind,over,key,of,amount,share\nr1,floor,measure,m2,funds,1,\n"
    head = "scenario,name_en,assumed_en,assumed_zh,table,row,column,change\n"
    write_case(small, rules=rules, scenarios=f"{head}poor,No funds,Some funds,有资金,resources,funds,budget,0\n")
    plan = saidao.plan(small)
    (row,) = plan.assumptions
    assert row["left_out"] == "infeasible"
    assert row["moved"] is None
    region = saidao.plan("shanghai", objective="regret", region=["demand_conditions >= 0.2"], stance="even")
    assert all("linear" in row["left_out"] for row in region.stances)
    monkeypatch.setattr(footing, "MOST_COLUMNS", 1)
    assert {row["left_out"] for row in saidao.plan(small).stances} == {"large"}
    monkeypatch.setattr(footing, "MOST_COLUMNS", 10**6)
    monkeypatch.setattr(footing, "PATIENCE", 0.0)
    assert {row["left_out"] for row in saidao.plan(small).stances} == {None}, "no linear plan depends on a clock"
    whole = saidao.load_case(str(small))
    for measure in whole.rows(Measure):
        whole = whole.with_cell("measures", measure.measure, "kind", "integer")
    told = saidao.plan(whole)
    assert {row["left_out"] for row in told.stances} == {"slow"}
    assert "it takes longer than 4 s" in " ".join(footing_text(told))


@pytest.mark.slow
def test_whole_units_are_told_too(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(saidao.case.shipped()["shanghai"], folder)
    path = folder / "measures.csv"
    path.write_text(path.read_text("utf-8").replace(",continuous,", ",binary,"), "utf-8")
    plan = saidao.plan(folder, time_limit=20)
    for row in plan.stances:
        if row["left_out"] is None:
            assert row["closed_share"] == pytest.approx(
                saidao.plan(folder, stance=row["stance"]).closed_share, abs=1e-6
            )
        else:
            assert row["left_out"] == "slow"


def test_equal_tracks_are_all_alike_under_every_stance(small: Path, run: Run) -> None:
    write_case(small, scores="track,f,g\na,2,8\nb,2,8\nc,2,8\n")
    plan = saidao.plan(small)
    assert all(max(row["moved"].values()) == 0 for row in plan.stances)
    shown = " ".join(run("plan", small).out.split())
    assert "all gaps count alike" in shown
    assert "With an even stance nothing would go elsewhere." in shown


@pytest.mark.parametrize("alike", ["tracks", "plenty"])
def test_stances_under_which_the_same_plans_are_best_are_not_solved(
    alike: str, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where all tracks are equal, and where every gap closes: what is told is what solving them tells."""
    if alike == "tracks":
        write_case(small, scores="track,f,g\na,2,8\nb,2,8\nc,2,8\n")
    else:
        write_case(small, scores="track,f,g\na,2,3\nb,3,5\nc,4,8\n")  # none the worst of all: each counts in each
        rows = [row.model_copy(update={"effect": 1.0}) for row in saidao.load_case(small).rows(Effect)]
        saidao.save_case(saidao.load_case(small).with_rows(effects=rows), small, overwrite=True)
    plan = saidao.plan(small, budgets={"funds": 1e6})
    assert alike == "tracks" or plan.closed_share == pytest.approx(1.0)
    with monkeypatch.context() as always:
        always.setattr(footing, "_same_plans_are_best", lambda *asked: False)
        solved = saidao.plan(small, budgets={"funds": 1e6}).stances

    def never(*asked: object) -> None:
        raise AssertionError("solved")

    monkeypatch.setattr(Plan, "_beside", never)
    told = saidao.plan(small, budgets={"funds": 1e6}).stances
    for one, other in zip(told, solved, strict=True):
        assert one["closed_share"] == pytest.approx(other["closed_share"], abs=1e-9)
        assert one["as_planned"] == pytest.approx(other["as_planned"], abs=1e-9)
        names = ("stance", "moved", "share", "to", "from", "left_out")
        assert [one[name] for name in names] == [other[name] for name in names]


def test_levels_are_the_weighted_levels_before_and_after() -> None:
    plan = saidao.plan("shanghai", weights="entropy")
    scores = saidao.load_case("shanghai").scores_matrix  # ticks of worst 0 and target 1: levels themselves
    w = dict(zip(plan.decision.factors, plan.weights.array, strict=True))
    closed: dict[str, float] = defaultdict(float)
    for row in plan.gaps:
        closed[row["track"]] += w[row["factor"]] * row["closed"]
    for row, level in zip(plan.ranking, scores @ plan.weights.array, strict=True):
        assert row["level"] == pytest.approx(level)
        assert row["level_after"] == pytest.approx(level + closed[row["track"]])
        assert row["level"] <= row["level_after"] + 1e-12
        assert row["level_after"] <= 1 + 1e-9


@pytest.mark.slow
def test_every_surface_tells_it(run: Run, tmp_path: Path) -> None:
    plan = saidao.plan("shanghai")
    document = json.loads(run("plan", "--json").out)
    assert document["stances"] == json.loads(json.dumps(plan.stances))
    assert [row["share"] for row in document["assumptions"]] == [row["share"] for row in plan.assumptions]
    assert {"level", "level_after"} <= set(document["ranking"][0])
    funds = plan.stances[0]["moved"]["funds"]
    worst = max(plan.assumptions, key=lambda row: float(row["share"]))
    for lang, told in (
        ("en", ("feeds the money", "relative", "With an even stance", "What the case assumes")),
        ("zh", ("排名影响资金", "相对量", "若改为“一视同仁”的资金取向", "案例的假设")),
    ):
        saidao.report("shanghai", tmp_path / "report.html", lang)
        report = (tmp_path / "report.html").read_text("utf-8")
        shown = run("plan", "--lang", lang).out
        for text in (shown, report):
            flat = " ".join(text.split())
            assert all(part in flat for part in told), (lang, told)
            assert (f"{funds:.1f}" if lang == "en" else f"{funds / 100:.3f} 亿元") in flat
            assert f"{worst['share']:.1%}" in flat


@pytest.mark.parametrize("stance", ["leaders", "laggards"])
def test_the_worst_track_first_is_not_told_to_follow_the_ranking(stance: Any, small: Path) -> None:
    """The shares that close are the same under every stance, as the weights alone count there."""
    plan, even = (saidao.plan(small, objective="maxmin", stance=asked) for asked in (stance, "even"))
    assert [row["closed"] for row in plan.by_track] == pytest.approx([row["closed"] for row in even.by_track])
    told = ranking_text(plan)[0]
    assert "what counts is the share that closes of each track's own gap" in told
    assert "feeds the money" not in told
