"""5 + 12 + X: candidate tracks sorted into admit, watch and reject; those admitted are tracks like the others.

Sorting by ELECTRE TRI (`mcda/ranking/electre_tri.py`) between two profiles, the columns `watch` and `admit` of the
table `indicators`: a candidate is admitted if it is credibly at least as good as the profile `admit`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Annotated, Any, Unpack

import numpy as np

from .. import mcda
from ..arguments import checked
from ..case import Case, load_case
from ..case.provenance import Sources, with_sources
from ..case.tables import Candidate, Indicator, Resource, Score, Track
from ..errors import CaseError, Infeasible, Problem, Stopped, nearest
from ..mcda import plotting
from ..results.column import Column, Row, Table
from ..results.question import Option, question
from ..results.result import Result
from ..study import settings, verbs
from ..study.array_errors import as_case_error
from ..study.names import method_name
from ..study.options import CaseLike, PlanOptions
from ..study.plan.moves import moves
from ..study.plan.result import Plan
from ..study.planning.programme import plannable
from ..study.ranking.named_choices import usual_methods
from ..study.ranking.rank import rank
from ..texts.say import say
from .contributions import Array
from .readings import moves_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes


"""What the table of sources says of a candidate's numbers once it is a track."""
CATEGORIES = ("reject", "watch", "admit")
EVERY_TWO = ("alternative", "alternative")
"""Axes of a step that tells of every two tracks."""
WEIGHING = ("weights", "combine", "share", "ticks", "random_index", "prioritisation", "aggregation", "missing")
"""Options that weights rest on."""


