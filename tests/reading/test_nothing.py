"""What is 0 divides nothing: budgets, costs, effects, gaps and weights of nothing, on every surface."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import saidao
from tests.oracle.random_cases import write_random_case


def edited(folder: Path, table: str, column: str, values: Any) -> None:
    """Set a column of a table: one value for all rows, or a function of the frame."""
    path = folder / f"{table}.csv"
    if path.exists():
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        frame[column] = values(frame) if callable(values) else values
        frame.to_csv(path, index=False)


def all_met(folder: Path) -> None:
    """Set every score to its target."""
    for row in pd.read_csv(folder / "factors.csv").itertuples():
        edited(folder, "scores", str(row.factor), str(row.target))


def first_alone(value: str) -> Any:
    return lambda frame: [value, *["0"] * (len(frame) - 1)]


NOTHING: dict[str, Any] = {
    "the last budget of a resource": lambda f: edited(f, "budgets", "amount", lambda d: [*d["amount"][:-1], "0"]),
    "every dated budget but one": lambda f: edited(f, "budgets", "amount", first_alone("5")),
    "costs": lambda f: edited(f, "costs", "cost", "0"),
    "effects": lambda f: edited(f, "effects", "effect", "0"),
    "effects but one": lambda f: edited(f, "effects", "effect", first_alone("0.3")),
    "gaps": all_met,
    "weights but one": lambda f: edited(f, "factors", "weight", first_alone("1")),
}
QUICK = ("the last budget of a resource", "costs")


@pytest.mark.parametrize("name", [n if n in QUICK else pytest.param(n, marks=pytest.mark.slow) for n in NOTHING])
def test_nothing_is_divided_by(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "case"
    write_random_case(folder, 3, periods=2, rules=False)
    NOTHING[name](folder)
    options: dict[str, Any] = {"weights": "direct", "stance": "even"}
    plan = saidao.plan(folder, **options)
    json.dumps(plan.to_dict(), allow_nan=False)
    assert 0 <= plan.closed_share <= 1 + 1e-9
    for lang in ("en", "zh"):
        saidao.report(folder, tmp_path / f"{lang}.html", lang=lang, **options)
    json.dumps(saidao.variants(folder, 1, time_limit=10, **options).to_dict(), allow_nan=False)
    json.dumps(saidao.frontier(folder, nested=True, **options).to_dict(), allow_nan=False)
    json.dumps(saidao.plan(folder, objective="reach=0", **options).to_dict(), allow_nan=False)


def test_without_costs_no_money_can_go_elsewhere(tmp_path: Path) -> None:
    write_random_case(tmp_path, 0, rules=False)
    edited(tmp_path, "costs", "cost", "0")
    assert saidao.variants(tmp_path, 3, 0.5).plans == []


def without_effect() -> saidao.Case:
    """Return a case whose measures have an effect nowhere: there is no place for any."""
    scores = pd.DataFrame({"skills": [1, 4], "market": [4, 2]}, index=["Chips", "Drugs"])
    return saidao.Case.from_frames(
        scores,
        factors=pd.DataFrame({"factor": ["skills", "market"], "direction": "max", "worst": 0, "target": 5}),
        resources=pd.DataFrame({"resource": ["funds"], "unit": ["million CNY"], "budget": [100]}),
        measures=pd.DataFrame({"measure": ["school", "fair"], "max_level": 1}),
        costs=pd.DataFrame({"measure": ["school", "fair"], "resource": "funds", "cost": [60, 30]}),
        effects=pd.DataFrame({"measure": ["school"], "track": "*", "factor": ["skills"], "effect": [0]}),
    )


@pytest.mark.parametrize(
    ("verb", "options"),
    [
        ("plan", {}),
        ("ask", {}),
        ("uncertain", {"samples": 5}),
        ("trust", {"to": "Chips"}),
        ("settled", {"region": ["within 0.1"]}),
        ("compare_plans", {"weights": ["equal", "entropy"]}),
        ("explain", {}),
        ("variants", {}),
        ("frontier", {}),
        ("tipping", {}),
        ("acceptability", {"samples": 5}),
    ],
)
def test_measures_without_effect_are_not_funded_and_break_nothing(verb: str, options: dict[str, Any]) -> None:
    case = without_effect()
    if verb != "compare_plans":
        options = {"weights": "equal", **options}
    found = getattr(saidao, verb)(case, **options)
    json.dumps(found.to_dict(), allow_nan=False)
    assert found.text("en")
    assert found.text("zh")


def test_a_measure_without_effect_is_named_as_such() -> None:
    case = without_effect()
    for ask in (lambda: saidao.explain(case, "school", weights="equal"), lambda: saidao.plan(case, lock={"school": 1})):
        with pytest.raises(saidao.CaseError, match=r"found school; expected an effect above 0"):
            ask()


def test_budgets_of_nothing_are_told() -> None:
    said = saidao.plan(without_effect(), weights="equal", budgets={"funds": 0}).text("en")
    assert "With 0 million CNY of funds, fund 0 of 2 measures" in "".join(said)
