"""Ranks before and after the plan, a line a track."""

from __future__ import annotations

import numpy as np

from ..case.tables import Track
from ..study.plan.result import Plan
from ..texts.say import say
from .drawing import BLUE, FOREMOST, GREY, ORANGE, QUIET, Picture, canvas, drawn_of, el, fitted, line, text, width

ROW, GAP, MOST = 24, 220, 250


def ranking(plan: Plan, lang: str = "en") -> Picture | None:
    """Draw a line from each track's place today to its place after; None where no ranking is defined."""
    names = plan.case.names(Track, lang)
    rows = [row for row in plan.ranking if row["rank"] is not None]
    if not rows:
        return None
    both = all(row["rank_after"] is not None for row in rows)
    listed = sorted(rows, key=lambda row: row["rank"])
    after = sorted(rows, key=lambda row: (row["rank_after"], row["rank"])) if both else []
    if len(rows) > FOREMOST:
        foremost = {row["track"] for row in (*listed[:FOREMOST], *after[:FOREMOST])}
        after = [row for row in after if row["track"] in foremost]
        today = [row for row in listed if row["track"] in foremost]
    else:
        today = listed
    place = {row["track"]: i for i, row in enumerate(after)}
    room = min(max(width(names[row["track"]]) for row in today), MOST) + 12
    left = room + 34
    right = left + GAP
    top = 34
    marks = [text(left, 14, say("picture.ranking.now", lang), "end", QUIET)]
    if both:
        marks.append(text(right, 14, say("picture.ranking.after", lang), "start", QUIET))
    for i, row in enumerate(today):
        y = top + ROW * i
        marks.append(text(left - 28, y, fitted(names[row["track"]], room), "end"))
        marks.append(text(left - 6, y, str(row["rank"]), "end", bold=True))
        if not both:
            marks.append(text(left + 8, y, f"{row['score']:.3f}", "start", QUIET))
            continue
        end = top + ROW * place[row["track"]]
        change = row["rank"] - row["rank_after"]
        colour, dash = (BLUE, None) if change > 0 else (ORANGE, "6 3") if change < 0 else (GREY, None)
        marks.append(line(left + 4, y, right - 4, end, colour, 2 if change else 1.2, dash))
        marks += [
            el("circle", cx=left + 4, cy=y, r=3, fill=colour),
            el("circle", cx=right - 4, cy=end, r=3, fill=colour),
        ]
        marks.append(text(right + 6, end, str(row["rank_after"]), bold=True))
        arrow = "" if not change else f" {'▲' if change > 0 else '▼'}{abs(change)}"
        marks.append(text(right + 28, end, fitted(names[row["track"]], room) + arrow))
    title = say("picture.ranking.title", lang)
    leaders = [names[row["track"]] for row in rows if row["rank"] == 1]
    first, number = say("picture.joint", lang).join(leaders), len(leaders)
    moves = [row["rank"] - row["rank_after"] if both else 0 for row in rows]
    if any(moves):
        best = int(np.argmax(moves))
        caption = say(
            "picture.ranking.caption",
            lang,
            first=first,
            number=number,
            moved=sum(m != 0 for m in moves),
            tracks=len(rows),
            riser=names[rows[best]["track"]],
            start=rows[best]["rank"],
            end=rows[best]["rank_after"],
        )
    else:
        caption = say("picture.ranking.caption_still", lang, first=first, number=number)
    caption += ("" if lang == "zh" else " ") + say("relative", lang)
    caption = drawn_of(caption, len(today), len(rows), "first", lang)
    head = (
        say("picture.track", lang),
        *(
            f"{say(f'picture.{k}', lang)} ({say(f'picture.{w}', lang)})"
            for w in ("ranking.now", "ranking.after")
            for k in ("ranking.level", "rank", "ranking.score")
        ),
    )
    table = tuple(
        (
            names[r["track"]],
            f"{r['level']:.2f}",
            str(r["rank"]),
            f"{r['score']:.4f}",
            f"{r['level_after']:.2f}",
            "-" if r["rank_after"] is None else str(r["rank_after"]),
            "-" if r["score_after"] is None else f"{r['score_after']:.4f}",
        )
        for r in listed
    )
    wide = right + room + 74 if both else left + 90
    return Picture("ranking", title, caption, canvas(wide, top + ROW * len(today), title, caption, marks), head, table)
