"""The tables of a case as sheets that are edited where they stand, read off what the tables declare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ...case.checking import period_names
from ...case.edits import Cell, row_name, row_parts
from ...case.tables import (
    BY_NAME,
    TABLES,
    Cost,
    Named,
    Row,
    RuleRow,
    choices,
    columns_of,
    numeric,
    refs,
)
from ...errors import Problem
from ...study.rules import rule_sentence
from ...texts.numbers import Scale, scale
from ...texts.say import WORDS, say
from ..plans.columns import Joined, joined, resource_in
from .context import Context

ROWS = 100
"""Rows of a table on a page of its sheet, at most."""
CELLS = 700
"""Cells on a page, about: of a wide table it holds fewer rows."""
MOST_DOUBTS = 30
"""Doubts of a sheet that are told at a time: the next ones stand there when these are settled."""
ASKED_WHY = {"tracks": "track", "measures": "measure", "resources": "resource", "rules": "rule", "types": "place"}
"""What of a table's rows is explained, by the kind of the panel."""
TOLD = ("rule", "kind", "over", "key", "of")
"""Columns of a rule that its sentence tells."""


@dataclass(frozen=True)
class Window:
    """Which rows of a sheet are on the page: those that hold what is searched for, so many at a time.

    Attributes
    ----------
    search : what a row must hold, as it reads; blank for every row.
    page : the page of them, from 1; the last one where there are fewer.
    held : ids of rows that stay whatever they hold: an edit takes no row away from under one's hands.
    """

    search: str = ""
    page: int = 1
    held: frozenset[str] = frozenset()


FIRST = Window()
"""The first page of all rows."""


@dataclass(frozen=True)
class Doubt:
    """What is suspicious in a sheet: its number, its cell's id, what is said of it, and the page that it is on.

    The page is 0 where the cell is on the one that is shown.
    """

    number: int
    cell: str
    text: str
    page: int


@dataclass(frozen=True)
class Field:
    """A column of a sheet.

    Attributes
    ----------
    name : the column of the table, or the cell of a joined one that a row to be added fills in.
    head, unit : what stands above it.
    kind : ``text``, ``number``, ``choice``, or ``key`` for what names the row and is set when it is added.
    options : what a choice can be, with its words.
    of : what of a joined table the column is about; None for the table's own.
    """

    name: str
    head: str
    kind: str
    unit: str = ""
    options: tuple[tuple[str, str], ...] = ()
    joined: Joined | None = None
    of: str = ""
    needed: bool = False


@dataclass(frozen=True)
class Entry:
    """A cell of a sheet: its id on the page, the change that edits it, and its text."""

    id: str
    do: str
    of: str
    text: str
    label: str
    field: Field
    unit: str = ""
    edited: bool = False
    doubt: int = 0


@dataclass(frozen=True)
class Line:
    """A row of a sheet."""

    id: str
    name: str
    why: str
    cells: tuple[Entry, ...]


