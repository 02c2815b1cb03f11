"""Columns that tables of plans share: a column a resource, and what the objective counts, in its own unit."""

from __future__ import annotations

from ...case import Case
from ...case.tables import Resource
from ...results.column import Column, Row, Told, Where, Words
from ...texts.numbers import Form
from ...texts.say import say
from . import worth
from .figures import PlanFigures


def resource_columns(case: Case, form: Form = "spend") -> list[Column]:
    """Return a column a resource: amounts in its unit, or shares of it."""
    return [Column(row.resource, form, row.resource, heading=_heading(row, form)) for row in case.rows(Resource)]


def _heading(resource: Resource, form: Form) -> Words:
    return lambda lang: say("book.share_of", lang, name=resource.name(lang)) if form == "share" else resource.name(lang)


def price_columns(plan: PlanFigures, *names: str) -> list[Column]:
    """Return what a resource is raised by, and columns of what that brings, in what the objective counts.

    The data has the prices of one unit. The first column is read everywhere, further ones in files.
    """

    def told(name: str) -> Told:
        def price(row: Row, lang: str) -> float | None:
            of_one = row[name]
            return None if of_one is None else of_one * worth.step(plan, row, lang)[0]

        return price

    first, *more = names
    return [
        Column("step", seen="people", told=lambda row, lang: worth.step(plan, row, lang)[1]),
        worth_column(plan, first, lambda lang: worth.heading(plan, lang), told=told(first)),
        *(worth_column(plan, name, seen="files", told=told(name)) for name in more),
    ]


def worth_column(
    plan: PlanFigures, name: str, heading: Words = "", *, seen: Where = "everywhere", told: Told | None = None
) -> Column:
    """Return a column of what the objective counts: shares, amounts of the resource that it saves, or numbers."""
    form: Form = "price" if worth.is_share(plan) else "amount" if plan.settings.save else "number"
    return Column(name, form, plan.settings.save or "", heading, plan.price_unit, seen, told)
