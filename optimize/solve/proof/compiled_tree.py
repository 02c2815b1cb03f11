"""A tree that proves a plan of few rows, grown by the compiled branch and bound of blocks: the program is one block.

As in `grow`, nothing here need be right. It needs numba, of the extra ``fast``.
"""

from __future__ import annotations

import time

import numpy as np

from ...deadline import time_left
from ...model.model import INF
from ...model.programme import Array
from ..decomposition.block_branching import branch_blocks
from .boxes import Boxes
from .tree import Node, Tree, rounded

ROWS, COLUMNS = 64, 2000
"""Up to which bases are dense, and every node may look at every column."""
LOGGED = 200_000
"""Nodes at most."""
TRIED = 500
"""Nodes that tell how long one takes, where a deadline holds: compiled code does not hear it."""
IN_TIME = 0.8
"""Share of the time that is left that nodes may take by that."""


def compiled_tree(boxes: Boxes, x: Array, target: float, most: int) -> Tree | None:
    """Return a tree whose leaves are bounded by a target, no less than what x is worth; None where there is none.

    Raises
    ------
    OutOfTime
        A deadline is over that holds for all solving inside.
    """
    if len(boxes.model.row_lower) > ROWS or len(boxes.cost) > COLUMNS:
        return None
    if time_left() < INF and most > TRIED:
        begun = time.monotonic()
        tree = _grown(boxes, x, target, TRIED)
        if tree is not None:
            return tree
        node = (time.monotonic() - begun) / TRIED
        most = int(min(most, IN_TIME * time_left() / node))
    tree = _grown(boxes, x, target, most)
    time_left()
    return tree


def _grown(boxes: Boxes, x: Array, target: float, most: int) -> Tree | None:
    """Grow a tree of so many nodes at most."""
    model, rows, columns = boxes.model, len(boxes.model.row_lower), len(boxes.cost)
    order = np.argsort(model.column, kind="stable")
    start = np.searchsorted(model.column[order], np.arange(columns + 1)).astype(np.int32)
    most = min(most, LOGGED)
    column, floor, dual = np.empty(most, np.int64), np.empty(most, np.int64), np.empty((most, rows))
    value, bound = float(boxes.cost @ (x / model.column_unit)), np.empty(1)
    best = np.array([value * boxes.size])
    count = branch_blocks(
        np.array([0]), np.array([0, columns]), np.array([0, rows]), start, model.row[order].astype(np.int32),
        boxes.value[order], boxes.cost * boxes.size, boxes.low, boxes.high, *boxes.ends, model.integer,
        (target - value) * boxes.size, most, x / model.column_unit, columns + np.arange(rows, dtype=np.int32),
        best, bound, column, floor, dual,
    )  # fmt: skip
    if bound[0] > target * boxes.size * (1 + 1e-12) + 1e-12 or best[0] > target * boxes.size:
        return None
    logged = zip(column[:count].tolist(), floor[:count].tolist(), dual[:count], strict=True)
    return tuple(Node(j, at_most, rounded(y)) for j, at_most, y in logged)