class Editing(Context):
    """The sheets of a case."""

    @cached_property
    def edited(self) -> set[str]:
        """Cells that differ from the case as opened."""
        return {name for name, _ in self.choices.cells}

    @cached_property
    def doubts(self) -> dict[Cell, Problem]:
        """What is suspicious, by cell."""
        return self.workspace.outcomes.doubts(self.choices)

    @cached_property
    def sheets(self) -> list[tuple[str, str, int, bool]]:
        """The tables that are shown: name, title, how many cells are suspicious in it, and whether it is in use."""
        beside = {one.model.table for model in TABLES for one in joined(model)} - self._dated
        return [
            (
                model.table,
                _capital(self.say(f"table.{model.table}")),
                self._suspicious(model),
                bool(self.case.rows(model)) or model is RuleRow,
            )
            for model in TABLES
            if model.table not in beside
        ]

    @property
    def _dated(self) -> set[str]:
        """Joined tables that also stand alone: their rows have more in their key than what they are joined by."""
        return {"costs"} if any(row.period for row in self.case.rows(Cost)) else set()

    def _suspicious(self, model: type[Row]) -> int:
        tables = {model.table, *(one.model.table for one in joined(model))}
        return sum(table in tables for table, _, _ in self.doubts)

    @cached_property
    def numbers(self) -> dict[Cell, int]:
        """The number of each suspicious cell."""
        return {cell: number for number, cell in enumerate(self.doubts, 1)}

    @cached_property
    def budgets(self) -> dict[str, float]:
        """Budgets that were chosen, by resource."""
        return dict(self.choices.budgets)

    def sheet(self, table: str, window: Window) -> Sheet:
        """Return a table of the case as a sheet."""
        return Sheet(self, BY_NAME[table], window)

    def names_in(self, table: str) -> dict[str, str]:
        """Return what the rows of a table are called, by id."""
        if table not in self._named:
            self._named[table] = self._names_in(table)
        return self._named[table]

    @cached_property
    def _named(self) -> dict[str, dict[str, str]]:
        return {}

    def _names_in(self, table: str) -> dict[str, str]:
        if table == "case.toml":
            return {name: name for name in period_names(self.case)}
        if table == "judgements":
            return {one.judge: one.judge for one in self.case.judgements.values()}
        model = BY_NAME[table]
        if issubclass(model, Named):
            named = self.case.names(model, self.lang)
            return named or {id_: id_ for id_ in self._used(table)}
        return {row.key_parts()[0]: row.key_parts()[0] for row in self.case.rows(model)}

    def _used(self, table: str) -> Iterator[str]:
        """Yield ids of a table that only gives names, where it is not there."""
        for model in TABLES:
            for column, ref in refs(model).items():
                if ref.to == table:
                    yield from dict.fromkeys(str(v) for row in self.case.rows(model) if (v := getattr(row, column)))

    def unit_of(self, resource: str) -> Scale:
        """Return how amounts of a resource are edited."""
        row = self.resources_by_id[resource]
        return scale(row.unit_name(self.lang), self.case.own_budget(resource), self.lang, "cost")


