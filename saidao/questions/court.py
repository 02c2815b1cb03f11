"""A printed table before the method court: its matrix, what was printed of it, and how that came about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from .. import mcda
from ..case.cells import number
from ..errors import CaseError, Problem
from ..importing.sheet import opened
from ..mcda.comparison.court import Court, Misprint, Verdict, court, court_pairwise
from ..mcda.plotting import axes, bars, finished
from ..results.column import Column, Row, Table
from ..results.question import Option, question
from ..results.result import Result
from ..study.array_errors import as_case_error
from ..study.names import method_name, normalisation_name, scheme_name
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WEIGHTS = re.compile(r"weights?|权重|权值|权", re.I)
DIRECTIONS = re.compile(r"directions?|types?|objectives?|方向|属性|性质|指标类型|类型", re.I)
RANKS = re.compile(r"ranks?|rankings?|order|place|排名|名次|位次|排序", re.I)
SCORES = re.compile(
    r"(final |overall |relative )?(scores?|closeness( coefficient)?|values?|utility|c\*?i?|q|p)|"
    r"(综合|最终|总)?(得分|评分|评价值)|(相对)?贴近度|接近度|关联度",
    re.I,
)
WAYS: Mapping[str, str] = {
    **dict.fromkeys(
        ("max", "maximise", "maximize", "benefit", "positive", "+", "1", "正向", "正", "效益型", "极大型"), "max"
    ),
    **dict.fromkeys(
        ("min", "minimise", "minimize", "cost", "negative", "-", "-1", "负向", "逆向", "负", "成本型", "极小型"), "min"
    ),
}
SHOWN = 20
"""Ways that a terminal shows; the data holds all."""


@dataclass(frozen=True)
class Printed:
    """What a table holds: labels, the matrix, and what was printed of weights, directions, scores and ranks."""

    alternatives: tuple[str, ...]
    criteria: tuple[str, ...]
    matrix: list[list[float]]
    directions: dict[str, str]
    weights: list[str] | None
    scores: list[str] | None
    ranks: list[str] | None

    @property
    def is_pairwise(self) -> bool:
        """Whether rows and columns have the same names: judgements in pairs."""
        return len(self.criteria) > 1 and self.alternatives == self.criteria


@dataclass(frozen=True, eq=False)
class CourtTable(Result):
    """The result of `saidao.court_table`: the table as read, and what the court finds."""

    file: str
    printed: Printed
    found: Court

    @property
    def case(self) -> None:
        """No case names what stands in the table."""
        return

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao court --json``."""
        p, found = self.printed, self.found
        outcome = "found" if found.found else "misprint" if found.misprints else "nearest"
        return {
            "schema": "saidao/court/1",
            "file": self.file,
            "outcome": outcome,
            "read": {
                "alternatives": list(p.alternatives),
                "criteria": list(p.criteria),
                "directions": p.directions,
                "weights": p.weights,
                "scores": p.scores,
                "ranks": p.ranks,
            },
            **found.to_dict(),
        }

    def text(self, lang: str = "en") -> list[str]:
        """Sentences, the answer first."""
        found = self.found
        if found.found:
            return [say("court.found", lang, found=len(found.found), tried=found.tried)]
        told = [say("court.none", lang, tried=found.tried)]
        told += [self._misprint(one, lang) for one in found.misprints[:1]]
        return told

    def _misprint(self, one: Misprint, lang: str) -> str:
        named = {"alternative": one.alternative, "criterion": one.criterion, "way": way(one.verdict, lang)}
        return say(f"court.misprint_{one.where}", lang, **named, printed=one.printed, needed=one.needed)

    def declared(self) -> Iterator[Table]:
        """Yield the ways that give what was printed, or the nearest."""
        verdicts = self.found.found or self.found.nearest
        columns = (
            Column("weights", told=lambda row, lang: scheme(row["weights"], lang)),
            Column("method", told=lambda row, lang: method_name(row["method"], lang) if row["method"] else "-"),
            Column("normalisation", told=lambda row, lang: normalised(row["normalisation"], lang) or "-"),
            Column("options", told=lambda row, lang: told_options(row["options"])),
            Column("off", "number", heading="head.court_off"),
        )
        rows = [verdict.to_dict() for verdict in verdicts]
        yield Table(
            "court",
            columns,
            rows,
            title="title.court" if self.found.found else "title.court_near",
            sheet="sheet.court",
            most=SHOWN,
        )

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw how far each way is off what was printed, in units of the last digit."""
        verdicts = (self.found.found or self.found.nearest)[:SHOWN]
        ax = axes(ax, len(verdicts))
        bars(ax, [way(verdict, lang) for verdict in verdicts], [verdict.off for verdict in verdicts], form="{:.3g}")
        return finished(ax, self.text(lang)[0])


def way(verdict: Verdict, lang: str) -> str:
    """Return a way to the figures in words: method, normalisation, options, weights."""
    parts = [method_name(verdict.method, lang) if verdict.method else "", normalised(verdict.normalisation, lang)]
    parts += [told_options(verdict.options), scheme(verdict.weights, lang)]
    return say("comma", lang).join(part for part in parts if part)


def normalised(name: str | None, lang: str) -> str:
    """Return a normalisation in words; blank where there is none."""
    return normalisation_name(name, lang) if name else ""


def scheme(name: str, lang: str) -> str:
    """Return where the weights come from in words."""
    first, _, rest = name.partition(" ")
    if first.startswith("printed"):
        return say("court.unscaled" if rest else "court.printed", lang)
    return f"{scheme_name(first, lang)} {rest}".strip()


def told_options(given: Mapping[str, Any]) -> str:
    """Return options as they are typed."""
    return ", ".join(
        f"{name}={value:.4g}" if isinstance(value, float) else f"{name}={value}" for name, value in given.items()
    )


TABLE = Option(
    "A printed table (.csv, .xlsx): a row an alternative, a column a criterion, a column score or rank, "
    "rows weight and direction; or a pairwise matrix with a column weight.",
    metavar="TABLE",
)


@question("court", example="saidao court examples/printed.csv", about=TABLE)
def court_table(
    path: str | Path,
    *,
    directions: Annotated[
        Mapping[str, str] | None,
        Option("max, min or LOW..HIGH; repeatable.", flag="--direction", metavar="COLUMN=WAY", reads="texts"),
    ] = None,
    options: Annotated[
        Mapping[str, float | str] | None,
        Option(
            "What the text says of the method, such as v=0.5; repeatable.",
            flag="--option",
            metavar="NAME=VALUE",
            reads="texts",
        ),
    ] = None,
    ratio: Annotated[str | None, Option("The printed consistency ratio of a pairwise matrix.")] = None,
) -> CourtTable:
    """Find which scheme, method, normalisation and random index give a printed ranking, or what is misprinted.

    Parameters
    ----------
    path : a .csv or .xlsx: a row an alternative and a column a criterion; a row ``weight`` and a row ``direction``,
        columns ``score`` and ``rank`` where they were printed. Or a pairwise matrix with a column ``weight``.
    directions : ``max``, ``min`` or ``LOW..HIGH`` by criterion, over the row.
    options : those of the method that the text gives, such as ``v`` 0.5.
    ratio : the printed consistency ratio of a pairwise matrix.

    Raises
    ------
    CaseError
        No table, cells that are no numbers, criteria without a direction, nothing printed.
    """
    printed = read(path, directions or {})
    try:
        if printed.is_pairwise:
            found = court_pairwise(printed.matrix, weights=printed.weights, ratio=ratio)
        else:
            found = court(
                printed.matrix,
                [printed.directions[c] for c in printed.criteria],
                scores=printed.scores,
                ranks=None if printed.ranks is None else [float(r) for r in printed.ranks],
                weights=None if printed.weights is None else [number(w) for w in printed.weights],
                **{name: _value(told) for name, told in (options or {}).items()},
            )
    except mcda.InputError as error:
        raise as_case_error(error) from None
    return CourtTable(Path(path).name, printed, _named(found, printed))


def _value(told: float | str) -> float | str:
    read = number(told) if isinstance(told, str) else told
    return told if read is None else read


def _named(found: Court, printed: Printed) -> Court:
    """Return the finding with the table's own names in place of numbers."""
    misprints = tuple(
        replace(
            one,
            alternative=printed.alternatives[one.alternative],
            criterion=None if one.criterion is None else printed.criteria[one.criterion],
        )
        for one in found.misprints
    )
    return replace(found, alternatives=printed.alternatives, misprints=misprints)


