"""Checks across the tables of a case: one function each, all listed in `CHECKS`.

Every check yields all it finds. Columns by themselves (numbers, choices, bounds) are checked by `tables`.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from ..errors import Problem, nearest
from ..mcda import AGGREGATIONS, COMPLETIONS, IMPUTATIONS, RANDOM_INDEX, InputError, methods, reciprocal_matrix, schemes
from ..mcda.checks import LARGEST, unfit
from ..mcda.pairwise.matrix import contradicts
from ..texts.visible import unseen
from .case import Case, Judgement, Table
from .cells import TICKS, fault, number_text
from .checking import Check, Found, bare, by_name, file_of, ids, period_names, plain, rows_with_lines, unknown
from .framework_checks import FRAMEWORK_CHECKS
from .limits import DEEPEST_TREE, LONGEST_NAME
from .tables import (
    BY_NAME,
    TABLES,
    Budget,
    Candidate,
    Cost,
    Effect,
    Factor,
    Indicator,
    Judge,
    Link,
    Measure,
    Resource,
    Row,
    RuleRow,
    Score,
    Source,
    Track,
    columns,
    lock,
    refs,
)


def texts(case: Case) -> Found:
    """Yield texts that hold signs which belong in none, and judgements whose names can be no file's."""
    for name, table in case.tables.items():
        for column in table.header:
            if signs := unseen(column):
                yield Problem("unseen", table.file, table.heading, column, column, {"signs": signs})
        for line, row in rows_with_lines(case, BY_NAME[name]):
            for column, value in (*vars(row).items(), *(row.model_extra or {}).items()):
                if isinstance(value, str) and not value.isprintable() and (signs := unseen(value)):
                    yield Problem("unseen", table.file, line, column, value, {"signs": signs})
    for key, text in _strings(case.settings.model_dump(exclude_unset=True)):
        if signs := unseen(text):
            yield Problem("unseen", "case.toml", 1, key, text, {"signs": signs})
    for judgement in case.judgements.values():
        name, size = judgement.name, len(judgement.name.encode("utf-8", "replace"))
        if unseen(name) or name.startswith(".") or set(name) & set("/\\") or size > LONGEST_NAME:
            yield Problem("file_name", judgement.file, found=name, details={"most": LONGEST_NAME})


def _strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text that a setting holds, its keys too, by the name of the setting."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield key or str(name), str(name)
            yield from _strings(part, key or str(name))
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _strings(part, key)


def settings_names(case: Case) -> Found:
    """Yield settings that name no scheme, method, objective or random index."""
    valid: dict[str, Iterable[str]] = {
        "weights": schemes(),
        "method": methods(),
        "objective": ("weighted", "maxmin", "reach=SHARE", "robust", "regret"),
        "random_index": RANDOM_INDEX,
        "impute": ("", *IMPUTATIONS),
        "aggregation": AGGREGATIONS,
        "missing": ("", *COMPLETIONS),
    }
    for key, names in valid.items():
        found = getattr(case.settings, key)
        if (found not in names or "=" in found) and not (key == "objective" and reaches(found)):
            yield unknown("case.toml", 1, key, found, names, "case.toml")
    if case.settings.save and case.settings.save not in ids(case, Resource):
        yield unknown("case.toml", 1, "save", case.settings.save, ids(case, Resource), "resources")


def locks(case: Case) -> Found:
    """Yield locks and bans in the settings that cannot be read, name nothing or set a level above the largest."""
    places = {"track": case.track_ids, "type": tuple(dict.fromkeys(case.type_of.values())), "city": ()}
    measures = {row.measure: row for row in case.rows(Measure)}
    named: list[tuple[str, str, float | None]] = [("forbid", text, None) for text in case.settings.forbid]
    for text in case.settings.lock:
        read = lock(text)
        if read is None:
            yield Problem("option_pair", "case.toml", 1, "lock", text)
        else:
            named.append(("lock", *read))
    for column, name, level in named:
        measure, at, target = name.partition("@")
        row = measures.get(measure)
        if row is None:
            yield unknown("case.toml", 1, column, measure, ids(case, Measure), "measures")
        elif at and target not in places[row.scope]:
            yield unknown("case.toml", 1, column, target, places[row.scope], "tracks")
        elif level is not None and level > row.max_level:
            yield Problem("lock_level", "case.toml", 1, column, name, {"most": row.max_level})


