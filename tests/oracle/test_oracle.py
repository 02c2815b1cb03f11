"""The oracle itself, on cases small enough to be worked out by hand."""

from __future__ import annotations

import itertools
import math
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.conftest import first
from tests.oracle import implementation as oracle
from tests.oracle.random_cases import write_random_case

# One track, one factor, a gap of 1; one measure that closes 0.5 per level for 10 a level.
ONE: dict[str, str] = {
    "case.toml": 'name_en = "One"\nstance = "even"\n',
    "tracks.csv": "track,type\na,x\n",
    "factors.csv": "factor,direction,worst,target,weight\nf,max,0,1,1\n",
    "scores.csv": "track,f\na,0\n",
    "judgements/all.csv": "factor,f\nf,1\n",
    "resources.csv": "resource,budget\nfunds,10\n",
    "measures.csv": "measure,dimension,stage,scope,max_level\nm1,d1,s1,track,2\n",
    "costs.csv": "measure,resource,cost\nm1,funds,10\n",
    "effects.csv": "measure,track,factor,effect\nm1,*,f,0.5\n",
}


def case(folder: Path, toml: str = "", **changes: str) -> Path:
    """Write ONE with settings and with some tables replaced or added."""
    files = ONE | {f"{table}.csv": text for table, text in changes.items()}
    files["case.toml"] += toml
    for old in folder.glob("*.csv"):  # of the case that a test wrote before this one
        old.unlink()
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


TWO_TRACKS = "track,type\na,x\nb,y\n"
TWO_MEASURES = "measure,dimension,stage,scope,max_level\n"


# --- the program ------------------------------------------------------------------------------


def test_half_of_the_money_closes_half_of_the_gap(tmp_path: Path) -> None:
    found = oracle.solve(case(tmp_path))
    # level 2 closes the gap for 20; 10 buy level 1, which closes 0.5
    assert found.levels == pytest.approx({("m1", "a"): 1})
    assert found.closed == pytest.approx({("a", "f"): 0.5})
    assert found.objective == pytest.approx(0.5)
    assert found.closed_share == pytest.approx(0.5)
    assert found.spend == pytest.approx({"funds": 10})
    assert found.least_spend == pytest.approx(1)


def test_a_difference_of_values_is_the_price(tmp_path: Path) -> None:
    case(tmp_path)
    # 0.5 of gap per 10 of funds, until 20 close everything
    for budget, value in ((0, 0), (1, 0.05), (10, 0.5), (11, 0.55), (20, 1), (30, 1)):
        assert oracle.value_of(tmp_path, budgets={"funds": budget}) == pytest.approx(value)
    assert oracle.solve(tmp_path, budgets={"funds": 40}).least_spend == pytest.approx(20 / 40)
    assert oracle.solve(tmp_path, budgets={"funds": 0}).least_spend == 0


def test_the_level_of_an_application_stops_at_max_level(tmp_path: Path) -> None:
    case(tmp_path, measures=TWO_MEASURES + "m1,d1,s1,track,0.6\n")
    found = oracle.solve(tmp_path)
    assert found.objective == pytest.approx(0.3)
    assert found.spend["funds"] == pytest.approx(6)


def test_a_city_measure_is_felt_by_both_tracks_until_one_is_full(tmp_path: Path) -> None:
    case(
        tmp_path,
        tracks=TWO_TRACKS,
        scores="track,f\na,0\nb,0.6\n",
        measures=TWO_MEASURES + "m1,d1,s1,city,1\nm2,d1,s1,track,1\n",
        costs="measure,resource,cost\nm1,funds,10\nm2,funds,10\n",
        effects="measure,track,factor,effect\nm1,*,f,0.5\nm2,a,f,0.8\n",
    )
    found = oracle.solve(tmp_path)
    # Level 1 of m1 brings 0.5 to each, m2 brings 0.8 to a, both for 10. b's gap of 0.4 is full
    # at m1 = 0.8; after that m1 brings 0.5 and m2 0.8, so the last 2 of funds buy 0.2 of m2.
    assert found.levels == pytest.approx({("m1", "*"): 0.8, ("m2", "a"): 0.2})
    assert found.closed == pytest.approx({("a", "f"): 0.56, ("b", "f"): 0.4})
    assert found.objective == pytest.approx(0.96)
    assert found.closed_share == pytest.approx(0.96 / 1.4)


FOUR_TRACKS = "track,type\na,x\nb,x\nc,x\nd,y\n"
FOUR_SCORES = "track,f\na,0\nb,0\nc,0\nd,0\n"
OVERRIDES = "measure,track,factor,effect\nm1,*,f,0.2\nm1,type:x,f,0.3\nm1,b,f,0\nm1,c,f,0.1\n"


def test_a_track_row_overrides_a_type_row_even_downwards(tmp_path: Path) -> None:
    case(tmp_path, tracks=FOUR_TRACKS, scores=FOUR_SCORES, effects=OVERRIDES)
    found = oracle.solve(tmp_path, budgets={"funds": 1000})
    # a: its type's 0.3; b: 0, so no application at all; c: its own 0.1; d: 0.2 of `*`; level 2
    assert found.levels == pytest.approx({("m1", "a"): 2, ("m1", "c"): 2, ("m1", "d"): 2})
    assert [found.closed[t, "f"] for t in "abcd"] == pytest.approx([0.6, 0, 0.2, 0.4])
    # cheapest first: 10 of funds go to the best of them
    assert oracle.value_of(tmp_path) == pytest.approx(0.3)


def test_a_type_measure_has_one_level_per_type(tmp_path: Path) -> None:
    measures = TWO_MEASURES + "m1,d1,s1,type,2\n"
    case(tmp_path, tracks=FOUR_TRACKS, scores=FOUR_SCORES, effects=OVERRIDES, measures=measures)
    found = oracle.solve(tmp_path)
    # 10 of funds at type x bring 0.3 + 0 + 0.1, at type y 0.2
    assert found.levels == pytest.approx({("m1", "x"): 1, ("m1", "y"): 0})
    assert [found.closed[t, "f"] for t in "abcd"] == pytest.approx([0.3, 0, 0.1, 0])
    # a type whose only track has effect 0 has no application
    effects = "measure,track,factor,effect\nm1,*,f,0.2\nm1,d,f,0\n"
    case(tmp_path, tracks=FOUR_TRACKS, scores=FOUR_SCORES, effects=effects, measures=measures)
    assert set(oracle.solve(tmp_path).levels) == {("m1", "x")}


def test_segments_diminish(tmp_path: Path) -> None:
    case(
        tmp_path,
        effects="measure,track,factor,effect,up_to\nm1,*,f,0.5,1\nm1,*,f,0.2,\n",
        resources="resource,budget\nfunds,15\n",
    )
    # level 1.5: 0.5 for the first, half of 0.2 for the rest
    assert oracle.value_of(tmp_path) == pytest.approx(0.6)
    assert oracle.value_of(tmp_path, budgets={"funds": 20}) == pytest.approx(0.7)
    assert oracle.value_of(tmp_path, budgets={"funds": 5}) == pytest.approx(0.25)
    # a last `up_to` below max_level: more closes nothing, and so is not bought
    case(tmp_path, effects="measure,track,factor,effect,up_to\nm1,*,f,0.5,1\n")
    found = oracle.solve(tmp_path, budgets={"funds": 20})
    assert found.objective == pytest.approx(0.5)
    assert found.spend["funds"] == pytest.approx(10)


def test_the_cheaper_of_two_equal_measures_is_taken(tmp_path: Path) -> None:
    case(
        tmp_path,
        scores="track,f\na,0.5\n",
        measures=TWO_MEASURES + "m1,d1,s1,track,1\nm2,d1,s1,track,1\n",
        resources="resource,budget\nfunds,100\nland,10\n",
        costs="measure,resource,cost\nm1,funds,10\nm2,funds,6\n",
        effects="measure,track,factor,effect\nm1,*,f,0.5\nm2,*,f,0.5\n",
    )
    found = oracle.solve(tmp_path)
    assert found.levels == pytest.approx({("m1", "a"): 0, ("m2", "a"): 1})
    assert found.least_spend == pytest.approx(0.06)
    # what counts is the share of the budget: 10 of 100 is less than 3 of 10
    costs = "measure,resource,cost\nm1,funds,10\nm2,land,3\n"
    (tmp_path / "costs.csv").write_text(costs, encoding="utf-8")
    found = oracle.solve(tmp_path)
    assert found.levels == pytest.approx({("m1", "a"): 1, ("m2", "a"): 0})
    assert found.spend == pytest.approx({"funds": 10, "land": 0})
    assert found.least_spend == pytest.approx(0.1)


