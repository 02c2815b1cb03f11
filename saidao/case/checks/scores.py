"""Checks of scores: present, numbers, on their factor's scale, of one size."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from ...errors import Problem, nearest
from ...texts.say import say
from ..case import Case, Scale, Table
from ..cells import TICKS, fault, number_text
from ..checking import (
    Found,
    bare,
    file_of,
    ids,
    rows_with_lines,
    score,
    suspicion,
)
from ..tables import (
    Factor,
    PeriodScore,
    Score,
    Track,
    columns,
)
from .numbers import factor_lines, given_scales, scored, stray, strays

POINTS = {(0, 1), (0, 3), (1, 3), (0, 4), (0, 5), (1, 5), (1, 7), (1, 9), (0, 10), (1, 10), (0, 100), (1, 100)}
"""Ends of the scales on which people give points: nothing is beyond them."""
BEYOND_POINTS, BEYOND = 0.2, 1.0
"""Shares of a scale by which a score may lie beyond its ends: of points, and of what is measured."""
LOST_POINT = 8.0
"""Times by which a number exceeds all others, which lie close together, where a decimal point may be lost."""
MISSING = {-9.0, -99.0, -999.0, -9999.0, 999.0, 9999.0, 99999.0}
"""Numbers by which surveys mark what is missing."""


def scores(case: Case) -> Found:
    """Yield missing tracks, factors and cells of the scores, and cells that are no number or tick."""
    table = case.tables["scores"]
    if not table.present:
        return
    factors, tracks = case.factor_ids, ids(case, Track)
    others = [h for h in table.header if h not in {*factors, "track"}]
    ticked = {f for f in factors if f in set(table.header) and _ticked(table, f)}
    for factor in factors:
        if factor not in set(table.header):
            details = {"column": factor, "nearest": partial(nearest, factor, others)}
            yield Problem("missing_column", table.file, table.heading, factor, ", ".join(table.header), details)
    for track in sorted(tracks - ids(case, Score) - {""}):
        yield Problem("missing_score_row", table.file, details={"track": track})
    if case.settings.impute:
        for factor in factors:
            if factor in table.header and not any(factor in (row.model_extra or {}) for row in table.rows):
                yield Problem("impute_nothing", table.file, table.heading, factor)
    scored = [factor for factor in factors if factor in set(table.header)]
    for line, row in rows_with_lines(case, Score):
        held = row.model_extra or {}
        for factor in scored:
            text = held.get(factor)
            if text is None:
                if not case.settings.impute:
                    yield Problem("missing_tick" if factor in ticked else "missing_score", table.file, line, factor)
            elif isinstance(text, str):
                yield Problem(fault(text), table.file, line, factor, text)


def period_scores(case: Case) -> Found:
    """Yield scores of no period beside those of several, cells that are no numbers, and (warnings) what is lacking."""
    if not case.score_periods:
        return
    for line, row in rows_with_lines(case, Score):
        if not row.period:
            called = say("field.period", "zh")
            yield Problem("missing_cell", file_of(case, Score), line, "period", details={"column": ("period", called)})
    for line, row in rows_with_lines(case, PeriodScore):
        for factor in case.factor_ids:
            if isinstance(cell := (row.model_extra or {}).get(factor), str):
                yield Problem(fault(cell), file_of(case, PeriodScore), line, factor, cell)
    yield from lacking_in_periods(case)


def lacking_in_periods(case: Case) -> Found:
    """Yield what periods lack beside the one planned with: a plan does without it, ranks over years do not."""
    table = case.tables["period_scores"]
    if table.spoilt or not table.rows:
        return
    for factor in case.factor_ids:
        if factor not in table.header:
            details = {"column": factor, "nearest": None}
            found = ", ".join(table.header)
            yield Problem("missing_column", table.file, table.heading, factor, found, details, level="warning")
    of_period: dict[str, set[str]] = {}
    for line, row in rows_with_lines(case, PeriodScore):
        of_period.setdefault(row.period, set()).add(row.track)
        for factor in case.factor_ids if not case.settings.impute else ():
            if factor in table.header and (row.model_extra or {}).get(factor) is None:
                yield Problem("missing_score", table.file, line, factor, level="warning")
    for period, tracks in of_period.items():
        for track in (track for track in case.track_ids if track not in tracks):
            details = {"track": track, "period": period}
            yield Problem("missing_period_row", table.file, details=details, level="warning")


def _ticked(table: Table, factor: str) -> bool:
    """Whether a column of scores has blanks, and signs such as √ for ticks: the blanks are cells without one."""
    texts = [str((row.model_extra or {}).get(factor) or "") for row in table.rows]
    return "" in texts and any(text and not text.strip(TICKS) for text in texts)


def tick_problems(case: Case, ticks: str) -> Found:
    """Yield scores and scales that are no ticks, where they are read as such: only 0 and 1 on a scale from 0 to 1 are.

    They are where ticks stand for shortcomings, or for a level of their own.
    """
    if ticks == "shortcoming":
        details = {"setting": 'ticks = "shortcoming"'}
    elif case.settings.tick_level != 1:
        details = {"setting": f"tick_level = {case.settings.tick_level:g}"}
    else:
        return
    for line, row in rows_with_lines(case, Factor):
        if row.factor in case.factor_scales and case.factor_scales[row.factor][:2] != (0.0, 1.0):
            yield Problem(
                "tick_scale",
                file_of(case, Factor),
                line,
                "target",
                "worst {:g}, target {:g}".format(*case.factor_scales[row.factor][:2]),
                details,
            )
    for line, row in rows_with_lines(case, Score):
        for factor in case.factor_ids:
            if (value := row.values.get(factor, 0.0)) not in (0.0, 1.0):
                yield Problem("tick", file_of(case, Score), line, factor, number_text(value), details)


def ticks(case: Case) -> Found:
    """Yield what the case's own reading of ticks does not fit; warn of a level of ticks that stand for none."""
    yield from tick_problems(case, case.settings.ticks)
    if case.settings.ticks == "shortcoming" and case.settings.tick_level != 1:
        found = f"{case.settings.tick_level:g}"
        yield Problem("tick_level_idle", "case.toml", None, "tick_level", found, level="warning")


