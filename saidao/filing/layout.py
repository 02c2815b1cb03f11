"""How a form is laid out: a title, pairs of heading and cell, and tables; workbooks and documents draw the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .fill import CAUSES, LEVELS, Data


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


def pages(filled: Mapping[str, Data]) -> Iterator[Page]:
    """Yield every form of every project."""
    for project, forms in filled.items():
        head = forms["绩效目标申报表"]["head"]
        draft = any(row["标记"] == "【假设】" for row in forms["绩效目标申报表"]["rows"])
        yield _target(project, forms["绩效目标申报表"], draft)
        for name, made in (("绩效目标执行监控表", _monitor), ("绩效自评表", _review)):
            if name in forms:
                yield made(project, forms[name], head)


def _pairs(cells: Mapping[str, Any]) -> Block:
    return Block(tuple((name, str(value)) for name, value in cells.items()), heads=0)


def _target(project: str, form: Data, draft: bool) -> Page:
    head, money = dict(form["head"]), dict(form["项目资金"])
    title, year, unit = head.pop("标题"), head.pop("年度"), money.pop("单位")
    names = (*LEVELS, "计算符号", "指标值", "计量单位", "年度(/项目)指标值", "分值权重", "标记")
    rows = tuple(tuple(str(row[name]) for name in names) for row in form["rows"])
    total = ("权重合计", *[""] * 6, str(form["权重合计"]), "")
    blocks = (
        _pairs(head),
        Block(_pairs(money).rows, 0, f"项目资金（{unit}）"),
        Block((names, *rows, total), 1, "绩效指标"),
    )
    return Page(project, "绩效目标申报表", title, year, unit, blocks, draft)


def _monitor(project: str, form: Data, head: Data) -> Page:
    money = form["年度资金总额"]
    span = next(name.removesuffix("执行情况") for name in (*form["rows"][0], "1-7月执行情况") if "月执行情况" in name)
    names = (*LEVELS, "年度指标值", f"{span}执行情况", "全年预计完成情况", *CAUSES, "原因说明", "完成目标可能性")
    rows = tuple(tuple(str(row[name]) for name in names) for row in form["rows"])
    derived = {
        "全年预计执行率": form["derived"]["全年预计执行率"],
        "序时进度": form["derived"]["序时进度"],
        "滞后百分点": form["derived"]["滞后百分点"],
    }
    shown = {name: head[name] for name in ("项目名称", "主管部门", "实施单位")} | {"截至": form["截至"]}
    blocks = (
        _pairs(shown),
        Block((("项目资金", *money), ("年度资金总额", *map(str, money.values()))), 1, f"项目资金（{form['单位']}）"),
        _pairs(derived),
        Block((names, *rows), 1, "绩效指标"),
    )
    return Page(project, "绩效目标执行监控表", form["标题"], form["年度"], form["单位"], blocks)


def _review(project: str, form: Data, head: Data) -> Page:
    money = form["年度资金总额"]
    names = (*LEVELS, "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    rows = tuple(tuple(str(row[name]) for name in names) for row in form["rows"])
    total = ("总分", *[""] * 4, form["总分"]["分值"], form["总分"]["得分"], form["等级"])
    shown = {name: head[name] for name in ("项目名称", "主管部门", "实施单位")}
    blocks = (
        _pairs(shown),
        Block((("项目资金", *money), ("年度资金总额", *map(str, money.values()))), 1, f"项目资金（{form['单位']}）"),
        Block((names, *rows, total), 1, "绩效指标"),
    )
    return Page(project, "绩效自评表", form["标题"], form["年度"], form["单位"], blocks)
