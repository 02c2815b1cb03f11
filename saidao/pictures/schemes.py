"""What depends on the weighting scheme: ranks, and money."""

from __future__ import annotations

import numpy as np

from ..case.tables import Measure, Resource, Track
from ..questions.compare import Comparison
from ..questions.compare_plans import PlanComparison
from ..study.names import plan_name, ranking_name, scheme_name
from ..texts.say import say
from .drawing import FOREMOST, PAPER, Picture, canvas, drawn_of, shade
from .grid import grid

CELL = 62
FUNDED = 1e-9


def ranks(found: Comparison, lang: str = "en") -> Picture:
    """Draw tracks x rankings: the rank in each cell, the first dark."""
    names = found.case.names(Track, lang)
    several = len(found.methods) > 1
    columns = [ranking_name(*key, lang) if several else scheme_name(key[0], lang) for key in found.rankings]
    order = np.argsort(found.ranks.mean(axis=1), kind="stable")
    tracks, places = [found.tracks[i] for i in order], found.ranks[order]
    last = max(len(tracks) - 1, 1)

    def shown(i: int, j: int) -> tuple[str, str]:
        return str(places[i, j]), shade(0.85 * (1 - (places[i, j] - 1) / last) ** 1.5)

    marks, wide, high = grid([names[t] for t in tracks[:FOREMOST]], columns, shown, CELL)
    title = say("picture.schemes.title", lang)
    movers = found.movers
    if movers:
        most = movers[0]
        caption = say(
            "picture.schemes.caption",
            lang,
            movers=len(movers),
            tracks=len(tracks),
            track=names[most["track"]],
            best=most["best"],
            worst=most["worst"],
        )
    else:
        caption = say("picture.schemes.caption_same", lang)
    caption = drawn_of(caption, min(len(tracks), FOREMOST), len(tracks), "mean", lang)
    table = tuple((names[t], *map(str, row)) for t, row in zip(tracks, places.tolist(), strict=True))
    return Picture(
        "schemes",
        title,
        caption,
        canvas(wide, high, title, caption, marks),
        (say("picture.track", lang), *columns),
        table,
    )


def money(found: PlanComparison, lang: str = "en") -> Picture:
    """Draw measures x plans: the level in each cell; what every plan funds stands first."""
    names = found.case.names(Measure, lang)
    funded = sorted((row for row in found.measures if row["funded_in"]), key=lambda row: -int(row["funded_in"]))
    labels = [names[row["measure"]] for row in funded]
    levels = np.array([[row[name] for name in found.names] for row in funded]).reshape(len(funded), len(found.names))
    most = levels.max(axis=1, initial=0.0)

    def shown(i: int, j: int) -> tuple[str, str]:
        if j == len(found.names):
            return f"{funded[i]['funded_in']}", PAPER
        level = float(levels[i, j])
        return ("·", PAPER) if level <= FUNDED else (f"{level:.2g}", shade(0.15 + 0.7 * level / most[i]))

    plans = [plan_name(name, lang) for name in found.names]
    marks, wide, high = grid(labels, [*plans, say("picture.money.core", lang)], shown, CELL)
    title = say("picture.money.title", lang)
    if found.widest is None:
        caption = say("picture.money.caption_same", lang)
    else:
        _, _, resource, share = found.widest
        caption = say(
            "picture.money.caption",
            lang,
            core=len(found.core),
            measures=len(found.measures),
            some=len(found.some),
            share=share,
            resource=found.case.names(Resource, lang)[resource],
        )
    table = tuple((label, *(f"{v:.3f}" for v in row)) for label, row in zip(labels, levels.tolist(), strict=True))
    svg = canvas(wide, high, title, caption, marks)
    return Picture("money", title, caption, svg, (say("picture.measure", lang), *plans), table)
