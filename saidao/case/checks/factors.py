"""Checks of factors: their scales and their tree, and whether each counts once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import numpy as np

from ...errors import Problem
from ..case import Case
from ..checking import (
    Found,
    file_of,
    rows_with_lines,
    suspicion,
)
from ..limits import DEEPEST_TREE
from ..tables import (
    Candidate,
    Factor,
    Measure,
    Named,
    Resource,
    Score,
    Track,
)

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


def scales(case: Case) -> Found:
    """Yield factors whose target does not lie on the better side of their worst; one that is blank is in the data."""
    for line, row in rows_with_lines(case, Factor):
        if row.direction == "range":
            yield from _range_problems(case, line, row)
            continue
        idle = [name for name in ("ideal_low", "ideal_high", "worst_high") if getattr(row, name) is not None]
        if idle:
            details = {"column": idle[0]}
            yield Problem("range_idle", file_of(case, Factor), line, "direction", row.direction, details, "warning")
        given = (row.worst, row.target) if row.factor not in case.factor_scales else case.factor_scales[row.factor][:2]
        worst, target = given
        if worst is None or target is None or (target - worst) * (1 if row.direction == "max" else -1) > 0:
            continue
        taken = case.factor_scales[row.factor].taken if row.factor in case.factor_scales else ()
        code = f"scale_{row.direction}" + ("_data" if taken else "")
        column = "worst" if row.target is None else "target"
        found = f"worst {worst:g}, target {target:g}"
        yield Problem(code, file_of(case, Factor), line, column, found, {"taken": ", ".join(taken)})


def _range_problems(case: Case, line: int, row: Factor) -> Found:
    """Yield a factor that is best within a range, without one, or whose ends are not in order."""
    ideals = [row.ideal_low, row.ideal_high, row.target]
    if all(end is None for end in ideals):
        yield Problem("missing_cell", file_of(case, Factor), line, "ideal_low", details={"column": "ideal_low"})
    elif row.factor in case.ranges and not case.ranges[row.factor].in_order:
        found = ", ".join(f"{name} {end:g}" for name, end in case.ranges[row.factor]._asdict().items())
        yield Problem("range_order", file_of(case, Factor), line, "worst", found)


def parents(case: Case) -> Found:
    """Yield factors that stand above themselves, or below too many others."""
    above = {row.factor: row.parent for row in case.rows(Factor)}
    for line, row in rows_with_lines(case, Factor):
        node = row.parent
        for _ in range(DEEPEST_TREE):
            if node in ("", row.factor):
                break
            node = above.get(node, "")
        if node == row.factor:
            yield Problem("parent_circle", file_of(case, Factor), line, "parent", row.parent)
        elif node:
            yield Problem("parent_deep", file_of(case, Factor), line, "parent", row.parent, {"most": DEEPEST_TREE})


def taken_scales(case: Case) -> Found:
    """Yield factors whose scale is taken from the scores, where gaps are to be closed."""
    if not case.rows(Measure):
        return
    for line, row in rows_with_lines(case, Factor):
        if row.factor in case.factor_scales and (taken := case.factor_scales[row.factor].taken):
            worst, target, _ = case.factor_scales[row.factor]
            details: dict[str, Any] = {"taken": ", ".join(taken), "worst": worst, "target": target}
            yield suspicion("scale_from_data", file_of(case, Factor), line, taken[-1], **details)


def totals(case: Case) -> Found:
    """Yield tracks and factors that are the sum or the mean of the others, or are named so."""
    values = np.array([[row.values.get(f, np.nan) for f in case.factor_ids] for row in case.rows(Score)], dtype=float)
    values = values.reshape(len(case.rows(Score)), len(case.factor_ids))
    graded = not np.isin(values, (0.0, 1.0)).all()
    named = {row.track: row for row in case.rows(Track)}
    for (line, row), kind in zip(rows_with_lines(case, Score), _parts_of(values, graded), strict=True):
        track = named.get(row.track)
        by_name = _named_total(track, (_SUM, _MEAN)) if track is not None and len(named) > 1 else ""
        if kind or by_name:
            code = f"{kind}_row" if kind else f"{by_name}_name"
            yield suspicion(code, file_of(case, Score), line, "track", row.track)
    kinds = dict(zip(case.factor_ids, _parts_of(values.T, graded, least=4), strict=False))
    for line, row in rows_with_lines(case, Factor):
        kind = kinds.get(row.factor, "")
        if row.factor not in kinds or len(kinds) < 2:
            continue
        if kind or _named_total(row, (_SUM, _OVERALL)):
            yield suspicion("total_column", file_of(case, Factor), line, "factor", row.factor)
        elif _named_total(row, (_COUNTED,)):
            yield suspicion("counting_column", file_of(case, Factor), line, "factor", row.factor)
    for model in (Resource, Measure, Candidate):
        for line, row in rows_with_lines(case, model):
            if len(case.rows(model)) > 1 and (kind := _named_total(row, (_SUM, _MEAN))):
                yield suspicion(f"{kind}_name", file_of(case, model), line, model.key[0], row.key_parts()[0])


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


def same_columns(case: Case) -> Found:
    """Yield factors on which every track has the same score as on another one: they count twice."""
    rows = [row.values for row in case.rows(Score)]
    seen: dict[tuple[float, ...], str] = {}
    for factor in case.factor_ids:
        values = tuple(row[factor] for row in rows if factor in row)
        if len(set(values)) > 2 and len(values) == len(case.rows(Track)) >= 4:
            first = seen.setdefault(values, factor)
            if first != factor:
                table = case.tables["scores"]
                yield suspicion("same_column", table.file, table.heading, factor, factor, other=first)


def directions(case: Case) -> Found:
    """Yield factors of which less is better by their name, and whose direction is left blank."""
    for line, row in rows_with_lines(case, Factor):
        if row.factor in case.factor_ids and "direction" not in row.model_fields_set:
            names = (row.factor.replace("_", " "), row.name_en, row.name_zh)
            if any(_LESS.fullmatch(_BRACKETS.sub("", name).strip().casefold()) for name in names):
                yield suspicion("direction_blank", file_of(case, Factor), line, "direction", "", factor=row.factor)