def repeated(case: Case) -> Found:
    """Yield periods, locks and bans that stand in the settings twice, and locks that another lock or a ban forbids."""
    named = {
        "periods": case.settings.periods,
        "forbid": case.settings.forbid,
        "lock": tuple(name for name, _ in filter(None, map(lock, case.settings.lock))),
    }
    for key, names in named.items():
        for name in (name for n, name in enumerate(names) if name in names[:n]):
            yield Problem("list_twice", "case.toml", 1, key, name)
    levels = case.settings.locks
    for name, level in levels.items():
        measure, at, _ = name.partition("@")
        if at and levels.get(measure, level) != level:
            yield Problem("lock_clash", "case.toml", 1, "lock", f"{name}={level:g}", {"other": levels[measure]})
        if level > 0 and {name, measure} & {*case.settings.forbid}:
            yield Problem("lock_forbidden", "case.toml", 1, "lock", f"{name}={level:g}")


def reaches(objective: str) -> bool:
    """Whether an objective is ``reach=SHARE`` with a share from 0 to 1."""
    name, _, share = objective.partition("=")
    try:
        return name == "reach" and 0 <= float(share) <= 1
    except ValueError:
        return False


def rows_exist(case: Case) -> Found:
    """Yield required tables without a row."""
    for model in TABLES:
        table = case.tables[model.table]
        if model.needed_to == "rank" and table.present and not table.rows and not table.keys:
            yield Problem("no_rows", table.file, details={"table": model.table})


def unique_keys(case: Case) -> Found:
    """Yield rows whose key stands in an earlier row of the same table."""
    for model in TABLES:
        first: dict[tuple[str, ...], int] = {}
        for line, row in rows_with_lines(case, model):
            key = row.key_parts()
            if first.setdefault(key, line) != line:
                names = ", ".join("table" if k == "of_table" else k for k in model.key)
                details = {"first": first[key], "columns": names}
                yield Problem("duplicate", file_of(case, model), line, names, ", ".join(filter(None, key)), details)


def references(case: Case) -> Found:
    """Yield ids that stand in no row of the table that they are of; one that only names ids may be missing."""
    for model in TABLES:
        for column, ref in refs(model).items():
            of, known = BY_NAME[ref.to], ids(case, BY_NAME[ref.to])
            if not ref.only or (of.names_only and not case.tables[ref.to].present):
                continue
            for line, row in rows_with_lines(case, model):
                if (found := getattr(row, column)) and found not in known:
                    yield unknown(file_of(case, model), line, column, found, known, ref.to, partial(by_name, case, of))


def scales(case: Case) -> Found:
    """Yield factors whose target does not lie on the better side of their worst; one that is blank is in the data."""
    for line, row in rows_with_lines(case, Factor):
        if row.direction == "range":
            yield from _range_problems(case, line, row)
            continue
        idle = [name for name in ("ideal_low", "ideal_high", "worst_high") if getattr(row, name) is not None]
        if idle:
            details = {"column": idle[0]}
            yield Problem("range_idle", file_of(case, Factor), line, "direction", row.direction, details, "warning")
        given = (row.worst, row.target) if row.factor not in case.scales else case.scales[row.factor][:2]
        worst, target = given
        if worst is None or target is None or (target - worst) * (1 if row.direction == "max" else -1) > 0:
            continue
        taken = case.scales[row.factor].taken if row.factor in case.scales else ()
        code = f"scale_{row.direction}" + ("_data" if taken else "")
        column = "worst" if row.target is None else "target"
        found = f"worst {worst:g}, target {target:g}"
        yield Problem(code, file_of(case, Factor), line, column, found, {"taken": ", ".join(taken)})


def _range_problems(case: Case, line: int, row: Factor) -> Found:
    """Yield a factor that is best within a range, without one, or whose ends are not in order."""
    ideals = [row.ideal_low, row.ideal_high, row.target]
    if all(end is None for end in ideals):
        yield Problem("missing_cell", file_of(case, Factor), line, "ideal_low", details={"column": "ideal_low"})
    elif row.factor in case.ranges and not case.ranges[row.factor].in_order:
        found = ", ".join(f"{name} {end:g}" for name, end in case.ranges[row.factor]._asdict().items())
        yield Problem("range_order", file_of(case, Factor), line, "worst", found)


