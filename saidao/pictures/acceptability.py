"""Rank acceptability: under which share of the weights a track has which rank."""

from __future__ import annotations

import numpy as np

from ..case.tables import Track
from ..questions.robust import Robustness
from ..texts.say import say
from .drawing import FOREMOST, PAPER, Picture, canvas, drawn_of, shade
from .grid import grid

CELL = 46
WIDE = 100
"""Ranks beyond which the table too holds the drawn ones alone."""


def acceptability(found: Robustness, lang: str = "en") -> Picture:
    """Draw tracks x ranks: the share of sampled weights in each cell."""
    names, s = found.case.names(Track, lang), found.smaa
    order = np.argsort(s.expected_rank, kind="stable")
    shares = s.acceptability_array[order]
    tracks = [found.tracks[i] for i in order]

    def shown(i: int, j: int) -> tuple[str, str]:
        share = float(shares[i, j])
        return ("·", PAPER) if share == 0 else (f"{share:.0%}" if share >= 0.005 else "<1%", shade(share**0.6))

    columns = [str(r + 1) for r in range(shares.shape[1])]
    marks, wide, high = grid([names[t] for t in tracks[:FOREMOST]], columns[:FOREMOST], shown, CELL)
    lead = int(s.first.argmax())
    title = say("picture.acceptability.title", lang)
    caption = say(
        "picture.acceptability.caption",
        lang,
        samples=s.samples,
        track=names[found.tracks[lead]],
        share=float(s.first[lead]),
    )
    caption = drawn_of(caption, min(len(tracks), FOREMOST), len(tracks), "expected", lang)
    kept = FOREMOST if len(columns) > WIDE else len(columns)
    table = tuple(
        (names[t], *(f"{v:.4f}" for v in row)) for t, row in zip(tracks, shares[:, :kept].tolist(), strict=True)
    )
    svg = canvas(wide, high, title, caption, marks)
    return Picture("acceptability", title, caption, svg, (say("picture.track", lang), *columns[:kept]), table)
