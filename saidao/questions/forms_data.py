"""What forms are filled from: a plan, the case's tables of projects and indicators, and what was spent by date."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from typing import Any

from ..case import Case
from ..case.provenance import Sources, weakest
from ..case.tables import Actual, Kpi, Measure, Project, Resource
from ..filing.amounts import BLANK, UNITS
from ..results.result import Row
from ..study.names import place_name
from ..study.plan import Plan
from ..study.underway import latest
from ..texts.numbers import is_counted

ORIGINS = {"成本": "plan: cost per unit of level", "数量": "plan: level", "效益": "plan: gap closed"}
"""What a plan gives of an indicator without a value, by its subgroup or group."""


def from_plan(plan: Plan, year: str = "", until: int = 7) -> Row:
    """Return what a plan knows of its projects, one a measure over all its places: money, levels, gaps closed.

    What the case's tables say of a project comes before it; what units report there, and what was spent by the end of
    month *until* and by the year's end, fills monitoring and self-assessment in.

    Money is of the first resource in a unit of yuan. The indicators are those that a plan can give; quality, timing
    beyond the year and satisfaction are left to be filled in. Weights are those of 101号, even within a group.
    """
    case, p = plan.case, plan.solved.programme
    sources, resource = Sources(case), _money(case)
    projects: dict[str, Row] = {}
    kpis: list[Row] = []
    for measure in dict.fromkeys(row["measure"] for row in plan.allocation):
        rows = [row for row in plan.allocation if row["measure"] == measure]
        known = case.measure_of[measure]
        periods: dict[str, Row] = {}
        for row in rows:
            at = periods.setdefault(row["period"], {"level": 0.0, "funds": 0.0, "closed_total": 0.0})
            at["level"] += row["level"]
            at["closed_total"] += sum(c["amount"] for c in row["closes"])
            if resource is not None:
                at["funds"] += row["costs"].get(resource.resource, 0.0) * _millions(resource)
        made = {period: {key: _written(value) for key, value in at.items()} for period, at in periods.items()}
        if resource is None:
            made = {period: {**at_year, "funds": ""} for period, at_year in made.items()}
        own = year or next(iter(made))
        cost = next(
            (float(p.cost[i, p.resources.index(resource.resource)].max()) * _millions(resource) if resource else None)
            for i, a in enumerate(p.applications)
            if a.measure == measure
        )
        kinds = {
            "level": "judgement",
            "cost": sources.kind("costs", (measure, resource.resource if resource else ""), "cost"),
            "effect": weakest(
                [
                    sources.kind("effects", (measure, c["track"], c["factor"]), "effect")
                    for row in rows
                    for c in row["closes"]
                ]
                or ["assumption"]
            ),
        }
        projects[measure] = {
            "project": measure,
            "measure": measure,
            "name": known.name("zh"),
            "scope": known.scope,
            "targets": [place_name(case, row["target"], "zh") for row in rows],
            "kind": known.kind,
            "unit": known.unit,
            "periods": made,
            "unit_cost_funds": None if cost is None else _written(cost),
            "split": {},
            "given": {},
            "source_kind": kinds,
        }
        kpis += list(_indicators(measure, known, cost, made.get(own, {})))
    return _with_tables(case, {"projects": projects, "kpi": kpis, "monitoring": {}, "actuals": {}}, year, until)


# --- from the case's tables -------------------------------------------------------------------------------------------


def _with_tables(case: Case, data: Row, year: str, until: int) -> Row:
    """Put what the tables `projects`, `kpi` and `actuals` say in the place of what was made of the plan."""
    resource = _money(case)
    unit = 1.0 if resource is None else _millions(resource)
    told = {row.project: row for row in case.rows(Project)}
    by_measure: dict[str, list[Project]] = {}
    for row in told.values():
        by_measure.setdefault(row.measure, []).append(row)
    indicators: dict[str, list[Kpi]] = {}
    for one in case.rows(Kpi):
        indicators.setdefault(one.project, []).append(one)
    projects: dict[str, Row] = {}
    for measure, made in data["projects"].items():
        rows = by_measure.get(measure, [])
        if len(rows) != 1:  # several projects of a measure share its money in a way that only they know
            periods = made["periods"] if not rows else {period: {} for period in made["periods"]}
            for key in [row.project for row in rows] or [measure]:
                projects[key] = {**made, "project": key, "periods": periods}
        else:
            projects[rows[0].project] = {**made, "project": rows[0].project}
    for key, project in projects.items():
        if key in told:
            projects[key] = {**project, **_given(told[key], project, unit)}
    owner = {row.project: row.measure for row in told.values()}
    kpis: list[Row] = []
    for key in projects:
        own = indicators.get(key)
        made_of_plan = [kpi for kpi in data["kpi"] if kpi["project"] == owner.get(key, key)]
        kpis += [_indicator(kpi) for kpi in own] if own else [{**kpi, "project": key} for kpi in made_of_plan]
    monitoring, actuals = {}, {}

    def amount(key: str, name: str) -> str | None:
        given = getattr(told.get(key), name, None)
        return None if given is None else _written(given * unit)

    for key, project in projects.items():
        when = year or next(iter(project["periods"]), "")
        begun, ended = _spent(case, project["measure"], when, until), _spent(case, project["measure"], when, 12)
        own = indicators.get(key, [])
        funds = project["periods"].get(when, {}).get("funds") or None
        if begun is not None or any(kpi.done or kpi.forecast for kpi in own):
            monitoring[key] = {
                "budget": funds,
                "spent": None if begun is None else _written(begun[0] * unit),
                "forecast": amount(key, "expected"),
                "done": {kpi.kpi: kpi.done or None for kpi in own},
                "fore": {kpi.kpi: kpi.forecast or None for kpi in own},
                "cause": {kpi.kpi: kpi.cause for kpi in own if kpi.cause},
                "chance": {kpi.kpi: kpi.chance for kpi in own if kpi.chance},
            }
        over = ended is not None and ended[1] == f"{when}-12-31"
        if over or any(kpi.actual for kpi in own):
            actuals[key] = {
                "initial": funds,
                "full": amount(key, "full"),
                "spent": _written(ended[0] * unit) if over and ended is not None else None,
                "finished": False,
                "actual": {kpi.kpi: kpi.actual or None for kpi in own},
                "human_score": {kpi.kpi: _written(kpi.score) for kpi in own if kpi.score is not None},
                "cause": {kpi.kpi: kpi.cause for kpi in own if kpi.cause},
            }
    return {"projects": projects, "kpi": kpis, "monitoring": monitoring, "actuals": actuals}


def _given(row: Project, project: Row, unit: float) -> Row:
    """Return what only the unit of a project knows."""
    head = {
        "项目名称": row.name_zh or row.name_en or project["name"],
        "项目代码": row.code,
        "项目性质": row.nature,
        "项目类别": row.category,
        "主管部门": row.department,
        "实施单位": row.agency,
    }
    own = row.period or next(iter(project["periods"]), "")
    total = {"财政资金": row.fiscal_total, "其他资金": row.other_total}
    annual = {"当年财政拨款": row.fiscal, "上年结转资金": row.carried, "其他资金": row.other}

    def known(parts: Mapping[str, float | None]) -> Row:
        return {name: _written(amount * unit) for name, amount in parts.items() if amount is not None}

    return {
        "name": head["项目名称"],
        "given": {name: text for name, text in head.items() if text},
        "split": {"total": known(total), own: known(annual)},
    }


def _indicator(row: Kpi) -> Row:
    names = (row.level2, row.level1)
    origin = next((of for word, of in ORIGINS.items() if any(name.startswith(word) for name in names)), "")
    from_plan = not row.value and origin
    return {
        "project": row.project,
        "id": row.kpi,
        "一级指标": row.level1,
        "二级指标": row.level2,
        "三级指标": row.level3,
        "sign": row.sign,
        "value": None if from_plan else row.value or BLANK,
        "unit": row.unit,
        "weight": None if row.weight is None else _written(row.weight),
        "origin": origin if from_plan else "given",
    }


def _spent(case: Case, measure: str, year: str, month: int) -> tuple[float, str] | None:
    """Return what reports of a year say was spent on a measure by the end of a month, and the latest one's date."""
    if len(year) != 4 or not year.isdigit():
        return None
    resource = _money(case)
    end = f"{year}-{month:02d}-{monthrange(int(year), month)[1]:02d}"
    first = case.rows(Resource)[0].resource
    rows = [
        row
        for row in case.rows(Actual)
        if row.measure == measure
        and row.period in ("", year)
        and row.spent is not None
        and resource is not None
        and (row.resource or first) == resource.resource
        and f"{year}-01-01" <= row.date <= end
    ]
    found = list(latest(rows))
    return (sum(row.spent or 0.0 for row in found), max(row.date for row in found)) if found else None


