"""Schemes x methods compared: against single runs, by hand, and as a user types it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import saidao
from saidao import mcda
from saidao.study.names import method_name, scheme_name
from saidao.study.ranking.named_choices import usual_methods
from tests.conftest import Run, write_case

SCHEMES: list[mcda.SchemeName] = ["ahp", "entropy"]
METHODS: list[mcda.MethodName] = ["topsis", "vikor"]
TWO_BY_TWO = ("--weights", "ahp", "--weights", "entropy", "--method", "topsis", "--method", "vikor")

# three tracks on two factors, ranked by hand: f decides with f=1, g with g=1
CROSS = {
    "factors": "factor,name_en,name_zh,direction,worst,target,weight\nf,Force,力,max,0,10,1\ng,Grit,砂,max,0,10,1\n",
    "scores": "track,f,g\na,1,9\nb,5,5\nc,9,1\n",
}


@pytest.fixture
def cross(tmp_path: Path) -> Path:
    (tmp_path / "cross").mkdir()
    return write_case(tmp_path / "cross", **CROSS)


@pytest.mark.slow
def test_every_column_is_what_rank_says() -> None:
    found = saidao.compare("shanghai")
    scheme: Any
    for (scheme, method), ranking in found.rankings.items():
        alone = saidao.rank("shanghai", scheme, method)
        assert ranking.scores.equals(alone.scores)
        assert found.to_frame()[f"{scheme}/{method}"].tolist() == alone.ranks.tolist()
        assert found.to_frame("scores")[f"{scheme}/{method}"].tolist() == alone.scores.tolist()
    for scheme, weights in found.weights.items():
        assert weights.array.tolist() == saidao.weigh("shanghai", scheme).array.tolist()
    assert len(found.rankings) == len(found.schemes) * len(found.methods)


def test_whatever_is_not_named_is_tried_and_what_fails_is_listed_with_the_reason() -> None:
    found = saidao.compare("shanghai")
    listed = {(m.kind, m.weights or m.method): m.problem.text() for m in found.missing}
    assert set(found.schemes) | {name for kind, name in listed if kind == "weights"} == set(mcda.schemes())
    assert set(found.methods) | {name for kind, name in listed if kind == "method"} == set(usual_methods())
    assert "ranks=..." in listed["weights", "roc"]
    assert "values above 0" in listed["method", "multimoora"]  # the scores are ticks, 0 or 1
    named = saidao.compare("shanghai", ["ahp", "roc"], ["topsis", "multimoora"])
    assert list(named.rankings) == [("ahp", "topsis")]
    assert {(m["kind"], m["weights"], m["method"]) for m in named.to_dict()["not_available"]} == {
        ("weights", "roc", None),
        ("method", None, "multimoora"),
    }


def test_by_hand(cross: Path) -> None:
    found = saidao.compare(cross, [{"f": 1, "g": 0}, {"f": 0, "g": 1}], ["wsm", "topsis"])
    assert found.schemes == ["given", "given 2"]
    assert found.ranks.tolist() == [[3, 3, 1, 1], [2, 2, 2, 2], [1, 1, 3, 3]]
    assert [(m["track"], m["best"], m["worst"]) for m in found.movers] == [("a", 1, 3), ("c", 1, 3)]
    assert found.movers[0]["best_at"] == [
        {"weights": "given 2", "method": "wsm"},
        {"weights": "given 2", "method": "topsis"},
    ]
    assert found.different == 2
    assert found.agreement["kendall_tau_b"].tolist() == [
        [1, 1, -1, -1],
        [1, 1, -1, -1],
        [-1, -1, 1, 1],
        [-1, -1, 1, 1],
    ]
    assert found.mean_agreement == pytest.approx([-1 / 3] * 4)
    assert found.least_agreeing == (("given", "wsm"), ("given 2", "wsm"))
    assert [row["borda"] for row in found.consensus] == [4, 4, 4]
    assert [row["copeland_rank"] for row in found.consensus] == [1, 1, 1]
    assert found.kemeny is not None
    assert (found.kemeny.orders, found.kemeny.distance) == (6, 6.0)
    variance = found.variance
    assert variance is not None
    assert (variance["weights"], variance["method"], variance["interaction"]) == (1.0, 0.0, 0.0)
    assert [row["squares"] for row in variance["tracks"]] == [4.0, 0.0, 4.0]
    assert variance["tracks"][1]["weights"] is None
    text = found.text()
    assert text[0] == "Each of Alpha, Gamma is first in 2 of 4 rankings."
    shares = "100% of the variance of ranks comes from the weights, 0% from the method and 0% from how the two combine."
    assert f"The weights matter more than the method: {shares}" in text


def test_the_shares_of_the_shipped_case_by_least_squares() -> None:
    found = saidao.compare("shanghai", ["ahp", "entropy", "equal"], ["topsis", "vikor", "wsm", "moora"])
    each = [f"{scheme}/{method}" for scheme, method in found.rankings]
    places = found.to_frame().set_index("track")[each].rank().T  # equal ranks: the mean of their places
    places.index = pd.MultiIndex.from_tuples([n.split("/") for n in places.index], names=["weights", "method"])
    whole = ((places - places.mean()) ** 2).to_numpy().sum()
    by = {name: places.groupby(level=name).transform("mean") - places.mean() for name in ("weights", "method")}
    variance = found.variance
    assert variance is not None
    for name, part in by.items():
        assert variance[name] == pytest.approx((part**2).to_numpy().sum() / whole)
    assert sum(variance[name] for name in ("weights", "method", "interaction")) == pytest.approx(1)
    assert sum(row["squares"] for row in variance["tracks"]) == pytest.approx(whole)


def test_gaps_are_left_out_of_the_shares_and_said(cross: Path) -> None:
    # where only f weighs, a is the worst on all: CoCoSo divides by its weighted sum, 0
    found = saidao.compare(cross, [{"f": 1, "g": 0}, "equal", {"f": 1, "g": 2}], ["cocoso", "wsm", "topsis", "moora"])
    assert found.methods == ["cocoso", "wsm", "topsis", "moora"]
    assert [(m.kind, m.weights, m.method) for m in found.missing] == [("ranking", "given", "cocoso")]
    assert len(found.rankings) == 11
    assert found.variance is not None
    assert found.variance["methods"] == ["wsm", "topsis", "moora"]
    assert len(found.variance["schemes"]) == 3
    schemes = ", ".join(scheme_name(name, "en") for name in found.variance["schemes"])
    methods = ", ".join(method_name(name, "en") for name in found.variance["methods"])
    assert f"over {schemes} and {methods}, whose rankings are all defined" in " ".join(found.text())
    assert (schemes.split(", ")[0], schemes.split(", ")[2]) == ("given", "given 2")


def test_rankings_that_tie_everything_agree_with_none(cross: Path) -> None:
    found = saidao.compare(cross, ["equal", {"f": 1, "g": 0}], "wsm")
    assert found.ranks[:, 0].tolist() == [1, 1, 1]
    document = found.to_dict()
    assert document["agreement"]["kendall_tau_b"] == [[None, None], [None, 1.0]]
    assert [row["mean_kendall_tau_b"] for row in document["rankings"]] == [None, None]
    assert found.least_agreeing is None
    assert found.variance is None
    assert any("from two schemes and two methods on" in sentence for sentence in found.text())


def test_nothing_named_is_everything_and_only_what_fails_is_told() -> None:
    assert saidao.compare("shanghai", [], []).to_dict() == saidao.compare("shanghai").to_dict()
    with pytest.raises(saidao.CaseError) as told:
        saidao.compare("shanghai", methods=["wpm"])
    assert len(told.value.problems) == 1


def test_nothing_moves() -> None:
    found = saidao.compare("shanghai", ["equal", "direct"], ["codas", "wsm"])
    alike = saidao.compare("shanghai", "equal", ["codas", "wsm"])
    assert found.movers
    assert not alike.movers
    assert alike.different == 1
    assert alike.least_agreeing is None
    assert alike.text()[1] == "No track moves: every ranking is the same."
    one = saidao.compare("shanghai", "ahp", "topsis")
    assert json.loads(one.to_json())["rankings"][0]["mean_kendall_tau_b"] is None


def test_weights_come_in_every_form(cross: Path) -> None:
    roc = saidao.weigh(cross, "roc", ranks={"f": 1, "g": 2})
    series = pd.Series({"g": 1.0, "f": 3.0})
    found = saidao.compare(cross, [roc, series, "equal", "equal"], "topsis")
    assert found.schemes == ["roc", "given", "equal"]
    assert found.weights["given"].array.tolist() == [0.75, 0.25]
    assert found.ranks[:, 0].tolist() == saidao.rank(cross, roc, "topsis").ranks.tolist()
    assert saidao.compare(cross, series, "topsis").schemes == ["given"]
    assert saidao.compare(cross, roc, "topsis").schemes == ["roc"]


def test_tables(cross: Path) -> None:
    found = saidao.compare(cross, [{"f": 1, "g": 0}, {"f": 2, "g": 1}, {"f": 1, "g": 2}], METHODS)
    each = [f"{scheme}/{method}" for scheme, method in found.rankings]
    assert len(each) == 6
    assert found.to_frame().columns.tolist() == ["track", *each, "borda", "copeland", "kemeny"]
    consensus = found.to_frame("consensus").set_index("track").loc[found.to_frame()["track"]]
    assert found.to_frame()["borda"].tolist() == consensus["borda_rank"].tolist()
    assert found.to_frame()["copeland"].tolist() == consensus["copeland_rank"].tolist()
    assert found.to_frame()["kemeny"].tolist() == consensus["kemeny"].tolist()
    assert found.to_frame("ws").columns.tolist() == ["weights", "method", *each]
    assert len(found.to_frame("ws")) == 6
    spearman = found.to_frame("spearman").set_index(["weights", "method"])
    assert spearman.loc[("given", "vikor"), "given/vikor"] == pytest.approx(1.0)
    assert found.to_frame("variance")["track"].tolist() == ["a", "b", "c"]
    for table in ("movers", "consensus"):
        assert "track" in found.to_frame(table)
    with pytest.raises(KeyError, match="one of ranks"):
        found.to_frame("nothing")
    assert "<table" in found._repr_html_()


def test_many_tracks_have_no_kemeny_order_and_say_so(cross: Path) -> None:
    many = mcda.EXACT_UP_TO + 1
    scores = np.random.default_rng(0).uniform(1, 9, (many, 2))
    write_case(
        cross,
        **{
            **CROSS,
            "tracks": "track,name_en,name_zh,type\n" + "".join(f"t{i},T{i},道{i},x\n" for i in range(many)),
            "scores": "track,f,g\n" + "".join(f"t{i},{a},{b}\n" for i, (a, b) in enumerate(scores)),
            "effects": "measure,track,factor,effect\nm1,*,f,0.3\nm2,type:x,g,0.2\nm3,*,g,0.05\n",
            "rules": "rule,kind,over,key,of,amount,share\n",
        },
    )
    found = saidao.compare(cross, ["equal", "entropy"], METHODS)
    assert found.kemeny is None
    assert found.consensus[0]["kemeny"] is None
    last = found.document("zh")["not_available"][-1]
    assert last["kind"] == "kemeny"
    assert "精确" in last["why"]
    assert found.to_dict()["consensus"]["kemeny_orders"] is None


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"weights": ["ahp", "entropi"]}, "Did you mean 'entropy'"),
        ({"methods": ["topsi"]}, "Did you mean 'topsis'"),
        ({"methods": [1]}, "methods: found 1; expected a text"),
        ({"weights": "roc"}, "ranks=..."),
        ({"weights": ["ahp"], "methods": ["wpm", "multimoora"]}, "above 0"),
        ({"weights": [{"nothing": 1.0}]}, "nothing"),
        ({"ticks": "odd"}, "strength"),
        ({"random_index": "odd"}, "saaty"),
    ],
)
def test_faults_are_told(arguments: dict[str, Any], told: str) -> None:
    with pytest.raises(saidao.CaseError, match=told):
        saidao.compare("shanghai", **arguments)


# --- the command line -----------------------------------------------------------------------------------------------


def test_json_is_what_the_function_returns(run: Run) -> None:
    done = run("compare", *TWO_BY_TWO, "--json")
    assert done.status == 0
    assert not done.err
    document = json.loads(done.out)
    assert document == json.loads(saidao.compare("shanghai", weights=SCHEMES, methods=METHODS).to_json())
    assert document["schema"] == "saidao/compare/1"
    assert document["settings"]["weights"] == SCHEMES
    assert [(r["weights"], r["method"]) for r in document["rankings"]] == [(s, m) for s in SCHEMES for m in METHODS]
    assert set(document["agreement"]) == {"kendall_tau_b", "spearman", "weighted_spearman", "ws"}
    assert {"borda_rank", "copeland_rank", "kemeny"} <= set(document["consensus"]["tracks"][0])
    assert sum(document["variance"][k] for k in ("weights", "method", "interaction")) == pytest.approx(1)


def test_movers_come_first_and_tables_follow_in_both_languages(run: Run) -> None:
    done = run("compare", "shanghai", *TWO_BY_TWO)
    lines = done.out.splitlines()
    text = " ".join(done.out.split())
    assert lines[1] == "All 4 rankings put Green intelligent connected vehicles first."
    for told in (
        "Data industry, Industrial internet, Hydrogen energy move between rank 4 (VIKOR with AHP weights) and 10",
        "moves between rank 4 (TOPSIS with entropy weights and 1 more) and 10 (VIKOR with AHP weights).",
        "The weights matter more than the method",
        "agree least (Kendall tau-b 0.24)",
        "Ranks side by side",
        "Consensus of all rankings",
        "mean Kendall tau-b of each ranking",
    ):
        assert told in text
    zh = run("compare", *TWO_BY_TWO, "--lang", "zh").out
    for told in ("数据产业、产业互联网、氢能的排名均在第 4", "最不一致", "共识", "排名对照", "权重的影响大于排序方法"):
        assert told in zh


def test_all_at_once_fits_the_page(run: Run) -> None:
    for lang in ("en", "zh"):
        done = run("compare", "--lang", lang)
        assert done.status == 0
        assert max(map(len, done.out.splitlines())) <= 120
        assert ("Ranks by method" if lang == "en" else "各排序方法下的排名") in done.out
        assert ("not fit this case" if lang == "en" else "因缺少输入或不适用而未参与") in done.out


def test_weights_by_factor_and_files(cross: Path, run: Run, tmp_path: Path) -> None:
    arguments = (
        "compare",
        cross,
        "--weights",
        "f=1,g=0",
        "--weights",
        "f=0,g=1",
        "--method",
        "wsm",
        "--method",
        "topsis",
    )
    assert run(*arguments, "-o", tmp_path / "c.csv").status == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "c.csv").read_text("utf-8-sig"))))
    assert list(rows[0]) == [
        "track",
        "given/wsm",
        "given/topsis",
        "given 2/wsm",
        "given 2/topsis",
        "borda",
        "copeland",
        "kemeny",
    ]
    assert rows[0]["given/wsm"] == "3"
    assert run(*arguments, "-o", tmp_path / "c.json").status == 0
    assert json.loads((tmp_path / "c.json").read_text("utf-8"))["schema"] == "saidao/compare/1"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--weights", "entropi"], "Did you mean 'entropy'"),
        (["--method", "wpm"], "above 0"),
        (["--weights", "roc"], "ranks=..."),
        (["--weights", "a=x"], "NAME=NUMBER"),
        (["-o", "c.txt"], ".json, .csv"),
    ],
)
def test_mistakes_end_with_status_2(run: Run, arguments: list[str], told: str) -> None:
    done = run("compare", "shanghai", *arguments)
    assert done.status == 2
    assert told in done.err
    assert "Traceback" not in done.err
    assert not done.out


def test_a_mistake_is_told_in_json_too(run: Run) -> None:
    done = run("compare", "--weights", "roc", "--weights", "swing", "--json", "--lang", "zh")
    assert done.status == 2
    document = json.loads(done.out)
    assert (document["schema"], document["status"]) == ("saidao/compare/1", "error")
    assert len(document["problems"]) == 2
