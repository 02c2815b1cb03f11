"""The certificate of the case: a second reader recomputes what a plan shows from the tables, in exact fractions.

It trusts neither the solver nor what builds the solver's program, and shares no code with either: it goes by names
through the rows as read, takes every number as the decimal that is written there, and replays what the levels shown
spend, deliver and close, period by period. What it takes as given is only what the tables do not hold: the levels, the
weights, the scores of the ranking, and where a rule limits a closed gap how much of it is counted.

Two things come out, as sentences of one kind: a figure that is not what the tables give, and a limit that is broken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from ...case import Case
from ...case.tables import RuleRow
from ...errors import Disagreement
from .objectives import COUNTED, Recounted, name_of
from .replay import Replay
from .tables import ONE, ZERO, Pair, Place, Ratio, Tables, decimal, dot, dot_ratio, size, total, total_ratio
from .value import priorities, view_priorities, worth

Counted = Mapping[tuple[Place, str], Mapping[Pair, Fraction]]
"""The gaps that each place's level of each period closes."""

Figure = tuple[Any, Ratio, Fraction, tuple[str, ...]]
"""A figure shown, the exact one, the size of what it is a part of, and where it stands."""

FIGURE = 1e-8
"""A figure shown may differ from the exact one by this share of itself: it was added up in floats."""
NOTHING = 1e-12
"""And by this share of what its figures are a part of, where they cancel."""
LIMIT = 1e-7
"""A limit may be broken by this share of it: what solvers take for kept, with room for rounding."""


@dataclass
class Recount:
    """What the second reader found.

    Attributes
    ----------
    checked : figures and limits that were compared.
    largest_difference : largest difference of a figure from the exact one, relative to the larger of the figure itself
        and the whole that it is a part of.
    disagreements : where they differ by more than rounding.
    """

    checked: int = 0
    largest_difference: float = 0.0
    disagreements: list[Disagreement] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """How many figures were compared, and by how much they differ."""
        return {"checked": self.checked, "largest_difference": self.largest_difference}

    def same(self, shown: Any, exact: Fraction, whole: Fraction, *where: str) -> None:
        """Compare a figure; *whole* is the size of what it is a part of. Only this last step is in floats."""
        self.all_same([(shown, exact.as_integer_ratio(), whole, where)])

    def all_same(self, figures: Sequence[Figure]) -> None:
        """Compare figures, each as `same` does."""
        self.checked += len(figures)
        for shown, (over, under), whole, where in figures:
            if shown != (value := over / under):
                self._apart(shown, value, whole, where)

    def _apart(self, shown: Any, value: float, whole: Fraction, where: tuple[str, ...]) -> None:
        over, under = whole.as_integer_ratio()
        size = abs(over / under)  # as `float`, which asks first what kind of number it is
        off = abs(shown - value) if isinstance(shown, (int, float)) else float("nan")  # thrice as fast as a union
        if not off <= FIGURE * abs(value) + NOTHING * size:
            self.disagreements.append(Disagreement(" ".join(where), float("nan") if shown is None else shown, value))
        else:
            self.largest_difference = max(self.largest_difference, off / max(abs(value), size))

    def as_before(self, shown: Any, before: Any) -> bool:
        """Whether a figure is shown as it was before, where it was compared: then it counts as compared here too."""
        self.checked += shown == before
        return bool(shown == before)

    def within(self, value: Fraction, low: Fraction | None, high: Fraction | None, room: Fraction, *where: str) -> None:
        """Compare a value with its limits; *room* is what it may be beyond them by the solver's rounding."""
        self.checked += 1
        if low is not None and value is not low and value < low and low - value > room:
            self.disagreements.append(Disagreement(" ".join(where), float(value), float(low)))
        if high is not None and value is not high and value > high and value - high > room:
            self.disagreements.append(Disagreement(" ".join(where), float(value), float(high)))


