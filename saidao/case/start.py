"""A first case of one's own: small, valid, and every number in it an assumption to be overwritten."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from ..errors import CaseError, Problem
from ..texts.say import say
from .case import Case
from .checks import errors
from .grids import Files
from .parse import read_tables
from .provenance import with_sources
from .read import load_case
from .settings import Settings
from .tables import BY_NAME, Factor, Indicator, Kind, Link, Resource, Stage
from .write import Cell, table_rows, to_csv, to_toml

MEASURES = (
    # id, names, scope, and the factors that it works on: every n-th from the k-th
    ("grants", "Example: grants to firms", "示例：企业研发资助", "track", 0),
    ("pilots", "Example: pilot sites", "示例：应用试点", "track", 1),
    ("training", "Example: training programme", "示例：人才培训计划", "city", 2),
)
FRAMEWORK = ("dimension", "stage", "need", "innovation_chain", "industry_chain")
"""What the framework of the paper tags a measure with."""
TAGS = {
    "grants": ("innovation", "audition", "research", "technology", "upstream;midstream"),
    "pilots": ("ecosystem", "preliminary", "", "market", "downstream"),
    "training": ("ecosystem", "final", "people", "technology;product", ""),
}
EXAMPLE = (say("noted.example", "en"), say("noted.example", "zh"))
FROM_PAPER = ("dimensions", "stages", "needs", "chains")


def new_case(
    name: str,
    tracks: Sequence[str] = (),
    factors: Sequence[str] = (),
    resources: Sequence[str] = (),
    like: str | Path | Case | None = None,
    framework: bool = False,
) -> Case:
    """Return a case to start from.

    Parameters
    ----------
    name : of the city or the case, in any language.
    tracks, factors, resources : names, in any language; one of small letters, digits and ``_`` is the id as well. Three
        examples, the six factors of the diamond model, and funds and talent, if left out.
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
    named = {
        "track": [_named("track", text, n) for n, text in enumerate(tracks, 1)] or _examples(),
        "factor": [_named("factor", text, n) for n, text in enumerate(factors, 1)]
        or [[row.factor, row.name_en, row.name_zh] for row in example.rows(Factor)],
        "resource": [[*_named("resource", text, n), "", ""] for n, text in enumerate(resources, 1)]
        or [[r.resource, r.name_en, r.name_zh, r.unit, r.unit_zh] for r in example.rows(Resource)[::2]],
    }
    problems = [
        Problem("name_twice", f"--{kind}s", found=row[0])
        for kind, rows in named.items()
        for n, row in enumerate(rows)
        if row[0] in [other[0] for other in rows[:n]]
    ]
    if problems:
        raise CaseError(problems)
    tables = _tables(named["track"], named["factor"], named["resource"])
    if framework:
        _add_framework(tables, example)
    files = {f"{table}.csv": to_csv(rows).encode() for table, rows in tables.items() if len(rows) > 1}
    files["case.toml"] = to_toml({**_names(name), "weights": "direct", "method": "topsis"}).encode()
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


def _examples() -> list[list[Cell]]:
    return [
        [f"track_{sign}", f"Example track {sign.upper()}", f"示例赛道{zh}"]
        for sign, zh in zip("abc", "甲乙丙", strict=True)
    ]


def _named(kind: str, text: str, number: int) -> list[Cell]:
    """Return id and names in both languages of something called *text*."""
    key = text if re.fullmatch(r"[a-z0-9_]+", text) else f"{kind}_{number}"
    return [key, text, text]


Tables = dict[str, list[list[Cell]]]


def _tables(tracks: list[list[Cell]], factors: list[list[Cell]], resources: list[list[Cell]]) -> Tables:
    """Return the tables of a case of these: example scores from 2 to 8 of 10, measures, costs and effects."""
    ids = [row[0] for row in factors]
    works = {m: [f for n, f in enumerate(ids) if n % len(MEASURES) == first % len(ids)] for m, *_, first in MEASURES}
    noted = ("scores", "factors", "resources", "measures", "costs", "effects", "judgements")
    return {
        "tracks": [["track", "name_en", "name_zh"], *tracks],
        "factors": [
            ["factor", "name_en", "name_zh", "direction", "worst", "target", "weight"],
            *([*row, "max", 0, 10, 1] for row in factors),
        ],
        "scores": [
            ["track", *ids],
            *([row[0], *(2 + (3 * t + 2 * f) % 7 for f in range(len(ids)))] for t, row in enumerate(tracks)),
        ],
        "resources": [
            ["resource", "name_en", "name_zh", "unit", "unit_zh", "budget"],
            *([*row, 60 + 30 * n] for n, row in enumerate(resources)),
        ],
        "measures": [
            ["measure", "name_en", "name_zh", "scope", "max_level"],
            *([m, en, zh, scope, 1] for m, en, zh, scope, _ in MEASURES),
        ],
        "costs": [
            ["measure", "resource", "cost"],
            *([m, row[0], 20 + 10 * n] for n, (m, *_) in enumerate(MEASURES) for row in resources),
        ],
        "effects": [
            ["measure", "track", "factor", "effect"],
            *([m, "*", factor, 0.2] for m, *_ in MEASURES for factor in works[m]),
        ],
        "judgements/example": [["factor", *ids], *([one, *(1 for _ in ids)] for one in ids)],
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
    _columns(tables["measures"], FRAMEWORK, [TAGS[str(row[0])] for row in tables["measures"][1:]])
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
