"""Re-planning against a second implementation (`underway.py`): random plans under way, in a case that has changed.

Of a random case's plan a part is committed, at another cost and with other results than expected; then budgets, effects
and costs change, a measure or a track goes or is new, and some periods are over. Both ends of the curve, every corner
and what lies between them must be what scipy finds for the formulas; and fractions must prove the plan, its program
stated once more from the tables.
"""

from __future__ import annotations

import csv
import json
import random
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import saidao
from saidao.questions.replan import Replan
from tests.oracle.implementation import Infeasible, costs_of, periods_of, read
from tests.oracle.random_cases import write_random_case
from tests.oracle.underway import Underway

Rows = list[dict[str, Any]]

SHAPES: dict[str, dict[str, Any]] = {
    "plain": {},
    "segments": {"segments": True},
    "periods": {"periods": 3},
    "segments and periods": {"segments": True, "periods": 2},
    "relations": {"relations": True},
    "relations, segments and periods": {"relations": True, "segments": True, "periods": 2, "measures": 4, "tracks": 3},
    "one of several prerequisites": {"periods": 2, "measures": 4, "tracks": 3, "several": True},
    "begins": {"periods": 3, "rules": False, "begins": True},
    "revenue": {"periods": 2, "rules": False, "begins": True, "earns": True},
    "partly whole": {"kinds": True, "measures": 4, "tracks": 3},
    "partly whole, relations": {"kinds": True, "segments": True, "relations": True, "measures": 4, "tracks": 3},
    "partly whole, begins": {"kinds": True, "periods": 2, "measures": 3, "tracks": 3, "rules": False, "begins": True},
    "whole": {"whole": True, "measures": 3, "tracks": 3},
    "whole, at least two": {"whole": True, "least": True, "measures": 3, "tracks": 3, "rules": False},
    "whole, periods": {"whole": True, "measures": 3, "tracks": 2, "periods": 2},
}
CHANGES = ("", "", "no measure", "no track", "new measure", "new track")


def table(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: Rows, header: list[str] | None = None) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        made = csv.DictWriter(file, header or list(rows[0]), lineterminator="\n")
        made.writeheader()
        made.writerows(rows)


def keep(folder: Path, name: str, kept: Any) -> None:
    """Keep the rows of a table that are wanted."""
    path = folder / f"{name}.csv"
    if path.exists():
        rows = table(path)
        left = [row for row in rows if kept(row)]
        write(path, left, list(rows[0]))
        if not left and name == "rules":
            path.unlink()


def without_measure(folder: Path, rng: random.Random) -> None:
    gone = rng.choice([row["measure"] for row in table(folder / "measures.csv")])
    for name in ("measures", "costs", "effects"):
        keep(folder, name, lambda row: row["measure"] != gone)
    left = table(folder / "measures.csv")

    def holds(row: dict[str, str]) -> bool:
        group = row["over"] not in ("dimension", "stage") or row["key"] in {one[row["over"]] for one in left}
        return group and gone not in row["key"].split(";") and gone not in row["of"].split("|")

    keep(folder, "rules", holds)


def without_track(folder: Path, rng: random.Random) -> None:
    type_of = {row["track"]: row["type"] for row in table(folder / "tracks.csv")}
    gone = rng.choice(sorted(type_of))
    alone = list(type_of.values()).count(type_of[gone]) == 1
    for name in ("tracks", "scores", "effects"):
        keep(folder, name, lambda row: row["track"] not in ((gone, f"type:{type_of[gone]}") if alone else (gone,)))
    if alone:
        keep(folder, "types", lambda row: row["type"] != type_of[gone])
    keep(folder, "rules", lambda row: row["key"] != gone and not (alone and row["key"] == type_of[gone]))


def drawn(folder: Path, seed: int, name: str) -> tuple[Path, Path, random.Random]:
    """Write a random case as it was approved and as it is now."""
    shape, rng = dict(SHAPES[name]), random.Random(f"{seed} {name}")
    begins, earns, whole, several, least = (
        shape.pop(key, False) for key in ("begins", "earns", "whole", "several", "least")
    )
    was, now = folder / "was", folder / "now"
    write_random_case(was, seed, **shape)
    if whole:
        rows = table(was / "measures.csv")
        write(was / "measures.csv", [{**row, "kind": "integer", "max_level": rng.randint(1, 3)} for row in rows])
        # costs of whole tens, so that what moves has a divisor
        rows = table(was / "costs.csv")
        write(was / "costs.csv", [{**row, "cost": 10 * max(round(float(row["cost"]) / 10), 1)} for row in rows])
    if least:
        rows = table(was / "measures.csv")
        write(was / "measures.csv", [{**row, "max_level": 3, "min_level": rng.choice(["", 2])} for row in rows])
    if several:
        _need(was, rng)
    if begins:
        _begin(was, rng, [f"p{i + 1}" for i in range(shape["periods"])], earns)
    shutil.copytree(was, now)
    change = rng.choice(CHANGES)
    if change:
        where = now if change.startswith("no") else was
        (without_measure if change.endswith("measure") else without_track)(where, rng)
    for file, column in (("effects", "effect"), ("costs", "cost")):
        if rng.random() < 0.4 and not (whole and column == "cost"):
            rows = table(now / f"{file}.csv")
            factor = {row["measure"]: rng.choice([0.5, 0.8, 1.0, 1.2, 1.5]) for row in rows}
            write(
                now / f"{file}.csv",
                [{**row, column: float(row[column]) * factor[row["measure"]]} for row in rows],
            )
    return was, now, rng


