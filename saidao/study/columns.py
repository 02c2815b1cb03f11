"""Columns that tables of plans share: a column a resource, and what the objective counts, in its own unit."""

from __future__ import annotations

from ..case import Case
from ..case.tables import Resource
from ..results.column import Column, Where, Words
from ..texts.numbers import Form
from ..texts.say import say
from . import worth
from .figures import PlanFigures


def resource_columns(case: Case, form: Form = "spend") -> list[Column]:
    """Return a column a resource: amounts in its unit, or shares of it."""
    return [Column(row.resource, form, heading=_heading(row, form)) for row in case.rows(Resource)]


def _heading(resource: Resource, form: Form) -> Words:
    def head(lang: str) -> str:
        name, unit = resource.name(lang), resource.unit_name(lang)
        if form == "share":
            return say("book.share_of", lang, name=name)
        return say("head.in_unit", lang, name=name, unit=unit) if unit else name

    return head


def price_column(plan: PlanFigures, name: str, seen: Where = "everywhere") -> Column:
    """Return a column of prices: what one more unit brings, in what the objective counts."""
    return Column(
        name, worth_form(plan), heading=lambda lang: worth.heading(plan, lang), scale=plan.price_unit, seen=seen
    )


def worth_form(plan: PlanFigures) -> Form:
    """Return the form of what the objective counts."""
    return "price" if worth.is_share(plan) else "number"
