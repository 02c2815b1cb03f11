"""Tipping points: how far a weight or a judgement has to move before money moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations, permutations
from types import MappingProxyType
from typing import TYPE_CHECKING, Unpack

import numpy as np

from ..case import Case, load_case
from ..case.tables import Factor
from ..errors import CaseError, Problem
from ..mcda import plotting
from ..mcda.combine import TAKES_SHARES
from ..optimize.after.many_priorities import Around
from ..optimize.after.tipping import Exits, exits
from ..optimize.model.programme import Index
from ..results.column import Column, Row, Table
from ..results.question import question
from ..results.result import Result
from ..study.decision import Array
from ..study.names import level_changes, measure_name, scheme_name
from ..study.options import CaseLike, PlanOptions
from ..study.plan.result import Plan, known_best
from ..study.planning.problem import PlanningProblem
from ..study.planning.programme import check_plannable
from ..study.planning.solving import as_stopped, problem_and_solver
from ..study.ranking.weighing import factor_weights
from ..texts.say import say
from .variants import FUNDED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes


SCALE = 9.0
"""Judgements are followed to the ends of Saaty's scale, 1/9 and 9."""
MOST = 4
"""Changes told in words; the data holds all."""
SHOWN = 10
"""Transfers that a terminal shows, those of least weight."""


