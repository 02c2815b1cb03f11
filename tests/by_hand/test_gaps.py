"""Obstacle degrees and coupling coordination of a case, by figures that paper gives."""

from __future__ import annotations

from math import sqrt
from pathlib import Path

import numpy as np
import pytest

import saidao
from benchmarks.cases import write_case as write_large_case
from saidao import mcda
from saidao.case.tables import Track
from tests.conftest import Run, write_case

ONLY_RANKS = ("resources.csv", "measures.csv", "costs.csv", "effects.csv", "rules.csv")


def test_degrees_and_coordination_of_the_small_case(small: Path) -> None:
    """Levels of f are .2 .5 .9, of g .2 .9 .7; weights 2/3 and 1/3."""
    found = saidao.obstacles(small, stance="even")
    assert found.obstacles("before") == pytest.approx(np.array([[1.6, 0.8], [1.0, 0.1], [0.2, 0.3]]) / 3)
    a, b, _ = found.tracks
    assert (a["level_before"], a["C_classic_before"], a["D_classic_before"]) == pytest.approx((0.2, 1.0, sqrt(0.2)))
    assert b["level_before"] == pytest.approx(1.9 / 3)
    assert b["D_classic_before"] == pytest.approx(sqrt(2 * sqrt(0.45) / 1.4 * 1.9 / 3))
    assert b["D_corrected_before"] == pytest.approx(sqrt(sqrt(0.6 * 5 / 9) * 1.9 / 3))
    assert (a["obstacle_before"], a["share_before"]) == ("f", pytest.approx(2 / 3))
    assert b["class_classic_before"] == 7


def test_what_is_left_after_the_plan_is_its_weighted_gap(small: Path) -> None:
    found = saidao.obstacles(small, stance="even")
    assert found.plan is not None
    gap = found.plan.solved.programme.gap - found.plan.solved.closed
    assert found.obstacles("after") == pytest.approx(found.weights.array * gap, abs=1e-12)
    levels = [row["level_after"] for row in found.tracks]
    assert levels == pytest.approx((1 - found.obstacles("after").sum(axis=1)).tolist())
    for when in ("before", "after"):
        assert sum(row[f"share_{when}"] for row in found.factors) == pytest.approx(1)


def test_the_branches_of_a_tree_are_the_systems(tmp_path: Path) -> None:
    """Two branches of two factors each: U of a branch weighs its own factors."""
    case = write_case(
        tmp_path,
        factors="factor,name_en,parent,direction,worst,target,weight\n"
        "x,X,,,,,1\ny,Y,,,,,3\nf,F,x,max,0,10,1\ng,G,x,max,0,10,1\nh,H,y,max,0,10,1\n",
        scores="track,f,g,h\na,2,4,6\nb,5,5,0\nc,10,10,10\n",
        effects="measure,track,factor,effect\nm1,*,f,0.3\nm2,*,g,0.2\nm3,*,h,0.05\n",
        rules="rule,kind,over,key,of,amount,share\n",
    )
    (case / "judgements" / "factors.csv").unlink()
    found = saidao.obstacles(case, stance="even")
    assert found.systems == {"x": ("f", "g"), "y": ("h",)}
    expected = mcda.coupling([[0.3, 0.6], [0.5, 0.0], [1.0, 1.0]], [1, 3])
    rows = found.coordination["classic", "before"]
    assert [row["D"] for row in rows] == pytest.approx(expected.coordination.tolist())
    assert [row["T"] for row in rows] == pytest.approx([0.525, 0.125, 1.0])


def test_a_case_that_only_ranks_has_no_after(small: Path, run: Run) -> None:
    for name in ONLY_RANKS:
        (small / name).unlink()
    (small / "sources.csv").unlink()
    found = saidao.obstacles(small)
    assert found.when == ("before",)
    assert "after" not in " ".join(found.text()[0].split()[:12])
    assert run("gaps", small, "--lang", "zh").status == 0


def test_a_system_at_nothing_is_said(run: Run) -> None:
    told = " ".join(run("gaps", "shanghai", "--stance", "even", "--budget", "funds=0").out.split())
    assert "one of their systems stands at 0" in told


def test_a_sentence_names_the_tracks_whose_coordination_falls_farthest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = saidao.obstacles(write_large_case(tmp_path, 40, 9, 0.3))
    rows, names = {row["track"]: row for row in found.tracks}, found.case.names(Track, "en")

    def fall(track: str) -> float:
        by = [(rows[track][f"D_{f}_before"], rows[track][f"D_{f}_after"]) for f in ("classic", "corrected")]
        return max((before or 0.0) - (after or 0.0) for before, after in by)

    fallen = [t for t, row in rows.items() if fall(t) > 1e-9 and row["level_after"] > row["level_before"] + 1e-9]
    assert len(fallen) > 3
    assert found.falls == sorted(fallen, key=fall, reverse=True)
    monkeypatch.setattr("saidao.study.names.MOST_TRACKS", 2)
    first = ", ".join(names[track] for track in found.falls[:2])
    assert f"{first} and {len(fallen) - 2} more tracks." in found.text("en")[-1]
