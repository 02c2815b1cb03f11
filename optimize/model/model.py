"""The canonical sparse form: maximise c'x subject to lower <= A x <= upper, bounds on x, and some x whole numbers.

`Rows` is what a constraint yields, `Model` what a solver takes. Names are made on demand: most solves need none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from ..brief import Brief
from .programme import Array, Index, ranges, sums

if TYPE_CHECKING:
    import pulp

INF = float("inf")
Label = tuple[str, ...]
FAR = 1024.0
"""Sizes within this factor of 1 need no other unit."""
WIDE = 1e6
"""Ratio of a row's largest to its smallest entry from which on a tolerance can hide the smallest."""
FEW = 16
"""Rows that are multiplied with a small program's matrix at once."""
SMALL = 2**16
"""Cells of a tableau [A I] up to which a program is small."""
FEW_ENTRIES = 2**20
"""Entries of a matrix up to which they are summed by column at once: twenty times as fast as some at a time."""
ALONE = 10_000
"""Numbers up to which numpy's library sums their products on one thread: more it shares out, and waits for the others,
which beside other work takes a hundred times as long as the sum."""
PIECE = 2**16
"""Numbers that are worked on at a time: what is made of so many stays in the cache, and takes no memory that counts."""


@dataclass(frozen=True)
class Role:
    """What the rows of a constraint are to a planner, and what their entries at levels are.

    Attributes
    ----------
    limit : what a planner sets, and could set otherwise: an ``amount``, a ``level``, or a ``relation``, which has no
        amount; None for a row that says what a plan is.
    spends, closes : its entries at levels are costs; they are effects.
    own : it is a constraint of one's own.
    joins : its rows may join tracks that nothing else joins, as those do whose limit is an amount.
    """

    limit: Literal["amount", "level", "relation"] | None = None
    spends: bool = False
    closes: bool = False
    own: bool = False
    joins: bool = False


TOTAL = Role(joins=True)
"""Of a row over the whole plan that is no limit of its planner's."""


@dataclass(frozen=True)
class Block:
    """The rows of one constraint in a model: its name, their number, and their role."""

    name: str
    size: int
    role: Role = Role()


