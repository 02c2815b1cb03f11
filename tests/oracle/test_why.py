"""Explanations: prices against reduced costs, flips and forced changes against programmes that are solved again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import saidao
from saidao.optimize import Allocation, Application, Prices, Programme, allocate
from saidao.optimize.after import why
from saidao.optimize.after.frontier import trace
from saidao.optimize.solve.allocate import run as run_plain
from saidao.optimize.solve.solvers import highs
from tests.by_hand.test_optimize import simple
from tests.conftest import Run, first
from tests.oracle.random_cases import write_random_case

CITY = (Application("m", "city", "*"), Application("n", "city", "*"))
two = simple(CITY, [1.0], [[2.0], [4.0]], [1.0], [(0, 0, 0.5), (1, 0, 0.25)], [1.0, 4.0])


def test_by_hand() -> None:
    """n closes 1/16 a unit of money, m 1/4: n has to become four times as good, or m has to be used up."""
    plan = allocate(two)
    margin = why.margin(Prices(plan), [1])
    assert margin is not None
    assert (margin.brings, *margin.takes, margin.net) == pytest.approx((0.25, 1.0, -0.75))
    assert why.flip(plan, [1], "cost") == pytest.approx(0.75)
    assert why.flip(plan, [1], "effect") == pytest.approx(3.0)
    step = plan.budget_step(0, 0)
    known = trace(plan.model, step, 0.0, 20.0, plan.problem.solver)
    assert why.budget_flip(plan, [1], step, known) == pytest.approx(1.0)
    assert why.without(Prices(plan), [0]).value == pytest.approx(1 / 16)
    assert why.forced(plan, [1], 0.1).value == pytest.approx(0.6 / 4 + 0.025)


def test_what_closes_nothing_has_no_flip() -> None:
    plan = allocate(replace(two, gap=np.array([[0.0]])))
    assert why.flip(plan, [1], "cost") is None
    assert why.flip(plan, [1], "effect") is None


def scaled(p: Programme, members: list[int], *, cost: float = 1.0, effect: float = 1.0) -> Programme:
    ours = np.isin(np.arange(len(p.applications)), members)
    at = ours[p.segment_application[p.effect_segment]]
    return replace(
        p,
        cost=p.cost * np.where(ours, cost, 1.0)[:, None, None],
        effect=p.effect * np.where(at, effect, 1.0),
    )


def richer(plan: Allocation, resource: int, more: float) -> Programme:
    p = plan.programme
    budget = p.budget.copy()
    budget[resource, 0] += more
    rules = tuple(
        replace(r, amount=r.amount + r.share * more) if r.of == resource and r.period in (None, 0) else r
        for r in p.rules
    )
    return replace(p, budget=budget, rules=rules)


def test_flips_that_basis_and_duals_tell_are_where_solving_again_gains() -> None:
    plan = saidao.plan(saidao.load_case("shanghai"))
    solved, p = plan.solved, plan.solved.programme
    asked = [a for a in range(len(p.applications)) if solved.level[a].sum() == 0 and len(solved.levels_of([a]))]
    told = 0
    for a in asked[::3]:
        for of in ("cost", "effect"):
            changed = why._Changed(solved, solved.levels_of([a]), of)
            found = changed.told(plan.prices)
            if found is None:
                continue
            told += 1
            sought = changed.root()
            if found[0] is None or sought is None:
                assert found[0] is sought, (a, of)
                continue
            assert found[0] == pytest.approx(sought, rel=2e-6)
            values = []
            for factor in (1 - 1e-6, 1 + 1e-6):
                model = changed.model(found[0] * factor)
                values.append(float(model.objective @ highs(model).x) - solved.certificate.value)
            assert abs(values[0]) <= 1e-13
            assert values[1] > 1e-13
    assert told > len(asked) / 3


@pytest.mark.parametrize("seed", first(4, 12))
def test_flips_are_where_the_best_plan_begins_to_change(tmp_path: Path, seed: int) -> None:
    """A little before the flip the optimum is what it is without the measure; a little beyond it is better."""
    has_rules = seed % 4 == 0
    write_random_case(tmp_path, seed, measures=7, segments=bool(seed % 2), periods=2 * (seed % 3 == 0), rules=has_rules)
    plan = saidao.plan(str(tmp_path)).solved
    if not has_rules:  # budgets can be made scarcer, so that more is left unfunded
        plan = allocate(replace(plan.programme, budget=0.4 * plan.programme.budget))
    p = plan.programme
    value = plan.certificate.value
    size = abs(value)
    measures = list(dict.fromkeys(a.measure for a in p.applications))
    tried = 0
    for measure in measures:
        members = [i for i, a in enumerate(p.applications) if a.measure == measure]
        if plan.level[members].sum() > 0:
            continue
        for of in ("cost", "effect"):
            flip = why.flip(plan, members, of)
            if flip is None:
                free = scaled(p, members, cost=1e-6) if of == "cost" else scaled(p, members, effect=1e3)
                assert allocate(free).certificate.value == pytest.approx(value, abs=2e-5 * size)
                continue
            tried += 1
            for nudge, better in ((-1e-3, False), (1e-3, True)):
                change = flip + nudge
                if of == "cost" and change > 1:
                    continue
                other = scaled(p, members, cost=1 - change) if of == "cost" else scaled(p, members, effect=1 + change)
                assert (allocate(other).certificate.value > value + 1e-9 * size) == better
        for r in range(len(p.resources)):
            step = plan.budget_step(r, 0)
            known = trace(plan.model, step, 0.0, 3 * float(p.budget[r, 0]), plan.problem.solver)
            more = why.budget_flip(plan, members, step, known)
            met = why.budget_flip_between(plan, members, step, known[-1].change, lambda solved: None)
            assert (met is None) == (more is None)
            assert met is None or met == pytest.approx(more, abs=1e-6 * float(p.budget[r, 0]))
            nudge = 1e-3 * float(p.budget[r, 0])
            amounts = [known[-1].change] if more is None else [max(more - nudge, 0.0), more + nudge]
            gains = []
            for amount in amounts:
                with_it = richer(plan, r, amount)
                without = replace(
                    with_it,
                    segment_width=np.where(np.isin(p.segment_application, members), 0.0, p.segment_width),
                )
                gains.append(allocate(with_it).certificate.value - allocate(without).certificate.value > 1e-9 * size)
            assert gains == ([False] if more is None else [False, True])
    assert tried > 0 or has_rules


@pytest.mark.parametrize("seed", range(6))
def test_margins_are_reduced_costs_and_tell_what_a_little_costs(tmp_path: Path, seed: int) -> None:
    write_random_case(tmp_path, seed, measures=7)
    plan = saidao.plan(str(tmp_path)).solved
    prices = Prices(plan)
    for a in range(len(plan.programme.applications)):
        if plan.level[a].sum() == 0 and len(plan.programme.segments_of[a]):
            margin = why.margin(prices, [a])
            assert margin is not None
            assert margin.net == pytest.approx(-prices.reduced_costs[a], abs=1e-9)
            # at least what its price says, as prices are those of one side
            little = 1e-4 * plan.programme.level_max[a]
            loss = plan.certificate.value - why.forced(plan, [a], little).certificate.value
            assert loss >= little * prices.reduced_costs[a] - 1e-10


def test_forced_and_forbidden_are_the_plans_of_the_options() -> None:
    case = saidao.load_case("shanghai")
    found = saidao.explain(case, ["I01", "E06", "M02@biotech"])
    best = found.plan.solved.certificate.value
    funded, cheap, placed = found.answers
    assert funded["forbidden"]["loss"] == pytest.approx(
        best - saidao.plan(case, forbid=["I01"]).solved.certificate.value
    )
    assert placed["forced"]["loss"] == pytest.approx(
        best - saidao.plan(case, lock={"M02@biotech": 1.0}).solved.certificate.value
    )
    assert cheap["flip"]["cost_cut"] == pytest.approx(1 / 19)  # what the data of the shipped case say
    assert cheap["flip"]["budgets"]["land"] is None
    more = cheap["flip"]["budgets"]["funds"]
    funds = float(found.plan.solved.programme.budget[0, 0])
    for nudge, needed in ((-1.0, False), (1.0, True)):
        budgets = {"funds": funds + more + nudge}
        with_it, without = (saidao.plan(case, budgets=budgets, forbid=names) for names in ([], ["E06"]))
        assert (with_it.value > without.value + 1e-9) == needed


def test_programs_from_the_basis_of_the_plan_give_what_those_from_nothing_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Large programs go on from the basis: the same loss, the same shifts, and none where there is no plan."""
    write_random_case(tmp_path, 5, measures=8)
    from_nothing = saidao.explain(str(tmp_path)).answers
    locked = saidao.explain("shanghai", "I02", lock={"I02": 1.0}).answers
    monkeypatch.setattr(why, "SMALL", 0)
    asked = 0

    def counted(*arguments: Any, **options: Any) -> Allocation:
        nonlocal asked
        asked += options.get("known") is not None
        return run_plain(*arguments, **options)

    monkeypatch.setattr(why, "run", counted)
    found = saidao.explain(str(tmp_path)).answers
    assert asked >= len(found) - sum(not (row["forbidden"] or row["forced"])["possible"] for row in found) > 0
    for row, other in zip(found, from_nothing, strict=True):
        for kind in ("forbidden", "forced"):
            if row[kind] is None:
                assert other[kind] is None
                continue
            assert row[kind]["possible"] == other[kind]["possible"]
            assert row[kind]["loss"] == pytest.approx(other[kind]["loss"], abs=1e-9)
            ours, theirs = (
                {(c["measure"], c["target"]): c["level"] for c in one[kind]["changes"]} for one in (row, other)
            )
            assert ours == pytest.approx(theirs, abs=1e-7)
    (answer,) = saidao.explain("shanghai", "I02", lock={"I02": 1.0}).answers
    assert answer["forbidden"] == locked[0]["forbidden"] == {"possible": False, "loss": None, "changes": []}


