"""Whole projects for one resource, with votes: the plan beside what rules for participatory budgets select."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from ..case import Case, ballots, load_case
from ..case.cells import number_text
from ..case.tables import Ballot, Cost, Measure, Resource
from ..errors import CaseError, Problem
from ..mcda.plotting import axes, finished, heat
from ..results.column import Column, Row, Table
from ..results.question import question
from ..results.result import Result
from ..study.names import measure_labels
from ..study.options import CaseLike, PlanOptions
from ..study.plan.result import Plan
from ..study.planning.solving import problem_and_solver
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SELECTED = "selected"
"""The column of `measures`, of a user's own, that says what was selected in truth: 1 or 0."""
FUNDED = 0.5
"""A whole project at a level above this is funded."""


@dataclass(frozen=True)
class Winners(Result):
    """The result of `saidao.winners`.

    Attributes
    ----------
    plan : the plan of the case.
    support : votes or points of each project.
    selections : the projects of the plan, of each rule, and those that were selected in truth, by name:
        ``plan``, ``greedy``, ``equal_shares``, ``published``.
    missing : the selections that are not there, and why: the name of a sentence.
    """

    plan: Plan
    support: Mapping[str, float]
    selections: Mapping[str, tuple[str, ...]]
    missing: Mapping[str, str]

    @property
    def case(self) -> Case:
        """The case."""
        return self.plan.case

    @property
    def costs(self) -> dict[str, float]:
        """What each project costs, in the unit of the resource."""
        return {row.measure: row.cost for row in self.case.rows(Cost)}

    @property
    def summary(self) -> list[Row]:
        """A row a selection: how many projects, what they cost, their support, and how many of the plan's they are."""
        whole = sum(self.support.values())
        ours = set(self.selections["plan"])
        return [
            {
                "selection": name,
                "projects": len(chosen),
                "spent": sum(self.costs[m] for m in chosen),
                "support": sum(self.support[m] for m in chosen),
                "share": sum(self.support[m] for m in chosen) / whole if whole else 0.0,
                "shared": len(ours.intersection(chosen)),
            }
            for name, chosen in self.selections.items()
        ]

    @property
    def projects(self) -> list[Row]:
        """A row a project, those of most support first: cost, support, and 1 or 0 for each selection."""
        order = sorted(self.support, key=lambda m: -self.support[m])
        return [
            {
                "measure": m,
                "cost": self.costs[m],
                "support": self.support[m],
                **{name: float(m in chosen) for name, chosen in self.selections.items()},
            }
            for m in order
        ]

    def _rule(self, lang: str) -> str:
        """Say by which rule was selected in truth, where the table `election` names one; PabuLib calls them so."""
        rule = ballots.election(self.case).get("rule", "")
        known = {"greedy": "greedy", "equalshares": "equal_shares"}.get(rule.partition("/")[0])
        return say(f"selection.{known}", lang).lower() if known else rule

    def text(self, lang: str = "en") -> list[str]:
        """Sentences, the answer first."""
        (resource,) = self.case.rows(Resource)
        told = [{**row, "unit": resource.unit_name(lang)} for row in self.summary]
        sentences = [say("winners.plan", lang, case=self.case.title(lang), **told[0])]
        for row in told[1:]:
            name = say(f"selection.{row['selection']}", lang)
            rule = self._rule(lang)
            if rule and row["selection"] == "published":
                name = say("winners.by_rule", lang, name=name, rule=rule)
            sentences.append(say("winners.other", lang, **{**row, "name": name}))
        return sentences

    def notes(self, lang: str = "en") -> list[str]:
        """Say what is not compared, and how the rules are meant."""
        left = [
            say("winners.missing", lang, name=say(f"selection.{name}", lang), why=say(why, lang))
            for name, why in self.missing.items()
        ]
        return [*left, say("winners.rules", lang)]

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao winners --json``."""
        return {
            "schema": "saidao/winners/1",
            "case": self.case.name,
            "settings": self.plan.settings.to_dict(),
            "selections": self.summary,
            "projects": self.projects,
            "missing": list(self.missing),
        }

    def declared(self) -> Iterator[Table]:
        """Yield the selections, and the projects under them."""
        (resource,) = self.case.rows(Resource)
        yield Table(
            "selections",
            (
                Column("selection", "word", "selection"),
                Column("projects", "count"),
                Column("spent", "spend", resource.resource, heading="head.cost"),
                Column("support", "count"),
                Column("share", "share", heading="head.support_share"),
                Column("shared", "count", heading="head.shared_with_plan"),
            ),
            self.summary,
        )
        yield Table(
            "projects",
            (
                Column("measure", "id", Measure),
                Column("cost", "amount", resource.resource),
                Column("support", "count"),
                *(Column(name, "count", heading=f"selection.{name}") for name in self.selections),
            ),
            self.projects,
        )

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw which projects each selection holds, those of most support first."""
        rows = self.projects
        names = [say(f"selection.{name}", lang) for name in self.selections]
        ax = axes(ax, len(rows), 5.5 + 0.5 * len(names))
        labels = measure_labels(self.case, [row["measure"] for row in rows], lang)
        heat(ax, labels, names, np.array([[row[name] for name in self.selections] for row in rows]))
        return finished(ax, self.text(lang)[0])


