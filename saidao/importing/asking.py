"""Questions about a table that only its owner can answer, and the answers given to them.

Reading a table is a function of the table and the answers: where the reading comes to a doubt it asks, goes on with the
answer, and without one with what may be assumed until then. Answering is reading again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..case.cells import number, plain, ratio
from ..texts.say import LANGUAGES, WORDS, say

FREE = "free"
"""The choice of giving a number, or numbers, of one's own."""
PLACE = re.compile(r"(?:(.+)!)?(rows?|columns?) (\S+)$")
"""What names rows or columns, of a sheet where there are several."""


@dataclass(frozen=True)
class Question:
    """One thing that is asked.

    Attributes
    ----------
    where : the cell or cells, the row or column, as the sheet calls them.
    code : names its sentence, which `values` fills in; *choices* are codes of sentences, or texts of the table itself.
    until : the choice that the numbers assume until it is answered; None where nothing may be assumed.
    numbers : how many numbers an answer of one's own has; 0 where there is none, -1 for LOW..HIGH.
    refuses : whether there are no numbers before the answer.
    answer : what was answered; None while it is open.
    """

    where: str
    code: str
    found: str = ""
    choices: tuple[str, ...] = ()
    until: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    numbers: int = 0
    refuses: bool = False
    answer: str | None = None

    def ask(self, lang: str) -> str:
        """The question in words."""
        return say(f"import.ask.{self.code}", lang, **self._told(lang))

    def _told(self, lang: str) -> dict[str, Any]:
        return {k: v[LANGUAGES.index(lang)] if isinstance(v, tuple) else v for k, v in self.values.items()}

    def choice(self, choice: str, lang: str) -> str:
        """A choice in words."""
        key = f"import.choice.{self.code}.{choice}"
        return say(key, lang, **self._told(lang)) if key in WORDS else choice

    def until_answered(self, lang: str) -> str | None:
        """What is assumed until it is answered, in words."""
        if self.until is None:
            return None
        return "0" if self.code == "blank_tick" else self.choice(self.until, lang)

    def taken(self, answer: str) -> str | None:
        """Return the choice that an answer is: by its words in either language, its number, or numbers of one's own."""
        wanted = fold(answer)
        for n, choice in enumerate(self.choices, 1):
            words = {fold(self.choice(choice, lang)) for lang in LANGUAGES}
            if choice != FREE and wanted in {fold(choice), *words, f"#{n}"}:
                return choice
        if self.until is not None and wanted == fold(self.until_answered("en") or ""):
            return self.until
        count = 2 if self.numbers < 0 else self.numbers
        if count and numbers_in(answer.replace("..", ","), count) is not None:
            return answer
        if wanted.isdigit() and 0 < int(wanted) <= len(self.choices) and self.choices[int(wanted) - 1] != FREE:
            return self.choices[int(wanted) - 1]
        return None

    def to_dict(self, lang: str) -> dict[str, Any]:
        """Plain data."""
        return {
            "where": self.where,
            "found": self.found,
            "ask": self.ask(lang),
            "choices": [self.choice(choice, lang) for choice in self.choices],
            "until_answered": self.until_answered(lang),
        }


def numbers_in(answer: str | None, count: int) -> list[float] | None:
    """Return the numbers of an answer of one's own, fractions too; None where it does not hold so many.

    >>> numbers_in("3, 1/2", 2), numbers_in("3；-1", 2), numbers_in("even", 1), numbers_in(None, 1)
    ([3.0, 0.5], [3.0, -1.0], None, None)
    """
    parts = [part.strip() for part in re.split("[,，;；]", answer or "")]
    found = [number(part) if "/" not in part.replace("／", "/") else ratio(part) for part in parts]
    numbers = [one for one in found if one is not None]
    return numbers if len(parts) == len(numbers) == count else None


def fold(text: str) -> str:
    """Return a text without differences of width, case and blanks."""
    return plain(text)


def in_words(where: str, lang: str) -> str:
    """Return a place in words.

    >>> in_words("row 8", "zh"), in_words("B!column F", "zh"), in_words("F4,F7", "zh"), in_words("all", "en")
    ('第 8 行', 'B!F 列', 'F4,F7', 'the table')
    """
    if where == "all":
        return say("import.all", lang)
    if where.startswith("sheet "):
        return say("import.whole_sheet", lang, title=where.removeprefix("sheet "))
    found = PLACE.match(where)
    if found is None:
        return where
    sheet = f"{found[1]}!" if found[1] else ""
    return sheet + say(f"import.{found[2]}", lang, at=found[3])


class Asker:
    """What asks, and knows the answers."""

    def __init__(self, answers: Iterable[tuple[str, str]] = (), yes: bool = False, years: bool = False) -> None:
        self._answers = [(fold(where), answer) for where, answer in answers]
        self._used = [False] * len(self._answers)
        self.yes, self.years = yes, years
        self.questions: list[Question] = []

    def ask(self, where: str, code: str, choices: Iterable[str], until: str | None = None, **more: Any) -> str | None:
        """Ask, and return the answer; without one what is assumed until then, or None."""
        asked = Question(where, code, choices=tuple(choices), until=until, **more)
        answer = self._answer(asked)
        if answer is None and (self.yes or (self.years and until == "every")):
            answer = until
        self.questions.append(Question(**{**vars(asked), "answer": answer}))
        return until if answer is None else answer

    def ask_years(
        self, where: str, code: str, years: Sequence[str], more: Iterable[str] = (), **said: Any
    ) -> str | None:
        """Ask which of several years count: the last until it is answered, or all where these are asked for."""
        until = "every" if self.years else years[-1]
        return self.ask(where, code, (*years, "every", *more), until, **said)

    def _answer(self, question: Question) -> str | None:
        named = {fold(question.where), *(fold(in_words(question.where, lang)) for lang in LANGUAGES)}
        for n, (where, answer) in enumerate(self._answers):
            if where in named and not self._used[n]:
                taken = question.taken(answer)
                if taken is not None:
                    self._used[n] = True
                    return taken
        return None

    @property
    def open(self) -> list[Question]:
        """What is not answered."""
        return [question for question in self.questions if question.answer is None]

    def unused(self, answers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Answers that fit no question."""
        return [answer for answer, used in zip(answers, self._used, strict=True) if not used]
