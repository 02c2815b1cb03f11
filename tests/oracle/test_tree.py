"""The tree that proves plans of whole units: published optima, brute force, and logs that were tampered with."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import saidao
from saidao.mcda.names import SchemeName
from saidao.optimize import Application, Exclusion, Programme, Requirement, Rule, UnprovenPlan, allocate
from saidao.optimize.after.exact import certify_exact_whole
from saidao.optimize.model.model import INF, Model
from saidao.optimize.solve import allocate as allocating
from saidao.optimize.solve.proof import tree as reading
from saidao.optimize.solve.proof.grow import MORE_WORK, prove_bound
from saidao.optimize.solve.proof.tree import LEAF, Incomplete, Integers, Node, Tree, check
from saidao.optimize.solve.solution import Solution
from saidao.optimize.solve.solvers import highs
from tests.conftest import first
from tests.oracle.random_cases import write_random_case
from tests.oracle.test_oracle import case
from tests.published.knapsacks import Knapsack, read, whole_model

# --- published optima ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("problem", read("mknap1"), ids=lambda p: f"{p.optimum:g}")
def test_petersen_s_seven(problem: Knapsack) -> None:
    """At their published optima, with no gap but for decimals: 8706.1 is no float."""
    model = problem.model()
    x = highs(model).x
    assert float(model.objective @ x) == pytest.approx(problem.optimum, abs=1e-9)
    proof = prove_bound(model, x)
    assert proof.found is not None
    assert float(proof.found.bound) == pytest.approx(problem.optimum, abs=1e-9)
    if problem.optimum == round(problem.optimum):
        assert proof.found.bound == Fraction(problem.optimum)
    assert proof.found.nodes < 100
    made = certify_exact_whole(model, x, proof=proof)
    assert made.exact
    assert made.gap == proof.found.bound - made.value
    assert made.nodes == proof.found.nodes


@pytest.mark.slow
@pytest.mark.parametrize("number", range(4))
def test_chu_and_beasley_s_hundred(number: int) -> None:
    problem = read("mknapcb1")[number]
    model = problem.model()
    x = highs(model).x
    proof = prove_bound(model, x, MORE_WORK)
    assert proof.found is not None
    assert proof.found.bound == Fraction(problem.optimum) == Fraction(float(model.objective @ x))


# --- what HiGHS got wrong ---------------------------------------------------------------------------------------------


def test_the_wrong_optimum_of_highs_1_14_is_caught() -> None:
    """Least 2 x + 3 z with x + z >= 4.5, z whole: 9 at (4.5, 0); HiGHS 1.14.0 said 15 at (0, 5), optimal.

    https://github.com/lovasoa/highs-js/issues/53
    """
    model = whole_model(
        np.array([-2.0, -3.0]), np.ones((1, 2)), 4.5, INF, np.array([10.0, 10.0]), whole=np.array([False, True])
    )
    said = Solution("optimal", np.array([0.0, 5.0]), np.empty(0), np.empty(0), bound=-15.0)
    proof = prove_bound(model, said.x)
    assert proof.found is None
    assert proof.better is not None
    assert float(model.objective @ proof.better) == pytest.approx(-9.0)
    right = prove_bound(model, np.array([4.5, 0.0]))
    assert right.found is not None
    assert float(right.found.bound) == pytest.approx(-9.0, rel=1e-9)
    made = certify_exact_whole(model, said.x, -15.0)
    assert (made.exact, made.reason) == (False, "not_optimal")


def small() -> Programme:
    """Three projects of 3, 4 and 5 for a budget of 7, worth 4, 5 and 6: the first two, 9."""
    every = np.arange(3)
    return Programme(
        tracks=("a", "b", "c"),
        factors=("f",),
        resources=("funds",),
        applications=tuple(Application("m", "track", t, "binary") for t in ("a", "b", "c")),
        gap=np.ones((3, 1)),
        priority=np.array([[4.0], [5.0], [6.0]]),
        weight=np.ones(1),
        level_min=np.zeros(3),
        level_max=np.ones(3),
        lag=np.zeros(3, dtype=int),
        segment_application=every,
        segment_width=np.ones(3),
        effect_segment=every,
        effect_pair=every,
        effect=np.ones(3),
        cost=np.array([3.0, 4.0, 5.0]).reshape(3, 1, 1),
        budget=np.array([[7.0]]),
        carry=np.zeros(1),
    )


def content(model: Model) -> Solution:
    """A solver that takes the third project alone, worth 6, and says that nothing is better."""
    if not model.is_mixed:
        return highs(model)
    found = highs(replace(model, column_upper=np.where(np.arange(len(model.objective)) < 2, 0.0, model.column_upper)))
    return replace(found, bound=float(model.objective @ found.x)) if found.status == "optimal" else found


def test_a_solver_s_wrong_best_is_replaced_by_a_right_one() -> None:
    found = allocate(small(), solver=content)
    assert found.value == pytest.approx(9.0)
    assert found.proof is not None
    assert found.proof.found is not None
    assert found.problem.solver is content


def test_where_nothing_better_than_a_refuted_answer_is_found_there_is_no_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allocating, "by_branching", content)
    with pytest.raises(UnprovenPlan):
        allocate(small(), solver=content)


# --- brute force ------------------------------------------------------------------------------------------------------


def random_whole(seed: int) -> Model:
    """A few columns, whole and not, under rows of both signs."""
    rng = np.random.default_rng(seed)
    matrix = np.round(rng.uniform(-1, 3, (3, 5)), 2) * (rng.random((3, 5)) < 0.8)
    whole = np.array([True, True, True, False, False])
    upper = np.round(rng.uniform(2, 6, 3), 1)
    return whole_model(np.round(rng.uniform(-0.5, 2, 5), 2), matrix, -8.0, upper, np.array([3, 2, 2, 1.5, 4]), whole)


def enumerated(model: Model) -> float:
    best = -INF
    at = np.flatnonzero(model.integer)
    for values in itertools.product(*(range(int(model.column_upper[j]) + 1) for j in at)):
        low, high = model.column_lower.copy(), model.column_upper.copy()
        low[at] = high[at] = values
        found = highs(replace(model, column_lower=low, column_upper=high, integer=np.zeros_like(model.integer)))
        if found.status == "optimal":
            best = max(best, float(model.objective @ found.x))
    return best


@pytest.mark.parametrize("seed", first(6, 15))
def test_the_bound_is_the_optimum_of_an_enumeration(seed: int) -> None:
    model = random_whole(seed)
    best = enumerated(model)
    found = highs(model)
    proof = prove_bound(model, found.x)
    assert proof.found is not None
    assert float(proof.found.bound) == pytest.approx(best, rel=1e-9, abs=1e-9)
    assert float(proof.found.bound) >= best - 1e-12


@pytest.mark.parametrize("size", [1e-9, 1e9])
@pytest.mark.parametrize("seed", first(6, 15))
def test_a_proof_does_not_mind_the_unit_of_priorities(seed: int, size: float) -> None:
    """Duals are told in the scale of the objective: rounded in that of 1, those of a billionth proved nothing."""
    one = random_whole(seed)
    model = replace(one, objective=one.objective * size)
    found = highs(model)
    proof = prove_bound(model, found.x)
    assert proof.found is not None
    assert float(proof.found.bound) == pytest.approx(size * float(one.objective @ highs(one).x), rel=1e-8)


def test_where_nothing_can_be_bought_that_is_proved(tmp_path: Path) -> None:
    """Of a plan worth nothing all is measured against the most that is thinkable: duals are told more finely."""
    folder = case(
        tmp_path,
        scores="track,f\na,0.3\n",
        resources="resource,budget\nfunds,0\n",
        measures="measure,dimension,stage,scope,kind,min_level,max_level\nm1,d1,s1,track,integer,2,2\n",
        costs="measure,resource,cost\nm1,funds,0.15\n",
        effects="measure,track,factor,effect\nm1,*,f,0.55\n",
    )
    plan = saidao.plan(folder, stance="even", certify="exact")
    assert plan.solved.value == 0
    assert plan.certificate["exact"]
    assert plan.certificate["case"]["exact"]


@pytest.mark.parametrize("seed", first(6, 15))
def test_no_tree_proves_less_than_there_is(seed: int) -> None:
    """Of a point that is not the best, a better one turns up, and no log of the best passes for it."""
    model = random_whole(seed)
    found = highs(model)
    best = float(model.objective @ found.x)
    worse = found.x * 0
    proof = prove_bound(model, worse)
    assert proof.found is None
    assert proof.better is not None
    assert float(model.objective @ proof.better) > 0
    with pytest.raises(Incomplete):
        check(model, prove_bound(model, found.x).tree, Fraction(best) - Fraction(1, 10**6))


def closing(seed: int) -> Model:
    """Six gaps, each closed by any of three of twelve projects that deliver hundreds of times as much, and a budget."""
    rng = np.random.default_rng(seed)
    matrix, upper = np.zeros((7, 18)), np.zeros(7)
    for i in range(6):
        matrix[i, i] = 1.0
        matrix[i, 6 + rng.choice(12, 3, replace=False)] = -rng.uniform(50, 400, 3)
    matrix[6, 6:], upper[6] = rng.uniform(1, 5, 12), 10.0
    objective, most = np.append(rng.uniform(0.1, 1, 6), np.zeros(12)), np.append(rng.uniform(0.2, 0.9, 6), np.ones(12))
    return whole_model(objective, matrix, -INF, upper, most, np.repeat([0.0, 1.0], [6, 12]))


@pytest.mark.parametrize("seed", first(8, 60))
def test_projects_that_deliver_far_more_than_a_gap_are_proven(seed: int) -> None:
    """What counts no more than it can has smaller entries: duals stand in the scale of the rows as they were."""
    model = closing(seed)
    x = highs(model).x
    proof = prove_bound(model, x)
    assert proof.found is not None
    assert float(proof.found.bound) == pytest.approx(float(model.objective @ x), rel=1e-8)


# --- altered logs -----------------------------------------------------------------------------------------------------


def altered(tree: Tree, seed: int) -> Iterator[Tree]:
    """Yield logs of which something that matters is gone: a leaf, a branch, a side, the signs of duals."""
    draw = random.Random(seed)
    leaves = [k for k, node in enumerate(tree) if node.column == LEAF]
    branches = [k for k, node in enumerate(tree) if node.column != LEAF]
    while True:
        nodes = list(tree)
        kind = draw.randrange(5)
        if kind == 0:
            nodes.pop(draw.choice(leaves))
        elif kind == 1:
            nodes.pop(draw.choice(branches))
        elif kind == 2:
            nodes.insert(draw.randrange(len(nodes)), nodes[draw.choice(leaves)])
        elif kind == 3:
            at = draw.choice([k for k in leaves if tree[k].duals])
            nodes[at] = replace(nodes[at], duals={i: -y for i, y in nodes[at].duals.items()})
        else:
            at = draw.choice(branches)
            nodes[at] = Node(LEAF, 0, nodes[at].duals)
        yield tuple(nodes)


def test_two_hundred_altered_logs_are_refused() -> None:
    """Each of Petersen's seven, some thirty times: what was altered no longer proves the optimum."""
    refused = 0
    for number, problem in enumerate(read("mknap1")):
        model = problem.model()
        proof = prove_bound(model, highs(model).x)
        best = Fraction(problem.optimum)
        check(model, proof.tree, best)
        for log in itertools.islice(altered(proof.tree, number), 30):
            with pytest.raises(Incomplete):
                check(model, log, best)
            refused += 1
    assert refused >= 200