@dataclass(frozen=True)
class Candidates(Result):
    """The result of `saidao.candidates`.

    Attributes
    ----------
    sorting : its steps hold the credibilities of ELECTRE TRI.
    also : who is admitted whatever the sorting says.
    options : of the rankings and plans that show what admission does, as for `saidao.plan`.
    plans : the plan as it is and with the tracks of `tried`; None where there is nothing to plan, or no plan at all;
        `limited` where a limit came before it was found.
    paired : whether tracks are ranked by methods too whose steps tell of every two of them.
    """

    case: Case
    settings: dict[str, Any]
    sorting: mcda.Ranking
    also: tuple[str, ...]
    options: Mapping[str, Any]
    plans: tuple[Plan, Plan] | None = None
    limited: bool = False
    paired: bool = True

    @cached_property
    def listed(self) -> list[Row]:
        """A row a candidate: its category, the credibilities, its figures, and why it is not admitted.

        `short_of_admit`: indicators whose line it does not reach, `vetoed` those of them that forbid it, `enough` those
        of which one alone, raised to its line, would admit it, `assumed` those whose figure is an assumption.
        """
        indicators, sources = self.case.rows(Indicator), Sources(self.case)
        credible = np.asarray(self.sorting.step_arrays["S"])
        figures = _figures(self.case)
        rows = []
        for i, row in enumerate(self.case.rows(Candidate)):
            value = dict(zip((k.indicator for k in indicators), figures[i].tolist(), strict=True))
            short = [k for k in indicators if reached(k, value[k.indicator]) != "admit"]
            category = CATEGORIES[int(self.sorting.score_array[i]) - 1]
            rows.append(
                {
                    "candidate": row.candidate,
                    "category": category,
                    "credibility_watch": float(credible[i, 0]),
                    "credibility_admit": float(credible[i, 1]),
                    "short_of_admit": [k.indicator for k in short],
                    "vetoed": [
                        k.indicator for k in short if k.veto is not None and abs(k.admit - value[k.indicator]) >= k.veto
                    ],
                    "enough": [] if category == "admit" else self._enough(figures[i], short),
                    "assumed": [
                        k.indicator
                        for k in indicators
                        if sources.kind("candidates", (row.candidate,), k.indicator) == "assumption"
                    ],
                    "figures": value,
                }
            )
        return rows

    def _enough(self, figures: Array, short: list[Indicator]) -> list[str]:
        """Indicators of which one alone, raised to its line, would admit a candidate."""
        if not short:
            return []
        order = [k.indicator for k in self.case.rows(Indicator)]
        raised = np.tile(figures, (len(short), 1))
        for n, k in enumerate(short):
            raised[n, order.index(k.indicator)] = k.admit
        category = _electre_tri(self.case, raised, self.settings["cut"]).score_array
        return [k.indicator for k, c in zip(short, category, strict=True) if CATEGORIES[int(c) - 1] == "admit"]

    @property
    def admitted(self) -> list[str]:
        """Candidates that are sorted into `admit`, and those that are admitted all the same."""
        return [row["candidate"] for row in self.listed if row["category"] == "admit" or row["candidate"] in self.also]

    @cached_property
    def tried(self) -> list[str]:
        """Candidates whose admission is shown: those admitted, else those watched; scored, and no tracks yet."""
        watched = [row["candidate"] for row in self.listed if row["category"] == "watch"]
        return [
            name for name in self.admitted or watched if name not in self.case.track_ids and scored(self.case, name)
        ]

    @cached_property
    def ranking(self) -> list[Row]:
        """Rank of every track without and with those of `tried` (null: it is one of them).

        `turned`: tracks that it stood behind and now stands before.
        """
        return self._ranks(**settings.ranking_options(self.options)) if self.tried else []

    @cached_property
    def reversals(self) -> list[Row]:
        """Of every method that ranks the tracks both ways: the ranks of those tried, and how many pairs they turn.

        Without those whose steps tell of every two tracks where these are not to be `paired`.
        """
        common = {name: self.options[name] for name in WEIGHING if name in self.options}
        rows: list[Row] = []
        for method in usual_methods() if self.tried else ():
            if not self.paired and any(step.axes == EVERY_TWO for step in mcda.methods()[method].steps):
                continue
            try:
                ranks = self._ranks(**common, method=method)
            except CaseError:  # a method that is not defined for these scores
                continue
            new = {row["track"]: row["rank_with"] for row in ranks if row["rank"] is None}
            rows.append({"method": method, "ranks": new, "turned": sum(len(row["turned"]) for row in ranks)})
        return rows

    @cached_property
    def money(self) -> list[Row]:
        """What admission does to every track in the plan: its share of the weighted gap, and what of its gap closes.

        `closed` without, `closed_with` with those of `tried`; null where there is no gap, or it is one of them.
        """
        if self.plans is None:
            return []
        before = {row["track"]: row["closed"] for row in self.plans[0].by_track}
        return [
            {
                "track": row["track"],
                "gap_share": row["gap_share"],
                "closed": before.get(row["track"]),
                "closed_with": row["closed"],
            }
            for row in self.plans[1].by_track
        ]

    @property
    def moves(self) -> list[Row]:
        """Of each resource, what the plan with those of `tried` puts elsewhere, and its share of the budget."""
        return [] if self.plans is None else moves(*(plan.solved for plan in self.plans))

    def _ranks(self, **options: Any) -> list[Row]:
        before, after = (rank(case, **options) for case in (self.case, self._admitted))
        old = dict(zip(map(str, before.alternatives), before.rank_array.tolist(), strict=True))
        new = dict(zip(map(str, after.alternatives), after.rank_array.tolist(), strict=True))
        ids = list(old)
        was, now = np.array(list(old.values())), np.array([new[t] for t in ids])
        turned = {t: np.flatnonzero((was[i] > was) & (now[i] < now)).tolist() for i, t in enumerate(ids)}
        return [
            {"track": t, "rank": old.get(t), "rank_with": new[t], "turned": [ids[i] for i in turned.get(t, ())]}
            for t in new
        ]

    @cached_property
    def _admitted(self) -> Case:
        return admit(self.case, self.tried)

    def text(self, lang: str = "en") -> list[str]:
        """Sentences: what each candidate is sorted into and why, and what its admission does to ranks and money."""
        told = [sentence for row in self.listed for sentence in self.reasons(row, lang)]
        return [*told, *self.admission_text(lang)] if self.ranking else told

    def reasons(self, row: Row, lang: str = "en") -> list[str]:
        """Sentences on a candidate, from its row of `listed`: its category, why, and what that rests on."""
        name = self.case.names(Candidate, lang)[row["candidate"]]
        indicators = {k.indicator: k for k in self.case.rows(Indicator)}

        def listed(key: str) -> str:
            return say("list", lang).join(indicators[k].name(lang) for k in row[key])

        lines = [
            f"{k.name(lang)} {'≥' if k.direction == 'max' else '≤'} {k.admit:,.6g}"
            for k in map(indicators.__getitem__, row["enough"])
        ]
        is_track = row["candidate"] in self.case.track_ids
        told: list[tuple[object, str, dict[str, Any]]] = [
            (True, row["category"], {"credibility": row["credibility_admit"], "watch": row["credibility_watch"]}),
            (row["short_of_admit"], "short", {"short": listed("short_of_admit")}),
            (not row["short_of_admit"], "none_short", {}),
            (lines, "enough", {"told": say("or", lang).join(lines)}),
            (row["vetoed"], "vetoed", {"vetoed": listed("vetoed")}),
            (row["candidate"] in self.also and row["category"] != "admit", "also", {}),
            (is_track, "track", {}),
            (not is_track and row["category"] != "reject" and not scored(self.case, row["candidate"]), "unscored", {}),
            (
                row["assumed"],
                "assumed",
                {
                    "assumed": len(row["assumed"]),
                    "all": len(indicators),
                    "of": len(row["short_of_admit"]),
                    "short": len(set(row["assumed"]) & set(row["short_of_admit"])),
                },
            ),
        ]
        return [say(f"candidates.{key}", lang, name=name, **values) for holds, key, values in told if holds]

    def admission_text(self, lang: str = "en") -> list[str]:
        """Sentences on what admission does: to the ranking, under every method, and to the money."""
        names = {**self.case.names(Track, lang), **self.case.names(Candidate, lang)}
        join = say("list", lang).join
        would = "" if self.admitted else "would_"
        turned = sum(len(row["turned"]) for row in self.ranking)
        ranked = join(
            say(f"candidates.{would}rank", lang, name=names[row["track"]], rank=row["rank_with"])
            for row in self.ranking
            if row["rank"] is None
        )
        key = "turned" if turned else "not_turned"
        sentences = [say(f"candidates.{would}{key}", lang, ranked=ranked, tracks=len(self.ranking), turned=turned)]
        turning = [row["method"] for row in self.reversals if row["turned"]]
        key = "methods" if turning else "no_method"
        sentences.append(
            say(
                f"candidates.{key}",
                lang,
                turning=len(turning),
                methods=len(self.reversals),
                named=join(method_name(m, lang) for m in turning),
            )
        )
        if not self.paired:
            sentences.append(say("candidates.unpaired", lang))
        if self.plans is None:
            return [*sentences, say("candidates.no_plan", lang)] if plannable(self.case) else sentences
        new = [row for row in self.money if row["track"] in self.tried and row["closed_with"] is not None]
        closed = join(say("candidates.closes", lang, name=names[r["track"]], closed=r["closed_with"]) for r in new)
        others = [row for row in self.money if row["closed"] is not None]
        weight = sum(row["gap_share"] for row in others) or 1.0
        before, after = (sum(row[k] * row["gap_share"] for row in others) / weight for k in ("closed", "closed_with"))
        if closed:
            most = max(self.moves, key=lambda row: float(row["share"]))
            resource = self.case.names(Resource, lang)[most["resource"]]
            sentences.append(
                say(
                    "candidates.money",
                    lang,
                    closed=closed,
                    before=before,
                    after=after,
                    share=most["share"],
                    resource=resource,
                )
            )
        payer = max(
            others, key=lambda row: float((row["closed"] - row["closed_with"]) * row["gap_share"]), default=None
        )
        if payer and payer["closed"] - payer["closed_with"] > 1e-6:
            sentences.append(
                say(
                    "candidates.pays",
                    lang,
                    name=names[payer["track"]],
                    before=payer["closed"],
                    after=payer["closed_with"],
                )
            )
        return sentences

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao candidates --json``."""
        return {
            "schema": "saidao/candidates/1",
            "case": self.case.name,
            "settings": self.settings,
            "admitted": self.admitted,
            "tried": self.tried,
            "candidates": self.listed,
            "ranking": self.ranking,
            "reversals": self.reversals,
            "money": self.money,
            "moves": self.moves,
        }

    def declared(self) -> Iterator[Table]:
        """Yield what candidates are sorted into and why, their figures, and what admission does to ranks and money."""
        known = (Candidate, Track)
        lists = [Column(key, "name", Indicator) for key in ("short_of_admit", "vetoed", "enough")]
        yield Table(
            "candidates",
            (
                Column("candidate", "name", Candidate),
                Column("category", "word"),
                Column("credibility_admit", "level"),
                Column("credibility_watch", "level"),
                lists[0],
                *(replace(column, seen="files") for column in lists[1:]),
                Column("assumed", "name", Indicator, heading="head.candidates.assumed", seen="files"),
                *(Column(k.indicator, "number", heading=k.name, seen="files") for k in self.case.rows(Indicator)),
            ),
            [{**row, **row["figures"]} for row in self.listed],
        )
        figures = [Column(row["candidate"], "number", heading=self._named(row["candidate"])) for row in self.listed]
        lines = [Column(key, "number", heading=f"head.from_{key}") for key in ("watch", "admit")]
        indicator = Column("indicator", told=self._indicator)
        yield Table("figures", (indicator, *figures, *lines, Column("weight", "number")), self._figures)
        yield Table(
            "ranking",
            (
                Column("track", "name", known),
                Column("rank", "rank"),
                Column("rank_with", "rank"),
                Column("turned", "name", known, heading="head.ranking.turned", seen="files"),
            ),
            sorted(self.ranking, key=lambda row: int(row["rank_with"])),
            title=lambda lang: say("title.candidate_ranks", lang, named=self._tried(lang)),
        )
        ranks = [Column(f"rank_{c}", "rank", heading=self._named(c)) for c in self.tried]
        method = Column("method", told=lambda row, lang: method_name(row["method"], lang))
        yield Table(
            "reversals",
            (method, *ranks, Column("turned", "count")),
            [{**row, **{f"rank_{c}": row["ranks"][c] for c in self.tried}} for row in self.reversals],
            title="title.candidate_methods",
        )
        closed = [Column(key, "share", heading=f"head.candidates.money.{key}") for key in ("closed", "closed_with")]
        yield Table("money", (Column("track", "name", known), Column("gap_share", "share"), *closed), self.money)
        yield moves_table(self.moves)

    def _named(self, candidate: str) -> Any:
        return lambda lang: self.case.names(Candidate, lang)[candidate]

    def _tried(self, lang: str) -> str:
        names = self.case.names(Candidate, lang)
        return say("list", lang).join(names[c] for c in self.tried)

    def _indicator(self, row: Row, lang: str) -> str:
        return next(k.told(lang) for k in self.case.rows(Indicator) if k.indicator == row["indicator"])

    @property
    def _figures(self) -> list[Row]:
        """Return the figures, a row an indicator: of every candidate, and the lines."""
        return [
            {
                "indicator": k.indicator,
                **{row["candidate"]: row["figures"][k.indicator] for row in self.listed},
                "watch": k.watch,
                "admit": k.admit,
                "weight": k.weight,
            }
            for k in self.case.rows(Indicator)
        ]

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw the credibility with which each candidate reaches the profiles to admit and to watch."""
        names = self.case.names(Candidate, lang)
        places = np.arange(len(self.listed))
        ax = plotting.axes(ax, 2 * len(places))
        for key, colour, off in (("credibility_admit", plotting.BLUE, -0.2), ("credibility_watch", plotting.GREY, 0.2)):
            values = [row[key] for row in self.listed]
            ax.barh(places + off, values, 0.4, color=colour, label=say(f"head.{key}", lang))
        ax.axvline(self.settings["cut"], color=plotting.ORANGE, linestyle="--", linewidth=1)
        ax.set_yticks(places, [names[row["candidate"]] for row in self.listed])
        ax.invert_yaxis()
        ax.legend(frameon=False, fontsize=8)
        return plotting.finished(ax, self.text(lang)[0])

    def made_case(self) -> Case:
        """Return the case with those admitted among its tracks.

        Raises
        ------
        CaseError
            None is admitted.
        """
        if not self.admitted:
            raise CaseError([Problem("none_admitted", "write", found="--write")])
        return admit(self.case, self.admitted)


