"""Linear programs in rational arithmetic: every float is taken as the rational it is, and nothing is rounded after.

A *place* is a column j, or N + i for row i: the value of a place is x[j] or the activity A[i] x, its price the reduced
cost of the column or the dual of the row, its bounds those of the column or row. What holds for one holds for both.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ...model.model import INF, Model

Entries = dict[int, Fraction]
Bound = Fraction | None
"""None: no bound."""

ZERO, ONE = Fraction(0), Fraction(1)

NO_PIVOT = 1e-11
"""What cancellation leaves of an entry is no pivot below this, relative to the row's largest entry."""


def total(terms: Iterable[Fraction]) -> Fraction:
    """Sum in pairs, so that numbers of like length meet: long sums of unlike denominators stay cheap."""
    left = list(terms)
    while len(left) > 1:
        left = [a + b for a, b in zip(left[::2], left[1::2], strict=False)] + left[len(left) & ~1 :]
    return left[0] if left else ZERO


def largest(values: Iterable[Fraction]) -> Fraction:
    """Largest absolute value, 0 of none."""
    return max((abs(v) for v in values), default=ZERO)


def beyond(value: Fraction, low: Bound, high: Bound) -> Fraction:
    """How far a value is above (> 0) or below (< 0) its bounds; 0 between them.

    >>> beyond(Fraction(7, 3), Fraction(0), Fraction(2)), beyond(Fraction(-1), None, Fraction(2))
    (Fraction(1, 3), Fraction(0, 1))
    """
    over = value - high if high is not None and value > high else ZERO
    return value - low if low is not None and value < low else over


class Rational:
    """A model in rationals, by rows and by columns."""

    size: int
    whole: list[int]
    objective: Entries
    bounds: list[tuple[Bound, Bound]]
    rows: list[Entries]
    columns: list[Entries]

    @classmethod
    def stated(
        cls, objective: Entries, rows: list[Entries], bounds: list[tuple[Bound, Bound]], whole: Iterable[int] = ()
    ) -> Rational:
        """Return a program stated in rationals: bounds of all places, columns first; *whole*: of whole numbers."""
        made = cls.__new__(cls)
        made.size, made.whole, made.objective = len(bounds) - len(rows), sorted(whole), objective
        made.rows, made.bounds, made.columns = rows, bounds, [{} for _ in range(made.size)]
        for i, row in enumerate(rows):
            for j, a in row.items():
                made.columns[j][i] = a
        return made

    def __init__(self, model: Model) -> None:
        self.size = len(model.objective)
        self.whole = np.flatnonzero(model.integer).tolist()
        self.objective = {j: Fraction(c) for j, c in enumerate(model.objective.tolist()) if c}
        lower = [*model.column_lower.tolist(), *model.row_lower.tolist()]
        upper = [*model.column_upper.tolist(), *model.row_upper.tolist()]
        self.bounds = [
            (Fraction(low) if low > -INF else None, Fraction(high) if high < INF else None)
            for low, high in zip(lower, upper, strict=True)
        ]
        self.rows = [{} for _ in model.row_lower]
        self.columns = [{} for _ in model.objective]
        for i, j, v in zip(model.row.tolist(), model.column.tolist(), model.value.tolist(), strict=True):
            self.rows[i][j] = self.columns[j][i] = self.rows[i].get(j, ZERO) + Fraction(v)

    def activity(self, i: int, x: Entries) -> Fraction:
        """A[i] x."""
        return total(a * x[j] for j, a in self.rows[i].items() if x.get(j))

    def values(self, x: Entries) -> list[Fraction]:
        """Values of all places at x."""
        return [*(x.get(j, ZERO) for j in range(self.size)), *(self.activity(i, x) for i in range(len(self.rows)))]

    def prices(self, objective: Entries, y: Entries) -> list[Fraction]:
        """Prices of all places by row duals y: objective - A'y, and y."""
        columns = (
            total([objective.get(j, ZERO), *(-a * y[i] for i, a in column.items() if y.get(i))])
            for j, column in enumerate(self.columns)
        )
        return [*columns, *(y.get(i, ZERO) for i in range(len(self.rows)))]


