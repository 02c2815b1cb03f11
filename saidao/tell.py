"""The answer in words, before any table."""

from __future__ import annotations

from .case.tables import Measure, Resource
from .plans import Plan
from .words import say


def bottleneck(plan: Plan) -> str | None:
    """Return the resource of which one hundredth more would close most; None where none is scarce."""
    worth = {row["resource"]: (row["price_up"] or 0.0) * max(row["budget"], 1e-9) for row in plan.resources}
    best = max(worth, key=worth.__getitem__, default=None)
    return best if best is not None and worth[best] > 0 else None


def answer(plan: Plan, lang: str = "en") -> list[str]:
    """Say what is bought, what share of the gap it closes, which budget limits it, and what rests on assumptions."""
    funded = {row["measure"] for row in plan.allocation}
    sentences = [
        say(
            "answer.bought",
            lang,
            funded=len(funded),
            measures=len(plan.case.rows(Measure)),
            places=len(plan.allocation),
            share=plan.closed_share,
        )
    ]
    name = bottleneck(plan)
    if name is None:
        sentences.append(say("answer.no_bottleneck", lang))
    else:
        row = next(r for r in plan.resources if r["resource"] == name)
        resource = next(r for r in plan.case.rows(Resource) if r.resource == name)
        sentences.append(
            say(
                "answer.bottleneck", lang, resource=resource.name(lang), unit=resource.unit_name(lang),
                budget=row["budget"], more=row["price_up"] / plan.weighted_gap,
            )
        )  # fmt: skip
        if row["valid_to"] is not None:
            sentences.append(say("answer.until", lang, to=row["valid_to"], unit=resource.unit_name(lang)))
        others = [
            r.name(lang)
            for r in plan.case.rows(Resource)
            if r.resource != name and any(x["resource"] == r.resource and x["shadow_price"] > 0 for x in plan.resources)
        ]
        if others:
            sentences.append(say("answer.also", lang, others=say("list", lang).join(others)))
    sentences.append(assumed(plan, lang))
    return sentences


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
