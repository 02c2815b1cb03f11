"""Exact proof of a plan: rational arithmetic from the first number to the last, every float taken as the rational it is.

The solver's values are hints only. The rows that are tight at the plan, the columns between their bounds and the rows
with a price give a basis B; one elimination of B yields a point (B x = b) and row duals (B'y = c) that are complementary
to each other. Where the signs hold too, value and bound are the same number and nothing is left to a tolerance.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import numpy as np

from .faces import at_bounds, tight
from .model import INF, Model, reduced_costs
from .programme import Array
from .solvers import Solution

Reason = Literal["infeasible", "not_optimal", "another_plan"]
Vector = list[Fraction]
Entries = dict[int, Fraction]

ROUNDING = Fraction(1, 10**9)
"""A plan nearer than this to a point (relative to max(1, |x|)) is that point, rounded."""

NO_PIVOT = 1e-11
"""What is left of a row by cancellation is no pivot below this, relative to the row's largest entry."""

REPAIRS = 100
"""Exchanges of a constraint that decimal data makes tight, but the rationals behind them do not quite."""

ZERO = Fraction(0)


@dataclass(frozen=True)
class ExactCertificate:
    """What rational arithmetic says of a plan.

    Attributes
    ----------
    exact : the plan is, but for rounding, a point that is proven: feasible, and optimal by duals that leave no gap at
        all. With whole numbers: proven feasible; the bound is the solver's.
    reason : why not exact, None where it is.
    value, bound : objective of the point, and what no point can exceed; None where the duals give no finite bound.
    primal_violation : largest violation of a row or bound at the point, relative to max(1, |bound|).
    dual_violation : largest dual of a row that is not tight, and largest reduced cost of a column that could still move
        in the direction it pays, relative to the largest objective coefficient; None with whole numbers.
    distance : largest difference between the plan and the point, relative to max(1, |x|).
    dual_distance : the same between the row duals given and those that prove, relative to the largest of them.
    """

    exact: bool
    reason: Reason | None
    value: Fraction
    bound: Fraction | None
    primal_violation: Fraction
    dual_violation: Fraction | None
    distance: Fraction
    dual_distance: Fraction | None

    @property
    def gap(self) -> Fraction | None:
        """Bound - value: 0 where the plan is optimal."""
        return None if self.bound is None else self.bound - self.value


def certify_exact(model: Model, x: Array, row_dual: Array) -> ExactCertificate:
    """Prove the point x (N,) by the row duals (M,), for a model without whole numbers; both may be rounded."""
    lp = _Rational(model)
    point, y = _near(lp, x, row_dual)
    bounds = [bound for bound in (_dual_bound(lp, y), _dual_bound(lp, [Fraction(v) for v in row_dual.tolist()])) if bound is not None]
    dual = _dual_violation(lp, point, y)
    made = _certificate(lp, x, point, min(bounds, default=None))
    if made.primal_violation == 0 and (dual or made.gap != 0):
        made = replace(made, exact=False, reason="not_optimal")
    return replace(made, dual_violation=dual, dual_distance=_distance(row_dual, y, max(map(abs, y), default=ZERO)))


def certify_exact_whole(model: Model, x: Array, bound: float) -> ExactCertificate:
    """Prove that a point of whole numbers is feasible, and its value against *bound*, which is the solver's word."""
    whole = np.round(x)
    settled = replace(
        model,
        objective=np.zeros(len(x)),
        column_lower=np.where(model.integer, whole, model.column_lower),
        column_upper=np.where(model.integer, whole, model.column_upper),
    )
    point, _ = _near(_Rational(settled), x, np.zeros(len(model.row_lower)))
    return _certificate(_Rational(model), x, point, Fraction(bound) if abs(bound) < INF else None)


def _certificate(lp: _Rational, x: Array, point: Vector, bound: Fraction | None) -> ExactCertificate:
    broken, distance = _primal_violation(lp, point), _distance(x, point)
    reason: Reason | None = "infeasible" if broken else "another_plan" if distance > ROUNDING else None
    value = total(c * v for c, v in zip(lp.objective, point, strict=True) if c and v)
    return ExactCertificate(reason is None, reason, value, bound, broken, None, distance, None)


# --- the model in rationals ------------------------------------------------------------------------------------------


def total(terms: Iterable[Fraction]) -> Fraction:
    """Sum in pairs: numbers of like length meet, which keeps long sums of unlike denominators cheap."""
    left = list(terms)
    while len(left) > 1:
        left = [a + b for a, b in zip(left[::2], left[1::2], strict=False)] + left[len(left) & ~1 :]
    return left[0] if left else ZERO


def _finite(bounds: Array) -> list[Fraction | None]:
    return [Fraction(b) if abs(b) < INF else None for b in bounds.tolist()]


def _beyond(value: Fraction, low: Fraction | None, high: Fraction | None) -> Fraction:
    """How far a value is above (> 0) or below (< 0) its bounds; 0 between them."""
    if high is not None and value > high:
        return value - high
    return value - low if low is not None and value < low else ZERO


