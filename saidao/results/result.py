"""What every answer of the package can do with its data."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar

from ..mcda.brief import Brief
from ..texts.visible import in_json
from .column import Row, Table, named
from .question import Question

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["Result", "Row", "Table"]


class Result(Brief):
    """An answer: sentences, tables with typed columns, plain data, and a plot.

    Two are equal that say the same. A result of a verb is a frozen dataclass with an attribute `case`; what is written
    here as abstract it has to say, what else follows from it.
    """

    question: ClassVar[Question]
    """The verb that returns it; `question` sets it."""

    if TYPE_CHECKING:

        @property
        def case(self) -> Any:
            """The case, which names what stands in the tables; None where there is none."""

    def title(self, lang: str = "en") -> str:
        """Return what stands above it: the name of its case, or of its main table where there is none."""
        return str(self.case.title(lang)) if self.case is not None else self.main.heading(lang)

    def to_dict(self) -> Row:
        """Plain data, keys as the verb's ``--json``."""
        raise NotImplementedError

    def document(self, lang: str = "en") -> Row:
        """Return `to_dict` with the reasons in it told in *lang*, as ``--json`` prints it."""
        return self.to_dict()

    def text(self, lang: str = "en") -> list[str]:
        """Sentences, the answer first."""
        raise NotImplementedError

    def declared(self) -> Iterable[Table]:
        """Tables, the main one first."""
        raise NotImplementedError

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw what matters on matplotlib axes (the extra ``plot``), new ones if none are given."""
        raise NotImplementedError

    def notes(self, lang: str = "en") -> list[str]:
        """What is said below the tables: how it was found, and what it is no answer to."""
        return []

    def made_case(self) -> Any:
        """Return the case that ``--write`` writes."""
        raise NotImplementedError

    @property
    def tables(self) -> dict[str, Table]:
        """Tables by name, the main one first."""
        return named(self.declared())

    @property
    def main(self) -> Table:
        """The main table."""
        return next(iter(self.declared()))

    def to_frame(self, table: str = "") -> pd.DataFrame:
        """Return a table as a DataFrame, ids as columns; the main one if none is named.

        Raises
        ------
        KeyError
            There is no such table.
        """
        if not table:
            return self.main.to_frame()
        tables = self.tables
        if table not in tables:
            raise KeyError(f"no table {table!r}; one of {', '.join(tables)}")
        return tables[table].to_frame()

    def to_json(self) -> str:
        """`to_dict` as JSON text."""
        return in_json(json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False))

    def __eq__(self, other: object) -> bool:
        return self.to_dict() == other.to_dict() if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(type(self))

    def _repr_html_(self) -> str:
        table = self.to_frame().to_html(index=False, float_format="{:.6g}".format)
        return f"<p>{escape(' '.join(self.text()))}</p>{table}"
