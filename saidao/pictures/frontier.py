"""What a budget brings, from nothing to twice its size: a small panel a resource."""

from __future__ import annotations

from markupsafe import Markup

from ..case.tables import Resource
from ..questions.frontier import ROUNDING, Frontier
from ..texts.numbers import quantity
from ..texts.say import say
from .drawing import Picture, canvas
from .panel import BELOW, HIGH, LEFT, TOP, WIDE, panel


def frontier(found: Frontier, lang: str = "en") -> Picture:
    """Draw the share of the weighted gap closed against each budget, today's marked."""
    case = found.plan.case
    traces = [t for t in found.traces if t.budget]
    whole = max((p["closed_share"] for t in traces for p in t.points), default=1.0) or 1.0
    names = case.names(Resource, lang)
    marks: list[Markup] = []
    for n, trace in enumerate(traces):
        x, y = (n % 2) * (LEFT + WIDE + 22) + LEFT, (n // 2) * (TOP + HIGH + BELOW) + TOP
        name, unit = names[trace.against], case.unit(trace.against, lang)
        marks += panel(
            [(unit.read(p["amount"]), p["closed_share"]) for p in trace.points],
            x,
            y,
            say("book.in_unit", lang, name=name, unit=unit.name) if unit.name else name,
            most=whole,
            now=unit.read(trace.budget or 0.0),
        )
    table = tuple(
        (names[t.against], case.unit(t.against, lang).text(p["amount"]), f"{p['closed_share']:.2%}")
        for t in traces
        for p in t.points
    )
    title = say("picture.frontier.title", lang)
    caption = ""
    if traces:
        steepest = min(traces, key=lambda t: float(t.points[0]["closed_share"]))
        first = float(steepest.points[0]["amount"])
        from_nothing = first <= ROUNDING * (steepest.budget or 0.0)
        caption = say(
            "picture.frontier.caption" if from_nothing else "picture.frontier.caption_from",
            lang,
            resource=names[steepest.against],
            amount=quantity(first, case.resource_of[steepest.against].unit_name(lang)),
            least=steepest.points[0]["closed_share"],
            most=steepest.points[-1]["closed_share"],
        )
    coarse = max((t.coarse for t in traces), default=0.0)
    if coarse:
        caption = (" " if lang == "en" else "").join([caption, say("sampled.coarse", lang, coarse=coarse)])
    high = ((len(traces) + 1) // 2) * (TOP + HIGH + BELOW)
    svg = canvas(2 * (LEFT + WIDE) + 32, high, title, caption, marks)
    return Picture(
        "frontier",
        title,
        caption,
        svg,
        tuple(say(f"picture.{k}", lang) for k in ("resource", "frontier.amount", "frontier.closed")),
        table,
    )
