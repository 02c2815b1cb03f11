"""The README shows real output and commands that exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from saidao import mcda
from saidao.cli.commands import app
from tests.conftest import ROOT, Run

TEXT = (ROOT / "README.md").read_text("utf-8")


def test_the_block_of_output_is_real(run: Run) -> None:
    block = re.search(r"```text\n(.*?)```", TEXT, re.DOTALL)
    assert block
    real = [line.rstrip() for line in run("plan", "shanghai").out.splitlines()]
    lines = [line.rstrip() for line in block[1].splitlines()]
    assert len(lines) > 20
    for line in lines:
        assert line in real or line == " ...", line


@pytest.mark.slow
@pytest.mark.documented
def test_every_command_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In order, in one folder: what one writes the next reads."""
    monkeypatch.chdir(tmp_path)
    shell = "\n".join(re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL))
    commands = re.findall(r"^saidao (\w+[^\n#]*)", shell, re.MULTILINE)
    assert len(commands) >= 30
    for command in commands:
        done = CliRunner().invoke(app, shlex.split(command))
        assert done.exit_code == 0, f"{command}\n{done.output}"


def test_the_array_example_ranks() -> None:
    call = re.search(r"mcda\.rank\((.*)\)\.to_frame\(\)", TEXT)
    assert call
    assert len(eval(f"mcda.rank({call[1]})", {"mcda": mcda}).rank_array) == 3
