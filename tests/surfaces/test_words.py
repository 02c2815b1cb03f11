"""One word a thing on every surface: page, report, brief and workbook show names; no id, no value of a setting, no
word of the other language. Both languages, every view of the page and every panel.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Any

import openpyxl
import pytest

import saidao
from saidao.app import answers
from saidao.app.page import VIEWS
from saidao.app.plans.workspace import Outcomes, Workspace
from saidao.briefing.document import FORMS, Brief
from saidao.briefing.html import html
from saidao.briefing.overview import Overview
from saidao.case.tables import TABLES, Named
from saidao.reporting import render
from saidao.study.plan.result import Plan
from saidao.texts.say import say
from saidao.workbook.plan_sheets import plan_workbook
from tests.surfaces.test_chinese import latin, own

CASE = "shanghai"
PANELS = ("measure:E06", "measure:M09@quantum", "track:hydrogen", "resource:land", "unfunded:", "target:0.6")
TABLES_SHOWN = ("tracks", "factors", "measures", "resources", "rules")


@cache
def plan() -> Plan:
    return saidao.plan(CASE)


def shown(document: str) -> Iterator[str]:
    """Yield the texts of a page that people read: not code, nor what is typed."""
    body = re.sub(r"<(style|script|pre|code)\b.*?</\1>|<p class=\"kicker\">.*?</p>", "", document, flags=re.DOTALL)
    body = re.sub(r"<button[^>]*name=\"lang\".*?</button>", "", body, flags=re.DOTALL)  # it is in the other language
    yield from (unescape(text).strip() for text in re.findall(r">([^<]+)<", body))
    told = re.findall(r' (?:aria-label|title|placeholder|aria-valuetext)="([^"]+)"', body)
    yield from (unescape(text) for text in told)


def page(lang: str) -> Iterator[str]:
    workspace = Workspace.untouched(Outcomes(saidao.load_case(CASE)))
    for view in VIEWS:
        if view == "ask":  # its options are those of the command line, told in words beside what is typed
            continue
        for table in TABLES_SHOWN if view == "data" else ("",):
            yield from shown(answers.view(workspace, view, lang, "/", False, table))
    for of in PANELS:
        yield from shown(answers.why(workspace, lang, of, 2 if of.startswith("target") else 1) or "")


def brief(lang: str) -> Iterator[str]:
    for form in FORMS if lang == "zh" else FORMS[:1]:
        yield from shown(html(Brief(Overview(plan()), lang, form, "2026-01-01", "").document()))


def report(lang: str) -> Iterator[str]:
    yield from shown(render(CASE, lang))


def workbook(lang: str) -> Iterator[str]:
    """Yield the cells of the plan's workbook, without the keys below headings and the ids that stand beside names."""
    for sheet in openpyxl.load_workbook(io.BytesIO(plan_workbook(plan(), lang))).worksheets:
        yield sheet.title
        beside: set[int] = set()
        for row in sheet.iter_rows():
            names = {cell.column for cell in row if _head(cell.value) == say("head.name", lang)}
            beside = {at - 1 for at in names} if names or not any(cell.value for cell in row) else beside
            for cell in row:
                if isinstance(cell.value, str) and not cell.value.startswith("=") and cell.column not in beside:
                    yield cell.value.split("\n")[0]


def _head(value: Any) -> str:
    return str(value).split("\n")[0].lower()


SURFACES = {"page": page, "report": report, "brief": brief, "workbook": workbook}
VALUES = {"maxmin", "ahp", "topsis", "csv", "json"}
"""Values of settings, and kinds of files that no planner has, which look like words."""
TYPED = {"Enter", "Esc", "Ctrl", "docx", "html", "xlsx", "Excel"}
"""What is written so in Chinese too: keys, and kinds of files that are offered."""


TOLD = r"`[^`]*`|saidao [a-z].*|--[\w-]+|\{\w+\}"
"""What is no word: commands with their options, and places that the page's script fills in."""


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.* extension is not supported")
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("surface", SURFACES)
def test_a_surface_names_things_and_speaks_one_language(surface: str, lang: str) -> None:
    case = saidao.load_case(CASE)
    named = [model for model in TABLES if issubclass(model, Named) and model.table != "scenarios"]
    ids = {row.key_parts()[0] for model in named for row in case.rows(model)}
    ids = {id_ for id_ in ids if lang == "zh" or not id_.isalpha()}  # in English an id of one word is one of a name
    names = {name for model in named for name in case.names(model, lang).values()}
    texts = [text for text in SURFACES[surface](lang) if text]
    assert len(texts) > 40
    wrong = []
    unread = re.compile("|".join([*map(re.escape, sorted(names, key=len, reverse=True)), TOLD]))
    for text in texts:
        plain = unread.sub(" ", text)
        wrong += [(word, text) for word in re.findall(r"[A-Za-z][\w-]*", plain) if word in ids | VALUES]
        wrong += [(word, text) for word in re.findall(r"\b[a-z]+_[a-z_]+\b", plain)]
        if lang == "en":
            wrong += [(word, text) for word in re.findall(r"[\u4e00-\u9fff]+", plain)]
        else:
            wrong += [(word, text) for word in latin([plain]) - own(case) - TYPED]
    assert not {word for word, _ in wrong}, sorted(set(wrong))[:40]
