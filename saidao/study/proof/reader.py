"""The proof of a plan as tables that a reader, or a script in the report, recomputes: program, plan and prices.

Every number is exact: a whole number, or a fraction of two. What is recomputed: the plan keeps every limit, and the
prices bound every other plan by what this one is worth (weak duality), so that nothing better exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ...case import Case
from ...optimize.solve.proof.rational import Bound
from .optimum import optimum_of, prove
from .prove import stated
from .statement import Key, Unstated, point_shown
from .tables import Tables


@dataclass(frozen=True)
class Unknown:
    """An amount that the plan sets: its name, between what it may be, what one is worth, and what it is."""

    name: Key
    low: Bound
    high: Bound
    worth: Fraction
    amount: Fraction


@dataclass(frozen=True)
class Limit:
    """A limit: so much of each unknown, between what their sum may be, and the price of one more."""

    name: Key
    terms: tuple[tuple[int, Fraction], ...]
    low: Bound
    high: Bound
    price: Fraction


@dataclass(frozen=True)
class ReadersProof:
    """The program of a case with a plan and prices that prove each other; `value` is what the plan is worth."""

    unknowns: tuple[Unknown, ...]
    limits: tuple[Limit, ...]
    value: Fraction


def readers_proof(case: Case, shown: Mapping[str, Any]) -> ReadersProof | None:
    """Return the proof of a plan as tables; None where duals cannot tell (whole units), or leave a gap.

    Parameters
    ----------
    shown : as `recount` takes it.
    """
    tables = Tables(case, shown["settings"])
    try:
        made, _ = stated(tables, shown)
    except Unstated:
        return None
    if made.whole:
        return None
    model, lp = made.model(), made.rational()
    found = optimum_of(model)
    if found is None:
        return None
    at = prove(lp, model, point_shown(made, tables, shown), found.row_dual, found.accuracy)
    if not at.exact:
        return None
    size, zero = lp.size, Fraction(0)
    unknowns = tuple(
        Unknown(name, *made.bounds[j], made.objective.get(j, zero), at.values[j]) for name, j in made.columns.items()
    )
    limits = tuple(
        Limit(name, tuple(sorted(terms.items())), low, high, at.prices[size + i])
        for i, (name, (terms, low, high)) in enumerate(made.rows.items())
    )
    return ReadersProof(unknowns, limits, at.value)