def parents(case: Case) -> Found:
    """Yield factors that stand above themselves, or below too many others."""
    above = {row.factor: row.parent for row in case.rows(Factor)}
    for line, row in rows_with_lines(case, Factor):
        node = row.parent
        for _ in range(DEEPEST_TREE):
            if node in ("", row.factor):
                break
            node = above.get(node, "")
        if node == row.factor:
            yield Problem("parent_circle", file_of(case, Factor), line, "parent", row.parent)
        elif node:
            yield Problem("parent_deep", file_of(case, Factor), line, "parent", row.parent, {"most": DEEPEST_TREE})


def scores(case: Case) -> Found:
    """Yield missing tracks, factors and cells of the scores, and cells that are no number or tick."""
    table = case.tables["scores"]
    if not table.present:
        return
    factors, tracks = case.factor_ids, ids(case, Track)
    names_of = {
        row.factor: {plain(name) for name in (row.factor, row.name_en, row.name_zh) if name}
        for row in case.rows(Factor)
    }
    others = [h for h in table.header if h not in {*factors, "track"}]
    alike, bared = ({plain(form(h)): h for h in reversed(others)} for form in (str, bare))
    ticked = {f for f in factors if f in set(table.header) and _ticked(table, f)}
    for factor in factors:
        if factor not in set(table.header):
            names = names_of.get(factor, {plain(factor)})
            close = next((alike[name] for name in names if name in alike), None)
            with_unit = next((bared[name] for name in names if name in bared), None)
            if with_unit and not close:
                yield Problem("header_unit", table.file, table.heading, with_unit, with_unit, {"column": factor})
                continue
            details = {"column": factor, "nearest": close or partial(nearest, factor, others)}
            yield Problem("missing_column", table.file, table.heading, factor, ", ".join(table.header), details)
    for track in sorted(tracks - ids(case, Score) - {""}):
        yield Problem("missing_score_row", table.file, details={"track": track})
    if case.settings.impute:
        for factor in factors:
            if factor in table.header and not any(factor in (row.model_extra or {}) for row in table.rows):
                yield Problem("impute_nothing", table.file, table.heading, factor)
    scored = [factor for factor in factors if factor in set(table.header)]
    for line, row in rows_with_lines(case, Score):
        for factor in scored:
            text = (row.model_extra or {}).get(factor)
            if text is None:
                if not case.settings.impute:
                    yield Problem("missing_tick" if factor in ticked else "missing_score", table.file, line, factor)
            elif isinstance(text, str):
                yield Problem(fault(text), table.file, line, factor, text)


def _ticked(table: Table, factor: str) -> bool:
    """Whether a column of scores has blanks, and signs such as √ for ticks: the blanks are cells without one."""
    texts = [str((row.model_extra or {}).get(factor) or "") for row in table.rows]
    return "" in texts and any(text and not text.strip(TICKS) for text in texts)


def tick_problems(case: Case, ticks: str) -> Found:
    """Yield scores and scales that are no ticks, where they are read as such: only 0 and 1 on a scale from 0 to 1 are.

    They are where ticks stand for shortcomings, or for a level of their own.
    """
    if ticks == "shortcoming":
        details = {"setting": 'ticks = "shortcoming"'}
    elif case.settings.tick_level != 1:
        details = {"setting": f"tick_level = {case.settings.tick_level:g}"}
    else:
        return
    for line, row in rows_with_lines(case, Factor):
        if row.factor in case.scales and case.scales[row.factor][:2] != (0.0, 1.0):
            yield Problem(
                "tick_scale",
                file_of(case, Factor),
                line,
                "target",
                "worst {:g}, target {:g}".format(*case.scales[row.factor][:2]),
                details,
            )
    for line, row in rows_with_lines(case, Score):
        for factor in case.factor_ids:
            if (value := row.values.get(factor, 0.0)) not in (0.0, 1.0):
                yield Problem("tick", file_of(case, Score), line, factor, number_text(value), details)


def ticks(case: Case) -> Found:
    """Yield what the case's own reading of ticks does not fit; warn of a level of ticks that stand for none."""
    yield from tick_problems(case, case.settings.ticks)
    if case.settings.ticks == "shortcoming" and case.settings.tick_level != 1:
        found = f"{case.settings.tick_level:g}"
        yield Problem("tick_level_idle", "case.toml", None, "tick_level", found, level="warning")


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


