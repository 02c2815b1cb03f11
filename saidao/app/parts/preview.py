"""What a change would do to the plan, told before it is made."""

from __future__ import annotations

from typing import Any

from ...briefing.overview import Overview
from ...case.tables import Measure, RuleRow, Track
from ...errors import CaseError
from ...study.plan.moves import moves
from ...study.rules import rule_sentence
from ...texts.numbers import NOTHING, scale, sum_of_money
from ...texts.say import say
from ..plans.choices import Choices
from ..plans.workspace import Outcome, Workspace

WEIGHS = ("judgement", "weight", "weights", "method")
"""Changes by which factors weigh, or tracks rank, otherwise."""
MOST_SHIFTS = 4
"""Tracks and measures that are named of those that shift."""


def effect_of(workspace: Workspace, choices: Choices, lang: str) -> str:
    """Say what other choices would do to the plan in hand: the share closed, and the money that moves."""
    now, then = workspace.outcome().plan, workspace.outcome(choices).plan
    if then is None:
        return say("price.impossible", lang)
    if now is None:
        return say("edit.ranks", lang)
    was, to = now.closed_share, then.closed_share
    parted = (d for d in (1, 2, 3, 4) if f"{was:.{d}%}" != f"{to:.{d}%}")  # what rounding would belie
    digits = next(parted, 1)
    told = say("price.closed", lang, was=f"{was:.{digits}%}", then=f"{to:.{digits}%}")
    if {r.resource for r in now.case.resource_of.values()} != {r.resource for r in then.case.resource_of.values()}:
        return told
    money = moves(now.solved, then.solved)[0]
    if money["share"] <= 1e-6:
        return told
    unit = now.case.resource_of[money["resource"]].unit_name(lang)
    return say("price.moved", lang, told=told, money=sum_of_money(money["moved"], unit, lang))


def money_moved(workspace: Workspace, choices: Choices, lang: str) -> str:
    """Say how much money other weights move: shares of the gap are not comparable under other weights."""
    now, then = workspace.outcome().plan, workspace.outcome(choices).plan
    if now is None or then is None:
        return say("price.impossible", lang)
    money = moves(now.solved, then.solved)[0]
    if money["share"] <= 1e-6:
        return say("shift.no_money", lang)
    unit = now.case.resource_of[money["resource"]].unit_name(lang)
    return say("shift.moved", lang, money=sum_of_money(money["moved"], unit, lang))


def shifts(workspace: Workspace, choices: Choices, lang: str) -> list[str]:
    """Say what other weights do to the ranking, and to the money of tracks and measures."""
    now, then = workspace.outcome(), workspace.outcome(choices)
    told = _ranks(now, then, lang)
    if now.overview is not None and then.overview is not None:
        told += _money(now.overview, then.overview, lang)
    return told


def _ranks(now: Outcome, then: Outcome, lang: str) -> list[str]:
    """Say which tracks change their ranks, those first that come to the front."""
    found = [one.evaluation.before if one.evaluation else None for one in (now, then)]
    if then.evaluation is None or found[0] is None or found[1] is None:
        return []
    names = then.evaluation.case.names(Track, lang)
    was, to = (dict(zip(map(str, r.alternatives), r.rank_array.tolist(), strict=True)) for r in found if r is not None)
    moved = sorted((t for t in to if was.get(t) not in (None, to[t])), key=lambda t: (to[t], was[t]))
    if not moved:
        return [say("shift.no_ranks", lang)]
    listed = [say("shift.rank", lang, track=names[t], was=was[t], to=to[t]) for t in moved[:MOST_SHIFTS]]
    return [say("shift.ranks", lang, ranks=_some(listed, len(moved), lang))]


def _money(now: Overview, then: Overview, lang: str) -> list[str]:
    """Say which tracks get more or less, and which measures come and go."""
    money = now.money
    shown = scale(money.unit_name(lang), now.budget[money.resource], lang, "track")
    before, after = ({row["track"]: row["amount"] for row in one.tracks} for one in (now, then))
    changes = {t: after.get(t, 0.0) - before.get(t, 0.0) for t in {*before, *after}}
    seen = {t: amount for t, amount in changes.items() if shown.text(abs(amount)) != NOTHING}
    names = {**now.plan.case.names(Track, lang), **then.plan.case.names(Track, lang)}
    listed = [
        say("shift.amount", lang, track=names[t], amount=shown.text(amount, "+"))
        for t, amount in sorted(seen.items(), key=lambda pair: (-abs(pair[1]), pair[0]))[:MOST_SHIFTS]
    ]
    told = [say("shift.money", lang, unit=shown.unit, tracks=_some(listed, len(seen), lang))] if listed else []
    measures = {**now.plan.case.names(Measure, lang), **then.plan.case.names(Measure, lang)}
    one, other = ({row["measure"] for row in found.measures} for found in (now, then))
    for key, which in (("shift.in", other - one), ("shift.out", one - other)):
        if which:
            listed = [measures[m] for m in sorted(which)[:MOST_SHIFTS]]
            told.append(say(key, lang, measures=_some(listed, len(which), lang)))
    return told


def _some(listed: list[str], number: int, lang: str) -> str:
    told = say("list", lang).join(listed)
    return told if number <= len(listed) else say("shift.more", lang, told=told, more=number - len(listed))


def fault_of(error: CaseError, lang: str) -> str:
    """Say what is wrong with what was typed, and the remedy: at the cell no place need be told."""
    problem = error.problems[0]
    return say("edit.fault", lang, expected=problem.expected(lang), remedy=problem.remedy(lang)).strip()


def preview(workspace: Workspace, changes: list[dict[str, str]], lang: str) -> dict[str, Any]:
    """Return what changes would do (`told`), or what is wrong with them (`fault`).

    Of a new rule also what it says (`rule`), of other weights what of ranking and money shifts (`shifts`).
    """
    choices = workspace.choices
    try:
        for one in changes:
            choices = workspace.outcomes.changed(choices, one["do"], one["of"], one["to"])
    except CaseError as error:
        return {"told": "", "fault": fault_of(error, lang), "rule": "", "shifts": []}
    weighs = any(one["do"] in WEIGHS for one in changes)
    effect = money_moved if weighs else effect_of
    told = effect(workspace, choices, lang) if workspace.plannable else say("edit.ranks", lang)
    rule = ""
    if any(one["of"] == RuleRow.table for one in changes):
        before = {row.rule for row in workspace.outcomes.opened(workspace.choices).rows(RuleRow)}
        opened = workspace.outcomes.opened(choices)
        rule = next((rule_sentence(opened, row, lang) for row in opened.rows(RuleRow) if row.rule not in before), "")
    return {"told": told, "fault": "", "rule": rule, "shifts": shifts(workspace, choices, lang) if weighs else []}
