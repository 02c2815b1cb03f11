"""The budget office's forms: targets, monitoring, self-assessment, filled in from a plan or from what units report."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Unpack

from ..case import Case, load_case
from ..errors import CaseError, Problem, nearest
from ..filing.amounts import BLANK, UNITS
from ..filing.check import check, told
from ..filing.fill import fill, year_funds, year_of
from ..filing.filled import faults, read_workbook
from ..filing.findings import Finding
from ..filing.layout import Page, pages
from ..filing.performance import OPEN, fill_english
from ..filing.profile import PROFILES, Profile, profile
from ..mcda import plotting
from ..results.column import Column, Row, Table, bilingual
from ..results.question import Option, question
from ..results.result import Result
from ..study.options import CaseLike, PlanOptions
from ..study.verbs import plan as make_plan
from ..texts.say import say
from .forms_data import from_plan

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
    found : what is wrong with a filled workbook that was handed in, by its sheet; None where forms are filled.
    """

    case: Case
    data: Mapping[str, Any]
    profile: Profile
    year: str
    found: tuple[tuple[str, Finding], ...] | None = None

    @cached_property
    def filled(self) -> dict[str, Row]:
        """The forms cell by cell, by project and form."""
        made = fill_english if self.profile.papers == "english" else fill
        return made(self.data, self.profile, self.year or None)

    @cached_property
    def findings(self) -> list[tuple[str, Finding]]:
        """What is to be looked at, with its project, or its sheet in a filled workbook: errors first."""
        if self.found is not None:
            return list(self.found)
        checked = check(self.data, self.filled, self.year or None)
        return [(key, found) for key, held in checked.items() for found in held]

    @property
    def checks(self) -> dict[str, dict[str, Any]]:
        """Errors, warnings and weights by group, of every project, in the language of the forms."""
        return told(self.data, check(self.data, self.filled, self.year or None))

    @property
    def pages(self) -> list[Page]:
        """The forms as they are laid out."""
        return list(pages(self.filled, self.data, self.profile, self.year or None))

    @property
    def check_rows(self) -> list[Row]:
        """What is to be looked at, a row each, in both languages."""
        return [
            {"project": at, "level": found.level, "found_en": found.text("en"), "found_zh": found.text("zh")}
            for at, found in self.findings
        ]

    @property
    def blanks(self) -> int:
        """Cells that are still to be filled in."""
        cells = (str(cell) for page in self.pages for block in page.blocks for row in block.rows for cell in row)
        return sum(cell.count(BLANK) + cell.count(OPEN) for cell in cells)

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao forms --json``."""
        return {
            "schema": "saidao/forms/1",
            "case": self.case.name,
            "profile": self.profile.name,
            "year": self.year or None,
            "forms": self.filled,
            "checks": self.checks if self.found is None else self.check_rows,
            "findings": self.check_rows,
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
        line = _english_row if self.profile.papers == "english" else _row
        rows = [
            {"project": key, "id": row["id"], **line(made, row)}
            for key, made in self.filled.items()
            for row in next(iter(made.values()))["rows"]
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
                *bilingual("found", heading="head.forms_found"),
            ),
            self.check_rows,
            title="title.forms_checks",
            sheet="sheet.forms_checks",
        )

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw the money of the year that each project asks for."""
        asked = {key: year_funds(own, year_of(own, self.year)) for key, own in self.data["projects"].items()}
        unit = self.profile.target_unit
        known = {key: float(money * UNITS[unit]) for key, money in asked.items() if money is not None}
        ax = plotting.axes(ax, len(known))
        ax.barh(list(known), list(known.values()), color=plotting.BLUE)
        ax.invert_yaxis()
        return plotting.finished(ax, self.text(lang)[0], unit)


def _row(made: Mapping[str, Any], row: Row) -> Row:
    """Return an indicator of the Chinese forms in a line."""
    told = {"level1": row["一级指标"], "level3": row["三级指标"], "target": row["年度(/项目)指标值"]}
    return {**told, "weight": row["分值权重"], **_beside(made, row["id"])}


