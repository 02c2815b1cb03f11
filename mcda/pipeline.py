"""Pipelines: named steps from raw scores to a ranking, that print themselves and are run again on new data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from . import checks, option_checks
from .brief import Brief
from .errors import InputError
from .impute import IMPUTATIONS, impute
from .labels import ByCriterion, Labels, Table, as_list
from .normalisation.domain import need
from .normalise import normalise
from .ranges import Range
from .registry import Array, find, methods, normalisations, schemes
from .results import Ranking, Weights
from .tabular import Tabular, frame
from .verbs import rank, weigh

if TYPE_CHECKING:
    import pandas as pd

Directions = Iterable[Any] | Mapping[Any, Any]


def negate(matrix: Array, signs: Array) -> Array:
    """-x for a cost."""
    return np.asarray(signs * matrix)


def invert(matrix: Array, signs: Array) -> Array:
    """1 / x for a cost, whose values are above 0."""
    need((matrix > 0).all(axis=0) | (signs > 0), "invert", "values above 0", "Turn it by 'reflect'.")
    return np.where(signs < 0, 1.0 / np.where(signs < 0, matrix, 1.0), matrix)


def reflect(matrix: Array, signs: Array) -> Array:
    """Max + min - x for a cost."""
    return np.where(signs < 0, matrix.max(axis=0) + matrix.min(axis=0) - matrix, matrix)


TURNS: Mapping[str, Callable[[Array, Array], Array]] = MappingProxyType(
    {"negate": negate, "invert": invert, "reflect": reflect}
)
"""How costs are turned, so that more is better: -x, 1/x, or max + min - x."""
KINDS = ("impute", "turn", "normalise", "weigh", "rank")
"""The kinds of steps, in the order in which they are taken; only ``weigh`` may stand anywhere before ``rank``."""


@dataclass(frozen=True)
class PipelineStep(Brief):
    """One step.

    Attributes
    ----------
    kind : one of `KINDS`.
    name : in the registry of that kind.
    options : as plain data.
    """

    kind: str
    name: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Pipeline(Tabular):
    """Named steps from raw scores to a ranking.

    Call it with a matrix (and directions, where it has none of its own) to run it. `print` tells its steps, `to_dict`
    and `from_dict` keep it.

    Attributes
    ----------
    steps : what is done, in order.
    directions : ``"max"``, ``"min"`` or a `Range` per criterion; None where each run is told.
    """

    steps: tuple[PipelineStep, ...]
    directions: Directions | None = None

    def __call__(
        self, matrix: Table, directions: Directions | None = None, weights: Weights | ByCriterion[float] | None = None
    ) -> PipelineRun:
        """Run the steps on a matrix.

        Parameters
        ----------
        matrix : (m, n) array or DataFrame; where the first step imputes, nan is a missing score.
        directions : per criterion, in place of the pipeline's own.
        weights : (n,) where no step weighs.

        Raises
        ------
        InputError
            As the steps do; and directions or weights that nobody gives.
        """
        asked = self.directions if directions is None else directions
        if asked is None:
            raise InputError("option_missing", "pipeline", "no directions", "directions=... of the criteria")
        imputes = self.steps[0].kind == "impute"
        values, rows, columns = checks.matrix(matrix, gaps=imputes)
        told = checks.direction_list(asked, columns)
        tables: dict[str, Array] = {}
        weighed = ranking = None
        for step in self.steps:
            if step.kind == "impute":
                signs = np.array([-1.0 if each == "min" else 1.0 for each in told])
                values = impute(values, signs, step.name)  # type: ignore[arg-type]
            elif step.kind == "turn":
                values, signs = checks.directed(values, told, columns)
                values, told = TURNS[step.name](values, signs), ["max"] * len(columns)
            elif step.kind == "normalise":
                values = normalise(values, told, step.name, **step.options).array  # type: ignore[arg-type]
                told = ["max"] * len(columns)
            elif step.kind == "weigh":
                weighed = weigh(values, told, step.name, criteria=columns, **step.options)  # type: ignore[arg-type]
            else:
                used = weighed if weights is None else weights
                if used is None:
                    raise InputError("option_missing", "pipeline", "no weights", "a step 'weigh', or weights=...")
                ranking = rank(_labelled(values, rows, columns), used, told, step.name, **step.options)  # type: ignore[arg-type]
            if step.kind in ("impute", "turn", "normalise"):
                tables[step.kind] = values
        return PipelineRun(self, rows, columns, tables, weighed, ranking)

    def text(self, lang: str = "en") -> list[str]:
        """Tell the steps, one a line."""
        lines = []
        for k, step in enumerate(self.steps, 1):
            told = ", ".join(f"{key}={value}" for key, value in step.options.items())
            title = _title(step, lang)
            lines.append(
                f"{k}. {step.kind:<9} {step.name}{f' ({told})' if told else ''}{f': {title}' if title else ''}"
            )
        return lines

    def __str__(self) -> str:
        return "\n".join(self.text())

    def to_frame(self) -> pd.DataFrame:
        """One row per step: its kind, its name, and its options."""
        return frame([{"kind": s.kind, "name": s.name, "options": dict(s.options)} for s in self.steps])

    def to_dict(self) -> dict[str, Any]:
        """Plain data, which `from_dict` reads."""
        return {
            "steps": [{"kind": s.kind, "name": s.name, "options": dict(s.options)} for s in self.steps],
            "directions": _plain_directions(self.directions),
        }

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> Pipeline:
        """Make the pipeline that `to_dict` told.

        Raises
        ------
        InputError
            Steps that do not exist, or stand in another order.
        """
        steps = [(step["kind"], (step["name"], step.get("options", {}))) for step in given["steps"]]
        return _made(steps, given.get("directions"))


@dataclass(frozen=True)
class PipelineRun(Tabular):
    """What a pipeline made of a matrix.

    Attributes
    ----------
    pipeline : the steps.
    alternatives, criteria : labels of the m rows and the n columns.
    step_arrays : (m, n) matrix after each step that changed it, by the kind of the step; `tables` with labels.
    weights, ranking : what the steps weighed and ranked; None where none did.
    """

    pipeline: Pipeline
    alternatives: checks.RowLabels
    criteria: Labels
    step_arrays: Mapping[str, Array]
    weights: Weights | None
    ranking: Ranking | None

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The matrix after each step that changed it."""
        return {
            kind: frame(array, self.alternatives, self.criteria, axis="alternative")
            for kind, array in self.step_arrays.items()
        }

    def to_frame(self) -> pd.DataFrame:
        """The ranking; without one the weights, and without these the last matrix."""
        last = self.ranking or self.weights
        return last.to_frame() if last is not None else self.tables[self.pipeline.steps[-1].kind]

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "pipeline": self.pipeline.to_dict(),
            "weights": None if self.weights is None else self.weights.rows(),
            "ranking": None if self.ranking is None else self.ranking.to_dict()["ranking"],
        }


