"""The engine on programmes small enough to know: rows by hand, vertices, duals, certificates, other solvers."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pulp
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from saidao import optimize
from saidao.optimize import (
    Application,
    Columns,
    Exclusion,
    Prices,
    Programme,
    Requirement,
    Rule,
    allocate,
    build,
    certify,
)
from saidao.optimize.model import constraints
from saidao.optimize.model.model import pulp_names
from saidao.optimize.solve.pulp_bridge import through_pulp
from saidao.texts.say import WORDS

Array = NDArray[np.float64]


def programme(**changes: Any) -> Programme:
    """Two tracks, two factors, a measure at each track, one at a type, one for the city; two resources."""
    level_max = np.array([2.0, 2.0, 1.0, 1.0])
    made = Programme(
        tracks=("a", "b"),
        factors=("f", "g"),
        resources=("funds", "land"),
        applications=(
            Application("m1", "track", "a"),
            Application("m1", "track", "b"),
            Application("m2", "type", "x"),
            Application("m3", "city", "*"),
        ),
        gap=np.array([[0.8, 0.0], [0.5, 0.6]]),
        priority=np.array([[0.6, 0.4], [0.6, 0.4]]),
        weight=np.array([0.6, 0.4]),
        level_min=np.zeros(4),
        level_max=level_max,
        lag=np.zeros(4, dtype=np.int64),
        segment_application=np.arange(4),
        segment_width=level_max,
        effect_segment=np.array([0, 1, 2, 3, 3, 2]),
        effect_pair=np.array([0, 2, 3, 0, 3, 1]),
        effect=np.array([0.3, 0.3, 0.4, 0.1, 0.1, 0.2]),
        cost=np.array([[4.0, 1.0], [4.0, 1.0], [3.0, 0.0], [2.0, 2.0]])[:, :, None],
        budget=np.array([[9.0], [2.5]]),
        carry=np.zeros(2),
    )
    return replace(made, **changes)


def simple(
    applications: tuple[Application, ...],
    gap: list[float],
    cost: list[list[float]],
    budget: list[float],
    effects: list[tuple[int, int, float]],
    level_max: list[float],
    **changes: Any,
) -> Programme:
    """One factor, one segment a level, one period; effects are (application, track, effect)."""
    tracks = tuple("abcdef"[: len(gap)])
    count = len(applications)
    made = Programme(
        tracks=tracks,
        factors=("f",),
        resources=("funds", "land")[: len(budget)],
        applications=applications,
        gap=np.array(gap)[:, None],
        priority=np.ones((len(gap), 1)),
        weight=np.ones(1),
        level_min=np.zeros(count),
        level_max=np.array(level_max),
        lag=np.zeros(count, dtype=np.int64),
        segment_application=np.arange(count),
        segment_width=np.array(level_max),
        effect_segment=np.array([a for a, _, _ in effects]),
        effect_pair=np.array([t for _, t, _ in effects]),
        effect=np.array([e for *_, e in effects]),
        cost=np.array(cost)[:, :, None],
        budget=np.array(budget)[:, None],
        carry=np.zeros(len(budget)),
    )
    return replace(made, **changes)


ALL_RULES = (
    Rule("some land for m1", "floor", 1, np.array([0, 1]), 0.25),
    Rule("close at b", "floor", None, np.array([2, 3]), 0.3),
    Rule("not all to a", "cap", 0, np.array([0]), 6.0),
    Rule("f not beyond", "cap", None, np.array([0, 2]), 0.9),
)

# --- one golden file a constraint: the rows as a person would write them ---------------------------------------------


def everything() -> Programme:
    """Two periods, every kind, parts of a level, a lag, a carry, prerequisites, exclusions and a lock."""
    return programme(
        periods=("1", "2"),
        applications=(
            Application("m1", "track", "a", "integer"),
            Application("m1", "track", "b", "semi"),
            Application("m2", "type", "x"),
            Application("m3", "city", "*"),
        ),
        level_min=np.array([0.0, 0.4, 0.0, 0.0]),
        lag=np.array([0, 0, 1, 0]),
        # m1 at a has two parts, 0 to 1.5 and 1.5 to 2, the second with half the effect
        segment_application=np.array([0, 0, 1, 2, 3]),
        segment_width=np.array([1.5, 0.5, 2.0, 1.0, 1.0]),
        effect_segment=np.array([0, 1, 2, 3, 4, 4]),
        effect_pair=np.array([0, 0, 2, 3, 0, 3]),
        effect=np.array([0.3, 0.15, 0.3, 0.4, 0.1, 0.1]),
        cost=np.array([[4.0, 1.0], [4.0, 1.0], [3.0, 0.0], [2.0, 2.0]])[:, :, None] * np.array([1.0, 1.1]),
        budget=np.array([[9.0, 5.0], [2.5, 0.0]]),
        carry=np.array([0.5, 0.0]),
        rules=(
            *ALL_RULES,
            Rule("late funds", "cap", 0, np.array([0, 1]), 3.0, period=1),
            Rule("early gap", "floor", None, np.array([0]), 0.1, period=0),
        ),
        requires=(
            Requirement("first m3", 2, (3,), 0.5),
            Requirement("never", 1, (), 1.0),
            Requirement("either", 0, (2, 3), 2.0),
        ),
        excludes=(Exclusion("b or city", (1, 3)), Exclusion("a or b", (0, 1), exactly=True)),
        locks=((0, 1.0),),
    )


GOLDEN = Path(__file__).parent / "golden"


def test_every_constraint_has_a_golden() -> None:
    assert set(constraints.CONSTRAINTS) == {path.stem for path in GOLDEN.glob("*.txt")}


def test_limits_are_what_a_planner_sets_and_are_said() -> None:
    limits = {block.name: block.role.limit for block in build(Columns(everything())).blocks if block.role.limit}
    amounts, relations = (
        dict.fromkeys(("budget", "floor", "cap"), "amount"),
        dict.fromkeys(("requires", "requires_one", "excludes", "one_of"), "relation"),
    )
    assert limits == {**amounts, **relations, "lock": "level"}
    assert all(f"conflict.{name}" in WORDS for name in (*limits, "own", "reach"))


@pytest.mark.parametrize("name", sorted(constraints.CONSTRAINTS))
def test_rows_read_as_written(name: str) -> None:
    # segments need an order of their own only where something decays
    decay = 0.5 if name in ("used_up", "in_order") else 0.0
    model = build(Columns(replace(everything(), decay=decay)))
    at = model.block(name)
    assert [model.row_text(i) for i in range(at.start, at.stop)] == (
        (GOLDEN / f"{name}.txt").read_text("utf-8").splitlines()
    )


def test_bounds_are_levels_and_gaps() -> None:
    lower, upper = Columns(programme()).bounds()
    assert lower.tolist() == [0] * 7
    assert upper.tolist() == [2, 2, 1, 1, 0.8, 0.5, 0.6]


# --- by hand and by vertices ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cheap", [10.0**-n for n in range(12)])
def test_what_is_nearly_free_is_saved_too(cheap: float) -> None:
    """A quarter of both gaps takes one level of the cheap measure; a stage later all of it would bring more."""
    made = simple(
        (Application("cheap", "track", "a"), Application("dear", "track", "a"), Application("other", "track", "b")),
        gap=[1.0, 1.0],
        cost=[[cheap], [480.0], [480.0]],
        budget=[1000.0],
        effects=[(0, 0, 0.5), (1, 0, 0.5), (2, 1, 0.5)],
        level_max=[2.0, 2.0, 2.0],
    )
    plan = allocate(made, objective="reach", share=0.25)
    assert plan.closed_share == pytest.approx(0.25, rel=1e-7)
    assert plan.level.ravel().tolist() == pytest.approx([1.0, 0.0, 0.0], abs=1e-7)
    assert -plan.certificate.value == pytest.approx(cheap, rel=1e-6)


def vertices(model: optimize.Model) -> float:
    """Best objective over all vertices: every choice of n tight rows and bounds, solved and checked."""
    n = len(model.objective)
    dense = np.zeros((len(model.row_lower), n))
    dense[model.row, model.column] = model.value
    planes = [
        *((dense[i], b) for i in range(len(dense)) for b in (model.row_lower[i], model.row_upper[i]) if np.isfinite(b)),
        *((np.eye(n)[j], b) for j in range(n) for b in (model.column_lower[j], model.column_upper[j])),
    ]
    best = -np.inf
    for chosen in itertools.combinations(planes, n):
        left, right = np.array([p for p, _ in chosen]), np.array([b for _, b in chosen])
        if abs(np.linalg.det(left)) < 1e-9:
            continue
        x = np.linalg.solve(left, right)
        activity = dense @ x
        inside = (
            (x >= model.column_lower - 1e-9).all()
            and (x <= model.column_upper + 1e-9).all()
            and (activity >= model.row_lower - 1e-9).all()
            and (activity <= model.row_upper + 1e-9).all()
        )
        if inside:
            best = max(best, float(model.objective @ x))
    return best


def tiny(seed: int) -> Programme:
    """Draw a programme with two applications and two open pairs: 4 columns, so that vertices can be listed."""
    rng = np.random.default_rng(seed)
    gap, priority = rng.uniform(0.2, 1, 2), rng.uniform(0.1, 1, (2, 1))
    level_max, cost = rng.uniform(0.5, 2, 2), rng.uniform(0, 3, (2, 2)).round(1)
    first, second, third = rng.uniform(0.1, 0.8, 3)
    p = simple(
        (Application("m", "track", "a"), Application("n", "city", "*")),
        gap.tolist(),
        cost.tolist(),
        rng.uniform(0.5, 3, 2).tolist(),
        [(0, 0, first), (1, 0, second), (1, 1, third)],
        level_max.tolist(),
        priority=priority,
    )
    rules = (  # a tenth of a level of n always meets the floor within the cap
        Rule("cap", "cap", 0, np.array([1]), float(rng.uniform(0.3, 1))),
        Rule("floor", "floor", None, np.array([1]), float(rng.uniform(0, 0.01))),
    )
    return replace(p, rules=rules)


@pytest.mark.parametrize("seed", range(15))
def test_the_optimum_is_the_best_vertex(seed: int) -> None:
    p = tiny(seed)
    assert allocate(p).certificate.value == pytest.approx(vertices(build(Columns(p))), abs=1e-9)


def test_a_plan_by_hand() -> None:
    # Value per unit of level: m1 0.3 * 0.6 = 0.18, m2 0.4 * 0.4 = 0.16, m3 0.1 * 0.6 + 0.1 * 0.4 = 0.10.
    # m2 takes no land and brings most per unit of funds (0.053 against 0.045 and 0.050): run in full, 6 funds are left.
    # Then 4 m1 + 2 m3 = 6 (funds) and m1 + 2 m3 = 2.5 (land): m1 = 7/6, m3 = 2/3, 0.16 + 0.21 + 0.2/3 in all.
    # Prices y of funds and l of land: 4y + l = 0.18, 2y + 2l = 0.10.
    found = allocate(programme())
    assert found.certificate.value == pytest.approx(0.16 + 0.21 + 0.2 / 3, abs=1e-12)
    assert found.level[2:, 0].tolist() == pytest.approx([1, 2 / 3])
    assert found.level[:2].sum() == pytest.approx(7 / 6)
    assert [p[0].shadow_price for p in Prices(found).budgets] == pytest.approx([0.13 / 3, 0.02 / 3])


def test_the_cheapest_of_equal_plans_is_taken_and_nothing_is_spent_for_nothing() -> None:
    # two measures with the same effect, the second at half the cost, and budgets that would pay for both
    dear, cheap = Application("dear", "city", "*"), Application("cheap", "city", "*")
    p = simple((dear, cheap), [0.5], [[2.0], [1.0]], [10.0], [(0, 0, 1.0), (1, 0, 1.0)], [1.0, 1.0])
    found = allocate(p)
    assert found.level.tolist() == [[0], [0.5]]
    assert found.spend.sum() == 0.5
    assert found.closed.tolist() == [[0.5]]
    assert found.last_certificate is not None
    assert found.last_certificate.gap == pytest.approx(0, abs=1e-12)


def test_gaps_of_no_priority_show_what_is_delivered() -> None:
    # the city measure is bought for track a; track b has priority 0 and its gap closes by the way
    found = allocate(programme(priority=np.array([[1.0, 1.0], [0.0, 0.0]]), rules=()))
    delivered = np.minimum(found.columns.delivered(found.optimum.x, 0), found.programme.gap)
    assert found.level[3] > 0
    assert found.closed == pytest.approx(delivered)


def test_nothing_to_do_costs_nothing() -> None:
    found = allocate(programme(gap=np.zeros((2, 2))))
    assert not found.level.any()
    assert found.certificate.value == found.certificate.gap == 0


def test_zero_budgets_buy_nothing() -> None:
    found = allocate(programme(budget=np.zeros((2, 1))))
    assert found.certificate.value == 0
    price = Prices(found).budgets[0][0]
    assert price.up is not None
    assert price.up > 0
    assert price.down is None  # there is no plan below a budget of nothing


# --- prices -----------------------------------------------------------------------------------------------------------


def value(p: Programme) -> float:
    return allocate(p).certificate.value


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("resource", [0, 1])
def test_a_budget_s_price_is_its_finite_difference_over_its_range(seed: int, resource: int) -> None:
    p = tiny(seed)
    found = allocate(p)
    price = Prices(found).budgets[resource][0]

    def at(budget: float) -> float:
        b = p.budget.copy()
        b[resource] = budget
        return value(replace(p, budget=b))

    base, here, step = found.certificate.value, float(p.budget[resource, 0]), 1e-5
    assert price.shadow_price is not None
    assert price.up is not None
    assert price.up >= 0
    assert (at(here + step) - base) / step == pytest.approx(price.up, abs=1e-8)
    if price.down is not None:
        assert (base - at(here - step)) / step == pytest.approx(price.down, abs=1e-8)
    for end in (price.valid_from, price.valid_to):
        if np.isfinite(end):
            assert at(end) == pytest.approx(base + price.shadow_price * (end - here), abs=1e-9)
    if np.isfinite(price.valid_to) and price.valid_to > here:
        beyond = price.valid_to + 1e-3
        assert at(beyond) < base + price.shadow_price * (beyond - here) - 1e-9, "the range could be longer"


@pytest.mark.parametrize("seed", range(12))
def test_a_rule_s_price_is_its_finite_difference(seed: int) -> None:
    p = tiny(seed)
    found = allocate(p)
    for k, price in enumerate(Prices(found).rules):
        step = 1e-5

        def moved(amount: float, k: int = k) -> float:
            rules = [replace(r, amount=r.amount + amount) if i == k else r for i, r in enumerate(p.rules)]
            return value(replace(p, rules=tuple(rules)))

        assert price.up is not None
        assert (moved(step) - found.certificate.value) / step == pytest.approx(price.up, abs=1e-8)
        sign = 1 if p.rules[k].kind == "cap" else -1
        assert price.shadow_price is not None
        assert price.shadow_price * sign >= 0


def test_at_a_kink_both_prices_are_told() -> None:
    # one measure that closes the gap exactly at the budget: one more unit is worth nothing, one less costs 0.5
    p = simple((Application("m", "city", "*"),), [0.5], [[2.0]], [1.0], [(0, 0, 1.0)], [1.0])
    price = Prices(allocate(p)).budgets[0][0]
    assert price.up == 0.0
    assert price.down == pytest.approx(0.5)
    assert price.valid_from == pytest.approx(1)
    assert price.valid_to == np.inf


# --- laws -------------------------------------------------------------------------------------------------------------


@given(seed=st.integers(0, 10_000), more=st.floats(0, 3), resource=st.integers(0, 1))
@settings(max_examples=60, deadline=None)
def test_more_budget_never_hurts(seed: int, more: float, resource: int) -> None:
    p = replace(tiny(seed), rules=())
    budget = p.budget.copy()
    budget[resource] += more
    assert value(replace(p, budget=budget)) >= value(p) - 1e-12


@given(seed=st.integers(0, 10_000), factor=st.sampled_from([1e-9, 1e-4, 7.0, 1e6, 1e9]))
@example(seed=624, factor=1e6)  # HiGHS says nothing without presolve
@settings(max_examples=60, deadline=None)
def test_the_unit_of_a_resource_does_not_matter(seed: int, factor: float) -> None:
    p = tiny(seed)
    scale = np.array([factor, 1.0])
    rules = tuple(replace(r, amount=r.amount * (factor if r.of == 0 else 1)) for r in p.rules)
    q = replace(p, cost=p.cost * scale[:, None], budget=p.budget * scale[:, None], rules=rules)
    one, other = allocate(p), allocate(q)
    assert other.level == pytest.approx(one.level, abs=1e-9)
    assert other.certificate.value == pytest.approx(one.certificate.value, abs=1e-12)
    there, here = Prices(other).budgets[0][0].shadow_price, Prices(one).budgets[0][0].shadow_price
    assert there is not None
    assert there * factor == pytest.approx(here, abs=1e-9)


@pytest.mark.parametrize(("seed", "factor"), [(358, 1e6), (460, 1e9), (624, 1e6)])
def test_prices_that_are_given_up_on_in_one_way_are_found_in_the_other(
    seed: int, factor: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It gives up on 358 and 460 with presolve, on 624 without: either way the price is the same."""
    p = tiny(seed)
    rules = tuple(replace(r, amount=r.amount * (factor if r.of == 0 else 1)) for r in p.rules)
    scale = np.array([factor, 1.0])[:, None]
    q = replace(p, cost=p.cost * scale, budget=p.budget * scale, rules=rules)
    found = []
    for small in (0, 1000):
        monkeypatch.setattr("saidao.optimize.solve.solvers.SMALL", small)
        found.append([price.shadow_price for prices in Prices(allocate(q)).budgets for price in prices])
    assert found[0] == pytest.approx(found[1], rel=1e-8, abs=1e-15)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_every_plan_is_proved(seed: int) -> None:
    found = allocate(tiny(seed))
    for c in (found.certificate, found.last_certificate):
        assert c is not None
        assert c.dual_violation is not None
        assert c.primal_violation < 1e-9
        assert c.dual_violation < 1e-9
        assert abs(c.gap) < 1e-9


