"""Read a case folder: every problem is collected before anything is raised."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from pydantic import ValidationError

from ..errors import CaseError, Problem, nearest
from .case import Case, Judgement, Table
from .checks import CHECKS
from .tables import BY_NAME, TABLES, Row, Settings, columns

ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in this order, strictly; a file that Excel saved on a Chinese system is GB18030."""

_CODES = {
    "float_parsing": "number",
    "float_type": "number",
    "finite_number": "number",
    "int_parsing": "integer",
    "int_from_float": "integer",
    "int_type": "integer",
    "literal_error": "choice",
    "greater_than_equal": "at_least",
    "greater_than": "above",
    "less_than_equal": "at_most",
    "less_than": "below",
    "missing": "missing_cell",
    "string_pattern_mismatch": "id",
    "string_type": "text",
    "tuple_type": "list",
}


def shipped() -> dict[str, Path]:
    """Return the shipped cases by name."""
    from importlib.resources import files

    root = Path(str(files("saidao.data")))
    return {path.parent.name: path.parent for path in sorted(root.glob("*/tracks.csv"))}


def load_case(source: str | Path | Case) -> Case:
    """Read a case and check it.

    Parameters
    ----------
    source : str or Path
        The name of a shipped case (``"shanghai"``) or a folder; a `Case` is returned as it is.

    Raises
    ------
    CaseError
        With every problem found: file, row, column, found, expected, remedy.
    """
    if isinstance(source, Case):
        return source
    case, problems = read_case(source)
    errors = [p for p in problems if p.level == "error"]
    if errors or case is None:
        raise CaseError(errors)
    return case


def read_case(source: str | Path) -> tuple[Case | None, list[Problem]]:
    """Read a case and return it with everything found, errors and warnings; None where it cannot be used."""
    known = shipped()
    if str(source) in known:
        path = known[str(source)]
    else:
        path = Path(source)
        if path.suffix.lower() in (".xlsx", ".xls", ".xlsm"):
            return None, [Problem("workbook", file=str(source), found=path.suffix)]
        if not path.is_dir():
            found = "a file" if path.exists() else ""
            details = {"known": ", ".join(known), "nearest": nearest(str(source), known)}
            return None, [Problem("no_case", file=str(source), found=found, details=details)]
    return read_folder(path)


def read_folder(path: Path) -> tuple[Case | None, list[Problem]]:
    """Read a case folder."""
    problems: list[Problem] = []
    settings = _settings(path / "case.toml", problems)
    tables = {model.table: _table(path, model, problems) for model in TABLES}
    judgements = {
        file.stem: judgement
        for file in sorted((path / "judgements").glob("*.csv"))
        if (judgement := _judgement(file, problems)) is not None
    }
    case = Case(
        path.resolve().name,
        settings,
        MappingProxyType(tables),
        MappingProxyType(judgements),
        path=path,
    )
    for check in CHECKS:
        problems.extend(check.find(case))
    problems.sort(key=lambda p: (p.file, p.row or 0))
    if any(p.level == "error" for p in problems):
        return None, problems
    return Case(case.name, settings, case.tables, case.judgements, tuple(problems), path), problems


def _decode(file: Path, problems: list[Problem]) -> str | None:
    try:
        raw = file.read_bytes()
    except OSError as error:
        problems.append(Problem("unreadable", file=file.name, found=error.strerror or str(error)))
        return None
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    problems.append(Problem("encoding", file=file.name))
    return None


def _grid(file: Path, label: str, problems: list[Problem]) -> list[tuple[int, list[str]]] | None:
    """Return the rows that are not blank, with their spreadsheet row numbers."""
    text = _decode(file, problems)
    if text is None:
        return None
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        problems.append(Problem("csv", file=label, found=str(error)))
        return None
    grid = [(n, [cell.strip() for cell in row]) for n, row in enumerate(rows, 1)]
    grid = [(n, row) for n, row in grid if any(row)]
    if not grid:
        problems.append(Problem("empty_file", file=label))
        return None
    return grid


def _settings(file: Path, problems: list[Problem]) -> Settings:
    if not file.exists():
        return Settings()
    text = _decode(file, problems)
    if text is None:
        return Settings()
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem("toml", file=file.name, found=str(error)))
        return Settings()
    known = list(Settings.model_fields)
    for key in values:
        close = nearest(key, [name for name in known if name not in values])
        if key not in known and close and _misspelt(key, close):
            problems.append(Problem("misspelt", file.name, column=key, found=key, details={"nearest": close}))
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        problems.extend(_problem(item, file.name, None, values) for item in error.errors())
        return Settings()


