"""Tables as people have them, one of every kind, each with the reading that its owner would expect."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from saidao.importing import Import, import_table
from tests.importing.tables import book, text


@dataclass
class Seen:
    """What a test looks at: factors as name, unit, direction, basis, kind; what is left out, and asked, by place."""

    found: Import

    def __post_init__(self) -> None:
        document = self.found.to_dict("en")
        self.document, table = document, document["tables"][0]
        self.table: dict[str, Any] = table
        self.names: list[str] = table["names"] if "names" in table else table["respondents"]
        self.scores: list[list[float | None]] = table.get("scores") or table.get("answers") or []
        self.left = {one["where"]: one["reason"] for one in document["skipped"]}
        self.asked = {one["where"]: one["until_answered"] for one in document["questions"]}

    @property
    def factors(self) -> list[tuple[Any, ...]]:
        return [
            tuple(f[key] for key in ("name", "unit", "direction", "direction_basis", "kind"))
            for f in self.table["factors"]
        ]


def read(path: Path, **options: Any) -> Seen:
    return Seen(import_table(path, **options))


def merging(*areas: str) -> Any:
    def merge(page: Worksheet, *_: Worksheet) -> None:
        for area in areas:
            page.merge_cells(area)

    return merge


def test_merged_heads_of_two_levels_with_a_title_a_mean_and_a_note(tmp_path: Path) -> None:
    seen = read(
        book(
            tmp_path / "评价.xlsx",
            [
                ["2024年未来产业评价表"],
                ["序号", "赛道", "经济效益", None, "创新能力", None, "风险"],
                [None, None, "营业收入\n（亿元）", "增速", "发明专利（件）", "研发强度(%)", None],
                [1, "人形机器人", 12.5, "18%", 35, 6.2, "高"],
                [2, "低空经济", "8.3", "25%", 12, 4.1, "中"],
                [3, "脑机接口", 1.2, "40%", 8, 12.5, "高"],
                [4, "绿色氢能", 22, "9%", 15, 3.3, "低"],
                ["平均", None, 11, "23%", 17.5, 6.5, None],
                ["注：数据来源于统计局"],
            ],
            also=merging("A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3", "A8:B8", "A9:G9"),
        )
    )
    assert seen.names == ["人形机器人", "低空经济", "脑机接口", "绿色氢能"]
    assert seen.factors == [
        ("营业收入", "亿元", "max", "assumed", "number"),
        ("增速", "%", "max", "assumed", "percent"),
        ("发明专利", "件", "max", "assumed", "number"),
        ("研发强度", "%", "max", "assumed", "percent"),
        ("风险", None, "min", "word", "ordinal"),
    ]
    assert [f.get("parent") for f in seen.table["factors"]] == ["经济效益", "经济效益", "创新能力", "创新能力", None]
    assert seen.scores[0] == [12.5, 18, 35, 6.2, 3]
    assert seen.scores[3] == [22, 9, 15, 3.3, 1]
    assert seen.table["head_rows"] == [2, 3]
    assert seen.left == {
        "row 1": "title",
        "row 8": "total or mean, no alternative",
        "row 9": "note",
        "column A": "serial number",
    }
    assert list(seen.asked) == ["column G"]


def test_lines_of_units_weights_and_directions(tmp_path: Path) -> None:
    rows = [
        ["方案", "投资", "工期", "就业", "满意度"],
        ["单位", "万元", "月", "人", "分"],
        ["权重", "30%", "20%", "25%", "25%"],
        ["方向", "逆向", "逆向", "正向", "正向"],
        ["方案一", 1200, 18, 300, 8.2],
        ["方案二", 900, 24, 260, 7.5],
        ["方案三", 1500, 12, 420, 9],
    ]
    seen = read(book(tmp_path / "a.xlsx", rows))
    assert seen.factors == [
        ("投资", "万元", "min", "stated", "number"),
        ("工期", "月", "min", "stated", "number"),
        ("就业", "人", "max", "stated", "number"),
        ("满意度", "分", "max", "stated", "number"),
    ]
    assert [f["weight"] for f in seen.table["factors"]] == [0.3, 0.2, 0.25, 0.25]
    assert seen.found.outcome == "read"
    assert {k: seen.table[k] for k in ("unit_row", "weight_row", "direction_row", "body_rows")} == {
        "unit_row": 2,
        "weight_row": 3,
        "direction_row": 4,
        "body_rows": [5, 7],
    }


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [
        (",", "utf-8"),
        (";", "utf-8-sig"),
        ("\t", "utf-16"),
        (",", "gb18030"),
        ("|", "utf-8"),
        ("\t", "gb18030"),
        ("，", "utf-8"),
    ],
)
def test_encodings_and_separators(tmp_path: Path, separator: str, encoding: str) -> None:
    rows = [
        ["城市", "GDP（亿元）", "是否港口"],
        ["甲市", "1234.5", "是"],
        ["乙市", "980", "否"],
        ["丙市", "2210", "是"],
    ]
    path = tmp_path / "c.csv"
    path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    seen = read(path)
    assert seen.scores == [[1234.5, 1], [980, 0], [2210, 1]]
    assert seen.document["encoding"] == encoding
    assert seen.factors[1] == ("是否港口", None, "max", "assumed", "yesno")


def test_decimal_commas_in_a_file_of_semicolons(tmp_path: Path) -> None:
    rows = [
        ["Site", "Capex (EUR m)", "Wind (m/s)"],
        ["Nord", "12,5", "8,1"],
        ["Süd", "9,75", "7,4"],
        ["Ost", "1.210,5", "9,0"],
    ]
    assert read(text(tmp_path / "a.csv", rows, ";")).scores == [[12.5, 8.1], [9.75, 7.4], [1210.5, 9]]


def test_commas_that_may_be_either_are_no_numbers_before_the_answer(tmp_path: Path) -> None:
    path = text(
        tmp_path / "a.csv", [["Site", "Output"], ["A park", "1,234"], ["B park", "2,500"], ["C park", "1,100"]], ";"
    )
    seen = read(path)
    assert seen.asked == {"all": None}
    assert seen.found.outcome.startswith("ask, and refuse")
    assert seen.found.case is None
    assert read(path, answers={"all": "decimal"}).scores == [[1.234], [2.5], [1.1]]


def test_three_tables_below_one_another(tmp_path: Path) -> None:
    path = book(
        tmp_path / "all.xlsx",
        [
            ["表1 得分"],
            ["赛道", "市场", "技术"],
            ["甲产业", 7, 8],
            ["乙产业", 5, 9],
            ["丙产业", 6, 4],
            [],
            ["表2 措施"],
            ["措施", "资金（万元）", "人才（人）", "对应要素", "强度"],
            ["补贴", 500, 3, "市场", "强"],
            ["平台", 800, None, "技术；市场", "中"],
            ["合计", 1300, 3],
            [],
            ["资源", "预算"],
            ["资金（万元）", 1000],
            ["人才（人）", 5],
        ],
    )
    seen = read(path)
    assert [table["role"] for table in seen.document["tables"]] == ["scores", "measures", "budgets"]
    assert seen.document["tables"][1]["costs"] == [[500, 3], [800, 0]]
    assert seen.document["tables"][2]["budgets"] == [1000, 5]
    assert seen.asked == {"column E": None, "C10": "none"}
    case = import_table(path, answers={"column E": "30,20,10", "C10": "none"}).case
    assert case is not None
    assert case.effects[["measure", "factor", "effect"]].to_numpy().tolist() == [
        ["补贴", "市场", 0.3],
        ["平台", "技术", 0.2],
        ["平台", "市场", 0.2],
    ]
    assert case.resources["budget"].tolist() == [1000, 5]


def test_hidden_rows_and_columns_are_asked_about(tmp_path: Path) -> None:
    def hide(page: Worksheet, *_: Worksheet) -> None:
        page.row_dimensions[3].hidden = True
        page.column_dimensions["C"].hidden = True

    rows = [
        ["产业", "产值（亿元）", "内部评分"],
        ["A产业", 12, 3],
        ["B产业", 20, 4],
        ["C产业", 31, 5],
        ["D产业", 16, 5],
    ]
    path = book(tmp_path / "a.xlsx", rows, also=hide)
    seen = read(path)
    assert seen.names == ["A产业", "C产业", "D产业"]
    assert seen.left == {"row 3": "hidden", "column C": "hidden"} == dict.fromkeys(seen.asked, "hidden")
    whole = read(path, answers={"row 3": "read", "column C": "读取"})
    assert whole.names == ["A产业", "B产业", "C产业", "D产业"]
    assert len(whole.factors) == 2


def test_cells_that_are_more_or_less_than_a_number(tmp_path: Path) -> None:
    rows = [
        ["赛道", "投资（万元）", "增长率", "专利数", "温度（℃）", "成熟度"],
        ["甲", "120万元", "21.5%", "约120", 21, "3-5"],
        ["乙", "1.2亿元", 0.262, "85件", 25, 4],
        ["丙", 3500, "0.31", "n/a", 19, "4/5"],
        ["丁", "2,800", (0.185, "0.0%"), "96（12）", 30, 6],
    ]
    path = book(tmp_path / "a.xlsx", rows)
    seen = read(path)
    assert seen.asked == {
        "B3": "12000",
        "C3,C4": None,
        "D2": "120",
        "D5": None,
        "column E": None,
        "F2": None,
        "F4": None,
    }
    assert seen.document["missing"] == [{"where": "D4", "found": "n/a"}]
    assert [row[0] for row in seen.scores] == [120, 12000, 3500, 2800]
    assert [row[1] for row in seen.scores] == [21.5, None, None, 18.5]
    answers = {
        "B3": "1.2",
        "C3,C4": "26.2%",
        "D2": "118",
        "D5": "96",
        "column E": "18..24",
        "F2": "the middle",
        "F4": "4",
    }
    told = {**answers, "C3,C4": "a share: 26.2%"}
    answered = read(path, answers=told)
    assert answered.asked == {}
    assert [row[1] for row in answered.scores] == [21.5, 26.2, 31, 18.5]
    assert [row[2] for row in answered.scores] == [118, 85, None, 96]
    assert [row[4] for row in answered.scores] == [4, 4, 4, 6]
    assert answered.factors[3] == ("温度", "℃", "range", "stated", "number")


def test_words_of_an_order_and_stars(tmp_path: Path) -> None:
    rows = [
        ["Option", "Fit", "Cost", "Support", "Stars"],
        ["North", "High", "Low", "yes", "★★★"],
        ["South", "Medium", "High", "no", "★"],
        ["East", "Low", "Medium", "Y", "★★"],
        ["West", "", "High", "n", "★★"],
    ]
    path = text(tmp_path / "a.csv", rows)
    seen = read(path)
    assert seen.scores == [[3, 1, 1, 3], [2, 3, 0, 1], [1, 2, 1, 2], [None, 3, 0, 2]]
    assert [f[4] for f in seen.factors] == ["ordinal", "ordinal", "yesno", "ordinal"]
    assert list(seen.asked) == ["column B", "column C"]
    assert read(path, answers={"column B": "9, 4, 0"}).scores[1][0] == 4


def test_codes_from_minus_nine_to_nine(tmp_path: Path) -> None:
    rows = [
        ["Respondent", "Cost vs Risk", "Cost vs Market", "Risk vs Market"],
        ["R1", 3, -2, -5],
        ["R2", -4, 1, 3],
        ["R3", 9, -9, 9],
    ]
    path = text(tmp_path / "a.csv", rows)
    seen = read(path)
    assert seen.table["role"] == "judgements"
    assert seen.scores == [[3, 1 / 2, 1 / 5], [1 / 4, 1, 3], [9, 1 / 9, 9]]
    assert set(seen.asked) == {"columns B,C,D", "row 4"}
    turned = read(path, answers={"columns B,C,D": "the second (Risk)"})
    assert turned.scores[0] == [1 / 3, 2, 5]


@pytest.mark.parametrize("heads", ["{} 比 {}", "{} compared with {}", "{}相对于{}", "{} relative to {}"])
def test_headings_of_pairs_that_say_which_comes_first(tmp_path: Path, heads: str) -> None:
    pairs = [("甲", "乙"), ("甲", "丙"), ("乙", "丙")]
    path = text(
        tmp_path / "a.csv",
        [["专家", *(heads.format(*pair) for pair in pairs)], ["张", "3", "5", "2"], ["李", "1/2", "1", "2"]],
    )
    seen = read(path)
    assert seen.table["pairs"] == [list(pair) for pair in pairs]
    assert seen.asked == {}


def test_a_square_matrix_is_one_judge(tmp_path: Path) -> None:
    rows = [["", "成本", "风险", "市场"], ["成本", 1, 3, "1/5"], ["风险", None, 1, "1/7"], ["市场", None, None, 1]]
    seen = read(book(tmp_path / "a.xlsx", rows, titles=["张三"]))
    assert seen.names == ["张三"]
    assert seen.scores == [[3, 1 / 5, 1 / 7]]
    assert seen.asked == {}
    odd = [["", "a", "b", "c"], ["a", 1, 3, 4], ["b", 2, 1, 2], ["c", "1/4", "1/2", 1]]
    assert read(text(tmp_path / "b.csv", odd)).asked == {"C2,B3": None}


def test_a_survey_has_a_row_a_respondent(tmp_path: Path) -> None:
    rows = [
        ["问卷编号", "单位", "市场需求", "技术基础", "政策支持", "产业配套"],
        ["1", "高校", 5, 4, 3, 4],
        ["2", "企业", 4, 4, 4, 5],
        ["3", "政府", 3, 55, 5, ""],
    ]
    seen = read(text(tmp_path / "a.csv", rows))
    assert seen.table["role"] == "survey"
    assert seen.table["factors"] == ["市场需求", "技术基础", "政策支持", "产业配套"]
    assert seen.scores == [[5, 4, 3, 4], [4, 4, 4, 5], [3, None, 5, None]]
    assert seen.left == {"column B": "about the experts"}
    assert seen.asked == {"D4": None, "all": None}


def test_a_line_that_is_the_sum_of_the_others_is_no_alternative(tmp_path: Path) -> None:
    rows = [
        ["区", "产值", "企业数", "能耗强度"],
        ["东区", 120, 12, 0.5],
        ["西区", 80, 9, 0.8],
        ["南区", 200, 30, 0.3],
        ["全市", 400, 51, 0.42],
    ]
    seen = read(text(tmp_path / "a.csv", rows))
    assert seen.names == ["东区", "西区", "南区"]
    assert seen.left == {"row 5": "total or mean, no alternative"}
    assert seen.asked == {}
    one = [["区", "产值"], ["东区", 120], ["西区", 80], ["南区", 200], ["开发区", 400]]
    seen = read(text(tmp_path / "b.csv", one))
    assert seen.asked == {"row 5": "leave out"}
    assert "开发区" in read(text(tmp_path / "b.csv", one), answers={"row 5": "an alternative"}).names


def test_names_twice_and_a_column_without_a_heading_are_asked_about(tmp_path: Path) -> None:
    path = text(
        tmp_path / "a.csv",
        [["Project", "Votes", "Cost", ""], ["Park", 120, 5000, 1], ["Bench", 80, 300, 2], ["Park", 60, 7000, 3]],
    )
    assert read(path).asked == {"A2,A4": None, "D1": None}
    answered = read(path, answers={"A2,A4": "the first", "D1": "leave out"})
    assert answered.names == ["Park", "Bench"]
    assert answered.left == {"row 4": "the same name again", "column D": "no heading"}


def test_turned_with_groups_units_weights_and_directions(tmp_path: Path) -> None:
    rows = [
        ["一级指标", "二级指标", "单位", "权重", "方向", "新能源", "生物医药", "集成电路"],
        ["规模", "产值", "亿元", 0.3, "+", 300, 150, 420],
        [None, "企业数", "家", 0.2, "+", 80, 120, 60],
        ["环境", "能耗", "万吨标准煤", 0.3, "-", 12, 3, 25],
        [None, "排放强度", "吨/万元", 0.2, "-", 0.5, 0.1, 0.7],
    ]
    for name, also in (("merged", merging("A2:A3", "A4:A5")), ("blank", lambda *_: None)):
        seen = read(book(tmp_path / f"{name}.xlsx", rows, also=also))
        assert seen.document["orientation"] == "alternatives across"
        assert seen.names == ["新能源", "生物医药", "集成电路"]
        assert [f["row"] for f in seen.table["factors"]] == [2, 3, 4, 5]
        assert [f["parent"] for f in seen.table["factors"]] == ["规模", "规模", "环境", "环境"]
        assert [f[:3] for f in seen.factors] == [
            ("产值", "亿元", "max"),
            ("企业数", "家", "max"),
            ("能耗", "万吨标准煤", "min"),
            ("排放强度", "吨/万元", "min"),
        ]
        assert seen.scores[1] == [150, 120, 3, 0.1]


def test_formulas_without_values_and_errors_are_no_numbers(tmp_path: Path) -> None:
    rows = [
        ["Industry", "Sales", "Margin"],
        ["Alpha", 100, "=B2*0.1"],
        ["Beta", 200, "=B3*0.1"],
        ["Gamma", 300, "#N/A"],
    ]
    seen = read(book(tmp_path / "a.xlsx", rows))
    assert [row[1] for row in seen.scores] == [None, None, None]
    assert seen.asked == {"C4": None, "C2,C3": None}
    assert seen.found.outcome.startswith("ask, and refuse")
    given = read(tmp_path / "a.xlsx", answers={"C4": "31", "C2,C3": "10, 20"})
    assert [row[1] for row in given.scores] == [10, 20, 31]


def test_a_unit_above_the_table_and_subtotals_within(tmp_path: Path) -> None:
    rows = [
        ["附表3", None, None, "单位：万元"],
        ["类别", "项目名称", "总投资", "占地（亩）"],
        ["一、在建", None, None, None],
        ["在建", "项目一", 1000, 30],
        [None, "项目二", 3000, 55],
        ["小计", None, 4000, 85],
        ["拟建", "项目三", 2200, 18],
        ["小计", None, 2200, 18],
        ["总计", None, 6200, 103],
    ]
    seen = read(book(tmp_path / "a.xlsx", rows))
    assert seen.names == ["项目一", "项目二", "项目三"]
    assert seen.factors[0][:2] == ("总投资", "万元")
    assert seen.factors[1][:2] == ("占地", "亩")
    assert [w for w in seen.left if w.startswith("row")] == ["row 1", "row 3", "row 6", "row 8", "row 9"]


def test_titles_above_and_blank_lines_within_a_file(tmp_path: Path) -> None:
    rows = [
        ["Table 4. Clusters of the region"],
        ["(unit: EUR m unless stated)"],
        [],
        ["", "Turnover", "Firms", "R&D, % of turnover", "Unemployment (%)"],
        [],
        ["Maritime", "1 200", "85", "2.4", "6.1"],
        ["Agrifood", "3 400", "240", "0.9", "5.0"],
        [],
        ["Textiles", "310", "60", "1.1", "9.3"],
        ["Average", "1636.7", "128.3", "1.5", "6.8"],
        ["Source: regional office."],
    ]
    seen = read(text(tmp_path / "a.csv", rows))
    assert seen.names == ["Maritime", "Agrifood", "Textiles"]
    assert [f[:3] for f in seen.factors] == [
        ("Turnover", "EUR m", "max"),
        ("Firms", "EUR m", "max"),
        ("R&D", "%", "max"),
        ("Unemployment", "%", "min"),
    ]
    assert seen.scores[0] == [1200, 85, 2.4, 6.1]


def test_units_that_stand_in_the_cells(tmp_path: Path) -> None:
    rows = [
        ["公司", "营收", "员工", "市值"],
        ["甲公司", "12.5亿元", "1.2万人", "$1.2bn"],
        ["乙公司", "8亿元", "3000人", "$800m"],
        ["丙公司", "9000万元", "850人", "$2bn"],
    ]
    seen = read(text(tmp_path / "a.csv", rows))
    assert [f[1] for f in seen.factors] == ["亿元", "人", "$bn"]
    assert seen.scores == [[12.5, 12000, 1.2], [8, 3000, 0.8], [0.9, 850, 2]]
    assert seen.asked == {"B4": "0.9", "C2": "12000", "D3": "0.8"}


def test_shares_under_a_heading_in_percent_are_asked_about(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", [["Sector", "Exports (%)"], ["Steel", "0.42"], ["Chips", "0.17"], ["Toys", "0.33"]])
    assert read(path).asked == {"B2,B3,B4": None}
    assert read(path, answers={"B2,B3,B4": "#2"}).scores == [[42], [17], [33]]


def test_directions_and_scales_in_the_headings(tmp_path: Path) -> None:
    rows = [
        ["备选方案", "投资↓", "收益↑", "风险（1=最好，5=最差）", "周期（月，成本型）", "美观（满分10分）"],
        ["一号", 100, 30, 2, 12, 7],
        ["二号", 140, 50, 3, 10, 9],
        ["三号", 90, 20, 1, 15, 6],
    ]
    seen = read(text(tmp_path / "a.csv", rows))
    assert [(f[0], f[2], f[3]) for f in seen.factors] == [
        ("投资", "min", "stated"),
        ("收益", "max", "stated"),
        ("风险", "min", "stated"),
        ("周期", "min", "stated"),
        ("美观", "max", "assumed"),
    ]
    case = seen.found.case
    assert case is not None
    assert case.factors[["worst", "target"]].to_numpy().tolist()[4] == [0, 10]


def test_a_wide_table_of_effects_and_budgets_in_another_unit(tmp_path: Path) -> None:
    measures = [
        ["政策措施", "资金（亿元）", "用地（公顷）", "市场需求", "要素条件", "层级"],
        ["首台套补贴", 0.5, 0, "强", "", "赛道"],
        ["人才公寓", 1.2, "3", "", "强", "全市"],
        ["揭榜挂帅", 0.8, "1", "中", "中", "赛道"],
    ]
    budgets = [["资源名称", "可用总量", "单位"], ["资金", 25000, "万元"], ["用地", 5, "公顷"]]
    path = book(tmp_path / "a.xlsx", measures, budgets, titles=["措施", "资源"])
    seen = read(path)
    assert [table["role"] for table in seen.document["tables"]] == ["measures", "budgets"]
    assert seen.table["effects"][-1] == {
        "measure": "揭榜挂帅",
        "factors": ["市场需求", "要素条件"],
        "strength": "medium",
    }
    assert seen.asked == {"措施!columns D,E": None, "资源!row 2": "convert"}
    assert seen.document["tables"][1]["budgets"] == [2.5, 5]


def test_sheets_without_a_table_and_hidden_sheets_are_told(tmp_path: Path) -> None:
    def hide(*pages: Worksheet) -> None:
        pages[2].sheet_state = "hidden"

    scores = [["赛道", "需求（分）", "供给（分）"], ["甲赛道", 7, 5], ["乙赛道", 4, 8]]
    path = book(
        tmp_path / "a.xlsx", [["说明"], ["本表由各区填报。"]], scores, scores, titles=["说明", "得分", "旧"], also=hide
    )
    seen = read(path)
    assert seen.left == {"sheet 说明": "holds no table", "sheet 旧": "hidden sheet"}
    assert seen.table["sheet"] == "得分"
    assert read(path, sheet="得分").names == seen.names


def test_brackets_footnotes_ranks_and_signs(tmp_path: Path) -> None:
    rows = [
        ["City", "Profit (EUR k)", "Rank 2024", "Change"],
        ["Aa", "(120)", "1", "+5"],
        ["Bb", "340*", "2", "-3"],
        ["Cc", "80", "3", "0"],
    ]
    seen = read(text(tmp_path / "a.csv", rows))
    assert seen.scores == [[-120, 1, 5], [340, 2, -3], [80, 3, 0]]
    assert seen.factors[1][2:4] == ("min", "word")
    assert seen.asked == {"B3": "340", "B2": "-120"}


def test_targets_are_no_alternative(tmp_path: Path) -> None:
    rows = [["指标", "甲", "乙", "目标值"], ["渗透率（%）", 20, 35, 60], ["成本（元）", 100, 80, 60]]
    seen = read(book(tmp_path / "a.xlsx", rows))
    assert seen.names == ["甲", "乙"]
    case = seen.found.case
    assert case is not None
    assert case.factors["target"].tolist() == [60, 60]


def test_no_headings_no_numbers(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", [["甲业", 10, 12], ["乙业", 20, 19], ["丙业", 5, 8]])
    seen = read(path)
    assert seen.asked == {"row 1": None}
    assert seen.found.outcome.startswith("ask, and refuse")
    assert [f[0] for f in read(path, answers={"row 1": "用列字母"}).factors] == ["B", "C"]


def test_totals_across_are_no_factor(tmp_path: Path) -> None:
    rows = [["方案", "甲项", "乙项", "合计"], ["一", 1, 2, 3], ["二", 5, 2, 7], ["三", 4, 4, 8]]
    seen = read(text(tmp_path / "a.csv", rows))
    assert [f[0] for f in seen.factors] == ["甲项", "乙项"]
    assert seen.left == {"column D": "total or mean, no alternative"}
    other = [["Option", "One", "Two", "Total score"], ["A", 1, 2, 30], ["B", 5, 2, 71], ["C", 4, 4, 80]]
    seen = read(text(tmp_path / "b.csv", other))
    assert seen.asked == {"column D": "leave out"}


def test_what_the_heading_asks_for_is_told_by_an_option(tmp_path: Path) -> None:
    rows = [["企业", "资产负债率", "气温（℃）"], ["甲企业", "41%", 20], ["乙企业", "62%", 26], ["丙企业", "55%", 23]]
    path = text(tmp_path / "a.csv", rows)
    assert read(path).asked == {"column B": None, "column C": None}
    told = read(path, directions={"资产负债率": "min", "C": "18..24"})
    assert told.asked == {}
    assert told.found.case is not None
    assert told.found.case.factors["direction"].tolist() == ["min", "range"]


def test_numbers_beyond_the_scale_of_their_heading_are_asked_about(tmp_path: Path) -> None:
    path = text(
        tmp_path / "a.csv", [["项目", "技术（1-5分）", "Fit /10"], ["A项目", 3, 7], ["B项目", 6, 8], ["C项目", 5, 9]]
    )
    seen = read(path)
    assert seen.asked == {"B3": None}
    assert [row[0] for row in seen.scores] == [3, None, 5]
    case = read(path, answers={"B3": "4"}).found.case
    assert case is not None
    assert case.factors[["worst", "target"]].to_numpy().tolist() == [[1, 5], [0, 10]]


def test_minutes_are_a_unit_and_no_direction(tmp_path: Path) -> None:
    rows = [
        ["Criterion", "Unit", "Better", "Site A", "Site B"],
        ["Access", "min", "lower", 15, 30],
        ["Land", "ha", "higher", 4, 7],
    ]
    assert read(text(tmp_path / "a.csv", rows)).factors[0] == ("Access", "min", "min", "stated", "number")
    upright = [["Site", "Travel time (min)", "Budget (min)"], ["A", 15, 4], ["B", 30, 7]]
    assert [f[1:4] for f in read(text(tmp_path / "b.csv", upright)).factors] == [
        ("min", "min", "word"),
        (None, "min", "stated"),
    ]


def test_fractions_and_two_numbers_in_a_cell(tmp_path: Path) -> None:
    rows = [["方案", "招聘", "达标"], ["甲方案", "120/95", "1/2"], ["乙方案", "80", "3/4"], ["丙方案", "60", "1/3"]]
    seen = read(text(tmp_path / "a.csv", rows))
    assert seen.asked == {"B2": None, "C2,C3,C4": "0.5"}
    assert [row[1] for row in seen.scores] == pytest.approx([0.5, 0.75, 1 / 3])


def test_a_measure_in_several_lines_and_the_budget_below(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["措施", "资金(万元)", "土地(亩)", "对应要素", "作用强度"],
        ["补贴", 500, None, "市场", "强"],
        ["补贴", None, None, "技术", "弱"],
        ["园区", 800, 20, "要素", "中"],
        ["合计", 1300, 20],
        ["预算", 1000, 15],
    ]
    seen = read(book(tmp_path / "a.xlsx", rows))
    assert seen.names == ["补贴", "园区"]
    assert seen.table["costs"] == [[500, 0], [800, 20]]
    assert [(e["measure"], e["strength"]) for e in seen.table["effects"]] == [
        ("补贴", "strong"),
        ("补贴", "weak"),
        ("园区", "medium"),
    ]
    assert seen.table["budgets"] == [1000, 15]
    assert seen.left == {"row 5": "total or mean, no alternative", "row 6": "read as budgets"}
    rows[2][1] = 100
    assert read(book(tmp_path / "b.xlsx", rows)).asked["A2,A3"] is None


def test_budgets_by_year(tmp_path: Path) -> None:
    rows = [["资源", "单位", "2026年", "2027年"], ["资金", "亿元", 3, 4], ["土地", "亩", 100, 80]]
    seen = read(book(tmp_path / "a.xlsx", rows))
    assert seen.table["role"] == "budgets"
    assert list(zip(seen.names, seen.table["periods"], seen.table["budgets"], strict=True)) == [
        ("资金", "2026年", 3),
        ("土地", "2026年", 100),
        ("资金", "2027年", 4),
        ("土地", "2027年", 80),
    ]


def test_three_levels_of_headings_are_a_tree(tmp_path: Path) -> None:
    rows = [
        ["区县", "经济", None, None, None, "环境"],
        [None, "总量", None, "速度", None, "空气"],
        [None, "GDP(亿元)", "投资(亿元)", "GDP增速(%)", "投资增速(%)", "优良天数(天)"],
        ["东县", 100, 30, 5.5, 8, 300],
        ["西县", 80, 42, 6.1, 3, 280],
        ["南县", 150, 60, 4.9, 6, 310],
    ]
    seen = read(book(tmp_path / "a.xlsx", rows, also=merging("A1:A3", "B1:E1", "B2:C2", "D2:E2")))
    assert seen.names == ["东县", "西县", "南县"]
    case = seen.found.case
    assert case is not None
    assert dict(zip(case.factors["factor"], case.factors["parent"], strict=True))["总量"] == "经济"
    assert set(case.children[""]) == {"经济", "环境"}


def test_a_few_numbers_in_another_unit_stray(tmp_path: Path) -> None:
    values = [5200, 6100, 4800, 0.52, 7300, 5900, 0.61, 8100]
    path = text(tmp_path / "a.csv", [["企业", "营收（万元）"], *([f"企业{i}", v] for i, v in enumerate(values))])
    assert read(path).asked == {"B5,B8": None}
    assert read(path, answers={"B5,B8": "5200, 6100"}).scores[3] == [5200]
