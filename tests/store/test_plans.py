"""Plans of the page in the store: revisions, undo without end, and who is too late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import saidao
from saidao.store import plans
from saidao.store.checked import checked
from saidao.store.place import open_store
from saidao.store.plans import Missing, Stale, State
from saidao.store.store import Store

CASE = saidao.load_case("shanghai")


def chosen(amount: float) -> dict[str, Any]:
    return {"stance": "even", "budgets": [["funds", amount]]}


def begun(store: Store) -> State:
    return plans.state(store, plans.open_case(store, CASE, chosen(0), "A", "me"))


def test_a_plan_is_as_it_was_after_every_restart(place: str) -> None:
    store = open_store(place)
    state = begun(store)
    for amount in (1, 2, 3):
        state = plans.advance(store, state, chosen(amount), "me")
    store.close()
    store = open_store(place)
    state = plans.state(store, state.plan)
    assert state.choices == chosen(3)
    assert plans.case_of(store, state.inputs) == CASE
    state = plans.undo(store, plans.undo(store, state, "me"), "me")
    store.close()
    store = open_store(place)
    state = plans.state(store, state.plan)
    assert (state.choices, state.can_undo, state.can_redo) == (chosen(1), True, True)
    state = plans.redo(store, plans.redo(store, state, "me"), "me")
    assert (state.choices, state.can_redo) == (chosen(3), False)
    store.close()


def test_who_has_not_seen_the_newest_is_told_and_changes_nothing(store: Store) -> None:
    seen = begun(store)
    newest = plans.advance(store, seen, chosen(1), "other")
    with pytest.raises(Stale) as error:
        plans.advance(store, seen, chosen(2), "me")
    assert (error.value.seen, error.value.newest) == (seen, newest)
    with pytest.raises(Stale):
        plans.go_back(store, seen, 1, "me")
    assert plans.state(store, seen.plan) == newest
    assert plans.state(store, seen.plan, 1).choices == chosen(0), "what a tab shows can still be taken away"


def test_the_history_says_who_changed_what_from_what_to_what(store: Store) -> None:
    state = plans.advance(store, begun(store), {**chosen(5), "stance": "leaders"}, "甲")
    plans.undo(store, state, "乙")
    undone, changed, opened = plans.history(store, state.plan)
    assert (opened.what, changed.what, undone.what) == ("open", "change", "undo")
    assert (changed.who, undone.who) == ("甲", "乙")
    assert changed.changes == [
        {"name": "budgets funds", "from": 0, "to": 5},
        {"name": "stance", "from": "even", "to": "leaders"},
    ]
    assert [one | {"from": one["to"], "to": one["from"]} for one in undone.changes] == changed.changes


def test_a_slider_is_one_step_and_what_was_undone_is_not_lost_for_good(store: Store) -> None:
    state = begun(store)
    for amount in (1, 2, 3):
        state = plans.advance(store, state, chosen(amount), "me", of="budget funds")
    state = plans.undo(store, state, "me")
    assert (state.choices, state.can_undo) == (chosen(0), False)
    state = plans.advance(store, state, chosen(9), "me")
    assert not state.can_redo
    state = plans.go_back(store, state, 4, "me")
    assert state.choices == chosen(3)
    assert plans.undo(store, state, "me").choices == chosen(9)


def test_plans_of_a_case_are_named_deleted_and_brought_back(store: Store) -> None:
    state = begun(store)
    other = plans.new_plan(store, state, "B", chosen(7), "me")
    assert [(one.name, one.choices) for one in plans.named(store, state.project)] == [
        ("A", chosen(0)),
        ("B", chosen(7)),
    ]
    plans.rename(store, other, "丙", "me")
    plans.delete(store, state.plan, "me")
    assert [one.name for one in plans.named(store, state.project)] == ["丙"]
    assert [(one.id, one.plan) for one in plans.recent(store)] == [(state.project, other)]
    assert plans.deleted(store, state.project) == {"A": state.plan}
    with pytest.raises(Missing):
        plans.state(store, state.plan)
    plans.revive(store, state.plan, "me")
    assert not plans.deleted(store, state.project)
    assert plans.state(store, state.plan).choices == chosen(0)
    with pytest.raises(Missing):
        plans.state(store, "none")
    with pytest.raises(Missing):
        plans.state(store, state.plan, 99)
    assert checked(store).whole


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    found = open_store(tmp_path_factory.mktemp("law") / "store.db")
    yield found
    found.close()


@settings(max_examples=15, deadline=None)
@given(acts=st.lists(st.sampled_from(["change", "undo", "redo"]), max_size=12))
def test_undo_and_redo_are_those_of_two_stacks(file: Store, acts: list[str]) -> None:
    store = file
    state, now = begun(store), 0
    past: list[int] = []
    future: list[int] = []
    for number, act in enumerate(acts, 1):
        if act == "change":
            past.append(now)
            future.clear()
            now = number
            state = plans.advance(store, state, chosen(now), "me")
        elif act == "undo":
            if past:
                future.append(now)
                now = past.pop()
            state = plans.undo(store, state, "me")
        else:
            if future:
                past.append(now)
                now = future.pop()
            state = plans.redo(store, state, "me")
        assert (state.choices, state.can_undo, state.can_redo) == (chosen(now), bool(past), bool(future))
