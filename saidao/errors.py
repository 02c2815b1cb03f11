"""Errors, in the words that a user reads.

::

    SaidaoError               exit status
    ├── CaseError             2   wrong data or options: a list of `Problem`
    ├── Infeasible            3   no plan meets every budget and rule
    │   └── Overspent         3   more is bound already than one of them allows
    └── Stopped               4   the solver stopped at a limit
        ├── Unfinished        4   the same, with a plan that may not be the best
        └── Unproven          4   the certificate disproves what the solver gave
            └── Disproved     4   the case's own tables do

A problem of data says where, found, expected and remedy ("A3: found ...; expected ..."); one of usage may have a
sentence of its own ("`--stance` works only with `--plans`"): the text ``CODE.line``.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import floor
from typing import Any

from .texts.numbers import quantity
from .texts.say import LANGUAGES, WORDS, say
from .texts.tables import table_names

LOOKED_AT = 2_000
"""Names among which the nearest is sought: a comparison takes 10 microseconds."""
LONGEST_FOUND = 200
"""Characters of what was found that a message repeats."""


def nearest(name: str, valid: Iterable[str]) -> str | None:
    """Return the valid name closest to *name*, or None; of many names the first ones are looked at."""
    if len(name) > LONGEST_FOUND:
        return None
    names = {valid_name.lower(): valid_name for valid_name in islice(valid, LOOKED_AT)}
    close = difflib.get_close_matches(name.lower(), list(names), n=1, cutoff=0.6)
    return names[close[0]] if close else None


def _joined(lang: str, *sentences: str) -> str:
    """Return sentences one after the other, as the language writes them."""
    return ("" if lang == "zh" else " ").join(sentence for sentence in sentences if sentence)


class Place(int):
    """The number of a row that stands as columns of another table's row: that row's number, and where its cells are.

    `file` is the sheet in which it was found, `columns` the heading there, as typed, of each of its columns.
    """

    file: str
    columns: Mapping[str, str]

    def __new__(cls, row: int, file: str, columns: Mapping[str, str]) -> Place:
        """Return the row's number, which knows the rest."""
        made = super().__new__(cls, row)
        made.file, made.columns = file, columns
        return made

    def __reduce__(self) -> tuple[type[Place], tuple[int, str, Mapping[str, str]]]:
        """Return how it is copied and pickled."""
        return type(self), (int(self), self.file, self.columns)

    def __str__(self) -> str:
        return f"{int(self)} ({self.file})"

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


@dataclass(frozen=True)
class Problem:
    """One thing to mend, in a table or among the options.

    Attributes
    ----------
    code : names the texts ``CODE.expected`` and ``CODE.remedy``; those that have one, ``CODE.line`` and
        ``CODE.probably``.
    file : the file or, in a workbook, the sheet; of an option its name.
    row : as a spreadsheet counts: the header is row 1. A `Place` puts the problem where its row really stands.
    cell : in a workbook, such as ``C7``.
    label : in a frame, what its index or its key calls the row, which messages then name.
    details : what fills the texts in: a function is called when the text is made, a pair is English and Chinese.
    level : ``error`` or ``warning``.
    said : what `file` names, in English and Chinese, where that is no file and no option.
    """

    code: str
    file: str = ""
    row: int | None = None
    column: str = ""
    found: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    level: str = "error"
    cell: str = ""
    label: str = ""
    said: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        if isinstance(self.row, Place):
            first = self.column.partition(",")[0]
            there = {"file": self.row.file, "row": int(self.row), "column": self.row.columns.get(first, self.column)}
            for name, value in there.items():
                object.__setattr__(self, name, value)

    def _filled(self, lang: str) -> dict[str, Any]:
        asked = {key: value() if callable(value) else value for key, value in self.details.items()}
        return {k: v[LANGUAGES.index(lang)] if isinstance(v, tuple) else v for k, v in asked.items()}

    def expected(self, lang: str = "en") -> str:
        """What has to stand there."""
        return say(f"{self.code}.expected", lang, **self._filled(lang))

    @property
    def table(self) -> str:
        """The table that `file` holds, by its name in the contract; blank where it holds none."""
        name = self.file.removesuffix(".csv").removesuffix(".toml").lower().replace("judgements.", "judgements/", 1)
        name = table_names("zh").get(name, name)
        return name if name.partition("/")[0] in (*table_names("en").values(), "judgements") else ""

    def probably(self, lang: str = "en") -> str:
        """What a suspicious cell probably means; blank for what is plainly wrong."""
        key = f"{self.code}.probably"
        return say(key, lang, **self._filled(lang)) if key in WORDS else ""

    def remedy(self, lang: str = "en") -> str:
        """How to mend it, with the nearest valid name where there is one."""
        details = self._filled(lang)
        text = say(f"{self.code}.remedy", lang, **details)
        close = details.get("nearest")
        hint = say("did_you_mean", lang, nearest=close) if close else ""
        more = say("more_alike", lang, more=self.details["more"]) if self.details.get("more") else ""
        return _joined(lang, hint, text, more)

    def where(self, lang: str = "en") -> str:
        """File, row and column in words; sheet, cell and column in a workbook: ``scores!C7, column skills``."""
        place = self.file if self.said is None else self.said[LANGUAGES.index(lang)]
        parts = [f"{place}!{self.cell}" if self.cell else place]
        if (self.row is not None or self.label) and not self.cell:
            parts.append(say("row", lang, row=self.label or self.row))
        if self.column:
            parts.append(say("column", lang, column=self.column))
        return say("comma", lang).join(part for part in parts if part)

    def text(self, lang: str = "en") -> str:
        """Return the whole problem as one line, in the words of its own (``CODE.line``) where it has some."""
        probably = self.probably(lang)
        meant = say("probably", lang, probably=probably) if probably else ""
        own = f"{self.code}.line"
        filled = self._filled(lang)
        return say(
            own if own in WORDS else "problem_blank" if self.cell and not self.found else "problem_line",
            lang,
            **filled
            | {
                "where": self.where(lang),
                "found": _short(filled.get("found_in_words", self.found)) or say("nothing", lang),
                "expected": self.expected(lang),
                "remedy": _joined(lang, meant, self.remedy(lang)),
            },
        ).rstrip()

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Plain data."""
        return {
            "level": self.level,
            "code": self.code,
            "file": self.file,
            "table": self.table,
            "row": self.row,
            "column": self.column,
            "cell": self.cell,
            "found": _short(self.found),
            "expected": self.expected(lang),
            "probably": self.probably(lang),
            "remedy": self.remedy(lang),
        }


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_FOUND else f"{text[: LONGEST_FOUND // 2]} … ({len(text):,})"


def capped(problems: Iterable[Problem], most: int) -> list[Problem]:
    """Return the first *most* problems of each kind in each file, and how many more there are in place of the next.

    Of a kind that is met in many files, ten times as many.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    of_kind: Counter[tuple[str, str]] = Counter()
    kept: list[tuple[tuple[str, str, str], int, Problem]] = []
    for problem in problems:
        full = of_kind[problem.level, problem.code] >= 10 * most
        key = (problem.level, problem.code, "" if full else problem.file)
        counts[key] += 1
        if counts[key] <= (1 if full else most + 1):
            of_kind[problem.level, problem.code] += 1
            kept.append((key, counts[key], problem))
    told = []
    for key, number, problem in kept:
        most_here = 0 if key[2] != problem.file else most
        more = counts[key] - most_here
        told.append(_more(problem, key[2], more) if number > most_here and more > 1 else problem)
    return told


