"""Multidimensional knapsacks of the OR-Library, in its own files, with the optima that are published with them.

Beasley (1990), OR-Library: distributing test problems by electronic mail, Journal of the Operational Research Society
41, 1069-1072. `mknap1`: Petersen (1967), Computational experience with variants of the Balas algorithm applied to the
selection of R&D projects, Management Science 13, 736-750. `mknapcb1`, of which problems 00, 05, 10 and 20 stand here:
Chu & Beasley (1998), A genetic algorithm for the multidimensional knapsack problem, Journal of Heuristics 4, 63-86.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from saidao.optimize.model.model import INF, Block, Model
from saidao.optimize.model.programme import Array

FOLDER = Path(__file__).with_name("orlib")


@dataclass(frozen=True)
class Knapsack:
    """Take what is worth most: values (N,), what each uses (M, N), what there is (M,), and the optimum."""

    value: Array
    use: Array
    budget: Array
    optimum: float

    def model(self) -> Model:
        """Each taken once or not."""
        return whole_model(self.value, self.use, -INF, self.budget, np.ones(len(self.value)))


def whole_model(
    objective: Array, matrix: Array, lower: Array | float, upper: Array | float, most: Array, whole: Array | None = None
) -> Model:
    """Return the program max c x, lower <= A x <= upper, 0 <= x <= most, all or some of it whole."""
    rows, columns = matrix.shape
    row, column = np.nonzero(matrix)
    return Model(
        objective=objective.astype(float),
        column_lower=np.zeros(columns),
        column_upper=most.astype(float),
        row_lower=np.broadcast_to(np.asarray(lower, dtype=float), rows).copy(),
        row_upper=np.broadcast_to(np.asarray(upper, dtype=float), rows).copy(),
        start=np.searchsorted(row, np.arange(rows + 1)).astype(np.int64),
        column=column.astype(np.int64),
        value=matrix[row, column].astype(float),
        integer=np.ones(columns, dtype=bool) if whole is None else whole.astype(bool),
        blocks=(Block("budget", rows),),
        label_columns=lambda: [f"x{j}" for j in range(columns)],
        label_rows=lambda: [f"r{i}" for i in range(rows)],
    )


def read(name: str) -> list[Knapsack]:
    """Read a file: the number of problems; of each N, M and the optimum, the values, the uses, the budgets."""
    words = iter((FOLDER / f"{name}.txt").read_text(encoding="ascii").split())

    def numbers(count: int) -> Array:
        return np.array([float(next(words)) for _ in range(count)])

    found = []
    for _ in range(int(next(words))):
        columns, rows, optimum = int(next(words)), int(next(words)), float(next(words))
        value, use = numbers(columns), numbers(columns * rows).reshape(rows, columns)
        found.append(Knapsack(value, use, numbers(rows), optimum))
    return found
