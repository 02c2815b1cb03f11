"""VIKOR's compromise set: who is proposed, and whether the first one leads by enough and on firm ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import InputError
from ..ranks import TIE, competition_ranks
from ..registry import Array
from ..results import Ranking
from ..tabular import Tabular, frame

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Compromise(Tabular):
    """The compromise that VIKOR proposes.

    Attributes
    ----------
    alternatives : the set, the best by Q first.
    advantage : C1: the first leads the second by DQ = 1/(m - 1) or more.
    stability : C2: the first is also first by S or by R.
    lead, needed : how far it leads, and DQ.
    q : Q of the set.
    """

    alternatives: tuple[Any, ...]
    advantage: bool
    stability: bool
    lead: float
    needed: float
    q: Array

    def to_frame(self) -> pd.DataFrame:
        """One row per alternative of the set."""
        return frame({"Q": self.q}, self.alternatives, axis="alternative")

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "alternatives": list(self.alternatives),
            "advantage": self.advantage,
            "stability": self.stability,
            "lead": self.lead,
            "needed": self.needed,
        }


def compromise(ranking: Ranking) -> Compromise:
    """Tell the compromise set of a ranking by VIKOR.

    Parameters
    ----------
    ranking : by the method ``vikor``.

    Returns
    -------
    Compromise
        Both conditions hold: the first alone. Only the second fails: the first two. The first fails: all whose Q is
        less than DQ above the first one's.

    Raises
    ------
    InputError
        Another method.

    Notes
    -----
    Source: Opricovic & Tzeng (2004), Compromise solution by MCDM methods, European Journal of Operational Research
    156(2), 445-455. With few alternatives DQ is large: with two it is 1.

    Examples
    --------
    >>> from saidao.mcda import rank
    >>> compromise(rank([[1, 3000], [2, 3750], [5, 4500]], [1, 1], ["min", "max"], "vikor")).alternatives
    (1,)
    """
    if not isinstance(ranking, Ranking) or ranking.method != "vikor":
        shown = f"the method {ranking.method!r}" if isinstance(ranking, Ranking) else repr(ranking)
        raise InputError("compromise_method", "ranking", shown, "a ranking by the method 'vikor'")
    q, s, r = (ranking.step_arrays[symbol] for symbol in ("Q", "S", "R"))
    m = len(q)
    order = np.lexsort((np.arange(m), q))
    needed = 1.0 / (m - 1) if m > 1 else 1.0
    lead = float(q[order[1]] - q[order[0]]) if m > 1 else 1.0
    advantage = lead >= needed - TIE
    first = order[0]
    stability = bool(min(competition_ranks(each, "lower")[first] for each in (s, r)) == 1)
    close = order[q[order] - q[first] < needed - TIE]
    chosen = order[: 1 if stability else 2] if advantage else close
    return Compromise(
        tuple(ranking.alternatives[i] for i in chosen), bool(advantage), stability, lead, needed, q[chosen]
    )
