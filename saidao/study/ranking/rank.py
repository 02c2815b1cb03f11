"""The ranking of a case's tracks: scores and ranks, who is first, and the tables on the way there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from ... import mcda
from ...case import Case, load_case
from ...case.tables import Factor, Track
from ...mcda.registry import Step
from ...results.column import Column, Row, Table
from ...results.question import question
from ...results.result import Result
from ...texts.captions import CAPTIONS_ZH
from ...texts.say import say
from ..array_errors import as_case_error
from ..decision import decision
from ..names import method_name, scheme_name, track_names
from ..options import CaseLike, MethodOption, RankingOptions, WeightsOption
from ..ranking.sentences import combined, consistency, score_period
from ..settings import check_ahp, settings
from .weighing import factor_weights, ranking_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class TrackRanking(Result, mcda.Ranking):
    """The result of `saidao.rank`: a `mcda.Ranking` of the tracks of `case`, in words and as tables too."""

    case: Case = field(kw_only=True)

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao rank --json``."""
        return mcda.Ranking.to_dict(self)

    @property
    def order(self) -> list[int]:
        """Places of the tracks, the best first."""
        return sorted(range(len(self.alternatives)), key=lambda i: (self.rank_array[i], i))

    def text(self, lang: str = "en") -> list[str]:
        """Say who is first, and who follows."""
        names = self.case.names(Track, lang)
        ranks = self.rank_array
        groups = [
            [str(self.alternatives[i]) for i in self.order if ranks[i] == rank]
            for rank in sorted(set(ranks.tolist()))[:2]
        ]
        (first, number), *second = ((track_names(self.case, group, lang), len(group)) for group in groups)
        method, weights = method_name(self.method, lang), scheme_name(self.weights.scheme, lang)
        found = say("rank.first", lang, first=first, number=number, method=method, weights=weights, tracks=len(names))
        return [found, *(say("rank.second", lang, second=name, number=number) for name, number in second)]

    def notes(self, lang: str = "en") -> list[str]:
        """Say how scores are to be read, and which law the method breaks."""
        broken = say("list", lang).join(say(f"law.{law}", lang) for law in mcda.methods()[self.method].breaks)
        told = [say("rank.breaks", lang, method=method_name(self.method, lang), laws=broken)] if broken else []
        period = score_period(self.case, lang).strip()
        ties = say("ties", lang, better=say(f"better.{self.better}", lang))
        return [ties, *told, *combined(self.weights, lang), *([period] if period else [])]

    def declared(self) -> Iterator[Table]:
        """Yield the ranking, the weights, and the tables on the way to the scores."""
        tracks, ranks, scores = self.alternatives, self.rank_array, self.score_array
        yield Table(
            "ranking",
            (Column("rank", "rank"), Column("track", "name", Track), Column("score", "score")),
            [{"rank": int(ranks[i]), "track": str(tracks[i]), "score": float(scores[i])} for i in self.order],
        )
        yield weights_table(self.weights)
        yield from step_tables(self, self.case)

    def plot(self, ax: Axes | None = None, lang: str = "en", *, names: dict[str, str] | None = None) -> Axes:
        """Draw a bar a track, the best on top."""
        drawn = mcda.Ranking.plot(self, ax, names=names or self.case.names(Track, lang))
        return mcda.plotting.finished(drawn, self.text(lang)[0])


def weights_table(weights: mcda.Weights) -> Table:
    """Return the weights of the factors, with how consistent the judgements are that they come from."""
    found = weights.consistency
    return Table(
        "weights",
        (Column("factor", "name", Factor), Column("weight", "weight")),
        weights.rows(),
        note="" if found is None else lambda lang: consistency(found, lang),
    )


def step_tables(ranking: mcda.Ranking, case: Case) -> Iterator[Table]:
    """Yield every intermediate table of a ranking whose axes are tracks and factors, for files and reports."""
    for step in ranking.step_meanings:
        values = np.asarray(ranking.step_arrays[step.symbol])
        factors = [Column(str(f), "score", heading=_named(case, Factor, str(f))) for f in ranking.weights.criteria]
        single = (Column("value", "score", heading=lambda lang, symbol=step.symbol: symbol),)  # type: ignore[misc]
        named = Column("track", "name", Track)
        if step.axes == ("alternative", "criterion"):
            columns: tuple[Column, ...] = (named, *factors)
            rows = [
                _by_factor(ranking, row) | {"track": str(t)}
                for t, row in zip(ranking.alternatives, values, strict=True)
            ]
        elif step.axes == ("criterion",):
            columns, rows = tuple(factors), [_by_factor(ranking, values)]
        elif step.axes == ("alternative",):
            columns = (named, *single)
            rows = [{"track": str(t), "value": float(v)} for t, v in zip(ranking.alternatives, values, strict=True)]
        else:
            continue
        yield Table(f"step_{step.symbol}", columns, rows, title=_caption(step), sheet=_symbol(step), most=0)


def _by_factor(ranking: mcda.Ranking, values: Any) -> Row:
    return {str(f): float(v) for f, v in zip(ranking.weights.criteria, values, strict=True)}


def _named(case: Case, model: type[Any], key: str) -> Any:
    return lambda lang: case.names(model, lang)[key]


def _caption(step: Step) -> Any:
    return lambda lang: f"{step.symbol}: {CAPTIONS_ZH[step.caption] if lang == 'zh' else step.caption}"


def _symbol(step: Step) -> Any:
    return lambda lang: step.symbol


@question("rank", example="saidao rank shanghai --method vikor --weights entropy")
def rank(
    case: CaseLike, weights: WeightsOption = None, method: MethodOption = None, **options: Unpack[RankingOptions]
) -> TrackRanking:
    """Rank the tracks.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook.
    weights : a scheme's name, a mapping or Series by factor; the case's default if left out.
    method : a method's name (see ``saidao methods``); the case's default if left out.
    **options : ``ticks``, AHP's as in `weigh`, ``normalisation``, and the method's own; what is given
        by factor, such as SPOTIS's ``bounds``, may be a mapping.

    Returns
    -------
    TrackRanking
        `.scores`, `.ranks`: Series of T values by track (rank 1 is best; `.better` says whether higher or lower scores
        are); `.steps`: tables by symbol.

    Raises
    ------
    CaseError
        With every problem found.

    Examples
    --------
    >>> rank("shanghai", method="vikor").ranks.idxmin()
    'green_icv'
    """
    case = load_case(case)
    chosen = settings(case, weights=weights, method=method, **options)
    check_ahp(chosen, options)
    data = decision(case, chosen.ticks)
    weighed = factor_weights(case, data, weights, chosen)
    try:
        found = ranking_of(data, data.scores, weighed, chosen)
    except mcda.InputError as error:
        raise as_case_error(error, data) from None
    known = {one.name: getattr(found, one.name) for one in fields(found)}
    about = {"case": case.name, "imputed": case.imputed, "settings": chosen.to_dict()}
    return TrackRanking(**{**known, "about": about}, case=case)
