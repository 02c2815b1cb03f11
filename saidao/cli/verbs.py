"""The verbs of the registry on the command line: each is built from what its question declares."""

from __future__ import annotations

import inspect
import sys
import types
import typing
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from ..errors import CaseError, Problem
from ..results.question import CASE, Argument, Question, arguments_of, load, modules, outline, variants
from ..texts.say import say
from .guard import Guard, check_outputs, end_of, save_made_case, saved, watched, write_json
from .options import READERS, CaseArgument, JsonOption, LangOption, Once, OutOption, Verbs, completing
from .runs_verb import KeepOption, KeepRunOption, StoreOption, brief_outcome, keeping, report_outcome

if TYPE_CHECKING:
    from ..case import Case
    from ..store.runs import Asked


def plain_verbs() -> dict[str, Lazy]:
    """Return the verbs that have a name of their own on the command line, in order."""
    named = {verb: verb_of_registry(verb) for verb in modules() if not outline(verb).instead_of}
    return named | {"report": Lazy("report", lambda: REPORT, report), "brief": Lazy("brief", lambda: BRIEF, brief)}


class Lazy(Once):
    """A verb that is built when its options are looked at, so that ``saidao --help`` stays fast.

    `said` tells its help, *build* the function that it calls.
    """

    def __init__(self, verb: str, said: Callable[[], str], build: Callable[[], Callable[..., None]]) -> None:
        super().__init__(name=verb)
        self._said, self._build = said, build

    @cached_property
    def _built(self) -> Any:
        one = Verbs(add_completion=False)
        one.command(self.name)(self._build())
        return typer.main.get_command(one)

    @property
    def help(self) -> str:
        """What it does, and an example."""
        return self._said()

    @help.setter
    def help(self, text: str | None) -> None: ...

    @property
    def params(self) -> Any:
        """Its options."""
        return self._built.params

    @params.setter
    def params(self, given: Any) -> None: ...

    @property
    def callback(self) -> Any:
        """What it does."""
        return self._built.callback

    @callback.setter
    def callback(self, given: Any) -> None: ...


def verb_of_registry(verb: str) -> Lazy:
    """Return a verb of the registry."""
    said = outline(verb)
    return Lazy(verb, lambda: f"{said.help}\n\nExample: {said.example}", lambda: command(load(verb)))


def command(question: Question) -> Callable[..., None]:
    """Return what a verb does on the command line: read, ask, show, write."""
    others = {load(verb).flag: load(verb) for verb in variants(question.verb)}
    every = {one.name: one for asked in (*others.values(), question) for one in asked.arguments}
    flags = {_name(flag): typer.Option(flag, help=outline(asked.verb).help) for flag, asked in others.items()}

    subject = _subject(question)

    def run(
        *,
        as_json: bool,
        output: Path | None,
        keep_run: bool = False,
        store: str | None = None,
        lang: str,
        **given: Any,
    ) -> None:
        written = given.pop("write", None)
        case = given.pop(subject[0].name) if subject else None
        asked = next((others[flag] for flag in others if given.pop(_name(flag))), question)
        with Guard(lang, as_json, asked.schema, {one.name: one.flag for one in every.values()} | {"write": "--write"}):
            check_outputs(case or "", output, written, asked.suffixes)
            _check_idle(asked, every, given | {"write": written}, others)
            arguments = _read_all(asked.arguments, given)

            def ask(about: Case | Path | None) -> Asked:
                from ..store.runs import Asked  # sqlalchemy takes a quarter of a second

                return Asked(asked.verb, f"{question.verb} {asked.flag}".rstrip(), about, arguments, typed_names(asked))

            load = None if question.about is CASE else as_path
            with keeping(keep_run, store, ask, case, lang, load) as (about, take):
                result = watched(
                    lambda tell: asked.ask(
                        *(() if about is None else (about,)),
                        **arguments,
                        **({"progress": tell} if asked.tells else {}),
                    ),
                    lang,
                    partial=asked.partial,
                )
                if not getattr(result, "partial", False):
                    take(result)
            made = None if written is None else result.made_case()
            if as_json:
                write_json(result.document(lang))
            else:
                from ..render.terminal import show  # late: start-up stays fast

                show(result, lang)
            saved(output, result, lang)
            end_of(result, lang)
            save_made_case(made, written, lang)
            if getattr(result, "partial", False):
                raise typer.Exit(130)

    own = [_parameter(one) for one in every.values()]
    own += [inspect.Parameter(name, KEYWORD, default=False, annotation=Annotated[bool, o]) for name, o in flags.items()]
    if question.writes:
        write = typer.Option("--write", metavar="FILE", help=question.writes)
        own.append(inspect.Parameter("write", KEYWORD, default=None, annotation=Annotated[Path | None, write]))
    parameters = [
        *subject,
        *own,
        inspect.Parameter("as_json", KEYWORD, default=False, annotation=JsonOption),
        inspect.Parameter("output", KEYWORD, default=None, annotation=OutOption),
        *keep_parameters(question.arguments),
        inspect.Parameter("lang", KEYWORD, default="en", annotation=LangOption),
    ]
    return _with(run, parameters)