def _indicators(measure: str, known: Measure, cost: float | None, at: Mapping[str, Any]) -> Iterator[Row]:
    """Yield what a plan can say of a project, and the rows that a unit has to fill in."""
    counted = is_counted(known.unit)
    name = known.name("zh")
    rows: list[tuple[str, str, str, str, str | None, str, str, str]] = []
    if cost:
        rows.append(
            (
                "成本指标",
                "经济成本指标",
                f"{name}单位成本",
                "<=",
                None,
                f"万元/{known.unit}" if counted else "万元",
                "20",
                "plan: cost per unit of level",
            )
        )
    output = 40 if rows else 50
    each = f"{output / 2:g}"
    amount = str(at.get("level", "")) if counted else BLANK
    unit = known.unit if counted else ""
    rows.append(
        ("产出指标", "数量指标", f"{name}完成量", ">=", amount, unit, each, "plan: level" if counted else "given")
    )
    rows.append(("产出指标", "质量指标", BLANK, "=", BLANK, "", each, "given"))
    benefit = "20" if cost else "30"
    rows.append(
        ("效益指标", "社会效益指标", f"{name}对应要素水平提升值", ">=", None, "(0-1)", benefit, "plan: gap closed")
    )
    rows.append(("满意度指标", "服务对象满意度指标", BLANK, ">=", BLANK, "%", "10", "given"))
    for number, (one, two, three, sign, value, unit, weight, origin) in enumerate(rows, 1):
        yield {
            "project": measure,
            "id": f"{measure}-{number}",
            "一级指标": one,
            "二级指标": two,
            "三级指标": three,
            "sign": sign,
            "value": value,
            "unit": unit,
            "weight": weight,
            "origin": origin,
        }


def _money(case: Case) -> Resource | None:
    """Return the first resource that is counted in yuan."""
    return next((row for row in case.rows(Resource) if row.unit_zh in UNITS or row.unit in UNITS), None)


def _millions(resource: Resource) -> float:
    return float(1 / UNITS[resource.unit_zh if resource.unit_zh in UNITS else resource.unit])


def _written(value: float) -> str:
    """Write a figure of the plan without the rounding of floats."""
    return f"{value:.6f}".rstrip("0").rstrip(".") or "0"
