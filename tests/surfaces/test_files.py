"""Files are written whole or not at all, never onto what is read; modes and links stay, leftovers go."""

from __future__ import annotations

import ast
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import saidao
from saidao import files
from saidao.cli.commands import app
from saidao.errors import CaseError
from saidao.files import write_bytes, write_folder
from scripts.imports import PACKAGES, sources

PLANNING = ("plan", "explain", "frontier", "variants", "acceptability", "tipping", "ask", "scenarios")
WITH_OUTPUT = (
    *PLANNING,
    "rank",
    "weights",
    "compare",
    "robust",
    "sensitivity",
    "candidates",
    "stages",
    "balance",
    "chains",
    "readings",
    "productivity",
    "sweep",
    "gaps",
    "influence",
    "infer",
    "efficiency",
    "report",
    "brief",
    "replan",
    "settled",
    "review",
    "trust",
    "uncertain",
    "forms",
)
WITHOUT_A_CASE = ("winners", "runs", "court", "methods")
"""Of another kind of case, of a file, or of none."""
WRITES_A_CASE = {
    "candidates": (),
    "stages": (),
    "balance": ("--at", "0.1"),
    "productivity": ("--rank-with", "0.2"),
    "review": (),
}


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)])


def held(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def refused(done: Result, code: str = "which is never replaced") -> None:
    assert done.exit_code == 2, done.output
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert code in done.stderr


# --- never onto what is read -----------------------------------------------------------------------------------------


def test_every_verb_with_an_output_is_tried() -> None:
    from typer.main import get_command

    verbs = get_command(app).commands  # type: ignore[attr-defined]
    options = {name: {o for p in verb.params for o in p.opts} for name, verb in verbs.items()}
    assert {name for name, given in options.items() if "--output" in given} == {*WITH_OUTPUT, *WITHOUT_A_CASE}
    assert {name for name, given in options.items() if "--write" in given} == set(WRITES_A_CASE)


@pytest.mark.parametrize("verb", WITH_OUTPUT)
def test_no_result_falls_onto_the_case(verb: str, small: Path, tmp_path: Path) -> None:
    book = saidao.save_case(saidao.load_case(small), tmp_path / "in.xlsx")
    before, whole = book.read_bytes(), held(small)
    (tmp_path / "linked.xlsx").symlink_to(book)
    os.link(book, tmp_path / "hard.xlsx")
    spelt = tmp_path / "small" / ".." / "in.xlsx"
    if verb not in ("report", "brief"):  # its suffix tells it apart from every case
        for output in (book, tmp_path / "linked.xlsx", tmp_path / "hard.xlsx", spelt):
            refused(call(verb, book, "-o", output))
        refused(call(verb, tmp_path / "linked.xlsx", "-o", book))
        (tmp_path / "other").symlink_to(small)
        os.link(small / "rules.csv", tmp_path / "rules.csv")
        for output in (
            small / "rules.csv",
            tmp_path / "other" / "rules.csv",
            tmp_path / "rules.csv",
            small / "panel.csv",
            small / "Panel.CSV",
            small / "judgements" / "new.csv",
            small / "judgements" / ".." / "costs.csv",
        ):
            refused(call(verb, small, "-o", output))
    else:
        (tmp_path / "report.html").symlink_to(small / "rules.csv")
        os.link(small / "costs.csv", tmp_path / "costs.html")
        refused(call(verb, small, "-o", tmp_path / "report.html"))
        refused(call(verb, small, "-o", tmp_path / "costs.html"))
    assert book.read_bytes() == before
    assert held(small) == whole


@pytest.mark.parametrize("verb", WRITES_A_CASE)
def test_no_case_falls_onto_the_one_that_it_is_made_of(verb: str, small: Path, tmp_path: Path) -> None:
    whole = held(small)
    for output in (small, small / "judgements", small / "new", tmp_path):
        refused(call(verb, small, *WRITES_A_CASE[verb], "--write", output))
    refused(
        call(verb, small, *WRITES_A_CASE[verb], "--write", tmp_path / "a.xlsx", "-o", tmp_path / "a.xlsx"), "its own"
    )
    assert held(small) == whole


def test_export_and_new_do_not_fall_onto_what_they_copy(small: Path, tmp_path: Path) -> None:
    book = saidao.save_case(saidao.load_case(small), tmp_path / "in.xlsx")
    whole, before = held(small), book.read_bytes()
    (tmp_path / "other").symlink_to(small)
    for target in (small, tmp_path / "other", small / "copy", tmp_path):
        refused(call("export", small, target, "--force"))
        refused(call("new", target, "--like", small, "--yes", "--force"))
    refused(call("export", book, book, "--force"))
    refused(call("export", book, tmp_path, "--force"))
    assert (held(small), book.read_bytes()) == (whole, before)


def test_what_is_beside_the_tables_may_be_written(small: Path) -> None:
    assert call("rank", small, "-o", small / "ranking.csv").exit_code == 0
    assert saidao.load_case(small).track_ids == ("a", "b", "c")


# --- whole or not at all ---------------------------------------------------------------------------------------------

KILLED = """
import json, os, shutil, sys
from pathlib import Path
from saidao import files

target, way = Path(sys.argv[1]), sys.argv[2]
old, new = json.loads(sys.argv[3]), json.loads(sys.argv[4])
exchanged, left = files._exchanged, 0

def deadly(call):
    def run(*given, **more):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return call(*given, **more)
    return run

def write():
    if target.suffix:
        files.write_bytes(target, b"new")
    else:
        files.write_folder(target, {k: v.encode() for k, v in new.items()}, lambda inside: inside.name == "b.csv")

def held():
    if target.is_dir():
        return {p.relative_to(target).as_posix(): p.read_text() for p in sorted(target.rglob("*")) if p.is_file()}
    return target.read_text() if target.exists() else None

seen = []
while True:
    shutil.rmtree(target, ignore_errors=True)
    if target.suffix:
        target.write_text("old")
    for name, text in old.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text(text)
    child = os.fork()
    if not child:
        left = len(seen)
        for name in ("open", "rename", "replace", "link", "mkdir", "chmod", "fsync", "unlink", "rmdir"):
            setattr(os, name, deadly(getattr(os, name)))
        files._exchanged = deadly(exchanged) if way == "swap" else lambda one, other: False
        write()
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 9 or len(seen) > 200:
        break
    if way == "heal":
        files.write_bytes(target.parent / "x.csv", b"any other output")
    seen.append(held())
print(json.dumps([seen, held(), sorted(p.name for p in target.parent.iterdir())]))
"""
OLD = {"a.csv": "old", "b.csv": "old", "judgements/me.csv": "old", "notes/mine.txt": "kept"}
WRITTEN = {"a.csv": "new", "c.csv": "new", "judgements/me.csv": "new"}
NEW = {**WRITTEN, "notes/mine.txt": "kept"}


def killed(
    target: Path, way: str = "swap", old: dict[str, str] | None = None
) -> tuple[list[object], object, list[str]]:
    """Write again and again, each time killed one call to the system later, till it ends.

    What stood there after each kill, what stands there in the end, and what is beside it.
    """
    given = [json.dumps(old or {}), json.dumps(WRITTEN)]
    command = [sys.executable, "-c", KILLED, str(target), way, *given]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    seen, last, beside = json.loads(done.stdout)
    return seen, last, beside


def test_a_file_is_whole_whenever_its_writer_is_killed(tmp_path: Path) -> None:
    seen, last, beside = killed(tmp_path / "result.csv")
    assert len(seen) >= 5
    assert set(map(str, seen)) == {"old", "new"}
    assert last == "new"
    assert beside == ["result.csv"]  # the last run has cleared what those before left


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="folders are not exchanged in one step here")
def test_a_folder_is_all_old_or_all_new_whenever_its_writer_is_killed(tmp_path: Path) -> None:
    seen, last, beside = killed(tmp_path / "case", old=OLD)
    assert len(seen) >= 12
    assert all(one in (OLD, NEW) for one in seen)
    assert NEW in seen
    assert last == NEW
    assert beside == ["case"]


