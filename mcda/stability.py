"""How firm a ranking is: against its weights, against alternatives that come and go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from . import checks
from .api import rank
from .errors import InputError
from .posed import Posed, pose
from .ranks import competition_ranks
from .registry import Array

if TYPE_CHECKING:
    import pandas as pd

POINTS = 200
"""Points at which a weight is looked at where nothing is known of how scores depend on it."""
HALVINGS = 45
WORSE = 0.1
"""Share of a criterion's range by which the worse alternative of a reversal test is worse."""

Ranks = NDArray[np.int64]


@dataclass(frozen=True)
class Interval:
    """Weights of one criterion, the others in proportion, within which a ranking holds.

    `first_low` to `first_high`: whoever is first stays so; `low` to `high`: every order stays. A bound of 0 or 1 may be
    the end of the scale.
    """

    criterion: Any
    weight: float
    first_low: float
    first_high: float
    low: float
    high: float


@dataclass(frozen=True)
class Nearest:
    """The nearest weights under which another alternative is at least as good as the first one.

    `distance` is the share of all weight that moves, half the sum of absolute changes.
    """

    rival: Any
    weights: Array
    distance: float


@dataclass(frozen=True)
class Stability:
    """Weight stability intervals, and the nearest weights that change the first rank (None: no weights do).

    Attributes
    ----------
    exact : intervals end at roots of polynomials. Else they are found at `POINTS` points and by halving.
    nearest_exact : alternatives order by what is linear in the weights, and nearest weights are in closed form. Else
        they are the nearest among moves from one criterion to another, found at `POINTS` points and by halving.
    """

    intervals: tuple[Interval, ...]
    nearest: Nearest | None
    exact: bool
    nearest_exact: bool


def stability(
    matrix: pd.DataFrame | Iterable[Iterable[float]],
    weights: Any,
    directions: Iterable[str] | Mapping[Any, str],
    method: str = "topsis",
    **options: Any,
) -> Stability:
    """Find how far weights can move before the ranking changes.

    Parameters are those of `rank`. Source: Mareschal (1988), Weight stability intervals in multicriteria decision aid,
    European Journal of Operational Research 33, 54-64.

    Raises
    ------
    InputError
        As for `rank`.
    """
    posed = pose(matrix, directions, method, options)
    w, _ = checks.shares(weights, posed.criteria)
    start = _ranked(posed, w[None])[0]
    posed.score(w)  # tells what is not defined
    n = len(w)
    form = _form(posed, w)
    linear = form is not None and form.power == 1
    if n == 1:
        return Stability((Interval(posed.criteria[0], 1.0, 1.0, 1.0, 1.0, 1.0),), None, form is not None, linear)
    rest = np.where(np.eye(n, dtype=bool), 0.0, w)
    empty = rest.sum(axis=1, keepdims=True) == 0
    rest = np.where(empty, 1.0 - np.eye(n), rest)
    rest = rest / rest.sum(axis=1, keepdims=True)
    made = []
    for j in range(n):
        way = np.eye(n)[j] - rest[j]
        ends = [
            _halved(posed, rest[j], way, float(w[j]), start, only_first)
            if form is None
            else form.crossings(rest[j], way, float(w[j]), start, only_first)
            for only_first in (True, False)
        ]
        made.append(Interval(posed.criteria[j], float(w[j]), *ends[0], *ends[1]))
    nearest = _nearest_linear(posed, form.over, w, start) if form and linear else _nearest_transfer(posed, w, start)
    return Stability(tuple(made), nearest, form is not None, linear)


