"""The web page, asked without a browser: what comes in, what goes out, and who sees what."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

import saidao
from saidao import mcda
from saidao.app.page import LATE, PARTS
from saidao.app.parts.why import Why
from saidao.app.plans.changes import change
from saidao.app.plans.choices import chosen_by
from saidao.app.plans.work import Work
from saidao.app.plans.workspace import MOST_KEPT, Outcomes, Workspace
from saidao.app.server import create_app
from saidao.briefing.overview import Overview
from saidao.briefing.sentences import lead
from saidao.case import read_case
from saidao.case.limits import LARGEST
from saidao.case.provenance import Sources
from saidao.case.tables import Measure
from saidao.reporting.make import render
from saidao.store import browsers, plans
from saidao.store.place import open_store
from saidao.study.plan.sentences import answer as answered
from saidao.texts.say import LANGUAGES, say
from tests.conftest import ROOT, Run, write_case

pytestmark = pytest.mark.surface

testclient = pytest.importorskip("starlette.testclient", reason="needs saidao[app]")

HERE = "http://127.0.0.1:8765"
OWN = {"Origin": HERE}
NAMESPACE = "http://www.w3.org/2000/svg"  # a name that nobody asks for
APP = ROOT / "saidao" / "app"


def browser(opened: str | None = "shanghai", **options: Any) -> Any:
    app = create_app(None if opened is None else saidao.load_case(opened), **options)
    return testclient.TestClient(app, base_url=HERE)


class Planner:
    """Somebody who works on a case, without a browser: every change is kept."""

    def __init__(self, case: Any = "shanghai") -> None:
        self.work = Work(open_store())
        self.workspace = self.work.open(saidao.load_case(case), "tests", "en")

    def __getattr__(self, name: str) -> Any:
        return getattr(self.workspace, name)

    def change(self, what: str, of: str = "", to: str = "", turn: str = "") -> None:
        self.workspace = self.work.change(self.workspace, what, of, to, "tests", "en", turn)


@pytest.fixture
def page() -> Iterator[Any]:
    with browser() as client:
        client.get("/")
        yield client


def ask(client: Any, *changes: tuple[str, str, str], lang: str = "en", marks: dict[str, str] | None = None) -> Any:
    listed = [dict(zip(("do", "of", "to"), one, strict=True)) for one in changes]
    seen = dict.fromkeys((*PARTS, *LATE), "")
    return client.post(
        "/change",
        headers=OWN,
        json={"number": 7, "changes": listed, "marks": seen if marks is None else marks, "lang": lang},
    )


def told(client: Any, *changes: tuple[str, str, str], lang: str = "en") -> dict[str, Any]:
    """What the page comes to show: the answer to the changes, and then what it asks for without any."""
    response, late = ask(client, *changes, lang=lang), ask(client, lang=lang)
    assert (response.status_code, late.status_code) == (200, 200), response.text
    answer: dict[str, Any] = response.json()
    prompt = answer["parts"] if changes else {}
    return {**answer, "parts": {**prompt, **late.json()["parts"]}}


def flat(sentence: str) -> str:
    """A sentence as a reader of HTML puts it together: figures that stand out stand apart."""
    return " ".join(sentence.replace("[[", " ").replace("]]", " ").split())


def shown(client: Any) -> tuple[str, dict[str, str]]:
    """The whole page, but for what is in the browser's hands."""
    return client.get("/").text, ask(client).json()["values"]


def text(html: str) -> str:
    """What a reader sees of HTML: a second reader, that of the standard library."""

    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.seen: list[str] = []

        def handle_data(self, data: str) -> None:
            self.seen.append(data.strip())

    reader = Reader()
    reader.feed(html)
    return " ".join(part for part in reader.seen if part)


def closed(answer: dict[str, Any]) -> str:
    found = re.search(r'id="closed-share"><b class="value">([^<]+)<', answer["parts"]["cells"]["html"])
    assert found
    return found[1]


# --- what follows from choices ---------------------------------------------------------------------------------------


def test_a_budget_gives_the_plan_of_the_package(page: Any) -> None:
    answer = told(page, ("budget", "funds", "１,800"))
    assert answer["number"] == 7
    plan = saidao.plan("shanghai", budgets={"funds": 1800.0})
    assert closed(answer) == f"{plan.closed_share:.1%}"
    assert answer["values"]["budget-funds"] == "1,800"
    assert text(answer["parts"]["answer"]["html"]).startswith(flat(lead(Overview(plan), "en")[0]))


@pytest.mark.parametrize(
    ("changes", "options"),
    [
        ([("weights", "", "entropy")], {"weights": "entropy"}),
        ([("method", "", "vikor"), ("stance", "", "laggards")], {"method": "vikor", "stance": "laggards"}),
        ([("objective", "", "maxmin")], {"objective": "maxmin"}),
        ([("objective", "", "reach"), ("share", "", "40")], {"objective": "reach=0.4"}),
        (
            [("objective", "", "reach"), ("share", "", "20"), ("save", "", "land")],
            {"objective": "reach=0.2", "save": "land"},
        ),
        ([("objective", "", "robust")], {"objective": "robust"}),
        ([("lock", "E06", "1"), ("forbid", "I01", "")], {"lock": {"E06": 1.0}, "forbid": ["I01"]}),
        ([("forbid", "M09@quantum", "")], {"forbid": ["M09@quantum"]}),
    ],
)
def test_every_choice_gives_the_plan_of_the_package(changes: Any, options: Any) -> None:
    workspace = Planner()
    for one in changes:
        workspace.change(*one)
    found, plan = workspace.outcome().plan, saidao.plan("shanghai", **options)
    assert found is not None
    assert found.to_dict() == plan.to_dict()


