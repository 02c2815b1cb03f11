"""Stability of a ranking: weight stability intervals, and rank reversals when alternatives come and go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
from numpy.typing import NDArray

from .. import checks
from ..brief import Brief
from ..errors import InputError
from ..labels import ByCriterion, Table
from ..ranges import Directions
from ..ranking_problem import RankingProblem, formulate
from ..ranks import TIE, competition_ranks
from ..registry import Array, Way
from ..results import Weights
from ..tabular import Tabular, frame
from ..verbs import rank
from .crossings import Crossings
from .on_way import HALVINGS, POINTS, OnWay

if TYPE_CHECKING:
    import pandas as pd

    from ..names import MethodName, RankOptions

ROUNDING = 1e-12
"""A rival that is behind by less than this, of the largest score, is level."""
ROUGH = 1e-5
"""Scores in single precision that differ by more, of the larger one, are apart."""
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
class Stability(Tabular):
    """Weight stability intervals, and the nearest weights that change the first rank (None: none were found).

    Attributes
    ----------
    intervals : by criterion, in their order, an `Interval`: `criterion`, `weight`, `first_low` and `first_high`, within
        which whoever is first stays so, `low` and `high`, within which every order stays.
    nearest : the nearest weights under which another alternative is at least as good as the first one: its label
        `rival`, the `weights`, and their `distance`, the share of all weight that moves.
    exact : intervals end at roots of polynomials, and no change is missed. Else they are found at `POINTS` points and
        by halving.
    nearest_exact : alternatives order by what is linear in the weights, and nearest weights are in closed form. Else
        they are the nearest among moves from one criterion to another, found as the intervals are, and moves of one
        criterion with the others in proportion.
    proven : no weights put anybody before the first one: shown, not only not found. Where scores are linear in the
        weights, as no rival is ahead on any criterion alone; of TOPSIS, as no coefficient of the form that decides is
        below 0; else as the first one is as good on every criterion, which the method keeps (`Method.breaks`).
    """

    intervals: tuple[Interval, ...]
    nearest: Nearest | None
    exact: bool
    nearest_exact: bool
    proven: bool

    def to_frame(self) -> pd.DataFrame:
        """One row per criterion: its weight, and the intervals within which the first one and the order hold."""
        rows = [vars(each) for each in self.intervals]
        names = ("weight", "first_low", "first_high", "low", "high")
        data = {name: [row[name] for row in rows] for name in names}
        return frame(data, [row["criterion"] for row in rows], axis="criterion")

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        near = self.nearest
        return {
            "intervals": [dict(vars(each)) for each in self.intervals],
            "nearest": near and {"rival": near.rival, "weights": near.weights.tolist(), "distance": near.distance},
            "exact": self.exact,
            "nearest_exact": self.nearest_exact,
            "proven": self.proven,
        }


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
        As for `rank`. By COMET, which ranks its objects anew for every weight vector, of more than 8,192 objects too:
        those of 13 criteria with two values each.

    Notes
    -----
    Source: Mareschal (1988), Weight stability intervals in multicriteria decision aid, European Journal of Operational
    Research 33, 54-64.

    On 200 alternatives and 15 criteria it takes less than a second; ELECTRE III, whose distillations are a hundred
    classes one after another, takes about a second of the processor with numba (the extra ``fast``), and half a minute
    or more without.

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
    if problem.method.followed is not None:
        problem.method.followed(problem.decision(w), **problem.kernel_options)
    steps = problem.steps(w)  # tells what is not defined
    present = _Present.of(problem, w, steps)
    n = len(w)
    form = form_of(problem, w)
    linear = form is not None and form.power == 1
    if n == 1:
        return Stability(
            (Interval(problem.criteria[0], 1.0, 1.0, 1.0, 1.0, 1.0),), None, form is not None, linear, True
        )
    rest = np.where(np.eye(n, dtype=bool), 0.0, w)
    empty = rest.sum(axis=1, keepdims=True) == 0
    rest = np.where(empty, 1.0 - np.eye(n), rest)
    rest = rest / rest.sum(axis=1, keepdims=True)
    always = not linear and _never_behind(problem, form, present.ranks)
    if form is None:
        first, every = _searched(present, rest, always)
    else:
        first, every = (
            [form.crossings(rest[j], j, float(w[j]), present.ranks, only_first) for j in range(n)]
            for only_first in (True, False)
        )
    made = [Interval(problem.criteria[j], float(w[j]), *first[j], *every[j]) for j in range(n)]
    if form and linear:
        nearest = _nearest_linear(problem, form.over, w, present.ranks)
    elif always:
        nearest = None
    else:
        nearest = _nearest_transfer(present, _nearest_end(present, made, rest))
    exact = form is not None or present.crossings is not None
    return Stability(tuple(made), nearest, exact, linear, nearest is None and (linear or always))


def _never_behind(problem: RankingProblem, form: Form | None, start: Ranks) -> bool:
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
class Form:
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


def form_of(problem: RankingProblem, w: Array) -> Form | None:
    """Return the quotient by which alternatives order, None where none is defined for all weights."""
    if problem.method.linear:
        scores = problem.scores(np.eye(len(w))) * (1.0 if problem.method.better == "higher" else -1.0)
        return Form(scores, np.ones_like(scores), 1)
    if problem.method.quotient is None:
        return None
    form = Form(*problem.method.quotient(problem.decision(w), problem.steps(w)))
    return form if np.isfinite(form.over).all() else None


@dataclass(frozen=True)
class _Present:
    """The ranking by the weights *w* at hand, and whether it holds under others.

    Attributes
    ----------
    steps : the method's tables.
    order, groups : alternatives from the best to the worst, and where among them each group of equals starts.
    crossings : where the ranking changes, if it depends on the order of alternatives in lists alone.
    along : the ranking on a way from *w*, if the method has it.
    """

    problem: RankingProblem
    w: Array
    steps: Mapping[str, Array]
    ranks: Ranks
    order: Ranks
    groups: Ranks
    crossings: Crossings | None = None
    along: Callable[[Array], Way] | None = None

    @classmethod
    def of(cls, problem: RankingProblem, w: Array, steps: Mapping[str, Array]) -> _Present:
        ranks = competition_ranks(problem.scores(w[None], steps), problem.method.better)[:, 0].astype(np.int64)
        order = np.argsort(ranks, kind="stable")
        lists = problem.method.lists
        crossings = None if lists is None else Crossings.of(lists(problem.decision(w), steps), w, ranks)
        start, along = problem.method.along, None
        if start is not None:
            along = start(problem.decision(w), problem.prepared or steps, ranks, **problem.kernel_options)
        groups = np.flatnonzero(np.diff(ranks[order], prepend=0))
        return cls(problem, w, steps, ranks, order, groups, crossings, along)

    @cached_property
    def shown(self) -> bool:
        """Whether it is shown at *w* itself who is first."""
        return self.along is not None and self.along(np.zeros_like(self.w)).shown(0.0, 0.0)

    def holds(self, weights: Array, only_first: bool, undefined: bool = False) -> NDArray[np.bool_]:
        """Tell for (k, n) weights whether the same are first, or every order is the same.

        Nothing is sorted: groups that follow each other are apart, and none falls apart. *undefined* is the answer
        where the method is not defined.
        """
        held = [self._held(weights[part], only_first, undefined) for part in self.problem.parts(len(weights))]
        return np.concatenate(held) if held else np.zeros(0, dtype=bool)

    def _held(self, weights: Array, only_first: bool, undefined: bool) -> NDArray[np.bool_]:
        firsts = len(self.order) if len(self.groups) == 1 else int(self.groups[1])
        level = firsts > 1 if only_first else len(self.groups) < len(self.order)
        if self.problem.method.rough is None or level:
            return self._same(self.problem.scores(weights, self.steps, undefined="nan"), only_first, undefined)
        rough = self._scored(weights, np.arange(len(self.order)), np.float32)[self.order]
        held, left = np.empty(len(weights), dtype=bool), np.flatnonzero(~np.isfinite(rough[0]))
        if left.size:
            scores = self.problem.scores(weights[left], self.steps, undefined="nan")
            held[left] = self._same(scores, only_first, undefined)
        told = np.flatnonzero(np.isfinite(rough[0]))
        ahead, behind = (rough[:1], rough[1:]) if only_first else (rough[:-1], rough[1:])
        gap = ahead[:, told] - behind[:, told]
        width = ROUGH * np.maximum(ahead[:, told], behind[:, told])
        held[told] = (gap > width).all(axis=0)
        doubtful = np.flatnonzero(~held[told] & (gap >= -width).all(axis=0))
        if doubtful.size:  # who is so near that single precision does not tell
            near = np.flatnonzero((gap[:, doubtful] <= width[:, doubtful]).any(axis=1))
            above, below = self.order[0 * near if only_first else near], self.order[near + 1]
            rows = np.union1d(above, below)
            some = told[doubtful]
            scores = self._scored(weights[some], rows, np.float64)
            one, other = scores[np.searchsorted(rows, above)], scores[np.searchsorted(rows, below)]
            floor = 1e-15 * rough[:, some].max(axis=0)
            held[some] = (one - other > TIE * np.maximum(one, other) + floor).all(axis=0)
        return held

    def _scored(self, weights: Array, rows: Ranks, precision: type[np.floating[Any]]) -> Array:
        """Return the scores of some alternatives, more is better, nan where the method is not defined."""
        problem, rough = self.problem, self.problem.method.rough
        assert rough is not None
        with np.errstate(all="ignore"):
            decision, steps = problem.decision(weights.T), problem.prepared or self.steps
            return rough(decision, steps, rows, precision, **problem.kernel_options)

    def _same(self, scores: Array, only_first: bool, undefined: bool) -> NDArray[np.bool_]:
        """Tell whether groups of equals that follow each other are apart, and none falls apart."""
        key = scores[self.order] if self.problem.method.better == "higher" else -scores[self.order]
        defined = np.isfinite(key[0])
        key[:, ~defined] = 0.0
        starts = self.groups[:2] if only_first else self.groups
        best, worst = (
            (key, key) if len(starts) == len(key) else (f.reduceat(key, starts) for f in (np.maximum, np.minimum))
        )
        floor = 1e-15 * np.maximum(key.max(axis=0), -key.min(axis=0))
        same = (best[:-1] - best[1:] > TIE * np.maximum(np.abs(best[:-1]), np.abs(best[1:])) + floor).all(axis=0)
        if best is not key:
            groups = slice(0, 1) if only_first else slice(None)
            best, worst = best[groups], worst[groups]
            same &= (best - worst <= TIE * np.maximum(np.abs(best), np.abs(worst)) + floor).all(axis=0)
        return np.where(defined, same, undefined)

    def first_changes(
        self, ways: Array, reach: Array, only_first: bool, *, nearest: float | None = None, known: Array | float = 0.0
    ) -> tuple[Array, Array]:
        """Return where on each of (r, n) ways w + t way, t from 0 to *reach*, the ranking first changes.

        It holds at the first of two (r,) answers, and no more at the second, which is infinite where it holds all the
        way: found by `crossings`, or at `POINTS` points, and between two of them by halving. Given *nearest*, only the
        least change that is nearer is wanted: ways that cannot have it are left, and where the method is not defined
        counts as no change. Up to *known* it is known to hold.
        """
        least = np.inf if nearest is None else nearest
        inside, outside = np.zeros(len(ways)), np.full(len(ways), np.inf)
        known = np.broadcast_to(known, len(ways))
        if self.crossings is not None:
            for way in np.flatnonzero(reach > 0).tolist():
                outside[way] = self.crossings.first_change(ways[way], min(float(reach[way]), least), only_first)
                if nearest is not None:
                    least = min(least, outside[way])
            return outside, outside
        if self.along is not None:
            for way in np.flatnonzero(reach > 0).tolist():
                on = OnWay(self.along(ways[way]), float(reach[way]), only_first, only_first and self.shown)
                inside[way], outside[way] = on.first_change(least, float(known[way]))
                if nearest is not None:
                    least = min(least, outside[way])
            return inside, outside
        done, size = 0, 1
        going = np.flatnonzero(reach > 0)
        while done < POINTS and going.size:
            steps = np.arange(done + 1, min(done + size, POINTS) + 1)
            t = reach[going, None] * (steps / POINTS)
            asked = (t > known[going, None]) & (t < least)  # where a change is no news
            held = self._along(ways[going], t, asked, only_first, nearest is not None)
            changed = ~held.all(axis=1)
            k = np.where(changed, (~held).argmax(axis=1), len(steps))  # points at which it holds before it changes
            before = np.column_stack([inside[going], t])
            inside[going] = np.take_along_axis(before, k[:, None], axis=1)[:, 0]
            outside[going[changed]] = t[changed, k[changed]]
            if nearest is not None:
                least = min(least, outside.min())
            going = going[~changed]
            going = going[reach[going] * (steps[-1] / POINTS) < least]
            done, size = int(steps[-1]), min(2 * size, 32)
        at = np.flatnonzero(np.isfinite(outside))
        for _ in range(HALVINGS):
            if nearest is not None:
                at = at[inside[at] < min(nearest, outside.min())]
            if not at.size:
                break
            middle = (inside[at] + outside[at]) / 2
            asked = middle > known[at]
            held = self._along(ways[at], middle[:, None], asked[:, None], only_first, nearest is not None)[:, 0]
            inside[at[held]], outside[at[~held]] = middle[held], middle[~held]
        return inside, outside

    def _along(
        self, ways: Array, t: Array, asked: NDArray[np.bool_], only_first: bool, undefined: bool
    ) -> NDArray[np.bool_]:
        """Tell for (r, k) places t on (r, n) ways whether the ranking holds; it does where that is not *asked*."""
        way, _ = np.nonzero(asked)
        held = np.ones(t.shape, dtype=bool)
        held[asked] = self.holds(np.maximum(self.w + t[asked][:, None] * ways[way], 0.0), only_first, undefined)
        return held


Ends = list[tuple[float, float]]


def _searched(present: _Present, rest: Array, always: bool) -> tuple[Ends, Ends]:
    """Return by criterion where the first rank changes, and where the ranking does, below and above its weight.

    The other criteria weigh as *rest* (n, n). *always*: the first one stays so. No other is first before the ranking
    changes.
    """
    w, n = present.w, len(present.w)
    ways, reach = np.vstack([np.eye(n) - rest] * 2) * np.repeat([-1.0, 1.0], n)[:, None], np.concatenate([w, 1.0 - w])

    def ends(inside: Array, outside: Array) -> Ends:
        # a method that is undefined at the very end holds up to it
        low = np.where(np.isfinite(outside[:n]) & (w - inside[:n] >= 1e-9), w - inside[:n], 0.0)
        high = np.where(np.isfinite(outside[n:]) & (1.0 - w - inside[n:] >= 1e-9), w + inside[n:], 1.0)
        return list(zip(low.tolist(), high.tolist(), strict=True))

    inside, outside = present.first_changes(ways, reach, False)
    if always:
        return [(0.0, 1.0)] * n, ends(inside, outside)
    return ends(*present.first_changes(ways, reach, True, known=inside)), ends(inside, outside)


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


def _nearest_transfer(present: _Present, best: Nearest | None) -> Nearest | None:
    """Move weight from one criterion to another until somebody else is first; *best* unless that is nearer."""
    w, n = present.w, len(present.w)
    pairs = np.array([(i, j) for i in np.flatnonzero(w > 0) for j in range(n) if i != j])
    while pairs.size:
        ways = np.eye(n)[pairs[:, 1]] - np.eye(n)[pairs[:, 0]]
        reach = w[pairs[:, 0]]
        _, outside = present.first_changes(ways, reach, True, nearest=np.inf if best is None else best.distance)
        k = int(outside.argmin())
        if not np.isfinite(outside[k]):
            break
        found = _beyond(present, ways[k], float(outside[k]), float(reach[k]))
        if found is not None:
            return found if best is None or found.distance < best.distance else best
        pairs = np.delete(pairs, k, axis=0)
    return best


def _nearest_end(present: _Present, intervals: list[Interval], rest: Array) -> Nearest | None:
    """Move weight to or from one criterion, the others in proportion, to the nearest end of whoever is first."""
    ends = [
        (abs(end - i.weight), way, reach)
        for i, each, others in zip(intervals, np.eye(len(rest)), rest, strict=True)
        for end, way, reach in (
            (i.first_low, others - each, i.weight),
            (i.first_high, each - others, 1.0 - i.weight),
        )
        if reach > 0 and 0.0 < end < 1.0
    ]
    best: Nearest | None = None
    for at, way, reach in sorted(ends, key=lambda end: end[0]):
        if best is not None and at >= best.distance:
            break
        found = _beyond(present, way, at, reach)
        if found is not None and (best is None or found.distance < best.distance):
            best = found
    return best


def _beyond(present: _Present, way: Array, at: float, most: float) -> Nearest | None:
    """Return the first weights w + t way, t from *at* on, under which somebody else is first."""
    problem, start = present.problem, present.ranks
    sure = False
    for k in range(NUDGES):
        t = min(at + 1e-12 * (2.0**k - 1.0), most)
        to = np.maximum(present.w + t * way, 0.0)
        scores = problem.scores((to / to.sum())[None], present.steps, undefined="nan")[:, 0]
        there = competition_ranks(scores, problem.method.better) if np.isfinite(scores).all() else start
        changed = bool(((there == 1) != (start == 1)).any())
        if changed and (sure or t >= most):  # twice in a row: not by the rounding of the weights alone
            rival = next((int(r) for r in np.flatnonzero(there == 1) if start[r] != 1), None)
            lost = int(np.flatnonzero((start == 1) & (there != 1))[0]) if rival is None else rival
            return Nearest(problem.alternatives[lost], to / to.sum(), float(np.abs(to - present.w).sum() / 2))
        if t >= most:
            break
        sure = changed
    return None


# --- rank reversal ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reversal(Tabular):
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

    def to_frame(self) -> pd.DataFrame:
        """One row per pair whose order turned round: who was before whom."""
        return frame(self.pairs, columns=("before", "behind"))

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {**vars(self), "pairs": [list(pair) for pair in self.pairs]}


def _turned(old: Ranks, now: Ranks) -> Iterator[tuple[int, int]]:
    """Yield pairs (before, behind) by *old* ranks that stand the other way round *now*, row by row of the first.

    Who is behind none that was behind it, and before none that was before it, takes no part.
    """
    order = np.lexsort((now, old))
    highest = np.maximum.accumulate(now[order])
    lowest = np.minimum.accumulate(now[order][::-1])[::-1]
    part = np.sort(order[(now[order] > lowest) | (now[order] < highest)])
    turned = (old[part][:, None] < old[part]) & (now[part][:, None] > now[part])
    for a, b in np.argwhere(turned):
        yield int(part[a]), int(part[b])


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
            pairs = tuple((rows[kept[a]], rows[kept[b]]) for a, b in _turned(old, now))
            first = bool(((now == now.min()) != (old == old.min())).any())
            made.append(Reversal(test, rows[i], first, pairs))
    return tuple(made)
