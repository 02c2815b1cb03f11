"""What is settled whatever the value function: against plans by scipy, whose value functions are told otherwise.

Ours fill pieces of each level. Here a concave marginal value is the least of its tangents, and one that bends both ways
a convex combination of two neighbouring breaks (0-1 columns say which).
"""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import saidao
from saidao.optimize.model.objectives import least_spend, worth
from saidao.optimize.model.programme import Array
from saidao.questions.settled import Settled
from tests.conftest import in_process
from tests.oracle.random_cases import write_random_case
from tests.oracle.test_replan import tiny
from tests.oracle.test_settled import ends

FILES: dict[str, str] = {
    "factors": "factor,direction,worst,target,weight\nf,max,0,1,1\ng,max,0,1,1\n",
    "scores": "track,f,g\na,0,0\nb,0.5,0\n",
    "resources": "resource,unit,budget\nfunds,u,10\n",
    "measures": "measure,scope,max_level\nm,track,1\nn,track,1\n",
    "costs": "measure,resource,cost\nm,funds,10\nn,funds,10\n",
    "effects": "measure,track,factor,effect\nm,a,f,0.5\nn,b,f,0.5\n",
}
"""There is money to lift a from 0 to 0.5 or b from 0.5 to 1."""


def status(found: Settled) -> dict[str, str]:
    return {f"{row['measure']}{row['target']}": row["status"] for row in found.rows_of("places")}


def test_by_hand_the_lower_half_is_worth_more_where_values_are_concave(tmp_path: Path) -> None:
    """With straight lines a and b are as good; a concave value settles it for a, one that may be convex for none."""
    case = tiny(tmp_path / "c", **FILES)
    straight = saidao.settled(case, region=["f >= 0.5"], stance="even")
    assert set(status(straight).values()) == {"sometimes"}
    assert all(row["tie"] for row in straight.rows_of("places"))
    concave = saidao.settled(case, region=["f >= 0.5"], stance="even", pieces=["f=2"])
    assert concave.exact
    assert status(concave) == {"ma": "always", "nb": "never"}
    assert concave.beyond_dispute["places"] == pytest.approx(10)
    both = saidao.settled(case, region=["f >= 0.5"], stance="even", pieces={"f": 2}, shape="monotone")
    assert both.exact
    assert status(both) == {"ma": "sometimes", "nb": "sometimes"}
    # f up to 0.5 is worth less than half of f from a straight line on: no change at all is needed
    assert [row["against"]["change"] for row in both.rows_of("places")] == pytest.approx([0, 0], abs=1e-9)


def test_a_statement_about_tracks_is_one_about_values(tmp_path: Path) -> None:
    """b is half way on f, c at the target of g: b before c says u_f(0.5) >= u_g(1), which weights say of w_f / 2."""
    files = FILES | {"tracks": "track\na\nb\nc\n", "scores": "track,f,g\na,0,0\nb,0.5,0\nc,0,1\n"}
    case = tiny(tmp_path / "c", **files)
    bent = saidao.settled(case, region=["b before c"], stance="even", pieces=2)
    assert np.isclose(bent.region.vertices @ bent.marginal.totals.T, [0.5, 0.5]).all(axis=1).any()
    weights = saidao.settled(case, region=["b before c"], stance="even").region.vertices
    assert weights[:, 0].min() == pytest.approx(2 / 3)


def test_as_typed(tmp_path: Path) -> None:
    case = tiny(tmp_path / "c", **FILES)
    done = in_process("settled", case, "--pieces", "f=2", "--stance", "even", "--region", "f >= 0.5", "--json")
    document = json.loads(done.out)
    assert document["value_functions"] == {"shape": "concave", "pieces": {"f": 2, "g": 1}}
    assert document["counts"]["always"] == 1
    against = next(row["against"] for row in document["places"] if row["status"] == "never")
    assert [(one["factor"], one["level"]) for one in against["marginal_values"]] == [("f", 0.5), ("f", 1), ("g", 1)]
    assert "价值函数" in in_process("settled", case, "--pieces", "2", "--lang", "zh").out
    for wrong in (["--pieces", "z=2"], ["--pieces", "0"], ["--pieces", "f=x"], ["--pieces", "99"]):
        for lang in ("en", "zh"):
            done = in_process("settled", case, *wrong, "--lang", lang)
            assert (done.status, done.out) == (2, "")
            assert "pieces" in done.err
    assert in_process("settled", case, "--pieces", "2", "--shape", "s").status == 2