@dataclass(frozen=True)
class Tipping(Result):
    """The result of `saidao.tipping`.

    Attributes
    ----------
    plan : the plan of the case.
    factors : each factor's weight, and the interval in which the plan stays optimal while the others keep their
        proportions; what changes below and above it.
    transfers : for each two factors how much weight can go from one to the other.
    shares : of weights combined from two schemes, the first one's share, and the interval in which the plan stays
        optimal.
    judgements : each pairwise judgement with the interval in which the plan stays optimal; empty without AHP.
    exact : whether intervals of weights are exact: they are where priorities are linear in the weights (stance even).
        Those of judgements are always found by halving.
    """

    plan: Plan
    factors: list[Row]
    transfers: list[Row]
    shares: list[Row]
    judgements: list[Row]
    exact: bool

    @property
    def case(self) -> Case:
        """The case."""
        return self.plan.case

    @property
    def nearest(self) -> Row | None:
        """The transfer of the least weight that changes the plan: no nearer weights do (half the sum of changes)."""
        return min(
            (row for row in self.transfers if row["changes"]), key=lambda row: float(row["amount"]), default=None
        )

    @property
    def nearest_judgement(self) -> Row | None:
        """The judgement of which the least factor changes the plan, with where it goes (`to`)."""
        ends = [
            {
                **row,
                "to": row[end],
                "factor": max(row[end] / row["judgement"], row["judgement"] / row[end]),
                "changes": row[f"changes_{end}"],
            }
            for row in self.judgements
            for end in ("low", "high")
            if row[f"changes_{end}"]
        ]
        return min(ends, key=lambda row: float(row["factor"]), default=None)

    def text(self, lang: str = "en") -> list[str]:
        """Sentences, the answer first."""
        names = self.case.names(Factor, lang)
        near = self.nearest
        if near is None:
            sentences = [say("tipping.never", lang)]
        else:
            sentences = [
                say(
                    "tipping.nearest",
                    lang,
                    amount=near["amount"],
                    source=names[near["from"]],
                    target=names[near["to"]],
                    changes=self._told(near["changes"], lang),
                )
            ]
        rows = [row for row in self.factors if row["changes_low"] or row["changes_high"]]
        if rows:
            tightest = min(rows, key=_room)
            sentences.append(
                say(
                    "tipping.factor",
                    lang,
                    factor=names[tightest["factor"]],
                    **{key: tightest[key] for key in ("weight", "low", "high")},
                )
            )
        for row in self.shares:
            kind = "share" if row["changes_low"] or row["changes_high"] else "no_share"
            told = {key: row[key] for key in ("share", "low", "high")}
            told |= {"scheme": scheme_name(row["scheme"], lang), "other": scheme_name(row["other"], lang)}
            sentences.append(say(f"tipping.{kind}", lang, **told))
        judged = self.nearest_judgement
        if judged is not None:
            sentences.append(
                say(
                    "tipping.judgement",
                    lang,
                    one=names[judged["one"]],
                    other=names[judged["other"]],
                    judgement=judged["judgement"],
                    to=judged["to"],
                    changes=self._told(judged["changes"], lang),
                )
            )
        return sentences

    def notes(self, lang: str = "en") -> list[str]:
        """How the intervals are found."""
        return [say("tipping.exact" if self.exact else "tipping.numerical", lang)]

    def _told(self, changes: list[Row], lang: str) -> str:
        told = [
            say(
                "why.change",
                lang,
                place=measure_name(self.case, row["measure"], row["application"].partition("@")[2], lang),
                level=row["change"],
            )
            for row in changes[:MOST]
        ]
        more = len(changes) - len(told)
        return say("why.and", lang).join(told) + (say("why.more", lang, more=more) if more else "")

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao tipping --json``."""
        return {
            "schema": "saidao/tipping/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "settings": self.plan.settings.to_dict(),
            "exact": self.exact,
            "factors": self.factors,
            "transfers": self.transfers,
            "shares": self.shares,
            "judgements": self.judgements,
            "nearest": self.nearest,
            "nearest_judgement": self.nearest_judgement,
        }

    def declared(self) -> Iterator[Table]:
        """Yield each factor's weight and each judgement with where the plan holds, and what can go between factors."""
        low, high, changes = (self._changes(key) for key in ("changes_low", "changes_high", "changes"))
        weights = [Column(name, "weight") for name in ("low", "high")]
        yield Table(
            "factors",
            (Column("factor", "name", Factor), Column("weight", "weight"), *weights, low, high),
            self._flat(self.factors),
            title="title.tipping_factors",
        )
        yield Table(
            "transfers",
            (
                Column("from", "name", Factor, heading="head.from_factor"),
                Column("to", "name", Factor, heading="head.to_factor"),
                Column("amount", "share", heading="head.weight"),
                changes,
            ),
            sorted(self._flat(self.transfers), key=lambda row: float(row["amount"])),
            title="title.tipping_transfers",
            most=SHOWN,
        )
        yield Table(
            "scheme_shares",
            (
                Column("scheme", told=lambda row, lang: scheme_name(row["scheme"], lang)),
                *(Column(name, "share") for name in ("share", "low", "high")),
                low,
                high,
            ),
            self._flat(self.shares),
            title="title.tipping_shares",
        )
        yield Table(
            "judgements",
            (
                Column("judgement_of", seen="files"),
                Column("one", "name", Factor),
                Column("other", "name", Factor),
                *(Column(name, "number") for name in ("judgement", "low", "high")),
                low,
                high,
            ),
            self._flat(self.judgements),
            title="title.tipping_judgements",
        )

    def _changes(self, key: str) -> Column:
        """Return a column of changes of levels: a text of ids in the data, told in names."""

        def told(row: Row, lang: str) -> str:
            return level_changes(self.case, ((c["application"], c["change"]) for c in row[f"{key}_of"]), lang)

        return Column(key, seen="files", told=told)

    def _flat(self, rows: list[Row]) -> list[Row]:
        """Return rows with the changes in each also as one text."""
        return [
            row
            | {f"{key}_of": row[key] for key in row if key.startswith("changes")}
            | {
                key: "; ".join(f"{change['application']} {change['change']:+.3g}" for change in row[key])
                for key in row
                if key.startswith("changes")
            }
            for row in rows
        ]

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw each factor's weight, and the interval within which the plan holds."""
        names = self.case.names(Factor, lang)
        low, at, high = (np.array([row[key] for row in self.factors]) for key in ("low", "weight", "high"))
        ax = plotting.axes(ax, len(self.factors))
        plotting.intervals(ax, [names[row["factor"]] for row in self.factors], low, at, high)
        return plotting.finished(ax, self.text(lang)[0], say("plot.weight", lang))


