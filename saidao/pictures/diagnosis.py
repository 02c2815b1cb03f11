"""What each track needs: tracks x needs of the stages, in each cell what is still open; its own stage is framed."""

from __future__ import annotations

from ..case.tables import Track
from ..framework.stages import Stages
from ..texts.say import say
from .drawing import FOREMOST, ORANGE, Picture, box, canvas, drawn_of, shade, text, width
from .grid import ROW, grid, left_of, top_of

CELL = 70


def diagnosis(found: Stages, lang: str = "en") -> Picture:
    """Draw tracks with a gap x needs: the share of the track's gap that measures serving the need could still close."""
    stages = {row["stage"]: row[f"name_{lang}"] for row in found.stages}
    keys = list(dict.fromkeys((row["stage"], row["need"]) for row in found.needs))
    keys.sort(key=lambda key: (list(stages).index(key[0]), key[1] == ""))
    tracks = found.case.names(Track, lang)
    every = {row["track"]: row["stage"] for row in found.diagnosis if row["closed"] is not None}
    cells = {(row["track"], row["stage"], row["need"]): row for row in found.needs}
    still = {t: max((cells[t, *key]["open"] for key in keys if (t, *key) in cells), default=0.0) for t in every}
    foremost = set(sorted(every, key=lambda t: -still[t])[:FOREMOST])
    own = {t: stage for t, stage in every.items() if t in foremost}
    lines = list(own)
    labels = [tracks[t] for t in own]
    columns = [found.need_name(need, lang) for _, need in keys]

    def shown(i: int, j: int) -> tuple[str, str]:
        row = cells.get((lines[i], *keys[j]))
        if row is None:
            return "", "#ffffff"
        return f"{row['open']:.0%}" if row["open"] > 5e-3 else "·", shade(row["open"])

    marks, wide, high = grid(labels, columns, shown, CELL)
    left, top = left_of(labels), top_of(columns)
    for stage, name in stages.items():
        at = [j for j, key in enumerate(keys) if key[0] == stage]
        if not at:
            continue
        x, across = left + CELL * at[0], CELL * len(at)
        if width(name, 12) < across:
            marks.append(text(x + across / 2, high + 6, name, "middle", bold=True))
        for i, t in enumerate(own):
            if own[t] == stage:
                marks.append(
                    box(x + 0.5, top + ROW * i + 0.5, across - 1, ROW - 1, "none", stroke=ORANGE, stroke_width=1.5)
                )
    title = say("picture.diagnosis.title", lang)
    caption = (" " if lang == "en" else "").join([*found.need_text(lang), say("picture.diagnosis.caption", lang)])
    caption = drawn_of(caption, len(own), len(every), "open", lang)
    told = (
        say("picture.track", lang),
        say("picture.gantt.stage", lang),
        say("picture.diagnosis.closed", lang),
        *columns,
    )
    table = tuple(
        (
            tracks[row["track"]],
            stages.get(row["stage"], "-"),
            f"{row['closed']:.0%}",
            *(f"{c['open']:.0%}" if (c := cells.get((row["track"], *key))) else "-" for key in keys),
        )
        for row in found.diagnosis
        if row["closed"] is not None
    )
    return Picture("diagnosis", title, caption, canvas(wide, high + 18, title, caption, marks), told, table)
