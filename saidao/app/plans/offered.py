"""Schemes and methods to choose from: their titles, and why one is not defined for a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ... import mcda
from ...case import Case
from ...errors import CaseError, Problem
from ...mcda.names import MethodName
from ...study.array_errors import as_case_error
from ...study.decision import Array, Decision, decision
from ...study.ranking.weighing import factor_weights, ranking_of
from ...study.ranking.weights import weigh
from ...study.settings import settings

MANY = 200
"""Tracks of which methods are tried, and those beside them that have a factor's least or largest score."""


def offered(case: Case) -> dict[str, dict[str, Problem | None]]:
    """Return every scheme and method by name, with why it is not defined for the case, if so.

    Methods are tried with equal weights, and of many tracks on some, as outranking compares each with each: what they
    are not defined for lies in the scores, and in the least and largest of them.
    """

    @cache
    def data(ticks: str) -> Decision:
        return decision(case, ticks)

    def rank(case: Case, name: MethodName) -> None:
        chosen = settings(case, weights="equal", method=name)
        tried = data(chosen.ticks)
        weighed = factor_weights(case, tried, "equal", chosen)
        try:
            ranking_of(tried, tried.scores[telling(tried.scores)], weighed, chosen)
        except mcda.InputError as error:
            raise as_case_error(error, tried) from None

    def why(attempt: Callable[..., object], *choice: str) -> Problem | None:
        try:
            attempt(case, *choice)
        except CaseError as error:
            return error.problems[0]
        return None

    return {
        "weights": {name: why(weigh, name) for name in mcda.schemes()},
        "method": {name: why(rank, name) for name in mcda.methods()},
    }


def telling(scores: Array) -> NDArray[np.intp]:
    """Return which tracks tell whether a method is defined for scores (T, F).

    >>> telling(np.array([[1.0, 2.0], [3.0, 0.0]])).tolist()
    [0, 1]
    """
    ends = [scores.argmin(axis=0), scores.argmax(axis=0)]
    return np.unique(np.concatenate([np.arange(min(len(scores), MANY)), *ends]))


def titles(lang: str) -> dict[str, str]:
    """Return the titles of schemes and methods by name."""
    registries: tuple[Mapping[Any, Any], ...] = (mcda.schemes(), mcda.methods())
    return {
        name: entry.title_zh if lang == "zh" else entry.title for every in registries for name, entry in every.items()
    }
