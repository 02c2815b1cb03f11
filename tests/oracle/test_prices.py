"""Prices and their ranges against planning again by the second implementation, from files with another amount."""

from __future__ import annotations

import csv
import itertools
import math
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulp
import pytest

import saidao
from saidao.optimize.after.prices.ranging import first_break, room, side_up_to
from saidao.optimize.after.prices.reoptimisation import Again
from saidao.results.result import Row
from saidao.study.plan import worth
from tests.conftest import Run
from tests.oracle import implementation as oracle
from tests.oracle.random_cases import write_random_case
from tests.oracle.test_oracle import case

OVER = ("equal", "direct", "entropy", "ahp")
OBJECTIVES = ("weighted", "maxmin", "robust", "regret")
Optimum = Callable[[float], float | None]


def edited(folder: Path, table: str, key: dict[str, str], column: str, amount: float) -> None:
    """Write another number into a table; a row that is not there is added."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    header = list(rows[0])
    found = [row for row in rows if all(row[name] == value for name, value in key.items())]
    if not found:
        found = [dict.fromkeys(header, "") | key]
        rows += found
    found[0][column] = repr(amount)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, header, lineterminator="\n").writeheader()
        csv.DictWriter(file, header, lineterminator="\n").writerows(rows)


def value(folder: Path, objective: str) -> float | None:
    """Optimum of the objective's first stage; None where there is no plan."""
    try:
        found = oracle.solve(folder, objective=objective, weights="ahp", stance="even", over=OVER)
    except oracle.Infeasible:
        return None
    if objective == "weighted":
        return found.objective
    return min(found.shares_by_track.values()) if objective == "maxmin" else found.worst


def with_budget(folder: Path, scratch: Path, objective: str, row: Row) -> Optimum:
    """The optimum at another budget of one resource in one period."""
    tables = oracle.read(folder)
    dated = {r["resource"] for r in tables.budgets}

    def at(amount: float) -> float | None:
        shutil.rmtree(scratch, ignore_errors=True)
        shutil.copytree(folder, scratch)
        if row["resource"] in dated:
            edited(scratch, "budgets", {"resource": row["resource"], "period": row["period"]}, "amount", amount)
        elif row["period"] == oracle.periods_of(tables)[0] or len(oracle.periods_of(tables)) == 1:
            edited(scratch, "resources", {"resource": row["resource"]}, "budget", amount)
        else:  # the others have nothing, and get it by a table of their own
            rows = [f"{r},{p},{b}\n" for (r, p), b in oracle.budgets_of(tables, None).items() if r in dated]
            first = oracle.periods_of(tables)[0]
            rows += [f"{row['resource']},{first},{oracle.budgets_of(tables, None)[row['resource'], first]}\n"]
            rows += [f"{row['resource']},{row['period']},{amount!r}\n"]
            (scratch / "budgets.csv").write_text("resource,period,amount\n" + "".join(rows), encoding="utf-8")
        return value(scratch, objective)

    return at


def with_rule(folder: Path, scratch: Path, objective: str, row: Row) -> Optimum:
    """The optimum at another amount of a rule; a share becomes an amount."""

    def at(amount: float) -> float | None:
        shutil.rmtree(scratch, ignore_errors=True)
        shutil.copytree(folder, scratch)
        edited(scratch, "rules", {"rule": row["rule"]}, "share", math.nan)
        text = (scratch / "rules.csv").read_text(encoding="utf-8").replace("nan", "")
        (scratch / "rules.csv").write_text(text, encoding="utf-8")
        edited(scratch, "rules", {"rule": row["rule"]}, "amount", amount)
        return value(scratch, objective)

    return at


