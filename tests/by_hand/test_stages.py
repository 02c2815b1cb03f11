"""Stages of the race: phases become periods, budgets and limits; the diagnosis is counted again from the tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import saidao
from saidao.case.provenance import Sources
from saidao.case.tables import RuleRow
from saidao.framework.contributions import Closed, applications, within_reach
from tests.conftest import SMALL, Run, write_case
from tests.oracle.random_cases import write_random_case

PHASES = "period,budget,s1,s2\ny1,0.5,0.4,\ny2,0.5,,1\n"
STAGES = "stage,name_en,name_zh,need_en,lag\ns1,First,一段,speed,1\ns2,Second,二段,supply,0\n"


@pytest.fixture(scope="module")
def found() -> Any:
    return saidao.stages("shanghai")


def test_phases_share_the_budgets_out_and_limit_the_stages(small: Path) -> None:
    case = saidao.phase(write_case(small, phases=PHASES, stages=STAGES))
    assert case.settings.periods == ("y1", "y2")
    assert [(r["resource"], r["period"], r["amount"]) for r in case.budgets.to_dict("records")] == [
        ("funds", "y1", 5),
        ("funds", "y2", 5),
        ("land", "y1", 2.5),
        ("land", "y2", 2.5),
    ]
    caps = [r for r in case.rules.to_dict("records") if r["over"] == "stage"]
    assert [(r["key"], r["period"], r["of"], r["share"]) for r in caps] == [
        ("s1", "y1", "funds", 0.4),
        ("s2", "y2", "funds", 1.0),
    ]
    assert list(case.measures["lag"]) == [1, 0, 1]
    assert list(saidao.load_case(small).measures.get("lag", [0, 0, 0])) == [0, 0, 0], "the case itself is as it was"
    of_land = saidao.phase(small, resource="land").rules
    assert set(of_land[of_land["over"] == "stage"]["of"]) == {"land"}


def test_a_measure_s_own_lag_comes_before_its_stage_s(small: Path) -> None:
    write_case(
        small,
        phases=PHASES,
        stages=STAGES,
        measures="measure,stage,scope,max_level,lag\nm1,s1,track,2,2\nm2,s1,type,1,\nm3,s2,city,1,\n",
    )
    assert list(saidao.phase(small).measures["lag"]) == [2, 1, 0]


def test_the_phased_plan_keeps_budgets_and_limits(found: Any) -> None:
    plan = found.plan
    phases = saidao.load_case("shanghai").phases.set_index("period")
    budget = saidao.load_case("shanghai").resources.set_index("resource")["budget"]
    frame = plan.to_frame()
    frame["stage"] = frame["measure"].map(found.case.measures.set_index("measure")["stage"])
    for period, row in phases.iterrows():
        now = frame[frame["period"] == period]
        for resource in budget.index:
            assert now[resource].sum() <= budget[resource] * row["budget"] + 1e-6
        for stage in ("audition", "preliminary", "final"):
            spent = now[now["stage"] == stage]["funds"].sum()
            limit = budget["funds"] * row["budget"] * float(row[stage])
            assert spent <= limit + 1e-6
            told = next(r for r in found.limits if r["stage"] == stage and r["period"] == period)
            assert told["amount"] == pytest.approx(limit)
            assert told["used"] == pytest.approx(spent)
    assert max(plan.certificate["primal_violation"], plan.certificate["dual_violation"]) < 1e-9


def test_phasing_costs_and_never_brings(found: Any, tmp_path: Path) -> None:
    """Levels summed over the periods are a plan of the whole budgets, so no phased plan closes more."""
    assert found.plan.closed_share <= found.at_once.closed_share + 1e-9
    assert found.at_once.closed_share == pytest.approx(saidao.plan("shanghai").closed_share)
    for seed in range(6):
        write_random_case(tmp_path / str(seed), seed, rules=False)
        result = saidao.stages(tmp_path / str(seed), periods=["1", "2", "3"])
        assert result.at_once is not None
        assert result.plan.closed_share <= result.at_once.closed_share + 1e-9
        assert len(result.periods) == 3


def test_nothing_of_an_audition_is_paid_for_when_it_is_too_late(found: Any) -> None:
    """Its measures act a year later: in the last year they would close nothing."""
    assert {row["period"] for row in found.schedule if row["stage"] == "audition"} == {"2024", "2025"}
    for row in found.schedule:
        year = int(row["period"]) + (row["stage"] == "audition")
        assert row["acts_from"] == str(year)
    levels = found.to_frame().groupby("measure")["level"].sum()
    np.testing.assert_allclose(
        levels, found.plan.to_frame().groupby("measure")["level"].sum()[levels.index], rtol=1e-12
    )


def test_shares_of_the_stages_are_those_of_the_allocation(found: Any) -> None:
    frame = found.plan.to_frame()
    stage = frame["measure"].map(found.case.measures.set_index("measure")["stage"])
    for row in found.stages:
        for key in ("funds", "land", "talent", "scenarios", "value"):
            assert row[key] == pytest.approx(frame[stage == row["stage"]][key].sum() / frame[key].sum())
    assert [row["tracks"] for row in found.stages] == [2, 6, 4]
    assert sum(row["measures"] for row in found.stages) == 42
    assert [row["need_zh"] for row in found.stages] == ["响应更快", "补给更好", "配置更强"]


def test_what_is_closed_belongs_to_the_measures_that_close_it(found: Any) -> None:
    solved = found.plan.solved
    np.testing.assert_allclose(
        Closed.of(found.plan).by(np.ones(len(solved.level), dtype=bool)), solved.closed, atol=1e-9
    )
    for row in found.diagnosis:
        if row["closed"] is not None:
            parts = [n["closed"] for n in found.needs if n["track"] == row["track"]]
            assert sum(parts) == pytest.approx(row["closed"])
            own = [n["closed"] for n in found.needs if (n["track"], n["stage"]) == (row["track"], row["stage"])]
            assert sum(own) == pytest.approx(row["own_stage"])


def test_what_is_open_is_counted_again_from_the_tables(found: Any) -> None:
    """By hand, from effects, levels and gaps; the case has one part a level and no measure above another's type."""
    case, plan = found.case, found.plan
    weight = plan.weights.values
    gaps = {(g["track"], g["factor"]): g for g in plan.gaps}
    types, measures = case.tracks.set_index("track")["type"], case.measures.set_index("measure")
    frame = plan.to_frame()
    level = frame.groupby(["measure", "target"])["level"].sum().to_dict()
    effects = {(e.measure, e.track, e.factor): e.effect for e in case.effects.itertuples()}

    def effect(m: str, t: str, f: str) -> float:
        for place in (t, f"type:{types[t]}", "*"):
            if (m, place, f) in effects:
                return float(effects[m, place, f])
        return 0.0

    for need in found.needs:
        t = need["track"]
        group = (need["stage"], need["need"])
        serving = [m for m, row in measures.iterrows() if (row["stage"], row["need"] or "") == group]
        whole = left = 0.0
        for f in case.factor_ids:
            gap = gaps[t, f]
            whole += weight[f] * gap["gap"]
            target = {m: {"track": t, "type": types[t], "city": "*"}[measures.loc[m, "scope"]] for m in serving}
            can = sum(effect(m, t, f) * (1.0 - level.get((m, target[m]), 0.0)) for m in serving)
            left += weight[f] * min(gap["gap"] - gap["closed"], can)
        assert need["open"] == pytest.approx(left / whole, abs=1e-9), need


