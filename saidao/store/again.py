"""A run made again: the same, bit for bit, or what differs, and what that may come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..case import Case
from ..errors import SaidaoError
from ..results.column import Column, Table
from ..results.question import load
from ..results.result import Result
from ..study.record import digest, versions
from ..texts.numbers import number
from ..texts.say import say
from . import runs
from .runs import Outcome, Run
from .store import Store

MOST = 200
"""Differences that are listed; all are counted."""

Make = Callable[[Case, dict[str, Any]], Outcome]
"""Makes a run again, of its case and arguments."""


@dataclass(frozen=True)
class Again(Result):
    """A run made again.

    Attributes
    ----------
    differences : where the two results differ: `place`, `before`, `after`; the first `MOST` of them.
    number : of all differences.
    versions : of what computes now.
    same_case : whether the case is read as it was.
    """

    run: Run
    differences: list[dict[str, Any]]
    number: int
    versions: str
    same_case: bool

    @property
    def case(self) -> None:
        """No case names what stands in the table."""
        return

    @property
    def same(self) -> bool:
        """Whether it is the same, bit for bit."""
        return not self.number

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "schema": "saidao/runs/again/1",
            "id": self.run.id,
            "same": self.same,
            "same_case": self.same_case,
            "versions": {"before": self.run.versions, "now": self.versions},
            "number": self.number,
            "differences": self.differences,
        }

    def text(self, lang: str = "en") -> list[str]:
        """Say whether it is the same, and if not, what else is not."""
        if self.same:
            return [say("again.same", lang, id=self.run.id)]
        said = [say("again.differs", lang, id=self.run.id, number=self.number)]
        if not self.same_case:
            said.append(say("again.case", lang))
        if self.versions != self.run.versions:
            said.append(say("again.versions", lang, before=self.run.versions, now=self.versions))
        else:
            said.append(say("again.same_versions", lang))
        return said

    def declared(self) -> Iterator[Table]:
        """Yield the differences."""
        yield Table(
            "again_differences",
            (Column("place"), Column("before", heading="head.side_before"), Column("after", heading="head.side_after")),
            self.differences,
            most=20,
        )


def again(store: Store, run: Run, makers: Mapping[str, Make]) -> Again:
    """Make a run again; *makers* are those of questions that are not in the registry."""
    with runs.arguments_of(store, run) as arguments, runs.subject(store, run) as about:
        case = next(iter(about), None)
        try:
            make = makers.get(run.question)
            if make is not None and isinstance(case, Case):
                outcome = make(case, arguments)
            else:
                outcome = Outcome.of(load(run.question).ask(*about, **arguments))
        except SaidaoError as error:
            outcome = Outcome.of(error)
        same_case = digest(case) == run.case if isinstance(case, Case) else True
    found = list(differences(runs.document(store, run), outcome.document))
    return Again(run, found[:MOST], len(found), versions(), same_case)


def differences(before: Any, after: Any, place: str = "") -> Iterator[dict[str, Any]]:
    """Yield where plain data differ.

    >>> list(differences({"a": [1, 2.0]}, {"a": [1, 2.5], "b": 0}))
    [{'place': 'a/1', 'before': '2', 'after': '2.5'}, {'place': 'b', 'before': '', 'after': '0'}]
    """
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in dict.fromkeys([*before, *after]):
            yield from differences(before.get(name), after.get(name), f"{place}/{name}".lstrip("/"))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for at, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, f"{place}/{at}".lstrip("/"))
    elif before != after or type(before) is not type(after):
        yield {"place": place, "before": _short(before), "after": _short(after)}


def _short(value: Any) -> str:
    if isinstance(value, float):
        return number(value, 15)
    text = "" if value is None else str(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
