"""How numbers are written for people: one function a form, the same on every surface."""

from __future__ import annotations

from collections.abc import Callable
from math import floor, log10
from typing import Any, Literal, get_args

Form = Literal[
    "text",  # as it is
    "id",  # an id that people type elsewhere: its name stands beside it
    "name",  # an id, or several, of which people read the names
    "word",  # one of few values, told in words
    "flag",  # yes or nothing
    "share",  # 0.656: 65.6 %
    "price",  # a small share, to at least two digits that count
    "points",  # a difference of shares, in percentage points, signed
    "rate",  # a growth rate, signed per cent
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
        return "" if form in ("spend", *TEXTS) else "-"
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
    "price": price,
    "points": lambda share: f"{100 * share:+.2f}",
    "rate": lambda rate: f"{round(rate, 3) + 0.0:+.1%}",  # what rounds to nothing is no loss
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
