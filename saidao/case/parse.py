"""From grids of texts to tables, settings and judgements, and a problem for everything that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from pydantic import ValidationError

from ..errors import Problem, nearest
from ..texts.tables import table_names
from ..texts.visible import visible
from .case import Case, Judgement, Table
from .cells import fault, number, ratio
from .checking import bare, misspelt, plain
from .grids import ROWS, Files, Grid, Source, too_many
from .limits import MOST_NAMED, MOST_ROWS, MOST_SETTINGS
from .settings import Settings
from .tables import BY_NAME, TABLES, Row, ScenarioRow, columns, columns_of, numeric

HEADING_WITHIN = 10
"""How many rows that are not blank are searched for the headings."""

MEANT = {
    "max": re.compile(r"benefit|higher|more|up|\+|positive|gain|正向|效益型?|极大型|越大越好|正"),
    "min": re.compile(r"cost|lower|less|down|-|negative|loss|负向|逆向|成本型?|极小型|越小越好|负"),
    "range": re.compile(r"target|ideal|interval|nominal|middle|between|区间型?|适度|中间型|居中"),
}
"""Words for directions that others use."""

ROWS_TOLD = 12
"""How many hidden rows a message lists."""

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


JUDGED = {"cell_date": "judgement_date", "number_size": "number_size"}
"""Codes of what a judgement cannot be, by what a number cannot be; ``judgement_value`` where there is none."""


def read_tables(
    source: Source,
    path: Path | None = None,
    places: dict[str, dict[str, int]] | None = None,
    kept: Mapping[str, Table] = MappingProxyType({}),
) -> Case:
    """Return what could be read, unchecked; *places* is told the column of every heading, by table label.

    Tables in *kept* are not read, but taken as they are.
    """
    places = {} if places is None else places
    tables: dict[str, Table] = {}
    for model in TABLES:
        tables[model.table] = kept.get(model.table) or _table(source, model, tables, places)
    _near_names(source)
    judgements = {
        name: judgement for name in source.judgements() if (judgement := _judgement(source, name, places)) is not None
    }
    name = visible(source.name)
    return Case(name, _settings(source), MappingProxyType(tables), MappingProxyType(judgements), path=path)


def read_one(source: Source, model: type[Row]) -> Table:
    """Return one table, unchecked, whatever else its source holds."""
    return _table(source, model, {}, {})


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
        source.problems.extend(problem_of(item, label, None, values) for item in error.errors())
        return Settings()


def _near_names(source: Source) -> None:
    """Report tables that will not be read, first of all those whose name is almost that of a missing one."""
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
    problems.extend(_heading_problems(label, line, header, model))
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
            held = {
                h: n for i, h in enumerate(header) if h in figures and (n := grid.numbers.get((row, i))) is not None
            }
            rows.append(model.model_validate({**values, **figures_of(values, figures, own), **held}))
            lines.append(row)
        except ValidationError as error:
            problems.extend(problem_of(item, label, row, values) for item in error.errors())
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


def _heading_problems(label: str, line: int, header: list[str], model: type[Row]) -> Iterator[Problem]:
    """Yield headings that stand twice, hold a unit or are misspelt, and those that are missing."""
    known = columns(model)
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        yield Problem("duplicate_column", label, line, name, name)
    for name, info in model.model_fields.items():
        column = info.alias or name
        if column in header:
            continue
        others = [heading for heading in header if heading and heading not in known]
        close = nearest(column, others)
        if with_unit := next((heading for heading in others if bare(heading) == column), None):
            yield Problem("header_unit", label, line, with_unit, with_unit, {"column": column})
        elif info.is_required():
            details = {"column": column, "nearest": close}
            yield Problem("missing_column", label, line, column, ", ".join(header), details)
        elif close and misspelt(close, column):
            yield Problem("misspelt", label, line, close, close, {"nearest": column})


def _hidden(grid: Grid, label: str, rows: list[int], header: list[str], used: set[str]) -> list[Problem]:
    """Return warnings of rows, and of columns in use, that a workbook holds but does not show."""
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


def figures_of(values: Mapping[str, str], columns: Iterable[str], own: Collection[str]) -> dict[str, float | str]:
    """Return the cells that are numbers; of the table's *own* columns, others as a text that is no number."""
    # a level as large as people write for "no limit" is none: no arithmetic meets it
    found = {column: number(values[column], column == "max_level") for column in columns if column in values}
    return {c: "?" if v is None else v for c, v in found.items() if v is not None or c in own}


def problem_of(error: Any, file: str, row: int | None, values: Mapping[str, Any]) -> Problem:
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
        meant = next((name for name, words in MEANT.items() if name in choices and words.fullmatch(plain(found))), None)
        details |= {"choices": ", ".join(choices), "nearest": meant or nearest(found, choices)}
    else:
        details |= {"bound": next((context[k] for k in ("ge", "gt", "le", "lt") if k in context), "")}
    return Problem(code, file, row, column, found, details)


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
            value = None if ill else grid.numbers.get((row, index)) or _judged(text)
            if value is None:
                code = ill or JUDGED.get(fault(text), "judgement_value")
                problems.append(Problem(code, label, row, labels[j], text))
            else:
                matrix[i, j] = value
    if len(problems) > faults:
        return None
    problems.extend(_hidden(grid, label, [line, *(row for row, _ in body)], header, set(labels)))
    return Judgement(name, label, tuple(labels), matrix, line, tuple(rows[factor][0] for factor in labels))
