"""The page for several people: who gets in, who may do what, and what was approved; over both databases."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import saidao
from saidao.app import office as offices
from saidao.app.office import Attempts, Office
from saidao.app.server import create_app
from saidao.store import accounts, approvals, browsers, plans
from saidao.store.checked import checked
from saidao.store.place import MIGRATIONS, open_store
from saidao.store.store import Store
from tests.conftest import Run, write_case

pytestmark = pytest.mark.surface

testclient = pytest.importorskip("starlette.testclient", reason="needs saidao[app]")
pytest.importorskip("argon2", reason="needs saidao[office]")

URL = "https://plans.example"
OWN = {"Origin": URL}
WORD = "a long enough word"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash quickly: how long it takes is argon2's own affair."""
    from argon2 import PasswordHasher

    accounts._hasher.cache_clear()
    accounts._nobody.cache_clear()
    hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(accounts, "_hasher", lambda: hasher)


class People:
    """An office with some accounts, and a browser for each who asks."""

    def __init__(self, store: Store, small: Path, **how: Any) -> None:
        self.store = store
        for name in ("owner", "editor", "viewer", "auditor", "stranger"):
            accounts.add(store, name, WORD, "root")
        office = Office(url=URL, **how)
        self.app = create_app(saidao.load_case(small), store=store, local=False, office=office)

    def browser(self, name: str = "", password: str = WORD) -> Any:
        client = testclient.TestClient(self.app, base_url=URL)
        if name:
            sent = {"name": name, "password": password, "to": "/"}
            done = client.post("/sign-in", headers=OWN, data=sent, follow_redirects=False)
            assert done.status_code == 303, done.text
        return client


@pytest.fixture
def people(store: Store, small: Path) -> People:
    return People(store, small)


def change(client: Any, do: str, of: str = "", to: str = "", **more: Any) -> Any:
    body = {"number": 1, "changes": [{"do": do, "of": of, "to": to}], "marks": {}, "lang": "en", **more}
    return client.post("/change", headers=OWN, json=body)


