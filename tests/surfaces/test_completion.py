"""Shell completion: what a shell asks for, and what it is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from saidao import mcda
from saidao.cli.commands import app


def told(line: str, last: str) -> list[str]:
    """Ask as bash does, by the variables that its completion script sets."""
    words = f"saidao {line} {last}".split(" ")
    environment = {
        "_SAIDAO_COMPLETE": "complete_bash",
        "COMP_WORDS": " ".join(words),
        "COMP_CWORD": str(len(words) - 1),
    }
    return CliRunner().invoke(app, [], env=environment, prog_name="saidao").stdout.split()


def test_verbs_options_and_names_are_completed() -> None:
    assert {"plan", "productivity"} == set(told("", "p")) or {"plan", "productivity"} <= set(told("", "p"))
    assert "--weights" in told("plan shanghai", "--w")
    assert told("plan --weights", "en") == ["entropy"]
    assert set(told("rank --method", "promethee")) == {"promethee_i", "promethee_ii"}
    assert set(told("rank --method", "")) == set(mcda.methods())
    assert told("plan --stance", "la") == ["laggards"]
    assert told("plan --objective", "max") == ["maxmin"]


def test_cases_are_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mycity").mkdir()
    (tmp_path / "mine.xlsx").touch()
    (tmp_path / "notes.txt").touch()
    assert told("plan", "sh") == ["shanghai"]
    assert set(told("plan", "m")) == {"mycity", "mine.xlsx"}
    assert told("plan", "no") == []
