"""Inconsistent judgements of a matrix, and the fewest changes that mend it."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import InputError
from ..labels import Table
from ..option_checks import above_number, whole
from ..registry import Array
from ..tabular import Record, Tabular, frame
from .completion import Places, perron
from .fewest import EQUAL, SETS, Search
from .priorities import ACCEPTABLE, Priorities, ahp, consistency, random_of
from .random_index import RANDOM_INDEX

if TYPE_CHECKING:
    import pandas as pd

    from ..names import RandomIndexName

SCALE = np.array([1 / k for k in range(9, 1, -1)] + [float(k) for k in range(1, 10)])
"""Saaty's scale."""

ROUNDED_BOTH_WAYS = 10
"""Up to so many new values are tried rounded up and down; beyond, each goes to the nearest."""


@dataclass(frozen=True)
class Change(Record):
    """A judgement, what it says, and what it would have to say.

    Attributes
    ----------
    criterion, over : the criteria compared.
    value : how many times more important the first one is, as judged.
    to : as it would have to be judged.
    ratio : the consistency ratio by then.
    """

    criterion: Hashable
    over: Hashable
    value: float
    to: float
    ratio: float

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return dict(vars(self))


@dataclass(frozen=True)
class Repair(Tabular):
    """The judgements of a matrix that make it inconsistent, and changes that mend it.

    Attributes
    ----------
    priorities : the priorities of the matrix as it is.
    deviation : (n, n) a_ij w_j / w_i: 1 where a judgement says what the weights say.
    farthest : the judgement that deviates most, with the value that the weights say; None for a single criterion.
    single : for each judgement the value that lowers lambda max most, all others kept; the most effective first.
    changes : fewest judgements that bring the ratio below the limit, together; empty where it is below already.
    ratio : the consistency ratio after `changes`.
    fewest : whether it is proved that no smaller set can do it.
    on_scale : whether the new values are on Saaty's scale; otherwise they are those of the least lambda max.
    """

    priorities: Priorities
    deviation: Array
    farthest: Change | None
    single: tuple[Change, ...]
    changes: tuple[Change, ...]
    ratio: float
    fewest: bool
    on_scale: bool

    def to_frame(self) -> pd.DataFrame:
        """One row per judgement: its value, the best one, and the ratio by then."""
        return frame([change.to_dict() for change in self.single])

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "consistency": self.priorities.consistency.to_dict(),
            "farthest": self.farthest.to_dict() if self.farthest else None,
            "worst": self.single[0].to_dict() if self.single else None,
            "changes": [change.to_dict() for change in self.changes],
            "ratio": self.ratio,
            "fewest": self.fewest,
            "on_scale": self.on_scale,
        }


def on_scale(a: Array, pairs: Places, limit: float) -> Array | None:
    """Round the entries *pairs* of *a* to Saaty's scale so that lambda max is least, if it is below *limit* then."""
    far = np.abs(np.log(SCALE) - np.log(a[pairs[:, 0], pairs[:, 1]])[:, None])
    nearest = far.argsort(axis=1)[:, : 2 if len(pairs) <= ROUNDED_BOTH_WAYS else 1]
    choices = SCALE[np.array(list(itertools.product(*nearest)), dtype=np.int64)]
    tried = np.repeat(a[None], len(choices), axis=0)
    tried[:, pairs[:, 0], pairs[:, 1]] = choices
    tried[:, pairs[:, 1], pairs[:, 0]] = 1.0 / choices
    roots = perron(tried)[0]
    return np.asarray(tried[roots.argmin()]) if roots.min() < limit else None


