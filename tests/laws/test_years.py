"""Scores of several periods: each is ranked as a case of its own would be, and one of them is planned with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import saidao
from saidao import pictures
from saidao.case.edits import edited
from saidao.case.tables import PeriodScore, Score
from tests.conftest import ROOT, Run, write_case

YEARS: dict[str, list[list[float]]] = {
    "2022": [[3, 8], [5, 1], [9, 3]],
    "2023": [[4, 2], [5, 3], [8, 3]],
    "2024": [[9, 2], [5, 3], [4, 3]],
}
ROWS = [f"{t},{y},{f:g},{g:g}" for y in ("2022", "2024", "2023") for t, (f, g) in zip("abc", YEARS[y], strict=True)]


@pytest.fixture
def dated(tmp_path: Path) -> Path:
    """The small case with scores of three years, not in their order."""
    return write_case(tmp_path, scores="\n".join(["track,period,f,g", *ROWS, ""]))


def of_year(dated: Path, year: str) -> saidao.Case:
    """The same case with the scores of one year alone, without their period."""
    case = saidao.load_case(dated)
    frame = pd.DataFrame(YEARS[year], columns=["f", "g"])
    frame.insert(0, "track", list("abc"))
    return case.with_tables(scores=frame, period_scores=None)


@pytest.mark.parametrize("method", ["topsis", "vikor", "wsm", "promethee_ii"])
@pytest.mark.parametrize("reweigh", [False, True])
def test_every_year_is_ranked_as_a_case_of_its_own(dated: Path, method: Any, reweigh: bool) -> None:
    found = saidao.rank_years(dated, "entropy", method, reweigh=reweigh)
    assert found.periods == ("2022", "2023", "2024")
    weights: Any = "entropy" if reweigh else saidao.weigh(of_year(dated, "2024"), "entropy").values
    for k, year in enumerate(found.periods):
        alone = saidao.rank(of_year(dated, year), weights, method)
        assert found.scores[k] == pytest.approx(alone.score_array)
        assert found.ranks[k].tolist() == alone.rank_array.tolist()
        assert found.weights[k].array == pytest.approx(alone.weights.array)


@pytest.mark.parametrize("reweigh", [False, True])
def test_together_all_years_are_one_matrix(dated: Path, reweigh: bool) -> None:
    found = saidao.rank_years(dated, "entropy", "topsis", together=True, reweigh=reweigh)
    whole = np.vstack([YEARS[year] for year in found.periods])
    weights = saidao.mcda.weigh(whole if reweigh else YEARS["2024"], ["max", "min"], "entropy")
    directions = ["max" if row == "max" else "min" for row in saidao.load_case(dated).factors["direction"]]
    scores = saidao.mcda.rank(whole, weights.array, directions, "topsis").score_array
    assert found.scores.ravel() == pytest.approx(scores)
    assert (np.argsort(-found.scores, axis=1)[:, 0] == np.argmin(found.ranks, axis=1)).all()


def test_moves_are_named(dated: Path) -> None:
    found = saidao.rank_years(dated, "equal", "topsis")
    rises = {row["track"]: row["first"] - row["last"] for row in found.moves}
    assert rises == {row["track"]: row["rise"] for row in found.moves}
    assert sum(abs(rise) for rise in rises.values()) > 0
    assert found.main.to_frame()["rise"].tolist() == [rises[t] for t in found.main.to_frame()["track"]]
    taus = [saidao.mcda.kendall_tau_b(found.ranks[k : k + 2])[0, 1] for k in range(2)]
    assert [row["kendall_tau_b"] for row in found.agreement] == pytest.approx(taus)


def test_the_plan_is_that_of_the_last_year_or_of_the_one_that_is_set(dated: Path) -> None:
    case = saidao.load_case(dated)
    for year in YEARS:
        of = case if year == "2024" else case.with_tables(settings={"score_period": year})
        one, other = saidao.plan(of, weights="equal"), saidao.plan(of_year(dated, year), weights="equal")
        assert one.settings.score_period == year
        assert one.value == pytest.approx(other.value)
        assert one.ranking == other.ranking
        assert any(f"those of {year}" in line for line in one.notes())
        assert any(f"those of {year}" in line for line in saidao.rank(of).notes())
        assert of == case.in_period(year) or year == "2024"


def test_it_is_written_and_read_as_it_was(dated: Path, tmp_path: Path) -> None:
    case = saidao.load_case(dated)
    for name in ("out.xlsx", "out"):
        again = saidao.load_case(saidao.save_case(case, tmp_path / name))
        assert again == case
        assert again.score_periods == case.score_periods
        assert saidao.rank_years(again).ranks.tolist() == saidao.rank_years(case).ranks.tolist()
    (tmp_path / "out" / "case.toml").write_text('weights = "equal"\nscore_period = "2022"\n', "utf-8")
    earlier = saidao.load_case(tmp_path / "out")
    assert earlier.scores_matrix.tolist() == YEARS["2022"]
    assert {row.period for row in earlier.rows(PeriodScore)} == {"2023", "2024"}
    made = edited(case, {"period_scores:a/2022:f": "7", "scores:b:g": "4"})
    assert made.in_period("2022").scores_matrix[0, 0] == 7
    assert made.scores_matrix[1, 1] == 4
    assert {row.track for row in edited(case, {}, ["tracks:c"]).rows(PeriodScore)} == {"a", "b"}
    grown = edited(case, {"tracks:d:name_en": "Delta", "scores:d:f": "4", "scores:d:g": "4"})
    assert {row.period for row in grown.rows(Score)} == {"2024"}
    assert saidao.rank(grown).ranks["d"] > 0
    with pytest.raises(saidao.CaseError, match="track d in 2022"):
        saidao.rank_years(grown)
    for later in (
        edited(case, {"factors:h:direction": "max", "factors:h:weight": "1", **{f"scores:{t}:h": "1" for t in "abc"}}),
        grown,
    ):
        assert saidao.load_case(saidao.save_case(later, tmp_path / f"{len(later.track_ids)}.xlsx")) == later


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (ROWS[:-1], "a row for the track c in 2023"),
        ([*ROWS[:-1], "c,,8,3"], "column period is blank"),
        ([*ROWS, "c,2023,8,3"], "each track, period once"),
        ([*ROWS[:-1], "c,2023,?,3"], "row 10, column f"),
        ([*ROWS[:-1], "c,2023,,3"], "row 10, column f"),
    ],
)
def test_what_a_year_lacks_is_told(dated: Path, run: Run, rows: list[str], told: str) -> None:
    write_case(dated, scores="\n".join(["track,period,f,g", *rows, ""]))
    done = run("rank", dated, "--years")
    assert done.status == 2
    assert told in done.err
    plannable = "a row for the track" in told or rows[-1].endswith(",,3")  # a plan counts one year alone
    assert run("check", dated, "--lang", "zh").status == (0 if plannable else 2)
    assert run("plan", dated, "--weights", "equal").status == (0 if plannable else 2)


def test_a_case_of_one_year_and_a_year_that_is_not_there_are_refused(small: Path, dated: Path, run: Run) -> None:
    done = run("rank", "shanghai", "--years")
    assert done.status == 2
    assert "a column period" in done.err
    write_case(dated, case='score_period = "2020"\n', scores="\n".join(["track,period,f,g", *ROWS, ""]))
    assert "2022, 2023, 2024" in run("plan", dated).err


def test_a_factor_may_be_called_year(tmp_path: Path) -> None:
    """And a column of years that tells each track one year is none of periods."""
    frame = pd.DataFrame({"price": [3.0, 4], "Year": [2017.0, 2013]}, index=["x", "y"])
    assert saidao.Case.from_frames(frame).factor_ids == ("price", "Year")
    case = saidao.load_case(write_case(tmp_path, scores="track,year,f,g\na,2015,3,8\nb,2018,5,1\nc,2016,9,3\n"))
    assert case.score_periods == ()
    assert len(case.rows(Score)) == 3


@pytest.mark.parametrize("heading", ["year", "年份", "时期", "年度"])
def test_a_column_of_years_is_read_by_its_usual_names(dated: Path, heading: str) -> None:
    write_case(dated, scores="\n".join([f"track,{heading},f,g", *ROWS, ""]))
    assert saidao.load_case(dated).score_periods == ("2022", "2023", "2024")


def test_frames_with_the_years_in_their_index() -> None:
    index = pd.MultiIndex.from_product([["2024", "2023"], ["x", "y"]], names=["period", "track"])
    case = saidao.Case.from_frames(pd.DataFrame({"f": [1.0, 2, 3, 1]}, index=index))
    assert case.score_period == "2024"
    assert saidao.rank_years(case, method="wsm").ranks.tolist() == [[1, 2], [2, 1]]


def test_every_surface(run: Run, tmp_path: Path) -> None:
    years = ROOT / "examples" / "years"
    found = json.loads(run("rank", years, "--years", "--json").out)
    assert [one["period"] for one in found["years"]] == ["2023", "2024", "2025"]
    assert {row["track"]: row["rise"] for row in found["moves"]}["robots"] == 3
    assert "Robots, rank 4 to 1" in run("rank", years, "--years").out
    assert "机器人（排名 4 → 1）" in run("rank", years, "--years", "--lang", "zh").out
    for name in ("r.xlsx", "r.html", "r.csv"):
        assert run("rank", years, "--years", "-o", tmp_path / name).status == 0
    page = tmp_path / "report.html"
    assert run("report", years, "-o", page).status == 0
    assert "Ranks over the periods" in page.read_text("utf-8")
    shown = saidao.rank_years(years)
    for lang in ("en", "zh"):
        drawn = pictures.rank_years(shown, lang)
        assert drawn.svg.count("<polyline") == len(shown.tracks)
        assert drawn.rows[0][1:] == tuple(str(r) for r in shown.ranks[:, 0])
