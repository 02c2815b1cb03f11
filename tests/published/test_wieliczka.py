"""The Wieliczka case: the published figures of a vote, what was selected in truth, and the rules beside the plan."""

from __future__ import annotations

import itertools
import runpy
from pathlib import Path
from typing import Any

import pytest

import saidao
from saidao.questions.winners import equal_shares, greedy
from tests.conftest import ROOT
from tests.formats.test_pabulib import SMALL, read

CASE = saidao.load_case("wieliczka")
RULES = runpy.run_path(str(ROOT / "scripts" / "build_wieliczka.py"))


def test_the_tables_are_what_the_script_writes(tmp_path: Path) -> None:
    RULES["main"](tmp_path)
    shipped = ROOT / "data" / "wieliczka"
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {p.name: p.read_bytes() for p in shipped.iterdir() if p.suffix in (".csv", ".toml")}


def test_what_the_source_prints() -> None:
    """equalshares.net/elections/zielony-milion (2023-04-26): 64 projects, 30 selected for 995,079 PLN of 1,000,000."""
    measures, costs = CASE.measures, CASE.costs["cost"]
    selected = measures["selected"] == "1"
    assert (len(measures), int(selected.sum()), costs[selected].sum()) == (64, 30, 995_079)
    assert CASE.resources["budget"].tolist() == [1_000_000]
    by_votes = CASE.scores["support"].tolist()
    assert by_votes == sorted(by_votes, reverse=True)
    assert by_votes[0] == 720
    # the page: projects 24, 41, 40, 74, 19 and 6 have more votes than 21, which is not selected
    order = [int(number) for number in measures["project_id"]]
    assert order[:7] == [24, 41, 40, 74, 19, 6, 21]


def test_no_assumption_is_unmarked() -> None:
    assert CASE.warnings == ()
    plan = saidao.plan(CASE)
    assert {row["kind"] for row in plan.to_dict()["provenance"] if row["share_of_objective"]} <= {"paper", "judgement"}


def test_the_plan_has_the_most_votes_that_the_budget_can_buy() -> None:
    """A second way: the knapsack by dynamic programming over thousandths of the budget, rounded down and up."""
    plan = saidao.plan(CASE)
    chosen = {row["measure"] for row in plan.allocation}
    votes = dict(zip(CASE.scores["track"], CASE.scores["support"], strict=True))
    got = sum(votes[m] for m in chosen)
    costs = dict(zip(CASE.costs["measure"], CASE.costs["cost"], strict=True))
    assert sum(costs[m] for m in chosen) <= 1_000_000
    assert plan.closed_share == pytest.approx(got / sum(votes.values()))
    best = {0: 0.0}  # the most votes by what is spent, of what nothing cheaper beats
    for m in votes:
        more = {spent + int(costs[m]): value + votes[m] for spent, value in best.items()}
        merged: dict[int, float] = {}
        for spent, value in itertools.chain(best.items(), more.items()):
            if spent <= 1_000_000:
                merged[spent] = max(value, merged.get(spent, 0.0))
        best, top = {}, -1.0
        for spent in sorted(merged):
            if merged[spent] > top:
                top = best[spent] = merged[spent]
    assert got == max(best.values())


def test_the_plan_beside_the_rules() -> None:
    found = saidao.winners(CASE)
    rows = {row["selection"]: row for row in found.summary}
    assert rows["published"] == {
        "selection": "published",
        "projects": 30,
        "spent": 995_079,
        "support": 10_651,
        "share": 10_651 / sum(found.support.values()),
        "shared": 28,
    }
    spent, by_votes = 0.0, []
    for measure in sorted(found.support, key=lambda m: -found.support[m]):
        if spent + found.costs[measure] <= 1_000_000:
            spent += found.costs[measure]
            by_votes.append(measure)
    assert set(found.selections["greedy"]) == set(by_votes)
    assert rows["plan"]["support"] >= max(row["support"] for row in rows.values())
    chosen = found.selections["published"]
    others = [measure for measure in found.support if measure not in chosen]
    published = saidao.plan(found.case, lock=dict.fromkeys(chosen, 1.0), forbid=others)
    assert {row["measure"] for row in published.allocation} == set(chosen)
    assert published.closed_share == pytest.approx(rows["published"]["share"])
    assert found.missing == {"equal_shares": "winners.no_ballots"}
    assert "Selected in truth (equal shares): 30 projects" in " ".join(found.text())


def test_equal_shares_of_ballots_by_hand() -> None:
    """Budget 100, four voters: A for 80 has the votes of 1, 2, 3; B for 60 those of 1, 2, 4; C for 40 those of 2, 4.

    With 25 each B alone can be paid for. From 26.67 on A can too, with as many votes, and comes first by its name: B's
    voters are then left with too little. From 33.33 on C could be paid for beside A, which the budget does not allow.
    """
    case = read(SMALL)
    found = saidao.winners(case)
    assert set(found.selections) == {"plan", "greedy", "equal_shares", "published"}
    assert found.selections["greedy"] == ("A_1",)
    assert found.selections["published"] == ("A_1",)
    assert set(found.selections["plan"]) == {"B", "C"}
    assert found.selections["equal_shares"] == ("A_1",)
    assert equal_shares(case, {"A_1": 80, "B": 59, "C": 40}, 20) == ()


def test_greedy_of_what_costs_nothing_or_has_no_votes() -> None:
    assert greedy({"a": 0, "b": 5, "c": 1}, {"a": 1, "b": 2, "c": 0}, 5) == ("a", "b")


def test_other_cases_are_told_what_they_lack() -> None:
    with pytest.raises(saidao.CaseError) as caught:
        saidao.winners("shanghai")
    assert {problem.code for problem in caught.value.problems} == {"pb_resource", "pb_whole", "pb_support"}
    with pytest.raises(saidao.CaseError, match="measures: found p24"):
        saidao.winners(CASE.with_cell("measures", "p24", "kind", "continuous"))


@pytest.mark.parametrize("verb", ["rank", "weights", "gaps", "plan", "frontier", "explain p21", "scenarios", "robust"])
def test_it_goes_with_the_verbs(verb: str) -> None:
    name, *rest = verb.split()
    of: dict[str, Any] = {"weights": saidao.weightings, "robust": lambda case: saidao.robustness(case, samples=20)}
    ask = of.get(name) or getattr(saidao, name)
    found = ask(CASE, *([rest] if rest else []))
    assert len(found.to_frame() if hasattr(found, "to_frame") else found) >= (0 if name == "scenarios" else 1)
