"""Whole units by patterns: against enumeration, and against HiGHS on programs with rules, periods and parts."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest

from benchmarks.programmes import INSTANCES
from benchmarks.programmes import random_programme as large_programme
from saidao.optimize import Columns, InfeasibleProgramme, allocate, build, highs, highs_within
from saidao.optimize.model.model import INF, Model
from saidao.optimize.model.objectives import least_spend
from saidao.optimize.model.programme import Application, Array, Exclusion, Programme, Requirement, Rule
from saidao.optimize.solve import solvers
from saidao.optimize.solve.decomposition.block_branching import near_best
from saidao.optimize.solve.proof.block_trees import BlockTrees, check_blocks
from saidao.optimize.solve.proof.certificate import primal_violation
from saidao.optimize.solve.proof.tree import LEAF, Incomplete, Node
from saidao.optimize.solve.whole_units import patterns
from saidao.optimize.solve.whole_units.patterns import WholeBlocks, blocks_of, by_patterns, prove_by_blocks
from tests.conftest import first


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every program is bounded by patterns, however small, and its blocks too."""
    monkeypatch.setattr(solvers, "MANY_WHOLE", 1)
    monkeypatch.setattr(patterns, "OF_A_BLOCK", 1)
    monkeypatch.setattr(patterns, "LISTED", (2**9, 2**11, 2**11))


def random_programme(seed: int, tracks: int = 5, measures: int = 4) -> Programme:
    """Draw a programme of whole units: parts of levels, periods, floors, caps, prerequisites, exclusions."""
    rng = np.random.default_rng(seed)
    factors, resources, periods = 2, int(rng.integers(1, 4)), int(rng.choice([1, 1, 2]))
    measure, track = np.nonzero(rng.random((measures, tracks)) < 0.8)
    kinds = rng.choice(["integer", "binary"], measures)
    places = tuple(
        Application(f"m{m}", "track", f"t{t}", kinds[m]) for m, t in zip(measure.tolist(), track.tolist(), strict=True)
    )
    count = len(places)
    most = np.where(kinds[measure] == "integer", 2.0, 1.0)
    segment = np.repeat(np.arange(count), 2)
    pair = (track[:, None] * factors + np.arange(factors)).ravel()
    cost = np.round(rng.uniform(0.5, 3, (count, resources, 1)), 2) * np.ones((1, 1, periods))
    budget = np.round(rng.uniform(0.1, 0.7) * cost.sum(axis=0) / periods, 2)
    group = np.flatnonzero(rng.random(count) < 0.4)
    rules = []
    if rng.random() < 0.5 and len(group):
        rules.append(Rule("most", "cap", 0, group, float(0.4 * budget[0].sum())))
    if rng.random() < 0.5 and len(group):
        rules.append(Rule("least", "floor", 0, group, float(min(0.2 * budget[0].sum(), cost[group[0], 0, 0]))))
    together = [np.flatnonzero(track == t)[:2].tolist() for t in range(tracks)]
    pairs = [(a, b) for a, b in (own for own in together if len(own) == 2)]
    requires, excludes = [], []
    for number, (a, b) in enumerate(pairs):
        draw = rng.random()
        if draw < 0.3:
            requires.append(Requirement(f"needs{number}", a, (b,), 1.0))
        elif draw < 0.5:
            excludes.append(Exclusion(f"or{number}", (a, b)))
    return Programme(
        tracks=tuple(f"t{i}" for i in range(tracks)),
        factors=("f", "g"),
        resources=tuple(f"r{i}" for i in range(resources)),
        periods=tuple(map(str, range(periods))),
        applications=places,
        gap=np.round(rng.uniform(0.2, 1, (tracks, factors)), 2),
        priority=np.round(rng.uniform(0.1, 1, (tracks, factors)), 3),
        weight=np.full(factors, 1 / factors),
        level_min=np.zeros(count),
        level_max=most,
        lag=np.zeros(count, dtype=np.int64),
        segment_application=np.arange(count),
        segment_width=most,
        effect_segment=segment,
        effect_pair=pair,
        effect=np.round(rng.uniform(0.1, 0.6, 2 * count), 2),
        cost=cost,
        budget=budget,
        carry=np.zeros(resources),
        rules=tuple(rules),
        requires=tuple(requires),
        excludes=tuple(excludes),
    )


def in_whole_units(programme: Programme) -> Programme:
    """All of its measures once or not at all."""
    return replace(programme, applications=tuple(replace(a, kind="binary") for a in programme.applications))


