"""A program falls into blocks that only few rows join."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...model.model import Model, shared_rows
from ...model.programme import Array, Index, ranges
from .block_simplex import Columnwise, columnwise, components, sorted_by

ROWS = 64
"""Rows of a block at most: bases are dense."""
SHARED = 64
"""Shared rows at most."""
WIDE = 0.02
"""Share of the columns at most that join so many rows that they have to be held."""


@dataclass(frozen=True)
class Split:
    """A matrix, scaled, by blocks: columns and local rows in the order of blocks, entries by columns.

    Attributes
    ----------
    columns, rows : (N',), (M',) which columns and rows of the model; `held`: the wide columns that are left out.
    shared : (R,) rows that join blocks.
    column_start, row_start : (B + 1,) first column and row of each block.
    local, joint : entries in local rows, counted in their block, and in shared rows: starts, rows, values.
    scale : (M,) of the rows.
    """

    columns: Index
    rows: Index
    held: Index
    shared: Index
    column_start: Index
    row_start: Index
    local: Columnwise
    joint: Columnwise
    scale: Array

    @property
    def blocks(self) -> int:
        """Number of blocks."""
        return len(self.column_start) - 1

    def columns_of(self, blocks: Index) -> Index:
        """Places of the columns of blocks, one block after the other."""
        return ranges(self.column_start[blocks], self.column_start[blocks + 1])[0]

    def rows_of(self, blocks: Index) -> Index:
        """Places of the rows of blocks, one block after the other."""
        return ranges(self.row_start[blocks], self.row_start[blocks + 1])[0]


def split(model: Model) -> Split | None:
    """Split a model; None where its blocks are too large, or too much is shared."""
    joins = shared_rows(model)
    shared = np.flatnonzero(joins)
    columns = len(model.objective)
    if not 0 < len(shared) <= SHARED:
        return None
    local = ~joins
    entries = np.bincount(model.column[np.repeat(local, np.diff(model.start))], minlength=columns)
    for most in (ROWS, 24, 12):
        wide = entries > most
        if np.count_nonzero(wide) > WIDE * columns:
            return None
        number = components(columns, model.start, model.column, local, wide)
        blocks = int(number.max()) + 1
        rows, row_start = sorted_by(number[columns:], blocks)
        if np.diff(row_start).max(initial=0) <= ROWS:
            break
    else:
        return None
    order, column_start = sorted_by(number[:columns], blocks)
    place = np.empty(len(joins), np.int32)
    place[rows] = np.arange(len(rows)) - np.repeat(row_start[:-1], np.diff(row_start))
    place[shared] = np.arange(len(shared))
    scale = model.row_scale
    inside, across = columnwise(order, model.start, model.column, model.value, local, place, scale, model.column_unit)
    return Split(order, rows, np.flatnonzero(wide), shared, column_start, row_start, inside, across, scale)