def test_unused_parts_of_a_level_are_counted_part_by_part(small: Path) -> None:
    write_case(
        small,
        effects="measure,track,factor,effect,up_to\nm1,*,f,0.3,0.5\nm1,*,f,0.1,\nm2,type:x,g,0.2,\nm3,*,g,0.05,\n",
    )
    p = saidao.plan(small).solved.programme
    own = applications(p, lambda a: a.measure == "m1")
    f = p.factors.index("f")
    for used, left in ((0.0, 0.5 * 0.3 + 1.5 * 0.1), (0.25, 0.25 * 0.3 + 1.5 * 0.1), (1.0, 0.1), (2.0, 0.0)):
        levels = np.where(own, used, 0.0)
        assert within_reach(p, levels, own)[:, f] == pytest.approx(left)


def test_the_need_that_is_told_is_the_one_most_open(found: Any) -> None:
    for row in found.diagnosis:
        own = [n for n in found.needs if (n["track"], n["stage"]) == (row["track"], row["stage"])]
        if row["most_open"] is None:
            assert all(n["open"] < 1e-9 for n in own)
        else:
            assert row["open"] == max(n["open"] for n in own)
            assert row["most_open"] in {n["need"] for n in own if n["open"] == row["open"]}
        assert (row["track"] == "green_icv") == (row["closed"] is None)