class Sheet:
    """One table of a case: its columns, those of what is joined to it, and its rows."""

    def __init__(self, editing: Editing, model: type[Row], window: Window) -> None:
        self.editing, self.model, self.table, self.window = editing, model, model.table, window
        self.lang, self.case = editing.lang, editing.case

    def _say(self, key: str, **words: Any) -> str:
        return say(key, self.lang, **words)

    @property
    def title(self) -> str:
        """What the table is called."""
        return _capital(self._say(f"table.{self.table}"))

    @property
    def holds(self) -> str:
        """What it holds."""
        return self._say(f"holds.{self.table}")

    # --- columns -----------------------------------------------------------------------------------------------------

    @cached_property
    def fields(self) -> list[Field]:
        """The columns, in order: what names a row, then what is joined, then the others."""
        own = list(self._own())
        first = [one for one in own if one.kind == "key" or one.name.startswith("name_")]
        return [*first, *self._beside(), *(one for one in own if one not in first)]

    def _own(self) -> Iterator[Field]:
        model, names = self.model, [i.alias or k for k, i in self.model.model_fields.items()]
        other = "_zh" if self.lang == "en" else "_en"
        for key, info in model.model_fields.items():
            column = info.alias or key
            if model is RuleRow and column in TOLD:
                continue
            if column.endswith(other) or (self.lang == "zh" and f"{column}_zh" in names):
                continue
            if key in model.key and issubclass(model, Named) and len(model.key) == 1:
                continue  # people know the row by its name
            kind, options = self._kind(key, column)
            kind = "key" if key in model.key else kind
            yield Field(column, self._head(key, column), kind, options=options, needed=info.is_required())
        for table in columns_of(model):
            for id_, name in self._axis(table).items():
                yield Field(id_, name, "number")

    def _kind(self, key: str, column: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        ref, listed = refs(self.model).get(key), choices(self.model).get(column)
        blank = (("", "—"),)
        if listed:
            told = tuple((value, self._word(column, value)) for value in listed)
            return "choice", (*(blank if self.model.model_fields[key].default == "" else ()), *told)
        if ref is not None and (ref.only or self.table == "effects"):
            named = tuple(self.editing.names_in(ref.to).items())
            if not ref.only:
                types = [
                    (f"type:{t}", self.editing.places.get(t, t)) for t in dict.fromkeys(self.case.type_of.values()) if t
                ]
                named = (("*", self._say("edit.everywhere")), *types, *named)
            return "choice", (*blank, *named)
        return ("number" if column in numeric(self.model) else "text"), ()

    def _word(self, column: str, value: str) -> str:
        own = f"option.{self.table}.{column}.{value}"
        return self._say(own if own in WORDS else f"option.{column}.{value}")

    def _head(self, key: str, column: str) -> str:
        own = f"field.{self.table}.{column}"
        if column.startswith("name_"):
            return self._say("edit.name")
        if own not in WORDS and key in refs(self.model) and f"head.{column}" in WORDS:
            told = self._say(f"head.{column}")
        else:
            told = self._say(own if own in WORDS else f"field.{column}").partition("\n")[0]
        for language in ("（中文）", "（英文）", " (Chinese)", " (English)", ", English", "中文", "英文", "，"):
            told = told.replace(language, "")
        return _capital(told.rstrip(","))

    def _axis(self, table: str) -> dict[str, str]:
        if table == "factors":
            return {id_: self.editing.factors[id_] for id_ in self.case.factor_ids}
        return self.editing.names_in(table)

    def _beside(self) -> Iterator[Field]:
        for one in joined(self.model):
            for id_, name in self._axis(one.axis).items():
                unit = self.editing.unit_of(id_).unit if one.axis == "resources" else ""
                yield Field(one.cell("", id_), name, "number", unit, joined=one, of=id_)

    # --- rows --------------------------------------------------------------------------------------------------------

    @cached_property
    def _values(self) -> dict[tuple[str, str, str], Any]:
        """What the joined tables hold, by table, row and column."""
        found: dict[tuple[str, str, str], Any] = {}
        for one in joined(self.model):
            for row in self.case.rows(one.model):
                held = row.model_dump(by_alias=True)
                for column, value in held.items():
                    found[one.model.table, row_name(row.key_parts()), column] = value
        return found

    @cached_property
    def _rows(self) -> Sequence[Row]:
        return self.case.rows(self.model)

    @cached_property
    def found(self) -> Sequence[int]:
        """Where the rows are that hold what is searched for."""
        wanted = self.window.search.strip().casefold()
        if not wanted:
            return range(len(self._rows))
        held = self.window.held
        return [
            i
            for i, row in enumerate(self._rows)
            if wanted in self._reads(row).casefold() or (held and row_name(row.key_parts()) in held)
        ]

    @cached_property
    def rows(self) -> int:
        """How many of them a page holds."""
        return min(CELLS // len(self.fields), ROWS)

    @property
    def pages(self) -> int:
        """How many pages they fill."""
        return max(-(-len(self.found) // self.rows), 1)

    @property
    def page(self) -> int:
        """The one that is shown, from 1."""
        return min(max(self.window.page, 1), self.pages)

    @property
    def extent(self) -> str:
        """Which of the rows are shown, in words."""
        if not self.found:
            return self._say("edit.not_found", number=len(self._rows)) if self._rows else ""
        first = (self.page - 1) * self.rows + 1
        last = min(first + self.rows - 1, len(self.found))
        key = "edit.rows" if len(self.found) == len(self._rows) else "edit.rows_found"
        return self._say(key, first=first, last=last, found=len(self.found), all=len(self._rows))

    @cached_property
    def lines(self) -> list[Line]:
        """The rows that are shown."""
        first = (self.page - 1) * self.rows
        return [self._line(self._rows[i]) for i in self.found[first : first + self.rows]]

    def _reads(self, row: Row) -> str:
        """Return what a row reads as: its name, and its own cells in words."""
        held = row.model_dump(by_alias=True)
        texts = [self._name(row)]
        for field in self.fields:
            if field.joined is None and field.name not in self.model.key:
                text = _plain(held.get(field.name))
                texts.append(self._words[field.name].get(text, text))
        return " ".join(texts)

    @cached_property
    def _words(self) -> dict[str, dict[str, str]]:
        """What the options of each column read as."""
        return {field.name: dict(field.options) for field in self.fields}

    def _name(self, row: Row) -> str:
        if isinstance(row, RuleRow):
            return rule_sentence(self.case, row, self.lang)
        return row.name(self.lang) if isinstance(row, Named) else self._told(row)

    def _line(self, row: Row) -> Line:
        id_, held = row_name(row.key_parts()), row.model_dump(by_alias=True)
        name = self._name(row)
        kind = ASKED_WHY.get(self.table)
        cells = tuple(self._cell(field, id_, name, held) for field in self.fields)
        return Line(id_, name, f"{kind}:{id_}" if kind and self.editing.plan is not None else "", cells)

    def _told(self, row: Row) -> str:
        """Return what a row without a name is about."""
        parts = []
        for key, part in zip(self.model.key, row.key_parts(), strict=True):
            ref = refs(self.model).get(key)
            named = self.editing.names_in(ref.to).get(part) if ref else None
            parts.append(named or self.editing.places.get(part.removeprefix("type:"), part))
        return " · ".join(filter(None, parts))

    def _cell(self, field: Field, row: str, name: str, held: dict[str, Any]) -> Entry:
        if field.joined is not None:
            of = field.joined.cell(row, field.of)
            table, at, column = (field.joined.model.table, *of.split(":", 1)[1].rsplit(":", 1))
            value = self._values.get((table, at, column))
        else:
            of, (table, at, column) = f"{self.table}:{row}:{field.name}", (self.table, row, field.name)
            value = held.get(field.name)
        do, unit, text = "cell", "", _plain(value)
        resource = resource_in(self.case, table, at, column) if field.kind == "number" else ""
        if resource in self.editing.resources_by_id:
            shown = self.editing.unit_of(resource)
            if (table, column) == ("resources", "budget"):
                do, of = "budget", resource
                value = self.editing.budgets.get(resource, self.case.own_budget(resource))
            unit, text = shown.unit, "" if value is None else shown.field(value)
        return Entry(
            "cell-" + of.replace(":", "-").replace("/", "-").strip("-") if do == "cell" else f"cell-budget-{of}",
            do,
            of,
            text,
            f"{name}, {field.head}",
            field,
            unit,
            (of if do == "cell" else "") in self.editing.edited or (do == "budget" and of in self.editing.budgets),
            self.editing.numbers.get((table, at, column), 0),
        )

    @cached_property
    def _doubted(self) -> list[tuple[Cell, Problem]]:
        tables = {self.table, *(one.model.table for one in joined(self.model))}
        return [(cell, problem) for cell, problem in self.editing.doubts.items() if cell[0] in tables]

    @property
    def more_questions(self) -> int:
        """How many doubts are not told yet."""
        return max(len(self._doubted) - MOST_DOUBTS, 0)

    @property
    def questions(self) -> list[Doubt]:
        """What is suspicious in the sheet, the first `MOST_DOUBTS`."""
        told = self._doubted[:MOST_DOUBTS]
        places = {row_name(row.key_parts()): i for i, row in enumerate(self._rows)} if told else {}
        shown = {cell.doubt: cell for line in self.lines for cell in line.cells if cell.doubt}
        found = []
        for where, problem in told:
            table, row, _ = where
            number, page = self.editing.numbers[where], 0
            cell, at = shown.get(number), places.get(row if table == self.table else row_name(row_parts(row)[:1]))
            if cell is None and at is not None:
                cell = next((one for one in self._line(self._rows[at]).cells if one.doubt == number), None)
                page = at // self.rows + 1
            meant = problem.probably(self.lang) or problem.expected(self.lang)
            text = self._say("edit.doubt", what=cell.label if cell else row, found=problem.found, meant=meant)
            found.append(Doubt(number, cell.id if cell else "", f"{text} {problem.remedy(self.lang)}", page))
        return found

    @cached_property
    def _called(self) -> dict[str, str]:
        """Names of all rows that have one, by id."""
        named = [model for model in TABLES if issubclass(model, Named) and len(model.key) == 1]
        return {id_: name for model in named for id_, name in self.case.names(model, self.lang).items()}

    def shown(self, cell: Entry) -> str:
        """Return what a key or a choice reads as."""
        if self.model.about_cells and f"table.{cell.text}" in WORDS:
            return _capital(self._say(f"table.{cell.text}"))
        if self.model.about_cells and cell.field.name == "row":
            return " · ".join(self._called.get(part, part) for part in cell.text.split("/"))
        return self._words[cell.field.name].get(
            cell.text, self.editing.places.get(cell.text.removeprefix("type:"), cell.text)
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _plain(value: Any) -> str:
    """Return a value of a case as it is typed."""
    if value is None:
        return ""
    return f"{value:.12g}" if isinstance(value, float) else str(value)
