"""Tables as people make them: written by hand, saved as their programs save them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Any]


def book(
    path: Path,
    *sheets: Rows,
    titles: Iterable[str] = ("Sheet1", "Sheet2", "Sheet3"),
    also: Callable[..., None] = lambda *_: None,
) -> Path:
    """Write a workbook; *also* changes its sheets first. None is a blank cell, (value, format) a cell with a format."""
    made = Workbook()
    made.remove(made.active)
    pages: list[Worksheet] = []
    for rows, title in zip(sheets, titles, strict=False):
        page = made.create_sheet(title)
        for i, row in enumerate(rows, 1):
            for j, cell in enumerate(row, 1):
                value, form = cell if isinstance(cell, tuple) else (cell, "")
                if value is not None:
                    page.cell(i, j, value)
                    if form:
                        page.cell(i, j).number_format = form
        pages.append(page)
    also(*pages)
    made.save(path)
    return path


def text(path: Path, rows: Rows, separator: str = ",", encoding: str = "utf-8") -> Path:
    """Write a CSV file."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path
