"""The base of results: table, plain data, JSON, and how a notebook shows them."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from .brief import Brief

if TYPE_CHECKING:
    import pandas as pd


def frame(
    data: Any, index: Iterable[Any] | None = None, columns: Iterable[Any] | None = None, axis: str | None = None
) -> pd.DataFrame:
    """Return a table; *axis* is what its rows are."""
    import pandas as pd  # late: it takes longer to load than most questions take to answer

    rows = None if index is None else pd.Index(index, name=axis)
    return pd.DataFrame(data, index=rows, columns=None if columns is None else list(columns))


def series(values: Any, index: Iterable[Any], name: str, axis: str | None = None) -> pd.Series[Any]:
    """Return a column called *name*; *axis* is what its rows are."""
    import pandas as pd  # late: it takes longer to load than most questions take to answer

    return pd.Series(values, index=pd.Index(index, name=axis), name=name)


class Tabular(Brief, ABC):
    """A frozen result: as a table, as plain data, as JSON, and in a notebook."""

    float_form: ClassVar[str] = ""
    """How a notebook writes numbers, as for `str.format`; pandas's own way if empty."""

    @abstractmethod
    def to_frame(self) -> pd.DataFrame:
        """Return its main table."""

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""

    def to_json(self) -> str:
        """`to_dict` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False)

    def _repr_html_(self) -> str:
        return str(self.to_frame().to_html(float_format=self.float_form.format if self.float_form else None))


class Record(Tabular):
    """A finding of a few values: a table of one row."""

    def to_frame(self) -> pd.DataFrame:
        """One row: its values by name, as in `to_dict`."""
        return frame([self.to_dict()])
