"""Whether there is a plan, told by a point: as the best plan tells it."""

from __future__ import annotations

import pytest

import saidao
from saidao.optimize import InfeasibleProgramme, Programme, allocate, check_feasible
from tests.conftest import first
from tests.oracle.test_decomposition import random_programme


def has_plan(programme: Programme, objective: str, share: float) -> bool:
    try:
        allocate(programme, objective=objective, share=share)
    except InfeasibleProgramme:
        return False
    return True


def has_point(programme: Programme, objective: str, share: float) -> bool:
    try:
        return check_feasible(programme, objective=objective, share=share)
    except InfeasibleProgramme:
        return False


@pytest.mark.parametrize("seed", first(6, 120))
def test_there_is_a_point_where_there_is_a_plan(seed: int) -> None:
    programme = random_programme(seed)
    for objective, share in (("weighted", 1.0), ("reach", 0.2), ("reach", 0.8)):
        assert has_point(programme, objective, share) is has_plan(programme, objective, share), (objective, share)


def test_both_answers_are_among_these() -> None:
    told = {has_point(random_programme(seed), "reach", share) for seed in range(6) for share in (0.2, 0.8)}
    assert told == {True, False}


def test_of_whole_units_the_plan_itself_is_sought(small: str) -> None:
    case = saidao.load_case(small)
    whole = [row.model_copy(update={"kind": "binary", "max_level": 1.0}) for row in case.tables["measures"].rows]
    plan = saidao.plan(case.with_rows(measures=whole, rules=[]))
    assert not check_feasible(plan.solved.programme)
