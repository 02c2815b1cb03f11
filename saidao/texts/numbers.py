"""How numbers are written for people: one function a form, the same on every surface."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from math import floor, log10
from typing import Any, Literal, NamedTuple, get_args

Form = Literal[
    "text",  # as it is
    "id",  # an id that people type elsewhere: its name stands beside it
    "name",  # an id, or several, of which people read the names
    "word",  # one of few values, told in words
    "flag",  # yes or nothing
    "share",  # 0.656: 65.6 %
    "fine share",  # 0.6561: 65.61 %
    "chance",  # a share of which whole per cents count; nothing is blank
    "price",  # a small share, to at least two digits that count
    "points",  # a difference of shares, in percentage points, signed
    "rate",  # a growth rate, signed per cent
    "change",  # what something is multiplied by: 1.028 is +2.8 %
    "amount",  # of a resource, in its unit
    "spend",  # the same; nothing is blank
    "level",  # of a measure, or of a track on a factor
    "weight",
    "score",
    "ratio",
    "number",  # a figure of any unit
    "rank",
    "count",
]
"""What a cell of a table, or a number in a sentence, is."""

FORMS: tuple[str, ...] = get_args(Form)
TEXTS = ("text", "id", "name", "word", "flag")
"""Forms that are no numbers."""


def written(form: Form, value: Any) -> str:
    """Write a value for people: a dash where there is none.

    >>> written("share", 0.6561), written("points", -0.074), written("price", 0.000301), written("amount", 1234.5)
    ('65.6%', '-7.40', '0.030%', '1,234.5')
    >>> written("spend", 0.0), written("share", None), written("rank", 3.0)
    ('', '-', '3')
    """
    if value is None or value == "":
        return "" if form in ("spend", "chance", *TEXTS) else "-"
    return WRITTEN[form](value)


def price(share: float) -> str:
    """Write a small share: at least three decimals of a per cent, and two digits that count."""
    if abs(share) < 1e-12:
        return "0"
    return f"{share:.{min(max(3, 1 - floor(log10(abs(100 * share)))), 10)}%}"


def number(value: float, digits: int = 6) -> str:
    """Write a number as people do: no exponent for ordinary sizes, no trailing zeros."""
    if value != 0 and not 1e-4 <= abs(value) < 1e15:
        return f"{value:.3g}"
    text = f"{value:,.{max(digits - len(str(int(abs(value)))), 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


WRITTEN: dict[str, Callable[[Any], str]] = {
    **dict.fromkeys(TEXTS, str),
    "share": "{:.1%}".format,
    "fine share": "{:.2%}".format,
    "chance": lambda share: "" if share == 0 else f"{share:.0%}" if share >= 0.005 else "<1%",
    "price": price,
    "points": lambda share: f"{100 * share:+.2f}",
    "rate": lambda rate: f"{round(rate, 3) + 0.0:+.1%}",  # what rounds to nothing is no loss
    "change": lambda factor: f"{round(factor - 1, 3) + 0.0:+.1%}",
    "amount": number,
    "spend": lambda amount: number(amount) if amount else "",
    "level": "{:.2f}".format,
    "weight": "{:.4f}".format,
    "score": "{:.4f}".format,
    "ratio": "{:.3f}".format,
    "number": "{:,.4g}".format,
    "rank": "{:.0f}".format,
    "count": "{:,.0f}".format,
}


# --- amounts of resources -------------------------------------------------------------------------------------------


def rough(value: float) -> str:
    """Write about how much: two digits that count, all of those before the point.

    >>> rough(0.013042), rough(1.3042), rough(127.4), rough(0.0)
    ('0.013', '1.3', '127', '0')
    """
    return number(value, 2) if abs(value) >= 1 or value == 0 else f"{value:.{1 - floor(log10(abs(value)))}f}"


YUAN = {"元": 1.0, "千元": 1e3, "万元": 1e4, "百万元": 1e6, "千万元": 1e7, "亿元": 1e8}
"""Chinese units of money, in yuan."""
CLASSIFIERS = "个处家名项人套件座条台"
"""What a Chinese unit of counted things begins with."""
COUNTED = re.compile(r"(posts?|sites?|places?|people|persons?|projects?|firms?|companies|jobs?|units?|teams?)\b")
STEPS = ((1e8, "1 亿元"), (1e7, "1,000 万元"), (1e6, "100 万元"), (1e5, "10 万元"), (1e4, "1 万元"))
"""Round sums that a price is told for, in yuan."""


def is_counted(unit: str) -> bool:
    """Whether a unit counts things, of which no half is told.

    >>> is_counted("posts"), is_counted("个岗位"), is_counted("ha"), is_counted("百万元")
    (True, True, False, False)
    """
    return bool(unit) and (unit[0] in CLASSIFIERS or COUNTED.match(unit) is not None)


def in_unit(amount: float, unit: str, digits: int = 4) -> str:
    """Write an amount without its unit: *digits* that count; of counted things, whole ones.

    >>> in_unit(22.06, "posts"), in_unit(0.4, "posts"), in_unit(15.254, "ha"), in_unit(2500, "million CNY")
    ('22', '0.4', '15.25', '2,500')
    """
    return number(round(amount), 15) if is_counted(unit) and abs(amount) >= 1 else number(amount, digits)


def quantity(amount: float, unit: str, sign: str = "", digits: int = 4) -> str:
    """Write an amount with its unit; money in Chinese in 亿元 or 万元; *sign* is ``"+"`` to tell a rise from a fall.

    >>> quantity(2500, "百万元"), quantity(60, "百万元"), quantity(169.13, "百万元"), quantity(-96.18, "百万元")
    ('25 亿元', '6,000 万元', '1.691 亿元', '-9,618 万元')
    >>> quantity(2500, "million CNY"), quantity(1, "posts"), quantity(22.06, "个岗位"), quantity(3, "", "+")
    ('2,500 million CNY', '1 post', '22 个岗位', '+3')
    """
    if unit in YUAN:
        yuan = amount * YUAN[unit]
        unit = "亿元" if abs(yuan) >= 1e8 else "万元" if abs(yuan) >= 1e4 else "元"
        amount = yuan / YUAN[unit]
    told = in_unit(amount, unit, digits)
    plus = sign if amount > 0 else ""
    return f"{plus}{told} {singular(unit) if told in ('1', '-1') else unit}".rstrip()


def singular(unit: str) -> str:
    """Return the name of one of a unit.

    >>> singular("posts"), singular("ha"), singular("million CNY"), singular("处"), singular("companies")
    ('post', 'ha', 'million CNY', '处', 'company')
    """
    if not COUNTED.match(unit):
        return unit
    first, space, rest = unit.partition(" ")
    if first.endswith("ies"):
        return f"{first[:-3]}y{space}{rest}"
    return {"people": "person"}.get(first, first.removesuffix("s")) + space + rest


def step(unit: str, room: float | None = None) -> tuple[float, str]:
    """Return the round amount that a price is told for, in the unit, and how it is called.

    Of money in Chinese a round sum that *room*, how much more the price holds for, still has; else one unit.

    >>> step("百万元"), step("百万元", 51.0), step("posts"), step("公顷")
    ((100.0, '1 亿元'), (10.0, '1,000 万元'), (1.0, 'post'), (1.0, '1 公顷'))
    """
    if unit in YUAN:
        most = YUAN[unit] * (float("inf") if room is None else room)
        yuan, told = next((found for found in STEPS if found[0] <= most), STEPS[-1])
        return yuan / YUAN[unit], told
    return 1.0, f"1 {unit}" if re.search("[\u4e00-\u9fff]", unit) else singular(unit)


class Unit(NamedTuple):
    """The unit in which people read amounts, and what amounts of the data are multiplied by."""

    name: str = ""
    factor: float = 1.0

    def read(self, amount: float) -> float:
        """Return an amount of the data in this unit, without the dust of the multiplication.

        >>> Unit("万元", 100.0).read(274.9)
        27490.0
        """
        return amount if self.factor == 1.0 else float(f"{amount * self.factor:.12g}")

    def text(self, amount: float, digits: int = 4) -> str:
        """Write an amount of the data in this unit, without the unit.

        >>> Unit("万元", 100.0).text(2500), Unit("posts").text(91.62), Unit("ha").text(25.149)
        ('250,000', '92', '25.15')
        """
        return in_unit(self.read(amount), self.name, digits)


def reading_unit(unit: str, most: float) -> Unit:
    """Return the unit in which tables tell amounts of up to *most*: of money in Chinese 万元, from 100 亿元 on 亿元.

    >>> reading_unit("百万元", 2500), reading_unit("百万元", 40000), reading_unit("公顷", 140)
    (Unit(name='万元', factor=100.0), Unit(name='亿元', factor=0.01), Unit(name='公顷', factor=1.0))
    """
    if unit not in YUAN:
        return Unit(unit)
    told = "亿元" if abs(most) * YUAN[unit] >= 1e10 else "万元"
    return Unit(told, YUAN[unit] / YUAN[told])


def decimals(values: Sequence[float], unit: str = "", digits: int = 4) -> int:
    """Return with how many decimals the numbers of a column stand: as many as any needs, *digits* that count.

    >>> decimals([480, 301.8, 25.149]), decimals([91.62, 0.0], "posts"), decimals([480, 60])
    (1, 0, 0)
    """
    whole = max((len(str(int(abs(value)))) for value in values), default=1)
    most = 0 if is_counted(unit) else max(digits - whole, 0)
    return max((len(f"{value:.{most}f}".rstrip("0").partition(".")[2]) for value in values), default=0)
