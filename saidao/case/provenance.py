"""Where inputs come from, and how much of a plan's objective rests on each kind of source."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from .case import Case
from .tables import TABLES, Kind, Score, Source, numeric

KINDS: tuple[Kind, ...] = ("paper", "measured", "judgement", "assumption")
"""From the firmest to the weakest. What no line of `sources` covers counts as an assumption."""


def weakest(kinds: Iterable[Kind]) -> Kind:
    """Return the weakest kind: a result stands on its weakest input."""
    return max(kinds, key=KINDS.index, default="assumption")


class Sources:
    """The table `sources`, looked up by cell; the most specific line holds."""

    def __init__(self, case: Case) -> None:
        self._lines = {(s.of_table, s.row, s.column): s for s in case.rows(Source)}

    def kind(self, table: str, key: Iterable[str], column: str) -> Kind:
        """Return the kind of source of one cell."""
        line = self.line(table, key, column)
        return "assumption" if line is None else line.kind

    def judgement_kind(self, name: str) -> Kind:
        """Return the kind of source of a pairwise matrix."""
        line = self.line(f"judgements/{name}", (), "")
        return self.kind("judgements", (), "") if line is None else line.kind

    def line(self, table: str, key: Iterable[str], column: str) -> Source | None:
        """Return the line that says where one cell comes from."""
        parts = list(key)
        while True:
            row = "/".join(parts)
            for name in (column, ""):
                if (found := self._lines.get((table, row, name))) is not None:
                    return found
            if not parts:
                return None
            parts.pop()


def with_sources(case: Case, cells: Iterable[tuple[str, str, str, Kind]], note: Callable[[str], str]) -> Case:
    """Return the case with the source of cells set: (table, row, column, kind) each, blank for all of them.

    *note* is what is said of them, by language.
    """
    told = {"note": note("en"), "note_zh": note("zh") if note("zh") != note("en") else ""}
    made = {row.key_parts(): row for row in case.rows(Source)}
    for of, row, column, kind in cells:
        made[of, row, column] = Source.model_validate({"table": of, "row": row, "column": column, "kind": kind, **told})
    return case.with_rows(sources=made.values())


@dataclass(frozen=True)
class Share:
    """Share of the objective whose inputs from `table` come from `kind`; table ``""`` is the weakest of them all."""

    table: str
    kind: Kind
    share: float


def shares_by_source(values: Iterable[tuple[float, dict[str, Kind]]]) -> list[Share]:
    """Add up, for parts of the objective (value, kind of each input table), the share that rests on each kind."""
    sums: dict[tuple[str, Kind], float] = {}
    whole = 0.0
    for value, kinds in values:
        whole += value
        for table, kind in {"": weakest(kinds.values()), **kinds}.items():
            sums[table, kind] = sums.get((table, kind), 0.0) + value
    tables = dict.fromkeys(table for table, _ in sums)
    return [
        Share(table, kind, sums[table, kind] / whole if whole > 0 else 0.0)
        for table in tables
        for kind in KINDS
        if (table, kind) in sums
    ]


def count_by_source(case: Case) -> dict[Kind, int]:
    """Count the numbers that a case's tables and judgements hold, by where each comes from."""
    sources = Sources(case)
    counts = dict.fromkeys(KINDS, 0)
    for model in TABLES:
        if model.about_cells:
            continue
        columns = case.factor_ids if issubclass(model, Score) else numeric(model)
        for row in case.rows(model):
            given = row.model_dump(by_alias=True, exclude_unset=True)
            given |= {column: None for column, other in row.given_by.items() if given.get(other)}
            for column in columns:
                if given.get(column) is not None:
                    counts[sources.kind(model.table, row.key_parts(), column)] += 1
    for judgement in case.judgements.values():
        counts[sources.judgement_kind(judgement.name)] += int(np.isfinite(judgement.matrix).sum())
    return counts
