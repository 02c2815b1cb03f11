"""What its own certificate disproves is no plan, on any surface; and what numbers of every size should give.

The right values are those of plans without what can never be bought, of enumeration, and of the oracle, which solves
the same case in ordinary units.
"""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

import saidao
from saidao.cli.commands import app
from saidao.optimize import SolverFailure, UnprovenPlan, allocate, highs
from saidao.optimize.model.columns import Columns
from saidao.optimize.model.model import INF, Model
from saidao.optimize.model.programme import Application, Exclusion, Programme, Requirement
from saidao.optimize.model.tighten import implied_ends, tightened
from saidao.optimize.solve import solvers
from saidao.optimize.solve.proof.certificate import primal_violation
from saidao.optimize.solve.proof.last_resort import branch_and_bound, exactly
from saidao.optimize.solve.solution import Solution, Solver
from tests.conftest import first
from tests.oracle.hostile import edited, rescaled
from tests.oracle.implementation import value_of
from tests.oracle.random_cases import write_random_case

SHANGHAI = Path(saidao.__file__).parent.parent / "data" / "shanghai"


def programme(**changes: Any) -> Programme:
    """Two measures at two tracks, one factor, one resource."""
    base = {
        "tracks": ("s", "t"),
        "factors": ("f",),
        "resources": ("funds",),
        "applications": tuple(Application(m, "track", t) for m in ("a", "b") for t in ("s", "t")),
        "gap": np.ones((2, 1)),
        "priority": np.array([[0.6], [0.4]]),
        "weight": np.ones(1),
        "level_min": np.zeros(4),
        "level_max": np.ones(4),
        "lag": np.zeros(4, dtype=np.int64),
        "segment_application": np.arange(4),
        "segment_width": np.ones(4),
        "effect_segment": np.arange(4),
        "effect_pair": np.array([0, 1, 0, 1]),
        "effect": np.array([0.5, 0.5, 0.8, 0.8]),
        "cost": np.array([1.0, 1.0, 4.0, 4.0]).reshape(4, 1, 1),
        "budget": np.array([[4.0]]),
        "carry": np.zeros(1),
    }
    return Programme(**(base | changes))


def copied(folder: Path) -> Path:
    return Path(shutil.copytree(SHANGHAI, folder / "case"))


# --- numbers of every size --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("never", ["99999999999", "1e13", "1e18"])
def test_a_price_that_means_never_leaves_the_other_measures_as_they_are(tmp_path: Path, never: str) -> None:
    folder = copied(tmp_path)

    def priced(row: dict[str, str]) -> None:
        if row["measure"] == "M09" and row["resource"] == "funds":
            row["cost"] = never

    edited(folder / "costs.csv", priced)
    found, right = saidao.plan(folder), saidao.plan("shanghai", forbid=["M09"])
    assert found.value == pytest.approx(right.value, rel=1e-9)
    for ours, theirs in zip(found.resources, right.resources, strict=True):
        assert ours["used"] <= ours["budget"] * (1 + 1e-9)
        assert ours["shadow_price"] == pytest.approx(theirs["shadow_price"], rel=1e-6)


@pytest.mark.parametrize("ratio", [1.0, 1e6, 1e9, 1e12, 1e14])
def test_a_prerequisite_is_kept_however_far_its_ratio_is_from_one(ratio: float) -> None:
    """Buy a wherever b stands at a / ratio: levels by hand, b costs 4 and closes 0.8 there."""
    rule = (Requirement("r", 0, (2,), ratio),)
    found = allocate(programme(requires=rule, budget=np.array([[1.0]])))
    a, b = found.level[[0, 2], 0]
    assert a <= ratio * b * (1 + 1e-9)
    # the whole budget at s: a costs 1 and takes b / ratio with it at 4 / ratio; b alone closes 0.2 a unit of money
    level = 1 / (1 + 4 / ratio)
    assert found.value == pytest.approx(max(0.6 * level * (0.5 + 0.8 / ratio), 0.6 * 0.8 / 4, 0.4 * 0.5), rel=1e-9)


