"""What ``saidao check`` tells: every error of a case with its place, what its own defaults would run, what it lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ..case import Case, read_case
from ..case.provenance import count_by_source
from ..case.tables import OPTIONAL, PLANNING, NamedPair
from ..errors import CaseError, Infeasible, Problem, Stopped
from ..optimize import whole_units_within
from ..results.result import Row
from ..study import verbs
from ..study.plan.result import Plan
from ..study.plan.sentences import sources
from ..study.planning.programme import plannable
from ..study.planning.solving import check_feasible, problem_and_solver
from ..study.ranking.rank import rank
from ..texts.say import say
from .named_pairs import named_pairs
from .named_pairs import told as pairs_told

SECONDS = 10.0
"""Time for a plan of whole units; what is found by then is enough to know that there is one."""


@dataclass(frozen=True)
class DefaultRun:
    """What came of it: `problems` are errors where nothing would come out, notes where a plan comes without a ranking.

    `rank` and `plan` are ``"done"``, ``"refused"``, ``"infeasible"`` or ``"stopped"``; `plan` is None where there is
    nothing to plan. `conflict` tells what cannot hold together; `planned` is the plan, where one was sought.
    """

    case: Case
    rank: str
    plan: str | None
    problems: tuple[Problem, ...] = ()
    conflict: Infeasible | None = None
    planned: Plan | None = None

    @property
    def exit_status(self) -> int:
        """The exit status that the run would have."""
        if self.conflict is not None:
            return self.conflict.exit_status
        return 2 if any(problem.level == "error" for problem in self.problems) else 0


def run_defaults(case: Case) -> DefaultRun:
    """Weigh and rank a case by its own defaults, and see whether there is a plan."""
    ranked, found = "done", list[Problem]()
    try:
        rank(case)
    except CaseError as error:
        ranked, found = "refused", list(error.problems)
    if not plannable(case):
        return DefaultRun(case, ranked, None, tuple(found))
    try:
        planned = _planned(case)
    except CaseError as error:
        told = {(p.code, p.file, p.row, p.column, p.found) for p in found}
        found += [p for p in error.problems if (p.code, p.file, p.row, p.column, p.found) not in told]
        return DefaultRun(case, ranked, "refused", tuple(found))
    except Infeasible as error:
        return DefaultRun(case, ranked, "infeasible", tuple(found), error)
    except Stopped:
        return DefaultRun(case, ranked, "stopped", tuple(found))
    notes = tuple(replace(problem, level="warning") for problem in found)  # funded, though not ranked
    came = "stopped" if planned is not None and planned.status == "stopped" else "done"
    return DefaultRun(case, ranked, came, notes, None, planned)


def _planned(case: Case) -> Plan | None:
    """Plan a case where it takes the plan to tell; None where it is enough to know that there is one."""
    if not case.rows(NamedPair) and check_feasible(problem_and_solver(case, {})[0]):
        return None
    return verbs.plan(case, solver=whole_units_within(SECONDS))


@dataclass(frozen=True)
class Checked:
    """What is found in a case.

    Attributes
    ----------
    source : where it was read from.
    case : the case; None where it could not be read.
    problems : errors and what is suspicious, those of its default run among them.
    tried : its default run; None where there is no case.
    """

    source: str
    case: Case | None
    problems: tuple[Problem, ...]
    tried: DefaultRun | None

    @property
    def errors(self) -> list[Problem]:
        """What is plainly wrong."""
        return [problem for problem in self.problems if problem.level == "error"]

    @property
    def conflict(self) -> Infeasible | None:
        """What cannot hold together."""
        return None if self.tried is None else self.tried.conflict

    @property
    def exit_status(self) -> int:
        """0 where nothing is wrong; else that of its default run, 2 where there is none."""
        if not self.errors and self.conflict is None:
            return 0
        return 2 if self.tried is None else self.tried.exit_status

    def document(self, lang: str = "en") -> Row:
        """Plain data, keys as ``saidao check --json``."""
        tried, conflict = self.tried, self.conflict
        return {
            "schema": "saidao/check/1",
            "case": self.source,
            "ok": not self.errors and conflict is None,
            "problems": [problem.to_dict(lang) for problem in self.problems],
            "runs": None if tried is None else {"rank": tried.rank, "plan": tried.plan},
            "conflicts": [] if conflict is None else [one.to_dict() for one in conflict.conflicts],
            "holds": self.held,
            "named_pairs": None if tried is None or tried.planned is None else self._pairs,
        }

    @cached_property
    def held(self) -> Row | None:
        """What the case holds, as `contents` tells it."""
        return None if self.case is None else contents(self.case)

    @property
    def _pairs(self) -> list[Row] | None:
        planned = None if self.tried is None else self.tried.planned
        return named_pairs(planned) if planned is not None and planned.case.rows(NamedPair) else None

    def text(self, lang: str = "en") -> list[str]:
        """Return a line a problem, then what the case holds, what its plan makes of named pairs, and what it lacks."""
        lines = [say("level_line", lang, level=say(p.level, lang), told=p.text(lang)) for p in self.problems]
        lines += [] if self.conflict is None else self.conflict.lines(lang)
        if self.case is None or self.held is None or self.errors or self.conflict is not None:
            errors = sum(problem.details.get("count", 1) for problem in self.errors) + (self.conflict is not None)
            return [*lines, say("check.bad", lang, case=self.source, errors=errors)]
        return [
            *lines,
            *holds(self.case, self.held, lang),
            *self._pairs_told(lang),
            *_lacks(self.held, self.source, lang),
        ]

    def _pairs_told(self, lang: str) -> list[str]:
        tried, rows = self.tried, self._pairs
        if tried is None or not tried.case.rows(NamedPair):
            return []
        if tried.planned is None or rows is None:
            why = " ".join(problem.text(lang).strip() for problem in tried.problems)
            return [say("named_pairs.not_told", lang, why=why)]
        return pairs_told(tried.planned, rows, lang)


def check(case: str) -> Checked:
    """Read a case from a file, and try what its defaults would run."""
    loaded, problems = read_case(case)
    tried = None if loaded is None else run_defaults(loaded)
    return Checked(case, loaded, (*problems, *(() if tried is None else tried.problems)), tried)


def contents(case: Case) -> Row:
    """Return what a case holds: rows by table, tables missing, and its numbers by where they come from."""
    rows = {name: len(table.rows) for name, table in case.tables.items()} | {"judgements": len(case.judgements)}
    return {
        "rows": rows,
        "missing": [name for name in (*PLANNING, *OPTIONAL) if not rows[name]],
        "numbers": count_by_source(case),
        "scales_from_data": [
            {"factor": name, "worst": scale.worst, "target": scale.target, "taken": list(scale.taken)}
            for name, scale in case.factor_scales.items()
            if scale.taken
        ],
    }


def holds(case: Case, held: Row, lang: str) -> list[str]:
    """Say what a case holds, as `contents` tells it."""
    counts = {name: held["rows"][name] for name in ("tracks", "factors", "measures", "resources", "rules")}
    lines = [say("check.good", lang, case=case.title(lang), **{**counts, "factors": len(case.factor_ids)})]
    lines.append(sources(held["numbers"], lang))
    if taken := held["scales_from_data"]:
        told = say("list", lang).join(say("check.scale", lang, **scale) for scale in taken)
        lines.append(say("check.scales", lang, scales=told))
    return lines


def _lacks(held: Row, source: str, lang: str) -> Iterator[str]:
    missing = held["missing"]
    unplanned = [name for name in PLANNING if name in missing]
    if unplanned:
        yield say("check.rank_only", lang, missing=say("list", lang).join(unplanned))
    optional = [name for name in OPTIONAL if name in missing]
    if optional:
        yield say("check.optional", lang)
        for name in optional:
            told = say(f"without.{name}", lang)
            yield "  " + say("level_line", lang, level=say(f"table.{name}", lang), told=told)
    yield say("check.next", lang, command=f"saidao {'rank' if unplanned else 'plan'} {source}")