def test_judgements_weigh_as_ahp_does(page: Any) -> None:
    judged = saidao.load_case("shanghai").judgements["factors"]
    matrix = judged.matrix.copy()
    matrix[0, 1], matrix[1, 0] = 9.0, 1 / 9
    answer = told(page, ("judgement", f"factors/{judged.labels[0]}/{judged.labels[1]}", "9"))
    expected = mcda.ahp(matrix)
    assert f"{expected.consistency_ratio:.3f}" in answer["parts"]["weights"]["html"]
    assert all(f"{w:.1%}" in answer["parts"]["weights"]["html"] for w in expected.array)
    assert answer["values"]["cell-factors-1-0"] == "1/9"
    assert "Make these changes" in answer["parts"]["weights"]["html"]
    mended = re.search(r'data-changes="([^"]+)"', answer["parts"]["weights"]["html"])
    assert mended
    changes = json.loads(mended[1].replace("&#34;", '"'))
    answer = told(page, *((one["do"], one["of"], one["to"]) for one in changes))
    found = re.search(r'id="ratio-factors">([0-9.]+)<', answer["parts"]["weights"]["html"])
    assert found
    assert float(found[1]) < 0.1


def test_a_turn_is_a_step_and_what_is_given_up_leaves_none() -> None:
    workspace = Planner()
    for turn, amount in (("1", "2400"), ("1", "2300"), ("2", "5"), ("2", "2200"), ("3", "7")):
        workspace.change("budget", "funds", amount, turn)
    workspace.change("budget", "funds", "2200", "3")  # as it was before: nothing is left to undo
    workspace.change("undo")
    assert dict(workspace.choices.budgets) == {"funds": 2300.0}
    workspace.change("redo")
    assert dict(workspace.choices.budgets) == {"funds": 2200.0}
    workspace.change("budget", "funds", "1", "4")
    workspace.workspace = workspace.work.give_up(workspace.workspace, "budget", "land", "4", "tests")
    assert dict(workspace.choices.budgets) == {"funds": 1.0}, "another thing"
    workspace.workspace = workspace.work.give_up(workspace.workspace, "budget", "funds", "4", "tests")
    assert dict(workspace.choices.budgets) == {"funds": 2200.0}
    assert not workspace.workspace.can_redo
    for _ in range(2):
        workspace.change("undo")
    assert workspace.choices == workspace.first


@pytest.mark.parametrize("share", ["20%", "２０％"])
def test_a_share_is_no_budget(share: str) -> None:
    with pytest.raises(saidao.CaseError, match="expected an amount"):
        Planner().change("budget", "funds", share)


def test_undo_redo_reset_and_a_slider_is_one_step() -> None:
    workspace = Planner()
    for amount in ("2400", "2300", "2200"):
        workspace.change("budget", "funds", amount)
    workspace.change("stance", "", "even")
    workspace.change("undo")
    assert (workspace.choices.stance, dict(workspace.choices.budgets)) == ("leaders", {"funds": 2200.0})
    workspace.change("undo")
    assert workspace.choices == workspace.first
    workspace.change("undo")
    workspace.change("redo")
    workspace.change("redo")
    assert (workspace.choices.stance, dict(workspace.choices.budgets)) == ("even", {"funds": 2200.0})
    workspace.change("reset")
    assert workspace.choices == workspace.first
    workspace.change("undo")
    assert workspace.choices.stance == "even"


def test_what_is_back_at_the_cases_own_value_is_no_choice() -> None:
    workspace = Planner()
    workspace.change("budget", "funds", "2400")
    workspace.change("budget", "funds", "2500")
    workspace.change("judgement", "factors/factor_conditions/demand_conditions", "3")
    workspace.change("judgement", "factors/factor_conditions/demand_conditions", "1")
    assert workspace.choices == workspace.first


def test_a_budget_neither_weighs_nor_ranks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = Planner()
    workspace.outcome()

    def never(*_: object, **__: object) -> None:
        raise AssertionError("weighed again")

    monkeypatch.setattr("saidao.study.planning.problem.factor_weights", never)
    workspace.change("budget", "funds", "2000")
    workspace.change("forbid", "I01", "")
    workspace.change("objective", "", "maxmin")
    assert workspace.outcome().plan is not None


REFUSED = [
    ("budget", "funds", "many"),
    ("budget", "funds", "-1"),
    ("budget", "funds", "nan"),
    ("budget", "gold", "1"),
    ("budget", "funds", "1e999"),
    ("weights", "", "roc"),
    ("weights", "", "x"),
    ("method", "", "wpm"),
    ("stance", "", "odd"),
    ("objective", "", "best"),
    ("share", "", "101"),
    ("save", "", "gold"),
    ("lock", "I01", "2"),
    ("lock", "I99", "1"),
    ("forbid", "I01@mars", ""),
    ("judgement", "factors/a/b", "2"),
    ("judgement", "factors/factor_conditions/demand_conditions", "0"),
    ("judgement", "x/a/b", "1"),
    ("judgement", "factors/factor_conditions", "1"),
    ("judgement", "factors/factor_conditions/x/y", "1"),
    ("judgement", "factors/factor_conditions/demand_conditions", "1/0"),
    ("keep", " ", ""),
    ("restore", "x", ""),
    ("delete", "x", ""),
    ("bring_back", "x", ""),
    ("nonsense", "", ""),
    ("lock", "I01@", "1"),
]


