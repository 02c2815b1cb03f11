"""Over a tree every scheme that judges gives local weights, and a leaf's weight is their product down the tree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import saidao
from saidao import mcda
from tests.conftest import Run

FACTORS = "factor,parent,weight\nB,,40\nC,,60\nD,B,30\nE,B,70\n"
SCORES = "track,C,D,E\na,100,0,0\nb,0,60,30\nc,0,0,62\n"
DEEP = "factor,parent,weight\nD,B,3\nE,B,1\nF,E,1\nG,E,4\nB,A,2\nH,A,8\nA,,\n"  # an only child on top needs no weight
DEEP_SCORES = "track,D,F,G,H\na,1,2,3,4\nb,2,1,4,3\nc,4,3,2,1\n"
LOCAL = {"": ("B", "C"), "B": ("D", "E")}


def bare(folder: Path, **tables: str) -> Path:
    """Write a case of three tracks, and the tables given."""
    for name, text in {"tracks": "track\na\nb\nc\n", **tables}.items():
        file = folder / f"{name.replace('__', '/')}.csv"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    return folder


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return bare(tmp_path, factors=FACTORS, scores=SCORES)


def weights(case: Any, scheme: mcda.SchemeName, **options: Any) -> dict[str, float]:
    found = saidao.weigh(case, scheme, **options)
    return {str(factor): float(w) for factor, w in zip(found.criteria, found.array, strict=True)}


def test_direct_weights_multiply_down(tree: Path) -> None:
    assert weights(tree, "direct") == pytest.approx({"C": 0.6, "D": 0.12, "E": 0.28})
    ranked = saidao.rank(tree, "direct", "wsm")
    assert ranked.scores.to_dict() == pytest.approx({"a": 0.6, "b": 0.12 + 0.28 * 30 / 62, "c": 0.28})
    assert ranked.ranks.to_dict() == {"a": 1, "b": 3, "c": 2}
    case = bare(tree, factors=DEEP, scores=DEEP_SCORES)
    expected = {"D": 0.2 * 0.75, "F": 0.2 * 0.25 * 0.2, "G": 0.2 * 0.25 * 0.8, "H": 0.8}
    assert weights(case, "direct") == pytest.approx(expected)


def test_one_group_of_one_and_one_of_two(tree: Path) -> None:
    factors = "factor,parent,weight\nbig,,3\nsmall,,1\nf1,big,1\nf2,small,1\nf3,small,1\n"
    case = bare(tree, factors=factors, scores="track,f1,f2,f3\na,9,1,1\nb,1,9,9\nc,5,5,5\n")
    assert weights(case, "direct") == pytest.approx({"f1": 0.75, "f2": 0.125, "f3": 0.125})
    assert weights(case, "equal") == pytest.approx({"f1": 0.5, "f2": 0.25, "f3": 0.25})


JUDGEMENTS: dict[str, dict[str, Any]] = {
    "direct": {"weights": {"B": 1, "C": 3, "D": 2, "E": 2}},
    "swing": {"points": {"B": 100, "C": 50, "D": 20, "E": 100}},
    "roc": {"ranks": {"B": 2, "C": 1, "D": 1, "E": 2}},
    "rank_sum": {"ranks": {"B": 1, "C": 1, "D": 1, "E": 2}},
    "rancom": {"ranks": {"B": 2, "C": 1, "D": 1, "E": 1}},
    "swara": {"ranks": {"B": 1, "C": 2, "D": 2, "E": 1}, "importance": {"B": 0, "C": 0.5, "D": 1, "E": 0}},
    "bwm": {
        "best": {"": "C", "B": "D"},
        "worst": {"": "B", "B": "E"},
        "best_to_others": {"B": 3, "C": 1, "D": 1, "E": 4},
        "others_to_worst": {"B": 1, "C": 3, "D": 4, "E": 1},
    },
    "fucom": {"ranks": {"B": 2, "C": 1, "D": 1, "E": 2}, "priorities": {"B": 2, "C": 1, "D": 1, "E": 3}},
    "smart": {"grades": {"B": 4, "C": 6, "D": 5, "E": 7}},
    "precedence_chart": {"ratings": {"B": 2, "C": 3, "D": 3, "E": 1}},
    "fuzzy_ahp": {
        "fuzzy": {
            "": [[[1, 1, 1], [1, 2, 3]], [[1 / 3, 1 / 2, 1], [1, 1, 1]]],
            "B": [[[1, 1, 1], [2, 3, 4]], [[1 / 4, 1 / 3, 1 / 2], [1, 1, 1]]],
        }
    },
    "dematel": {"influences": {"": [[0, 3], [1, 0]], "B": [[0, 2], [4, 0]]}},
    "ahp": {
        "pairwise": {
            "": pd.DataFrame([[1, 4], [0.25, 1]], ["C", "B"], ["C", "B"]),
            "B": pd.DataFrame([[1, 2], [0.5, 1]], ["D", "E"], ["D", "E"]),
        }
    },
}


@pytest.mark.parametrize("scheme", sorted({*JUDGEMENTS, "equal"}))
def test_every_scheme_that_judges_multiplies_down(tree: Path, scheme: mcda.SchemeName) -> None:
    options = JUDGEMENTS.get(scheme, {})
    local = {}
    for node, children in LOCAL.items():
        own: dict[str, Any] = {}
        for name, given in options.items():
            by_node = set(given) == set(LOCAL)
            own[name] = given[node] if by_node else {c: given[c] for c in children}
        matrix = pd.DataFrame([[1.0, 2.0]], columns=list(children))
        local[node] = mcda.weigh(matrix, "max", scheme, **own).to_frame()["weight"]
    expected = {"C": local[""]["C"], "D": local[""]["B"] * local["B"]["D"], "E": local[""]["B"] * local["B"]["E"]}
    assert weights(tree, scheme, **options) == pytest.approx(expected)


def test_schemes_of_the_scores_weigh_the_leaves_and_a_branch_what_its_leaves_do(tree: Path) -> None:
    flat = pd.DataFrame([[100.0, 0, 0], [0, 60, 30], [0, 0, 62]], columns=["C", "D", "E"])
    for scheme in ("entropy", "standard_deviation", "gini", "critic"):
        assert weights(tree, scheme) == pytest.approx(mcda.weigh(flat, "max", scheme).to_frame()["weight"].to_dict())


def test_no_scheme_is_left_undecided() -> None:
    judging = {name for name, entry in mcda.schemes().items() if entry.needs != "matrix"}
    assert judging == {*JUDGEMENTS, "equal"}
    for name in judging - {"equal"}:
        assert any(option.scope != "one" for option in mcda.schemes()[name].options.values())


@pytest.mark.parametrize(
    ("scheme", "options", "message"),
    [
        ("direct", {"weights": {"C": 1, "D": 1, "E": 1}}, "'B'"),
        ("direct", {"weights": [1, 2, 3]}, "mapping by criterion.*'B'"),
        ("swing", {"points": {"B": 1, "C": 1, "D": 1, "E": 1, "F": 1}}, "'F'"),
        ("roc", {"ranks": {"B": 1, "C": 2, "D": 1, "e": 2}}, "mean 'E'"),
        ("ahp", {"pairwise": [[1, 2, 3], [0.5, 1, 2], [1 / 3, 0.5, 1]]}, "mapping by node"),
        ("swing", {"points": {"B": 0, "C": 0, "D": 1, "E": 1}}, "only zeros"),
    ],
)
def test_what_says_nothing_of_a_node_is_refused(
    tree: Path, scheme: mcda.SchemeName, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(saidao.CaseError, match=message):
        saidao.weigh(tree, scheme, **options)


def test_a_node_without_a_weight_is_named(tree: Path) -> None:
    case = bare(tree, factors="factor,parent,weight\nB,,\nC,,60\nD,B,30\nE,B,70\n")
    with pytest.raises(saidao.CaseError, match="B"):
        saidao.weigh(case, "direct")
    with pytest.raises(saidao.CaseError, match=r"row 5, column weight"):
        saidao.load_case(bare(tree, factors="factor,parent,weight\nB,,1\nC,,60\nD,B,30\nE,B,\n"))


def test_ahp_weighs_more_than_fifteen_and_says_that_its_ratio_is_not_known() -> None:
    rng = np.random.default_rng(3)
    a = np.triu(rng.choice([1 / 3, 0.5, 1, 2, 3], (18, 18)), 1)
    a += np.eye(18) + np.divide(1.0, a, out=np.zeros_like(a), where=a > 0).T
    values, vectors = np.linalg.eig(a)
    k = values.real.argmax()
    w = vectors[:, k].real / vectors[:, k].real.sum()
    found = mcda.ahp(a)
    assert found.array == pytest.approx(w)
    assert found.lambda_max == pytest.approx(values[k].real)
    assert found.consistency_ratio is None
    assert not found.consistency.acceptable
    known = mcda.ahp(a, random_index="donegan_dodd")
    assert known.consistency_ratio == pytest.approx((values[k].real - 18) / 17 / 1.5262)
    table = mcda.RANDOM_INDEX["donegan_dodd"]
    assert (len(table), table[19], table[24], table[99]) == (100, 1.5371, 1.5619, 1.6339)
    assert table[21] == pytest.approx(1.5371 + 2 / 5 * (1.5619 - 1.5371))
    with pytest.raises(mcda.InputError, match="donegan_dodd"):
        mcda.ahp_repair(a)
    assert mcda.ahp(np.ones((101, 101)), random_index="donegan_dodd").consistency_ratio is None


def test_surfaces_say_that_a_ratio_is_not_known(tmp_path: Path, run: Run) -> None:
    names = [f"f{i}" for i in range(16)]
    judged = "factor," + ",".join(names) + "\n"
    judged += "".join(
        f"{f}," + "," * i + ",".join("1" if k == i else "2" for k in range(i, 16)) + "\n" for i, f in enumerate(names)
    )
    scores = "".join(f"{t}," + ",".join(str((3 * i + k) % 7) for k in range(16)) + "\n" for i, t in enumerate("abc"))
    bare(
        tmp_path,
        factors="factor\n" + "\n".join(names) + "\n",
        judgements__ann=judged,
        scores="track," + ",".join(names) + "\n" + scores,
    )
    case = saidao.load_case(tmp_path)
    weighed = saidao.weigh(case, "ahp")
    assert weighed.array.sum() == pytest.approx(1)
    assert weighed.to_dict()["schemes"][0]["consistency"]["ratio"] is None
    assert weighed.hierarchy is not None
    assert weighed.hierarchy.repairs() == {}
    for lang, told in (("en", "No consistency ratio"), ("zh", "无一致性比率")):
        assert told in run("weights", str(tmp_path), "--weights", "ahp", "--lang", lang).out
