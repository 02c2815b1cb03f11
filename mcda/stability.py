"""Stability of a ranking: weight stability intervals, and rank reversals when alternatives come and go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
from numpy.typing import NDArray

from . import checks
from .brief import Brief
from .errors import InputError
from .labels import ByCriterion, Table
from .ranges import Directions
from .ranking_problem import RankingProblem, formulate
from .ranks import competition_ranks
from .registry import Array
from .results import Weights
from .verbs import rank

if TYPE_CHECKING:
    from .names import MethodName, RankOptions

POINTS = 200
"""Points at which a weight is looked at where nothing is known of how scores depend on it."""
HALVINGS = 45
ROUNDING = 1e-12
"""A rival that is behind by less than this, of the largest score, is level."""
NUDGES = 40
"""How often a step beyond an end is doubled, from 1e-12, until the ranking is another one but for rounding too."""
WORSE = 0.1
"""Share of a criterion's range by which the worse alternative of a reversal test is worse."""

Ranks = NDArray[np.int64]


@dataclass(frozen=True)
class Interval(Brief):
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
class Nearest(Brief):
    """The nearest weights under which another alternative is at least as good as the first one.

    `distance` is the share of all weight that moves, half the sum of absolute changes.
    """

    rival: Any
    weights: Array
    distance: float


@dataclass(frozen=True)
class Stability(Brief):
    """Weight stability intervals, and the nearest weights that change the first rank (None: none were found).

    Attributes
    ----------
    intervals : by criterion, in their order, an `Interval`: `criterion`, `weight`, `first_low` and `first_high`, within
        which whoever is first stays so, `low` and `high`, within which every order stays.
    nearest : the nearest weights under which another alternative is at least as good as the first one: its label
        `rival`, the `weights`, and their `distance`, the share of all weight that moves.
    exact : intervals end at roots of polynomials. Else they are found at `POINTS` points and by halving.
    nearest_exact : alternatives order by what is linear in the weights, and nearest weights are in closed form. Else
        they are the nearest among moves from one criterion to another, found at `POINTS` points and by halving, and
        moves of one criterion with the others in proportion.
    proven : no weights put anybody before the first one: shown, not only not found. Where scores are linear in the
        weights, as no rival is ahead on any criterion alone; of TOPSIS, as no coefficient of the form that decides is
        below 0; else as the first one is as good on every criterion, which the method keeps (`Method.breaks`).
    """

    intervals: tuple[Interval, ...]
    nearest: Nearest | None
    exact: bool
    nearest_exact: bool
    proven: bool


def stability(
    matrix: Table,
    weights: Weights | ByCriterion[float],
    directions: Directions,
    method: MethodName = "topsis",
    **options: Unpack[RankOptions],
) -> Stability:
    """Find how far weights can move before the ranking changes.

    Parameters
    ----------
    matrix, weights, directions, method, **options : as for `rank`.

    Returns
    -------
    Stability
        By criterion the interval of its weight, a share from 0 to 1, in which the ranking holds; and the nearest
        weights under which another alternative is first.

    Raises
    ------
    InputError
        As for `rank`.

    Notes
    -----
    Source: Mareschal (1988), Weight stability intervals in multicriteria decision aid, European Journal of Operational
    Research 33, 54-64.

    Examples
    --------
    >>> found = stability([[9, 2], [5, 5], [1, 9]], [0.6, 0.4], "max", "wsm")
    >>> [(i.criterion, round(i.first_low, 3), i.first_high) for i in found.intervals]
    [(0, 0.5, 1.0), (1, 0.0, 0.5)]
    >>> found.nearest.rival, found.nearest.weights.tolist()
    (2, [0.5, 0.5])
    """
    problem = formulate(matrix, directions, method, options)
    w, _ = checks.shares(weights, problem.criteria)
    start = _ranked(problem, w[None])[0]
    problem.score(w)  # tells what is not defined
    n = len(w)
    form = _form(problem, w)
    linear = form is not None and form.power == 1
    if n == 1:
        return Stability(
            (Interval(problem.criteria[0], 1.0, 1.0, 1.0, 1.0, 1.0),), None, form is not None, linear, True
        )
    rest = np.where(np.eye(n, dtype=bool), 0.0, w)
    empty = rest.sum(axis=1, keepdims=True) == 0
    rest = np.where(empty, 1.0 - np.eye(n), rest)
    rest = rest / rest.sum(axis=1, keepdims=True)
    made = []
    for j in range(n):
        way = np.eye(n)[j] - rest[j]
        ends = [
            _halved(problem, rest[j], way, float(w[j]), start, only_first)
            if form is None
            else form.crossings(rest[j], j, float(w[j]), start, only_first)
            for only_first in (True, False)
        ]
        made.append(Interval(problem.criteria[j], float(w[j]), *ends[0], *ends[1]))
    if form and linear:
        nearest = _nearest_linear(problem, form.over, w, start)
    else:
        moves = [_at_end(problem, j, interval, w, rest[j], start) for j, interval in enumerate(made)]
        found = [near for near in (_nearest_transfer(problem, w, start), *moves) if near is not None]
        nearest = min(found, key=lambda near: near.distance, default=None)
    proven = nearest is None and (linear or _never_behind(problem, form, start))
    return Stability(tuple(made), nearest, form is not None, linear, proven)


