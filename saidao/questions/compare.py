"""Schemes x methods on one case: who moves, how far the rankings agree, what they add up to, which choice matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Annotated, Any, Unpack

import numpy as np
from numpy.typing import NDArray

from .. import mcda
from ..case import Case, load_case
from ..case.tables import Track
from ..errors import CaseError, Problem
from ..mcda.combine import TAKES_SHARES
from ..mcda.plotting import axes, finished, intervals
from ..results.column import Column, Row, Table
from ..results.question import Option, question
from ..results.result import Result
from ..study import settings
from ..study.array_errors import as_case_error
from ..study.decision import decision
from ..study.names import method_name, ranking_name, scheme_name, track_names
from ..study.options import AhpOptions, CaseLike
from ..study.ranking.named_choices import (
    Missing,
    SchemesOption,
    WhyOption,
    labelled,
    left_out,
    left_out_table,
    parents,
    ranking_methods,
    unknown,
    usual_methods,
)
from ..study.ranking.weighing import rankings_of
from ..study.ranking.weights import weigh
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = NDArray[np.float64]
Key = tuple[str, mcda.MethodName]
"""Names of a scheme and a method."""

MOST_RANKS = 50_000
"""Ranks, of all rankings together, that data hold; of more, the first places of each."""
FIRST = 100
"""Places of each ranking that data hold then."""
SIDE_BY_SIDE = 8
"""Rankings that a terminal shows beside each other; of more, the range of ranks by method and by weights."""
PLOTTED = 20
"""Rankings that a plot shows one by one."""
MOST_SWEPT = 3
"""Rankings by combined weights whose shares are told in sentences; the data holds all."""
MOST_MOVERS = 3
"""Sentences on movers; tracks that move alike share one, and the data holds all."""
AHP = ("ticks", "combine", "share", "random_index", "prioritisation", "aggregation", "missing")
"""Options that all rankings share."""


@dataclass(frozen=True)
class Comparison(Result):
    """The result of `saidao.compare`.

    `weights` by scheme and `rankings` by (scheme, method), the columns of all tables; `missing` is what is not defined.
    `sweeps`: of weights combined from two schemes, the shares of the first one at which each ranking changes.
    Where ranks are averaged or correlated, equal ones count as the mean of their places. `why`: a terminal lists the
    reasons too.
    """

    case: Case
    settings: Mapping[str, Any]
    weights: Mapping[str, mcda.Weights]
    rankings: Mapping[Key, mcda.Ranking]
    missing: tuple[Missing, ...] = ()
    why: bool = False
    sweeps: Mapping[Key, mcda.RankSweep] = field(default_factory=dict)

    @property
    def tracks(self) -> tuple[str, ...]:
        """The tracks, the rows of all tables."""
        return tuple(str(track) for track in next(iter(self.rankings.values())).alternatives)

    @property
    def schemes(self) -> list[str]:
        """Schemes with a ranking."""
        return list(dict.fromkeys(scheme for scheme, _ in self.rankings))

    @property
    def methods(self) -> list[mcda.MethodName]:
        """Methods with a ranking."""
        ranked = {method for _, method in self.rankings}
        return [method for method in self.settings["methods"] if method in ranked]

    @cached_property
    def ranks(self) -> NDArray[np.int64]:
        """Ranks, tracks x rankings."""
        return np.stack([ranking.rank_array for ranking in self.rankings.values()], axis=1)

    @property
    def movers(self) -> list[Row]:
        """Tracks whose rank differs between rankings, those that move most first; where they stand best and worst."""
        keys = list(self.rankings)
        rows: list[Row] = []
        for track, ranks in zip(self.tracks, self.ranks, strict=True):
            row: Row = {"track": track, "moves": int(np.ptp(ranks))}
            for name, end in (("best", ranks.min()), ("worst", ranks.max())):
                row[name] = int(end)
                row[f"{name}_at"] = [
                    dict(zip(("weights", "method"), keys[c], strict=True)) for c in np.flatnonzero(ranks == end)
                ]
            rows.append(row)
        return sorted((row for row in rows if row["moves"]), key=lambda row: -int(row["moves"]))

    @cached_property
    def agreement(self) -> Mapping[str, Array]:
        """Correlation of every two rankings by measure, rankings x rankings; nan where one ties every track."""
        return _Agreement(self.ranks.T)

    @property
    def mean_agreement(self) -> list[float | None]:
        """Mean Kendall tau-b of each ranking with the others; None where it is defined with none."""
        tau = self.agreement["kendall_tau_b"].copy()
        np.fill_diagonal(tau, np.nan)
        others = [row[~np.isnan(row)] for row in tau]
        return [float(row.mean()) if row.size else None for row in others]

    @property
    def least_agreeing(self) -> tuple[Key, Key] | None:
        """The two rankings of the lowest Kendall tau-b; None where there are no two, or all agree in full."""
        keys = list(self.rankings)
        tau = np.nan_to_num(self.agreement["kendall_tau_b"], nan=1.0)
        if not (tau < 1.0 - 1e-12).any():
            return None
        one, other = np.unravel_index(int(tau.argmin()), tau.shape)
        return keys[one], keys[other]

    @cached_property
    def kemeny(self) -> mcda.Kemeny | None:
        """The Kemeny orders; None for more tracks than they are found for."""
        return mcda.kemeny(self.ranks.T) if len(self.tracks) <= mcda.EXACT_UP_TO else None

    @cached_property
    def consensus(self) -> list[Row]:
        """Consensus of all rankings by track: points and ranks of Borda and Copeland, places in the Kemeny orders."""
        kemeny = self.kemeny
        borda, copeland = mcda.borda(self.ranks.T), mcda.copeland(self.ranks.T)
        borda_ranks, copeland_ranks = mcda.competition_ranks(borda), mcda.competition_ranks(copeland)
        return [
            {
                "track": track,
                "borda": float(borda[t]),
                "borda_rank": int(borda_ranks[t]),
                "copeland": float(copeland[t]),
                "copeland_rank": int(copeland_ranks[t]),
                "kemeny": None if kemeny is None else int(kemeny.ranks[t]),
                "kemeny_from": None if kemeny is None else int(kemeny.best[t]),
                "kemeny_to": None if kemeny is None else int(kemeny.worst[t]),
            }
            for t, track in enumerate(self.tracks)
        ]

    @cached_property
    def variance(self) -> Row | None:
        """Shares of the sum of squares of ranks that weights, method and their interaction make, and by track.

        Over `schemes` and `methods`, the largest block of rankings without a gap; None where it has not two of each.
        The shares are None where no rank differs.
        """
        schemes, methods = self.schemes, self.methods
        at = {key: c for c, key in enumerate(self.rankings)}
        rows, columns = mcda.largest_block(np.array([[(s, m) in at for m in methods] for s in schemes]))
        if min(len(rows), len(columns)) < 2:
            return None
        schemes, methods = [schemes[i] for i in rows], [methods[j] for j in columns]
        places = mcda.mean_places(self.ranks.T)
        squares = mcda.two_way(np.array([[places[at[s, m]] for m in methods] for s in schemes]))
        return {
            **_shares(squares.sum(axis=0)),
            "schemes": schemes,
            "methods": methods,
            "tracks": [
                {"track": track, "squares": float(parts.sum()), **_shares(parts)}
                for track, parts in zip(self.tracks, squares, strict=True)
            ],
        }

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw ranks, tracks x rankings, the darker the better; of many rankings best, median and worst."""
        names = self.case.names(Track, lang)
        order = np.argsort(self.ranks.mean(axis=1), kind="stable")
        ranks = self.ranks[order].astype(float)
        labels = [names[self.tracks[i]] for i in order]
        if len(self.rankings) > PLOTTED:  # too many to be told apart
            ax = axes(ax, len(order))
            intervals(ax, labels, ranks.min(axis=1), np.median(ranks, axis=1), ranks.max(axis=1))
            return finished(ax, self.text(lang)[0], say("plot.ranks", lang, rankings=len(self.rankings)))
        ax = axes(ax, len(order), 3.0 + 0.5 * len(self.rankings))
        several = len(self.methods) > 1
        columns = [f"{s} {m}" if several else s for s, m in self.rankings]
        ax.imshow(-ranks, cmap="Blues", vmin=-1.4 * len(order), vmax=0.15 * len(order), aspect="auto")
        for (i, j), place in np.ndenumerate(ranks):
            colour = "white" if place < 0.3 * len(order) else "black"
            ax.text(j, i, f"{place:.0f}", ha="center", va="center", fontsize=8, color=colour)
        ax.set_yticks(range(len(order)), labels)
        ax.set_xticks(range(len(columns)), columns, rotation=30, ha="right")
        ax.tick_params(length=0)
        return finished(ax, self.text(lang)[0])

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao compare --json``."""
        return self.document()

    def document(self, lang: str = "en") -> Row:
        """Return plain data with the reasons in *lang*."""
        kemeny, least = self.kemeny, self.least_agreeing
        every = np.arange(len(self.tracks))
        written = [every if self.whole else _first_places(ranks) for ranks in self.ranks.T]
        return {
            "schema": "saidao/compare/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "settings": dict(self.settings),
            "weights": [{"scheme": name, "weights": found.rows()} for name, found in self.weights.items()],
            "rankings": [
                {
                    "weights": scheme,
                    "method": method,
                    "better": ranking.better,
                    "mean_kendall_tau_b": mean,
                    "ranking": ranking.rows(places),
                }
                for ((scheme, method), ranking), mean, places in zip(
                    self.rankings.items(), self.mean_agreement, written, strict=True
                )
            ],
            "different": self.different,
            "movers": self.movers,
            "agreement": {name: _with_none(self.agreement[name]) for name in self.measures_of_agreement},
            "least_agreeing": least and [{"weights": scheme, "method": method} for scheme, method in least],
            "consensus": {
                "tracks": self.consensus,
                "kemeny_distance": None if kemeny is None else kemeny.distance,
                "kemeny_orders": None if kemeny is None else kemeny.orders,
            },
            "variance": self.variance,
            "sweeps": [{"weights": s, "method": m, **found.to_dict()} for (s, m), found in self.sweeps.items()],
            "not_available": [missing.to_dict(lang) for missing in self.missing],
            **({} if self.whole else {"left_out": [self._left_out(lang)]}),
        }

    @property
    def whole(self) -> bool:
        """Whether tables and data hold every rank of every ranking, and all measures of agreement."""
        return self.ranks.size <= MOST_RANKS

    @property
    def measures_of_agreement(self) -> list[str]:
        """Measures by which data hold the agreement of every two rankings."""
        return list(mcda.CORRELATIONS) if self.whole else ["kendall_tau_b"]

    def _left_out(self, lang: str) -> str:
        rankings, tracks = len(self.rankings), len(self.tracks)
        return say("compare.left_out", lang, rankings=rankings, tracks=tracks, first=FIRST, most=MOST_RANKS)

    @property
    def different(self) -> int:
        """How many of the rankings differ from each other."""
        return len(np.unique(self.ranks, axis=1).T)

    def declared(self) -> Iterator[Table]:
        """Yield ranks and scores by ranking, the consensus, ranges of ranks, agreement, movers, and what they vary by.

        A ranking's column is called SCHEME/METHOD; beside the ranks stand those of Borda, Copeland and Kemeny.
        """
        track = Column("track", "name", Track)
        few = len(self.rankings) <= SIDE_BY_SIDE
        each = tuple(Column("/".join(key), "rank", heading=partial(ranking_name, *key)) for key in self.rankings)
        agreed = tuple(Column(key, "rank", seen="files") for key in ("borda", "copeland", "kemeny"))
        ranks = [
            {**row, "borda": of["borda_rank"], "copeland": of["copeland_rank"], "kemeny": of["kemeny"]}
            for row, of in zip(self._by_ranking(self.ranks), self.consensus, strict=True)
        ]
        yield Table("ranks", (track, *each, *agreed), ranks, most=None if few else 0)
        places = tuple(Column(key, "rank") for key in ("borda_rank", "copeland_rank", "kemeny_from", "kemeny_to"))
        points = tuple(Column(key, "number", seen="data") for key in ("borda", "copeland", "kemeny"))
        order = sorted(zip(self.consensus, self.ranks, strict=True), key=lambda one: int(one[0]["borda_rank"]))
        rows = [{**row, "ranks": _span(ranks.tolist())} for row, ranks in order]
        yield Table("consensus", (track, *places, Column("ranks"), *points), rows)
        if not few:
            for name, kind, listed in (("ranks_method", 1, self.methods), ("ranks_weights", 0, self.schemes)):
                yield self._ranges(name, kind, listed)
        mean = dict(zip(self.rankings, self.mean_agreement, strict=True))
        methods = tuple(Column(m, "ratio", heading=partial(method_name, m)) for m in self.methods)
        rows = [{"weights": s, **{m: mean.get((s, m)) for m in self.methods}} for s in self.schemes]
        yield Table("agreement", (Column("weights", "name", _scheme_names), *methods), rows)
        moves = (Column("moves", "count"), Column("best", "rank"), Column("worst", "rank"))
        at = (Column(key, "name", _ranking_names, seen="files") for key in ("best_at", "worst_at"))
        told = [
            {**row, **{k: [f"{r['weights']}/{r['method']}" for r in row[k]] for k in ("best_at", "worst_at")}}
            for row in self.movers
        ]
        yield Table("movers", (track, *moves, *at), told, most=0)
        parts = (Column("squares", "number"), *(Column(k, "share") for k in ("weights", "method", "interaction")))
        yield Table("variance", (track, *parts), self.variance["tracks"] if self.variance else [], most=0)
        scores = np.stack([ranking.score_array for ranking in self.rankings.values()], axis=1)
        columns = tuple(replace(column, form="score") for column in each)
        yield Table("scores", (track, *columns), self._by_ranking(scores), most=0)
        pair = (Column("weights", "name", _scheme_names), Column("method", "name", _method_names))
        for measure in self.measures_of_agreement:
            values = self.agreement[measure]
            columns = tuple(replace(column, form="ratio") for column in each)
            names = list(map("/".join, self.rankings))
            rows = [
                {"weights": s, "method": m, **dict(zip(names, row, strict=True))}
                for (s, m), row in zip(self.rankings, _with_none(values), strict=True)
            ]
            yield Table(measure, (*pair, *columns), rows, title=f"head.{measure}", most=0)
        pair = (Column("weights", "name", _swept_names), Column("method", "name", _method_names))
        ends = (Column("from", "share", heading="head.share_from"), Column("to", "share", heading="head.share_to"))
        rows = [
            {"weights": s, "method": m, "from": part["from"], "to": part["to"], **part["ranks"]}
            for (s, m), found in self.sweeps.items()
            for part in found.to_dict()["stretches"]
        ]
        placed = (
            Column(t, "rank", heading=lambda lang, t=t: self.case.names(Track, lang)[t])  # type: ignore[misc]
            for t in self.tracks
        )
        first = Column("first", "name", Track, heading="head.first_there")
        rows = [{**row, "first": [t for t in self.tracks if row[t] == 1]} for row in rows]
        shown = tuple(replace(column, seen="files") for column in placed)
        yield Table("sweep_ranking", (*pair, *ends, first, *shown), rows, most=None if few else 0)
        yield left_out_table(self.missing, self.why)

    def _by_ranking(self, values: NDArray[Any]) -> list[Row]:
        names = ["/".join(key) for key in self.rankings]
        return [
            {"track": t, **dict(zip(names, row, strict=True))}
            for t, row in zip(self.tracks, values.tolist(), strict=True)
        ]

    def _ranges(self, name: str, kind: int, listed: Iterable[str]) -> Table:
        """Return each track's range of ranks by method (kind 1) or by scheme (0)."""
        at = {one: [c for c, key in enumerate(self.rankings) if key[kind] == one] for one in listed}
        named = method_name if kind else scheme_name
        columns = tuple(Column(one, heading=partial(named, one)) for one in at)
        rows = [
            {"track": t, **{one: _span(self.ranks[i, columns].tolist()) for one, columns in at.items()}}
            for i, t in enumerate(self.tracks)
        ]
        return Table(name, (Column("track", "name", Track), *columns), rows)

    def notes(self, lang: str = "en") -> list[str]:
        """Say what is not defined for the case, and what data leave out."""
        return [*left_out(self.missing, lang), *([] if self.whole else [self._left_out(lang)])]

    def text(self, lang: str = "en") -> list[str]:
        """Say who moves, which choice matters more, and which two rankings agree least."""
        first = (self.ranks == 1).sum(axis=1)
        led = [t for t, n in zip(self.tracks, first, strict=True) if n == first.max()]
        leads = track_names(self.case, led, lang)
        several = (first == first.max()).sum() > 1
        key = "compare.each_first" if several else "compare.first"
        if first.max() == len(self.rankings):
            key = "compare.all_first"
        agreed = say(key, lang, track=leads, first=int(first.max()), rankings=len(self.rankings))
        alike: dict[tuple[int, str, int, str], list[str]] = {}
        for row in self.movers:
            told = (row["best"], _several(row["best_at"], lang), row["worst"], _several(row["worst_at"], lang))
            alike.setdefault(told, []).append(row["track"])
        sentences = [
            say(
                "compare.move" if len(tracks) > 1 else "compare.moves",
                lang,
                track=track_names(self.case, tracks, lang),
                **dict(zip(("best", "best_at", "worst", "worst_at"), told, strict=True)),
            )
            for told, tracks in list(alike.items())[:MOST_MOVERS]
        ] or [say("compare.steady", lang)]
        sentences.insert(0, agreed)
        sentences.append(
            say(
                "compare.counts",
                lang,
                rankings=len(self.rankings),
                different=self.different,
                schemes=len(self.schemes),
                methods=len(self.methods),
            )
        )
        sentences += self._which(lang)
        for (scheme, method), found in list(self.sweeps.items())[:MOST_SWEPT]:
            swept = {"ranking": ranking_name(scheme, method, lang), "scheme": scheme_name(scheme.split("+")[0], lang)}
            turns = say("list", lang).join(f"{end:.1%}" for end in found.ends[1:-1])
            key = "compare.swept" if turns else "compare.swept_none"
            sentences.append(say(key, lang, **swept, shares=turns))
        if self.least_agreeing is not None:
            one, other = self.least_agreeing
            at = tuple(list(self.rankings).index(key) for key in (one, other))
            tau = self.agreement["kendall_tau_b"][at]
            sentences.append(say("compare.least", lang, one=_named(one, lang), other=_named(other, lang), tau=tau))
        if self.kemeny is not None and self.kemeny.orders > 1:
            sentences.append(say("compare.orders", lang, orders=self.kemeny.orders))
        return sentences

    def _which(self, lang: str) -> list[str]:
        """Say which choice matters more, and over which rankings that was found."""
        shares = self.variance
        if shares is None:
            return [say("compare.few", lang)]
        weights, method = shares["weights"], shares["method"]
        if weights is None:
            return [say("compare.neither", lang)]
        verdict = "alike" if abs(weights - method) < 1e-9 else "weights" if weights > method else "method"
        parts = {name: shares[name] for name in ("weights", "method", "interaction")}
        sentences = [say(f"compare.{verdict}", lang, **parts)]
        if len(shares["schemes"]) * len(shares["methods"]) < len(self.rankings):
            lists = {
                "schemes": say("list", lang).join(scheme_name(name, lang) for name in shares["schemes"]),
                "methods": say("list", lang).join(method_name(name, lang) for name in shares["methods"]),
            }
            sentences.append(say("compare.block", lang, **lists))
        return sentences


