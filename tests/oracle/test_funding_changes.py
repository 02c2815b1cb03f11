"""Reduced costs and flips against the second implementation: true just beyond, and not just before."""

from __future__ import annotations

import csv
import itertools
import shutil
from pathlib import Path
from typing import Any

import pytest

import saidao
from saidao.optimize.after import why
from saidao.study.plan.result import Plan
from tests.oracle import implementation as oracle
from tests.oracle.random_cases import write_random_case
from tests.oracle.test_oracle import case

CHOICE: dict[str, Any] = {"weights": "ahp", "stance": "even"}
GAIN = 1e-8
"""A plan counts as better if it is worth more than this share more."""
ROUNDING = 1e-12


def scaled(folder: Path, scratch: Path, table: str, measure: str, factor: float) -> Path:
    """Write the case with all costs, or all effects, of a measure times a factor."""
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(folder, scratch)
    path, column = scratch / f"{table}.csv", table.removesuffix("s")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["measure"] == measure:
            row[column] = repr(float(row[column]) * factor)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return scratch


def poorer(folder: Path, share: float) -> None:
    """Cut every budget to a share, so that more is left unfunded; rules go, as they might not hold then."""
    for table, column in (("resources", "budget"), ("budgets", "amount")):
        path = folder / f"{table}.csv"
        if path.exists():
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            for row in rows:
                row[column] = repr(float(row[column]) * share) if row[column] else ""
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)


def reduced_costs_come_true(folder: Path, plan: Plan) -> int:
    if plan.model.is_mixed:  # whole units, or segments in order where effects decay: no reduced costs are told
        return 0
    value = oracle.solve(folder, first=True, **CHOICE).objective
    for row in plan.unfunded:
        place, rise = (row["measure"], row["target"]), row["reduced_cost"]
        if rise is None:
            assert not row["fundable"]
            assert oracle.solve(folder, bonus={place: 1e3}, **CHOICE).levels[place] == pytest.approx(0, abs=1e-7)
            continue
        more = 1e-3 * max(rise, 1e-2)
        above = oracle.solve(folder, bonus={place: rise + more}, **CHOICE)
        assert above.levels[place] > 1e-7, (folder.name, row)
        if rise > more:
            below = oracle.solve(folder, bonus={place: rise - more}, **CHOICE)
            assert below.objective == pytest.approx(value, rel=1e-8), (folder.name, row)
    return len(plan.unfunded)


def flips_come_true(folder: Path, scratch: Path, plan: Plan) -> int:
    solved = plan.solved
    applications = solved.programme.applications
    value = oracle.solve(folder, first=True, **CHOICE).objective
    # what a solver of whole units leaves between its answer and its bound is no loss
    better = value * (1 + (1e-6 if solved.model.is_mixed else GAIN))
    least = better if solved.model.is_mixed else value * (1 + ROUNDING)  # a small measure gains little just beyond
    tried = 0
    for measure in dict.fromkeys(a.measure for a in applications):
        members = [i for i, a in enumerate(applications) if a.measure == measure]
        if solved.level[members].sum() > 0:
            continue
        for of, table, sign in (("cost", "costs", -1), ("effect", "effects", 1)):
            change = why.flip(solved, members, of)  # type: ignore[arg-type]

            def at(share: float, table: str = table, sign: int = sign, measure: str = measure) -> float:
                folder_there = scaled(folder, scratch, table, measure, 1 + sign * share)
                return oracle.solve(folder_there, first=True, **CHOICE).objective

            told = (folder.name, measure, of, change)
            tried += 1
            if change is None:
                for share in (0.5, 1.0) if of == "cost" else (1.0, 1e3):
                    assert at(share) <= better, told
                continue
            beyond = change + (1e-1 if solved.model.is_mixed else 2e-3) * max(change, 1e-2)
            if of == "effect" or change < 1:
                assert at(beyond if of == "effect" else min(beyond, 1.0)) > least, told
            elif plan.model.is_mixed:
                assert at(1.0) > better, told
            if change > 0:
                assert at(change - 2e-3 * max(change, 1e-2)) <= better, told
    return tried


def written(folder: Path, seed: int, **more: Any) -> Path:
    write_random_case(
        folder, seed, measures=6, segments=bool(seed % 2), periods=(0, 2, 3)[seed % 3], rules=seed % 4 == 0, **more
    )
    if seed % 4:
        poorer(folder, 0.4)
    return folder


def required(folder: Path) -> None:
    """Let every measure need the one before it at the same target, where the scopes allow that."""
    width = {"track": 0, "type": 1, "city": 2}
    with (folder / "measures.csv").open(encoding="utf-8", newline="") as file:
        scope = {row["measure"]: row["scope"] for row in csv.DictReader(file)}
    names = list(scope)
    rows = [
        f"q{i},requires,measure,{a},{b},2,{',' if (folder / 'budgets.csv').exists() else ''}"
        for i, (b, a) in enumerate(itertools.pairwise(names))
        if width[scope[a]] <= width[scope[b]]
    ]
    header = "rule,kind,over,key,of,amount,share,period"
    (folder / "rules.csv").write_text("\n".join([header, *(row.rstrip(",") + ",," for row in rows)]) + "\n", "utf-8")


