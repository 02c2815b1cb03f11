"""Regions of weights, stated of factors and of tracks: ``f >= g``, ``f >= 0.2``, ``a before b``, ``within 0.1``."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from .. import mcda
from ..case.cells import number, plain
from ..case.checking import by_name
from ..case.tables import Track
from ..errors import CaseError, Problem, nearest
from ..mcda.region import Region
from .array_errors import as_case_error
from .problem import PlanningProblem

BEFORE = re.compile(r"^(?P<one>.+?)\s*(?:\bbefore\b|优先于|先于)\s*(?P<other>.+)$")
"""One track's levels, weighted, are at least another's."""
WITHIN = re.compile(r"^(?:within|上下)\s*(?P<share>[0-9.]+\s*[%％]?)$")
"""Every weight is within this share of its own value."""


def weight_region(problem: PlanningProblem, statements: Sequence[str]) -> Region:
    """Return the weights that meet every statement; those of the problem are what ``within`` is about.

    Raises
    ------
    CaseError
        A statement that cannot be read, an unknown name, or no weights that meet all: the statements are named.
    """
    data, w = problem.decision, problem.weights.array
    tracks = by_name(problem.case, Track)
    rows, bounds, others, problems = [], [], [], []
    for statement in statements:
        if found := BEFORE.match(statement.strip()):
            places = []
            for name in (found["one"].strip(), found["other"].strip()):
                track = tracks.get(plain(name))
                if track is None:
                    details = {"choices": ", ".join(data.tracks), "nearest": nearest(name, data.tracks)}
                    problems.append(Problem("choice", "region", found=name, details=details))
                else:
                    places.append(data.tracks.index(track))
            if len(places) == 2:
                rows.append(data.level[places[0]] - data.level[places[1]])
                bounds.append(0.0)
        elif found := WITHIN.match(statement.strip()):
            share = number(found["share"])
            if share is None or share < 0:
                problems.append(Problem("at_least", "region", found=statement, details={"bound": 0}))
            else:
                low, high = np.maximum(w * (1 - share), 0.0), w * (1 + share)
                rows += [*np.eye(len(w)), *-np.eye(len(w))]
                bounds += [*low, *-high]
        else:
            others.append(statement)
    if problems:
        raise CaseError(problems)
    try:
        stated = mcda.region(data.factors, others)
        whole = Region(
            stated.criteria,
            np.vstack([stated.rows, *rows]),
            np.concatenate([stated.least, np.array(bounds, dtype=float)]),
            tuple(statements),
        )
        whole.vertices  # noqa: B018  # raises where there are none
    except mcda.InputError as error:
        raise as_case_error(error) from None
    return whole
