"""Price decomposition against HiGHS and against plans solved again by other code, on programs full of ties."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import saidao
from benchmarks import programmes
from benchmarks.arrays import drawn
from benchmarks.periods import over_periods
from benchmarks.programmes import random_programme as large_programme
from saidao.optimize import Allocation, Columns, Prices, Programme, allocate, build, certify, highs
from saidao.optimize.after.many_priorities import Family, proved
from saidao.optimize.after.prices.marginal import Marginal
from saidao.optimize.after.prices.ranging import shifted
from saidao.optimize.deadline import OutOfTime, done_within
from saidao.optimize.model.model import Model
from saidao.optimize.model.objectives import Views, least_spend
from saidao.optimize.model.programme import Application, Array, Index, Requirement, Rule
from saidao.optimize.solve import solvers
from saidao.optimize.solve.decomposition import price_search, split
from saidao.optimize.solve.decomposition.blocks import Blocks
from saidao.optimize.solve.decomposition.carried import Carried
from saidao.optimize.solve.decomposition.decompose import decomposed
from saidao.optimize.solve.decomposition.together import Stated, stated
from saidao.optimize.solve.faces import optimal_face
from saidao.optimize.solve.highs_input import passed, start_from
from saidao.optimize.solve.lexicographic import InfeasibleProgramme
from saidao.optimize.solve.solution import Solution
from tests.conftest import first
from tests.oracle import implementation as oracle
from tests.oracle.random_cases import write_random_case

SEEDS = [*range(12), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(12, 300))]


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every program is solved by prices, from a sample of a few blocks, a few together."""
    monkeypatch.setattr(solvers, "LARGE", 0)
    monkeypatch.setattr(solvers, "LARGE_TO_PRICE", 0)
    monkeypatch.setattr(price_search, "SAMPLE", (4, 4))
    monkeypatch.setattr(price_search, "ACTIVE", (6, 6))
    monkeypatch.setattr(price_search, "FEW", 6)
    monkeypatch.setattr(split, "WIDE", 0.2)