# --- against plans by scipy -------------------------------------------------------------------------------------------


def valued(found: Settled, rises: Array) -> tuple[Any, Array]:
    """The plan's program with a column for what each closed gap is worth under a value function, and its objective."""
    model, c = found.plan.model, found.plan.solved.columns
    p, (pair, timing) = c.programme, worth(c)
    pi = (p.priority / p.weight).max(axis=1)
    pieces, first = found.marginal.pieces, np.cumsum([0, *found.marginal.pieces])
    rows: list[tuple[dict[int, float], float, float]] = []
    number, upper, whole, gain = len(model.objective), [], [], {}

    def column(most: float, is_whole: bool = False) -> int:
        upper.append(most)
        whole.append(is_whole)
        return number + len(upper) - 1

    for j in np.flatnonzero(timing).tolist():
        track, f = divmod(int(pair[j]), len(p.factors))
        u = np.concatenate([[0.0], np.cumsum(rises[first[f] : first[f + 1]])])
        breaks, level = np.linspace(0, 1, pieces[f] + 1), 1 - p.gap[track, f]
        now = float(np.interp(level, breaks, u))
        worth_now = column(2.0)
        gain[worth_now] = timing[j] * pi[track]
        if found.marginal.shape == "concave":
            for k in range(pieces[f]):
                slope = (u[k + 1] - u[k]) / (breaks[k + 1] - breaks[k])
                rows.append(({worth_now: 1.0, j: -slope}, -np.inf, u[k] + slope * (level - breaks[k]) - now))
            continue
        share = [column(1.0) for _ in breaks]
        on = [column(1.0, is_whole=True) for _ in range(pieces[f])]
        rows += [
            (dict.fromkeys(share, 1.0), 1.0, 1.0),
            (dict.fromkeys(on, 1.0), 1.0, 1.0),
            ({**dict(zip(share, breaks, strict=True)), j: -1.0}, level, level),
            ({**dict(zip(share, u, strict=True)), worth_now: -1.0}, now, now),
        ]
        for k, one in enumerate(share):
            beside = {on[i]: -1.0 for i in (k - 1, k) if 0 <= i < pieces[f]}
            rows.append(({one: 1.0, **beside}, -np.inf, 0.0))
    dense = np.zeros((len(model.row_lower) + len(rows), number + len(upper)))
    dense[: len(model.row_lower), :number] = model.dense
    for n, (entries, _, _) in enumerate(rows, len(model.row_lower)):
        for at, value in entries.items():
            dense[n, at] += value
    made = SimpleNamespace(
        dense=dense,
        row_lower=np.append(model.row_lower, [low for _, low, _ in rows]),
        row_upper=np.append(model.row_upper, [high for _, _, high in rows]),
        column_lower=np.append(model.column_lower, np.zeros(len(upper))),
        column_upper=np.append(model.column_upper, upper),
        integer=np.append(model.integer, whole),
    )
    objective = np.zeros(dense.shape[1])
    for at, value in gain.items():
        objective[at] = value
    return made, objective


def drawn(found: Settled, samples: int, seed: int) -> list[Array]:
    rng, corners = np.random.default_rng(seed), found.region.vertices
    return list(rng.dirichlet(np.ones(len(corners)), samples) @ corners)


def among_best(
    program: Any, worth_of: Array, best: float, wide: list[Array], slacks: list[float]
) -> tuple[Array, Array]:
    """The ends of amounts over the best plans of least spend (the first of *wide*), as thin as scipy finds any."""
    slack, *wider = slacks
    try:
        first = (worth_of, best - slack * max(abs(best), 1e-3))
        second = (wide[0], ends(program, wide[0], [first])[1] - slack)
        found = np.array([ends(program, amount, [first, second]) for amount in wide[1:]])
    except AssertionError:
        if not wider:
            raise
        return among_best(program, worth_of, best, wide, wider)
    return found[:, 0], found[:, 1]


