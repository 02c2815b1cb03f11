"""Plan acceptability: against exact shares of the weights, and its laws."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import saidao
from saidao.errors import CaseError
from tests.terminals import on_a_terminal

# f and g are open by 1 at one track each; either measure takes all of the money and closes half of its gap, or 0.4
TWO = {
    "tracks": "track,name_en,name_zh\na,A,甲\n",
    "factors": "factor,name_en,name_zh,direction,worst,target\nf,F,己,max,0,10\ng,G,庚,max,0,10\n",
    "scores": "track,f,g\na,0,0\n",
    "resources": "resource,name_en,name_zh,unit,budget\nfunds,Funds,资金,m,10\n",
    "measures": "measure,name_en,name_zh,scope,max_level\nm,M,M,city,1\nn,N,N,city,1\nd,D,D,city,1\n",
    "costs": "measure,resource,cost\nm,funds,10\nn,funds,10\nd,funds,10\n",
    "effects": "measure,track,factor,effect\nm,a,f,0.5\nn,a,g,0.4\nd,a,f,0.3\n",
}


@pytest.fixture
def two(tmp_path: Path) -> Path:
    for table, text in TWO.items():
        (tmp_path / f"{table}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "case.toml").write_text('weights = "equal"\nmethod = "wsm"\n', encoding="utf-8")
    return tmp_path


@pytest.mark.slow
def test_the_share_is_that_of_the_weights(two: Path) -> None:
    """m is funded while 0.5 w > 0.4 (1 - w): w > 4/9, so under 5/9 of the weights; d, which m dominates, never."""
    found = saidao.acceptability(str(two), 4000, seed=1)
    rows = {row["measure"]: row for row in found.measures}
    for name, share in (("m", 5 / 9), ("n", 4 / 9), ("d", 0.0)):
        assert rows[name]["acceptability"] == pytest.approx(share, abs=4 * rows[name]["standard_error"] + 1e-12)
        assert rows[name]["mean"] == pytest.approx(rows[name]["acceptability"])
    assert rows["m"]["standard_error"] == pytest.approx(np.sqrt(5 / 9 * 4 / 9 / 4000), rel=0.05)
    assert found.distinct == 2
    assert found.never == ["d"]
    assert found.resources[0]["mean"] == 10
    assert found.resources[0]["deviation"] == 0


def test_a_region_counts_only_its_weights(two: Path) -> None:
    found = saidao.acceptability(str(two), 500, region=["f >= 0.5"])
    assert found.core == ["m"]
    # 0.4 <= f <= 0.5: m from 4/9 on, (0.5 - 4/9) / 0.1
    part = saidao.acceptability(str(two), 4000, region="0.4 <= f <= 0.5")
    row = part.measures[0]
    assert row["acceptability"] == pytest.approx(5 / 9, abs=4 * row["standard_error"])


def test_given_weights_are_counted_as_they_are(two: Path) -> None:
    found = saidao.acceptability(str(two), sampled=pd.DataFrame({"g": [1.0, 3, 9], "f": [1.0, 1, 1]}))
    assert [row["acceptability"] for row in found.measures] == pytest.approx([1 / 3, 2 / 3, 0])
    assert found.seed is None
    with pytest.raises(CaseError, match="vector number 2"):
        saidao.acceptability(str(two), sampled=np.array([[1, 1], [-1, 2]]))


def test_shanghai_against_plans_one_by_one() -> None:
    weights = np.random.default_rng(5).dirichlet(np.ones(6), 12)
    found = saidao.acceptability("shanghai", sampled=weights)
    factors = saidao.load_case("shanghai").factor_ids
    plans = [saidao.plan("shanghai", weights=dict(zip(factors, w, strict=True))) for w in weights]
    assert found.closed.mean[0] == pytest.approx(np.mean([plan.closed_share for plan in plans]), abs=1e-12)
    assert found.closed.least[0] == pytest.approx(min(plan.closed_share for plan in plans), abs=1e-12)
    budgets = plans[0].solved.programme.budget[:, 0]
    spend = np.array([plan.solved.spend.sum(axis=(0, 2)) for plan in plans])
    # the least spend is one, though what it is spent on is not
    assert (found.spend.mean / budgets).sum() == pytest.approx((spend / budgets).sum(axis=1).mean(), abs=1e-9)


@pytest.mark.parametrize("options", [{"stance": "leaders"}, {"method": "vikor", "stance": "laggards"}])
def test_stances_follow_the_sampled_weights(options: dict[str, Any]) -> None:
    weights = np.random.default_rng(6).dirichlet(np.ones(6), 4)
    found = saidao.acceptability("shanghai", sampled=weights, **options)
    factors = saidao.load_case("shanghai").factor_ids
    alone = [
        saidao.plan("shanghai", weights=dict(zip(factors, w, strict=True)), **options).closed_share for w in weights
    ]
    assert found.closed.mean[0] == pytest.approx(np.mean(alone), abs=1e-12)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_whatever_the_workers() -> None:
    one = saidao.acceptability("shanghai", 600, seed=2)
    assert saidao.acceptability("shanghai", 600, seed=2, workers=2).to_dict() == one.to_dict()
    assert saidao.acceptability("shanghai", 600, seed=3).to_dict() != one.to_dict()


def test_what_is_done_comes_back_when_it_is_interrupted() -> None:
    def enough(done: int) -> None:
        if done >= 500:
            raise KeyboardInterrupt

    found = saidao.acceptability("shanghai", 2000, progress=enough)
    assert found.partial
    assert 0 < found.done < 2000
    assert "Interrupted" in found.text()[-1]
    assert found.to_dict()["partial"] is True


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"samples": 0}, "0"),
        ({"backend": "thread"}, "did you mean 'threads'"),
        ({"workers": 0}, "processor"),
        ({"backend": "dask"}, "address"),
        ({"address": "h:1"}, "backend=dask"),
        ({"region": ["f > 2"]}, "no weights"),
    ],
)
def test_what_cannot_be_asked_is_told(two: Path, options: dict[str, Any], told: str) -> None:
    with pytest.raises(CaseError) as caught:
        saidao.acceptability(str(two), **options)
    assert told in caught.value.problems[0].text().lower()


@pytest.mark.slow
def test_ctrl_c_shows_what_is_done(tmp_path: Path) -> None:
    """It is pressed when the terminal tells that some are done: before that there is nothing to show."""
    command = [sys.executable, "-m", "saidao", "acceptability", "--samples", "200000", "--json"]
    with on_a_terminal(command, tmp_path) as started:
        started.until("programs solved")
        started.process.send_signal(signal.SIGINT)
        started.until("Stopping")
        out, _ = started.process.communicate(timeout=60)
    assert started.process.returncode == 130
    document = json.loads(out)
    assert document["partial"] is True
    assert 0 < document["done"] < 200_000
