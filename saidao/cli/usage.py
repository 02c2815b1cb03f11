"""Usage errors, told as all others are: where, found, expected, remedy, in the user's language."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import typer
from typer.core import TyperGroup

from ..errors import Problem, nearest
from ..texts.say import LANGUAGES, say

UsageError: Any = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "UsageError")
"""What the library of the command line raises; it has stood in more than one module."""


def typed(problem: Problem, flags: Mapping[str, str] = MappingProxyType({})) -> Problem:
    """Return a problem of an argument under the name that was typed; *flags* are those of the verb, by argument."""
    if problem.row is not None or problem.cell or problem.file not in flags:
        return problem
    details = dict(problem.details)
    if "option" in details:  # objective=robust, or the bare name of another argument
        text = re.sub(r"\b([a-z_]+)=(\S+)", lambda m: f"{flags.get(m[1], m[1])} {m[2]}", str(details["option"]))
        details["option"] = flags.get(text, text)
    return replace(problem, file=flags[problem.file], details=details)


class Told(TyperGroup):
    """A command line that tells what is wrong with what was typed in lines, each with its place and remedy."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Read what was typed before the verb."""
        self._typed = list(args)
        try:
            return super().make_context(info_name, args, parent, **extra)
        except UsageError as error:
            self._tell(error)

    def invoke(self, ctx: Any) -> Any:
        """Read what was typed after the verb, and do it."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            self._tell(error)
        except KeyboardInterrupt:
            print("\n" + say("interrupted", _language(self._typed)), file=sys.stderr)
            raise typer.Exit(130) from None

    def _tell(self, error: Any) -> None:
        """End with the message; raises."""
        if type(error).__name__ == "NoArgsIsHelpError":
            raise error
        lang = _language(self._typed)
        problem = usage_problem(error, list(self.commands))
        print(say("level_line", lang, level=say("error", lang), told=problem.text(lang)), file=sys.stderr)
        if "--json" in self._typed:
            verb = error.ctx.info_name if error.ctx is not None else ""
            told = {"schema": f"saidao/{verb}/1", "status": "error", "problems": [problem.to_dict(lang)]}
            print(json.dumps(told, ensure_ascii=False))
        raise typer.Exit(2) from None


def _language(words: Sequence[str]) -> str:
    """Return the language that was asked for, as far as it can be told from words that could not all be read."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        wanted = following if word == "--lang" else word.partition("=")[2] if word.startswith("--lang=") else ""
        if wanted in LANGUAGES:
            return wanted
    return LANGUAGES[0]


def usage_problem(error: Any, verbs: list[str]) -> Problem:
    """Return a usage error of the library as a problem of ours."""
    command = error.ctx.command_path if error.ctx is not None else "saidao"
    help_ = {"command": f"{command} --help"}
    message = str(error.format_message()).rstrip(".") + "."
    if option := getattr(error, "option_name", None):
        known = [name for p in error.ctx.command.params for name in p.opts] if error.ctx is not None else []
        if type(error).__name__ == "NoSuchOption":
            return Problem("no_option", option, found=option, details={**help_, "nearest": nearest(option, known)})
        return Problem("value_left_out", option, details=help_)
    if match := re.search(r"[Nn]o such command '(.*?)'", message):
        return Problem("no_verb", command, found=match[1], details={**help_, "nearest": nearest(match[1], verbs)})
    if match := re.search(r"unexpected extra argument.*\(([^()]*)\)\.?$", message):
        return Problem("extra_argument", command, found=match[1], details=help_)
    param = getattr(error, "param", None)
    if param is None:
        return Problem("usage", command, details={**help_, "message": message})
    where = max(param.opts, key=len) if param.param_type_name == "option" else param.metavar or param.name.upper()
    if type(error).__name__ == "MissingParameter":
        return Problem("value_left_out", where, details=help_)
    found = error.ctx.meta.get("saidao.typed", {}).get(param.name) if error.ctx is not None else None
    found = "" if found is None else found if isinstance(found, str) else ", ".join(map(str, found))
    low, high = getattr(param, "min", None), getattr(param, "max", None)
    if "given twice" not in message and low is not None and high is not None:
        return Problem("integer_between", where, found=found, details={"low": low, "high": high})
    if "valid integer" in message:
        return Problem("integer", where, found=found)
    if "valid number" in message or "valid float" in message:
        return Problem("number", where, found=found)
    return Problem("usage", where, found=found, details={**help_, "message": message})