class _Rational:
    """A model in rationals, row by row and column by column."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.objective = [Fraction(c) for c in model.objective.tolist()]
        self.column_bounds = list(zip(_finite(model.column_lower), _finite(model.column_upper), strict=True))
        self.row_bounds = list(zip(_finite(model.row_lower), _finite(model.row_upper), strict=True))
        self.rows: list[Entries] = [{} for _ in self.row_bounds]
        self.columns: list[Entries] = [{} for _ in self.column_bounds]
        for i, j, v in zip(model.row.tolist(), model.column.tolist(), model.value.tolist(), strict=True):
            if v:
                self.rows[i][j] = self.columns[j][i] = self.rows[i].get(j, ZERO) + Fraction(v)

    def activity(self, i: int, x: Sequence[Fraction]) -> Fraction:
        return total(a * x[j] for j, a in self.rows[i].items() if x[j])

    def reduced_cost(self, j: int, y: Sequence[Fraction]) -> Fraction:
        return self.objective[j] - total(a * y[i] for i, a in self.columns[j].items() if y[i])


# --- checks: all that the proof rests on -----------------------------------------------------------------------------


def _primal_violation(lp: _Rational, x: Vector) -> Fraction:
    """Largest violation of a row or bound, relative to max(1, |bound|)."""
    activity = [lp.activity(i, x) for i in range(len(lp.rows))]
    worst = ZERO
    for value, (low, high) in zip([*x, *activity], [*lp.column_bounds, *lp.row_bounds], strict=True):
        if beyond := _beyond(value, low, high):
            met = high if beyond > 0 else low
            assert met is not None
            worst = max(worst, abs(beyond) / max(1, abs(met)))
    return worst


def _dual_violation(lp: _Rational, x: Vector, y: Vector) -> Fraction:
    """Largest dual of a row that is not at the bound it prices, and reduced cost of a column not at the one it pays."""
    scale = lp.model.row_scale.tolist()
    rows = ((v / Fraction(s), lp.activity(i, x), lp.row_bounds[i]) for i, (v, s) in enumerate(zip(y, scale, strict=True)) if v)
    columns = ((lp.reduced_cost(j, y), x[j], lp.column_bounds[j]) for j in range(len(x)))
    worst = ZERO
    for dual, value, (low, high) in (*rows, *columns):
        if (dual > 0 and value != high) or (dual < 0 and value != low):
            worst = max(worst, abs(dual))
    return worst / (max(map(abs, lp.objective), default=ZERO) or 1)


def _dual_bound(lp: _Rational, row_dual: Vector) -> Fraction | None:
    """Upper bound on the objective of every feasible point, from any row duals; wrong signs are set to 0."""
    y = [v if (v > 0 and high is not None) or (v < 0 and low is not None) else ZERO
         for v, (low, high) in zip(row_dual, lp.row_bounds, strict=True)]  # fmt: skip
    d = [lp.reduced_cost(j, y) for j in range(len(lp.columns))]
    terms = []
    for dual, (low, high) in zip([*y, *d], [*lp.row_bounds, *lp.column_bounds], strict=True):
        if dual:
            end = high if dual > 0 else low
            if end is None:
                return None
            terms.append(dual * end)
    return total(terms)


def _distance(given: Array, exact: Vector, size: Fraction = ZERO) -> Fraction:
    """Largest difference of an entry, relative to *size*, or to max(1, |entry|) where it is 0."""
    return max((abs(Fraction(g) - e) / (size or max(1, abs(e))) for g, e in zip(given.tolist(), exact, strict=True)), default=ZERO)


# --- a basis, and what it gives --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Basis:
    """B = L U in the order of its pivots: `upper` holds the rows of U, `lower` what was taken off each row."""

    pivots: list[tuple[int, int]]
    upper: dict[int, Entries]
    lower: dict[int, Entries]

    def solve(self, b: Entries) -> Entries:
        """x of B x = b."""
        b, x = dict(b), {}
        for i, _ in self.pivots:
            b[i] = total([b[i], *(-f * b[k] for k, f in self.lower[i].items() if b[k])])
        for i, j in reversed(self.pivots):
            x[j] = total([b[i], *(-a * x[k] for k, a in self.upper[i].items() if k != j and x[k])]) / self.upper[i][j]
        return x

    def solve_transposed(self, c: Entries) -> Entries:
        """y of B'y = c."""
        left, y = {j: [c.get(j, ZERO)] for _, j in self.pivots}, {}
        for i, j in self.pivots:
            y[i] = total(left[j]) / self.upper[i][j]
            if y[i]:
                for k, a in self.upper[i].items():
                    if k != j:
                        left[k].append(-a * y[i])
        taken: dict[int, Vector] = {i: [] for i, _ in self.pivots}
        for i, _ in reversed(self.pivots):
            y[i] = total([y[i], *taken[i]])
            for k, f in self.lower[i].items():
                taken[k].append(-f * y[i])
        return y


