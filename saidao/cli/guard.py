"""What every verb is wrapped in: messages instead of tracebacks, a sign of life on long work, an end by Ctrl-C."""

from __future__ import annotations

import contextvars
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from ..errors import CaseError, Problem, SaidaoError
from ..texts.say import say
from ..texts.visible import in_json, visible
from .usage import typed

if TYPE_CHECKING:
    from ..case import Case
    from ..results.result import Result

T = TypeVar("T")

QUIET = 2.0
"""Seconds before a sign of life is given."""


class Visible:
    """A stream of text that shows the signs that would steer a terminal; `stream` is the one below."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Write a text."""
        self.stream.write(visible(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


class Guard:
    """Turns what a user can mend into messages and the exit status of the contract."""

    def __init__(self, lang: str, as_json: bool, schema: str, flags: Mapping[str, str] = MappingProxyType({})) -> None:
        self.lang, self.as_json, self.schema, self.flags = lang, as_json, schema, flags

    def __enter__(self) -> None:
        self.streams = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = Visible(sys.stdout), Visible(sys.stderr)
        try:
            self._check_lang()
        except typer.Exit:
            sys.stdout, sys.stderr = self.streams
            raise

    def _check_lang(self) -> None:
        if self.lang not in ("en", "zh"):
            lang, self.lang = self.lang, "en"
            fail(
                CaseError([Problem("choice", "--lang", found=lang, details={"choices": "en, zh"})]),
                "en",
                2,
            )

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        try:
            if isinstance(error, SaidaoError):
                self._tell(error)
        finally:
            sys.stdout, sys.stderr = self.streams

    def _tell(self, error: SaidaoError) -> None:
        if self.as_json:
            problems = [typed(p, self.flags).to_dict(self.lang) for p in getattr(error, "problems", ())]
            told = {
                name: [conflict.to_dict() for conflict in getattr(error, name, ())]
                for name in ("conflicts", "relaxation")
            }
            known = {name: getattr(error, name) for name in ("violation", "gap") if hasattr(error, name)}
            write_json({"schema": self.schema, "status": error.status, "problems": problems, **told, **known})
        fail(error, self.lang, error.exit_status, self.flags)


def fail(error: SaidaoError, lang: str, status: int, flags: Mapping[str, str] = MappingProxyType({})) -> None:
    """Say what is wrong, and end with the status."""
    if isinstance(error, CaseError):
        lines = [
            say("level_line", lang, level=say(p.level, lang), told=typed(p, flags).text(lang)) for p in error.problems
        ]
    else:
        lines = error.lines(lang)
    for line in dict.fromkeys(lines):
        print(line, file=sys.stderr)
    raise typer.Exit(status)


def json_text(document: dict[str, Any]) -> str:
    """Return plain data as JSON."""
    return in_json(json.dumps(document, ensure_ascii=False, allow_nan=False))


def write_json(document: dict[str, Any]) -> None:
    """JSON to standard output."""
    print(json_text(document))


def watched(work: Callable[[Callable[[int], None]], T], lang: str, partial: bool = False) -> T:
    """Do the work, which may tell how many programs it has solved; say so on a terminal where it takes long.

    The work runs beside the thread that waits here, as a solver hears no Ctrl-C: that ends the process at once, before
    anything is written. Of *partial* work it asks for what is done so far, as soon as something is, such as the best
    plan of whole units so far; a second one ends the process.
    """
    from ..optimize.watch import Watch, watched_by  # late: start-up stays fast

    solved, waiting = 0, Watch()
    outcome: list[T] = []
    failure: list[BaseException] = []
    over = threading.Event()

    def tell(done: int) -> None:
        nonlocal solved
        solved = done
        if enough:
            raise KeyboardInterrupt

    def run() -> None:
        try:
            with watched_by(waiting):
                outcome.append(work(tell))
        except BaseException as error:  # raised again in the thread that waits
            failure.append(error)
        finally:
            over.set()

    begun = time.monotonic()
    shown = enough = False
    with _counted_interrupts() as interrupts:
        threading.Thread(target=contextvars.copy_context().run, args=(run,), daemon=True).start()
        while not over.wait(0.2):
            if len(interrupts) > (1 if partial else 0):
                print("\n" + say("interrupted", lang), file=sys.stderr, flush=True)
                sys.stdout.flush()
                os._exit(130)
            if interrupts and not enough:
                enough = True
                waiting.enough.set()
                print("\n" + say("stopping", lang), file=sys.stderr, flush=True)
            passed = time.monotonic() - begun
            if sys.stderr.isatty() and passed > QUIET and not enough:
                key = "working_on" if solved else "working" if waiting.gap is None else "working_within"
                told = say(key, lang, seconds=passed, solved=solved, gap=waiting.gap)
                print("\r" + told, end="\033[K", file=_bare(sys.stderr), flush=True)
                shown = True
    if shown:
        print("\r\033[K", end="", file=_bare(sys.stderr), flush=True)
    if failure:
        raise failure[0]
    return outcome[0]


@contextmanager
def _counted_interrupts() -> Iterator[list[int]]:
    """Yield a list that each Ctrl-C adds to: an exception could come anywhere, also where what it says is not heard."""
    heard: list[int] = []
    if threading.current_thread() is not threading.main_thread():  # no other hears signals
        yield heard
        return
    before = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        yield heard
    finally:
        signal.signal(signal.SIGINT, before)


def _bare(stream: Any) -> Any:
    """Return the stream that a line can be drawn again on."""
    return getattr(stream, "stream", stream)


def end_of(result: Any, lang: str) -> None:
    """End with the status of a limit where one came before all was known, and say how far what is shown may be off."""
    from ..study.plan.result import Plan  # late: start-up stays fast

    held = (result, *vars(result).values())
    several = (plan for one in held for plan in (one.values() if isinstance(one, Mapping) else _several(one)))
    gaps = [plan.certificate["gap"] for plan in several if isinstance(plan, Plan) and plan.status == "stopped"]
    if gaps:
        print(say("stopped_with_plan", lang, gap=max(0.0, *gaps)), file=sys.stderr)
    elif getattr(result, "limited", False):
        print(say("limited", lang), file=sys.stderr)
    else:
        return
    raise typer.Exit(4)


def _several(one: Any) -> tuple[Any, ...]:
    return one if isinstance(one, tuple) else (one,)


def saved(path: Path | None, result: Result, lang: str) -> None:
    """Write a result to the file that was asked for, if one was, by its suffix."""
    if path is None:
        return
    from ..files import write_bytes, write_text  # late: start-up stays fast
    from ..render.output import to_csv  # late: start-up stays fast

    suffix = path.suffix.lower()
    if suffix == ".json":
        write_text(path, json_text(result.document(lang)) + "\n")
    elif suffix == ".csv":
        write_text(path, to_csv(result.main.flat()), encoding="utf-8-sig")  # with Excel's mark
    elif suffix == ".xlsx":
        from ..workbook.results import workbook  # late: start-up stays fast

        write_bytes(path, workbook(result, lang))
    elif suffix == ".docx":
        from ..workbook.documents import document  # late: start-up stays fast

        write_bytes(path, document(result, lang))
    else:
        from ..reporting.answer import page  # late: start-up stays fast

        write_text(path, page(result, lang))
    print(say("written", lang, path=path), file=sys.stderr)


def check_outputs(case: str, output: Path | None, made: Path | None = None, more: tuple[str, ...] = ()) -> None:
    """Refuse outputs that could not be written, or would fall onto the case, before any work is done.

    *output* is the file of a result, with one of *more* suffixes beside the common ones; *made* a case, which is
    written as a folder or a file.
    """
    from ..files import check_distinct, check_place, check_suffix  # late: start-up stays fast

    if output is not None:
        from ..case.read import check_not_read  # late: start-up stays fast
        from ..render.output import SUFFIXES  # late: start-up stays fast

        check_suffix(output, (*SUFFIXES, *more))
        check_place(output)
        check_not_read(output, case)
    if made is not None:
        check_case_target(made, case)
    check_distinct(output, made)


def check_case_target(path: Path, case: str | None, force: bool = False) -> None:
    """Refuse to write a case where it could not be, or onto the one that it is made of, before any work is done."""
    from ..case.read import check_not_read  # late: start-up stays fast
    from ..workbook.save_case import PACKED, check_target  # late: start-up stays fast

    if case is not None:
        check_not_read(path, case, folder=path.suffix.lower() not in PACKED)
    check_target(path, force)


def save_made_case(case: Case | None, path: Path | None, lang: str) -> None:
    """Write the case that a verb has made to where it was asked for, if it was."""
    if path is not None and case is not None:
        from ..workbook.save_case import save_case  # late: start-up stays fast

        save_case(case, path)
        print(say("written", lang, path=path), file=sys.stderr)
