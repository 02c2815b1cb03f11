"""Numbers of forms: exact decimals, rounded half up, written as the forms write them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

BLANK = "【待填】"
"""What may not be guessed."""
UNITS: dict[str, Fraction] = {
    "元": Fraction(10**6),
    "万元": Fraction(100),
    "百万元": Fraction(1),
    "亿元": Fraction(1, 100),
}
"""What a million yuan is in a unit."""


def exact(value: Any) -> Fraction | None:
    """Return a number as it is written; None where there is none.

    >>> exact("7.125"), exact(0.1), exact("1,250"), exact("合理"), exact(None)
    (Fraction(57, 8), Fraction(1, 10), Fraction(1250, 1), None, None)
    """
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, Fraction):
        return value
    text = str(value).strip().replace(",", "").replace("，", "").removesuffix("%").removesuffix("％")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return Fraction(number) if number.is_finite() else None


def added(values: Iterable[Fraction | None]) -> Fraction | None:
    """Return the sum of numbers; None where one is missing, or there are none.

    >>> added([Fraction(1), Fraction(1, 2)]), added([Fraction(1), None])
    (Fraction(3, 2), None)
    """
    known = list(values)
    if not known:
        return None
    whole = Fraction(0)
    for value in known:
        if value is None:
            return None
        whole += value
    return whole


def half_up(value: Fraction, places: int = 2) -> Decimal:
    """Round half up, away from zero.

    >>> half_up(Fraction("7.125")), half_up(Fraction(2, 3)), half_up(Fraction("-0.005"))
    (Decimal('7.13'), Decimal('0.67'), Decimal('-0.01'))
    """
    scaled = abs(value) * 10**places
    whole = int(scaled)
    if scaled - whole >= Fraction(1, 2):
        whole += 1
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


def money(millions: Any, unit: str) -> str:
    """Write an amount of millions of yuan in a unit, two decimals and thousands; blank where there is none.

    >>> money("37.5", "万元"), money("37.5", "元"), money(None, "元")
    ('3,750.00', '37,500,000.00', '【待填】')
    """
    amount = exact(millions)
    return BLANK if amount is None else f"{half_up(amount * UNITS[unit]):,}"


def percent(part: Fraction | None, whole: Fraction | None) -> str:
    """Write a share in per cent, two decimals; blank where there is none.

    >>> percent(Fraction(15), Fraction("37.5")), percent(Fraction(1), Fraction(0))
    ('40.00%', '【待填】')
    """
    return BLANK if part is None or not whole else f"{half_up(100 * part / whole)}%"


def plain(value: Fraction) -> str:
    """Write a number without needless zeros.

    >>> plain(Fraction("1250")), plain(Fraction("0.150")), plain(Fraction(90))
    ('1250', '0.15', '90')
    """
    text = f"{half_up(value, 6):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
