"""The proof of a plan as two tables with exact numbers, which the script `proof.js` of the report recomputes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..case.tables import Factor, Measure, Resource, Track
from ..render.shown import Drawn
from ..study.names import place_name
from ..study.plan.result import Plan
from ..study.proof.reader import readers_proof
from ..study.proof.statement import Key
from ..texts.say import say

LARGEST = 4000
"""Terms of a program beyond which a page is no place for its proof."""


@dataclass(frozen=True)
class Checks:
    """The amounts, the limits, and a number by which a changed digit is seen."""

    amounts: Drawn
    limits: Drawn
    number: str


def checks(plan: Plan, lang: str) -> Checks | None:
    """Return the proof of a plan; None where it has none of this kind, or one too long for a page."""
    if plan.status != "optimal" or len(plan.model.value) > LARGEST:  # it has as many terms
        return None
    found = readers_proof(plan.case, plan.shown)
    if found is None or sum(len(limit.terms) for limit in found.limits) > LARGEST:
        return None
    names = _Names(plan, lang)
    amounts = tuple(
        (str(number), names.of(one.name), _end(one.low), _end(one.high), str(one.worth), str(one.amount))
        for number, one in enumerate(found.unknowns, 1)
    )
    limits = tuple(
        (
            names.of(one.name),
            "; ".join(f"{by} × {at + 1}" for at, by in one.terms),
            _end(one.low),
            _end(one.high),
            str(one.price),
        )
        for one in found.limits
    )

    def heads(*keys: str) -> tuple[str, ...]:
        return tuple(say(f"report.check.{key}", lang) for key in keys)

    first = heads("nr", "name", "least", "most", "worth", "amount")
    second = heads("name", "terms", "least", "most", "price")
    return Checks(
        Drawn(say("report.check.amounts", lang), first, amounts, (False, False, True, True, True, True)),
        Drawn(say("report.check.limits", lang), second, limits, (False, False, True, True, True)),
        check_number((*amounts, *limits)),
    )


def check_number(rows: tuple[tuple[str, ...], ...]) -> str:
    """Return the check number of rows of texts: FNV-1a of 64 bits, as the script counts it.

    >>> check_number((("a",),))
    'af63dc4c8601ec8c'
    """
    made = 0xCBF29CE484222325
    for byte in "\n".join("\t".join(row) for row in rows).encode():
        made = ((made ^ byte) * 0x100000001B3) & (1 << 64) - 1
    return f"{made:016x}"


def _end(bound: Fraction | None) -> str:
    return "" if bound is None else str(bound)


class _Names:
    """What the unknowns and limits of the program are called."""

    def __init__(self, plan: Plan, lang: str) -> None:
        self.case, self.lang = plan.case, lang
        self.tracks, self.factors = self.case.names(Track, lang), self.case.names(Factor, lang)
        self.measures, self.resources = self.case.names(Measure, lang), self.case.names(Resource, lang)
        self.dated = len(plan.solved.programme.periods) > 1

    def of(self, name: Key) -> str:
        """Return the name of an unknown or a limit, with its period where there are several."""
        kind, *rest = name
        if kind == "level" and rest[0] in self.measures:
            place = place_name(self.case, rest[1], self.lang)
            told = say("report.check.level", self.lang, name=self.measures[rest[0]], place=place)
        elif kind in ("closed", "closing"):
            told = say(f"report.check.{kind}", self.lang, track=self.tracks[rest[0]], factor=self.factors[rest[1]])
        elif kind == "budget":
            told = say("report.check.budget", self.lang, resource=self.resources[rest[0]])
        else:
            return say("report.check.other", self.lang, name=" ".join(name))
        return f"{told} · {rest[-1]}" if self.dated else told