@dataclass(frozen=True)
class Rows(Brief):
    """Rows of one constraint: triplets (row, column, value) counted from 0, bounds, and a label a row.

    `name` is the constraint's; a label's parts name the row's place in its index set.
    """

    name: str
    labels: Callable[[], list[Label]]
    row: Index
    column: Index
    value: Array
    lower: Array
    upper: Array
    role: Role = Role()


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
    blocks : constraints in order.
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
    blocks: tuple[Block, ...]
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

    def row_of(self, entries: Index) -> Index:
        """Row of each of some entries: of few, `row` of all takes more room than they do."""
        return np.searchsorted(self.start, entries, "right") - 1

    @cached_property
    def row_scale(self) -> Array:
        """(M,) powers of two that bring each row's largest entry to about 1, with columns in their units.

        Where a row without an amount spans many magnitudes, as a prerequisite of a billionth, the middle of them: what
        is a rounding against one entry can be all there is of another.
        """
        most, smallest = np.zeros(len(self.row_lower)), np.full(len(self.row_lower), INF)
        for rows, at, of in self.pieces():
            entries = np.abs(self.value[at]) * self.column_unit[self.column[at]]
            np.maximum.at(most[rows], of, entries)
            np.minimum.at(smallest[rows], of, np.where(entries > 0, entries, INF))
        homogeneous = ((self.row_lower == 0) | np.isinf(self.row_lower)) & (
            (self.row_upper == 0) | np.isinf(self.row_upper)
        )
        size = np.where(most > 0, most, 1.0)
        wide = homogeneous & (most > 0) & (size > WIDE * np.where(np.isfinite(smallest), smallest, size))
        size[wide] = np.sqrt(size[wide] * smallest[wide])
        return np.asarray(np.exp2(-np.round(np.log2(size))))

    def alike(self, **changes: Any) -> Model:
        """Return the model with other ends or another objective; what follows from its matrix is not found anew."""
        made = replace(self, **changes)
        vars(made).update({name: getattr(self, name) for name in ("row_scale", "column_unit")})
        if "row" in vars(self):
            vars(made).update(row=self.row)
        return made

    def pieces(self) -> Iterator[tuple[slice, slice, Index]]:
        """Yield the entries, some at a time: their rows, their places, and the row of each, counted from the first."""
        start, entries = self.start, len(self.value)
        if entries <= PIECE:
            yield slice(0, len(self.row_lower)), slice(0, entries), self.row
            return
        for at in pieces(entries):
            row, end = int(np.searchsorted(start, at.start, "right")) - 1, int(np.searchsorted(start, at.stop))
            within: Index = np.clip(start[row : end + 1], at.start, at.stop)
            sizes = within[1:] - within[:-1]
            yield slice(row, end), at, np.repeat(np.arange(end - row), sizes)

    @cached_property
    def is_mixed(self) -> bool:
        """Whether any column holds whole numbers."""
        return bool(self.integer.any())

    def block(self, name: str) -> slice:
        """Rows of a constraint."""
        at = 0
        for block in self.blocks:
            if block.name == name:
                return slice(at, at + block.size)
            at += block.size
        raise KeyError(name)

    def rows_that(self, have: Callable[[Role], bool]) -> NDArray[np.bool_]:
        """Rows of the constraints whose role is so: (M,)."""
        sizes = [block.size for block in self.blocks]
        return np.repeat(np.array([have(block.role) for block in self.blocks], dtype=bool), sizes)

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
            found = np.zeros(len(self.row_lower))
            for rows, at, of in self.pieces():
                found[rows] += sums(of, self.value[at] * x[self.column[at]], rows.stop - rows.start)
            return found
        return products(x, self.dense.T) if self.is_small else np.array([self.activity(one) for one in x])

    def priced(self, y: Array) -> Array:
        """A' y: (N,), or (k, N) for (k, M)."""
        if y.ndim == 1:
            if len(self.value) <= FEW_ENTRIES:
                return sums(self.column, self.value * y[self.row], len(self.objective))
            found = np.zeros(len(self.objective))
            for rows, at, of in self.pieces():
                np.add.at(found, self.column[at], self.value[at] * y[rows][of])
            return found
        return products(y, self.dense) if self.is_small else np.array([self.priced(one) for one in y])

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
        """Return the model as a pulp problem to be maximised, with readable names, in the units of the case."""
        import pulp  # takes longer to load than all of this package

        problem = pulp.LpProblem("saidao", pulp.LpMaximize)
        columns = [
            problem.add_variable(
                name,
                None if low == -INF else low,
                None if high == INF else high,
                pulp.LpInteger if whole else pulp.LpContinuous,
            )
            for name, low, high, whole in zip(
                pulp_names(self.column_names()),
                self.column_lower.tolist(),
                self.column_upper.tolist(),
                self.integer.tolist(),
                strict=True,
            )
        ]
        problem += pulp.LpAffineExpression(list(zip(columns, self.objective.tolist(), strict=True)))
        index, value, start = self.column.tolist(), self.value.tolist(), self.start.tolist()
        for i, name in enumerate(pulp_names(self.row_names())):
            at = range(start[i], start[i + 1])
            left = pulp.LpAffineExpression([(columns[index[e]], value[e]) for e in at])
            low, high = float(self.row_lower[i]), float(self.row_upper[i])
            if low == high:
                problem += left == high, name
            else:
                if high < INF:
                    problem += left <= high, name
                if low > -INF:
                    problem += left >= low, name if high == INF else f"{name}_lower"
        return problem


