"""What a budget brings, from nothing to twice its size: a small panel a resource."""

from __future__ import annotations

from markupsafe import Markup

from ..case.tables import Resource
from ..questions.frontiers import Frontier, Trace
from .drawing import BLUE, INK, LINE, QUIET, Picture, canvas, el, fitted, line, nice, text
from .words import say

WIDE, HIGH, LEFT, TOP, BELOW = 300, 150, 44, 26, 34


def frontier(found: Frontier, lang: str = "en") -> Picture:
    """Draw the share of the weighted gap closed against each budget, today's marked."""
    case = found.plan.case
    resources = {row.resource: row for row in case.rows(Resource)}
    traces = [t for t in found.traces if t.budget]
    whole = max((p["closed_share"] for t in traces for p in t.points), default=1.0) or 1.0
    marks: list[Markup] = []
    for n, trace in enumerate(traces):
        x, y = (n % 2) * (LEFT + WIDE + 22) + LEFT, (n // 2) * (TOP + HIGH + BELOW) + TOP
        r = resources[trace.against]
        marks += _panel(trace, x, y, whole, f"{r.name(lang)} ({r.unit_name(lang)})" if r.unit else r.name(lang))
    table = tuple(
        (resources[t.against].name(lang), f"{p['amount']:,.6g}", f"{p['closed_share']:.2%}")
        for t in traces for p in t.points
    )  # fmt: skip
    title = say("frontier.title", lang)
    caption = ""
    if traces:
        steepest = min(traces, key=lambda t: float(t.points[0]["closed_share"]))
        caption = say("frontier.caption", lang, resource=resources[steepest.against].name(lang),
                      least=steepest.points[0]["closed_share"], most=steepest.points[-1]["closed_share"])  # fmt: skip
    high = ((len(traces) + 1) // 2) * (TOP + HIGH + BELOW)
    svg = canvas(2 * (LEFT + WIDE) + 32, high, title, caption, marks)
    return Picture("frontier", title, caption, svg,
                   tuple(say(k, lang) for k in ("resource", "frontier.amount", "frontier.closed")), table)  # fmt: skip


def _panel(trace: Trace, left: float, top: float, whole: float, label: str) -> list[Markup]:
    most = float(trace.points[-1]["amount"]) or 1.0
    marks = [text(left, top - 12, fitted(label, WIDE), bold=True)]
    for share in nice(whole):
        y = top + HIGH * (1 - share / whole)
        marks += [line(left, y, left + WIDE, y, LINE), text(left - 6, y, f"{share:.0%}", "end", QUIET, 11)]
    for amount in nice(most):
        x = left + WIDE * amount / most
        marks += [line(x, top + HIGH, x, top + HIGH + 4, QUIET),
                  text(x, top + HIGH + 13, f"{amount:,.6g}", "middle", QUIET, 11)]  # fmt: skip
    at = left + WIDE * (trace.budget or 0.0) / most
    marks.append(line(at, top, at, top + HIGH, INK, 1.2, "4 3"))
    path = " ".join(
        f"{left + WIDE * p['amount'] / most:.1f},{top + HIGH * (1 - p['closed_share'] / whole):.1f}"
        for p in trace.points
    )
    return [*marks, el("polyline", points=path, fill="none", stroke=BLUE, stroke_width=2)]
