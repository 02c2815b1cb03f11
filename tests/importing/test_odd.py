"""Whatever a sheet holds, it is read, asked about or refused: never a traceback, never a number that is not there."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saidao import CaseError, Import
from saidao.importing import import_table
from tests.importing.tables import book, text

WORDS = (
    "赛道 指标 单位 权重 方向 合计 平均 目标值 措施 资源 预算 专家 对应要素 强度 强 中 弱 高 低 √ × ○ 是 否 — n/a "
    "万元 % 产值（万元） a/b 甲 乙 丙 注：说明 单位：亿元 1/3 3-5 约120 >90 12(3) 12,5 1,234 １２．５ 21.5% 120万元 "
    "5万 $3m (12) 7* #REF! 2025-01-01 1月 正向 + - max ↑ Cost_(EUR_m) Growth_% 研发_比_市场 Respondent "
    "数值 要素A 要素B 年份 2021 2022年 其中：汽车 第1名 TRL_7 类型 英文名称 稍微重要 非常重要 不重要 排名 预算上限"
)
CELLS = [
    *(word.replace("_", " ") for word in WORDS.split()),
    *(None, None, "", 0, 1, -1, 2.5, 3, 9, 120, 5000, 0.25, -9, 1e12, True, ("=A1+1", ""), (0.31, "0%")),
]
GRIDS = st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=6), min_size=1, max_size=8)
AREAS = st.lists(st.sampled_from(["A1:C1", "A2:A4", "B1:C1", "B2:C3", "D1:F1", "A5:F5"]), max_size=2, unique=True)


def apart(areas: list[str]) -> list[str]:
    """Leave out what would overlap: no program saves that."""
    return areas if set(areas) not in ({"A1:C1", "B1:C1"}, {"B2:C3", "A2:A4"}) else areas[:1]


def read(path: Path, **options: Any) -> None:
    try:
        found = import_table(path, **options)
    except CaseError as error:
        refused = error
    else:
        is_whole(found)
        return
    assert all(problem.text(lang) for problem in refused.problems for lang in ("en", "zh"))


def is_whole(found: Import) -> None:
    for lang in ("en", "zh"):
        document = found.to_dict(lang)
        json.dumps(document, allow_nan=False)
        assert all(found.text(lang))
        for question in document["questions"]:
            assert question["choices"]
            assert question["until_answered"] in (None, "0", *question["choices"])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=GRIDS, areas=AREAS, yes=st.booleans())
def test_any_workbook(rows: list[list[Any]], areas: list[str], yes: bool) -> None:
    def merge(page: Any, *_: Any) -> None:
        for area in apart(areas):
            page.merge_cells(area)

    with tempfile.TemporaryDirectory() as folder:
        read(book(Path(folder) / "a.xlsx", rows, also=merge), yes=yes)


@settings(max_examples=150, deadline=None)
@given(rows=GRIDS, separator=st.sampled_from(",;\t"))
def test_any_file(rows: list[list[Any]], separator: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shown = [[cell[0] if isinstance(cell, tuple) else cell for cell in row] for row in rows]
        read(text(Path(folder) / "a.csv", shown, separator))


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(data)
        read(path)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=GRIDS, choice=st.integers(0, 3))
def test_every_question_can_be_answered(rows: list[list[Any]], choice: int) -> None:
    """Answering one after the other ends in a case, or in a refusal that says why there is none."""
    with tempfile.TemporaryDirectory() as folder:
        path = book(Path(folder) / "a.xlsx", rows)
        answers: list[tuple[str, str]] = []
        for _ in range(60):
            try:
                found = import_table(path, answers=answers)
            except CaseError:
                return
            if not found.open:
                return
            question = found.open[0]
            own = "1..5" if question.numbers < 0 else ", ".join(["3"] * question.numbers)
            fits = [one for one in (*(f"#{n + 1}" for n in range(len(question.choices))), own) if question.taken(one)]
            answers.append((question.where, fits[choice % len(fits)]))
        raise AssertionError(found.open)
