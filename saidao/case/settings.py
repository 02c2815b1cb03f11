"""The settings of a case: its names, and the defaults of every run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from .. import mcda
from ..mcda import AGGREGATIONS, COMBINATIONS, COMPLETIONS, IMPUTATIONS, RANDOM_INDEX, methods, schemes
from ..texts.say import WORDS as TEXTS
from ..texts.spellings import WORDS
from .cells import number, number_text, plain


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _split(value: Any) -> Any:
    """Read ``a; b`` as a list, as a cell of a workbook or a scenario holds it."""
    return [part.strip() for part in re.split("[;；]", value) if part.strip()] if isinstance(value, str) else value


Texts = Annotated[tuple[Annotated[str, BeforeValidator(_text)], ...], BeforeValidator(_split)]
LISTS = ("periods", "lock", "forbid")
"""Settings that are lists of texts."""


def lock(text: str) -> tuple[str, float] | None:
    """Read ``MEASURE=LEVEL`` or ``MEASURE=LEVEL@TARGET`` as name and level; None if it is neither.

    >>> lock("E03=0.5"), lock("M09 = 1@quantum"), lock("M09"), lock("M09=-1")
    (('E03', 0.5), ('M09@quantum', 1.0), None, None)
    """
    measure, sign, rest = text.partition("=")
    level, at, target = rest.partition("@")
    value = number(level)
    return (measure.strip() + at + target.strip(), value) if sign and value is not None and value >= 0 else None


Stance = Literal["leaders", "even", "laggards"]
Ticks = Literal["strength", "shortcoming"]


class Settings(BaseModel):
    """`case.toml`: names and defaults; `lock` and `forbid` hold what the command line's options of that name take.

    A default of a run stands here and nowhere else.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    name_en: str = ""
    name_zh: str = ""
    ticks: Ticks = "strength"
    tick_level: Annotated[float, Field(gt=0, le=1)] = 1.0
    weights: str = "equal"
    combine: str = "linear"
    share: Annotated[float, Field(ge=0, le=1)] | None = None
    method: str = "topsis"
    stance: Stance = "leaders"
    objective: str = "weighted"
    save: str = ""
    lock: Texts = ()
    forbid: Texts = ()
    periods: Texts = ()
    discount: Annotated[float, Field(gt=0, le=1)] = 1.0
    decay: Annotated[float, Field(ge=0, lt=1)] = 0.0
    random_index: str = "saaty"
    impute: str = ""
    score_period: str = ""
    aggregation: str = "aij"
    missing: str = ""

    @property
    def locks(self) -> dict[str, float]:
        """Levels that are set beforehand, by ``MEASURE`` or ``MEASURE@target``."""
        return dict(filter(None, map(lock, self.lock)))


NAMING = ("weights", "combine", "method", "objective", "random_index", "impute", "aggregation", "missing")
"""Settings that name a scheme, a method or the like."""


def names_taken(setting: str) -> tuple[str, ...]:
    """Return the names that a setting of `NAMING` can take."""
    if setting == "objective":
        from ..optimize import OBJECTIVES  # loads late: neither reading nor ranking needs the optimiser

        return tuple(objective.spelling for objective in OBJECTIVES.values())
    registries: dict[str, Iterable[str]] = {
        "weights": schemes(),
        "combine": COMBINATIONS,
        "method": methods(),
        "random_index": RANDOM_INDEX,
        "impute": IMPUTATIONS,
        "aggregation": AGGREGATIONS,
        "missing": COMPLETIONS,
    }
    return tuple(registries[setting])


@cache
def _spellings(setting: str) -> Mapping[str, str]:
    """Return the names that a setting takes, by how each may be typed; what could be two is left out."""
    titles: dict[str, tuple[str, str]] = {}
    if setting == "weights":
        titles = {scheme.name: (scheme.title, scheme.title_zh) for scheme in mcda.schemes().values()}
    elif setting == "method":
        titles = {method.name: (method.title, method.title_zh) for method in mcda.methods().values()}
    found: dict[str, set[str]] = {}
    for name in _words(setting):
        shown = TEXTS.get(f"value.{setting}.{name.partition('=')[0]}", ())
        parts = [part for title in (*titles.get(name, ()), *shown) for part in _parts(title)]
        for text in (name, *WORDS.get(setting, {}).get(name, ()), *parts):
            found.setdefault(plain(text), set()).add(name)
    return {text: min(names) for text, names in found.items() if len(names) == 1}


def _words(setting: str) -> tuple[str, ...]:
    if setting in NAMING:
        return names_taken(setting)
    return tuple(WORDS.get(setting, ()))


def _parts(title: str) -> tuple[str, ...]:
    """Return a title, and its name and its short form where one stands in brackets.

    >>> _parts("层次分析法(AHP)"), _parts("熵权法")
    (('层次分析法(AHP)', '层次分析法', 'AHP'), ('熵权法',))
    """
    found = re.fullmatch(r"(.+?)\s*[(（](.+)[)）]", title)
    return (title, *found.groups()) if found else (title,)


def spelled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings with their names and words as the program has them, typed in either language.

    >>> spelled({"weights": "层次分析法", "method": "TOPSIS", "ticks": "短板", "赋权方法": "x"})
    {'weights': 'ahp', 'method': 'topsis', 'ticks': 'shortcoming', '赋权方法': 'x'}
    """
    return {key: _spelled(key, value) if isinstance(value, str) else value for key, value in values.items()}


def _spelled(setting: str, text: str) -> str:
    if setting not in NAMING and setting not in WORDS:
        return text
    if text in _words(setting):
        return text
    if setting == "weights" and "+" in text:
        return "+".join(_spelled(setting, part.strip()) for part in text.split("+"))
    head, sign, share = text.partition("=")
    if setting == "objective" and sign:
        value = number(share)  # 60% is 0.6, as in a cell
        written = share if value is None else number_text(value)
        return _spellings(setting).get(plain(head), head).partition("=")[0] + sign + written
    return _spellings(setting).get(plain(text), text)


def is_name(setting: str, text: str) -> bool:
    """Whether a setting of `NAMING` can be this: its default, or one of its names, an objective with its share."""
    if text == Settings.model_fields[setting].default:
        return True
    if setting == "objective":
        from ..optimize import read_objective  # loads late, as above

        return read_objective(text) is not None
    parts = text.split("+") if setting == "weights" else [text]  # ahp+entropy: weights combined
    return all(part in names_taken(setting) for part in parts)
