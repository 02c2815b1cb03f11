"""The settings of a case: its names, and the defaults of every run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ..mcda import AGGREGATIONS, COMPLETIONS, IMPUTATIONS, RANDOM_INDEX, methods, schemes
from .cells import number


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _split(value: Any) -> Any:
    """Read ``a; b`` as a list, as a cell of a workbook or a scenario holds it."""
    return [part.strip() for part in value.split(";") if part.strip()] if isinstance(value, str) else value


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
    aggregation: str = "aij"
    missing: str = ""

    @property
    def locks(self) -> dict[str, float]:
        """Levels that are set beforehand, by ``MEASURE`` or ``MEASURE@target``."""
        return dict(filter(None, map(lock, self.lock)))


NAMING = ("weights", "method", "objective", "random_index", "impute", "aggregation", "missing")
"""Settings that name a scheme, a method or the like."""


def names_taken(setting: str) -> tuple[str, ...]:
    """Return the names that a setting of `NAMING` can take."""
    if setting == "objective":
        from ..optimize import OBJECTIVES  # loads late: neither reading nor ranking needs the optimiser

        return tuple(objective.spelling for objective in OBJECTIVES.values())
    registries: dict[str, Iterable[str]] = {
        "weights": schemes(),
        "method": methods(),
        "random_index": RANDOM_INDEX,
        "impute": IMPUTATIONS,
        "aggregation": AGGREGATIONS,
        "missing": COMPLETIONS,
    }
    return tuple(registries[setting])


def is_name(setting: str, text: str) -> bool:
    """Whether a setting of `NAMING` can be this: its default, or one of its names, an objective with its share."""
    if text == Settings.model_fields[setting].default:
        return True
    if setting == "objective":
        from ..optimize import read_objective  # loads late, as above

        return read_objective(text) is not None
    return text in names_taken(setting)
