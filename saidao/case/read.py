"""Read a case from wherever its tables stand: every problem is collected before anything is raised."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from importlib.resources import files
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from pydantic import ValidationError

from ..errors import CaseError, Problem, capped, nearest
from ..files import check_apart
from ..texts.tables import table_names
from ..texts.visible import visible
from . import archives
from .case import Case, Judgement, Table
from .cells import fault, number, ratio
from .checking import bare, misspelt, plain
from .checks import CHECKS
from .grids import BYTES, FILES, ROWS, Files, Grid, Source, too_many
from .limits import LARGEST, LARGEST_UNPACKED, MOST_ALIKE, MOST_MEMBERS, MOST_NAMED, MOST_ROWS, MOST_SETTINGS
from .tables import BY_NAME, TABLES, Row, ScenarioRow, Settings, columns, columns_of, numeric

HEADING_WITHIN = 10
"""Rows that are not blank among which the headings stand."""

MEANT: dict[str, tuple[str, ...]] = {
    "max": (
        "benefit",
        "higher",
        "more",
        "up",
        "+",
        "positive",
        "gain",
        "正向",
        "效益",
        "效益型",
        "极大型",
        "越大越好",
        "正",
    ),
    "min": (
        "cost",
        "lower",
        "less",
        "down",
        "-",
        "negative",
        "loss",
        "负向",
        "逆向",
        "成本",
        "成本型",
        "极小型",
        "越小越好",
        "负",
    ),
    "range": (
        "target",
        "ideal",
        "interval",
        "nominal",
        "middle",
        "between",
        "区间",
        "区间型",
        "适度",
        "中间型",
        "居中",
    ),
}
"""Words for directions that others use."""

ROWS_TOLD = 12
"""Hidden rows that are told by their numbers."""

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
    root = Path(str(files("saidao.data")))
    return {path.parent.name: path.parent for path in sorted(root.glob("*/tracks.csv"))}


def located(source: str | Path | Case) -> Path | None:
    """Return where a case is read from: a folder or a file; None of one that comes from no file."""
    if isinstance(source, Case):
        return source.path
    return shipped().get(str(source)) or Path(source)


def is_input(inside: Path) -> bool:
    """Whether a case's folder is read from a file at this path inside it.

    >>> is_input(Path("rules.csv")), is_input(Path("judgements/me.csv")), is_input(Path("plan.csv"))
    (True, True, False)
    """
    name = inside.as_posix()
    return bool(
        name == "case.toml"
        or re.fullmatch(r"judgements/[^/]+\.csv", name)
        or (name.endswith(".csv") and name[:-4] in BY_NAME)
    )


def check_not_read(path: Path, source: str | Path | Case, *, folder: bool = False) -> None:
    """Refuse to write onto what a case is read from: its file, or a table, also one that its folder has not yet.

    *folder*: a case is written, for which no place inside the folder is left.
    """

    def reads(inside: Path) -> bool:
        # there are file systems that do not tell RULES.CSV from rules.csv
        return folder or is_input(Path(inside.as_posix().casefold()))

    check_apart(path, located(source), reads)


def load_case(source: str | Path | Case) -> Case:
    """Read a case and check it.

    Parameters
    ----------
    source : str or Path
        The name of a shipped case (``"shanghai"``), a folder, a workbook (.xlsx) or a zipped folder; a `Case` is
        returned as it is.

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
    path = known.get(str(source)) or Path(source)
    try:
        if path.is_dir():
            return _read(_folder(path), path)
        if not path.is_file():
            details = {"known": ", ".join(known), "nearest": nearest(str(source), known)}
            return None, [Problem("no_case", file=str(source), details=details)]
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except CaseError as error:
        return None, list(error.problems)
    except OSError as error:
        return None, [Problem("unreadable", file=str(source), found=error.strerror or str(error))]
    return read_upload(data, str(source), path)


def read_upload(data: bytes, name: str, path: Path | None = None) -> tuple[Case | None, list[Problem]]:
    """Read a case from a workbook or a zipped folder in memory; *name* is its file's name. Nothing is written.

    Returns
    -------
    (Case or None, list of Problem)
        As `read_case`. What the file is, its content says, not its suffix.
    """
    try:
        source = _opened(data, name)
    except CaseError as error:
        return None, list(error.problems)
    return _read(source, path)


def _opened(data: bytes, name: str) -> Source:
    stem = Path(name).stem
    if not data.startswith((b"PK", archives.OLE)):
        raise CaseError([Problem("no_workbook", name, found=Path(name).suffix)])
    contents = archives.unpacked(data, name)
    if "[Content_Types].xml" in contents:
        from .sheets import Workbook  # its reader takes a while to load, and most cases are folders

        return Workbook(stem, contents, name)
    return Files(stem, {at: partial(bytes, held) for at, held in archives.folder(contents, name).items()})


