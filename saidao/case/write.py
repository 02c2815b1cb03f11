"""A case as the texts and bytes of its files: CSV, TOML, a zipped folder; `saidao.workbook.save_case` writes them."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from .case import Case, Judgement, Table
from .cells import number_text
from .grids import quoted

Cell = Any


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
        values |= {column: None for column, other in row.given_by.items() if values.get(other)}
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


def zipped(case: Case) -> bytes:
    """Return the case as a zipped folder; its own name does not matter."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files(case).items():
            archive.writestr(path, data)
    return packed.getvalue()
