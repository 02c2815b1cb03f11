"""One matrix under many objectives, one after the other: each from the prices and the blocks of those before.

Objectives of which each is to be the best among the optima of those before are one here, each so much smaller than the
one before that it only decides among its optima. The basis at which that ends gives the duals of each, exact whatever
the sizes. What comes out is a candidate, as of `decompose`: whoever asks for it proves it.
"""

from __future__ import annotations

import numpy as np

from ...deadline import time_left
from ...model.model import Model
from ...model.programme import Array
from .block_simplex import row_duals
from .blocks import LIGHT, Blocks, NoEnd, State, TooLate
from .decompose import blocks_of, solved, stand
from .price_search import Near
from .together import Together

SIZES = 512.0, 1e-2, 1e-5
"""Sizes of the objectives: the first one's largest coefficient is brought to that, the others are taken as they are.
All are above what is rounding beside the first, and apart enough."""
NEIGHBOURS = 3
"""Times as many neighbours as numbers that tell a place, from which prices are expected to be linear in between."""


class Along:
    """A model to be solved under many objectives, and what is known of those solved already.

    *below* (S - 1, N): objectives that decide among the optima of the first, in turn; *state*: where blocks stand.
    """

    def __init__(self, model: Model, below: Array, state: State) -> None:
        self.model, self.below, self.state = model, below, state
        self._near = Near(state.price)
        self._places: list[Array] = []
        self._prices: list[Array] = []

    def solve(self, objective: Array, place: Array) -> tuple[Array, Array] | None:
        """Solve for a first objective (N,): the point (N,) and the duals (S, M); None where the way does not end.

        *place* (d,) tells which objectives are near to each other. Raises `OutOfTime` where a deadline is over.
        """
        time_left()
        unit = self.model.column_unit
        largest = float(np.abs(objective * unit).max(initial=0.0))
        if not largest > 0:
            return None
        objectives = np.array([objective, *self.below])
        size = SIZES[0] / largest
        joint = size * objective + np.array(SIZES[1:]) @ self.below
        model = self.model.alike(objective=joint)
        stand(model, self.state)
        with blocks_of(model) as b:
            assert b is not None  # it stood before
            b.light = LIGHT * SIZES[0]
            expected = self._expected(place)
            self._near.price = b.state.price if expected is None else size * expected
            try:
                found, together = solved(b, self._near)
            except (NoEnd, TooLate):
                return None
            self.state = b.state
            self._places.append(place)
            self._prices.append(b.state.price / size)
            return found.x, _duals(b, together, objectives)

    def _expected(self, place: Array) -> Array | None:
        """Return prices at a place, by a linear function through those of its neighbours; None where these are few."""
        enough = NEIGHBOURS * len(place)
        if len(self._places) < enough:
            return None
        places, prices = np.array(self._places), np.array(self._prices)
        near = np.argsort(((places - place) ** 2).sum(axis=1), kind="stable")[:enough]
        by = np.linalg.lstsq(np.column_stack([places[near], np.ones(enough)]), prices[near])[0]
        expected = np.append(place, 1.0) @ by
        least, most = prices[near].min(axis=0), prices[near].max(axis=0)
        return np.asarray(np.clip(expected, least, most))


def _duals(b: Blocks, together: Together | None, objectives: Array) -> Array:
    """Return the duals (S, M) for objectives (S, N) at the bases of the blocks and of those solved together.

    Where none were, what is shared is free.
    """
    parts = b.parts
    costs = np.ascontiguousarray((objectives * b.model.column_unit)[:, parts.columns])
    price, dual = np.zeros((len(costs), len(parts.shared))), np.zeros((len(costs), len(parts.rows)))
    if together is not None:
        of_together, price = together.duals(costs[:, together.columns])
    row_duals(parts.column_start, parts.row_start, *parts.local, *parts.joint, costs, price, b.state.basic, dual)
    if together is not None:
        dual[:, together.rows] = of_together
    dual[:, parts.rows_of(np.flatnonzero(~b.any_of(b.lower < b.upper)))] = 0.0  # nothing there can move
    y = np.empty((len(costs), len(b.model.row_lower)))
    y[:, parts.rows], y[:, parts.shared] = dual, price
    return np.asarray(y * parts.scale)
