"""Analytic hierarchy process: weights from pairwise judgements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..checks import choice
from ..pairwise import COMPLETIONS, PRIORITISATIONS, RANDOM_INDEX, Consistency, over_criteria, prioritise
from ..registry import Array, Option, scheme

if TYPE_CHECKING:
    from ..names import CompletionName, PrioritisationName, RandomIndexName


def judged(
    w: Array,
    *,
    pairwise: Array,
    prioritisation: PrioritisationName,
    random_index: RandomIndexName,
    missing: CompletionName | None,
) -> Consistency:
    """Return the consistency of the comparisons."""
    return prioritise(pairwise, tuple(range(len(w))), prioritisation, random_index, missing).consistency


@scheme(
    "ahp",
    title="Analytic hierarchy process",
    title_zh="层次分析法(AHP)",
    source="Saaty (1980), The Analytic Hierarchy Process, McGraw-Hill; geometric mean: Crawford & Williams (1985), "
    "Journal of Mathematical Psychology 29, 387-405",
    needs="pairwise",
    options={
        "pairwise": Option(over_criteria, scope="node"),
        "prioritisation": Option(choice(*PRIORITISATIONS), "eigenvector"),
        "random_index": Option(choice(*RANDOM_INDEX), "saaty"),
        "missing": Option(choice(*COMPLETIONS), None),
    },
    consistency=judged,
)
def ahp(
    matrix: Array,
    signs: Array,
    *,
    pairwise: Array,
    prioritisation: PrioritisationName,
    random_index: RandomIndexName,
    missing: CompletionName | None,
) -> Mapping[str, Array]:
    """Return the priority vector of the pairwise matrix; see `saidao.mcda.ahp`."""
    found = prioritise(pairwise, tuple(range(len(pairwise))), prioritisation, random_index, missing)
    return {"w": found.array}
