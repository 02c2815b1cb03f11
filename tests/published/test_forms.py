"""The budget office's forms: a worked project cell by cell, the scoring rules of filed forms, and the checker."""

from __future__ import annotations

import json
import zipfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import Workbook, load_workbook

import saidao
from saidao.filing.amounts import BLANK, half_up
from saidao.filing.check import check, told
from saidao.filing.fill import fill
from saidao.filing.filled import faults, read_workbook
from saidao.filing.layout import pages
from saidao.filing.profile import profile
from saidao.filing.scoring import Rules, execution, fits, grade, over, score
from tests.conftest import in_process

WORKED: dict[str, Any] = json.loads((Path(__file__).parent / "forms" / "worked.json").read_text("utf-8"))
INPUT: dict[str, Any] = WORKED["input"]


def test_the_worked_project_cell_by_cell() -> None:
    made = fill(INPUT, profile("national"))
    assert made == WORKED["expected"]
    assert told(INPUT, check(INPUT, made)) == WORKED["expected_checks"]


def test_what_must_not_be_printed_is_not() -> None:
    made = fill(INPUT, profile("national"))["P1"]
    assert made["绩效自评表"]["总分"]["得分"] != "83.69"
    assert made["绩效目标申报表"]["项目资金"]["年度资金申请总额"] != "50,000,000.00"


@pytest.mark.parametrize("unit", WORKED["score_units"])
def test_scores(unit: dict[str, str]) -> None:
    rules = Rules(reverse=unit.get("reverse", "ratio"))  # type: ignore[arg-type]
    assert str(score(unit["sign"], unit["target"], unit["actual"], unit["weight"], rules)) == unit["score"]


def test_bands_and_grades() -> None:
    bands = WORKED["qualitative_bands"]
    assert all(fits(band, bands["weight"], mark) for band, mark in bands["accept"])
    assert not any(fits(band, bands["weight"], mark) for band, mark in bands["refuse"])
    assert all(grade(Decimal(total)) == word for total, word in WORKED["grades"])


def test_filed_forms() -> None:
    """Two filed: 9,034 of 20,000 is 4.52; 215,457.6 of 250,000 is 8.62 (its form misprints 86.19 % for 86.18 %)."""
    assert execution("9034", "20000") == Decimal("4.52")
    assert execution("215457.6", "250000") == Decimal("8.62")
    assert half_up(100 * Fraction("215457.6") / 250000) == Decimal("86.18")


def second() -> dict[str, Any]:
    """1,200 at first, 1,000 after adjustment, all of it spent; 24 of 20, on its day, 0.12 of 0.12, 15 points of 20."""
    kpis = [
        ("a", "产出指标", "数量指标", ">=", "20", "家", "25"),
        ("b", "产出指标", "时效指标", "<=", "2027年6月30日前", "", "25"),
        ("c", "效益指标", "经济效益指标", ">=", "0.12", "(0-1)", "20"),
        ("d", "效益指标", "可持续影响指标", "定性", "合理", "", "20"),
    ]
    return {
        "projects": {"P2": {"project": "P2", "name": "二", "periods": {"2027": {"level": 20, "funds": "12"}}}},
        "kpi": [
            {"project": "P2", "id": k, "一级指标": one, "二级指标": two, "三级指标": k, "sign": sign, "value": value}
            | {"unit": unit, "weight": weight, "origin": "given"}
            for k, one, two, sign, value, unit, weight in kpis
        ],
        "monitoring": {},
        "actuals": {
            "P2": {
                "initial": "12",
                "full": "10",
                "spent": "10",
                "actual": {"a": "24", "b": "2027-06-20", "c": "0.12", "d": "基本合理"},
                "human_score": {"d": {"band": "部分达成年度指标并具有一定效果", "score": "15"}},
                "cause": {},
            }
        },
    }