@dataclass(frozen=True)
class Basis:
    """B = L U by rows in the order of its pivots: `upper` holds U, `lower` the multiples of earlier rows taken off."""

    pivots: list[tuple[int, int]]
    upper: dict[int, Entries]
    lower: dict[int, Entries]

    def solve(self, b: Entries) -> Entries:
        """x of B x = b."""
        reduced: Entries = {}
        x: Entries = {}
        for i, _ in self.pivots:
            reduced[i] = total([b.get(i, ZERO), *(-f * reduced[k] for k, f in self.lower[i].items() if reduced[k])])
        for i, j in reversed(self.pivots):
            rest = total([reduced[i], *(-a * x[k] for k, a in self.upper[i].items() if k != j and x[k])])
            x[j] = rest / self.upper[i][j]
        return x

    def solve_transposed(self, c: Entries) -> Entries:
        """y of B'y = c."""
        y: Entries = {}
        columns: dict[int, Entries] = {j: {} for _, j in self.pivots}
        later: dict[int, Entries] = {i: {} for i, _ in self.pivots}
        for i, j in self.pivots:
            y[i] = total([c.get(j, ZERO), *(-a * y[k] for k, a in columns[j].items() if y[k])]) / self.upper[i][j]
            for k, a in self.upper[i].items():
                columns[k][i] = a
            for k, f in self.lower[i].items():
                later[k][i] = f
        for i, _ in reversed(self.pivots):
            y[i] = total([y[i], *(-f * y[k] for k, f in later[i].items() if y[k])])
        return y


def eliminate(lp: Rational, first: set[int], then: set[int], columns: set[int], spare: set[int]) -> Basis:
    """Take as many pivots as there are: rows *first*, rows *then* in *columns*; what is left of *first* in *spare*.

    Short rows come first, and in a row the column of fewest entries: most rows are triangular and cost nothing.
    """
    rows = {i: {j: a for j, a in lp.rows[i].items() if j in columns or j in spare} for i in first | then}
    least = {i: NO_PIVOT * float(largest(row.values())) for i, row in rows.items()}
    members: dict[int, set[int]] = {j: set() for j in columns | spare}
    for i, row in rows.items():
        for j in row:
            members[j].add(i)
    turn = {i: int(i not in first) for i in rows}
    heap = [(turn[i], len(row), i) for i, row in rows.items()]
    heapq.heapify(heap)
    pivots: list[tuple[int, int]] = []
    upper: dict[int, Entries] = {}
    lower: dict[int, Entries] = {i: {} for i in rows}
    while heap:
        _, length, i = heapq.heappop(heap)
        if i in upper or length != len(rows[i]):
            continue  # its turn has come, or stands elsewhere
        size = {j: abs(float(a)) for j, a in rows[i].items()}
        usable = [j for j, a in size.items() if a > least[i]]
        usable = [j for j in usable if j in columns] or [j for j in usable if turn[i] == 2]
        if not usable:
            if turn[i] == 0:
                turn[i] = 2
                heapq.heappush(heap, (2, length, i))
            continue
        enough = 1e-3 * max(size[j] for j in usable)
        j = min((j for j in usable if size[j] >= enough), key=lambda j: (len(members[j]), j))
        pivots.append((i, j))
        pivot = upper[i] = rows.pop(i)
        for k in pivot:
            members[k].discard(i)
        for k in members[j]:
            row = rows[k]
            factor = lower[k][i] = row.pop(j) / pivot[j]
            for at, a in pivot.items():
                if at != j:
                    row[at] = row.get(at, ZERO) - factor * a
                    members[at].add(k)
                    if not row[at]:
                        del row[at]
                        members[at].discard(k)
            heapq.heappush(heap, (turn[k], len(row), k))
    basic = {j for _, j in pivots}
    return Basis(pivots, {i: {j: a for j, a in row.items() if j in basic} for i, row in upper.items()}, lower)