# --- rules ------------------------------------------------------------------------------------

# m1 brings 0.5 for 10, m2 0.1 for 10: without a rule all of the 10 go to m1.
RULES = "rule,kind,over,key,of,amount,share\n"
GOOD_AND_POOR = {
    "tracks": TWO_TRACKS,
    "scores": "track,f\na,0\nb,1\n",
    "costs": "measure,resource,cost\nm1,funds,10\nm2,funds,10\n",
    "effects": "measure,track,factor,effect\nm1,a,f,0.5\nm2,a,f,0.1\n",
}


@pytest.mark.parametrize(
    ("scopes", "rule"),
    [
        ("track track", "floor,measure,m2,funds,4,"),
        ("track track", "floor,measure,m2,funds,,0.4"),
        ("track track", "floor,dimension,d2,funds,4,"),
        ("track track", "floor,stage,s2,funds,4,"),
        ("track track", "cap,measure,m1,funds,6,"),
        ("track track", "cap,stage,s1,funds,,0.6"),
        # spend at the city or at a type is no spend at the track
        ("city track", "floor,track,a,funds,4,"),
        ("type track", "floor,track,a,funds,4,"),
        ("track type", "cap,track,a,funds,6,"),
        # nor is city-wide spend spend at a type; what is spent at its tracks is
        ("city track", "floor,type,x,funds,4,"),
        ("city type", "floor,type,x,funds,4,"),
        ("track city", "cap,type,x,funds,6,"),
        ("type city", "cap,type,x,funds,6,"),
    ],
)
def test_a_floor_forces_and_a_cap_stops_spend(tmp_path: Path, scopes: str, rule: str) -> None:
    one, two = scopes.split()
    measures = TWO_MEASURES + f"m1,d1,s1,{one},2\nm2,d2,s2,{two},2\n"
    case(tmp_path, measures=measures, rules=f"{RULES}r,{rule}\n", **GOOD_AND_POOR)
    found = oracle.solve(tmp_path)
    # 4 to m2, 6 to m1: 0.04 + 0.3
    assert found.objective == pytest.approx(0.34)
    level = {m: x for (m, _), x in found.levels.items()}
    assert level == pytest.approx({"m1": 0.6, "m2": 0.4})
    assert oracle.value_of(tmp_path, budgets={"funds": 10.0}) == pytest.approx(0.34)


def test_a_floor_on_all_spend_buys_even_what_closes_nothing(tmp_path: Path) -> None:
    case(tmp_path, scores="track,f\na,1\n", rules=f"{RULES}r,floor,all,,funds,,0.7\n")
    found = oracle.solve(tmp_path)
    assert found.objective == 0
    assert found.spend["funds"] == pytest.approx(7)


@pytest.mark.parametrize(
    ("rule", "budget", "value"),
    [
        ("cap,factor,f,closed,0.3,", 10, 0.3),
        ("cap,track,a,closed,,0.3", 6, 0.3),
        ("cap,track,a,closed,,0.3", 10, 0.5),  # 0.3 of a, then 0.2 of b for the same money
        ("cap,all,,closed,,0.2", 10, 0.32),  # of the total gap of 1.6
        ("cap,type,y,closed,0.1,", 12, 0.6),
        ("cap,type,y,closed,0.1,", 24, 1.1),  # a is full at 20, y takes 2, and 2 are left
    ],
)
def test_a_cap_on_closed(tmp_path: Path, rule: str, budget: float, value: float) -> None:
    case(tmp_path, tracks=TWO_TRACKS, scores="track,f\na,0\nb,0.4\n", rules=f"{RULES}r,{rule}\n")
    found = oracle.solve(tmp_path, budgets={"funds": budget})
    assert found.objective == pytest.approx(value)
    # 1 of funds closes 0.05 of either track, and no more than that is spent
    assert found.spend["funds"] == pytest.approx(value / 0.05)


def test_a_floor_on_closed_moves_money_to_the_track(tmp_path: Path) -> None:
    case(
        tmp_path,
        tracks=TWO_TRACKS,
        scores="track,f\na,0\nb,0.5\n",
        effects="measure,track,factor,effect\nm1,a,f,0.5\nm1,b,f,0.1\n",
        rules=f"{RULES}r,floor,track,b,closed,,0.1\n",
    )
    found = oracle.solve(tmp_path)
    # a tenth of b's gap of 0.5 is 0.05: level 0.5 there for 5, and the other 5 bring a 0.25
    assert found.closed == pytest.approx({("a", "f"): 0.25, ("b", "f"): 0.05})
    assert found.objective == pytest.approx(0.3)


def test_rules_that_cannot_be_kept_are_infeasible(tmp_path: Path) -> None:
    case(tmp_path, rules=f"{RULES}r,floor,track,a,closed,0.6,\n")
    with pytest.raises(oracle.Infeasible):
        oracle.solve(tmp_path)


@pytest.mark.parametrize(
    "rule",
    ["floor,factor,f,funds,1,", "floor,measure,m1,closed,1,", "cap,track,q,funds,1,"],
)
def test_a_rule_without_a_meaning_is_refused(tmp_path: Path, rule: str) -> None:
    case(tmp_path, rules=f"{RULES}r,{rule}\n")
    with pytest.raises(ValueError, match=r"belongs to no|no such group"):
        oracle.solve(tmp_path)


# --- periods ----------------------------------------------------------------------------------

TWO_PERIODS = 'periods = ["p1", "p2"]\n'
BUDGETS = "resource,period,amount\n"
TEN_EACH = BUDGETS + "funds,p1,10\nfunds,p2,10\n"


def resource(carry: float, budget: float = 10) -> str:
    return f"resource,budget,carry\nfunds,{budget},{carry}\n"


def measure(column: str, cell: object, max_level: float = 2) -> str:
    """The table of m1 with one more column."""
    return f"measure,dimension,stage,scope,max_level,{column}\nm1,d1,s1,track,{max_level},{cell}\n"


def test_what_a_period_does_not_spend_is_lost(tmp_path: Path) -> None:
    case(tmp_path, TWO_PERIODS, budgets=BUDGETS + "funds,p1,4\nfunds,p2,30\n")
    found = oracle.solve(tmp_path)
    # the 4 close 0.2, which leaves 0.8 for 16; or nothing, and all of it for 20: the sum is 20
    assert found.objective == pytest.approx(1)
    assert found.spend["funds"] == pytest.approx(20)
    assert found.least_spend == pytest.approx(20 / 34)
    found = oracle.solve(tmp_path, budgets={"funds": 17})
    # halved: 2 and 15
    assert found.objective == pytest.approx(0.85)
    assert found.levels_by_period == pytest.approx({("m1", "a", "p1"): 0.2, ("m1", "a", "p2"): 1.5})
    assert found.spend_by_period == pytest.approx({("funds", "p1"): 2, ("funds", "p2"): 15})
    assert found.levels == pytest.approx({("m1", "a"): 1.7})


def test_readings_of_budgets_by_period(tmp_path: Path) -> None:
    def budgets(given: dict[str, float] | None = None) -> dict[tuple[str, str], float]:
        return oracle.budgets_of(oracle.read(tmp_path), given)

    # numbers are labels too; a resource without a row has its budget in the first period
    case(tmp_path, "periods = [2025, 2026]\n")
    assert budgets() == {("funds", "2025"): 10, ("funds", "2026"): 0}
    # a period without a row has nothing where others have one
    case(tmp_path, "periods = [2025, 2026]\n", budgets=BUDGETS + "funds,2026,5\n")
    assert budgets() == {("funds", "2025"): 0, ("funds", "2026"): 5}
    assert budgets({"funds": 8}) == {("funds", "2025"): 0, ("funds", "2026"): 8}
    # without `periods` the labels of the budgets, as they come
    case(tmp_path, budgets=BUDGETS + "funds,y2,5\nfunds,y1,15\n")
    assert list(budgets()) == [("funds", "y2"), ("funds", "y1")]
    assert list(budgets({"funds": 2}).values()) == [0.5, 1.5]
    # nothing can be scaled to something
    case(tmp_path, budgets=BUDGETS + "funds,y2,0\nfunds,y1,0\n")
    assert list(budgets({"funds": 2}).values()) == [2, 0]
    # one period need not be named
    case(tmp_path, budgets=BUDGETS + "funds,,7\n")
    assert list(budgets().values()) == [7]
    assert oracle.value_of(tmp_path) == pytest.approx(0.35)
    for wrong in ("funds,p3,1\n", "funds,,1\n", "funds,p1,1\nfunds,p1,1\n", "gold,p1,1\n"):
        case(tmp_path, TWO_PERIODS, budgets=BUDGETS + wrong)
        with pytest.raises(ValueError, match=r"no such period|blank or named twice|no resource"):
            budgets()


