"""The answer in words, before any table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...case import Case
from ...case.tables import Kind, Measure
from ...results.result import Row
from ...texts.numbers import quantity
from ...texts.say import say
from ..names import is_scheme, measure_name, measure_title, method_name, place_name, scheme_name
from ..ranking.sentences import score_period
from ..record import check_command
from . import worth
from .figures import PlanFigures

MOST_SUSPICIOUS = 3
"""Suspicious things that are told in full where no command lists them: on the page, of a case that came by upload."""
MOST_CHANGES = 4
"""Changes told in words; the data holds all."""


def undefined(plan: PlanFigures, lang: str = "en") -> list[str]:
    """Say which weighting schemes are no view of the case, in a line, and why a ranking after the plan is none."""
    schemes = [name for name in (why.partition(":")[0] for why in plan.undefined) if is_scheme(name)]
    names = say("list", lang).join(scheme_name(name, lang) for name in schemes)
    others = [why for why in plan.undefined if not is_scheme(why.partition(":")[0])]
    told = [say("not_available", lang, number=len(schemes), names=names)] if schemes else []
    return told + [say("undefined_ranking", lang, why=why) for why in others]


def bottleneck(plan: PlanFigures) -> dict[str, Any] | None:
    """Return the row of the budget of which one hundredth more would bring most; None if none is scarce."""
    worth = [((row["price_up"] or 0.0) * max(row["budget"], 1e-9), row) for row in plan.resources]
    most, row = max(worth, key=lambda item: item[0])
    return row if most > 0 else None


def closed(plan: PlanFigures) -> str:
    """Say what share of the weighted gap is closed; a dash where there is none."""
    return f"{plan.closed_share:.1%}" if plan.weighted_gap else "–"


def suspicious(case: Case, lang: str, *, by_command: bool = True) -> list[str]:
    """Say how many things in a case look suspicious, and what lists them: one sentence, or none where nothing does.

    Without a command, or where none is to be named (in a browser), the first of them are told themselves.
    """
    number = len(case.warnings)
    if not number:
        return []
    command = check_command(case) if by_command else None
    if command is None:
        told = (" " if lang == "en" else "").join(problem.text(lang) for problem in case.warnings[:MOST_SUSPICIOUS])
        key = "suspicions.told" if number <= MOST_SUSPICIOUS else "suspicions.first"
        return [say(key, lang, number=number, told=told)]
    return [say("suspicion" if number == 1 else "suspicions", lang, number=number, command=command)]


def answer(plan: PlanFigures, lang: str = "en") -> list[str]:
    """Say what is bought, what share of the gap it closes, which budget limits it, and what rests on assumptions."""
    funded, measures = len({row["measure"] for row in plan.allocation}), len(plan.case.rows(Measure))
    if not plan.weighted_gap:
        word = "answer.no_gap_rules" if funded else "answer.no_gap"
        return [say(word, lang, funded=funded, measures=measures), assumed(plan, lang)]
    return [*_asked(plan, lang), *ranged(plan, lang), *_scarce(plan, lang), *timed(plan, lang), assumed(plan, lang)]


def _asked(plan: PlanFigures, lang: str) -> list[str]:
    """Say what the objective asked for: what closes, with what, and by which measures."""
    about = {
        "funded": len({row["measure"] for row in plan.allocation}),
        "measures": len(plan.case.rows(Measure)),
        "places": len({(row["measure"], row["target"]) for row in plan.allocation}),
        "share": plan.closed_share,
    }
    if "share" in plan.settings.aim.takes:
        return [say("answer.reached", lang, **about, spend=_spend(plan, lang))]
    found = say("answer.bought", lang, **about, budgets=_budgets(plan, lang))
    if plan.worst_track_first:
        worst = min((row["closed"] for row in plan.by_track if row["closed"] is not None), default=1.0)
        return [say("answer.worst_track", lang, worst=worst), found]
    if plan.views:
        view = min(plan.views, key=lambda row: float(row["of_best"]))
        regret = max(row["regret_share"] for row in plan.views)
        told = {"views": len(plan.views), "least": view["of_best"], "view": scheme_name(view["view"], lang)}
        return [say("answer.worst_view", lang, **told, regret=regret), found]
    return [found]


def ranged(plan: PlanFigures, lang: str = "en") -> list[str]:
    """Say how far the closed share can be off, within what is assumed or given; nothing where neither is."""
    found = plan.closed_range
    if found is None:
        return []
    spreads = say("range.given" if not found.assumed else "range.ticks" if found.ticks else "range.levels", lang)
    return [say("answer.range", lang, low=found.low, high=found.high, spreads=spreads)]


def _totals(plan: PlanFigures, key: str) -> dict[str, float]:
    """Return budgets or what is used of them, over all periods."""
    totals: dict[str, float] = {}
    for row in plan.used:
        totals[row["resource"]] = totals.get(row["resource"], 0.0) + row[key]
    return totals


def _budgets(plan: PlanFigures, lang: str) -> str:
    """Say all budgets, those of nothing too: they are why so little is funded."""
    return say("list", lang).join(
        amount_of(plan.case, r, budget, lang) for r, budget in _totals(plan, "budget").items()
    )


def _spend(plan: PlanFigures, lang: str) -> str:
    """Say what is spent of every resource, and what share of its budget that is."""
    budgets = _totals(plan, "budget")
    return say("list", lang).join(
        say("answer.spend", lang, amount=amount_of(plan.case, r, used, lang), share=used / budgets[r])
        for r, used in _totals(plan, "used").items()
        if used > 0 and budgets[r] > 0
    )


def amounts(case: Case, found: Mapping[str, float], lang: str) -> str:
    """Say amounts of resources in their units, those above 0."""
    return say("list", lang).join(amount_of(case, r, amount, lang) for r, amount in found.items() if amount > 0)


def amount_of(case: Case, resource: str, amount: float, lang: str, sign: str = "") -> str:
    """Say an amount of a resource in its unit; *sign* is ``"+"`` to tell a rise from a fall."""
    row = case.resource_of[resource]
    return say("amount_of", lang, amount=quantity(amount, row.unit_name(lang), sign), resource=row.name(lang))


def _scarce(plan: PlanFigures, lang: str) -> list[str]:
    """Say which budget limits the plan, and how far; of a plan of whole units what its next step takes."""
    objective = plan.settings.aim.name
    resources = plan.case.resource_of
    step = next_step(plan)
    if step is not None:
        resource = resources[step["resource"]]
        name, unit = resource.name(lang), resource.unit_name(lang)
        more, budget = quantity(step["next_amount"], unit), quantity(step["budget"], unit)
        gain = worth.phrase(plan, step["next_change"], lang)
        said = say("answer.next", lang, resource=name, amount=more, budget=budget, gain=gain)
        spare = step["spare_amount"]
        return [said, say("answer.spare", lang, resource=name, amount=quantity(spare, unit))] if spare else [said]
    scarce = bottleneck(plan)
    if scarce is None:
        unknown = any(row["next_known"] is False for row in plan.resources)
        return [say("answer.next_unknown" if unknown else f"answer.no_bottleneck.{objective}", lang)]
    resource = resources[scarce["resource"]]
    unit, end = resource.unit_name(lang), scarce["valid_to"]
    size, one = worth.step(plan, scarce, lang)
    found = say(
        f"answer.bottleneck.{objective}",
        lang,
        resource=resource.name(lang),
        budget=quantity(scarce["budget"], unit),
        step=one,
        more=worth.rise(plan, scarce["price_up"] * size, lang),
    )
    sentences = [found + (say("stop", lang) if end is None else say("answer.until", lang, to=quantity(end, unit)))]
    others = dict.fromkeys(
        resources[row["resource"]].name(lang)
        for row in plan.resources
        if row["resource"] != scarce["resource"] and (row["price_up"] or 0.0) > 0
    )
    if others:
        sentences.append(say("answer.also", lang, others=say("list", lang).join(others), number=len(others)))
    return sentences


def timed(plan: PlanFigures, lang: str = "en") -> list[str]:
    """Say that what is worth more counts early gaps more, while shares closed do not.

    Nothing without a discount, or where prices are not of the value.
    """
    p = plan.solved.programme
    if len(p.periods) == 1 or p.discount == 1.0 or not plan.settings.aim.discounts:
        return []
    return [say("answer.timed", lang, discount=p.discount)]


def next_step(plan: PlanFigures) -> Row | None:
    """Return the row of the budget whose next step brings most for its size; None where there is none."""
    steps = [row for row in plan.resources if row["next_amount"] is not None]
    return max(steps, key=lambda row: row["next_change"] * max(row["budget"], 1e-9) / row["next_amount"], default=None)


def assumed(plan: PlanFigures, lang: str = "en") -> str:
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
    told = {"inputs": say("list", lang).join(tables), "firm": say("list", lang).join(firm)}
    if share > 0.9995:
        return say("answer.assumed_but" if firm else "answer.assumed_all", lang, **told)
    return say("answer.assumed_firm" if firm else "answer.assumed", lang, **told, share=share)


def sources(counts: Mapping[Kind, int], lang: str) -> str:
    """Say what share of a case's numbers comes from where, by their number from each kind of source."""
    whole = sum(counts.values())
    shares = [
        say("check.kind", lang, kind=say(f"source.{kind}", lang), share=count / whole)
        for kind, count in counts.items()
        if count
    ]
    return say("check.numbers", lang, numbers=whole, shares=say("list", lang).join(shares))