# --- the certificate --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoil", "broken"),
    [
        (lambda x, y: (x * 1.01, y), "primal_violation"),
        (lambda x, y: (x * 0.99, y), "gap"),
        (lambda x, y: (-x, y), "primal_violation"),
        (lambda x, y: (x, y * 0.9), "gap"),
        (lambda x, y: (x, -y), "dual_violation"),
        (lambda x, y: (x, y * 0), "gap"),
    ],
)
def test_a_tampered_plan_is_caught(spoil: Callable[[Array, Array], tuple[Array, Array]], broken: str) -> None:
    found = allocate(programme())
    x, y = spoil(found.optimum.x, found.optimum.row_dual)
    assert getattr(certify(found.model, x, y), broken) > 1e-3


def test_the_bound_holds_for_any_duals() -> None:
    found = allocate(programme(rules=ALL_RULES))
    rng = np.random.default_rng(0)
    for _ in range(200):
        y = rng.normal(size=len(found.model.row_lower))
        assert optimize.dual_bound(found.model, y) >= found.certificate.value - 1e-12


# --- infeasible, and other solvers ------------------------------------------------------------------------------------


def test_a_conflict_is_irreducible_and_its_changes_resolve_it() -> None:
    rules = (
        Rule("too much", "floor", 0, np.array([3]), 5.0),  # m3 spends 2 at its largest level
        Rule("fine", "floor", 0, np.array([2]), 1.0),
    )
    with pytest.raises(optimize.InfeasibleProgramme) as caught:
        allocate(programme(rules=rules))
    (limit,) = optimize.conflict(caught.value.model)
    assert (limit.kind, limit.name, limit.amount) == ("floor", "floor[too much]", 5.0)
    assert limit.change == pytest.approx(-3.0)


