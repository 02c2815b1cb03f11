"""`saidao import` as it is typed: asks in a terminal, lists its questions elsewhere, adds to a case that is there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import saidao
from saidao import CaseError, load_case
from saidao.importing import import_table
from tests.conftest import Run
from tests.importing.tables import book, text

GIVEN = Path(__file__).parent / "given"
OPTIONS = GIVEN / "02_group_heads_weights_en" / "options.csv"
SEA = GIVEN / "03_transposed_full_width" / "海洋产业.csv"
PLAN = GIVEN / "04_measures_and_budget_en" / "plan.xlsx"
PAIRS = GIVEN / "05_pairwise_row_per_expert" / "两两比较.csv"
SCORES = [
    ["Track", "Finance (pts)", "Firms", "Research", "Markets", "People"],
    ["A city", 2, 3, 4, 5, 6],
    ["B city", 7, 5, 3, 1, 2],
]


def test_it_asks_and_ends_with_2_until_all_is_answered(run: Run, tmp_path: Path) -> None:
    case = tmp_path / "mine"
    asked = run("import", OPTIONS, case)
    assert asked.status == 2
    assert not case.exists()
    assert "F1" in asked.out
    assert "--yes" in asked.out
    answered = run("import", OPTIONS, case, "--answer", "F1=alone")
    assert answered.status == 0, answered.err
    assert load_case(case).factors["parent"].tolist()[-1] == ""
    again = run("import", OPTIONS, case, "--yes")
    assert again.status == 0
    assert run("rank", case).status == 0


def test_yes_does_not_answer_what_cannot_be_assumed(run: Run, tmp_path: Path) -> None:
    done = run("import", SEA, tmp_path / "sea", "--yes", "--lang", "en")
    assert done.status == 2
    assert "E4" in done.out
    assert not (tmp_path / "sea").exists()


def test_json_is_the_reading_and_nothing_else(run: Run, tmp_path: Path) -> None:
    done = run("import", OPTIONS, tmp_path / "mine.xlsx", "--yes", "--json")
    found = json.loads(done.out)
    assert found["schema"] == "saidao/import/1"
    assert (found["outcome"], found["case"]) == ("read", str(tmp_path / "mine.xlsx"))
    assert [one["where"] for one in found["answered"]] == ["F1"]
    open_ = json.loads(run("import", OPTIONS, "--json").out)
    assert (open_["outcome"], open_["case"], len(open_["questions"])) == ("ask", None, 1)


def test_measures_and_judgements_are_added_to_a_case(run: Run, tmp_path: Path) -> None:
    case = tmp_path / "city"
    assert run("import", text(tmp_path / "scores.csv", SCORES), case).status == 0
    done = run("import", PLAN, case, "--answer", "column E=30,20,10", "--yes")
    assert done.status == 0, done.out + done.err
    made = load_case(case)
    assert made.effects["effect"].tolist() == [0.3, 0.3, 0.3, 0.1, 0.2, 0.2]
    assert made.costs["cost"].tolist() == [900, 2400, 3, 150, 480, 0.5]
    assert made.resources["budget"].tolist() == [2500, 3]
    assert run("plan", case).status == 0
    pairs = [["Expert", "Finance compared with Firms", "Firms compared with People"], ["Ann", 3, 2], ["Bob", "1/2", 4]]
    few = text(tmp_path / "few.csv", pairs)
    with pytest.raises(CaseError, match="all factors of one node"):
        import_table(few, load_case(case), answers={"all": "infer"})


def test_measures_alone_have_nothing_to_be_about(run: Run, tmp_path: Path) -> None:
    done = run("import", PLAN, tmp_path / "plan", "--answer", "column E=rank only", "--yes")
    assert done.status == 2
    assert "scores" in done.err


def test_judges_become_judgements_and_weights(tmp_path: Path) -> None:
    rows = [["赛道", "研发", "市场", "政策", "环境"], ["甲业", 3, 5, 2, 4], ["乙业", 4, 4, 6, 1], ["丙业", 1, 7, 3, 3]]
    base = import_table(book(tmp_path / "a.xlsx", rows)).case
    answers = {"F1": "环境比政策", "all": "推算", "row 4": "不用", "D5": "推算"}
    made = import_table(PAIRS, base, answers=answers).case
    assert made is not None
    assert list(made.judgements) == ["丁", "乙", "甲"]
    assert made.settings.weights == "ahp"
    assert saidao.weigh(made, "ahp").values.sum() == pytest.approx(1)
    kept = import_table(PAIRS, base, answers={**answers, "row 4": "keep"}).case
    assert kept is not None
    assert "丙" in kept.judgements
    turned = import_table(PAIRS, base, answers={**answers, "F1": "政策比环境"}).case
    assert turned is not None
    at = made.judgements["甲"].labels.index("环境"), made.judgements["甲"].labels.index("政策")
    assert made.judgements["甲"].matrix[at] == pytest.approx(1 / 3)
    assert turned.judgements["甲"].matrix[at] == pytest.approx(3)


def test_ratings_become_weights(tmp_path: Path) -> None:
    base = import_table(text(tmp_path / "scores.csv", SCORES)).case
    rows = [
        ["Respondent", "Finance", "Firms", "Research", "Markets", "People"],
        ["R1", 5, 4, 3, 2, 1],
        ["R2", 3, 4, 5, 4, 3],
    ]
    found = import_table(text(tmp_path / "s.csv", rows), base, answers={"all": "#1"})
    assert found.case is not None
    assert found.case.factors["weight"].tolist() == [4, 4, 4, 3, 2]
    assert found.case.settings.weights == "direct"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--direction", "Nowhere=min"], "Nowhere"),
        (["--direction", "Market=sideways"], "sideways"),
        (["--answer", "F9=yes"], "F9=yes"),
        (["--answer", "F1=perhaps"], "F1=perhaps"),
        (["--sheet", "Other"], "Other"),
        (["--names", "Nobody"], "Nobody"),
        (["--answer", "no sign"], "no sign"),
    ],
)
def test_an_option_that_fits_nothing_is_told(run: Run, options: list[str], said: str) -> None:
    done = run("import", OPTIONS, *options)
    assert done.status == 2
    assert said in done.err


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02", b"PK\x03\x04broken", b"only a line of words\r\n", b"a,b\r\n" * 3, b"\xff\xfea"]
)
def test_what_holds_no_table_is_refused_with_a_remedy(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    done = run("import", path)
    assert done.status == 2
    assert "Traceback" not in done.err
    assert done.err.startswith("error: ")


def test_sources_say_what_is_assumed() -> None:
    case = import_table(OPTIONS, yes=True).case
    assert case is not None
    kinds = {(row["table"], row["row"], row["column"]): row["kind"] for _, row in case.sources.fillna("").iterrows()}
    assert kinds["scores", "", ""] == "measured"
    assert kinds["factors", "", "worst"] == kinds["factors", "", "target"] == "assumption"
    assert ("factors", "capex", "direction") not in kinds  # the table states it


@pytest.mark.skipif(sys.platform == "win32", reason="no terminals of this kind")
def test_in_a_terminal_questions_are_put_one_by_one(tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [str(Path(sys.executable).parent / "saidao"), "import", str(SEA), str(tmp_path / "sea"), "--lang", "en"]
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        os.write(ours, b"9\n3\n4800\n")
        out, err = running.communicate(timeout=120)
    assert running.returncode == 0, err.decode()
    assert "none of the choices" in err.decode()
    assert "E4" in out.decode()
    assert load_case_scores(tmp_path / "sea")[2] == "4800"


def load_case_scores(folder: Path) -> list[str]:
    rows = (folder / "scores.csv").read_text("utf-8-sig").splitlines()
    column = rows[0].split(",").index("单位成本")
    return [row.split(",")[column] for row in rows[1:]]


def test_the_case_that_stands_there_is_not_replaced_by_other_tracks(run: Run, tmp_path: Path) -> None:
    case = tmp_path / "city"
    assert run("import", text(tmp_path / "scores.csv", SCORES), case).status == 0
    done = run("import", OPTIONS, case, "--yes")
    assert done.status == 2
    assert load_case(case).track_ids == ("a_city", "b_city")
    assert run("import", OPTIONS, case, "--yes", "--force").status == 0
    assert "biogas_network" in load_case(case).track_ids


def test_errors_carry_every_problem() -> None:
    with pytest.raises(CaseError) as caught:
        import_table(OPTIONS, directions={"One": "min", "Two": "max"})
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            [
                "Not scores: row 4 (Target): read as targets",
                "Not scores: column B (Type): read as types.",
                "Left out: ",
            ],
        ),
        ("zh", ["不作得分：第 4 行 (Target)：读作目标值", "不作得分：B 列 (Type)：读作类型。", "未读取："]),
    ],
)
def test_what_is_read_as_something_else_is_not_called_left_out(
    run: Run, tmp_path: Path, lang: str, told: list[str]
) -> None:
    rows = [["Track", "Type", "Finance", "Firms", "Remarks"], ["A", "x", 2, 3, "far"], ["B", "y", 7, 5, "near"]]
    done = run("import", text(tmp_path / "scores.csv", [*rows, ["Target", "", 9, 9, ""]]), "--lang", lang)
    *read, left = told
    assert all(one in done.out for one in read), done.out
    assert done.out.count(left) == 1
    assert "Remarks" in done.out.partition(left)[2]
