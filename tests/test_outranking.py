"""Outranking methods against second implementations, pair by pair and cut by cut."""

from __future__ import annotations

from math import exp
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidao import mcda

from .published_methods import OUTRANKING

GRADES = st.sampled_from([0.0, 0.1, 0.2, 0.3, 1, 2, 3, 4.5])


def preference(kind: str, d: float, q: float, p: float, s: float) -> float:
    """Brans & Vincke's table, as it is printed."""
    if d <= 1e-12:
        return 0.0
    beyond_q, beyond_p = d > q + 1e-11, d > p + 1e-11
    return {
        "usual": 1.0,
        "u_shape": float(beyond_q),
        "v_shape": min(d / p, 1.0) if p else 1.0,
        "level": 1.0 if beyond_p else 0.5 if beyond_q else 0.0,
        "linear": 1.0 if beyond_p else (d - q) / (p - q) if beyond_q and p > q else 0.0,
        "gaussian": 1 - exp(-d * d / (2 * s * s)) if s else 1.0,
    }[kind]


def flows_by_pairs(matrix: Any, weights: Any, signs: Any, kinds: list[str], **t: list[float]) -> tuple[Any, Any]:
    m, n = matrix.shape
    w = np.array(weights) / np.sum(weights)
    pi = np.zeros((m, m))
    for i in range(m):
        for k in range(m):
            for j in range(n):
                d = (matrix[i, j] - matrix[k, j]) * signs[j]
                pi[i, k] += w[j] * preference(kinds[j], d, t["q"][j], t["p"][j], t["s"][j])
    return pi.sum(axis=1) / (m - 1), pi.sum(axis=0) / (m - 1)


@pytest.mark.parametrize("kind", ["usual", "u_shape", "v_shape", "level", "linear", "gaussian"])
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_flows_by_sorting_are_those_of_all_pairs(kind: str, data: st.DataObject) -> None:
    m, n = data.draw(st.integers(2, 9)), data.draw(st.integers(1, 3))
    matrix = np.array(data.draw(st.lists(st.lists(GRADES, min_size=n, max_size=n), min_size=m, max_size=m)))
    directions = data.draw(st.lists(st.sampled_from(["max", "min"]), min_size=n, max_size=n))
    q = data.draw(st.sampled_from([0.0, 0.1, 0.2, 1.0]))
    p = q + data.draw(st.sampled_from([0.1, 1.0, 1.5]))
    found = mcda.rank(matrix, np.arange(1, n + 1), directions, "promethee_ii", preference=kind, q=q, p=p, s=0.7)
    signs = np.where(np.array(directions) == "max", 1, -1)
    plus, minus = flows_by_pairs(matrix, np.arange(1, n + 1), signs, [kind] * n, q=[q] * n, p=[p] * n, s=[0.7] * n)
    assert found.step_arrays["phi+"] == pytest.approx(plus, abs=1e-9)
    assert found.step_arrays["phi-"] == pytest.approx(minus, abs=1e-9)
    assert found.score_array == pytest.approx(plus - minus, abs=1e-9)


def test_the_power_stations_pair_by_pair() -> None:
    case = next(c for c in OUTRANKING if c.method == "promethee_ii")
    matrix, o = np.array(case.matrix), dict(case.options)
    signs = np.where(np.array(case.directions) == "max", 1, -1)
    plus, minus = flows_by_pairs(matrix, case.weights, signs, o["preference"], q=o["q"], p=o["p"], s=o["s"])
    found = mcda.rank(matrix, case.weights, case.directions, "promethee_ii", **o)
    assert found.step_arrays["phi+"] == pytest.approx(plus)
    assert found.step_arrays["phi-"] == pytest.approx(minus)
    assert plus[:2] == pytest.approx([0.220, 0.396], abs=5e-4)
    partial = mcda.rank(matrix, case.weights, case.directions, "promethee_i", **o)
    for i in range(6):
        for k in range(6):
            better = plus[i] >= plus[k] and minus[i] <= minus[k] and (plus[i] > plus[k] or minus[i] < minus[k])
            assert partial.step_arrays["P"][i, k] == better
    assert partial.step_arrays["R"][0, 1] == 0 or partial.step_arrays["P"][0, 1] == 0


