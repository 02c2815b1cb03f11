"""The budget office's forms: a worked project cell by cell, the scoring rules of filed forms, and the checker."""

from __future__ import annotations

import json
import zipfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

import saidao
from saidao.filing.amounts import BLANK, half_up
from saidao.filing.check import check
from saidao.filing.fill import fill
from saidao.filing.profile import profile
from saidao.filing.scoring import Rules, execution, fits, grade, over, score
from tests.conftest import in_process

WORKED: dict[str, Any] = json.loads((Path(__file__).parent / "forms" / "worked.json").read_text("utf-8"))
INPUT: dict[str, Any] = WORKED["input"]


def test_the_worked_project_cell_by_cell() -> None:
    made = fill(INPUT, profile("national"))
    assert made == WORKED["expected"]
    assert check(INPUT, made) == WORKED["expected_checks"]


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
    assert check(data, {"P2": {"绩效自评表": made}})["P2"]["error"] == []
    data["actuals"]["P2"]["human_score"]["d"]["score"] = "16"
    assert check(data, {"P2": {"绩效自评表": made}})["P2"]["error"]
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
    told = [row["found"] for row in json.loads(in_process("forms", "--check", file, "--json").out)["checks"]]
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
