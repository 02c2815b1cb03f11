"""Which of their equal optima blocks take: such that all together use what there is of what they share.

What is done this year or next at the same price is the same to a block, so that over several periods nearly all blocks
have such a choice. One part of them after the other takes what uses least of what is overstepped by the rest.
"""

from __future__ import annotations

import numpy as np

from ...model.model import INF
from ...model.programme import Array, Index
from .blocks import FREE, Blocks

PARTS = 16
"""Parts of the blocks that choose one after the other."""
AGAIN = 4
"""One in so many of them chooses once more, in smaller parts."""
LESS = 0.95
"""The share of what does not fit that may be left for others to choose again."""
SLIGHTLY = 1e-3
"""How much it counts, at most, to use little of what has no price, beside what does not fit."""


def fill(b: Blocks, tied: Index, price: Array, enough: float) -> float:
    """Let blocks that have several optima at prices take such as fit; what does not, relative to what is there.

    Until it is *enough*, as `mismatch` counts it. Nothing else may outweigh what is shared.
    """
    order, priced, least = np.random.default_rng(0).permutation(tied), np.abs(price) > FREE, b.ties(price)
    most = float(np.abs(least).max(initial=0.0)) or 1.0
    left = b.mismatch(price, b.use)
    while len(order) and enough < left < INF:  # a price of rounding may ask for what has no end
        for some in np.array_split(order, min(PARTS, len(order))):
            part = np.sort(some)
            gross, use = b.standing(part)
            # a price asks for what is there: what they use themselves is theirs to place
            tie = np.where(priced, b.over(price, b.use - use), b.over(price, b.use)) / b.extent**2
            tie = tie / (float(np.abs(tie).max(initial=0.0)) or 1.0) + SLIGHTLY / most * least
            total, used, _ = b.solve_at(part, price, tie=tie)
            b.use = b.use + used - use
            b.gross += total + float(price @ used) - gross
        before, left = left, b.mismatch(price, b.use)
        order = order[::AGAIN] if len(order) > PARTS and left <= LESS * before else order[:0]
    return left
