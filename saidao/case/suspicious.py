"""What is suspicious in a case: it can be read, but was probably not meant. One function each, all in `SUSPICIONS`.

Nothing here is an error, and nothing is changed: each check tells the cell, what stands there, what it probably means,
and how to say so. A check speaks only where the numbers themselves, or the names, give a reason to.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from ..errors import Problem
from .case import Case, Scale
from .cells import number_text
from .checking import Found, bare, file_of, period_names, rows_with_lines, score
from .tables import (
    TABLES,
    Budget,
    Candidate,
    Cost,
    Effect,
    Factor,
    Indicator,
    Judge,
    Measure,
    Named,
    PanelRow,
    Phase,
    Resource,
    Row,
    RuleRow,
    Score,
    Source,
    Track,
    Type,
    columns,
)

MOST = 5
"""Cells of one column that are told one by one; the last of them says how many more there are."""
POINTS = {(0, 1), (0, 3), (1, 3), (0, 4), (0, 5), (1, 5), (1, 7), (1, 9), (0, 10), (1, 10), (0, 100), (1, 100)}
"""Ends of the scales on which people give points: nothing is beyond them."""
BEYOND_POINTS, BEYOND = 0.2, 1.0
"""Shares of a scale by which a score may lie beyond its ends: of points, and of what is measured."""
APART, FAR = 100.0, 300.0
"""A few of a column's numbers stray if no number lies within APART times of them and the others' middle is FAR off."""
LOST_POINT = 8.0
"""Times by which a number exceeds all others, which lie close together, where a decimal point may be lost."""
POOR, RICH = 0.01, 100.0
"""A budget that buys less than POOR of the cheapest measure, or RICH times all measures in full, is in another unit."""
SERIAL = (36526, 55153)
"""Excel's numbers of the first day of 2000 and the last of 2050."""
SPAN, RATIO = 1e9, 1e6
"""Amounts SPAN times apart meet the solver's rounding; a prerequisite's ratio RATIO from 1 says next to nothing."""
LARGEST_JUDGEMENT = 9.0
SHARES = {(Effect, "effect"), (RuleRow, "share"), (Resource, "carry"), (Phase, "budget"), (PanelRow, "capital_share")}
"""Columns of shares: a plain number among percents is one that lacks its sign, however many there are."""
MISSING = {-9.0, -99.0, -999.0, -9999.0, 999.0, 9999.0, 99999.0}
"""Numbers by which surveys mark what is missing."""

_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_SUM = re.compile(
    r"(合计|总计|小计|共计|总和).*|.*(合计|总计|小计|共计|总和)|(grand|sub|overall)?totals?(ofall.*)?|sum"
)
_MEAN = re.compile(r".*(平均|平均值|平均数|均值|中位数)|平均.*|(the|overall)?(average|mean|median|avg\.?)")
_OVERALL = re.compile(r"(总分|总得分|综合得分|综合分|总评|综合评分)|(total|overall|composite)score")
_COUNTED = re.compile(r"排名|名次|序号|编号|年份|年度|year|rank(ing)?|no\.?|serialnumber|index")
_LESS = re.compile(
    r".*(成本|费用|能耗|排放|污染|失业率|事故|拥堵|风险|负债率|空置率)$"
    r"|.*\b(costs?|emissions?|pollution|unemployment|accidents?|congestion|risks?|energy use|vacancy|debt ratio)$"
)


@dataclass(frozen=True)
class Suspicion:
    """What is expected, in a sentence, and the function that finds where it is not so."""

    sentence: str
    find: Callable[[Look], Found]


def suspicions(case: Case) -> list[Problem]:
    """Return all that is suspicious; of many cells alike the first few."""
    look = Look(case)
    return [problem for suspicion in SUSPICIONS for problem in _few(suspicion.find(look))]


def _few(problems: Iterable[Problem]) -> Iterator[Problem]:
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.code, problem.file, problem.column), []).append(problem)
    for group in groups.values():
        yield from group[:MOST]
        if len(group) > MOST:
            group[MOST - 1].details["more"] = len(group) - MOST


def _note(code: str, file: str, row: int | None, column: str = "", found: str = "", **details: Any) -> Problem:
    return Problem(code, file, row, column, found, details, level="warning")


# --- numbers by column ------------------------------------------------------------------------------------------------


class Figure(NamedTuple):
    """A number of a table: its line, and whether it is written as a percent."""

    line: int
    value: float
    percent: bool

    @property
    def text(self) -> str:
        """The number as it was written."""
        return f"{number_text(round(100 * self.value, 12))}%" if self.percent else number_text(self.value)


