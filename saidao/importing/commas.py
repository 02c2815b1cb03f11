"""Which sign is decimal in a sheet: 12,5 where people write decimal commas, whose points part thousands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Literal

from .values import plain

Commas = Literal["", "decimal", "decimal, and points"]
"""What commas are in texts of numbers: as in 1,234.5 if blank; ``and points`` where 8.3 stands beside 12,5."""

LOOKED_AT = 500
"""Rows by which a sheet is judged."""

_BEHIND = r"\s*(?:[^\d\s.,].*)?"
_SAID = re.compile(
    r"[+-]?(?:\d+,\d{1,2}|\d+,\d{4,}|\d{1,3}(?:\.\d{3})+,\d+|0,\d+|[1-9]\d{0,2}(?:\.\d{3}){2,})" + _BEHIND
)
"""Numbers whose comma can only be decimal, or whose points part thousands."""
_MAYBE = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}" + _BEHIND)
"""Numbers whose comma may be either."""
_THOUSANDS = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,})" + _BEHIND)
_POINT = re.compile(r"[+-]?(?:\d+\.\d{1,2}|\d+\.\d{4,}|0\.\d+)" + _BEHIND)
"""Numbers whose point can only be decimal."""
_GROUPED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3})+(?![\d.])")


def commas_in(rows: Sequence[Sequence[Any]], separator: str) -> Commas:
    """Return what commas are in the cells of a sheet, from what they can only be.

    >>> commas_in([["a", "12,5"], ["b", "1.200"]], ";"), commas_in([["12,5", "8.3"]], ";"), commas_in([["1,234"]], ";")
    ('decimal', 'decimal, and points', '')
    """
    texts = [plain(text) for text in _with_signs(rows)]
    said = sum(_SAID.fullmatch(text) is not None for text in texts)
    if not said or any(_THOUSANDS.fullmatch(text) for text in texts):
        return ""
    # in a sheet of points, or of cells parted by commas, one 1,5 is asked about
    if separator != ";" and 2 * said <= sum("," in text for text in texts):
        return ""
    return "decimal, and points" if any(_POINT.fullmatch(text) for text in texts) else "decimal"


def first_doubtful(rows: Sequence[Sequence[Any]]) -> str:
    """Return the first number of some cells whose comma may be either, where none tells; blank if there is none."""
    texts = [*_with_signs(rows)]
    if any(_SAID.fullmatch(plain(text)) or _THOUSANDS.fullmatch(plain(text)) for text in texts):
        return ""
    return next((text for text in texts if _MAYBE.fullmatch(plain(text))), "")


def _with_signs(rows: Sequence[Sequence[Any]]) -> Iterable[str]:
    for row in rows[:LOOKED_AT]:
        for cell in row:
            if isinstance(cell, str) and ("," in cell or "." in cell or "，" in cell) and any(map(str.isdigit, cell)):
                yield cell


@lru_cache(maxsize=50_000)
def with_points(text: str, commas: Commas) -> str:
    """Return a text with decimal points for its decimal commas, and nothing between thousands.

    >>> [with_points(text, "decimal") for text in ("12,5%", "1.210,5", "1.200", "0.125", "3,5-4,5")]
    ['12.5%', '1210.5', '1200', '0.125', '3.5-4.5']
    """
    flat = plain(text)
    if commas == "decimal" or "," in flat:
        flat = _GROUPED.sub(lambda found: found[0].replace(".", ""), flat)
    return re.sub(r"(?<=\d),(?=\d)", ".", flat)
