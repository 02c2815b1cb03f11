"""How numbers are written for people: one function a form, the same on every surface."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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


# --- amounts as a planner reads them: one unit and one count of decimals a column ------------------------------------

MONEY: Mapping[str, float] = {
    **YUAN,
    **{f"{size}CNY": factor for size, factor in (("", 1.0), ("thousand ", 1e3), ("million ", 1e6), ("billion ", 1e9))},
    **{f"CNY{size}": factor for size, factor in ((" thousand", 1e3), (" million", 1e6), (" billion", 1e9))},
    "yuan": 1.0,
}
"""Units of money, in yuan."""
MU = 15.0
"""A hectare in 亩."""
NOTHING = "—"
"""What stands where there is nothing; the reason stands beside it in words."""
Place = Literal["track", "measure", "cost"]
"""Where an amount stands: a track, a measure or a difference, a cell that is edited."""


@dataclass(frozen=True)
class Scale:
    """How the amounts of a resource are shown in one place: `factor` turns the case's unit into the one shown."""

    factor: float
    unit: str
    decimals: int
    counted: bool = False

    def text(self, amount: float, sign: str = "") -> str:
        """Write an amount without its unit; a minus is a minus sign.

        >>> Scale(0.01, "亿元", 1).text(358.0), Scale(1.0, "posts", 0, True).text(0.4), Scale(1.0, "ha", 0).text(0.0)
        ('3.6', '<1', '—')
        >>> Scale(0.01, "亿元", 2).text(-240.0, "+"), Scale(1.0, "ha", 0).text(1234.0, "+")
        ('−2.40', '+1,234')
        """
        shown = round(amount * self.factor, self.decimals)
        if not amount or (not shown and not self.counted):
            return NOTHING
        if not shown:
            return "<1" if amount > 0 else ">−1"
        return f"{shown:{sign},.{self.decimals}f}".replace("-", "−")

    def texts(self, amounts: Sequence[float], total: float | None = None) -> list[str]:
        """Write a column so that it adds up to its total as shown: by largest remainder."""
        return [self.text(amount) for amount in self.rounded(amounts, total)]

    def rounded(self, amounts: Sequence[float], total: float | None = None) -> list[float]:
        """Return the amounts of a column as `texts` writes them: what is summed of them is the sum of what is read."""
        size = self.factor * 10**self.decimals
        whole = sum(amounts) if total is None else total
        return [share / size for share in apportioned([a * size for a in amounts], round(whole * size))]

    def table(self, rows: Sequence[Sequence[float]]) -> list[list[str]]:
        """Write a table with its totals, which it adds up to as shown: each row's last, and those of columns below.

        >>> Scale(1.0, "ha", 0).table([[33.4, 0.0], [33.3, 0.5]])
        [['34', '—', '34'], ['33', '—', '33'], ['67', '—', '67']]
        """
        size = self.factor * 10**self.decimals
        columns = [[amount * size for amount in column] for column in zip(*rows, strict=True)]
        whole = [sum(column) for column in columns]
        below = apportioned(whole, round(sum(whole)))
        set_ = [apportioned(column, total) for column, total in zip(columns, below, strict=True)]
        lines = [*zip(*set_, strict=True), below]
        return [[self.text(number / size) for number in (*line, sum(line))] for line in lines]

    def field(self, amount: float) -> str:
        """Write an amount as it stands in a field that is edited: no digit that the case has is lost."""
        least = f"{amount * self.factor:.{self.decimals}f}"
        exact = f"{amount * self.factor:.12g}"
        shown = float(least) == float(exact)
        return f"{amount * self.factor:,.{self.decimals}f}" if shown else exact

    def read(self, shown: float) -> float:
        """Return the amount in the case's unit of a number as shown."""
        return float(f"{shown / self.factor:.12g}")