def test_nobody_gets_in_without_a_name(people: People) -> None:
    client = people.browser()
    for path in ("/", "/start", "/plan/x", "/result.xlsx", "/template.xlsx", "/import", "/framework/gantt"):
        answer = client.get(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/sign-in"), path
    for path in ("/change", "/open", "/upload", "/import", "/sign-out", "/plan/x/status", "/plan/x/people"):
        assert client.post(path, headers=OWN, content=b"{}").status_code == 401, path
    assert client.get("/sign-in").status_code == 200
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421
    evil = {"Origin": "https://evil.example"}
    sent = {"name": "owner", "password": WORD}
    assert client.post("/sign-in", headers=evil, data=sent).status_code == 403
    assert client.post("/sign-in", headers={"Origin": URL.replace("https", "http")}, data=sent).status_code == 403


def test_signing_in_gives_a_key_that_nobody_had(people: People) -> None:
    client = people.browser()
    fixed = browsers.new_key()
    client.cookies.set("saidao", fixed, domain="plans.example")
    done = client.post(
        "/sign-in",
        headers=OWN,
        data={"name": " OWNER ", "password": WORD, "to": "//evil.example"},
        follow_redirects=False,
    )
    assert done.headers["location"] == "/"
    cookie = done.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Secure"))
    assert fixed not in cookie
    key = cookie.partition("=")[2].partition(";")[0]
    other = testclient.TestClient(people.app, base_url=URL, cookies={"saidao": key})
    assert other.get("/start").status_code == 200
    assert other.post("/sign-out", headers=OWN, follow_redirects=False).status_code == 303
    again = testclient.TestClient(people.app, base_url=URL, cookies={"saidao": key})
    assert again.get("/start", follow_redirects=False).status_code == 303


def test_wrong_passwords_are_slowed_down_and_tell_nothing(people: People) -> None:
    client = people.browser()

    def attempt(name: str, password: str) -> Any:
        return client.post("/sign-in", headers=OWN, data={"name": name, "password": password})

    one, other = attempt("owner", "wrong password"), attempt("nobody there", "wrong password")
    assert (one.status_code, other.status_code) == (401, 401)
    assert one.text == other.text
    for _ in range(offices.MOST_OF_ACCOUNT - 1):
        attempt("owner", "wrong password")
    assert attempt("owner", WORD).status_code == 429, "not even the right one"
    assert attempt("editor", WORD).status_code == 200, "others go on"


def test_attempts_are_counted_by_account_and_address_and_forgotten() -> None:
    now = 0.0
    attempts = Attempts(clock=lambda: now)
    for number in range(offices.MOST_OF_ADDRESS):
        assert not attempts.are_many(f"a{number}", "1.2.3.4")
        attempts.wrong(f"a{number}", "1.2.3.4")
    assert attempts.are_many("fresh", "1.2.3.4")
    assert not attempts.are_many("fresh", "4.3.2.1")
    now = offices.WINDOW + 1
    assert not attempts.are_many("fresh", "1.2.3.4")


def test_each_role_may_do_what_it_may(people: People) -> None:
    owner = people.browser("owner")
    plan = change(owner, "budget", "funds", "9").json()["plan"]
    project = plans.state(people.store, plan).project
    for name in ("editor", "viewer", "auditor"):
        sent = {"account": name, "role": name}
        assert owner.post(f"/plan/{plan}/people", headers=OWN, data=sent).status_code == 200
    may_see = {"owner": 200, "editor": 200, "viewer": 200, "auditor": 200, "stranger": 404}
    may_edit = {"owner": 200, "editor": 200, "viewer": 403, "auditor": 403, "stranger": 404}
    may_share = {"owner": 422, "editor": 403, "viewer": 403, "auditor": 403, "stranger": 404}
    for name in may_see:
        client = people.browser(name)
        assert client.get(f"/plan/{plan}").status_code == may_see[name], name
        assert client.get(f"/case.xlsx?plan={plan}").status_code == may_see[name], name
        assert (plan in client.get("/start").text) == (may_see[name] == 200), name
        assert change(client, "budget", "funds", "8", plan=plan).status_code == may_edit[name], name
        sent = {"account": "owner", "role": "viewer"}
        assert client.post(f"/plan/{plan}/people", headers=OWN, data=sent).status_code == may_share[name], name
        shown = client.get(f"/plan/{plan}/people")
        assert shown.status_code == may_see[name]
        assert ("<h2>Log</h2>" in shown.text) == (name in ("owner", "auditor")), name
    acts = plans.history(people.store, plan)
    assert [act.who for act in acts][:1] == ["owner"]
    assert accounts.people(people.store, project) == {
        "owner": "owner",
        "auditor": "auditor",
        "editor": "editor",
        "viewer": "viewer",
    }
    owner.post(f"/plan/{plan}/people", headers=OWN, data={"account": "editor", "role": ""})
    assert people.browser("editor").get(f"/plan/{plan}").status_code == 404
    assert checked(people.store).whole


def test_two_people_work_on_one_plan_and_the_late_one_is_told(people: People) -> None:
    owner, editor = people.browser("owner"), people.browser("editor")
    first = change(owner, "budget", "funds", "9").json()
    plan = first["plan"]
    owner.post(f"/plan/{plan}/people", headers=OWN, data={"account": "editor", "role": "editor"})
    theirs = change(editor, "budget", "land", "4", plan=plan, revision=first["revision"]).json()
    late = change(owner, "budget", "funds", "7", plan=plan, revision=first["revision"])
    assert late.status_code == 409
    told = late.json()["stale"]
    assert told["revision"] == theirs["revision"]
    assert "editor" in told["told"]
    assert [(row["who"], row["from"], row["to"]) for row in told["rows"]] == [("editor", "5", "4")]
    assert "Land" in told["rows"][0]["what"]
    apart = change(owner, "budget", "funds", "7", plan=plan, revision=first["revision"], apart=True).json()
    assert apart["plan"] != plan
    assert plans.state(people.store, plan).choices["budgets"] == [["funds", 9.0], ["land", 4.0]]
    assert plans.state(people.store, apart["plan"]).choices["budgets"] == [["funds", 7.0]]


def test_an_approved_plan_stays_and_a_change_is_a_new_version(people: People) -> None:
    owner, editor = people.browser("owner"), people.browser("editor")
    plan = change(owner, "budget", "funds", "9").json()["plan"]
    owner.post(f"/plan/{plan}/people", headers=OWN, data={"account": "editor", "role": "editor"})
    revision = plans.state(people.store, plan).revision

    def marked(client: Any, status: str, at: int = revision) -> int:
        sent = {"status": status, "revision": str(at)}
        return int(client.post(f"/plan/{plan}/status", headers=OWN, data=sent).status_code)

    assert marked(owner, "approved") == 422, "not submitted"
    assert marked(editor, "submitted") == 200
    assert marked(editor, "approved") == 403
    assert marked(owner, "approved") == 200
    assert marked(owner, "approved") == 422, "once"
    approved, submitted = approvals.of(people.store, plan)
    assert (approved.status, approved.who, submitted.who) == ("approved", "owner", "editor")
    assert approved.digest == submitted.digest
    assert approved.digest in owner.get(f"/plan/{plan}/people").text
    for lang in ("en", "zh"):
        owner.post("/language", headers=OWN, data={"lang": lang, "back": "/start"})
        brief = owner.get(f"/brief.html?plan={plan}&revision={revision}").text
        assert approved.digest in brief
        assert "e-" in brief.partition(approved.digest)[2] or "0.0e+00" in brief, "with its certificate"
    owner.post("/language", headers=OWN, data={"lang": "en", "back": "/start"})
    change(editor, "budget", "funds", "8", plan=plan)
    assert approvals.status(people.store, plan, revision) == "approved"
    assert approvals.status(people.store, plan, revision + 1) == "draft"
    assert approved.digest not in owner.get(f"/brief.html?plan={plan}").text
    assert plans.state(people.store, plan, revision).choices["budgets"] == [["funds", 9.0]]
    assert marked(editor, "submitted", revision) == 422
    assert checked(people.store).whole


def test_closed_accounts_and_new_passwords_sign_out(people: People) -> None:
    client = people.browser("editor")
    assert client.get("/start", follow_redirects=False).status_code == 200
    accounts.set_password(people.store, "editor", "another long word", "root")
    assert client.get("/start", follow_redirects=False).status_code == 303
    client = people.browser("editor", "another long word")
    accounts.close(people.store, "editor", "root")
    assert client.get("/start", follow_redirects=False).status_code == 303
    sent = {"name": "editor", "password": "another long word"}
    assert people.browser().post("/sign-in", headers=OWN, data=sent).status_code == 401
    accounts.close(people.store, "editor", "root", closed=False)
    people.browser("editor", "another long word")


def test_a_proxy_s_header_is_believed_from_its_address_alone(store: Store, small: Path) -> None:
    there = People(store, small, header="X-Remote-User", proxy="10.0.0.5")

    def client(peer: str) -> Any:
        return testclient.TestClient(there.app, base_url=URL, client=(peer, 50000))

    said = {"X-Remote-User": "Owner"}
    assert client("10.0.0.5").get("/start", headers=said, follow_redirects=False).status_code == 200
    for peer, headers in (
        ("10.0.0.6", said),
        ("10.0.0.5", {}),
        ("10.0.0.5", {"X-Remote-User": "nobody there"}),
        ("10.0.0.6", {**said, "X-Forwarded-For": "10.0.0.5"}),
    ):
        assert client(peer).get("/start", headers=headers, follow_redirects=False).status_code == 303
    sent = {"name": "owner", "password": WORD}
    assert client("10.0.0.5").post("/sign-in", headers=OWN, data=sent).status_code == 401, "no way beside the proxy"


def test_a_password_is_nowhere_in_the_store(people: People) -> None:
    from sqlalchemy import select

    from saidao.store.schema import metadata

    people.browser("owner")
    with people.store.reading() as connection:
        rows = [str(row) for table in metadata.tables.values() for row in connection.execute(select(table))]
    assert any("argon2" in row for row in rows), "with the name of its hash"
    assert not any(WORD in row for row in rows)


def test_others_are_let_in_by_an_office_alone(run: Run, tmp_path: Path) -> None:
    for lang, word in (("en", "--office"), ("zh", "--office")):
        done = run("app", "--no-open", "--host", "0.0.0.0", "--lang", lang)
        assert (done.status, word in done.err, "Traceback" in done.err) == (2, True, False)
    for wrong in (
        ("--office", "--url", "plans"),
        ("--office", "--url", "https://x/path"),
        ("--office", "--user-header", "X-User"),
        ("--office", "--user-header", "X-User", "--proxy", "proxy"),
        ("--url", URL),
    ):
        done = run("app", "--no-open", "--port", "0", *wrong)
        assert (done.status, "Traceback" in done.err) == (2, False), wrong


def test_accounts_are_made_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from typer.testing import CliRunner

    from saidao.cli.commands import app

    monkeypatch.setenv("SAIDAO_STORE", str(tmp_path / "store.db"))

    def ran(*words: str, typed: str = "") -> Any:
        return CliRunner().invoke(app, ["office", *words], input=typed)

    assert "office add" in ran().output
    assert ran("add", "李雷", typed=f"{WORD}\n").exit_code == 0
    assert ran("add", "han", "--by-proxy").exit_code == 0
    assert "han · known by the proxy" in ran("list").output
    assert "han · 由代理识别" in ran("list", "--lang", "zh").output
    for wrong in (("add", "李雷"), ("add", "x"), ("close", "nobody"), ("add",), ("list", "x"), ("open",)):
        assert ran(*wrong, typed="short\n").exit_code == 2, wrong
    assert ran("close", "han").exit_code == 0
    assert "closed" in ran("list").output
    store = open_store()
    assert accounts.proves(store, "李雷", WORD)
    assert not accounts.proves(store, "李雷", WORD[1:])
    assert not accounts.proves(store, "han", "")
    store.close()


def test_a_store_from_before_the_office_is_brought_up_with_all_in_it(place: str, tmp_path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    from saidao.store.schema import metadata

    store = open_store(place)
    (tmp_path / "case").mkdir()
    plan = plans.open_case(store, saidao.load_case(write_case(tmp_path / "case")), {"a": 1}, "A", "me")
    browsers.remember(store, key := browsers.new_key(), "en", plan)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with store.engine.connect() as connection, connection.begin():
        config.attributes.update(connection=connection, metadata=metadata)
        command.downgrade(config, "0001")
    store.close()
    store = open_store(place)
    assert plans.state(store, plan).choices == {"a": 1}
    found = browsers.find(store, key)
    assert found is not None
    assert (found.plan, found.account) == (plan, None)
    assert checked(store).whole
    store.close()


def test_the_log_of_a_case_is_in_words_of_its_own(people: People) -> None:
    owner = people.browser("owner")
    plan = change(owner, "budget", "funds", "9").json()["plan"]
    html = owner.get(f"/plan/{plan}/people").text
    assert re.search(r"budgets funds", html)
