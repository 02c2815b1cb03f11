"""Normalisation by the first alternative's value."""

from __future__ import annotations

import numpy as np

from ..registry import Array, Guide, normalisation, rises
from .domain import gains, gains_rise, need


@normalisation(
    "initial",
    title="Initial value (ratio to the first)",
    title_zh="初值化",
    source="Deng (1989), Introduction to grey system theory, Journal of Grey System 1(1), 1-24, section on initial "
    "value processing",
    guide=Guide(
        rule_zh="g/g_1；效益型 g = x，成本型 g = 1/x，g_1 为第一个对象的值。",
        use="The first row is what the others are measured by: a base year, a present state, a reference track.",
        use_zh="首行是比较基准（基年、现状、参照赛道），其余以其倍数表示时（灰色关联常用）。",
        trap="Another first row is another unit of each column, and may give another order: say which it is. "
        "Not bounded; costs are inverted.",
        trap_zh="换一个首行即换各列的单位，次序可能改变，须注明首行是谁；无上界；成本取倒数。",
    ),
)
def initial(matrix: Array, signs: Array) -> Array:
    """g / g_1, g = x, for a cost 1/x; g_1 is the first alternative's."""
    return np.asarray(gains(matrix, signs, "initial") / _first(matrix, signs))


@rises("initial")
def initial_rise(matrix: Array, signs: Array) -> Array:
    """(g - min g) / g_1."""
    return np.asarray(gains_rise(matrix, signs) / _first(matrix, signs))


def _first(matrix: Array, signs: Array) -> Array:
    """Return the gains of the first alternative, all above 0."""
    own = gains(matrix, signs, "initial")[0]
    need(own > 0, "initial", "a first value above 0")
    return np.asarray(own)
