"""What a run was asked: the case's defaults, overridden by the caller; every choice checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from math import inf
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar, get_args

from .. import mcda
from ..case import Case
from ..case.cells import fits
from ..case.checks.budgets import amount_tiny, least_amounts
from ..case.naming import Ambiguous, Names, names_of, place_id
from ..case.settings import Stance, Ticks, spelled
from ..case.tables import Resource
from ..errors import CaseError, Problem, nearest
from ..mcda.combine import TAKES_SHARES
from ..mcda.labels import by_label
from ..mcda.names import SchemeName
from ..optimize import OBJECTIVES, Objective, read_objective
from .array_errors import as_case_error

if TYPE_CHECKING:
    from ..mcda.names import (
        AggregationName,
        CombinationName,
        CompletionName,
        MethodName,
        NormalisationName,
        PrioritisationName,
        RandomIndexName,
    )


class ByFactor(Protocol):
    """A number for each factor: a mapping, or a pandas Series."""

    def items(self) -> Iterable[tuple[Any, float]]:
        """Return the factors with their numbers."""


class Joined(str):
    """Several weighting schemes that are combined, as the text that names them too.

    >>> Joined("ahp", "entropy")
    'ahp+entropy'
    """

    __slots__ = ()

    def __new__(cls, *schemes: SchemeName) -> Joined:
        """Join the names of schemes."""
        return super().__new__(cls, "+".join(schemes))


WeightsLike = SchemeName | Joined | ByFactor | mcda.Weights
"""What may be given as weights: a scheme's name, several `Joined`, weights by factor, or `Weights`.

A text such as ``ahp+entropy`` is read as well, which type checkers cannot tell from a misspelt name.
"""
N = TypeVar("N", bound=str)
STANCES: tuple[Stance, ...] = get_args(Stance)
TICKS: tuple[Ticks, ...] = get_args(Ticks)


def choice_of(value: object, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the details of an error about a choice: the valid names, and the nearest."""
    return {"choices": ", ".join(names) or "-", "nearest": nearest(str(value), names)}


@dataclass(frozen=True)
class Settings:
    """What a run was asked: the case's defaults, overridden by the caller. None takes the method's own default.

    `tick_level` is the case's own, as is `score_period`, the period of its scores.
    """

    weights: SchemeName | Literal["given"] | str
    combine: CombinationName
    share: float | None
    method: MethodName
    stance: Stance
    objective: str
    ticks: Ticks
    tick_level: float
    score_period: str
    random_index: RandomIndexName
    prioritisation: PrioritisationName
    aggregation: AggregationName
    missing: CompletionName | None
    normalisation: NormalisationName | None
    options: Mapping[str, Any]
    budgets: Mapping[str, float]
    lock: Mapping[str, float]
    forbid: tuple[str, ...]
    over: tuple[SchemeName, ...]
    region: tuple[str, ...]
    save: str | None

    @property
    def parents(self) -> tuple[str, ...]:
        """The schemes that the weights come from: several where they are combined (``ahp+entropy``)."""
        return tuple(self.weights.split("+"))

    @property
    def aim(self) -> Objective:
        """What the objective is called, takes and counts."""
        return OBJECTIVES[self.objective.partition("=")[0]]

    @property
    def share_to_close(self) -> float:
        """The share of the weighted gap that is to be closed, where the objective takes one."""
        return float(self.objective.partition("=")[2] or 1.0)

    @property
    def ranking(self) -> dict[str, Any]:
        """Options of the ranking method."""
        named = {} if self.normalisation is None else {"normalisation": self.normalisation}
        return {**named, **self.options}

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        mappings = {name: dict(getattr(self, name)) for name in ("options", "budgets", "lock")}
        plain = asdict(replace(self, options={}, budgets={}, lock={}))
        lists = {name: list(getattr(self, name)) for name in ("forbid", "over", "region")}
        return {**plain, **lists, **mappings}


