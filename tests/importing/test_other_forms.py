"""Tables that are laid out otherwise than a row an alternative, and what stands beside the numbers."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import saidao
from saidao import CaseError, load_case
from saidao.importing import import_table
from tests.conftest import Run
from tests.importing.tables import book, text
from tests.importing.test_tables import merging, read


@pytest.mark.parametrize(
    "heads", [("赛道", "指标", "数值"), ("track", "factor", "value"), ("城市", "Indicator", "obs_value")]
)
def test_a_row_a_number(tmp_path: Path, heads: tuple[str, str, str]) -> None:
    rows = [heads, ["甲", "产值", 1], ["甲", "能耗", 20], ["乙", "产值", 3], ["乙", "能耗", 40], ["丙", "产值", "５"]]
    seen = read(text(tmp_path / "a.csv", rows))
    assert seen.names == ["甲", "乙", "丙"]
    assert [f[:3] for f in seen.factors] == [("产值", None, "max"), ("能耗", None, "min")]
    assert seen.scores == [[1, 20], [3, 40], [5, None]]
    assert [one["where"] for one in seen.document["missing"]] == ["丙 × 能耗"]
    assert seen.document["orientation"] == "a row a number"
    assert (seen.table["name_column"], seen.table["factor_column"], seen.table["value_column"]) == ("A", "B", "C")
    assert seen.asked == {}


def test_a_row_a_number_with_units_directions_and_years(tmp_path: Path) -> None:
    rows = [
        ["城市", "年份", "指标", "单位", "方向", "值", "备注"],
        ["甲", 2021, "产值", "亿元", "正向", 1, ""],
        ["甲", 2022, "产值", "亿元", "正向", 2, "初步"],
        ["甲", 2022, "能耗", "吨", "负向", 20, ""],
        ["乙", 2022, "产值", "亿元", "正向", 3, ""],
        ["乙", 2022, "能耗", "吨", "负向", 40, ""],
    ]
    path = text(tmp_path / "a.csv", rows)
    seen = read(path)
    assert seen.factors == [("产值", "亿元", "max", "stated", "number"), ("能耗", "吨", "min", "stated", "number")]
    assert seen.scores == [[2, 20], [3, 40]]
    assert seen.asked == {"column B": "2022"}
    assert seen.left == {
        "row 2": "another year",
        "column B": "read as years",
        "column E": "read as directions",
        "column G": "remarks",
    }
    before = read(path, answers={"column B": "2021"})
    assert (before.names, before.scores) == (["甲"], [[1]])


def test_several_judges_score_the_alternatives(tmp_path: Path) -> None:
    wide: list[list[object]] = [
        ["专家", "赛道", "产值", "创新"],
        ["甲", "A业", 5, 4],
        ["甲", "B业", 3, 4],
        ["乙", "A业", 4, 4],
        ["乙", "B业", 2, 5],
    ]
    long: list[list[object]] = [["专家", "赛道", "指标", "得分"]]
    for judge, track, *scores in wide[1:]:
        long += [[judge, track, name, score] for name, score in zip(("产值", "创新"), scores, strict=True)]
    for rows in (wide, long):
        seen = read(text(tmp_path / "a.csv", rows))
        assert (seen.names, seen.scores) == (["A业", "B业"], [[4.5, 4], [2.5, 4.5]])
        assert list(seen.asked.values()) == ["the mean"]


def test_years_below_one_another_and_side_by_side(tmp_path: Path) -> None:
    panel = [
        ["城市", "年份", "产值", "专利"],
        *([c, y, k, 2 * k] for k, (c, y) in enumerate((c, y) for c in "ABC" for y in (2021, 2022))),
    ]
    seen = read(text(tmp_path / "a.csv", panel))
    assert (seen.names, seen.scores) == (["A", "B", "C"], [[1, 2], [3, 6], [5, 10]])
    assert seen.asked == {"column B": "2022"}
    rows = [
        ["城市", "GDP（亿元）", None, "专利（件）", None],
        [None, 2021, 2022, 2021, 2022],
        ["A市", 1, 2, 3, 4],
        ["B市", 3, 4, 5, 6],
        ["C市", 2, 2, 2, 7],
    ]
    path = book(tmp_path / "a.xlsx", rows, also=merging("A1:A2", "B1:C1", "D1:E1"))
    seen = read(path)
    assert [f[:2] for f in seen.factors] == [("GDP", "亿元"), ("专利", "件")]
    assert seen.scores == [[2, 4], [4, 6], [2, 7]]
    assert seen.asked == {"B2,C2": "2022", "D2,E2": "2022"}
    every = read(path, answers={"B2,C2": "all", "D2,E2": "2021"})
    assert [f["name"] for f in every.table["factors"]] == ["GDP 2021", "GDP 2022", "专利"]


def test_names_in_the_other_language_and_types(tmp_path: Path) -> None:
    rows = [
        ["序号", "赛道", "英文名", "赛道类型", "简称", "产值（亿元）", "专利"],
        [1, "新能源汽车", "New energy vehicles", "场景赋能", "新能车", 5, 6],
        [2, "细胞治疗", "Cell therapy", "技术突破", "细胞", 7, 8],
        [3, "卫星", "Satellites", "技术突破", "卫星", 1, 3],
    ]
    seen = read(text(tmp_path / "a.csv", rows))
    assert seen.names == ["新能源汽车", "细胞治疗", "卫星"]
    assert seen.left["column E"] == "another name"
    case = seen.found.case
    assert case is not None
    assert case.tracks["name_en"].tolist() == ["New energy vehicles", "Cell therapy", "Satellites"]
    assert case.tracks["type"].tolist() == ["场景赋能", "技术突破", "技术突破"]
    assert case.tables["types"].keys == {"场景赋能", "技术突破"}


@pytest.mark.parametrize(
    ("cells", "direction"),
    [
        (["第1名", "第十二名", "第 3 名"], "min"),
        (["1st", "12th", "3rd"], "min"),
        (["TRL 1", "TRL12", "TRL 3"], "max"),
        (["第一级", "第十二级", "第三级"], "max"),
    ],
)
def test_places_and_levels_are_numbers(tmp_path: Path, cells: list[str], direction: str) -> None:
    rows = [
        ["赛道", "全国位置", "产值"],
        *([name, cell, 5] for name, cell in zip(("甲业", "乙业", "丙业"), cells, strict=True)),
    ]
    seen = read(text(tmp_path / "a.csv", rows))
    assert [row[0] for row in seen.scores] == [1, 12, 3]
    assert seen.factors[0][2] == direction


def test_units_of_one_kind_convert_when_confirmed(tmp_path: Path) -> None:
    rows = [
        ["项目", "工期", "面积", "人数"],
        ["A", "12个月", "3.5公顷", "1.5万"],
        ["B", "2年", "30亩", "800人"],
        ["C", "18个月", "4公顷", "2千"],
    ]
    seen = read(text(tmp_path / "a.csv", rows))
    assert [f[1] for f in seen.factors] == ["个月", "公顷", "人"]
    assert seen.scores == [[12, 3.5, 15000], [24, 2, 800], [18, 4, 2000]]
    assert seen.asked == {"B3": "24", "C3": "2", "D2": "15000", "D4": "2000"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_with_and_without_a_mark(tmp_path: Path, encoding: str) -> None:
    seen = read(text(tmp_path / "a.csv", [["赛道", "产值"], ["甲业", 1], ["乙业", 2]], "\t", encoding))
    assert (seen.names, seen.scores) == (["甲业", "乙业"], [[1], [2]])


def test_a_factor_in_two_tables_is_asked_about(tmp_path: Path) -> None:
    sheets = [[["赛道", "产值", name], ["甲业", k, 5], ["乙业", k + 1, 6]] for k, name in ((1, "专利"), (7, "能耗"))]
    path = book(tmp_path / "a.xlsx", *sheets, titles=["2022", "2023"])
    assert read(path).asked == {"2023!B1": None}
    kept = {}
    for answer in ("2022", "2023", "both"):
        case = import_table(path, answers={"2023!B1": answer}).case
        assert case is not None
        kept[answer] = case.scores.set_index("track").loc["甲业"].to_dict()
    assert kept["2022"] == {"产值": 1, "专利": 5, "能耗": 5}
    assert kept["2023"] == {"产值": 7, "专利": 5, "能耗": 5}
    assert kept["both"] == {"产值 2022": 1, "专利": 5, "产值 2023": 7, "能耗": 5}


def test_new_scores_of_a_case_replace_its_own(tmp_path: Path) -> None:
    base = import_table(text(tmp_path / "a.csv", [["赛道", "产值", "专利"], ["甲业", 1, 5], ["乙业", 2, 6]])).case
    again = text(tmp_path / "b.csv", [["赛道", "产值", "新"], ["乙业", 20, 8], ["甲业", 10, 9]])
    asked = import_table(again, base)
    assert [(q.where, q.until) for q in asked.open] == [("B1", "replace")]
    made = import_table(again, base, yes=True).case
    assert made is not None
    assert made.scores.set_index("track").loc["甲业"].to_dict() == {"产值": 10, "专利": 5, "新": 9}
    added = import_table(again, base, answers={"B1": "add"}).case
    assert added is not None
    assert added.scores.set_index("track").loc["甲业"].to_dict() == {"产值": 1, "专利": 5, "产值_2": 10, "新": 9}


JUDGED = [
    ["甲", "产值", "专利", 3],
    ["甲", "产值", "能耗", 5],
    ["甲", "专利", "能耗", 2],
    ["乙", "专利", "产值", "1/2"],
    ["乙", "产值", "能耗", 4],
    ["乙", "专利", "能耗", 2],
]


def test_judgements_with_a_row_each(tmp_path: Path) -> None:
    seen = read(text(tmp_path / "a.csv", [["专家", "要素A", "要素B", "判断"], *JUDGED]))
    assert (seen.table["role"], seen.names) == ("judgements", ["甲", "乙"])
    assert seen.table["pairs"] == [["产值", "专利"], ["产值", "能耗"], ["专利", "能耗"]]
    assert seen.scores == [[3, 5, 2], [2, 4, 2]]  # 1/2 the other way round is 2
    assert list(seen.asked.values()) == [None]  # which of the two comes first


def test_judgements_in_words(tmp_path: Path) -> None:
    rows = [
        ["专家", "产值 比 专利", "产值 比 能耗", "专利 比 能耗"],
        ["甲", "稍微重要", "明显重要", "同等重要"],
        ["乙", "同样重要", "稍微不重要", "稍微不重要"],
    ]
    path = text(tmp_path / "a.csv", rows)
    seen = read(path)
    assert seen.scores == [[3, 5, 1], [1, 1 / 3, 1 / 3]]
    assert seen.asked["columns B,C,D"].startswith("as 5, 3, 1, 1")
    own = read(path, answers={"columns B,C,D": "4, 2, 1, 1, 1/2"})
    assert own.scores == [[2, 4, 1], [1, 0.5, 0.5]]


def test_only_consistent_judges_count_where_a_threshold_is_told(tmp_path: Path) -> None:
    rows = [
        ["Expert", "A over B", "A over C", "B over C"],
        *([f"E{k}", 2, 4, 2] for k in range(4)),
        *([f"X{k}", 3, "1/5", 7] for k in range(6)),
    ]
    path = text(tmp_path / "a.csv", rows)
    asked = read(path)
    assert len(asked.asked) == 1  # of six who contradict themselves one question, not six
    counted = read(path, consistent=0.1)
    assert counted.asked == {}
    assert [where for where, why in counted.left.items() if why.startswith("contradicts")] == [
        f"row {n}" for n in range(6, 12)
    ]
    few = read(text(tmp_path / "b.csv", [*rows[:5], rows[-1]]))
    assert list(few.asked) == ["row 6"]


def test_matrices_below_one_another_are_judges_by_their_corners(tmp_path: Path) -> None:
    rows = [
        [
            who,
            "产值",
            "专利",
            "能耗",
        ]
        for who in ("专家甲", "专家乙")
    ]
    body = [["产值", 1, 2, 4], ["专利", "1/2", 1, 2], ["能耗", "1/4", "1/2", 1]]
    base = import_table(
        text(tmp_path / "s.csv", [["赛道", "产值", "专利", "能耗"], ["A业", 1, 2, 3], ["B业", 2, 1, 2]])
    ).case
    case = import_table(text(tmp_path / "a.csv", [rows[0], *body, [""] * 4, rows[1], *body]), base).case
    assert case is not None
    assert list(case.judgements) == ["专家乙", "专家甲"]


@pytest.mark.parametrize(
    ("words", "points"),
    [
        (["非常重要", "重要", "一般", "不重要", "非常不重要"], [5, 4, 3, 2, 1]),
        (["Very important", "Important", "Neutral", "Unimportant", "Very unimportant"], [5, 4, 3, 2, 1]),
        (["strongly agree", "agree", "neutral", "disagree", "strongly disagree"], [5, 4, 3, 2, 1]),
    ],
)
def test_a_survey_in_words(tmp_path: Path, words: list[str], points: list[int]) -> None:
    rows = [
        ["受访者", "您认为产值的重要性", "专利", "能耗"],
        ["张三", *words[:3]],
        ["李四", words[1], words[3], words[4]],
    ]
    seen = read(text(tmp_path / "a.csv", rows))
    assert seen.table["factors"] == ["产值", "专利", "能耗"]
    assert seen.scores == [points[:3], [points[1], points[3], points[4]]]
    assert "columns B,C,D" in seen.asked


def test_numbers_of_measures_that_may_be_costs_or_effects_are_asked_about(tmp_path: Path) -> None:
    rows = [["Measure", "Money (EUR m)", "Market", "Skills"], ["Grants", 10, 0.3, ""], ["Training", 5, "", 0.5]]
    path = text(tmp_path / "a.csv", rows)
    assert read(path).asked["column C"] is None
    base = import_table(
        text(tmp_path / "s.csv", [["Track", "Market", "Skills"], ["A city", 1, 2], ["B city", 3, 1]])
    ).case
    made = import_table(path, base, answers={"columns C,D": "shares"}).case
    assert made is not None
    assert made.effects[["measure", "factor", "effect"]].to_numpy().tolist() == [
        ["grants", "market", 0.3],
        ["training", "skills", 0.5],
    ]


def test_a_budget_below_measures_and_a_cost_that_is_not_there(tmp_path: Path) -> None:
    rows = [
        ["措施", "资金（亿元）", "用地（公顷）", "对应要素", "强度"],
        ["补助", 1.5, 2, "产值", "高"],
        ["园区", 0.8, "—", "产值", "中"],
        ["预算上限", 3, 8, "", ""],
    ]
    path = text(tmp_path / "a.csv", rows)
    seen = read(path)
    assert (seen.names, seen.table["budgets"]) == (["补助", "园区"], [3, 8])
    assert seen.asked == {"column E": None, "C3": "none"}
    base = import_table(text(tmp_path / "s.csv", [["赛道", "产值", "专利"], ["A业", 1, 2], ["B业", 3, 1]])).case
    with pytest.raises(CaseError, match="C3"):
        import_table(path, base, answers={"column E": "30, 20, 10", "C3": "not filled in"})


def test_what_there_is_of_each_resource_across(tmp_path: Path) -> None:
    seen = read(text(tmp_path / "a.csv", [["资源", "资金（万元）", "土地（亩）"], ["可用量", "3,000", 120]]))
    assert (seen.table["role"], seen.names, seen.table["budgets"]) == ("budgets", ["资金", "土地"], [3000, 120])


def test_a_page_that_is_called_a_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text("<html><table><tr><td>赛道</td></tr></table></html>", "utf-8")
    with pytest.raises(CaseError, match=r"\.xlsx or \.csv"):
        import_table(path)


def test_blank_scores_come_with_the_command_that_leads_to_a_ranking(run: Run, tmp_path: Path) -> None:
    path = text(
        tmp_path / "a.csv", [["Track", "Market", "Jobs"], ["A city", 1, ""], ["B city", "n/a", 4], ["C city", 3, 5]]
    )
    case = tmp_path / "mine"
    done = run("import", path, case, "--lang", "en")
    assert (done.status, "2 scores missing (C2, B3)" in done.out) == (0, True)
    command = done.out.splitlines()[-1].split()
    assert command[:2] == ["saidao", "import"]
    again = run(*command[1:])
    assert again.out.splitlines()[-1] == f"Next: saidao rank {case}"
    ranked = run("rank", case)
    assert (ranked.status, "A city" in ranked.out) == (0, True)
    assert load_case(case).scores_matrix.tolist() == [[1, 4.5], [2, 4], [3, 5]]
    assert run("import", path, case, "--impute", "guess").status == 2


def test_thirty_five_rows_and_twelve_columns_are_one_command_from_a_ranking(run: Run, tmp_path: Path) -> None:
    rows = [
        ["城市", *(f"指标{j}（亿元）" for j in range(12))],
        *([f"城市{i}", *((7 * i + 3 * j) % 41 + 1 for j in range(12))] for i in range(35)),
    ]
    done = run("import", book(tmp_path / "a.xlsx", rows), tmp_path / "mine.xlsx")
    assert done.status == 0, done.out
    command = done.out.splitlines()[-1].partition("saidao ")[2].split()
    assert run(*command).status == 0
    assert len(saidao.rank(tmp_path / "mine.xlsx").ranks) == 35


def test_tracks_and_measures_of_one_sheet_lead_to_a_plan(run: Run, tmp_path: Path) -> None:
    rows = [
        ["赛道", "产值", "研发", "人才储备", "场景"],
        *([f"赛道{k}", k + 1, 8 - k, 3 + k % 3, 5 + k % 2] for k in range(6)),
        [None],
        ["措施", "资金(万元)", "土地(亩)", "产值", "研发", "人才储备", "场景"],
        ["补助", 1200, 0, "强", "中", None, None],
        ["园区", 5000, 120, "中", None, None, "强"],
        ["公寓", 800, 30, None, None, "强", None],
        ["示范", 500, 5, None, "弱", None, "强"],
        ["可用", 5000, 100, None, None, None, None],
    ]
    case = tmp_path / "mine"
    done = run("import", book(tmp_path / "a.xlsx", rows), case, "--answer", "columns D,E,F,G=30,20,10")
    assert done.status == 0, done.out
    assert load_case(case).resources["budget"].tolist() == [5000, 100]
    planned = run("plan", case)
    assert (planned.status, "公寓" in planned.out) == (0, True)


def test_lines_that_are_parts_of_the_line_above(tmp_path: Path) -> None:
    rows = [["行业", "产值", "能耗"], ["制造业", 100, 50], ["其中：汽车", 40, 20], ["电子", 60, 30], ["服务业", 50, 10]]
    path = text(tmp_path / "a.csv", rows)
    seen = read(path)
    assert seen.names == ["制造业", "服务业"]
    assert seen.asked == {"A3,A4": "leave out"}
    assert len(read(path, answers={"A3,A4": "#2"}).names) == 4


def test_the_ranking_that_a_table_ends_with_is_no_factor(tmp_path: Path) -> None:
    rows = [["城市", "产值", "综合得分", "排名"], ["A市", 1, 0.5, 3], ["B市", 3, 0.9, 1], ["C市", 2, 0.7, 2]]
    seen = read(text(tmp_path / "a.csv", rows))
    assert seen.scores == [[1], [3], [2]]
    assert seen.asked == {"column C": "leave out", "column D": "leave out"}


def test_two_tables_of_different_things_are_asked_about(tmp_path: Path) -> None:
    sheets = [[["赛道", "产值"], ["甲业", 1], ["乙业", 2]], [["项目", "投资"], ["P1", 3], ["P2", 4]]]
    path = book(tmp_path / "a.xlsx", *sheets, titles=["赛道", "项目"])
    assert read(path).asked == {"项目!A1": None}
    other = read(path, answers={"项目!A1": "项目"})
    assert (other.names, other.left["赛道!row 2"]) == (["P1", "P2"], "of another table, by your answer")


def test_a_survey_as_a_form_exports_it(tmp_path: Path) -> None:
    rows = [
        ["提交时间", "姓名", "单位", "产值重要性", "专利重要性", "意见"],
        ["2024/1/2 10:00", "张三", "A", 5, 4, "好"],
        ["2024/1/2 10:05", "李四", "B", 3, 5, ""],
        ["2024/1/2 10:07", "王五", "B", 4, 5, "无"],
    ]
    seen = read(text(tmp_path / "a.csv", rows))
    assert (seen.table["role"], seen.names, seen.table["factors"]) == (
        "survey",
        ["张三", "李四", "王五"],
        ["产值", "专利"],
    )
    assert seen.scores == [[5, 4], [3, 5], [4, 5]]
    coded = [["答卷编号", "A1 产值 vs 专利", "A2 产值 vs 能耗", "A3 专利 vs 能耗"], [1, "-3", 1, 5], [2, 2, "-2", "-4"]]
    pairs = read(text(tmp_path / "b.csv", coded))
    assert (pairs.table["role"], pairs.table["factors"]) == ("judgements", ["产值", "专利", "能耗"])
    assert "all" not in pairs.asked


def test_signatures_below_and_groups_with_a_number_of_their_own(tmp_path: Path) -> None:
    rows = [
        ["赛道", "产值", "专利"],
        ["甲业", 1, 2],
        ["乙业", 3, 4],
        [None],
        ["填表人：张三", None, "审核：李四"],
        ["填表日期：2024年1月5日"],
    ]
    seen = read(book(tmp_path / "a.xlsx", rows))
    assert (seen.names, seen.left["row 5"], seen.asked) == (["甲业", "乙业"], "note", {})
    groups = [["编号", "项目", "投资"], ["一", "基础设施类", ""], [1, "道路", 12], ["二", "产业类", ""], [2, "园区", 5]]
    grouped = read(text(tmp_path / "b.csv", groups))
    assert grouped.names == ["道路", "园区"]


def test_totals_are_known_by_their_name_in_the_column_of_numbers(tmp_path: Path) -> None:
    rows = [
        ["序号", "措施名称", "资金需求（万元）", None, "对应指标", "作用"],
        [None, None, "2025年", "2026年", None, None],
        [1, "研发补助", 1200, 1500, "产值", "大"],
        [2, "园区建设", 5000, 3000, "产值", "中"],
        ["合计", None, 6200, 4500, None, None],
    ]
    merged = merging("A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2")
    seen = read(book(tmp_path / "a.xlsx", rows, also=merged))
    assert (seen.names, seen.left["row 5"]) == (["研发补助", "园区建设"], "total or mean, no alternative")
    assert [one["name"] for one in seen.table["resources"]] == ["资金需求 2025年", "资金需求 2026年"]


def test_measures_in_other_forms(tmp_path: Path) -> None:
    long = [["措施", "资源", "用量"], ["补助", "资金", 100], ["补助", "土地", 20], ["园区", "资金", 50]]
    seen = read(text(tmp_path / "a.csv", long))
    assert (seen.table["role"], seen.names, seen.table["costs"]) == ("measures", ["补助", "园区"], [[100, 20], [50, 0]])
    assert seen.asked == {"园区 × 土地": "none"}
    across = [["项目", "补贴", "园区"], ["资金（万元）", 100, 500], ["土地（亩）", 0, 20]]
    across += [["对应要素", "产值", "产值、专利"], ["强度", "强", "中"]]
    turned = read(text(tmp_path / "b.csv", across))
    assert (turned.table["role"], turned.table["costs"]) == ("measures", [[100, 0], [500, 20]])
    alone = text(tmp_path / "c.csv", [["政策工具", "产值", "专利"], ["补贴", 3, 1], ["园区", 2, 0]])
    assert read(alone).asked == {"A1": None}
    assert read(alone, answers={"A1": "measures"}).table["role"] == "measures"


def test_budgets_that_say_each_in_what(tmp_path: Path) -> None:
    seen = read(text(tmp_path / "a.csv", [["资源", "总量"], ["资金", "5亿元"], ["土地", "300亩"]]))
    assert (seen.table["budgets"], seen.table["units"], seen.asked) == ([5, 300], ["亿元", "亩"], {})


FIELDS: list[list[list[object]]] = [
    [["填报单位：发改委", None, None, datetime.date(2026, 3, 5)]],
    [["填报单位：发改委", None, "2026年3月5日"]],
    [["填报单位", "发改委"], ["联系人", "张三"], ["填报日期", datetime.date(2026, 3, 5)]],
    [["填报单位：", "发改委", "日期：", datetime.date(2026, 3, 5)]],
    [["年度", 2026]],
    [["Prepared by: J. Smith", None, "Date:", datetime.date(2026, 3, 5)]],
]


@pytest.mark.parametrize("lines", FIELDS)
@pytest.mark.parametrize("where", ["above", "below"])
def test_fields_of_a_form_are_neither_heads_nor_alternatives(
    tmp_path: Path, lines: list[list[object]], where: str
) -> None:
    table: list[list[object]] = [["赛道", "研发（亿元）", "专利（件）", "排放（吨）"]]
    table += [["甲", 12.5, 1200, 12], ["乙", 8.3, 980, 30]]
    rows = [["评价表"], *lines, *table] if where == "above" else [["评价表"], *table, *lines]
    seen = read(book(tmp_path / "a.xlsx", rows))
    assert seen.names == ["甲", "乙"]
    assert [f[:3] for f in seen.factors] == [("研发", "亿元", "max"), ("专利", "件", "max"), ("排放", "吨", "min")]
    assert seen.scores == [[12.5, 1200, 12], [8.3, 980, 30]]
    assert seen.asked == {}


def test_years_over_heads_are_no_field_of_a_form(tmp_path: Path) -> None:
    rows = [["年份", 2024, None, 2025, None], ["城市", "产值", "能耗", "产值", "能耗"], ["甲", 1, 20, 2, 21]]
    rows += [["乙", 3, 40, 4, 41]]
    seen = read(book(tmp_path / "a.xlsx", rows, also=merging("B1:C1", "D1:E1")), yes=True)
    assert [f[0] for f in seen.factors] == ["产值", "能耗"]
    assert seen.scores == [[2, 21], [4, 41]]


def test_heads_that_could_be_fields_of_a_form(tmp_path: Path) -> None:
    seen = read(text(tmp_path / "a.csv", [["填报单位", "得分"], ["甲局", 3], ["乙局", 5]]))
    assert (seen.names, seen.scores) == (["甲局", "乙局"], [[3], [5]])


def test_decimal_commas_hold_for_all_that_a_file_says(tmp_path: Path) -> None:
    rows = [
        ["measure", "funds (million CNY)", "posts"],
        ["Awards", "12,5", "1.200"],
        ["Loans", "8,3 million CNY", "980"],
        ["budget", "100,5", "2.000"],
    ]
    (table,) = import_table(text(tmp_path / "m.csv", rows, ";"), yes=True).to_dict()["tables"]
    assert (table["costs"], table["budgets"]) == ([[12.5, 1200], [8.3, 980]], [100.5, 2000])
    rows = [["track", "share", "patents", "cost"], ["A", "12,5%", "1.200", "8,5 EUR"], ["B", "30%", "980", "9 EUR"]]
    assert read(text(tmp_path / "b.csv", rows, ";")).scores == [[12.5, 1200, 8.5], [30, 980, 9]]
    rows = [["track", "share", "patents"], ["A", "12,5", "8.3"], ["B", "30,1", "1.2"]]
    assert read(text(tmp_path / "c.csv", rows, ";")).scores == [[12.5, 8.3], [30.1, 1.2]]


def test_a_matrix_is_one_judge_and_its_question_is_answered_by_the_place_as_it_is_shown(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx", [["", "产值", "能耗", "用工"], ["产值", 1, 3, 5], ["能耗", None, 1, "1/2"], ["用工"]]
    )
    found = import_table(path)
    assert "1 judge on 3 factors" in found.text("en")[0]
    assert "1 位专家对 3 项要素" in found.text("zh")[0]
    assert [question.where for question in found.open] == ["all"]
    assert any("整张表" in line for line in found.text("zh"))
    for shown in ("all", "整张表", "the table", "The Table"):
        assert not import_table(path, answers={shown: "keep"}).open


def test_questions_of_columns_and_rows_are_answered_by_the_place_as_it_is_shown(tmp_path: Path) -> None:
    rows = [
        ["政策措施", "资金（万元）", "预期成效"],
        ["研发补助", 3000, "高"],
        ["人才公寓", 2000, "中"],
        ["场景开放", 500, "低"],
    ]
    path = book(tmp_path / "a.xlsx", rows)
    (question,) = import_table(path).open
    assert question.where == "column C"
    for shown in ("column C", "C 列", "c列", "Column C"):
        assert not import_table(path, answers={shown: "30,20,10"}).open