TAKEN: dict[type[Row], frozenset[str]] = {
    Factor: frozenset({"track", *columns(Candidate)}),
    Indicator: frozenset(columns(Candidate)),
    Resource: frozenset(
        (
            "measure",
            "measures",
            "scope",
            "target",
            "period",
            "level",
            "places",
            "acts_from",
            "closed",
            "value",
            "funded",
            "dimension",
            "stage",
            "tracks",
            *(f"{what}_{lang}" for what in ("name", "competition", "race", "task", "need") for lang in ("en", "zh")),
        )
    ),
    Link: frozenset(
        (
            "track",
            "factor",
            "gap",
            "gaps",
            "closed",
            "closed_meant",
            "reach",
            "measures",
            "funded",
            "holes",
            "unfunded",
            "state",
            *columns(Measure),
            *columns(Factor),
            *columns(Track),
        )
    ),
}
"""Ids that name a column of a table or a result beside which the ids of a table stand as columns too."""


def taken_names(case: Case) -> Found:
    """Yield ids that stand as a column where a column of that name stands already."""
    for model, names in TAKEN.items():
        for line, row in rows_with_lines(case, model):
            name = row.chain if model is Link else row.key_parts()[0]
            if name in names or (model is Indicator and name in case.factor_ids):
                yield Problem(
                    "taken_name", file_of(case, model), line, "chain" if model is Link else model.key[0], name
                )


def judges(case: Case) -> Found:
    """Yield judges without a judgement."""
    known = {judgement.judge for judgement in case.judgements.values()}
    for line, row in rows_with_lines(case, Judge):
        if row.judge not in known:
            yield unknown(file_of(case, Judge), line, "judge", row.judge, known, "judgements")


def budgets(case: Case) -> Found:
    """Yield budgets of unknown periods, and resources without a budget."""
    periods = period_names(case)
    for line, row in rows_with_lines(case, Budget):
        if row.period not in periods:
            yield unknown(file_of(case, Budget), line, "period", row.period, periods, "case.toml")
    dated = {row.resource for row in case.rows(Budget)}
    for line, row in rows_with_lines(case, Resource):
        if row.budget is None and row.resource not in dated:
            yield Problem("missing_cell", file_of(case, Resource), line, "budget", details={"column": "budget"})


def levels(case: Case) -> Found:
    """Yield measures whose least level is above their largest."""
    for line, row in rows_with_lines(case, Measure):
        if row.min_level > row.max_level:
            found = f"min_level {row.min_level:g}, max_level {row.max_level:g}"
            yield Problem("levels", file_of(case, Measure), line, "min_level", found)


def costs(case: Case) -> Found:
    """Yield costs in unknown periods."""
    periods = period_names(case)
    for line, row in rows_with_lines(case, Cost):
        if row.period and row.period not in periods:
            yield unknown(file_of(case, Cost), line, "period", row.period, periods, "case.toml")


def effects(case: Case) -> Found:
    """Yield effects at unknown tracks or types, or on factors that are not scored."""
    tracks, factors = ids(case, Track), set(case.factor_ids)
    targets = {"*", *tracks, *(f"type:{row.type}" for row in case.rows(Track) if row.type)}
    for line, row in rows_with_lines(case, Effect):
        if row.track not in targets:
            named = partial(by_name, case, Track)
            yield unknown(file_of(case, Effect), line, "track", row.track, targets, "tracks", named)
        if row.factor in ids(case, Factor) - factors:
            yield unknown(file_of(case, Effect), line, "factor", row.factor, factors, "factors")


