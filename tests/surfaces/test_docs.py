"""The documentation builds without a network and a warning, and what it names exists."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import typer

import saidao
from saidao import mcda, optimize
from saidao.cli.commands import app
from tests.conftest import ROOT

PAGES = sorted(path for path in (ROOT / "docs").glob("*.md") if path.name != "commands.md")


class Links(HTMLParser):
    """What a page links to, and what it loads."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: set[str] = set()
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids.add(found.get("id") or "")
        if tag == "a" and found.get("href"):
            self.links.append(str(found["href"]))
        elif tag in {"link", "script", "img"}:
            self.loads.append(str(found.get("href") or found.get("src") or ""))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    command = ["-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "-d", str(folder / "tree")]
    done = subprocess.run(
        [sys.executable, *command, str(ROOT / "docs"), str(folder / "html")], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return folder / "html"


@pytest.mark.documented
def test_it_builds_and_every_link_leads_somewhere(site: Path) -> None:
    pages = {path: Links(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    assert {site / path.with_suffix(".html").name for path in PAGES} <= set(pages)
    for name, page in pages.items():
        for address in page.loads:
            assert not address.startswith(("http:", "https:", "//")), (name, address)
        for link in page.links:
            if link.startswith(("http:", "https:", "mailto:")):
                continue
            file, _, anchor = link.partition("#")
            to = (name.parent / file).resolve() if file else name
            assert to.exists(), (name, link)
            if anchor and to.suffix == ".html":
                assert anchor in pages[to].ids, (name, link)


@pytest.mark.documented
def test_pages_say_their_language(site: Path) -> None:
    assert 'lang="zh-Hans"' in (site / "planners_zh.html").read_text(encoding="utf-8")[:300]
    assert 'lang="en"' in (site / "planners.html").read_text(encoding="utf-8")[:300]


@pytest.mark.documented
def test_every_public_name_is_in_the_reference(site: Path) -> None:
    ids = Links((site / "reference.html").read_text(encoding="utf-8")).ids
    for name in set(saidao.__all__) - {"mcda", "optimize"}:
        assert any(i.rpartition(".")[2] == name for i in ids), name
        assert (getattr(saidao, name).__doc__ or "").strip(), name


@pytest.mark.documented
def test_every_public_name_of_mcda_is_in_the_reference(site: Path) -> None:
    page = (site / "mcda.html").read_text(encoding="utf-8")
    ids = {i.rpartition(".")[2]: i for i in Links(page).ids if i.startswith("saidao.mcda")}
    assert set(mcda.__all__) <= set(ids)
    for name in mcda.__all__:
        told = page.split(f'id="{ids[name]}"')[1].split("<dd>")[1]
        assert told.startswith("<p>"), f"{name} has no sentence"


@pytest.mark.documented
def test_every_public_name_of_optimize_is_in_the_reference(site: Path) -> None:
    page = (site / "optimize.html").read_text(encoding="utf-8")
    ids = {i.rpartition(".")[2]: i for i in Links(page).ids if i.startswith("saidao.optimize")}
    assert set(optimize.__all__) - {"OBJECTIVES"} <= set(ids)
    for name in ids.keys() & set(optimize.__all__):
        told = page.split(f'id="{ids[name]}"')[1].split("<dd>")[1]
        assert told.startswith("<p>"), f"{name} has no sentence"
    assert all(f">{one.spelling}<" in page for one in optimize.OBJECTIVES.values())


@pytest.mark.documented
def test_every_verb_is_in_the_reference_with_an_example(site: Path) -> None:
    group: Any = typer.main.get_command(app)
    page = (site / "commands.html").read_text(encoding="utf-8")
    for name, command in group.commands.items():
        assert f'id="{name}"' in page
        assert "Example:" in (command.help or ""), name


def shown() -> list[tuple[str, str]]:
    """Command lines of the pages and of the verbs' help."""
    group: Any = typer.main.get_command(app)
    found = [
        (name, line.split("Example:", 1)[1].strip())
        for name, command in group.commands.items()
        for line in (command.help or "").splitlines()
        if "Example:" in line
    ]
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        blocks = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.S))
        found += [(path.name, line) for line in blocks.splitlines() if line.startswith("saidao ")]
        found += [(path.name, line) for line in re.findall(r"`(saidao [a-z]+[^`\n]*)`", text) if "VERB" not in line]
    return found


@pytest.mark.parametrize(("where", "line"), shown())
def test_every_command_shown_is_understood(where: str, line: str) -> None:
    """Its verb and its options exist; SHARE and the like stand for a value."""
    group: Any = typer.main.get_command(app)
    verb, *words = shlex.split(line)[1:]
    assert verb in group.commands, (where, line)
    options = {o for p in group.commands[verb].params for o in (*p.opts, *p.secondary_opts)} | {"--help"}
    for word in words:
        if word.startswith("-") and not word[1:2].isdigit():
            assert word.partition("=")[0] in options, (where, line, word)


@pytest.mark.documented
@pytest.mark.parametrize("source", ["the shipped files", "frames alone"])
def test_the_python_of_the_analysts_page_runs(source: str) -> None:
    text = (ROOT / "docs" / "analysts.md").read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```python\n(.*?)```", text, re.S)).replace("samples=10_000", "samples=50")
    code = code.replace("samples=1000", "samples=20").replace("ranks.plot()", "").replace("workers=2", "workers=1")
    if source == "frames alone":
        made = "from tests.reading.test_frames import SHANGHAI, frames_of\n"
        made += (
            "import saidao\nshanghai = saidao.Case.from_frames(**frames_of(SHANGHAI))\nassert shanghai.path is None\n"
        )
        code = made + code.replace('"shanghai"', "shanghai")
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
