"""The workbook that a planner fills in: read back it is the case; what is doubtful in it is coloured as it is typed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.formula import Tokenizer
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

import saidao
from saidao.case.read import read_upload
from saidao.case.start import new_case
from saidao.case.tables import Track
from saidao.workbook.template import ORANGE, RED, template_workbook

GIVEN: dict[str, dict[str, Any]] = {
    "examples": {},
    "names": {
        "tracks": ["智能汽车", "Smart cars", "新药"],
        "factors": ["市场（亿元）", "Talent", "场景"],
        "resources": ["资金（万元）", "Land (ha)"],
        "measures": ["补贴", "园区", "公寓", "Export desk"],
    },
    "judges": {"judges": ["甲", "Bob"]},
    "framework": {"framework": True},
}


def filled(lang: str, change: Callable[[Any], None] = lambda _: None, **given: Any) -> bytes:
    """The template as bytes, changed."""
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(new_case("苏州", **given), lang, "a.xlsx")))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("which", GIVEN)
def test_read_back_it_is_the_case(which: str, lang: str) -> None:
    case = new_case("苏州", **GIVEN[which])
    again, problems = read_upload(template_workbook(case, lang, "a.xlsx"), "a.xlsx")
    assert again is not None
    assert not problems
    assert [row.name(lang) for row in again.rows(Track)] == [row.name(lang) for row in case.rows(Track)]
    assert (again.scores_matrix == case.scores_matrix).all()
    assert again.costs["cost"].tolist() == case.costs["cost"].tolist()
    assert again.effects["effect"].tolist() == case.effects["effect"].tolist()
    assert sorted(again.judgements) == sorted(case.judgements)
    assert saidao.plan(again).closed_share == pytest.approx(saidao.plan(case).closed_share)


def test_no_judgements_stand_beside_weights_that_are_given() -> None:
    given, judged = new_case("x"), new_case("x", judges=["甲"])
    assert (given.settings.weights, len(given.judgements), "weight" in given.factors) == ("direct", 0, True)
    assert judged.settings.weights == "ahp"
    assert judged.tables["factors"].header[-1] != "weight"


def test_in_chinese_no_word_is_english_and_no_id_is_asked_for() -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled("zh", **GIVEN["names"])))
    sheets = [sheet for sheet in book if sheet.title not in ("案例",)]
    typed = {name for names in GIVEN["names"].values() for name in names}
    for sheet in sheets:
        for column in sheet.iter_cols(values_only=True):
            for cell in column:
                english = "英文名称" in column and cell != "英文名称"
                if (
                    isinstance(cell, str)
                    and not english
                    and not any(name.split("（")[0].split(" (")[0] in cell for name in typed)
                ):
                    assert not re.search(r"[a-z]{3,}", re.sub(r"saidao .*|/ AHP.*", "", cell)), (sheet.title, cell)
                    assert "编号" not in cell.replace("不用编号", ""), (sheet.title, cell)


def lists(sheet: Any) -> dict[str, str]:
    """The source of the drop-down of each column."""
    return {str(one.sqref).split(":")[0]: one.formula1 for one in sheet.data_validations.dataValidation}


def test_names_and_words_are_chosen_from_lists() -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled("zh", **GIVEN["names"])))
    assert "'赛道'!$A$3" in lists(book["得分"])["A3"]
    assert "'措施'!$A$3" in lists(book["效果"])["A3"]
    assert "'效果等级'!$A$3" in lists(book["效果"])["B3"]
    assert any("越大越好" in words for words in lists(book["要素"]).values())
    assert any("各赛道" in words for words in lists(book["措施"]).values())
    assert lists(openpyxl.load_workbook(io.BytesIO(filled("en")))["measures"])


# --- the colours -----------------------------------------------------------------------------------------------------


class Blank(str):
    """A cell with nothing in it."""


class Value:
    """A value as Excel compares it: a text is more than any number."""

    def __init__(self, value: Any) -> None:
        self.value = Blank() if value is None else value

    def _key(self, other: Any) -> tuple[Any, Any]:
        pair = [one.value if isinstance(one, Value) else one for one in (self, other)]
        texts = [isinstance(one, str) for one in pair]
        return (texts[0], texts[1]) if texts[0] != texts[1] else (pair[0], pair[1])

    def __eq__(self, other: object) -> bool:
        a, b = self._key(other)
        return bool(a == b)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __lt__(self, other: Any) -> bool:
        a, b = self._key(other)
        return bool(a < b)

    def __gt__(self, other: Any) -> bool:
        a, b = self._key(other)
        return bool(a > b)

    def __mul__(self, other: Any) -> float:
        values: list[Any] = [one.value if isinstance(one, Value) else one for one in (self, other)]
        return float("nan") if any(isinstance(v, str) for v in values) else float(values[0] * values[1])

    __hash__ = None  # type: ignore[assignment]


class Coloured:
    """A workbook whose conditional formats are computed."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))

    def colour(self, sheet: str, at: str) -> str:
        """The colour that a cell has: that of the first rule that holds."""
        page = self.book[sheet]
        for area in page.conditional_formatting:
            if at not in area.sqref.ranges.__iter__().__next__():
                continue
            for rule in area.rules:
                origin = str(area.sqref).split(":")[0]
                if self.holds(page, Translator(f"={rule.formula[0]}", origin).translate_formula(at), at):
                    return "#" + str(rule.dxf.fill.bgColor.rgb)[-6:]
        return ""

    def holds(self, page: Any, formula: str, at: str) -> bool:
        parts = []
        for token in Tokenizer(formula).items:
            if token.type == "OPERAND":
                is_range = token.subtype == "RANGE" and token.value not in ("TRUE", "FALSE")
                parts.append(f"R({token.value!r})" if is_range else token.value)
            elif token.type == "OPERATOR-INFIX":
                parts.append({"=": "==", "<>": "!="}.get(token.value, token.value))
            else:
                parts.append({"{": "(", ";": ","}.get(token.value, token.value))

        def ranged(text: str) -> Any:
            title, _, place = text.rpartition("!")
            found = (self.book[title.strip("'")] if title else page)[place.replace("$", "")]
            if isinstance(found, tuple):
                return [Value(cell.value) for row in found for cell in (row if isinstance(row, tuple) else (row,))]
            return found if place.count(":") else Value(found.value)

        def flat(values: tuple[Any, ...]) -> list[Value]:
            return [one for value in values for one in (value if isinstance(value, list) else [value])]

        def is_number(value: Any) -> bool:
            return isinstance(value.value if isinstance(value, Value) else value, (int, float))

        def index(area: list[Value], row: int, column: int) -> Value:
            return area[(row - 1) * int(len(area) ** 0.5) + column - 1]

        cell = page[at]
        names = {
            "R": ranged,
            "AND": lambda *a: all(a),
            "OR": lambda *a: any(a),
            "NOT": lambda a: not a,
            "ISNUMBER": is_number,
            "ISTEXT": lambda a: isinstance(a.value, str) and not isinstance(a.value, Blank),
            "COUNTIF": lambda area, one: sum(v == one for v in flat((area,))),
            "COUNTA": lambda *a: sum(not isinstance(v.value, Blank) for v in flat(a)),
            "COUNT": lambda *a: sum(map(is_number, flat(a))),
            "MIN": lambda *a: min(v.value for v in flat(a) if is_number(v)),
            "MAX": lambda *a: max(v.value for v in flat(a) if is_number(v)),
            "ABS": abs,
            "INDEX": index,
            "ROW": lambda _: cell.row,
            "COLUMN": lambda _: cell.column,
        }
        return bool(eval("".join(parts), {"__builtins__": {}}, names))  # formulas of our own

    def all(self) -> dict[tuple[str, str], str]:
        """Every coloured cell of the tables."""
        return {
            (page.title, f"{get_column_letter(c)}{r}"): colour
            for page in self.book
            for r in range(3, page.max_row + 1)
            for c in range(1, page.max_column + 1)
            if (colour := self.colour(page.title, f"{get_column_letter(c)}{r}"))
        }


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_as_it_comes_nothing_is_doubtful(lang: str) -> None:
    for given in (GIVEN["examples"], GIVEN["names"], GIVEN["judges"]):
        assert Coloured(filled(lang, **given)).all() == {}