def of_integers(seed: int) -> tuple[Model, list[tuple[Fraction, list[int]]]]:
    """Four whole columns, some from below nothing on, under rows of either sense, and all points with their values."""
    draw = random.Random(seed)
    low = [draw.choice([0, 0, 0, -1]) for _ in range(4)]
    high = [end + draw.choice([1, 1, 2, 3]) for end in low]
    rows = [[draw.choice([0, 1, 2, 3, 5, -1, -4, -9]) for _ in range(4)] for _ in range(3)]
    ends = [draw.choice([(-INF, draw.randint(0, 8)), (draw.randint(-9, 0), INF), (-6, 6)]) for _ in range(3)]
    cost = [draw.randint(-4, 9) / draw.choice([1, 2, 4]) for _ in range(4)]
    model = whole_model(np.array(cost), np.array(rows, dtype=float), -INF, INF, np.array(high, dtype=float))
    model = replace(
        model,
        column_lower=np.array(low, dtype=float),
        row_lower=np.array([end for end, _ in ends]),
        row_upper=np.array([end for _, end in ends]),
    )
    points = [
        (sum((Fraction(c) * v for c, v in zip(cost, x, strict=True)), Fraction(0)), list(x))
        for x in itertools.product(*(range(a, b + 1) for a, b in zip(low, high, strict=True)))
        if all(
            a <= sum(q * v for q, v in zip(row, x, strict=True)) <= b for row, (a, b) in zip(rows, ends, strict=True)
        )
    ]
    return model, points