@dataclass(frozen=True)
class _Form:
    """Alternatives order as sum_j over_ij w_j^power / sum_j under_ij w_j^power, more is better."""

    over: Array
    under: Array
    power: int

    def crossings(self, origin: Array, way: Array, at: float, start: Ranks, only_first: bool) -> tuple[float, float]:
        """Return where a ranking first changes on either side of *at*, for weights origin + t way, t from 0 to 1.

        Two alternatives are level where over_i under_k - over_k under_i is 0, a polynomial in t of twice the power.
        """
        base = np.array([origin**self.power, origin ** (self.power - 1) * way * self.power, way**self.power])
        over, under = (table @ base[: self.power + 1].T for table in (self.over, self.under))  # (m, power + 1)
        if only_first:
            one = np.flatnonzero(start == 1)[:1].repeat(len(start))
            other = np.arange(len(start))
        else:  # of all that change places, two neighbours are the first
            order = np.argsort(start, kind="stable")
            one, other = order[:-1], order[1:]
        low, high = 0.0, 1.0
        for i, k in zip(one.tolist(), other.tolist(), strict=True):
            parts = np.convolve(over[i], under[k]), np.convolve(over[k], under[i])
            apart = parts[0] - parts[1]
            same = np.abs(apart).max() <= 1e-12 * max(np.abs(part).max() for part in parts)
            if start[i] == start[k]:
                if not same:  # who ties with it parts from it at once
                    low, high = max(low, at), min(high, at)
                continue
            roots = np.roots(apart[::-1])
            t = roots.real[np.abs(roots.imag) <= 1e-7]
            low = max(low, float(t[t < at].max(initial=0.0)))
            high = min(high, float(t[t > at].min(initial=1.0)))
        return low, high


def _form(posed: Posed, w: Array) -> _Form | None:
    """Return what the alternatives order by, if it is such a quotient, and defined for all weights."""
    if posed.method.linear:
        scores = posed.scores(np.eye(len(w))) * (1.0 if posed.method.better == "higher" else -1.0)
        return _Form(scores, np.ones_like(scores), 1)
    if posed.method.quotient is None:
        return None
    form = _Form(*posed.method.quotient(posed.decision(w), posed.steps(w)))
    return form if np.isfinite(form.over).all() else None


def _ranked(posed: Posed, weights: Array) -> Ranks:
    """Ranks (k, m) under each weight vector; zeros where the method is not defined."""
    try:
        return np.asarray(competition_ranks(posed.scores(weights), posed.method.better).T, dtype=np.int64)
    except InputError:
        if len(weights) == 1:
            return np.zeros((1, len(posed.alternatives)), dtype=np.int64)
        return np.concatenate([_ranked(posed, one[None]) for one in weights])


def _holds(ranks: Ranks, start: Ranks, only_first: bool) -> NDArray[np.bool_]:
    """Whether rankings (k, m) agree with the first one: in who is first, or in every order."""
    if only_first:
        return np.asarray(((ranks == 1) == (start == 1)).all(axis=1))
    return np.asarray((ranks == start).all(axis=1))


def _halved(posed: Posed, origin: Array, way: Array, at: float, start: Ranks, only_first: bool) -> tuple[float, float]:
    """Return where the ranking first changes, on either side: at many points, then by halving."""

    def holding(t: Array) -> NDArray[np.bool_]:
        return _holds(_ranked(posed, np.maximum(origin + t[:, None] * way, 0.0)), start, only_first)

    bounds = []
    for end in (0.0, 1.0):
        t = at + (end - at) * np.arange(POINTS + 1) / POINTS
        holds = holding(t)
        if holds.all():
            bounds.append(end)
            continue
        k = int((~holds).argmax())
        inside, outside = (t[k - 1], t[k]) if k else (at, at)
        for _ in range(HALVINGS):
            middle = (inside + outside) / 2
            if holding(np.array([middle]))[0]:
                inside = middle
            else:
                outside = middle
        bounds.append(float(inside))
    return bounds[0], bounds[1]


def _nearest_linear(posed: Posed, scores: Array, w: Array, start: Ranks) -> Nearest | None:
    """Move weight from where the leader gains most against a rival to where the rival does, until they are level.

    *scores* (m, n) are those of a weight of 1 on one criterion alone; more is better.
    """
    leader = int(np.flatnonzero(start == 1)[0])
    best: Nearest | None = None
    for rival in range(len(scores)):
        gain = scores[rival] - scores[leader]
        short = -float(gain @ w)
        if rival == leader or gain.max() < 0 or (short > 0 and gain.max() == gain.min()):
            continue
        to, moved = w.copy(), 0.0
        target = int(gain.argmax())
        for j in np.argsort(gain, kind="stable"):
            step = gain[target] - gain[j]
            if short <= 0 or step <= 0:
                break
            amount = min(float(to[j]), short / step)
            to[j] -= amount
            to[target] += amount
            moved += amount
            short -= amount * step
        if short <= 1e-12 and (best is None or moved < best.distance):
            best = Nearest(posed.alternatives[rival], np.maximum(to, 0.0), moved)
    return best