def test_a_lag_brings_the_effect_later_or_not_at_all(tmp_path: Path) -> None:
    late = measure("lag", 1)
    case(tmp_path, TWO_PERIODS, budgets=BUDGETS + "funds,p1,4\nfunds,p2,10\n", measures=late)
    found = oracle.solve(tmp_path)
    # what p2 pays for would only work in p3
    assert found.objective == pytest.approx(0.2)
    assert found.spend_by_period == pytest.approx({("funds", "p1"): 4, ("funds", "p2"): 0})
    case(tmp_path / "one", measures=late)
    assert oracle.value_of(tmp_path / "one") == 0
    (tmp_path / "measures.csv").write_text(ONE["measures.csv"], encoding="utf-8")
    assert oracle.value_of(tmp_path) == pytest.approx(0.7)


@pytest.mark.parametrize(
    ("carry", "levels", "value"),
    # 4 in p1 buy level 0.2 there; carried over, they are 4 * carry and buy 0.1 * that in p2
    [(0, (0.2, 1), 0.6), (0.4, (0.2, 1), 0.6), (0.8, (0, 1.32), 0.66), (1, (0, 1.4), 0.7)],
)
def test_carry_and_costs_by_period(
    tmp_path: Path,
    carry: float,
    levels: tuple[float, float],
    value: float,
) -> None:
    case(
        tmp_path,
        TWO_PERIODS,
        resources=resource(carry),
        budgets=BUDGETS + "funds,p1,4\nfunds,p2,10\n",
        # the row of a period comes before the one of all, wherever it stands
        costs="measure,resource,cost,period\nm1,funds,20,p1\nm1,funds,10,\n",
    )
    found = oracle.solve(tmp_path)
    assert found.objective == pytest.approx(value)
    bought = [found.levels_by_period["m1", "a", p] for p in ("p1", "p2")]
    assert bought == pytest.approx(levels)
    spent = [found.spend_by_period["funds", p] for p in ("p1", "p2")]
    assert spent == pytest.approx([20 * levels[0], 10 * levels[1]])
    assert found.least_spend == pytest.approx(sum(spent) / 14)


def test_decay_wears_off_what_came_before(tmp_path: Path) -> None:
    decay = TWO_PERIODS + "decay = 0.5\n"
    case(tmp_path, decay, budgets=TEN_EACH)
    # level 1 in each: half of 0.5 is left, and 0.5 comes
    assert oracle.value_of(tmp_path) == pytest.approx(0.75)
    # money that can wait waits
    case(tmp_path, decay, budgets=TEN_EACH, resources=resource(1))
    found = oracle.solve(tmp_path)
    assert found.objective == pytest.approx(1)
    assert found.levels_by_period["m1", "a", "p2"] == pytest.approx(2)
    # a lag is no time to wear off in: p1's level arrives whole in p2, and half of it is left in p3
    late = measure("lag", 1)
    case(tmp_path, decay, measures=late)
    assert oracle.value_of(tmp_path) == pytest.approx(0.5)
    case(tmp_path, 'periods = ["p1", "p2", "p3"]\ndecay = 0.5\n', measures=late)
    assert oracle.value_of(tmp_path) == pytest.approx(0.25)


def test_discount_counts_what_each_period_adds(tmp_path: Path) -> None:
    case(tmp_path, TWO_PERIODS + "discount = 0.8\n", budgets=TEN_EACH)
    found = oracle.solve(tmp_path)
    # 0.5 now, 0.8 * 0.5 later
    assert found.objective == pytest.approx(0.9)
    assert found.closed_share == pytest.approx(1.0)
    assert found.closed == pytest.approx({("a", "f"): 1})
    late = measure("lag", 1)
    case(tmp_path, TWO_PERIODS + "discount = 0.8\n", budgets=TEN_EACH, measures=late)
    assert oracle.value_of(tmp_path) == pytest.approx(0.4)
    # what wears off is taken away again, as late as that: 0.5 - 0.5 * 0.25
    case(tmp_path, TWO_PERIODS + "discount = 0.5\ndecay = 0.5\n")
    assert oracle.value_of(tmp_path) == pytest.approx(0.375)


def test_segments_and_max_level_hold_over_all_periods(tmp_path: Path) -> None:
    effects = "measure,track,factor,effect,up_to\nm1,*,f,0.5,1\nm1,*,f,0.2,\n"
    case(tmp_path, TWO_PERIODS, budgets=TEN_EACH, effects=effects)
    # the second level has the second effect, though it is the first of its period
    assert oracle.value_of(tmp_path) == pytest.approx(0.7)
    case(tmp_path, TWO_PERIODS, budgets=TEN_EACH, measures=TWO_MEASURES + "m1,d1,s1,track,1.2\n")
    assert oracle.value_of(tmp_path) == pytest.approx(0.6)


def test_segments_of_different_factors_may_bend_at_different_levels(tmp_path: Path) -> None:
    header = "measure,track,factor,effect,up_to\n"
    case(
        tmp_path,
        factors="factor,direction,worst,target,weight\nf,max,0,1,1\ng,max,0,1,1\n",
        scores="track,f,g\na,0,0\n",
        effects=header + "m1,*,f,0.4,0.5\nm1,*,f,0.2,\nm1,*,g,0.3,1.5\nm1,*,g,0.1,\n",
    )
    # level 1.6: f 0.2 + 1.1 * 0.2 = 0.42, g 0.45 + 0.01 = 0.46, each at half weight
    found = oracle.solve(tmp_path, weights="equal", budgets={"funds": 16})
    assert found.closed == pytest.approx({("a", "f"): 0.42, ("a", "g"): 0.46})
    assert found.objective == pytest.approx(0.44)


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("cap,all,,funds,4,,p1", 0.7),
        ("cap,all,,funds,,0.4,p1", 0.7),  # of the 10 of that period
        ("cap,measure,m1,funds,4,,p2", 0.7),
        ("cap,all,,funds,12,,", 0.6),
        ("cap,all,,funds,,0.6,", 0.6),  # of the 20 of both
        ("cap,track,a,closed,0.3,,p2", 0.3),
        ("cap,track,a,closed,0.3,,", 0.3),
        ("cap,track,a,closed,0.3,,p1", 1),  # z may wait until p2
    ],
)
def test_a_rule_may_name_a_period(tmp_path: Path, rule: str, value: float) -> None:
    rules = f"rule,kind,over,key,of,amount,share,period\nr,{rule}\n"
    case(tmp_path, TWO_PERIODS, budgets=TEN_EACH, rules=rules)
    assert oracle.value_of(tmp_path) == pytest.approx(value)


@pytest.mark.parametrize("table", ["costs", "rules"])
def test_an_unknown_period_is_refused(tmp_path: Path, table: str) -> None:
    wrong = {
        "costs": "measure,resource,cost,period\nm1,funds,10,p3\n",
        "rules": "rule,kind,over,key,of,amount,share,period\nr,cap,all,,funds,4,,p3\n",
    }
    case(tmp_path, TWO_PERIODS, **{table: wrong[table]})
    with pytest.raises(ValueError, match="no such period"):
        oracle.solve(tmp_path)


def test_a_floor_in_a_period_makes_it_act_early(tmp_path: Path) -> None:
    dear = {
        "resources": resource(1, budget=20),
        "costs": "measure,resource,cost,period\nm1,funds,20,p1\nm1,funds,10,p2\n",
    }
    case(tmp_path, TWO_PERIODS, **dear)
    assert oracle.value_of(tmp_path) == pytest.approx(1)
    header = "rule,kind,over,key,of,amount,share,period\n"
    case(tmp_path, TWO_PERIODS, **dear, rules=header + "r,floor,track,a,closed,0.1,,p1\n")
    found = oracle.solve(tmp_path)
    # level 0.2 in p1 takes 4; the other 16 buy 1.6
    assert found.objective == pytest.approx(0.9)
    assert found.levels_by_period == pytest.approx({("m1", "a", "p1"): 0.2, ("m1", "a", "p2"): 1.6})
    case(tmp_path, TWO_PERIODS, **dear, rules=header + "r,floor,all,,funds,,0.1,p1\n")
    # 2 of the 20 go in p1, for 0.1, and 18 are left
    assert oracle.value_of(tmp_path) == pytest.approx(0.95)