@pytest.mark.parametrize("most", [1e3, 1e9, 1e20, 1e300])
def test_no_limit_on_a_level_lets_no_exclusion_leak(most: float) -> None:
    """Of a and b one is bought at each track: enumerated."""
    base = programme(level_max=np.full(4, most), segment_width=np.full(4, most))
    pairs = (Exclusion("x", (0, 2)), Exclusion("x", (1, 3)))
    found = allocate(replace(base, excludes=pairs))
    best = max(
        allocate(replace(base, segment_width=np.where(np.isin(np.arange(4), out), 0.0, most))).value
        for out in ([0, 1], [0, 3], [2, 1], [2, 3])
    )
    assert found.value == pytest.approx(best, rel=1e-9)
    assert found.level[[0, 2], 0].min() == found.level[[1, 3], 0].min() == 0


def in_other_units(folder: Path, seed: int) -> None:
    rng = random.Random(seed)
    write_random_case(
        folder,
        seed,
        tracks=rng.randint(2, 5),
        factors=rng.randint(2, 4),
        measures=rng.randint(4, 8),
        resources=rng.randint(1, 3),
        segments=rng.random() < 0.4,
        periods=rng.choice([0, 0, 2, 3]),
        kinds=rng.random() < 0.35,
        relations=rng.random() < 0.5,
    )
    right = value_of(folder)
    rescaled(folder, seed)
    found = saidao.plan(folder)
    assert found.value == pytest.approx(right, rel=1e-7), seed
    assert found.certificate["primal_violation"] <= 1e-9


@pytest.mark.parametrize("seed", range(12))
def test_units_change_nothing(tmp_path: Path, seed: int) -> None:
    in_other_units(tmp_path, seed)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 1300, 50))
def test_units_change_nothing_at_length(tmp_path: Path, first: int) -> None:
    for seed in range(first, first + 50):
        in_other_units(tmp_path / str(seed), seed)


# --- the law ----------------------------------------------------------------------------------------------------------


def spoilt(model: Model) -> Solution:
    """A solver that buys more than there is."""
    found = highs(model)
    return replace(found, x=found.x * 1.01) if found.status == "optimal" else found


def weak(model: Model) -> Solution:
    """A solver that stops short of the best, and says that it is there."""
    found = highs(model)
    return replace(found, x=found.x * 0.9, row_dual=found.row_dual * 1.1) if found.status == "optimal" else found


@pytest.mark.parametrize("solver", [spoilt, weak])
@pytest.mark.parametrize("whole", [False, True])
def test_an_answer_that_its_certificate_disproves_is_mended_or_refused(solver: Solver, whole: bool) -> None:
    p = programme()
    if whole:
        p = replace(p, applications=tuple(replace(a, kind="integer") for a in p.applications))
    right = allocate(p).value
    try:
        value = allocate(p, solver=solver).value
    except SolverFailure:
        return
    assert value == pytest.approx(right, rel=1e-7)


@pytest.fixture
def denied(monkeypatch: pytest.MonkeyPatch) -> None:
    """No way of solving gives anything that holds."""

    def wrong(model: Model, way: dict[str, Any], seconds: float, *_: Any, **__: Any) -> tuple[Solution, bool]:
        found, proven = once(model, way, seconds)
        return (replace(found, x=found.x + 1.0) if len(found.x) else found), proven

    once = solvers._once
    monkeypatch.setattr(solvers, "_once", wrong)
    monkeypatch.setattr("saidao.optimize.solve.solvers.exactly", lambda *_: None)
    monkeypatch.setattr("saidao.optimize.solve.solvers.branch_and_bound", lambda *_: None)


