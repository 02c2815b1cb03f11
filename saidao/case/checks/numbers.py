"""Checks of numbers beside their neighbours in a column: percents, dates, texts, other units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ...errors import Problem
from ..case import Case, Scale
from ..cells import number_text
from ..checking import (
    Found,
    column_of,
    file_of,
    rows_with_lines,
    suspicion,
)
from ..tables import (
    TABLES,
    Budget,
    Candidate,
    Cost,
    Effect,
    Factor,
    Indicator,
    Judge,
    Measure,
    PanelRow,
    Phase,
    Resource,
    Row,
    RuleRow,
    Score,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

APART, FAR = 100.0, 300.0
"""A few of a column's numbers stray if no number lies within APART times of them and the others' middle is FAR off."""
SERIAL = (36526, 55153)
"""Excel's numbers of the first day of 2000 and the last of 2050."""
SPAN, RATIO = 1e9, 1e6
"""Amounts SPAN times apart meet the solver's rounding; a prerequisite's ratio RATIO from 1 says next to nothing."""
SHARES = {(Effect, "effect"), (RuleRow, "share"), (Resource, "carry"), (Phase, "budget"), (PanelRow, "capital_share")}
"""Columns of shares: a plain number among percents is one that lacks its sign, however many there are."""


class Figure(NamedTuple):
    """A number of a table: its line, and whether it is written as a percent."""

    line: int
    value: float
    percent: bool

    @property
    def text(self) -> str:
        """The number as it was written."""
        return f"{number_text(round(100 * self.value, 12))}%" if self.percent else number_text(self.value)


@dataclass(frozen=True)
class Group:
    """Numbers of a column that mean the same kind of thing: of one resource, of one factor.

    `lines`, `values` and `percents` are the parts of its figures, in the order of their rows.
    """

    model: type[Row]
    file: str
    column: str
    lines: Sequence[int]
    values: NDArray[np.float64]
    percents: NDArray[np.bool_]

    def __getitem__(self, n: int) -> Figure:
        return Figure(self.lines[n], float(self.values[n]), bool(self.percents[n]))

    def figures(self, which: NDArray[np.bool_]) -> list[Figure]:
        """Return some of its figures."""
        return [self[n] for n in np.flatnonzero(which).tolist()]

    @cached_property
    def above_0(self) -> NDArray[np.intp]:
        """Which of its figures are above 0, the least first."""
        order = np.argsort(self.values, kind="stable")
        return order[self.values[order] > 0]


def _column(case: Case, model: type[Row], column: str, rows: NDArray[np.intp] | None = None) -> Group:
    table, values = case.tables[model.table], case.figures(model, column)
    held = np.flatnonzero(~np.isnan(values)) if rows is None else rows[~np.isnan(values[rows])]
    lines = [table.lines[n] for n in held]
    marked = [(line, column) in table.percents for line in lines] if table.percents else np.zeros(len(lines))
    return Group(model, table.file, column, lines, values[held], np.array(marked, dtype=bool))


def by_resource(case: Case, model: type[Row], column: str) -> list[Group]:
    """Return the numbers of a column by resource."""
    rows: dict[str, list[int]] = {}
    for n, resource in enumerate(column_of(case, model, "resource")):
        rows.setdefault(resource, []).append(n)
    return [_column(case, model, column, np.array(which, dtype=np.intp)) for which in rows.values()]


def amounts(case: Case) -> list[Group]:
    """Return costs and budgets by resource, effects, and the panel's columns."""
    return [
        *by_resource(case, Cost, "cost"),
        *by_resource(case, Budget, "amount"),
        _column(case, Effect, "effect"),
        *(_column(case, PanelRow, column) for column in ("output", "capital", "labour")),
    ]


def scored(case: Case) -> list[Group]:
    """Return the scores by factor."""
    return [_column(case, Score, factor) for factor in case.factor_ids]


def given_scales(case: Case) -> dict[str, Scale]:
    """Return the scales of the factors of which both ends are given."""
    scales = case.factor_scales
    return {
        row.factor: scales[row.factor]
        for row in case.rows(Factor)
        if row.factor in scales
        and row.direction != "range"
        and None not in (row.worst, row.target)
        and row.worst != row.target
    }


def factor_lines(case: Case) -> dict[str, int]:
    """Return the line of each factor."""
    return {row.factor: line for line, row in rows_with_lines(case, Factor)}


def _figures(case: Case) -> list[Group]:
    """Return all columns in which percents and plain numbers can be mixed."""
    plain: tuple[tuple[type[Row], str], ...] = (
        (Factor, "weight"),
        (Judge, "weight"),
        (Measure, "min_level"),
        (Measure, "max_level"),
        (Effect, "up_to"),
        (RuleRow, "share"),
        (Resource, "carry"),
        (Phase, "budget"),
        (PanelRow, "capital_share"),
        *((Candidate, row.indicator) for row in case.rows(Indicator)),
        *((Candidate, factor) for factor in case.factor_ids),
    )
    others = (_column(case, model, column) for model, column in plain if case.rows(model))
    return [*amounts(case), *scored(case), *others]


