"""Checks of the tables of the paper's framework: phases, stages' needs, chains, candidates, the panel."""

from __future__ import annotations

import numpy as np

from ...errors import Problem, nearest
from ..case import Case
from ..cells import fault, number_text
from ..checking import (
    Found,
    file_of,
    fully_read,
    ids,
    misspelt,
    period_names,
    rows_with_lines,
    score,
    unknown,
)
from ..tables import (
    TABLES,
    Candidate,
    Indicator,
    Link,
    Measure,
    Need,
    PanelRow,
    Phase,
    Row,
    Track,
    columns,
)


def candidates(case: Case) -> Found:
    """Yield candidates without a number where one belongs, and indicators that cannot sort."""
    indicators, file = case.rows(Indicator), file_of(case, Candidate)
    for line, row in rows_with_lines(case, Indicator):
        if (row.admit - row.watch) * (1 if row.direction == "max" else -1) < 0:
            yield Problem("profiles", file_of(case, Indicator), line, "admit", f"{row.watch:g}, {row.admit:g}")
        for column, lower in (("preference", "indifference"), ("veto", "preference"), ("veto", "indifference")):
            high, low = getattr(row, column), getattr(row, lower)
            if None not in (high, low) and high < low:
                details = {"lower": lower, "low": low}
                yield Problem("thresholds_out_of_order", file_of(case, Indicator), line, column, f"{high:g}", details)
    if indicators and fully_read(case, Indicator) and sum(row.weight for row in indicators) <= 0:
        yield Problem("weights_sum", file_of(case, Indicator), None, "weight", "0")
    for line, row in rows_with_lines(case, Candidate):
        held = row.model_extra or {}
        wanted = [k.indicator for k in indicators]
        for name in (*wanted, *case.factor_ids):
            if name not in row.values and (name in wanted or name in held):
                text = str(held.get(name, ""))
                yield Problem(fault(text), file, line, name, text)


def panel(case: Case) -> Found:
    """Yield tracks that lack a period of the panel which others have."""
    seen: dict[str, set[str]] = {}
    for row in case.rows(PanelRow):
        if row.track in ids(case, Track):
            seen.setdefault(row.track, set()).add(row.period)
    periods = set().union(*seen.values())
    for track, has in seen.items() if fully_read(case, PanelRow) else ():
        for period in sorted(periods - has):
            yield Problem("panel_hole", file_of(case, PanelRow), None, "", "", {"track": track, "period": period})


def needs(case: Case) -> Found:
    """Yield measures that serve a need of another stage."""
    stage_of = {row.need: row.stage for row in case.rows(Need)}
    for line, row in rows_with_lines(case, Measure):
        if row.need in stage_of and stage_of[row.need] != row.stage:
            details = {"need": row.need, "stage": stage_of[row.need]}
            yield Problem("need_stage", file_of(case, Measure), line, "stage", row.stage, details)


def phase_caps(case: Case, row: Phase) -> dict[str, float]:
    """Return the most of a period's budget that each stage may take, of those that say; nan where it is no number."""
    held = row.model_extra or {}
    named = dict.fromkeys(row.stage for row in case.rows(Measure) if row.stage)
    return {s: score(held[s]) for s in named if s in held}


def phases(case: Case) -> Found:
    """Yield shares that do not sum to 1, caps that are no share, and phases of a case that is dated already."""
    rows, file, table = case.rows(Phase), file_of(case, Phase), case.tables["phases"]
    if not rows:
        return
    if period_names(case):
        yield Problem("phases_dated", file, found=", ".join(period_names(case)))
    sum_of_shares = sum(row.budget for row in rows)
    if fully_read(case, Phase) and abs(sum_of_shares - 1.0) > 1e-6:
        yield Problem("phase_shares", file, None, "budget", f"{sum_of_shares:g}")
    named = {row.stage for row in case.rows(Measure) if row.stage}
    for name in table.header:
        close = nearest(name, named - set(table.header))
        if name not in named and name not in columns(Phase) and close and misspelt(name, close):
            yield Problem("misspelt", file, table.heading, name, name, {"nearest": close})
    for line, row in rows_with_lines(case, Phase):
        for stage, cap in phase_caps(case, row).items():
            if not 0 <= cap <= 1:
                found = number_text(cap) if np.isfinite(cap) else str((row.model_extra or {})[stage])
                yield Problem("phase_cap", file, line, stage, found)


def links_of(row: Row, chain: str) -> tuple[str, ...]:
    """Return the links that a row is tagged with in a chain."""
    text = str((row.model_extra or {}).get(chain) or "")
    return tuple(dict.fromkeys(name.strip() for name in text.replace("；", ";").split(";") if name.strip()))


def chains(case: Case) -> Found:
    """Yield tags that are no link of their chain, and columns that are called almost as a chain."""
    links: dict[str, set[str]] = {}
    for row in case.rows(Link):
        links.setdefault(row.chain, set()).add(row.link)
    tagged = [model for model in TABLES if model.tagged]
    for model in tagged:
        table = case.tables[model.table]
        for name in table.header if table.present else ():
            close = nearest(name, set(links) - set(table.header))
            if close and name not in (*links, *columns(model)) and misspelt(name, close):
                yield Problem("misspelt", table.file, table.heading, name, name, {"nearest": close}, level="warning")
    for chain, valid in links.items() if fully_read(case, Link) else ():
        for model in tagged:
            for line, row in rows_with_lines(case, model):
                for name in links_of(row, chain):
                    if name not in valid:
                        yield unknown(file_of(case, model), line, chain, name, valid, "chains")
