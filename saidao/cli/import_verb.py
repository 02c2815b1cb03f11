"""The verb that makes a case of any table."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import CaseError, Problem, capped
from ..texts.say import say
from .case_verbs import ForceOption
from .guard import Guard, check_case_target, write_json
from .options import JsonOption
from .runs_verb import KeepOption, StoreOption, keep_case

if TYPE_CHECKING:
    from ..case import Case
    from ..importing import Import


def import_(
    table: Annotated[
        str,
        typer.Argument(
            metavar="TABLE", help="A table of any form (.csv, .xlsx); a .pb, .xml (XMCDA), datapackage.json."
        ),
    ],
    case: Annotated[
        str | None,
        typer.Argument(
            metavar="[CASE]",
            help="Where the case is written: .xlsx, .zip or a folder; a case that stands there gets the tables added.",
        ),
    ] = None,
    sheet: Annotated[str, typer.Option("--sheet", help="The one sheet that is read; all of them, if left out.")] = "",
    names: Annotated[
        str, typer.Option("--names", metavar="COLUMN", help="The column of names: its heading or letters.")
    ] = "",
    direction: Annotated[
        list[str] | None, typer.Option("--direction", metavar="COLUMN=WAY", help="max, min or LOW..HIGH; repeatable.")
    ] = None,
    leave: Annotated[
        list[str] | None, typer.Option("--leave", metavar="COLUMN", help="A column that is not read; repeatable.")
    ] = None,
    answer: Annotated[
        list[str] | None, typer.Option("--answer", metavar="WHERE=CHOICE", help="Answer to a question; repeatable.")
    ] = None,
    consistent: Annotated[
        float | None,
        typer.Option(
            "--consistent", min=0, help="Consistency ratio up to which a judge counts; beyond 0.1 asked about."
        ),
    ] = None,
    impute: Annotated[
        str, typer.Option("--impute", metavar="WAY", help="Guess blank scores: mean, median, worst or neighbours.")
    ] = "",
    years: Annotated[
        bool, typer.Option("--years", help="Of several years keep all: the last is planned with; see rank --years.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Take what is assumed until a question is answered.")] = False,
    force: ForceOption = False,
    keep: KeepOption = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
    lang: Annotated[
        str | None, typer.Option("--lang", help="Language: en or zh; that of the table, if left out.")
    ] = None,
) -> None:
    """Make a case of any table: says what it read and what it left out, and asks what cannot be known.

    Example: saidao import mytable.xlsx mycity --yes
    """
    with Guard(lang or "en", as_json, "saidao/import/1"):
        from ..case.read import load_case  # takes a third of a second
        from ..formats.exchange import format_of  # likewise
        from ..importing import import_table  # likewise
        from ..workbook.save_case import save_case  # likewise

        if format_of(table) is not None:
            made = _import_case(Path(table), case, force, as_json, lang or "en")
            keep_case(keep, store, "import", made, lang or "en")
            return
        base = None
        if case is not None:
            stands = _stands(Path(case)) and not force
            base = load_case(case) if stands else None
            check_case_target(Path(case), None, force or stands)
        options: dict[str, Any] = {
            "sheet": sheet, "names": names, "directions": dict(map(_pair, direction or ())), "yes": yes,
            "years": years, "consistent": consistent, "impute": impute, "leave": leave or (),
        }  # fmt: skip
        answers = [_pair(text) for text in answer or ()]
        found = import_table(table, base, answers=answers, **options)
        while found.open and sys.stdin.isatty() and not yes and not as_json:
            answers.append(_asked(found, lang or found.lang))
            found = import_table(table, base, answers=answers, **options)
        told = lang or found.lang
        if case is not None and not found.open and found.case is None:
            raise CaseError(found.problems)
        written = found.case is not None and case is not None
        if found.case is not None and case is not None:
            save_case(found.case, case, overwrite=base is not None or force)
        if not found.open:
            keep_case(keep, store, "import", found.case, lang or "en")
        if as_json:
            write_json(found.to_dict(told) | {"case": case if written else None})
        else:
            said = {"sheet": [sheet], "names": [names], "direction": direction or [], "leave": leave or [],
                    "answer": [f"{where}={choice}" for where, choice in answers],
                    "consistent": [] if consistent is None else [f"{consistent:g}"]}  # fmt: skip
            given = [part for name, texts in said.items() for text in texts if text for part in (f"--{name}", text)]
            _show(found, table, case, told, [*given, *(["--years"] if years else []), *(["--yes"] if yes else [])])
        if found.open:
            raise typer.Exit(2)


def _import_case(path: Path, case: str | None, force: bool, as_json: bool, lang: str) -> Case:
    """Read a case from a format of the field, and write it where it was asked for; return it."""
    from ..formats.exchange import format_of, read_as, told  # takes a third of a second
    from ..questions.check import contents, holds  # likewise
    from ..workbook.save_case import save_case  # likewise

    if case is not None:
        check_case_target(Path(case), str(path), force)
    made, left = read_as(path)
    if case is not None:
        save_case(made, case, overwrite=force)
    chosen = format_of(path)
    if as_json:
        write_json(
            {
                "schema": "saidao/import/1",
                "file": path.name,
                "format": "" if chosen is None else chosen.name,
                "outcome": "read",
                "tables": [],
                "rows": contents(made)["rows"],
                "missing": [],
                "skipped": [{"where": "", "text": line} for line in told(left, lang)],
                "questions": [],
                "case": case,
            }
        )
        return made
    for line in holds(made, contents(made), lang):
        print(line)
    for line in told(left, lang):
        print(line)
    if case is None:
        print(say("import.read", lang))
        return made
    print(say("written", lang, path=case))
    print(say("check.next", lang, command=f"saidao {'plan' if made.tables['measures'].rows else 'rank'} {case}"))
    return made


def _stands(path: Path) -> bool:
    """Whether a case, or something else, stands at a path."""
    return path.is_file() or (path.is_dir() and any(path.iterdir()))


def _pair(text: str) -> tuple[str, str]:
    """Read ``WHERE=CHOICE``: the place is what stands before the first ``=``."""
    where, sign, choice = text.partition("=")
    if not sign:
        raise CaseError([Problem("import_pair", "--direction, --answer", found=text)])
    return where.strip(), choice.strip()


def _asked(found: Import, lang: str) -> tuple[str, str]:
    """Put the first open question on the terminal until its answer fits."""
    from ..importing.asking import FREE  # loaded by the verb before
    from ..importing.reading import told_question  # likewise

    question = found.open[0]
    for line in told_question(question, lang):
        print(line, file=sys.stderr)
    while True:
        default = "" if question.until is None else str(question.choices.index(question.until) + 1)
        text = typer.prompt(
            say("import.prompt", lang), default=default or None, show_default=bool(default), err=True
        ).strip()
        chosen = question.choices[int(text) - 1] if text.isdigit() and 0 < int(text) <= len(question.choices) else ""
        if chosen == FREE:
            text = typer.prompt(say("import.prompt_number", lang), err=True).strip()
        elif chosen:
            text = f"#{text}"
        # a digit that is no choice is a slip, not a number of one's own
        if question.taken(text) is not None and (chosen or not (text.isdigit() and len(text) == 1)):
            return question.where, text
        print(say("import.again", lang), file=sys.stderr)


def _show(found: Import, table: str, case: str | None, lang: str, given: list[str]) -> None:
    """Say what was read and what comes next; *given* are the options that it was read with."""
    for line in found.text(lang):
        print(line)
    if found.open:
        assumed = all(question.until is not None for question in found.open)
        print(say("import.yes" if assumed else "import.open", lang, open=len(found.open)))
        return
    if case is None:
        for problem in found.problems if found.case is None else ():
            print(say("import.lacks", lang, problem=problem.text(lang)))
        if found.case is not None:
            print(say("import.read", lang))
        return
    print(say("written", lang, path=case))
    from ..case.limits import MOST_ALIKE  # loaded by the verb before
    from ..importing.reading import LACKING, some  # as above

    for problem in capped((one for one in found.problems if one.code not in LACKING), MOST_ALIKE):
        print(say("import.lacks", lang, problem=problem.text(lang)))
    if found.blank:
        print(say("import.blank", lang, count=len(found.blank), places=some(found.blank, lang)))
        print("  " + shlex.join(["saidao", "import", table, case, *given, "--impute", "median", "--force"]))
    if not found.problems:
        print(say("import.next", lang, case=case))
