"""From grids of texts to tables, settings and judgements, and a problem for everything that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from pydantic import ValidationError

from ..errors import Problem, nearest
from ..texts.say import WORDS
from ..texts.tables import table_names
from ..texts.visible import visible
from .case import Case, Judgement, Table
from .cells import fault, number, numbers, plain, ratio
from .checking import bare, misspelt
from .grids import Files, Grid, Source, too_many
from .limits import MOST_SETTINGS
from .lines import HEADING_WITHIN, Lines, columns_named, lines_of
from .naming import Ambiguous, Names, name_ids, read_words, settings_by_id
from .periods import in_period, periods_of
from .settings import Settings, spelled
from .tables import BY_NAME, TABLES, Row, ScenarioRow, Score, amounts, columns, columns_of, numeric

MEANT = {
    "max": re.compile(r"benefit|higher|more|up|\+|positive|gain|正向|效益型?|极大型|越大越好|正"),
    "min": re.compile(r"cost|lower|less|down|-|negative|loss|负向|逆向|成本型?|极小型|越小越好|负"),
    "range": re.compile(r"target|ideal|interval|nominal|middle|between|区间型?|适度|中间型|居中"),
}
"""Words for directions that others use."""

PERCENT = re.compile("[%％]")

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


@dataclass
class Places:
    """Where the tables of a case stand, by the label of each: its columns, and their headings as they were typed."""

    columns: dict[str, dict[str, int]] = field(default_factory=dict)
    typed: dict[str, dict[str, str]] = field(default_factory=dict)

    def told(self, problem: Problem) -> Problem:
        """Return a problem with the headings that its user typed."""
        typed = self.typed.get(problem.file)
        if not typed:
            return problem
        names = ", ".join(typed.get(name, name) for name in problem.column.split(", "))
        of = problem.details.get("column")
        details = {**problem.details, "column": typed[of]} if of in typed else problem.details
        return replace(problem, column=names, details=details)


def read_tables(
    source: Source,
    path: Path | None = None,
    places: Places | None = None,
    kept: Mapping[str, Table] = MappingProxyType({}),
) -> Case:
    """Return what could be read, unchecked; *places* is told where everything stands.

    Tables in *kept* are not read, but taken as they are.
    """
    places = Places() if places is None else places
    settings = _settings(source)
    models = [model for model in TABLES if model.table not in kept]
    lines = {model.table: found for model in models if (found := lines_of(source, model)) is not None}
    names = name_ids(lines, source, settings, kept)
    tables: dict[str, Table] = {}
    for model in TABLES:
        made = _table(source, model, lines.get(model.table), tables, places)
        before = kept.get(model.table)
        tables[model.table] = made if before is None else before.extended(made)
    _near_names(source)
    periods = periods_of(tables)
    tables = dict(in_period(tables, settings.score_period or (periods[-1] if periods else "")))
    judgements = {
        judgement.name: judgement
        for name in source.judgements()
        if (judgement := _judgement(source, name, names["factors"], places)) is not None
    }
    settings = _named_settings(source, settings, names)
    return Case(visible(source.name), settings, MappingProxyType(tables), MappingProxyType(judgements), path=path)


def read_one(source: Source, model: type[Row]) -> Table:
    """Return one table, unchecked, whatever else its source holds."""
    lines = lines_of(source, model)
    if lines is not None:
        read_words(lines)
    return _table(source, model, lines, {}, Places())


def _settings(source: Source) -> Settings:
    values, label = spelled(source.settings()), "case.toml"
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


def _named_settings(source: Source, settings: Settings, names: Mapping[str, Names]) -> Settings:
    """Return the settings with names in them read as ids."""
    try:
        return settings.model_copy(update=settings_by_id(names, settings))
    except Ambiguous as ambiguous:
        source.problems.append(
            Problem("ambiguous_name", "case.toml", 1, found=ambiguous.text, details=ambiguous.details)
        )
        return settings


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


def _table(source: Source, model: type[Row], lines: Lines | None, tables: Mapping[str, Table], places: Places) -> Table:
    label, known, problems = source.label(model.table), columns(model), source.problems
    empty = Table(label, tuple(known), (), (), frozenset(), present=False)
    if lines is None:
        return empty
    grid, header = lines.grid, [name for name in lines.header if name]
    faults = len(problems)
    if grid is not None:
        places.columns[label] = {name: grid.first + at for name, at in lines.index.items()}
        places.typed[label] = lines.typed
        problems.extend(_heading_problems(lines))
        problems.extend(
            Problem(grid.ill[lines.heading, at], label, lines.heading, name, name)
            for name, at in lines.index.items()
            if name in header and (lines.heading, at) in grid.ill
        )
    if len(problems) > faults:
        return empty
    own = numeric(model)
    figures = own.union(*(tables[name].keys for name in columns_of(model)))
    key = known[[*model.model_fields].index(model.key[0])]
    beside = _beside_texts(lines, figures)
    rows, placed = [], []
    for n, (line, values) in enumerate(zip(lines.rows, _by_row(lines, figures, own, beside), strict=True)):
        if ill := beside.ill.get(n):
            problems.extend(
                Problem(code, label, line, name, _seen(lines.text(n, name), code)) for name, code in ill.items()
            )
            continue
        try:
            rows.append(model.model_validate(values))
            placed.append(line)
        except ValidationError as error:
            problems.extend(problem_of(item, label, line, lines.line(n)) for item in error.errors())
    spoilt = lines.spoilt or len(problems) > faults
    if grid is not None and (grid.hidden_rows or grid.hidden_columns):
        used = [lines.heading, *(row for row, _ in grid.rows if row > lines.heading)]
        problems.extend(_hidden(grid, label, used, lines.index, {*known, *figures, *lines.spread}))
    return Table(
        label,
        tuple(header),
        tuple(rows),
        tuple(placed),
        frozenset(lines.texts.get(key, [""] * bool(lines.rows))),
        heading=lines.heading,
        spoilt=spoilt,
        percents=frozenset(beside.percents),
        texts=frozenset(beside.texts),
    )


def _seen(text: str, code: str) -> str:
    """Return what is seen in a cell: of a number that a workbook shows as a percent that."""
    value = number(text) if code == "amount_percent" and not PERCENT.search(text) else None
    return text if value is None else f"{100 * value:g}%"


@dataclass
class _Beside:
    """What a grid tells of the cells of a table beside their texts.

    `ill`: codes of cells that cannot be, by line and column. `numbers`: what cells of a frame hold. `percents` and
    `texts`: (row, column) of the numbers written as percents, and of those that a workbook holds as texts.
    """

    ill: dict[int, dict[str, str]] = field(default_factory=dict)
    numbers: dict[tuple[int, str], float] = field(default_factory=dict)
    percents: set[tuple[int, str]] = field(default_factory=set)
    texts: set[tuple[int, str]] = field(default_factory=set)


def _beside_texts(lines: Lines, figures: Collection[str]) -> _Beside:
    """Return what the grids of a table's lines tell beside the texts of the cells."""
    found, absolute = _Beside(), amounts(lines.model)
    grids = {id(origin.grid): origin.grid for origin in lines.origins}.values()
    all_plain, some_ill = all(grid.is_plain for grid in grids), any(grid.ill for grid in grids)
    for name, texts in lines.texts.items():
        is_figure, is_change = name in figures, lines.model is ScenarioRow and name == "change"
        has_percents = is_figure and PERCENT.search("".join(texts)) is not None
        if not (some_ill or is_change or has_percents or (is_figure and not all_plain)):
            continue
        for n, (text, row, (grid, places)) in enumerate(zip(texts, lines.rows, lines.origins, strict=True)):
            if not text or name not in places:
                continue
            at = int(row), places[name]
            if code := grid.ill.get(at):
                found.ill.setdefault(n, {})[name] = code
            if is_change and grid.is_number(*at):
                found.ill.setdefault(n, {})[name] = "cell_change"
            if is_figure:
                if at in grid.numbers:
                    found.numbers[n, name] = grid.numbers[at]
                if name in absolute and grid.is_percent(*at, text) and number(text) is not None:
                    found.ill.setdefault(n, {})[name] = "amount_percent"
                elif grid.is_percent(*at, text):
                    found.percents.add((row, name))
                if grid.is_text(*at):
                    found.texts.add((row, name))
    return found


