"""Weights on the page: the pairwise matrices, how consistent they are, and what would mend them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ..case.case import Judgement
from ..study.weights import fraction
from ..texts.numbers import written
from ..texts.say import say
from .context import Context

SCALE = ("9", "8", "7", "6", "5", "4", "3", "2", "1", "1/2", "1/3", "1/4", "1/5", "1/6", "1/7", "1/8", "1/9")
"""Saaty's scale."""


class Judgements(Context):
    """Weights and the judgements that they come from."""

    @cached_property
    def matrices(self) -> list[Matrix]:
        """Pairwise matrices that are used."""
        case = self.case if self.evaluation is None else self.evaluation.case
        used = [(node, j) for node in case.children for j in case.judged(node)]
        name_of = {id(j): name for name, j in case.judgements.items()}
        assumed = self.assumed("judgements", (), "")
        return [Matrix(name_of[id(j)], node, j, self.factors, assumed) for node, j in used]

    @property
    def weight_rows(self) -> list[dict[str, Any]]:
        """Weights of the factors, with the length of their bars."""
        if self.evaluation is None:
            return []
        w = self.evaluation.weights
        longest = max(float(w.array.max()), 1e-12)
        return [
            {"name": self.factors[str(f)], "text": f"{v:.3f}", "bar": round(100 * float(v) / longest, 2)}
            for f, v in zip(w.criteria, w.array, strict=True)
        ]

    @property
    def consistencies(self) -> list[dict[str, Any]]:
        """Consistency of every matrix, with what would mend it."""
        if self.evaluation is None or self.evaluation.weights.hierarchy is None:
            return []
        names = {**self.factors, "": self.say("goal")}

        def told(c: Any) -> str:
            return self.say(
                "change",
                one=names[str(c.criterion)],
                other=names[str(c.over)],
                value=fraction(c.value),
                to=fraction(c.to),
            )

        by_place = {(m.node, m.judge): m.name for m in self.matrices}
        rows = []
        tree = self.evaluation.weights.hierarchy
        for node, group in tree.nodes.items():
            for judge, one in zip(group.judges, group.individual, strict=True):
                found = self.evaluation.repairs.get((node, judge))
                ratio = one.consistency.severity
                row: dict[str, Any] = {
                    "name": by_place[str(node), str(judge)],
                    "title": f"{judge} · {names[str(node)]}",
                    "ratio": written("ratio", one.consistency_ratio),
                    "good": ratio < 0.1,
                    "known": one.consistency_ratio is not None,
                    "worst": "",
                    "changes": "",
                    "apply": [],
                    "several": len(tree.nodes) > 1 or len(group.judges) > 1,
                }
                if found and found.single and ratio >= 5e-4:
                    c = found.single[0]
                    row["worst"] = self.say(
                        "judge.odd" if ratio < 0.1 else "judge.worst",
                        one=names[str(c.criterion)],
                        other=names[str(c.over)],
                        value=fraction(c.value),
                        to=fraction(c.to),
                        ratio=f"{c.ratio:.3f}",
                    )
                if found and found.changes:
                    listed = say("list", self.lang).join(map(told, found.changes))
                    row["changes"] = self.say("judge.repair" if found.fewest else "judge.some", changes=listed)
                    row["apply"] = [
                        {"do": "judgement", "of": f"{row['name']}/{c.criterion}/{c.over}", "to": repr(float(c.to))}
                        for c in found.changes
                    ]
                rows.append(row)
        return rows


@dataclass(frozen=True)
class Entry:
    """A cell of a pairwise matrix: its id on the page, what it is of, and its text."""

    id: str
    of: str
    label: str
    text: str
    kind: str


@dataclass(frozen=True)
class Matrix:
    """A pairwise matrix as the page shows it."""

    name: str
    node: str
    judgement: Judgement
    names: dict[str, str]
    assumed: bool

    @property
    def judge(self) -> str:
        """Who judged."""
        return self.judgement.judge

    def text(self, one: str, other: str) -> str:
        """Return a judgement as people write it; nothing where it is missing."""
        labels, matrix = self.judgement.labels, self.judgement.matrix
        i, j = labels.index(one), labels.index(other)
        value = matrix[i, j] if np.isfinite(matrix[i, j]) else 1.0 / matrix[j, i]
        return fraction(float(value)) if np.isfinite(value) else ""

    def cells(self) -> list[Entry]:
        """Return all cells, row by row."""
        return [cell for _, row in self.rows() for cell in row]

    def rows(self) -> list[tuple[str, list[Entry]]]:
        """Return the rows: a factor's name and its cells."""
        labels = self.judgement.labels
        return [
            (
                self.names[one],
                [
                    Entry(
                        f"cell-{self.name}-{i}-{j}",
                        f"{self.name}/{one}/{other}",
                        other,
                        "1" if i == j else self.text(one, other),
                        "choice" if i < j else "diagonal" if i == j else "follows",
                    )
                    for j, other in enumerate(labels)
                ],
            )
            for i, one in enumerate(labels)
        ]

    def scale(self, text: str) -> list[str]:
        """Return the values to choose from: Saaty's scale, and the present one where it is off it."""
        return [*SCALE] if text in SCALE else [text, *SCALE]