class Group(NamedTuple):
    """Numbers of a column that mean the same kind of thing: of one resource, of one factor."""

    model: type[Row]
    file: str
    column: str
    figures: list[Figure]


def _column(case: Case, model: type[Row], column: str, rows: Iterable[tuple[int, Any]]) -> Group:
    table = case.tables[model.table]
    alike = []
    for line, row in rows:
        value = figure_of(row, column)
        if np.isfinite(value):
            alike.append(Figure(line, value, (line, column) in table.percents))
    return Group(model, table.file, column, alike)


def figure_of(row: Row, column: str) -> float:
    """Return the number in a column of a row; nan where there is none."""
    value = getattr(row, column) if column in type(row).model_fields else (row.model_extra or {}).get(column)
    return float(value) if isinstance(value, (int, float)) else float("nan")


def _by(case: Case, model: type[Row], key: str, column: str) -> Iterator[Group]:
    groups: dict[str, list[tuple[int, Any]]] = {}
    for line, row in rows_with_lines(case, model):
        groups.setdefault(getattr(row, key), []).append((line, row))
    return (_column(case, model, column, rows) for rows in groups.values())


@dataclass(frozen=True)
class Look:
    """A case with its numbers by column, read once."""

    case: Case

    @cached_property
    def amounts(self) -> list[Group]:
        """Costs and budgets by resource, effects, and the panel's columns."""
        case = self.case
        return [
            *_by(case, Cost, "resource", "cost"),
            *_by(case, Budget, "resource", "amount"),
            _column(case, Effect, "effect", rows_with_lines(case, Effect)),
            *(
                _column(case, PanelRow, column, rows_with_lines(case, PanelRow))
                for column in ("output", "capital", "labour")
            ),
        ]

    @cached_property
    def scored(self) -> list[Group]:
        """Scores by factor."""
        return [_column(self.case, Score, factor, rows_with_lines(self.case, Score)) for factor in self.case.factor_ids]

    @cached_property
    def columns(self) -> list[Group]:
        """All columns in which percents and plain numbers can be mixed."""
        case = self.case
        plain: tuple[tuple[type[Row], str], ...] = (
            (Factor, "weight"),
            (Judge, "weight"),
            (Measure, "min_level"),
            (Measure, "max_level"),
            (Effect, "up_to"),
            (RuleRow, "share"),
            (Resource, "carry"),
            (Phase, "budget"),
            (PanelRow, "capital_share"),
            *((Candidate, row.indicator) for row in case.rows(Indicator)),
            *((Candidate, factor) for factor in case.factor_ids),
        )
        others = (
            _column(case, model, column, rows_with_lines(case, model)) for model, column in plain if case.rows(model)
        )
        return [*self.amounts, *self.scored, *others]

    @cached_property
    def scales(self) -> dict[str, Scale]:
        """Scales of the factors of which both ends are given."""
        scales = self.case.scales
        return {
            row.factor: scales[row.factor]
            for row in self.case.rows(Factor)
            if row.factor in scales
            and row.direction != "range"
            and None not in (row.worst, row.target)
            and row.worst != row.target
        }

    @cached_property
    def factor_lines(self) -> dict[str, int]:
        """Line of each factor."""
        return {row.factor: line for line, row in rows_with_lines(self.case, Factor)}

    @cached_property
    def values(self) -> Any:
        """Scores as read: rows of the table x factors; nan where there is none."""
        values = [[figure_of(row, f) for f in self.case.factor_ids] for row in self.case.rows(Score)]
        return np.array(values, dtype=float).reshape(len(values), len(self.case.factor_ids))


# --- scores and scales ------------------------------------------------------------------------------------------------


