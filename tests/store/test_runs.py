"""Runs that are kept: found again, made again, compared, moved; and what was tampered with is found."""

from __future__ import annotations

import json
import subprocess
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update

import saidao
from saidao.results import question
from saidao.store import again, bundle, compared, log, runs, schema
from saidao.store.checked import checked
from saidao.store.place import MIGRATIONS, NEWEST, back_up, open_store
from saidao.store.runs import Asked, Outcome, Run
from saidao.store.store import Store
from tests.conftest import ROOT, write_case
from tests.conftest import Run as Command
from tests.store.conftest import programs


def kept(store: Store, case: Any = "shanghai", verb: str = "plan", **arguments: Any) -> Run:
    loaded = saidao.load_case(case)
    asked = Asked(verb, verb, loaded, arguments)
    try:
        outcome = Outcome.of(question.load(verb).ask(loaded, **arguments))
    except saidao.SaidaoError as error:
        outcome = Outcome.of(error)
    return runs.keep(store, asked, outcome, "me")


def test_a_run_is_found_by_id_beginning_tag_and_last(store: Store, small: Path) -> None:
    run = kept(store, small, budgets={"funds": 9.0})
    runs.tag(store, run, "定稿", "me")
    for name in (run.id, run.id[:5], "last", "定稿"):
        assert runs.find(store, name).id == run.id
    assert runs.find(store, "定稿").tags == ("定稿",)
    assert runs.document(store, run) == json.loads(saidao.plan(small, budgets={"funds": 9.0}).to_json())
    assert runs.case(store, run) == saidao.load_case(small)
    for name in ("none", "0" * 12, "%", "_" * 12, ""):
        with pytest.raises(saidao.CaseError):
            runs.find(store, name)
    for name in ("", " ", "last", "abcd", "x" * 61, "a\x1bb"):
        with pytest.raises(saidao.CaseError):
            runs.tag(store, run, name, "me")
    other = kept(store, small)
    runs.tag(store, other, "定稿", "me")
    assert runs.find(store, "定稿").id == other.id
    assert checked(store).whole


def test_the_same_input_is_held_once(store: Store, small: Path) -> None:
    first = kept(store, small)
    with store.reading() as connection:
        before = connection.execute(select(schema.contents.c.digest)).all()
    second = kept(store, small)
    with store.reading() as connection:
        assert connection.execute(select(schema.contents.c.digest)).all() == before
    assert (first.case, first.inputs, first.result) == (second.case, second.inputs, second.result)
    assert first.id != second.id


