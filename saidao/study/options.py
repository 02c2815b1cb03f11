"""What verbs share of their options: declared once, for Python and the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, TypedDict

from ..case import Case
from ..case.settings import Stance, Ticks
from ..mcda.combine import COMBINATIONS
from ..mcda.names import (
    AggregationName,
    CombinationName,
    CompletionName,
    MethodName,
    MethodOptions,
    NormalisationName,
    PrioritisationName,
    RandomIndexName,
    SchemeName,
    SchemeOptions,
)
from ..mcda.pairwise import PRIORITISATIONS
from ..optimize import OBJECTIVES
from ..optimize.names import ObjectiveName
from ..optimize.solve.solution import Solver
from ..results.question import Option
from ..texts.say import say
from .settings import WeightsLike


def _those_that_take(parameter: str) -> str:
    return ", ".join(name for name, objective in OBJECTIVES.items() if parameter in objective.takes)


CaseLike = Case | str | Path
"""A case, the name of a shipped one, a folder or a file."""

WeightsOption = Annotated[
    WeightsLike | None,
    Option(
        "A weighting scheme, several combined (ahp+entropy), or weights by factor: f1=0.5,f2=0.3,f3=0.2.",
        reads="weights",
        choices="schemes",
    ),
]
MethodOption = Annotated[MethodName | None, Option("A ranking method, see `saidao methods`.", choices="methods")]
StanceOption = Annotated[
    Stance | None,
    Option("leaders, even or laggards: who comes first.", choices=("leaders", "even", "laggards")),
]
ObjectiveOption = Annotated[
    ObjectiveName | str | None,
    Option(
        "; ".join(f"{one.spelling}: {say(f'objective.{one.name}')}" for one in OBJECTIVES.values()) + ".",
        choices=tuple(one.spelling.removesuffix("SHARE") for one in OBJECTIVES.values()),
    ),
]
BudgetsOption = Annotated[
    Mapping[str, float] | None,
    Option("Replace a budget; repeatable.", flag="--budget", metavar="R=AMOUNT", reads="pairs"),
]
TimeOption = Annotated[float | None, Option("Seconds for a plan of whole units; the best by then is shown.")]
GapOption = Annotated[
    float | None,
    Option("Of whole units: good enough within this share of the best possible, such as 0.001; the bound is proved."),
]
CertifyOption = Annotated[str | None, Option("exact: prove the plan in exact fractions too, without the solver.")]
SaveOption = Annotated[
    str | None,
    Option(
        f"{_those_that_take('save')}: spend least of this resource, then of the others; the first if left out.",
        metavar="RESOURCE",
    ),
]
LockOption = Annotated[
    Mapping[str, float] | None,
    Option("Set a measure's level; repeatable.", metavar="M=LEVEL[@TARGET]", reads="levels"),
]
ForbidOption = Annotated[
    Iterable[str] | None, Option("Leave a measure out; repeatable.", metavar="M[@TARGET]", reads="list")
]
OverOption = Annotated[
    SchemeName | Iterable[SchemeName] | None,
    Option(
        f"{_those_that_take('views')}: a weighting scheme; repeatable. All, if left out.",
        metavar="SCHEME",
        reads="list",
        choices="schemes",
    ),
]
RegionOption = Annotated[
    Iterable[str] | None,
    Option(
        f"{_those_that_take('views')}: all weights with 'f >= 0.2', 'f >= g'; repeatable.",
        metavar="STATEMENT",
        reads="list",
    ),
]
SamplesOption = Annotated[int, Option("How many weight vectors are drawn.")]
SeedOption = Annotated[int, Option("The same seed draws the same weights.")]
WorkersOption = Annotated[int, Option("How many work at a time; -1: one a processor.")]
BackendOption = Annotated[str, Option("threads, processes, or dask (with --address).")]
AddressOption = Annotated[str | None, Option("The scheduler of a running Dask cluster.", metavar="HOST:PORT")]


class AhpOptions(TypedDict, total=False):
    """How ticks are read, how weights are combined, and how AHP weighs."""

    ticks: Annotated[
        Ticks | None,
        Option("How ticks read: strength or shortcoming (a tick counts 0).", choices=("strength", "shortcoming")),
    ]
    combine: Annotated[
        CombinationName | None,
        Option(f"How weights such as ahp+entropy are combined: {', '.join(COMBINATIONS)}.", metavar="RULE"),
    ]
    share: Annotated[float | None, Option("The share of the first of two combined schemes, from 0 to 1.")]
    random_index: Annotated[RandomIndexName | None, Option("AHP: the random-index table.")]
    prioritisation: Annotated[
        PrioritisationName | None, Option(f"AHP, weights from judgements: {', '.join(PRIORITISATIONS)}.")
    ]
    aggregation: Annotated[
        AggregationName | None, Option("AHP, several judges: aij (judgements), aip or aip_arithmetic (priorities).")
    ]
    missing: Annotated[CompletionName | None, Option("AHP, missing judgements: least_lambda, least_squares or harker.")]


class RankingOptions(MethodOptions, AhpOptions, total=False):
    """How tracks are ranked, but for weights and method; the methods' own options can be given in Python only."""

    normalisation: Annotated[NormalisationName | None, Option("Normalisation of the method.", choices="normalisations")]


class WeighOptions(SchemeOptions, total=False):
    """The options of `saidao.weigh`: those of the schemes, and how a case reads its ticks and joins its judges."""

    ticks: Ticks | None
    aggregation: AggregationName | None
    combine: CombinationName | None
    share: float | None


class SharedPlanOptions(RankingOptions, total=False):
    """The options of `saidao.plan` but for weights, method and stance, of plans that differ in these."""

    objective: ObjectiveOption
    budgets: BudgetsOption
    lock: LockOption
    forbid: ForbidOption
    over: OverOption
    region: RegionOption
    save: SaveOption
    time_limit: TimeOption
    solver: Solver
    amend: Callable[[Any], object] | None


class PlanOptions(SharedPlanOptions, total=False):
    """The options of `saidao.plan`, for questions about a plan."""

    weights: WeightsOption
    method: MethodOption
    stance: StanceOption


class OnePlanOptions(PlanOptions, total=False):
    """The options of `saidao.plan`, for what shows one plan and asks no question that rests on the best."""

    gap: GapOption
    certify: str | None
