"""One program under many priorities: the same plans as solved one by one, whoever solves them."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import saidao
from saidao.optimize import Allocation, InfeasibleProgramme, allocate
from saidao.optimize.after import engines, many_priorities
from saidao.optimize.after.many_priorities import Family, plans_under, proved, tour, under
from tests.by_hand.test_optimize import ALL_RULES, programme
from tests.conftest import first
from tests.oracle.random_cases import write_random_case

Array = Any


def draw(plan: Allocation, count: int, seed: int = 0) -> tuple[Array, Array]:
    p = plan.programme
    weights = np.random.default_rng(seed).dirichlet(np.ones(len(p.factors)), count)
    tracks = np.random.default_rng(seed + 1).uniform(0.2, 2, (count, len(p.tracks)))
    return (tracks[:, :, None] * weights[:, None, :]).reshape(count, -1), weights


def gathered(plan: Allocation, priorities: Array, weights: Array, **options: Any) -> tuple[Array, Array, Array, int]:
    parts = list(plans_under(plan, priorities, weights, **options))
    order = np.argsort(np.concatenate([part.place for part in parts]))
    return (
        *(np.concatenate([getattr(part, name) for part in parts])[order] for name in ("level", "closed", "value")),
        sum(part.cold for part in parts),
    )  # type: ignore[return-value]


@pytest.fixture(params=["HiGHS", "compiled"])
def both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Solve by HiGHS, and by our own simplex, however few there are."""
    monkeypatch.setattr(many_priorities, "MANY", 0 if request.param == "compiled" else 10**9)
    return str(request.param)


@pytest.fixture(scope="module")
def shanghai() -> Allocation:
    return saidao.plan("shanghai").solved


def agree(plan: Allocation, priorities: Array, weights: Array) -> None:
    level, closed, value, _ = gathered(plan, priorities, weights)
    for k in range(len(weights)):
        alone = under(plan.problem, priorities[k], weights[k], plan)
        assert value[k] == pytest.approx(alone.value, rel=1e-9, abs=1e-10)
        assert level[k] == pytest.approx(alone.level, abs=1e-6)
        assert (priorities[k] * closed[k]).sum() == pytest.approx(
            (priorities[k] * alone.closed.ravel()).sum(), rel=1e-12, abs=1e-9
        )


@pytest.mark.usefixtures("both_ways")
def test_on_shanghai_they_are_the_plans_solved_one_by_one(shanghai: Allocation) -> None:
    """Shanghai's best plans are many: least spend and nearness single one out, warm or cold."""
    agree(shanghai, *draw(shanghai, 40))


