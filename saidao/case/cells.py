"""Numbers as people type them into a spreadsheet: one grammar for CSV files and workbooks.

Read are full-width digits and signs (１２．５), a percent sign (12% is 0.12) and commas between thousands (1,234.5).
What could be read in two ways, such as 1,5, is no number.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence

import numpy as np

from ..mcda.checks import LARGEST as LARGEST_NUMBER

BLANKS = "\u200b\u2060\ufeff"
"""Invisible signs that `str.strip` leaves; it takes full-width and no-break spaces."""

ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!", "#GETTING_DATA")

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x2212: "-"}
_DECIMAL = re.compile(r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))(?:[eE]([+-]?[0-9]+))?")
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?")
_DATE = re.compile(
    r"[0-9]{1,4}[-/.年][0-9]{1,2}[-/.月][0-9]{0,4}日?([T ][0-9:.]+)?|[0-9]{1,2}月([0-9]{1,2}日)?"
    r"|[0-9]{1,2}(:[0-9.]{1,9}){1,2}|[0-9]{1,2}-[A-Za-z]{3}(-[0-9]{2,4})?|[A-Za-z]{3}-[0-9]{1,2}"
)

YES_NO = ("TRUE", "FALSE", "是", "否", "有", "无", "YES", "NO", "Y", "N", "T", "F", "对", "错")
TICKS = "√✓✔✅☑×✗✘✕❌☒☐●○■□★☆"
BLANK_WORDS = (
    "-",
    "--",
    "–",
    "—",
    "——",
    "/",
    "\\",
    "?",
    "??",
    "...",
    "…",
    "*",
    "n/a",
    "na",
    "n.a.",
    "null",
    "none",
    "nil",
    "tbd",
    "缺",
    "缺失",
    "无数据",
    "暂无",
    "不详",
    "未知",
    "待定",
    "未填",
    "空",
)
"""What people write where they know no number."""

_SIZE = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_FORMS = {
    "cell_range": re.compile(rf"{_SIZE}\s*%?\s*(?:-|~|–|—|至|到|to)\s*{_SIZE}\s*%?"),
    "cell_bound": re.compile(
        rf"(?:[<>≤≥≈~=]+|约|大约|近|超过?|大于|小于|不足|不到|至少|至多|about|over|under)\s*{_SIZE}\s*%?"
    ),
    "cell_fraction": re.compile(rf"{_SIZE}\s*/\s*{_SIZE}"),
    "cell_unit": re.compile(rf"[+-]?(?:[¥￥$€£]\s*{_SIZE}\s*|{_SIZE}\s*[^\s0-9.,;:/_'’-][^0-9;/_]*)"),
}
"""Numbers with something beside them, by the code of the problem that they are."""


def tidy(text: str) -> str:
    """Return a text without the blanks around it."""
    return text.strip().strip(BLANKS).strip()


def plain(name: str) -> str:
    """Return a name without differences of width, case and blanks.

    >>> plain("Ｓｍａｒｔ Cars"), plain("浦东 ")
    ('smartcars', '浦东')
    """
    return "".join((name if name.isascii() else unicodedata.normalize("NFKC", name)).casefold().split())


def number(text: str, any_size: bool = False) -> float | None:
    """Return the number that a text holds; None where it holds none, none for certain, or one of no usual size.

    >>> number("１，２３４．５"), number("12%"), number("-1e3"), number("1,5"), number("1 2")
    (1234.5, 0.12, -1000.0, None, None)
    """
    value = _value(text)
    return value if value is None or fits(value) or (any_size and math.isfinite(value)) else None


_SIGNS = frozenset("0123456789+-.eE")
"""Of texts that hold no other signs, all that Python reads as numbers are numbers here, and the same ones."""


def numbers(texts: Sequence[str], any_size: bool = False) -> list[float | None]:
    """Return `number` of each text: of a column at once where all are plain numbers.

    >>> numbers(["0.5", "12"]), numbers(["0.5", "12%", ""])
    ([0.5, 12.0], [0.5, 0.12, None])
    """
    if _SIGNS.issuperset("".join(texts)):
        try:
            values = np.array([*map(float, texts)])
        except ValueError:
            pass
        else:
            sizes = np.abs(values)
            if ((sizes >= 1 / LARGEST_NUMBER) & (sizes <= LARGEST_NUMBER)).all():
                return list(values.tolist())
    found = {text: number(text, any_size) for text in set(texts)}
    return [found[text] for text in texts]


def _value(text: str) -> float | None:
    """Return the number that a text holds, of any size; one too small for a computer is nan."""
    plain = tidy(text if text.isascii() else text.translate(_HALF_WIDTH))
    percent = plain.endswith("%")
    if percent:
        plain = plain[:-1].rstrip()
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    found = _DECIMAL.fullmatch(plain)
    if found is None:
        return None
    digits, power = found[1], found[2] or "0"
    # a power beyond all bounds is that without the hundredth too
    value = float(f"{digits}e{int(power) - 2 if percent and len(power) < 10 else power}")
    return float("nan") if value == 0 and any(sign in digits for sign in "123456789") else value


def fits(value: float) -> bool:
    """Whether a number is 0, or of a size that can be calculated with; nan and infinity are not."""
    return value == 0 or 1 / LARGEST_NUMBER <= abs(value) <= LARGEST_NUMBER


def ratio(text: str) -> float | None:
    """Return a number of at least 0, or a fraction of two such as 1/3; None where a text is neither.

    >>> ratio("1/4"), ratio("１／４"), ratio("0.5"), ratio("1/0"), ratio("-1")
    (0.25, 0.25, 0.5, None, None)
    """
    over, slash, under = text.replace("／", "/").partition("/")
    parts = [number(part) for part in ((over, under) if slash else (over,))]
    if any(part is None or part < 0 for part in parts) or (slash and not parts[1]):
        return None
    value = parts[0] / parts[1] if slash else parts[0]  # type: ignore[operator]
    return value if fits(value) else None  # type: ignore[arg-type]


def fault(text: str) -> str:
    """Return the code of the problem that a text is where a number belongs.

    >>> fault("√"), fault("n/a"), fault("3-5"), fault(">90"), fault("1/3"), fault("12 万元"), fault("￥300")
    ('cell_tick', 'cell_missing', 'cell_range', 'cell_bound', 'cell_fraction', 'cell_unit', 'cell_unit')
    >>> fault("#REF!"), fault("2026-03-01"), fault("TRUE"), fault("1,5"), fault("four"), fault("1e999")
    ('cell_error', 'cell_date', 'cell_boolean', 'cell_comma', 'number', 'number_size')
    """
    plain = tidy(text.translate(_HALF_WIDTH))
    if plain.upper() in ERRORS:
        return "cell_error"
    if plain.upper() in YES_NO:
        return "cell_boolean"
    if plain and not plain.strip(TICKS):
        return "cell_tick"
    if plain.lower() in BLANK_WORDS:
        return "cell_missing"
    if _DATE.fullmatch(plain):
        return "cell_date"
    for code, form in _FORMS.items():
        if form.fullmatch(plain):
            return code
    if "," in plain and _DECIMAL.fullmatch(plain.replace(",", "")):
        return "cell_comma"
    value = _value(text)
    return "number" if value is None or fits(value) else "number_size"


def number_text(value: float) -> str:
    """Return a number as the shortest text that reads back as the same number: 3, not 3.0.

    >>> number_text(3.0), number_text(0.1), number_text(1e300)
    ('3', '0.1', '1e+300')
    """
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
