"""Shares of what moves ranks and money: a published function, the law of their sum, and a second way of counting."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import saidao
from saidao import mcda
from saidao.render.shown import drawn
from tests.conftest import Run, write_case


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.integers(2, 4), min_size=1, max_size=4))
def test_shares_sum_to_one_and_agree_with_first_and_total(seed: int, shape: list[int]) -> None:
    y = np.random.default_rng(seed).random(shape)
    parts = mcda.variance_parts(y)
    assert sum(parts.values()) == pytest.approx(1)
    assert min(parts.values()) >= 0
    found = mcda.variance_shares(y)
    for i in range(len(shape)):
        assert parts[(i,)] == pytest.approx(found.first[i])
        assert sum(s for part, s in parts.items() if i in part) == pytest.approx(found.total[i])


def test_a_product_of_two_signs_is_all_interaction() -> None:
    parts = mcda.variance_parts([[1, -1], [-1, 1]], ["a", "b"])
    assert parts == pytest.approx({("a",): 0, ("b",): 0, ("a", "b"): 1})


def test_the_published_g_function() -> None:
    """Sobol's g-function on a grid of midpoints: V_i = 1/(3(1+a_i)^2), exact in the limit (Saltelli et al. 2008)."""
    a = np.array([0.0, 1.0, 4.5])
    x = (np.arange(60) + 0.5) / 60
    g = [(np.abs(4 * x - 2) + one) / (1 + one) for one in a]
    y = g[0][:, None, None] * g[1][:, None] * g[2]
    v = 1 / (3 * (1 + a) ** 2)
    whole = np.prod(1 + v) - 1
    parts = mcda.variance_parts(y)
    for part in parts:
        assert parts[part] == pytest.approx(np.prod(v[list(part)]) / whole, abs=1e-3)


def test_ranks_of_a_case_are_those_of_every_combination() -> None:
    """The table holds the ranking of each combination; its two-way split is that of compare."""
    schemes, methods, scales = ["ahp", "entropy", "equal"], ["topsis", "wsm"], ["vector", "max"]
    found = saidao.influence("shanghai", schemes, methods, scales)  # type: ignore[arg-type]
    assert found.outputs.shape == (3, 2, 2, 12)
    for (i, s), (j, m), (k, n) in product(*map(enumerate, (schemes, methods, scales))):
        ranks = saidao.rank("shanghai", s, m, normalisation=n).rank_array  # type: ignore[arg-type]
        assert found.outputs[i, j, k].tolist() == ranks.tolist()
    squares = np.zeros(3)
    y = found.outputs
    for axis in range(3):
        others = tuple(a for a in range(3) if a != axis)
        squares[axis] = ((y.mean(axis=others) - y.mean(axis=(0, 1, 2))) ** 2).mean(axis=0).sum()
    whole = y.var(axis=(0, 1, 2)).sum()
    assert [row["first"] for row in found.factors] == pytest.approx((squares / whole).tolist())


def test_money_of_a_case_is_that_of_every_plan(tmp_path: Path) -> None:
    case = write_case(tmp_path)
    asked: dict[str, Any] = {"weights": ["direct", "equal"], "stances": ["even"], "objectives": ["weighted", "maxmin"]}
    found = saidao.influence(case, methods=["topsis"], money=True, **asked)
    for i, scheme in enumerate(asked["weights"]):
        for k, objective in enumerate(asked["objectives"]):
            plan = saidao.plan(case, scheme, "topsis", "even", objective)
            assert found.outputs[i, k] == pytest.approx(plan.solved.spend[:, 0].sum(axis=1), abs=1e-7)
    assert found.varied == ("weights", "objective")


def test_blank_scores_make_imputation_a_choice(tmp_path: Path) -> None:
    case = write_case(
        tmp_path,
        case='name_en = "Small"\nweights = "direct"\nimpute = "mean"\n',
        scores="track,f,g\na,2,8\nb,,1\nc,9,3\n",
    )
    found = saidao.influence(case, ["direct", "equal"], ["wsm"], ["minmax"])
    assert found.varied == ("weights", "imputation")
    assert found.levels["imputation"] == ("mean", "median", "worst", "neighbours")
    assert "中位数" in drawn(found.main, found.case, "zh").rows[-1][1] + drawn(found.main, found.case, "zh").rows[0][1]


def test_what_is_not_defined_is_left_out_and_said(run: Run) -> None:
    """WPM takes no zeros, which min-max makes of ticks."""
    found = saidao.influence("shanghai", ["ahp", "equal"], ["topsis", "wpm"], ["vector", "minmax"])
    assert found.left_out["method"] == ("wpm",)
    told = run("influence", "shanghai", "--method", "topsis", "--method", "wpm", "--lang", "zh").out
    assert "未纳入" in told


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("--method", "topsys"), "Did you mean 'topsis'?"),
        (("--stance", "even"), "--money"),
        (("--weights", "ahp", "--method", "topsis", "--normalisation", "vector"), "two or more"),
    ],
)
def test_bad_choices_are_refused(run: Run, typed: tuple[str, ...], told: str) -> None:
    done = run("influence", "shanghai", *typed)
    assert done.status == 2
    assert told in done.err
