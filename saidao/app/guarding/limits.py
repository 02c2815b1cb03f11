"""Work on what strangers send, in a process of its own with limits of time and memory: it is killed when it is over.

Others are not affected by it: the process is forked from a server that has loaded what reading takes, and ends with
its work.
"""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from multiprocessing.connection import Connection
from typing import Any, TypeVar, cast

from ...errors import CaseError, Problem

T = TypeVar("T")

SECONDS = 60.0
"""Seconds that a file may take to be read: three times what the largest that is let in does here."""
MEMORY = 2 * 2**30
"""Bytes that reading it may take: twice as many."""
LOADED = ("saidao.case.sheets", "saidao.importing.reading", "saidao.app.answers")
"""Modules that the processes begin with: what reading takes, and what solving for the page takes (`workers`)."""


def context() -> Any:
    """Return how processes are made: forked from one that has loaded what they take, where the system forks."""
    forks = "forkserver" in multiprocessing.get_all_start_methods()
    made = multiprocessing.get_context("forkserver" if forks else "spawn")
    if forks:
        made.set_forkserver_preload([__name__, *LOADED])
    return made


def limited(work: Callable[..., T], *arguments: Any, seconds: float = SECONDS, memory: int = MEMORY) -> T:
    """Return what work returns, or raise what it raises, done in a process of its own.

    Parameters
    ----------
    work : a function of a module; it, what it takes and what it returns are pickled.
    seconds, memory : its limits; of memory where the system has one.

    Raises
    ------
    CaseError
        It was over a limit.
    """
    made = context()
    ours, theirs = made.Pipe(duplex=False)
    process = made.Process(target=_run, args=(theirs, memory, work, arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        with contextlib.suppress(EOFError):  # it was killed, by the system as likely as not
            if ours.poll(seconds):
                returned, value = ours.recv()
                if returned:
                    return cast("T", value)
                raise value
        details = {"seconds": f"{seconds:g}", "memory": f"{memory / 2**30:g}"}
        raise CaseError([Problem("over_limit", "", details=details)])
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


def _run(answer: Connection, memory: int, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    if find_spec("resource"):
        resource = import_module("resource")
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    try:
        told = (True, work(*arguments))
    except MemoryError:
        return
    except Exception as error:
        told = (False, error)
    answer.send(told)
