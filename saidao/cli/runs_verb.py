"""The verb about what was kept, and the keeping of a run by the other verbs."""

from __future__ import annotations

import base64
import sys
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast

import typer

from ..errors import CaseError, Problem, SaidaoError
from ..texts.say import LANGUAGES, say
from .guard import Guard, check_outputs, saved, write_json
from .options import JsonOption, LangOption, OutOption

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..case import Case
    from ..results.result import Result
    from ..store import runs as kept
    from ..store.again import Make
    from ..store.store import Store
    from ..study.plan.result import Plan

S = TypeVar("S", bound="Case | str | None")

ACTS = {
    "list": (0, 0), "show": (1, 1), "diff": (2, 2), "again": (1, 1), "tag": (2, 2),
    "export": (1, 10_000), "import": (1, 1), "verify": (0, 1), "backup": (1, 1),
}  # fmt: skip
"""What can be done with runs, and how many names that takes."""

StoreOption = Annotated[
    str | None,
    typer.Option("--store", metavar="URL", help="The store: a file, or postgresql+psycopg://...; else SAIDAO_STORE."),
]


def runs(
    act: Annotated[
        str, typer.Argument(metavar="[ACT]", help="list, show, diff, again, tag, export, import, verify or backup.")
    ] = "list",
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAMES]...",
            help="show ID; diff ID ID; again ID; tag ID NAME; export FILE [ID]...; import FILE; verify [DIGEST]; "
            "backup FILE. An ID is its beginning, a tag, or last.",
        ),
    ] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """List what `--keep` has kept, show it, compare two runs by their causes, make one again, name it, move it.

    Example: saidao runs diff last 4f1c
    """
    with Guard(lang, as_json, "saidao/runs/1"):
        given = names or []
        if act not in ACTS:
            details = {"choices": ", ".join(ACTS), "nearest": None}
            raise CaseError([Problem("choice", "runs", found=act, details=details)])
        least, most = ACTS[act]
        if not least <= len(given) <= most:
            raise CaseError([Problem("run_names", f"runs {act}", found=" ".join(given), details={"least": least})])
        check_outputs("", output)
        found = _done(act, given, opened(store), lang)
        if as_json:
            write_json(found.document(lang))
        else:
            from ..render.terminal import show_tables  # late: start-up stays fast

            for line in found.text(lang):
                print(line)
            show_tables(found.tables.values(), found.case, lang)
        saved(output, found, lang)
        if act == "verify" and found.to_dict()["faults"]:
            raise typer.Exit(2)


def _done(act: str, given: list[str], store: Store, lang: str) -> Result:
    """Do it; return what there is to be shown."""
    from ..store import again, bundle, checked, compared, listing, place  # sqlalchemy takes a quarter of a second
    from ..store import runs as kept  # likewise
    from ..store.store import current_user  # likewise

    if act == "show":
        run = kept.find(store, given[0])
        return listing.KeptRun(run, kept.document(store, run))
    if act == "diff":
        return compared.compared(store, *(kept.find(store, name) for name in given))
    if act == "again":
        return again.again(store, kept.find(store, given[0]), MAKERS)
    if act == "verify":
        return checked.checked(store, *given)
    if act == "tag":
        kept.tag(store, kept.find(store, given[0]), given[1], current_user())
        return listing.Runs(store.place, [kept.find(store, given[1])])
    if act == "export":
        path = Path(given[0])
        chosen = [kept.find(store, name) for name in given[1:]] or kept.listed(store)
        bundle.export(store, chosen, path)
        print(say("written", lang, path=path), file=sys.stderr)
        return listing.Runs(store.place, chosen)
    if act == "backup":
        place.back_up(store, Path(given[0]))
        print(say("written", lang, path=given[0]), file=sys.stderr)
        return checked.checked(store)
    if act == "import":
        new, known = bundle.take_in(store, Path(given[0]), current_user())
        print(say("runs.taken_in", lang, new=len(new), known=len(known)), file=sys.stderr)
        return listing.Runs(store.place, [kept.find(store, name) for name in [*new, *known]])
    return listing.Runs(store.place, kept.listed(store))


