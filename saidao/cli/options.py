"""Options that verbs share, and how their texts are read."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer
from typer.core import TyperCommand
from typer.models import CommandFunctionType

from ..errors import CaseError, Problem

if TYPE_CHECKING:
    from ..mcda.names import MethodName, SchemeName


def _names(of: str) -> Callable[[str], list[str]]:
    """Complete what is incomplete by the names of a registry of `mcda`: schemes, methods, normalisations."""

    def complete(incomplete: str) -> list[str]:
        from .. import mcda

        return [name for name in getattr(mcda, of)() if name.startswith(incomplete)]

    return complete


def _objectives(incomplete: str) -> list[str]:
    """Complete by the objectives; one that takes a share, up to its sign."""
    from ..optimize import OBJECTIVES  # loads numpy, which `--help` does without

    spelt = [one.spelling.removesuffix("SHARE") for one in OBJECTIVES.values()]
    return [name for name in spelt if name.startswith(incomplete)]


def _one_of(*names: str) -> Callable[[str], list[str]]:
    return lambda incomplete: [name for name in names if name.startswith(incomplete)]


def _cases(incomplete: str) -> list[str]:
    """Complete by shipped cases, and by what lies in the folder."""
    from ..case.read import shipped

    folder, slash, _ = incomplete.rpartition("/")
    here = [
        f"{folder}{slash}{path.name}"
        for path in sorted(Path(folder or ".").glob("*"))
        if path.is_dir() or path.suffix in (".xlsx", ".zip")
    ]
    return [name for name in (*shipped(), *here) if name.startswith(incomplete)]


CaseArgument = Annotated[
    str,
    typer.Argument(
        metavar="[CASE]", help="A shipped case, a folder, a workbook (.xlsx) or a .zip.", autocompletion=_cases
    ),
]
WeightsOption = Annotated[
    str | None,
    typer.Option(
        "--weights",
        help="A weighting scheme, or weights by factor: f1=0.5,f2=0.3,f3=0.2.",
        autocompletion=_names("schemes"),
    ),
]
MethodOption = Annotated[
    str | None,
    typer.Option("--method", help="A ranking method, see `saidao methods`.", autocompletion=_names("methods")),
]
TicksOption = Annotated[
    str | None,
    typer.Option(
        "--ticks",
        help="How ticks read: strength or shortcoming (a tick counts 0).",
        autocompletion=_one_of("strength", "shortcoming"),
    ),
]
NormalisationOption = Annotated[
    str | None,
    typer.Option("--normalisation", help="Normalisation of the method.", autocompletion=_names("normalisations")),
]
IndexOption = Annotated[str | None, typer.Option("--random-index", help="AHP: the random-index table.")]
PriorityOption = Annotated[str, typer.Option("--prioritisation", help="AHP: eigenvector or geometric_mean.")]
AggregationOption = Annotated[
    str | None,
    typer.Option("--aggregation", help="AHP, several judges: aij (judgements), aip or aip_arithmetic (priorities)."),
]
MissingOption = Annotated[
    str | None,
    typer.Option("--missing", help="AHP, missing judgements: least_lambda, least_squares or harker."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON to standard output, and nothing else there.")]
StanceOption = Annotated[
    str | None,
    typer.Option(
        "--stance",
        help="leaders, even or laggards: who comes first.",
        autocompletion=_one_of("leaders", "even", "laggards"),
    ),
]
ObjectiveOption = Annotated[
    str | None,
    typer.Option(
        "--objective",
        help="What the plan is the best at, see `saidao methods`; weighted, if neither this nor the case says.",
        autocompletion=_objectives,
    ),
]
SaveOption = Annotated[
    str | None,
    typer.Option(
        "--save",
        metavar="RESOURCE",
        help="reach: spend least of this resource, then of the others; the first if left out.",
    ),
]
BudgetOption = Annotated[
    list[str] | None,
    typer.Option("--budget", metavar="R=AMOUNT", help="Replace a budget; repeatable."),
]
LockOption = Annotated[
    list[str] | None,
    typer.Option("--lock", metavar="M=LEVEL[@TARGET]", help="Set a measure's level; repeatable."),
]
ForbidOption = Annotated[
    list[str] | None, typer.Option("--forbid", metavar="M[@TARGET]", help="Leave a measure out; repeatable.")
]
OverOption = Annotated[
    list[str] | None,
    typer.Option(
        "--over",
        metavar="SCHEME",
        help="robust, regret: a weighting scheme; repeatable. All, if left out.",
        autocompletion=_names("schemes"),
    ),
]
RegionOption = Annotated[
    list[str] | None,
    typer.Option(
        "--region", metavar="STATEMENT", help="robust, regret: all weights with 'f >= 0.2', 'f >= g'; repeatable."
    ),
]
SamplesOption = Annotated[int, typer.Option("--samples", help="How many weight vectors are drawn.")]
SeedOption = Annotated[int, typer.Option("--seed", help="The same seed draws the same weights.")]
WorkersOption = Annotated[int, typer.Option("--workers", help="How many work at a time; -1: one a processor.")]
BackendOption = Annotated[str, typer.Option("--backend", help="threads, processes, or dask (with --address).")]
AddressOption = Annotated[
    str | None, typer.Option("--address", metavar="HOST:PORT", help="The scheduler of a running Dask cluster.")
]
TimeOption = Annotated[
    float | None, typer.Option("--time-limit", help="Seconds for a plan of whole units; the best by then is shown.")
]
OutOption = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write the result to a file: .json, .csv, .xlsx or .html.")
]
LangOption = Annotated[str, typer.Option("--lang", help="Language of the output: en or zh.")]


def plan_options(
    weights: WeightsOption = None,
    method: MethodOption = None,
    stance: StanceOption = None,
    objective: ObjectiveOption = None,
    save: SaveOption = None,
    budget: BudgetOption = None,
    lock: LockOption = None,
    forbid: ForbidOption = None,
    over: OverOption = None,
    region: RegionOption = None,
    time_limit: TimeOption = None,
    ticks: TicksOption = None,
    normalisation: NormalisationOption = None,
    random_index: IndexOption = None,
    prioritisation: PriorityOption = "eigenvector",
    aggregation: AggregationOption = None,
    missing: MissingOption = None,
) -> dict[str, Any]:
    """Read the options of a plan: keyword arguments of `saidao.plan`."""
    return {
        "weights": read_weights(weights),
        "method": method,
        "stance": stance,
        "objective": objective,
        "save": save,
        "budgets": read_pairs(budget or [], "--budget"),
        "lock": read_locks(lock) if lock else None,
        "forbid": forbid or None,
        "over": over or (),
        "region": region or (),
        "time_limit": time_limit,
        "ticks": ticks,
        "normalisation": normalisation,
        "random_index": random_index,
        "prioritisation": prioritisation,
        "aggregation": aggregation,
        "missing": missing,
    }


def takes_plan_options(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the options of a plan beside its own; it gets them unread, as its argument `options`."""
    shared, own = _parameters(plan_options), _parameters(verb)

    @functools.wraps(verb)
    def run(**given: Any) -> None:
        verb(options={p.name: given.pop(p.name) for p in shared}, **given)

    kept = [p for p in own if p.name != "options"]
    at = next((i for i, p in enumerate(kept) if p.name == "as_json"), len(kept))
    parameters = [*kept[:at], *shared, *kept[at:]]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    return run


