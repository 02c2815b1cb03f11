"""A first case of one's own: small, valid, and every number in it an assumption to be overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from ..errors import CaseError, Problem
from ..texts.say import say
from .case import Case
from .cells import plain
from .checks import errors
from .checks.names import TAKEN
from .grids import Files
from .naming import ids_of, named, without_unit
from .parse import read_tables
from .provenance import with_sources
from .read import load_case
from .settings import Settings
from .tables import BY_NAME, Factor, Indicator, Kind, Link, Measure, Named, Resource, Stage, Track
from .write import Cell, table_rows, to_csv, to_toml

MEASURES = (
    # names and scope of the examples
    ("Example: grants to firms", "示例：企业研发资助", "track"),
    ("Example: pilot sites", "示例：应用试点", "track"),
    ("Example: training programme", "示例：人才培训计划", "city"),
)
GRADES = (("strong", "Strong", "强", 0.3), ("medium", "Medium", "中", 0.2), ("weak", "Weak", "弱", 0.1))
"""Grades of effects: id, names, and what each closes."""
FRAMEWORK = ("dimension", "stage", "need", "innovation_chain", "industry_chain")
"""What the framework of the paper tags a measure with."""
TAGS = (
    ("innovation", "audition", "research", "technology", "upstream;midstream"),
    ("ecosystem", "preliminary", "", "market", "downstream"),
    ("ecosystem", "final", "people", "technology;product", ""),
)
"""Of the examples in turn."""
EXAMPLE = (say("noted.example", "en"), say("noted.example", "zh"))
FROM_PAPER = ("dimensions", "stages", "needs", "chains")


def new_case(
    name: str,
    tracks: Sequence[str] = (),
    factors: Sequence[str] = (),
    resources: Sequence[str] = (),
    measures: Sequence[str] = (),
    judges: Sequence[str] = (),
    like: str | Path | Case | None = None,
    framework: bool = False,
) -> Case:
    """Return a case to start from.

    Parameters
    ----------
    name : of the city or the case, in any language.
    tracks, factors, resources, measures : names, in any language; of resources with their units (资金（万元）). Three
        examples, the six factors of the diamond model, funds and talent, and three examples, if left out.
    judges : who compares the factors in pairs: a matrix each, by which they are weighed. Weights are given directly, if
        left out.
    like : a case to copy instead, with all its numbers.
    framework : add what the paper's framework needs: dimensions, stages of the race and phases, chains, indicators, and
        an example of a candidate track and of a panel.

    Raises
    ------
    CaseError
        A name twice, one with a sign that ids cannot hold, or that is a column's; what is wrong with *like*.
    """
    if like is not None:
        return _copied(load_case(like), name)
    example = load_case("shanghai")
    given = {"tracks": tracks, "factors": factors, "resources": resources, "measures": measures, "judges": judges}
    problems = [
        Problem("name_twice", f"--{kind}", found=name)
        for kind, texts in given.items()
        for n, name in enumerate(texts)
        if plain(name) in map(plain, texts[:n])
    ]
    if problems:
        raise CaseError(problems)
    named_: dict[type[Named], list[list[Cell]]] = {
        Track: _named(Track, [(text,) for text in tracks] or [_example(n) for n in range(3)]),
        Factor: _named(Factor, [(text,) for text in factors]) or _names_of(example, Factor),
        Resource: _named(Resource, [(text,) for text in resources]) or _names_of(example, Resource)[::2],
        Measure: _named(Measure, [(text,) for text in measures] or [names[:2] for names in MEASURES]),
    }
    units = {row.name_zh: (row.unit, row.unit_zh) for row in example.rows(Resource)} if not resources else {}
    tables = _tables(named_, units, [scope for *_, scope in MEASURES] if not measures else [], judges)
    if framework:
        _add_framework(tables, example)
    files = {f"{table}.csv": to_csv(rows).encode() for table, rows in tables.items() if len(rows) > 1}
    weights = "ahp" if judges else "direct"
    files["case.toml"] = to_toml({**_names(name), "weights": weights, "method": "topsis"}).encode()
    source = Files(name, {path: partial(bytes, data) for path, data in files.items()})
    case = read_tables(source)
    if found := [*(problem for problem in source.problems if problem.level == "error"), *errors(case)]:
        raise CaseError(found)
    return case


def _copied(case: Case, name: str) -> Case:
    """Return the case under another name: what it was sure of does not hold there, so all of it is assumed."""
    settings = Settings.model_validate({**case.settings.model_dump(exclude_unset=True), **_names(name)})
    tables = [t for t, held in case.tables.items() if held.rows and not BY_NAME[t].about_cells]
    cells: list[tuple[str, str, str, Kind]] = [(t, "", "", "assumption") for t in (*tables, "judgements")]
    copied = with_sources(
        case.with_rows(sources=()), cells, lambda lang: say("noted.copied", lang, name=case.title(lang))
    )
    return replace(copied, settings=settings)


def _names(name: str) -> dict[str, str]:
    return {"name_en": name, "name_zh": name}


def _example(n: int) -> tuple[str, str]:
    return f"Example track {'ABC'[n]}", f"示例赛道{'甲乙丙'[n]}"


def _names_of(case: Case, model: type[Named]) -> list[list[Cell]]:
    return [[row.key_parts()[0], row.name_en, row.name_zh, ""] for row in case.rows(model)]


def _named(model: type[Named], names: Sequence[tuple[str, ...]]) -> list[list[Cell]]:
    """Return id, English and Chinese name, and unit of what is called so: in one language or in both."""
    made: list[list[Cell]] = []
    for texts in names:
        bare, unit = without_unit(texts[0]) if model is Resource and len(texts) == 1 else (texts[0], "")
        own = named(bare) if len(texts) == 1 else {"name_en": texts[0], "name_zh": texts[1]}
        made.append([own.get("name_en", ""), own.get("name_zh", ""), unit])
    ids = ids_of([str(en or zh) for en, zh, _ in made], TAKEN.get(model, frozenset()))
    return [[id_, *row] for id_, row in zip(ids, made, strict=True)]


Tables = dict[str, list[list[Cell]]]


def _tables(
    given: Mapping[type[Named], list[list[Cell]]],
    units: Mapping[str, tuple[str, str]],
    scopes: Sequence[str],
    judges: Sequence[str],
) -> Tables:
    """Return the tables of a case of these: example scores from 2 to 8 of 10, costs and effects, all to be replaced."""
    tracks, factors = given[Track], given[Factor]
    resources, measures = given[Resource], given[Measure]
    ids = [row[0] for row in factors]
    # each measure works on every third factor, on another of them in turn
    works = {m[0]: [f for k, f in enumerate(ids) if k % 3 == n % 3 % len(ids)] for n, m in enumerate(measures)}
    noted = [
        "scores",
        "factors",
        "resources",
        "measures",
        "costs",
        "scales",
        "effects",
        *(["judgements"] if judges else []),
    ]
    return {
        "tracks": [["track", "name_en", "name_zh"], *(row[:3] for row in tracks)],
        "factors": [
            ["factor", "name_en", "name_zh", "direction", "worst", "target", *([] if judges else ["weight"])],
            *([*row[:3], "max", 0, 10, *([] if judges else [1])] for row in factors),
        ],
        "scores": [
            ["track", *ids],
            *([row[0], *(2 + (3 * t + 2 * f) % 7 for f in range(len(ids)))] for t, row in enumerate(tracks)),
        ],
        "resources": [
            ["resource", "name_en", "name_zh", "unit", "unit_zh", "budget"],
            *(
                [id_, en, zh, *units.get(str(zh), (unit, "")), 20 * len(measures) + 30 * n]
                for n, (id_, en, zh, unit) in enumerate(resources)
            ),
        ],
        "measures": [
            ["measure", "name_en", "name_zh", "scope", "max_level"],
            *([*row[:3], scopes[n] if scopes else "track", 1] for n, row in enumerate(measures)),
        ],
        "costs": [
            ["measure", "resource", "cost"],
            *([m[0], row[0], 20 + 10 * n] for n, m in enumerate(measures) for row in resources),
        ],
        "scales": [["scale", "name_en", "name_zh", "closes"], *(list(row) for row in GRADES)],
        "effects": [
            ["measure", "track", "factor", "effect"],
            *([m[0], "*", factor, "medium"] for m in measures for factor in works[m[0]]),
        ],
        **{f"judgements/{judge}": [["factor", *ids], *([one, *(1 for _ in ids)] for one in ids)] for judge in judges},
        "sources": [
            ["table", "row", "column", "kind", "note", "note_zh"],
            *([table, "", "", "assumption", *EXAMPLE] for table in noted),
        ],
    }


def _add_framework(tables: Tables, example: Case) -> None:
    """Add the tables of the paper's framework, and tag tracks, factors and measures for them."""
    for name in (*FROM_PAPER, "phases", "indicators"):
        tables[name] = table_rows(example.tables[name])
    links = [row.link for row in example.rows(Link)]
    making, industry = links[:3], links[3:]
    stages = [row.stage for row in example.rows(Stage)]
    _columns(
        tables["tracks"],
        ("stage", "industry_chain"),
        [(stages[n % 3], industry[n % 3]) for n in range(len(tables["tracks"]) - 1)],
    )
    _columns(tables["factors"], ("innovation_chain",), [(making[n % 3],) for n in range(len(tables["factors"]) - 1)])
    _columns(tables["measures"], FRAMEWORK, [TAGS[n % 3] for n in range(len(tables["measures"]) - 1)])
    ids, factors = [row[0] for row in tables["tracks"][1:]], [row[0] for row in tables["factors"][1:]]
    lines = {row.indicator: row.watch for row in example.rows(Indicator)}
    tables["candidates"] = [
        ["candidate", "name_en", "name_zh", *lines, *factors],
        ["candidate_x", "Example candidate", "示例候选赛道", *lines.values(), *(5 for _ in factors)],
    ]
    tables["panel"] = [
        ["track", "period", "output", "capital", "labour", "capital_share"],
        *(
            [
                track,
                str(2021 + year),
                round(100 * (1.06 + 0.01 * (n % 3)) ** year, 2),
                round(250 * 1.05**year, 2),
                round(20 * 1.01**year, 3),
                0.45,
            ]
            for n, track in enumerate(ids)
            for year in range(3)
        ),
    ]
    tables["sources"] += [
        *([name, "", "", "paper", "Ye Donghui / 叶东晖 (2023)"] for name in FROM_PAPER),
        ["stages", "", "lag", "assumption", *EXAMPLE],
        *([name, "", "", "assumption", *EXAMPLE] for name in ("tracks", "phases", "indicators", "candidates", "panel")),
    ]


def _columns(table: list[list[Cell]], names: Sequence[str], values: Sequence[Sequence[Cell]]) -> None:
    """Add columns to a table with its headings."""
    for row, more in zip(table, (names, *values), strict=True):
        row.extend(more)
