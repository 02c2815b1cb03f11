"""What is compiled, loaded before it is needed: who serves others has the half second that a first answer has not."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np

from ..model.columns import Columns
from ..model.programme import Application, Programme
from .allocate import build


def load_compiled() -> None:
    """Load what solves large programs and tells their prices; nothing without numba.

    What is compiled loads when it is first called: here by a program of two tracks, of which the budget funds one.
    """
    if find_spec("numba") is None:
        return
    from .decomposition.decompose import decomposed  # brings numba, an extra

    two, none = np.arange(2), np.zeros(2)
    decomposed(
        build(
            Columns(
                Programme(
                    tracks=("a", "b"),
                    factors=("f",),
                    resources=("r",),
                    applications=(Application("m", "track", "a"), Application("m", "track", "b")),
                    gap=np.ones((2, 1)),
                    priority=np.array([[1.0], [2.0]]),
                    weight=np.ones(1),
                    level_min=none,
                    level_max=np.ones(2),
                    lag=np.zeros(2, dtype=np.int64),
                    segment_application=two,
                    segment_width=np.ones(2),
                    effect_segment=two,
                    effect_pair=two,
                    effect=np.full(2, 0.5),
                    cost=np.ones((2, 1, 1)),
                    budget=np.ones((1, 1)),
                    carry=np.zeros(1),
                )
            )
        )
    )