# --- kinds ------------------------------------------------------------------------------------


def of_kind(kind: str, max_level: float, min_level: str = "") -> str:
    header = "measure,dimension,stage,scope,kind,max_level,min_level\n"
    return header + f"m1,d1,s1,track,{kind},{max_level},{min_level}\n"


@pytest.mark.parametrize(
    ("measures", "budget", "level"),
    [
        (of_kind("integer", 2), 19, 1),
        (of_kind("integer", 2), 20, 2),
        (of_kind("integer", 1.5), 20, 1),
        (of_kind("integer", 2), 9, 0),
        (of_kind("binary", 1), 19, 1),
        (of_kind("binary", 2), 20, 1),
        (of_kind("binary", 1), 9, 0),
        (of_kind("semi", 2, "0.8"), 7, 0),
        (of_kind("semi", 2, "0.8"), 8, 0.8),
        (of_kind("semi", 2, "0.8"), 15, 1.5),
        (of_kind("semi", 1.2, "0.8"), 15, 1.2),
        (of_kind("continuous", 2, "0.8"), 7, 0.7),  # min_level is for `semi`
    ],
)
def test_kinds(tmp_path: Path, measures: str, budget: float, level: float) -> None:
    case(tmp_path, measures=measures)
    found = oracle.solve(tmp_path, budgets={"funds": budget})
    assert found.levels == pytest.approx({("m1", "a"): level})
    assert found.objective == pytest.approx(0.5 * level)
    assert found.spend["funds"] == pytest.approx(10 * level)


@pytest.mark.parametrize(
    ("measures", "by_carry"),
    [
        # 12 in p1 and 8 in p2, without and with carry
        (of_kind("integer", 2), {0: (1, 0), 1: (1, 1)}),
        (of_kind("binary", 2), {0: (1, 0), 1: (1, 1)}),
        (of_kind("binary", 1), {0: (1, 0), 1: (1, 0)}),  # the levels of all periods: max_level
        (of_kind("semi", 2, "0.9"), {0: (1.2, 0), 1: (1.1, 0.9)}),
        (of_kind("semi", 2, "1.5"), {0: (0, 0), 1: (0, 2)}),
    ],
)
def test_kinds_hold_in_every_period(
    tmp_path: Path,
    measures: str,
    by_carry: dict[int, tuple[float, float]],
) -> None:
    for carry, levels in by_carry.items():
        # a discount, so that earlier is better where there is a choice
        case(
            tmp_path,
            TWO_PERIODS + "discount = 0.9\n",
            measures=measures,
            resources=resource(carry),
            budgets=BUDGETS + "funds,p1,12\nfunds,p2,8\n",
        )
        found = oracle.solve(tmp_path)
        bought = [found.levels_by_period["m1", "a", p] for p in ("p1", "p2")]
        assert bought == pytest.approx(levels)
        assert found.objective == pytest.approx(0.5 * levels[0] + 0.9 * 0.5 * levels[1])


# --- relations --------------------------------------------------------------------------------


def two(one: str, other: str, max_level: float = 2) -> str:
    """Measures m1 and m2 with two scopes."""
    return f"{TWO_MEASURES}m1,d1,s1,{one},{max_level}\nm2,d2,s2,{other},{max_level}\n"


@pytest.mark.parametrize("scopes", ["track track", "track type", "track city", "type city", "city city"])
@pytest.mark.parametrize(
    ("ratio", "value"),
    # m1 brings 0.5 and m2 0.1 for 10: the budget of 10 buys ratio : 1 of them
    [("", 0.3), ("1", 0.3), ("4", 0.42), ("0", 0.1)],
)
def test_a_measure_requires_another(tmp_path: Path, scopes: str, ratio: str, value: float) -> None:
    one, other = scopes.split()
    rules = f"{RULES}r,requires,measure,m1,m2,{ratio},\n"
    case(tmp_path, measures=two(one, other), rules=rules, **GOOD_AND_POOR)
    assert oracle.value_of(tmp_path) == pytest.approx(value)


def test_what_is_required_is_required_at_every_target(tmp_path: Path) -> None:
    tables = {
        "tracks": TWO_TRACKS,
        "scores": "track,f\na,0\nb,0\n",
        "costs": "measure,resource,cost\nm1,funds,10\nm2,funds,0\n",
        "effects": "measure,track,factor,effect\nm1,*,f,0.2\nm2,a,f,0.1\n",
        "rules": f"{RULES}r,requires,measure,m1,m2,,\n",
    }
    case(tmp_path, measures=two("track", "track", 1), **tables)
    found = oracle.solve(tmp_path, budgets={"funds": 20})
    # m2 has no application at b, so m1 is not used there
    assert found.levels == pytest.approx({("m1", "a"): 1, ("m1", "b"): 0, ("m2", "a"): 1})
    # one that the city has is there for b as well
    case(tmp_path, measures=two("track", "city", 1), **tables)
    assert oracle.value_of(tmp_path, budgets={"funds": 20}) == pytest.approx(0.5)
    for wrong in ("city track", "city type", "type track"):
        one, other = wrong.split()
        case(tmp_path, measures=two(one, other), **tables)
        with pytest.raises(ValueError, match="wider scope"):
            oracle.solve(tmp_path)


@pytest.mark.parametrize(
    ("land_in", "ratio", "value"),
    [
        ("p1", 1, 0.6),  # m1 is at most 1 over both periods
        ("p1", 2, 1),
        ("p2", 2, 0.6),  # m1 cannot come before m2, and p2 pays for level 1
    ],
)
def test_what_is_required_must_not_come_later(
    tmp_path: Path,
    land_in: str,
    ratio: float,
    value: float,
) -> None:
    case(
        tmp_path,
        TWO_PERIODS,
        measures=two("track", "track"),
        resources="resource,budget\nfunds,\nland,\n",
        budgets=TEN_EACH + f"land,{land_in},10\n",
        costs="measure,resource,cost\nm1,funds,10\nm2,land,10\n",
        effects="measure,track,factor,effect\nm1,a,f,0.5\nm2,a,f,0.1\n",
        rules=f"{RULES}r,requires,measure,m1,m2,{ratio},\n",
    )
    assert oracle.value_of(tmp_path) == pytest.approx(value)


@pytest.mark.parametrize(
    ("scopes", "types", "where", "value"),
    [
        ("track track", "x y", "a a", 0.5),
        ("track track", "x y", "a b", 0.9),
        ("type type", "x x", "a b", 0.5),
        ("type type", "x y", "a b", 0.9),
        ("city city", "x y", "a b", 0.5),
        # a wider one covers the target of the narrower one, also where that does not feel it
        ("track type", "x x", "a b", 0.5),
        ("type track", "x x", "a b", 0.5),
        ("track type", "x y", "a b", 0.9),
        ("track city", "x y", "a b", 0.5),
        ("city type", "x y", "a b", 0.5),
    ],
)
def test_measures_that_exclude_each_other(
    tmp_path: Path,
    scopes: str,
    types: str,
    where: str,
    value: float,
) -> None:
    (one, other), (at_one, at_other) = scopes.split(), where.split()
    case(
        tmp_path,
        tracks="track,type\na,{}\nb,{}\n".format(*types.split()),
        scores="track,f\na,0\nb,0\n",
        measures=two(one, other, 1),
        costs="measure,resource,cost\nm1,funds,10\nm2,funds,10\n",
        effects=f"measure,track,factor,effect\nm1,{at_one},f,0.5\nm2,{at_other},f,0.4\n",
    )
    assert oracle.value_of(tmp_path, budgets={"funds": 20}) == pytest.approx(0.9)
    (tmp_path / "rules.csv").write_text(f"{RULES}r,excludes,measure,m1; m2,,,\n", encoding="utf-8")
    assert oracle.value_of(tmp_path, budgets={"funds": 20}) == pytest.approx(value)


def test_excluded_once_is_excluded_in_all_periods(tmp_path: Path) -> None:
    tables = {
        "measures": two("track", "track", 1),
        "budgets": TEN_EACH,
        "costs": "measure,resource,cost\nm1,funds,10\nm2,funds,10\n",
        "effects": "measure,track,factor,effect\nm1,a,f,0.5\nm2,a,f,0.4\n",
    }
    case(tmp_path, TWO_PERIODS, **tables)
    assert oracle.value_of(tmp_path) == pytest.approx(0.9)
    case(tmp_path, TWO_PERIODS, **tables, rules=f"{RULES}r,excludes,measure,m1;m2,,,\n")
    assert oracle.value_of(tmp_path) == pytest.approx(0.5)


# --- other objectives -------------------------------------------------------------------------