def comes_true(row: Row, here: float, at: Optimum, bends: bool, whole: bool) -> list[str]:
    """What of a price does not come true when planned again, at a small step and over its range."""
    told: list[str] = []
    base = at(here)
    assert base is not None
    close = 2e-7 * max(abs(base), 1e-3)
    up, down, low, high = (row[k] for k in ("price_up", "price_down", "valid_from", "valid_to"))
    if not whole and (low is None or low < 0):
        told.append(f"holds from {low}")
    for sign, price, end in ((1, up, high), (-1, down, low)):
        if price is None:
            less = at(max(here + sign * 1e-4 * max(here, 1.0), 0.0))
            if here > 0 and less is not None and not whole:
                told.append(f"no price to the side {sign}, though there is a plan")
            continue
        width = math.inf if end is None else abs(end - here)
        holds = price == row["shadow_price"]
        step = min(width, 1.0 if here == 0 else here) if holds and width > 0 else 1e-4 * max(here, 1.0)
        step = 1.0 if whole else step
        if sign < 0:
            step = min(step, here)
        again = at(here + sign * step)
        if again is None or abs(again - base - sign * price * step) > close:
            told.append(f"{price} per unit to the side {sign}, at {step} {again} for {base}")
        if holds and width < math.inf and not bends and (sign > 0 or end > 0):
            further = width + 0.02 * max(here, width, 1e-3)
            if sign < 0:
                further = min(further, here)
            beyond = at(here + sign * further)
            line = base + sign * price * further
            told += [f"holds beyond {end}"] if beyond is not None and abs(beyond - line) < 1e-9 * abs(base) else []
    return told


def check(folder: Path, scratch: Path, objective: str) -> int:
    """Check every price of a case; gives how many there were."""
    options: dict[str, Any] = {"over": OVER} if objective in ("robust", "regret") else {}
    try:
        plan = saidao.plan(str(folder), stance="even", weights="ahp", objective=objective, **options)
    except saidao.CaseError:
        return 0
    if plan.model.is_mixed and plan.views:  # parts in order where effects decay: the second implementation has no views
        return 0
    rows = [(row, row["budget"], with_budget(folder, scratch, objective, row)) for row in plan.resources]
    rows += [(row, row["amount"], with_rule(folder, scratch, objective, row)) for row in plan.rules]
    for row, here, at in rows:
        told = comes_true(row, here, at, bends=objective == "robust", whole=plan.model.is_mixed)
        assert not told, (folder.name, objective, row, told)
    return len(rows)


def written(folder: Path, seed: int) -> Path:
    write_random_case(
        folder, seed, segments=bool(seed % 2), periods=(0, 2, 3)[seed % 3], relations=False, rules=bool(seed % 5)
    )
    return folder


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow), pytest.param(2, marks=pytest.mark.slow)])
def test_prices_come_true_when_planned_again(tmp_path: Path, seed: int, objective: str) -> None:
    assert check(written(tmp_path / f"case{seed}", seed), tmp_path / "again", objective)


@pytest.mark.slow
@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("block", range(10))
def test_prices_of_many_cases_come_true(tmp_path: Path, block: int, objective: str) -> None:
    for seed in range(100 + 10 * block, 110 + 10 * block):
        check(written(tmp_path / f"case{seed}", seed), tmp_path / "again", objective)


def test_a_price_goes_on_where_the_lines_of_all_views_bend_together(tmp_path: Path) -> None:
    """Rounding put one view before the bend and another beyond it: the price, 0 for all amounts, ended there."""
    options: dict[str, Any] = {"stance": "even", "weights": "ahp", "objective": "regret", "over": OVER}
    plan = saidao.plan(written(tmp_path / "case", 146), **options)
    row = next(row for row in plan.resources if (row["resource"], row["period"]) == ("r2", "p2"))
    assert (row["price_up"], row["valid_to"]) == (0.0, None)


