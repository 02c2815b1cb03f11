"""Plans at work: what the store keeps of them, and the results that are remembered of their cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ...case import Case
from ...errors import CaseError, Problem
from ...store import approvals, plans
from ...store.store import Store
from ...texts.say import say
from .choices import Choices
from .workspace import MOST_KEPT, Outcomes, Recent, Workspace, changed

if TYPE_CHECKING:
    from .workers import Workers

T = TypeVar("T")

MOST_CASES = 16
"""Cases of which results are remembered; others are read from the store again."""
LONGEST_NAME = 60
"""Signs of a plan's name."""
SLIDING = ("budget", "share", "judgement", "weight", "cell")
"""Changes that come many in a row, as a slider makes them: together they are one step to undo."""


class Work:
    """The plans of a store, for the page: each act is in the store before it is answered."""

    def __init__(self, store: Store, workers: Workers | None = None, files: Mapping[str, bytes] | None = None) -> None:
        """*files*: those that the case was read from that the page is opened with, where they are known."""
        self.store, self.workers, self._files = store, workers, files
        self._outcomes: Recent[Outcomes] = Recent(MOST_CASES)

    def run(self, workspace: Workspace, work: Callable[..., T], *arguments: Any) -> T:
        """Return what *work* makes of a workspace, done by a worker, or here where there are none (in tests).

        Raises
        ------
        Over
            It took too long, or too much memory.
        """
        if self.workers is None:
            return work(workspace, *arguments)
        return cast("T", self.workers.run(workspace.case, _worked, workspace.bare(), work, arguments))

    def outcomes(self, inputs: str) -> Outcomes:
        """Return the results of a case in the store."""
        return self._outcomes.get(inputs, lambda: Outcomes(plans.case_of(self.store, inputs)))

    def workspace(self, plan: str, revision: int | None = None) -> Workspace:
        """Return a plan at a revision, the newest if none is named.

        Raises
        ------
        plans.Missing
            There is none.
        """
        return self._shown(plans.state(self.store, plan, revision))

    def _shown(self, state: plans.State) -> Workspace:
        named = plans.named(self.store, state.project)
        taken = {one.name for one in named}
        return Workspace(
            self.outcomes(state.inputs),
            Choices.from_plain(state.choices),
            {one.name: Choices.from_plain(one.choices) for one in named if one.id != state.plan},
            tuple(name for name in plans.deleted(self.store, state.project) if name not in taken),
            state,
            approvals.approved(self.store, state.plan, state.revision),
        )

    def open(
        self,
        case: Case,
        who: str,
        lang: str,
        originals: Mapping[str, bytes] | None = None,
        read: Mapping[str, bytes] | None = None,
        outcomes: Outcomes | None = None,
    ) -> Workspace:
        """Put a case to work.

        Parameters
        ----------
        originals, read : the files that it was read from, as `plans.open_case` takes them.
        outcomes : what is known of the case.

        Raises
        ------
        CaseError
            The case's own defaults do not hold.
        """
        known = Outcomes(case) if outcomes is None else outcomes
        name, first = say("plan.first", lang), known.first.to_plain()
        state = plans.state(self.store, plans.open_case(self.store, case, first, name, who, originals, read))
        self._outcomes.get(state.inputs, lambda: known)
        return self._shown(state)

    def apart(self, workspace: Workspace, who: str, lang: str) -> Workspace:
        """Return another plan that is as the given one at its revision, under a name of its own."""
        state = self._state(workspace)
        name = free_name(workspace, lang)
        return self.workspace(plans.new_plan(self.store, state, name, workspace.choices.to_plain(), who))

    # --- changes -----------------------------------------------------------------------------------------------------

    def change(
        self, workspace: Workspace, what: str, of: str, to: str, who: str, lang: str, turn: str = ""
    ) -> Workspace:
        """Make one change of a plan, as it comes from the page; return the plan as it is then.

        What slides, or is typed, in the same *turn* is one step to undo; a confirmed number ends a turn.
        A case that nobody has worked on yet is put to work with the first change that holds.

        Raises
        ------
        CaseError
            The change is not defined; nothing is changed then.
        plans.Stale
            Somebody else was quicker.
        """
        if workspace.state is None:
            if what in ("undo", "redo", "reset"):
                return workspace
            self._checked(workspace, what, of, to)
            workspace = self.open(workspace.case, who, lang, read=self._files, outcomes=workspace.outcomes)
        acts: dict[str, Callable[[], Workspace]] = {
            "undo": lambda: self._shown(plans.undo(self.store, self._state(workspace), who)),
            "redo": lambda: self._shown(plans.redo(self.store, self._state(workspace), who)),
            "keep": lambda: self._keep(workspace, of, who),
            "delete": lambda: self._delete(workspace, of, who),
            "bring_back": lambda: self._bring_back(workspace, of, who),
        }
        if what in acts:
            return acts[what]()
        made = self._checked(workspace, what, of, to)
        if made == workspace.choices:
            return workspace
        act, step = (what, "") if what in ("reset", "restore") else ("change", _step(what, of, turn))
        state = plans.advance(self.store, self._state(workspace), made.to_plain(), who, act, step)
        return replace(workspace, choices=made, state=state, approval=None)

    def give_up(self, workspace: Workspace, what: str, of: str, turn: str, who: str) -> Workspace:
        """Take back what was changed of a thing in a turn, if the last step is that; return the plan as it is then."""
        if not turn or what not in SLIDING or workspace.state is None:
            return workspace
        state = workspace.state
        before = plans.give_up(self.store, state, who, _step(what, of, turn))
        return workspace if before is state else self._shown(before)

    def take_back(self, workspace: Workspace, who: str) -> None:
        """Take back what was done since a workspace was shown: it could not be shown afterwards."""
        if workspace.state is None:
            return
        newest = plans.state(self.store, workspace.plan)
        if newest.revision != workspace.revision:
            plans.go_back(self.store, newest, workspace.revision, who)

    @staticmethod
    def _state(workspace: Workspace) -> plans.State:
        assert workspace.state is not None
        return workspace.state

    def _checked(self, workspace: Workspace, what: str, of: str, to: str) -> Choices:
        """Return what is chosen after a change; raises where it cannot be."""
        if what == "keep":
            if not _name(of):
                raise CaseError([Problem("keep_name", "scenario")])
            return workspace.choices
        if what == "reset":
            return workspace.first
        if what == "bring_back":
            if of not in workspace.deleted:
                details = {"choices": ", ".join(workspace.deleted)}
                raise CaseError([Problem("choice", "scenario", found=of, details=details)])
            return workspace.choices
        if what not in ("restore", "delete"):
            return self.run(workspace, changed, what, of, to)
        if of not in workspace.kept:
            raise CaseError([Problem("choice", "scenario", found=of, details={"choices": ", ".join(workspace.kept)})])
        return workspace.kept[of]

    def _keep(self, workspace: Workspace, called: str, who: str) -> Workspace:
        """Keep the present choices as a plan of the project, in place of those of a plan of that name."""
        chosen, state = self._checked(workspace, "keep", called, "").to_plain(), self._state(workspace)
        name = _name(called)
        same = next((one for one in plans.named(self.store, state.project) if one.name == name), None)
        if same is not None and same.id != workspace.plan:
            plans.advance(self.store, plans.state(self.store, same.id), chosen, who, "keep")
        elif same is None:
            _check_room(workspace)
            plans.new_plan(self.store, state, name, chosen, who)
        return self._shown(state)

    def _delete(self, workspace: Workspace, name: str, who: str) -> Workspace:
        self._checked(workspace, "delete", name, "")
        state = self._state(workspace)
        for one in plans.named(self.store, state.project):
            if one.name == name and one.id != workspace.plan:
                plans.delete(self.store, one.id, who)
        return self._shown(state)

    def _bring_back(self, workspace: Workspace, name: str, who: str) -> Workspace:
        self._checked(workspace, "bring_back", name, "")
        _check_room(workspace)
        state = self._state(workspace)
        plans.revive(self.store, plans.deleted(self.store, state.project)[name], who)
        return self._shown(state)


def _check_room(workspace: Workspace) -> None:
    if len(workspace.kept) >= MOST_KEPT:
        found = str(len(workspace.kept))
        raise CaseError([Problem("keep_room", "scenario", found=found, details={"most": MOST_KEPT})])


def _worked(outcomes: Outcomes, bare: Workspace, work: Callable[..., T], arguments: tuple[Any, ...]) -> T:
    """Return what *work* makes of a workspace, in a worker that has the outcomes of its case."""
    return work(replace(bare, outcomes=outcomes), *arguments)


def _name(typed: str) -> str:
    return " ".join(typed.split())[:LONGEST_NAME]


def free_name(workspace: Workspace, lang: str) -> str:
    """Return a name that no plan of the project has."""
    taken = {workspace.name, *workspace.kept}
    at = len(workspace.kept) + 1
    while (name := say("keep.default", lang, number=at)) in taken:
        at += 1
    return name


def _step(what: str, of: str, turn: str) -> str:
    """Return what makes changes one step to undo; blank for those that are a step each."""
    return f"{turn} {what} {of}" if what in SLIDING else ""
