"""Fuzzy AHP: weights from pairwise judgements that are triangular fuzzy numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .. import checks, option_checks
from ..errors import InputError
from ..labels import as_floats
from ..registry import Array, Guide, Option, scheme

SLACK = 1e-6


def _triangles(name: str, value: Any, columns: checks.Labels) -> Array:
    """Check an (n, n, 3) table of triangular numbers 0 < l <= m <= u, reciprocal."""
    given, n = as_floats(value), len(columns)
    fits = given is not None and given.shape == (n, n, 3) and not checks.unfit(given).any() and (given > 0).all()
    if given is None or not fits or (np.diff(given, axis=2) < 0).any():
        raise InputError(
            "option_numbers",
            f"option {name}",
            "no such table",
            f"{n} x {n} triangular numbers (l, m, u), 0 < l <= m <= u",
        )
    bad = np.argwhere(np.abs(given * given.transpose(1, 0, 2)[:, :, ::-1] - 1).max(axis=2) > SLACK)
    if bad.size:
        i, j = bad[0]
        raise InputError(
            "option_value",
            f"option {name}, {columns[i]!r} over {columns[j]!r}",
            str(given[i, j].tolist()),
            "the reciprocal (1/u, 1/m, 1/l) of what stands the other way round",
        )
    return given


@scheme(
    "fuzzy_ahp",
    title="Fuzzy AHP",
    title_zh="模糊层次分析法",
    source="geometric mean: Buckley (1985), Fuzzy hierarchical analysis, Fuzzy Sets and Systems 17(3), 233-247; "
    "extent: Chang (1996), Applications of the extent analysis method on fuzzy AHP, European Journal of "
    "Operational Research 95(3), 649-655",
    guide=Guide(
        rule_zh="几何平均：r_i = (Π_j ã_ij)^{1/n}，w̃_i = r_i ⊗ (Σr)^{-1}，取重心归一；广度分析（Chang）："
        "w ~ min_k V(S_i ≥ S_k)。",
        use="Judges are unsure and give triangular numbers.",
        use_zh="专家把握不大、以三角模糊数判断时。",
        trap="Chang's extent analysis (``extent``) gives no weights but possibilities: criteria that "
        "plainly matter get 0, also on a consistent table (Wang, Luo & Hua 2008). Take the geometric mean.",
        trap_zh="Chang 的广度分析给出的是可能度而不是权重，明显重要的准则也会得 0（Wang、Luo、Hua 2008）；"
        "建议用几何平均。",
    ),
    needs="fuzzy",
    options={
        "fuzzy": Option(option_checks.takes("Iterable[Iterable[Iterable[float]]]", _triangles), scope="node"),
        "form": Option(option_checks.choice("geometric", "extent"), "geometric"),
    },
)
def fuzzy_ahp(matrix: Array, signs: Array, *, fuzzy: Array, form: str) -> Mapping[str, Array]:
    """``geometric``: r_i = prod_j a_ij^(1/n), r_i / (sum r reversed), its centroid, as shares.

    ``extent`` (Chang): S_i the row sum over the total, crossed; w_i ~ min_k V(S_i >= S_k). These are possibilities of
    being the best, no weights: criteria that plainly matter get 0, also where the judgements agree in full (Wang, Luo &
    Hua 2008, European Journal of Operational Research 186(2), 735-747). It is there to reproduce what was published.
    """
    if form == "geometric":
        r = np.exp(np.log(fuzzy).mean(axis=1))
        s = r / r.sum(axis=0)[::-1]
        crisp = s.mean(axis=1)
        return {"S": s, "w": crisp / crisp.sum()}
    rows = fuzzy.sum(axis=1)
    s = rows / rows.sum(axis=0)[::-1]
    possible = np.array([[_at_least(one, other) for other in s] for one in s])
    return {"S": s, "V": possible, "w": checks.share_out(possible.min(axis=1))}


def _at_least(one: Array, other: Array) -> float:
    """Return the possibility that a triangular number is at least another: the height at which they meet."""
    if one[1] >= other[1]:
        return 1.0
    if other[0] >= one[2]:
        return 0.0
    return float((other[0] - one[2]) / ((one[1] - one[2]) - (other[1] - other[0])))
