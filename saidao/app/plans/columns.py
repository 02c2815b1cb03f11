"""What the tables of a case are to the page: which are shown side by side, and in whose unit an amount stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ...case import Case
from ...case.edits import row_name, row_parts
from ...case.tables import BY_NAME, TABLES, Row, columns_of, numeric, refs


@dataclass(frozen=True)
class Joined:
    """A table whose numbers stand in columns beside the rows of another one.

    Attributes
    ----------
    model : the table: scores beside tracks, costs beside measures, budgets by period beside resources.
    axis : the table of whose rows each has a column; ``case.toml`` for the periods.
    column : the column of the number; blank where each of the axis has a column of its own.
    """

    model: type[Row]
    axis: str
    column: str = ""

    def cell(self, row: str, of: str) -> str:
        """Return the name of a cell: that of a row of the other table, and of what its column is of."""
        if not self.column:
            return f"{self.model.table}:{row}:{of}"
        parts = [*row_parts(row), of] if row else [of]
        parts += [""] * (len(self.model.key) - len(parts)) if row else []
        return f"{self.model.table}:{row_name(parts)}:{self.column}"


@cache
def joined(model: type[Row]) -> tuple[Joined, ...]:
    """Return the tables that stand beside a table's rows."""
    return tuple(_joined(model))


def _joined(model: type[Row]) -> Iterator[Joined]:
    for other in TABLES:
        held = refs(other)
        first = held.get(other.key[0])
        if other is model or first is None or first.to != model.table or len(model.key) > 1:
            continue
        if columns_of(other) and len(other.key) == 1:
            yield Joined(other, columns_of(other)[0])
            continue
        fields = other.model_fields
        second = held.get(other.key[1]) if len(other.key) > 1 else None
        rest = [key for key in other.key[2:] if fields[key].is_required()]
        column = only_figure(other)
        if second is not None and second.only and not rest and column:
            yield Joined(other, second.to, column)


@cache
def only_figure(model: type[Row]) -> str:
    """Return the column of the one number that a row is about beside its key; blank where it has more, or texts."""
    own = [info.alias or key for key, info in model.model_fields.items() if key not in model.key]
    return own[0] if len(own) == 1 and own[0] in numeric(model) and len(model.key) > 1 else ""


def resource_in(case: Case, table: str, row: str, column: str) -> str:
    """Return the resource of which a cell is an amount; blank where it is none."""
    model = BY_NAME[table]
    if column not in numeric(model) or column == "carry":
        return ""
    if model.table == "resources":
        return row if column == "budget" else ""
    if "resource" in model.key and "resource" in refs(model) and column in ("cost", "amount", "spent"):
        return row_parts(row)[model.key.index("resource")]
    if model.table == "rules" and column == "amount":
        held = next((one for one in case.rows(model) if one.key_parts()[0] == row), None)
        return str(getattr(held, "of", ""))
    return ""
