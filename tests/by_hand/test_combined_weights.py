"""Weights combined from several schemes, on a case: by every way to them, with what they hide told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import saidao
from saidao import mcda
from tests.conftest import Run

AHP, ENTROPY = (saidao.weigh("shanghai", scheme).array for scheme in ("ahp", "entropy"))


def test_the_share_of_the_first_scheme() -> None:
    found = saidao.weigh("shanghai", saidao.Joined("ahp", "entropy"), share=0.6)
    assert found.array == pytest.approx(0.6 * AHP + 0.4 * ENTROPY)
    assert found.scheme == "ahp+entropy"
    assert found.consistency is not None
    even = saidao.weigh("shanghai", saidao.Joined("ahp", "entropy")).array
    assert even == pytest.approx((AHP + ENTROPY) / 2)


def test_a_combination_ranks_and_plans_as_its_weights_do() -> None:
    weights = mcda.combine([AHP, ENTROPY], "geometric")
    factors = saidao.load_case("shanghai").factor_ids
    given = dict(zip(factors, weights.array, strict=True))
    one = saidao.rank("shanghai", saidao.Joined("ahp", "entropy"), combine="geometric")
    assert one.scores.to_list() == pytest.approx(saidao.rank("shanghai", given).scores.to_list())


def test_an_equal_parent_has_no_share_in_a_game_and_a_negative_one_is_told(run: Run) -> None:
    found = saidao.weigh("shanghai", saidao.Joined("ahp", "equal"), combine="game")
    assert found.combination is not None
    assert found.combination.shares is not None
    assert found.combination.shares == pytest.approx([1, 0], abs=1e-9)
    flat = saidao.weigh("shanghai", saidao.Joined("ahp", "entropy"), combine="game").combination
    assert flat is not None
    raw = np.linalg.solve(np.array([AHP, ENTROPY]) @ np.array([AHP, ENTROPY]).T, [AHP @ AHP, ENTROPY @ ENTROPY])
    raw /= raw.sum()
    assert (flat.raw_shares is not None) == bool((raw < 0).any())
    told = run("weights", "shanghai", "--weights", "ahp+entropy", "--combine", "game").out
    assert ("set to 0" in " ".join(told.split())) == bool((raw < 0).any())
    assert f"AHP {max(raw[0], 0):.0%}" in told


@pytest.mark.parametrize(
    ("weights", "rule", "told"),
    [
        ("ahp+equal", "game", "恒为 0"),
        ("ahp+entropy", "least_squares", "简单平均"),
        ("ahp+entropy", "deviation", "相差无几"),
    ],
)
def test_what_a_rule_hides_is_told(run: Run, weights: str, rule: str, told: str) -> None:
    assert told in run("weights", "shanghai", "--weights", weights, "--combine", rule, "--lang", "zh").out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--weights", "ahp", "--combine", "game"), "--weights ahp+entropy"),
        (("--weights", "ahp+entrop"), "Did you mean 'entropy'?"),
        (("--weights", "ahp+ahp"), "ahp"),
        (("--weights", "ahp+entropy", "--share", "2"), "share"),
        (("--weights", "ahp+entropy", "--combine", "product", "--share", "0.5"), "share"),
    ],
)
def test_what_cannot_be_combined_is_refused(run: Run, arguments: tuple[str, ...], told: str) -> None:
    found = run("rank", "shanghai", *arguments)
    assert found.status == 2
    assert told in found.err


@pytest.mark.slow
def test_tipping_tells_from_which_share_money_moves() -> None:
    """Just within the interval the plan in hand is still a best one, just outside it is not."""
    options = {"stance": "even", "weights": "ahp+entropy"}
    (row,) = saidao.tipping("shanghai", share=0.6, **options).shares  # type: ignore[arg-type]
    assert row["share"] == 0.6
    assert row["low"] < 0.6 < row["high"]
    plan = saidao.plan("shanghai", share=0.6, **options)  # type: ignore[arg-type]
    for end, change, way in (("low", row["changes_low"], -1), ("high", row["changes_high"], 1)):
        if not change:
            assert row[end] in (0.0, 1.0)
            continue
        for step, best in ((-1e-4, True), (1e-3, False)):
            other = saidao.plan("shanghai", share=row[end] + way * step, **options)  # type: ignore[arg-type]
            value = float((other.problem.programme.priority * plan.solved.closed).sum())
            assert (other.objective["value"] - value < 1e-7 * other.objective["value"]) == best


def test_a_case_may_combine_by_default(tmp_path: Path) -> None:
    case = saidao.load_case("shanghai")
    saidao.save_case(case, tmp_path / "case")
    path = tmp_path / "case" / "case.toml"
    text = path.read_text("utf-8")
    lines = [line for line in text.split("\n") if not line.startswith("weights")]
    path.write_text('weights = "层次分析法+entropy"\n' + "\n".join(lines), "utf-8")
    assert saidao.weigh(tmp_path / "case").scheme == "ahp+entropy"


def test_a_case_keeps_its_combination(tmp_path: Path) -> None:
    """`combine` and `share` of case.toml, in a folder and a workbook; a share is of the case's own schemes alone."""
    case = saidao.load_case("shanghai")
    kept = case.settings.model_copy(update={"weights": "ahp+entropy", "combine": "geometric", "share": 0.7})
    for target in ("kept", "kept.xlsx"):
        saidao.save_case(replace(case, settings=kept), tmp_path / target)
        found = saidao.weigh(tmp_path / target)
        assert found.array == pytest.approx(mcda.combine([AHP, ENTROPY], "geometric", shares=0.7).array)
        assert found.options["combine"] == "geometric"
        assert found.options["share"] == pytest.approx([0.7, 0.3])
        assert saidao.weigh(tmp_path / target, share=0.2).options["share"] == pytest.approx([0.2, 0.8])
        assert saidao.weigh(tmp_path / target, combine="game").options["share"] is None
        assert saidao.weigh(tmp_path / target, saidao.Joined("entropy", "ahp")).options["share"] is None
        assert saidao.weigh(tmp_path / target, "entropy").scheme == "entropy"
