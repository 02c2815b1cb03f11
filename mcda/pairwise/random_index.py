"""Random indices: the mean consistency index of random reciprocal matrices, by the name of their table."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ..names import RandomIndexName

BEYOND_15 = {
    15: 1.4969,
    16: 1.5078,
    17: 1.5153,
    18: 1.5262,
    19: 1.5313,
    20: 1.5371,
    25: 1.5619,
    30: 1.5772,
    40: 1.5976,
    50: 1.6102,
    60: 1.6178,
    70: 1.6237,
    80: 1.6277,
    90: 1.6213,
    100: 1.6339,
}
"""Donegan & Dodd's figures from 15 on; between them the index is on the line from one to the next."""

RANDOM_INDEX: Mapping[RandomIndexName, tuple[float, ...]] = MappingProxyType(
    {
        # n = 1 .. 15, or as far as the table goes
        "saaty": (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
        "saaty_2005": (0, 0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.4, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59),
        "alonso_lamata": (
            0,
            0,
            0.5247,
            0.8816,
            1.1086,
            1.2479,
            1.3417,
            1.4057,
            1.4499,
            1.4854,
            1.514,
            1.5365,
            1.5551,
            1.5713,
            1.5838,
        ),
        "donegan_dodd": (
            0,
            0,
            0.4914,
            0.8286,
            1.0591,
            1.1797,
            1.2519,
            1.3171,
            1.3733,
            1.4055,
            1.4213,
            1.4497,
            1.4643,
            1.4822,
            *np.interp(range(15, 101), list(BEYOND_15), list(BEYOND_15.values())).tolist(),
        ),
        "spssau": (
            *(0, 0, 0.52, 0.89, 1.12, 1.26, 1.36, 1.41, 1.46, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59),
            *(1.5943, 1.6064, 1.6133, 1.6207, 1.6292, 1.6358, 1.6403, 1.6462, 1.6497, 1.6556),
            *(1.6587, 1.6631, 1.6670, 1.6693, 1.6724),
        ),
        "tummala_ling": (
            0,
            0,
            0.5799,
            0.8921,
            1.1159,
            1.2358,
            1.3322,
            1.3952,
            1.4537,
            1.4882,
            1.5117,
            1.5356,
            1.5571,
            1.5714,
            1.5831,
        ),
    }
)
"""Random indices by the name of their table.

- ``saaty``: Saaty (1980), The Analytic Hierarchy Process, McGraw-Hill, p. 21 (500 matrices).
- ``saaty_2005``: Saaty (2005), Theory and Applications of the Analytic Network Process, RWS Publications, p. 31.
- ``alonso_lamata``: Alonso & Lamata (2006), Consistency in the analytic hierarchy process: a new approach,
  International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 14(4), 445-459 (100,000 matrices).
- ``donegan_dodd``: Donegan & Dodd (1991), A note on Saaty's random indexes, Mathematical and Computer Modelling 15(10),
  135-137, as the library AHPy prints them, up to 100 criteria; the article itself was not seen.
- ``spssau``: the table that the statistics service SPSSAU prints up to 30 criteria; beyond 15 it agrees with
  simulations of 6,000 to 20,000 matrices within 0.003. The first figures are those of Hong, 洪志国等 (2002), Computer
  Engineering and Applications 38(12), 45-47; the article itself was not seen.
- ``tummala_ling``: Rao Tummala & Ling (1998), A note on the computation of the mean random consistency index of the
  analytic hierarchy process, Theory and Decision 44(3), 221-230, as the library pymcdm prints them; the article itself
  was not seen, and Alonso & Lamata print the same figures as Golden & Wang's (1990).
"""
