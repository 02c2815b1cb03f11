"""A filled form, as a unit hands it in: read back from a workbook, and every figure on it counted again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from ..errors import CaseError, Problem
from .amounts import BLANK, added, exact, half_up, plain
from .check import CHANCES, subgroup_findings, target_findings, weight_findings
from .findings import Finding, error, warning
from .profile import Profile
from .scoring import BANDS, day, execution, fits, grade, met, over, score, sign_of

Lines = Sequence[Sequence[str]]
HEADS: dict[str, tuple[str, ...]] = {
    "group": ("一级指标",),
    "subgroup": ("二级指标",),
    "name": ("三级指标",),
    "sign": ("计算符号", "指标性质"),
    "value": ("指标值",),
    "target": ("年度指标值", "年度(/项目)指标值"),
    "actual": ("实际完成值", "完成值"),
    "forecast": ("全年预计完成情况",),
    "weight": ("分值权重", "分值", "权重"),
    "mark": ("得分",),
    "cause": ("偏差原因分析及改进措施", "偏差原因分析", "未完成原因分析", "原因说明"),
    "chance": ("完成目标可能性",),
    "initial": ("年初预算数", "年初预算"),
    "full": ("全年预算数", "调整后预算数"),
    "outturn": ("全年执行数", "预算执行数"),
    "rate": ("执行率", "预算执行率"),
}
"""What a column is called, here and there."""
NO_DEVIATION = ("无偏差", "无", "0")
"""What some systems fill in by default."""
TOTALS = ("总分", "合计", "权重合计")
_TARGET = re.compile(r"^\s*(≥|≤|=|＝|＞|＜|>=|<=|>|<|不低于|不少于|不超过|不高于)?\s*([0-9][0-9,]*(?:\.[0-9]+)?)")
_SPAN = re.compile(r"^1\s*[-—–至~]\s*\d{1,2}月执行([数率])$")


def read_workbook(path: str | Path) -> dict[str, Lines]:
    """Return the sheets of a workbook as texts.

    Raises
    ------
    CaseError
        It cannot be read.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # late: start-up stays fast

    try:
        book = CalamineWorkbook.from_path(str(path))
        return {
            name: [[_text(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
            for name in book.sheet_names
        }
    except (OSError, CalamineError) as problem:
        raise CaseError([Problem("unreadable", file=str(path), found=str(problem))]) from None


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return plain(Fraction(str(cell)))
    return str(cell).strip()


def faults(sheets: Mapping[str, Lines], profile: Profile) -> Iterator[tuple[str, Finding]]:
    """Yield (sheet, what is found): errors of what is written, and warnings of what is left to be filled in."""
    known = False
    for name, lines in sheets.items():
        top = " ".join(cell for row in lines[:2] for cell in row)
        form = next((read for word, read in FORMS.items() if word in top), None)
        if form is None:
            continue
        known = True
        if left := sum(cell.count(BLANK) for row in lines for cell in row):
            yield name, warning("left", number=left)
        yield from ((name, found) for found in form(lines, profile))
    if not known:
        yield "", error("no_form")


# --- reading ----------------------------------------------------------------------------------------------------------


class Line:
    """A row of a table by what its columns are; a column that the form has not is blank."""

    def __init__(self, cells: Sequence[str], places: Mapping[str, int], above: Line | None = None) -> None:
        self._held = {key: cells[place] for key, place in places.items() if place < len(cells)}
        self.cells = cells
        self.first = next((cell for cell in cells if cell), "")
        for key in ("group", "subgroup"):  # merged cells hold their text in the first row alone
            if above is not None and not self._held.get(key):
                self._held[key] = above[key]

    def __getitem__(self, key: str) -> str:
        return self._held.get(key, "")

    def number(self, key: str) -> Fraction | None:
        """Return a cell as a number; None where there is none."""
        return exact(self[key])

    def wrong(self, keys: Sequence[str]) -> Iterator[Finding]:
        """Yield cells that should hold numbers and hold something else."""
        for key in keys:
            if self[key] not in ("", BLANK) and self.number(key) is None:
                yield error("no_number", *filter(None, [self["name"]]), column=HEADS[key][0], found=self[key])


def _table(lines: Lines, *needed: str) -> tuple[list[Line], list[str], Sequence[str]]:
    """Return the rows of the table that has these columns, until a blank one; what it lacks; and its headings."""
    best: tuple[int, dict[str, int]] = (-1, {})
    for at, row in enumerate(lines):
        places = {
            key: next((n for n, cell in enumerate(row) if cell.strip() in names), -1) for key, names in HEADS.items()
        }
        places = {key: place for key, place in places.items() if place >= 0}
        if sum(key in places for key in needed) > sum(key in best[1] for key in needed):
            best = at, places
    at, places = best
    if missing := [key for key in needed if key not in places]:
        return [], missing, ()
    rows: list[Line] = []
    for cells in lines[at + 1 :]:
        if not any(cells):
            break
        rows.append(Line(cells, places, rows[-1] if rows else None))
    return rows, [], lines[at]


def _parted(rows: list[Line]) -> tuple[list[Line], Line | None]:
    """Return the indicators of a table, and its total."""
    at = next((n for n, row in enumerate(rows) if row.first in TOTALS), len(rows))
    return [row for row in rows[:at] if row["name"]], rows[at] if at < len(rows) else None


def _lacking(keys: Sequence[str]) -> Iterator[Finding]:
    yield from (error("no_column", column=HEADS[key][0]) for key in keys)


def _beside(lines: Lines) -> dict[str, str]:
    """Return the cell to the right of every label."""
    found: dict[str, str] = {}
    for row in lines:
        for label, cell in pairwise(row):
            found.setdefault(label.replace("：", ":").strip(), cell)
    return found


def _goal(row: Line) -> tuple[str, str] | None:
    """Return the sign and the value of a target; None where a person has to judge."""
    told = row["target"] or row["value"]
    if day(told) is not None:
        return "<=", told
    found = _TARGET.match(told)
    if found is None:
        return None
    return sign_of(found[1] or row["sign"] or ">="), found[2]


# --- the three forms --------------------------------------------------------------------------------------------------


def _target(lines: Lines, profile: Profile) -> Iterator[Finding]:
    """Yield what is wrong with 绩效目标申报表: money, weights, targets."""
    yield from _money(_beside(lines))
    rows, missing, _ = _table(lines, "name", "weight")
    yield from _lacking(missing)
    kpis, total = _parted(rows)
    if not kpis:
        return
    for row in kpis:
        yield from row.wrong(("weight",))
        if row["value"]:
            yield from target_findings(row["name"], row["sign"] or ">=", row["value"])
    yield from weight_findings([(row["name"], row["group"], row.number("weight")) for row in kpis])
    yield from subgroup_findings({row["subgroup"] for row in kpis})
    weight = added(row.number("weight") for row in kpis)
    printed = None if total is None else total.number("weight")
    if weight is not None and printed is not None and printed != weight:
        yield error("weights_printed", found=plain(printed), right=plain(weight))


def _money(told: Mapping[str, str]) -> Iterator[Finding]:
    """Yield sums of sources that are not the whole, and a year's request that is a whole of several years."""
    for whole, parts in (
        ("项目资金总额", ("其中:财政资金", "其中:其他资金")),
        ("年度资金申请总额", ("其中:当年财政拨款", "上年结转资金", "年度其他资金")),
    ):
        amount, sum_ = exact(told.get(whole)), added(exact(told.get(part)) for part in parts)
        if amount is not None and sum_ is not None and amount != sum_:
            yield error("parts", name=whole, found=f"{half_up(sum_):,}", wanted=told[whole])
    first, last = (day(told.get(name)) for name in ("计划开始日期", "计划完成日期"))
    total, year = (exact(told.get(name)) for name in ("项目资金总额", "年度资金申请总额"))
    if first and last and first.year < last.year and total and total == year:
        yield error("year_is_total")


def _monitor(lines: Lines, profile: Profile) -> Iterator[Finding]:
    """Yield what is wrong with 绩效目标执行监控表: the rate, forecasts that miss without a cause, default causes."""
    rows, missing, heads = _table(lines, "initial")
    yield from _lacking(missing)
    if rows:
        span = {found[1]: n for n, cell in enumerate(heads) if (found := _SPAN.match(cell.strip()))}
        at = next(n for n, row in enumerate(lines) if row is heads) + 1
        spent, rate = (lines[at][span[key]] if key in span else "" for key in ("数", "率"))
        yield from _rate(exact(spent), rows[0].number("initial"), rate)
    rows, missing, _ = _table(lines, "name", "target", "forecast")
    yield from _lacking(missing)
    for row in _parted(rows)[0]:
        goal = _goal(row)
        if row["chance"] not in ("", BLANK, *CHANCES):
            yield error("chance", row["name"], found=row["chance"], choices="、".join(CHANCES))
        if row["forecast"] == "":
            yield error("blank_cell", row["name"], column=HEADS["forecast"][0])
        if goal is None:
            continue
        if day(goal[1]) is None:
            yield from row.wrong(("forecast",))
        if met(*goal, row["forecast"]) is False:
            if row["cause"] in ("", BLANK):
                yield error("cause_open", row["name"])
            elif row["cause"] in NO_DEVIATION:
                yield error("no_deviation", row["name"], found=row["cause"])


def _rate(part: Fraction | None, whole: Fraction | None, told: str) -> Iterator[Finding]:
    """Yield a rate that is wrong; a share without a sign of per cent is read too."""
    found = exact(told)
    if part is None or not whole or found is None:
        return
    right = half_up(100 * part / whole)
    if Fraction(half_up(found)) != Fraction(right) and (told.endswith(("%", "％")) or half_up(100 * found) != right):
        yield error("rate", found=told, right=f"{right}%")


def _review(lines: Lines, profile: Profile) -> Iterator[Finding]:
    """Yield what is wrong with 绩效自评表: the outturn, every score, the total and the grade."""
    rows, missing, _ = _table(lines, "full", "outturn", "mark")
    yield from _lacking(missing)
    printed: list[Fraction | None] = []
    weights: list[Fraction | None] = []
    if rows:
        row = rows[0]
        yield from row.wrong(("initial", "full", "outturn", "weight", "mark"))
        yield from _rate(row.number("outturn"), row.number("full"), row["rate"])
        right = execution(row["outturn"], row["full"], row["weight"] or "10", profile.rules)
        done = execution(row["outturn"], row["full"], row["weight"] or "10", profile.rules, finished=True)
        mark = row.number("mark")
        printed.append(mark)
        weights.append(row.number("weight"))
        if mark is not None and right is not None and mark not in (Fraction(right), Fraction(done or right)):
            yield error("outturn_score", found=row["mark"], right=right)
        elif row["mark"] == "" and right is not None:
            yield error("score_missing", "预算执行率")
    rows, missing, heads = _table(lines, "name", "target", "actual", "mark")
    if missing:
        rows, missing, heads = _table(lines, "name", "value", "actual", "mark")
    yield from _lacking(missing)
    kpis, total = _parted(rows)
    for row in kpis:
        printed.append(row.number("mark"))
        weights.append(row.number("weight"))
        yield from _row(row, profile)
    if kpis and (weight := added(weights)) is not None and weight != 100:
        yield error("weights_hundred", found=plain(weight))
    if total is not None:
        after = total.cells[next(n for n, head in enumerate(heads) if head.strip() in HEADS["mark"]) + 1 :]
        yield from _total(total, added(weights), added(printed), next((cell for cell in after if cell), ""), profile)


def _row(row: Line, profile: Profile) -> Iterator[Finding]:
    """Yield what is wrong with an indicator's score, by the rules of the form."""
    name, given, full, goal = row["name"], row.number("mark"), row.number("weight"), _goal(row)
    yield from row.wrong(("weight", "mark"))
    if full is None and row["weight"] in ("", BLANK):
        yield error("weight_missing", name)
    if row["mark"] == "":
        yield error("score_missing", name)
    if given is not None and full is not None and not 0 <= given <= full:
        yield error("score_range", name, found=row["mark"], most=row["weight"])
        return
    missed, far = False, False
    if goal is not None:
        if day(goal[1]) is None:
            yield from row.wrong(("actual",))
        satisfied = row["group"].startswith("满意度")
        right = score(*goal, row["actual"], row["weight"], profile.rules, satisfaction=satisfied)
        missed, far = met(*goal, row["actual"]) is False, over(*goal, row["actual"])
        wrong = right is not None and given is not None and given != Fraction(right)
        if wrong and not (far and given is not None and given < (full or 0)):  # the unit may score a low target lower
            yield error("rule_score", name, found=row["mark"], right=right)
    elif given is not None and full is not None:
        if row["actual"] in (band for band, _, _ in BANDS) and not fits(row["actual"], row["weight"], row["mark"]):
            yield error("score_band", name, found=row["mark"], band=row["actual"])
        missed = given < BANDS[0][1] * full
    if row["cause"] in ("", BLANK, *NO_DEVIATION):
        if missed:
            yield error("no_cause", name)
        elif far:
            yield warning("no_reason", name)


def _total(
    row: Line, weight: Fraction | None, whole: Fraction | None, word: str, profile: Profile
) -> Iterator[Finding]:
    """Yield what is wrong with the last line of the self-assessment."""
    told, printed = row.number("mark"), row.number("weight")
    if printed is not None and weight is not None and printed != weight:
        yield error("weights_printed", found=row["weight"], right=plain(weight))
    if whole is None:
        if told is not None:
            yield error("total_open", found=row["mark"])
        return
    if row["mark"] == "":
        yield error("blank_cell", column=row.first)
    elif told is not None and told != whole:
        yield error("total_score", found=row["mark"], right=half_up(whole))
    right = grade(half_up(whole), profile.rules)
    if word and word != BLANK and word != right:
        yield error("grade", found=word, right=right)


FORMS = {"自评表": _review, "监控表": _monitor, "跟踪表": _monitor, "申报表": _target}
"""What a title holds, and how such a form is counted again."""
