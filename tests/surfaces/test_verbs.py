"""Every verb on the command line, in every kind of output: the table of verbs is that of the command line itself."""

from __future__ import annotations

import csv
import json
import re
import shutil
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import typer
from python_calamine import load_workbook

from saidao.cli.commands import app
from saidao.results import question
from tests.conftest import ROOT, Ran, in_process, write_case

GROUP: Any = typer.main.get_command(app)
FLAGS = {verb: {o for p in GROUP.commands[verb].params for o in p.opts} for verb in GROUP.list_commands(None)}
ASKING = [verb for verb, flags in FLAGS.items() if {"case", "--json", "--output"} <= flags]
"""Verbs that ask something of a case."""
FEWER = {
    "acceptability": ["--samples", "20"],
    "robust": ["--samples", "50"],
    "scenarios": ["--explain", "lean,even"],
    "compare": ["--weights", "ahp", "--weights", "entropy", "--method", "topsis", "--method", "vikor"],
    "infer": ["--say", "example_track_a before example_track_b"],
    "sweep": ["--weights", "direct+entropy"],
}
SHIPPED = {"readings": "shanghai", "winners": "wieliczka", "rank-years": str(ROOT / "examples" / "years")}
"""Verbs that ask of ticks, which are scores of 0 and 1, of whole projects with votes, or of scores of several years."""
TABLES = {"court": ROOT / "examples" / "printed.csv"}
"""Verbs that ask of a file."""
ASKED: dict[str, dict[str, Any]] = {
    "infer": {"statements": ["example_track_a before example_track_b"]},
    "sweep": {"weights": "direct+entropy"},
}
"""What verbs cannot do without."""
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small case with every table that a verb asks of."""
    folder = tmp_path_factory.mktemp("verbs") / "made"
    assert in_process("new", folder, "--framework", "--yes").status == 0
    rows = "lean,Less,较少,resources,,budget,-20%\neven,Even,均等,case,,stance,=even\n"
    (folder / "scenarios.csv").write_text(f"scenario,name_en,name_zh,table,row,column,change\n{rows}", encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Asked:
    """A verb asked four times: for data and a workbook, for a page, in Chinese and a table, and for a file of data."""

    folder: Path
    data: Ran
    english: Ran
    chinese: Ran
    written: Ran


@pytest.fixture(scope="module", params=ASKING)
def asked(request: pytest.FixtureRequest, made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Asked]:
    verb, folder = request.param, tmp_path_factory.mktemp("asked")
    line = [verb, SHIPPED.get(verb, made), *FEWER.get(verb, [])]
    asks = (("--json", "-o", "a.xlsx"), ("-o", "a.html"), ("--lang", "zh", "-o", "a.csv"), ("-o", "a.json"))
    return verb, Asked(folder, *(in_process(*line, *options, cwd=folder) for options in asks))


def refused(done: Ran, verb: str) -> None:
    """Told in words, with a status of its own; standard output is left to answers."""
    assert done.status == 2, (verb, done.out, done.err)
    assert not done.out
    assert done.err.startswith(("error: ", "错误"))
    assert "Traceback" not in done.err


class Page(HTMLParser):
    """Tags that are open, for a page that is closed properly."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)


def test_the_verbs_are_known() -> None:
    assert len(ASKING) > 15
    assert {*FEWER, *SHIPPED} <= {*ASKING, "rank-years"}
    of_cases = {verb for verb, one in question.every().items() if one.about is question.CASE and not one.instead_of}
    assert of_cases <= set(ASKING)


def test_every_kind_of_output(asked: tuple[str, Asked]) -> None:
    verb, done = asked
    for one in (done.data, done.english, done.chinese, done.written):
        assert one.status == 0, one.err
        assert one.err.count("\n") == 1, "nothing but what was written where"
    document = json.loads(done.data.out)
    assert document["schema"] == f"saidao/{verb}/1"
    assert json.loads((done.folder / "a.json").read_text("utf-8")).keys() <= document.keys()
    book = load_workbook(done.folder / "a.xlsx")
    assert all(len(book.get_sheet_by_name(name).to_python()) > 1 for name in book.sheet_names)
    with (done.folder / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1
    assert {"html", "table", "style"} <= Page((done.folder / "a.html").read_text("utf-8")).tags


def test_a_sentence_answers_first(asked: tuple[str, Asked]) -> None:
    _, done = asked
    for shown, stop, chinese in ((done.english, ".", False), (done.chinese, "。", True)):
        paragraph = shown.out.strip().split("\n\n")[0]
        assert stop in paragraph, paragraph
        assert bool(CHINESE.search(paragraph)) == chinese, paragraph


def test_another_suffix_is_refused(made: Path, tmp_path: Path) -> None:
    refused(in_process("plan", made, "-o", tmp_path / "out.pdf"), "plan")


def idle() -> list[Any]:
    """Options that change nothing without another, with what to type for them."""
    asked = [
        (one, argument) for one in question.every().values() for argument in one.arguments if argument.option.needs
    ]
    return [pytest.param(*pair, id=f"{pair[0].verb} {pair[1].flag}") for pair in asked]


@pytest.mark.parametrize(("one", "argument"), idle())
def test_an_idle_option_is_refused(one: question.Question, argument: question.Argument, made: Path) -> None:
    verb = one.instead_of or one.verb
    value = [] if argument.type is bool else ["2"]
    done = in_process(verb, made, *([one.flag] if one.flag else []), argument.flag, *value)
    refused(done, verb)
    needed = next(other.flag for other in one.arguments if other.name == argument.option.needs)
    assert argument.flag in done.err
    assert needed in done.err


@pytest.mark.parametrize("verb", ASKING)
def test_a_case_without_rows_is_refused(verb: str, made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    shutil.copytree(made, folder)
    for file in folder.glob("*.csv"):
        file.write_text(file.read_text("utf-8-sig").splitlines()[0] + "\n", encoding="utf-8")
    refused(in_process(verb, folder, "-o", tmp_path / "out.xlsx"), verb)
    assert not (tmp_path / "out.xlsx").exists()


@pytest.mark.parametrize("verb", ASKING)
def test_a_bad_case_is_told_by_cell(verb: str, tmp_path: Path) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    write_case(folder, scores="track,f,g\na,x,8\nb,5,1\nc,9,3\n")
    done = in_process(verb, folder, "-o", tmp_path / "out.csv")
    refused(done, verb)
    assert "scores.csv" in done.err
    assert not (tmp_path / "out.csv").exists()
    told = json.loads(in_process(verb, folder, "--json").out)
    assert told["status"] == "error"
    assert told["schema"] == f"saidao/{verb}/1"
    assert told["problems"]
    refused(in_process(verb, tmp_path / "nowhere", "--lang", "zh"), verb)


@pytest.mark.parametrize("verb", question.modules())
def test_the_function_gives_the_data_of_the_command(verb: str, made: Path) -> None:
    one = question.load(verb)
    few: dict[str, Any] = {"samples": 20} if "samples" in {a.name for a in one.arguments} else {}
    few |= ASKED.get(verb, {})
    about = () if one.about is None else (TABLES.get(verb) or SHIPPED.get(verb, made),)
    found = one.ask(*about, **few)
    assert json.loads(found.to_json()) == json.loads(json.dumps(found.to_dict()))
    for table in found.tables.values():
        frame = found.to_frame(table.name)
        assert list(frame.columns) == [column.name for column in table.columns if column.seen != "people"]
        assert len(frame) == len(table.rows)
    for lang in ("en", "zh"):
        assert found.text(lang)
    assert len(repr(found)) < 1000
