"""Prerequisites, choices, revenue and costs over years, against all combinations of small cases of whole measures."""

from __future__ import annotations

import csv
import itertools
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import saidao
from saidao.case import read_case

TRACKS = {"a": "x", "b": "x", "c": "y"}
Place = tuple[str, str]


@dataclass
class Drawn:
    """A case: measures with their scope, costs by (resource, period), effects by track and factor, rules."""

    scope: dict[str, str]
    costs: dict[tuple[str, str], dict[str, float]]
    effects: dict[tuple[str, str], dict[str, float]]
    rules: list[dict[str, str]]
    budgets: dict[tuple[str, str], float]
    periods: tuple[str, ...] = ("1",)
    begins: dict[str, str] = field(default_factory=dict)
    carry: float = 0.0

    def write(self, folder: Path) -> Path:
        dated = len(self.periods) > 1
        (folder / "case.toml").write_text(
            'weights = "equal"\nmethod = "wsm"\nstance = "even"\n'
            + (f"periods = {list(self.periods)}\n".replace("'", '"') if dated else ""),
            encoding="utf-8",
        )
        tables: dict[str, Any] = {
            "tracks": [["track", "type"], *map(list, TRACKS.items())],
            "factors": [["factor", "worst", "target"], ["f", 0, 1], ["g", 0, 1]],
            "scores": [["track", "f", "g"], *([t, 0, 0] for t in TRACKS)],
            "resources": [["resource", "unit", "budget", "carry"]]
            + [[r, "", "" if dated else self.budgets[r, "1"], self.carry] for r in ("r", "s")],
            "measures": [["measure", "scope", "kind", "max_level", "begins"]]
            + [[m, s, "binary", 1, self.begins.get(m, "")] for m, s in self.scope.items()],
            "costs": [["measure", "resource", "cost", "period"]]
            + [[m, r, cost, p] for (m, r), by in self.costs.items() for p, cost in by.items()],
            "effects": [["measure", "track", "factor", "effect"]]
            + [[m, t, f, e] for (m, t), by in self.effects.items() for f, e in by.items()],
            "rules": [["rule", "kind", "over", "key", "of", "amount", "share"]]
            + [
                [f"r{n}", *(rule.get(c, "") for c in ("kind", "over", "key", "of", "amount", "share"))]
                for n, rule in enumerate(self.rules)
            ],
        }
        if dated:
            tables["budgets"] = [["resource", "period", "amount"]]
            tables["budgets"] += [[r, p, amount] for (r, p), amount in self.budgets.items()]
        for name, rows in tables.items():
            with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows(rows)
        return folder

    def covered(self, place: Place) -> list[str]:
        scope = self.scope[place[0]]
        return [t for t, kind in TRACKS.items() if scope == "city" or place[1] in (t, kind)]

    def places(self) -> list[Place]:
        found: list[Place] = []
        for m, scope in self.scope.items():
            felt = [t for t in TRACKS if (m, t) in self.effects]
            targets = ["*"] if scope == "city" else dict.fromkeys(TRACKS[t] if scope == "type" else t for t in felt)
            found += [(m, target) for target in targets]
        return found

    def plans(self) -> Iterator[tuple[float, dict[Place, str]]]:
        """Every choice of what is used, and in which period, that keeps all rules; with its value."""
        places = self.places()
        when = [[None, *([self.begins[m]] if m in self.begins else self.periods)] for m, _ in places]
        for chosen in itertools.product(*when):
            used = {place: p for place, p in zip(places, chosen, strict=True) if p is not None}
            if self.affordable(used) and all(self.keeps(rule, used, places) for rule in self.rules):
                yield self.value(used), used

    def spent(self, used: Mapping[Place, str], resource: str, period: str) -> float:
        total = 0.0
        for (m, _), p in used.items():
            costs = self.costs.get((m, resource), {})
            if m in self.begins:
                total += costs.get(period, costs.get("", 0.0) if period == p else 0.0)
            elif p == period:
                total += costs.get(period, costs.get("", 0.0))
        return total

    def affordable(self, used: Mapping[Place, str]) -> bool:
        for r in ("r", "s"):
            left = 0.0
            for p in self.periods:
                left = self.budgets[r, p] + self.carry * left - self.spent(used, r, p)
                if left < -1e-9:
                    return False
        return True

    def keeps(self, rule: Mapping[str, str], used: Mapping[Place, str], places: list[Place]) -> bool:
        names = rule["key"].split(";")
        if rule["kind"] == "cap":
            return sum(
                self.spent({k: p for k, p in used.items() if k[0] in names}, rule["of"], q) for q in self.periods
            ) <= (float(rule["amount"]) + 1e-9)
        if rule["kind"] == "requires":
            for place, p in used.items():
                if place[0] in names:
                    before = [
                        q
                        for other, q in used.items()
                        if other[0] in rule["of"].split("|") and set(self.covered(place)) <= set(self.covered(other))
                    ]
                    if not any(self.periods.index(q) <= self.periods.index(p) for q in before):
                        return False
            return True
        here = [place for place in places if place[0] in names]
        for place in here:
            tracks = set(self.covered(place))
            if rule["kind"] == "one_of" and any(set(self.covered(other)) < tracks for other in here):
                continue
            count = sum(other in used for other in here if tracks <= set(self.covered(other)))
            if count > 1 or (rule["kind"] == "one_of" and count != 1):
                return False
        return True

    def value(self, used: Mapping[Place, str]) -> float:
        closed = 0.0
        for t in TRACKS:
            for f in "fg":
                at = sum(
                    self.effects.get((m, t), {}).get(f, 0.0) for m, target in used if t in self.covered((m, target))
                )
                closed += 0.5 * min(1.0, at)
        return closed