def _more(next_one: Problem, file: str, count: int) -> Problem:
    details = {"count": count, "before": next_one.row}
    return Problem("more_alike", file, found=f"+{count:,}", details=details, level=next_one.level)


def _again(kind: type[SaidaoError], args: tuple[Any, ...]) -> SaidaoError:
    """Return an error of this kind that is still without what it holds."""
    return kind.__new__(kind, *args)


class SaidaoError(Exception):
    """An error that a user can mend: the command line shows it without a traceback."""

    exit_status = 2
    status = "error"

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle what it holds: Python would hand its message to a constructor that takes something else."""
        return _again, (type(self), self.args), self.__dict__

    def lines(self, lang: str = "en") -> list[str]:
        """Return the message, a line each."""
        return [str(self)]


class CaseError(SaidaoError):
    """Bad input: every problem that was found, not just the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.text() for problem in self.problems))

    def lines(self, lang: str = "en") -> list[str]:
        """One line a problem."""
        return [problem.text(lang) for problem in self.problems]


@dataclass(frozen=True)
class Conflict:
    """A budget, rule or lock that cannot hold together with the others, in the case's own names and units.

    `to` is what its amount would have to be, all else kept, for a plan to exist; None where no change of it helps.
    `said` is its name in sentences, where that is another one; `whole` the weighted gap of which a share is to close.
    `is_relation`: a prerequisite or an exclusion, which has no amount and can only be dropped.
    """

    kind: str
    name: dict[str, str]
    amount: float
    to: float | None
    unit: dict[str, str]
    said: dict[str, str] = field(default_factory=dict)
    whole: float | None = None
    is_relation: bool = False

    def text(self, lang: str) -> str:
        """Say what it is and what would resolve it."""
        what = say(f"conflict.{self.kind}", lang, name=(self.said or self.name)[lang])
        if self.is_relation:
            return say("conflict.drop" if self.to is not None else "conflict.name", lang, what=what)
        is_rule = self.kind in ("floor", "cap")  # whose sentence says its amount
        if self.to is None:
            return say(
                "conflict.name" if is_rule else "conflict.line",
                lang,
                what=what,
                amount=self._written(self.amount, lang),
            )
        way = "raise" if self.to > self.amount else "lower"
        word = f"conflict.rule_{way}" if is_rule else f"conflict.{way}"
        numbers = {"amount": self.amount, "to": self.to, "by": abs(self.to - self.amount)}
        return say(word, lang, what=what, **{name: self._written(value, lang) for name, value in numbers.items()})

    def _written(self, amount: float, lang: str) -> str:
        if self.whole:
            return f"{amount / self.whole:.1%}"
        return quantity(amount, self.unit[lang].strip(), digits=6)

    def out_of_reach(self, lang: str) -> str:
        """Say that the share that was asked for cannot close, and which can."""
        assert self.whole is not None
        assert self.to is not None
        most = self.to / self.whole
        asked, known = (f"{share:.4g}%" for share in (100 * self.amount / self.whole, floor(1000 * most) / 10))
        return say("infeasible_reach", lang, asked=asked, most=known, share=f"{floor(1000 * most) / 1000:g}")

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "kind": self.kind,
            "name": self.name["en"],
            "amount": self.amount,
            "to": self.to,
            "unit": self.unit["en"],
        }


