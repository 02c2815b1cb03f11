"""What is wrong or missing in filled forms: errors stand in the way of filing, warnings have to be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from .amounts import BLANK, added, exact, plain
from .fill import Data, target_value, year_of
from .scoring import SIGNS, day, fits, sign_of

WITH_COST = {"成本指标": 20, "产出指标": 40, "效益指标": 20, "满意度指标": 10}
WITHOUT_COST = {"产出指标": 50, "效益指标": 30, "满意度指标": 10}
"""Weights by group (101号): 90 when filed; 10 for the execution of the budget join in the self-assessment."""
FILED = 90


def group_weights(kpis: list[Data]) -> dict[str, int | float]:
    """Return the sum of weights of each group, in the order in which they stand."""
    sums: dict[str, Fraction] = {}
    for kpi in kpis:
        name = str(kpi.get("一级指标", ""))
        sums[name] = sums.get(name, Fraction(0)) + (exact(kpi.get("weight")) or Fraction(0))
    return {name: int(value) if value.denominator == 1 else float(value) for name, value in sums.items()}


def expected_weights(groups: Mapping[str, Any]) -> dict[str, int]:
    """Return what groups should weigh, by which of them there are."""
    base = WITH_COST if "成本指标" in groups else WITHOUT_COST
    made = dict(base)
    if "满意度指标" not in groups:
        made["效益指标"] += made.pop("满意度指标")
    return made


def check(data: Data, forms: Mapping[str, Any], year: str | None = None) -> dict[str, dict[str, Any]]:
    """Check every project: errors, warnings, and the weights by group."""
    return {
        key: {
            "error": list(_errors(data, key, year)),
            "warning": list(_warnings(forms[key])),
            "weights_by_level1": group_weights(_kpis(data, key)),
        }
        for key in data.get("projects", {})
    }


def _kpis(data: Data, key: str) -> list[Data]:
    return [kpi for kpi in data.get("kpi", ()) if kpi.get("project") == key]


def _errors(data: Data, key: str, year: str | None) -> Iterator[str]:
    project, kpis = data["projects"][key], _kpis(data, key)
    groups = group_weights(kpis)
    total = sum((exact(kpi.get("weight")) or Fraction(0) for kpi in kpis), Fraction(0))
    if kpis and total != FILED:
        yield f"分值权重合计 {plain(total)}，应为 {FILED}"
    elif kpis:
        wanted = expected_weights(groups)
        for name, weight in wanted.items():
            if Fraction(str(groups.get(name, 0))) != weight:
                yield f"{name}: 权重合计 {groups.get(name, 0)}，应为 {weight}"
    names = {str(kpi.get("二级指标", "")) for kpi in kpis}
    if kpis and not any(name.startswith("数量") for name in names):
        yield "缺少数量指标"
    for kpi in kpis:
        sign = sign_of(str(kpi.get("sign", "")))
        value = target_value(project, kpi, year_of(project, year))
        if sign not in SIGNS:
            yield f"{kpi.get('id')}: 计算符号 {kpi.get('sign')} 无法识别"
        elif sign != "定性" and value != BLANK and exact(value) is None and day(value) is None:
            yield f"{kpi.get('id')}: 指标值 {value} 不是数字或日期"
    periods, split = project.get("periods", {}), project.get("split", {})
    amounts = [exact(period.get("funds")) for period in periods.values()]
    whole = added(amounts)
    own = year_of(project, year)
    for name, parts, amount in (
        ("项目资金总额", split.get("total", {}), whole),
        ("年度资金申请总额", split.get(own, {}), exact(periods.get(own, {}).get("funds"))),
    ):
        told = added(exact(part) for part in parts.values())
        if told is not None and amount is not None and told != amount:
            yield f"{name}: 各来源合计不等于总额"
    for kpi_id, given in data.get("actuals", {}).get(key, {}).get("human_score", {}).items():
        kpi = next((one for one in kpis if one.get("id") == kpi_id), {})
        yield from _band_errors(kpi_id, kpi, given)


def _band_errors(kpi_id: str, kpi: Data, given: Any) -> Iterator[str]:
    band, points = None, given
    if isinstance(given, Mapping):
        band = next((given[name] for name in ("band", "档", "level") if name in given), None)
        points = next((given[name] for name in ("score", "得分") if name in given), None)
    elif isinstance(given, list | tuple) and len(given) == 2:
        band, points = given
    mark, weight = exact(points), exact(kpi.get("weight"))
    if mark is None or weight is None or not 0 <= mark <= weight:
        yield f"{kpi_id}: 定性得分 {points} 不在 0 至 {kpi.get('weight')} 之间"
    elif band is not None and not fits(str(band), kpi.get("weight"), points):
        yield f"{kpi_id}: 定性得分 {points} 不在“{band}”区间内"


def _warnings(forms: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is left to be filled in, each once with the ids of its rows."""
    monitor, review = forms.get("绩效目标执行监控表"), forms.get("绩效自评表")
    if monitor is not None:
        span = next(
            (name.removesuffix("执行情况") for name in (monitor["rows"] or [{}])[0] if "月执行情况" in name), ""
        )
        rows = monitor["rows"]
        yield from _listed("预计不能完成而未填偏差原因", [r for r in rows if r["原因说明"] == BLANK])
        yield from _listed(f"{span}执行情况未填", [r for r in rows if r[f"{span}执行情况"] == BLANK])
        yield from _listed("全年预计完成情况未填", [r for r in rows if r["全年预计完成情况"] == BLANK])
        yield from _listed("完成目标可能性未填", [r for r in rows if r["完成目标可能性"] == BLANK])
    if review is not None:
        rows = review["rows"]
        yield from _listed("实际完成值未填", [r for r in rows if r["实际完成值"] == BLANK])
        open_ = [r for r in rows if r["偏差原因分析及改进措施"] == BLANK]
        yield from _listed("自评未完成而未填偏差原因", [r for r in open_ if r["须说明"] == "未完成"])
        yield from _listed("超额完成而未填原因", [r for r in open_ if r["须说明"] == "超额完成"])
        scored = [r for r in rows if r["得分"] == BLANK and r["实际完成值"] != BLANK]
        yield from _listed("得分未填", scored)


def _listed(what: str, rows: list[Any]) -> Iterator[str]:
    if rows:
        yield f"{','.join(str(row['id']) for row in rows)}: {what}"