def reasons(plan: PlanFigures, answer: Row, lang: str = "en") -> list[str]:
    """Say why a measure is funded or not, and what would change it; *answer* is a row of `saidao.Explanation`."""
    return _why_funded(plan, answer, lang) if answer["funded"] else _why_not(plan, answer, lang)


def _why_funded(plan: PlanFigures, answer: Row, lang: str) -> list[str]:
    places = {
        row["target"]
        for row in plan.allocation
        if row["measure"] == answer["measure"] and answer["target"] in (None, row["target"])
    }
    sentences = [
        say(
            "why.funded",
            lang,
            name=_place(plan, answer, lang),
            level=answer["level"],
            places=len(places),
            share=answer["share"],
            costs=_costs(plan, answer["costs"], lang),
        )
    ]
    forbidden = answer["forbidden"]
    if not forbidden["possible"]:
        return [*sentences, say("why.needed", lang)]
    if forbidden["loss"] == 0:
        return [*sentences, say("why.replaceable", lang, changes=_changes(plan, forbidden["changes"], lang))]
    loss = worth.phrase(plan, forbidden["loss"], lang)
    if not forbidden["changes"]:
        return [*sentences, say("why.lost_alone", lang, loss=loss)]
    return [*sentences, say("why.lost", lang, loss=loss, changes=_changes(plan, forbidden["changes"], lang))]


