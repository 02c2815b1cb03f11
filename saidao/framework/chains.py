"""Innovation chain and industry chain: which gaps lie at which links, what covers them, and where the holes are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from ..case import Case, load_case
from ..case.checks.framework import links_of
from ..case.provenance import Sources, weakest
from ..case.tables import Factor, Kind, Link, Measure, Track
from ..errors import CaseError, Problem
from ..mcda import plotting
from ..results.column import Column, Row, Table
from ..results.question import question
from ..results.result import Result
from ..study import verbs
from ..study.options import CaseLike, PlanOptions
from ..study.plan.result import Plan
from ..texts.say import say
from .contributions import Closed, applications, within_reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes


SHARES = ("gap", "closed", "closed_meant", "reach")
DONE = 1 - 1e-9
"""Share of a gap from which it counts as closed."""
NAMED = 6
"""Holes that are named in the sentence."""


@dataclass(frozen=True)
class Chains(Result):
    """The result of `saidao.chains`: a plan seen by the links of the case's chains.

    A gap is tagged by its factor, in a chain where the factor is not, by its track; several links share it evenly. A
    measure is meant for a gap if they have a link in common in every chain in which both are tagged.
    """

    plan: Plan

    @property
    def case(self) -> Case:
        """The case."""
        return self.plan.case

    @cached_property
    def order(self) -> dict[str, list[str]]:
        """Links of each chain, in order."""
        found: dict[str, list[str]] = {}
        for row in self.case.rows(Link):
            found.setdefault(row.chain, []).append(row.link)
        return found

    @cached_property
    def gaps(self) -> list[Row]:
        """A row a gap: its links by chain, shares of the weighted gap, measures meant for it, and its state.

        `gap`, `closed` and `closed_meant` (by measures meant for it) are shares of the whole weighted gap; `reach` is
        the part that measures meant for it could close, whatever they cost. `state`: ``hole`` (no measure meant for it
        has an effect), ``unfunded`` (there are some, they close nothing, and others not all), ``part`` or ``closed``.
        """
        p, solved = self.plan.solved.programme, self.plan.solved
        whole = float((p.priority * p.gap).sum()) or 1.0
        closed_by = Closed.of(self.plan)
        none = np.zeros(len(p.applications))
        tags = self._measures
        # by links: the applications, what they could close, and what they do
        meant_for: dict[tuple[Any, ...], tuple[Any, Any, Any]] = {}
        rows = []
        for t, track in enumerate(p.tracks):
            for f, factor in enumerate(p.factors):
                if p.gap[t, f] * p.priority[t, f] <= 0:
                    continue
                links = self._tags(track, factor)
                key = tuple(links.values())
                if key not in meant_for:
                    chosen = applications(p, lambda a, links=links: _fits(tags[a.measure], links))  # type: ignore[misc]
                    meant_for[key] = chosen, within_reach(p, none, chosen), closed_by.by(chosen)
                meant, could, does = meant_for[key]
                measures = sorted(self._effective(t * len(p.factors) + f, meant))
                reach = min(float(could[t, f]), float(p.gap[t, f]))
                own = float(does[t, f])
                share = float(p.priority[t, f]) / whole
                closed = float(solved.closed[t, f])
                rows.append(
                    {
                        "track": track,
                        "factor": factor,
                        **{c: ";".join(named) for c, named in links.items()},
                        "gap": float(p.gap[t, f]) * share,
                        "closed": closed * share,
                        "closed_meant": own * share,
                        "reach": reach * share,
                        "measures": measures,
                        "state": _state(measures, own, closed, float(p.gap[t, f])),
                    }
                )
        return rows

    @cached_property
    def map(self) -> list[Row]:
        """The coverage map: a row a pair of links, one of each of the first two chains (of one chain, a row a link).

        `holes` and `unfunded` count gaps of these states; shares are of the whole weighted gap.
        """
        first, second = [*self.order, ""][:2]
        rows = []
        for one in self.order[first]:
            for other in self.order.get(second, [""]):
                here = [(g, s) for g in self.gaps if (s := _part(g, first, one) * (_part(g, second, other)))]
                rows.append(
                    {
                        first: one,
                        **({second: other} if other else {}),
                        **{k: float(sum(g[k] * s for g, s in here)) for k in SHARES},
                        "gaps": len(here),
                        "holes": sum(g["state"] == "hole" for g, _ in here),
                        "unfunded": sum(g["state"] == "unfunded" for g, _ in here),
                        "measures": self._count({first: one, second: other}),
                        "funded": self._count({first: one, second: other}, funded=True),
                        "state": _joint([g["state"] for g, _ in here]),
                    }
                )
        return rows

    @cached_property
    def links(self) -> list[Row]:
        """Of each link: its gap and what of it closes, its measures, and those funded."""
        rows = []
        for row in self.case.rows(Link):
            here = [(g, s) for g in self.gaps if (s := _part(g, row.chain, row.link))]
            rows.append(
                {
                    "chain": row.chain,
                    "link": row.link,
                    "name_en": row.name("en"),
                    "name_zh": row.name("zh"),
                    **{k: float(sum(g[k] * s for g, s in here)) for k in SHARES},
                    "measures": self._count({row.chain: row.link}),
                    "funded": self._count({row.chain: row.link}, funded=True),
                    "state": _joint([g["state"] for g, _ in here]),
                }
            )
        return rows

    def chain_name(self, chain: str, lang: str) -> str:
        """Return the name of a chain; its id where it has none."""
        row = next(row for row in self.case.rows(Link) if row.chain == chain)
        first, second = (row.chain_zh, row.chain_en) if lang == "zh" else (row.chain_en, row.chain_zh)
        return first or second or chain

    @cached_property
    def untagged(self) -> dict[str, float]:
        """Share of the weighted gap that no link of a chain is said of, by chain: it stands in no row of the map."""
        return {c: float(sum(row["gap"] for row in self.gaps if not row[c])) for c in self.order}

    @property
    def holes(self) -> list[Row]:
        """Gaps that no measure meant for them reaches, or none that is funded; the largest first."""
        found = [row for row in self.gaps if row["state"] in ("hole", "unfunded")]
        return sorted(found, key=lambda row: (row["state"], -float(row["gap"])))

    def text(self, lang: str = "en") -> list[str]:
        """Sentences: where most of the gap lies, which gaps are holes, and which are not funded."""
        names = self.case.names(Link, lang)
        tracks, factors = self.case.names(Track, lang), self.case.names(Factor, lang)
        if not self.gaps:
            return [say("chains.no_gap", lang)]
        most = max(self.map, key=lambda row: float(row["gap"]))
        where = say("list", lang).join(names[most[c]] for c in list(self.order)[:2])
        closed = most["closed"] / most["gap"] if most["gap"] > 0 else 0.0
        sentences = [say("chains.most", lang, most=where, share=most["gap"], closed=closed)]
        holes = [row for row in self.holes if row["state"] == "hole"]
        rest = [row for row in self.holes if row["state"] == "unfunded"]
        if holes:
            named = say("list", lang).join(
                say("chains.gap", lang, track=tracks[row["track"]], factor=factors[row["factor"]])
                for row in holes[:NAMED]
            )
            sentences.append(
                say(
                    "chains.holes",
                    lang,
                    holes=len(holes),
                    gaps=len(self.gaps),
                    share=sum(r["gap"] for r in holes),
                    named=named + (say("chains.more", lang) if len(holes) > NAMED else ""),
                )
            )
        else:
            sentences.append(say("chains.no_holes", lang))
        beyond = max(self.map, key=lambda row: float(row["gap"] - row["reach"]))
        if (left := sum(row["gap"] - row["reach"] for row in self.gaps)) > 1e-9:
            where = say("list", lang).join(names[beyond[c]] for c in list(self.order)[:2])
            part = beyond["gap"] - beyond["reach"]
            sentences.append(say("chains.beyond", lang, share=left, most=where, part=part))
        if rest:
            sentences.append(say("chains.unfunded", lang, gaps=len(rest), share=sum(r["gap"] for r in rest)))
        for chain, share in self.untagged.items():
            if share > 1e-9:
                sentences.append(say("chains.untagged", lang, chain=self.chain_name(chain, lang), share=share))
        return sentences

    def notes(self, lang: str = "en") -> list[str]:
        """Say what the tags rest on."""
        return [say("chains.tagged", lang, kind=say(f"source.{self.source}", lang))] if self.gaps else []

    def declared(self) -> Iterator[Table]:
        """Yield the coverage map, the links, the gaps that nothing covers, and all gaps."""
        linked = [Column(c, "name", Link, heading=self._chain_head(c)) for c in self.order]
        shares = [Column(key, "share", heading=f"head.chains.{key}") for key in SHARES]
        counts = [Column(key, "count", heading=f"head.chains.{key}") for key in ("measures", "funded")]
        more = [Column(key, "count", heading=f"head.map.{key}", seen="files") for key in ("gaps", "holes", "unfunded")]
        state = Column("state", "word")
        yield Table("map", (*linked[:2], *shares, *counts, *more, state), self.map, title="title.chains")
        chain = Column("chain", told=lambda row, lang: self.chain_name(row["chain"], lang))
        yield Table("links", (chain, Column("link", "name", Link), *shares, *counts, state), self.links)
        gap = Column("track", "name", Track), Column("factor", "name", Factor)
        meant = Column("measures", "name", Measure, heading="head.chains.measures")
        yield Table("holes", (*gap, *linked, *shares[:2], meant, state), self.holes)
        rows = [{**row, "measures": ";".join(row["measures"])} for row in self.gaps]
        yield Table("gaps", (*gap, *linked, *shares, meant, state), rows, most=0)

    def _chain_head(self, chain: str) -> Any:
        return lambda lang: self.chain_name(chain, lang)

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw the coverage map: share of the weighted gap at each pair of links."""
        names = self.case.names(Link, lang)
        first, second = [*self.order, ""][:2]
        rows, columns = self.order[first], self.order.get(second, [""])
        gaps = np.array([row["gap"] for row in self.map]).reshape(len(rows), len(columns))
        ax = plotting.axes(ax, 2 * len(rows))
        heads = [names.get(link, "") for link in columns]
        plotting.heat(ax, [names[link] for link in rows], heads, gaps, "{:.0%}", gaps.max() or 1)
        return plotting.finished(ax, self.text(lang)[0], say("plot.gap", lang))

    @cached_property
    def source(self) -> Kind:
        """The weakest source of a tag."""
        sources = Sources(self.case)
        return weakest(
            sources.kind(model.table, row.key_parts(), chain)
            for model in (Measure, Factor, Track)
            for row in self.case.rows(model)
            for chain in self.order
            if links_of(row, chain)
        )

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao chains --json``."""
        return {
            "schema": "saidao/chains/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "settings": self.plan.settings.to_dict(),
            "chains": self.order,
            "source": self.source,
            "closed_share": self.plan.closed_share,
            "untagged": self.untagged,
            "map": self.map,
            "links": self.links,
            "gaps": self.gaps,
        }

    # --- what the tables share -------------------------------------------------------------------------------------

    @cached_property
    def _measures(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Links of each measure by chain."""
        return {row.measure: {c: links_of(row, c) for c in self.order} for row in self.case.rows(Measure)}

    @cached_property
    def _sides(self) -> tuple[dict[str, Factor], dict[str, Track]]:
        return ({row.factor: row for row in self.case.rows(Factor)}, {row.track: row for row in self.case.rows(Track)})

    def _tags(self, track: str, factor: str) -> dict[str, tuple[str, ...]]:
        """Links of a gap by chain."""
        factors, tracks = self._sides
        return {c: links_of(factors[factor], c) or links_of(tracks[track], c) for c in self.order}

    def _effective(self, pair: int, chosen: Any) -> set[str]:
        """Measures among the chosen applications that have an effect on a pair."""
        p = self.plan.solved.programme
        return {p.applications[a].measure for a in self._felt.get(pair, ()) if chosen[a]}

    @cached_property
    def _felt(self) -> dict[int, list[int]]:
        """Applications that have an effect on each pair."""
        p = self.plan.solved.programme
        at = np.flatnonzero(p.effect > 0)
        found: dict[int, list[int]] = {}
        for pair, a in zip(
            p.effect_pair[at].tolist(), p.segment_application[p.effect_segment[at]].tolist(), strict=True
        ):
            found.setdefault(pair, []).append(a)
        return found

    @cached_property
    def _funded(self) -> set[str]:
        return {row["measure"] for row in self.plan.allocation}

    def _count(self, links: dict[str, str], funded: bool = False) -> int:
        """Count the measures that are tagged with every link given, or in its chain not at all."""
        return sum(
            all(not tags[c] or link in tags[c] for c, link in links.items() if link)
            for name, tags in self._measures.items()
            if not funded or name in self._funded
        )