@dataclass(frozen=True)
class Coefficients(Brief):
    """Rows of coefficients over columns, of which few are other than 0: row i is start[i] to start[i + 1]."""

    start: Index
    column: Index
    value: Array

    @classmethod
    def of(cls, rows: Array) -> Coefficients:
        """Return dense rows (K, N), without what is 0.

        >>> rows = Coefficients.of(np.array([[0.0, 2.0], [1.0, 0.0]]))
        >>> rows.at(np.array([3.0, 4.0])).tolist(), rows.dense(1, 2).tolist()
        ([8.0, 3.0], [1.0, 0.0])
        """
        row, column = np.nonzero(rows)
        return cls(np.searchsorted(row, np.arange(len(rows) + 1)), column, rows[row, column])

    def __len__(self) -> int:
        return len(self.start) - 1

    @cached_property
    def row(self) -> Index:
        """Row of each entry."""
        return np.repeat(np.arange(len(self)), np.diff(self.start))

    def at(self, x: Array) -> Array:
        """What the rows are at a point (N,): (K,)."""
        return sums(self.row, self.value * x[self.column], len(self))

    def some(self, rows: Index) -> Coefficients:
        """Return some of the rows."""
        at, of = ranges(self.start[rows], self.start[rows + 1])
        return Coefficients(np.searchsorted(of, np.arange(len(rows) + 1)), self.column[at], self.value[at])

    def dense(self, row: int, columns: int) -> Array:
        """Return a row with what is 0 too, (N,)."""
        at = slice(self.start[row], self.start[row + 1])
        made = np.zeros(columns)
        made[self.column[at]] = self.value[at]
        return made


def pulp_names(names: Iterable[str]) -> list[str]:
    """Return names that pulp leaves alone, all different.

    pulp replaces a blank, -, +, [, ], > and / by _ itself, so that different names can meet in one; a number is added
    to those that do.

    >>> pulp_names(["level[I 1,a-b]", "level[I 1,a+b]"])
    ['level_I_1__a_b', 'level_I_1__a_b_2']
    """
    taken: set[str] = set()
    result = []
    for name in names:
        plain = re.sub(r"\W", "_", name.replace(",", "__").replace("[", "_").rstrip("]"))
        unique, number = plain, 2
        while unique in taken:
            unique, number = f"{plain}_{number}", number + 1
        taken.add(unique)
        result.append(unique)
    return result


def pieces(size: int) -> Iterator[slice]:
    """Yield the places from 0 to a size, some at a time."""
    for first in range(0, size, PIECE):
        yield slice(first, min(first + PIECE, size))


def inner(a: Array, b: Array) -> float:
    """Return the sum of the products of two rows of numbers: of long ones too on this thread, see `ALONE`.

    >>> inner(np.array([1.0, 2.0]), np.array([3.0, 4.0]))
    11.0
    """
    if len(a) <= ALONE:
        return float(a @ b)
    return sum(float((a[at] * b[at]).sum()) for at in pieces(len(a)))


def products(rows: Array, matrix: Array) -> Array:
    """Return rows @ matrix, few rows at a time: so small a product is made on this thread, without the wait for others.

    >>> products(np.ones((40, 2)), np.ones((2, 3))).shape
    (40, 3)
    """
    whole = len(rows) - len(rows) % FEW
    by_few = rows[:whole].reshape(-1, FEW, rows.shape[1]) @ matrix
    return np.concatenate([by_few.reshape(whole, matrix.shape[1]), rows[whole:] @ matrix])


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
        blocks=tuple(Block(b.name, int(n), b.role) for b, n in zip(blocks, sizes, strict=True)),
        label_columns=label_columns,
        label_rows=lambda: [f"{b.name}[{','.join(label)}]" for b in blocks for label in b.labels()],
        units=units,
    )


def shared_rows(model: Model) -> NDArray[np.bool_]:
    """Rows that may join tracks, by what they are, never by their length: a floor can be short."""
    return model.rows_that(lambda role: role.limit == "amount" or role.own or role.joins)


def padded(coefficients: Array, model: Model) -> Array:
    """Return coefficients (N,) with zeros for the columns that the model has beyond them."""
    return np.append(coefficients, np.zeros(len(model.objective) - len(coefficients)))


