"""Judges by a link: what they are asked, what else they may see (nothing), and what their answers come to."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select, update

import saidao
from saidao import mcda
from saidao.app import asked
from saidao.app.parts.judgements import in_words
from saidao.case.cells import ratio
from saidao.store import log, panels, plans, schema
from saidao.store.checked import checked
from saidao.store.store import Store
from saidao.study.panel import Opinions, Pair, apart, counts, hints, matrix_of, pairs
from saidao.study.plan.result import Plan
from saidao.study.settings import settings
from saidao.texts.say import say
from tests.store.test_office import OWN, URL, People, change
from tests.store.test_office import quick as quick  # a fixture

pytestmark = pytest.mark.surface

testclient = pytest.importorskip("starlette.testclient", reason="needs saidao[app]")
pytest.importorskip("argon2", reason="needs saidao[office]")


class Asking(People):
    """An office whose owner asks judges about the shipped case."""

    def __init__(self, store: Store) -> None:
        super().__init__(store, Path("shanghai"))
        self.owner = self.browser("owner")
        self.plan = change(self.owner, "stance", to="leaders").json()["plan"]
        for name in ("editor", "viewer", "auditor"):
            self.owner.post(f"/plan/{self.plan}/people", headers=OWN, data={"account": name, "role": name})

    def act(self, client: Any, do: str, **more: str) -> Any:
        return client.post(f"/plan/{self.plan}/judges", headers=OWN, data={"do": do, **more}, follow_redirects=False)

    def link(self, judge: str, by: Any = None) -> str:
        done = self.act(by or self.owner, "invite", judge=judge, days="7")
        assert done.status_code == 200, done.text
        return str(re.findall(rf'value="{URL}(/asked/link/[\w-]+)"', done.text)[0])

    def judge(self, name: str, lang: str = "en") -> Any:
        client = testclient.TestClient(self.app, base_url=URL, headers={"Accept-Language": lang})
        done = client.post(self.link(name), headers=OWN, follow_redirects=False)
        assert (done.status_code, done.headers["location"]) == (303, "/asked")
        return client

    def answer(self, client: Any, values: list[str], first: int = 1) -> None:
        for number, value in enumerate(values, first):
            sent = {"do": "answer", "value": value} if value else {"do": "skip"}
            assert client.post(f"/asked/{number}", headers=OWN, data=sent, follow_redirects=False).status_code == 303

    @property
    def panel(self) -> panels.Panel:
        found = panels.of_plan(self.store, self.plan)
        assert found is not None
        return found

    @property
    def opinions(self) -> Opinions:
        found = panels.answered(self.store, self.panel)
        given = {judge: asked.given(answers) for judge, answers in found.items()}
        return Opinions(saidao.load_case("shanghai"), given)


@pytest.fixture
def asking(store: Store) -> Asking:
    return Asking(store)


ANN = ["3", "5", "1", "1", "2", "3", "1", "1/2", "1", "1/3", "1/3", "1/2", "1", "1", "1"]
BOB = ["1/3", "1", "2", "1", "1", "3", "3", "2", "2", "1", "1/2", "1", "1", "2", "1"]
CHE = ["1/5", "1", "2", "1/2", "1", "4", "5", "2", "2", "1", "1/2", "1", "1", "2", "3"]


def test_a_link_opens_once_and_a_look_uses_nothing(asking: Asking) -> None:
    link = asking.link("Ann")
    someone = testclient.TestClient(asking.app, base_url=URL)
    for _ in range(3):  # as programs of mail do
        assert "Ann" in someone.get(link).text
    done = someone.post(link, headers=OWN, follow_redirects=False)
    cookie = done.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Secure", "Path=/asked"))
    other = testclient.TestClient(asking.app, base_url=URL)
    assert other.get(link).status_code == 403
    assert other.post(link, headers=OWN).status_code == 403
    assert other.post(link, headers={"Origin": "https://evil.example"}).status_code == 403
    secret = link.rpartition("/")[2]
    key = cookie.partition("=")[2].partition(";")[0]
    with asking.store.reading() as connection:
        rows = [str(row) for table in schema.metadata.tables.values() for row in connection.execute(select(table))]
    assert not any(secret in row or key in row for row in rows), "the store holds digests alone"


def test_a_judge_is_shown_nothing_else(asking: Asking) -> None:
    ann = asking.judge("Ann")
    key = ann.cookies.get(asked.JUDGE)
    assert ann.get("/asked/1").status_code == 200
    for cookies in ({asked.JUDGE: key}, {"saidao": key}, {asked.JUDGE: key, "saidao": key}):
        client = testclient.TestClient(asking.app, base_url=URL, cookies=cookies)
        seen = 0
        for route in asking.app.routes:
            path = getattr(route, "path", "")
            if path.startswith((asked.PATH, "/static", "/sign-in", "/language")):
                continue
            path = path.replace("{plan}", asking.plan).replace("{name}", "gantt").replace("{mark}", "x")
            for method in getattr(route, "methods", ()):
                sent = {"headers": OWN} if method == "POST" else {}
                answer = client.request(method, path, follow_redirects=False, **sent)
                to = answer.headers.get("location", "")
                refused = answer.status_code == 401 or (answer.status_code == 303 and to.startswith("/sign-in"))
                assert refused, (method, path, answer.status_code)
                seen += 1
        assert seen > 40
    assert asking.browser("owner").get("/asked/1").status_code == 403, "nor is an account a judge"
    text = ann.get("/asked/1").text
    assert not re.findall(r'href="/(?!asked|static)', text), "no page of a judge leads elsewhere"
    assert not re.findall(r"https?://", text.replace(URL, ""))


@pytest.mark.parametrize("how", ["revoked", "again", "expired", "closed"])
def test_what_ends_an_invitation_ends_the_sitting(asking: Asking, how: str) -> None:
    ann, waiting = asking.judge("Ann"), asking.link("Bob")
    one = next(one for one in panels.of_panel(asking.store, asking.panel) if one.judge == "Ann")
    if how == "revoked":
        asking.act(asking.owner, "revoke", invitation=one.id)
    elif how == "again":
        asking.link("ANN")
    elif how == "closed":
        asking.act(asking.owner, "close")
    else:
        past = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        with asking.store.writing() as connection:
            connection.execute(update(schema.invitations).values(expires=past))
    assert ann.get("/asked/1").status_code == 403
    assert ann.post("/asked/1", headers=OWN, data={"do": "answer", "value": "3"}).status_code == 403
    assert ann.post("/asked/end", headers=OWN).status_code == 403
    assert asking.opinions.answers.get("Ann", {}) == {}
    fresh = testclient.TestClient(asking.app, base_url=URL)
    assert fresh.get(waiting).status_code == (403 if how in ("expired", "closed") else 200)


def test_who_may_ask(asking: Asking) -> None:
    asking.link("Ann")
    for name, invites, seen in (
        ("editor", 200, 200),
        ("viewer", 403, 200),
        ("auditor", 403, 200),
        ("stranger", 404, 404),
    ):
        client = asking.browser(name)
        assert asking.act(client, "invite", judge="Bob", days="7").status_code == invites, name
        for do in ("second", "take", "close"):
            done = asking.act(client, do, aggregation="aij", revision="1")
            assert done.status_code == (404 if name == "stranger" else 403), (name, do)
        assert client.get(f"/plan/{asking.plan}/judges").status_code == seen
    for wrong in (
        {"judge": ""},
        {"judge": "a/b"},
        {"judge": "x" * 31},
        {"judge": "\x1b[31m"},
        {"judge": "A", "days": "0"},
    ):
        done = asking.act(asking.owner, "invite", **{"days": "7", **wrong})
        assert done.status_code == 422, wrong
        assert "\x1b" not in done.text
    assert asking.act(asking.owner, "take", aggregation="aij", revision="1").status_code == 422, "nobody counts"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_questions_come_one_at_a_time_with_progress_skip_back_and_resume(asking: Asking, lang: str) -> None:
    ann = asking.judge("Ann", lang)
    assert str(ann.get("/asked").url).endswith("/asked/1")
    asking.answer(ann, ["3", "", "1/6"])
    assert str(ann.get("/asked").url).endswith("/asked/4"), "it goes on where she stopped"
    text = ann.get("/asked/4").text
    assert say("asked.progress", lang, number=4, all=15, done=3) in text
    assert 'href="/asked/3"' in text
    assert 'value="1/6" checked' in ann.get("/asked/3").text
    assert ann.post("/asked/4", headers=OWN, data={"do": "answer"}).status_code == 422
    assert ann.post("/asked/4", headers=OWN, data={"do": "answer", "value": "12"}).status_code == 422
    assert ann.get("/asked/16").status_code == 404
    pair = pairs(saidao.load_case("shanghai"))[0]
    case = saidao.load_case("shanghai")
    names = case.names(saidao.case.tables.Factor, lang)
    assert in_words(3, names[pair.one], names[pair.other], lang) in ann.get("/asked/1").text
    end = ann.get("/asked/end").text
    assert say("asked.done", lang, done=2, all=15, skipped=1) in end
    lacking = [names[factor] for factor in apart(asking.opinions.answers["Ann"], case)[0]]
    assert say("asked.unconnected", lang, factors=say("list", lang).join(lacking)) in end


def test_the_end_tells_the_answer_that_contradicts_most(asking: Asking) -> None:
    ann = asking.judge("Ann")
    asking.answer(ann, ANN)
    found = next(hints(asking.opinions.answers["Ann"], asking.opinions.case))
    matrix = matrix_of(asking.opinions.answers["Ann"], "", asking.opinions.case.factor_ids)
    assert found.ratio == pytest.approx(mcda.ahp(matrix).consistency_ratio)
    assert found.pair is not None
    best = min(
        _ratio_with(matrix, i, j, value) for i in range(6) for j in range(i) for value in np.geomspace(1 / 9, 9, 81)
    )
    assert found.then <= best + 1e-9, "no other single answer brings the ratio lower"
    text = ann.get("/asked/end").text
    assert f"{found.ratio:.3f}" in text
    again = int(re.findall(r'href="/asked/(\d+)">Look', text)[0])
    assert {found.pair.one, found.pair.other} == {
        vars(pairs(asking.opinions.case)[again - 1])[k] for k in ("one", "other")
    }
    assert ann.post("/asked/end", headers=OWN).status_code == 200
    assert "has finished" in asking.owner.get(f"/plan/{asking.plan}/judges").text


def _ratio_with(matrix: Any, i: int, j: int, value: float) -> float:
    made = matrix.copy()
    made[i, j], made[j, i] = value, 1 / value
    return float(mcda.ahp(made).consistency_ratio or 0.0)


def test_incomplete_judgements_count_where_they_connect_all_factors(asking: Asking) -> None:
    ann, bob = asking.judge("Ann"), asking.judge("Bob")
    asking.answer(ann, ANN[:5])  # the first factor against every other
    asking.answer(bob, ["", "3"])
    found = asking.opinions
    assert list(found.counted("")) == ["Ann"]
    assert apart(found.answers["Ann"], found.case) == []
    assert apart(found.answers["Bob"], found.case)[0][0] == found.case.factor_ids[1]
    assert not counts(matrix_of(found.answers["Bob"], "", found.case.factor_ids))
    text = asking.owner.get(f"/plan/{asking.plan}/judges").text
    assert "Not counted" in text
    assert "Bob" in text.partition("Not counted")[2]


def test_the_second_round_shows_a_spread_without_names_and_what_hangs_on_it(asking: Asking) -> None:
    judges = {name: asking.judge(name) for name in ("Ann", "Bob", "Che")}
    for client, values in zip(judges.values(), (ANN, BOB, CHE), strict=True):
        asking.answer(client, values)
    assert "What the others said" not in judges["Ann"].get("/asked/1").text, "not in the first round"
    assert asking.act(asking.owner, "second").status_code == 200
    money = panels.money_of(asking.store, asking.panel)
    case = saidao.load_case("shanghai")
    first = Pair(money[0]["node"], money[0]["one"], money[0]["other"])
    text = judges["Ann"].get("/asked").text
    names = case.names(saidao.case.tables.Factor, "en")
    assert names[first.one] in text
    others = text.partition("What the others said")[2].partition("</ul>")[0]
    assert others.count("<li>") in (1, 2)
    assert not any(name in text for name in ("Bob", "Che"))
    assert asked.money_in_words(case, money[0], names, "en").partition(" matters less")[0] in text
    said = judges["Ann"].post("/asked/1", headers=OWN, data={"do": "keep"}, follow_redirects=False)
    assert said.status_code == 303
    asking.answer(judges["Bob"], ["7"])
    now, before = (panels.answered(asking.store, asking.panel, n) for n in (2, 1))
    assert now["Ann"] == before["Ann"], "kept"
    assert now["Bob"] != before["Bob"], "revised"
    assert asked.given(now["Bob"])[first] == 7
    late = asking.judge("Dan")
    assert late.get("/asked/1").status_code == 200
    assert asking.act(asking.owner, "second").status_code == 409, "once"


def test_of_too_few_others_no_spread_is_shown(asking: Asking) -> None:
    judges = {name: asking.judge(name) for name in ("Ann", "Bob")}
    for client, values in zip(judges.values(), (ANN, BOB), strict=True):
        asking.answer(client, values)
    asking.act(asking.owner, "second")
    assert "Too few others" in judges["Ann"].get("/asked/1").text


def test_the_money_on_a_disagreement_comes_true() -> None:
    """Planned again, from tables in memory, with each side's judgement put in by hand."""
    case = saidao.load_case("shanghai")
    every = pairs(case)
    given = {
        name: {pair: ratio(value) for pair, value in zip(every, values, strict=True)}
        for name, values in (("Ann", ANN), ("Bob", BOB), ("Che", CHE))
    }
    row = Opinions(case, given).disagreements(settings(case))[0]
    i, j = case.factor_ids.index(row["one"]), case.factor_ids.index(row["other"])
    stacked = np.array([matrix_of(answers, "", case.factor_ids) for answers in given.values()])
    joint = np.exp(np.log(stacked).mean(axis=0))
    said = np.log(stacked[:, i, j])
    sides = np.exp(said[said < said.mean()].mean()), np.exp(said[said >= said.mean()].mean())
    assert (row["less"], row["more"]) == pytest.approx(sides)
    found: list[Plan] = []
    for value in sides:
        matrix = joint.copy()
        matrix[i, j], matrix[j, i] = value, 1 / value
        values, vectors = np.linalg.eig(matrix)
        w = np.abs(np.real(vectors[:, values.real.argmax()]))
        weights = dict(zip(case.factor_ids, w / w.sum(), strict=True))
        plan = saidao.plan(case, weights=weights)
        found.append(Plan.from_problem(plan.problem, near=found[0] if found else None))  # of equally good ones
        assert found[-1].value == pytest.approx(plan.value)
    before, after = (
        dict(zip([a.label for a in p.solved.programme.applications], p.solved.spend.sum(axis=2)[:, 0], strict=True))
        for p in found
    )
    moved = sum(max(spent - before.get(label, 0.0), 0.0) for label, spent in after.items())
    assert row["moved"]["funds"] == pytest.approx(moved, rel=1e-6)