def _folder(path: Path) -> Files:
    settings = path / "case.toml"
    files = [*path.glob("*.csv"), *path.glob("judgements/*.csv"), *([settings] if os.path.lexists(settings) else [])]
    whole = sum(file.stat().st_size for file in files if file.is_file())
    if whole > LARGEST_UNPACKED:
        raise CaseError([too_many(str(path), whole, LARGEST_UNPACKED, BYTES)])
    if len(files) > MOST_MEMBERS:
        raise CaseError([too_many(str(path), len(files), MOST_MEMBERS, FILES)])
    return Files(path.resolve().name, {f.relative_to(path).as_posix(): partial(_bytes, f, path) for f in files})


def _bytes(file: Path, folder: Path) -> bytes:
    """Return what a file holds, if it is one: a pipe would be waited for, and a device never ends."""
    if not file.is_file():
        raise CaseError([Problem("no_file", file.relative_to(folder).as_posix())])
    return file.read_bytes()


ROOTS = frozenset(
    (
        "unreadable",
        "no_file",
        "encoding",
        "utf16",
        "csv",
        "toml",
        "broken",
        "large_sheet",
        "large_case",
        "empty_file",
        "sheet_twice",
        "missing_table",
        "missing_column",
        "duplicate_column",
        "misspelt",
    )
)
"""Problems of a table as a whole: they are told first, and what follows from them alone is not told."""

REFERRED = {"case.toml": ("case", "budgets"), "type": ("types", "tracks")} | {
    name: (f"{name}s",) for name in ("track", "factor", "measure")
}
"""Tables by what ids of theirs are called in checks, where that is not the table's name."""


def _read(source: Source, path: Path | None) -> tuple[Case | None, list[Problem]]:
    places: dict[str, dict[str, int]] = {}
    case = read_tables(source, path, places)
    lost = {p.file for p in source.problems if p.code in ROOTS and p.level == "error"}
    checked = (p for check in CHECKS for p in check.found(case) if not _follows(p, lambda of: source.label(of) in lost))
    found = capped(chain(source.problems, checked), MOST_ALIKE)
    problems = [source.placed(problem, places) for problem in sorted(found, key=_order)]
    if any(p.level == "error" for p in problems):
        return None, problems
    return replace(case, warnings=tuple(problems)), problems


def _order(problem: Problem) -> tuple[bool, str, int]:
    last = "\U0010ffff" if problem.code == "more_alike" and not problem.file else problem.file
    return problem.code not in ROOTS, last, problem.details.get("before", problem.row) or 0


def _follows(problem: Problem, lost: Callable[[str], bool]) -> bool:
    """Whether a problem is but that a table which could not be read lacks an id."""
    of = problem.details.get("of", "")
    return problem.code == "unknown_id" and any(map(lost, REFERRED.get(of, (of,))))


def read_tables(source: Source, path: Path | None = None, places: dict[str, dict[str, int]] | None = None) -> Case:
    """Return what could be read, unchecked; *places* is told the column of every heading, by table label."""
    places = {} if places is None else places
    tables: dict[str, Table] = {}
    for model in TABLES:
        tables[model.table] = _table(source, model, tables, places)
    _near_names(source)
    judgements = {
        name: judgement for name in source.judgements() if (judgement := _judgement(source, name, places)) is not None
    }
    name = visible(source.name)
    return Case(name, _settings(source), MappingProxyType(tables), MappingProxyType(judgements), path=path)


def _settings(source: Source) -> Settings:
    values, label = source.settings(), "case.toml"
    known = list(Settings.model_fields)
    if len(values) > MOST_SETTINGS:
        source.problems.append(too_many(label, len(values), MOST_SETTINGS, ("settings", "项设置")))
        return Settings()
    for key in values:
        close = nearest(key, [name for name in known if name not in values])
        if key not in known and close and misspelt(key, close):
            source.problems.append(Problem("misspelt", label, column=key, found=key, details={"nearest": close}))
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        source.problems.extend(_problem(item, label, None, values) for item in error.errors())
        return Settings()


def _near_names(source: Source) -> None:
    """Tell a table that is called almost as one that is missing: it would be left out in silence."""
    names = source.tables()
    for name in (name for name in names if name not in BY_NAME):
        absent = [known for known in BY_NAME if known not in names]
        close, label = nearest(name, absent), source.label(name)
        if close and BY_NAME[close].needed_to != "rank" and misspelt(name, close):
            source.problems.append(Problem("misspelt", label, found=name, details={"nearest": close}, level="warning"))
        elif isinstance(source, Files) or (close := _named_within(name, absent)):
            details = {"nearest": close} if close else {}
            source.problems.append(Problem("table_unused", label, found=label, details=details, level="warning"))