def as_path(given: str | None) -> Path | None:
    """Return the file that a question asks of, if it asks of one."""
    return None if given is None else Path(given)


def _subject(question: Question) -> list[inspect.Parameter]:
    """Return what a question asks of, as typer reads it: a case, a file, or nothing."""
    about = question.about
    if about is None:
        return []
    if about is CASE:
        return [inspect.Parameter("case", KEYWORD, default="shanghai", annotation=CaseArgument)]
    named = typer.Argument(metavar=about.metavar, help=about.help)
    return [inspect.Parameter((about.metavar or "file").lower(), KEYWORD, annotation=Annotated[str, named])]


REPORT = """Write a report for people: one HTML file, the answer first, with pictures, tables, method and sources.

Example: saidao report shanghai --lang zh -o report.html"""


def report() -> Callable[..., None]:
    """Return the verb that writes a report, with the options of a plan."""
    from .. import reporting  # takes half a second

    arguments = tuple(arguments_of(reporting.report))
    dated = Annotated[str, typer.Option("--date", help="A date that stands in the report.")]
    file = Annotated[Path, typer.Option("-o", "--output", help="The file that is written.")]

    def run(case: str, date: str, output: Path, keep_run: bool, store: str | None, lang: str, **given: Any) -> None:
        with Guard(lang, False, "", {one.name: one.flag for one in arguments}):
            reporting.check_report(output, case)
            chosen = _read_all(arguments, given)

            def ask(about: Case) -> Asked:
                from ..store.runs import Asked  # sqlalchemy takes a quarter of a second

                return Asked("report", "report", about, {**chosen, "lang": lang, "date": date})

            with keeping(keep_run, store, ask, case, lang) as (about, take):
                html, made = watched(
                    lambda tell: reporting.write_report(about, output, lang, date=date, **chosen), lang
                )
                print(say("written", lang, path=output), file=sys.stderr)
                if keep_run:
                    take(report_outcome(html, made))
            if made is not None:
                end_of(made, lang)

    parameters = [
        inspect.Parameter("case", KEYWORD, default="shanghai", annotation=CaseArgument),
        *map(_parameter, arguments),
        inspect.Parameter("date", KEYWORD, default="", annotation=dated),
        inspect.Parameter("output", KEYWORD, default=Path("report.html"), annotation=file),
        *keep_parameters(arguments),
        inspect.Parameter("lang", KEYWORD, default="en", annotation=LangOption),
    ]
    return _with(run, parameters)


BRIEF = """Write the brief of a plan: two pages for a decision, as a Word document or an HTML page.

With --form request or memo it is a 请示 or a 专报, in the form of a Chinese office.

Example: saidao brief shanghai --lang zh -o brief.docx"""


def brief() -> Callable[..., None]:
    """Return the verb that writes a brief, with the options of a plan."""
    from ..briefing import make  # takes half a second

    arguments = tuple(arguments_of(make.brief))
    shape = Annotated[str, typer.Option("--form", help="brief, request or memo.")]
    dated = Annotated[str, typer.Option("--date", help="A date that stands in the brief, such as 2026-11-26.")]
    file = Annotated[Path, typer.Option("-o", "--output", help="The .docx or .html file that is written.")]

    def run(
        case: str, form: str, date: str, output: Path, keep_run: bool, store: str | None, lang: str, **given: Any
    ) -> None:
        with Guard(lang, False, "", {one.name: one.flag for one in arguments}):
            make.check_brief(output, case, form)
            chosen = _read_all(arguments, given)
            how = {"lang": lang, "form": form, "date": date}

            def ask(about: Case) -> Asked:
                from ..store.runs import Asked  # sqlalchemy takes a quarter of a second

                return Asked("brief", "brief", about, {**chosen, **how, "suffix": output.suffix})

            with keeping(keep_run, store, ask, case, lang) as (about, take):
                data, made = watched(lambda tell: make.write_brief(about, output, **cast("Any", how), **chosen), lang)
                print(say("written", lang, path=output), file=sys.stderr)
                if keep_run:
                    take(brief_outcome(data, made))
            end_of(made, lang)

    parameters = [
        inspect.Parameter("case", KEYWORD, default="shanghai", annotation=CaseArgument),
        *map(_parameter, arguments),
        inspect.Parameter("form", KEYWORD, default="brief", annotation=shape),
        inspect.Parameter("date", KEYWORD, default="", annotation=dated),
        inspect.Parameter("output", KEYWORD, default=Path("brief.docx"), annotation=file),
        *keep_parameters(arguments),
        inspect.Parameter("lang", KEYWORD, default="en", annotation=LangOption),
    ]
    return _with(run, parameters)


