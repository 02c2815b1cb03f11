"""Files that users open, by their suffix, and never with a live formula in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from ..files import write_bytes, write_text

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


def save(
    path: Path,
    document: str,
    rows: Iterable[Mapping[str, Any]],
    workbook: Callable[[], bytes],
    page: Callable[[], str],
) -> None:
    """Write a result by its suffix: the whole as .json, .xlsx or .html, its main table as .csv (with Excel's mark)."""
    suffix = path.suffix.lower()
    if suffix == ".json":
        write_text(path, document + "\n")
    elif suffix == ".xlsx":
        write_bytes(path, workbook())
    elif suffix == ".html":
        write_text(path, page())
    else:
        write_text(path, to_csv(rows), encoding="utf-8-sig")
