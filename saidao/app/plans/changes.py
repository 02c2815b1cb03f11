"""One change of the choices, as it comes from the page."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import get_args

import numpy as np

from ...case import Case, cells
from ...case.edits import cell_of, row_name, row_parts
from ...case.naming import names_of, row_by_id
from ...case.tables import BY_NAME, Measure, Resource, Row, RuleRow, Track
from ...errors import CaseError, Problem
from ...framework.candidates import admit
from ...mcda import methods, schemes
from ...optimize import OBJECTIVES
from ...study.panel import counts
from ...study.ranking.weighing import in_proportion
from ...study.ranking.weights import weigh
from ...study.settings import STANCES
from ...texts.numbers import Place, scale
from ...texts.say import LANGUAGES
from .choices import Choices, Pairs, asked, places_of
from .columns import only_figure, resource_in


def change(case: Case, now: Choices, what: str, of: str, to: str) -> Choices:
    """Change one choice of a case that is opened with them, as it comes from the page.

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


def _is_percent(text: str) -> bool:
    return "%" in unicodedata.normalize("NFKC", text)


def in_unit_of(resource: Resource, text: str) -> float:
    """Read an amount of a resource in its own unit, or in one in which the page shows it: ``25.0 亿元``."""
    told, _, unit = text.partition("|")
    if _is_percent(told):
        raise CaseError([Problem("amount_percent", resource.resource, found=told)])
    return _in_own_unit(resource, number(told, resource.resource), unit)


def _in_own_unit(resource: Resource, amount: float, unit: str) -> float:
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
    """Answer a pair, ``NAME/row/column``; the weights come from the answers once these connect all factors."""
    if not to:  # as the case has it
        return replace(now, judgements=_with(now.judgements, of, None))
    made = replace(now, judgements=_with(now.judgements, of, number(to, of)))
    judge, _, pair = of.partition("/")
    row, _, column = pair.partition("/")
    known = asked(case).judgements
    if judge not in known or not column or "/" in column:
        raise _unknown("judgement", of, tuple(known))
    answered = made.judged(case)  # refuses what the case does not judge
    held = known[judge]
    i, j = held.labels.index(row), held.labels.index(column)
    own = held.matrix[i, j] if np.isfinite(held.matrix[i, j]) else 1.0 / held.matrix[j, i]
    if abs(own - dict(made.judgements)[of]) < 1e-9 * own:
        made = replace(made, judgements=_with(now.judgements, of, None))
    if "ahp" in made.weights.split("+") or not answers_weigh(answered):
        return made
    return replace(made, weights="ahp")


def answers_weigh(case: Case) -> bool:
    """Whether the judgements of a case connect the factors below every node."""
    found = {node: case.judged(node) for node, children in case.children.items() if len(children) > 1}
    return bool(found) and all(
        held and all(counts(np.where(np.isnan(one.matrix), one.matrix.T, one.matrix)) for one in held)
        for held in found.values()
    )


def _weight(case: Case, now: Choices, of: str, to: str) -> Choices:
    """Give a factor a weight in percent; the others keep their proportions."""
    percent = number(to, "weight")
    if percent > 100:
        raise CaseError([Problem("at_most", "weight", found=to, details={"bound": 100})])
    if of not in case.factor_ids:
        raise _unknown("factor", of, case.factor_ids)
    found = weigh(now.judged(case), now.weights)
    weight = in_proportion(found.array, found.criteria.index(of), percent / 100)
    own = dict(zip(case.factor_ids, weight.tolist(), strict=True))

    def whole(factor: str) -> float:
        """What is below a factor has its weight together."""
        return own[factor] if factor in own else sum(map(whole, case.children[factor]))

    kept = dict(now.cells)
    for children in case.children.values():
        shares = [whole(factor) for factor in children]
        for factor, share in zip(children, shares if any(shares) else [1.0] * len(children), strict=True):
            kept[f"factors:{factor}:weight"] = f"{round(share, 6):.6g}"
    return replace(now, cells=tuple(sorted(kept.items())), weights="direct")


def _named(case: Case, of: str) -> str:
    """Return the name of a measure, or of a measure at a target, if the case has it."""
    measure, at, target = of.partition("@")
    measures = tuple(row.measure for row in case.rows(Measure))
    if measure not in measures:
        raise _unknown("measure", measure, measures)
    places = places_of(case, case.measure_of[measure].scope)
    if at and target not in places:
        raise _unknown("target", target, places)
    return of


def _cell(case: Case, now: Choices, of: str, to: str) -> Choices:
    """Edit a cell of a table, ``TABLE:ROW:COLUMN``; a number as people type it, an amount also in the unit shown.

    A blank in a row that is nothing but this number takes the row out.
    """
    table, row, column = cell_of(of)
    if table not in BY_NAME:
        raise _unknown("cell", of, tuple(BY_NAME))
    if not to.partition("|")[0].strip() and column == only_figure(BY_NAME[table]):
        return _remove(case, now, f"{table}:{row}", "")
    kept = {**dict(now.cells), f"{table}:{row}:{column}": _plain(case, table, row, column, to)}
    removed = tuple(name for name in now.removed if name != f"{table}:{row}")
    return replace(now, cells=tuple(sorted(kept.items())), removed=removed)


