"""Stochastic multicriteria acceptability analysis (SMAA): rankings under many weights, and under uncertain scores.

Sources: Lahdelma, Hokkanen & Salminen (1998), European Journal of Operational Research 106, 137-143; Lahdelma &
Salminen (2001), SMAA-2, Operations Research 49(3), 444-454; pairwise winning indices: Leskinen, Viitanen, Kangas &
Kangas (2006), Alternatives to incorporate uncertainty and risk attitude, Forest Science 52(3), 304-312.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
from numpy.typing import NDArray

from .. import checks
from ..errors import InputError
from ..labels import Table, as_floats, table_by_label
from ..plotting import axes, finished, heat, named
from ..ranges import Directions
from ..ranking_problem import CELLS, RankingProblem, formulate
from ..ranks import FEW, Ranks, competition_ranks, count, ranks_and_pairs, told_apart, whole_words
from ..registry import Array
from ..results import plain
from ..tabular import Tabular, frame, series
from ..weight_space.region import Region
from ..weight_space.sampling import sample
from .stability import form_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ..names import MethodName, RankOptions

DISTANCES = ("topsis", "rim")
"""Methods whose score is the distance from the worst over both distances, and their `quotient` both of them squared."""
MANY = 1000
"""Weight vectors from which on they are ranked in compiled code where numba is loaded: fewer take no time anyway."""
SEVERAL = 100
"""Weight vectors from which on two distances are told apart in single precision first."""
WORTH_LOADING = 4_000_000
"""The same where numba is installed and not loaded: loading takes half a second, which so many vectors save."""
TOGETHER = 2**20
"""Comparisons of ranks that are made at a time."""
AT_ONCE = 1024
"""Weight vectors for which pairs of many alternatives are counted at once."""
WRITTEN = 100
"""Alternatives that plain data hold rank by rank and pair by pair; of more only these, those of best expected rank."""


@dataclass(frozen=True)
class Smaa(Tabular):
    """Shares of the sampled weights (and scores); equal scores share the best rank of their group.

    Attributes
    ----------
    acceptability_array : (m, m) share in which alternative i has rank r + 1; rows sum to 1.
    central_array : (m, n) mean of the weights that put alternative i first; zeros where none does.
    confidence_array : (m,) share of the sampled scores in which alternative i is first by its central weights; 1 or 0
        where scores are certain, and 0 where no weights put it first.
    winning_array : (m, m) share in which alternative i ranks before j.
    alternatives, criteria : their labels.
    samples : number of weight vectors.
    seed : of the draw; None where the vectors were given.
    method, options : the method's name, and all options used.
    uncertain : whether scores were drawn too.
    names : what an alternative and a criterion are called in tables.
    about : further keys for `to_dict`, such as the case.
    """

    float_form = "{:.3f}"

    alternatives: checks.RowLabels
    criteria: checks.Labels
    acceptability_array: Array
    central_array: Array
    confidence_array: Array
    winning_array: Array
    samples: int
    seed: int | None
    method: MethodName
    options: Mapping[str, Any]
    uncertain: bool = False
    names: tuple[str, str] = ("alternative", "criterion")
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def first(self) -> Array:
        """Share in which each alternative is first: (m,)."""
        return np.asarray(self.acceptability_array[:, 0])

    @property
    def effective(self) -> int:
        """Number of independent draws behind every share: all of them, as no vector depends on another one.

        Weights that are given count as such too.
        """
        return self.samples

    @property
    def error_array(self) -> Array:
        """Standard error of every rank acceptability: (m, m)."""
        return self._error(self.acceptability_array)

    def _error(self, share: Array) -> Array:
        return np.asarray(np.sqrt(np.maximum(share * (1 - share), 0.0) / self.effective))

    @property
    def expected_rank(self) -> Array:
        """Mean rank of each alternative: (m,)."""
        return np.asarray(self.acceptability_array @ np.arange(1, len(self.alternatives) + 1))

    def _frame(self, data: Array, labels: Iterable[Any], columns: Iterable[Any]) -> pd.DataFrame:
        return frame(data, list(labels), columns, self.names[0])

    @property
    def acceptability(self) -> pd.DataFrame:
        """Rank acceptability indices: alternatives x ranks."""
        ranks = range(1, len(self.alternatives) + 1)
        return self._frame(self.acceptability_array, self.alternatives, ranks)

    @property
    def central(self) -> pd.DataFrame:
        """Central weight vectors of the alternatives that are ever first."""
        ever = self.first > 0
        labels = [a for a, kept in zip(self.alternatives, ever, strict=True) if kept]
        return self._frame(self.central_array[ever], labels, self.criteria)

    @property
    def confidence(self) -> pd.Series[float]:
        """Confidence factors of the alternatives that are ever first."""
        return series(self.confidence_array[self.first > 0], self.central.index, "confidence", self.names[0])

    @property
    def winning(self) -> pd.DataFrame:
        """Pairwise winning indices: alternatives x alternatives."""
        return self._frame(self.winning_array, self.alternatives, self.alternatives)

    def rows(self) -> list[dict[str, Any]]:
        """One plain row per alternative."""
        every = range(1, len(self.alternatives) + 1)
        return [
            {
                self.names[0]: a,
                "expected_rank": float(self.expected_rank[i]),
                "confidence": float(self.confidence_array[i]) if self.first[i] > 0 else None,
                **{f"rank_{r}": float(self.acceptability_array[i, r - 1]) for r in every},
            }
            for i, a in enumerate(self.alternatives)
        ]

    def to_frame(self) -> pd.DataFrame:
        """One row per alternative: expected rank, confidence factor, and the acceptability of every rank."""
        return frame(self.rows()).set_index(self.names[0])

    def to_dict(self) -> dict[str, Any]:
        """Plain data, keys as ``saidao robust --json``; of more than `WRITTEN` alternatives see `written`."""
        alternative, criterion = self.names
        written = self.written
        whole, over = len(written) == len(self.alternatives), [self.alternatives[i] for i in written.tolist()]
        return {
            "schema": "saidao/robust/1",
            **self.about,
            "method": self.method,
            "options": {name: plain(value) for name, value in self.options.items() if not callable(value)},
            "samples": self.samples,
            "effective_samples": self.effective,
            "seed": self.seed,
            "uncertain_scores": self.uncertain,
            "acceptability": [
                {alternative: a, "rank": r + 1, "share": float(share), "standard_error": float(error)}
                for a, shares, errors in self._written(self.acceptability_array)
                for r, (share, error) in enumerate(zip(shares, errors, strict=True))
                if whole or share > 0
            ],
            "central": [
                {
                    alternative: a,
                    "confidence": float(confidence),
                    "weights": [
                        {criterion: c, "weight": float(w)} for c, w in zip(self.criteria, central, strict=True)
                    ],
                }
                for a, central, confidence, first in zip(
                    self.alternatives, self.central_array, self.confidence_array, self.first, strict=True
                )
                if first > 0
            ],
            "winning": [
                {alternative: a, "over": b, "share": float(share), "standard_error": float(error)}
                for a, shares, errors in self._written(self.winning_array[:, written])
                for b, share, error in zip(over, shares, errors, strict=True)
                if a != b
            ],
            **({} if whole else {"expected_rank": self._expected()}),
        }

    @cached_property
    def written(self) -> NDArray[np.intp]:
        """Places of the alternatives that plain data hold rank by rank: all, of more than `WRITTEN` the first ones."""
        m = len(self.alternatives)
        order = np.argsort(self.expected_rank, kind="stable")[:WRITTEN]
        return np.arange(m) if m <= WRITTEN else np.sort(order)

    def _written(self, shares: Array) -> Iterator[tuple[Any, Array, Array]]:
        """Yield label, shares and their errors, row by row, of the alternatives that are written."""
        for i in self.written.tolist():
            yield self.alternatives[i], shares[i], self._error(shares[i])

    def _expected(self) -> list[dict[str, Any]]:
        """Expected rank of each alternative, and its share of first ranks."""
        columns = zip(self.alternatives, self.expected_rank.tolist(), self.first.tolist(), strict=True)
        return [{self.names[0]: a, "expected_rank": rank, "first": first} for a, rank, first in columns]

    def plot(self, ax: Axes | None = None, names: dict[str, str] | None = None) -> Axes:
        """Draw the rank acceptability indices on matplotlib axes; *names* by alternative."""
        order = np.argsort(self.expected_rank, kind="stable")
        labels = named([self.alternatives[i] for i in order], names)
        ax = axes(ax, len(labels))
        columns = [str(r + 1) for r in range(len(labels))]
        heat(ax, labels, columns, np.round(self.acceptability_array[order], 3), "{:.0%}", 1.0)
        return finished(ax, f"{labels[0]}: {float(self.first[order[0]]):.0%}")


def smaa(
    matrix: Table,
    directions: Directions,
    method: MethodName = "topsis",
    samples: int = 10_000,
    seed: int = 0,
    weights: Table | None = None,
    *,
    region: Iterable[str] | Region = (),
    low: Any = None,
    high: Any = None,
    spread: Any = None,
    **options: Unpack[RankOptions],
) -> Smaa:
    """Rank under many weights, and count.

    Parameters
    ----------
    matrix : (m, n) array or DataFrame
        Performance of m alternatives on n criteria.
    directions : ``"max"`` or ``"min"`` per criterion.
    method : str
        A name of `methods()`.
    samples, seed : how many weight vectors are drawn uniformly from the simplex; the same for the same seed.
    weights : (k, n) weight vectors to be taken instead.
    region : statements about the weights, such as ``"a >= b"``, where they are drawn from, or a `Region`; see `region`.
    low, high : (m, n) ends between which every score is drawn uniformly, anew for every weight vector.
    spread : (m, n), or a number: standard deviation of every score, drawn from a normal distribution about the matrix.
        A DataFrame goes by its labels, a Series or mapping by criterion holds for all alternatives.
    **options : as for `rank`.

    Returns
    -------
    Smaa
        Rank acceptability indices, central weights, confidence factors and pairwise winning indices, as shares.

    Raises
    ------
    InputError
        Names, shapes or values outside the method's domain, for any of the weights and scores.

    Notes
    -----
    By methods whose scores are linear in the weights, TOPSIS and RIM, compiled code finds the same counts in two thirds
    to nine tenths of the time: from 1,000 vectors on where numba (the extra ``fast``) is loaded, from four million on
    it is loaded for them. The first time ever it is compiled, which takes some seconds.

    Examples
    --------
    >>> smaa([[9, 2], [5, 5], [1, 9]], "max", method="wsm", weights=[[1, 1], [3, 1]]).first.tolist()
    [1.0, 0.0, 0.5]
    """
    problem = formulate(matrix, directions, method, options)
    checks.compared(len(problem.alternatives), "smaa")
    drawn = (
        sample(problem.criteria, samples, seed, region)
        if weights is None
        else checks.weight_vectors(weights, problem.criteria)
    )
    scores = _scores(matrix, low, high, spread, seed)
    told = checks.direction_list(directions, problem.criteria)
    m = len(problem.alternatives)
    if scores is None and _pays(problem, len(drawn)):
        counts, wins, sums = _counted_compiled(problem, drawn)
    elif scores is None:
        counts, wins, sums = _counted(_ranked(problem, drawn), drawn, m)
    else:
        counts, wins, sums = _counted(_ranked_each(scores, told, method, problem.options, drawn), drawn, m)
    first = counts[:, :1]
    central = np.divide(sums, first, out=np.zeros_like(sums), where=first > 0)
    confidence = np.zeros(m)
    ever = np.flatnonzero(first[:, 0])
    if scores is None:  # 1 or 0: all at once
        for part, ranks, _ in _ranked(problem, central[ever]):
            confidence[ever[part]] = ranks[ever[part], np.arange(ranks.shape[1])] == 1
    else:
        for i in ever.tolist():
            again = np.broadcast_to(central[i], drawn.shape)
            once = _ranked_each(scores, told, method, problem.options, again)
            confidence[i] = sum(int(ranks[i, 0] == 1) for _, ranks, _ in once) / len(again)
    count = len(drawn)
    return Smaa(
        problem.alternatives,
        problem.criteria,
        counts / count,
        central,
        confidence,
        wins / count,
        count,
        seed if weights is None or scores is not None else None,
        method,
        dict(problem.options),
        scores is not None,
    )


def _counted(ranked: Iterable[tuple[slice, Ranks, Array]], weights: Array, m: int) -> tuple[Array, Array, Array]:
    """Add up how often each has each place, is before each other, and the weights that put it first."""
    counts, wins, sums = np.zeros((m, m)), np.zeros((m, m)), np.zeros((m, weights.shape[1]))
    for part, ranks, won in ranked:
        counts += _places(ranks)
        wins += won
        sums += (ranks == 1) @ weights[part]
    return counts, wins, sums


def _pays(problem: RankingProblem, vectors: int) -> bool:
    """Whether to rank and count in compiled code: it knows the scores, and loading it is worth its time."""
    known = problem.method.linear or problem.method.name in DISTANCES
    if sys.modules.get("numba") is not None:
        return known and vectors >= MANY
    return known and vectors >= WORTH_LOADING and find_spec("numba") is not None


def _counted_compiled(problem: RankingProblem, weights: Array) -> tuple[Array, Array, Array]:
    """Return what `_counted` does, to which vectors are left that may make some level."""
    from .counting import count_ranks  # brings numba, an extra, which takes half a second to load

    form = form_of(problem, weights[0])
    assert form is not None
    m, n = form.over.shape
    under = form.under if form.power == 2 else np.zeros((0, n))
    size = max(np.abs(form.over).max(), np.abs(under).max(initial=0.0)) or 1.0
    counts, wins, sums = np.zeros((m, m)), np.zeros((m, m)), np.zeros((m, n))
    rounding = (n + 8) * 2.0**-22  # of sums in single precision, and far beyond `ranks.TIE`
    unclear = count_ranks(
        (form.over / size).astype(np.float32), (under / size).astype(np.float32), rounding, weights, counts, wins, sums
    )
    again = weights[unclear]
    of_again = _counted(_ranked(problem, again), again, m)
    return counts + of_again[0], wins + of_again[1], sums + of_again[2]


def _places(ranks: Ranks) -> Array:
    """Count for each alternative and each place the columns of (m, k) ranks in which it has that place."""
    m, k = ranks.shape
    if m > FEW:
        place = m * np.arange(m)[:, None] - 1
        return np.bincount((ranks + place).ravel(), minlength=m * m).reshape(m, m).astype(float)
    placed = whole_words((m, m, k))
    np.equal(ranks[:, None], np.arange(1, m + 1, dtype=np.int8)[:, None], out=placed[..., :k])
    return count(placed).astype(float)


def _wins(ranks: Ranks) -> Array:
    """Count for each i and k the columns of (m, k) ranks in which i is before k."""
    m, number = ranks.shape
    if m < 2**15:
        ranks = ranks.astype(np.int16)  # a quarter of the bytes to compare
    wins = np.zeros((m, m))
    step = max(1, TOGETHER // (m * max(number, 1)))
    for i in range(0, m, step):
        some = ranks[i : i + step, None]
        before = whole_words((len(some), m, number))
        np.less(some, ranks, out=before[..., :number])
        wins[i : i + step] = count(before)
    return wins


def _ranked(problem: RankingProblem, weights: Array) -> Iterable[tuple[slice, Ranks, Array]]:
    """Yield parts of the weight vectors with the ranks by each, and how often the row is before the column.

    Of many alternatives pairs are counted for several parts at once, with the last of them.
    """
    waiting: list[Ranks] = []
    steps = problem.tables(weights[0]) if len(weights) and problem.method.batched else None
    better = problem.method.better
    distances = _distances(problem, weights)
    for part in problem.parts(len(weights), CELLS if distances is None else 2 * CELLS):  # half as wide
        some = weights[part]
        if distances is not None:
            key, room = _by_distances(*distances, some)
            exactly = partial(_scores_of, problem, some, steps)
            ranks, before = told_apart(key, room, exactly, better)
            yield part, ranks, count(before).T.astype(float)
        elif len(problem.alternatives) > FEW:
            waiting.append(competition_ranks(problem.scores(some, steps), better))
            if part.stop < len(weights) and sum(one.shape[1] for one in waiting) < AT_ONCE:
                yield part, waiting[-1], np.zeros((1, 1))
            else:
                yield part, waiting[-1], _wins(np.concatenate(waiting, axis=1))
                waiting.clear()
        else:
            ranks, before = ranks_and_pairs(problem.scores(some, steps), better)
            yield part, ranks, count(before).T.astype(float)


def _scores_of(
    problem: RankingProblem, weights: Array, steps: Mapping[str, Array] | None, which: NDArray[np.intp]
) -> Array:
    return problem.scores(weights[which], steps)


Single = NDArray[np.float32]


def _distances(problem: RankingProblem, weights: Array) -> tuple[Single, Single] | None:
    """Return the two tables (m, n) of squares in single precision by which few alternatives order, or None.

    Their sums over the squared weights are the squared distances from the worst, and from the best.
    """
    if problem.method.name not in DISTANCES or len(problem.alternatives) > FEW or len(weights) < SEVERAL:
        return None
    form = form_of(problem, weights[0])
    if form is None or form.power != 2 or min(form.over.min(), form.under.min()) < 0:
        return None
    size = max(form.over.max(), form.under.max()) or 1.0
    return (form.over / size).astype(np.float32), (form.under / size).astype(np.float32)


def _by_distances(over: Single, under: Single, weights: Array) -> tuple[Single, Single]:
    """Return keys (m, k) whose order, the lowest first, is that of the closeness, and how far apart is apart (k,).

    The closeness grows with the share of the one squared distance in both: no root is taken. Sums of what is not below
    0 are off by a few units in the last place each. Where both distances are next to nothing all are near.
    """
    squared = np.square(weights.T, dtype=np.float32, casting="same_kind")
    key = over @ squared
    both = under @ squared
    both += key
    with np.errstate(divide="ignore", invalid="ignore"):
        np.divide(key, both, out=key)
    room = np.float32((weights.shape[1] + 8) * 2.0**-22) * key.max(axis=0)
    room[both.min(axis=0) < np.float32(2.0**-100)] = np.inf
    return np.negative(key, out=key), room


def _ranked_each(
    scores: Callable[[int], Array], directions: Any, method: str, options: Mapping[str, Any], weights: Array
) -> Iterable[tuple[slice, Ranks, Array]]:
    """Rank every weight vector on scores of its own."""
    for k, w in enumerate(weights):
        problem = formulate(scores(k), directions, method, options)
        for _, ranks, wins in _ranked(problem, w[None]):
            yield slice(k, k + 1), ranks, wins


def _scores(matrix: Any, low: Any, high: Any, spread: Any, seed: int) -> Callable[[int], Array] | None:
    """Return a function that draws the k-th score matrix, None where scores are certain."""
    if low is None and high is None and spread is None:
        return None
    values, rows, columns = checks.matrix(matrix)
    if spread is not None:
        if low is not None or high is not None:
            raise InputError("score_spread", "spread", "low or high beside it", "either a spread, or low and high")
        deviation = _cells("spread", spread, rows, columns)
        if (deviation < 0).any():
            raise InputError("score_spread", "spread", "a negative number", "standard deviations >= 0")

        def draw(rng: np.random.Generator) -> Array:
            return np.asarray(values + deviation * rng.standard_normal(values.shape))
    else:
        least = values if low is None else _cells("low", low, rows, columns)
        most = values if high is None else _cells("high", high, rows, columns)
        if (least > most).any():
            i, j = np.argwhere(least > most)[0]
            raise InputError(
                "score_interval",
                f"low, row {i + 1}, column {columns[j]!r}",
                f"{least[i, j]:g} > {most[i, j]:g}",
                "low <= high",
            )

        def draw(rng: np.random.Generator) -> Array:
            return np.asarray(least + (most - least) * rng.random(values.shape))

    return lambda k: draw(np.random.default_rng([seed, k]))


def _cells(name: str, given: Any, rows: checks.RowLabels, columns: checks.Labels) -> Array:
    """Return (m, n) numbers: one for all, by criterion, or by alternative and criterion, in the matrix's order."""
    shape = (len(rows), len(columns))
    placed = table_by_label(name, given, rows, columns)
    read = as_floats(placed, copy=False)
    try:
        values = np.broadcast_to(np.zeros(0) if read is None else read, shape)
    except ValueError:
        raise InputError(
            "score_cells", name, "something else", f"a number, or {shape[0]} x {shape[1]} numbers"
        ) from None
    if not np.isfinite(values).all():
        raise InputError("score_cells", name, "a value that is not finite", "finite numbers")
    return values
