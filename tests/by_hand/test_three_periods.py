"""Plans over several periods and what is told of them, each figure by hand: cases small enough to be done on paper.

Wrong edits of these places once survived all other tests.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import saidao
from saidao.case import Case
from saidao.framework import tfp

PERIODS = 'weights = "direct"\nmethod = "wsm"\nstance = "even"\nperiods = ["p1", "p2", "p3"]\n'


def written(folder: Path, toml: str = PERIODS, **tables: str) -> Path:
    """One track with a gap of 1 in f; m closes 0.1 a unit, up to 20 units, for 1 of funds."""
    folder.mkdir(exist_ok=True)
    files = {
        "tracks": "track,type\na,x\nb,x\n",
        "factors": "factor,direction,worst,target,weight\nf,max,0,1,1\n",
        "scores": "track,f\na,0\nb,1\n",
        "resources": "resource,unit,budget,carry\nfunds,u,,0\n",
        "measures": "measure,dimension,stage,scope,max_level,lag\nm,d,s,track,20,0\n",
        "costs": "measure,resource,cost,period\nm,funds,1,\n",
        "effects": "measure,track,factor,effect\nm,a,f,0.1\n",
        **tables,
    }
    (folder / "case.toml").write_text(toml, encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def resource(plan: saidao.Plan, key: str) -> list[float]:
    return [row[key] for row in plan.resources]


def test_what_is_carried_is_carried_again(tmp_path: Path) -> None:
    """8 come in the first period, and a unit costs 1 in the third only: 4 of them arrive in the second, 2 there."""
    folder = written(
        tmp_path,
        resources="resource,unit,budget,carry\nfunds,u,,0.5\n",
        budgets="resource,period,amount\nfunds,p1,8\n",
        costs="measure,resource,cost,period\nm,funds,100,p1\nm,funds,100,p2\nm,funds,1,p3\n",
    )
    plan = saidao.plan(folder)
    assert resource(plan, "carried") == pytest.approx([0, 4, 2])
    assert resource(plan, "used") == pytest.approx([0, 0, 2])
    assert plan.closed_share == pytest.approx(0.2)
    # a unit more in the third period closes 0.1, one in the second a half of it, one in the first a quarter
    assert resource(plan, "price_up") == pytest.approx([0.025, 0.05, 0.1])
    for period, worth in (("p2", 0.05), ("p1", 0.025)):
        other = written(
            tmp_path / period,
            resources="resource,unit,budget,carry\nfunds,u,,0.5\n",
            budgets=f"resource,period,amount\nfunds,p1,{8 + (period == 'p1')}\nfunds,p2,{int(period == 'p2')}\n",
            costs="measure,resource,cost,period\nm,funds,100,p1\nm,funds,100,p2\nm,funds,1,p3\n",
        )
        assert saidao.plan(other).value - plan.value == pytest.approx(worth)


def test_what_was_spent_before_is_not_carried(tmp_path: Path) -> None:
    """The first unit closes as much whenever it is bought, and early gaps count more: 3 are spent, 5 are carried."""
    folder = written(
        tmp_path,
        PERIODS + "discount = 0.9\n",
        resources="resource,unit,budget,carry\nfunds,u,,1\n",
        budgets="resource,period,amount\nfunds,p1,8\nfunds,p3,1\n",
        measures="measure,dimension,stage,scope,max_level,lag\nm,d,s,track,3,0\n",
    )
    plan = saidao.plan(folder)
    assert resource(plan, "used") == pytest.approx([3, 0, 0])
    assert resource(plan, "carried") == pytest.approx([0, 5, 5])


@pytest.mark.parametrize("when", ["p2", ""])
def test_a_share_of_a_dated_budget_moves_with_its_own_period(tmp_path: Path, when: str) -> None:
    """At most a half of the budget goes to m, which closes 0.1 a unit; o closes 0.02 and takes the rest."""
    tables = {
        "budgets": "resource,period,amount\nfunds,p1,4\nfunds,p2,2\nfunds,p3,1\n",
        "measures": "measure,dimension,stage,scope,max_level,lag\nm,d,s,track,20,0\no,d,s,track,20,0\n",
        "costs": "measure,resource,cost,period\nm,funds,1,\no,funds,1,\n",
        "effects": "measure,track,factor,effect\nm,a,f,0.1\no,a,f,0.02\n",
        "rules": f"rule,kind,over,key,of,amount,share,period\nhalf,cap,measure,m,funds,,0.5,{when}\n",
    }
    plan = saidao.plan(written(tmp_path, **tables))
    # of p2 alone: m 4 + 1 + 1, o the other 1 of p2; of all: m 3.5, o 3.5
    amount, value = (1.0, 0.62) if when else (3.5, 0.42)
    (rule,) = plan.rules
    assert (rule["amount"], rule["reached"]) == pytest.approx((amount, amount))
    assert plan.value == pytest.approx(value)
    # where half of a period's budget is all that m may have, a unit more there is half m's, half o's
    mixed = 0.5 * 0.1 + 0.5 * 0.02
    prices = [0.1, mixed, 0.1] if when else [mixed] * 3
    assert resource(plan, "price_up") == pytest.approx(prices)
    for q, period in enumerate(("p1", "p2", "p3")):
        amounts = {"p1": 4, "p2": 2, "p3": 1}
        amounts[period] += 1
        more = {"budgets": "resource,period,amount\n" + "".join(f"funds,{p},{b}\n" for p, b in amounts.items())}
        again = saidao.plan(written(tmp_path / period, **{**tables, **more}))
        assert again.value - plan.value == pytest.approx(prices[q])


def test_a_reduced_cost_is_that_of_the_best_period(tmp_path: Path) -> None:
    """n brings 0.05 a unit and takes 4, 3 and 2 of funds that are worth 0.1 each: 0.15 short in the third period."""
    tables = {
        "budgets": "resource,period,amount\nfunds,p1,1\nfunds,p2,1\nfunds,p3,1\n",
        "measures": "measure,dimension,stage,scope,max_level,lag\nm,d,s,track,20,0\nn,d,s,track,20,0\n",
        "costs": "measure,resource,cost,period\nm,funds,1,\nn,funds,4,p1\nn,funds,3,p2\nn,funds,2,p3\n",
    }

    def effects(of_n: float) -> str:
        return f"measure,track,factor,effect\nm,a,f,0.1\nn,a,f,{of_n}\n"

    plan = saidao.plan(written(tmp_path, **tables, effects=effects(0.05)))
    assert {row["measure"]: row["reduced_cost"] for row in plan.unfunded} == pytest.approx({"n": 0.15})
    for of_n, funded in ((0.2 - 1e-6, False), (0.2 + 1e-6, True)):
        again = saidao.plan(written(tmp_path / str(of_n), **tables, effects=effects(of_n)))
        assert ("n" in {row["measure"] for row in again.allocation}) == funded


def test_what_is_delivered_beyond_a_gap_is_shared_out(tmp_path: Path) -> None:
    """m delivers 0.6 in the first period and n 0.9 in the second, over a gap of 1: 0.4 and 0.6 of it are theirs."""
    folder = written(
        tmp_path,
        budgets="resource,period,amount\nfunds,p1,6\nfunds,p2,9\n",
        measures="measure,dimension,stage,scope,max_level,lag\nm,d,s,track,6,0\nn,d,s,track,9,0\n",
        costs="measure,resource,cost,period\nm,funds,1,p1\nm,funds,99,p2\nm,funds,99,p3\nn,funds,1,\n",
        effects="measure,track,factor,effect\nm,a,f,0.1\nn,a,f,0.1\n",
        rules="rule,kind,over,key,of,amount,share,period\nall m,floor,measure,m,funds,6,,p1\n"
        "all n,floor,measure,n,funds,9,,p2\n",
    )
    plan = saidao.plan(folder)
    assert plan.closed_share == pytest.approx(1.0)
    shown = {(row["measure"], row["period"]): [c["amount"] for c in row["closes"]] for row in plan.allocation}
    assert shown == {("m", "p1"): [pytest.approx(0.4)], ("n", "p2"): [pytest.approx(0.6)]}
    assert plan.solved.closed_by_period[:, 0, 0].tolist() == pytest.approx([0.6, 1, 1])
    assert sum(row["value"] for row in plan.allocation_rows()) == pytest.approx(plan.solved.closed_value)


def test_what_acts_beyond_the_horizon_closes_nothing(tmp_path: Path, run: Any) -> None:
    """m acts in the period after; n, which acts three periods later, is bought only where a floor asks for it."""
    folder = written(
        tmp_path,
        budgets="resource,period,amount\nfunds,p1,5\nfunds,p2,5\nfunds,p3,5\n",
        measures="measure,dimension,stage,scope,max_level,lag\nm,d,s,track,20,1\nn,d,s,track,20,3\n",
        costs="measure,resource,cost,period\nm,funds,2,\nn,funds,1,\n",
        effects="measure,track,factor,effect\nm,a,f,0.1\nn,a,f,0.9\n",
        rules="rule,kind,over,key,of,amount,share,period\nsome n,floor,measure,n,funds,1,,p1\n",
    )
    plan = saidao.plan(folder)
    assert plan.solved.closed_by_period[:, 0, 0].tolist() == pytest.approx([0, 0.2, 0.45])
    assert resource(plan, "used") == pytest.approx([5, 5, 0])
    assert next(row for row in plan.allocation if row["measure"] == "n")["closes"] == []
    stages = json.loads(run("stages", folder, "--json").out)
    assert {(row["measure"], row["period"], row["acts_from"]) for row in stages["schedule"]} == {
        ("m", "p1", "p2"),
        ("m", "p2", "p3"),
        ("n", "p1", None),
    }


def led(folder: Path) -> Case:
    """Two tracks of one type, a type-wide measure that closes 0.5 at a and 0.2 at b, and one of b alone.

    Direct weights 3 of f, 1 of g; a has its gap in f, b in g: a gap unit of a is worth three of b's.
    """
    return saidao.load_case(
        written(
            folder,
            PERIODS,
            factors="factor,direction,worst,target,weight\nf,max,0,1,3\ng,max,0,1,1\n",
            scores="track,f,g\na,0,1\nb,1,0\n",
            budgets="resource,period,amount\nfunds,p1,10\nfunds,p2,5\n",
            measures="measure,dimension,stage,scope,max_level,lag\nw,one,early,type,1,0\nm,two,late,track,2,0\n",
            costs="measure,resource,cost,period\nw,funds,10,\nm,funds,5,\n",
            effects="measure,track,factor,effect\nw,a,f,0.5\nw,b,g,0.2\nm,b,g,0.3\n",
        )
    )


def test_money_is_attributed_by_value_and_not_by_gap_units(tmp_path: Path) -> None:
    """w closes 0.5 x 3 at a and 0.2 x 1 at b: 15 / 17 of its 10 of funds are a's, where gap units would say 5 / 7.

    So a, which ranks second, has most of the money; by gap units b would have, and nothing would disagree.
    """
    case = led(tmp_path)
    plan = saidao.plan(case)
    assert {(r["measure"], r["target"]): r["level"] for r in plan.allocation} == pytest.approx(
        {("w", "x"): 1.0, ("m", "b"): 1.0}
    )
    value = {row["measure"]: row["value"] for row in plan.allocation_rows()}
    assert value == pytest.approx({"w": 0.75 * 0.5 + 0.25 * 0.2, "m": 0.25 * 0.3})
    money = {"a": 10 * 15 / 17, "b": 10 * 2 / 17 + 5}
    told = {row["track"]: row for row in plan.disagreements}
    assert {track: row["rank_by_money"] for track, row in told.items()} == {"a": 1, "b": 2}
    for track, row in told.items():
        assert row["money_share"] == pytest.approx(money[track] / 15)
    whole = sum(value.values())
    balance = {row["dimension"]: row["value"] for row in saidao.balance(case).dimensions}
    assert balance == pytest.approx({"one": value["w"] / whole, "two": value["m"] / whole})
    stages = {row["stage"]: row["value"] for row in saidao.stages(case).stages}
    assert stages == pytest.approx({"early": value["w"] / whole, "late": value["m"] / whole})
    from saidao.pictures.flow import _links

    _, by_track, by_factor = _links(plan)
    assert by_track == pytest.approx({("w", "a"): 0.375 / whole, ("w", "b"): 0.05 / whole, ("m", "b"): 0.075 / whole})
    assert by_factor == pytest.approx({("a", "f"): 0.375 / whole, ("b", "g"): 0.125 / whole})


def test_solow_takes_the_share_of_the_period_before() -> None:
    """Output 100 to 120, capital 50 to 60, labour as it was; capital's share 0.25, then 0.75: 0.2 - 0.25 x 0.2."""
    y, k, n, share = (np.array(v)[:, None] for v in ([100.0, 120, 120], [50.0, 60, 90], [8.0, 8, 8], [0.25, 0.75, 0.5]))
    found = tfp.growth_accounting(y, k, n, share, "solow")
    assert found.capital[:, 0] == pytest.approx([0.25 * 0.2, 0.75 * 0.5])
    assert found.residual[:, 0] == pytest.approx([0.15, -0.375])
    assert found.level[:, 0] == pytest.approx([1, 1.15, 1.15 * 0.625])