def test_a_run_is_made_again_bit_for_bit_or_what_differs_is_told(
    store: Store, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = kept(store, small, budgets={"funds": 9.0}, lock={"m1@a": 0.5}, forbid=["m3"])
    write_case(small, costs="measure,resource,cost\nm1,funds,5\n")  # the files have moved on; the store has not
    assert again.again(store, run, {}).same
    monkeypatch.setattr(again, "versions", lambda: "another")
    document = runs.document(store, run)
    document["objective"]["closed_share"] += 0.25
    monkeypatch.setattr(runs, "document", lambda *_: document)
    found = again.again(store, run, {})
    assert not found.same
    assert [row["place"] for row in found.differences] == ["objective/closed_share"]
    assert "another" in " ".join(found.text("en"))
    assert "不同" in found.text("zh")[0]


def test_an_error_is_kept_and_made_again_too(store: Store, small: Path) -> None:
    run = kept(store, small, budgets={"funds": 0.0})
    assert run.status == "infeasible"
    assert again.again(store, run, {}).same
    assert "No plan meets" in run.answer_en


@pytest.mark.parametrize("form", ["folder", "workbook", "zip"])
def test_whatever_a_case_was_read_from_comes_back_as_it_was(
    store: Store, small: Path, tmp_path: Path, form: str
) -> None:
    source = small if form == "folder" else tmp_path / f"case.{'xlsx' if form == 'workbook' else 'zip'}"
    if form != "folder":
        saidao.save_case(saidao.load_case(small), source)
    run = kept(store, source)
    held, case = runs.case(store, run), saidao.load_case(source)
    assert (held, held.name, held.path) == (case, case.name, case.path)
    assert held.warnings == case.warnings
    assert again.again(store, run, {}).same


def test_files_that_a_run_reads_are_kept_with_it(store: Store, small: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(saidao.plan(small).to_json(), "utf-8")
    loaded = saidao.load_case(small)
    arguments: dict[str, Any] = {"approved": plan, "budgets": {"funds": 9.5}}
    outcome = Outcome.of(saidao.replan(loaded, **arguments))
    run = runs.keep(store, Asked("replan", "replan", loaded, arguments, {"approved": "from"}), outcome, "me")
    assert run.command == f"saidao replan {small} --from {plan} --budget funds=9.5"
    plan.unlink()
    found = again.again(store, run, {})
    assert found.same, found.differences


def test_two_runs_are_compared_by_their_causes_in_their_own_units(store: Store, small: Path, tmp_path: Path) -> None:
    before = kept(store, small)
    (tmp_path / "other").mkdir()
    costs = (small / "costs.csv").read_text("utf-8").replace("m1,funds,4", "m1,funds,6")
    other = write_case(tmp_path / "other", costs=costs)
    after = kept(store, other, budgets={"funds": 8.0})
    found = compared.compared(store, before, after)
    one, both = saidao.plan(small).closed_share, saidao.plan(other, budgets={"funds": 8.0}).closed_share
    cost, money = saidao.plan(other).closed_share, saidao.plan(small, budgets={"funds": 8.0}).closed_share
    by_name = {row["name"]: row["amount"] for row in found.causes}
    assert by_name["costs"] == pytest.approx(((cost - one) + (both - money)) / 2)  # both orders, by hand
    assert by_name["budgets"] == pytest.approx(((money - one) + (both - cost)) / 2)
    told = " ".join(found.text("en"))
    assert "the budget of Funds 8 M instead of 10 M" in told
    assert "6 M instead of 4 M" in told
    same = compared.compared(store, before, before)
    assert (same.found, same.number) == ([], 0)


def test_what_differs_in_measures_is_one_cause(store: Store, small: Path, tmp_path: Path) -> None:
    before = kept(store, small)
    (tmp_path / "other").mkdir()
    more = (small / "measures.csv").read_text("utf-8") + "m4,Four,四,d1,s1,city,continuous,1\n"
    other = write_case(
        tmp_path / "other",
        measures=more,
        costs=(small / "costs.csv").read_text("utf-8") + "m4,funds,1\n",
        effects=(small / "effects.csv").read_text("utf-8") + "m4,*,f,0.5\n",
    )
    found = compared.compared(store, before, kept(store, other))
    (row,) = found.causes
    assert row["kind"] == "tables"
    assert row["amount"] == pytest.approx(saidao.plan(other).closed_share - saidao.plan(small).closed_share)


def test_runs_go_into_one_file_and_into_another_store(store: Store, small: Path, tmp_path: Path) -> None:
    first, second = kept(store, small), kept(store, small, budgets={"funds": 8.0})
    path, twice = tmp_path / "runs.zip", tmp_path / "again.zip"
    bundle.export(store, [second, first], path)
    bundle.export(store, [first, second], twice)
    assert path.read_bytes() == twice.read_bytes()
    with zipfile.ZipFile(path) as archive:
        crate = {entry["@id"]: entry for entry in json.loads(archive.read("ro-crate-metadata.json"))["@graph"]}
        provenance = json.loads(archive.read("prov.json"))
        names = set(archive.namelist())
    assert crate["ro-crate-metadata.json"]["conformsTo"]["@id"] == "https://w3id.org/ro/crate/1.1"
    assert crate["ro-crate-metadata.json"]["about"]["@id"] == "./"
    parts = {part["@id"] for part in crate["./"]["hasPart"]}
    assert parts == names - {"ro-crate-metadata.json"}
    assert all(part in crate for part in parts)
    assert {name for r in (first, second) for name in (f"saidao:{r.id}",)} == set(provenance["activity"])
    other = open_store(tmp_path / "other.db")
    assert bundle.take_in(other, path, "you") == ([first.id, second.id], [])
    assert bundle.take_in(other, path, "you") == ([], [first.id, second.id])
    found = runs.find(other, second.id)
    assert (found.who, found.at, found.result) == ("me", second.at, second.result)
    assert again.again(other, found, {}).same
    assert checked(other).whole
    other.close()


def test_a_file_that_was_changed_is_not_taken_in(store: Store, small: Path, tmp_path: Path) -> None:
    run = kept(store, small)
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    bundle.export(store, [run], good)
    with zipfile.ZipFile(good) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}

    def spoilt(**changes: bytes | None) -> None:
        with zipfile.ZipFile(bad, "w") as archive:
            for name, data in {**files, **changes}.items():
                if data is not None:
                    archive.writestr(name, data)

    told = json.loads(files["runs.json"])
    told["runs"][0]["who"] = "somebody else"
    content = f"contents/{run.result}"
    other = open_store(tmp_path / "other.db")
    for changes in (
        {content: b"{}"},
        {content: None},
        {"runs.json": json.dumps(told).encode()},
        {"runs.json": b"[" * 100_000},
        {"runs.json": None},
    ):
        spoilt(**changes)
        with pytest.raises(saidao.CaseError):
            bundle.take_in(other, bad, "you")
    bad.write_bytes(b"PK\x03\x04")
    with pytest.raises(saidao.CaseError):
        bundle.take_in(other, bad, "you")
    assert runs.listed(other) == []
    other.close()


# --- the chain -------------------------------------------------------------------------------------------------------


def faults(store: Store, newest: str = "") -> set[str]:
    return {row["fault"] for row in checked(store, newest).faults}


def test_whatever_is_changed_behind_our_back_is_found(store: Store, small: Path) -> None:
    run = kept(store, small)
    kept(store, small, budgets={"funds": 8.0})
    kept(store, small, budgets={"funds": 7.0})
    newest = checked(store).newest
    assert not faults(store, newest)
    e, r = schema.entries, schema.runs
    blank = {"number": 9, "at": "", "who": "", "what": "", "subject": "", "body": "{}", "previous": "", "digest": ""}
    tampering: list[tuple[Any, str]] = [
        (update(e).where(e.c.number == 2).values(who="nobody"), "chain.changed"),
        (update(e).where(e.c.number == 2).values(body="{}"), "chain.changed"),
        (delete(e).where(e.c.number == 2), "chain.missing"),
        (delete(e).where(e.c.number == 3), "chain.cut"),
        (insert(e).values(blank), "chain.missing"),
        (update(schema.head).values(digest="0" * 64), "chain.cut"),
        (update(r).where(r.c.id == run.id).values(who="nobody"), "verify.run"),
        (update(r).where(r.c.id == run.id).values(answer_en="better"), "verify.run"),
        (delete(r).where(r.c.id == run.id), "verify.run"),
        (update(schema.contents).where(schema.contents.c.digest == run.result).values(packed=b"x"), "verify.contents"),
    ]
    for statement, fault in tampering:
        with store.engine.connect() as connection:
            if store.engine.dialect.name == "sqlite":
                connection.execute(text("PRAGMA foreign_keys=OFF"))
            connection.execute(statement)
            found = {row[1] for row in log.breaks(connection)}
            from saidao.store import checked as module

            names = list(connection.execute(select(schema.contents.c.digest)).scalars())
            found |= {row["fault"] for row in (*module._runs(connection), *module._contents(connection, names))}
            connection.rollback()
        assert fault in found, statement
    assert not faults(store)


def test_a_log_that_was_written_anew_is_told_by_a_digest_from_before(store: Store, small: Path, tmp_path: Path) -> None:
    kept(store, small)
    newest = checked(store).newest
    other = open_store(tmp_path / "anew.db")
    kept(other, small)
    assert faults(other) == set()
    assert faults(other, newest) == {"chain.unknown"}
    other.close()


def test_a_digest_of_the_log_by_hand() -> None:
    """Of the parts as JSON, with Python's own hash: the form in which others can check it."""
    import hashlib

    parts = ["0" * 64, 1, "2026-11-28T10:42:00.000Z", "甲", "run", "ab12", "{}"]
    joined = '["' + "0" * 64 + '",1,"2026-11-28T10:42:00.000Z","\\u7532","run","ab12","{}"]'
    assert log.chained(*parts) == hashlib.sha256(joined.encode()).hexdigest()


# --- migrations ------------------------------------------------------------------------------------------------------


def test_migrations_lead_to_the_tables_of_the_schema(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [NEWEST]


def test_a_store_of_a_newer_version_and_what_is_no_store_are_told(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store.db")
    with store.engine.connect() as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    (tmp_path / "text.db").write_text("no store, but long enough to be looked at by SQLite" * 20)
    (tmp_path / "file").write_text("")
    wrong: list[Path | str] = [
        *(tmp_path / name for name in ("store.db", "text.db", "file/store.db")),
        "mysql://x/y",
        "postgresql+psycopg://127.0.0.1:1/none",
        "://",
    ]
    for place in wrong:
        with pytest.raises(saidao.CaseError) as error:
            open_store(place)
        assert error.value.problems[0].code.startswith("store_")
        assert error.value.lines("zh")


def test_only_its_owner_reads_a_store(tmp_path: Path) -> None:
    open_store(tmp_path / "new" / "store.db").close()
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "new" / "store.db").stat().st_mode & 0o777 == 0o600


def test_ten_thousand_runs_are_listed_in_a_tenth_of_a_second(tmp_path: Path, small: Path) -> None:
    store = open_store(tmp_path / "store.db")
    run = kept(store, small)
    row = {**run._asdict(), "arguments": log.plain(run.arguments)}
    del row["tags"]
    with store.engine.connect() as connection, connection.begin():
        connection.execute(insert(schema.runs), [{**row, "id": f"{n:012x}", "number": n + 2} for n in range(10_000)])
    took = []
    for _ in range(5):
        begun = time.process_time()
        found = runs.listed(store)
        took.append(time.process_time() - begun)
    assert len(found) == 10_001
    assert min(took) < 0.1
    store.close()


def test_a_backup_made_while_others_write_is_whole(store: Store, small: Path, tmp_path: Path, run: Command) -> None:
    made = kept(store, small)
    newest = checked(store).newest
    copy = tmp_path / "copy.db"
    if store.engine.dialect.name == "sqlite":
        with store.writing() as connection:
            log.append(connection, "me", "note", "x", {})
            assert run("runs", "backup", copy, "--store", store.engine.url.database).status == 0
        place = str(copy)
    else:
        with pytest.raises(saidao.CaseError):
            back_up(store, copy)
        url = store.engine.url
        at = ["-h", str(url.query["host"]), "-U", "saidao"]
        folder = programs()
        assert folder is not None
        name = f"{url.database}r"
        for command in (
            [folder / "pg_dump", *at, "--format=custom", f"--file={copy}", url.database],
            [folder / "createdb", *at, name],
            [folder / "pg_restore", *at, f"--dbname={name}", copy],
        ):
            subprocess.run([str(word) for word in command], check=True, capture_output=True)
        place = url.set(database=name).render_as_string(hide_password=False)
    restored = open_store(place)
    assert checked(restored, newest).whole
    assert runs.find(restored, made.id) == runs.find(store, made.id)
    assert again.again(restored, made, {}).same
    restored.close()


# --- the command line ------------------------------------------------------------------------------------------------


def test_every_verb_keeps_and_runs_tells(run: Command, small: Path, tmp_path: Path) -> None:
    place = str(tmp_path / "cli.db")
    done = run("plan", small, "--keep", "--store", place, "--json")
    assert done.status == 0
    assert json.loads(done.out)["schema"] == "saidao/plan/1"
    name = done.err.split()[-1]
    assert run("plan", small, "--budget", "funds=0", "--keep", "--store", place).status == 3
    assert run("report", small, "-o", tmp_path / "r.html", "--keep", "--store", place).status == 0
    listed = json.loads(run("runs", "--store", place, "--json").out)
    assert [one["status"] for one in listed["runs"]] == ["done", "infeasible", "done"]
    assert [one["verb"] for one in listed["runs"]] == ["report", "plan", "plan"]
    shown = json.loads(run("runs", "show", name, "--store", place, "--json").out)
    assert shown["document"]["schema"] == "saidao/plan/1"
    for one in listed["runs"]:
        assert json.loads(run("runs", "again", one["id"], "--store", place, "--json").out)["same"]
    assert run("runs", "tag", name, "first", "--store", place, "-o", tmp_path / "runs.csv").status == 0
    for lang in ("en", "zh"):
        told = run("runs", "diff", "first", "last", "--store", place, "--lang", lang)
        assert (told.status, told.err) == (0, "")
    assert run("runs", "export", tmp_path / "all.zip", "--store", place).status == 0
    assert run("runs", "import", tmp_path / "all.zip", "--store", str(tmp_path / "other.db")).status == 0
    verified = json.loads(run("runs", "verify", "--store", place, "--json").out)
    assert verified["whole"]
    assert run("runs", "verify", "f" * 64, "--store", place).status == 2
    for wrong in (
        ("shwo",),
        ("show",),
        ("show", "none"),
        ("diff", name),
        ("tag", name, "last"),
        ("import", "none.zip"),
    ):
        told = run("runs", *wrong, "--store", place, "--lang", "zh")
        assert (told.status, "Traceback" in told.err) == (2, False)
        assert told.err.startswith("错误")
    assert run("plan", small, "--store", place).status == 2, "a store without --keep"


def test_verbs_that_ask_of_no_case_keep_what_they_were_asked_of(run: Command, tmp_path: Path) -> None:
    place, table = tmp_path / "store.db", tmp_path / "printed.csv"
    table.write_bytes((ROOT / "examples" / "printed.csv").read_bytes())
    keep = ("--keep", "--store", place)
    assert run("methods", *keep).status == 0
    assert run("court", table, *keep).status == 0
    assert run("court", tmp_path / "nowhere.csv", *keep).status == 2
    table.unlink()  # what was asked of is in the store
    store = open_store(place)
    lost, court, methods = runs.listed(store)
    assert (court.title_en, methods.title_en, lost.status) == ("printed.csv", "", "error")
    assert court.command == f"saidao court {table}"
    assert methods.command == "saidao methods"
    for one in (lost, court, methods):
        assert again.again(store, one, {}).same, one.verb
    with pytest.raises(saidao.CaseError) as wrong:
        compared.compared(store, court, methods)
    assert wrong.value.problems[0].code == "run_no_case"
    assert checked(store).whole
    store.close()


def test_verbs_that_make_a_case_or_a_document_keep_it(run: Command, small: Path, tmp_path: Path) -> None:
    place = str(tmp_path / "cli.db")
    keep = ("--keep", "--store", place)
    for words in (
        ("check", small),
        ("export", small, tmp_path / "out.zip"),
        ("new", tmp_path / "new.xlsx", "--yes"),
        ("brief", small, "-o", tmp_path / "b.html"),
    ):
        done = run(*words, *keep)
        assert (done.status, "kept as run" in done.err) == (0, True), (words, done.err)
        assert json.loads(run("runs", "again", "last", "--store", place, "--json").out)["same"], words
    assert run("check", small, "--store", place).status == 2


def test_a_run_is_what_replan_starts_from(
    run: Command, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAIDAO_STORE", str(tmp_path / "cli.db"))
    name = run("plan", small, "--keep").err.split()[-1]
    (tmp_path / "plan.json").write_text(saidao.plan(small).to_json(), "utf-8")
    options = ("--budget", "funds=9", "--json")
    by_file = json.loads(run("replan", small, "--from", tmp_path / "plan.json", *options).out)
    by_run = json.loads(run("replan", small, "--from", name, *options).out)
    assert by_run["choices"] == by_file["choices"]
    done = run("replan", small, "--from", name, *options, "--keep-run")
    assert done.status == 0
    assert json.loads(run("runs", "again", "last", "--json").out)["same"]
    assert run("replan", small, "--from", "nothing", *options).status == 2