def _plain(case: Case, table: str, row: str, column: str, to: str) -> str:
    """Return what is typed, an amount in its own unit."""
    told, _, unit = to.partition("|")
    if not unit:
        return to.strip()
    resource = case.resource_of.get(resource_in(case, table, row, column))
    value = cells.number("".join(unicodedata.normalize("NFKC", told).split()))
    if resource is None or value is None or _is_percent(told):
        return told.strip()  # what is no number is told by the table
    return repr(_in_own_unit(resource, value, unit))


def _row(case: Case, now: Choices, of: str, to: str) -> Choices:
    """Add a row to a table; *to* lists its cells, ``[[column, text], ...]``, also those of tables joined to it."""
    if of not in BY_NAME:
        raise _unknown("table", of, tuple(BY_NAME))
    return _added(case, now, BY_NAME[of], _pairs(to))


def _added(case: Case, now: Choices, model: type[Row], given: Sequence[tuple[str, str]]) -> Choices:
    fields = {info.alias or key: key for key, info in model.model_fields.items()}
    texts = {column: text for column, text in given if text.partition("|")[0].strip()}
    keys = [next(column for column, key in fields.items() if key == part) for part in model.key]
    if len(keys) == 1 and keys[0] not in texts:
        texts[keys[0]] = _free_id(case, now, model)
    parts = row_by_id(names_of(case), model, {key: texts[key] for key in keys if texts.get(key)})
    name = row_name(parts.get(key, "") for key in keys)
    if name in {row_name(row.key_parts()) for row in case.rows(model)}:
        raise CaseError([Problem("added_row", model.table, column=keys[0], found=name)])
    made = {c: t for c, t in texts.items() if c not in keys}
    own = {c: t for c, t in made.items() if ":" not in c} or {keys[-1]: parts.get(keys[-1], "")}
    for column, text in own.items():
        limits = column == "amount" and model is RuleRow
        plain = _plain_amount(case, texts.get("of", ""), text) if limits else text
        now = _cell(case, now, f"{model.table}:{name}:{column}", plain)
    for column, text in made.items():
        if ":" in column:  # of a table that is joined: TABLE:KEY:COLUMN
            other, key, value = cell_of(column)
            parts_ = [*row_parts(name), *row_parts(key)] if key else row_parts(name)
            parts_ += [""] * (len(BY_NAME[other].key) - len(parts_))
            now = _cell(case, now, f"{other}:{row_name(parts_)}:{value}", text)
    return now


def _plain_amount(case: Case, resource: str, text: str) -> str:
    told, _, unit = text.partition("|")
    value, row = cells.number(told), case.resource_of.get(resource)
    return (
        told if row is None or value is None or not unit or _is_percent(told) else repr(_in_own_unit(row, value, unit))
    )


def _free_id(case: Case, now: Choices, model: type[Row]) -> str:
    """Return an id that no row has, or had."""
    taken = {row.key_parts()[0] for row in case.rows(model)}
    taken |= {name.partition(":")[2] for name in now.removed} | {cell_of(name)[1] for name, _ in now.cells}
    number_ = len(taken) + 1
    while (name := f"{model.key[0].rstrip('_')}{number_}") in taken:
        number_ += 1
    return name


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return [(str(name), str(value)) for name, value in json.loads(text)]
    except (ValueError, TypeError):
        raise CaseError([Problem("choice", "row", found=text, details={"choices": "[[column, text], ...]"})]) from None


def _block(case: Case, now: Choices, of: str, to: str) -> Choices:
    """Put a pasted block into a table: ``{"cells": [[cell, text], ...], "rows": [[[column, text], ...], ...]}``."""
    try:
        given = json.loads(to)
        held, rows = given["cells"], given["rows"]
    except (ValueError, TypeError, KeyError):
        raise CaseError([Problem("choice", "block", found=to, details={"choices": "cells, rows"})]) from None
    for name, text in held:
        do = "budget" if str(name).startswith("budget:") else "cell"
        now = _CHANGES[do](case, now, str(name).removeprefix("budget:"), str(text))
    for row in rows:
        now = _row(case, now, of, json.dumps(row))
    return now


def _remove(case: Case, now: Choices, of: str, to: str) -> Choices:
    """Take a row out, ``TABLE:ROW``, with what was edited in it, and what is locked or forbidden of it."""
    table, _, row = of.partition(":")
    if table not in BY_NAME:
        raise _unknown("row", of, tuple(BY_NAME))
    gone = row_parts(row)[0] if table in ("measures", "tracks") else ""

    def clear(name: str) -> bool:
        return not gone or gone not in (name.partition("@")[0], name.partition("@")[2])

    def elsewhere(name: str) -> bool:
        of_table, of_row, _ = cell_of(name)
        parts = row_parts(of_row)
        return (of_table, of_row) != (table, row) and (not gone or gone not in parts)

    return replace(
        now,
        cells=tuple((name, text) for name, text in now.cells if elsewhere(name)),
        removed=tuple(sorted({*now.removed, of})),
        lock=tuple((name, level) for name, level in now.lock if clear(name)),
        forbid=tuple(name for name in now.forbid if clear(name)),
        budgets=tuple((name, amount) for name, amount in now.budgets if table != "resources" or name != row),
    )


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
    "weight": _weight,
    "cell": _cell,
    "row": _row,
    "block": _block,
    "remove": _remove,
    "lock": _lock,
    "forbid": _forbid,
    "free": _free,
    "admit": _admit,
    "dismiss": _dismiss,
}
