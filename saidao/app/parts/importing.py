"""A table that is read on the page: as it stands, with what its columns are read as and what only its owner knows."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any

from markupsafe import Markup

from ...case import Case
from ...case.limits import LARGEST, LONGEST_NAME
from ...case.settings import Settings
from ...case.sheets import column_name
from ...errors import CaseError, Problem
from ...importing import Import, Opened, import_table, opened_bytes
from ...importing.asking import FREE, Question, in_words
from ...importing.places import places
from ...importing.reading import LACKING, MOST_TOLD, some
from ...importing.recognise import Table
from ...mcda import IMPUTATIONS
from ...texts.say import say
from ..guarding.limits import limited
from .templating import render

ROWS, COLUMNS = 60, 40
"""What is shown of a table; all of it is read."""
MOST_HELD = 12
"""Tables that wait for answers at a time."""
WAYS = ("max", "min")
LEAVE = "leave"
"""What is chosen above a column that is not to be read."""
_CELL = re.compile(r"(?:(?P<sheet>[^,]+)!)?(?P<column>[A-Z]+)(?P<row>\d+)")


_FIGURE = re.compile(r"[-+−]?[\d.,，．０-９\s]+[%％]?")


class Held:
    """The last few tables that were given, by a mark of their contents: reading again needs them again."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Opened] = OrderedDict()
        self._lock = Lock()

    def put(self, data: bytes, name: str) -> str:
        """Hold a table, and return its mark.

        Raises
        ------
        CaseError
            No text and no workbook, or broken.
        """
        opened = limited(opened_bytes, data, name)
        mark = hashlib.blake2b(data + name.encode(), digest_size=12).hexdigest()
        with self._lock:
            self._held[mark] = opened
            self._held.move_to_end(mark)
            while len(self._held) > MOST_HELD:
                self._held.popitem(last=False)
        return mark

    def get(self, mark: str) -> Opened | None:
        """Return a table; None if it is no longer at hand."""
        with self._lock:
            return self._held.get(mark)


@dataclass(frozen=True)
class Answers:
    """What is said on the page about a table: answers by place, directions by column, columns not wanted, the rest."""

    told: tuple[tuple[str, str], ...] = ()
    directions: Mapping[str, str] = field(default_factory=dict)
    leave: tuple[str, ...] = ()
    impute: str = ""
    name: str = ""
    into: str = "new"

    @classmethod
    def of(cls, form: Mapping[str, str]) -> Answers:
        """Return what a form holds: ``where-N`` with ``answer-N`` or ``own-N``, ``direction-COLUMN``, and the rest."""
        numbers = sorted(int(key[6:]) for key in form if re.fullmatch(r"where-\d{1,6}", key))
        told = []
        for n in numbers:
            answer = form.get(f"answer-{n}", "")
            answer = form.get(f"own-{n}", "") if answer == FREE else answer
            if answer.strip():
                told.append((form[f"where-{n}"], answer.strip()))
        prefix = "direction-"
        chosen = {key.removeprefix(prefix): way for key, way in form.items() if key.startswith(prefix)}
        ways = {column: way for column, way in chosen.items() if way in WAYS}
        leave = tuple(column for column, way in chosen.items() if way == LEAVE)
        impute = form.get("impute", "")
        name = " ".join(form.get("name", "").split())[:LONGEST_NAME]
        return cls(tuple(told), ways, leave, impute if impute in IMPUTATIONS else "", name, form.get("into", "new"))


def read(opened: Opened, said: Answers, base: Case | None = None) -> tuple[Import, list[tuple[str, str]]]:
    """Read a table with what is said of it; return the answers that fit nothing, too, without which it is read.

    Raises
    ------
    CaseError
        What no answer mends.
    """
    told, ways, leave = list(said.told), dict(said.directions), said.leave
    unfit: list[tuple[str, str]] = []
    while True:
        try:
            found = import_table(opened, base, answers=told, directions=ways, leave=leave, impute=said.impute)
        except CaseError as error:
            odd = {problem.found for problem in error.problems if problem.code == "import_no_question"}
            lost = {problem.found for problem in error.problems if problem.code == "import_no_column"}
            kept = [one for one in told if f"{one[0]}={one[1]}" not in odd]
            if len(kept) == len(told) and not lost & {*ways, *leave}:
                raise
            unfit += [one for one in told if one not in kept]
            told, ways = kept, {column: way for column, way in ways.items() if column not in lost}
            leave = tuple(column for column in leave if column not in lost)
        else:
            return found, unfit


