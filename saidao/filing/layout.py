"""How a form is laid out: a title, pairs of heading and cell, and tables; workbooks and documents draw the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .amounts import BLANK, added, exact, money, plain
from .fill import CAUSES, LEVELS, Data, increase, year_funds, year_of
from .profile import Profile

SOURCES = {"当年财政拨款": "其中：当年财政拨款", "上年结转资金": "上年结转资金", "其他资金": "其他资金"}
"""Sources of a year's money, as the forms name their rows."""
NAMES = ("项目名称", "主管部门", "实施单位")


@dataclass(frozen=True)
class Block:
    """Rows of cells, the first ones headings; `caption` stands above them."""

    rows: tuple[tuple[str, ...], ...]
    heads: int = 1
    caption: str = ""


@dataclass(frozen=True)
class Page:
    """One form on paper: its project, its name, title, year and unit, then its blocks. A draft says so."""

    project: str
    form: str
    title: str
    year: str
    unit: str
    blocks: tuple[Block, ...]
    draft: bool = False


def pages(filled: Mapping[str, Data], data: Data, profile: Profile, year: str | None = None) -> Iterator[Page]:
    """Yield every form of every project; what stands beside its cells comes from the data."""
    for key, forms in filled.items():
        project = data["projects"][key]
        own = year_of(project, year)
        if profile.papers == "english":
            yield from (_english(key, name, form) for name, form in forms.items())
            continue
        target = forms["绩效目标申报表"]
        draft = any(row["标记"] == "【假设】" for row in target["rows"])
        yield _target(key, target, project, own, draft)
        told = data.get("monitoring", {}).get(key, {})
        if "绩效目标执行监控表" in forms:
            yield _monitor(key, forms["绩效目标执行监控表"], target["head"], project, told, own)
        if "绩效自评表" in forms:
            told = data.get("actuals", {}).get(key, {})
            yield _review(key, forms["绩效自评表"], target["head"], project, told, own)


def aim(project: Data, year: str) -> str:
    """Return 年度总体目标 in a sentence: where, what, how much, what closes; what is not known is left out.

    >>> told = {"2027": {"level": 3, "closed_total": "0.15"}}
    >>> aim({"name": "甲", "targets": ["乙"], "unit": "个", "periods": told}, "2027")
    '2027年在乙实施甲，完成3个，要素水平合计提升0.15。'
    """
    at = project.get("periods", {}).get(year, {})
    where = "、".join(map(str, project.get("targets", ())))
    level, closed, unit = exact(at.get("level")), increase(project, year), str(project.get("unit") or "")
    parts = [f"{year}年{f'在{where}' if where else ''}实施{project.get('name') or BLANK}"]
    if level is not None and unit and not unit.isascii():
        parts.append(f"完成{plain(level)}{unit}")
    if closed is not None:
        parts.append(f"要素水平合计提升{plain(closed)}")
    return "，".join(parts) + "。"


def _pairs(cells: Mapping[str, Any], caption: str = "") -> Block:
    return Block(tuple((name, str(value)) for name, value in cells.items()), 0, caption)


def _target(key: str, form: Data, project: Data, own: str, draft: bool) -> Page:
    head, funds = dict(form["head"]), dict(form["项目资金"])
    title, year, unit = head.pop("标题"), head.pop("年度"), funds.pop("单位")
    names = (*LEVELS, "计算符号", "指标值", "计量单位", "年度(/项目)指标值", "分值权重", "标记")
    rows = tuple(tuple(str(row[name]) for name in names) for row in form["rows"])
    total = ("权重合计", *[""] * 6, str(form["权重合计"]), "")
    by_year = tuple((str(period), money(year_funds(project, period), unit)) for period in project.get("periods", {}))
    goals = {"项目总目标": str(project.get("given", {}).get("项目总目标") or BLANK), "年度总体目标": aim(project, own)}
    blocks = (
        _pairs(head),
        _pairs(funds, f"项目资金（{unit}）"),
        _pairs(goals, "项目绩效目标"),
        *([Block((("年度", "金额"), *by_year), 1, f"年度预算安排（{unit}）")] if len(by_year) > 1 else []),
        Block((names, *rows, total), 1, "绩效指标"),
    )
    return Page(key, "绩效目标申报表", title, year, unit, blocks, draft)


