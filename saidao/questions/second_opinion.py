"""Second opinions: the ranking computed by pymcdm, and the plan by CBC through pulp, there and then beside ours."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from ..case import Case, load_case
from ..case.tables import Resource, Track
from ..errors import CaseError, Problem
from ..mcda import InputError, Ranking, to_pymcdm
from ..mcda.plotting import axes, bars, finished
from ..results.column import Column, Row, Table
from ..results.question import question
from ..results.result import Result
from ..study.decision import Array, Decision, decision
from ..study.names import method_name
from ..study.options import CaseLike, MethodOption, PlanOptions, RankingOptions, WeightsOption
from ..study.plan.result import Plan
from ..study.planning.solving import SolverOptions
from ..study.ranking.rank import rank
from ..study.settings import settings
from ..study.verbs import plan
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SAME = 1e-6
"""Scores and values that differ by less, relative to the largest, are the same."""


def known_slip(method: str, tracks: int, costs: bool) -> str:
    """Return the key of what pymcdm 1.4 is known to do against the formula; blank where nothing is known."""
    if method == "copras" and costs:
        return "opinion.slip_copras"
    if method == "probid" and tracks % 2 == 0:
        return "opinion.slip_probid"
    return "opinion.slip_sprobid" if method == "sprobid" and tracks < 4 else ""


@dataclass(frozen=True)
class SecondRanking(Result):
    """The result of `saidao.second_ranking`.

    Attributes
    ----------
    case : the case.
    ranking : our ranking.
    theirs : (T,) scores by pymcdm; None where it has no such method, or does not compute it.
    version : of pymcdm.
    why : what it says instead.
    slip : the key of what pymcdm is known to do against the formula here; blank where nothing is known.
    """

    case: Case
    ranking: Ranking
    theirs: Array | None
    version: str
    why: str
    slip: str

    @classmethod
    def of(cls, case: Case, ranking: Ranking, data: Decision) -> SecondRanking:
        """Have a ranking computed by pymcdm too.

        Raises
        ------
        CaseError
            pymcdm is not installed.
        """
        try:
            version = metadata.version("pymcdm")
        except metadata.PackageNotFoundError:
            raise CaseError([Problem("no_second_library", "--second-opinion", found="pymcdm")]) from None
        slip = known_slip(ranking.method, len(data.tracks), "min" in data.directions)
        try:
            theirs = _by_pymcdm(ranking, data)
        except Exception as error:  # whatever another library raises is its answer
            return cls(case, ranking, None, version, f"{type(error).__name__}: {error}", slip)
        return cls(case, ranking, theirs, version, "", slip)

    @property
    def same(self) -> bool:
        """Whether all scores are the same."""
        if self.theirs is None:
            return False
        ours = self.ranking.score_array
        return bool(np.abs(ours - self.theirs).max() <= SAME * max(float(np.abs(ours).max()), 1e-12))

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao rank --second-opinion --json``."""
        return {
            "schema": "saidao/second-ranking/1",
            "case": self.case.name,
            "method": self.ranking.method,
            "by": {"library": "pymcdm", "version": self.version},
            "same": self.same,
            "why": self.why,
            "slip": say(self.slip) if self.slip and not self.same else "",
            "ranking": self._rows(),
        }

    def _rows(self) -> list[Row]:
        theirs = [None] * len(self.ranking.alternatives) if self.theirs is None else self.theirs.tolist()
        return [
            {"track": str(t), "score": float(s), "rank": int(r), "second": other}
            for t, s, r, other in zip(
                self.ranking.alternatives, self.ranking.score_array, self.ranking.rank_array, theirs, strict=True
            )
        ]

    def text(self, lang: str = "en") -> list[str]:
        """Say whether both are the same, and who is right where they are not."""
        told = {"method": method_name(self.ranking.method, lang), "version": self.version, "why": self.why}
        if self.theirs is None:
            return [say("opinion.no_ranking", lang, **told)]
        if self.same:
            return [say("opinion.same_ranking", lang, **told)]
        apart = float(np.abs(self.ranking.score_array - self.theirs).max())
        return [
            say("opinion.other_ranking", lang, **told, apart=apart),
            say(self.slip or "opinion.slip_unknown", lang),
        ]

    def declared(self) -> Iterator[Table]:
        """Yield both scores by track."""
        columns = (
            Column("rank", "rank"),
            Column("track", "name", Track),
            Column("score", "score"),
            Column("second", "score", heading="head.by_pymcdm"),
        )
        yield Table("second_ranking", columns, sorted(self._rows(), key=lambda row: int(row["rank"])))

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw our scores, a bar a track."""
        ax = axes(ax, len(self.ranking.alternatives))
        names = self.case.names(Track, lang)
        bars(ax, [names[str(t)] for t in self.ranking.alternatives], self.ranking.score_array)
        return finished(ax, self.text(lang)[0])


@question(
    "second-ranking",
    example="saidao rank shanghai --second-opinion",
    instead_of="rank",
    flag="--second-opinion",
)
def second_ranking(
    case: CaseLike, weights: WeightsOption = None, method: MethodOption = None, **options: Unpack[RankingOptions]
) -> SecondRanking:
    """Have the ranking computed by another library (pymcdm) too, and tell what differs and who is right.

    Parameters
    ----------
    case, weights, method, **options : as for `saidao.rank`.

    Raises
    ------
    CaseError
        With every problem found; or pymcdm is not installed.
    """
    case = load_case(case)
    data = decision(case, settings(case, ticks=options.get("ticks")).ticks)
    return SecondRanking.of(case, rank(case, weights, method, **options), data)


def _by_pymcdm(ranking: Ranking, data: Decision) -> Array | None:
    """Return pymcdm's scores; None where it has no such method, or takes no such options."""
    try:
        made = to_pymcdm(ranking.method, data.scores, **ranking.options)
    except InputError:
        return None
    types = np.where(np.array(data.directions) == "max", 1, -1)
    with np.errstate(all="ignore"):
        scores = np.asarray(made(data.scores, ranking.weights.array, types, validation=False), dtype=float)
    return scores if np.isfinite(scores).all() else None


