"""DEA and the Malmquist index: growth of productivity against a frontier that the best units make, in its two parts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...mcda.analyses.dea import ratio_leaders
from ...mcda.brief import Brief
from ...mcda.errors import InputError
from ...mcda.linear_programs import maximise_by_columns
from ...optimize.model.programme import Array
from ...optimize.solve.solution import SolverFailure

RETURNS = ("constant", "variable")
TIGHT = 1e-9
"""Reduced cost up to which a column is of the facet, in the mean output of a unit."""


@dataclass(frozen=True)
class Malmquist(Brief):
    """Changes from one period to the next, (T - 1, K) each: above 1 is better.

    ``index = efficiency_change * technical_change`` and ``efficiency_change = pure_change * scale_change``.

    Attributes
    ----------
    efficiency : (T, K) share of the frontier of its own period that a unit reaches, constant returns to scale.
    pure_efficiency : (T, K) the same, variable returns to scale.
    """

    index: Array
    efficiency_change: Array
    technical_change: Array
    pure_change: Array
    scale_change: Array
    efficiency: Array
    pure_efficiency: Array


def efficiency(inputs: Array, outputs: Array, of_inputs: Array, of_outputs: Array, returns: str = "constant") -> Array:
    """Output distance of units to the frontier that *inputs* and *outputs* span: (U,), 1 on it, above 1 beyond it.

    1 / D = max phi subject to sum_k l_k x_k <= x, sum_k l_k y_k >= phi y, l >= 0, and sum_k l_k = 1 for variable
    returns; nan where that has no solution.

    Parameters
    ----------
    inputs, outputs : (K, M), (K, S) >= 0: the units that span the frontier.
    of_inputs, of_outputs : (U, M), (U, S) >= 0: the units that are measured.

    Raises
    ------
    InputError
        Amounts below 0 or not finite, a good of which no unit of the frontier has any.

    Source: Färe, Grosskopf, Norris & Zhang (1994), Productivity growth, technical progress, and efficiency change in
    industrialized countries, American Economic Review 84(1), 66-83, equation 9; variable returns: Banker, Charnes &
    Cooper (1984), Management Science 30(9), 1078-1092.
    """
    if returns not in RETURNS:
        raise InputError("form", "returns", repr(returns), f"one of {', '.join(RETURNS)}")
    for name, span, measured in (("inputs", inputs, of_inputs), ("outputs", outputs, of_outputs)):
        for amounts in (span, measured):
            if not (np.isfinite(amounts) & (np.asarray(amounts) >= 0)).all():
                raise InputError("panel_value", name, "a negative amount, or no number", "numbers of at least 0")
        if not np.all(np.sum(span, axis=0) > 0):
            good = int(np.flatnonzero(np.sum(span, axis=0) == 0)[0]) + 1
            raise InputError(
                "panel_value",
                f"{name}, good {good}",
                "0 for every unit of the frontier",
                "an amount above 0 for some unit",
                "Leave the good out, or fill its amounts in.",
            )
    number, uses, makes = len(inputs), inputs.shape[1], outputs.shape[1]
    # each row in the unit of its column's mean: distances do not depend on units, a solver's tolerances do
    x_unit, y_unit = inputs.mean(axis=0), outputs.mean(axis=0)
    x, y = inputs / x_unit, outputs / y_unit
    if makes == 1 and (x > 0).all() and (of_inputs > 0).all() and (of_outputs > 0).all():
        return _of_one_output(x, y[:, 0], of_inputs / x_unit, of_outputs[:, 0] / y_unit[0], returns)
    found = np.empty(len(of_inputs))
    working = {0, *(1 + k for k in ratio_leaders(x, y))}
    objective, matrix = np.zeros(1 + number), np.zeros((uses + makes + 1, 1 + number))  # columns: phi, l
    objective[0] = 1.0
    matrix[:uses, 1:], matrix[uses:-1, 1:], matrix[-1, 1:] = x.T, -y.T, 1.0
    total = (1.0, 1.0) if returns == "variable" else (-np.inf, np.inf)
    for u, (x0, y0) in enumerate(zip(of_inputs / x_unit, of_outputs / y_unit, strict=True)):
        matrix[uses:-1, 0] = y0
        best = maximise_by_columns(
            objective,
            matrix,
            np.concatenate([np.full(uses + makes, -np.inf), [total[0]]]),
            np.concatenate([x0, np.zeros(makes), [total[1]]]),
            working=working,
        )
        if best.status == "optimal":
            found[u] = 1.0 / best.x[0] if best.x[0] > 0 else np.inf
        elif best.status == "infeasible":
            found[u] = np.nan
        else:
            raise SolverFailure(f"HiGHS: {best.status}")
    return found


def _of_one_output(x: Array, y: Array, of_x: Array, of_y: Array, returns: str) -> Array:
    """Output distance where there is one output: y / max sum_k l_k y_k over the same l, inputs above 0.

    A unit's inputs are then no more than the right-hand side of one program, whose optimal basis is a facet of the
    frontier: it holds for all units whose inputs it makes of weights of at least 0, and each facet is solved for once.
    """
    number, uses = x.shape
    variable = returns == "variable"
    rows = np.concatenate([x.T, np.ones((1, number))])[: uses + variable]
    right = np.concatenate([of_x.T, np.ones((1, len(of_x)))])[: uses + variable]
    with_slack = np.hstack([rows, np.eye(uses + variable)[:, :uses]])
    worth = np.concatenate([y, np.zeros(uses)])
    working = ratio_leaders(x, y[:, None])
    most, known = np.full(len(of_x), np.nan), np.zeros(len(of_x), dtype=bool)
    for u in range(len(of_x)):
        if known[u]:
            continue
        known[u] = True
        least = np.concatenate([np.full(uses, -np.inf), np.ones(1)])[: uses + variable]
        best = maximise_by_columns(y, rows, least, right[:, u], working=working)
        if best.status == "infeasible":
            continue
        if best.status != "optimal":
            raise SolverFailure(f"HiGHS: {best.status}")
        most[u] = best.value
        facet = np.flatnonzero(np.abs(worth - best.prices @ with_slack) <= TIGHT)
        if len(facet) != len(rows) or np.linalg.cond(with_slack[:, facet]) > 1 / TIGHT:
            continue  # several facets meet: the optimum tells of this unit alone
        open_ = np.flatnonzero(~known)
        on = (np.linalg.solve(with_slack[:, facet], right[:, open_]) >= 0).all(axis=0)
        price = np.linalg.solve(with_slack[:, facet].T, worth[facet])
        most[open_[on]] = price @ right[:, open_[on]]
        known[open_[on]] = True
    return np.asarray(of_y / most)


def malmquist(inputs: Array, outputs: Array) -> Malmquist:
    """Measure how productivity changes, and part it into efficiency change and technical change.

    M = sqrt(D_t(t+1) / D_t(t) * D_t+1(t+1) / D_t+1(t)), D_t(s) the distance of a unit's period s to the frontier of
    period t; efficiency change D_t+1(t+1) / D_t(t), catching up with the frontier; technical change the rest, the shift
    of the frontier at the unit. Efficiency change parts into pure change (variable returns) and scale change.

    Parameters
    ----------
    inputs : (T, K, M) >= 0, T periods of K units.
    outputs : (T, K, S) >= 0.

    Raises
    ------
    InputError
        Fewer than two periods, values that are not finite or below 0, a unit without any input or output, or a good
        that no unit has in a period.

    Source: Färe, Grosskopf, Norris & Zhang (1994), American Economic Review 84(1), 66-83.
    """
    x, y = _amounts("inputs", inputs), _amounts("outputs", outputs)
    if x.shape[:2] != y.shape[:2]:
        raise InputError("panel_shape", "inputs, outputs", f"{x.shape}, {y.shape}", "the same periods and units")
    for name, goods in (("inputs", x), ("outputs", y)):
        unused = goods.sum(axis=1) == 0
        if unused.any():
            t, g = np.argwhere(unused)[0]
            raise InputError(
                "panel_value",
                f"{name}, period {t + 1}, good {g + 1}",
                "only zeros",
                "an amount above 0 of some unit: a good that nobody has makes no frontier",
                "Leave the good out.",
            )
    periods = range(len(x))
    own = np.array([efficiency(x[t], y[t], x[t], y[t]) for t in periods])
    pure = np.array([efficiency(x[t], y[t], x[t], y[t], "variable") for t in periods])
    ahead = np.array([efficiency(x[t], y[t], x[t + 1], y[t + 1]) for t in periods[:-1]])  # D_t(t+1)
    behind = np.array([efficiency(x[t + 1], y[t + 1], x[t], y[t]) for t in periods[:-1]])  # D_t+1(t)
    caught_up, pure_change = own[1:] / own[:-1], pure[1:] / pure[:-1]
    for t, u in np.argwhere(~(np.isfinite(ahead) & np.isfinite(behind) & (behind > 0))):
        raise InputError(
            "panel_value",
            f"inputs, period {t + 1} or {t + 2}, unit {u + 1}",
            "an amount of 0 that the frontier needs",
            "amounts above 0 of every input and output that others have",
        )
    shift = np.sqrt(ahead / own[1:] * own[:-1] / behind)
    return Malmquist(caught_up * shift, caught_up, shift, pure_change, caught_up / pure_change, own, pure)


def _amounts(name: str, values: Array) -> Array:
    given = np.asarray(values, dtype=float)
    if given.ndim != 3 or len(given) < 2 or 0 in given.shape:
        raise InputError("panel_shape", name, f"shape {given.shape}", "at least two periods x units x goods")
    bad = ~(np.isfinite(given) & (given >= 0))
    if bad.any():
        t, u, g = np.argwhere(bad)[0]
        raise InputError(
            "panel_value",
            f"{name}, period {t + 1}, unit {u + 1}, good {g + 1}",
            str(given[t, u, g]),
            "a number of at least 0",
        )
    unused = given.sum(axis=1) == 0
    if unused.any():
        t, g = np.argwhere(unused)[0]
        raise InputError(
            "panel_value",
            f"{name}, period {t + 1}, good {g + 1}",
            "0 for every unit",
            "an amount above 0 for some unit: a good that nobody has in a period is none of the frontier",
            "Leave the good out, or fill its amounts in.",
        )
    none = given.sum(axis=2) == 0
    if none.any():
        t, u = np.argwhere(none)[0]
        raise InputError("panel_value", f"{name}, period {t + 1}, unit {u + 1}", "only zeros", "some amount above 0")
    return given
