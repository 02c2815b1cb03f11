"""Rankings that count pairs, along a way of weights: where they first change, exactly.

Some methods rank by the order of alternatives in a few lists: who is before whom in each decides what either of two
counts, and the sums of these are the scores. Along a straight way two alternatives change places in a list where two
linear functions meet. Between such crossings nothing changes; so the sums are counted on from crossing to crossing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..brief import Brief
from ..ranks import TIE, competition_ranks
from ..registry import Array, Counts, Lists, Signs

Index = NDArray[np.intp]
PAIRS = 2**19
"""Pairs of alternatives that are followed at most."""
ROUNDING = 1e-14
"""Differences of less than this, of the numbers that differ, are rounding."""
NARROW = 1e-12
"""Crossings nearer than this are one."""
WINDOWS = 1 / 64, 1 / 8, 1.0
"""Shares of a way that are looked at first: most rankings change early."""
SHORT = 0.05
"""Ways that are shorter are looked at as a whole."""
CHUNK = 2048
"""Crossings whose sums are held at a time."""


@dataclass(frozen=True)
class _Pieces(Brief):
    """max_j a_ij (w_j + t way_j) along a way: the larger of what falls, what stays and what rises, each one linear.

    That what falls, or rises, is one linear function holds where all these weights keep their proportions.

    Attributes
    ----------
    start, slope : (3, m) of what falls, stays and rises.
    """

    start: Array
    slope: Array

    @classmethod
    def along(cls, table: Array, w: Array, way: Array) -> _Pieces:
        start, slope = np.zeros((3, len(table))), np.zeros((3, len(table)))
        for row, some in enumerate((way < 0, way == 0, way > 0)):
            if some.any():
                start[row] = (table[:, some] * w[some]).max(axis=1)
                slope[row] = np.sign(row - 1) * (table[:, some] * np.abs(way[some])).max(axis=1)
        return cls(start, slope)

    def at(self, who: Index, t: Array) -> Array:
        """Return the value of each of *who* at its own t."""
        return np.asarray((self.start[:, who] + self.slope[:, who] * t).max(axis=0))

    def meetings(self, end: float) -> tuple[Index, Index, Array]:
        """Return two alternatives and t where they meet, or part, at t from 0 to *end*."""
        (f, c, r), (down, _, up) = self.start, self.slope
        with np.errstate(divide="ignore", invalid="ignore"):
            level = np.where(down < 0, (f - c) / -down, np.where(f > c, np.inf, -np.inf))
            cross = np.where(up - down > 0, (f - r) / (up - down), np.where(f > r, np.inf, -np.inf))
            lift = np.where(up > 0, (c - r) / up, np.inf)
        low = np.concatenate([np.zeros_like(f), level, np.maximum(cross, lift)])
        high = np.concatenate([np.minimum(level, cross), lift, np.full_like(f, np.inf)])
        low, high = np.maximum(low, 0.0), np.minimum(high, end)
        some = np.flatnonzero(high >= low)
        low, high, start, slope = low[some], high[some], self.start.ravel()[some], self.slope.ravel()[some]
        owner = some % len(f)
        moves = np.flatnonzero(slope != 0)
        least = np.maximum(low[moves, None], low)
        most = np.minimum(high[moves, None], high)
        apart, rate = start - start[moves, None], slope[moves, None] - slope
        scale = np.abs(start[moves, None]) + np.abs(start)
        one = np.abs(rate) <= ROUNDING * (np.abs(slope[moves, None]) + np.abs(slope))
        with np.errstate(divide="ignore", invalid="ignore"):
            root = apart / rate
        slack = NARROW * 0.01
        valid = (least <= most) & (owner[moves, None] != owner)
        found = np.nonzero(valid & ~one & (root >= least - slack) & (root <= most + slack))
        same = np.nonzero(valid & one & (np.abs(apart) <= ROUNDING * scale))
        rows, columns = (np.concatenate([found[k], same[k], same[k]]) for k in (0, 1))
        return owner[moves[rows]], owner[columns], np.concatenate([root[found], least[same], most[same]])


@dataclass(frozen=True)
class Crossings(Brief):
    """A ranking by lists at the weights *w*, and where it changes along ways from there."""

    lists: Lists
    w: Array
    ranks: Counts

    @classmethod
    def of(cls, lists: Lists, w: Array, ranks: Counts) -> Crossings | None:
        """Return None where there are too many pairs, or nearly level scores leave in doubt who is before whom."""
        m = len(ranks)
        if m * (m - 1) // 2 > PAIRS:
            return None
        made = cls(lists, w, ranks)
        return made if (competition_ranks(made.scores.astype(float)) == ranks).all() else None

    @cached_property
    def pairs(self) -> tuple[Index, Index]:
        """Every two alternatives, the earlier first."""
        one, other = np.triu_indices(len(self.ranks), 1)
        return one, other

    @cached_property
    def values(self) -> Array:
        """What orders each list at *w*, more is better: (lists, m)."""
        sums = [table @ self.w for table in self.lists.sums]
        return np.array(sums + [-(table * self.w).max(axis=1) for table in self.lists.most])

    @cached_property
    def ahead(self) -> Array:
        """What the first of each pair is ahead in each list at *w*, 0 where they are level: (lists, pairs)."""
        one, other = (self.values[:, ends] for ends in self.pairs)
        floor = 1e-15 * np.abs(self.values).max(axis=1, keepdims=True)
        level = np.abs(one - other) <= TIE * np.maximum(np.abs(one), np.abs(other)) + floor
        return np.where(level, 0.0, one - other)

    @cached_property
    def level(self) -> Index:
        """Pairs that are level in some list at *w*."""
        return np.flatnonzero((self.ahead == 0).any(axis=0))

    @cached_property
    def counted(self) -> tuple[Counts, Counts]:
        """What each of two counts at *w*."""
        signs = np.sign(self.ahead).astype(np.int8)
        return self.lists.counts(signs), self.lists.counts(-signs)

    @cached_property
    def scores(self) -> Counts:
        """Sum of what each counts, (m,)."""
        m = len(self.ranks)
        parts = (np.bincount(e, c, m) for e, c in zip(self.pairs, self.counted, strict=True))
        return np.rint(sum(parts)).astype(np.int64)

    @cached_property
    def order(self) -> tuple[Index, NDArray[np.bool_], int]:
        """Alternatives from the best on, which of them is level with the one before, and how many are first."""
        order = np.argsort(self.ranks, kind="stable")
        return order, np.diff(self.ranks[order]) == 0, int((self.ranks == 1).sum())

    def first_change(self, way: Array, end: float, only_first: bool) -> float:
        """Return the least t up to *end* beyond which w + t way ranks otherwise; infinite where none does.

        *only_first*: somebody else is first.
        """
        for share in WINDOWS if end > SHORT else WINDOWS[-1:]:
            found = self._within(way, share * end, only_first)
            if np.isfinite(found):
                break
        return found

    def _within(self, way: Array, end: float, only_first: bool) -> float:
        slopes = np.array([table @ way for table in self.lists.sums])
        pieces = [_Pieces.along(table, self.w, way) for table in self.lists.most]
        pair, t = self._crossings(slopes, pieces, end)
        if not len(pair):
            return np.inf
        signs = self._signs(slopes, pieces, pair, t, end)
        same = pair[1:] == pair[:-1]
        changes = []
        for at_hand, counted in zip(self.counted, (self.lists.counts(signs), self.lists.counts(-signs)), strict=True):
            before = at_hand[pair]
            before[1:][same] = counted[:-1][same]
            changes.append(counted - before)
        some = np.flatnonzero((changes[0] != 0) | (changes[1] != 0))
        some = some[np.argsort(t[some], kind="stable")]
        t = t[some]
        ends = [side[pair[some]] for side in self.pairs]
        last = np.append(np.diff(t) > NARROW, True)[: len(t)]
        k = self._counted_on(ends, [change[some] for change in changes], last, only_first)
        return np.inf if k is None else float(t[k])

    def _crossings(self, slopes: Array, pieces: list[_Pieces], end: float) -> tuple[Index, Array]:
        """Return pairs and where they may change places, by pair, then by t; those that are level at first at 0."""
        one, other = self.pairs
        pairs, places = [self.level], [np.zeros(len(self.level))]
        for ahead, slope in zip(self.ahead, slopes, strict=False):  # those of `sums`
            rate = slope[one] - slope[other]
            after = ahead + rate * end
            at = np.flatnonzero((ahead * after <= 0) & (np.abs(rate) > ROUNDING * np.abs(slope).max()) & (ahead != 0))
            pairs.append(at)
            places.append(-ahead[at] / rate[at])
        m = len(self.ranks)
        for piece in pieces:
            first, second, t = piece.meetings(end)
            i, k = np.minimum(first, second), np.maximum(first, second)
            pairs.append(i * m - i * (i + 1) // 2 + k - i - 1)
            places.append(np.maximum(t, 0.0))
        pair, t = np.concatenate(pairs), np.concatenate(places)
        by = np.lexsort((t, pair))
        return pair[by], t[by]

    def _signs(self, slopes: Array, pieces: list[_Pieces], pair: Index, t: Array, end: float) -> Signs:
        """Return who of each pair is before the other, in each list, from its crossing at t to its next one."""
        until = np.append(t[1:], end)
        until[:-1][pair[1:] != pair[:-1]] = end
        middle = (t + until) / 2
        one, other = (ends[pair] for ends in self.pairs)
        signs = np.empty((len(self.values), len(pair)), dtype=np.int8)
        for row, slope in enumerate(slopes):
            signs[row] = _sign(
                self.ahead[row, pair] + (slope[one] - slope[other]) * middle,
                np.abs(self.values[row, one]) + (np.abs(slope[one]) + np.abs(slope[other])) * middle,
            )
        for row, piece in enumerate(pieces, len(slopes)):
            first, second = piece.at(one, middle), piece.at(other, middle)
            signs[row] = _sign(second - first, first + second)
        return signs

    def _counted_on(
        self, ends: list[Index], changes: list[Counts], last: NDArray[np.bool_], only_first: bool
    ) -> int | None:
        """Return the first crossing behind which the ranking is another one, of those that are the last at their t."""
        m, scores = len(self.ranks), self.scores.copy()
        (order, level, firsts), done, size = self.order, 0, 64
        while done < len(last):
            part = slice(done, done + size)
            who = np.concatenate([each[part] for each in ends])
            change = np.concatenate([each[part] for each in changes])
            column = np.tile(np.arange(len(who) // 2), 2)
            keep = np.ones(m, dtype=bool)
            if only_first:  # who cannot come up to the first ones within this part is left
                up, down = (np.bincount(who, bound(change, 0), m) for bound in (np.maximum, np.minimum))
                keep = scores + up >= (scores + down)[order[:firsts]].min()
                keep[order[:firsts]] = True
            some = keep[who]
            rows = order[keep[order]]
            place = np.empty(m, dtype=np.intp)
            place[rows] = np.arange(len(rows))
            sums = np.zeros((len(rows), len(who) // 2), dtype=np.int64)
            np.add.at(sums, (place[who[some]], column[some]), change[some])
            sums = scores[rows][:, None] + np.cumsum(sums, axis=1)
            if only_first:
                top = sums[:firsts]
                held = (top.max(axis=0) == top.min(axis=0)) & (sums[firsts:] < top[0]).all(axis=0)
            else:
                apart = sums[:-1] - sums[1:]
                held = (apart[level] == 0).all(axis=0) & (apart[~level] > 0).all(axis=0)
            bad = np.flatnonzero(~held & last[part])
            if bad.size:
                return done + int(bad[0])
            scores += np.rint(np.bincount(who, change, m)).astype(np.int64)
            done, size = done + size, min(4 * size, CHUNK)
        return None


def _sign(ahead: Array, scale: Array) -> Signs:
    return np.where(np.abs(ahead) > ROUNDING * scale, np.sign(ahead), 0.0).astype(np.int8)
