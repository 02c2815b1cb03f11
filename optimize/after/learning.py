"""What results say of effects: a normal prior on a measure's factor, updated by what was achieved.

Effects are k times what was assumed, k normal about 1; what a level n achieved, over n, is normal about k with a
variance that falls with n. Conjugate: Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., section 2.5. A result that
was capped by a closed gap says only that k is at least so much (a normal tail): then the posterior is found on a grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
from numpy.typing import NDArray

from ..model.programme import Array, Programme

PRIOR = 0.3
"""Standard deviation of the factor before there are results."""
NOISE = 0.2
"""Standard deviation of achieved over committed, of one unit of level."""
GRID = 4001
"""Points of the grid."""
WIDE = 8.0
"""Standard deviations that the grid reaches to either side."""
CLOSED = 1e-9
"""Share of a gap up to which it is closed."""
LEAST = 1e-300
"""The least probability whose logarithm is taken."""


@dataclass(frozen=True)
class Learned:
    """The factor after the results: its mean, its standard deviation and, in between the two ends, 90 % of it.

    `capped`: some result was capped by a closed gap.
    """

    mean: float
    deviation: float
    low: float
    high: float
    capped: bool = False


def by_measure(programme: Programme, committed: Array, achieved: Array, given: Array) -> dict[str, Learned]:
    """Return the factor of every measure that has results.

    Parameters
    ----------
    committed, achieved : (A,) levels, and levels that took effect, over all periods.
    given : (T * F,) gap units closed by them; a place whose gaps are all closed says only "at least".
    """
    p = programme
    full = given >= p.gap.ravel() * (1 - CLOSED)
    application = p.segment_application[p.effect_segment]
    measures = np.array([a.measure for a in p.applications])
    found = {}
    for name in dict.fromkeys(measures.tolist()):
        mine = np.flatnonzero((measures == name) & (committed > 0))
        if len(mine):
            closed = [full[p.effect_pair[application == a]] for a in mine.tolist()]
            capped = np.array([bool(len(one)) and bool(one.all()) for one in closed])
            found[name] = updated(committed[mine], achieved[mine], capped)
    return found


def updated(committed: Array, achieved: Array, capped: NDArray[np.bool_] | None = None) -> Learned:
    """Return a measure's factor after results of its places.

    H = 1 / PRIOR^2 + sum committed / NOISE^2, mean = (1 / PRIOR^2 + sum achieved / NOISE^2) / H, deviation H^(-1/2).

    Parameters
    ----------
    committed, achieved : (n,) levels, and levels that took effect.
    capped : (n,) whether the gap was closed, so that more could not be seen.

    Examples
    --------
    >>> one = updated(np.array([1.0]), np.array([0.5]))
    >>> round(one.mean, 4), round(one.deviation, 4)
    (0.6538, 0.1664)
    """
    seen = np.ones(len(committed), dtype=bool) if capped is None else ~capped
    precision = 1 / PRIOR**2 + float(committed[seen].sum()) / NOISE**2
    mean = (1 / PRIOR**2 + float(achieved[seen].sum()) / NOISE**2) / precision
    deviation = precision**-0.5
    if seen.all():
        return Learned(mean, deviation, mean - Z90 * deviation, mean + Z90 * deviation)
    at = np.linspace(mean - WIDE * deviation, mean + 3 * WIDE * deviation, GRID)
    weight = -0.5 * ((at - mean) / deviation) ** 2
    for n, h in zip(committed[~seen].tolist(), achieved[~seen].tolist(), strict=True):
        spread = NOISE / sqrt(n)
        weight += np.log([max(0.5 * erfc((h / n - k) / (spread * sqrt(2))), LEAST) for k in at.tolist()])
    density = np.exp(weight - weight.max())
    density /= density.sum()
    mean = float(density @ at)
    below = np.cumsum(density)
    low, high = np.interp([0.05, 0.95], below, at).tolist()
    return Learned(mean, float(np.sqrt(density @ (at - mean) ** 2)), low, high, True)


Z90 = 1.6448536269514722
"""What of a normal distribution lies within so many standard deviations of the mean: 90 %."""