def beyond_scales(look: Look) -> Found:
    """Yield scores far beyond a given scale, and scales beyond which all scores lie."""
    case = look.case
    for group in (g for g in look.scored if g.figures):
        scale = look.scales.get(group.column)
        best = case.ranges.get(group.column)
        scale = Scale(best.worst, best.worst_high) if best is not None and best.in_order else scale
        if scale is None:
            continue
        low, high = sorted(scale[:2])
        ends = {"worst": scale.worst, "target": scale.target}
        at = [(f.value - scale.worst) / (scale.target - scale.worst) for f in group.figures]
        code = (
            ""
            if best is not None
            else "all_beyond_target"
            if min(at) > 1 + 1e-9
            else "all_below_worst"
            if max(at) < -1e-9
            else ""
        )
        if code:
            line = look.factor_lines[group.column]
            column, end = ("target", scale.target) if code == "all_beyond_target" else ("worst", scale.worst)
            values = [f.value for f in group.figures]
            details: dict[str, Any] = {**ends, "factor": group.column, "low": min(values), "high": max(values)}
            yield _note(code, file_of(case, Factor), line, column, number_text(end), **details)
            continue
        limit = BEYOND_POINTS if (low, high) in POINTS else BEYOND
        for f, share in zip(group.figures, at, strict=True):
            if f.percent:
                continue  # told by `percents`
            if f.value == 0 and not low <= 0 <= high and min(abs(low), abs(high)) >= 0.2 * (high - low):
                yield _note("zero_score", group.file, f.line, group.column, f.text, **ends)
            elif -limit - 1e-9 <= share <= 1 + limit + 1e-9:
                continue
            elif f.value in MISSING:
                yield _note("missing_code", group.file, f.line, group.column, f.text)
            elif meant := _shifted(f.value, low, high):
                yield _note("beyond_scale", group.file, f.line, group.column, f.text, meant=meant, **ends)
            else:
                yield _note("beyond_scale_unit", group.file, f.line, group.column, f.text, **ends)


def _shifted(value: float, low: float, high: float) -> str:
    """Return the number that a value is where its point is moved least so that it lies within; blank if none does."""
    for power in (1, 2, 3, 4, 6, 8):
        moved = value / 10**power
        if low <= moved <= high and moved != 0:
            return number_text(round(moved, 12))
    return ""


def taken_scales(look: Look) -> Found:
    """Yield factors whose scale is taken from the scores, where gaps are to be closed."""
    case = look.case
    if not case.rows(Measure):
        return
    for line, row in rows_with_lines(case, Factor):
        if row.factor in case.scales and (taken := case.scales[row.factor].taken):
            worst, target, _ = case.scales[row.factor]
            details: dict[str, Any] = {"taken": ", ".join(taken), "worst": worst, "target": target}
            yield _note("scale_from_data", file_of(case, Factor), line, taken[-1], **details)


def stray_scores(look: Look) -> Found:
    """Yield scores without a given scale that stand out as a lost decimal point, a marker or another unit does."""
    measured = {*look.scales, *look.case.ranges}
    for group in look.scored:
        if group.column in measured or {f.value for f in group.figures} <= {0.0, 1.0}:
            continue
        strays = dict(_strays(group.figures))
        sizes = sorted(abs(f.value) for f in group.figures)
        lowest = sorted(f.value for f in group.figures)[:2]
        for f in group.figures:
            largest = sizes[-1] if abs(f.value) < sizes[-1] or sizes[-2:] == sizes[-1:] * 2 else sum(sizes[-2:-1])
            least = lowest[0] if f.value > lowest[0] or len(lowest) == 1 else lowest[1]
            far = largest > 0 and f.value >= LOST_POINT * largest
            if f.value in MISSING and largest > 0 and (far or f.value < 0 <= least):
                yield _note("missing_code", group.file, f.line, group.column, f.text)
            elif f in strays:
                yield _stray(group, f, strays[f])
            elif (
                far
                and len(sizes) > 3
                and 5 * least > largest
                and (meant := _shifted(f.value, 0.9 * least, 1.1 * largest))
            ):
                yield _note("lost_point", group.file, f.line, group.column, f.text, meant=meant, most=largest)


def totals(look: Look) -> Found:
    """Yield tracks and factors that are the sum or the mean of the others, or are named so."""
    case = look.case
    values = look.values
    graded = not np.isin(values, (0.0, 1.0)).all()
    named = {row.track: row for row in case.rows(Track)}
    for (line, row), kind in zip(rows_with_lines(case, Score), _parts_of(values, graded), strict=True):
        track = named.get(row.track)
        by_name = _named_total(track, (_SUM, _MEAN)) if track is not None and len(named) > 1 else ""
        if kind or by_name:
            code = f"{kind}_row" if kind else f"{by_name}_name"
            yield _note(code, file_of(case, Score), line, "track", row.track)
    kinds = dict(zip(case.factor_ids, _parts_of(values.T, graded, least=4), strict=False))
    for line, row in rows_with_lines(case, Factor):
        kind = kinds.get(row.factor, "")
        if row.factor not in kinds or len(kinds) < 2:
            continue
        if kind or _named_total(row, (_SUM, _OVERALL)):
            yield _note("total_column", file_of(case, Factor), line, "factor", row.factor)
        elif _named_total(row, (_COUNTED,)):
            yield _note("counting_column", file_of(case, Factor), line, "factor", row.factor)
    for model in (Resource, Measure, Candidate):
        for line, row in rows_with_lines(case, model):
            if len(case.rows(model)) > 1 and (kind := _named_total(row, (_SUM, _MEAN))):
                yield _note(f"{kind}_name", file_of(case, model), line, model.key[0], row.key_parts()[0])


