"""A column of numbers as people write them, read on one scale; what cannot be known is asked."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Literal

from ..case.cells import number, number_text
from ..case.units import SCALES, factor_between, flat
from .anatomy import Anatomy
from .asking import FREE, Asker, fold, numbers_in
from .heads import Basis, Direction, Head, direction_by_name, direction_word
from .values import ORDERS, Form, Value, rounded

Kind = Literal["number", "percent", "yesno", "ordinal"]
APART = 100.0
"""Times by which a number strays if no other number of its column is nearer to it."""
READ: tuple[Form, ...] = (
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
    "fraction",
    "comma",
    "marked",
    "bracketed",
    "ranked",
)


@dataclass
class Column:
    """A column of a table as read.

    Attributes
    ----------
    values : a number a line, None where there is none, or none for certain.
    missing : (line, text) of the cells that say that there is no value.
    asked : positions of the numbers that rest on an answer.
    ranks : whether it holds places, of which the first is the best.
    unfilled : lines of costs that somebody has still to give.
    """

    j: int
    head: Head
    name: str
    unit: str
    kind: Kind
    values: list[float | None]
    missing: list[tuple[int, str]] = field(default_factory=list)
    direction: Direction | None = None
    basis: Basis = "assumed"
    ideal: tuple[float, float] | None = None
    parent: str = ""
    weight: float | None = None
    target: float | None = None
    asked: set[int] = field(default_factory=set)
    judged: bool = False
    ranks: bool = False
    left_out: bool = False
    unfilled: list[int] = field(default_factory=list)


@dataclass
class Cells:
    """The cells of a column by what they are, while it is read."""

    parts: Anatomy
    j: int
    asker: Asker
    lines: Sequence[int]
    cells: list[Value]
    found: list[float | None]
    asked: set[int] = field(default_factory=set)

    def of(self, *forms: str) -> list[int]:
        """Return the positions of cells of some forms."""
        return sorted(n for form in forms for n in self._by_form.get(form, ()))

    @cached_property
    def _by_form(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for n, cell in enumerate(self.cells):
            found.setdefault(cell.form, []).append(n)
        return found

    def places(self, at: Sequence[int]) -> str:
        """Return the names of cells."""
        return self.parts.view.places([self.lines[n] for n in at], self.j)

    def texts(self, at: Sequence[int]) -> str:
        """Return what stands in cells, each text once."""
        return ", ".join(dict.fromkeys(self.cells[n].shown for n in at))

    def ask(
        self, at: Sequence[int], code: str, choices: Sequence[str], until: str | None = None, **values: object
    ) -> str | None:
        """Ask about some cells."""
        self.asked |= set(at)
        one = len(at) == 1
        return self.asker.ask(
            self.places(at),
            code,
            choices,
            until,
            found=self.texts(at),
            values=values,
            refuses=code in ("formula", "date", "merged") and 2 * len(at) >= len(self.cells),
            numbers=len(at) if FREE in choices and (one or len(at) <= 12) else 0,
        )

    def own(self, at: Sequence[int], answer: str | None) -> bool:
        """Take numbers of one's own for some cells; whether the answer is such."""
        numbers = numbers_in(answer, len(at))
        if numbers is None:
            return False
        for n, value in zip(at, numbers, strict=True):
            self.found[n] = value
        return True


