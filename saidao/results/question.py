"""The registry of questions: a verb declares itself once, in its own file, and everything else reads that.

A verb is a public function under ``@question``. Its signature is its options, for Python and the command line alike
(`Option` in the annotations says what the command line needs to know); its docstring is its help; what it returns has
the tables, the sentences and the plot. Modules are imported when a verb is asked: until then their text says enough.
"""

from __future__ import annotations

import ast
import re
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from inspect import Parameter, signature
from pathlib import Path
from typing import Any, Literal, TypeVar

from ..arguments import checked

F = TypeVar("F", bound=Callable[..., Any])

PACKAGE = Path(__file__).parents[1]
_QUESTION = re.compile(r'^@question\(\s*"([a-z-]+)".*?^def .*?""".*?"""', re.MULTILINE | re.DOTALL)
"""The function of a verb up to the end of its docstring."""

Reads = Literal["", "pairs", "levels", "weights", "list", "each weights", "parts", "plan", "texts"]
"""How typed texts become an argument: as they are; NAME=NUMBER, repeated; M=LEVEL[@TARGET], repeated; a scheme or
NAME=NUMBER,...; repeated; a scheme or NAME=NUMBER,..., repeated; names separated by commas; a file, or a run that is
kept; NAME=TEXT, repeated."""


@dataclass(frozen=True)
class Option:
    """What the command line says of an argument of a verb.

    Attributes
    ----------
    help : what it does.
    flag : as it is typed; the argument's name, if left out.
    metavar : what stands for its value in the help.
    reads : how what is typed becomes the argument.
    choices : what completes it: texts, or the name of a registry of `saidao.mcda` (``schemes``).
    needs : the argument without which it changes nothing: it is refused then.
    """

    help: str = ""
    flag: str = ""
    metavar: str | None = None
    reads: Reads = ""
    choices: tuple[str, ...] | str = ()
    needs: str = ""


CASE = Option("A shipped case, a folder, a workbook (.xlsx) or a .zip.", metavar="[CASE]")
"""What most verbs ask of: a case, Shanghai's if none is named."""


@dataclass(frozen=True)
class Argument:
    """An argument of a verb that can be typed: its name in Python, its type there, its default, and its option."""

    name: str
    type: Any
    default: Any
    option: Option

    @property
    def flag(self) -> str:
        """As it is typed."""
        return self.option.flag or f"--{self.name.replace('_', '-')}"


@dataclass(frozen=True)
class Question:
    """A verb.

    Attributes
    ----------
    verb : its name, also in the schema of its data.
    ask : the public function.
    example : a command line.
    about : what is typed first, and handed to the function first: a case or a file; None where there is none.
    pictures : names of the SVG pictures (`saidao.pictures`) that show its result on a page.
    partial : whether what is known so far is an answer: Ctrl-C asks for it.
    writes : help of ``--write``, which writes the case that the result makes (`Result.made_case`); none if blank.
    needs : the argument without which there is no such case.
    asks : options of a plan that its form on a page has too, which sets the others by its own controls.
    suffixes : of files that it can be written to beside the ones that all results can (``.docx``).
    instead_of, flag : the verb whose option this is on the command line, where it has no name of its own there.
    """

    verb: str
    ask: Callable[..., Any]
    example: str
    about: Option | None = CASE
    pictures: tuple[str, ...] = ()
    partial: bool = False
    writes: str = ""
    needs: str = ""
    asks: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    instead_of: str = ""
    flag: str = ""
    arguments: tuple[Argument, ...] = field(default=(), compare=False)

    @property
    def schema(self) -> str:
        """Name of its data's form."""
        return f"saidao/{self.verb}/1"

    @property
    def tells(self) -> bool:
        """Whether the function tells how far it is, by its argument `progress`."""
        return "progress" in signature(self.ask).parameters


def question(verb: str, *, example: str, **more: Any) -> Callable[[F], F]:
    """Register a function as a verb, `checked`; see `Question` for what may be said of it."""

    def register(function: F) -> F:
        held = checked(function)
        made = Question(verb, held, example, arguments=tuple(arguments_of(function)), **more)
        REGISTRY[verb] = made
        result: Any = typing.get_type_hints(function)["return"]
        result.question = made
        return held

    return register


REGISTRY: dict[str, Question] = {}
"""Verbs whose modules are imported."""


def arguments_of(function: Callable[..., Any]) -> Iterator[Argument]:
    """Yield what can be typed: parameters with an `Option`, those of a TypedDict of options included."""
    hints = typing.get_type_hints(function, include_extras=True)
    for name, parameter in signature(function).parameters.items():
        if parameter.kind is Parameter.VAR_KEYWORD:
            (options,) = typing.get_args(hints[name])
            for key, hint in typing.get_type_hints(options, include_extras=True).items():
                yield from _argument(key, hint, None)
        else:
            yield from _argument(name, hints[name], parameter.default)


def _argument(name: str, hint: Any, default: Any) -> Iterator[Argument]:
    kind, *extras = typing.get_args(hint) if typing.get_origin(hint) is typing.Annotated else (hint,)
    yield from (Argument(name, kind, default, one) for one in extras if isinstance(one, Option))


def _text(module: str) -> str:
    path = PACKAGE.joinpath(*module.split("."))
    return (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text("utf-8")


@cache
def modules() -> dict[str, str]:
    """Module of every verb, in the order of the package's public names; read off the text, as importing takes long."""
    from .. import homes  # the package is under way while this module is imported

    found: dict[str, str] = {}
    for module in filter(None, dict.fromkeys(homes().values())):
        found |= dict.fromkeys(_QUESTION.findall(_text(module)), module)
    return found


def load(verb: str) -> Question:
    """Return a verb's question, its module imported."""
    if verb not in REGISTRY:
        import_module(f"saidao.{modules()[verb]}")
    return REGISTRY[verb]


def every() -> dict[str, Question]:
    """Return all questions, their modules imported."""
    return {verb: load(verb) for verb in modules()}


@dataclass(frozen=True)
class Outline:
    """What can be told of a verb without importing it."""

    help: str
    example: str
    instead_of: str


@cache
def outline(verb: str) -> Outline:
    """Read a verb's help and example off the text of its module, parsed no further than that: it takes long."""
    (text,) = (found[0] for found in _QUESTION.finditer(_text(modules()[verb])) if found[1] == verb)
    (node,) = ast.parse(text).body
    assert isinstance(node, ast.FunctionDef)
    (call,) = (one for one in node.decorator_list if isinstance(one, ast.Call))
    said = {k.arg: ast.literal_eval(k.value) for k in call.keywords if k.arg in ("example", "instead_of")}
    paragraph = (ast.get_docstring(node) or "").split("\n\n")[0]
    return Outline(" ".join(paragraph.split()), said["example"], said.get("instead_of", ""))


def variants(verb: str) -> list[str]:
    """Return the questions that are options of a verb on the command line."""
    return [other for other in modules() if outline(other).instead_of == verb]
