"""What a plan says first, in words: the recommendation, who gets most and who nothing, what a little more brings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..case.tables import Measure, Track, Type
from ..results.result import Row
from ..study.plan import worth
from ..texts.numbers import MONEY, Scale, points, scale, sum_of_money
from ..texts.say import say
from .overview import NONE, Overview

MOST_NAMED = 3
"""Tracks, or inputs, that a sentence names."""
NAMED_FIRST = ("costs", "effects", "scales", "budgets", "weights", "scores", "levels")
"""Inputs in the order in which a reader asks for them."""


def plain(text: str) -> str:
    """Return a sentence without the marks of the figures that stand out."""
    return text.replace("[[", "").replace("]]", "")


def lead(overview: Overview, lang: str) -> list[str]:
    """Say the recommendation in a sentence; where the objective asks for more than most, a second."""
    plan = overview.plan
    if not overview.measures:
        return [say("lead.none" if plan.weighted_gap else "lead.nothing", lang)]
    spent = overview.spent[overview.money.resource]
    aim = plan.settings.aim
    about = {
        "money": sum_of_money(spent, overview.money.unit_name(lang), lang),
        "measures": len(overview.measures),
        "tracks": len(overview.served),
        "share": plan.closed_share,
    }
    if not plan.weighted_gap:
        return [say("lead.rules", lang, **about)]
    said = [
        say(
            "lead.without_money" if not spent else "lead.reach" if "share" in aim.takes else "lead.weighted",
            lang,
            **about,
        )
    ]
    if plan.worst_track_first:
        worst = min((row["closed"] for row in plan.by_track if row["closed"] is not None), default=1.0)
        said.append(say("lead.worst", lang, share=worst))
    elif plan.views:
        least = min(float(row["of_best"]) for row in plan.views)
        said.append(say("lead.views", lang, views=len(plan.views), share=least))
    return said


def second(overview: Overview, lang: str) -> list[str]:
    """Say which tracks get most, and which none and why."""
    names = overview.plan.case.names(Track, lang)
    amounts = track_money(overview, _short_scale(overview, lang)[0])
    paid = [(row, amount) for row, amount in zip(overview.tracks, amounts, strict=True) if row["amount"] > 0]
    said = []
    if paid:
        told = [
            say("lead.track", lang, track=names[row["track"]], money=short(overview, amount, lang))
            for row, amount in paid[: MOST_NAMED if lang == "zh" else 2]
        ]
        said.append(say("lead.most", lang, tracks=listed(told, lang)))
    for reason in ("met", "elsewhere", "uncounted", "unserved", "shared", "free"):
        at = [names[row["track"]] for row in overview.tracks if row["reason"] == reason]
        if at and paid:
            said.append(say(f"lead.{reason}", lang, tracks=first_of(at, lang), number=len(at)))
    if (closed := overview.plan.closed_range) is not None:
        said.append(say("lead.range", lang, low=closed.low, high=closed.high))
    return said


def track_money(overview: Overview, shown: Scale) -> list[float]:
    """Return the money of the tracks as their column shows it, which adds up to its total: sentences tell the same."""
    return shown.rounded([*(row["amount"] for row in overview.tracks), overview.shared])[:-1]


def short(overview: Overview, amount: float, lang: str) -> str:
    """Write money as within a sentence that has named the currency: 3.6 亿, 358 million."""
    shown, unit = _short_scale(overview, lang)
    return f"{shown.text(amount)} {unit}".rstrip()


def _short_scale(overview: Overview, lang: str) -> tuple[Scale, str]:
    unit, most = overview.money.unit_name(lang), overview.budget[overview.money.resource]
    shown = scale(unit, most, lang)
    return shown, shown.unit.removesuffix("元") if lang == "zh" else shown.unit.removeprefix("CNY ")


def listed(names: Sequence[str], lang: str) -> str:
    """Join names: a, b and c; 甲、乙和丙."""
    if len(names) < 2:
        return "".join(names)
    return say("list.and", lang, first=say("list", lang).join(names[:-1]), last=names[-1])


def first_of(names: Sequence[str], lang: str, most: int = MOST_NAMED) -> str:
    """Name the first few, and say how many more there are."""
    if len(names) <= most:
        return listed(names, lang)
    return say("list.more", lang, first=say("list", lang).join(names[: most - 1]), number=len(names) - most + 1)


def means(overview: Overview, row: Row, lang: str) -> str:
    """Say whether a resource is used up, and what a little more of it would bring."""
    unit = overview.resources[row["resource"]].unit_name(lang)
    left = sum_of_money(row["left"], unit, lang) if unit in MONEY else in_words(row["left"], row["budget"], unit, lang)
    used = say("means.left", lang, left=left) if row["left"] else ""
    more = "" if used and row["gain"] == 0 else step(overview, row, lang)
    between = " " if lang == "en" else ""
    return between.join(part for part in (used or say("means.used_up", lang), more) if part)


def step(overview: Overview, row: Row, lang: str) -> str:
    """Say what a little more of a resource would bring."""
    if row["gain"] is None:
        return say("means.unknown", lang)
    told = sum_of_money(row["step"], overview.resources[row["resource"]].unit_name(lang), lang)
    if row["gain"] == 0:
        return say("means.more_nothing", lang, step=told)
    return say("means.more", lang, step=told, gain=_gain(overview, row["gain"], lang))


def in_words(amount: float, most: float, unit: str, lang: str) -> str:
    """Write an amount of what is no money with its unit, rounded as *most* is shown."""
    return f"{scale(unit, most, lang).text(amount)} {unit}".rstrip()


def _gain(overview: Overview, gain: float, lang: str) -> str:
    plan = overview.plan
    if plan.settings.aim.counts != "weighted_gap":
        return worth.phrase(plan, gain, lang)
    share = worth.in_units(plan, gain)
    return say("means.points_least", lang) if share < 5e-4 else say("means.points", lang, points=points(share))


def where(overview: Overview, row: Row, lang: str) -> str:
    """Say where a measure is funded: a name where it is one place, else how many."""
    case, targets = overview.plan.case, list(row["targets"])
    if row["scope"] == "city":
        return say("where.city", lang)
    names = case.names(Type, lang) if row["scope"] == "type" else case.names(Track, lang)
    if len(targets) == 1:
        return str(names.get(targets[0], targets[0]))
    return say("where.types" if row["scope"] == "type" else "where.tracks", lang, number=len(targets))


def firmness(overview: Overview, lang: str) -> str:
    """Say how the plan stands under other weights."""
    found = overview.firmness
    if found is None:
        if "firm" in overview.late:
            return say("firm.late", lang)
        return say("firm.share" if "share" in overview.plan.settings.aim.takes else "firm.one", lang)
    told = {"schemes": len(found.schemes), "always": len(found.always), "points": points(found.regret)}
    return say("firm.told", lang, **told)


def years(overview: Overview, lang: str) -> list[str]:
    """Say the spend of each year, which add up to the whole as shown; nothing where the case has no years."""
    found = overview.years
    if found is None:
        return [say("years.late", lang)] if "years" in overview.late else []
    shown, unit = _short_scale(overview, lang)
    return [
        say("years.one" if p.isdigit() else "years.one_named", lang, period=p, amount=f"{text} {unit}".rstrip())
        for p, text in zip(found.periods, shown.texts(found.spend), strict=True)
    ]


def left_out(overview: Overview, lang: str) -> str | None:
    """Say what was not found in time; None where all was."""
    names = [say(f"late.{what}", lang) for what in overview.late]
    return say("late", lang, names=listed(names, lang)) if names else None


def assumed(overview: Overview, lang: str) -> str:
    """Say which inputs are assumed."""
    if not overview.assumed:
        return say("assumed.nothing", lang)
    tables = sorted(overview.assumed_inputs, key=NAMED_FIRST.index)
    if not tables:
        return say("assumed.some", lang, share=overview.assumed)
    inputs = [say(f"input.{table}", lang) for table in tables[:MOST_NAMED]]
    if len(tables) > MOST_NAMED:
        told = say("assumed.and_more", lang, inputs=say("list", lang).join(inputs))
    else:
        told = say("assumed.inputs", lang, inputs=listed(inputs, lang))
    return told[:1].upper() + told[1:]


def shared_by(overview: Overview, lang: str) -> str:
    """Name the measures that several tracks share."""
    names = overview.plan.case.names(Measure, lang)
    return first_of([names[measure] for measure in overview.shared_by], lang, 2)


def amounts_of(overview: Overview, costs: Mapping[str, float], lang: str) -> str:
    """Say what something takes of each resource."""
    told = [
        sum_of_money(amount, overview.resources[name].unit_name(lang), lang)
        for name, amount in costs.items()
        if amount > NONE
    ]
    return say("list", lang).join(told)
