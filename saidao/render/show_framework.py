"""Tables of the paper's framework: X, stages, chains, dimensions, readings of the ticks, productivity."""

from __future__ import annotations

import numpy as np
from rich.console import Console

from ..case.tables import Candidate, Factor, Indicator, Link, Measure, Resource, Track
from ..framework.balance import Balance
from ..framework.candidates import Candidates
from ..framework.chains import Chains
from ..framework.readings import Readings
from ..framework.stages import Stages
from ..framework.tfp import Productivity
from ..mcda import Ranking
from ..results.result import Told
from ..texts.say import say
from .terminal import console, dash, header, headings, table

SHOWN = 11
"""Points of a curve that are shown, evenly spread; a file has its breakpoints."""


def show_productivity(
    found: Productivity, lang: str, share: float | None, ranked: tuple[Ranking, Ranking] | None
) -> None:
    """Print growth and its parts by track, and the ranks without and with productivity."""
    out = _begin(found, lang)
    names = found.case.names(Track, lang)
    shown = ("output", "capital", "labour", "residual")
    changed = ("malmquist", "technical", "efficiency")
    columns = headings(
        lang,
        "track",
        "!output_growth",
        "!capital_part",
        "!labour_part",
        "!residual",
        "!malmquist",
        "!technical",
        "!efficiency_change",
        "!frontier_share",
    )
    rows = [
        [
            names[row["track"]],
            *(_signed(row[k]) for k in shown),
            *(_signed(row[k] - 1) for k in changed),
            f"{row['frontier_share']:.0%}",
        ]
        for row in sorted(found.means, key=lambda row: -float(row["malmquist"]))
    ]
    out.print(table(say("title.tfp", lang, every=found.every(lang)), columns, rows))
    if ranked is None:
        return
    before, after = (r.ranks.to_dict() for r in ranked)
    columns = headings(lang, "track", "!rank", "!rank_with")
    rows = [[names[str(t)], str(before[t]), str(after[t])] for t in sorted(after, key=lambda t: int(after[t]))]
    out.print(table(say("title.tfp_ranks", lang, share=share), columns, rows))


def show_readings(found: Readings, lang: str) -> None:
    """Print ranks and gaps of the tracks under both readings."""
    out = _begin(found, lang)
    names = found.case.names(Track, lang)
    keys = [f"{what}_{ticks}" for ticks in found.plans for what in ("rank", "gap", "closed")]
    rows = [
        [
            names[row["track"]],
            *("-" if row[k] is None else str(row[k]) if "rank" in k else f"{row[k]:.0%}" for k in keys),
        ]
        for row in found.tracks
    ]
    out.print(table(say("title.readings", lang), headings(lang, "track", *(f"!{key}" for key in keys)), rows))


def show_balance(found: Balance, lang: str) -> None:
    """Print the shares of each dimension, and what more balance costs."""
    out = _begin(found, lang)
    resources = found.case.names(Resource, lang)
    columns = [
        *headings(lang, "dimension", "competition", "race", "!funded"),
        *((name, "right") for name in resources.values()),
        *headings(lang, "!of_gap"),
    ]
    rows = [
        [
            row[f"name_{lang}"],
            row[f"competition_{lang}"],
            row[f"race_{lang}"],
            f"{row['funded']} / {row['measures']}",
            *(f"{row[r]:.0%}" for r in resources),
            f"{row['value']:.0%}",
        ]
        for row in found.dimensions
    ]
    out.print(table(say("title.dimensions", lang), columns, rows))
    if len(found.points) > 1:
        shares = np.linspace(0.0, found.points[-1]["least_share"], SHOWN)
        closed = found.closed_at(shares)
        costs = [[f"{s:.1%}", f"{c:.2%}", f"{closed[0] - c:.2%}"] for s, c in zip(shares, closed, strict=True)]
        out.print(table(say("title.balance", lang), headings(lang, "!least_share", "!closed", "!balance_loss"), costs))


def show_candidates(found: Candidates, lang: str) -> None:
    """Print what candidates are sorted into and why, and the ranking with those admitted."""
    out = _begin(found, lang)
    names, indicators = found.case.names(Candidate, lang), found.case.names(Indicator, lang)
    columns = headings(lang, "candidate", "category", "!credibility_admit", "!credibility_watch", "short_of_admit")
    rows = [
        [
            names[row["candidate"]],
            say(f"category.{row['category']}", lang),
            f"{row['credibility_admit']:.2f}",
            f"{row['credibility_watch']:.2f}",
            say("list", lang).join(indicators[k] for k in row["short_of_admit"]) or "-",
        ]
        for row in found.listed
    ]
    out.print(table(say("title.candidates", lang), columns, rows))
    rows = [
        [
            k.told(lang),
            *(
                f"{row['figures'][k.indicator]:,.6g}{'*' if k.indicator in row['assumed'] else ''}"
                for row in found.listed
            ),
            f"{k.watch:,.6g}",
            f"{k.admit:,.6g}",
            f"{k.weight:g}",
        ]
        for k in found.case.rows(Indicator)
    ]
    columns = [
        *headings(lang, "indicator"),
        *((names[row["candidate"]], "right") for row in found.listed),
        *headings(lang, "!from_watch", "!from_admit", "!weight"),
    ]
    out.print(table(say("title.figures", lang), columns, rows))
    if not found.ranking:
        return
    tracks = {**found.case.names(Track, lang), **names}
    closed = {row["track"]: [dash(row[k], ".0%") for k in ("closed", "closed_with")] for row in found.money}
    rows = [
        [tracks[row["track"]], dash(row["rank"]), str(row["rank_with"]), *closed.get(row["track"], [])]
        for row in sorted(found.ranking, key=lambda row: int(row["rank_with"]))
    ]
    columns = headings(lang, "track", "!rank", "!rank_with", *(("!closed", "!closed_with") if closed else ()))
    tried = say("list", lang).join(names[c] for c in found.tried)
    out.print(table(say("title.candidate_ranks", lang, named=tried), columns, rows))
    rows = [
        [row["method"], *(str(row["ranks"][c]) for c in found.tried), str(row["turned"])] for row in found.reversals
    ]
    columns = [*headings(lang, "method"), *((names[c], "right") for c in found.tried), *headings(lang, "!turned")]
    out.print(table(say("title.candidate_methods", lang), columns, rows))


