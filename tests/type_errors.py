"""Calls that a type checker has to refuse: wrong names, and options that nobody takes.

`make types` holds them: mypy reports an ignored error that is none (`warn_unused_ignores`). Nothing here is called.
"""

from __future__ import annotations

import saidao
from saidao import mcda

MATRIX = [[9.0, 2.0], [5.0, 5.0]]


def names() -> None:
    mcda.rank(MATRIX, [1, 1], "max", "topsys")  # type: ignore[arg-type]
    mcda.rank(MATRIX, [1, 1], "max", "topsis", normalisation="vektor")  # type: ignore[arg-type]
    mcda.rank(MATRIX, [1, 1], "max", "promethee_ii", preference="guassian")  # type: ignore[arg-type]
    mcda.weigh(MATRIX, "max", "entropi")  # type: ignore[arg-type]
    mcda.ahp(MATRIX, "eigen")  # type: ignore[arg-type]
    mcda.ahp(MATRIX, random_index="saatys")  # type: ignore[arg-type]
    mcda.ahp(MATRIX, missing="harkers")  # type: ignore[arg-type]
    mcda.ahp_group([MATRIX], aggregation="aji")  # type: ignore[arg-type]
    saidao.rank("shanghai", "entropi")  # type: ignore[arg-type]
    saidao.plan("shanghai", weights="entropi")  # type: ignore[arg-type]
    saidao.plan("shanghai", saidao.Joined("ahp", "entropi"))  # type: ignore[arg-type]
    saidao.compare("shanghai", ["entropi"])  # type: ignore[list-item]
    saidao.rank("shanghai", method="topsys")  # type: ignore[arg-type]
    saidao.gaps("shanghai", "strengths")  # type: ignore[arg-type]
    saidao.plan("shanghai", method="topsys")  # type: ignore[arg-type]
    saidao.plan("shanghai", stance="leader")  # type: ignore[arg-type]
    saidao.plan("shanghai", over=["entropi"])  # type: ignore[list-item]
    saidao.sensitivity("shanghai", method="topsys")  # type: ignore[arg-type]
    saidao.tipping("shanghai", stance="leader")  # type: ignore[arg-type]
    saidao.acceptability("shanghai", stance="leader")  # type: ignore[arg-type]
    saidao.ask("shanghai", stance="leader")  # type: ignore[arg-type]
    saidao.balance("shanghai", stance="leader")  # type: ignore[arg-type]
    saidao.chains("shanghai", stance="leader")  # type: ignore[arg-type]
    saidao.explain("shanghai", stance="leader")  # type: ignore[arg-type]
    saidao.readings("shanghai", stance="leader")  # type: ignore[arg-type]
    saidao.scenarios("shanghai", stance="leader")  # type: ignore[arg-type]
    saidao.stages("shanghai", stance="leader")  # type: ignore[arg-type]
    saidao.variants("shanghai", stance="leader")  # type: ignore[arg-type]
    saidao.compare("shanghai", methods=["topsys"])  # type: ignore[list-item]
    saidao.robustness("shanghai", method="topsys")  # type: ignore[arg-type]


def options() -> None:
    mcda.rank(MATRIX, [1, 1], "max", "vikor", w=0.5)  # type: ignore[call-arg]
    mcda.rank(MATRIX, [1, 1], "max", "vikor", v="half")  # type: ignore[arg-type]
    mcda.weigh(MATRIX, "max", "roc", rank=[1, 2])  # type: ignore[call-arg]
    saidao.weigh("shanghai", "roc", rank={"demand": 1})  # type: ignore[call-arg]
    saidao.rank("shanghai", tick="strength")  # type: ignore[call-arg]
    saidao.plan("shanghai", budget={"funds": 1.0})  # type: ignore[call-arg]
    saidao.tipping("shanghai", budget={"funds": 1.0})  # type: ignore[call-arg]
    saidao.frontier("shanghai", budget={"funds": 1.0})  # type: ignore[call-arg]
    saidao.acceptability("shanghai", budget={"funds": 1.0})  # type: ignore[call-arg]
    saidao.ask("shanghai", budget={"funds": 1.0})  # type: ignore[call-arg]
    saidao.balance("shanghai", budget={"funds": 1.0})  # type: ignore[call-arg]
    saidao.chains("shanghai", budget={"funds": 1.0})  # type: ignore[call-arg]
    saidao.compare_plans("shanghai", budget={"funds": 1.0})  # type: ignore[call-arg]
    saidao.explain("shanghai", budget={"funds": 1.0})  # type: ignore[call-arg]
    saidao.readings("shanghai", budget={"funds": 1.0})  # type: ignore[call-arg]
    saidao.scenarios("shanghai", budget={"funds": 1.0})  # type: ignore[call-arg]
    saidao.stages("shanghai", budget={"funds": 1.0})  # type: ignore[call-arg]
    saidao.variants("shanghai", budget={"funds": 1.0})  # type: ignore[call-arg]
    saidao.report("shanghai", budget={"funds": 1.0})  # type: ignore[call-arg]


def what_is_right() -> None:
    for method in mcda.methods():
        mcda.rank(MATRIX, [1, 1], "max", method)
    mcda.rank(
        MATRIX, {"a": 1.0, "b": 2.0}, ["max", "min"], "promethee_ii", preference=["linear", "usual"], q=0, p=[1, 2]
    )
    mcda.weigh(MATRIX, "max", "bwm", best=0, worst=1, best_to_others=[1, 2], others_to_worst={"a": 2, "b": 1})
    saidao.plan("shanghai", "ahp", "vikor", v=0.3, budgets={"funds": 120.0}, random_index="saaty_2005")
