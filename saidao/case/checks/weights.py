"""Checks of weights and judgements."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import Problem
from ...mcda import (
    InputError,
    reciprocal_matrix,
)
from ...mcda.checks import LARGEST, unfit
from ...mcda.pairwise.matrix import contradicts
from ..case import Case, Judgement
from ..cells import number_text
from ..checking import (
    MOST,
    Found,
    alike,
    file_of,
    ids,
    rows_with_lines,
    suspicion,
    unknown,
)
from ..tables import (
    Factor,
)

LARGEST_JUDGEMENT = 9.0


def direct_weights(case: Case) -> Found:
    """Yield weights of factors that are given for some only at a node of the tree, or sum to nothing there.

    Those above have to be weighed where the scheme is `direct`, which tells that itself; an only child never has.
    """
    line = {row.factor: number for number, row in rows_with_lines(case, Factor)}
    weight = {row.factor: row.weight for row in case.rows(Factor)}
    if all(given is None for given in weight.values()):
        return
    several = [children for children in case.children.values() if len(children) > 1]
    for children in several or [case.factor_ids]:
        blank = [f for f in children if weight[f] is None]
        for factor in blank:
            if factor in case.factor_ids:
                yield Problem(
                    "missing_cell", file_of(case, Factor), line[factor], "weight", details={"column": "weight"}
                )
        if children and not blank and sum(weight[f] or 0.0 for f in children) <= 0:
            yield Problem("weights_sum", file_of(case, Factor), line[children[0]], "weight", "0")


def judgements(case: Case) -> Found:
    """Yield judgements about unknown factors, of no node or of one twice, or that are no reciprocal matrix."""
    by_children = {frozenset(children): node for node, children in case.children.items()}
    seen: dict[tuple[str, str], str] = {}
    for judgement in case.judgements.values():
        strange = [name for name in judgement.labels if name not in ids(case, Factor)]
        for name in strange:
            yield unknown(judgement.file, judgement.heading, name, name, ids(case, Factor), "factors")
        node, named = by_children.get(frozenset(judgement.labels)), judgement.named_node
        if named and node != named:
            details = {"node": named, "factors": ", ".join(case.children.get(named, ())) or "-"}
            yield Problem(
                "judgement_node", judgement.file, judgement.heading, found=", ".join(judgement.labels), details=details
            )
        elif node is None and not strange:
            yield Problem(
                "judgement_idle", judgement.file, judgement.heading, found=", ".join(judgement.labels), level="warning"
            )
        elif node is not None and (first := seen.setdefault((judgement.judge, node), judgement.file)) != judgement.file:
            details = {"judge": judgement.judge, "first": first}
            yield Problem("judgement_twice", judgement.file, found=judgement.file, details=details)
        faults = list(_judged_cells(judgement))
        yield from faults
        if faults:
            continue
        try:
            reciprocal_matrix(judgement.matrix, judgement.labels)
        except InputError as error:
            if error.code != "pairwise_missing":  # a gap matters only to who uses the matrix
                pair = error.where.removeprefix("pairwise, ")
                yield Problem(error.code, judgement.file, found=error.found, details={"pair": pair})


def _judged_cells(judgement: Judgement) -> Found:
    """Yield the cells of a matrix that are of no usual size, no 1 on the diagonal, or no reciprocal of the other half.

    Of two cells that contradict each other the one below the diagonal is told: that half can be left blank.
    """
    a, labels, file = judgement.matrix, judgement.labels, judgement.file
    known = np.isfinite(a)
    odd = known & unfit(np.where(known, a, 1.0))
    for i, j in np.argwhere(odd):
        yield Problem("judgement_unusual", file, judgement.line(i), labels[j], f"{a[i, j]:g}", {"most": LARGEST})
    for i in map(int, np.flatnonzero(known.diagonal() & (np.abs(a.diagonal() - 1.0) > 1e-12))):
        yield Problem("pairwise_diagonal", file, judgement.line(i), labels[i], f"{a[i, i]:g}")
    product = np.where(known & known.T & ~odd & ~odd.T, a, 1.0)
    for i, j in np.argwhere(np.tril(contradicts(product), -1)):
        other = a[j, i]
        meant = f"1/{number_text(other)}" if other >= 1 else f"{1 / other:.4g}"
        details = {"meant": meant, "other": f"{other:.4g}", "above": labels[j], "right": labels[i]}
        yield Problem("judgement_reciprocal", file, judgement.line(i), labels[j], f"{a[i, j]:.4g}", details)


def mixed_weights(case: Case) -> Found:
    """Yield weights of which some are shares of 1 and some are percents, and shares that do not sum to 1 or 100."""
    if case.settings.weights != "direct":
        return
    rows = [(line, row) for line, row in rows_with_lines(case, Factor) if row.weight]
    below = [row.weight for _, row in rows if row.weight < 1]
    above = [(line, row) for line, row in rows if row.weight >= 5]
    if below and above and case.tables["factors"].percents.isdisjoint((line, "weight") for line, _ in rows):
        for line, row in above:
            yield suspicion(
                "weight_percent",
                file_of(case, Factor),
                line,
                "weight",
                number_text(row.weight),
                meant=number_text(row.weight / 100),
                other=number_text(below[0]),
            )
        return
    parents: dict[str, list[tuple[int, Any]]] = {}
    for line, row in rows:
        parents.setdefault(row.parent, []).append((line, row))
    for siblings in parents.values():
        values = [row.weight for _, row in siblings]
        for whole in (1.0, 100.0):
            parts = len(values) > 1 and max(values) < whole and (whole == 1.0 or min(values) >= 1)
            if parts and _off(sum(values), whole):
                yield suspicion(
                    "weights_off",
                    file_of(case, Factor),
                    siblings[0][0],
                    "weight",
                    number_text(round(sum(values), 12)),
                    whole=whole,
                )


def _off(sum_: float, whole: float) -> bool:
    """Whether parts nearly sum to a whole, and yet do not: rounded parts may be 0.4 % off."""
    return 0.004 < abs(sum_ / whole - 1.0) < 0.2


def idle_weights(case: Case) -> Found:
    """Yield judgements and weights that are filled in, while the case weighs in another way."""
    s = case.settings
    for judgement in case.judgements.values() if s.weights != "ahp" else ():
        judged = judgement.matrix[~np.eye(len(judgement.labels), dtype=bool)]
        if (np.isfinite(judged) & (judged != 1)).any():
            yield suspicion(
                "judgement_unused",
                judgement.file,
                judgement.heading,
                "",
                ", ".join(judgement.labels),
                weights=s.weights,
            )
    given = [(line, row) for line, row in rows_with_lines(case, Factor) if row.weight is not None]
    if s.weights == "equal" and len({row.weight for _, row in given}) > 1:
        found = ", ".join(number_text(row.weight) for _, row in given[:MOST])
        yield suspicion("weights_unused", file_of(case, Factor), given[0][0], "weight", found)


def near_judges(case: Case) -> Found:
    """Yield judges whose names differ from another one's only by width, case or blanks."""
    seen: dict[str, tuple[str, str]] = {}
    for judgement in case.judgements.values():
        first, file = seen.setdefault(alike(judgement.judge), (judgement.judge, judgement.file))
        if first != judgement.judge:
            yield suspicion("near_judge", judgement.file, judgement.heading, "", judgement.judge, other=file)


def judgement_sizes(case: Case) -> Found:
    """Yield judgements beyond Saaty's scale from 1/9 to 9."""
    for judgement in case.judgements.values():
        a = judgement.matrix
        for i, j in np.argwhere(np.isfinite(a) & ((a > LARGEST_JUDGEMENT * 1.02) | (a < 0.98 / LARGEST_JUDGEMENT))):
            if a[i, j] > 1 or not np.isfinite(a[j, i]):
                size = max(a[i, j], 1 / a[i, j])
                meant = number_text(float(f"{size / 10 ** np.ceil(np.log10(size / LARGEST_JUDGEMENT)):.4g}"))
                yield suspicion(
                    "judgement_size",
                    judgement.file,
                    judgement.line(i),
                    judgement.labels[j],
                    number_text(float(f"{a[i, j]:.4g}")),
                    meant=meant,
                )
