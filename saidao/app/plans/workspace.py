"""A case at work: what follows from choices, and a plan of it at one revision.

Results are cached by stage: a new budget neither weighs nor ranks again, and what was shown before comes back at once.
They are of a case, whoever works on it: the `Outcomes` of a case are shared by its plans.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Generic, TypeVar, cast

from ...briefing.overview import Overview
from ...case import Case, shipped
from ...case.edits import Cell, doubts, numbered
from ...errors import CaseError, Problem, SaidaoError
from ...optimize import whole_units_within
from ...questions.frontier import Frontier, budget_curve
from ...questions.variants import variants
from ...results.result import Row
from ...store.approvals import Approval
from ...store.plans import State
from ...study.plan.result import Plan
from ...study.planning.programme import plannable
from ...study.planning.solving import SolverOptions
from .changes import change
from .choices import Choices, chosen_by
from .evaluation import Evaluation, weigh_and_rank
from .offered import offered

LONGEST = 10.0
"""Seconds after which a plan of whole units is shown as far as it is, with its gap."""
MOST_KEPT = 12
"""Plans that stand side by side."""
ROOM = 350_000
"""Columns of all plans together that are remembered of a case: some 500 MiB, thirteen plans of 1,000 tracks."""
LEAST_KEPT = 2
"""Plans that are remembered however large they are: the one that is shown, and the one before."""
REACH = 1.2
"""How far beyond a budget its curve is shown at least."""

V = TypeVar("V")


class Recent(Generic[V]):
    """The last few values by their key; each is made once, however many ask for it at a time.

    Of values with a *size* no more are held than have *room* together, but for the last `LEAST_KEPT`.
    """

    def __init__(self, most: int, room: float = 0.0, size: Callable[[V], float] = lambda _: 0.0) -> None:
        self.most, self.room, self.size = most, room, size
        self._held: OrderedDict[Hashable, V] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """Return the value of *key*, made if it is not held."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if key in self._held:
                    return self._held[key]
            try:
                made = make()
            finally:
                with self._lock:
                    self._making.pop(key, None)
            with self._lock:
                self._held[key] = made
                while len(self._held) > self.most or (len(self._held) > LEAST_KEPT and self._is_full()):
                    self._held.popitem(last=False)
            return made

    def _is_full(self) -> bool:
        return sum(map(self.size, self._held.values())) > self.room

    def forget(self, key: Hashable) -> None:
        """Let a value be made again."""
        with self._lock:
            self._held.pop(key, None)

    def newest(self) -> list[V]:
        """Return what is held, the newest first."""
        with self._lock:
            return list(reversed(self._held.values()))


@dataclass(frozen=True)
class Outcome:
    """What follows from choices: a plan, or why there is none."""

    choices: Choices
    evaluation: Evaluation | None
    plan: Plan | None
    trouble: SaidaoError | None

    @cached_property
    def overview(self) -> Overview | None:
        """What a decision needs to know of the plan, if there is one."""
        return None if self.plan is None else Overview(self.plan)

    @property
    def columns(self) -> int:
        """Columns of the plan's program, by which the memory goes that it takes."""
        return 0 if self.plan is None else len(self.plan.solved.model.objective)

    @property
    def refused(self) -> bool:
        """Whether the choices ask for what is not defined, rather than for what cannot be had."""
        return isinstance(self.trouble, CaseError)


