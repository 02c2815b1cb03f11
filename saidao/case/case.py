"""A case in memory: its tables as read, frozen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from itertools import chain
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import numpy as np

from ..errors import Problem
from ..mcda.brief import Brief
from ..mcda.impute import impute
from ..texts.numbers import Unit, reading_unit
from ..texts.say import say
from .periods import in_period, periods_of
from .settings import Settings
from .tables import BY_NAME, Budget, Effect, Factor, Grade, Measure, Resource, Row, Score, Track

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from ..mcda.names import ImputationName

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Table(Brief):
    """A table as read.

    Attributes
    ----------
    rows : the rows that could be read.
    lines : the spreadsheet row of each of `rows`.
    keys : first key cell of every row, readable or not, so that a bad row causes no second error elsewhere.
    heading : the spreadsheet row of the headings.
    spoilt : whether a row could not be read.
    percents, texts : (line, column) of the numbers that are written as percents, or that a workbook holds as texts.
    """

    file: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    keys: frozenset[str]
    present: bool = True
    heading: int = 1
    spoilt: bool = False
    percents: frozenset[tuple[int, str]] = frozenset()
    texts: frozenset[tuple[int, str]] = frozenset()

    @cached_property
    def repeated(self) -> tuple[tuple[int, int], ...]:
        """Places of the rows whose key stands in an earlier row, each with the line of that."""
        parts = type(self.rows[0]).key if self.rows else ()
        if len({*zip(*(map(attrgetter(part), self.rows) for part in parts), strict=True)}) == len(self.rows):
            return ()
        first: dict[tuple[str, ...], int] = {}
        keys = (row.key_parts() for row in self.rows)
        placed = enumerate(zip(self.lines, keys, strict=True))
        return tuple((place, first[key]) for place, (line, key) in placed if first.setdefault(key, line) != line)

    @cached_property
    def unprintable(self) -> tuple[tuple[int, str, str], ...]:
        """Line, column and text of the cells that hold signs which cannot be printed."""
        fields = type(self.rows[0]).model_fields if self.rows else ()
        columns: list[Iterable[Any]] = [map(attrgetter(name), self.rows) for name in fields]
        columns += [extra.values() for row in self.rows if (extra := row.model_extra)]
        if all(value.isprintable() for value in set(chain.from_iterable(columns)) if isinstance(value, str)):
            return ()
        return tuple(
            (line, column, value)
            for line, row in zip(self.lines, self.rows, strict=True)
            for column, value in (*vars(row).items(), *(row.model_extra or {}).items())
            if isinstance(value, str) and not value.isprintable()
        )

    @cached_property
    def _is_headed(self) -> bool:
        """Whether the header has all that the rows set."""
        return set(_written(self.rows)) <= {*self.header}

    def holding(self, rows: Iterable[Row]) -> Table:
        """Return the table with other rows: the first ones stand for its own, the header grows by what they set."""
        held = tuple(rows)
        lines = (*self.lines, *[0] * len(held))[: len(held)]
        own = set(map(id, self.rows)) if self._is_headed else set()
        header = tuple(dict.fromkeys((*self.header, *_written(row for row in held if id(row) not in own))))
        keys = frozenset(map(attrgetter(type(held[0]).key[0]), held) if held else ())
        return replace(
            self,
            rows=held,
            lines=lines,
            keys=keys,
            header=header,
            present=bool(held),
            percents=frozenset(),
            texts=frozenset(),
        )

    def extended(self, other: Table) -> Table:
        """Return the table with the rows of another one behind its own."""
        if not other.present:
            return self
        return replace(
            self,
            rows=(*self.rows, *other.rows),
            lines=(*self.lines, *other.lines),
            keys=self.keys | other.keys,
            header=tuple(dict.fromkeys((*self.header, *other.header))),
            present=True,
            spoilt=self.spoilt or other.spoilt,
        )


def _written(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the columns that rows set, in their order."""
    alike: dict[object, Row] = {}  # a row of each kind of those that set the same cells
    for row in rows:
        alike.setdefault((frozenset(row.model_fields_set), *(row.model_extra or ())), row)
    return (name for row in alike.values() for name in row.model_dump(by_alias=True, exclude_unset=True))


