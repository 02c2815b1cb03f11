"""Every question of the registry as a form: its options as fields, its answer as sentences, pictures and tables."""

from __future__ import annotations

import inspect
import math
import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ... import mcda, pictures
from ...case import cells
from ...case.checking import period_names
from ...case.tables import Candidate, Measure, Resource, ScenarioRow, Track
from ...errors import CaseError, Problem
from ...pictures import Picture
from ...render.shown import Drawn, drawn
from ...results.question import CASE, Argument, Question, every, load, modules, outline
from ...results.result import Result
from ...study.options import PlanOptions
from ...texts.say import WORDS
from .context import Context

MOST_ROWS = 200
"""Rows of a table that an answer shows."""
MOST_COLUMNS = 40
"""Columns of a table that an answer shows."""
LARGEST_PICTURE = 400_000
"""Signs of a picture that an answer shows; what is larger is drawn by the command line."""
HANDS = ("workers", "backend", "address", "time_limit", "gap", "certify")
"""Options about how it is computed, which the page decides itself."""
CHOSEN = ("weights", "method", "stance", "objective", "budgets", "lock", "forbid", "save")
"""Options that the page's own controls set: a question is asked of the case as it stands there."""
PLACES: dict[str, type[Any]] = {"resource": Resource, "measures": Measure, "also": Candidate, "to": Track}
"""Tables whose rows an option names, by the option."""


@dataclass(frozen=True)
class Field:
    """An option as a field: ``yes``, ``number``, ``text``, or choices, of which several can be taken if `several`."""

    name: str
    label: str
    kind: str
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    several: bool = False


@dataclass(frozen=True)
class Answer:
    """What is shown of a result."""

    sentences: list[str]
    pictures: list[Picture]
    tables: list[Drawn]
    notes: list[str]


def unreachable(question: Question) -> str:
    """Return the key of the text that says why a question cannot be asked on a page; blank if it can."""
    if question.about is not None and question.about is not CASE:
        return "asks.of_a_file"
    needed = {name for name, p in inspect.signature(question.ask).parameters.items() if p.default is p.empty}
    arguments = {one.name: one for one in question.arguments}
    files = (name for name in needed if name in arguments and _of_a_file(arguments[name]))
    return "asks.of_a_file" if any(files) else ""


def _of_a_file(argument: Argument) -> bool:
    return argument.option.reads != "plan" and (Path in typing.get_args(argument.type) or argument.type is Any)


