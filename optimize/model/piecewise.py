"""Values that bend: what a closed gap is worth, piece by piece of its factor's scale."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .columns import Columns
from .model import INF, Model, with_columns, with_rows
from .objectives import worth
from .programme import Array, Index


def piecewise(c: Columns, model: Model, parts: Array, pieces: Index, concave: bool) -> tuple[Model, Array]:
    """Return a program whose closed gaps are told by pieces of each factor's scale, and what the pieces are worth.

    z = sum_k y[k],  0 <= y[k] <= width of the k-th piece above the level that there is;  a gap that only one piece is
    above stays as it is. Pieces fill from below: by themselves where none is worth more than the one before, else by
    0-1 columns, full[k]:  y[k] >= width[k] full[k],  y[k+1] <= width[k+1] full[k].

    Parameters
    ----------
    model : the program of *c*, which may have more columns after those.
    parts : (F, N) what each factor is worth by column, where its value is a straight line.
    pieces : (F,) even pieces of each factor's scale.
    concave : whether no piece will be worth more than the one before.

    Returns
    -------
    Model, (sum of pieces, N')
        The worth by column of what a value function rises over each piece: the program's objective is
        ``rises @ parts``.
    """
    p, columns, rows = c.programme, len(model.objective), len(model.row_lower)
    pair, _ = worth(c)
    first = np.cumsum([0, *pieces])
    straight = np.zeros((first[-1], columns))
    split: list[int] = []
    made: list[tuple[int, int, float, float]] = []  # the row, the piece, its width above the level, and its worth
    followed: list[tuple[int, int]] = []
    for j in np.flatnonzero((parts != 0).any(axis=0)).tolist():
        track, f = divmod(int(pair[j]), len(p.factors))
        level, number = 1.0 - float(p.gap[track, f]), int(pieces[f])
        breaks = np.linspace(0.0, 1.0, number + 1)
        width = breaks[1:] - np.maximum(breaks[:-1], level)
        above = np.flatnonzero(width > 1e-12)
        rise = float(parts[f, j]) * number
        if len(above) == 1:
            straight[first[f] + above[0], j] = rise
            continue
        followed += [(len(made) + n, len(made) + n + 1) for n in range(len(above) - 1)]
        made += [(rows + len(split), int(first[f] + k), float(width[k]), rise) for k in above]
        split.append(j)
    if not split:
        return model, straight
    every = np.arange(len(split))
    model = with_rows(
        model, "pieces", every, np.array(split), np.ones(len(split)), np.zeros(len(split)), np.zeros(len(split))
    )
    entries: list[tuple[Index, Array]] = [(np.array([row]), np.array([-1.0])) for row, *_ in made]
    upper = np.array([width for _, _, width, _ in made])
    labels = [f"piece[{n}]" for n in range(len(made))]
    model = with_columns(model, labels, entries, np.zeros(len(made)), upper)
    worth_of = np.hstack([straight, np.zeros((first[-1], len(made)))])
    for n, (_, piece, _, rise) in enumerate(made):
        worth_of[piece, columns + n] = rise
    return (model, worth_of) if concave else _filled_in_order(model, worth_of, columns, upper, followed)


def _filled_in_order(
    model: Model, parts: Array, first: int, width: Array, followed: list[tuple[int, int]]
) -> tuple[Model, Array]:
    """Add the columns full[k] and their rows; *first* is the column of the first piece."""
    count, rows = len(followed), len(model.row_lower)
    each = np.arange(count)
    before, after = np.array(followed, dtype=np.int64).reshape(-1, 2).T
    ones, zeros, free = np.ones(count), np.zeros(count), np.full(count, INF)
    model = with_rows(model, "filled", each, first + before, ones, zeros, free)
    model = with_rows(model, "above", each, first + after, ones, -free, zeros)
    entries = [
        (np.array([rows + n, rows + count + n]), np.array([-width[b], -width[a]]))
        for n, (b, a) in enumerate(zip(before, after, strict=True))
    ]
    model = with_columns(model, [f"full piece[{n}]" for n in range(count)], entries, zeros, ones)
    integer = model.integer.copy()
    integer[-count:] = True
    model = replace(model, integer=integer, units=np.append(model.column_unit[:-count], ones))
    return model, np.hstack([parts, np.zeros((len(parts), count))])