UNEVEN = {
    "tracks": TWO_TRACKS + "c,x\n",
    "scores": "track,f\na,0\nb,0\nc,1\n",
    "effects": "measure,track,factor,effect\nm1,a,f,0.5\nm1,b,f,0.1\nm1,c,f,1\n",
}


def test_maxmin_first_lifts_the_least(tmp_path: Path) -> None:
    case(tmp_path, **UNEVEN)
    found = oracle.solve(tmp_path, objective="maxmin", budgets={"funds": 12})
    # 0.5 x = 0.1 y and x + y = 1.2; c has no gap, and so no share
    assert found.levels == pytest.approx({("m1", "a"): 0.2, ("m1", "b"): 1, ("m1", "c"): 0})
    assert found.shares_by_track == pytest.approx({"a": 0.1, "b": 0.1})
    assert found.objective == pytest.approx(0.2)
    # b ends at level 2 and share 0.2; a goes on, until nothing is left to close
    for budget, share in ((24, 0.2), (30, 0.5), (40, 1), (60, 1)):
        found = oracle.solve(tmp_path, objective="maxmin", budgets={"funds": budget})
        assert found.shares_by_track == pytest.approx({"a": share, "b": 0.2})
        assert found.spend["funds"] == pytest.approx(min(budget, 40))
    even = oracle.solve(tmp_path, budgets={"funds": 12})
    assert even.shares_by_track == pytest.approx({"a": 0.6, "b": 0})


def test_maxmin_weighs_by_factor_not_by_stance(tmp_path: Path) -> None:
    case(tmp_path, **(MIXED | {"effects": "measure,track,factor,effect\nm1,*,f,0.5\n"}))
    choice: dict[str, Any] = {"weights": "direct", "method": "wsm", "stance": "leaders"}
    found = oracle.solve(tmp_path, objective="maxmin", budgets={"funds": 1000}, **choice)
    # weights 3 : 1; gaps of f 1, 0.75, 0.5, of g 0.2, 0.4, 1; f closes wholly, g not at all
    shares = {"a": 3 / 3.2, "b": 2.25 / 2.65, "c": 1.5 / 2.5}
    assert found.shares_by_track == pytest.approx(shares)
    assert found.spend["funds"] == pytest.approx(10 * (2 + 1.5 + 1))


def test_maxmin_then_takes_the_better_and_then_the_cheaper_plan(tmp_path: Path) -> None:
    case(
        tmp_path,
        factors="factor,direction,worst,target,weight\nf,max,0,1,1\ng,max,0,1,1\n",
        tracks=TWO_TRACKS,
        scores="track,f,g\na,0,0\nb,0,1\n",
        measures=f"{TWO_MEASURES}m1,d1,s1,track,1\nm2,d1,s1,track,1\nm3,d1,s1,track,1\n",
        costs="measure,resource,cost\nm1,funds,10\nm2,funds,5\nm3,funds,1\n",
        effects="measure,track,factor,effect\nm1,a,f,1\nm2,a,g,1\nm3,b,f,0.2\n",
        rules=f"{RULES}r,cap,track,a,closed,1,\n",
    )
    found = oracle.solve(tmp_path, weights="equal", objective="maxmin", budgets={"funds": 100})
    # a's share of 0.5 comes from f or g alike, so from the cheaper
    assert found.shares_by_track == pytest.approx({"a": 0.5, "b": 0.2})
    assert found.levels == pytest.approx({("m1", "a"): 0, ("m2", "a"): 1, ("m3", "b"): 1})


def test_maxmin_in_whole_levels(tmp_path: Path) -> None:
    case(
        tmp_path,
        tracks=TWO_TRACKS,
        scores="track,f\na,0\nb,0\n",
        measures=of_kind("integer", 2),
        effects="measure,track,factor,effect\nm1,a,f,0.5\nm1,b,f,0.4\n",
    )
    for budget, fair, best in ((10, (0.5, 0), 0.5), (20, (0.5, 0.4), 1), (30, (0.5, 0.8), 1.4)):
        found = oracle.solve(tmp_path, objective="maxmin", budgets={"funds": budget})
        assert found.shares_by_track == pytest.approx({"a": fair[0], "b": fair[1]})
        assert found.objective == pytest.approx(sum(fair))
        assert oracle.value_of(tmp_path, budgets={"funds": budget}) == pytest.approx(best)


def test_both_ways_to_a_leximin_agree(tmp_path: Path) -> None:
    for seed in range(6):
        folder = tmp_path / str(seed)
        write_random_case(folder, seed, segments=seed % 2 == 1)
        linear = oracle.solve(folder, objective="maxmin")
        # a set of one excludes nothing, but its integers lead another way
        rules = folder / "rules.csv"
        text = rules.read_text("utf-8") if rules.exists() else RULES
        rules.write_text(text + "alone,excludes,measure,m1,,,\n", encoding="utf-8")
        whole = oracle.solve(folder, objective="maxmin")
        assert whole.shares_by_track == pytest.approx(linear.shares_by_track, abs=1e-6)
        assert whole.objective == pytest.approx(linear.objective, abs=1e-6)
        assert whole.least_spend == pytest.approx(linear.least_spend, abs=1e-5)


def test_reach_is_the_least_spend_for_a_share(tmp_path: Path) -> None:
    case(tmp_path)
    for share in (0.25, 0.5):
        found = oracle.solve(tmp_path, objective=f"reach={share}")
        assert found.closed_share == pytest.approx(share)
        assert found.spend["funds"] == pytest.approx(20 * share)
        assert found.least_spend == pytest.approx(2 * share)
    with pytest.raises(oracle.Infeasible):
        oracle.solve(tmp_path, objective="reach=0.6")
    # in whole levels 0.25 takes as much as 0.5, and closes as much
    case(tmp_path, measures=of_kind("integer", 2))
    found = oracle.solve(tmp_path, objective="reach=0.25")
    assert found.spend["funds"] == pytest.approx(10)
    assert found.closed_share == pytest.approx(0.5)


def test_reach_takes_the_cheapest_first(tmp_path: Path) -> None:
    case(tmp_path, **GOOD_AND_POOR, measures=two("track", "track", 1))
    found = oracle.solve(tmp_path, objective="reach=0.55", budgets={"funds": 100})
    # 0.5 by m1 for 10, 0.05 by half of m2 for 5
    assert found.levels == pytest.approx({("m1", "a"): 1, ("m2", "a"): 0.5})
    # the discount does not count: p2 adds 0.5 to the 0.5 of p1, whatever that is worth
    case(tmp_path / "late", TWO_PERIODS + "discount = 0.8\n", budgets=TEN_EACH)
    late = oracle.solve(tmp_path / "late", objective="reach=0.9")
    assert late.spend["funds"] == pytest.approx(18)
    assert (late.closed_share, late.objective) == pytest.approx((0.9, 0.5 + 0.4 * 0.8))
    case(tmp_path / "less", TWO_PERIODS + "discount = 0.8\n", budgets=BUDGETS + "funds,p1,10\nfunds,p2,8\n")
    with pytest.raises(oracle.Infeasible):
        oracle.solve(tmp_path / "less", objective="reach=0.91")


def test_an_unknown_objective_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotImplementedError, match="luck"):
        oracle.solve(case(tmp_path), objective="luck")


# --- lock and forbid --------------------------------------------------------------------------


def test_a_lock_sets_a_level(tmp_path: Path) -> None:
    case(tmp_path, tracks=TWO_TRACKS, scores="track,f\na,0\nb,1\n")
    # b has nothing to close, so without a lock nothing is spent there
    found = oracle.solve(tmp_path, lock={("m1", "b"): 0.6})
    assert found.levels == pytest.approx({("m1", "a"): 0.4, ("m1", "b"): 0.6})
    found = oracle.solve(tmp_path, lock={("m1", None): 0.3})
    assert found.levels == pytest.approx({("m1", "a"): 0.3, ("m1", "b"): 0.3})
    assert found.objective == pytest.approx(0.15)
    for amount in (3, 1.1, -1):  # above max_level, above the budget, below 0
        with pytest.raises(oracle.Infeasible):
            oracle.solve(tmp_path, lock={("m1", "a"): amount})
    for wrong in (("m1", "c"), ("m9", None)):
        with pytest.raises(ValueError, match=r"no application|no measure"):
            oracle.solve(tmp_path, lock={wrong: 1.0})