def _parts_of(values: Any, graded: bool, least: int = 3) -> list[str]:
    """Tell which rows are the sum, or the mean, of all others in every column: ``total``, ``mean`` or blank."""
    count, width = values.shape if values.ndim == 2 else (0, 0)
    found = [""] * count
    if count < least or width < 2 or not graded or not np.isfinite(values).all():
        return found
    with np.errstate(over="ignore", invalid="ignore"):
        sums = values.sum(axis=0) - values
        some = (values != 0).any(axis=1)
        total = some & np.isclose(values, sums, rtol=1e-3, atol=0).all(axis=1)
        mean = some & np.isclose(values, sums / (count - 1), rtol=5e-3, atol=0).all(axis=1)
    if count + width < 6 or mean.sum() > 1:  # few numbers agree by chance; where all are alike no row is a mean
        mean[:] = False
    return ["total" if t else "mean" if m else "" for t, m in zip(total, mean, strict=True)]


def _named_total(row: Named, patterns: Sequence[re.Pattern[str]]) -> str:
    for name in (row.key_parts()[0], row.name_en, row.name_zh):
        plain = re.sub(r"[\s_\-·:：]+", "", _BRACKETS.sub("", unicodedata.normalize("NFKC", name))).casefold()
        for pattern in patterns:
            if pattern.fullmatch(plain):
                return "mean" if pattern is _MEAN else "total"
    return ""


def same_columns(look: Look) -> Found:
    """Yield factors on which every track has the same score as on another one: they count twice."""
    case = look.case
    columns_ = [tuple(f.value for f in group.figures) for group in look.scored]
    seen: dict[tuple[float, ...], str] = {}
    for factor, values in zip(case.factor_ids, columns_, strict=True):
        if len(set(values)) > 2 and len(values) == len(case.rows(Track)) >= 4:
            first = seen.setdefault(values, factor)
            if first != factor:
                table = case.tables["scores"]
                yield _note("same_column", table.file, table.heading, factor, factor, other=first)


def directions(look: Look) -> Found:
    """Yield factors of which less is better by their name, and whose direction is left blank."""
    case = look.case
    for line, row in rows_with_lines(case, Factor):
        if row.factor in case.factor_ids and "direction" not in row.model_fields_set:
            names = (row.factor.replace("_", " "), row.name_en, row.name_zh)
            if any(_LESS.fullmatch(_BRACKETS.sub("", name).strip().casefold()) for name in names):
                yield _note("direction_blank", file_of(case, Factor), line, "direction", "", factor=row.factor)


# --- percents, texts, dates -------------------------------------------------------------------------------------------


def percents(look: Look) -> Found:
    """Yield percents among plain numbers, plain numbers among percents, and percents on a scale that has none."""
    case = look.case
    for group in look.columns:
        shares = [f for f in group.figures if f.percent]
        plain = [f for f in group.figures if not f.percent and abs(f.value) >= 1]
        scale = look.scales.get(group.column) if group.model is Score else None
        at = (look.factor_lines.get(group.column, 0), "target")
        as_percent = scale is not None and at in case.tables["factors"].percents
        if shares and scale is not None and max(map(abs, scale[:2])) > 1.5 and not as_percent:
            for f in shares:
                points = number_text(round(scale.worst + f.value * (scale.target - scale.worst), 12))
                yield _note(
                    "percent_on_scale",
                    group.file,
                    f.line,
                    group.column,
                    f.text,
                    reads=f.value,
                    meant=points,
                    worst=scale.worst,
                    target=scale.target,
                )
        elif shares and plain and len(shares) < len(plain) and (group.model, group.column) not in SHARES:
            for f in shares:
                yield _note(
                    "percent_among_numbers",
                    group.file,
                    f.line,
                    group.column,
                    f.text,
                    reads=f.value,
                    meant=number_text(round(100 * f.value, 12)),
                    other=plain[0].text,
                )
        elif shares:
            for f in plain:
                yield _note(
                    "number_among_percents",
                    group.file,
                    f.line,
                    group.column,
                    f.text,
                    meant=f"{number_text(f.value)}%",
                    other=shares[0].text,
                    reads=shares[0].value,
                )


