"""Votes on measures: what each voter gives to each of them, and the support that they have together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..errors import Problem
from .case import Case
from .cells import number
from .tables import Ballot, Budget, Cost, Fact, Measure, Resource, Score

SUPPORT = "support"
"""The factor that holds the votes or points of projects."""
ORDINAL = "ordinal"
"""The type of vote, in the table `election`, in which a ballot ranks measures."""


def election(case: Case) -> dict[str, str]:
    """Return what is said about the vote, by key."""
    return {row.key_: row.value for row in case.rows(Fact)}


def support(case: Case) -> dict[str, float]:
    """Return the support of each measure that any ballot is for: votes, or points where ballots give some.

    Without ballots it is the score, on a factor that is called ``support``, of the track that is called as the measure.
    """
    if not case.rows(Ballot):
        scores = {row.track: row.values.get(SUPPORT) for row in case.rows(Score)}
        known = ((row.measure, scores.get(row.measure)) for row in case.rows(Measure))
        return {measure: value for measure, value in known if value is not None}
    totals: dict[str, float] = {}
    for ballot in given(case.rows(Ballot), election(case)):
        for measure, points in ballot.items():
            totals[measure] = totals.get(measure, 0.0) + points
    return totals


def given(ballots: Iterable[Ballot], about: Mapping[str, str]) -> list[dict[str, float]]:
    """Return what each ballot gives to each measure.

    One vote each; the points written; or, where ballots rank, as many points to the first as a ballot may have places
    (``max_length``, else the longest), one less to each next one (Borda).

    >>> ballots = [Ballot(voter="1", vote="a;b"), Ballot(voter="2", vote="b", points="4")]
    >>> given(ballots, {}), given(ballots[:1], {"vote_type": "ordinal", "max_length": "3"})
    ([{'a': 1.0, 'b': 1.0}, {'b': 4.0}], [{'a': 3.0, 'b': 2.0}])
    """
    rows = list(ballots)
    places = 0.0
    if about.get("vote_type") == ORDINAL:
        longest = max((len(row.measures) for row in rows), default=0)
        places = max(number(about.get("max_length", "")) or 0.0, longest)
    return [
        {m: number(p) or 0.0 for m, p in zip(row.measures, row.given, strict=False)}
        if row.given
        else {m: places - n if places else 1.0 for n, m in enumerate(row.measures)}
        for row in rows
    ]


def not_projects(case: Case) -> Iterator[Problem]:
    """Yield what keeps the measures of a case from being whole projects that are paid for with one budget."""
    if len(case.rows(Resource)) != 1:
        yield Problem("pb_resource", "resources", found=str(len(case.rows(Resource))))
    if dated := len(case.rows(Budget)) or sum(bool(row.period) for row in case.rows(Cost)):
        yield Problem("pb_dated", "budgets", found=str(dated))
    parts = [row.measure for row in case.rows(Measure) if row.kind != "binary" or row.max_level != 1]
    if parts or not case.rows(Measure):
        yield Problem("pb_whole", "measures", found=", ".join(parts[:5]))
