"""How firm the ranking of a case is: weights, tracks that come and go, factors that say the same twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Unpack

import numpy as np

from .. import mcda
from ..case import Case, load_case
from ..case.tables import Factor, Track
from ..mcda.plotting import axes, finished, intervals
from ..results.column import Column, Row, Table
from ..results.question import question
from ..results.result import Result
from ..study import settings
from ..study.array_errors import as_case_error
from ..study.decision import decision
from ..study.options import CaseLike, MethodOption, RankingOptions, WeightsOption
from ..study.ranking.rank import rank
from ..texts.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes


MOST_WHOLE = 100
"""Tracks up to which data hold every pair whose order a test turns round."""
FIRST_PAIRS = 10
"""Pairs of each test that data hold of more tracks."""
SHOWN = 30
"""Tests of more tracks that a terminal shows."""


@dataclass(frozen=True)
class Sensitivity(Result):
    """The result of `saidao.sensitivity`."""

    case: Case
    settings: settings.Settings
    ranking: mcda.Ranking
    stability: mcda.Stability
    reversals: tuple[mcda.Reversal, ...]
    dependence: mcda.Dependence

    @property
    def intervals(self) -> list[Row]:
        """Each factor's weight, and where the first rank and the whole ranking hold, the others in proportion."""
        keys = ("weight", "first_low", "first_high", "low", "high")
        return [
            {"factor": str(i.criterion), **{key: getattr(i, key) for key in keys}} for i in self.stability.intervals
        ]

    @property
    def tests(self) -> list[Row]:
        """Rank-reversal tests, one a row."""
        return [
            {
                "test": t.test,
                "track": str(t.alternative),
                "first_changes": t.first_changes,
                "undefined": t.undefined,
                "pairs": [[str(a), str(b)] for a, b in t.pairs[: self.pairs_written]],
                **({"turned": len(t.pairs)} if self.pairs_written else {}),
            }
            for t in self.reversals
        ]

    @property
    def pairs_written(self) -> int | None:
        """Pairs that data hold of each test: all (None), of more than `MOST_WHOLE` tracks the first ones."""
        return None if len(self.ranking.alternatives) <= MOST_WHOLE else FIRST_PAIRS

    @property
    def effective(self) -> list[Row]:
        """Weight of each factor, and its share of the variance of the additive score."""
        d = self.dependence
        return [
            {"factor": str(c), "weight": float(w), "effective": float(e)}
            for c, w, e in zip(d.criteria, d.weights, d.effective, strict=True)
        ]

    @property
    def correlations(self) -> list[Row]:
        """Correlation of every two factors; null where all tracks are equal on one of them."""
        d, n = self.dependence, len(self.dependence.criteria)
        return [
            {
                "one": str(d.criteria[i]),
                "other": str(d.criteria[j]),
                "pearson": _number(d.pearson[i, j]),
                "spearman": _number(d.spearman[i, j]),
                "twice": (i, j) in d.twice,
            }
            for i in range(n)
            for j in range(i + 1, n)
        ]

    @property
    def nearest(self) -> Row | None:
        """The nearest weights that change who is first; None where none were found, or (`proven`) none do."""
        near = self.stability.nearest
        if near is None:
            return None
        criteria = [str(i.criterion) for i in self.stability.intervals]
        return {
            "track": str(near.rival),
            "distance": near.distance,
            "weights": dict(zip(criteria, near.weights.tolist(), strict=True)),
        }

    def text(self, lang: str = "en") -> list[str]:
        """Sentences, the answer first."""
        tracks, factors = self.case.names(Track, lang), self.case.names(Factor, lang)
        r = self.ranking
        first = tracks[str(r.alternatives[int(np.flatnonzero(r.rank_array == 1)[0])])]
        near = self.nearest
        if near is None:
            sentences = [say("sense.always_first" if self.stability.proven else "sense.none_found", lang, track=first)]
        else:
            key = "sense.nearest" if self.stability.nearest_exact else "sense.nearest_found"
            sentences = [say(key, lang, track=first, distance=near["distance"], rival=tracks[near["track"]])]
        tight = min(self.intervals, key=lambda row: float(row["high"] - row["low"]))
        sentences.append(
            say(
                "sense.tightest",
                lang,
                factor=factors[tight["factor"]],
                **{key: tight[key] for key in ("weight", "low", "high")},
            )
        )
        turned = [row for row in self.tests if row["pairs"] or row["first_changes"]]
        firsts = sum(row["first_changes"] for row in self.tests)
        key = "sense.reversals" if turned else "sense.no_reversal"
        sentences.append(say(key, lang, turned=len(turned), tests=len(self.tests), firsts=firsts))
        for row in self.correlations:
            if row["twice"]:
                weight = sum(e["weight"] for e in self.effective if e["factor"] in (row["one"], row["other"]))
                sentences.append(
                    say(
                        "sense.twice",
                        lang,
                        one=factors[row["one"]],
                        other=factors[row["other"]],
                        r=row["pearson"],
                        weight=weight,
                    )
                )
        return sentences

    def notes(self, lang: str = "en") -> list[str]:
        """How the intervals and the nearest weights are found."""
        s = self.stability
        kind = "exact" if s.nearest_exact else "exact_intervals" if s.exact else "numerical"
        return [say(f"sense.{kind}", lang), *([self._left_out(lang)] if self.pairs_written else [])]

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao sensitivity --json``."""
        return self.document()

    def document(self, lang: str = "en") -> Row:
        """Return plain data, with what is left out told in *lang*."""
        return {
            "schema": "saidao/sensitivity/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "settings": self.settings.to_dict(),
            "exact": self.stability.exact,
            "nearest_exact": self.stability.nearest_exact,
            "proven": self.stability.proven,
            "intervals": self.intervals,
            "nearest": self.nearest,
            "reversals": self.tests,
            "correlations": self.correlations,
            "effective": self.effective,
            **({"left_out": [self._left_out(lang)]} if self.pairs_written else {}),
        }

    def _left_out(self, lang: str) -> str:
        return say("sense.left_out", lang, tracks=len(self.ranking.alternatives), pairs=FIRST_PAIRS)

    def declared(self) -> Iterator[Table]:
        """Yield where the ranking holds, which tests turn it round, and what the weights amount to."""
        factor = Column("factor", "name", Factor)
        yield Table(
            "intervals",
            (factor, *(Column(key, "ratio") for key in ("weight", "low", "high", "first_low", "first_high"))),
            self.intervals,
            title="title.sense",
        )
        turned = [row for row in self.tests if row["pairs"] or row["first_changes"]]
        yield Table(
            "reversals",
            (
                Column("test", "word"),
                Column("track", "name", Track),
                Column("turned", "count"),
                Column("first_changes", "flag"),
            ),
            [{"turned": len(row["pairs"]), **row} for row in turned],
            most=SHOWN if self.pairs_written else None,
        )
        yield Table("effective", (factor, Column("weight", "ratio"), Column("effective", "ratio")), self.effective)
        yield Table(
            "correlations",
            (
                Column("one", "name", Factor),
                Column("other", "name", Factor),
                Column("pearson", "ratio"),
                Column("spearman", "ratio"),
                Column("twice", "flag"),
            ),
            self.correlations,
            most=0,
        )

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw each factor's weight, and the interval within which the ranking holds."""
        names = self.case.names(Factor, lang)
        low, at, high = (np.array([row[key] for row in self.intervals]) for key in ("low", "weight", "high"))
        ax = axes(ax, len(self.intervals))
        intervals(ax, [names[row["factor"]] for row in self.intervals], low, at, high)
        return finished(ax, self.text(lang)[1], say("plot.weight", lang))


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


@question("sensitivity", example="saidao sensitivity shanghai --method wsm")
def sensitivity(
    case: CaseLike, weights: WeightsOption = None, method: MethodOption = None, **options: Unpack[RankingOptions]
) -> Sensitivity:
    """Find how far weights can move, and tracks come and go, before the ranking changes.

    Parameters are those of `saidao.rank`.

    Raises
    ------
    CaseError
        With every problem found.
    """
    import pandas as pd  # takes a third of a second

    case = load_case(case)
    found = rank(case, weights, method, **options)
    chosen = settings.settings(case, weights=weights, method=method, **options)
    data = decision(case, chosen.ticks)
    matrix = pd.DataFrame(data.scores, index=list(data.tracks), columns=list(data.factors))
    w, directions = found.weights.array, data.directions
    try:
        return Sensitivity(
            case,
            chosen,
            found,
            mcda.stability(matrix, w, directions, chosen.method, **chosen.ranking),
            mcda.rank_reversals(matrix, w, directions, chosen.method, **chosen.ranking),
            mcda.dependence(matrix, w, directions),
        )
    except mcda.InputError as error:
        raise as_case_error(error, data) from None
