"""What is found in forms, before they are filed or as they are handed in: a level, a sentence, the rows it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ..texts.say import say

Level = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """One thing found.

    Attributes
    ----------
    level : an error stands in the way of filing, a warning has to be looked at.
    code : the text ``filing.CODE``, filled in with `values`.
    rows : ids or names of the indicators that it is about.
    """

    level: Level
    code: str
    rows: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, lang: str = "zh") -> str:
        """Say it, after the rows that it is about."""
        told = say(f"filing.{self.code}", lang, **self.values)
        return f"{','.join(self.rows)}: {told}" if self.rows else told


def error(code: str, *rows: Any, **values: Any) -> Finding:
    """Return an error."""
    return Finding("error", code, tuple(map(str, rows)), values)


def warning(code: str, *rows: Any, **values: Any) -> Finding:
    """Return a warning."""
    return Finding("warning", code, tuple(map(str, rows)), values)
