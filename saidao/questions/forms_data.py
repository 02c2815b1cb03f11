"""What forms are filled from: a plan, the case's tables of projects and indicators, and what was spent by date."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping

from ..case import Case
from ..case.provenance import Sources, weakest
from ..case.tables import Actual, Kpi, Project, Resource
from ..errors import CaseError, Problem, nearest
from ..filing.amounts import BLANK, UNITS
from ..filing.fill import FROM_PLAN, origin_of
from ..filing.profile import Profile
from ..results.result import Row
from ..study.names import place_name
from ..study.plan.result import Plan
from ..study.planning.underway import latest
from ..texts.numbers import is_counted
from ..texts.say import say


def from_plan(plan: Plan, year: str, profile: Profile) -> Row:
    """Return what a plan knows of its projects, one a measure over all its places: money, levels, gaps closed.

    What the case's tables say of a project comes before it; what units report there, and what was spent by the end of
    the profile's month and by the year's end, fills monitoring and self-assessment in. Several projects of a measure
    share its money by the places that they name; if they name none, nobody but they knows how, and only what holds for
    all of them is told: the cost of a unit, and the sum of all.

    Money is of the first resource in a unit of yuan; ``closed_total`` is what is closed by the end of a period. The
    indicators are those that a plan can give; quality, timing beyond the year and satisfaction are left to be filled
    in. Weights are those of 101号, even within a group.

    Raises
    ------
    CaseError
        The year is none of the case's periods.
    """
    case = plan.case
    lang = "en" if profile.papers == "english" else "zh"
    named = {period: period for period in plan.solved.programme.periods}
    if year and year not in named:
        if len(named) > 1 or len(next(iter(named))) == 4:
            details = {"choices": ", ".join(named), "nearest": nearest(year, list(named))}
            raise CaseError([Problem("choice", "year", found=year, details=details)])
        named = dict.fromkeys(named, year)  # a plan of one period without a date is that of the year asked for
    told: dict[str, list[Project]] = {}
    for known in case.rows(Project):
        told.setdefault(known.measure, []).append(known)
    indicators: dict[str, list[Kpi]] = {}
    for one in case.rows(Kpi):
        indicators.setdefault(one.project, []).append(one)
    data: Row = {"projects": {}, "kpi": [], "monitoring": {}, "actuals": {}}
    for measure in dict.fromkeys(row["measure"] for row in plan.allocation):
        rows: list[Project | None] = [*told.get(measure, [])] or [None]
        made = {}
        for row in rows:
            places = None if row is None or (len(rows) == 1 and not row.places) else row.places
            project = _project(plan, measure, places, named, year, lang)
            if project["periods"] and (not year or year in project["periods"]):  # else no money of that year
                given = {} if row is None else _given(row, project, case, lang)
                made[measure if row is None else row.project] = row, {**project, **given}
        for key, (row, project) in made.items():
            whole = {} if project["places"] is None or len(made) < len(rows) else _measure_funds(plan, measure)
            data["projects"][key] = {**project, "project": key, **whole}
            own = indicators.get(key, [])
            data["kpi"] += [_indicator(kpi) for kpi in own] or [
                {**kpi, "project": key} for kpi in _indicators(project, lang)
            ]
            _report(case, data, key, row, own, year, profile.until)
    return data


def _project(
    plan: Plan, measure: str, places: tuple[str, ...] | None, named: Mapping[str, str], year: str, lang: str
) -> Row:
    """Return what a plan knows of a measure at some places; at all if None, at none that are known if empty."""
    case, p, known = plan.case, plan.solved.programme, plan.case.measure_of[measure]
    sources, resource = Sources(case), _money(case)
    rows = [row for row in plan.allocation if row["measure"] == measure and (not places or row["target"] in places)]
    at: list[Row] = [{"level": 0.0, "funds": 0.0, "closed": 0.0} for _ in p.periods]
    for row in rows:
        q = p.periods.index(row["period"])
        at[q]["level"] += row["level"]
        if resource is not None:
            at[q]["funds"] += row["costs"].get(resource.resource, 0.0) * _millions(resource)
        at[min(q + known.lag, len(at) - 1)]["closed"] += sum(c["amount"] for c in row["closes"])  # when it takes effect
    used = [q for q, told in enumerate(at) if any(told.values())]
    made: dict[str, Row] = {}
    closed = 0.0
    for q in range(used[0], used[-1] + 1) if used else ():
        closed += at[q]["closed"]
        told = {"level": _written(at[q]["level"]), "closed_total": _written(closed)}
        told["funds"] = "" if resource is None else _written(at[q]["funds"])
        made[named[p.periods[q]]] = {} if places == () else told
    of_year = next((q for q, period in enumerate(p.periods) if named[period] == (year or next(iter(made), ""))), 0)
    costs = [
        float(p.level_cost[i, p.resources.index(resource.resource), of_year]) * _millions(resource)
        for i, a in enumerate(p.applications)
        if resource is not None and a.measure == measure and (not places or a.target in places)
    ]
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
    targets = dict.fromkeys(row["target"] for row in rows if places != ())
    return {
        "measure": measure,
        "name": known.name(lang),
        "scope": known.scope,
        "targets": [place_name(case, target, lang) for target in targets],
        "kind": known.kind,
        "unit": known.unit,
        "periods": made,
        "unit_cost_funds": _written(max(costs)) if costs else None,
        "split": {},
        "given": {},
        "source_kind": kinds,
        "places": None if places is None else list(places),
    }


# --- from the case's tables -------------------------------------------------------------------------------------------


def _report(case: Case, data: Row, key: str, row: Project | None, own: list[Kpi], year: str, until: int) -> None:
    """Put what was spent, and what units report of their indicators, into monitoring and self-assessment."""
    project = data["projects"][key]
    when = year or next(iter(project["periods"]), "")
    known = project["places"] is None or bool(project["places"])
    begun, ended = (_spent(case, project, when, month) if known else None for month in (until, 12))
    funds = project["periods"].get(when, {}).get("funds") or None
    resource = _money(case)
    unit = 1.0 if resource is None else _millions(resource)

    def amount(name: str) -> str | None:
        given = getattr(row, name, None)
        return None if given is None else _written(given * unit)

    causes = {kpi.kpi: kpi.cause for kpi in own if kpi.cause}
    if begun is not None or any(kpi.done or kpi.forecast for kpi in own):
        data["monitoring"][key] = {
            "budget": funds,
            "spent": None if begun is None else _written(begun[0] * unit),
            "forecast": amount("expected"),
            "done": {kpi.kpi: kpi.done or None for kpi in own},
            "fore": {kpi.kpi: kpi.forecast or None for kpi in own},
            "cause": causes,
            "chance": {kpi.kpi: kpi.chance for kpi in own if kpi.chance},
        }
    over = ended is not None and ended[1] == f"{when}-12-31"
    if over or any(kpi.actual for kpi in own):
        data["actuals"][key] = {
            "initial": funds,
            "full": amount("full"),
            "spent": _written(ended[0] * unit) if over and ended is not None else None,
            "finished": False,
            "actual": {kpi.kpi: kpi.actual or None for kpi in own},
            "human_score": {kpi.kpi: _written(kpi.score) for kpi in own if kpi.score is not None},
            "cause": causes,
        }


def _given(row: Project, project: Row, case: Case, lang: str) -> Row:
    """Return what only the unit of a project knows."""
    resource = _money(case)
    unit = 1.0 if resource is None else _millions(resource)
    name = (row.name_en or row.name_zh if lang == "en" else row.name_zh or row.name_en) or project["name"]
    head = {
        "项目名称": name,
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
        "name": name,
        "given": {name: text for name, text in head.items() if text},
        "split": {"total": known(total), own: known(annual)},
    }


def _indicator(row: Kpi) -> Row:
    levels = {"一级指标": row.level1, "二级指标": row.level2, "三级指标": row.level3}
    asked = row.value.strip().lower() in FROM_PLAN
    origin = origin_of(levels) if asked else ""
    return {
        "project": row.project,
        "id": row.kpi,
        **levels,
        "sign": row.sign,
        "value": None if origin else BLANK if asked else row.value,
        "unit": row.unit,
        "weight": None if row.weight is None else _written(row.weight),
        "origin": origin or "given",
    }


def _spent(case: Case, project: Row, year: str, month: int) -> tuple[float, str] | None:
    """Return what reports of a year say was spent on a project by the end of a month, and the latest one's date."""
    if len(year) != 4 or not year.isdigit():
        return None
    resource = _money(case)
    end = f"{year}-{month:02d}-{monthrange(int(year), month)[1]:02d}"
    first = case.rows(Resource)[0].resource
    rows = [
        row
        for row in case.rows(Actual)
        if row.measure == project["measure"]
        and (project["places"] is None or row.place[1] in project["places"])
        and row.period in ("", year)
        and row.spent is not None
        and resource is not None
        and (row.resource or first) == resource.resource
        and f"{year}-01-01" <= row.date <= end
    ]
    found = list(latest(rows))
    return (sum(row.spent or 0.0 for row in found), max(row.date for row in found)) if found else None