def test_the_second_project_of_the_notes() -> None:
    data = second()
    made = fill(data, profile("national"))["P2"]["绩效自评表"]
    assert [row["得分"] for row in made["rows"]] == ["25.00", "25.00", "20.00", "15.00"]
    assert (made["总分"]["得分"], made["等级"]) == ("95.00", "优")
    assert made["年度资金总额"]["得分"] == "10.00"
    assert over(">=", "20", "24")
    assert made["rows"][0]["偏差原因分析及改进措施"] == BLANK
    assert told(data, check(data, fill(data, profile("national"))))["P2"]["error"] == ["缺少质量指标"]
    data["actuals"]["P2"]["human_score"]["d"]["score"] = "16"
    found = told(data, check(data, fill(data, profile("national"))))["P2"]["error"]
    assert "d: 定性得分 16 不在“部分达成年度指标并具有一定效果”区间内" in found
    del data["actuals"]["P2"]["human_score"]["d"]
    left = fill(data, profile("national"))["P2"]["绩效自评表"]
    assert left["rows"][3]["得分"] == left["总分"]["得分"] == left["等级"] == BLANK


def test_nothing_is_guessed() -> None:
    bare = {"projects": {"X": {"periods": {"2027": {}}}}, "kpi": INPUT["kpi"][:1] + [{"project": "X", "id": "k"}]}
    made = fill({**bare, "monitoring": {"X": {}}, "actuals": {"X": {}}}, profile("national"))["X"]
    told = json.dumps(made, ensure_ascii=False)
    assert "0.00" not in told
    assert "无偏差" not in told
    assert made["绩效自评表"]["等级"] == BLANK
    assert made["绩效目标执行监控表"]["年度资金总额"]["1-7月执行率"] == BLANK