def mixed_weights(look: Look) -> Found:
    """Yield weights of which some are shares of 1 and some are percents, and shares that do not sum to 1 or 100."""
    case = look.case
    if case.settings.weights != "direct":
        return
    rows = [(line, row) for line, row in rows_with_lines(case, Factor) if row.weight]
    below = [row.weight for _, row in rows if row.weight < 1]
    above = [(line, row) for line, row in rows if row.weight >= 5]
    if below and above and case.tables["factors"].percents.isdisjoint((line, "weight") for line, _ in rows):
        for line, row in above:
            yield _note(
                "weight_percent",
                file_of(case, Factor),
                line,
                "weight",
                number_text(row.weight),
                meant=number_text(row.weight / 100),
                other=number_text(below[0]),
            )
        return
    parents: dict[str, list[tuple[int, Any]]] = {}
    for line, row in rows:
        parents.setdefault(row.parent, []).append((line, row))
    for siblings in parents.values():
        values = [row.weight for _, row in siblings]
        for whole in (1.0, 100.0):
            parts = len(values) > 1 and max(values) < whole and (whole == 1.0 or min(values) >= 1)
            if parts and _off(sum(values), whole):
                yield _note(
                    "weights_off",
                    file_of(case, Factor),
                    siblings[0][0],
                    "weight",
                    number_text(round(sum(values), 12)),
                    whole=whole,
                )


def _off(sum_: float, whole: float) -> bool:
    """Whether parts nearly sum to a whole, and yet do not: rounded parts may be 0.4 % off."""
    return 0.004 < abs(sum_ / whole - 1.0) < 0.2


def texts(look: Look) -> Found:
    """Yield columns of a workbook in which some numbers are held as texts and some as numbers."""
    case = look.case
    for model in TABLES:
        table = case.tables[model.table]
        held = Counter(column for _, column in table.texts)
        for column, number in held.items():
            values = [figure_of(row, column) for row in table.rows]
            if number < sum(np.isfinite(values)):
                line = min(line for line, name in table.texts if name == column)
                yield _note("text_numbers", table.file, line, column, str(number), number=number)


def dates(look: Look) -> Found:
    """Yield whole numbers that are days in Excel's count, among numbers that are much smaller."""
    for group in [*look.amounts, *look.scored]:
        days = [f for f in group.figures if SERIAL[0] <= f.value <= SERIAL[1] and f.value == int(f.value)]
        known = set(days)
        others = [abs(f.value) for f in group.figures if f not in known]
        if days and others and max(others) < SERIAL[0] / APART and len(days) <= len(others):
            for f in days:
                day = np.datetime64("1899-12-30") + int(f.value)
                month, of_month = str(day)[5:].split("-")
                yield _note(
                    "serial_date",
                    group.file,
                    f.line,
                    group.column,
                    f.text,
                    day=str(day),
                    meant=f"{int(month)}.{int(of_month)}",
                )


# --- money ------------------------------------------------------------------------------------------------------------


def _strays(figures: list[Figure]) -> Iterator[tuple[Figure, float]]:
    """Yield the numbers above 0 that lie far from most others, with the middle of those."""
    held = sorted((f for f in figures if f.value > 0), key=lambda f: f.value)
    if len(held) < 3:
        return
    steps = [b.value / a.value for a, b in itertools.pairwise(held)]
    cut = int(np.argmax(steps)) + 1
    below, above = held[:cut], held[cut:]
    few, most = (below, above) if len(below) < len(above) else (above, below)
    middle, other = (float(np.median([f.value for f in side])) for side in (most, few))
    if steps[cut - 1] >= APART and max(middle / other, other / middle) >= FAR and len(few) < len(most):
        yield from ((f, middle) for f in few)


def _stray(group: Group, f: Figure, middle: float) -> Problem:
    times = max(f.value / middle, middle / f.value)
    code = "stray_large" if f.value > middle else "stray_small"
    return _note(code, group.file, f.line, group.column, f.text, times=times, middle=middle)


def stray_amounts(look: Look) -> Found:
    """Yield costs, budgets, effects and amounts of the panel that are hundreds of times off all their neighbours."""
    for group in look.amounts:
        for f, middle in _strays(group.figures):
            if not SERIAL[0] <= f.value <= SERIAL[1] or middle > SERIAL[0] / APART:
                yield _stray(group, f, middle)


def magnitudes(look: Look) -> Found:
    """Yield the ends of amounts that meet in one sum but are a billion times apart, and ratios that far from 1."""
    for group in look.amounts:
        held = sorted((f for f in group.figures if f.value > 0), key=lambda f: f.value)
        if held and held[-1].value >= SPAN * held[0].value:
            for f, other in ((held[-1], held[0]), (held[0], held[-1])):
                yield _note(
                    "magnitudes", group.file, f.line, group.column, f.text, other=other.text, other_row=other.line
                )
    for line, row in rows_with_lines(look.case, RuleRow):
        if row.kind == "requires" and row.amount and not 1 / RATIO <= row.amount <= RATIO:
            yield _note("ratio_far", file_of(look.case, RuleRow), line, "amount", number_text(row.amount))


