"""What levels come to, told by the tables alone: an independent replay of a plan, period by period.

It shares no code with the engine and solves nothing: levels are laid out in order over the steps of every effect, what
arrives wears off, and a gap closes by what has arrived, up to itself. Caps on closed gaps are not looked at.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.oracle import implementation as oracle
from tests.oracle.implementation import Pair

Levels = Mapping[tuple[str, str, str], float]
"""Level by measure, target and period."""


def levels_of(plan: Any) -> dict[tuple[str, str, str], float]:
    """Levels of a plan as it shows them; the only period of a case without periods is called ""."""
    several = len(plan.solved.programme.periods) > 1
    return {(row["measure"], row["target"], row["period"] if several else ""): row["level"] for row in plan.allocation}


def closed_by(folder: Path, levels: Levels, gaps: Mapping[Pair, float]) -> dict[Pair, list[float]]:
    """Closed gap of every track and factor at the end of every period."""
    tables = oracle.read(folder)
    periods = oracle.periods_of(tables)
    decay = float(tables.settings.get("decay", 0))
    arrived = {pair: [0.0] * len(periods) for pair in gaps}
    for measure in tables.measures:
        effects = oracle.resolve_effects(tables, measure)
        lag = int(oracle.number(measure, "lag") or 0)
        for target, felt in oracle.targets(tables, measure, {t for t, _ in effects}).items():
            spread = [levels.get((measure["measure"], target, p), 0.0) for p in periods]
            for (track, factor), steps in effects.items():
                if track not in felt:
                    continue
                for q in range(len(periods)):
                    closed = closes(steps, sum(spread[: q + 1])) - closes(steps, sum(spread[:q]))
                    for later in range(q + lag, len(periods)):
                        arrived[track, factor][later] += closed * (1 - decay) ** (later - lag - q)
    return {pair: [min(x, gaps[pair]) for x in parts] for pair, parts in arrived.items()}


def closes(steps: oracle.Steps, level: float) -> float:
    """Gap units that a level closes, its units used in order."""
    done = start = 0.0
    for end, effect in steps:
        done += effect * max(min(level, end) - start, 0.0)
        start = end
    return done


def value(folder: Path, closed: Mapping[Pair, list[float]], priorities: Mapping[Pair, float]) -> float:
    """Sum over periods of discount^p times the increase of the weighted gap closed."""
    discount = float(oracle.read(folder).settings.get("discount", 1))
    return sum(
        priorities[pair] * discount**p * (now - (parts[p - 1] if p else 0.0))
        for pair, parts in closed.items()
        for p, now in enumerate(parts)
    )


def share(closed: Mapping[Pair, list[float]], priorities: Mapping[Pair, float], gaps: Mapping[Pair, float]) -> float:
    """Share of the weighted gap that is closed at the end."""
    whole = sum(v * gaps[pair] for pair, v in priorities.items())
    return sum(v * closed[pair][-1] for pair, v in priorities.items()) / whole


def weighted_by(folder: Path, to: Path, weights: Mapping[str, float]) -> Path:
    """Copy a case with other direct weights."""
    shutil.copytree(folder, to, dirs_exist_ok=True)
    path = to / "factors.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "weight": repr(max(float(weights[row["factor"]]), 0.0))} for row in rows)
    return to


def without_caps_on_gaps(folder: Path) -> None:
    """Take the caps on closed gaps out of a case: what they leave open is a matter of choice."""
    path = folder / "rules.csv"
    if path.exists():
        header, *rows = path.read_text("utf-8").splitlines()
        kept = [row for row in rows if not (",cap," in row and ",closed," in row)]
        path.write_text("\n".join([header, *kept]) + "\n", encoding="utf-8")
        if not kept:
            path.unlink()