@question(
    "candidates",
    example="saidao candidates shanghai --admit service_robots",
    pictures=("candidates",),
    writes="Write the case with those admitted: a workbook, .zip or folder.",
)
def candidates(  # type: ignore[misc]  # its cut is of ELECTRE TRI too
    case: CaseLike,
    *,
    cut: Annotated[float, Option("Credibility from which a profile counts as reached.")] = 0.75,
    also: Annotated[
        Iterable[str],
        Option("Admit it whatever the sorting says; repeatable.", flag="--admit", metavar="CANDIDATE", reads="list"),
    ] = (),
    **options: Unpack[PlanOptions],
) -> Candidates:
    """Sort candidate tracks into admit, watch and reject, with the reason, and show what admission does.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook, with the tables `candidates` and `indicators`.
    cut : credibility from which a candidate counts as at least as good as a profile, above 0.5, to 1.
    also : candidates that are admitted whatever the sorting says, to see what that does.
    **options : of the rankings and plans that show what admission does, as for `saidao.plan`.

    Raises
    ------
    CaseError
        With every problem found.

    Source: Mousseau, Slowinski & Zielniewicz (2000), Computers & Operations Research 27(7-8), 757-777.
    """
    found = sorted_candidates(case, cut=cut, also=also, **options)
    return _planned(found, partial(verbs.plan, found.case, **options), options)


