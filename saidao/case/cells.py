"""Numbers as people type them into a spreadsheet: one grammar for CSV files and workbooks.

Read are full-width digits and signs (１２．５), a percent sign (12% is 0.12) and commas between thousands (1,234.5).
What could be read in two ways, such as 1,5, is no number.
"""

from __future__ import annotations

import re
from decimal import Decimal

BLANKS = "\u200b\u2060\ufeff"
"""Invisible signs that `str.strip` leaves; it takes full-width and no-break spaces."""

ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!", "#GETTING_DATA")

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x2212: "-"}
_DECIMAL = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?")
_DATE = re.compile(
    r"[0-9]{1,4}[-/.年][0-9]{1,2}[-/.月][0-9]{0,4}日?([T ][0-9:.]+)?|[0-9]{1,2}月([0-9]{1,2}日)?"
    r"|[0-9]{1,2}(:[0-9.]{1,9}){1,2}|[0-9]{1,2}-[A-Za-z]{3}(-[0-9]{2,4})?|[A-Za-z]{3}-[0-9]{1,2}"
)


def tidy(text: str) -> str:
    """Return a text without the blanks around it."""
    return text.strip().strip(BLANKS).strip()


def number(text: str) -> float | None:
    """Return the number that a text holds; None where it holds none, or none for certain.

    >>> number("１，２３４．５"), number("12%"), number("-1e3"), number("1,5"), number("1 2")
    (1234.5, 0.12, -1000.0, None, None)
    """
    plain = tidy(text if text.isascii() else text.translate(_HALF_WIDTH))
    percent = plain.endswith("%")
    if percent:
        plain = plain[:-1].rstrip()
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if not _DECIMAL.fullmatch(plain):
        return None
    value = float(Decimal(plain).scaleb(-2)) if percent else float(plain)
    return value if abs(value) != float("inf") else None


def fault(text: str) -> str:
    """Return the code of the problem that a text is where a number belongs.

    >>> fault("#REF!"), fault("2026-03-01"), fault("TRUE"), fault("1,5"), fault("four")
    ('cell_error', 'cell_date', 'cell_boolean', 'cell_comma', 'number')
    """
    plain = tidy(text.translate(_HALF_WIDTH))
    if plain.upper() in ERRORS:
        return "cell_error"
    if plain.upper() in ("TRUE", "FALSE", "是", "否"):
        return "cell_boolean"
    if _DATE.fullmatch(plain):
        return "cell_date"
    if "," in plain and _DECIMAL.fullmatch(plain.replace(",", "")):
        return "cell_comma"
    return "number"


def number_text(value: float) -> str:
    """Return a number as the shortest text that reads back as the same number: 3, not 3.0.

    >>> number_text(3.0), number_text(0.1), number_text(1e300)
    ('3', '0.1', '1e+300')
    """
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