def _misspelt(name: str, close: str) -> bool:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, name.lower(), close.lower()).ratio() >= 0.8


def _table(folder: Path, model: type[Row], problems: list[Problem]) -> Table:
    label = f"{model.table}.csv"
    file = folder / label
    known = columns(model)
    empty = Table(label, tuple(known), (), (), frozenset(), present=False)
    if not file.exists():
        if model.required:
            others = [p.name for p in folder.glob("*.csv") if p.stem not in BY_NAME]
            problems.append(Problem("missing_table", label, details={"nearest": nearest(label, others)}))
        return empty
    grid = _grid(file, label, problems)
    if grid is None:
        return empty
    (line, header), *body = grid
    faults = len(problems)
    problems.extend(
        Problem("duplicate_column", label, line, name, name)
        for name in sorted({name for name in header if name and header.count(name) > 1})
    )
    for name, info in model.model_fields.items():
        column = info.alias or name
        if column not in header:
            close = nearest(column, [h for h in header if h not in known])
            if info.is_required():
                details = {"column": column, "nearest": close}
                problems.append(Problem("missing_column", label, line, column, ", ".join(header), details))
            elif close and _misspelt(close, column):
                problems.append(Problem("misspelt", label, line, close, close, {"nearest": column}))
    if len(problems) > faults:
        return empty
    rows, lines, keys = [], [], set()
    for number, cells in body:
        if len(cells) > len(header) and any(cells[len(header) :]):
            problems.append(Problem("too_many_cells", label, number, found=str(len(cells)),
                                    details={"columns": len(header)}))  # fmt: skip
            continue
        values = {h: c for h, c in zip(header, cells, strict=False) if h and c}
        keys.add(values.get(header[0], ""))
        try:
            rows.append(model.model_validate(values))
            lines.append(number)
        except ValidationError as error:
            problems.extend(_problem(item, label, number, values) for item in error.errors())
    return Table(label, tuple(h for h in header if h), tuple(rows), tuple(lines), frozenset(keys))


def _problem(error: Any, file: str, row: int | None, values: Mapping[str, Any]) -> Problem:
    """Turn an error of the row model into a problem in the user's words."""
    column = str(error["loc"][0]) if error["loc"] else ""
    context = error.get("ctx", {})
    code = _CODES.get(error["type"], "value")
    found = "" if code == "missing_cell" else str(values.get(column, ""))
    details: dict[str, Any] = {"column": column, "message": error["msg"]}
    if code == "choice":
        choices = re.findall(r"'([^']*)'", context["expected"])
        choices = [choice for choice in choices if choice]
        details |= {"choices": ", ".join(choices), "nearest": nearest(found, choices)}
    else:
        details |= {"bound": next((context[k] for k in ("ge", "gt", "le", "lt") if k in context), "")}
    return Problem(code, file, row, column, found, details)


def _number(text: str) -> float:
    """Read a judgement: a decimal, or a fraction such as 1/3; blank is nan."""
    if not text:
        return float("nan")
    over, _, under = text.partition("/")
    return float(over) / float(under) if under else float(over)


def _judgement(file: Path, problems: list[Problem]) -> Judgement | None:
    label = f"judgements/{file.name}"
    grid = _grid(file, label, problems)
    if grid is None:
        return None
    (line, header), *body = grid
    names = [name for name in header[1:] if name]
    rows = {cells[0]: (number, cells) for number, cells in body}
    faults = len(problems)
    if len(set(names)) < len(names) or len(rows) < len(body):
        problems.append(Problem("judgement_labels", label, line, found=", ".join(names)))
    spare = set(rows) - set(names)
    problems.extend(
        Problem("judgement_row", label, found=", ".join(rows), details={"label": name, "nearest": nearest(name, spare)})
        for name in names
        if name not in rows
    )
    for name, (number, _) in rows.items():
        if name not in names:
            problems.append(Problem("judgement_column", label, number, found=name,
                                    details={"nearest": nearest(name, names)}))  # fmt: skip
    if len(problems) > faults:
        return None
    matrix = np.full((len(names), len(names)), np.nan)
    for i, name in enumerate(names):
        number, cells = rows[name]
        for j, text in enumerate(cells[1 : len(names) + 1]):
            try:
                value = _number(text)
            except (ValueError, ZeroDivisionError):
                value = -1.0
            if text and not 0 < value < np.inf:
                problems.append(Problem("judgement_value", label, number, names[j], text))
                continue
            matrix[i, j] = value
    if len(problems) > faults:
        return None
    return Judgement(label, tuple(names), matrix)
