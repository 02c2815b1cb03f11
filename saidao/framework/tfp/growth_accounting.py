"""Growth accounting: what of the growth of output is due to capital, to labour, and to neither (the Solow residual)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ...mcda.brief import Brief
from ...mcda.errors import InputError
from ...optimize.model.programme import Array

FORMS = ("tornqvist", "solow")


@dataclass(frozen=True)
class GrowthAccounts(Brief):
    """Rates of growth from one period to the next, (T - 1, K) each; the three parts sum to `output`.

    Attributes
    ----------
    residual : growth of total factor productivity.
    form : ``tornqvist``, rates are differences of logarithms; ``solow``, shares of the period before.
    """

    output: Array
    capital: Array
    labour: Array
    residual: Array
    form: str

    @property
    def level(self) -> Array:
        """(T, K) total factor productivity, 1 in the first period."""
        steps = np.exp(self.residual) if self.form == "tornqvist" else 1.0 + self.residual
        return np.concatenate([np.ones((1, steps.shape[1])), np.cumprod(steps, axis=0)])


def growth_accounting(
    output: ArrayLike, capital: ArrayLike, labour: ArrayLike, capital_share: ArrayLike, form: str = "tornqvist"
) -> GrowthAccounts:
    """Account for growth: residual = g(Y) - s g(K) - (1 - s) g(L).

    Parameters
    ----------
    output, capital, labour : (T, K) > 0, T periods of K units, each in a unit of its own, at constant prices.
    capital_share : (T, K), or one number: share of capital in income, 0 to 1.
    form : ``tornqvist``: g(X) = ln X_t+1 - ln X_t, s the mean of both periods (Törnqvist 1936); ``solow``:
        g(X) = (X_t+1 - X_t) / X_t, s that of the period before.

    Raises
    ------
    InputError
        An unknown form, shapes that differ, fewer than two periods, a value not above 0, a share outside 0 to 1.

    Source: Solow (1957), Technical change and the aggregate production function, The Review of Economics and Statistics
    39(3), 312-320.

    Examples
    --------
    >>> growth_accounting([[100.0], [110.0]], [[50.0], [50.0]], [[8.0], [8.0]], 0.4, "solow").residual.round(3).tolist()
    [[0.1]]
    """
    if form not in FORMS:
        raise InputError("form", "form", repr(form), f"one of {', '.join(FORMS)}")
    y, k, n = (_quantity(name, value) for name, value in (("output", output), ("capital", capital), ("labour", labour)))
    s = np.asarray(capital_share, dtype=float)
    if not (k.shape == n.shape == y.shape and s.shape in ((), y.shape)):
        found = ", ".join(str(x.shape) for x in (y, k, n, s))
        raise InputError("panel_shape", "output, capital, labour, capital_share", found, "one shape, periods x units")
    s = np.broadcast_to(s, y.shape)
    if not ((s >= 0) & (s <= 1)).all():
        raise InputError("panel_share", "capital_share", str(s[~((s >= 0) & (s <= 1))][0]), "shares from 0 to 1")
    if form == "tornqvist":
        gy, gk, gn = (np.diff(np.log(x), axis=0) for x in (y, k, n))
        s = (s[1:] + s[:-1]) / 2
    else:
        gy, gk, gn = (np.diff(x, axis=0) / x[:-1] for x in (y, k, n))
        s = s[:-1]
    return GrowthAccounts(gy, s * gk, (1 - s) * gn, gy - s * gk - (1 - s) * gn, form)


def _quantity(name: str, values: ArrayLike) -> Array:
    """Return a (T, K) array of positive numbers over at least two periods."""
    given = np.asarray(values, dtype=float)
    if given.ndim != 2 or len(given) < 2 or not given.shape[1]:
        raise InputError("panel_shape", name, f"shape {given.shape}", "at least two periods x one unit")
    if not (np.isfinite(given) & (given > 0)).all():
        t, u = np.argwhere(~(np.isfinite(given) & (given > 0)))[0]
        raise InputError("panel_value", f"{name}, period {t + 1}, unit {u + 1}", str(given[t, u]), "a number above 0")
    return given