class _Agreement(Mapping[str, Array]):
    """Agreement of rankings by measure, each computed when it is first asked for."""

    def __init__(self, rankings: NDArray[np.int64]) -> None:
        self.rankings = rankings
        self.known: dict[str, Array] = {}

    def __getitem__(self, name: str) -> Array:
        if name not in self.known:
            self.known[name] = mcda.CORRELATIONS[name](self.rankings)  # type: ignore[index]
        return self.known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(mcda.CORRELATIONS)

    def __len__(self) -> int:
        return len(mcda.CORRELATIONS)


def _first_places(ranks: NDArray[np.int64]) -> NDArray[np.intp]:
    """Return the `FIRST` best tracks of a ranking, in the order of the case."""
    return np.sort(np.argsort(ranks, kind="stable")[:FIRST])


def _with_none(values: Array) -> list[list[float | None]]:
    """Return a matrix as lists, None where a value is not defined."""
    held = values.astype(object)
    held[np.isnan(values)] = None
    return held.tolist()  # type: ignore[no-any-return]


def _shares(squares: Array) -> Row:
    """Shares of a sum of squares, None where there is none."""
    whole = squares.sum()
    shares = squares / whole if whole > 1e-9 else [None] * 3
    return {
        name: None if share is None else float(share)
        for name, share in zip(("weights", "method", "interaction"), shares, strict=True)
    }


