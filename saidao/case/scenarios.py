"""Scenarios of a case: changes of it under a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..errors import CaseError, Problem
from .case import Case
from .changes import Change
from .naming import Ambiguous, cell_of, names_of
from .tables import ScenarioRow

BASE = "base"
"""Name of the case as it is."""
FILE = "scenarios.csv"


def named_changes(case: Case, changes: Any = None) -> dict[str, tuple[Change, ...]]:
    """Return the changes of each scenario, by name; those of the case's own table if *changes* is left out."""
    if changes is None:
        table = case.tables["scenarios"]
        made = [
            (row.scenario, Change(row.of_table, row.row, row.column, row.change, line))
            for line, row in zip(table.lines, case.rows(ScenarioRow), strict=True)
        ]
    elif isinstance(changes, Mapping):
        made = [
            (str(name), Change(str(table_), str(row), str(column), str(change)))
            for name, several in changes.items()
            for table_, row, column, change in several
        ]
    else:
        columns = ("scenario", "table", "row", "column", "change")
        missing = [c for c in columns if c not in changes.columns]
        if missing:
            raise CaseError([Problem("missing_column", "changes", column=missing[0], details={"column": missing[0]})])
        made = [(scenario, Change(*rest)) for scenario, *rest in changes[list(columns)].astype(str).to_numpy().tolist()]
    found: dict[str, tuple[Change, ...]] = {}
    names = names_of(case)
    for name, typed in made:
        try:
            of, row, column = cell_of(names, typed.table, typed.row, typed.column)
        except Ambiguous as one:
            raise CaseError([Problem("ambiguous_name", FILE, typed.line, "row", typed.row, one.details)]) from None
        change = replace(typed, table=of, row=row, column=column)
        if name == BASE:
            raise CaseError([Problem("scenario_name", FILE, change.line, "scenario", name)])
        found[name] = (*found.get(name, ()), change)
    return found
