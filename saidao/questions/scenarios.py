"""Scenarios: named changes of a case, run side by side, and the difference of any two told by its causes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Unpack

from ..case import Case, load_case
from ..case.changes import Change, changed
from ..case.scenarios import BASE, FILE, named_changes
from ..case.tables import Resource, ScenarioRow
from ..errors import CaseError, Infeasible, Problem
from ..mcda.labels import Frame
from ..mcda.plotting import axes, bars, finished
from ..optimize.after.shapley import EXACT, shapley
from ..results.column import Column, Row, Table
from ..results.question import Option, question
from ..results.result import Result
from ..study import verbs
from ..study.names import change_name
from ..study.options import CaseLike, PlanOptions
from ..study.plan.columns import resource_columns
from ..study.plan.result import Plan
from ..study.planning.programme import check_plannable
from ..study.ranking.named_choices import unknown
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_CAUSES = 4
"""Causes told in words; the data holds all."""


@dataclass(frozen=True)
class Scenarios(Result):
    """The result of `saidao.scenarios`.

    Attributes
    ----------
    case : the case as it is.
    changes : the changes of each scenario by name; none of `BASE`.
    plans : the plan of each scenario, None where there is none.
    options : what all runs were asked.
    pair : two runs whose difference is asked for, or none.
    """

    case: Case
    changes: Mapping[str, tuple[Change, ...]]
    plans: Mapping[str, Plan | None]
    options: Mapping[str, Any]
    pair: tuple[str, str] | None = None

    @cached_property
    def _values(self) -> dict[frozenset[Change], float | None]:
        """Closed share by the changes made, as far as it was needed."""
        return {
            frozenset(self.changes[name]): None if plan is None else plan.closed_share
            for name, plan in self.plans.items()
        }

    def _value(self, changes: Iterable[Change]) -> float | None:
        made = list(changes)
        key = frozenset(made)
        if key not in self._values:
            plan = _planned(changed(self.case, made, FILE), self.options)
            self._values[key] = None if plan is None else plan.closed_share
        return self._values[key]

    def explain(self, one: str, other: str) -> list[Row]:
        """Causes of the difference between the closed shares of two runs, the largest first.

        A change of both runs is no cause. Each cause has the mean of what it brings over all orders in which the
        causes can come (Shapley 1953, A value for n-person games); of more than `EXACT` causes each has what it brings
        where it stands. The amounts sum to the difference.

        Raises
        ------
        CaseError
            A run that does not exist, or has no plan, or a mix of changes that has none.
        """
        problems = unknown("scenario", (one, other), self.plans)
        if problems:
            raise CaseError(problems)
        before, after = self.changes[one], self.changes[other]
        undone = [c for c in before if c not in after]
        made = [c for c in after if c not in before]
        causes = [(c, False) for c in undone] + [(c, True) for c in made]

        def worth(taken: frozenset[int]) -> float:
            gone = {causes[i][0] for i in taken if not causes[i][1]}
            come = [causes[i][0] for i in sorted(taken) if causes[i][1]]
            value = self._value([c for c in before if c not in gone] + come)
            if value is None:
                mix = ", ".join(c.name for c in [c for c in before if c not in gone] + come)
                raise CaseError([Problem("no_mixed_plan", FILE, found=mix)])
            return value

        amounts = shapley(len(causes), worth)
        rows = [
            {"cause": c.name, "made": came, "amount": float(amount), "in_order": len(causes) > EXACT}
            for (c, came), amount in zip(causes, amounts, strict=True)
        ]
        return sorted(rows, key=lambda row: -abs(float(row["amount"])))

    @property
    def runs(self) -> list[Row]:
        """One row a run: closed share, its difference from the base, measures funded, and the use of every resource."""
        base = self.plans[BASE]
        rows = []
        for name, plan in self.plans.items():
            row: Row = {"scenario": name, "status": "infeasible" if plan is None else plan.status}
            row["closed_share"] = None if plan is None else plan.closed_share
            row["difference"] = None if plan is None or base is None else plan.closed_share - base.closed_share
            row["measures"] = None if plan is None else len({r["measure"] for r in plan.allocation})
            for resource in self.case.rows(Resource):
                used = (
                    None
                    if plan is None
                    else sum(r["used"] for r in plan.resources if r["resource"] == resource.resource)
                )
                row[resource.resource] = used
            rows.append(row)
        return rows

    def name(self, scenario: str, lang: str) -> str:
        """Name a scenario as its table does."""
        if scenario == BASE:
            return say("scenario.base", lang)
        rows = [row for row in self.case.rows(ScenarioRow) if row.scenario == scenario]
        named = next((row for row in rows if row.name_en or row.name_zh), None)
        return scenario if named is None else named.name(lang)

    @cached_property
    def causes(self) -> dict[str, list[Row]]:
        """What makes each run differ from the base, where both have a plan."""
        if self.plans[BASE] is None:
            return {}
        return {
            name: self.explain(BASE, name) for name, plan in self.plans.items() if name != BASE and plan is not None
        }

    def text(self, lang: str = "en") -> list[str]:
        """Sentences: every run against the base, with its causes."""
        sentences = []
        causes = self.causes
        made = {change.name: change for changes in self.changes.values() for change in changes}
        for row in self.runs:
            name = self.name(row["scenario"], lang)
            if row["closed_share"] is None:
                sentences.append(say("scenario.infeasible", lang, name=name))
            elif row["scenario"] == BASE or row["difference"] is None:
                sentences.append(say("scenario.closes", lang, name=name, share=row["closed_share"]))
            else:
                held = causes[row["scenario"]]
                told = say("list", lang).join(
                    say(
                        "scenario.cause",
                        lang,
                        cause=change_name(self.case, made[c["cause"]], lang),
                        points=100 * c["amount"],
                    )
                    for c in held[:MOST_CAUSES]
                )
                if rest := held[MOST_CAUSES:]:
                    told += say(
                        "scenario.more_causes", lang, more=len(rest), points=100 * sum(c["amount"] for c in rest)
                    )
                sentences.append(
                    say(
                        "scenario.differs",
                        lang,
                        name=name,
                        share=row["closed_share"],
                        points=100 * row["difference"],
                        causes=told,
                    )
                )
        return sentences

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao scenarios --json``."""
        return {
            "schema": "saidao/scenarios/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "changes": [
                {"scenario": name, "table": c.table, "row": c.row, "column": c.column, "change": c.change}
                for name, changes in self.changes.items()
                for c in changes
            ],
            "runs": self.runs,
            "causes": self._all_causes,
            **({"explained": self.explained} if self.pair else {}),
        }

    @property
    def _all_causes(self) -> list[Row]:
        return [{"from": BASE, "to": name, **row} for name, rows in self.causes.items() for row in rows]

    @cached_property
    def explained(self) -> Row:
        """The pair asked for, and the causes of the difference between the two."""
        one, other = self.pair or (BASE, BASE)
        return {"from": one, "to": other, "causes": self.explain(one, other)}

    def declared(self) -> Iterator[Table]:
        """Yield the runs, the causes of the difference asked for and of every other one, and the changes made."""
        run = Column("scenario", "name", self._names)
        shares = (
            run,
            Column("status", "word", of="run", seen="files"),
            Column("closed_share", "share", heading="head.closed"),
            Column("difference", "points"),
            Column("measures", "count"),
            *resource_columns(self.case, "amount"),
        )
        yield Table("runs", shares, self.runs, title="title.scenarios")
        cause = (
            Column("cause", "name", self._change_names),
            Column("made", "flag"),
            Column("amount", "points", heading="head.difference"),
        )
        if self.pair:
            one, other = self.pair
            yield Table(
                "explained",
                cause,
                self.explained["causes"],
                title=lambda lang: say("title.causes", lang, one=self.name(one, lang), other=self.name(other, lang)),
            )
        pair = (
            Column("from", "name", self._names, "head.from_run"),
            Column("to", "name", self._names, "head.to_run"),
        )
        yield Table("causes", (*pair, *cause), self._all_causes, title="sheet.causes", most=0)
        change = Column("name", "name", self._change_names, "head.change", seen="people")
        parts = (Column(name, seen="data") for name in ("table", "row", "column", "change"))
        changes = [{"scenario": name, **vars(c), "name": c.name} for name, made in self.changes.items() for c in made]
        yield Table("changes", (run, change, *parts), changes, title="sheet.changes", most=0)

    def _names(self, case: Case, lang: str) -> dict[str, str]:
        return {name: self.name(name, lang) for name in self.plans}

    def _change_names(self, case: Case, lang: str) -> dict[str, str]:
        return {c.name: change_name(case, c, lang) for changes in self.changes.values() for c in changes}

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw the share of the weighted gap closed in each run."""
        rows = [row for row in self.runs if row["closed_share"] is not None]
        ax = axes(ax, len(rows))
        bars(ax, [self.name(row["scenario"], lang) for row in rows], [r["closed_share"] for r in rows], form="{:.1%}")
        ax.xaxis.set_major_formatter("{x:.0%}")
        return finished(ax, self.text(lang)[0], say("plot.closed_share", lang))


@question("scenarios", example="saidao scenarios shanghai --explain lean,land_reform")
def scenarios(
    case: CaseLike,
    changes: Mapping[str, Iterable[tuple[str, str, str, object]]] | Frame | None = None,
    names: Annotated[
        Iterable[str] | None, Option("Run only this scenario; repeatable.", flag="--only", reads="list")
    ] = None,
    explain: Annotated[
        str | tuple[str, str] | None, Option("Tell the difference of two runs by its causes.", metavar="A,B")
    ] = None,
    **options: Unpack[PlanOptions],
) -> Scenarios:
    """Run the case as it is and under the named changes of its table scenarios, side by side.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, or a folder.
    changes : by scenario, (table, row, column, change) of each; or a table with the columns of ``scenarios``; the
        case's own table if left out. See `saidao.case.changes` for what a change may be.
    names : run only these, and those of *explain*.
    explain : two runs, as a pair or ``"A,B"``: the causes of their difference become a table; ``base`` is the case as
        it is.
    **options : as for `saidao.plan`, for every run.

    Raises
    ------
    CaseError
        Bad input, with every problem found.
    """
    case = load_case(case)
    pair = _pair(explain)
    check_plannable(case)
    named = named_changes(case, changes)
    if not named:
        raise CaseError([Problem("no_scenarios", FILE)])
    also = [name for name in pair or () if name != BASE]
    chosen = list(named) if names is None else list(dict.fromkeys([*names, *also]))
    problems = unknown("names", chosen, named)
    cases: dict[str, Case] = {BASE: case}
    for name in chosen:
        if name in named:
            try:
                cases[name] = changed(case, named[name], FILE)
            except CaseError as error:
                problems += error.problems
    if problems:
        raise CaseError(problems)
    plans = {name: _planned(one, options) for name, one in cases.items()}
    return Scenarios(case, {BASE: (), **{name: named[name] for name in chosen}}, plans, options, pair)


def _pair(explain: str | tuple[str, str] | None) -> tuple[str, str] | None:
    """Read two names of runs."""
    if explain is None:
        return None
    parts = tuple(part.strip() for part in explain.split(",")) if isinstance(explain, str) else tuple(explain)
    if len(parts) != 2:
        raise CaseError([Problem("two_scenarios", "explain", found=str(explain))])
    return parts[0], parts[1]


def _planned(case: Case, options: Mapping[str, Any]) -> Plan | None:
    try:
        return verbs.plan(case, **options)
    except Infeasible:
        return None
