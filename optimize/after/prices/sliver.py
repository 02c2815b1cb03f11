"""Whether the optimum of whole units stays as an amount moves by one unit, without a program of whole units.

What meets the limits as they were is known. Where a limit is wider, new points lie in a sliver between where it was and
where it is: a linear program bounds what they are worth. Where it is tighter, the plan itself tells if it still holds.
"""

from __future__ import annotations

import numpy as np

from ...model.model import INF, Model
from ...model.programme import Array
from ...model.tighten import switched
from ...solve.proof.boxes import Boxes
from ...solve.proof.certificate import primal_violation
from ...solve.solvers import HOLDS


class Slivers:
    """A program of whole units and an optimum x (N,) of it; a linear program a sliver, each from the basis before."""

    def __init__(self, model: Model, x: Array) -> None:
        self.model, self.x = model, x
        # rows of an amount may move: what counts no more than it can is found in the others
        still = model.rows_that(lambda role: role.limit is None)
        self.boxes = Boxes(switched(model, still), still)

    def stays(self, moved: Model, most: float) -> bool:
        """Whether x is shown to be an optimum of *moved*, which differs in bounds of rows.

        *most*: what a plan may be worth without being a better one.
        """
        model = self.model
        if primal_violation(moved, self.x) > HOLDS:
            return False
        above = np.flatnonzero(moved.row_upper > model.row_upper)
        below = np.flatnonzero(moved.row_lower < model.row_lower)
        return all(self._bounded(moved, row, model.row_upper[row], INF, most) for row in above.tolist()) and all(
            self._bounded(moved, row, -INF, model.row_lower[row], most) for row in below.tolist()
        )

    def _bounded(self, moved: Model, row: int, low: float, high: float, most: float) -> bool:
        """Whether no point whose row lies in a sliver is worth more than *most*."""
        boxes, lower, upper = self.boxes, moved.row_lower.copy(), moved.row_upper.copy()
        lower[row], upper[row] = max(lower[row], low), min(upper[row], high)
        rows = np.flatnonzero((lower != self.model.row_lower) | (upper != self.model.row_upper))
        with boxes.between(rows, lower[rows], upper[rows]):
            duals, _, ray = boxes.solve(boxes.low, boxes.high)
            if duals is None:
                return ray is not None and boxes.excludes(ray, boxes.low, boxes.high)
            return boxes.bound(duals, boxes.low, boxes.high)[0] <= most