def _named_within(title: str, absent: list[str]) -> str | None:
    """Return the absent table whose name, in either language, stands within a sheet's title."""
    words = {
        **{name: name for name in absent},
        **{zh: name for zh, name in table_names("zh").items() if name in absent},
    }
    return next((name for word, name in words.items() if word in title.lower()), None)


def _table(source: Source, model: type[Row], tables: Mapping[str, Table], places: dict[str, dict[str, int]]) -> Table:
    label, known, problems = source.label(model.table), columns(model), source.problems
    empty = Table(label, tuple(known), (), (), frozenset(), present=False)
    grid = source.grid(model.table)
    if grid is None:
        if model.needed_to == "rank" and not any(p.file == label for p in problems):
            others = [source.label(name) for name in source.tables() if name not in BY_NAME]
            problems.append(Problem("missing_table", label, details={"nearest": nearest(label, others)}))
        return empty
    (line, header), *body = grid.rows[heading(grid, known) :]
    if len(body) > (most := MOST_NAMED.get(model.table, MOST_ROWS)):
        problems.append(too_many(label, len(body), most, ROWS))
        return empty
    places[label] = {name: grid.first + index for index, name in enumerate(header) if name}
    faults = len(problems)
    problems.extend(
        Problem("duplicate_column", label, line, name, name)
        for name in sorted({name for name in header if name and header.count(name) > 1})
    )
    for name, info in model.model_fields.items():
        column = info.alias or name
        if column not in header:
            if with_unit := next((h for h in header if h and h not in known and bare(h) == column), None):
                problems.append(Problem("header_unit", label, line, with_unit, with_unit, {"column": column}))
                continue
            close = nearest(column, [h for h in header if h not in known])
            if info.is_required():
                details = {"column": column, "nearest": close}
                problems.append(Problem("missing_column", label, line, column, ", ".join(header), details))
            elif close and misspelt(close, column):
                problems.append(Problem("misspelt", label, line, close, close, {"nearest": column}))
    problems.extend(
        Problem(grid.ill[line, index], label, line, name, name)
        for index, name in enumerate(header)
        if name and (line, index) in grid.ill
    )
    if len(problems) > faults:
        return empty
    own = numeric(model)
    figures = own.union(*(tables[name].keys for name in columns_of(model)))
    key = known[[*model.model_fields].index(model.key[0])]
    rows, lines, keys = [], [], set()
    percents, texts = set(), set()
    for row, cells in body:
        if len(cells) > len(header) and any(cells[len(header) :]):
            problems.append(
                Problem("too_many_cells", label, row, found=str(len(cells)), details={"columns": len(header)})
            )
            continue
        values = {h: c for h, c in zip(header, cells, strict=False) if h and c}
        keys.add(values.get(key, ""))
        ill = {h: code for i, h in enumerate(header) if h and (code := grid.ill.get((row, i)))}
        for i, h in enumerate(header):
            if h in figures and h in values:
                if grid.is_percent(row, i, values[h]):
                    percents.add((row, h))
                if grid.is_text(row, i):
                    texts.add((row, h))
        if model is ScenarioRow and "change" in values and grid.is_number(row, header.index("change")):
            ill["change"] = "cell_change"
        if ill:
            problems.extend(Problem(code, label, row, name, values.get(name, "")) for name, code in ill.items())
            continue
        try:
            rows.append(model.model_validate({**values, **_figures(values, figures, own)}))
            lines.append(row)
        except ValidationError as error:
            problems.extend(_problem(item, label, row, values) for item in error.errors())
    spoilt = len(problems) > faults
    problems.extend(_hidden(grid, label, [line, *(row for row, _ in body)], header, {*known, *figures}))
    header = [h for h in header if h]
    return Table(
        label,
        tuple(header),
        tuple(rows),
        tuple(lines),
        frozenset(keys),
        heading=line,
        spoilt=spoilt,
        percents=frozenset(percents),
        texts=frozenset(texts),
    )


def _hidden(grid: Grid, label: str, rows: list[int], header: list[str], used: set[str]) -> list[Problem]:
    """Tell the rows, and the columns that are used, which a workbook holds but does not show."""
    columns = [name for i, name in enumerate(header) if i in grid.hidden_columns and name in used]
    found = [Problem("hidden_column", label, rows[0], name, name, level="warning") for name in columns]
    if hidden := [row for row in rows if row in grid.hidden_rows]:
        details = {"number": len(hidden)}
        cells = next(cells for row, cells in grid.rows if row == hidden[0])
        name = next((name for name, cell in zip(header, cells, strict=False) if name and cell), "")
        text = ", ".join(map(str, hidden[:ROWS_TOLD])) + (", ..." if len(hidden) > ROWS_TOLD else "")
        found.append(Problem("hidden_rows", label, hidden[0], name, text, details, level="warning"))
    return found