def read_column(parts: Anatomy, j: int, asker: Asker) -> Column | None:
    """Read a column; None where it holds texts, or nothing."""
    view, lines = parts.view, parts.body
    cells = view.values(lines, j)
    forms = Counter(cell.form for cell in cells)
    head = parts.heads[j]
    data = (
        sum(forms[form] for form in READ)
        + forms["two"]
        + forms["merged"]
        + forms["error"]
        + forms["formula"]
        + forms["date"]
    )
    if not data:
        if forms["text"]:
            return None
        if head.text == "":
            return None
    if forms["text"] > data or (
        forms["date"] and forms["date"] >= 0.8 * data and forms["date"] > 1 and not _was_range(cells)
    ):
        return None
    reading = Cells(parts, j, asker, lines, cells, [None] * len(cells))
    column = Column(j, head, head.name, head.unit, "number", reading.found)
    _plain(reading)
    kind = _kind(reading, forms)
    if kind == "yesno":
        _yes_no(reading)
    elif kind == "ordinal":
        _order(reading, column)
    else:
        kind = _measured(reading, column)
    column.kind = kind
    column.ranks = any(cells[n].more == "rank" for n in reading.of("ranked"))
    _doubtful(reading)
    column.values, column.asked = reading.found, reading.asked
    if kind in ("number", "percent"):
        _beyond(reading, column)
        _strays(reading, column)
    for n in reading.of("missing"):
        column.missing.append((lines[n], cells[n].shown))
    blank = reading.of("blank")
    if not (kind == "yesno" and not (forms["no"] or forms["cross"])):
        column.missing += [(lines[n], "") for n in blank]
    return column


def _was_range(cells: Sequence[Value]) -> bool:
    """Whether dates stand among numbers: a spreadsheet takes 3-5 for the fifth of March."""
    return sum(cell.form in ("number", "range", "percent") for cell in cells) > 0


def _plain(reading: Cells) -> None:
    for n, cell in enumerate(reading.cells):
        if cell.form == "number":
            reading.found[n] = cell.value


def _kind(reading: Cells, forms: Counter[Form]) -> Kind:
    numbers = sum(
        forms[form]
        for form in (
            "number",
            "percent",
            "unit",
            "about",
            "range",
            "comma",
            "fraction",
            "marked",
            "bracketed",
            "ranked",
        )
    )
    yes_no = sum(forms[form] for form in ("yes", "no", "tick", "cross", "part"))
    if yes_no > numbers and yes_no >= forms["word"]:
        return "yesno"
    if forms["word"] > numbers:
        return "ordinal"
    return "number"


def _yes_no(reading: Cells) -> None:
    """Ticks and words of yes and no as 1 and 0; what a blank among ticks means is asked, and what ○ does."""
    for n in reading.of("yes", "no", "tick", "cross"):
        reading.found[n] = reading.cells[n].value
    blank = reading.of("blank")
    parts = reading.of("part")
    said_no = reading.of("no", "cross")
    if parts:
        signs = reading.texts(parts)
        answer = reading.asker.ask(
            reading.parts.view.column(reading.j),
            "signs",
            (FREE, "yes", "missing"),
            None,
            found=signs,
            values={"signs": signs},
            numbers=len(dict.fromkeys(reading.cells[n].shown for n in parts)),
        )
        texts = list(dict.fromkeys(reading.cells[n].shown for n in parts))
        if answer == "yes":
            points: list[float | None] = [1.0] * len(texts)
        else:
            points = list(numbers_in(answer, len(texts)) or [None] * len(texts))  # type: ignore[list-item]
        for n in parts:
            reading.found[n] = points[texts.index(reading.cells[n].shown)]
    for n in reading.of("number"):
        if reading.cells[n].value not in (0.0, 1.0):
            reading.found[n] = None
            answer = reading.ask([n], "text_cell", (FREE, "missing"))
            reading.own([n], answer)
    if blank and not said_no:
        answer = reading.ask(blank, "blank_tick", ("no", "not_filled"), "no", sign=_sign(reading))
        if answer == "no":
            for n in blank:
                reading.found[n] = 0.0


def _sign(reading: Cells) -> str:
    return next((cell.shown for cell in reading.cells if cell.form in ("tick", "yes", "part")), "√")


def order_of(words: Sequence[str]) -> tuple[str, ...] | None:
    """Return the order that words belong to, from the least; none has no words.

    >>> order_of(["高", "低"]), order_of(["High", "LOW", "medium"])[0], order_of(["高", "weak"])
    (('低', '中', '高'), 'low', None)
    """
    said = {fold(word) for word in words}
    shortest = sorted((order for order in ORDERS if said and said <= {fold(word) for word in order}), key=len)
    return shortest[0] if shortest else None


