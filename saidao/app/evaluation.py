"""What choices say before any money is spent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .. import mcda
from ..case import Case
from ..errors import CaseError, Problem
from ..study.problem import PlanningProblem, formulate
from ..study.rank import rank
from ..study.weights import weigh
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
    """Weigh and rank.

    Raises
    ------
    CaseError
        Where a choice is not defined for the case.
    """
    case = choices.case(case)
    problem = formulate(case, choices.settings(case)) if plannable else None
    before = problem.before if problem else rank(case, choices.weights, choices.method)
    weights = problem.weights if problem else weigh(case, choices.weights)
    tree = weights.hierarchy
    return Evaluation(case, weights, before, tree.repairs(sets=SETS) if tree else {}, problem)


def offered(case: Case) -> dict[str, dict[str, Problem | None]]:
    """Return every scheme and method by name, with why it is not defined for the case, if so.

    Methods are tried with equal weights: what they are not defined for lies in the scores.
    """

    def why(attempt: Callable[..., object], *choice: str) -> Problem | None:
        try:
            attempt(case, *choice)
        except CaseError as error:
            return error.problems[0]
        return None

    return {
        "weights": {name: why(weigh, name) for name in mcda.schemes()},
        "method": {name: why(rank, "equal", name) for name in mcda.methods()},
    }


def titles(lang: str) -> dict[str, str]:
    """Return the titles of schemes and methods by name."""
    registries: tuple[Mapping[Any, Any], ...] = (mcda.schemes(), mcda.methods())
    return {
        name: entry.title_zh if lang == "zh" else entry.title for every in registries for name, entry in every.items()
    }