def _why_not(plan: PlanFigures, answer: Row, lang: str) -> list[str]:
    sentences = [say("why.not_funded", lang, name=_place(plan, answer, lang))]
    margin, forced, flip = answer["margin"], answer["forced"], answer["flip"]
    if margin is not None:
        if margin["closes_nothing"] is not None:
            sentences.append(say(f"why.{margin['closes_nothing']}", lang))
        else:
            target = place_name(plan.case, margin["target"], lang)
            limits = margin["limits"]
            sentences.append(
                say(
                    "why.margin_limits" if limits > 1e-12 else "why.margin",
                    lang,
                    target=target,
                    brings=worth.phrase(plan, margin["brings"], lang),
                    takes=worth.phrase(plan, sum(margin["takes"].values()), lang),
                    limits=worth.phrase(plan, limits, lang),
                    short=worth.phrase(plan, max(-margin["net"], 0.0), lang),
                )
            )
    if not forced["possible"]:
        sentences.append(say("why.impossible", lang))
    elif forced["changes"]:
        sentences.append(
            say(
                "why.forced",
                lang,
                level=forced["level"],
                loss=worth.phrase(plan, forced["loss"], lang),
                changes=_changes(plan, forced["changes"], lang),
            )
        )
    else:
        sentences.append(
            say("why.forced_alone", lang, level=forced["level"], loss=worth.phrase(plan, forced["loss"], lang))
        )
    return [*sentences, *_flips(plan, flip, lang)]


