"""RANCOM: of every pair of criteria one is more important, or both are equally important."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import option_checks, pairwise
from ..errors import InputError
from ..registry import Array, Guide, Option, scheme


@scheme(
    "rancom",
    title="Ranking comparison",
    title_zh="排序比较法(RANCOM)",
    source="Więckowski, Kizielewicz, Shekhovtsov & Sałabun (2023), RANCOM: A novel approach to identifying criteria "
    "relevance based on inaccuracy expert judgments, Engineering Applications of Artificial Intelligence 122, 106114",
    guide=Guide(
        rule_zh="w_i = SCW_i/ΣSCW，SCW_i = Σ_j a_ij，a 为 1、0.5、0。",
        use="A ranking of criteria is all that is known.",
        use_zh="只知道准则的重要性次序时。",
        trap="It is the rank sum rule where nothing ties.",
        trap_zh="无并列时等同于秩和法。",
    ),
    needs="ranks or comparisons",
    options={
        "ranks": Option(option_checks.ranks, None, scope="criterion"),
        "comparisons": Option(pairwise.comparisons, None, scope="node"),
    },
)
def rancom(matrix: Array, signs: Array, *, ranks: Array | None, comparisons: Array | None) -> Mapping[str, Array]:
    """w_i = SCW_i / sum SCW, SCW_i = sum_j a_ij; a_ij 1, 1/2 or 0: i is more, equally or less important than j.

    *comparisons* is the matrix a; *ranks* give it where the judgements follow an order.
    """
    if (ranks is None) == (comparisons is None):
        raise InputError("option_missing", "scheme 'rancom'", "neither or both", "ranks=... or comparisons=...")
    a = comparisons if ranks is None else (1.0 + np.sign(ranks[None, :] - ranks[:, None])) / 2.0
    assert a is not None
    scw = a.sum(axis=1)
    return {"MAC": a, "SCW": scw, "w": scw / scw.sum()}
