"""The same case in hostile units: what is asked of it does not change, but for the units of the answers."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path


def read_rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def edited(path: Path, change: Callable[[dict[str, str]], None]) -> None:
    rows = read_rows(path)
    for row in rows:
        change(row)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def rescaled(folder: Path, seed: int) -> tuple[dict[str, float], dict[str, float]]:
    """Write a case in other units, by powers of ten: gives those of each resource's money and each measure's level."""
    rng = random.Random(seed)
    unit: dict[str, float] = {}

    def times(path: str, column: str, factor: Callable[[dict[str, str]], float]) -> None:
        if (folder / path).exists():

            def change(row: dict[str, str]) -> None:
                if row.get(column):
                    row[column] = repr(float(row[column]) * factor(row))

            edited(folder / path, change)

    def money(row: dict[str, str]) -> float:
        return unit.setdefault(row["resource"], 10.0 ** rng.randint(-9, 12))

    times("resources.csv", "budget", money)
    times("budgets.csv", "amount", money)
    times("costs.csv", "cost", money)
    times("rules.csv", "amount", lambda row: unit.get(row["of"], 1.0) if row["kind"] in ("floor", "cap") else 1.0)
    kinds = {row["measure"]: row["kind"] for row in read_rows(folder / "measures.csv")}
    level = {m: 10.0 ** rng.randint(-7, 7) if kind in ("", "semi") else 1.0 for m, kind in kinds.items()}
    times("measures.csv", "max_level", lambda row: level[row["measure"]])
    times("measures.csv", "min_level", lambda row: level[row["measure"]])
    times("effects.csv", "effect", lambda row: 1 / level[row["measure"]])
    times("effects.csv", "up_to", lambda row: level[row["measure"]])
    times("costs.csv", "cost", lambda row: 1 / level[row["measure"]])

    def ratio(row: dict[str, str]) -> None:
        if row["kind"] == "requires":
            row["amount"] = repr(float(row["amount"] or 1) * level[row["key"]] / level[row["of"]])

    if (folder / "rules.csv").exists():
        edited(folder / "rules.csv", ratio)
    return unit, level
