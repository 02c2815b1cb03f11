"""Small dense linear programs, of whole numbers too, solved by HiGHS."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from threading import local
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from .brief import Brief
from .registry import Array

if TYPE_CHECKING:
    import highspy

Status = Literal["optimal", "infeasible", "unbounded"]


@dataclass(frozen=True)
class Optimum(Brief):
    """What a program ends with.

    Attributes
    ----------
    status : whether there is an optimum.
    value, x : the optimum and a point that takes it; nan and empty where there is none.
    prices : duals of the rows; empty where there is no optimum.
    """

    status: Status
    value: float
    x: Array
    prices: Array


@cache
def _silent() -> type[highspy.Highs]:
    """HiGHS that prints nothing, its banner neither."""
    import highspy  # late: its library loads with the first program

    class Silent(highspy.Highs):  # type: ignore[misc]  # its types are not followed
        def enableCallbacks(self) -> None:  # noqa: N802  # HiGHS's own name
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()

    return Silent


class _Held(local):
    """HiGHS of a thread: to make one takes as long as a small program, of which it keeps nothing for the next."""

    @cached_property
    def highs(self) -> highspy.Highs:
        return _silent()()


_held = _Held()


CLOSE = {"primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-9}
SETTINGS: tuple[dict[str, Any], ...] = (
    CLOSE,
    {**CLOSE, "presolve": "off"},
    {**CLOSE, "presolve": "off", "simplex_strategy": 4},
    {**CLOSE, "solver": "ipm"},
    {"presolve": "off"},
)
"""How HiGHS is asked, one after the other until it tells: presolve does not always tell an infeasible from an unbounded
program, and the dual simplex stops where a program is feasible by a hair; then the primal simplex, the interior point
method, and its own tolerances of 1e-7."""


def maximise(
    objective: Array,
    rows: Array,
    lower: Any,
    upper: Any,
    *,
    column_lower: Any = 0.0,
    column_upper: Any = np.inf,
    whole: bool = False,
) -> Optimum:
    """Maximise ``objective @ x`` over ``lower <= rows @ x <= upper`` and the bounds of the columns.

    Parameters
    ----------
    objective : (n,)
    rows : (k, n)
    lower, upper : (k,), or one for all rows; infinite where there is none.
    column_lower, column_upper : (n,), or one for all columns.
    whole : whether all of x are whole numbers; there are no prices then.

    Raises
    ------
    ArithmeticError
        HiGHS tells neither an optimum nor that there is none.

    Examples
    --------
    >>> found = maximise(np.array([1.0, 1.0]), np.array([[1.0, 2.0]]), -np.inf, 4.0, column_upper=3.0)
    >>> found.value, found.x.tolist()
    (3.5, [3.0, 0.5])
    """
    import highspy  # late: its library loads with the first program

    k, n = rows.shape
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = n, k
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = np.asarray(objective, dtype=float)
    lp.col_lower_, lp.col_upper_ = _all(column_lower, n), _all(column_upper, n)
    lp.row_lower_, lp.row_upper_ = _all(lower, k), _all(upper, k)
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * n
    full = rows != 0
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(full.sum(axis=1))])
    lp.a_matrix_.index_ = np.nonzero(full)[1]
    lp.a_matrix_.value_ = rows[full]
    kinds = highspy.HighsModelStatus
    for way, settings in enumerate(SETTINGS):
        h = _silent()() if way else _held.highs
        h.resetOptions()
        h.setOptionValue("output_flag", False)
        for name, value in settings.items():
            h.setOptionValue(name, value)
        h.passModel(lp)
        h.run()
        status = h.getModelStatus()
        if status in (kinds.kOptimal, kinds.kModelEmpty):
            solution = h.getSolution()
            x = np.array(solution.col_value)
            return Optimum("optimal", float(objective @ x), x, np.array(solution.row_dual))
        if status in (kinds.kInfeasible, kinds.kUnbounded):
            none = np.empty(0)
            return Optimum("infeasible" if status == kinds.kInfeasible else "unbounded", np.nan, none, none)
    raise ArithmeticError(f"HiGHS: {h.modelStatusToString(status)}")


ENTERS = 1e-9
"""Reduced cost, in the objective's unit, from which on a column that is left out enters."""
AT_ONCE = 5
"""Columns that enter at once: those that promise most."""


def maximise_by_columns(
    objective: Array,
    rows: Array,
    lower: Any,
    upper: Any,
    *,
    column_lower: Any = 0.0,
    column_upper: Any = np.inf,
    working: set[int],
) -> Optimum:
    """Maximise as `maximise` does where few of many columns matter: over the columns that work, until none is missing.

    A column that does not work is 0, and its lower end must be 0. It enters where its reduced cost promises more, so
    that the optimum is that of all columns; without an optimum over those that work all are asked (Gilmore & Gomory
    1961, A linear programming approach to the cutting-stock problem, Operations Research 9(6), 849-859).

    Parameters
    ----------
    objective, rows, lower, upper, column_lower, column_upper : as for `maximise`.
    working : places of the columns to begin with; those that enter are added.

    Examples
    --------
    >>> working = {0}
    >>> maximise_by_columns(np.array([1.0, 3.0]), np.array([[1.0, 1.0]]), -np.inf, 4.0, working=working).value
    12.0
    """
    low, high = _all(column_lower, rows.shape[1]), _all(column_upper, rows.shape[1])
    while True:
        at = sorted(working)
        found = maximise(objective[at], rows[:, at], lower, upper, column_lower=low[at], column_upper=high[at])
        if found.status != "optimal":
            return maximise(objective, rows, lower, upper, column_lower=low, column_upper=high)
        promised = objective - found.prices @ rows
        promised[at] = 0.0
        promised[high <= 0] = 0.0
        more = np.flatnonzero(promised > ENTERS)
        entering = more[np.argsort(-promised[more], kind="stable")[:AT_ONCE]]
        if not len(entering):
            x = np.zeros(rows.shape[1])
            x[at] = found.x
            return Optimum("optimal", found.value, x, found.prices)
        working.update(entering.tolist())


def _all(value: Any, size: int) -> Array:
    given = np.asarray(value, dtype=float)
    return given if given.shape == (size,) else np.full(size, given)
