"""Workers: warm processes that solve for the page, each with limits of time and memory.

What takes long or may hang is done there: one job at a time each, so that nobody's work slows another's down more than
by its turn. A worker that is over a limit is killed and another one takes its place; who asked is told, nobody else
notices. A worker remembers the cases that it has worked on, and is asked about them again.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import itertools
import multiprocessing
import os
import signal
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar, cast
from weakref import WeakValueDictionary

from ...case import Case
from ...errors import CaseError, Problem
from ..guarding.limits import context

T = TypeVar("T")

SECONDS = 120.0
"""Seconds that a job may take, by the clock."""
MEMORY = 3.0
"""GiB that a worker may take."""
MOST_CASES = 8
"""Cases that a worker remembers."""
MANY_PLACES = 50_000
"""Tracks by measures from which on a case's programme may be one of those that compiled functions solve."""
QUIET = 1.0
"""Seconds without a job after which a worker looks for garbage among all that it holds."""
MOST_JOBS = 8
"""Jobs after which it does so however busy it is: each leaves some 20 MiB at 1,000 tracks."""
FIRST = 0
"""What the case is called that all workers begin with."""
UNKNOWN = "unknown case"
"""What a worker answers that has not got a case: it is sent along then."""


class Over(CaseError):
    """A job took too long or too much memory: it was ended, and what it was about is as it was."""

    def __init__(self, seconds: float, memory: float) -> None:
        super().__init__([Problem("job_over_limit", "", details={"seconds": f"{seconds:g}", "memory": f"{memory:g}"})])


@dataclass(eq=False)
class _Worker:
    """A process, our end of what connects us with it, and the cases that it may have."""

    process: BaseProcess
    ours: Connection
    known: set[int]

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.ours.close()


class Workers:
    """A pool of workers.

    Parameters
    ----------
    count : how many; as many as there are processors, two at least, if left out.
    seconds, memory : the limits of a job, in seconds and GiB; of memory where the system has one.
    first : a case that all of them begin with.
    """

    def __init__(
        self,
        count: int | None = None,
        seconds: float = SECONDS,
        memory: float = MEMORY,
        first: Case | None = None,
    ) -> None:
        self.count, self.seconds, self.memory = count or max(2, os.cpu_count() or 2), seconds, memory
        self._first = first
        self._cases: WeakValueDictionary[int, Case] = WeakValueDictionary()
        self._numbers = itertools.count(FIRST)
        if first is not None:
            self._cases[next(self._numbers)] = first
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._ready = threading.Condition()
        self._closed = False
        alone = sys.platform == "linux" and threading.active_count() == 1
        for _ in range(self.count):
            if alone:  # this process has loaded all that they take, and no thread that a fork would cut off
                self._start(multiprocessing.get_context("fork"))
            else:
                self._replace()

    def _replace(self) -> None:
        """Start a worker beside what goes on: what it takes has to be loaded first."""
        threading.Thread(target=lambda: self._start(context()), daemon=True).start()

    def _start(self, how: Any) -> None:
        ours, theirs = how.Pipe()
        process = how.Process(target=_serve, args=(theirs, int(self.memory * 2**30), self._first), daemon=True)
        process.start()
        theirs.close()
        made = _Worker(process, ours, set() if self._first is None else {FIRST})
        with self._ready:
            if self._closed:
                made.end()
                return
            self._all.add(made)
            self._idle.append(made)
            self._ready.notify()

    def run(self, case: Case, work: Callable[..., T], *arguments: Any) -> T:
        """Return what *work* returns of a case's `Outcomes` and the arguments, or raise what it raises.

        Parameters
        ----------
        case : as long as it is the same object, what a worker found out of it is not found out again.
        work : a function of a module, which takes the outcomes first; what it takes and returns is pickled.

        Raises
        ------
        Over
            It was over a limit.
        """
        number = self._number(case)
        worker = self._taken(number)
        try:
            worker.ours.send((number, None, work, arguments))
            told = self._answer(worker)
            if told == UNKNOWN:
                worker.ours.send((number, case, work, arguments))
                told = self._answer(worker)
        except (EOFError, OSError):  # it was killed: by its own limit, or by the system
            self._lose(worker)
            raise Over(self.seconds, self.memory) from None
        except BaseException:
            self._lose(worker)
            raise
        with self._ready:
            worker.known.add(number)
            self._idle.append(worker)
            self._ready.notify()
        returned, value = told
        if not returned:
            raise value
        return cast("T", value)

    def _number(self, case: Case) -> int:
        """Return what a case is called among the workers."""
        with self._ready:
            known = next((number for number, one in self._cases.items() if one is case), None)
            if known is None:
                known = next(self._numbers)
                self._cases[known] = case
            return known

    def _taken(self, number: int) -> _Worker:
        """Take an idle worker, one that knows the case if there is one, of others the one that worked last."""
        with self._ready:
            while not self._idle:
                self._ready.wait()
            chosen = next((one for one in reversed(self._idle) if number in one.known), self._idle[-1])
            self._idle.remove(chosen)
            return chosen

    def _answer(self, worker: _Worker) -> Any:
        if not worker.ours.poll(self.seconds):
            raise EOFError
        return worker.ours.recv()

    def _lose(self, worker: _Worker) -> None:
        with self._ready:
            self._all.discard(worker)
            closed = self._closed
        worker.end()
        if not closed:
            self._replace()

    def close(self) -> None:
        """End all of them, whatever they are at."""
        with self._ready:
            self._closed = True
            ending = list(self._all)
        for one in ending:
            one.process.kill()


# --- in the worker ---------------------------------------------------------------------------------------------------


def _serve(theirs: Connection, memory: int, first: Case | None) -> None:
    from ...optimize.solve.loading import load_compiled  # the server itself begins without what solving takes
    from .workspace import Outcomes  # the same

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's, which ends its workers
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    if find_spec("resource"):
        resource = import_module("resource")
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    held: OrderedDict[int, Outcomes] = OrderedDict()
    gc.disable()  # between jobs it looks for garbage, not within: that takes a third of a job's time at a large case
    gc.freeze()
    jobs = 0
    if first is not None:
        if len(first.track_ids) * len(first.measure_of) >= MANY_PLACES:
            threading.Thread(target=load_compiled, daemon=True).start()
        with contextlib.suppress(CaseError):  # said when it is asked about
            held[FIRST] = Outcomes(first)
    while True:
        try:
            if jobs and (jobs >= MOST_JOBS or not theirs.poll(QUIET)):
                gc.collect()
                jobs = 0
            number, case, work, arguments = theirs.recv()
            jobs += 1
            if case is not None:
                held[number] = Outcomes(case)
                while len(held) > MOST_CASES:
                    held.popitem(last=False)
            if number not in held:
                theirs.send(UNKNOWN)
                continue
            held.move_to_end(number)
            told = (True, work(held[number], *arguments))
        except (EOFError, MemoryError):
            return
        except Exception as error:
            told = (False, error)
        with contextlib.suppress(OSError):
            theirs.send(told)
        del told
        _give_back()


def _give_back() -> None:
    """Give the system back what is free, where its allocator can: a long answer frees as much as a large case takes."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _end_with_the_server() -> None:
    """End with the server, however it ends: a solver would go on for nobody."""
    server = parent_process()
    if server is not None:
        wait([server.sentinel])
        os._exit(1)