@pytest.mark.parametrize("objective", ["robust", "regret"])
def test_under_several_views_their_best_plans_move_too(objective: str) -> None:
    """One unit of a budget more and less, planned again: each view's best plan has it too."""
    case = saidao.load_case("shanghai")

    def worst(plan: saidao.Plan) -> float:
        return float(min(v["of_best"] if objective == "robust" else -v["regret"] for v in plan.views))

    options: dict[str, Any] = {"stance": "even", "objective": objective}
    plan = saidao.plan(case, **options)
    for row in plan.resources[:2]:
        assert row["valid_from"] <= row["budget"] <= row["valid_to"]
        for sign, price, end in ((1, row["price_up"], "valid_to"), (-1, row["price_down"], "valid_from")):
            step = min(1.0, abs(row[end] - row["budget"]) if price == row["shadow_price"] else 1e-3)
            again = saidao.plan(case, budgets={row["resource"]: row["budget"] + sign * step}, **options)
            assert sign * (worst(again) - worst(plan)) / step == pytest.approx(price, rel=1e-3, abs=1e-9)


@pytest.mark.parametrize("objective", ["weighted", "maxmin"])
def test_a_side_seen_from_its_basis_is_the_one_sought_from_the_end(objective: str) -> None:
    plan = saidao.plan("shanghai", stance="even", objective=objective).solved
    again = Again(plan.model, plan.problem.solver)
    told = 0
    for resource, sign in itertools.product(range(len(plan.programme.resources)), (1, -1)):
        step = sign * plan.budget_step(resource, 0)
        limit = math.inf if sign > 0 else float(plan.programme.budget[resource, 0])
        near = first_break(again, plan.optimum, step, limit)
        most = room(again, step, limit)
        assert most is not None
        if near is not None:
            told += 1
            far = side_up_to(again, plan.optimum, step, most)
            assert (near.rate, near.reach) == pytest.approx((far.rate, far.reach), rel=1e-6)
            basis = again.basis()
            assert basis is not None
            assert basis.reach(step) <= near.reach * (1 + 1e-6)
    assert told >= len(plan.programme.resources)


@pytest.mark.slow
def test_under_several_views_a_price_holds_up_to_where_it_changes() -> None:
    """Some view's best leaves its line before, which counts for nothing; the price holds on."""
    case = saidao.load_case("shanghai")

    def worst(amount: float) -> float:
        plan = saidao.plan(case, objective="robust", budgets={row["resource"]: amount})
        return float(min(view["of_best"] for view in plan.views))

    row = saidao.plan(case, objective="robust").resources[1]
    budget, valid_to = row["budget"], row["valid_to"]
    before, here, end, beyond = (worst(amount) for amount in (budget, budget + 0.1, valid_to, valid_to + 0.05))
    assert (here - before) / 0.1 == pytest.approx(row["price_up"], rel=1e-3)
    assert (end - before) / (valid_to - budget) == pytest.approx(row["price_up"], rel=1e-3)
    assert (beyond - end) / 0.05 < 0.95 * row["price_up"]


@pytest.mark.parametrize("objective", [pytest.param("robust", marks=pytest.mark.slow), "regret"])
def test_what_does_not_bind_counts_from_where_a_view_s_best_plan_needs_it(tmp_path: Path, objective: str) -> None:
    """The worst case changes before the plan itself is met: less is lost against a best plan that has to give way."""
    write_random_case(tmp_path, 1, segments=True, periods=2)

    def planned(floor: float) -> saidao.Plan:
        def enough(problem: pulp.LpProblem) -> None:
            levels = [v for v in problem.variables() if v.name.startswith("level")]
            problem += pulp.lpSum(levels) >= floor, "enough"

        options: dict[str, Any] = {"objective": objective, "over": OVER, "amend": enough}
        return saidao.plan(str(tmp_path), stance="even", weights="ahp", **options)

    plan = planned(0.5)
    own = next(row for row in plan.rules if row["kind"] == "own")
    best = plan.solved.certificate.value
    assert own["price_up"] == 0
    assert 0.5 < own["valid_to"] < own["reached"] - 1e-3
    width = own["valid_to"] - 0.5
    within, beyond = (planned(0.5 + part * width).solved.certificate.value for part in (1 - 1e-3, 1.02))
    assert within == pytest.approx(best, abs=1e-9)
    assert beyond > best + 1e-7


