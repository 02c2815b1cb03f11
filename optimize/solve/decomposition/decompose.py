"""Price decomposition: what is shared gets prices, the rest falls into blocks that are solved by themselves.

A program of tracks has few rows that join them: budgets, floors, caps. At given prices of these each track is a small
program. The way, a file a step: the matrix falls into blocks (`split`); each is solved at prices (`blocks`, compiled in
`block_simplex`), by threads, processes or a cluster (`slices`, `workers`); prices are sought (`price_search`), of equal
optima such are taken as fit (`filling`), and at last blocks that mind the prices are solved together (`together`);
columns that would join all go where they pay (`held`), what a period carries to the next is taken out (`carried`); here
all are put together again, with a basis of the whole, from which HiGHS goes on. Many objectives of one matrix are
solved one from the other (`along`). What comes out is a candidate: whoever asks for it proves it.

Source: Dantzig & Wolfe (1960), Decomposition principle for linear programs, Operations Research 8, 101-111.
"""

from __future__ import annotations

import copy
import threading
import weakref
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import numpy as np

from ...model.model import INF, Model, reduced_costs
from ...model.programme import Array
from ..solution import AT_LOWER, AT_UPPER, BASIC, Solution, no_solution
from .blocks import Blocks, NoEnd, State, TooLate
from .carried import Carried
from .held import Held
from .price_search import Near, PriceSearch
from .split import Split, split
from .together import Together
from .workers import chosen

GAINS = 1e-10
"""A reduced cost from which on a held column pays at its other end."""
FLIPS = 6
"""Times at most that held columns change their ends."""
FALLS = 0.25
"""Share of what was left to gain that may be left by a change of ends for another one to be tried: each is a search of
prices, and HiGHS goes on from a basis that is nearly right."""


class _Kept:
    """The last matrix that was split, and where its blocks stood: the stages of an objective share their matrix.

    `carried`: what its columns pass on from one row to the next; `counted`: the blocks of the matrix without it.
    """

    matrix: weakref.ref[Array] | None = None
    rows: int = 0
    split: Split | None = None
    state: State | None = None
    carried: Carried | None = None
    counted: Split | None = None


class _Last(threading.local):
    """What is kept by this thread: another may solve the same matrix under other objectives."""

    def __init__(self) -> None:
        self.kept = _Kept()


_last = _Last()


def _forget(matrix: weakref.ref[Array]) -> None:
    """Let go of the blocks of a matrix that is no more."""
    if _last.kept.matrix is matrix:
        _last.kept = _Kept()


def decomposed(model: Model, end: float = INF) -> Solution | None:
    """Solve a model by prices; None where it does not fall into blocks, or the way does not end.

    *end*: the time, by `time.monotonic`, after which it is left at the limit.
    """
    kept = _kept(model)
    carried = kept.carried
    inner = None if carried is None else carried.without(model)
    with _blocks(model, kept, end) as blocks:
        if blocks is None:
            return None
        inside = blocks
        if carried is not None and inner is not None and kept.counted is not None:
            inside = Blocks(inner, kept.counted, None, blocks.workers, end)
            if kept.state is not None:
                inside.stand(_counted(blocks, inside, carried))
        try:
            found, _ = solved(inside)
        except NoEnd:
            return None
        except TooLate:
            return no_solution("limit")
        if carried is not None and inside is not blocks:
            found = carried.whole(model, found)
            blocks.state = _uncounted(blocks, inside, carried, found)
    kept.state = blocks.state
    return found


def _counted(whole: Blocks, inside: Blocks, carried: Carried) -> State:
    """Where blocks stand without what is carried, from where they stand with it."""
    state = whole.state
    price = np.zeros(len(whole.model.row_lower))
    shared, scale = whole.parts.shared, whole.parts.scale
    price[shared] = state.price * scale[shared]
    price = carried.priced(price, back=True)
    return _moved(state, inside, price, 0.0, carried)


def _uncounted(whole: Blocks, inside: Blocks, carried: Carried, found: Solution) -> State:
    """Where blocks stand with what is carried, as it was found, from where they stand without."""
    price = found.row_dual * whole.size
    return _moved(inside.state, whole, price, found.x, carried)


def _moved(state: State, to: Blocks, price: Array, point: Array | float, carried: Carried) -> State:
    """Where blocks of the same columns and rows stand, at other prices, and what is carried at a point (N,)."""
    made, parts, at = copy.copy(state), to.parts, np.isin(to.parts.columns, carried.columns)
    made.x = state.x.copy()
    made.x[at] = (point / to.model.column_unit)[parts.columns[at]]
    made.price = price[parts.shared] / parts.scale[parts.shared]
    made.slackness = np.full(len(state.slackness), -1.0)
    made.ends = to.lower, to.upper, to.row_lower, to.row_upper
    return made


