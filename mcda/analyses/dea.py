"""Data envelopment analysis: how much less input, or more output, the best peers show to be possible."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from .. import checks, option_checks
from ..errors import InputError
from ..labels import Labels, Table, as_list, as_switch
from ..linear_programs import maximise_by_columns
from ..registry import Array, find
from ..tabular import Tabular, frame

if TYPE_CHECKING:
    import pandas as pd

DeaModel = Literal["radial", "sbm"]
Returns = Literal["constant", "variable"]
Orientation = Literal["input", "output", "none"]


@dataclass(frozen=True)
class Efficiency(Tabular):
    """Efficiencies of units.

    Attributes
    ----------
    units : labels of the m units.
    array : (m,) efficiencies, 1 on the frontier (above 1 by super-efficiency); nan where the program has no solution.
    model, returns, orientation : ``radial`` or ``sbm``, ``constant`` or ``variable``, ``input``, ``output`` or
        ``none``.
    peers : (m, m) weight of each peer (column) in the target of a unit (row).
    infeasible : units whose super-efficiency is not defined: no other units reach them.
    slack : (m,) whether a unit of radial efficiency 1 still has slack: it is not efficient.
    """

    units: checks.RowLabels
    array: Array
    model: DeaModel
    returns: Returns
    orientation: Orientation
    peers: Array
    infeasible: tuple[Any, ...]
    slack: Any

    def to_frame(self) -> pd.DataFrame:
        """One row per unit."""
        return frame({"efficiency": self.array, "slack": self.slack}, self.units, axis="unit")

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "model": self.model,
            "returns": self.returns,
            "orientation": self.orientation,
            "units": [
                {"unit": u, "efficiency": None if np.isnan(e) else float(e), "slack": bool(s)}
                for u, e, s in zip(self.units, self.array, self.slack, strict=True)
            ],
            "infeasible": list(self.infeasible),
        }


def dea(
    inputs: Table,
    outputs: Table,
    *,
    model: DeaModel = "radial",
    returns: Returns = "constant",
    orientation: Orientation = "input",
    undesirable: Iterable[Any] = (),
    leave_out: bool = False,
) -> Efficiency:
    """Efficiency of units against the best that others show.

    Parameters
    ----------
    inputs, outputs : (m, p) and (m, q) arrays or DataFrames of the same units.
    model : ``radial``: CCR with constant and BCC with variable returns; ``sbm``: the slacks-based measure.
    returns : ``constant`` or ``variable`` returns to scale.
    orientation : which side counts: ``input``, ``output``, or, by the slacks-based measure, both (``none``).
    undesirable : labels of outputs of which less is better; for the slacks-based measure.
    leave_out : super-efficiency: a unit is measured against the others without it (radial only).

    Returns
    -------
    Efficiency
        The output form is 1 / phi. A radial efficiency of 1 with slack is no efficiency: see `slack`.

    Raises
    ------
    InputError
        Values below 0, zeros where the measure divides by them, or too few units.

    Notes
    -----
    CCR: min theta, sum lambda x <= theta x_o, sum lambda y >= y_o, lambda >= 0 (Charnes, Cooper & Rhodes 1978, European
    Journal of Operational Research 2(6), 429-444); BCC: sum lambda = 1 too (Banker, Charnes & Cooper 1984, Management
    Science 30(9), 1078-1092). SBM: rho = (1 - mean s-/x) / (1 + mean s+/y), an undesirable output counted with what it
    could be less (Tone 2001, European Journal of Operational Research 130(3), 498-509). Super-efficiency: Andersen &
    Petersen (1993), Management Science 39(10), 1261-1264; with variable returns it may not be defined. Rule of thumb: m
    >= max(p q, 3 (p + q)).

    Examples
    --------
    >>> dea([[2], [4]], [[1], [1]]).array.tolist()
    [1.0, 0.5]
    """
    leave_out = as_switch("leave_out", leave_out)
    x, units, _ = checks.matrix(inputs, name="inputs")
    y, others, columns = checks.matrix(outputs, name="outputs")
    for name, chosen, known in (
        ("model", model, ("radial", "sbm")),
        ("returns", returns, ("constant", "variable")),
        ("orientation", orientation, ("input", "output", "none")),
    ):
        find(name, dict.fromkeys(known, True), chosen)
    if len(x) != len(y) or tuple(units) != tuple(others):
        raise InputError("dea_units", "outputs", f"{len(y)} units", f"the {len(x)} units of the inputs, in their order")
    if (x < 0).any() or (y < 0).any() or not (x > 0).any(axis=1).all() or not (y > 0).any(axis=1).all():
        raise InputError(
            "dea_values", "inputs, outputs", "values below 0, or a unit of zeros only", "values of 0 or more"
        )
    bad = np.isin(range(len(columns)), _places(undesirable, columns))
    if model == "radial" and (bad.any() or orientation == "none"):
        raise InputError(
            "dea_radial",
            "model 'radial'",
            "undesirable outputs, or no orientation",
            "orientation 'input' or 'output'",
            "Use model='sbm'.",
        )
    if model == "sbm" and (leave_out or not (x > 0).all() or not (y > 0).all()):
        raise InputError("dea_sbm", "model 'sbm'", "zeros, or leave_out", "values above 0: the measure divides by them")
    m = len(x)
    solve = _radial if model == "radial" else _slacks
    found, peers, slack = np.full(m, np.nan), np.zeros((m, m)), np.zeros(m, dtype=bool)
    scale_x, scale_y = x.max(axis=0), y.max(axis=0)
    x, y = x / np.where(scale_x > 0, scale_x, 1.0), y / np.where(scale_y > 0, scale_y, 1.0)
    working = {0, *(1 + k for k in ratio_leaders(x, y)), *range(1 + m, 1 + m + x.shape[1] + y.shape[1])}
    for o in range(m):
        most = np.full(m, np.inf)  # weight of each peer
        most[o] = 0.0 if leave_out else np.inf
        if not most.any():
            continue
        value, weights, left = solve(x, y, o, most, returns, orientation, bad, working)
        if weights is not None:
            found[o], peers[o], slack[o] = value, weights, left
    return Efficiency(
        units,
        np.where(np.abs(found - 1) < 1e-9, 1.0, found),
        model,
        returns,
        orientation,
        peers,
        tuple(units[o] for o in np.flatnonzero(np.isnan(found))),
        slack,
    )


def _places(undesirable: Iterable[Any], columns: Labels) -> list[int]:
    """Return the places of the outputs of which less is better."""
    labels = as_list("undesirable", undesirable, "labels of outputs")
    return [option_checks.criterion("undesirable", each, columns) for each in labels]


def ratio_leaders(x: Array, y: Array) -> set[int]:
    """Return the units that bring out most of an output for an input: peers of others, most likely."""
    ratio = y[:, None, :] / np.where(x > 0, x, np.inf)[:, :, None]
    return set(np.argmax(ratio.reshape(len(x), -1), axis=0).tolist())


Measured = tuple[float, Array | None, bool]
"""Efficiency, weights of the peers (None where there is no solution), and whether slack is left."""


def _radial(
    x: Array,
    y: Array,
    o: int,
    most: Array,
    returns: str,
    orientation: str,
    bad: NDArray[np.bool_],
    working: set[int],
) -> Measured:
    """max phi, or max -theta, and then the most slack at it."""
    k, p, q = len(x), x.shape[1], y.shape[1]
    x_o, y_o = x[o], y[o]
    into = orientation == "input"
    # columns: theta or phi, lambda, slack of the inputs, slack of the outputs
    rows = np.zeros((p + q + 1, 1 + k + p + q))
    rows[:p, 0], rows[:p, 1 : 1 + k] = (-x_o if into else 0.0), x.T
    rows[:p, 1 + k : 1 + k + p] = np.eye(p)
    rows[p : p + q, 0], rows[p : p + q, 1 : 1 + k] = (0.0 if into else -y_o), y.T
    rows[p : p + q, 1 + k + p :] = -np.eye(q)
    rows[-1, 1 : 1 + k] = 1.0
    right = np.concatenate([np.zeros(p) if into else x_o, y_o if into else np.zeros(q)])
    sums = (1.0, 1.0) if returns == "variable" else (-np.inf, np.inf)
    lower, upper = np.concatenate([right, [sums[0]]]), np.concatenate([right, [sums[1]]])
    objective = np.zeros(rows.shape[1])
    objective[0] = -1.0 if into else 1.0
    high = np.concatenate([[np.inf], most, np.full(p + q, np.inf)])
    found = maximise_by_columns(objective, rows, lower, upper, column_upper=high, working=working)
    if found.status != "optimal":
        return np.nan, None, False
    size = found.x[0]
    value = size if into else 1.0 / size
    slack = np.concatenate([np.zeros(1 + k), np.ones(p + q)])
    slackest = maximise_by_columns(
        slack,
        rows,
        lower,
        upper,
        column_lower=np.concatenate([[size * (1 - 1e-9)], np.zeros(k + p + q)]),
        column_upper=np.concatenate([[size * (1 + 1e-9)], high[1:]]),
        working=working,
    )
    best = slackest if slackest.status == "optimal" else found
    return float(value), best.x[1 : 1 + k], bool(best.x[1 + k :].sum() > 1e-6)


def _slacks(
    x: Array,
    y: Array,
    o: int,
    most: Array,
    returns: str,
    orientation: str,
    bad: NDArray[np.bool_],
    working: set[int],
) -> Measured:
    """min t - mean S-/x over t + mean S+/y = 1, by Charnes and Cooper; an orientation counts one side only."""
    k, p, q = len(x), x.shape[1], y.shape[1]
    x_o, y_o = x[o], y[o]
    sign = np.where(bad, 1.0, -1.0)
    # columns: t, lambda, S-, S+
    rows = np.zeros((p + q + 2, 1 + k + p + q))
    rows[:p, 0], rows[:p, 1 : 1 + k], rows[:p, 1 + k : 1 + k + p] = -x_o, x.T, np.eye(p)
    rows[p : p + q, 0], rows[p : p + q, 1 : 1 + k] = -y_o, y.T
    rows[p : p + q, 1 + k + p :] = np.diag(sign)
    rows[-2, 0], rows[-2, 1 : 1 + k] = -1.0, 1.0
    rows[-1, 0] = 1.0
    if orientation != "input":
        rows[-1, 1 + k + p :] = 1.0 / (q * y_o)
    objective = np.zeros(rows.shape[1])
    objective[0] = -1.0
    if orientation != "output":
        objective[1 + k : 1 + k + p] = 1.0 / (p * x_o)
    lower = np.zeros(p + q + 2)
    upper = lower.copy()
    lower[-1] = upper[-1] = 1.0
    if returns == "constant":
        lower[-2], upper[-2] = -np.inf, np.inf
    high = np.concatenate([[np.inf], most, np.full(p + q, np.inf)])
    found = maximise_by_columns(objective, rows, lower, upper, column_upper=high, working=working)
    if found.status != "optimal":
        return np.nan, None, False
    t = found.x[0]
    return float(-found.value), found.x[1 : 1 + k] / t, bool(found.x[1 + k :].sum() / t > 1e-6)
