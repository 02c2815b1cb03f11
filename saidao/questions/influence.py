"""What moves the ranking and the money: shares of their variance that each choice makes, over all combinations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Annotated, Any, Unpack, cast

import numpy as np

from .. import mcda
from ..case import Case, load_case
from ..case.settings import Stance
from ..case.tables import Track
from ..errors import CaseError, Problem
from ..mcda import plotting
from ..optimize import OBJECTIVES
from ..results.column import Column, Row, Table
from ..results.question import Option, question
from ..results.result import Result
from ..study import settings
from ..study.decision import Array
from ..study.names import method_name, normalisation_name, scheme_name
from ..study.options import AhpOptions, CaseLike
from ..study.planning.programme import check_plannable
from ..study.planning.solving import problem_and_solver, solve
from ..study.ranking.named_choices import SchemesOption, labelled, parents, unknown
from ..study.ranking.rank import rank
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SCHEMES = ("equal", "ahp", "entropy", "critic", "standard_deviation")
METHODS: tuple[mcda.MethodName, ...] = ("topsis", "wsm", "wpm", "vikor", "promethee_ii")
NORMALISATIONS = ("vector", "minmax", "sum", "max")
OBJECTIVES_TRIED = ("weighted", "maxmin")
"""Choices that are tried where none are named."""
MOST, MOST_PLANS = 20_000, 400
"""Rankings, and plans, beyond which combinations are too many."""


@dataclass(frozen=True)
class Influence(Result):
    """The result of `saidao.influence`.

    Attributes
    ----------
    answer : ``ranks`` or ``money``.
    levels : the choices that were combined, by factor; those with one level are not varied.
    left_out : choices that not every combination is defined with, by factor.
    outputs : an axis for each factor of several levels, and a last one for tracks or places.
    """

    case: Case
    answer: str
    levels: Mapping[str, tuple[str, ...]]
    left_out: Mapping[str, tuple[str, ...]]
    outputs: Array

    @property
    def varied(self) -> tuple[str, ...]:
        """Factors of several levels."""
        return tuple(name for name, choices in self.levels.items() if len(choices) > 1)

    @cached_property
    def parts(self) -> dict[tuple[str, ...], float]:
        """Share of every set of factors, summing to 1; none where the answer never moves."""
        return _parts(self.outputs, self.varied)

    @cached_property
    def factors(self) -> list[Row]:
        """A row a factor: what it makes alone, and what it has a part in."""
        return [
            {
                "factor": name,
                "levels": list(self.levels[name]),
                "first": self.parts.get((name,), 0.0),
                "total": sum(share for part, share in self.parts.items() if name in part),
            }
            for name in self.varied
        ]

    @cached_property
    def tracks(self) -> list[Row]:
        """A row a track, of ranks: its least and largest rank, their variance, and what each factor makes alone."""
        if self.answer != "ranks":
            return []
        rows = []
        for i, track in enumerate(self.case.track_ids):
            y = self.outputs[..., i]
            parts = _parts(y[..., None], self.varied)
            alone = {name: parts.get((name,)) for name in self.varied}
            together = sum(share for part, share in parts.items() if len(part) > 1) if parts else None
            ends = {"best": int(y.min()), "worst": int(y.max()), "variance": float(y.var())}
            rows.append({"track": track, **ends, **alone, "together": together})
        return rows

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao influence --json``."""
        return {
            "schema": "saidao/influence/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "answer": self.answer,
            "combinations": int(np.prod(self.outputs.shape[:-1])),
            "levels": {name: list(choices) for name, choices in self.levels.items()},
            "left_out": {name: list(choices) for name, choices in self.left_out.items()},
            "factors": self.factors,
            "parts": [{"factors": list(part), "share": share} for part, share in self.parts.items()],
            "tracks": self.tracks,
        }

    def text(self, lang: str = "en") -> list[str]:
        """Say which choice moves most, and how much comes only from choices together."""
        number = int(np.prod(self.outputs.shape[:-1]))
        what = say(f"influence.{self.answer}", lang)
        if not self.parts:
            return [say("influence.never", lang, what=what, number=number)]
        order = sorted(self.factors, key=lambda row: -row["first"])
        shares = say("list", lang).join(
            say("influence.share", lang, factor=say(f"influence.of.{row['factor']}", lang), share=row["first"])
            for row in order
        )
        together = sum(share for part, share in self.parts.items() if len(part) > 1)
        most = say(f"influence.of.{order[0]['factor']}", lang)
        return [
            say("influence.most", lang, what=what, factor=most, number=number),
            say("influence.shares", lang, shares=shares, together=together),
        ]

    def notes(self, lang: str = "en") -> list[str]:
        """Say that the shares are exact, and which choices not every combination is defined with."""
        lines = [say("influence.exact", lang)]
        told = [
            say("influence.of", lang, factor=say(f"influence.of.{name}", lang), names=_choices(row, lang))
            for name, levels in self.left_out.items()
            if levels
            for row in ({"factor": name, "levels": levels},)
        ]
        return [*lines, say("influence.left_out", lang, names=say("semicolon", lang).join(told))] if told else lines

    def declared(self) -> Iterator[Table]:
        """Yield the factors, every set of them, and the tracks."""

        def named(row: Row, lang: str) -> str:
            return say(f"influence.of.{row['factor']}", lang)

        def several(row: Row, lang: str) -> str:
            return " × ".join(say(f"influence.of.{name}", lang) for name in row["factors"])

        yield Table(
            "influence",
            (
                Column("factor", told=named, heading="head.choice_of"),
                Column("levels", heading="head.choices", told=_choices),
                Column("first", "share", heading="head.alone"),
                Column("total", "share", heading="head.with_others"),
            ),
            sorted(self.factors, key=lambda row: -row["first"]),
        )
        yield Table(
            "influence_parts",
            (Column("factors", told=several, heading="head.choices_of"), Column("share", "share")),
            [{"factors": list(part), "share": share} for part, share in self.parts.items()],
        )
        choices = tuple(
            Column(name, "share", heading=lambda lang, name=name: say(f"influence.of.{name}", lang))  # type: ignore[misc]
            for name in self.varied
        )
        yield Table(
            "influence_tracks",
            (
                Column("track", "name", Track),
                Column("best", "rank"),
                Column("worst", "rank"),
                *choices,
                Column("together", "share", heading="head.only_together"),
            ),
            sorted(self.tracks, key=lambda row: -float(row["variance"])),
        )

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw what each choice makes alone, and what it has a part in."""
        ax = plotting.axes(ax, len(self.factors))
        labels = [say(f"influence.of.{row['factor']}", lang) for row in self.factors]
        low, high = (np.array([row[key] for row in self.factors]) for key in ("first", "total"))
        plotting.intervals(ax, labels, low, low, high)
        return plotting.finished(ax, self.text(lang)[0])


def _choices(row: Row, lang: str) -> str:
    """Return the names of what was chosen among."""
    name: Callable[[str, str], str] = NAMED.get(row["factor"]) or (
        lambda one, lang: say(f"value.{'impute' if row['factor'] == 'imputation' else row['factor']}.{one}", lang)
    )
    return say("list", lang).join(name(one, lang) for one in row["levels"])


NAMED: Mapping[str, Callable[[str, str], str]] = {
    "weights": scheme_name,
    "method": method_name,
    "normalisation": normalisation_name,
}


def _parts(outputs: Array, varied: tuple[str, ...]) -> dict[tuple[str, ...], float]:
    try:
        return mcda.variance_parts(outputs, varied, answers=True)
    except mcda.InputError as error:
        if error.code != "never_moves":
            raise
        return {}


Listed = Iterable[str] | None
Levels = Mapping[str, tuple[str, ...]]
"""The choices of each factor."""


@question("influence", example="saidao influence shanghai --weights ahp --weights entropy --money")
def influence(
    case: CaseLike,
    weights: SchemesOption = None,
    methods: Annotated[
        Iterable[mcda.MethodName] | None,
        Option("A ranking method; repeatable.", flag="--method", reads="list", choices="methods"),
    ] = None,
    normalisations: Annotated[
        Listed,
        Option("A normalisation; repeatable.", flag="--normalisation", reads="list", choices="normalisations"),
    ] = None,
    imputations: Annotated[
        Listed, Option("How blank scores are filled in; repeatable.", flag="--impute", reads="list")
    ] = None,
    money: Annotated[bool, Option("What moves money, not ranks.")] = False,
    stances: Annotated[
        Iterable[Stance] | None,
        Option(
            "With --money: leaders, even or laggards; repeatable.",
            flag="--stance",
            reads="list",
            choices=("leaders", "even", "laggards"),
            needs="money",
        ),
    ] = None,
    objectives: Annotated[
        Listed,
        Option(
            "With --money: an objective; repeatable.",
            flag="--objective",
            reads="list",
            choices=tuple(OBJECTIVES),
            needs="money",
        ),
    ] = None,
    **options: Unpack[AhpOptions],
) -> Influence:
    """Tell which choice moves ranks, or money: weights, method, normalisation, imputation, stance, objective.

    Every combination is computed (full factorial), and the variance split exactly: the shares sum to 1.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook.
    weights, methods, normalisations, imputations : what is combined; some usual ones if left out. Imputations only
        where scores are blank.
    money : of plans instead of rankings: what moves the money of each place. Normalisations are then the methods' own.
    stances, objectives : of plans; the case's own stance and ``even``, ``weighted`` and ``maxmin`` if left out.
    **options : ``ticks``, and AHP's options, as for `saidao.rank`.

    Returns
    -------
    Influence
        `.factors`: what each makes alone (`first`) and has a part in (`total`); `.parts`: every set of factors.

    Raises
    ------
    CaseError
        Names that do not exist, too many combinations, or nothing that can be ranked or planned.
    Infeasible, Stopped
        As `saidao.plan`.

    Notes
    -----
    Source: Saisana, Saltelli & Tarantola (2005), Journal of the Royal Statistical Society A 168(2), 307-323; variances
    of ranks are added over the tracks, those of money over the places. See `mcda.variance_parts`.
    """
    case = load_case(case)
    schemes = labelled([] if weights is None else weights)
    named = _given(methods) or (tuple(METHODS[:2]) if money else METHODS)
    problems = [
        *unknown("weights", parents(schemes.values()), mcda.schemes()),
        *unknown("methods", named, mcda.methods()),
        *unknown("normalisations", _given(normalisations), mcda.normalisations()),
        *unknown("imputations", _given(imputations), mcda.IMPUTATIONS),
        *unknown("stances", _given(stances), settings.STANCES),
        *unknown("objectives", _given(objectives), OBJECTIVES),
        *_idle(money, {"stances": stances, "objectives": objectives}, {"normalisations": normalisations}),
    ]
    if problems:
        raise CaseError(problems)
    if schemes:
        settings.check_ahp_among(schemes.values(), options)
    else:
        schemes = labelled([s for s in dict.fromkeys((case.settings.weights, *SCHEMES)) if _defined(case, s)])
    filled = (_given(imputations) or tuple(mcda.IMPUTATIONS)) if case.imputed else ()
    levels: dict[str, tuple[str, ...]] = {"weights": tuple(schemes), "method": tuple(map(str, named))}
    if money:
        check_plannable(case)
        levels["stance"] = _given(stances) or tuple(dict.fromkeys((case.settings.stance, "even")))
        levels["objective"] = _given(objectives) or OBJECTIVES_TRIED
    else:
        levels["normalisation"] = _given(normalisations) or NORMALISATIONS
    levels["imputation"] = filled or ("",)
    number = int(np.prod([len(choices) for choices in levels.values()]))
    most = MOST_PLANS if money else MOST
    if number > most:
        raise CaseError([Problem("influence_size", "weights", found=f"{number:,}", details={"most": f"{most:,}"})])
    known, failed = _answers(case, levels, schemes, _money if money else _ranks, options)
    kept = _block(levels, set(failed))
    if any(not choices for choices in kept.values()):
        raise CaseError([error.problems[0] for error in list(failed.values())[:1]])
    left = {name: tuple(c for c in choices if c not in kept[name]) for name, choices in levels.items()}
    if not any(len(choices) > 1 for choices in kept.values()):
        raise CaseError([Problem("influence_single", "weights", found=", ".join(map(str, failed or known)) or "-")])
    shape = [len(choices) for choices in kept.values() if len(choices) > 1]
    table = np.array([known[chosen] for chosen in product(*kept.values())], dtype=float).reshape(*shape, -1)
    return Influence(case, "money" if money else "ranks", kept, left, table)


def _answers(
    case: Case, levels: Levels, schemes: Mapping[str, Any], ask: Callable[..., Array], options: Any
) -> tuple[dict[tuple[str, ...], Array], dict[tuple[str, ...], CaseError]]:
    """Ask under every combination of choices; return what came, and what is not defined."""
    cases = {
        name: replace(case, settings=case.settings.model_copy(update={"impute": name})) if name else case
        for name in levels["imputation"]
    }
    known: dict[tuple[str, ...], Array] = {}
    failed: dict[tuple[str, ...], CaseError] = {}
    memory: dict[Any, Array] = {}
    for chosen in product(*levels.values()):
        one = dict(zip(levels, chosen, strict=True))
        try:
            known[chosen] = ask(cases[one["imputation"]], schemes[one["weights"]], one, options, memory)
        except CaseError as error:
            failed[chosen] = error
    return known, failed


def _idle(money: bool, of_plans: Mapping[str, Any], of_rankings: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is named and would change nothing."""
    for name, given in of_plans.items() if not money else ():
        if _given(given):
            yield Problem("needs_option", name, found=", ".join(_given(given)), details={"option": "money=True"})
    for name, given in of_rankings.items() if money else ():
        if _given(given):
            yield Problem("not_with", name, found=", ".join(_given(given)), details={"option": "money=True"})


