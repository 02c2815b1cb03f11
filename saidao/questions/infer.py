"""What follows from statements about tracks: under all value functions that keep them, and under one in the middle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Unpack

import numpy as np

from .. import mcda
from ..case import Case, load_case
from ..case.tables import Factor, Track
from ..errors import CaseError, Problem
from ..mcda import plotting
from ..mcda.ranks import competition_ranks
from ..mcda.weight_space.region import Region
from ..results.column import Column, Row, Table
from ..results.question import Option, question
from ..results.result import Result
from ..study.array_errors import as_case_error
from ..study.decision import Decision, decision
from ..study.names import track_names
from ..study.options import AhpOptions, CaseLike, WeightsOption
from ..study.planning.region import orders, statement_region
from ..study.ranking.weighing import factor_weights
from ..study.settings import check_ahp, settings
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 60
"""Tracks beyond which pairs are too many: two programs each."""


@dataclass(frozen=True)
class Inference(Result):
    """The result of `saidao.infer`.

    Attributes
    ----------
    statements : as typed.
    regression : which track is at least as good as which under all value functions, and under some (UTA-GMS).
    value : the value function of UTASTAR; None where the statements do not put their tracks in one order.
    region : the weights under which weighted levels keep the statements, what ``saidao settled --region`` takes; None
        where there are none.
    """

    case: Case
    decision: Decision
    statements: tuple[str, ...]
    regression: mcda.OrdinalRegression
    value: mcda.ValueFunction | None
    region: Region | None

    @cached_property
    def tracks(self) -> list[Row]:
        """A row a track: its best and its worst rank under any value function that keeps the statements, its value."""
        ends = zip(self.decision.tracks, self.regression.best.tolist(), self.regression.worst.tolist(), strict=True)
        rows: list[Row] = [{"track": track, "best": best, "worst": worst} for track, best, worst in ends]
        if self.value is not None:
            values = self.value.values(self.decision.scores)
            for row, value, rank in zip(rows, values, competition_ranks(values), strict=True):
                row |= {"value": float(value), "rank": int(rank)}
        return rows

    @cached_property
    def pairs(self) -> list[Row]:
        """A row a pair of tracks: whether the first is surely, or only possibly, at least as good."""
        found, tracks = self.regression, self.decision.tracks
        return [
            {
                "track": one,
                "over": other,
                "status": "necessary" if found.necessary[i, k] else "possible" if found.possible[i, k] else "never",
            }
            for i, one in enumerate(tracks)
            for k, other in enumerate(tracks)
            if i != k
        ]

    @cached_property
    def factors(self) -> list[Row]:
        """A row a factor: its least and largest weight, by the value function and by weighted levels."""
        rows: list[Row] = [{"factor": factor} for factor in self.decision.factors]
        if self.value is not None:
            for row, weight, low, high in zip(
                rows, self.value.weights, self.value.lowest, self.value.highest, strict=True
            ):
                row |= {"weight": float(weight), "lowest": float(low), "highest": float(high)}
        if self.region is not None:
            ends = self.region.vertices
            for row, low, high in zip(rows, ends.min(axis=0), ends.max(axis=0), strict=True):
                row |= {"least": float(low), "most": float(high)}
        return rows

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao infer --json``."""
        return {
            "schema": "saidao/infer/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "statements": list(self.statements),
            "tracks": self.tracks,
            "pairs": self.pairs,
            "factors": self.factors,
            "value_function": None if self.value is None else self.value.to_dict(),
        }

    def text(self, lang: str = "en") -> list[str]:
        """Say how many pairs are decided, who is surely first, and what the middle value function says."""
        names = self.case.names(Track, lang)
        tracks = self.decision.tracks
        decided = int((self.regression.necessary & ~self.regression.necessary.T).sum())
        pairs = len(tracks) * (len(tracks) - 1) // 2
        lines = [say("infer.decided", lang, decided=decided, pairs=pairs, statements=len(self.statements))]
        sure = [row["track"] for row in self.tracks if row["worst"] == 1]
        maybe = [row["track"] for row in self.tracks if row["best"] == 1]
        if sure:
            lines.append(say("infer.first", lang, track=names[sure[0]]))
        else:
            told = track_names(self.case, maybe, lang)
            lines.append(say("infer.maybe", lang, number=len(maybe), tracks=told))
        if self.value is None:
            lines.append(say("infer.no_order", lang))
        else:
            best = min(self.tracks, key=lambda row: row["rank"])
            key = "infer.value" if self.value.error == 0 else "infer.error"
            lines.append(say(key, lang, track=names[best["track"]], error=self.value.error))
        if self.region is None:
            lines.append(say("infer.no_weights", lang))
        return lines

    def notes(self, lang: str = "en") -> list[str]:
        """Say what is proven, and how the statements go on to money."""
        told = " ".join(f'--region "{one}"' for one in self.statements)
        lines = [say("infer.proof", lang)]
        if self.region is not None:
            lines.append(say("infer.settled", lang, options=told))
        return [*lines, say("infer.settled_values", lang, options=told)]

    def declared(self) -> Iterator[Table]:
        """Yield the tracks, the factors, and every pair."""
        track = Column("track", "name", Track)
        value = (Column("value", "score"), Column("rank", "rank")) if self.value is not None else ()
        yield Table(
            "infer_tracks",
            (
                track,
                Column("best", "rank", heading="head.best_rank"),
                Column("worst", "rank", heading="head.worst_rank"),
                *value,
            ),
            sorted(self.tracks, key=lambda row: (row["best"], row["worst"])),
        )
        of_value = ("weight", "lowest", "highest") if self.value is not None else ()
        of_levels = ("least", "most") if self.region is not None else ()
        columns = tuple(Column(key, "weight", heading=f"head.infer_{key}") for key in (*of_value, *of_levels))
        yield Table("infer_factors", (Column("factor", "name", Factor), *columns), self.factors)
        yield Table(
            "infer_pairs",
            (
                track,
                Column("over", "name", Track, heading="head.infer_over"),
                Column("status", "word", of="infer_status"),
            ),
            self.pairs,
            most=0,
        )

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw between which ranks each track is."""
        names = self.case.names(Track, lang)
        rows = sorted(self.tracks, key=lambda row: (row["best"], row["worst"]))
        ax = plotting.axes(ax, len(rows))
        low, high = (np.array([float(row[key]) for row in rows]) for key in ("best", "worst"))
        at = np.array([float(row.get("rank", (row["best"] + row["worst"]) / 2)) for row in rows])
        plotting.intervals(ax, [names[row["track"]] for row in rows], low, at, high)
        return plotting.finished(ax, self.text(lang)[0], say("head.rank", lang))


@question("infer", example='saidao infer shanghai --say "quantum before biotech" --say "biotech before energy_storage"')
def infer(
    case: CaseLike,
    statements: Annotated[
        Iterable[str],
        Option("'a before b' of two tracks, or 'a like b'; repeatable.", flag="--say", metavar="TEXT", reads="list"),
    ] = (),
    pieces: Annotated[int, Option("Straight pieces of each factor's value, of UTASTAR.")] = 2,
    delta: Annotated[float, Option("By how much the better of two tracks is worth more, of UTASTAR.")] = 0.05,
    weights: WeightsOption = None,
    **options: Unpack[AhpOptions],
) -> Inference:
    """Tell what follows from statements about tracks ("hydrogen before storage"): surely, possibly, and in the middle.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook.
    statements : ``"a before b"``, ``"a like b"``, of tracks by id or name.
    pieces, delta : of UTASTAR, as for `mcda.uta`: its breaks are even between the ends of each factor's scores and
        scale.
    weights : what weighs the factors otherwise; only statements such as ``within`` would ask for them.
    **options : ``ticks``, and AHP's options, as for `saidao.rank`.

    Returns
    -------
    Inference
        `.tracks`: between which ranks each is under all value functions; `.pairs`: who is surely as good as whom.

    Raises
    ------
    CaseError
        Statements that cannot be read or contradict each other (a smallest set is named), unknown tracks, none at all.

    Notes
    -----
    Robust ordinal regression by Greco, Mousseau & Słowiński (2008), UTASTAR by Siskos & Yannacopoulos (1985): see
    `mcda.ordinal_regression` and `mcda.uta`.
    """
    case = load_case(case)
    chosen = settings(case, weights=weights, **options)
    check_ahp(chosen, options)
    data = decision(case, chosen.ticks)
    said = (statements,) if isinstance(statements, str) else tuple(statements)
    problems = []
    if not said:
        problems.append(Problem("infer_none", "statements"))
    if len(data.tracks) > MOST:
        problems.append(Problem("infer_size", "tracks", found=str(len(data.tracks)), details={"most": MOST}))
    if pieces < 1:
        problems.append(Problem("at_least", "pieces", found=str(pieces), details={"bound": 1}))
    if not delta > 0:
        problems.append(Problem("at_least", "delta", found=str(delta), details={"bound": 0}))
    if problems:
        raise CaseError(problems)
    before, alike = orders(case, data, said)
    import pandas as pd  # takes a third of a second

    matrix = pd.DataFrame(data.scores, index=list(data.tracks), columns=list(data.factors))
    named = [[(data.tracks[a], data.tracks[b]) for a, b in pairs] for pairs in (before, alike)]
    try:
        regression = mcda.ordinal_regression(matrix, data.directions, *named)
        value = _utastar(data, before, alike, pieces, delta)
    except mcda.InputError as error:
        if error.code == "statements_contradict":
            raise _contradiction(case, error.found) from None
        raise as_case_error(error, data) from None
    try:
        region = statement_region(case, data, factor_weights(case, data, weights, chosen).array, said)
    except CaseError:
        region = None
    return Inference(case, data, said, regression, value, region)


def _contradiction(case: Case, found: str) -> CaseError:
    """Return the error of statements that contradict each other, in either language."""
    english, chinese = (
        found.replace(" over ", " before "),
        found.replace(" over ", "优先于").replace(" like ", "相当于"),
    )
    for track in case.track_ids:
        english = english.replace(f"'{track}'", case.names(Track, "en")[track])
        chinese = chinese.replace(f"'{track}'", case.names(Track, "zh")[track])
    told = {"found_in_words": (english, chinese.replace(", ", "、"))}
    return CaseError([Problem("infer_contradict", "statements", found=english, details=told)])


Pairs = list[tuple[int, int]]


def _utastar(data: Decision, before: Pairs, alike: Pairs, pieces: int, delta: float) -> mcda.ValueFunction | None:
    """Return UTASTAR's value function where the statements put all their tracks in one order, ties included."""
    group = list(range(len(data.tracks)))
    for a, b in alike:
        group = [group[a] if g == group[b] else g for g in group]
    named = sorted({t for pair in (*before, *alike) for t in pair})
    ahead = {(group[a], group[b]) for a, b in before}
    kinds = {group[t] for t in named}
    for middle in kinds:  # what follows from following
        ahead |= {(a, c) for a, b in ahead if b == middle for d, c in ahead if d == middle}
    if any((a, b) not in ahead and (b, a) not in ahead for a in kinds for b in kinds if a != b):
        return None
    ranks = [1 + sum((other, group[t]) in ahead for other in kinds) for t in named]
    low, high = data.scores.min(axis=0), data.scores.max(axis=0)
    low, high = (
        np.minimum(low, np.minimum(data.worst, data.target)),
        np.maximum(high, np.maximum(data.worst, data.target)),
    )
    breaks = [
        np.linspace(a, b, pieces + 1) if way == "max" else np.linspace(b, a, pieces + 1)
        for a, b, way in zip(low, high, data.directions, strict=True)
    ]
    found = mcda.uta(data.scores[named], ranks, breaks, delta=delta)
    return mcda.ValueFunction(data.factors, found.breaks, found.increments, found.error, found.lowest, found.highest)
