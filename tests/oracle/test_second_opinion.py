"""A second opinion on a case: by pymcdm and by CBC, there and then."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import saidao
from tests.conftest import Run, write_case


@pytest.mark.parametrize("method", ["topsis", "wsm", "vikor", "edas", "promethee_ii", "spotis", "mabac"])
def test_pymcdm_computes_the_same(method: saidao.mcda.MethodName) -> None:
    found = saidao.second_ranking("shanghai", "ahp", method)
    assert found.theirs is not None
    assert found.same
    assert found.theirs == pytest.approx(found.ranking.score_array)


def test_where_pymcdm_slips_it_is_told_who_is_right(tmp_path: Path, run: Run) -> None:
    probid = saidao.second_ranking("shanghai", "ahp", "probid")  # twelve tracks: an even number
    assert not probid.same
    assert "twice" in " ".join(probid.text())
    case = write_case(tmp_path)  # with a cost
    copras = json.loads(run("rank", case, "--method", "copras", "--second-opinion", "--json").out)
    assert not copras["same"]
    assert "costs as benefits" in copras["slip"]
    assert "成本型" in run("rank", case, "--method", "copras", "--second-opinion", "--lang", "zh").out


def test_what_pymcdm_does_not_have_is_no_agreement() -> None:
    found = saidao.second_ranking("shanghai", "ahp", "gra")
    assert found.theirs is None
    assert not found.same
    assert "no scores" in found.text()[0]


def test_cbc_finds_a_plan_of_the_same_value(tmp_path: Path, run: Run) -> None:
    found = json.loads(run("plan", write_case(tmp_path), "--second-opinion", "--json").out)
    assert found["same"]
    assert found["second"] == pytest.approx(found["value"])
    assert found["value"] > 0


@pytest.mark.surface
@pytest.mark.slow
@pytest.mark.parametrize(("lang", "told"), [("en", "CBC"), ("zh", "CBC")])
def test_the_report_says_it_in_its_proof_when_asked(run: Run, tmp_path: Path, lang: str, told: str) -> None:
    page = tmp_path / "r.html"
    options = ("--stance", "even", "--lang", lang, "-o", page)
    assert run("report", "shanghai", "--second-opinion", *options).status == 0
    asked = page.read_text("utf-8")
    assert told in asked
    assert "pymcdm 1." in asked
    assert run("report", "shanghai", *options).status == 0
    assert "pymcdm 1." not in page.read_text("utf-8")
