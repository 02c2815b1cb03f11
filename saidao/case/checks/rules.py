"""Checks of rules: over known groups, of known things, with one amount."""

from __future__ import annotations

from collections.abc import Collection

from ...errors import Problem
from ..case import Case
from ..checking import (
    Found,
    file_of,
    ids,
    rows_with_lines,
    unknown,
)
from ..tables import (
    Measure,
    Resource,
    RuleRow,
    Track,
)


def group_values(case: Case, over: str) -> Collection[str]:
    """Return the keys that a rule over *over* may name."""
    return {
        "track": ids(case, Track),
        "type": {row.type for row in case.rows(Track) if row.type},
        "factor": set(case.factor_ids),
        "dimension": {row.dimension for row in case.rows(Measure) if row.dimension},
        "stage": {row.stage for row in case.rows(Measure) if row.stage},
        "measure": ids(case, Measure),
    }.get(over, set())


def _relation(case: Case, file: str, line: int, row: RuleRow) -> Found:
    """Yield unknown measures of a relation, and a prerequisite that is narrower than its measure."""
    requires = row.kind == "requires"
    if requires and (";" in row.of or "|" in row.key_):
        column, found = ("of", row.of) if ";" in row.of else ("key", row.key_)
        yield Problem("requires_one", file, line, column, found, {"meant": found.replace(";", "|")})
        return
    if requires and (itself := set(row.measures) & set(row.others)):
        yield Problem("requires_itself", file, line, "of", min(itself))
    twice = len(set(row.measures)) < max(len(row.measures), 1 if requires else 2)
    if not requires and twice:
        yield Problem("excludes_two", file, line, "key", row.key_)
    for column, names in (("key", row.measures or ("",)), ("of", (row.others or ("",)) if requires else ())):
        for name in names:
            if name not in ids(case, Measure):
                yield unknown(file, line, column, name, ids(case, Measure), "measures")
    order = ("track", "type", "city")
    measures = case.measure_of
    scope = {name: order.index(measure.scope) for name, measure in measures.items()}
    for name in row.measures if requires else ():
        for other in row.others:
            if scope.get(name, 0) > scope.get(other, len(order)):
                found = f"{name} {order[scope[name]]}, {other} {order[scope[other]]}"
                yield Problem("requires_scope", file, line, "of", found)
    for name in row.measures if row.kind == "one_of" else ():
        one = measures.get(name)
        if one is not None and (one.kind == "continuous" or (one.kind == "semi" and not one.min_level)):
            yield Problem("one_of_kind", file, line, "key", f"{name} {one.kind}")


def rules(case: Case) -> Found:
    """Yield rules over unknown groups, of unknown things, or without one amount."""
    file = file_of(case, RuleRow)
    for line, row in rows_with_lines(case, RuleRow):
        if row.is_relation:
            yield from _relation(case, file, line, row)
            continue
        if not row.over:
            yield Problem("missing_cell", file, line, "over", details={"column": "over"})
        elif row.over != "all" and row.key_ not in group_values(case, row.over):
            yield unknown(file, line, "key", row.key_, group_values(case, row.over), row.over)
        if row.of != "closed" and row.of not in ids(case, Resource):
            yield unknown(file, line, "of", row.of, {"closed", *ids(case, Resource)}, "resources")
        if (row.amount is None) == (row.share is None):
            yield Problem("amount_or_share", file, line, "amount", found=_both(row))
        most = _largest_share(case, row)
        if row.share is not None and row.share > most:
            yield Problem(
                "share_of",
                file,
                line,
                "share",
                f"{row.share:g}",
                {"nearest": f"{row.share / 100:g}" if 2 <= row.share <= 100 else None},
            )
        closed_group = row.over in ("track", "type", "factor", "all", "")
        if row.of == "closed" and not closed_group:
            yield Problem("closed_group", file, line, "over", row.over)
        if row.of != "closed" and row.over == "factor":
            yield Problem("spend_group", file, line, "over", row.over)


def _largest_share(case: Case, row: RuleRow) -> float:
    """Return the most that a rule can take of what its share is of: all of it, and in a period what was carried too."""
    carry = next((r.carry for r in case.rows(Resource) if r.resource == row.of), 0.0)
    return float("inf") if row.period and carry > 0 else 1.0


def _both(row: RuleRow) -> str:
    return "" if row.amount is None else f"amount {row.amount:g}, share {row.share:g}"
