"""ELECTRE TRI: sorting into ordered categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ..checks import share
from ..errors import InputError
from ..outranking import EXACT, Threshold, credibility, electre_thresholds
from ..registry import Array, Decision, Step, method

ASSIGNMENTS = ("pessimistic", "optimistic")


@method(
    "electre_tri",
    title="ELECTRE TRI (sorting into categories)",
    title_zh="ELECTRE TRI(分级)",
    source="Yu (1992), ELECTRE TRI: aspects méthodologiques et manuel d'utilisation, Université Paris-Dauphine; "
    "Mousseau, Slowinski & Zielniewicz (2000), Computers & Operations Research 27, 757-777",
    steps=(
        Step("pessimistic", "category from above: the best whose lower profile it outranks", ("alternative",)),
        Step("optimistic", "category from below: the first whose upper profile is preferred to it", ("alternative",)),
        Step("category", "category, 1 the worst", ("alternative",)),
    ),
    options={"profiles": None, "q": None, "p": None, "v": None, "cut": 0.75, "assignment": "pessimistic"},
)
def electre_tri(
    decision: Decision, *, profiles: Sequence[Sequence[float]] | None, q: Threshold, p: Threshold, v: Threshold,
    cut: float, assignment: str,
) -> Mapping[str, Array]:  # fmt: skip
    """Pessimistic: 1 + the highest h with sigma(x_i, b_h) >= cut; optimistic: the lowest h with b_h preferred to x_i.

    `profiles` gives each criterion the borders between categories, from the worst to the best. Left out, they cut the
    range of the matrix into three equal parts: a convention of this package, not of the method. b is preferred to x if
    sigma(b, x) >= cut > sigma(x, b).
    """
    n = len(decision.signs)
    cut = share("cut", cut)
    if assignment not in ASSIGNMENTS:
        raise InputError("option_value", "option assignment", repr(assignment), f"one of {', '.join(ASSIGNMENTS)}")
    x = decision.matrix * decision.signs
    borders = _borders(profiles, x, decision.signs)
    thresholds = electre_thresholds(q, p, v, n)
    over = credibility(x, borders, decision.weights, *thresholds) >= cut - EXACT
    under = cut - EXACT <= credibility(borders, x, decision.weights, *thresholds).T
    numbers = np.arange(1, len(borders) + 1)
    pessimistic = 1.0 + np.where(over, numbers, 0).max(axis=1, initial=0)
    optimistic = np.where(under & ~over, numbers, len(borders) + 1).min(axis=1, initial=len(borders) + 1).astype(float)
    chosen = pessimistic if assignment == "pessimistic" else optimistic
    return {"pessimistic": pessimistic, "optimistic": optimistic, "category": chosen}


def _borders(profiles: Sequence[Sequence[float]] | None, x: Array, signs: Array) -> Array:
    """Return the profiles (b, n), turned so that more is better, the worst first."""
    if profiles is None:
        low, high = x.min(axis=0), x.max(axis=0)
        return np.asarray(low + (high - low) * np.array([[1.0], [2.0]]) / 3)
    try:
        given = np.array(profiles, dtype=float)
    except (TypeError, ValueError):
        given = np.empty(0)
    if given.ndim != 2 or given.shape[0] != len(signs) or not given.size or not np.isfinite(given).all():
        raise InputError(
            "option_shape", "option profiles", repr(profiles), f"equally many borders for {len(signs)} criteria"
        )
    borders = given.T * signs
    if (np.diff(borders, axis=0) < 0).any():
        j = int(np.argwhere(np.diff(borders, axis=0) < 0)[0][1])
        raise InputError(
            "option_value", f"option profiles, criterion number {j + 1}", str(given[j].tolist()),
            "borders from the worst to the best",
        )  # fmt: skip
    return np.asarray(borders)
