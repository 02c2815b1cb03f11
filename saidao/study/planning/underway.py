"""A plan that is under way: what was approved, and what the table `actuals` says of it, as arrays."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, Literal, get_args

import numpy as np

from ...case import Case
from ...case.cells import number
from ...case.checks import errors
from ...case.read import read_rows, read_table
from ...case.tables import Actual, AtLeast0
from ...case.tables import Row as CaseRow
from ...errors import CaseError, Problem
from ...optimize import Programme
from ...optimize.after.commitments import Facts, by_pair, delivered
from ...optimize.after.learning import by_measure
from ...optimize.after.replan import Approved, Replanning
from ...results.result import Row
from ..decision import Array

Outlook = Literal["expected", "achieved", "updated"]
"""What a unit beyond what is committed closes: what the case says; as much as was achieved per unit committed; or what
the case says, updated by it (`optimize.after.learning`)."""
OUTLOOKS: tuple[Outlook, ...] = get_args(Outlook)

Place = tuple[str, str, str]
"""Measure, target and period."""


class _ApprovedRow(CaseRow):
    """A row of an approved plan in a CSV file: a level, and a column a resource where costs are given."""

    table: ClassVar[str] = "approved"
    key: ClassVar[tuple[str, ...]] = ("measure", "target", "period")
    measure: str
    target: str = ""
    period: str = ""
    level: AtLeast0


@dataclass(frozen=True)
class ApprovedPlan:
    """An approved plan as read.

    Attributes
    ----------
    source : where it comes from.
    level : of each place.
    costs : money of each place by resource, where the plan tells it; else None.
    budgets : by resource, empty where the plan does not tell them.
    """

    source: str
    level: Mapping[Place, float]
    costs: Mapping[Place, Mapping[str, float]] | None
    budgets: Mapping[str, float]


def approved_plan(source: Any, periods: tuple[str, ...]) -> ApprovedPlan:
    """Read an approved plan: a result, its data, or a .json or .csv file. A blank period is the first one.

    Raises
    ------
    CaseError
        It is no plan.
    """
    if hasattr(source, "to_dict"):
        return _from_document(source.to_dict(), str(getattr(source.case, "name", "")), periods)
    if isinstance(source, Mapping):
        return _from_document(source, "", periods)
    path = Path(source)
    if path.suffix.lower() == ".csv":
        return _from_rows(read_table(path, _ApprovedRow), path.name, periods)
    try:
        document = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise CaseError([Problem("unreadable", file=str(path), found=error.strerror or str(error))]) from None
    except ValueError:
        raise CaseError([Problem("approved_plan", file=path.name, found=path.suffix or path.name)]) from None
    return _from_document(document, path.name, periods)


def _from_document(document: Any, name: str, periods: tuple[str, ...]) -> ApprovedPlan:
    try:
        level: dict[Place, float] = {}
        costs: dict[Place, dict[str, float]] = {}
        for row in document["allocation"]:
            place = (str(row["measure"]), str(row["target"]), str(row["period"]))
            level[place] = float(row["level"])
            costs[place] = {str(r): float(amount) for r, amount in row["costs"].items()}
        budgets: dict[str, float] = {}
        for row in document["resources"]:
            budgets[row["resource"]] = budgets.get(row["resource"], 0.0) + float(row["budget"])
    except (KeyError, TypeError, ValueError, AttributeError):
        schema = document.get("schema") if isinstance(document, dict) else None
        raise CaseError([Problem("approved_plan", file=name, found=str(schema or ""))]) from None
    return ApprovedPlan(name, level, costs, budgets)


def _from_rows(table: Any, name: str, periods: tuple[str, ...]) -> ApprovedPlan:
    level: dict[Place, float] = {}
    costs: dict[Place, dict[str, float]] = {}
    problems = []
    for line, row in zip(table.lines, table.rows, strict=True):
        place = (row.measure, row.target or "*", row.period or periods[0])
        if place in level:
            problems.append(Problem("list_twice", name, line, "measure", "/".join(place)))
        level[place] = row.level
        costs[place] = {k: v for k, text in (row.model_extra or {}).items() if (v := number(str(text))) is not None}
    if problems:
        raise CaseError(problems)
    return ApprovedPlan(name, level, costs if any(costs.values()) else None, {})


def approved_money(plan: ApprovedPlan, p: Programme, budget: Array) -> tuple[Approved, list[Row]]:
    """Return what was approved as arrays, and the rows of what there is no more.

    *budget* (R,) stands where the plan does not tell its own. Without costs a level costs what the case says now.

    Raises
    ------
    CaseError
        It has no measure that the case has: it is the plan of another case.
    """
    at = {(a.measure, a.target): i for i, a in enumerate(p.applications)}
    approved = {measure for measure, _, _ in plan.level}
    if approved and approved.isdisjoint(own := dict.fromkeys(measure for measure, _ in at)):
        details = {"own": _first_few(own)}
        raise CaseError([Problem("approved_other", file=plan.source, found=_first_few(approved), details=details)])
    when = {name: q for q, name in enumerate(p.periods)}
    money = np.zeros(p.cost.shape)
    gone, rows = np.zeros(len(p.resources)), []
    for (measure, target, period), level in plan.level.items():
        a, q = at.get((measure, target)), when.get(period)
        if plan.costs is not None:
            told = plan.costs[measure, target, period]
        else:  # of a target that is no more what the measure costs elsewhere
            like = a if a is not None else next((i for (m, _), i in at.items() if m == measure), None)
            unit = np.zeros(len(p.resources)) if like is None else p.level_cost[like, :, 0 if q is None else q]
            told = {r: level * float(c) for r, c in zip(p.resources, unit, strict=True) if c != 0}
        given = np.array([told.get(r, 0.0) for r in p.resources])
        if a is None or q is None:
            gone += np.abs(given)
            rows.append({"measure": measure, "target": target, "period": period, "level": level, "costs": dict(told)})
        else:
            money[a, :, q] = given
    budgets = np.array([plan.budgets.get(r, budget[i]) for i, r in enumerate(p.resources)])
    return Approved(money, gone, budgets), rows


def _first_few(names: Iterable[str]) -> str:
    """Return the first names of some, as a text."""
    held = sorted(names)
    return ", ".join(held[:3]) + (", ..." if len(held) > 3 else "")


# --- what is under way ------------------------------------------------------------------------------------------------


def with_actuals(case: Case, path: str | Path | None) -> Case:
    """Return the case with the table of a file in place of its own `actuals`, checked."""
    if path is None:
        return case
    table, problems = read_rows(path, Actual)
    made = case.with_rows(actuals=table.rows)
    tables = {**made.tables, "actuals": replace(table, spoilt=bool(problems))}
    made = type(made)(made.name, made.settings, tables, made.judgements, made.warnings, made.path)
    if problems := problems + errors(made):
        raise CaseError(sorted(problems, key=lambda problem: (problem.file != table.file, problem.row or 0)))
    return made


def latest(rows: Iterable[Actual]) -> Iterator[Actual]:
    """Yield, of the reports on the same thing, those of the latest date."""
    newest: dict[tuple[str, ...], str] = {}
    held = list(rows)
    for row in held:
        newest[row.key_parts()[:-1]] = max(newest.get(row.key_parts()[:-1], ""), row.date)
    return (row for row in held if row.date == newest[row.key_parts()[:-1]])


def facts(case: Case, p: Programme, outlook: Outlook, start: int) -> Facts:
    """Return how far a plan is, by the case's `actuals`.

    Raises
    ------
    CaseError
        A measure has no effect at a place that was reported.
    """
    at = {(a.measure, a.target): i for i, a in enumerate(p.applications)}
    when = {name: q for q, name in enumerate(p.periods)}
    shape = (len(p.applications), len(p.periods))
    committed, achieved = np.zeros(shape), np.full(shape, np.nan)
    spent = np.full((shape[0], len(p.resources), shape[1]), np.nan)
    pairs = {p.pair_name(k): k for k in range(p.gap.size)}
    cells: dict[tuple[int, int, int], float] = {}
    table, problems = case.tables["actuals"], []
    lines = {id(row): line for row, line in zip(table.rows, table.lines, strict=True)}
    for row in latest(case.rows(Actual)):
        a = at.get(row.place)
        if a is None:
            valid = ", ".join(target for measure, target in at if measure == row.measure)
            problems.append(
                Problem("actuals_place", table.file, lines[id(row)], "target", row.target, {"valid": valid})
            )
            continue
        q = when[row.period] if row.period else 0
        if row.committed is not None:
            committed[a, q] = row.committed
        if row.spent is not None:
            spent[a, p.resources.index(row.resource) if row.resource else 0, q] = row.spent
        if row.achieved is not None and row.track:
            cells[a, q, pairs[row.track, row.factor]] = row.achieved
        elif row.achieved is not None:
            achieved[a, q] = row.achieved
    if problems:
        raise CaseError(problems)
    took = np.where(np.isnan(achieved), committed, achieved)
    bound = p.spend(committed)
    given, ratio = _delivered(p, took, committed, cells)
    effect = p.effect
    if outlook == "achieved":
        effect = p.effect * ratio
    elif outlook == "updated":
        effect = p.effect * _learned(p, took, committed, given)
    return Facts(committed, np.where(np.isnan(spent), bound, spent), given, effect, start)


def _delivered(
    p: Programme, took: Array, committed: Array, cells: Mapping[tuple[int, int, int], float]
) -> tuple[Array, Array]:
    """Return gap units delivered by each period and pair (P, T * F), and achieved over expected of each effect (E,)."""
    by_effect = delivered(p, took)
    given = by_pair(p, by_effect)
    whole, k = took.sum(axis=1), committed.sum(axis=1)
    application = p.segment_application[p.effect_segment]
    ratio = np.divide(whole, k, out=np.ones_like(k), where=k > 0)[application]
    at_once = replace(p, lag=np.zeros_like(p.lag), decay=0.0)
    hoped = delivered(at_once, committed)[-1]
    # gap units of each place and cell that was measured, without loss over time
    closed: dict[tuple[int, int], float] = {}
    for (a, q, pair), amount in cells.items():
        mine = (application == a) & (p.effect_pair == pair)
        # what its level of this period would have delivered gives way to what was measured
        given[:, pair] -= delivered(p, took, only=q)[:, mine].sum(axis=1)
        age = np.arange(len(p.periods)) - q - int(p.lag[a])
        given[:, pair] += amount * np.where(age >= 0, (1.0 - p.decay) ** np.maximum(age, 0), 0.0)
        closed.setdefault((a, pair), float(delivered(at_once, took)[-1, mine].sum()))
        closed[a, pair] += amount - float(delivered(at_once, took, only=q)[-1, mine].sum())
    for (a, pair), amount in closed.items():
        mine = (application == a) & (p.effect_pair == pair)
        if (whole_hoped := float(hoped[mine].sum())) > 0:
            ratio[mine] = amount / whole_hoped
    return np.maximum(given, 0.0), ratio


def _learned(p: Programme, took: Array, committed: Array, given: Array) -> Array:
    """Return what each effect is multiplied by, as its measure's results say: (E,)."""
    measures = np.array([a.measure for a in p.applications])
    factor = np.ones(len(p.applications))
    for name, learnt in by_measure(p, committed.sum(axis=1), took.sum(axis=1), given[-1]).items():
        factor[measures == name] = learnt.mean
    return factor[p.segment_application[p.effect_segment]]


