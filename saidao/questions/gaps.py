"""What stands in the way of each track, and how evenly its systems are developed, before the plan and after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Unpack

import numpy as np

from .. import mcda
from ..case import Case, load_case
from ..case.tables import Factor, Track
from ..mcda import plotting
from ..mcda.analyses.coupling import CLASSES, FORMULAE
from ..results.column import Column, Row, Table
from ..results.question import question
from ..results.result import Result
from ..study.decision import Array, Decision, decision
from ..study.names import track_names
from ..study.options import CaseLike, PlanOptions
from ..study.planning.programme import plannable
from ..study.ranking.weighing import factor_weights
from ..study.settings import check_ahp, ranking_options, settings
from ..study.verbs import plan
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..study.plan.result import Plan

WHEN = ("before", "after")


@dataclass(frozen=True)
class Obstacles(Result):
    """The result of `saidao.obstacles`.

    Attributes
    ----------
    decision, weights : levels of the tracks, and weights of the factors.
    plan : the plan that closes gaps; None where the case only ranks.
    """

    case: Case
    decision: Decision
    weights: mcda.Weights
    plan: Plan | None

    @classmethod
    def of(cls, made: Plan) -> Obstacles:
        """Return what stands in the way before a plan and after it."""
        return cls(made.case, made.problem.decision, made.weights, made)

    @property
    def when(self) -> tuple[str, ...]:
        """``before`` and ``after`` the plan; ``before`` alone where there is none."""
        return WHEN if self.plan is not None else WHEN[:1]

    @cached_property
    def levels(self) -> dict[str, Array]:
        """(T, F) levels before and after the plan."""
        found = {"before": self.decision.level}
        if self.plan is not None:
            found["after"] = np.clip(self.decision.level + self.plan.solved.closed, 0.0, 1.0)
        return found

    @property
    def systems(self) -> dict[str, tuple[str, ...]]:
        """Factors by system: the branches at the top of a criteria tree, or each factor by itself."""
        children = self.case.children

        def leaves(node: str) -> Iterator[str]:
            if node not in children:
                yield node
            for child in children.get(node, ()):
                yield from leaves(child)

        made = {node: tuple(leaves(node)) for node in children[""]}
        return made if len(made) > 1 else {f: (f,) for f in self.decision.factors}

    def obstacles(self, when: str) -> Array:
        """Return the obstacle degrees w g (T, F)."""
        return mcda.obstacles(self.levels[when], self.weights.array, share=False).array

    @cached_property
    def coordination(self) -> dict[tuple[str, str], list[Row]]:
        """C, T, D and the class of D of each track, by formula and time; C and D None where all its levels are 0."""
        made: dict[tuple[str, str], list[Row]] = {}
        places = [[self.decision.factors.index(f) for f in group] for group in self.systems.values()]
        share = np.array([self.weights.array[group].sum() for group in places])
        for when in self.when:
            level, w = self.levels[when], self.weights.array
            u = np.array(
                [
                    level[:, group] @ (w[group] / w[group].sum())
                    if w[group].sum() > 0
                    else level[:, group].mean(axis=1)
                    for group in places
                ]
            ).T
            u = np.clip(u, 0.0, 1.0)
            some = u.any(axis=1)
            for formula in FORMULAE:
                rows: list[Row] = [{"C": None, "T": 0.0, "D": None, "class": None} for _ in u]
                if some.any() and u.shape[1] > 1:
                    found = mcda.coupling(u[some], share, formula)
                    for i, row in zip(np.flatnonzero(some).tolist(), found.to_dict()["rows"], strict=True):
                        rows[i] = {key: row[key] for key in ("C", "T", "D", "class")}
                made[formula, when] = rows
        return made

    @cached_property
    def tracks(self) -> list[Row]:
        """A row a track: its level T, coupling coordination D by both formulae, and what is most in its way."""
        rows: list[Row] = [{"track": track} for track in self.decision.tracks]
        for when in self.when:
            degrees = self.obstacles(when)
            level = 1.0 - degrees.sum(axis=1)
            for i, row in enumerate(rows):
                whole = float(degrees[i].sum())
                worst = int(degrees[i].argmax())
                row |= {f"level_{when}": float(level[i])}
                for formula in FORMULAE:
                    found = self.coordination[formula, when][i]
                    row |= {f"{key}_{formula}_{when}": found[key] for key in ("C", "D", "class")}
                row |= {
                    f"obstacle_{when}": self.decision.factors[worst] if whole > 1e-12 else None,
                    f"share_{when}": float(degrees[i, worst] / whole) if whole > 1e-12 else None,
                }
        return rows

    @cached_property
    def factors(self) -> list[Row]:
        """A row a factor: its share of all obstacles of all tracks."""
        rows: list[Row] = [{"factor": factor} for factor in self.decision.factors]
        for when in self.when:
            degree = self.obstacles(when).sum(axis=0)
            whole = float(degree.sum())
            for f, row in enumerate(rows):
                row |= {
                    f"degree_{when}": float(degree[f]),
                    f"share_{when}": float(degree[f]) / whole if whole > 1e-12 else None,
                }
        return rows

    @property
    def falls(self) -> list[str]:
        """Tracks whose D falls by a formula though their level rises, those where it falls farthest first."""
        if self.plan is None:
            return []
        by = {
            row["track"]: max((row[f"D_{f}_before"] or 0.0) - (row[f"D_{f}_after"] or 0.0) for f in FORMULAE)
            for row in self.tracks
            if row["level_after"] > row["level_before"] + 1e-9
        }
        return sorted((track for track, fall in by.items() if fall > 1e-9), key=lambda track: -by[track])

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao gaps --json``."""
        return {
            "schema": "saidao/gaps/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "settings": None if self.plan is None else self.plan.settings.to_dict(),
            "systems": {name: list(factors) for name, factors in self.systems.items()},
            "tracks": self.tracks,
            "factors": self.factors,
            "obstacles": self._degrees(),
        }

    def _degrees(self) -> list[Row]:
        """Return a row a track and factor: the gap, its obstacle degree, and its share of the track's."""
        rows = []
        degrees = {when: self.obstacles(when) for when in self.when}
        for i, track in enumerate(self.decision.tracks):
            for f, factor in enumerate(self.decision.factors):
                row: Row = {"track": track, "factor": factor}
                for when, degree in degrees.items():
                    whole = float(degree[i].sum())
                    row |= {
                        f"gap_{when}": float(1.0 - self.levels[when][i, f]),
                        f"degree_{when}": float(degree[i, f]),
                        f"share_{when}": float(degree[i, f]) / whole if whole > 1e-12 else None,
                    }
                rows.append(row)
        return rows

    def text(self, lang: str = "en") -> list[str]:
        """Say which factor is most in the way, what the plan changes, and how even the tracks' systems are."""
        names, tracks = self.case.names(Factor, lang), self.case.names(Track, lang)
        told: Row = {}
        for when in self.when:
            shares = [row[f"share_{when}"] or 0.0 for row in self.factors]
            worst = int(np.argmax(shares))
            told |= {f"factor_{when}": names[self.decision.factors[worst]], f"share_{when}": shares[worst]}
            told |= {f"level_{when}": float(np.mean([row[f"level_{when}"] for row in self.tracks]))}
        if not any(row["degree_before"] > 1e-12 for row in self.factors):
            return [say("gaps.none", lang)]
        stays = self.plan is not None and told["factor_before"] == told["factor_after"]
        key = "before" if self.plan is None else "same" if stays else "other"
        lines = [say(f"gaps.{key}", lang, **told)]
        if self.plan is not None:
            lines.append(say("gaps.level", lang, **told))
        last = self.when[-1]
        zero = [row["track"] for row in self.tracks if not row[f"D_classic_{last}"]]
        best = max(self.tracks, key=lambda row: row[f"D_classic_{last}"] or 0.0)
        if len(zero) < len(self.tracks):
            lines.append(
                say(
                    f"gaps.even_{last}",
                    lang,
                    track=tracks[best["track"]],
                    d=best[f"D_classic_{last}"],
                    other=best[f"D_corrected_{last}"],
                    word=_class(best[f"class_classic_{last}"], lang),
                )
            )
        if zero:
            lines.append(say("gaps.zero", lang, number=len(zero), all=len(self.tracks)))
        if self.falls:
            lines.append(say("gaps.falls", lang, tracks=track_names(self.case, self.falls, lang)))
        return lines

    def notes(self, lang: str = "en") -> list[str]:
        """Say what D is, and what it is no answer to."""
        names = self.case.names(Factor, lang)
        told = say("list", lang).join(names[name] for name in self.systems)
        return [say("gaps.degree", lang), say("gaps.coupling", lang, systems=told)]

    def declared(self) -> Iterator[Table]:
        """Yield the tracks, the factors, and the obstacle degree of every track and factor."""

        def word(key: str) -> Column:
            return Column(key, told=lambda row, lang: _class(row[key], lang), seen="files", heading=f"head.{key}")

        each: list[Column] = []
        for when in self.when:
            each.append(Column(f"level_{when}", "ratio", heading=f"head.T_{when}"))
            each += [Column(f"D_{f}_{when}", "ratio") for f in FORMULAE]
            each += [Column(f"C_{f}_{when}", "ratio", seen="files") for f in FORMULAE]
            each += [word(f"class_{f}_{when}") for f in FORMULAE]
            each.append(Column(f"obstacle_{when}", "name", Factor))
            each.append(Column(f"share_{when}", "share", heading="head.obstacle_share", seen="files"))
        order = sorted(self.tracks, key=lambda row: -float(row[f"D_classic_{self.when[-1]}"] or 0.0))
        yield Table("coordination", (Column("track", "name", Track), *each), order)
        shares = [Column(f"share_{when}", "share", heading=f"head.share_{when}") for when in self.when]
        degrees = [Column(f"degree_{when}", "weight", heading=f"head.degree_{when}") for when in self.when]
        yield Table(
            "obstacle_factors",
            (Column("factor", "name", Factor), *degrees, *shares),
            sorted(self.factors, key=lambda row: -float(row["degree_before"])),
        )
        gaps = [Column(f"gap_{when}", "ratio", heading=f"head.gap_{when}", seen="files") for when in self.when]
        yield Table(
            "obstacles",
            (Column("track", "name", Track), Column("factor", "name", Factor), *gaps, *degrees, *shares),
            self._degrees(),
            most=0,
        )

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw the obstacle degrees, tracks x factors, that the plan leaves."""
        names, factors = self.case.names(Track, lang), self.case.names(Factor, lang)
        degrees = self.obstacles(self.when[-1])
        ax = plotting.axes(ax, len(self.decision.tracks), 4.0 + 0.6 * len(self.decision.factors))
        labels = [names[t] for t in self.decision.tracks]
        plotting.heat(ax, labels, [factors[f] for f in self.decision.factors], np.round(degrees, 3))
        return plotting.finished(ax, self.text(lang)[0])


def _class(place: int | None, lang: str) -> str:
    """Return the class of D in words."""
    return "-" if place is None else CLASSES[place][lang == "zh"]


@question("gaps", example="saidao gaps shanghai --weights ahp")
def obstacles(case: CaseLike, **options: Unpack[PlanOptions]) -> Obstacles:
    """Tell what stands in the way of each track (obstacle degree) and how evenly it is developed, with the plan.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook.
    **options : as for `saidao.plan`; of a case without measures those of `saidao.rank`, and nothing is told of after.

    Returns
    -------
    Obstacles
        `.tracks` with the level T = sum w L and coupling coordination D by both formulae; `.factors` and `.obstacles`
        with the obstacle degree w g, before the plan and after it.

    Raises
    ------
    CaseError
        Bad input, with every problem found.
    Infeasible, Stopped
        As `saidao.plan`.

    Notes
    -----
    Systems are the branches at the top of the criteria tree, or the factors. Sources: `mcda.coupling`,
    `mcda.obstacles`.
    """
    case = load_case(case)
    if plannable(case):
        return Obstacles.of(plan(case, **options))
    asked = ranking_options(options)
    chosen = settings(case, **asked)
    check_ahp(chosen, asked)
    data = decision(case, chosen.ticks)
    return Obstacles(case, data, factor_weights(case, data, asked.get("weights"), chosen), None)
