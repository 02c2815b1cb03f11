"""What is computed grows with the case, not with its square: calls are counted, at two sizes, no time is measured."""

from __future__ import annotations

import cProfile
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import saidao
from benchmarks.cases import write_case
from saidao.case.changes import Change, changed
from saidao.case.tables import Track
from saidao.framework.chains import Chains
from saidao.study.proof.recount import recount

SMALL, FOUR_TIMES = (10, 12), (40, 12)
SHARE = 0.5
"""Tracks and measures of the two cases, and the share of the tracks that a measure serves: 60 and 240 places."""


def calls(work: Callable[[], object]) -> int:
    """Return how many functions *work* calls, those of C too."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    small, large = (write_case(tmp_path_factory.mktemp("case"), *size, SHARE) for size in (SMALL, FOUR_TIMES))
    return small, large


def a_change_of_every_effect(folder: Path) -> Callable[[], object]:
    case = saidao.load_case(folder)
    keys = ["/".join(row.key_parts()) for row in case.tables["effects"].rows]
    return lambda: changed(case, [Change("effects", key, "effect", "x0.9") for key in keys])


def a_plan(folder: Path) -> Callable[[], object]:
    case = saidao.load_case(folder)
    return lambda: saidao.plan(case)


def a_second_reading(folder: Path) -> Callable[[], object]:
    plan = saidao.plan(saidao.load_case(folder), stance="laggards", method="vikor")
    return lambda: recount(plan.case, plan.shown)


def a_fresh(question: Callable[[Any], object]) -> Callable[[Path], Callable[[], object]]:
    def of(folder: Path) -> Callable[[], object]:
        plan = saidao.plan(saidao.load_case(folder))
        return lambda: question(plan)

    return of


WORK: dict[str, Callable[[Path], Callable[[], object]]] = {
    "reading": lambda folder: lambda: saidao.load_case(folder),
    "a plan": a_plan,
    "its range within the spread": a_fresh(lambda plan: plan.closed_range),
    "the second reading": a_second_reading,
    "a change of every effect": a_change_of_every_effect,
    "its gaps by the links of the chains": a_fresh(lambda plan: Chains(plan).gaps),
    "its data": a_fresh(lambda plan: json.dumps(plan.to_dict())),
}


LONG = ("a plan", "its data")


@pytest.mark.parametrize("work", [pytest.param(w, marks=pytest.mark.slow) if w in LONG else w for w in WORK])
def test_four_times_the_case_is_four_times_the_work(work: str, folders: tuple[Path, Path]) -> None:
    WORK[work](folders[0])()  # what is read once and kept is there
    small, large = (calls(WORK[work](folder)) for folder in folders)
    assert large < 4.4 * small


def test_a_comparison_keeps_no_table_of_tracks_by_tracks(folders: tuple[Path, Path]) -> None:
    found = saidao.compare(saidao.load_case(folders[0]), weights=["equal"])
    assert len(found.rankings) > 10
    assert not any(one.step_arrays for one in found.rankings.values())


def test_names_and_scores_of_a_case_are_made_once(folders: tuple[Path, Path]) -> None:
    case = saidao.load_case(folders[0])
    assert case.names(Track, "zh") is case.names(Track, "zh") != case.names(Track, "en")
    assert case.scores_written is case.scores_written
    before = float(case.scores_matrix[0, 0])
    case.scores_matrix[0, 0] = before + 1.0
    assert case.scores_matrix[0, 0] == before, "what a caller does to them is not the case's"
