"""Coverage of the chains: innovation chain x industry chain, how much of the gap lies where, and what covers it."""

from __future__ import annotations

from ..case.tables import Link
from ..framework.chains import Chains
from ..texts.say import say
from .drawing import ORANGE, PAPER, Picture, box, canvas, column_headings, on, shade, text
from .grid import left_of

CELL, HIGH, TOP = 210, 62, 34


def coverage(found: Chains, lang: str = "en") -> Picture:
    """Draw the map of the first two chains; cells with a gap that no funded measure is meant for are framed."""
    names = found.case.names(Link, lang)
    first, second = [*found.order, ""][:2]
    rows, columns = found.order[first], found.order.get(second, [""])
    most = max((row["gap"] for row in found.map), default=0.0) or 1.0
    labels = [names[link] for link in rows]
    left = left_of(labels)
    marks = column_headings([names.get(link, "") for link in columns], left, CELL, TOP)
    for n, row in enumerate(found.map):
        i, j = divmod(n, len(columns))
        x, y = left + CELL * j, TOP + HIGH * i
        fill = shade(row["gap"] / most)
        held = row["holes"] + row["unfunded"] > 0
        frame = {"stroke": ORANGE, "stroke_width": 2.5} if held else {}
        marks.append(box(x + 2, y + 2, CELL - 4, HIGH - 4, fill if row["gap"] > 0 else PAPER, **frame))
        if j == 0:
            marks.append(text(left - 8, y + HIGH / 2, labels[i], "end"))
        ink = on(fill) if row["gap"] > 0 else on(PAPER)
        if row["gap"] > 0:
            lines = [
                say("picture.coverage.gap", lang, gap=row["gap"], closed=row["closed"] / row["gap"]),
                say("picture.coverage.reach", lang, reach=row["reach"] / row["gap"]),
                say("picture.coverage.measures", lang, funded=row["funded"], measures=row["measures"]),
            ]
        else:
            lines = [
                say("state.none", lang),
                "",
                say("picture.coverage.measures", lang, funded=row["funded"], measures=row["measures"]),
            ]
        marks += [text(x + CELL / 2, y + 14 + 17 * k, told, "middle", ink, 11) for k, told in enumerate(lines)]
    title, caption = say("picture.coverage.title", lang), (" " if lang == "en" else "").join(found.text(lang))
    head = (
        found.chain_name(first, lang),
        *([found.chain_name(second, lang)] if second else []),
        *(say(f"picture.coverage.{k}_head", lang) for k in ("gap", "closed", "meant", "reach", "measures", "state")),
    )
    table = tuple(
        (
            names[row[first]],
            *([names[row[second]]] if second else []),
            *(f"{row[k]:.1%}" for k in ("gap", "closed", "closed_meant", "reach")),
            f"{row['funded']} / {row['measures']}",
            say(f"state.{row['state']}", lang),
        )
        for row in found.map
    )
    high = TOP + HIGH * len(rows) + 6
    drawn = canvas(left + CELL * len(columns) + 8, high, title, caption, marks)
    return Picture("coverage", title, caption, drawn, head, table)
