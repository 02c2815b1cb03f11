"""Objectives one after the other: each among the optimal points of those before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..brief import Brief
from ..model.model import (
    INF,
    Coefficients,
    Model,
    Role,
    first_part,
    inner,
    padded,
    with_columns,
    with_each,
    with_row,
    with_rows,
)
from ..model.programme import Array, Index
from ..model.tighten import implied_ends
from .faces import left_free, optimal_face
from .open_part import OpenPart
from .solution import Solution, Solver, SolverFailure, States
from .solvers import HOLDS, SMALL, from_basis, is_highs, pays_by_prices, unproven
from .whole_units.core import worth

GIVEN_AWAY = (1e-9, 1e-8, 1e-7, 1e-6)
"""Where no duals keep an objective (whole numbers), or rounding leaves no point where they do, a later
stage may give away this share of it, the next one only where the solver finds no point by the one before."""

FEW_OPEN = 0.25
"""Share of the columns up to which what is open among optimal points is solved by itself."""

AHEAD = 2
"""Tracks that are tried at first to get all that their measures can close."""
ROUNDED = 1e-12
"""A share that is missing up to which it is rounding."""


class InfeasibleProgramme(Exception):
    """No point meets the rows of `model`: no plan meets every limit; `conflict` finds which ones."""

    def __init__(self, model: Model) -> None:
        self.model = model
        super().__init__("no plan meets every limit")


class SolverLimit(Exception):
    """The solver stopped at a limit before it had an answer."""


@dataclass(frozen=True)
class Stage(Brief):
    """One objective: the model it was solved on, and its solution.

    `stopped`: a limit came before the end of this stage, or of one that should have followed it.
    """

    model: Model
    solution: Solution
    stopped: bool = False

    @property
    def value(self) -> float:
        """Value of the stage's objective."""
        return inner(self.model.objective, self.solution.x)

    @property
    def size(self) -> float:
        """Scale of the value, of which shares are taken: above 0 even where terms cancel, or are none."""
        c = self.model.objective
        whole = 1e-6 * float(np.abs(c * self.model.column_unit).sum())
        return max(float(np.abs(c * self.solution.x).sum()), whole) or 1.0


def solve(model: Model, solver: Solver, start: States | None = None) -> Stage:
    """Solve one stage; from a basis *start* as `from_basis` does."""
    return stage_of(model, from_basis(solver, model, start))


def stage_of(model: Model, found: Solution) -> Stage:
    """Return what a solver found as a stage; raise `InfeasibleProgramme` or `SolverLimit` where that is no point."""
    if found.status == "infeasible":
        raise InfeasibleProgramme(model)
    if found.status not in ("optimal", "feasible"):
        raise SolverLimit(found.status)
    return Stage(model, found, stopped=found.status == "feasible")


def then(stage: Stage, objective: Array, solver: Solver) -> Stage:
    """Solve *objective* among the optimal points of *stage*; keep the stage's own point where a limit comes first."""
    if stage.stopped:
        return stage
    for given_away in GIVEN_AWAY if stage.model.is_mixed else (0.0, *GIVEN_AWAY):
        try:
            face = narrow(stage, objective, given_away)
            following = _open_part_solved(face, stage, solver) or solve(face, solver, stage.solution.basis)
            if given_away or kept(stage, following):
                return following
        except InfeasibleProgramme:
            continue  # the solver's tolerances: the stage before has a point here
        except SolverLimit:
            if not stage.model.is_mixed:
                raise
            return replace(stage, stopped=True)
    raise SolverFailure("a later stage finds no point among the optimal ones of the stage before")


def _open_part_solved(face: Model, stage: Stage, solver: Solver) -> Stage | None:
    """Solve what is open of a large face; None where that is much of it, or what comes out does not hold.

    Much is also what is so large that prices would solve it: by them the whole face begins where its blocks stand.
    """
    if face.is_mixed or len(face.objective) <= SMALL or not is_highs(solver):
        return None
    open_ = OpenPart.of_face(face, np.clip(stage.solution.x, face.column_lower, face.column_upper))
    if len(open_.columns) > FEW_OPEN * len(face.objective) or pays_by_prices(open_.part):
        return None
    found = solver(open_.part)
    if found.status != "optimal":
        return None
    following = Stage(face, open_.solution(found))
    return following if unproven(face, following.solution) <= HOLDS else None


def kept(stage: Stage, following: Stage) -> bool:
    """Whether a later stage gave nothing away of the objective of the one before, but for rounding."""
    c = stage.model.objective
    return stage.value - inner(c, following.solution.x[: len(c)]) <= 1e-9 * stage.size