def test_changes_are_the_fewest() -> None:
    """Without M02 at hydrogen other places are as good: nothing but M02 moves, and no more of it than stood there."""
    (answer,) = saidao.explain("shanghai", "M02@hydrogen", stance="even").answers
    assert answer["forbidden"]["loss"] == 0
    assert {row["measure"] for row in answer["forbidden"]["changes"]} == {"M02"}
    assert sum(row["level"] for row in answer["forbidden"]["changes"]) == pytest.approx(answer["level"])


def test_whole_units_have_no_prices_and_flips_by_solving_again(tmp_path: Path) -> None:
    write_random_case(tmp_path, 3, kinds=True, measures=6)
    found = saidao.explain(str(tmp_path))
    plan = found.plan.solved
    assert found.plan.model.is_mixed
    for answer in found.answers:
        assert answer["margin"] is None
        if answer["flip"] is None:
            continue
        assert answer["flip"]["budgets"] is None
        members = [i for i, a in enumerate(plan.programme.applications) if a.measure == answer["measure"]]
        cut = answer["flip"]["cost_cut"]
        if cut is not None:
            for change, better in ((cut - 1e-3, False), (min(cut + 1e-3, 1.0), True)):
                other = allocate(scaled(plan.programme, members, cost=1 - change))
                assert (other.value > plan.value + 1e-8) == better