def _order(reading: Cells, column: Column) -> None:
    """Words of an order as 1, 2, 3 ...: how far they lie apart is asked."""
    at = reading.of("word")
    words = list(dict.fromkeys(str(reading.cells[n].more) for n in at))
    if all(reading.cells[n].value is not None for n in at):  # stars
        for n in at:
            reading.found[n] = reading.cells[n].value
        return
    order = order_of(words)
    column.judged = True
    if order is None:
        answer = reading.asker.ask(
            reading.parts.view.column(reading.j),
            "words",
            (FREE,),
            None,
            found="/".join(words),
            values={"words": ", ".join(words)},
            numbers=len(words),
        )
        points = dict(zip(words, numbers_in(answer, len(words)) or [], strict=False))
        for n in at:
            reading.found[n] = points.get(str(reading.cells[n].more))
        return
    best_first = [*reversed(order)]
    even = "/".join(str(n) for n in range(len(order), 0, -1))
    answer = reading.asker.ask(
        reading.parts.view.column(reading.j),
        "order",
        ("even", FREE),
        "even",
        found="/".join(best_first),
        values={"words": "/".join(best_first), "points": even},
        numbers=len(order),
    )
    given = numbers_in(answer, len(order)) or [float(n) for n in range(len(order), 0, -1)]
    points = dict(zip(best_first, given, strict=True))
    for n in at:
        reading.found[n] = points[next(word for word in order if fold(word) == fold(str(reading.cells[n].more)))]
    _numbers_among(reading, set(points.values()))


def _numbers_among(reading: Cells, points: set[float | None]) -> None:
    odd = [n for n in reading.of("number") if reading.cells[n].value not in points]
    for n in odd:
        reading.found[n] = None
        reading.own([n], reading.ask([n], "text_cell", (FREE, "missing")))


def _measured(reading: Cells, column: Column) -> Kind:
    """Numbers and percents on one scale, and units within cells."""
    percents, numbers = reading.of("percent"), reading.of("number")
    for n in percents:
        reading.found[n] = reading.cells[n].value
    with_unit = reading.of("unit")
    if with_unit:
        _units(reading, column, with_unit, numbers)
    if percents and column.unit in ("", "%"):
        if not column.unit:
            _mixed(reading, percents, numbers)
        else:
            _shares(reading, numbers, percents)
        column.unit = "%"
        return "percent"
    if percents:  # percents in a column of another unit
        for n in percents:
            reading.found[n] = None
        reading.own(percents, reading.ask(percents, "percent_in", (FREE, "missing"), None, unit=column.unit))
    if column.unit == "%":
        _shares(reading, numbers, [])
        return "percent"
    return "number"


def _mixed(reading: Cells, percents: Sequence[int], numbers: Sequence[int]) -> None:
    """Ask what plain numbers among percents are: 30.5 may be a percent, 0.305 a share of one."""
    inside = [n for n in numbers if reading.cells[n].value]
    if not inside:
        return
    small = all(abs(reading.cells[n].value or 0.0) <= 1 for n in inside)
    usual = [abs(reading.cells[n].value or 0.0) for n in percents if reading.cells[n].value]
    likely = not small and (not usual or max(abs(reading.cells[n].value or 0.0) for n in inside) <= 10 * max(usual))
    first = reading.cells[inside[0]]
    times = rounded((first.value or 0.0) * 100)
    answer = reading.ask(
        inside,
        "plain_percent",
        ("as_percent", "as_share", "missing"),
        "as_percent" if likely else None,
        text=first.shown,
        percent=first.shown,
        share=number_text(times),
    )
    for n in inside:
        value = reading.cells[n].value or 0.0
        reading.found[n] = value if answer == "as_percent" else rounded(value * 100) if answer == "as_share" else None


