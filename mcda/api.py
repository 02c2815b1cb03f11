"""The array level: a matrix, weights and directions in; a frozen result out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from . import checks
from .errors import InputError
from .pairwise import PRIORITISATIONS, consistency, reciprocal_matrix
from .ranks import competition_ranks
from .registry import Decision, find, methods, normalisations, schemes
from .results import Ranking, Weights

if TYPE_CHECKING:
    import pandas as pd


def rank(
    matrix: pd.DataFrame | Iterable[Iterable[float]],
    weights: Weights | Mapping[Any, float] | pd.Series[float] | Iterable[float],
    directions: Iterable[str] | Mapping[Any, str],
    method: str = "topsis",
    **options: Any,
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
    entry = find("method", methods(), method)
    values, rows, columns = checks.matrix(matrix)
    signs = checks.signs(directions, columns)
    shares, raw = checks.shares(weights.array if isinstance(weights, Weights) else weights, columns)
    if not isinstance(weights, Weights):
        weights = Weights(columns, shares, "direct", given=raw)

    known = [*entry.options, *(["normalisation"] if entry.normalisation else [])]
    checks.options(f"method '{method}'", options, known)
    given = {name: checks.by_criterion(name, value, columns) for name, value in options.items()}
    used: dict[str, Any] = {**entry.options, **given}
    kernel_options = dict(used)
    if entry.normalisation:
        used.setdefault("normalisation", entry.normalisation)
        normalise = find("normalisation", normalisations(), used["normalisation"]).kernel
        kernel_options.pop("normalisation", None)
        decision = Decision(normalise(values, signs), shares, abs(signs))
    else:
        decision = Decision(values, shares, signs)
    steps = entry.kernel(decision, **kernel_options)
    scores = steps[entry.steps[-1].symbol]
    return Ranking(
        alternatives=rows,
        score_array=scores,
        rank_array=competition_ranks(scores, entry.better),
        better=entry.better,
        method=method,
        weights=weights,
        options=MappingProxyType(used),
        step_arrays=MappingProxyType(dict(steps)),
        step_meanings=entry.steps,
    )


def weigh(
    matrix: pd.DataFrame | Iterable[Iterable[float]],
    directions: Iterable[str] | Mapping[Any, str],
    scheme: str = "entropy",
    **options: Any,
) -> Weights:
    """Weigh criteria.

    Parameters
    ----------
    matrix : (m, n) array or DataFrame
    directions : ``"max"`` or ``"min"`` per criterion.
    scheme : str
        A name of `schemes()`.
    **options
        ``weights=`` for the scheme ``direct``; ``pairwise=``, ``prioritisation=`` and ``random_index=`` for ``ahp``.

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
    signs = checks.signs(directions, columns)
    where = f"scheme '{scheme}'"
    given = judged = None
    if entry.needs == "weights":
        checks.options(where, options, ["weights"])
        _, given = checks.shares(_required(where, options, "weights"), columns)
        steps = entry.kernel(values, signs, weights=given)
    elif entry.needs == "pairwise":
        checks.options(where, options, ["pairwise", "prioritisation", "random_index"])
        pairwise, labels = reciprocal_matrix(_required(where, options, "pairwise"))
        if len(labels) != len(columns):
            raise InputError(
                "pairwise_size",
                "pairwise",
                f"{len(labels)} criteria",
                f"the matrix's {len(columns)}",
            )
        options = {"prioritisation": "eigenvector", "random_index": "saaty", **options}
        find("prioritisation", dict.fromkeys(PRIORITISATIONS), options["prioritisation"])
        steps = entry.kernel(values, signs, pairwise=pairwise, prioritisation=options["prioritisation"])
        judged = consistency(pairwise, steps["w"], options["random_index"])
        options.pop("pairwise")
    else:
        checks.options(where, options, [])
        steps = entry.kernel(values, signs)
    return Weights(
        criteria=columns,
        array=steps["w"],
        scheme=scheme,
        options=MappingProxyType({k: v for k, v in options.items() if k != "weights"}),
        given=given,
        consistency=judged,
        step_arrays=MappingProxyType({k: v for k, v in steps.items() if k != "w"}),
    )


def _required(where: str, options: Mapping[str, Any], name: str) -> Any:
    if options.get(name) is None:
        raise InputError("option_missing", where, f"no {name}", f"{name}=...")
    return options[name]
