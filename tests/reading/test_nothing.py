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
