"""Rules of a case as sentences, made of their fields: what is shown of a rule wherever one stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..case import Case
from ..case.tables import Dimension, Factor, Measure, Named, Resource, RuleRow, Stage, Track, Type
from ..texts.numbers import number, quantity
from ..texts.say import say

GROUPS: dict[str, type[Named]] = {
    "track": Track,
    "type": Type,
    "factor": Factor,
    "dimension": Dimension,
    "stage": Stage,
    "measure": Measure,
}
"""What names the key of a rule, by what the rule is over."""


def rule_sentence(case: Case, row: RuleRow, lang: str = "en") -> str:
    """Return what a rule says, with its own name in front where it has one.

    >>> from ..case import load_case
    >>> case = load_case("shanghai")
    >>> row = {"rule": "r", "kind": "cap", "over": "type", "key": "scenario_enabled", "of": "funds", "amount": 550}
    >>> rule_sentence(case, RuleRow.model_validate(row), "zh")
    '场景赋能型赛道的资金合计不超过 5.5 亿元'
    >>> rule_sentence(case, RuleRow.model_validate({**row, "name_en": "Not all to scenarios"}))
    'Not all to scenarios: At most 550 million CNY of Funds goes to Scenario-enabled tracks'
    """
    said = _relation(case, row, lang) if row.is_relation else _limit(case, row, lang)
    own = row.name(lang)
    return said if own == row.rule else say("rule.named", lang, name=own, said=said)


def rule_of(case: Case, label: str) -> RuleRow | None:
    """Return the rule that the label of a row of the program begins with; None where it is of another limit."""
    found = (row for row in case.rows(RuleRow) if label == row.rule or label.startswith(f"{row.rule},"))
    return max(found, key=lambda row: len(row.rule), default=None)


def _limit(case: Case, row: RuleRow, lang: str) -> str:
    closed = row.of == "closed"
    group = _group(case, row, lang)
    of = case.names(Resource, lang).get(row.of, row.of)
    if row.share is not None:
        amount, key = f"{100 * row.share:.4g}%", f"rule.{row.kind}.{'gap' if closed else 'share'}"
    elif closed:
        amount, key = number(row.amount or 0.0), f"rule.{row.kind}.closed"
    else:
        unit = next((r.unit_name(lang) for r in case.rows(Resource) if r.resource == row.of), "")
        amount, key = quantity(row.amount or 0.0, unit, digits=6), f"rule.{row.kind}"
    said = say(key, lang, group=group, of=of, amount=amount)
    if not row.period:
        return said
    period = f"{row.period} 年" if lang == "zh" and re.fullmatch("[12][0-9]{3}", row.period) else row.period
    return say("rule.by_period" if closed else "rule.in_period", lang, said=said, period=period)


def _group(case: Case, row: RuleRow, lang: str) -> str:
    """Return what a rule is over, as the subject of a sentence."""
    if row.over not in GROUPS:
        return say("rule.all_tracks" if row.of == "closed" else "rule.all", lang)
    name = case.names(GROUPS[row.over], lang).get(row.key_, row.key_)
    return say(f"rule.over.{row.over}", lang, name=name.removesuffix("赛道") if row.over == "type" else name)


def _relation(case: Case, row: RuleRow, lang: str) -> str:
    measures, others = row.measures, row.others
    if row.kind != "requires":
        city = all(case.measure_of[m].scope == "city" for m in measures if m in case.measure_of)
        place = "" if city else say("rule.each_place", lang)
        return say(f"rule.{row.kind}", lang, measures=_listed(case, measures, lang, "and"), place=place)
    told = {
        "measure": _listed(case, measures, lang, "or" if lang == "en" else "and"),
        "of": _listed(case, others, lang, "or"),
    }
    ratio = 1.0 if row.amount is None else row.amount
    kinds = {case.measure_of[m].kind for m in (*measures, *others) if m in case.measure_of}
    if kinds == {"binary"} and ratio >= 1:
        return say("rule.requires.whole", lang, **told)
    return say("rule.requires" if ratio == 1 else "rule.requires.ratio", lang, **told, ratio=number(ratio))


def _listed(case: Case, measures: Sequence[str], lang: str, last: str) -> str:
    names = case.names(Measure, lang)
    told = [say("rule.over.measure", lang, name=names.get(measure, measure)) for measure in measures]
    if len(told) < 2:
        return "".join(told)
    return say(f"rule.list.{last}", lang, first=say("list", lang).join(told[:-1]), last=told[-1])