@pytest.mark.parametrize("seed", range(10))
def test_without_any_party_of_a_conflict_there_is_a_plan(seed: int) -> None:
    rng = np.random.default_rng(seed)
    p = tiny(seed)
    most = (p.cost[:, 0, 0] + 0.1) * p.level_max
    p = replace(p, cost=p.cost + 0.1)
    rules = (
        Rule("a", "floor", 0, np.array([0]), float(most[0] * rng.uniform(0.2, 0.9))),
        Rule("b", "floor", 0, np.array([1]), float(most[1] * rng.uniform(0.2, 0.9))),
        Rule("c", "cap", 0, np.array([0, 1]), float(most.sum() * rng.uniform(0.01, 0.05))),
    )
    with pytest.raises(optimize.InfeasibleProgramme) as caught:
        allocate(replace(p, rules=rules))
    limits = optimize.conflict(caught.value.model)
    assert limits

    def loosened(kept: set[str]) -> Programme:
        """Keep only the named limits."""
        budget = [[b if f"budget[{n}]" in kept else 1e6] for n, b in zip(p.resources, p.budget[:, 0], strict=True)]
        return replace(p, rules=tuple(r for r in rules if f"{r.kind}[{r.name}]" in kept), budget=np.array(budget))

    names = {limit.name for limit in limits}
    with pytest.raises(optimize.InfeasibleProgramme):
        allocate(loosened(names))
    for limit in limits:
        allocate(loosened(names - {limit.name}))
        if limit.change is not None:
            name, more = limit.name.partition("[")[2].removesuffix("]"), limit.change * (1 + 1e-9)
            eased = tuple(replace(r, amount=r.amount + more) if r.name == name else r for r in rules)
            budget = p.budget.copy()
            if name in p.resources:
                budget[p.resources.index(name)] += more
            allocate(replace(p, rules=eased, budget=budget))


