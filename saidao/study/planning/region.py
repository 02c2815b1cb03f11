"""Regions of weights, stated of factors and of tracks: ``f >= g``, ``f >= 0.2``, ``a before b``, ``within 0.1``.

So of value functions: what is said of a weight is said of what its factor is worth at its target.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from ... import mcda
from ...case import Case
from ...case.cells import number, plain
from ...case.checking import by_name
from ...case.tables import Track
from ...errors import CaseError, Problem, nearest
from ...mcda.weight_space.region import Region
from ..array_errors import as_case_error
from ..decision import Array, Decision
from .marginal_values import MarginalValues
from .problem import PlanningProblem

BEFORE = re.compile(r"^(?P<one>.+?)\s*(?:\bbefore\b|优先于|先于)\s*(?P<other>.+)$")
"""One track's levels, weighted, are at least another's."""
LIKE = re.compile(r"^(?P<one>.+?)\s*(?:\blike\b|相当于|等同于)\s*(?P<other>.+)$")
"""One track's levels, weighted, are as good as another's."""
WITHIN = re.compile(r"^(?:within|上下)\s*(?P<share>[0-9.]+\s*[%％]?)$")
"""Every weight is within this share of its own value."""


def weight_region(
    problem: PlanningProblem, statements: Sequence[str], marginal: MarginalValues | None = None
) -> Region:
    """Return the weights that meet every statement; those of the problem are what ``within`` is about.

    Where *marginal* says that values bend, the rises of value functions in place of weights.

    Raises
    ------
    CaseError
        A statement that cannot be read, an unknown name, or no weights that meet all: the statements are named.
    """
    return statement_region(problem.case, problem.decision, problem.weights.array, statements, marginal)


def orders(
    case: Case, data: Decision, statements: Sequence[str]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return pairs of places of tracks, of which the first is better, and pairs that are worth the same.

    Raises
    ------
    CaseError
        A statement that is of no two tracks, or an unknown name.
    """
    tracks = by_name(case, Track)
    before: list[tuple[int, int]] = []
    alike: list[tuple[int, int]] = []
    problems: list[Problem] = []
    for statement in statements:
        found = BEFORE.match(statement.strip()) or LIKE.match(statement.strip())
        if found is None:
            problems.append(Problem("infer_statement", "statements", found=statement))
            continue
        pair, unknown = _pair(tracks, data, found, "statements")
        problems += unknown
        if len(pair) == 2:
            (alike if found.re is LIKE else before).append((pair[0], pair[1]))
    if problems:
        raise CaseError(problems)
    return before, alike


def _pair(
    tracks: Mapping[str, str | None], data: Decision, found: re.Match[str], where: str
) -> tuple[list[int], list[Problem]]:
    """Return the places of the two tracks of a statement, and problems with names that there are not."""
    places, problems = [], []
    for name in (found["one"].strip(), found["other"].strip()):
        track = tracks.get(plain(name))
        if track is None:
            details = {"choices": ", ".join(data.tracks), "nearest": nearest(name, data.tracks)}
            problems.append(Problem("choice", where, found=name, details=details))
        else:
            places.append(data.tracks.index(track))
    return places, problems


def statement_region(
    case: Case, data: Decision, w: Array, statements: Sequence[str], marginal: MarginalValues | None = None
) -> Region:
    """Return the weights that meet every statement; *w* are what ``within`` is about, errors as `weight_region`'s."""
    shape = marginal or MarginalValues(data.factors, (1,) * len(data.factors))
    tracks, shares = by_name(case, Track), shape.shares(data.level)
    rows, bounds, others, problems = [], [], [], []
    for statement in statements:
        if found := BEFORE.match(statement.strip()):
            places, unknown = _pair(tracks, data, found, "region")
            problems += unknown
            if len(places) == 2:
                rows.append(shares[places[0]] - shares[places[1]])
                bounds.append(0.0)
        elif found := LIKE.match(statement.strip()):
            places, unknown = _pair(tracks, data, found, "region")
            problems += unknown
            if len(places) == 2:
                apart = shares[places[0]] - shares[places[1]]
                rows += [apart, -apart]
                bounds += [0.0, 0.0]
        elif found := WITHIN.match(statement.strip()):
            share = number(found["share"])
            if share is None or share < 0:
                problems.append(Problem("at_least", "region", found=statement, details={"bound": 0}))
            else:
                low, high = np.maximum(w * (1 - share), 0.0), w * (1 + share)
                rows += [*shape.totals, *-shape.totals]
                bounds += [*low, *-high]
        else:
            others.append(statement)
    if problems:
        raise CaseError(problems)
    try:
        stated = mcda.region(data.factors, others)
        whole = Region(
            tuple(f if one == 1 else f"{f} up to {one:g}" for f, one in shape.breaks) if shape.bends else data.factors,
            np.vstack([stated.rows @ shape.totals, *rows, shape.bounds]),
            np.concatenate([stated.least, np.array(bounds, dtype=float), np.zeros(len(shape.bounds))]),
            tuple(statements),
        )
        if shape.bends:
            whole.some_vertices(1)  # raises where there are none; all of them may be too many
        else:
            whole.vertices  # noqa: B018  # likewise
    except mcda.InputError as error:
        raise as_case_error(error) from None
    return whole