def test_what_cannot_be_is_refused_in_words_and_changes_nothing(page: Any) -> None:
    before = shown(page)
    for lang in LANGUAGES:
        page.post("/language", headers=OWN, data={"lang": lang, "back": "/"})
        for one in REFUSED:
            answer = ask(page, one, lang=lang).json()
            assert answer["refused"], one
            assert "Traceback" not in "".join(answer["refused"])
    page.post("/language", headers=OWN, data={"lang": "en", "back": "/"})
    assert shown(page) == before


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"number": 1}',
        '{"number": "x", "changes": [], "marks": {}, "lang": "en"}',
        "[" * 100_000,
        '{"number": 1, "changes": [1], "marks": {}, "lang": "en"}',
        '{"number": 1, "changes": [], "marks": 3, "lang": ""}',
        json.dumps({"number": 1, "changes": [{"do": "undo", "of": "", "to": ""}] * 1000, "marks": {}, "lang": "en"}),
    ],
)
def test_what_is_no_request_is_refused(body: str) -> None:
    response = browser(None).post("/change", headers=OWN, content=body)
    assert response.status_code == 400
    assert "could not be read" in response.text


def test_only_changed_parts_are_sent(page: Any) -> None:
    html = page.get("/").text
    marks = dict(
        re.findall(r'id="([\w-]+)"[^>]* data-mark="(\w*)"', html)
        + re.findall(r'class="part" id="([\w-]+)" data-mark="(\w+)"', html)
    )
    assert len(marks) == 6
    assert [name for name, mark in marks.items() if not mark] == ["foot"], "it takes plans of its own: asked for later"
    answer = ask(page, ("budget", "funds", "2400"), marks=marks).json()
    assert set(answer["parts"]) == {"answer", "cells", "tracks", "measures"}
    assert answer["late"] is True
    marks |= {name: part["mark"] for name, part in answer["parts"].items()}
    late = ask(page, marks=marks).json()
    assert (set(late["parts"]), late["late"]) == ({"foot"}, False)
    marks |= {name: part["mark"] for name, part in late["parts"].items()}
    assert ask(page, marks=marks).json()["parts"] == {}
    assert ask(page, ("budget", "funds", "2400"), marks=marks).json()["parts"] == {}


def test_what_takes_long_comes_after_all_else(small: Path) -> None:
    """How firm a plan is, by year, takes plans of its own: it is sent when it is asked for."""
    write_case(small, measures=(small / "measures.csv").read_text("utf-8").replace("continuous,2", "integer,2"))
    with browser(str(small)) as client:
        client.get("/")
        answer = ask(client, ("budget", "funds", "9")).json()
        assert answer["late"] is True
        assert "answer" in answer["parts"]
        assert not set(LATE) & set(answer["parts"])
        rest = ask(client, marks=dict.fromkeys(LATE, "")).json()
        assert rest["late"] is False
        assert set(rest["parts"]) == set(LATE)


def test_infeasible_choices_say_the_conflict_and_leave_the_rest_usable(small: Path) -> None:
    with browser(str(small)) as page:
        page.get("/")
        answer = told(page, ("budget", "funds", "0"))
        with pytest.raises(saidao.Infeasible) as error:
            saidao.plan(str(small), budgets={"funds": 0.0})
        seen = text(answer["parts"]["answer"]["html"])
        assert all(line.strip() in seen for line in error.value.lines())
        assert "Alpha" in answer["parts"]["levels"]["html"]
        assert "Below is the last plan that was possible" in seen
        assert "stale" in answer["parts"]["tracks"]["html"], "the last plan stays"
        assert closed(told(page, ("budget", "funds", "9"))) == (
            f"{saidao.plan(str(small), budgets={'funds': 9.0}).closed_share:.1%}"
        )


def test_a_case_that_can_only_be_ranked(small: Path) -> None:
    for name in ("resources", "measures", "costs", "effects", "rules"):
        (small / f"{name}.csv").unlink()
    with browser(str(small)) as page:
        html = page.get("/").text
        assert "can be ranked, not planned" in html
        assert [f"{s:.4f}" in html for s in saidao.rank(str(small)).score_array] == [True] * 3
        assert "wsm" in str(told(page, ("method", "", "wsm"))["values"]["method"])


FRAMEWORK = ("gantt", "progress", "diagnosis", "dimensions", "coverage", "readings", "candidates", "productivity")


@pytest.mark.slow
def test_the_paper_s_framework_is_drawn_from_the_present_choices(page: Any) -> None:
    told(page, ("budget", "funds", "1800"), ("forbid", "M09", ""))
    options: dict[str, Any] = {"budgets": {"funds": 1800.0}, "forbid": ["M09"]}
    said = {
        "gantt": saidao.stages("shanghai", **options).text()[0],
        "progress": "rises most",
        "diagnosis": saidao.stages("shanghai", **options).text()[-1],
        "dimensions": saidao.balance("shanghai", **options).text()[0],
        "coverage": saidao.chains("shanghai", **options).text()[0],
        "readings": saidao.readings("shanghai", **options).text()[1],
        "candidates": saidao.candidates("shanghai").text()[0],
        "productivity": saidao.productivity("shanghai").text()[0],
    }
    html = page.get("/more").text
    assert tuple(re.findall(r'data-load="/framework/(\w+)"', html)) == FRAMEWORK
    for name in FRAMEWORK:
        picture = page.get(f"/framework/{name}")
        assert picture.status_code == 200
        assert "<svg" in picture.text
        assert said[name] in text(picture.text), name
    assert page.get("/framework/nothing").status_code == 404
    page.post("/language", data={"lang": "zh", "back": "/"}, headers={"Origin": HERE})
    assert "海选" in page.get("/framework/gantt").text


def test_the_framework_is_drawn_as_far_as_there_is_data(small: Path) -> None:
    with browser(str(small)) as page:
        assert "/framework/gantt" in page.get("/more").text
        assert "/framework/coverage" not in page.get("/more").text
        assert page.get("/framework/coverage").status_code == 404
        told(page, ("budget", "funds", "0"))
        assert "/framework/gantt" in page.get("/more").text, "what is open may be possible again"
        assert "No plan meets every budget and rule" in page.get("/framework/gantt").text
    for name in ("resources", "measures", "costs", "effects", "rules"):
        (small / f"{name}.csv").unlink()
    with browser(str(small)) as page:
        assert "/framework/" not in page.get("/more").text


