"""The answer in words, before any table."""

from __future__ import annotations

from typing import Any

from .case.tables import Measure, Resource
from .plans import Plan
from .words import say


def bottleneck(plan: Plan) -> dict[str, Any] | None:
    """Return the row of the budget of which one hundredth more would bring most; None if none is scarce."""
    worth = [((row["price_up"] or 0.0) * max(row["budget"], 1e-9), row) for row in plan.resources]
    most, row = max(worth, key=lambda item: item[0])
    return row if most > 0 else None


def answer(plan: Plan, lang: str = "en") -> list[str]:
    """Say what is bought, what share of the gap it closes, which budget limits it, and what rests on assumptions."""
    sentences = [
        say(
            "answer.bought",
            lang,
            funded=len({row["measure"] for row in plan.allocation}),
            measures=len(plan.case.rows(Measure)),
            places=len({(row["measure"], row["target"]) for row in plan.allocation}),
            share=plan.closed_share,
        )
    ]
    objective = plan.settings.objective.partition("=")[0]
    scarce = bottleneck(plan)
    if scarce is None:
        return [*sentences, say(f"answer.no_bottleneck.{objective}", lang), assumed(plan, lang)]
    resources = {row.resource: row for row in plan.case.rows(Resource)}
    resource = resources[scarce["resource"]]
    found = say(
        f"answer.bottleneck.{objective}",
        lang,
        resource=resource.name(lang),
        unit=resource.unit_name(lang),
        budget=scarce["budget"],
        more=scarce["price_up"] / plan.price_unit,
    )
    end = scarce["valid_to"]
    sentences.append(found + (say("stop", lang) if end is None else say("answer.until", lang, to=end)))
    others = dict.fromkeys(
        resources[row["resource"]].name(lang)
        for row in plan.resources
        if row["resource"] != scarce["resource"] and (row["price_up"] or 0.0) > 0
    )
    if others:
        sentences.append(say("answer.also", lang, others=say("list", lang).join(others)))
    return [*sentences, assumed(plan, lang)]


def assumed(plan: Plan, lang: str = "en") -> str:
    """Say how much of the objective rests on assumptions, and through which inputs."""
    share = sum(r["share_of_objective"] for r in plan.provenance if r["kind"] == "assumption")
    if share == 0:
        return say("answer.nothing_assumed", lang)
    tables = [
        say(f"input.{r['table']}", lang)
        for r in plan.inputs
        if r["kind"] == "assumption" and r["share_of_objective"] > 0
    ]
    firm = [
        say(f"input.{r['table']}", lang)
        for r in plan.inputs
        if r["kind"] != "assumption" and r["share_of_objective"] > 1 - 1e-9
    ]
    text = say("answer.assumed", lang, share=share, inputs=say("list", lang).join(tables))
    return text + (say("answer.firm", lang, inputs=say("list", lang).join(firm)) if firm else "")
