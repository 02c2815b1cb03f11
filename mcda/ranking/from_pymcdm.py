"""Methods computed by pymcdm, behind our checks.

pymcdm is imported when one of them runs: it pulls matplotlib's pyplot. Its own validation stays off (a Python loop
over rows); what a method is not defined for is refused here, so that no NaN comes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..errors import InputError
from ..ranks import TIE
from ..registry import Array, Decision, Step, method


def _undefined() -> InputError:
    return InputError(
        "undefined_score",
        "matrix",
        "alternatives that the method cannot tell apart (its score is 0/0)",
        "alternatives that differ",
        "Use topsis or wsm, or drop the criteria that do not discriminate.",
    )


def _run(kernel: Any, decision: Decision, symbols: tuple[str, ...]) -> Mapping[str, Array]:
    """Run a pymcdm method with its steps under our symbols; refuse what came out undefined."""
    # 0/0 inside pymcdm comes back as NaN, which is looked for below
    with np.errstate(divide="ignore", invalid="ignore"):
        found = kernel(decision.matrix, decision.weights, decision.signs, validation=False, verbose=True).results
    steps = {symbol: np.asarray(table.data, float) for symbol, table in zip(symbols, found, strict=True)}
    if not np.isfinite(steps[symbols[-1]]).all():
        raise _undefined()
    return steps


@method(
    "vikor",
    title="VIKOR",
    title_zh="VIKOR(多准则妥协解排序法)",
    source="Opricovic & Tzeng (2004), Compromise solution by MCDM methods, European Journal of Operational "
    "Research 156(2), 445-455",
    steps=(
        Step("f-", "worst value", ("criterion",)),
        Step("f*", "best value", ("criterion",)),
        Step("S", "group utility: weighted sum of regrets", ("alternative",)),
        Step("R", "individual regret: largest weighted regret", ("alternative",)),
        Step("Q", "compromise index", ("alternative",)),
    ),
    better="lower",
    unit_interval=True,
    options={"v": 0.5},
    engine="pymcdm",
)
def vikor(decision: Decision, *, v: float) -> Mapping[str, Array]:
    """Q = v (S - S*)/(S- - S*) + (1 - v)(R - R*)/(R- - R*); the lower, the better.

    Undefined for a constant criterion and where all S or all R are equal.
    """
    if not 0 <= v <= 1:
        raise InputError("option_range", "option v", str(v), "a number from 0 to 1")
    constant = np.flatnonzero(np.ptp(decision.matrix, axis=0) == 0)
    if constant.size:
        raise InputError(
            "constant_criterion", f"matrix, criterion number {constant[0] + 1}",
            "the same value for every alternative", "at least two different values",
            "Drop the criterion, or use topsis or wsm.",
        )  # fmt: skip
    from pymcdm.methods import VIKOR

    steps = dict(_run(VIKOR(v=v), decision, ("turned", "f-", "f*", "S", "R", "Q")))
    if any(np.ptp(steps[symbol]) <= TIE * steps[symbol].max() for symbol in "SR"):
        raise _undefined()  # all S or all R equal but for rounding: a quotient of rounding is no score
    # pymcdm turns costs as max - x; its best and worst are told in the criterion's own unit
    del steps["turned"]
    top = decision.matrix.max(axis=0)
    own = {symbol: np.where(decision.signs > 0, steps[symbol], top - steps[symbol]) for symbol in ("f*", "f-")}
    return steps | own


@method(
    "edas",
    title="EDAS",
    title_zh="EDAS(平均解距离评价法)",
    source="Keshavarz Ghorabaee, Zavadskas, Olfat & Turskis (2015), Informatica 26(3), 435-451",
    steps=(
        Step("AV", "average solution", ("criterion",)),
        Step("PDA", "positive distance from the average", ("alternative", "criterion")),
        Step("NDA", "negative distance from the average", ("alternative", "criterion")),
        Step("SP", "weighted sum of positive distances", ("alternative",)),
        Step("SN", "weighted sum of negative distances", ("alternative",)),
        Step("NSP", "normalised SP", ("alternative",)),
        Step("NSN", "normalised SN", ("alternative",)),
        Step("AS", "appraisal score", ("alternative",)),
    ),
    unit_interval=True,
    engine="pymcdm",
)
def edas(decision: Decision) -> Mapping[str, Array]:
    """AS = (NSP + NSN) / 2. Defined where every criterion's average is positive."""
    average = decision.matrix.mean(axis=0)
    bad = np.flatnonzero(average <= 0)
    if bad.size:
        raise InputError(
            "average_not_positive", f"matrix, criterion number {bad[0] + 1}", f"the average {average[bad[0]]:g}",
            "a positive average: EDAS divides by it", "Shift the scale of the criterion, or use topsis or wsm.",
        )  # fmt: skip
    from pymcdm.methods import EDAS

    return _run(EDAS(), decision, ("AV", "PDA", "NDA", "SP", "SN", "NSP", "NSN", "AS"))