# --- progress ---------------------------------------------------------------------------------------------------------


def progress_rows(case: Case, planning: Replanning) -> list[Row]:
    """Return every place that was approved or reported, with its money and level against what was approved.

    Money is of the counted resource. `spent_share` is of the approved money; `time_share` what had passed of the
    period, where it is named by a year, by the date of the report; `forecast` what is spent by the end at that pace;
    `off_share` the share of the weighted gap that is not closed because less was achieved than committed.
    """
    p, told, r = planning.programme, planning.facts, planning.of or 0
    took, gone = took_effect(case, p, told.committed), p.as_bought(told.spent)
    short = delivered(p, told.committed)[-1] - delivered(p, took)[-1]
    whole = float((p.priority * p.gap).sum()) or 1.0
    application = p.segment_application[p.effect_segment]
    off = np.bincount(application, short * p.priority.ravel()[p.effect_pair], len(p.applications)) / whole
    dates: dict[tuple[str, str, str], str] = {}
    for row in latest(case.rows(Actual)):
        place = (*row.place, row.period or p.periods[0])
        dates[place] = max(dates.get(place, ""), row.date)
    rows = []
    for i, a in enumerate(p.applications):
        for q, period in enumerate(p.periods):
            approved, spent = float(planning.approved.money[i, r, q]), float(gone[i, r, q])
            known = dates.get((a.measure, a.target, period))
            if not approved and known is None:
                continue
            time = _passed(known or "", period)
            rows.append(
                {
                    "measure": a.measure,
                    "target": a.target,
                    "period": period,
                    "date": known or None,
                    "approved": approved,
                    "spent": spent,
                    "spent_share": spent / approved if approved else None,
                    "time_share": time,
                    "forecast": spent / time if time else None,
                    "committed": float(told.committed[i, q]),
                    "achieved": float(took[i, q]),
                    "off_share": float(off[i]) if q == 0 else None,
                }
            )
    return rows


def took_effect(case: Case, p: Programme, committed: Array) -> Array:
    """Return the level that took effect of each application and period: (A, P)."""
    at = {(a.measure, a.target): i for i, a in enumerate(p.applications)}
    made = committed.copy()
    for row in latest(case.rows(Actual)):
        if row.achieved is not None and not row.track:
            made[at[row.place], p.periods.index(row.period) if row.period else 0] = row.achieved
    return made


def _passed(day: str, period: str) -> float | None:
    """Return what share of a year has passed by a day of it; None where period or day does not tell."""
    if not day or not period.isdigit() or len(period) != 4:
        return None
    year = int(period)
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    days = (date.fromisoformat(day) - first).days + 1
    return min(max(days / (after - first).days, 0.0), 1.0)
