"""Measures in wide form, with what each takes, which factors it serves and how strongly; and budgets of resources."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from ..case.cells import number
from ..case.units import SCALES
from .anatomy import Anatomy
from .asking import FREE, Asker, numbers_in
from .columns import Column, order_of, read_column
from .heads import head
from .places import places
from .regions import Left
from .values import plain, value_of
from .view import View
from .words import (
    A_PERIOD,
    BUDGET_AMOUNTS,
    BUDGET_LINE,
    BUDGET_NAMES,
    MEASURES,
    OF_MEASURE,
    PERIODS,
    REMARK,
    RESOURCE,
    SERVES,
    STRENGTH,
    UNIT,
)

LEVELS = ("strong", "medium", "weak")
SPLIT = re.compile(r"\s*[;；、,，/|+&\n]\s*|\s+and\s+|和|与|及")


@dataclass
class Measures:
    """Measures as read: a cost a resource, and the factors that each serves with its strength."""

    parts: Anatomy
    names: list[str]
    resources: list[Column]
    effects: list[dict[str, Any]]
    points: dict[str, float]
    details: dict[str, list[str]]
    budgets: list[float | None] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)
    role = "measures"

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        view = self.parts.view
        document: dict[str, Any] = {"role": self.role, "sheet": view.sheet.title or None} | places(
            self.parts, self.parts.body
        )
        document["names"] = self.names
        document["resources"] = [
            {"head": c.head.text, "name": c.name, "unit": c.unit or None, "column": view.letter(c.j)}
            for c in self.resources
        ]
        document["costs"] = [[c.values[n] for c in self.resources] for n in range(len(self.names))]
        document["effects"] = self.effects
        if self.budgets:
            document["budgets"] = self.budgets
        return document


@dataclass
class Budgets:
    """What there is of each resource; of each period where the table is dated. Names stand once a period."""

    parts: Anatomy
    names: list[str]
    units: list[str]
    amounts: list[float | None]
    periods: list[str]
    lines: list[int]
    missing: list[tuple[str, str]] = field(default_factory=list)
    role = "budgets"

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        document: dict[str, Any] = {"role": self.role, "sheet": self.parts.view.sheet.title or None}
        document |= places(self.parts, self.parts.body)
        document |= {"names": self.names, "budgets": self.amounts, "units": [unit or None for unit in self.units]}
        return document | ({"periods": self.periods} if any(self.periods) else {})


def is_measures(parts: Anatomy) -> bool:
    """Whether a table is one of measures: its names are called so, and it says what they take or serve."""
    titles = [plain(one.name) for one in parts.heads]
    if not titles:
        return False
    named = bool(MEASURES.fullmatch(titles[parts.names]))
    others = [titles[j] for j in range(len(titles)) if j != parts.names]
    serves = any(SERVES.fullmatch(t) for t in others) or any(STRENGTH.fullmatch(t) for t in others)
    takes = sum(bool(RESOURCE.search(t)) for t in others)
    return (named and (serves or takes > 0)) or (
        any(SERVES.fullmatch(t) for t in others) and takes > 0 and any(STRENGTH.fullmatch(t) for t in others)
    )


def is_budgets(parts: Anatomy) -> bool:
    """Whether a table says how much there is of each resource, or in each period."""
    titles = [plain(one.name) for one in parts.heads]
    if len(titles) < 2 or not BUDGET_NAMES.fullmatch(titles[parts.names]):
        return False
    return any(BUDGET_AMOUNTS.fullmatch(t) or A_PERIOD.fullmatch(t) for t in titles)


def read_budgets(parts: Anatomy, asker: Asker, left: list[Left]) -> Budgets:
    """Read a table of budgets: one column of amounts, or one a period."""
    view, titles = parts.view, [plain(one.name) for one in parts.heads]
    columns = [j for j in parts.columns if A_PERIOD.fullmatch(titles[j])]
    dated = bool(columns)
    columns = columns or [j for j in parts.columns if BUDGET_AMOUNTS.fullmatch(titles[j])][:1]
    unit_column = next((j for j, t in enumerate(titles) if UNIT.fullmatch(t)), None)
    period = next((j for j, t in enumerate(titles) if PERIODS.fullmatch(t)), None)
    others = [j for j in parts.columns if j not in (*columns, unit_column, period)]
    left += [Left(view.column(j), parts.heads[j].text, "no_budget") for j in others]
    heads = [head(parts.name(i)) for i in parts.body]
    found = Budgets(parts, [], [], [], [], [])
    for j in columns:
        cells = [view.value(i, j) for i in parts.body]
        own_units = all(cell.form == "unit" and cell.more not in SCALES for cell in cells)
        if own_units:  # each amount says in what
            found.names += [one.name for one in heads]
            found.units += [str(cell.more) for cell in cells]
            found.amounts += [cell.value for cell in cells]
            found.periods += [parts.heads[j].text if dated else "" for _ in cells]
            found.lines += parts.body
            continue
        column = read_column(parts, j, asker)
        found.missing += [(view.place(i, j), text) for i, text in column.missing] if column else []
        for n, i in enumerate(parts.body):
            own = view.text(i, unit_column) if unit_column is not None else ""
            found.names.append(heads[n].name)
            found.units.append(own or heads[n].unit or (column.unit if column else ""))
            found.amounts.append(column.values[n] if column else None)
            found.periods.append(parts.heads[j].text if dated else view.text(i, period) if period is not None else "")
            found.lines.append(i)
    return found


def read_measures(parts: Anatomy, asker: Asker, left: list[Left], factors: Collection[str] = ()) -> Measures:
    """Read a wide table of measures; *factors* are the names of those that are known, in half width."""
    view = parts.view
    titles = [plain(one.name) for one in parts.heads]
    columns = parts.columns
    limit = _budget_line(parts)
    serves = next((j for j in columns if SERVES.fullmatch(titles[j])), None)
    strength = next((j for j in columns if STRENGTH.fullmatch(titles[j])), None)
    details: dict[str, list[str]] = {}
    resources: list[Column] = []
    wide: dict[str, int] = {}
    for j in columns:
        if j in (serves, strength):
            continue
        detail = next((key for key, pattern in OF_MEASURE.items() if pattern.fullmatch(titles[j])), None)
        if detail:
            details[detail] = [view.text(i, j) for i in parts.body]
        elif _is_strength(view, parts, j) or (titles[j] in factors and _has_numbers(view, parts, j)):
            wide[parts.heads[j].name] = j
        elif REMARK.fullmatch(titles[j]):
            left.append(Left(view.column(j), parts.heads[j].text, "remark"))
        else:
            column = read_column(parts, j, asker)
            if column is None:
                left.append(
                    Left(
                        view.column(j),
                        parts.heads[j].text,
                        "text" if any(view.filled(i, j) for i in parts.body) else "no_values",
                    )
                )
            elif serves is None and not column.unit and not RESOURCE.search(titles[j]) and _moves(parts, column, asker):
                wide[parts.heads[j].name] = j
            else:
                if A_PERIOD.fullmatch(titles[j]) and parts.parents[j]:
                    column.name = f"{parts.parents[j]} {column.name}"
                resources.append(column)
    for j, why in parts.skipped_columns.items():
        left.append(Left(view.column(j), parts.heads[j].text, why))
    effects, words = _effects(parts, serves, strength, wide)
    points = _points(parts, asker, words, strength, wide) if effects else {}
    _several_lines(parts, resources, asker, details)
    for column in resources:
        _taken(column, parts, asker)
    budgets = [view.value(limit, c.j).value for c in resources] if limit is not None else []
    missing = [(view.place(i, c.j), text) for c in resources for i, text in c.missing if text or i in c.unfilled]
    return Measures(parts, [parts.name(i) for i in parts.body], resources, effects, points, details, budgets, missing)


def _budget_line(parts: Anatomy) -> int | None:
    """Take the line out of the body that says how much there is of each resource."""
    lines = [
        i
        for i in [*parts.body, *([parts.target] if parts.target is not None else [])]
        if BUDGET_LINE.fullmatch(parts.name(i).strip())
    ]
    if not lines:
        return None
    parts.body = [i for i in parts.body if i != lines[0]]
    parts.left = [one for one in parts.left if one.where != parts.view.line(lines[0])]
    parts.left.append(Left(parts.view.line(lines[0]), parts.name(lines[0]), "as_budget"))
    parts.target = None
    return lines[0]


def _several_lines(parts: Anatomy, resources: list[Column], asker: Asker, details: dict[str, list[str]]) -> None:
    """Read lines of one name as one measure that serves several factors; asked where their costs differ."""
    by_name: dict[str, list[int]] = {}
    for n, i in enumerate(parts.body):
        by_name.setdefault(plain(parts.name(i)), []).append(n)
    out: set[int] = set()
    for at in by_name.values():
        if len(at) < 2:
            continue
        differ = any(len({c.values[n] for n in at if c.values[n] is not None}) > 1 for c in resources)
        where, name = parts.view.places([parts.body[n] for n in at], parts.names), parts.name(parts.body[at[0]])
        values = {"name": name, "times": len(at)}
        if differ and asker.ask(where, "measure_twice", ("both", "one"), None, found=name, values=values) != "one":
            continue
        for c in resources:
            given = [v for n in at if (v := c.values[n]) is not None]
            c.values[at[0]] = (sum(given) if differ else given[0]) if given else None
            c.missing = [(i, text) for i, text in c.missing if not (given and i == parts.body[at[0]])]
        out |= set(at[1:])
    gone = {parts.body[n] for n in out}
    for c in resources:
        c.values = [v for n, v in enumerate(c.values) if n not in out]
        c.missing = [(i, text) for i, text in c.missing if i not in gone]
    for key, texts in details.items():
        details[key] = [text for n, text in enumerate(texts) if n not in out]
    parts.body = [i for i in parts.body if i not in gone]


def _has_numbers(view: View, parts: Anatomy, j: int) -> bool:
    forms = [view.value(i, j).form for i in parts.body if view.filled(i, j)]
    return bool(forms) and all(form in ("number", "percent", "missing") for form in forms)


def _moves(parts: Anatomy, column: Column, asker: Asker) -> bool:
    """Whether numbers under a heading say how far measures move a factor, not what they take: nothing says it."""
    where, values = parts.view.column(column.j), {"name": column.name}
    return (
        asker.ask(where, "takes_or_moves", ("takes", "moves"), None, found=column.head.text, values=values) == "moves"
    )


def _is_strength(view: View, parts: Anatomy, j: int) -> bool:
    forms = [view.value(i, j).form for i in parts.body if view.filled(i, j)]
    return bool(forms) and sum(form in ("word", "tick") for form in forms) > len(forms) / 2


def _taken(column: Column, parts: Anatomy, asker: Asker) -> None:
    """Ask what a cell without a cost means."""
    blank = [i for i, _ in column.missing]
    if blank:
        view = parts.view
        names = [parts.name(i) for i in blank]
        answer = asker.ask(
            view.places(blank, column.j),
            "blank_cost",
            ("none", "not_filled"),
            "none",
            found=", ".join(dict.fromkeys(text for _, text in column.missing if text)),
            values={"resource": column.name, "measures": (_listed(names, " and "), "、".join(names))},
        )
        if answer == "none":
            at = {i: n for n, i in enumerate(parts.body)}
            for i in blank:
                column.values[at[i]] = 0.0
            column.missing = [(i, text) for i, text in column.missing if text]
        column.unfilled = [] if answer == "none" else blank


def _listed(names: list[str], last: str) -> str:
    return last.join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _effects(
    parts: Anatomy, serves: int | None, strength: int | None, wide: dict[str, int]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return which factors each measure serves and how strongly, and the words for strength, the strongest first."""
    view = parts.view
    cells = [view.text(i, strength) for i in parts.body if view.filled(i, strength)] if strength is not None else []
    cells += [view.text(i, j) for j in wide.values() for i in parts.body if view.filled(i, j)]
    said = list(dict.fromkeys(plain(text) for text in cells if number(text) is None and view is not None))
    words = [word for word in said if value_of(word).form not in ("tick", "yes", "cross", "no", "missing", "blank")]
    order = order_of(words) or ()
    best_first = list(reversed(order)) if order else words
    level = dict(zip(best_first, LEVELS, strict=False)) if len(best_first) == 3 else {word: word for word in best_first}
    effects: list[dict[str, Any]] = []
    for i in parts.body:
        of_strength: dict[str | None, list[str]] = {}
        if serves is not None:
            factors = [part for part in SPLIT.split(view.text(i, serves)) if part]
            word = plain(view.text(i, strength)) if strength is not None and view.filled(i, strength) else None
            if factors:
                known = word is not None and (word in level or number(word) is not None)
                of_strength[level.get(word or "", word) if known else None] = factors
        for name, j in wide.items():
            if view.value(i, j).form not in ("blank", "missing", "cross", "no"):
                word = plain(view.text(i, j))
                known = word in level or number(word) is not None
                of_strength.setdefault(level.get(word, word) if known else None, []).append(name)
        effects += [{"measure": parts.name(i), "factors": names, "strength": s} for s, names in of_strength.items()]
    return effects, best_first


