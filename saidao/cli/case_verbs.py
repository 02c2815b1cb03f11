"""The verbs about a case itself: start one, write it as another kind of file, check it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from ..errors import CaseError, Problem
from ..files import write_bytes
from ..texts.say import say
from .guard import Guard, check_case_target, write_json
from .options import CaseArgument, JsonOption, LangOption
from .runs_verb import KeepOption, StoreOption, keep_case

ForceOption = Annotated[bool, typer.Option("--force", help="Replace what stands there.")]


def new(
    target: Annotated[str, typer.Argument(metavar="FILE", help="A workbook (.xlsx), a .zip, or a folder.")],
    name: Annotated[str | None, typer.Option(help="Name of the city or case.")] = None,
    tracks: Annotated[str | None, typer.Option(help="Names of the tracks, separated by ; (three examples).")] = None,
    factors: Annotated[str | None, typer.Option(help="Names of the factors (the six of the diamond model).")] = None,
    resources: Annotated[str | None, typer.Option(help="Names of the scarce resources (funds and talent).")] = None,
    measures: Annotated[str | None, typer.Option(help="Names of the measures (three examples).")] = None,
    judges: Annotated[
        str | None, typer.Option(help="Who compares the factors in pairs: a sheet each (none: weights are given).")
    ] = None,
    like: Annotated[str | None, typer.Option(metavar="CASE", help="Copy this case instead, with its numbers.")] = None,
    framework: Annotated[
        bool, typer.Option("--framework", help="Add the paper's dimensions, stages, chains, candidates and a panel.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing: take the example for what is left out.")] = False,
    force: ForceOption = False,
    keep: KeepOption = False,
    store: StoreOption = None,
    lang: LangOption = "en",
) -> None:
    """Start a case of your own: a small example to overwrite, every number marked as an assumption.

    Example: saidao new mycity.xlsx --name "My city" --tracks "Smart cars; New drugs; Data"
    """
    with Guard(lang, False, "saidao/new/1"):
        from ..case.start import new_case  # late: start-up stays fast
        from ..questions.check import contents, holds  # late: start-up stays fast
        from ..workbook.save_case import save_case  # likewise
        from ..workbook.template import template_workbook  # late: start-up stays fast

        path = Path(target)
        check_case_target(path, like, force)
        asking = sys.stdin.isatty() and not yes
        asked = ("tracks", "factors", "resources", "measures")
        given = {
            "name": name,
            **dict(zip(asked, (tracks, factors, resources, measures), strict=True)),
            "judges": judges,
        }
        if like is not None and (idle := [key for key in (*asked, "judges") if given[key]]):
            raise CaseError([Problem("not_with_like", f"--{idle[0]}", found=f"--{idle[0]}")])
        if like is not None and framework:
            raise CaseError([Problem("not_with_like", "--framework", found="--framework")])
        for key, text in given.items():
            if asking and text is None and (key == "name" or (like is None and key in asked)):
                given[key] = typer.prompt(say(f"new.{key}", lang), default="", show_default=False, err=True)
        lists = {key: _listed(given[key] or "") for key in (*asked, "judges")}
        case = new_case(given["name"] or path.stem, **lists, like=like, framework=framework)
        if path.suffix.lower() == ".xlsx" and like is None:
            write_bytes(path, template_workbook(case, lang, path.name))
        else:
            save_case(case, path, overwrite=force)
        print(say("written", lang, path=path))
        keep_case(keep, store, "new", case, lang)
        for line in holds(case, contents(case), lang):
            print(line)
        print(say("new.next", lang, path=path))


def export(
    case: CaseArgument,
    target: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="A workbook (.xlsx), .zip or folder; .pb (PabuLib), .xml (XMCDA), NEW/datapackage.json, .mps, .lp.",
        ),
    ],
    force: ForceOption = False,
    keep: KeepOption = False,
    store: StoreOption = None,
    lang: LangOption = "en",
) -> None:
    """Write a case as a workbook, a folder or a zipped folder, which read back are the same; or in a field's format.

    Example: saidao export shanghai mycity.xlsx
    """
    with Guard(lang, False, "saidao/export/1"):
        from ..case import load_case  # late: start-up stays fast
        from ..case.read import check_not_read  # late: start-up stays fast
        from ..formats.exchange import check_export, format_of, told, write_as  # late: start-up stays fast
        from ..workbook.save_case import save_case  # late: start-up stays fast

        path = Path(target)
        if (chosen := format_of(path)) is not None:
            check_not_read(path.parent if chosen.folder else path, case, folder=chosen.folder)
            check_export(path, force)
            left = told(write_as(load_case(case), path, force), lang)
        else:
            check_case_target(path, case, force)
            save_case(load_case(case), target, overwrite=force)
            left = []
        print(say("written", lang, path=target))
        keep_case(keep, store, "export", load_case(case) if keep else None, lang)
        for line in left:
            print(line)


def check(
    case: CaseArgument = "shanghai",
    as_json: JsonOption = False,
    keep: KeepOption = False,
    store: StoreOption = None,
    lang: LangOption = "en",
) -> None:
    """Read a case, and try what its defaults would run: every error with its place, what is suspicious, what it lacks.

    Where the case has a table named_pairs, its own plan is compared with it.

    Example: saidao check mycity.xlsx
    """
    with Guard(lang, as_json, "saidao/check/1"):
        from ..questions.check import check as checked  # late: start-up stays fast

        found = checked(case)
        keep_case(keep, store, "check", found.case, lang)
        if as_json:
            write_json(found.document(lang))
        else:
            for line in found.text(lang):
                print(line)
        if found.exit_status:
            raise typer.Exit(found.exit_status)


def _listed(text: str) -> list[str]:
    """Return names that are separated by a semicolon or a comma, of either width, or by 、."""
    return [name for part in re.split("[;；,，、]", text) if (name := part.strip())]