def _flips(plan: PlanFigures, flip: Row, lang: str) -> list[str]:
    cut, rise = flip["cost_cut"], flip["effect_rise"]
    ways = []
    if cut is not None:
        ways.append(say("why.free" if cut == 1 else "why.any_cut" if cut == 0 else "why.cost_cut", lang, share=cut))
    if rise is not None:
        ways.append(say("why.any_rise" if rise == 0 else "why.effect_rise", lang, share=rise))
    resources = plan.case.resource_of
    none = []
    for name, more in (flip["budgets"] or {}).items():
        resource = resources[name]
        if more is None:
            none.append(resource.name(lang))
        else:
            amount = quantity(more, resource.unit_name(lang))
            key = "why.any_budget" if more == 0 else "why.budget_rise"
            ways.append(say(key, lang, more=amount, resource=resource.name(lang)))
    sentences = [say("why.flip", lang, ways=say("why.or", lang).join(ways)) if ways else say("why.no_flip", lang)]
    if none:
        sentences.append(say("why.no_budget", lang, resources=say("list", lang).join(none)))
    return sentences


def asked(plan: PlanFigures, lang: str) -> str:
    """Say under which settings a plan was made."""
    s, case = plan.settings, plan.case
    said = say(
        "settings",
        lang,
        weights=scheme_name(s.weights, lang),
        method=method_name(s.method, lang),
        stance=say(f"value.stance.{s.stance}", lang),
        objective=aim(plan, lang),
        ticks=say(f"value.ticks.{s.ticks}", lang),
        tick_level=s.tick_level,
    )
    said += score_period(case, lang)
    changed = {
        "budgets": (amount_of(case, r, amount, lang) for r, amount in s.budgets.items()),
        "lock": (f"{measure_title(case, at, lang)} {level:g}" for at, level in s.lock.items()),
        "forbid": (measure_title(case, at, lang) for at in s.forbid),
        "region": s.region,
    }
    listed = ((name, say("list", lang).join(parts)) for name, parts in changed.items())
    return said + "".join(say(f"settings.{name}", lang, told=told) for name, told in listed if told)


def aim(plan: PlanFigures, lang: str) -> str:
    """Say the objective; with a share to be reached, of what resource least is spent too."""
    name, _, share = plan.settings.objective.partition("=")
    objective = say(f"value.objective.{name}", lang) + (f" {float(share):.4g}" if share else "")
    saved, _ = worth.saved(plan, lang)
    return say("aim.saving", lang, objective=objective, saved=saved) if saved else objective


def _place(plan: PlanFigures, row: Row, lang: str) -> str:
    return measure_name(plan.case, row["measure"], row["target"], lang)


def _costs(plan: PlanFigures, costs: dict[str, float], lang: str) -> str:
    return amounts(plan.case, costs, lang) or say("why.no_cost", lang)


def _changes(plan: PlanFigures, changes: list[Row], lang: str) -> str:
    told = [
        say("why.change", lang, place=_place(plan, row, lang), level=row["level"]) for row in changes[:MOST_CHANGES]
    ]
    more = len(changes) - len(told)
    return say("why.and", lang).join(told) + (say("why.more", lang, more=more) if more else "")


def proof(plan: PlanFigures, lang: str = "en") -> list[str]:
    """Say what proves a plan: its own certificate, the recount from the case's tables, and fractions where asked."""
    c = plan.certificate
    case = c["case"]
    violation = max(c["primal_violation"], c["dual_violation"] or 0.0)
    said = [say("certificate", lang, violation=violation, gap=abs(c["gap"]))]
    within = plan.status == "within_gap"
    if within:
        said.append(say("certificate.within_gap", lang, asked=c["gap_asked"], gap=c["gap"]))
        said += [say("certificate.within_tree", lang, nodes=c["nodes"])] if c["nodes"] else []
    elif plan.model.is_mixed and plan.status == "optimal":
        said.append(say("certificate.tree" if c["nodes"] else "certificate.solver", lang, nodes=c["nodes"]))
    elif plan.model.is_mixed and c["nodes"]:
        said.append(say("certificate.blocks", lang, nodes=c["nodes"]))
    said.append(say("certificate.case", lang, **case))
    if c["exact"] is not None:
        kind = c["exact_reason"] or ("whole" if plan.model.is_mixed else "optimal")
        said.append(say(f"exact.{kind}", lang, gap=c["exact_gap"]))
        known = case["exact_reason"] or ("optimal" if case["prices"] else "branches_within" if within else "branches")
        said.append(say(f"exact.case.{known}", lang, prices=case["prices"], gap=c["gap"]))
    return said
