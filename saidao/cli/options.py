"""Options that verbs share, and how their texts are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer
from typer.core import TyperCommand
from typer.models import CommandFunctionType

from ..errors import CaseError, Problem
from ..results.question import CASE

if TYPE_CHECKING:
    from ..mcda.names import SchemeName


def _names(of: str) -> Callable[[str], list[str]]:
    """Complete what is incomplete by the names of a registry of `mcda`: schemes, methods, normalisations."""

    def complete(incomplete: str) -> list[str]:
        from .. import mcda  # late: start-up stays fast

        return [name for name in getattr(mcda, of)() if name.startswith(incomplete)]

    return complete


def _one_of(*names: str) -> Callable[[str], list[str]]:
    return lambda incomplete: [name for name in names if name.startswith(incomplete)]


def _cases(incomplete: str) -> list[str]:
    """Complete by shipped cases, and by what lies in the folder."""
    from ..case.read import shipped  # late: start-up stays fast

    folder, slash, _ = incomplete.rpartition("/")
    here = [
        f"{folder}{slash}{path.name}"
        for path in sorted(Path(folder or ".").glob("*"))
        if path.is_dir() or path.suffix in (".xlsx", ".zip")
    ]
    return [name for name in (*shipped(), *here) if name.startswith(incomplete)]


CaseArgument = Annotated[
    str,
    typer.Argument(metavar=CASE.metavar, help=CASE.help, autocompletion=_cases),
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON to standard output, and nothing else there.")]
OutOption = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write the result to a file: .json, .csv, .xlsx or .html.")
]
LangOption = Annotated[str, typer.Option("--lang", help="Language of the output: en or zh.")]


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
    from ..case import cells  # late: start-up stays fast

    pairs: dict[str, float] = {}
    problems = []
    for text in texts:
        name, sign, number = text.partition("=")
        value = cells.number(number)
        if not sign or value is None or value < 0:
            problems.append(Problem("option_pair", where, found=text))
        elif where == "--budget" and number.rstrip().endswith(("%", "％")):
            problems.append(Problem("amount_percent", where, found=text))
        elif name.strip() in pairs:
            problems.append(Problem("list_twice", where, found=name.strip()))
        else:
            pairs[name.strip()] = value
    if problems:
        raise CaseError(problems)
    return pairs


def read_locks(texts: list[str]) -> dict[str, float]:
    """Read M=LEVEL or M=LEVEL@TARGET; all faults at once."""
    from ..case.settings import lock as named_level  # late: start-up stays fast

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


def _parts(text: str, where: str) -> list[str]:
    """Read names that commas or semicolons separate, of either width."""
    return [part.strip() for part in re.split("[,，;；]", text)]


def read_plan(text: str, where: str) -> Path | dict[str, Any]:
    """Read the path of a file, or else the id or tag of a run that is kept: its result, then."""
    path = Path(text)
    if path.exists() or path.suffix:
        return path
    from ..store.place import open_store  # sqlalchemy takes a quarter of a second

    store = open_store()
    from ..store import runs  # likewise

    return runs.document(store, runs.find(store, text))


def read_texts(texts: list[str], where: str) -> dict[str, str]:
    """Read NAME=TEXT pairs; all faults at once."""
    found = {text: text.partition("=") for text in texts}
    if problems := [Problem("import_pair", where, found=text) for text, (_, sign, _) in found.items() if not sign]:
        raise CaseError(problems)
    return {name.strip(): value.strip() for name, _, value in found.values()}


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
    "plan": Reader(str | None, read_plan),
    "texts": Reader(SEVERAL, read_texts),
}
"""By what `Option.reads` says."""
