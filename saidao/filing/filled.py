"""A filled form, as a unit hands it in: read back from a workbook, and every figure on it counted again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from ..errors import CaseError, Problem
from .amounts import BLANK, added, exact, half_up, plain
from .profile import Profile
from .scoring import execution, grade, met, score, sign_of

Lines = Sequence[Sequence[str]]
_TARGET = re.compile(r"^\s*(≥|≤|=|＝|＞|＜|>=|<=|>|<)?\s*([0-9][0-9,]*(?:\.[0-9]+)?)")


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
    except (OSError, CalamineError) as error:
        raise CaseError([Problem("unreadable", file=str(path), found=str(error))]) from None


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return plain(Fraction(str(cell)))
    return str(cell).strip()


def faults(sheets: dict[str, Lines], profile: Profile) -> Iterator[tuple[str, str, str]]:
    """Yield (sheet, kind, what): errors of what is written, and warnings of what is left to be filled in."""
    known = False
    for name, lines in sheets.items():
        top = " ".join(cell for row in lines[:2] for cell in row)
        kind = next((form for form in ("自评表", "监控表", "申报表", "跟踪表") if form in top), "")
        if not kind:
            continue
        known = True
        left = sum(cell.count(BLANK) for row in lines for cell in row)
        if left:
            yield name, "warning", f"尚有 {left} 处待填"
        if kind == "自评表":
            yield from ((name, "error", what) for what in _review(lines, profile))
        elif kind == "申报表":
            yield from ((name, "error", what) for what in _target(lines))
    if not known:
        yield "", "error", "未找到申报表、监控表或自评表"


def _table(lines: Lines, *heads: str) -> tuple[dict[str, int], list[Sequence[str]]]:
    """Return the places of a table's headings, and the rows below them until a blank one."""
    for at, row in enumerate(lines):
        if all(head in row for head in heads):
            places = {cell: n for n, cell in reversed(list(enumerate(row))) if cell}
            below = []
            for after in lines[at + 1 :]:
                if not any(after):
                    break
                below.append(after)
            return places, below
    return {}, []


def _target(lines: Lines) -> Iterator[str]:
    places, rows = _table(lines, "三级指标", "分值权重")
    weight = added(exact(row[places["分值权重"]]) for row in rows if row[places["三级指标"]])
    total = next((exact(row[places["分值权重"]]) for row in rows if row[0] == "权重合计"), None)
    if weight is not None:
        if total is not None and total != weight:
            yield f"权重合计 {plain(total)}，各项相加为 {plain(weight)}"
        if weight != 90:
            yield f"分值权重合计 {plain(weight)}，应为 90"


def _review(lines: Lines, profile: Profile) -> Iterator[str]:
    places, rows = _table(lines, "全年预算数", "全年执行数", "得分")
    printed: list[Fraction | None] = []
    if rows:
        row = rows[0]
        full, spent = (exact(row[places[name]]) for name in ("全年预算数", "全年执行数"))
        rate, mark = exact(row[places["执行率"]]), exact(row[places["得分"]])
        printed.append(mark)
        if full and spent is not None:
            if rate is not None and rate != Fraction(half_up(100 * spent / full)):
                yield f"执行率 {row[places['执行率']]}，应为 {half_up(100 * spent / full)}%"
            right = execution(row[places["全年执行数"]], row[places["全年预算数"]], row[places["分值"]], profile.rules)
            if mark is not None and right is not None and mark != Fraction(right):
                yield f"预算执行率得分 {row[places['得分']]}，应为 {right}"
    places, rows = _table(lines, "三级指标", "实际完成值", "得分")
    for row in rows:
        if row[0] == "总分":
            yield from _total(row, places, printed, profile)
            break
        printed.append(exact(row[places["得分"]]))
        yield from _row(row, places, profile)


def _row(row: Sequence[str], places: dict[str, int], profile: Profile) -> Iterator[str]:
    target, actual, weight, mark, name = (
        row[places[key]] for key in ("年度指标值", "实际完成值", "分值", "得分", "三级指标")
    )
    found = _TARGET.match(target)
    given = exact(mark)
    full = exact(weight)
    if given is not None and full is not None and not 0 <= given <= full:
        yield f"{name}: 得分 {mark} 不在 0 至 {weight} 之间"
    if found is None:
        return
    sign = sign_of(found[1] or ">=")
    satisfied = row[places["一级指标"]].startswith("满意度") if "一级指标" in places else False
    right = score(sign, found[2], actual, weight, profile.rules, satisfaction=satisfied)
    missed = met(sign, found[2], actual) is False
    if right is not None and given is not None and (given > Fraction(right) or (missed and given < Fraction(right))):
        yield f"{name}: 得分 {mark}，按规则应为 {right}"
    reason = row[places["偏差原因分析及改进措施"]] if "偏差原因分析及改进措施" in places else ""
    if missed and reason in ("", BLANK):
        yield f"{name}: 未完成而未填偏差原因"


def _total(
    row: Sequence[str], places: dict[str, int], printed: list[Fraction | None], profile: Profile
) -> Iterator[str]:
    total, whole = exact(row[places["得分"]]), added(printed)
    if total is None or whole is None:
        return
    if total != whole:
        yield f"总分 {row[places['得分']]}，各得分相加为 {half_up(whole)}"
    word = next((cell for cell in row[places["得分"] + 1 :] if cell), "")
    right = grade(half_up(whole), profile.rules)
    if word and word != right:
        yield f"等级 {word}，应为 {right}"
