"""What is settled: the least and the most of anything linear in a plan, over all weights of a region and best plans.

Inside an area the best plans are one set, and at its vertices they are part of the best plans there. So the extremes
over the areas, each at a point inside, hold for all weights but ties; those over the best plans at every vertex for all
weights and all best plans.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..brief import Brief
from ..model.model import INF, Block, Model, with_columns, with_rows
from ..model.programme import Array, Index
from ..model.tighten import implied_ends
from ..solve.faces import optimal_face
from ..solve.lexicographic import GIVEN_AWAY, InfeasibleProgramme, Stage, narrow, solve, then
from ..solve.solution import Solver, SolverFailure
from .critical_regions import SIGN, Areas, Asked, Basis, Mask, best_plans

NOTHING = 1e-9
"""Share of the largest amount that is rounding."""
LARGEST = 20_000_000
"""Cells of a table beyond which extremes at ties are not sought."""
SAME = 1e-6
"""Share of an amount's unit up to which two plans of whole units have the same."""
LITTLE = 1e-6
"""What an amount counts beside the value, where it is to choose among the best plans."""


@dataclass(frozen=True)
class Extremes(Brief):
    """The least and the most of each of L linear amounts.

    Attributes
    ----------
    least, most : (L,) over all areas, of the best plans of least spend.
    least_at_ties, most_at_ties : (L,) over all vertices and all best plans; nan where they were not sought.
    in_area, most_in_area : (K, L) the least and the most in each area; nan of plans without one.
    plans : (K, N) the plan of least spend in each area.
    solved : programs solved.
    most_at : (L,) vertex at which `most_at_ties` is reached; -1 where it was not sought, or lies inside an area.
    """

    least: Array
    most: Array
    least_at_ties: Array
    most_at_ties: Array
    in_area: Array
    most_in_area: Array
    plans: Array
    solved: int
    most_at: Index

    @property
    def tied(self) -> Mask:
        """Whether inside some area the best plans of least spend differ: weights do not decide. (L,)."""
        with np.errstate(invalid="ignore"):
            return np.asarray((self.most_in_area - self.in_area > NOTHING * self.size).any(axis=0))

    @property
    def size(self) -> Array:
        """The size of each amount: (L,)."""
        return np.maximum(np.abs(self.most), 1.0)


def extremes(areas: Areas, model: Model, parts: Array, spend: Array, amounts: Array, solver: Solver) -> Extremes:
    """Find the least and the most of amounts (L, N), linear in the columns, over a region whose areas are known.

    Parameters
    ----------
    parts : (F, N) what each factor is worth by column, as for `best_areas`.
    spend : (N,) the second objective: less spend.
    """
    count, number = len(areas.plan), len(amounts)
    found = Extremes(
        np.full(number, INF),
        np.full(number, -INF),
        np.full(number, np.nan),
        np.full(number, np.nan),
        np.full((count, number), np.nan),
        np.full((count, number), np.nan),
        areas.plan.copy(),
        0,
        np.full(number, -1),
    )
    solved = 0
    for k in np.flatnonzero(areas.full).tolist():
        solved += _inside(areas, k, model, parts, spend, amounts, solver, found)
    if (
        model.is_mixed
        or not areas.exact
        or (areas.proof < 0).any()
        or len(model.row_lower) * len(model.objective) > LARGEST
    ):
        return replace(found, solved=solved)
    at_ties = _Ties(areas, model, parts, amounts, solver, found.least.copy(), found.most.copy())
    at_ties.search()
    return replace(
        found,
        least_at_ties=at_ties.least,
        most_at_ties=at_ties.most,
        solved=solved + at_ties.solved,
        most_at=at_ties.place,
    )