def test_progress_starts_today_and_ends_with_the_plan(found: Any) -> None:
    plan = found.plan
    w = plan.weights.values
    for t, row in enumerate(found.progress):
        level = plan.decision.level[t]
        assert row["today"] == pytest.approx(level @ w)
        assert row["2026"] == pytest.approx((level + plan.solved.closed[t]) @ w)
        assert row["today"] <= row["2024"] + 1e-12
        assert row["2024"] <= row["2025"] + 1e-12 <= row["2026"] + 2e-12


def test_a_case_of_one_period_is_diagnosed_too(small: Path) -> None:
    result = saidao.stages(small)
    assert result.at_once is None
    assert result.periods == ("1",)
    assert {row["stage"] for row in result.schedule} <= {"s1", "s2"}
    assert all(row["own_stage"] is None for row in result.diagnosis), "no track says its stage"
    assert result.plan.closed_share == pytest.approx(saidao.plan(small).closed_share)
    assert result.text("zh")


def test_budgets_that_are_asked_for_are_phased(found: Any) -> None:
    half = saidao.stages("shanghai", budgets={"funds": 1250})
    rows = [r for r in half.plan.resources if r["resource"] == "funds"]
    assert [r["budget"] for r in rows] == pytest.approx([500, 437.5, 312.5])
    assert half.limits[0]["amount"] == pytest.approx(250)
    assert half.plan.closed_share < found.plan.closed_share


def test_a_phased_case_is_written(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "phased.xlsx"
    assert json.loads(run("stages", "--json", "--write", book).out)["periods"] == ["2024", "2025", "2026"]
    plan = saidao.plan(book)
    assert [r["period"] for r in plan.resources[:3]] == ["2024", "2025", "2026"]
    assert plan.solved.certificate.value == pytest.approx(saidao.stages("shanghai").plan.solved.certificate.value)
    assert saidao.phase(book).settings.periods == ("2024", "2025", "2026"), "phased already"
    assert run("stages", "--write", book).status == 2, "nothing is overwritten"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--periods", "1,2"), "--periods"),
        (("--resource", "fund"), "funds"),
        (("-o", "x.doc"), ".doc"),
    ],
)
def test_what_cannot_be_is_told(arguments: tuple[str, ...], code: str, run: Run) -> None:
    done = run("stages", *arguments)
    assert done.status == 2
    assert code in done.err


@pytest.mark.slow
def test_periods_are_two_or_more_and_stages_are_given(small: Path, run: Run) -> None:
    assert run("stages", str(small), "--periods", "2024").status == 2
    assert run("stages", str(small), "--periods", "2024;2024").status == 2
    assert run("stages", str(small), "--periods", "2024；2025").status == 0
    write_case(small, measures="measure,scope,max_level\nm1,track,2\nm2,type,1\nm3,city,1\n")
    done = run("stages", str(small))
    assert done.status == 2
    assert "stage" in done.err
    for table in ("stages", "schedule", "diagnosis", "needs", "progress", "limits"):
        assert len(saidao.stages("shanghai").to_frame(table))
    with pytest.raises(KeyError):
        saidao.stages("shanghai").to_frame("nothing")


def test_a_lag_of_0_is_one_s_own_too(small: Path) -> None:
    write_case(
        small,
        phases=PHASES,
        stages=STAGES,
        measures="measure,stage,scope,max_level,lag\nm1,s1,track,2,0\nm2,s1,type,1,\nm3,s2,city,1,\n",
    )
    assert list(saidao.phase(small).measures["lag"]) == [0, 1, 0]


def test_what_the_phases_make_is_sourced_as_they_are(small: Path) -> None:
    sources = "table,row,column,kind\nresources,,,measured\nrules,,,paper\nmeasures,,,paper\nphases,,,paper\n"
    write_case(small, phases=PHASES, stages=STAGES, sources=f"{sources}phases,,s1,judgement\nstages,,,measured\n")
    kinds = Sources(saidao.phase(small))
    assert kinds.kind("budgets", ("funds", "y1"), "amount") == "measured"
    assert kinds.kind("measures", ("m1",), "lag") == "measured", "the stage's"
    assert kinds.kind("rules", ("s1 y1",), "share") == "judgement"
    assert kinds.kind("rules", ("r1",), "share") == "paper"
    assert saidao.stages(small).source == "judgement", "the weakest"
    assert "assumptions" not in " ".join(saidao.stages(small).text())
    write_case(small, sources="table,kind\nphases,assumption\nresources,measured\n")
    assert Sources(saidao.phase(small)).kind("budgets", ("funds", "y1"), "amount") == "assumption"
    assert "are assumptions" in " ".join(saidao.stages(small).text())
    (small / "phases.csv").unlink()
    assert saidao.stages(small, periods=["1", "2"]).source == "assumption", "even shares are nobody's figure"