def _named(key: Key, lang: str) -> str:
    return ranking_name(*key, lang)


def _several(at: list[Row], lang: str) -> str:
    """Name the first of several rankings, and how many more there are."""
    first = _named((at[0]["weights"], at[0]["method"]), lang)
    return say("compare.more", lang, ranking=first, more=len(at) - 1) if len(at) > 1 else first


def _span(ranks: Iterable[int]) -> str:
    ends = sorted(set(ranks))
    return "" if not ends else str(ends[0]) if len(ends) == 1 else f"{ends[0]}-{ends[-1]}"


def _scheme_names(case: Case, lang: str) -> dict[str, str]:
    return {name: scheme_name(name, lang) for name in mcda.schemes()}


def _swept_names(case: Case, lang: str) -> dict[str, str]:
    schemes = list(mcda.schemes())
    return {f"{a}+{b}": scheme_name(f"{a}+{b}", lang) for a in schemes for b in schemes}


def _method_names(case: Case, lang: str) -> dict[str, str]:
    return {name: method_name(name, lang) for name in mcda.methods()}


def _ranking_names(case: Case, lang: str) -> dict[str, str]:
    return {f"{s}/{m}": ranking_name(s, m, lang) for s in mcda.schemes() for m in mcda.methods()}


@question(
    "compare",
    example="saidao compare shanghai --plans --weights ahp --weights entropy --stance even --stance leaders",
    pictures=("ranks",),
)
def compare(
    case: CaseLike,
    weights: SchemesOption = None,
    methods: Annotated[
        mcda.MethodName | Iterable[mcda.MethodName] | None,
        Option(
            "A ranking method; repeatable. All (with --plans: the case's), if left out.",
            flag="--method",
            reads="list",
            choices="methods",
        ),
    ] = None,
    why: WhyOption = False,
    **options: Unpack[AhpOptions],
) -> Comparison:
    """Rank by several schemes and methods, or plan by them: who moves, and which choice matters more.

    Every scheme is combined with every method.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, or a folder.
    weights : schemes' names, mappings or Series by factor, or `Weights`; every scheme that the case allows if left out.
    methods : methods' names; every method that the case allows if left out, but those that sort into categories
        (ELECTRE TRI): their ties are no ranks. Each with its own normalisation.
    why : a terminal tells why choices do not fit the case.
    **options : ``ticks``, and AHP's options, as for `saidao.rank`.

    Returns
    -------
    Comparison
        `.ranks`, `.movers`, `.agreement`, `.consensus`, `.variance`, tables by `to_frame(table)`. What is not defined
        for the case is in `.missing`, with the reason.

    Raises
    ------
    CaseError
        Names that do not exist, or nothing that can be ranked.
    """
    case = load_case(case)
    schemes = labelled([] if weights is None else weights) or labelled(list(mcda.schemes()))
    named = list(dict.fromkeys([methods] if isinstance(methods, str) else methods or [])) or usual_methods()
    problems = [
        *unknown("weights", parents(schemes.values()), mcda.schemes()),
        *unknown("methods", named, mcda.methods()),
    ]
    if len(case.track_ids) > mcda.MOST_COMPARED:
        problems.append(Problem("alternatives_many", case.name, found=f"{len(case.track_ids):,}"))
    if problems:
        raise CaseError(problems)
    if weights is not None:
        settings.check_ahp_among(schemes.values(), options)
    chosen = settings.settings(case, **options)

    found: dict[str, mcda.Weights] = {}
    absent = [Missing(None, m, Problem("sorts", "methods", found=m)) for m in named if m not in ranking_methods()]
    for label, scheme in schemes.items():
        try:
            found[label] = weigh(case, scheme, **options)
        except CaseError as error:
            if not isinstance(scheme, str):  # a fault of the caller's, not of the case
                raise
            absent.append(Missing(label, None, error.problems[0]))
    rankings, refused = _ranked(case, chosen, found, [method for method in named if method in ranking_methods()])
    for reasons in refused.values():
        never = len(reasons) == len(found)
        absent += [replace(reasons[0], weights=None)] if never else reasons
    if not rankings:
        # where there are weights, it is the methods that fail
        raise CaseError([why.problem for why in absent if not found or why.kind != "weights"])
    tracks = len(next(iter(rankings.values())).alternatives)
    if tracks > mcda.EXACT_UP_TO:
        absent.append(
            Missing(None, None, Problem("kemeny_size", "tracks", found=str(tracks), details={"most": mcda.EXACT_UP_TO}))
        )
    asked = {"weights": list(schemes), "methods": named, **{name: getattr(chosen, name) for name in AHP}}
    return Comparison(case, asked, found, rankings, tuple(absent), why, _sweeps(case, chosen, found, rankings))


