"""Candidate tracks: the sorting is ELECTRE TRI's, by its definition; who is admitted is a track like the others."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import saidao
from saidao.case.provenance import Sources
from saidao.cli.commands import app
from saidao.pictures import drawings
from tests.conftest import ROOT

SHANGHAI = ROOT / "data" / "shanghai"


@pytest.fixture(scope="module")
def found() -> Any:
    return saidao.candidates("shanghai")


def test_credibilities_are_shares_of_weight_without_thresholds(found: Any) -> None:
    """Without thresholds the credibility is the weight of the indicators on which the profile is reached."""
    case = found.case
    rows = case.indicators.to_dict("records")
    candidate = case.candidates.iloc[0]
    for profile in ("watch", "admit"):
        reached = [
            float(candidate[r["indicator"]]) >= r[profile]
            if r["direction"] == "max"
            else float(candidate[r["indicator"]]) <= r[profile]
            for r in rows
        ]
        share = sum(r["weight"] for r, holds in zip(rows, reached, strict=True) if holds) / sum(
            r["weight"] for r in rows
        )
        assert found.listed[0][f"credibility_{profile}"] == pytest.approx(share)
    assert found.listed[0]["short_of_admit"] == ["productivity", "market"]
    assert found.listed[0]["category"] == "watch"


def test_the_paper_s_figures_are_sourced_and_the_rest_is_assumed(found: Any) -> None:
    sources = Sources(found.case)
    printed = {"firm_growth": "0.789", "firms": "106000", "rounds": "220", "large_rounds": "0.2136", "products": "10"}
    row = found.case.candidates.iloc[0]
    for name, value in printed.items():
        assert row[name] == float(value)
        assert sources.kind("candidates", ("service_robots",), name) == "paper"
    assert sources.kind("candidates", ("service_robots",), "leaders") == "judgement", "our reading"
    assert set(found.listed[0]["assumed"]) == {
        "direction_fit",
        "productivity",
        "market",
        "penetration",
        "patents",
        "turnover",
        "synergy",
        "rigid_demand",
    }
    assert "8 of its 14 figures are assumptions, 2 of the 2" in " ".join(found.text())


def test_what_alone_would_admit_it_does(found: Any, tmp_path: Path) -> None:
    """Each raised to its line in the table; and with a cut that one is not enough for."""
    assert found.listed[0]["enough"] == ["productivity", "market"]
    for name, line in (("1.1,150", "1.2,150"), ("1.1,150", "1.1,200")):
        folder = tmp_path / line
        shutil.copytree(SHANGHAI, folder)
        file = folder / "candidates.csv"
        file.write_text(file.read_text(encoding="utf-8").replace(name, line), encoding="utf-8")
        assert saidao.candidates(folder).listed[0]["category"] == "admit"
    assert "One of these alone would admit it" in " ".join(found.text())
    assert saidao.candidates("shanghai", cut=0.95).listed[0]["enough"] == []
    assert saidao.candidates("shanghai", cut=0.6).listed[0]["enough"] == []


@pytest.mark.parametrize(("cut", "category"), [(0.6, "admit"), (0.75, "watch")])
def test_the_cut_decides(cut: float, category: str) -> None:
    assert saidao.candidates("shanghai", cut=cut).listed[0]["category"] == category


def test_who_is_admitted_is_a_track_like_the_others() -> None:
    case = saidao.admit("shanghai", "service_robots")
    ranking = saidao.rank(case)
    assert len(ranking.alternatives) == 13
    plan = saidao.plan(case)
    served = {closed["track"] for row in plan.allocation for closed in row["closes"]}
    assert "service_robots" in served
    admitted = saidao.candidates("shanghai", cut=0.6)
    shown = {row["track"]: row for row in admitted.ranking}
    for track, rank in ranking.ranks.items():
        assert shown[str(track)]["rank_with"] == rank
    assert shown["service_robots"]["rank"] is None
    before = saidao.rank("shanghai").ranks
    for one in shown.values():
        for other in one["turned"]:
            assert before[one["track"]] > before[other]
            assert ranking.ranks[one["track"]] < ranking.ranks[other]


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["candidates", *arguments])


def test_whom_a_lower_cut_admits_is_written_as_a_case(tmp_path: Path) -> None:
    document = json.loads(run("--json", "--cut", "0.6", "--write", str(tmp_path / "thirteen.xlsx")).stdout)
    assert document["admitted"] == ["service_robots"]
    again = saidao.load_case(tmp_path / "thirteen.xlsx")
    assert again.track_ids[-1] == "service_robots"
    assert saidao.plan(again).closed_share == pytest.approx(
        saidao.plan(saidao.admit("shanghai", "service_robots")).closed_share
    )


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(saidao.CaseError, match="service_robots"):
        saidao.admit("shanghai", "service_robot")
    folder = tmp_path / "city"
    shutil.copytree(SHANGHAI, folder)
    lines = (folder / "candidates.csv").read_text(encoding="utf-8").replace("factor_conditions", "other")
    (folder / "candidates.csv").write_text(lines, encoding="utf-8")
    with pytest.raises(saidao.CaseError, match="every factor"):
        saidao.admit(folder, "service_robots")
    assert saidao.candidates(folder, cut=0.6).ranking == []
    (folder / "indicators.csv").unlink()
    with pytest.raises(saidao.CaseError, match="to sort candidates"):
        saidao.candidates(folder)


def test_a_candidate_is_admitted_all_the_same_to_see_what_that_does(tmp_path: Path) -> None:
    found = saidao.candidates("shanghai", also=["service_robots"])
    assert found.listed[0]["category"] == "watch"
    assert found.admitted == ["service_robots"]
    after = saidao.rank(saidao.admit("shanghai", "service_robots"))
    assert {row["track"]: row["rank_with"] for row in found.ranking} == after.ranks.to_dict()
    assert "as asked" in " ".join(found.text())
    book = tmp_path / "with.xlsx"
    assert run("--admit", "service_robots", "--write", str(book)).exit_code == 0
    plan = saidao.plan(book)
    assert "service_robots" in plan.decision.tracks
    assert any(c["track"] == "service_robots" for row in plan.allocation for c in row["closes"])
    row = saidao.stages(book).diagnosis[-1]
    assert (row["track"], row["stage"]) == ("service_robots", "preliminary")
    assert run("--admit", "robots").exit_code == 2
    assert run("--write", str(tmp_path / "none.xlsx")).exit_code == 2, "nobody is admitted"
    assert not (tmp_path / "none.xlsx").exists()
    assert run("--admit", "service_robots", "--write", str(book)).exit_code == 2, "nothing is overwritten"


def test_what_admission_would_do_is_shown_of_those_watched(found: Any) -> None:
    """By rankings and plans made apart, with and without it."""
    assert found.admitted == []
    assert found.tried == ["service_robots"]
    thirteen = saidao.admit("shanghai", "service_robots")
    for row in found.reversals:
        before, after = (saidao.rank(case, method=row["method"]).ranks for case in ("shanghai", thirteen))
        assert row["ranks"] == {"service_robots": after["service_robots"]}
        turned = sum(
            before[one] > before[other] and after[one] < after[other] for one in before.index for other in before.index
        )
        assert row["turned"] == turned, row["method"]
    assert len(found.reversals) > 10
    assert any(row["turned"] for row in found.reversals), "rank reversal is no theory"
    one, other = found.plans
    assert one.value == pytest.approx(saidao.plan("shanghai").value)
    assert other.value == pytest.approx(saidao.plan(thirteen).value)
    for row in found.money:
        for key, plan in (("closed", one), ("closed_with", other)):
            gaps = [g for g in plan.gaps if g["track"] == row["track"]]
            whole = sum(g["priority"] * g["gap"] for g in gaps)
            share = sum(g["priority"] * g["closed"] for g in gaps) / whole if whole else None
            assert row[key] == (share if share is None else pytest.approx(share)), row
    spent = [plan.to_frame().groupby(["measure", "target"])["funds"].sum() for plan in (one, other)]
    more = (spent[1].sub(spent[0], fill_value=0)).clip(lower=0).sum()
    assert found.moves[0] == {"resource": "funds", "moved": pytest.approx(more), "share": pytest.approx(more / 2500)}
    said = " ".join(found.text())
    assert "would rank 5 of 13" in said
    held = [row for row in found.money if row["closed"] is not None]
    before = sum(row["closed"] * row["gap_share"] for row in held) / sum(row["gap_share"] for row in held)
    assert f"from {before:.1%}" in said


def test_a_case_that_only_ranks_shows_ranks_and_no_money(tmp_path: Path) -> None:
    folder = tmp_path / "city"
    shutil.copytree(SHANGHAI, folder)
    (folder / "effects.csv").unlink()
    shown = saidao.candidates(folder)
    assert shown.plans is None
    assert shown.money == shown.moves == []
    assert len(shown.ranking) == 13
    assert run(str(folder)).exit_code == 0


def test_no_plan_leaves_the_sorting_and_the_ranks(tmp_path: Path) -> None:
    folder = tmp_path / "city"
    shutil.copytree(SHANGHAI, folder)
    (folder / "rules.csv").write_text("rule,kind,over,of,amount\nall,floor,all,closed,22\n", encoding="utf-8")
    with pytest.raises(saidao.Infeasible):
        saidao.plan(folder)
    shown = saidao.candidates(folder)
    assert shown.plans is None
    assert shown.listed[0]["category"] == "watch"
    assert "There is no plan to compare the money by" in " ".join(shown.text())


def test_a_veto_is_told(tmp_path: Path) -> None:
    """Mousseau et al. (2000): discordance 1 from the veto on, and with it no credibility."""
    folder = tmp_path / "city"
    shutil.copytree(SHANGHAI, folder)
    lines = (folder / "indicators.csv").read_text(encoding="utf-8").splitlines()
    veto = {"market": "50"}
    made = [f"{lines[0]},veto", *(f"{line},{veto.get(line.split(',')[0], '')}" for line in lines[1:])]
    (folder / "indicators.csv").write_text("\n".join(made), encoding="utf-8")
    row = saidao.candidates(folder).listed[0]
    assert row["vetoed"] == ["market"]
    assert row["credibility_admit"] == 0
    assert "Vetoed on: Market space" in " ".join(saidao.candidates(folder).text())


def test_admitted_numbers_stay_what_they_were(tmp_path: Path) -> None:
    """The candidate's ticks are assumed, whatever the paper says of the twelve's: a plan says so."""
    case = saidao.admit("shanghai", "service_robots")
    sources = Sources(case)
    for factor in case.factor_ids:
        assert sources.kind("scores", ("service_robots",), factor) == "assumption"
        assert sources.kind("scores", ("quantum",), factor) == "paper"
    assert sources.kind("tracks", ("service_robots",), "name_zh") == "paper"
    assert [row["kind"] for row in saidao.plan(case).inputs if row["table"] == "scores"] == ["paper", "assumption"]
    assert saidao.admit(case, "service_robots") is case, "once is enough"
    again = saidao.candidates(case, also=["service_robots"])
    assert again.ranking == []
    assert "already" in " ".join(again.text())


def test_who_cannot_be_shown_is_told_and_the_others_are(tmp_path: Path) -> None:
    """Two candidates, one without scores: the other's admission is shown; what is not written is not asked for."""
    folder = tmp_path / "city"
    shutil.copytree(SHANGHAI, folder)
    file = folder / "candidates.csv"
    head, row = file.read_text(encoding="utf-8").splitlines()[:2]
    bare = row.replace("service_robots,Service robots", "drones,Drones").replace(",1.1,150,", ",1.3,250,")
    bare = ",".join([*bare.split(",")[:-6], *[""] * 6])
    file.write_text("\n".join([head, row.replace(",1.1,150,", ",1.3,250,"), bare]), encoding="utf-8")
    result = saidao.candidates(folder)
    assert result.admitted == ["service_robots", "drones"]
    assert result.tried == ["service_robots"]
    assert "Drones has no score on some factor" in " ".join(result.text())
    done = run(str(folder), "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["tried"] == ["service_robots"]
    written = run(str(folder), "--write", str(tmp_path / "x.xlsx"))
    assert written.exit_code == 2
    assert "Candidates" not in written.stdout, "told before anything is shown"
    assert run("--admit", "service_robots", "--write", str(tmp_path / "x.csv")).exit_code == 2
    assert not (tmp_path / "x.csv").exists()


def test_who_pays_is_who_loses_most_of_the_whole_gap(found: Any) -> None:
    lost = {
        r["track"]: r["gap_share"] * (r["closed"] - r["closed_with"]) for r in found.money if r["closed"] is not None
    }
    payer = max(lost, key=lost.__getitem__)
    name = found.case.tracks.set_index("track").loc[payer, "name_en"]
    assert found.text()[-1].startswith(f"{name} gives most: ")


def test_of_very_many_tracks_methods_of_every_two_are_not_tried_and_that_is_said(
    found: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawings, "MOST_PAIRED", 11)
    few = replace(found, paired=False)
    left_out = {row["method"] for row in found.reversals} - {row["method"] for row in few.reversals}
    assert left_out == {"codas", "electre_ii", "electre_iii", "promethee_i", "todim"}
    assert [row for row in found.reversals if row["method"] not in left_out] == few.reversals
    caption = drawings.drawings(found.case, lambda: found.plans[0], "en")["candidates"]().caption
    assert f"of the {len(few.reversals)} methods" in caption
    assert "set every two of them beside each other are not tried" in caption
    assert "every two of them" not in " ".join(found.text())


def test_a_cut_that_decides_nothing_is_refused() -> None:
    for cut in (0.5, 1.1):
        with pytest.raises(saidao.CaseError, match=r"above 0\.5"):
            saidao.candidates("shanghai", cut=cut)
