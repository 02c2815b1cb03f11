"""The diamond's matrix: the gap of every track on every factor, before the plan and after it."""

from __future__ import annotations

from ..case.tables import Factor, Track
from ..study.plan.result import Plan
from ..texts.say import say
from .drawing import (
    FOREMOST,
    INK,
    PAPER,
    QUIET,
    SIZE,
    Picture,
    box,
    canvas,
    column_headings,
    drawn_of,
    fitted,
    on,
    shade,
    text,
)
from .grid import ROW, left_of, top_of

CELL = 88
CLOSED = 1e-9


def diamond(plan: Plan, lang: str = "en") -> Picture:
    """Draw tracks x factors, each cell halved: before and after."""
    tracks, factors = plan.case.names(Track, lang), plan.case.names(Factor, lang)
    rows = {(row["track"], row["factor"]): (row["gap"], row["gap"] - row["closed"]) for row in plan.gaps}
    columns = list(dict.fromkeys(f for _, f in rows))
    every = list(dict.fromkeys(t for t, _ in rows))
    before_of = {t: sum(rows[t, f][0] for f in columns) for t in every}
    foremost = set(sorted(every, key=lambda t: -before_of[t])[:FOREMOST])
    lines = [t for t in every if t in foremost]
    names = [tracks[t] for t in lines]
    heads = [*(factors[f] for f in columns), say("picture.diamond.sum", lang)]
    left, top = left_of(names), top_of(heads)
    marks = column_headings(heads, left, CELL, top)
    most = max((gap for gap, _ in rows.values()), default=0.0) or 1.0
    sums = [(t, *(sum(rows[t, f][side] for f in columns) for side in (0, 1))) for t in lines]
    widest = max((before for _, before, _ in sums), default=0.0) or 1.0
    for i, track in enumerate(lines):
        y = top + ROW * i
        marks.append(text(left - 8, y + ROW / 2, fitted(names[i], left - 14), "end"))
        cells = [(*rows[track, f], most) for f in columns] + [(sums[i][1], sums[i][2], widest)]
        for j, (before, after, whole) in enumerate(cells):
            x = left + CELL * j + (6 if j == len(columns) else 0)
            for side, gap in enumerate((before, after)):
                fill = shade(gap / whole) if before > CLOSED else PAPER
                marks.append(box(x + 1 + side * (CELL - 2) / 2, y + 1, (CELL - 2) / 2, ROW - 2, fill))
                if before > CLOSED:
                    marks.append(
                        text(x + CELL * (0.25 + side / 2), y + ROW / 2, f"{gap:.2f}", "middle", on(fill), SIZE - 1)
                    )
            if before <= CLOSED:
                marks.append(text(x + CELL / 2, y + ROW / 2, "·", "middle", QUIET))
    high = top + ROW * len(lines)
    key = f"{say('picture.diamond.before', lang)} | {say('picture.diamond.after', lang)}"
    marks.append(text(left + CELL / 2, high + 14, key, "middle", INK, SIZE - 1))
    gaps = {pair: after for pair, (_, after) in rows.items()}
    before_all, after_all = (sum(pair[side] for pair in rows.values()) for side in (0, 1))
    if before_all > CLOSED:
        (t, f), still = max(gaps.items(), key=lambda item: item[1])
        caption = say(
            "picture.diamond.caption",
            lang,
            before=before_all,
            closed=before_all - after_all,
            track=tracks[t],
            factor=factors[f],
            left=still,
        )
    else:
        caption = say("picture.diamond.caption_none", lang)
    caption = drawn_of(caption, len(lines), len(every), "gap", lang)
    title = say("picture.diamond.title", lang)
    head = (
        say("picture.track", lang),
        *(f"{factors[f]} ({say(f'picture.diamond.{w}', lang)})" for f in columns for w in ("before", "after")),
    )
    table = tuple((tracks[t], *(f"{v:.3f}" for f in columns for v in rows[t, f])) for t in every)
    wide = left + CELL * (len(columns) + 1) + 16
    return Picture("diamond", title, caption, canvas(wide, high + 28, title, caption, marks), head, table)