def _never_behind(problem: RankingProblem, form: _Form | None, start: Ranks) -> bool:
    """Tell whether it is proven that the first alternative stays first under all weights."""
    leader = int(np.flatnonzero(start == 1)[0])
    others = np.flatnonzero(np.arange(len(start)) != leader)
    turned = problem.matrix * problem.signs
    if "dominance" not in problem.method.breaks and (turned[leader] >= turned).all():
        return True
    if form is None:
        return False
    for rival in others:
        # sum_jl y_j y_l (over_j under'_l - over'_j under_l) >= 0 for all y = w^power >= 0
        ahead = np.outer(form.over[leader], form.under[rival]) - np.outer(form.over[rival], form.under[leader])
        if (ahead + ahead.T < 0).any():
            return False
    return True


@dataclass(frozen=True)
class _Form:
    """Alternatives order as sum_j over_ij w_j^power / sum_j under_ij w_j^power, more is better."""

    over: Array
    under: Array
    power: int

    def crossings(self, rest: Array, j: int, at: float, start: Ranks, only_first: bool) -> tuple[float, float]:
        """Return where a ranking first changes on either side of *at*: criterion j weighs t, the others (1 - t) rest.

        With p the power, an alternative's quotient is (a t^p + b (1-t)^p) / (c t^p + d (1-t)^p); two are level where
        alpha z^2 + beta z + gamma = 0, z = (t / (1 - t))^p: alpha = a c' - a' c, beta = a d' + b c' - a' d - b' c,
        gamma = b d' - b' d. They are level at t = 1 where alpha is 0, at t = 0 where gamma is.
        """
        share = rest**self.power
        a, b, c, d = self.over[:, j], self.over @ share, self.under[:, j], self.under @ share
        if only_first:
            one = np.flatnonzero(start == 1)[:1].repeat(len(start))
            other = np.arange(len(start))
        else:  # of all that change places, two neighbours are the first
            order = np.argsort(start, kind="stable")
            one, other = order[:-1], order[1:]
        low, high = 0.0, 1.0
        for i, k in zip(one.tolist(), other.tolist(), strict=True):
            if (self.under == 1.0).all():  # a sum, and no quotient: level where alpha z + gamma = 0
                parts = [_less(a[i], a[k]), _less(b[i], b[k])]
                scale = np.abs([a[i], a[k], b[i], b[k]]).max()
            else:
                terms = a[i] * d[k], b[i] * c[k], a[k] * d[i], b[k] * c[i]
                beta = terms[0] + terms[1] - terms[2] - terms[3]
                beta = beta if abs(beta) > 1e-14 * sum(map(abs, terms)) else 0.0
                parts = [_less(a[i] * c[k], a[k] * c[i]), beta, _less(b[i] * d[k], b[k] * d[i])]
                scale = max(np.abs(terms).max(), abs(a[i] * c[k]), abs(b[i] * d[k]))
            if start[i] == start[k]:
                if max(map(abs, parts)) > 1e-12 * scale:  # who ties with it parts from it at once
                    low, high = max(low, at), min(high, at)
                continue
            for z in _roots(parts):
                t = 1.0 / (1.0 + z ** (-1.0 / self.power)) if z > 0 else 0.0
                low, high = (max(low, t), high) if t < at else (low, min(high, t)) if t > at else (at, at)
        return float(low), float(high)


