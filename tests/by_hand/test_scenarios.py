"""Scenarios: changes of a case, runs side by side, and causes that sum to the difference."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import saidao
from saidao.case.changes import Change, changed
from saidao.case.edits import edited, row_name
from saidao.case.tables import Effect, Measure, Resource, Track
from saidao.errors import CaseError
from saidao.study.planning import programme
from saidao.study.planning.programme import collect, effect_rows
from tests.conftest import Run, write_case

TABLE = "scenario,name_en,table,row,column,change\n"


def case() -> saidao.Case:
    return saidao.load_case("shanghai")


@pytest.mark.parametrize(
    ("change", "read", "expected"),
    [
        (Change("resources", "funds", "budget", "-20%"), lambda c: c.resources.budget[0], 2000.0),
        (Change("resources", "funds", "budget", "+12.5"), lambda c: c.resources.budget[0], 2512.5),
        (Change("resources", "funds", "budget", "=7"), lambda c: c.resources.budget[0], 7.0),
        (Change("scores", "quantum", "demand_conditions", "0.5"), lambda c: c.scores_matrix[0, 1], 0.5),
        (Change("case", "", "stance", "even"), lambda c: c.settings.stance, "even"),
        (Change("measures", "I01", "kind", "integer"), lambda c: c.measures.kind[0], "integer"),
    ],
)
def test_a_cell_is_changed(change: Change, read: Any, expected: Any) -> None:
    assert read(changed(case(), [change])) == expected
    assert read(case()) != expected


def test_a_leading_part_of_a_key_changes_all_rows_that_start_with_it() -> None:
    before, after = case().effects, changed(case(), [Change("effects", "I01", "effect", "x0.5")]).effects
    mine = before.measure == "I01"
    assert (after.effect[mine] == before.effect[mine] / 2).all()
    assert (after.effect[~mine] == before.effect[~mine]).all()
    everything = changed(case(), [Change("costs", "", "cost", "x2")]).costs
    assert (everything.cost == 2 * case().costs.cost).all()


def test_a_judgement_takes_its_reciprocal_along() -> None:
    (name,) = case().judgements
    new = changed(case(), [Change(f"judgements/{name}", "factor_conditions", "demand_conditions", "3")])
    matrix = new.judgements[name].matrix
    assert matrix[0, 1] == 3
    assert matrix[1, 0] == pytest.approx(1 / 3)
    assert saidao.weigh(new, "ahp").array[0] > saidao.weigh(case(), "ahp").array[0]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (Change("resource", "funds", "budget", "5"), "did you mean 'resources'"),
        (Change("resources", "fund", "budget", "5"), "did you mean 'funds'"),
        (Change("resources", "funds", "budgets", "5"), "did you mean 'budget'"),
        (Change("resources", "funds", "budget", "much"), "-10%"),
        (Change("resources", "funds", "budget", "-9999"), "-10%"),
        (Change("case", "", "stance", "up"), "-10%"),
        (Change("case", "", "stances", "up"), "did you mean 'stance'"),
        (Change("judgements", "factor_conditions", "demand", "5"), "demand_conditions"),
        (Change("factors", "demand_conditions", "target", "=0"), "worst"),
    ],
)
def test_what_cannot_be_changed_is_told(change: Change, told: str) -> None:
    with pytest.raises(CaseError) as caught:
        changed(case(), [change], "scenarios.csv")
    text = caught.value.problems[0].text()
    assert told in text.lower()
    assert "scenarios.csv" in text


def test_a_blank_between_is_any_and_no_column_is_a_row_of_its_own() -> None:
    """The caps and the second factor of the shipped case's scenarios, done by hand on its tables."""
    base = case()
    halved = changed(base, [Change("effects", "M09//factor_conditions", "effect", "x0.5")])
    before, after = base.effects, halved.effects
    hit = (before["measure"] == "M09") & (before["factor"] == "factor_conditions")
    assert hit.sum() > 1
    assert after["effect"].tolist() == before["effect"].where(~hit, before["effect"] / 2).tolist()

    cap = Change("rules", "most", "", "kind=cap; over=dimension; key=entities; of=funds; amount=1000")
    none = Change("rules", "either", "", "kind=excludes; key=M04;M09")
    capped = changed(base, [cap, none])
    assert capped.rules[["rule", "kind", "over", "key", "of"]].to_numpy().tolist() == [
        ["most", "cap", "dimension", "entities", "funds"],
        ["either", "excludes", "", "M04;M09", ""],
    ]
    assert capped.rules["amount"][0] == 1000
    plan = saidao.plan(changed(base, [cap]))
    entities = set(base.measures.query("dimension == 'entities'")["measure"])
    assert sum(r["costs"].get("funds", 0) for r in plan.allocation if r["measure"] in entities) <= 1000 + 1e-9
    assert plan.closed_share < saidao.plan(base).closed_share
    for change in (
        cap,
        Change("rules", "odd", "", "kind=cup"),
        Change("rules", "odd", "", "kinds=cap"),
        Change("rules", "", "", "kind=cap"),
        Change("rules", "odd", "", "cap"),
    ):
        with pytest.raises(CaseError, match="scenarios"):
            changed(capped, [change], "scenarios.csv")


