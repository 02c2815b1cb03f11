"""Both readings of a case's ticks, a strength or a shortcoming, side by side: what changes in rank and in money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from ..case import Case, load_case
from ..case.checks.scores import tick_problems
from ..case.tables import Measure, Resource, Track
from ..errors import CaseError, Problem
from ..mcda import plotting
from ..optimize.after.uncertainty import counted
from ..results.column import Column, Row, Table
from ..results.question import question
from ..results.result import Result
from ..study import verbs
from ..study.names import track_names
from ..study.options import CaseLike, PlanOptions
from ..study.plan.moves import moves
from ..study.plan.result import Plan
from ..study.settings import TICKS
from ..texts.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Readings(Result):
    """The result of `saidao.readings`: a plan per reading, `strength` and `shortcoming`."""

    case: Case
    plans: Mapping[str, Plan]

    @cached_property
    def tracks(self) -> list[Row]:
        """Of each track under each reading: its rank, its share of the weighted gap, and of that what is closed."""
        rows: list[Row] = [{"track": track} for track in self.case.track_ids]
        for ticks, plan in self.plans.items():
            for row, ranked, at in zip(rows, plan.ranking, plan.by_track, strict=True):
                row |= {
                    f"rank_{ticks}": ranked["rank"],
                    f"gap_{ticks}": at["gap_share"],
                    f"closed_{ticks}": at["closed"],
                }
        return rows

    @cached_property
    def measures(self) -> list[Row]:
        """Level of each measure under each reading, summed over its places."""
        levels = {ticks: plan.solved.level.sum(axis=1) for ticks, plan in self.plans.items()}
        applications = next(iter(self.plans.values())).solved.programme.applications
        rows = []
        for name in dict.fromkeys(a.measure for a in applications):
            at = np.array([a.measure == name for a in applications], dtype=bool)
            rows.append({"measure": name, **{ticks: float(level[at].sum()) for ticks, level in levels.items()}})
        return rows

    @cached_property
    def moves(self) -> list[Row]:
        """Of each resource, what one reading puts where the other does not, and its share of the budget."""
        return moves(*(plan.solved for plan in self.plans.values()))

    @cached_property
    def if_wrong(self) -> list[Row]:
        """Share of the weighted gap that each plan closes if a reading is right: what it delivers, up to its gaps."""
        rows = []
        for made, plan in self.plans.items():
            solved = plan.solved
            delivered = solved.columns.delivered(solved.optimum.x, len(solved.programme.periods) - 1)
            for right, held in self.plans.items():
                p = held.solved.programme
                closed = counted(p, delivered.ravel(), p.gap.ravel(), solved.problem.solver)
                share = float(p.priority.ravel() @ closed / held.weighted_gap) if held.weighted_gap > 0 else 1.0
                rows.append({"plan_of": made, "if_right": right, "closed_share": share})
        return rows

    def text(self, lang: str = "en") -> list[str]:
        """Sentences: who is first under each, how much money moves, and what the wrong reading costs."""

        def first(ticks: str) -> str:
            return track_names(self.case, (row["track"] for row in self.tracks if row[f"rank_{ticks}"] == 1), lang)

        most = max(self.moves, key=lambda row: float(row["share"]))
        both = sum(all(row[t] > 0 for t in TICKS) for row in self.measures)
        share = {(row["plan_of"], row["if_right"]): row["closed_share"] for row in self.if_wrong}
        weighted = next(iter(self.plans.values())).settings.aim.counts == "weighted_gap"
        wrong = "readings.wrong" if weighted else "readings.wrong_other"
        return [
            *(
                [say("readings.first", lang, strength=first("strength"), shortcoming=first("shortcoming"))]
                if all(row["rank_strength"] for row in self.tracks)
                else []
            ),
            say(
                "readings.moves",
                lang,
                share=most["share"],
                both=both,
                all=len(self.case.rows(Measure)),
                resource=self.case.names(Resource, lang)[most["resource"]],
            ),
            say(
                wrong,
                lang,
                own=share["strength", "strength"],
                other=share["strength", "shortcoming"],
                best=share["shortcoming", "shortcoming"],
            ),
        ]

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao readings --json``."""
        return {
            "schema": "saidao/readings/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "settings": {**next(iter(self.plans.values())).settings.to_dict(), "ticks": list(self.plans)},
            "tracks": self.tracks,
            "measures": self.measures,
            "moves": self.moves,
            "if_wrong": self.if_wrong,
        }

    def declared(self) -> Iterator[Table]:
        """Yield the tracks and measures under both readings, what moves, and what a misreading costs."""
        forms = ("rank", "rank"), ("gap", "share"), ("closed", "share")
        under = [Column(f"{key}_{ticks}", form) for ticks in self.plans for key, form in forms]  # type: ignore[arg-type]
        yield Table("tracks", (Column("track", "name", Track), *under), self.tracks, title="title.readings")
        levels = [Column(ticks, "level", heading=f"head.measures.{ticks}") for ticks in self.plans]
        yield Table(
            "measures",
            (Column("measure", "id", Measure), *levels),
            self.measures,
            title="title.readings_measures",
            most=0,
        )
        yield moves_table(self.moves)
        ticks = [Column(key, "word", "value.ticks", f"head.if_wrong.{key}") for key in ("plan_of", "if_right")]
        yield Table("if_wrong", (*ticks, Column("closed_share", "share")), self.if_wrong, most=0)

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw the rank of each track under both readings."""
        names = self.case.names(Track, lang)
        rows = sorted(self.tracks, key=lambda row: row["rank_strength"] or 0)
        ax = plotting.axes(ax, len(rows))
        places = np.arange(len(rows))
        one, other = ([row[f"rank_{ticks}"] for row in rows] for ticks in TICKS)
        ax.hlines(places, one, other, color=plotting.PALE, linewidth=3)
        ax.plot(one, places, "o", color=plotting.BLUE, label=say("head.rank_strength", lang))
        ax.plot(other, places, "s", color=plotting.ORANGE, label=say("head.rank_shortcoming", lang))
        ax.set_yticks(places, [names[row["track"]] for row in rows])
        ax.invert_yaxis()
        ax.legend(frameon=False, fontsize=8)
        return plotting.finished(ax, self.text(lang)[0])


def moves_table(rows: list[Row]) -> Table:
    """Return what one plan puts where another does not, by resource."""
    moved = (
        Column("moved", "amount", Resource, heading="head.moves.moved"),
        Column("share", "share", heading="head.moves.share"),
    )
    return Table("moves", (Column("resource", "name", Resource), *moved), rows, most=0)


def readable(case: Case) -> bool:
    """Whether a case's scores can be read both ways: ticks, 0 or 1, on scales from 0 to 1."""
    return not any(True for ticks in TICKS for _ in tick_problems(case, ticks))


@question("readings", example="saidao readings shanghai", pictures=("readings",))
def readings(case: CaseLike, **options: Unpack[PlanOptions]) -> Readings:
    """Read the ticks as strengths and as shortcomings, side by side: what changes in rank and in money.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook; its scores are ticks, 0 or 1.
    **options : as for `saidao.plan`, but `ticks`.

    Raises
    ------
    CaseError, Infeasible, Stopped
        As `saidao.plan`; scores that are no ticks.
    """
    case = load_case(case)
    asked: dict[str, Any] = {**options}
    if asked.pop("ticks", None):
        raise CaseError([Problem("both_ticks", "ticks")])
    if not readable(case):
        raise CaseError([Problem("needs_ticks", case.tables["scores"].file)])
    return Readings(case, {ticks: verbs.plan(case, **asked, ticks=ticks) for ticks in TICKS})