def test_a_time_limit_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise saidao.Stopped("no time left")

    workspace = Planner()
    monkeypatch.setattr("saidao.study.plan.result.Plan.from_problem", stop)
    assert isinstance(workspace.outcome().trouble, saidao.Stopped)
    assert not workspace.outcome().refused


# --- scenarios -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_scenarios_stand_side_by_side(page: Any) -> None:
    told(page, ("keep", "as it is", ""), ("budget", "funds", "2000"), ("keep", "less", ""))
    answer = told(page, ("stance", "", "even"), ("forbid", "I01", ""))
    seen = text(answer["parts"]["kept"]["html"])
    shares = [
        saidao.plan("shanghai", **options).closed_share
        for options in (
            {},
            {"budgets": {"funds": 2000}},
            {"budgets": {"funds": 2000}, "stance": "even", "forbid": ["I01"]},
        )
    ]
    assert all(f"{share:.1%}" in seen for share in shares)
    assert all(word in seen for word in ("as it is", "less", "All alike", "2,500", "2,000", "forbidden"))
    assert "ranking method" not in seen.lower(), "it does not differ"
    assert closed(told(page, ("restore", "as it is", ""))) == f"{shares[0]:.1%}"
    assert closed(told(page, ("undo", "", ""))) == f"{shares[2]:.1%}"


def test_a_plan_that_was_deleted_is_brought_back(page: Any) -> None:
    kept = told(page, ("keep", "full", ""), ("budget", "funds", "2000"), ("keep", "less", ""))["parts"]["kept"]["html"]
    gone = told(page, ("delete", "less", ""))["parts"]["kept"]["html"]
    assert 'data-do="restore" data-of="less"' not in gone
    assert 'data-do="bring_back" data-of="less"' in gone
    assert told(page, ("bring_back", "less", ""))["parts"]["kept"]["html"] == kept


def test_what_the_ranking_and_the_assumptions_do_to_the_money_comes_after_the_plan(page: Any) -> None:
    """The part is loaded apart, from the present choices; levels stand before scores, which are said to be relative."""
    html = page.get("/more").text
    assert 'data-load="/footing"' in html
    assert html.index("level before") < html.index("rank before") < html.index("score before")
    assert "Scores and ranks are relative" in html
    plan = saidao.plan("shanghai", stance="laggards", budgets={"funds": 2000})
    told(page, ("stance", "", "laggards"), ("budget", "funds", "2000"))
    seen = text(page.get("/footing").text)
    assert "stance: laggards first" in seen
    stances = {"leaders": "leaders first", "even": "an even stance"}
    for row in plan.stances:
        assert f"With {stances[row['stance']]}, {row['moved']['funds']:.4g} million CNY" in seen
    for row in plan.assumptions:
        assert row["assumed_en"] in seen
        assert f"{row['share']:.1%}" in seen
    page.post("/language", headers=OWN, data={"lang": "zh", "back": "/"})
    assert "案例的假设" in page.get("/footing").text


@pytest.mark.slow
def test_what_is_beyond_dispute_is_proven_when_it_is_opened(page: Any) -> None:
    """The same sentence as that of `settled` and of the report."""
    assert 'data-load="/settled"' in page.get("/more").text
    said = saidao.settled("shanghai").money_told()
    assert said in text(page.get("/settled").text)
    assert said in text(render("shanghai"))
    told(page, ("objective", "", "maxmin"))
    assert "is not proven here" in text(page.get("/settled").text)


@pytest.mark.slow
def test_other_programs_say_of_the_present_plan_whether_it_is_the_same(page: Any) -> None:
    """Asked for on the page, of the plan as it is chosen there; nothing of it is computed before."""
    html = page.get("/more").text
    assert 'data-load="/opinion" data-once' in html
    assert "CBC (pulp" not in html
    told(page, ("stance", "", "even"), ("budget", "funds", "2000"), ("method", "", "wsm"))
    seen = text(page.get("/opinion").text)
    share = saidao.plan("shanghai", stance="even", budgets={"funds": 2000}, method="wsm").closed_share
    assert f"CBC (pulp {metadata.version('pulp')}) finds the same optimum: {share:.1%}" in seen
    assert f"pymcdm {metadata.version('pymcdm')} computes the same scores by" in seen
    page.post("/language", headers=OWN, data={"lang": "zh", "back": "/"})
    assert "求得同样的最优值" in page.get("/opinion").text


def test_scenarios_are_bounded() -> None:
    workspace = Planner()
    for number in range(MOST_KEPT):
        workspace.change("keep", f"{number}")
    workspace.change("keep", "0")
    with pytest.raises(saidao.CaseError):
        workspace.change("keep", "one more")


# --- languages -------------------------------------------------------------------------------------------------------


def test_the_language_is_the_browsers_and_a_switch_keeps_every_edit(page: Any) -> None:
    pair = "factors/factor_conditions/demand_conditions"
    edited = told(page, ("judgement", pair, "5"), ("budget", "land", "99"), ("lock", "I01", "0.5"), ("keep", "甲", ""))
    page.post("/language", headers=OWN, data={"lang": "zh", "back": "/"})
    html = page.get("/judge").text
    assert '<html lang="zh-Hans">' in html
    assert "生产要素" in html
    html = page.get("/").text
    answer = told(page, lang="zh-Hans")
    assert answer["values"] == {**edited["values"], "keep-name": "方案 2", "budget-funds": "25.0"}
    assert re.search(r'id="closed-share"><b class="value">([^<]+)<', html)[1] == closed(edited)  # type: ignore[index]
    fresh = browser()
    assert "产业新赛道" in fresh.get("/", headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}).text
    assert 'lang="en"' in browser().get("/", headers={"Accept-Language": "fr"}).text
    assert "zh-Hans" in browser(lang="zh").get("/", headers={"Accept-Language": "en"}).text


