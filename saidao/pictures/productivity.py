"""Growth of productivity by track: the Solow residual, the Malmquist index, and its two ways."""

from __future__ import annotations

from ..case.tables import Track
from ..framework.tfp import Productivity
from ..texts.say import say
from .drawing import BLUE, FOREMOST, INK, LINE, ORANGE, QUIET, Picture, box, canvas, drawn_of, fitted, line, text
from .grid import left_of

ROW, HALF, TOP = 30, 190, 34
KEYS = ("technical", "efficiency")


def productivity(found: Productivity, lang: str = "en") -> Picture:
    """Draw technical change and efficiency change of each track, yearly means, from a zero in the middle."""
    names = found.case.names(Track, lang)
    every = sorted(found.means, key=lambda row: -float(row["malmquist"]))
    rows = every[:FOREMOST]
    most = max((abs(row[k] - 1) for row in rows for k in KEYS), default=0.0) or 1.0
    left = left_of([names[row["track"]] for row in rows])
    middle = left + HALF
    marks = [
        text(left, 14, say("picture.productivity.technical", lang), colour=BLUE),
        text(left + HALF, 14, say("picture.productivity.efficiency", lang), colour=ORANGE),
        text(middle + HALF + 62, 14, say("picture.productivity.both", lang), "end", QUIET),
    ]
    for i, row in enumerate(rows):
        y = TOP + ROW * i
        marks.append(text(left - 8, y + ROW / 2, fitted(names[row["track"]], left - 14), "end"))
        for k, (key, colour) in enumerate(zip(KEYS, (BLUE, ORANGE), strict=True)):
            change = round(row[key] - 1, 3) + 0.0  # no -0.0%
            long = abs(change) / most * (HALF - 44)
            x, at = (middle, middle + long + 4) if change >= 0 else (middle - long, middle - long - 4)
            marks.append(box(x, y + 3 + 12 * k, long, 10, colour))
            marks.append(text(at, y + 8 + 12 * k, f"{change:+.1%}", "start" if change >= 0 else "end", colour, 10))
        marks.append(text(middle + HALF + 62, y + ROW / 2, f"{row['malmquist'] - 1:+.1%}", "end", INK))
    high = TOP + ROW * len(rows) + 8
    marks.append(line(middle, TOP - 4, middle, high - 6, LINE))
    title, caption = say("picture.productivity.title", lang), (" " if lang == "en" else "").join(found.text(lang))
    caption = drawn_of(caption, len(rows), len(every), "grown", lang)
    shown = ("output", "residual", "both", "technical", "efficiency", "frontier")
    head = (say("picture.track", lang), *(say(f"picture.productivity.{k}", lang) for k in shown))
    table = tuple(
        (
            names[row["track"]],
            f"{row['output']:+.1%}",
            f"{row['residual']:+.1%}",
            *(f"{row[k] - 1:+.1%}" for k in ("malmquist", *KEYS)),
            f"{row['frontier_share']:.0%}",
        )
        for row in every
    )
    return Picture("productivity", title, caption, canvas(middle + HALF + 70, high, title, caption, marks), head, table)
