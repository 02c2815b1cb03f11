"""Laws of reading: a matrix written in any style of people reads back as the same matrix."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from saidao import load_case, save_case
from saidao.case.naming import ids_of
from saidao.importing import import_table
from tests.importing.tables import book, text

NAMES = ["新能源汽车", "Quantum", "细胞治疗", "低空经济", "Shared lab", "海水淡化", "5G应用", "A组", "再生材料", "氢能"]
FACTORS = [
    ("产值", "亿元"),
    ("Jobs", "persons"),
    ("专利", "件"),
    ("Market", "EUR m"),
    ("研发强度", "%"),
    ("能耗", "吨标准煤"),
]
FULL = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
STYLES = ("plain", "thousands", "full width", "text")


def written(value: float, unit: str, style: str, as_percent: bool) -> Any:
    """Write a number as a person would."""
    if unit == "%" and as_percent:
        return (
            (value / 100, "0.00%") if style == "plain" else f"{value}%".translate(FULL if style == "full width" else {})
        )
    if style == "plain":
        return value
    said = f"{value:,.2f}" if style in ("thousands", "full width") else f"{value}"
    return said.translate(FULL) if style == "full width" else said


@st.composite
def sheets(draw: Any) -> tuple[list[str], list[tuple[str, str]], np.ndarray[Any, Any], list[list[Any]], bool]:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    names = draw(st.lists(st.sampled_from(NAMES), min_size=3, max_size=8, unique=True))
    factors = draw(st.lists(st.sampled_from(FACTORS), min_size=2, max_size=6, unique=True))
    matrix = np.round(rng.uniform(120, 9000, (len(names), len(factors))), 2)
    style, as_percent = draw(st.sampled_from(STYLES)), draw(st.booleans())
    cells = [
        [written(float(v), unit, style, as_percent) for v, (_, unit) in zip(row, factors, strict=True)]
        for row in matrix
    ]
    turned = draw(st.booleans())
    unit_line = draw(st.booleans())
    heads = [
        name if unit_line else f"{name}（{unit}）" if draw(st.booleans()) else f"{name} ({unit})"
        for name, unit in factors
    ]
    rows: list[list[Any]] = [["赛道", *heads]]
    if unit_line:
        rows.append(["单位", *(unit for _, unit in factors)])
    rows += [[name, *row] for name, row in zip(names, cells, strict=True)]
    if draw(st.booleans()):
        rows.append(["合计", *(float(v) for v in matrix.sum(axis=0))])
    if turned:
        rows = [list(column) for column in zip(*rows, strict=True)]
        rows[0][0] = "指标"
    if draw(st.booleans()):
        rows = [["附表1 基础数据"], *rows]
    if draw(st.booleans()):
        rows = [*rows, ["注：数据来源于统计局"]]
    return names, factors, matrix, rows, turned


@settings(max_examples=60, deadline=None)
@given(
    sheet=sheets(),
    form=st.sampled_from(["xlsx", ",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "gb18030", "utf-16"]),
)
def test_a_matrix_reads_back_in_whatever_style_it_is_written(sheet: Any, form: str, encoding: str) -> None:
    names, factors, matrix, rows, _ = sheet
    with tempfile.TemporaryDirectory() as folder:
        if form == "xlsx":
            path = book(Path(folder) / "a.xlsx", rows)
        else:
            shown = [[f"{c[0] * 100:.2f}%" if isinstance(c, tuple) else c for c in row] for row in rows]
            path = text(Path(folder) / "a.csv", shown, form, encoding)
        answers = {"all": "thousands"}  # in a file of semicolons nothing else may tell
        try:
            found = import_table(path, yes=True).to_dict()
        finally:
            pass
        if any(q["where"] == "all" for q in found["questions"]):
            found = import_table(path, yes=True, answers=answers).to_dict()
    table = found["tables"][0]
    assert table["names"] == names
    assert [(f["name"], f["unit"]) for f in table["factors"]] == factors
    np.testing.assert_allclose(np.array(table["scores"], float), matrix, rtol=1e-12)
    assert not found["missing"]


@settings(max_examples=20, deadline=None)
@given(sheet=sheets(), packed=st.booleans())
def test_the_case_that_is_made_reads_back_and_holds_the_matrix(sheet: Any, packed: bool) -> None:
    names, _, matrix, rows, _ = sheet
    with tempfile.TemporaryDirectory() as folder:
        case = import_table(book(Path(folder) / "a.xlsx", rows), yes=True).case
        assert case is not None
        place = Path(folder) / ("case.xlsx" if packed else "case")
        save_case(case, place)
        again = load_case(place)
    assert again == case
    assert [row.name("zh") for row in again.tables["tracks"].rows] == names  # type: ignore[attr-defined]
    np.testing.assert_allclose(again.scores_matrix, matrix, rtol=1e-12)


@given(st.lists(st.text(min_size=1, max_size=12), max_size=20))
def test_ids_are_ids_and_no_two_the_same(names: list[str]) -> None:
    made = ids_of(names, ["track"])
    assert len(set(made)) == len(made)
    assert ids_of(names, ["track"]) == made
    assert not any(set(one) & set(";:*/@=") or one == "track" or not one.strip() for one in made)
