"""A program of whole units whose shared rows do not bind falls into parts, each of which is solved by itself.

Where the linear program has no price for what parts share, as where budgets are more than all gaps take, the best of
each part together are the best of all, if what they use then fits. Branch and bound over the whole would try what one
part does with everything that another one can do.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ...model.model import Model, part_of, shared_rows
from ...model.programme import Array, Index, joined, sums
from ..proof.certificate import primal_violation
from ..solution import Solution
from .core import Priced

FREE = 1e-9
"""A price up to which a shared row does not bind."""
TOGETHER = 50
"""Whole numbers up to which parts are solved together."""
MORE = 2
"""Parts from which on there is something to part."""
FITS = 1e-9
"""A violation of shared rows that is rounding."""


def by_parts(model: Model, known: Priced, solver: Callable[[Model], Solution]) -> Solution | None:
    """Solve a program part by part; None where there is only one, shared rows bind, or a part has no optimum."""
    shared = shared_rows(model)
    if (np.abs(known.duals[shared]) > FREE).any():
        return None
    local = ~shared[model.row] & (model.value != 0)
    number = joined(model.row[local], model.column[local], len(shared), len(model.objective))
    row_part = _parts_of_rows(model, number)
    x = _where_it_pays(model)
    if not np.isfinite(x).all():
        return None
    free = model.integer & (model.column_lower < model.column_upper)
    # what meets shared rows alone is where it pays
    alone = ~np.isin(np.arange(int(number.max()) + 1), row_part)
    bound = float(model.objective @ np.where(alone[number], x, 0.0))
    groups = _together(sums(number, free.astype(float), int(number.max()) + 1))
    groups[alone] = -1
    asked = np.unique(groups[~alone])
    if len(asked) + alone.any() < MORE:
        return None
    for group in asked.tolist():
        columns = np.flatnonzero(groups[number] == group)
        rows = np.flatnonzero((row_part >= 0) & (groups[row_part] == group))
        found = solver(part_of(model, rows, columns, x))
        if found.status != "optimal":
            return None
        x[columns] = found.x
        bound += found.bound if free[columns].any() else float(model.objective[columns] @ found.x)
    if primal_violation(model, x) > FITS:
        return None
    none = np.empty(0)
    return Solution("optimal", x, none, none, bound=bound)


def _where_it_pays(model: Model) -> Array:
    """Return the end of every column (N,) that pays most, a whole number where it is to be one; 0 where none does."""
    low, high, c = model.column_lower, model.column_upper, model.objective
    low, high = np.where(model.integer, np.ceil(low), low), np.where(model.integer, np.floor(high), high)
    return np.where(c > 0, high, np.where(c < 0, low, np.clip(0.0, low, high)))


def _parts_of_rows(model: Model, number: Index) -> Index:
    """Return the part in which a row lies with all its columns, (M,); -1 where it joins parts, or has no column."""
    least, most = np.full(len(model.row_lower), len(number)), np.full(len(model.row_lower), -1)
    there = model.value != 0
    np.minimum.at(least, model.row[there], number[model.column[there]])
    np.maximum.at(most, model.row[there], number[model.column[there]])
    return np.where(least == most, most, -1)


def _together(sizes: Array) -> Index:
    """Put parts of so many whole numbers into groups of no more than `TOGETHER`, but for those that are larger."""
    groups = np.zeros(len(sizes), dtype=np.int64)
    group, filled = 0, 0.0
    for part in np.argsort(-sizes, kind="stable").tolist():
        if filled and filled + sizes[part] > TOGETHER:
            group, filled = group + 1, 0.0
        groups[part] = group
        filled += sizes[part]
    return groups