def _less(one: float, other: float) -> float:
    """Return the difference, 0 where it is only rounding."""
    return one - other if abs(one - other) > 1e-14 * (abs(one) + abs(other)) else 0.0


def _roots(parts: list[float]) -> list[float]:
    """Return the finite roots >= 0 of a polynomial of degree 1 or 2, its highest coefficient first."""
    while parts and parts[0] == 0.0:  # a root at infinity: t = 1, an end
        parts = parts[1:]
    zeros = 0
    while parts and parts[-1] == 0.0:  # a root at 0: t = 0
        parts, zeros = parts[:-1], zeros + 1
    roots = [0.0] * bool(zeros)
    if len(parts) == 2:
        roots.append(-parts[1] / parts[0])
    elif len(parts) == 3:
        alpha, beta, gamma = parts
        inside = beta * beta - 4.0 * alpha * gamma
        if inside > -1e-14 * beta * beta:
            q = -(beta + np.copysign(np.sqrt(max(inside, 0.0)), beta)) / 2.0
            roots += [q / alpha, gamma / q]
    return [root for root in roots if root >= 0.0]


def _form(problem: RankingProblem, w: Array) -> _Form | None:
    """Return the quotient by which alternatives order, None where none is defined for all weights."""
    if problem.method.linear:
        scores = problem.scores(np.eye(len(w))) * (1.0 if problem.method.better == "higher" else -1.0)
        return _Form(scores, np.ones_like(scores), 1)
    if problem.method.quotient is None:
        return None
    form = _Form(*problem.method.quotient(problem.decision(w), problem.steps(w)))
    return form if np.isfinite(form.over).all() else None


def _ranked(problem: RankingProblem, weights: Array) -> Ranks:
    """Ranks (k, m) under each weight vector; zeros where the method is not defined."""
    try:
        return np.asarray(competition_ranks(problem.scores(weights), problem.method.better).T, dtype=np.int64)
    except InputError:
        if len(weights) == 1:
            return np.zeros((1, len(problem.alternatives)), dtype=np.int64)
        return np.concatenate([_ranked(problem, one[None]) for one in weights])


def _holds(ranks: Ranks, start: Ranks, only_first: bool) -> NDArray[np.bool_]:
    """Whether rankings (k, m) agree with the first one: in who is first, or in every order."""
    if only_first:
        return np.asarray(((ranks == 1) == (start == 1)).all(axis=1))
    return np.asarray((ranks == start).all(axis=1))


def _halved(
    problem: RankingProblem, origin: Array, way: Array, at: float, start: Ranks, only_first: bool
) -> tuple[float, float]:
    """Return where the ranking first changes, on either side: at many points, then by halving."""

    def holding(t: Array) -> NDArray[np.bool_]:
        return _holds(_ranked(problem, np.maximum(origin + t[:, None] * way, 0.0)), start, only_first)

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
        # a method that is undefined at the very end holds up to it
        bounds.append(end if abs(end - inside) < 1e-9 else float(inside))
    return bounds[0], bounds[1]


def _nearest_linear(problem: RankingProblem, scores: Array, w: Array, start: Ranks) -> Nearest | None:
    """Move weight from where the leader gains most against a rival to where the rival does, until they are level.

    *scores* (m, n) are those of a weight of 1 on one criterion alone; more is better.
    """
    leader = int(np.flatnonzero(start == 1)[0])
    best: Nearest | None = None
    for rival in range(len(scores)):
        gain = scores[rival] - scores[leader]
        short = -float(gain @ w)
        if rival == leader or gain.max() < -ROUNDING * np.abs(scores).max() or (short > 0 and gain.max() == gain.min()):
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
            best = Nearest(problem.alternatives[rival], np.maximum(to, 0.0), float(moved))
    return best


