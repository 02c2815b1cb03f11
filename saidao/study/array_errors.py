"""Errors of the array level, in the case's names."""

from __future__ import annotations

from string import Formatter

from ..errors import CaseError, Problem
from ..mcda import InputError
from ..texts.say import WORDS
from .decision import Decision


def as_case_error(error: InputError, decision: Decision | None = None) -> CaseError:
    """Return an error of the array level in the case's names: of *decision* where it is given."""
    where = error.where
    for kind, name, labels in (
        ("criterion", "factor", decision.factors if decision else ()),
        ("alternative", "track", decision.tracks if decision else ()),
    ):
        for number in range(len(labels), 0, -1):
            where = where.replace(f"{kind} number {number}", f"{name} {labels[number - 1]}")
    details = {"expected": error.expected, "remedy": error.remedy, "pair": where, "nearest": error.close}
    code = error.code if _fits(error.code, {"found", *details}) else "input"
    return CaseError([Problem(code, where, found=error.found, details=details)])


def _fits(code: str, known: set[str]) -> bool:
    """Whether the texts of a code ask for nothing but what is known: another error may share the code."""
    words = [text for part in ("expected", "remedy") for text in WORDS.get(f"{code}.{part}", ())]
    return bool(words) and {name for text in words for _, name, _, _ in Formatter().parse(text) if name} <= known
