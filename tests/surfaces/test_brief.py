"""The brief: two pages, the numbers of the plan, the forms of an office."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import threading
import zipfile
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree

import pytest

import saidao
from saidao.briefing.document import FORMS, MOST_ROWS, Brief, Curve, Document, Grid, Heading, Text
from saidao.briefing.docx import MAIN, docx
from saidao.briefing.html import html
from saidao.briefing.overview import Overview, round_step
from saidao.optimize.deadline import time_left
from saidao.questions.frontier import budget_curve
from saidao.study.plan.result import Plan
from saidao.texts.say import say
from tests.conftest import write_case

pytestmark = pytest.mark.surface


@pytest.fixture(scope="module")
def plan() -> Plan:
    return saidao.plan("shanghai")


@pytest.fixture(scope="module")
def zh(plan: Plan) -> Document:
    return Brief(Overview(plan), "zh").document()


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def test_money_by_track_is_what_the_plan_spends_and_adds_up_as_shown(plan: Plan, zh: Document) -> None:
    rows = grids(zh)[0].rows
    shown = {row[0]: row[1] for row in rows}
    spent: dict[str, float] = {}
    for row in plan.allocation:
        spent[row["target"]] = spent.get(row["target"], 0.0) + row["costs"].get("funds", 0.0)
    names = {track.track: track.name("zh") for track in plan.case.tables["tracks"].rows}  # type: ignore[attr-defined]
    for track, name in names.items():
        told = 0.0 if shown[name] == "—" else float(shown[name])
        assert told == pytest.approx(spent.get(track, 0.0) / 100, abs=0.1)
    parts = [float(text) for name, text in shown.items() if text != "—" and name != "合计"]
    assert sum(parts) == pytest.approx(float(shown["合计"])), "set by largest remainder"


def test_more_tracks_than_stand_on_two_pages_are_summed(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = grids(Brief(Overview(plan), "en").document())[0].rows
    monkeypatch.setattr("saidao.briefing.document.MOST_TRACKS", 5)
    few = grids(Brief(Overview(plan), "en").document())[0].rows
    assert len(few) == 5
    assert few[:2] == whole[:2]
    assert few[-2:] == whole[-2:]
    assert few[2][0] == say("brief.other", "en", number=len(whole) - 4)
    amounts = [[float(row[1].replace(",", "").replace("—", "0")) for row in rows] for rows in (few, whole)]
    assert amounts[0][2] == pytest.approx(sum(amounts[1][2:-2]), abs=len(whole))


def test_what_a_little_more_brings_comes_true_when_planned_again(plan: Plan) -> None:
    for row in Overview(plan).means:
        assert row["step"] == round_step(row["budget"])
        more = saidao.plan("shanghai", budgets={row["resource"]: row["budget"] + row["step"]})
        assert row["gain"] == pytest.approx(more.value - plan.value, abs=1e-9)


def test_how_firm_it_is_comes_true_scheme_by_scheme(plan: Plan) -> None:
    found = Overview(plan).firmness
    assert found is not None
    funded, lost = {row["measure"] for row in plan.allocation}, 0.0
    for scheme in found.schemes:
        other = saidao.plan("shanghai", weights=cast("Any", scheme))
        best, whole = other.value, other.weighted_gap
        lost = max(lost, (best - plan.solved.value_under(other.solved.programme.priority.ravel()[None])[0]) / whole)
        funded &= {row["measure"] for row in other.allocation}
    assert lost == pytest.approx(found.regret, abs=1e-9)
    assert funded >= set(found.always), "of equally good plans those near to this one are counted"


def test_other_choices_are_plans_of_their_own(plan: Plan, zh: Document) -> None:
    rows = {row[0]: row for grid in grids(zh) for row in grid.rows}
    less = saidao.plan("shanghai", budgets={"funds": 2000.0})
    assert rows["只压减两成资金"][2] == f"{less.closed_share:.1%}"
    assert rows["只压减两成资金"][3] == f"−{100 * (plan.closed_share - less.closed_share):.1f}"


def test_assumptions_that_decide_more_than_weights_stand_turned_round(plan: Plan, zh: Document) -> None:
    """Largest levels, effects and what a tick stands for, with what this plan and the best close; the range beside."""
    (turned,) = (grid for grid in grids(zh) if grid.heads[0] == "若改为")
    rows = {row["instead_zh"]: row for row in plan.assumptions}
    assert [row[0] for row in turned.rows][1:] == ["每个对象至多实施一项措施的一半", "打勾相当于目标的 0.7"]
    for name, here, best, _ in turned.rows:
        assert (here, best) == (f"{rows[name]['as_planned']:.1%}", f"{rows[name]['closed_share']:.1%}")
    firm = Overview(plan).firmness
    assert firm is not None
    decisive = [row for row in plan.assumptions if abs(row["as_planned"] - plan.closed_share) > firm.regret]
    said = html(zh)
    assert f"{len(decisive)} 项假设的影响大于权重" in said
    assert plan.closed_range is not None
    assert f"输入在波动范围内：{plan.closed_range.low:.1%} 至 {plan.closed_range.high:.1%}（精确值）" in said


def test_a_request_has_the_form_of_one(plan: Plan) -> None:
    made = Brief(Overview(plan), "zh", "request").document()
    assert re.fullmatch("关于.*的请示", made.title)
    assert [b.text[2:] for b in made.blocks if isinstance(b, Heading)] == [
        "事由",
        "方案与金额",
        "依据与可靠性",
        "请求事项",
    ]
    assert made.closing[0] == "妥否，请批示。"
    (table,) = grids(made)
    assert len(table.rows) <= MOST_ROWS
    said = "".join(b.text for b in made.blocks if isinstance(b, Text)) + made.title
    assert "百万元" not in said
    assert "25.00亿元" in said, "two decimals, one unit a document"
    assert all("【待填" in line for line in made.closing[1:]), "what only the office knows is not guessed"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_word_document_holds_what_the_page_holds(plan: Plan, lang: str, form: Any) -> None:
    made = Brief(Overview(plan), lang, form, "2026-11-26").document()
    with zipfile.ZipFile(io.BytesIO(docx(made))) as package:
        roots = {name: ElementTree.fromstring(package.read(name)) for name in package.namelist()}
    body = "".join(node.text or "" for node in roots["word/document.xml"].iter(f"{{{MAIN}}}t"))
    page = re.sub(r"<[^>]+>", "", html(made).partition("<body")[2])
    for block in made.blocks:
        if isinstance(block, (Heading, Text)):
            text = block.text.replace("[[", "").replace("]]", "")
            assert text in body
    assert made.title in body
    assert made.title in page.replace("&#39;", "'")
    assert docx(made) == docx(made), "the same inputs give the same bytes"
    assert "http" not in re.sub(r"xmlns|" + MAIN, "", html(made)), "asks nothing of the network"
    if lang == "en":
        assert not re.search("[\u4e00-\u9fff]", body)


def test_what_is_not_found_in_time_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("saidao.briefing.overview.LONGEST_BESIDE", 0.0)
    whole = saidao.load_case("shanghai").with_cell("measures", "M01", "kind", "integer")
    fresh = saidao.plan(whole)
    said = {"en": "Not found in time, and left out: ", "zh": "未能及时算出、因而略去："}
    for lang, late in said.items():
        brief = Brief(Overview(fresh), lang)
        texts = [block.text for block in brief.document().blocks if isinstance(block, Text)]
        told = next(text for text in texts if text.startswith(late))
        named = [say(f"late.{what}", lang) for what in brief.overview.late]
        assert all(name in told for name in named)
        assert {"years", "choices", "half"} <= brief.overview.late.keys()
        assert len(grids(brief.document())) == 2, "money by track and by dimension need no other plan"


def test_what_is_shown_beside_a_linear_plan_depends_on_no_clock(monkeypatch: pytest.MonkeyPatch, plan: Plan) -> None:
    monkeypatch.setattr("saidao.briefing.overview.LONGEST_BESIDE", 0.0)
    overview = Overview(plan)
    assert overview.in_time("years", time_left) == float("inf")
    assert not overview.late


def test_the_curve_of_a_linear_plan_is_sought_beside_the_rest(monkeypatch: pytest.MonkeyPatch, plan: Plan) -> None:
    threads = []

    def traced(*asked: Any) -> Any:
        threads.append(threading.current_thread())
        return budget_curve(*asked)

    monkeypatch.setattr("saidao.briefing.document.budget_curve", traced)
    assert any(isinstance(block, Curve) for block in Brief(Overview(plan), "en").document().blocks)
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()
    Brief(Overview(plan), "zh", "memo").document()
    assert len(threads) == 1, "a memo has none"


NOTHING_LEFT = "no gap that counts is left to close"
NO_RULES = "rule,kind,over,key,of,amount\n"
MET = "track,f,g\na,10,0\nb,10,0\nc,10,1\n"


@pytest.mark.parametrize(
    ("changes", "options", "reasons", "said", "left"),
    [
        # the last of all: c, whose score by TOPSIS is 0, counts for nothing with leaders first
        (
            {"scores": MET},
            {},
            ["met", "met", "uncounted"],
            "No money is needed: every track that counts",
            "no gap that counts is left to close",
        ),
        (
            {"scores": MET},
            {"lock": {"m3": 1}},
            ["met", "met", "shared"],
            "rules and locks put 2 M into 1 measure",
            "no gap that counts is left to close",
        ),
        (
            {"resources": "resource,name_en,unit,budget\nfunds,Funds,M,0\nland,Land,ha,0\n"},
            {"stance": "even"},
            ["beyond", "beyond", "beyond"],
            "nothing of the gap can be closed",
            "these means buy nothing",
        ),
        (
            {"effects": "measure,track,factor,effect\nm1,a,f,0.3\nm1,b,f,0.3\nm2,a,g,0.05\n"},
            {"stance": "even"},
            [None, None, "unserved"],
            None,
            None,
        ),
        (
            {"effects": "measure,track,factor,effect\nm1,*,f,0.3\n", "scores": "track,f,g\na,6,4\nb,5,5\nc,9.9,0\n"},
            {"stance": "even", "budgets": {"funds": 2}},
            [None, "elsewhere", "elsewhere"],
            None,
            "the same means close more elsewhere",
        ),
    ],
)
def test_why_a_track_gets_no_money_is_so(
    tmp_path: Path, changes: dict[str, str], options: Any, reasons: list[str | None], said: str | None, left: str | None
) -> None:
    found = saidao.plan(write_case(tmp_path, rules=NO_RULES, **changes), **options)
    overview = Overview(found)
    told = {row["track"]: row["reason"] for row in overview.tracks}
    assert [told[track] for track in "abc"] == reasons
    brief = Brief(overview, "en")
    assert said is None or said in brief.proposal.replace("[[", "").replace("]]", "")
    assert left is None or left in brief._left_out()
    for lang, twice in (("en", ".."), ("zh", "。。")):
        assert twice not in Brief(overview, lang).amount


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            {"objective": "reach=0.2"},
            "To close 20.0% of the gap of the tracks, weighted by importance, takes",
        ),
        ({"objective": "reach=0.2", "save": "land"}, "No plan that closes as much takes less Land."),
        ({"objective": "maxmin"}, "Even the weakest track closes"),
        ({"objective": "robust"}, "Whichever of"),
        ({}, "With 10 M of Funds"),
    ],
)
def test_the_proposal_says_what_was_asked_for(tmp_path: Path, options: Any, said: str) -> None:
    found = saidao.plan(write_case(tmp_path, rules=NO_RULES), **options)
    brief = Brief(Overview(found), "en")
    told = brief.proposal.replace("[[", "").replace("]]", "")
    assert said in told
    spent = next(row["used"] for row in found.resources if row["resource"] == "funds")
    assert (f"{brief.money(spent)} of Funds" in told) or "reach" not in str(options)
    for row in found.stances:  # a stance under which no money moves is not to be decided
        if not row["moved"] or not row["moved"]["funds"]:
            assert not any("0 M would move" in one for one in brief.decisions())


def test_names_never_ids(plan: Plan, zh: Document) -> None:
    text = html(zh).partition("<body")[2]
    ids = {*plan.case.track_ids, *(m.measure for m in plan.case.tables["measures"].rows)}  # type: ignore[attr-defined]
    assert not [name for name in ids if re.search(rf"\b{name}\b", text)]


def test_the_verb_writes_a_file_or_says_what_is_wrong(tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "saidao", "brief", *arguments]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)

    done = run("shanghai", "--lang", "zh", "--budget", "funds=2000", "--form", "memo", "-o", str(tmp_path / "b.html"))
    assert done.returncode == 0
    assert "20 亿元" in (tmp_path / "b.html").read_text("utf-8")
    for wrong in (["-o", str(tmp_path / "b.pdf")], ["--form", "letter", "-o", str(tmp_path / "c.docx")]):
        failed = run("shanghai", *wrong)
        assert (failed.returncode, "Traceback" in failed.stderr) == (2, False)
    assert not (tmp_path / "c.docx").exists()
