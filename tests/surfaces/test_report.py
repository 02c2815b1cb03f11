"""The report: one file, nothing from the network, all that a plan holds, and nothing that a name could smuggle in."""

from __future__ import annotations

import itertools
import json
import re
import shlex
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import saidao
from saidao import mcda
from saidao.cli.commands import app
from saidao.optimize.deadline import time_left
from saidao.reporting import draw, render
from saidao.study.record import digest
from saidao.texts.captions import CAPTIONS_ZH
from tests.conftest import ROOT
from tests.oracle.random_cases import write_random_case

pytestmark = pytest.mark.surface

SHANGHAI = ROOT / "data" / "shanghai"
VOID = {"meta", "link", "br", "img", "hr", "input"}


class Page(HTMLParser):
    """Reads a page strictly: every element is closed in turn; notes its texts, attributes and headings."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style" and data.strip():
            self.words.append(data.strip())

    @property
    def text(self) -> str:
        return " ".join(self.words)


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    return {lang: render("shanghai", lang) for lang in ("en", "zh")}


@pytest.fixture(scope="module")
def pages(sources: dict[str, str]) -> dict[str, Page]:
    return {lang: Page(source) for lang, source in sources.items()}


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["report", *arguments])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_loads_nothing_and_is_small(sources: dict[str, str], pages: dict[str, Page], lang: str) -> None:
    assert len(sources[lang].encode()) < 1_000_000
    for tag, attributes in pages[lang].tags:
        assert tag not in {"link", "img", "iframe", "object"}
        assert not any(name.startswith("on") for name in attributes)
        for name in ("src", "href"):
            assert (attributes.get(name) or "#").startswith("#")
    assert [attributes for tag, attributes in pages[lang].tags if tag == "script"] == [{}], "its own proof alone"
    assert not any(word in sources[lang] for word in ("fetch(", "XMLHttpRequest", "import(", "WebSocket", "sendBeacon"))
    assert "url(" not in sources[lang]
    assert "@import" not in sources[lang]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_can_be_read_by_all(pages: dict[str, Page], lang: str) -> None:
    page = pages[lang]
    assert dict(page.tags)["html"]["lang"] == {"en": "en", "zh": "zh-Hans"}[lang]
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in page.tags:
        if tag == "a":
            assert str(attributes["href"]).removeprefix("#") in ids
        if tag == "th":
            assert attributes["scope"] in {"row", "col"}
    count = {tag: sum(t == tag for t, _ in page.tags) for tag in ("figure", "svg", "figcaption")}
    assert count == {"figure": 17, "svg": 17, "figcaption": 17}


def test_it_holds_the_plan(pages: dict[str, Page]) -> None:
    plan = saidao.plan("shanghai")
    text = pages["en"].text
    assert f"{plan.closed_share:.1%}" in text
    for row in plan.allocation_rows():
        assert row["name_en"] in text
    for row in plan.resources:
        assert f"{row['used']:,.6g}" in text
    assert f"{plan.weights.consistency.ratio:.3f}" in text  # type: ignore[union-attr]
    assert "Hwang & Yoon (1981)" in text
    assert "closeness coefficient" in text
    assert digest(plan.case) in text


def test_the_chinese_one_is_chinese(pages: dict[str, Page]) -> None:
    """Sentences have no run of English words, but for what is a source, a setting or a note of the case."""
    page = pages["zh"]
    start = page.words.index("数据来源", page.words.index("计算过程") + 1)
    allowed = re.compile(r"Hwang|Saaty|Journal|Malmquist|FDA|EMA|Multiple|http|alpha|, ")
    english = [
        w for w in page.words[:start] if re.search(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}", w) and not allowed.search(w)
    ]
    assert english == []
    missing = [s.caption for m in mcda.methods().values() for s in m.steps if s.caption not in CAPTIONS_ZH]
    assert missing == []


@pytest.mark.slow
def test_the_command_in_it_writes_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    options: dict[str, Any] = {
        "weights": "entropy",
        "budgets": {"funds": 2000.0},
        "lock": {"E03@*": 0.5},
        "forbid": ["M09"],
    }
    saidao.report("shanghai", tmp_path / "one.html", "zh", date="2026-01-01", **options)
    first = (tmp_path / "one.html").read_text(encoding="utf-8")
    command = re.search(r"<code>(.*?)</code>", first)
    assert command is not None
    words = shlex.split(command[1].replace("&#39;", "'").replace("&amp;", "&"))
    assert words[:2] == ["saidao", "report"]
    done = run(*words[2:], "-o", str(tmp_path / "two.html"))
    assert done.exit_code == 0, done.output
    assert (tmp_path / "two.html").read_text(encoding="utf-8") == first
    saidao.report("shanghai", tmp_path / "other.html", "zh", **{**options, "budgets": {"funds": 1999.0}})
    assert (tmp_path / "other.html").read_text(encoding="utf-8") != first


NASTY = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'


@pytest.mark.slow
def test_names_are_text(tmp_path: Path) -> None:
    folder = tmp_path / "city"
    shutil.copytree(SHANGHAI, folder)
    file = folder / "tracks.csv"
    quoted = '"' + NASTY.replace('"', '""') + '"'
    file.write_text(file.read_text(encoding="utf-8").replace("Frontier biotechnology", quoted), encoding="utf-8")
    toml = folder / "case.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace("Shanghai's new industrial tracks", "</title><b>"), encoding="utf-8"
    )
    page = Page(render(folder))
    tags = [tag for tag, _ in page.tags]
    assert not {"img", "b"} & set(tags)
    assert tags.count("script") == 1, "its own"
    assert NASTY in page.text or NASTY[:20] in page.text


def test_a_case_that_only_ranks(tmp_path: Path) -> None:
    folder = tmp_path / "city"
    folder.mkdir()
    for name in ("tracks.csv", "factors.csv", "scores.csv"):
        shutil.copy(SHANGHAI / name, folder)
    page = Page(render(folder))
    assert "nothing to plan" in page.text
    assert "Ranking report" in page.text
    assert len([tag for tag, _ in page.tags if tag == "figure"]) == 2


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 3, 5, 6])
def test_cases_of_every_kind(tmp_path: Path, seed: int) -> None:
    """Whole units, periods, few tracks; what cannot be shown is said."""
    write_random_case(tmp_path, seed, kinds=seed % 3 == 0, measures=4)
    try:
        source = render(tmp_path)
    except (saidao.Infeasible, saidao.CaseError):
        return
    Page(source)
    assert "nan" not in re.sub(r"<style>.*?</style>", "", source, flags=re.S).replace("finance", "")


@pytest.mark.slow
@pytest.mark.parametrize(
    "objective", ["maxmin", *(pytest.param(one, marks=pytest.mark.slow) for one in ("reach=0.3", "robust"))]
)
def test_other_objectives(objective: str) -> None:
    over: dict[str, Any] = {"over": ["ahp", "entropy"]} if objective == "robust" else {}
    page = Page(render("shanghai", objective=objective, **over))
    assert f"--objective {objective}" in page.text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_a_large_program_leaves_out_goes_by_its_size(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = saidao.plan("shanghai")
    monkeypatch.setattr(draw, "MOST_COLUMNS", 0)
    curve = [one for one in draw.of_plan(plan, lang, {}) if one[0] == "frontier"]
    (picture,), left_out = draw.draw(curve, lang)
    assert not left_out
    assert {row[0] for row in picture.rows} == {"Funds" if lang == "en" else "资金"}
    assert "`saidao frontier`" in picture.caption
    monkeypatch.setattr(draw, "MOST_SOLVED", 0)
    refused = [one for one in draw.of_plan(plan, lang, {}) if one[0] in draw.SOLVED_AGAIN]
    made, left_out = draw.draw(refused, lang)
    assert not made
    assert len(left_out) == len(draw.SOLVED_AGAIN)
    assert all(("too large" if lang == "en" else "规模过大") in line for line in left_out)


def test_the_pictures_of_a_linear_plan_depend_on_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draw, "LONGEST_PICTURE", 0.0)
    left: list[float] = []
    draw.draw([("prices", lambda: left.append(time_left()))], "en")
    assert left == [float("inf")]


def test_what_goes_wrong_is_told_and_no_file_is_left(tmp_path: Path) -> None:
    done = run("shanghai", "-o", str(tmp_path / "r.txt"))
    assert done.exit_code == 2
    assert ".html" in done.output
    assert run("shanghai", "-o", str(tmp_path / "none" / "r.html")).exit_code == 2
    assert run("nowhere", "-o", str(tmp_path / "r.html")).exit_code == 2
    done = run("shanghai", "--objective", "reach=0.99", "-o", str(tmp_path / "r.html"))
    assert done.exit_code == 3
    assert list(tmp_path.iterdir()) == []


def test_the_digest_is_of_what_the_case_says(tmp_path: Path) -> None:
    case = saidao.load_case("shanghai")
    folder = tmp_path / "copy"
    shutil.copytree(SHANGHAI, folder)
    assert digest(saidao.load_case(folder)) == digest(case)
    file = folder / "resources.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("2500", "2501"), encoding="utf-8")
    assert digest(saidao.load_case(folder)) != digest(case)
    assert json.dumps(digest(case))


@pytest.mark.parametrize(
    "line",
    [
        "plan",
        "rank",
        "weights",
        "compare --plans --weights ahp --weights entropy",
        "frontier --resource land",
        "robust --samples 50",
        "readings",
        "productivity",
        "explain --measure I01",
        pytest.param("tipping", marks=pytest.mark.slow),
    ],
)
def test_any_result_can_be_a_page(line: str, tmp_path: Path) -> None:
    verb, *options = line.split()
    done = CliRunner().invoke(app, [verb, "shanghai", *options, "--lang", "zh", "-o", str(tmp_path / "r.html")])
    assert done.exit_code == 0, done.output
    page = Page((tmp_path / "r.html").read_text(encoding="utf-8"))
    assert "上海产业新赛道" in page.text
    assert any(tag == "table" for tag, _ in page.tags)
    assert not {"img", "link"} & {tag for tag, _ in page.tags}
    assert [attributes for tag, attributes in page.tags if tag == "script"] == [{}], "which numbers its pages on paper"
    if verb in {"plan", "compare", "frontier", "robust"}:
        assert any(tag == "svg" for tag, _ in page.tags)