def effects_beyond(look: Look) -> Found:
    """Yield effects of which one unit of level, or the most there is, closes more than a whole gap."""
    case = look.case
    most = {row.measure: min(row.max_level, 1.0) for row in case.rows(Measure)}
    for line, row in rows_with_lines(case, Effect):
        if row.effect * most.get(row.measure, 1.0) > 1 + 1e-9:
            scale = case.scales.get(row.factor)
            span = 1.0 if scale is None else abs(scale.target - scale.worst)
            own = span if span > 1 and row.effect <= span else 100.0
            meant = number_text(float(f"{row.effect / own:.4g}"))
            code = "effect_in_unit" if own == span != 100.0 else "effect_beyond" if row.effect <= 100 else "effect_far"
            yield _note(code, file_of(case, Effect), line, "effect", number_text(row.effect), meant=meant)


def budgets_and_costs(look: Look) -> Found:
    """Yield budgets that buy next to nothing or far more than all there is, and resources that nothing costs."""
    case = look.case
    places = {"track": len(case.rows(Track)), "type": len(set(case.type_of.values())), "city": 1}
    measures = case.measure_of
    budgets_: dict[str, float] = {}
    costs_of: dict[str, list[tuple[float, Measure]]] = {}
    for c in case.rows(Cost):
        if c.cost > 0 and c.measure in measures:
            costs_of.setdefault(c.resource, []).append((c.cost, measures[c.measure]))
    dated: dict[str, tuple[int, float]] = {}
    for n, b in rows_with_lines(case, Budget):
        first, sum_ = dated.get(b.resource, (n, 0.0))
        dated[b.resource] = (first, sum_ + b.amount)
    for line, row in rows_with_lines(case, Resource):
        costs = costs_of.get(row.resource)
        if not costs:
            if case.rows(Cost):
                yield _note("resource_unused", file_of(case, Resource), line, "resource", row.resource)
            continue
        at, budget = dated.get(row.resource, (line, row.budget or 0.0))
        whole = all(m.kind in ("integer", "binary") for _, m in costs)
        cheapest = min(cost if whole else cost * min(1.0, m.max_level) for cost, m in costs)
        in_full = sum(cost * m.max_level * max(places[m.scope], 1) for cost, m in costs)
        model, column = (Budget, "amount") if row.resource in dated else (Resource, "budget")
        file = file_of(case, model)
        details = {"cheapest": cheapest, "in_full": in_full}
        if 0 < budget < cheapest * (1.0 if whole else POOR):
            yield _note("budget_small", file, at, column, number_text(budget), **details)
        elif budget > RICH * in_full:
            yield _note("budget_large", file, at, column, number_text(budget), **details)
        elif budget > 0:
            budgets_[row.resource] = budget
    strays = {f.line for group in look.amounts if group.model is Cost for f, _ in _strays(group.figures)}
    for line, c in rows_with_lines(case, Cost):
        most = RICH * budgets_.get(c.resource, float("inf"))
        measure = measures.get(c.measure)
        if line not in strays and measure is not None and c.cost * min(1.0, measure.max_level) > most:
            details = {"budget": most / RICH}
            yield _note("cost_beyond_budget", file_of(case, Cost), line, "cost", number_text(c.cost), **details)


def some_periods(look: Look) -> Found:
    """Yield costs and budgets that are given for some periods only: in the others there is none."""
    case = look.case
    names = period_names(case)
    for model, key in ((Cost, ("measure", "resource")), (Budget, ("resource",))):
        given: dict[tuple[str, ...], dict[str, int]] = {}
        for line, row in rows_with_lines(case, model):
            given.setdefault(tuple(getattr(row, k) for k in key), {})[row.period] = line
        carry = {row.resource: row.carry for row in case.rows(Resource)}
        for which, at in given.items():
            missing = [name for name in names if name not in at]
            if "" not in at and missing and not (model is Budget and carry.get(which[0])):
                code = "cost_some_periods" if model is Cost else "budget_some_periods"
                yield _note(
                    code,
                    file_of(case, model),
                    min(at.values()),
                    "period",
                    ", ".join(at),
                    of="/".join(which),
                    missing=", ".join(missing),
                )
    dated = {row.resource for row in case.rows(Budget)}
    for line, row in rows_with_lines(case, Resource):
        if len(names) > 1 and row.resource not in dated and not row.carry and row.budget:
            yield _note(
                "budget_first_period", file_of(case, Resource), line, "budget", number_text(row.budget), first=names[0]
            )


