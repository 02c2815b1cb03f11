"""Constraints of one's own by the names of what they limit, for a second reader who knows no column numbers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ...optimize import Allocation
from ...optimize.model.columns import Columns
from ...results.result import Row

Name = tuple[str, ...]


def amendment(solved: Allocation) -> Row | None:
    """Return what `amend` added: rows over columns by name, bounds that it moved, columns it made whole; None if none.

    A level is named by measure, target, number of its part, and period; a closed gap by track, factor and period.
    """
    if not solved.amended:
        return None
    model, c = solved.problem.model, solved.columns
    names = list(column_names(c))
    rows = []
    for name, row in solved.own_rows.items():
        entry = np.flatnonzero(model.row == row)
        terms = [[names[j], float(a)] for j, a in zip(model.column[entry].tolist(), model.value[entry], strict=True)]
        ends = {"low": float(model.row_lower[row]), "high": float(model.row_upper[row])}
        rows.append({"name": name, "terms": terms, **ends})
    lower, upper = c.bounds()
    moved = np.flatnonzero((model.column_lower != lower) | (model.column_upper != upper))
    return {
        "rows": rows,
        "bounds": [[names[j], float(model.column_lower[j]), float(model.column_upper[j])] for j in moved.tolist()],
        "whole": [names[j] for j in np.flatnonzero(model.integer & ~c.integer).tolist()],
    }


def column_names(c: Columns) -> Iterator[Name]:
    """Yield the names of all columns, in their order."""
    p = c.programme
    place = [(a.measure, a.target) for a in p.applications]
    number = np.zeros(len(p.segment_width), dtype=int)
    for segments in p.segments_of:
        number[segments] = np.arange(len(segments))
    parts = [(*place[a], str(n)) for a, n in zip(p.segment_application.tolist(), number.tolist(), strict=True)]
    dated: dict[str, list[Name]] = {
        "level": parts,
        "closed": [p.pair_name(k) for k in p.open_pairs],
        "unspent": [(r,) for r in p.resources],
        "units": [place[a] for a in c.counted],
        "used": [place[a] for a in c.switched],
        "met": [(p.requires[n].name, *place[p.requires[n].application], *place[b]) for n, b in c.several],
    }
    blocks = {
        "level": "level",
        "closed": "closed",
        "unspent": "unspent",
        "count": "units",
        "used": "used",
        "met": "met",
    }
    for block, size in c.sizes.items():
        if not size:
            continue
        if block == "full":
            yield from (("full", *parts[s], p.periods[q]) for q, s, _ in c.ordered)
        elif block == "chosen":
            yield from (("chosen", *place[a]) for a in c.excluded)
        else:
            yield from ((blocks[block], *name, period) for period in p.periods for name in dated[blocks[block]])
