"""A case at work: the present choices, their history, the scenarios that were kept, and the results of all of them.

Results are cached by stage: a new budget neither weighs nor ranks again, and what was shown before comes back at once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from ..case import Case
from ..errors import CaseError, Problem, SaidaoError
from ..optimize import highs_within
from ..study.plan import Plan
from ..study.programme import plannable
from ..study.solving import SolverOptions
from .changes import change
from .choices import Choices, chosen_by
from .evaluation import Evaluation, weigh_and_rank
from .offered import offered

LONGEST = 10.0
"""Seconds after which a plan of whole units is shown as far as it is, with its gap."""
MOST_KEPT = 12
"""Scenarios that stand side by side."""
LONGEST_NAME = 60
MOST_STEPS = 200
"""Steps that can be undone."""

V = TypeVar("V")
State = tuple[Choices, list[tuple[Choices, str]], list[Choices], dict[str, Choices]]
"""The present choices, the steps that can be undone and redone, and the scenarios that were kept."""


class Recent(Generic[V]):
    """The last few values by their key."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: OrderedDict[Hashable, V] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """Return the value of *key*, made if it is not held."""
        if key not in self._held:
            self._held[key] = make()
        self._held.move_to_end(key)
        while len(self._held) > self.most:
            self._held.popitem(last=False)
        return self._held[key]


@dataclass(frozen=True)
class Outcome:
    """What follows from choices: a plan, or why there is none."""

    choices: Choices
    evaluation: Evaluation | None
    plan: Plan | None
    trouble: SaidaoError | None

    @property
    def refused(self) -> bool:
        """Whether the choices ask for what is not defined, rather than for what cannot be had."""
        return isinstance(self.trouble, CaseError)


@dataclass
class Workspace:
    """A case at work. Every change goes through `change`, `undo`, `redo` and `reset`."""

    case: Case
    choices: Choices = field(init=False)
    first: Choices = field(init=False)
    plannable: bool = field(init=False)
    kept: dict[str, Choices] = field(default_factory=dict)
    past: list[tuple[Choices, str]] = field(default_factory=list)
    future: list[Choices] = field(default_factory=list)
    _evaluations: Recent[Evaluation] = field(default_factory=lambda: Recent(8), repr=False)
    _outcomes: Recent[Outcome] = field(default_factory=lambda: Recent(2 * MOST_KEPT), repr=False)

    def __post_init__(self) -> None:
        self.first = self.choices = chosen_by(self.case)
        self.plannable = plannable(self.case)

    @cached_property
    def offered(self) -> dict[str, dict[str, Problem | None]]:
        """Schemes and methods, with why one is not defined for the case."""
        return offered(self.case)

    # --- results -----------------------------------------------------------------------------------------------------

    def outcome(self, choices: Choices | None = None) -> Outcome:
        """Return what follows from choices, the present ones if none are named."""
        wanted = self.choices if choices is None else choices
        return self._outcomes.get(wanted, lambda: self._made(wanted))

    def _made(self, choices: Choices) -> Outcome:
        evaluation = None
        try:
            evaluation = self._evaluations.get(
                choices.ranking, lambda: weigh_and_rank(self.case, choices.ranking, self.plannable)
            )
            if evaluation.problem is None:
                return Outcome(choices, evaluation, None, None)
            problem = evaluation.problem.with_settings(choices.settings(evaluation.case))
            return Outcome(choices, evaluation, Plan.from_problem(problem, SolverOptions(highs_within(LONGEST))), None)
        except SaidaoError as error:
            return Outcome(choices, evaluation, None, error)

    # --- changes -----------------------------------------------------------------------------------------------------

    def change(self, what: str, of: str, to: str) -> None:
        """Change one choice.

        Changes of the same thing in a row, as a slider makes them, are one step to undo.

        Raises
        ------
        CaseError
            Where the choice is not defined for this case; the choices are as before then.
        """
        made = change(self.choices.with_admitted(self.case), self.choices, what, of, to)
        if made == self.choices:
            return
        found = self.outcome(made)
        if found.refused and not self.outcome().refused:
            assert found.trouble is not None
            raise found.trouble
        step = f"{what} {of}" if what in ("budget", "share", "judgement") else ""
        self._step(made, step)

    def state(self) -> State:
        """Return all that a change may change, so that `set_state` can put it back."""
        return self.choices, [*self.past], [*self.future], dict(self.kept)

    def set_state(self, state: State) -> None:
        """Put back what `state` returned."""
        self.choices, self.past, self.future, self.kept = state

    def undo(self) -> None:
        """Take the last step back."""
        if self.past:
            self.future.append(self.choices)
            self.choices, _ = self.past.pop()

    def redo(self) -> None:
        """Take the last step that was undone again."""
        if self.future:
            self.past.append((self.choices, ""))
            self.choices = self.future.pop()

    def put(self, choices: Choices) -> None:
        """Put other choices in place of the present ones, as one step."""
        if choices != self.choices:
            self._step(choices, "")

    def _step(self, choices: Choices, step: str) -> None:
        if not (step and self.past and self.past[-1][1] == step):
            self.past.append((self.choices, step))
            del self.past[:-MOST_STEPS]
        self.choices = choices
        self.future.clear()

    def reset(self) -> None:
        """Go back to what the case itself chooses; this can be undone."""
        self.put(self.first)

    # --- scenarios ---------------------------------------------------------------------------------------------------

    def keep(self, name: str) -> None:
        """Keep the present choices under a name, in place of others of that name.

        Raises
        ------
        CaseError
            Without a name, or with too many kept already.
        """
        name = " ".join(name.split())[:LONGEST_NAME]
        if not name:
            raise CaseError([Problem("keep_name", "scenario")])
        if name not in self.kept and len(self.kept) >= MOST_KEPT:
            raise CaseError([Problem("keep_room", "scenario", found=str(len(self.kept)), details={"most": MOST_KEPT})])
        self.kept[name] = self.choices

    def restore(self, name: str) -> None:
        """Work on with a kept scenario."""
        self.put(self._kept(name))

    def delete(self, name: str) -> None:
        """Forget a kept scenario."""
        self._kept(name)
        del self.kept[name]

    def _kept(self, name: str) -> Choices:
        if name not in self.kept:
            raise CaseError([Problem("choice", "scenario", found=name, details={"choices": ", ".join(self.kept)})])
        return self.kept[name]