def standing(model: Model) -> State | None:
    """Where the blocks of a model stand since its matrix was solved last."""
    return _kept(model).state


def stand(model: Model, state: State | None) -> None:
    """Let the blocks of a model begin where they stood once, as under an objective that is more like the next."""
    _kept(model).state = state


def blocks_of(model: Model) -> AbstractContextManager[Blocks | None]:
    """Blocks of a model where they stood when its matrix was solved last; None where it does not fall into any."""
    return _blocks(model, _kept(model), INF)


def _kept(model: Model) -> _Kept:
    """Return what is kept of a model's matrix, split now if it is not the last one."""
    kept, value, rows = _last.kept, model.value, len(model.row_lower)
    if kept.matrix is None or kept.matrix() is not value or kept.rows != rows:
        kept = _Kept()
        kept.matrix, kept.rows, kept.split = weakref.ref(value, _forget), rows, split(model)
        kept.carried = None if kept.split is None else Carried.of(model)
        kept.counted = None if kept.carried is None else split(kept.carried.inner)
        _last.kept = kept
    return kept


@contextmanager
def _blocks(model: Model, kept: _Kept, end: float) -> Iterator[Blocks | None]:
    if kept.split is None:
        yield None
    else:
        with chosen() as workers:
            yield Blocks(model, kept.split, kept.state, workers, end)


def solved(b: Blocks, near: Near | None = None) -> tuple[Solution, Together | None]:
    """Solve, with held columns where they pay, as long as that leaves less to gain by them.

    A column whose place is between its ends pays at either: what is left then is gained from the basis returned.
    *near*: where to begin, see `PriceSearch`. Also returned are the blocks that were solved together at last.
    """
    model, columns = b.model, b.parts.held
    if not len(columns):
        price, dual, together = PriceSearch(b, near=near).solve()
        return _put_together(b, price, dual, together), together
    held = Held(b)
    best: tuple[Solution, Together | None, State, Array] | None = None
    least = INF
    for flips in range(FLIPS + 1):
        try:
            price, dual, together = PriceSearch(b, near=near).solve()
        except NoEnd:
            if best is None:
                raise
            break
        found = _put_together(b, price, dual, together)
        gain = found.reduced_cost[columns] * model.column_unit[columns] * b.size
        ends = held.best(np.where(np.abs(gain) > GAINS, gain, 0.0))
        worth = gain * (ends.x - b.held) / model.column_unit[columns]
        left = float(worth.sum())
        if left >= least:
            break
        goes_on = flips < FLIPS and GAINS < left <= FALLS * least
        best, least = (held.proving(found, ends), together, b.state, b.held), left
        moves = held.moves(ends.x, worth) if goes_on else np.empty(0, np.int64)
        if not len(moves):
            break
        moved = b.held.copy()
        moved[moves] = ends.x[moves]
        point = np.zeros(len(model.objective))
        point[columns] = moved - b.held
        b.hold(point)
        b.held = moved
        b.stand(b.state)
    assert best is not None  # the first round gave one, or raised
    found, together, b.state, b.held = best
    return found, together


def _put_together(b: Blocks, price: Array, dual: Array, together: Together | None) -> Solution:
    """Put the blocks together again, in the order and the units of the model, with the basis of all."""
    model, parts, state = b.model, b.parts, b.state
    of_columns, of_rows = b.states(np.arange(parts.blocks), np.arange(len(state.x)), np.arange(len(dual)))
    of_shared = np.full(len(price), BASIC, np.int8)
    if together is not None:
        of_columns[together.columns] = together.basis[0]
        of_rows[together.rows], of_shared = np.split(together.basis[1], [len(together.rows)])
    y = b.row_dual(price, dual)
    point, columns, rows = (
        np.empty(len(model.objective)),
        np.empty(len(model.objective), np.int8),
        np.empty(len(y), np.int8),
    )
    point[parts.columns] = state.x * model.column_unit[parts.columns]
    point[parts.held] = b.held
    columns[parts.columns] = of_columns
    columns[parts.held] = np.where(b.held >= model.column_upper[parts.held], AT_UPPER, AT_LOWER)
    rows[parts.rows], rows[parts.shared] = of_rows, of_shared
    point = np.clip(point, model.column_lower, model.column_upper)
    return Solution("optimal", point, y, reduced_costs(model, y), basis=(columns, rows))