@pytest.mark.usefixtures("both_ways")
@pytest.mark.parametrize("seed", first(4, 8))
def test_on_random_cases(tmp_path: Path, seed: int) -> None:
    """Periods, segments, floors, caps and requirements; whole units are solved one by one."""
    write_random_case(tmp_path, seed, kinds=seed % 4 == 3, measures=5)
    try:
        plan = saidao.plan(str(tmp_path)).solved
    except saidao.Infeasible:
        return
    priorities, weights = draw(plan, 6, seed)
    _, _, value, cold = gathered(plan, priorities, weights)
    assert cold == 0
    for k in range(6):
        alone = under(plan.problem, priorities[k], weights[k], plan)
        assert value[k] == pytest.approx(alone.value, rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("seed", first(2, 40))
def test_the_compiled_simplex_finds_the_plans_of_highs(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_random_case(tmp_path, 20 + seed, measures=6)
    try:
        plan = saidao.plan(str(tmp_path)).solved
    except saidao.Infeasible:
        return
    found = []
    for least in (0, 10**9):
        monkeypatch.setattr(many_priorities, "MANY", least)
        found.append(gathered(plan, *draw(plan, 60, seed)))
    assert found[0][3] == 0
    assert found[0][2] == pytest.approx(found[1][2], rel=1e-12, abs=1e-12)
    assert found[0][0] == pytest.approx(found[1][0], abs=1e-6)


@pytest.mark.parametrize("objective", ["maxmin", "reach"])
def test_other_objectives_are_solved_one_by_one(objective: str) -> None:
    plan = allocate(programme(rules=ALL_RULES), objective=objective, share=0.3)
    agree(plan, *draw(plan, 3))


@pytest.mark.usefixtures("both_ways")
def test_priorities_of_zero_and_of_any_size(shanghai: Allocation) -> None:
    priorities, weights = draw(shanghai, 4)
    priorities *= np.array([0.0, 1e-6, 1.0, 1e6])[:, None]
    agree(shanghai, priorities[1:], weights[1:])
    level, _, value, _ = gathered(shanghai, priorities[:1], weights[:1])
    assert value[0] == 0
    assert level.max() == 0  # nothing is worth anything, so nothing is spent


@pytest.mark.usefixtures("both_ways")
def test_the_plan_in_hand_comes_back_under_its_own_priorities(shanghai: Allocation) -> None:
    p = shanghai.programme
    level, *_ = gathered(shanghai, p.priority.reshape(1, -1), p.weight[None])
    assert level[0] == pytest.approx(shanghai.level, abs=1e-9)


def test_arrays_may_lie_as_they_like(shanghai: Allocation) -> None:
    """A DataFrame's values lie column by column, and those that a worker is given cannot be written to."""
    family = Family.of(shanghai.problem, shanghai)
    priorities, weights = draw(shanghai, 5)
    objectives = family.objective(priorities)
    start = family.start(objectives[0])
    expected, again = family.warm(objectives, weights, start)
    assert again == 0
    weights = np.asfortranarray(weights)
    for array in (weights, *start):
        array.flags.writeable = False
    assert (family.warm(np.asfortranarray(objectives), weights, start)[0] == expected).all()


def test_answers_are_the_same_whoever_solves_them(shanghai: Allocation) -> None:
    priorities, weights = draw(shanghai, 600)
    level, _, value, _ = gathered(shanghai, priorities, weights)
    for engine in (engines.threads(2), engines.processes(2)):
        again = gathered(shanghai, priorities, weights, engine=engine)
        assert (again[0] == level).all()
        assert (again[2] == value).all()


# --- the check --------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("both_ways")
def test_wrong_answers_are_noticed_and_solved_again(shanghai: Allocation, monkeypatch: pytest.MonkeyPatch) -> None:
    priorities, weights = draw(shanghai, 10)
    right = gathered(shanghai, priorities, weights)
    assert right[3] == 0
    monkeypatch.setattr(many_priorities, "proved", lambda model, x, duals, objectives: np.arange(len(x)) % 2 == 0)
    again = gathered(shanghai, priorities, weights)
    assert again[3] == 5
    assert again[0] == pytest.approx(right[0], abs=1e-6)


def spoilt() -> Iterator[tuple[str, Callable[[Array, Array], None]]]:
    def less(x: Array, y: Array) -> None:
        x[0, np.flatnonzero(x[0] > 0.1)[0]] -= 1e-3

    def more(x: Array, y: Array) -> None:
        x[0, np.flatnonzero(x[0] == 0)[0]] += 1e-3

    def beyond(x: Array, y: Array) -> None:
        x[0] *= 1.01

    def dearer(x: Array, y: Array) -> None:
        y[0, 0] *= 1.1

    def turned(x: Array, y: Array) -> None:
        y[0, 0] *= -1

    yield from {"less": less, "more": more, "beyond": beyond, "dearer": dearer, "turned": turned}.items()


@pytest.mark.parametrize(("name", "spoil"), list(spoilt()))
def test_a_spoilt_answer_is_not_proved(
    shanghai: Allocation, name: str, spoil: Callable[[Array, Array], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[Any, ...]] = []

    def noted(*given: Any) -> Any:
        seen.append(given)
        return proved(*given)

    monkeypatch.setattr(many_priorities, "proved", noted)
    family = Family.of(shanghai.problem, shanghai)
    priorities, weights = draw(shanghai, 1)
    family.warm(family.objective(priorities), weights)
    model, x, duals, objectives = seen[0]
    assert proved(model, x, duals, objectives).tolist() == [True]
    spoil(x, duals[0])
    assert proved(model, x, duals, objectives).tolist() == [False], name


def test_a_tour_visits_everybody_once_and_goes_short_ways() -> None:
    points = np.random.default_rng(0).dirichlet(np.ones(5), 500)
    order = tour(points)
    assert sorted(order.tolist()) == list(range(500))
    steps = np.linalg.norm(np.diff(points[order], axis=0), axis=1).mean()
    assert steps < 0.5 * np.linalg.norm(np.diff(points, axis=0), axis=1).mean()


@pytest.mark.usefixtures("both_ways")
def test_an_infeasible_program_is_told(shanghai: Allocation) -> None:
    upper = shanghai.model.row_upper.copy()
    upper[shanghai.model.block("budget")] = -1.0
    broken = replace(
        shanghai, problem=replace(shanghai.problem, model=replace(shanghai.problem.model, row_upper=upper))
    )
    with pytest.raises(InfeasibleProgramme):
        gathered(broken, *draw(shanghai, 2))


# --- an existing cluster ----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_cluster_gives_the_same_though_a_worker_dies(cluster: tuple[str, list[Any]], shanghai: Allocation) -> None:
    address, started = cluster
    alone = saidao.acceptability("shanghai", 3000, seed=3)
    killed: list[int] = []

    def progress(done: int) -> None:
        if not killed:
            os.kill(started[2].pid, signal.SIGKILL)
            killed.append(done)

    found = saidao.acceptability("shanghai", 3000, seed=3, backend="dask", address=address, progress=progress)
    assert killed
    assert killed[0] < 3000
    assert started[2].wait(10) != 0
    assert not found.partial
    assert found.to_dict() == alone.to_dict()


def test_a_scheduler_that_is_not_there_is_told() -> None:
    with pytest.raises(saidao.CaseError) as caught:
        saidao.acceptability("shanghai", 3, backend="dask", address="not an address")
    assert "running scheduler" in caught.value.problems[0].text()
