"""Analytic hierarchy process: weights from pairwise judgements."""

from __future__ import annotations

from collections.abc import Mapping

from ..checks import choice
from ..pairwise import (
    PRIORITISATIONS,
    RANDOM_INDEX,
    Consistency,
    consistency,
    eigenvector,
    geometric_mean,
    over_criteria,
)
from ..registry import Array, Option, scheme


def judged(w: Array, *, pairwise: Array, prioritisation: str, random_index: str) -> Consistency:
    """Judge the consistency of the comparisons."""
    return consistency(pairwise, w, random_index)


@scheme(
    "ahp",
    title="Analytic hierarchy process",
    title_zh="层次分析法(AHP)",
    source="Saaty (1980), The Analytic Hierarchy Process, McGraw-Hill; geometric mean: Crawford & Williams (1985), "
    "Journal of Mathematical Psychology 29, 387-405",
    needs="pairwise",
    options={
        "pairwise": Option(over_criteria),
        "prioritisation": Option(choice(*PRIORITISATIONS), "eigenvector"),
        "random_index": Option(choice(*RANDOM_INDEX), "saaty"),
    },
    consistency=judged,
)
def ahp(matrix: Array, signs: Array, *, pairwise: Array, prioritisation: str, random_index: str) -> Mapping[str, Array]:
    """Return the priority vector of the pairwise matrix; see `saidao.mcda.ahp`."""
    return {"w": (eigenvector if prioritisation == "eigenvector" else geometric_mean)(pairwise)}