@pytest.mark.usefixtures("denied")
@pytest.mark.parametrize(
    "verb",
    ["plan", "explain", "frontier", "tipping", "variants", "report", "stages", "acceptability", "ask"],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_verb_gives_out_what_nothing_proves(tmp_path: Path, verb: str, lang: str) -> None:
    target = ["-o", str(tmp_path / "report.html")] if verb == "report" else []
    found = CliRunner().invoke(app, [verb, "shanghai", *target, "--lang", lang])
    assert found.exit_code == 4, found.output
    assert ("disproves" if lang == "en" else "否定") in found.stderr
    assert not found.stdout
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("denied")
def test_python_and_json_tell_what_is_known() -> None:
    with pytest.raises(saidao.Unproven) as told:
        saidao.plan("shanghai")
    assert told.value.violation > 1e-7
    document = json.loads(CliRunner().invoke(app, ["plan", "shanghai", "--json"]).stdout)
    assert document["status"] == "unproven"
    assert document["violation"] > 1e-7
    assert "allocation" not in document


# --- the ways ---------------------------------------------------------------------------------------------------------


def random_whole(seed: int) -> Programme:
    rng = np.random.default_rng(seed)
    kinds = rng.choice(["continuous", "integer", "binary", "semi"], 4)
    apps = tuple(
        Application(m, "track", t, k)
        for (m, t), k in zip([(m, t) for m in ("a", "b") for t in ("s", "t")], kinds, strict=True)
    )
    most = rng.integers(1, 4, 4).astype(float)
    return programme(
        applications=apps,
        level_max=most,
        segment_width=most,
        level_min=np.full(4, 0.6),
        effect=rng.uniform(0.1, 0.9, 4),
        cost=rng.uniform(1, 5, (4, 1, 1)),
        budget=rng.uniform(2, 9, (1, 1)),
        excludes=(Exclusion("x", (0, 2)),),
    )


@pytest.mark.parametrize("seed", first(8, 25))
def test_branch_and_bound_finds_what_highs_finds(seed: int) -> None:
    plan = allocate(random_whole(seed))
    found = branch_and_bound(plan.model, 60.0, highs)
    assert found is not None
    assert float(plan.model.objective @ found.x) == pytest.approx(plan.value, rel=1e-9)
    assert found.bound == pytest.approx(plan.value, rel=1e-9)
    assert primal_violation(plan.model, found.x) <= 1e-9


@pytest.mark.parametrize("seed", first(8, 25))
def test_what_rows_imply_holds_at_every_point(seed: int) -> None:
    """Points of random directions, with whole numbers and without, keep the implied ends; tightening loses none."""
    rng = np.random.default_rng(seed)
    model = allocate(random_whole(seed)).model
    low, high = implied_ends(model)
    for _ in range(10):
        aim = replace(model, objective=rng.normal(size=len(model.objective)))
        loose, _ = solvers._once(aim, {}, 60.0)
        held, _ = solvers._once(tightened(aim), {}, 60.0)
        assert loose.status == held.status == "optimal"
        assert (loose.x >= low - 1e-7).all()
        assert (loose.x <= high + 1e-7).all()
        assert float(aim.objective @ held.x) == pytest.approx(float(aim.objective @ loose.x), rel=1e-7, abs=1e-9)


def test_an_answer_beside_the_optimum_is_brought_to_it_in_fractions() -> None:
    plan = allocate(programme())
    near = replace(plan.optimum, x=plan.optimum.x + 1e-10)
    found = exactly(plan.model, near)
    assert found is not None
    assert primal_violation(plan.model, found.x) == 0
    assert float(plan.model.objective @ found.x) == pytest.approx(plan.value, rel=1e-15)


def test_a_violation_is_told_in_its_own_size() -> None:
    """Spending a thousandth beyond a budget of a billionth is a violation of a thousandth."""
    for size in (1e-9, 1.0, 1e12):
        p = programme(budget=np.array([[4.0 * size]]), cost=size * programme().cost)
        found = allocate(p)
        assert found.certificate.primal_violation <= 1e-9
        x = found.optimum.x.copy()
        x[: found.columns.sizes["level"]] *= 1.001
        row = found.model.block("budget").start
        spent = found.model.activity(x)[row]
        over = spent / found.model.row_upper[row] - 1
        assert over > 5e-4
        assert primal_violation(replace(found.model, column_upper=np.full(len(x), INF)), x) >= over * 0.999


def test_units_are_those_of_what_can_be_bought() -> None:
    c = Columns(programme(cost=programme().cost * 1e12))
    assert (c.units[: c.sizes["level"]] < 1e-10).all()
    assert (Columns(programme()).units == 1).all()


@pytest.mark.slow
def test_that_there_is_no_plan_is_told_where_its_reasons_cannot_be_proven() -> None:
    def stubborn(model: Model) -> Solution:
        if any(name.startswith("change[") for name in model.column_names()):
            raise UnprovenPlan(0.0, 1.0)
        return highs(model)

    with pytest.raises(saidao.Infeasible) as told:
        saidao.plan("shanghai", objective="reach=0.99", solver=stubborn)
    assert told.value.conflicts
    assert not told.value.relaxation