@question("winners", example="saidao winners wieliczka")
def winners(case: CaseLike, **options: Unpack[PlanOptions]) -> Winners:
    """Compare a plan of whole projects with what rules for votes select, and with what was selected in truth.

    The rules are those of pabutools (the extra ``votes``): most votes first, and, where the case has ballots, the
    method of equal shares. What was selected in truth is a column `selected` of the measures.

    Parameters
    ----------
    case : a case of measures that are done or not, of one resource, with ballots or a factor ``support``.
    **options : as for `saidao.plan`.

    Raises
    ------
    CaseError
        A case of another kind, or pabutools is not installed.
    Infeasible, Stopped
        As `saidao.plan`.
    """
    case = load_case(case)
    found = ballots.support(case)
    problems = [*ballots.not_projects(case), *([] if found else [Problem("pb_support", "ballots")])]
    if problems:
        raise CaseError(problems)
    plan = Plan.from_problem(*problem_and_solver(case, options))
    held = [row.measure for row in case.rows(Measure)]
    support = {m: found.get(m, 0.0) for m in held}
    levels = {row["measure"]: row["level"] for row in plan.allocation}
    selections = {"plan": tuple(m for m in held if levels.get(m, 0.0) > FUNDED)}
    missing: dict[str, str] = {}
    budget = float(plan.solved.programme.budget.sum())
    costs = {row.measure: row.cost for row in case.rows(Cost)}
    selections["greedy"] = greedy(costs, support, budget)
    if case.rows(Ballot):
        selections["equal_shares"] = equal_shares(case, costs, budget)
    else:
        missing["equal_shares"] = "winners.no_ballots"
    told = {row.measure: str((row.model_extra or {}).get(SELECTED, "")) for row in case.rows(Measure)}
    if any(told.values()):
        selections["published"] = tuple(m for m in held if told[m] not in ("", "0", "0.0"))
    else:
        missing["published"] = "winners.not_published"
    return Winners(plan, support, selections, missing)


def _pabutools() -> tuple[Any, Any]:
    """Return its elections and rules."""
    try:
        from pabutools import election, rules  # an extra
    except ImportError:
        raise CaseError([Problem("no_extra", "pabutools", details={"extra": "votes"})]) from None
    return election, rules


def exact(value: float) -> Any:
    """Return a number as pabutools counts: a fraction, of the digits that people read."""
    from pabutools.fractions import str_as_frac  # an extra

    return str_as_frac(number_text(value))


def greedy(costs: Mapping[str, float], support: Mapping[str, float], budget: float) -> tuple[str, ...]:
    """Return the projects of most support first, each that what is left of the budget still pays for.

    >>> greedy({"a": 80, "b": 60, "c": 40}, {"a": 3, "b": 2, "c": 1}, 120)
    ('a', 'c')
    """
    election, rules = _pabutools()
    projects = {m: election.Project(m, exact(costs[m])) for m in support}
    instance = election.Instance(projects.values(), budget_limit=exact(budget))
    # pabutools takes the largest gain per cost first: with gains of support times cost that is the most support
    gains = {projects[m]: exact(value) * exact(costs[m] or 1.0) for m, value in support.items() if value > 0}
    profile = election.CardinalProfile([election.CardinalBallot(gains)], instance=instance)
    chosen = rules.greedy_utilitarian_welfare(instance, profile, sat_class=election.Additive_Cardinal_Sat)
    names = {project.name for project in chosen}
    return tuple(m for m in support if m in names)


def equal_shares(case: Case, costs: Mapping[str, float], budget: float) -> tuple[str, ...]:
    """Return what the method of equal shares selects (Peters, Pierczyński & Skowron 2021), completed by ``add1``.

    Votes count for the cost of what they fund, points as they are given. Each voter's share of the budget is raised by
    one of its unit for as long as the projects can be paid for.
    """
    election, rules = _pabutools()
    projects = {m: election.Project(m, exact(costs[m])) for m in costs}
    instance = election.Instance(projects.values(), budget_limit=exact(budget))
    cast = ballots.given(case.rows(Ballot), ballots.election(case))
    pointed = any(points != 1.0 for ballot in cast for points in ballot.values())
    if pointed:
        profile: Any = election.CardinalProfile(
            [election.CardinalBallot({projects[m]: exact(p) for m, p in ballot.items() if p > 0}) for ballot in cast],
            instance=instance,
        )
    else:
        profile = election.ApprovalProfile(
            [election.ApprovalBallot([projects[m] for m in ballot]) for ballot in cast], instance=instance
        )
    chosen = rules.exhaustion_by_budget_increase(
        instance,
        profile.as_multiprofile(),
        rules.method_of_equal_shares,
        {"sat_class": election.Additive_Cardinal_Sat if pointed else election.Cost_Sat},
        exhaustive_stop=False,
        budget_step=len(cast),
    )
    names = {project.name for project in chosen}
    return tuple(m for m in costs if m in names)