def spoilt(tree: Tree, draw: random.Random) -> Tree:
    """Return a log with one thing wrong, of any kind: what stands where, a branch's column or floor, a dual."""
    nodes = list(tree)
    at = draw.randrange(len(nodes))
    node, duals = nodes[at], dict(nodes[at].duals)
    kind = draw.randrange(10)
    if kind == 0:
        nodes.pop(at)
    elif kind == 1:
        nodes.insert(draw.randrange(len(nodes) + 1), node)
    elif kind == 2:
        other = draw.randrange(len(nodes))
        nodes[at], nodes[other] = nodes[other], node
    elif kind == 3:  # the sides are those of another branch: no partition
        nodes[at] = replace(node, floor=node.floor + draw.choice([-2, -1, 1, 2]))
    elif kind == 4:
        nodes[at] = replace(node, column=draw.choice([LEAF, 0, 1, 2, 3]))
    elif kind == 5:
        nodes[at] = replace(node, duals=nodes[draw.randrange(len(nodes))].duals)
    elif duals:
        row = draw.choice(list(duals))
        y = duals.pop(row)
        if kind == 6:  # of the wrong sign
            duals[row] = -y
        elif kind == 7:  # of another size: a bound weakened, or claimed
            duals[row] = y * draw.randrange(20) // 10
        elif kind == 8:  # of another row
            duals[draw.randrange(3)] = y
        nodes[at] = replace(node, duals=duals)
    return tuple(nodes)