def test_without_an_exchange_the_next_run_gives_a_lost_folder_its_place_back(tmp_path: Path) -> None:
    seen, last, beside = killed(tmp_path / "case", "heal", OLD)
    assert len(seen) >= 12
    assert all(one in (OLD, NEW) for one in seen)
    assert last == NEW
    assert beside == ["case", "x.csv"]


def test_a_new_folder_is_whole_or_absent(tmp_path: Path) -> None:
    seen, last, beside = killed(tmp_path / "case")
    assert len(seen) >= 5
    assert all(one in (None, WRITTEN) for one in seen)
    assert last == WRITTEN
    assert beside == ["case"]


def test_export_replaces_a_case_whole_and_keeps_what_is_not_its_own(small: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    shutil.copytree(small, target)
    (target / "notes").mkdir()
    (target / "notes" / "why.txt").write_text("mine")
    (target / "judgements" / "old.csv").write_text("factor,f,g\nf,1,1\ng,1,1\n")
    (target / "result.csv").write_text("mine")
    (target / "link").symlink_to("notes")
    target.chmod(0o750)
    (target / "scores.csv").chmod(0o600)
    shipped = saidao.load_case("shanghai")
    assert call("export", "shanghai", target, "--force").exit_code == 0
    assert saidao.load_case(target) == shipped
    assert (target / "notes" / "why.txt").read_text() == "mine"
    assert (target / "result.csv").read_text() == "mine"
    assert os.readlink(target / "link") == "notes"
    assert not (target / "judgements" / "old.csv").exists()
    assert stat.S_IMODE(target.stat().st_mode) == 0o750
    assert stat.S_IMODE((target / "scores.csv").stat().st_mode) == 0o600
    assert sorted(p.name for p in tmp_path.iterdir()) == ["small", "target"]


def test_a_failure_leaves_the_folder_and_nothing_else(tmp_path: Path) -> None:
    for name, text in OLD.items():
        (tmp_path / "case" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "case" / name).write_text(text)
    with pytest.raises(CaseError, match="as it was"):
        write_folder(tmp_path / "case", {"a.csv": b"new", f"{'x' * 300}.csv": b"new"}, lambda inside: False)
    assert held(tmp_path / "case") == {name: text.encode() for name, text in OLD.items()}
    (tmp_path / "case" / "a.csv").unlink()
    (tmp_path / "elsewhere").write_bytes(b"another's")
    (tmp_path / "case" / "a.csv").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CaseError, match=r"a\.csv"):
        write_folder(tmp_path / "case", {"a.csv": b"new"}, lambda inside: False)
    assert (tmp_path / "elsewhere").read_bytes() == b"another's"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["case", "elsewhere"]