def named(case: Case, name: str) -> Case:
    """Return the case under a name."""
    given = {**case.settings.model_dump(exclude_unset=True), "name_en": name, "name_zh": name}
    return replace(case, settings=Settings.model_validate(given))


@dataclass(frozen=True)
class Cell:
    """A cell as it stands: the number of the question about it, whether it is a number, how far it is merged."""

    text: str
    question: int | None = None
    is_number: bool = False
    across: int = 1


@dataclass(frozen=True)
class Line:
    """A row as it stands: its number, why it is not read or what it is, and its cells."""

    number: int
    label: str
    is_read: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Over:
    """What stands above a column: what it is read as, and which way is better.

    `field` is what it is called where it is chosen; blank where there is nothing to choose.
    """

    letter: str
    label: str
    is_read: bool
    direction: str | None = None
    basis: str = ""
    field: str = ""


@dataclass(frozen=True)
class Shown:
    """A sheet as it is shown."""

    title: str
    over: tuple[Over, ...]
    lines: tuple[Line, ...]
    more: int


@dataclass(frozen=True)
class Reading:
    """What the page shows of a table that is being read."""

    found: Import
    opened: Opened
    said: Answers
    unfit: Sequence[tuple[str, str]]
    lang: str

    def say(self, key: str, **words: Any) -> str:
        """Return a sentence."""
        return say(key, self.lang, **words)

    @property
    def what(self) -> str:
        """What was read, in words."""
        told = []
        for table in self.found.tables:
            columns = getattr(table, "columns", None) or getattr(table, "resources", None) or ()
            told.append(self.say(f"importing.what.{table.role}", rows=len(table.parts.body), columns=len(columns)))
        return self.say("import.and").join(told)

    @property
    def questions(self) -> list[tuple[int, Question]]:
        """The questions in their order, numbered from 1."""
        return list(enumerate(self.found.questions, 1))

    def where(self, question: Question) -> str:
        """Return the place of a question in words."""
        return in_words(question.where, self.lang)

    def own(self, question: Question) -> str:
        """Return the numbers of one's own that answer a question; blank if a choice does, or nothing."""
        return question.answer or "" if question.answer not in (None, *question.choices) else ""

    def not_taken(self, question: Question) -> str:
        """Return an answer that was given to a question and is none."""
        return next((answer for where, answer in self.unfit if where == question.where), "")

    @property
    def blank(self) -> str:
        """The cells without a score, which stand in the way of a ranking unless they are guessed."""
        places = [where for table in self.found.tables if table.role == "scores" for where, _ in table.missing]
        return some(places, self.lang) if places else ""

    @property
    def blank_count(self) -> int:
        """How many scores are blank."""
        return sum(len(table.missing) for table in self.found.tables if table.role == "scores")

    @property
    def lacks(self) -> list[str]:
        """What else the case lacks."""
        return [p.text(self.lang) for p in self.found.problems if p.code not in LACKING][:MOST_TOLD]

    @property
    def is_ready(self) -> bool:
        """Whether it can be put into a case."""
        return self.found.case is not None and not self.found.open and not self.found.blank and not self.lacks

    @property
    def title(self) -> str:
        """The name that a case of this table would have."""
        return self.said.name or (
            self.found.case.title(self.lang) if self.found.case else self.opened.name.rpartition(".")[0]
        )

    @property
    def left(self) -> list[str]:
        """What is not read and why, a line a reason."""
        by: dict[str, list[str]] = {}
        for one in self.found.left:
            if one.is_read:  # as its label says
                continue
            text = f" ({one.text[:30]})" if one.text else ""
            by.setdefault(one.reason, []).append(in_words(one.where, self.lang) + text)
        return [f"{some(places, self.lang)}: {self.say(f'import.left.{reason}')}" for reason, places in by.items()]

    @property
    def sheets(self) -> list[Shown]:
        """The sheets that are read."""
        several = len([one for one in self.opened.sheets if any(any(c != "" for c in row) for row in one.rows)]) > 1
        return [
            self._sheet(n, several)
            for n, sheet in enumerate(self.opened.sheets)
            if any(table.parts.view.sheet.title == sheet.title for table in self.found.tables)
        ]

    def _sheet(self, at: int, several: bool) -> Shown:
        sheet = self.opened.sheets[at]
        prefix = f"{sheet.title}!" if several and sheet.title else ""
        left = {one.where.removeprefix(prefix): one for one in self.found.left if one.where.startswith(prefix)}
        asked: dict[tuple[int, int], int] = {}
        for n, question in self.questions:
            for found in _CELL.finditer(question.where):
                if (found["sheet"] or "") == prefix.rstrip("!"):
                    asked.setdefault((int(found["row"]) - 1, _column(found["column"])), n)
        tables = [table for table in self.found.tables if table.parts.view.sheet.title == sheet.title]
        heads = {row for table in tables for row in _places(table).get("head_rows", ())}
        width = min(COLUMNS, len(sheet.rows[0]) if sheet.rows else 0)
        lines = []
        for r, row in enumerate(sheet.rows[:ROWS]):
            label = self.say("importing.head") if r + 1 in heads else ""
            if reason := left.get(f"row {r + 1}"):
                label = self.say(f"import.left.{reason.reason}")
            texts = [_text(row[c], (r, c) in sheet.percents) for c in range(width)]
            merged = Counter(place[1] for c in range(width) if (place := sheet.spanned.get((r, c))) and place[0] == r)
            cells = tuple(
                Cell(text, asked.get((r, c)), bool(_FIGURE.fullmatch(text)), merged[c] + 1)
                for c, text in enumerate(texts)
                if sheet.spanned.get((r, c), (None,))[0] != r
            )
            lines.append(Line(r + 1, label, not label, cells))
        over = tuple(self._over(c, tables, left) for c in range(width))
        return Shown(sheet.title if several else "", over, tuple(lines), max(0, len(sheet.rows) - ROWS))

    def _over(self, c: int, tables: Sequence[Table], left: Mapping[str, Any]) -> Over:
        letter = column_name(c)
        label = letter
        for table in tables:
            label = f"{table.parts.view.sheet.title}!{letter}" if table.parts.view.named else letter
            if letter == _places(table).get("name_column"):
                return Over(letter, self.say("importing.names"), True)
            for column in getattr(table, "columns", ()):
                if str(table.parts.view.letter(column.j)) == letter:
                    return Over(letter, column.name, True, column.direction or "", column.basis, label)
            for column in getattr(table, "resources", ()):
                if str(table.parts.view.letter(column.j)) == letter:
                    return Over(letter, column.name, True, field=label)
        reason = left.get(f"column {letter}")
        told = self.say(f"import.left.{reason.reason}") if reason else ""
        return Over(letter, told, False, field=label if label in self.said.leave else "")

    @property
    def across(self) -> list[Over]:
        """Factors that stand in rows, or in one column: with their directions; those that are left out, too."""
        found = []
        for table in self.found.tables:
            if table.role == "scores" and (table.parts.view.turned or "factor_column" in _places(table)):
                for column in table.columns:  # type: ignore[union-attr]
                    letter, label = str(table.parts.view.letter(column.j)), table.parts.view.label(column.j)
                    found.append(Over(letter, column.name, True, column.direction or "", column.basis, label))
                unwanted = (j for j, why in table.parts.skipped_columns.items() if why == "unwanted")
                for j in unwanted:
                    letter, name = str(table.parts.view.letter(j)), table.parts.heads[j].name
                    found.append(Over(letter, name, False, field=table.parts.view.label(j)))
        return found


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _text(value: Any, percent: bool) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, float) and not isinstance(value, bool):
        return f"{value * 100:.10g}%" if percent else f"{value:.12g}"
    return str(value)


def _places(table: Table) -> dict[str, Any]:
    """Return where the parts of a table stand."""
    return places(table.parts, table.parts.body)


def page(
    opened: Opened, mark: str, said: Answers, lang: str, base: Case | None, pressed: bool = False
) -> tuple[str, Reading | None]:
    """Return the page of a table that is being read, and the reading; None where it cannot be read at all."""
    try:
        found, unfit = read(opened, said, base if said.into == "opened" else None)
    except CaseError as error:
        return refused(error.problems, opened.name, lang), None
    reading = Reading(found, opened, said, unfit, lang)
    opened_name = base.title(lang) if base is not None else ""
    shown = Markup(
        render(
            "importing/read.html",
            lang,
            reading=reading,
            mark=mark,
            pressed=pressed,
            opened=opened_name,
            back=f"/import/{mark}",
        )
    )
    return shown, reading


def refused(problems: Sequence[Problem], name: str, lang: str, message: str = "") -> str:
    """Return the page that says why there is no table, with the form to give another one."""
    told = [problem.text(lang) for problem in problems]
    return render(
        "importing/give.html", lang, problems=told, name=name, message=message, most=LARGEST, opened="", back="/import"
    )