def pipeline(directions: Directions | None = None, **steps: Any) -> Pipeline:
    """Make a pipeline of named steps.

    Parameters
    ----------
    directions : ``"max"``, ``"min"`` or a `Range` per criterion; left out, each run is told.
    **steps
        ``impute``, ``turn``, ``normalise``, ``weigh``, ``rank``: a name, or a name with its options
        (``("vikor", {"v": 0.25})``), in this order; ``weigh`` reads the matrix as it is where it stands. After
        ``normalise`` a method takes the matrix as it stands (``normalisation="none"``), unless its options say
        otherwise.

    Returns
    -------
    Pipeline

    Raises
    ------
    InputError
        Names that do not exist, or steps in another order.

    Examples
    --------
    >>> pipe = pipeline(["max", "min"], normalise="minmax", weigh="entropy", rank=("vikor", {"v": 0.25}))
    >>> print(pipe)
    1. normalise minmax: Min-max (range)
    2. weigh     entropy: Shannon entropy
    3. rank      vikor (v=0.25): VIKOR
    >>> pipe([[3, 5], [4, 1], [2, 6]]).ranking.ranks.tolist()
    [2, 1, 3]
    >>> Pipeline.from_dict(pipe.to_dict()) == pipe
    True
    """
    return _made(list(steps.items()), directions)