def _parameters(function: Callable[..., Any]) -> list[inspect.Parameter]:
    """Parameters of a function, their annotations read."""
    return list(inspect.signature(function, eval_str=True).parameters.values())


class Once(TyperCommand):
    """A verb that refuses an option which is given twice, where the last one would win, or a value of a list twice."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what was typed."""
        values, _, order = self.make_parser(ctx).parse_args(args=list(args))
        ctx.meta["saidao.typed"] = values
        for option in dict.fromkeys(one for one in order if one.param_type_name == "option"):
            given = (values.get(option.name) or []) if option.multiple else [option.name] * order.count(option)
            if twice := [value for n, value in enumerate(given) if value in given[:n]]:
                what = f"{option.opts[-1]} {twice[0]}" if option.multiple else option.opts[-1]
                raise typer.BadParameter(f"{what} is given twice: leave one of them out.", ctx=ctx)
        return list(super().parse_args(ctx, args))


class Verbs(typer.Typer):
    """A command line whose verbs take each option once."""

    def command(
        self, name: str | None = None, *, cls: type[TyperCommand] | None = None, **more: Any
    ) -> Callable[[CommandFunctionType], CommandFunctionType]:
        """Register a verb."""
        return super().command(name, cls=cls or Once, **more)


def completing(choices: tuple[str, ...] | str) -> Callable[[str], list[str]] | None:
    """Return what completes an option: by texts, or by the names of a registry of `mcda`."""
    if not choices:
        return None
    return _names(choices) if isinstance(choices, str) else _one_of(*choices)


def read_pairs(texts: list[str], where: str) -> dict[str, float]:
    """Read NAME=NUMBER pairs; all faults at once."""
    from ..case import cells

    pairs: dict[str, float] = {}
    problems = []
    for text in texts:
        name, sign, number = text.partition("=")
        value = cells.number(number)
        if not sign or value is None or value < 0:
            problems.append(Problem("option_pair", where, found=text))
        elif name.strip() in pairs:
            problems.append(Problem("list_twice", where, found=name.strip()))
        else:
            pairs[name.strip()] = value
    if problems:
        raise CaseError(problems)
    return pairs


def read_locks(texts: list[str]) -> dict[str, float]:
    """Read M=LEVEL or M=LEVEL@TARGET; all faults at once."""
    from ..case.settings import lock as named_level

    read = {text: named_level(text) for text in texts}
    if problems := [Problem("option_pair", "--lock", found=text) for text, found in read.items() if found is None]:
        raise CaseError(problems)
    found = [pair for pair in read.values() if pair is not None]
    names = [name for name, _ in found]
    if twice := [name for n, name in enumerate(names) if name in names[:n]]:
        raise CaseError([Problem("list_twice", "--lock", found=name) for name in twice])
    return dict(found)


def read_weights(text: str | None) -> SchemeName | dict[str, float] | None:
    """Read a scheme's name, or weights by factor."""
    return read_pairs(text.split(","), "--weights") if text and "=" in text else cast("SchemeName | None", text)


def read_method(text: str | None) -> MethodName | None:
    """Take the name of a method: whether there is one of this name, the settings tell."""
    return cast("MethodName | None", text)


def _parts(text: str, where: str) -> list[str]:
    """Read names that commas or semicolons separate, of either width."""
    return [part.strip() for part in re.split("[,，;；]", text)]


@dataclass(frozen=True)
class Reader:
    """What is typed for an argument, and how it is read: the texts, and the option."""

    kind: Any
    read: Callable[[Any, str], Any]


SEVERAL = list[str] | None
READERS: dict[str, Reader] = {
    "pairs": Reader(SEVERAL, read_pairs),
    "levels": Reader(SEVERAL, lambda texts, where: read_locks(texts)),
    "weights": Reader(str | None, lambda text, where: read_weights(text)),
    "list": Reader(SEVERAL, lambda texts, where: texts),
    "each weights": Reader(SEVERAL, lambda texts, where: [read_weights(text) for text in texts]),
    "parts": Reader(str | None, _parts),
}
"""By what `Option.reads` says."""
