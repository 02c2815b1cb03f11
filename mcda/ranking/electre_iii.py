"""ELECTRE III: a fuzzy outranking relation, distilled from the top and from the bottom."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from importlib.util import find_spec
from os import cpu_count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..distillation.distil import distil, median_key, peel
from ..distillation.way import Way
from ..errors import InputError
from ..option_checks import lines, number
from ..ranks import ROUNDING, TIE, competition_ranks, crossed
from ..registry import (
    Array,
    Decision,
    Guide,
    Option,
    Step,
    along,
    batched,
    followed,
    method,
    prepared,
)

PAIRS = 2**18
"""Credibilities held at a time."""
WORTH_LOADING = 2**13
"""Scores from which on loading numba, half a second, is worth its time: each takes 0.06 ms without."""
THRESHOLDS = {"q": Option(lines, 0.0), "p": Option(lines, None), "v": Option(lines, None)}


@method(
    "electre_iii",
    title="ELECTRE III (distillations)",
    title_zh="ELECTRE III(蒸馏)",
    source="Roy (1978), ELECTRE III: un algorithme de classements fondé sur une représentation floue des préférences "
    "en présence de critères multiples, Cahiers du CERO 20(1), 3-24; Figueira, Mousseau & Roy (2005), ELECTRE methods, "
    "in Multiple Criteria Decision Analysis: State of the Art Surveys, Springer, 133-162; median preorder: Maystre, "
    "Pictet & Simos (1994), Méthodes multicritères ELECTRE, Presses polytechniques et universitaires romandes",
    guide=Guide(
        rule_zh="σ_ik = c Π (1-d_j)/(1-c)（对 d_j > c），c = Σ w_j c_j；c_j 由无差异阈值 q 与偏好阈值 p 线"
        "性过渡，d_j 由 p 与否决阈值 v 过渡；再作降序、升序两次蒸馏，取其共同部分。",
        use="Data are imprecise, differences below a threshold mean nothing, and a bad value must not be "
        "bought off (veto).",
        use_zh="数据不精确、小差别无意义，且不允许用其他准则弥补严重短板（否决）时。",
        trap="The result is a partial order: incomparable is an answer. Distillation jumps; a small "
        "change of a threshold can move several places.",
        trap_zh="结果是偏序，“不可比”也是答案；蒸馏会跳变，阈值的小改动可能使名次移动多位。",
    ),
    steps=(
        Step("c", "concordance: the row outranks the column", ("alternative", "alternative")),
        Step("S", "credibility that the row outranks the column", ("alternative", "alternative")),
        Step("descending", "place in the descending distillation", ("alternative",)),
        Step("ascending", "place in the ascending distillation", ("alternative",)),
        Step(
            "P",
            "1 where the row is before the column in both, or in one and level in the other",
            ("alternative", "alternative"),
        ),
        Step(
            "R", "1 where row and column are incomparable: each before the other in one", ("alternative", "alternative")
        ),
        Step("class", "class of the final partial preorder", ("alternative",)),
        Step("rank", "rank in the median preorder", ("alternative",)),
    ),
    better="lower",
    options={**THRESHOLDS, "alpha": Option(number, -0.15), "beta": Option(number, 0.3)},
)
def electre_iii(
    decision: Decision, *, q: Array, p: Array | None, v: Array | None, alpha: float, beta: float
) -> Mapping[str, Array]:
    """sigma_ik = c prod (1 - d_j)/(1 - c) over d_j > c, c = sum_j w_j c_j; then two distillations, and what they share.

    Where x_k is better than x_i by t: c_j is 1 for t <= q, (p - t)/(p - q) up to p, then 0; d_j is 0 for t <= p,
    (t - p)/(v - p) up to v, then 1. A threshold is a number or a pair (alpha, beta): alpha x_i + beta; where p is not
    given it is q, and where v is not given there is no veto.

    Distillation with s(l) = alpha l + beta: in a set D and from a level l (at first the largest sigma in D), l' is the
    largest sigma < l - s(l), or 0; a is preferred to b if sigma_ab > l' and sigma_ab > sigma_ba + s(sigma_ab). Those
    that are preferred to most, less those preferred to them (ascending: to fewest), form the next D; a single one, or
    all at l' = 0, are a class. The final preorder is what both agree on; its classes are peeled off from the top; the
    median preorder parts each of them by the sum of the places in both distillations.
    """
    checked(alpha, beta)
    x = decision.matrix
    c, sigma = credibility(decision, x[:, None], x[None], x[:, None], q, p, v)
    down, up = distil(sigma, alpha, beta)
    before, apart = crossed(down, up)
    level = peel(before)
    return {
        "c": c,
        "S": sigma,
        "descending": down,
        "ascending": up,
        "P": before,
        "R": apart,
        "class": level,
        "rank": competition_ranks(median_key(down, up, level), "lower").astype(float),
    }


@prepared("electre_iii")
def electre_iii_prepared(
    decision: Decision, *, q: Array, p: Array | None, v: Array | None, alpha: float, beta: float
) -> Mapping[str, Array]:
    """Return what each criterion says of every two alternatives, (rows, n, columns), the largest discordance first."""
    checked(alpha, beta)
    x = decision.matrix
    parts = np.moveaxis(partial(decision, x[:, None], x[None], x[:, None], q, p, v), 3, 2)
    discordance = np.sort(np.negative(parts[1], order="C"), axis=1)
    return {"concordance": np.ascontiguousarray(parts[0]), "discordance": np.negative(discordance, out=discordance)}


@followed("electre_iii")
def electre_iii_followed(decision: Decision, **options: object) -> None:
    """Load numba, where it is there: thousands of rankings are worth it, a few at a time."""
    if find_spec("numba") is not None:
        import_module("numba")


@batched("electre_iii")
def electre_iii_batched(
    decision: Decision, steps: Mapping[str, Array], *, alpha: float, beta: float, **options: object
) -> Array:
    """The rank, as by the kernel: credibilities of some weight vectors at a time, distilled one after another."""
    m, k = len(decision.matrix), decision.weights.shape[1]
    if pays(m * k):
        # brings numba, an extra, which takes half a second to load
        from ..distillation.compiled_ways import median_keys

        keys = _compiled(lambda sigma: median_keys(sigma, alpha, beta), decision, steps)
    else:
        parts = np.moveaxis(np.array([steps["concordance"], steps["discordance"]]), 2, 3)
        keys = np.concatenate([_keys(credibilities(parts, w), alpha, beta) for w in _some(decision)])
    return competition_ranks(keys.T, "lower").astype(float)


@along("electre_iii")
def electre_iii_along(
    decision: Decision,
    steps: Mapping[str, Array],
    ranks: NDArray[np.int64],
    *,
    alpha: float,
    beta: float,
    **options: object,
) -> Callable[[Array], Way]:
    """Concordances are linear on a way: with those at its start they take a sum, not one for each criterion."""
    compiled = pays(WORTH_LOADING)
    concordance, discordance = steps["concordance"], steps["discordance"]

    def turned(table: Array) -> Array:
        return np.array([table, table.T])

    def apart(table: Array) -> Array:
        """Nobody outranks himself."""
        np.fill_diagonal(table, 0.0)
        return turned(table)

    start = apart(np.einsum("inj,n->ij", concordance, decision.weights))
    opposed = discordance if discordance.any() else np.empty((0, discordance.shape[1], 0))

    def way(gains: Array) -> Way:
        slope = np.zeros(start.shape[1:])
        for j in np.flatnonzero(gains).tolist():  # most ways move two weights
            slope += gains[j] * concordance[:, j]
        return Way(start, apart(slope), opposed, ranks, alpha, beta, compiled)

    return way


def pays(scores: int) -> bool:
    """Whether to distil in compiled code: numba is loaded anyway, or is installed and worth loading."""
    return sys.modules.get("numba") is not None or (scores >= WORTH_LOADING and find_spec("numba") is not None)


def _some(decision: Decision) -> list[Array]:
    """Weights, some at a time: (n, k)."""
    size = 2 * max(1, PAIRS // len(decision.matrix) ** 2)  # pairs of weights stay together
    return [decision.weights[:, start : start + size] for start in range(0, decision.weights.shape[1], size)]


def _compiled(asked: Callable[[Array], NDArray[Any]], decision: Decision, steps: Mapping[str, Array]) -> NDArray[Any]:
    """Ask something of the credibilities for all weights, some at a time."""
    from ..distillation.compiled_relation import credibilities  # as above

    concordance, discordance = steps["concordance"], steps["discordance"]
    if not discordance.any():
        discordance = np.empty((0, concordance.shape[1], 0))

    def answered(weights: Array) -> NDArray[Any]:
        return asked(credibilities(concordance, discordance, np.ascontiguousarray(weights.T)))

    some = _some(decision)
    if len(some) == 1:
        return answered(*some)
    with ThreadPoolExecutor(cpu_count()) as pool:  # compiled, it lets go of the interpreter
        return np.concatenate(list(pool.map(answered, some)))


def _keys(sigma: Array, alpha: float, beta: float) -> Array:
    """Return `median_key` for each of (m, m, k) credibilities, (k, m)."""
    both = (distil(each, alpha, beta) for each in np.moveaxis(sigma, 2, 0))
    return np.array([median_key(down, up, peel(crossed(down, up)[0])) for down, up in both])


def credibility(
    decision: Decision, own: Array, other: Array, at: Array, q: Array, p: Array | None, v: Array | None
) -> tuple[Array, Array]:
    """Return concordance and credibility of `own` outranking `other`; thresholds are taken at the values `at`.

    All three are (rows, columns, criteria), or broadcast to that.
    """
    parts = partial(decision, own, other, at, q, p, v)
    c = parts[0] @ decision.weights
    return c, credibilities(parts, decision.weights[:, None])[..., 0]


def credibilities(parts: Array, weights: Array) -> Array:
    """Return the credibility for each of (n, k) weights, (rows, columns, k), from what `partial` returns."""
    c: Array = parts[0] @ weights
    sigma = c.copy()
    for j in np.flatnonzero(parts[1].any(axis=(0, 1))):
        some = np.nonzero(parts[1, ..., j])
        d, beside = parts[1, ..., j][some][:, None], c[some]
        # beside a concordance of 1 but for rounding no discordance is larger
        over = d > beside + TIE
        sigma[some] *= np.where(over, (1 - d) / np.where(over, 1 - beside, 1.0), 1.0)
    return sigma


def partial(
    decision: Decision, own: Array, other: Array, at: Array, q: Array, p: Array | None, v: Array | None
) -> Array:
    """Return (2, rows, columns, criteria): by criterion the concordance and the discordance of outranking.

    See `credibility`; weights do not enter.
    """
    found = np.zeros((2, *np.broadcast_shapes(own.shape, other.shape)))
    for j, sign in enumerate(decision.signs):
        t, g = sign * (other[..., j] - own[..., j]), at[..., j]
        indifferent = taken(q, g, j, 0.0)
        preferred = taken(p, g, j, indifferent)
        veto = taken(v, g, j, np.inf)
        bad = np.argwhere((indifferent < 0) | (preferred < indifferent) | (veto < preferred))
        if bad.size:
            values = (
                f"{name} = {t[tuple(bad[0])]:g}" for name, t in zip("qpv", (indifferent, preferred, veto), strict=True)
            )
            raise InputError(
                "threshold_order",
                f"options q, p, v, criterion number {j + 1}",
                ", ".join(values),
                "0 <= q <= p <= v: indifference, preference, veto",
            )
        slack = ROUNDING * (np.abs(own[..., j]) + np.abs(other[..., j]))
        found[0, ..., j] = 1 - passed(t, indifferent, preferred, slack)
        if v is not None and not np.isnan(v[j, 1]):
            found[1, ..., j] = passed(t, preferred, veto, slack)
    return found


def taken(line: Array | None, at: Array, j: int, default: Array | float) -> Array:
    """Return the threshold alpha g + beta of criterion j at the values g, the default where there is none."""
    if line is None or np.isnan(line[j, 1]):
        return np.broadcast_to(default, at.shape)
    return np.asarray(line[j, 0] * at + line[j, 1])


def passed(t: Array, low: Array, high: Array, slack: Array) -> Array:
    """Return how far t is from low to high, 0 up to low and 1 beyond high; a step where they are one."""
    step = t > low + np.where(low > 0, slack + 2 * ROUNDING * low, 0.0)
    rises = high > low
    if not np.any(rises):
        return step.astype(float)
    return np.where(rises, np.clip((t - low) / np.where(rises, high - low, 1.0), 0.0, 1.0), step)


def checked(alpha: float, beta: float) -> None:
    """Refuse a discrimination threshold that is below 0, or rises as steeply as the level."""
    if min(beta, alpha + beta) < 0 or alpha >= 1:
        raise InputError(
            "distillation",
            "options alpha and beta",
            f"{alpha:g} and {beta:g}",
            "alpha l + beta at least 0 for l from 0 to 1, and alpha below 1",
        )
