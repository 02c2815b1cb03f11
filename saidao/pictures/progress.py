"""How far each track is today and after every period: the level that it reaches over its factors."""

from __future__ import annotations

from ..case.tables import Track
from ..framework.stages import Stages
from ..texts.say import say
from .drawing import FOREMOST, Picture, canvas, drawn_of, shade
from .grid import grid

CELL = 92


def progress(found: Stages, lang: str = "en") -> Picture:
    """Draw tracks x (today, periods); 1 is every target reached. Beside each name stands the track's stage."""
    tracks = found.case.names(Track, lang)
    stages = {row["stage"]: row[f"name_{lang}"] for row in found.stages}
    at = {row["track"]: stages.get(row["stage"]) for row in found.diagnosis}
    rows, keys = found.progress, ["today", *found.periods]
    names = [tracks[row["track"]] + (f" ({at[row['track']]})" if at[row["track"]] else "") for row in rows]
    columns = [say("picture.progress.today", lang), *found.periods]

    def shown(i: int, j: int) -> tuple[str, str]:
        level = float(rows[lines[i]][keys[j]])
        return f"{level:.2f}", shade(level)

    by_rise = sorted(range(len(rows)), key=lambda i: float(rows[i]["today"] - rows[i][keys[-1]]))
    lines = sorted(by_rise[:FOREMOST])
    marks, wide, high = grid([names[i] for i in lines], columns, shown, CELL)
    risen = rows[by_rise[0]]
    title = say("picture.progress.title", lang)
    caption = say(
        "picture.progress.caption", lang, track=tracks[risen["track"]], start=risen["today"], end=risen[keys[-1]]
    )
    caption = drawn_of(caption, len(lines), len(rows), "risen", lang)
    table = tuple((name, *(f"{row[key]:.3f}" for key in keys)) for name, row in zip(names, rows, strict=True))
    drawn = canvas(wide, high, title, caption, marks)
    return Picture("progress", title, caption, drawn, (say("picture.track", lang), *columns), table)
