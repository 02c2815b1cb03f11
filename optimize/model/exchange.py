"""A model as the texts that every solver reads: free MPS, and LP. Numbers are written so that they read back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .model import INF, Model, pulp_names

MAXIMISED = "* to be maximised; what does not read OBJSENSE is told: cbc FILE max solve, glpsol --freemps FILE --max"
LONGEST = 100
"""Signs of a name; some readers take 255, and none less."""


def plain_names(names: Iterable[str], sign: str) -> list[str]:
    """Return names that any reader takes: those of `pulp_names` where they are ASCII, else *sign* and a number.

    >>> plain_names(["level[I 1,a-b]", "level[I1,量子]"], "x")
    ['level_I_1__a_b', 'x2']
    """
    return [
        name if name.isascii() and len(name) <= LONGEST and re.match("[A-Za-z_]", name) else f"{sign}{n}"
        for n, name in enumerate(pulp_names(names), 1)
    ]


def _rows(model: Model) -> Iterator[tuple[str, str, float, range]]:
    """Yield name, sense (``L``, ``G`` or ``E``), amount and entries; a row of two ends is two rows."""
    start = model.start.tolist()
    for i, name in enumerate(plain_names(model.row_names(), "r")):
        at = range(start[i], start[i + 1])
        low, high = float(model.row_lower[i]), float(model.row_upper[i])
        if low == high:
            yield name, "E", high, at
            continue
        if high < INF:
            yield name, "L", high, at
        if low > -INF:
            yield (name if high == INF else f"{name}_lower"), "G", low, at


def _read_as(model: Model, mark: str) -> Iterator[str]:
    """Yield, as comments, what names stand for where they could not stay as they are."""
    for sign, names in (("x", model.column_names()), ("r", model.row_names())):
        for short, name in zip(plain_names(names, sign), names, strict=True):
            if re.fullmatch(rf"{sign}\d+", short):
                yield f"{mark} {short} is {name}"


def mps(model: Model, title: str = "saidao") -> str:
    """Return the model in free MPS, to be maximised, as section ``OBJSENSE`` says.

    HiGHS, SCIP, Gurobi and CPLEX read that; CBC and GLPK have to be told, and a comment in the file says how.
    """
    rows = list(_rows(model))
    entries: list[list[tuple[str, float]]] = [[("value", c)] if c else [] for c in model.objective.tolist()]
    column, value = model.column.tolist(), model.value.tolist()
    for name, _, _, at in rows:
        for e in at:
            entries[column[e]].append((name, value[e]))
    names = plain_names(model.column_names(), "x")
    lines = [
        MAXIMISED,
        *_read_as(model, "*"),
        f"NAME {re.sub(r'[^A-Za-z0-9_]+', '_', title)}",
        "OBJSENSE",
        " MAX",
        "ROWS",
    ]
    lines += [" N value", *(f" {sense} {name}" for name, sense, _, _ in rows), "COLUMNS"]
    whole = False
    for j, (name, integer) in enumerate(zip(names, model.integer.tolist(), strict=True)):
        if integer != whole:
            lines.append(f" M{j} 'MARKER' '{'INTORG' if integer else 'INTEND'}'")
            whole = integer
        # a column without entries is declared all the same
        lines += [f" {name} {row} {number!r}" for row, number in entries[j] or [("value", 0.0)]]
    if whole:
        lines.append(" MEND 'MARKER' 'INTEND'")
    lines += ["RHS", *(f" RHS {name} {amount!r}" for name, _, amount, _ in rows if amount), "BOUNDS"]
    for name, low, high in zip(names, model.column_lower.tolist(), model.column_upper.tolist(), strict=True):
        lines.append(f" MI BND {name}" if low == -INF else f" LO BND {name} {low!r}")
        lines.append(f" PL BND {name}" if high == INF else f" UP BND {name} {high!r}")
    return "\n".join([*lines, "ENDATA", ""])


def lp(model: Model) -> str:
    """Return the model in the LP format of CPLEX, to be maximised: a term a line, as readers limit lines."""
    names = plain_names(model.column_names(), "x")
    column, value = model.column.tolist(), model.value.tolist()

    def terms(parts: Iterable[tuple[float, int]]) -> list[str]:
        return [f" {'-' if number < 0 else '+'} {abs(number)!r} {names[j]}" for number, j in parts]

    objective = terms((c, j) for j, c in enumerate(model.objective.tolist()) if c)
    lines = [*_read_as(model, "\\"), "Maximize", " value:", *(objective or [f" 0 {names[0]}"]), "Subject To"]
    for name, sense, amount, at in _rows(model):
        sign = {"L": "<=", "G": ">=", "E": "="}[sense]
        body = terms((value[e], column[e]) for e in at) or [f" 0 {names[0]}"]
        lines += [f" {name}:", *body, f" {sign} {amount!r}"]
    lines.append("Bounds")
    for name, low, high in zip(names, model.column_lower.tolist(), model.column_upper.tolist(), strict=True):
        left, right = ("-inf" if low == -INF else repr(low)), ("+inf" if high == INF else repr(high))
        lines.append(f" {left} <= {name} <= {right}")
    if model.is_mixed:
        lines += ["General", *(f" {name}" for name, whole in zip(names, model.integer.tolist(), strict=True) if whole)]
    return "\n".join([*lines, "End", ""])
