"""Long tables, a row a number (track, factor, value) or a row a judgement, laid out wide before they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..case.cells import ratio
from ..case.sheets import column_name
from .anatomy import Anatomy
from .asking import Asker
from .regions import Left, Region
from .sheet import Place
from .values import in_words, plain
from .view import View
from .words import (
    BUDGET_NAMES,
    DIRECTION,
    FACTORS,
    MEASURES,
    NAMES,
    PERIODS,
    REMARK,
    RESPONDENTS,
    SERIAL,
    UNIT,
    VALUE,
    WEIGHT,
)
from .years import of_periods

OTHERS = {"unit": UNIT, "period": PERIODS, "judge": RESPONDENTS, "direction": DIRECTION, "weight": WEIGHT}
NUMBERS = frozenset(
    ("number", "percent", "unit", "about", "bound", "range", "fraction", "comma", "bracketed", "ranked")
)
"""Forms of cells that a column of values holds; words and ticks do too, where its heading says so."""


@dataclass(frozen=True)
class Laid(View):
    """Cells of a sheet laid out otherwise than they stand: each keeps its place.

    Attributes
    ----------
    grid : the place of every cell, a line each.
    called : what is said for the place of a cell that stands nowhere in the sheet.
    where : its rows and columns as the sheet counts them.
    years : the column of the years, where all of several count.
    """

    grid: Sequence[Sequence[Place]] = ()
    called: Mapping[Place, str] = field(default_factory=dict)
    where: Mapping[str, Any] = field(default_factory=dict)
    years: int | None = None

    @property
    def height(self) -> int:
        """Number of lines."""
        return len(self.grid)

    @property
    def width(self) -> int:
        """Number of cells of a line."""
        return len(self.grid[0]) if self.grid else 0

    def turn(self) -> View:
        """Return the view itself: it stands upright."""
        return self

    def at(self, i: int, j: int) -> Place:
        """Return where a cell of the view stands in the sheet."""
        return self.grid[i][j]

    def place(self, i: int, j: int) -> str:
        """Return the name of a cell."""
        return self.called.get(self.grid[i][j]) or super().place(i, j)

    def line(self, i: int) -> str:
        """Return the name of a line: that of the first of its rows, or of the column that says what it holds."""
        row, column = next((place for place in self.grid[i] if place not in self.called), self.grid[i][0])
        same = i > 0 and row == self.grid[0][0][0]
        return self._named(f"column {column_name(column)}" if same else f"row {row + 1}")

    def column(self, j: int) -> str:
        """Return the name of a column of the view: the cell that heads it."""
        return self.place(0, j)

    def number(self, i: int) -> int | str:
        """Return the row of a line as the sheet counts it."""
        return self.grid[i][0][0] + 1

    def letter(self, j: int) -> int | str:
        """Return the cell that heads a column."""
        return self.place(0, j)


@dataclass
class _Columns:
    """The columns of a long table by what they hold."""

    name: int
    factor: int
    value: int
    others: dict[str, int]


def long_table(region: Region, trial: Anatomy) -> _Columns | None:
    """Return the columns of a table with a row a number; None where it is none."""
    view = region.view
    titles = [plain(one.name or one.text) for one in trial.heads]
    if trial.head_lines != [0] or not 3 <= view.width <= 12 or view.height < 4:
        return None
    if not any(FACTORS.fullmatch(t) or VALUE.fullmatch(t) or BUDGET_NAMES.fullmatch(t) for t in titles):
        return None
    body = range(1, view.height)
    of = BUDGET_NAMES if any(MEASURES.fullmatch(t) for t in titles) else FACTORS
    factor = next((j for j, t in enumerate(titles) if of.fullmatch(t) and _repeats(view, body, j, of is FACTORS)), None)
    others = {
        what: j
        for what, pattern in OTHERS.items()
        for j, t in enumerate(titles)
        if pattern.fullmatch(t) and j != factor
    }
    out = {*others.values(), factor, *(j for j, t in enumerate(titles) if SERIAL.fullmatch(t) or REMARK.fullmatch(t))}
    said = next((j for j, t in enumerate(titles) if VALUE.fullmatch(t) and j not in out), None)
    numeric = [j for j in range(view.width) if j not in out and _is_numeric(view, body, j)]
    values = {*numeric, *([said] if said is not None else [])}
    names = [j for j in range(view.width) if j not in out | values and _repeats(view, body, j, of is FACTORS)]
    names = [j for j in names if NAMES.fullmatch(titles[j]) or MEASURES.fullmatch(titles[j])] or names
    if not names and "judge" in others:
        names = [others.pop("judge")]
    if factor is None and said is not None and len(names) == 2:
        factor, names = names[1], names[:1]
    if len(values) != 1 or factor is None or not names or (of is FACTORS and MEASURES.fullmatch(titles[names[0]])):
        return None
    found = _Columns(names[0], factor, values.pop(), others)
    keys = [_key(view, i, found) for i in body]
    return found if len(set(keys)) > 0.9 * len(keys) else None


def _repeats(view: View, lines: Sequence[int], j: int, most: bool = True) -> bool:
    """Whether a column holds texts, most or some of them several times."""
    texts = [view.text(i, j) for i in lines if view.filled(i, j)]
    if not texts or view.value(lines[0], j).form in NUMBERS - {"unit"}:
        return False
    return 1 < len(set(texts)) <= (len(texts) / 1.5 if most else len(texts) - 1)


def _is_numeric(view: View, lines: Sequence[int], j: int) -> bool:
    forms = [view.value(i, j).form for i in lines if view.filled(i, j)]
    return bool(forms) and sum(form in NUMBERS for form in forms) > len(forms) / 2


def _key(view: View, i: int, found: _Columns) -> tuple[str, ...]:
    columns = (found.name, found.factor, found.others.get("period"), found.others.get("judge"))
    return tuple(plain(view.text(i, j)) for j in columns if j is not None)


def laid_out(region: Region, found: _Columns, asker: Asker, left: list[Left]) -> Region:
    """Return a long table as a wide one: a line a name, or a name and a judge; a column a factor."""
    view = region.view
    body = [i for i in range(1, view.height) if view.filled(i, found.factor) and view.filled(i, found.name)]
    lines = set(body)
    left += [Left(view.line(i), _text(view, i), "note") for i in range(1, view.height) if i not in lines]
    period = found.others.get("period")
    period_of: dict[int, str] = {}
    if period is not None:
        left.append(Left(view.column(period), view.text(0, period), "as_period"))
        body, period_of = of_periods(view, body, period, asker, left)
    read = {found.name, found.factor, found.value, *found.others.values()}
    left += [
        Left(view.column(j), view.text(0, j), "serial" if SERIAL.fullmatch(plain(view.text(0, j))) else "remark")
        for j in range(view.width)
        if j not in read
    ]
    names, factors = _first(view, body, found.name), _first(view, body, found.factor)
    judge = found.others.get("judge")
    rows: dict[tuple[str, str, str], dict[str, int]] = {}
    twice: list[int] = []
    for i in body:
        by = _plain(view, i, judge) if judge is not None else ""
        line = rows.setdefault((_plain(view, i, found.name), by, period_of.get(i, "")), {})
        if line.setdefault(_plain(view, i, found.factor), i) != i:
            twice.append(i)
    left += [Left(view.line(i), _text(view, i), "twice") for i in twice]
    blank = _Blank(view)
    beside = [j for j in (judge, period if period_of else None) if j is not None]
    head = [view.at(0, found.name), *(view.at(0, j) for j in beside)]
    grid = [[*head, *(view.at(i, found.factor) for i in factors.values())]]
    for what in ("unit", "direction", "weight"):
        if (j := found.others.get(what)) is not None:
            said = [_one(view, [i for i in body if _plain(view, i, found.factor) == key], j, asker) for key in factors]
            first = [view.at(0, j), *(blank("") for _ in beside)]
            grid.append([*first, *(view.at(i, j) if i is not None else blank("") for i in said)])
    for (name, by, when), cells in rows.items():
        first = [view.at(next(iter(cells.values())), j) for j in beside]
        of_factors = (
            view.at(cells[key], found.value)
            if key in cells
            else blank(
                " × ".join(filter(None, (view.text(names[name], found.name), by, when, view.text(i, found.factor))))
            )
            for key, i in factors.items()
        )
        grid.append([view.at(names[name], found.name), *first, *of_factors])
    sheet = replace(view.sheet, rows=[*view.sheet.rows, blank.texts])
    where = {
        "head_rows": [view.number(0)],
        "body_rows": [view.number(min(body)), view.number(max(body))] if body else [],
        "name_column": view.letter(found.name),
        "factor_column": view.letter(found.factor),
        "value_column": view.letter(found.value),
        **{f"{what}_column": view.letter(j) for what, j in found.others.items()},
    }
    years = len(beside) if period_of else None
    made = Laid(
        sheet, view.rows, view.columns, named=view.named, grid=grid, called=blank.called, where=where, years=years
    )
    return Region(made, region.unit, region.title)


class _Blank:
    """Places for cells that stand nowhere, blank or with a text: in a row below the sheet."""

    def __init__(self, view: View) -> None:
        self._row = len(view.sheet.rows)
        self.called: dict[Place, str] = {}
        self.texts: list[str] = []

    def __call__(self, called: str, text: str = "") -> Place:
        place = self._row, len(self.texts)
        self.texts.append(text)
        self.called[place] = called
        return place


def _text(view: View, i: int) -> str:
    return " ".join(view.text(i, j) for j in range(view.width) if view.filled(i, j))


def _plain(view: View, i: int, j: int) -> str:
    return plain(view.text(i, j))


def _first(view: View, lines: Iterable[int], j: int) -> dict[str, int]:
    """Return the first line of each text of a column."""
    found: dict[str, int] = {}
    for i in lines:
        found.setdefault(_plain(view, i, j), i)
    return found


def _one(view: View, lines: Sequence[int], j: int, asker: Asker) -> int | None:
    """Return the line that says a thing of a factor; asked where its lines say different ones."""
    said = {_plain(view, i, j): i for i in reversed(lines) if view.filled(i, j)}
    if len(said) < 2:
        return next(iter(said.values()), None)
    texts = [view.text(i, j) for i in said.values()]
    where = ",".join(view.place(i, j) for i in said.values())
    answer = asker.ask(where, "several_said", texts, None, found=", ".join(texts), refuses=True)
    return next((i for i in said.values() if view.text(i, j) == answer), None)


@dataclass
class _Pairs:
    """The columns of judgements with a row each."""

    first: int
    second: int
    value: int
    judge: int | None


def long_pairs(region: Region, trial: Anatomy) -> _Pairs | None:
    """Return the columns of a table with a row a judgement: two of the same factors, one of numbers; None else."""
    view = region.view
    if trial.head_lines != [0] or not 3 <= view.width <= 8 or view.height < 4:
        return None
    titles = [plain(one.name or one.text) for one in trial.heads]
    judge = next((j for j, t in enumerate(titles) if RESPONDENTS.fullmatch(t)), None)
    body = range(1, view.height)
    texts = {
        j: {_plain(view, i, j) for i in body if view.filled(i, j)}
        for j in range(view.width)
        if j != judge and not _is_numeric(view, body, j)
    }
    pairs = [(a, b) for a in texts for b in texts if a < b and _of_one_kind(texts[a], texts[b])]
    if len(pairs) != 1:
        return None
    first, second = pairs[0]
    others = [j for j in range(view.width) if j not in (first, second, judge) and not SERIAL.fullmatch(titles[j])]
    values = [j for j in others if all(_is_judgement(view, i, j) for i in body if view.filled(i, j))]
    return _Pairs(first, second, values[0], judge) if len(values) == 1 else None


def _of_one_kind(one: set[str], other: set[str]) -> bool:
    """Whether two columns name the same few things: all but the first and the last stand in both."""
    return len(one | other) >= 3 and len(one & other) >= len(one | other) - 2 > 0


def _is_judgement(view: View, i: int, j: int) -> bool:
    text = view.text(i, j)
    value = ratio(text)
    return in_words(text) is not None or (value is not None and 0.1 <= value <= 9.5)


def pairs_laid_out(
    region: Region, found: _Pairs, left: list[Left]
) -> tuple[Region, dict[int, tuple[tuple[str, str], bool]], set[tuple[int, int]]]:
    """Return judgements with a row each as a table with a row a judge, its pairs, and the cells that turn one round."""
    view = region.view
    read = {found.first, found.second, found.value, found.judge}
    left += [Left(view.column(j), view.text(0, j), "about_judges") for j in range(view.width) if j not in read]
    body = [i for i in range(1, view.height) if view.filled(i, found.first) and view.filled(i, found.second)]
    blank = _Blank(view)
    pairs: dict[frozenset[str], int] = {}
    by_judge: dict[str, dict[frozenset[str], int]] = {}
    for i in body:
        pair = frozenset((_plain(view, i, found.first), _plain(view, i, found.second)))
        pairs.setdefault(pair, i)
        answers = by_judge.setdefault(_plain(view, i, found.judge) if found.judge is not None else "", {})
        if answers.setdefault(pair, i) != i:
            left.append(Left(view.line(i), _text(view, i), "twice"))
    named = [(view.text(i, found.first), view.text(i, found.second)) for i in pairs.values()]
    corner = view.at(0, found.judge) if found.judge is not None else blank(view.column(found.first), "judge")
    heads = [
        blank(view.place(i, found.first), f"{one} / {other}")
        for i, (one, other) in zip(pairs.values(), named, strict=True)
    ]
    grid = [[corner, *heads]]
    flipped: set[tuple[int, int]] = set()
    for n, (by, cells) in enumerate(by_judge.items(), 1):
        start = next(iter(cells.values()))
        line = [view.at(start, found.judge) if found.judge is not None else blank("all", "judge")]
        for j, (pair, i) in enumerate(pairs.items(), 1):
            at = cells.get(pair)
            line.append(
                blank(f"{by} × {named[j - 1][0]} / {named[j - 1][1]}") if at is None else view.at(at, found.value)
            )
            if at is not None and _plain(view, at, found.first) != _plain(view, i, found.first):
                flipped.add((n, j))
        grid.append(line)
    where = {
        "head_rows": [view.number(0)],
        "body_rows": [view.number(body[0]), view.number(body[-1])],
        **({"name_column": view.letter(found.judge)} if found.judge is not None else {}),
        "first_column": view.letter(found.first),
        "second_column": view.letter(found.second),
        "value_column": view.letter(found.value),
    }
    sheet = replace(view.sheet, rows=[*view.sheet.rows, blank.texts])
    made = Laid(sheet, view.rows, view.columns, named=view.named, grid=grid, called=blank.called, where=where)
    return Region(made, "", region.title), {j: (pair, False) for j, pair in enumerate(named, 1)}, flipped