def _points(
    parts: Anatomy, asker: Asker, words: list[str], strength: int | None, wide: dict[str, int]
) -> dict[str, float]:
    """Ask how far each strength moves a factor; no number of it is invented."""
    view = parts.view
    across = [strength] if strength is not None else list(wide.values())
    where = view.across(across) if across else "all"
    numbers = {
        text: value for i in parts.body for j in across if (value := number(text := plain(view.text(i, j)))) is not None
    }
    if numbers and not words and all(text.endswith("%") for text in numbers):
        return {text: value * 100 for text, value in numbers.items()}
    if numbers and not words:
        answer = asker.ask(where, "strength_numbers", ("points", "shares", "rank_only"), None, found=", ".join(numbers))
        times = {"points": 1.0, "shares": 100.0}.get(answer or "")
        return {} if times is None else {text: value * times for text, value in numbers.items()}
    shown = words or [""]
    level = dict(zip(words, LEVELS, strict=False)) if len(words) == 3 else {word: word for word in words}
    code = "strengths" if words else "one_strength"
    told = {"words": (", ".join(words), "、".join(words))}
    answer = asker.ask(where, code, (FREE, "rank_only"), None, found="/".join(words), values=told, numbers=len(shown))
    given = numbers_in(answer, len(shown)) or []
    return {level.get(word, word): value for word, value in zip(shown, given, strict=False)}
