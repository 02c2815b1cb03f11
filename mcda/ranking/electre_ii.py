"""ELECTRE II: a strong and a weak outranking relation, peeled from the top and from the bottom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..checks import Labels
from ..errors import InputError
from ..labels import as_floats
from ..option_checks import choice, takes
from ..ranks import TIE
from ..registry import Array, Check, Decision, Guide, Option, Step, batched, method, prepared
from ..relations import Pairs, Relations, weighed
from .electre_i import SCALES, differences, relations


def falling(length: int) -> Check:
    """Return a check of *length* shares from high to low."""

    def check(name: str, value: Any, columns: Labels) -> tuple[float, ...]:
        read = as_floats(value)
        given = () if read is None or read.ndim != 1 else tuple(read.tolist())
        if len(given) != length or list(given) != sorted(given, reverse=True) or not (given[0] <= 1 and given[-1] >= 0):
            raise InputError(
                "option_value",
                f"option {name}",
                repr(value),
                f"{length} numbers from 1 to 0, none above the one before",
            )
        return given

    return takes("Iterable[float]", check)


@method(
    "electre_ii",
    title="ELECTRE II (strong and weak outranking)",
    title_zh="ELECTRE II(强弱级别优序)",
    source="Roy & Bertier (1973), La méthode ELECTRE II: une application au média-planning, in Ross (ed.), Operational "
    "Research 1972, North-Holland, 291-302; as Wang & Triantaphyllou (2008), Omega 36(1), 45-63",
    guide=Guide(
        rule_zh="由强、弱级别优序关系自上而下、自下而上逐层取出，名次为两者平均；强：C ≥ c1 且 D ≤ d1，或 "
        "C ≥ c2 且 D ≤ d2；弱：C ≥ c3 且 D ≤ d1；均要求 C_ik > C_ki。",
        use="An order by outranking is wanted with two degrees of conviction, without thresholds on each criterion.",
        use_zh="希望用强、弱两级优序关系排序，而不逐准则设阈值时。",
        trap="Thresholds decide much: move them and watch. Circles share a place.",
        trap_zh="阈值影响很大，应改动阈值观察；循环中的对象同名次。",
    ),
    steps=(
        Step("C", "concordance: weight of the criteria on which the row is as good", ("alternative", "alternative")),
        Step("D", "discordance: how much the column is better at most", ("alternative", "alternative")),
        Step("strong", "1 where the row strongly outranks the column", ("alternative", "alternative")),
        Step("weak", "1 where the row weakly outranks the column", ("alternative", "alternative")),
        Step("descending", "place from the top", ("alternative",)),
        Step("ascending", "place from the bottom", ("alternative",)),
        Step("rank", "mean of both places", ("alternative",)),
    ),
    better="lower",
    options={
        "c": Option(falling(3), (0.65, 0.5, 0.35)),
        "d": Option(falling(2), (0.65, 0.35)),
        "scale": Option(choice(*SCALES), "sum"),
    },
)
def electre_ii(decision: Decision, *, c: tuple[float, ...], d: tuple[float, ...], scale: str) -> Mapping[str, Array]:
    """Places are dealt from the top to those whom nobody left outranks, and from the bottom; the rank is their mean.

    Where C_ik > C_ki, i strongly outranks k if C >= c1 and D <= d1, or C >= c2 and D <= d2, and weakly if C >= c3 and
    D <= d1. C, D and `scale` as for ELECTRE I. Alternatives that outrank each other in a circle share a place.
    """
    concordance, discordance = relations(decision, scale)
    ahead = concordance > concordance.T + TIE

    def holds(least: float, most: float) -> NDArray[np.bool_]:
        return np.asarray((concordance >= least - TIE) & (discordance <= most + TIE) & ahead)

    strong = holds(c[0], d[0]) | holds(c[1], d[1])
    weak = holds(c[2], d[0]) & ~strong
    down, up = (places[:, 0] for places in both_ways(Relations.of(strong | weak)))
    return {
        "C": concordance,
        "D": discordance,
        "strong": strong.astype(float),
        "weak": weak.astype(float),
        "descending": down,
        "ascending": up,
        "rank": (down + up) / 2,
    }


def both_ways(outranks: Relations) -> tuple[Array, Array]:
    """Return places from the top, and from the bottom, 1 the best in both."""
    up = outranks.dealt(best=False)
    return outranks.dealt(), up.max(axis=0) + 1 - up


@prepared("electre_ii")
def electre_ii_prepared(
    decision: Decision, *, c: tuple[float, ...], d: tuple[float, ...], scale: str
) -> Mapping[str, Any]:
    """Return the pairs whose discordance is low enough, C by criterion, and what it exceeds that of the turned pair."""
    behind, discordance = differences(decision, scale)
    pairs = Pairs.of(discordance <= d[0] + TIE)
    good, turned = (behind[pair] <= 0 for pair in ((pairs.above, pairs.below), (pairs.below, pairs.above)))
    return {"pairs": pairs, "C_j": good.astype(float), "ahead": good.astype(float) - turned}


@batched("electre_ii")
def electre_ii_batched(
    decision: Decision, steps: Mapping[str, Any], *, c: tuple[float, ...], d: tuple[float, ...], scale: str
) -> Array:
    """The rank, as by the kernel: whoever outranks strongly fulfils what it takes to outrank weakly, the lesser c.

    C_ik + C_ki is at least 1: who is ahead has more than half.
    """
    holds = weighed(steps["ahead"], decision.weights, np.nextafter(TIE, 1.0))
    if c[2] > 0.5:
        holds &= weighed(steps["C_j"], decision.weights, c[2] - TIE)
    down, up = both_ways(Relations(steps["pairs"], decision.weights.shape[1], holds))
    return (down + up) / 2
