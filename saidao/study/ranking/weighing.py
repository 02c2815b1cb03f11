"""Weights of the factors, the ranking, and what a stance makes of its scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from ... import mcda
from ...case import Case
from ...case.settings import Stance
from ...case.tables import Factor, Judge
from ...errors import CaseError, Problem, nearest
from ...mcda.checks import shares
from ...mcda.labels import by_label
from ...mcda.pairwise import aggregate, weigh_tree
from ...mcda.ranking_problem import formulate
from ...mcda.tree_weights import DATA, tree_weights
from ..array_errors import as_case_error
from ..decision import Array, Decision
from ..settings import Settings

if TYPE_CHECKING:
    from ...mcda.names import MethodName, SchemeName
    from ..settings import WeightsLike


def factor_weights(
    case: Case,
    data: Decision,
    weights: WeightsLike | None,
    chosen: Settings,
    judgements: Mapping[str, Any] = MappingProxyType({}),
) -> mcda.Weights:
    """Weigh the factors as the settings say."""
    names = ("track", "factor")
    if chosen.weights == "given" or (weights is not None and not isinstance(weights, str)):
        return _given_weights(data.factors, weights)
    if len(chosen.parents) > 1:
        return _combined(case, data, chosen, judgements)
    scheme = cast("SchemeName", chosen.weights)
    options = dict(judgements)
    if chosen.weights == "direct" and "weights" not in options:
        options["weights"] = _direct(case)
    elif chosen.weights == "ahp":
        if "pairwise" not in options:
            return _from_judgements(case, data.factors, chosen)
        own = ("random_index", "prioritisation", "missing")
        options = {**{name: getattr(chosen, name) for name in own}, **options}
    try:
        if len(case.children) > 1 and mcda.schemes()[scheme].needs != DATA:
            whole = tree_weights(scheme, case.children, options)
            array = np.array([whole[f] for f in data.factors])
            return mcda.Weights(data.factors, array, scheme, MappingProxyType(options), names=names)
        found = mcda.weigh(data.scores, data.directions, scheme, criteria=data.factors, **options)
    except mcda.InputError as error:
        raise as_case_error(error, data) from None
    return replace(found, names=names)


def _combined(case: Case, data: Decision, chosen: Settings, judgements: Mapping[str, Any]) -> mcda.Weights:
    """Combine the weights of several schemes as the settings say."""
    parents = {
        scheme: factor_weights(case, data, None, replace(chosen, weights=scheme), _own(scheme, judgements))
        for scheme in chosen.parents
    }
    try:
        found = mcda.combine(
            parents, chosen.combine, shares=chosen.share, matrix=data.scores, directions=data.directions
        )
    except mcda.InputError as error:
        raise as_case_error(error, data) from None
    judged = next((one for one in parents.values() if one.consistency is not None), None)
    return replace(
        found,
        names=("track", "factor"),
        consistency=None if judged is None else judged.consistency,
        hierarchy=None if judged is None else judged.hierarchy,
    )


def _own(scheme: str, judgements: Mapping[str, Any]) -> dict[str, Any]:
    """Return the judgements that a scheme takes."""
    taken = next((entry.options for entry in mcda.schemes().values() if entry.name == scheme), {})
    return {name: value for name, value in judgements.items() if name in taken}


def _direct(case: Case) -> dict[str, float]:
    """Return the column `weight` of the factors: of each that is weighed against others, at every node of a tree."""
    weight = {row.factor: row.weight for row in case.rows(Factor)}
    compared = [f for children in case.children.values() if len(children) > 1 for f in children] or case.factor_ids
    blank = [f for f in compared if weight[f] is None]
    if blank:
        raise CaseError(
            [Problem("no_direct_weights", "factors.csv", None, "weight", details={"factors": ", ".join(blank)})]
        )
    return {f: float(weight[f] or 0.0) for f in compared}


def _given_weights(factors: tuple[str, ...], weights: Any) -> mcda.Weights:
    """Take weights by factor from a mapping, a Series or `Weights`: each factor once, and nothing else."""
    expected = {"factors": ", ".join(factors)}
    if isinstance(weights, mcda.Weights):
        labels, values = list(weights.criteria), weights.array.tolist()
    else:
        try:
            pairs = list(weights.items())
        except (AttributeError, TypeError):
            raise CaseError([Problem("option_factors", "weights", found=repr(weights), details=expected)]) from None
        labels, values = [label for label, _ in pairs], [value for _, value in pairs]
    names = [str(label) for label in labels]
    problems = [
        Problem("option_factors", "weights", found=name, details={**expected, "nearest": nearest(name, factors)})
        for name in names
        if name not in factors
    ] + [Problem("option_factors", "weights", None, name, details=expected) for name in factors if name not in names]
    problems += [
        Problem("option_twice", "weights", None, name, found=name)
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    try:
        numbers = np.array(values, dtype=float)
    except (TypeError, ValueError):
        raise CaseError([Problem("option_factors", "weights", found=repr(weights), details=expected)]) from None
    if not problems and not (np.isfinite(numbers).all() and (numbers >= 0).all() and numbers.sum() > 0):
        listed = ", ".join(f"{name}={value:g}" for name, value in zip(names, numbers, strict=True))
        problems.append(Problem("bad_weight", "weights", found=listed))
    if problems:
        raise CaseError(problems)
    array = np.array(by_label("weights", dict(zip(names, numbers.tolist(), strict=True)), factors))
    return mcda.Weights(factors, array / array.sum(), "given", given=array, names=("track", "factor"))


def _from_judgements(case: Case, factors: tuple[str, ...], chosen: Settings) -> mcda.Weights:
    """Weigh the factors by the case's own judgements: those of all judges, at every node of the tree."""
    judge_weight = {row.judge: row.weight for row in case.rows(Judge)}
    nodes: dict[Any, mcda.Group] = {}
    problems = []
    for node, children in case.children.items():
        given = {}
        for judgement in case.judged(node):
            order = [judgement.labels.index(f) for f in children]
            try:
                given[judgement.judge] = mcda.reciprocal_matrix(judgement.matrix[np.ix_(order, order)], children)[0]
            except mcda.InputError as error:
                details = {"pair": error.where.removeprefix("pairwise, ")}
                problems.append(Problem(error.code, judgement.file, found=error.found, details=details))
        if len(children) == 1:
            given = given or {"": np.ones((1, 1))}  # an only child needs no judge
        elif not case.judged(node):
            details = {"factors": ", ".join(children)}
            problems.append(Problem("no_judgements", "judgements", found=", ".join(case.judgements), details=details))
        if problems:
            continue
        try:
            v = shares([judge_weight.get(judge, 1.0) for judge in given], tuple(given))[0]
            nodes[node] = aggregate(
                np.array(list(given.values())),
                children,
                tuple(given),
                v,
                chosen.aggregation,
                chosen.prioritisation,
                chosen.random_index,
                chosen.missing,
            )
        except mcda.InputError as error:
            raise as_case_error(error) from None
    if problems:
        raise CaseError(problems)
    tree = weigh_tree(nodes)
    options = {name: getattr(chosen, name) for name in ("prioritisation", "random_index", "aggregation", "missing")}
    return mcda.Weights(
        factors,
        np.array([tree.whole[f] for f in factors]),
        "ahp",
        MappingProxyType(options),
        consistency=tree.consistency,
        hierarchy=tree,
        names=("track", "factor"),
    )


