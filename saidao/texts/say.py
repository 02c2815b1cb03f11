"""The one way to every text: `say(key, lang)`.

A catalogue is a file of this folder: a surface or a subject, its keys unique over all of them, each text in English and
Chinese with the same placeholders (tests/test_texts.py). Names of tracks, factors and measures come from the case.
"""

from __future__ import annotations

import re
import string
from typing import Any

from .asking import ASKING
from .briefing import BRIEFING
from .case_columns import CASE_COLUMNS
from .columns import COLUMNS
from .editing import EDITING
from .filing import FILING
from .footing import FOOTING
from .formats import FORMATS
from .framework import FRAMEWORK
from .importing import IMPORTING
from .judging import JUDGING
from .methods import METHODS
from .objectives import OBJECTIVES
from .office import OFFICE
from .page import PAGE
from .pictures import PICTURES
from .plan import PLAN
from .problems import PROBLEMS
from .questions import QUESTIONS
from .ranking import RANKING
from .replan import REPLAN
from .report import REPORT
from .store import STORE
from .suspicions import SUSPICIONS
from .tables import TABLES
from .terminal import TERMINAL
from .usage import USAGE
from .workbook import WORKBOOK

LANGUAGES = ("en", "zh")

CATALOGUES = (
    ASKING,
    BRIEFING,
    CASE_COLUMNS,
    COLUMNS,
    EDITING,
    FILING,
    FOOTING,
    FORMATS,
    FRAMEWORK,
    IMPORTING,
    JUDGING,
    METHODS,
    OBJECTIVES,
    OFFICE,
    PAGE,
    PICTURES,
    PLAN,
    PROBLEMS,
    QUESTIONS,
    RANKING,
    REPLAN,
    REPORT,
    STORE,
    SUSPICIONS,
    TABLES,
    TERMINAL,
    USAGE,
    WORKBOOK,
)

WORDS: dict[str, tuple[str, str]] = {key: texts for catalogue in CATALOGUES for key, texts in catalogue.items()}


class _Grammar(string.Formatter):
    """Fills a text in; ``{n:measure/measures}`` writes a number with its noun, ``{n:|is/are}`` the word alone.

    A word may hold the number itself: ``{n:|the only plan/all {n} plans}``.
    """

    def format_field(self, value: Any, spec: str) -> str:
        """Write a value, a word of two forms by the number that it goes with."""
        if "/" not in spec:
            return format(value, spec)
        one, _, many = spec.removeprefix("|").partition("/")
        word = one if value == 1 else many
        return word if spec.startswith("|") else f"{value:,} {word}"


class _Spaced(_Grammar):
    """Marks what it fills in, so that Chinese and Latin signs that meet there get a space, two Chinese ones none."""

    START, END = "\x02", "\x03"

    def format_field(self, value: Any, spec: str) -> str:
        """Write a value between marks."""
        return f"{self.START}{super().format_field(value, spec)}{self.END}"

    def vformat(self, text: str, args: Any, values: Any) -> str:
        """Fill a text in, and settle its spaces."""
        text = _MEET.sub(" ", super().vformat(text, args, values))
        return _MARKS.sub("", _APART.sub("", text))


_HAN, _LATIN = "[\u4e00-\u9fff]", "[A-Za-z0-9]"
_MEET = re.compile(f"(?<={_HAN})\x02(?={_LATIN})|(?<={_LATIN})\x03(?={_HAN})")
_APART = re.compile(f"(?<={_HAN})\x03 (?={_HAN})|(?<={_HAN}) \x02(?={_HAN})")
_MARKS = re.compile("[\x02\x03]")
_GRAMMARS = {"en": _Grammar(), "zh": _Spaced()}


def say(key: str, lang: str = "en", **values: Any) -> str:
    """Return the text *key* in *lang*, filled in."""
    return _GRAMMARS[lang].vformat(WORDS[key][LANGUAGES.index(lang)], (), values)


def both(key: str, **values: Any) -> str:
    """Return the text *key* in both languages, Chinese first, a line each."""
    return "\n".join(say(key, lang, **values) for lang in ("zh", "en"))