def test_a_range_begins_at_nothing_at_the_least(tmp_path: Path) -> None:
    """What is carried over would let a budget be owed: amounts are never below 0, in ranges either."""
    write_random_case(tmp_path, 5, periods=3)
    (tmp_path / "resources.csv").write_text(
        "resource,name_en,unit,budget,carry\nr1,R 1,u,40,1\nr2,R 2,u,40,0.5\n", encoding="utf-8"
    )
    (tmp_path / "budgets.csv").unlink(missing_ok=True)
    (tmp_path / "rules.csv").unlink(missing_ok=True)
    plan = saidao.plan(str(tmp_path), stance="even")
    assert len(plan.resources) == 6
    for row in plan.resources:
        assert row["valid_from"] >= 0
        assert (row["price_down"] is None) == (row["budget"] == 0)


# --- whole units ------------------------------------------------------------------------------------------------------

PROJECTS = {
    "p1": (50_000, 0.1149),
    "p2": (1_093_500, 0.31),
    "p3": (9_950, 0.1079),
    "p4": (450_000, 0.2353),
    "p5": (301_000, 0.2292),
    "p6": (571_880, 0.0735),
}
"""Cost, and the share of one gap that each closes."""


def choice(folder: Path, budget: float) -> Path:
    """A case of projects that are taken whole or not at all."""
    rows = PROJECTS.items()
    return case(
        folder,
        resources=f"resource,budget\nfunds,{budget}\n",
        measures="measure,dimension,stage,scope,kind,max_level\n"
        + "".join(f"{m},d,s,city,binary,1\n" for m in PROJECTS),
        costs="measure,resource,cost\n" + "".join(f"{m},funds,{cost}\n" for m, (cost, _) in rows),
        effects="measure,track,factor,effect\n" + "".join(f"{m},a,f,{effect}\n" for m, (_, effect) in rows),
    )


@pytest.mark.parametrize("budget", [0.0, 60_000.0, 1_000_000.0, 1_500_000.0, 9_000_000.0])
def test_the_next_step_of_whole_units_is_that_of_all_choices(tmp_path: Path, budget: float) -> None:
    """What more is needed at the least for a better choice, and what can go: by looking at all 64."""
    choices = [
        (sum(PROJECTS[m][0] for m in chosen), min(sum(PROJECTS[m][1] for m in chosen), 1.0))
        for size in range(7)
        for chosen in itertools.combinations(PROJECTS, size)
    ]

    def best(amount: float) -> float:
        return max(value for cost, value in choices if cost <= amount + 1e-6)

    here = best(budget)
    steps = sorted(cost for cost, value in choices if value > here + 1e-9)
    least = min(cost for cost, value in choices if value > here - 1e-9)
    (row,) = saidao.plan(str(choice(tmp_path, budget)), stance="even").resources
    assert row["next_known"]
    if steps:
        assert row["next_amount"] == pytest.approx(steps[0] - budget)
        assert row["next_change"] == pytest.approx(best(steps[0]) - here)
    else:
        assert row["next_amount"] is row["next_change"] is None
    below = max((value for cost, value in choices if cost < least - 1e-6), default=None)
    assert row["spare_amount"] == (None if below is None else pytest.approx(budget - least))
    assert row["spare_change"] == (None if below is None else pytest.approx(below - here))


def mixed(folder: Path, budget: float) -> Path:
    """Two projects of 5 and 3 beside training of any amount, and 95 of the budget bound to what closes little."""
    return case(
        folder,
        resources=f"resource,budget\nfunds,{budget}\n",
        measures="measure,dimension,stage,scope,kind,max_level\n"
        "big,d,s,city,binary,1\nsmall,d,s,city,binary,1\ntraining,d,s,city,continuous,4\nduty,d,s,city,continuous,100\n",
        costs="measure,resource,cost\nbig,funds,5\nsmall,funds,3\ntraining,funds,1\nduty,funds,1\n",
        effects="measure,track,factor,effect\nbig,a,f,0.3\nsmall,a,f,0.1\ntraining,a,f,0.02\nduty,a,f,0.000001\n",
        rules="rule,kind,over,key,of,amount\nduty,floor,measure,duty,funds,95\n",
    )


