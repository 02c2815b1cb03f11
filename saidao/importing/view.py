"""A rectangle of a sheet, upright or turned so that what stands across runs down: one way of reading for both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..case.sheets import column_name
from .commas import with_points
from .sheet import Place, Sheet
from .values import Value, value_of


@dataclass(frozen=True)
class View:
    """Some rows and columns of a sheet.

    Attributes
    ----------
    rows, columns : of the sheet, from 0.
    turned : whether a line of the view is a column of the sheet.
    named : whether places are told with the sheet's name, as there are several.
    """

    sheet: Sheet
    rows: Sequence[int]
    columns: Sequence[int]
    turned: bool = False
    named: bool = False

    @property
    def height(self) -> int:
        """Number of lines."""
        return len(self.columns if self.turned else self.rows)

    @property
    def width(self) -> int:
        """Number of cells of a line."""
        return len(self.rows if self.turned else self.columns)

    def turn(self) -> View:
        """Return the view with lines for columns."""
        return replace(self, turned=not self.turned)

    def at(self, i: int, j: int) -> Place:
        """Return where a cell of the view stands in the sheet."""
        return (self.rows[j], self.columns[i]) if self.turned else (self.rows[i], self.columns[j])

    def raw(self, i: int, j: int) -> Any:
        """Return what the sheet holds there."""
        r, c = self.at(i, j)
        return self.sheet.rows[r][c]

    def filled(self, i: int, j: int) -> bool:
        """Whether a cell is not blank."""
        place = self.at(i, j)
        return self.sheet.rows[place[0]][place[1]] != "" or place in self.sheet.faults

    def origin(self, i: int, j: int) -> Place:
        """Return the cell whose text stands here: another one where cells are merged."""
        place = self.at(i, j)
        return self.sheet.spanned.get(place, place)

    def value(self, i: int, j: int) -> Value:
        """Return the cell as read."""
        return self._value(self.at(i, j))

    def _value(self, place: Place) -> Value:
        sheet, (row, column) = self.sheet, place
        raw, faulty = sheet.rows[row][column], sheet.faults.get(place, "")
        if sheet.commas and isinstance(raw, str) and not faulty and any(map(str.isdigit, raw)):
            return value_of(with_points(raw, sheet.commas))._replace(text=raw)
        return value_of(raw, place in sheet.percents, faulty)

    def values(self, lines: Iterable[int], j: int) -> list[Value]:
        """Return cells of a column as read."""
        sheet = self.sheet
        places = [self.at(i, j) for i in lines]
        if sheet.percents or sheet.faults or sheet.commas:
            return [self._value(place) for place in places]
        return [value_of(sheet.rows[r][c]) for r, c in places]

    def text(self, i: int, j: int) -> str:
        """Return the cell as a text."""
        raw = self.raw(i, j)
        return raw if isinstance(raw, str) else self.value(i, j).shown

    def place(self, i: int, j: int) -> str:
        """Return the name of a cell: ``E4``."""
        r, c = self.at(i, j)
        return self._named(f"{column_name(c)}{r + 1}")

    def places(self, lines: Iterable[int], j: int) -> str:
        """Return the names of cells in a column."""
        return ",".join(self.place(i, j) for i in lines)

    def line(self, i: int) -> str:
        """Return the name of a line: ``row 4``, or ``column D`` where the view is turned."""
        return self._named(f"column {column_name(self.columns[i])}" if self.turned else f"row {self.rows[i] + 1}")

    def column(self, j: int) -> str:
        """Return the name of a column of the view."""
        return self._named(f"row {self.rows[j] + 1}" if self.turned else f"column {column_name(self.columns[j])}")

    def across(self, columns: Sequence[int]) -> str:
        """Return the name of several columns of the view: ``columns B,C``."""
        if len(columns) == 1:
            return self.column(columns[0])
        what = "rows" if self.turned else "columns"
        return self._named(f"{what} {','.join(str(self.letter(j)) for j in columns)}")

    def number(self, i: int) -> int | str:
        """Return the row of a line as the sheet counts it; its letters where the view is turned."""
        return column_name(self.columns[i]) if self.turned else self.rows[i] + 1

    def letter(self, j: int) -> int | str:
        """Return the letters of a column of the view; the row's number where the view is turned."""
        return self.rows[j] + 1 if self.turned else column_name(self.columns[j])

    def label(self, j: int) -> str:
        """Return the letters of a column with the sheet's name, where there are several: ``B!C``."""
        return self._named(str(self.letter(j)))

    def _named(self, place: str) -> str:
        return f"{self.sheet.title}!{place}" if self.named and self.sheet.title else place
