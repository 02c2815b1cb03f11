"""The canonical sparse form: maximise c'x subject to lower <= A x <= upper, bounds on x, and some x whole numbers.

`Rows` is what a constraint yields, `Model` what a solver takes. Names are made on demand: most solves need none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..brief import Brief
from .programme import Array, Index, sums

if TYPE_CHECKING:
    import pulp

INF = float("inf")
Label = tuple[str, ...]
FAR = 1024.0
"""Sizes within this factor of 1 need no other unit."""
WIDE = 1e6
"""Ratio of a row's largest to its smallest entry from which on a tolerance can hide the smallest."""
SMALL = 2**16
"""Cells of a tableau [A I] up to which a program is small."""


@dataclass(frozen=True)
class Rows(Brief):
    """Rows of one constraint: triplets (row, column, value) counted from 0, bounds, and a label a row.

    `kind` is the constraint's name; a label's parts name the row's place in its index set.
    """

    kind: str
    labels: Callable[[], list[Label]]
    row: Index
    column: Index
    value: Array
    lower: Array
    upper: Array


@dataclass(frozen=True)
class Model(Brief):
    """A linear or mixed-integer program, maximised.

    Attributes
    ----------
    objective : (N,) coefficients.
    column_lower, column_upper : (N,)
    row_lower, row_upper : (M,)
    start, column, value : the matrix row by row: row i is start[i] to start[i + 1].
    integer : (N,) columns that hold whole numbers.
    blocks : constraints in order, with their number of rows.
    units : (N,) powers of two, the size of each column: solvers work with x / units; 1 each if left out.
    """

    objective: Array
    column_lower: Array
    column_upper: Array
    row_lower: Array
    row_upper: Array
    start: Index
    column: Index
    value: Array
    integer: NDArray[np.bool_]
    blocks: tuple[tuple[str, int], ...]
    label_columns: Callable[[], list[str]]
    label_rows: Callable[[], list[str]]
    units: Array | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Labels are made on demand by functions that cannot be pickled: the labels themselves can."""
        labels: dict[str, Any] = {
            name: partial(list, getattr(self, name)()) for name in ("label_columns", "label_rows")
        }
        return {**super().__getstate__(), **labels}

    @cached_property
    def column_unit(self) -> Array:
        """(N,) size of each column."""
        return np.ones(len(self.objective)) if self.units is None else self.units

    @cached_property
    def row(self) -> Index:
        """Row of each entry."""
        return np.repeat(np.arange(len(self.row_lower)), np.diff(self.start))

    @cached_property
    def row_scale(self) -> Array:
        """(M,) powers of two that bring each row's largest entry to about 1, with columns in their units.

        Where a row without an amount spans many magnitudes, as a prerequisite of a billionth, the middle of them: what
        is a rounding against one entry can be all there is of another.
        """
        entries = np.abs(self.value) * self.column_unit[self.column]
        rows = len(self.row_lower)
        largest, smallest = np.zeros(rows), np.full(rows, INF)
        np.maximum.at(largest, self.row, entries)
        np.minimum.at(smallest, self.row[entries > 0], entries[entries > 0])
        homogeneous = ((self.row_lower == 0) | np.isinf(self.row_lower)) & (
            (self.row_upper == 0) | np.isinf(self.row_upper)
        )
        size = np.where(largest > 0, largest, 1.0)
        wide = homogeneous & (largest > 0) & (size > WIDE * np.where(np.isfinite(smallest), smallest, size))
        size[wide] = np.sqrt(size[wide] * smallest[wide])
        return np.asarray(np.exp2(-np.round(np.log2(size))))

    @cached_property
    def is_mixed(self) -> bool:
        """Whether any column holds whole numbers."""
        return bool(self.integer.any())

    def block(self, kind: str) -> slice:
        """Rows of the constraint *kind*."""
        at = 0
        for name, size in self.blocks:
            if name == kind:
                return slice(at, at + size)
            at += size
        raise KeyError(kind)

    @property
    def is_small(self) -> bool:
        """Whether a dense tableau of it is quicker to work on than its entries are."""
        rows = len(self.row_lower)
        return rows * (rows + len(self.objective)) <= SMALL

    @cached_property
    def dense(self) -> Array:
        """A, (M, N)."""
        matrix = np.zeros((len(self.row_lower), len(self.objective)))
        np.add.at(matrix, (self.row, self.column), self.value)
        return matrix

    def activity(self, x: Array) -> Array:
        """A x: (M,), or (k, M) for (k, N)."""
        if x.ndim == 1:
            return sums(self.row, self.value * x[self.column], len(self.row_lower))
        return x @ self.dense.T if self.is_small else np.array([self.activity(one) for one in x])

    def priced(self, y: Array) -> Array:
        """A' y: (N,), or (k, N) for (k, M)."""
        if y.ndim == 1:
            return sums(self.column, self.value * y[self.row], len(self.objective))
        return y @ self.dense if self.is_small else np.array([self.priced(one) for one in y])

    def column_names(self) -> list[str]:
        """Readable names: ``level[I01,quantum]``, ``closed[quantum,demand_conditions]``."""
        return self.label_columns()

    def row_names(self) -> list[str]:
        """Readable names: ``budget[funds]``, ``closing[quantum,demand_conditions]``."""
        return self.label_rows()

    def row_text(self, i: int) -> str:
        """Row *i* as one line of algebra."""
        names = self.column_names()
        at = slice(self.start[i], self.start[i + 1])
        sides = [f"{v:+g} {names[j]}" for j, v in zip(self.column[at], self.value[at], strict=True)]
        low, high = self.row_lower[i], self.row_upper[i]
        left = f"{low:g} <= " if low > -INF and low != high else ""
        right = f" = {high:g}" if low == high else (f" <= {high:g}" if high < INF else "")
        return f"{self.row_names()[i]}: {left}{' '.join(sides) or '0'}{right}"

    def to_pulp(self) -> pulp.LpProblem:
        """Hand the model over as a `pulp.LpProblem` with readable names; see `saidao.optimize.solve.pulp_bridge`."""
        from ..solve.pulp_bridge import to_pulp

        return to_pulp(self)


