"""Errors of the array level in the case's names, and in both languages."""

from __future__ import annotations

from string import Formatter

from .. import mcda
from ..errors import CaseError, Problem
from ..mcda import InputError
from ..texts.array_words import found_in_chinese, place_in_chinese
from ..texts.say import WORDS
from .decision import Decision

ONE_OF = "one of "
"""How the array level begins a list of what can be named."""


def as_case_error(error: InputError, decision: Decision | None = None) -> CaseError:
    """Return an error of the array level in the case's names: of *decision* where it is given."""
    where, said = error.where, [error.where, _titled(error.where)]
    for kind, name, labels in (
        ("criterion", "factor", decision.factors if decision else ()),
        ("alternative", "track", decision.tracks if decision else ()),
    ):
        for number in range(len(labels), 0, -1):
            at, label = f"{kind} number {number}", labels[number - 1]
            where = where.replace(at, f"{name} {label}")
            names = decision.names.get(f"{name} {label}", (label, label)) if decision else (label, label)
            said = [text.replace(at, f"{name} {one}") for text, one in zip(said, names, strict=True)]
    details = {
        "expected": error.expected,
        "remedy": error.remedy,
        "pair": where,
        "nearest": error.close,
        "found_in_words": (error.found, found_in_chinese(error.found)),
    }
    if error.expected.startswith(ONE_OF):
        details["choices"] = error.expected.removeprefix(ONE_OF)
    code = error.code if _fits(error.code, {"found", *details}) else "input"
    if code == "option_missing" and where.startswith("method "):
        code = "method_option_missing"
    places = said[0], place_in_chinese(said[1])
    return CaseError([Problem(code, where, found=error.found, details=details, said=places)])


def _titled(where: str) -> str:
    """Return a place with the Chinese titles of methods and schemes instead of their names."""
    for kind, entries in (("method", mcda.methods()), ("scheme", mcda.schemes())):
        for name, entry in entries.items():
            where = where.replace(f"{kind} '{name}'", f"{kind} {entry.title_zh.partition('(')[0]}")
    return where


def _fits(code: str, known: set[str]) -> bool:
    """Whether the texts of a code ask for nothing but what is known: another error may share the code."""
    words = [text for part in ("expected", "remedy") for text in WORDS.get(f"{code}.{part}", ())]
    return bool(words) and {name for text in words for _, name, _, _ in Formatter().parse(text) if name} <= known