def parts(case: Case) -> Found:
    """Yield parts of a level whose effect rises, or that nobody could tell apart."""
    groups: dict[tuple[str, str, str], list[tuple[int, Effect]]] = {}
    for line, row in rows_with_lines(case, Effect):
        groups.setdefault((row.measure, row.track, row.factor), []).append((line, row))
    for rows in groups.values():
        rows.sort(key=lambda item: np.inf if item[1].up_to is None else item[1].up_to)
        for (_, before), (line, row) in itertools.pairwise(rows):
            if row.effect > before.effect + 1e-12:
                details = {"most": before.effect}
                yield Problem("rising_effect", file_of(case, Effect), line, "effect", f"{row.effect:g}", details)


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
    named = [(name.strip(), "key") for name in row.key_.split(";")]
    if row.kind == "requires" and (
        several := [c for c in ("key", "of") if ";" in (row.key_ if c == "key" else row.of)]
    ):
        yield from (Problem("requires_one", file, line, c, row.key_ if c == "key" else row.of) for c in several)
        return
    if row.kind == "requires" and row.key_ == row.of:
        yield Problem("requires_itself", file, line, "of", row.of)
    names = [name for name, _ in named]
    if row.kind == "excludes" and (len(set(names)) < max(len(names), 2)):
        yield Problem("excludes_two", file, line, "key", row.key_)
    for name, column in [*named, *([(row.of, "of")] if row.kind == "requires" else [])]:
        if name not in ids(case, Measure):
            yield unknown(file, line, column, name, ids(case, Measure), "measures")
    order = ("track", "type", "city")
    scope = {measure.measure: order.index(measure.scope) for measure in case.rows(Measure)}
    if row.kind == "requires" and scope.get(row.key_, 0) > scope.get(row.of, len(order)):
        found = f"{row.key_} {order[scope[row.key_]]}, {row.of} {order[scope[row.of]]}"
        yield Problem("requires_scope", file, line, "of", found)


def rules(case: Case) -> Found:
    """Yield rules over unknown groups, of unknown things, or without one amount."""
    file = file_of(case, RuleRow)
    for line, row in rows_with_lines(case, RuleRow):
        if row.kind in ("requires", "excludes"):
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
        if row.period and row.period not in period_names(case):
            yield unknown(file, line, "period", row.period, period_names(case), "case.toml")


def _largest_share(case: Case, row: RuleRow) -> float:
    """Return the most that a rule can take of what its share is of: all of it, and in a period what was carried too."""
    carry = next((r.carry for r in case.rows(Resource) if r.resource == row.of), 0.0)
    return float("inf") if row.period and carry > 0 else 1.0


def _both(row: RuleRow) -> str:
    return "" if row.amount is None else f"amount {row.amount:g}, share {row.share:g}"


def sources(case: Case) -> Found:
    """Yield sources of unknown tables."""
    valid = {*BY_NAME, "judgements", *(f"judgements/{name}" for name in case.judgements), "case"}
    for line, row in rows_with_lines(case, Source):
        if row.of_table not in valid:
            yield unknown(file_of(case, Source), line, "table", row.of_table, valid, "tables")


def idle_measures(case: Case) -> Found:
    """Warn of measures without an effect, or without a cost."""
    if not case.tables["effects"].present:
        return

    def has(model: type[Any], column: str) -> set[str]:
        rows = case.rows(model)
        unread = case.tables[model.table].keys - {row.measure for row in rows}
        return {row.measure for row in rows if getattr(row, column) > 0} | unread

    effective, costly = has(Effect, "effect"), has(Cost, "cost")
    for line, row in rows_with_lines(case, Measure):
        if row.measure not in effective:
            yield Problem("no_effect", file_of(case, Measure), line, "measure", row.measure, level="warning")
        elif row.measure not in costly:
            yield Problem("no_cost", file_of(case, Measure), line, "measure", row.measure, level="warning")


CHECKS: tuple[Check, ...] = (
    Check("texts hold signs that can be seen, and names of files can be these", texts),
    Check("settings name things that exist", settings_names),
    Check("locks and bans name measures and places, and levels that can be", locks),
    Check("lists of the settings name each thing once", repeated),
    Check("tables that are needed hold rows", rows_exist),
    Check("no two rows share a key", unique_keys),
    Check("ids that become columns are no column's name", taken_names),
    Check("ids are of rows that are there", references),
    Check("a target lies on the better side of its worst", scales),
    Check("no factor is above itself", parents),
    Check("every track has a number for every factor", scores),
    Check("ticks that stand for shortcomings, or for a level of their own, are 0 or 1", ticks),
    Check("direct weights are given for all factors or none", direct_weights),
    Check("judgements are reciprocal and about the factors of one node", judgements),
    Check("judges have judged", judges),
    Check("every resource has a budget", budgets),
    Check("least levels are not above largest levels", levels),
    Check("costs are in known periods", costs),
    Check("effects are at known tracks, on factors that are scored", effects),
    Check("the effect of further parts of a level does not rise", parts),
    Check("rules are over known groups and carry one amount", rules),
    *FRAMEWORK_CHECKS,
    Check("sources are of known tables", sources),
    Check("every measure has an effect and a cost", idle_measures),
)
