"""Analytic hierarchy process: weights from pairwise judgements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..option_checks import choice
from ..pairwise import COMPLETIONS, PRIORITISATIONS, RANDOM_INDEX, Consistency, over_criteria, prioritise
from ..registry import Array, Guide, Option, scheme

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
    guide=Guide(
        rule_zh="w 为两两比较矩阵的主特征向量（或几何平均、列和归一等），一致性比率 CR = (λ_max - n)/((n-1) RI)。",
        use="Judges compare criteria in pairs, and their consistency shall be shown.",
        use_zh="由专家两两比较准则，并需检验一致性时。",
        trap="The ratio depends on the table of random indices (0.52 or 0.58 at three): name it. "
        "Prioritisations agree only on consistent matrices.",
        trap_zh="CR 取决于随机指标表（3 阶为 0.52 或 0.58），须注明；各种求权方法只在完全一致时相同。",
    ),
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
    """A w = lambda_max w, A the pairwise matrix, or w by another `prioritisation`; CR = CI / RI.

    CI = (lambda_max - n) / (n - 1), RI by the table `random_index`. See `saidao.mcda.ahp`.
    """
    found = prioritise(pairwise, tuple(range(len(pairwise))), prioritisation, random_index, missing)
    return {"w": found.array}
