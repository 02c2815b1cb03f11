"""Proof that no plan of whole units is better: a tree of branches with row duals at every node, checked in integers.

Weak duality at a leaf: for any row duals y, no point of the leaf's box has more than the bound of y, whether its
columns are whole or not. Branches leave no whole number out, so the largest bound of the leaves holds for all plans.
Nothing is asked of a solver, and no number is rounded: floats are whole numbers times a power of two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from fractions import Fraction
from math import floor, gcd, lcm
from operator import mul, truediv
from typing import Any

import numpy as np

from ...brief import Brief
from ...model.model import INF, Model
from ...model.programme import Array
from ..highs_input import objective_scale
from .rational import Rational

DIGITS = 48
"""Duals are whole numbers of 2**-48, in the scale in which the largest entries of a row and of the objective are near
to 1 (`objective_scale`)."""
LEAF = -1
"""Stands for the column of a node that does not branch."""
MOST_NODES, LONGEST = 10_000_000, 4096
"""Nodes of a log, and bits of a number in it, beyond which it is not read."""

Duals = Mapping[int, int]
Ends = list[int | None]
Number = float | Fraction
Numbers = Sequence[Number | None]
Entry = tuple[int, int, Number]
Sides = tuple[Numbers, Numbers]
"""Lower and upper ends."""


@dataclass(frozen=True)
class Node(Brief):
    """A node: the column that it branches on (x <= `floor`, then x >= `floor` + 1) or `LEAF`, and its row duals.

    `duals` are whole numbers of 2**-`DIGITS` by row, of the scaled objective for each unit of the scaled row.
    """

    column: int
    floor: int
    duals: Duals


Tree = tuple[Node, ...]
"""Nodes in preorder: a branch, all of its lower side, all of its upper side."""


@dataclass(frozen=True)
class TreeProof(Brief):
    """What a tree proves: that no plan exceeds `bound`.

    `nodes`: how many were read.
    """

    bound: Fraction
    nodes: int


class Incomplete(Exception):
    """The tree does not prove what it says: a leaf is open, or nodes are missing, are left over or make no sense."""


class Integers:
    """A program in whole numbers: every number times a common denominator.

    Rows and the objective are scaled, columns stand in their units, as solvers have them. `rows[i]` and `cost` are
    multiples of 1 / `entry` and 1 / (`entry` 2**`DIGITS`), ends of rows and columns of 1 / `end`; None where there is
    no end. `scale`: a power of two, of the objective.
    """

    def __init__(
        self, entries: Iterable[Entry], cost: Numbers, columns: Sides, rows: Sides, whole: list[int], scale: float
    ) -> None:
        matrix = [(i, j, v.as_integer_ratio()) for i, j, v in entries if v]
        self.size, self.whole, self.scale = len(cost), whole, Fraction(scale)
        low, high, row_low, row_high = (_ratios(side) for side in (*columns, *rows))
        priced = _ratios(cost)
        duals = 1 << DIGITS
        self.entry = lcm(*(d for *_, (_, d) in matrix), *(d // gcd(d, duals) for _, d in filter(None, priced)))
        self.end = lcm(*(d for side in (low, high, row_low, row_high) for _, d in filter(None, side)))
        self.cost = [0 if v is None else v[0] * (self.entry * duals // v[1]) for v in priced]
        self.low, self.high, least, most = (
            [None if v is None else v[0] * (self.end // v[1]) for v in side] for side in (low, high, row_low, row_high)
        )
        self.row_ends = list(zip(least, most, strict=True))
        self.rows: list[list[tuple[int, int]]] = [[] for _ in least]
        for i, j, (number, denominator) in matrix:
            self.rows[i].append((j, number * (self.entry // denominator)))
        self._imply_ends()
        for j in self.whole:
            least_j, most_j = self.low[j], self.high[j]
            self.low[j] = None if least_j is None else -(-least_j // self.end) * self.end
            self.high[j] = None if most_j is None else most_j // self.end * self.end
        self._count_no_more()

    @classmethod
    def of(cls, model: Model) -> Integers:
        """Return a model of floats, each a whole number times a power of two.

        Raises `Incomplete` where units or scales are none: whole numbers would be counted in others, or rounded.
        """
        unit, scale = model.column_unit, model.row_scale
        if (unit[model.integer] != 1).any() or (np.frexp(np.concatenate([unit, scale]))[0] != 0.5).any():
            raise Incomplete("units that are no powers of two, or of whole numbers not 1")
        value, size = model.value * scale[model.row] * unit[model.column], objective_scale(model)
        return cls(
            zip(model.row.tolist(), model.column.tolist(), value.tolist(), strict=True),
            (model.objective * unit * size).tolist(),
            ((model.column_lower / unit).tolist(), (model.column_upper / unit).tolist()),
            ((model.row_lower * scale).tolist(), (model.row_upper * scale).tolist()),
            np.flatnonzero(model.integer).tolist(),
            size,
        )

    @classmethod
    def stated(cls, program: Rational, model: Model) -> Integers:
        """Return a program in rationals, scaled as a *model* of the same in floats."""
        unit, scale = ([Fraction(v) for v in part.tolist()] for part in (model.column_unit, model.row_scale))
        whole = Fraction(objective_scale(model))

        def side(end: int, sizes: list[Fraction], first: int, by: Callable[[Fraction, Fraction], Fraction]) -> Numbers:
            held = (program.bounds[first + k][end] for k in range(len(sizes)))
            return [None if v is None else by(v, size) for v, size in zip(held, sizes, strict=True)]

        return cls(
            ((i, j, a * scale[i] * unit[j]) for i, row in enumerate(program.rows) for j, a in row.items()),
            [program.objective.get(j, Fraction(0)) * size * whole for j, size in enumerate(unit)],
            (side(0, unit, 0, truediv), side(1, unit, 0, truediv)),
            (side(0, scale, program.size, mul), side(1, scale, program.size, mul)),
            program.whole,
            float(whole),
        )

    def _imply_ends(self) -> None:
        """Give a column without an end the one that a row implies by the ends of its other columns, where one does."""
        for row, (least, most) in zip(self.rows, self.row_ends, strict=True):
            for sign, bound in ((1, most), (-1, None if least is None else -least)):
                if bound is None:
                    continue
                parts = [(j, sign * a, self.low[j] if sign * a > 0 else self.high[j]) for j, a in row]
                endless = [part for part in parts if part[2] is None]
                if len(endless) > 1:
                    continue
                rest = sum(a * end for _, a, end in parts if end is not None)
                room = bound * self.entry - rest
                for j, a, end in endless or parts:
                    there = room if end is None else room + a * end
                    if a > 0 and self.high[j] is None:
                        self.high[j] = -(-there // a)
                    if a < 0 and self.low[j] is None:
                        self.low[j] = there // a

    def _count_no_more(self) -> None:
        """Let a whole number count no more in a row than lets all others be what they can, as `tighten.switched` does.

        In a x <= b with x_k of 0, 1, ... and a_k < 0 any point keeps the row if a_k is raised up to b less the most of
        the sum: at 0 it changes nothing, and from 1 on the row holds whatever the others are.
        """
        whole = {j for j in self.whole if self.low[j] == 0}
        raised: dict[tuple[int, int], Fraction] = {}
        for i, (row, (least, most)) in enumerate(zip(self.rows, self.row_ends, strict=True)):
            if (least is None) == (most is None):
                continue
            sign, bound = (-1, -least) if least is not None else (1, most)
            ends = [(sign * a, self.high[j] if sign * a > 0 else self.low[j]) for j, a in row]
            if bound is None or any(end is None for _, end in ends):
                continue
            room = bound * self.entry - sum(a * end for a, end in ends if end is not None)
            if room < 0:
                raised |= {
                    (i, j): sign * Fraction(room, self.end)
                    for j, a in row
                    if j in whole and sign * a < 0 and sign * a * self.end < room
                }
        factor = lcm(*(a.denominator for a in raised.values()))
        self.entry *= factor
        self.cost = [c * factor for c in self.cost]
        if factor != 1:
            self.rows = [[(j, a * factor) for j, a in row] for row in self.rows]
        for i in {i for i, _ in raised}:
            self.rows[i] = [(j, int(raised[i, j] * factor) if (i, j) in raised else a) for j, a in self.rows[i]]

    def part(self, columns: Sequence[int], rows: Sequence[int], cost: list[int]) -> Integers:
        """Return some columns alone, at a *cost* each of all (N,), with rows that have no others.

        Raises
        ------
        Incomplete
            A row has other columns.
        """
        place, made = {j: k for k, j in enumerate(columns)}, copy(self)
        whole = set(self.whole)
        made.size, made.whole = len(columns), [k for j, k in place.items() if j in whole]
        made.cost = [cost[j] for j in columns]
        made.low, made.high = [self.low[j] for j in columns], [self.high[j] for j in columns]
        try:
            made.rows = [[(place[j], a) for j, a in self.rows[i]] for i in rows]
            made.row_ends = [self.row_ends[i] for i in rows]
        except LookupError:
            raise Incomplete("a row of other columns") from None
        return made

    @property
    def step(self) -> int:
        """What two values differ by at the least, as multiples of the bound's unit; 0 where they can differ by less."""
        priced = [j for j, c in enumerate(self.cost) if c]
        return gcd(*(self.cost[j] for j in priced)) * self.end if set(priced) <= set(self.whole) else 0

    def number(self, value: Fraction) -> int:
        """Return the largest multiple of the bound's unit that is no more than a value of the objective."""
        return floor(value * self.scale * (self.entry * self.end << DIGITS))

    def value(self, number: int) -> Fraction:
        """Return the value of the objective that a multiple of the bound's unit stands for."""
        return Fraction(number, self.entry * self.end << DIGITS) / self.scale

    def reduced(self, duals: Duals, before: tuple[Duals, list[int]] | None = None) -> list[int]:
        """Return cost - A' y, multiples of 1 / (`entry` 2**`DIGITS`).

        *before*: other duals, and what they leave: only where these differ anything is counted.
        """
        known, left = ({}, self.cost) if before is None else before
        left, rows = left.copy(), self.rows
        changed = {i for i, _ in known.items() ^ duals.items()}
        for i in changed:
            change = duals.get(i, 0) - known.get(i, 0)
            for j, a in rows[i]:
                left[j] -= a * change
        return left

    def bound(self, duals: Duals, left: list[int], low: Ends, high: Ends) -> int | None:
        """Return the bound of row duals over a box, None where it is infinite; *left*: `reduced` of them."""
        ends: Any = self.row_ends
        sides: Any = zip(left, low, high, strict=True)
        try:
            rows: int = sum([y * ends[i][y > 0] for i, y in duals.items() if y])
            columns: int = sum([d * (most if d > 0 else least) for d, least, most in sides if d])
        except TypeError:  # an end that does not exist
            return None
        return rows * self.entry + columns