def test_a_rule_that_is_called_as_a_limit_is_not_taken_for_one(small: Path) -> None:
    write_case(
        small, phases=PHASES, stages=STAGES, rules="rule,kind,over,key,of,amount\ns1 y1,floor,measure,m2,funds,1\n"
    )
    limits = {(r["stage"], r["period"]): r for r in saidao.stages(small).limits}
    assert limits["s1", "y1"]["amount"] == pytest.approx(0.4 * 5)
    assert set(limits) == {("s1", "y1"), ("s2", "y2")}


def test_the_price_of_a_limit_is_what_moving_it_brings(found: Any) -> None:
    """By planning again with the cap of that stage and period a little looser."""
    tight = max(found.limits, key=lambda row: row["shadow_price"] or 0.0)
    by = 1e-4
    rules = [
        row.model_copy(update={"share": row.share + by})
        if (row.over, row.key_, row.period) == ("stage", tight["stage"], tight["period"])
        else row
        for row in found.case.rows(RuleRow)
    ]
    looser = saidao.plan(found.case.with_rows(rules=rules))
    budget = tight["amount"] / next(r.share for r in found.case.rows(RuleRow) if r.rule == "preliminary 2024")
    assert (tight["stage"], tight["period"]) == ("preliminary", "2024")
    assert looser.value - found.plan.value == pytest.approx(tight["shadow_price"] * budget * by, rel=1e-6)
    worth = tight["shadow_price"] * budget / 100 / found.plan.weighted_gap
    assert f"in 2024 is reached: 1% more of that period's Funds for it would close another {worth:.3%}" in " ".join(
        found.text()
    )
    for objective in ("maxmin", "reach=0.3"):
        assert "is reached" not in " ".join(saidao.stages("shanghai", objective=objective).plan_text()), objective


def test_what_its_stage_could_close_is_counted_again(small: Path) -> None:
    """Alone and in full: sum of effect x largest level, up to the gap; nothing of what acts too late or is locked."""
    text = SMALL["tracks.csv"].replace("type\n", "type,stage\n").replace(",x\n", ",x,s1\n").replace(",y\n", ",y,s2\n")
    write_case(small, tracks=text, rules="rule,kind,over,key,of,amount\n")
    gap = {"a": (0.8, 0.8), "b": (0.5, 0.1), "c": (0.1, 0.3)}  # f and g; weights 2 and 1
    can = {"a": (0.6, 0.05), "b": (0.6, 0.05), "c": (0.0, 0.0)}  # m1 and m3 of s1; m2 of s2 serves type x alone
    for row in saidao.stages(small, stance="even").diagnosis:
        w, g, c = np.array([2, 1]), np.array(gap[row["track"]]), np.array(can[row["track"]])
        assert row["could_close"] == pytest.approx((w * np.minimum(g, c)).sum() / (w * g).sum()), row

    def stages_with(lag: int, **options: Any) -> dict[str, float]:
        measures = SMALL["measures.csv"].replace("max_level", "max_level,lag")
        write_case(small, tracks=text, measures=measures.replace(",continuous,2", f",continuous,2,{lag}"))
        return {row["track"]: row["could_close"] for row in saidao.stages(small, stance="even", **options).diagnosis}

    assert stages_with(lag=0)["a"] == pytest.approx((2 * 0.6 + 0.05) / 2.4)
    assert stages_with(lag=5)["a"] == pytest.approx(0.05 / 2.4), "what acts after the end"
    assert stages_with(lag=0, lock={"m1": 0.5})["a"] == pytest.approx(0.05 / 2.4)


@pytest.mark.slow
def test_scenarios_move_the_budgets_of_a_phased_case(found: Any) -> None:
    for result in (saidao.scenarios("shanghai"), saidao.scenarios(found.case)):
        rows = {row["scenario"]: row for row in result.runs}
        assert rows["lean"]["closed_share"] < rows["base"]["closed_share"] - 0.03


def test_names_of_one_language_stand_in_for_the_other(small: Path) -> None:
    stages = "stage,name_zh,need_zh\ns1,海选,响应更快\ns2,决赛,\n"
    tracks = SMALL["tracks.csv"].replace("type\n", "type,stage\n").replace(",x\n", ",x,s1\n").replace(",y\n", ",y,s2\n")
    result = saidao.stages(write_case(small, stages=stages, tracks=tracks))
    told = [result.told(row, "en") for row in result.diagnosis]
    assert "(海选: 响应更快)" in told[0]
    assert "(决赛)" in told[2]
    assert not any(": )" in text for text in told)