def _funds(form: Data, parts: Mapping[str, Any], told: Mapping[str, Any], unit: str, column: str) -> Block:
    """The money of a form: the whole, then its sources; of a source only what was given, never a share of the whole.

    `parts` is the split of the year as asked for, which holds where it sums to the budget; `told` what units report by
    source, which columns are called as the whole's.
    """
    whole = form["年度资金总额"]
    if money(added(exact(parts.get(name)) for name in SOURCES), unit) != whole[column]:
        parts = {}
    rows = []
    for name, label in SOURCES.items():
        given = told.get(name, {})
        cells = {column: money(parts.get(name), unit)}
        cells |= {head: money(given[head], unit) for head in whole if head in given}
        rows.append((label, *(("—" if head in ("分值", "得分") else cells.get(head, BLANK)) for head in whole)))
    return Block((("项目资金", *whole), ("年度资金总额", *map(str, whole.values())), *rows), 1, f"项目资金（{unit}）")


def _monitor(key: str, form: Data, head: Data, project: Data, told: Data, own: str) -> Page:
    done = next((name for name in (*(form["rows"] or [{}])[0], "1-7月执行情况") if name.endswith("月执行情况")), "")
    names = (*LEVELS, "年度指标值", done, "全年预计完成情况", *CAUSES, "原因说明", "完成目标可能性")
    rows = tuple(tuple(str(row[name]) for name in names) for row in form["rows"])
    derived = {name: form["derived"][name] for name in ("全年预计执行率", "序时进度", "滞后百分点")}
    shown = {name: head[name] for name in NAMES} | {"截至": form["截至"]}
    parts = project.get("split", {}).get(own, {})
    blocks = (
        _pairs(shown),
        _funds(form, parts, told.get("sources", {}), form["单位"], "年初预算数"),
        _pairs(derived),
        _pairs({"年度总体目标": aim(project, own)}),
        Block((names, *rows), 1, "绩效指标"),
    )
    return Page(key, "绩效目标执行监控表", form["标题"], form["年度"], form["单位"], blocks)


def _review(key: str, form: Data, head: Data, project: Data, told: Data, own: str) -> Page:
    names = (*LEVELS, "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    rows = tuple(tuple(str(row[name]) for name in names) for row in form["rows"])
    total = ("总分", *[""] * 4, form["总分"]["分值"], form["总分"]["得分"], form["等级"])
    parts = project.get("split", {}).get(own, {})
    reached = {"预期目标": aim(project, own), "实际完成情况": str(told.get("实际完成情况") or BLANK)}
    blocks = (
        _pairs({name: head[name] for name in NAMES}),
        _funds(form, parts, told.get("sources", {}), form["单位"], "年初预算数"),
        _pairs(reached, "年度总体目标"),
        Block((names, *rows, total), 1, "绩效指标"),
    )
    return Page(key, "绩效自评表", form["标题"], form["年度"], form["单位"], blocks)


def _english(key: str, name: str, form: Data) -> Page:
    """Lay an English paper out: its head and money as pairs, its goals as a table."""
    funds = dict(form["money"])
    unit = funds.pop("unit")
    heads = tuple(column for column in (form["rows"] or [{}])[0] if column != "id")
    rows = tuple(tuple(str(row[column]) for column in heads) for row in form["rows"])
    told = [_pairs(form["head"])] if "head" in form else []
    blocks = (*told, _pairs(funds, f"Money ({unit})"), Block((heads, *rows), 1, "Performance goals"))
    draft = any(row.get("rests on") == "assumption" for row in form["rows"])
    return Page(key, name, form["title"], form["year"], unit, blocks, draft)