def drawn(seed: int, *, periods: int = 1, begins: bool = False, revenue: bool = False) -> Drawn:
    rng = random.Random(seed)
    names = tuple(str(n + 1) for n in range(periods))
    measures = [f"m{n}" for n in range(4 if periods == 1 else 3)]
    scope = {m: rng.choice(["track", "type", "city", "city"]) for m in measures}
    effects: dict[tuple[str, str], dict[str, float]] = {}
    for m in measures:
        for t in rng.sample(list(TRACKS), rng.choice([1, 2, 3])):
            effects[m, t] = {rng.choice("fg"): round(rng.uniform(0.1, 0.9), 2)}
    start = {m: rng.choice(names) for m in measures if begins and rng.random() < 0.7}
    costs: dict[tuple[str, str], dict[str, float]] = {}
    for m in measures:
        for r in ("r", "s"):
            dated = m in start and rng.random() < 0.8
            low = -3 if revenue and (m in start or periods == 1) and rng.random() < 0.4 else 0
            costs[m, r] = {p: rng.randint(low, 5) for p in (names if dated else ("",))}
    rules = []
    for _ in range(2):
        kind = rng.choice(["requires", "requires", "one_of", "excludes", "cap"])
        order = rng.sample(measures, len(measures))
        if kind == "requires":
            rules.append({"kind": kind, "key": order[0], "of": "|".join(order[1 : rng.choice([2, 3, 3])])})
        elif kind == "cap":
            rules.append(
                {"kind": kind, "over": "measure", "key": order[0], "of": "r", "amount": str(rng.randint(0, 5))}
            )
        else:
            rules.append({"kind": kind, "key": ";".join(order[: rng.choice([2, 3])])})
    budgets = {(r, p): float(rng.randint(1, 8)) for r in ("r", "s") for p in names}
    carry = rng.choice([0.0, 0.5, 1.0]) if periods > 1 else 0.0
    return Drawn(scope, costs, effects, rules, budgets, names, start, carry)


def held(case: Drawn, folder: Path) -> str:
    """Plan a case and hold it against every plan that there is; returns what it was."""
    read, problems = read_case(case.write(folder))
    if read is None:
        codes = {p.code for p in problems if p.level == "error"}
        assert codes <= {"requires_scope"}, [p.text() for p in problems]
        return "refused"
    plans = list(case.plans())
    if not plans:
        with pytest.raises(saidao.Infeasible):
            saidao.plan(read)
        return "infeasible"
    plan = saidao.plan(read, certify="exact")
    assert plan.proven.exact
    assert plan.value == pytest.approx(max(value for value, _ in plans), abs=1e-7)
    used = {(row["measure"], row["target"]): row["period"] for row in plan.allocation}
    assert case.value(used) == pytest.approx(plan.value, abs=1e-7)
    assert case.affordable(used)
    assert all(case.keeps(rule, used, case.places()) for rule in case.rules)
    return "planned"


@pytest.mark.parametrize("block", range(4))
def test_relations_against_every_combination(block: int, tmp_path: Path) -> None:
    told = []
    for seed in range(10 * block, 10 * block + 10):
        (tmp_path / str(seed)).mkdir()
        told.append(held(drawn(seed), tmp_path / str(seed)))
    assert told.count("planned") >= 3


@pytest.mark.parametrize("block", range(2))
def test_relations_over_two_periods(block: int, tmp_path: Path) -> None:
    told = []
    for seed in range(100 + 8 * block, 108 + 8 * block):
        (tmp_path / str(seed)).mkdir()
        told.append(held(drawn(seed, periods=2), tmp_path / str(seed)))
    assert told.count("planned") >= 2


@pytest.mark.parametrize("block", range(3))
def test_what_measures_bring_in_pays_for_others(block: int, tmp_path: Path) -> None:
    told = []
    for seed in range(200 + 8 * block, 208 + 8 * block):
        (tmp_path / str(seed)).mkdir()
        told.append(held(drawn(seed, revenue=True), tmp_path / str(seed)))
    assert told.count("planned") >= 2


@pytest.mark.parametrize("block", range(4))
def test_costs_fall_due_over_years_and_what_is_left_is_carried(block: int, tmp_path: Path) -> None:
    told = []
    for seed in range(300 + 8 * block, 308 + 8 * block):
        (tmp_path / str(seed)).mkdir()
        told.append(held(drawn(seed, periods=3, begins=True, revenue=block % 2 == 1), tmp_path / str(seed)))
    assert told.count("planned") >= 2
