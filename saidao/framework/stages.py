"""Stages of the race: a plan phased over periods, and what each track needs at its stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Annotated, Any, Unpack

import numpy as np

from ..case import Case, load_case
from ..case.provenance import weakest
from ..case.tables import Kind, Measure, Resource, RuleRow, Stage, Track
from ..errors import CaseError, Problem
from ..mcda import plotting
from ..results.column import Column, Row, Table, bilingual
from ..results.question import Option, question
from ..results.result import Result
from ..study import verbs
from ..study.options import CaseLike, PlanOptions
from ..study.plan.columns import price_columns, resource_columns
from ..study.plan.result import Plan
from ..study.planning.solving import as_stopped
from ..texts.numbers import Form
from ..texts.say import say
from .contributions import Closed, applications
from .diagnosis import diagnosis, need_name, needs, told
from .phasing import limited, phase, phase_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Stages(Result):
    """The result of `saidao.stages`.

    Attributes
    ----------
    plan : the phased plan; its `case` has the periods, dated budgets and limits of the stages.
    at_once : the plan of the case as it is, all budgets in one period; None where nothing was phased.
    resource : whose budget the limits of the stages are shares of.
    source : the weakest source of what phases the plan; None where the case itself is dated.
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
    def stages(self) -> list[Row]:
        """Of each stage: its measures, those funded, the tracks at it, its shares of the spend and of what closes."""
        p, solved = self.plan.solved.programme, self.plan.solved
        spend = solved.spend.sum(axis=2)
        closed = Closed.of(self.plan)
        value = np.bincount(closed.application, closed.amount * p.priority.ravel()[closed.pair], len(p.applications))
        known = {row.stage: row for row in self.case.rows(Stage)}
        rows = []
        for stage in self._stages:
            row = known.get(stage, Stage(stage=stage))
            own = applications(p, lambda a, stage=stage: self._stage_of[a.measure] == stage)  # type: ignore[misc]
            rows.append(
                {
                    "stage": stage,
                    "name_en": row.name("en"),
                    "name_zh": row.name("zh"),
                    **{f"{what}_{lang}": row.said(what, lang) for what in ("task", "need") for lang in ("en", "zh")},
                    "measures": sum(s == stage for s in self._stage_of.values()),
                    "funded": len(
                        {
                            a.measure
                            for a, yes, x in zip(p.applications, own, self._levels, strict=True)
                            if yes and x > 0
                        }
                    ),
                    "tracks": sum(t.stage == stage for t in self.case.rows(Track)),
                    **{r: _share(spend[own, i].sum(), spend[:, i].sum()) for i, r in enumerate(p.resources)},
                    "value": _share(value[own].sum(), value.sum()),
                }
            )
        return rows

    @cached_property
    def schedule(self) -> list[Row]:
        """A row a funded measure and period with a level: the Gantt view.

        `level` is summed over its places, `acts_from` the period in which it first closes anything.
        """
        p, solved = self.plan.solved.programme, self.plan.solved
        order = {stage: i for i, stage in enumerate(self._stages)}
        of_measure: dict[str, list[int]] = {}
        for number, a in enumerate(p.applications):
            of_measure.setdefault(a.measure, []).append(number)
        rows: list[Row] = []
        for measure in self.case.rows(Measure):
            own = np.array(of_measure.get(measure.measure, []), dtype=np.int64)
            levels = solved.level[own].sum(axis=0)
            for q in np.flatnonzero(levels > 0):
                acts = int(q) + measure.lag
                rows.append(
                    {
                        "measure": measure.measure,
                        "stage": measure.stage,
                        "period": p.periods[q],
                        "level": float(levels[q]),
                        "places": int((solved.level[own, q] > 0).sum()),
                        "acts_from": p.periods[acts] if acts < len(p.periods) else None,
                        **{r: float(solved.spend[own, i, q].sum()) for i, r in enumerate(p.resources)},
                    }
                )
        first: dict[str, int] = {}
        for row in rows:
            first.setdefault(row["measure"], p.periods.index(row["period"]))
        return sorted(rows, key=lambda row: (order[row["stage"]], first[row["measure"]], row["measure"]))

    @cached_property
    def needs(self) -> list[Row]:
        """What measures that serve a need close at each track, and could close beyond the plan; see `needs`."""
        return needs(self.plan, self._stages)

    @cached_property
    def diagnosis(self) -> list[Row]:
        """Of each track: its stage, what of its gap closes, and what its stage lacks most; see `diagnosis`."""
        return diagnosis(self.plan, self.needs)

    @cached_property
    def progress(self) -> list[Row]:
        """Of each track: its level, sum_f w L of the factors' levels, today and at the end of every period."""
        p, solved = self.plan.solved.programme, self.plan.solved
        level, w = self.plan.decision.level, p.weight / p.weight.sum()
        return [
            {
                "track": track,
                "today": float(level[t] @ w),
                **{period: float((level[t] + solved.closed_by_period[q][t]) @ w) for q, period in enumerate(p.periods)},
            }
            for t, track in enumerate(p.tracks)
        ]

    @cached_property
    @as_stopped()
    def limits(self) -> list[Row]:
        """Limits of the stages by period: the most, what is spent, and what one unit more would be worth."""
        found = {row["rule"]: {**row, "number": number} for number, row in enumerate(self.plan.limits)}
        held = {
            (row.key_, row.period): found[row.rule]
            for row in self.case.rows(RuleRow)
            if (row.kind, row.over, row.of) == ("cap", "stage", self.resource) and row.period
        }
        return [
            {
                "stage": stage,
                "period": period,
                "resource": self.resource,
                "amount": row["amount"],
                "used": row["reached"],
                "shadow_price": self.plan.prices.of_rule(row["number"]),
            }
            for period in self.periods
            for stage in self._stages
            if (row := held.get((stage, period)))
        ]

    def text(self, lang: str = "en") -> list[str]:
        """Sentences: what closes, who takes the money, which limit binds most, and where most is open."""
        return [*self.plan_text(lang), *self.need_text(lang)]

    def plan_text(self, lang: str = "en") -> list[str]:
        """Sentences on the phased plan."""
        rows = {row["stage"]: row for row in self.stages}
        names = {s: row[f"name_{lang}"] for s, row in rows.items()}
        if self.at_once is None or len(self.periods) == 1:
            sentences = [say("stages.closed_once", lang, closed=self.plan.closed_share)]
        else:
            sentences = [
                say(
                    "stages.closed",
                    lang,
                    first=self.periods[0],
                    last=self.periods[-1],
                    closed=self.plan.closed_share,
                    whole=self.at_once.closed_share,
                )
            ]
        if self.resource:
            resource = self.case.names(Resource, lang)[self.resource]
            told = say("list", lang).join(
                say("stages.part", lang, stage=names[s], share=row[self.resource]) for s, row in rows.items()
            )
            sentences.append(say("stages.spent", lang, resource=resource, told=told))
            if binding := self._binding(lang, names):
                sentences.append(binding)
        if self.source == "assumption":
            sentences.append(say("stages.assumed", lang))
        return sentences

    def _binding(self, lang: str, names: dict[str, str]) -> str:
        """Say which limit of a stage is worth most, if one is; only where prices are shares of the gap."""
        p = self.plan.solved.programme
        tight = max(self.limits, key=lambda row: float(row["shadow_price"] or 0.0), default=None)
        if self.plan.settings.aim.counts != "weighted_gap" or not tight or (tight["shadow_price"] or 0.0) <= 1e-12:
            return ""
        budget = p.budget[p.resources.index(self.resource), p.periods.index(tight["period"])]
        worth = tight["shadow_price"] * budget / 100 / self.plan.price_unit
        key = "stages.binding" if p.discount == 1.0 else "stages.binding_discounted"
        return say(
            key,
            lang,
            stage=names[tight["stage"]],
            period=tight["period"],
            worth=worth,
            discount=p.discount,
            resource=self.case.names(Resource, lang)[self.resource],
        )

    def need_text(self, lang: str = "en") -> list[str]:
        """Say at which track measures of its own stage leave most of the whole gap open, if at any."""
        rows = [row for row in self.diagnosis if row["open"]]
        worst = max(rows, key=lambda row: float(row["open"] * row["gap_share"]), default=None)
        return [] if worst is None else [say("stages.worst", lang, told=self.told(worst, lang))]

    def told(self, row: Row, lang: str) -> str:
        """Say what a track needs."""
        return told(self.case, row, lang)

    def need_name(self, need: str, lang: str) -> str:
        """Return the name of a need; measures that serve none are the stage's others."""
        return need_name(self.case, need, lang)

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
            "closed_share": self.plan.closed_share,
            "closed_at_once": None if self.at_once is None else self.at_once.closed_share,
            "certificate": self.plan.certificate,
            "schedule": self.schedule,
            "stages": self.stages,
            "diagnosis": self.diagnosis,
            "needs": self.needs,
            "progress": self.progress,
            "limits": self.limits,
        }

    def declared(self) -> Iterator[Table]:
        """Yield the schedule, the stages, what each track needs, and how far it gets."""
        stage, measure, track = (
            Column("stage", "name", Stage),
            Column("measure", "id", Measure),
            Column("track", "name", Track),
        )
        acts = Column("acts_from", heading="head.felt")
        yield Table(
            "schedule",
            (
                measure,
                stage,
                Column("period"),
                Column("level", "level"),
                Column("places", "count"),
                acts,
                *resource_columns(self.case),
            ),
            self.schedule,
            most=0,
        )
        yield Table(
            "stages",
            (
                stage,
                Column("name_en", seen="data"),
                Column("name_zh", seen="data"),
                *bilingual("task"),
                *bilingual("need"),
                Column("tracks", "count", heading="head.stages.tracks"),
                Column("measures", "count"),
                Column("funded", "count", heading="head.stages.funded"),
                *resource_columns(self.case, "share"),
                Column("value", "share", heading="head.stages.value"),
            ),
            self.stages,
        )
        yield Table("gantt", (stage, measure, *self._by_period("level"), acts), self._gantt)
        need = Column("most_open", told=lambda row, lang: self._need(row["most_open"], row["open"], lang))
        staged = Column("stage", told=self._stage_told)
        own = [Column(key, "share") for key in ("gap_share", "closed", "own_stage", "could_close")]
        yield Table("diagnosis", (track, staged, *own, need, Column("open", "share")), self.diagnosis)
        yield Table("progress", (track, Column("today", "level"), *self._by_period("level")), self.progress)
        served = Column("need", told=lambda row, lang: self._need(row["need"], row["closed"], lang))
        shares = [Column(key, "share", heading=f"head.needs.{key}") for key in ("closed", "open")]
        yield Table("needs", (track, stage, served, *shares), self.needs, most=0)
        amounts = [Column(key, "amount", Resource, heading=f"head.limits.{key}") for key in ("amount", "used")]
        yield Table(
            "limits",
            (
                stage,
                Column("period"),
                Column("resource", "name", Resource),
                *amounts,
                *price_columns(self.plan, "shadow_price"),
            ),
            self.limits,
            most=0,
        )

    def _by_period(self, form: Form) -> list[Column]:
        return [Column(period, form, heading=_as_it_is(period)) for period in self.periods]

    @property
    def _gantt(self) -> list[Row]:
        """Return the schedule, a row a measure: its levels by period."""
        rows: dict[str, Row] = {}
        for row in self.schedule:
            kept = rows.setdefault(row["measure"], {key: row[key] for key in ("measure", "stage", "acts_from")})
            kept[row["period"]] = row["level"]
        return list(rows.values())

    def _need(self, need: str | None, known: float | None, lang: str) -> str:
        return "-" if need is None or known is None else self.need_name(need, lang)

    def _stage_told(self, row: Row, lang: str) -> str:
        names = {held["stage"]: held[f"name_{lang}"] for held in self.stages}
        return str(names.get(row["stage"], row["stage"])) if row["stage"] else say("stages.no_stage", lang)

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw the funded measures over the periods: the share of each measure's level that falls in a period."""
        names = self.case.names(Measure, lang)
        measures = [row["measure"] for row in self._gantt]
        levels = np.array([[row.get(period, 0.0) for period in self.periods] for row in self._gantt])
        shares = levels.reshape(len(measures), len(self.periods)) / levels.sum(axis=1, keepdims=True)
        ax = plotting.axes(ax, len(measures))
        labels = [plotting.short(f"{measure} {names[measure]}") for measure in measures]
        plotting.heat(ax, labels, list(self.periods), shares, "{:.0%}", 1.0)
        return plotting.finished(ax, self.text(lang)[0])

    def made_case(self) -> Case:
        """Return the phased case."""
        return self.case

    # --- what the tables share -------------------------------------------------------------------------------------

    @cached_property
    def _levels(self) -> Any:
        return self.plan.solved.level.sum(axis=1)

    @cached_property
    def _stage_of(self) -> dict[str, str]:
        return {row.measure: row.stage for row in self.case.rows(Measure)}

    @cached_property
    def _stages(self) -> list[str]:
        """Stages in their order: that of the table, else that of the measures."""
        return list(dict.fromkeys([*(row.stage for row in self.case.rows(Stage)), *self._stage_of.values()]))


