"""Where inputs come from, and how much of a plan's objective rests on each kind of source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from .case import Case
from .tables import TABLES, Kind, Row, Score, Source, numeric

KINDS: tuple[Kind, ...] = ("paper", "measured", "judgement", "assumption")
"""From the firmest to the weakest. What no line of `sources` covers counts as an assumption."""


def weakest(kinds: Iterable[Kind]) -> Kind:
    """Return the weakest kind: a result stands on its weakest input."""
    return max(kinds, key=KINDS.index, default="assumption")


class Sources:
    """The table `sources`, looked up by cell; the most specific line holds."""

    def __init__(self, case: Case) -> None:
        self._lines = {(s.of_table, s.row, s.column): s for s in case.rows(Source)}
        self._apart: dict[str, set[str]] = {}
        for table, row, _ in self._lines:
            if row:
                ends = (*(at for at, sign in enumerate(row) if sign == "/"), len(row))
                self._apart.setdefault(table, set()).update(row[:end] for end in ends)

    def is_apart(self, table: str, key: Sequence[str]) -> bool:
        """Whether some line may be of this row alone, or of rows whose key begins as its key does."""
        return table in self._apart and bool(key) and key[0] in self._apart[table]

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
        parts = [*key] if table in self._apart else []
        while self.is_apart(table, parts):
            row = "/".join(parts)
            for name in (column, ""):
                if (found := self._lines.get((table, row, name))) is not None:
                    return found
            parts.pop()
        return self._lines.get((table, "", column)) or self._lines.get((table, "", ""))


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
    whole, weakest_of = 0.0, cache(lambda *kinds: weakest(kinds))
    for value, kinds in values:
        whole += value
        for table, kind in {"": weakest_of(*kinds.values()), **kinds}.items():
            sums[table, kind] = sums.get((table, kind), 0.0) + value
    tables = dict.fromkeys(table for table, _ in sums)
    return [
        Share(table, kind, sums[table, kind] / whole if whole > 0 else 0.0)
        for table in tables
        for kind in KINDS
        if (table, kind) in sums
    ]


def _with_number(rows: Sequence[Row], model: type[Row], column: str) -> list[bool]:
    """Return which rows were given the number of a column, and not another cell in its place."""
    if column not in model.model_fields:
        return [(row.model_extra or {}).get(column) is not None for row in rows]
    other = model.given_by.get(column, "")
    return [
        column in (given := row.model_fields_set)
        and getattr(row, column) is not None
        and not (other in given and getattr(row, other))
        for row in rows
    ]


def count_by_source(case: Case) -> dict[Kind, int]:
    """Count the numbers that a case's tables and judgements hold, by where each comes from."""
    sources = Sources(case)
    counts = dict.fromkeys(KINDS, 0)
    for model in TABLES:
        table, rows = model.table, () if model.about_cells else case.rows(model)
        keys = {n: key for n, row in enumerate(rows) if sources.is_apart(table, key := row.key_parts())}
        for column in (case.factor_ids if issubclass(model, Score) else numeric(model)) if rows else ():
            given = _with_number(rows, model, column)
            apart = [key for n, key in keys.items() if given[n]]
            counts[sources.kind(table, (), column)] += sum(given) - len(apart)
            for key in apart:
                counts[sources.kind(table, key, column)] += 1
    for judgement in case.judgements.values():
        counts[sources.judgement_kind(judgement.name)] += int(np.isfinite(judgement.matrix).sum())
    return counts