def _by_row(lines: Lines, figures: Collection[str], own: Collection[str], held: _Beside) -> Iterator[dict[str, Any]]:
    """Yield the cells of each line that are not blank, numbers where these belong."""
    cells: dict[str, Sequence[Any]] = {}
    for name, texts in lines.texts.items():
        if not any(texts):
            continue
        cells[name] = texts if all(texts) else [text or None for text in texts]
        if name in figures:
            read = iter(read_figures(name, list(filter(None, texts)), own))
            cells[name] = [next(read) if text else None for text in texts]
    for (n, name), value in held.numbers.items():
        cells[name][n] = value  # type: ignore[index]
    names, rows = [*cells], zip(*cells.values(), strict=True) if cells else ((),) * len(lines.rows)
    if all(map(all, (lines.texts[name] for name in names))):
        return (dict(zip(names, row, strict=True)) for row in rows)
    return ({name: cell for name, cell in zip(names, row, strict=True) if cell is not None} for row in rows)


def _heading_problems(lines: Lines) -> Iterator[Problem]:
    """Yield headings that stand twice, hold a unit or are misspelt, and those that are missing."""
    label, line, model, header = lines.label, lines.heading, lines.model, lines.header
    known = columns(model)
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        yield Problem("duplicate_column", label, line, name, lines.told(name))
    for name, info in model.model_fields.items():
        column = info.alias or name
        if column in header or (model is Score and column == "period"):  # a factor may well be called year
            continue
        others = [heading for heading in header if heading and heading not in known]
        close = nearest(column, others)
        with_unit = next((heading for heading in others if columns_named(model, [bare(heading)]) == [column]), None)
        if with_unit:
            yield Problem("header_unit", label, line, with_unit, with_unit, {"column": column})
        elif info.is_required():
            details = {"column": column, "nearest": close}
            yield Problem("missing_column", label, line, column, ", ".join(map(lines.told, header)), details)
        elif close and misspelt(close, column):
            yield Problem("misspelt", label, line, close, close, {"nearest": column})


