"""FUCOM, the full consistency method: each criterion is compared with the next one in the order of importance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .. import checks, option_checks
from ..errors import InputError
from ..labels import Table, as_floats, by_label, labelled
from ..linear_programs import maximise
from ..registry import Array, Guide, Option, scheme

CLOSE, ROUNDING = 1e-9, 1e-10
"""How near chi is found, and what a program may miss 0 by."""


def _ratios(name: str, value: Table, columns: checks.Labels) -> Array:
    """Check a square table of ratios above 0; nan where nothing is said."""
    given: Any = by_label(name, value, columns) if labelled(value) else value
    ratios, n = as_floats(given), len(columns)
    if (
        ratios is None
        or ratios.shape != (n, n)
        or not (np.isnan(ratios) | (ratios > 0)).all()
        or np.isinf(ratios).any()
    ):
        raise InputError("option_numbers", f"option {name}", "no such table", f"{n} x {n} ratios above 0, nan for none")
    return ratios


@scheme(
    "fucom",
    title="Full consistency method",
    title_zh="完全一致性法(FUCOM)",
    source="Pamučar, Stević & Sremac (2018), A new model for determining weight coefficients of criteria in "
    "MCDM models: Full consistency method (FUCOM), Symmetry 10(9), 393",
    guide=Guide(
        rule_zh="min χ：|w_k/w_{k+1} - φ_k| ≤ χ 等；w ~ 1/Π φ。",
        use="Judges can order the criteria and say how many times each is as important as the next.",
        use_zh="专家能排序，并说出相邻准则的重要性倍数时。",
        trap="With n - 1 statements the deviation DFC is always 0: it proves nothing.",
        trap_zh="只有 n-1 个判断时偏差 DFC 恒为 0，不能证明一致性。",
    ),
    needs="ranks, priorities",
    options={
        "ranks": Option(option_checks.ranks, scope="criterion"),
        "priorities": Option(option_checks.factors, scope="criterion"),
        "ratios": Option(_ratios, None, scope="node"),
    },
)
def fucom(matrix: Array, signs: Array, *, ranks: Array, priorities: Array, ratios: Array | None) -> Mapping[str, Array]:
    """Minimise chi over w >= 0, sum w = 1, within which every ratio of weights is what was said of it.

    Those are w_(k) / w_(k+1) = phi_(k+1) and w_(k) / w_(k+2) = phi_(k+1) phi_(k+2). (k) counts in the order of *ranks*.
    phi, the *priorities*, is how many times as important as a criterion the one before it in that order is; the first
    has none before it, so its own is 1. These n - 1 statements can never contradict each other: w ~ 1 / cumprod(phi),
    and the deviation from full consistency (DFC, chi) is 0. It tells something only of further statements: *ratios*
    r_ij, how many times as important i is as j (nan for none), each within chi too.
    """
    order = np.argsort(ranks, kind="stable")
    phi = priorities[order]
    if len(np.unique(ranks)) < len(ranks):
        raise InputError(
            "swara_order",
            "ranks",
            "two criteria of the same rank",
            "each criterion at its own rank",
            "Equally important ones stand one after the other, the second with the priority 1.",
        )
    if phi[0] != 1 or (phi < 1).any():
        raise InputError(
            "fucom_priorities",
            "priorities",
            ", ".join(f"{each:g}" for each in phi),
            "1 for the most important criterion, and 1 or more for each other one",
        )
    w = np.empty(len(phi))
    w[order] = 1.0 / np.cumprod(phi)
    w /= w.sum()
    if ratios is None or np.isnan(ratios).all():
        return {"phi": priorities, "DFC": np.array(0.0), "w": w}
    said = [(order[k], order[k + 1], phi[k + 1]) for k in range(len(phi) - 1)]
    said += [(order[k], order[k + 2], phi[k + 1] * phi[k + 2]) for k in range(len(phi) - 2)]
    said += [(i, j, ratios[i, j]) for i, j in np.argwhere(~np.isnan(ratios)) if i != j]
    low, high = 0.0, float(max(abs(w[i] / w[j] - r) for i, j, r in said))
    while high - low > CLOSE * max(high, 1.0):
        middle = (low + high) / 2
        low, high = (low, middle) if _excess(said, len(w), middle) <= ROUNDING else (middle, high)
    return {"phi": priorities, "DFC": np.array(high), "w": _within(said, len(w), high + CLOSE * max(high, 1.0))}


def _bounds(said: list[tuple[Any, Any, float]], n: int, chi: float) -> Array:
    """Return rows whose products with weights within chi of every statement are at most 0."""
    rows = np.zeros((2 * len(said), n))
    for k, (i, j, r) in enumerate(said):
        rows[2 * k, [i, j]] = 1.0, -(r + chi)
        rows[2 * k + 1, [i, j]] = -1.0, r - chi
    return rows


def _excess(said: list[tuple[Any, Any, float]], n: int, chi: float) -> float:
    """Return the least by which some row has to be above 0: a program that always has an optimum."""
    rows = _bounds(said, n, chi)
    whole = np.vstack([np.hstack([rows, -np.ones((len(rows), 1))]), np.append(np.ones(n), 0.0)])
    upper, lower = np.append(np.zeros(len(rows)), 1.0), np.append(np.full(len(rows), -np.inf), 1.0)
    least = np.append(np.zeros(n), -1.0)
    return -maximise(-np.eye(n + 1)[n], whole, lower, upper, column_lower=least).value


def _within(said: list[tuple[Any, Any, float]], n: int, chi: float) -> Array:
    """Return the weights within chi of every statement whose least is largest."""
    rows = np.vstack([np.hstack([_bounds(said, n, chi), np.zeros((2 * len(said), 1))]), np.append(np.ones(n), 0.0)])
    least = np.hstack([-np.eye(n), np.ones((n, 1))])
    upper = np.concatenate([np.zeros(2 * len(said)), [1.0], np.zeros(n)])
    lower = np.concatenate([np.full(2 * len(said), -np.inf), [1.0], np.full(n, -np.inf)])
    found = maximise(np.eye(n + 1)[n], np.vstack([rows, least]), lower, upper).x[:n]
    return np.asarray(found / found.sum())
