"""What the tables of a file are: scores, measures, budgets, judgements or a survey; and their reading."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from .anatomy import Anatomy, anatomy, looks_turned
from .asking import Asker
from .long import Laid, laid_out, long_pairs, long_table, pairs_laid_out
from .measures import Budgets, Measures, is_budgets, is_measures, read_budgets, read_measures
from .pairs import (
    Judgements,
    is_matrix,
    pair_columns,
    read_matrix,
    read_pairs,
    respondents_first,
)
from .regions import DATA, Left, Region, split
from .scores import Scores, read_scores
from .sheet import Opened, Sheet
from .surveys import Survey, is_survey, read_survey
from .values import plain
from .view import View
from .words import BUDGET_LINE, FACTORS, MEASURES

TRIED = 200
"""Rows by which it is seen what a table is."""
Table = Scores | Measures | Budgets | Judgements | Survey


@dataclass
class Found:
    """The tables of a file, and what is not read of it."""

    tables: list[Table] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


@dataclass(frozen=True)
class Told:
    """What is told about a file beside its answers."""

    sheet: str = ""
    names: str = ""
    directions: Mapping[str, str] = field(default_factory=dict)
    consistent: float | None = None
    factors: frozenset[str] = frozenset()
    leave: Collection[str] = ()


def recognise(opened: Opened, asker: Asker, told: Told) -> Found:
    """Read every table of a file, or those of one sheet."""
    found = Found()
    found.left += [Left(f"sheet {title}", "", "hidden_sheet") for title in opened.hidden]
    sheets = [one for one in opened.sheets if not told.sheet or one.title == told.sheet]
    found.left += [Left(f"sheet {one.title}", "", "other_sheet") for one in opened.sheets if one not in sheets]
    filled = [one for one in sheets if any(cell != "" for row in one.rows for cell in row)]
    for one in filled:
        before = len(found.tables)
        _sheet(one, len(filled) > 1, asker, told, found)
        if len(found.tables) == before and len(filled) > 1:
            found.left = [left for left in found.left if not left.where.startswith(f"{one.title}!")]
            found.left.append(Left(f"sheet {one.title}", "", "no_table"))
    return found


def _sheet(sheet: Sheet, named: bool, asker: Asker, told: Told, found: Found) -> None:
    rows, columns = _shown(sheet, named, asker, found)
    parted = split(sheet, named, rows, columns)
    found.left += parted.left
    for region in parted.regions:
        if not _holds_data(region.view):
            found.left += [
                Left(region.view.line(i), _line_text(region.view, i), "no_data") for i in range(region.view.height)
            ]
            continue
        table = _table(region, asker, _with_factors(told, found.tables), found.left)
        found.left += table.parts.left
        if not isinstance(table, Scores) or (table.names and table.columns):
            found.tables.append(table)


def _shown(sheet: Sheet, named: bool, asker: Asker, found: Found) -> tuple[list[int], list[int]]:
    """Return the rows and columns that are read: of those that are hidden only what is asked for."""
    whole = View(sheet, range(len(sheet.rows)), range(len(sheet.rows[0]) if sheet.rows else 0), named=named)
    out_rows = [
        r for r in sorted(sheet.hidden_rows) if r < whole.height and any(whole.filled(r, j) for j in range(whole.width))
    ]
    out_columns = [
        c
        for c in sorted(sheet.hidden_columns)
        if c < whole.width and any(whole.filled(i, c) for i in range(whole.height))
    ]
    kept: set[str] = set()
    for places in (
        [(whole.line(r), whole.text(r, 0)) for r in out_rows],
        [
            (whole.column(c), next((whole.text(i, c) for i in range(whole.height) if whole.filled(i, c)), ""))
            for c in out_columns
        ],
    ):
        for where, text in places:
            if asker.ask(where, "hidden", ("leave_out", "read"), "leave_out", found=text) == "read":
                kept.add(where)
            else:
                found.left.append(Left(where, text, "hidden"))
    rows = [r for r in range(whole.height) if r not in sheet.hidden_rows or whole.line(r) in kept]
    columns = [c for c in range(whole.width) if c not in sheet.hidden_columns or whole.column(c) in kept]
    return rows, columns


def _holds_data(view: View) -> bool:
    if view.height < 2 or view.width < 2:
        return False
    return any(view.value(i, j).form in DATA for i in range(1, min(view.height, 50)) for j in range(view.width)) or any(
        view.value(i, j).form in DATA for i in range(min(view.height, 50)) for j in range(1, view.width)
    )


def _line_text(view: View, i: int) -> str:
    return " ".join(view.text(i, j) for j in range(view.width) if view.filled(i, j))


def _table(region: Region, asker: Asker, told: Told, left: list[Left]) -> Table:
    """Read one table as what it is."""
    if is_matrix(region.view):
        return read_matrix(_parts(region, Asker(), told), asker, _judge(region), left, told.consistent)
    first = replace(region.view, rows=region.view.rows[:TRIED])
    trial = anatomy(Region(first), Asker(), told.names)
    respondents_first(trial)
    if (of_pairs := long_pairs(region, trial)) is not None:
        region, judged, flipped = pairs_laid_out(region, of_pairs, left)
        return read_pairs(_parts(region, asker, replace(told, names="")), judged, asker, left, told.consistent, flipped)
    if (long := long_table(region, trial)) is not None:
        region = laid_out(region, long, asker, left)
        parts = _parts(region, asker, replace(told, names=""))
        if MEASURES.fullmatch(plain(parts.heads[parts.names].name)):
            return read_measures(parts, asker, left, told.factors)
        return read_survey(parts, asker, left) if is_survey(parts) else _scores(parts, asker, region, told, left)
    if pairs := pair_columns(trial):
        parts = _parts(region, asker, told)
        respondents_first(parts)
        pairs = {j: pair for j, pair in pairs.items() if parts.skipped_columns.get(j) != "unwanted"}
        return read_pairs(parts, pairs, asker, left, told.consistent)
    if is_budgets(trial):
        return read_budgets(_parts(region, asker, told), asker, left)
    if is_measures(trial):
        return read_measures(_parts(region, asker, told), asker, left, told.factors)
    if is_survey(trial):
        parts = _parts(region, asker, told)
        respondents_first(parts)
        return read_survey(parts, asker, left)
    if looks_turned(region):
        region = Region(region.view.turn(), region.unit, region.title)
        if is_measures(anatomy(region, Asker(), told.names)):
            return read_measures(_parts(region, asker, told), asker, left, told.factors)
    parts = _parts(region, asker, told)
    if MEASURES.fullmatch(plain(parts.heads[parts.names].name)) and parts.head_lines and _are_measures(parts, asker):
        return read_measures(parts, asker, left, told.factors)
    if len(parts.body) == 1 and BUDGET_LINE.fullmatch(parts.name(parts.body[0])) and not region.view.turned:
        return read_budgets(_parts(Region(region.view.turn()), asker, replace(told, names="")), asker, left)
    return _scores(parts, asker, region, told, left)


def _parts(region: Region, asker: Asker, told: Told) -> Anatomy:
    """Return the parts of a table, without the columns that are not wanted."""
    parts = anatomy(region, asker, told.names)
    unwanted = {plain(column) for column in told.leave}
    for j, one in enumerate(parts.heads):
        names = (one.text, one.name, str(parts.view.letter(j)), parts.view.label(j))
        if j != parts.names and unwanted & set(map(plain, names)):
            parts.skipped_columns[j] = "unwanted"
            parts.of_tracks = {of: at for of, at in parts.of_tracks.items() if at != j}
    if isinstance(region.view, Laid) and region.view.years is not None:
        parts.of_tracks["period"] = region.view.years
        parts.skipped_columns.pop(region.view.years, None)
    return parts


def _are_measures(parts: Anatomy, asker: Asker) -> bool:
    """Whether rows that are called measures, and take nothing, act on factors rather than being compared."""
    where = parts.view.place(parts.head_lines[-1], parts.names)
    found = parts.heads[parts.names].text
    return asker.ask(where, "measures_or_not", ("compared", "measures"), None, found=found) == "measures"


def _with_factors(told: Told, tables: list[Table]) -> Told:
    """Add the factors of the tables of scores above to those that are known."""
    above = {plain(column.name) for table in tables if isinstance(table, Scores) for column in table.columns}
    return replace(told, factors=told.factors | above)


def _judge(region: Region) -> str:
    """Return who judged in a square matrix: what stands in its corner, above it, or on its sheet."""
    corner = " ".join(region.view.text(0, 0).split())
    if corner and not FACTORS.fullmatch(plain(corner)) and not re.fullmatch(r"[\W\d]*", corner):
        return corner
    return region.title or region.view.sheet.title or "judge"


def _scores(parts: Anatomy, asker: Asker, region: Region, told: Told, left: list[Left]) -> Scores:
    return read_scores(parts, asker, region.unit, told.directions, left)
