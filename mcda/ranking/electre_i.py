"""ELECTRE I: an outranking relation, and the kernel of alternatives that it leaves to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..checks import tell_apart
from ..normalisation.domain import above_worst
from ..option_checks import choice, share
from ..ranks import TIE
from ..registry import Array, Decision, Guide, Option, Step, batched, method, prepared
from ..relations import Pairs, Relations, weighed

SCALES = ("sum", "vector", "minmax", "none")


@method(
    "electre_i",
    title="ELECTRE I (kernel)",
    title_zh="ELECTRE I(核)",
    source="Roy (1968), Classement et choix en présence de points de vue multiples (la méthode ELECTRE), Revue "
    "française d'informatique et de recherche opérationnelle 2(8), 57-75",
    guide=Guide(
        rule_zh="C_ik 为 i 不劣于 k 的准则权重之和，D_ik 为最大落后幅度除以最大极差；C ≥ c 且 D ≤ d 时 i "
        "优于 k；核：核内互不优于，核外均被核内某对象优于。",
        use="A short list is wanted and no complete order: those in the kernel deserve a closer look.",
        use_zh="只需要一份入围名单（核），而不需要完整排序时。",
        trap="It depends on how values are scaled (``scale``). With circles there is no unique kernel: "
        "they are taken together here, and dominance can then break.",
        trap_zh="依赖取值的缩放方式（scale）；存在循环时核不唯一，本库把循环合并处理，此时可能违反优势律。",
    ),
    steps=(
        Step("C", "concordance: weight of the criteria on which the row is as good", ("alternative", "alternative")),
        Step("D", "discordance: how much the column is better at most", ("alternative", "alternative")),
        Step("S", "1 where the row outranks the column", ("alternative", "alternative")),
        Step("kernel", "1 in the kernel", ("alternative",)),
    ),
    unit_interval=True,
    options={
        "c": Option(share, 0.65),
        "d": Option(share, 0.35),
        "scale": Option(choice(*SCALES), "sum"),
    },
    breaks=("dominance",),
    sorts=True,
)
def electre_i(decision: Decision, *, c: float, d: float, scale: str) -> Mapping[str, Array]:
    """S = C >= c and D <= d; the kernel: nobody in it outranks another in it, and it outranks everybody else.

    C_ik sums w_j where x_i is at least as good as x_k; D_ik is the largest x_kj - x_ij over the largest range of the
    values scaled by ``scale`` (shares of the sum, vector, min-max, or as they stand). Alternatives that outrank each
    other in a circle are taken together: without circles there is exactly one kernel. Dominance can break then: who is
    in a circle that is left out may dominate somebody whom only that circle outranks, and who so stays in.
    """
    concordance, discordance = relations(decision, scale)
    outranks = (concordance >= c - TIE) & (discordance <= d + TIE)
    return {
        "C": concordance,
        "D": discordance,
        "S": outranks.astype(float),
        "kernel": Relations.of(outranks).kernel()[:, 0].astype(float),
    }


@prepared("electre_i")
def electre_i_prepared(decision: Decision, *, c: float, d: float, scale: str) -> Mapping[str, Any]:
    """Return the pairs whose discordance is low enough, and where the one above is as good."""
    behind, discordance = differences(decision, scale)
    pairs = Pairs.of(discordance <= d + TIE)
    return {"pairs": pairs, "C_j": (behind[pairs.above, pairs.below] <= 0).astype(float)}


@batched("electre_i")
def electre_i_batched(decision: Decision, steps: Mapping[str, Any], *, c: float, d: float, scale: str) -> Array:
    """The kernel; C sums w_j, discordance knows no weights."""
    holds = weighed(steps["C_j"], decision.weights, c - TIE)
    return Relations(steps["pairs"], decision.weights.shape[1], holds).kernel().astype(float)


def relations(decision: Decision, scale: str) -> tuple[Array, Array]:
    """Return concordance and discordance of every two alternatives, 0 on the diagonal."""
    behind, discordance = differences(decision, scale)
    concordance = (behind <= 0) @ decision.weights
    np.fill_diagonal(concordance, 0.0)
    return concordance, discordance


def differences(decision: Decision, scale: str) -> tuple[Array, Array]:
    """Return what the row is behind the column on each criterion, (m, m, n), and the discordance."""
    x = scaled(decision, scale)
    span = np.ptp(x, axis=0).max()
    tell_apart(bool(span > 0))
    behind = x[None] - x[:, None]
    return behind, np.maximum(behind, 0.0).max(axis=2) / span


def scaled(decision: Decision, scale: str) -> Array:
    """Return what each value is above the least, more is better, scaled by its column alone."""
    x = decision.matrix
    size = {
        "sum": np.abs(x).sum(axis=0),
        "vector": np.sqrt((x**2).sum(axis=0)),
        "minmax": np.ptp(x, axis=0),
        "none": np.ones(x.shape[1]),
    }[scale]
    return above_worst(x, decision.signs, np.where(size > 0, size, 1.0))
