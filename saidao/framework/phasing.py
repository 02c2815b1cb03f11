"""A plan phased over periods: the table `phases` turned into periods, dated budgets and limits of the stages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from ..arguments import checked
from ..case import Case, load_case
from ..case.changes import free_name
from ..case.checking import period_names
from ..case.checks.framework import phase_caps
from ..case.provenance import Sources, weakest, with_sources
from ..case.tables import Budget, Kind, Measure, Phase, Resource, RuleRow, Stage
from ..errors import CaseError, Problem, nearest
from ..study.options import CaseLike
from ..texts.say import say

"""What the table of sources says of what the phases make."""


@checked
def phase(case: CaseLike, periods: Iterable[str] | None = None, resource: str | None = None) -> Case:
    """Return the case with its plan phased over periods.

    Every budget is shared out as the table `phases` says. Its columns named by stages become rules: measures of the
    stage take at most that share of the period's budget of one resource. Measures without a `lag` take their stage's.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook. One that has periods comes back as it is.
    periods : names of two or more periods that share the budgets evenly, for a case without the table.
    resource : whose budget the limits of the stages are shares of; the first one if left out.

    Raises
    ------
    CaseError
        An unknown resource; *periods* of a case that has its own.
    """
    case = load_case(case)
    resources = [row.resource for row in case.rows(Resource)]
    chosen = limited(case, resource)
    phases: Sequence[Phase] = case.rows(Phase)
    if periods is not None:
        names = [str(name).strip() for name in periods]
        if phases or period_names(case):
            raise CaseError([Problem("periods_given", "periods", found=", ".join(names))])
        if len(names) < 2 or len(set(names)) < len(names) or not all(names):
            raise CaseError([Problem("periods_twice", "periods", found=", ".join(names))])
        phases = [Phase(period=name, budget=1 / len(names)) for name in names]
    if not phases:
        return case
    kinds = phase_kinds(case)
    lags = {row.stage: row.lag for row in case.rows(Stage)}
    measures = [
        row
        if "lag" in row.model_fields_set or not lags.get(row.stage)
        else row.model_copy(update={"lag": lags[row.stage]})
        for row in case.rows(Measure)
    ]
    budgets = [
        Budget(resource=row.resource, period=phase.period, amount=(row.budget or 0.0) * phase.budget)
        for row in case.rows(Resource)
        for phase in phases
    ]
    limits = list(_limits(case, phases, chosen)) if chosen else []
    made = case.with_rows(
        measures=measures,
        phases=(),
        rules=[*case.rows(RuleRow), *limits],
        **({"budgets": budgets} if resources else {}),
    )
    settings = case.settings.model_copy(update={"periods": tuple(row.period for row in phases)})
    return with_sources(
        replace(made, settings=settings), _cells(case, measures, budgets, limits, kinds), partial(say, "noted.phased")
    )


def _cells(
    case: Case, measures: list[Measure], budgets: list[Budget], limits: list[RuleRow], kinds: Mapping[str, Kind]
) -> Iterator[tuple[str, str, str, Kind]]:
    """Yield where what the phases make comes from: no firmer than the table `phases` and what it is made of."""
    sources = Sources(case)
    split = kinds.get("budget", "assumption")
    yield from (
        ("measures", row.measure, "lag", sources.kind("stages", (row.stage,), "lag"))
        for row, old in zip(measures, case.rows(Measure), strict=True)
        if row is not old
    )
    for row in budgets:
        kind = weakest((split, sources.kind("resources", (row.resource,), "budget")))
        yield "budgets", f"{row.resource}/{row.period}", "amount", kind
    yield from (("rules", row.rule, "", kinds.get(row.key_, split)) for row in limits)


def phase_kinds(case: Case) -> dict[str, Kind]:
    """Return the weakest source of each column of the table `phases` that is read; none without the table."""
    sources = Sources(case)
    return {
        column: weakest(sources.kind("phases", (row.period,), column) for row in case.rows(Phase))
        for column in dict.fromkeys(c for row in case.rows(Phase) for c in ("budget", *phase_caps(case, row)))
    }


def limited(case: Case, resource: str | None) -> str:
    """Return the resource that is asked for, or the case's first one; empty where it has none."""
    resources = [row.resource for row in case.rows(Resource)]
    if resource is not None and resource not in resources:
        details = {"choices": ", ".join(resources), "nearest": nearest(resource, resources)}
        raise CaseError([Problem("choice", "resource", found=resource, details=details)])
    return resource or (resources[0] if resources else "")


def _limits(case: Case, phases: Sequence[Phase], resource: str) -> Iterator[RuleRow]:
    """Yield a cap for every stage and period that has one."""
    taken = {row.rule for row in case.rows(RuleRow)}
    for row in phases:
        for stage, cap in phase_caps(case, row).items():
            name = free_name(f"{stage} {row.period}", taken)
            yield RuleRow.model_validate(
                {
                    "rule": name,
                    "kind": "cap",
                    "over": "stage",
                    "key": stage,
                    "of": resource,
                    "share": cap,
                    "period": row.period,
                }
            )
