"""Parse statements about weights, such as ``a + b >= 2*c`` or ``0.1 <= a <= 0.3``."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ..errors import InputError, closest
from ..labels import Labels
from ..registry import Array

COMPARISONS = {
    ">=": ">=",
    "<=": "<=",
    "=>": ">=",
    "=<": "<=",
    "≥": ">=",
    "≤": "<=",
    "⩾": ">=",
    "⩽": "<=",
    ">": ">=",
    "<": "<=",
    "==": "=",
    "=": "=",
    "＞": ">=",
    "＜": "<=",
    "＝": "=",
}
"""How a comparison is taken: the weights that meet a strict one and those that meet the other differ by an edge."""
OPERATORS = {
    **{sign: sign for sign in "+-*/%"},
    "＋": "+",
    "－": "-",
    "−": "-",
    "×": "*",
    "·": "*",
    "％": "%",
}
QUOTES = {'"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "「": "」"}

_NUMBER = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_LONGEST_FIRST = sorted(COMPARISONS, key=len, reverse=True)


@dataclass(frozen=True)
class Token:
    """A piece of a statement: a ``name`` (its place among the criteria), a ``number``, an operator or comparison."""

    kind: str
    text: str
    value: float = 0.0


def comparisons(statement: str, criteria: Labels) -> Iterator[tuple[Array, float, bool]]:
    """Yield what a statement says of the weights w: row w >= least, or (True) row w = least.

    A criterion's name comes before a number of the same letters; a number is told from it by another spelling
    (``1.0``), a name with spaces or signs of its own may stand in quotes.

    Raises
    ------
    InputError
        A statement that cannot be read, or a name that is unknown.
    """
    tokens = list(_tokens(statement, criteria))
    at = [i for i, token in enumerate(tokens) if token.kind == "comparison"]
    if not at or not any(token.kind == "name" for token in tokens):
        raise unreadable(statement, criteria)
    cuts = [-1, *at, len(tokens)]
    sides = [_sum(tokens[a + 1 : b], statement, criteria) for a, b in pairwise(cuts)]
    for i, (one, other) in enumerate(pairwise(sides)):
        sign = COMPARISONS[tokens[at[i]].text]
        way = -1.0 if sign == "<=" else 1.0
        row, least = way * (one[0] - other[0]), way * (other[1] - one[1])
        yield row, least, sign == "="


def _tokens(statement: str, criteria: Labels) -> Iterator[Token]:
    names = sorted(((str(label), place) for place, label in enumerate(criteria)), key=lambda item: -len(item[0]))
    at = 0
    while at < len(statement):
        if statement[at].isspace():
            at += 1
            continue
        number = _NUMBER.match(statement, at)
        known = next((item for item in names if _stands(item[0], statement, at)), None)
        if statement[at] in QUOTES:
            end = statement.find(QUOTES[statement[at]], at + 1)
            quoted = statement[at + 1 : end] if end > 0 else statement[at + 1 :]
            place = next((place for name, place in names if name == quoted), None)
            if place is None and known is None:
                raise _unknown(quoted, statement, criteria)
            if place is not None:
                yield Token("name", quoted, place)
                at = end + 1
                continue
        if known is not None and (number is None or len(known[0]) >= number.end() - at):
            yield Token("name", known[0], known[1])
            at += len(known[0])
            continue
        comparison = next((sign for sign in _LONGEST_FIRST if statement.startswith(sign, at)), None)
        if comparison is not None:
            yield Token("comparison", comparison)
            at += len(comparison)
        elif statement[at] in OPERATORS:
            yield Token(OPERATORS[statement[at]], statement[at])
            at += 1
        elif number is not None:
            value = float(number[0])
            if not math.isfinite(value):
                raise unreadable(statement, criteria)
            yield Token("number", number[0], value)
            at = number.end()
        else:
            word = re.split(r"[<>=≥≤⩾⩽＞＜＝+*×]", statement[at:], maxsplit=1)[0].strip()
            raise _unknown(word, statement, criteria) if word else unreadable(statement, criteria)


def _stands(name: str, statement: str, at: int) -> bool:
    """Tell whether a name stands at a place, and not a longer word that begins with it."""
    if not name or not statement.startswith(name, at):
        return False
    after = statement[at + len(name) : at + len(name) + 1]
    return not (_word(name[-1]) and _word(after))


def _word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _sum(tokens: list[Token], statement: str, criteria: Labels) -> tuple[Array, float]:
    """Read terms with + and - between them: their coefficients by criterion, and their constant."""
    row, constant = np.zeros(len(criteria)), 0.0
    rest = list(tokens)
    first = True
    while rest or first:
        sign = 1.0
        if rest and rest[0].kind in "+-":
            sign = -1.0 if rest.pop(0).kind == "-" else 1.0
        elif not first:
            raise unreadable(statement, criteria)
        term: list[Token] = []
        while rest and rest[0].kind not in "+-":
            term.append(rest.pop(0))
        place, value = _term(term, statement, criteria)
        if place is None:
            constant += sign * value
        else:
            row[place] += sign * value
        first = False
    return row, constant


def _term(tokens: list[Token], statement: str, criteria: Labels) -> tuple[int | None, float]:
    """Read numbers times at most one criterion: its place, and the number.

    What looks like two criteria in a product is a number of the same spelling and a criterion: ``2*3`` is twice 3.
    """
    if not tokens:
        raise unreadable(statement, criteria)
    place: int | None = None
    value, operator = 1.0, "*"
    last = max((i for i, token in enumerate(tokens) if token.kind == "name"), default=-1)
    for i, token in enumerate(tokens):
        if token.kind in ("*", "/"):
            if operator:
                raise unreadable(statement, criteria)
            operator = token.kind
            continue
        if token.kind == "%":
            if operator:
                raise unreadable(statement, criteria)
            value /= 100.0
            continue
        if not operator and (i == 0 or token.kind != "name"):
            raise unreadable(statement, criteria)  # "b 2"; a number may stand right before a name
        if token.kind == "name" and i == last:
            if operator == "/":
                raise unreadable(statement, criteria)
            place = int(token.value)
        else:
            spelt = _NUMBER.fullmatch(token.text)
            number = float(token.text) if spelt else math.nan
            if not math.isfinite(number) or (operator == "/" and number == 0):
                raise unreadable(statement, criteria)
            value = value / number if operator == "/" else value * number
        operator = ""
    if operator:
        raise unreadable(statement, criteria)
    return place, value


def _unknown(name: str, statement: str, criteria: Labels) -> InputError:
    names = [str(c) for c in criteria]
    return InputError(
        "unknown_name", f"weights, {statement}", repr(name), f"one of {', '.join(names)}", close=closest(name, names)
    )


def unreadable(statement: str, criteria: Labels) -> InputError:
    """Return the error of a statement that cannot be read, with examples of what can."""
    first, last = criteria[0], criteria[-1]
    return InputError(
        "region_statement",
        "weights",
        repr(statement),
        f"a comparison such as '{first} >= 0.2', '{first} >= 2*{last}' or '{first} + {last} <= 0.5'",
        "A name with spaces or signs of its own may stand in quotes.",
    )
