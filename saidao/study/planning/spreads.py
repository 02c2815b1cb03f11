"""Uncertain inputs as arrays: what effects, costs, budgets and gaps can be at least, most likely and at most."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from ...case import Case
from ...case.case import Table
from ...case.cells import number
from ...case.changes import Change, RowsByName, changed
from ...case.tables import BY_NAME, Budget, Cost, Effect, Grade, Measure, Resource, Score, Track, UncertainRow, columns
from ...errors import CaseError, Problem
from ...mcda.brief import Brief
from ...optimize import Programme
from ...optimize.model.programme import Index
from ..decision import Array
from .problem import PlanningProblem
from .programme import Collected, Held, collect

TABLES = ("effects", "scales", "costs", "resources", "budgets", "scores")
"""Tables whose numbers can be uncertain; a grade of `scales` is so in every effect that has it."""
TICK, BLANK = (0.7, 1.0), (0.0, 0.3)
"""What a tick and a blank can stand for, where the case gives no spread."""
SPENT = (UncertainRow, Track, Measure, Effect, Grade, Cost, Resource, Budget)
"""Tables on which it depends what of effects, costs and budgets can be uncertain, and how far."""
READ = (*SPENT, Score)
"""Those on which it depends of all."""
_SHARE = re.compile(r"^([+-])\s*([0-9.]+)\s*[%％]$")


@dataclass(frozen=True)
class Spread(Brief):
    """Arrays at the bad and the good end, of the problem in hand.

    Attributes
    ----------
    bad, good : programmes with effects, costs and budgets at their ends; gaps as they are.
    low, high : (T, F) gaps at least and at most.
    groups : what the effects and costs of each measure move with: itself if nothing is said.
    uniform : whether anything between the ends is alike; else the middle is the most likely.
    assumed : whether the spreads are ours, and not the case's.
    """

    bad: Programme
    good: Programme
    low: Array
    high: Array
    groups: tuple[str, ...]
    uniform: bool
    assumed: bool


def end(text: str, now: Array) -> Array | None:
    """Return what an end of cells is, of what stands there now (N,): a number, or a share of it; None where neither.

    >>> now = np.array([2.0])
    >>> [end(text, now) for text in ("3", "x0.5", "-30%", "a")]
    [array([3.]), array([1.]), array([1.4]), None]
    """
    plain = text.strip().replace("×", "x").replace("＋", "+").replace("－", "-").replace("％", "%")
    if plain[:1] == "x":
        factor = number(plain[1:])
        return None if factor is None else now * factor
    if found := _SHARE.match(plain):
        return now * (1 + (1 if found[1] == "+" else -1) * float(found[2]) / 100)
    amount = number(plain)
    return None if amount is None else np.full(len(now), amount)


@dataclass(frozen=True)
class _Cells:
    """Cells of a column of a table, and what can stand there: places of their rows (N,), ends and middle (N,)."""

    table: str
    column: str
    places: Index
    low: Array
    mid: Array
    high: Array

    def drawn_in(self, level: float) -> tuple[Array, Array]:
        """The ends, drawn in by *level* towards the middle."""
        return self.low + level * (self.mid - self.low), self.high - level * (self.high - self.mid)

    def at_end(self, level: float, *, good: bool) -> Array:
        """The bad or the good end of amounts, of which none is below 0: of costs, less is good."""
        return np.maximum(self.drawn_in(level)[int(good != (self.table == "costs"))], 0.0)


def _named(case: Case, named: dict[str, RowsByName], row: UncertainRow) -> Iterator[tuple[str, str, Index, Array]]:
    """Yield table, column, places and values of the cells that a row is about; *named* keeps tables looked up."""
    if row.of_table == "scales":
        graded = [(i, e.effect) for i, e in enumerate(case.rows(Effect)) if e.scale and row.row in ("", e.scale)]
        yield _cells("effects", "effect", graded)
        return
    if row.of_table not in named:
        named[row.of_table] = RowsByName(case.tables[row.of_table].rows)
    rows, places = named[row.of_table].rows, named[row.of_table].places(row.row)
    if row.of_table == "scores":
        scored = case.rows(Score)
        for factor in (name for name in case.factor_ids if row.column in ("", name)):
            scores = [(i, scored[i].values.get(factor)) for i in places]
            yield _cells("scores", factor, [(i, score) for i, score in scores if score is not None])
        return
    default = {"effects": "effect", "costs": "cost", "resources": "budget", "budgets": "amount"}[row.of_table]
    name = row.column or default
    if name in columns(BY_NAME[row.of_table]):
        values = [(i, getattr(rows[i], name)) for i in places]
        yield _cells(row.of_table, name, [(i, value) for i, value in values if isinstance(value, float)])


def _cells(table: str, column: str, held: list[tuple[int, float]]) -> tuple[str, str, Index, Array]:
    return (
        table,
        column,
        np.array([i for i, _ in held], dtype=np.int64),
        np.array([now for _, now in held], dtype=float),
    )


@dataclass(frozen=True, eq=False)
class _Told:
    """What the table `uncertain` says of a case: cells in its order, and what measures move with, where it says so."""

    cells: tuple[_Cells, ...]
    groups: dict[str, str]


@lru_cache(maxsize=2)
def _told(held: Held) -> _Told:
    """Read the table `uncertain`; `CaseError` with every row that names no cell, or whose ends are none."""
    case, file = held.case, held.case.tables["uncertain"].file
    named: dict[str, RowsByName] = {}
    cells: list[_Cells] = []
    groups: dict[str, str] = {}
    problems: list[Problem] = []
    for line, row in zip(case.tables["uncertain"].lines, case.rows(UncertainRow), strict=True):
        if row.of_table not in TABLES:
            details = {"choices": ", ".join(TABLES), "nearest": None}
            problems.append(Problem("choice", file, line, "table", row.of_table, details))
            continue
        found = [one for one in _named(case, named, row) if len(one[2])]
        if not found:
            told = f"scales {row.row}" if row.of_table == "scales" else f"{row.of_table} {row.row} {row.column}"
            problems.append(Problem("uncertain_cell", file, line, "row", told.strip()))
        for table, column, places, now in found:
            low, high = end(row.low, now), end(row.high, now)
            mid = end(row.mid, now) if row.mid else now
            wrong = (
                np.ones(len(now), dtype=bool)
                if low is None or high is None or mid is None
                else ~((low <= mid) & (mid <= high))
            )
            if low is None or high is None or mid is None or wrong.any():
                ends = f"{row.low}, {row.mid or float(now[wrong][0])}, {row.high}"
                problems.append(Problem("uncertain_ends", file, line, "low", ends))
                break
            cells.append(_Cells(table, column, places, low, mid, high))
            if row.group and table in ("effects", "costs"):
                rows: Any = case.tables[table].rows
                groups.update(dict.fromkeys((rows[i].measure for i in places.tolist()), row.group))
    if problems:
        raise CaseError(problems)
    return _Told(tuple(cells), groups)


@dataclass(frozen=True, eq=False)
class _End:
    """An end of all that is uncertain: the tables that it changes, and what is collected of the case with them."""

    tables: dict[str, Table]
    collected: Collected


@lru_cache(maxsize=2)
def _ends(held: Held, level: float) -> tuple[_End, _End]:
    """Return the bad and the good end of a case: what no plan and no setting changes of them."""
    cells = [one for one in _told(Held(held.case, READ)).cells if one.table != "scores"]
    return _at_end(held.case, cells, level, good=False), _at_end(held.case, cells, level, good=True)


def _effect_at_end(case: Case, cells: list[_Cells], level: float, *, good: bool) -> Array | None:
    """Return the effects at one end, a row each; None where others are above 0 there, or hold up to other levels."""
    now = case.figures(Effect, "effect")
    effect = now.copy()
    same = bool(np.isnan(case.figures(Effect, "up_to")).all())
    for one in cells:
        if one.table == "effects":
            same &= one.column == "effect"
            effect[one.places] = one.at_end(level, good=good)
    return effect if same and bool(((effect > 0) == (now > 0)).all()) else None


def _at_end(case: Case, cells: list[_Cells], level: float, *, good: bool) -> _End:
    """Return one end. Where the same effects are above 0 there, what was collected of the case holds, resized."""
    effect = _effect_at_end(case, cells, level, good=good)
    changes = [
        Change(one.table, "/".join(case.tables[one.table].rows[i].key_parts()), one.column, f"={amount!r}")
        for one in cells
        if effect is None or one.table != "effects"
        for i, amount in zip(one.places.tolist(), one.at_end(level, good=good).tolist(), strict=True)
    ]
    made = changed(case, changes) if changes else case
    collected = collect(made) if effect is None else collect(case).with_amounts(made, effect)
    return _End({name: table for name, table in made.tables.items() if table is not case.tables[name]}, collected)


def spread(problem: PlanningProblem, level: float) -> Spread:
    """Return the ends of every uncertain input, drawn in by *level* towards the middle: 0 the whole spread, 1 none.

    Raises
    ------
    CaseError
        A row that names no cell, or ends that are no numbers or out of order; with every problem found.
    """
    case = problem.case
    names = tuple(dict.fromkeys(a.measure for a in problem.programme.applications))
    if not case.rows(UncertainRow):
        return _assumed(problem, level, names)
    told = _told(Held(case, READ))
    bad, good = (_programme_at(problem, one) for one in _ends(Held(case, SPENT), level))
    low, high = _gaps(problem, told, level)
    groups = tuple(told.groups.get(name, name) for name in names)
    uniform = all(not row.mid for row in case.rows(UncertainRow))
    return Spread(bad, good, low, high, groups, uniform, False)


def closing_ends(problem: PlanningProblem) -> tuple[Array, Array, Array, Array, bool]:
    """Return what `spread` tells of what closes gaps: bad and good effects (E,), low and high gaps, and `assumed`.

    What costs and budgets can be is read, but no case is made of it where effects alone say all.

    Raises
    ------
    CaseError
        As `spread`.
    """
    case = problem.case
    if case.rows(UncertainRow):
        told = _told(Held(case, READ))
        bad, good = (_effect_at_end(case, list(told.cells), 0.0, good=good) for good in (False, True))
        if bad is not None and good is not None:
            at = collect(case).effect_row
            return bad[at], good[at], *_gaps(problem, told, 0.0), False
    ends = spread(problem, 0.0)
    return ends.bad.effect, ends.good.effect, ends.low, ends.high, ends.assumed


def _gaps(problem: PlanningProblem, told: _Told, level: float) -> tuple[Array, Array]:
    """Gaps at least and at most, (T, F), as scores are at their ends, drawn in by *level*."""
    case, data = problem.case, problem.decision
    low_scores, high_scores = data.scores.copy(), data.scores.copy()
    at_track, at_factor = ({name: i for i, name in enumerate(ids)} for ids in (data.tracks, data.factors))
    scored = case.rows(Score)
    for one in told.cells:
        if one.table == "scores":
            at = [at_track[scored[i].track] for i in one.places.tolist()], at_factor[one.column]
            low_scores[at], high_scores[at] = one.drawn_in(level)
    gaps = [1.0 - _levels(problem, scores) for scores in (low_scores, high_scores)]
    return np.minimum(*gaps), np.maximum(*gaps)


def _levels(problem: PlanningProblem, scores: Array) -> Array:
    data = problem.decision
    return np.asarray(np.clip((scores - data.worst) / (data.target - data.worst), 0.0, 1.0))


def _programme_at(problem: PlanningProblem, end: _End) -> Programme:
    """Return the programme with effects, costs and budgets at an end; gaps and priorities as they are."""
    case = replace(problem.case, tables=MappingProxyType({**problem.case.tables, **end.tables}))
    made = problem.with_case(case, end.collected).programme
    p = problem.programme
    if made.applications != p.applications or len(made.effect) != len(p.effect):
        raise CaseError([Problem("uncertain_zero", problem.case.tables["uncertain"].file)])
    return made


def _assumed(problem: PlanningProblem, level: float, groups: tuple[str, ...]) -> Spread:
    """Spreads of ours: effects +-30 %, costs +-20 %, budgets +-10 %, ticks 0.7 to 1, blanks 0 to 0.3."""
    p, data = problem.programme, problem.decision
    wide = 1.0 - level

    def times(share: float) -> tuple[Programme, Programme]:
        bad = replace(
            p, effect=p.effect * (1 - 0.3 * share), cost=p.cost * (1 + 0.2 * share), budget=p.budget * (1 - 0.1 * share)
        )
        good = replace(
            p, effect=p.effect * (1 + 0.3 * share), cost=p.cost * (1 - 0.2 * share), budget=p.budget * (1 + 0.1 * share)
        )
        return with_rules(p, bad), with_rules(p, good)

    bad, good = times(wide)
    ticks = bool(np.isin(data.scores, (0.0, 1.0)).all())
    if ticks:
        low = np.where(data.level > 0.5, TICK[0], BLANK[0])
        high = np.where(data.level > 0.5, TICK[1], BLANK[1])
    else:
        low, high = np.clip(data.level - 0.1, 0, 1), np.clip(data.level + 0.1, 0, 1)
    low, high = low + level * (data.level - low), high - level * (high - data.level)
    return Spread(bad, good, 1.0 - high, 1.0 - low, groups, True, True)


def with_rules(p: Programme, made: Programme) -> Programme:
    """Let rules that are shares of a budget go with it."""
    ratio = [
        made.budget[rule.of].sum() / p.budget[rule.of].sum()
        if rule.of is not None and p.budget[rule.of].sum() > 0
        else 1.0
        for rule in p.rules
    ]
    rules = tuple(
        replace(rule, amount=rule.amount * (float(r) if rule.share else 1.0))
        for rule, r in zip(p.rules, ratio, strict=True)
    )
    return replace(made, rules=rules)
