"""Scores of the self-assessment, in exact decimals: 财预〔2020〕10号, and the scoring rules of filed forms.

``>=``, ``>``, ``=``: full marks where the target is met, else in proportion; ``=0``: full or nothing. ``<=``, ``<``:
full where it is kept, else by ratio w T/A or linear w (1 - (A - T)/T). A person scores 定性 within a band.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from .amounts import exact, half_up

SIGNS = {">=": "≥", "<=": "≤", "=": "=", ">": "＞", "<": "＜", "定性": "定性"}
"""Signs as forms print them."""
READ = {
    **dict.fromkeys(("≥", "＞=", "不低于", "不少于", "不小于"), ">="),
    **dict.fromkeys(("≤", "＜=", "不超过", "不高于", "不多于", "不大于", "日期", "date", "前"), "<="),
    **dict.fromkeys(("＝", "==", "等于"), "="),
    **dict.fromkeys(("＞", "大于", "高于"), ">"),
    **dict.fromkeys(("＜", "小于", "低于"), "<"),
    **dict.fromkeys(("qualitative", ""), "定性"),
}
"""Other ways to write a sign; a date is kept as a limit is."""
BANDS: tuple[tuple[str, Fraction, Fraction], ...] = (
    ("达成年度指标", Fraction(8, 10), Fraction(1)),
    ("部分达成年度指标并具有一定效果", Fraction(6, 10), Fraction(8, 10)),
    ("未达成年度指标且效果较差", Fraction(0), Fraction(6, 10)),
)
"""Bands of 定性 as shares of the marks: the lower end is in it, the upper only in the first."""
GRADES: tuple[tuple[int, str], ...] = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))
"""Least total of each grade."""
OVER = Fraction(12, 10)
"""Share of the target from which it is far beyond: a reason is demanded."""
_DATE = re.compile(
    r"^\s*(\d{4})\s*(?:[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})|年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日|\s*(?:底|末)?))"
    r"\s*(?:前|之前|以前)?(?:\s+00:00:00)?\s*$"
)


@dataclass(frozen=True)
class Rules:
    """Choices that localities make.

    Attributes
    ----------
    reverse : how a cost above its limit scores.
    execution : of the budget: in proportion, or in bands (101号: done within the budget all, 80 % 7, 60 % 5 of 10).
    satisfaction : in proportion, or in bands (90 % all, 80 % 8, 60 % 5 of 10).
    grades : least total of each grade.
    """

    reverse: Literal["ratio", "linear"] = "ratio"
    execution: Literal["proportional", "bands"] = "proportional"
    satisfaction: Literal["proportional", "bands"] = "proportional"
    grades: tuple[tuple[int, str], ...] = GRADES


def sign_of(text: str) -> str:
    """Return a sign in the one way that it is held in.

    >>> sign_of("≥"), sign_of("<="), sign_of("定性")
    ('>=', '<=', '定性')
    """
    plain = text.strip()
    return READ.get(plain, plain)


def day(value: Any) -> date | None:
    """Return a date: 2027-06-30, 2027年6月30日前; of a month alone its last day.

    >>> day("2027年6月30日前"), day("2027年6月底前"), day("20")
    (datetime.date(2027, 6, 30), datetime.date(2027, 6, 30), None)
    """
    found = _DATE.match("" if value is None else str(value))
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or found[4])
    try:
        return date(year, month, int(found[3] or found[5] or monthrange(year, month)[1]))
    except ValueError:
        return None


def met(sign: str, target: Any, actual: Any) -> bool | None:
    """Whether a target is met; None where that cannot be told."""
    sign = sign_of(sign)
    due, done = day(target), day(actual)
    if due is not None:
        return None if done is None else done <= due
    t, a = exact(target), exact(actual)
    if t is None or a is None or sign == "定性":
        return None
    a = max(a, Fraction(0))
    if sign in ("<=", "<"):
        return a <= t
    return a == 0 if sign == "=" and t == 0 else a >= t


def over(sign: str, target: Any, actual: Any) -> bool:
    """Whether a target is exceeded so far that a reason is demanded."""
    t, a = exact(target), exact(actual)
    return (
        sign_of(sign) in (">=", ">", "=")
        and day(target) is None
        and t is not None
        and a is not None
        and (t > 0 and a >= OVER * t)
    )


def score(
    sign: str, target: Any, actual: Any, weight: Any, rules: Rules | None = None, *, satisfaction: bool = False
) -> Decimal | None:
    """Score an indicator, rounded half up; None where a person has to, or a value is missing.

    >>> score(">=", "8", "5.7", "10"), score("<=", "1250", "1375", "20"), score("<=", "0", "1", "10")
    (Decimal('7.13'), Decimal('18.18'), Decimal('0.00'))
    >>> score("<=", "1250", "1375", "20", Rules(reverse="linear"))
    Decimal('18.00')
    """
    rules = rules or Rules()
    w, sign = exact(weight), sign_of(sign)
    if w is None:
        return None
    if day(target) is not None:
        return half_up(w) if met(sign, target, actual) else None
    t, a = exact(target), exact(actual)
    if t is None or a is None or sign == "定性":
        return None
    a = max(a, Fraction(0))
    if satisfaction and rules.satisfaction == "bands":
        share = next((s for least, s in ((90, 10), (80, 8), (60, 5)) if a >= least), 0)
        return half_up(w * share / 10)
    if sign in ("<=", "<"):
        return half_up(w * _kept(t, a, rules.reverse))
    if a >= t and not (sign == "=" and t == 0 and a > 0):
        return half_up(w)
    return half_up(w * a / t if t > 0 else Fraction(0))


def _kept(limit: Fraction, actual: Fraction, reverse: str) -> Fraction:
    """Share of the marks of a limit."""
    if actual <= limit:
        return Fraction(1)
    if limit <= 0:
        return Fraction(0)
    return limit / actual if reverse == "ratio" else max(1 - (actual - limit) / limit, Fraction(0))


def execution(
    spent: Any, full: Any, weight: Any = 10, rules: Rules | None = None, *, finished: bool = False
) -> Decimal | None:
    """Score how much of the year's budget, as adjusted, was spent.

    >>> execution("9034", "20000"), execution("215457.6", "250000")
    (Decimal('4.52'), Decimal('8.62'))
    """
    s, f, w = exact(spent), exact(full), exact(weight)
    if s is None or not f or w is None:
        return None
    share = max(s, Fraction(0)) / f
    if (rules or Rules()).execution == "bands":
        if finished and share <= 1:
            return half_up(w)
        return half_up(
            w * next((m for least, m in ((Fraction(8, 10), 7), (Fraction(6, 10), 5)) if share >= least), 0) / 10
        )
    return half_up(w * min(Fraction(1), share))


def band_of(weight: Any, given: Any) -> str | None:
    """Return the band in which a score lies; None beyond the marks.

    >>> band_of("20", "15"), band_of("20", "16.00"), band_of("20", "21")
    ('部分达成年度指标并具有一定效果', '达成年度指标', None)
    """
    w, s = exact(weight), exact(given)
    if w is None or s is None or not 0 <= s <= w:
        return None
    return next(name for name, low, _ in BANDS if s >= low * w)


def fits(band: str, weight: Any, given: Any) -> bool:
    """Whether a score given by a person lies in the band that was chosen.

    >>> fits("部分达成年度指标并具有一定效果", "20", "12.00"), fits("达成年度指标", "20", "15.99")
    (True, False)
    """
    return band_of(weight, given) == band


def grade(total: Decimal, rules: Rules | None = None) -> str:
    """Return the grade of a total.

    >>> grade(Decimal("89.99")), grade(Decimal("90.00"))
    ('良', '优')
    """
    return next(name for least, name in (rules or Rules()).grades if total >= least)