@dataclass(frozen=True)
class SecondPlan(Result):
    """The result of `saidao.second_plan`: the `plan` by HiGHS, and the plan by CBC (`second`)."""

    plan: Plan
    second: Plan

    @classmethod
    def of(cls, made: Plan, amend: Callable[[Any], object] | None = None, seconds: float | None = None) -> SecondPlan:
        """Have what was planned solved by CBC too, within so many seconds; raises as `saidao.plan` does."""
        from ..optimize.solve.pulp_bridge import through_pulp  # pulp takes a while to load, and each `plan` reads this

        return cls(made, Plan.from_problem(made.problem, SolverOptions(through_pulp(_cbc(seconds)), amend)))

    @property
    def case(self) -> Case:
        """The case."""
        return self.plan.case

    @property
    def values(self) -> tuple[float, float]:
        """The value of both plans."""
        return float(self.plan.objective["value"]), float(self.second.objective["value"])

    @property
    def same(self) -> bool:
        """Whether both reach the same value."""
        one, other = self.values
        return abs(one - other) <= SAME * max(abs(one), abs(other), 1e-12)

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao plan --second-opinion --json``."""
        one, other = self.values
        return {
            "schema": "saidao/second-plan/1",
            "case": self.case.name,
            "settings": self.plan.settings.to_dict(),
            "by": {"library": "pulp", "solver": "CBC", "version": metadata.version("pulp")},
            "same": self.same,
            "value": one,
            "second": other,
            "resources": self._rows(),
        }

    def _rows(self) -> list[Row]:
        return [
            {"resource": one["resource"], "period": one["period"], "used": one["used"], "second": other["used"]}
            for one, other in zip(self.plan.resources, self.second.resources, strict=True)
        ]

    def text(self, lang: str = "en") -> list[str]:
        """Say whether both plans are worth the same."""
        one, other = self.values
        told = {"version": metadata.version("pulp"), "share": float(self.plan.objective["closed_share"])}
        if self.same:
            return [say("opinion.same_plan", lang, **told)]
        key = "opinion.better_plan" if one > other else "opinion.worse_plan"
        return [say(key, lang, **told, apart=abs(one - other) / max(abs(one), 1e-12))]

    def declared(self) -> Iterator[Table]:
        """Yield what both use of each resource: plans of the same value may differ in it."""
        columns = (
            Column("resource", "name", Resource),
            Column("period", seen="files"),
            Column("used", "amount", Resource),
            Column("second", "amount", Resource, heading="head.by_cbc"),
        )
        yield Table("second_plan", columns, self._rows())

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw the value of both."""
        ax = axes(ax, 2)
        bars(ax, ["HiGHS", "CBC"], list(self.values))
        return finished(ax, self.text(lang)[0])


@question(
    "second-plan",
    example="saidao plan shanghai --second-opinion",
    instead_of="plan",
    flag="--second-opinion",
)
def second_plan(case: CaseLike, **options: Unpack[PlanOptions]) -> SecondPlan:
    """Have the plan computed by another solver (CBC, through pulp) too, and tell what differs.

    Parameters
    ----------
    case, **options : as for `saidao.plan`.

    Raises
    ------
    CaseError
        With every problem found.
    Infeasible
        As for `saidao.plan`.
    """
    return SecondPlan.of(plan(case, **options), options.get("amend"))


def opinion_on_ranking(case: Case, ranking: Ranking | None, data: Decision, lang: str) -> list[str]:
    """Return what pymcdm says of a ranking, for a proof; raises `CaseError` where it is not installed."""
    return [] if ranking is None else SecondRanking.of(case, ranking, data).text(lang)


def opinion_on_plan(
    made: Plan, lang: str, amend: Callable[[Any], object] | None = None, seconds: float | None = None
) -> list[str]:
    """Return what CBC says of a plan, for a proof; raises as `saidao.plan` does."""
    return SecondPlan.of(made, amend, seconds).text(lang)


def _cbc(seconds: float | None) -> Any:
    """Return CBC as pulp brings it."""
    import pulp  # as above

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # pulp 4 will not bring it; the version is held below 4
        return pulp.PULP_CBC_CMD(msg=False, timeLimit=seconds)
