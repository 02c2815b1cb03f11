"""The budget office's forms: targets, monitoring, self-assessment, filled in from a plan or from what units report."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Unpack

from ..case import Case, load_case
from ..case.provenance import Sources, weakest
from ..case.tables import Measure, Resource
from ..errors import CaseError, Problem
from ..filing.amounts import BLANK, UNITS
from ..filing.check import check
from ..filing.fill import fill
from ..filing.filled import faults, read_workbook
from ..filing.layout import Page, pages
from ..filing.profile import PROFILES, Profile, profile
from ..mcda import plotting
from ..results.column import Column, Row, Table
from ..results.question import Option, question
from ..results.result import Result
from ..study.names import place_name
from ..study.options import CaseLike, PlanOptions
from ..study.plan import Plan
from ..study.verbs import plan as make_plan
from ..texts.numbers import is_counted
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PARTS = ("projects", "kpi", "monitoring", "actuals")
"""What the data of forms holds."""


@dataclass(frozen=True)
class Forms(Result):
    """The result of `saidao.forms`.

    Attributes
    ----------
    data : what they were filled from: projects, indicators, monitoring and actuals, amounts in millions of yuan.
    profile : titles, units and scoring.
    year : of the forms; each project's first period if blank.
    found : what is wrong with a filled workbook that was handed in: sheet, kind and what; None where forms are filled.
    """

    case: Case
    data: Mapping[str, Any]
    profile: Profile
    year: str
    found: tuple[tuple[str, str, str], ...] | None = None

    @cached_property
    def filled(self) -> dict[str, Row]:
        """The forms cell by cell, by project and form."""
        return fill(self.data, self.profile, self.year or None)

    @cached_property
    def checks(self) -> dict[str, dict[str, Any]]:
        """Errors, warnings and weights by group, of every project."""
        return check(self.data, self.filled, self.year or None)

    @property
    def pages(self) -> list[Page]:
        """The forms as they are laid out."""
        return list(pages(self.filled))

    @property
    def check_rows(self) -> list[Row]:
        """What is to be looked at, a row each."""
        if self.found is not None:
            return [{"project": sheet, "level": level, "found": what} for sheet, level, what in self.found]
        return [
            {"project": project, "level": level, "found": found}
            for project, told in self.checks.items()
            for level in ("error", "warning")
            for found in told[level]
        ]

    @property
    def blanks(self) -> int:
        """Cells that are still to be filled in."""
        return sum(
            str(cell).count(BLANK) for page in self.pages for block in page.blocks for row in block.rows for cell in row
        )

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao forms --json``."""
        return {
            "schema": "saidao/forms/1",
            "case": self.case.name,
            "profile": self.profile.name,
            "year": self.year or None,
            "forms": self.filled,
            "checks": self.checks if self.found is None else self.check_rows,
            "blanks": self.blanks,
        }

    def text(self, lang: str = "en") -> list[str]:
        """Say how many forms of how many projects there are, what is to be filled in, and what is wrong."""
        errors = sum(row["level"] == "error" for row in self.check_rows)
        if self.found is not None:
            return [say("forms.errors", lang, errors=errors, warnings=len(self.check_rows) - errors)]
        lines = [
            say("forms.made", lang, forms=len(self.pages), projects=len(self.filled), blanks=self.blanks),
            say("forms.errors", lang, errors=errors, warnings=len(self.check_rows) - errors),
        ]
        graded = [(key, made["绩效自评表"]) for key, made in self.filled.items() if "绩效自评表" in made]
        for key, made in graded[:3]:
            if made["等级"] != BLANK:
                lines.append(say("forms.grade", lang, project=key, total=made["总分"]["得分"], grade=made["等级"]))
        return lines

    def notes(self, lang: str = "en") -> list[str]:
        """Say by which rules they are filled, and what is general knowledge."""
        return [say("forms.rules", lang)]

    def declared(self) -> Iterator[Table]:
        """Yield the indicators of every form, and what is to be looked at."""
        names = ("一级指标", "二级指标", "三级指标")
        rows = [
            {
                "project": key,
                "id": row["id"],
                "level1": row[names[0]],
                "level3": row[names[2]],
                "target": row["年度(/项目)指标值"],
                "weight": row["分值权重"],
                **_beside(made, row["id"]),
            }
            for key, made in self.filled.items()
            for row in made["绩效目标申报表"]["rows"]
        ]
        columns = ("project", "id", "level1", "level3", "target", "weight", "done", "forecast", "actual", "score")
        yield Table(
            "indicators",
            tuple(Column(name, "text", heading=f"head.forms_{name}") for name in columns),
            rows,
            title="title.forms_indicators",
            sheet="sheet.forms_indicators",
        )
        yield Table(
            "checks",
            (
                Column("project", heading="head.forms_project"),
                Column("level", "word", of="forms_level", heading="head.forms_level"),
                Column("found", heading="head.forms_found"),
            ),
            self.check_rows,
            title="title.forms_checks",
            sheet="sheet.forms_checks",
        )

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw the money of the year that each project asks for."""
        money = {key: made["绩效目标申报表"]["项目资金"]["年度资金申请总额"] for key, made in self.filled.items()}
        known = {key: float(text.replace(",", "")) for key, text in money.items() if text != BLANK}
        ax = plotting.axes(ax, len(known))
        ax.barh(list(known), list(known.values()), color=plotting.BLUE)
        ax.invert_yaxis()
        return plotting.finished(ax, self.text(lang)[0], self.profile.target_unit)


def _beside(made: Mapping[str, Any], key: str) -> Row:
    """Return what the other forms say of an indicator."""

    def row_of(form: str) -> Row:
        rows: list[Row] = made.get(form, {}).get("rows", [])
        return next((row for row in rows if row["id"] == key), {})

    monitor, review = row_of("绩效目标执行监控表"), row_of("绩效自评表")
    done = next((monitor[name] for name in monitor if name.endswith("月执行情况")), "")
    told = {"done": done, "forecast": monitor.get("全年预计完成情况", "")}
    return {**told, "actual": review.get("实际完成值", ""), "score": review.get("得分", "")}


@question("forms", example="saidao forms shanghai --year 2027 -o forms.xlsx", suffixes=(".docx",))
def forms(
    case: CaseLike,
    data: Annotated[
        Any, Option("What units report: a .json file with projects, kpi, monitoring, actuals.", metavar="FILE")
    ] = None,
    *,
    year: Annotated[str, Option("The year of the forms; each project's first if left out.")] = "",
    filled: Annotated[
        str | Path | None, Option("Check a filled workbook instead of filling one in.", flag="--check", metavar="FILE")
    ] = None,
    profile: Annotated[
        str, Option("The locality's forms: national, shanghai, or a .toml file of your own.", choices=tuple(PROFILES))
    ] = "national",
    **options: Unpack[PlanOptions],
) -> Forms:
    """Fill in the forms of a Chinese budget office: targets, monitoring and self-assessment, one set a project.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook.
    data : ``projects``, ``kpi``, ``monitoring`` and ``actuals``, as a mapping or a .json file; amounts in millions of
        yuan. If left out, a project is made of every measure that the plan funds, with the indicators that a plan
        gives; what may not be guessed says 【待填】.
    year : of the forms.
    filled : a workbook with filled forms: every figure on it is counted again.
    profile : ``"national"``, ``"shanghai"``, or a .toml file with titles, units and scoring.
    **options : as for `saidao.plan`.

    Raises
    ------
    CaseError
        Bad input, with every problem found.
    Infeasible, Stopped
        As `saidao.plan`.

    Examples
    --------
    >>> found = forms("shanghai")
    >>> found.filled["I01"]["绩效目标申报表"]["head"]["主管部门"]
    '【待填】'
    """
    case = load_case(case)
    chosen = _profile(profile)
    if filled is not None:
        if data is not None:
            raise CaseError([Problem("not_with", "data", found=str(data), details={"option": "--check"})])
        found = tuple(faults(read_workbook(filled), chosen))
        return Forms(case, {"projects": {}, "kpi": [], "monitoring": {}, "actuals": {}}, chosen, year, found)
    if data is None:
        return Forms(case, from_plan(make_plan(case, **options), year), chosen, year)
    if options:
        problems = [
            Problem("not_with", name, found=str(value), details={"option": "--data"}) for name, value in options.items()
        ]
        raise CaseError(problems)
    held = data if isinstance(data, Mapping) else _read(Path(data))
    held = held.get("input", held)
    if not isinstance(held, Mapping) or not isinstance(held.get("projects"), Mapping):
        raise CaseError([Problem("forms_data", str(data) if not isinstance(data, Mapping) else "data")])
    return Forms(case, {part: held.get(part, [] if part == "kpi" else {}) for part in PARTS}, chosen, year)


_profile = profile


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise CaseError([Problem("unreadable", file=str(path), found=error.strerror or str(error))]) from None
    except ValueError:
        raise CaseError([Problem("forms_data", path.name)]) from None


# --- from a plan ------------------------------------------------------------------------------------------------------


def from_plan(plan: Plan, year: str = "") -> Row:
    """Return what a plan knows of its projects, one a measure over all its places: money, levels, gaps closed.

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
    return {"projects": projects, "kpi": kpis, "monitoring": {}, "actuals": {}}


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