@pytest.mark.parametrize(("kind", "theirs"), [("usual", "usual"), ("u_shape", "ushape"), ("level", "level")])
def test_promethee_agrees_with_pymcdm(kind: str, theirs: str) -> None:
    from pymcdm.methods import PROMETHEE_II

    rng = np.random.default_rng(1)
    matrix, w = rng.uniform(1, 9, (8, 4)), rng.dirichlet(np.ones(4))
    q, p = np.full(4, 1.0), np.full(4, 2.5)
    body = PROMETHEE_II(theirs, p=p, q=q)
    found = mcda.rank(matrix, w, ["max", "min", "max", "max"], "promethee_ii", preference=kind, q=1.0, p=2.5)
    assert found.score_array == pytest.approx(body(matrix, w, np.array([1, -1, 1, 1])), abs=1e-12)


def test_many_alternatives_need_no_pairs() -> None:
    rng = np.random.default_rng(2)
    matrix = rng.random((3000, 2))
    found = mcda.rank(matrix, [2, 1], "max", "promethee_ii", preference=["linear", "gaussian"], q=0.1, p=0.3, s=0.2)
    some = rng.integers(0, 3000, 3)
    for i in some:
        d = matrix[i] - matrix
        plus = (
            2 * np.clip((d[:, 0] - 0.1) / 0.2, 0, 1) + (1 - np.exp(-(np.maximum(d[:, 1], 0) ** 2) / 0.08))
        ).sum() / 3
        assert found.step_arrays["phi+"][i] == pytest.approx(plus / 2999, rel=1e-9)


@pytest.mark.parametrize(
    ("method", "options", "told"),
    [
        ("promethee_ii", {"preference": "linear"}, "no q"),
        ("promethee_ii", {"preference": "lineal", "q": 1, "p": 2}, "linear"),
        ("promethee_ii", {"preference": "linear", "q": 3, "p": 2}, "at most p"),
        ("promethee_ii", {"preference": "gaussian", "s": 0}, "above 0"),
        ("promethee_i", {"preference": ["usual"]}, "one, or 2"),
        ("promethee_i", {"preference": "u_shape", "q": -1}, "thresholds >= 0"),
        ("electre_iii", {"q": 2, "p": 1}, "at most 1"),
        ("electre_iii", {"p": 2, "v": 1}, "at most 1"),
        ("electre_tri", {"profiles": [[1, 2]]}, "equally many"),
        ("electre_tri", {"profiles": [[2, 1], [1, 2]]}, "worst to the best"),
        ("electre_tri", {"assignment": "hopeful"}, "pessimistic"),
        ("electre_tri", {"cut": 2}, "from 0 to 1"),
    ],
)
def test_options_that_do_not_fit_are_told(method: str, options: dict[str, Any], told: str) -> None:
    with pytest.raises(mcda.InputError, match=told):
        mcda.rank([[1, 2], [3, 1]], [1, 1], "max", method, **options)


# --- ELECTRE ----------------------------------------------------------------------------------------------------------


def credibility(a: Any, b: Any, w: Any, q: float, p: float, v: float | None) -> float:
    """Roy's credibility of one pair, in words: concordance, weakened by the criteria that speak against it more."""
    c = []
    for x, y in zip(a, b, strict=True):
        c.append(1.0 if y - x <= q else 0.0 if y - x >= p else (p - (y - x)) / (p - q))
    whole = float(np.dot(w, c))
    made = whole
    for x, y in zip(a, b, strict=True):
        d = 0.0 if v is None or y - x <= p else 1.0 if y - x >= v else (y - x - p) / (v - p)
        if d > whole:
            made *= (1 - d) / (1 - whole)
    return made


def distil(s: Any, down: bool) -> list[int]:
    """Roy's distillation, cut by cut, over sets."""
    left, places, place = set(range(len(s))), {}, 0

    def beats(i: int, k: int, low: float) -> bool:
        return bool(s[i][k] > low + 1e-12 and s[i][k] > s[k][i] + 0.3 - 0.15 * s[i][k] + 1e-12)

    def cut_into(group: set[int], level: float) -> set[int]:
        if len(group) == 1 or level == 0:
            return group
        below = [s[i][k] for i in group for k in group if i != k and s[i][k] < level - (0.3 - 0.15 * level) - 1e-12]
        low = max(below, default=0.0)
        quality = {}
        for i in group:
            others = group - {i}
            quality[i] = sum(beats(i, k, low) for k in others) - sum(beats(k, i, low) for k in others)
        best = max(quality.values()) if down else min(quality.values())
        return cut_into({i for i in group if quality[i] == best}, low)

    while left:
        top = max((s[i][k] for i in left for k in left if i != k), default=0.0)
        group = cut_into(left, top)
        place += 1
        places.update(dict.fromkeys(group, place))
        left -= group
    return [places[i] if down else place + 1 - places[i] for i in range(len(s))]


