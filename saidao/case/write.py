"""Write a case as a folder of CSV files, as one workbook or as a zipped folder: read back, it is the same case."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import CaseError, Problem
from ..files import check_folder_place, check_place, told, write_bytes, write_folder
from .case import Case, Judgement, Table
from .cells import number_text
from .grids import quoted
from .read import is_input

Cell = Any


FILES = frozenset(
    [".csv", ".json", ".html", ".htm", ".pdf", ".txt", ".toml", ".xls", ".xlsm", ".xlsb", ".ods", ".tar", ".gz", ".7z"]
)
"""Endings of files that no case is written as: a folder of such a name is a mistake."""


def save_case(case: Case, path: str | Path, *, overwrite: bool = False) -> Path:
    """Write a case to a folder, a workbook (``.xlsx``) or a zipped folder (``.zip``), whole or not at all.

    Extra columns are kept; comments of ``case.toml`` are not.

    Raises
    ------
    CaseError
        Something stands there already and *overwrite* is false, or it cannot be written. Of a folder that stands there
        only what a case is read from is replaced, and deleted where this case lacks it.
    """
    path = Path(path)
    check_target(path, overwrite)
    if path.suffix.lower() in PACKED:
        write_bytes(path, PACKED[path.suffix.lower()](case, path.name))
    else:
        write_folder(path, files(case), is_input)
    return path


def check_target(path: Path, overwrite: bool = False) -> None:
    """Refuse to write a case where something stands already, or nothing can be written."""
    with told(path):
        packed, folder = path.suffix.lower() in PACKED, path.is_dir()
        blank = folder and not any(path.iterdir())
        if path.exists() and not blank and not overwrite:
            raise CaseError([Problem("exists", str(path), found=path.name)])
        if folder == packed and path.exists():
            raise CaseError([Problem("other_kind", str(path), found=path.name)])
        if path.suffix.lower() in FILES and not folder:
            details = {"suffixes": ".xlsx, .zip"}
            raise CaseError([Problem("output_suffix", str(path), found=path.suffix, details=details)])
    (check_place if packed else check_folder_place)(path)


def files(case: Case) -> dict[str, bytes]:
    """Return the files of the case's folder: contents by path."""
    found = {"case.toml": to_toml(case.settings.model_dump(exclude_unset=True))}
    found |= {f"{name}.csv": to_csv(table_rows(table)) for name, table in case.tables.items() if table.present}
    for judgement in case.judgements.values():
        head, *rows = judgement_rows(judgement)
        fractions = [[label, *(None if v is None else fraction(v) for v in row)] for label, *row in rows]
        found[f"judgements/{judgement.name}.csv"] = to_csv([head, *fractions])
    # Excel on a Chinese system takes a CSV file without this mark for GB18030
    return {path: text.encode("utf-8-sig" if path.endswith(".csv") else "utf-8") for path, text in found.items()}


def table_rows(table: Table) -> list[list[Cell]]:
    """Return the rows of a table, the headings first: numbers where numbers belong, texts as they are."""
    rows: list[list[Cell]] = [list(table.header)]
    for row in table.rows:
        values = row.model_dump(by_alias=True, exclude_unset=True)
        rows.append([values.get(column) for column in table.header])
    return rows


def judgement_rows(judgement: Judgement) -> list[list[Cell]]:
    """Return a pairwise matrix with its labels, a missing judgement blank."""
    matrix = [[None if np.isnan(value) else float(value) for value in row] for row in judgement.matrix]
    return [
        ["factor", *judgement.labels],
        *([label, *row] for label, row in zip(judgement.labels, matrix, strict=True)),
    ]


def fraction(value: float) -> str:
    """Return a judgement as text: the reciprocal of a whole number as 1/n.

    >>> fraction(1 / 3), fraction(3.0), fraction(0.7)
    ('1/3', '3', '0.7')
    """
    if 0 < value < 1 and 1 / round(1 / value) == value:
        return f"1/{round(1 / value)}"
    return number_text(value)


def literal(value: Any) -> str:
    """Return a value as TOML.

    >>> literal(["a", 1, 0.5, True, {"k": "v"}])
    '["a", 1, 0.5, true, {"k" = "v"}]'
    """
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{literal(key)} = {literal(part)}" for key, part in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(literal, value)) + "]"
    return value.isoformat() if hasattr(value, "isoformat") else repr(value)


def to_toml(settings: Mapping[str, Any]) -> str:
    """Return settings as TOML text, a line each."""
    bare = re.compile(r"[A-Za-z0-9_-]+")
    keys = {key: key if bare.fullmatch(key) else literal(key) for key in settings}
    return "".join(f"{keys[key]} = {literal(value)}\n" for key, value in settings.items())


def to_csv(rows: Iterable[Iterable[Cell]]) -> str:
    """Return rows as CSV text."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue()


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return quoted(cell) if isinstance(cell, str) else number_text(cell)


def zipped(case: Case, file: str = "") -> bytes:
    """Return the case as a zipped folder; its own name does not matter."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files(case).items():
            archive.writestr(path, data)
    return packed.getvalue()


def workbook(case: Case, file: str = "") -> bytes:
    """Return the case as one workbook, which will be called *file*."""
    from ..workbook.case_sheets import case_workbook

    return case_workbook(case, file or f"{case.name}.xlsx")


PACKED: dict[str, Callable[[Case, str], bytes]] = {".xlsx": workbook, ".zip": zipped}
