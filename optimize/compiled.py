"""`njit` of numba, of the extra ``fast``, which loads here without the linear algebra of scipy.

numba looks for that as it loads, a tenth of a second, and asks for it again where something is compiled that uses it:
nothing is here.
"""

from __future__ import annotations

from importlib import import_module

from numba import njit
from numba.np import linalg

__all__ = ["njit"]


def _load() -> None:
    asked = linalg.ensure_blas
    linalg.ensure_blas = lambda: None
    try:
        import_module("numba.np.arraymath")
    finally:
        linalg.ensure_blas = asked


if hasattr(linalg, "ensure_blas"):
    _load()
