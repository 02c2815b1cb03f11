"""The areas of a region of weights in which one plan is best, all of them, and the value of the best plan everywhere.

The value of a plan x under weights w is w q(x), so the best value f(w) is convex and piecewise linear. Its upper graph
{(w, u): w in W, u >= w q_k} is built from one plan: where f(w) > u at a vertex, the plan found there cuts it off
(double description, Motzkin et al. 1953). When every vertex is exact, f and all areas are known exactly.

Most vertices need no solving: a basis that is optimal somewhere proves every weight at which its reduced costs, which
are linear in the weights, have the right signs.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..brief import Brief
from ..model.model import Model
from ..model.programme import Array, Index
from ..solve.highs_input import passed, run_in_time
from ..solve.lexicographic import InfeasibleProgramme, SolverLimit
from ..solve.proof.certificate import primal_violation
from ..solve.solution import Solver
from ..solve.solvers import HOLDS, is_highs

if TYPE_CHECKING:
    import highspy

Mask = NDArray[np.bool_]

EXACT = 1e-9
"""Share of the value by which a vertex may lie below the best value there."""
ON = 1e-10
"""A vertex within this of a bound is on it, as a share of the value for bounds by plans."""
SIGN = 1e-9
"""A reduced cost up to this share of the largest coefficient has no sign."""
SAME = 1e-9
"""Two plans are one area if what they close by factor differs by no more than this share of the value."""

COUNT = np.array([number.bit_count() for number in range(256)], dtype=np.uint8)
"""Bits of a byte."""


@dataclass(frozen=True)
class Basis(Brief):
    """An optimal basis: which weights it proves.

    Attributes
    ----------
    reduced : (N + M, F) reduced costs of columns and prices of rows, per weight.
    sign : (N + M,) 1 at an upper bound, -1 at a lower one, 0 in the basis or fixed.
    basic : (M,) columns in the basis, N + i for the i-th row's own.
    """

    reduced: Array
    sign: Array
    basic: Index

    def proves(self, weights: Array, room: float) -> Mask:
        """Tell under which of the weights (V, F) it is optimal."""
        counts = self.sign != 0
        # no matrix product: its threads take longer to start than all of this
        worst = np.einsum("rf,vf->rv", self.sign[counts, None] * self.reduced[counts], weights).min(axis=0, initial=0.0)
        return np.asarray(worst >= -room)


@dataclass(frozen=True)
class Areas(Brief):
    """The vertices of the upper graph, and the plans whose areas they bound.

    Attributes
    ----------
    weights : (V, F); value : (V,) the best value there; proven : (V,) it is exact.
    plan : (K, N) plans; closes : (K, F) what each is worth by factor.
    best_at : (V, K) which plans are best at which vertex.
    full : (K,) whether the area of a plan has the dimension of the region.
    middle : (K, F) mean of the vertices of each area.
    solved : programs solved.
    bases : optimal bases, which prove vertices; `proof` (V,) which one does, -1 for none; `of_plan` of which plan each
        is.
    """

    weights: Array
    value: Array
    proven: Mask
    plan: Array
    closes: Array
    best_at: Mask
    full: Mask
    middle: Array
    solved: int
    bases: list[Basis]
    proof: Index
    of_plan: list[int]

    @property
    def exact(self) -> bool:
        """Whether every vertex is exact: areas and best values are known everywhere."""
        return bool(self.proven.all())


@dataclass
class Graph:
    """The upper graph while it is built: its vertices, and the bounds that each is on."""

    rows: Array
    least: Array
    points: Array
    value: Array
    tight: Mask
    corner: Index
    dimension: int
    closes: list[Array] = field(default_factory=list)

    @classmethod
    def over(cls, corners: Array, rows: Array, least: Array, closes: Array) -> Graph:
        """Begin with one plan, over the corners (V, F) of the region ``rows w >= least``."""
        size = ON * np.maximum(1.0, np.abs(rows).max(axis=1, initial=0.0))
        tight = np.abs(corners @ rows.T - least) <= size
        made = cls(rows, least, corners, corners @ closes, tight, np.arange(len(corners)), _rank(corners))
        made.tight = np.column_stack([tight, np.ones(len(corners), dtype=bool)])
        made.closes.append(closes)
        return made

    def cut(self, closes: Array, size: float) -> Index:
        """Cut off what lies below a plan's value; return for each vertex the one that it was, -1 for new ones.

        An edge that is cut gives a vertex; two vertices share an edge if no third one is on all bounds that both are
        on, and one of these is a plan's (else the edge between them is a vertical wall). Above each corner of the
        region the cut makes a vertex of its own.
        """
        over = self.value - self.points @ closes
        room = ON * size
        below, above = np.flatnonzero(over < -room), np.flatnonzero(over > room)
        walls = len(self.rows)
        made, made_tight = [], []
        # what shares an edge that is cut is on a plan that a vertex below is on: the rest is not looked at
        of_below = np.flatnonzero(self.tight[below, walls:].any(axis=0))
        near = np.flatnonzero(self.tight[:, walls + of_below].any(axis=1))
        above = np.intersect1d(above, near, assume_unique=True)
        bits, of_plans = _packed(self.tight[near]), _packed(self.tight[near][:, walls + of_below])
        first, last = np.searchsorted(near, below), np.searchsorted(near, above)
        pairs = np.argwhere((of_plans[first, None] & of_plans[None, last]).any(axis=-1))
        i, j = first[pairs[:, 0]], last[pairs[:, 1]]
        enough = COUNT[(bits[i] & bits[j]).view(np.uint8)].sum(axis=1) >= max(self.dimension, 1)
        i, j = i[enough], j[enough]
        if len(i):
            common = bits[i] & bits[j]
            edge = np.array([((bits & one) == one).all(axis=1).sum() == 2 for one in common], dtype=bool)
            i, j = near[i[edge]], near[j[edge]]
            both = self.tight[i] & self.tight[j]
            share = (over[j] / (over[j] - over[i]))[:, None]
            made.append(share * self.points[i] + (1 - share) * self.points[j])
            made_tight.append(both)
        upright = below[self.corner[below] >= 0]
        kept = np.flatnonzero(over >= -room)
        points = np.concatenate([self.points[kept], *made, self.points[upright]])
        values = np.concatenate([self.value[kept], np.concatenate([*made, self.points[upright]]) @ closes])
        # above a corner only the walls of the region go on
        standing = self.tight[upright].copy()
        standing[:, walls:] = False
        held = np.concatenate([self.tight[kept], *made_tight, standing])
        on = np.concatenate([np.abs(over[kept]) <= room, np.ones(len(points) - len(kept), dtype=bool)])
        was = np.concatenate([kept, np.full(len(points) - len(kept), -1)])
        corner = np.concatenate([self.corner[kept], np.full(sum(map(len, made)), -1), self.corner[upright]])
        self.points, self.value, self.corner = points, values, corner.astype(np.int64)
        self.tight = np.column_stack([held, on])
        self.closes.append(closes)
        # two edges that meet in the cut give the same vertex
        ons = np.flatnonzero(on)
        seen = {one.tobytes(): n for n, one in reversed(list(zip(ons.tolist(), _packed(self.tight[ons]), strict=True)))}
        first = np.sort(np.concatenate([np.flatnonzero(~on), np.array(list(seen.values()), dtype=np.int64)]))
        self.points, self.value, self.corner = self.points[first], self.value[first], self.corner[first]
        self.tight = self.tight[first]
        return np.asarray(was[first])


def _packed(tight: Mask) -> NDArray[np.uint64]:
    """Pack rows of bits into words: (V, C) to (V, words)."""
    packed = np.packbits(tight, axis=1)
    room = -packed.shape[1] % 8
    return np.ascontiguousarray(np.pad(packed, ((0, 0), (0, room)))).view(np.uint64)


def _rank(points: Array) -> int:
    """Dimension of the hull of points (V, F)."""
    if len(points) < 2:
        return 0
    return int(np.linalg.matrix_rank(points - points[0], tol=1e-9))


@dataclass
class Asked:
    """A program under one weight after the other, ``weights @ parts``, by HiGHS from the basis before."""

    model: Model
    parts: Array
    solver: Solver

    def __post_init__(self) -> None:
        self.highs: highspy.Highs | None = None
        self.solved = 0
        self.warm = is_highs(self.solver) and not self.model.is_mixed

    def __call__(self, weights: Array, little: Array | float = 0.0) -> tuple[Array, float, Basis | None]:
        """Return the best plan, its value, and its basis where one is known.

        *little* (N,) chooses among the best plans: it counts so little that it changes no value.
        """
        self.solved += 1
        objective = weights @ self.parts + little
        found = self._from_before(objective) if self.warm else None
        if found is not None:
            x, basis = found
            room = SIGN * max(float(np.abs(objective * self.model.column_unit).max(initial=0.0)), 1e-300)
            if primal_violation(self.model, x) <= HOLDS and basis.proves(weights[None], room)[0]:
                return x, float(objective @ x), basis
        answer = self.solver(replace(self.model, objective=objective))
        if answer.status == "infeasible":
            raise InfeasibleProgramme(self.model)
        if answer.status != "optimal":
            raise SolverLimit(answer.status)
        return answer.x, float(objective @ answer.x), None

    def _from_before(self, objective: Array) -> tuple[Array, Basis] | None:
        import highspy  # its library loads with the first program

        model = self.model
        unit, scale = model.column_unit, model.row_scale
        columns, rows = len(objective), len(model.row_lower)
        if self.highs is None:
            self.highs = passed(replace(model, objective=objective))
            self.highs.setOptionValue("presolve", "off")
            self.highs.setOptionValue("simplex_strategy", 4)  # primal: the last vertex stays feasible
            self.highs.setOptionValue("simplex_scale_strategy", 0)
            self.highs.setOptionValue("primal_simplex_bound_perturbation_multiplier", 0.0)
        h = self.highs
        h.changeColsCost(columns, np.arange(columns, dtype=np.int32), objective * unit)
        run_in_time(h)
        if h.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self.highs = None
            return None
        x = np.clip(np.array(h.getSolution().col_value) * unit, model.column_lower, model.column_upper)
        basic = np.array(h.getBasicVariables()[1], dtype=np.int64)
        costs = np.concatenate([self.parts * unit, np.zeros((len(self.parts), rows))], axis=1)
        # a row's own variable costs nothing; it is counted from the end, -1 - row, so the zeros stand there
        prices = np.array([h.getBasisTransposeSolve(cost[basic])[1] for cost in costs]).reshape(-1, rows) * scale
        reduced = np.concatenate([(self.parts - model.priced(prices)) * unit, prices / scale], axis=1).T
        status = h.getBasis()
        kinds = highspy.HighsBasisStatus
        sign = np.array(
            [
                1.0 if one == kinds.kUpper else -1.0 if one == kinds.kLower else 0.0
                for one in (*status.col_status, *status.row_status)
            ]
        )
        # a row's price is positive at its upper bound, as a column's reduced cost is
        fixed = np.concatenate([model.column_lower == model.column_upper, model.row_lower == model.row_upper])
        sign[fixed] = 0.0
        return x, Basis(reduced, sign, np.where(basic < 0, columns - 1 - basic, basic))


def best_areas(
    model: Model, parts: Array, corners: Array, rows: Array, least: Array, solver: Solver, most: int = 10_000
) -> Areas:
    """Find the areas of a region of weights, and the best value at every vertex between them.

    Parameters
    ----------
    model : the program; its objective under weights w (F,) is ``w @ parts``.
    parts : (F, N) what each factor is worth by column.
    corners : (V, F) corners of the region ``rows w >= least``, of weights that sum to 1.
    most : vertices beyond which the search stops, with some unproven.
    """
    ask = Asked(model, parts, solver)
    x, value, basis = ask(corners.mean(axis=0))
    plans, bases, of_plan = [x], [], []
    graph = Graph.over(corners, rows, least, parts @ x)
    size = max(abs(value), float(np.abs(graph.value).max(initial=0.0))) or 1.0
    largest = float(np.abs(parts * model.column_unit).max(initial=0.0)) or 1.0
    proof = np.full(len(graph.points), -1)
    proven = np.zeros(len(graph.points), dtype=bool)

    def noted(found: Basis | None, plan: int) -> None:
        if found is not None:
            bases.append(found)
            of_plan.append(plan)

    def prove(number: int, among: Index) -> None:
        good = among[bases[number].proves(graph.points[among], SIGN * largest)]
        proven[good], proof[good] = True, number

    noted(basis, 0)
    if bases:
        prove(0, np.arange(len(graph.points)))
    while not proven.all() and len(graph.points) <= most:
        at = int(np.flatnonzero(~proven)[0])
        x, value, basis = ask(graph.points[at])
        closes = parts @ x
        if value <= graph.value[at] + EXACT * size:
            known = np.abs(graph.points[at] @ np.array(graph.closes).T - value) <= 10 * EXACT * size
            noted(basis, int(np.flatnonzero(known)[0]) if known.any() else 0)
            proven[at] = True
            if basis is not None:
                proof[at] = len(bases) - 1
                prove(len(bases) - 1, np.flatnonzero(~proven))
            continue
        was = graph.cut(closes, size)
        plans.append(x)
        noted(basis, len(plans) - 1)
        proven = np.where(was >= 0, proven[was], False)
        proof = np.where(was >= 0, proof[was], -1)
        fresh = np.flatnonzero(was < 0)
        for number, plan in enumerate(of_plan):
            open_ = fresh[~proven[fresh] & graph.tight[fresh, len(rows) + plan]]
            if len(open_):
                prove(number, open_)
        if basis is not None:
            prove(len(bases) - 1, np.flatnonzero(~proven))
    best_at = graph.tight[:, len(rows) :]
    full = np.array([_rank(graph.points[mask]) == graph.dimension and bool(mask.any()) for mask in best_at.T])
    middle = np.array([graph.points[mask].mean(axis=0) if mask.any() else corners.mean(axis=0) for mask in best_at.T])
    return Areas(
        graph.points,
        graph.value,
        proven,
        np.array(plans),
        np.array(graph.closes),
        best_at,
        full,
        middle,
        ask.solved,
        bases,
        proof,
        of_plan,
    )


def drawn_areas(model: Model, parts: Array, points: Array, solver: Solver) -> Areas:
    """Find the plans that are best at some weights (V, F): areas that there are, of which others may be missing.

    Each area's middle is the mean of the points at which its plan is best, and so a point of the area.
    """
    ask = Asked(model, parts, solver)
    plans: list[Array] = []
    bases: list[Basis] = []
    of_plan: list[int] = []
    closes = np.zeros((0, len(parts)))
    for w in points:
        x, value, basis = ask(w)
        size = max(abs(value), 1e-300)
        known = np.flatnonzero(closes @ w >= value - EXACT * size)
        if not len(known):
            plans.append(x)
            closes = np.vstack([closes, parts @ x])
        if basis is not None and not len(known):
            bases.append(basis)
            of_plan.append(len(plans) - 1)
    worth = points @ closes.T
    best = worth.max(axis=1)
    best_at = worth >= best[:, None] - EXACT * np.maximum(np.abs(best[:, None]), 1e-300)
    return Areas(
        weights=points,
        value=best,
        proven=np.zeros(len(points), dtype=bool),
        plan=np.array(plans),
        closes=closes,
        best_at=best_at,
        full=np.asarray(best_at.any(axis=0)),
        middle=np.array([points[mask].mean(axis=0) for mask in best_at.T]),
        solved=ask.solved,
        bases=bases,
        proof=np.full(len(points), -1),
        of_plan=of_plan,
    )


def best_plans(model: Model, basis: Basis, weights: Array) -> Model:
    """Return the best plans under weights (F,) as a program, by a basis that proves one of them."""
    price = basis.reduced @ weights
    room = SIGN * max(float(np.abs(price).max(initial=0.0)), np.finfo(float).tiny)
    columns = len(model.objective)
    d, y = price[:columns], price[columns:]
    return replace(
        model,
        objective=np.zeros(columns),
        column_lower=np.where(d > room, model.column_upper, model.column_lower),
        column_upper=np.where(d < -room, model.column_lower, model.column_upper),
        row_lower=np.where((y > room) & np.isfinite(model.row_upper), model.row_upper, model.row_lower),
        row_upper=np.where((y < -room) & np.isfinite(model.row_lower), model.row_lower, model.row_upper),
    )