def _room(row: Row) -> float:
    """How far a factor's weight is from changing the plan."""
    below = row["weight"] - row["low"] if row["changes_low"] else 1.0
    above = row["high"] - row["weight"] if row["changes_high"] else 1.0
    return float(min(below, above))


@question("tipping", example="saidao tipping shanghai --budget funds=2000")
def tipping(case: CaseLike, **options: Unpack[PlanOptions]) -> Tipping:
    """Find how far a weight or a pairwise judgement can move before money moves.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, or a folder.
    **options : as for `saidao.plan`; the objective is ``weighted``.

    Raises
    ------
    CaseError
        Bad input, with every problem found.
    Infeasible, Stopped
        As `saidao.plan`; stopped also where the time limit comes before the answer.

    Notes
    -----
    Weights move in two ways: one factor's, while the others keep their proportions; and from one factor to another.
    No weights nearer than the least transfer, by half the sum of absolute changes, change the plan: those at most so
    far are the convex hull of the transfers, and the weights for which a plan is optimal are convex.
    """
    case = load_case(case)
    check_plannable(case)
    problem, how = problem_and_solver(case, options)
    chosen = problem.settings
    if chosen.objective != "weighted":
        raise CaseError([Problem("choice", "objective", found=chosen.objective, details={"choices": "weighted"})])
    plan = known_best(Plan.from_problem(problem, how))
    exact = chosen.stance == "even"
    around = Around(plan.solved)
    with as_stopped():
        return Tipping(
            plan,
            factor_ends(problem, around),
            _transfers(problem, around, exact),
            _shares(problem, around, exact),
            _judgements(problem, around) if "ahp" in chosen.parents else [],
            exact,
        )


def _shares(problem: PlanningProblem, around: Around, exact: bool) -> list[Row]:
    """Move the share of the first of two combined schemes down to 0 and up to 1."""
    how = problem.weights.combination
    if how is None or how.shares is None or len(how.names) != 2 or how.rule not in TAKES_SHARES:
        return []
    one, other = how.parents
    at, up = float(how.shares[0]), np.array([False, True])

    def weights(t: Array, which: Index) -> Array:
        s = np.where(up[which], at + t, at - t)[:, None]
        if how.rule == "linear":
            return np.asarray(s * one + (1.0 - s) * other)
        w = one**s * other ** (1.0 - s)
        return np.asarray(w / w.sum(axis=1, keepdims=True))

    found = _followed(problem, around, weights, np.array([at, 1.0 - at]), exact and how.rule == "linear")
    return [
        {
            "scheme": how.names[0],
            "other": how.names[1],
            "share": at,
            "low": float(at - found.t[0]),
            "high": float(at + found.t[1]),
            "changes_low": _changes(around, found, 0),
            "changes_high": _changes(around, found, 1),
        }
    ]


Weights = Callable[[Array, Index], Array]
"""Takes t (k,) along some of the paths (k,), gives weights (k, F)."""


def _followed(problem: PlanningProblem, around: Around, weights: Weights, ends: Array, straight: bool) -> Exits:
    def path(t: Array, which: Index) -> tuple[Array, Array]:
        there = weights(t, which)
        return problem.priorities(there), there

    return exits(around, path, ends, straight)


def factor_ends(problem: PlanningProblem, around: Around) -> list[Row]:
    """Move each weight down to 0 and up to 1; the others keep their proportions, or share evenly where they are 0.

    Returns
    -------
    list of dict
        By factor its `weight`, from `low` to `high` of which the plan stays optimal, and what changes beyond.
    """
    w = problem.weights.array
    n = len(w)
    if n == 1:
        return []
    factor, up = np.repeat(np.arange(n), 2), np.tile([False, True], n)
    rest = np.where(np.eye(n, dtype=bool), 0.0, w)
    rest = np.where(rest.sum(axis=1, keepdims=True) > 0, rest, 1.0 - np.eye(n))
    rest = rest / rest.sum(axis=1, keepdims=True)

    def weights(t: Array, which: Index) -> Array:
        f = factor[which]
        to = np.where(up[which], w[f] + t, w[f] - t)
        return np.asarray(rest[f] * (1.0 - to)[:, None] + np.eye(n)[f] * to[:, None])

    ends = np.where(up, 1.0 - w[factor], w[factor])
    found = _followed(problem, around, weights, ends, problem.settings.stance == "even")
    return [
        {
            "factor": problem.decision.factors[f],
            "weight": float(w[f]),
            "low": float(w[f] - found.t[2 * f]),
            "high": float(w[f] + found.t[2 * f + 1]),
            "changes_low": _changes(around, found, 2 * f),
            "changes_high": _changes(around, found, 2 * f + 1),
        }
        for f in range(n)
    ]