def _made(steps: list[tuple[str, Any]], directions: Any) -> Pipeline:
    kinds = [kind for kind, _ in steps]
    for kind in kinds:
        find("step", dict.fromkeys(KINDS, True), kind)
    placed = [KINDS.index(kind) for kind in kinds if kind != "weigh"]
    weighs = kinds.index("weigh") if "weigh" in kinds else 0
    if not steps or placed != sorted(set(placed)) or kinds.count("weigh") > 1 or "rank" in kinds[:weighs]:
        raise InputError("pipeline_order", "pipeline", ", ".join(kinds) or "no step", f"each once: {', '.join(KINDS)}")
    made = [_step(kind, given, "normalise" in kinds) for kind, given in steps]
    return Pipeline(tuple(made), _read_directions(directions))


def _step(kind: str, given: Any, normalised: bool) -> PipelineStep:
    name, options = (given, {}) if isinstance(given, str) else given
    registries: dict[str, Mapping[Any, Any]] = {
        "impute": IMPUTATIONS,
        "turn": TURNS,
        "normalise": normalisations(),
        "weigh": schemes(),
        "rank": methods(),
    }
    entry = find(kind, registries[kind], name)
    where = f"{kind} '{name}'"
    taken = [*getattr(entry, "options", ()), *(["normalisation"] if getattr(entry, "normalisation", None) else [])]
    option_checks.options(where, options, taken if kind == "rank" else getattr(entry, "options", ()))
    used = {key: _plain(f"{where}, {key}", value) for key, value in options.items()}
    if kind == "rank" and normalised and entry.normalisation and "normalisation" not in used:
        used["normalisation"] = "none"
    return PipelineStep(kind, name, MappingProxyType(used))


def _plain(where: str, value: Any) -> Any:
    """Return an option as plain data, so that it can be kept: a Series goes by its labels, an array as lists."""
    if hasattr(value, "columns"):
        raise InputError("option_value", where, "a DataFrame", "lists in the order of the criteria, or a mapping")
    if hasattr(value, "to_dict"):
        value = value.to_dict()
    if isinstance(value, Mapping):
        return {key: _plain(where, each) for key, each in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    return [_plain(where, each) for each in value] if isinstance(value, list | tuple) else value


def _plain_directions(directions: Any) -> Any:
    if isinstance(directions, Range):
        return {name: getattr(directions, name) for name in ("low", "high", "worst_low", "worst_high")}
    if isinstance(directions, Mapping):
        return {key: _plain_directions(each) for key, each in directions.items()}
    return [_plain_directions(each) for each in directions] if isinstance(directions, list) else directions


def _read_directions(directions: Any) -> Any:
    if isinstance(directions, Mapping):
        if {"low", "high"} <= set(directions) and isinstance(directions["low"], int | float):
            return Range(**directions)
        return {key: _read_directions(each) for key, each in directions.items()}
    if directions is None or isinstance(directions, str | Range):
        return directions
    if hasattr(directions, "to_dict"):
        return _read_directions(directions.to_dict())
    return [_read_directions(each) for each in as_list("directions", directions, "a direction for each criterion")]


def _title(step: PipelineStep, lang: str) -> str:
    registries: Mapping[str, Mapping[Any, Any]]
    registries = {"normalise": normalisations(), "weigh": schemes(), "rank": methods()}
    entry = registries.get(step.kind, {}).get(step.name)
    return "" if entry is None else entry.title_zh if lang == "zh" else entry.title


def _labelled(values: Array, rows: checks.RowLabels, columns: Labels) -> Any:
    """Return the matrix with its labels; where it has none, as it is."""
    bare = isinstance(rows, range) and columns == tuple(range(len(columns)))
    return values if bare else frame(values, rows, columns)