def against_scipy(found: Settled, samples: int, seed: int) -> None:
    """At every value function the best value is ours, no best plan lies beyond the ends, and these are reached."""
    c = found.plan.solved.columns
    amounts = np.concatenate([group.amounts for group in found.groups])
    least, most = np.full(len(amounts), np.inf), np.full(len(amounts), -np.inf)
    room = 2e-5 * np.maximum(np.abs(amounts).max(axis=1), 1.0)
    slacks = [1e-8]
    if found.marginal.shape == "monotone":  # scipy at times calls whole programs empty that are as thin
        room, slacks = 10 * room, [2e-8, 2e-7, 2e-6]
    for rises in (*found.areas.middle[found.areas.full], *drawn(found, samples, seed)):
        program, worth_of = valued(found, rises)
        wide = [np.pad(row, (0, len(worth_of) - len(row))) for row in (least_spend(c), *amounts)]
        best = ends(program, worth_of, [])[1]
        if found.exact:
            assert float((found.areas.closes @ rises).max()) == pytest.approx(best, rel=1e-6, abs=1e-7)
        lowest, highest = among_best(program, worth_of, best, wide, slacks)
        least, most = np.minimum(least, lowest), np.maximum(most, highest)
    if found.exact:
        assert (least >= found.found.least - room).all()
        assert (most <= found.found.most + room).all()
    # what is told is reached, whether it is all there is or not
    assert (least <= found.found.least + room).all()
    assert (most >= found.found.most - room).all()


SMALL: dict[str, dict[str, Any]] = {
    "plain": {"tracks": 2, "factors": 2, "measures": 3},
    "three factors": {"tracks": 2, "factors": 3, "measures": 2, "resources": 1},
    "periods": {"tracks": 2, "factors": 2, "measures": 2, "periods": 2},
    "segments": {"tracks": 2, "factors": 2, "measures": 3, "segments": True},
    "kinds": {"tracks": 2, "factors": 2, "measures": 3, "kinds": True},
}


@pytest.mark.parametrize("seed", [pytest.param(s, marks=pytest.mark.slow) for s in range(6)])
@pytest.mark.parametrize("shape", ["concave", "monotone"])
@pytest.mark.parametrize("size", SMALL)
def test_ends_are_those_of_all_best_plans(seed: int, size: str, shape: Any, tmp_path: Path) -> None:
    write_random_case(tmp_path / "case", seed, **SMALL[size])
    case = saidao.load_case(tmp_path / "case")
    one, other = case.track_ids[:2]
    region = [f"{one} before {other}"] if seed % 2 else ["within 0.5"]
    try:
        found = saidao.settled(case, region=region, stance="even", pieces=2 + seed % 2, shape=shape)
    except saidao.CaseError:
        found = saidao.settled(case, region=[f"{other} before {one}"], stance="even", pieces=2, shape=shape)
    against_scipy(found, 4, seed)


@pytest.mark.parametrize("seed", range(2))
def test_one_piece_is_weights_and_more_only_widen(seed: int, tmp_path: Path) -> None:
    write_random_case(tmp_path / "case", seed, tracks=3, factors=2, measures=3, resources=1)
    straight = saidao.settled(tmp_path / "case", region=["within 0.3"], stance="even")
    one = saidao.settled(tmp_path / "case", region=["within 0.3"], stance="even", pieces=1)
    assert one.to_dict() == straight.to_dict()
    bent = saidao.settled(tmp_path / "case", region=["within 0.3"], stance="even", pieces=2)
    for narrow, wide in zip(straight.rows_of("places"), bent.rows_of("places"), strict=True):
        assert wide["least_at_ties"] is None or wide["least_at_ties"] <= narrow["least"] + 1e-7
        assert wide["most_at_ties"] is None or wide["most_at_ties"] >= narrow["most"] - 1e-7
    against_scipy(bent, 2, seed)


@pytest.mark.slow
def test_what_cannot_all_be_looked_at_is_told_as_what_was_found() -> None:
    found = saidao.settled("shanghai", region=["within 0.1"], stance="even", pieces=2)
    assert not found.exact
    assert found.to_dict()["counts"]["always"] == 0
    assert "at most" in found.text()[0]
    amounts = np.concatenate([group.amounts for group in found.groups])
    assert (found.found.most <= np.maximum(amounts @ found.found.plans[:, : amounts.shape[1]].T, 0).max() + 1e-6).all()
    inside = found.region.holds(found.areas.weights)
    assert inside.all()
    for rises in found.areas.weights[:: len(found.areas.weights) // 5]:
        program, worth_of = valued(found, rises)
        assert float((found.areas.closes @ rises).max()) == pytest.approx(ends(program, worth_of, [])[1], rel=1e-6)
