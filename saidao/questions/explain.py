"""Why this measure, why not that one: data and words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Annotated, Any, Unpack

import numpy as np

from ..case import Case
from ..case.tables import Measure, Resource, Track, Type
from ..mcda.plotting import BLUE, ORANGE, axes, bars, finished
from ..optimize import Allocation, InfeasibleProgramme, SolverFailure
from ..optimize.after import why
from ..optimize.after.frontier import Progress, coarseness, trace
from ..optimize.model.programme import Array
from ..results.column import Column, Row, Table, Words
from ..results.question import Option, question
from ..results.result import Result
from ..study.names import measure_labels
from ..study.options import CaseLike, PlanOptions
from ..study.plan import worth
from ..study.plan.columns import resource_columns, worth_column
from ..study.plan.result import Plan
from ..study.plan.sentences import answer, reasons
from ..study.planning.programme import applications_named
from ..study.planning.solving import as_stopped
from ..study.verbs import plan as make_plan
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PLOTTED = 40
"""Measures that a plot shows, the first ones."""


@dataclass(frozen=True)
class Explanation(Result):
    """The result of `saidao.explain`: one answer a measure, as plain rows; `text` says them in words."""

    plan: Plan
    answers: list[Row]

    @property
    def case(self) -> Case:
        """The case."""
        return self.plan.case

    def reasons(self, lang: str = "en") -> list[list[str]]:
        """Say each answer in sentences."""
        return [reasons(self.plan, answer, lang) for answer in self.answers]

    def text(self, lang: str = "en") -> list[str]:
        """Say each answer, a paragraph a measure."""
        if not self.answers:
            return [say("explain.nothing", lang)]
        return [(" " if lang == "en" else "").join(sentences) for sentences in self.reasons(lang)]

    def notes(self, lang: str = "en") -> list[str]:
        """Say which plan that is."""
        return answer(self.plan, lang)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, keys as ``saidao explain --json``."""
        return {
            "schema": "saidao/explain/1",
            "case": self.plan.case.name,
            "imputed": self.plan.case.imputed,
            "settings": self.plan.settings.to_dict(),
            "answers": [
                {**answer, "text": dict(zip(("en", "zh"), said, strict=True))}
                for answer, *said in zip(self.answers, self.reasons("en"), self.reasons("zh"), strict=True)
            ],
        }

    @property
    def _flat(self) -> list[Row]:
        resources = self.plan.solved.programme.resources
        return [
            {
                **{key: answer[key] for key in ("measure", "target", "funded", "level", "value")},
                "net": (answer["margin"] or {}).get("net"),
                "loss_if_forbidden": (answer["forbidden"] or {}).get("loss"),
                "loss_if_forced": (answer["forced"] or {}).get("loss"),
                "cost_cut": (answer["flip"] or {}).get("cost_cut"),
                "effect_rise": (answer["flip"] or {}).get("effect_rise"),
                **{f"more_{r}": ((answer["flip"] or {}).get("budgets") or {}).get(r) for r in resources},
            }
            for answer in self.answers
        ]

    @property
    def _shifts(self) -> list[Row]:
        nothing = dict.fromkeys(self.plan.solved.programme.resources, 0.0)
        return [
            {
                **{key: answer[key] for key in ("measure", "target", "funded")},
                "other_measure": change["measure"],
                "other_target": change["target"],
                "change": change["level"],
                **nothing,
                **change["costs"],
            }
            for answer in self.answers
            for change in (answer["forbidden"] or answer["forced"] or {}).get("changes", ())
        ]

    def declared(self) -> Iterator[Table]:
        """Yield a row a measure: what it brings, what is lost without or with it, and what would get it funded.

        Then a row a shift: what changes elsewhere where a funded one is left out, or another is forced in.
        """
        kinds = ("value", "net", "loss_if_forbidden", "loss_if_forced")
        counted = [worth_column(self.plan, key) for key in kinds]
        more = [
            Column(f"more_{row.resource}", "amount", row.resource, heading=_more_head(row))
            for row in self.case.rows(Resource)
        ]
        yield Table(
            "answers",
            (
                Column("measure", "id", Measure),
                Column("target", "name", (Track, Type)),
                Column("funded", "flag"),
                Column("level", "level"),
                *counted,
                Column("cost_cut", "share"),
                Column("effect_rise", "share"),
                *more,
            ),
            self._flat,
            most=0,
        )
        yield Table(
            "shifts",
            (
                Column("measure", "id", Measure),
                Column("target", "name", (Track, Type)),
                Column("funded", "flag"),
                Column("other_measure", "id", Measure),
                Column("other_target", "name", (Track, Type)),
                Column("change", "level", heading="head.level_change"),
                *resource_columns(self.case),
            ),
            self._shifts,
            most=0,
        )

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw what forbidding a funded measure would lose, and what forcing another would."""
        rows = self._flat[:PLOTTED]
        losses = [(row["loss_if_forbidden"] if row["funded"] else row["loss_if_forced"]) or 0.0 for row in rows]
        ax = axes(ax, len(rows))
        labels = measure_labels(self.case, [row["measure"] for row in rows], lang)
        told, ticks = ("{:.2%}", "{x:.1%}") if worth.is_share(self.plan) else ("{:.3g}", "{x:.3g}")
        units = [worth.in_units(self.plan, loss) for loss in losses]
        bars(ax, labels, units, [BLUE if row["funded"] else ORANGE for row in rows], told)
        ax.xaxis.set_major_formatter(ticks)
        return finished(ax, say("plot.explain", lang))


def _more_head(resource: Resource) -> Words:
    return lambda lang: say("head.more_of", lang, resource=resource.name(lang))


@question("explain", example="saidao explain shanghai --measure I01 --measure E06")
def explain(
    case: CaseLike,
    measures: Annotated[
        str | Iterable[str] | None,
        Option("A measure, or one at a target; repeatable.", flag="--measure", metavar="M[@TARGET]", reads="list"),
    ] = None,
    *,
    progress: Progress = lambda done: None,
    **options: Unpack[PlanOptions],
) -> Explanation:
    """Say why this measure is funded, why not that one, and what would change it.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, or a folder.
    measures : ``MEASURE`` or ``MEASURE@target``, one or several. All measures if left out, then without the extra
        budgets that would get them funded, which take long.
    progress : called with the number of programs solved so far.
    **options : as for `saidao.plan`.

    Returns
    -------
    Explanation
        An answer has the `level`, the `costs`, the `value` of the gaps it closes, and `share` of the weighted gap;
        `margin`: what one more unit brings and takes at the prices, where it pays best (`closes_nothing`: why it brings
        nothing, ``no_gap``, ``too_late``, ``no_weight`` or ``closed``); of a funded one `forbidden`: what is lost
        without it, by solving again, and what changes; of an unfunded one `reduced_cost`: by how much the value of a
        unit would have to rise (null where no rise is enough), `forced`: what it costs to have it, and what it
        displaces, and `flip`: the smallest `cost_cut` or `effect_rise` (shares), at all its places together, or extra
        unit of each of the `budgets` from which on it is funded, null where none is enough (from 2,000 columns on it is
        looked for at halves of the range, and exact where it is found). Values and losses are in the objective's unit.
        A plan of whole units has no prices: `margin` and `budgets` are null, and flips are found by solving again;
        `budgets` are null for several views (``robust``, ``regret``) too.

    Raises
    ------
    CaseError, Infeasible, Stopped
        As `saidao.plan`.
    """
    return explained(make_plan(case, **options), measures, progress=progress)


def explained(
    plan: Plan,
    measures: str | Iterable[str] | None,
    *,
    budgets: bool = True,
    progress: Progress = lambda done: None,
) -> Explanation:
    """Explain measures of a plan that is at hand, as `explain` does; without *budgets*, which take longest."""
    applications = plan.solved.programme.applications
    if measures is None:
        names = list(dict.fromkeys(a.measure for a in applications))
    else:
        names = [measures] if isinstance(measures, str) else list(measures)
    chosen = [(name, applications_named(plan.case, applications, name, "measure")) for name in names]
    with as_stopped():
        known = budgets and measures is not None and not plan.model.is_mixed and not plan.views
        solved = count(1)

        def tell(_: int) -> None:
            progress(next(solved))

        flips = _budget_flips(plan.solved, tell) if known else None
        closing = list(plan.solved.closing())
        answers = []
        for name, members in chosen:
            answers.append(_answer(plan, name, members, closing, flips))
            tell(0)
        return Explanation(plan, answers)


def cost_cut(plan: Plan, measure: str) -> float | None:
    """Return the share by which an unfunded measure must cost less to be funded; None where no cut is enough."""
    members = applications_named(plan.case, plan.solved.programme.applications, measure, "measure")
    with as_stopped():
        return _known(plan, members, "cost")


Flips = Callable[[list[int]], list[float | None]]
"""By how much more of each resource applications would be funded."""
Closing = list[tuple[int, int, int, float]]
"""As `Allocation.closing` yields them."""


def _answer(plan: Plan, name: str, members: list[int], closing: Closing, budgets: Flips | None) -> Row:
    solved, p = plan.solved, plan.solved.programme
    measure, _, target = name.partition("@")
    level = float(solved.level[members].sum())
    ours, priority = set(members), p.priority.ravel()
    value = float(sum(amount * priority[pair] for a, _, pair, amount in closing if a in ours))
    funded = level > 0
    return {
        "measure": measure,
        "target": target or None,
        "funded": funded,
        "level": level,
        "costs": _by_resource(plan, solved.spend[members].sum(axis=(0, 2))),
        "value": value,
        "share": value / (plan.weighted_gap or 1.0),
        "margin": _margin(plan, members),
        "reduced_cost": None if funded else _reduced_cost(plan, members),
        "forbidden": _forbidden(plan, members) if funded else None,
        "forced": None if funded else _forced(plan, members),
        "flip": None if funded else _flip(plan, members, budgets),
    }


def _margin(plan: Plan, members: list[int]) -> Row | None:
    found = why.margin(plan.prices, members)
    if found is None:
        return None
    p = plan.solved.programme
    return {
        "target": p.applications[found.application].target,
        "period": p.periods[found.period],
        "brings": found.brings,
        "takes": _by_resource(plan, found.takes),
        "limits": found.limits,
        "net": found.net,
        "closes_nothing": None if found.brings > 1e-12 else _closes_nothing(plan, members),
    }


def _closes_nothing(plan: Plan, members: list[int]) -> str:
    """Tell why a measure has nothing of worth to close.

    ``no_gap``: there is none where it acts; ``too_late``: it would act after the last period; ``no_weight``: its gaps
    do not count; ``closed``: others close them.
    """
    p = plan.solved.programme
    at = np.isin(p.segment_application[p.effect_segment], members) & (p.effect > 0)
    pairs = p.effect_pair[at]
    open_ = p.gap.ravel()[pairs] > 0
    if not open_.any():
        return "no_gap"
    in_time = p.lag[p.segment_application[p.effect_segment[at]]] < len(p.periods)
    if not (open_ & in_time).any():
        return "too_late"
    return "closed" if (p.priority.ravel()[pairs[open_ & in_time]] > 0).any() else "no_weight"


def _reduced_cost(plan: Plan, members: list[int]) -> float | None:
    """Least rise of the value of a unit, at the place where it misses by least; None where no rise is enough."""
    try:
        found = plan.prices.rise(members)
    except SolverFailure:  # a time limit: it is not known
        return None
    return None if found is None else max(found.rise, 0.0)


def _forbidden(plan: Plan, members: list[int]) -> Row:
    try:
        other = why.without(plan.prices, members)
    except InfeasibleProgramme:
        return {"possible": False, "loss": None, "changes": []}
    return {"possible": True, "loss": _loss(plan, other), "changes": _changes(plan, other, members)}


def _forced(plan: Plan, members: list[int]) -> Row:
    """Force one unit in; less where that is all that budgets and rules allow, more where a used one starts later."""
    p = plan.solved.programme
    semi = [p.level_min[a] for a in members if p.applications[a].kind in ("semi", "integer")]
    level = max(1.0, *semi) if semi else 1.0
    most = why.most_level(plan.solved, members)
    if most < level:  # a touch less, as it is only right to the solver's tolerance
        level = most * (1 - 1e-9)
    impossible: Row = {"possible": False, "level": level, "loss": None, "changes": []}
    if level <= 1e-9 or (not plan.model.is_mixed and plan.prices.rise(members) is None):
        return impossible
    try:
        other = why.forced(plan.solved, members, level)
    except InfeasibleProgramme:
        return impossible
    changes = _changes(plan, other, members)
    return {"possible": True, "level": level, "loss": _loss(plan, other), "changes": changes}


def _flip(plan: Plan, members: list[int], budgets: Flips | None) -> Row:
    return {
        "cost_cut": _known(plan, members, "cost"),
        "effect_rise": _known(plan, members, "effect"),
        "budgets": budgets and dict(zip(plan.solved.programme.resources, budgets(members), strict=True)),
    }


def _known(plan: Plan, members: list[int], of: why.Of) -> float | None:
    """Return a flip; None too where a time limit of a plan of whole units came before it was found."""
    solved = plan.solved
    try:
        return why.flip(solved, members, of, plan.prices)
    except SolverFailure:
        if not solved.model.is_mixed:
            raise
        return None


def _budget_flips(solved: Allocation, progress: Progress) -> Flips:
    """Return what finds the flips by each resource: along its traced values, or in a large program by search."""
    model, solver = solved.model, solved.problem.solver
    if coarseness(model):
        return lambda members: [
            why.budget_flip_between(solved, members, step, most, progress) for step, most in _more(solved)
        ]
    traced = [(step, trace(model, step, 0.0, most, solver, progress)) for step, most in _more(solved)]
    return lambda members: [why.budget_flip(solved, members, step, known) for step, known in traced]


def _more(solved: Allocation) -> list[tuple[Array, float]]:
    """How each resource grows, periods in proportion, and by how much until it could pay for everything."""
    p = solved.programme
    made = []
    for r in range(len(p.resources)):
        step = solved.whole_step(r)
        amounts = p.budget[r]
        least = float(amounts[amounts > 0].min() / amounts.sum()) if amounts.any() else 1.0
        enough = float((p.cost[:, r, :].max(axis=1, initial=0.0) * p.level_end).sum()) / least
        made.append((step, max(enough - float(amounts.sum()), 0.0)))
    return made


def _loss(plan: Plan, other: Allocation) -> float:
    loss = plan.solved.certificate.value - other.certificate.value
    return 0.0 if abs(loss) < 1e-9 * max(1.0, abs(other.certificate.value)) else loss


def _changes(plan: Plan, other: Allocation, members: list[int]) -> list[Row]:
    """Return what else changes from the plan to another one, the largest shift of budgets first."""
    p = plan.solved.programme
    level = (other.level - plan.solved.level).sum(axis=1)
    spend = (other.spend - plan.solved.spend).sum(axis=2)
    whole = p.budget.sum(axis=1)
    size = np.abs(spend) @ np.divide(1.0, whole, out=np.zeros_like(whole), where=whole > 0)
    moved = np.abs(level) > 1e-9
    moved[members] = False
    order = np.argsort(-size, kind="stable")
    return [
        {
            "measure": p.applications[a].measure,
            "target": p.applications[a].target,
            "level": float(level[a]),
            "costs": _by_resource(plan, spend[a]),
        }
        for a in order[moved[order]].tolist()
    ]


def _by_resource(plan: Plan, amounts: Array) -> dict[str, float]:
    pairs = zip(plan.solved.programme.resources, amounts.tolist(), strict=True)
    return {resource: amount for resource, amount in pairs if amount != 0}