def settled(model: Model, x: Array) -> Model:
    """Return the linear program that is left where whole numbers are as at x (N,), rounded."""
    whole = np.round(x)
    return replace(
        model,
        column_lower=np.where(model.integer, whole, model.column_lower),
        column_upper=np.where(model.integer, whole, model.column_upper),
        integer=np.zeros_like(model.integer),
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


def part_of(model: Model, rows: Index, columns: Index, x: Array) -> Model:
    """Return the program of some columns and rows, in order, where the other columns are as at x (N,)."""
    chosen, kept = np.zeros(len(model.objective), dtype=bool), np.zeros(len(model.row_lower), dtype=bool)
    chosen[columns], kept[rows] = True, True
    entries = np.flatnonzero(chosen[model.column])
    row = model.row_of(entries)
    entries, row = entries[kept[row]], row[kept[row]]
    counts = np.bincount(row, minlength=len(kept))[rows]
    others = model.activity(np.where(chosen, 0.0, x))[rows]
    return Model(
        objective=model.objective[columns],
        column_lower=model.column_lower[columns],
        column_upper=model.column_upper[columns],
        row_lower=model.row_lower[rows] - others,
        row_upper=model.row_upper[rows] - others,
        start=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        column=np.searchsorted(columns, model.column[entries]),
        value=model.value[entries],
        integer=model.integer[columns],
        blocks=(Block("part", len(rows)),),
        label_columns=lambda: [f"x[{j}]" for j in columns.tolist()],
        label_rows=lambda: [f"part[{i}]" for i in rows.tolist()],
        units=model.column_unit[columns],
    )


def with_rows(
    model: Model, label: str, row: Index, column: Index, value: Array, lower: Array, upper: Array, role: Role = Role()
) -> Model:
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
        blocks=(*model.blocks, Block(label, size, role)),
        label_rows=lambda: [*model.label_rows(), *(first.format(i) for i in range(size))],
    )


def with_row(model: Model, label: str, coefficients: Array, lower: float, upper: float, role: Role = TOTAL) -> Model:
    """Return the model with one more row, of dense coefficients (N,)."""
    return with_each(model, [label], Coefficients.of(coefficients[None]), np.array([lower]), np.array([upper]), role)


def with_each(
    model: Model, labels: Sequence[str], rows: Coefficients, lower: Array, upper: Array, role: Role = TOTAL
) -> Model:
    """Return the model with more rows, each a block of its own label, and with both ends (K,)."""
    return replace(
        model,
        row_lower=np.append(model.row_lower, lower),
        row_upper=np.append(model.row_upper, upper),
        start=np.append(model.start, model.start[-1] + rows.start[1:]),
        column=np.append(model.column, rows.column),
        value=np.append(model.value, rows.value),
        blocks=(*model.blocks, *(Block(label, 1, role) for label in labels)),
        label_rows=lambda: [*model.label_rows(), *labels],
    )


def _units_among(model: Model, of: Index, row: Index, value: Array, columns: int) -> Array:
    """Return units in which new columns' entries are of the size of their rows; 1 where that is not far from it.

    Entries are triplets: of which column, in which row, and the value.
    """
    largest = np.zeros(columns)
    np.maximum.at(largest, of, np.abs(value) * model.row_scale[row])
    far = (largest != 0) & ~((largest > 1 / FAR) & (largest < FAR))
    units = np.ones(columns)
    units[far] = np.exp2(-np.round(np.log2(largest[far])))
    return units


def with_columns(
    model: Model,
    labels: list[str],
    entries: Sequence[tuple[Index, Array]],
    lower: Array,
    upper: Array | None = None,
) -> Model:
    """Return the model with one more column per label, of (rows, values) entries; *upper* is infinite if left out."""
    columns = len(model.objective)
    rows, values = (np.concatenate(parts) for parts in zip(*entries, strict=True))
    of = np.repeat(np.arange(len(entries)), [len(row) for row, _ in entries])
    order = np.argsort(np.concatenate([model.row, rows]), kind="stable")
    counts = np.bincount(rows, minlength=len(model.row_lower))
    return replace(
        model,
        objective=np.append(model.objective, np.zeros(len(labels))),
        column_lower=np.append(model.column_lower, lower),
        column_upper=np.append(model.column_upper, np.full(len(labels), INF) if upper is None else upper),
        integer=np.append(model.integer, np.zeros(len(labels), dtype=bool)),
        start=model.start + np.concatenate([[0], np.cumsum(counts)]),
        column=np.concatenate([model.column, columns + of])[order].astype(np.int64),
        value=np.concatenate([model.value, values])[order],
        label_columns=lambda: [*model.label_columns(), *labels],
        units=np.append(model.column_unit, _units_among(model, of, rows, values, len(entries))),
    )