class Scale(NamedTuple):
    """The ends of a factor's scale, and which of them are not given but taken from the data."""

    worst: float
    target: float
    taken: tuple[str, ...] = ()


class Range(NamedTuple):
    """A scale that is best from one score to another, and 0 at the worst below and the worst above."""

    worst: float
    ideal_low: float
    ideal_high: float
    worst_high: float

    def level(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """L = clip(min((S - worst) / (ideal_low - worst), (worst_high - S) / (worst_high - ideal_high)), 0, 1)."""
        below = (scores - self.worst) / (self.ideal_low - self.worst)
        above = (self.worst_high - scores) / (self.worst_high - self.ideal_high)
        return np.clip(np.minimum(below, above), 0.0, 1.0)

    @property
    def in_order(self) -> bool:
        """Whether it has a slope on either side."""
        return self.worst < self.ideal_low <= self.ideal_high < self.worst_high


@dataclass(frozen=True)
class Judgement(Brief):
    """A pairwise matrix as read: nan where a cell is blank.

    Its name is ``JUDGE`` or ``JUDGE@NODE``; whose children the labels are says which node it judges. `file` is where it
    stands, `heading` the spreadsheet row of its labels, `lines` that of each of its rows.
    """

    name: str
    file: str
    labels: tuple[str, ...]
    matrix: NDArray[np.float64]
    heading: int = 1
    lines: tuple[int, ...] = ()

    def line(self, row: int) -> int | None:
        """Return the spreadsheet row of a row of the matrix, where it was read from one."""
        return self.lines[row] if self.lines else None

    @property
    def judge(self) -> str:
        """Who judged."""
        return self.name.partition("@")[0]

    @property
    def named_node(self) -> str:
        """The node in the file's name, if it has one."""
        return self.name.partition("@")[2]


def _scale(factor: Factor, scores: set[float]) -> Scale:
    if factor.direction == "range":
        return Scale(0.0, 1.0)  # of its levels, see `Case.ranges`
    up = factor.direction == "max"
    ticks = scores <= {0.0, 1.0}
    low, high = (0.0, 1.0) if ticks else (min(scores), max(scores))
    worst = factor.worst if factor.worst is not None else low if up else high
    target = factor.target if factor.target is not None else high if up else low
    taken = tuple(name for name in ("worst", "target") if getattr(factor, name) is None and not ticks)
    if worst == target and factor.worst is None and factor.target is None:
        worst = target - 1.0 if up else target + 1.0
    return Scale(worst, target, taken)


def _range(factor: Factor, scores: set[float]) -> Range | None:
    ideals = [end for end in (factor.ideal_low, factor.ideal_high) if end is not None]
    ideals += [factor.target] if not ideals and factor.target is not None else []
    if not ideals:
        return None
    low, high = ideals[0], ideals[-1]
    worst, worst_high = min((*scores, low)), max((*scores, high))
    return Range(
        factor.worst if factor.worst is not None else worst if worst < low else low - 1.0,
        low,
        high,
        factor.worst_high if factor.worst_high is not None else worst_high if worst_high > high else high + 1.0,
    )


@dataclass(frozen=True, eq=False, repr=False)
class Case:
    """A case: T tracks, F scored factors, their scores, and what planning needs.

    `load_case` reads one, `from_frames` makes one of tables in memory; nothing changes it: `with_tables` and
    `with_cell` return another. Every table is also an attribute, as a DataFrame with the columns of its file
    (``case.tracks``, ``case.measures``, ...), fresh each time. Cases are equal that hold the same, whatever they are
    called and wherever they are read from; they can be copied and pickled.

    Attributes
    ----------
    name : str
        The name of its folder or file; what the case calls itself is `title`.
    settings : Settings
        ``case.toml``: the case's names, and the defaults of every run.
    tables : mapping of str to Table
        The tables by name: typed rows, and where each of them stands.
    judgements : mapping of str to Judgement
        Pairwise matrices by name, ``JUDGE`` or ``JUDGE@NODE``.
    warnings : tuple of Problem
        What `saidao check` tells that is no error.
    path : Path or None
        Where it is read from.
    track_ids, factor_ids : tuple of str
        The T tracks and the F factors that are scored, in the order of their tables.
    scores_matrix : ndarray (T, F)
        Scores, each in the unit of its factor; blank ones are filled in as the setting `impute` says.
    factor_scales : dict of str to Scale
        Worst and target score of each factor, in its unit: the level of a score S is (S - worst) / (target - worst),
        within 0 and 1, and its gap is 1 - level.

    Examples
    --------
    >>> import saidao
    >>> case = saidao.load_case("shanghai")
    >>> case.scores_matrix.shape, case.title("zh"), list(case.costs.columns)
    ((12, 6), '上海产业新赛道', ['measure', 'resource', 'cost', 'period'])
    """

    name: str
    settings: Settings
    tables: Mapping[str, Table]
    judgements: Mapping[str, Judgement]
    warnings: tuple[Problem, ...] = field(default=(), repr=False)
    path: Path | None = None

    def content(self, **dump: Any) -> dict[str, Any]:
        """What a case says, in plain data: settings, rows of tables and judgements; no names of files, no places.

        *dump* goes to pydantic's ``model_dump``.
        """
        return {
            "settings": self.settings.model_dump(**dump),
            "tables": {
                name: [row.model_dump(by_alias=True, **dump) for row in self.rows(BY_NAME[name])]
                for name, table in self.tables.items()
                if table.rows
            },
            "judgements": {
                name: [list(j.labels), np.where(np.isnan(j.matrix), 0.0, j.matrix).tolist()]
                for name, j in sorted(self.judgements.items())
            },
        }

    def __eq__(self, other: object) -> bool:
        return self.content() == other.content() if isinstance(other, Case) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.track_ids, self.factor_ids))

    def __repr__(self) -> str:
        counts = ", ".join(f"{name}={len(table.rows)}" for name, table in self.tables.items() if table.rows)
        path = "" if self.path is None else f", path={str(self.path)!r}"
        return f"Case({self.name!r}, {counts}, judgements={len(self.judgements)}{path})"

    def rows(self, model: type[R]) -> tuple[R, ...]:
        """Rows of one table, typed; an effect that is graded closes what its grade does."""
        held: tuple[Any, ...] = self._effects if model is Effect else self.tables[model.table].rows
        return held

    def figures(self, model: type[Row], column: str) -> NDArray[np.float64]:
        """The numbers of a column, a row each: nan where a row has none; made once, and read only."""
        made = self._figures.get((model, column))
        if made is None:
            rows: Iterable[Any] = self.rows(model)
            own = column in model.model_fields
            values = map(attrgetter(column), rows) if own else (row.values.get(column) for row in rows)
            made = np.array([*values], dtype=np.float64)  # None becomes nan
            made.flags.writeable = False
            self._figures[model, column] = made
        return made

    @cached_property
    def _figures(self) -> dict[tuple[type[Row], str], NDArray[np.float64]]:
        return {}

    @cached_property
    def _effects(self) -> tuple[Effect, ...]:
        held: tuple[Any, ...] = self.tables["effects"].rows
        closes = {row.scale: row.closes for row in self.rows(Grade)}
        return tuple(
            row.model_copy(update={"effect": closes.get(row.scale, row.effect)}) if row.scale else row for row in held
        )

    def with_rows(self, **rows: Iterable[Row]) -> Case:
        """Return the case with all rows of some tables replaced."""
        made = {name: self.tables[name].holding(held) for name, held in rows.items()}
        return replace(self, tables=MappingProxyType({**self.tables, **made}))

    if TYPE_CHECKING:  # bound by `frames`, which makes cases by reading, and so stands above what they are

        @classmethod
        def from_frames(
            cls,
            scores: Any,
            *,
            name: str = "",
            settings: Mapping[str, Any] | None = None,
            judgements: Any = None,
            **tables: Any,
        ) -> Case:
            """See `saidao.case.frames.from_frames`."""

        @classmethod
        def from_matrix(
            cls,
            matrix: Any,
            weights: Any = None,
            types: Any = None,
            *,
            tracks: Sequence[Any] | None = None,
            factors: Sequence[Any] | None = None,
            name: str = "",
            settings: Mapping[str, Any] | None = None,
        ) -> Case:
            """See `saidao.case.frames.from_matrix`."""

        def with_tables(
            self,
            *,
            settings: Mapping[str, Any] | None = None,
            judgements: Any = None,
            **tables: Any,
        ) -> Case:
            """See `saidao.case.frames.with_tables`."""

        def with_cell(self, table: str, row: str | Iterable[Any], column: str, value: Any) -> Case:
            """See `saidao.case.frames.with_cell`."""

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name not in BY_NAME:
            raise AttributeError(f"a case has no table {name!r}; it has {', '.join(BY_NAME)}")
        import pandas as pd  # loads late: most runs need no frame

        table = self.tables[name]
        rows = self.rows(BY_NAME[name])
        records = [{**dict.fromkeys(table.header), **row.model_dump(by_alias=True)} for row in rows]
        filled = records[0] if records and name != "scores" else {}  # the columns of scores are the case's own
        extra = [c for c in filled if c not in table.header]
        return pd.DataFrame.from_records(records, columns=[*table.header, *extra])

    @cached_property
    def track_ids(self) -> tuple[str, ...]:
        """Ids of the tracks, in the order of the table."""
        return tuple(row.track for row in self.rows(Track))

    @cached_property
    def factor_ids(self) -> tuple[str, ...]:
        """Ids of the factors that are scored: those that are no other factor's parent."""
        factors = self.rows(Factor)
        parents = {row.parent for row in factors}
        return tuple(row.factor for row in factors if row.factor not in parents)

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """Factors by their parent, in the order of the table; those at the top are children of ``""``, the goal."""
        found: dict[str, list[str]] = {"": []}
        for row in self.rows(Factor):
            found.setdefault(row.parent, []).append(row.factor)
        return {parent: tuple(factors) for parent, factors in found.items()}

    def judged(self, node: str) -> list[Judgement]:
        """Judgements over the children of *node*."""
        return [j for j in self.judgements.values() if set(j.labels) == set(self.children[node])]

    @cached_property
    def type_of(self) -> dict[str, str]:
        """Type of each track."""
        return {row.track: row.type for row in self.rows(Track)}

    @cached_property
    def measure_of(self) -> dict[str, Measure]:
        """Measures by id."""
        return {row.measure: row for row in self.rows(Measure)}

    @cached_property
    def resource_of(self) -> dict[str, Resource]:
        """Resources by id."""
        return {row.resource: row for row in self.rows(Resource)}

    @property
    def score_periods(self) -> tuple[str, ...]:
        """The periods that scores are of, in their order; none where nobody says."""
        return periods_of(self.tables)

    @property
    def score_period(self) -> str:
        """The period of the scores that the case is planned with; blank where nobody says."""
        return next((row.period for row in self.rows(Score)), "")

    def in_period(self, period: str) -> Case:
        """Return the case with the scores of a period as those that it is planned with."""
        settings = self.settings.model_copy(update={"score_period": period})
        return replace(self, tables=in_period(self.tables, period), settings=settings)

    @cached_property
    def scores_written(self) -> NDArray[np.float64]:
        """Scores as written: (T, F), rows as `track_ids`, columns as `factor_ids`; nan where blank; read only."""
        values = {row.track: row.values for row in self.rows(Score)}
        made = np.array([[values[t].get(f, np.nan) for f in self.factor_ids] for t in self.track_ids])
        made.flags.writeable = False
        return made

    def _scores_on(self, factor: str) -> set[float]:
        """Scores on a factor, of rows of unknown tracks too: a case that is being checked may hold some."""
        return {row.values[factor] for row in self.rows(Score) if factor in row.values}

    @property
    def scores_matrix(self) -> NDArray[np.float64]:
        """Scores: (T, F); blank cells filled in as the setting `impute` says."""
        written = self.scores_written
        if not np.isnan(written).any():
            return written.copy()
        directions = {row.factor: row.direction for row in self.rows(Factor)}
        signs = np.array([1.0 if directions[f] == "max" else -1.0 for f in self.factor_ids])
        for j, f in enumerate(self.factor_ids):
            if f in self.ranges:  # worst is whichever end of the scores has the lower level
                ends = np.array([np.nanmin(written[:, j]), np.nanmax(written[:, j])])
                low, high = self.ranges[f].level(ends)
                signs[j] = 1.0 if low <= high else -1.0
        return impute(written, signs, cast("ImputationName", self.settings.impute))

    @cached_property
    def ranges(self) -> dict[str, Range]:
        """The scale of every scored factor of direction ``range``; a worst that is blank is taken from the scores."""
        scored = set(self.factor_ids)
        found = {
            row.factor: _range(row, self._scores_on(row.factor))
            for row in self.rows(Factor)
            if row.direction == "range" and row.factor in scored
        }
        return {factor: scale for factor, scale in found.items() if scale is not None}

    @cached_property
    def factor_scales(self) -> dict[str, Scale]:
        """The scale of every scored factor; an end that is blank is the worst or the best of its scores.

        Of direction ``range`` it is that of the levels. Where scores are all 0 or 1, as ticks are, it is 0 or 1. Where
        all tracks have the same score and nothing else is given, this is the target: nobody lacks what the best has.
        """
        scored = set(self.factor_ids)

        def scores(factor: Factor) -> set[float]:
            return set() if None not in (factor.worst, factor.target) else self._scores_on(factor.factor)

        return {row.factor: _scale(row, scores(row)) for row in self.rows(Factor) if row.factor in scored}

    @property
    def imputed(self) -> list[dict[str, Any]]:
        """Scores that are filled in, not given: track, factor, value, and by which imputation."""
        blank = np.argwhere(np.isnan(self.scores_written))
        if not len(blank):
            return []
        scores = self.scores_matrix
        return [
            {
                "track": self.track_ids[t],
                "factor": self.factor_ids[f],
                "value": float(scores[t, f]),
                "imputation": self.settings.impute,
            }
            for t, f in blank
        ]

    def title(self, lang: str = "en") -> str:
        """Return the case's name in *lang*."""
        s = self.settings
        first, second = (s.name_zh, s.name_en) if lang == "zh" else (s.name_en, s.name_zh)
        return first or second or self.name

    def _repr_html_(self) -> str:
        counts = ", ".join(f"{len(table.rows)} {name}" for name, table in self.tables.items() if table.rows)
        return f"<p><b>{escape(self.title())}</b>: {counts}</p>{self.to_frame().to_html()}"

    def names(self, model: type[Any], lang: str = "en") -> dict[str, str]:
        """Names by id, in *lang*; made once for each table and language."""
        found = self._names.get((model, lang))
        if found is None:
            found = self._names[model, lang] = {row.key_parts()[0]: row.name(lang) for row in self.rows(model)}
        return found

    @cached_property
    def _names(self) -> dict[tuple[type[Any], str], dict[str, str]]:
        return {}

    def own_budget(self, resource: str) -> float:
        """Return what the case has of a resource, over all periods."""
        dated = [row.amount for row in self.rows(Budget) if row.resource == resource]
        return float(sum(dated)) if dated else float(self.resource_of[resource].budget or 0.0)

    def unit(self, resource: str, lang: str = "en") -> Unit:
        """Return the unit in which people read amounts of a resource, on every surface; of ``closed``, gap units."""
        row = self.resource_of.get(resource)
        if row is None:
            return Unit(say("gap_units", lang)) if resource == "closed" else Unit()
        return reading_unit(row.unit_name(lang), self.own_budget(resource))

    def to_frame(self) -> pd.DataFrame:
        """Scores: tracks x factors."""
        import pandas as pd  # loads late: most runs need no frame

        return pd.DataFrame(
            self.scores_matrix,
            index=pd.Index(self.track_ids, name="track"),
            columns=list(self.factor_ids),
        )