def _eliminate(lp: _Rational, priced: set[int], tight: set[int], between: set[int], at_bound: set[int]) -> _Basis:
    """Take as many pivots as there are: rows *priced* first, then *tight*, in columns *between*.

    What is then left of priced rows has its pivots in columns *at_bound* (basic, but degenerate). Short rows first, and
    in them the column of fewest entries: most rows are triangular and cost nothing.
    """
    rows = {i: {j: a for j, a in lp.rows[i].items() if j in between or j in at_bound} for i in priced | tight}
    columns: dict[int, set[int]] = {j: set() for j in between | at_bound}
    for i, row in rows.items():
        for j in row:
            columns[j].add(i)
    least = {i: NO_PIVOT * max((abs(float(a)) for a in row.values()), default=0.0) for i, row in rows.items()}
    lower: dict[int, Entries] = {i: {} for i in rows}
    pivots: list[tuple[int, int]] = []

    stage = {i: int(i not in priced) for i in rows}
    heap = [(stage[i], len(row), i) for i, row in rows.items()]
    heapq.heapify(heap)
    done: dict[int, Entries] = {}
    while heap:
        _, length, i = heapq.heappop(heap)
        if i in done or length != len(rows[i]):
            continue  # changed since: its turn stands further on
        size = {j: abs(float(a)) for j, a in rows[i].items()}
        usable = [j for j, a in size.items() if a > least[i]]
        candidates = [j for j in usable if j in between] or [j for j in usable if stage[i] == 2]
        if not candidates:
            if stage[i] == 0:
                stage[i] = 2
                heapq.heappush(heap, (2, length, i))
            continue
        enough = 1e-3 * max(size[j] for j in candidates)
        j = min((j for j in candidates if size[j] >= enough), key=lambda j: (len(columns[j]), j))
        pivots.append((i, j))
        pivot = done[i] = rows.pop(i)
        for at in pivot:
            columns[at].discard(i)
        for k in columns.pop(j):
            factor = lower[k][i] = rows[k].pop(j) / pivot[j]
            for at, a in pivot.items():
                if at == j:
                    continue
                changed = rows[k].get(at, ZERO) - factor * a
                if changed:
                    rows[k][at] = changed
                    columns[at].add(k)
                else:
                    del rows[k][at]
                    columns[at].discard(k)
            heapq.heappush(heap, (stage[k], len(rows[k]), k))
    basic = {j for _, j in pivots}
    upper = {i: {j: a for j, a in row.items() if j in basic} for i, row in done.items()}
    return _Basis(pivots, upper, lower)


def _near(lp: _Rational, x: Array, row_dual: Array) -> tuple[Vector, Vector]:
    """Return a point within rounding of x and duals that are complementary to it, both exact.

    Where constraints that the plan makes tight cannot all be so in rationals, one that fails is exchanged for another
    by the rule of the dual simplex method, until none fails.
    """
    model = lp.model
    hint = Solution("optimal", x, row_dual, reduced_costs(model, row_dual))
    size = hint.accuracy * max(float(np.abs(model.objective).max(initial=0.0)), np.finfo(float).tiny)
    low, high = at_bounds(model, hint)
    row_low, row_high = tight(model, hint)
    fixed = low | high
    at: dict[int, Fraction] = {}
    for j in np.flatnonzero(fixed).tolist():
        bound = lp.column_bounds[j][0 if low[j] and not (high[j] and hint.reduced_cost[j] > 0) else 1]
        assert bound is not None
        at[j] = bound
    met: dict[int, Fraction] = {}
    for i in np.flatnonzero(row_low | row_high).tolist():
        bound = lp.row_bounds[i][0 if row_low[i] and not (row_high[i] and row_dual[i] > 0) else 1]
        assert bound is not None
        met[i] = bound
    priced = {i for i in met if abs(row_dual[i]) > size * model.row_scale[i]}
    loose = fixed & (np.abs(hint.reduced_cost) <= size) & (model.column_lower < model.column_upper)
    between, spare = set(np.flatnonzero(~fixed).tolist()), set(np.flatnonzero(loose).tolist())
    basis = _eliminate(lp, priced, set(met) - priced, between, spare)
    point, y = _complementary(lp, basis, x, at, met)
    return point, y


def _complementary(lp: _Rational, basis: _Basis, x: Array, at: Entries, met: Entries) -> tuple[Vector, Vector]:
    """Point with the basis' rows met and its other columns *at* a bound, or else as given; duals of no reduced cost."""
    basic = {j for _, j in basis.pivots}
    point = [ZERO if j in basic else at.get(j, Fraction(v)) for j, v in enumerate(x.tolist())]
    solved = basis.solve({i: met[i] - lp.activity(i, point) for i, _ in basis.pivots})
    duals = basis.solve_transposed({j: lp.objective[j] for j in basic})
    return [solved.get(j, v) for j, v in enumerate(point)], [duals.get(i, ZERO) for i in range(len(lp.rows))]
