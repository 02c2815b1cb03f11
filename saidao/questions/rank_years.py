"""Ranks over years: the tracks ranked by the scores of every period that the case has, and who moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Unpack

import numpy as np
from numpy.typing import NDArray

from .. import mcda
from ..case import Case, load_case
from ..case.checks.scores import lacking_in_periods
from ..case.tables import Factor, Track
from ..errors import CaseError, Problem
from ..mcda import plotting
from ..mcda.ranks import competition_ranks
from ..results.column import Column, Row, Table
from ..results.question import Option, question
from ..results.result import Result
from ..study.array_errors import as_case_error
from ..study.decision import Array, Decision, decision
from ..study.names import method_name, scheme_name, track_names
from ..study.options import CaseLike, MethodOption, RankingOptions, WeightsOption
from ..study.ranking.sentences import combined, score_period
from ..study.ranking.weighing import factor_weights, ranking_of
from ..study.settings import Settings, check_ahp, settings
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_TOLD = 3
"""Tracks that a sentence names; the tables hold all."""


@dataclass(frozen=True)
class RanksOverYears(Result):
    """The result of `saidao.rank_years`.

    Attributes
    ----------
    case : the case.
    chosen : what was asked.
    periods, tracks : the Y periods in their order, and the T tracks.
    weights : the weights of each period; the same ones unless `reweighed`.
    scores, ranks : (Y, T) published scores, and competition ranks within each period.
    together : whether all periods stand in one matrix, so that scores compare across them.
    reweighed : whether each period has weights of its own scores.
    """

    case: Case
    chosen: Settings
    periods: tuple[str, ...]
    tracks: tuple[str, ...]
    weights: tuple[mcda.Weights, ...]
    scores: Array
    ranks: NDArray[np.int64]
    together: bool
    reweighed: bool

    @property
    def moves(self) -> list[Row]:
        """A row a track: its first and last rank, places won from the one to the other, and its best and worst rank."""
        return [
            {
                "track": track,
                "first": int(ranks[0]),
                "last": int(ranks[-1]),
                "rise": int(ranks[0] - ranks[-1]),
                "best": int(ranks.min()),
                "worst": int(ranks.max()),
                "ranks": dict(zip(self.periods, map(int, ranks), strict=True)),
            }
            for track, ranks in zip(self.tracks, self.ranks.T, strict=True)
        ]

    @property
    def agreement(self) -> list[Row]:
        """A row a pair of periods that follow each other: Kendall's tau-b of their ranks, and how many tracks moved."""
        rows = []
        for one, other, k in zip(self.periods, self.periods[1:], range(len(self.periods)), strict=False):
            tau = mcda.kendall_tau_b(self.ranks[k : k + 2])[0, 1]
            moved = int((self.ranks[k] != self.ranks[k + 1]).sum())
            rows.append(
                {"from": one, "to": other, "moved": moved, "kendall_tau_b": None if np.isnan(tau) else float(tau)}
            )
        return rows

    @property
    def years(self) -> list[Row]:
        """A row a period: its ranking, as ``saidao rank --json`` has it, and its weights."""
        return [
            {
                "period": period,
                "weights": weights.rows(),
                "ranking": [
                    {"track": t, "score": float(s), "rank": int(r)}
                    for t, s, r in zip(self.tracks, scores, ranks, strict=True)
                ],
            }
            for period, weights, scores, ranks in zip(self.periods, self.weights, self.scores, self.ranks, strict=True)
        ]

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao rank --years --json``."""
        return {
            "schema": "saidao/rank-years/1",
            "case": self.case.name,
            "settings": self.chosen.to_dict(),
            "method": self.chosen.method,
            "better": mcda.methods()[self.chosen.method].better,
            "together": self.together,
            "reweighed": self.reweighed,
            "planned_with": self.case.score_period,
            "years": self.years,
            "moves": self.moves,
            "agreement": self.agreement,
        }

    def text(self, lang: str = "en") -> list[str]:
        """Say who rose and who fell most, who was first when, and how steady the order is."""
        names = self.case.names(Track, lang)
        told = {
            "first": self.periods[0],
            "last": self.periods[-1],
            "method": method_name(self.chosen.method, lang),
            "weights": scheme_name(self.chosen.weights, lang),
            "number": len(self.periods),
        }
        moved = sorted((row for row in self.moves if row["rise"]), key=lambda row: -abs(row["rise"]))
        lines = []
        for key, rows in (
            ("years.rose", [row for row in moved if row["rise"] > 0]),
            ("years.fell", [row for row in moved if row["rise"] < 0]),
        ):
            parts = [
                say("years.move", lang, track=names[row["track"]], old=row["first"], new=row["last"])
                for row in rows[:MOST_TOLD]
            ]
            if parts:
                more = say("why.more", lang, more=len(rows) - MOST_TOLD) if len(rows) > MOST_TOLD else ""
                lines.append(say(key, lang, **told, parts=say("semicolon", lang).join(parts) + more))
        if not lines:
            same = all((row == self.ranks[0]).all() for row in self.ranks)
            lines.append(say("years.same" if same else "years.back", lang, **told))
        leaders = [
            track_names(self.case, (t for t, r in zip(self.tracks, ranks, strict=True) if r == 1), lang)
            for ranks in self.ranks
        ]
        if len(set(leaders)) == 1:
            lines.append(say("years.always_first", lang, track=leaders[0]))
        else:
            firsts = (
                say("years.first", lang, track=track, periods=say("list", lang).join(self._led(leaders, track)))
                for track in dict.fromkeys(leaders)
            )
            lines.append(say("years.firsts", lang, parts=say("semicolon", lang).join(firsts)))
        return lines

    def _led(self, leaders: list[str], track: str) -> list[str]:
        return [period for period, one in zip(self.periods, leaders, strict=True) if one == track]

    def notes(self, lang: str = "en") -> list[str]:
        """Say whose weights hold, whether scores compare across periods, and which period a plan counts."""
        own = self.weights[list(self.periods).index(self.case.score_period)]
        key = "years.reweighed" if self.reweighed else "years.one_weighting"
        return [
            say(key, lang, period=self.case.score_period),
            say("years.together" if self.together else "years.apart", lang),
            *combined(own, lang),
            score_period(self.case, lang).strip(),
        ]

    def declared(self) -> Iterator[Table]:
        """Yield ranks and moves by track, how far periods agree, scores, and the weights where each has its own."""
        ranks = [Column(f"rank {p}", "rank", heading=lambda lang, p=p: p) for p in self.periods]  # type: ignore[misc]
        scores = [Column(f"score {p}", "score", heading=lambda lang, p=p: p) for p in self.periods]  # type: ignore[misc]
        track = Column("track", "name", Track)
        order = sorted(range(len(self.tracks)), key=lambda i: (self.ranks[-1, i], i))
        rows = [
            {
                **self.moves[i],
                **{f"rank {p}": int(r) for p, r in zip(self.periods, self.ranks[:, i], strict=True)},
                **{f"score {p}": float(s) for p, s in zip(self.periods, self.scores[:, i], strict=True)},
            }
            for i in order
        ]
        ends = [Column(name, "rank", heading=f"head.{name}_rank", seen="files") for name in ("best", "worst")]
        yield Table(
            "years_ranks", (track, *ranks, Column("rise", "count", heading="head.rise", told=_signed), *ends), rows
        )
        steady = (Column("from"), Column("to"), Column("moved", "count", heading="head.tracks_moved"))
        yield Table("years_agreement", (*steady, Column("kendall_tau_b", "score")), self.agreement)
        yield Table("years_scores", (track, *scores), rows, most=0)
        factors = [
            {"factor": f, **{p: float(w.array[j]) for p, w in zip(self.periods, self.weights, strict=True)}}
            for j, f in enumerate(map(str, self.weights[0].criteria))
        ]
        yield Table(
            "years_weights",
            (
                Column("factor", "name", Factor),
                *(Column(p, "weight", heading=lambda lang, p=p: p) for p in self.periods),  # type: ignore[misc]
            ),
            factors if self.reweighed else [],
            most=None if self.reweighed else 0,
        )

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw the rank of each track over the periods."""
        names = self.case.names(Track, lang)
        ax = plotting.axes(ax, len(self.tracks))
        at = range(len(self.periods))
        for ranks in self.ranks.T:
            ax.plot(at, ranks, linewidth=1.5, marker="o", markersize=3)
        for end in sorted(set(self.ranks[-1].tolist())):
            level = [names[t] for t, r in zip(self.tracks, self.ranks[-1], strict=True) if r == end]
            ax.text(at[-1] + 0.05, float(end), say("list", lang).join(level), fontsize=8, va="center")
        ax.set_xticks(at, list(self.periods))
        ax.invert_yaxis()
        ax.set_ylabel(say("head.rank", lang))
        return plotting.finished(ax, self.text(lang)[0])


