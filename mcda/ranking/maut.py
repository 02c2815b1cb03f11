"""MAUT: multi-attribute utility, a utility function a criterion, added up."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..errors import InputError
from ..option_checks import above_number, choices, thresholds
from ..registry import Array, Decision, Guide, Option, Step, batched, method

UTILITIES = ("linear", "exponential", "constant_risk", "square", "root")


@method(
    "maut",
    title="MAUT (multi-attribute utility)",
    title_zh="MAUT(多属性效用法)",
    source="Keeney & Raiffa (1976), Decisions with Multiple Objectives: Preferences and Value Tradeoffs, Wiley, "
    "chapter 6; exponential form as Alinezhad & Khalili (2019), New Methods and Applications in Multiple "
    "Attribute Decision Making (MADM), Springer",
    guide=Guide(
        rule_zh="U_i = Σ_j w_j u_j(r_ij)；u 由选项 utility 选取：指数、线性、平方、平方根、常风险。",
        use="Attitudes to risk or diminishing worth differ by criterion and can be said.",
        use_zh="能够说明各准则的风险态度或边际价值递减时。",
        trap="Texts print 1.71 or 1.72 in place of e - 1: then u(1) is not 1 (option `divisor`). Additive "
        "utility supposes that criteria are independent in preference.",
        trap_zh="有的教材用 1.71 或 1.72 代替 e-1，此时 u(1) 不为 1（选项 divisor）；加性效用要求准则偏好独立。",
    ),
    steps=(
        Step("R", "normalised performance, more is better", ("alternative", "criterion")),
        Step("u", "utility", ("alternative", "criterion")),
        Step("U", "expected utility", ("alternative",)),
    ),
    normalisation="minmax",
    options={
        "utility": Option(choices(*UTILITIES), "exponential"),
        "risk": Option(thresholds, None),
        "divisor": Option(above_number, float(np.e - 1)),
    },
    linear=True,
)
def maut(decision: Decision, *, utility: tuple[str, ...], risk: Array | None, divisor: float) -> Mapping[str, Array]:
    """U_i = sum_j w_j u_j(r_ij), by the option `utility`, one for all criteria or one by criterion.

    ``exponential`` (e^(r^2) - 1) / (e - 1); the option `divisor` takes the rounded 1.71 or 1.72 that texts print, with
    which u(1) is not 1; ``linear`` r; ``square`` r^2; ``root`` sqrt r; ``constant_risk`` (1 - e^(-c r)) / (1 - e^(-c)),
    c > 0 the option `risk` (averse to risk).
    """
    r = decision.matrix
    u = np.empty_like(r)
    for j, kind in enumerate(utility):
        u[:, j] = _utility(kind, r[:, j], np.nan if risk is None else float(risk[j]), divisor, j)
    return {"R": r, "u": u, "U": (u * decision.weights).sum(axis=1)}


@batched("maut")
def maut_batched(decision: Decision, steps: Mapping[str, Array], **options: object) -> Array:
    """U_i = sum_j w_j u_ij."""
    return steps["u"] @ decision.weights


def _utility(kind: str, r: Array, c: float, divisor: float, j: int) -> Array:
    if kind != "linear" and not (r.min() >= 0.0 and r.max() <= 1.0 + 1e-12):
        raise InputError(
            "normalisation_domain",
            f"matrix, criterion number {j + 1}",
            "values outside 0 to 1 once normalised",
            "values from 0 to 1, for which utilities are defined",
            "Use the normalisation 'minmax'.",
        )
    if kind == "constant_risk":
        if not c > 0:
            raise InputError(
                "threshold_missing",
                f"option risk, criterion number {j + 1}",
                "nothing" if np.isnan(c) else f"{c:g}",
                "a number above 0: the utility 'constant_risk' needs it",
            )
        return np.asarray(np.expm1(-c * r) / np.expm1(-c))
    if kind == "exponential":
        return np.asarray(np.expm1(r**2) / divisor)
    if kind == "root":
        return np.sqrt(np.maximum(r, 0.0))
    return r**2 if kind == "square" else r
