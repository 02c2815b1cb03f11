"""What a plan stands on: the ranking's part in it, and what the case assumes; turned round, and what that moves."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import numpy as np

from ...case.changes import Change, changed
from ...case.scenarios import FILE, named_changes
from ...case.tables import ScenarioRow
from ...errors import CaseError, Infeasible, Problem, Stopped
from ...optimize import Allocation, OutOfTime
from ...results.result import Row
from ..planning.problem import PlanningProblem, formulate
from ..settings import STANCES, Settings, region_problems, settings
from .moves import moves
from .share_range import share_as_planned

PATIENCE = 4.0
"""Seconds of computing after which what is not yet solved of whole units is left out: no other depends on a clock."""
LONGEST = 10 * PATIENCE
"""Seconds by the clock, which a solver of its own process takes."""
MOST_COLUMNS = 20_000
"""Columns of a program beyond which none of this is solved unasked."""
CLOSED = 1e-9
"""Share of a gap by which it may be open where it is closed but for rounding."""
ROUNDING = 1e-9
"""A move up to this share of a budget is rounding."""

Solve = Callable[[PlanningProblem, float], Allocation]
"""Solve another problem, of whole units within so many seconds; of equally good plans the nearest to the one in hand.
"""
Asked = tuple[Row, Callable[[], PlanningProblem]]


def stances(problem: PlanningProblem, solved: Allocation, solve: Solve) -> list[Row]:
    """What the other stances would move: a row each.

    Returns
    -------
    list of rows
        ``stance``; ``closed_share`` of the weighted gap as that stance counts it, and what this plan closes of it with
        its money kept (``as_planned``); ``moved``: of each resource, in its
        unit, what the plan under that stance puts where this one does not (of equally good plans the one nearest to
        this); ``share``: the same of all resources, each as a share of its budget, against what this plan spends;
        ``to`` and ``from``: where most of the first resource that moves goes and comes from; ``left_out``: None, or why
        the rest is None: ``not_best`` (this plan may not be the best), ``own`` (constraints of one's own cannot be
        stated again), ``large``, ``slow``, ``infeasible`` (no such plan), or an error's text.
    """
    now = problem.settings

    def asked() -> Iterator[Asked]:
        for name in STANCES:
            if name != now.stance:
                yield {"stance": name}, lambda name=name: problem.with_settings(_checked(replace(now, stance=name)))  # type: ignore[misc]

    def turned(other: PlanningProblem, seconds: float) -> Allocation:
        same = not now.aim.is_worst_case and _same_plans_are_best(solved, other, now.aim.counts == "weighted_gap")
        return solved if same else solve(other, seconds)

    return _turned(solved, asked(), turned)


def _same_plans_are_best(solved: Allocation, other: PlanningProblem, sums: bool) -> bool:
    """Whether the best plans under other priorities are those under these: where they are the same, as of equal tracks.

    Where weighted gaps are summed up (*sums*) they also are if the plan closes all that count in either.
    """
    before, after = solved.programme.priority, other.programme.priority
    if np.array_equal(before, after):
        return True
    counts, gap = before > 0, solved.programme.gap
    closed = solved.closed_by_period >= gap * (1 - CLOSED)
    return sums and np.array_equal(counts, after > 0) and bool(closed[:, counts].all())


def assumptions(problem: PlanningProblem, solved: Allocation, solve: Solve) -> list[Row]:
    """What the plan would be if the case assumed otherwise: a row for each scenario that says what it turns round.

    Rows as in `stances`, with ``scenario`` and what stands in the case's table: ``assumed_en``, ``assumed_zh``,
    ``instead_en``, ``instead_zh``.
    """
    changes = named_changes(problem.case)
    named: dict[str, ScenarioRow] = {}
    for row in problem.case.rows(ScenarioRow):
        if row.assumed("en"):
            named.setdefault(row.scenario, row)

    def asked() -> Iterator[Asked]:
        for name, row in named.items():
            about = {
                "scenario": name,
                "assumed_en": row.assumed("en"),
                "assumed_zh": row.assumed("zh"),
                "instead_en": row.name("en"),
                "instead_zh": row.name("zh"),
            }
            yield about, lambda name=name: assuming(problem, changes[name])  # type: ignore[misc]

    return _turned(solved, asked(), solve)


def _turned(solved: Allocation, asked: Iterable[Asked], solve: Solve) -> list[Row]:
    """Solve what is asked, of whole units one after the other while patience lasts, and say what it moves."""
    computed, started = time.process_time(), time.monotonic()
    never = None
    if not solved.is_best:
        never = "not_best"
    elif solved.own_rows:
        never = "own"
    elif len(solved.model.objective) > MOST_COLUMNS:
        never = "large"
    none = {"closed_share": None, "as_planned": None, "moved": None, "share": None, "to": None, "from": None}
    rows = []
    for about, other in asked:
        left = min(PATIENCE - (time.process_time() - computed), LONGEST - (time.monotonic() - started))
        why = never or ("slow" if left <= 0 and solved.model.is_mixed else None)
        found = None
        if why is None:
            try:
                found = solve(other(), max(left, 0.0))
            except Infeasible:
                why = "infeasible"
            except OutOfTime:
                why = "slow"
            except Stopped as error:
                late = solved.model.is_mixed and time.process_time() - computed >= PATIENCE
                why = "slow" if late or "limit" in str(error) else str(error)
            except CaseError as error:
                why = error.problems[0].text()
        if found is None or found.stopped:
            rows.append({**about, **none, "left_out": why or "slow"})
        else:
            closed = {"closed_share": found.closed_share, "as_planned": share_as_planned(solved, found.programme)}
            rows.append({**about, **closed, **moved(solved, found), "left_out": None})
    return rows


def moved(solved: Allocation, other: Allocation) -> Row:
    """What another plan moves against this one: see `stances`."""
    rows = [row if row["share"] > ROUNDING else {**row, "moved": 0.0, "share": 0.0} for row in moves(solved, other)]
    amounts = {row["resource"]: row["moved"] for row in rows}
    budget, used = solved.programme.budget.sum(axis=1), solved.spend.sum(axis=(0, 2))
    spent = float((used[budget > 0] / budget[budget > 0]).sum())
    share = sum(row["share"] for row in rows)
    first = next((r for r, row in enumerate(rows) if row["moved"] > 0), None)
    gains: dict[str, float] = {}
    if first is not None:
        for sign, one in ((-1.0, solved), (1.0, other)):
            for a, spend in zip(one.programme.applications, one.spend.sum(axis=2), strict=True):
                gains[a.target] = gains.get(a.target, 0.0) + sign * float(spend[first])
    most, least = max(gains, key=gains.__getitem__, default=None), min(gains, key=gains.__getitem__, default=None)
    return {
        "moved": amounts,
        "share": share / spent if spent > 0 else 0.0 if share == 0 else None,
        "to": {"target": most, "amount": gains[most]} if most is not None and gains[most] > 0 else None,
        "from": {"target": least, "amount": -gains[least]} if least is not None and gains[least] < 0 else None,
    }


def assuming(problem: PlanningProblem, changes: Iterable[Change]) -> PlanningProblem:
    """Formulate the problem of the changed case: settings that the caller did not choose are the changed case's."""
    case = changed(problem.case, changes, FILE)
    now, before, after = problem.settings, settings(problem.case), settings(case)
    own = {
        name: new
        for name in (
            "weights",
            "method",
            "stance",
            "objective",
            "ticks",
            "tick_level",
            "random_index",
            "aggregation",
            "missing",
            "lock",
            "forbid",
        )
        if (new := getattr(after, name)) != getattr(before, name)
        and (name == "tick_level" or getattr(now, name) == getattr(before, name))
    }
    chosen = _checked(replace(now, **own))
    return formulate(case, chosen, problem.weights if chosen.weights == "given" else None)


def _checked(chosen: Settings) -> Settings:
    """Return the settings; raises `CaseError` where a region of weights forbids the stance."""
    problems: list[Problem] = region_problems(chosen)
    if problems:
        raise CaseError(problems)
    return chosen


def priority_ends(problem: PlanningProblem) -> tuple[tuple[str, float], tuple[str, float]] | None:
    """Return the tracks whose gaps count most and least by their rank, with the factor of each; None if all alike."""
    p, w = problem.programme, problem.weights.array
    pi = p.priority.sum(axis=1) / w.sum()
    if problem.before is None or np.ptp(pi) < 1e-9:
        return None
    most, least = int(pi.argmax()), int(pi.argmin())
    return (p.tracks[most], float(pi[most])), (p.tracks[least], float(pi[least]))
