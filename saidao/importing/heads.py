"""What a heading says: its name, its unit, which way is better, the ends of its scale."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from ..case.parse import MEANT
from ..case.units import flat, is_unit
from .values import plain
from .words import ASKED, DOWN, LESS, MORE, UP, WAYS

Direction = Literal["max", "min", "range"]
Basis = Literal["stated", "word", "assumed", "none"]

_BRACKETS = re.compile(r"[(（\[【［{〔]([^()（）\[\]【】［］{}〔〕]*)[)）\]】］}〕]")
_SCALE = re.compile(
    r"(-?\d+(?:\.\d+)?)\s*(?:-|–|—|~|～|至|到|\.\.|\bto\b)\s*(-?\d+(?:\.\d+)?)\s*(分|分制|points?|pts|scale|级)?"
)
_OUT_OF = re.compile(r"满分\s*(\d+)\s*分?|(\d+)\s*分制|out of (\d+)|/\s*(\d+)")
_BEST = re.compile(r"(-?\d+)\s*(?:=|为|是|:|：|is)\s*(?:最好|最佳|最优|最高|best|最差|最坏|最劣|worst)")
_WEIGHT = re.compile(r"(?:权重|权数|weight|w)\s*[:：=]?\s*(\d+(?:\.\d+)?)\s*(%?)")
_TAIL = re.compile(r"(.*\D)\s+(\d+)\s*[-–~]\s*(\d+)|(.+?)\s*/\s*(\d+)")
_SIZE = re.compile(
    r"(.+?)(?:\s*[,，/]\s*|\s+in\s+|\s+)(?:in\s+)?((?:10{1,5}\s)?(?:mn|mio|bn|thousand|million|billion|trillion))", re.I
)
_TIMES = re.compile(r"时|\b(?:time|duration|delay|travel|commut\w*|access|wait\w*|walk\w*|drive|driving|ride)\b")
_ARROWS: dict[str, Direction] = {"↑": "max", "⬆": "max", "▲": "max", "↓": "min", "⬇": "min", "▼": "min"}
_WAYS: tuple[Direction, ...] = ("max", "min", "range")


class Head(NamedTuple):
    """A heading as read: *text* as it stands, *name* without the unit, the direction that it states, its scale."""

    text: str
    name: str
    unit: str
    stated: Direction | None = None
    scale: tuple[float, float] | None = None
    weight: float | None = None


def head(text: str) -> Head:
    """Read a heading.

    >>> head("工业总产值（万元）")[1:3], head("Capex, EUR m")[1:3], head("Growth %")[1:3], head("增长率/%")[1:3]
    (('工业总产值', '万元'), ('Capex', 'EUR m'), ('Growth', '%'), ('增长率', '%'))
    >>> head("R&D, bn CNY")[1:3], head("Cost in million CNY")[1:3]
    (('R&D', 'bn CNY'), ('Cost', 'million CNY'))
    >>> head("生态影响（分，越低越好）")[1:4], head("Risk (1-5)")[1:], head("规模（2023年）（亿元）")[1:3]
    (('生态影响', '分', 'min'), ('Risk', '', None, (1.0, 5.0), None), ('规模（2023年）', '亿元'))
    """
    unit, stated, scale, weight = "", None, None, None
    name = " ".join(text.split())

    def part(hint: str) -> bool:
        """Take a part of what stands in brackets; whether it says something that is no name."""
        nonlocal unit, stated, scale, weight
        hint = re.sub(r"^(?:计量)?单位\s*[:：]?\s*|^units?\s*[:：]\s*|^in\s+", "", hint.strip(), flags=re.I)
        if not hint:
            return True
        if plain(hint) == "min" and _TIMES.search(plain(name)):  # minutes
            unit = unit or hint
            return True
        if (way := direction_in(hint)) is not None:
            stated = stated or way
            found = _SCALE.match(plain(hint))
            scale = scale or (
                (float(found[1]), float(found[2])) if found and float(found[1]) < float(found[2]) else None
            )
            return True
        if (found := _SCALE.fullmatch(plain(hint))) and float(found[1]) < float(found[2]):
            scale = scale or (float(found[1]), float(found[2]))
            unit = unit or ("分" if (found[3] or "").startswith("分") else "")
            return True
        if found := _OUT_OF.fullmatch(plain(hint)):
            scale = scale or (0.0, float(next(filter(None, found.groups()))))
            return True
        if found := _WEIGHT.fullmatch(plain(hint)):
            weight = float(found[1]) / (100 if found[2] else 1)
            return True
        if is_unit(hint):
            unit = unit or hint
            return True
        return False

    for bracket in _BRACKETS.findall(name):
        parts = re.split(r"\s*[,，;；、]\s*", bracket)
        said = [part(one) for one in parts]
        if any(said):
            kept = [one for one, taken in zip(parts, said, strict=True) if not taken]
            mark = next(m[0] for m in _BRACKETS.finditer(name) if m[1] == bracket)
            name = name.replace(mark, f"{mark[0]}{'，'.join(kept)}{mark[-1]}" if kept and unit == "" else "")
            if kept and unit:
                name = name.rstrip() + (f"（{'，'.join(kept)}）" if "（" in mark else f" ({', '.join(kept)})")
    if not unit:
        found = re.fullmatch(
            r"(.+?)\s*(?:[,，:：;；/_]|\s-\s|\s+in\s+|\s)\s*([^\s,，:：;；]+(?:\s(?:k|m|mn|bn|million|billion)\S*)?)",
            name,
        )
        tail = re.fullmatch(r"(.*[^\s])\s*[,，/]\s*(.+)", name) if found is None or not is_unit(found[2]) else found
        if tail is not None and is_unit(tail[2]) and (_clear(name, tail) or "%" in tail[2]):
            name, unit = tail[1], tail[2]
        elif name.endswith(("%", "％")) and len(name) > 1:
            name, unit = name[:-1], "%"
    if unit and (size := _SIZE.fullmatch(name)) and is_unit(f"{size[2]} {unit}"):  # Funds, million CNY
        name, unit = size[1], f"{size[2]} {unit}"
    if scale is None and (tail := _TAIL.fullmatch(name)) and int(tail[2] or 0) < int(tail[3] or tail[5]) <= 100:
        name, scale = tail[1] or tail[4], (float(tail[2] or 0), float(tail[3] or tail[5]))
    for sign, way in _ARROWS.items():
        if len(name) > 1 and sign in name:
            stated, name = stated or way, name.replace(sign, "")
    name = re.sub(r"\s+", " ", name).strip(" :：,，/_*")
    return Head(text, name or text, "%" if re.match("%|％|percent|pct", unit, re.I) else unit, stated, scale, weight)


def _clear(name: str, found: re.Match[str]) -> bool:
    """Whether what parts name and unit is a comma, slash or the like, or the unit is no common word."""
    between = name[len(found[1]) : len(name) - len(found[2])]
    return bool(between.strip()) or "/" in found[2] or flat(found[2])[:3] in ("eur", "usd", "cny", "rmb", "gbp")


def direction_in(hint: str) -> Direction | None:
    """Return the direction that a hint in brackets states.

    >>> direction_in("越低越好"), direction_in("higher is better"), direction_in("1=最好，5=最差"), direction_in("分")
    ('min', 'max', 'min', None)
    """
    text = plain(hint)
    if DOWN.search(text):
        return "min"
    if UP.search(text):
        return "max"
    if text in ("+", "-", "↑", "↓", "max", "min", "正", "负", "cost", "benefit", "成本", "效益"):
        return _named(text)
    ends = [(int(m[1]), "b" if re.search("最好|最佳|最优|最高|best", m[0]) else "w") for m in _BEST.finditer(text)]
    if len(ends) == 2 and {end for _, end in ends} == {"b", "w"}:
        best, worst = (next(n for n, end in ends if end == which) for which in "bw")
        return "max" if best > worst else "min"
    if len(ends) == 1:
        number, end = ends[0]
        return "max" if (end == "b") == (number > 1) else "min"
    return None


def direction_word(text: str) -> Direction | None:
    """Return the direction that a cell of a row or column of directions names.

    >>> [direction_word(t) for t in ("正向", "-", "Max", "成本型", "适度", "越大越好", "?")]
    ['max', 'min', 'max', 'min', 'range', 'max', None]
    """
    return _named(text) or direction_in(text)


def _named(text: str) -> Direction | None:
    """Return the direction that a word is the name of."""
    word = plain(text)
    return next((way for way in _WAYS if MEANT[way].fullmatch(word) or WAYS[way].fullmatch(word)), None)


def direction_by_name(name: str) -> tuple[Direction | None, Basis]:
    """Return which way is better by the words of a name, and on what basis that is held.

    >>> direction_by_name("万元产值电耗"), direction_by_name("碳排放下降率"), direction_by_name("资产负债率")
    (('min', 'word'), ('max', 'word'), (None, 'none'))
    >>> direction_by_name("Energy use"), direction_by_name("Energy efficiency"), direction_by_name("Jobs")
    (('min', 'word'), ('max', 'word'), ('max', 'assumed'))
    """
    text = plain(name).replace("_", " ")
    if ASKED.search(text):
        return None, "none"
    if LESS.search(text):
        return ("max" if MORE.search(text) else "min"), "word"
    return "max", "assumed"
