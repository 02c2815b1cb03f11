"""The three forms of a project, cell by cell, from what is known of it; what may not be guessed stays to be filled in.

A project is one measure over all its places. Amounts come in millions of yuan, as in a case; keys are those of
``saidao forms --json``. Years are those of the project's periods: the year and the whole are two cells, never one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from .amounts import BLANK, UNITS, added, exact, half_up, money, percent, plain
from .profile import Profile
from .scoring import SIGNS, day, execution, grade, met, over, score, sign_of

Data = Mapping[str, Any]
Row = dict[str, Any]

LEVELS = ("一级指标", "二级指标", "三级指标")
CAUSES = ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他")
HEAD = ("项目名称", "项目代码", "项目性质", "项目类别", "主管部门", "实施单位")
MARKS = {"judgement": "【判断】", "assumption": "【假设】"}
"""What stands beside a number that rests on a judgement or an assumption."""
FROM_PLAN = ("", "from plan", "plan", "按方案")
"""Values that say: as the plan has it."""
ORIGINS = {
    "经济成本": "cost per unit of level",
    "成本": "cost per unit of level",
    "数量": "level",
    "效益": "gap closed",
}
"""What a plan gives of an indicator, by its subgroup or, if that says nothing else, by its group."""
NOT_OF_PLAN = ("社会成本", "生态环境成本")
"""Subgroups of a group that a plan gives, which it does not."""
WHOLE = ("", "the measure in full", "measure", "整项措施", "措施")
"""Units of a level that counts nothing."""
SCALE = ("(0-1)", "（0-1）", "0-1")
"""Units of a level of development, which is printed without one."""
MONEY = re.compile(r"^(?:十|百|千|万|十万|百万|千万|亿)?元(?:$|[/每])")
"""Units of amounts of money, which are printed with thousands and two decimals."""


def year_of(project: Data, year: str | None = None) -> str:
    """Return the year of a project's forms: the one asked for, else its first period."""
    periods = list(project.get("periods", {}))
    return year or (str(periods[0]) if periods else "")


def _text(value: Any) -> str:
    return BLANK if value is None or str(value).strip() == "" else str(value)


def _titled(title: str, year: str) -> Row:
    return {"标题": title, "年度": f"({year}年度)"}


# --- values of indicators ---------------------------------------------------------------------------------------------


def target_value(project: Data, kpi: Data, year: str) -> str:
    """Return an indicator's target: as given, or as the plan has it."""
    given = kpi.get("value")
    if given is not None and str(given).strip().lower() not in FROM_PLAN:
        return str(given).strip()
    origin, value = origin_of(kpi), None
    if "cost" in origin:
        cost = exact(project.get("unit_cost_funds"))
        value = None if cost is None else cost * UNITS.get(unit_of(kpi).partition("/")[0], UNITS["万元"])
    elif "level" in origin and _counts(str(project.get("unit") or kpi.get("unit") or "")):
        value = exact(project.get("periods", {}).get(year, {}).get("level"))
    elif "gap" in origin:
        value = increase(project, year)
    return BLANK if value is None else plain(value)


def _counts(unit: str) -> bool:
    """Whether a level in this unit is a number of something; of a measure in full it is not."""
    return unit.strip().lower() not in WHOLE


def origin_of(kpi: Data) -> str:
    """Return where a target comes from: as is told, else by its subgroup what a plan gives; blank for nothing.

    >>> origin_of({"origin": "plan: level in 2027"}), origin_of({"二级指标": "数量指标"}), origin_of({})
    ('plan: level in 2027', 'plan: level', '')
    """
    told = str(kpi.get("origin") or "")
    if told and told.strip().lower() not in FROM_PLAN:
        return told
    one, two = (str(kpi.get(name, "")) for name in LEVELS[:2])
    if two.startswith(NOT_OF_PLAN):
        return ""
    of = next((of for word, of in ORIGINS.items() if two.startswith(word) or one.startswith(word)), "")
    return f"plan: {of}" if of else ""


