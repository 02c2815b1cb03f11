"""What is worth knowing better: intervals and regrets by hand, and laws."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import saidao
from saidao.errors import CaseError
from saidao.questions.ask import Inquiry
from tests.oracle.test_funding import two  # noqa: F401


@pytest.fixture
def asked(two: Path) -> Inquiry:  # noqa: F811
    return saidao.ask(str(two))


def row(found: Inquiry, table: str, key: str, column: str) -> dict[str, Any]:
    return next(r for r in found.inputs if (r["table"], r["row"], r["column"]) == (table, key, column))


def test_intervals_by_hand(asked: Inquiry) -> None:
    """m closes 0.5 f, n 0.4 g, with equal weights and money for one: m until its effect falls to 0.4, or n's rises."""
    m = row(asked, "effects", "m/a/f", "effect")
    assert m["low"] == pytest.approx(0.4, abs=0.5 * 0.5 / 256)
    assert m["high"] is None
    n = row(asked, "effects", "n/a/g", "effect")
    assert n["low"] is None
    assert n["high"] == pytest.approx(0.5, abs=0.4 * 0.5 / 256)
    # what d would have to close to displace m lies beyond its spread; dearer money for n changes nothing
    assert row(asked, "effects", "d/a/f", "effect")["high"] is None
    cost = row(asked, "costs", "n/funds", "cost")
    assert cost["high"] is None
    # at a cost of 12.5 the money set aside for m closes as much as n would
    own = row(asked, "costs", "m/funds", "cost")
    assert own["high"] == pytest.approx(12.5, abs=10 * 0.5 / 256)
    # cheaper, and money is left over that the plan in hand does not use
    assert own["low"] == pytest.approx(10)


def test_regrets_by_hand(asked: Inquiry) -> None:
    """Mean over an even spread of +-50 %: of (0.4 - e) / 2 where e < 0.4, and of (e - 0.5) / 2 where e > 0.5."""
    assert row(asked, "effects", "m/a/f", "effect")["regret"] == pytest.approx(0.01125, rel=0.25)
    assert row(asked, "effects", "n/a/g", "effect")["regret"] == pytest.approx(0.00625, rel=0.35)
    worth = [float(r["regret"]) for r in asked.inputs]
    assert worth == sorted(worth, reverse=True)
    assert min(worth) >= 0


def test_what_is_known_is_not_asked(two: Path) -> None:  # noqa: F811
    (two / "sources.csv").write_text("table,row,column,kind,note\neffects,,,paper,\n", encoding="utf-8")
    found = saidao.ask(str(two))
    assert not any(r["table"] == "effects" for r in found.inputs)
    exact = saidao.ask(str(two), {"assumption": 0.0})
    assert exact.inputs == []
    assert "None of the 0 numbers" in exact.text()[0]


def test_a_wider_spread_is_worth_more(two: Path) -> None:  # noqa: F811
    wide = saidao.ask(str(two), {"assumption": 0.5})
    narrow = saidao.ask(str(two), {"assumption": 0.3})
    for r in narrow.inputs:
        assert float(r["regret"]) <= float(row(wide, r["table"], r["row"], r["column"])["regret"]) + 1e-9


@pytest.mark.slow
def test_judgements_and_scores_are_asked_on_shanghai() -> None:
    def enough(done: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    found = saidao.ask("shanghai", {"assumption": 0.0, "paper": 0.1}, progress=enough)
    assert found.partial
    assert {r["table"] for r in found.inputs} == {"scores"}
    from saidao.study.plan.inputs import inputs
    from saidao.study.plan.result import Plan
    from saidao.study.planning.problem import formulate
    from saidao.study.settings import settings

    case = saidao.load_case("shanghai")
    problem = formulate(case, settings(case))
    kinds = {one.table.split("/")[0] for one in inputs(problem, Plan.from_problem(problem))}
    assert kinds == {"effects", "costs", "scores", "judgements"}
    for one in inputs(problem, Plan.from_problem(problem)):
        programme, kept = one.programme(0.0)
        assert (kept == 1).all()
        assert programme.priority == pytest.approx(problem.programme.priority)
        assert programme.cost == pytest.approx(problem.programme.cost)
        assert programme.effect == pytest.approx(problem.programme.effect)
        assert programme.gap == pytest.approx(problem.programme.gap)


@pytest.mark.parametrize(
    ("spread", "told"), [({"guess": 0.5}, "assumption"), ({"paper": 1.0}, "below 1"), ({"paper": -0.1}, "below 1")]
)
def test_what_cannot_be_asked_is_told(two: Path, spread: dict[str, float], told: str) -> None:  # noqa: F811
    with pytest.raises(CaseError, match=told):
        saidao.ask(str(two), spread)
    with pytest.raises(CaseError, match="weighted"):
        saidao.ask(str(two), objective="maxmin")
