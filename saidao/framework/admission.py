"""5 + 12 + X: candidate tracks sorted into admit, watch and reject; those admitted are tracks like the others.

Sorting by ELECTRE TRI (`mcda/ranking/electre_tri.py`) between two profiles, the columns `watch` and `admit` of the
table `indicators`: a candidate is admitted if it is credibly at least as good as the profile `admit`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import mcda, study
from ..case import Case, load_case
from ..case.tables import Candidate, Indicator, Score, Track
from ..errors import CaseError, Problem, nearest
from ..provenance import Sources
from ..result import Row, Told
from ..words import say

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

CATEGORIES = ("reject", "watch", "admit")


@dataclass(frozen=True)
class Candidates(Told):
    """The result of `saidao.candidates`.

    `sorting` holds the credibilities, the steps of ELECTRE TRI; `ranked_by` the options of the ranking that shows what
    admission does; `also` who is admitted whatever the sorting says.
    """

    case: Case
    settings: dict[str, Any]
    sorting: mcda.Ranking
    ranked_by: Mapping[str, Any]
    also: tuple[str, ...] = ()

    @cached_property
    def listed(self) -> list[Row]:
        """A row a candidate: its category, the credibilities, what it falls short on, and what rests on assumptions."""
        indicators, sources = self.case.rows(Indicator), Sources(self.case)
        credible = np.asarray(self.sorting.step_arrays["S"])
        rows = []
        for i, row in enumerate(self.case.rows(Candidate)):
            value = {k.indicator: float((row.model_extra or {})[k.indicator]) for k in indicators}
            sign = {k.indicator: 1.0 if k.direction == "max" else -1.0 for k in indicators}
            assumed = [
                k.indicator for k in indicators
                if sources.kind("candidates", (row.candidate,), k.indicator) == "assumption"
            ]  # fmt: skip
            rows.append(
                {
                    "candidate": row.candidate,
                    "category": CATEGORIES[int(self.sorting.score_array[i]) - 1],
                    "credibility_watch": float(credible[i, 0]),
                    "credibility_admit": float(credible[i, 1]),
                    "short_of_admit": [k.indicator for k in indicators
                                       if sign[k.indicator] * (value[k.indicator] - k.admit) < 0],
                    "assumed": assumed,
                    **value,
                }
            )  # fmt: skip
        return rows

    @property
    def admitted(self) -> list[str]:
        """Candidates that are sorted into `admit`, and those that are admitted all the same."""
        return [row["candidate"] for row in self.listed if row["category"] == "admit" or row["candidate"] in self.also]

    @cached_property
    def ranking(self) -> list[Row]:
        """Rank of every track without and with those admitted (null: it is one of them).

        `turned`: tracks that it stood behind and now stands before.
        """
        if not self.admitted or not all(_scored(self.case, c) for c in self.admitted):
            return []
        before = study.rank(self.case, **self.ranked_by)
        after = study.rank(admit(self.case, self.admitted), **self.ranked_by)
        old = dict(zip(map(str, before.alternatives), before.rank_array.tolist(), strict=True))
        new = dict(zip(map(str, after.alternatives), after.rank_array.tolist(), strict=True))
        return [
            {
                "track": t, "rank": old.get(t), "rank_with": new[t],
                "turned": [u for u in old if t in old and old[t] > old[u] and new[t] < new[u]],
            }
            for t in new
        ]  # fmt: skip

    def text(self, lang: str = "en") -> list[str]:
        """Sentences: what each candidate is sorted into and why, and what its admission does to the ranking."""
        names, indicators = self.case.names(Candidate, lang), self.case.names(Indicator, lang)
        join = say("list", lang).join
        sentences = []
        for row in self.listed:
            short = join(indicators[k] for k in row["short_of_admit"])
            sentences.append(
                say(f"candidates.{row['category']}", lang, name=names[row["candidate"]],
                    credibility=row["credibility_admit"], watch=row["credibility_watch"])
            )  # fmt: skip
            sentences.append(
                say("candidates.short", lang, short=short) if short else say("candidates.none_short", lang)
            )
            if row["candidate"] in self.also and row["category"] != "admit":
                sentences.append(say("candidates.also", lang, name=names[row["candidate"]]))
            if row["assumed"]:
                told = join(indicators[k] for k in row["assumed"])
                sentences.append(say("candidates.assumed", lang, indicators=told))
        if self.ranking:
            turned = sum(len(row["turned"]) for row in self.ranking)
            new = [row for row in self.ranking if row["rank"] is None]
            ranked = join(say("candidates.rank", lang, name=names[row["track"]], rank=row["rank_with"]) for row in new)
            key = "candidates.turned" if turned else "candidates.not_turned"
            sentences.append(say(key, lang, ranked=ranked, tracks=len(self.ranking), turned=turned))
        return sentences

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao candidates --json``."""
        return {
            "schema": "saidao/candidates/1",
            "case": self.case.name,
            "settings": self.settings,
            "candidates": self.listed,
            "admitted": self.admitted,
            "ranking": self.ranking,
        }

    def rows(self) -> list[Row]:
        """One row a candidate; lists as texts."""
        return [{k: "; ".join(v) if isinstance(v, list) else v for k, v in row.items()} for row in self.listed]

    def to_frame(self, table: str = "candidates") -> pd.DataFrame:
        """Return one table: candidates, or ranking (with those admitted)."""
        import pandas as pd

        if table not in ("candidates", "ranking"):
            raise KeyError(f"no table {table!r}; one of candidates, ranking")
        return pd.DataFrame(self.rows() if table == "candidates" else self.ranking)


