"""From weights to money: a plan per scheme, method and stance, and what depends on the choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Annotated, Any, Unpack

import numpy as np
from numpy.typing import NDArray

from .. import mcda
from ..case import Case, load_case
from ..case.settings import Stance
from ..case.tables import Measure, Resource, Track, Type
from ..errors import CaseError, Infeasible, Stopped
from ..mcda.plotting import axes, finished, heat
from ..results.column import Column, Row, Table
from ..results.question import Option, question
from ..results.result import Result
from ..study import settings
from ..study.names import measure_labels, measure_names, plan_name
from ..study.options import CaseLike, SharedPlanOptions
from ..study.plan.columns import resource_columns
from ..study.plan.result import Plan, largest_value
from ..study.plan.sentences import timed
from ..study.planning.programme import check_plannable
from ..study.planning.solving import problem_and_solver
from ..study.ranking.named_choices import (
    Missing,
    SchemesOption,
    WhyOption,
    labelled,
    left_out,
    left_out_table,
    parents,
    unknown,
)
from ..texts.say import say
from .settled import Settled, beyond_dispute
from .sweep import Sweep, has_a_share, swept

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = NDArray[np.float64]

ROUNDING = 1e-12
"""A regret up to this share of the best value is rounding."""
STANCES = ("leaders", "even", "laggards")
WIDE = 10
"""Plans beside each other, and pairs of them, that a terminal shows."""
FUNDED = 1e-9
"""A level up to this is rounding."""
MOST_SWEPT = 3
"""Plans of combined weights of which a sentence tells the shares; the tables hold all."""


@dataclass(frozen=True)
class PlanComparison(Result):
    """The result of ``saidao.compare(case, plans=True)``: plans by name, each near the first one.

    `best` (plans,) is the largest value that any plan has under each one's priorities: its own plan's, where it was
    made for the objective ``weighted``.

    `proven` is what every best plan funds with the case's own weights and all within a tenth of them; None where that
    is not sought: whole units, other objectives, large cases.

    `sweeps`: of plans by weights combined from two schemes, the shares of the first one at which money moves.

    A plan is named by its scheme, and by stance and method where these differ. The method counts only through the
    stance: with the stance ``even`` a scheme has one plan.
    """

    case: Case
    settings: Mapping[str, Any]
    plans: Mapping[str, Plan]
    best: Array
    missing: tuple[Missing, ...] = ()
    why: bool = False
    proven: Settled | None = None
    sweeps: Mapping[str, Sweep] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Names of the plans, the order of all tables."""
        return list(self.plans)

    @property
    def _each(self) -> list[Plan]:
        return list(self.plans.values())

    @cached_property
    def level(self) -> Array:
        """Level of each application over all periods: plans x applications."""
        return np.array([plan.solved.level.sum(axis=1) for plan in self._each])

    @cached_property
    def spend(self) -> Array:
        """Spend: plans x applications x resources, in each resource's unit."""
        return np.array([plan.solved.spend.sum(axis=2) for plan in self._each])

    @cached_property
    def shares(self) -> Array:
        """Share of the weighted gap that plan i closes as scheme j values it: plans x plans.

        The diagonal holds each plan by its own priorities.
        """
        return np.array([plan.solved.share_under(self._priority) for plan in self._each])

    @cached_property
    def _priority(self) -> Array:
        return np.array([plan.solved.programme.priority.ravel() for plan in self._each])

    @cached_property
    def regret(self) -> Array:
        """What plan i is worth less, as scheme j values it, than the best plan, as a share of the gap: plans x plans.

        Never below 0: where a search was stopped at a limit, the best is the best of what is known.
        """
        value = np.array([plan.solved.value_under(self._priority) for plan in self._each])
        whole = np.array([plan.weighted_gap for plan in self._each])
        best = np.maximum(self.best, value.max(axis=0))
        short = np.where(best - value > ROUNDING * best, best - value, 0.0)
        return np.asarray(np.divide(short, whole, out=np.zeros_like(short), where=whole > 0))

    @property
    def largest_regret(self) -> Array:
        """The most that each plan loses under any scheme: (plans,)."""
        return np.asarray(self.regret.max(axis=1))

    @property
    def safest(self) -> str:
        """The plan whose largest regret is the least: the safest of these, not of all plans (objective ``robust``)."""
        return self.names[int(self.largest_regret.argmin())]

    @cached_property
    def moves(self) -> Array:
        """What plan j puts where plan i does not: plans x plans x resources, in each resource's unit."""
        return np.asarray(np.maximum(self.spend[None, :] - self.spend[:, None], 0.0).sum(axis=2))

    @cached_property
    def overlap(self) -> Array:
        """Share of two plans' applications that both fund (Jaccard index): plans x plans; 1 where neither funds any."""
        funded = (self.level > FUNDED).astype(float)
        both = funded @ funded.T
        either = funded.sum(axis=1)[:, None] + funded.sum(axis=1) - both
        return np.asarray(np.divide(both, either, out=np.ones_like(both), where=either > 0))

    @property
    def budgets(self) -> Array:
        """Budget of each resource over all periods: (R,)."""
        return np.asarray(self._each[0].solved.programme.budget.sum(axis=1))

    @cached_property
    def measures(self) -> list[Row]:
        """Level of each measure, summed over its places, a column a plan, and under how many plans it is funded."""
        applications = self._each[0].solved.programme.applications
        rows = []
        for name in dict.fromkeys(a.measure for a in applications):
            at = np.array([a.measure == name for a in applications], dtype=bool)
            funded = (self.level[:, at] > FUNDED).any(axis=1)
            rows.append(
                {
                    "measure": name,
                    "funded_in": int(funded.sum()),
                    **dict(zip(self.names, self.level[:, at].sum(axis=1).tolist(), strict=True)),
                }
            )
        return rows

    def _funded(self, least: int, most: int) -> list[str]:
        return [row["measure"] for row in self.measures if least <= row["funded_in"] <= most]

    @property
    def core(self) -> list[str]:
        """Measures that every plan funds."""
        return self._funded(len(self.plans), len(self.plans))

    @property
    def some(self) -> list[str]:
        """Measures that some plans fund, not all."""
        return self._funded(1, len(self.plans) - 1)

    @property
    def none(self) -> list[str]:
        """Measures that no plan funds."""
        return self._funded(0, 0)

    @property
    def widest(self) -> tuple[str, str, str, float] | None:
        """Two plans and the resource of which the largest share of the budget moves between them."""
        share = self.moves / np.where(self.budgets > 0, self.budgets, np.inf)
        if not share.size or share.max() <= FUNDED:
            return None
        i, j, r = np.unravel_index(int(share.argmax()), share.shape)
        return self.names[i], self.names[j], self._each[0].solved.programme.resources[r], float(share[i, j, r])

    # --- out ---------------------------------------------------------------------------------------------------------

    def text(self, lang: str = "en") -> list[str]:
        """Sentences, the answer first."""
        several = len(self.plans) > 1
        sentences = [
            say(
                "plans.core" if self.core else "plans.no_core",
                lang,
                plans=len(self.plans),
                core=len(self.core),
                some=len(self.some),
                none=len(self.none),
                names=measure_names(self.case, self.core, lang),
            ),
        ]
        if self.widest is not None:
            one, other, resource, share = self.widest
            resources = self.case.names(Resource, lang)
            sentences.append(
                say(
                    "plans.widest",
                    lang,
                    one=plan_name(one, lang),
                    other=plan_name(other, lang),
                    resource=resources[resource],
                    share=share,
                )
            )
        elif several:
            sentences.append(say("plans.same", lang))
        if several:
            i, j = np.unravel_index(int(self.regret.argmax()), self.regret.shape)
            sentences.append(
                say(
                    "plans.regret",
                    lang,
                    plan=plan_name(self.names[i], lang),
                    scheme=plan_name(self.names[j], lang),
                    loss=float(self.regret[i, j]),
                    safest=plan_name(self.safest, lang),
                    least=float(self.largest_regret.min()),
                )
            )
            sentences += timed(self._each[0], lang)
        for name, found in list(self.sweeps.items())[:MOST_SWEPT]:
            sentences.append(found.money_told(lang, plan_name(name, lang)))
        if self.proven is not None:
            sentences.append(self.proven.money_told(lang))
        return sentences

    def notes(self, lang: str = "en") -> list[str]:
        """Say what is not defined for the case."""
        return left_out(self.missing, lang)

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw levels, measures x plans."""
        funded = [row for row in self.main.rows if row["funded_in"]]
        levels = np.array([[row[name] for name in self.names] for row in funded]).reshape(len(funded), len(self.names))
        ax = axes(ax, len(funded), 5.5 + 0.5 * len(self.names))
        labels = measure_labels(self.case, [row["measure"] for row in funded], lang)
        heat(ax, labels, [plan_name(name, lang) for name in self.names], np.round(levels, 3))
        return finished(ax, self.text(lang)[-1])

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao compare --plans --json``."""
        return self.document()

    def document(self, lang: str = "en") -> Row:
        """Return plain data with the reasons in *lang*."""
        names, resources = self.names, self._each[0].solved.programme.resources
        pairs = [(i, j) for i in range(len(names)) for j in range(len(names)) if i != j]
        return {
            "schema": "saidao/compare-plans/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "settings": dict(self.settings),
            "plans": [
                {
                    "plan": name,
                    "weights": plan.settings.weights,
                    "method": plan.settings.method,
                    "stance": plan.settings.stance,
                    "status": plan.status,
                    "closed_share": float(self.shares[i, i]),
                    "largest_regret": float(self.largest_regret[i]),
                }
                for i, (name, plan) in enumerate(self.plans.items())
            ],
            "measures": self.measures,
            "allocation": self.allocation,
            "regret": [
                {
                    "plan": names[i],
                    "under": names[j],
                    "share": float(self.shares[i, j]),
                    "regret": float(self.regret[i, j]),
                }
                for i in range(len(names))
                for j in range(len(names))
            ],
            "moves": [
                {
                    "from": names[i],
                    "to": names[j],
                    "overlap": float(self.overlap[i, j]),
                    **dict(zip(resources, self.moves[i, j].tolist(), strict=True)),
                }
                for i, j in pairs
            ],
            "core": self.core,
            "some": self.some,
            "none": self.none,
            "beyond_dispute": None if self.proven is None else self.proven.beyond_dispute,
            "sweeps": [
                {
                    "plan": name,
                    "scheme": found.combination.names[0],
                    "other": found.combination.names[1],
                    "share": found.share,
                    "exact": found.exact,
                    "money": found.plans,
                }
                for name, found in self.sweeps.items()
            ],
            "missing": [missing.to_dict(lang) for missing in self.missing],
        }

    @property
    def allocation(self) -> list[Row]:
        """Level of every application that any plan funds, a column a plan."""
        applications = self._each[0].solved.programme.applications
        return [
            {
                "measure": a.measure,
                "target": a.target,
                **dict(zip(self.names, self.level[:, i].tolist(), strict=True)),
            }
            for i, a in enumerate(applications)
            if (self.level[:, i] > FUNDED).any()
        ]

    def declared(self) -> Iterator[Table]:
        """Yield levels plan by plan, what each loses where another choice is right, and what moves between two."""
        plans = tuple(
            Column(name, "level", heading=partial(plan_name, name), seen="everywhere" if n < WIDE else "files")
            for n, name in enumerate(self.names)
        )
        measure = Column("measure", "id", Measure)
        rows = sorted(self.measures, key=lambda row: -int(row["funded_in"]))
        funded = sum(row["funded_in"] > 0 for row in rows)
        count = Column("funded_in", "count")
        yield Table("measures", (measure, count, *plans), rows, title="title.plan_levels", most=funded)
        target = Column("target", "name", (Track, Type))
        yield Table("allocation", (measure, target, *plans), self.allocation, title="title.plan_levels", most=0)
        of = Column("plan", "name", self._plan_names, "head.plan_of")
        for name, values in (("regret", self.regret), ("shares", self.shares), ("overlap", self.overlap)):
            yield Table(
                name,
                (of, *(replace(column, form="share") for column in plans)),
                [
                    {"plan": one, **dict(zip(self.names, row, strict=True))}
                    for one, row in zip(self.names, values.tolist(), strict=True)
                ],
                title="title.plan_regret" if name == "regret" else f"sheet.{name}",
                most=None if name == "regret" and len(self.names) > 1 else 0,
            )
        pair = (Column(end, "name", self._plan_names, f"head.plan_{end}") for end in ("from", "to"))
        moves = sorted(self.to_dict()["moves"], key=self._moved, reverse=True)
        resources = resource_columns(self.case, "amount")
        yield Table(
            "moves", (*pair, Column("overlap", "share"), *resources), moves, title="title.plan_moves", most=WIDE
        )
        for name, found in self.sweeps.items():
            (table,) = (one for one in found.declared() if one.name == "sweep_money")
            yield replace(
                table,
                name=f"sweep_money {name}",
                title=lambda lang, name=name: f"{say('title.sweep_money', lang)}: {plan_name(name, lang)}",  # type: ignore[misc]
                sheet=lambda lang, name=name: f"{say('sheet.sweep_money', lang)} {name}"[:31],  # type: ignore[misc]
                most=WIDE,
            )
        yield left_out_table(self.missing, self.why)

    def _plan_names(self, case: Case, lang: str) -> dict[str, str]:
        return {name: plan_name(name, lang) for name in self.names}

    def _moved(self, row: Row) -> float:
        """Share of the budgets that moves between two plans."""
        resources = self._each[0].solved.programme.resources
        return float(sum(row[r] / b for r, b in zip(resources, self.budgets.tolist(), strict=True) if b > 0))