SOLVERS: dict[str, tuple[Callable[[], Any], float]] = {
    "highs": (lambda: pulp.HiGHS(msg=False), 1e-9),
    "cbc": (lambda: pulp.PULP_CBC_CMD(msg=False), 1e-6),
}


@pytest.mark.parametrize("name", sorted(SOLVERS))
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_any_solver_that_pulp_knows_gives_the_same_plan(name: str, seed: int) -> None:
    make, digits = SOLVERS[name]
    p = tiny(seed) if seed else programme(rules=ALL_RULES)
    ours, theirs = allocate(p), allocate(p, solver=through_pulp(make()))
    assert theirs.certificate.value == pytest.approx(ours.certificate.value, abs=digits)
    assert abs(theirs.certificate.gap) < 10 * digits
    assert theirs.spend.sum() == pytest.approx(ours.spend.sum(), abs=100 * digits)
    for one, other in zip(Prices(ours).budgets, Prices(theirs).budgets, strict=True):
        assert other[0].shadow_price == pytest.approx(one[0].shadow_price, abs=100 * digits)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_infeasible_through_pulp_is_infeasible() -> None:
    rules = (Rule("too much", "floor", 0, np.array([3]), 5.0),)
    with pytest.raises(optimize.InfeasibleProgramme):
        allocate(programme(rules=rules), solver=through_pulp(pulp.PULP_CBC_CMD(msg=False)))