def test_a_measure_that_a_floor_needs_cannot_be_left_out(tmp_path: Path, run: Run) -> None:
    done = run("explain", "shanghai", "--measure", "I02", "--lock", "I02=1")
    assert "It cannot be left out" in done.out


@pytest.mark.parametrize("objective", ["weighted", "maxmin", "reach=0.3"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_in_words(objective: str, lang: str, run: Run) -> None:
    done = run("explain", "shanghai", "--measure", "I01", "--objective", objective, "--lang", lang)
    assert done.status == 0
    assert "I01" in done.out


def test_json_and_csv(tmp_path: Path, run: Run) -> None:
    document: dict[str, Any] = json.loads(run("explain", "shanghai", "--json", "-o", tmp_path / "why.csv").out)
    assert document["schema"] == "saidao/explain/1"
    assert len(document["answers"]) == 42
    assert set(document["answers"][0]["text"]) == {"en", "zh"}
    assert (tmp_path / "why.csv").read_text(encoding="utf-8-sig").count("\n") == 43
    assert run("explain", "shanghai", "--measure", "I99").status == 2


def test_progress_counts_what_is_solved(tmp_path: Path) -> None:
    write_random_case(tmp_path, 1, measures=7)
    told: list[int] = []
    saidao.explain(str(tmp_path), measures=[saidao.plan(str(tmp_path)).unfunded[0]["measure"]], progress=told.append)
    assert told == list(range(1, len(told) + 1)) != []
    made: list[int] = []
    found = saidao.compare_plans(str(tmp_path), weights=["equal", "entropy"], progress=made.append)
    assert made == list(range(1, len(found.plans) + 1))