def _inside(
    areas: Areas, k: int, model: Model, parts: Array, spend: Array, amounts: Array, solver: Solver, found: Extremes
) -> int:
    """Note the plan of least spend in the middle of an area, and the extremes of amounts over all of these.

    Solved is only for what could go beyond what other areas gave, be nothing here, or show a first tie.
    """
    weights = areas.middle[k]
    own = [b for b, plan in zip(areas.bases, areas.of_plan, strict=True) if plan == k]
    basis = next((b for b in own if b.proves(weights[None], _room(b, weights))[0]), None)
    solved = 1
    if basis is None:
        stage = then(solve(replace(model, objective=weights @ parts), solver), spend, solver)
        solved = 2
    else:
        stage = solve(replace(best_plans(model, basis, weights), objective=spend), solver)
    x = stage.solution.x
    at = amounts @ x[: amounts.shape[1]]
    found.plans[k] = x
    low, high = found.in_area[k], found.most_in_area[k]
    low[:], high[:] = at, at
    if model.is_mixed:
        solved += _whole_ends(stage, amounts, at, low, high, found, solver)
    else:
        face = optimal_face(stage.model, stage.solution, np.zeros(len(x)))
        open_: Mask = np.zeros(len(amounts), dtype=bool)
        open_[_undetermined(face, amounts)] = True
        if open_.any():
            first, last = _between(face, amounts)
            room = NOTHING * np.maximum(np.abs(amounts).max(axis=1), np.finfo(float).tiny)
            down = open_ & ((first < found.least - room) | ((first <= room) & (at > room)))
            up = open_ & ((last > found.most + room) | ~found.tied)
            which = np.flatnonzero(down | up)
            least, most, number = ranges(face, amounts[which], down[which], up[which], solver)
            low[which], high[which] = np.fmin(low[which], least), np.fmax(high[which], most)
            solved += number
    np.minimum(found.least, low, out=found.least)
    np.maximum(found.most, high, out=found.most)
    return solved


def _whole_ends(
    stage: Stage, amounts: Array, at: Array, low: Array, high: Array, found: Extremes, solver: Solver
) -> int:
    """Note the extremes of amounts over best plans of whole units, beyond one that has *at* (L,) of them.

    As a rule there is no other plan, which one program tells; only where there is one each amount has a program of its
    own, if it could go beyond what other areas gave or be nothing here.
    """
    for given_away in GIVEN_AWAY:
        face = narrow(stage, np.zeros(len(stage.model.objective)), given_away)
        first, last = _between(face, amounts)
        try:
            other = _furthest(face, amounts, at, first, last, solver)
            break
        except InfeasibleProgramme:
            continue  # the solver's tolerances: the stage's own plan is there
    else:
        raise SolverFailure("no plan among the best ones, of which one is known")
    if other is None:
        return 1
    beside = amounts @ other
    low[:], high[:] = np.minimum(low, beside), np.maximum(high, beside)
    room = SAME * np.maximum(np.abs(amounts).max(axis=1), 1.0)
    down = (first < np.minimum(found.least, low) - room) | ((first <= room) & (low > room))
    up = last > np.maximum(found.most, high) + room
    for which, ends, sign in ((down, low, -1.0), (up, high, 1.0)):
        for n in np.flatnonzero(which).tolist():
            ends[n] = sign * solve(replace(face, objective=sign * amounts[n]), solver).value
    return 1 + int(down.sum() + up.sum())


def _furthest(face: Model, amounts: Array, at: Array, first: Array, last: Array, solver: Solver) -> Array | None:
    """Return a point whose amounts differ most from *at* (L,), measured by their ends; None where all are the same.

    max 1 + sum_n (more[n] + less[n]) / (last[n] - first[n]):  amount[n] x - more[n] + less[n] = at[n],
    more[n] <= (last[n] - at[n]) rises[n],  less[n] <= (at[n] - first[n]) (1 - rises[n]),  rises[n] 0 or 1.
    """
    room = SAME * np.maximum(np.abs(amounts).max(axis=1), 1.0)
    free = np.flatnonzero(last - first > room)
    size, columns, rows = len(free), len(face.objective), len(face.row_lower)
    if not size:
        return None
    row, column = np.nonzero(amounts[free])
    above, below = np.maximum(last[free] - at[free], 0.0), np.maximum(at[free] - first[free], 0.0)
    value = amounts[free][row, column]
    model = with_rows(face, "apart", row, column, value, at[free], at[free])
    none = np.empty(0, np.int64)
    for name, bound in (("more", np.zeros(size)), ("less", below)):
        model = with_rows(model, name, none, none, np.empty(0), np.full(size, -INF), bound)
    every = np.arange(size)
    more, less = rows + size + every, rows + 2 * size + every
    entries = [(np.array([rows + n, more[n]]), np.array([-1.0, 1.0])) for n in every]
    entries += [(np.array([rows + n, less[n]]), np.array([1.0, 1.0])) for n in every]
    entries += [(np.array([more[n], less[n]]), np.array([-above[n], below[n]])) for n in every]
    # a whole beside what differs: as a rule nothing does, and a bound above nothing is proven to a share of nothing
    entries.append((none, np.empty(0)))
    labels = [*(f"{name}[{n}]" for name in ("more", "less", "rises") for n in free.tolist()), "whole"]
    ends = np.append(np.zeros(3 * size), 1.0), np.concatenate([above, below, np.ones(size + 1)])
    model = with_columns(model, labels, entries, *ends)
    whole = np.concatenate([face.integer, np.repeat([False, False, True], size), [False]])
    objective = np.concatenate([np.zeros(columns), np.tile(1 / (last - first)[free], 2), np.zeros(size), np.ones(1)])
    found = solve(replace(model, objective=objective, integer=whole), solver)
    apart = np.abs(amounts @ found.solution.x[:columns] - at)
    return None if (apart <= room).all() else found.solution.x[:columns]


