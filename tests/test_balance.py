"""Balance over the dimensions: shares counted again, and floors that hold."""

from __future__ import annotations

import itertools
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import saidao
from saidao.cli.commands import app
from saidao.framework.dimension_balance import _held

SHANGHAI = Path(__file__).parents[1] / "data" / "shanghai"


@pytest.fixture(scope="module")
def found() -> Any:
    return saidao.balance("shanghai")


def test_shares_are_those_of_the_allocation(found: Any) -> None:
    frame = found.plan.to_frame()
    of = found.case.measures.set_index("measure")["dimension"]
    by = frame.groupby(frame["measure"].map(of))
    for row in found.dimensions:
        for key in ("funds", "land", "talent", "scenarios", "value"):
            assert row[key] == pytest.approx(by[key].sum()[row["dimension"]] / frame[key].sum())
    for key in ("funds", "land", "talent", "scenarios", "value"):
        assert sum(row[key] for row in found.dimensions) == pytest.approx(1)
    assert sum(row["measures"] for row in found.dimensions) == 42


def test_the_paper_s_names_are_there_in_both_languages(found: Any) -> None:
    """Sections 4(1) to 4(4)."""
    assert [row["race_zh"] for row in found.dimensions] == ["最优赛制", "冠军赛车", "顶尖赛手", "首发赛场"]
    assert [row["competition_zh"] for row in found.dimensions] == ["公平竞争", "充分竞争", "高效竞争", "有效竞争"]
    assert all(row["race_en"] and row["competition_en"] for row in found.dimensions)


def test_balance_costs_more_and_more_and_its_floors_hold(found: Any) -> None:
    closed = [point["closed_share"] for point in found.points]
    assert closed[0] == pytest.approx(found.plan.closed_share)
    assert len(closed) > 3
    assert all(later <= earlier + 1e-9 for earlier, later in itertools.pairwise(closed))
    dimensions = [row["dimension"] for row in found.dimensions]
    held = saidao.plan(_held(found.case, dimensions, "funds", 0.1))
    assert held.closed_share == pytest.approx(next(p for p in found.points if p["least_share"] == 0.1)["closed_share"])
    frame = held.to_frame()
    of = found.case.measures.set_index("measure")["dimension"]
    spent = frame.groupby(frame["measure"].map(of))["funds"].sum()
    assert (spent >= 250 - 1e-6).all()


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["balance", *arguments])


def test_on_the_command_line(tmp_path: Path) -> None:
    assert "champion cars" in run().stdout
    assert "冠军赛车" in run("--lang", "zh").stdout
    document = json.loads(run("--json", "--resource", "land").stdout)
    assert document["resource"] == "land"
    assert run("--resource", "lnd").exit_code == 2
    shutil.copytree(SHANGHAI, tmp_path / "city")
    file = tmp_path / "city" / "measures.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",space,", ",,"), encoding="utf-8")
    done = run(str(tmp_path / "city"))
    assert done.exit_code == 2
    assert "dimension" in done.output
    for table in ("dimensions", "points"):
        assert len(saidao.balance("shanghai").to_frame(table))
