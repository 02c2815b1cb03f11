"""The English equivalents: a performance plan and a performance report, results compared with targets, not scored.

By OMB A-11 section 240 and the GPRA Modernization Act 2010: for each goal its indicator, target, actual, the
explanation of a variance, the plan to meet it and the goal leader. No benefit is in money, so nothing is said of net
value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .amounts import BLANK, exact, half_up, percent, plain
from .fill import (
    LEVELS,
    Data,
    Row,
    ends,
    is_money,
    mark_of,
    target_value,
    unit_of,
    whole_funds,
    year_funds,
    year_of,
)
from .profile import Profile
from .scoring import BANDS, day, met, over, sign_of

OPEN = "[to be filled in]"
"""What may not be guessed."""
UNIT = "CNY million"
GOALS = {"成本": "Cost", "产出": "Output", "效益": "Outcome", "满意度": "Satisfaction"}
KINDS = {
    "经济成本": "economic cost",
    "社会成本": "social cost",
    "生态环境成本": "environmental cost",
    "数量": "quantity",
    "质量": "quality",
    "时效": "timeliness",
    "经济效益": "economic",
    "社会效益": "social",
    "生态效益": "environmental",
    "可持续影响": "lasting effect",
    "服务对象满意度": "of those served",
}
UNITS_OF = {"万元": "CNY 10,000", "元": "CNY", "百万元": "CNY million", "亿元": "CNY 100 million"}
RESULTS = dict(zip((name for name, _, _ in BANDS), ("met", "partly met", "not met"), strict=True))
MARKS = {"【判断】": "judgement", "【假设】": "assumption", "": ""}


def told(value: Any) -> str:
    """Write what was given; what was not is left to be filled in.

    >>> told("3"), told(None), told("【待填】")
    ('3', '[to be filled in]', '[to be filled in]')
    """
    return OPEN if value is None or str(value).strip() in ("", BLANK) else str(value)


def goal(kpi: Data) -> str:
    """Return a performance goal: its group, and its kind.

    >>> goal({"一级指标": "产出指标", "二级指标": "数量指标"}), goal({"一级指标": "Jobs"})
    ('Output: quantity', 'Jobs')
    """
    one, two = (str(kpi.get(name, "")).removesuffix("指标") for name in LEVELS[:2])
    parts = [GOALS.get(one, one), KINDS.get(two, two)]
    return ": ".join(part for part in parts if part)


def target(kpi: Data, value: str) -> str:
    """Write a target with its sign and unit, a date as it is reckoned in days."""
    due, number, sign = day(value), exact(value), sign_of(str(kpi.get("sign", "")))
    if due is not None:
        return f"by {due.isoformat()}"
    if value == BLANK or number is None or sign == "定性":
        return told(value)
    unit = unit_of(kpi)
    money, _, each = unit.partition("/")
    unit = UNITS_OF.get(money, money) + (f" per {each}" if each else "")
    amount = f"{half_up(number):,}" if is_money(unit_of(kpi)) else value
    return f"{sign.replace('>=', '≥').replace('<=', '≤')} {amount}{'' if unit == '%' else ' '}{unit}".rstrip()


def money(millions: Any) -> str:
    """Write an amount of millions with two decimals.

    >>> money("37.5"), money(None)
    ('37.50', '[to be filled in]')
    """
    amount = exact(millions)
    return OPEN if amount is None else f"{half_up(amount):,}"


def plan_form(project: Data, kpis: Sequence[Data], profile: Profile, year: str) -> Row:
    """Fill a performance plan in."""
    given, split = project.get("given", {}), project.get("split", {})
    first, last = ends(project)
    total, annual = split.get("total", {}), split.get(year, {})
    rows = [
        {
            "id": kpi.get("id", ""),
            "performance goal": goal(kpi),
            "indicator": told(kpi.get("三级指标")),
            "target": target(kpi, target_value(project, kpi, year)),
            "rests on": MARKS[mark_of(project, kpi)],
            "goal leader": told(kpi.get("leader")),
        }
        for kpi in kpis
    ]
    return {
        "title": profile.target_title,
        "year": year,
        "head": {
            "project": told(given.get("project", project.get("name_en") or project.get("name"))),
            "code": told(given.get("项目代码")),
            "lead department": told(given.get("主管部门")),
            "delivery unit": told(given.get("实施单位")),
            "start": told(first),
            "end": told(last),
        },
        "money": {
            "unit": UNIT,
            "total of the project": money(whole_funds(project)),
            "public money in all": money(total.get("财政资金")),
            "other money in all": money(total.get("其他资金")),
            "request of the year": money(year_funds(project, year)),
            "public money of the year": money(annual.get("当年财政拨款")),
            "carried over": money(annual.get("上年结转资金")),
            "other money of the year": money(annual.get("其他资金")),
        },
        "rows": rows,
    }


def report_form(project: Data, kpis: Sequence[Data], reported: Data, profile: Profile, year: str) -> Row:
    """Fill a performance report in: each result beside its target; a variance has to be explained."""
    rows = []
    for kpi in kpis:
        key, sign, value = str(kpi.get("id", "")), str(kpi.get("sign", "")), target_value(project, kpi, year)
        actual = reported.get("actual", {}).get(key)
        result = outcome(sign, value, actual)
        demanded = result in ("not met", "partly met") or over(sign, value, actual)
        cause = reported.get("cause", {}).get(key)
        remedy = reported.get("remedy", {}).get(key)
        rows.append(
            {
                "id": key,
                "performance goal": goal(kpi),
                "indicator": told(kpi.get("三级指标")),
                "target": target(kpi, value),
                "actual": told(actual),
                "result": result,
                "variance": variance(value, actual),
                "explanation of variance": str(cause or (OPEN if demanded else "")),
                "plan to meet it": str(remedy or (OPEN if result in ("not met", "partly met") else "")),
                "goal leader": told(kpi.get("leader")),
            }
        )
    spent, full = exact(reported.get("spent")), exact(reported.get("full"))
    return {
        "title": profile.review_title,
        "year": year,
        "money": {
            "unit": UNIT,
            "original budget": money(reported.get("initial")),
            "budget as adjusted": money(reported.get("full")),
            "outturn": money(reported.get("spent")),
            "outturn rate": told(percent(spent, full)),
        },
        "rows": rows,
    }


def outcome(sign: str, value: str, actual: Any) -> str:
    """Say whether a target was met; of what a person has to judge, the band that was reported.

    >>> outcome(">=", "3", "2"), outcome("<=", "2027-06-30", "2027年6月20日"), outcome("定性", "合理", "达成年度指标")
    ('not met', 'met', 'met')
    """
    reached = met(sign, value, actual)
    if reached is None:
        return RESULTS.get(str(actual or "").strip(), OPEN)
    return "met" if reached else "not met"


def variance(value: str, actual: Any) -> str:
    """Return by how much a result differs from its target, and in per cent; of a date in days.

    >>> variance("3", "2"), variance("2027-06-30", "2027-07-02"), variance("0", "1"), variance("3", None)
    ('-1 (-33.33%)', '+2 days', '+1', '[to be filled in]')
    """
    due, done = day(value), day(actual)
    if due is not None:
        return OPEN if done is None else f"{(done - due).days:+d} days"
    t, a = exact(value), exact(actual)
    if t is None or a is None:
        return OPEN
    sign = "+" if a > t else ""
    share = f" ({sign}{half_up(100 * (a - t) / t)}%)" if t else ""
    return f"{sign}{plain(a - t)}{share}"


def fill_english(data: Data, profile: Profile, year: str | None = None) -> dict[str, Row]:
    """Fill the papers of all projects in: a plan each, and a report where there is something to report."""
    made: dict[str, Row] = {}
    for key, project in data.get("projects", {}).items():
        own = year_of(project, year)
        kpis = [kpi for kpi in data.get("kpi", ()) if kpi.get("project") == key]
        made[key] = {"performance plan": plan_form(project, kpis, profile, own)}
        reported: Mapping[str, Any] | None = data.get("actuals", {}).get(key)
        if reported is not None:
            made[key]["performance report"] = report_form(project, kpis, reported, profile, own)
    return made