def settings(
    case: Case,
    *,
    weights: WeightsLike | None = None,
    combine: CombinationName | None = None,
    share: float | None = None,
    method: MethodName | None = None,
    stance: Stance | None = None,
    objective: str | None = None,
    ticks: Ticks | None = None,
    random_index: RandomIndexName | None = None,
    prioritisation: PrioritisationName | None = None,
    aggregation: AggregationName | None = None,
    missing: CompletionName | None = None,
    normalisation: NormalisationName | None = None,
    budgets: Mapping[str, float] | None = None,
    lock: Mapping[str, float] | None = None,
    forbid: Iterable[str] | None = None,
    over: SchemeName | Iterable[SchemeName] = (),
    region: Iterable[str] = (),
    save: str | None = None,
    **options: Any,
) -> Settings:
    """Fill the caller's choices up with the case's defaults, and check their names.

    *options* are the method's own, such as SPOTIS's ``bounds``; what is given by factor is put into their order.
    """
    default, ids = case.settings, _Ids(case)
    asked = {"method": method, "stance": stance, "objective": objective, "ticks": ticks, "random_index": random_index}
    asked |= {
        "combine": combine,
        "aggregation": aggregation,
        "missing": missing,
        "weights": weights if isinstance(weights, str) else None,
    }
    told = {key: value for key, value in asked.items() if value is not None}
    said: dict[str, Any] = {key: value for key, value in spelled(told).items() if value}
    named: WeightsLike = said.get("weights", default.weights) if weights is None or "weights" in said else weights
    resources = [row.resource for row in case.rows(Resource)]
    goal = said.get("objective", default.objective)
    aim = OBJECTIVES.get(goal.partition("=")[0])
    first = resources[0] if resources else None
    rule = said.get("combine", default.combine)
    own = isinstance(named, str) and named == default.weights  # a share is of the case's own schemes
    if share is None and own and rule in TAKES_SHARES:
        share = default.share
    chosen = Settings(
        weights=named if isinstance(named, str) else "given",
        combine=rule,
        share=share,
        method=said.get("method", default.method),
        stance=said.get("stance", default.stance),
        objective=goal,
        ticks=said.get("ticks", default.ticks),
        tick_level=default.tick_level,
        score_period=case.score_period,
        random_index=said.get("random_index", default.random_index),
        prioritisation=prioritisation or "eigenvector",
        aggregation=said.get("aggregation", default.aggregation),
        missing=said.get("missing", default.missing or None),
        normalisation=normalisation,
        options=MappingProxyType(_by_factor(case, options, said.get("method", default.method))),
        budgets=MappingProxyType(ids.keys("budgets", {} if budgets is None else budgets, ids.resource)),
        lock=MappingProxyType(default.locks if lock is None else ids.keys("lock", lock, ids.place)),
        forbid=default.forbid if forbid is None else tuple(ids.ask("forbid", ids.place, f) for f in _listed(forbid)),
        over=_listed(over),
        region=_listed(region),
        save=ids.ask("save", ids.resource, save)
        if save
        else (default.save or first if aim is not None and "save" in aim.takes else None),
    )
    problems = [
        *ids.problems,
        *_unknown_choices(chosen, given=not isinstance(named, str)),
        *_listed_twice(chosen),
        *_out_of_place(chosen, tuple(resources)),
        *region_problems(chosen),
        *_unknown_options(chosen, options),
        *_wrong_amounts(chosen, tuple(resources), case),
    ]
    if problems:
        raise CaseError(problems)
    return chosen


class _Ids:
    """Ids of the names that a caller gives; what could be several goes to `problems`."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.problems: list[Problem] = []

    @cached_property
    def names(self) -> dict[str, Names]:
        """The ids of the case's tables."""
        return names_of(self.case)

    def resource(self, text: str) -> str:
        """Return a resource's id."""
        known = any(row.resource == text for row in self.case.rows(Resource))
        return text if known else self.names["resources"].id(text)

    def place(self, text: str) -> str:
        """Return ``MEASURE`` or ``MEASURE@target`` by ids."""
        return text if text in self.case.measure_of else place_id(self.names, text)

    def ask(self, option: str, by_id: Callable[[str], str], text: str) -> str:
        """Return the id of a name that an option holds; the name itself where it could be several."""
        try:
            return by_id(text)
        except Ambiguous as one:
            self.problems.append(Problem("ambiguous_name", option, found=text, details=one.details))
            return text

    def keys(self, option: str, given: Mapping[str, float], by_id: Callable[[str], str]) -> dict[str, float]:
        """Return numbers by name as numbers by id; one that is named twice is a problem."""
        found: dict[str, float] = {}
        for text, value in ((str(key), value) for key, value in given.items()):
            id_ = self.ask(option, by_id, text)
            if id_ in found:
                self.problems.append(Problem("list_twice", option, found=text))
            found[id_] = value
        return found


