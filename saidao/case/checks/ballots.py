"""Checks of ballots: they are for measures that are there, each once, with a number of points for each or none."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Problem
from ..case import Case
from ..cells import number
from ..checking import file_of, ids, rows_with_lines, unknown
from ..tables import Ballot, Measure


def ballots(case: Case) -> Iterator[Problem]:
    """Yield measures that are not there or stand twice, and points that are no numbers or not one a measure."""
    file, known = file_of(case, Ballot), ids(case, Measure)
    for line, row in rows_with_lines(case, Ballot):
        for measure in row.measures:
            if measure not in known:
                yield unknown(file, line, "vote", measure, known, "measures")
        if len(set(row.measures)) < len(row.measures):
            yield Problem("ballot_twice", file, line, "vote", row.vote)
        if (row.given and len(row.given) != len(row.measures)) or any(number(points) is None for points in row.given):
            yield Problem("ballot_points", file, line, "points", row.points, {"number": len(row.measures)})
