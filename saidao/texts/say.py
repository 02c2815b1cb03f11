"""The one way to every text: `say(key, lang)`.

A catalogue is a file of this folder: a surface or a subject, its keys unique over all of them, each text in English and
Chinese with the same placeholders (tests/test_texts.py). Names of tracks, factors and measures come from the case.
"""

from __future__ import annotations

from typing import Any

from .case_columns import CASE_COLUMNS
from .columns import COLUMNS
from .footing import FOOTING
from .framework import FRAMEWORK
from .page import PAGE
from .pictures import PICTURES
from .plan import PLAN
from .problems import PROBLEMS
from .questions import QUESTIONS
from .ranking import RANKING
from .report import REPORT
from .suspicions import SUSPICIONS
from .tables import TABLES
from .terminal import TERMINAL
from .usage import USAGE
from .workbook import WORKBOOK

LANGUAGES = ("en", "zh")

CATALOGUES = (
    CASE_COLUMNS,
    COLUMNS,
    FOOTING,
    FRAMEWORK,
    PAGE,
    PICTURES,
    PLAN,
    PROBLEMS,
    QUESTIONS,
    RANKING,
    REPORT,
    SUSPICIONS,
    TABLES,
    TERMINAL,
    USAGE,
    WORKBOOK,
)

WORDS: dict[str, tuple[str, str]] = {key: texts for catalogue in CATALOGUES for key, texts in catalogue.items()}


def say(key: str, lang: str = "en", **values: Any) -> str:
    """Return the text *key* in *lang*, filled in."""
    return WORDS[key][LANGUAGES.index(lang)].format(**values)


def both(key: str, **values: Any) -> str:
    """Return the text *key* in both languages, Chinese first, a line each."""
    return "\n".join(say(key, lang, **values) for lang in ("zh", "en"))