def test_a_window_in_the_other_language_is_answered_in_its_own(page: Any) -> None:
    answer = told(page, ("budget", "land", "99"), lang="zh-Hans")
    assert "短板" in text(answer["parts"]["cells"]["html"])
    assert told(page)["values"]["budget-land"] == "99"


def test_no_chinese_in_english_nor_the_reverse() -> None:
    case = saidao.load_case("shanghai")
    for lang, other in (("en", re.compile(r"[\u4e00-\u9fff]")), ("zh", re.compile(r"\b(?:the|of|and|is)\b"))):
        page = browser(lang=lang)
        page.get("/")
        told(page, ("keep", "A", ""), ("budget", "funds", "2000"), ("lock", "I01", "0.5"), ("keep", "B", ""), lang=lang)
        seen = text(page.get("/").text).replace("中文", "")
        names = {row.name("en") for table in ("measures", "tracks", "factors") for row in case.tables[table].rows}  # type: ignore[attr-defined]
        for name in names if lang == "zh" else ():
            seen = seen.replace(name, "")
        assert not other.findall(seen), lang


# --- whose work it is ------------------------------------------------------------------------------------------------


def test_two_browsers_do_not_see_each_other() -> None:
    app = create_app(saidao.load_case("shanghai"))
    one, two = (testclient.TestClient(app, base_url=HERE) for _ in range(2))
    one.get("/"), two.get("/")
    told(one, ("budget", "funds", "1000"), ("keep", "secret", ""))
    assert told(two)["values"]["budget-funds"] == "2,500"
    assert "secret" not in two.get("/").text


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites_and_given_for_no_look() -> None:
    client = browser()
    for path in ("/", "/start", "/result.xlsx", "/framework/gantt", "/static/app.js"):
        assert "set-cookie" not in client.get(path, follow_redirects=False).headers
    cookie = ask(client, ("budget", "land", "99")).headers["set-cookie"]
    name, _, value = cookie.partition(";")[0].partition("=")
    assert name == "saidao"
    assert len(value) >= 40
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "set-cookie" not in ask(client, ("budget", "land", "98")).headers, "it stays"


def test_what_is_no_key_of_ours_is_nobodys() -> None:
    client = browser()
    client.cookies.set("saidao", "guessed")
    assert told(client)["values"]["budget-funds"] == "2,500"
    assert "saidao=guessed" not in ask(client, ("budget", "land", "99")).headers["set-cookie"]


def test_a_browser_that_was_away_for_long_is_forgotten_and_its_work_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    client = browser()
    plan = told(client, ("budget", "funds", "1000"))["plan"]
    store, key = open_store(), client.cookies["saidao"]
    browsers.forget(store)
    found = browsers.find(store, key)
    assert found is not None
    assert found.plan == plan
    monkeypatch.setattr(browsers, "FORGOTTEN", -browsers.FORGOTTEN)
    browsers.forget(store)
    assert browsers.find(store, key) is None
    assert plans.state(store, plan).choices["budgets"] == [["funds", 1000.0]]


# --- guards ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/start", "/static/app.js", "/static/app.css", "/nothing", "/case.xlsx"])
def test_every_answer_has_strict_headers(path: str) -> None:
    headers = browser().get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_pages_hold_no_inline_script_style_or_outside_address(page: Any) -> None:
    told(page, ("keep", "A", ""), ("budget", "funds", "2000"))
    for path in ("/", "/start", "/nothing"):
        html = page.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=\"/static/)", html)
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
        assert set(re.findall(r"(?:https?:)?//[a-z0-9][^\"\s]*", html)) <= {NAMESPACE}
    for asset in (APP / "static").iterdir():
        outside = re.findall(r"(?:https?:)?//[a-z0-9][^\s\"')]*", asset.read_text("utf-8"))
        assert set(outside) <= {NAMESPACE}, asset


@pytest.mark.parametrize(
    ("options", "base"),
    [
        ({"port": 80}, "http://127.0.0.1"),  # browsers leave the port out where it is http's own
        ({"port": 80}, "http://localhost:80"),
        ({"port": 80, "host": "::1"}, "http://[::1]"),
        ({"host": "127.0.0.2"}, "http://127.0.0.2:8765"),  # the address that the command line prints
        ({}, "http://LOCALHOST:8765"),
    ],
)
def test_the_page_answers_at_the_address_that_is_printed(options: dict[str, Any], base: str) -> None:
    client = testclient.TestClient(create_app(saidao.load_case("shanghai"), **options), base_url=base)
    host = base.removeprefix("http://")
    page = client.get("/", headers={"Host": host})
    assert page.status_code == 200
    sent = client.post(
        "/language", data={"lang": "zh", "back": "/"}, headers={"Host": host, "Origin": base}, follow_redirects=False
    )
    assert sent.status_code == 303
    for wrong in ("evil.example", "evil.example:80", f"{host}.evil.example"):
        assert client.get("/", headers={"Host": wrong}).status_code == 421
    for wrong in ("http://evil.example", "https://127.0.0.1", "null"):
        assert client.post("/language", data={"lang": "zh"}, headers={"Host": host, "Origin": wrong}).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1:1", "127.0.0.1.evil.example:8765"])
def test_another_hosts_name_is_refused(host: str) -> None:
    client = browser(None)
    assert client.get("/", headers={"Host": host}).status_code == 421
    assert "set-cookie" not in client.get("/", headers={"Host": host}).headers
    assert client.get("/", headers={"Host": "localhost:8765"}).status_code == 200


@pytest.mark.parametrize("path", ["/change", "/upload", "/open", "/language"])
@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", "http://127.0.0.1:1", "https://127.0.0.1:8765"]
)
def test_requests_from_other_pages_are_refused(path: str, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}
    assert browser(None).post(path, headers=headers, content=b"{}").status_code == 403