def _english_row(made: Mapping[str, Any], row: Row) -> Row:
    """Return an indicator of the English papers in a line."""
    reported = made.get("performance report", {}).get("rows", [])
    beside: Row = next((one for one in reported if one["id"] == row["id"]), {})
    told = {"level1": row["performance goal"], "level3": row["indicator"], "target": row["target"]}
    return {**told, "weight": "", "done": "", "forecast": "", "actual": beside.get("actual", ""), "score": ""}


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
        Path | str | Mapping[str, Any] | None,
        Option("What units report: a .json file with projects, kpi, monitoring, actuals.", metavar="FILE"),
    ] = None,
    *,
    year: Annotated[str, Option("The year of the forms; each project's first if left out.")] = "",
    filled: Annotated[
        Path | str | None, Option("Check a filled workbook instead of filling one in.", flag="--check", metavar="FILE")
    ] = None,
    profile: Annotated[
        str,
        Option(
            "The locality's forms: national, shanghai, english, or a .toml file of your own.", choices=tuple(PROFILES)
        ),
    ] = "national",
    **options: Unpack[PlanOptions],
) -> Forms:
    """Fill in the forms of a Chinese budget office: targets, monitoring and self-assessment, one set a project.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook.
    data : ``projects``, ``kpi``, ``monitoring`` and ``actuals``, as a mapping or a .json file; amounts in millions of
        yuan. If left out, they are the tables `projects`, `kpi` and `actuals` of the case, with the money and levels of
        its plan; a funded measure without a project is one, with the indicators that a plan gives. What may not be
        guessed says 【待填】.
    year : of the forms.
    filled : a workbook with filled forms: every figure on it is counted again.
    profile : ``"national"``, ``"shanghai"``, a .toml file with titles, units and scoring, or ``"english"``: a
        performance plan and a performance report, whose results are compared with their targets and not scored.
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
        return Forms(case, from_plan(make_plan(case, **options), year, chosen), chosen, year)
    if options:
        problems = [
            Problem("not_with", name, found=str(value), details={"option": "--data"}) for name, value in options.items()
        ]
        raise CaseError(problems)
    held = data if isinstance(data, Mapping) else _read(Path(data))
    held = held.get("input", held)
    if not isinstance(held, Mapping) or not isinstance(held.get("projects"), Mapping):
        raise CaseError([Problem("forms_data", str(data) if not isinstance(data, Mapping) else "data")])
    given = {part: held.get(part, [] if part == "kpi" else {}) for part in PARTS}
    _check_data(given, year)
    return Forms(case, given, chosen, year)


_profile = profile


def _check_data(data: Mapping[str, Any], year: str) -> None:
    """Refuse data that are not shaped as forms are, of projects that there are not, or of another year."""
    projects, kpis = data["projects"], data["kpi"]
    shaped = (
        isinstance(kpis, list)
        and all(isinstance(one, Mapping) for one in (*kpis, *projects.values()))
        and all(isinstance(data[part], Mapping) for part in ("monitoring", "actuals"))
        and all(isinstance(one, Mapping) for part in ("monitoring", "actuals") for one in data[part].values())
        and all(isinstance(one.get("periods", {}), Mapping) for one in projects.values())
    )
    if not shaped:
        raise CaseError([Problem("forms_data", "data")])
    named = [("kpi", kpi.get("project")) for kpi in kpis]
    named += [(part, key) for part in ("monitoring", "actuals") for key in data[part]]
    known = list(projects)
    problems = []
    for part, key in dict.fromkeys(named):
        if key not in projects:
            details: dict[str, Any] = {"choices": ", ".join(known), "nearest": nearest(str(key), known)}
            problems.append(Problem("choice", part, column="project", found=str(key), details=details))
    years = list(dict.fromkeys(str(period) for one in projects.values() for period in one.get("periods", {})))
    if year and years and year not in years:
        details = {"choices": ", ".join(years), "nearest": nearest(year, years)}
        problems.append(Problem("choice", "year", found=year, details=details))
    if problems:
        raise CaseError(problems)


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise CaseError([Problem("unreadable", file=str(path), found=error.strerror or str(error))]) from None
    except ValueError:
        raise CaseError([Problem("forms_data", path.name)]) from None