def test_the_pulp_problem_is_the_model_and_takes_a_constraint_of_one_s_own() -> None:
    found = allocate(programme(rules=ALL_RULES))
    problem = found.model.to_pulp()
    problem.solve(pulp.HiGHS(msg=False))
    assert problem.objective.value() == pytest.approx(found.certificate.value, abs=1e-9)
    level = {v.name: v for v in problem.variables()}
    problem += level["level_m1__a"] + level["level_m1__b"] <= 0.3, "my_own_limit"
    problem.solve(pulp.HiGHS(msg=False))
    assert problem.sol_status == pulp.LpSolutionOptimal
    assert problem.objective.value() < found.certificate.value - 1e-3
    assert level["level_m1__a"].varValue + level["level_m1__b"].varValue == pytest.approx(0.3)


def test_a_constraint_of_one_s_own_comes_back_in_the_plan() -> None:
    def little_m1(problem: pulp.LpProblem) -> None:
        level = {v.name: v for v in problem.variables()}
        problem.addConstraint(level["level_m1__a"] + level["level_m1__b"] <= 0.3, "little_m1")

    free, found = allocate(programme()), allocate(programme(), amend=little_m1)
    assert found.level[:2].sum() == pytest.approx(0.3)
    assert found.certificate.value < free.certificate.value
    assert abs(found.certificate.gap) < 1e-12
    (own,) = Prices(found).own
    assert (own.name, own.amount) == ("little_m1", 0.3)
    assert own.reached == pytest.approx(0.3)

    def little_more(problem: pulp.LpProblem) -> None:
        level = {v.name: v for v in problem.variables()}
        problem.addConstraint(level["level_m1__a"] + level["level_m1__b"] <= 0.3 + 1e-5, "little_m1")

    more = allocate(programme(), amend=little_more)
    assert (more.certificate.value - found.certificate.value) / 1e-5 == pytest.approx(own.price.up, abs=1e-8)

    def bound(problem: pulp.LpProblem) -> None:
        next(v for v in problem.variables() if v.name == "level_m3").upBound = 0.1

    assert allocate(programme(), amend=bound).level[3, 0] <= 0.1