def show_stages(found: Stages, lang: str) -> None:
    """Print the stages, the schedule, what each track needs, and how far it gets."""
    out = _begin(found, lang)
    resources, periods = found.case.names(Resource, lang), found.periods
    columns = [
        *headings(lang, "stage", "task", "need", "!tracks_at", "!funded"),
        *((name, "right") for name in resources.values()),
        *headings(lang, "!of_gap"),
    ]
    rows = [
        [
            row[f"name_{lang}"],
            row[f"task_{lang}"],
            row[f"need_{lang}"],
            row["tracks"],
            f"{row['funded']} / {row['measures']}",
            *(f"{row[r]:.0%}" for r in resources),
            f"{row['value']:.0%}",
        ]
        for row in found.stages
    ]
    out.print(table(say("title.stages", lang), columns, rows))
    stage_names = {row["stage"]: row[f"name_{lang}"] for row in found.stages}
    measures, tracks = found.case.names(Measure, lang), found.case.names(Track, lang)
    level = {(row["measure"], row["period"]): row["level"] for row in found.schedule}
    acts: dict[str, str] = {}
    stage_of: dict[str, str] = {}
    for row in found.schedule:
        acts.setdefault(row["measure"], row["acts_from"] or "-")
        stage_of[row["measure"]] = row["stage"]
    rows = [
        [stage_names[stage], m, measures[m], *(_blank(level.get((m, q))) for q in periods), acts[m]]
        for m, stage in stage_of.items()
    ]
    columns = [*headings(lang, "stage", "measure", "name"), *((q, "right") for q in periods), *headings(lang, "!felt")]
    out.print(table(say("title.gantt", lang), columns, rows))
    rows = [
        [
            tracks[row["track"]],
            stage_names.get(row["stage"], "-"),
            *(dash(row[k], ".0%") for k in ("gap_share", "closed", "own_stage", "could_close")),
            "-" if row["most_open"] is None else found.need_name(row["most_open"], lang),
            dash(row["open"], ".0%"),
        ]
        for row in found.diagnosis
    ]
    keys = ("track", "stage", "!gap_share", "!closed", "!own_stage", "!can_close", "most_open", "!open")
    out.print(table(say("title.diagnosis", lang), headings(lang, *keys), rows))
    rows = [[tracks[row["track"]], *(f"{row[q]:.2f}" for q in ("today", *periods))] for row in found.progress]
    columns = [*headings(lang, "track", "!today"), *((q, "right") for q in periods)]
    out.print(table(say("title.progress", lang), columns, rows))


def show_chains(found: Chains, lang: str) -> None:
    """Print the coverage map, the links, and the gaps that nothing covers."""
    out = _begin(found, lang)
    names = {"": "", **found.case.names(Link, lang)}
    shares = ("gap", "closed", "closed_meant")
    pair = list(found.order)[:2]
    rows = [
        [
            *(names[row[c]] for c in pair),
            *(f"{row[k]:.1%}" for k in shares),
            f"{row['reach']:.1%}",
            f"{row['funded']} / {row['measures']}",
            say(f"state.{row['state']}", lang),
        ]
        for row in found.map
    ]
    keys = ("!gap_share", "!closed", "!closed_meant", "!reach", "!funded", "state")
    columns = [*((found.chain_name(c, lang), "left") for c in pair), *headings(lang, *keys)]
    out.print(table(say("title.chains", lang), columns, rows))
    rows = [
        [
            found.chain_name(row["chain"], lang),
            row[f"name_{lang}"],
            *(f"{row[k]:.1%}" for k in shares),
            f"{row['reach']:.1%}",
            f"{row['funded']} / {row['measures']}",
        ]
        for row in found.links
    ]
    out.print(table(say("title.links", lang), headings(lang, "chain", "link", *keys[:-1]), rows))
    if found.holes:
        tracks, factors = found.case.names(Track, lang), found.case.names(Factor, lang)
        rows = [
            [
                tracks[row["track"]],
                factors[row["factor"]],
                *(say("list", lang).join(names[k] for k in row[c].split(";") if k) for c in found.order),
                f"{row['gap']:.1%}",
                f"{row['closed']:.1%}",
                ", ".join(row["measures"]) or "-",
                say(f"state.{row['state']}", lang),
            ]
            for row in found.holes
        ]
        columns = [
            *headings(lang, "track", "factor"),
            *((found.chain_name(c, lang), "left") for c in found.order),
            *headings(lang, "!gap_share", "!closed", "measure", "state"),
        ]
        out.print(table(say("title.holes", lang), columns, rows))


def _begin(found: Told, lang: str) -> Console:
    """Print the case and what the result says."""
    out = console()
    header(out, found.case, lang)  # type: ignore[attr-defined]
    for sentence in found.text(lang):
        out.print(sentence)
    out.print()
    return out


def _signed(rate: float) -> str:
    """Write a rate in percent with its sign; what rounds to nothing is no loss."""
    return f"{round(rate, 3) + 0.0:+.1%}"


def _blank(level: float | None) -> str:
    return "" if level is None else f"{level:.2f}"
