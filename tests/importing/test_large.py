"""Twenty thousand rows are read within 300 MiB, and in a few times what openpyxl alone takes for them."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from openpyxl import Workbook

from saidao import import_table
from tests.importing.tables import text

ROWS = 20_000
CODE = """
import sys, time
from openpyxl import load_workbook
from saidao import import_table, save_case
start = time.process_time()
found = import_table(sys.argv[1])
save_case(found.case, sys.argv[2])
taken = time.process_time() - start
with open("/proc/self/status") as status:  # the most of this process; ru_maxrss begins with the parent's
    memory = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) // 1024
start = time.process_time()
for row in load_workbook(sys.argv[3], read_only=True).active.iter_rows(values_only=True):
    pass
print(found.outcome, len(found.tables[0].names), taken / (time.process_time() - start), memory)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc there")
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_large_table(tmp_path: Path, suffix: str) -> None:
    draw = random.Random(1)
    rows = [["企业名称", *(f"指标{k}（万元）" for k in range(12))]]
    rows += [[f"企业{i}", *(round(draw.uniform(10, 1000), 3) for _ in range(12))] for i in range(ROWS)]  # type: ignore[list-item]
    book = tmp_path / "large.xlsx"
    made = Workbook(write_only=True)
    sheet = made.create_sheet("数据")
    for row in rows:
        sheet.append(row)
    made.save(book)
    path = tmp_path / f"large.{suffix}"
    if suffix == "csv":
        text(path, rows)
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(path), str(tmp_path / "case"), str(book)],
        capture_output=True,
        text=True,
        check=True,
    )
    outcome, count, ratio, mebibytes = done.stdout.split()
    assert (outcome, int(count)) == ("read", ROWS)
    assert float(ratio) < 6
    assert int(mebibytes) < 300


@pytest.mark.slow
def test_a_long_table_of_years_takes_as_long_as_it_is(tmp_path: Path) -> None:
    """Eight times the lines take some eight times as long: no line is compared with all others."""
    taken = []
    for cities in (250, 2000):
        rows: list[list[object]] = [["城市", "年份", "指标", "数值"]]
        rows += [[f"城市{c}", y, f"指标{i}", 1 + c + y % 7] for c in range(cities) for y in (2020, 2021) for i in "ab"]
        path = tmp_path / f"long{cities}.csv"
        text(path, rows)
        start = time.process_time()
        found = import_table(path, years=True)
        taken.append(time.process_time() - start)
        assert found.case is not None
        assert len(found.case.track_ids) == cities
    assert taken[1] < 14 * taken[0]
