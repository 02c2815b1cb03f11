"""A difference divided among its causes: each has the mean of what it brings, over all orders in which they can come.

Source: Shapley (1953), A value for n-person games, Contributions to the Theory of Games II, 307-317.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import factorial
from typing import Any

import numpy as np

from ..model.programme import Array

EXACT = 6
"""Up to so many causes their order does not matter: every order is tried; beyond, they are taken as they stand."""


def shapley(number: int, worth: Callable[[frozenset[int]], Any]) -> Array:
    """Return the share of each of some causes: (number, ...) for a worth that is a number or an array.

    Of more than `EXACT` causes each has what it brings where it stands. The shares sum to the difference between all
    causes and none.

    Parameters
    ----------
    number : of the causes.
    worth : of a set of causes, what it is if they alone have come.

    Examples
    --------
    >>> shapley(2, lambda taken: 3.0 * (0 in taken) + 1.0 * (len(taken) == 2)).tolist()
    [3.5, 0.5]
    """
    shares = np.zeros((number, *np.shape(worth(frozenset()))))
    if number > EXACT:
        for i in range(number):
            shares[i] = np.subtract(worth(frozenset(range(i + 1))), worth(frozenset(range(i))))
        return shares
    for size in range(number):
        share = factorial(size) * factorial(number - size - 1) / factorial(number)
        for taken in map(frozenset, combinations(range(number), size)):
            for i in set(range(number)) - taken:
                shares[i] += share * np.subtract(worth(taken | {i}), worth(taken))
    return shares
