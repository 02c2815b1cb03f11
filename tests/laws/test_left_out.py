"""What data of large cases leave out: what stands there is part of the whole, and the rest is told or follows."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import saidao
from saidao.mcda.robustness.stability import _turned
from saidao.study.plan.result import Plan

SCHEMES: Any = ["ahp", "entropy"]
METHODS: Any = ["topsis", "wsm"]
PAIR: Any = "ahp+entropy"


def limited(monkeypatch: pytest.MonkeyPatch, module: str, **limits: int) -> None:
    """Set limits of a module, whose name a function has too."""
    for name, limit in limits.items():
        assert name in vars(sys.modules[f"saidao.{module}"])
        monkeypatch.setitem(vars(sys.modules[f"saidao.{module}"]), name, limit)


def test_robust_lists_the_first_tracks_rank_by_rank(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = saidao.robustness("shanghai", samples=200)
    held = whole.to_dict()
    limited(monkeypatch, "mcda.robustness.smaa", WRITTEN=4)
    part = saidao.robustness("shanghai", samples=200)
    found = part.to_dict()
    first = [part.tracks[i] for i in part.smaa.written]
    assert sorted(whole.smaa.expected_rank[part.smaa.written]) == sorted(whole.smaa.expected_rank)[:4]
    for key in ("acceptability", "winning"):
        assert found[key] == [
            row
            for row in held[key]
            if row["track"] in first and row.get("over", first[0]) in first and (row["share"] > 0 or key == "winning")
        ]
    assert [row["expected_rank"] for row in found["expected_rank"]] == whole.smaa.expected_rank.tolist()
    assert "left_out" not in held
    assert all("4" in part.document(lang)["left_out"][0] for lang in ("en", "zh"))
    assert len(part.main.rows) == len(part.tracks)
    assert len(part.main.columns) == 3 + 4


def test_every_ranking_of_a_sweep_follows_from_the_first_and_what_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = saidao.sweep("shanghai", weights=PAIR, stance="even", budgets={"funds": 50.0})
    held = whole.to_dict()["rankings"]
    limited(monkeypatch, "questions.sweep", MOST_WHOLE=4)
    found = replace(whole).to_dict()
    ranks: dict[str, int] = {}
    for row, whole in zip(found["rankings"], held, strict=True):
        ranks |= row["ranks"]
        assert ranks == whole["ranks"]
        assert row["changes"] == whole["changes"]
    assert len(found["rankings"][1]["ranks"]) < len(ranks)
    assert found["left_out"]


def test_comparison_holds_the_first_places_of_each_ranking(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = saidao.compare("shanghai", weights=SCHEMES, methods=METHODS).to_dict()
    limited(monkeypatch, "questions.compare", MOST_RANKS=10, FIRST=3)
    found = saidao.compare("shanghai", weights=SCHEMES, methods=METHODS).to_dict()
    for part, all_of_it in zip(found["rankings"], whole["rankings"], strict=True):
        assert part["ranking"] == [row for row in all_of_it["ranking"] if row["rank"] <= 3]
        assert part["mean_kendall_tau_b"] == all_of_it["mean_kendall_tau_b"]
    assert found["agreement"] == {"kendall_tau_b": whole["agreement"]["kendall_tau_b"]}
    assert found["consensus"] == whole["consensus"]
    assert found["left_out"]


def test_sensitivity_counts_the_pairs_that_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = saidao.sensitivity("shanghai").to_dict()["reversals"]
    limited(monkeypatch, "questions.sensitivity", MOST_WHOLE=4, FIRST_PAIRS=1)
    found = saidao.sensitivity("shanghai")
    tests = found.to_dict()["reversals"]
    assert [row["turned"] for row in tests] == [len(row["pairs"]) for row in whole]
    assert [row["pairs"] for row in tests] == [row["pairs"][:1] for row in whole]
    assert [row["turned"] for row in found.tables["reversals"].rows] == [
        len(row["pairs"]) for row in whole if row["pairs"] or row["first_changes"]
    ]


def test_pairs_that_turn_round_are_those_of_a_comparison_of_all() -> None:
    rng = np.random.default_rng(0)
    for _ in range(50):
        old, now = rng.integers(1, 12, (2, 15))
        every = np.argwhere((old[:, None] < old) & (now[:, None] > now)).tolist()
        assert [list(pair) for pair in _turned(old, now)] == every


@pytest.mark.parametrize("verb", [saidao.ask, saidao.settled, saidao.trust])
def test_what_would_take_hours_is_refused_before_a_plan_is_made(verb: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    limited(monkeypatch, f"questions.{verb.__name__}", LARGEST=100)
    monkeypatch.setattr(Plan, "from_problem", None)
    with pytest.raises(saidao.CaseError) as raised:
        verb("shanghai")
    for lang in ("en", "zh"):
        (line,) = raised.value.lines(lang)
        assert "100" in line
        assert "saidao " in line
