"""Both readings of the ticks: each plan is that of its setting, and what the wrong one costs is counted again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

import saidao
from saidao.cli.commands import app
from tests.conftest import write_case


@pytest.fixture(scope="module")
def found() -> Any:
    return saidao.readings("shanghai")


def test_each_plan_is_that_of_its_setting(found: Any) -> None:
    for ticks in ("strength", "shortcoming"):
        plan = saidao.plan("shanghai", ticks=ticks)
        assert found.plans[ticks].closed_share == pytest.approx(plan.closed_share)
        assert [row[f"rank_{ticks}"] for row in found.tracks] == [row["rank"] for row in plan.ranking]
        spent = sum(row["level"] for row in plan.allocation)
        assert sum(row[ticks] for row in found.measures) == pytest.approx(spent)
        assert sum(row[f"gap_{ticks}"] for row in found.tracks) == pytest.approx(1)
        whole = sum(row[f"gap_{ticks}"] * (row[f"closed_{ticks}"] or 0) for row in found.tracks)
        assert whole == pytest.approx(plan.closed_share)


def test_what_the_wrong_reading_costs_is_counted_again_by_hand(found: Any) -> None:
    """Levels times effects, cut at the other reading's gaps: without the optimiser's columns."""
    case = saidao.load_case("shanghai")
    share = {(row["plan_of"], row["if_right"]): row["closed_share"] for row in found.if_wrong}
    for made, plan in found.plans.items():
        p = plan.solved.programme
        delivered = np.zeros(p.gap.size)
        for segment, pair, effect in zip(p.effect_segment, p.effect_pair, p.effect, strict=True):
            delivered[pair] += effect * plan.solved.level[p.segment_application[segment]].sum()
        for right, held in found.plans.items():
            q = held.solved.programme
            closed = np.minimum(q.gap.ravel(), delivered) @ q.priority.ravel()
            assert share[made, right] == pytest.approx(closed / held.weighted_gap)
        assert share[made, made] == pytest.approx(plan.closed_share)
    assert share["shortcoming", "strength"] <= share["strength", "strength"]
    gaps = [saidao.gaps(case, ticks=ticks).to_numpy() for ticks in ("strength", "shortcoming")]
    assert gaps[0] + gaps[1] == pytest.approx(np.ones((12, 6)))  # what is a gap in one is none in the other


def test_moves_are_what_has_to_be_taken_elsewhere(found: Any) -> None:
    one, other = (plan.solved.spend.sum(axis=2) for plan in found.plans.values())
    for r, row in enumerate(found.moves):
        assert row["moved"] == pytest.approx(np.clip(other[:, r] - one[:, r], 0, None).sum())
        assert 0 <= row["share"] <= 1


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["readings", *arguments])


def test_graded_scores_are_no_ticks(tmp_path: Any) -> None:
    assert run(str(write_case(tmp_path))).exit_code == 2
    assert run("--ticks", "strength").exit_code == 2


def test_what_cannot_be_read_twice_is_told_once(small: Path) -> None:
    with pytest.raises(saidao.CaseError) as error:
        saidao.readings(small)
    assert [p.code for p in error.value.problems] == ["needs_ticks"]
    with pytest.raises(saidao.CaseError, match="both readings of the ticks are tried"):
        saidao.readings("shanghai", ticks="shortcoming")


def test_only_the_weighted_plan_claims_to_be_the_best() -> None:
    assert "could be closed" in saidao.readings("shanghai").text()[-1]
    assert "could be closed" not in saidao.readings("shanghai", objective="reach=0.3").text()[-1]


def test_moves_are_counted_again() -> None:
    result = saidao.readings("shanghai")
    one, other = (plan.to_frame().groupby(["measure", "target"])["funds"].sum() for plan in result.plans.values())
    moved = other.sub(one, fill_value=0).clip(lower=0).sum()
    assert result.moves[0] == {"resource": "funds", "moved": pytest.approx(moved), "share": pytest.approx(moved / 2500)}


def test_the_wrong_plan_s_worth_is_counted_again() -> None:
    """What the plan for strengths delivers, against the gaps of the other reading, from the tables alone."""
    result = saidao.readings("shanghai")
    case, made, right = result.case, result.plans["strength"], result.plans["shortcoming"]
    types, scope = case.tracks.set_index("track")["type"], case.measures.set_index("measure")["scope"]
    effects = {(e.measure, e.track, e.factor): e.effect for e in case.effects.itertuples()}
    level = made.to_frame().groupby(["measure", "target"])["level"].sum().to_dict()
    closed, whole = 0.0, 0.0
    for gap in right.gaps:
        t, f = gap["track"], gap["factor"]
        places = (t, f"type:{types[t]}", "*")
        delivered = sum(
            next((effects[m, at, f] for at in places if (m, at, f) in effects), 0.0)
            * level.get((m, {"track": t, "type": types[t], "city": "*"}[scope[m]]), 0.0)
            for m in scope.index
        )
        closed += gap["priority"] * min(delivered, gap["gap"])
        whole += gap["priority"] * gap["gap"]
    share = {(r["plan_of"], r["if_right"]): r["closed_share"] for r in result.if_wrong}
    assert share["strength", "shortcoming"] == pytest.approx(closed / whole)
