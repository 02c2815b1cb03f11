"""Precedence chart: each criterion is set against each other one, and weighs by the points it wins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .. import checks, option_checks
from ..errors import InputError
from ..labels import Table, as_floats, by_label, labelled
from ..ranks import TIE
from ..registry import Array, Guide, Option, scheme


def _points(name: str, value: Table, columns: checks.Labels) -> Array:
    """Check a square table of points >= 0 in which every pair shares the same total."""
    given: Any = value
    if labelled(value) and hasattr(value, "columns"):
        given = by_label(name, value, columns)
    points, n = as_floats(given), len(columns)
    if points is None or points.shape != (n, n) or not (points >= 0).all() or checks.unfit(points).any():
        raise InputError("option_numbers", f"option {name}", "no such table", f"{n} x {n} points, 0 or more")
    pair = (points + points.T)[~np.eye(n, dtype=bool)]
    if pair.size and np.ptp(pair) > TIE * pair.max():
        raise InputError(
            "option_value",
            f"option {name}",
            f"pairs that share {pair.min():g} and {pair.max():g} points",
            "pairs that all share the same number of points",
        )
    return points


@scheme(
    "precedence_chart",
    title="Precedence chart (forced choice)",
    title_zh="优序图法(强制确定法)",
    source="Moody (1983), Decision Making: Proven Methods for Better Decisions, McGraw-Hill; forced choice by "
    "0-1 and 0-4 points: Miles (1972), Techniques of Value Analysis and Engineering, McGraw-Hill",
    guide=Guide(
        rule_zh="w_j = t_j/Σt，t_j 为对比得分行和：重要 1、同等 0.5、次要 0，对角线 0.5。",
        use="Judges can only say which of two matters more; quick with many of them.",
        use_zh="专家只能说“哪个更重要”，人数多、需要快速汇总时。",
        trap="Only the order counts. In the 0-1 form the last gets 0, unless each total has 1 more.",
        trap_zh="只利用次序；0-1 法中最后一名得 0，除非各加 1。",
    ),
    needs="ratings, points",
    options={
        "ratings": Option(option_checks.factors, None, scope="criterion"),
        "points": Option(_points, None, scope="node"),
        "diagonal": Option(option_checks.share, None),
        "plus_one": Option(option_checks.choice("no", "yes"), "no"),
    },
)
def precedence_chart(
    matrix: Array, signs: Array, *, ratings: Array | None, points: Array | None, diagonal: float | None, plus_one: str
) -> Mapping[str, Array]:
    """w_j = t_j / sum t, t_j the row sum of the points.

    *ratings* (means of what judges say of each criterion) give 1 to the larger, 1/2 to equal ones, 0 to the smaller,
    and 1/2 on the diagonal; *points* are such a table itself (0-1, 0-4: 4-0 much more, 3-1 more, 2-2 equal), with 0 on
    the diagonal unless it says otherwise. ``plus_one="yes"`` adds 1 to every total, so that the last criterion keeps a
    weight. Only the order of ratings counts.
    """
    if (ratings is None) == (points is None):
        raise InputError(
            "one_judgement",
            "scheme 'precedence_chart'",
            "neither" if ratings is None else "both",
            "judgements: ratings=... or points=...",
        )
    if points is None:
        assert ratings is not None
        apart = ratings[:, None] - ratings
        points = (np.sign(np.where(np.abs(apart) > TIE * ratings.max(), apart, 0.0)) + 1) / 2
        diagonal = 0.5 if diagonal is None else diagonal
    table = points.copy()
    if diagonal is not None:
        np.fill_diagonal(table, diagonal)
    t = table.sum(axis=1) + (1.0 if plus_one == "yes" else 0.0)
    return {"points": table, "t": t, "w": checks.share_out(t)}