def _shares(reading: Cells, numbers: Sequence[int], percents: Sequence[int]) -> None:
    """Ask where numbers under a heading in percent look like shares of one: all of them, or a few among larger ones."""
    values = {n: abs(reading.cells[n].value or 0.0) for n in numbers if reading.cells[n].value}
    small = [n for n, value in values.items() if value <= 1 and value % 1]
    others = [value for n, value in values.items() if n not in small] + [
        abs(reading.cells[n].value or 0.0) for n in percents if reading.cells[n].value
    ]
    if others:
        small = [
            n
            for n in small
            if 10 * values[n] < min(others) / 2 and min(others) / 2 <= 100 * values[n] <= 2 * max(others)
        ]
    if not small or len(small) > len(others) > 0 or (not others and len(small) < 2):
        return
    first = reading.cells[small[0]]
    answer = reading.ask(
        small,
        "plain_percent",
        ("as_percent", "as_share", "missing"),
        None,
        text=first.shown,
        percent=first.shown,
        share=number_text(rounded((first.value or 0.0) * 100)),
    )
    for n in small:
        value = reading.cells[n].value or 0.0
        reading.found[n] = value if answer == "as_percent" else rounded(value * 100) if answer == "as_share" else None


def _units(reading: Cells, column: Column, at: Sequence[int], numbers: Sequence[int]) -> None:
    """Read units within cells: that of the heading, that of all cells, or others that are converted when confirmed."""
    units = [flat(str(reading.cells[n].more)) for n in at]
    if not column.unit and not numbers and len(set(units)) == 1 and str(reading.cells[at[0]].more) not in SCALES:
        column.unit = str(reading.cells[at[0]].more)
    if not column.unit and numbers and len(set(units)) == 1 and str(reading.cells[at[0]].more) not in SCALES:
        _unit_of_some(reading, column, at)
        return
    named = [unit for n in at if (unit := str(reading.cells[n].more)) not in SCALES]
    if not column.unit and named:
        column.unit = Counter(named).most_common(1)[0][0]
    other: list[int] = []
    for n, unit in zip(at, units, strict=True):
        if unit == flat(column.unit) and column.unit:
            reading.found[n] = reading.cells[n].value
        else:
            other.append(n)
    by_unit: dict[str, list[int]] = {}
    for n in other:
        by_unit.setdefault(str(reading.cells[n].more), []).append(n)
    for unit, cells in by_unit.items():
        _convert(reading, column, unit, cells)


def _convert(reading: Cells, column: Column, unit: str, at: Sequence[int]) -> None:
    times = factor_between(unit, column.unit)
    first = reading.cells[at[0]]
    if times is None:
        answer = reading.ask(at, "other_unit", (FREE, "missing"), None, unit=column.unit, text=first.shown)
        reading.own(at, answer)
        return
    value = number_text(rounded((first.value or 0.0) * times))
    told = {"text": first.shown, "unit": column.unit, "value": value, "written": number_text(first.value or 0.0)}
    choices = ("convert", *(("as_written",) if times != 1 else ()), FREE, "missing")
    answer = reading.ask(at, "convert", choices, "convert", **told)
    if reading.own(at, answer):
        return
    for n in at:
        number_ = reading.cells[n].value or 0.0
        reading.found[n] = (
            rounded(number_ * times) if answer == "convert" else number_ if answer == "as_written" else None
        )


def _unit_of_some(reading: Cells, column: Column, at: Sequence[int]) -> None:
    """Ask whether the unit that some cells name holds for the others, which name none."""
    unit = str(reading.cells[at[0]].more)
    others = reading.of("number")
    column.unit = unit
    for n in at:
        reading.found[n] = reading.cells[n].value
    answer = reading.ask(
        others, "same_unit", ("same", FREE, "missing"), None if _apart(reading, at, others) else "same", unit=unit
    )
    if answer != "same" and not reading.own(others, answer):
        for n in others:
            reading.found[n] = None


