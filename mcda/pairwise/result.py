"""What the results of pairwise comparison have in common."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from ..brief import Brief

if TYPE_CHECKING:
    import pandas as pd


class Result(Brief, ABC):
    """A frozen result: as a table, as plain data, as JSON, and in a notebook."""

    @abstractmethod
    def to_frame(self) -> pd.DataFrame:
        """Its main table."""

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """Plain data."""

    def to_json(self) -> str:
        """`to_dict` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def _repr_html_(self) -> str:
        return str(self.to_frame().to_html())
