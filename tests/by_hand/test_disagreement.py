"""Where ranking and money disagree: each reason by a case that is made for it."""

from __future__ import annotations

from pathlib import Path

import pytest

import saidao
from tests.conftest import Run

TRACKS = "abcdef"


def write(folder: Path, scores: dict[str, float], effects: dict[str, float], budget: float, most: float = 1.0) -> Path:
    """Write six tracks on one factor, one measure at each; the effects say how much a level of 1 closes there."""
    tables = {
        "tracks": "track\n" + "\n".join(scores),
        "factors": "factor,worst,target\nf,0,10",
        "scores": "track,f\n" + "\n".join(f"{t},{s}" for t, s in scores.items()),
        "resources": f"resource,unit,budget\nfunds,m,{budget}",
        "measures": f"measure,scope,max_level\nm,track,{most}",
        "costs": "measure,resource,cost\nm,funds,10",
        "effects": "measure,track,factor,effect\n" + "\n".join(f"m,{t},f,{e}" for t, e in effects.items()),
    }
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text + "\n", encoding="utf-8")
    (folder / "case.toml").write_text('weights = "equal"\nmethod = "wsm"\nstance = "even"\n', encoding="utf-8")
    return folder


def reasons(folder: Path) -> dict[str, str]:
    return {row["track"]: row["reason"] for row in saidao.plan(folder).disagreements}


def test_a_leader_without_a_gap_and_a_last_with_a_large_one(tmp_path: Path) -> None:
    found = reasons(
        write(tmp_path, dict(zip(TRACKS, (10, 8, 6, 4, 2, 0), strict=True)), dict.fromkeys(TRACKS, 0.5), 60)
    )
    assert found["a"] == "no_gap"
    assert found["f"] == "large_gap"


def test_a_leader_whose_measures_are_dear(tmp_path: Path) -> None:
    effects = {**dict.fromkeys(TRACKS, 0.4), "a": 0.01}
    found = reasons(write(tmp_path, dict(zip(TRACKS, (5, 4.8, 4.6, 4.4, 4.2, 4.0), strict=True)), effects, 30))
    assert found["a"] == "dear"


def test_a_leader_whose_measure_is_at_its_largest(tmp_path: Path) -> None:
    effects = {**dict.fromkeys(TRACKS, 0.5)}
    folder = write(tmp_path, dict(zip(TRACKS, (6, 3, 3, 3, 3, 3), strict=True)), effects, 1000)
    (folder / "measures.csv").write_text("measure,scope,max_level\nm,track,1\nn,track,0.1\n", encoding="utf-8")
    (folder / "costs.csv").write_text("measure,resource,cost\nm,funds,10\nn,funds,10\n", encoding="utf-8")
    rows = ["m,b,f,0.5", "m,c,f,0.5", "m,d,f,0.5", "m,e,f,0.5", "m,f,f,0.5", "n,a,f,0.5"]
    (folder / "effects.csv").write_text("measure,track,factor,effect\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert reasons(folder)["a"] == "capped"


def test_a_leader_whose_gap_closes_for_little(tmp_path: Path) -> None:
    effects = {**dict.fromkeys(TRACKS, 0.2), "a": 5.0}
    found = reasons(write(tmp_path, dict(zip(TRACKS, (5, 4, 4, 4, 4, 4), strict=True)), effects, 1000, most=9))
    assert found["a"] == "closed"


def test_who_gets_nothing_is_last_by_money(tmp_path: Path) -> None:
    """All money goes to the last by score: the next to last, which gets none, is no track that gets much."""
    effects = {**dict.fromkeys(TRACKS, 0.1), "f": 0.5}
    folder = write(tmp_path, dict(zip(TRACKS, (9, 8, 7, 6, 5, 4), strict=True)), effects, 5)
    told = {row["track"]: (row["rank_by_money"], row["reason"]) for row in saidao.plan(folder).disagreements}
    assert told == {**dict.fromkeys("abcd", (6, "dear")), "f": (1, "large_gap")}


def test_ties_disagree_only_as_far_as_they_must(tmp_path: Path) -> None:
    """All six rank first: whoever gets most, no order of them by money is against that."""
    effects = dict(zip(TRACKS, (0.6, 0.5, 0.4, 0.3, 0.2, 0.1), strict=True))
    assert reasons(write(tmp_path, dict.fromkeys(TRACKS, 5.0), effects, 25)) == {}


def test_no_ranking_disagrees_with_no_money(tmp_path: Path) -> None:
    folder = write(tmp_path, dict(zip(TRACKS, (9, 8, 7, 6, 5, 4), strict=True)), dict.fromkeys(TRACKS, 0.5), 0)
    assert reasons(folder) == {}


def test_a_leader_that_no_measure_works_on(tmp_path: Path) -> None:
    effects = dict.fromkeys("bcdef", 0.5)
    folder = write(tmp_path, dict(zip(TRACKS, (6, 5, 4, 3, 2, 1), strict=True)), effects, 60)
    assert reasons(folder)["a"] == "unserved"
    effects["a"] = 0.5
    folder = write(tmp_path, dict(zip(TRACKS, (6, 5, 4, 3, 2, 1), strict=True)), effects, 60)
    forbidden = saidao.plan(folder, forbid=["m@a"]).disagreements
    assert next(row["reason"] for row in forbidden if row["track"] == "a") == "unserved"


def test_a_leader_whose_gap_the_stance_does_not_count(tmp_path: Path) -> None:
    """The best by TOPSIS has the score 1: with laggards first its gap has no weight."""
    folder = write(tmp_path, dict(zip(TRACKS, (6, 5, 4, 3, 2, 1), strict=True)), dict.fromkeys(TRACKS, 0.5), 60)
    told = saidao.plan(folder, method="topsis", stance="laggards").disagreements
    assert next(row["reason"] for row in told if row["track"] == "a") == "no_weight"


def test_money_adds_up_and_every_row_is_far_apart() -> None:
    plan = saidao.plan("shanghai")
    for row in plan.disagreements:
        assert abs(row["rank"] - row["rank_by_money"]) >= 4
        assert 0 <= row["money_share"] <= 1
    assert next(row for row in plan.disagreements if row["track"] == "green_icv")["reason"] == "no_gap"
    assert plan.to_dict()["disagreements"] == plan.disagreements


@pytest.mark.parametrize(("lang", "word"), [("en", "ranking and money disagree"), ("zh", "排名与资金不一致")])
def test_as_a_user_sees_it(run: Run, lang: str, word: str) -> None:
    assert word in run("plan", "--lang", lang).out
