"""What a change would do to the plan, told before it is made."""

from __future__ import annotations

from typing import Any

from ..case.tables import RuleRow
from ..errors import CaseError
from ..study.moves import moves
from ..study.rules import rule_sentence
from ..texts.numbers import sum_of_money
from ..texts.say import say
from .choices import Choices
from .workspace import Workspace


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


def fault_of(error: CaseError, lang: str) -> str:
    """Say what is wrong with what was typed, and the remedy: at the cell no place need be told."""
    problem = error.problems[0]
    return say("edit.fault", lang, expected=problem.expected(lang), remedy=problem.remedy(lang)).strip()


def preview(workspace: Workspace, changes: list[dict[str, str]], lang: str) -> dict[str, Any]:
    """Return what changes would do (`told`), or what is wrong with them (`fault`); of a new rule what it says, too."""
    choices, case = workspace.choices, workspace.case
    try:
        for one in changes:
            choices = workspace.outcomes.changed(choices, one["do"], one["of"], one["to"])
    except CaseError as error:
        return {"told": "", "fault": fault_of(error, lang), "rule": ""}
    told = effect_of(workspace, choices, lang) if workspace.plannable else say("edit.ranks", lang)
    rule = ""
    if any(one["of"] == RuleRow.table for one in changes):
        before = {row.rule for row in workspace.choices.opened(case).rows(RuleRow)}
        opened = choices.opened(case)
        rule = next((rule_sentence(opened, row, lang) for row in opened.rows(RuleRow) if row.rule not in before), "")
    return {"told": told, "fault": "", "rule": rule}