def rates(look: Look) -> Found:
    """Yield a discount that is a rate, and a decay that is what remains."""
    case = look.case
    s = case.settings
    if s.discount < 0.5:
        yield _note(
            "discount_rate",
            "case.toml",
            1,
            "discount",
            number_text(s.discount),
            meant=number_text(round(1 - s.discount, 12)),
            worth=s.discount,
        )
    if s.decay > 0.5:
        yield _note(
            "decay_rate",
            "case.toml",
            1,
            "decay",
            number_text(s.decay),
            meant=number_text(round(1 - s.decay, 12)),
            lost=s.decay,
        )


# --- present, but not used --------------------------------------------------------------------------------------------


def idle_weights(look: Look) -> Found:
    """Yield judgements and weights that are filled in, while the case weighs in another way."""
    case = look.case
    s = case.settings
    for judgement in case.judgements.values() if s.weights != "ahp" else ():
        judged = judgement.matrix[~np.eye(len(judgement.labels), dtype=bool)]
        if (np.isfinite(judged) & (judged != 1)).any():
            yield _note(
                "judgement_unused",
                judgement.file,
                judgement.heading,
                "",
                ", ".join(judgement.labels),
                weights=s.weights,
            )
    given = [(line, row) for line, row in rows_with_lines(case, Factor) if row.weight is not None]
    if s.weights == "equal" and len({row.weight for _, row in given}) > 1:
        found = ", ".join(number_text(row.weight) for _, row in given[:MOST])
        yield _note("weights_unused", file_of(case, Factor), given[0][0], "weight", found)


def idle_columns(look: Look) -> Found:
    """Yield columns of numbers in the scores that are no factor, and settings that are none."""
    case = look.case
    names = case.tables["factors"].keys | set(columns(Track))
    table = case.tables["scores"]
    for column in table.header:
        held = [(row.model_extra or {}).get(column) for row in table.rows]
        texts_ = [str(text) for text in held if text not in (None, "")]
        if (
            column not in names
            and bare(column) not in names
            and texts_
            and all(np.isfinite([score(text) for text in texts_]))
        ):
            yield _note("score_unused", table.file, table.heading, column, column)
    for key in case.settings.model_extra or {}:
        yield _note("setting_unused", "case.toml", 1, key, key)


def idle_levels(look: Look) -> Found:
    """Yield levels and lags that a measure of its kind has no use for, or that leave nothing of it."""
    case = look.case
    file, last = file_of(case, Measure), max(len(period_names(case)), 1)
    for line, row in rows_with_lines(case, Measure):
        if row.min_level > 0 and row.kind != "semi":
            yield _note("min_level_unused", file, line, "min_level", number_text(row.min_level), kind=row.kind)
        if row.kind in ("integer", "binary") and row.max_level < 1:
            yield _note("whole_level", file, line, "max_level", number_text(row.max_level), kind=row.kind)
        if row.kind == "binary" and row.max_level > 1:
            yield _note("binary_level", file, line, "max_level", number_text(row.max_level))
        if row.lag >= last and not case.rows(Phase):
            yield _note("lag_beyond", file, line, "lag", str(row.lag), periods=last)


def idle_budgets(look: Look) -> Found:
    """Yield budgets of a resource that stand beside dated ones, which hold instead."""
    case = look.case
    sums: dict[str, float] = {}
    for row in case.rows(Budget):
        sums[row.resource] = sums.get(row.resource, 0.0) + row.amount
    for line, row in rows_with_lines(case, Resource):
        dated = sums.get(row.resource)
        if dated is not None and row.budget and abs(dated - row.budget) > 1e-6 * row.budget:
            yield _note("budget_unused", file_of(case, Resource), line, "budget", number_text(row.budget), dated=dated)


def idle_sources(look: Look) -> Found:
    """Yield sources of a row that their table does not have."""
    case = look.case
    models = {model.table: model for model in TABLES}
    for line, row in rows_with_lines(case, Source):
        model = models.get(row.of_table)
        if model is not None and row.row and row.row.partition("/")[0] not in case.tables[model.table].keys:
            yield _note("source_unused", file_of(case, Source), line, "row", row.row, of=row.of_table)


# --- names and judgements ---------------------------------------------------------------------------------------------


_DASHES = str.maketrans(dict.fromkeys("-‐‑–—", "_"))


def _alike(name: str) -> str:
    plain = name if name.isascii() else unicodedata.normalize("NFKC", name)
    return "".join(plain.casefold().split()).translate(_DASHES)


