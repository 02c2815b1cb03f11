"""XMCDA: what goes out comes back; versions 2 and 4; what is no decision is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import saidao
from saidao.formats import xmcda

NUMBERS = st.floats(-1e9, 1e9).filter(lambda v: v == 0 or abs(v) >= 1e-9)
IDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters=";:*/@=#'"), min_size=1)


@st.composite
def decisions(draw: st.DrawFn) -> saidao.Case:
    tracks = draw(st.lists(IDS, min_size=1, max_size=4, unique_by=str.casefold))
    factors = [f"f{n}" for n in range(draw(st.integers(1, 4)))]
    scores = pd.DataFrame([[draw(NUMBERS) for _ in factors] for _ in tracks], columns=factors, index=tracks)
    weighted, scaled, grouped = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    rows: list[dict[str, Any]] = []
    for factor in factors:
        direction = draw(st.sampled_from(["max", "min"]))
        ends = {"worst": -1e9, "target": 1e9} if direction == "max" else {"worst": 1e9, "target": -1e9}
        rows.append(
            {
                "factor": factor,
                "direction": direction,
                **(ends if scaled else {"worst": 0.0, "target": 1.0 if direction == "max" else -1.0}),
                **({"weight": draw(st.floats(0.01, 5))} if weighted else {}),
                **({"parent": "all"} if grouped else {}),
                **({"name_zh": "资金"} if draw(st.booleans()) else {}),
            }
        )
    if grouped:
        rows.append({"factor": "all", **({"weight": 1.0} if weighted else {})})
    return saidao.Case.from_frames(scores, factors=rows, settings={"weights": "direct"} if weighted else {})


@given(decisions())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_round_trip(case: saidao.Case) -> None:
    files, left = xmcda.write(case, "x.xml")
    again, left_again = xmcda.read(files["x.xml"], Path("x.xml"))
    assert again == case
    assert left == left_again == []


def test_what_it_does_not_hold_is_told() -> None:
    files, left = xmcda.write(saidao.load_case("shanghai"), "x.xml")
    assert [name for name, _ in left] == ["format.decision_only"]
    again, _ = xmcda.read(files["x.xml"], Path("x.xml"))
    theirs = saidao.rank(again, weights="direct", method="vikor").ranks
    assert theirs.equals(saidao.rank("shanghai", weights="direct", method="vikor").ranks)


VERSION_2 = """<?xml version="1.0" encoding="UTF-8"?>
<xmcda:XMCDA xmlns:xmcda="http://www.decision-deck.org/2012/XMCDA-2.2.1">
  <alternatives><alternative id="a1" name="Car 1"><active>true</active></alternative><alternative id="a2"/>
    <alternative id="a3"><active>false</active></alternative></alternatives>
  <criteria>
    <criterion id="g1" name="Price"><scale><quantitative><preferenceDirection>min</preferenceDirection>
      <minimum><real>0</real></minimum><maximum><real>300</real></maximum></quantitative></scale></criterion>
    <criterion id="g2"><scale><quantitative><preferenceDirection>max</preferenceDirection></quantitative></scale>
    </criterion>
  </criteria>
  <criteriaValues mcdaConcept="Importance">
    <criterionValue><criterionID>g1</criterionID><value><real>9</real></value></criterionValue>
  </criteriaValues>
  <criteriaValues mcdaConcept="weights">
    <criterionValue><criterionID>g1</criterionID><value><real>0.6</real></value></criterionValue>
    <criterionValue><criterionID>g2</criterionID>
      <value><rational><numerator>2</numerator><denominator>5</denominator></rational></value></criterionValue>
  </criteriaValues>
  <performanceTable>
    <alternativePerformances><alternativeID>a1</alternativeID>
      <performance><criterionID>g1</criterionID><value><real>250</real></value></performance>
      <performance><criterionID>g2</criterionID><value><integer>16</integer></value></performance></alternativePerformances>
    <alternativePerformances><alternativeID>a2</alternativeID>
      <performance><criterionID>g1</criterionID><value><real>200</real></value></performance>
      <performance><criterionID>g2</criterionID><value><real>1.2e1</real></value></performance></alternativePerformances>
    <alternativePerformances><alternativeID>a3</alternativeID>
      <performance><criterionID>g1</criterionID><value><real>1</real></value></performance></alternativePerformances>
  </performanceTable>
</xmcda:XMCDA>
"""


def test_version_2() -> None:
    case, left = xmcda.read(VERSION_2.encode(), Path("cars.xml"))
    assert case.scores_matrix.tolist() == [[250.0, 16.0], [200.0, 12.0]]
    assert case.factors[["factor", "direction", "weight"]].to_numpy().tolist() == [
        ["g1", "min", 0.6],
        ["g2", "max", 0.4],
    ]
    assert case.factor_scales["g1"] == (300.0, 0.0, ())
    assert case.tracks["name_en"].tolist() == ["Car 1", ""]
    assert left == [("format.inactive", {"names": "a3"})]


def test_version_4_and_blank_values() -> None:
    files, _ = xmcda.write(saidao.Case.from_matrix([[1, 2], [3, 4]], [1, 2], [1, -1]), "x.xml")
    newer = files["x.xml"].replace(b"2019/XMCDA-3.1.1", b"2021/XMCDA-4.0.0").replace(b"<real>4</real>", b"<NA/>")
    with pytest.raises(saidao.CaseError, match="scores, row 1, column C2: found nothing"):
        xmcda.read(newer, Path("x.xml"))


@pytest.mark.parametrize(
    "text",
    [
        "no xml",
        "<a/>",
        "<XMCDA/>",
        "<XMCDA>" * 300 + "</XMCDA>" * 300,
        '<!DOCTYPE a [<!ENTITY b "c">]><XMCDA><performanceTable/></XMCDA>',
        VERSION_2.replace("<real>250</real>", "<real>cheap</real>"),
        VERSION_2.replace("<real>250</real>", "<label>cheap</label>"),
    ],
)
def test_what_is_no_decision_is_refused(text: str) -> None:
    with pytest.raises(saidao.CaseError) as caught:
        xmcda.read(text.encode(), Path("x.xml"))
    assert all(problem.file == "x.xml" for problem in caught.value.problems)