def test_a_lock_is_over_all_periods_and_kinds_still_hold(tmp_path: Path) -> None:
    case(tmp_path, TWO_PERIODS, budgets=BUDGETS + "funds,p1,10\nfunds,p2,2\n")
    found = oracle.solve(tmp_path, lock={("m1", "a"): 1.1})
    assert found.levels == pytest.approx({("m1", "a"): 1.1})
    case(tmp_path, measures=of_kind("integer", 2))
    with pytest.raises(oracle.Infeasible):
        oracle.solve(tmp_path, lock={("m1", "a"): 0.5})
    assert oracle.solve(tmp_path, lock={("m1", "a"): 1}).objective == pytest.approx(0.5)


def test_what_is_forbidden_is_not_used(tmp_path: Path) -> None:
    case(tmp_path, measures=two("track", "city"), **GOOD_AND_POOR)
    found = oracle.solve(tmp_path, forbid=("m1",))
    assert found.levels == pytest.approx({("m1", "a"): 0, ("m2", "*"): 1})
    assert found.objective == pytest.approx(0.1)
    assert oracle.value_of(tmp_path, forbid=("m1", "m2")) == 0
    with pytest.raises(oracle.Infeasible):
        oracle.solve(tmp_path, forbid=("m1",), lock={("m1", None): 1.0})
    with pytest.raises(ValueError, match="no measure"):
        oracle.solve(tmp_path, forbid=("m9",))


# --- every plan there is ----------------------------------------------------------------------


@dataclass(frozen=True)
class Tiny:
    """Two tracks a, b of one type, two factors, two periods; measures in whole levels."""

    gaps: dict[tuple[str, str], float]
    scope: dict[str, str]
    max_level: dict[str, int]
    lag: dict[str, int]
    effects: dict[tuple[str, str, str], list[float]]  # of the first and any further level
    costs: dict[tuple[str, int], float]
    budgets: list[float]
    carry: float
    decay: float
    discount: float
    excludes: bool  # m1 and m2
    requires: float  # m3 of m1, at this ratio; 0: not

    def write(self, folder: Path, kinds: dict[str, str]) -> None:
        effects = "measure,track,factor,effect,up_to\n"
        for (m, t, f), (one, other) in self.effects.items():
            effects += f"{m},{t},{f},{one},1\n" if self.max_level[m] > 1 else ""
            effects += f"{m},{t},{f},{other if self.max_level[m] > 1 else one},\n"
        rules = RULES + "r1,excludes,measure,m1;m2,,,\n" * self.excludes
        if self.requires:
            rules += f"r2,requires,measure,m3,m1,{self.requires},\n"
        scores = [f"{t},{1 - self.gaps[t, 'f']},{1 - self.gaps[t, 'g']}\n" for t in "ab"]
        measures = []
        for m, scope in self.scope.items():
            measures.append(f"{m},{scope},{kinds[m]},{self.max_level[m]},{self.lag[m]}\n")
        case(
            folder,
            f"periods = [1, 2]\ndiscount = {self.discount}\ndecay = {self.decay}\n",
            tracks="track,type\na,x\nb,x\n",
            factors="factor,direction,worst,target,weight\nf,max,0,1,1\ng,max,0,1,1\n",
            scores="track,f,g\n" + "".join(scores),
            resources=resource(self.carry),
            budgets=BUDGETS + f"funds,1,{self.budgets[0]}\nfunds,2,{self.budgets[1]}\n",
            measures="measure,scope,kind,max_level,lag\n" + "".join(measures),
            costs="measure,resource,period,cost\n"
            + "".join(f"{m},funds,{p + 1},{c}\n" for (m, p), c in self.costs.items()),
            effects=effects,
            rules=rules,
        )

    def applications(self) -> list[tuple[str, str]]:
        places = {"track": ["a", "b"], "type": ["x"], "city": ["*"]}
        return [(m, at) for m, scope in self.scope.items() for at in places[scope]]

    def plans(self) -> Iterator[tuple[list[float], float, float, float]]:
        """Sorted shares, value, closed share and spend of every plan that keeps everything."""
        options = []
        for m, _ in self.applications():
            top = range(self.max_level[m] + 1)
            options.append([(p, q) for p in top for q in top if p + q <= self.max_level[m]])
        for levels in itertools.product(*options):
            plan = dict(zip(self.applications(), levels, strict=True))
            spends = [sum(x[p] * self.costs[m, p] for (m, _), x in plan.items()) for p in (0, 1)]
            left = self.budgets[0] - spends[0]
            if left < -1e-9 or self.budgets[1] + self.carry * left - spends[1] < -1e-9:
                continue
            if self.allows(plan):
                yield (*self.outcome(plan), sum(spends) / sum(self.budgets))

    def allows(self, plan: dict[tuple[str, str], tuple[int, int]]) -> bool:
        for (m, at), (early, late) in plan.items():
            if self.excludes and m == "m1" and early + late > 0:
                # m2 is as wide or wider, and there is one type
                others = [y for (n, there), y in plan.items() if n == "m2" and there in (at, "x", "*")]
                if any(sum(y) > 0 for y in others):
                    return False
            if self.requires and m == "m3":
                early_of, late_of = plan["m1", at]
                if early > self.requires * early_of or early + late > self.requires * (early_of + late_of):
                    return False
        return True

    def outcome(self, plan: dict[tuple[str, str], tuple[int, int]]) -> tuple[list[float], float, float]:
        value = closed_at_end = 0.0
        shares = []
        for t in "ab":
            at_end = whole = 0.0
            for f in "fg":
                closed = [0.0, 0.0]
                for (m, at), x in plan.items():
                    if at in (t, "x", "*") and (m, t, f) in self.effects:
                        one, other = self.effects[m, t, f]
                        steps = [sum([one, other, other][: x[0]])]
                        steps.append(sum([one, other, other][: x[0] + x[1]]) - steps[0])
                        if self.lag[m]:
                            closed[1] += steps[0]
                        else:
                            closed[0] += steps[0]
                            closed[1] += steps[1] + steps[0] * (1 - self.decay)
                z = [min(c, self.gaps[t, f]) for c in closed]
                value += 0.5 * (z[0] + self.discount * (z[1] - z[0]))
                at_end, whole = at_end + z[1], whole + self.gaps[t, f]
            shares.append(at_end / whole)
            closed_at_end += at_end
        return sorted(shares), value, closed_at_end / sum(self.gaps.values())


def tiny(rng: random.Random) -> Tiny:
    decay = rng.choice([0, 0, 0.3])
    scope = {"m1": "track", "m2": rng.choice(["track", "type", "city"]), "m3": "track"}
    max_level = {m: rng.choice([1, 2]) for m in scope}
    effects = {}
    for m, t, f in itertools.product(scope, "ab", "fg"):
        first = rng.choice([0.15, 0.2, 0.35, 0.5])
        effects[m, t, f] = [first, first * rng.choice([0.5, 1])]
    return Tiny(
        gaps={(t, f): rng.choice([0.3, 0.55, 0.8, 1]) for t in "ab" for f in "fg"},
        scope=scope,
        max_level=max_level,
        lag={m: rng.choice([0, 0, 1]) for m in scope},
        effects=effects,
        costs={(m, p): float(rng.randint(3, 9)) for m in scope for p in (0, 1)},
        budgets=[float(rng.randint(5, 20)), float(rng.randint(0, 15))],
        carry=rng.choice([0, 0.5, 1]),
        decay=decay,
        discount=rng.choice([1, 0.8]),
        excludes=rng.random() < 0.5,
        requires=rng.choice([0, 1, 2]),
    )


