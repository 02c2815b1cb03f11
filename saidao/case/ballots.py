"""Votes on measures: what each voter gives to each of them, and the support that they have together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .case import Case
from .cells import number
from .tables import Ballot, Fact

ORDINAL = "ordinal"
"""The type of vote, in the table `election`, in which a ballot ranks measures."""


def election(case: Case) -> dict[str, str]:
    """Return what is said about the vote, by key."""
    return {row.key_: row.value for row in case.rows(Fact)}


def support(case: Case) -> dict[str, float]:
    """Return the support of each measure that any ballot is for: votes, or points where ballots give some."""
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