def _as_it_is(text: str) -> Any:
    return lambda lang: text


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else 0.0


@question(
    "stages",
    example="saidao stages shanghai",
    pictures=("gantt", "progress", "diagnosis"),
    writes="Write the case with its periods, budgets and limits: a workbook, .zip or folder that every verb takes.",
)
def stages(
    case: CaseLike,
    periods: Annotated[
        Iterable[str] | None,
        Option("Periods that share the budgets evenly, for a case without.", metavar="A,B,...", reads="parts"),
    ] = None,
    resource: Annotated[str | None, Option("The resource whose budget the limits of the stages are shares of.")] = None,
    **options: Unpack[PlanOptions],
) -> Stages:
    """Phase the plan over years by the stages of the race, and tell what each track needs at its stage.

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
    return _staged(case, partial(verbs.plan, case, **options), periods, resource, options)


def staged(case: Case, at_once: Plan, **options: Any) -> Stages:
    """Phase a case whose plan is at hand, as `stages` does; *options* are those that it was made with."""
    return _staged(case, lambda: at_once, None, None, options)


def _staged(
    case: Case,
    at_once: Callable[[], Plan],
    periods: Iterable[str] | None,
    resource: str | None,
    options: Mapping[str, Any],
) -> Stages:
    chosen = limited(case, resource)
    if not all(row.stage for row in case.rows(Measure)):
        raise CaseError([Problem("needs_stage", case.tables["measures"].file, None, "stage")])
    phased = phase(case, periods, chosen or None)
    if phased is case:
        return Stages(at_once(), None, chosen)
    plan = verbs.plan(phased, **options)
    kinds: dict[str, Kind] = phase_kinds(case) if periods is None else {"": "assumption"}
    return Stages(plan, at_once(), chosen, weakest(kinds.values()))