def _apart(reading: Cells, some: Sequence[int], others: Sequence[int]) -> bool:
    one, other = ([abs(reading.cells[n].value or 0.0) for n in at if reading.cells[n].value] for at in (some, others))
    return bool(one and other) and (min(one) > 20 * max(other) or min(other) > 20 * max(one))


def _doubtful(reading: Cells) -> None:
    """Ask about cells that hold a number in a way that leaves a doubt, or none."""
    cells = reading.cells
    ranges = reading.of("range")
    if ranges:
        answer = reading.ask(ranges, "range", ("middle", "low", "high", FREE, "missing"), None)
        if not reading.own(ranges, answer):
            at = {"middle": None, "low": 0, "high": 1}
            for n in ranges:
                if answer == "middle":
                    reading.found[n] = cells[n].value
                elif answer in at:
                    reading.found[n] = cells[n].more[at[answer]]
    _fractions(reading)
    for n in reading.of("ranked"):
        reading.found[n] = cells[n].value
    for form, until in (("about", "number"), ("marked", "number"), ("bracketed", "number"), ("bound", None)):
        at_form = reading.of(form)
        if at_form:
            first = cells[at_form[0]]
            answer = reading.ask(
                at_form,
                form,
                ("number", FREE, "missing"),
                until,
                text=first.shown,
                value=number_text(rounded(first.value or 0.0)),
            )
            if not reading.own(at_form, answer) and answer == "number":
                for n in at_form:
                    reading.found[n] = rounded(cells[n].value or 0.0)
    commas = reading.of("comma")
    if commas:
        first = cells[commas[0]]
        answer = reading.ask(
            commas,
            "comma",
            ("decimal", FREE, "missing"),
            "decimal",
            text=first.shown,
            value=number_text(first.value or 0.0),
        )
        if not reading.own(commas, answer) and answer == "decimal":
            for n in commas:
                reading.found[n] = cells[n].value
    for n in reading.of("two"):
        first_number, second = (number_text(value) for value in cells[n].more)
        answer = reading.ask(
            [n],
            "two",
            ("first", "second", FREE, "missing"),
            None,
            text=cells[n].shown,
            first=first_number,
            second=second,
        )
        if answer in ("first", "second"):
            reading.found[n] = cells[n].more[0 if answer == "first" else 1]
        else:
            reading.own([n], answer)
    for form in ("date", "error", "formula", "merged"):
        at_form = reading.of(form)
        if at_form:
            reading.own(at_form, reading.ask(at_form, form, (FREE, "missing"), None))
    texts = reading.of("text")
    if reading.parts.heads[reading.j] and _is_stray_word(reading):
        texts += reading.of("word", "yes", "no", "tick", "cross", "part")
    for n in sorted(texts):
        if reading.found[n] is None:
            reading.own([n], reading.ask([n], "text_cell", (FREE, "missing"), None))


def _fractions(reading: Cells) -> None:
    """Ask what fractions are: 4/5 may be 0.8, or four points of five; among numbers up to 1 it is the first."""
    at = reading.of("fraction")
    if not at:
        return
    cell, others = reading.cells[at[0]], [abs(reading.cells[n].value or 0.0) for n in reading.of("number")]
    alike = len(at) > len(others) or max(others) <= 1
    first = cell.shown.replace("／", "/").partition("/")[0].strip()
    answer = reading.ask(
        at,
        "fraction",
        ("number", "first", FREE, "missing"),
        "number" if alike else None,
        text=cell.shown,
        value=number_text(rounded(cell.value or 0.0)),
        first=first,
    )
    if reading.own(at, answer):
        return
    for n in at:
        if answer == "number":
            reading.found[n] = rounded(reading.cells[n].value or 0.0)
        elif answer == "first":
            reading.found[n] = number(reading.cells[n].shown.replace("／", "/").partition("/")[0])