def _nearest_transfer(problem: RankingProblem, w: Array, start: Ranks) -> Nearest | None:
    """Move weight from one criterion to another until somebody else is first."""
    best: Nearest | None = None
    for i in np.flatnonzero(w > 0).tolist():
        for j in range(len(w)):
            if i == j:
                continue
            way = np.eye(len(w))[j] - np.eye(len(w))[i]
            t = w[i] * np.arange(POINTS + 1) / POINTS
            ranks = _ranked(problem, np.maximum(w + t[:, None] * way, 0.0))
            holds = _holds(ranks, start, True) | (ranks == 0).all(axis=1)
            if holds.all():
                continue
            k = int((~holds).argmax())
            inside, outside = (t[k - 1], t[k]) if k else (0.0, 0.0)
            if best is not None and inside >= best.distance:
                continue
            for _ in range(HALVINGS):
                middle = (inside + outside) / 2
                if _holds(_ranked(problem, (w + middle * way)[None]), start, True)[0]:
                    inside = middle
                else:
                    outside = middle
            found = _beyond(problem, w, way, float(outside), float(w[i]), start)
            if found is not None and (best is None or found.distance < best.distance):
                best = found
    return best


def _at_end(problem: RankingProblem, j: int, interval: Interval, w: Array, rest: Array, start: Ranks) -> Nearest | None:
    """Move weight to or from criterion j, the others in proportion, to the nearer end where the first one changes."""
    each = np.eye(len(w))[j]
    found = [
        _beyond(problem, w, way, abs(end - w[j]), reach, start)
        for end, way, reach in (
            (interval.first_low, rest - each, float(w[j])),
            (interval.first_high, each - rest, 1.0 - float(w[j])),
        )
        if reach > 0 and (0.0 < end < 1.0)
    ]
    return min((near for near in found if near is not None), key=lambda near: near.distance, default=None)


def _beyond(problem: RankingProblem, origin: Array, way: Array, at: float, most: float, start: Ranks) -> Nearest | None:
    """Return the first weights origin + t way, t from *at* on, under which the kernel has somebody else first."""
    sure = False
    for k in range(NUDGES):
        t = min(at + 1e-12 * (2.0**k - 1.0), most)
        to = np.maximum(origin + t * way, 0.0)
        try:
            there = competition_ranks(problem.score(to / to.sum()), problem.method.better)
        except InputError:
            there = start
        changed = not _holds(there[None], start, True)[0]
        if changed and (sure or t >= most):  # twice in a row: not by the rounding of the weights alone
            rival = next((int(r) for r in np.flatnonzero(there == 1) if start[r] != 1), None)
            lost = int(np.flatnonzero((start == 1) & (there != 1))[0]) if rival is None else rival
            return Nearest(problem.alternatives[lost], to / to.sum(), float(np.abs(to - origin).sum() / 2))
        if t >= most:
            break
        sure = changed
    return None


# --- rank reversal ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reversal(Brief):
    """A test of Wang & Triantaphyllou (2008), Ranking irregularities when evaluating alternatives, Omega 36, 45-63.

    Attributes
    ----------
    test : ``drop`` an alternative, ``copy`` it, or replace it, not being the best, by a ``worse`` one.
    alternative : its label.
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
    matrix: Table,
    weights: Weights | ByCriterion[float],
    directions: Directions,
    method: MethodName = "topsis",
    **options: Unpack[RankOptions],
) -> tuple[Reversal, ...]:
    """Drop each alternative, copy each, and make each that is not first worse; tell whose order turns round.

    Parameters
    ----------
    matrix, weights, directions, method, **options : as for `rank`.

    Returns
    -------
    A `Reversal` for each change, in the order of the alternatives.

    Raises
    ------
    InputError
        As for `rank`. Where the method is not defined after a change, the `Reversal` says so instead.

    Notes
    -----
    Source: Wang & Triantaphyllou (2008), Ranking irregularities when evaluating alternatives by using some ELECTRE
    methods, Omega 36, 45-63.

    Examples
    --------
    >>> found = rank_reversals([[9, 2], [6, 6], [1, 9]], [0.5, 0.5], "max", "topsis")
    >>> [(each.test, each.alternative, each.pairs) for each in found if each.pairs]
    [('copy', 0, ((0, 2),))]
    """
    whole = rank(matrix, weights, directions, method, **options)
    values, rows, columns = checks.matrix(matrix)
    values, signs = checks.directed(values, directions, columns)
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
