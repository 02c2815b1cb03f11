"""Checks of ids, names and texts: known, different from one another, of signs that can be seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...errors import Problem
from ...texts.visible import unseen
from ..case import Case
from ..checking import (
    Found,
    alike,
    column_of,
    file_of,
    known_ids,
    rows_with_lines,
    suspicion,
    unknown,
)
from ..limits import LONGEST_NAME
from ..tables import (
    BY_NAME,
    TABLES,
    Budget,
    Candidate,
    Factor,
    Indicator,
    Link,
    Measure,
    PanelRow,
    Resource,
    Row,
    Source,
    Track,
    Type,
    columns,
    refs,
)

TAKEN: dict[type[Row], frozenset[str]] = {
    Factor: frozenset({"track", *columns(Candidate)}),
    Indicator: frozenset(columns(Candidate)),
    Resource: frozenset(
        (
            "measure",
            "measures",
            "scope",
            "target",
            "period",
            "level",
            "places",
            "acts_from",
            "closed",
            "value",
            "funded",
            "dimension",
            "stage",
            "tracks",
            *(f"{what}_{lang}" for what in ("name", "competition", "race", "task", "need") for lang in ("en", "zh")),
        )
    ),
    Link: frozenset(
        (
            "track",
            "factor",
            "gap",
            "gaps",
            "closed",
            "closed_meant",
            "reach",
            "measures",
            "funded",
            "holes",
            "unfunded",
            "state",
            *columns(Measure),
            *columns(Factor),
            *columns(Track),
        )
    ),
}
"""Ids that name a column of a table or a result beside which the ids of a table stand as columns too."""


def signs(case: Case) -> Found:
    """Yield texts that hold signs which belong in none, and judgements whose names can be no file's."""
    for table in case.tables.values():
        for column in table.header:
            if signs := unseen(column):
                yield Problem("unseen", table.file, table.heading, column, column, {"signs": signs})
        for line, column, value in table.unprintable:
            if signs := unseen(value):
                yield Problem("unseen", table.file, line, column, value, {"signs": signs})
    for key, text in _strings(case.settings.model_dump(exclude_unset=True)):
        if signs := unseen(text):
            yield Problem("unseen", "case.toml", 1, key, text, {"signs": signs})
    for judgement in case.judgements.values():
        name, size = judgement.name, len(judgement.name.encode("utf-8", "replace"))
        if unseen(name) or name.startswith(".") or set(name) & set("/\\") or size > LONGEST_NAME:
            yield Problem("file_name", judgement.file, found=name, details={"most": LONGEST_NAME})


def _strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text that a setting holds, its keys too, by the name of the setting."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield key or str(name), str(name)
            yield from _strings(part, key or str(name))
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _strings(part, key)


def rows_exist(case: Case) -> Found:
    """Yield required tables without a row."""
    for model in TABLES:
        table = case.tables[model.table]
        if model.needed_to == "rank" and table.present and not table.rows and not table.keys:
            yield Problem("no_rows", table.file, details={"table": model.table})


def unique_keys(case: Case) -> Found:
    """Yield rows whose key stands in an earlier row of the same table."""
    for model in TABLES:
        table = case.tables[model.table]
        for place, first in table.repeated:
            names = ", ".join("table" if k == "of_table" else k for k in model.key)
            found = ", ".join(filter(None, table.rows[place].key_parts()))
            yield Problem("duplicate", table.file, table.lines[place], names, found, {"first": first, "columns": names})


def references(case: Case) -> Found:
    """Yield ids that are none of those which their column refers to; a table that only names ids may be missing."""
    for model in TABLES:
        for column, ref in refs(model).items():
            of, known = BY_NAME.get(ref.to), known_ids(case, ref.to)
            if not ref.only or (of is not None and of.names_only and not case.tables[ref.to].present):
                continue
            texts = column_of(case, model, column)
            strange = {text for text in set(texts) if text and text not in known}
            for line, text in zip(case.tables[model.table].lines, texts, strict=True) if strange else ():
                if text in strange:
                    yield unknown(file_of(case, model), line, column, text, known, ref.to)


def taken_names(case: Case) -> Found:
    """Yield ids that stand as a column where a column of that name stands already."""
    for model, names in TAKEN.items():
        for line, row in rows_with_lines(case, model):
            name = row.chain if model is Link else row.key_parts()[0]
            if name in names or (model is Indicator and name in case.factor_ids):
                yield Problem(
                    "taken_name", file_of(case, model), line, "chain" if model is Link else model.key[0], name
                )


def sources(case: Case) -> Found:
    """Yield sources of unknown tables."""
    valid = {*BY_NAME, "judgements", *(f"judgements/{name}" for name in case.judgements), "case"}
    for line, row in rows_with_lines(case, Source):
        if row.of_table not in valid:
            yield unknown(file_of(case, Source), line, "table", row.of_table, valid, "tables")


def near_names(case: Case) -> Found:
    """Yield ids and labels that differ from another one only by width, case or blanks, and names that stand twice."""
    labels: list[tuple[type[Row], str]] = [
        *((model, model.key[0]) for model in (Track, Type, Factor, Resource, Measure, Candidate)),
        (Track, "type"),
        (Track, "stage"),
        (Measure, "dimension"),
        (Measure, "stage"),
        (Measure, "need"),
        (PanelRow, "period"),
        (Budget, "period"),
    ]
    for model, column in labels:
        seen: dict[str, tuple[str, int]] = {}
        for line, row in rows_with_lines(case, model):
            text = getattr(row, column)
            first, at = seen.setdefault(alike(text), (text, line))
            if first != text:
                yield suspicion("near_name", file_of(case, model), line, column, text, other=first, first=at)
    for model in (Track, Factor, Resource, Measure):
        for column in ("name_en", "name_zh"):
            named: dict[str, tuple[str, int]] = {}
            for line, row in rows_with_lines(case, model):
                text = getattr(row, column)
                one, at = named.setdefault(alike(text), (row.key_parts()[0], line))
                if text and one != row.key_parts()[0]:
                    yield suspicion("same_name", file_of(case, model), line, column, text, other=one, first=at)


def idle_sources(case: Case) -> Found:
    """Yield sources of a row that their table does not have."""
    models = {model.table: model for model in TABLES}
    for line, row in rows_with_lines(case, Source):
        model = models.get(row.of_table)
        if model is not None and row.row and row.row.partition("/")[0] not in case.tables[model.table].keys:
            yield suspicion("source_unused", file_of(case, Source), line, "row", row.row, of=row.of_table)
