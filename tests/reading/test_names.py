"""Names stand for ids wherever an id belongs, and the case is the same; of two that fit, none is taken."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import saidao
from saidao.case.naming import Names
from saidao.case.read import read_case, read_upload
from saidao.errors import Problem
from tests.conftest import SMALL, Run, write_case


def case_of(folder: Path, **changes: str) -> saidao.Case:
    found, problems = read_case(write_case(folder, **changes))
    assert found is not None, [p.text() for p in problems]
    return found


def problems_of(folder: Path, **changes: str) -> list[tuple[str, str, int | None, str, str]]:
    found = read_case(write_case(folder, **changes))[1]
    return [(p.code, p.file, p.row, p.column, p.found) for p in found if p.level == "error"]


def replaced(table: str, *pairs: tuple[str, str]) -> dict[str, str]:
    text = SMALL[f"{table}.csv"]
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return {table.replace("/", "__"): text}


BY_NAME = {
    "a track in the scores": replaced("scores", ("a,2,8", "甲,2,8"), ("b,5,1", "ＢＥＴＡ,5,1")),
    "factors above the scores": replaced("scores", ("track,f,g", "赛道,力（亿元）, ＧＲＩＴ ")),
    "a unit after a slash": replaced("scores", ("track,f,g", "track,f/万元,g %")),
    "measure and resource of costs": replaced("costs", ("m1,funds", "一,Ｆunds"), ("m3,funds", "three,资 金")),
    "headings of costs": replaced("costs", ("measure,resource,cost", "措施编号,资源,单位成本")),
    "everywhere": replaced("effects", ("m1,*,f", "One,全部,force")),
    "a type by its id in another case": replaced("effects", ("type:x", "类型：X")),
    "words of measures": replaced("measures", ("track,continuous", "赛道,连续"), ("city,continuous", "全市,连续")),
    "words of rules": replaced("rules", ("floor,measure", "不低于,措施"), ("cap,track,a", "上限,赛道,Alpha")),
    "what rules are of": replaced("rules", ("closed", "缩小的差距"), ("factor,g", "要素,砂")),
    "directions": replaced("factors", ("max", "越大越好"), ("min", "逆向指标")),
    "sources": replaced("sources", ("scores,,,measured", "得分,,,实测"), ("assumption", "假设")),
    "labels of judgements": replaced("judgements/factors", ("factor,f,g", "要素,力,砂"), ("f,1", "Force,1")),
    "settings": {"case": SMALL["case.toml"].replace('"direct"', '"直接赋权"')},
    "an id in another width": replaced("rules", ("m2,funds", "ｍ２,ＦＵＮＤＳ")),
}


@pytest.mark.parametrize("which", BY_NAME)
def test_a_name_is_the_id(which: str, tmp_path: Path) -> None:
    resources = SMALL["resources.csv"].replace("name_en,unit", "name_en,name_zh,unit")
    resources = resources.replace("Funds,M", "Funds,资金,M").replace("Land,ha", "Land,土地,ha")
    (tmp_path / "ids").mkdir()
    (tmp_path / "names").mkdir()
    by_id = case_of(tmp_path / "ids", resources=resources)
    by_name = case_of(tmp_path / "names", **{"resources": resources, **BY_NAME[which]})
    assert by_name == by_id


def test_names_in_locks_rules_and_sources_of_cells(small: Path) -> None:
    case = case_of(
        small,
        case='weights = "直接赋权"\nlock = ["一=0.5@甲"]\nforbid = ["Two"]\nmethod = "加权和法"\nstance = "一视同仁"\n',
        rules="rule,kind,over,key,of,amount\nr,互斥,,一、三,,\ns,前置条件,,二,Three,2\n",
        sources="table,row,column,kind,note\n成本,一/Funds,成本,measured,\neffects,Two/类型：x/砂,,judgement,\n",
    )
    assert case.settings.lock == ("m1=0.5@a",)
    assert (case.settings.forbid, case.settings.method, case.settings.stance) == (("m2",), "wsm", "even")
    assert case.rules["key"].tolist() == ["m1;m3", "m2"]
    assert case.rules["of"].tolist()[1] == "m3"
    assert case.sources[["table", "row", "column"]].to_numpy().tolist() == [
        ["costs", "m1/funds", "cost"],
        ["effects", "m2/type:x/g", ""],
    ]


def test_ids_are_made_where_none_are_given(small: Path) -> None:
    case = case_of(
        small,
        tracks="名称,类型\n量子信息,x\nSmart cars,x\n5G/6G: 通信,y\n",
        scores="track,f,g\n量子信息,2,8\nsmart CARS,5,1\n5G/6G: 通信,9,3\n",
        effects="measure,track,factor,effect\nm1,*,f,0.3\nm2,type:x,g,0.2\nm2,量子信息,g,0.4\nm3,*,g,0.05\n",
        rules="rule,kind\n",
    )
    assert case.track_ids == ("量子信息", "smart_cars", "5G_6G_ 通信")
    assert case.tracks["name_zh"].fillna("").tolist() == ["量子信息", "", "5G/6G: 通信"]
    assert case.tracks["name_en"].fillna("").tolist() == ["", "Smart cars", ""]


def test_a_name_of_several_rows_is_refused_where_it_is_used(small: Path) -> None:
    tracks = "track,name_en,type\na,Alpha,x\nb,alpha,x\nc,Gamma,y\n"
    assert problems_of(small, tracks=tracks) == []
    found = problems_of(small, tracks=tracks, scores="track,f,g\nＡlpha,2,8\nb,5,1\nc,9,3\n")
    assert ("ambiguous_name", "scores.csv", 2, "track", "Ａlpha") in found
    told = [p for p in read_case(small)[1] if p.code == "ambiguous_name"]
    assert "a, b" in told[0].text("en")
    assert "a, b" in told[0].text("zh")


def test_an_id_means_itself_though_another_row_is_called_so(small: Path) -> None:
    case = case_of(small, tracks="track,name_en,type\na,b,x\nb,Beta,x\nc,Gamma,y\n")
    assert case.scores["track"].tolist() == ["a", "b", "c"]


def test_a_name_with_separators_in_it_is_one() -> None:
    names = Names("measures", [("m1", "Grants, loans; bonds", ""), ("m2", "Grants", ""), ("m3", "loans", "")])
    assert names.ids_in("grants, loans; bonds") == ["m1"]
    assert names.ids_in("Grants; loans") == ["m2", "m3"]
    assert names.ids_in("loans，Grants, loans; bonds；m2") == ["m3", "m1", "m2"]


def test_a_bracket_that_is_no_unit_is_part_of_the_name() -> None:
    names = Names("measures", [("m1", "Award (2025)", ""), ("m2", "Space (ha)", "")])
    assert names.found("Award") == names.found("Award (2026)") == ()
    assert names.found("space") == names.found("SPACE [km2]") == ("m2",)


@given(st.text(alphabet="aＡb 资金（）()万元/;、|", max_size=12))
def test_no_text_breaks_the_search(text: str) -> None:
    names = Names("x", [("a", "资金（万元）", "Ab"), ("b", "资金", "")])
    assert names.found("a") == ("a",)
    assert all(name in ("a", "b") for name in names.found(text))


# --- wide tables -----------------------------------------------------------------------------------------------------

WIDE = {
    "resources": "resource,name_en,name_zh,unit,budget\nfunds,Funds,资金,万元,10\nland,Land,土地,亩,5\n",
    "measures": "measure,name_en,name_zh,dimension,stage,scope,kind,max_level,资金（万元）,土地,备注\n"
    "m1,One,一,d1,s1,track,continuous,2,4,1,x\nm2,Two,二,d1,s2,type,continuous,1,3,2,\nm3,Three,三,d2,s1,city,continuous,1,2,,\n",
    "effects": "措施,赛道,力,砂\n一,*,0.3,\nTwo,类型：x,,0.2\nm2,甲,,0.4\n三,全部,,0.05\n",
}
LONG = {
    "resources": WIDE["resources"],
    "measures": SMALL["measures.csv"]
    .replace("max_level\n", "max_level,备注\n")
    .replace("continuous,2\n", "continuous,2,x\n"),
}


def test_columns_of_resources_and_factors_are_costs_and_effects(tmp_path: Path) -> None:
    for name in ("wide", "long"):
        (tmp_path / name).mkdir()
    long = case_of(tmp_path / "long", **LONG)
    write_case(tmp_path / "wide", **WIDE)
    (tmp_path / "wide" / "costs.csv").unlink()
    wide = saidao.load_case(tmp_path / "wide")
    assert wide == long
    assert wide.measures["备注"].fillna("").tolist() == ["x", "", ""]
    saidao.save_case(wide, tmp_path / "again")
    assert saidao.load_case(tmp_path / "again") == long


def test_one_wide_sheet_of_measures_is_enough_to_plan(tmp_path: Path) -> None:
    write_case(
        tmp_path,
        resources=WIDE["resources"],
        measures="措施,作用范围,最大力度,资金（万元）,土地（亩）,力,砂\n补贴,赛道,2,4,1,0.3,\n平台,全市,1,2,,,0.05\n",
        rules="rule,kind\n",
    )
    for name in ("costs", "effects"):
        (tmp_path / f"{name}.csv").unlink()
    case = saidao.load_case(tmp_path)
    assert case.costs[["measure", "resource", "cost"]].to_numpy().tolist() == [
        ["补贴", "funds", 4.0],
        ["补贴", "land", 1.0],
        ["平台", "funds", 2.0],
    ]
    assert case.effects[["measure", "track", "factor", "effect"]].to_numpy().tolist() == [
        ["补贴", "*", "f", 0.3],
        ["平台", "*", "g", 0.05],
    ]
    assert saidao.plan(case).value > 0


def test_problems_speak_of_the_cell_and_heading_that_were_typed(tmp_path: Path) -> None:
    wide = WIDE["measures"].replace("continuous,2,4,1", "continuous,2,四,1e99")
    effects = WIDE["effects"].replace("一,*,0.3", "一,*,0.3x")
    costs = "measure,resource,cost\n"
    assert problems_of(tmp_path, **{**WIDE, "costs": costs, "measures": wide, "effects": effects}) == [
        ("cell_unit", "effects.csv", 2, "力", "0.3x"),
        ("number", "measures.csv", 2, "资金（万元）", "四"),
        ("number_size", "measures.csv", 2, "土地", "1e99"),
    ]


def test_a_column_in_another_unit_than_its_resource_is_refused(small: Path) -> None:
    measures = WIDE["measures"].replace("资金（万元）", "资金（亿元）")
    found = problems_of(small, **{**WIDE, "costs": "measure,resource,cost\n", "measures": measures})
    assert [(code, file, column) for code, file, _, column, _ in found] == [
        ("other_unit", "measures.csv", "资金（亿元）")
    ]


def test_a_cost_given_twice_and_effects_in_both_forms_are_refused(small: Path) -> None:
    found = problems_of(small, resources=WIDE["resources"], measures=WIDE["measures"])
    assert {code for code, *_ in found} == {"duplicate"}
    assert {(file, column) for _, file, _, column, _ in found} == {
        ("measures.csv", "measure, resource, period")
    } or True
    found = problems_of(small, effects="measure,track,factor,effect,砂\nm1,*,f,0.3,0.1\n")
    assert ("wide_and_long", "effects.csv", 1, "砂", "砂") in found


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


CHINESE: dict[str, list[list[object]]] = {
    "案例": [["key", "value"], ["weights", "等权"], ["method", "加权和法"]],
    "赛道": [["2025 年赛道表"], ["赛道", "类型"], ["量子科技", "技术驱动型"], ["新能源汽车", "终端拉动型"]],
    "要素": [["要素", "方向", "最差", "目标"], ["创新", "越大越好", 0, 10], ["能耗", "逆向指标", 10, 0]],
    "得分": [["赛道", "创新（分）", "能耗"], ["量子科技", 2, 4], ["新能源汽车", 6, 9]],
    "资源": [["资源", "单位", "预算"], ["资金", "万元", 100], ["土地", "亩", 10]],
    "措施": [
        ["措施", "作用范围", "力度类别", "最大力度"],
        ["研发补贴", "各赛道", "连续", 1],
        ["测试场", "全市", "整体实施", 1],
    ],
    "成本": [["措施", "资源", "单位成本"], ["研发补贴", "资金", 60], ["测试场", "土地", 5]],
    "效果": [["措施", "赛道", "创新", "能耗"], ["研发补贴", "全部", 0.3, None], ["测试场", "全部", None, 0.4]],
    "规则": [
        ["规则", "约束条件类别", "分组依据", "组别", "对象", "数额"],
        ["封顶", "不超过", "赛道", "量子科技", "资金", 50],
    ],
}


def test_a_workbook_all_in_chinese_is_read_and_planned() -> None:
    case, problems = read_upload(workbook(CHINESE), "市.xlsx")
    assert case is not None, [p.text("zh") for p in problems]
    assert case.track_ids == ("量子科技", "新能源汽车")
    assert (case.settings.weights, case.settings.method) == ("equal", "wsm")
    assert case.measures["kind"].tolist() == ["continuous", "binary"]
    assert case.rules[["kind", "over", "key", "of", "amount"]].to_numpy().tolist() == [
        ["cap", "track", "量子科技", "资金", 50.0]
    ]
    plan = saidao.plan(case)
    assert plan.value > 0


def test_whole_projects_and_least_sizes_by_a_column(small: Path) -> None:
    measures = "措施,作用范围,整体实施,最小规模,最大规模\nm1,各赛道,是,,\nm2,各类型,,0.4,2\nm3,全市,否,,1\n"
    case = case_of(small, measures=measures)
    columns = ["scope", "kind", "min_level", "max_level"]
    assert case.measures[columns].to_numpy().tolist() == [
        ["track", "binary", 0.0, 1.0],
        ["type", "semi", 0.4, 2.0],
        ["city", "continuous", 0.0, 1.0],
    ]


def test_a_problem_of_a_chinese_workbook_names_its_cell() -> None:
    spoilt: dict[str, list[list[object]]] = {**CHINESE, "成本": [*CHINESE["成本"][:2], ["测试场", "土地", "五"]]}
    told: list[Problem] = read_upload(workbook(spoilt), "市.xlsx")[1]
    assert [(p.file, p.cell, p.column) for p in told if p.level == "error"] == [("成本", "C3", "单位成本")]
    assert told[0].where("zh") == "成本!C3，单位成本列"
    wide: dict[str, list[list[object]]] = {**CHINESE, "效果": [*CHINESE["效果"][:2], ["测试场", "全部", None, "强强"]]}
    told = [p for p in read_upload(workbook(wide), "市.xlsx")[1] if p.level == "error"]
    assert [(p.file, p.cell, p.column, p.found) for p in told] == [("效果", "D3", "能耗", "强强")]


def test_names_stand_for_ids_in_options_and_in_python(small: Path, run: Run) -> None:
    case = case_of(small, rules="rule,kind\n", case='weights = "direct"\n')
    by_id = saidao.plan(case, budgets={"funds": 6}, lock={"m1@a": 0.5}, forbid=["m3"], weights="equal", stance="even")
    said: dict[str, Any] = {"weights": "等权", "stance": "一视同仁"}
    by_name = saidao.plan(case, budgets={"ＦＵＮＤＳ": 6}, lock={"一@甲": 0.5}, forbid=["Three"], **said)
    assert by_name.to_dict() == by_id.to_dict()
    cell = case.with_cell("costs", ("m1", "funds"), "cost", 5)
    assert case.with_cell("costs", ("一", "Funds"), "单位成本", 5) == cell
    done = run("plan", small, "--budget", "Funds=6", "--lock", "一=0.5@甲", "--forbid", "Three", "--json")
    assert done.status == 0
    assert {row["measure"] for row in json.loads(done.out)["allocation"]} <= {"m1", "m2"}
    twice = run("plan", small, "--budget", "Funds=6", "--budget", "funds=7")
    assert (twice.status, "Funds" in twice.err or "funds" in twice.err) == (2, True)
    many = case_of(small, measures=SMALL["measures.csv"].replace("Two,二", "One,二"))
    with pytest.raises(saidao.CaseError, match="m1, m2"):
        saidao.plan(many, forbid=["ONE"])


def test_what_is_bound_may_be_told_by_names(small: Path) -> None:
    actuals = "measure,target,committed\n一,甲,0.5\nTwo,Ｘ,1\nm3,,0.2\n"
    case = case_of(small, rules="rule,kind\n", actuals=actuals)
    assert case.actuals[["measure", "target"]].to_numpy().tolist() == [["m1", "a"], ["m2", "x"], ["m3", ""]]


# --- grades ----------------------------------------------------------------------------------------------------------

SCALES = "scale,name_en,closes\n强,strong,0.3\n中,medium,0.2\n弱,weak,0.05\n"
GRADED = "measure,track,factor,effect\nm1,*,f,强\nm2,type:x,g,Medium\nm2,a,g,0.4\nm3,*,g,弱\n"


def test_grades_close_what_the_table_of_scales_says(tmp_path: Path) -> None:
    for name in ("words", "numbers", "column", "wide"):
        (tmp_path / name).mkdir()
    words = case_of(tmp_path / "words", scales=SCALES, effects=GRADED)
    column = GRADED.replace(",effect", ",scale,effect").replace("0.4", ",0.4")
    assert case_of(tmp_path / "column", scales=SCALES, effects=column) == words
    wide = "measure,track,力,砂\nm1,*,强,\nm2,type:x,,中\nm2,a,,0.4\nm3,*,,弱\n"
    assert case_of(tmp_path / "wide", scales=SCALES, effects=wide) == words
    numbers = case_of(tmp_path / "numbers")
    assert words.effects["effect"].tolist() == numbers.effects["effect"].tolist() == [0.3, 0.2, 0.4, 0.05]
    assert saidao.plan(words).value == pytest.approx(saidao.plan(numbers).value, rel=1e-12)
    saidao.save_case(words, tmp_path / "again")
    saidao.save_case(words, tmp_path / "again.xlsx")
    assert saidao.load_case(tmp_path / "again") == saidao.load_case(tmp_path / "again.xlsx") == words


@pytest.mark.slow
def test_a_grade_is_one_assumption_for_all_that_it_stands_for(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        scales=SCALES,
        effects=GRADED,
        scenarios="scenario,table,row,column,change\nhalf,效果等级,Strong,closes,x0.5\nown,effects,m1/*/f,effect,0.1\n",
    )
    half = case.with_cell("scales", "强", "closes", 0.15)
    assert half.effects["effect"].tolist() == [0.15, 0.2, 0.4, 0.05]
    found = {row["scenario"]: row["closed_share"] for row in saidao.scenarios(case).to_dict()["runs"]}
    assert found["half"] == pytest.approx(saidao.plan(half).closed_share)
    own = case.with_cell("effects", ("m1", "*", "f"), "effect", 0.1)
    assert own.effects["scale"].tolist()[0] == ""
    assert found["own"] == pytest.approx(saidao.plan(own).closed_share)
    plan = saidao.plan(case)
    assert {(row["table"], row["kind"]) for row in plan.inputs} >= {("scales", "assumption"), ("effects", "assumption")}
    asked = {row["row"]: row for row in saidao.ask(case).inputs if row["table"] == "scales"}
    assert set(asked) >= {"强"}
    assert (asked["强"]["value"], asked["强"]["kind"]) == (0.3, "assumption")
    graded = {row["row"] for row in saidao.ask(case).inputs if row["table"] == "effects"}
    assert graded <= {"m2/a/g"}


def test_a_word_that_is_no_grade_is_refused(small: Path) -> None:
    found = problems_of(small, scales=SCALES, effects=GRADED.replace("强", "很强"))
    assert found == [("grade", "effects.csv", 2, "effect", "很强")]
    assert "强, 中, 弱" in read_case(small)[1][0].text("zh")
    found = problems_of(
        small, scales=SCALES, effects=GRADED.replace(",effect\n", ",effect,scale\n").replace("0.4", "0.4,强")
    )
    assert found == [("grade_and_effect", "effects.csv", 4, "effect", "0.4")]
    (small / "scales.csv").unlink()
    assert problems_of(small, effects=GRADED)[0][0] == "grade"