def test_the_owner_takes_the_judgements_over_as_a_step_that_can_be_undone(asking: Asking) -> None:
    for name, values in (("Ann", ANN), ("Bob", BOB)):
        asking.answer(asking.judge(name), values)
    before = plans.state(asking.store, asking.plan)
    stale = change(asking.owner, "stance", to="even", plan=asking.plan).json()["revision"]
    late = asking.act(asking.owner, "take", aggregation="aip", revision=str(stale - 1))
    assert late.status_code == 409
    assert asking.act(asking.owner, "take", aggregation="mean", revision=str(stale)).status_code == 422
    assert asking.act(asking.owner, "take", aggregation="aip", revision=str(stale)).status_code == 200
    state = plans.state(asking.store, asking.plan)
    case = plans.case_of(asking.store, state.inputs)
    assert list(case.judgements) == ["Ann", "Bob"]
    assert (case.settings.aggregation, state.choices["weights"]) == ("aip", "ahp")
    stacked = {n: matrix_of(a, "", case.factor_ids) for n, a in asking.opinions.answers.items()}
    expected = mcda.ahp_group(stacked, aggregation="aip")
    assert saidao.weigh(case).array == pytest.approx(expected.array)
    act = plans.history(asking.store, asking.plan)[0]
    assert (act.who, act.what) == ("owner", "judges")
    with asking.store.reading() as connection:
        entries = [(e.who, e.what) for e in log.read(connection) if e.subject == asking.panel.id]
    assert entries.count(("Ann", "answer")) == entries.count(("Bob", "answer")) == 15
    assert any("Ann" in (row.note or "") and row.kind == "judgement" for row in case.rows(saidao.case.tables.Source))
    assert asking.panel.closed
    change(asking.owner, "undo", plan=asking.plan)
    assert plans.state(asking.store, asking.plan).inputs == before.inputs
    assert checked(asking.store).whole


def test_a_page_of_this_computer_alone_says_what_judges_need(store: Store, small: Path) -> None:
    from saidao.app.server import create_app

    app = create_app(saidao.load_case(small), store=store, local=False)
    client = testclient.TestClient(app, base_url="http://testserver")
    own = {"Origin": "http://testserver"}
    body = {"number": 1, "changes": [{"do": "budget", "of": "funds", "to": "9"}], "marks": {}, "lang": "en"}
    plan = client.post("/change", headers=own, json=body).json()["plan"]
    assert "--office" in client.get(f"/plan/{plan}/judges").text
    assert client.post(f"/plan/{plan}/judges", headers=own, data={"do": "invite", "judge": "A"}).status_code == 403
    assert client.get("/asked").status_code == 404
