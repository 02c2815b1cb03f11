"""Random cases through every question and every kind of output: an answer, or an error in the user's words."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

import saidao
from saidao.reporting import render
from saidao.reporting.answer import page
from saidao.results.result import Result
from saidao.workbook.results import workbook
from tests.oracle.random_cases import write_random_case

pytestmark = pytest.mark.slow


def written(found: Result) -> None:
    for lang in ("en", "zh"):
        assert found.text(lang)
        page(found, lang)
        workbook(found, lang)
    for table in found.tables:
        found.to_frame(table)


def through_excel(folder: Path) -> None:
    saidao.save_case(saidao.load_case(folder), folder / "case.xlsx")
    again = saidao.plan(folder / "case.xlsx")
    assert again.closed_share == pytest.approx(saidao.plan(folder).closed_share, abs=1e-9)


ASKED: dict[str, Callable[[Path], object]] = {
    "report": lambda f: (render(f, "zh"), render(f, "en")),
    "excel": through_excel,
    "plan": lambda f: written(saidao.plan(f)),
    "readings": lambda f: written(saidao.readings(f)),
    "balance": lambda f: written(saidao.balance(f)),
    "explain": lambda f: written(saidao.explain(f)),
    "frontier": lambda f: written(saidao.frontier(f)),
    "variants": lambda f: written(saidao.variants(f, number=1)),
    "compare": lambda f: written(saidao.compare(f)),
    "compare_plans": lambda f: written(saidao.compare_plans(f)),
    "robustness": lambda f: written(saidao.robustness(f, samples=50)),
    "sensitivity": lambda f: written(saidao.sensitivity(f)),
    "acceptability": lambda f: written(saidao.acceptability(f, samples=20)),
    "tipping": lambda f: written(saidao.tipping(f)),
    "ask": lambda f: written(saidao.ask(f)),
}


@pytest.mark.parametrize("seed", range(24))
def test_everything(tmp_path: Path, seed: int) -> None:
    write_random_case(tmp_path, seed, kinds=seed % 3 == 0, measures=4)
    for question in ASKED.values():
        with contextlib.suppress(saidao.SaidaoError):
            question(tmp_path)