class Questions(Context):
    """The questions that can be asked of the plan in hand."""

    @cached_property
    def listed(self) -> list[tuple[str, str, str]]:
        """Every question: verb, what it asks, and why it cannot be asked here, if so."""
        return [(verb, self.title(verb), self._why_not(verb)) for verb in modules()]

    def _why_not(self, verb: str) -> str:
        key = unreachable(load(verb))
        return self.say(key) if key else ""

    def title(self, verb: str) -> str:
        """Return what a question asks; of one that nobody has put into words yet its own help."""
        return self.say(f"asks.{verb}") if f"asks.{verb}" in WORDS else outline(verb).help

    def fields(self, verb: str) -> list[Field]:
        """Return the fields of a question's form."""
        return [self._field(one, verb) for one in options(load(verb))]

    def _field(self, one: Argument, verb: str) -> Field:
        own = f"asks.with.{verb}.{one.name}"
        key = own if own in WORDS else f"asks.with.{one.name}"
        label = self.say(key) if key in WORDS else one.option.help
        kinds = set(_flat(one.type))
        choices = tuple(self._choices(one))
        several = one.option.reads in ("list", "each weights", "parts")
        if one.type is bool:
            return Field(one.name, label, "yes")
        if choices:
            return Field(one.name, label, "choice", str(one.default or ""), choices, several)
        if kinds & {int, float} and str not in kinds and not one.option.reads:
            value = "" if one.default in (None, inspect.Parameter.empty) else f"{one.default:g}"
            return Field(one.name, label, "number", value)
        default = one.default if isinstance(one.default, str) else ""
        return Field(one.name, label, "text", default)

    def _choices(self, one: Argument) -> Iterator[tuple[str, str]]:
        """Yield what an option can be, with its words."""
        if one.option.reads == "plan":
            yield from ((name, name or self.say("keep.present")) for name in ("", *self.workspace.kept))
        elif one.name in PLACES:
            yield from self.case.names(PLACES[one.name], self.lang).items()
        elif one.name == "names":
            yield from {row.scenario: row.name(self.lang) for row in self.case.rows(ScenarioRow)}.items()
        elif one.name == "at":
            yield from ((name, name) for name in period_names(self.case))
        elif isinstance(one.option.choices, str) and one.option.choices:
            registry: Mapping[Any, Any] = getattr(mcda, one.option.choices)()
            for name, entry in registry.items():
                title = getattr(entry, "title_zh" if self.lang == "zh" else "title", name)
                yield str(name), str(title)
        else:
            listed = one.option.choices or [v for v in _literals(one.type) if isinstance(v, str)]
            for value in listed:
                key = f"value.{one.name.removesuffix('s')}.{value}"
                yield str(value), self.say(key) if key in WORDS else str(value)

    # --- asking ------------------------------------------------------------------------------------------------------

    def answer(self, verb: str, given: Mapping[str, list[str]]) -> Answer:
        """Ask a question of the case as the page has it, and return what is shown.

        Raises
        ------
        SaidaoError
            It has no answer, or an option cannot be.
        """
        question = load(verb)
        arguments = {one.name: value for one in options(question) if (value := self._read(one, given)) is not None}
        case = self.choices.edited(self.workspace.case)
        result: Result = question.ask(*((case,) if question.about is CASE else ()), **arguments)
        tables = [drawn(table, result.case, self.lang, MOST_ROWS) for table in result.tables.values() if table.rows]
        shown = [table for table in tables if len(table.heads) <= MOST_COLUMNS]
        wide = [self.say("asks.wide", number=len(tables) - len(shown))] if len(shown) < len(tables) else []
        drawings = (getattr(pictures, name)(result, self.lang) for name in question.pictures)
        return Answer(
            result.text(self.lang),
            [picture for picture in drawings if picture is not None and len(picture.svg) <= LARGEST_PICTURE],
            shown,
            [*result.notes(self.lang), *wide],
        )

    def _read(self, one: Argument, given: Mapping[str, list[str]]) -> Any:
        """Return an option as the function takes it; None where it is left as it is."""
        texts = [text.strip() for text in given.get(one.name, []) if text.strip()]
        if one.option.reads == "plan":
            choices = self.workspace.kept.get(texts[0], self.choices) if texts else None
            return None if choices is None else self.workspace.outcome(choices).plan
        if one.type is bool:
            return bool(texts) or None
        if not texts:
            return None
        kinds = set(_flat(one.type))
        if one.option.reads in ("list", "each weights", "parts"):
            return [part for text in texts for part in _parts(text)]
        if one.option.reads in ("pairs", "texts", "levels") or (one.option.reads == "weights" and "=" in texts[0]):
            pairs = (part.partition("=") for part in _parts(texts[0]))
            of_numbers = one.option.reads != "texts"
            return {name.strip(): self._number(one, to) if of_numbers else to.strip() for name, _, to in pairs}
        if kinds & {int, float} and str not in kinds:
            value = self._number(one, texts[0])
            return int(value) if int in kinds and float not in kinds else value
        return texts[0]

    def _number(self, one: Argument, text: str) -> float:
        value = cells.number(text)
        whole = int in (kinds := set(_flat(one.type))) and float not in kinds
        if value is None or not math.isfinite(value) or (whole and value != int(value)):
            raise CaseError([Problem("integer" if whole else "number", one.flag, found=text)])
        return value


def options(question: Question) -> list[Argument]:
    """Return the options of a question that a page asks for: its own, but for those about the machine and files."""
    own = inspect.signature(question.ask).parameters
    taken = {*HANDS, *(name for name in CHOSEN if name in typing.get_type_hints(PlanOptions))}
    asked = {*own, *question.asks}
    return [one for one in question.arguments if one.name in asked and one.name not in taken and not _of_a_file(one)]


def reachable() -> list[str]:
    """Return the verbs that can be asked on a page."""
    return [verb for verb, question in every().items() if not unreachable(question)]


def _parts(text: str) -> list[str]:
    for sign in "，;；":
        text = text.replace(sign, ",")
    return [part.strip() for part in text.split(",") if part.strip()]


def _flat(annotation: Any) -> Iterable[Any]:
    inner = typing.get_args(annotation)
    return [annotation, *(kind for part in inner for kind in _flat(part))]


def _literals(annotation: Any) -> Iterator[Any]:
    if typing.get_origin(annotation) is typing.Literal:
        yield from typing.get_args(annotation)
    else:
        for part in typing.get_args(annotation):
            yield from _literals(part)
