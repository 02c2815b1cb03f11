"""Plans of the page: named, each with all its states, so that nothing is lost and every step can be taken back.

A project is a case at work, with its plans. What a plan is at a time is a *step* (a version of the case, and choices);
steps know the one before, and undo leaves a branch where it is. Which step a plan is at is told by its *revisions*, one
an act: who writes says which revision they saw, and is told if it is no longer the newest.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from ..case import Case
from ..study.record import digest
from . import cases, log
from .contents import Contents
from .schema import plans, projects, revisions, steps
from .store import Store

LONGEST_OF = 400
"""Signs of what tells one change from another."""
Choices = Mapping[str, Any]
"""What was chosen, as plain data: the page says what is in it."""


class Missing(LookupError):
    """There is no such plan or project, or it was deleted."""


class Stale(Exception):
    """Somebody else has changed the plan since the revision that was seen."""

    def __init__(self, seen: State, newest: State) -> None:
        super().__init__(seen.plan, seen.revision, newest.revision)
        self.seen, self.newest = seen, newest


@dataclass(frozen=True)
class State:
    """A plan at a revision.

    Attributes
    ----------
    inputs : digest of the manifest of the case's files, see `cases`.
    choices : what was chosen, plain data.
    can_undo, can_redo : whether there is a step before, or one that was undone.
    at, who : when and by whom the revision was made.
    case : digest of the case that the project began with.
    newest : the newest revision there is.
    """

    plan: str
    project: str
    name: str
    revision: int
    inputs: str
    choices: Choices
    can_undo: bool
    can_redo: bool
    at: str
    who: str
    case: str
    newest: int
    step: int
    tip: int


@dataclass(frozen=True)
class Act:
    """A revision in the history of a plan: what was done, and what it changed (name, from, to)."""

    revision: int
    at: str
    who: str
    what: str
    changes: list[dict[str, Any]]


@dataclass(frozen=True)
class Named:
    """A plan in the list of its project, and what it chooses now."""

    id: str
    name: str
    changed: str
    revision: int
    choices: Choices


@dataclass(frozen=True)
class Project:
    """A case at work; `plan` is the one that was changed last."""

    id: str
    title_en: str
    title_zh: str
    owner: str
    changed: str
    plan: str

    def title(self, lang: str) -> str:
        """Return what the case is called."""
        return self.title_zh if lang == "zh" else self.title_en


def _new_id() -> str:
    """Return an id that nobody guesses and that stands in an address."""
    return secrets.token_hex(6)


def differences(before: Choices, after: Choices) -> list[dict[str, Any]]:
    """Return what differs between choices: name, from, to; of pairs and lists only the ones that do.

    >>> differences({"stance": "even", "budgets": [["funds", 1]]}, {"stance": "even", "budgets": [["funds", 2]]})
    [{'name': 'budgets funds', 'from': 1, 'to': 2}]
    """
    found = []
    for name in sorted({*before, *after}):
        one, other = before.get(name), after.get(name)
        if one == other:
            continue
        if isinstance(one or [], list) and isinstance(other or [], list):
            held, come = _by_name(one or []), _by_name(other or [])
            found += [
                {"name": f"{name} {key}", "from": held.get(key), "to": come.get(key)}
                for key in sorted({*held, *come})
                if held.get(key) != come.get(key)
            ]
        else:
            found.append({"name": name, "from": one, "to": other})
    return found


def _by_name(listed: list[Any]) -> dict[str, Any]:
    """Return pairs by their names, and what stands alone as chosen."""
    pairs = (one if isinstance(one, list) and len(one) == 2 else [one, True] for one in listed)
    return {str(name): value for name, value in pairs}


# --- reading ---------------------------------------------------------------------------------------------------------


def state(store: Store, plan: str, revision: int | None = None) -> State:
    """Return a plan at a revision, the newest if none is named.

    Raises
    ------
    Missing
        There is none.
    """
    with store.reading() as connection:
        return _state(connection, plan, revision)


def _state(connection: Connection, plan: str, revision: int | None = None) -> State:
    found = connection.execute(
        select(plans, projects.c.case, projects.c.deleted.label("gone"))
        .join(projects, projects.c.id == plans.c.project)
        .where(plans.c.id == plan)
    ).first()
    if found is None or found.deleted or found.gone:
        raise Missing(plan)
    at = found.revision if revision is None else revision
    if not 0 <= at < 2**31:  # more than a database's integers hold
        raise Missing(plan)
    made = connection.execute(
        select(revisions, steps.c.inputs, steps.c.choices, steps.c.parent)
        .join(steps, steps.c.id == revisions.c.step)
        .where(revisions.c.plan == plan, revisions.c.revision == at)
    ).first()
    if made is None:
        raise Missing(f"{plan} {at}")
    return State(
        plan=plan,
        project=found.project,
        name=found.name,
        revision=at,
        inputs=made.inputs,
        choices=json.loads(Contents(connection).get(made.choices)),
        can_undo=made.parent is not None,
        can_redo=made.step != made.tip,
        at=made.at,
        who=made.who,
        case=found.case,
        newest=found.revision,
        step=made.step,
        tip=made.tip,
    )


def case_of(store: Store, inputs: str) -> Case:
    """Return the case of a state."""
    with store.reading() as connection:
        return cases.held(Contents(connection), inputs)


def hold_case(store: Store, case: Case) -> str:
    """Hold another version of a case; return the digest of its manifest, for `advance`."""
    with store.writing() as connection:
        return cases.hold(Contents(connection), case)


def named(store: Store, project: str) -> list[Named]:
    """Return the plans of a project, the oldest first."""
    with store.reading() as connection:
        found = connection.execute(
            select(plans, steps.c.choices)
            .join(revisions, (revisions.c.plan == plans.c.id) & (revisions.c.revision == plans.c.revision))
            .join(steps, steps.c.id == revisions.c.step)
            .where(plans.c.project == project, ~plans.c.deleted)
            .order_by(plans.c.at, plans.c.id)
        ).all()
        contents = Contents(connection)
        return [
            Named(row.id, row.name, row.changed, row.revision, json.loads(contents.get(row.choices))) for row in found
        ]


def deleted(store: Store, project: str) -> dict[str, str]:
    """Return the plans of a project that were deleted, each the last of its name: ids by names."""
    wanted = select(plans.c.name, plans.c.id).where(plans.c.project == project, plans.c.deleted)
    with store.reading() as connection:
        return {row.name: row.id for row in connection.execute(wanted.order_by(plans.c.changed, plans.c.id))}


def recent(store: Store, most: int = 50, among: Collection[str] | None = None) -> list[Project]:
    """Return the projects, those first that were changed last; only those *among* some, if these are named."""
    newest = (
        select(plans.c.id)
        .where(plans.c.project == projects.c.id, ~plans.c.deleted)
        .order_by(plans.c.changed.desc(), plans.c.id)
        .limit(1)
        .scalar_subquery()
    )
    wanted = (
        select(projects, newest.label("plan"))
        .where(~projects.c.deleted)
        .order_by(projects.c.changed.desc(), projects.c.id)
        .limit(most)
    )
    if among is not None:
        wanted = wanted.where(projects.c.id.in_(among))
    with store.reading() as connection:
        return [
            Project(row.id, row.title_en, row.title_zh, row.owner, row.changed, row.plan)
            for row in connection.execute(wanted)
            if row.plan is not None
        ]


def history(store: Store, plan: str, most: int = 200) -> list[Act]:
    """Return what was done to a plan, the newest first."""
    wanted = select(revisions).where(revisions.c.plan == plan).order_by(revisions.c.revision.desc()).limit(most)
    with store.reading() as connection:
        return [
            Act(row.revision, row.at, row.who, row.what, json.loads(row.changes)) for row in connection.execute(wanted)
        ]


# --- writing ---------------------------------------------------------------------------------------------------------


def open_case(
    store: Store,
    case: Case,
    choices: Choices,
    name: str,
    who: str,
    originals: Mapping[str, bytes] | None = None,
    read: Mapping[str, bytes] | None = None,
) -> str:
    """Put a case to work: a project with a plan called *name*; return the id of the plan.

    *originals* are the files that the case was read from, where its path does not tell; *read*, where that is certain.
    """
    project, plan, says = _new_id(), _new_id(), digest(case)
    with store.writing() as connection:
        contents = Contents(connection)
        inputs, data = cases.hold(contents, case, originals, read), contents.put(log.plain(choices).encode())
        body = {"case": says, "plan": plan, "name": name, "inputs": inputs, "choices": data}
        entry = log.append(connection, who, "open", project, body)
        connection.execute(
            insert(projects).values(
                id=project,
                title_en=case.title("en")[:200],
                title_zh=case.title("zh")[:200],
                case=says,
                owner=who,
                at=entry.at,
                changed=entry.at,
            )
        )
        _first(connection, entry, plan, project, name, inputs, data)
    return plan


def new_plan(store: Store, like: State, name: str, choices: Choices, who: str) -> str:
    """Make another plan in the project of one, over the same version of the case; return its id."""
    plan = _new_id()
    with store.writing() as connection:
        data = Contents(connection).put(log.plain(choices).encode())
        body = {"project": like.project, "like": like.plan, "name": name, "inputs": like.inputs, "choices": data}
        entry = log.append(connection, who, "plan", plan, body)
        _first(connection, entry, plan, like.project, name, like.inputs, data)
    return plan


def _first(
    connection: Connection, entry: log.Entry, plan: str, project: str, name: str, inputs: str, choices: str
) -> None:
    """Insert a plan with its first revision."""
    connection.execute(
        insert(plans).values(id=plan, project=project, name=name, revision=1, at=entry.at, changed=entry.at)
    )
    step = _step(connection, plan, None, inputs, choices, "")
    _revise(connection, entry, plan, 1, step, step, [])
    connection.execute(update(projects).where(projects.c.id == project).values(changed=entry.at))


def _step(connection: Connection, plan: str, parent: int | None, inputs: str, choices: str, of: str) -> int:
    made = connection.execute(
        insert(steps).values(plan=plan, parent=parent, inputs=inputs, choices=choices, of=of[:LONGEST_OF])
    )
    assert made.inserted_primary_key is not None
    return int(made.inserted_primary_key[0])


def _revise(
    connection: Connection,
    entry: log.Entry,
    plan: str,
    revision: int,
    step: int,
    tip: int,
    changes: list[dict[str, Any]],
) -> None:
    connection.execute(
        insert(revisions).values(
            plan=plan,
            revision=revision,
            step=step,
            tip=tip,
            number=entry.number,
            at=entry.at,
            who=entry.who,
            what=entry.what,
            changes=log.plain(changes),
        )
    )


def advance(
    store: Store,
    seen: State,
    choices: Choices,
    who: str,
    what: str = "change",
    of: str = "",
    inputs: str | None = None,
) -> State:
    """Put other choices, or another version of the case, in place of those that were seen.

    Changes of the same thing in a row (*of*, if not blank), as a slider makes them, are one step to undo.

    Raises
    ------
    Stale
        Somebody else was quicker; nothing is changed.
    """

    def step(connection: Connection) -> tuple[int, int]:
        before = connection.execute(select(steps).where(steps.c.id == seen.step)).one()
        same = bool(of) and before.of == of[:LONGEST_OF] and before.parent is not None and not seen.can_redo
        data = Contents(connection).put(log.plain(choices).encode())
        if same:
            start = connection.execute(select(steps).where(steps.c.id == before.parent)).one()
            if (start.inputs, start.choices) == (inputs or seen.inputs, data):  # nothing is left to undo
                return before.parent, before.parent
        made = _step(connection, seen.plan, before.parent if same else seen.step, inputs or seen.inputs, data, of)
        return made, made

    return _act(store, seen, who, what, step)


def give_up(store: Store, seen: State, who: str, of: str) -> State:
    """Take the last step back for good if it changed *of*; raises as `advance` does."""
    with store.reading() as connection:
        last = connection.execute(select(steps).where(steps.c.id == seen.step)).one()
    if last.of != of[:LONGEST_OF] or last.parent is None or seen.can_redo:
        return seen
    return _act(store, seen, who, "undo", lambda _: (last.parent, last.parent))


def undo(store: Store, seen: State, who: str) -> State:
    """Take the last step back; raises as `advance` does."""

    def step(connection: Connection) -> tuple[int, int]:
        parent = connection.execute(select(steps.c.parent).where(steps.c.id == seen.step)).scalar_one()
        return parent, seen.tip

    return _act(store, seen, who, "undo", step) if seen.can_undo else seen


def redo(store: Store, seen: State, who: str) -> State:
    """Take the step again that was undone last; raises as `advance` does."""

    def step(connection: Connection) -> tuple[int, int]:
        found = connection.execute(select(steps.c.id, steps.c.parent).where(steps.c.plan == seen.plan))
        parents = {row.id: row.parent for row in found}
        at = seen.tip
        while parents[at] != seen.step:
            at = parents[at]
        return at, seen.tip

    return _act(store, seen, who, "redo", step) if seen.can_redo else seen


def go_back(store: Store, seen: State, revision: int, who: str) -> State:
    """Put what a plan was at a revision in place of what it is now, as a step; raises as `advance` does."""
    former = state(store, seen.plan, revision)
    return advance(store, seen, former.choices, who, "back", inputs=former.inputs)


def _act(store: Store, seen: State, who: str, what: str, step: Callable[[Connection], tuple[int, int]]) -> State:
    """Make a revision of the plan that was seen: *step* says which step it is at then, and what redo leads to."""
    with store.writing() as connection:
        newest = _state(connection, seen.plan)
        if newest.revision != seen.revision:
            raise Stale(seen, newest)
        at, tip = step(connection)
        made = connection.execute(select(steps).where(steps.c.id == at)).one()
        changes = differences(seen.choices, json.loads(Contents(connection).get(made.choices)))
        if made.inputs != seen.inputs:
            changes.append({"name": "case", "from": seen.inputs, "to": made.inputs})
        body = {"revision": seen.revision + 1, "inputs": made.inputs, "choices": made.choices, "changes": changes}
        entry = log.append(connection, who, what, seen.plan, body)
        _revise(connection, entry, seen.plan, seen.revision + 1, at, tip, changes)
        connection.execute(
            update(plans).where(plans.c.id == seen.plan).values(revision=seen.revision + 1, changed=entry.at)
        )
        connection.execute(update(projects).where(projects.c.id == seen.project).values(changed=entry.at))
        return _state(connection, seen.plan)


def rename(store: Store, plan: str, name: str, who: str) -> None:
    """Call a plan otherwise."""
    _mark(store, plan, who, "rename", name=name)


def delete(store: Store, plan: str, who: str) -> None:
    """Take a plan out of its project's list; `revive` brings it back as it was."""
    _mark(store, plan, who, "delete", deleted=True)


def revive(store: Store, plan: str, who: str) -> None:
    """Bring a plan back that was deleted."""
    _mark(store, plan, who, "revive", deleted=False)


def _mark(store: Store, plan: str, who: str, what: str, **values: Any) -> None:
    with store.writing() as connection:
        found = connection.execute(select(plans).where(plans.c.id == plan)).first()
        if found is None:
            raise Missing(plan)
        before = {name: getattr(found, name) for name in values}
        log.append(connection, who, what, plan, {"from": before, "to": values})
        connection.execute(update(plans).where(plans.c.id == plan).values(**values))
