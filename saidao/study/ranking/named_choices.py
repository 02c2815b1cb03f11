"""Schemes and methods as they are named: their labels, those that do not exist, and those that do not fit a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from ... import mcda
from ...errors import Problem, nearest
from ...results.column import Column, Row, Table
from ...results.question import Option
from ...texts.say import say
from ..names import method_name, scheme_name
from ..settings import WeightsLike

WhyOption = Annotated[bool, Option("Tell of each choice that does not fit the case why.")]
SchemesOption = Annotated[
    WeightsLike | Iterable[WeightsLike] | None,
    Option(
        "A weighting scheme, or weights by factor; repeatable. All, if left out.",
        reads="each weights",
        choices="schemes",
    ),
]


def ranking_methods() -> list[mcda.MethodName]:
    """Return the methods that rank: those that sort alternatives into categories make no ranking to compare."""
    return [name for name, entry in mcda.methods().items() if not entry.sorts]


def usual_methods() -> list[mcda.MethodName]:
    """Return the methods that are compared where none is named: those that rank and need not be named."""
    return [name for name in ranking_methods() if not mcda.methods()[name].named_only]


def parents(schemes: Iterable[WeightsLike]) -> list[str]:
    """Return the names of the schemes, those of combined ones one by one."""
    return [part for scheme in schemes if isinstance(scheme, str) for part in scheme.split("+")]


def unknown(kind: str, names: Iterable[str], known: Iterable[str]) -> list[Problem]:
    """Return a problem for each name that does not exist."""
    listed = list(known)
    return [
        Problem(
            "choice", kind, found=str(name), details={"choices": ", ".join(listed), "nearest": nearest(name, listed)}
        )
        for name in map(str, names)
        if name not in listed
    ]


def labelled(wanted: Any) -> dict[str, WeightsLike]:
    """Give each scheme the label of its columns: its name, or ``given``; numbered where the label is taken."""
    single = isinstance(wanted, str | Mapping) or hasattr(wanted, "to_dict")  # a Series, or Weights
    made: dict[str, WeightsLike] = {}
    for scheme in [wanted] if single else wanted:
        name = scheme if isinstance(scheme, str) else scheme.scheme if isinstance(scheme, mcda.Weights) else "given"
        if isinstance(scheme, str) and isinstance(made.get(name), str):
            continue  # named twice
        label, number = name, 1
        while label in made:
            number += 1
            label = f"{name} {number}"
        made[label] = scheme
    return made


@dataclass(frozen=True)
class Missing:
    """What is not defined for the case: a scheme, a method, one ranking of the two, or (neither) the Kemeny orders."""

    weights: str | None
    method: str | None
    problem: Problem

    @property
    def kind(self) -> str:
        """``weights``, ``method``, ``ranking`` or ``kemeny``."""
        if self.weights is None:
            return "kemeny" if self.method is None else "method"
        return "weights" if self.method is None else "ranking"

    def name(self, lang: str) -> str:
        """Name it in words."""
        weights = "" if self.weights is None else scheme_name(self.weights, lang)
        method = "" if self.method is None else method_name(self.method, lang)
        return say(f"compare.name.{self.kind}", lang, weights=weights, method=method)

    def to_dict(self, lang: str) -> Row:
        """Plain data."""
        return {"kind": self.kind, "weights": self.weights, "method": self.method, "why": self.problem.text(lang)}


def left_out_table(missing: Iterable[Missing], shown: bool) -> Table:
    """Return what is not defined for a case, with the reasons; on a terminal only if *shown*."""
    columns = (
        *(Column(key, seen="data") for key in ("kind", "weights", "method")),
        Column("choice", told=lambda row, lang: row["missing"].name(lang)),
        Column("why", told=lambda row, lang: row["missing"].problem.text(lang)),
    )
    rows = [{**one.to_dict("en"), "choice": one.name("en"), "missing": one} for one in missing]
    return Table("not_available", columns, rows, most=None if shown else 0)


def left_out(missing: Iterable[Missing], lang: str) -> list[str]:
    """Say what is not defined for a case; nothing where all is."""
    names = [one.name(lang) for one in missing]
    told = say("list", lang).join(names)
    return [say("not_available", lang, number=len(names), names=told)] if names else []
