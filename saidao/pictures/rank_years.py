"""Ranks over the periods of scores, a line a track."""

from __future__ import annotations

import numpy as np

from ..case.tables import Track
from ..questions.rank_years import RanksOverYears
from ..texts.say import say
from .drawing import Picture, canvas
from .rank_lines import rank_lines


def rank_years(found: RanksOverYears, lang: str = "en") -> Picture:
    """Draw the rank of every track in every period."""
    names = found.case.names(Track, lang)
    places = np.linspace(0.0, 1.0, len(found.periods)).tolist()
    drawn = rank_lines(
        [names[t] for t in found.tracks],
        found.ranks,
        [(x, x) for x in places],
        list(zip(places, found.periods, strict=True)),
    )
    title = say("picture.rank_years.title", lang)
    caption = found.text(lang)[0]
    rows = tuple((names[row["track"]], *(str(r) for r in row["ranks"].values())) for row in found.moves)
    svg = canvas(drawn.wide, drawn.high, title, caption, drawn.marks)
    return Picture("rank_years", title, caption, svg, (say("head.track", lang), *found.periods), rows)
