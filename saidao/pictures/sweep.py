"""The share of one of two combined schemes, from nothing to all: ranks along it, and the money that moves where."""

from __future__ import annotations

from ..case.tables import Resource, Track
from ..questions.sweep import Sweep
from ..study.names import scheme_name
from ..study.plan.sentences import amount_of
from ..texts.say import say
from .drawing import BLUE, INK, LINE, ORANGE, QUIET, Picture, box, canvas, line, text
from .rank_lines import LEFT, WIDE, RankLines, rank_lines

HIGH, BETWEEN = 90, 44
"""Height of the bars of money, and the room above them."""
AXIS = (0.0, 0.25, 0.5, 0.75, 1.0)


def sweep(found: Sweep, lang: str = "en") -> Picture:
    """Draw the rank of every track over the share, and under it how much money moves at which share."""
    case, ranking = found.case, found.ranking
    names, resource = case.names(Track, lang), case.rows(Resource)[0]
    one = scheme_name(found.combination.names[0], lang)
    stretches = list(zip(ranking.ends[:-1].tolist(), ranking.ends[1:].tolist(), strict=True))
    drawn = rank_lines(
        [names[str(t)] for t in ranking.alternatives], ranking.ranks, stretches, [(x, f"{x:.0%}") for x in AXIS]
    )
    marks, moves = list(drawn.marks), found.plans[1:]
    top = drawn.high + BETWEEN
    most = max((row["moves"] for row in moves), default=0.0)
    told = amount_of(case, resource.resource, most, lang)
    heading = say("picture.sweep.money", lang, name=resource.name(lang), most=told)
    marks.append(text(LEFT, top - 22, heading, bold=True))
    marks.append(line(LEFT, top + HIGH, LEFT + WIDE, top + HIGH, LINE))
    for row in moves:
        high = HIGH * row["moves"] / most if most else 0.0
        marks.append(box(RankLines.at(row["from"]) - 1.5, top + HIGH - high, 3, high, BLUE))
    marks += [text(RankLines.at(x), top + HIGH + 13, f"{x:.0%}", "middle", QUIET, 11) for x in AXIS]
    now = RankLines.at(found.share)
    marks.append(line(now, 22, now, top + HIGH, ORANGE, 1.2, "4 3"))
    marks.append(text(now, top + HIGH + 28, say("picture.sweep.now", lang, share=found.share), "middle", INK, 11))
    title = say("picture.sweep.title", lang, scheme=one)
    caption = found.text(lang)[0]
    rows = tuple((f"{row['from']:.2%}", amount_of(case, resource.resource, row["moves"], lang)) for row in moves)
    head = (say("head.share_from", lang), say("head.moves_there", lang))
    svg = canvas(drawn.wide, top + HIGH + 40, title, caption, marks)
    return Picture("sweep", title, caption, svg, head, rows)
