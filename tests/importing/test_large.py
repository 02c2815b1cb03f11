"""Twenty thousand rows are read within five seconds of a processor and 300 MiB."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.importing.tables import text

ROWS = 20_000
CODE = """
import resource, sys, time
from saidao import import_table, save_case
found = import_table(sys.argv[1])
save_case(found.case, sys.argv[2])
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(found.outcome, len(found.tables[0].names), time.process_time(), memory)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no resource there")
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_large_table(tmp_path: Path, suffix: str) -> None:
    draw = random.Random(1)
    rows = [["企业名称", *(f"指标{k}（万元）" for k in range(12))]]
    rows += [[f"企业{i}", *(round(draw.uniform(10, 1000), 3) for _ in range(12))] for i in range(ROWS)]  # type: ignore[list-item]
    path = tmp_path / f"large.{suffix}"
    if suffix == "csv":
        text(path, rows)
    else:
        made = Workbook(write_only=True)
        sheet = made.create_sheet("数据")
        for row in rows:
            sheet.append(row)
        made.save(path)
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(path), str(tmp_path / "case")], capture_output=True, text=True, check=True
    )
    outcome, count, seconds, mebibytes = done.stdout.split()
    assert (outcome, int(count)) == ("read", ROWS)
    assert float(seconds) < 5
    assert int(mebibytes) < 300