def _need(folder: Path, rng: random.Random) -> None:
    """Let the measure of tracks require one of those of types and of the city."""
    rows = table(folder / "rules.csv") if (folder / "rules.csv").exists() else []
    blank = dict.fromkeys(rows[0] if rows else ("rule", "kind", "over", "key", "of", "amount", "share", "period"), "")
    need = {"rule": "need", "kind": "requires", "over": "measure", "key": "m1", "of": "m2|m3"}
    write(folder / "rules.csv", [*rows, {**blank, **need, "amount": rng.choice([0.5, 1.0, 2.0])}])


def _begin(folder: Path, rng: random.Random, periods: list[str], earns: bool) -> None:
    """Let most measures begin in a period, and pay, or bring money in, in several."""
    begins = {row["measure"]: rng.choice(["", *periods, *periods]) for row in table(folder / "measures.csv")}
    write(
        folder / "measures.csv",
        [{**row, "begins": begins[row["measure"]]} for row in table(folder / "measures.csv")],
    )
    made: Rows = []
    for row in table(folder / "costs.csv"):
        if not begins[row["measure"]]:
            made.append(row)
            continue
        for period in periods if not row["period"] else ():
            if rng.random() < 0.7 or period == begins[row["measure"]]:
                share = rng.choice([0.3, 0.5, 1.0]) * (-0.7 if earns and rng.random() < 0.3 else 1.0)
                made.append({**row, "period": period, "cost": float(row["cost"]) * share})
    write(folder / "costs.csv", made)


def reported(plan: dict[str, Any], now: Path, rng: random.Random, periods: list[str], start: int) -> Rows:
    """Draw how far a plan is: rows of the table `actuals`."""
    case = saidao.load_case(now)
    kinds = {row["measure"]: row["kind"] for row in table(now / "measures.csv")}
    places = {(a.measure, a.target) for a in saidao.plan(case).solved.programme.applications}
    blank = dict.fromkeys(("measure", "target", "period", "committed", "resource", "spent", "track", "factor"), "")
    rows: Rows = []
    for row in plan["allocation"]:
        if (row["measure"], row["target"]) not in places or rng.random() < 0.3:
            continue
        if start and periods.index(row["period"]) >= start and rng.random() < 0.5:
            continue
        share = rng.choice([0.25, 0.5, 0.75, 1.0])
        level = row["level"] * share
        kind = kinds[row["measure"]]
        if kind in ("integer", "binary"):
            level = float(int(level + 1e-9))
        elif kind == "semi":
            level = row["level"]
        at = {**blank, "measure": row["measure"], "target": row["target"]}
        at["period"] = row["period"] if len(periods) > 1 else ""
        told = {**at, "committed": level, "achieved": ""}
        if rng.random() < 0.3:
            told["achieved"] = level * rng.choice([0.0, 0.5, 1.2])
        paid = sorted(r for r, amount in row["costs"].items() if amount > 0)
        if paid and rng.random() < 0.25:
            told["resource"] = rng.choice(paid)
            told["spent"] = row["costs"][told["resource"]] * share * rng.choice([0.6, 0.9, 1.1])
        rows.append(told)
        felt = [one for one in row["closes"] if one["track"] in case.track_ids]
        if felt and rng.random() < 0.2:
            cell = rng.choice(felt)
            amount = cell["amount"] * rng.choice([0.5, 1.0, 1.3])
            rows.append({**at, "track": cell["track"], "factor": cell["factor"], "achieved": amount})
    return rows


def seeds() -> list[Any]:
    slow = pytest.mark.slow
    quick = ("segments and periods", "begins", "whole")
    return [
        pytest.param(name, seed, marks=() if seed == 0 and name in quick else slow, id=f"{name} {seed}")
        for name in SHAPES
        for seed in (*range(12), 101)
    ]