def test_a_page_for_others_takes_any_host_but_still_its_own_pages_only() -> None:
    client = browser(None, local=False)
    assert client.get("/", headers={"Host": "plans.example"}).status_code == 200
    said = {"Host": "plans.example", "Origin": "http://evil.example"}
    assert client.post("/language", headers=said, data={"lang": "zh"}).status_code == 403


@pytest.mark.parametrize("revision", ["9" * 400, "-1", str(2**63), "x"])
def test_a_revision_that_no_plan_has_is_not_found(revision: str) -> None:
    with browser() as client:
        opened = client.post("/open", headers=OWN, data={"case": "shanghai"}, follow_redirects=False)
        place = opened.headers["location"]
        assert client.get(f"{place}?revision={revision}").status_code == 404
        asked = {"number": 1, "changes": [], "marks": {}, "lang": "en", "plan": place.rpartition("/")[2]}
        response = client.post("/change", headers=OWN, json={**asked, "revision": revision})
        assert response.status_code == (400 if revision == "x" else 404)


def test_no_way_out_of_the_static_folder() -> None:
    page = browser(None)
    for path in ("/static/../server.py", "/static/%2e%2e/server.py", "/static/..%2fserver.py", "/static/"):
        assert page.get(path).status_code == 404


def test_get_changes_nothing() -> None:
    page = browser(None)
    assert page.get("/change").status_code == 405
    assert page.get("/open?case=shanghai").status_code == 405


# --- cases -----------------------------------------------------------------------------------------------------------


def zipped(folder: Path, prefix: str = "") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, prefix + file.relative_to(folder).as_posix())
    return packed.getvalue()


def upload(client: Any, data: bytes, name: str = "case.zip") -> Any:
    return client.post("/upload", headers=OWN, files={"file": (name, data)}, follow_redirects=True)


def test_a_case_is_uploaded_as_zip_and_as_workbook(small: Path, tmp_path: Path) -> None:
    page = browser(None)
    saidao.save_case(saidao.load_case(small), tmp_path / "small.xlsx")
    expected = f"{saidao.plan(str(small)).closed_share:.1%}"
    for data, name in (
        (zipped(small), "small.zip"),
        (zipped(small, "small/"), "zipped folder.zip"),
        ((tmp_path / "small.xlsx").read_bytes(), "小例.xlsx"),
    ):
        html = upload(page, data, name).text
        assert ">Small</a>" in html
        assert expected in html


def test_errors_of_an_upload_are_listed_and_the_case_at_hand_stays(page: Any, tmp_path: Path) -> None:
    told(page, ("budget", "funds", "1234"))
    (tmp_path / "broken").mkdir()
    broken = write_case(
        tmp_path / "broken", scores="track,f,g\na,2,many\nb,5,1\nc,9,3\n", costs="measure,resource,cost\nm9,funds,4\n"
    )
    response = upload(page, zipped(broken))
    assert response.status_code == 422
    _, problems = read_case(str(broken))
    seen = text(response.text)
    for problem in (p for p in problems if p.level == "error"):
        for part in (problem.file, str(problem.row or ""), problem.column, problem.found, problem.expected()):
            assert part in seen
    assert "stays as it was" in seen
    assert told(page)["values"]["budget-funds"] == "1,234"


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04nonsense", b"track,f\na,1\n", zipped(ROOT / "tests" / "by_hand" / "golden")]
)
def test_what_is_no_case_is_told(data: bytes) -> None:
    response = upload(browser(None), data)
    assert response.status_code == 422
    assert "was not opened" in response.text


def test_no_file_leaves_a_zip_for_the_disk(small: Path, tmp_path: Path) -> None:
    packed = io.BytesIO(zipped(small))
    target = tmp_path / "escaped.csv"
    with zipfile.ZipFile(packed, "a") as archive:
        for name in ("../escaped.csv", "../../../../../../.." + str(target), str(target), "..\\escaped.csv"):
            archive.writestr(name, "track\nx\n")
    upload(browser(None), packed.getvalue())
    assert not target.exists()
    assert not (tmp_path.parent / "escaped.csv").exists()


def test_uploads_are_limited_while_they_come() -> None:
    page = browser(None)
    assert upload(page, b"\0" * (LARGEST + 1)).status_code == 413
    kind = {**OWN, "Content-Type": "multipart/form-data; boundary=x"}
    response = page.post("/change", headers=kind, content=iter([b"\0" * 2**20] * 11))
    assert response.status_code == 413
    assert "10 MB" in response.text


def test_names_of_a_case_are_never_markup(page: Any, tmp_path: Path) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"
    cell = '"' + evil.replace('"', '""') + '"'
    (tmp_path / "evil").mkdir()
    folder = write_case(
        tmp_path / "evil",
        tracks=f"track,name_en,name_zh,type\na,{cell},甲,x\nb,Beta,乙,x\nc,Gamma,丙,y\n",
        factors=f"factor,name_en,name_zh,direction,worst,target,weight\nf,{cell},力,max,0,10,2\ng,Grit,砂,min,10,0,1\n",
        resources=f"resource,name_en,unit,budget\nfunds,{cell},{cell},10\nland,Land,ha,5\n",
    )
    (folder / "case.toml").write_text(f"name_en = {json.dumps(evil)}\nweights = 'ahp'\n", "utf-8")
    html = upload(page, zipped(folder), f"{evil}.zip").text
    answer = told(
        page, ("keep", evil, ""), ("budget", "funds", "8"), ("lock", "m1@a", "1"), ("judgement", "factors/f/g", "2")
    )
    pictures = [page.get(f"/framework/{name}").text for name in FRAMEWORK]
    for shown in (html, *(part["html"] for part in answer["parts"].values()), page.get("/start").text, *pictures):
        assert "<script>alert" not in shown
        assert "<img" not in shown
    assert evil in text(html)
    broken = write_case(tmp_path / "evil", scores=f"track,f,g\na,{cell},1\nb,5,1\nc,9,3\n")
    assert "<img" not in upload(page, zipped(broken), f"{evil}.zip").text