def increase(project: Data, year: str) -> Fraction | None:
    """Return the gap units that a project closes in a year: what is closed by its end less what was the year before.

    >>> told = {"periods": {"2027": {"closed_total": "0.15"}, "2028": {"closed_total": "0.20"}}}
    >>> increase(told, "2027"), increase(told, "2028"), increase(told, "2029")
    (Fraction(3, 20), Fraction(1, 20), None)
    """
    periods = list(project.get("periods", {}))
    if year not in periods:
        return None
    totals = [exact(project["periods"][period].get("closed_total")) for period in periods[: periods.index(year) + 1]]
    own, before = totals[-1], totals[-2] if len(totals) > 1 else Fraction(0)
    return None if own is None or before is None else own - before


def target_cell(kpi: Data, value: str) -> str:
    """Write a target with its sign and unit: amounts of money with thousands and two decimals."""
    sign, unit = sign_of(str(kpi.get("sign", ""))), unit_of(kpi)
    number, due = exact(value), day(value)
    if due is not None:
        return f"{due.year}年{due.month}月{due.day}日前"
    if value == BLANK or sign == "定性" or number is None:
        return value
    shown = f"{half_up(number):,}" if is_money(unit) else value
    return f"{SIGNS.get(sign, sign)}{shown}{unit}"


def is_money(unit: str) -> bool:
    """Whether a unit is of money, by the thing or not.

    >>> is_money("万元/个"), is_money("元"), is_money("单元")
    (True, True, False)
    """
    return MONEY.match(unit) is not None


def unit_of(kpi: Data) -> str:
    """Return an indicator's unit; a level of development has none."""
    unit = str(kpi.get("unit") or "").strip()
    return "" if unit in SCALE else unit


def mark_of(project: Data, kpi: Data) -> str:
    """Return what a target of the plan rests on: the level, the cost, or the effect."""
    origin = origin_of(kpi)
    if not origin.startswith("plan"):
        return ""
    of = "cost" if "cost" in origin else "level" if "level" in origin else "effect"
    return MARKS.get(str(project.get("source_kind", {}).get(of, "")), "")


def _levels(kpi: Data) -> Row:
    return {"id": kpi.get("id", ""), **{name: str(kpi.get(name, "")) for name in LEVELS}}


# --- the forms --------------------------------------------------------------------------------------------------------


def ends(project: Data) -> tuple[str | None, str | None]:
    """Return the days on which a project begins and ends: as given, else by its periods if they are years."""
    given, years = project.get("given", {}), [str(period) for period in project.get("periods", {})]
    dated = bool(years) and all(len(period) == 4 and period.isdigit() for period in years)
    first, last = (f"{years[0]}-01-01", f"{years[-1]}-12-31") if dated else (None, None)
    return given.get("计划开始日期") or first, given.get("计划完成日期") or last


def whole_funds(project: Data) -> Fraction | None:
    """Return a project's money of all periods, millions; where none says, the sum of its sources if all are given."""
    periods = [exact(period.get("funds")) for period in project.get("periods", {}).values()]
    total = project.get("split", {}).get("total", {})
    own = added(periods)
    return own if own is not None else added(exact(total.get(name)) for name in ("财政资金", "其他资金"))


def year_funds(project: Data, year: str) -> Fraction | None:
    """Return a project's money of a year, millions; where that is not told, the sum of its sources if all are given."""
    own, annual = exact(project.get("periods", {}).get(year, {}).get("funds")), project.get("split", {}).get(year, {})
    names = ("当年财政拨款", "上年结转资金", "其他资金")
    return own if own is not None else added(exact(annual.get(name)) for name in names)