def near_names(look: Look) -> Found:
    """Yield ids and labels that differ from another one only by width, case or blanks, and names that stand twice."""
    case = look.case
    labels: list[tuple[type[Row], str]] = [
        *((model, model.key[0]) for model in (Track, Type, Factor, Resource, Measure, Candidate)),
        (Track, "type"),
        (Track, "stage"),
        (Measure, "dimension"),
        (Measure, "stage"),
        (Measure, "need"),
        (PanelRow, "period"),
        (Budget, "period"),
    ]
    for model, column in labels:
        seen: dict[str, tuple[str, int]] = {}
        for line, row in rows_with_lines(case, model):
            text = getattr(row, column)
            first, at = seen.setdefault(_alike(text), (text, line))
            if first != text:
                yield _note("near_name", file_of(case, model), line, column, text, other=first, first=at)
    for model in (Track, Factor, Resource, Measure):
        for column in ("name_en", "name_zh"):
            named: dict[str, tuple[str, int]] = {}
            for line, row in rows_with_lines(case, model):
                text = getattr(row, column)
                one, at = named.setdefault(_alike(text), (row.key_parts()[0], line))
                if text and one != row.key_parts()[0]:
                    yield _note("same_name", file_of(case, model), line, column, text, other=one, first=at)


def judges(look: Look) -> Found:
    """Yield judges whose names differ from another one's only by width, case or blanks."""
    seen: dict[str, tuple[str, str]] = {}
    for judgement in look.case.judgements.values():
        first, file = seen.setdefault(_alike(judgement.judge), (judgement.judge, judgement.file))
        if first != judgement.judge:
            yield _note("near_judge", judgement.file, judgement.heading, "", judgement.judge, other=file)


def blank_types(look: Look) -> Found:
    """Yield tracks without a type, where others have one and some measure serves a whole type."""
    case = look.case
    if any(row.scope == "type" for row in case.rows(Measure)) and any(row.type for row in case.rows(Track)):
        for line, row in rows_with_lines(case, Track):
            if not row.type:
                yield _note("type_blank", file_of(case, Track), line, "type", row.track)


def judgement_sizes(look: Look) -> Found:
    """Yield judgements beyond Saaty's scale from 1/9 to 9."""
    case = look.case
    for judgement in case.judgements.values():
        a = judgement.matrix
        for i, j in np.argwhere(np.isfinite(a) & ((a > LARGEST_JUDGEMENT * 1.02) | (a < 0.98 / LARGEST_JUDGEMENT))):
            if a[i, j] > 1 or not np.isfinite(a[j, i]):
                size = max(a[i, j], 1 / a[i, j])
                meant = number_text(float(f"{size / 10 ** np.ceil(np.log10(size / LARGEST_JUDGEMENT)):.4g}"))
                yield _note(
                    "judgement_size",
                    judgement.file,
                    judgement.line(i),
                    judgement.labels[j],
                    number_text(float(f"{a[i, j]:.4g}")),
                    meant=meant,
                )


SUSPICIONS: tuple[Suspicion, ...] = (
    Suspicion("scores lie on the scale of their factor", beyond_scales),
    Suspicion("gaps are measured on scales that are given", taken_scales),
    Suspicion("scores are of one size", stray_scores),
    Suspicion("tracks and factors are no sums or means of others", totals),
    Suspicion("no factor counts twice", same_columns),
    Suspicion("less is better only where it is said", directions),
    Suspicion("a column holds percents or plain numbers", percents),
    Suspicion("weights are shares of one whole", mixed_weights),
    Suspicion("numbers are held as numbers", texts),
    Suspicion("numbers are no dates", dates),
    Suspicion("amounts of one kind are in one unit", stray_amounts),
    Suspicion("amounts that meet in one sum are within a billion of each other", magnitudes),
    Suspicion("an effect closes at most a whole gap", effects_beyond),
    Suspicion("budgets and costs are in one unit", budgets_and_costs),
    Suspicion("costs and budgets hold in every period", some_periods),
    Suspicion("discount and decay are shares of what remains and of what is lost", rates),
    Suspicion("judgements and weights that are filled in are used", idle_weights),
    Suspicion("columns of scores are factors, and settings are known", idle_columns),
    Suspicion("levels fit the kind of the measure, and effects act in time", idle_levels),
    Suspicion("a budget is given once", idle_budgets),
    Suspicion("sources are of rows that are there", idle_sources),
    Suspicion("names differ by more than width, case or blanks", near_names),
    Suspicion("judges differ by more than width, case or blanks", judges),
    Suspicion("tracks have a type where measures serve types", blank_types),
    Suspicion("judgements are within Saaty's scale", judgement_sizes),
)
