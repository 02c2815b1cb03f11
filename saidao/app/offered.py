"""Schemes and methods to choose from: their titles, and why one is not defined for a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .. import mcda
from ..case import Case
from ..errors import CaseError, Problem
from ..study.rank import rank
from ..study.weights import weigh


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
