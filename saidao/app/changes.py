"""One change of the choices, as it comes from the page."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import get_args

import numpy as np

from ..case import Case, cells
from ..case.changes import Change, changed
from ..case.tables import Measure, Resource, Track
from ..errors import CaseError, Problem
from ..framework.candidates import admit
from ..mcda import methods, schemes
from ..optimize import OBJECTIVES
from ..study.settings import STANCES
from ..texts.numbers import Place, scale
from ..texts.say import LANGUAGES
from .choices import Choices, Pairs, targets


def change(case: Case, now: Choices, what: str, of: str, to: str) -> Choices:
    """Change one choice, as it comes from the page.

    Raises
    ------
    CaseError
        Where the choice, its place or its value does not exist.
    """
    if what not in _CHANGES:
        raise _unknown("change", what, tuple(_CHANGES))
    return _CHANGES[what](case, now, of, to)


def _unknown(where: str, found: str, valid: tuple[str, ...]) -> CaseError:
    return CaseError([Problem("choice", where, found=found, details={"choices": ", ".join(valid)})])


def _one_of(name: str, valid: Callable[[], tuple[str, ...]]) -> Callable[[Case, Choices, str, str], Choices]:
    def to_one(case: Case, now: Choices, of: str, to: str) -> Choices:
        if to not in valid():
            raise _unknown(name, to, valid())
        return replace(now, **{name: to})  # type: ignore[arg-type]

    return to_one


def number(text: str, where: str) -> float:
    """Read a number of at least 0 as people type it: 2,500 or ２５００ or 1/3.

    >>> number("2,500", ""), number("１/４", "")
    (2500.0, 0.25)
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    value = cells.ratio(plain)
    if value is None:
        below = (cells.number(plain) or 0.0) < 0
        raise CaseError([Problem("at_least" if below else cells.fault(plain), where, found=text, details={"bound": 0})])
    return value


def in_unit_of(resource: Resource, text: str) -> float:
    """Read an amount of a resource in its own unit, or in one in which the page shows it: ``25.0 亿元``."""
    told, _, unit = text.partition("|")
    amount = number(told, resource.resource)
    for lang in LANGUAGES:
        for place in get_args(Place):
            for most in (0.0, 1e15):
                shown = scale(resource.unit_name(lang), most, lang, place)
                if shown.unit == unit:
                    return shown.read(amount)
    if unit:
        raise _unknown(resource.resource, unit, (resource.unit_name("en"), resource.unit_name("zh")))
    return amount


def _with(pairs: Pairs, name: str, value: float | None) -> Pairs:
    kept = {**dict(pairs), name: value}
    return tuple(sorted((key, held) for key, held in kept.items() if held is not None))


def _share(case: Case, now: Choices, of: str, to: str) -> Choices:
    percent = number(to, "share")
    if percent > 100:
        raise CaseError([Problem("at_most", "share", found=to, details={"bound": 100})])
    return replace(now, share=percent / 100)


def _save(case: Case, now: Choices, of: str, to: str) -> Choices:
    names = tuple(row.resource for row in case.rows(Resource))
    if to not in names:
        raise _unknown("save", to, names)
    return replace(now, save="" if to == names[0] and not case.settings.save else to)


def _budget(case: Case, now: Choices, of: str, to: str) -> Choices:
    names = tuple(row.resource for row in case.rows(Resource))
    if of not in names:
        raise _unknown("budget", of, names)
    amount = in_unit_of(case.resource_of[of], to)
    return replace(now, budgets=_with(now.budgets, of, None if amount == case.own_budget(of) else amount))


def _judgement(case: Case, now: Choices, of: str, to: str) -> Choices:
    if not to:  # as the case has it
        return replace(now, judgements=_with(now.judgements, of, None))
    made = replace(now, judgements=_with(now.judgements, of, number(to, of)))
    judge, _, pair = of.partition("/")
    row, _, column = pair.partition("/")
    if judge not in case.judgements or not column or "/" in column:
        raise _unknown("judgement", of, tuple(case.judgements))
    made.case(case)  # refuses what the case does not judge
    held = case.judgements[judge]
    i, j = held.labels.index(row), held.labels.index(column)
    own = held.matrix[i, j] if np.isfinite(held.matrix[i, j]) else 1.0 / held.matrix[j, i]
    if abs(own - dict(made.judgements)[of]) < 1e-9 * own:
        made = replace(made, judgements=_with(now.judgements, of, None))
    return made


