"""Weight vectors drawn uniformly: against exact moments of the simplex and of its parts."""

from __future__ import annotations

import numpy as np
import pytest

from saidao import mcda
from saidao.mcda import sampling

MANY = 20_000
WIDE = 5.0
"""Standard errors that a mean may be off."""


def near(drawn: np.ndarray, mean: np.ndarray) -> bool:
    error = drawn.std(axis=0) / np.sqrt(len(drawn))
    return bool((np.abs(drawn.mean(axis=0) - mean) <= WIDE * error).all())


@pytest.mark.parametrize("n", [2, 3, 6])
def test_the_simplex_is_drawn_from_uniformly(n: int) -> None:
    """Every weight of a uniform vector is Beta(1, n - 1): P(w > t) = (1 - t)^(n - 1)."""
    drawn = mcda.sample(tuple(range(n)), MANY, seed=1)
    assert drawn.sum(axis=1) == pytest.approx(np.ones(MANY))
    for t in (0.05, 0.2, 0.5):
        share = (1 - t) ** (n - 1)
        error = np.sqrt(share * (1 - share) / MANY)
        assert np.abs((drawn > t).mean(axis=0) - share).max() <= WIDE * error
    assert near(drawn[:, 0] * drawn[:, 1], np.array(1 / (n * (n + 1))))


ORDER = ("a >= b >= c >= d",)
"""A 24th of the simplex: ordered uniform weights, whose means are (1/n) sum_{i >= r} 1/i."""


@pytest.mark.parametrize("draw", [sampling._by_rejection, sampling._by_walking], ids=["rejection", "walk"])
def test_an_order_of_importance_is_drawn_from_uniformly(draw: object) -> None:
    part = mcda.region(tuple("abcd"), ORDER)
    drawn = draw(part, MANY, np.random.default_rng(2))  # type: ignore[operator]
    assert part.holds(drawn).all()
    assert near(drawn, np.array([sum(1 / i for i in range(r, 5)) / 4 for r in range(1, 5)]))


def test_a_small_region_is_walked_uniformly() -> None:
    """A small box where the sum binds nothing but the last weight: each of the others is uniform on its interval."""
    statements = ("0.30 <= a <= 0.32", "0.20 <= b <= 0.21", "0.1 <= c <= 0.14")
    drawn = mcda.sample(tuple("abcd"), MANY, 3, statements)
    assert mcda.region(tuple("abcd"), statements).holds(drawn).all()
    for j, (low, high) in enumerate(((0.30, 0.32), (0.20, 0.21), (0.1, 0.14))):
        cells = np.histogram(drawn[:, j], bins=10, range=(low, high))[0]
        chi_squared = ((cells - MANY / 10) ** 2 / (MANY / 10)).sum()
        assert chi_squared < 40  # 9 degrees of freedom: exceeded by chance once in 100,000
    # and independent of each other
    assert np.abs(np.corrcoef(drawn[:, :3].T) - np.eye(3)).max() < WIDE / np.sqrt(MANY)


def test_rejection_and_walk_agree_on_a_skew_region() -> None:
    part = mcda.region(tuple("abc"), ["a >= 2*b", "c <= 0.3", "a <= 0.7"])
    one = sampling._by_rejection(part, MANY, np.random.default_rng(4))
    other = sampling._by_walking(part, MANY, np.random.default_rng(5))
    for a, b in ((one, other), (one**2, other**2), (one[:, :1] * one, other[:, :1] * other)):
        error = np.hypot(a.std(axis=0), b.std(axis=0)) / np.sqrt(MANY)
        assert (np.abs(a.mean(axis=0) - b.mean(axis=0)) <= WIDE * error).all()


def test_the_same_seed_draws_the_same() -> None:
    assert (mcda.sample(tuple("abc"), 5, 7) == mcda.sample(tuple("abc"), 5, 7)).all()
    assert (mcda.sample(tuple("abc"), 5, 7) != mcda.sample(tuple("abc"), 5, 8)).any()


def test_a_region_without_room_is_told() -> None:
    with pytest.raises(mcda.InputError, match="leave no room"):
        mcda.sample(tuple("abc"), 5, 0, ["a >= 0.5", "a <= 0.5"])
    with pytest.raises(mcda.InputError, match="no weights meet"):
        mcda.sample(tuple("abc"), 5, 0, ["a >= 0.6", "b >= 0.6"])
    with pytest.raises(mcda.InputError, match="at least 1"):
        mcda.sample(tuple("abc"), 0, 0)