@question(
    "compare-plans",
    example="saidao compare shanghai --plans",
    instead_of="compare",
    flag="--plans",
    pictures=("money",),
)
def compare_plans(
    case: CaseLike,
    weights: SchemesOption = None,
    methods: Annotated[
        mcda.MethodName | Iterable[mcda.MethodName] | None,
        Option("A ranking method; repeatable.", flag="--method", reads="list", choices="methods"),
    ] = None,
    stances: Annotated[
        Stance | Iterable[Stance] | None,
        Option(
            "leaders, even or laggards; repeatable.",
            flag="--stance",
            reads="list",
            choices=("leaders", "even", "laggards"),
        ),
    ] = None,
    why: WhyOption = False,
    *,
    progress: Callable[[int], object] = lambda done: None,
    **options: Unpack[SharedPlanOptions],
) -> PlanComparison:
    """Compare the plans that the choices lead to: how the money depends on them.

    A plan is made for every scheme, method and stance.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, or a folder.
    weights : schemes' names, mappings or Series by factor, or `Weights`; every scheme that the case allows if left out.
    methods, stances : names; the case's own if left out.
    why : a terminal tells why choices do not fit the case.
    progress : called with the number of plans made so far.
    **options : as for `saidao.plan`.

    Raises
    ------
    CaseError
        Names that do not exist, or nothing that can be planned.
    Infeasible
        No plan meets every budget and rule.
    """
    case = load_case(case)
    check_plannable(case)
    schemes = labelled([] if weights is None else weights) or labelled(list(mcda.schemes()))
    wanted: Any = [methods] if isinstance(methods, str) else methods or [case.settings.method]
    named = list(dict.fromkeys(wanted))
    stanced = list(dict.fromkeys([stances] if isinstance(stances, str) else stances or [case.settings.stance]))
    problems = [
        *unknown("weights", parents(schemes.values()), mcda.schemes()),
        *unknown("methods", named, mcda.methods()),
        *unknown("stances", stanced, settings.STANCES),
    ]
    if problems:
        raise CaseError(problems)
    if weights is not None:
        settings.check_ahp_among(schemes.values(), options)
    plans: dict[str, Plan] = {}
    best: list[float] = []
    missing: list[Missing] = []
    first: Plan | None = None
    for scheme_label, scheme in schemes.items():
        for stance in stanced:
            # with the stance even the method does not enter the priorities
            for method in named[:1] if stance == "even" else named:
                parts = [
                    scheme_label,
                    *([stance] if len(stanced) > 1 else []),
                    *([method] if len(named) > 1 and stance != "even" else []),
                ]
                try:
                    asked = {
                        **settings.for_scheme(scheme, options),
                        "weights": scheme,
                        "method": method,
                        "stance": stance,
                    }
                    problem, how = problem_and_solver(case, asked)
                except CaseError as error:
                    if not isinstance(scheme, str):
                        raise
                    missing.append(Missing(scheme_label, None if stance == "even" else method, error.problems[0]))
                    continue
                found = Plan.from_problem(problem, how, first)
                first = first or found
                plans["/".join(parts)] = found
                best.append(largest_value(found))
                progress(len(best))
    if first is None:
        raise CaseError([*{why.problem.text(): why.problem for why in missing}.values()])  # each once
    asked = {"weights": list(schemes), "methods": named, "stances": stanced, **_shared(first)}
    proven = _proven(case, stanced[0], options)
    return PlanComparison(case, asked, plans, np.array(best), tuple(missing), why, proven, _sweeps(plans))


def _sweeps(plans: Mapping[str, Plan]) -> dict[str, Sweep]:
    """Let the share of one of two combined schemes go from 0 to 1 in every plan by them that is known to be best."""
    made = {}
    for name, plan in plans.items():
        if has_a_share(plan.problem) and plan.settings.objective == "weighted" and plan.status == "optimal":
            with suppress(CaseError, Stopped):  # defined for the share at hand, not for all
                made[name] = swept(plan)
    return made


def _proven(case: Case, stance: Stance, options: Mapping[str, Any]) -> Settled | None:
    """Return what is settled about the case's own weights; None where that is refused, or not proven."""
    if options.get("region") or options.get("objective", case.settings.objective) != "weighted":
        return None
    try:
        found = beyond_dispute(Plan.from_problem(*problem_and_solver(case, {**options, "stance": stance})))
        return None if isinstance(found, str) else found
    except (CaseError, Infeasible, Stopped):
        return None


def _shared(plan: Plan) -> Row:
    """Settings that all plans share."""
    own = ("weights", "method", "stance")
    return {name: value for name, value in plan.settings.to_dict().items() if name not in own}