def recount(case: Case, shown: Mapping[str, Any]) -> Recount:
    """Recompute from a case's tables what a plan shows, and see whether its budgets, rules and kinds are kept.

    Parameters
    ----------
    shown : keys as ``saidao plan --json``: settings, weights, ranking, gaps, allocation, resources, rules, objective
        (`allocation_rows` and `by_track`, which sum these up; views, where the objective looks at several); `gap`, the
        certificate's; `closed_by_period`, a list a period of the closed gaps in the order of `gaps`, where there are
        several; `own`: whether there are constraints that no table holds; `accuracy`: the solver's.
    """
    tables = Tables(case, shown["settings"])
    replay = Replay(tables, shown["allocation"])
    found = Recount()
    found.same(len(shown["gaps"]), Fraction(len(tables.gaps)), ZERO, "gaps: rows")
    found.same(
        len({(row["track"], row["factor"]) for row in shown["gaps"]}), Fraction(len(tables.gaps)), ZERO, "gaps: pairs"
    )
    if found.disagreements:
        return found
    room = decimal(max(LIMIT, 100 * float(shown.get("accuracy", 0.0))))
    closed = _closed(found, tables, replay, shown, room)
    priority = priorities(tables, shown)
    top = max(priority.values(), default=ZERO)
    _gaps(found, tables, shown, priority, top)
    counted = replay.counted(closed[-1])
    _allocation(found, tables, replay, shown, counted)
    _sums(found, tables, replay, shown, closed, counted, priority, top)
    _levels(found, tables, replay, room)
    used = _resources(found, tables, replay, shown, room)
    _rules(found, tables, replay, shown, closed, used, room)
    _relations(found, tables, replay, room)
    _views(found, tables, shown, closed)
    _objective(found, tables, shown, priority, closed, used)
    return found


def _closed(
    found: Recount, tables: Tables, replay: Replay, shown: Mapping[str, Any], room: Fraction
) -> list[dict[Pair, Fraction]]:
    """What counts as closed by the end of each period: all that is delivered up to the gap, but under a cap."""
    pairs = [(row["track"], row["factor"]) for row in shown["gaps"]]
    by_period = shown.get("closed_by_period") or [[row["closed"] for row in shown["gaps"]]]
    closed: list[dict[Pair, Fraction]] = []
    for p, amounts in enumerate(by_period):
        made: dict[Pair, Fraction] = {}
        name = f"closed by {tables.periods[p]}"
        for pair, amount in zip(pairs, amounts, strict=True):
            most = min(tables.gaps[pair], replay.delivered[p].get(pair, ZERO))
            if not shown.get("own") and pair not in tables.capped:
                made[pair] = most
                found.same(amount, most, tables.gaps[pair], name, *pair)
                continue
            made[pair] = decimal(amount)
            least = closed[-1][pair] if closed and tables.kept == 1 else ZERO
            found.within(made[pair], least, most, room * tables.gaps[pair], name, *pair)
        closed.append(made)
    return closed


def _gaps(
    found: Recount, tables: Tables, shown: Mapping[str, Any], priority: Mapping[Pair, Fraction], top: Fraction
) -> None:
    named = [(row["track"], row["factor"]) for row in shown["gaps"]]
    last = (shown.get("closed_by_period") or [[row["closed"] for row in shown["gaps"]]])[-1]
    ratio = Fraction.as_integer_ratio
    for what, exact, whole in (("level", tables.levels, ONE), ("gap", tables.gaps, ONE), ("priority", priority, top)):
        name = f"gaps {what}"
        found.all_same(
            [
                (row[what], ratio(exact[pair]), whole, (name, *pair))
                for row, pair in zip(shown["gaps"], named, strict=True)
            ]
        )
    for row, pair, z in zip(shown["gaps"], named, last, strict=True):
        if not found.as_before(row["closed"], z):
            found.same(row["closed"], decimal(z), ZERO, "gaps closed", *pair)