def target_form(project: Data, kpis: Sequence[Data], profile: Profile, year: str) -> Row:
    """Fill 绩效目标申报表 in."""
    given, split = project.get("given", {}), project.get("split", {})
    first, last = ends(project)
    head = {name: _text(given.get(name, project.get("name") if name == "项目名称" else None)) for name in HEAD}
    unit = profile.target_unit
    total, annual = split.get("total", {}), split.get(year, {})
    rows = []
    for kpi in kpis:
        value, sign = target_value(project, kpi, year), sign_of(str(kpi.get("sign", "")))
        rows.append(
            {
                **_levels(kpi),
                "计算符号": SIGNS.get(sign, sign),
                "指标值": value,
                "计量单位": unit_of(kpi),
                "年度(/项目)指标值": target_cell(kpi, value),
                "分值权重": _text(kpi.get("weight")),
                "来源": str(kpi.get("origin", "")),
                "标记": mark_of(project, kpi),
            }
        )
    weight = added(exact(kpi.get("weight")) for kpi in kpis)
    return {
        "head": {
            **_titled(profile.target_title, year),
            **head,
            "计划开始日期": _text(first),
            "计划完成日期": _text(last),
        },
        "项目资金": {
            "单位": unit,
            "项目资金总额": money(whole_funds(project), unit),
            "其中:财政资金": money(total.get("财政资金"), unit),
            "其中:其他资金": money(total.get("其他资金"), unit),
            "年度资金申请总额": money(year_funds(project, year), unit),
            "其中:当年财政拨款": money(annual.get("当年财政拨款"), unit),
            "上年结转资金": money(annual.get("上年结转资金"), unit),
            "年度其他资金": money(annual.get("其他资金"), unit),
        },
        "rows": rows,
        "权重合计": BLANK if weight is None else plain(weight),
    }


def monitor_form(project: Data, kpis: Sequence[Data], told: Data, profile: Profile, year: str) -> Row:
    """Fill 绩效目标执行监控表 in: never “无偏差” or 0 by default."""
    month, unit = profile.until, profile.monitor_unit
    span = f"1-{month}月"
    budget, spent, forecast = (exact(told.get(key)) for key in ("budget", "spent", "forecast"))
    pace = Fraction(month, 12)
    rate = None if spent is None or not budget else spent / budget
    behind = None if rate is None else rate < pace
    rows = []
    for kpi in kpis:
        key, value = str(kpi.get("id", "")), target_value(project, kpi, year)
        done, fore = told.get("done", {}).get(key), told.get("fore", {}).get(key)
        reached = met(str(kpi.get("sign", "")), value, fore)
        fails = reached is False
        cause = told.get("cause", {}).get(key, {})
        cause = {"原因说明": cause} if isinstance(cause, str) else cause
        rows.append(
            {
                **_levels(kpi),
                "年度指标值": target_cell(kpi, value),
                f"{span}执行情况": _text(done),
                "全年预计完成情况": _text(fore),
                **{name: "√" if cause.get(name) else "" for name in CAUSES},
                "原因说明": str(cause.get("原因说明") or (BLANK if fails else "")),
                "完成目标可能性": _text(told.get("chance", {}).get(key)),
                "预计不能完成": fails,
            }
        )
    return {
        **_titled(profile.monitor_title, year),
        "截至": f"{year}-{month:02d}-{monthrange(int(year), month)[1]:02d}" if year.isdigit() else BLANK,
        "单位": unit,
        "年度资金总额": {
            "年初预算数": money(told.get("budget"), unit),
            f"{span}执行数": money(told.get("spent"), unit),
            f"{span}执行率": percent(spent, budget),
            "全年预计执行数": money(told.get("forecast"), unit),
        },
        "derived": {
            "全年预计执行率": percent(forecast, budget),
            "序时进度": percent(pace, Fraction(1)),
            "执行滞后": behind,
            "滞后百分点": f"{half_up(100 * (pace - rate))}" if behind and rate is not None else "",
        },
        "rows": rows,
    }


