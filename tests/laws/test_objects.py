"""What analysts hold in their hands: short representations, names that can be listed, copies, comparisons."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import saidao
from saidao import mcda
from saidao.results.question import load
from tests.conftest import ROOT, write_case

EVEN: dict[str, Any] = {"stance": "even"}
MATRIX = np.array([[9.0, 2], [5, 5], [1, 9]])
PAIRS = np.array([[1.0, 3, 5], [1 / 3, 1, 2], [1 / 5, 1 / 2, 1]])
RESULTS: dict[str, Callable[[saidao.Case], Any]] = {
    "plan": lambda c: saidao.plan(c, **EVEN),
    "limited plan": lambda c: saidao.plan(c, time_limit=60, **EVEN),
    "robust plan": lambda c: saidao.plan(c, objective="robust", over=["ahp", "equal"], **EVEN),
    "weigh": saidao.weigh,
    "weightings": saidao.weightings,
    "rank": saidao.rank,
    "rank_years": lambda c: saidao.rank_years(ROOT / "examples" / "years"),
    "compare": lambda c: saidao.compare(c, ["ahp", "equal"], ["topsis", "wsm"]),
    "compare_plans": lambda c: saidao.compare_plans(c, ["ahp", "equal"], **EVEN),
    "robustness": lambda c: saidao.robustness(c, samples=50),
    "sensitivity": saidao.sensitivity,
    "frontier": lambda c: saidao.frontier(c, "land", **EVEN),
    "explain": lambda c: saidao.explain(c, ["M09"], **EVEN),
    "variants": lambda c: saidao.variants(c, number=1, time_limit=1, **EVEN),
    "acceptability": lambda c: saidao.acceptability(c, samples=5, **EVEN),
    "efficiency": lambda c: saidao.efficiency("shanghai"),
    "infer": lambda c: saidao.infer(c, [f"{c.track_ids[0]} before {c.track_ids[1]}"]),
    "influence": lambda c: saidao.influence(c, ["ahp", "equal"], ["topsis", "wsm"]),
    "obstacles": lambda c: saidao.obstacles(c, **EVEN),
    "sweep": lambda c: saidao.sweep(c, weights=saidao.Joined("ahp", "entropy"), **EVEN),
    "tipping": lambda c: saidao.tipping(c, **EVEN),
    "ask": lambda c: saidao.ask(c, {"assumption": 0.0, "judgement": 0.1}, **EVEN),
    "scenarios": lambda c: saidao.scenarios(c, names=["lean"], **EVEN),
    "readings": lambda c: saidao.readings(c, **EVEN),
    "balance": lambda c: saidao.balance(c, **EVEN),
    "chains": lambda c: saidao.chains(c, **EVEN),
    "stages": lambda c: saidao.stages(c, **EVEN),
    "candidates": lambda c: saidao.candidates(c, **EVEN),
    "productivity": saidao.productivity,
    "replan": lambda c: saidao.replan(c, budgets={"funds": 2475}),
    "settled": lambda c: saidao.settled(c, region=["within 0.1"]),
    "review": saidao.review,
    "trust": lambda c: saidao.trust(c, ["quantum"]),
    "uncertain": lambda c: saidao.uncertain(c, samples=5),
    "forms": saidao.forms,
    "second ranking": lambda c: load("second-ranking").ask(c),
    "second plan": lambda c: load("second-plan").ask(c),
    "winners": lambda c: saidao.winners("wieliczka"),
    "court": lambda c: saidao.court_table(ROOT / "examples" / "printed.csv"),
    "methods": lambda c: saidao.methods(),
    "import": lambda c: saidao.import_table(ROOT / "data" / "shanghai" / "scores.csv"),
    "mcda.rank": lambda c: mcda.rank(MATRIX, [0.5, 0.5], ["max", "max"]),
    "mcda.weigh": lambda c: mcda.weigh(MATRIX, ["max", "max"], scheme="entropy"),
    "mcda.ahp": lambda c: mcda.ahp(PAIRS),
    "mcda.smaa": lambda c: mcda.smaa(MATRIX, ["max", "max"], samples=50),
    "mcda.stability": lambda c: mcda.stability(MATRIX, [0.5, 0.5], ["max", "max"]),
    "allocation": lambda c: saidao.plan(c, **EVEN).solved,
    "model": lambda c: saidao.plan(c, **EVEN).model,
    "programme": lambda c: saidao.plan(c, **EVEN).solved.programme,
}


LONG = ("tipping", "trust", "settled", "uncertain")
"""Results that take seconds."""


def parts(thing: Any, depth: int = 2) -> list[Any]:
    """A result and what hangs on it."""
    held = list(vars(thing).values()) if depth and hasattr(thing, "__dict__") else []
    return [
        thing,
        *(part for one in held if type(one).__module__.startswith("saidao") for part in parts(one, depth - 1)),
    ]


@cache
def made(name: str) -> Any:
    return RESULTS[name](saidao.load_case("shanghai"))


@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.slow) if n in LONG else n for n in RESULTS])
def test_every_result_is_short_and_can_be_copied_pickled_and_compared(name: str) -> None:
    found = made(name)
    for part in parts(found):
        assert len(repr(part)) < 2000, type(part)
        assert "\n" not in repr(part)
        assert not repr(part).startswith("<"), type(part)
    again = pickle.loads(pickle.dumps(found))
    if name in ("allocation", "model", "programme"):
        return  # they hold arrays alone, and are equal to themselves
    for one in (copy.copy(found), copy.deepcopy(found), again):
        assert repr(one) == repr(found)
        assert hash(one) == hash(found)
    if name in ("weigh", "rank", "compare", "explain", "chains", "acceptability") or "." in name:  # others take seconds
        assert again == found
        assert found != made("mcda.ahp" if name != "mcda.ahp" else "weigh")


def test_results_that_differ_are_not_equal() -> None:
    case = saidao.load_case("shanghai")
    assert saidao.plan(case, **EVEN) == made("plan")
    assert made("plan") != saidao.plan(case, stance="laggards")
    assert saidao.rank(case) == saidao.rank(case)
    assert saidao.rank(case) != saidao.rank(case, method="vikor")
    assert mcda.rank(MATRIX, [0.5, 0.5], ["max", "max"]) != mcda.rank(MATRIX, [0.6, 0.4], ["max", "max"])
    assert saidao.weigh(case, "ahp") != saidao.weigh(case, "equal")
    assert made("plan") != "plan"


def test_what_the_package_gives_is_tried() -> None:
    classes = {name for name in saidao.__all__ if isinstance(getattr(saidao, name), type)}
    tried = {type(made(name)).__name__ for name in RESULTS if name not in LONG}
    errors = {n for n in classes if issubclass(getattr(saidao, n), Exception)}
    assert classes - errors - {"Case", "Joined", *(n.capitalize() for n in LONG)} <= tried


def test_an_error_is_copied_and_pickled(small: Path) -> None:
    with pytest.raises(saidao.CaseError) as told:
        saidao.plan(small, stance="nobody")  # type: ignore[arg-type]
    for again in (copy.copy(told.value), pickle.loads(pickle.dumps(told.value))):
        assert (type(again), str(again), again.problems) == (saidao.CaseError, str(told.value), told.value.problems)


def test_the_package_lists_its_names() -> None:
    assert set(saidao.__all__) <= set(dir(saidao))
    assert dir(saidao) == sorted(set(dir(saidao)))


def test_a_case_is_copied_pickled_and_compared(small: Path, tmp_path: Path) -> None:
    case = saidao.load_case(small)
    for made in (copy.copy(case), copy.deepcopy(case), pickle.loads(pickle.dumps(case)), saidao.load_case(small)):
        assert made == case
        assert hash(made) == hash(case)
        assert made.path == case.path
        assert made.to_frame().equals(case.to_frame())
        assert saidao.plan(made, stance="even").closed_share == saidao.plan(case, stance="even").closed_share
    book = saidao.save_case(case, tmp_path / "same.xlsx")
    assert saidao.load_case(book) == case
    assert len({case, saidao.load_case(book)}) == 1
    for name, text in {
        "costs": "measure,resource,cost\nm1,funds,5\nm1,land,1\nm2,funds,3\nm2,land,2\nm3,funds,2\n",
        "scores": "track,f,g\na,3,8\nb,5,1\nc,9,3\n",
        "judgements__factors": "factor,f,g\nf,1,4\ng,,1\n",
        "case": 'name_en = "Small"\nname_zh = "小例"\nweights = "equal"\n',
    }.items():
        other = tmp_path / name
        other.mkdir()
        assert saidao.load_case(write_case(other, **{name: text})) != case, name
    assert case != "small"


def test_a_case_with_blank_and_guessed_scores_is_compared(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    folder.mkdir()
    write_case(folder, scores="track,f,g\na,,8\nb,5.0,1\nc,9,3\n")
    (folder / "case.toml").write_text('impute = "mean"\nweights = "direct"\n')
    case = saidao.load_case(folder)
    assert saidao.load_case(saidao.save_case(case, tmp_path / "c.xlsx")) == case
