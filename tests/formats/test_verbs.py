"""`saidao export CASE FILE` and `saidao import FILE CASE` by suffix: what is written, told and refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import saidao
from tests.conftest import Run
from tests.formats.test_pabulib import SMALL


@pytest.fixture
def town(tmp_path: Path) -> Path:
    file = tmp_path / "town.pb"
    file.write_text(SMALL, encoding="utf-8")
    return file


def test_a_participatory_budget_in_and_out(town: Path, tmp_path: Path, run: Run) -> None:
    done = run("import", town, tmp_path / "town")
    assert done.status == 0, done.err
    assert "3 measures" in done.out
    assert "Next: saidao plan" in done.out
    assert saidao.load_case(tmp_path / "town") == saidao.import_case(town)
    again = tmp_path / "again.pb"
    assert run("export", tmp_path / "town", again).status == 0
    assert saidao.import_case(again) == saidao.import_case(town)
    assert run("import", again, tmp_path / "town.xlsx").status == 0
    assert saidao.load_case(tmp_path / "town.xlsx") == saidao.load_case(tmp_path / "town")
    found = json.loads(run("winners", tmp_path / "town", "--json").out)
    assert [row["selection"] for row in found["selections"]] == ["plan", "greedy", "equal_shares", "published"]


def test_json_has_the_keys_of_an_import(town: Path, run: Run) -> None:
    found = json.loads(run("import", town, "--json").out)
    assert (found["schema"], found["outcome"], found["format"], found["case"]) == (
        "saidao/import/1",
        "read",
        "pabulib",
        None,
    )
    assert found["rows"]["ballots"] == 4


@pytest.mark.parametrize("target", ["x.xml", "x.xmcda", "city/datapackage.json", "x.mps", "x.lp"])
def test_shanghai_out(target: str, tmp_path: Path, run: Run) -> None:
    done = run("export", "shanghai", target, cwd=tmp_path)
    assert done.status == 0, done.err
    assert done.out.startswith(f"Written: {target}")
    assert ("Left out: " in done.out) is target.startswith("x.xm")
    before = (tmp_path / target).read_bytes()
    refused = run("export", "shanghai", target, cwd=tmp_path)
    assert refused.status == 2
    assert (tmp_path / target).read_bytes() == before
    assert run("export", "shanghai", target, "--force", cwd=tmp_path).status == 0


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_cannot_be_is_told_and_nothing_written(lang: str, town: Path, tmp_path: Path, run: Run) -> None:
    town.write_text(SMALL.replace("B;60", "B;many"), encoding="utf-8")
    for line in (
        ("export", "shanghai", tmp_path / "x.pb"),
        ("export", "wieliczka", tmp_path / "x.pb"),
        ("export", "shanghai", tmp_path / "new" / "city.json"),
        ("import", town, tmp_path / "x.xlsx"),
        ("import", tmp_path / "gone.xml", tmp_path / "x.xlsx"),
        ("import", tmp_path / "plan.mps", tmp_path / "x.xlsx"),
        ("winners", "shanghai"),
    ):
        done = run(*line, "--lang", lang)
        assert (done.status, done.out) == (2, ""), line
        assert "{" not in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["town.pb"]


def test_a_case_that_stands_there_is_not_lost(town: Path, tmp_path: Path, run: Run) -> None:
    saidao.save_case(saidao.load_case("shanghai"), tmp_path / "mine.xlsx")
    before = (tmp_path / "mine.xlsx").read_bytes()
    assert run("import", town, tmp_path / "mine.xlsx").status == 2
    assert (tmp_path / "mine.xlsx").read_bytes() == before
    assert run("export", town.parent / "mine.xlsx", tmp_path / "datapackage.json").status == 2