@pytest.mark.parametrize("seed", first(15, 300))
def test_whatever_is_altered_no_log_proves_less_than_the_best(seed: int) -> None:
    """Against an enumeration, exactly: with log, value or gap altered it is refused, or its bound holds."""
    model, points = of_integers(seed)
    if not points:
        return
    best, x = max(points)
    proof = prove_bound(model, np.array(x, dtype=float))
    assert proof.found is not None
    assert proof.found.bound >= best
    draw, refused = random.Random(seed), 0
    for _ in range(40):
        log = spoilt(proof.tree, draw)
        for _ in range(draw.randrange(3)):
            log = spoilt(log, draw) if log else log
        claimed = best - draw.choice([Fraction(0), Fraction(0), Fraction(1, 4), Fraction(3), abs(best) / 2 + 1])
        gap = draw.choice([Fraction(0), Fraction(1, 8), Fraction(-1, 2)])
        try:
            bound = check(model, log, claimed, gap).bound
        except Incomplete:
            refused += 1
            continue
        assert bound >= best, (log, claimed, gap)
    assert refused


@pytest.mark.parametrize("seed", first(15, 300))
def test_a_log_that_holds_for_other_data_bounds_these_too(seed: int) -> None:
    """A cost, an entry or an end of a row is another one: what was proved of the first data proves nothing false."""
    model, points = of_integers(seed)
    if not points:
        return
    best, x = max(points)
    tree = prove_bound(model, np.array(x, dtype=float)).tree
    draw = np.random.default_rng(seed)
    for name in ("objective", "value", "row_upper", "column_upper"):
        numbers = getattr(model, name).copy()
        at = draw.integers(len(numbers))
        numbers[at] += 1.0
        other = replace(model, **{name: numbers})
        try:
            bound = check(other, tree, best).bound
        except Incomplete:
            continue
        assert float(bound) >= enumerated_of(other) - 1e-9


def enumerated_of(model: Model) -> float:
    """The best value of a program of whole numbers alone, point by point."""
    ranges = (range(int(a), int(b) + 1) for a, b in zip(model.column_lower, model.column_upper, strict=True))
    best = -INF
    for values in itertools.product(*ranges):
        x = np.array(values, dtype=float)
        rows = np.bincount(model.row, model.value * x[model.column], len(model.row_lower))
        if (model.row_lower <= rows).all() and (rows <= model.row_upper).all():
            best = max(best, float(model.objective @ x))
    return best


