"""Balance of a plan over the dimensions of its measures: as floors, and as a second objective against the first."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Annotated, Any, Unpack

import numpy as np

from ..case import Case, load_case
from ..case.changes import free_name
from ..case.provenance import with_sources
from ..case.tables import Dimension, Measure, Resource, RuleRow
from ..errors import CaseError, Infeasible, Problem, nearest
from ..mcda import plotting
from ..optimize import Allocation
from ..optimize.after.frontier import budget_frontier, coarseness, trace
from ..optimize.model.programme import Array
from ..results.column import Column, Row, Table, bilingual
from ..results.question import Option, question
from ..results.result import Result
from ..study import verbs
from ..study.options import CaseLike, PlanOptions
from ..study.plan.columns import resource_columns
from ..study.plan.result import Plan
from ..study.planning.solving import HOW, SolverOptions, as_stopped, solve
from ..texts.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes


"""What the table of sources says of the floors."""
FREE = 1e-6
"""Share of the gap up to which a loss counts as none."""
SAMPLES = 11
"""Shares at which it is planned where the curve cannot be traced, and that a terminal shows of one that is."""


@dataclass(frozen=True)
class Balance(Result):
    """The result of `saidao.balance`: a plan, and what balance costs.

    Attributes
    ----------
    plan : the plan; its `case` has the floors where it is held to a least share.
    least_share : of the budget of `resource`, which every dimension is held to; None where none was asked for.
    points : the efficient set between the share of the gap that closes and the least share that every dimension has.
        Every breakpoint is there, and between two of them the best is a mix of both; with whole units or an objective
        other than ``weighted`` (`exact` false) they are samples, and of a large program some breakpoints, where the
        curve lies above the line between them by at most `coarse` of its range; none for ``reach``, whose plans close
        what they are told. `loss` is what is lost against no floor, of the value and as a share of the weighted gap;
        `price` the loss per unit of `least_share` from there to the next point.
    """

    plan: Plan
    resource: str
    least_share: float | None
    points: list[Row]
    exact: bool
    coarse: float = 0.0

    @property
    def case(self) -> Case:
        """The case; with floors where the plan is held to some."""
        return self.plan.case

    @property
    def names(self) -> dict[str, tuple[str, str]]:
        """Names of the dimensions in English and Chinese; the id where the case has none."""
        found = {row.dimension: (row.name("en"), row.name("zh")) for row in self.case.rows(Dimension)}
        return {d: found.get(d, (d, d)) for d in dict.fromkeys((*found, *_dimensions(self.case)))}

    @cached_property
    def dimensions(self) -> list[Row]:
        """Of each dimension: its measures, those funded, its shares of each resource's spend and of the value."""
        resources = [row.resource for row in self.case.rows(Resource)]
        of = {row.measure: row.dimension for row in self.case.rows(Measure)}
        allocated = self.plan.allocation_rows()
        spent = {r: sum(row[r] for row in allocated) or 1.0 for r in resources}
        value = sum(row["value"] for row in allocated) or 1.0
        held = {row.dimension: row for row in self.case.rows(Dimension)}
        rows = []
        for dimension, (en, zh) in self.names.items():
            own = [row for row in allocated if of[row["measure"]] == dimension]
            row = held.get(dimension)
            rows.append(
                {
                    "dimension": dimension,
                    "name_en": en,
                    "name_zh": zh,
                    "competition_en": row.competition_en if row else "",
                    "competition_zh": row.competition_zh if row else "",
                    "race_en": row.race_en if row else "",
                    "race_zh": row.race_zh if row else "",
                    "measures": sum(d == dimension for d in of.values()),
                    "funded": len({r["measure"] for r in own}),
                    **{r: float(sum(a[r] for a in own) / spent[r]) for r in resources},
                    "value": float(sum(a["value"] for a in own) / value),
                }
            )
        return rows

    def text(self, lang: str = "en") -> list[str]:
        """Sentences: which dimension gets most and least, and what balance costs."""
        at = ("en", "zh").index(lang)
        rows = sorted(self.dimensions, key=lambda row: -float(row[self.resource]))
        resource = self.case.names(Resource, lang)[self.resource]
        first, last = rows[0], rows[-1]
        sentences = []
        if self.least_share is not None and self.points:
            sentences.append(
                say(
                    "balance.held",
                    lang,
                    resource=resource,
                    share=self.least_share,
                    loss=self.points[0]["closed_share"] - self.plan.closed_share,
                    closed=self.plan.closed_share,
                )
            )
        if first[self.resource] > 0:
            sentences.append(
                say(
                    "balance.shares",
                    lang,
                    resource=resource,
                    most=self.names[first["dimension"]][at],
                    high=first[self.resource],
                    least=self.names[last["dimension"]][at],
                    low=last[self.resource],
                )
            )
        else:
            sentences.append(say("balance.nothing", lang, resource=resource))
        if "share" in self.plan.settings.aim.takes:
            return [*sentences, say("balance.reach", lang)]
        free = max((p["least_share"] for p in self.points if p["loss"] <= FREE), default=0.0)
        if free > 0:
            sentences.append(say("balance.free", lang, resource=resource, share=free))
        end = self.points[-1]
        if end["loss"] > FREE:
            sentences.append(
                say(
                    "balance.cost",
                    lang,
                    resource=resource,
                    share=end["least_share"],
                    loss=end["loss"],
                    closed=end["closed_share"],
                )
            )
        if end["least_share"] < 1 / len(_dimensions(self.case)) - FREE:
            sentences.append(say("balance.most", lang, resource=resource, share=end["least_share"]))
        return sentences

    def notes(self, lang: str = "en") -> list[str]:
        """Say that the curve is sampled where it is."""
        if self.coarse:
            return [say("sampled.coarse", lang, coarse=self.coarse)]
        return [say("balance.sampled", lang, points=len(self.points))] if self.points and not self.exact else []

    def declared(self) -> Iterator[Table]:
        """Yield what each dimension gets, and what more balance costs: at even steps, and at every breakpoint."""
        yield Table(
            "dimensions",
            (
                Column("dimension", "name", Dimension),
                Column("name_en", seen="data"),
                Column("name_zh", seen="data"),
                *bilingual("competition"),
                *bilingual("race"),
                Column("measures", "count"),
                Column("funded", "count", heading="head.balance.funded"),
                *resource_columns(self.case, "share"),
                Column("value", "share", heading="head.dimensions.value"),
            ),
            self.dimensions,
        )
        costs = (
            Column("least_share", "share"),
            Column("closed_share", "fine share", heading="head.closed"),
            Column("loss", "fine share", heading="head.balance.points.loss"),
        )
        price = Column("price", "number", heading="head.balance.points.price")
        yield Table("costs", costs, self._evenly() if len(self.points) > 1 else [], title="title.balance")
        yield Table("points", (*costs, price), self.points, most=0)

    def _evenly(self) -> list[Row]:
        """Return the curve at evenly spread shares."""
        shares = np.linspace(0.0, self.points[-1]["least_share"], SAMPLES)
        closed = self.closed_at(shares)
        return [
            {"least_share": float(share), "closed_share": float(c), "loss": float(closed[0] - c)}
            for share, c in zip(shares, closed, strict=True)
        ]

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw the share of each resource, and of what closes, by dimension."""
        resources = self.case.names(Resource, lang)
        ax = plotting.axes(ax, 2 * len(self.dimensions))
        shares = np.array([[row[key] for key in (*resources, "value")] for row in self.dimensions])
        names = [row[f"name_{lang}"] for row in self.dimensions]
        plotting.heat(ax, names, [*resources.values(), say("plot.closed", lang)], shares, "{:.0%}", 1.0)
        return plotting.finished(ax, self.text(lang)[0])

    def made_case(self) -> Case:
        """Return the case with the floors that it is held to."""
        return self.case

    def closed_at(self, shares: Array) -> Array:
        """Share of the gap that closes at least shares: between two points the best is a mix of both."""
        at, closed = ([p[k] for p in self.points] for k in ("least_share", "closed_share"))
        return np.asarray(np.interp(shares, at, closed))

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao balance --json``."""
        return {
            "schema": "saidao/balance/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "settings": self.plan.settings.to_dict(),
            "resource": self.resource,
            "least_share": self.least_share,
            "closed_share": self.plan.closed_share,
            "dimensions": self.dimensions,
            "exact": self.exact,
            "coarse": self.coarse,
            "points": self.points,
        }


