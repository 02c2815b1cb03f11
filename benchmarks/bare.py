"""HiGHS and nothing else: a matrix in, the optimum out. Imports nothing of saidao, so that its memory is its own.

Run: python -m benchmarks.bare MATRIX.npz
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

PARTS = ("objective", "column_lower", "column_upper", "row_lower", "row_upper", "start", "column", "value")


def bare(matrix: Mapping[str, NDArray[Any]], **options: Any) -> float:
    """Maximise; *matrix* holds `PARTS`, rows after rows. Without options HiGHS does as it likes."""
    h = highspy.Highs()
    h.setOptionValue("output_flag", False)
    for name, option in options.items():
        h.setOptionValue(name, option)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(matrix["objective"]), len(matrix["row_lower"])
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = matrix["objective"]
    lp.col_lower_, lp.col_upper_ = matrix["column_lower"], matrix["column_upper"]
    lp.row_lower_, lp.row_upper_ = matrix["row_lower"], matrix["row_upper"]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix["start"], matrix["column"], matrix["value"]
    h.passModel(lp)
    h.run()
    return float(h.getObjectiveValue())


if __name__ == "__main__":
    with np.load(sys.argv[1]) as file:
        loaded = dict(file)
    print(bare(loaded))
