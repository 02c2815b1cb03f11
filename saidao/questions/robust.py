"""How far the ranking of a case holds when nobody knows the weights: SMAA in the case's names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Unpack

import numpy as np

from .. import mcda
from ..case import Case, load_case
from ..case.tables import Factor, Track
from ..errors import CaseError, Problem
from ..results.result import Row, Told
from ..study import settings, verbs
from ..study.array_errors import as_case_error
from ..study.decision import Array, decision
from ..texts.say import say

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from ..mcda.names import MethodName
    from ..study.options import RankingOptions
    from ..study.settings import WeightsLike


WITHIN = 0.2
"""How far weights may be off those that they are drawn around, as a share of each, where nothing else is said."""


@dataclass(frozen=True)
class Robustness(Told):
    """The result of `saidao.robustness`; `smaa` holds the indices by track and rank."""

    case: Case
    smaa: mcda.Smaa
    settings: settings.Settings
    region: tuple[str, ...]

    @property
    def tracks(self) -> tuple[str, ...]:
        """The tracks."""
        return tuple(map(str, self.smaa.alternatives))

    def text(self, lang: str = "en") -> list[str]:
        """Sentences: who is first, who can never be, and how sure it is."""
        names, factors = self.case.names(Track, lang), self.case.names(Factor, lang)
        s, first = self.smaa, self.smaa.first
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
        never = [names[t] for t, share in zip(self.tracks, first, strict=True) if share == 0]
        if first[lead] == 1:
            track = names[self.tracks[lead]]
            return [say("robust.always", lang, track=track, samples=s.samples, bound=3 / s.samples)]
        if never:
            sentences.append(say("robust.never", lang, tracks=say("list", lang).join(never), bound=3 / s.samples))
        return sentences

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao robust --json``."""
        return {**self.smaa.to_dict(), "settings": self.settings.to_dict(), "region": list(self.region)}

    def rows(self) -> list[Row]:
        """One row a track."""
        return self.smaa.rows()

    def to_frame(self) -> pd.DataFrame:
        """One row a track: expected rank, confidence factor, and the acceptability of every rank."""
        return self.smaa.to_frame()


def robustness(
    case: Case | str | Path,
    samples: int = 10_000,
    seed: int = 0,
    *,
    method: MethodName | None = None,
    sampled: Array | pd.DataFrame | None = None,
    region: Iterable[str] = (),
    around: WeightsLike | None = None,
    within: float | None = None,
    spread: float | None = None,
    **options: Unpack[RankingOptions],
) -> Robustness:
    """Rank the tracks of a case under many weights.

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
    statements = (region,) if isinstance(region, str) else tuple(region)
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
        w = verbs.weigh(case, around, ticks=chosen.ticks).array
        share = WITHIN if within is None else within
        low, high = w * (1 - share), np.minimum(w * (1 + share), 1.0)
        about_w = tuple(f"{a:.12g} <= {f} <= {b:.12g}" for f, a, b in zip(data.factors, low, high, strict=True))
    import pandas as pd

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
    return Robustness(case, replace(found, names=("track", "factor"), about=about), chosen, part.statements)