def narrow(stage: Stage, objective: Array, given_away: float = 0.0) -> Model:
    """Return the program of *objective* over the optimal points of a stage.

    With duals nothing of the stage's objective need be given away. Where prices count that solvers do not tell from
    nothing, as of what is nearly free beside what is dear, a row keeps it, of what the others leave open.
    """
    if given_away == 0.0:
        face = optimal_face(stage.model, stage.solution, objective)
        if left_free(stage.model, stage.solution, face) <= GIVEN_AWAY[0] * stage.size:
            return face
        open_ = np.where(face.column_lower < face.column_upper, stage.model.objective, 0.0)
        terms = open_ * stage.solution.x
        return with_row(face, "kept", open_, float(terms.sum() - GIVEN_AWAY[0] * np.abs(terms).sum()), INF)
    # of a value of a billionth a share, not a billionth: it would be all of it
    least = stage.value - given_away * stage.size
    if given_away == GIVEN_AWAY[0] and (all_there_is := at_best_ends(stage.model, least)) is not None:
        return replace(all_there_is, objective=objective)
    reaching = worth(stage.model, least) if stage.model.is_mixed else stage.model
    return replace(with_row(reaching, "kept", stage.model.objective, least, INF), objective=objective)


def at_best_ends(model: Model, least: float) -> Model | None:
    """Return the points of which every column is where it pays most; None where that is not worth *least* or less.

    Such as where all gaps are closed: no row joins what is left of the program.
    """
    c = model.objective
    ends = np.where(c > 0, model.column_upper, model.column_lower)
    priced = c != 0
    most = float(c[priced] @ ends[priced])
    if not least <= most <= least + 2 * GIVEN_AWAY[0] * abs(least):
        return None
    return replace(
        model,
        column_lower=np.where(priced, ends, model.column_lower),
        column_upper=np.where(priced, ends, model.column_upper),
    )


def nearest(stage: Stage, columns: Index, target: Array, weight: Array, solver: Solver) -> Stage:
    """Among the optimal points of a stage take one that differs least from a target: least sum weight |x - target|.

    The stage keeps its model and duals, which prove any of its optimal points; only the point is another one.
    """
    if stage.stopped:
        return stage
    face = narrow(stage, np.zeros(len(stage.model.objective)), GIVEN_AWAY[-1] if stage.model.is_mixed else 0.0)
    # what cannot move is as far from its target anywhere
    open_ = OpenPart.of_face(face, stage.solution.x)
    _, of, chosen = np.intersect1d(open_.columns, columns, assume_unique=True, return_indices=True)
    if not len(of):
        return stage
    model, size = open_.part, len(of)
    rows = len(model.row_lower)
    # x - up + down = target
    model = with_rows(model, "from_target", np.arange(size), of, np.ones(size), target[chosen], target[chosen])
    entries = [(np.array([rows + i]), np.array([sign])) for sign in (-1.0, 1.0) for i in range(size)]
    model = with_columns(
        model, [f"{way}[{i}]" for way in ("up", "down") for i in range(size)], entries, np.zeros(2 * size)
    )
    objective = np.append(np.zeros(len(open_.columns)), -np.tile(weight[chosen], 2))
    found = solver(replace(model, objective=objective))
    if found.status != "optimal":
        return stage  # nearness is a courtesy: the stage's own point is as good
    return replace(stage, solution=replace(stage.solution, x=open_.point(found.x[: len(open_.columns)])))


def least(stage: Stage, weight: Array, solver: Solver) -> Stage:
    """Among the optimal points of a stage take one of least weight (N,), where that is found; see `nearest`."""
    if stage.stopped or not weight.any():
        return stage
    face = narrow(stage, -padded(weight, stage.model), GIVEN_AWAY[0] if stage.model.is_mixed else 0.0)
    following = _open_part_solved(face, stage, solver)
    found = following.solution if following else from_basis(solver, face, stage.solution.basis)
    if found.status != "optimal" or not kept(stage, Stage(face, found)):
        return stage  # a courtesy too
    return replace(stage, solution=replace(stage.solution, x=found.x[: len(stage.model.objective)]))


def within(stage: Stage, columns: int) -> Stage:
    """Return a stage as one of its first columns, where the others are 0 at every point."""
    model, found = stage.model, stage.solution
    if len(model.objective) == columns:
        return stage
    few = replace(found, x=found.x[:columns], reduced_cost=found.reduced_cost[:columns], basis=None)
    return replace(stage, model=first_part(model, len(model.row_lower), columns), solution=few)


def with_worst(
    model: Model, labels: Sequence[str], rows: Coefficients, least: Array, ends: tuple[float, float]
) -> Model:
    """Return the program of the largest worst case t, its last column: a x - t >= b, for rows a and b of *least*."""
    at = len(model.row_lower) + np.arange(len(rows))
    model = with_each(model, labels, rows, least, np.full(len(rows), INF))
    entries = [(at, np.full(len(at), -1.0))]
    model = with_columns(model, ["worst"], entries, np.array([ends[0]]), np.array([ends[1]]))
    objective = np.zeros(len(model.objective))
    objective[-1] = 1.0
    return replace(model, objective=objective)