def test_the_folder_in_which_one_is_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused(call("new", ".", "--yes"), "in which you are")
    assert not list(tmp_path.iterdir())


def test_no_room_is_told(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    (tmp_path / "r.json").write_text("old")
    refused(call("rank", small, "-o", tmp_path / "r.json"), "No space left on device")
    refused(call("export", small, tmp_path / "copy"), "No space left on device")
    assert (tmp_path / "r.json").read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["r.json", "small"]


def test_a_name_that_cannot_be_is_told(small: Path, tmp_path: Path) -> None:
    longest = tmp_path / f"{'x' * 250}.json"  # 255 bytes
    assert call("rank", small, "-o", longest).exit_code == 0
    assert longest.is_file()
    refused(call("rank", small, "-o", tmp_path / f"{'赛' * 90}.json"), "name")
    refused(call("export", small, tmp_path / ("x" * 300)), "name")
    fifo = tmp_path / "f.json"
    os.mkfifo(fifo)
    refused(call("rank", small, "-o", fifo), "the name of a file")
    assert stat.S_ISFIFO(fifo.stat().st_mode)


# --- what stands there keeps its ways --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "name"), [("rank", "r.json"), ("rank", "r.csv"), ("plan", "p.xlsx"), ("report", "r.html")]
)
def test_a_mode_and_a_link_stay(verb: str, name: str, small: Path, tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    real = tmp_path / "far" / name
    real.write_text("old")
    real.chmod(0o600)
    link = tmp_path / name
    link.symlink_to(Path("far") / name)
    assert call(verb, small, "-o", link).exit_code == 0
    assert link.is_symlink()
    assert real.read_bytes() != b"old"
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
    assert [p.name for p in real.parent.iterdir()] == [name]


def test_a_new_file_has_the_mode_that_the_user_wants(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_bytes(tmp_path / "a", b"")
        write_folder(tmp_path / "b", {"c": b""}, lambda inside: False)
    finally:
        os.umask(before)
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("a", "b", "b/c")]
    assert modes == [0o640, 0o750, 0o640]


def test_leftovers_go_but_not_what_another_run_is_writing(tmp_path: Path) -> None:
    old = tmp_path / ".saidao-0123456789ab.part"
    old.mkdir()
    (old / "new").write_text("half")
    with files._part(tmp_path) as busy:
        assert not old.exists()
        (busy / "new").write_text("half")
        code = "import sys, pathlib, saidao.files as f; f.write_bytes(pathlib.Path(sys.argv[1]), b'x')"
        subprocess.run([sys.executable, "-c", code, str(tmp_path / "x")], check=True)
        assert (busy / "new").read_text() == "half"
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_nothing_else_in_the_package_writes() -> None:
    writing = {"write_text", "write_bytes", "mkstemp", "mkdtemp", "rename", "unlink", "rmtree", "mkdir", "copyfile"}
    for package in PACKAGES:
        for path in sources(package):
            nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
            called = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
            writes = called & writing - (
                {"mkdir", "rename"} if "store" in path.parts else set()
            )  # its folder; a plan's name
            assert path.name == "files.py" or not writes, path
            assert not [n for n in nodes if isinstance(n, ast.Attribute) and ast.unparse(n) == "os.replace"] or (
                path.name == "files.py"
            ), path
