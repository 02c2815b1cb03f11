"""Many outranking relations at once, a bit each: their circles, the places that they deal, their kernels.

A relation holds or does not between two alternatives; under 64 weight vectors that is a word, and what is asked of one
relation is asked of 64 by the same operations on words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .brief import Brief
from .registry import Array

Words = NDArray[np.uint64]
"""(words, size): bit b of word a of a column tells whether it holds in relation 64 a + b."""
PRODUCTS = 2**18
"""Products of parts and weights that are summed at a time: in the processor's cache, and on one thread of OpenBLAS."""


@dataclass(frozen=True)
class Pairs(Brief):
    """Pairs of alternatives, of which some relation may hold.

    Attributes
    ----------
    size : the number m of alternatives.
    above, below : (pairs,) alternatives; no pair twice, none with itself.
    """

    size: int
    above: NDArray[np.intp]
    below: NDArray[np.intp]

    @classmethod
    def of(cls, some: NDArray[np.bool_]) -> Pairs:
        """Take the pairs of an (m, m) table, without its diagonal."""
        return cls(len(some), *np.nonzero(some & ~np.eye(len(some), dtype=bool)))

    @cached_property
    def by_below(self) -> tuple[NDArray[np.intp], ...]:
        """An order in which pairs with the same below stand together, where each group starts, and its alternative."""
        return _grouped(self.below)

    @cached_property
    def by_above(self) -> tuple[NDArray[np.intp], ...]:
        """The same of the alternatives above."""
        return _grouped(self.above)


@dataclass(frozen=True)
class Relations(Brief):
    """Relations among the same alternatives.

    Attributes
    ----------
    pairs : those that may hold.
    count : the number k of relations.
    holds : (words, pairs) in which relations the one above outranks the one below.
    """

    pairs: Pairs
    count: int
    holds: Words

    @classmethod
    def of(cls, outranks: NDArray[np.bool_]) -> Relations:
        """Take one (m, m) relation; the diagonal does not count."""
        pairs = Pairs.of(outranks)
        return cls(pairs, 1, _packed(np.ones((len(pairs.above), 1), dtype=bool)))

    @cached_property
    def everybody(self) -> Words:
        """(words, m) all alternatives in all relations."""
        return np.repeat(_packed(np.ones((1, self.count), dtype=bool)), self.pairs.size, axis=1)

    def outranked(self, by: Words) -> Words:
        """Return (words, m) who is outranked by one of *by*, (words, m)."""
        return self._reached(by.take(self.pairs.above, axis=1) & self.holds, *self.pairs.by_below)

    def outranking(self, some: Words) -> Words:
        """Return (words, m) who outranks one of *some*, (words, m)."""
        return self._reached(some.take(self.pairs.below, axis=1) & self.holds, *self.pairs.by_above)

    def _reached(self, over: Words, order: NDArray[np.intp], starts: NDArray[np.intp], ends: NDArray[np.intp]) -> Words:
        found = np.zeros((len(over), self.pairs.size), dtype=np.uint64)
        if len(order):
            found[:, ends] = np.bitwise_or.reduceat(over.take(order, axis=1), starts, axis=1)
        return found

    @cached_property
    def circles(self) -> tuple[Words, ...]:
        """Sets (words, m) of alternatives that outrank each other in a circle, in each at most one of a relation."""
        return tuple(self._circles())

    def _circles(self) -> Iterator[Words]:
        left = self._inner(self.everybody)
        while left.any():
            so_far = np.bitwise_or.accumulate(left, axis=1)
            one = left.copy()  # in each relation the first one left
            one[:, 1:] &= ~so_far[:, :-1]
            circle = _closed(one, self.outranked, left) & _closed(one, self.outranking, left)
            yield circle
            left = self._inner(left & ~circle)

    def _inner(self, some: Words) -> Words:
        """Return those of *some* that others of them outrank, and that outrank others: nobody else is in a circle."""
        while True:
            inner = some & self.outranked(some) & self.outranking(some)
            if (inner == some).all():
                return some
            some = inner

    @cached_property
    def across(self) -> Relations:
        """The same without the pairs within a circle."""
        holds = self.holds.copy()
        for circle in self.circles:
            holds &= ~(circle.take(self.pairs.above, axis=1) & circle.take(self.pairs.below, axis=1))
        return Relations(self.pairs, self.count, holds)

    def _with_circles(self, some: Words) -> Words:
        """Return *some*, and who is in a circle with one of them."""
        for circle in self.circles:
            some = some | (circle & np.bitwise_or.reduce(circle & some, axis=1)[:, None])
        return some

    def dealt(self, best: bool = True) -> Array:
        """Return (m, k) places: 1 to those whom nobody outranks, 2 to those of the rest whom nobody left does, ...

        Circles share a place. Where not *best*, 1 to those who outrank nobody, and so on.

        >>> Relations.of(np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]], dtype=bool)).dealt().ravel().tolist()
        [1.0, 2.0, 3.0]
        """
        held_by = self.across.outranked if best else self.across.outranking
        places, left = np.zeros((self.pairs.size, self.count)), self.everybody
        while left.any():
            places += self._unpacked(left)  # who is not yet free comes at least one place later
            left = left & self._with_circles(left & held_by(left))
        return places

    def kernel(self) -> NDArray[np.bool_]:
        """Return (m, k) who is in the kernel: nobody in it outranks another in it, and it outranks everybody else.

        Circles are taken together, so that there is exactly one.

        >>> Relations.of(np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]], dtype=bool)).kernel().ravel().tolist()
        [True, False, True]
        """
        chosen, left = np.zeros_like(self.everybody), self.everybody
        while left.any():
            free = left & ~self._with_circles(left & self.across.outranked(left))
            chosen |= free
            left = left & ~free & ~self._with_circles(self.across.outranked(free))
        return self._unpacked(chosen)

    def _unpacked(self, some: Words) -> NDArray[np.bool_]:
        return np.unpackbits(np.ascontiguousarray(some.T).view(np.uint8), axis=1)[:, : self.count].view(bool)


def weighed(parts: Array, weights: Array, least: float) -> Words:
    """Return (words, pairs) where (pairs, n) parts, weighed by (n, k) weights, sum to at least *least*."""
    size = max(1, PRODUCTS // max(1, weights.size))
    words, columns = np.empty((-(-weights.shape[1] // 64), len(parts)), dtype=np.uint64), np.ascontiguousarray(weights)
    for at in range(0, len(parts), size):
        words[:, at : at + size] = _packed(parts[at : at + size] @ columns >= least)
    return words


def _packed(holds: NDArray[np.bool_]) -> Words:
    """Pack (size, k) truths into (words, size)."""
    packed = np.packbits(holds, axis=1)
    if packed.shape[1] % 8:
        bits, packed = packed, np.zeros((len(holds), -(-holds.shape[1] // 64) * 8), dtype=np.uint8)
        packed[:, : bits.shape[1]] = bits
    return np.ascontiguousarray(packed.view(np.uint64).T)


def _grouped(ends: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Return an order in which equal *ends* stand together, where each group starts, and the end of each."""
    order = np.argsort(ends, kind="stable")
    found, starts = np.unique(ends[order], return_index=True)
    return order, starts, found


def _closed(some: Words, step: Callable[[Words], Words], within: Words) -> Words:
    """Return *some* with all that steps from them reach."""
    while True:
        more = some | (step(some) & within)
        if (more == some).all():
            return some
        some = more
