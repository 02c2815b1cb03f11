"""SIMUS: a linear program a criterion; alternatives score by their part in the optima."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..checks import Labels, unfit
from ..errors import InputError
from ..labels import as_floats, by_label
from ..linear_programs import maximise
from ..option_checks import choice, takes
from ..registry import Array, Decision, Guide, Option, Step, batched, method


def _rights(name: str, value: Any, columns: Labels) -> Array:
    """Check one number or None by criterion; nan for None."""
    given = as_floats(by_label(name, value, columns))
    if given is None or given.shape != (len(columns),) or (unfit(given) & ~np.isnan(given)).any():
        raise InputError(
            "option_numbers", f"option {name}", repr(value), f"one number or None for each of {len(columns)}"
        )
    return given


@method(
    "simus",
    title="SIMUS (sequential interactive model for urban systems)",
    title_zh="SIMUS(序贯交互模型)",
    source="Munier (2011), A Strategy for Using Multicriteria Analysis in Decision-Making, Springer; as Munier, "
    "Carignano & Alberto, Un método de programación multiobjetivo, Revista de la Escuela de "
    "Perfeccionamiento en Investigación Operativa 24(39)",
    guide=Guide(
        rule_zh="对每个准则解一个线性规划：max（min）Σ x_ij y_i，其余准则作约束；把各规划最优解的份额合成。",
        use="Criteria are limits of resources, and no weights can be had.",
        use_zh="各准则本身是资源限制，且得不到权重时。",
        trap="Optima are not unique: scores then depend on the solver, and dominance can break. It is "
        "taken only where it is named.",
        trap_zh="最优解不唯一，得分依赖求解器，可能违反优势律；只有点名时才会使用。",
    ),
    steps=(
        Step("ERM", "share of the alternative in the optimum of the criterion", ("criterion", "alternative")),
        Step("first", "sum of the shares, times the part of the optima that it has a share in", ("alternative",)),
        Step("second", "dominance less subordination", ("alternative",)),
        Step("score", "score by the procedure that was chosen", ("alternative",)),
    ),
    options={
        "b": Option(takes("ByCriterion[float | None]", _rights), None),
        "procedure": Option(choice("first", "second"), "first"),
    },
    breaks=("dominance", "permutation", "equal_rows"),
    linear=True,
    named_only=True,
)
def simus(decision: Decision, *, b: Array | None, procedure: str) -> Mapping[str, Array]:
    """For each benefit (cost) max (min) sum_i x_ij y_i over y >= 0, the others as constraints; shares of y are summed.

    Constraints: sum_i x_ik y_i <= b_k for the other benefits, >= b_k for the other costs. b is the largest value of a
    benefit, the least of a cost, where the option gives none. Weights do not enter. The optimum is not unique:
    dominance can break, and equal_rows and permutation, since of two equal alternatives an optimum takes either.
    """
    x, gain = decision.matrix, decision.signs > 0
    right = np.where(gain, x.max(axis=0), x.min(axis=0))
    if b is not None:
        right = np.where(np.isnan(b), right, b)
    scale = np.abs(x).max(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    rows, limits = (decision.signs * x / scale).T, decision.signs * right / scale
    shares = np.zeros_like(rows)
    for j in range(len(rows)):
        others = np.arange(len(rows)) != j
        found = maximise(rows[j], rows[others], -np.inf, limits[others])
        if found.status != "optimal":
            raise InputError(
                "undefined_score",
                f"matrix, criterion number {j + 1}",
                f"a program that is {found.status}",
                "a program with an optimum",
                "Use wsm, or give b.",
            )
        total = found.x.sum()
        shares[j] = found.x / total if total > 1e-12 else 0.0
    first = shares.sum(axis=0) * (shares > 1e-12).mean(axis=0)
    apart = shares[:, :, None] - shares[:, None]
    second = apart.sum(axis=(0, 2))
    return {"ERM": shares, "first": first, "second": second, "score": first if procedure == "first" else second}


@batched("simus")
def simus_batched(decision: Decision, steps: Mapping[str, Array], **options: object) -> Array:
    """The same for all weights, which do not enter."""
    return np.repeat(steps["score"][:, None], decision.weights.shape[1], axis=1)