def _signed(row: Row, lang: str) -> str:
    return f"{row['rise']:+d}".replace("-", "−") if row["rise"] else "0"


def _with(data: Decision, scores: Array) -> Decision:
    return replace(data, scores=scores, tracks=tuple(f"{n}" for n in range(len(scores))))


@question(
    "rank-years",
    example="saidao rank examples/years --years",
    instead_of="rank",
    flag="--years",
    pictures=("rank_years",),
)
def rank_years(
    case: CaseLike,
    weights: WeightsOption = None,
    method: MethodOption = None,
    *,
    together: Annotated[
        bool, Option("All periods in one matrix: scores compare across periods, as normalised by all of them.")
    ] = False,
    reweigh: Annotated[
        bool, Option("Weigh each period by its own scores, instead of all by those planned with.")
    ] = False,
    **options: Unpack[RankingOptions],
) -> RanksOverYears:
    """Rank the tracks in every period that the scores are of, and tell who moved.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook, whose scores have a column ``period``.
    weights, method, **options : as for `saidao.rank`.
    together : whether the method sees all periods as one matrix of (period, track), so that their scores compare; else
        each period is ranked as a case of its own.
    reweigh : whether a scheme that reads scores weighs each period by its own (of all of them, if they are `together`);
        else the weights of the period that the case is planned with hold for all, and moves come from scores alone.

    Returns
    -------
    RanksOverYears

    Raises
    ------
    CaseError
        With every problem found; scores of fewer than two periods, or a period that lacks some.

    Examples
    --------
    >>> import pandas as pd
    >>> from saidao.case import Case
    >>> rows = {"track": ["a", "b", "a", "b"], "period": [2023, 2023, 2024, 2024], "f": [1, 2, 4, 3], "g": [2, 2, 3, 2]}
    >>> found = rank_years(Case.from_frames(pd.DataFrame(rows)), method="wsm")
    >>> found.periods, found.ranks.tolist()
    (('2023', '2024'), [[2, 1], [1, 2]])
    """
    case = load_case(case)
    periods = case.score_periods
    if len(periods) < 2:
        file = case.tables["scores"].file
        raise CaseError([Problem("needs_periods", file, column="period", found=", ".join(periods))])
    if lacking := [replace(problem, level="error") for problem in lacking_in_periods(case)]:
        raise CaseError(lacking)
    chosen = settings(case, weights=weights, method=method, **options)
    check_ahp(chosen, options)
    data = [decision(case.in_period(period), chosen.ticks) for period in periods]
    own = data[periods.index(case.score_period)]
    whole = np.vstack([one.scores for one in data])
    try:
        if together:
            weighed = [factor_weights(case, _with(own, whole) if reweigh else own, weights, chosen)] * len(periods)
            found = mcda.rank(whole, weighed[0].array, own.directions, chosen.method, **chosen.ranking)
            scores = found.score_array.reshape(len(periods), -1)
            ranks = np.array([competition_ranks(each, found.better) for each in scores])
        else:
            weighed = [factor_weights(case, one if reweigh else own, weights, chosen) for one in data]
            made = [ranking_of(one, one.scores, w, chosen) for one, w in zip(data, weighed, strict=True)]
            scores = np.array([each.score_array for each in made])
            ranks = np.array([each.rank_array for each in made])
    except mcda.InputError as error:
        raise as_case_error(error, own) from None
    return RanksOverYears(
        case, chosen, periods, own.tracks, tuple(weighed), scores, ranks.astype(np.int64), together, reweigh
    )
