"""What is too much is refused at once, what is much is read in bounded time and memory, and nothing waits for ever."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import saidao
from saidao import optimize, reporting
from saidao.case import limits, read_case, read_upload
from saidao.cli.commands import app
from saidao.errors import CaseError, Problem, capped
from saidao.optimize import OutOfTime, done_within
from tests.conftest import SMALL, write_case

TRACKS, FACTORS, SCORES = "track,type\na,x\nb,y\n", "factor,target\nf,10\ng,10\n", "track,f,g\na,2,3\nb,3,1\n"

SECONDS, MEGABYTES = 20, 1024
"""What reading may take, of one processor."""


def zipped(**tables: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {"tracks": TRACKS, "factors": FACTORS, "scores": SCORES, **tables}.items():
            archive.writestr("case.toml" if name == "case" else f"{name}.csv", text)
    return packed.getvalue()


def told(*argv: Any) -> Any:
    """The command line, in this process."""
    return CliRunner().invoke(app, [str(one) for one in argv])


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = "http://schemas.openxmlformats.org/package/2006"


def rows(text: str) -> str:
    """The rows of a sheet."""

    def cell(at: str, text: str) -> str:
        value = f"<v>{text}</v>" if text.isdigit() else f"<is><t>{text}</t></is>"
        return f'<c r="{at}"{"" if text.isdigit() else f" t={chr(34)}inlineStr{chr(34)}"}>{value}</c>'

    lines = enumerate(text.split(), 1)
    return "".join(
        f'<row r="{r}">{"".join(cell(f"{chr(65 + c)}{r}", t) for c, t in enumerate(line.split(",")) if t)}</row>'
        for r, line in lines
    )


def workbook(sheets: Mapping[str, tuple[str, str]], strings: str = "") -> bytes:
    """A workbook of (rows, what stands after them) by title; the three tables of a case are there."""
    held = {name: (rows(text), "") for name, text in (("tracks", TRACKS), ("factors", FACTORS), ("scores", SCORES))}
    held |= sheets
    kind = f'Type="{LINKS}'
    links = "".join(
        f'<Relationship Id="r{n}" {kind}/worksheet" Target="worksheets/s{n}.xml"/>' for n in range(len(held))
    )
    listed = "".join(f'<sheet name="{title}" sheetId="{n + 1}" r:id="r{n}"/>' for n, title in enumerate(held))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PARTS}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PARTS}/relationships"><Relationship Id="r" {kind}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PARTS}/relationships">{links}<Relationship Id="s" '
        f'{kind}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{listed}</sheets></workbook>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
    }
    for n, (body, after) in enumerate(held.values()):
        parts[f"xl/worksheets/s{n}.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>{after}</worksheet>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            archive.writestr(path, text)
    return packed.getvalue()


def lines(head: str, body: Iterable[str]) -> str:
    return f"{head}\n" + "".join(f"{line}\n" for line in body)


def numbers(count: int) -> list[str]:
    rng = random.Random(1)
    return [str(rng.randrange(1000)) for _ in range(count)]


def wide() -> str:
    """A row of as many factors as half a million cells let in, and scores for them."""
    return "track," + ",".join(f"c{n}" for n in range(1000))


LARGE: dict[str, tuple[Callable[[], bytes], str]] = {
    # what it is, and the problem that it has to be told as; none where it is read
    "blank rows": (lambda: zipped(tracks=TRACKS + "\n" * 199_000), ""),
    "too many blank rows": (lambda: zipped(tracks=TRACKS + "\n" * 250_000), "large_case"),
    "tracks without scores": (lambda: zipped(tracks=lines("track", (f"t{n}" for n in range(150_000)))), "large_case"),
    "as many tracks as are read": (
        lambda: zipped(
            tracks=lines("track", (f"t{n}" for n in range(50_000))),
            scores=lines("track,f,g", (f"t{n},{n % 11},{n % 9}" for n in range(50_000))),
        ),
        "",
    ),
    "one row again and again": (
        lambda: zipped(costs=lines("measure,resource,cost", (f"m,r{n % 9},{n}" for n in range(190_000)))),
        "unknown_id",
    ),
    "numbers that are none": (
        lambda: zipped(costs=lines("measure,resource,cost", (f"m{n},r{n},x" for n in range(190_000)))),
        "number",
    ),
    "more cells than anyone reads": (
        lambda: zipped(scores=lines(wide(), (f"t{n}," + ",".join(numbers(1000)) for n in range(1_100)))),
        "large_case",
    ),
    "as many cells as are read": (
        lambda: zipped(scores=SCORES + lines("c", (f"t{n},{n}" for n in range(190_000)))),
        "unknown_id",
    ),
    "many effects": (
        lambda: zipped(
            effects=lines("measure,track,factor,effect,up_to", (f"m{n},t{n},f{n % 13},0.{n}," for n in range(190_000)))
        ),
        "unknown_id",
    ),
    "columns": (
        lambda: zipped(scores=lines("track,f,g," + ",".join(f"c{n}" for n in range(100_000)), "a")),
        "large_case",
    ),
    "factors": (
        lambda: zipped(
            factors=lines("factor", (f"f{n}" for n in range(16_000))),
            scores=lines(
                "track," + ",".join(f"f{n}" for n in range(16_000)), ["a" + ",1" * 16_000, "b" + ",2" * 16_000]
            ),
        ),
        "large_case",
    ),
    "a deep tree": (
        lambda: zipped(factors=lines("factor,parent", ["f0,", *(f"f{n},f{n - 1}" for n in range(1, 450))])),
        "parent_deep",
    ),
    "a circle of 450": (
        lambda: zipped(factors=lines("factor,parent", (f"f{n},f{(n - 1) % 450}" for n in range(450)))),
        "parent_deep",
    ),
    "long settings": (
        lambda: zipped(case=lines("a = 1", (f"k{n} = [{n}, 2, 3]" for n in range(400_000)))),
        "large_case",
    ),
    "many settings": (lambda: zipped(case=lines("a = 1", (f"k{n} = {n}" for n in range(30_000)))), "large_case"),
    "a nested setting": (lambda: zipped(case=f"x = {'[' * 5_000}{']' * 5_000}"), "toml"),
    "a number of 5,000 digits": (lambda: zipped(case=f"x = {'9' * 5_000}"), "toml"),
    "a cell of megabytes": (lambda: zipped(tracks=TRACKS + "".join(numbers(300_000)) + ",x\n"), "csv"),
    "a bomb": (lambda: zipped(tracks="0" * 99_000_000), "too_large"),
    "blank rows of a sheet": (lambda: workbook({"tracks": (rows(TRACKS) + "<row/>" * 120_000, "")}), ""),
    "blank cells of a sheet": (
        lambda: workbook({"tracks": (rows(TRACKS) + "".join(f'<c s="{n}"/>' for n in range(1_300_000)), "")}),
        "large_case",
    ),
    "cells of a sheet": (
        lambda: workbook({"scores": (f"<row>{''.join(f'<c><v>{n}</v></c>' for n in numbers(1000))}</row>" * 990, "")}),
        "missing_column",
    ),
    "the last cell of a sheet": (
        lambda: workbook({"tracks": (rows(TRACKS) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "")}),
        "large_sheet",
    ),
    "a used range that is claimed": (
        lambda: workbook({"tracks": (rows(TRACKS), '<dimension ref="A1:XFD1048576"/>')}),
        "",
    ),
    "merged ranges": (
        lambda: workbook(
            {"tracks": (rows(TRACKS), "".join(f'<mergeCell ref="F{n}:H{n}"/>' for n in range(1, 20_001)))}
        ),
        "",
    ),
    "tall merged ranges": (
        lambda: workbook({"tracks": (rows(TRACKS), '<mergeCell ref="A2:A1048576"/>' * 20_000)}),
        "large_case",
    ),
    "sheets": (lambda: workbook({f"judgements.s{n}": (rows("factor,f,g f,1,2 g,,1"), "") for n in range(1_900)}), ""),
    "a text that all cells share": (
        lambda: workbook(
            {"tracks": (rows(TRACKS) + "".join(f'<row><c t="s"><v>{n % 1}</v></c></row>' for n in range(20_000)), "")},
            f"<si><t>{''.join(numbers(10_000))}</t></si>",
        ),
        "large_case",
    ),
    "a longer text than a cell holds": (
        lambda: workbook({}, f"<si><t>{''.join(numbers(60_000))}</t></si>"),
        "large_case",
    ),
    "elements in elements": (
        lambda: workbook({"tracks": (rows(TRACKS), "".join(f"<x{n}>" for n in range(300_000)))}),
        "broken",
    ),
}

MEASURED = """
import resource, sys, time
from saidao.case import read_upload
data, begun = open(sys.argv[1], "rb").read(), time.process_time()
case, problems = read_upload(data, "case.zip")
told = "\\n".join(p.text("en") + p.text("zh") for p in problems)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(time.process_time() - begun, peak / (2**20 if sys.platform == "darwin" else 2**10), len(told), case is None)
print(" ".join(p.code for p in problems if p.level == "error"))
"""


@pytest.mark.slow
@pytest.mark.parametrize("what", LARGE)
def test_reading_takes_bounded_time_and_memory(tmp_path: Path, what: str) -> None:
    make, code = LARGE[what]
    data = make()
    assert len(data) <= limits.LARGEST
    (tmp_path / "case").write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, tmp_path / "case"], capture_output=True, text=True, timeout=300, check=True
    )
    figures, codes = done.stdout.splitlines() if code else (done.stdout.strip(), "")
    seconds, megabytes, told, refused = figures.split()
    assert float(seconds) < SECONDS
    assert float(megabytes) < MEGABYTES
    assert int(told) < 60_000
    assert (refused == "True") == bool(code), codes
    assert code in codes.split() or not code


QUICK = (
    "columns",
    "a deep tree",
    "a nested setting",
    "a number of 5,000 digits",
    "a cell of megabytes",
    "many settings",
    "the last cell of a sheet",
    "a used range that is claimed",
    "tall merged ranges",
    "a text that all cells share",
    "a longer text than a cell holds",
    "too many blank rows",
)


@pytest.mark.parametrize("what", QUICK)
def test_what_is_too_much_is_refused_at_once(what: str) -> None:
    make, code = LARGE[what]
    csv.field_size_limit(131_072)  # as it is at the start: some libraries lift it for the whole process
    begun = time.process_time()
    _, problems = read_upload(make(), "case.zip")
    assert time.process_time() - begun < SECONDS / 4
    errors = [p.code for p in problems if p.level == "error"]
    assert code in errors if code else not errors


def test_a_folder_has_the_limits_of_a_file(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small / "costs.csv").write_text(lines("measure,resource,cost", ("m1,funds,1" for _ in range(250_000))), "utf-8")
    assert next(p.code for p in read_case(small)[1] if p.level == "error") == "large_case"
    monkeypatch.setattr("saidao.case.read.LARGEST_UNPACKED", 1_000)
    assert [p.code for p in read_case(small)[1]] == ["large_case"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize("name", ["tracks.csv", "case.toml", "judgements/j.csv"])
@pytest.mark.parametrize("kind", ["pipe", "folder", "device", "gone"])
def test_what_is_no_file_is_not_waited_for(small: Path, name: str, kind: str) -> None:
    (small / name).unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(small / name)
    elif kind == "folder":
        (small / name).mkdir()
    else:
        (small / name).symlink_to("/dev/zero" if kind == "device" else small / "nowhere")
    case, problems = read_case(small)
    assert case is None
    assert (problems[0].code, problems[0].file) == ("no_file", name)


def test_a_name_too_long_for_a_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for argv in (
        ["rank", "x" * 300],
        ["rank", "shanghai", "-o", "y" * 300 + ".json"],
        ["export", "shanghai", "z" * 300],
    ):
        assert told(*argv).exit_code == 2, argv
        assert not list(tmp_path.iterdir())
    for argv in (["export", "shanghai", "é" * 122 + ".zip"], ["rank", "shanghai", "-o", "é" * 122 + ".json"]):
        assert told(*argv).exit_code == 0, argv
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    "option",
    [
        "--samples=0",
        "--samples=99999999999999999999",
        "--seed=-1",
        "--samples=x",
        "--within=nan",
        "--spread=inf",
        "--spread=-1",
    ],
)
def test_figures_of_options_are_bounded(small: Path, option: str) -> None:
    done = told("robust", small, "--around", "equal", option, "--lang", "zh")
    assert done.exit_code == 2
    assert done.stderr.strip()
    assert not done.stdout


# --- one cause, one message -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", ["tracks.csv", "factors.csv", "measures.csv", "case.toml"])
def test_the_wrong_encoding_is_the_first_thing_told(small: Path, name: str, encoding: str) -> None:
    (small / name).write_bytes(SMALL[name].encode(encoding))
    _, problems = read_case(small)
    assert (problems[0].code, problems[0].file) == ("utf16", name)
    assert "unknown_id" not in {p.code for p in problems}


def test_many_problems_of_one_kind_are_counted(small: Path) -> None:
    write_case(small, costs=lines("measure,resource,cost", (f"m{n},funds,x" for n in range(500))))
    _, problems = read_case(small)
    told = [p for p in problems if p.file == "costs.csv"]
    assert [p.row for p in told[: limits.MOST_ALIKE]] == [*range(2, 2 + limits.MOST_ALIKE)]
    assert told[-1].code == "more_alike"
    assert told[-1].found == f"+{500 - limits.MOST_ALIKE}"
    alike = [Problem("number", "f", n) for n in range(12)]
    assert capped(alike[:11], 10) == alike[:11]  # one more is told, rather than counted
    assert len(capped(alike, 10)) == 11


@pytest.mark.parametrize("matrix", ["x", "factor", "factor\nf", "factor,,\nf,1"])
def test_a_judgement_of_nothing_is_told(small: Path, matrix: str) -> None:
    write_case(small, judgements__factors=matrix)
    done = told("check", small)
    assert done.exit_code == 2
    assert "judgements/factors.csv" in done.stdout


# --- signs that nobody sees -------------------------------------------------------------------------------------------

ESCAPE = "\x1b]0;owned\x07\x1b[2J"


def test_no_name_steers_the_terminal(small: Path) -> None:
    """Where a name is told: in errors and answers, typed or read, in both languages."""
    spoilt = write_case(small, tracks=SMALL["tracks.csv"].replace("Alpha", f"Al{ESCAPE}pha"))
    odd = small.parent / f"fo{ESCAPE}lder"
    odd.mkdir()
    write_case(odd)
    (odd / "case.toml").write_text('weights = "direct"\n', "utf-8")
    asked: list[list[Any]] = [
        ["check", spoilt],
        ["rank", spoilt, "--json"],
        ["plan", odd],
        ["plan", odd, "--json"],
        ["plan", ESCAPE],
        ["plan", odd, "--budget", f"{ESCAPE}=1"],
        ["plan", odd, "--lock", f"{ESCAPE}=1"],
        ["rank", odd, "--method", ESCAPE],
        ["plan", odd, "--json", "--forbid", "a\x9b\u202eb"],
        ["export", odd, small.parent / f"to{ESCAPE}"],
        ["check", odd, "--json"],
    ]
    for number, argv in enumerate(asked):
        done = told(*argv, "--lang", ("en", "zh")[number % 2])
        assert done.exit_code in (0, 2), argv
        assert not set(done.output) & set("\x1b\x07\x9b\u202e"), argv
        if "--json" in argv:
            json.loads(done.stdout)


def test_line_breaks_of_word_are_read_as_line_breaks(small: Path, tmp_path: Path) -> None:
    """A vertical tab made workbooks that nothing reads again."""
    write_case(small, tracks=SMALL["tracks.csv"].replace("Alpha", "Al\x0bpha\u2028\u202a!"))
    case = saidao.load_case(small)
    assert case.tracks["name_en"][0] == "Al\npha\n!"
    assert "line_breaks" in {p.code for p in case.warnings}
    (tmp_path / "to").mkdir()
    for name in ("case.xlsx", "case.zip", "case"):
        saidao.save_case(case, tmp_path / "to" / name)
        assert saidao.load_case(tmp_path / "to" / name) == case


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x08", "\x7f", "\x9b", "\ufffe"])
def test_a_sign_that_nobody_sees_is_refused_wherever_it_stands(small: Path, sign: str) -> None:
    places = [("tracks.csv", "Alpha", f"Al{sign}pha"), ("sources.csv", "measured,", f"measured,a{sign}b")]
    places += [("rules.csv", "r1", f"r{sign}1"), ("tracks.csv", "type\n", f"type,no{sign}te\n")]
    for name, old, new in places:
        (small / name).write_text(SMALL[name].replace(old, new, 1), "utf-8", newline="")
        assert "unseen" in {p.code for p in read_case(small)[1] if p.level == "error"}, (name, new)
        write_case(small)
    named = json.dumps("a" + sign).replace("\x7f", "\\u007f")
    (small / "case.toml").write_text(f"name_en = {named}\nweights = 'direct'\n", "utf-8")
    assert "unseen" in {p.code for p in read_case(small)[1]}


def test_a_judgement_is_called_as_a_file_can_be(tmp_path: Path) -> None:
    """The corner of a matrix may say its name: it led out of the folder."""
    for name in ("../../evil", "a/b", ".hidden", "x" * 300):
        sheet = rows(f"judgements/{name},f,g f,1,2 g,,1")
        case, problems = read_upload(workbook({"judgements.j": (sheet, "")}), "case.xlsx")
        assert case is None
        assert "file_name" in {p.code for p in problems}


# --- whole units in a report ------------------------------------------------------------------------------------------


@pytest.mark.surface
def test_what_whole_units_leave_no_time_for_is_said_in_the_report(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_case(small, measures=SMALL["measures.csv"].replace("continuous", "integer"))
    whole = reporting.render(small)
    monkeypatch.setattr("saidao.reporting.draw.LONGEST_PICTURE", 0.0)
    for lang, word in (("en", "its programs take longer"), ("zh", "求解超过")):
        cut = reporting.render(small, lang)
        assert cut.count("<figure") < whole.count("<figure")
        assert word in cut
    monkeypatch.undo()
    assert "its programs take longer" not in whole


def test_a_deadline_is_for_all_programs_and_the_earlier_one_holds(small: Path) -> None:
    case = saidao.load_case(small)
    write_case(small, measures=SMALL["measures.csv"].replace("continuous", "binary"))
    with done_within(0.0):
        for given in (case, small):
            with pytest.raises(OutOfTime), done_within(100.0):
                saidao.plan(given)
    for given in (case, small):
        assert saidao.plan(given).status == "optimal"
    assert optimize.OutOfTime is OutOfTime


def test_a_broken_post_does_not_break_the_session() -> None:
    """The page's own tests are in `test_app`; this one is about what no page sends."""
    client = pytest.importorskip("starlette.testclient", reason="needs saidao[app]")
    from saidao.app.server import create_app

    here = "http://127.0.0.1:8765"
    page = client.TestClient(create_app(saidao.load_case("shanghai")), base_url=here, raise_server_exceptions=False)
    page.get("/")
    changes = [
        ("keep", "\ud800", ""),
        ("budget", "funds", "1e400"),
        ("budget", "funds", "nan"),
        ("lock", "I01", "\x1b"),
        ("judgement", "x/y/z", "1e9999999%"),
        ("budget", "\x00", "1"),
        ("budget", "funds", "9" * 5_000),
    ]
    bodies = [
        json.dumps(
            {"number": 1, "changes": [dict(zip(("do", "of", "to"), one, strict=True))], "marks": {}, "lang": "en"}
        )
        for one in changes
    ]
    bodies += [
        '{"number": 1e400, "changes": [], "marks": {}, "lang": "en"}',
        "[" * 100_000,
        '{"number": ' + "9" * 5_000,
    ]
    bodies += [
        f'{{"number": 1, "changes": [{one}], "marks": {{}}, "lang": "en"}}'
        for one in ('{"do": "keep", "of": [1], "to": null}', '{"do": "budget", "of": "funds", "to": 1e400}')
    ]
    for body in bodies:
        answer = page.post("/change", content=body, headers={"Origin": here, "Content-Type": "application/json"})
        assert answer.status_code in (200, 400), body[:80]
        assert page.get("/").status_code == 200, body[:80]


def test_limits_are_those_of_the_page_too() -> None:
    from saidao.app.guarding import guards

    assert vars(guards)["LARGEST"] == limits.LARGEST
    with pytest.raises(CaseError, match="10 MB"):
        raise CaseError(read_upload(b"PK" + b"0" * (limits.LARGEST + 1), "case.zip")[1])