def candidates(case: Case | str | Path, *, cut: float = 0.75, also: Iterable[str] = (), **options: Any) -> Candidates:
    """Sort the candidate tracks of a case into admit, watch and reject, with the reason.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook, with the tables `candidates` and `indicators`.
    cut : credibility from which a candidate counts as at least as good as a profile, above 0.5, to 1.
    also : candidates that are admitted whatever the sorting says, to see what that does.
    **options : of the ranking that shows what admission does, as for `saidao.rank`.

    Raises
    ------
    CaseError
        With every problem found.

    Source: Mousseau, Slowinski & Zielniewicz (2000), Computers & Operations Research 27(7-8), 757-777.
    """
    case = load_case(case)
    indicators, found = case.rows(Indicator), case.rows(Candidate)
    if not indicators or not found:
        raise CaseError([Problem("needs_candidates", "candidates.csv" if indicators else "indicators.csv")])
    chosen, named = study.settings(case, **options), tuple(also)
    admit(case, named)  # whether they can be
    matrix = np.array([[float((row.model_extra or {})[k.indicator]) for k in indicators] for row in found])

    def thresholds(name: str) -> list[float | None]:
        return [getattr(k, name) for k in indicators]

    more: dict[str, Any] = {"p": thresholds("preference")} if any(k.preference is not None for k in indicators) else {}
    if any(k.veto is not None for k in indicators):
        more["v"] = thresholds("veto")
    try:
        sorting = mcda.rank(
            matrix, [k.weight for k in indicators], [k.direction for k in indicators], "electre_tri",
            profiles=[[k.watch, k.admit] for k in indicators], q=[k.indifference for k in indicators], cut=cut, **more,
        )  # fmt: skip
    except mcda.InputError as error:
        raise study.told(error) from None
    return Candidates(
        case,
        {"weights": chosen.weights, "method": chosen.method, "cut": cut, "also": list(named)},
        sorting,
        options,
        named,
    )


def admit(case: Case | str | Path, names: Iterable[str] | str) -> Case:
    """Return the case with candidates among its tracks: ranked, and served by every measure for all or for their type.

    Columns that both tables have are taken over, such as its stage of the race.

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
        Problem("needs_scores", case.tables["candidates"].file, None, name)
        for name in wanted
        if name in known and not _scored(case, name)
    ]
    if problems:
        raise CaseError(problems)
    new = [known[name] for name in wanted]
    shared = set(case.tables["tracks"].header) - {"track"}
    tracks = [
        Track.model_validate(
            {"track": row.candidate, **{k: v for k, v in row.model_dump(exclude_unset=True).items() if k in shared}}
        )
        for row in new
    ]
    scores = [
        Score.model_validate({"track": row.candidate, **{f: (row.model_extra or {})[f] for f in case.factor_ids}})
        for row in new
    ]
    return case.with_rows(tracks=[*case.rows(Track), *tracks], scores=[*case.rows(Score), *scores])


def _scored(case: Case, name: str) -> bool:
    """Whether a candidate has a score on every factor."""
    row = next(r for r in case.rows(Candidate) if r.candidate == name)
    return all((row.model_extra or {}).get(f) not in (None, "") for f in case.factor_ids)