def check(program: Model | Integers, tree: Iterable[Node], best: Fraction, gap: Fraction = Fraction(0)) -> TreeProof:
    """Check in whole numbers that no point of a program with whole numbers is worth more than *best* + *gap*.

    Raises
    ------
    Incomplete
        The tree does not prove it.
    """
    data = program if isinstance(program, Integers) else Integers.of(program)
    target = data.number(best + gap)
    step = data.step
    if step:  # what is better is better by a step: up to that nothing is
        target = max(target, data.number(best) + step - 1)
    whole, unit = set(data.whole), data.end
    nodes = iter(tree)
    count, largest = 0, data.number(best)
    open_: list[tuple[Ends, Ends, tuple[Duals, list[int]]] | None] = [(data.low, data.high, ({}, data.cost))]
    while open_:
        node = next(nodes, None)
        if node is None:
            raise Incomplete("nodes are missing")
        count += 1
        if count > MOST_NODES:
            raise Incomplete("more nodes than can be read")
        _make_sense(node, whole, len(data.rows))
        box = open_.pop()
        branches = node.column != LEAF
        if box is None:  # within a part that is closed already
            open_ += [None, None] if branches else []
            continue
        low, high, before = box
        left = data.reduced(node.duals, before)
        bound = data.bound(node.duals, left, low, high)
        if bound is not None and bound <= target:
            largest = max(largest, bound)
            open_ += [None, None] if branches else []
            continue
        if not branches:
            raise Incomplete("a leaf is open")
        if bound is not None:
            low, high, cut = _narrowed(data, left, low, high, bound, target)
            largest = largest if cut is None else max(largest, cut)
        at = node.floor * unit
        below, above = high.copy(), low.copy()
        most, least = high[node.column], low[node.column]
        below[node.column] = at if most is None else min(most, at)
        above[node.column] = at + unit if least is None else max(least, at + unit)
        known = node.duals, left
        open_ += [None if _is_empty(*ends, node.column) else (*ends, known) for ends in ((above, high), (low, below))]
    if next(nodes, None) is not None:
        raise Incomplete("nodes are left over")
    return TreeProof(data.value(largest // step * step if step else largest), count)


def _make_sense(node: Node, whole: set[int], rows: int) -> None:
    """Raise `Incomplete` for a node that is none: numbers that are not whole, too long, or of no column or row.

    A floor between two whole numbers would leave one out, and a dual that is no whole number be rounded.
    """
    if type(node) is not Node:
        raise Incomplete("what is no node")
    make_sense(node.duals, rows, node.column, node.floor)
    if node.column != LEAF and node.column not in whole:
        raise Incomplete("a branch over a column that is not whole")


def make_sense(duals: Duals, rows: int, *others: int) -> None:
    """Raise `Incomplete` for duals that are none, or any number that is not whole or too long to be read."""
    if type(duals) is not dict:  # of another mapping what is looked up need not be what is listed
        raise Incomplete("what is no node")
    numbers = (*others, *duals, *duals.values())
    if not set(map(type, numbers)) <= {int}:
        raise Incomplete("a number that is not whole")
    if max(map(abs, numbers), default=0).bit_length() > LONGEST:
        raise Incomplete("a number that is too long")
    if duals and not 0 <= min(duals) <= max(duals) < rows:
        raise Incomplete("a dual of no row")


def _is_empty(low: Ends, high: Ends, column: int) -> bool:
    """Whether a box leaves a column no number, so that nothing is to be shown of it."""
    least, most = low[column], high[column]
    return least is not None and most is not None and least > most


def _narrowed(
    data: Integers, left: list[int], low: Ends, high: Ends, bound: int, target: int
) -> tuple[Ends, Ends, int | None]:
    """Leave out of a box what whole numbers cannot be in any point worth more than the target, by reduced costs.

    With a column k units from the end that pays, the *bound* is d k less. Returns the box, and the largest bound of
    what was left out, which is the target at the most; None if nothing was.
    """
    low, high, unit = low.copy(), high.copy(), data.end
    cut = None
    for j in data.whole:
        d, least, most = left[j], low[j], high[j]
        if not d or least is None or most is None or least == most:
            continue
        units = -((target - bound) // (abs(d) * unit))
        if (most - least) < units * unit:
            continue
        if d > 0:
            low[j] = most - (units - 1) * unit
        else:
            high[j] = least + (units - 1) * unit
        lost = bound - abs(d) * units * unit
        cut = lost if cut is None else max(cut, lost)
    return low, high, cut


def _ratios(values: Numbers) -> list[tuple[int, int] | None]:
    return [None if v is None or not -INF < v < INF else v.as_integer_ratio() for v in values]


def rounded(duals: Array) -> dict[int, int]:
    """Return row duals as whole numbers, in the scale of a model's scaled rows and objective: those that are not 0."""
    scaled = np.rint(duals * 2.0**DIGITS)
    at = np.flatnonzero(scaled)
    return dict(zip(at.tolist(), map(int, scaled[at].tolist()), strict=True))
