"""ELECTRE III on a straight way of weights: what holds there, and where its distillations turn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..brief import Brief
from ..ranks import TIE, competition_ranks, crossed
from ..registry import Array
from .distil import distil, median_key, peel, vetoed

SLACK = 1e-12
"""Room for the rounding of credibilities."""
NOISE = 1e-15
"""Differences of credibilities that are no more are rounding."""

Sets = NDArray[np.bool_]


@dataclass(frozen=True)
class Way(Brief):
    """Credibilities at w + t way, of which the concordances are linear in t.

    Attributes
    ----------
    start, slope : (2, m, m) concordances at w, and what they gain by t; and both turned.
    discordance : (m, n, m), the largest first, or (0, n, 0) where nothing is vetoed.
    ranks : (m,) those at w.
    compiled : whether to distil in compiled code.
    """

    start: Array
    slope: Array
    discordance: Array
    ranks: NDArray[np.int64]
    alpha: float
    beta: float
    compiled: bool

    def held(self, at: Array, only_first: bool) -> Sets:
        """Tell for (k,) places t whether every rank holds there, or *only_first* who is first."""
        if self.compiled:
            from .compiled_ways import way_held  # brings numba, an extra, which takes half a second to load

            way = self.start, self.slope, self.discordance, at
            return np.asarray(way_held(*way, self.ranks, only_first, self.alpha, self.beta))
        return np.array([self._held(t, only_first) for t in at.tolist()], dtype=bool)

    def _held(self, t: float, only_first: bool) -> bool:
        sigma = self._sigma(t)
        if only_first and self._surely_first(sigma, sigma, 0.0):
            return True
        down, up = distil(sigma, self.alpha, self.beta)
        if only_first:
            return bool(((down + up == (down + up).min()) == (self.ranks == 1)).all())
        keys = median_key(down, up, peel(crossed(down, up)[0]))
        return bool((competition_ranks(keys, "lower") == self.ranks).all())

    def shown(self, start: float, end: float) -> bool:
        """Tell whether one is shown to be alone the first all the way from *start* to *end*.

        A credibility stays between those at both.
        """
        if (self.ranks == 1).sum() != 1:
            return False
        if self.compiled:
            from .compiled_ways import way_shown  # as above

            who = int(self.ranks.argmin())
            return bool(way_shown(self.start, self.slope, self.discordance, start, end, who, self.alpha, self.beta))
        return self._surely_first(self._sigma(start), self._sigma(end), SLACK)

    def turn(self, low: float, high: float) -> float:
        """Return a place between two, ranked otherwise, where a comparison turns on which that depends; nan for none.

        Of the first class that is another one the first level is looked at by which it is. Between both a credibility
        is taken to be linear.
        """
        sigma, places = self._places(np.array([low, high]))
        shares = []
        for sign, (one, other) in zip((1, -1), places.transpose(1, 0, 2), strict=True):
            different = np.flatnonzero(one != other)
            if different.size:
                part = np.flatnonzero(one >= min(one[different].min(), other[different].min()))
                shares.append(_turns(_among(sigma, part), self.alpha, self.beta, sign))
        found = np.sort(np.concatenate(shares)) if shares else np.empty(0)
        return float(low + (high - low) * found[len(found) // 2]) if found.size else np.nan

    def _places(self, at: Array) -> tuple[Array, NDArray[np.int64]]:
        """Return the credibilities, (k, m, m), and the places in both distillations, (k, 2, m), the last one first."""
        if self.compiled:
            from .compiled_ways import way_places  # as above

            sigma, places = way_places(self.start, self.slope, self.discordance, at, self.alpha, self.beta)
            return np.asarray(sigma), np.asarray(places)
        sigma = np.array([self._sigma(t) for t in at.tolist()])
        both = np.array([distil(each, self.alpha, self.beta) for each in sigma])
        both[:, 1] = both[:, 1].max(axis=1, keepdims=True) + 1 - both[:, 1]
        return sigma, both.astype(np.int64)

    def _sigma(self, t: float) -> Array:
        return vetoed(np.maximum(self.start[0] + t * self.slope[0], 0.0), self.discordance)

    def _surely_first(self, one: Array, other: Array, slack: float) -> bool:
        """Whether one is shown to be alone the first by any credibilities, (m, m), between *one* and the *other*.

        It is where nobody is ever preferred to it, so that it is best in the ascending distillation: while anybody is
        preferred to anybody, it has not the least qualification; and where it alone has the largest qualification among
        all in the descending one.
        """
        if (self.ranks == 1).sum() != 1:
            return False
        who = int(self.ranks.argmin())
        low, high = np.minimum(one, other) - slack, np.maximum(one, other) + slack
        low_ahead, high_ahead = (sigma - (self.alpha * sigma + self.beta) - TIE for sigma in (low, high))
        if (high_ahead[:, who] > low[who]).any():
            return False
        bounds = low_ahead.max(), high_ahead.max()
        least = np.where(high < bounds[0], low, 0.0).max()
        most = np.where(low < bounds[1], np.minimum(high, bounds[1]), 0.0).max()
        maybe, surely = (high_ahead > low.T) & (high > least + TIE), (low_ahead > high.T) & (low > most + TIE)
        best = maybe.sum(axis=1) - surely.sum(axis=0)
        best[who] = -len(low)
        return bool(low.max() > 0 and surely[who].sum() > best.max())


def _turns(sigma: Array, alpha: float, beta: float, sign: int) -> Array:
    """Return the shares of the way between two (2, p, p) credibilities at which comparisons turn, of one class."""
    level, tops = _largest(sigma)
    found = [_share(tops)]
    while True:
        above = sigma - (level - (alpha * level + beta) - TIE)[:, None, None]
        found.append(_share(above))
        if not found[-1].size:
            level, nexts = _largest(np.where(above < 0, sigma, 0.0))
            over = sigma - level[:, None, None] - TIE
            either = (over > 0).any(axis=0)
            ahead = np.where(either, sigma - sigma.swapaxes(1, 2) - (alpha * sigma + beta + TIE), -1.0)
            preferred = (ahead > 0) & (over > 0)
            found.append(_share(ahead))
            if not found[-1].size and (preferred[0] != preferred[1]).any():
                found += [_share(over), _share(nexts)]
        shares = np.concatenate(found)
        if shares.size:
            return shares
        of = sign * (preferred[0].sum(axis=1) - preferred[0].sum(axis=0))
        part = np.flatnonzero(of == of.max())
        if len(part) == 1 or level.min() <= 0:
            return shares
        sigma = _among(sigma, part)


def _among(sigma: Array, part: NDArray[np.intp]) -> Array:
    """Return (k, p, p) credibilities among some, as they are where these are all."""
    return sigma if len(part) == sigma.shape[1] else sigma[:, part[:, None], part]


def _largest(values: Array) -> tuple[Array, Array]:
    """Return the largest of each of two (2, p, p) tables, and how far the one is above the other's in both."""
    flat = values.reshape(2, -1)
    at = flat.argmax(axis=1)
    return flat[[0, 1], at], flat[:, at[:1]] - flat[:, at[1:]]


def _share(values: Array) -> Array:
    """Return where (2, ...) values that are linear between both turn from above 0, or to it."""
    above = values > 0
    turned = np.nonzero(above[0] != above[1])
    one, other = values[0][turned], values[1][turned]
    told = np.abs(one - other) > NOISE
    return np.asarray(one[told] / (one - other)[told])
