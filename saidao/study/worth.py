"""What the objective counts, in words: one number and unit for prices, next steps, gains and losses everywhere.

A price is a share, written in per cent, or an amount: the objective says which (`Objective.counts`).
"""

from __future__ import annotations

from math import floor, log10

from ..case.tables import Resource
from ..results.result import Row
from ..texts.numbers import quantity, rough
from ..texts.say import say
from .figures import PlanFigures


def in_units(plan: PlanFigures, value: float) -> float:
    """Return a value in the unit in which people read it."""
    return value / plan.price_unit


def is_share(plan: PlanFigures) -> bool:
    """Whether values are shares."""
    return plan.settings.aim.in_shares


def written(plan: PlanFigures, value: float | None, sign: str = "") -> str:
    """Write a value as a number: per cent of what the objective counts, or an amount; at least two digits count.

    *sign* is ``"+"`` where a rise is to be told from a fall.
    """
    if value is None:
        return "-"
    amount = in_units(plan, value)
    if not is_share(plan):
        return "0" if amount == 0 else f"{amount:{sign},.4g}"
    if abs(amount) < 1e-12:
        return "0"
    digits = min(max(3, 1 - floor(log10(abs(100 * amount)))), 10)
    return f"{amount:{sign}.{digits}%}"


def phrase(plan: PlanFigures, value: float, lang: str) -> str:
    """Say a value with its unit, as within a sentence."""
    name, unit = saved(plan, lang)
    amount = quantity(value, unit) if name else written(plan, value)
    amount = amount if lang == "en" else amount.rstrip("%")
    return say(f"worth.{plan.settings.aim.name}", lang, value=amount, saved=name)


def rise(plan: PlanFigures, value: float, lang: str) -> str:
    """Say what a further amount brings, roughly: two digits that count; of shares per cent, in Chinese points."""
    if not is_share(plan):
        return phrase(plan, value, lang)
    points = rough(100 * in_units(plan, value))
    return f"{points}%" if lang == "en" else say("worth.points", lang, points=points)


def saved(plan: PlanFigures, lang: str) -> tuple[str, str]:
    """Name and unit of the resource of which a plan that reaches a share spends least; blank with other objectives."""
    rows = {row.resource: row for row in plan.case.rows(Resource)}
    row = rows.get(plan.settings.save or "")
    return ("", "") if row is None else (row.name(lang), row.unit_name(lang))


def heading(plan: PlanFigures, lang: str) -> str:
    """Head a column of prices."""
    name, unit = saved(plan, lang)
    return say(f"head.worth.{plan.settings.aim.name}", lang, saved=name, unit=unit)


def span(row: Row, lang: str) -> str:
    """Say the range over which a price holds; nothing where there is none."""
    if row["shadow_price"] is None:
        return ""
    low, high = (None if row[end] is None else f"{row[end]:,.6g}" for end in ("valid_from", "valid_to"))
    no_end = say("no_end", lang)
    return f"{low or no_end} – {high or no_end}"


def steps(plan: PlanFigures, row: Row, lang: str, unit: str) -> str:
    """Say the next steps of a budget of a plan of whole units; nothing for another plan."""
    if row["next_known"] is None:
        return ""
    parts = []
    if row["next_amount"] is not None:
        gain = written(plan, row["next_change"], "+")
        parts.append(say("step.next", lang, amount=quantity(row["next_amount"], unit), gain=gain))
    if row["spare_amount"] is not None:
        loss = None if row["spare_change"] is None else written(plan, row["spare_change"], "+")
        key = "step.spare_end" if loss is None else "step.spare"
        parts.append(say(key, lang, amount=quantity(row["spare_amount"], unit), loss=loss))
    if not row["next_known"]:
        parts.append(say("step.unknown", lang))
    return say("why.and", lang).join(parts) or say("step.none", lang)


def range_or_steps(plan: PlanFigures, row: Row, lang: str, unit: str = "") -> str:
    """Say how far a price holds, or of a plan of whole units what the next steps are."""
    return span(row, lang) or (steps(plan, row, lang, unit) if "next_known" in row else "") or "-"