def by_highs(model: Model) -> float:
    """The optimum as HiGHS alone finds it, -inf where there is none."""
    with pytest.MonkeyPatch.context() as without:
        without.setattr(solvers, "MANY_WHOLE", 10**9)
        found = highs(model)
    return float(model.objective @ found.x) if found.status == "optimal" else -INF


@pytest.mark.parametrize("seed", first(8, 160))
def test_the_bound_holds_and_the_plan_is_one(seed: int) -> None:
    """Bound >= optimum >= value; the bound is no worse than that of the linear program."""
    model = build(Columns(random_programme(seed)))
    best = by_highs(model)
    found = by_patterns(model, highs, INF, 1e-9)
    if found is None:
        return
    value, size = float(model.objective @ found.x), max(abs(best), 1e-6)
    relaxed = highs(replace(model, integer=np.zeros_like(model.integer)))
    assert primal_violation(model, found.x) <= 1e-9
    assert value <= best + 1e-8 * size
    assert best - 1e-9 * size <= found.bound <= float(model.objective @ relaxed.x) + 1e-8 * size
    if found.status == "optimal":
        assert value == pytest.approx(best, rel=1e-8)


@pytest.mark.parametrize("seed", first(2, 8))
def test_a_plan_comes_within_a_hundredth_of_the_bound(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of forty tracks, from few partial plans."""
    monkeypatch.setitem(INSTANCES, "40", (40, 6, 30, 0.5, 0.05))
    monkeypatch.setattr(patterns, "LISTED", (2**12, 2**12, 2**12))
    model = build(Columns(in_whole_units(large_programme("40", seed))))
    found = by_patterns(model, highs, INF, 1e-9)
    assert found is not None
    assert primal_violation(model, found.x) <= 1e-9
    assert 0 < found.bound - float(model.objective @ found.x) < 1e-2 * found.bound


@pytest.mark.parametrize("seed", first(4, 40))
def test_plans_are_those_of_highs(seed: int) -> None:
    """The whole way, all stages: with patterns first the plan is worth and costs the same."""
    programme = random_programme(seed)
    with pytest.MonkeyPatch.context() as without:
        without.setattr(solvers, "MANY_WHOLE", 10**9)
        try:
            theirs = allocate(programme)
        except InfeasibleProgramme:
            theirs = None
    if theirs is None:
        with pytest.raises(InfeasibleProgramme):
            allocate(programme)
        return
    ours = allocate(programme)
    assert ours.value == pytest.approx(theirs.value, rel=1e-8)
    spent = [least_spend(plan.columns) @ plan.optimum.x[: plan.columns.number] for plan in (ours, theirs)]
    assert spent[0] == pytest.approx(spent[1], rel=1e-6)
    assert not ours.certificate.denies


# --- blocks -----------------------------------------------------------------------------------------------------------


def points_of(blocks: WholeBlocks, b: int, net: Array) -> dict[tuple[int, ...], float]:
    """All whole points of a block and their best values, by enumeration; continuous columns by linear programs."""
    parts = blocks.parts
    columns, rows = (slice(start[b], start[b + 1]) for start in (parts.column_start, parts.row_start))
    low, high, row_low, row_high = (
        end[at] for end, at in zip(blocks.ends, (columns, columns, rows, rows), strict=True)
    )
    matrix = np.zeros((rows.stop - rows.start, columns.stop - columns.start))
    start, row, value = parts.local
    for j in range(columns.start, columns.stop):
        for e in range(start[j], start[j + 1]):
            matrix[row[e], j - columns.start] += value[e]
    whole = np.flatnonzero(blocks.whole[columns])
    found = {}
    for point in itertools.product(*(range(int(low[j]), int(high[j]) + 1) for j in whole)):
        least, most = low.copy(), high.copy()
        least[whole] = most[whole] = point
        program = replace(
            blocks.model,
            objective=net[columns],
            column_lower=least,
            column_upper=most,
            row_lower=row_low,
            row_upper=row_high,
            start=np.arange(len(matrix) + 1) * matrix.shape[1],
            column=np.tile(np.arange(matrix.shape[1]), len(matrix)),
            value=matrix.ravel(),
            integer=np.zeros(matrix.shape[1], dtype=bool),
            units=None,
        )
        solved = highs(program)
        if solved.status == "optimal":
            found[point] = float(net[columns] @ solved.x)
    return found


@pytest.mark.parametrize("seed", first(3, 20))
def test_blocks_and_their_patterns_are_those_of_an_enumeration(seed: int) -> None:
    blocks = blocks_of(build(Columns(random_programme(seed, tracks=2, measures=3))))
    assert blocks is not None
    price = np.random.default_rng(seed).uniform(0, 0.2, len(blocks.parts.shared))
    at = blocks.bounded(price, 1e-12)
    net, least = blocks.net(at.price), 0.3
    for b in range(blocks.parts.blocks):
        every = points_of(blocks, b, net)
        assert at.best[b] == pytest.approx(max(every.values()), abs=1e-9)
        columns = slice(blocks.parts.column_start[b], blocks.parts.column_start[b + 1])
        got = np.empty((500, columns.stop - columns.start))
        count = near_best(
            b, blocks.parts.column_start, blocks.parts.row_start, *blocks.parts.local, net, *blocks.ends,
            blocks.whole, at.best[b] - least, 10_000, blocks.basic, got,
        )  # fmt: skip
        there = {point for point, value in every.items() if value > at.best[b] - least + 1e-9}
        listed = [tuple(np.round(x[blocks.whole[columns]]).astype(int).tolist()) for x in got[:count]]
        assert len(listed) == len(set(listed))
        assert there <= set(listed)
        assert all(every[point] >= at.best[b] - least - 1e-9 for point in listed)


def test_a_block_that_is_given_up_is_bounded_all_the_same() -> None:
    """With a single node for each block the bound is that of their linear programs: above, never below."""
    blocks = blocks_of(build(Columns(random_programme(3))))
    assert blocks is not None
    price = np.full(len(blocks.parts.shared), 0.05)
    full = blocks.bounded(price, 1e-12)
    with pytest.MonkeyPatch.context() as few:
        few.setattr(patterns, "NODES", 1)
        assert blocks.bounded(price, 1e-12).bound >= full.bound - 1e-12


# --- plans put together -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_what_meets_in_the_middle_is_the_best_of_all_combinations(seed: int) -> None:
    """Lists that hold all partial plans find the plan that an enumeration of all patterns finds."""
    rng = np.random.default_rng(seed)
    blocks = blocks_of(build(Columns(random_programme(40 + seed, tracks=6))))
    assert blocks is not None
    low, high = blocks.shared
    relaxed = highs(replace(blocks.model, integer=np.zeros_like(blocks.model.integer)))
    at = blocks.converged(blocks.prices(relaxed.row_dual))
    assert at is not None
    pool = blocks.pool(at, 0.3 * abs(at.bound))
    assert pool is not None
    some = np.sort(rng.choice(len(pool.loss), min(10, len(pool.loss)), replace=False))
    pool = patterns.Pool(pool.owner[some], pool.loss[some], pool.shift[some], [pool.points[k] for k in some.tolist()])
    used, best = blocks.use(at.point).sum(axis=0), INF
    end = np.where(at.price > 0, high, np.where(at.price < 0, low, 0.0))
    for size in range(len(some) + 1):
        for chosen in itertools.combinations(range(len(some)), size):
            if len(set(pool.owner[list(chosen)])) < size:
                continue
            use = used + pool.shift[list(chosen)].sum(axis=0)
            if (use <= high + 1e-11).all() and (use >= low - 1e-11).all():
                best = min(best, float(pool.loss[list(chosen)].sum() + at.price @ (end - use)))
    found = patterns._Search(blocks, at, pool).best(2**10, 10.0 * abs(at.bound))
    assert (INF if found is None else found[0]) == pytest.approx(best, abs=1e-9)
    if found is not None:
        x = blocks.put_together(at, pool, found[1])
        assert primal_violation(blocks.model, x) <= 1e-9
        assert at.bound / blocks.size - float(blocks.model.objective @ x) == pytest.approx(best / blocks.size, abs=1e-7)


# --- proof in whole numbers -------------------------------------------------------------------------------------------


def proven(seed: int) -> tuple[Model, BlockTrees, float]:
    """A program, trees that bound its blocks at good prices, and its optimum."""
    model = build(Columns(random_programme(seed)))
    blocks = blocks_of(model)
    assert blocks is not None
    relaxed = highs(replace(model, integer=np.zeros_like(model.integer)))
    at = blocks.converged(blocks.prices(relaxed.row_dual))
    assert at is not None
    proof = prove_by_blocks(model, blocks.row_prices(at.price))
    assert proof.found is not None
    assert proof.blocks is not None
    assert float(proof.found.bound) == pytest.approx(at.bound / blocks.size, rel=1e-8)
    return model, proof.blocks, by_highs(model)


@pytest.mark.parametrize("seed", first(4, 40))
def test_the_bound_is_proven_in_whole_numbers(seed: int) -> None:
    try:
        model, trees, best = proven(seed)
    except AssertionError:
        assert by_highs(build(Columns(random_programme(seed)))) == -INF
        return
    found = check_blocks(model, trees)
    assert found.bound >= best - 1e-9 * abs(best)
    assert found.nodes == sum(len(block.tree) for block in trees.blocks)


def test_no_altered_log_proves_less_than_there_is() -> None:
    """Two hundred: what is left of a proof is refused, or bounds the best plan all the same."""
    draw, refused, tried = random.Random(0), 0, 0
    for seed in (0, 1, 2, 3, 5):
        model, trees, best = proven(seed)
        for _ in range(40):
            tried += 1
            try:
                bound = check_blocks(model, altered(trees, draw)).bound
            except Incomplete:
                refused += 1
                continue
            assert bound >= best - 1e-9 * abs(best)
    assert tried == 200
    assert refused >= 100


def altered(trees: BlockTrees, draw: random.Random) -> BlockTrees:
    """Return a proof of which something is gone, or says more than it should."""
    blocks, prices = list(trees.blocks), dict(trees.prices)
    at = draw.choice([k for k, block in enumerate(blocks) if len(block.tree) > 1] or range(len(blocks)))
    block, nodes = blocks[at], list(blocks[at].tree)
    kind = draw.randrange(7)
    if kind == 0:
        nodes.pop(draw.randrange(len(nodes)))
    elif kind == 1:
        k = draw.randrange(len(nodes))
        nodes[k] = replace(nodes[k], duals={i: -y for i, y in nodes[k].duals.items()})
    elif kind == 2:
        nodes = [Node(LEAF, 0, nodes[0].duals)]
    elif kind == 3:
        prices = {i: -y for i, y in prices.items()}
    elif kind == 4:
        prices = {i: y // 2 for i, y in prices.items()}
    elif kind == 5:
        block = replace(block, best=block.best / 2)
    else:
        blocks.append(block)
    blocks[at] = replace(block, tree=tuple(nodes))
    return BlockTrees(prices, tuple(blocks))


def test_a_row_of_other_columns_and_prices_of_none_are_refused() -> None:
    model, trees, _ = proven(1)
    shared, odd = next(iter(trees.prices)), cast("Any", (0.5, float("nan"), 0.0))
    first_block = trees.blocks[0]
    for wrong in (
        replace(trees, blocks=(replace(first_block, rows=(shared,)), *trees.blocks[1:])),
        replace(trees, blocks=(replace(first_block, rows=(10**6,)), *trees.blocks[1:])),
        replace(trees, prices={10**6: 1}),
        replace(trees, blocks=(replace(first_block, columns=first_block.columns * 2), *trees.blocks[1:])),
        replace(trees, prices={**trees.prices, shared: odd[0]}),
        replace(trees, prices={**trees.prices, shared: odd[1]}),
        replace(trees, prices={**trees.prices, -1: 1}),
        replace(trees, blocks=(replace(first_block, columns=odd[2:]), *trees.blocks[1:])),
        replace(trees, blocks=(replace(first_block, rows=odd[2:]), *trees.blocks[1:])),
    ):
        with pytest.raises(Incomplete):
            check_blocks(model, wrong)


def test_blocks_that_are_left_out_only_raise_the_bound() -> None:
    model, trees, best = proven(1)
    whole, less = check_blocks(model, trees).bound, check_blocks(model, replace(trees, blocks=trees.blocks[1:])).bound
    assert best <= whole <= less


# --- many levels ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_fifteen_thousand_whole_levels(monkeypatch: pytest.MonkeyPatch) -> None:
    """14,983 levels in whole units: within 3e-5 of a bound in 15 seconds, on a machine that does nothing else."""
    monkeypatch.undo()
    found = allocate(in_whole_units(large_programme("M")), solver=highs_within(15.0))
    assert found.stopped
    assert 104.8649 < found.value < found.optimum.bound < 104.87014
    assert found.certificate.gap <= 5e-5
    assert found.proof is not None
    assert found.proof.found is not None
    assert found.optimum.bound == float(found.proof.found.bound)


def test_what_patterns_are_not_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Continuous levels beside whole ones, and programs that are small, are HiGHS's."""
    programme = replace(random_programme(1), excludes=())
    levels = programme.applications
    some = replace(programme, applications=(*(replace(a, kind="continuous") for a in levels[:3]), *levels[3:]))
    assert blocks_of(build(Columns(programme))) is not None
    assert blocks_of(build(Columns(some))) is None
    monkeypatch.setattr(solvers, "MANY_WHOLE", 1500)
    assert not solvers.pays_by_patterns(build(Columns(programme)))
