"""Objectives one after the other: each among the optimal points of those before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..brief import Brief
from ..model.model import INF, Model, Role, inner, padded, with_columns, with_each, with_row, with_rows
from ..model.programme import Array, Index
from ..model.tighten import implied_ends
from .core import worth
from .faces import optimal_face
from .solution import Solution, Solver, SolverFailure

GIVEN_AWAY = (1e-9, 1e-8, 1e-7, 1e-6)
"""Where no duals keep an objective (whole numbers), or rounding leaves no point where they do, a later
stage may give away this share of it, the next one only where the solver finds no point by the one before."""

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


def solve(model: Model, solver: Solver) -> Stage:
    """Solve one stage."""
    found = solver(model)
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
            following = solve(narrow(stage, objective, given_away), solver)
            if given_away or kept(stage, following):
                return following
        except InfeasibleProgramme:
            continue  # the solver's tolerances: the stage before has a point here
        except SolverLimit:
            if not stage.model.is_mixed:
                raise
            return replace(stage, stopped=True)
    raise SolverFailure("a later stage finds no point among the optimal ones of the stage before")


def kept(stage: Stage, following: Stage) -> bool:
    """Whether a later stage gave nothing away of the objective of the one before, but for rounding."""
    c = stage.model.objective
    return stage.value - inner(c, following.solution.x[: len(c)]) <= 1e-9 * stage.size


def narrow(stage: Stage, objective: Array, given_away: float = 0.0) -> Model:
    """Return the program of *objective* over the optimal points of a stage.

    With duals nothing of the stage's objective need be given away.
    """
    if given_away == 0.0:
        return optimal_face(stage.model, stage.solution, objective)
    # of a value of a billionth a share, not a billionth: it would be all of it
    least = stage.value - given_away * stage.size
    reaching = worth(stage.model, least) if stage.model.is_mixed else stage.model
    return replace(with_row(reaching, "kept", stage.model.objective, least, INF), objective=objective)


def nearest(stage: Stage, columns: Index, target: Array, weight: Array, solver: Solver) -> Stage:
    """Among the optimal points of a stage take one that differs least from a target: least sum weight |x - target|.

    The stage keeps its model and duals, which prove any of its optimal points; only the point is another one.
    """
    if stage.stopped:
        return stage
    size, every = len(columns), np.arange(len(columns))
    none = np.zeros(len(stage.model.objective))
    face = narrow(stage, none, GIVEN_AWAY[-1] if stage.model.is_mixed else 0.0)
    rows = len(face.row_lower)
    # x - up + down = target
    model = with_rows(face, "from_target", every, columns, np.ones(size), target, target)
    entries = [(np.array([rows + i]), np.array([sign])) for sign in (-1.0, 1.0) for i in range(size)]
    model = with_columns(
        model, [f"{way}[{i}]" for way in ("up", "down") for i in range(size)], entries, np.zeros(2 * size)
    )
    objective = np.append(np.zeros(len(face.objective)), -np.tile(weight, 2))
    found = solver(replace(model, objective=objective))
    if found.status != "optimal":
        return stage  # nearness is a courtesy: the stage's own point is as good
    return replace(stage, solution=replace(stage.solution, x=found.x[: len(stage.model.objective)]))


def least(stage: Stage, weight: Array, solver: Solver) -> Stage:
    """Among the optimal points of a stage take one of least weight (N,), where that is found; see `nearest`."""
    if stage.stopped or not weight.any():
        return stage
    face = narrow(stage, -padded(weight, stage.model), GIVEN_AWAY[0] if stage.model.is_mixed else 0.0)
    found = solver(face)
    if found.status != "optimal" or not kept(stage, Stage(face, found)):
        return stage  # a courtesy too
    return replace(stage, solution=replace(stage.solution, x=found.x[: len(stage.model.objective)]))


def with_worst(model: Model, rows: Sequence[tuple[str, Array, float]], ends: tuple[float, float]) -> Model:
    """Return the program that maximises a worst case t, its last column: a x - t >= b for each row (name, a, b)."""
    at = len(model.row_lower) + np.arange(len(rows))
    model = with_each(model, [(*row, INF) for row in rows])
    entries = [(at, np.full(len(at), -1.0))]
    model = with_columns(model, ["worst"], entries, np.array([ends[0]]), np.array([ends[1]]))
    objective = np.zeros(len(model.objective))
    objective[-1] = 1.0
    return replace(model, objective=objective)


def leximin(model: Model, shares: Array, solver: Solver, slack: float) -> tuple[Stage, Model]:
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
    free, ahead = list(range(len(shares))), AHEAD
    first: Stage | None = None
    while True:
        rows = len(model.row_lower)
        # a share lies in [0, 1]: wider bounds never bind, and finite ones let the certificate give a finite bound
        stage = solve(with_worst(model, [(f"share[{i}]", shares[i], 0.0) for i in free], (-1.0, 2.0)), solver)
        first = first or stage
        level = float(stage.solution.x[-1])
        prices = stage.solution.row_dual[rows:]
        full = {i for i in free if most[i] <= level + ROUNDED}
        priced = {i for i, y in zip(free, prices, strict=True) if y < -stage.solution.accuracy} - full
        if not priced and not full:
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
        held = [(f"held[{i}]", shares[i], level - slack, INF if slack else level) for i in sorted(priced)]
        held += [(f"held[{i}]", shares[i], min(level, most[i]) - slack, INF) for i in sorted(full)]
        model = with_each(model, held, Role())
        free = [i for i in free if i not in priced | full]
        while free and not priced:
            following = sorted(free, key=lambda i: (most[i], i))[:ahead]
            end = most[following[-1]]
            least = {i: min(most[i], end) - slack for i in free}
            tried = solve(with_worst(model, [(f"least[{i}]", shares[i], least[i]) for i in free], (-1.0, 0.0)), solver)
            if tried.solution.x[-1] < -ROUNDED:
                ahead = max(ahead // 4, AHEAD)
                break
            model = with_each(model, [(f"held[{i}]", shares[i], least[i], INF) for i in following], Role())
            free = [i for i in free if i not in following]
            ahead *= 2
        if not free:
            return first, model


def most_of(model: Model, rows: Array) -> Array:
    """Return what rows (T, N), none below 0, can be at most by the ends of the columns that the model's rows imply."""
    high = np.minimum(implied_ends(model, room=1.0)[1], model.column_upper)
    known = np.isfinite(high)
    return np.where(rows[:, ~known].any(axis=1), INF, rows[:, known] @ high[known])


def _leximin_whole(model: Model, shares: Array, solver: Solver, slack: float) -> tuple[Stage, Model]:
    """Leximin with whole numbers: maximise the sum of the k least shares for k = 1, 2, ... in turn.

    sum of the k least = max { k r - sum_i d_i : d_i >= r - share_i, d_i >= 0 }; Ogryczak & Sliwinski (2006), On direct
    methods for lexicographic min-max optimization, LNCS 3982, 802-811.
    """
    first: Stage | None = None
    count = len(shares)
    for k in range(1, count + 1):
        rows = len(model.row_lower)
        for i in range(count):
            model = with_row(model, f"below[{k},{i}]", padded(shares[i], model), 0.0, INF)
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