def _given(names: Iterable[Any] | None) -> tuple[Any, ...]:
    listed = (names,) if isinstance(names, str) else tuple(names or ())
    return tuple(dict.fromkeys(listed))


def _defined(case: Case, scheme: str) -> bool:
    try:
        rank(case, cast("mcda.SchemeName", scheme), "wsm")
    except CaseError:
        return False
    return True


def _ranks(case: Case, scheme: Any, one: Mapping[str, str], options: Any, memory: dict[Any, Array]) -> Array:
    """Rank; a method that takes no normalisation ranks as it does, whichever is chosen."""
    method: Any = one["method"]
    takes = mcda.methods()[method].normalisation
    key = (id(case), one["weights"], method, one["normalisation"] if takes else "")
    if key not in memory:
        how: Any = {
            **settings.for_scheme(scheme, options),
            **({"normalisation": one["normalisation"]} if takes else {}),
        }
        memory[key] = rank(case, scheme, method, **how).rank_array.astype(float)
    return memory[key]


def _money(case: Case, scheme: Any, one: Mapping[str, str], options: Any, memory: dict[Any, Array]) -> Array:
    """Plan, and return the money of each place; with the stance even the method does not count."""
    even = one["stance"] == "even"
    key = (id(case), one["weights"], "" if even else one["method"], one["stance"], one["objective"])
    if key not in memory:
        asked = {**settings.for_scheme(scheme, options), "weights": scheme}
        asked |= {name: one[name] for name in ("method", "stance", "objective")}
        problem, how = problem_and_solver(case, asked)
        found, _ = solve(problem, how)
        memory[key] = found.spend[:, 0].sum(axis=1)
    return memory[key]


def _block(levels: Levels, failed: set[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Leave choices out, the one that most combinations fail with first, until every combination is known."""
    kept = dict(levels)
    while True:
        within = [c for c in failed if all(one in kept[name] for name, one in zip(levels, c, strict=True))]
        if not within:
            return kept
        counts = {
            (name, one): sum(c[k] == one for c in within) * len(kept[name])
            for k, name in enumerate(levels)
            for one in kept[name]
        }
        name, worst = max(counts, key=lambda key: counts[key])
        kept[name] = tuple(one for one in kept[name] if one != worst)
        if not kept[name]:
            return kept