def review_form(project: Data, kpis: Sequence[Data], told: Data, profile: Profile, year: str) -> Row:
    """Fill 绩效自评表 in: each cell rounded, the total the sum of the cells that are printed."""
    unit, rules = profile.review_unit, profile.rules
    spent, full = exact(told.get("spent")), exact(told.get("full"))
    own = execution(told.get("spent"), told.get("full"), 10, rules, finished=bool(told.get("finished")))
    rows, marks = [], [own]
    for kpi in kpis:
        key, value, sign = str(kpi.get("id", "")), target_value(project, kpi, year), str(kpi.get("sign", ""))
        actual = told.get("actual", {}).get(key)
        by_hand = _by_hand(told, key)
        satisfied = str(kpi.get("一级指标", "")).startswith("满意度")
        got = score(sign, value, actual, kpi.get("weight"), rules, satisfaction=satisfied)
        if by_hand is not None and (got is None or _may_lower(sign, value, actual)):
            got = half_up(by_hand)
        why = _must_explain(sign, value, actual, got, kpi.get("weight"))
        marks.append(got)
        rows.append(
            {
                **_levels(kpi),
                "年度指标值": target_cell(kpi, value),
                "实际完成值": _text(actual),
                "分值": _text(kpi.get("weight")),
                "得分": BLANK if got is None else f"{got}",
                "偏差原因分析及改进措施": str(told.get("cause", {}).get(key) or (BLANK if why else "")),
                "须说明": why,
            }
        )
    weight = added(exact(kpi.get("weight")) for kpi in kpis)
    exactly = added(None if mark is None else Fraction(mark) for mark in marks)
    total = None if exactly is None else half_up(exactly)
    return {
        **_titled(profile.review_title, year),
        "单位": unit,
        "年度资金总额": {
            "年初预算数": money(told.get("initial"), unit),
            "全年预算数": money(told.get("full"), unit),
            "全年执行数": money(told.get("spent"), unit),
            "分值": "10",
            "执行率": percent(spent, full),
            "得分": BLANK if own is None else f"{own}",
        },
        "rows": rows,
        "总分": {
            "分值": BLANK if weight is None else plain(10 + weight),
            "得分": BLANK if total is None else f"{total}",
        },
        "等级": BLANK if total is None else grade(total, rules),
    }


def _by_hand(told: Data, key: str) -> Fraction | None:
    """Return the score that a person gave: a number, or a band with its score."""
    given = told.get("human_score", {}).get(key)
    if isinstance(given, Mapping):
        given = next((given[name] for name in ("score", "得分") if name in given), None)
    elif isinstance(given, list | tuple):
        given = given[-1] if given else None
    return exact(given)


def _may_lower(sign: str, value: str, actual: Any) -> bool:
    """Whether a unit may score lower than the rule: where it went far beyond a target that was too low (10号)."""
    return over(sign, value, actual)


def _must_explain(sign: str, value: str, actual: Any, got: Any, weight: Any) -> str:
    """Return why a reason is demanded: the target was missed, or exceeded by far."""
    if met(sign, value, actual) is False:
        return "未完成"
    if over(sign, value, actual):
        return "超额完成"
    full = exact(weight)
    if sign_of(sign) == "定性" and got is not None and full is not None:
        return "未完成" if Fraction(got) < Fraction(8, 10) * full else ""
    return ""


def fill(data: Data, profile: Profile, year: str | None = None) -> dict[str, Row]:
    """Fill all forms of all projects in.

    Parameters
    ----------
    data : ``projects`` by id, ``kpi`` (a list, each with its project), ``monitoring`` and ``actuals`` by project.

    Returns
    -------
    dict
        By project, then by form. Monitoring and self-assessment stand there where there is something to fill them with.
    """
    made: dict[str, Row] = {}
    for key, project in data.get("projects", {}).items():
        own = year_of(project, year)
        kpis = [kpi for kpi in data.get("kpi", ()) if kpi.get("project") == key]
        made[key] = {"绩效目标申报表": target_form(project, kpis, profile, own)}
        if key in data.get("monitoring", {}):
            told = data["monitoring"][key]
            made[key]["绩效目标执行监控表"] = monitor_form(project, kpis, told, profile, own)
        if key in data.get("actuals", {}):
            made[key]["绩效自评表"] = review_form(project, kpis, data["actuals"][key], profile, own)
    return made