SPOILT = {
    # cell: what is typed, and the colour that it, or another cell of its sheet, takes; blank: none
    ("得分", "C3"): (None, ORANGE, "C3"),
    ("得分", "B4"): ("高", RED, "B4"),
    ("得分", "D4"): (88, ORANGE, "D4"),
    ("得分", "A5"): ("没有的赛道", RED, "A5"),
    ("赛道", "A4"): ("智能汽车", RED, "A3"),
    ("要素", "C3"): (20, RED, "D3"),
    ("要素", "C4"): (5, "", "B4"),
    ("资源", "C3"): (None, ORANGE, "C3"),
    ("措施", "D3"): ("很多", RED, "D3"),
    ("措施", "E4"): (9999, ORANGE, "E4"),
    ("效果", "B3"): ("特强", RED, "B3"),
    ("效果", "C4"): (30, ORANGE, "C4"),
    ("效果等级", "C3"): ("三成", RED, "C3"),
}


def test_what_is_probably_wrong_is_coloured_and_says_so_when_read() -> None:
    """Each is coloured where it is typed, or where what it contradicts stands."""
    for (sheet, at), (value, colour, where) in SPOILT.items():

        def spoil(book: Any, sheet: str = sheet, at: str = at, value: Any = value) -> None:
            book[sheet][at] = value

        found = Coloured(filled("zh", spoil, **GIVEN["names"]))
        assert found.colour(sheet, where) == colour, (sheet, at)


def test_judgements_that_contradict_one_another_are_coloured() -> None:
    def spoil(book: Any) -> None:
        page = book["判断.甲"]
        page["C3"], page["B4"], page["D3"], page["B5"] = 3, 2, 12, None

    found = Coloured(filled("zh", spoil, judges=["甲"])).all()
    assert found == {("判断.甲", "C3"): ORANGE, ("判断.甲", "B4"): ORANGE, ("判断.甲", "D3"): RED}


def test_six_tracks_and_four_measures_lead_to_a_plan_by_typing_names_and_numbers(tmp_path: Any) -> None:
    def fill(book: Any) -> None:
        for n, name in enumerate(("补贴", "园区", "公寓", "示范")):
            for column, value in enumerate((name, "各赛道", 1, 100 + 50 * n, 3), 1):
                book["措施"].cell(3 + n, column, value)
            book["效果"].cell(3 + n, 1, name)
            book["效果"].cell(3 + n, 2 + n % 3, "强")
        for n in range(6):
            book["赛道"].cell(3 + n, 1, f"赛道{n}")
            book["得分"].cell(3 + n, 1, f"赛道{n}")
            for column in range(2, 5):
                book["得分"].cell(3 + n, column, (n * column) % 9 + 1)

    path = tmp_path / "mine.xlsx"
    given = {
        "factors": ["市场", "技术", "人才"],
        "resources": ["资金（万元）", "土地（亩）"],
        "measures": list("甲乙丙丁"),
    }
    path.write_bytes(filled("zh", fill, tracks=["一"], **given))
    case = saidao.load_case(path)
    assert (len(case.track_ids), len(case.measures)) == (6, 4)
    assert 0 < saidao.plan(case).closed_share < 1
