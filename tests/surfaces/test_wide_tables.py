"""Tables wider than the terminal: in blocks of columns, each with the names, and no word in pieces."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import saidao
from saidao.render.shown import drawn
from tests.conftest import Run


@pytest.mark.surface
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("verb", ["weights", "compare"])
def test_no_word_of_a_wide_table_is_broken(verb: str, lang: str, run: Run) -> None:
    found = saidao.weightings("shanghai") if verb == "weights" else saidao.compare("shanghai")
    told = run(verb, "shanghai", "--lang", lang).out
    words = set(re.split(r"\s+", told))
    for table in found.tables.values():
        shown = drawn(table, found.case, lang, table.most, brief=True)
        if table.most == 0:
            continue
        for head in shown.heads:
            assert lang == "zh" or set(head.split()) <= words, head
        for cell in (cell for row in shown.rows for cell in row[1:]):
            assert set(cell.split()) <= words, cell


def test_a_result_without_a_case_is_written_as_every_file(run: Run, tmp_path: Path) -> None:
    for suffix in (".html", ".xlsx", ".csv", ".json"):
        for asked in (["methods"], ["runs", "--store", str(tmp_path / "store.db")]):
            done = run(*asked, "-o", str(tmp_path / f"{asked[0]}{suffix}"))
            assert done.status == 0, done.err
            assert (tmp_path / f"{asked[0]}{suffix}").stat().st_size