def keep_parameters(arguments: tuple[Argument, ...]) -> list[inspect.Parameter]:
    """Return the options that keep a run; a verb that has a ``--keep`` of its own calls it ``--keep-run``."""
    keep = KeepOption if all(one.flag != "--keep" for one in arguments) else KeepRunOption
    return [
        inspect.Parameter("keep_run", KEYWORD, default=False, annotation=keep),
        inspect.Parameter("store", KEYWORD, default=None, annotation=StoreOption),
    ]


def typed_names(asked: Question) -> dict[str, str]:
    """Return the options of a question as they are typed, without dashes, by their names in Python."""
    return {one.name: one.flag.removeprefix("--") for one in asked.arguments}


def _with(run: Callable[..., None], parameters: list[inspect.Parameter]) -> Callable[..., None]:
    """Give a function the parameters that typer is to read."""
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    return run


def _read_all(arguments: tuple[Argument, ...], given: dict[str, Any]) -> dict[str, Any]:
    """Return what was typed, as the arguments that it is; what was not typed is left out."""
    read = {one.name: _read(one, given[one.name]) for one in arguments}
    return {name: value for name, value in read.items() if value is not None}


KEYWORD = inspect.Parameter.KEYWORD_ONLY


def _name(flag: str) -> str:
    return flag.removeprefix("--").replace("-", "_")


def _parameter(argument: Argument) -> inspect.Parameter:
    """Return an argument of a question as typer reads it."""
    option = argument.option
    kind = READERS[option.reads].kind if option.reads else _typed(argument.type)
    default = argument.default if not option.reads and isinstance(argument.default, (int, float, str)) else None
    said = typer.Option(
        argument.flag, help=option.help, metavar=option.metavar, autocompletion=completing(option.choices)
    )
    known = kind if default is not None or option.reads else kind | None
    return inspect.Parameter(argument.name, KEYWORD, default=default, annotation=Annotated[known, said])


def _typed(kind: Any) -> Any:
    """Return what is typed for an argument: the first of its types that is a number, a path or a switch, or a text."""
    parts = typing.get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    return next((plain for plain in parts if plain in (bool, int, float, Path, str)), str)


def _read(argument: Argument, typed: Any) -> Any:
    """Return what was typed as the argument that it is; None where nothing was."""
    reads = argument.option.reads
    return READERS[reads].read(typed, argument.flag) if reads and typed else typed or None if reads else typed


def _check_idle(
    asked: Question, every: dict[str, Argument], given: dict[str, Any], others: Mapping[str, Question]
) -> None:
    """Refuse what was typed and would change nothing: of another question, or without what it needs."""
    needed = {one.name: one.option.needs for one in asked.arguments if one.option.needs}
    needed |= {"write": asked.needs} if asked.needs else {}
    mine = {one.name for one in asked.arguments} | {"write"}
    problems = []
    for name, value in given.items():
        if value is None or value is False or value == [] or (name in every and value == every[name].default):
            continue
        found = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        if name not in mine:
            takers = (flag for flag, one in others.items() if name in {a.name for a in one.arguments})
            key, option = ("not_with", asked.flag) if asked.flag else ("needs_option", " / ".join(takers))
            problems.append(Problem(key, name, found=found, details={"option": option}))
        elif name in needed and given.get(needed[name]) is None:
            option = every[needed[name]].flag
            problems.append(Problem("needs_option", name, found=found, details={"option": option}))
    if problems:
        raise CaseError(problems)
