"""The verbs. Each reads its options, calls one function of the package, and shows or writes the result."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer

from . import case_verbs, import_verb, office_verb, runs_verb
from .guard import Guard
from .options import Verbs
from .usage import Told
from .verbs import plain_verbs


class Commands(Told):
    """The verbs of the registry, and those that ask nothing of a case."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        self.commands = {**plain_verbs(), **self.commands}


app = Verbs(
    name="saidao",
    cls=Commands,
    help="Rank a city's new industrial tracks and allocate a budget of policy measures to close their gaps.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
)


def _version(wanted: bool) -> None:
    if wanted:
        from .. import __version__  # late: start-up stays fast

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show it.")] = False,
) -> None:
    """Rank a city's new industrial tracks and allocate a budget of policy measures to close their gaps."""


for verb in (case_verbs.new, case_verbs.check, case_verbs.export):
    app.command()(verb)
app.command("import")(import_verb.import_)
app.command()(runs_verb.runs)
app.command()(office_verb.office)


@app.command("app")
def page(
    case: Annotated[
        str | None, typer.Argument(metavar="[CASE]", help="A case to begin with; else the page asks.")
    ] = None,
    host: Annotated[str, typer.Option(help="Address to serve at; one that others reach needs --office.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to serve at; 0 takes a free one.")] = 8765,
    browse: Annotated[bool, typer.Option("--open/--no-open", help="Open it in the browser.")] = True,
    lang: Annotated[
        str | None, typer.Option("--lang", help="Language to begin with: en or zh; the browser's, if left out.")
    ] = None,
    office: Annotated[
        bool, typer.Option("--office", help="For several people, who sign in: see `saidao office`.")
    ] = False,
    url: Annotated[
        str, typer.Option(metavar="URL", help="Office: the address under which people reach it, behind a proxy.")
    ] = "",
    user_header: Annotated[
        str, typer.Option(metavar="NAME", help="Office: a header in which the proxy says who has signed in.")
    ] = "",
    proxy: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Office: the address from which alone that header is believed.")
    ] = "",
    workers: Annotated[
        int | None, typer.Option(min=1, max=256, help="Processes that solve; as many as processors, if left out.")
    ] = None,
    seconds: Annotated[
        float, typer.Option(min=1, help="Seconds that one of them may take for an answer; then it is killed.")
    ] = 120.0,
    memory: Annotated[float, typer.Option(min=0.5, help="Memory that one of them may take, in GiB.")] = 3.0,
) -> None:
    """Serve the web page on this computer: change judgements and budgets, and see at once what follows.

    Example: saidao app shanghai
    """
    with Guard("en" if lang is None else lang, False, ""):
        from .. import serve  # the page's packages are an extra

        serve(
            case,
            host,
            port,
            browse,
            lang,
            office=office,
            url=url,
            user_header=user_header,
            proxy=proxy,
            workers=workers,
            seconds=seconds,
            memory=memory,
        )
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)  # what a solver is still at is waited for by nobody