def reduced_costs(model: Model, row_dual: Array) -> Array:
    """Return objective - A' row_dual: (N,)."""
    return model.objective - model.priced(row_dual)


def assemble(
    objective: Array,
    bounds: tuple[Array, Array],
    integer: NDArray[np.bool_],
    blocks: Sequence[Rows],
    label_columns: Callable[[], list[str]],
    units: Array | None = None,
) -> Model:
    """Stack the rows of all constraints into one model."""
    sizes = np.array([len(block.lower) for block in blocks], dtype=np.int64)
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    row = np.concatenate([b.row + o for b, o in zip(blocks, offsets[:-1], strict=True)])
    column = np.concatenate([b.column for b in blocks])
    value = np.concatenate([b.value for b in blocks])
    order = np.lexsort((column, row))
    row = row[order]
    return Model(
        objective=objective,
        column_lower=bounds[0],
        column_upper=bounds[1],
        row_lower=np.concatenate([b.lower for b in blocks]),
        row_upper=np.concatenate([b.upper for b in blocks]),
        start=np.searchsorted(row, np.arange(offsets[-1] + 1)).astype(np.int64),
        column=column[order].astype(np.int64),
        value=value[order],
        integer=integer,
        blocks=tuple((b.kind, int(n)) for b, n in zip(blocks, sizes, strict=True)),
        label_columns=label_columns,
        label_rows=lambda: [f"{b.kind}[{','.join(label)}]" for b in blocks for label in b.labels()],
        units=units,
    )


def first_part(model: Model, rows: int, columns: int) -> Model:
    """Return the first rows and columns of a model, before others were added to it."""
    kept = np.flatnonzero(model.column[: model.start[rows]] < columns)
    return replace(
        model,
        objective=model.objective[:columns],
        column_lower=model.column_lower[:columns],
        column_upper=model.column_upper[:columns],
        row_lower=model.row_lower[:rows],
        row_upper=model.row_upper[:rows],
        start=np.searchsorted(kept, model.start[: rows + 1]),
        column=model.column[kept],
        value=model.value[kept],
        integer=model.integer[:columns],
        units=None if model.units is None else model.units[:columns],
    )


def with_rows(model: Model, label: str, row: Index, column: Index, value: Array, lower: Array, upper: Array) -> Model:
    """Return the model with more rows, from triplets in row order, as a block of one label."""
    size = len(lower)
    first = f"{label}[{{}}]" if size > 1 else label
    return replace(
        model,
        row_lower=np.append(model.row_lower, lower),
        row_upper=np.append(model.row_upper, upper),
        start=np.append(model.start, model.start[-1] + np.searchsorted(row, np.arange(1, size + 1))),
        column=np.append(model.column, column),
        value=np.append(model.value, value),
        blocks=(*model.blocks, (label, size)),
        label_rows=lambda: [*model.label_rows(), *(first.format(i) for i in range(size))],
    )


def with_row(model: Model, label: str, coefficients: Array, lower: float, upper: float) -> Model:
    """Return the model with one more row, of dense coefficients (N,)."""
    column = np.flatnonzero(coefficients)
    none = np.zeros(len(column), dtype=np.int64)
    return with_rows(model, label, none, column, coefficients[column], np.array([lower]), np.array([upper]))


def _unit_among(model: Model, row: Index, value: Array) -> float:
    """Return the unit in which a new column's entries are of the size of their rows; 1 where it is not far from it."""
    largest = float((np.abs(value) * model.row_scale[row]).max(initial=0.0))
    return 1.0 if largest == 0 or 1 / FAR < largest < FAR else float(np.exp2(-np.round(np.log2(largest))))


def with_columns(
    model: Model,
    labels: list[str],
    entries: Sequence[tuple[Index, Array]],
    lower: Array,
    upper: Array | None = None,
) -> Model:
    """Return the model with one more column per label, of (rows, values) entries; *upper* is infinite if left out."""
    columns = len(model.objective)
    rows = np.concatenate([row for row, _ in entries])
    order = np.argsort(np.concatenate([model.row, rows]), kind="stable")
    added = np.concatenate([np.full(len(row), columns + i) for i, (row, _) in enumerate(entries)])
    counts = np.bincount(rows, minlength=len(model.row_lower))
    return replace(
        model,
        objective=np.append(model.objective, np.zeros(len(labels))),
        column_lower=np.append(model.column_lower, lower),
        column_upper=np.append(model.column_upper, np.full(len(labels), INF) if upper is None else upper),
        integer=np.append(model.integer, np.zeros(len(labels), dtype=bool)),
        start=model.start + np.concatenate([[0], np.cumsum(counts)]),
        column=np.concatenate([model.column, added])[order].astype(np.int64),
        value=np.concatenate([model.value, *(value for _, value in entries)])[order],
        label_columns=lambda: [*model.label_columns(), *labels],
        units=np.append(model.column_unit, [_unit_among(model, row, value) for row, value in entries]),
    )
