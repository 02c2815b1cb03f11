"""The price of trust: figures pinned for the snapshot, and that no sampled report within its range draws more."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import saidao
from saidao.optimize.after.trust import most_by_gap, most_of_best
from saidao.optimize.solve.solvers import highs
from saidao.questions.trust import _money, _others
from tests.conftest import in_process
from tests.oracle.random_cases import write_random_case
from tests.oracle.test_replan import SNAPSHOT, tiny


@pytest.mark.slow
def test_the_figures() -> None:
    """168 judgements are admitted with the later random indices (1.25 for six); 167 with those of the case."""
    asked = ["biotech", "quantum", "M08"]
    found = saidao.trust(SNAPSHOT / "case", asked, judge_share=0.1, random_index="saaty_2005")
    rows = {row["target"]: row for row in found.targets}
    assert rows["biotech"]["today"] == pytest.approx(0, abs=0.01)
    assert rows["biotech"]["judge"]["most"] == pytest.approx(73.47, abs=0.011)
    assert rows["quantum"]["today"] == pytest.approx(240, abs=0.01)
    assert rows["quantum"]["judge"]["most"] == pytest.approx(296.84, abs=0.011)
    assert rows["M08"]["today"] == pytest.approx(108.26, abs=0.011)
    assert rows["M08"]["judge"]["most"] == pytest.approx(331.28, abs=0.011)
    assert (found.tried, found.admitted) == (255, 168)
    one = rows["M08"]["judgement"]
    assert one["most"] == pytest.approx(344.86, abs=0.011)
    assert {one["one"], one["other"]} == {"factor_conditions", "demand_conditions"}
    assert one["value"] in (pytest.approx(0.25), pytest.approx(4))
    score = rows["biotech"]["score"]
    assert score["factor"] == "factor_conditions"
    assert score["gap"] == pytest.approx(1)
    assert score["most"] == pytest.approx(220.78, abs=0.011)


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(s, marks=pytest.mark.slow) for s in range(2, 30))])
def test_no_report_within_its_range_draws_more(seed: int, tmp_path: Path) -> None:
    write_random_case(tmp_path / "case", seed, tracks=3, factors=3, measures=4, rules=False)
    found = saidao.trust(tmp_path / "case", stance="even", judge_share=0.3)
    plan, rng = found.plan, np.random.default_rng(seed)
    p, b = plan.solved.programme, _others(plan)
    pi = p.priority.sum(axis=1)
    for row in found.targets:
        amount = _money(plan, row["target"])[None]
        assert row["today"] <= row["judge"]["most"] + 1e-6
        for _ in range(6):
            own = np.exp(rng.uniform(0, np.log(9), len(b)))
            w = b**0.7 * own**0.3
            most = most_of_best(p, np.outer(pi, w / w.sum()).ravel(), amount, highs)[0]
            assert most <= row["judge"]["most"] + 1e-5
        told = np.array(list(row["judge"]["weights"].values()))
        assert most_of_best(p, np.outer(pi, told).ravel(), amount, highs)[0] == pytest.approx(
            row["judge"]["most"], abs=1e-4
        )
        own = np.array(list(row["judge"]["report"].values()))
        assert own.max() / own.min() <= 9 * (1 + 1e-6)
        t = p.tracks.index(row["target"])
        for f in range(len(p.factors)):
            drawn = most_by_gap(p, t * len(p.factors) + f, amount[0], highs)
            for g in rng.uniform(0, 1, 4):
                gap = p.gap.copy()
                gap[t, f] = g
                made = replace(p, gap=gap)
                level = saidao.optimize.allocate(made).level
                spent = sum(
                    float(p.cost[a, 0] @ level[a])
                    for a, one in enumerate(p.applications)
                    if one.scope == "track" and one.target == row["target"]
                )
                assert spent <= drawn.amount + 1e-5
            assert drawn.amount <= row["score"]["most"] + 1e-5


def test_the_command(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "c")
    document = json.loads(in_process("trust", folder, "--to", "b", "--to", "m", "--json").out)
    rows = {row["target"]: row for row in document["targets"]}
    # at b are 10 of 60; with its gap as it is no score draws more than all that its measures take
    assert rows["b"]["today"] == pytest.approx(10)
    assert rows["m"]["score"] is None
    assert in_process("trust", folder, "--to", "z").status == 2
    assert in_process("trust", folder, "--share", "2").status == 2
