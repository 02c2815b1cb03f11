"""The paper's framework as pictures: of a case, each that it has the data for; report and page show them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from .. import pictures
from ..case import Case
from ..case.tables import Candidate, Measure, PanelRow
from ..framework.balance import balanced
from ..framework.candidates import Candidates, candidates, candidates_beside
from ..framework.chains import Chains, missing_tags
from ..framework.readings import readable, readings
from ..framework.stages import Stages, staged
from ..framework.tfp import productivity
from ..optimize import OutOfTime
from ..study.plan.result import Plan
from . import Picture

MOST_PAIRED = 500
"""Tracks up to which methods whose steps tell of every two of them show what an admission does to the ranking."""


def drawings(
    case: Case, plan: Callable[[], Plan] | None, lang: str, **options: Any
) -> dict[str, Callable[[], Picture]]:
    """Return what draws each picture, by name, in the paper's order backwards: from the plan to what it rests on.

    Parameters
    ----------
    case : the case; *plan* returns its plan with these options, or raises why there is none. None: it only ranks.
    **options : as for `saidao.plan`.
    """
    made: dict[str, tuple[bool, Callable[[], Picture]]] = {}
    if plan is not None:
        measures = case.rows(Measure)
        in_stages, apart = (all(getattr(row, name) for row in measures) for name in ("stage", "dimension"))

        @cache
        def sought() -> Stages | OutOfTime:
            try:
                return staged(case, plan(), **options)
            except OutOfTime as late:
                return late

        def phased() -> Stages:
            found = sought()
            if isinstance(found, OutOfTime):  # the next picture has no more time for it
                raise found
            return found

        made = {
            "gantt": (in_stages, lambda: pictures.gantt(phased(), lang)),
            "progress": (in_stages, lambda: pictures.progress(phased(), lang)),
            "diagnosis": (in_stages, lambda: pictures.diagnosis(phased(), lang)),
            "dimensions": (apart, lambda: pictures.dimensions(balanced(case, plan(), **options), lang)),
            "coverage": (not missing_tags(case), lambda: pictures.coverage(Chains(plan()), lang)),
            "readings": (readable(case), lambda: pictures.readings(readings(case, **_without_ticks(options)), lang)),
        }

    def sorting() -> Candidates:
        found = candidates(case, **options) if plan is None else candidates_beside(case, plan(), **options)
        return replace(found, paired=len(case.track_ids) <= MOST_PAIRED)

    made |= {
        "candidates": (bool(case.rows(Candidate)), lambda: pictures.candidates(sorting(), lang)),
        "productivity": (bool(case.rows(PanelRow)), lambda: pictures.productivity(productivity(case), lang)),
    }
    return {name: draw for name, (there, draw) in made.items() if there}


def _without_ticks(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name != "ticks"}
