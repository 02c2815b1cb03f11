"""Growing the tree that proves a plan of whole units: linear programs by HiGHS, each from the basis before.

Nothing here need be right: `tree.check` reads what comes of it and believes none of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from importlib.util import find_spec

import numpy as np

from ...brief import Brief
from ...deadline import time_left
from ...model.model import Model
from ...model.programme import Array
from ...model.tighten import switched
from .block_trees import BlockTrees
from .boxes import Boxes
from .certificate import SAME, differing, nothing, primal_violation
from .tree import LEAF, Incomplete, Node, Tree, TreeProof, check, rounded

WHOLE = 1e-7
"""What is nearer than this to a whole number is one."""
WORK = 2_000_000
"""Entries of the matrix, a node, up to which a tree is grown for every plan: well below a second."""
MORE_WORK = 300_000_000
"""The same where proof is asked for."""


@dataclass(frozen=True)
class Proof(Brief):
    """What is known of the bound of a plan of whole units without trust in a solver.

    Attributes
    ----------
    tree : the log, empty where there is none.
    found : what the checker says of it; None where the tree was not grown to the end, or does not prove its bound.
    better : a point (N,) of more value that turned up on the way, None where there is none.
    blocks : prices and a tree for each block instead, which bound plans without proving the best, see `block_trees`.
    stopped : a time limit came before the end.
    """

    tree: Tree = ()
    found: TreeProof | None = None
    better: Array | None = None
    blocks: BlockTrees | None = None
    stopped: bool = False


def prove_bound(model: Model, x: Array, work: int = WORK, allowed: float = 0.0) -> Proof:
    """Prove that no point of a model with whole numbers is better than x (N,), by a tree that is grown and checked.

    *work* limits the growing; `SAME` is the gap that is left, or *allowed* by the value where that is more.

    Raises
    ------
    OutOfTime
        A deadline is over that holds for all solving inside.
    """
    time_left()
    value = float(model.objective @ x)
    gap = max(gap_of(model, value), allowed)
    grown = _Grown(model, value, gap)
    most = max(1, work // max(1, len(model.value) + len(model.objective)))
    if work > WORK and find_spec("numba") is not None:
        from .compiled_tree import compiled_tree  # brings numba, which takes a third of a second to load

        whole = compiled_tree(grown.boxes, x, grown.target, most)
        with suppress(Incomplete):
            if whole is not None:
                return Proof(whole, check(model, whole, Fraction(value), Fraction(gap)))
    nodes: list[Node] = []
    for node in grown.nodes():
        nodes.append(node)
        time_left()
        if len(nodes) > most:
            return Proof()
    if grown.better is not None:
        return Proof(better=grown.better)
    if grown.lost:
        return Proof()
    tree = tuple(nodes)
    try:
        return Proof(tree, check(model, tree, Fraction(value), Fraction(gap)))
    except Incomplete:
        return Proof(tree)


def gap_of(model: Model, value: float) -> float:
    """Return by how much a plan may be better than one of this value without being another answer."""
    return max(SAME * max(abs(value), differing(model)), nothing(model))


class _Grown:
    """A tree under way, depth first."""

    def __init__(self, model: Model, value: float, gap: float) -> None:
        # rows keep the scale in which the checker reads duals
        self.model, self.boxes = model, Boxes(model.alike(value=switched(model).value))
        # a little less than is allowed, so that the checker's exact arithmetic closes what is closed here
        self.target = value + gap * (1 - 1e-3)
        cost = self.boxes.cost
        priced = cost != 0
        if not (priced & ~model.integer).any() and (cost == np.round(cost)).all() and priced.any():
            step = float(np.gcd.reduce(np.abs(cost[priced]).astype(np.int64)))
            self.target = max(self.target, value + step * (1 - 1e-6))
        self.better: Array | None = None
        self.lost = False

    def nodes(self) -> Iterator[Node]:
        """Yield the nodes in preorder; stop where a better point turns up, or a node gives no answer."""
        boxes = self.boxes
        open_ = [(boxes.low, boxes.high, np.zeros(len(self.model.row_lower)))]
        while open_:
            low, high, before = open_.pop()
            duals, x, ray = boxes.solve(low, high)
            if duals is None:
                duals = before if ray is None else self._pushed(before, ray, low, high)
            bound, left = boxes.bound(duals, low, high)
            if bound > self.target:
                duals, bound, left = boxes.moved(duals, bound, left, low, high)
            if bound <= self.target:
                yield Node(LEAF, 0, rounded(duals * boxes.size))
                continue
            if x is None:
                self.lost = True
                return
            low, high = boxes.narrowed(left, low, high, bound - self.target)
            if not open_:  # the first, or all that is left lies within it
                boxes.keep_to(low, high)
            column = self._branch(x, duals, low, high)
            if column is None:
                self._take(x)
                return
            at = float(np.clip(np.floor(x[column]), low[column], high[column] - 1))
            yield Node(int(column), int(at), rounded(duals * boxes.size))
            below, above = high.copy(), low.copy()
            below[column], above[column] = at, at + 1
            open_ += [(above, high, duals), (low, below, duals)]

    def _pushed(self, before: Array, ray: Array, low: Array, high: Array) -> Array:
        """Add as much of a ray to duals as takes their bound below the target."""
        boxes = self.boxes
        over, _ = boxes.bound(before, low, high)
        for sign in (1.0, -1.0):
            way = boxes.signed(sign * ray / np.abs(ray).max(initial=1e-300))
            falls, _ = boxes.bound(way, low, high, np.zeros(len(low)))
            if falls < 0 and np.isfinite(over):
                pushed = boxes.kept(before + way * (1.001 * (over - self.target) / -falls))
                if boxes.bound(pushed, low, high)[0] <= self.target:
                    return pushed
        return before

    def _branch(self, x: Array, duals: Array, low: Array, high: Array) -> int | None:
        """Return the column to branch on: the one furthest from a whole number, weighed by what it is worth."""
        whole = self.boxes.whole
        at = whole[high[whole] > low[whole]]
        if not len(at):
            return None
        away = np.abs(x[at] - np.round(x[at]))
        outside = (x[at] < low[at] - WHOLE) | (x[at] > high[at] + WHOLE)
        if not (outside | (away > WHOLE)).any():
            # whole, and yet above the target: a better point, or rounding
            return None
        model, cost = self.model, self.boxes.cost
        stake = np.abs(cost) + np.bincount(model.column, np.abs(self.boxes.value * duals[model.row]), len(cost))
        weight = np.where(outside, 1.0, away) * (stake[at] + 1e-12)
        return int(at[weight.argmax()])

    def _take(self, x: Array) -> None:
        """Keep a point of whole numbers that is better, if it keeps the rows; else the tree is lost."""
        model = self.model
        point = x * model.column_unit
        point = np.where(model.integer, np.round(point), point)
        if primal_violation(model, point) <= 1e-9 and float(model.objective @ point) > self.target:
            self.better = point
        else:
            self.lost = True