@question(
    "balance",
    example="saidao balance shanghai --resource funds",
    pictures=("dimensions",),
    writes="With --at: write the case with these floors: a workbook, .zip or folder.",
    needs="least_share",
)
def balance(
    case: CaseLike,
    resource: Annotated[str | None, Option("The resource of which every dimension is to get a share.")] = None,
    least_share: Annotated[
        float | None,
        Option("Plan with every dimension held to this share of its budget.", flag="--at", metavar="SHARE"),
    ] = None,
    **options: Unpack[PlanOptions],
) -> Balance:
    """Show the plan's balance over the dimensions of its measures, and what more of it would cost.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook; its measures have dimensions.
    resource : of whose budget every dimension is to get a share; the first one if left out.
    least_share : plan with every dimension held to this share of that budget, 0 to 1 / number of dimensions.
    **options : as for `saidao.plan`.

    Raises
    ------
    CaseError, Infeasible, Stopped
        As `saidao.plan`; measures without a dimension, an unknown resource, a share that not all can have.
    """
    case = load_case(case)
    return _balanced(case, None, resource, least_share, options)


def balanced(case: Case, plan: Plan, **options: Any) -> Balance:
    """Show the balance of a case whose plan is at hand, as `balance` does; *options* are those of that plan."""
    return _balanced(case, plan, None, None, options)


