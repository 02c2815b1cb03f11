"""Scores of several periods: the rows of the one that a case is planned with, and those of the others beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from .tables import PeriodScore, Row, Score


def in_time(periods: Mapping[str, object] | list[str]) -> tuple[str, ...]:
    """Return periods in their order: by the numbers in them where all have some, else as they come.

    >>> in_time(["2023", "2021"]), in_time(["2024年", "2023年"]), in_time(["before", "after"])
    (('2021', '2023'), ('2023年', '2024年'), ('before', 'after'))
    """
    listed = list(dict.fromkeys(periods))
    if not all(re.search(r"\d", period) for period in listed):
        return tuple(listed)
    return tuple(sorted(listed, key=lambda period: [float(n) for n in re.findall(r"\d+(?:\.\d+)?", period)]))


def periods_of(tables: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the periods that scores are of, in their order; none where nobody says."""
    rows = (*_rows(tables["scores"]), *_rows(tables["period_scores"]))
    return in_time(dict.fromkeys(row.period for row in rows if row.period))


def in_period(tables: Mapping[str, Any], period: str) -> Mapping[str, Any]:
    """Return tables in which `scores` are those of a period, and `period_scores` those of all others.

    Rows of no period, and all where there is no such period, stay as they are: the checks tell them.
    """
    known = periods_of(tables)
    scores, others = tables["scores"], tables["period_scores"]
    if period not in known or (set(known) == {period} and not others.rows):
        return tables
    held: list[tuple[Row, int]] = []
    beside: list[tuple[Row, int]] = []
    for table, own in ((scores, True), (others, False)):
        for row, line in zip(_rows(table), table.lines, strict=True):
            stays = (row.period in ("", period)) if own else row.period == period
            # the line of a row that goes to the other table's file would name another one there
            at = line if stays == own or scores.file == others.file or not others.present else 0
            (held if stays else beside).append((_as(Score if stays else PeriodScore, row), at))
    apart = replace(
        scores,
        header=scores.header if scores.present else others.header,
        rows=tuple(row for row, _ in held),
        lines=tuple(line for _, line in held),
        keys=scores.keys if scores.spoilt else frozenset(row.key_parts()[0] for row, _ in held),
        present=scores.present or bool(held),
    )
    other = replace(
        others,
        file=others.file if others.present else scores.file,
        header=tuple(dict.fromkeys((*others.header, *scores.header))) if others.present else scores.header,
        rows=tuple(row for row, _ in beside),
        lines=tuple(line for _, line in beside),
        keys=frozenset(row.key_parts()[0] for row, _ in beside),
        present=bool(beside),
        heading=others.heading if others.present else scores.heading,
        percents=others.percents if others.present else scores.percents,
        texts=others.texts if others.present else scores.texts,
    )
    return MappingProxyType({**tables, "scores": apart, "period_scores": other})


def _rows(table: Any) -> tuple[Score, ...]:
    return tuple(row for row in table.rows if isinstance(row, Score))


def _as(model: type[Score], row: Score) -> Score:
    return row if type(row) is model else model.model_validate(row.model_dump(by_alias=True, exclude_unset=True))
