"""The oracle itself, on cases small enough to be worked out by hand."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path

import numpy as np
import pytest

from . import oracle
from .random_cases import write_random_case

# One track, one factor, a gap of 1; one measure that closes 0.5 per level for 10 a level.
ONE: dict[str, str] = {
    "case.toml": 'name_en = "One"\n',
    "tracks.csv": "track,type\na,x\n",
    "factors.csv": "factor,direction,worst,target,weight\nf,max,0,1,1\n",
    "scores.csv": "track,f\na,0\n",
    "judgements/all.csv": "factor,f\nf,1\n",
    "resources.csv": "resource,budget\nfunds,10\n",
    "measures.csv": "measure,dimension,stage,scope,max_level\nm1,d1,s1,track,2\n",
    "costs.csv": "measure,resource,cost\nm1,funds,10\n",
    "effects.csv": "measure,track,factor,effect\nm1,*,f,0.5\n",
}


def case(folder: Path, **changes: str) -> Path:
    """Write ONE with some tables replaced or added."""
    files = ONE | {f"{table}.csv": text for table, text in changes.items()}
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


@pytest.mark.parametrize("seed", range(30))
def test_random_cases_have_an_optimum(seed: int, tmp_path: Path) -> None:
    write_random_case(tmp_path, seed, segments=seed % 2 == 1)
    found = oracle.solve(tmp_path)
    assert found.objective > 0
    assert 0 < found.closed_share <= 1 + 1e-9
    budgets = oracle.budget_of(oracle.read(tmp_path), None)
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
