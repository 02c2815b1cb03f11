"""Files that users open, by their suffix, and never with a live formula in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

SUFFIXES = (".json", ".csv", ".xlsx", ".html")
"""What a result is written as."""


def plain(cell: Any) -> Any:
    """Return a cell that a spreadsheet takes as data: a text that would start a formula gets an apostrophe."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{cell}"
    return "" if cell is None else cell


def to_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as CSV text; the first row's keys are the header."""
    listed = list(rows)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    if listed:
        writer.writerow(listed[0])
        writer.writerows([plain(value) for value in row.values()] for row in listed)
    return text.getvalue()
