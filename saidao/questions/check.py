"""The run that the defaults of a case ask for, tried by ``saidao check`` before anybody asks for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..case import Case
from ..errors import CaseError, Infeasible, Problem, Stopped
from ..study import verbs
from ..study.plan import Plan
from ..study.programme import plannable
from ..study.rank import rank

SECONDS = 10.0
"""Time for a plan of whole units; what is found by then is enough to know that there is one."""


@dataclass(frozen=True)
class DefaultRun:
    """What came of it: `problems` are errors where nothing would come out, notes where a plan comes without a ranking.

    `rank` and `plan` are ``"done"``, ``"refused"``, ``"infeasible"`` or ``"stopped"``; `plan` is None where there is
    nothing to plan. `conflict` tells what cannot hold together; `planned` is the plan, if there is one.
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
    """Weigh, rank and plan a case by its own defaults."""
    ranked, found = "done", list[Problem]()
    try:
        rank(case)
    except CaseError as error:
        ranked, found = "refused", list(error.problems)
    if not plannable(case):
        return DefaultRun(case, ranked, None, tuple(found))
    try:
        planned = verbs.plan(case, time_limit=SECONDS)
    except CaseError as error:
        told = {(p.code, p.file, p.row, p.column, p.found) for p in found}
        found += [p for p in error.problems if (p.code, p.file, p.row, p.column, p.found) not in told]
        return DefaultRun(case, ranked, "refused", tuple(found))
    except Infeasible as error:
        return DefaultRun(case, ranked, "infeasible", tuple(found), error)
    except Stopped:
        return DefaultRun(case, ranked, "stopped", tuple(found))
    notes = tuple(replace(problem, level="warning") for problem in found)  # funded, though not ranked
    return DefaultRun(case, ranked, "stopped" if planned.status == "stopped" else "done", notes, None, planned)
