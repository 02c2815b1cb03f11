"""The README shows real output, commands that exist and files that are there; so does CONTRIBUTING."""

from __future__ import annotations

import re
import shlex
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from saidao import mcda
from scripts import write_docs, write_readme
from tests.conftest import ROOT, Ran, in_process, installed

TEXT = write_readme.README.read_text("utf-8")


@pytest.mark.documented
def test_the_output_shown_is_real() -> None:
    assert write_readme.filled(TEXT) == TEXT
    assert len(write_readme.SHOWN.findall(TEXT)) == 5


@pytest.mark.documented
def test_every_command_of_the_readme_runs(tmp_path: Path) -> None:
    """What one writes another may read: those about a case of one's own in order, the others beside them."""
    shell = "\n".join(re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL))
    shown = re.findall(r"^saidao ([^\n#]*)", shell, re.MULTILINE)
    named = re.findall(r"`saidao ([^`]*)`", TEXT)
    commands = list(dict.fromkeys(line.strip() for line in (*shown, *named)))
    in_order = [line for line in commands if "mycity" in line]
    assert len(commands) >= 10

    def ran(lines: list[str]) -> list[Ran]:
        return [installed(*shlex.split(line), cwd=tmp_path) for line in lines]

    groups = [in_order, *([line] for line in commands if line not in in_order and line != "app")]
    with ThreadPoolExecutor(2) as pool:
        for lines, done in zip(groups, pool.map(ran, groups), strict=True):
            for line, one in zip(lines, done, strict=True):
                assert one.status == 0, f"{line}\n{one.err}"


def test_the_python_shown_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    exec(code, {})
    assert "mcda.rank(" in code
    assert mcda.methods()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_file_that_is_named_is_there(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    named = {link for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith("http")}
    named |= set(re.findall(r"`([\w./]+/[\w./]*)`", text)) - {"saidao.…"}
    assert len(named) > 8
    for path in named:
        assert (ROOT / path).exists() or (ROOT / "saidao" / path).exists(), path


def test_pictures_are_small() -> None:
    for picture in (ROOT / "docs" / "images").glob("*.png"):
        assert picture.stat().st_size < 200_000, picture


@pytest.mark.documented
@pytest.mark.parametrize("path", write_docs.PAGES, ids=lambda path: path.name)
def test_what_is_made_of_the_sources_is_as_they_are(path: Path) -> None:
    assert path.read_text("utf-8") == write_docs.PAGES[path](), "run `python -m scripts.write_docs`"


def test_help_is_in_the_page_of_commands() -> None:
    assert "## plan" in write_docs.commands()
    assert in_process("--help").status == 0