def _hidden(grid: Grid, label: str, rows: list[int], header: Mapping[str, int], used: set[str]) -> list[Problem]:
    """Return warnings of rows, and of columns in use, that a workbook holds but does not show."""
    columns = [name for name, at in header.items() if at in grid.hidden_columns and name in used]
    found = [Problem("hidden_column", label, rows[0], name, name, level="warning") for name in columns]
    if hidden := [row for row in rows if row in grid.hidden_rows]:
        details = {"number": len(hidden)}
        cells = next(cells for row, cells in grid.rows if row == hidden[0])
        name = next((name for name, at in header.items() if at < len(cells) and cells[at]), "")
        text = ", ".join(map(str, hidden[:ROWS_TOLD])) + (", ..." if len(hidden) > ROWS_TOLD else "")
        found.append(Problem("hidden_rows", label, hidden[0], name, text, details, level="warning"))
    return found


def heading(rows: Sequence[tuple[int, list[str]]], known: Iterable[str]) -> int:
    """Return which of the first rows holds the headings: most of the known names; a title may stand above them."""
    names = set(known)
    hits = [len(names.intersection(cells)) for _, cells in rows[:HEADING_WITHIN]]
    return hits.index(max(hits))


def _labelled(grid: Grid, names: Names, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a pairwise matrix with names of factors read as ids, beside it and above it."""
    for n, (row, cells) in enumerate(grid.rows):
        made = list(cells)
        for at in range(len(cells) if n < HEADING_WITHIN else 1):
            try:
                made[at] = names.id(cells[at])
            except Ambiguous as ambiguous:
                problems.append(Problem("ambiguous_name", grid.label, row, "", cells[at], ambiguous.details))
        yield row, made


def read_figures(column: str, texts: Sequence[str], own: Collection[str]) -> list[float | str]:
    """Return the cells of a column as numbers; one that is none stays, or of a table's *own* columns is no number."""
    # a level as large as people write for "no limit" is none: no arithmetic meets it
    values = numbers(texts, column == "max_level")
    other = "?" if column in own else ""
    return [other or text if value is None else value for text, value in zip(texts, values, strict=True)]


def figures_of(values: Mapping[str, str], columns: Iterable[str], model: type[Row]) -> dict[str, float | str]:
    """Return some cells of a row as numbers, as `read_figures` does; a percent is no amount."""
    own, absolute = numeric(model), amounts(model)
    return {
        column: "?"
        if column in absolute and PERCENT.search(values[column])
        else read_figures(column, [values[column]], own)[0]
        for column in columns
        if column in values
    }


def problem_of(error: Any, file: str, row: int | None, values: Mapping[str, Any]) -> Problem:
    """Turn an error of the row model into a problem in the user's words."""
    column = str(error["loc"][0]) if error["loc"] else ""
    context = error.get("ctx", {})
    code = _CODES.get(error["type"], "value")
    found = "" if code == "missing_cell" else str(values.get(column, ""))
    if code in ("number", "integer") and number(found) is None:
        code = fault(found)
    elif code == "number" and PERCENT.search(found):
        code = "amount_percent"
    called = WORDS.get(f"field.{column}", ("", column))[1].partition("\n")[0]
    details: dict[str, Any] = {"column": (column, called), "message": error["msg"]}
    if code == "at_most" and context.get("le") == 1:
        value = number(found)
        code, details["nearest"] = "share", f"{value / 100:g}" if value is not None and 2 <= value <= 100 else None
    if code == "choice":
        choices = re.findall(r"'([^']*)'", context["expected"])
        choices = [choice for choice in choices if choice]
        meant = next((name for name, words in MEANT.items() if name in choices and words.fullmatch(plain(found))), None)
        details |= {"choices": _told(column, choices), "nearest": meant or nearest(found, choices)}
    else:
        details |= {"bound": next((context[k] for k in ("ge", "gt", "le", "lt") if k in context), "")}
    return Problem(code, file, row, column, found, details)


def _told(column: str, choices: list[str]) -> tuple[str, str]:
    """Tell the values that a column takes, in Chinese beside what they mean."""
    meant = (WORDS.get(f"value.{column}.{choice}", ("", ""))[1] for choice in choices)
    pairs = zip(choices, meant, strict=True)
    return ", ".join(choices), "、".join(f"{choice}（{zh}）" if zh else choice for choice, zh in pairs)


def _judged(text: str) -> float | None:
    """Return a judgement: a number, or a fraction such as 1/3; blank is nan, None what is neither."""
    if not text:
        return float("nan")
    value = ratio(text)
    return value or None


def _judgement(source: Source, name: str, names: Names, places: Places) -> Judgement | None:
    label, problems = source.label(f"judgements/{name}"), source.problems
    grid = source.grid(f"judgements/{name}")
    if grid is None:
        return None
    faults = len(problems)
    rows_ = list(_labelled(grid, names, problems))
    if len(problems) > faults:
        return None
    start = heading(rows_, (cells[0] for _, cells in rows_ if cells[0]))
    (line, header), *body = rows_[start:]
    labels = [factor for factor in header[1:] if factor]
    index = {header[0]: 0, **{factor: header.index(factor, 1) for factor in labels}}
    places.columns[label] = {factor: grid.first + at for factor, at in index.items()}
    rows = {cells[0]: (row, cells) for row, cells in body}
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
        for j, place in enumerate(at):
            text = cells[place] if place < len(cells) else ""
            ill = grid.ill.get((row, place))
            if ill == "cell_formula":  # 1/C4 in the other half, saved without its value, is as good as blank
                continue
            value = None if ill else grid.numbers.get((row, place)) or _judged(text)
            if value is None:
                code = ill or JUDGED.get(fault(text), "judgement_value")
                problems.append(Problem(code, label, row, labels[j], text))
            else:
                matrix[i, j] = value
    if len(problems) > faults:
        return None
    problems.extend(_hidden(grid, label, [line, *(row for row, _ in body)], index, set(labels)))
    judge, at_node, node = name.partition("@")
    name = judge + at_node + (names.id(node) if len(names.found(node)) == 1 else node)
    return Judgement(name, label, tuple(labels), matrix, line, tuple(rows[factor][0] for factor in labels))
