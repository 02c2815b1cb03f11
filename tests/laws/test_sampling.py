"""Weight vectors drawn uniformly: against exact moments of the simplex and of its parts."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from saidao import mcda
from saidao.mcda.weight_space import polytope, sampling
from saidao.mcda.weight_space.region import Region

MANY = 20_000
WIDE = 5.0
"""Standard errors that a mean may be off."""


def near(drawn: np.ndarray, mean: np.ndarray) -> bool:
    error = drawn.std(axis=0) / np.sqrt(len(drawn))
    return bool((np.abs(drawn.mean(axis=0) - mean) <= WIDE * error + 1e-12).all())


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


def walked(part: Region, samples: int, rng: np.random.Generator) -> np.ndarray:
    rows = np.vstack([np.eye(len(part.criteria)), part.rows])
    least = np.concatenate([np.zeros(len(part.criteria)), part.least])
    return polytope.by_walking(part.vertices, rows, least, samples, rng)


def cut(part: Region, samples: int, rng: np.random.Generator) -> np.ndarray:
    parts = polytope.simplices(part.tight)
    assert parts is not None
    return polytope.from_simplices(part.vertices, polytope.framed(part.vertices), parts, samples, rng)


WAYS = {"rejection": sampling._by_rejection, "simplices": cut, "walk": walked}


@pytest.mark.parametrize("way", WAYS)
def test_an_order_of_importance_is_drawn_from_uniformly(way: str) -> None:
    part = mcda.region(tuple("abcd"), ORDER)
    drawn = WAYS[way](part, 4000, np.random.default_rng(2))
    assert part.holds(drawn).all()
    assert near(drawn, np.array([sum(1 / i for i in range(r, 5)) / 4 for r in range(1, 5)]))


def test_a_small_region_is_drawn_from_uniformly() -> None:
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


def test_rejection_simplices_and_walk_agree_on_a_skew_region() -> None:
    part = mcda.region(tuple("abc"), ["a >= 2*b", "c <= 0.3", "a <= 0.7"])
    one, *others = (draw(part, 5000, np.random.default_rng(4)) for draw in WAYS.values())
    for other in others:
        for a, b in ((one, other), (one**2, other**2), (one[:, :1] * one, other[:, :1] * other)):
            error = np.hypot(a.std(axis=0), b.std(axis=0)) / np.sqrt(5000)
            assert (np.abs(a.mean(axis=0) - b.mean(axis=0)) <= WIDE * error).all()


def uniform_between(low: Sequence[float], high: Sequence[float], samples: int) -> np.ndarray:
    """Draw exactly: uniformly from the box over all weights but the widest, kept where that one fits."""
    lo, hi = np.array(low), np.array(high)
    widest, rng = int(np.argmax(hi - lo)), np.random.default_rng(99)
    kept: list[np.ndarray] = []
    while sum(map(len, kept)) < samples:
        drawn = lo + (hi - lo) * rng.random((200_000, len(lo)))
        drawn[:, widest] = 0
        drawn[:, widest] = 1 - drawn.sum(axis=1)
        kept.append(drawn[(drawn[:, widest] >= lo[widest]) & (drawn[:, widest] <= hi[widest])])
    return np.concatenate(kept)[:samples]


def around(weights: Sequence[float], share: float) -> tuple[list[float], list[float]]:
    return [w * (1 - share) for w in weights], [w * (1 + share) for w in weights]


ELONGATED: dict[str, tuple[Sequence[float], Sequence[float]]] = {
    "a thin slice": ([0.2, 0, 0, 0, 0, 0], [0.202, 1, 1, 1, 1, 1]),
    "a weight next to nothing": ([0] * 5, [0.0005, 1, 1, 1, 1]),
    "a needle of three": ([0.3, 0.3, 0], [0.3 + 1e-7, 0.7, 1]),
    "around, five": around([0.5, 0.3, 0.1, 0.06, 0.04], 0.2),
    "around, six, far apart": around([0.6, 0.3, 0.07, 0.02, 0.008, 0.002], 0.5),
    "around, eight": around([0.4, 0.3, 0.1, 0.08, 0.06, 0.03, 0.02, 0.01], 0.3),
}


def same(drawn: np.ndarray, exact: np.ndarray) -> bool:
    """Tell whether means, squares, products and distributions are the same but for chance."""
    for a, b in ((drawn, exact), (drawn**2, exact**2), (drawn[:, :1] * drawn, exact[:, :1] * exact)):
        error = np.hypot(a.std(axis=0) / np.sqrt(len(a)), b.std(axis=0) / np.sqrt(len(b)))
        if (np.abs(a.mean(axis=0) - b.mean(axis=0)) > WIDE * error + 1e-15).any():
            return False
    spread = np.abs(drawn.std(axis=0) / exact.std(axis=0) - 1) < WIDE / np.sqrt(2 * len(drawn)) + 0.01
    return bool(spread.all())


@pytest.mark.parametrize("name", ELONGATED)
def test_elongated_regions_are_drawn_from_uniformly(name: str) -> None:
    low, high = ELONGATED[name]
    criteria = tuple("abcdefgh"[: len(low)])
    exact = uniform_between(low, high, 40_000)
    between = mcda.region(criteria, []).within(np.array(low), np.array(high))
    drawn = [mcda.sample(criteria, 8000, 3, between)]
    if len(low) < 7:
        drawn.append(cut(between, 8000, np.random.default_rng(1)))
    for each in drawn:
        assert between.holds(each).all()
        assert same(each, exact)


def test_the_walk_is_uniform_on_elongated_regions() -> None:
    low, high = ELONGATED["around, five"]
    part = mcda.region(tuple("abcde"), []).within(np.array(low), np.array(high))
    assert same(walked(part, 3000, np.random.default_rng(5)), uniform_between(low, high, 40_000))


@pytest.mark.parametrize("n", [3, 5, 8])
def test_volumes_of_an_order_of_multiples_are_exact(n: int) -> None:
    """With a_1 >= 2 a_2 >= 4 a_3 ... the region is the simplex of its vertices: means are those of the vertices."""
    criteria = tuple("abcdefgh"[:n])
    statements = [f"{one} >= 2*{other}" for one, other in itertools.pairwise(criteria)]
    corners = np.array([[2.0 ** (k - j) if j <= k else 0.0 for j in range(n)] for k in range(n)])
    corners /= corners.sum(axis=1, keepdims=True)
    drawn = mcda.sample(criteria, 8000, 2, statements)
    assert near(drawn, corners.mean(axis=0))
    second = (np.outer(n * corners.mean(axis=0), n * corners.mean(axis=0)) + corners.T @ corners) / (n * (n + 1))
    products = drawn[:, :, None] * drawn[:, None, :]
    assert near(products.reshape(len(drawn), -1), second.ravel())


def test_random_regions_are_drawn_from_as_rejection_does() -> None:
    rng = np.random.default_rng(11)
    tried = 0
    while tried < 12:
        n = int(rng.integers(3, 7))
        rows, least = rng.integers(-3, 4, (3, n)).astype(float), rng.choice([0.0, 0.1, -0.2, 0.3], 3)
        part = Region(tuple(range(n)), rows, least)
        share = part.inside(sampling.simplex(n, 20_000, rng)).mean()
        if 0.005 < share < 0.9:
            tried += 1
            exact = sampling._by_rejection(part, 20_000, rng)
            drawn = cut(part, 5000, rng)
            error = np.hypot(exact.std(axis=0) / np.sqrt(20_000), drawn.std(axis=0) / np.sqrt(5000))
            assert (np.abs(exact.mean(axis=0) - drawn.mean(axis=0)) < WIDE * error).all()


def test_regions_of_lower_dimension_are_drawn_from_uniformly_in_what_they_are() -> None:
    point = mcda.sample(tuple("abc"), 5, 0, ["a = 0.5", "b = 2*c", "b >= 0.2"])
    assert point == pytest.approx(np.tile([0.5, 1 / 3, 1 / 6], (5, 1)))
    line = mcda.sample(tuple("abc"), 8000, 0, ["a = b"])
    assert line[:, 0] == pytest.approx(line[:, 1])
    assert near(line, np.array([0.25, 0.25, 0.5]))  # uniform between (0, 0, 1) and (1/2, 1/2, 0)
    assert line[:, 2].var() == pytest.approx(1 / 12, rel=0.05)
    plane = mcda.sample(tuple("abcd"), 8000, 0, ["a = 0.4"])
    assert near(plane, np.array([0.4, 0.2, 0.2, 0.2]))
    slice_ = mcda.sample(tuple("abcd"), 8000, 0, ["a + b = 0.5"])
    assert near(slice_, np.full(4, 0.25))
    assert np.abs(np.corrcoef(slice_[:, 0], slice_[:, 2])[0, 1]) < WIDE / np.sqrt(8000)


def test_standard_errors_are_those_of_the_shares_over_seeds() -> None:
    """In a region that a walk with the wrong directions hardly leaves, z-scores are of a standard normal."""
    matrix = pd.DataFrame(np.random.default_rng(1).uniform(0, 1, (5, 5)), columns=list("abcde"))
    exact = mcda.smaa(matrix, "max", "wsm", weights=uniform_between([0] * 5, [0.002, 1, 1, 1, 1], 200_000)).first
    z, sure = [], (exact > 0.02) & (exact < 0.98)
    for seed in range(60):
        found = mcda.smaa(matrix, "max", "wsm", samples=500, seed=seed, region="a <= 0.002")
        assert found.effective == found.to_dict()["effective_samples"] == 500
        share, p = found.first[sure], exact[sure]
        z.append((share - p) / np.sqrt(p * (1 - p) / found.effective))
    assert np.abs(np.mean(z, axis=0)).max() < 5 / np.sqrt(60)
    assert np.mean(np.square(z), axis=0) == pytest.approx(1, abs=0.75)


def test_the_same_seed_draws_the_same() -> None:
    assert (mcda.sample(tuple("abc"), 5, 7) == mcda.sample(tuple("abc"), 5, 7)).all()
    assert (mcda.sample(tuple("abc"), 5, 7) != mcda.sample(tuple("abc"), 5, 8)).any()


def test_a_region_without_weights_is_told() -> None:
    with pytest.raises(mcda.InputError, match="no weights meet"):
        mcda.sample(tuple("abc"), 5, 0, ["a >= 0.6", "b >= 0.6"])
    with pytest.raises(mcda.InputError, match="from 1 to"):
        mcda.sample(tuple("abc"), 0, 0)
