"""TOPSIS by many weights or over many alternatives, for its peak memory.

Run: python -m benchmarks.ranking vectors|alternatives|matrix NUMBER
"""

from __future__ import annotations

import sys

import numpy as np

from saidao import mcda

if __name__ == "__main__":
    what, number = sys.argv[1], int(sys.argv[2])
    rng = np.random.default_rng(0)
    if what == "vectors":
        print(mcda.smaa(rng.random((12, 6)), "max", samples=number or 1).expected_rank.sum())
    else:
        matrix = rng.uniform(1, 9, (number, 6))
        ranked = matrix if what == "alternatives" else matrix[:2]
        print(mcda.rank(ranked, np.full(6, 1 / 6), "max").score_array.sum())
