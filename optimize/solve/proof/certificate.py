"""Proof of a plan from its primal and dual values alone: no solver is asked, none is trusted.

Weak duality: for any row duals y of the right sign, every feasible x has c'x <= bound(y). A plan whose value meets the
bound of its duals is optimal, wherever both came from.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...model.model import INF, Model, inner, pieces, reduced_costs
from ...model.programme import Array, sums
from ...model.tighten import implied_ends

PROVEN = 1e-7
"""A plan whose violation or gap is beyond this is none; what a solver says of it does not matter."""
SAME = 1e-9
"""Share of a plan's value by which another one of whole units may be better without being another answer."""
ROUNDING = 5e-13
"""Share of the most that is thinkable which sums of floats, and duals rounded for a log, do not tell from nothing."""
MET = 1e-12
"""Share of a value by which a bound that meets it may be above: what sums of a million terms are off by, and more."""
NOISE = 1e-2
"""Share of a column's or row's size below which what it holds is no measure of a violation, nor a value of a gap."""


@dataclass(frozen=True)
class Certificate:
    """How far a plan is from proven optimal.

    Attributes
    ----------
    primal_violation : largest violation of a row or bound, relative to the largest of its bound and its terms.
    dual_violation : largest wrong sign of a row's dual, and largest reduced cost of a column that could still move in
        the direction it pays, both times the row's or column's size and relative to the largest objective coefficient.
    gap : ``(bound - value) / |value|``, or over 1e-6 of the largest objective thinkable, or 1e-2 of the values of which
        it is a difference (`differing`), where ``|value|`` is smaller; the bound is a valid one, so this is the share
        that any plan could still gain.
    value, bound : primal and dual objective.

    A plan of whole units has no duals: `dual_violation` is None, the bound that of a tree (`grow`) or the solver's.
    """

    primal_violation: float
    dual_violation: float | None
    gap: float
    value: float
    bound: float

    @property
    def denies(self) -> bool:
        """Whether it disproves the plan: limits are broken, or value and bound are apart by more than rounding."""
        return not (self.primal_violation <= PROVEN and abs(self.gap) <= PROVEN)


def _times(y: Array, bound: Array) -> Array:
    """y * bound where y counts, 0 where it does not (so that 0 * inf is 0)."""
    return np.asarray(np.multiply(y, bound, out=np.zeros_like(y), where=y != 0))


def dual_bound(model: Model, row_dual: Array, enough: float = -INF, reduced: Array | None = None) -> float:
    """Upper bound on the objective of every feasible point, from any row duals; wrong signs are set to 0.

    A column counts with the ends that the rows leave it, where they are nearer than its own; they take time, and are
    left out where the bound is no more than *enough* without them. *reduced*: the reduced costs, where they are known.
    """
    y = np.clip(
        row_dual,
        np.where(model.row_lower > -INF, -INF, 0.0),
        np.where(model.row_upper < INF, INF, 0.0),
    )
    d = reduced_costs(model, y) if reduced is None or not np.array_equal(y, row_dual) else reduced
    rows = _times(np.maximum(y, 0.0), model.row_upper) + _times(np.minimum(y, 0.0), model.row_lower)

    def bound(low: Array, high: Array) -> float:
        columns = _times(np.maximum(d, 0.0), high) + _times(np.minimum(d, 0.0), low)
        return float(rows.sum() + columns.sum())

    plain = bound(model.column_lower, model.column_upper)
    if plain <= enough:
        return plain
    low, high = implied_ends(model)
    return bound(np.maximum(low, model.column_lower), np.minimum(high, model.column_upper))


def primal_violation(model: Model, x: Array) -> float:
    """Largest violation of a row, a bound or a whole number at x.

    Relative to the bound, or to the largest term of the row where that is more: neither the unit of a resource nor a
    budget of a billionth hides it.
    """
    activity, sizes = np.zeros(len(model.row_lower)), np.zeros(len(model.row_lower))
    for rows, entries, of in model.pieces():
        terms = model.value[entries] * x[model.column[entries]]
        activity[rows] += sums(of, terms, rows.stop - rows.start)
        np.maximum.at(sizes[rows], of, np.abs(terms))

    def beyond(value: Array, size: Array, lower: Array, upper: Array) -> float:
        found = []
        for over, bound in ((lower - value, lower), (value - upper, upper)):
            at = np.flatnonzero(~(over <= 0))
            found.append((over[at] / np.maximum(size[at], np.abs(bound[at]))).max(initial=0.0))
        return float(np.nan_to_num(np.max(found), nan=INF))  # what is no number is beyond all

    whole = x[model.integer] if model.is_mixed else np.empty(0)
    return max(
        beyond(activity, np.maximum(NOISE / model.row_scale, sizes), model.row_lower, model.row_upper),
        beyond(x, np.maximum(np.abs(x), NOISE * model.column_unit), model.column_lower, model.column_upper),
        float(np.abs(whole - np.round(whole)).max(initial=0.0)),
    )