def test_options_of_localities(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('reverse = "linear"\nreview_unit = "元"\n[grades]\n"甲" = 78\n"乙" = 0\n', encoding="utf-8")
    made = fill(INPUT, profile(str(own)))["P1"]["绩效自评表"]
    assert made["总分"]["得分"] == "78.66"
    assert made["等级"] == "甲"
    assert made["年度资金总额"]["全年执行数"] == "27,500,000.00"
    assert fill(INPUT, profile("shanghai"))["P1"]["绩效自评表"]["标题"] == "财政项目支出绩效自评表"
    bands = Rules(execution="bands", satisfaction="bands")
    assert execution("8", "10", 10, bands) == Decimal("7.00")
    assert execution("9", "10", 10, bands, finished=True) == Decimal("10.00")
    assert score(">=", "90", "85", "10", bands, satisfaction=True) == Decimal("8.00")
    own.write_text('reverse = "other"\nx = 1\n', encoding="utf-8")
    with pytest.raises(saidao.CaseError) as refused:
        profile(str(own))
    assert len(refused.value.problems) == 2


@pytest.fixture
def worked(tmp_path: Path) -> Path:
    file = tmp_path / "worked.json"
    file.write_text(json.dumps(WORKED, ensure_ascii=False), encoding="utf-8")
    return file


def test_the_command_writes_papers(worked: Path, tmp_path: Path) -> None:
    document = json.loads(in_process("forms", "--data", worked, "--json").out)
    assert document["forms"] == WORKED["expected"]
    assert document["checks"] == WORKED["expected_checks"]
    for name in ("f.xlsx", "f.docx"):
        assert in_process("forms", "--data", worked, "-o", tmp_path / name).status == 0
    book = load_workbook(tmp_path / "f.xlsx")
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert {"财政项目支出绩效目标申报表", "37,500,000.00", "≤1,250.00万元/个", "78.84", "【待填】"} <= cells
    with zipfile.ZipFile(tmp_path / "f.docx") as archive:
        text = archive.read("word/document.xml").decode("utf-8")
    assert "项目支出绩效自评表" in text
    assert "78.84" in text
    assert in_process("plan", "-o", tmp_path / "p.docx").status == 2


def test_a_filled_form_is_counted_again(worked: Path, tmp_path: Path) -> None:
    file = tmp_path / "f.xlsx"
    in_process("forms", "--data", worked, "-o", file)
    book: Workbook = load_workbook(file)
    sheet = book["P1 绩效自评表"]
    wrong = {"78.84": "79.84", "73.33%": "73.34%", "13.33": "14.00"}
    for row in sheet.iter_rows():
        for cell in row:
            if str(cell.value) in wrong:
                cell.value = wrong[str(cell.value)]
    book.save(file)
    told = [row["found_zh"] for row in json.loads(in_process("forms", "--check", file, "--json").out)["checks"]]
    assert any("执行率 73.34%，应为 73.33%" in found for found in told)
    assert any("得分 14.00，按规则应为 13.33" in found for found in told)
    assert any(found.startswith("总分 79.84") for found in told)
    assert in_process("forms", "--check", tmp_path / "none.xlsx").status == 2


def test_a_plan_fills_what_it_knows() -> None:
    found = saidao.forms("shanghai")
    plan = saidao.plan("shanghai")
    assert set(found.filled) == {row["measure"] for row in plan.allocation}
    for key, made in found.filled.items():
        funds = sum(row["costs"].get("funds", 0.0) for row in plan.allocation if row["measure"] == key)
        told = Decimal(made["绩效目标申报表"]["项目资金"]["项目资金总额"].replace(",", ""))
        assert float(told) == pytest.approx(funds * 1e6, abs=1.0)
        assert made["绩效目标申报表"]["权重合计"] == "90"
        assert not found.checks[key]["error"]
        closed = sum(c["amount"] for row in plan.allocation if row["measure"] == key for c in row["closes"])
        (benefit,) = (row for row in made["绩效目标申报表"]["rows"] if row["一级指标"] == "效益指标")
        assert float(benefit["指标值"]) == pytest.approx(closed, abs=1e-6)
        assert benefit["标记"] == "【假设】"


def test_the_tables_of_a_case_fill_the_forms(tmp_path: Path) -> None:
    """Three sites at 12.5 million, 15 of 37.5 spent by July, 27.5 by the year's end of 37.5: as the worked project."""
    tables = {
        "tracks": "track\na\n",
        "factors": "factor,direction,worst,target,weight\nf,max,0,1,1\n",
        "scores": "track,f\na,0.4\n",
        "resources": "resource,unit_zh,unit,budget\nfunds,百万元,CNY million,37.5\n",
        "measures": "measure,name_zh,scope,max_level,unit,kind\nX01,中试平台建设补助,track,3,site,integer\n",
        "costs": "measure,resource,cost\nX01,funds,12.5\n",
        "effects": "measure,track,factor,effect\nX01,a,f,0.05\n",
        "projects": "project,measure,name_zh,department,agency,period,fiscal_total,other_total,"
        "fiscal,carried,other,full,expected\n"
        "P1,X01,中试平台建设补助,甲委,乙中心,2027,35,2.5,35,0,2.5,37.5,27.5\n",
        "kpi": "project,kpi,level1,level2,level3,sign,value,unit,weight,done,forecast,actual,cause\n"
        "P1,k1,成本指标,经济成本指标,单个平台补助成本,<=,,万元/个,20,1500,1375,1375,\n"
        "P1,k2,产出指标,数量指标,建成中试平台数,>=,,个,20,1,2,2,设备到货延迟\n"
        "P1,k3,产出指标,质量指标,平台验收合格率,=,100,%,10,100,100,100,\n"
        "P1,k4,产出指标,时效指标,平台按期建成率,=,100,%,10,100,66.67,66.67,\n"
        "P1,k5,效益指标,社会效益指标,数据产业要素条件水平提升值,>=,,(0-1),20,0.05,0.10,0.10,\n"
        "P1,k6,满意度指标,服务对象满意度指标,入驻企业满意度,>=,90,%,10,,90,92,\n",
        "actuals": "measure,target,period,resource,spent,date\nX01,a,2027,funds,15,2027-07-31\n"
        "X01,a,2027,funds,27.5,2027-12-31\n",
    }
    (tmp_path / "case.toml").write_text(
        'weights = "direct"\nmethod = "wsm"\nstance = "even"\nperiods = ["2027"]\n', encoding="utf-8"
    )
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    found = saidao.forms(tmp_path)
    made, worked = found.filled["P1"], WORKED["expected"]["P1"]
    targets = [row["年度(/项目)指标值"] for row in made["绩效目标申报表"]["rows"]]
    assert targets == [row["年度(/项目)指标值"] for row in worked["绩效目标申报表"]["rows"]]
    assert made["绩效目标申报表"]["head"]["主管部门"] == "甲委"
    assert made["绩效目标申报表"]["head"]["项目代码"] == BLANK
    for name in ("其中:当年财政拨款", "上年结转资金", "年度资金申请总额"):
        assert made["绩效目标申报表"]["项目资金"][name] == worked["绩效目标申报表"]["项目资金"][name]
    for form in ("绩效目标执行监控表", "绩效自评表"):
        assert made[form]["年度资金总额"] == worked[form]["年度资金总额"]
    assert made["绩效目标执行监控表"]["derived"] == worked["绩效目标执行监控表"]["derived"]
    assert made["绩效自评表"]["总分"] == {"分值": "100", "得分": "78.84"}
    assert made["绩效自评表"]["等级"] == "中"
    assert not found.checks["P1"]["error"]


# --- what the worked project does not exercise ------------------------------------------------------------------------


def test_a_year_closes_what_it_adds_not_what_stood_before() -> None:
    """0.20 is closed by the end of 2028, 0.15 of it in 2027: the year's target is 0.05, and a later cost its own."""
    data = {
        "projects": INPUT["projects"],
        "kpi": [{**kpi, "value": None} if kpi["origin"].startswith("plan") else kpi for kpi in INPUT["kpi"]],
    }
    for year, level, closed in (("2027", "≥3个", "≥0.15"), ("2028", "≥1个", "≥0.05")):
        made = fill(data, profile("national"), year)["P1"]["绩效目标申报表"]
        cells = [row["年度(/项目)指标值"] for row in made["rows"]]
        assert cells[:2] + cells[4:5] == ["≤1,250.00万元/个", level, closed]
    assert made["项目资金"]["年度资金申请总额"] == "12,500,000.00"
    assert made["项目资金"]["其中:当年财政拨款"] == BLANK


@pytest.mark.parametrize(
    ("kpi", "cell"),
    [
        ({"二级指标": "经济成本指标", "sign": "≤", "unit": "元/个"}, "≤12,500,000.00元/个"),
        ({"二级指标": "经济成本指标", "sign": "<=", "unit": "亿元"}, "≤0.13亿元"),
        ({"value": "2027-06-30", "sign": "<="}, "2027年6月30日前"),
        ({"value": "2027年6月底前", "sign": "日期"}, "2027年6月30日前"),
        ({"value": "3", "sign": ">=", "unit": "单元"}, "≥3单元"),
        ({"value": "985", "sign": "＞", "unit": "米"}, "＞985米"),
        ({"value": "合理", "sign": "定性"}, "合理"),
        ({"value": "0", "sign": "=", "unit": "起"}, "=0起"),
        ({"二级指标": "质量指标", "sign": "="}, BLANK),
        ({"origin": "given", "value": None, "sign": "="}, BLANK),
        ({"origin": "given", "value": "按方案", "二级指标": "数量指标", "sign": ">="}, BLANK),
    ],
)
def test_cells_of_targets(kpi: dict[str, Any], cell: str) -> None:
    data = {"projects": INPUT["projects"], "kpi": [{"project": "P1", "id": "k", "一级指标": "", **kpi}]}
    (row,) = fill(data, profile("national"))["P1"]["绩效目标申报表"]["rows"]
    assert row["年度(/项目)指标值"] == cell


@pytest.mark.parametrize(
    ("sign", "target", "actual", "mark"),
    [
        ("<=", "100", "100", "10.00"),
        ("<=", "3", "4", "7.50"),
        ("<", "0", "0", "10.00"),
        ("<=", "0", "1", "0.00"),
        ("<=", "5", "-2", "10.00"),
        ("=", "0", "-1", "10.00"),
        (">", "20", "20", "10.00"),
        (">=", "1,000", "1000", "10.00"),
        (">=", "90", "85％", "9.44"),
        ("<=", "2027年6月30日前", "2027-06-30", "10.00"),
        ("<=", "2027年6月30日前", "2027-07-01", "None"),
        ("定性", "合理", "基本合理", "None"),
        (">=", "3", None, "None"),
    ],
)
def test_more_scores(sign: str, target: str, actual: str | None, mark: str) -> None:
    """Signs, zeros, negatives, thousands and dates, by the rules; what a person has to judge is None."""
    assert str(score(sign, target, actual, "10")) == mark


def test_the_rates_of_money() -> None:
    """Of 0 there is no rate; over the budget no more than all marks; a rate of seven twelfths and more is no lag."""
    told = {"budget": "12", "spent": "7", "forecast": "13"}
    made = fill({**INPUT, "monitoring": {"P1": told}, "actuals": {}}, profile("national"))["P1"]["绩效目标执行监控表"]
    assert made["derived"]["执行滞后"] is False
    assert made["derived"]["全年预计执行率"] == "108.33%"
    none = fill({**INPUT, "monitoring": {"P1": {"budget": "0", "spent": "0"}}, "actuals": {}}, profile("national"))
    assert none["P1"]["绩效目标执行监控表"]["年度资金总额"]["1-7月执行率"] == BLANK
    assert execution("13", "12") == Decimal("10.00")
    assert execution("0", "12") == Decimal("0.00")
    assert execution("0", "0") is None


WRONG = [
    ("绩效自评表", {"78.84": "78.85"}, "总分 78.85，各得分相加为 78.84", "total 78.85; the scores sum to 78.84"),
    ("绩效自评表", {"18.18": "18.19"}, "得分 18.19，按规则应为 18.18", "by the rules it is 18.18"),
    ("绩效自评表", {"18.18": "18.17"}, "得分 18.17，按规则应为 18.18", "by the rules it is 18.18"),
    ("绩效自评表", {"18.18": "20.50"}, "得分 20.50 不在 0 至 20 之间", "score 20.50 is not from 0 to 20"),
    ("绩效自评表", {"18.18": ""}, "得分未填", "no score"),
    ("绩效自评表", {"18.18": ""}, "总分已填 78.84，但有得分未填", "total 78.84, though some score is missing"),
    ("绩效自评表", {"18.18": "十八"}, "得分“十八”不是数字", "十八 is no number"),
    ("绩效自评表", {"20": "25"}, "分值合计（含预算执行率）115，应为 100", "points sum to 115"),
    ("绩效自评表", {"中": "良"}, "等级“良”，应为“中”", "grade 良; it should be 中"),
    ("绩效自评表", {"7.33": "7.34"}, "预算执行率得分 7.34，应为 7.33", "score of the outturn 7.34"),
    ("绩效自评表", {"73.33%": "73.34%"}, "执行率 73.34%，应为 73.33%", "rate 73.34%; it should be 73.33%"),
    ("绩效自评表", {"设备到货延迟;督促供应商,2028年一季度补建": "无偏差"}, "未完成而未填偏差原因", "no cause told"),
    ("绩效自评表", {"得分": "分数"}, "缺少“得分”栏", "no column"),
    ("绩效目标执行监控表", {"40.00%": "41.00%"}, "执行率 41.00%，应为 40.00%", "rate 41.00%"),
    ("绩效目标执行监控表", {"设备到货延迟": "无偏差"}, "预计不能完成，原因却填“无偏差”", "无偏差 is told as the cause"),
    ("绩效目标执行监控表", {"有可能": "也许"}, "完成目标可能性“也许”应为", "chance 也许 is none of"),
    ("绩效目标申报表", {"90": "95"}, "权重合计 95，各项相加为 90", "the sum of weights says 95"),
    ("绩效目标申报表", {"47,500,000.00": "47,000,000.00"}, "分项合计 49,500,000.00", "parts sum to 49,500,000.00"),
    ("绩效目标申报表", {"37,500,000.00": "50,000,000.00"}, "年度资金申请总额却等于项目资金总额", "several years"),
    ("绩效目标申报表", {"质量指标": "其他指标"}, "缺少质量指标", "no indicator of quality"),
    ("绩效目标申报表", {"1250": "-5"}, "指标值 -5 不是非负数字或日期", "target -5 is no number"),
]
"""A form, cells that are changed, and what has to be said of it in both languages."""


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The worked project's forms, filled, as they are read back from a workbook."""
    folder = tmp_path_factory.mktemp("forms")
    (folder / "worked.json").write_text(json.dumps(WORKED, ensure_ascii=False), encoding="utf-8")
    in_process("forms", "--data", folder / "worked.json", "-o", folder / "f.xlsx")
    return read_workbook(folder / "f.xlsx")


@pytest.mark.parametrize(("form", "changed", "zh", "en"), WRONG)
def test_broken_forms_are_told_in_both_languages(
    sheets: dict[str, Any], form: str, changed: dict[str, str], zh: str, en: str
) -> None:
    lines = [[changed.get(cell, cell) for cell in row] for row in sheets[f"P1 {form}"]]
    whole = [found for _, found in faults({f"P1 {form}": lines}, profile("national")) if found.level == "error"]
    before = [found for _, found in faults({"": sheets[f"P1 {form}"]}, profile("national")) if found.level == "error"]
    assert any(zh in found.text("zh") for found in whole)
    assert any(en in found.text("en") for found in whole)
    assert not any(zh in found.text("zh") for found in before) or zh == "未完成而未填偏差原因"


def test_half_up_is_asked_of_a_filled_form(sheets: dict[str, Any]) -> None:
    """8 wanted, 5.7 done, 10 points: 7.125 is 7.13, and 7.12 is wrong."""
    kpi = {"project": "P1", "id": "h", "一级指标": "产出指标", "二级指标": "数量指标", "三级指标": "h"}
    data = {**INPUT, "kpi": [{**kpi, "sign": ">=", "value": "8", "unit": "个", "weight": "10", "origin": "given"}]}
    data["actuals"] = {"P1": {"actual": {"h": "5.7"}, "cause": {"h": "x"}}}
    form = next(page for page in saidao.forms("shanghai", data).pages if page.form == "绩效自评表")
    lines = [[form.title], [form.year], *(list(row) for block in form.blocks for row in (*block.rows, ("",)))]
    assert [row[6] for row in lines if len(row) > 6 and row[2] == "h"] == ["7.13"]
    low = [["7.12" if cell == "7.13" else cell for cell in row] for row in lines]
    told = [found.text() for _, found in faults({"s": low}, profile("national"))]
    assert "h: 得分 7.12，按规则应为 7.13" in told


def test_what_is_written_by_the_rules_is_not_found_wrong() -> None:
    """Of many random projects, self-assessments that we filled in count out when they are counted again."""
    rng, own = np.random.default_rng(3), profile("national")
    groups = (("产出指标", "数量指标", "25"), ("产出指标", "质量指标", "25"), ("效益指标", "经济效益指标", "40"))
    for _ in range(40):
        kpis, actual, human = [], {}, {}
        for n, (one, two, weight) in enumerate(groups):
            sign = str(rng.choice([">=", "<=", "=", "定性", ">", "<"]))
            value = "合理" if sign == "定性" else f"{rng.integers(0, 30) / 4:g}"
            kpi = {"project": "P1", "id": f"k{n}", "一级指标": one, "二级指标": two, "三级指标": f"k{n}"}
            kpis.append({**kpi, "sign": sign, "value": value, "unit": "个", "weight": weight, "origin": "given"})
            actual[f"k{n}"] = "基本合理" if sign == "定性" else f"{rng.integers(0, 40) / 3:.2f}"
            if sign == "定性":
                human[f"k{n}"] = f"{float(rng.integers(0, 41)) / 40 * int(weight):.2f}"
        told = {"initial": "12", "full": "10", "spent": f"{rng.integers(0, 1100) / 100}", "actual": actual}
        told |= {"human_score": human, "cause": dict.fromkeys(actual, "因故")}
        data = {"projects": INPUT["projects"], "kpi": kpis, "actuals": {"P1": told}}
        (page,) = (page for page in pages(fill(data, own), data, own) if page.form == "绩效自评表")
        rows = (list(row) for block in page.blocks for row in (*block.rows, ("",)))
        found = faults({"s": [[page.title], [page.year], *rows]}, own)
        assert not [one.text() for _, one in found if one.level == "error"]


def test_the_english_papers(worked: Path, tmp_path: Path) -> None:
    found = saidao.forms("shanghai", worked, profile="english")
    plan, report = found.filled["P1"].values()
    assert [row["target"] for row in plan["rows"]] == [
        "≤ 1,250.00 CNY 10,000 per 个",
        "≥ 3 个",
        "= 100%",
        "= 100%",
        "≥ 0.15",
        "≥ 90%",
    ]
    assert plan["money"]["request of the year"] == "37.50"
    assert plan["head"]["code"] == "[to be filled in]"
    assert [row["rests on"] for row in plan["rows"]] == ["", "judgement", "", "", "assumption", ""]
    assert [row["result"] for row in report["rows"]] == ["not met", "not met", "met", "not met", "not met", "met"]
    assert report["rows"][1]["variance"] == "-1 (-33.33%)"
    assert report["rows"][0]["explanation of variance"] == "[to be filled in]"
    assert report["money"]["outturn rate"] == "73.33%"
    assert "score" not in report["rows"][0]
    assert "k1,k4,k5: missed, no cause told" in [row["found_en"] for row in found.check_rows]
    for name in ("f.xlsx", "f.docx"):
        assert in_process("forms", "--data", worked, "--profile", "english", "-o", tmp_path / name).status == 0
    assert "P1 performance report" in load_workbook(tmp_path / "f.xlsx").sheetnames


def shared(folder: Path, projects: str) -> Path:
    """A measure of 10 million a level at two tracks, of which both get one."""
    tables = {
        "tracks": "track\na\nb\n",
        "factors": "factor,direction,worst,target,weight\nf,max,0,1,1\n",
        "scores": "track,f\na,0.4\nb,0.4\n",
        "resources": "resource,unit_zh,unit,budget\nfunds,百万元,CNY million,30\n",
        "measures": "measure,name_zh,scope,max_level,unit\nM,建站,track,1,site\n",
        "costs": "measure,resource,cost\nM,funds,10\n",
        "effects": "measure,track,factor,effect\nM,a,f,0.1\nM,b,f,0.2\n",
        "projects": projects,
        "actuals": "measure,target,period,resource,spent,date\nM,a,2027,funds,4,2027-07-31\n"
        "M,b,2027,funds,5,2027-07-31\n",
    }
    (folder / "case.toml").write_text(
        'weights = "direct"\nmethod = "wsm"\nstance = "even"\nperiods = ["2027"]\n', encoding="utf-8"
    )
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_projects_that_share_a_measure(tmp_path: Path) -> None:
    """By the places that each names; without places only the cost of a unit is known, and the sum of all."""
    found = saidao.forms(shared(tmp_path, "project,measure,targets\nA,M,a\nB,M,b\n"))
    assert [found.filled[key]["绩效目标申报表"]["项目资金"]["年度资金申请总额"] for key in "AB"] == [
        "10,000,000.00"
    ] * 2
    closed = [found.filled[key]["绩效目标申报表"]["rows"][4 - 1]["年度(/项目)指标值"] for key in "AB"]
    assert closed == ["≥0.1", "≥0.2"]
    spent = [found.filled[key]["绩效目标执行监控表"]["年度资金总额"]["1-7月执行数"] for key in "AB"]
    assert spent == ["400.00", "500.00"]

    apart = saidao.forms(shared(tmp_path, "project,measure,fiscal_total,other_total\nA,M,8,0\nB,M,9,2\n"))
    first = apart.filled["A"]["绩效目标申报表"]
    assert first["项目资金"]["项目资金总额"] == "8,000,000.00"
    assert first["项目资金"]["其中:其他资金"] == "0.00"
    assert first["项目资金"]["年度资金申请总额"] == BLANK
    assert [row["指标值"] for row in first["rows"]][:2] == ["1000", BLANK]
    assert first["rows"][3]["指标值"] == BLANK
    assert "绩效目标执行监控表" not in apart.filled["A"]
    assert apart.checks["A"]["error"] == []

    with pytest.raises(saidao.CaseError) as refused:
        saidao.forms(shared(tmp_path, "project,measure,targets\nA,M,a;b\nB,M,b;c\n"))
    assert {problem.code for problem in refused.value.problems} == {"project_place", "unknown_id"}


def test_data_that_are_no_forms_are_refused(tmp_path: Path) -> None:
    bad = {"projects": {"P1": {"periods": {"2027": {}}}}, "kpi": [{"project": "P9", "id": "k"}], "actuals": {"P8": {}}}
    for data, year, problems in ((bad, "", 2), ({**bad, "kpi": {}}, "", 1), ({"projects": bad["projects"]}, "2030", 1)):
        with pytest.raises(saidao.CaseError) as refused:
            saidao.forms("shanghai", data, year=year)
        assert len(refused.value.problems) == problems


def test_a_plan_without_years_is_that_of_the_year_asked_for() -> None:
    made = saidao.forms("shanghai", year="2027").filled["I01"]["绩效目标申报表"]
    assert made["项目资金"]["年度资金申请总额"] == made["项目资金"]["项目资金总额"] != BLANK
    assert made["head"]["计划开始日期"] == "2027-01-01"
