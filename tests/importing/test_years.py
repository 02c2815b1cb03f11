"""Tables of several years: all of them reach the case, in each way in which people lay them out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import saidao
from saidao.case import Case
from saidao.importing import import_table
from tests.conftest import in_process
from tests.importing.tables import Rows, book, text


def merging(*ranges: str) -> Any:
    return lambda page: [page.merge_cells(one) for one in ranges]


YEARS = ("2022", "2023", "2024")
SCORES = {
    ("A市", "2022"): (5, 3), ("A市", "2023"): (4, 3), ("A市", "2024"): (1, 3),
    ("B市", "2022"): (2, 2), ("B市", "2023"): (3, 8), ("B市", "2024"): (4, 9),
    ("C市", "2022"): (3, 1), ("C市", "2023"): (3, 2), ("C市", "2024"): (2, 6),
}  # fmt: skip
CITIES = ("A市", "B市", "C市")


def wide(path: Path) -> Path:
    rows = [[city, when, *values] for (city, when), values in SCORES.items()]
    return text(path / "wide.csv", [["城市", "年份", "产值", "专利"], *rows])


def long(path: Path) -> Path:
    named = ("产值", "专利")
    rows = [[c, y, n, v] for (c, y), values in SCORES.items() for n, v in zip(named, values, strict=True)]
    return text(path / "long.csv", [["城市", "年份", "指标", "值"], *rows])


def years_under_heads(path: Path) -> Path:
    rows = [[c, *(SCORES[c, y][n] for n in (0, 1) for y in YEARS)] for c in CITIES]
    heads = [["城市", "产值", None, None, "专利", None, None], [None, *map(int, YEARS), *map(int, YEARS)]]
    return book(path / "under.xlsx", [*heads, *rows], also=merging("A1:A2", "B1:D1", "E1:G1"))


def heads_under_years(path: Path) -> Path:
    rows = [[c, *(v for y in YEARS for v in SCORES[c, y])] for c in CITIES]
    heads = [["城市", *(h for y in YEARS for h in (f"{y}年", f"{y}年"))], [None, *["产值", "专利"] * 3]]
    return book(path / "over.xlsx", [*heads, *rows], also=merging("A1:A2", "B1:C1", "D1:E1", "F1:G1"))


def years_in_heads(path: Path) -> Path:
    rows = [[c, *(v for y in YEARS for v in SCORES[c, y])] for c in CITIES]
    return text(path / "heads.csv", [["城市", *(h for y in YEARS for h in (f"{y}年产值", f"专利（{y}年）"))], *rows])


def a_sheet_a_year(path: Path) -> Path:
    sheets: list[Rows] = [[["城市", "产值", "专利"], *([c, *SCORES[c, y]] for c in CITIES)] for y in YEARS]
    return book(path / "sheets.xlsx", *sheets, titles=[f"{y}年" for y in YEARS])


LAYOUTS = (wide, long, years_under_heads, heads_under_years, years_in_heads, a_sheet_a_year)


def held(case: Case) -> dict[tuple[str, str], tuple[float, ...]]:
    names = case.names(saidao.case.tables.Track, "zh")
    rows = (*case.tables["scores"].rows, *case.tables["period_scores"].rows)
    return {
        (names[row.track], row.period): tuple((row.model_extra or {}).get(f) for f in case.factor_ids)  # type: ignore[attr-defined,misc]
        for row in rows
    }


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_year_reaches_the_case_and_comes_back(layout: Any, tmp_path: Path) -> None:
    found = import_table(layout(tmp_path), years=True)
    assert found.open == ()
    assert found.case is not None
    assert held(found.case) == SCORES
    assert found.case.score_period == "2024"
    ranks = saidao.rank_years(found.case, weights="equal", method="wsm")
    assert ranks.ranks.tolist() == [[1, 2, 3], [1, 2, 3], [3, 1, 2]]
    one = import_table(layout(tmp_path), yes=True).case
    assert one is not None
    assert one.score_periods == ()
    assert one.factors.equals(found.case.factors)
    for place in (tmp_path / "case", tmp_path / "case.xlsx"):
        saidao.save_case(found.case, place)
        assert saidao.load_case(place) == found.case


@pytest.mark.parametrize("layout", LAYOUTS)
def test_unasked_the_last_year_counts_and_the_question_offers_all(layout: Any, tmp_path: Path) -> None:
    found = import_table(layout(tmp_path))
    assert found.open
    for question in found.open:
        assert (question.until, question.choices[: len(YEARS) + 1]) == ("2024", (*YEARS, "every"))
        assert "全部年份" in question.choice("every", "zh")
    answers = [(question.where, "全部年份：按最后一年安排，排名看各年") for question in found.open]
    made = import_table(layout(tmp_path), answers=answers).case
    assert made is not None
    assert held(made) == SCORES


def test_as_typed(tmp_path: Path) -> None:
    done = in_process("import", wide(tmp_path), tmp_path / "case", "--years")
    assert (done.status, done.err) == (0, "")
    assert in_process("rank", tmp_path / "case", "--years", "--method", "wsm", "--weights", "equal").status == 0
    again = in_process("import", wide(tmp_path), tmp_path / "case", "--years", "--json")
    assert '"period": "2024"' in again.out
    other = text(tmp_path / "b.csv", [["城市", "年份", "人才"], *([c, y, 1] for c in CITIES for y in ("2020", "2021"))])
    for lang, told in (("en", "planned with (2024)"), ("zh", "（2024）")):
        refused = in_process("import", other, tmp_path / "case", "--years", "--lang", lang)
        assert refused.status == 2
        assert told in refused.err


def test_spellings_of_one_year_are_one(tmp_path: Path) -> None:
    rows: Rows = [["城市", "年份", "产值", "专利"],
                  ["A", "2023年", 1, 2], ["A", "2024年度", 3, 2], ["B", "2023", 1, 3], ["B", 2024, 4, 4]]  # fmt: skip
    found = import_table(text(tmp_path / "a.csv", rows), years=True)
    assert found.case is not None
    assert found.case.score_periods == ("2023", "2024")
    assert [left.text for left in found.left if left.reason == "as_same_year"] == ["2023年 = 2023", "2024年度 = 2024"]
    fiscal = [row if row[1] != 2024 else ["B", "FY24", 4, 4] for row in rows]
    path = text(tmp_path / "b.csv", fiscal)
    asked = import_table(path, years=True)
    (question,) = asked.open
    assert (question.code, question.until) == ("fiscal", "same")
    same = import_table(path, years=True, yes=True)
    assert same.case is not None
    assert held(same.case).keys() == {(c, y) for c in "AB" for y in ("2023", "2024")}


def test_a_year_twice_is_asked_about_and_nothing_is_assumed(tmp_path: Path) -> None:
    rows: list[Any] = [
        ["城市", "年份", "产值", "专利"],
        *([c, y, *v] for (c, y), v in SCORES.items()),
        ["A市", "2024", 7, 7],
    ]
    path = text(tmp_path / "a.csv", rows)
    found = import_table(path, years=True, yes=True)
    (question,) = found.open
    assert (question.code, question.until, question.choices) == ("twice", None, ("first", "last", "mean"))
    assert "A市 2024" in question.ask("zh")
    last = import_table(path, years=True, answers=[(question.where, "last")])
    assert last.case is not None
    assert held(last.case)["A市", "2024"] == (7, 7)
    sheets: list[Rows] = [[["城市", "产值", "专利"], *([c, n, n] for c in CITIES)] for n in (1, 2, 3)]
    twice = import_table(book(tmp_path / "b.xlsx", *sheets, titles=["2022", "2023", "2023年"]), years=True)
    assert [one.code for one in twice.open] == ["sheet_twice"]
    third = import_table(tmp_path / "b.xlsx", years=True, answers=[("2023,2023年", "2023年")]).case
    assert third is not None
    assert held(third)["A市", "2023"] == (3, 3)


def test_a_track_that_lacks_a_year_is_told(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["城市", "年份", "产值", "专利"], *([c, y, *v] for (c, y), v in SCORES.items())]
    earlier = import_table(text(tmp_path / "a.csv", [r for r in rows if r[:2] != ["B市", "2022"]]), years=True)
    assert "2022 没有得分：B市。编制方案不需要，历年排名需要。" in earlier.text("zh")
    assert earlier.case is not None
    with pytest.raises(saidao.CaseError, match="2022"):
        saidao.rank_years(earlier.case, weights="equal")
    path = text(tmp_path / "b.csv", [r for r in rows if r[:2] != ["B市", "2024"]])
    (question,) = import_table(path, years=True).open
    assert (question.code, question.until) == ("no_last_year", "leave_out")
    assert "B市" in question.ask("zh")
    without = import_table(path, years=True, yes=True)
    assert without.case is not None
    assert {city for city, _ in held(without.case)} == {"A市", "C市"}
    blank = import_table(path, years=True, answers=[(question.where, "blank")])
    assert [problem.code for problem in blank.problems] == ["missing_score"] * 2


def test_what_has_no_year_is_the_same_in_every_year_and_told(tmp_path: Path) -> None:
    rows: Rows = [["城市", "产值2023", "产值2024", "面积"], *([c, n, n + 1, 5 - n] for n, c in enumerate(CITIES))]
    found = import_table(text(tmp_path / "a.csv", rows), years=True)
    assert found.case is not None
    assert held(found.case)["B市", "2023"] == (1, 4)
    assert [left.text for left in found.left if left.reason == "every_year"] == ["面积"]
    assert any("各年相同" in line for line in found.text("zh"))
