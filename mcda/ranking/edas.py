"""EDAS: distance from the average."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import tell_apart
from ..errors import InputError
from ..ranks import about_mean
from ..registry import Array, Decision, Guide, Step, batched, method


@method(
    "edas",
    title="EDAS",
    title_zh="EDAS(平均解距离评价法)",
    source="Keshavarz Ghorabaee, Zavadskas, Olfat & Turskis (2015), Informatica 26(3), 435-451",
    guide=Guide(
        rule_zh="AS = (NSP + NSN)/2，NSP = SP/max SP，NSN = 1 - SN/max SN；SP、SN 为 w_j (x_ij - "
        "AV_j)/AV_j（成本反向）高于、低于平均部分之和。",
        use="Being above or below the average is what people ask, and no ideal can be named.",
        use_zh="关心“高于还是低于平均”，且不便给出理想值时。",
        trap="It divides by averages: values about 0 or below it are not defined, and the scale's zero point matters.",
        trap_zh="要除以平均值：平均值不大于 0 时无定义，尺度零点会影响结果。",
    ),
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
)
def edas(decision: Decision) -> Mapping[str, Array]:
    """AS = (NSP + NSN)/2, NSP = SP/max SP, NSN = 1 - SN/max SN.

    SP and SN sum w_j (x_ij - AV_j)/AV_j, turned for costs, above and below 0. Defined where every average is positive.
    """
    x = decision.matrix
    apart, average = about_mean(x)
    bad = np.flatnonzero(average <= 0)
    if bad.size:
        raise InputError(
            "average_not_positive",
            f"matrix, criterion number {bad[0] + 1}",
            f"the average {average[bad[0]]:g}",
            "a positive average: EDAS divides by it",
            "Shift the scale of the criterion, or use topsis or wsm.",
        )
    distance = decision.signs * apart / average
    above, below = np.maximum(distance, 0.0), np.maximum(-distance, 0.0)
    sp, sn = (decision.weights * above).sum(axis=1), (decision.weights * below).sum(axis=1)
    tell_apart(min(sp.max(), sn.max()) > 0)
    nsp, nsn = sp / sp.max(), 1 - sn / sn.max()
    return {
        "AV": average,
        "PDA": above,
        "NDA": below,
        "SP": sp,
        "SN": sn,
        "NSP": nsp,
        "NSN": nsn,
        "AS": (nsp + nsn) / 2,
    }


@batched("edas")
def edas_batched(decision: Decision, steps: Mapping[str, Array]) -> Array:
    """AS, as by the kernel; PDA and NDA hold for all weights."""
    sp, sn = steps["PDA"] @ decision.weights, steps["NDA"] @ decision.weights
    return np.asarray((sp / sp.max(axis=0) + 1 - sn / sn.max(axis=0)) / 2)