def ahp_repair(
    pairwise: Table,
    below: float = ACCEPTABLE,
    random_index: RandomIndexName = "saaty",
    sets: int = SETS,
) -> Repair:
    """Find the judgements that make a matrix inconsistent, and the fewest changes that bring its ratio below *below*.

    Parameters
    ----------
    pairwise, random_index : as for `ahp`, with the eigenvector; missing judgements take the values of least lambda max.
    below : the consistency ratio to stay below, above 0.
    sets : sets of one size that are listed at most; beyond, `.fewest` is False.

    Returns
    -------
    Repair
        For each judgement the value that helps most alone, and the fewest changes that help enough together.

    Raises
    ------
    InputError
        As for `ahp`, or a matrix larger than its table of random indices: it has no ratio.

    Notes
    -----
    A set of judgements can bring lambda max below a limit if and only if its least lambda max, all its values free, is
    below; and what a larger set cannot, a smaller one cannot either. So sets are tried by size, save those that a set
    known to fail rules out. The question is that of Bozóki, Fülöp & Poesz (2015), On reducing inconsistency of
    pairwise comparison matrices below an acceptance threshold, Central European Journal of Operations Research 23,
    849-866, who answer it by mixed-integer convex optimisation.

    Examples
    --------
    >>> found = ahp_repair([[1, 2, 8, 1/3], [1/2, 1, 4, 4], [1/8, 1/4, 1, 1], [3, 1/4, 1, 1]])
    >>> [(c.criterion, c.over, round(c.value, 2), round(c.to, 2)) for c in found.changes]
    [(0, 3, 0.33, 8.0)]
    """
    below = above_number("below", below, ())
    return repair(ahp(pairwise, "eigenvector", random_index), below, whole("sets", sets, 1))


def repair(found: Priorities, below: float = ACCEPTABLE, sets: int = SETS) -> Repair:
    """Repair the matrix of which *found* are the eigenvector priorities."""
    random_index = found.consistency.random_index
    a, labels, n = found.matrix, found.labels, len(found.labels)
    random = random_of(n, random_index)
    if random is None:
        raise InputError(
            "random_index_size",
            "pairwise",
            f"{n} criteria",
            f"at most {len(RANDOM_INDEX[random_index])} for the table '{random_index}', beyond which there is no ratio",
            "Take the table 'donegan_dodd', or group the criteria into a tree.",
        )
    gaps = np.array(found.missing, dtype=np.int64).reshape(-1, 2)
    judged = [pair for pair in itertools.combinations(range(n), 2) if pair not in found.missing]
    pairs = np.array(judged, dtype=np.int64).reshape(-1, 2)
    deviation = a * found.array[None, :] / found.array[:, None]

    def change(pair: Sequence[int] | Places, to: float, ratio: float) -> Change:
        i, j = (int(k) for k in pair)
        return Change(labels[i], labels[j], float(a[i, j]), to, ratio)

    def ratio_of(matrix: Array) -> float:
        """Consistency ratio of a matrix once its missing judgements are filled in anew."""
        return replace(found, matrix=matrix).by_eigenvector().consistency.severity

    farthest = None
    if len(pairs):
        i, j = pairs[np.abs(np.log(deviation[pairs[:, 0], pairs[:, 1]])).argmax()]
        said = a.copy()
        said[i, j] = found.array[i] / found.array[j]
        said[j, i] = 1.0 / said[i, j]
        farthest = change((i, j), float(said[i, j]), ratio_of(said))

    search = Search(a, pairs, gaps, n + (n - 1) * below * (random if n > 2 else 0.0))
    matrices, _, used = search.least(np.arange(len(pairs))[:, None])
    single = [
        change(pairs[k], float(m[tuple(pairs[k])]), consistency(m, perron(m)[1], random_index).severity)
        for k, m in zip(used, matrices, strict=True)
    ]

    ratio, chosen, mended, fewest, rounded = found.consistency.severity, pairs[:0], a, True, True
    if ratio >= below:
        numbers, mended, fewest = search.smallest(sets)
        chosen = pairs[numbers]
        near = on_scale(mended, chosen, search.limit)
        mended, rounded = (mended, False) if near is None else (near, True)
        ratio = ratio_of(mended)
    return Repair(
        priorities=found,
        deviation=deviation,
        farthest=farthest,
        single=tuple(sorted(single, key=lambda c: round(c.ratio / EQUAL))),
        changes=tuple(change(pair, float(mended[tuple(pair)]), ratio) for pair in chosen),
        ratio=ratio,
        fewest=fewest,
        on_scale=rounded,
    )