def test_constraints_of_one_s_own_need_no_name() -> None:
    """Three without a name, one with a name that is taken, one with odd signs: each comes back, priced."""
    p = programme()

    def many(problem: pulp.LpProblem) -> None:
        levels = [v for v in problem.variables() if v.name.startswith("level")]
        for most in (50.0, 1.0):
            problem += pulp.lpSum(levels) <= most
        problem += (1 - levels[0]) + (1 - levels[1]) >= -3
        problem += pulp.lpSum(levels) <= 60, "budget"
        problem += pulp.lpSum(levels) <= 70, "share[a] + 百"

    found = allocate(p, amend=many)
    assert found.level.sum() == pytest.approx(1.0)
    rows = {own.name: (own.amount, own.reached) for own in Prices(found).own}
    assert rows["own_2"] == pytest.approx((1.0, 1.0))
    assert rows["own_3"][0] == pytest.approx(-5)  # a row of its own: - x - y >= -5
    assert len(rows) == 5

    def a_little_more(problem: pulp.LpProblem) -> None:
        problem += pulp.lpSum(v for v in problem.variables() if v.name.startswith("level")) <= 1.01

    assert Prices(found).own[1].price.up == pytest.approx(100 * (allocate(p, amend=a_little_more).value - found.value))


def test_whole_numbers_can_be_asked_for() -> None:
    def whole(problem: pulp.LpProblem) -> None:
        for v in problem.variables():
            if v.name.startswith("level"):
                v.cat = pulp.LpInteger

    found = allocate(programme(), amend=whole)
    assert found.level == pytest.approx(np.round(found.level))
    kinds = tuple(replace(a, kind="integer") for a in programme().applications)
    assert found.value == pytest.approx(allocate(programme(applications=kinds)).value)


@pytest.mark.parametrize(
    ("amend", "found"),
    [
        (lambda p: p.addConstraint(p.add_variable("mine", 0, 1) + p.variables()[0] <= 1, "c"), "new variable"),
        (lambda p: p.setObjective(p.variables()[0] * 1.0), "objective"),
        (lambda p: p.get_constraint_by_name("budget_funds").changeRHS(5), "removed"),
        (lambda p: setattr(p, "sense", pulp.LpMinimize), "another objective"),
        (lambda p: p.addConstraint(p.variables()[0] <= 1, "budget_funds"), "budget_funds"),
        (lambda p: p.addConstraint(float("inf") * p.variables()[0] <= 1), "inf"),
    ],
)
def test_what_cannot_come_back_is_refused(amend: Callable[[Any], object], found: str) -> None:
    with pytest.raises(optimize.AmendmentError, match=found):
        allocate(programme(), amend=amend)


def test_names_never_meet() -> None:
    names = pulp_names(["x[k 1]", "x[k_1]", "x[a-b]", "x[a+b]", "x[k_1]_2", "水平[甲]"])
    assert len(set(names)) == 6
    assert names[0] == "x_k_1"
    assert names[-1] == "水平_甲"
