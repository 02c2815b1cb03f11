"""The verbs about a case itself: from nothing to a case, from one kind of file to another, and what a check tells."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

import saidao
from saidao.case.provenance import Sources, count_by_source
from saidao.case.start import new_case
from saidao.case.tables import TABLES, numeric
from saidao.cli.commands import app
from saidao.render.book import case_heading
from tests.conftest import write_case


def typed(*arguments: str | Path) -> Result:
    """Run the command line in this process: quicker than in one of its own."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.mark.parametrize("name", ["mine.xlsx", "mine.zip", "mine"])
def test_a_new_case_is_valid_and_can_be_planned(name: str, tmp_path: Path) -> None:
    target = tmp_path / name
    done = typed("new", target, "--name", "苏州", "--tracks", "智能汽车；新药, data")
    assert done.exit_code == 0, done.output
    assert f"saidao check {target}" in done.output
    checked = typed("check", target)
    assert checked.exit_code == 0
    assert "100% assumption" in checked.output
    assert f"Next: saidao plan {target}" in checked.output
    case = saidao.load_case(target)
    assert case.title("zh") == "苏州"
    assert case.track_ids == ("智能汽车", "新药", "data")
    assert len(case.factor_ids) == 6
    plan = saidao.plan(case)
    assert 0 < plan.closed_share < 1
    assert any(row["price_up"] for row in plan.resources), "the example shows a scarce resource"
    assert list(tmp_path.iterdir()) == [target]


def test_names_become_ids_and_names() -> None:
    case = new_case("x", ["a_1", "B two"], ["one", "两"], ["Land (ha)", "资金（万元）"], ["Seed grants", "园区"])
    assert case.track_ids == ("a_1", "b_two")
    assert case.factor_ids == ("one", "两")
    assert case.resources[["resource", "unit"]].to_numpy().tolist() == [["land", "ha"], ["资金", "万元"]]
    assert case.measures["measure"].tolist() == ["seed_grants", "园区"]
    assert saidao.plan(case).status == "optimal"
    with pytest.raises(saidao.CaseError, match="--tracks"):
        new_case("x", ["a", "Ａ"])


@pytest.mark.parametrize("count", [1, 2, 7])
def test_any_number_of_factors_makes_a_case(count: int) -> None:
    case = new_case("x", factors=[f"f{n}" for n in range(count)])
    assert saidao.plan(case).status == "optimal"


def test_every_number_of_a_new_case_is_an_assumption(tmp_path: Path) -> None:
    for case in (new_case("x"), new_case("x", like="shanghai")):
        counts = count_by_source(case)
        assert counts["assumption"] == sum(counts.values()) >= 50
        sources = Sources(case)
        for model in TABLES:
            if case.tables[model.table].rows and numeric(model):
                assert sources.line(model.table, (), "") is not None, model.table


@pytest.mark.parametrize("suffix", [".xlsx", ".zip", ""])
def test_a_new_case_with_the_framework_answers_every_question_about_it(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"city{suffix}"
    assert typed("new", path, "--framework", "--yes").exit_code == 0
    case = saidao.load_case(path)
    assert not case.warnings
    assert saidao.stages(case).periods == ("2024", "2025", "2026")
    assert {row["stage"] for row in saidao.stages(case).schedule} <= {"audition", "preliminary", "final"}
    assert saidao.chains(case).gaps
    assert saidao.candidates(case).listed[0]["category"] == "watch"
    assert len(saidao.productivity(case).means) == 3
    assert [row["measures"] > 0 for row in saidao.balance(case).dimensions].count(True) == 2
    numbers = Sources(case)
    assert numbers.kind("phases", ("2024",), "budget") == "assumption"
    assert numbers.kind("stages", ("audition",), "lag") == "assumption"
    assert numbers.kind("stages", ("audition",), "need_zh") == "paper"
    assert typed("new", path, "--framework", "--like", "shanghai", "--force").exit_code == 2


def test_a_copy_has_the_numbers_of_its_case() -> None:
    case, original = new_case("Elsewhere", like="shanghai"), saidao.load_case("shanghai")
    assert case.title("zh") == "Elsewhere"
    assert saidao.plan(case).closed_share == saidao.plan(original).closed_share


def test_nothing_is_replaced_unasked(tmp_path: Path) -> None:
    target = tmp_path / "mine.xlsx"
    target.write_text("precious")
    done = typed("new", target)
    assert done.exit_code == 2
    assert "--force" in done.output
    assert target.read_text() == "precious"
    assert typed("new", target, "--force").exit_code == 0
    assert typed("export", "shanghai", target).exit_code == 2
    assert typed("export", "shanghai", tmp_path / "no/such/mine.xlsx").exit_code == 2
    assert typed("new", tmp_path / "x.xlsx", "--like", "shanghai", "--tracks", "a").exit_code == 2
    assert [p.name for p in tmp_path.iterdir()] == ["mine.xlsx"]


def test_at_a_terminal_it_asks_and_elsewhere_it_does_not(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [str(Path(sys.executable).parent / "saidao"), "new", "mine", "--lang", "zh"]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env={**os.environ}
    )
    os.write(ours, "我的城市\n甲；乙\n\n资金\n补贴、园区\n".encode())
    out, err = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 0, err.decode()
    assert "赛道" in err.decode()
    assert "下一步" in out.decode()
    case = saidao.load_case(tmp_path / "mine")
    assert case.title("zh") == "我的城市"
    assert (len(case.track_ids), len(case.factor_ids), len(case.tables["resources"].rows)) == (2, 6, 1)


def test_export_and_back_is_the_same_plan(tmp_path: Path) -> None:
    a, b, c = (tmp_path / name for name in ("a.xlsx", "b", "c.zip"))
    for source, target in (("shanghai", a), (a, b), (b, c)):
        assert typed("export", source, target).exit_code == 0
    first, last = (json.loads(typed("rank", case, "--json").output) for case in ("shanghai", c))
    assert first["ranking"] == last["ranking"]


def test_check_tells_what_is_there_and_what_is_not(small: Path) -> None:
    told = typed("check", small).output
    assert "3 tracks, 2 factors, 3 measures, 2 resources, 3 rules" in told
    assert "types of tracks: " in told
    assert f"Next: saidao plan {small}" in told
    (small / "costs.csv").unlink()
    assert f"Next: saidao rank {small}" in typed("check", small).output
    held = json.loads(typed("check", small, "--json").output)["holds"]
    assert held["rows"]["tracks"] == 3
    assert "costs" in held["missing"]
    # by hand: 6 scores are measured; assumed are 4 effects and, without a line, 6 numbers of factors, 3 judgements,
    # 2 budgets, 3 largest levels and 3 amounts of rules
    assert held["numbers"] == {"paper": 0, "measured": 6, "judgement": 0, "assumption": 4 + 6 + 3 + 2 + 3 + 3}


def test_an_error_in_a_workbook_is_told_by_its_cell(tmp_path: Path) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    case = saidao.load_case(write_case(folder))
    saidao.save_case(case, tmp_path / "c.xlsx")
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    book["scores"]["C4"] = "many"
    book.save(tmp_path / "c.xlsx")
    done = typed("check", tmp_path / "c.xlsx", "--lang", "zh")
    assert done.exit_code == 2
    assert "scores!C4" in done.output


def test_every_column_of_every_table_has_a_heading_in_both_languages() -> None:
    for model in TABLES:
        for name, field in model.model_fields.items():
            column = field.alias or name
            assert "\n" in case_heading(model.table, column)[0], (model.table, column)
