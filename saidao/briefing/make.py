"""The brief of a case: two pages for a decision, as a Word document or an HTML page."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Unpack

from ..arguments import checked
from ..case import Case, load_case
from ..case.read import check_not_read
from ..errors import CaseError, Problem
from ..files import check_place, check_suffix, write_bytes
from ..optimize import done_within
from ..optimize.model.model import INF
from ..study import verbs
from ..study.options import CaseLike, OnePlanOptions
from ..study.plan.result import Plan
from ..study.planning.programme import check_plannable
from ..study.planning.solving import whole_units_stopped
from ..texts.say import LANGUAGES
from .document import FORMS, Brief, Document, Form
from .docx import docx
from .html import html
from .overview import Overview

LONGEST_PLAN = 20.0
"""Seconds for a plan of whole units."""
LONGEST = 60.0
"""Seconds for all that stands beside a plan of whole units; what is not found by then is left out and said."""
SUFFIXES = (".docx", ".html", ".htm")


@checked
def brief(
    case: CaseLike,
    path: str | Path = "brief.docx",
    lang: str = "en",
    *,
    form: Form = "brief",
    date: str = "",
    **options: Unpack[OnePlanOptions],
) -> Path:
    """Write the brief of a case's plan: two pages for a decision.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook.
    path : a .docx or an .html file, which is written whole or not at all.
    lang : ``"en"`` or ``"zh"``.
    form : ``"brief"``: recommendation, money by track and by year, why this amount, other choices, risks, what is
        to be decided; ``"request"`` and ``"memo"``: the same as a 请示 and as a 专报, in the form of a Chinese office.
        What only the office knows is marked as to be filled in.
    date : stands in the brief if given (2026-11-26); without one the same inputs give the same bytes.
    **options : as for `saidao.plan`.

    Raises
    ------
    CaseError, Infeasible, Stopped
        As `saidao.plan`; a path that cannot be written.
    """
    write_brief(case, Path(path), lang, form=form, date=date, **options)
    return Path(path)


def write_brief(
    case: Case | str | Path, path: Path, lang: str, *, form: Form, date: str, **options: Any
) -> tuple[bytes, Plan]:
    """Write the brief; return it with its plan. Parameters are those of `brief`."""
    check_brief(path, case, form, lang)
    data, plan = made(case, lang, form, date, path.suffix, **options)
    write_bytes(path, data)
    return data, plan


def made(case: Case | str | Path, lang: str, form: Form, date: str, suffix: str, **options: Any) -> tuple[bytes, Plan]:
    """Return the brief as the bytes of a file of this kind, with its plan; parameters are those of `brief`."""
    loaded = load_case(case)
    check_plannable(loaded)
    plan = verbs.plan(loaded, **whole_units_stopped(options, LONGEST_PLAN))
    with done_within(LONGEST if plan.model.is_mixed else INF):
        document = Brief(Overview(plan), lang, form, date).document()
    return written(document, suffix), plan


def check_brief(path: Path, case: Case | str | Path, form: str, lang: str = "en") -> None:
    """Refuse a brief that could not be written, or would fall onto its case, before any work is done."""
    for name, found, valid in (("form", form, FORMS), ("lang", lang, LANGUAGES)):
        if found not in valid:
            raise CaseError([Problem("choice", name, found=found, details={"choices": ", ".join(valid)})])
    check_suffix(path, SUFFIXES)
    check_place(path)
    check_not_read(path, case)


def written(document: Document, suffix: str) -> bytes:
    """Return a brief as the bytes of a file of that kind."""
    return docx(document) if suffix == ".docx" else html(document).encode()