PROJECTS = [[10, 20, 5, 10, 16], [0, 5, 5, 16, 10], [0, 10, 0, 16, 7], [20, 5, 10, 10, 13], [20, 10, 15, 10, 13],
            [20, 10, 20, 13, 13]]  # fmt: skip
"""Six projects: the worked example of the R package MCDA (thresholds 3, 5, 11; weights 3, 2, 3, 1, 1)."""


@given(seed=st.integers(0, 10_000), veto=st.booleans())
@settings(max_examples=60, deadline=None)
def test_electre_iii_is_the_second_implementation(seed: int, veto: bool) -> None:
    rng = np.random.default_rng(seed)
    m, n = int(rng.integers(2, 8)), int(rng.integers(1, 5))
    matrix = rng.integers(0, 12, (m, n)).astype(float) if seed else np.array(PROJECTS, dtype=float)
    m, n = matrix.shape
    weights = rng.integers(1, 4, n).astype(float)
    v = 8.0 if veto else None
    found = mcda.rank(matrix, weights, "max", "electre_iii", q=1.0, p=3.0, v=v)
    w = weights / weights.sum()
    s = [[0.0 if i == k else credibility(matrix[i], matrix[k], w, 1.0, 3.0, v) for k in range(m)] for i in range(m)]
    assert found.step_arrays["S"] == pytest.approx(np.array(s), abs=1e-9)
    assert found.step_arrays["descending"].tolist() == distil(s, True)
    assert found.step_arrays["ascending"].tolist() == distil(s, False)


def test_six_projects() -> None:
    found = mcda.rank(PROJECTS, [3, 2, 3, 1, 1], "max", "electre_iii", q=3, p=5, v=11)
    assert found.rank_array[5] == 1
    # the last two are fully outranked by the others, and nobody by them
    assert sorted(found.rank_array[[1, 2]].tolist()) == [5, 6]


def test_electre_tri_by_hand() -> None:
    """The manual's first alternative: 8 below the border counts 0.4, so 0.88 of the weights agree."""
    case = next(c for c in OUTRANKING if c.method == "electre_tri")
    from saidao.mcda.outranking import credibility as ours

    w, q, p, v = np.full(5, 0.2), np.full(5, 5.0), np.full(5, 10.0), np.full(5, 30.0)
    border = np.array([[70.0, 75, 80, 75, 85]])
    sigma = ours(np.array(case.matrix), border, w, q, p, v)
    assert sigma[0, 0] == pytest.approx(0.88)
    assert sigma[:, 0] == pytest.approx([credibility(row, border[0], w, 5.0, 10.0, 30.0) for row in case.matrix])


@given(seed=st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_electre_tri_is_the_definition(seed: int) -> None:
    rng = np.random.default_rng(seed)
    m, n, b = 5, 3, int(rng.integers(1, 4))
    matrix = rng.integers(0, 12, (m, n)).astype(float)
    borders = np.sort(rng.integers(0, 12, (b, n)), axis=0).astype(float)
    weights = rng.integers(1, 4, n).astype(float)
    found = mcda.rank(matrix, weights, "max", "electre_tri", profiles=borders.T, q=1, p=2, cut=0.7)
    w = weights / weights.sum()
    for i, x in enumerate(matrix):
        over = [credibility(x, y, w, 1, 2, None) >= 0.7 - 1e-12 for y in borders]
        under = [credibility(y, x, w, 1, 2, None) >= 0.7 - 1e-12 for y in borders]
        assert found.step_arrays["pessimistic"][i] == max([h + 1 for h in range(b) if over[h]], default=0) + 1
        prefer = [h + 1 for h in range(b) if under[h] and not over[h]]
        assert found.step_arrays["optimistic"][i] == min(prefer, default=b + 1)
        assert found.step_arrays["pessimistic"][i] <= found.step_arrays["optimistic"][i]
