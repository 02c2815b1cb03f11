"""Agreement of rankings, consensus, and what moves the ranks: published numbers, oracles, laws."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pymcdm import correlations
from scipy import stats

from saidao import mcda
from saidao.mcda.comparison.agreement import CORRELATIONS
from saidao.mcda.comparison.consensus import EXACT_UP_TO, preferences

UP = [1, 2, 3, 4, 5]


def rankings(fewest: int = 2, most: int = 7, k: int = 5) -> st.SearchStrategy[Any]:
    """Tables of ranks with ties: k rankings at most."""
    return st.tuples(st.integers(1, k), st.integers(fewest, most)).flatmap(
        lambda shape: arrays(np.int64, shape, elements=st.integers(1, shape[1]))
    )


def pair(measure: mcda.CorrelationName, one: Any, other: Any) -> float:
    return float(CORRELATIONS[measure]([one, other])[0, 1])


# --- published ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("measure", "printed"), [("weighted_spearman", 0.96), ("ws", 0.90)])
def test_paradowski_2021(measure: mcda.CorrelationName, printed: float) -> None:
    """Paradowski, Bączkiewicz & Wątróbski (2021), Towards proper consumer choices, Procedia Computer Science 192,
    1347-1358: two rankings of twelve products; numbers as in the public tests of pyfdm."""
    one = [7, 11, 2, 1, 4, 9, 6, 3, 5, 10, 8, 12]
    other = [7, 11, 3, 2, 4, 9, 6, 1, 5, 10, 8, 12]
    assert round(pair(measure, one, other), 2) == printed


@pytest.mark.parametrize(("measure", "printed"), [("spearman", 0.9), ("weighted_spearman", 0.8833), ("ws", 0.8542)])
def test_salabun_urbaniak_2020(measure: mcda.CorrelationName, printed: float) -> None:
    """Sałabun & Urbaniak (2020), A new coefficient of rankings similarity, ICCS 2020, 632-645: the second and the third
    of five swapped; numbers as in the public tests of pyrepo, which cite the article."""
    assert round(pair(measure, UP, [1, 3, 2, 4, 5]), 4) == printed


def tennessee() -> list[list[int]]:
    """The textbook election of a capital: Memphis, Nashville, Chattanooga, Knoxville; a hundred voters."""
    groups = {(1, 2, 3, 4): 42, (4, 1, 2, 3): 26, (4, 3, 1, 2): 15, (4, 3, 2, 1): 17}
    return [list(ranks) for ranks, voters in groups.items() for _ in range(voters)]


def test_the_capital_of_tennessee() -> None:
    votes = tennessee()
    assert mcda.borda(votes).tolist() == [126, 194, 173, 107]
    assert mcda.copeland(votes).tolist() == [-3, 3, 1, -1]
    found = mcda.kemeny(votes)
    assert found.ranks.tolist() == [4, 1, 2, 3]
    assert found.orders == 1
    assert found.distance == 600 - 393  # of 6 pairs x 100 voters, the order agrees with 393


def test_condorcet_1785() -> None:
    """Condorcet's sixty voters, a cycle of majorities; as in Young (1988), Condorcet's theory of voting, American
    Political Science Review 82(4), 1231-1244."""
    groups = {(1, 2, 3): 23, (3, 1, 2): 17, (2, 1, 3): 2, (2, 3, 1): 10, (3, 2, 1): 8}
    votes = [list(ranks) for ranks, voters in groups.items() for _ in range(voters)]
    assert preferences(votes).tolist() == [[0, 33, 25], [27, 0, 42], [35, 18, 0]]
    assert mcda.borda(votes).tolist() == [58, 69, 53]
    assert mcda.copeland(votes).tolist() == [0, 0, 0]
    assert mcda.kemeny(votes).ranks.tolist() == [3, 1, 2]  # b, c, a: agrees with 42 + 35 + 27 of 180


# --- oracles --------------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(rankings())
def test_scipy_says_the_same(table: Any) -> None:
    oracles: dict[mcda.CorrelationName, Any] = {"kendall_tau_b": stats.kendalltau, "spearman": stats.spearmanr}
    for measure, oracle in oracles.items():
        ours = CORRELATIONS[measure](table)
        for i, one in enumerate(table):
            for j, other in enumerate(table):
                if len(set(one)) == 1 or len(set(other)) == 1:
                    assert np.isnan(ours[i, j])
                else:
                    assert ours[i, j] == pytest.approx(oracle(one, other).statistic, abs=1e-12)


@settings(deadline=None)
@given(st.permutations(range(1, 9)), st.permutations(range(1, 9)))
def test_pymcdm_says_the_same(one: list[int], other: list[int]) -> None:
    assert pair("weighted_spearman", one, other) == pytest.approx(correlations.rw(one, other))
    assert pair("ws", one, other) == pytest.approx(correlations.ws(one, other))


@settings(deadline=None)
@given(rankings(1, 6))
def test_kemeny_against_every_order(table: Any) -> None:
    n = table.shape[1]

    def distance(order: tuple[int, ...]) -> float:
        crossed = 0.0
        for ranks in table:
            for i in range(n):
                for j in range(i):
                    one, other = np.sign(order[i] - order[j]), np.sign(ranks[i] - ranks[j])
                    crossed += 0.5 if other == 0 else float(one != other)
        return crossed

    tried = {order: distance(order) for order in permutations(range(1, n + 1))}
    least = min(tried.values())
    nearest = [order for order, apart in tried.items() if apart == least]
    found = mcda.kemeny(table)
    assert found.distance == least
    assert found.orders == len(nearest)
    assert found.best.tolist() == np.min(nearest, axis=0).tolist()
    assert found.worst.tolist() == np.max(nearest, axis=0).tolist()
    listed = [np.argsort(order).tolist() for order in nearest]
    assert np.argsort(found.ranks).tolist() == min(listed)  # the first in the order of the alternatives


def test_kemeny_is_exact_up_to_its_size_and_says_so_beyond() -> None:
    ranks = np.arange(EXACT_UP_TO, 0, -1)
    found = mcda.kemeny([ranks, ranks, ranks[::-1]])
    assert found.ranks.tolist() == ranks.tolist()
    assert found.orders == 1
    with pytest.raises(mcda.InputError, match=f"at most {EXACT_UP_TO}"):
        mcda.kemeny([range(EXACT_UP_TO + 1)])


@settings(deadline=None)
@given(
    arrays(
        np.float64,
        st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(1, 3)),
        elements=st.integers(1, 9).map(float),
    )
)
def test_two_way_against_least_squares(ranks: Any) -> None:
    a, b, n = ranks.shape
    rows, columns = (np.repeat(np.eye(a), b, axis=0), np.tile(np.eye(b), (a, 1)))
    for t in range(n):
        y = ranks[:, :, t].ravel()

        def rest(*terms: Any, y: Any = y) -> float:
            design = np.hstack([np.ones((a * b, 1)), *terms])
            return float(((y - design @ np.linalg.lstsq(design, y, rcond=None)[0]) ** 2).sum())

        expected = [rest() - rest(rows), rest() - rest(columns), rest(rows, columns)]
        assert mcda.two_way(ranks)[t] == pytest.approx(expected, abs=1e-8)


def test_two_way_by_hand() -> None:
    # rows 1 4 / 3 2, mean 2.5: row means 2.5 2.5, column means 2 3; columns 2 (0.25 + 0.25), the rest 4 x 1
    assert mcda.two_way(np.array([[[1.0], [4.0]], [[3.0], [2.0]]])).tolist() == [[0.0, 1.0, 4.0]]


@settings(deadline=None)
@given(arrays(np.bool_, st.tuples(st.integers(1, 5), st.integers(1, 5))))
def test_the_largest_block_against_every_block(computed: Any) -> None:
    rows, columns = mcda.largest_block(computed)
    assert computed[np.ix_(rows, columns)].all()
    best = (False, 0)
    for mask in range(1, 2 ** computed.shape[1]):
        tried = [j for j in range(computed.shape[1]) if mask >> j & 1]
        full = int(computed[:, tried].all(axis=1).sum())
        best = max(best, (min(full, len(tried)) > 1, full * len(tried)))
    assert (min(len(rows), len(columns)) > 1, len(rows) * len(columns)) == best


# --- laws -----------------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(rankings(), st.randoms())
def test_laws_of_agreement(table: Any, random: Any) -> None:
    n = table.shape[1]
    shuffled = random.sample(range(n), n)
    for name, measure in CORRELATIONS.items():
        found = measure(table)
        assert np.array_equal(np.isnan(found), np.isnan(found.T))
        known = found[~np.isnan(found)]
        assert (known <= 1 + 1e-12).all()
        if name != "ws":
            assert found == pytest.approx(found.T, nan_ok=True)
        assert np.diag(found)[np.ptp(table, axis=1) > 0] == pytest.approx(1.0)
        assert measure(table[:, shuffled]) == pytest.approx(found, nan_ok=True)
        assert measure(table * 3 + 1) == pytest.approx(found, nan_ok=True)  # only the order counts


@pytest.mark.parametrize("n", [2, 3, 8])
def test_a_reversed_ranking(n: int) -> None:
    up = np.arange(1, n + 1)
    for measure in ("kendall_tau_b", "spearman", "weighted_spearman"):
        assert pair(measure, up, up[::-1]) == pytest.approx(-1.0)
    assert 0 <= pair("ws", up, up[::-1]) < 0.5


def test_differences_at_the_top_weigh_more() -> None:
    swaps = [[2, 1, 3, 4, 5], [1, 3, 2, 4, 5], [1, 2, 4, 3, 5], [1, 2, 3, 5, 4]]
    assert [pair("spearman", UP, swap) for swap in swaps] == pytest.approx([0.9] * 4)
    for measure in ("weighted_spearman", "ws"):
        found = [pair(measure, UP, swap) for swap in swaps]
        assert found == sorted(found)
        assert len(set(found)) == 4


@settings(deadline=None)
@given(rankings(1, 6), st.randoms())
def test_laws_of_consensus(table: Any, random: Any) -> None:
    n = table.shape[1]
    shuffled = random.sample(range(n), n)
    assert mcda.borda(table)[shuffled] == pytest.approx(mcda.borda(table[:, shuffled]))
    assert mcda.copeland(table)[shuffled].tolist() == mcda.copeland(table[:, shuffled]).tolist()
    one, other = mcda.kemeny(table), mcda.kemeny(table[:, shuffled])
    assert (one.distance, one.orders) == (other.distance, other.orders)
    assert one.best[shuffled].tolist() == other.best.tolist()
    assert one.worst[shuffled].tolist() == other.worst.tolist()
    # what every ranking puts first, every rule does
    ahead = preferences(table) == len(table)
    for i, j in np.argwhere(ahead):
        assert mcda.borda(table)[i] > mcda.borda(table)[j]
        assert mcda.copeland(table)[i] > mcda.copeland(table)[j]
        assert one.ranks[i] < one.ranks[j]


@pytest.mark.parametrize("table", [[], [[]], [1, 2], [[1, np.nan]], [["a", "b"]], [[1, 2], [1]]])
def test_what_is_no_table_of_ranks_is_refused(table: Any) -> None:
    functions: list[Any] = [*CORRELATIONS.values(), mcda.borda, mcda.copeland, mcda.kemeny]
    for function in functions:
        with pytest.raises(mcda.InputError, match="rankings"):
            function(table)


def test_frames_dicts_and_lists_of_rankings_agree_as_their_arrays_do() -> None:
    """Alternatives in rows, whatever the order in which each ranking names them; the answer has the names."""
    frame = pd.DataFrame({"mine": [1, 2, 3, 4], "yours": [2, 1, 3, 3]}, index=list("ABCD"))
    series = [frame["mine"], frame["yours"].iloc[::-1]]
    named = {"mine": frame["mine"].to_dict(), "yours": dict(reversed(frame["yours"].to_dict().items()))}
    matrix = pd.DataFrame([[3.0, 5], [4, 1], [2, 6]], index=list("XYZ"))
    rankings = [mcda.rank(matrix, [1, 1], "max", m) for m in ("topsis", "wsm")]
    for measure in CORRELATIONS.values():
        plain = measure(frame.to_numpy().T)
        assert isinstance(plain, np.ndarray)
        for held in (frame, series, named, {"mine": [1, 2, 3, 4], "yours": [2, 1, 3, 3]}):
            found = measure(held)
            assert list(found.index) == list(found.columns) == ["mine", "yours"]
            assert found.to_numpy() == pytest.approx(plain)
        found = measure(rankings)
        assert list(found.columns) == ["topsis", "wsm"]
        assert found.to_numpy() == pytest.approx(measure([r.rank_array for r in rankings]))
    assert list(mcda.kendall_tau_b([rankings[0], rankings[0]]).columns) == ["topsis 1", "topsis 2"]
    assert mcda.borda(named).tolist() == mcda.borda(frame.to_numpy().T).tolist()
    with pytest.raises(mcda.InputError, match="'E'"):
        mcda.spearman({"mine": {"A": 1, "B": 2}, "yours": {"A": 1, "E": 2}})


def test_a_single_alternative() -> None:
    for measure in CORRELATIONS.values():
        assert np.isnan(measure([[1], [1]])).all()
    assert mcda.kemeny([[1]]).ranks.tolist() == [1]
