"""Balance of a plan over the dimensions of its measures, and what more of it costs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .. import study
from ..case import Case, load_case
from ..case.tables import Dimension, Measure, Resource, RuleRow
from ..errors import CaseError, Infeasible, Problem, nearest
from ..plans import Plan
from ..result import Row, Told
from ..words import say

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

STEP = 0.025
"""Step of the least share that every dimension is held to."""


@dataclass(frozen=True)
class Balance(Told):
    """The result of `saidao.balance`: the plan, and the points of what balance costs.

    A point holds every dimension to at least `least_share` of what is spent of `resource`, as a share of its budget.
    """

    case: Case
    plan: Plan
    resource: str
    points: list[Row]

    @property
    def names(self) -> dict[str, tuple[str, str]]:
        """Names of the dimensions in English and Chinese; the id where the case has none."""
        found = {row.dimension: (row.name("en"), row.name("zh")) for row in self.case.rows(Dimension)}
        ids = dict.fromkeys(row.dimension for row in self.case.rows(Measure))
        return {d: found.get(d, (d, d)) for d in ids}

    @cached_property
    def dimensions(self) -> list[Row]:
        """Of each dimension: its measures, those funded, its shares of each resource's spend and of the value."""
        resources = [row.resource for row in self.case.rows(Resource)]
        of = {row.measure: row.dimension for row in self.case.rows(Measure)}
        allocated = self.plan.allocation_rows()
        spent = {r: sum(row[r] for row in allocated) or 1.0 for r in resources}
        value = sum(row["value"] for row in allocated) or 1.0
        held = {row.dimension: row for row in self.case.rows(Dimension)}
        rows = []
        for dimension, (en, zh) in self.names.items():
            own = [row for row in allocated if of[row["measure"]] == dimension]
            row = held.get(dimension)
            rows.append(
                {
                    "dimension": dimension, "name_en": en, "name_zh": zh,
                    "competition_en": row.competition_en if row else "",
                    "competition_zh": row.competition_zh if row else "",
                    "race_en": row.race_en if row else "", "race_zh": row.race_zh if row else "",
                    "measures": sum(d == dimension for d in of.values()),
                    "funded": len({r["measure"] for r in own}),
                    **{r: float(sum(a[r] for a in own) / spent[r]) for r in resources},
                    "value": float(sum(a["value"] for a in own) / value),
                }
            )  # fmt: skip
        return rows

    def text(self, lang: str = "en") -> list[str]:
        """Sentences: which dimension gets most and least, and what balance costs."""
        at = ("en", "zh").index(lang)
        rows = sorted(self.dimensions, key=lambda row: -float(row[self.resource]))
        resource = self.case.names(Resource, lang)[self.resource]
        first, last = rows[0], rows[-1]
        sentences = [
            say("balance.shares", lang, resource=resource, most=self.names[first["dimension"]][at],
                high=first[self.resource], least=self.names[last["dimension"]][at], low=last[self.resource]),
        ]  # fmt: skip
        if len(self.points) > 1:
            start, end = self.points[0], self.points[-1]
            sentences.append(
                say("balance.cost", lang, resource=resource, share=end["least_share"],
                    loss=start["closed_share"] - end["closed_share"], closed=end["closed_share"])
            )  # fmt: skip
        return sentences

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao balance --json``."""
        return {
            "schema": "saidao/balance/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "settings": self.plan.settings.to_dict(),
            "resource": self.resource,
            "closed_share": self.plan.closed_share,
            "dimensions": self.dimensions,
            "points": self.points,
        }

    def rows(self) -> list[Row]:
        """One row a dimension."""
        return self.dimensions

    def to_frame(self, table: str = "dimensions") -> pd.DataFrame:
        """Return one table: dimensions or points."""
        import pandas as pd

        if table not in ("dimensions", "points"):
            raise KeyError(f"no table {table!r}; one of dimensions, points")
        return pd.DataFrame(getattr(self, table))


def balance(case: Case | str | Path, resource: str | None = None, **options: Any) -> Balance:
    """Plan a case, and plan it again with every dimension held to more and more of one resource.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook; its measures have dimensions.
    resource : of whose budget every dimension is to get a share; the first one if left out.
    **options : as for `saidao.plan`.

    Raises
    ------
    CaseError, Infeasible, Stopped
        As `saidao.plan`; measures without a dimension, an unknown resource.
    """
    case = load_case(case)
    resources = [row.resource for row in case.rows(Resource)]
    dimensions = list(dict.fromkeys(row.dimension for row in case.rows(Measure)))
    if not all(dimensions):
        raise CaseError([Problem("needs_dimension", case.tables["measures"].file, None, "dimension")])
    chosen = resources[0] if resource is None and resources else str(resource)
    if resource is not None and resource not in resources:
        details = {"choices": ", ".join(resources), "nearest": nearest(str(resource), resources)}
        raise CaseError([Problem("choice", "resource", found=str(resource), details=details)])
    plan = study.plan(case, **options)
    points = [{"least_share": 0.0, "closed_share": plan.closed_share}]
    steps = int(1 / len(dimensions) / STEP + 1e-9)
    for k in range(1, steps + 1):
        try:
            held = study.plan(_held(case, dimensions, chosen, k * STEP), **options)
        except Infeasible:
            break
        points.append({"least_share": k * STEP, "closed_share": held.closed_share})
    return Balance(case, plan, chosen, points)


def _held(case: Case, dimensions: list[str], resource: str, share: float) -> Case:
    """Return the case with a floor for every dimension."""
    floors = [
        RuleRow.model_validate(
            {"rule": f"balance {d}", "kind": "floor", "over": "dimension", "key": d, "of": resource, "share": share}
        )
        for d in dimensions
    ]
    return case.with_rows(rules=[*case.rows(RuleRow), *floors])
