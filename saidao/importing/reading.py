"""`import_table`: any table becomes a case, or says what it needs to know first."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..arguments import checked
from ..case.case import Case
from ..case.cells import plain
from ..errors import CaseError, Problem
from ..mcda import IMPUTATIONS
from ..mcda.brief import Brief
from ..texts.say import say
from ..texts.visible import in_json
from .asking import PLACE, Asker, Question, in_words
from .long import Laid
from .make import factors_of, made_case, reconcile
from .recognise import Table, Told, recognise
from .regions import Left
from .scores import Scores
from .sheet import Opened, opened

LACKING = ("missing_score", "missing_tick")
"""Problems of a case that are but blank scores."""


@dataclass(frozen=True, eq=False, repr=False)
class Import(Brief):
    """A file as read: its tables, what is left out and why, and what only its owner can say.

    `case` is the case that it becomes; None while a question is open.
    """

    file: str
    encoding: str
    lang: str
    tables: tuple[Table, ...]
    left: tuple[Left, ...]
    questions: tuple[Question, ...]
    open: tuple[Question, ...]
    case: Case | None
    problems: tuple[Problem, ...] = ()

    @property
    def outcome(self) -> str:
        """Whether all is read, or something is to be asked, or there are no numbers before the answer."""
        if any(question.refuses for question in self.open):
            return "ask, and refuse until answered"
        return "ask" if self.open else "read"

    def to_dict(self, lang: str = "") -> dict[str, Any]:
        """Plain data, the keys of ``--json``; sentences in the language of the table unless another is asked for."""
        lang = lang or self.lang
        document: dict[str, Any] = {"schema": "saidao/import/1", "file": self.file}
        if self.encoding:
            document["encoding"] = self.encoding
        document["outcome"] = self.outcome
        if any(table.parts.view.turned for table in self.tables):
            document["orientation"] = "alternatives across"
        elif any(isinstance(table.parts.view, Laid) for table in self.tables):
            document["orientation"] = "a row a number"
        document["tables"] = [table.to_dict() for table in self.tables]
        document["missing"] = [
            {"where": where, "found": found} for table in self.tables for where, found in table.missing
        ]
        document["skipped"] = [left.to_dict(lang) for left in self.left]
        document["questions"] = [question.to_dict(lang) for question in self.open]
        answered = [q for q in self.questions if q.answer is not None]
        document["answered"] = [
            {"where": q.where, "ask": q.ask(lang), "answer": q.choice(q.answer or "", lang)} for q in answered
        ]
        document["case"] = None
        return document

    @property
    def blank(self) -> tuple[str, ...]:
        """The cells without a score, for which there is no ranking; none where they are guessed."""
        lacking = any(problem.code in LACKING for problem in self.problems)
        scores = [table for table in self.tables if isinstance(table, Scores)] if lacking else []
        return tuple(where for table in scores for where, _ in table.missing)

    def to_json(self) -> str:
        """`to_dict` as JSON text."""
        return in_json(json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False))

    def text(self, lang: str = "") -> list[str]:
        """Return what was read, what was left out and why, and what is asked, a line each."""
        return list(_sentences(self, lang or self.lang))


@checked
def import_table(
    path: str | Path | Opened,
    case: Case | None = None,
    *,
    sheet: str = "",
    names: str = "",
    directions: Mapping[str, str] | None = None,
    leave: Collection[str] = (),
    answers: Mapping[str, str] | Iterable[tuple[str, str]] = (),
    consistent: float | None = None,
    impute: str = "",
    years: bool = False,
    yes: bool = False,
) -> Import:
    """Read any table of a planner: a CSV file or a workbook.

    Parameters
    ----------
    path : the file, or one that is open already (`opened_bytes`).
    case : what the tables are added to; a case of their own if left out.
    sheet : the one sheet that is read; all that are shown if blank.
    names : heading or letters of the column of names, where it is not the one that is recognised.
    directions : ``"max"``, ``"min"`` or ``"LOW..HIGH"`` by heading, name or letters of a column.
    leave : columns that are not read, by heading, name or letters.
    answers : to `Import.questions`, by their place: a choice in words, its number (``"#2"``), or a number of one's own.
    consistent : consistency ratio up to which a judge counts; others are left out. Those beyond 0.1 are asked about if
        it is left out.
    impute : how blank scores are guessed, a name of `mcda.IMPUTATIONS`; they are lacking if it is blank.
    years : of tables of several years take all, without asking: the last is planned with, the others are for
        `saidao.rank_years`.
    yes : take what is assumed until a question is answered as the answer; questions without that stay open.

    Raises
    ------
    CaseError
        A file that cannot be read, a sheet that is not there, a direction or answer that fits nothing.

    Examples
    --------
    >>> found = import_table("options.csv")                                   # doctest: +SKIP
    >>> [question.where for question in found.open]                           # doctest: +SKIP
    ['F1']
    >>> import_table("options.csv", answers={"F1": "Cost"}).case              # doctest: +SKIP
    """
    told = list(answers.items()) if isinstance(answers, Mapping) else list(answers)
    ways = _checked(directions or {})
    if impute and impute not in IMPUTATIONS:
        raise CaseError([Problem("import_impute", "--impute", found=impute, details={"ways": ", ".join(IMPUTATIONS)})])
    source = path if isinstance(path, Opened) else opened(path)
    if sheet and sheet not in [one.title for one in source.sheets]:
        details = {"sheets": ", ".join(one.title for one in source.sheets)}
        raise CaseError([Problem("import_no_sheet", source.name, found=sheet, details=details)])
    asker = Asker(told, yes, years)
    found = recognise(source, asker, Told(sheet, names, ways, consistent, factors_of(case), leave))
    reconcile(found.tables, case, asker, found.left)
    named = {"--direction": list(ways), "--leave": list(leave), "--names": [names] if names else []}
    _check_used(found.tables, named, asker, told)
    if not found.tables:
        raise CaseError([Problem("import_nothing", source.name)])
    made, problems = made_case(found.tables, case, source.name, impute) if not asker.open else (None, [])
    left = sorted(found.left, key=_in_order)
    lang = "zh" if _is_chinese(found.tables) else "en"
    return Import(
        source.name,
        source.encoding,
        lang,
        tuple(found.tables),
        tuple(left),
        tuple(asker.questions),
        tuple(asker.open),
        made,
        tuple(problems),
    )


def _checked(directions: Mapping[str, str]) -> dict[str, str]:
    for column, way in directions.items():
        if way not in ("max", "min") and not re.fullmatch(
            r"\s*-?[\d.]+\s*\.\.\s*-?[\d.]+\s*", way.replace("...", "..")
        ):
            raise CaseError([Problem("import_direction", "--direction", found=f"{column}={way}")])
    return dict(directions)


def _check_used(tables: list[Table], named: Mapping[str, list[str]], asker: Asker, told: list[tuple[str, str]]) -> None:
    """Raise what is told of columns that are not there (*named*, by option), or answers what is not asked."""
    heads = [one for table in tables for j, one in enumerate(table.parts.heads)]
    views = [(table.parts.view, j) for table in tables for j in range(table.parts.view.width)]
    letters = {name for view, j in views for name in (str(view.letter(j)), view.label(j))}
    known = {fold for one in heads for fold in (plain(one.text), plain(one.name))} | {
        plain(letter) for letter in letters
    }
    problems = [
        Problem(
            "import_no_column",
            option,
            found=column,
            details={"columns": ", ".join(one.text for one in heads if one.text)},
        )
        for option, columns in named.items()
        for column in columns
        if plain(column) not in known
    ]
    problems += [
        Problem(
            "import_no_question",
            "--answer",
            found=f"{where}={answer}",
            details={"places": "; ".join(q.where for q in asker.questions) or "-"},
        )
        for where, answer in asker.unused(told)
    ]
    if problems:
        raise CaseError(problems)


def _is_chinese(tables: list[Table]) -> bool:
    texts = "".join(one.text for table in tables for one in table.parts.heads)
    return any("\u4e00" <= sign <= "\u9fff" for sign in texts)


def _in_order(left: Left) -> tuple[str, bool, int, str]:
    found = PLACE.match(left.where)
    if found is None:
        return left.where, False, 0, ""
    number = int(found[3]) if found[3].isdigit() else len(found[3])
    return found[1] or "", not found[2].startswith("row"), number, found[3]


MOST_TOLD = 12
"""Places of one reason that are told one by one."""


def _sentences(found: Import, lang: str) -> Iterable[str]:
    for table in found.tables:
        yield _told_table(table, lang)
        for column in getattr(table, "columns", ()):
            unit = say("import.in_unit", lang, unit=column.unit) if column.unit else ""
            way = say(f"import.way.{column.direction or 'open'}", lang)
            basis = say(f"import.basis.{column.basis}", lang)
            yield "  " + say("import.factor", lang, name=column.name, unit=unit, way=way, basis=basis)
    by_reason: dict[str, list[Left]] = {}
    for left in found.left:
        by_reason.setdefault(left.reason, []).append(left)
    for reason, places in by_reason.items():
        shown = say("import.and", lang).join(
            f"{in_words(one.where, lang)}{f' ({one.text[:40]})' if one.text else ''}" for one in places[:MOST_TOLD]
        )
        more = say("import.more", lang, more=len(places) - MOST_TOLD) if len(places) > MOST_TOLD else ""
        key = "import.otherwise" if places[0].is_read else "import.left"
        yield say(key, lang, places=shown + more, reason=say(f"import.left.{reason}", lang))
    for table in found.tables:
        for period, lacking in _lacking(table):
            yield say("import.period_lacks", lang, period=period, names=say("list", lang).join(lacking))
    missing = [where for table in found.tables for where, _ in table.missing]
    if missing:
        yield say("import.missing", lang, places=some(missing, lang))
    for question in found.questions:
        if question.answer is not None:
            yield say(
                "import.answered",
                lang,
                where=in_words(question.where, lang),
                ask=question.ask(lang),
                answer=question.choice(question.answer, lang),
            )
    for question in found.open:
        yield from told_question(question, lang)


def _lacking(table: Table) -> Iterable[tuple[str, list[str]]]:
    """Yield the years other than the last in which alternatives have no scores, and these."""
    if not isinstance(table, Scores):
        return
    for period, one in table.others.items():
        seen = {plain(name) for name in one.names}
        if lacking := [name for name in table.names if plain(name) not in seen]:
            yield period, lacking


def some(places: Sequence[str], lang: str) -> str:
    """Return the first places, and how many more there are."""
    more = say("import.more", lang, more=len(places) - MOST_TOLD) if len(places) > MOST_TOLD else ""
    return ", ".join(places[:MOST_TOLD]) + more


def _told_table(table: Table, lang: str) -> str:
    sheet = say("import.sheet", lang, sheet=table.parts.view.sheet.title) if table.parts.view.sheet.title else ""
    counts = {
        "rows": len(getattr(table, "respondents", ()) or table.parts.body),
        "columns": len(
            getattr(table, "columns", ()) or getattr(table, "factors", ()) or getattr(table, "resources", ())
        ),
    }
    return say(f"import.table.{table.role}", lang, sheet=sheet, **counts)


def told_question(question: Question, lang: str) -> Iterable[str]:
    """Say a question with its choices."""
    found = say("import.found", lang, found=question.found) if question.found else ""
    yield say("import.question", lang, where=in_words(question.where, lang), found=found, ask=question.ask(lang))
    for n, choice in enumerate(question.choices, 1):
        assumed = say("import.assumed", lang) if choice == question.until else ""
        yield f"    {n}. {question.choice(choice, lang)}{assumed}"
