"""Pairs that the paper names: the table is the paper's own, and what the plan makes of each is counted by hand."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest

import saidao
from saidao.questions.named_pairs import named_pairs, told
from tests.conftest import ROOT, Run, write_case

PAPER = ROOT / "data" / "shanghai" / "paper"


def test_the_table_holds_every_pair_that_the_paper_names_with_its_section() -> None:
    with (PAPER / "measures.csv").open(encoding="utf-8", newline="") as file:
        wanted = [
            (row["measure"], track, row["paper_section"])
            for row in csv.DictReader(file)
            for track in row["tracks_named"].split(";")
            if track
        ]
    case = saidao.load_case("shanghai")
    assert len(wanted) == 14
    assert case.named_pairs[["measure", "track", "section"]].apply(tuple, axis=1).tolist() == wanted


def test_outcomes_are_those_of_the_tables() -> None:
    """Level and gap closed from the allocation that people see, effects and gaps from the case's tables."""
    plan = saidao.plan("shanghai", stance="even", budgets={"funds": 6000})
    case = plan.case
    types = case.tracks.set_index("track")["type"]
    table = case.effects
    places = table[["measure", "track", "factor"]].itertuples(index=False, name=None)
    effects: dict[tuple[str, ...], float] = dict(zip(places, table["effect"].to_numpy(dtype=float), strict=True))
    gap = saidao.gaps(case)
    level: dict[tuple[str, str], float] = defaultdict(float)
    closed: dict[tuple[str, str], float] = defaultdict(float)
    for row in plan.allocation:
        at = (row["target"], f"type:{types.get(row['target'], row['target'])}")
        for track in gap.index:
            if row["target"] in ("*", track, types[track]) and at:
                level[row["measure"], track] += row["level"]
        for part in row["closes"]:
            closed[row["measure"], part["track"]] += part["amount"]
    rows = named_pairs(plan)
    assert {row["outcome"] for row in rows} >= {"funded", "no_gap"}
    values = gap.to_numpy(dtype=float)
    open_at = {(str(t), str(f)): values[i, j] for i, t in enumerate(gap.index) for j, f in enumerate(gap.columns)}
    for row in rows:
        m, t = row["measure"], row["track"]
        works = {}
        for f in gap.columns:
            rank = ((m, t, f), (m, f"type:{types[t]}", f), (m, "*", f))
            works[f] = next((effects[place] for place in rank if place in effects), 0.0)
        short = any(works[f] > 0 and open_at[t, f] > 0 for f in gap.columns)
        assert row["level"] == pytest.approx(level[m, t])
        assert row["closed"] == pytest.approx(closed[m, t])
        expected = "funded" if level[m, t] > 0 else "displaced" if short else "no_gap"
        assert row["outcome"] == expected


def test_every_outcome_is_told_in_both_languages(small: Path) -> None:
    """m1 at a is funded, at b forbidden, at c dear; m2 has no effect at c; m3 works on g, which is no gap at d."""
    write_case(
        small,
        tracks="track,type\na,x\nb,x\nc,y\nd,y\n",
        scores="track,f,g\na,2,8\nb,5,1\nc,8,3\nd,1,0\n",
        named_pairs="measure,track,section\nm1,a,1\nm1,b,2\nm2,c,3\nm3,d,4\n",
        rules="rule,kind\n",
        measures="measure,scope,max_level\nm1,track,1\nm2,type,1\nm3,track,1\n",
        costs="measure,resource,cost\nm1,funds,1\n",
        effects="measure,track,factor,effect\nm1,*,f,0.3\nm2,type:x,g,0.2\nm3,*,g,0.05\n",
    )
    plan = saidao.plan(small, stance="even", forbid=["m1@b"])
    rows = named_pairs(plan)
    assert [row["outcome"] for row in rows] == ["funded", "locked", "no_effect", "no_gap"]
    for lang in ("en", "zh"):
        lines = told(plan, rows, lang)
        assert len(lines) == 5
        assert "4" in lines[0]
        assert "1" in lines[0]


def test_check_prints_them(run: Run, small: Path) -> None:
    rows = named_pairs(saidao.plan("shanghai"))
    document = json.loads(run("check", "shanghai", "--json").out)
    assert document["named_pairs"] == rows
    shown = run("check", "shanghai").out
    funded = sum(row["outcome"] == "funded" for row in rows)
    assert f"Of 14 pairs of measure and track that the source names, the case's own plan funds {funded}" in shown
    assert all(f"({row['section']})" in shown for row in rows)
    assert "14 对" in run("check", "shanghai", "--lang", "zh").out
    assert json.loads(run("check", small, "--json").out)["named_pairs"] is None
    write_case(small, named_pairs="measure,track\nm1,z\nm9,a\n")
    done = run("check", small)
    assert done.status == 2
    assert "named_pairs.csv" in done.out + done.err
    write_case(small, named_pairs="measure,track\nm1,a\n", rules="rule,kind,over,of,amount\nr,floor,all,closed,99\n")
    assert run("check", small).status == 3
