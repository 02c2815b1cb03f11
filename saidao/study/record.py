"""What a result needs to be made again: the command, a digest of the inputs, and the versions."""

from __future__ import annotations

import hashlib
import json
import platform
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from ..case import Case
from ..case.read import shipped


@dataclass(frozen=True)
class Record:
    """What a result needs to be made again.

    Attributes
    ----------
    digest : SHA-256 of the case, whatever kind of file it came in.
    versions : of what computed the result.
    command : the command line that writes the same; blank where it is not known.
    """

    digest: str
    versions: str
    command: str


def record(case: Case, command: str = "") -> Record:
    """Return the record of a result of a case."""
    return Record(digest(case), versions(), command)


FLAGS = {"budgets": "budget"}
"""Options of Python that the command line calls otherwise."""
UNSET = {"prioritisation": "eigenvector"}
"""Options that say nothing where they are so."""


def command(verb: str, case: str, options: Mapping[str, Any]) -> str:
    """Return the command line of a run.

    Parameters
    ----------
    case : a shipped case's name, a folder or a workbook; another file, or blank, where a verb asks of no case.
    options : as for `saidao.plan` and the verb; what is left out, None, False or empty does not stand there.

    >>> command("plan", "shanghai", {"stance": "even", "budgets": {"funds": 120.0}, "forbid": ("M08",)})
    'saidao plan shanghai --stance even --budget funds=120.0 --forbid M08'
    """
    words = ["saidao", verb, *([case] if case else [])]
    for name, value in options.items():
        nothing = (
            value is None or value is False or value == "" or (isinstance(value, Mapping | list | tuple) and not value)
        )
        flag = "--" + FLAGS.get(name, name).replace("_", "-")
        if value is True:
            words.append(flag)
        elif not nothing:
            words += [word for text in _texts(name, value) for word in (flag, text)]
    return shlex.join(words)


def _texts(name: str, value: Any) -> Iterator[str]:
    """Yield what stands after an option, a text each time that it is given."""
    if name == "weights" and not isinstance(value, str):
        yield ",".join(f"{factor}={float(weight)!r}" for factor, weight in dict(value).items())
    elif isinstance(value, Mapping):
        for key, amount in value.items():
            measure, at, target = key.partition("@")
            yield f"{measure}={amount!r}{at}{target}" if name == "lock" else f"{key}={amount!r}"
    elif isinstance(value, list | tuple):
        yield from map(str, value)
    elif UNSET.get(name) != value:
        yield str(value)


def check_command(case: Case) -> str | None:
    """Return the command that lists what is suspicious in a case; None for one that was read from no file."""
    if case.path is None:
        return None
    return command("check", case.name if case.path == shipped().get(case.name) else str(case.path), {})


def digest(case: Case) -> str:
    """SHA-256 of a case's settings, tables and judgements, whatever kind of file they came in."""
    held = case.content(mode="json")
    return hashlib.sha256(json.dumps(held, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def versions() -> str:
    """Versions of what computed a result."""
    packages = ("saidao", "highspy", "numpy")
    return ", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in packages)])
