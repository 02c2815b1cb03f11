"""The verb that asks which method gives a printed ranking."""

from __future__ import annotations

from typing import Annotated

import typer

from ..errors import CaseError, Problem
from .guard import Guard, write_json
from .options import JsonOption, LangOption


def court(
    table: Annotated[
        str,
        typer.Argument(
            metavar="TABLE",
            help="A printed table (.csv, .xlsx): a row an alternative, a column a criterion, a column score or rank, "
            "rows weight and direction; or a pairwise matrix with a column weight.",
        ),
    ],
    direction: Annotated[
        list[str] | None, typer.Option("--direction", metavar="COLUMN=WAY", help="max, min or LOW..HIGH; repeatable.")
    ] = None,
    option: Annotated[
        list[str] | None,
        typer.Option(
            "--option", metavar="NAME=VALUE", help="What the text says of the method, such as v=0.5; repeatable."
        ),
    ] = None,
    ratio: Annotated[
        str | None, typer.Option("--ratio", help="The printed consistency ratio of a pairwise matrix.")
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = "en",
) -> None:
    """Find which scheme, method, normalisation and random index give a printed ranking, or what is misprinted.

    Example: saidao court printed.csv --direction price=min
    """
    with Guard(lang, as_json, "saidao/court/1"):
        from ..questions.court import court_table  # takes a third of a second

        known: dict[str, float | str] = {}
        for text in option or ():
            name, value = _pair(text, "--option")
            try:
                known[name] = float(value)
            except ValueError:
                known[name] = value
        found = court_table(table, dict(_pair(text, "--direction") for text in direction or ()), ratio, **known)
        if as_json:
            write_json(found.to_dict())
            return
        from ..render.terminal import show_tables  # takes a tenth of a second

        for line in found.text(lang):
            print(line)
        show_tables(found.declared(), None, lang)


def _pair(text: str, where: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise CaseError([Problem("import_pair", where, found=text)])
    return name.strip(), value.strip()