def _unknown_choices(chosen: Settings, *, given: bool) -> Iterator[Problem]:
    """Yield names that there are not; *given* says that weights by factor stand in place of a scheme."""
    schemes = tuple(mcda.schemes())
    valid: dict[str, tuple[str, ...]] = {
        "combine": tuple(mcda.COMBINATIONS),
        "method": tuple(mcda.methods()),
        "stance": STANCES,
        "objective": tuple(one.spelling for one in OBJECTIVES.values()),
        "ticks": TICKS,
        "random_index": tuple(mcda.RANDOM_INDEX),
        "prioritisation": tuple(mcda.PRIORITISATIONS),
        "aggregation": tuple(mcda.AGGREGATIONS),
        **({"missing": tuple(mcda.COMPLETIONS)} if chosen.missing else {}),
    }
    for name, names in valid.items():
        value = getattr(chosen, name)
        if (value not in names or "=" in value) and not (name == "objective" and read_objective(value)):
            aim, sign, _ = value.partition("=")
            if sign and name == "objective" and aim in OBJECTIVES and "share" in OBJECTIVES[aim].takes:
                yield Problem("share", name, found=value, details={"nearest": None})
                continue
            yield Problem("choice", name, found=value, details=choice_of(value, names))
    for name in () if given else chosen.parents:
        if name not in schemes or "=" in name:
            yield Problem("choice", "weights", found=name, details=choice_of(name, schemes))
    for name in chosen.over:
        if name not in schemes:
            yield Problem("choice", "over", found=name, details=choice_of(name, schemes))


def _listed_twice(chosen: Settings) -> Iterator[Problem]:
    lists: dict[str, tuple[str, ...]] = {"over": chosen.over, "region": chosen.region, "forbid": chosen.forbid}
    lists["weights"] = chosen.parents
    for key, names in lists.items():
        for n, name in enumerate(names):
            if name in names[:n]:
                yield Problem("list_twice", key, found=name)


def _out_of_place(chosen: Settings, resources: tuple[str, ...]) -> Iterator[Problem]:
    """Yield options of objectives that are not asked for, and a resource to be saved that there is not."""
    aim = OBJECTIVES.get(chosen.objective.partition("=")[0])
    if (chosen.over or chosen.region) and not (aim is not None and aim.is_worst_case):
        needed = " / ".join(f"objective={one.name}" for one in OBJECTIVES.values() if one.is_worst_case)
        found = ", ".join(chosen.over or chosen.region)
        yield Problem("needs_option", "over" if chosen.over else "region", found=found, details={"option": needed})
    if chosen.save and not (aim is not None and "save" in aim.takes):
        needed = " / ".join(f"objective={one.spelling}" for one in OBJECTIVES.values() if "save" in one.takes)
        yield Problem("needs_option", "save", found=chosen.save, details={"option": needed})
    elif chosen.save and chosen.save not in resources:
        yield Problem("choice", "save", found=chosen.save, details=choice_of(chosen.save, resources))


def _unknown_options(chosen: Settings, options: Iterable[str]) -> Iterator[Problem]:
    """Yield options that neither the ranking method nor the settings have."""
    if chosen.method in mcda.methods():
        own = mcda.methods()[chosen.method].options
        names = (*own, *(field.name for field in fields(Settings) if field.name not in ("options", "tick_level")))
        for name in options:
            if name not in own:
                yield Problem("choice", "options", found=name, details=choice_of(name, names))


