"""IDOCRIW: entropy weights and CILOS weights in one."""

from __future__ import annotations

from collections.abc import Mapping

from ..registry import Array, scheme
from .cilos import ZAVADSKAS_PODVEZKO, cilos
from .entropy import entropy


@scheme(
    "idocriw",
    title="Integrated determination of objective criteria weights",
    title_zh="客观权重综合确定法(IDOCRIW)",
    source=ZAVADSKAS_PODVEZKO,
    needs="matrix",
)
def idocriw(matrix: Array, signs: Array) -> Mapping[str, Array]:
    """w_j = q_j W_j / sum q W, W the entropy weights and q the CILOS weights. Defined where CILOS is."""
    q = cilos(matrix, signs)["w"]
    big_w = entropy(matrix, signs)["w"]
    return {"q": q, "W": big_w, "w": q * big_w / (q * big_w).sum()}
