"""Results as workbooks: any by its declared tables; a plan with charts, colours and totals."""

from __future__ import annotations

from ..questions.forms import Forms
from ..render.sheets import sheets
from ..results.result import Result
from ..study.plan.result import Plan
from .documents import forms_workbook
from .plan_sheets import plan_workbook


def workbook(result: Result, lang: str) -> bytes:
    """Return a result as a workbook."""
    if isinstance(result, Forms):
        return forms_workbook(result, lang)
    return plan_workbook(result, lang) if isinstance(result, Plan) else sheets(result, lang)