def random_programme(seed: int) -> Programme:
    """Draw a programme whose figures are few, so that nearly all of its plans tie with others."""
    rng = np.random.default_rng(seed)
    tracks, factors, measures, resources = int(rng.integers(8, 40)), 3, 8, int(rng.integers(1, 4))
    periods = int(rng.choice([1, 1, 2, 3]))
    measure, track = np.nonzero(rng.random((measures, tracks)) < 0.5)
    places = [Application(f"m{m}", "track", f"t{t}") for m, t in zip(measure, track, strict=True)]
    of = [np.array([t]) for t in track]
    if rng.random() < 0.3:  # felt by every track
        places.append(Application("city", "city", "*"))
        of.append(np.arange(tracks))
    count = len(places)
    parts = 2 if rng.random() < 0.4 else 1
    segment, pair, effect = [], [], []
    for a, where in enumerate(of):
        for f in rng.choice(factors, 2, replace=False):
            most = float(rng.choice([0.25, 0.5, 1.0]))
            for part in range(parts):
                segment += [parts * a + part] * len(where)
                pair += (where * factors + f).tolist()
                effect += [most / (1 + part)] * len(where)
    cost = rng.integers(0, 3, (count, resources, 1)) * np.ones((1, 1, periods))
    cost[:, 0] = np.maximum(cost[:, 0], 1.0)
    scarcity = float(rng.choice([0.05, 0.2, 0.5, 0.8, 2.0]))
    budget = np.ceil(scarcity * cost.sum(axis=0)) / periods
    group = np.flatnonzero(rng.random(count) < 0.3)
    rules = []
    if rng.random() < 0.5 and len(group):
        rules.append(Rule("most", "cap", 0, group, float(0.3 * budget[0].sum())))
    if rng.random() < 0.5 and len(group):
        rules.append(Rule("least", "floor", 0, group, float(min(0.2 * budget[0].sum(), 0.5 * len(group)))))
    by_track: dict[int, list[int]] = {}
    for a, t in enumerate(track.tolist()):
        by_track.setdefault(t, []).append(a)
    pairs = [own[:2] for own in by_track.values() if len(own) > 1]
    requires = tuple(Requirement("needs", a, (b,), 1.0) for a, b in pairs[: int(rng.integers(0, 5))])
    return Programme(
        tracks=tuple(f"t{i}" for i in range(tracks)),
        factors=tuple(f"f{i}" for i in range(factors)),
        resources=tuple(f"r{i}" for i in range(resources)),
        periods=tuple(map(str, range(periods))),
        applications=tuple(places),
        gap=rng.integers(0, 3, (tracks, factors)) / 2,
        priority=rng.integers(1, 3, (tracks, factors)).astype(float),
        weight=np.full(factors, 1 / factors),
        level_min=np.zeros(count),
        level_max=np.ones(count),
        lag=rng.integers(0, 2, count) if periods > 1 else np.zeros(count, dtype=np.int64),
        segment_application=np.repeat(np.arange(count), parts),
        segment_width=np.full(count * parts, 1 / parts),
        effect_segment=np.array(segment),
        effect_pair=np.array(pair),
        effect=np.array(effect),
        cost=cost,
        budget=budget,
        carry=rng.choice([0.0, 1.0], resources),
        rules=tuple(rules),
        requires=requires,
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_proved_is_the_optimum(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both stages: where the certificate holds, the value is that of HiGHS; there is none that it holds for wrongly."""
    columns = Columns(random_programme(seed))
    model = build(columns)
    found = decomposed(model)
    with monkeypatch.context() as without:
        without.setattr(solvers, "LARGE", 10**9)
        theirs = highs(model)
        if theirs.status != "optimal":
            assert found is None or solvers.unproven(model, found) > solvers.HOLDS
            return
        face = optimal_face(model, theirs, least_spend(columns))
        spent = highs(face)
    if found is None or solvers.unproven(model, found) > solvers.HOLDS:
        return
    proof = certify(model, found.x, found.row_dual)
    assert not proof.denies
    assert proof.value == pytest.approx(float(model.objective @ theirs.x), rel=1e-9, abs=1e-9)
    own = optimal_face(model, found, least_spend(columns))
    last = decomposed(own)
    if last is not None and solvers.unproven(own, last) <= solvers.HOLDS:
        assert own.objective @ last.x == pytest.approx(float(face.objective @ spent.x), rel=1e-8, abs=1e-8)
        assert model.objective @ last.x == pytest.approx(proof.value, rel=1e-8, abs=1e-9)


def test_most_are_proved_and_the_basis_is_optimal() -> None:
    """Few fall back; HiGHS has nothing left to do from the basis of a program without held columns."""
    import highspy

    proved, steps = 0, []
    for seed in range(1000, 1040):
        model = build(Columns(random_programme(seed)))
        found = decomposed(model)
        if found is None or solvers.unproven(model, found) > solvers.HOLDS:
            continue
        proved += 1
        assert found.basis is not None
        h = passed(model)
        start_from(h, found.basis)
        h.run()
        assert h.getModelStatus() == highspy.HighsModelStatus.kOptimal
        steps.append(h.getInfo().simplex_iteration_count)
    assert proved >= 25
    assert np.mean([step == 0 for step in steps]) > 0.8


@pytest.mark.parametrize("seed", first(6, 60))
def test_plans_of_the_full_model(seed: int, tmp_path: Path) -> None:
    """Periods, parts of levels, rules, prerequisites, measures of types and the city: the plan of the other code."""
    folder = tmp_path / "case"
    write_random_case(folder, seed, tracks=8, segments=seed % 2 == 0, periods=seed % 3, relations=seed % 4 == 0)
    choice: dict[str, Any] = {"weights": "direct", "stance": "even"}
    for objective in ("weighted", "reach=0.2", "maxmin"):
        choice["objective"] = objective
        try:
            theirs = oracle.solve(folder, **choice)
        except oracle.Infeasible:
            with pytest.raises(saidao.Infeasible):
                saidao.plan(folder, **choice)
            continue
        ours = saidao.plan(folder, **choice).solved
        spent = -float(least_spend(ours.columns) @ ours.optimum.x[: ours.columns.number])
        assert spent == pytest.approx(theirs.least_spend, rel=1e-6, abs=1e-7)
        if objective != "reach=0.2":
            assert ours.closed_share == pytest.approx(theirs.closed_share, rel=1e-7)


@pytest.mark.parametrize("seed", [3, 8, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(300, 360))])
def test_prices_are_those_of_the_whole(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prices on both sides and their ranges, told by a few blocks whoever planned, are those of HiGHS solving again."""

    def prices(plan: Allocation) -> list[list[float]]:
        found = Prices(plan)
        every = [*(price for row in found.budgets for price in row), *found.rules]
        told = [(p.shadow_price, p.up, p.down, p.valid_from, p.valid_to) for p in every]
        return [[np.nan if value is None else value for value in one] for one in told]

    try:
        ours = prices(allocate(random_programme(seed)))
    except InfeasibleProgramme:
        return
    monkeypatch.setattr(solvers, "LARGE", 10**9)
    plan = allocate(random_programme(seed))
    of_a_plan_by_highs = prices(plan)
    monkeypatch.setattr(solvers, "LARGE_TO_PRICE", 10**9)
    theirs = pytest.approx(np.array(prices(plan)), rel=1e-6, abs=1e-8, nan_ok=True)
    assert ours == theirs
    assert of_a_plan_by_highs == theirs


def test_few_prices_need_the_whole() -> None:
    """Most sides of most budgets are told by blocks alone."""
    told = []
    for seed in range(3000, 3012):
        programme = random_programme(seed)
        try:
            plan = allocate(programme)
        except InfeasibleProgramme:
            continue
        marginal = Marginal.of(plan.model, plan.optimum)
        assert marginal is not None or "city" in programme.applications[-1].scope
        if marginal is not None:
            step = plan.budget_step(0, 0)
            told += [marginal.side(step, float("inf")), marginal.side(-step, float(programme.budget[0, 0]))]
    assert np.mean([side is not None for side in told]) > 0.7


@pytest.mark.slow
@pytest.mark.parametrize("seed", first(2, 60))
def test_many_priorities_are_solved_from_the_prices_before(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each as good as by HiGHS for its priorities, of no more spend, and no farther from the plan in hand."""
    programme = random_programme(seed)
    try:
        plan = allocate(programme)
    except InfeasibleProgramme:
        return
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.full(len(programme.factors), 20.0), 6)
    priorities = np.repeat(weights[:, None], len(programme.tracks), axis=1).reshape(6, -1)
    family = Family.of(plan.problem, plan)
    objectives = family.objective(priorities)
    points, duals = family._by_prices(objectives, weights)
    assert proved(family.model, points, duals, (objectives, family.spend, family.nearness)).all()
    at_once, duals = family._along(objectives, weights)
    holds = proved(family.model, at_once, duals, (objectives, family.spend, family.nearness))
    found, again = family.warm(objectives, weights)
    assert again == 0
    assert (found[holds] == at_once[holds]).all()  # whatever was solved before
    monkeypatch.setattr(solvers, "LARGE", 10**9)
    others, _ = family.warm(objectives, weights)
    for objective in (objectives, family.spend, family.nearness):
        assert (objective * points).sum(axis=1) == pytest.approx((objective * others).sum(axis=1), abs=1e-8)
        assert (objective * found).sum(axis=1) == pytest.approx((objective * others).sum(axis=1), abs=1e-8)


def test_most_priorities_are_solved_at_once() -> None:
    """All stages of an objective in one search of prices: of programs without held columns nearly all are proved."""
    holds = []
    for seed in range(2000, 2003):
        programme = random_programme(seed)
        try:
            plan = allocate(programme)
        except InfeasibleProgramme:
            continue
        weights = np.random.default_rng(seed).dirichlet(np.full(len(programme.factors), 20.0), 6)
        priorities = np.repeat(weights[:, None], len(programme.tracks), axis=1).reshape(6, -1)
        family = Family.of(plan.problem, plan)
        objectives = family.objective(priorities)
        points, duals = family._along(objectives, weights)
        holds.append(proved(family.model, points, duals, (objectives, family.spend, family.nearness)))
    assert np.mean(np.concatenate(holds)) > 0.5


@pytest.mark.slow
def test_a_range_ends_where_the_price_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a program of thousands of tracks: just within a range the price is as told, just beyond it is another."""
    plan = allocate(large_programme("L scarce"))
    for resource, [price] in enumerate(Prices(plan).budgets):
        step, budget = plan.budget_step(resource, 0), float(plan.programme.budget[resource, 0])
        width = price.valid_to - price.valid_from
        assert price.up is not None
        assert price.down is not None

        def slope(amount: float, step: Array = step, budget: float = budget) -> float:
            return float(highs(shifted(plan.model, (amount - budget) * step)).row_dual @ step)

        assert slope(price.valid_from + 1e-3 * width) == pytest.approx(price.down, rel=1e-9)
        assert slope(price.valid_to - 1e-3 * width) == pytest.approx(price.up, rel=1e-9)
        assert slope(price.valid_from - 1e-3 * width) > price.down * (1 + 1e-9)
        assert slope(price.valid_to + 1e-3 * width) < price.up * (1 - 1e-9)


@pytest.mark.slow
@pytest.mark.parametrize(("objective", "budgets"), [("maxmin", 0.1), ("robust", 0.3)])
def test_ten_thousand_tracks_need_no_pivots_of_the_whole(
    objective: str, budgets: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is used is known up to rounding, which grows with its amount: neither is it taken for a want of a point."""
    monkeypatch.setattr(price_search, "SAMPLE", (300, 3000))
    monkeypatch.setattr(price_search, "ACTIVE", (500, 3000))
    monkeypatch.setitem(programmes.LARGE, "many tracks", (10_000, 6, 200, 0.1, budgets))
    programme = large_programme("many tracks")

    ways = solvers._by_ways

    def few(model: Model, *asked: Any) -> Solution:
        assert len(model.objective) < 50_000, "HiGHS is asked for the whole"
        return ways(model, *asked)

    monkeypatch.setattr(solvers, "_by_ways", few)
    views = None
    if objective == "robust":
        weights = np.random.default_rng(0).dirichlet(np.full(6, 10.0), 4)
        priority = np.array([(one * programme.priority).ravel() for one in weights])
        best = [allocate(replace(programme, priority=one.reshape(-1, 6))).value for one in priority]
        views = Views(priority, np.array(best))
    plan = allocate(programme, objective=objective, views=views)
    assert abs(plan.certificate.gap) <= 1e-9
    assert plan.certificate.primal_violation <= 1e-9


@pytest.mark.slow
@pytest.mark.parametrize(
    ("budgets", "funds", "rounds"), [(0.03, 1, 1), (0.1, 1, 1), (0.25, 1, 1), (0.1, 4, 1), (0.03, 10, 1), (0.3, 1, 0)]
)
def test_prices_of_a_sample_are_steered_where_use_is_smooth(
    budgets: float, funds: int, rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those blocks that are solved together at first settle what is left, at any size.

    Where there is so much of one resource that it stays free, what it alone tells apart is no choice. Where budgets
    hardly bind, use jumps at price 0, of which no slope tells anything: what is free decides first.
    """
    monkeypatch.setattr(price_search, "SAMPLE", (300, 3000))
    monkeypatch.setattr(price_search, "ACTIVE", (500, 3000))
    steered, together = [], []
    steer = price_search.PriceSearch._steered

    def steering(search: price_search.PriceSearch, *given: Any) -> Array:
        if not search.decided:
            steered.append(given)
        return steer(search, *given)

    def stating(b: Blocks, blocks: Index, *given: Any, **named: Any) -> Stated:
        if steered:
            together.append(len(blocks))
        return stated(b, blocks, *given, **named)

    monkeypatch.setattr(price_search.PriceSearch, "_steered", steering)
    monkeypatch.setattr(price_search, "stated", stating)
    model, _ = drawn(10_000, budgets)
    model = replace(model, row_upper=np.append(funds * model.row_upper[0], model.row_upper[1:]))
    found = highs(model)
    assert (found.row_dual[0] == 0) == (funds > 1 or not rounds)
    assert certify(model, found.x, found.row_dual).gap == pytest.approx(0.0, abs=1e-9)
    assert len(steered) == len(together) == rounds


def test_a_time_limit_stops_it() -> None:
    """The time is watched on the way; what comes too late is told as a limit, or as a deadline that is over."""
    model = build(Columns(random_programme(1)))
    assert decomposed(model, 0.0).status == "limit"  # type: ignore[union-attr]
    assert highs(model, 0.0).status == "limit"
    with pytest.raises(OutOfTime), done_within(-1.0):
        highs(model)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("objective", ["robust", "regret", "reach"])
def test_other_objectives_by_prices_as_by_highs(objective: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that join all tracks, with a column that outweighs them: value and least spend are those of HiGHS."""
    programme = random_programme(seed)
    rng = np.random.default_rng(seed)
    priority = rng.integers(1, 4, (int(rng.integers(2, 5)), *programme.gap.shape)).astype(float)
    views = Views(priority.reshape(len(priority), -1), np.zeros(len(priority)))

    def told() -> tuple[float, float] | None:
        try:
            best = [allocate(replace(programme, priority=one)).value for one in priority]
            plan = allocate(programme, objective=objective, share=0.3, views=replace(views, best=np.array(best)))
        except InfeasibleProgramme:
            return None
        return plan.value, float(least_spend(plan.columns) @ plan.optimum.x[: plan.columns.number])

    ours = told()
    monkeypatch.setattr(solvers, "LARGE", 10**9)
    theirs = told()
    assert (ours is None) == (theirs is None)
    if ours is not None and theirs is not None:
        assert ours == pytest.approx(theirs, rel=1e-7, abs=1e-7)


@pytest.mark.parametrize("seed", first(8, 80))
def test_what_is_carried_is_taken_out_and_put_back(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Budgets counted from the first period on: value, duals, basis and least spend are those of the whole program."""
    rng = np.random.default_rng(seed)
    programme = random_programme(seed + 5000)
    periods, resources = 2 + seed % 3, len(programme.resources)
    most = programme.budget.sum(axis=1, keepdims=True)
    programme = replace(
        programme,
        periods=tuple(map(str, range(periods))),
        lag=rng.integers(0, 2, len(programme.applications)),
        cost=programme.cost[:, :, :1] * rng.choice([1.0, 1.25], (1, 1, periods)),
        budget=most * rng.choice([0.0, 0.25, 0.5], (resources, periods)),
        carry=np.append(rng.choice([0.25, 1.0]), rng.choice([0.0, 0.5, 1.0], resources - 1)),
        rules=(),
        requires=(),
        discount=float(rng.choice([1.0, 0.9])),
    )
    columns = Columns(programme)
    model = build(columns)
    carried = Carried.of(model)
    assert carried is not None
    inner = carried.without(model)
    assert inner is not None
    monkeypatch.setattr(solvers, "LARGE", 10**9)
    theirs, whole = highs(model), carried.whole(model, highs(inner))
    assert solvers.unproven(model, whole) <= solvers.HOLDS
    assert model.objective @ whole.x == pytest.approx(float(model.objective @ theirs.x), rel=1e-9, abs=1e-9)
    assert whole.basis is not None
    h = passed(model)
    start_from(h, whole.basis)
    h.run()
    assert h.getInfo().simplex_iteration_count == 0
    face = optimal_face(model, whole, least_spend(columns))
    inner = carried.without(face)
    assert inner is not None
    spent = carried.whole(face, highs(inner))
    assert solvers.unproven(face, spent) <= solvers.HOLDS
    assert face.objective @ spent.x == pytest.approx(float(face.objective @ highs(face).x), rel=1e-9, abs=1e-9)


def test_what_does_not_fill_up_a_row_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """A column that costs, or may end before its row does, is no mere rest of it."""
    programme = random_programme(5003)
    model = build(
        Columns(
            replace(
                programme,
                periods=("0", "1"),
                budget=programme.budget[:, :1] * np.ones((1, 2)),
                cost=programme.cost[:, :, :1] * np.ones((1, 1, 2)),
                carry=np.ones(len(programme.resources)),
            )
        )
    )
    carried = Carried.of(model)
    assert carried is not None
    assert carried.without(model) is not None
    costs, ends = model.objective.copy(), model.column_upper.copy()
    costs[carried.columns[0]], ends[carried.columns[0]] = 1.0, 0.5
    assert carried.without(replace(model, objective=costs)) is None
    assert carried.without(replace(model, column_upper=ends)) is None


@pytest.mark.slow
@pytest.mark.parametrize("carry", [0.0, 1.0])
@pytest.mark.parametrize("scarcity", [0.03, 0.2, 0.6])
def test_periods_need_no_pivots_of_the_whole(scarcity: float, carry: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nearly all blocks do as well this year as next: they take what fits, both stages are proved, nothing is left."""
    monkeypatch.setattr(price_search, "SAMPLE", (300, 3000))
    monkeypatch.setattr(price_search, "ACTIVE", (500, 3000))
    columns = Columns(over_periods(500, scarcity, 3, carry))
    model = build(columns)
    found = decomposed(model)
    assert found is not None
    assert solvers.unproven(model, found) <= solvers.HOLDS
    face = optimal_face(model, found, least_spend(columns))
    last = decomposed(face)
    assert last is not None
    assert solvers.unproven(face, last) <= solvers.HOLDS
    monkeypatch.setattr(solvers, "LARGE", 10**9)
    assert model.objective @ found.x == pytest.approx(float(model.objective @ highs(model).x), rel=1e-9)
    assert face.objective @ last.x == pytest.approx(float(face.objective @ highs(face).x), rel=1e-8)


@pytest.mark.parametrize("seed", first(4, 40))
def test_a_measure_of_the_city_in_several_periods_is_proved(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its columns exclude each other, and the row of its level is theirs alone: one goes where it pays, with a dual."""
    monkeypatch.setattr(split, "WIDE", 0.5)
    rng = np.random.default_rng(seed)
    tracks, periods, count = 60, 3, 61
    track = np.arange(tracks)
    programme = Programme(
        tracks=tuple(f"t{t}" for t in track),
        factors=("f",),
        resources=("funds",),
        periods=tuple(map(str, range(periods))),
        applications=(*(Application("m", "track", f"t{t}") for t in track), Application("city", "city", "*")),
        gap=rng.uniform(0.6, 1.0, (tracks, 1)),
        priority=rng.uniform(0.5, 1.0, (tracks, 1)),
        weight=np.ones(1),
        level_min=np.zeros(count),
        level_max=np.ones(count),
        lag=np.zeros(count, dtype=np.int64),
        segment_application=np.arange(count),
        segment_width=np.ones(count),
        effect_segment=np.append(track, np.full(tracks, tracks)),
        effect_pair=np.append(track, track),
        effect=np.append(np.full(tracks, 0.3), np.full(tracks, 0.25)),
        cost=np.append(rng.uniform(1, 2, tracks), 3.0)[:, None, None] * np.ones((1, 1, periods)),
        budget=np.full((1, periods), 15.0),
        carry=np.ones(1),
    )
    model = build(Columns(programme))
    found = decomposed(model)
    assert found is not None
    assert solvers.unproven(model, found) <= solvers.HOLDS
    held = split.split(model).held  # type: ignore[union-attr]
    assert len(held) >= periods
    assert found.x[held].sum() == pytest.approx(1.0)
    monkeypatch.setattr(solvers, "LARGE", 10**9)
    assert model.objective @ found.x == pytest.approx(float(model.objective @ highs(model).x), rel=1e-9)
