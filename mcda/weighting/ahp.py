"""Analytic hierarchy process: weights from pairwise judgements."""

from __future__ import annotations

from collections.abc import Mapping

from ..pairwise import eigenvector, geometric_mean
from ..registry import Array, scheme


@scheme(
    "ahp",
    title="Analytic hierarchy process",
    title_zh="层次分析法(AHP)",
    source="Saaty (1980), The Analytic Hierarchy Process, McGraw-Hill; geometric mean: Crawford & Williams (1985), "
    "Journal of Mathematical Psychology 29, 387-405",
    needs="pairwise",
)
def ahp(matrix: Array, signs: Array, *, pairwise: Array, prioritisation: str) -> Mapping[str, Array]:
    """Return the priority vector of the pairwise matrix; see `saidao.mcda.ahp`."""
    return {"w": (eigenvector if prioritisation == "eigenvector" else geometric_mean)(pairwise)}