def _nearest_transfer(posed: Posed, w: Array, start: Ranks) -> Nearest | None:
    """Move weight from one criterion to another until somebody else is first."""
    best: Nearest | None = None
    for i in np.flatnonzero(w > 0).tolist():
        for j in range(len(w)):
            if i == j:
                continue
            way = np.eye(len(w))[j] - np.eye(len(w))[i]
            t = w[i] * np.arange(POINTS + 1) / POINTS
            ranks = _ranked(posed, np.maximum(w + t[:, None] * way, 0.0))
            holds = _holds(ranks, start, True) | (ranks == 0).all(axis=1)
            if holds.all():
                continue
            k = int((~holds).argmax())
            inside, outside = (t[k - 1], t[k]) if k else (0.0, 0.0)
            if best is not None and inside >= best.distance:
                continue
            for _ in range(HALVINGS):
                middle = (inside + outside) / 2
                if _holds(_ranked(posed, (w + middle * way)[None]), start, True)[0]:
                    inside = middle
                else:
                    outside = middle
            if best is None or outside < best.distance:
                to = np.maximum(w + outside * way, 0.0)
                there = _ranked(posed, to[None])[0]
                rival = next((int(r) for r in np.flatnonzero(there == 1) if start[r] != 1), None)
                lost = int(np.flatnonzero((start == 1) & (there != 1))[0]) if rival is None else rival
                best = Nearest(posed.alternatives[lost], to, float(outside))
    return best


# --- rank reversal ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reversal:
    """A test of Wang & Triantaphyllou (2008), Ranking irregularities when evaluating alternatives, Omega 36, 45-63.

    Attributes
    ----------
    test : ``drop`` an alternative, ``copy`` it, or replace it, not being the best, by a ``worse`` one.
    first_changes : somebody else of those who stay is first.
    pairs : pairs (before, behind) whose order turned round.
    undefined : the method is not defined for what is left.
    """

    test: str
    alternative: Any
    first_changes: bool
    pairs: tuple[tuple[Any, Any], ...]
    undefined: bool = False


def rank_reversals(
    matrix: pd.DataFrame | Iterable[Iterable[float]],
    weights: Any,
    directions: Iterable[str] | Mapping[Any, str],
    method: str = "topsis",
    **options: Any,
) -> tuple[Reversal, ...]:
    """Drop each alternative, copy each, and make each that is not first worse; tell whose order turns round.

    Parameters are those of `rank`.
    """
    whole = rank(matrix, weights, directions, method, **options)
    values, rows, columns = checks.matrix(matrix)
    signs = checks.signs(directions, columns)
    told = ["max" if s > 0 else "min" for s in signs]
    w, used = whole.weights.array, whole.options  # in the order of the columns
    before = whole.rank_array
    span = np.ptp(values, axis=0)
    made = []
    for i in range(len(values)):
        others = [k for k in range(len(values)) if k != i]
        worse = values.copy()
        worse[i] -= signs * WORSE * span
        changes = [("drop", values[others], others), ("copy", np.vstack([values, values[i]]), list(range(len(values))))]
        if before[i] > 1:
            changes.append(("worse", worse, others))
        for test, table, kept in changes:
            if len(kept) < 2:
                continue
            try:
                after = rank(table, w, told, method, **used).rank_array
            except InputError:
                made.append(Reversal(test, rows[i], False, (), undefined=True))
                continue
            now = after if test == "drop" else after[kept]
            old = before[kept]
            turned = (old[:, None] < old) & (now[:, None] > now)
            pairs = tuple((rows[kept[a]], rows[kept[b]]) for a, b in np.argwhere(turned))
            first = bool(((now == now.min()) != (old == old.min())).any())
            made.append(Reversal(test, rows[i], first, pairs))
    return tuple(made)