def _is_stray_word(reading: Cells) -> bool:
    return any(cell.form in ("number", "percent") for cell in reading.cells)


def _beyond(reading: Cells, column: Column) -> None:
    """Ask about numbers beyond the scale that the heading states."""
    if column.head.scale is None:
        return
    low, high = column.head.scale
    at = [n for n, value in enumerate(column.values) if value is not None and not low <= value <= high]
    if not at:
        return
    told = {"low": number_text(low), "high": number_text(high), "value": reading.texts(at)}
    answer = reading.ask(at, "beyond", ("as_read", FREE, "missing"), None, **told)
    if not reading.own(at, answer) and answer != "as_read":
        for n in at:
            reading.found[n] = None


def _strays(reading: Cells, column: Column) -> None:
    """Ask about the few numbers that are a hundred times smaller or larger than all others of their column."""
    sizes = sorted((math.log10(abs(v)), n) for n, v in enumerate(column.values) if v)
    if len(sizes) < 3:
        return
    gaps = [(after[0] - before[0], k) for k, (before, after) in enumerate(pairwise(sizes), 1)]
    gap, at = max(gaps)
    few = sizes[:at] if at <= len(sizes) - at else sizes[at:]
    many = sizes[at:] if at <= len(sizes) - at else sizes[:at]
    if gap < math.log10(APART) - 1e-9 or len(few) > max(1, len(sizes) // 4) or many[-1][0] - many[0][0] > max(gap, 2.0):
        return
    smaller = few[0][0] < many[0][0]
    lines = sorted(n for _, n in few)
    if reading.asked & set(lines):
        return
    first = lines[0]
    value = column.values[first] or 0.0
    near = many[0][0] if smaller else many[-1][0]
    times = 10 ** abs(near - math.log10(abs(value)))
    way = ("smaller", "小") if smaller else ("larger", "大")
    along = ("row", "行") if reading.parts.view.turned else ("column", "列")
    told = {"value": number_text(value), "unit": column.unit or "-", "times": float(f"{times:.1g}")}
    answer = reading.ask(lines, "stray", ("as_read", "leave_out", FREE), None, **told, way=way, along=along)
    if answer == "leave_out":
        column.left_out = True
    else:
        reading.own(lines, answer)


def with_direction(column: Column, parts: Anatomy, asker: Asker, told: str | None, line: str | None) -> None:
    """Say which way is better: by what is told, the table's line, the heading, its words; or ask."""
    if told is not None:
        low, dots, high = told.partition("..")
        ends = (number(low), number(high)) if dots else None
        column.basis = "stated"
        if ends is not None and None not in ends:
            column.direction, column.ideal = "range", (ends[0] or 0.0, ends[1] or 0.0)
        else:
            column.direction = told  # type: ignore[assignment]
        return
    said = {"1": "max", "+1": "max", "-1": "min"}.get(line, direction_word(line)) if line else None
    stated = column.head.stated
    if said is not None or stated is not None:
        column.direction, column.basis = said or stated, "stated"  # type: ignore[assignment]
        if said and stated and said != stated:
            column.direction, column.basis = None, "none"
    else:
        column.direction, column.basis = direction_by_name(column.name)
        if column.kind == "yesno" and column.basis == "none":
            column.direction, column.basis = "max", "assumed"
        if column.ranks:
            column.direction, column.basis = "min", "word"
    if column.direction == "range":
        column.direction = None
    elif column.basis != "none":
        return
    where = parts.view.column(column.j)
    answer = asker.ask(
        where, "direction", ("max", "min", FREE), None, found=column.head.text, values={"name": column.name}, numbers=-1
    )
    if answer in ("max", "min"):
        column.direction, column.basis = answer, "stated"  # type: ignore[assignment]
    elif answer:
        from_, to = numbers_in(answer.replace("..", ","), 2) or (0.0, 0.0)
        column.direction, column.ideal, column.basis = "range", (from_, to), "stated"
