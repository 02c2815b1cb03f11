"""Rules are shown as sentences of their fields, in both languages, on every surface."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

import saidao
from saidao.case.tables import RuleRow
from saidao.study.rules import rule_sentence
from saidao.workbook.case_sheets import case_workbook
from tests.conftest import Run, write_case

SAID: dict[tuple[str, ...], tuple[str, str]] = {
    ("cap", "type", "x", "funds", "550", "", ""): (
        "At most 550 M of Funds goes to x tracks",
        "x 赛道的资金合计不超过 550 M",
    ),
    ("floor", "track", "a", "funds", "", "0.4", ""): (
        "At least 40% of the budget of Funds goes to Alpha",
        "甲的资金合计不低于资金预算的 40%",
    ),
    ("cap", "all", "", "funds", "3", "", "2027"): (
        "At most 3 M of Funds goes to all measures, in 2027",
        "2027 年全部措施的资金合计不超过 3 M",
    ),
    ("floor", "factor", "g", "closed", "0.2", "", ""): (
        "At least 0.2 gap units of the factor Grit close",
        "“砂”要素补齐的差距合计不低于 0.2 个差距单位",
    ),
    ("floor", "all", "", "closed", "", "0.3", "2027"): (
        "At least 30% of the gap of all tracks closes, by 2027",
        "截至 2027 年，全部赛道的差距至少补齐 30%",
    ),
    ("requires", "", "m2", "m3", "", "", ""): (
        "No Two without Three, at no less intensity",
        "安排“二”须先安排“三”，且力度不超过后者",
    ),
    ("requires", "", "m2", "m3", "2", "", ""): (
        "No Two without Three: at most 2 times its intensity",
        "安排“二”须先安排“三”，且力度不超过后者的 2 倍",
    ),
    ("requires", "", "m1", "m3|m2", "", "", ""): (
        "No One without Three or Two, at no less intensity",
        "安排“一”须先安排“三”或“二”，且力度不超过后者",
    ),
    ("excludes", "", "m1;m2;m3", "", "", "", ""): (
        "At most one of One, Two and Three is funded at each place",
        "“一”、“二”、“三”在同一对象至多安排一项",
    ),
}


@pytest.mark.parametrize("fields", SAID)
def test_a_rule_says_what_its_fields_say(fields: tuple[str, ...], small: Path) -> None:
    resources = "resource,name_en,name_zh,unit,budget\nfunds,Funds,资金,M,10\nland,Land,土地,ha,5\n"
    kind, over, key, of, amount, share, period = fields
    periods = 'periods = ["2026", "2027"]\n' if period else ""
    write_case(
        small,
        case=f'weights = "direct"\n{periods}',
        resources=resources,
        rules=f"rule,kind,over,key,of,amount,share,period\nr,{kind},{over},{key},{of},{amount},{share},{period}\n",
    )
    case = saidao.load_case(small)
    row = case.rows(RuleRow)[0]
    assert (rule_sentence(case, row), rule_sentence(case, row, "zh")) == SAID[fields]
    named = row.model_copy(update={"name_en": "Ours", "name_zh": "自定"})
    assert rule_sentence(case, named, "zh") == f"自定：{SAID[fields][1]}"
    sheet = openpyxl.load_workbook(io.BytesIO(case_workbook(case)))["rules"]
    assert SAID[fields][1] in "".join(str(cell.value) for cell in sheet[3])


def test_rules_are_sentences_on_every_surface(small: Path, run: Run, tmp_path: Path) -> None:
    rules = "name_zh,name_en,kind,over,key,of,amount\n不可偏废,Not all to one,不超过,类型,x,Funds,4\n"
    write_case(small, rules=rules)
    case = saidao.load_case(small)
    assert case.rules["rule"].tolist() == ["not_all_to_one"]
    for lang, said in (
        ("zh", "不可偏废：x 赛道的 Funds 合计不超过 4 M"),
        ("en", "Not all to one: At most 4 M of Funds goes to x tracks"),
    ):
        done = run("plan", small, "--lang", lang)
        assert all(word in done.out for word in said.split())  # a cell of several lines
        target = tmp_path / f"report-{lang}.html"
        saidao.report(case, target, lang=lang)
        assert said in target.read_text(encoding="utf-8")
    write_case(small, rules="rule,kind,over,key,of,amount\nr,floor,type,x,funds,40\n")
    told = run("plan", small, "--lang", "zh")
    assert told.status == 3
    assert "x 赛道的 Funds 合计不低于 40 M" in told.out + told.err