def _allocation(found: Recount, tables: Tables, replay: Replay, shown: Mapping[str, Any], counted: Counted) -> None:
    """Costs of each row, and the gaps that it closes: where more is delivered than counts, each in proportion."""
    figures: list[Figure] = []
    ratio, resources = Fraction.as_integer_ratio, list(tables.resources)
    for row in shown["allocation"]:
        place, period = (row["measure"], row["target"]), row["period"]
        name = f"allocation {row['measure']}@{row['target']} {period}"
        figures.append((row["level"], ratio(replay.level[place][period]), ZERO, (name, "level")))
        if row["scope"] != tables.measures[row["measure"]].scope:
            found.disagreements.append(Disagreement(f"{name} scope", 0.0, 1.0))
        costs = row["costs"]
        for r in resources:
            over, under = ratio(replay.whole_cost(place, r, period))
            if over or r in costs:
                figures.append((costs.get(r), (over, under), ZERO, (name, "costs", r)))
        told = {(c["track"], c["factor"]): c["amount"] for c in row["closes"]}
        for pair, exact in counted.get((place, period), {}).items():
            over, under = ratio(exact)
            if over or pair in told:
                figures.append((told.pop(pair, 0.0), (over, under), tables.gaps[pair], (name, "closes", *pair)))
        for pair, amount in told.items():
            figures.append((amount, (0, 1), ZERO, (name, "closes", *pair)))
    found.all_same(figures)


def _sums(
    found: Recount,
    tables: Tables,
    replay: Replay,
    shown: Mapping[str, Any],
    closed: list[dict[Pair, Fraction]],
    counted: Counted,
    priority: Mapping[Pair, Fraction],
    top: Fraction,
) -> None:
    """What each row of the allocation closes in all and is worth; each track's share of the gap and of it closed."""
    named, summed = (
        [(row["measure"], row["target"], row["period"]) for row in shown.get(table, shown["allocation"])]
        for table in ("allocation", "allocation_rows")
    )
    found.same(float(named == summed), ONE, ZERO, "allocation: rows")
    told = zip(shown["allocation"], shown.get("allocation_rows", ()), strict=False) if named == summed else ()
    figures: list[Figure] = []
    for one, row in told:
        place, period = (row["measure"], row["target"]), row["period"]
        name = f"allocation {row['measure']}@{row['target']} {period}"
        shares = counted.get((place, period), {})
        for r in tables.resources:
            if not found.as_before(row[r], one["costs"].get(r, 0.0)):
                found.same(row[r], replay.whole_cost(place, r, period), ZERO, name, r)
        if not found.as_before(row["level"], one["level"]):
            found.same(row["level"], replay.level[place][period], ZERO, name, "level")
        worth_of = dot_ratio([(priority[pair], amount) for pair, amount in shares.items()])
        figures.append((row["closed"], total_ratio(shares.values()), ONE, (name, "closed")))
        figures.append((row["value"], worth_of, top, (name, "value")))
    found.all_same(figures)
    weight = {row["factor"]: decimal(row["weight"]) for row in shown["weights"]}
    gap = {t: dot((priority[t, f], tables.gaps[t, f]) for f in tables.factors) for t in tables.type_of}
    whole = (total(gap.values()) or ONE).as_integer_ratio()
    shares_of: list[Figure] = []
    for row in shown.get("by_track", ()):
        t = row["track"]
        shares_of.append((row["gap_share"], _over(gap[t].as_integer_ratio(), whole), ONE, ("by_track", t, "gap_share")))
        own = dot_ratio([(weight[f], tables.gaps[t, f]) for f in tables.factors])
        if own[0]:
            ended = dot_ratio([(weight[f], closed[-1][t, f]) for f in tables.factors])
            shares_of.append((row["closed"], _over(ended, own), ONE, ("by_track", t, "closed")))
    found.all_same(shares_of)


def _over(one: Ratio, other: Ratio) -> Ratio:
    """Return the quotient, not reduced; the second is above 0."""
    return one[0] * other[1], one[1] * other[0]