def test_the_edited_case_comes_back_the_same(page: Any, tmp_path: Path) -> None:
    answer = told(
        page,
        ("budget", "funds", "1700"),
        ("judgement", "factors/factor_conditions/demand_conditions", "3"),
        ("stance", "", "laggards"),
        ("objective", "", "reach"),
        ("share", "", "30"),
    )
    response = page.get("/case.xlsx")
    assert "attachment" in response.headers["content-disposition"]
    (tmp_path / "edited.xlsx").write_bytes(response.content)
    plan = saidao.plan(str(tmp_path / "edited.xlsx"))
    assert f"{plan.closed_share:.1%}" == closed(answer)
    assert plan.settings.objective == "reach=0.3"
    assert plan.resources[0]["budget"] == 1700.0


def test_locks_and_bans_come_back_with_the_case(page: Any, tmp_path: Path) -> None:
    told(page, ("lock", "E03", "0.5"), ("forbid", "M09@quantum", ""), ("budget", "funds", "2000"))
    (tmp_path / "edited.xlsx").write_bytes(page.get("/case.xlsx").content)
    plan = saidao.plan(tmp_path / "edited.xlsx")
    wanted = saidao.plan("shanghai", lock={"E03": 0.5}, forbid=["M09@quantum"], budgets={"funds": 2000.0})
    assert plan.closed_share == pytest.approx(wanted.closed_share)
    upload(page, (tmp_path / "edited.xlsx").read_bytes(), "edited.xlsx")
    name = wanted.case.names(Measure, "en")["E03"]
    assert say("lock.locked", "en", name=name, level="0.5") in text(page.get("/data").text)
    answer = told(page, ("free", "E03", ""), ("free", "M09@quantum", ""))
    freed = saidao.plan("shanghai", budgets={"funds": 2000.0})
    assert closed(answer) == f"{freed.closed_share:.1%}"


def test_the_result_is_a_workbook_with_the_plans_numbers(page: Any) -> None:
    told(page, ("budget", "funds", "1800"))
    plan = saidao.plan("shanghai", budgets={"funds": 1800.0})
    for lang in LANGUAGES:
        page.post("/language", headers=OWN, data={"lang": lang, "back": "/"})
        book = CalamineWorkbook.from_filelike(io.BytesIO(page.get("/result.xlsx").content))
        cells = [cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]
        assert any(isinstance(v, float) and v == pytest.approx(plan.closed_share) for v in cells)
        assert any(answered(plan, lang)[0] in str(v) for v in cells)


def test_the_report_is_of_the_choices_and_asks_nothing_of_the_network(page: Any, tmp_path: Path) -> None:
    judged = ("judgement", "factors/factor_conditions/demand_conditions", "3")
    answer = told(page, ("budget", "funds", "1800"), ("forbid", "I01", ""), judged)
    response = page.get("/report.html")
    assert "attachment" in response.headers["content-disposition"]
    assert closed(answer) in text(response.text)
    assert "Forbidden: Open-call and horse-race project funding." in text(response.text)
    assert "With 1,800 million CNY of Funds" in text(response.text)
    assert set(re.findall(r"(?:https?:)?//[a-z0-9][^\"\s<]*", response.text)) <= {NAMESPACE}


def test_no_plan_no_workbook(small: Path) -> None:
    with browser(str(small)) as page:
        page.get("/")
        told(page, ("budget", "funds", "0"))
        response = page.get("/result.xlsx")
        assert response.status_code == 422
        assert "cannot hold" in response.text or "no plan" in response.text.lower()
        assert page.get("/case.xlsx").status_code == 200


def test_the_template_opens_as_a_case() -> None:
    page = browser(None)
    for name, title in (("", "New case"), ("苏州", "苏州"), ("=cmd|' /C calc'!A0", None)):
        response = page.get("/template.xlsx", params={"name": name})
        assert response.status_code == 200
        html = upload(page, response.content, "new.xlsx").text
        assert "closed-share" in html
        assert title is None or f">{title}</a>" in html


def test_an_edited_number_is_no_longer_measured(small: Path) -> None:
    table = "table,row,column,kind,note\n,,,measured,\n".replace(",,,measured", "resources,,,measured")
    (small / "sources.csv").write_text(table + "judgements,,,paper,\n", "utf-8")
    workspace = Planner(str(small))
    workspace.change("budget", "funds", "9")
    workspace.change("judgement", "factors/f/g", "5")
    sources = Sources(workspace.choices.edited(workspace.case))
    assert sources.kind("resources", ("funds",), "budget") == "assumption"
    assert sources.kind("resources", ("land",), "budget") == "measured"
    assert sources.kind("judgements", (), "") == "judgement"


def test_open_needs_a_shipped_case(page: Any) -> None:
    assert page.post("/open", headers=OWN, data={"case": "/etc"}).status_code == 400
    assert (
        "Shanghai&#39;s new industrial tracks</a>"
        in page.post("/open", headers=OWN, data={"case": "shanghai"}, follow_redirects=True).text
    )


def test_without_a_case_the_page_starts_by_asking() -> None:
    client = browser(None)
    assert client.get("/", follow_redirects=False).headers["location"] == "/start"
    assert "Open a shipped case" in client.get("/").text
    assert ask(client, ("budget", "funds", "1")).status_code == 409
    assert client.get("/case.xlsx", follow_redirects=False).headers["location"] == "/start"


