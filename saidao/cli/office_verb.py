"""The verb that makes the accounts of an office."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ..errors import CaseError, Problem
from ..texts.say import say
from .guard import Guard, write_json
from .options import JsonOption, LangOption
from .runs_verb import StoreOption, opened

ACTS = {"list": 0, "add": 1, "password": 1, "close": 1, "reopen": 1}
"""What can be done with accounts, and how many names that takes."""


def office(
    act: Annotated[str, typer.Argument(metavar="[ACT]", help="list, add, password, close or reopen.")] = "list",
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="The account.")] = None,
    by_proxy: Annotated[
        bool, typer.Option("--by-proxy", help="add: without a password; a proxy says who it is.")
    ] = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
    lang: LangOption = "en",
) -> None:
    """Make the accounts of `saidao app --office`; passwords are asked for, or read from standard input.

    Example: saidao office add lilei
    """
    with Guard(lang, as_json, "saidao/office/1"):
        if act not in ACTS:
            details = {"choices": ", ".join(ACTS), "nearest": None}
            raise CaseError([Problem("choice", "office", found=act, details=details)])
        if (name is not None) != bool(ACTS[act]):
            raise CaseError([Problem("run_names", f"office {act}", found=name or "", details={"least": ACTS[act]})])
        held = opened(store)
        try:
            from ..store import accounts  # hashes passwords with an extra
            from ..store.store import current_user  # sqlalchemy takes a quarter of a second
        except ModuleNotFoundError:
            raise CaseError([Problem("office_missing", "saidao office")]) from None
        who = current_user()
        if name is not None:
            if act == "add":
                accounts.add(held, name, None if by_proxy else _password(lang), who)
            elif act == "password":
                accounts.known(held, name)
                accounts.set_password(held, name, _password(lang), who)
            else:
                accounts.close(held, name, who, act == "close")
        found = accounts.listed(held)
        if as_json:
            write_json({"schema": "saidao/office/1", "accounts": [vars(one) for one in found]})
            return
        if not found:
            print(say("office.nobody", lang))
        for one in found:
            notes = [say("office.closed", lang)] if one.closed else []
            notes += [] if one.has_password else [say("office.by_proxy", lang)]
            print(" · ".join([one.name, *notes]))


def _password(lang: str) -> str:
    """Return a password, asked for twice at a terminal, or the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = str(typer.prompt(say("office.password", lang), hide_input=True, err=True))
    if first != typer.prompt(say("office.password_again", lang), hide_input=True, err=True):
        raise CaseError([Problem("passwords_differ", "office")])
    return first