@pytest.mark.parametrize(
    "seed", [3, 9, pytest.param(1, marks=pytest.mark.slow), pytest.param(2, marks=pytest.mark.slow)]
)
def test_reduced_costs_and_flips_come_true(tmp_path: Path, seed: int) -> None:
    folder = written(tmp_path / f"case{seed}", seed)
    plan = saidao.plan(str(folder), **CHOICE)
    assert reduced_costs_come_true(folder, plan) + flips_come_true(folder, tmp_path / "again", plan)


@pytest.mark.parametrize(
    "seed", [3, 209, pytest.param(6, marks=pytest.mark.slow), pytest.param(7, marks=pytest.mark.slow)]
)
def test_prerequisites_count(tmp_path: Path, seed: int) -> None:
    folder = written(tmp_path / f"case{seed}", seed)
    required(folder)
    plan = saidao.plan(str(folder), **CHOICE)
    assert reduced_costs_come_true(folder, plan) + flips_come_true(folder, tmp_path / "again", plan)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(15))
@pytest.mark.parametrize("needs", [False, True])
def test_reduced_costs_and_flips_of_many_cases_come_true(tmp_path: Path, block: int, needs: bool) -> None:
    for seed in range(200 + 10 * block, 210 + 10 * block):
        folder = written(tmp_path / f"case{seed}", seed)
        if needs:
            required(folder)
        plan = saidao.plan(str(folder), **CHOICE)
        reduced_costs_come_true(folder, plan)
        flips_come_true(folder, tmp_path / "again", plan)


@pytest.mark.parametrize("seed", [3, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(20, 60))])
def test_flips_in_whole_units_come_true(tmp_path: Path, seed: int) -> None:
    folder = written(tmp_path / f"case{seed}", seed, kinds=True, relations=seed % 5 == 0)
    plan = saidao.plan(str(folder), **CHOICE)
    flips_come_true(folder, tmp_path / "again", plan)


# --- by hand ----------------------------------------------------------------------------------------------------------

TWO = {
    "measures": "measure,dimension,stage,scope,max_level\nm1,d1,s1,track,2\nm2,d1,s1,track,2\n",
    "tracks": "track,type\na,x\nb,x\n",
    "scores": "track,f\na,0\nb,0\n",
}


def test_what_a_budget_of_nothing_pays_for_pays_only_free_of_charge(tmp_path: Path) -> None:
    case(
        tmp_path,
        resources="resource,budget\nfunds,10\nland,0\n",
        costs="measure,resource,cost\nm1,funds,10\nm2,land,5\n",
        effects="measure,track,factor,effect\nm1,*,f,0.5\nm2,*,f,0.5\n",
        **TWO,
    )
    found = saidao.explain(str(tmp_path), "m2", stance="even")
    (answer,) = found.answers
    assert answer["flip"]["cost_cut"] == 1.0
    assert answer["flip"]["effect_rise"] is None
    assert answer["flip"]["budgets"] == {"funds": None, "land": 0.0}
    assert answer["reduced_cost"] is answer["margin"] is None
    assert not answer["forced"]["possible"]
    (text,) = found.text()
    assert "if it were free of charge" in text
    assert "with any amount more of" in text
    assert all(
        row["reduced_cost"] is None and row["fundable"] is False
        for row in found.plan.unfunded
        if row["measure"] == "m2"
    )


def test_what_needs_what_is_nowhere_is_never_funded(tmp_path: Path) -> None:
    """m2 has no place at b, and m1 needs it there: no rise of its value is enough; at a both must pay together."""
    case(
        tmp_path,
        resources="resource,budget\nfunds,10\n",
        costs="measure,resource,cost\nm1,funds,10\nm2,funds,10\n",
        effects="measure,track,factor,effect\nm1,*,f,0.5\nm2,a,f,0.1\n",
        rules="rule,kind,over,key,of,amount,share\nr,requires,measure,m1,m2,1,\n",
        **TWO,
    )
    plan = saidao.plan(str(tmp_path), stance="even")
    (row,) = [row for row in plan.unfunded if (row["measure"], row["target"]) == ("m1", "b")]
    assert row["reduced_cost"] is None
    assert row["fundable"] is False


@pytest.mark.parametrize(
    ("gap", "weight", "lag", "reason"),
    [(0, "1", 0, "no_gap"), (1, "0", 0, "no_weight"), (1, "1", 3, "too_late"), (1, "1", 0, "closed")],
)
def test_why_there_is_nothing_to_close_is_told(tmp_path: Path, gap: int, weight: str, lag: int, reason: str) -> None:
    case(
        tmp_path,
        toml='periods = ["p1", "p2"]\nmethod = "wsm"\nweights = "direct"\n',
        factors=f"factor,direction,worst,target,weight\nf,max,0,1,1\ng,max,0,1,{weight}\n",
        tracks="track,type\na,x\n",
        scores=f"track,f,g\na,0,{1 - gap}\n",
        resources="resource,budget,carry\nfunds,100,1\n",
        measures="measure,dimension,stage,scope,max_level,lag\n" + f"m1,d1,s1,track,2,0\nm2,d1,s1,track,2,{lag}\n",
        costs="measure,resource,cost\nm1,funds,10\nm2,funds,20\n",
        effects="measure,track,factor,effect\nm1,a,f,0.5\nm1,a,g,0.5\nm2,a,g,0.5\n",
    )
    found = saidao.explain(str(tmp_path), "m2", stance="even")
    (answer,) = found.answers
    assert answer["margin"]["closes_nothing"] == reason
    assert found.text("en") != found.text("zh")
