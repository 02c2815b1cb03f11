"""Random cases through every question and every kind of output: an answer, or an error in the user's words."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import saidao
from saidao.render.sheets import workbook
from saidao.reporting import render
from saidao.reporting.old_page import page
from tests.oracle.random_cases import write_random_case

pytestmark = pytest.mark.slow


def written(found: Any, rows: Any, case: saidao.Case) -> None:
    for lang in ("en", "zh"):
        page(found, found.to_json(), rows, case, lang)
        workbook(found, found.to_json(), rows, case, lang)


def through_excel(folder: Path) -> None:
    saidao.save_case(saidao.load_case(folder), folder / "case.xlsx")
    again = saidao.plan(folder / "case.xlsx")
    assert again.closed_share == pytest.approx(saidao.plan(folder).closed_share, abs=1e-9)


ASKED: dict[str, Callable[[Path], object]] = {
    "plan": lambda f: (lambda p: written(p, p.allocation_rows(), p.case))(saidao.plan(f)),
    "report": lambda f: (render(f, "zh"), render(f, "en")),
    "excel": through_excel,
    "readings": lambda f: saidao.readings(f).text("zh"),
    "balance": lambda f: saidao.balance(f).text("zh"),
    "explain": lambda f: saidao.explain(f).text("en"),
    "frontier": lambda f: saidao.frontier(f).to_dict(),
    "variants": lambda f: saidao.variants(f, number=1).to_dict(),
    "compare": lambda f: saidao.compare(f).text("en"),
    "compare_plans": lambda f: saidao.compare_plans(f).text("zh"),
    "robustness": lambda f: saidao.robustness(f, samples=50).text("en"),
    "sensitivity": lambda f: saidao.sensitivity(f).text("zh"),
    "acceptability": lambda f: saidao.acceptability(f, samples=20).text("en"),
    "tipping": lambda f: saidao.tipping(f).text("zh"),
    "ask": lambda f: saidao.ask(f).text("en"),
}


@pytest.mark.parametrize("seed", range(24))
def test_everything(tmp_path: Path, seed: int) -> None:
    write_random_case(tmp_path, seed, kinds=seed % 3 == 0, measures=4)
    for question in ASKED.values():
        with contextlib.suppress(saidao.SaidaoError):
            question(tmp_path)