def in_proportion(weights: Array, place: int, to: float) -> Array:
    """Return weights (F,) with one at *to*, the others in proportion, or alike where they are all 0.

    >>> in_proportion(np.array([0.5, 0.3, 0.2]), 0, 0.2)
    array([0.2 , 0.48, 0.32])
    """
    if len(weights) == 1:
        return np.ones(1)
    rest = np.where(np.arange(len(weights)) == place, 0.0, weights)
    rest = rest if rest.sum() > 0 else np.where(np.arange(len(weights)) == place, 0.0, 1.0)
    made = rest / rest.sum() * (1.0 - to)
    made[place] = to
    return np.asarray(made)


def ranking_of(data: Decision, scores: Array, weights: mcda.Weights, chosen: Settings) -> mcda.Ranking:
    """Rank a score matrix; `mcda.InputError` where the method is not defined for it."""
    found = mcda.rank(scores, weights.array, data.directions, chosen.method, **chosen.ranking)
    return replace(found, alternatives=data.tracks, weights=weights, names=("track", "factor"))


def rankings_of(
    data: Decision, weights: Iterable[mcda.Weights], chosen: Settings
) -> Iterator[mcda.Ranking | mcda.InputError]:
    """Yield for each weights the ranking as `ranking_of` finds it, without the tables on the way, or why there is none.

    A method that compares every two tracks, and whose scores are ranks, does so for all weights together.
    """
    method, several = mcda.methods()[chosen.method], list(weights)
    if method.compares and method.scores_by_rank and len(several) > 1:
        try:
            problem = formulate(data.scores, data.directions, chosen.method, chosen.ranking)
            together = problem.scores(np.array([one.array for one in several])).T
        except mcda.InputError:
            pass  # for one of them at least
        else:
            for one, scores in zip(several, together, strict=True):
                yield mcda.Ranking(
                    alternatives=data.tracks,
                    score_array=scores,
                    rank_array=mcda.competition_ranks(scores, method.better),
                    better=method.better,
                    method=chosen.method,
                    weights=one,
                    options=MappingProxyType(dict(problem.options)),
                    names=("track", "factor"),
                )
            return
    for one in several:
        try:
            # steps of some methods are tables of alternatives by alternatives
            yield replace(ranking_of(data, data.scores, one, chosen), step_arrays={}, step_meanings=())
        except mcda.InputError as error:
            yield error


def stances(scores: Array, method: MethodName, name: Stance) -> Array:
    """Priority of each track, mean 1, from published scores (..., T), vector by vector.

    ``even``: 1; ``leaders``: the score c; ``laggards``: max c + min c - c. c is turned so that higher is better, and
    min-max scaled to [0, 1] where the method does not yield [0, 1] itself. If all are 0: even.
    """
    if name == "even":
        return np.ones_like(scores)
    entry = mcda.methods()[method]
    low, high = scores.min(axis=-1, keepdims=True), scores.max(axis=-1, keepdims=True)
    c = high + low - scores if entry.better == "lower" else scores
    if not entry.unit_interval:
        c = np.divide(c - low, high - low, out=np.zeros_like(c), where=high > low)
        low, high = c.min(axis=-1, keepdims=True), c.max(axis=-1, keepdims=True)
    pi = c if name == "leaders" else high + low - c
    mean = pi.mean(axis=-1, keepdims=True)
    return np.asarray(np.divide(pi, mean, out=np.ones_like(pi), where=mean > 0))
