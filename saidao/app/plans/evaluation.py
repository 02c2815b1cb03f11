"""Weights and ranking that follow from choices, before any money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ... import mcda
from ...case import Case
from ...study.planning.problem import PlanningProblem, formulate
from ...study.ranking.rank import rank
from ...study.ranking.weights import weigh
from .choices import Choices

SETS = 2_000
"""Sets of judgements of one size that a repair lists while somebody waits: all pairs of 11 criteria."""


@dataclass(frozen=True)
class Evaluation:
    """Weights, ranking, and how judgements could be mended, by node and judge.

    `case` has the edited judgements; `problem` is None where the case has nothing to plan with.
    """

    case: Case
    weights: mcda.Weights
    before: mcda.Ranking | None
    repairs: Mapping[tuple[Any, Any], mcda.Repair]
    problem: PlanningProblem | None


def weigh_and_rank(case: Case, choices: Choices, plannable: bool) -> Evaluation:
    """Return the evaluation of a case that is opened with choices.

    Raises
    ------
    CaseError
        Where a choice is not defined for the case.
    """
    case = choices.judged(case)
    problem = formulate(case, choices.settings(case)) if plannable else None
    before = problem.before if problem else rank(case, choices.weights, choices.method)
    weights = problem.weights if problem else weigh(case, choices.weights)
    tree = weights.hierarchy
    return Evaluation(case, weights, before, tree.repairs(sets=SETS) if tree else {}, problem)