def candidates_beside(case: Case, plan: Plan, **options: Any) -> Candidates:
    """Sort the candidates of a case whose plan is at hand, as `candidates` does; *options* are those of that plan."""
    return _planned(sorted_candidates(case, **options), lambda: plan, options)


def _planned(found: Candidates, without: Callable[[], Plan], options: Mapping[str, Any]) -> Candidates:
    """Show what admission does to the money, where there is anything to plan."""
    if not found.tried or not plannable(found.case):
        return found
    try:
        plans = without(), verbs.plan(admit(found.case, found.tried), **options)
    except Infeasible:
        return found
    except Stopped:
        return replace(found, limited=True)
    return replace(found, plans=plans)


def sorted_candidates(case: CaseLike, *, cut: float = 0.75, also: Iterable[str] = (), **options: Any) -> Candidates:
    """Sort the candidates as `candidates` does, without the plans."""
    case = load_case(case)
    indicators, found = case.rows(Indicator), case.rows(Candidate)
    if not indicators or not found:
        raise CaseError([Problem("needs_candidates", "candidates.csv" if indicators else "indicators.csv")])
    if not 0.5 < cut <= 1:
        raise CaseError([Problem("cut", "cut", found=f"{cut:g}")])
    chosen, named = settings.settings(case, **settings.ranking_options(options)), tuple(also)
    admit(case, named)  # whether they can be
    sorting = _electre_tri(case, _figures(case), cut)
    asked = {"weights": chosen.weights, "method": chosen.method, "cut": cut, "also": list(named)}
    return Candidates(case, asked, sorting, named, options)


