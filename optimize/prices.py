"""Prices: what one more unit of a budget, or of a rule's amount, is worth, on either side, and how far that holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .faces import direction, reach, tight
from .model import INF, Model
from .programme import Array
from .solvers import Solution, Solver


@dataclass(frozen=True)
class Price:
    """Price of a row's bound, in objective per unit of the row.

    Attributes
    ----------
    shadow_price : change of the optimum per unit more: `up`, or `down` where no plan exists above.
    up, down : one-sided prices, for one unit more and one unit less; None where no plan exists on that side. They
        differ where the optimum has a kink.
    valid_from, valid_to : the bounds of the row between which `shadow_price` holds; infinite where nothing ends it.
    """

    shadow_price: float
    up: float | None
    down: float | None
    valid_from: float
    valid_to: float


def _clean(rate: float) -> float:
    return 0.0 if abs(rate) < 1e-12 else rate


def price(model: Model, optimum: Solution, row: int, solver: Solver) -> Price:
    """Price the bound of *row* at an optimum; exact on both sides (two to four linear programs)."""
    low, high = tight(model, optimum)
    if not (low[row] or high[row]):
        used = float(model.activity(optimum.x)[row])
        if model.row_upper[row] < INF:
            return Price(0.0, 0.0, 0.0, used, INF)
        return Price(0.0, 0.0, 0.0, -INF, used)

    sides: dict[int, Solution] = {}
    rates: dict[int, float | None] = {}
    for sign in (1, -1):
        program = direction(model, optimum, row, 1 if sign == 1 else -1)
        found = solver(program)
        if found.status == "optimal":
            sides[sign] = found
            rates[sign] = _clean(sign * float(program.objective @ found.x))
        else:
            rates[sign] = None  # nothing feasible on that side
    bound = float(model.row_upper[row] if high[row] else model.row_lower[row])
    if not sides:
        return Price(0.0, None, None, bound, bound)
    chosen = 1 if 1 in sides else -1
    shadow = rates[chosen]
    assert shadow is not None
    ends = {}
    for towards in (-1, 1):
        program = reach(model, sides[chosen], row, 1 if towards == 1 else -1)
        found = solver(program)
        ends[towards] = towards * float(program.objective @ found.x) if found.status == "optimal" else towards * INF
    if shadow == 0.0:
        # a bound that costs nothing may be loosened without end
        ends[1 if high[row] else -1] = INF if high[row] else -INF
    return Price(shadow, rates[1], rates[-1], min(ends[-1], bound), max(ends[1], bound))


def prices(model: Model, optimum: Solution, rows: range, solver: Solver) -> list[Price]:
    """Price each of *rows*."""
    return [price(model, optimum, row, solver) for row in rows]


def unfunded_reduced_cost(reduced_cost: Array, level: Array) -> Array:
    """How much the value of one unit of level would have to rise before an unfunded application pays; nan if funded."""
    return np.where(level > 0, np.nan, np.maximum(-reduced_cost[: len(level)], 0.0))
