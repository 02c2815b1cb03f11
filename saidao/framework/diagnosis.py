"""What each track needs at its stage of the race: which of the stage's needs measures could still serve."""

from __future__ import annotations

import numpy as np

from ..case import Case
from ..case.tables import Measure, Need, Stage, Track
from ..results.result import Row
from ..study.plan.result import Plan
from ..texts.say import say
from .contributions import Closed, applications, within_reach


def needs(plan: Plan, stages: list[str]) -> list[Row]:
    """Return a row a track with a gap, stage and need: what measures that serve it close, and could close beyond.

    `closed` and `open` are shares of the track's own gap, its factors weighted. `open` counts what is left of the gap
    and what the measures' unused levels would deliver, whatever they cost: sum_f w min(g - z, delivered). Measures that
    serve no need of the table are a row of their own, need "".
    """
    p, solved, case = plan.solved.programme, plan.solved, plan.case
    gap = p.gap @ p.weight
    levels, found = solved.level.sum(axis=1), Closed.of(plan)
    known = [(row.stage, row.need) for row in case.rows(Need)]
    need_of = {row.measure: (row.stage, row.need) for row in case.rows(Measure)}
    rows = []
    for group in dict.fromkeys([*known, *((stage, "") for stage in stages)]):
        own = applications(p, lambda a, group=group: need_of[a.measure] == group)  # type: ignore[misc]
        if not own.any():
            continue
        closed = found.by(own) @ p.weight
        rest = np.minimum(p.gap - solved.closed, within_reach(p, levels, own))
        left = np.maximum(rest, 0.0) @ p.weight
        rows += [
            {"track": t, "stage": group[0], "need": group[1], "closed": float(c / g), "open": float(o / g)}
            for t, g, c, o in zip(p.tracks, gap, closed, left, strict=True)
            if g > 0
        ]
    place = {track: t for t, track in enumerate(p.tracks)}
    return sorted(rows, key=lambda row: (place[row["track"]], stages.index(row["stage"])))


def diagnosis(plan: Plan, needs: list[Row]) -> list[Row]:
    """Return of each track: its stage, its share of the weighted gap, what of it closes, and what its stage lacks most.

    `closed` is a share of the track's own gap, `own_stage` the part of it that measures of its stage close,
    `could_close` what these could at most, alone; null where there is no gap or no stage. `most_open` is the need with
    the largest `open` of *needs* at the track's stage (null: its measures can close no more).
    """
    p, case, found = plan.solved.programme, plan.case, Closed.of(plan)
    gap = p.gap @ p.weight
    stage_of = {row.track: row.stage for row in case.rows(Track)}
    of_measure = {row.measure: row.stage for row in case.rows(Measure)}
    none = np.zeros(len(p.applications))
    own_of = {
        stage: applications(p, lambda a, stage=stage: of_measure[a.measure] == stage)  # type: ignore[misc]
        for stage in dict.fromkeys(stage_of.values())
    }
    closed_of = {stage: found.by(own) for stage, own in own_of.items()}
    most_of = {stage: np.minimum(p.gap, within_reach(p, none, own)) for stage, own in own_of.items()}
    open_needs: dict[tuple[str, str], list[Row]] = {}
    for need in needs:
        if need["open"] > 1e-9:
            open_needs.setdefault((need["track"], need["stage"]), []).append(need)
    rows = []
    for t, at in enumerate(plan.by_track):
        stage = stage_of[at["track"]]
        row: Row = {
            "track": at["track"],
            "stage": stage or None,
            "gap_share": at["gap_share"],
            "closed": at["closed"],
            "own_stage": None,
            "could_close": None,
            "most_open": None,
            "open": None,
        }
        rows.append(row)
        if gap[t] > 0 and stage:
            row["own_stage"] = float(closed_of[stage][t] @ p.weight / gap[t])
            row["could_close"] = float(most_of[stage][t] @ p.weight / gap[t])
            if open_ := open_needs.get((at["track"], stage)):
                first = max(open_, key=lambda n: float(n["open"]))
                row |= {"most_open": first["need"], "open": first["open"]}
    return rows


def told(case: Case, row: Row, lang: str) -> str:
    """Say what a track needs, from its row of the diagnosis."""
    stages = {held.stage: held for held in case.rows(Stage)}
    name = row["stage"] or ""
    at = stages.get(name, Stage(stage=name)) if name else None
    stage = at.name(lang) if at else say("stages.no_stage", lang)
    track = case.names(Track, lang)[row["track"]]
    if row["closed"] is None or at is None:
        key = "stages.track_none" if row["closed"] is None else "stages.track_staged_none"
        return say(key, lang, track=track, stage=stage, closed=row["closed"] or 0.0)
    if need := at.said("need", lang):
        stage = say("stages.at", lang, stage=stage, need=need)
    values = {"track": track, "stage": stage, "closed": row["closed"]}
    if row["most_open"] is None:
        return say("stages.track_done", lang, **values)
    return say("stages.track", lang, **values, open=need_name(case, row["most_open"], lang), share=row["open"])


def need_name(case: Case, need: str, lang: str) -> str:
    """Return the name of a need; measures that serve none are the stage's others."""
    return case.names(Need, lang)[need] if need else say("stages.other", lang)
