"""Checks of measures and their effects."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from ...errors import Problem
from ..case import Case
from ..cells import number_text
from ..checking import (
    Found,
    column_of,
    file_of,
    ids,
    period_names,
    rows_with_lines,
    suspicion,
    unknown,
)
from ..tables import (
    Cost,
    Effect,
    Factor,
    Measure,
    Phase,
    Track,
)


def levels(case: Case) -> Found:
    """Yield measures whose least level is above their largest."""
    for line, row in rows_with_lines(case, Measure):
        if row.min_level > row.max_level:
            found = f"min_level {row.min_level:g}, max_level {row.max_level:g}"
            yield Problem("levels", file_of(case, Measure), line, "min_level", found)


def effects(case: Case) -> Found:
    """Yield effects at unknown tracks or types, or on factors that are not scored."""
    tracks, factors = ids(case, Track), set(case.factor_ids)
    targets = {"*", *tracks, *(f"type:{row.type}" for row in case.rows(Track) if row.type)}
    above = ids(case, Factor) - factors
    if targets.issuperset(column_of(case, Effect, "track")) and above.isdisjoint(column_of(case, Effect, "factor")):
        return
    for line, row in rows_with_lines(case, Effect):
        if row.track not in targets:
            yield unknown(file_of(case, Effect), line, "track", row.track, targets, "tracks")
        if row.factor in above:
            yield unknown(file_of(case, Effect), line, "factor", row.factor, factors, "factors")


def parts(case: Case) -> Found:
    """Yield parts of a level whose effect rises, or that nobody could tell apart."""
    if not case.tables["effects"].repeated and all(row.up_to is None for row in case.rows(Effect)):
        return  # every level is one part
    groups: dict[tuple[str, str, str], list[tuple[int, Effect]]] = {}
    for line, row in rows_with_lines(case, Effect):
        groups.setdefault((row.measure, row.track, row.factor), []).append((line, row))
    for rows in groups.values():
        rows.sort(key=lambda item: np.inf if item[1].up_to is None else item[1].up_to)
        for (_, before), (line, row) in itertools.pairwise(rows):
            if row.effect > before.effect + 1e-12:
                details = {"most": before.effect}
                yield Problem("rising_effect", file_of(case, Effect), line, "effect", f"{row.effect:g}", details)


def idle_measures(case: Case) -> Found:
    """Warn of measures without an effect, or without a cost."""
    if not case.tables["effects"].present:
        return

    def has(model: type[Any], column: str) -> set[str]:
        rows = case.rows(model)
        unread = case.tables[model.table].keys - {row.measure for row in rows}
        return {row.measure for row in rows if getattr(row, column) > 0} | unread

    effective, costly = has(Effect, "effect"), has(Cost, "cost")
    for line, row in rows_with_lines(case, Measure):
        if row.measure not in effective:
            yield Problem("no_effect", file_of(case, Measure), line, "measure", row.measure, level="warning")
        elif row.measure not in costly:
            yield Problem("no_cost", file_of(case, Measure), line, "measure", row.measure, level="warning")


def effects_beyond(case: Case) -> Found:
    """Yield effects of which one unit of level, or the most there is, closes more than a whole gap."""
    most = {row.measure: min(row.max_level, 1.0) for row in case.rows(Measure)}
    for line, row in rows_with_lines(case, Effect):
        if row.effect * most.get(row.measure, 1.0) > 1 + 1e-9:
            scale = case.factor_scales.get(row.factor)
            span = 1.0 if scale is None else abs(scale.target - scale.worst)
            own = span if span > 1 and row.effect <= span else 100.0
            meant = number_text(float(f"{row.effect / own:.4g}"))
            code = "effect_in_unit" if own == span != 100.0 else "effect_beyond" if row.effect <= 100 else "effect_far"
            yield suspicion(code, file_of(case, Effect), line, "effect", number_text(row.effect), meant=meant)


def idle_levels(case: Case) -> Found:
    """Yield levels and lags that a measure of its kind has no use for, or that leave nothing of it."""
    file, names = file_of(case, Measure), period_names(case)
    last = max(len(names), 1)
    for line, row in rows_with_lines(case, Measure):
        if row.min_level > 0 and row.kind not in ("semi", "integer"):
            yield suspicion("min_level_unused", file, line, "min_level", number_text(row.min_level), kind=row.kind)
        if row.kind in ("integer", "binary") and row.max_level < 1:
            yield suspicion("whole_level", file, line, "max_level", number_text(row.max_level), kind=row.kind)
        if row.kind == "binary" and row.max_level > 1:
            yield suspicion("binary_level", file, line, "max_level", number_text(row.max_level))
        begins = names.index(row.begins) if row.begins in names else 0
        if begins + row.lag >= last and not case.rows(Phase):
            yield suspicion("lag_beyond", file, line, "lag", str(row.lag), periods=last)


def blank_types(case: Case) -> Found:
    """Yield tracks without a type, where others have one and some measure serves a whole type."""
    if any(row.scope == "type" for row in case.rows(Measure)) and any(row.type for row in case.rows(Track)):
        for line, row in rows_with_lines(case, Track):
            if not row.type:
                yield suspicion("type_blank", file_of(case, Track), line, "type", row.track)