def percents(case: Case) -> Found:
    """Yield percents among plain numbers, plain numbers among percents, and percents on a scale that has none."""
    scales, lines = given_scales(case), factor_lines(case)
    for group in _figures(case):
        if not group.percents.any():
            continue
        shares = group.figures(group.percents)
        plain = group.figures(~group.percents & (np.abs(group.values) >= 1))
        scale = scales.get(group.column) if group.model is Score else None
        at = (lines.get(group.column, 0), "target")
        as_percent = scale is not None and at in case.tables["factors"].percents
        if shares and scale is not None and max(map(abs, scale[:2])) > 1.5 and not as_percent:
            for f in shares:
                points = number_text(round(scale.worst + f.value * (scale.target - scale.worst), 12))
                yield suspicion(
                    "percent_on_scale",
                    group.file,
                    f.line,
                    group.column,
                    f.text,
                    reads=f.value,
                    meant=points,
                    worst=scale.worst,
                    target=scale.target,
                )
        elif shares and plain and len(shares) < len(plain) and (group.model, group.column) not in SHARES:
            for f in shares:
                yield suspicion(
                    "percent_among_numbers",
                    group.file,
                    f.line,
                    group.column,
                    f.text,
                    reads=f.value,
                    meant=number_text(round(100 * f.value, 12)),
                    other=plain[0].text,
                )
        elif shares:
            for f in plain:
                yield suspicion(
                    "number_among_percents",
                    group.file,
                    f.line,
                    group.column,
                    f.text,
                    meant=f"{number_text(f.value)}%",
                    other=shares[0].text,
                    reads=shares[0].value,
                )


def numbers_as_texts(case: Case) -> Found:
    """Yield columns of a workbook in which some numbers are held as texts and some as numbers."""
    for model in TABLES:
        table = case.tables[model.table]
        if not table.texts:
            continue
        graded = {
            (line, column)
            for line, row in rows_with_lines(case, model)
            for column, other in row.given_by.items()
            if getattr(row, other)
        }
        held = Counter(column for line, column in table.texts if (line, column) not in graded)
        for column, number in sorted(held.items()):
            if number < np.isfinite(case.figures(model, column)).sum():
                line = min(line for line, name in table.texts if name == column and (line, name) not in graded)
                yield suspicion("text_numbers", table.file, line, column, str(number), number=number)


def dates(case: Case) -> Found:
    """Yield whole numbers that are days in Excel's count, among numbers that are much smaller."""
    for group in [*amounts(case), *scored(case)]:
        values = group.values
        days = (values >= SERIAL[0]) & (values <= SERIAL[1]) & (values == np.floor(values))
        others = np.abs(values[~days])
        if 0 < days.sum() <= len(others) and others.max() < SERIAL[0] / APART:
            for f in group.figures(days):
                day = np.datetime64("1899-12-30") + int(f.value)
                month, of_month = str(day)[5:].split("-")
                yield suspicion(
                    "serial_date",
                    group.file,
                    f.line,
                    group.column,
                    f.text,
                    day=str(day),
                    meant=f"{int(month)}.{int(of_month)}",
                )


def strays(group: Group) -> Iterator[tuple[int, float]]:
    """Yield which numbers above 0 lie far from most others, with the middle of those."""
    held = group.above_0
    values = group.values[held]
    if len(held) < 3:
        return
    steps = values[1:] / values[:-1]
    cut = int(np.argmax(steps)) + 1
    if steps[cut - 1] < APART:
        return
    below, above = slice(cut), slice(cut, None)
    few, most = (below, above) if cut < len(held) - cut else (above, below)
    middle, other = (float(np.median(values[side])) for side in (most, few))
    if max(middle / other, other / middle) >= FAR and len(held[few]) < len(held[most]):
        yield from ((int(n), middle) for n in held[few])


def stray(group: Group, f: Figure, middle: float) -> Problem:
    """Tell a number that strays from the *middle* of the others."""
    times = max(f.value / middle, middle / f.value)
    code = "stray_large" if f.value > middle else "stray_small"
    return suspicion(code, group.file, f.line, group.column, f.text, times=times, middle=middle)


def stray_amounts(case: Case) -> Found:
    """Yield costs, budgets, effects and amounts of the panel that are hundreds of times off all their neighbours."""
    for group in amounts(case):
        for n, middle in strays(group):
            f = group[n]
            if not SERIAL[0] <= f.value <= SERIAL[1] or middle > SERIAL[0] / APART:
                yield stray(group, f, middle)


def magnitudes(case: Case) -> Found:
    """Yield the ends of amounts that meet in one sum but are a billion times apart, and ratios that far from 1."""
    for group in amounts(case):
        if not len(group.above_0):
            continue
        least, most = group[group.above_0[0]], group[group.above_0[-1]]
        if most.value >= SPAN * least.value:
            for f, other in ((most, least), (least, most)):
                yield suspicion(
                    "magnitudes", group.file, f.line, group.column, f.text, other=other.text, other_row=other.line
                )
    for line, row in rows_with_lines(case, RuleRow):
        if row.kind == "requires" and row.amount and not 1 / RATIO <= row.amount <= RATIO:
            yield suspicion("ratio_far", file_of(case, RuleRow), line, "amount", number_text(row.amount))
