"""IDOCRIW: entropy weights and CILOS weights in one."""

from __future__ import annotations

from collections.abc import Mapping

from ..registry import Array, Guide, scheme
from .cilos import ZAVADSKAS_PODVEZKO, cilos
from .entropy import entropy


@scheme(
    "idocriw",
    title="Integrated determination of objective criteria weights",
    title_zh="客观权重综合确定法(IDOCRIW)",
    source=ZAVADSKAS_PODVEZKO,
    guide=Guide(
        rule_zh="w_j ~ 熵权 q_j 与 CILOS 权 ω_j 之积。",
        use="Entropy and loss of impact are to be joined.",
        use_zh="希望结合熵权与影响损失权时。",
        trap="What either of both gives 0 has 0: a product is a veto.",
        trap_zh="任一权重为 0 则结果为 0，乘积等于否决。",
    ),
    needs="matrix",
)
def idocriw(matrix: Array, signs: Array) -> Mapping[str, Array]:
    """w_j = q_j W_j / sum q W, W the entropy weights and q the CILOS weights. Defined where CILOS is."""
    q = cilos(matrix, signs)["w"]
    big_w = entropy(matrix, signs)["w"]
    return {"q": q, "W": big_w, "w": q * big_w / (q * big_w).sum()}
