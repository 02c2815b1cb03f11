"""Columns with a large offset and a small spread, against the same sums in sixty digits: no digit is cancelled away."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, getcontext
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from saidao import mcda

getcontext().prec = 60

Array = NDArray[np.float64]
Columns = list[list[Decimal]]
BASES = (1.0, 1e4, 1e8, 1e9, 1e12)


def columns(matrix: Array) -> Columns:
    return [[Decimal(float(x)) for x in column] for column in matrix.T]


def mean(column: list[Decimal]) -> Decimal:
    return Decimal(sum(column, Decimal(0)) / len(column))


def variance(column: list[Decimal], less: int = 0) -> Decimal:
    middle = mean(column)
    squares = [(x - middle) * (x - middle) for x in column]
    return Decimal(sum(squares, Decimal(0)) / (len(column) - less))


def ranged(column: list[Decimal], sign: int) -> list[Decimal]:
    low, high = min(column), max(column)
    return [((x - low) if sign > 0 else (high - x)) / (high - low) for x in column]


def atan(x: Decimal) -> Decimal:
    """Halve the argument until the series is quick."""
    halvings = 0
    while x > Decimal("0.01"):
        x = x / (1 + (1 + x * x).sqrt())
        halvings += 1
    term, total, k = x, x, 1
    while abs(term) > Decimal(10) ** -58:
        term *= -x * x
        k += 2
        total += term / k
    return Decimal(total * 2**halvings)


def entropy(c: Columns, signs: list[int]) -> list[Decimal]:
    log_m = Decimal(len(c[0])).ln()
    shares = [[x / sum(col, Decimal(0)) for x in col if x] for col in c]
    return [1 + sum((p * p.ln() for p in col), Decimal(0)) / log_m for col in shares]


def gini(c: Columns, signs: list[int]) -> list[Decimal]:
    return [sum((abs(x - y) for x in col for y in col), Decimal(0)) / (2 * len(col) ** 2 * mean(col)) for col in c]


def angle(c: Columns, signs: list[int]) -> list[Decimal]:
    return [atan(variance(col).sqrt() / mean(col)) for col in c]


def critic(c: Columns, signs: list[int]) -> list[Decimal]:
    r = [ranged(col, s) for col, s in zip(c, signs, strict=True)]
    sigma = [variance(col, 1).sqrt() for col in r]
    unit = [[(x - mean(col)) / s for x in col] for col, s in zip(r, sigma, strict=True)]
    m = len(c[0])
    return [
        s * sum((1 - sum((a * b for a, b in zip(u, v, strict=True)), Decimal(0)) / (m - 1) for v in unit), Decimal(0))
        for s, u in zip(sigma, unit, strict=True)
    ]


def merec(c: Columns, signs: list[int]) -> list[Decimal]:
    n = len(c)
    logs = [
        [abs(((min(col) / x) if s > 0 else (x / max(col))).ln()) / n for x in col]
        for col, s in zip(c, signs, strict=True)
    ]
    whole = [sum(row, Decimal(0)) for row in zip(*logs, strict=True)]
    return [
        sum((abs((1 + t).ln() - (1 + t - x).ln()) for t, x in zip(whole, col, strict=True)), Decimal(0)) for col in logs
    ]


def lopcow(c: Columns, signs: list[int]) -> list[Decimal]:
    r = [ranged(col, s) for col, s in zip(c, signs, strict=True)]
    return [abs((mean([x * x for x in col]) / variance(col, 1)).ln()) for col in r]


def cilos(c: Columns, signs: list[int]) -> list[Decimal]:
    """Solve F q = 0 by elimination, the last q being 1."""
    gains = [[x / max(col) if s > 0 else min(col) / x for x in col] for col, s in zip(c, signs, strict=True)]
    n, best = len(c), [col.index(max(col)) for col in gains]
    p = [[1 - gains[j][best[i]] for j in range(n)] for i in range(n)]
    a = [[p[i][j] - (sum(p[k][j] for k in range(n)) if i == j else 0) for j in range(n)] for i in range(n - 1)]
    for i in range(n - 1):
        pivot = max(range(i, n - 1), key=lambda k: abs(a[k][i]))
        a[i], a[pivot] = a[pivot], a[i]
        a[i] = [x / a[i][i] for x in a[i]]
        for k in range(n - 1):
            if k != i:
                a[k] = [x - a[k][i] * y for x, y in zip(a[k], a[i], strict=True)]
    return [*(-row[-1] for row in a), Decimal(1)]


SCHEMES: dict[str, Callable[[Columns, list[int]], list[Decimal]]] = {
    "entropy": entropy,
    "gini": gini,
    "angle": angle,
    "critic": critic,
    "merec": merec,
    "lopcow": lopcow,
    "cilos": cilos,
    "standard_deviation": lambda c, s: [variance(ranged(col, 1)).sqrt() for col in c],
    "variance": lambda c, s: [variance(ranged(col, 1)) for col in c],
    "idocriw": lambda c, s: [
        q * w / sum(cilos(c, s)) / sum(entropy(c, s)) for q, w in zip(cilos(c, s), entropy(c, s), strict=True)
    ],
}


def problem(base: float, seed: int) -> tuple[Array, list[str], list[int]]:
    """Draw a matrix whose first column only is far from 0."""
    rng = np.random.default_rng(seed)
    matrix = rng.permuted(np.arange(1.0, 13.0).reshape(4, 3) % 7 + rng.random((4, 3)).round(3), axis=0)
    matrix[:, 0] = base + np.round(matrix[:, 0] * 8) / 8
    directions = [str(d) for d in rng.choice(["max", "min"], 3)]
    return matrix, directions, [1 if d == "max" else -1 for d in directions]


def shared(values: list[Decimal]) -> list[float]:
    whole = sum(values, Decimal(0))
    return [float(x / whole) for x in values]


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_weights_keep_their_digits(scheme: mcda.SchemeName, base: float) -> None:
    for seed in range(6):
        matrix, directions, signs = problem(base, seed)
        try:
            found = mcda.weigh(matrix, directions, scheme).array
        except mcda.InputError as error:
            assert error.code.startswith("cilos")  # noqa: PT017
            continue
        assert found == pytest.approx(shared(SCHEMES[scheme](columns(matrix), signs)), rel=1e-9)


@pytest.mark.parametrize("scheme", ["standard_deviation", "variance"])
def test_deviations_as_they_stand_keep_their_digits(scheme: mcda.SchemeName) -> None:
    matrix, directions, _ = problem(1e12, 0)
    exact = [variance(col) if scheme == "variance" else variance(col).sqrt() for col in columns(matrix)]
    assert mcda.weigh(matrix, directions, scheme, normalisation="none").array == pytest.approx(shared(exact), rel=1e-9)


def test_entropy_of_a_large_offset_is_that_of_the_squares() -> None:
    for base in (1e6, 1e8, 1e12, 1e14):
        matrix = base + np.array([[0, 0], [1, 2], [2, 4], [3, 6.0]])
        assert mcda.weigh(matrix, "max", "entropy").array == pytest.approx([0.2, 0.8], rel=1e-5)


# --- methods ----------------------------------------------------------------------------------------------------------


def normalised(c: Columns, signs: list[int], name: str) -> Columns:
    made = []
    for col, s in zip(c, signs, strict=True):
        if name == "vector":
            norm = sum((x * x for x in col), Decimal(0)).sqrt()
            made.append([x / norm if s > 0 else 1 - x / norm for x in col])
        elif name == "minmax":
            made.append(ranged(col, s))
        elif name == "max":
            made.append([x / max(col) if s > 0 else 1 - x / max(col) for x in col])
        else:
            gains = [x if s > 0 else 1 / x for x in col]
            made.append([g / (max(gains) if name == "ratio" else sum(gains, Decimal(0))) for g in gains])
    return made


def topsis(r: Columns, w: list[Decimal]) -> list[float]:
    scores = []
    for i in range(len(r[0])):
        far = sum(((u * (col[i] - min(col))) ** 2 for u, col in zip(w, r, strict=True)), Decimal(0)).sqrt()
        near = sum(((u * (col[i] - max(col))) ** 2 for u, col in zip(w, r, strict=True)), Decimal(0)).sqrt()
        scores.append(float(far / (far + near)))
    return scores


def mabac(r: Columns, w: list[Decimal]) -> list[float]:
    border = [(sum(((x + 1).ln() for x in col), Decimal(0)) / len(col)).exp() for col in r]
    return [
        float(sum((u * (col[i] + 1 - g) for u, col, g in zip(w, r, border, strict=True)), Decimal(0)))
        for i in range(len(r[0]))
    ]


def codas(r: Columns, w: list[Decimal]) -> list[float]:
    m = len(r[0])
    parts = [[u * (col[i] - min(col)) for u, col in zip(w, r, strict=True)] for i in range(m)]
    e = [sum((x * x for x in row), Decimal(0)).sqrt() for row in parts]
    t = [sum(row, Decimal(0)) for row in parts]
    psi = Decimal("0.02")
    return [
        float(sum((e[i] - e[k] + (t[i] - t[k] if abs(e[i] - e[k]) >= psi else 0) for k in range(m)), Decimal(0)))
        for i in range(m)
    ]


def mairca(r: Columns, w: list[Decimal]) -> list[float]:
    m = len(r[0])
    return [float(sum((u * (1 - col[i]) for u, col in zip(w, r, strict=True)), Decimal(0)) / m) for i in range(m)]


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("normalisation", ["vector", "minmax", "max", "ratio", "sum"])
@pytest.mark.parametrize("method", ["topsis", "mabac", "codas", "mairca"])
def test_differences_keep_their_digits(
    method: mcda.MethodName, normalisation: mcda.NormalisationName, base: float
) -> None:
    if method == "codas" and normalisation in ("vector", "max"):
        return  # values below 0 are refused elsewhere
    for seed in range(4):
        matrix, directions, signs = problem(base, seed)
        matrix[:, 1:] = np.round(matrix[:, 1:]) / 1e3 + matrix[0, 1:]  # the offset column decides
        w = [Decimal(20), Decimal(1), Decimal(1)]
        shares = [x / sum(w) for x in w]
        r = normalised(columns(matrix), signs, normalisation)
        exact = {"topsis": topsis, "mabac": mabac, "codas": codas, "mairca": mairca}[method](r, shares)
        found = mcda.rank(matrix, [20, 1, 1], directions, method, normalisation=normalisation)
        assert found.score_array == pytest.approx(exact, rel=1e-9, abs=1e-24)
        many, _ = mcda.rank_many(matrix, [[1, 1, 1], [20, 1, 1]], directions, method, normalisation=normalisation)
        assert many[1] == pytest.approx(exact, rel=1e-9, abs=1e-24)


@pytest.mark.parametrize("base", [0.0, *BASES, 1e15])
def test_edas_multimoora_and_vikor_keep_their_digits(base: float) -> None:
    x = base + np.array([[1.0], [2], [3.5], [5]])
    c = columns(x)[0]
    norm = sum((v * v for v in c), Decimal(0)).sqrt()
    assert mcda.rank(x, [1], "max", "multimoora").step_arrays["z"] == pytest.approx(
        [float((max(c) - v) / norm) for v in c], rel=1e-12
    )
    away = [(v - mean(c)) / mean(c) for v in c]
    top, bottom = max(away), -min(away)
    exact = [float((max(a, Decimal(0)) / top + 1 - max(-a, Decimal(0)) / bottom) / 2) for a in away]
    assert mcda.rank(x, [1], "max", "edas").score_array == pytest.approx(exact, rel=1e-12)
    assert mcda.rank(x, [1], "max", "vikor").score_array == pytest.approx([1, 0.75, 0.375, 0])


@pytest.mark.parametrize("offset", [0.0, 1e6, 1e9, 1e12, 1e15, -1e15])
@pytest.mark.parametrize(
    ("shape", "options"), [("linear", {"q": 1, "p": 3}), ("v_shape", {"p": 3}), ("gaussian", {"s": 2})]
)
def test_flows_do_not_feel_an_offset(offset: float, shape: mcda.PreferenceName, options: dict[str, Any]) -> None:
    x = np.array([0.0, 1, 2.5, 4, 7])
    d = np.maximum(x[:, None] - x, 0)
    p = {
        "linear": np.clip((d - 1) / 2, 0, 1),
        "v_shape": np.clip(d / 3, 0, 1),
        "gaussian": 1 - np.exp(-(d**2) / 8),
    }[shape]
    found = mcda.rank((offset + x)[:, None], [1], "max", "promethee_ii", preference=shape, **options)
    assert found.score_array == pytest.approx((p.sum(axis=1) - p.sum(axis=0)) / 4, abs=1e-13)


@pytest.mark.parametrize("offset", [0.0, 1e9, 1e12])
def test_a_threshold_is_exceeded_by_what_is_above_it_at_any_offset(offset: float) -> None:
    x = offset + np.array([[0.0], [1], [2.125]])
    u = mcda.rank(x, [1], "max", "promethee_ii", preference="u_shape", q=1).step_arrays["F+"]
    assert u.ravel().tolist() == [0, 0, 1]
    c = mcda.rank(x, [1], "max", "electre_iii", q=1).step_arrays["c"]
    assert c.tolist() == [[1, 1, 0], [1, 1, 0], [1, 1, 1]]


# --- regrets that tell nothing apart ----------------------------------------------------------------------------------


def test_vikor_orders_by_the_regret_that_tells_apart() -> None:
    found = mcda.rank([[9, 5, 1], [1, 9, 5], [5, 1, 8]], [1, 1, 1], "max", "vikor")
    assert np.ptp(found.step_arrays["R"]) == pytest.approx(0)
    assert found.rank_array.tolist() == [2, 1, 2]
    alone = mcda.rank([[9, 1], [5, 5], [1, 9]], [1, 1], "max", "vikor")  # all S are equal
    assert alone.score_array == pytest.approx([0.5, 0, 0.5])
    many, _ = mcda.rank_many([[9, 5, 1], [1, 9, 5], [5, 1, 8]], [[1, 1, 1], [2, 1, 1]], "max", "vikor")
    assert many[0] == pytest.approx(found.score_array)
    with pytest.raises(mcda.InputError) as caught:
        mcda.rank([[9, 1], [1, 9]], [1, 1], "max", "vikor")
    assert caught.value.code == "undefined_score"


@pytest.mark.parametrize("m", [2, 3, 4])
def test_vikor_with_as_many_criteria_as_alternatives(m: int) -> None:
    """Each alternative the worst on a criterion of its own: R is the same for all."""
    for seed in range(20):
        x = np.random.default_rng(seed).random((m, m)) * 0.5 + 0.4
        np.fill_diagonal(x, 0.0)
        x[(np.arange(m) + 1) % m, np.arange(m)] = 1.0
        s = ((1 - x) / m).sum(axis=1)
        if np.ptp(s) > 1e-6:
            found = mcda.rank(x, np.ones(m), "max", "vikor")
            assert found.rank_array.tolist() == mcda.competition_ranks(s, "lower").tolist()


@pytest.mark.parametrize("method", ["todim", "probid", "sprobid", "electre_i", "electre_ii", "rsr"])
def test_methods_that_read_differences_keep_their_digits(method: mcda.MethodName) -> None:
    """The same differences a million millionths apart: the offset only rescales a column, which these methods undo.

    Shares of a column, x / sum x, are d / sum x above the least: with all columns on the same offset every difference
    is divided by nearly the same number. Sizes of scores change, their proportions hardly do.
    """
    rng = np.random.default_rng(11)
    for _ in range(4):
        matrix, w = rng.integers(0, 9, (6, 3)).astype(float), rng.dirichlet(np.ones(3))
        options: dict[str, Any] = {"normalisation": "minmax"} if method == "todim" else {}
        if method.startswith("electre"):
            options = {"scale": "minmax"}
        near, far = (mcda.rank(matrix + base, w, "max", method, **options) for base in (1e6, 1e13))
        if method in ("probid", "sprobid"):  # distances shrink with the offset, their quotients stay
            near_part, far_part = (each.step_arrays["S-"] / each.step_arrays["S+"] for each in (near, far))
            assert far_part == pytest.approx(near_part, rel=1e-5)
        else:
            assert far.score_array == pytest.approx(near.score_array, rel=1e-9)


def test_what_differs_on_a_large_offset_is_no_tie() -> None:
    column = np.array([[1e12], [1e12 + 2], [1e12 + 1], [1e12 + 2]])
    assert mcda.rank(column, [1], "max", "rsr").step_arrays["R"].ravel().tolist() == [1, 3.5, 2, 3.5]
    found = mcda.normalise(column, "min", "percentile").array.ravel()
    assert found == pytest.approx([1, 1 / 6, 2 / 3, 1 / 6])
