"""The fewest judgements whose change makes a matrix acceptable."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..registry import Array
from .completion import Places, least_squares, minimised, perron
from .matrix import group_of_first

SETS = 2_000_000
"""Sets of one size that are listed at most: all of six judgements for 9 criteria, of four for 12."""

BATCH = 200
LEARNED = 3
"""Of each batch of sets that fail, so many teach what every set that serves has to hold."""

EQUAL = 1e-9
"""Roots and ratios this near are equal: of three judgements that form a triangle each mends it as well."""


def freed(a: Array, free: Places) -> tuple[Array, Array, Places]:
    """Minimise lambda max over each set *free* (B, s, 2) of entries of *a*: matrices, lambda max, and the sets used.

    A set without which the criteria fall into two groups is left out: one judgement less does the same.
    """
    known = np.ones((len(free), *a.shape), dtype=bool)
    batch, i, j = np.arange(len(free))[:, None], free[..., 0], free[..., 1]
    known[batch, i, j] = known[batch, j, i] = False
    used = np.flatnonzero(group_of_first(known).all(axis=-1))
    start = least_squares(np.broadcast_to(a, known.shape)[used], known[used])
    return (*minimised(start, i[used], j[used]), used)


@dataclass(frozen=True)
class Search:
    """A search for the fewest judgements *pairs* (k, 2) to change; the missing ones, *gaps*, are free in any case."""

    a: Array
    pairs: Places
    gaps: Places
    limit: float

    def least(self, sets: Places) -> tuple[Array, Array, Places]:
        """As `freed`, of sets of judgements by their numbers (B, s)."""
        always = np.broadcast_to(self.gaps, (len(sets), *self.gaps.shape))
        return freed(self.a, np.concatenate([self.pairs[sets], always], axis=1))

    def needed(self, failing: Places) -> NDArray[np.bool_]:
        """Return judgements (k,) of which every set that suffices holds at least one, learned from a set that fails.

        A part of a failing set fails too. So the set is grown for as long as it fails: a set that suffices is no part
        of it, and holds one of the judgements left out. A judgement that alone still connects two groups has no part
        in lambda max, and is never among them.
        """
        core, rest = np.zeros(len(self.pairs), dtype=bool), np.setdiff1d(np.arange(len(self.pairs)), failing)
        while rest.size:
            _, roots, used = self.least(np.array([[*failing, k] for k in rest]))
            fails = roots >= self.limit
            core[rest[used[~fails]]] = True
            rest = rest[used[fails]][np.argsort(-roots[fails], kind="stable")]  # the least helpful first
            part = len(rest)
            while part > 1:  # the first alone is known to fail
                _, roots, used = self.least(np.concatenate([failing, rest[:part]])[None])
                if used.size and roots[0] >= self.limit:
                    break
                part //= 2
            failing, rest = np.concatenate([failing, rest[:part]]), rest[part:]
        return core

    def smallest(self, most: int) -> tuple[Places, Array, bool]:
        """Return the smallest set of judgements that can bring lambda max below the limit, and its best matrix.

        Sizes in turn. Of each size, all sets that hold one of every `needed` group, the most promising first; where
        there are more than *most* sets of a size, the best next judgement is added to the last set instead, and the
        third answer is False: a smaller set was not excluded.
        """
        number = len(self.pairs)
        promise = np.full(number, float(perron(self.a)[0]))
        _, roots, used = self.least(np.arange(number)[:, None])
        promise[used] = roots
        cores: list[NDArray[np.bool_]] = []
        nearest: tuple[float, Places, Array] = (float(perron(self.a)[0]), np.array([], dtype=np.int64), self.a)
        size = 0
        while (size := size + 1) <= number and math.comb(number, size) <= most:
            sets = itertools.chain.from_iterable(itertools.combinations(range(number), size))
            alive = np.fromiter(sets, dtype=np.uint8).reshape(-1, size)
            for core in cores:
                alive = alive[core[alive].any(axis=1)]
            alive = alive[np.argsort(promise[alive].sum(axis=1), kind="stable")]
            while alive.size:
                some, alive = alive[:BATCH].astype(np.int64), alive[BATCH:]
                matrices, roots, used = self.least(some)
                if not used.size:
                    continue
                at = int(np.flatnonzero(roots <= roots.min() + EQUAL)[0])
                if roots[at] < nearest[0]:
                    nearest = (float(roots[at]), some[used[at]], matrices[at])
                if nearest[0] < self.limit:
                    return *nearest[1:], True
                for k in np.argsort(roots, kind="stable")[:LEARNED]:
                    cores.append(self.needed(some[used[k]]))
                    alive = alive[cores[-1][alive].any(axis=1)]
        while nearest[0] >= self.limit:
            rest = np.setdiff1d(np.arange(number), nearest[1])
            some = np.array([[*nearest[1], k] for k in rest])
            matrices, roots, used = self.least(some)
            at = int(roots.argmin())
            nearest = (float(roots[at]), some[used[at]], matrices[at])
        return *nearest[1:], False