def beyond_scales(case: Case) -> Found:
    """Yield scores far beyond a given scale, and scales beyond which all scores lie."""
    given, lines = given_scales(case), factor_lines(case)
    for group in (g for g in scored(case) if len(g.values)):
        scale = given.get(group.column)
        best = case.ranges.get(group.column)
        scale = Scale(best.worst, best.worst_high) if best is not None and best.in_order else scale
        if scale is None:
            continue
        low, high = sorted(scale[:2])
        ends = {"worst": scale.worst, "target": scale.target}
        values = group.values
        at = (values - scale.worst) / (scale.target - scale.worst)
        code = (
            ""
            if best is not None
            else "all_beyond_target"
            if at.min() > 1 + 1e-9
            else "all_below_worst"
            if at.max() < -1e-9
            else ""
        )
        if code:
            line = lines[group.column]
            column, end = ("target", scale.target) if code == "all_beyond_target" else ("worst", scale.worst)
            reach = {"low": float(values.min()), "high": float(values.max())}
            details: dict[str, Any] = {**ends, "factor": group.column, **reach}
            yield suspicion(code, file_of(case, Factor), line, column, number_text(end), **details)
            continue
        limit = BEYOND_POINTS if (low, high) in POINTS else BEYOND
        no_zero = not low <= 0 <= high and min(abs(low), abs(high)) >= 0.2 * (high - low)
        beyond = (at < -limit - 1e-9) | (at > 1 + limit + 1e-9) | ((values == 0) & no_zero)
        for f in group.figures(beyond & ~group.percents):  # percents are told by `percents`
            if f.value == 0 and no_zero:
                yield suspicion("zero_score", group.file, f.line, group.column, f.text, **ends)
            elif f.value in MISSING:
                yield suspicion("missing_code", group.file, f.line, group.column, f.text)
            elif meant := _shifted(f.value, low, high):
                yield suspicion("beyond_scale", group.file, f.line, group.column, f.text, meant=meant, **ends)
            else:
                yield suspicion("beyond_scale_unit", group.file, f.line, group.column, f.text, **ends)


def _shifted(value: float, low: float, high: float) -> str:
    """Return the number that a value is where its point is moved least so that it lies within; blank if none does."""
    for power in (1, 2, 3, 4, 6, 8):
        moved = value / 10**power
        if low <= moved <= high and moved != 0:
            return number_text(round(moved, 12))
    return ""


def stray_scores(case: Case) -> Found:
    """Yield scores without a given scale that stand out as a lost decimal point, a marker or another unit does."""
    measured = {*given_scales(case), *case.ranges}
    for group in scored(case):
        values = group.values
        if group.column in measured or {*values.tolist()} <= {0.0, 1.0}:
            continue
        apart = dict(strays(group))
        sizes, lowest = sorted(np.abs(values).tolist()), sorted(values.tolist())[:2]
        # beside the largest, the largest of the others
        single = (np.abs(values) == sizes[-1]) & (sizes[-2:] != sizes[-1:] * 2)
        most = np.where(single, sum(sizes[-2:-1]), sizes[-1])
        odd = np.isin(values, [*MISSING]) | ((most > 0) & (values >= LOST_POINT * most))
        odd[[*apart]] = True
        for n in np.flatnonzero(odd).tolist():
            f, largest = group[n], float(most[n])
            least = lowest[0] if f.value > lowest[0] or len(lowest) == 1 else lowest[1]
            far = largest > 0 and f.value >= LOST_POINT * largest
            if f.value in MISSING and largest > 0 and (far or f.value < 0 <= least):
                yield suspicion("missing_code", group.file, f.line, group.column, f.text)
            elif n in apart:
                yield stray(group, f, apart[n])
            elif (
                far
                and len(sizes) > 3
                and 5 * least > largest
                and (meant := _shifted(f.value, 0.9 * least, 1.1 * largest))
            ):
                yield suspicion("lost_point", group.file, f.line, group.column, f.text, meant=meant, most=largest)


def unused_columns(case: Case) -> Found:
    """Yield columns of numbers in the scores that are no factor."""
    names = case.tables["factors"].keys | set(columns(Track))
    table = case.tables["scores"]
    for column in table.header:
        if column in names or bare(column) in names:
            continue
        cells = [cell for row in table.rows if (cell := (row.model_extra or {}).get(column)) is not None]
        if cells and all(np.isfinite([score(cell) for cell in cells])):
            yield suspicion("score_unused", table.file, table.heading, column, column)
