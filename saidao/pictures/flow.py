"""Flows: what is spent of each resource, on which measures, at which tracks, and which factors' gaps it closes."""

from __future__ import annotations

from collections import defaultdict

from markupsafe import Markup

from ..case.tables import Factor, Measure, Resource, Track
from ..study.plan.result import Plan
from ..texts.say import say
from .drawing import BLUE, GREEN, GREY, INK, ORANGE, PURPLE, QUIET, Picture, box, canvas, el, fitted, text, width

LARGEST, TRACKS = 12, 30
"""Measures and tracks that have a box of their own; the others share one."""
OTHERS = "\0"
"""The box of the other tracks: no id."""
BAR, SPAN, HIGH, SPACE = 12, 190, 430, 5
Links = dict[tuple[str, str], float]


def flow(plan: Plan, lang: str = "en") -> Picture:
    """Draw resources -> measures -> tracks -> factors: shares of all spend at the left, of what closes at the right."""
    names = {model: plan.case.names(model, lang) for model in (Resource, Measure, Track, Factor)}
    spent, by_track, by_factor = _links(plan)
    title, head = (
        say("picture.flow.title", lang),
        tuple(say(f"picture.{k}", lang) for k in ("flow.from", "flow.to", "flow.spent", "flow.closed")),
    )
    if not spent or not by_track:
        caption = say("picture.flow.caption_none", lang)
        return Picture("flow", title, caption, canvas(400, 24, title, caption, [text(0, 12, caption)]), head, ())
    value: dict[str, float] = defaultdict(float)
    for (measure, _), share in by_track.items():
        value[measure] += share
    cost: dict[str, float] = defaultdict(float)
    for (_, measure), share in spent.items():
        cost[measure] += share
    ranked = sorted(cost, key=lambda m: -(cost[m] + value[m]))
    rest = say("picture.others", lang)
    shown = {m: m if m in ranked[:LARGEST] else rest for m in ranked}
    gains: dict[str, float] = defaultdict(float)
    for (_, track), share in by_track.items():
        gains[track] += share
    drawn = set(sorted(gains, key=lambda t: -gains[t])[:TRACKS])
    held = {t: t if t in drawn else OTHERS for t in gains}
    columns = [_merged(spent, {}, shown), _merged(by_track, shown, held), _merged(by_factor, held, {})]
    labels: list[dict[str, str]] = [
        names[Resource],
        {rest: rest, **{m: names[Measure][m] for m in ranked}},
        {OTHERS: rest, **names[Track]},
        names[Factor],
    ]
    order = [
        list(names[Resource]),
        [*(m for m in ranked if shown[m] == m), *([rest] if len(ranked) > LARGEST else [])],
        [*(t for t in names[Track] if t in drawn), *([OTHERS] if len(gains) > TRACKS else [])],
        [f for f in names[Factor] if any(f == b for _, b in by_factor)],
    ]
    places = [_stacked(order[c], columns[:c][-1:], columns[c : c + 1]) for c in range(4)]
    marks: list[Markup] = []
    x = [150.0 + c * (BAR + SPAN) for c in range(4)]
    x[2] += 130
    x[3] += 130
    colours = dict(zip(order[0], (BLUE, ORANGE, GREEN, PURPLE) * len(order[0]), strict=False))
    for c, links in enumerate(columns):
        leave = {node: top for node, (top, _) in places[c].items()}
        arrive = {node: top for node, (top, _) in places[c + 1].items()}
        for a in order[c]:
            for b in order[c + 1]:
                share = links.get((a, b), 0.0)
                if share <= 0:
                    continue
                marks.append(_ribbon(x[c] + BAR, leave[a], x[c + 1], arrive[b], share * HIGH, colours.get(a, GREY)))
                leave[a] += share * HIGH
                arrive[b] += share * HIGH
    for c in range(4):
        for node, (top, high) in places[c].items():
            marks.append(box(x[c], top, BAR, max(high, 1.0), colours.get(node, INK if c else BLUE)))
            label = labels[c][node]
            if c == 0:
                marks.append(text(x[c] - 6, top + high / 2, fitted(label, 140), "end"))
            else:
                marks.append(
                    text(x[c] + BAR + 5, top + high / 2, fitted(label, 285 if c == 1 else 175, 11), size=11, halo=True)
                )
    bottom = max(top + high for column in places for top, high in column.values())
    for c, key in ((0, "flow.spent"), (2, "flow.closed")):
        marks.append(text(x[c], 10, say(f"picture.{key}", lang), "start", QUIET, 11))
    best = max(value, key=lambda m: value[m])
    track = max(gains, key=lambda t: gains[t])
    caption = say(
        "picture.flow.caption",
        lang,
        measure=names[Measure][best],
        share=value[best],
        track=names[Track][track],
        gain=gains[track],
    )
    table = [(names[Resource][a], names[Measure][b], f"{s:.2%}", "") for (a, b), s in spent.items()]
    table += [(names[Measure][a], names[Track][b], "", f"{s:.2%}") for (a, b), s in by_track.items()]
    table += [(names[Track][a], names[Factor][b], "", f"{s:.2%}") for (a, b), s in by_factor.items()]
    wide = x[3] + BAR + 10 + min(max(width(labels[3][f], 11) for f in order[3]), 180)
    return Picture("flow", title, caption, canvas(wide, bottom + 10, title, caption, marks), head, tuple(table))


