"""A cell by itself: a number in one of the ways that people write one, or what else it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, time, timedelta
from functools import lru_cache
from math import isfinite
from typing import Any, Literal, NamedTuple

from ..case.cells import BLANK_WORDS, fault, fits, number, tidy
from ..case.units import SCALES, is_unit, listed
from .words import either

Form = Literal[
    "blank",
    "missing",
    "number",
    "percent",
    "yes",
    "no",
    "tick",
    "cross",
    "part",
    "word",
    "unit",
    "about",
    "bound",
    "range",
    "two",
    "fraction",
    "marked",
    "bracketed",
    "ranked",
    "comma",
    "date",
    "error",
    "formula",
    "merged",
    "text",
]
"""What a cell is.

`word`: of an order such as 高, 中, 低. `two`: two numbers. `marked`: a number with a footnote. `ranked`: a place or a
level, such as 第 3 名 or TRL 7.
"""


class Value(NamedTuple):
    """A cell as read: its form, the number in it where one can be told, its unit or word, and its text."""

    form: Form
    value: float | None = None
    more: Any = None
    text: str = ""

    @property
    def shown(self) -> str:
        """The cell as a text; that of a number is made when it is asked for."""
        return self.text or ("" if self.value is None else f"{self.value:.12g}")


YES, NO = frozenset(listed("是 有 yes y true t 对")), frozenset(listed("否 无 没有 no n false f 错 不是"))
TICKS, CROSSES, PARTS = frozenset("√✓✔✅☑"), frozenset("×✗✘✕❌☒"), frozenset("○●◎△▲□■☆◯☐")
ORDERS: tuple[tuple[str, ...], ...] = (
    ("很低", "较低", "中", "较高", "很高"),
    ("极低", "低", "中", "高", "极高"),
    ("很低", "低", "中", "高", "很高"),
    ("很低", "低", "中等", "高", "很高"),
    ("低", "较低", "中", "较高", "高"),
    ("低", "较低", "一般", "较高", "高"),
    ("低", "较低", "中等", "较高", "高"),
    ("低", "中", "高"),
    ("低", "中等", "高"),
    ("低", "一般", "高"),
    ("弱", "较弱", "中", "较强", "强"),
    ("弱", "较弱", "一般", "较强", "强"),
    ("很弱", "弱", "中", "强", "很强"),
    ("弱", "中", "强"),
    ("弱", "中等", "强"),
    ("弱", "一般", "强"),
    ("小", "中", "大"),
    ("小", "较小", "中", "较大", "大"),
    ("少", "中", "多"),
    ("差", "中", "良", "优"),
    ("差", "一般", "良", "优"),
    ("差", "一般", "良好", "优秀"),
    ("不合格", "合格", "良好", "优秀"),
    ("差", "较差", "一般", "较好", "好"),
    ("差", "较差", "中", "较好", "好"),
    ("很差", "差", "一般", "好", "很好"),
    ("差", "中", "好"),
    ("差", "一般", "好"),
    ("very low", "low", "medium", "high", "very high"),
    ("very low", "low", "moderate", "high", "very high"),
    ("low", "medium", "high"),
    ("low", "moderate", "high"),
    ("low", "med", "high"),
    ("low", "mid", "high"),
    ("l", "m", "h"),
    ("vl", "l", "m", "h", "vh"),
    ("weak", "medium", "strong"),
    ("weak", "moderate", "strong"),
    ("small", "medium", "large"),
    ("minor", "moderate", "major"),
    ("very poor", "poor", "fair", "good", "very good"),
    ("poor", "fair", "good", "very good", "excellent"),
    ("poor", "average", "good", "excellent"),
    ("poor", "fair", "good", "excellent"),
    ("poor", "fair", "good"),
    ("bad", "average", "good"),
    ("e", "d", "c", "b", "a"),
    ("d", "c", "b", "a"),
    ("c", "b", "a"),
    ("非常不重要", "不重要", "一般", "重要", "非常重要"),
    ("很不重要", "不重要", "一般", "重要", "很重要"),
    ("非常不重要", "比较不重要", "一般", "比较重要", "非常重要"),
    ("很不重要", "不太重要", "一般", "比较重要", "很重要"),
    ("完全不重要", "不太重要", "一般", "比较重要", "非常重要"),
    ("不重要", "不太重要", "一般", "比较重要", "非常重要"),
    ("不重要", "一般", "重要", "很重要", "非常重要"),
    ("不重要", "不太重要", "一般", "重要", "非常重要"),
    ("不重要", "一般", "比较重要", "重要", "非常重要"),
    ("不重要", "较不重要", "一般", "较重要", "重要"),
    ("非常不满意", "不满意", "一般", "满意", "非常满意"),
    ("非常不满意", "比较不满意", "一般", "比较满意", "非常满意"),
    ("非常不同意", "不同意", "中立", "同意", "非常同意"),
    ("非常不同意", "不同意", "一般", "同意", "非常同意"),
    ("完全不同意", "不太同意", "一般", "比较同意", "完全同意"),
    ("非常不符合", "不符合", "一般", "符合", "非常符合"),
    ("not important", "slightly important", "moderately important", "important", "very important"),
    ("not important", "somewhat important", "neutral", "important", "very important"),
    ("not at all important", "slightly important", "moderately important", "very important", "extremely important"),
    ("very unimportant", "unimportant", "neutral", "important", "very important"),
    ("unimportant", "slightly important", "important", "very important", "extremely important"),
    ("strongly disagree", "disagree", "neutral", "agree", "strongly agree"),
    ("strongly disagree", "disagree", "neither agree nor disagree", "agree", "strongly agree"),
    ("very dissatisfied", "dissatisfied", "neutral", "satisfied", "very satisfied"),
    ("起步", "成长", "成熟"),
    ("萌芽", "起步", "成长", "成熟"),
)
"""Words of an order, from the least: the first that holds all words of a column is theirs."""
WORDS = frozenset(word for order in ORDERS for word in order)

SAATY = {
    9: re.compile(r"极|绝对|\bextreme|\babsolut"),
    7: re.compile(r"强烈|十分|非常|很|\bvery (?:strong|much)|\bdemonstrated"),
    5: re.compile(r"明显|较为|比较|较|\bstrong|\bmuch|\bessential"),
    3: re.compile(r"稍|略|\bslight|\bmoderate|\bweak|\bsomewhat"),
    1: re.compile(r"同等|同样|一样|相同|\bequal|\bsame"),
}
"""Words of the fundamental scale, the stronger first."""
_FAST = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?")
"""Most numbers, and none that would need a second look."""
_NUMBER = r"[+-]?(?:\d{1,3}(?:[,\s'’]\d{3})+|\d+)(?:\.\d+)?"
_RANGE = re.compile(rf"({_NUMBER})\s*(%?)\s*(?:-|~|–|—|～|至|到|\bto\b)\s*({_NUMBER})\s*(%?)\s*(\D*)")
_ABOUT = re.compile(
    rf"(?:约|大约|近|约为|大概|左右|~|≈|about|approx\.?|circa|ca\.?|c\.)\s*({_NUMBER})\s*(%?)\s*(\D*?)(?:左右|上下)?"
)
_ROUND = re.compile(rf"({_NUMBER})\s*(%?)\s*(\D*?)(?:左右|上下|余|多)(\D*)")
_BOUND = re.compile(
    either(
        "[<>≤≥]=? 超过? 大于 小于 不足 不到 至少 至多 不低于 不超过 over under more_than less_than at_least "
        "at_most up_to"
    )
    + rf"\s*({_NUMBER})\s*%?\s*\D*|({_NUMBER})\s*%?\s*\D{{0,4}}(?:以上|以下|以内|\+)"
)
_FRACTION = re.compile(r"(\d+(?:\.\d+)?)\s*/\s*(\d+(?:\.\d+)?)")
_TWO = re.compile(rf"({_NUMBER})\s*%?\s*(?:[/|;、\n(]|\s)\s*({_NUMBER})\s*%?\s*\)?")
_MARKED = re.compile(rf"({_NUMBER})\s*(%?)\s*(?:\*+|[①-⑳]|[¹²³⁴-⁹]+|\[\w{{1,3}}\]|\([a-z]\)|\(注\d*\)|†|‡)")
_BRACKETED = re.compile(r"\((\d[\d,]*(?:\.\d+)?)\)")
_RANKED = re.compile(
    r"(?:并列)?第\s*([0-9]{1,6}|[一二三四五六七八九十]+)\s*(?:名|位|梯队)?|(?:top|no\.?|#|rank)\s*([0-9]{1,3})\s*名?"
    r"|([0-9]{1,3})\s*(?:st|nd|rd|th)"
)
"""The first is the best."""
_LEVEL = re.compile(
    r"第\s*([0-9]{1,3}|[一二三四五六七八九十]+)\s*(?:级|档|类|等)|(?:trl|mrl|level|lv\.?|grade|class)\s*-?\s*([0-9]{1,2})"
    r"|([0-9]{1,3}|[一二三四五])\s*星级?"
)
_CHINESE_DIGITS = "一二三四五六七八九"
_WITH_UNIT = re.compile(rf"({_NUMBER})\s*([^\d\s].*)|([¥￥$€£])\s*({_NUMBER})\s*(.*)")
_DECIMAL_COMMA = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})*,\d+|[+-]?\d+,\d+")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[\s'’]\d{3})+(?:\.\d+)?")


def in_words(text: str) -> float | None:
    """Return the judgement of the fundamental scale that words name (Saaty 1980): 1 for the same, 9 for the extreme.

    >>> [in_words(t) for t in ("同等重要", "稍微不重要", "Strongly more important", "extremely less important")]
    [1.0, 0.3333333333333333, 5.0, 0.1111111111111111]
    """
    said = plain(text)
    if len(said) > 40 or not re.search("重要|次要|优先|important|prefer|importance", said):
        return None
    steps = next((n for n, pattern in SAATY.items() if pattern.search(said)), None)
    if steps is None:
        return None
    return 1 / steps if re.search(r"不|次要|\bless\b|unimportant", said) else float(steps)


def plain(text: str) -> str:
    """Return a text in half width, small letters.

    >>> plain("Ｎ／Ａ　")
    'n/a'
    """
    return tidy(unicodedata.normalize("NFKC", text)).casefold() if not text.isascii() else text.strip().lower()


def value_of(cell: Any, percent: bool = False, faulty: str = "") -> Value:
    """Read a cell: *percent*, whether it is shown as one; *faulty*, what it is that holds no value."""
    if faulty:
        form: Form = "merged" if faulty == "merged" else "error" if faulty.startswith("#") else "formula"
        shown = f"{cell:.12g}" if isinstance(cell, float) else str(cell)  # a year, not 2024.0
        return Value(form, text=faulty if form != "merged" else shown)
    if isinstance(cell, str):
        return Value("number", float(cell), None, cell) if _FAST.fullmatch(cell) else text_value(cell)
    if isinstance(cell, bool):
        return Value("yes" if cell else "no", float(cell), text=str(cell).upper())
    if isinstance(cell, (date, time, timedelta)):
        return Value("date", text=str(cell))
    if not isfinite(cell) or not fits(cell):
        return Value("error", text=str(cell))
    if percent:
        return Value("percent", rounded(cell * 100), text=f"{rounded(cell * 100):.10g}%")
    return Value("number", float(cell))


def rounded(value: float) -> float:
    """Return a number without the last digits that reckoning leaves: 26.200000000000003 is 26.2."""
    return float(f"{value:.14g}")


@lru_cache(maxsize=50_000)
def text_value(text: str) -> Value:
    """Read a text.

    >>> [text_value(t).form for t in ("１２００", "21.5%", "—", "√", "高", "120万元", "约120", "3-5", "1/3", "12 345")]
    ['number', 'percent', 'missing', 'tick', 'word', 'unit', 'about', 'range', 'fraction', 'number']
    """
    if not text:
        return Value("blank")
    found = number(text)
    if found is not None:
        return Value("percent", rounded(found * 100), text=text) if text.endswith(("%", "％")) else _number(found, text)
    flat = plain(text)
    if flat in BLANK_WORDS or text in BLANK_WORDS:
        return Value("missing", text=text)
    if flat in YES:
        return Value("yes", 1.0, text=text)
    if flat in NO:
        return Value("no", 0.0, text=text)
    for form, signs in (("tick", TICKS), ("cross", CROSSES), ("part", PARTS)):
        if text[0] in signs and not text.strip(text[0]):
            return Value(form, {"tick": 1.0, "cross": 0.0}.get(form), text=text)  # type: ignore[arg-type]
    if flat in WORDS or in_words(flat) is not None:
        return Value("word", more=flat, text=text)
    for pattern, what in ((_RANKED, "rank"), (_LEVEL, "level")):
        if found_ := pattern.fullmatch(flat):
            return Value("ranked", _place(next(filter(None, found_.groups()))), what, text)
    if not any(sign.isdecimal() for sign in flat):
        stars = flat.strip()
        if stars and stars[0] in "★+" and not stars.strip(stars[0]):
            return Value("word", float(len(stars)), more=stars, text=text)
        return Value("error" if flat.startswith("#") else "text", text=text)
    return _with_digits(flat, text)


def _number(found: float, text: str) -> Value:
    return Value("number", found, text=text)


def _with_digits(flat: str, text: str) -> Value:
    """Read a text that holds digits and is no plain number."""
    if fault(text) == "cell_date" and not _FRACTION.fullmatch(flat) and not _RANGE.fullmatch(flat):
        return Value("date", text=text)
    if _THOUSANDS.fullmatch(flat):
        return _number(figure(flat), text)
    for form, pattern, read in _FORMS:
        if found := pattern.fullmatch(flat):
            made = read(found)
            if made is not None:
                return Value(form, *made)._replace(text=text)
    if _DECIMAL_COMMA.fullmatch(flat):
        return Value("comma", float(flat.replace(".", "").replace(",", ".")), text=text)
    return Value("text", text=text)


def figure(text: str) -> float:
    """Return the number of a text that holds nothing else."""
    return float(re.sub(r"[,\s'’]", "", text))


def _range(found: re.Match[str]) -> tuple[float, tuple[float, float]] | None:
    low, high = figure(found[1]), figure(found[3])
    if found[5] and not is_unit(found[5]):
        return None
    return ((low + high) / 2, (low, high)) if low < high else None


def _about(found: re.Match[str]) -> tuple[float, str] | None:
    unit = "%" if found[2] else "".join(part or "" for part in found.groups()[2:])
    return (figure(found[1]), unit) if not unit or is_unit(unit) else None


def _place(digits: str) -> float:
    """Return the number of Chinese or Arabic digits, up to 99.

    >>> _place("12"), _place("十二"), _place("二十"), _place("三")
    (12.0, 12.0, 20.0, 3.0)
    """
    if digits[0] not in _CHINESE_DIGITS + "十":
        return float(digits)
    tens, ten, ones = digits.partition("十") if "十" in digits else ("", "", digits)
    return float(
        (10 * (_CHINESE_DIGITS.find(tens) + 1 if tens else 1) if ten else 0) + _CHINESE_DIGITS.find(ones or "?") + 1
    )


def _fraction(found: re.Match[str]) -> tuple[float] | None:
    over, under = float(found[1]), float(found[2])
    return (over / under,) if over < under else None  # 120/95 is two numbers


def _two(found: re.Match[str]) -> tuple[None, tuple[float, float]]:
    return None, (figure(found[1]), figure(found[2]))


def _unit(found: re.Match[str]) -> tuple[float, str] | None:
    unit = found[2] or (found[3] or "") + (found[5] or "")
    return (figure(found[1] or found[4]), unit) if is_unit(unit) or unit in SCALES else None


_FORMS: tuple[tuple[Form, re.Pattern[str], Callable[[re.Match[str]], Any]], ...] = (
    ("bound", _BOUND, lambda found: (figure(found[1] or found[2]),)),
    ("about", _ABOUT, _about),
    ("about", _ROUND, _about),
    ("range", _RANGE, _range),
    ("fraction", _FRACTION, _fraction),
    ("marked", _MARKED, lambda found: (figure(found[1]), "%" if found[2] else "")),
    ("bracketed", _BRACKETED, lambda found: (-figure(found[1]),)),
    ("unit", _WITH_UNIT, _unit),
    ("two", _TWO, _two),
)
