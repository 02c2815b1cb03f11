"""Balance over the dimensions: shares counted again, and floors that hold."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

import saidao
from saidao.case.provenance import Sources
from saidao.cli.commands import app
from saidao.framework.balance import with_dimension_floors
from tests.conftest import ROOT, write_case

SHANGHAI = ROOT / "data" / "shanghai"


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


def closed_under(share: float, **options: Any) -> float:
    """Plan again with the floors: another way to a point of the curve."""
    return float(
        saidao.plan(with_dimension_floors(saidao.load_case("shanghai"), "funds", share), **options).closed_share
    )


@pytest.mark.parametrize("options", [{}, {"weights": "entropy", "stance": "laggards"}])
def test_the_curve_is_what_plans_with_these_floors_close(options: dict[str, Any]) -> None:
    """At random shares, each planned for itself; concave, so that no breakpoint is missed between two points."""
    found = saidao.balance("shanghai", **options)
    assert found.exact
    shares = [p["least_share"] for p in found.points]
    closed = [p["closed_share"] for p in found.points]
    assert closed[0] == pytest.approx(found.plan.closed_share)
    assert shares[-1] == pytest.approx(0.25)
    rng = np.random.default_rng(7)
    for share in [*rng.uniform(0, 0.25, 6), 0.25]:
        assert closed_under(share, **options) == pytest.approx(np.interp(share, shares, closed), abs=1e-9)
    prices = [p["price"] for p in found.points[:-1]]
    assert all(later >= earlier - 1e-9 for earlier, later in itertools.pairwise(prices))
    assert found.points[-1]["loss"] == pytest.approx(closed[0] - closed[-1])


def test_a_plan_is_held_to_its_floors(found: Any) -> None:
    held_to = saidao.balance("shanghai", least_share=0.1)
    assert held_to.plan.closed_share == pytest.approx(closed_under(0.1))
    frame = held_to.plan.to_frame()
    of = held_to.case.measures.set_index("measure")["dimension"]
    spent = frame.groupby(frame["measure"].map(of))["funds"].sum()
    assert (spent >= 250 - 1e-6).all()
    assert "at least 10.0%" in held_to.text()[0]
    assert held_to.points == found.points, "the curve does not depend on where the plan stands"


def test_a_curve_ends_where_no_plan_gives_more() -> None:
    """Some dimensions have few measures that use land: the largest least share, found by halving."""
    found = saidao.balance("shanghai", resource="land")
    case, end = saidao.load_case("shanghai"), found.points[-1]["least_share"]
    assert end < 0.25
    assert f"{end:.1%}" in found.text()[-1]
    saidao.plan(with_dimension_floors(case, "land", end - 1e-6))
    with pytest.raises(saidao.Infeasible):
        saidao.plan(with_dimension_floors(case, "land", end + 1e-4))


def test_floors_of_a_case_with_floors_have_names_of_their_own() -> None:
    once = with_dimension_floors(saidao.load_case("shanghai"), "funds", 0.1)
    twice = with_dimension_floors(once, "funds", 0.05)
    names = [row for row in twice.rules["rule"] if row.startswith("balance innovation")]
    assert names == ["balance innovation", "balance innovation'"]
    again = saidao.balance(once)
    assert again.points[0]["closed_share"] == pytest.approx(closed_under(0.1)), "its own floors stay"


def test_levels_in_whole_units_are_sampled_and_said_so(small: Path) -> None:
    text = (small / "measures.csv").read_text(encoding="utf-8").replace("track,continuous,2", "track,integer,2")
    found = saidao.balance(write_case(small, measures=text, rules="rule,kind,over,key,of,amount,share\n"))
    assert not found.exact
    closed = [p["closed_share"] for p in found.points]
    assert all(later <= earlier + 1e-9 for earlier, later in itertools.pairwise(closed))
    assert "not at every breakpoint" in found.notes()[-1]


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["balance", *arguments])


def test_floors_are_written_as_a_case(tmp_path: Path) -> None:
    assert run("--at", "0.2", "--resource", "land").exit_code == 3
    book = tmp_path / "balanced.xlsx"
    assert run("--at", "0.2", "--write", str(book)).exit_code == 0
    assert saidao.plan(book).closed_share == pytest.approx(closed_under(0.2))
    assert run("--at", "0.2", "--write", str(book)).exit_code == 2, "nothing is overwritten"


def test_a_measure_without_dimension_is_told(tmp_path: Path) -> None:
    shutil.copytree(SHANGHAI, tmp_path / "city")
    file = tmp_path / "city" / "measures.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",space,", ",,"), encoding="utf-8")
    done = run(str(tmp_path / "city"))
    assert done.exit_code == 2
    assert "dimension" in done.output


def test_other_objectives_are_sampled_and_reach_is_not_traced() -> None:
    """Nothing is claimed of a plan that closes what it is told; others are planned share by share."""
    reach = saidao.balance("shanghai", objective="reach=0.4")
    assert reach.points == []
    assert "spends more" in reach.text()[-1]
    assert "costs nothing" not in " ".join(reach.text())
    held_to = saidao.balance("shanghai", least_share=0.1, objective="reach=0.3")
    assert held_to.plan.closed_share == pytest.approx(0.3)
    assert "spends more" in held_to.text()[-1]
    fair = saidao.balance("shanghai", objective="maxmin")
    assert not fair.exact
    assert "planned at 11 shares" in fair.notes()[-1]
    assert "whole units" not in " ".join(fair.text())
    for point in fair.points[::4]:
        again = saidao.plan(
            with_dimension_floors(saidao.load_case("shanghai"), "funds", point["least_share"]), objective="maxmin"
        )
        assert point["closed_share"] == pytest.approx(again.closed_share)


def test_a_dimension_without_measures_is_shown_and_held_to_nothing(small: Path) -> None:
    write_case(
        small, dimensions="dimension,name_en\nd1,One\nd2,Two\nd3,Three\n", rules="rule,kind,over,key,of,amount\n"
    )
    result = saidao.balance(small)
    rows = {row["dimension"]: row for row in result.dimensions}
    assert (rows["d3"]["measures"], rows["d3"]["funded"], rows["d3"]["funds"]) == (0, 0, 0.0)
    assert result.points[-1]["least_share"] <= 0.5


def test_floors_are_marked_as_assumed() -> None:
    case = with_dimension_floors(saidao.load_case("shanghai"), "funds", 0.1)
    assert Sources(case).kind("rules", ("balance space",), "share") == "assumption"


@pytest.mark.slow
def test_the_curve_of_a_discounted_plan_is_of_what_closes() -> None:
    phased = saidao.phase("shanghai")
    result = saidao.balance(phased)
    assert result.points[0]["closed_share"] == pytest.approx(result.plan.closed_share, abs=2e-3)
    assert result.plan.closed_share == pytest.approx(saidao.stages("shanghai").plan.closed_share)
