"""Checks of `case.toml`: names that exist, levels that can be, rates that are shares."""

from __future__ import annotations

from ...errors import Problem
from ...mcda.combine import TAKES_SHARES
from ..case import Case
from ..cells import number_text
from ..checking import (
    Found,
    ids,
    suspicion,
    unknown,
)
from ..settings import NAMING, is_name, lock, names_taken
from ..tables import Measure, Resource


def settings_names(case: Case) -> Found:
    """Yield settings that name no scheme, method, objective or random index."""
    for key in NAMING:
        if not is_name(key, found := getattr(case.settings, key)):
            yield unknown("case.toml", 1, key, found, names_taken(key), "case.toml")
    if case.settings.save and case.settings.save not in ids(case, Resource):
        yield unknown("case.toml", 1, "save", case.settings.save, ids(case, Resource), "resources")
    if (asked := case.settings.score_period) and asked not in case.score_periods:
        yield unknown("case.toml", 1, "score_period", asked, case.score_periods, "period_scores")


def share_of_weights(case: Case) -> Found:
    """Yield a share of weights that are not combined from two schemes by a rule that takes it."""
    s = case.settings
    if s.share is not None and (s.weights.count("+") != 1 or s.combine not in TAKES_SHARES):
        yield Problem("share_alone", "case.toml", 1, "share", number_text(s.share), {"rules": ", ".join(TAKES_SHARES)})


def locks(case: Case) -> Found:
    """Yield locks and bans in the settings that cannot be read, name nothing or set a level above the largest."""
    places = {"track": case.track_ids, "type": tuple(dict.fromkeys(case.type_of.values())), "city": ()}
    measures = {row.measure: row for row in case.rows(Measure)}
    named: list[tuple[str, str, float | None]] = [("forbid", text, None) for text in case.settings.forbid]
    for text in case.settings.lock:
        read = lock(text)
        if read is None:
            yield Problem("option_pair", "case.toml", 1, "lock", text)
        else:
            named.append(("lock", *read))
    for column, name, level in named:
        measure, at, target = name.partition("@")
        row = measures.get(measure)
        if row is None:
            yield unknown("case.toml", 1, column, measure, ids(case, Measure), "measures")
        elif at and target not in places[row.scope]:
            yield unknown("case.toml", 1, column, target, places[row.scope], "tracks")
        elif level is not None and level > row.max_level:
            yield Problem("lock_level", "case.toml", 1, column, name, {"most": row.max_level})


def repeated(case: Case) -> Found:
    """Yield periods, locks and bans that stand in the settings twice, and locks that another lock or a ban forbids."""
    named = {
        "periods": case.settings.periods,
        "forbid": case.settings.forbid,
        "lock": tuple(name for name, _ in filter(None, map(lock, case.settings.lock))),
    }
    for key, names in named.items():
        for name in (name for n, name in enumerate(names) if name in names[:n]):
            yield Problem("list_twice", "case.toml", 1, key, name)
    levels = case.settings.locks
    for name, level in levels.items():
        measure, at, _ = name.partition("@")
        if at and levels.get(measure, level) != level:
            yield Problem("lock_clash", "case.toml", 1, "lock", f"{name}={level:g}", {"other": levels[measure]})
        if level > 0 and {name, measure} & {*case.settings.forbid}:
            yield Problem("lock_forbidden", "case.toml", 1, "lock", f"{name}={level:g}")


def rates(case: Case) -> Found:
    """Yield a discount that is a rate, and a decay that is what remains."""
    s = case.settings
    if s.discount < 0.5:
        yield suspicion(
            "discount_rate",
            "case.toml",
            1,
            "discount",
            number_text(s.discount),
            meant=number_text(round(1 - s.discount, 12)),
            worth=s.discount,
        )
    if s.decay > 0.5:
        yield suspicion(
            "decay_rate",
            "case.toml",
            1,
            "decay",
            number_text(s.decay),
            meant=number_text(round(1 - s.decay, 12)),
            lost=s.decay,
        )


def unused_settings(case: Case) -> Found:
    """Yield settings that are none."""
    for key in case.settings.model_extra or {}:
        yield suspicion("setting_unused", "case.toml", 1, key, key)
