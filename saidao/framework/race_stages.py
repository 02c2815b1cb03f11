"""Stages of the race: a plan phased over periods, and what each track needs at its stage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import study
from ..case import Case, load_case
from ..case.tables import Kind, Measure, Need, Phase, Resource, Stage, Track
from ..errors import CaseError, Problem
from ..plans import Plan
from ..provenance import Sources, weakest
from ..result import Row, Told
from ..words import say
from .contributions import applications, closed_by, within_reach
from .phasing import limit_name, limited, phase

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

TABLES = ("stages", "schedule", "diagnosis", "needs", "progress", "limits")


@dataclass(frozen=True)
class Stages(Told):
    """The result of `saidao.stages`.

    Attributes
    ----------
    plan : the phased plan; its `case` has the periods, dated budgets and limits of the stages.
    at_once : the plan of the case as it is, all budgets in one period; None where nothing was phased.
    resource : whose budget the limits of the stages are shares of.
    source : the weakest source of a cell of the table `phases`; None where the case has none.
    """

    plan: Plan
    at_once: Plan | None
    resource: str
    source: Kind | None = None

    @property
    def case(self) -> Case:
        """The case, phased."""
        return self.plan.case

    @property
    def periods(self) -> tuple[str, ...]:
        """Names of the periods."""
        return self.plan.solved.programme.periods

    @cached_property
    def closed_share(self) -> float:
        """Share of the weighted gap that is closed at the end, undiscounted; 1 where there is no gap."""
        p = self.plan.solved.programme
        whole = float((p.priority * p.gap).sum())
        return float((p.priority * self.plan.solved.closed).sum()) / whole if whole > 0 else 1.0

    @cached_property
    def stages(self) -> list[Row]:
        """Of each stage: its measures, those funded, the tracks at it, its shares of the spend and of what closes."""
        p, solved = self.plan.solved.programme, self.plan.solved
        spend = solved.spend.sum(axis=2)
        value = (self._closed * p.priority).sum(axis=(1, 2))
        known = {row.stage: row for row in self.case.rows(Stage)}
        rows = []
        for stage in self._stages:
            row = known.get(stage, Stage(stage=stage))
            own = applications(p, lambda a, stage=stage: self._stage_of[a.measure] == stage)  # type: ignore[misc]
            rows.append(
                {
                    "stage": stage, "name_en": row.name("en"), "name_zh": row.name("zh"),
                    "task_en": row.task_en, "task_zh": row.task_zh, "need_en": row.need_en, "need_zh": row.need_zh,
                    "measures": sum(s == stage for s in self._stage_of.values()),
                    "funded": len({a.measure for a, yes, x in zip(p.applications, own, self._levels, strict=True)
                                   if yes and x > 0}),
                    "tracks": sum(t.stage == stage for t in self.case.rows(Track)),
                    **{r: _share(spend[own, i].sum(), spend[:, i].sum()) for i, r in enumerate(p.resources)},
                    "value": _share(value[own].sum(), value.sum()),
                }
            )  # fmt: skip
        return rows

    @cached_property
    def schedule(self) -> list[Row]:
        """A row a funded measure and period with a level: the Gantt view.

        `level` is summed over its places, `acts_from` the period in which it first closes anything.
        """
        p, solved = self.plan.solved.programme, self.plan.solved
        order = {stage: i for i, stage in enumerate(self._stages)}
        rows: list[Row] = []
        for measure in self.case.rows(Measure):
            own = applications(p, lambda a, m=measure.measure: a.measure == m)  # type: ignore[misc]
            levels = solved.level[own].sum(axis=0)
            for q in np.flatnonzero(levels > 0):
                acts = int(q) + measure.lag
                rows.append(
                    {
                        "measure": measure.measure, "stage": measure.stage, "period": p.periods[q],
                        "level": float(levels[q]), "places": int((solved.level[own, q] > 0).sum()),
                        "acts_from": p.periods[acts] if acts < len(p.periods) else None,
                        **{r: float(solved.spend[own, i, q].sum()) for i, r in enumerate(p.resources)},
                    }
                )  # fmt: skip
        first: dict[str, int] = {}
        for row in rows:
            first.setdefault(row["measure"], p.periods.index(row["period"]))
        return sorted(rows, key=lambda row: (order[row["stage"]], first[row["measure"]], row["measure"]))

    @cached_property
    def needs(self) -> list[Row]:
        """A row a track with a gap, stage and need: what measures that serve it close, and could close beyond the plan.

        `closed` and `open` are shares of the track's weighted gap. `open` counts what is left of the gap and what the
        measures' unused levels would deliver, whatever they cost: sum_f v min(g - z, delivered). Measures that serve no
        need of the table are a row of their own, need "".
        """
        p, solved = self.plan.solved.programme, self.plan.solved
        known = [(row.stage, row.need) for row in self.case.rows(Need)]
        groups = dict.fromkeys([*known, *((s, "") for s in self._stages)])
        need_of = {row.measure: (row.stage, row.need) for row in self.case.rows(Measure)}
        rows = []
        for group in groups:
            own = applications(p, lambda a, group=group: need_of[a.measure] == group)  # type: ignore[misc]
            measures = {a.measure for a, yes in zip(p.applications, own, strict=True) if yes}
            closed = (p.priority * self._closed[own].sum(axis=0)).sum(axis=1)
            rest = np.minimum(p.gap - solved.closed, within_reach(p, self._levels, own))
            left = (p.priority * np.maximum(rest, 0.0)).sum(axis=1)
            if measures:
                rows += [
                    {"track": t, "stage": group[0], "need": group[1], "closed": float(c / g), "open": float(o / g)}
                    for t, g, c, o in zip(p.tracks, self._gap, closed, left, strict=True)
                    if g > 0
                ]
        order = {t: i for i, t in enumerate(p.tracks)}
        place = {s: i for i, s in enumerate(self._stages)}
        return sorted(rows, key=lambda row: (order[row["track"]], place[row["stage"]]))

    @cached_property
    def diagnosis(self) -> list[Row]:
        """Of each track: its stage, its share of the weighted gap, what of it closes, and what its stage lacks most.

        `closed` is a share of the track's own gap, `own_stage` the part of it that measures of its stage close,
        `could_close` what these could at most; null where there is no gap or no stage. `most_open` is the need with the
        largest `open` of `needs` at the track's stage (null: its measures can close no more).
        """
        p, solved = self.plan.solved.programme, self.plan.solved
        closed = (p.priority * solved.closed).sum(axis=1)
        whole = float(self._gap.sum()) or 1.0
        stage_of = {row.track: row.stage for row in self.case.rows(Track)}
        rows = []
        for t, track in enumerate(p.tracks):
            stage, gap = stage_of[track], float(self._gap[t])
            row: Row = {"track": track, "stage": stage or None, "gap_share": gap / whole, "closed": None,
                        "own_stage": None, "could_close": None, "most_open": None, "open": None}  # fmt: skip
            rows.append(row)
            if gap > 0:
                row["closed"] = float(closed[t] / gap)
            if gap > 0 and stage:
                own = applications(p, lambda a, stage=stage: self._stage_of[a.measure] == stage)  # type: ignore[misc]
                most = np.minimum(p.gap, within_reach(p, np.zeros(len(own)), own))[t]
                row["own_stage"] = float((p.priority * self._closed[own].sum(axis=0))[t].sum() / gap)
                row["could_close"] = float((p.priority[t] * most).sum() / gap)
                at = [n for n in self.needs if n["track"] == track and n["stage"] == stage and n["open"] > 1e-9]
                if at:
                    first = max(at, key=lambda n: float(n["open"]))
                    row |= {"most_open": first["need"], "open": first["open"]}
        return rows

    @cached_property
    def progress(self) -> list[Row]:
        """Of each track: its level, sum_f w L of the factors' levels, today and at the end of every period."""
        p, solved = self.plan.solved.programme, self.plan.solved
        level, w = self.plan.decision.level, p.weight / p.weight.sum()
        return [
            {"track": track, "today": float(level[t] @ w),
             **{period: float((level[t] + solved.closed_by_period[q][t]) @ w) for q, period in enumerate(p.periods)}}
            for t, track in enumerate(p.tracks)
        ]  # fmt: skip

    @cached_property
    def limits(self) -> list[Row]:
        """Limits of the stages by period: the most, what is spent, and what one unit more would be worth."""
        found = {row["rule"].rstrip("'"): row for row in self.plan.rules}  # of one name, the phases' own stands last
        return [
            {"stage": stage, "period": period, "resource": self.resource, "amount": row["amount"],
             "used": row["reached"], "shadow_price": row["shadow_price"]}
            for period in self.periods
            for stage in self._stages
            if (row := found.get(limit_name(stage, period))) and row["of"] == self.resource
        ]  # fmt: skip

    def text(self, lang: str = "en") -> list[str]:
        """Sentences: what closes, who takes the money, which limit binds most, and where most is open."""
        return [*self.plan_text(lang), *self.need_text(lang)]

    def plan_text(self, lang: str = "en") -> list[str]:
        """Sentences on the phased plan."""
        p = self.plan.solved.programme
        rows = {row["stage"]: row for row in self.stages}
        names = {s: row[f"name_{lang}"] for s, row in rows.items()}
        if self.at_once is None:
            sentences = [say("stages.closed_once", lang, closed=self.closed_share)]
        else:
            sentences = [
                say("stages.closed", lang, first=self.periods[0], last=self.periods[-1], closed=self.closed_share,
                    whole=self.at_once.closed_share)
            ]  # fmt: skip
        if self.resource:
            resource = self.case.names(Resource, lang)[self.resource]
            told = say("list", lang).join(
                say("stages.part", lang, stage=names[s], share=row[self.resource]) for s, row in rows.items()
            )
            sentences.append(say("stages.spent", lang, resource=resource, told=told))
            tight = max(self.limits, key=lambda row: float(row["shadow_price"] or 0.0), default=None)
            if tight and (tight["shadow_price"] or 0.0) > 1e-12:
                budget = p.budget[p.resources.index(self.resource), p.periods.index(tight["period"])]
                worth = tight["shadow_price"] * budget / 100 / self.plan.price_unit
                sentences.append(
                    say("stages.binding", lang, stage=names[tight["stage"]], period=tight["period"], resource=resource,
                        worth=worth)
                )  # fmt: skip
        if self.source == "assumption":
            sentences.append(say("stages.assumed", lang))
        return sentences

    def need_text(self, lang: str = "en") -> list[str]:
        """Say at which track measures of its own stage leave most open; nothing where there is none."""
        worst = max((row for row in self.diagnosis if row["open"]), key=lambda row: float(row["open"]), default=None)
        return [] if worst is None else [say("stages.worst", lang, told=self.told(worst, lang))]

    def told(self, row: Row, lang: str) -> str:
        """Say what a track needs."""
        stages = {r["stage"]: r for r in self.stages}
        at = stages.get(row["stage"])
        stage = at[f"name_{lang}"] if at else say("stages.no_stage", lang)
        track = self.case.names(Track, lang)[row["track"]]
        if row["closed"] is None or at is None:
            return say("stages.track_none" if row["closed"] is None else "stages.track_staged_none", lang, track=track,
                       stage=stage, closed=row["closed"] or 0.0)  # fmt: skip
        if need := at[f"need_{lang}"]:
            stage = say("stages.at", lang, stage=stage, need=need)
        values = {"track": track, "stage": stage, "closed": row["closed"]}
        if row["most_open"] is None:
            return say("stages.track_done", lang, **values)
        return say("stages.track", lang, **values, open=self.need_name(row["most_open"], lang), share=row["open"])

    def need_name(self, need: str, lang: str) -> str:
        """Return the name of a need; measures that serve none are the stage's others."""
        return self.case.names(Need, lang)[need] if need else say("stages.other", lang)

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao stages --json``."""
        return {
            "schema": "saidao/stages/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "settings": self.plan.settings.to_dict(),
            "periods": list(self.periods),
            "resource": self.resource,
            "source": self.source,
            "closed_share": self.closed_share,
            "closed_at_once": None if self.at_once is None else self.at_once.closed_share,
            "certificate": self.plan.certificate,
            **{name: getattr(self, name) for name in TABLES},
        }

    def rows(self) -> list[Row]:
        """One row a measure and period."""
        return self.schedule

    def to_frame(self, table: str = "schedule") -> pd.DataFrame:
        """Return one table: stages, schedule, diagnosis, needs, progress or limits."""
        import pandas as pd

        if table not in TABLES:
            raise KeyError(f"no table {table!r}; one of {', '.join(TABLES)}")
        return pd.DataFrame(getattr(self, table))

    # --- what the tables share -------------------------------------------------------------------------------------

    @cached_property
    def _closed(self) -> Any:
        return closed_by(self.plan)

    @cached_property
    def _levels(self) -> Any:
        return self.plan.solved.level.sum(axis=1)

    @cached_property
    def _gap(self) -> Any:
        p = self.plan.solved.programme
        return (p.priority * p.gap).sum(axis=1)

    @cached_property
    def _stage_of(self) -> dict[str, str]:
        return {row.measure: row.stage for row in self.case.rows(Measure)}

    @cached_property
    def _stages(self) -> list[str]:
        """Stages in their order: that of the table, else that of the measures."""
        return list(dict.fromkeys([*(row.stage for row in self.case.rows(Stage)), *self._stage_of.values()]))


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else 0.0


def stages(
    case: Case | str | Path, periods: Iterable[str] | None = None, resource: str | None = None, **options: Any
) -> Stages:
    """Phase a plan over periods by the stages of the race, and tell what each track needs at its stage.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook; its measures have stages. Its periods are those
        of its table `phases`, else its own.
    periods : names of periods that share the budgets evenly, for a case without either.
    resource : whose budget the limits of the stages are shares of; the first one if left out.
    **options : as for `saidao.plan`.

    Raises
    ------
    CaseError, Infeasible, Stopped
        As `saidao.plan`; measures without a stage, periods of a case that has its own.
    """
    case = load_case(case)
    chosen = limited(case, resource)
    if not all(row.stage for row in case.rows(Measure)):
        raise CaseError([Problem("needs_stage", case.tables["measures"].file, None, "stage")])
    phased = phase(case, periods, chosen or None)
    plan = study.plan(phased, **options)
    sources = Sources(case)
    kinds = [sources.kind("phases", (row.period,), column) for row in case.rows(Phase) for column in ("budget", "")]
    at_once = None if phased is case else study.plan(case, **options)
    return Stages(plan, at_once, chosen, weakest(kinds) if kinds else None)