def _between(face: Model, amounts: Array) -> tuple[Array, Array]:
    """Return between what amounts lie by the ends that rows and bounds leave the columns."""
    ends = implied_ends(face, rounds=1)
    first, last = np.maximum(ends[0], face.column_lower), np.minimum(ends[1], face.column_upper)
    rising, falling = np.maximum(amounts, 0.0), np.minimum(amounts, 0.0)
    return rising @ first + falling @ last, rising @ last + falling @ first


def _room(basis: Basis, weights: Array) -> float:
    return SIGN * max(float(np.abs(basis.reduced @ weights).max(initial=0.0)), np.finfo(float).tiny)


def ranges(face: Model, amounts: Array, down: Mask, up: Mask, solver: Solver) -> tuple[Array, Array, int]:
    """Return the least and the most of amounts (L, N) over a program, those that are asked for, and the number solved.

    A basis that is best for one amount proves every other whose reduced costs at it have the right signs.
    """
    small, kept, fixed = _reduced(face)
    inside = amounts[:, kept]
    rest = amounts @ fixed
    ask = Asked(small, inside, solver)
    low, high = np.full(len(amounts), np.nan), np.full(len(amounts), np.nan)
    asked = {(n, -1.0) for n in np.flatnonzero(down).tolist()} | {(n, 1.0) for n in np.flatnonzero(up).tolist()}
    waiting = sorted(asked)
    room = SIGN * np.maximum(np.abs(inside * small.column_unit).max(axis=1, initial=0.0), np.finfo(float).tiny)
    while waiting:
        n, way = waiting[0]
        one = np.zeros(len(amounts))
        one[n] = way
        x, _, basis = ask(one)
        found = inside @ x + rest
        proven = {(n, way)}
        if basis is not None:
            counts = basis.sign != 0
            price = basis.sign[counts, None] * basis.reduced[counts]
            proven |= {(m, 1.0) for m in np.flatnonzero(price.min(axis=0, initial=0.0) >= -room).tolist()}
            proven |= {(m, -1.0) for m in np.flatnonzero(price.max(axis=0, initial=0.0) <= room).tolist()}
        for m, side in proven:
            (high if side > 0 else low)[m] = found[m]
        waiting = [one for one in waiting if one not in proven]
    return low, high, ask.solved


def _reduced(face: Model) -> tuple[Model, Index, Array]:
    """Return the program over the columns that are not fixed, which these are, and the point of the fixed ones (N,)."""
    free = face.column_upper > face.column_lower
    kept = np.flatnonzero(free)
    fixed = np.where(free, 0.0, face.column_lower)
    number = np.cumsum(free) - 1
    entry = free[face.column]
    shift = face.activity(fixed)
    used = np.zeros(len(face.row_lower), dtype=bool)
    used[face.row[entry]] = True
    rows = np.flatnonzero(used)
    row = np.searchsorted(rows, face.row[entry])
    return (
        Model(
            objective=np.zeros(len(kept)),
            column_lower=face.column_lower[kept],
            column_upper=face.column_upper[kept],
            row_lower=(face.row_lower - shift)[rows],
            row_upper=(face.row_upper - shift)[rows],
            start=np.searchsorted(row, np.arange(len(rows) + 1)).astype(np.int64),
            column=number[face.column[entry]].astype(np.int64),
            value=face.value[entry],
            integer=face.integer[kept],
            blocks=(Block("face", len(rows)),),
            label_columns=list,
            label_rows=list,
            units=face.column_unit[kept],
        ),
        kept,
        fixed,
    )


