"""What others have changed in a plan since somebody last saw it: who, when, what from, what to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from ...store import plans
from ...store.store import Store
from ...texts.say import say
from ..plans.choices import Choices
from ..plans.workspace import Workspace
from .kept import Kept

TOLD = (
    *("weights", "method", "stance", "objective", "share", "save"),
    *("budgets", "judgements", "admitted", "lock", "forbid"),
)
"""Choices that have a title of their own; others, such as edited cells, are told by their names."""


@dataclass(frozen=True)
class Stretch:
    """What one person did in a row: the choices before and after it, and whether the case itself was changed."""

    who: str
    at: str
    before: Choices
    after: Choices
    is_case: bool


def stretches(store: Store, stale: plans.Stale) -> list[Stretch]:
    """Return what was done since a revision that was seen, the oldest first, a stretch a person."""
    newest, state = stale.newest, stale.seen
    acts = [act for act in plans.history(store, newest.plan) if act.revision > state.revision]
    found = []
    for who, done in groupby(reversed(acts), key=lambda act: act.who):
        last = [*done][-1]
        after = plans.state(store, newest.plan, last.revision)
        two = Choices.from_plain(state.choices), Choices.from_plain(after.choices)
        found.append(Stretch(who, last.at, *two, is_case=state.inputs != after.inputs))
        state = after
    return found


def differences(workspace: Workspace, found: list[Stretch], lang: str) -> list[dict[str, str]]:
    """Return the rows of the difference: ``who``, ``at``, ``what``, ``from`` and ``to``, in words."""
    kept, rows = Kept(workspace, lang), []
    for one in found:
        before, after = one.before, one.after
        about = {"who": one.who, "at": one.at}
        if one.is_case:
            rows.append({**about, "what": say("stale.case", lang), "from": "-", "to": say("stale.other", lang)})
            before, after = replace(before, judgements=()), replace(after, judgements=())
        for what, (old, new) in kept.differing_among([before, after]):
            rows.append({**about, "what": what, "from": old, "to": new})
        for change in plans.differences(before.to_plain(), after.to_plain()):
            kind, _, name = change["name"].partition(" ")
            if kind not in TOLD:
                told = [say("stale.own", lang) if v is None else f"{v}" for v in (change["from"], change["to"])]
                rows.append({**about, "what": name.replace(":", " · "), "from": told[0], "to": told[1]})
    return rows


def since(workspace: Workspace, found: list[Stretch], lang: str) -> dict[str, Any]:
    """Tell what others have changed, for the page: a sentence and its rows."""
    names = dict.fromkeys(one.who for one in found)
    return {
        "plan": workspace.plan,
        "revision": workspace.revision,
        "told": say("stale.told", lang, who=say("list", lang).join(names)),
        "rows": differences(workspace, found, lang),
    }