def _ranked(
    case: Case, chosen: settings.Settings, weights: Mapping[str, mcda.Weights], methods: Sequence[mcda.MethodName]
) -> tuple[dict[Key, mcda.Ranking], dict[mcda.MethodName, list[Missing]]]:
    """Rank by all weights and methods, without the tables on the way; and tell by method which weights it refuses."""
    refused: dict[mcda.MethodName, list[Missing]] = {}
    if not weights:
        return {}, refused
    data, made = decision(case, chosen.ticks), {}
    for method in methods:
        each = rankings_of(data, weights.values(), replace(chosen, method=method))
        for label, found in zip(weights, each, strict=True):
            if isinstance(found, mcda.Ranking):
                made[label, method] = found
            else:
                why = as_case_error(found, data).problems[0]
                refused.setdefault(method, []).append(Missing(label, method, why))
    return {key: made[key] for label in weights for method in methods if (key := (label, method)) in made}, refused


def _sweeps(
    case: Case, chosen: settings.Settings, found: Mapping[str, mcda.Weights], rankings: Mapping[Key, mcda.Ranking]
) -> dict[Key, mcda.RankSweep]:
    """Let the share of one of two combined schemes go from 0 to 1 in every ranking by them."""
    data, made = decision(case, chosen.ticks), {}
    for (label, method), ranking in rankings.items():
        how = found[label].combination
        if how is None or len(how.names) != 2 or how.rule not in TAKES_SHARES:
            continue
        way: mcda.Way = "geometric" if how.rule == "geometric" else "linear"
        options: Any = dict(ranking.options)
        try:
            one, other = how.parents
            swept = mcda.rank_sweep(data.scores, one, other, data.directions, method, way, **options)
        except mcda.InputError:
            continue  # defined for the share at hand, not for all
        made[label, method] = replace(swept, alternatives=data.tracks)
    return made
