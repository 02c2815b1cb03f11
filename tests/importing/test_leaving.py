"""Columns that are not wanted: of every kind of table they are neither read nor asked about, and told as left out."""

from __future__ import annotations

from pathlib import Path

import pytest

import saidao
from saidao.importing import import_table
from tests.importing.tables import book

GIVEN = Path(__file__).parent / "given"
TICKS, TURNED, MEASURES, PAIRS = (
    next(path for path in (GIVEN / folder).iterdir() if path.suffix != ".json")
    for folder in (
        "01_plain_totals_ticks",
        "03_transposed_full_width",
        "04_measures_and_budget_en",
        "05_pairwise_row_per_expert",
    )
)


@pytest.mark.parametrize(
    ("path", "column", "gone"),
    [
        (TICKS, "F", "是否有国家级平台"),
        (TICKS, "是否有国家级平台", "是否有国家级平台"),
        (TURNED, "4", "单位成本"),
        (MEASURES, "C", "Land"),
        (PAIRS, "F", "环境"),
    ],
)
def test_a_column_that_is_not_wanted_is_left_out_and_told(path: Path, column: str, gone: str) -> None:
    whole, less = import_table(path), import_table(path, leave=[column])
    assert gone in str(whole.to_dict()["tables"])
    assert gone not in str([t for t in less.to_dict()["tables"] if t["role"] != "budgets"])
    assert [left.reason for left in less.left].count("unwanted") == 1
    before = [q for q in whole.questions if gone not in q.found]
    assert len(less.questions) <= len(before), "nothing is asked of what is not read"
    assert len(less.left) == len(whole.left) + 1, "all else is read as before"


def test_a_column_of_one_sheet_is_left_out_there_alone(tmp_path: Path) -> None:
    one = [["赛道", "产值", "就业"], ["甲业", 1, 2], ["乙业", 3, 4]]
    other = [["赛道", "创新", "能耗"], ["甲业", 5, 6], ["乙业", 7, 8]]
    path = book(tmp_path / "two.xlsx", one, other, titles=("一", "二"))
    found = import_table(path, leave=["二!C"], directions={"一!C": "min"})
    assert found.case is not None
    assert found.case.factors["name_zh"].tolist() == ["产值", "就业", "创新"]
    assert found.case.factors["direction"].tolist() == ["max", "min", "max"]


def test_a_column_that_is_not_there_is_told() -> None:
    with pytest.raises(saidao.CaseError, match="--leave"):
        import_table(TICKS, leave=["利润"])


def test_a_sheet_that_is_left_out_is_called_so_in_chinese(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx", [["赛道", "产值"], ["甲", 1], ["乙", 2]], [["仅供内部使用"]], titles=("得分", "说明")
    )
    found = import_table(path)
    assert any("工作表“说明”" in line for line in found.text("zh"))
    assert any("sheet 说明" in line for line in found.text("en"))
