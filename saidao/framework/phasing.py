"""A plan phased over periods: the table `phases` turned into periods, dated budgets and limits of the stages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..case import Case, load_case
from ..case.changes import free_name
from ..case.checks import period_names, phase_caps
from ..case.tables import Budget, Measure, Phase, Resource, RuleRow, Stage
from ..errors import CaseError, Problem, nearest

if TYPE_CHECKING:
    from pathlib import Path


def phase(case: Case | str | Path, periods: Iterable[str] | None = None, resource: str | None = None) -> Case:
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
    budgets = [
        Budget(resource=row.resource, period=phase.period, amount=(row.budget or 0.0) * phase.budget)
        for row in case.rows(Resource)
        for phase in phases
    ]
    lags = {row.stage: row.lag for row in case.rows(Stage)}
    measures = [
        row.model_copy(update={"lag": lags[row.stage]}) if lags.get(row.stage) and not row.lag else row
        for row in case.rows(Measure)
    ]
    made = case.with_rows(
        measures=measures, phases=(), **({"budgets": budgets} if resources else {}),
        rules=[*case.rows(RuleRow), *(_limits(case, phases, chosen) if chosen else ())],
    )  # fmt: skip
    settings = case.settings.model_copy(update={"periods": tuple(row.period for row in phases)})
    return replace(made, settings=settings)


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
            if cap is not None:
                name = free_name(limit_name(stage, row.period), taken)
                yield RuleRow.model_validate(
                    {"rule": name, "kind": "cap", "over": "stage", "key": stage, "of": resource,
                     "share": cap, "period": row.period}
                )  # fmt: skip


def limit_name(stage: str, period: str) -> str:
    """Return the name of the rule that limits a stage in a period."""
    return f"{stage} {period}"
