"""Prices: what one more unit of a budget, or of a rule's amount, is worth, on either side, and how far that holds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .faces import direction, reach
from .model import INF, Model
from .programme import Array
from .solvers import Solution, Solver, SolverFailure


@dataclass(frozen=True)
class Price:
    """Price of a quantity that bounds rows of the model: a budget, or the amount of a rule.

    Attributes
    ----------
    shadow_price : change of the optimum per unit more: `up`, or `down` where no plan exists above.
    up, down : one-sided prices, for one unit more and one unit less; None where no plan exists on that side. They
        differ where the optimum has a kink.
    valid_from, valid_to : the quantity between which `shadow_price` holds; infinite where nothing ends it.

    A plan of whole units has no shadow price (None): `up` and `down` are then the change by one whole unit, found by
    solving again, and no range is told (nan).
    """

    shadow_price: float | None
    up: float | None
    down: float | None
    valid_from: float
    valid_to: float


def price(model: Model, optimum: Solution, step: Array, quantity: float, solver: Solver) -> Price:
    """Price a quantity at an optimum, exactly and on both sides, by four linear programs.

    *step* (M,) is how the bounds of the rows move with one unit more of it: 1 at its own row; where rules are shares of
    a budget, their share at theirs.
    """
    sides: dict[int, Solution] = {}
    rates: dict[int, float] = {}
    for sign in (1, -1):
        program = direction(model, optimum, sign * step)
        found = solver(program)
        if found.status == "optimal":
            rate = sign * float(program.objective @ found.x)
            sides[sign], rates[sign] = found, 0.0 if abs(rate) < 1e-12 else rate
        elif found.status != "infeasible":
            raise SolverFailure(f"a one-sided price is {found.status}")
    if not sides:
        return Price(0.0, None, None, quantity, quantity)
    chosen = max(sides)
    program = reach(model, sides[chosen], step)
    ends = []
    for towards in (-1.0, 1.0):
        found = solver(replace(program, objective=towards * program.objective))
        ends.append(quantity + float(found.x[-1]) if found.status == "optimal" else towards * INF)
    return Price(rates[chosen], rates.get(1), rates.get(-1), min(ends[0], quantity), max(ends[1], quantity))


def price_by_solving_again(model: Model, value: float, step: Array, quantity: float, solver: Solver) -> Price:
    """Price one whole unit of a quantity, more and less, of a program with whole numbers: no duals are pretended."""
    changes: dict[int, float | None] = {}
    for sign in (1, -1):
        moved = replace(model, row_lower=model.row_lower + sign * step, row_upper=model.row_upper + sign * step)
        found = solver(moved)
        if found.status == "optimal":
            change = sign * (float(model.objective @ found.x) - value)
            changes[sign] = 0.0 if abs(change) < 1e-9 else change
        else:
            changes[sign] = None
    return Price(None, changes[1], changes[-1], float("nan"), float("nan"))
