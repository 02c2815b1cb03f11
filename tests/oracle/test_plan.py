"""The whole: case files to plan, against the oracle that shares no code, and the laws of the study."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import saidao
from saidao import mcda
from saidao.case.changes import Change, changed
from saidao.case.settings import Ticks
from saidao.case.start import new_case
from saidao.study.ranking.weighing import stances
from saidao.texts.say import WORDS
from tests.conftest import Run, first, write_case
from tests.oracle import implementation as oracle
from tests.oracle.random_cases import write_random_case

CHOICES = [
    {},
    {"weights": "equal", "method": "wsm", "stance": "leaders"},
    {"weights": "entropy", "stance": "laggards"},
    {"weights": "direct", "stance": "leaders"},
]


def agree(folder: Path, **choice: Any) -> None:
    ours, theirs = saidao.plan(folder, **choice), oracle.solve(folder, **choice)
    assert ours.weights.array == pytest.approx(list(theirs.weights.values()), abs=1e-9)
    rows = {row["track"]: row for row in ours.ranking}
    for track, score in theirs.scores.items():
        assert rows[track]["score"] == pytest.approx(score, abs=1e-9)
        assert rows[track]["rank"] == theirs.ranks[track]
    priorities = {(row["track"], row["factor"]): row["priority"] for row in ours.gaps}
    gaps = {(row["track"], row["factor"]): row["gap"] for row in ours.gaps}
    for pair, priority in theirs.priorities.items():
        assert priorities[pair] == pytest.approx(priority, abs=1e-9)
        assert gaps[pair] == pytest.approx(theirs.gaps[pair], abs=1e-12)
    assert ours.value == pytest.approx(theirs.objective, abs=1e-7)
    assert ours.closed_share == pytest.approx(theirs.closed_share, abs=1e-7)
    spent = sum(row["used"] / row["budget"] for row in ours.resources if row["budget"] > 0)
    assert spent == pytest.approx(theirs.least_spend, abs=1e-6), "a plan as good is cheaper"
    for key in ("primal_violation", "dual_violation", "gap", "least_spend_gap"):
        assert abs(ours.certificate[key]) < 1e-9


@pytest.mark.parametrize("choice", CHOICES, ids=lambda c: "-".join(c.values()) or "default")
def test_shanghai_agrees_with_the_oracle(choice: dict[str, Any]) -> None:
    agree(saidao.case.shipped()["shanghai"], **choice)


@pytest.mark.parametrize("scale", [0.0, 0.3, 1.7])
def test_other_budgets_agree_with_the_oracle(scale: float) -> None:
    case = saidao.load_case("shanghai")
    name, amount = ("scenarios", 40.0) if scale == 0 else ("funds", float(case.resources["budget"][0]) * scale)
    agree(saidao.case.shipped()["shanghai"], budgets={name: amount})


def test_the_other_reading_of_the_ticks_agrees_with_the_oracle() -> None:
    agree(saidao.case.shipped()["shanghai"], ticks="shortcoming")


@pytest.mark.parametrize("seed", first(12, 40))
def test_random_cases_agree_with_the_oracle(seed: int, tmp_path: Path) -> None:
    write_random_case(tmp_path, seed)
    choice = [{}, {"weights": "equal", "method": "wsm"}, {"stance": "leaders"}, {"stance": "laggards"}][seed % 4]
    agree(tmp_path, **choice)


FULL: dict[str, dict[str, Any]] = {
    "periods": {"periods": 2},
    "periods and parts": {"periods": 3, "segments": True},
    "kinds": {"kinds": True},
    "relations": {"relations": True, "periods": 2},
    "kinds, relations, parts": {"kinds": True, "relations": True, "segments": True},
    "all": {"kinds": True, "periods": 2, "relations": True},
}


@pytest.mark.parametrize("objective", ["weighted", "maxmin", "reach=0.3"])
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", FULL)
def test_the_full_model_agrees_with_the_oracle(name: str, seed: int, objective: str, tmp_path: Path) -> None:
    write_random_case(tmp_path, seed, **FULL[name])
    try:
        theirs = oracle.solve(tmp_path, objective=objective)
    except oracle.Infeasible:
        with pytest.raises(saidao.Infeasible):
            saidao.plan(tmp_path, "ahp", objective=objective)
        return
    ours = saidao.plan(tmp_path, "ahp", objective=objective)
    assert ours.value == pytest.approx(theirs.objective, abs=1e-6)
    p = ours.solved.programme
    whole = p.budget.sum(axis=1)
    spent = ours.solved.spend.sum(axis=(0, 2))[whole > 0] / whole[whole > 0]
    # whole units: each later objective may give away 1e-9 of the one before, which a price turns into spend
    assert float(spent.sum()) == pytest.approx(theirs.least_spend, abs=2e-5)
    if objective == "maxmin":
        has = p.gap @ p.weight > 0
        shares = sorted(((ours.solved.closed @ p.weight)[has] / (p.gap @ p.weight)[has]).tolist())
        assert shares == pytest.approx(sorted(theirs.shares_by_track.values()), abs=1e-6)
    assert ours.certificate["primal_violation"] < 1e-9
    assert abs(ours.certificate["gap"]) < 1e-6


# --- laws -------------------------------------------------------------------------------------------------------------


def read(path: Path) -> tuple[list[str], list[list[str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = list(csv.reader(file))
    return header, rows


def write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


@pytest.mark.parametrize("seed", range(8))
def test_permuting_rows_permutes_the_answer(seed: int, tmp_path: Path) -> None:
    write_random_case(tmp_path, seed)
    before = saidao.plan(tmp_path)
    rng = np.random.default_rng(seed)
    for table in ("tracks", "factors", "scores", "measures", "costs", "effects", "resources", "rules"):
        path = tmp_path / f"{table}.csv"
        if path.exists():
            header, rows = read(path)
            write(path, header, [rows[i] for i in rng.permutation(len(rows))])
    after = saidao.plan(tmp_path)
    assert after.value == pytest.approx(before.value, abs=1e-9)

    def by_key(rows: list[dict[str, Any]], key: str, column: str) -> dict[str, Any]:
        return {row[key]: row[column] for row in rows}

    assert by_key(after.ranking, "track", "rank") == by_key(before.ranking, "track", "rank")
    for column in ("score",):
        assert by_key(after.ranking, "track", column) == pytest.approx(by_key(before.ranking, "track", column))
    for column in ("used", "shadow_price"):
        assert by_key(after.resources, "resource", column) == pytest.approx(
            by_key(before.resources, "resource", column), abs=1e-7
        )


def test_more_of_any_budget_never_lowers_the_objective() -> None:
    case = saidao.load_case("shanghai")
    base = saidao.plan(case)
    for row in base.resources:
        values = [
            saidao.plan(case, budgets={row["resource"]: row["budget"] * scale}).value for scale in (0.5, 1, 1.5, 3)
        ]
        assert values == sorted(values)
        assert values[1] == pytest.approx(base.value, abs=1e-12)


def test_any_budget_even_none_has_a_plan() -> None:
    case = saidao.load_case("shanghai")
    for budgets in ({"funds": 120.0}, {"funds": 0}, dict.fromkeys(("funds", "land", "talent", "scenarios"), 0)):
        found = saidao.plan(case, budgets=budgets)
        assert abs(found.certificate["gap"]) < 1e-9
        for row in found.resources:
            assert row["used"] <= row["budget"] + 1e-9
            assert row["price_down"] is None if row["budget"] == 0 else row["price_down"] is not None
    assert found.value == 0
    assert found.provenance == []


def test_the_unit_of_money_does_not_matter(tmp_path: Path) -> None:
    write_random_case(tmp_path, 3)
    before = saidao.plan(tmp_path)
    resource = before.resources[0]["resource"]
    for table, column in (("costs", "cost"), ("resources", "budget")):
        header, rows = read(tmp_path / f"{table}.csv")
        at, key = header.index(column), header.index("resource")
        for row in rows:
            if row[key] == resource:
                row[at] = repr(float(row[at]) * 1e6)
        write(tmp_path / f"{table}.csv", header, rows)
    if (tmp_path / "rules.csv").exists():
        header, rows = read(tmp_path / "rules.csv")
        of, amount = header.index("of"), header.index("amount")
        for row in rows:
            if row[of] == resource and row[amount]:
                row[amount] = repr(float(row[amount]) * 1e6)
        write(tmp_path / "rules.csv", header, rows)
    after = saidao.plan(tmp_path)
    assert after.value == pytest.approx(before.value, abs=1e-9)
    for one, other in zip(before.allocation, after.allocation, strict=True):
        assert (one["measure"], one["target"]) == (other["measure"], other["target"])
        assert other["level"] == pytest.approx(one["level"], abs=1e-7)
    assert after.resources[0]["shadow_price"] * 1e6 == pytest.approx(before.resources[0]["shadow_price"], abs=1e-9)


def test_every_price_of_shanghai_is_its_finite_difference() -> None:
    case = saidao.load_case("shanghai")
    base = saidao.plan(case)
    for row in base.resources:
        step = row["budget"] * 1e-5
        up = saidao.plan(case, budgets={row["resource"]: row["budget"] + step}).value
        down = saidao.plan(case, budgets={row["resource"]: row["budget"] - step}).value
        scale = max(row["shadow_price"], 1e-6)
        assert (up - base.value) / step == pytest.approx(row["price_up"], abs=1e-6 * scale + 1e-10)
        assert (base.value - down) / step == pytest.approx(row["price_down"], abs=1e-6 * scale + 1e-10)


# --- the joint --------------------------------------------------------------------------------------------------------


def test_stances_by_hand() -> None:
    assert stances(np.array([0.2, 0.6]), "topsis", "even").tolist() == [1, 1]
    assert stances(np.array([0.2, 0.6]), "topsis", "leaders") == pytest.approx([0.5, 1.5])
    assert stances(np.array([0.2, 0.6]), "topsis", "laggards") == pytest.approx([1.5, 0.5])
    # VIKOR: lower is better, so 0.2 leads
    assert stances(np.array([0.2, 0.6]), "vikor", "leaders") == pytest.approx([1.5, 0.5])
    assert stances(np.array([0.0, 0.0]), "topsis", "leaders").tolist() == [1, 1]


def test_scores_after_the_plan_are_the_scores_that_the_levels_stand_for(small: Path) -> None:
    found = saidao.plan(small)
    case = saidao.load_case(small)
    closed = found.solved.closed
    moved = case.scores_matrix + closed * np.array([10.0, -10.0])  # f: 0 to 10, g: 10 down to 0
    again = mcda.rank(moved, found.weights.array, ["max", "min"])
    assert [row["score_after"] for row in found.ranking] == pytest.approx(again.score_array.tolist())
    assert [row["rank_after"] for row in found.ranking] == again.rank_array.tolist()


def test_the_default_stance_is_leaders_wherever_none_is_given(small: Path, run: Run) -> None:
    assert saidao.plan(small).settings.stance == "leaders"
    assert saidao.plan(new_case("new")).settings.stance == "leaders"
    assert saidao.plan("shanghai").settings.stance == "leaders"
    assert json.loads(run("plan", small, "--json").out)["settings"]["stance"] == "leaders"
    assert all("leaders" in text for text in WORDS["setting.stance"])
    agree(small, weights="direct")
    assert (
        oracle.solve(small, weights="direct").objective
        != oracle.solve(small, weights="direct", stance="even").objective
    )


@pytest.mark.parametrize(("ticks", "gap"), [("strength", [0.3, 1.0]), ("shortcoming", [1.0, 0.0])])
def test_a_tick_stands_for_its_level(tmp_path: Path, ticks: Ticks, gap: list[float]) -> None:
    """A ticked cell keeps a gap of 0.3 at level 0.7; read as a shortcoming a tick counts 0 and a blank 1."""
    folder = tmp_path / "case"
    shutil.copytree(saidao.case.shipped()["shanghai"], folder)
    toml = (folder / "case.toml").read_text("utf-8").replace("tick_level = 1", "tick_level = 0.7")
    (folder / "case.toml").write_text(toml, "utf-8")
    written = saidao.load_case(folder).scores_matrix
    np.testing.assert_allclose(saidao.gaps(folder, ticks).to_numpy(), np.where(written == 1, *gap))
    agree(folder, ticks=ticks)
    scenario = changed(saidao.load_case("shanghai"), [Change("case", "", "tick_level", "0.7")])
    assert saidao.plan(scenario, ticks=ticks).closed_share == pytest.approx(
        saidao.plan(folder, ticks=ticks).closed_share
    )
    saidao.save_case(saidao.load_case(folder), tmp_path / "case.xlsx")
    assert saidao.load_case(tmp_path / "case.xlsx").settings.tick_level == 0.7


def test_a_level_of_ticks_is_only_for_ticks(small: Path, run: Run) -> None:
    write_case(small, case="tick_level = 0.7\n")
    assert "tick_level = 0.7" in run("check", small).err + run("check", small).out
    write_case(small, case="tick_level = 1.2\n")
    assert run("check", small).status == 2


def test_a_score_beyond_its_target_has_no_gap_and_stays(small: Path) -> None:
    write_case(small, scores="track,f,g\na,12,8\nb,5,1\nc,-3,3\n")
    found = saidao.plan(small)
    gap = {(r["track"], r["factor"]): r for r in found.gaps}
    assert gap["a", "f"]["gap"] == 0
    assert gap["c", "f"]["gap"] == 1
    assert found.decision.after(found.solved.closed)[0, 0] == 12


def test_what_a_method_cannot_rank_after_the_plan_is_null_and_told(small: Path) -> None:
    # enough of everything: every gap of f closes, and VIKOR is not defined for a constant criterion
    write_case(
        small,
        resources="resource,budget\nfunds,1000\nland,1000\n",
        effects="measure,track,factor,effect\nm1,*,f,0.9\nm2,*,g,0.1\n",
        rules="rule,kind,over,key,of,amount\n",
    )
    found = saidao.plan(small, method="vikor", stance="even")
    assert [row["score_after"] for row in found.ranking] == [None, None, None]
    assert "the same value for every alternative" in " ".join(found.to_dict()["notes"])


def test_tracks_that_cannot_be_told_apart_are_funded_though_not_ranked(small: Path, run: Run) -> None:
    write_case(small, scores="track,f,g\na,2,8\nb,2,8\nc,2,8\n")
    found = saidao.plan(small)
    assert found.value > 0
    assert [row["rank"] for row in found.ranking] == [None, None, None]
    assert "equal on every weighted criterion" in found.to_dict()["notes"][0]
    assert "not defined" in run("plan", small).out
    for stance in ("leaders", "even", "laggards"):  # of equals none is ahead
        assert saidao.plan(small, stance=stance).solved.programme.priority == pytest.approx(
            np.tile(found.weights.array, (3, 1))
        )
    with pytest.raises(saidao.CaseError, match="equal on every"):
        saidao.rank(small)


def test_closed_amounts_add_up_to_the_gaps_closed_and_costs_to_what_is_used() -> None:
    found = saidao.plan("shanghai")
    closed = {(r["track"], r["factor"]): r["closed"] for r in found.gaps}
    sums: dict[tuple[str, str], float] = {}
    used: dict[str, float] = {}
    for row in found.allocation:
        for c in row["closes"]:
            key = (c["track"], c["factor"])
            sums[key] = sums.get(key, 0.0) + c["amount"]
        for resource, amount in row["costs"].items():
            used[resource] = used.get(resource, 0.0) + amount
    for pair, amount in closed.items():
        assert sums.get(pair, 0.0) == pytest.approx(amount, abs=1e-9)
    for row in found.resources:
        assert used[row["resource"]] == pytest.approx(row["used"])
        assert row["used"] <= row["budget"] + 1e-9
    value = sum(r["priority"] * r["closed"] for r in found.gaps)
    assert found.value == pytest.approx(value, abs=1e-9)
    assert found.to_dict()["objective"]["best_bound"] == pytest.approx(value, abs=1e-9)


def test_an_unfunded_measure_pays_once_its_value_has_risen_by_its_reduced_cost() -> None:
    found = saidao.plan("shanghai")
    assert found.unfunded
    assert all(row["reduced_cost"] >= 0 for row in found.unfunded)
    row = max(found.unfunded, key=lambda r: r["reduced_cost"])
    model = found.model
    at = model.column_names().index(
        f"level[{row['measure']}]" if row["scope"] == "city" else f"level[{row['measure']},{row['target']}]"
    )
    from dataclasses import replace

    for rise, pays in ((0.99, False), (1.01, True)):
        objective = model.objective.copy()
        objective[at] += row["reduced_cost"] * rise
        again = saidao.optimize.highs(replace(model, objective=objective))
        gain = float(objective @ again.x) - found.value
        assert (gain > 1e-9) is pays


# --- sources ----------------------------------------------------------------------------------------------------------


def test_provenance_shares_sum_to_one_and_take_the_weakest_input(small: Path) -> None:
    sources = "table,row,column,kind\nscores,,,paper\nfactors,,,judgement\neffects,,,measured\neffects,m1,,paper\n"
    sources += "costs,,,paper\nmeasures,,,paper\nresources,,,paper\n"
    write_case(small, sources=sources)
    found = saidao.plan(small, stance="even")
    assert found.provenance == [{"kind": "judgement", "share_of_objective": pytest.approx(1.0)}]
    inputs = {(r["table"], r["kind"]): r["share_of_objective"] for r in found.inputs}
    assert inputs["scores", "paper"] == pytest.approx(1)
    assert inputs["effects", "paper"] + inputs["effects", "measured"] == pytest.approx(1)
    m1 = sum(r["value"] for r in found.allocation_rows() if r["measure"] == "m1") / found.value
    assert inputs["effects", "paper"] == pytest.approx(m1)
    # what nothing covers, and what is typed over, is an assumption
    write_case(small, sources=sources.replace("costs,,,paper\n", "costs,m1/funds,,paper\ncosts,m3,,paper\n"))
    shares = {r["kind"]: r["share_of_objective"] for r in saidao.plan(small, stance="even").provenance}
    assert shares == {"assumption": pytest.approx(1)}
    write_case(small, sources=sources)
    shares = {
        r["kind"]: r["share_of_objective"] for r in saidao.plan(small, stance="even", budgets={"funds": 9}).provenance
    }
    assert shares == {"assumption": pytest.approx(1)}


def test_weights_come_as_scheme_mapping_series_or_result(small: Path) -> None:
    import pandas as pd

    direct = saidao.plan(small, "direct").value
    assert saidao.plan(small, {"g": 1, "f": 2}).value == pytest.approx(direct)
    assert saidao.plan(small, pd.Series({"f": 4.0, "g": 2.0})).value == pytest.approx(direct)
    assert saidao.plan(small, saidao.weigh(small, "direct")).value == pytest.approx(direct)
    assert saidao.plan(small, {"g": 1, "f": 2}).to_dict()["settings"]["weights"] == "given"


def test_frames_hold_the_same_as_the_dictionary() -> None:
    found = saidao.plan("shanghai")
    document = found.to_dict()
    for table in ("ranking", "gaps", "resources", "rules", "unfunded", "provenance", "inputs"):
        assert len(found.to_frame(table)) == len(document[table])
    assert found.to_frame()["value"].sum() == pytest.approx(found.value)
    assert found.to_frame("weights")["weight"].sum() == pytest.approx(1)
    with pytest.raises(KeyError, match="no table"):
        found.to_frame("nothing")
    assert "<table" in found._repr_html_()
    assert saidao.gaps("shanghai").shape == (12, 6)


def test_an_exact_proof_on_request_catches_a_tampered_plan() -> None:
    plan = saidao.plan("shanghai", certify="exact")
    assert plan.certificate["exact"] is True
    assert plan.certificate["exact_gap"] == 0.0
    assert saidao.plan("shanghai").certificate["exact"] is None
    x = plan.solved.optimum.x.copy()
    funded = int(np.flatnonzero(plan.solved.level[:, 0] > 0)[0])
    x[plan.solved.programme.segments_of[funded][0]] -= 1e-4
    solved = replace(plan.solved, optimum=replace(plan.solved.optimum, x=x))
    assert replace(plan, solved=solved).certificate["exact"] is False
    with pytest.raises(saidao.CaseError, match="exact"):
        saidao.plan("shanghai", certify="exactly")


def test_a_method_s_own_options_reach_it_by_factor(small: Path) -> None:
    bounds = {"g": (0, 10), "f": (0, 10)}
    found = saidao.rank(small, method="spotis", bounds=bounds)
    assert found.scores.tolist() == pytest.approx([(2 * 0.8 + 0.8) / 3, (2 * 0.5 + 0.1) / 3, (2 * 0.1 + 0.3) / 3])
    assert found.to_dict()["settings"]["options"] == {"bounds": [[0, 10], [0, 10]]}
    plan = saidao.plan(small, method="spotis", bounds=bounds)
    assert plan.to_dict()["ranking"][0]["score"] == pytest.approx(0.8)
    for options in ({"bound": 1}, {"bounds": {"f": (0, 10)}}, {"bounds": {"f": (0, 1), "g": (0, 10)}}):
        with pytest.raises(saidao.CaseError) as caught:
            saidao.rank(small, method="spotis", **options)
        assert all(problem.text(lang) for problem in caught.value.problems for lang in ("en", "zh"))


def test_an_undefined_ranking_names_the_track_and_the_factor(small: Path) -> None:
    write_case(small, scores="track,f,g\na,2,0\nb,5,1\nc,9,3\n")
    with pytest.raises(saidao.CaseError, match="track Alpha"):
        saidao.rank(small, method="copras")
    with pytest.raises(saidao.CaseError, match="factor Grit"):
        saidao.rank(small, method="multimoora")


def test_a_track_without_measures_and_a_measure_without_effect_have_their_answers(small: Path) -> None:
    """Only a has a measure with an effect: the others keep their gaps, m3 gets nothing, and all of it is proven."""
    write_case(small, effects="measure,track,factor,effect\nm1,a,f,0.3\nm2,a,g,0.4\nm3,*,g,0\n", rules="rule,kind\n")
    plan = saidao.plan(small, stance="even", certify="exact")
    closed = {(row["track"], row["factor"]): row["closed"] for row in plan.gaps}
    assert closed["a", "f"] > 0
    assert all(value == 0 for (track, _), value in closed.items() if track != "a")
    assert {row["measure"] for row in plan.allocation} <= {"m1", "m2"}
    assert plan.certificate["exact"] is True
    fair = saidao.plan(small, stance="even", objective="maxmin")
    assert fair.solved.certificate.value == 0  # b cannot be helped: the next worst is, as far as it goes
    assert fair.closed_share == pytest.approx(plan.closed_share)
    (answer,) = saidao.explain(small, "m3").answers
    assert answer["flip"]["cost_cut"] is answer["flip"]["effect_rise"] is None
    assert "no_effect" in {problem.code for problem in saidao.load_case(small).warnings}


@pytest.mark.parametrize("suffix", [".xlsx", ".zip", ""])
def test_a_case_holds_locks_and_bans_as_defaults_of_a_run(suffix: str, tmp_path: Path, run: Run) -> None:
    case = saidao.load_case("shanghai")
    texts = {"lock": ("E03=0.5", "M09=1.0@quantum", "M09=0.25@hydrogen"), "forbid": ("M08", "I01@biotech")}
    held = replace(case, settings=case.settings.model_copy(update=texts))
    path = saidao.save_case(held, tmp_path / f"held{suffix}")
    options: dict[str, Any] = {
        "lock": {"E03": 0.5, "M09@quantum": 1.0, "M09@hydrogen": 0.25},
        "forbid": ["M08", "I01@biotech"],
    }
    wanted = saidao.plan("shanghai", **options)
    assert saidao.plan(path).to_dict()["allocation"] == wanted.to_dict()["allocation"]
    assert saidao.plan(path, lock={}, forbid=[]).closed_share == pytest.approx(saidao.plan("shanghai").closed_share)
    done = run(
        "plan",
        "--json",
        *(w for t in texts["lock"] for w in ("--lock", t)),
        *(w for t in texts["forbid"] for w in ("--forbid", t)),
    )
    assert json.loads(done.out)["settings"]["lock"] == options["lock"], "two places of one measure"
    assert json.loads(done.out)["objective"]["closed_share"] == pytest.approx(wanted.closed_share)