def left_to_gain(model: Model, x: Array, row_dual: Array, reduced: Array | None = None) -> float:
    """What the duals leave open: the sum of each price times the room up to its bound, relative to the objective.

    The same as the gap between bound and value, without their difference; a price that no finite bound meets counts by
    the size of its row or column. *reduced*: the reduced costs, where they are known.
    """
    y = row_dual
    whole = np.abs(model.objective)
    for rows, entries, of in model.pieces():
        np.maximum.at(whole, model.column[entries], np.abs(model.value[entries] * y[rows][of]))
    d = reduced_costs(model, y) if reduced is None else reduced
    activity, dearest = model.activity(x), np.abs(y).max(initial=0.0)
    open_ = 0.0
    for at in pieces(len(x)):
        unit = np.maximum(np.abs(x[at]), model.column_unit[at])
        open_ += _lost(d[at], whole[at], x[at], model.column_lower[at], model.column_upper[at], unit)
    for at in pieces(len(y)):
        scale = model.row_scale[at]
        open_ += _lost(y[at], dearest * scale, activity[at], model.row_lower[at], model.row_upper[at], 1 / scale)
    size = max(
        float(np.abs(model.objective * x).sum()),
        float(np.abs(y * activity).sum()),
        1e-6 * float(np.abs(model.objective * model.column_unit).sum()),
        float(np.finfo(float).tiny),
    )
    return open_ / size


def _lost(price: Array, noise: Array, value: Array, lower: Array, upper: Array, unit: Array) -> float:
    """Sum of each price times the room up to the bound that it pulls at; *noise* is of the size of its terms."""
    counts = np.abs(price) > 1e-9 * noise
    room = np.where(price > 0, upper - value, value - lower)
    room = np.maximum(room, 0.0)
    # a price that is rounding counts over what the column or row can be, not over a bound that means "no limit"
    room = np.where(counts & np.isfinite(room), room, np.where(counts, unit, np.where(room < unit, room, 0.0)))
    return float((np.abs(price) * room).sum())


def certify(model: Model, x: Array, row_dual: Array) -> Certificate:
    """Check the point x (N,) and the row duals (M,) against a model without whole numbers."""
    # a row's dual counts per unit of its scaled row, so that the unit of a resource does not matter
    y = row_dual / model.row_scale
    size = max(float(np.abs(model.objective * model.column_unit).max(initial=0.0)), np.finfo(float).tiny)
    sign = np.maximum(
        np.where(model.row_upper < INF, 0.0, np.maximum(y, 0.0)),
        np.where(model.row_lower > -INF, 0.0, np.maximum(-y, 0.0)),
    )
    reduced = reduced_costs(model, row_dual)
    d = reduced * model.column_unit
    room = 1e-9 * np.maximum(model.column_unit, np.abs(x))
    could_rise = d[x < model.column_upper - room].max(initial=0.0)
    could_fall = -d[x > model.column_lower + room].min(initial=0.0)
    dual = float(np.max([sign.max(initial=0.0), could_rise, could_fall])) / size
    value = inner(model.objective, x)
    return _certificate(model, x, dual, dual_bound(model, row_dual, value + MET * abs(value), reduced))


def certify_whole(model: Model, x: Array, bound: float) -> Certificate:
    """Check the point x (N,) against a model with whole numbers, and its value against a bound.

    A gap that sums of floats do not tell from nothing, to which a tree proves a bound, is none.
    """
    return _certificate(model, x, None, bound, nothing(model) / SAME)


def nothing(model: Model) -> float:
    """Return what sums do not tell from nothing: the value of a plan may be nothing at all, as a regret's."""
    return ROUNDING * float(np.abs(model.objective * model.column_unit).sum())


def differing(model: Model) -> float:
    """Return the size of what the value is a difference of: 0 where it is none.

    A regret is a lone column that rows hold below values less their best: what is a rounding of those is all there may
    be of it.
    """
    if np.count_nonzero(model.objective) != 1:
        return 0.0
    column = int(np.flatnonzero(model.objective)[0])
    entries = np.flatnonzero((model.column == column) & (model.value != 0))
    sides = (np.abs(side[model.row[entries]]) for side in (model.row_lower, model.row_upper))
    limits = np.maximum(*(np.where(np.isfinite(side), side, 0.0) for side in sides)) / np.abs(model.value[entries])
    return float(np.abs(model.objective[column]) * limits.max(initial=0.0))


def _certificate(model: Model, x: Array, dual: float | None, bound: float, least: float = 0.0) -> Certificate:
    value = inner(model.objective, x)
    # the most that any objective over these bounds could be; infinite ends do not count
    whole = 0.0
    for at in pieces(len(x)):
        ends = np.maximum(np.abs(model.column_lower[at]), np.abs(model.column_upper[at]))
        whole += float((np.abs(model.objective[at]) * np.where(np.isfinite(ends), ends, 0.0)).sum())
    scale = max(abs(value), 1e-6 * whole, NOISE * differing(model), least)
    gap = (bound - value) / scale if scale > 0 else 0.0
    return Certificate(primal_violation(model, x), dual, gap, value, bound)
