"""How far the ranking of a case holds when nobody knows the weights: SMAA in the case's names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Unpack

import numpy as np

from .. import mcda
from ..case import Case, load_case
from ..case.tables import Factor, Track
from ..errors import CaseError, Problem
from ..mcda.labels import Table as Numbers
from ..mcda.plotting import finished
from ..results.column import Column, Row, Table, literal
from ..results.question import Option, question
from ..results.result import Result
from ..study import settings
from ..study.array_errors import as_case_error
from ..study.decision import Decision, decision
from ..study.names import track_names
from ..study.options import CaseLike, MethodOption, RankingOptions, SamplesOption, SeedOption
from ..study.ranking.weights import weigh
from ..study.settings import WeightsLike
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHOWN = 30
"""Ranks, and of many tracks those, that a terminal shows."""
WITHIN = 0.2
"""How far weights may be off those that they are drawn around, as a share of each, where nothing else is said."""


@dataclass(frozen=True)
class Robustness(Result):
    """The result of `saidao.robustness`; `smaa` holds the indices by track and rank.

    `best_everywhere`: a track that no other is better than on any factor, so that it is first whatever the weights.
    """

    case: Case
    smaa: mcda.Smaa
    settings: settings.Settings
    region: tuple[str, ...]
    best_everywhere: str | None = None

    @property
    def tracks(self) -> tuple[str, ...]:
        """The tracks."""
        return tuple(map(str, self.smaa.alternatives))

    def text(self, lang: str = "en") -> list[str]:
        """Sentences: who is first, who can never be, and how sure it is."""
        names, factors = self.case.names(Track, lang), self.case.names(Factor, lang)
        s, first = self.smaa, self.smaa.first
        if self.best_everywhere is not None:
            return [say("robust.best_everywhere", lang, track=names[self.best_everywhere])]
        order = np.argsort(-first, kind="stable")
        lead = int(order[0])
        error = s.error_array[:, 0]
        sentences = [
            say(
                "robust.first",
                lang,
                track=names[self.tracks[lead]],
                share=float(first[lead]),
                error=float(error[lead]),
                samples=s.samples,
            )
        ]
        others = [int(i) for i in order[1:] if first[i] > 0]
        if others:
            told = [say("robust.other", lang, track=names[self.tracks[i]], share=float(first[i])) for i in others[:3]]
            sentences.append(say("robust.others", lang, others=say("list", lang).join(told)))
            rival = others[0]
            more = s.central_array[rival] - s.central_array[lead]
            j = int(more.argmax())
            sentences.append(
                say(
                    "robust.central",
                    lang,
                    track=names[self.tracks[rival]],
                    factor=factors[str(s.criteria[j])],
                    weight=float(s.central_array[rival, j]),
                    instead=float(s.central_array[lead, j]),
                )
            )
        never = [t for t, share in zip(self.tracks, first, strict=True) if share == 0]
        if first[lead] == 1:
            track = names[self.tracks[lead]]
            return [say("robust.always", lang, track=track, samples=s.samples, bound=3 / s.samples)]
        if never:
            tracks = track_names(self.case, never, lang)
            sentences.append(say("robust.never", lang, tracks=tracks, bound=3 / s.samples))
        return sentences

    def notes(self, lang: str = "en") -> list[str]:
        """Say which tracks are not written rank by rank."""
        written = len(self.smaa.written)
        if written == len(self.tracks):
            return []
        return [say("robust.written", lang, written=written, tracks=len(self.tracks))]

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao robust --json``."""
        return self.document()

    def document(self, lang: str = "en") -> Row:
        """Return plain data, with what is left out told in *lang*."""
        told = self.notes(lang)
        own = {"settings": self.settings.to_dict(), "region": list(self.region)}
        return {**self.smaa.to_dict(), **own, **({"left_out": told} if told else {})}

    def declared(self) -> Iterator[Table]:
        """Yield the share of the weights under which each track has each rank, the best expected rank first."""
        rows, tracks = self.smaa.rows(), len(self.tracks)
        written = len(self.smaa.written)
        shares = [
            Column(
                f"rank_{r}", "chance", heading=literal(str(r)), seen="files" if r > SHOWN < written else "everywhere"
            )
            for r in range(1, written + 1)
        ]
        expected, confidence = Column("expected_rank", "ratio"), Column("confidence", "share", seen="files")
        yield Table(
            "robust",
            (Column("track", "name", Track), expected, confidence, *shares),
            sorted(rows, key=lambda row: float(row["expected_rank"])),
            most=None if tracks == written else SHOWN,
        )

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw rank acceptability, tracks x ranks."""
        return finished(self.smaa.plot(ax, self.case.names(Track, lang)), self.text(lang)[0])


@question("robust", example="saidao robust shanghai --around ahp --within 0.3", pictures=("acceptability",))
def robustness(
    case: CaseLike,
    samples: SamplesOption = 10_000,
    seed: SeedOption = 0,
    *,
    method: MethodOption = None,
    sampled: Numbers | None = None,
    region: Annotated[
        Iterable[str] | None,
        Option("Only weights with 'f >= 0.2', 'f >= g'; repeatable.", metavar="STATEMENT", reads="list"),
    ] = (),
    around: Annotated[
        WeightsLike | None, Option("Only weights near those of a scheme, or near f1=0.5,f2=0.3,...", reads="weights")
    ] = None,
    within: Annotated[float | None, Option("How near, as a share of each weight (0.2).", needs="around")] = None,
    spread: Annotated[float | None, Option("Scores are uncertain: standard deviation, share of the scale.")] = None,
    **options: Unpack[RankingOptions],
) -> Robustness:
    """Rank under many weights: who is first under which share of them, and who never.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, or a folder.
    samples, seed : how many weight vectors are drawn uniformly; the same for the same seed.
    method : ranking method; the case's own if left out.
    sampled : (K, F) weight vectors to be taken instead.
    region : statements about the weights, such as ``"demand >= 0.1"`` or ``"factor >= demand"``.
    around, within : only weights that are off those of a scheme by at most this share of each (0.2 if left out).
    spread : scores are uncertain too: standard deviation, as a share of each factor's scale from worst to target.
    **options : as for `saidao.rank`.

    Raises
    ------
    CaseError
        With every problem found.
    """
    case = load_case(case)
    chosen = settings.settings(case, method=method, **options)
    data = decision(case, chosen.ticks)
    statements = tuple(region or ())
    problems = [
        Problem("at_least", name, found=str(value), details={"bound": 0})
        for name, value in (("within", within), ("spread", spread), ("seed", seed))
        if value is not None and not (np.isfinite(value) and value >= 0)
    ]
    if within is not None and around is None:
        problems.append(Problem("needs_option", "within", found=f"{within:g}", details={"option": "around"}))
    if problems:
        raise CaseError(problems)
    if around is not None:
        w = weigh(case, around, ticks=chosen.ticks).array
        share = WITHIN if within is None else within
        low, high = w * (1 - share), np.minimum(w * (1 + share), 1.0)
        about_w = tuple(f"{a:.12g} <= {f} <= {b:.12g}" for f, a, b in zip(data.factors, low, high, strict=True))
    import pandas as pd  # takes a third of a second

    matrix = pd.DataFrame(data.scores, index=list(data.tracks), columns=list(data.factors))
    scale = np.abs(data.target - data.worst)
    try:
        part = mcda.region(data.factors, statements)
        if around is not None:
            part = part.within(low, high, about_w)
        found = mcda.smaa(
            matrix,
            data.directions,
            chosen.method,
            samples,
            seed,
            sampled,
            region=part,
            spread=None if spread is None else spread * scale,
            **chosen.ranking,
        )
    except mcda.InputError as error:
        raise as_case_error(error, data) from None
    about = {"case": case.name, "imputed": case.imputed}
    best = None if spread is not None or "dominance" in mcda.methods()[chosen.method].breaks else _best(data)
    return Robustness(case, replace(found, names=("track", "factor"), about=about), chosen, part.statements, best)


def _best(data: Decision) -> str | None:
    """Return the one track that has the best score on every factor; None where none has, or several have."""
    better = np.where(np.array(data.directions) == "min", -data.scores, data.scores)
    best = np.flatnonzero((better == better.max(axis=0)).all(axis=1))
    return data.tracks[best[0]] if len(best) == 1 else None