def _figures(case: Case) -> Array:
    """Figures of the candidates: (candidates, indicators)."""
    names = [k.indicator for k in case.rows(Indicator)]
    return np.array([[row.values[name] for name in names] for row in case.rows(Candidate)])


def _electre_tri(case: Case, figures: Array, cut: float) -> mcda.Ranking:
    """Sort rows of figures between the lines of the table `indicators`."""
    indicators = case.rows(Indicator)

    def thresholds(name: str) -> list[float | None]:
        return [getattr(k, name) for k in indicators]

    more: dict[str, Any] = {"p": thresholds("preference")} if any(k.preference is not None for k in indicators) else {}
    if any(k.veto is not None for k in indicators):
        more["v"] = thresholds("veto")
    try:
        return mcda.rank(
            figures,
            [k.weight for k in indicators],
            [k.direction for k in indicators],
            "electre_tri",
            profiles=[[k.watch, k.admit] for k in indicators],
            q=[k.indifference for k in indicators],
            cut=cut,
            **more,
        )
    except mcda.InputError as error:
        raise as_case_error(error) from None


@checked
def admit(case: CaseLike, names: Iterable[str] | str) -> Case:
    """Return the case with candidates among its tracks: ranked, and served by every measure for all or for their type.

    Columns that both tables have are taken over, such as its stage of the race, and where its numbers come from. One
    that is a track already stays as it is.

    Raises
    ------
    CaseError
        An unknown candidate, or one without a score on every factor.
    """
    case = load_case(case)
    wanted = [names] if isinstance(names, str) else list(names)
    known = {row.candidate: row for row in case.rows(Candidate)}
    problems = [
        Problem(
            "choice", "candidates", found=name, details={"choices": ", ".join(known), "nearest": nearest(name, known)}
        )
        for name in wanted
        if name not in known
    ]
    problems += [
        Problem("needs_scores", case.tables["candidates"].file, details={"candidate": name})
        for name in wanted
        if name in known and not scored(case, name)
    ]
    if problems:
        raise CaseError(problems)
    new = [known[name] for name in wanted if name not in case.track_ids]
    if not new:
        return case
    shared = set(case.tables["tracks"].header) - {"track"}
    sources = Sources(case)
    tracks, scores, cells = [], [], []
    for row in new:
        own = {k: v for k, v in row.model_dump(exclude_unset=True).items() if k in shared}
        tracks.append(Track.model_validate({"track": row.candidate, **own}))
        own_scores = {f: row.values[f] for f in case.factor_ids}
        period = {"period": case.score_period} if case.score_period else {}
        scores.append(Score.model_validate({"track": row.candidate, **period, **own_scores}))
        for table, columns in (("tracks", own), ("scores", case.factor_ids)):
            cells += [
                (table, row.candidate, name, sources.kind("candidates", (row.candidate,), name)) for name in columns
            ]
    grown = case.with_rows(tracks=[*case.rows(Track), *tracks], scores=[*case.rows(Score), *scores])
    return with_sources(grown, cells, partial(say, "noted.admitted"))


def reached(indicator: Indicator, value: float) -> str:
    """Return the category whose line a figure reaches."""
    sign = 1.0 if indicator.direction == "max" else -1.0
    if sign * (value - indicator.admit) >= 0:
        return "admit"
    return "watch" if sign * (value - indicator.watch) >= 0 else "reject"


def scored(case: Case, name: str) -> bool:
    """Whether a candidate has a score on every factor."""
    row = next(r for r in case.rows(Candidate) if r.candidate == name)
    return all(f in row.values for f in case.factor_ids)