def _undetermined(face: Model, amounts: Array) -> Index:
    """Return the amounts that what is fixed on a face does not determine: its free columns can move and they with them.

    Moves are the null space of the rows that are equalities, over the columns that are not fixed.
    """
    free = np.flatnonzero(face.column_upper - face.column_lower > 0)
    if not len(free):
        return np.empty(0, np.int64)
    number = np.full(len(face.objective), -1)
    number[free] = np.arange(len(free))
    equal = face.row_lower == face.row_upper
    entry = equal[face.row] & (number[face.column] >= 0)
    rows = np.flatnonzero(equal)
    matrix = np.zeros((len(rows), len(free)))
    scaled = face.value * face.row_scale[face.row]
    matrix[np.searchsorted(rows, face.row[entry]), number[face.column[entry]]] = scaled[entry]
    _, size, ways = np.linalg.svd(matrix, full_matrices=True)
    rank = int((size > 1e-9 * max(float(size.max(initial=0.0)), 1e-300)).sum())
    moves = ways[rank:]
    effect = np.abs(amounts[:, free] @ moves.T).max(axis=1, initial=0.0)
    return np.flatnonzero(effect > 1e-9 * np.maximum(np.abs(amounts).max(axis=1), 1e-300))


class _Ties:
    """The extremes of amounts over the best plans at every vertex.

    An optimal basis at a vertex proves the most of an amount there if the amount's own reduced costs, over the columns
    that could move without loss, have the right signs; only where no basis at hand does, a program is solved.
    """

    def __init__(
        self,
        areas: Areas,
        model: Model,
        parts: Array,
        amounts: Array,
        solver: Solver,
        least: Array,
        most: Array,
    ) -> None:
        self.areas, self.model, self.amounts, self.solver = areas, model, amounts, solver
        self.parts, self.ask = parts, Asked(model, parts, solver)
        self.least, self.most, self.solved = least, most, 0
        self.place = np.full(len(amounts), -1)
        columns, rows = len(model.objective), len(model.row_lower)
        self.matrix = np.concatenate([model.dense, -np.eye(rows)], axis=1)
        self.scale = np.maximum(np.abs(amounts).max(axis=1), np.finfo(float).tiny)
        self.wide = np.concatenate([amounts, np.zeros((len(amounts), rows))], axis=1)
        self.ends = (
            np.concatenate([model.column_lower, model.row_lower]),
            np.concatenate([model.column_upper, model.row_upper]),
        )
        self.columns = columns
        self.worth = float(np.abs(parts).max(initial=0.0)) or 1.0

    def search(self) -> None:
        """Go through the vertices, basis by basis: which of them prove what, then what is left."""
        vertices = len(self.areas.weights)
        self.up = np.zeros((vertices, len(self.amounts)), dtype=bool)
        self.down = np.zeros_like(self.up)
        for basis in self.areas.bases:
            self._by_basis(basis)
        for v in np.flatnonzero(~(self.up.all(axis=1) & self.down.all(axis=1))).tolist():
            self._at(v)

    def _at(self, v: int) -> None:
        """Look at a vertex for what no basis proves there yet and could go beyond what is known.

        A plan that is best there, and among the best has most of the amount, brings a basis that proves more.
        """
        face = best_plans(self.model, self.areas.bases[self.areas.proof[v]], self.areas.weights[v])
        low, high = _between(face, self.amounts)
        tried: set[tuple[int, float]] = set()
        while True:
            below = np.where(~self.down[v], (self.least - low) / self.scale, 0.0)
            above = np.where(~self.up[v], (high - self.most) / self.scale, 0.0)
            n, way = int(below.argmax()), -1.0
            if above.max() > below.max():
                n, way = int(above.argmax()), 1.0
            if max(below.max(), above.max()) <= NOTHING:
                return
            if (n, way) in tried:
                down, up = below > NOTHING, above > NOTHING
                which = np.flatnonzero(down | up)
                first, last, solved = ranges(face, self.amounts[which], down[which], up[which], self.solver)
                self.least[which] = np.fmin(self.least[which], first)
                reached = np.full(len(self.amounts), -np.inf)
                reached[which] = np.where(np.isnan(last), -np.inf, last)
                self._more(reached, v)
                self.solved += solved
                return
            tried.add((n, way))
            little = way * LITTLE * self.worth / self.scale[n] * self.amounts[n]
            _, _, basis = self.ask(self.areas.weights[v], little)
            self.solved += 1
            if basis is not None:
                self._by_basis(basis)

    def _more(self, reached: Array, v: int) -> None:
        """Take what is reached at a vertex where it is more than before."""
        above = reached > self.most + NOTHING * self.scale
        self.place[above] = v
        self.most = np.maximum(self.most, reached)

    def _by_basis(self, basis: Basis) -> None:
        """Mark what a basis proves at the vertices where it is optimal, and take its plan's amounts."""
        areas, room = self.areas, SIGN * max(float(np.abs(basis.reduced).max(initial=0.0)), np.finfo(float).tiny)
        x = self._point(basis)
        closes = self.parts @ x
        # where its plan is worth as much as the best: nowhere else can it be optimal
        size = max(float(np.abs(areas.value).max(initial=0.0)), np.finfo(float).tiny)
        near = np.flatnonzero(np.abs((areas.weights * closes).sum(axis=1) - areas.value) <= 1e-7 * size)
        at = near[basis.proves(areas.weights[near], room)]
        if not len(at):
            return
        price = np.einsum("rf,vf->vr", basis.reduced, areas.weights[at])
        movable = basis.sign != 0
        idle = (np.abs(price) <= 10 * room) & movable
        used = np.flatnonzero(idle.any(axis=0))
        matrix = self.matrix[:, basis.basic]
        size = np.abs(matrix).max(axis=1)
        own = np.linalg.solve((matrix / size[:, None]).T, self.wide[:, basis.basic].T).T / size
        rate = (self.wide[:, used] - own @ self.matrix[:, used]) * -basis.sign[used] / self.scale[:, None]
        # a column at its lower bound can only rise, one at its upper only fall: rate is what the amount gains by it
        gains, loses = rate > 1e-9, rate < -1e-9
        amount = self.amounts @ x
        self.least = np.minimum(self.least, amount)
        self._more(amount, int(at[0]))
        for n, v in enumerate(at.tolist()):
            now = idle[n, used]
            self.up[v] |= ~gains[:, now].any(axis=1)
            self.down[v] |= ~loses[:, now].any(axis=1)

    def _point(self, basis: Basis) -> Array:
        """Return the plan of a basis."""
        low, high = self.ends
        x = np.where(basis.sign > 0, high, np.where(basis.sign < 0, low, np.where(low == high, low, 0.0)))
        x[basis.basic] = 0.0
        matrix = self.matrix[:, basis.basic]
        size = np.abs(matrix).max(axis=1)
        x[basis.basic] = np.linalg.solve(matrix / size[:, None], -(self.matrix @ x) / size)
        return np.asarray(x[: self.columns])


