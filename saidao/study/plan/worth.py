"""What the objective counts, in words: one number and unit for prices, next steps, gains and losses everywhere.

A price is a share, written in per cent, or an amount: the objective says which (`Objective.counts`).
"""

from __future__ import annotations

from math import floor, log10

from ...results.result import Row
from ...texts.numbers import quantity, rough
from ...texts.numbers import step as round_step
from ...texts.say import say
from .figures import PlanFigures


def in_units(plan: PlanFigures, value: float) -> float:
    """Return a value in the unit in which people read it."""
    return value / plan.price_unit


def is_share(plan: PlanFigures) -> bool:
    """Whether values are shares."""
    return plan.settings.aim.in_shares


def written(plan: PlanFigures, value: float | None, lang: str, sign: str = "") -> str:
    """Write a value: per cent of what the objective counts, an amount that is saved, or a number; two digits count.

    *sign* is ``"+"`` where a rise is to be told from a fall.
    """
    if value is None:
        return "-"
    amount = in_units(plan, value)
    if not is_share(plan):
        unit = saved(plan, lang)[1]
        return quantity(amount, unit, sign) if unit else "0" if amount == 0 else f"{amount:{sign},.4g}"
    if abs(amount) < 1e-12:
        return "0"
    digits = min(max(3, 1 - floor(log10(abs(100 * amount)))), 10)
    return f"{amount:{sign}.{digits}%}"


def phrase(plan: PlanFigures, value: float, lang: str) -> str:
    """Say a value with its unit, as within a sentence."""
    amount = written(plan, value, lang)
    name, _ = saved(plan, lang)
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
    row = plan.case.resource_of.get(plan.settings.save or "")
    return ("", "") if row is None else (row.name(lang), row.unit_name(lang))


def heading(plan: PlanFigures, lang: str) -> str:
    """Head a column of prices."""
    return say(f"head.worth.{plan.settings.aim.name}", lang, saved=saved(plan, lang)[0])


def step(plan: PlanFigures, row: Row, lang: str) -> tuple[float, str]:
    """Return the amount that the price of a budget or a rule is told for, in its unit, and what it is called.

    Of money in Chinese a round sum for which the price still holds, and no more than there is. *row* names its
    ``resource``, if it is of one.
    """
    resource = plan.case.resource_of.get(row["resource"])
    if resource is None:
        return 1.0, say("gap_unit", lang) if row["resource"] == "closed" else ""
    end, now = row.get("valid_to"), row.get("budget", row.get("amount"))
    rooms = [now] if now else []
    if end is not None and now is not None:
        rooms.append(end - now)
    return round_step(resource.unit_name(lang), min(rooms, default=None))


def span(plan: PlanFigures, row: Row, lang: str) -> str:
    """Say the range over which a price holds; nothing where there is none."""
    if row["shadow_price"] is None:
        return ""
    unit, no_end = plan.case.unit(row["resource"], lang), say("no_end", lang)
    low, high = (no_end if row[end] is None else unit.text(row[end], 6) for end in ("valid_from", "valid_to"))
    return f"{low} – {high}"


def steps(plan: PlanFigures, row: Row, lang: str) -> str:
    """Say the next steps of a budget of a plan of whole units; nothing for another plan."""
    if row["next_known"] is None:
        return ""
    parts = []
    unit = plan.case.resource_of[row["resource"]].unit_name(lang)
    if row["next_amount"] is not None:
        gain = written(plan, row["next_change"], lang, "+")
        parts.append(say("step.next", lang, amount=quantity(row["next_amount"], unit), gain=gain))
    if row["spare_amount"] is not None:
        loss = None if row["spare_change"] is None else written(plan, row["spare_change"], lang, "+")
        key = "step.spare" if loss is not None else "step.spare_end" if row["spare_known"] else "step.spare_least"
        parts.append(say(key, lang, amount=quantity(row["spare_amount"], unit), loss=loss))
    if not row["next_known"] or not (row["spare_known"] or row["spare_amount"]):
        parts.append(say("step.unknown", lang))
    return say("why.and", lang).join(parts) or say("step.none", lang)


def range_or_steps(plan: PlanFigures, row: Row, lang: str) -> str:
    """Say how far a price holds, or of a plan of whole units what the next steps are."""
    return span(plan, row, lang) or (steps(plan, row, lang) if "next_known" in row else "") or "-"
