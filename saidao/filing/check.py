"""What is wrong or missing in forms that were filled in: errors stand in the way of filing, warnings are looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from .amounts import BLANK, added, exact, plain
from .fill import Data, target_value, year_of
from .findings import Finding, error, warning
from .performance import OPEN
from .scoring import SIGNS, day, fits, sign_of

WITH_COST = {"成本指标": 20, "产出指标": 40, "效益指标": 20, "满意度指标": 10}
WITHOUT_COST = {"产出指标": 50, "效益指标": 30, "满意度指标": 10}
"""Weights by group (101号): 90 when filed; 10 for the execution of the budget join in the self-assessment."""
FILED = 90
CHANCES = ("确定能", "有可能", "完全不可能")
"""What may stand under 完成目标可能性."""
BOTH = {"数量": "no_quantity", "质量": "no_quality"}
"""Subgroups of output that every project has, with what is said where one is missing."""


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


def check(data: Data, forms: Mapping[str, Any], year: str | None = None) -> dict[str, list[Finding]]:
    """Return what is found in the forms of every project, errors first; English papers have no weights and no marks."""
    return {
        key: [*_errors(data, key, year), *_warnings(forms[key])]
        if "绩效目标申报表" in forms[key]
        else [*_figures(data, key, year), *_unexplained(forms[key])]
        for key in data.get("projects", {})
    }


def told(data: Data, checked: Mapping[str, list[Finding]]) -> dict[str, dict[str, Any]]:
    """Return errors, warnings and weights by group of every project, in the language of the forms."""
    return {
        key: {
            **{level: [one.text() for one in found if one.level == level] for level in ("error", "warning")},
            "weights_by_level1": group_weights(kpis_of(data, key)),
        }
        for key, found in checked.items()
    }


def kpis_of(data: Data, key: str) -> list[Data]:
    """Return the indicators of a project."""
    return [kpi for kpi in data.get("kpi", ()) if kpi.get("project") == key]


def weight_findings(weights: list[tuple[str, str, Fraction | None]]) -> Iterator[Finding]:
    """Yield what is wrong with weights as they are filed: (indicator, group, weight) each."""
    if missing := [name for name, _, weight in weights if weight is None]:
        yield error("weight_missing", *missing)
        return
    total = sum((weight for _, _, weight in weights if weight is not None), Fraction(0))
    if total != FILED:
        yield error("weights_sum", found=plain(total), wanted=FILED)
        return
    groups: dict[str, Fraction] = {}
    for _, name, weight in weights:
        group = next((known for known in WITH_COST if name.startswith(known.removesuffix("指标"))), name)
        groups[group] = groups.get(group, Fraction(0)) + (weight or 0)
    wanted = expected_weights(groups)
    for name in dict.fromkeys((*wanted, *groups)):
        if (found := groups.get(name, Fraction(0))) != wanted.get(name, 0):
            yield error("group_weight", group=name, found=plain(found), wanted=wanted.get(name, 0))


def subgroup_findings(names: set[str]) -> Iterator[Finding]:
    """Yield the subgroups that every project has to have and this one has not."""
    for start, code in BOTH.items():
        if not any(name.startswith(start) for name in names):
            yield error(code)


def _errors(data: Data, key: str, year: str | None) -> Iterator[Finding]:
    kpis = kpis_of(data, key)
    if kpis:
        yield from weight_findings(
            [(str(kpi.get("id")), str(kpi.get("一级指标", "")), exact(kpi.get("weight"))) for kpi in kpis]
        )
        yield from subgroup_findings({str(kpi.get("二级指标", "")) for kpi in kpis})
    yield from _figures(data, key, year)
    for kpi_id, told in data.get("monitoring", {}).get(key, {}).get("chance", {}).items():
        if told and told not in CHANCES:
            yield error("chance", kpi_id, found=told, choices="、".join(CHANCES))
    for kpi_id, given in data.get("actuals", {}).get(key, {}).get("human_score", {}).items():
        kpi = next((one for one in kpis if one.get("id") == kpi_id), {})
        yield from _band_errors(kpi_id, kpi, given)


def _figures(data: Data, key: str, year: str | None) -> Iterator[Finding]:
    """Yield what is wrong with targets and with sums of money."""
    project = data["projects"][key]
    own = year_of(project, year)
    for kpi in kpis_of(data, key):
        yield from target_findings(str(kpi.get("id")), str(kpi.get("sign", "")), target_value(project, kpi, own))
    yield from _source_errors(data, project, own)


def target_findings(name: str, sign: str, value: str) -> Iterator[Finding]:
    """Yield what is wrong with a target: a sign that is none, or no number of 0 or more and no date."""
    known = sign_of(sign)
    if known not in SIGNS:
        yield error("sign", name, found=sign)
    elif known != "定性" and value != BLANK and day(value) is None:
        number = exact(value)
        if number is None or number < 0:
            yield error("target", name, found=value)


def _source_errors(data: Data, project: Data, year: str) -> Iterator[Finding]:
    """Yield where sources of money do not add up, of the project, of the year, and of projects that share a measure."""
    periods, split = project.get("periods", {}), project.get("split", {})
    whole = added(exact(period.get("funds")) for period in periods.values())
    for code, parts, amount in (
        ("sources_total", split.get("total", {}), whole),
        ("sources_year", split.get(year, {}), exact(periods.get(year, {}).get("funds"))),
    ):
        told = added(exact(part) for part in parts.values())
        if told is not None and amount is not None and told != amount:
            yield error(code, found=plain(told), wanted=plain(amount))
    if (of := project.get("measure_funds")) is not None:
        others = [one for one in data["projects"].values() if one.get("measure") == project.get("measure")]
        shared = added(
            added(exact(period.get("funds")) for period in one.get("periods", {}).values()) for one in others
        )
        if shared is not None and shared != exact(of):
            yield error("measure_total", found=plain(shared), wanted=of)


def _band_errors(kpi_id: str, kpi: Data, given: Any) -> Iterator[Finding]:
    band, points = None, given
    if isinstance(given, Mapping):
        band = next((given[name] for name in ("band", "档", "level") if name in given), None)
        points = next((given[name] for name in ("score", "得分") if name in given), None)
    elif isinstance(given, list | tuple) and len(given) == 2:
        band, points = given
    mark, weight = exact(points), exact(kpi.get("weight"))
    if mark is None or weight is None or not 0 <= mark <= weight:
        yield error("score_range", kpi_id, found=points, most=kpi.get("weight"))
    elif band is not None and not fits(str(band), kpi.get("weight"), points):
        yield error("score_band", kpi_id, found=points, band=band)


def _warnings(forms: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is left to be filled in, each once with the ids of its rows."""
    monitor, review = forms.get("绩效目标执行监控表"), forms.get("绩效自评表")
    if monitor is not None:
        rows = monitor["rows"]
        done = next((name for name in (rows or [{}])[0] if name.endswith("月执行情况")), "")
        yield from _listed("cause_open", [r for r in rows if r["原因说明"] == BLANK])
        yield from _listed("done_open", [r for r in rows if r[done] == BLANK], span=done.removesuffix("执行情况"))
        yield from _listed("forecast_open", [r for r in rows if r["全年预计完成情况"] == BLANK])
        yield from _listed("chance_open", [r for r in rows if r["完成目标可能性"] == BLANK])
    if review is not None:
        rows = review["rows"]
        yield from _listed("actual_open", [r for r in rows if r["实际完成值"] == BLANK])
        open_ = [r for r in rows if r["偏差原因分析及改进措施"] == BLANK]
        yield from _listed("missed_open", [r for r in open_ if r["须说明"] == "未完成"])
        yield from _listed("over_open", [r for r in open_ if r["须说明"] == "超额完成"])
        yield from _listed("score_open", [r for r in rows if r["得分"] == BLANK and r["实际完成值"] != BLANK])


def _unexplained(papers: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield the goals of a performance report that were missed, or far exceeded, without an explanation."""
    rows = papers.get("performance report", {}).get("rows", [])
    yield from _listed("actual_open", [row for row in rows if row["actual"] == OPEN])
    open_ = [row for row in rows if row["explanation of variance"] == OPEN]
    yield from _listed("missed_open", [row for row in open_ if row["result"] != "met"])
    yield from _listed("over_open", [row for row in open_ if row["result"] == "met"])


def _listed(code: str, rows: list[Any], **values: Any) -> Iterator[Finding]:
    if rows:
        yield warning(code, *(row["id"] for row in rows), **values)