def nearest(corners: Array, weights: Array, solver: Solver) -> tuple[Array, float]:
    """Return the point of the hull of corners (V, F) whose largest change from weights (F,) is least, and that change.

    min t:  -t <= sum_v share[v] corner[v,f] - weights[f] <= t,  sum share = 1.
    """
    count, factors = corners.shape
    dense = np.zeros((2 * factors + 1, count + 1))
    dense[:factors, :count], dense[:factors, -1] = corners.T, -1.0
    dense[factors : 2 * factors, :count], dense[factors : 2 * factors, -1] = corners.T, 1.0
    dense[-1, :count] = 1.0
    row, column = np.nonzero(dense)
    objective = np.zeros(count + 1)
    objective[-1] = -1.0
    model = Model(
        objective=objective,
        column_lower=np.zeros(count + 1),
        column_upper=np.append(np.ones(count), 1.0),
        row_lower=np.concatenate([np.full(factors, -INF), weights, [1.0]]),
        row_upper=np.concatenate([weights, np.full(factors, INF), [1.0]]),
        start=np.searchsorted(row, np.arange(2 * factors + 2)).astype(np.int64),
        column=column.astype(np.int64),
        value=dense[row, column],
        integer=np.zeros(count + 1, dtype=bool),
        blocks=(Block("near", 2 * factors + 1),),
        label_columns=list,
        label_rows=list,
    )
    found = solve(model, solver)
    share = found.solution.x[:count]
    point = share @ corners
    return np.asarray(point), float(np.abs(point - weights).max())