def _balanced(
    case: Case, plan: Plan | None, resource: str | None, least_share: float | None, options: Mapping[str, Any]
) -> Balance:
    resources = [row.resource for row in case.rows(Resource)]
    dimensions = _dimensions(case)
    if not all(dimensions):
        raise CaseError([Problem("needs_dimension", case.tables["measures"].file, None, "dimension")])
    if resource is not None and resource not in resources:
        details = {"choices": ", ".join(resources), "nearest": nearest(str(resource), resources)}
        raise CaseError([Problem("choice", "resource", found=str(resource), details=details)])
    chosen = resource or (resources[0] if resources else "")
    whole = 1 / max(len(dimensions), 1)
    if least_share is not None and not 0 <= least_share <= whole:
        raise CaseError([Problem("least_share", "least_share", found=f"{least_share:g}", details={"most": whole})])
    if plan is None:
        plan = verbs.plan(case if least_share is None else with_dimension_floors(case, chosen, least_share), **options)
    if "share" in plan.settings.aim.takes:
        return Balance(plan, chosen, least_share, [], exact=False)
    if plan.settings.aim.counts == "weighted_gap":
        coarse, points = _traced(with_dimension_floors(case, chosen, 0.0), plan, chosen, whole, options)
        return Balance(plan, chosen, least_share, points, not plan.model.is_mixed and not coarse, coarse)
    return Balance(plan, chosen, least_share, _sampled(case, chosen, whole, {**options}), exact=False)


def with_dimension_floors(case: Case, resource: str, least_share: float) -> Case:
    """Return the case with a floor for every dimension: its share of the budget of a resource."""
    rules = list(case.rows(RuleRow))
    for d in _dimensions(case):
        name = free_name(f"balance {d}", (row.rule for row in rules))
        rules.append(
            RuleRow.model_validate(
                {"rule": name, "kind": "floor", "over": "dimension", "key": d, "of": resource, "share": least_share}
            )
        )
    made = [("rules", row.rule, "", "assumption") for row in rules[len(case.rows(RuleRow)) :]]
    return with_sources(case.with_rows(rules=rules), made, partial(say, "noted.balanced"))  # type: ignore[arg-type]


def _traced(
    floored: Case, plan: Plan, resource: str, most: float, options: Mapping[str, Any]
) -> tuple[float, list[Row]]:
    """Move floors, none at first, to a share of the budget, as far as there are plans.

    Returns the share of its range by which the curve may lie above the lines between its points, and these.
    """
    how = SolverOptions.of(**{name: options[name] for name in HOW if name in options})
    problem = plan.problem.with_case(floored)
    solved, p = solve(problem, how)[0], problem.programme
    budget = float(p.budget[p.resources.index(resource)].sum())
    floors = range(len(p.rules) - len(_dimensions(floored)), len(p.rules))  # they stand last
    step = budget * np.sum([solved.rule_step(rule) for rule in floors], axis=0)
    discounts, coarse = len(p.periods) > 1 and p.discount != 1.0, coarseness(solved.model)
    with as_stopped():
        if coarse and not discounts:  # what a plan is worth is then what it closes
            found = trace(solved.model, step, 0.0, most, how.solver, coarse=coarse)
            closed = [point.value / (plan.weighted_gap or 1.0) for point in found]
            return coarse, _priced([point.change for point in found], closed, [closed[0] - share for share in closed])
        kinks = budget_frontier(solved, step, 0.0, most)
    return coarse, _points([kink.change for kink in kinks], [kink.plan for kink in kinks])


def _sampled(case: Case, resource: str, most: float, options: dict[str, Any]) -> list[Row]:
    """Plan with the floors at evenly spread shares, as far as there are plans."""
    shares, plans = [], []
    for share in np.linspace(0.0, most, SAMPLES).tolist():
        try:
            plans.append(verbs.plan(with_dimension_floors(case, resource, share), **options).solved)
        except Infeasible:
            break
        shares.append(share)
    return _points(shares, plans)


def _points(shares: list[float], plans: list[Allocation]) -> list[Row]:
    whole = (plans[0].programme.priority * plans[0].programme.gap).sum() or 1.0 if plans else 1.0
    closed, lost = [plan.closed_share for plan in plans], [(plans[0].value - plan.value) / whole for plan in plans]
    return _priced(shares, closed, lost)


def _priced(shares: list[float], closed: list[float], lost: list[float]) -> list[Row]:
    points: list[Row] = [
        {"least_share": share, "closed_share": c, "loss": float(loss), "price": None}
        for share, c, loss in zip(shares, closed, lost, strict=True)
    ]
    for point, after in itertools.pairwise(points):
        point["price"] = (after["loss"] - point["loss"]) / (after["least_share"] - point["least_share"])
    return points


def _dimensions(case: Case) -> list[str]:
    return list(dict.fromkeys(row.dimension for row in case.rows(Measure)))
