"""A program passed to HiGHS, scaled, with the tolerances that all plans are solved to."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..deadline import OutOfTime, time_left
from ..model.model import FAR, Model
from ..model.programme import Array, Index
from .solution import AT_UPPER, SolverFailure, States

if TYPE_CHECKING:
    import highspy

HIGHS_OPTIONS: dict[str, Any] = {
    "output_flag": False,
    # the tightest that HiGHS takes: plans are checked to 1e-9, and slack budgets cost far less time than with its own
    "primal_feasibility_tolerance": 1e-10,
    "dual_feasibility_tolerance": 1e-10,
    "mip_feasibility_tolerance": 1e-9,
    # a plan of whole units is solved to the end
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
    # what is below it is left out of the matrix: the least that HiGHS takes
    "small_matrix_value": 1e-12,
}


@cache
def silent() -> type[highspy.Highs]:
    """HiGHS that prints nothing.

    Since 1.16 it prints its banner from within `__init__`, where callbacks are set, before an option could be: so
    output is switched off there.
    """
    import highspy  # its library loads with the first program

    class Silent(highspy.Highs):  # type: ignore[misc]  # its types are not followed
        def enableCallbacks(self) -> None:  # noqa: N802  # HiGHS's own name
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()

    return Silent


def passed(model: Model) -> highspy.Highs:
    """HiGHS with a model in it, scaled by powers of two.

    Rows, so that units (yuan, posts) do not meet tolerances; columns by their own units, so that no entry is so small
    that HiGHS leaves it out.
    """
    scale, unit = model.row_scale, model.column_unit
    return passed_arrays(
        model.objective * unit * objective_scale(model),
        (model.column_lower / unit, model.column_upper / unit),
        (model.row_lower * scale, model.row_upper * scale),
        (model.start, model.column, model.value * scale[model.row] * unit[model.column]),
        model.integer if model.is_mixed else None,
    )


def passed_arrays(
    cost: Array,
    columns: tuple[Array, Array],
    rows: tuple[Array, Array],
    matrix: tuple[Index, Index, Array],
    integer: NDArray[np.bool_] | None = None,
    by_column: bool = False,
) -> highspy.Highs:
    """HiGHS with a program in it, to be maximised: costs, ends of columns and of rows, and starts, index and values.

    The matrix stands row by row, or *by_column*.
    """
    import highspy  # as in `silent`

    h = silent()()
    for name, option in HIGHS_OPTIONS.items():
        h.setOptionValue(name, option)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(cost), len(rows[0])
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = cost
    lp.col_lower_, lp.col_upper_ = columns
    lp.row_lower_, lp.row_upper_ = rows
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise if by_column else highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix
    if integer is not None:
        lp.integrality_ = [
            highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous for whole in integer.tolist()
        ]
    if h.passModel(lp) == highspy.HighsStatus.kError:
        raise SolverFailure("HiGHS refuses the model")
    return h


def run_in_time(h: highspy.Highs) -> None:
    """Let HiGHS run, as long as the deadline leaves that holds for all solving inside.

    Raises
    ------
    OutOfTime
        It is over, before it ran or while it did.
    """
    import highspy  # as in `silent`

    left = time_left()
    h.setOptionValue("time_limit", h.getRunTime() + left)
    h.run()
    if h.getModelStatus() == highspy.HighsModelStatus.kTimeLimit:
        raise OutOfTime


def start_from(h: highspy.Highs, states: States) -> None:
    """Let HiGHS start from a basis."""
    import highspy  # as in `silent`

    kinds = np.array([highspy.HighsBasisStatus(number) for number in range(3)], dtype=object)
    basis = highspy.HighsBasis()
    basis.col_status, basis.row_status = (kinds[one].tolist() for one in states)
    basis.valid = True
    h.setBasis(basis)


def states_of(h: highspy.Highs) -> States | None:
    """Return the basis at which HiGHS has stopped; None where it has none, or one that `start_from` cannot set."""
    basis = h.getBasis()
    states = tuple(np.fromiter(map(int, one), dtype=np.int8) for one in (basis.col_status, basis.row_status))
    known = basis.valid and all((one <= AT_UPPER).all() for one in states)
    return (states[0], states[1]) if known else None


def objective_scale(model: Model) -> float:
    """Power of two that brings the objective's largest coefficient to about 1; 1 where it is not far from it."""
    largest = float(np.abs(model.objective * model.column_unit).max(initial=0.0))
    return 1.0 if largest == 0 or 1 / FAR < largest < FAR else float(np.exp2(-np.round(np.log2(largest))))