def read(path: str | Path, directions: Mapping[str, str]) -> Printed:
    """Read a printed table; every problem is collected."""
    sheet = opened(path).sheets[0]
    name = Path(path).name
    rows = [[_text(cell) for cell in row] for row in sheet.rows]
    rows = [row for row in rows if any(row)]
    if len(rows) < 2 or len(rows[0]) < 2:
        raise CaseError([Problem("import_no_table", name, found=str(len(rows)))])
    head, body = rows[0], rows[1:]
    named = {row[0] for row in body}  # of a pairwise matrix the columns are named as the rows
    kinds = {"scores": SCORES, "ranks": RANKS, "weights": WEIGHTS}
    special = {j: kind for j in range(1, len(head)) if head[j] not in named and (kind := _kind(head[j], kinds))}
    plain = [j for j in range(1, len(head)) if j not in special and head[j]]
    criteria = tuple(head[j] for j in plain)
    kept: list[list[str]] = []
    below: dict[str, list[str]] = {}
    for row in body:
        kind = _kind(row[0], {"weights": WEIGHTS, "directions": DIRECTIONS})
        if kind:
            below[kind] = [row[j] for j in plain]
        else:
            kept.append(row)
    problems: list[Problem] = []
    matrix: list[list[float]] = []
    for row in kept:
        values = [_number(row[j]) for j in plain]
        problems += [
            Problem("court_number", name, None, f"{row[0]} / {head[j]}", row[j])
            for j, value in zip(plain, values, strict=True)
            if value is None
        ]
        matrix.append([0.0 if value is None else value for value in values])
    alternatives = tuple(row[0] for row in kept)
    columns = {kind: [row[j] for row in kept] for j, kind in special.items()}
    found = Printed(
        alternatives,
        criteria,
        matrix,
        {},
        below.get("weights") or (columns.get("weights") if alternatives == criteria else None),
        columns.get("scores"),
        columns.get("ranks"),
    )
    ways: dict[str, str] = {}
    if not found.is_pairwise:
        told = dict(zip(criteria, below.get("directions", [""] * len(criteria)), strict=True)) | dict(directions)
        for criterion, text in told.items():
            way_ = WAYS.get(text.strip().lower(), text.strip() if ".." in text else "")
            if not way_ or criterion not in criteria:
                problems.append(Problem("court_direction", name, None, criterion, text))
            ways[criterion] = way_
        if found.scores is None and found.ranks is None:
            problems.append(Problem("court_nothing", name, found=", ".join(head)))
    if problems:
        raise CaseError(problems)
    return Printed(**{**vars(found), "directions": ways})


def _kind(text: str, kinds: Mapping[str, re.Pattern[str]]) -> str:
    return next((kind for kind, pattern in kinds.items() if pattern.fullmatch(text.strip())), "")


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell == int(cell) and abs(cell) < 1e15:
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _number(text: str) -> float | None:
    top, sign, bottom = text.partition("/")
    one, other = number(top), number(bottom) if sign else 1.0
    return None if one is None or not other else one / other
