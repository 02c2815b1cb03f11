"""Uncertain inputs as arrays: what effects, costs, budgets and gaps can be at least, most likely and at most."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from ..case import Case
from ..case.cells import number
from ..case.changes import Change, RowsByName, changed
from ..case.tables import BY_NAME, Cost, Effect, Row, Score, UncertainRow, columns
from ..errors import CaseError, Problem
from ..mcda.brief import Brief
from ..optimize import Programme
from .decision import Array
from .problem import PlanningProblem

TABLES = ("effects", "scales", "costs", "resources", "budgets", "scores")
"""Tables whose numbers can be uncertain; a grade of `scales` is so in every effect that has it."""
TICK, BLANK = (0.7, 1.0), (0.0, 0.3)
"""What a tick and a blank can stand for, where the case gives no spread."""
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


def end(text: str, now: float) -> float | None:
    """Return what an end is: a number, or a share of what stands there now.

    >>> end("3", 2.0), end("x0.5", 2.0), end("-30%", 2.0), end("a", 2.0)
    (3.0, 1.0, 1.4, None)
    """
    plain = text.strip().replace("×", "x").replace("＋", "+").replace("－", "-").replace("％", "%")
    if plain[:1] == "x":
        factor = number(plain[1:])
        return None if factor is None else now * factor
    if found := _SHARE.match(plain):
        return now * (1 + (1 if found[1] == "+" else -1) * float(found[2]) / 100)
    return number(plain)


def _cells(
    case: Case, named: dict[str, RowsByName], row: UncertainRow, problems: list[Problem], line: int
) -> Iterator[tuple[Row, str, float]]:
    """Yield the cells that a row is about, each with what stands there; *named* keeps tables that were looked up."""
    file = case.tables["uncertain"].file
    if row.of_table not in TABLES:
        details = {"choices": ", ".join(TABLES), "nearest": None}
        problems.append(Problem("choice", file, line, "table", row.of_table, details))
        return
    if row.of_table == "scales":
        graded = [held for held in case.rows(Effect) if held.scale and row.row in ("", held.scale)]
        yield from ((held, "effect", held.effect) for held in graded if held.effect is not None)
        if not graded:
            problems.append(Problem("uncertain_cell", file, line, "row", f"scales {row.row}".strip()))
        return
    model, found = BY_NAME[row.of_table], False
    if row.of_table not in named:
        named[row.of_table] = RowsByName(case.tables[row.of_table].rows)
    for held in (named[row.of_table].rows[i] for i in named[row.of_table].places(row.row)):
        if isinstance(held, Score):
            for factor, score in held.values.items():
                if row.column in ("", factor):
                    found = True
                    yield held, factor, score
        else:
            default = {"effects": "effect", "costs": "cost", "resources": "budget", "budgets": "amount"}[row.of_table]
            name = row.column or default
            value = getattr(held, name, None)
            if isinstance(value, float) and name in columns(model):
                found = True
                yield held, name, value
    if not found:
        problems.append(Problem("uncertain_cell", file, line, "row", f"{row.of_table} {row.row} {row.column}".strip()))


def spread(problem: PlanningProblem, level: float) -> Spread:
    """Return the ends of every uncertain input, drawn in by *level* towards the middle: 0 the whole spread, 1 none.

    Raises
    ------
    CaseError
        A row that names no cell, or ends that are no numbers or out of order; with every problem found.
    """
    case = problem.case
    told = case.rows(UncertainRow)
    groups = {a.measure: a.measure for a in problem.programme.applications}
    scores = problem.decision.scores
    low_scores, high_scores = scores.copy(), scores.copy()
    ends: dict[str, list[Change]] = {"bad": [], "good": []}
    named: dict[str, RowsByName] = {}
    at_track, at_factor = (
        {name: i for i, name in enumerate(ids)} for ids in (problem.decision.tracks, problem.decision.factors)
    )
    problems: list[Problem] = []
    file = case.tables["uncertain"].file

    def note(table: str, held: Row, column: str, low: float, high: float) -> None:
        if isinstance(held, Score):
            at = at_track[held.track], at_factor[column]
            low_scores[at], high_scores[at] = low, high
            return
        bad, good = (low, high) if table in ("effects", "resources", "budgets") else (high, low)
        key = "/".join(held.key_parts())
        ends["bad"].append(Change(table, key, column, f"={max(bad, 0.0)!r}"))
        ends["good"].append(Change(table, key, column, f"={max(good, 0.0)!r}"))

    for line, row in zip(case.tables["uncertain"].lines, told, strict=True):
        for held, column, now in _cells(case, named, row, problems, line):
            low, high = end(row.low, now), end(row.high, now)
            mid = now if not row.mid else end(row.mid, now)
            if low is None or high is None or mid is None or not low <= mid <= high:
                found = f"{row.low}, {row.mid or now}, {row.high}"
                problems.append(Problem("uncertain_ends", file, line, "low", found))
                break
            note(
                "effects" if row.of_table == "scales" else row.of_table,
                held,
                column,
                low + level * (mid - low),
                high - level * (high - mid),
            )
            if row.group and isinstance(held, Effect | Cost):
                groups[held.measure] = row.group
    if problems:
        raise CaseError(problems)
    names = tuple(groups[name] for name in dict.fromkeys(a.measure for a in problem.programme.applications))
    if told:
        bad, good = (_changed(problem, ends[side]) for side in ("bad", "good"))
        gaps = [1.0 - _levels(problem, one) for one in (low_scores, high_scores)]
        low_gap, high_gap = np.minimum(*gaps), np.maximum(*gaps)
        uniform = all(not row.mid for row in told)
        return Spread(bad, good, low_gap, high_gap, names, uniform, False)
    return _assumed(problem, level, names)


def _levels(problem: PlanningProblem, scores: Array) -> Array:
    data = problem.decision
    return np.asarray(np.clip((scores - data.worst) / (data.target - data.worst), 0.0, 1.0))


def _changed(problem: PlanningProblem, changes: list[Change]) -> Programme:
    """Return the programme with effects, costs and budgets of the changed case; gaps and priorities as they are."""
    made = problem.with_case(changed(problem.case, changes)).programme
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