@pytest.mark.parametrize("seed", range(10))
def test_no_plan_in_whole_levels_is_better(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    small = tiny(rng)
    of_one = {m: rng.choice(["integer", "binary"]) for m in small.scope}
    kinds = {m: of_one[m] if top == 1 else "integer" for m, top in small.max_level.items()}
    small.write(tmp_path, kinds)
    plans = list(small.plans())

    def solve(objective: str) -> oracle.Answer:
        return oracle.solve(tmp_path, weights="equal", objective=objective)

    # rounded where they are compared: sums in another order differ in the last digit
    value, spend = min((-round(value, 9), spend) for _, value, _, spend in plans)
    found = solve("weighted")
    assert (found.objective, found.least_spend) == pytest.approx((-value, spend), abs=1e-7)

    best = min(([-round(x, 9) for x in shares], -round(value, 9), spend) for shares, value, _, spend in plans)
    found = solve("maxmin")
    assert sorted(found.shares_by_track.values()) == pytest.approx([-share for share in best[0]], abs=1e-7)
    assert (found.objective, found.least_spend) == pytest.approx((-best[1], best[2]), abs=1e-7)

    share = round(0.7 * max(closed for _, _, closed, _ in plans), 3)
    reach = [spend for _, _, closed, spend in plans if closed >= share - 1e-9]
    found = solve(f"reach={share}")
    assert found.least_spend == pytest.approx(min(reach), abs=1e-7)
    assert found.closed_share >= share - 1e-7


# --- levels, weights, ranking, stance ---------------------------------------------------------

MIXED = {
    "tracks": "track,type\na,x\nb,x\nc,y\n",
    "factors": "factor,direction,worst,target,weight\nf,max,0,20,3\ng,min,10,0,1\n",
    "scores": "track,f,g\na,0,2\nb,5,4\nc,10,10\n",
    "judgements/all": "factor,f,g\nf,1,3\ng,,1\n",
}


def test_levels_gaps_and_priorities_under_the_stances(tmp_path: Path) -> None:
    case(tmp_path, **MIXED)
    even = oracle.solve(tmp_path, weights="direct", method="wsm")
    # weights 3 : 1. Min-max: f gives 0, 0.5, 1; g is a cost, 2..10, and gives 1, 0.75, 0
    assert even.weights == pytest.approx({"f": 0.75, "g": 0.25})
    assert even.scores == pytest.approx({"a": 0.25, "b": 0.5625, "c": 0.75})
    assert even.ranks == {"a": 3, "b": 2, "c": 1}
    # levels: S/20 and (S - 10)/(0 - 10)
    assert [even.gaps[t, "f"] for t in "abc"] == pytest.approx([1, 0.75, 0.5])
    assert [even.gaps[t, "g"] for t in "abc"] == pytest.approx([0.2, 0.4, 1])
    assert [even.priorities[t, "f"] for t in "abc"] == pytest.approx([0.75] * 3)

    # The scores have the mean 1.5625 / 3, so pi = c * 3 / 1.5625 = 0.48, 1.08, 1.44
    leaders = oracle.solve(tmp_path, weights="direct", method="wsm", stance="leaders")
    assert [leaders.priorities[t, "f"] for t in "abc"] == pytest.approx([0.36, 0.81, 1.08])
    assert [leaders.priorities[t, "g"] for t in "abc"] == pytest.approx([0.12, 0.27, 0.36])

    # turned: 1 - c = 0.75, 0.4375, 0.25 with the sum 1.4375
    laggards = oracle.solve(tmp_path, weights="direct", method="wsm", stance="laggards")
    turned = [0.75 * c * 3 / 1.4375 for c in (0.75, 0.4375, 0.25)]
    assert [laggards.priorities[t, "f"] for t in "abc"] == pytest.approx(turned)


def test_scores_beyond_the_scale_are_clipped(tmp_path: Path) -> None:
    case(tmp_path, **(MIXED | {"scores": "track,f,g\na,30,12\nb,-5,-1\nc,10,10\n"}))
    found = oracle.solve(tmp_path)
    assert [found.gaps[t, "f"] for t in "abc"] == pytest.approx([0, 1, 0.5])
    assert [found.gaps[t, "g"] for t in "abc"] == pytest.approx([1, 0, 1])


TRIANGLES = {
    "tracks": TWO_TRACKS,
    "factors": "factor,direction,worst,target,weight\nf,max,0,10,3\ng,max,0,10,1\n",
    "scores": "track,f,g\na,3,4\nb,4,3\n",
    "judgements/all": "factor,f,g\nf,1,3\ng,,1\n",
}


def test_topsis_on_columns_of_length_5(tmp_path: Path) -> None:
    case(tmp_path, **TRIANGLES)
    found = oracle.solve(tmp_path, stance="leaders")
    # The judgement 3 gives 0.75 and 0.25. Normalised and weighted: a 0.45, 0.2; b 0.6, 0.15.
    # a is 0.15 from the best (0.6, 0.2) and 0.05 from the worst (0.45, 0.15): 0.05 / 0.2
    assert found.weights == pytest.approx({"f": 0.75, "g": 0.25})
    assert found.scores == pytest.approx({"a": 0.25, "b": 0.75})
    assert found.ranks == {"a": 2, "b": 1}
    # mean 0.5, so pi is 0.5 and 1.5
    assert found.priorities["a", "f"] == pytest.approx(0.375)
    assert found.priorities["b", "g"] == pytest.approx(0.375)


def test_topsis_turns_a_cost_round(tmp_path: Path) -> None:
    factors = "factor,direction,worst,target,weight\nf,min,10,0,3\ng,min,10,0,1\n"
    case(tmp_path, **(TRIANGLES | {"factors": factors}))
    assert oracle.solve(tmp_path).scores == pytest.approx({"a": 0.75, "b": 0.25})


def test_the_ranking_after_the_plan(tmp_path: Path) -> None:
    case(
        tmp_path,
        **(TRIANGLES | {"effects": "measure,track,factor,effect\nm1,a,f,0.2\nm1,a,g,0.1\n"}),
    )
    found = oracle.solve(tmp_path, budgets={"funds": 10})
    # level 1 moves a by 0.2 of f's and 0.1 of g's scale of 10, to (5, 5), ahead of (4, 3) in both
    assert found.score_after == pytest.approx({"a": 1, "b": 0})
    assert found.rank_after == {"a": 1, "b": 2}


def test_tied_scores_share_a_rank() -> None:
    scores = np.array([0.5, 0.9, 0.5 * (1 + 1e-12), 0.1])
    assert oracle.competition_ranks(scores) == [2, 1, 2, 4]
    assert oracle.competition_ranks(np.array([0.5, 0.5 * (1 + 1e-8)])) == [2, 1]
    assert oracle.competition_ranks(np.zeros(3)) == [1, 1, 1]


@pytest.mark.parametrize("stance", ["even", "leaders", "laggards"])
def test_a_stance_without_any_score_is_even(stance: str) -> None:
    assert oracle.stance_factors(np.zeros(3), stance).tolist() == [1, 1, 1]


def test_ticks_as_shortcomings_turn_the_scores_round(tmp_path: Path) -> None:
    ticks = {"tracks": TWO_TRACKS, "scores": "track,f\na,1\nb,0\n"}
    case(tmp_path, **ticks)
    assert oracle.solve(tmp_path).gaps == {("a", "f"): 0, ("b", "f"): 1}
    assert oracle.solve(tmp_path).ranks == {"a": 1, "b": 2}
    turned = oracle.solve(tmp_path, ticks="shortcoming")
    assert turned.gaps == {("a", "f"): 1, ("b", "f"): 0}
    assert turned.ranks == {"a": 2, "b": 1}
    (tmp_path / "case.toml").write_text('ticks = "shortcoming"\n', encoding="utf-8")
    assert oracle.solve(tmp_path).gaps == turned.gaps
    assert oracle.solve(tmp_path, ticks="strength").gaps == {("a", "f"): 0, ("b", "f"): 1}


def test_ahp_of_consistent_judgements() -> None:
    weights, consistency = oracle.ahp(np.array([[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]]))
    assert weights == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    assert consistency.lambda_max == pytest.approx(3)
    assert consistency.ratio == pytest.approx(0, abs=1e-12)


def test_ahp_of_order_three_has_a_closed_form() -> None:
    # For order 3: the rows' geometric means, and lambda = 1 + d + 1/d with d^3 = a12 a23 / a13
    weights, consistency = oracle.ahp(np.array([[1, 2, 4], [1 / 2, 1, 3], [1 / 4, 1 / 3, 1]]))
    means = np.cbrt([8, 3 / 2, 1 / 12])
    assert weights == pytest.approx(means / means.sum())
    d = math.cbrt(2 * 3 / 4)
    assert consistency.lambda_max == pytest.approx(1 + d + 1 / d)
    assert consistency.index == pytest.approx((d + 1 / d - 2) / 2)
    assert consistency.ratio == pytest.approx((d + 1 / d - 2) / 2 / 0.58)


def test_judgements_are_read_in_any_order_with_fractions_and_a_blank_half(tmp_path: Path) -> None:
    factors = "factor,direction,worst,target,weight\nf,max,0,1,1\ng,max,0,1,1\nh,max,0,1,1\n"
    # f : g : h = 1 : 2 : 6, given from h's side, each pair on one side only, the diagonal blank
    judgements = "whatever,h,f,g\nh,,6,3\ng,,,\nf,,,1/2\n"
    scores = "track,f,g,h\na,0,0,0\n"
    case(tmp_path, factors=factors, scores=scores, **{"judgements/all": judgements})
    found = oracle.solve(tmp_path)
    assert found.weights == pytest.approx({"f": 1 / 9, "g": 2 / 9, "h": 6 / 9})


def test_entropy_weights() -> None:
    # Shares 1/4 and 3/4 against an equal column, which weighs nothing
    assert oracle.entropy(np.array([[1.0, 1], [1, 3]])) == pytest.approx([0, 1])
    # (0, 1) has entropy 0 and divergence 1; 1/4, 3/4 has 1 - H / ln 2, H in natural logarithms
    h = 1 / 4 * math.log(4) + 3 / 4 * math.log(4 / 3)
    other = 1 - h / math.log(2)
    weights = oracle.entropy(np.array([[0.0, 1], [1, 3]]))
    assert weights == pytest.approx([1 / (1 + other), other / (1 + other)])
    # nothing differs: no factor says more than another
    assert oracle.entropy(np.ones((3, 2))) == pytest.approx([0.5, 0.5])


def test_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    case(tmp_path)
    for path in tmp_path.rglob("*.*"):
        path.write_text(path.read_text("utf-8"), encoding="utf-8-sig")
    assert oracle.value_of(tmp_path) == pytest.approx(0.5)


# --- random cases -----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", first(10, 30))
def test_random_cases_have_an_optimum(seed: int, tmp_path: Path) -> None:
    write_random_case(tmp_path, seed, segments=seed % 2 == 1)
    found = oracle.solve(tmp_path)
    assert found.objective > 0
    assert 0 < found.closed_share <= 1 + 1e-9
    budgets = {r: amount for (r, _), amount in oracle.budgets_of(oracle.read(tmp_path), None).items()}
    assert all(found.spend[r] <= budgets[r] + 1e-7 for r in budgets)
    spent = sum(found.spend[r] / budgets[r] for r in budgets)
    assert found.least_spend == pytest.approx(spent)
    assert all(-1e-9 <= z <= found.gaps[pair] + 1e-9 for pair, z in found.closed.items())
    value = sum(v * found.closed[pair] for pair, v in found.priorities.items())
    assert found.objective == pytest.approx(value)


def test_the_generator_repeats_itself_and_covers_the_format(tmp_path: Path) -> None:
    kinds: set[tuple[str, str, bool, bool]] = set()
    binding = 0
    for seed in range(40):
        one, two = tmp_path / f"{seed}a", tmp_path / f"{seed}b"
        for folder in (one, two):
            write_random_case(folder, seed)
        for path in one.rglob("*.*"):
            assert path.read_bytes() == (two / path.relative_to(one)).read_bytes()
        tables = oracle.read(one)
        assert tomllib.loads((one / "case.toml").read_text("utf-8"))["weights"] == "ahp"
        assert {row["scope"] for row in tables.measures} == {"track", "type", "city"}
        for r in tables.rules:
            kinds.add((r["kind"], r["over"], r["of"] == "closed", r["share"] != ""))
        with_rules = oracle.value_of(one)
        (one / "rules.csv").unlink(missing_ok=True)
        binding += with_rules < oracle.value_of(one) - 1e-6
    assert {kind for kind, _, _, _ in kinds} == {"floor", "cap"}
    assert {share for _, _, _, share in kinds} == {True, False}
    assert {over for _, over, closed, _ in kinds if closed} == {"track", "type", "factor"}
    spend = {over for _, over, closed, _ in kinds if not closed}
    assert spend == {"track", "type", "dimension", "stage", "measure", "all"}
    assert binding >= 10, "rules that never bind test nothing"


@pytest.mark.parametrize("seed", range(5))
def test_larger_cases_of_the_generator(seed: int, tmp_path: Path) -> None:
    write_random_case(tmp_path, seed, tracks=9, factors=6, measures=15, resources=4)
    assert oracle.solve(tmp_path, weights="entropy", stance="leaders").objective > 0
    write_random_case(tmp_path / "least", seed, tracks=1, factors=1, measures=1, resources=1)
    assert oracle.solve(tmp_path / "least").objective >= 0


@pytest.mark.parametrize("seed", first(6, 18))
def test_random_cases_of_the_full_model_have_an_optimum(seed: int, tmp_path: Path) -> None:
    periods = [0, 2, 3][seed % 3]
    flags = {"segments": seed % 5 == 0, "kinds": seed % 2 == 1, "relations": seed // 2 % 2 == 1}
    write_random_case(tmp_path, seed, periods=periods, **flags)
    found = oracle.solve(tmp_path)
    assert found.objective >= 0
    labels = ["p1", "p2", "p3"][:periods] or [""]
    tables = oracle.read(tmp_path)
    assert oracle.periods_of(tables) == labels
    # every budget holds, with what was left of the one before
    budgets = oracle.budgets_of(tables, None)
    for row in tables.resources:
        left = 0.0
        for label in labels:
            left = budgets[row["resource"], label] + float(row["carry"]) * left
            left -= found.spend_by_period[row["resource"], label]
            assert left >= -1e-6 * max(1.0, budgets[row["resource"], label])
    # every kind holds in every period
    measures = {row["measure"]: row for row in tables.measures}
    for (m, target, _), level in found.levels_by_period.items():
        kind = measures[m]["kind"]
        assert found.levels[m, target] <= float(measures[m]["max_level"]) + 1e-7
        if kind in ("integer", "binary"):
            assert level == pytest.approx(round(level), abs=1e-7)
        if kind == "binary":
            assert round(level) in (0, 1)
        if kind == "semi":
            assert level == pytest.approx(0, abs=1e-7) or level >= float(measures[m]["min_level"]) - 1e-7
    # the fairer plan lifts the least, and is not worth more
    fair = oracle.solve(tmp_path, objective="maxmin")
    assert fair.objective <= found.objective + 1e-7
    least = [min(plan.shares_by_track.values()) for plan in (fair, found)]
    assert least[0] >= least[1] - 1e-7
    # the cheapest plan of less than that value does not cost more
    share = 0.8 * found.closed_share
    cheap = oracle.solve(tmp_path, objective=f"reach={share}")
    assert cheap.least_spend <= found.least_spend + 1e-7
    assert cheap.closed_share >= share - 1e-7


def test_the_full_model_leaves_the_rest_of_a_seed_as_it_is(tmp_path: Path) -> None:
    for seed in range(5):
        plain, full = tmp_path / f"{seed}plain", tmp_path / f"{seed}full"
        write_random_case(plain, seed)
        write_random_case(full, seed, periods=2, relations=True)
        for name in ("tracks.csv", "factors.csv", "scores.csv", "effects.csv", "judgements/factors.csv"):
            assert (plain / name).read_bytes() == (full / name).read_bytes()


@pytest.mark.slow
def test_the_generator_covers_the_full_model(tmp_path: Path) -> None:
    seen: set[str] = set()
    binding = 0
    for seed in range(30):
        folder, again = tmp_path / f"{seed}a", tmp_path / f"{seed}b"
        for path in (folder, again):
            write_random_case(path, seed, periods=2, kinds=True, relations=True)
        for path in folder.rglob("*.*"):
            assert path.read_bytes() == (again / path.relative_to(folder)).read_bytes()
        tables = oracle.read(folder)
        seen |= {f"kind {row['kind'] or 'continuous'}" for row in tables.measures}
        seen |= {f"lag {row['lag']}" for row in tables.measures}
        seen |= {f"carry {row['carry']}" for row in tables.resources}
        seen |= {f"cost in {row['period']}" for row in tables.costs}
        seen |= {f"{row['kind']} {row['of'] == 'closed'} {row['period'] != ''}" for row in tables.rules}
        seen |= {f"{key} {tables.settings[key]}" for key in ("discount", "decay") if key in tables.settings}
        seen |= {f"rows of budgets {len(tables.budgets)}"}
        with_rules = oracle.value_of(folder)
        rows = (folder / "rules.csv").read_text("utf-8").splitlines()
        kept = [row for row in rows if "requires" not in row and "excludes" not in row]
        (folder / "rules.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
        binding += with_rules < oracle.value_of(folder) - 1e-6
    assert {f"kind {kind}" for kind in oracle.KINDS} <= seen
    assert {"lag 0", "lag 1", "carry 0", "carry 0.5", "carry 1"} <= seen
    assert {"cost in ", "cost in p1", "cost in p2", "discount 1", "discount 0.9", "decay 0.2"} <= seen
    assert {"requires False False", "excludes False False"} <= seen
    for kind in ("floor", "cap"):
        assert {f"{kind} {of} {when}" for of in (True, False) for when in (True, False)} <= seen
    assert {"rows of budgets 0", "rows of budgets 2", "rows of budgets 4"} <= seen
    assert binding >= 10, "relations that never bind test nothing"