@pytest.mark.parametrize("budget", [99.5, 103.0, 103.5, 106.0, 107.0])
def test_what_moves_with_every_bit_of_an_amount_is_no_step(tmp_path: Path, budget: float) -> None:
    """The parts that are no whole units lose and gain evenly: a step is the jump of the whole ones alone, exactly."""

    def best(amount: float) -> float:
        rest = ((big, small, amount - 95 - 5 * big - 3 * small) for big, small in itertools.product((0, 1), repeat=2))
        return max(
            0.3 * big + 0.1 * small + 0.02 * min(left, 4) + 1e-6 * (95 + max(left - 4, 0))
            for big, small, left in rest
            if left >= 0
        )

    def jump(amount: float) -> float:
        return best(amount + 1e-9) - best(amount - 1e-9)

    plan = saidao.plan(str(mixed(tmp_path, budget)), stance="even")
    (row,) = plan.resources
    assert plan.closed_share == pytest.approx(best(budget))
    assert row["next_amount"] is None
    jumps = jump(budget) > 1e-3
    assert row["spare_amount"] == (pytest.approx(0.0, abs=1e-6) if jumps else None)
    assert row["spare_change"] == (pytest.approx(-jump(budget), abs=1e-7) if jumps else None)


def test_the_next_step_stands_on_every_surface(tmp_path: Path, run: Run) -> None:
    folder = choice(tmp_path / "case", 1_000_000)
    done = run("plan", folder, "--stance", "even")
    assert "The next step takes 392,500 unit" in " ".join(done.out.split()) or "The next step takes" in done.out
    assert "No budget is scarce" not in done.out
    report = saidao.report(str(folder), tmp_path / "report.html", stance="even").read_text(encoding="utf-8")
    assert "the next step" in report


# --- one number -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "objective",
    [
        pytest.param("weighted", marks=pytest.mark.slow),
        pytest.param("regret", marks=pytest.mark.slow),
        pytest.param("reach=0.4", marks=pytest.mark.slow),
    ],
)
def test_a_price_is_one_number_on_every_surface(tmp_path: Path, run: Run, objective: str) -> None:
    plan = saidao.plan("shanghai", stance="even", objective=objective)
    options = ("--stance", "even", "--objective", objective)
    terminal = run("plan", "shanghai", *options).out
    saidao.report("shanghai", tmp_path / "report.html", stance="even", objective=objective)
    report = (tmp_path / "report.html").read_text(encoding="utf-8")
    told = [worth.written(plan, row["price_up"], "en") for row in plan.resources]
    assert len(set(told)) > 1
    for number, row in zip(told, plan.resources, strict=True):
        assert number in terminal
        assert number in report
        shown = float(number.rstrip("%")) / (100 if number.endswith("%") else 1)
        assert shown == pytest.approx(worth.in_units(plan, row["price_up"]), rel=0.05, abs=1e-12)
    assert ("%" in told[0]) == worth.is_share(plan)


def test_reach_is_priced_in_the_unit_of_what_it_saves(tmp_path: Path) -> None:
    """One unit more of land, planned again, saves as much of the funds as its price says."""
    options: dict[str, Any] = {"stance": "even", "objective": "reach=0.4"}
    plan = saidao.plan("shanghai", **options)
    for row in plan.resources[:2]:
        step = min(1.0, row["valid_to"] - row["budget"]) if row["valid_to"] else 1.0
        again = saidao.plan("shanghai", budgets={row["resource"]: row["budget"] + step}, **options)
        spent = [p.resources[0]["used"] for p in (plan, again)]
        assert (spent[0] - spent[1]) / step == pytest.approx(row["price_up"], abs=1e-6)
        assert plan.solved.certificate.value == pytest.approx(-spent[0])
