"""Efficiency of a case's tracks: Cooper, Seiford & Tone (2007), Data Envelopment Analysis, tables 1.1 and 2.1."""

from __future__ import annotations

import pandas as pd
import pytest

import saidao
from tests.conftest import Run

STORES = pd.DataFrame(
    {"employee": [2, 3, 3, 4, 5, 5, 6, 8], "sale": [1, 3, 2, 3, 4, 2, 3, 5]},
    index=pd.Index(list("ABCDEFGH"), name="track"),
)


def test_one_input_and_one_output() -> None:
    """Table 1.1: sale per employee, as a share of the best."""
    case = saidao.Case.from_frames(scores=STORES)
    found = saidao.efficiency(case, inputs=["employee"], outputs=["sale"])
    printed = {"A": 0.5, "B": 1, "C": 0.667, "D": 0.75, "E": 0.8, "F": 0.4, "G": 0.5, "H": 0.625}
    assert {row["track"]: round(row["ccr"], 3) for row in found.rows} == printed
    assert all(row["peers"] == [] if row["track"] == "B" else row["peers"][0]["track"] == "B" for row in found.rows)


def test_two_inputs_and_one_output() -> None:
    """Example 2.1 (table 2.1): units A to F with output 1; F is at 1 with slack."""
    frame = pd.DataFrame(
        {"x1": [4, 7, 8, 4, 2, 10], "x2": [3, 3, 1, 2, 4, 1], "y": [1] * 6},
        index=pd.Index(list("ABCDEF"), name="track"),
    )
    found = saidao.efficiency(saidao.Case.from_frames(scores=frame), inputs=["x1", "x2"], outputs=["y"])
    printed = {"A": 0.8571, "B": 0.6316, "C": 1, "D": 1, "E": 1, "F": 1}
    assert {row["track"]: round(row["ccr"], 4) for row in found.rows} == printed
    assert [row["track"] for row in found.rows if row["efficient"]] == ["C", "D", "E"]
    assert found.rows[5]["sbm"] < 1


def test_the_panel_agrees_with_productivity() -> None:
    """Shares of the frontier in the last year, constant returns, as the Malmquist index has them."""
    found = saidao.efficiency("shanghai")
    share = {row["track"]: row["frontier_share"] for row in saidao.productivity("shanghai").means}
    assert {row["track"]: row["ccr"] for row in found.rows} == pytest.approx(share)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("--input", "demand"), "--output-factor"),
        (("--input", "demand", "--output-factor", "demnd"), "demnd"),
        (("--period", "1999"), "1999"),
    ],
)
def test_what_cannot_be_measured_is_told(run: Run, typed: tuple[str, ...], told: str) -> None:
    done = run("efficiency", "shanghai", *typed)
    assert done.status == 2
    assert told in done.err