def heading(grid: Grid, known: Iterable[str]) -> int:
    """Return which of the first rows holds the headings: most of the known names; a title may stand above them."""
    names = set(known)
    hits = [len(names.intersection(cells)) for _, cells in grid.rows[:HEADING_WITHIN]]
    return hits.index(max(hits))


def _figures(values: Mapping[str, str], columns: Iterable[str], own: Collection[str]) -> dict[str, float | str]:
    """Return the cells that are numbers; of the table's *own* columns, others as a text that is no number."""
    # a level as large as people write for "no limit" is none: no arithmetic meets it
    found = {column: number(values[column], column == "max_level") for column in columns if column in values}
    return {c: "?" if v is None else v for c, v in found.items() if v is not None or c in own}


def _problem(error: Any, file: str, row: int | None, values: Mapping[str, Any]) -> Problem:
    """Turn an error of the row model into a problem in the user's words."""
    column = str(error["loc"][0]) if error["loc"] else ""
    context = error.get("ctx", {})
    code = _CODES.get(error["type"], "value")
    found = "" if code == "missing_cell" else str(values.get(column, ""))
    if code in ("number", "integer") and number(found) is None:
        code = fault(found)
    details: dict[str, Any] = {"column": column, "message": error["msg"]}
    if code == "at_most" and context.get("le") == 1:
        value = number(found)
        code, details["nearest"] = "share", f"{value / 100:g}" if value is not None and 2 <= value <= 100 else None
    if code == "choice":
        choices = re.findall(r"'([^']*)'", context["expected"])
        choices = [choice for choice in choices if choice]
        meant = next((name for name, words in MEANT.items() if plain(found) in words and name in choices), None)
        details |= {"choices": ", ".join(choices), "nearest": meant or nearest(found, choices)}
    else:
        details |= {"bound": next((context[k] for k in ("ge", "gt", "le", "lt") if k in context), "")}
    return Problem(code, file, row, column, found, details)


JUDGED = {"cell_date": "judgement_date", "number_size": "number_size"}
"""Codes of what a judgement cannot be, by what a number cannot be; ``judgement_value`` where there is none."""


def _judged(text: str) -> float | None:
    """Return a judgement: a number, or a fraction such as 1/3; blank is nan, None what is neither."""
    if not text:
        return float("nan")
    value = ratio(text)
    return value or None


def _judgement(source: Source, name: str, places: dict[str, dict[str, int]]) -> Judgement | None:
    label, problems = source.label(f"judgements/{name}"), source.problems
    grid = source.grid(f"judgements/{name}")
    if grid is None:
        return None
    start = heading(grid, (cells[0] for _, cells in grid.rows if cells[0]))
    (line, header), *body = grid.rows[start:]
    labels = [factor for factor in header[1:] if factor]
    places[label] = {header[0]: grid.first, **{factor: grid.first + header.index(factor, 1) for factor in labels}}
    rows = {cells[0]: (row, cells) for row, cells in body}
    faults = len(problems)
    if not labels:
        problems.append(Problem("judgement_none", label, line, found=", ".join(filter(None, header))))
    elif len(set(labels)) < len(labels) or len(rows) < len(body):
        problems.append(Problem("judgement_labels", label, line, found=", ".join(labels)))
    spare = set(rows) - set(labels)
    problems.extend(
        Problem(
            "judgement_row", label, found=", ".join(rows), details={"label": factor, "nearest": nearest(factor, spare)}
        )
        for factor in labels
        if factor not in rows
    )
    for factor, (row, _) in rows.items():
        if factor not in labels:
            problems.append(
                Problem("judgement_column", label, row, found=factor, details={"nearest": nearest(factor, labels)})
            )
    if len(problems) > faults:
        return None
    matrix = np.full((len(labels), len(labels)), np.nan)
    at = [header.index(factor, 1) for factor in labels]
    for i, (row, cells) in enumerate(rows[factor] for factor in labels):
        for j, index in enumerate(at):
            text = cells[index] if index < len(cells) else ""
            ill = grid.ill.get((row, index))
            if ill == "cell_formula":  # 1/C4 in the other half, saved without its value, is as good as blank
                continue
            value = None if ill else _judged(text)
            if value is None:
                code = ill or JUDGED.get(fault(text), "judgement_value")
                problems.append(Problem(code, label, row, labels[j], text))
            else:
                matrix[i, j] = value
    if len(problems) > faults:
        return None
    problems.extend(_hidden(grid, label, [line, *(row for row, _ in body)], header, set(labels)))
    return Judgement(name, label, tuple(labels), matrix, line, tuple(rows[factor][0] for factor in labels))
