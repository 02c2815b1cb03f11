"""What a plan rests on: the share of its objective by source, for each kind of input."""

from __future__ import annotations

from ..case.provenance import KINDS
from ..study.plan.result import Plan
from ..texts.say import say
from .drawing import KIND_COLOURS, PAPER, Picture, box, canvas, text, width

ROW, WIDE = 28, 420


def rests_on(plan: Plan, lang: str = "en") -> Picture:
    """Draw a bar a kind of input, parted by source."""
    shares: dict[str, dict[str, float]] = {}
    for row in plan.inputs:
        shares.setdefault(row["table"], {})[row["kind"]] = row["share_of_objective"]
    labels = {table: say(f"input.{table}", lang) for table in shares}
    kinds = {kind: say(f"source.{kind}", lang) for kind in KINDS}
    left = max((width(label) for label in labels.values()), default=0.0) + 14
    marks = []
    for i, (name, parts) in enumerate(shares.items()):
        y, x = 30 + ROW * i, left
        marks.append(text(left - 8, y + 9, labels[name], "end"))
        for kind in KINDS:
            share = parts.get(kind, 0.0)
            if share <= 0:
                continue
            marks.append(box(x, y, WIDE * share, ROW - 10, KIND_COLOURS[kind]))
            told = f"{kinds[kind]} {share:.0%}"
            if width(told, 11) < WIDE * share - 8:
                marks.append(text(x + 6, y + 9, told, colour=PAPER, size=11))
            x += WIDE * share
    x = left
    for kind in KINDS:
        marks += [box(x, 6, 11, 11, KIND_COLOURS[kind]), text(x + 16, 11.5, kinds[kind], size=11)]
        x += width(kinds[kind], 11) + 38
    assumed = sum(r["share_of_objective"] for r in plan.provenance if r["kind"] == "assumption")
    title, caption = say("picture.rests.title", lang), say("picture.rests.caption", lang, share=assumed)
    head = (say("picture.rests.input", lang), *kinds.values())
    table = tuple((labels[t], *(f"{parts.get(k, 0.0):.1%}" for k in KINDS)) for t, parts in shares.items())
    svg = canvas(left + WIDE + 12, 34 + ROW * len(shares), title, caption, marks)
    return Picture("rests_on", title, caption, svg, head, table)
