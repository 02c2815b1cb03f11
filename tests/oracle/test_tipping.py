"""Tipping points: by points just inside and just outside, and against a search over the whole line."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import saidao
from saidao import mcda
from saidao.optimize.after.many_priorities import Around
from saidao.questions.tipping import Tipping
from tests.oracle.test_funding import two  # noqa: F401

FACTORS = saidao.load_case("shanghai").factor_ids


@pytest.fixture(scope="module")
def shanghai() -> Tipping:
    return saidao.tipping("shanghai", stance="even")


def lead(found: Tipping, weights: Any, **options: Any) -> float:
    """How much more of the gap than the plan the best plan for the weights closes."""
    given = dict(zip(FACTORS, weights, strict=True))
    best = saidao.plan("shanghai", weights=given, **{"stance": "even", **options})
    p = best.solved.programme
    return best.value - float((p.priority * found.plan.solved.closed).sum())


def moved(found: Tipping, row: dict[str, Any], amount: float) -> Any:
    w = found.plan.weights.array.copy()
    w[FACTORS.index(row["from"])] -= amount
    w[FACTORS.index(row["to"])] += amount
    return w


@pytest.mark.slow
def test_transfers_are_exact(shanghai: Tipping) -> None:
    assert shanghai.exact
    for row in shanghai.transfers:
        assert lead(shanghai, moved(shanghai, row, row["amount"] * (1 - 1e-6))) < 1e-12
        if row["changes"]:
            assert lead(shanghai, moved(shanghai, row, row["amount"] + 1e-4)) > 1e-10
        else:
            source = shanghai.plan.weights.array[FACTORS.index(row["from"])]
            assert row["amount"] == pytest.approx(source)


@pytest.mark.slow
def test_intervals_of_a_factor_are_exact(shanghai: Tipping) -> None:
    w = shanghai.plan.weights.array
    for f, row in enumerate(shanghai.factors):
        for end, inward in (("low", 1), ("high", -1)):
            for to, better in ((row[end] + inward * 1e-7, False), (row[end] - inward * 1e-4, True)):
                if not 0 <= to <= 1 or (better and not row[f"changes_{end}"]):
                    continue
                rest = w * (1 - to) / (1 - w[f])
                rest[f] = to
                assert (lead(shanghai, rest) > 1e-10) == better


@pytest.mark.slow
def test_no_nearer_weights_change_the_plan(shanghai: Tipping) -> None:
    """Half the sum of changes below the least transfer, in any direction."""
    nearest = shanghai.nearest
    assert nearest is not None
    rng = np.random.default_rng(0)
    w = shanghai.plan.weights.array
    for _ in range(60):
        way = rng.standard_normal(6)
        way -= way.mean()
        way /= np.abs(way).sum() / 2
        assert lead(shanghai, w + 0.999 * nearest["amount"] * way) < 1e-11
    assert lead(shanghai, moved(shanghai, nearest, nearest["amount"] * 1.01)) > 0


@pytest.mark.slow
def test_judgements_move_money_where_they_say(shanghai: Tipping) -> None:
    (judgement,) = shanghai.case.judgements.values()
    a, _ = mcda.reciprocal_matrix(judgement.matrix)
    for row in shanghai.judgements:
        i, j = FACTORS.index(row["one"]), FACTORS.index(row["other"])
        assert row["low"] <= row["judgement"] == a[i, j] <= row["high"]
        for end, inward in (("low", 1), ("high", -1)):
            for step, better in ((1e-6, False), (-1e-3, True)):
                if better and not row[f"changes_{end}"]:
                    assert row[end] == pytest.approx(9.0 if end == "high" else 1 / 9)
                    continue
                b = a.copy()
                b[i, j] = row[end] * (1 + inward * step)
                b[j, i] = 1 / b[i, j]
                assert (lead(shanghai, mcda.ahp(b).array) > 1e-9) == better


@pytest.mark.slow
def test_with_another_stance_it_is_found_by_halving() -> None:
    found = saidao.tipping("shanghai", stance="leaders")
    assert not found.exact
    row = found.nearest
    assert row is not None
    assert lead(found, moved(found, row, row["amount"] * 0.999), stance="leaders") < 1e-9
    assert lead(found, moved(found, row, row["amount"] * 1.01), stance="leaders") > 0
    assert "not linear" in found.notes()[-1]


def test_by_hand(two: Any) -> None:  # noqa: F811
    """m while 0.5 f > 0.4 g: from equal weights down to f = 4/9, and up to 1."""
    found = saidao.tipping(str(two))
    f, g = found.factors
    assert (f["low"], f["high"]) == pytest.approx((4 / 9, 1))
    assert (g["low"], g["high"]) == pytest.approx((0, 5 / 9))
    assert [c["application"] for c in f["changes_low"]] == ["m", "n"]
    assert f["changes_high"] == []
    assert found.judgements == []


def test_a_plan_that_no_weights_change(two: Any) -> None:  # noqa: F811
    found = saidao.tipping(str(two), budgets={"funds": 1000})
    assert found.nearest is None
    assert "No transfer" in found.text()[0]


@pytest.mark.slow
@pytest.mark.parametrize("large", [False, True])
def test_with_another_stance_every_end_is_where_another_plan_begins_to_be_better(
    large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Just inside no plan is better, just beyond one is: also where a plan that was not known is the first to be."""
    if large:  # where the basis tells where to look
        monkeypatch.setattr("saidao.optimize.after.tipping.LARGE", 0)
    found = saidao.tipping("shanghai", stance="leaders")
    problem, plan = found.plan.problem, found.plan.solved
    names, w = list(problem.decision.factors), problem.weights.array
    inside: list[Any] = []
    beyond: list[Any] = []
    for row in found.factors:
        f = names.index(row["factor"])
        for end in ("low", "high"):
            if row[f"changes_{end}"]:
                for ends, room in ((inside, 1 - 1e-4), (beyond, 1 + 1e-4)):
                    to = w[f] + (row[end] - w[f]) * room
                    new = w * (1 - to) / (1 - w[f])
                    new[f] = to
                    ends.append(new)
    assert len(inside) > 6
    for weights, better in ((np.array(inside), False), (np.array(beyond), True)):
        priorities = problem.priorities(weights)
        best = Around(plan).plans(priorities, weights).value
        lead = best - plan.value_under(priorities)
        assert ((lead > 1e-10 * best) == better).all()
