"""Budgets: what is used of them, what one more unit is worth, and over which range that holds."""

from __future__ import annotations

from ..results.result import Row
from ..study.plan import worth
from ..study.plan.result import Plan
from ..study.plan.sentences import bottleneck
from ..texts.say import say
from .drawing import BLUE, INK, ORANGE, QUIET, Picture, box, canvas, fitted, line, text, width

ROW, BAR, WIDE = 40, 12, 330


def prices(plan: Plan, lang: str = "en") -> Picture:
    """Draw a bar a budget, its use, and the range of its price."""
    resources = plan.case.resource_of
    periods = len({row["period"] for row in plan.resources}) > 1
    labels = [resources[r["resource"]].name(lang) + (f" {r['period']}" if periods else "") for r in plan.resources]
    left = min(max((width(label) for label in labels), default=0.0), 220) + 12
    ends = [_of_room(row, row["valid_to"] or 0.0) for row in plan.resources]
    scale = WIDE / max(1.25, min(max(ends, default=1.0), 2.0))
    marks, table = [], []
    for i, (row, label) in enumerate(zip(plan.resources, labels, strict=True)):
        unit = plan.case.unit(row["resource"], lang)
        y = 30 + ROW * i
        budget = row["budget"] + row["carried"]
        used, whole = unit.text(row["used"]), unit.text(budget)
        share = row["used"] / budget if budget > 0 else 0.0
        marks += [text(left - 8, y + 6, fitted(label, left - 12), "end"), box(left, y, scale, BAR, "#e4e8ea")]
        marks.append(box(left, y, scale * min(share, 1.0), BAR, BLUE))
        marks.append(line(left + scale, y - 5, left + scale, y + BAR + 4, INK, 1.5))
        marks.append(text(left, y + BAR + 9, f"{used} / {whole} {unit.name}", "start", QUIET, 11))
        price = row["price_up"]
        if price is None:
            told = say("picture.prices.no_price", lang)
        else:
            size, one = worth.step(plan, row, lang)
            told = say("picture.prices.price", lang, gain=worth.written(plan, price * size, lang, "+"), step=one)
            if price > 0 and budget > 0 and row["valid_from"] is not None:
                start = _of_room(row, row["valid_from"])
                end = min(_of_room(row, row["valid_to"]) if row["valid_to"] is not None else 2.0, WIDE / scale)
                marks.append(line(left + scale * start, y - 5, left + scale * end, y - 5, ORANGE, 2.5))
        marks.append(text(left + WIDE + 14, y + 6, told, bold=bool(price)))
        held = worth.range_or_steps(plan, row, lang)
        table.append((label, f"{whole} {unit.name}", used, told, held))
    scarce = bottleneck(plan)
    if plan.model.is_mixed:
        caption = say("picture.prices.caption_whole", lang)
    elif scarce is None:
        caption = say("picture.prices.caption_none", lang)
    else:
        gain = worth.phrase(plan, scarce["price_up"] * scarce["budget"] / 100, lang)
        caption = say("picture.prices.caption", lang, resource=resources[scarce["resource"]].name(lang), gain=gain)
    title = say("picture.prices.title", lang)
    head = worth.heading(plan, lang)
    heads = (
        *(say(f"picture.{key}", lang) for key in ("resource", "prices.budget", "prices.used")),
        head,
        say("picture.prices.range", lang),
    )
    marks.append(text(left + WIDE + 14, 10, fitted(head, 146), "start", QUIET, 11))
    svg = canvas(left + WIDE + 160, 26 + ROW * len(labels), title, caption, marks)
    return Picture("prices", title, caption, svg, heads, tuple(table))


def _of_room(row: Row, amount: float) -> float:
    """An amount of a period's own budget, and what was carried to it, as a share of both; 1 where there is nothing."""
    room = row["budget"] + row["carried"]
    return float((amount + row["carried"]) / room) if room > 0 else 1.0