class Outcomes:
    """What follows from choices of a case.

    Raises
    ------
    CaseError
        The case's own defaults do not hold.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.first = chosen_by(case)
        self.plannable = plannable(case)
        self._evaluations: Recent[Evaluation] = Recent(8)
        self._outcomes: Recent[Outcome] = Recent(4 * MOST_KEPT, ROOM, lambda one: one.columns)
        self._curves: Recent[Frontier] = Recent(MOST_KEPT)
        self._variants: Recent[list[Row]] = Recent(MOST_KEPT)
        self._opened: Recent[Case] = Recent(MOST_KEPT)
        self._doubts: Recent[dict[Cell, Problem]] = Recent(MOST_KEPT)

    @cached_property
    def offered(self) -> dict[str, dict[str, Problem | None]]:
        """Schemes and methods, with why one is not defined for the case."""
        return offered(self.case)

    def opened(self, choices: Choices) -> Case:
        """Return the case with the candidates that are admitted, and what was edited in its tables."""
        case = self._counted if choices.cells or choices.removed else self.case
        return self._opened.get(choices.tables, lambda: choices.opened(case))

    @cached_property
    def _counted(self) -> Case:
        """The case with its rows counted as edits count them, so that what no edit touches stays the same table."""
        return numbered(self.case)

    def doubts(self, choices: Choices) -> dict[Cell, Problem]:
        """Return what is suspicious in that case, by cell."""
        return self._doubts.get(choices.tables, lambda: doubts(self.opened(choices)))

    def of(self, choices: Choices) -> Outcome:
        """Return what follows from choices."""
        return self._outcomes.get(choices, lambda: self._made(choices))

    @property
    def shipped(self) -> bool:
        """Whether the case is one that comes with the package."""
        return self.case.name in shipped()

    def frontier(self, choices: Choices, resource: str) -> Frontier:
        """Return what a budget brings at every amount of it, up to at least a fifth beyond that of the choices.

        The curve is the same whatever that budget is. Raises as `saidao.plan`.
        """
        plan = self.of(choices).plan
        assert plan is not None
        others = tuple(pair for pair in choices.budgets if pair[0] != resource)
        key, budget = (replace(choices, budgets=others), resource), dict(choices.budgets).get(resource)
        found = self._curves.get(key, lambda: budget_curve(plan, resource))
        now = self.case.own_budget(resource) if budget is None else budget
        if found.traces[0].points[-1]["amount"] < REACH * now:
            self._curves.forget(key)
            return self._curves.get(key, lambda: budget_curve(plan, resource))
        return found

    def variants(self, choices: Choices, number: int, within: float) -> list[Row]:
        """Return plans that are nearly as good as that of choices; raises as `saidao.variants`."""
        case = choices.edited(self.case)
        return self._variants.get(choices, lambda: variants(case, number, within, time_limit=LONGEST).plans)

    def last_overview(self) -> Overview | None:
        """Return the figures of the last plan of the case that was possible; of the first, if none is remembered."""
        possible = (found for found in self._outcomes.newest() if found.plan is not None)
        return next(possible, self.of(self.first)).overview

    def _made(self, choices: Choices) -> Outcome:
        evaluation = None
        try:
            evaluation = self._evaluations.get(
                choices.ranking, lambda: weigh_and_rank(self.opened(choices), choices.ranking, self.plannable)
            )
            if evaluation.problem is None:
                return Outcome(choices, evaluation, None, None)
            problem = evaluation.problem.with_settings(choices.settings(evaluation.case))
            return Outcome(
                choices, evaluation, Plan.from_problem(problem, SolverOptions(whole_units_within(LONGEST))), None
            )
        except SaidaoError as error:
            return Outcome(choices, evaluation, None, error)

    def changed(self, choices: Choices, what: str, of: str, to: str) -> Choices:
        """Return choices with one changed.

        Raises
        ------
        CaseError
            The choice is not defined for this case.
        """
        made = change(self.opened(choices), choices, what, of, to)
        found = self.of(made)
        if found.refused and not self.of(choices).refused:
            assert found.trouble is not None
            raise found.trouble
        return made


@dataclass(frozen=True)
class Workspace:
    """A plan at a revision, for the page to show.

    Attributes
    ----------
    outcomes : what follows from choices of its case.
    choices : those of the plan.
    kept : the other plans of the project by name, and what they choose.
    deleted : names of those that were deleted and can be brought back.
    state : what the store says of it; None of a case that nobody has worked on yet.
    approval : that of this revision, if it was approved.
    """

    outcomes: Outcomes
    choices: Choices
    kept: Mapping[str, Choices] = field(default_factory=lambda: MappingProxyType({}))
    deleted: tuple[str, ...] = ()
    state: State | None = None
    approval: Approval | None = None

    @classmethod
    def untouched(cls, outcomes: Outcomes) -> Workspace:
        """Return a case as it chooses itself."""
        return cls(outcomes, outcomes.first)

    def bare(self) -> Workspace:
        """Return it without the outcomes, for a worker, who has those of its case."""
        return replace(self, outcomes=cast("Outcomes", None), kept=dict(self.kept))

    @property
    def plan(self) -> str:
        """The plan in the store; blank of one that is not kept yet."""
        return "" if self.state is None else self.state.plan

    @property
    def revision(self) -> int:
        """The revision; 0 of a plan that is not kept yet."""
        return 0 if self.state is None else self.state.revision

    @property
    def name(self) -> str:
        """What the plan is called."""
        return "" if self.state is None else self.state.name

    @property
    def can_undo(self) -> bool:
        """Whether there is a step before."""
        return self.state is not None and self.state.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is a step that was undone."""
        return self.state is not None and self.state.can_redo

    @property
    def case(self) -> Case:
        """The case as it was opened."""
        return self.outcomes.case

    @property
    def first(self) -> Choices:
        """What the case itself chooses."""
        return self.outcomes.first

    @property
    def plannable(self) -> bool:
        """Whether the case has what a plan needs."""
        return self.outcomes.plannable

    @property
    def offered(self) -> dict[str, dict[str, Problem | None]]:
        """Schemes and methods, with why one is not defined for the case."""
        return self.outcomes.offered

    def outcome(self, choices: Choices | None = None) -> Outcome:
        """Return what follows from choices, those of the plan if none are named."""
        return self.outcomes.of(self.choices if choices is None else choices)


def changed(workspace: Workspace, what: str, of: str, to: str) -> Choices:
    """Return the choices of a plan with one changed; raises `CaseError` where that is not defined."""
    return workspace.outcomes.changed(workspace.choices, what, of, to)