def test_runs_are_the_plans_of_the_changed_cases() -> None:
    found = saidao.scenarios("shanghai")
    rows = {row["scenario"]: row for row in found.runs}
    assert rows["base"]["closed_share"] == saidao.plan("shanghai").closed_share
    table = case().resources
    budgets = dict(zip(table.resource, 0.8 * table.budget, strict=True))
    assert rows["lean"]["closed_share"] == pytest.approx(saidao.plan("shanghai", budgets=budgets).closed_share)
    even = saidao.plan("shanghai", stance="even", budgets={"funds": 2000})
    assert rows["even"]["closed_share"] == pytest.approx(even.closed_share)
    assert rows["lean"]["funds"] <= 2000 + 1e-9


@pytest.mark.slow
def test_causes_sum_to_the_difference_whatever_their_order() -> None:
    found = saidao.scenarios("shanghai", names=["caps", "lean", "land_reform", "half_effect", "even"])
    share = {row["scenario"]: row["closed_share"] for row in found.runs}
    for one in found.plans:
        for other in found.plans:
            causes = found.explain(one, other)
            assert sum(row["amount"] for row in causes) == pytest.approx(share[other] - share[one], abs=1e-12)
            back = {row["cause"]: row["amount"] for row in found.explain(other, one)}
            for row in causes:
                assert back[row["cause"]] == pytest.approx(-row["amount"], abs=1e-12)
            amounts = [abs(row["amount"]) for row in causes]
            assert amounts == sorted(amounts, reverse=True)


def test_two_causes_by_hand() -> None:
    """Each alone, and each after the other: the mean of the two is its amount."""
    a, b = ("resources", "funds", "budget", "x0.5"), ("effects", "", "effect", "x0.5")
    found = saidao.scenarios("shanghai", {"both": [a, b], "a": [a], "b": [b]})
    share = {row["scenario"]: row["closed_share"] for row in found.runs}
    amounts = {row["cause"]: row["amount"] for row in found.explain("base", "both")}
    expected = (share["a"] - share["base"] + share["both"] - share["b"]) / 2
    assert amounts["resources funds budget x0.5"] == pytest.approx(expected, abs=1e-12)


def test_many_causes_are_taken_as_they_stand() -> None:
    many = [("resources", r, "budget", "-1%") for r in ("funds", "land", "talent", "scenarios")]
    many += [("effects", m, "effect", "x0.9") for m in ("I01", "M09", "M04", "E07")]
    found = saidao.scenarios("shanghai", {"many": many})
    causes = found.explain("base", "many")
    assert all(row["in_order"] for row in causes)
    assert sum(row["amount"] for row in causes) == pytest.approx(found.runs[1]["difference"], abs=1e-12)


def test_a_frame_of_changes_and_a_run_without_a_plan(small: Path) -> None:
    write_case(small, rules="rule,kind,over,key,of,share\nr,floor,all,,closed,0.01\n")
    rows = [("poor", "resources", r, "budget", "0") for r in saidao.load_case(small).resources.resource]
    frame = pd.DataFrame(rows, columns=["scenario", "table", "row", "column", "change"])
    found = saidao.scenarios(small, frame)
    assert found.runs[1]["status"] == "infeasible"
    assert found.runs[1]["closed_share"] is None
    assert "no plan" in found.text()[1]
    json.loads(found.to_json())


def test_a_case_without_scenarios_and_a_name_that_is_taken(small: Path) -> None:
    with pytest.raises(CaseError, match=r"scenarios\.csv"):
        saidao.scenarios(small)
    write_case(small, scenarios=f"{TABLE}base,,resources,funds,budget,+1\n")
    with pytest.raises(CaseError, match="another name"):
        saidao.scenarios(small)


def test_faults_are_told_with_their_line(small: Path, run: Run) -> None:
    write_case(small, scenarios=f"{TABLE}a,A,resources,fund,budget,+1\na,,resource,funds,budget,+1\n")
    done = run("scenarios", small)
    assert done.status == 2
    assert "row 2" in done.err
    assert "row 3" in done.err


def test_graded_effects_of_a_case_whose_budgets_alone_change_are_collected() -> None:
    shipped = saidao.load_case("shanghai")
    columns = ("measure", "track", "factor")
    effects = [{**{c: getattr(row, c) for c in columns}, "scale": "some"} for row in shipped.rows(Effect)]
    case = shipped.with_tables(scales=[{"scale": "some", "name_en": "Some", "closes": 0.1}], effects=effects)
    effect_rows(case)
    budgets = [
        {**row.model_dump(exclude_defaults=True), "budget": 0.9 * (row.budget or 0)} for row in case.rows(Resource)
    ]
    fewer = case.with_tables(resources=budgets)
    assert fewer.rows(Effect)[0] is not case.rows(Effect)[0]
    assert collect(fewer).effects[2].tolist() == collect(case).effects[2].tolist()


@pytest.mark.parametrize("amount", ["0.123", "0"])
def test_what_is_collected_after_an_edit_is_as_if_it_were_collected_anew(amount: str) -> None:
    case = saidao.load_case("shanghai")
    row = next(row for row in case.rows(Effect) if row.effect > 0)
    collect(case)
    made = edited(case, {f"effects:{row_name(row.key_parts())}:effect": amount})
    found, (of, anew) = collect(made), programme._shaped.__wrapped__(programme.Shape(made, (Track, Measure)))
    assert of is made
    for one, other in zip((*found.effects, found.cost), (*anew.effects, anew.cost), strict=True):
        assert one.tolist() == other.tolist()
    assert found.applications == anew.applications
    assert (len(found.effect_row) == len(collect(case).effect_row)) == (amount != "0")
