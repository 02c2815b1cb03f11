"""Pictures: well-formed, readable by eyes and by screen readers, and of the very numbers that results hold."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

import saidao
from saidao import pictures
from saidao.optimize import OutOfTime
from saidao.pictures import Picture, drawing, drawings
from tests.conftest import ROOT
from tests.oracle.random_cases import write_random_case

pytestmark = pytest.mark.surface

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def plan() -> Any:
    return saidao.plan("shanghai")


def drawn(lang: str) -> Iterator[Picture]:
    found = saidao.plan("shanghai")
    ranked = pictures.ranking(found, lang)
    assert ranked is not None
    yield from (
        pictures.diamond(found, lang),
        ranked,
        pictures.flow(found, lang),
        pictures.prices(found, lang),
        pictures.frontier(saidao.frontier("shanghai", "land"), lang),
        pictures.ranks(saidao.compare("shanghai", ["ahp", "entropy"], ["topsis", "wsm"]), lang),
        pictures.money(saidao.compare_plans("shanghai", ["ahp", "entropy"]), lang),
        pictures.acceptability(saidao.robustness("shanghai", samples=100), lang),
        pictures.rests_on(found, lang),
        pictures.sweep(saidao.sweep("shanghai", weights=saidao.Joined("ahp", "entropy"), stance="even"), lang),
        pictures.rank_years(saidao.rank_years(ROOT / "examples" / "years"), lang),
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_picture_is_sound_and_tells_itself(lang: str) -> None:
    names = set()
    for picture in drawn(lang):
        root = ET.fromstring(str(picture.svg))
        assert root.tag == f"{SVG}svg"
        assert root.get("role") == "img"
        title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert description is not None
        assert title.text == picture.title
        assert description.text == picture.caption
        assert picture.caption.endswith((".", "。"))
        assert picture.rows
        assert all(len(row) == len(picture.head) for row in picture.rows)
        wide, high = (float(v) for v in str(root.get("viewBox")).split()[2:])
        for mark in root.iter():
            if mark.tag == f"{SVG}rect":
                assert float(mark.attrib["x"]) + float(mark.attrib["width"]) <= wide + 1, picture.name
                assert float(mark.attrib["y"]) + float(mark.attrib["height"]) <= high + 1, picture.name
            elif mark.tag == f"{SVG}text":
                assert 0 <= float(mark.attrib["y"]) <= high + 1, (picture.name, mark.text)
        assert not any(mark.get("id") for mark in root.iter())  # two of a kind on a page do not clash
        names.add(picture.name)
        if lang == "zh":
            assert not picture.title.isascii()
            assert not picture.caption.isascii()
    assert len(names) == 11


def test_texts_stand_out_from_what_they_stand_on() -> None:
    for step in range(101):
        fill = drawing.shade(step / 100)
        assert drawing.contrast(fill, drawing.on(fill)) >= 4.5
    for colour in (drawing.INK, drawing.QUIET, drawing.BLUE, drawing.ORANGE, drawing.GREEN, drawing.PURPLE):
        assert drawing.contrast(colour, drawing.PAPER) >= 4.5
    assert drawing.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert drawing.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # the well-known border case


def test_the_tables_behind_are_the_result_s(plan: Any) -> None:
    diamond = pictures.diamond(plan)
    names = plan.case.names(saidao.case.tables.Track)
    cells = {(row["track"], row["factor"]): row for row in plan.gaps}
    for line, track in zip(diamond.rows, plan.case.track_ids, strict=True):
        assert line[0] == names[track]
        for f, factor in enumerate(plan.case.factor_ids):
            row = cells[track, factor]
            assert float(line[1 + 2 * f]) == pytest.approx(row["gap"], abs=5e-4)
            assert float(line[2 + 2 * f]) == pytest.approx(row["gap"] - row["closed"], abs=5e-4)
    flow = pictures.flow(plan)
    for column in (2, 3):
        shares = [float(row[column].rstrip("%")) for row in flow.rows if row[column]]
        assert sum(shares) == pytest.approx(100 if column == 2 else 200, abs=0.5)  # closed: at tracks, and by factors
    robust = saidao.robustness("shanghai", samples=100)
    for row in pictures.acceptability(robust).rows:
        assert sum(map(float, row[1:])) == pytest.approx(1, abs=1e-3)
    compared = saidao.compare("shanghai", ["ahp", "entropy"], ["topsis"])
    shown = {row[0]: list(map(int, row[1:])) for row in pictures.ranks(compared).rows}
    for t, track in enumerate(compared.tracks):
        assert shown[names[track]] == compared.ranks[t].tolist()


def test_names_are_escaped() -> None:
    nasty = '<script>alert("1")</script>'
    mark = drawing.text(0, 0, nasty)
    assert "<script>" not in mark
    assert ET.fromstring(str(mark)).text == nasty
    assert "onload" not in ET.fromstring(str(drawing.el("rect", x='1" onload="x'))).attrib
    assert drawing.el("g", Markup("<b/>")) == "<g><b/></g>"


def test_axes_have_round_marks() -> None:
    assert drawing.nice(100) == [0, 25, 50, 75, 100]
    assert drawing.nice(0.656) == pytest.approx([0, 0.2, 0.4, 0.6])
    assert drawing.nice(0) == [0]
    for limit in (1e-9, 0.07, 3, 12345.6, 9e12):
        marks = drawing.nice(limit)
        assert 3 <= len(marks) <= 5
        assert marks[-1] <= limit * (1 + 1e-9)


@given(seed=st.integers(0, 60))
@settings(max_examples=12, deadline=None)
def test_any_plan_can_be_drawn(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    """Periods, whole units, zero budgets, tracks without measures."""
    folder: Path = tmp_path_factory.mktemp("case")
    write_random_case(folder, seed, kinds=seed % 3 == 0, measures=4)
    try:
        found = saidao.plan(str(folder))
    except (saidao.Infeasible, saidao.CaseError):
        return
    for draw in (pictures.diamond, pictures.ranking, pictures.flow, pictures.prices, pictures.rests_on):
        picture = draw(found)
        if picture is not None:
            ET.fromstring(str(picture.svg))
            assert "nan" not in str(picture.svg)


def test_of_many_tracks_those_that_matter_are_drawn_and_the_caption_says_so(tmp_path: Path) -> None:
    write_random_case(tmp_path, 3, tracks=45)
    plan = saidao.plan(tmp_path)
    found = [
        pictures.diamond(plan),
        pictures.ranking(plan),
        pictures.ranks(saidao.compare(tmp_path, weights=["equal", "entropy"])),
        pictures.acceptability(saidao.robustness(tmp_path, samples=50)),
    ]
    for picture in found:
        assert picture is not None
        assert "Drawn are" in picture.caption
        assert "tracks of 45" in picture.caption
        assert len(picture.rows) == 45
        height = float(re.findall(r'viewBox="0 0 [\d.]+ ([\d.]+)"', picture.svg)[0])
        assert height < 61 * 25 + 120


def test_the_table_behind_a_picture_is_cut_and_says_so() -> None:
    rows = tuple((str(i),) for i in range(400))
    picture = Picture("x", "title", "caption", Markup(""), ("head",), rows)
    assert picture.rows == rows[:300]
    assert picture.behind("en").endswith("the first 300 of 400 rows")


def test_years_that_are_not_found_in_time_are_sought_once(monkeypatch: pytest.MonkeyPatch, plan: Any) -> None:
    sought = []

    def late(case: Any, plan: Any, **options: Any) -> Any:
        sought.append(case)
        raise OutOfTime

    monkeypatch.setattr(drawings, "staged", late)
    draw = drawings.drawings(plan.case, lambda: plan, "en")
    for name in ("gantt", "progress", "diagnosis"):
        with pytest.raises(OutOfTime):
            draw[name]()
    assert len(sought) == 1