def _levels(found: Recount, tables: Tables, replay: Replay, room: Fraction) -> None:
    """Levels are of places that are there, of their kind, no more than the most, as locked, and none is banned."""
    banned = {place for name in tables.settings["forbid"] for place in tables.named(name)}
    locked = {place: decimal(v) for name, v in tables.settings["lock"].items() for place in tables.named(name)}
    for place, level in locked.items():
        found.within(replay.by(place, len(tables.periods) - 1), level, level, room * max(ONE, level), "lock", *place)
    rooms = {measure: room * decimal(row.max_level) for measure, row in tables.measures.items()}
    for place, levels in replay.level.items():
        measure = tables.measures[place[0]]
        name = f"level {place[0]}@{place[1]}"
        most = ZERO if place in banned or not tables.is_there(place) else decimal(measure.max_level)
        off = rooms[place[0]]
        found.within(total(levels.values()), ZERO, most, off, name)
        for period, level in levels.items():
            top = min(most, ONE) if measure.kind == "binary" else most
            top = top if measure.begins in ("", period) else ZERO
            found.within(level, ZERO, top, off, name, period)
            if measure.kind in ("integer", "binary"):
                found.within(level, Fraction(round(level)), Fraction(round(level)), room, name, period, "whole")
            if measure.kind in ("semi", "integer") and level:
                found.within(level, decimal(measure.min_level), None, off, name, period, "min_level")


def _resources(
    found: Recount, tables: Tables, replay: Replay, shown: Mapping[str, Any], room: Fraction
) -> dict[tuple[str, str], Fraction]:
    """Budget, what the period before left to it, and use of every resource in every period; none is overspent."""
    rows = {(row["resource"], row["period"]): row for row in shown["resources"]}
    found.same(len(shown["resources"]), Fraction(len(tables.budgets)), ZERO, "resources: rows")
    used: dict[tuple[str, str], Fraction] = {}
    used_at = {measure for measure, _ in replay.level}
    for r, resource in tables.resources.items():
        carried = ZERO
        for p in tables.periods:
            row, name, budget = rows.get((r, p), {}), f"resources {r} {p}", tables.budgets[r, p]
            spent = replay.spending(r, p)
            used[r, p] = total(spent.values())
            whole = budget + carried
            found.same(row.get("budget"), budget, ZERO, name, "budget")
            # of what comes in and goes out, which may cancel
            found.same(row.get("used"), used[r, p], size(spent.values()), name, "used")
            if "carried" in row:
                found.same(
                    row["carried"], carried, total(tables.budgets[r, q] for q in tables.periods), name, "carried"
                )
            unit = max((tables.cost(m, r, p) for m in used_at), default=ZERO)
            found.within(used[r, p], None, whole, room * max(whole, unit), name, "used")
            carried = decimal(resource.carry) * max(whole - used[r, p], ZERO)
    return used


def _rules(
    found: Recount,
    tables: Tables,
    replay: Replay,
    shown: Mapping[str, Any],
    closed: list[dict[Pair, Fraction]],
    used: Mapping[tuple[str, str], Fraction],
    room: Fraction,
) -> None:
    """Floors and caps: amount and what is reached, and that they are kept."""
    told = [row for row in shown.get("rules", ()) if row["kind"] != "own"]
    rows = {row["rule"]: row for row in told}
    if "rules" in shown:
        found.same(len(told), Fraction(sum(1 for _ in tables.limits())), ZERO, "rules: rows")
    for rule in tables.limits():
        amount = tables.amount_of(rule)
        if rule.of == "closed":
            at = tables.periods.index(rule.period) if rule.period else -1
            pairs = tables.pairs_of(rule)
            reached, unit = total(closed[at][pair] for pair in pairs), ONE
        else:
            periods = [p for p in tables.periods if rule.period in ("", p)]
            places = [place for place in replay.level if tables.counts_for(rule, place)]
            reached = total(replay.spend(place, rule.of, p) for place in places for p in periods)
            unit = max((tables.cost(m, rule.of, p) for m in {m for m, _ in places} for p in periods), default=ZERO)
        name = f"rules {rule.rule}"
        low, high = (amount, None) if rule.kind == "floor" else (None, amount)
        found.within(reached, low, high, room * max(amount, unit), name)
        if "rules" in shown:
            row = rows.pop(rule.rule, {})
            found.same(row.get("amount"), amount, ZERO, name, "amount")
            found.same(row.get("reached"), reached, amount, name, "reached")


