"""Both readings of the ticks: rank, gap and what closes of it, side by side."""

from __future__ import annotations

from ..case.tables import Track
from ..framework.readings import Readings
from ..texts.say import say
from .drawing import FOREMOST, PAPER, Picture, canvas, drawn_of, shade
from .grid import grid

CELL = 84


def readings(found: Readings, lang: str = "en") -> Picture:
    """Draw tracks x (rank, share of the gap, closed) of each reading; the darker, the earlier, the larger."""
    names = found.case.names(Track, lang)
    rows = found.tracks
    keys = [f"{what}_{ticks}" for ticks in found.plans for what in ("rank", "gap", "closed")]
    columns = [say(f"picture.readings.{key}", lang) for key in keys]
    most = {key: max((row[key] or 0.0 for row in rows), default=0.0) or 1.0 for key in keys}

    def told(value: float | None, key: str) -> str:
        return "-" if value is None else str(value) if key.startswith("rank") else f"{value:.0%}"

    def shown(i: int, j: int) -> tuple[str, str]:
        key = keys[j]
        value = rows[lines[i]][key]
        if value is None:
            return "-", PAPER
        if key.startswith("rank"):
            return str(value), shade(1 - (value - 1) / max(len(rows) - 1, 1))
        return f"{value:.0%}", shade(value / most[key] if key.startswith("gap") else value)

    labels = [names[row["track"]] for row in rows]
    gaps = [key for key in keys if key.startswith("gap")]
    lines = sorted(sorted(range(len(rows)), key=lambda i: -max(rows[i][key] or 0.0 for key in gaps))[:FOREMOST])
    marks, wide, high = grid([labels[i] for i in lines], columns, shown, CELL)
    title, caption = say("picture.readings.title", lang), (" " if lang == "en" else "").join(found.text(lang))
    caption = drawn_of(caption, len(lines), len(rows), "share", lang)
    table = tuple((label, *(told(row[key], key) for key in keys)) for label, row in zip(labels, rows, strict=True))
    return Picture(
        "readings",
        title,
        caption,
        canvas(wide, high, title, caption, marks),
        (say("picture.track", lang), *columns),
        table,
    )