@pytest.mark.parametrize("seed", first(15, 300))
def test_the_checker_s_own_program_has_every_point_of_the_model(seed: int) -> None:
    """Ends that rows imply, and coefficients that count no more than they can, leave no point of whole numbers out."""
    model, points = of_integers(seed)
    data = Integers.of(replace(model, column_upper=np.where(model.column_upper > 2, INF, model.column_upper)))
    for value, x in points:
        at = [v * data.end for v in x]
        for v, low, high in zip(at, data.low, data.high, strict=True):
            assert low is None or low <= v
            assert high is None or v <= high
        for row, (low, high) in zip(data.rows, data.row_ends, strict=True):
            amount = sum(a * at[j] for j, a in row)
            assert low is None or low * data.entry <= amount
            assert high is None or amount <= high * data.entry
        assert data.value(sum(c * v for c, v in zip(data.cost, at, strict=True))) == value


def test_what_the_checker_cannot_count_in_whole_numbers_is_refused() -> None:
    """A unit of a whole column that is not 1, a scale that is no power of two, duals that are looked up otherwise."""
    model, _ = of_integers(2)
    for units in (np.full(4, 2.0), np.full(4, 3.0)):
        with pytest.raises(Incomplete, match="units"):
            check(replace(model, units=units), (Node(LEAF, 0, {}),), Fraction(10**6))

    class Two(dict[int, int]):
        def get(self, key: int, default: Any = None) -> Any:
            return 0

    with pytest.raises(Incomplete, match="no node"):
        check(model, (Node(LEAF, 0, Two({0: 1 << 40})),), Fraction(10**6))


def test_a_log_of_other_data_is_refused() -> None:
    """One more of every budget, or one more of what the best projects are worth."""
    for problem in read("mknap1"):
        model = problem.model()
        tree = prove_bound(model, highs(model).x).tree
        dearer = replace(model, objective=model.objective + 1.0)
        wider = replace(model, row_upper=model.row_upper * 1.2)
        for other in (dearer, wider):
            with pytest.raises(Incomplete):
                check(other, tree, Fraction(problem.optimum))


@pytest.mark.parametrize("odd", [Node(3, 0, {}), Node(0, 0, {99: 1}), Node(99, 0, {})])
def test_what_makes_no_sense_is_refused(odd: Node) -> None:
    model = random_whole(1)
    with pytest.raises(Incomplete):
        check(model, (odd, Node(LEAF, 0, {}), Node(LEAF, 0, {})), Fraction(10**9))


node: Any = Node
ODD: list[Any] = [
    *(node(column, 0, {}) for column in (99, -7, 0.0, None, "0", 10**400, True + 10**9)),
    *(node(0, floor, {}) for floor in (0.5, float("nan"), float("inf"), -float("inf"), None, "1", 2**5000)),
    *(node(0, 0, {0: dual}) for dual in (0.5, float("nan"), 2**9999, None, "1")),
    *(node(0, 0, duals) for duals in ({-1: 1}, {99: 1}, {"0": 1}, None, [(0, 1)])),
    None,
    (0, 0, {}),
    [],
]


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_whatever_stands_in_a_log_it_is_refused_in_words(odd: Any) -> None:
    """In place of every node of a log that holds, in its first or last place, and nested into itself."""
    model = read("mknap1")[0].model()
    tree = prove_bound(model, highs(model).x).tree
    best = Fraction(3800)
    assert check(model, tree, best).bound == best
    logs = [(*tree[:k], odd, *tree[k + 1 :]) for k in range(len(tree))]
    for log in (*logs, (odd, *tree), (odd,) * 5000):
        with pytest.raises(Incomplete, match=r"\w+ \w+"):
            check(model, log, best)


def test_a_floor_between_two_whole_numbers_leaves_none_out() -> None:
    """x <= 1.5, x whole, branched at a half: 0 below, from 1.5 on nothing above, and 1 nowhere."""
    model = whole_model(np.ones(1), np.ones((1, 1)), -INF, 1.5, np.array([3.0]))
    below, above = Node(LEAF, 0, {0: 1 << 40}), Node(LEAF, 0, {0: 2 << 40})
    with pytest.raises(Incomplete):
        check(model, (node(0, 0.5, {}), below, above), Fraction(1, 2))


