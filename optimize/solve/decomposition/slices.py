"""Slices of the blocks, as workers keep them: what blocks are, where they stand, and a pass over some of them."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import starmap
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ...model.programme import Array, Index, ranges
from .block_simplex import Columnwise, Int, solve_blocks
from .workers import Answer, Keeper, Place, Workers

SLICES = 16
"""Into which blocks are cut: always as many, so that sums do not depend on who works."""
SERIAL = 2000
"""Blocks up to which it does not pay to share them out."""


@dataclass(frozen=True)
class Asked:
    """What is asked of blocks: shared prices, what decides ties, what changes are measured in and count, steps at most.

    See `block_simplex.solve_blocks`.
    """

    price: Array
    tie: Array
    weight: Array
    beyond: float
    steps: int


@dataclass(frozen=True)
class Done:
    """What some blocks gave: the sum of their objectives, what they use, how many failed, and are not optimal."""

    total: float
    use: Array
    failed: int
    wrong: int


@dataclass(frozen=True)
class Standing:
    """Where some blocks stand, one after the other."""

    x: Array
    activity: Array
    basic: Int
    dual: Array
    slackness: Array


@dataclass(frozen=True)
class Slice:
    """Neighbouring blocks, counted from 0: first columns and rows, entries, costs and ends, and where they stand."""

    column_start: Index
    row_start: Index
    local: Columnwise
    joint: Columnwise
    cost: Array
    lower: Array
    upper: Array
    row_lower: Array
    row_upper: Array
    at: Standing

    def solve(self, blocks: Index, asked: Asked) -> Done:
        """Solve blocks; they stand where they were brought."""
        use = np.zeros(len(asked.price))
        total, failed, wrong = solve_blocks(
            blocks,
            self.column_start,
            self.row_start,
            *self.local,
            *self.joint,
            self.cost,
            self.lower,
            self.upper,
            self.row_lower,
            self.row_upper,
            asked.price,
            asked.tie,
            asked.weight,
            asked.beyond,
            asked.steps,
            self.at.x,
            self.at.activity,
            self.at.basic,
            self.at.dual,
            self.at.slackness,
            use,
        )
        return Done(total, use, failed, wrong)

    def cut(self, first: int, last: int) -> Slice:
        """Return the blocks from *first* to *last* by themselves."""
        columns = slice(int(self.column_start[first]), int(self.column_start[last]))
        rows = slice(int(self.row_start[first]), int(self.row_start[last]))

        def entries(of: Columnwise) -> Columnwise:
            start, row, value = of
            at = slice(int(start[columns.start]), int(start[columns.stop]))
            starts = start[columns.start : columns.stop + 1] - start[columns.start]
            return starts.astype(np.int32), row[at], value[at]

        at = self.at
        return Slice(
            self.column_start[first : last + 1] - columns.start,
            self.row_start[first : last + 1] - rows.start,
            entries(self.local),
            entries(self.joint),
            self.cost[columns],
            self.lower[columns],
            self.upper[columns],
            self.row_lower[rows],
            self.row_upper[rows],
            Standing(at.x[columns], at.activity[rows], at.basic[rows], at.dual[rows], at.slackness[first:last]),
        )

    def places(self, blocks: Index) -> tuple[Index, Index]:
        """Places of the columns and of the rows of blocks."""
        columns, _ = ranges(self.column_start[blocks], self.column_start[blocks + 1])
        rows, _ = ranges(self.row_start[blocks], self.row_start[blocks + 1])
        return columns, rows

    def standing(self, blocks: Index) -> Standing:
        """Return where blocks stand."""
        at, (columns, rows) = self.at, self.places(blocks)
        return Standing(at.x[columns], at.activity[rows], at.basic[rows], at.dual[rows], at.slackness[blocks])

    def stand(self, blocks: Index, there: Standing) -> None:
        """Let blocks stand there."""
        at, (columns, rows) = self.at, self.places(blocks)
        at.x[columns], at.activity[rows], at.basic[rows] = there.x, there.activity, there.basic
        at.dual[rows], at.slackness[blocks] = there.dual, there.slackness


class Kept:
    """A slice that a worker keeps."""

    def __init__(self, given: Slice) -> None:
        self.slice = copy.deepcopy(given)  # what came by message may be read-only

    def __call__(self, blocks: Index, asked: Asked, known: Index, there: Standing) -> tuple[Done, Standing]:
        """Solve blocks, of which some are known to stand elsewhere by now; return where all of these stand then."""
        self.slice.stand(known, there)
        done = self.slice.solve(*copy.deepcopy((blocks, asked)))
        return done, self.slice.standing(blocks)


class Team(Protocol):
    """Who solves blocks."""

    def solve(self, blocks: Index, asked: Asked) -> Sequence[Done]:
        """Solve blocks, in slices."""
        ...


def _by_slice(blocks: Index, ends: Index) -> list[Index]:
    """Blocks, in order, by the slice that each is in."""
    return np.split(blocks, np.searchsorted(blocks, ends[1:-1]))


def ends_of(blocks: int) -> Index:
    """Where slices begin and end."""
    return np.linspace(0, blocks, SLICES + 1).astype(np.int64)


class Here:
    """Threads of this process, which share the whole."""

    def __init__(self, whole: Slice, pool: ThreadPoolExecutor | None) -> None:
        self.whole, self.pool, self.ends = whole, pool, ends_of(len(whole.row_start) - 1)

    def solve(self, blocks: Index, asked: Asked) -> Sequence[Done]:
        """Solve blocks, in slices."""
        given = [(part, asked) for part in _by_slice(blocks, self.ends)]
        if self.pool is None or len(blocks) <= SERIAL:
            return list(starmap(self.whole.solve, given))
        return list(self.pool.map(self.whole.solve, *zip(*given, strict=True)))


class Away:
    """Workers that keep slices; few blocks are solved here, and told to their workers when these solve them next."""

    def __init__(self, whole: Slice, place: Place) -> None:
        self.whole, self.place, self.ends = whole, place, ends_of(len(whole.row_start) - 1)
        self.keepers: list[Keeper | None] = []
        self.ahead: NDArray[np.bool_] = np.zeros(len(whole.row_start) - 1, dtype=bool)

    def solve(self, blocks: Index, asked: Asked) -> Sequence[Done]:
        """Solve blocks, in slices."""
        parts = _by_slice(blocks, self.ends)
        if len(blocks) <= SERIAL:
            return [self._solved_here(part, asked) for part in parts]
        if not self.keepers:
            bounds = zip(self.ends[:-1].tolist(), self.ends[1:].tolist(), strict=True)
            self.keepers = [self.place(partial(Kept, self.whole.cut(*bound))) for bound in bounds]
        answers = [self._ask(number, part, asked) for number, part in enumerate(parts)]
        return [self._taken(number, parts[number], asked, answer) for number, answer in enumerate(answers)]

    def _solved_here(self, part: Index, asked: Asked) -> Done:
        self.ahead[part] = True
        return self.whole.solve(part, asked)

    def _ask(self, number: int, part: Index, asked: Asked) -> Answer | None:
        """Ask who keeps a slice, and tell where some of its blocks stand by now; None where its worker is lost."""
        keeper, first = self.keepers[number], self.ends[number]
        if keeper is None:
            return None
        known, answer = part[self.ahead[part]], None
        with self._unless_lost(number):
            answer = keeper(part - first, asked, known - first, self.whole.standing(known))
        return answer  # noqa: RET504  # none where it is lost

    def _taken(self, number: int, part: Index, asked: Asked, answer: Answer | None) -> Done:
        """Take what a worker answers; what a lost one kept is solved here from then on."""
        found: tuple[Done, Standing] | None = None
        if answer is not None:
            with self._unless_lost(number):
                found = answer.result()
        if found is None:
            return self._solved_here(part, asked)
        done, there = found
        self.ahead[part] = False
        self.whole.stand(part, there)
        return done

    @contextmanager
    def _unless_lost(self, number: int) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # each engine has its own errors of workers that are lost
            warnings.warn(f"a worker is lost, its blocks are solved here: {error!r}", RuntimeWarning, stacklevel=2)
            self.keepers[number] = None


def team(whole: Slice, workers: Workers) -> Team:
    """Return who solves blocks, by the workers there are."""
    return Here(whole, workers) if workers is None or isinstance(workers, ThreadPoolExecutor) else Away(whole, workers)
