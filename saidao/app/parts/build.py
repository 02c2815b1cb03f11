"""The rule builder: each kind of rule as a sentence whose blanks are choices, read off the rules' own sentences."""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import dataclass

from ...case.checks.rules import group_values
from ...case.tables import RELATIONS, RuleRow, choices
from ...study.rules import GROUPS
from ...texts.numbers import scale
from ...texts.say import WORDS
from .context import Context

MOST_NAMED = 3
"""Measures that a relation can name in the builder; more in the table below it."""


@dataclass(frozen=True)
class Slot:
    """A blank of a sentence: what it fills in, and what can be chosen, by groups; no choices where it is typed.

    A choice is its value, its words, and what it goes with (units of a resource).
    """

    name: str
    label: str
    groups: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = ()


@dataclass(frozen=True)
class Sentence:
    """A kind of rule: its words, and its sentence as texts and blanks."""

    kind: str
    title: str
    parts: tuple[str | Slot, ...]


class Builder(Context):
    """What a new rule can say."""

    @property
    def sentences(self) -> list[Sentence]:
        """Every kind of rule of the tables, as a sentence."""
        return [
            Sentence(kind, self._word("kind", kind), tuple(self._parts(kind)))
            for kind in choices(RuleRow)["kind"]
            if f"rule.{kind}" in WORDS
        ]

    def _word(self, column: str, value: str) -> str:
        own = f"option.rules.{column}.{value}"
        return self.say(own if own in WORDS else f"option.{column}.{value}")

    def _parts(self, kind: str) -> Iterator[str | Slot]:
        words = WORDS[f"rule.{kind}"][self.lang == "zh"]
        for text, name, _, _ in string.Formatter().parse(words):
            if text:
                yield text
            if name == "place":
                yield self.say("rule.each_place")
            elif name:
                yield from self._slots(kind, name.partition(":")[0])

    def _slots(self, kind: str, name: str) -> Iterator[Slot]:
        relation = kind in RELATIONS
        if name == "group":
            yield Slot("group", self.say("build.group"), tuple(self._groups()))
        elif name == "amount":
            yield Slot("amount", self.say("build.amount"))
            yield Slot("unit", self.say("build.unit"), (("", tuple(self._units())),))
        elif name == "of" and not relation:
            of = [(id_, row.name(self.lang), "") for id_, row in self.resources_by_id.items()]
            yield Slot("of", self.say("build.of"), (("", (*of, ("closed", self.say("build.closed"), ""))),))
        elif name in ("measures", "measure", "of"):
            column = "of" if name == "of" else "key"
            for number in range(MOST_NAMED if name == "measures" else 2 if name == "of" else 1):
                blank = (("", "—", ""),) if number >= (2 if name == "measures" else 1) else ()
                measures = tuple((id_, called, "") for id_, called in self.measures.items())
                label = self.say("build.other" if number else "build.measure")
                yield Slot(column, label, (("", (*blank, *measures)),))

    def _groups(self) -> Iterator[tuple[str, tuple[tuple[str, str, str], ...]]]:
        for over in filter(None, choices(RuleRow)["over"]):
            if over not in GROUPS:
                yield "", ((f"{over}/", self.say("rule.all"), ""),)
                continue
            names = {**self.places, **self.case.names(GROUPS[over], self.lang)}
            order = {id_: number for number, id_ in enumerate(names)}
            values = sorted(group_values(self.case, over), key=lambda id_: (order.get(id_, len(order)), id_))
            told = (self.say(f"rule.over.{over}", name=names.get(id_, id_)) for id_ in values)
            named = tuple((f"{over}/{id_}", name, "") for id_, name in zip(values, told, strict=True))
            if named:
                yield self._word("over", over), named

    def _units(self) -> Iterator[tuple[str, str, str]]:
        for id_, row in self.resources_by_id.items():
            unit = scale(row.unit_name(self.lang), self.case.own_budget(id_), self.lang).unit
            yield unit, unit, id_
        yield "", self.say("build.gap_units"), "closed"
        yield "%", self.say("build.percent"), ""
