"""Files that a planner takes away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import quote

from ..case import Case
from ..case.start import new_case
from ..errors import CaseError, Problem
from ..texts.say import say
from ..workbook.case_sheets import case_workbook
from ..workbook.plan_sheets import plan_workbook
from ..workbook.template import template_workbook
from .plans.work import LONGEST_NAME
from .plans.workspace import Workspace

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class File:
    """A file: its name, its media type and its bytes."""

    name: str
    kind: str
    data: bytes

    @property
    def quoted(self) -> str:
        """The name as a header takes it."""
        return quote(self.name, safe="")


def result(workspace: Workspace, lang: str) -> File:
    """Return the plan as a workbook.

    Raises
    ------
    SaidaoError
        Why there is no plan.
    """
    found = workspace.outcome()
    if found.plan is None:
        raise found.trouble or CaseError([Problem("needs_table", "measures.csv")])
    return File(f"{_stem(workspace.case, lang, 'result')}.xlsx", XLSX, plan_workbook(found.plan, lang))


def case(workspace: Workspace, lang: str) -> File:
    """Return the case with the judgements, budgets and settings that were chosen."""
    edited = workspace.choices.edited(workspace.case)
    name = _case_name(edited, lang)
    return File(name, XLSX, case_workbook(edited, name))


def template(name: str, lang: str) -> File:
    """Return a workbook to fill in, of a city or plan called *name*.

    Raises
    ------
    CaseError
        A name that cannot be.
    """
    made = new_case(" ".join(name.split())[:LONGEST_NAME] or say("start.template_name", lang))
    name = _case_name(made, lang)
    return File(name, XLSX, template_workbook(made, lang, name))


def report(workspace: Workspace, lang: str) -> File:
    """Return the report of the case as `case` gives it: the command line in it then writes the same report.

    Raises
    ------
    SaidaoError
        Why there is no plan.
    """
    from ..reporting import render  # loads what draws: not for pages of which nobody takes a report

    edited = workspace.choices.edited(workspace.case)
    edited = replace(edited, path=Path(_case_name(edited, lang)))
    text = render(edited, lang, date=date.today().isoformat(), approval=_approved(workspace, lang))
    return File(f"{_stem(edited, lang, 'report')}.html", "text/html; charset=utf-8", text.encode())


def _brief(workspace: Workspace, lang: str, suffix: str) -> File:
    from ..briefing.document import Brief, Text  # loads what draws: not for pages of which nobody takes a brief
    from ..briefing.make import written  # the same

    found = workspace.outcome()
    if found.overview is None:
        raise found.trouble or CaseError([Problem("needs_table", "measures.csv")])
    document = Brief(found.overview, lang, "brief", date.today().isoformat(), workspace.name).document()
    if told := _approved(workspace, lang):
        document = replace(document, blocks=(*document.blocks, Text(told, small=True)))
    kind = DOCX if suffix == ".docx" else "text/html; charset=utf-8"
    return File(f"{_stem(workspace.case, lang, 'brief')}{suffix}", kind, written(document, suffix))


def _approved(workspace: Workspace, lang: str) -> str:
    """Say who approved this revision, and the digest of what was approved; nothing where nobody has."""
    approval, plan = workspace.approval, workspace.outcome().plan
    if approval is None or plan is None:
        return ""
    return say("brief.approved", lang, **vars(approval), day=approval.at[:10], **plan.certificate)


def brief_docx(workspace: Workspace, lang: str) -> File:
    """Return the brief as a Word document.

    Raises
    ------
    SaidaoError
        Why there is no plan.
    """
    return _brief(workspace, lang, ".docx")


def brief_html(workspace: Workspace, lang: str) -> File:
    """Return the brief as a page to print; raises as `brief_docx`."""
    return _brief(workspace, lang, ".html")


MAKERS: dict[str, Callable[[Workspace, str], File]] = {
    "brief.docx": brief_docx,
    "brief.html": brief_html,
    "report.html": report,
    "result.xlsx": result,
    "case.xlsx": case,
}
"""Downloads of a workspace by their address."""


def _case_name(case: Case, lang: str) -> str:
    return f"{_stem(case, lang, 'case')}.xlsx"


def _stem(case: Case, lang: str, kind: str) -> str:
    """Return the case's name, and what it is, as the name of a file."""
    name = "".join(sign for sign in case.title(lang) if sign.isalnum() or sign in " -_").strip()
    return f"{name or 'saidao'} - {say(f'file.{kind}', lang)}"
