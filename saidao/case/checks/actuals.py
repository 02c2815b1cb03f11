"""Checks of what is under way: known places, levels that can be, one story a place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ...errors import Problem
from ..case import Case
from ..checking import Found, file_of, ids, period_names, rows_with_lines, unknown
from ..tables import Actual, Measure, Project, Track

TELLS = ("committed", "spent", "achieved")
"""The columns of which one at least has to be there: without them a row says nothing."""
ROUNDED = 1e-9
"""Share of the largest level by which a level may be beyond it."""


def actuals(case: Case) -> Found:
    """Yield targets that a measure does not have, levels beyond the largest, cells that go together and do not."""
    file, table = file_of(case, Actual), case.tables["actuals"]
    if table.present and not {*TELLS} & {*table.header}:
        details = {"all": ", ".join(TELLS)}
        yield Problem("actuals_tell", file, table.heading, TELLS[0], ", ".join(table.header), details)
    measures = {row.measure: row for row in case.rows(Measure)}
    first = next(iter(period_names(case)), "")
    bound: dict[tuple[str, str], dict[tuple[str, str], tuple[float, int]]] = {}
    for line, row in rows_with_lines(case, Actual):
        measure = measures.get(row.measure)
        if measure is not None:
            known = _targets(case, measure)
            if row.place[1] not in known:
                yield unknown(file, line, "target", row.target, known, {"track": "tracks"}.get(measure.scope, "types"))
            if row.committed is not None:
                bound.setdefault(row.place, {}).setdefault((row.period, row.date), (row.committed, line))
                told = bound[row.place][row.period, row.date]
                if told[0] != row.committed:
                    yield Problem("actuals_differ", file, line, "committed", f"{row.committed:g}", {"first": told[1]})
                if row.committed and measure.begins not in ("", row.period or first):
                    yield Problem("actuals_begins", file, line, "period", row.period, {"begins": measure.begins})
                if measure.kind in ("integer", "binary") and row.committed != round(row.committed):
                    yield Problem("integer", file, line, "committed", f"{row.committed:g}")
        if bool(row.track) != bool(row.factor):
            column = "factor" if row.track else "track"
            yield Problem("missing_cell", file, line, column, details={"column": column})
        if row.factor and row.factor not in case.factor_ids:
            yield unknown(file, line, "factor", row.factor, case.factor_ids, "factors")
        if row.date and not _is_date(row.date):
            yield Problem("actuals_date", file, line, "date", row.date)
    for (name, _), reports in bound.items():
        newest: dict[str, tuple[str, float, int]] = {}
        for (period, day), (level, line) in reports.items():
            newest[period] = max(newest.get(period, ("", 0.0, 0)), (day, level, line))
        whole, most = sum(level for _, level, _ in newest.values()), measures[name].max_level
        if whole > most * (1 + ROUNDED):
            line = max(line for *_, line in newest.values())
            yield Problem("actuals_level", file, line, "committed", f"{whole:g}", {"most": f"{most:g}"})


def projects(case: Case) -> Found:
    """Yield places of projects that their measure does not have, and those that two projects of a measure claim."""
    file = file_of(case, Project)
    measures = {row.measure: row for row in case.rows(Measure)}
    owner: dict[tuple[str, str], int] = {}
    for line, row in rows_with_lines(case, Project):
        measure = measures.get(row.measure)
        if measure is None:
            continue
        known = _targets(case, measure)
        for place in row.places:
            if place not in known:
                of = {"track": "tracks"}.get(measure.scope, "types")
                yield unknown(file, line, "targets", place, known, of)
            elif (first := owner.setdefault((row.measure, place), line)) != line:
                yield Problem("project_place", file, line, "targets", place, {"first": first})


def _targets(case: Case, measure: Measure) -> Iterable[str]:
    if measure.scope == "city":
        return ("*",)
    return ids(case, Track) if measure.scope == "track" else {row.type for row in case.rows(Track) if row.type}


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text  # dates are compared as texts
    except ValueError:
        return False