class Infeasible(SaidaoError):
    """No plan meets every budget and rule.

    `conflicts` is an irreducible set of those that cannot hold together; `relaxation` the changes that together make
    room for a plan with the least sum of shares of the amounts, empty where no change of amounts does.
    """

    exit_status = 3
    status = "infeasible"

    def __init__(self, conflicts: Sequence[Conflict], relaxation: Sequence[Conflict] = ()) -> None:
        self.conflicts, self.relaxation = tuple(conflicts), tuple(relaxation)
        super().__init__("\n".join(self.lines()))

    def lines(self, lang: str = "en") -> list[str]:
        """Return the conflict in the case's own names and units, a line a party."""
        told = list(dict.fromkeys(conflict.text(lang) for conflict in self.conflicts))
        if len(told) == 1 and self.conflicts[0].whole is not None and self.conflicts[0].to is not None:
            return [self.conflicts[0].out_of_reach(lang)]
        if any(conflict.to is not None for conflict in self.conflicts):
            return [say("infeasible", lang), *told]
        lines = [say("infeasible_alone", lang), *told]
        if self.relaxation:
            lines += [say("infeasible_together", lang), *(change.text(lang) for change in self.relaxation)]
        return lines


class Overspent(Infeasible):
    """More is bound already than a budget or a rule allows: no plan undoes it."""

    def lines(self, lang: str = "en") -> list[str]:
        """Say what is bound, and what the limit is."""
        (limit,) = self.conflicts
        what = say(f"conflict.{limit.kind}", lang, name=limit.name[lang])
        amounts = (quantity(amount, limit.unit[lang], digits=6) for amount in (limit.to or 0.0, limit.amount))
        return [say("overspent", lang, what=what, **dict(zip(("bound", "limit"), amounts, strict=True)))]


class Stopped(SaidaoError):
    """The solver stopped at a limit before it had a plan."""

    exit_status = 4
    status = "stopped"

    def lines(self, lang: str = "en") -> list[str]:
        """Return what the solver said."""
        return [say("stopped", lang, why=str(self))]


class Unfinished(Stopped):
    """A limit came with a plan in hand that may be off the best by `gap`; what was asked rests on the best one."""

    def __init__(self, gap: float) -> None:
        self.gap = gap
        super().__init__(self.lines()[0])

    def lines(self, lang: str = "en") -> list[str]:
        """Return what is known."""
        return [say("stopped_with_plan", lang, gap=self.gap)]

    def __reduce__(self) -> tuple[type[Unfinished], tuple[float]]:
        """Return how it is pickled, as workers do."""
        return type(self), (self.gap,)


class Unproven(Stopped):
    """No plan that its certificate proves: `violation` and `gap` are of the nearest answer, which is not given out."""

    status = "unproven"

    def __init__(self, violation: float, gap: float) -> None:
        self.violation, self.gap = violation, gap
        super().__init__("\n".join(self.lines()))

    def lines(self, lang: str = "en") -> list[str]:
        """Return what is known."""
        return [say("unproven", lang, violation=self.violation, gap=self.gap)]

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how it is pickled, as workers do."""
        return type(self), (self.violation, self.gap)


def stopped(error: Exception) -> Stopped:
    """Return the error of ours for a solver that gave no plan."""
    violation, gap = getattr(error, "violation", None), getattr(error, "gap", None)
    return Stopped(str(error)) if violation is None or gap is None else Unproven(violation, gap)


@dataclass(frozen=True)
class Disagreement:
    """A figure that is not what the case's tables give, or a limit that is broken: where, what is shown, what holds."""

    where: str
    shown: float
    exact: float

    def text(self, lang: str = "en") -> str:
        """Return it as a sentence."""
        return say("disagreement", lang, where=self.where, shown=self.shown, exact=self.exact)


class Disproved(Unproven):
    """A plan that the case's own tables deny, so that it is not shown: `denied` holds what differs."""

    def __init__(self, denied: Sequence[Disagreement]) -> None:
        self.denied = tuple(denied)
        super().__init__(0.0, 0.0)

    def lines(self, lang: str = "en") -> list[str]:
        """Return what is known, the first few differences a line each."""
        return [say("disproved", lang, number=len(self.denied)), *(one.text(lang) for one in self.denied[:5])]

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how it is pickled, as workers do."""
        return type(self), (self.denied,)
