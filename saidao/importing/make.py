"""A case made of the tables that were read: ids of names, scales proposed from the data, sources of the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

import numpy as np

from ..case.case import Case, Judgement
from ..case.cells import number, plain
from ..case.checking import by_name
from ..case.checks import errors
from ..case.grids import Files
from ..case.naming import ids_of, named
from ..case.parse import read_tables
from ..case.periods import in_time
from ..case.provenance import with_sources
from ..case.settings import Settings
from ..case.tables import (
    Budget,
    Cost,
    Effect,
    Factor,
    Kind,
    Measure,
    PeriodScore,
    Resource,
    Row,
    Score,
    Track,
    Type,
    columns,
)
from ..case.units import factor_between
from ..errors import CaseError, Problem
from .asking import Asker
from .columns import Column
from .measures import Budgets, Measures
from .pairs import Judgements, matrix_of
from .recognise import Table
from .regions import Left
from .scores import Scores
from .surveys import Survey
from .values import rounded
from .words import SCOPES
from .years import EVERY, OtherYear, dated

Cell = tuple[str, str, str, Kind]


def factors_of(case: Case | None) -> frozenset[str]:
    """Return what the factors of a case are called, in half width; nothing where there is no case."""
    return frozenset(by_name(case, Factor)) if case is not None else frozenset()


def reconcile(tables: list[Table], base: Case | None, asker: Asker, left: list[Left]) -> None:
    """Ask where tables do not go together: other tracks, scores of one factor twice, a budget in another unit."""
    _a_sheet_a_year(tables, asker, left)
    _of_one_kind(tables, asker, left)
    _scores_again([table for table in tables if isinstance(table, Scores)], base, asker)
    unit_of = {
        plain(row.name(lang)): row.unit for row in (base.rows(Resource) if base else ()) for lang in ("en", "zh")
    }
    unit_of |= {plain(c.name): c.unit for table in tables if isinstance(table, Measures) for c in table.resources}
    for table in tables:
        if isinstance(table, Budgets):
            for line in dict.fromkeys(table.lines):
                _convert_budget(table, line, unit_of, asker)


def _a_sheet_a_year(tables: list[Table], asker: Asker, left: list[Left]) -> None:
    """Ask which year counts where sheets called by years hold the same factors, most of them; the last until then."""
    groups: dict[tuple[str, frozenset[str]], dict[str, list[Scores]]] = {}
    for table in tables:
        named = dated(table.parts.view.sheet.title) if isinstance(table, Scores) and not table.period else None
        if isinstance(table, Scores) and named is not None:
            factors = frozenset(plain(c.name) for c in table.columns)
            alike = (k for k in groups if k[0] == named[0] and 2 * len(k[1] & factors) >= len(k[1] | factors))
            key = next(alike, (named[0], factors))
            groups.setdefault(key, {}).setdefault(named[1], []).append(table)
    for by_year in groups.values():
        if len(by_year) < 2:
            continue
        for same in by_year.values():
            titles = [one.parts.view.sheet.title for one in same]
            if len(same) > 1:
                told = {"names": (", ".join(titles), "、".join(titles)), "first": titles[0], "last": titles[-1]}
                answer = asker.ask(",".join(titles), "sheet_twice", ("first", "last"), None, values=told)
                for one in same[:-1] if answer == "last" else same[1:]:
                    tables.remove(one)
                    left.append(Left(f"sheet {one.parts.view.sheet.title}", "", "other_period"))
                    same.remove(one)
        years = list(in_time(list(by_year)))
        of_year = {when: same[0] for when, same in by_year.items()}
        titles = [of_year[when].parts.view.sheet.title for when in years]
        told = {"names": (", ".join(titles), "、".join(titles))}
        answer = asker.ask_years(",".join(titles), "sheet_years", years, found=", ".join(years), values=told)
        kept = of_year[years[-1] if answer == EVERY else str(answer)]
        for when in years:
            if of_year[when] is kept:
                continue
            tables.remove(of_year[when])
            if answer == EVERY:
                _put_beside(kept, when, of_year[when], left)
            else:
                left.append(Left(f"sheet {of_year[when].parts.view.sheet.title}", "", "other_period"))
        if answer == EVERY:
            kept.period = years[-1]


def _put_beside(kept: Scores, when: str, other: Scores, left: list[Left]) -> None:
    """Add the scores of another year to those of the last, of the same alternatives and factors."""
    known, own = {plain(name) for name in kept.names}, {plain(c.name): c for c in other.columns}
    lines = [n for n, name in enumerate(other.names) if plain(name) in known]
    view = other.parts.view
    out = [n for n in range(len(other.names)) if n not in set(lines)]
    left += [Left(view.line(other.lines[n]), other.names[n], "no_last_year") for n in out]
    here = {plain(c.name) for c in kept.columns}
    left += [Left(view.column(c.j), c.head.text, "no_last_year") for c in other.columns if plain(c.name) not in here]
    values = {
        c.j: [own[plain(c.name)].values[n] if plain(c.name) in own else None for n in lines] for c in kept.columns
    }
    kept.others[when] = OtherYear([other.names[n] for n in lines], values)


def _of_one_kind(tables: list[Table], asker: Asker, left: list[Left]) -> None:
    """Ask which one counts of two tables of scores that have no alternative in common."""
    scores = [table for table in tables if isinstance(table, Scores)]
    for other in scores[1:]:
        first = scores[0]
        if {plain(name) for name in first.names} & {plain(name) for name in other.names}:
            continue
        titles = [table.parts.view.sheet.title or _heads_of(table, table.columns[:1]) for table in (first, other)]
        values = {"first": titles[0], "last": titles[1]}
        view = other.parts.view
        where = view.place(other.parts.head_lines[-1] if other.parts.head_lines else 0, other.parts.names)
        answer = asker.ask(where, "other_tracks", ("first", "last"), None, found=other.names[0], values=values)
        out = {"first": other, "last": first}.get(answer or "")
        if out is not None:
            tables.remove(out)
            left += [Left(out.parts.view.line(i), out.parts.name(i), "other_tracks") for i in out.lines]
            scores[0] = first if out is other else other


def _scores_again(tables: Sequence[Scores], base: Case | None, asker: Asker) -> None:
    """Ask which scores count where a factor stands in two tables, or in the case already."""
    known = factors_of(base)
    for n, table in enumerate(tables):
        again = [c for c in table.columns if plain(c.name) in known]
        if again:
            choices, names = ("replace", "add"), {"names": _names_of(again)}
            answer = asker.ask(_heads_of(table, again), "factor_known", choices, "replace", values=names)
            table.replaces = {plain(c.name) for c in again} if answer == "replace" else set()
        for other in tables[:n]:
            _in_two_tables(other, table, asker)


def _in_two_tables(one: Scores, other: Scores, asker: Asker) -> None:
    before = {plain(c.name): c for c in one.columns}
    again = {name: c for c in other.columns if (name := plain(c.name)) in before}
    if not again:
        return
    sheets = [table.parts.view.sheet.title for table in (one, other)]
    first, last = sheets if sheets[0] != sheets[1] else [_heads_of(t, t.columns[:1]) for t in (one, other)]
    names, choices = _names_of(list(again.values())), ("first", "last", "both")
    values: dict[str, Any] = {"names": names, "first": first, "last": last}
    answer = asker.ask(_heads_of(other, list(again.values())), "factor_again", choices, None, values=values)
    if answer == "first":
        other.columns = [c for c in other.columns if plain(c.name) not in again]
    elif answer == "last":
        one.columns = [c for c in one.columns if plain(c.name) not in again]
    elif answer == "both":
        for name, column in again.items():
            before[name].name, column.name = f"{before[name].name} {first}", f"{column.name} {last}"


def _names_of(columns: Sequence[Column]) -> tuple[str, str]:
    names = [column.name for column in columns]
    return ", ".join(names), "、".join(names)


def _heads_of(table: Scores, columns: Sequence[Column]) -> str:
    line = table.parts.head_lines[-1] if table.parts.head_lines else 0
    return ",".join(table.parts.view.place(line, column.j) for column in columns)


def _convert_budget(table: Budgets, line: int, unit_of: Mapping[str, str], asker: Asker) -> None:
    at = [n for n, i in enumerate(table.lines) if i == line]
    name, unit = table.names[at[0]], table.units[at[0]]
    other = unit_of.get(plain(name), "")
    if not unit or not other or plain(unit) == plain(other):
        return
    times = factor_between(unit, other)
    choices = ("convert", "as_written") if times else ("as_written",)
    values = {"name": name, "unit": unit, "other": other}
    where = table.parts.view.line(line)
    answer = asker.ask(where, "budget_unit", choices, "convert" if times else None, found=unit, values=values)
    if answer == "convert" and times:
        for n in at:
            amount = table.amounts[n]
            table.amounts[n], table.units[n] = None if amount is None else rounded(amount * times), other


def made_case(
    tables: Sequence[Table], base: Case | None, file: str, impute: str = ""
) -> tuple[Case | None, list[Problem]]:
    """Return the case that tables become, alone or added to another one, and what it still lacks.

    Blank scores are filled in as *impute* says; they are lacking if it is blank.

    Raises
    ------
    CaseError
        Two tables of different tracks, names that are no factor's, judgements that leave factors out.
    """
    case = base if base is not None else _empty(file)
    cells: list[Cell] = []
    for table in tables:
        if isinstance(table, Scores):
            case = _with_scores(case, table, file, cells)
    if not case.rows(Track):
        return None, [Problem("import_needs_tracks", file)]
    budgets = [one for one in tables if isinstance(one, Budgets)]
    for table in tables:
        if isinstance(table, Measures):
            case = _with_measures(case, table, file, cells)
    if budgets:
        case = _with_budgets(case, budgets, cells)
    for table in tables:
        if isinstance(table, Judgements):
            case = _with_judgements(case, table, file)
            cells.append(("judgements", "", "", "judgement"))
        elif isinstance(table, Survey) and table.use == "weights":
            case = _with_survey(case, table, file)
            cells.append(("factors", "", "weight", "judgement"))
    case = with_sources(case, cells, lambda lang: file)
    if impute:
        case = _setting(case, impute=impute)
    return case, list(errors(case))


def _empty(file: str) -> Case:
    stem = PurePath(file).stem
    case = read_tables(Files(stem, {}))
    return replace(case, settings=Settings.model_validate({"name_en": stem, "name_zh": stem}))


def _rows(model: type[Row], rows: Iterable[dict[str, Any]]) -> list[Row]:
    """Return rows of a table, without what is blank."""
    return [model.model_validate({key: value for key, value in row.items() if value not in (None, "")}) for row in rows]


def _with(case: Case, **rows: list[Row]) -> Case:
    """Return the case with tables of rows; the headings are those that the rows hold."""
    made = case.with_rows(**rows)
    tables = dict(made.tables)
    for name, held in rows.items():
        written = {key for row in held for key in row.model_dump(by_alias=True, exclude_unset=True)}
        header = tuple(key for key in tables[name].header if key in written)
        lines = tuple(range(2, len(held) + 2))
        tables[name] = replace(tables[name], header=header, file=f"{name}.csv", lines=lines)
    return replace(made, tables=MappingProxyType(tables))


def _with_scores(case: Case, table: Scores, file: str, cells: list[Cell]) -> Case:
    known = by_name(case, Track)
    if (
        case.rows(Track)
        and {plain(name) for name in table.names}
        != {plain(row.name(lang)) for row in case.rows(Track) for lang in ("en",)}
        and not all(plain(name) in known for name in table.names)
    ):
        raise CaseError([Problem("import_other_tracks", file, found=table.names[0])])
    first = not case.rows(Track)
    if case.score_period != table.period and (case.score_period or case.rows(Score)) and table.period:
        raise CaseError(
            [Problem("import_other_period", file, found=table.period, details={"own": case.score_period or "-"})]
        )
    tracks = ids_of(table.names, columns(Track)) if first else [known[plain(name)] for name in table.names]
    taken = [*columns(Score), *columns(Factor), *(row.factor for row in case.rows(Factor))]
    in_case = {c.j: by_name(case, Factor)[plain(c.name)] for c in table.columns if plain(c.name) in table.replaces}
    new = [c for c in table.columns if c.j not in in_case]
    groups = list(dict.fromkeys(group for group in table.groups if any(group in _over(table, c) for c in new)))
    ids = ids_of([*(c.name for c in new), *groups], taken)
    factors = in_case | dict(zip((c.j for c in new), ids, strict=False))
    group_ids = dict(zip(groups, ids[len(new) :], strict=True))
    weighted = all(c.weight is not None for c in new) and bool(new)
    over = table.parts.above
    group_rows = [
        {
            "factor": group_ids[group],
            **named(group),
            "parent": group_ids.get(over.get(group, ""), ""),
            "weight": sum(c.weight or 0.0 for c in new if group in _over(table, c)) if weighted else None,
        }
        for group in groups
    ]
    factor_rows = [_factor_row(c, factors[c.j], group_ids.get(c.parent, ""), weighted) for c in new]
    score_rows: list[dict[str, Any]] = [
        {"track": track, **{factors[c.j]: c.values[n] for c in table.columns if c.values[n] is not None}}
        for n, track in enumerate(tracks)
    ]
    if table.period:
        score_rows = [{"period": table.period, **row} for row in score_rows]
    if first:
        case = _with_tracks(case, table, tracks, cells)
    else:
        before = {row.track: row.model_dump(exclude_unset=True) for row in case.rows(Score)}
        score_rows = [{**before.get(row["track"], {}), **row} for row in score_rows]
    case = _with(
        case,
        factors=[*case.rows(Factor), *_rows(Factor, [*group_rows, *factor_rows])],
        scores=[Score.model_validate(row) for row in score_rows],
    )
    if table.others:
        case = _with_other_years(case, table, dict(zip(map(plain, table.names), tracks, strict=True)), factors)
        cells.append(("period_scores", "", "", "measured"))
    if weighted:
        case = _setting(case, weights="direct")
    cells += [("tracks", "", "", "measured"), ("scores", "", "", "measured"), ("factors", "", "", "measured")]
    cells += [("factors", "", end, "assumption") for end in ("worst", "target")]
    if weighted:
        cells.append(("factors", "", "weight", "judgement"))
    cells += [("factors", factors[c.j], "direction", "assumption") for c in new if c.basis != "stated"]
    for c in table.columns:
        if c.judged:
            cells += [("scores", track, factors[c.j], "judgement") for track in tracks]
        cells += [("scores", tracks[n], factors[c.j], "assumption") for n in sorted(c.asked) if c.values[n] is not None]
    return case


def _with_other_years(case: Case, table: Scores, tracks: Mapping[str, str], factors: Mapping[int, str]) -> Case:
    """Add the scores of the years that are not planned with."""
    rows: dict[tuple[str, str], dict[str, Any]] = {
        (row.track, row.period): row.model_dump(exclude_unset=True) for row in case.rows(PeriodScore)
    }
    for period, one in table.others.items():
        for n, name in enumerate(one.names):
            track = tracks[plain(name)]
            values = {factors[c.j]: v for c in table.columns if (v := one.values[c.j][n]) is not None}
            rows[track, period] = {**rows.get((track, period), {}), "track": track, "period": period, **values}
    return _with(case, period_scores=[PeriodScore.model_validate(row) for row in rows.values()])


def _over(table: Scores, column: Column) -> tuple[str, str]:
    """Return the group over a factor and the one over that; blank where there is none."""
    return column.parent, table.parts.above.get(column.parent, "")


def _with_tracks(case: Case, table: Scores, tracks: Sequence[str], cells: list[Cell]) -> Case:
    """Add the tracks, with their names in the other language and their types where the table has them."""
    others = {of: texts for of, texts in table.of_tracks.items() if of != "type"}
    types = dict.fromkeys(filter(None, table.of_tracks.get("type", ())))
    type_ids = dict(zip(types, ids_of(types, columns(Type)), strict=True))
    rows = [
        {"track": id_, **named(name), **{of: texts[n] for of, texts in others.items() if texts[n]}}
        for n, (id_, name) in enumerate(zip(tracks, table.names, strict=True))
    ]
    for row, name in zip(rows, table.of_tracks.get("type", ()), strict=False):
        row["type"] = type_ids.get(name, "")
    case = _with(case, tracks=_rows(Track, rows))
    if not types:
        return case
    cells.append(("types", "", "", "measured"))
    return _with(case, types=_rows(Type, ({"type": id_, **named(name)} for name, id_ in type_ids.items())))


def _factor_row(column: Column, id_: str, parent: str, weighted: bool) -> dict[str, Any]:
    values = [v for v in column.values if v is not None]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if column.kind == "yesno":
        low, high = 0.0, 1.0
    if column.head.scale is not None and column.head.scale[0] <= low and high <= column.head.scale[1]:
        low, high = column.head.scale
    up = column.direction != "min"
    worst, target = (low, high) if up else (high, low)
    if column.target is not None and (column.target > worst if up else column.target < worst):
        target = column.target
    flat = worst == target
    row: dict[str, Any] = {
        "factor": id_,
        **named(column.name),
        "direction": column.direction,
        "worst": None if flat or column.ideal else worst,
        "target": None if flat or column.ideal else target,
        "ideal_low": column.ideal[0] if column.ideal else None,
        "ideal_high": column.ideal[1] if column.ideal else None,
        "parent": parent,
        "weight": column.weight if weighted else None,
        "unit": column.unit,
    }
    return row


def _setting(case: Case, **settings: Any) -> Case:
    return replace(case, settings=Settings.model_validate({**case.settings.model_dump(exclude_unset=True), **settings}))


def _with_measures(case: Case, table: Measures, file: str, cells: list[Cell]) -> Case:
    if case.rows(Measure):
        raise CaseError([Problem("import_has", file, details={"table": "measures"})])
    unfilled = [(i, c) for c in table.resources for i in c.unfilled]
    if unfilled:
        view = table.parts.view
        raise CaseError(
            [
                Problem("import_cost", file, found=f"{view.place(i, c.j)} ({c.name}, {table.parts.name(i)})")
                for i, c in unfilled
            ]
        )
    measures = ids_of(table.names, columns(Measure))
    id_of = dict(zip(table.names, measures, strict=True))
    known = by_name(case, Resource)
    new = [c for c in table.resources if plain(c.name) not in known]
    resources = {c.j: known.get(plain(c.name), "") for c in table.resources}
    resources |= dict(
        zip((c.j for c in new), ids_of([c.name for c in new], [r.resource for r in case.rows(Resource)]), strict=True)
    )
    factors = by_name(case, Factor)
    unknown = sorted({name for effect in table.effects for name in effect["factors"] if plain(name) not in factors})
    if unknown:
        details = {"names": ", ".join(row.name("en") for row in case.rows(Factor))}
        raise CaseError([Problem("import_no_factor", file, found=name, details=details) for name in unknown])
    rows = [_measure_row(table, n, id_) for n, id_ in enumerate(measures)]
    costs = [
        {"measure": id_, "resource": resources[c.j], "cost": c.values[n]}
        for n, id_ in enumerate(measures)
        for c in table.resources
        if c.values[n]
    ]
    effects = [
        {"measure": id_of[effect["measure"]], "track": "*", "factor": factors[plain(name)], "effect": points / 100}
        for effect in table.effects
        if (points := table.points.get(effect["strength"] or "")) is not None
        for name in effect["factors"]
    ]
    limits = {c.j: limit for c, limit in zip(table.resources, table.budgets, strict=False)}
    if limits:
        cells.append(("resources", "", "", "measured"))
    cells += [("measures", "", "", "assumption"), ("costs", "", "", "judgement"), ("effects", "", "", "assumption")]
    return _with(
        case,
        measures=_rows(Measure, rows),
        costs=_rows(Cost, costs),
        effects=_rows(Effect, effects),
        resources=[
            *case.rows(Resource),
            *_rows(
                Resource,
                ({"resource": resources[c.j], **named(c.name), "unit": c.unit, "budget": limits.get(c.j)} for c in new),
            ),
        ],
    )


def _measure_row(table: Measures, n: int, id_: str) -> dict[str, Any]:
    details = {key: values[n] for key, values in table.details.items()}
    scope = next((key for key, words in SCOPES.items() if words.fullmatch(plain(details.get("scope", "")))), "track")
    row: dict[str, Any] = {
        "measure": id_,
        **named(table.names[n]),
        "scope": scope,
        "dimension": details.get("dimension"),
        "stage": details.get("stage"),
    }
    for key in ("max_level", "min_level", "lag"):
        row[key] = number(details.get(key, ""))
    row["max_level"] = row["max_level"] or 1.0
    return row


def _with_budgets(case: Case, tables: Sequence[Budgets], cells: list[Cell]) -> Case:
    known, rows = by_name(case, Resource), {row.resource: row for row in case.rows(Resource)}
    dated: list[dict[str, Any]] = []
    for table in tables:
        new = [name for name in dict.fromkeys(table.names) if plain(name) not in known]
        known |= {plain(name): id_ for name, id_ in zip(new, ids_of(new, rows), strict=True)}
        for name, unit, amount, period in zip(table.names, table.units, table.amounts, table.periods, strict=True):
            id_ = known[plain(name)]
            before: dict[str, Any] = (
                rows[id_].model_dump(exclude_unset=True)
                if id_ in rows
                else {"resource": id_, **named(name), "unit": unit}
            )
            if period:
                dated.append({"resource": id_, "period": period, "amount": amount})
            else:
                before["budget"] = amount
            rows[id_] = Resource.model_validate({k: v for k, v in before.items() if v is not None})
    cells += [("resources", "", "", "measured")]
    case = _with(case, resources=list(rows.values()))
    return _with(case, budgets=_rows(Budget, dated)) if dated else case


def _factor_ids(case: Case, names: Sequence[str], file: str) -> list[str]:
    """Return the ids of factors of one node, by their names."""
    known = by_name(case, Factor)
    unknown = [name for name in names if plain(name) not in known]
    if unknown:
        details = {"names": ", ".join(row.name("en") for row in case.rows(Factor))}
        raise CaseError([Problem("import_no_factor", file, found=name, details=details) for name in unknown])
    return [known[plain(name)] for name in names]


def _with_judgements(case: Case, table: Judgements, file: str) -> Case:
    labels = tuple(_factor_ids(case, table.factors, file))
    if set(labels) not in map(set, case.children.values()):
        nodes = "; ".join(", ".join(children) for children in case.children.values())
        raise CaseError([Problem("import_no_node", file, found=", ".join(labels), details={"nodes": nodes})])
    judges = ids_of([name for name in table.respondents if name not in table.dropped], list(case.judgements))
    rows = [n for n, name in enumerate(table.respondents) if name not in table.dropped]
    judgements = dict(case.judgements)
    for judge, n in zip(judges, rows, strict=True):
        judgements[judge] = Judgement(judge, f"judgements/{judge}.csv", labels, matrix_of(table, n))
    whole = all(not np.isnan(j.matrix).any() for j in judgements.values())
    case = replace(case, judgements=MappingProxyType(dict(sorted(judgements.items()))))
    return _setting(case, weights="ahp", **({} if whole or not table.infer else {"missing": "least_lambda"}))


def _with_survey(case: Case, table: Survey, file: str) -> Case:
    """Weights are the means of the ratings of a factor."""
    ids = _factor_ids(case, table.factors, file)
    means: dict[str, float] = {}
    for k, id_ in enumerate(ids):
        given = [row[k] for row in table.answers if row[k] is not None]
        means[id_] = sum(v for v in given if v is not None) / len(given) if given else 0.0
    rows = [
        Factor.model_validate(
            {
                **row.model_dump(by_alias=True, exclude_unset=True),
                **({"weight": means[row.factor]} if row.factor in means else {}),
            }
        )
        for row in case.rows(Factor)
    ]
    return _setting(_with(case, factors=list(rows)), weights="direct")