def _named(case: Case, of: str) -> str:
    """Return the name of a measure, or of a measure at a target, if the case has it."""
    measure, at, target = of.partition("@")
    measures = tuple(row.measure for row in case.rows(Measure))
    if measure not in measures:
        raise _unknown("measure", measure, measures)
    if at and target not in targets(case, measure):
        raise _unknown("target", target, targets(case, measure))
    return of


EDITABLE = {"costs": "cost", "effects": "effect", "measures": "max_level", "scores": ""}
"""Tables of which the page edits cells, and the column; of scores every factor's."""


def _cell(case: Case, now: Choices, of: str, to: str) -> Choices:
    """Edit a cell of a table, ``TABLE:ROW:COLUMN``; a number as people type it, costs also in the unit shown."""
    table, _, place = of.partition(":")
    row, _, column = place.partition(":")
    if table not in EDITABLE or EDITABLE[table] not in ("", column):
        raise _unknown("cell", of, tuple(EDITABLE))
    kept = {name: text for name, text in now.cells if name != of}
    if to:
        resource = case.resource_of.get(row.partition("/")[2]) if table == "costs" else None
        value = number(to, of) if resource is None else in_unit_of(resource, to)
        kept[of] = f"{value!r}"
    made = replace(now, cells=tuple(sorted(kept.items())))
    changed(case, [Change(table, row, column, f"={kept[of]}")] if of in kept else [])  # whether it can be
    return made


def _lock(case: Case, now: Choices, of: str, to: str) -> Choices:
    name = _named(case, of)
    level = number(to, name)
    most = case.measure_of[name.partition("@")[0]].max_level
    if level > most:
        raise CaseError([Problem("lock_level", "lock", found=f"{name}={level:g}", details={"most": most})])
    kept = _free(case, now, name, "")
    return replace(kept, lock=_with(kept.lock, name, level))


def _forbid(case: Case, now: Choices, of: str, to: str) -> Choices:
    kept = _free(case, now, _named(case, of), "")
    return replace(kept, forbid=tuple(sorted({*kept.forbid, of})))


def _free(case: Case, now: Choices, of: str, to: str) -> Choices:
    """Lift the lock or the ban of a name, and of what overlaps it."""
    measure, at, _ = of.partition("@")

    def clear(name: str) -> bool:
        return name != of and (name != measure if at else name.partition("@")[0] != measure)

    return replace(
        now,
        lock=tuple((name, level) for name, level in now.lock if clear(name)),
        forbid=tuple(name for name in now.forbid if clear(name)),
    )


def _admit(case: Case, now: Choices, of: str, to: str) -> Choices:
    admit(case, [of])  # whether it can be
    return replace(now, admitted=tuple(sorted({*now.admitted, of})))


def _dismiss(case: Case, now: Choices, of: str, to: str) -> Choices:
    """Take a candidate out again, and what is locked or forbidden there."""
    if of not in now.admitted:
        raise _unknown("dismiss", of, now.admitted)
    admitted = tuple(name for name in now.admitted if name != of)
    others = {row.type for row in case.rows(Track) if row.track != of}
    gone = {of} | ({case.type_of[of]} - others)  # and its type, if it is alone there
    return replace(
        now,
        admitted=admitted,
        lock=tuple((name, level) for name, level in now.lock if name.partition("@")[2] not in gone),
        forbid=tuple(name for name in now.forbid if name.partition("@")[2] not in gone),
    )


_CHANGES: Mapping[str, Callable[[Case, Choices, str, str], Choices]] = {
    "weights": _one_of("weights", lambda: tuple(schemes())),
    "method": _one_of("method", lambda: tuple(methods())),
    "stance": _one_of("stance", lambda: STANCES),
    "objective": _one_of("objective", lambda: tuple(OBJECTIVES)),
    "share": _share,
    "save": _save,
    "budget": _budget,
    "judgement": _judgement,
    "cell": _cell,
    "lock": _lock,
    "forbid": _forbid,
    "free": _free,
    "admit": _admit,
    "dismiss": _dismiss,
}