def test_changes_of_a_case_with_dated_budgets(small: Path) -> None:
    (small / "case.toml").write_text('name_en = "S"\nweights = "direct"\nperiods = ["1", "2"]\n', "utf-8")
    (small / "budgets.csv").write_text("resource,period,amount\nfunds,1,6\nfunds,2,4\n", "utf-8")
    case = saidao.load_case(str(small))
    made = change(case, chosen_by(case), "budget", "funds", "5")
    edited = made.edited(case)
    assert [row["amount"] for row in edited.budgets.to_dict("records")] == [3.0, 2.0]
    assert saidao.plan(edited).closed_share == pytest.approx(saidao.plan(case, budgets={"funds": 5.0}).closed_share)


# --- the verb --------------------------------------------------------------------------------------------------------


def test_a_taken_port_and_a_bad_host_are_told(run: Run) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("app", "--no-open", "--port", str(port))
        assert done.status == 2
        assert str(port) in done.err
        assert "--port" in done.err
        assert "Traceback" not in done.err
    done = run("app", "--no-open", "--office", "--host", "203.0.113.7", "--lang", "zh")
    assert (done.status, "本机的地址" in done.err) == (2, True)


def test_missing_packages_are_told(process: Run, tmp_path: Path) -> None:
    (tmp_path / "uvicorn.py").write_text("raise ModuleNotFoundError('uvicorn')\n")
    done = process("app", "--no-open", env={"PYTHONPATH": f"{tmp_path}:{Path(saidao.__file__).parent.parent}"})
    assert done.status == 2
    assert "saidao[app]" in done.err
    assert "Traceback" not in done.err


def test_a_bad_case_is_told(run: Run, tmp_path: Path) -> None:
    done = run("app", str(tmp_path / "none"), "--no-open")
    assert (done.status, "Traceback" in done.err) == (2, False)


def test_a_candidate_is_admitted_and_taken_out_again() -> None:
    with browser() as client:
        assert "Service robots" in text(client.get("/data").text)
        assert ask(client, ("admit", "", "")).json()["refused"]
        assert ask(client, ("dismiss", "service_robots", "")).json()["refused"]
        assert ask(client, ("admit", "service_robots", "")).status_code == 409, "the whole page is shown anew"
        shown = client.get("/").text
        plan = saidao.plan(saidao.admit("shanghai", "service_robots"))
        assert f"{plan.closed_share:.1%}" in text(shown)
        assert 'data-do="dismiss"' in client.get("/data").text
        answer = told(client, ("lock", "M09@service_robots", "0.5"))
        locked = saidao.plan(saidao.admit("shanghai", "service_robots"), lock={"M09@service_robots": 0.5})
        assert closed(answer) == f"{locked.closed_share:.1%}"
        told(client, ("keep", "with X", ""))
        book = client.get("/case.xlsx").content
        assert ask(client, ("dismiss", "service_robots", "")).status_code == 409
        shown = client.get("/").text
        assert f"{saidao.plan('shanghai').closed_share:.1%}" in text(shown), "and the lock there is gone"
        assert "admitted: Service robots" in text(client.get("/compare").text), "the kept scenario has it"
        assert ask(client, ("undo", "", "")).status_code == 409
        assert 'data-do="dismiss"' in client.get("/data").text
        upload(client, book, "thirteen.xlsx")
        shown = client.get("/").text
        assert 'data-do="admit"' not in client.get("/data").text, "a track of that case"
        assert f"{locked.closed_share:.1%}" in text(shown)


def test_what_is_locked_at_the_type_of_a_candidate_alone_goes_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "city"
    shutil.copytree(ROOT / "data" / "shanghai", folder)
    types, candidates = folder / "types.csv", folder / "candidates.csv"
    blanks = "," * (types.read_text(encoding="utf-8").splitlines()[0].count(",") - 2)
    types.write_text(f"{types.read_text(encoding='utf-8')}new,New,新{blanks}\n", encoding="utf-8")
    text = candidates.read_text(encoding="utf-8").replace("terminal_pull", "new")
    candidates.write_text(text, encoding="utf-8")
    workspace = Planner(folder)
    workspace.change("admit", "service_robots", "")
    workspace.change("forbid", "I05@new", "")
    workspace.change("dismiss", "service_robots", "")
    assert workspace.choices.forbid == ()
    assert workspace.outcome().plan is not None


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_first_screen_and_its_panel_name_things_and_show_no_id_or_method(lang: str) -> None:
    case = saidao.load_case("shanghai")
    page = browser(lang=lang)
    asked = [
        "/",
        "/why?of=measure:E06",
        "/why?of=measure:M09@quantum",
        "/why?of=track:hydrogen",
        "/why?of=resource:land",
    ]
    seen = " ".join(text(page.get(address).text) for address in [*asked, "/why?of=unfunded:", "/why?of=target:0.6"])
    rows = [row for name in ("measures", "tracks", "factors", "resources") for row in case.tables[name].rows]
    ids = {row.key_parts()[0] for row in rows}
    words = {"topsis", "TOPSIS", "AHP", "shadow price", "laggards", "maxmin", "closed_share"}
    for name in (*ids, *words):
        if lang == "zh" or not name.isalpha() or name in words:  # in English an id of one word is one of a name
            assert not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", seen), name
    assert page.get("/why?of=measure:nothing").status_code == 404
    assert page.get("/why?of=target:x").status_code == 404


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_way_in_is_a_button_that_gets_the_measure_funded(lang: str) -> None:
    workspace = Workspace.untouched(Outcomes(saidao.load_case("shanghai")))
    why = Why(workspace, lang, "measure:E06", 1)
    assert {way.text for way in why.ways if way.do} >= {say("why.effect_by", lang)}
    assert len(why.ways) == 2, "the cost, and the effect"
    for way in why.ways:
        choices = workspace.outcomes.changed(workspace.choices, way.do, way.of, way.to)
        plan = workspace.outcomes.of(choices).plan
        assert plan is not None
        assert "E06" in {row["measure"] for row in plan.allocation}, way.text
        assert way.price
