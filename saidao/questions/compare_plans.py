"""From weights to money: a plan per scheme, method and stance, and what depends on the choice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .. import mcda
from ..case import Case, load_case
from ..case.tables import Resource
from ..errors import CaseError
from ..results.result import Answer, Row
from ..study.names import measure_names
from ..study.plan import Plan, largest_value
from ..study.programme import check_plannable
from ..study.sentences import timed
from ..study.solving import problem_and_solver
from ..texts.say import say
from ..texts.visible import in_json
from .compare import Missing, labelled, unknown

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    from matplotlib.axes import Axes

    from ..study.settings import WeightsLike

Array = NDArray[np.float64]

ROUNDING = 1e-12
"""A regret up to this share of the best value is rounding."""
FUNDED = 1e-9
"""A level up to this is rounding."""


@dataclass(frozen=True)
class PlanComparison(Answer):
    """The result of ``saidao.compare(case, plans=True)``: plans by name, each near the first one.

    `best` (plans,) is the largest value that any plan has under each one's priorities: its own plan's, where it was
    made for the objective ``weighted``.

    A plan is named by its scheme, and by stance and method where these differ. The method counts only through the
    stance: with the stance ``even`` a scheme has one plan.
    """

    case: Case
    settings: Mapping[str, Any]
    plans: Mapping[str, Plan]
    best: Array
    missing: tuple[Missing, ...] = ()

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
            at = np.array([a.measure == name for a in applications])
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
            sentences.append(say("plans.widest", lang, one=one, other=other, resource=resources[resource], share=share))
        elif several:
            sentences.append(say("plans.same", lang))
        if several:
            i, j = np.unravel_index(int(self.regret.argmax()), self.regret.shape)
            sentences.append(
                say(
                    "plans.regret",
                    lang,
                    plan=self.names[i],
                    scheme=self.names[j],
                    loss=float(self.regret[i, j]),
                    safest=self.safest,
                    least=float(self.largest_regret.min()),
                )
            )
            sentences += timed(self._each[0], lang)
        return sentences

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw it on matplotlib axes (the extra ``plot``), new ones if none are given."""
        from ..pictures.plots import plot

        return plot(self, ax, lang)

    def to_dict(self, lang: str = "en") -> Row:
        """Plain data, keys as ``saidao compare --plans --json``."""
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
            "allocation": self.rows(),
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
            "missing": [missing.to_dict(lang) for missing in self.missing],
        }

    def to_json(self, lang: str = "en") -> str:
        """`to_dict` as JSON text."""
        return in_json(json.dumps(self.to_dict(lang), ensure_ascii=False, allow_nan=False))

    def rows(self) -> list[Row]:
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

    def to_frame(self, table: str = "measures") -> pd.DataFrame:
        """Return one table: measures, allocation, regret, shares, overlap, or moves (a row per two plans)."""
        import pandas as pd

        if table == "measures":
            return pd.DataFrame(self.measures).set_index("measure")
        if table == "allocation":
            return pd.DataFrame(self.rows()).set_index(["measure", "target"])
        if table == "moves":
            return pd.DataFrame(self.to_dict()["moves"]).set_index(["from", "to"])
        if table not in ("regret", "shares", "overlap"):
            raise KeyError(f"no table {table!r}; one of measures, allocation, regret, shares, overlap, moves")
        return pd.DataFrame(getattr(self, table), index=pd.Index(self.names, name="plan"), columns=self.names)

    def _repr_html_(self) -> str:
        return f"<p>{escape(' '.join(self.text()))}</p>{self.to_frame().to_html()}"


def compare_plans(
    case: Case | str | Path,
    weights: WeightsLike | Iterable[WeightsLike] | None = None,
    methods: str | Iterable[str] | None = None,
    stances: str | Iterable[str] | None = None,
    **options: Any,
) -> PlanComparison:
    """Plan a case by several schemes, methods and stances, and compare the plans.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, or a folder.
    weights : schemes' names, mappings or Series by factor, or `Weights`; every scheme that the case allows if left out.
    methods, stances : names; the case's own if left out.
    **options : as for `saidao.plan`.

    Raises
    ------
    CaseError
        Names that do not exist, or nothing that can be planned.
    Infeasible
        No plan meets every budget and rule.
    """
    from ..study import settings

    case = load_case(case)
    check_plannable(case)
    schemes = labelled([] if weights is None else weights) or labelled(list(mcda.schemes()))
    named = list(dict.fromkeys([methods] if isinstance(methods, str) else methods or [case.settings.method]))
    stanced = list(dict.fromkeys([stances] if isinstance(stances, str) else stances or [case.settings.stance]))
    problems = [
        *unknown("weights", [scheme for scheme in schemes.values() if isinstance(scheme, str)], mcda.schemes()),
        *unknown("methods", named, mcda.methods()),
        *unknown("stances", stanced, settings.STANCES),
    ]
    if problems:
        raise CaseError(problems)
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
    if first is None:
        raise CaseError([why.problem for why in missing])
    asked = {"weights": list(schemes), "methods": named, "stances": stanced, **_shared(first)}
    return PlanComparison(case, asked, plans, np.array(best), tuple(missing))


def _shared(plan: Plan) -> Row:
    """Settings that all plans share."""
    own = ("weights", "method", "stance")
    return {name: value for name, value in plan.settings.to_dict().items() if name not in own}
