"""The README shows real output and commands that exist."""

from __future__ import annotations

import re
from pathlib import Path

from saidao import mcda

from .conftest import Run

TEXT = (Path(__file__).resolve().parent.parent / "README.md").read_text("utf-8")


def test_the_block_of_output_is_real(run: Run) -> None:
    block = re.search(r"```text\n(.*?)```", TEXT, re.DOTALL)
    assert block
    real = [line.rstrip() for line in run("plan", "shanghai").out.splitlines()]
    lines = [line.rstrip() for line in block[1].splitlines()]
    assert len(lines) > 20
    for line in lines:
        assert line in real or line == " ...", line


def test_every_command_of_the_readme_runs(run: Run, tmp_path: Path) -> None:
    shell = "\n".join(re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL))
    commands = re.findall(r"^saidao (\w+[^\n#]*)", shell, re.MULTILINE)
    assert len(commands) >= 8
    for command in commands:
        if "mycity" not in command:
            assert run(*command.split(), cwd=tmp_path).status == 0, command


def test_the_array_example_ranks() -> None:
    call = re.search(r"mcda\.rank\((.*)\)\.to_frame\(\)", TEXT)
    assert call
    assert len(eval(f"mcda.rank({call[1]})", {"mcda": mcda}).rank_array) == 3
