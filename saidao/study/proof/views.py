"""The views of a worst case: what each could have at best, stated and proven from the tables as the plan itself is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ...optimize.model.model import Model
from ...optimize.solve.proof.rational import Rational
from .optimum import Proven, optimum_of, prove, prove_whole
from .statement import Statement, Unstated, valued
from .tables import Pair, Tables
from .value import view_priorities


@dataclass(frozen=True)
class View:
    """A view: its priorities, the program of its own best plan, and that plan.

    `share`: the worst case is a share of its best, not what it falls short of it.
    """

    priority: Mapping[Pair, Fraction]
    model: Model
    lp: Rational
    at: Proven
    share: bool = False

    @property
    def best(self) -> Fraction:
        """What its best plan is worth."""
        return self.at.value


def views_of(made: Statement, tables: Tables, shown: Mapping[str, Any]) -> list[View]:
    """Return the views that a plan looks at, each with its best value.

    Raises `Unstated` where one has no scores, or its best is not proven.
    """
    found = []
    for row in shown["views"]:
        priority = view_priorities(tables, shown, row["weights"])
        if priority is None:
            raise Unstated("views")
        made.objective = valued(made, tables, priority)
        model, lp = made.model(), made.rational()
        best = optimum_of(model)
        if best is None:
            raise Unstated("no_optimum")
        at = prove_whole(model, lp, best.x) if made.whole else prove(lp, model, best.x, best.row_dual, best.accuracy)
        if at is None or not at.exact:
            raise Unstated("too_large" if made.whole else "not_optimal")
        found.append(View(priority, model, lp, at))
    return found