def _transfers(problem: PlanningProblem, around: Around, exact: bool) -> list[Row]:
    """Move weight from each factor to each other one."""
    w = problem.weights.array
    pairs = list(permutations(range(len(w)), 2))
    if not pairs:
        return []
    way = np.array([np.eye(len(w))[j] - np.eye(len(w))[i] for i, j in pairs])
    ends = np.array([w[i] for i, _ in pairs])
    found = _followed(problem, around, lambda t, which: w + t[:, None] * way[which], ends, exact)
    factors = problem.decision.factors
    return [
        {"from": factors[i], "to": factors[j], "amount": float(found.t[k]), "changes": _changes(around, found, k)}
        for k, (i, j) in enumerate(pairs)
    ]


def _judgements(problem: PlanningProblem, around: Around) -> list[Row]:
    """Move each pairwise judgement of each judge down to 1/9 and up to 9, its reciprocal with it."""
    case = problem.case
    moved: list[tuple[str, int, int, float, bool]] = []
    for name, judgement in case.judgements.items():
        for i, j in combinations(range(len(judgement.labels)), 2):
            one, other = judgement.matrix[i, j], judgement.matrix[j, i]
            value = float(one if np.isfinite(one) else 1.0 / other)
            if np.isfinite(value):
                moved += [(name, i, j, value, up) for up in (False, True)]
    if not moved:
        return []
    ends = np.array([max(np.log(SCALE) + (-1 if up else 1) * np.log(value), 0.0) for *_, value, up in moved])

    def weights(t: Array, which: Index) -> Array:
        rows = []
        for k, step in zip(which.tolist(), t.tolist(), strict=True):
            name, i, j, value, up = moved[k]
            matrix = case.judgements[name].matrix.copy()
            matrix[i, j] = value * np.exp(step if up else -step)
            matrix[j, i] = 1.0 / matrix[i, j]
            judged = {**case.judgements, name: replace(case.judgements[name], matrix=matrix)}
            asked = replace(case, judgements=MappingProxyType(judged))
            rows.append(factor_weights(asked, problem.decision, None, problem.settings).array)
        return np.array(rows).reshape(len(rows), len(problem.decision.factors))

    found = _followed(problem, around, weights, ends, straight=False)
    return [
        {
            "judgement_of": name,
            "one": case.judgements[name].labels[i],
            "other": case.judgements[name].labels[j],
            "judgement": value,
            "low": float(value * np.exp(-found.t[k])),
            "high": float(value * np.exp(found.t[k + 1])),
            "changes_low": _changes(around, found, k),
            "changes_high": _changes(around, found, k + 1),
        }
        for k, (name, i, j, value, up) in enumerate(moved)
        if not up
    ]


def _changes(around: Around, found: Exits, k: int) -> list[Row]:
    """Levels that differ just beyond the k-th exit, the dearest change first; none where the plan never changes."""
    if not found.changes[k]:
        return []
    solved = around.plan
    p = solved.programme
    change = (found.plans.level[k] - solved.level).sum(axis=1)
    budget = p.budget.sum(axis=1)
    share = np.divide(p.level_cost.max(axis=2), budget, out=np.zeros(p.cost.shape[:2]), where=budget > 0).sum(axis=1)
    return [
        {"measure": p.applications[a].measure, "application": p.applications[a].label, "change": float(change[a])}
        for a in np.argsort(-np.abs(change) * share, kind="stable").tolist()
        if abs(change[a]) > 1e3 * FUNDED
    ]
