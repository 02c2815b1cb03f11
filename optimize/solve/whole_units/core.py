"""A program of whole units over the few of its columns that are open: the others lie at the ends where it pays.

Duals of the linear program bound what every column costs that leaves its end. A column that costs more than a plan may
lose against the bound is held there; if what is left has a plan that loses no more, no plan outside is better. So it is
asked with a guess of the loss, then with that of the plan that this gave.

Balas & Zemel (1980), An algorithm for large zero-one knapsack problems, Operations Research 28, 1130-1154.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ...model.model import Model
from ...model.programme import Array
from ...model.tighten import switched
from ..proof.boxes import Boxes
from ..solution import Solution

LEAST = 200
"""Whole numbers from which on it pays to hold some."""
OPEN = 60
"""Whole numbers that the first guess leaves open."""
MOST = 0.5
"""Share of the whole numbers beyond which too many are open."""
ROUNDING = 1e-9
"""Share of the bound by which it may be rounded."""
TRIES, WIDER = 3, 8.0
"""Guesses, and by how much the next one is wider where there is no plan."""


def by_core(known: Priced, solver: Callable[[Model], Solution]) -> Solution | None:
    """Solve a program of whole units over the columns that are open; None where that does not pay, or not succeed.

    What a limit stops comes back as `feasible`, with the bound of the linear program.
    """
    loss = float(known.price[min(OPEN, len(known.price) - 1)])
    for _ in range(TRIES):
        if loss <= ROUNDING * abs(known.bound) or known.open(loss) > MOST:
            return None
        found = solver(known.held(loss))
        if found.status == "optimal":
            lost = known.bound - float(known.model.objective @ found.x)
            if lost <= loss:
                return found
            loss = lost * (1 + 1e-9)
        elif found.status == "feasible":
            return replace(found, bound=known.bound)
        elif found.status == "infeasible":
            loss *= WIDER
        else:
            return None
    return None


def worth(model: Model, least: float) -> Model:
    """Return a model with the same points that are worth *least*: whole numbers that no such point has are left out."""
    known = Priced.of(model)
    return model if known is None else known.held(max(known.bound - least, 0.0) + ROUNDING * abs(known.bound))


@dataclass(frozen=True)
class Priced:
    """A program of whole units, the bound of its linear program and duals (M,), and what each whole number costs."""

    model: Model
    boxes: Boxes
    bound: float
    duals: Array
    reduced: Array

    @classmethod
    def of(cls, model: Model) -> Priced | None:
        """Solve the linear program; None where it has no optimum, or so few whole numbers that it does not pay."""
        if np.count_nonzero(model.integer) < LEAST:
            return None
        boxes = Boxes(switched(model))
        duals, _, _ = boxes.solve(boxes.low, boxes.high)
        if duals is None:
            return None
        bound, left = boxes.bound(duals, boxes.low, boxes.high)
        _, bound, left = boxes.moved(duals, bound, left, boxes.low, boxes.high)
        return cls(model, boxes, bound, duals, left) if np.isfinite(bound) else None

    @cached_property
    def price(self) -> Array:
        """What a unit of each whole number costs away from where it pays, the least first."""
        return np.sort(np.abs(self.reduced[self.boxes.whole]))

    def open(self, loss: float) -> float:
        """Share of the whole numbers that may lose so much."""
        return float(self.price.searchsorted(loss)) / len(self.price)

    def held(self, loss: float) -> Model:
        """Return the model without the whole numbers that lose more than *loss* against the bound."""
        model, boxes, unit = self.model, self.boxes, self.model.column_unit
        low, high = boxes.narrowed(self.reduced, boxes.low, boxes.high, loss)
        return replace(
            model,
            column_lower=np.where(model.integer, low * unit, model.column_lower),
            column_upper=np.where(model.integer, high * unit, model.column_upper),
        )
