"""Total factor productivity of a case's tracks, from its table `panel`; and as one more factor of the ranking."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np

from ... import mcda
from ...case import Case, load_case
from ...case.provenance import Sources, weakest, with_sources
from ...case.tables import Factor, Kind, PanelRow, Score, Track
from ...errors import CaseError, Problem
from ...mcda import plotting
from ...optimize.model.programme import Array
from ...results.column import Column, Row, Table
from ...results.question import Option, question
from ...results.result import Result
from ...study.decision import read_ticks
from ...study.names import track_names
from ...study.options import CaseLike
from ...study.ranking.rank import rank
from ...study.ranking.weights import weigh
from ...study.settings import WeightsLike
from ...texts.say import say
from .growth_accounting import FORMS, GrowthAccounts, growth_accounting
from .malmquist import Malmquist, malmquist

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes


FACTOR = "total_factor_productivity"
GROWTH = ("output", "capital", "labour", "residual")
"""Growth of output, and its parts."""


@dataclass(frozen=True)
class Productivity(Result):
    """The result of `saidao.productivity`: growth accounts (Solow residual) and Malmquist index of every track.

    With a `share`, the ranking without and with productivity as a factor of this weight, scored by the figure `by`.
    """

    case: Case
    tracks: tuple[str, ...]
    periods: tuple[str, ...]
    accounts: GrowthAccounts
    malmquist: Malmquist
    share: float | None = None
    by: str = "malmquist"
    weights: Any = None
    method: mcda.MethodName | None = None

    @cached_property
    def rankings(self) -> tuple[mcda.Ranking, mcda.Ranking] | None:
        """The ranking without and with productivity as a factor; None where no share was asked for."""
        return None if self.share is None else self.ranked(self.share, self.by, self.weights, self.method)

    @property
    def means(self) -> list[Row]:
        """A row a track: mean growth a period and its parts, geometric mean changes (Malmquist), efficiency.

        Growth is in logarithms (Törnqvist) or as a share (Solow); changes are factors, above 1 is better.
        """
        a, m = self.accounts, self.malmquist

        def mean(rates: Array) -> Array:
            return np.asarray(rates.mean(axis=0))

        def geometric(changes: Array) -> Array:
            return np.asarray(np.exp(np.log(changes).mean(axis=0)))

        columns = {
            "output": mean(a.output),
            "capital": mean(a.capital),
            "labour": mean(a.labour),
            "residual": mean(a.residual),
            "malmquist": geometric(m.index),
            "technical": geometric(m.technical_change),
            "efficiency": geometric(m.efficiency_change),
            "pure": geometric(m.pure_change),
            "scale": geometric(m.scale_change),
            "frontier_share": m.efficiency[-1],
        }
        return [
            {"track": track, **{name: float(values[i]) for name, values in columns.items()}}
            for i, track in enumerate(self.tracks)
        ]

    @property
    def changes(self) -> list[Row]:
        """A row a track and period, from the second one on: what changed since the one before."""
        a, m = self.accounts, self.malmquist
        return [
            {
                "track": track,
                "period": self.periods[t + 1],
                "output": float(a.output[t, i]),
                "capital": float(a.capital[t, i]),
                "labour": float(a.labour[t, i]),
                "residual": float(a.residual[t, i]),
                "malmquist": float(m.index[t, i]),
                "technical": float(m.technical_change[t, i]),
                "efficiency": float(m.efficiency_change[t, i]),
                "pure": float(m.pure_change[t, i]),
                "scale": float(m.scale_change[t, i]),
                "frontier_share": float(m.efficiency[t + 1, i]),
            }
            for i, track in enumerate(self.tracks)
            for t in range(len(self.periods) - 1)
        ]

    @property
    def yearly(self) -> bool:
        """Whether each period is a year, one after the other."""
        years = [int(p) for p in self.periods if p.isdecimal() and len(p) == 4]
        return len(years) == len(self.periods) and years == list(range(years[0], years[0] + len(years)))

    def every(self, lang: str) -> str:
        """Say what growth is told by: a year, or a period."""
        return say("tfp.year" if self.yearly else "tfp.period", lang)

    @property
    def columns(self) -> list[str]:
        """Figures of `means`: what productivity as a factor can be scored by."""
        return [name for name in self.means[0] if name != "track"]

    @property
    def source(self) -> Kind:
        """The weakest source of a cell of the panel."""
        sources, columns = Sources(self.case), ("output", "capital", "labour", "capital_share")
        return weakest(
            sources.kind("panel", (row.track, row.period), column)
            for row in self.case.rows(PanelRow)
            for column in columns
        )

    def text(self, lang: str = "en") -> list[str]:
        """Sentences: how fast, by which of the two ways, who leads and who falls behind, and what it rests on."""
        names, rows = self.case.names(Track, lang), self.means
        index = [row["malmquist"] for row in rows]
        first, last = rows[int(np.argmax(index))], rows[int(np.argmin(index))]
        frontier = [row["track"] for row in rows if row["frontier_share"] > 1 - 1e-9]

        def mean(name: str) -> float:
            return float(np.exp(np.mean([np.log(row[name]) for row in rows]))) - 1

        every = self.every(lang)
        sentences = [
            say(
                "tfp.pace",
                lang,
                first=self.periods[0],
                last=self.periods[-1],
                growth=mean("malmquist"),
                every=every,
                residual=float(np.mean([row["residual"] for row in rows])),
            ),
            say("tfp.ways", lang, every=every, technical=mean("technical"), efficiency=mean("efficiency")),
            say(
                "tfp.ends",
                lang,
                first=names[first["track"]],
                high=first["malmquist"] - 1,
                last=names[last["track"]],
                low=last["malmquist"] - 1,
            ),
            say("tfp.frontier", lang, period=self.periods[-1], tracks=track_names(self.case, frontier, lang)),
        ]
        return [*sentences, say("tfp.assumed", lang)] if self.source == "assumption" else sentences

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao productivity --json``."""
        return {
            "schema": "saidao/productivity/1",
            "case": self.case.name,
            "periods": list(self.periods),
            "form": self.accounts.form,
            "source": self.source,
            "means": self.means,
            "changes": self.changes,
            **({} if self.rankings is None else {"ranking": self._rankings_dict(*self.rankings)}),
        }

    def _rankings_dict(self, without: mcda.Ranking, with_it: mcda.Ranking) -> Row:
        return {"without": without.to_dict()["ranking"], "with": with_it.to_dict()["ranking"]}

    def declared(self) -> Iterator[Table]:
        """Yield the yearly means, what changed from period to period, and the ranks without and with productivity."""
        growth = [Column(key, "rate", heading=f"head.productivity.{key}") for key in GROWTH]
        changes = [Column(key, "change") for key in ("malmquist", "technical", "efficiency")]
        parts = [Column(key, "change", seen="files") for key in ("pure", "scale")]
        figures = (*growth, *changes, *parts, Column("frontier_share", "share"))
        track = Column("track", "name", Track)
        yield Table(
            "means",
            (track, *figures),
            sorted(self.means, key=lambda row: -float(row["malmquist"])),
            title=lambda lang: say("title.tfp", lang, every=self.every(lang)),
        )
        if self.rankings is not None and self.share is not None:
            before, after = (found.ranks.to_dict() for found in self.rankings)
            rows = [{"track": str(t), "rank": int(before[t]), "rank_with": int(after[t])} for t in after]
            share = self.share
            yield Table(
                "ranking",
                (track, Column("rank", "rank"), Column("rank_with", "rank")),
                sorted(rows, key=lambda row: row["rank_with"]),
                title=lambda lang: say("title.tfp_ranks", lang, share=share),
            )
        yield Table("changes", (track, Column("period"), *figures), self.changes, most=0)

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw technical change and efficiency change of each track, yearly means."""
        names = self.case.names(Track, lang)
        rows = sorted(self.means, key=lambda row: -float(row["malmquist"]))
        places = np.arange(len(rows))
        ax = plotting.axes(ax, len(rows))
        for name, colour, off in (("technical", plotting.BLUE, -0.2), ("efficiency", plotting.ORANGE, 0.2)):
            ax.barh(places + off, [row[name] - 1 for row in rows], 0.4, color=colour, label=say(f"head.{name}", lang))
        ax.set_yticks(places, [names[row["track"]] for row in rows])
        ax.invert_yaxis()
        ax.axvline(0, color=plotting.GREY, linewidth=1)
        ax.xaxis.set_major_formatter("{x:.0%}")
        ax.legend(frameon=False, fontsize=8)
        return plotting.finished(ax, self.text(lang)[1])

    def made_case(self) -> Case:
        """Return the case with productivity as one more factor."""
        assert self.share is not None
        return self.as_factor(self.share, self.by, self.weights)

    def as_factor(self, share: float, by: str = "malmquist", weights: Any = None, **options: Any) -> Case:
        """Return the case with productivity as one more factor, all of them weighed directly.

        Its scale runs from the slowest track (worst) to the fastest (target); its numbers are as sourced as the panel.
        Ticks that read as shortcomings are turned, as the new factor has none.

        Parameters
        ----------
        share : of all weight that it takes from the other factors, which keep their proportions: 0 to 1.
        by : the column of `means` that it is scored by.
        weights, **options : what weighs the other factors, as for `saidao.weigh`.

        Raises
        ------
        CaseError
            Not every track is in the panel, or all grow alike; *by* is no column of `means`.
        """
        if by not in self.columns:
            raise CaseError([Problem("choice", "by", found=by, details={"choices": ", ".join(self.columns)})])
        if FACTOR in self.case.factor_ids:
            raise CaseError([Problem("taken_name", self.case.tables["factors"].file, None, "factor", FACTOR)])
        if not 0 <= share <= 1:
            raise CaseError([Problem("share", "share", found=f"{share:g}")])
        value = {row["track"]: row[by] for row in self.means}
        missing = [track for track in self.case.track_ids if track not in value]
        if missing:
            raise CaseError([Problem("panel_track", "panel.csv", details={"track": track}) for track in missing])
        worst, target = min(value.values()), max(value.values())
        if worst == target:
            raise CaseError([Problem("panel_alike", "panel.csv", found=f"{worst:g}")])
        case = self.case
        weighed = weigh(case, weights, **options)
        direct = dict(zip(case.factor_ids, ((1 - share) * weighed.array).tolist(), strict=True))
        above = {row.factor: row.parent for row in case.rows(Factor)}
        for factor_id in case.factor_ids:  # a branch weighs what its leaves do
            node = above[factor_id]
            while node:
                direct[node] = direct.get(node, 0.0) + direct[factor_id]
                node = above[node]
        others = [row.model_copy(update={"weight": direct.get(row.factor)}) for row in case.rows(Factor)]
        factor = Factor(
            factor=FACTOR,
            name_en=say("tfp.factor", "en"),
            name_zh=say("tfp.factor", "zh"),
            worst=worst,
            target=target,
            weight=share,
        )
        ticks = options.get("ticks") or case.settings.ticks
        scored = [
            Score.model_validate({**_read(row, case, ticks), FACTOR: value[row.track]}) for row in case.rows(Score)
        ]
        grown = case.with_rows(factors=[*others, factor], scores=scored)
        settings = case.settings.model_copy(update={"weights": "direct", "ticks": "strength", "tick_level": 1.0})
        return with_sources(
            replace(grown, settings=settings),
            [
                ("factors", FACTOR, "", self.source),
                ("scores", "", FACTOR, self.source),
                ("factors", "", "weight", "assumption"),
            ],
            partial(say, "noted.productivity"),
        )

    def ranked(
        self,
        share: float,
        by: str = "malmquist",
        weights: Any = None,
        method: mcda.MethodName | None = None,
        **options: Any,
    ) -> tuple[mcda.Ranking, mcda.Ranking]:
        """Rank the tracks without and with productivity as a factor; parameters are those of `as_factor`."""
        before = rank(self.case, weights, method, **options)
        grown = self.as_factor(share, by, before.weights, **options)
        options.pop("ticks", None)  # read already
        return before, rank(grown, "direct", method, **options)


def _read(row: Score, case: Case, ticks: str) -> Row:
    """Return a row of scores as their ticks read."""
    given = [f for f in case.factor_ids if f in row.values]
    scores = read_ticks(np.array([row.values[f] for f in given]), ticks, case.settings.tick_level)
    return row.model_dump() | dict(zip(given, scores.tolist(), strict=True))


@question(
    "productivity",
    example="saidao productivity shanghai --rank-with 0.2",
    pictures=("productivity",),
    writes="With --rank-with: write the case with that factor.",
    needs="rank_with",
)
def productivity(
    case: CaseLike,
    capital_share: Annotated[float | None, Option("Share of capital in income where the panel has none.")] = None,
    form: Annotated[str, Option("tornqvist (logarithms) or solow (shares).", choices=FORMS)] = "tornqvist",
    rank_with: Annotated[
        float | None, Option("Rank with productivity as a factor of this weight.", metavar="SHARE")
    ] = None,
    by: Annotated[
        str | None,
        Option("With --rank-with: the figure that it takes, malmquist (if left out), residual ...", needs="rank_with"),
    ] = None,
    weights: Annotated[
        WeightsLike | None,
        Option("With --rank-with: a weighting scheme, or weights by factor.", reads="weights", needs="rank_with"),
    ] = None,
    method: Annotated[
        mcda.MethodName | None, Option("With --rank-with: a ranking method.", choices="methods", needs="rank_with")
    ] = None,
) -> Productivity:
    """Measure the growth of total factor productivity, and part it into progress and better combination.

    Parameters
    ----------
    capital_share : share of capital in income where the panel leaves it blank, 0 to 1.
    form : ``tornqvist`` or ``solow``, see `growth_accounting`.
    rank_with : rank the tracks with productivity as a factor of this weight, too.
    by, weights, method : for this, the figure that scores the factor, and what weighs and ranks.

    Raises
    ------
    CaseError
        No panel, fewer than two periods, or a blank share.
    """
    if form not in FORMS:
        raise CaseError([Problem("choice", "form", found=form, details={"choices": ", ".join(FORMS)})])
    case = load_case(case)
    rows = case.rows(PanelRow)
    if not rows:
        raise CaseError([Problem("needs_panel", "panel.csv")])
    periods = tuple(dict.fromkeys(row.period for row in rows))
    periods = tuple(sorted(periods, key=int)) if all(p.isdecimal() for p in periods) else periods
    measured = {row.track for row in rows}
    tracks = tuple(t for t in case.track_ids if t in measured)
    if len(periods) < 2:
        raise CaseError([Problem("panel_periods", "panel.csv", None, "period", ", ".join(periods))])
    cell = {(row.period, row.track): row for row in rows}
    blank = [row for row in rows if row.capital_share is None]
    if blank and capital_share is None:
        table = case.tables["panel"]
        details = {"track": blank[0].track, "period": blank[0].period, "rows": len(blank)}
        line = table.lines[table.rows.index(blank[0])]
        raise CaseError([Problem("panel_share", table.file, line, "capital_share", details=details)])
    if capital_share is not None and not 0 <= capital_share <= 1:
        raise CaseError([Problem("share", "capital_share", found=f"{capital_share:g}")])

    def column(name: str) -> Array:
        default = capital_share if name == "capital_share" else None
        values = [[getattr(cell[p, t], name) for t in tracks] for p in periods]
        return np.array([[default if v is None else v for v in line] for line in values], dtype=float)

    y, k, n = column("output"), column("capital"), column("labour")
    found = Productivity(
        case,
        tracks,
        periods,
        growth_accounting(y, k, n, column("capital_share"), form),
        malmquist(np.stack([k, n], axis=2), y[:, :, None]),
        rank_with,
        by or "malmquist",
        weights,
        method,
    )
    if by is not None and by not in found.columns:
        raise CaseError([Problem("choice", "by", found=by, details={"choices": ", ".join(found.columns)})])
    if rank_with is not None and not 0 <= rank_with <= 1:
        raise CaseError([Problem("share", "rank_with", found=f"{rank_with:g}")])
    return found