def _wrong_amounts(chosen: Settings, resources: tuple[str, ...], case: Case) -> Iterator[Problem]:
    """Yield budgets of resources that there are not, and amounts and levels that cannot be."""
    least = least_amounts(case) if chosen.budgets else {}
    for name, amount in chosen.budgets.items():
        if name not in resources:
            yield Problem("choice", "budgets", found=name, details=choice_of(name, resources))
        elif not 0 <= amount < inf:
            yield Problem("at_least", "budgets", None, name, str(amount), {"bound": 0})
        elif not fits(float(amount)):
            yield Problem("number_size", "budgets", None, name, str(amount))
        elif 0 < amount < least.get(name, 0.0):
            yield amount_tiny("budgets", None, name, float(amount), least[name])
    for name, level in chosen.lock.items():
        if not 0 <= level < inf:
            yield Problem("at_least", "lock", None, name, str(level), {"bound": 0})
        elif not fits(float(level)):
            yield Problem("number_size", "lock", None, name, str(level))


def region_problems(chosen: Settings) -> list[Problem]:
    """Return that a region of weights is named with a stance under which priorities are not linear in the weights."""
    bent = chosen.region and chosen.stance != "even"
    return [Problem("region_stance", "region", found=chosen.stance)] if bent else []


def _listed(names: N | Iterable[N] | None) -> tuple[N, ...]:
    """Return names, of one alone too."""
    return () if names is None else (names,) if isinstance(names, str) else tuple(names)


def _by_factor(case: Case, options: Mapping[str, Any], method: str) -> dict[str, Any]:
    """Put what is given to a method by factor into the factors' order; the rest stays as it is."""
    own = next((one.options for name, one in mcda.methods().items() if name == method), ())
    try:
        return {
            name: by_label(f"option {name}", value, case.factor_ids) if name in own else value
            for name, value in options.items()
        }
    except mcda.InputError as error:
        raise as_case_error(error) from None


PLAN_ONLY_OPTIONS = (
    "stance",
    "objective",
    "budgets",
    "lock",
    "forbid",
    "over",
    "region",
    "save",
    "time_limit",
    "gap",
    "solver",
    "amend",
    "certify",
)
"""Options of a plan that a ranking does not rest on."""


def ranking_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of a plan that a ranking rests on too."""
    return {name: value for name, value in options.items() if name not in PLAN_ONLY_OPTIONS}


AHP_ONLY = {"random_index": None, "prioritisation": "eigenvector", "aggregation": None, "missing": None}
"""Options of AHP, as they are where nobody chose them."""


def check_ahp(chosen: Settings, asked: Mapping[str, Any]) -> None:
    """Refuse options of AHP where no weights are made by it, and of combinations where none is: they change nothing."""
    check_combined((chosen.weights,), asked)
    others = chosen.over or mcda.schemes() if chosen.aim.is_worst_case else ()
    check_ahp_among((*chosen.parents, *others), asked)


def check_combined(schemes: Iterable[object], asked: Mapping[str, Any]) -> None:
    """Refuse a rule and a share where none of the weights are combined."""
    if not any(isinstance(scheme, str) and "+" in scheme for scheme in schemes):
        problems = [
            Problem("needs_option", name, found=str(asked[name]), details={"option": "weights=ahp+entropy"})
            for name in ("combine", "share")
            if asked.get(name) not in (None, "")
        ]
        if problems:
            raise CaseError(problems)


def check_ahp_among(schemes: Iterable[object], asked: Mapping[str, Any]) -> None:
    """Refuse options of AHP where it is none of the schemes."""
    if "ahp" not in [part for scheme in schemes if isinstance(scheme, str) for part in scheme.split("+")]:
        problems = [
            Problem("needs_option", name, found=str(asked[name]), details={"option": "weights=ahp"})
            for name, unset in AHP_ONLY.items()
            if asked.get(name) not in (None, "", unset)
        ]
        if problems:
            raise CaseError(problems)


def for_scheme(scheme: object, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options that are for several schemes together, without those that this one does not take."""
    parts = scheme.split("+") if isinstance(scheme, str) else []
    refused = {*(() if "ahp" in parts else AHP_ONLY), *(("combine", "share") if len(parts) < 2 else ())}
    return {name: value for name, value in options.items() if name not in refused}