def _links(plan: Plan) -> tuple[Links, Links, Links]:
    """Shares: (resource, measure) of all spend, budgets counting alike; (measure, track), (track, factor) of value."""
    budget: dict[str, float] = defaultdict(float)
    for row in plan.resources:
        budget[row["resource"]] += row["budget"]
    priority = {(row["track"], row["factor"]): row["priority"] for row in plan.gaps}
    spent: Links = defaultdict(float)
    by_track: Links = defaultdict(float)
    by_factor: Links = defaultdict(float)
    for row in plan.allocation:
        for resource, amount in row["costs"].items():
            if amount > 0 and budget[resource] > 0:
                spent[resource, row["measure"]] += amount / budget[resource]
        for closed in row["closes"]:
            worth = closed["amount"] * priority[closed["track"], closed["factor"]]
            if worth > 0:
                by_track[row["measure"], closed["track"]] += worth
                by_factor[closed["track"], closed["factor"]] += worth
    return _shares(spent), _shares(by_track), _shares(by_factor)


def _shares(links: Links) -> Links:
    whole = sum(links.values())
    return {pair: amount / whole for pair, amount in links.items()}


def _merged(links: Links, left: dict[str, str], right: dict[str, str]) -> Links:
    """Add up links whose ends are shown under one name."""
    merged: Links = defaultdict(float)
    for (a, b), share in links.items():
        merged[left.get(a, a), right.get(b, b)] += share
    return merged


def _stacked(nodes: list[str], arriving: list[Links], leaving: list[Links]) -> dict[str, tuple[float, float]]:
    """Place nodes one below the other, as high as the more of what arrives and leaves: top and height of each."""
    places, top = {}, 26.0
    for node in nodes:
        come = sum(share for links in arriving for (_, b), share in links.items() if b == node)
        go = sum(share for links in leaving for (a, _), share in links.items() if a == node)
        high = max(come, go) * HIGH
        if high > 0:
            places[node] = (top, high)
            top += high + SPACE + max(0.0, 11 - high)
    return places


def _ribbon(x1: float, y1: float, x2: float, y2: float, high: float, colour: str) -> Markup:
    middle = (x1 + x2) / 2
    path = (
        f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
        f"v{high:.2f}C{middle:.1f} {y2 + high:.1f} {middle:.1f} {y1 + high:.1f} {x1:.1f} {y1 + high:.1f}z"
    )
    return el("path", d=path, fill=colour, fill_opacity=0.22)