def worst_share(model: Model, shares: Coefficients) -> Model:
    """Return the program that maximises the worst share.

    A share lies in [0, 1]: wider bounds never bind, and finite ones let the certificate give a finite bound.
    """
    labels = [f"share[{i}]" for i in range(len(shares))]
    return with_worst(model, labels, shares, np.zeros(len(shares)), (-1.0, 2.0))


def leximin(model: Model, shares: Coefficients, solver: Solver, slack: float) -> tuple[Stage, Model]:
    """Lift the worst share as far as it goes, then the next worst, and so on.

    Returns the first stage, and the model of all points that are best in this sense. *shares* (T, N) are the rows that
    must rise. Each stage maximises t subject to share >= t for the tracks still free; the tracks whose row has a price
    cannot all rise further and are held there, or *slack* below, as are those that have all that their measures can
    close (`most_of`). Every stage holds at least one. While it is measures that limit the worst and not what tracks
    share, the next tracks get all that theirs can close, twice as many at a time, as long as there is a plan.
    """
    if model.is_mixed:
        return _leximin_whole(model, shares, solver, slack)
    most = most_of(model, shares)
    free, ahead = np.arange(len(shares)), AHEAD
    first: Stage | None = None
    while True:
        rows = len(model.row_lower)
        stage = solve(worst_share(model, shares.some(free)), solver)
        first = first or stage
        level = float(stage.solution.x[-1])
        full = most[free] <= level + ROUNDED
        priced = (stage.solution.row_dual[rows:] < -stage.solution.accuracy) & ~full
        if not priced.any() and not full.any():
            raise SolverFailure("no track limits the worst share")
        face = narrow(stage, np.zeros(len(stage.model.objective)))
        # back to the model's own columns: what is held stays where it is, and t is gone
        model = replace(
            model,
            column_lower=face.column_lower[:-1],
            column_upper=face.column_upper[:-1],
            row_lower=face.row_lower[:rows],
            row_upper=face.row_upper[:rows],
        )
        stays = np.append(free[priced], free[full])
        ends = np.full(len(stays), INF)
        if not slack:
            ends[: np.count_nonzero(priced)] = level
        model = with_held(model, shares, stays, np.minimum(level, most[stays]) - slack, ends)
        free = free[~(priced | full)]
        while len(free) and not priced.any():
            following = free[np.lexsort((free, most[free]))][:ahead]
            least = np.minimum(most, most[following[-1]]) - slack
            labels = [f"least[{i}]" for i in free.tolist()]
            tried = solve(with_worst(model, labels, shares.some(free), least[free], (-1.0, 0.0)), solver)
            if tried.solution.x[-1] < -ROUNDED:
                ahead = max(ahead // 4, AHEAD)
                break
            model = with_held(model, shares, following, least[following], np.full(len(following), INF))
            free = np.setdiff1d(free, following)
            ahead *= 2
        if not len(free):
            return first, model


def with_held(model: Model, shares: Coefficients, tracks: Index, lower: Array, upper: Array) -> Model:
    """Return the model with the shares of some tracks between ends, which join nothing but their own track."""
    return with_each(model, [f"held[{i}]" for i in tracks.tolist()], shares.some(tracks), lower, upper, Role())


def most_of(model: Model, shares: Coefficients) -> Array:
    """Return what shares (T,), none below 0, can be at most by the ends of the columns that the model's rows imply."""
    return shares.at(np.minimum(implied_ends(model, room=1.0)[1], model.column_upper))


def _leximin_whole(model: Model, shares: Coefficients, solver: Solver, slack: float) -> tuple[Stage, Model]:
    """Leximin with whole numbers: maximise the sum of the k least shares for k = 1, 2, ... in turn.

    sum of the k least = max { k r - sum_i d_i : d_i >= r - share_i, d_i >= 0 }; Ogryczak & Sliwinski (2006), On direct
    methods for lexicographic min-max optimization, LNCS 3982, 802-811.
    """
    first: Stage | None = None
    count = len(shares)
    for k in range(1, count + 1):
        rows = len(model.row_lower)
        below = [f"below[{k},{i}]" for i in range(count)]
        model = with_each(model, below, shares, np.zeros(count), np.full(count, INF))
        every = rows + np.arange(count)
        entries = [(every, np.full(count, -1.0)), *((every[[i]], np.ones(1)) for i in range(count))]
        labels = [f"threshold[{k}]", *(f"short[{k},{i}]" for i in range(count))]
        # as above, a share lies in [0, 1], and what it is short of a threshold too
        ends = np.array([-1.0, *([0.0] * count)]), np.array([2.0, *([3.0] * count)])
        model = with_columns(model, labels, entries, *ends)
        objective = np.zeros(len(model.objective))
        objective[-count - 1 :] = [float(k), *([-1.0] * count)]
        try:
            stage = solve(replace(model, objective=objective), solver)
        except SolverLimit:
            if first is None:
                raise
            return replace(first, stopped=True), model
        first = first or stage
        if stage.stopped:
            return replace(first, stopped=True), model
        model = narrow(stage, np.zeros(len(objective)), slack)
    assert first is not None
    return first, model