def apportioned(shares: Sequence[float], whole: int) -> list[int]:
    """Round numbers so that they add up to *whole*, those with the largest remainders up.

    >>> apportioned([33.4, 33.3, 33.3], 100), apportioned([0.5, 0.5], 1)
    ([34, 33, 33], [1, 0])
    """
    made = [floor(share + 1e-9) for share in shares]
    first = sorted(range(len(made)), key=lambda i: made[i] - shares[i])
    for i in first[: max(whole - sum(made), 0)]:
        made[i] += 1
    return made


def scale(unit: str, most: float, lang: str, place: Place = "track") -> Scale:
    """Return how amounts of a resource are shown, where *most* is the largest of them.

    Money in Chinese in 亿元 from ten of them on, else in 万元; in English in millions, else thousands. Land in Chinese
    where costs are edited in 亩.

    >>> scale("百万元", 2500, "zh"), scale("million CNY", 2500, "en").unit, scale("公顷", 10, "zh", "cost").factor
    (Scale(factor=0.01, unit='亿元', decimals=1, counted=False), 'CNY million', 15.0)
    """
    if unit in MONEY:
        yuan, largest = MONEY[unit], abs(most) * MONEY[unit]
        if lang == "zh":
            if place != "cost" and largest >= 1e9:
                return Scale(yuan / 1e8, "亿元", 1 if place == "track" else 2)
            return Scale(yuan / 1e4, "万元", 0)
        if place != "cost" and largest >= 1e8:
            return Scale(yuan / 1e6, "CNY million", 0)
        return Scale(yuan / 1e3, "CNY thousand", 0)
    if unit == "公顷" and place == "cost":
        return Scale(MU, "亩", 0)
    if is_counted(unit):
        return Scale(1.0, unit, 0, True)
    return Scale(1.0, unit, max(0, 2 - len(str(int(abs(most)))) + (abs(most) < 1)) if most else 0)


def sum_of_money(amount: float, unit: str, lang: str) -> str:
    """Write an amount as within a sentence: 25 亿元, CNY 2.5 billion; of other things with the unit.

    >>> sum_of_money(2500, "百万元", "zh"), sum_of_money(2500, "million CNY", "en"), sum_of_money(358, "百万元", "zh")
    ('25 亿元', 'CNY 2.5 billion', '3.6 亿元')
    >>> sum_of_money(358.4, "million CNY", "en"), sum_of_money(0.4, "百万元", "zh"), sum_of_money(140, "ha", "en")
    ('CNY 358 million', '40 万元', '140 ha')
    """
    if unit not in MONEY:
        return quantity(amount, unit)
    yuan = amount * MONEY[unit]
    sizes = ((1e8, "亿元", 1), (1e4, "万元", 0)) if lang == "zh" else ((1e9, "billion", 1), (1e6, "million", 0))
    size, word, decimals = next(
        (found for found in sizes if abs(yuan) >= found[0]), (1.0, "元" if lang == "zh" else "", 0)
    )
    told = f"{yuan / size:,.{decimals}f}".removesuffix(".0").replace("-", "−")
    return f"{told} {word}" if lang == "zh" else f"CNY {told} {word}".rstrip()


def points(share: float, sign: str = "", decimals: int = 1) -> str:
    """Write a difference of shares in points: one decimal, more where it would round to nothing.

    >>> points(0.0114), points(-0.0759, "+"), points(0.0004), points(0.0)
    ('1.1', '−7.6', '0.04', '0')
    """
    shown = 100 * share
    if abs(shown) < 5e-5:
        return "0"
    digits = decimals if abs(shown) >= 0.5 * 10.0**-decimals else -floor(log10(abs(shown)))
    return f"{shown:{sign}.{digits}f}".replace("-", "−")


def met(level: float) -> str:
    """Write how far the conditions are met: 0 to 100, whole; 100 only where nothing is left.

    >>> met(0.634), met(0.9996), met(1.0)
    ('63', '99', '100')
    """
    return str(99 if round(100 * level) >= 100 and level < 1 - 1e-9 else round(100 * level))