@pytest.mark.parametrize(("name", "seed"), seeds())
def test_curve_against_scipy(name: str, seed: int, tmp_path: Path) -> None:
    was, now, rng = drawn(tmp_path, seed, name)
    try:
        plan = saidao.plan(was).to_dict()
        saidao.plan(now)
    except (saidao.Infeasible, saidao.CaseError):
        return  # a rule that nothing can keep, or a part of an effect that rises: another case
    (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    periods = list(dict.fromkeys(row["period"] for row in plan["resources"]))
    start = rng.randrange(len(periods)) if rng.random() < 0.6 else 0
    rows = reported(plan, now, rng, periods, start)
    if rows:
        write(now / "actuals.csv", rows)
    approved: dict[str, float] = {}
    for row in plan["resources"]:
        approved[row["resource"]] = approved.get(row["resource"], 0.0) + row["budget"]
    budgets = {r: approved[r] * rng.choice([0.85, 0.95, 1.0, 1.1, 1.3]) for r in approved if rng.random() < 0.6}
    options: dict[str, Any] = {
        "at": periods[start] if start else "",
        "of": rng.choice(["", "", list(approved)[-1], "all"]),
        "outlook": rng.choice(["achieved", "achieved", "expected", "updated"]),
    }
    labels = dict(zip(periods, periods_of(read(now)), strict=True))
    money = {
        (row["measure"], row["target"], labels[row["period"]], r): amount
        for row in plan["allocation"]
        for r, amount in row["costs"].items()
    }
    given: dict[str, Any] = {name: value or None for name, value in options.items()}
    try:
        found = saidao.replan(now, tmp_path / "plan.json", budgets=budgets, certify="exact", **given)
    except saidao.Infeasible:
        with pytest.raises(Infeasible):
            Underway(now, money, approved, budgets=budgets, **options).best()
        return
    other = Underway(now, money, approved, budgets=budgets, **options)
    of = options["of"] or next(iter(approved))
    same(found, other, rng, 1.0 if of == "all" else max(approved[of], 1.0))
    proven(found)
    first, last = found.points[0]["moved"], found.points[-1]["moved"]
    if last - first > 1e-6 * max(last, 1e-3):  # less is what solvers take for nothing
        for how in ({"move": first + rng.random() * (last - first)}, {"keep": 0.98}):
            proven(saidao.replan(now, tmp_path / "plan.json", budgets=budgets, certify="exact", **given, **how))


def proven(found: Replan) -> None:
    """Fractions prove the plan, or another one that ties with it in all but the last digit; a large tree is told.

    Of whole units a solver may take a plan that moves a billionth too much, where there is room for less than that.
    """
    case, is_mixed = found.certificate["case"], found.plan.model.is_mixed
    if case["exact_reason"] == "not_optimal" and found.proven.gap is not None:
        room = 1e-8 if is_mixed else 1e-15
        assert 0 < found.proven.gap <= room * max(abs(found.plan.value), found.moved)
        return
    assert case["exact"] is True or (is_mixed and case["exact_reason"] == "too_large"), case


def same(found: Replan, other: Underway, rng: random.Random, whole: float) -> None:
    """Both ends, every corner, and what lies between them."""
    best = other.best()

    def near(value: float) -> Any:
        return pytest.approx(value, abs=3e-6 * max(abs(best), 1e-3))

    points = found.points
    assert found.best == near(best)
    assert found.plan.value == near(best)
    assert points[0]["moved"] == pytest.approx(other.least(), abs=2e-5 * whole)
    # the second stage of the other one may give a billionth of the value away, which moves a little less
    assert points[-1]["moved"] == pytest.approx(other.least(best), abs=max(2e-5 * whole, 1e-4 * points[-1]["moved"]))
    for point in points:
        assert point["value"] == near(other.most(point["moved"]))
    for one, after in pairwise(points if found.curve.exact else []):
        if found.curve.is_stair:
            step = found.planning.step()
            assert step is not None
            assert one["value"] == near(other.most(after["moved"] - step / 2))
        else:
            middle = (one["value"] + after["value"]) / 2
            assert middle == near(other.most((one["moved"] + after["moved"]) / 2))
    if len(points) > 1:
        moved = points[0]["moved"] + rng.random() * (points[-1]["moved"] - points[0]["moved"])
        assert found.planning.moving(moved).value == near(other.most(moved))


@pytest.mark.slow
@pytest.mark.parametrize("funds", [2475.0, 2250.0, 2625.0])
def test_the_snapshot_at_and_between_its_corners(funds: float) -> None:
    snapshot, budgets = Path(__file__).parent / "snapshot", {"funds": funds}
    found = saidao.replan(snapshot / "case", snapshot / "approved.csv", budgets=budgets)
    costs = costs_of(read(snapshot / "case"))
    money = {
        (row["measure"], row["target"], "", r): float(row["level"]) * cost
        for row in table(snapshot / "approved.csv")
        for (measure, r, _), cost in costs.items()
        if measure == row["measure"]
    }
    approved = dict(zip(found.planning.programme.resources, found.planning.approved.budget.tolist(), strict=True))
    same(found, Underway(snapshot / "case", money, approved, budgets=budgets), random.Random(1), approved["funds"])