@pytest.mark.parametrize("cut", [0, 1, 2, -1])
def test_a_log_that_ends_early_or_never_is_refused(cut: int, monkeypatch: pytest.MonkeyPatch) -> None:
    model = read("mknap1")[1].model()
    tree = prove_bound(model, highs(model).x).tree
    with pytest.raises(Incomplete, match="missing"):
        check(model, tree[:cut], Fraction(8706.1))
    monkeypatch.setattr(reading, "MOST_NODES", 2000)
    with pytest.raises(Incomplete):
        check(model, itertools.repeat(Node(0, 0, {})), Fraction(8706.1))


# --- plans ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("objective", ["weighted", "maxmin", "reach=0.1", "robust", "regret"])
@pytest.mark.parametrize("seed", range(3))
def test_plans_of_whole_units_are_proven_without_asking(objective: str, seed: int, tmp_path: Path) -> None:
    write_random_case(tmp_path, seed, kinds=True, relations=seed % 2 == 0, periods=2 * (seed % 2))
    over: tuple[SchemeName, ...] = ("equal", "ahp") if objective in ("robust", "regret") else ()
    plan = saidao.plan(tmp_path, objective=objective, over=over)
    assert plan.model.is_mixed
    assert plan.certificate["nodes"] >= 1
    assert abs(plan.certificate["gap"]) < 1e-8
    assert "whole numbers" in " ".join(plan.notes())
    assert "整数" in "".join(plan.notes("zh"))


def many_projects(count: int = 1000, floors: int = 12) -> Programme:
    """Projects at tracks of their own, of random worth and cost, with a floor on what each group of them gets."""
    rng = np.random.default_rng(7)
    every = np.arange(count)
    cost = np.round(rng.uniform(1, 9, count), 2)
    group = every % floors
    return Programme(
        tracks=tuple(f"t{i}" for i in range(count)),
        factors=("f",),
        resources=("funds",),
        applications=tuple(Application("m", "track", f"t{i}", "binary") for i in range(count)),
        gap=np.ones((count, 1)),
        priority=np.round(rng.uniform(0.1, 1, (count, 1)), 3),
        weight=np.ones(1),
        level_min=np.zeros(count),
        level_max=np.ones(count),
        lag=np.zeros(count, dtype=int),
        segment_application=every,
        segment_width=np.ones(count),
        effect_segment=every,
        effect_pair=every,
        effect=np.ones(count),
        cost=cost.reshape(count, 1, 1),
        budget=np.array([[0.3 * cost.sum()]]),
        carry=np.zeros(1),
        rules=tuple(
            Rule(f"floor{g}", "floor", 0, np.flatnonzero(group == g), round(0.2 * float(cost[group == g].sum()), 2))
            for g in range(floors)
        ),
    )


@pytest.mark.slow
def test_a_thousand_projects_with_floors_are_proven() -> None:
    found = allocate(many_projects())
    proof = certify_exact_whole(found.model, found.optimum.x, found.optimum.bound)
    assert proof.exact
    assert proof.nodes is not None
    assert proof.gap is not None
    assert 0 <= proof.gap < 1e-8 * proof.value


def test_a_tree_that_is_too_large_proves_nothing() -> None:
    model = read("mknapcb1")[0].model()
    proof = prove_bound(model, np.zeros(100), work=100)
    assert (proof.tree, proof.found, proof.better) == ((), None, None)


def test_exclusions_and_prerequisites_are_branched_on() -> None:
    p = small()
    p = replace(p, excludes=(Exclusion("x", (0, 1)),), requires=(Requirement("r", 0, (2,), 1.0),))
    found = allocate(p)
    assert found.value == pytest.approx(6.0)  # the third alone: the first needs it and both cost 8
    assert found.proof is not None
    assert found.proof.found is not None
    assert float(found.proof.found.bound) == pytest.approx(6.0, rel=1e-9)


@pytest.mark.parametrize("seed", first(6, 40))
def test_a_compiled_tree_proves_the_same(seed: int) -> None:
    """Where proof is asked for, few rows are grown by compiled code: the same bound, and none for a worse point."""
    model = random_whole(seed)
    x = highs(model).x
    proof, by_highs = prove_bound(model, x, MORE_WORK), prove_bound(model, x)
    assert proof.found is not None
    assert by_highs.found is not None
    assert float(proof.found.bound) == pytest.approx(float(by_highs.found.bound), rel=1e-8, abs=1e-9)
    worse = prove_bound(model, x * 0, MORE_WORK)
    assert worse.found is None
    assert worse.better is not None
