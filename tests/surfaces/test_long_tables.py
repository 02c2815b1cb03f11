"""Tables of more rows than anyone reads on a terminal: what matters first, and how many are left out."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import saidao
from saidao.render.terminal import FIRST, WHOLE, show_tables
from tests.conftest import Run


def tracks(folder: Path, number: int) -> Path:
    """Write a case of tracks whose first one is best, and so on."""
    folder.mkdir()
    (folder / "case.toml").write_text("", "utf-8")
    rows: dict[str, list[tuple[object, ...]]] = {
        "tracks": [("track",), *((f"place{i}",) for i in range(number))],
        "factors": [("factor",), ("f",)],
        "scores": [("track", "f"), *((f"place{i}", number - i) for i in range(number))],
    }
    for name, lines in rows.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows(lines)
    return folder


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_long_table_shows_its_first_rows_and_says_how_many_more(lang: str, run: Run, tmp_path: Path) -> None:
    case = tracks(tmp_path / "long", WHOLE + 1)
    told = run("rank", str(case), "--weights", "equal", "--method", "wsm", "--lang", lang).out
    assert f"place{FIRST - 1} " in told
    assert f"place{FIRST} " not in told
    assert str(WHOLE + 1 - FIRST) in next(line for line in told.splitlines() if "-o" in line)
    written = run("rank", str(case), "--weights", "equal", "--method", "wsm", "-o", str(tmp_path / "all.csv"))
    assert written.status == 0
    assert f"place{WHOLE}," in (tmp_path / "all.csv").read_text("utf-8")


def test_a_table_that_can_be_read_is_whole(run: Run, tmp_path: Path) -> None:
    case = tracks(tmp_path / "short", WHOLE)
    told = run("rank", str(case), "--weights", "equal", "--method", "wsm").out
    assert f"place{WHOLE - 1} " in told


def test_a_list_of_no_case_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    found = saidao.methods()
    show_tables(found.tables.values(), None, "en")
    assert "more rows" not in capsys.readouterr().out
