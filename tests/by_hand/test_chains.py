"""Innovation chain and industry chain: shares that sum, states told one by one, holes that are holes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import saidao
from saidao.framework.contributions import Closed
from tests.conftest import Run, write_case

CHAINS = "link,name_en,name_zh,chain,chain_en\nresearch,Research,研发,making,Making\nsale,Sale,销售,making,Making\n"
FACTORS = "factor,name_en,direction,worst,target,weight,making\nf,Force,max,0,10,2,{f}\ng,Grit,min,10,0,1,{g}\n"
MEASURES = (
    "measure,dimension,stage,scope,max_level,making\n"
    "m1,d1,s1,track,2,{m1}\nm2,d1,s2,type,1,{m2}\nm3,d2,s1,city,1,{m3}\n"
)


@pytest.fixture(scope="module")
def found() -> Any:
    return saidao.chains("shanghai")


def tagged(small: Path, **tags: str) -> Path:
    own = {"f": "", "g": "", "m1": "", "m2": "", "m3": "", **tags}
    return write_case(small, chains=CHAINS, factors=FACTORS.format(**own), measures=MEASURES.format(**own))


def test_shares_sum_to_the_gap_and_to_what_closes(found: Any) -> None:
    for rows in (found.gaps, found.map):
        assert sum(row["gap"] for row in rows) == pytest.approx(1)
        assert sum(row["closed"] for row in rows) == pytest.approx(found.plan.closed_share)
    for chain, links in found.order.items():
        rows = [row for row in found.links if row["chain"] == chain]
        assert [row["link"] for row in rows] == links
        assert sum(row["gap"] for row in rows) == pytest.approx(1)
    assert len(found.gaps) == 22
    assert len(found.map) == 9
    for row in found.gaps:
        assert row["closed_meant"] <= row["closed"] + 1e-12
        assert row["closed_meant"] <= row["reach"] + 1e-12 <= row["gap"] + 2e-12


def test_the_paper_s_names_are_there_in_both_languages(found: Any) -> None:
    """Section 2(1)."""
    assert [row["name_zh"] for row in found.links] == ["技术化", "产品化", "市场化", "上游", "中游", "下游"]
    assert [found.chain_name(c, "zh") for c in found.order] == ["创新链", "产业链"]


def test_measures_meant_for_a_gap_are_counted_again_from_the_tables(found: Any) -> None:
    case = found.case
    measures, factors = case.measures.set_index("measure"), case.factors.set_index("factor")
    tracks, effects = case.tracks.set_index("track"), case.effects
    for row in found.gaps:
        wanted = {
            m
            for m in measures.index
            if factors.loc[row["factor"], "innovation_chain"] in measures.loc[m, "innovation_chain"].split(";")
            and tracks.loc[row["track"], "industry_chain"] in measures.loc[m, "industry_chain"].split(";")
        }
        places = {row["track"], f"type:{tracks.loc[row['track'], 'type']}", "*"}
        felt = set(effects[(effects["factor"] == row["factor"]) & effects["track"].isin(places)]["measure"])
        assert set(row["measures"]) == wanted & felt


def test_every_state_is_told(small: Path) -> None:
    """m1 closes f alone, m2 and m3 close g; who is meant for what decides what is a hole."""
    result = saidao.chains(tagged(small, f="research", g="sale", m1="sale", m2="sale", m3="sale"), stance="even")
    states = {(row["track"], row["factor"]): row["state"] for row in result.gaps}
    assert {s for (_, f), s in states.items() if f == "f"} == {"hole"}
    assert {s for (_, f), s in states.items() if f == "g"} <= {"part", "closed", "unfunded"}
    by_link = {row["link"]: row for row in result.links}
    assert by_link["research"]["state"] == "hole"
    assert by_link["research"]["measures"] == 0
    assert by_link["sale"]["measures"] == 3
    assert by_link["research"]["closed"] > 0, "what is not meant for it closes some of it all the same"
    assert by_link["research"]["reach"] == 0
    assert "holes" in " ".join(result.text())
    assert [row["state"] for row in result.holes[:3]] == ["hole"] * 3
    with_nothing = saidao.chains(small, forbid=["m1", "m3"], stance="even")
    assert {row["state"] for row in with_nothing.gaps if row["track"] == "c" and row["factor"] == "g"} == {"unfunded"}


def test_an_untagged_measure_is_meant_for_every_link(small: Path) -> None:
    result = saidao.chains(tagged(small, f="research", g="sale", m1="", m2="sale", m3="sale"))
    assert {row["link"]: row["measures"] for row in result.links} == {"research": 1, "sale": 3}
    assert "hole" not in {row["state"] for row in result.gaps}


def test_several_links_share_a_gap_evenly(small: Path) -> None:
    result = saidao.chains(tagged(small, f="research；sale", g="sale", m1="research", m2="sale", m3="sale"))
    f = sum(row["gap"] for row in result.gaps if row["factor"] == "f")
    assert {row["link"]: row["gap"] for row in result.links} == pytest.approx({"research": f / 2, "sale": 1 - f / 2})
    assert [row["making"] for row in result.map] == ["research", "sale"], "one chain: a row a link"


def test_a_factor_s_tags_come_before_its_track_s(small: Path) -> None:
    tagged(small, f="research", m1="research", m2="sale", m3="sale")
    write_case(
        small,
        chains=CHAINS,
        factors=FACTORS.format(f="research", g=""),
        measures=MEASURES.format(m1="research", m2="sale", m3="sale"),
        tracks="track,type,making\na,x,sale\nb,x,sale\nc,y,sale\n",
    )
    tags = {(row["factor"], row["making"]) for row in saidao.chains(small).gaps}
    assert tags == {("f", "research"), ("g", "sale")}


def test_no_gap_is_no_hole(small: Path) -> None:
    tagged(small, f="research", g="sale", m1="sale", m2="sale", m3="sale")
    write_case(
        small,
        chains=CHAINS,
        factors=FACTORS.format(f="research", g="sale"),
        measures=MEASURES.format(m1="sale", m2="sale", m3="sale"),
        scores="track,f,g\na,10,0\nb,10,0\nc,10,0\n",
        rules="rule,kind,over,key,of,amount,share\n",
    )
    result = saidao.chains(small)
    assert result.gaps == []
    assert result.text() == ["No track has a gap."]
    assert {row["state"] for row in result.map} == {"none"}


def test_a_case_without_chains_or_with_unknown_links_is_told(run: Run, small: Path) -> None:
    assert "chains.csv" in run("chains", small).err
    tagged(small)
    done = run("chains", small)
    assert done.status == 2
    assert "making" in done.err
    with pytest.raises(KeyError):
        saidao.chains("shanghai").to_frame("nothing")


def test_untagged_gaps_are_told(small: Path) -> None:
    result = saidao.chains(tagged(small, f="research", g="", m1="research", m2="sale", m3="sale"))
    share = sum(row["gap"] for row in result.gaps if row["factor"] == "g")
    assert result.untagged == {"making": pytest.approx(share)}
    assert sum(row["gap"] for row in result.map) == pytest.approx(1 - share)
    assert f"{share:.0%} of the gap has no link of Making" in " ".join(result.text())


def test_shares_sum_in_a_phased_and_discounted_plan_too() -> None:
    phased = saidao.stages("shanghai")
    result = saidao.chains(phased.case)
    assert sum(row["closed"] for row in result.map) == pytest.approx(result.plan.closed_share)
    assert result.plan.closed_share == pytest.approx(phased.plan.closed_share)
    assert result.plan.value / result.plan.weighted_gap < result.plan.closed_share, "discounted"


def test_reach_and_counts_are_counted_again(found: Any) -> None:
    """From tags, effects, largest levels and the allocation."""
    case, funded = found.case, {row["measure"] for row in found.plan.allocation}
    measures, factors = case.measures.set_index("measure"), case.factors.set_index("factor")
    tracks = case.tracks.set_index("track")
    priority = {(g["track"], g["factor"]): g["priority"] for g in found.plan.gaps}
    effects = {(e.measure, e.track, e.factor): e.effect for e in case.effects.itertuples()}
    whole = sum(g["priority"] * g["gap"] for g in found.plan.gaps)
    closed = Closed.of(found.plan)
    p = found.plan.solved.programme
    for row in found.gaps:
        places = (row["track"], f"type:{tracks.loc[row['track'], 'type']}", "*")
        could = sum(
            next((effects[m, at, row["factor"]] for at in places if (m, at, row["factor"]) in effects), 0.0)
            * float(measures.loc[m, "max_level"])
            for m in row["measures"]
        )
        assert row["reach"] == pytest.approx(min(could, 1.0) * priority[row["track"], row["factor"]] / whole), row
        t, f = p.tracks.index(row["track"]), p.factors.index(row["factor"])
        meant = np.array([at.measure in row["measures"] for at in p.applications])
        own = closed.by(meant)[t, f]
        assert row["closed_meant"] == pytest.approx(own * priority[row["track"], row["factor"]] / whole, abs=1e-12)
    for row in found.map:
        pair = (row["innovation_chain"], row["industry_chain"])
        here = {
            m
            for m in measures.index
            if pair[0] in measures.loc[m, "innovation_chain"] and pair[1] in measures.loc[m, "industry_chain"]
        }
        assert (row["measures"], row["funded"]) == (len(here), len(here & funded))
    assert set(factors["innovation_chain"]) == set(found.order["innovation_chain"])


def test_a_gap_that_others_close_is_no_hole_to_fund(small: Path) -> None:
    tagged(small, f="research", g="sale", m1="sale", m2="sale", m3="research")
    result = saidao.chains(small, budgets={"funds": 1000.0, "land": 1000.0})
    for row in result.gaps:
        if row["closed"] == pytest.approx(row["gap"]) and row["measures"]:
            assert row["state"] == "closed", row
