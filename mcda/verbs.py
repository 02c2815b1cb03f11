"""The array level: a matrix, weights and directions in; a frozen result out."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from types import MappingProxyType
from typing import TYPE_CHECKING, Unpack

import numpy as np

from . import checks, option_checks
from .errors import InputError
from .labels import ByCriterion, Table
from .ranges import Directions
from .ranking_problem import Lazy, formulate
from .ranks import Ranks, competition_ranks
from .registry import Array, find, schemes
from .results import Ranking, Weights

if TYPE_CHECKING:
    from .names import MethodName, RankOptions, SchemeName, SchemeOptions


def rank(
    matrix: Table,
    weights: Weights | ByCriterion[float],
    directions: Directions,
    method: MethodName = "topsis",
    **options: Unpack[RankOptions],
) -> Ranking:
    """Rank alternatives.

    Parameters
    ----------
    matrix : (m, n) array or DataFrame
        Performance of m alternatives on n criteria.
    weights : (n,) weights >= 0 with a positive sum, a mapping or Series by criterion, or a `Weights`.
        Used as shares.
    directions : ``"max"`` or ``"min"`` per criterion.
    method : str
        A name of `methods()`.
    **options
        ``normalisation=`` where the method has one, and the method's own (VIKOR: ``v``). What is given by criterion
        (SPOTIS: ``bounds``) may be a mapping, a Series or a DataFrame by criterion.

    Returns
    -------
    Ranking
        The published scores, competition ranks, and every intermediate table.

    Raises
    ------
    InputError
        Names, shapes or values outside the method's domain.

    Examples
    --------
    >>> rank([[9, 2], [5, 5], [1, 9]], [0.5, 0.5], ["max", "max"], method="wsm").ranks.tolist()
    [1, 3, 1]
    """
    problem = formulate(matrix, directions, method, options)
    shares, raw = checks.shares(weights, problem.criteria)
    if isinstance(weights, Weights):
        weights = weights.over(problem.criteria)
    else:
        weights = Weights(problem.criteria, shares, "direct", given=raw)
    entry, steps = problem.method, problem.tables(shares)
    scores = problem.scores(shares[None])[:, 0] if isinstance(steps, Lazy) else steps[entry.steps[-1].symbol]
    return Ranking(
        alternatives=problem.alternatives,
        score_array=scores,
        rank_array=competition_ranks(scores, entry.better),
        better=entry.better,
        method=method,
        weights=weights,
        options=MappingProxyType(dict(problem.options)),
        step_arrays=steps if isinstance(steps, Lazy) else MappingProxyType(dict(steps)),
        step_meanings=entry.steps,
    )


def rank_many(
    matrix: Table,
    weights: Table,
    directions: Directions,
    method: MethodName = "topsis",
    **options: Unpack[RankOptions],
) -> tuple[Array, Ranks]:
    """Rank alternatives by many weight vectors at once, as `rank` does by one.

    Parameters
    ----------
    matrix, directions, method, **options : as for `rank`.
    weights : (k, n) array or DataFrame
        A weight vector a row, each used as shares.

    Returns
    -------
    (k, m) published scores, (k, m) competition ranks.

    Raises
    ------
    InputError
        As for `rank`, for any of the weight vectors.

    Examples
    --------
    >>> rank_many([[9, 2], [5, 5], [1, 9]], [[1, 1], [3, 1]], "max", "wsm")[1].tolist()
    [[1, 3, 1], [1, 2, 3]]
    """
    problem = formulate(matrix, directions, method, options)
    shares = checks.weight_vectors(weights, problem.criteria)
    scores = np.empty((len(problem.alternatives), len(shares)))
    ranks = np.empty(scores.shape, dtype=np.int64)
    steps = problem.tables(shares[0]) if problem.method.batched else None
    for part in problem.parts(len(shares)):
        scores[:, part] = problem.scores(shares[part], steps)
        ranks[:, part] = competition_ranks(scores[:, part], problem.method.better)
    return scores.T, ranks.T


def weigh(
    matrix: Table,
    directions: Directions,
    scheme: SchemeName = "entropy",
    *,
    criteria: Iterable[Hashable] | None = None,
    **options: Unpack[SchemeOptions],
) -> Weights:
    """Weigh criteria.

    Parameters
    ----------
    matrix : (m, n) array or DataFrame
    directions : ``"max"`` or ``"min"`` per criterion.
    scheme : str
        A name of `schemes()`.
    criteria : names of the criteria, where the matrix has none.
    **options
        The scheme's own, such as ``weights=`` for ``direct``, ``ranks=`` for ``roc`` or ``pairwise=`` for ``ahp``. What
        is judged by criterion is a mapping or Series by criterion, or a sequence in the order of the criteria.

    Returns
    -------
    Weights
        Shares that sum to 1, and every intermediate table; for AHP also the consistency.

    Raises
    ------
    InputError
        Names, shapes or values outside the scheme's domain.

    Examples
    --------
    >>> weigh([[1, 5], [3, 5]], "max", scheme="entropy").values.tolist()
    [1.0, 0.0]
    """
    entry = find("scheme", schemes(), scheme)
    values, _, columns = checks.matrix(matrix)
    columns = checks.labels(criteria, columns)
    values, signs = checks.directed(values, directions, columns)
    where = f"scheme '{scheme}'"
    option_checks.options(where, options, entry.options)
    used = option_checks.checked(entry.options, options, columns, where)
    with np.errstate(all="ignore"):  # what leaves the range of floats is told below
        steps = dict(entry.kernel(values, signs, **used))
    w = steps.pop("w")
    if not abs(w.sum() - 1.0) < 1e-6:  # nan included
        raise InputError("weights_range", where, "values too large or too small to compute with", "a nearer scale")
    return Weights(
        criteria=columns,
        array=w,
        scheme=scheme,
        options=MappingProxyType(used),
        given=steps.pop("given", None),
        consistency=entry.consistency(w, **used) if entry.consistency else None,
        step_arrays=MappingProxyType(steps),
    )