def _indicators(project: Row, lang: str) -> Iterator[Row]:
    """Yield what a plan can say of a project, and the rows that a unit has to fill in."""
    unit, name, cost = project["unit"], project["name"], project["unit_cost_funds"]
    counted, has_cost = is_counted(unit), bool(cost and float(cost))

    def named(what: str) -> str:
        return say(f"forms.kpi.{what}", lang, name=name)

    rows: list[tuple[str, str, str, str, str | None, str, str]] = []
    if has_cost:
        each = f"万元/{unit}" if counted else "万元"
        rows.append(("成本指标", "经济成本指标", named("cost"), "<=", None, each, "20"))
    half, benefit = ("20", "20") if has_cost else ("25", "30")
    rows += [
        ("产出指标", "数量指标", named("level"), ">=", None if counted else BLANK, unit if counted else "", half),
        ("产出指标", "质量指标", BLANK, "=", BLANK, "", half),
        ("效益指标", "社会效益指标", named("gap"), ">=", None, "(0-1)", benefit),
        ("满意度指标", "服务对象满意度指标", BLANK, ">=", BLANK, "%", "10"),
    ]
    for number, (one, two, three, sign, value, of, weight) in enumerate(rows, 1):
        levels = {"一级指标": one, "二级指标": two, "三级指标": three}
        yield {
            "id": f"{project['measure']}-{number}",
            **levels,
            "sign": sign,
            "value": value,
            "unit": of,
            "weight": weight,
            "origin": origin_of(levels) if value is None else "given",
        }


def _measure_funds(plan: Plan, measure: str) -> Row:
    """Return what a plan spends on a measure in all, millions: the sum of its projects."""
    resource = _money(plan.case)
    if resource is None:
        return {}
    costs = (row["costs"].get(resource.resource, 0.0) for row in plan.allocation if row["measure"] == measure)
    return {"measure_funds": _written(sum(costs) * _millions(resource))}


def _money(case: Case) -> Resource | None:
    """Return the first resource that is counted in yuan."""
    return next((row for row in case.rows(Resource) if row.unit_zh in UNITS or row.unit in UNITS), None)


def _millions(resource: Resource) -> float:
    return float(1 / UNITS[resource.unit_zh if resource.unit_zh in UNITS else resource.unit])


def _written(value: float) -> str:
    """Write a figure of the plan without the rounding of floats."""
    return f"{value:.6f}".rstrip("0").rstrip(".") or "0"
