"""Constraints of one's own over single segments of a level: where they would pay for using a later one first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .columns import Columns
from .model import INF, Model, with_row
from .programme import Array, sums


def told_apart(columns: Columns, model: Model) -> frozenset[int]:
    """Return the applications whose segments are not used in order by themselves, as what `amend` added stands.

    A unit of a later segment can be one of the earlier segment, which closes no less, where no limit sum a x <= b
    minds: a[s+1,p] >= a[s,p]. Where the earlier one is used in a later period, both can change places if the difference
    a[s+1,p] - a[s,p] does not grow from one period to the next. Nor is a part moved that has to be whole.
    """
    p = columns.programme
    shape = len(p.periods), len(p.segment_width)
    whole = (model.integer & ~columns.integer)[: columns.sizes["level"]].reshape(shape).any(axis=0)
    found = set(p.segment_application[whole & p.in_parts[p.segment_application]].tolist())
    for limit in _limits(columns, model):
        by_segment = limit[: columns.sizes["level"]].reshape(shape)
        for a in set(p.segment_application[by_segment.any(axis=0)].tolist()) - found:
            segments = p.segments_of[a][p.segment_width[p.segments_of[a]] > 0]
            more = np.diff(by_segment[:, segments], axis=1)
            if (more < 0).any() or (np.diff(more, axis=0) > 0).any():
                found.add(a)
    return frozenset(found)


def _limits(columns: Columns, model: Model) -> Iterator[Array]:
    """Yield the coefficients (N,) of what is one's own, as limits from above."""
    p, levels = columns.programme, columns.sizes["level"]
    for row in np.flatnonzero(model.rows_that(lambda role: role.own)).tolist():
        entries = slice(model.start[row], model.start[row + 1])
        coefficients = sums(model.column[entries], model.value[entries], len(model.objective))
        if model.row_upper[row] < INF:
            yield coefficients
        if model.row_lower[row] > -INF:
            yield -coefficients
    lower, upper = (ends[:levels] for ends in columns.bounds())
    # what is banned has no order
    able = np.bincount(p.segment_application, model.column_upper[:levels].reshape(len(p.periods), -1).max(axis=0)) > 0
    able = np.tile(able[p.segment_application], len(p.periods))
    for sign, moved in ((1.0, model.column_upper[:levels] < upper), (-1.0, model.column_lower[:levels] > lower)):
        for j in np.flatnonzero(moved & able).tolist():
            one = np.zeros(len(model.objective))
            one[j] = sign
            yield one


def amended_alike(model: Model, like: Model) -> Model:
    """Return a model with the rows, bounds and whole numbers that another one has of one's own: columns by name."""
    place = {name: j for j, name in enumerate(model.column_names())}
    at = np.array([place[name] for name in like.column_names()], dtype=np.int64)
    lower, upper, integer = model.column_lower.copy(), model.column_upper.copy(), model.integer.copy()
    lower[at], upper[at], integer[at] = like.column_lower, like.column_upper, like.integer
    made = model.alike(column_lower=lower, column_upper=upper, integer=integer)
    for block in like.blocks:
        if block.role.own:
            row = like.block(block.name).start
            entries = slice(like.start[row], like.start[row + 1])
            coefficients = sums(at[like.column[entries]], like.value[entries], len(lower))
            made = with_row(
                made, block.name, coefficients, float(like.row_lower[row]), float(like.row_upper[row]), block.role
            )
    return made