def _relations(found: Recount, tables: Tables, replay: Replay, room: Fraction) -> None:
    """Prerequisites run ahead, by every period and at every target; of a set that excludes each other one is used."""
    last = len(tables.periods) - 1
    for rule in tables.case.rows(RuleRow):
        if rule.kind == "requires":
            ratio = ONE if rule.amount is None else decimal(rule.amount)
            for place in replay.level:
                if place[0] not in rule.key_.split(";"):
                    continue
                size = decimal(tables.measures[place[0]].max_level)
                tracks = tables.covered(place)
                before = [(name, tables.target_at(name, tracks[0])) for name in rule.of.split("|")]
                for p, period in enumerate(tables.periods):
                    most = ratio * max(replay.by(one, p) for one in before)
                    name = f"rules {rule.rule}: {place[0]}@{place[1]} {period}"
                    found.within(replay.by(place, p), None, most, room * size, name)
        elif rule.kind in ("excludes", "one_of"):
            members = rule.key_.split(";")
            for track in tables.type_of:
                here = {(m, tables.target_at(m, track)) for m in members}
                sizes = sorted(total(replay.level[place].values()) for place in here if place in replay.level)
                found.within(total(sizes[:-1]), None, ZERO, room, f"rules {rule.rule}: at {track}")
        if rule.kind == "one_of":
            for there, group in tables.choices(rule.key_.split(";")).items():
                used = sum(replay.by(place, last) >= tables.least_used(place) - room for place in group)
                found.within(Fraction(used), ONE, ONE, ZERO, f"rules {rule.rule}: used at {'@'.join(there)}")


def _views(found: Recount, tables: Tables, shown: Mapping[str, Any], closed: Sequence[Mapping[Pair, Fraction]]) -> None:
    """What a plan gives each of several views, by the scores that the method gives under the view's weights."""
    for row in shown.get("views", ()):
        v = view_priorities(tables, shown, row["weights"])
        if v is None:
            continue
        whole = dot((v[pair], gap) for pair, gap in tables.gaps.items())
        ends = dot((v[pair], z) for pair, z in closed[-1].items())
        value, regret, name = worth(tables, v, closed), decimal(row["regret"]), f"views {row['view']}"
        best = value + regret
        found.same(row["closed_share"], ends / whole if whole else ONE, ONE, name, "closed_share")
        found.same(row["of_best"], value / best if best > NOTHING * whole else ONE, ONE, name, "of_best")
        found.same(row["regret_share"], regret / whole if whole else ZERO, ONE, name, "regret_share")


def _objective(
    found: Recount,
    tables: Tables,
    shown: Mapping[str, Any],
    priority: Mapping[Pair, Fraction],
    closed: list[dict[Pair, Fraction]],
    used: Mapping[tuple[str, str], Fraction],
) -> None:
    """Value (discounted), closed share (at the end, never discounted), and the value of the objective asked for."""
    told = shown["objective"]
    last = closed[-1]
    whole = dot((v, tables.gaps[pair]) for pair, v in priority.items())
    ends = dot((v, last[pair]) for pair, v in priority.items())
    value = worth(tables, priority, closed)
    found.same(told["weighted"], value, whole, "objective weighted")
    found.same(told["weighted_gap"], whole, whole, "objective weighted_gap")
    found.same(told["closed_share"], ends / whole if whole else ONE, ONE, "objective closed_share")
    asked, size = COUNTED[name_of(shown)](Recounted(tables, shown, last, used, value, whole))
    found.same(told["value"], asked, size, "objective value")
    gap = decimal(shown.get("gap", 0.0))
    scale = max(abs(asked), Fraction(1, 10**6) * size)
    # the duals of a tree, rounded, leave ten times of nothing more than sums do; a loss is the difference of two
    # values, of each of which its program tells a billionth
    times = 1000 if name_of(shown) == "regret" else 10
    found.same(told["best_bound"], asked + gap * scale, times * max(size, abs(asked)), "objective best_bound")