def _fits(measure: dict[str, tuple[str, ...]], gap: dict[str, tuple[str, ...]]) -> bool:
    return all(not tags or not gap[c] or set(tags) & set(gap[c]) for c, tags in measure.items())


def _part(gap: Row, chain: str, link: str) -> float:
    """Share of a gap that lies at a link: several links share it evenly; 1 where there is no such chain."""
    if not link:
        return 1.0
    links = gap[chain].split(";")
    return 1.0 / len(links) if link in links else 0.0


def _state(measures: list[str], own: float, closed: float, gap: float) -> str:
    if not measures:
        return "hole"
    if closed >= gap * DONE:
        return "closed"
    return "part" if own > 0 else "unfunded"


def _joint(states: list[str]) -> str:
    """State of gaps taken together: a hole if all are holes, unfunded if nothing meant for any is funded."""
    if not states:
        return "none"
    kinds = set(states)
    if len(kinds) == 1:
        return states[0]
    return "unfunded" if kinds <= {"hole", "unfunded"} else "part"


@question("chains", example="saidao chains shanghai", pictures=("coverage",))
def chains(case: CaseLike, **options: Unpack[PlanOptions]) -> Chains:
    """Map gaps and measures onto the innovation chain and the industry chain: what is covered, and the holes.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook, with the table `chains` and a column per chain
        in `measures` and in `factors` or `tracks`.
    **options : as for `saidao.plan`.

    Raises
    ------
    CaseError, Infeasible, Stopped
        As `saidao.plan`; no chains, or a chain that tags no measure or no gap.
    """
    case = load_case(case)
    if problems := missing_tags(case):
        raise CaseError(problems)
    return Chains(verbs.plan(case, **options))


def missing_tags(case: Case) -> list[Problem]:
    """Return why there is no map: no chains, or a chain that tags no measure or no gap."""
    named = dict.fromkeys(row.chain for row in case.rows(Link))
    if not named:
        return [Problem("needs_chains", "chains.csv")]
    return [
        Problem("needs_links", case.tables["measures"].file, None, chain)
        for chain in named
        if not any(links_of(row, chain) for row in case.rows(Measure))
        or not any(links_of(row, chain) for model in (Factor, Track) for row in case.rows(model))
    ]
