"""The two distillations of ELECTRE III."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..ranks import TIE
from ..registry import Array


def distil(sigma: Array, alpha: float, beta: float) -> tuple[Array, Array]:
    """Return the classes by the descending and by the ascending distillation, 1 the best in both."""
    sigma = np.where(np.eye(len(sigma), dtype=bool), 0.0, sigma)
    # what is preferred at any level below it: where it is not, 0
    strength = np.where(sigma > sigma.T + alpha * sigma + beta + TIE, sigma, 0.0)
    return _distilled(sigma, strength, alpha, beta, 1), _distilled(sigma, strength, alpha, beta, -1)


def _distilled(sigma: Array, strength: Array, alpha: float, beta: float, sign: int) -> Array:
    """Return the classes, the best of *sign* times the qualification first.

    At each class's first level all that are left take part, most of them again and again. Their qualification is kept,
    less what those who have left contributed, while the pairs that set both levels are left.
    """
    m = len(sigma)
    classes, number, left = np.empty(m), 0, np.ones(m, dtype=bool)
    ends: tuple[int, ...] | None = None  # of the pairs that set the levels
    high = low = 0.0
    preferred, qualification = np.zeros((m, m), dtype=np.int8), np.zeros(m)
    while True:
        part = left.nonzero()[0]
        if not part.size:
            return classes if sign > 0 else number + 1 - classes
        if ends is None or not all(left[end] for end in ends):
            within = sigma[part[:, None], part]
            top = int(within.argmax())
            high = within.flat[top]
            lower = np.where(within < high - (alpha * high + beta) - TIE, within, 0.0)
            following = int(lower.argmax())
            low = lower.flat[following]
            pairs = (*divmod(top, len(part)), *divmod(following, len(part)))
            ends = tuple(int(part[end]) for end in pairs) if low > 0 else None
            preferred = (strength > low + TIE).view(np.int8)
            qualification = sign * (preferred[:, part].sum(axis=1) - preferred[part].sum(axis=0, dtype=float))
        if len(part) > 1 and high > 0:
            of = qualification[part]
            part, level = part[of == of.max()], low
            while len(part) > 1 and level > 0:
                if len(part) == 2:  # the last of the levels is 0, where it matters who is preferred at all
                    ahead = sign * (strength[part[0], part[1]] - strength[part[1], part[0]])
                    part = part if ahead == 0 else part[:1] if ahead > 0 else part[1:]
                    break
                chosen = part[:, None], part
                within = sigma[chosen]
                level = np.where(within < level - (alpha * level + beta) - TIE, within, 0.0).max()
                stronger = strength[chosen] > level + TIE
                of = sign * (stronger.sum(axis=1) - stronger.sum(axis=0))
                part = part[of == of.max()]
        number += 1
        classes[part] = number
        left[part] = False
        if ends is not None:
            for each in part.tolist():
                qualification -= sign * (preferred[:, each] - preferred[each])


def peel(before: Array) -> Array:
    """Return the classes of a partial preorder: those that none of the rest is before, one after another."""
    classes, number = np.zeros(len(before)), 0
    left: NDArray[np.bool_] = np.ones(len(before), dtype=bool)
    while left.any():
        number += 1
        top = left & ~(before[left] > 0).any(axis=0)
        classes[top] = number
        left &= ~top
    return classes


def median_key(down: Array, up: Array, level: Array) -> Array:
    """Order by the class of the final preorder, and within it by the sum of the places in both distillations."""
    return level * (2 * len(level) + 1) + down + up


def vetoed(c: Array, discordance: Array) -> Array:
    """Return the credibility by concordances (m, m) and discordances (m, n, m), the largest first; 0 of one itself."""
    sigma = c.copy()
    np.fill_diagonal(sigma, 0.0)
    if not len(discordance):
        return sigma
    row, column = np.nonzero(discordance[:, 0] > c + TIE)
    for j in range(discordance.shape[1]):
        d, beside = discordance[row, j, column], c[row, column]
        over = d > beside + TIE
        row, column = row[over], column[over]
        if not row.size:
            break
        sigma[row, column] *= (1 - d[over]) / (1 - beside[over])
    return sigma