def opened(place: str | None) -> Store:
    """Open the store of the command line."""
    from ..store.place import open_store  # late: start-up stays fast

    return open_store(place)


# --- keeping ---------------------------------------------------------------------------------------------------------


KEEP = "Keep the run in the store, with who and when: see `saidao runs`."
KeepOption = Annotated[bool, typer.Option("--keep", help=KEEP)]
KeepRunOption = Annotated[bool, typer.Option("--keep-run", help=KEEP)]


@contextmanager
def keeping(
    keep: bool,
    place: str | None,
    ask: Callable[[Any], kept.Asked],
    case: S,
    lang: str,
    load: Callable[[S], Any] | None = None,
) -> Iterator[tuple[Case | S, Callable[[Result | kept.Outcome], None]]]:
    """Keep what comes of the block, an error too, if that is wanted; *load* makes of *case* what is asked about.

    Yields
    ------
    The case to be asked about, and what takes the result.
    """
    if place is not None and not keep:
        raise CaseError([Problem("needs_option", "--store", found=place, details={"option": "--keep"})])
    if not keep:
        yield case, lambda result: None
        return
    from ..case import load_case  # late: start-up stays fast
    from ..store import runs as kept  # likewise
    from ..store.store import current_user  # likewise

    store, loaded = opened(place), (load or load_case)(cast("Any", case))

    def take(result: Result | kept.Outcome | SaidaoError) -> None:
        outcome = result if isinstance(result, kept.Outcome) else kept.Outcome.of(result)
        run = kept.keep(store, ask(loaded), outcome, current_user())
        print(say("runs.kept", lang, id=run.id), file=sys.stderr)

    try:
        yield loaded, take
    except SaidaoError as error:
        take(error)
        raise


def report_outcome(html: str, plan: Plan | None) -> kept.Outcome:
    """Return a report as what came of a run."""
    from ..store.runs import Outcome  # late: start-up stays fast

    answer = {lang: "" if plan is None else plan.text(lang)[0] for lang in LANGUAGES}
    return Outcome({"schema": "saidao/report/1", "html": html}, "done", answer)


def brief_outcome(data: bytes, plan: Plan) -> kept.Outcome:
    """Return a brief as what came of a run."""
    from ..store.runs import Outcome  # late: start-up stays fast

    answer = {lang: plan.text(lang)[0] for lang in LANGUAGES}
    return Outcome({"schema": "saidao/brief/1", "file": base64.b64encode(data).decode()}, "done", answer)


def case_outcome(case: Case) -> kept.Outcome:
    """Return a case that was made or checked as what came of a run."""
    from ..store.runs import Outcome  # late: start-up stays fast
    from ..study.record import digest  # likewise

    rows = {name: len(table.rows) for name, table in case.tables.items() if table.rows}
    document = {"schema": "saidao/case/1", "digest": digest(case), "rows": rows, "judgements": len(case.judgements)}
    return Outcome(document, "done", {lang: case.title(lang) for lang in LANGUAGES})


def keep_case(keep: bool, place: str | None, verb: str, case: Case | None, lang: str) -> None:
    """Keep a case that a verb has made or checked, if that is wanted and there is one."""

    def ask(about: Case) -> kept.Asked:
        from ..store.runs import Asked  # sqlalchemy takes a quarter of a second

        return Asked("case", verb, about, {})

    if place is not None or (keep and case is not None):
        with keeping(keep, place, ask, case or "", lang) as (_, take):
            if case is not None:
                take(case_outcome(case))


def _brief(case: Case, arguments: dict[str, Any]) -> kept.Outcome:
    from ..briefing.make import made  # takes half a second

    return brief_outcome(*made(case, **arguments))


def _report(case: Case, arguments: dict[str, Any]) -> kept.Outcome:
    from ..reporting.make import rendered  # takes half a second

    return report_outcome(*rendered(case, **arguments))


MAKERS: dict[str, Make] = {"report": _report, "brief": _brief, "case": lambda case, _: case_outcome(case)}
"""What makes a run again where the registry does not: see `saidao.store.again`."""
