"""A program falls into blocks that only few rows join.

It needs numba, of the extra ``fast``. Source: Tarjan (1975), Efficiency of a good but not linear set union algorithm,
Journal of the ACM 22, 215-225.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...compiled import njit
from ...model.model import Model, shared_rows
from ...model.programme import Array, Index, ranges
from .block_simplex import Columnwise, Int

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
        number = _components(columns, model.start, model.column, local, wide)
        blocks = int(number.max()) + 1
        rows, row_start = _sorted_by(number[columns:], blocks)
        if np.diff(row_start).max(initial=0) <= ROWS:
            break
    else:
        return None
    order, column_start = _sorted_by(number[:columns], blocks)
    place = np.empty(len(joins), np.int32)
    place[rows] = np.arange(len(rows)) - np.repeat(row_start[:-1], np.diff(row_start))
    place[shared] = np.arange(len(shared))
    scale = model.row_scale
    inside, across = _columnwise(order, model.start, model.column, model.value, local, place, scale, model.column_unit)
    return Split(order, rows, np.flatnonzero(wide), shared, column_start, row_start, inside, across, scale)


@njit(cache=True, nogil=True)
def _components(columns: int, start: Index, column: Index, local: NDArray[np.bool_], wide: NDArray[np.bool_]) -> Int:
    """Return the block of each column, (N,), and after them of each row, (M,): -1 where it belongs to none.

    Columns belong together where a *local* row (M,) joins them; *wide* columns (N,) join nothing.
    """
    rows = len(local)
    parent = np.arange(columns + rows).astype(np.int32)
    for i in range(rows):
        if not local[i]:
            continue
        for e in range(start[i], start[i + 1]):
            if wide[column[e]]:
                continue
            a, b = columns + i, column[e]
            while parent[a] != a:
                parent[a] = parent[parent[a]]
                a = parent[a]
            while parent[b] != b:
                parent[b] = parent[parent[b]]
                b = parent[b]
            if a < b:
                parent[b] = a
            else:
                parent[a] = b
    number = np.full(columns + rows, -1, np.int32)
    found = 0
    for v in range(columns + rows):
        if (v < columns and wide[v]) or (v >= columns and not local[v - columns]):
            continue
        root = v
        while parent[root] != root:
            root = parent[root]
        if number[root] < 0:  # the least of a block is its root, and comes first
            number[root] = found
            found += 1
        number[v] = number[root]
    return number


@njit(cache=True, nogil=True)
def _sorted_by(number: Int, count: int) -> tuple[Index, Index]:
    """Return the places in *number* of 0, of 1, ... of count - 1, and where each begins: (count + 1,)."""
    start = np.zeros(count + 1, np.int64)
    for b in number:
        if b >= 0:
            start[b + 1] += 1
    for b in range(count):
        start[b + 1] += start[b]
    at = start[:-1].copy()
    order = np.empty(start[-1], np.int64)
    for i in range(len(number)):
        b = number[i]
        if b >= 0:
            order[at[b]] = i
            at[b] += 1
    return order, start


@njit(cache=True, nogil=True)
def _columnwise(
    order: Index,
    start: Index,
    column: Index,
    value: Array,
    local: NDArray[np.bool_],
    place: Int,
    row_scale: Array,
    unit: Array,
) -> tuple[Columnwise, Columnwise]:
    """Return the entries by columns in an *order*, those of *local* rows (M,), and of the others, scaled.

    Both as starts, places of rows, and values.
    """
    rank = np.full(len(unit), -1, np.int32)
    for j in range(len(order)):
        rank[order[j]] = j
    inside, across = np.zeros(len(order) + 1, np.int32), np.zeros(len(order) + 1, np.int32)
    for i in range(len(local)):
        first = inside if local[i] else across
        for e in range(start[i], start[i + 1]):
            j = rank[column[e]]
            if j >= 0 and value[e] != 0.0:
                first[j + 1] += 1
    for j in range(len(order)):
        inside[j + 1] += inside[j]
        across[j + 1] += across[j]
    row, scaled = np.empty(inside[-1], np.int32), np.empty(inside[-1])
    shared_row, shared_scaled = np.empty(across[-1], np.int32), np.empty(across[-1])
    at, shared_at = inside[:-1].copy(), across[:-1].copy()
    for i in range(len(local)):
        for e in range(start[i], start[i + 1]):
            j = rank[column[e]]
            if j < 0 or value[e] == 0.0:
                continue
            size = value[e] * row_scale[i] * unit[column[e]]
            if local[i]:
                row[at[j]], scaled[at[j]] = place[i], size
                at[j] += 1
            else:
                shared_row[shared_at[j]], shared_scaled[shared_at[j]] = place[i], size
                shared_at[j] += 1
    return (inside, row, scaled), (across, shared_row, shared_scaled)
