"""The share of one of two combined schemes, from 0 to 1: where the ranking changes, and where money moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Unpack

import numpy as np

from .. import mcda
from ..case import Case, load_case
from ..case.tables import Resource, Track
from ..errors import CaseError, Problem
from ..mcda import plotting
from ..mcda.combination import Combination
from ..mcda.combine import TAKES_SHARES
from ..mcda.robustness.sweep import RankSweep, rank_sweep
from ..optimize.after.sweep import Path, Stretches, stretches
from ..results.column import Column, Row, Table
from ..results.question import question
from ..results.result import Result
from ..study.array_errors import as_case_error
from ..study.decision import Array
from ..study.names import level_changes, scheme_name, track_names
from ..study.options import CaseLike, PlanOptions
from ..study.plan.result import Plan, known_best
from ..study.planning.problem import PlanningProblem
from ..study.planning.solving import as_stopped, problem_and_solver
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FUNDED = 1e-7
"""A change of a level up to this is none."""
SHOWN = 3
"""Changes of levels that people are told, the dearest; the data holds all."""
MOST_WHOLE = 100
"""Tracks up to which each ranking is written with the ranks of all."""
MOST_ROWS = 30
"""Stretches that a terminal shows of more tracks than these."""
MOST = 5
"""Shares that a sentence names; the tables hold all."""


@dataclass(frozen=True)
class Sweep(Result):
    """The result of `saidao.sweep`.

    Attributes
    ----------
    plan : the plan at the present share.
    combination : the two schemes, their weights and the present share.
    ranking : stretches of the first one's share on which the ranking is the same.
    money : stretches on which one plan is best.
    exact : whether no plan is left out: priorities are linear in the share (the rule linear, the stance even).
    """

    plan: Plan
    combination: Combination
    ranking: RankSweep
    money: Stretches
    exact: bool

    @property
    def case(self) -> Case:
        """The case."""
        return self.plan.case

    @property
    def share(self) -> float:
        """The present share of the first scheme."""
        assert self.combination.shares is not None
        return float(self.combination.shares[0])

    @property
    def whole(self) -> bool:
        """Whether each ranking is written with the ranks of all tracks; else the first one, then what changes."""
        return len(self.ranking.alternatives) <= MOST_WHOLE

    @cached_property
    def rankings(self) -> list[Row]:
        """A row a stretch of one ranking: its ends, who is first, and who passes whom at its beginning.

        `ranks` are of all tracks in the first row; in the others of all up to `MOST_WHOLE`, else of those that change.
        """
        found, tracks = self.ranking, list(map(str, self.ranking.alternatives))
        rows: list[Row] = []
        for k, ranks in enumerate(found.ranks):
            before = found.ranks[max(k - 1, 0)]
            turned = np.flatnonzero(ranks != before).tolist()
            listed = range(len(tracks)) if k == 0 or self.whole else turned
            rows.append(
                {
                    "from": float(found.ends[k]),
                    "to": float(found.ends[k + 1]),
                    "first": [tracks[i] for i in np.flatnonzero(ranks == 1).tolist()],
                    "ranks": {tracks[i]: int(ranks[i]) for i in listed},
                    "changes": {tracks[i]: (int(before[i]), int(ranks[i])) for i in turned},
                }
            )
        return rows

    @property
    def plans(self) -> list[Row]:
        """A row a stretch of one plan: its ends, what differs from the one before, and how much money that moves."""
        p, level = self.plan.solved.programme, self.money.plans.level.sum(axis=2)
        cost = p.cost[:, 0].max(axis=1)
        rows: list[Row] = []
        for k in range(len(level)):
            change = level[k] - level[k - 1] if k else np.zeros(level.shape[1])
            rows.append(
                {
                    "from": float(self.money.ends[k]),
                    "to": float(self.money.ends[k + 1]),
                    "moves": float(np.maximum(change * cost, 0.0).sum()),
                    "changes": [
                        {"application": p.applications[a].label, "change": float(change[a])}
                        for a in np.argsort(-np.abs(change * cost), kind="stable").tolist()
                        if abs(change[a]) > FUNDED
                    ],
                }
            )
        return rows

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao sweep --json``."""
        return self.document()

    def document(self, lang: str = "en") -> Row:
        """Return plain data, with what is left out told in *lang*."""
        one, other = self.combination.names
        return {
            "schema": "saidao/sweep/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "settings": self.plan.settings.to_dict(),
            "scheme": one,
            "other": other,
            "share": self.share,
            "exact": {"ranking": self.ranking.exact, "money": self.exact},
            "money": self.plans,
            "rankings": self.rankings,
            **({} if self.whole else {"left_out": [self._left_out(lang)]}),
        }

    def _left_out(self, lang: str) -> str:
        return say("sweep.left_out", lang, tracks=len(self.ranking.alternatives))

    def text(self, lang: str = "en") -> list[str]:
        """Say at which shares money moves, between which the plan in hand holds, and who is first where."""
        one, other = (scheme_name(name, lang) for name in self.combination.names)
        told = {"scheme": one, "other": other, "share": self.share}
        lines = [self.money_told(lang)]
        turns = self.ranking.ends
        key = "sweep.one_ranking" if len(turns) == 2 else "sweep.ranking"
        lines.append(say(key, lang, **told, number=len(turns) - 2, **_listed(turns, lang)))
        leaders: list[Row] = []
        for row in self.rankings:
            if leaders and leaders[-1]["first"] == row["first"]:
                leaders[-1]["to"] = row["to"]
            else:
                leaders.append(dict(row))
        if len(leaders) == 1:
            first = track_names(self.case, leaders[0]["first"], lang)
            lines.append(say("sweep.always_first", lang, track=first))
        else:
            parts = [
                say(
                    "sweep.first",
                    lang,
                    track=track_names(self.case, row["first"], lang),
                    low=row["from"],
                    high=row["to"],
                )
                for row in leaders[:MOST]
            ]
            lines.append(say("sweep.firsts", lang, scheme=one, parts=say("semicolon", lang).join(parts)))
        return lines

    def money_told(self, lang: str = "en", plan: str = "") -> str:
        """Say at which shares money moves, and between which the plan in hand holds; *plan* says whose it is."""
        one, other = (scheme_name(name, lang) for name in self.combination.names)
        told = {"scheme": one, "other": other, "share": self.share}
        ends = self.money.ends
        if len(ends) == 2:
            said = say("sweep.one_plan", lang, **told)
        else:
            low, high = _around(ends, self.share)
            said = say("sweep.money", lang, **told, number=len(ends) - 2, low=low, high=high, **_listed(ends, lang))
        return say("sweep.of_plan", lang, plan=plan, told=said) if plan else said

    def notes(self, lang: str = "en") -> list[str]:
        """Say how it is proven."""
        return [
            say("sweep.money_exact" if self.exact else "sweep.money_searched", lang),
            say("sweep.ranking_exact" if self.ranking.exact else "sweep.ranking_searched", lang),
            *([] if self.whole else [self._left_out(lang)]),
        ]

    def declared(self) -> Iterator[Table]:
        """Yield the stretches of one plan, then those of one ranking."""
        money = self.case.rows(Resource)[0].resource
        ends = (Column("from", "share", heading="head.share_from"), Column("to", "share", heading="head.share_to"))

        def levels(row: Row, lang: str) -> str:
            told = level_changes(self.case, ((c["application"], c["change"]) for c in row["of"][:SHOWN]), lang) or "-"
            more = len(row["of"]) - SHOWN
            return told + (say("why.more", lang, more=more) if more > 0 else "")

        plans = [
            row | {"of": row["changes"], "changes": "; ".join(_change(c) for c in row["changes"])} for row in self.plans
        ]
        yield Table(
            "sweep_money",
            (
                *ends,
                Column("moves", "amount", money, heading="head.moves_there"),
                Column("changes", heading="head.changes_there", told=levels),
            ),
            plans,
            most=None if self.whole else MOST_ROWS,
        )

        def passes(row: Row, lang: str) -> str:
            names = self.case.names(Track, lang)
            parts = [f"{names[t]} {old}→{new}" for t, (old, new) in row["of"].items()]
            return say("semicolon", lang).join(parts) or "-"

        rankings = [
            row
            | {"of": row["changes"], "changes": "; ".join(f"{t} {a}>{b}" for t, (a, b) in row["changes"].items())}
            | (row["ranks"] if self.whole else {})
            for row in self.rankings
        ]
        ranks = (
            Column(track, "rank", heading=lambda lang, t=track: self.case.names(Track, lang)[t], seen="files")  # type: ignore[misc]
            for track in map(str, self.ranking.alternatives if self.whole else ())
        )
        yield Table(
            "sweep_ranking",
            (
                *ends,
                Column("first", "name", Track, heading="head.first_there"),
                Column("changes", heading="head.changes_there", told=passes),
                *ranks,
            ),
            rankings,
            most=None if self.whole else MOST_ROWS,
        )

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw the rank of each track over the share, and where money moves."""
        found, names = self.ranking, self.case.names(Track, lang)
        ax = plotting.axes(ax, len(found.alternatives))
        for i in range(len(found.alternatives)):
            ax.stairs(found.ranks[:, i].astype(float), found.ends, baseline=None, linewidth=1.5)
        for end in sorted(set(found.ranks[-1].tolist())):
            level = [names[str(t)] for t, r in zip(found.alternatives, found.ranks[-1], strict=True) if r == end]
            ax.text(1.01, float(end), say("list", lang).join(level), fontsize=8, va="center")
        for end in self.money.ends[1:-1]:
            ax.axvline(float(end), color=plotting.GREY, linewidth=0.6, linestyle=":")
        ax.axvline(self.share, color=plotting.ORANGE, linewidth=1.2)
        ax.set_xlim(0.0, 1.0)
        ax.invert_yaxis()
        ax.set_ylabel(say("head.rank", lang))
        ax.xaxis.set_major_formatter("{x:.0%}")
        one = scheme_name(self.combination.names[0], lang)
        return plotting.finished(ax, self.text(lang)[0], say("sweep.axis", lang, scheme=one))


def _change(row: Row) -> str:
    return f"{row['application']} {row['change']:+.3g}"


def _around(ends: Array, share: float) -> tuple[float, float]:
    """Return the ends of the stretch that a share lies in."""
    k = int(np.clip(np.searchsorted(ends, share, side="right") - 1, 0, len(ends) - 2))
    return float(ends[k]), float(ends[k + 1])


def _listed(ends: Array, lang: str) -> Row:
    told = say("list", lang).join(f"{end:.1%}" for end in ends[1:-1][:MOST])
    return {"shares": told + (say("sweep.more", lang) if len(ends) - 2 > MOST else "")}


@question("sweep", example="saidao sweep shanghai --weights ahp+entropy --share 0.6", pictures=("sweep",))
def sweep(case: CaseLike, **options: Unpack[PlanOptions]) -> Sweep:
    """Let the share of one of two combined schemes go from 0 to 1: where the ranking changes, and where money moves.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook.
    **options : as for `saidao.plan`; the weights are combined from two schemes (``weights="ahp+entropy"``) by the rule
        ``linear`` or ``geometric``, and the objective is ``weighted``.

    Returns
    -------
    Sweep
        `.plans` and `.rankings`: stretches of the share, with what changes where each begins.

    Raises
    ------
    CaseError
        Bad input, with every problem found; weights that are not combined from two schemes.
    Infeasible, Stopped
        As `saidao.plan`.

    Notes
    -----
    With the rule ``linear`` and the stance ``even`` the value of the best plan is convex and piecewise linear in the
    share: solved where two known plans are level, it proves both, or gives a third. Else plans are sought at points.
    """
    case = load_case(case)
    problem, how = problem_and_solver(case, options)
    chosen, combination = problem.settings, problem.weights.combination
    problems = []
    if not has_a_share(problem):
        found = chosen.weights if combination is None else f"{chosen.weights}, {combination.rule}"
        problems.append(Problem("sweep_pair", "weights", found=found, details={"rules": ", ".join(TAKES_SHARES)}))
    if chosen.objective != "weighted":
        problems.append(Problem("choice", "objective", found=chosen.objective, details={"choices": "weighted"}))
    if problems:
        raise CaseError(problems)
    return swept(Plan.from_problem(problem, how))


def has_a_share(problem: PlanningProblem) -> bool:
    """Whether the weights are combined from two schemes by a rule that takes shares."""
    how = problem.weights.combination
    return how is not None and len(how.names) == 2 and how.rule in TAKES_SHARES


def swept(plan: Plan) -> Sweep:
    """Let the share go from 0 to 1 from a plan that `has_a_share`; raises as `sweep` does."""
    problem = plan.problem
    chosen, combination = problem.settings, problem.weights.combination
    assert combination is not None
    data, (one, other) = problem.decision, combination.parents
    geometric = combination.rule == "geometric"
    try:
        ranking = rank_sweep(
            data.scores,
            one,
            other,
            data.directions,
            chosen.method,
            "geometric" if geometric else "linear",
            **chosen.ranking,
        )
    except mcda.InputError as error:
        raise as_case_error(error, data) from None
    known_best(plan)
    exact = chosen.stance == "even" and not geometric
    with as_stopped():
        money = stretches(plan.solved, _path(problem, one, other, geometric), exact)
    labelled = mcda.RankSweep(data.tracks, ranking.ends, ranking.ranks, ranking.exact)
    return Sweep(plan, combination, labelled, money, exact)


def _path(problem: PlanningProblem, one: Array, other: Array, geometric: bool) -> Path:
    def at(share: Array) -> tuple[Array, Array]:
        s = share[:, None]
        w = one**s * other ** (1.0 - s) if geometric else s * one + (1.0 - s) * other
        w = w / w.sum(axis=1, keepdims=True)
        return problem.priorities(w), w

    return at
