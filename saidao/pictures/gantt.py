"""A plan over its periods: a bar for every funded measure while it is paid for, a line from when it acts."""

from __future__ import annotations

from ..case.tables import Measure
from ..framework.stages import Stages
from ..texts.say import say
from .drawing import (
    BLUE,
    GREEN,
    GREY,
    INK,
    LINE,
    ORANGE,
    PAPER,
    PURPLE,
    QUIET,
    Picture,
    box,
    canvas,
    fitted,
    line,
    text,
    width,
)

ROW, CELL, MOST = 22, 150, 330
COLOURS = (BLUE, ORANGE, GREEN, PURPLE, GREY)


def gantt(found: Stages, lang: str = "en") -> Picture:
    """Draw funded measures x periods, by stage; a bar is as long as the share of the measure's level in a period."""
    names, periods = found.case.names(Measure, lang), found.periods
    stages = [row for row in found.stages if row["funded"]]
    colour = {row["stage"]: COLOURS[i % len(COLOURS)] for i, row in enumerate(stages)}
    bars: dict[str, list[dict[str, object]]] = {}
    for row in found.schedule:
        bars.setdefault(row["measure"], []).append(row)
    left = min(max((width(names[m]) for m in bars), default=0.0), MOST) + 16
    y, marks = 30.0, []
    for q, period in enumerate(periods):
        marks.append(text(left + CELL * (q + 0.5), 14, period, "middle", QUIET))
    for stage in stages:
        told = say("picture.joint", lang).join(filter(None, (stage[f"name_{lang}"], stage[f"need_{lang}"])))
        marks += [text(8, y + ROW / 2, told, colour=colour[stage["stage"]], bold=True)]
        y += ROW
        for measure, rows in bars.items():
            if rows[0]["stage"] != stage["stage"]:
                continue
            whole = sum(float(str(row["level"])) for row in rows)
            marks.append(text(left - 8, y + ROW / 2, fitted(names[measure], left - 14), "end"))
            acts = rows[0]["acts_from"]
            if acts is not None:
                at = left + CELL * periods.index(str(acts))
                marks.append(line(at, y + ROW - 3, left + CELL * len(periods), y + ROW - 3, colour[stage["stage"]], 2))
            for row in rows:
                x = left + CELL * periods.index(str(row["period"]))
                level = float(str(row["level"]))
                long = (CELL - 6) * level / whole
                marks.append(box(x + 1, y + 3, long, ROW - 9, colour[stage["stage"]], rx=2))
                content = f"{level:.2f}"
                inside = long > width(content) + 8
                marks.append(
                    text(
                        x + 6 if inside else x + long + 5,
                        y + ROW / 2 - 2,
                        content,
                        colour=PAPER if inside else INK,
                        size=11,
                    )
                )
            y += ROW
        y += 4
    grid = [line(left + CELL * q, 24, left + CELL * q, y, LINE) for q in range(len(periods) + 1)]
    title = say("picture.gantt.title", lang)
    caption = (" " if lang == "en" else "").join([*found.plan_text(lang), say("picture.gantt.caption", lang)])
    head = (say("picture.measure", lang), say("picture.gantt.stage", lang), *periods, say("picture.gantt.acts", lang))
    by_id = {row["stage"]: row[f"name_{lang}"] for row in stages}
    table = tuple(
        (
            names[m],
            by_id[str(rows[0]["stage"])],
            *(next((f"{r['level']:.2f}" for r in rows if r["period"] == q), "-") for q in periods),
            str(rows[0]["acts_from"] or "-"),
        )
        for m, rows in bars.items()
    )
    wide = left + CELL * len(periods) + 40
    return Picture("gantt", title, caption, canvas(wide, y + 6, title, caption, [*grid, *marks]), head, table)
