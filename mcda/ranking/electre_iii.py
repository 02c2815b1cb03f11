"""ELECTRE III: two distillations of a fuzzy outranking relation."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..outranking import Threshold, credibility, electre_thresholds
from ..registry import Array, Decision, Step, method

EQUAL = 1e-12


@method(
    "electre_iii",
    title="ELECTRE III (distillations)",
    title_zh="ELECTRE III(蒸馏)",
    source="Roy (1978), ELECTRE III: un algorithme de classements fondé sur une représentation floue des préférences, "
    "Cahiers du CERO 20(1), 3-24; Roy & Bouyssou (1993), Aide multicritère à la décision, Economica, chapter 5",
    steps=(
        Step("S", "credibility that the row outranks the column", ("alternative",) * 2),
        Step("descending", "place in the descending distillation", ("alternative",)),
        Step("ascending", "place in the ascending distillation", ("alternative",)),
        Step(
            "P", "1 where the row is before the column in both, or in one and level in the other", ("alternative",) * 2
        ),
        Step("place", "mean of the two places", ("alternative",)),
    ),
    better="lower",
    options={"q": None, "p": None, "v": None, "alpha": -0.15, "beta": 0.3},
)
def electre_iii(
    decision: Decision, *, q: Threshold, p: Threshold, v: Threshold, alpha: float, beta: float
) -> Mapping[str, Array]:
    """Rank by the mean of the places in the descending and the ascending distillation of the credibility S.

    `q`, `p`, `v` (indifference, preference, veto; none means 0, q, and no veto) are in each criterion's unit. Within a
    distillation i outranks k at the cut l if S_ik > l and S_ik > S_ki + s(S_ik), s(x) = alpha x + beta; the next cut is
    the largest S below l - s(l). The final preorder of the method is partial (step `P`): the mean place completes it.
    """
    n = len(decision.signs)
    x = decision.matrix * decision.signs
    s = credibility(x, x, decision.weights, *electre_thresholds(q, p, v, n))
    np.fill_diagonal(s, 0.0)
    down, up = (distilled(s, alpha, beta, sign) for sign in (1, -1))
    first, second = down[:, None] - down, up[:, None] - up
    before = (first <= 0) & (second <= 0) & ((first < 0) | (second < 0))
    return {"S": s, "descending": down, "ascending": up, "P": before.astype(float), "place": (down + up) / 2}


def distilled(s: Array, alpha: float, beta: float, sign: int) -> Array:
    """Places in a distillation (m,), 1 the best: the best are taken out first (sign 1), or the worst (sign -1)."""
    left = list(range(len(s)))
    groups: list[list[int]] = []
    while left:
        group, cut = left, float(s[np.ix_(left, left)].max(initial=0.0))
        while len(group) > 1 and cut > 0:
            inner = s[np.ix_(group, group)]
            below = inner[inner < cut - (alpha * cut + beta) - EQUAL]
            cut = float(below.max(initial=0.0))
            wins = (inner > cut + EQUAL) & (inner > inner.T + alpha * inner + beta + EQUAL)
            quality = sign * (wins.sum(axis=1) - wins.sum(axis=0))
            group = [a for a, value in zip(group, quality, strict=True) if value == quality.max()]
        groups.append(group)
        left = [a for a in left if a not in group]
    places = np.empty(len(s))
    for place, group in enumerate(groups if sign > 0 else groups[::-1], start=1):
        places[group] = place
    return places
