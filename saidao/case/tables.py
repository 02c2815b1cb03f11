"""The tables of a case: one class a table, one field a column, with its meaning and bounds.

The names are those of the public contract. Blank cells take the default; other columns are kept and ignored. What is
said of a table and its columns stands in `texts` under its name: ``table.NAME`` is what it is called, ``holds.NAME``
what it holds, ``without.NAME`` what its absence means (`saidao.texts.tables`), ``field.COLUMN`` the heading of a column
and ``note.COLUMN`` what is said beside it (`saidao.texts.case_columns`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Annotated, Any, ClassVar, Literal, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

# These signs have a meaning in rules, effects and on the command line.
Id = Annotated[str, StringConstraints(pattern=r"^[^;:*/@=]+$")]
Number = Annotated[float, Field(allow_inf_nan=False)]
AtLeast0 = Annotated[Number, Field(ge=0)]
Positive = Annotated[Number, Field(gt=0)]
ABSOLUTE = "absolute"
"""Marks amounts, in a unit of their own: there a percent is a share of nothing that is said."""
Amount = Annotated[AtLeast0, ABSOLUTE]
_DAY = re.compile(r"(\d{4})(?:\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d\d)(\d\d))(?:[ T]00:00(?::00)?)?")


def iso_day(cell: Any) -> Any:
    """Return a date that names its year first (2027/7/31, 2027年7月31日) as 2027-07-31, whose order is that of time.

    What is no date stays as it is: `saidao.case.checks.actuals` tells it.
    """
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", str(cell)).strip())
    if found is None:
        return cell
    try:
        return date(*(int(part) for part in found.groups() if part)).isoformat()
    except ValueError:  # the 31st of June
        return cell


Day = Annotated[str, BeforeValidator(iso_day)]
Kind = Literal["paper", "measured", "judgement", "assumption"]


@dataclass(frozen=True)
class Ref:
    """What a column of ids refers to.

    Attributes
    ----------
    to : a table; ``judgements`` for the judges who have judged, ``case.toml`` for its periods.
    only : whether nothing else may stand in the column; if something may, the table's own check knows what.
    """

    to: str
    only: bool = True


Needed = Literal["rank", "plan", ""]


class Row(BaseModel):
    """A row of a table.

    Attributes
    ----------
    table : the table's name, of its file and its sheet.
    key : the columns that no two rows may share.
    needed_to : what cannot be done without the table: rank, and so plan, or plan; blank for nothing.
    names_only : whether it only gives names to ids that other tables use: without it, any id is allowed there.
    tagged : whether a column named as a chain tags its rows with links of that chain.
    about_cells : whether its rows are about cells of other tables, so that it has no numbers of its own.
    given_by : columns that another one may stand for: to set the first is to blank the second.
    """

    # what validates a row is built with the first one: no case has every table
    model_config = ConfigDict(frozen=True, extra="allow", str_strip_whitespace=True, defer_build=True)

    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    needed_to: ClassVar[Needed] = ""
    names_only: ClassVar[bool] = False
    tagged: ClassVar[bool] = False
    about_cells: ClassVar[bool] = False
    given_by: ClassVar[Mapping[str, str]] = {}

    def key_parts(self) -> tuple[str, ...]:
        """Return the row's key as texts."""
        return tuple("" if (v := getattr(self, k)) is None else str(v) for k in self.key)


class Named(Row):
    """A row with names in two languages."""

    name_en: str = ""
    name_zh: str = ""

    def name(self, lang: str) -> str:
        """Return the name in *lang*; failing that in the other language, failing that the id."""
        first, second = (self.name_zh, self.name_en) if lang == "zh" else (self.name_en, self.name_zh)
        return first or second or self.key_parts()[0]


class WithValues(Row):
    """A row with a column of numbers for each row of other tables, beside columns of a user's own."""

    # where a number belongs, a text is what could not be read as one
    __pydantic_extra__: dict[str, float | str] = Field(init=False)
    columns_of: ClassVar[tuple[str, ...]]

    @cached_property
    def values(self) -> dict[str, float]:
        """The numbers by column."""
        return {name: cell for name, cell in (self.model_extra or {}).items() if isinstance(cell, float)}


class Track(Named):
    """An alternative: a new industrial track."""

    table: ClassVar[str] = "tracks"
    key: ClassVar[tuple[str, ...]] = ("track",)
    needed_to: ClassVar[Needed] = "rank"
    tagged: ClassVar[bool] = True
    track: Id
    type: Annotated[str, Ref("types")] = ""
    stage: Annotated[str, Ref("stages")] = ""


class Type(Named):
    """A type of tracks."""

    table: ClassVar[str] = "types"
    key: ClassVar[tuple[str, ...]] = ("type",)
    names_only: ClassVar[bool] = True
    type: Id


class Dimension(Named):
    """A dimension of measures, with the competition and the race that the paper stresses in it."""

    table: ClassVar[str] = "dimensions"
    key: ClassVar[tuple[str, ...]] = ("dimension",)
    names_only: ClassVar[bool] = True
    dimension: Id
    competition_en: str = ""
    competition_zh: str = ""
    race_en: str = ""
    race_zh: str = ""


class Stage(Named):
    """A stage of the race, in its order: what it is about, and what it needs. `lag`: periods until its measures act.

    The lag holds where a plan is phased over periods and a measure has none of its own.
    """

    table: ClassVar[str] = "stages"
    key: ClassVar[tuple[str, ...]] = ("stage",)
    names_only: ClassVar[bool] = True
    stage: Id
    task_en: str = ""
    task_zh: str = ""
    need_en: str = ""
    need_zh: str = ""
    lag: Annotated[int, Field(ge=0)] = 0

    def said(self, what: Literal["task", "need"], lang: str) -> str:
        """Return its task or need in *lang*, failing that in the other language."""
        one, other = (getattr(self, f"{what}_{of}") for of in (("zh", "en") if lang == "zh" else ("en", "zh")))
        return str(one or other)


class Need(Named):
    """What is short at a stage of the race; measures name the one that they serve."""

    table: ClassVar[str] = "needs"
    key: ClassVar[tuple[str, ...]] = ("need",)
    need: Id
    stage: Annotated[str, Ref("stages")]


class Phase(WithValues):
    """A period of a phased plan: its share of every budget, and a column per stage with the most of it for that stage.

    `phasing` makes periods, dated budgets and rules of these rows.
    """

    table: ClassVar[str] = "phases"
    key: ClassVar[tuple[str, ...]] = ("period",)
    columns_of: ClassVar[tuple[str, ...]] = ("stages",)
    period: Id
    budget: Annotated[Number, Field(ge=0, le=1)]


class Link(Named):
    """A link of a chain, in the chain's order.

    Measures, factors and tracks are tagged by a column with the chain's id, several links joined by ``;``.
    """

    table: ClassVar[str] = "chains"
    key: ClassVar[tuple[str, ...]] = ("link",)
    link: Id
    chain: Id
    chain_en: str = ""
    chain_zh: str = ""


class Factor(Named):
    """A criterion, with the scale on which its gap is measured; see `Case.factor_scales` for one that is left blank.

    Of direction ``range`` it is best from `ideal_low` to `ideal_high`, and worst at `worst` below, `worst_high` above.
    """

    table: ClassVar[str] = "factors"
    key: ClassVar[tuple[str, ...]] = ("factor",)
    needed_to: ClassVar[Needed] = "rank"
    tagged: ClassVar[bool] = True
    factor: Id
    direction: Literal["max", "min", "range"] = "max"
    worst: Number | None = None
    target: Number | None = None
    ideal_low: Number | None = None
    ideal_high: Number | None = None
    worst_high: Number | None = None
    parent: Annotated[str, Ref("factors")] = ""
    weight: AtLeast0 | None = None
    description: str = ""


class Score(WithValues):
    """The scores of a track: a column per factor.

    Where scores are of several periods, these are of the one that the case is planned with (`score_period`, the last
    one if left out); a file may hold all periods in one table.
    """

    table: ClassVar[str] = "scores"
    key: ClassVar[tuple[str, ...]] = ("track",)
    needed_to: ClassVar[Needed] = "rank"
    columns_of: ClassVar[tuple[str, ...]] = ("factors",)
    track: Annotated[str, Ref("tracks")]
    period: str = ""


class PeriodScore(Score):
    """The scores of a track in another period than the one that the case is planned with: for ranks over periods."""

    table: ClassVar[str] = "period_scores"
    key: ClassVar[tuple[str, ...]] = ("track", "period")
    needed_to: ClassVar[Needed] = ""
    period: str


class Judge(Row):
    """The weight of a judge; 1 for a judge without a row."""

    table: ClassVar[str] = "judges"
    key: ClassVar[tuple[str, ...]] = ("judge",)
    judge: Annotated[str, Ref("judgements")]
    weight: AtLeast0 = 1.0


class Resource(Named):
    """A scarce resource and its budget."""

    table: ClassVar[str] = "resources"
    key: ClassVar[tuple[str, ...]] = ("resource",)
    needed_to: ClassVar[Needed] = "plan"
    resource: Id
    unit: str = ""
    unit_zh: str = ""
    budget: Amount | None = None
    carry: Annotated[Number, Field(ge=0, le=1)] = 0.0

    def unit_name(self, lang: str) -> str:
        """Return the unit in *lang*."""
        return self.unit_zh or self.unit if lang == "zh" else self.unit


class Budget(Row):
    """The budget of a resource in one period."""

    table: ClassVar[str] = "budgets"
    key: ClassVar[tuple[str, ...]] = ("resource", "period")
    resource: Annotated[str, Ref("resources")]
    period: Annotated[str, Ref("case.toml")]
    amount: Amount


class Measure(Named):
    """A policy measure; one that `begins` in a period has all of its level there, and its costs fall due by period."""

    table: ClassVar[str] = "measures"
    key: ClassVar[tuple[str, ...]] = ("measure",)
    needed_to: ClassVar[Needed] = "plan"
    tagged: ClassVar[bool] = True
    measure: Id
    dimension: Annotated[str, Ref("dimensions")] = ""
    stage: Annotated[str, Ref("stages")] = ""
    need: Annotated[str, Ref("needs")] = ""
    scope: Literal["track", "type", "city"] = "track"
    kind: Literal["continuous", "integer", "binary", "semi"] = "continuous"
    min_level: Amount = 0.0
    max_level: Annotated[Positive, ABSOLUTE]
    unit: str = ""
    lag: Annotated[int, Field(ge=0)] = 0
    begins: Annotated[str, Ref("case.toml")] = ""


class Cost(Row):
    """What one unit of level of a measure takes of a resource, below 0 what it brings in."""

    table: ClassVar[str] = "costs"
    key: ClassVar[tuple[str, ...]] = ("measure", "resource", "period")
    needed_to: ClassVar[Needed] = "plan"
    measure: Annotated[str, Ref("measures")]
    resource: Annotated[str, Ref("resources")]
    cost: Annotated[Number, ABSOLUTE]
    period: Annotated[str, Ref("case.toml")] = ""


class Grade(Named):
    """A word for how strongly measures act, and what it closes: gap units for each unit of level."""

    table: ClassVar[str] = "scales"
    key: ClassVar[tuple[str, ...]] = ("scale",)
    scale: Id
    closes: AtLeast0


class Effect(Row):
    """Gap units that one unit of level of a measure closes: at a track, a type (``type:ID``) or everywhere (``*``).

    With a `scale` it is graded: it closes what the grade does, whatever the table `scales` comes to say.
    """

    table: ClassVar[str] = "effects"
    key: ClassVar[tuple[str, ...]] = ("measure", "track", "factor", "up_to")
    needed_to: ClassVar[Needed] = "plan"
    measure: Annotated[str, Ref("measures")]
    track: Annotated[str, Ref("tracks", only=False)]
    factor: Annotated[str, Ref("factors")]
    effect: AtLeast0
    scale: Annotated[str, Ref("scales")] = ""
    up_to: Annotated[Positive, ABSOLUTE] | None = None
    given_by: ClassVar[Mapping[str, str]] = {"effect": "scale"}


RELATIONS = ("requires", "excludes", "one_of")
"""Kinds of rules that relate measures to one another, and limit no amount."""


class RuleRow(Named):
    """A floor, a cap, a prerequisite, an exclusion or a choice of one; its name is beside what its fields say."""

    table: ClassVar[str] = "rules"
    key: ClassVar[tuple[str, ...]] = ("rule",)
    rule: str
    kind: Literal["floor", "cap", "requires", "excludes", "one_of"]
    over: Literal["track", "type", "factor", "dimension", "stage", "measure", "all", ""] = ""
    key_: Annotated[str, Field(alias="key")] = ""
    of: str = ""
    amount: Amount | None = None
    share: AtLeast0 | None = None
    period: Annotated[str, Ref("case.toml")] = ""

    @property
    def is_relation(self) -> bool:
        """Whether it relates measures to one another, and limits no amount."""
        return self.kind in RELATIONS

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that a relation is about: those in `key`."""
        return tuple(name for part in self.key_.split(";") if (name := part.strip()))

    @property
    def others(self) -> tuple[str, ...]:
        """The prerequisites in `of`, of which one is enough."""
        return tuple(name for part in self.of.split("|") if (name := part.strip()))


class Indicator(Named):
    """What a candidate track is judged by, with the profiles from which it is watched and admitted."""

    table: ClassVar[str] = "indicators"
    key: ClassVar[tuple[str, ...]] = ("indicator",)
    indicator: Id
    trait: str = ""
    trait_zh: str = ""
    unit: str = ""
    direction: Literal["max", "min"] = "max"
    watch: Number
    admit: Number
    weight: AtLeast0 = 1.0
    indifference: AtLeast0 = 0.0
    preference: AtLeast0 | None = None
    veto: AtLeast0 | None = None

    def told(self, lang: str) -> str:
        """Return the trait that it stands for, if that is said, and its name."""
        trait = self.trait_zh or self.trait if lang == "zh" else self.trait or self.trait_zh
        return " · ".join(filter(None, (trait, self.name(lang))))


class Candidate(Named, WithValues):
    """A candidate track: a column per indicator, and one per factor if it is to be admitted."""

    table: ClassVar[str] = "candidates"
    key: ClassVar[tuple[str, ...]] = ("candidate",)
    columns_of: ClassVar[tuple[str, ...]] = ("indicators", "factors")
    tagged: ClassVar[bool] = True
    candidate: Id
    type: Annotated[str, Ref("types")] = ""
    stage: Annotated[str, Ref("stages")] = ""


class PanelRow(Row):
    """What a track made in one period, and with what; at constant prices."""

    table: ClassVar[str] = "panel"
    key: ClassVar[tuple[str, ...]] = ("track", "period")
    track: Annotated[str, Ref("tracks")]
    period: str
    output: Annotated[Positive, ABSOLUTE]
    capital: Annotated[Positive, ABSOLUTE]
    labour: Annotated[Positive, ABSOLUTE]
    capital_share: Annotated[Number, Field(ge=0, le=1)] | None = None


class NamedPair(Row):
    """A measure and a track that the case's source names together, and where it does."""

    table: ClassVar[str] = "named_pairs"
    key: ClassVar[tuple[str, ...]] = ("measure", "track")
    measure: Annotated[str, Ref("measures")]
    track: Annotated[str, Ref("tracks")]
    section: str = ""
    note: str = ""


class Actual(Row):
    """How far one measure at one target is in a period: what is bound, what was spent and what took effect.

    `committed` is the level that cannot be undone, `spent` the money gone or bound for it, `achieved` the level that
    took effect or, with a track and a factor, the gap units closed there. Of several reports the latest `date` counts.
    """

    table: ClassVar[str] = "actuals"
    key: ClassVar[tuple[str, ...]] = ("measure", "target", "period", "resource", "track", "factor", "date")
    measure: Annotated[str, Ref("measures")]
    target: str = ""
    period: Annotated[str, Ref("case.toml")] = ""
    committed: AtLeast0 | None = None
    resource: Annotated[str, Ref("resources")] = ""
    spent: Amount | None = None
    track: Annotated[str, Ref("tracks")] = ""
    factor: Annotated[str, Ref("factors")] = ""
    achieved: AtLeast0 | None = None
    date: Day = ""

    @property
    def place(self) -> tuple[str, str]:
        """Measure and target; blank is the whole city."""
        return self.measure, self.target or "*"


class Project(Named):
    """A project as the budget office files it: one measure over all its places, what is given of it, and its money.

    Where several projects share a measure, `targets` are the places of each, divided by ``;``. The split of money by
    source is in the unit of the first resource of money: of all periods, and of one `period`.
    """

    table: ClassVar[str] = "projects"
    key: ClassVar[tuple[str, ...]] = ("project",)
    project: Id
    measure: Annotated[str, Ref("measures")]
    targets: str = ""
    code: str = ""
    nature: str = ""
    category: str = ""
    department: str = ""
    agency: str = ""
    fiscal_total: Amount | None = None
    other_total: Amount | None = None
    period: Annotated[str, Ref("case.toml")] = ""
    fiscal: Amount | None = None
    carried: Amount | None = None
    other: Amount | None = None
    full: Amount | None = None
    expected: Amount | None = None

    @property
    def places(self) -> tuple[str, ...]:
        """The places that it is for; none where it is all of its measure's."""
        return tuple(part.strip() for part in self.targets.replace("；", ";").split(";") if part.strip())


class Kpi(Row):
    """A performance indicator of a project, and what its unit reports: a blank value is as the plan has it."""

    table: ClassVar[str] = "kpi"
    key: ClassVar[tuple[str, ...]] = ("project", "kpi")
    project: Annotated[str, Ref("projects")]
    kpi: Id
    level1: str
    level2: str = ""
    level3: str = ""
    sign: str = ">="
    value: str = ""
    unit: str = ""
    weight: AtLeast0 | None = None
    done: str = ""
    forecast: str = ""
    chance: str = ""
    actual: str = ""
    score: AtLeast0 | None = None
    cause: str = ""


class Ballot(Row):
    """A vote on measures: who cast it, for which ones, and how many points each got, where points were given.

    Measures, and points in their order, are divided by ``;``; of a ballot that ranks them the first is best.
    """

    table: ClassVar[str] = "ballots"
    key: ClassVar[tuple[str, ...]] = ("voter",)
    voter: str
    vote: str
    points: str = ""

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that it is for."""
        return tuple(part.strip() for part in self.vote.split(";") if part.strip())

    @property
    def given(self) -> tuple[str, ...]:
        """The points as they are written, in the order of the measures; none where each measure counts once."""
        return tuple(part.strip() for part in self.points.split(";") if part.strip())


class Fact(Row):
    """What is said about the vote: its rules, dates and place, as PabuLib calls them."""

    table: ClassVar[str] = "election"
    key: ClassVar[tuple[str, ...]] = ("key_",)
    key_: Annotated[str, Field(alias="key")]
    value: str = ""


class UncertainRow(Row):
    """How far a cell may be from what the case says: from `low` to `high`, most likely `mid`.

    The row is a key as in `sources`; ends are numbers, or shares of what stands there (``-30%``, ``x0.7``). Cells of
    one group go up and down together.
    """

    table: ClassVar[str] = "uncertain"
    key: ClassVar[tuple[str, ...]] = ("of_table", "row", "column")
    about_cells: ClassVar[bool] = True
    of_table: Annotated[str, Field(alias="table")]
    row: str = ""
    column: str = ""
    low: str
    mid: str = ""
    high: str
    group: str = ""


class Source(Row):
    """Where a cell comes from. A blank row means the whole table, a blank column the whole row.

    The row is the row's key; several parts are joined by ``/`` (``I01/funds``), and a leading part alone means every
    row that starts with it. The most specific line holds.
    """

    table: ClassVar[str] = "sources"
    key: ClassVar[tuple[str, ...]] = ("of_table", "row", "column")
    about_cells: ClassVar[bool] = True
    of_table: Annotated[str, Field(alias="table")]
    row: str = ""
    column: str = ""
    kind: Kind
    note: str = ""
    note_zh: str = ""

    def told(self, lang: str) -> str:
        """Return the note in *lang*, or in the other where there is none."""
        return self.note_zh or self.note if lang == "zh" else self.note or self.note_zh


class ScenarioRow(Named):
    """One change of a scenario; the rows that share its name are made together. See `changes`.

    What the case takes for granted where the scenario changes it stands in `assumed_en`, `assumed_zh`: such a scenario
    is an assumption turned round.
    """

    table: ClassVar[str] = "scenarios"
    key: ClassVar[tuple[str, ...]] = ("scenario", "of_table", "row", "column")
    about_cells: ClassVar[bool] = True
    scenario: str
    assumed_en: str = ""
    assumed_zh: str = ""
    of_table: Annotated[str, Field(alias="table")]
    row: str = ""
    column: str = ""
    change: str

    def assumed(self, lang: str) -> str:
        """What the case assumes instead, in *lang*; blank where it is a question, not an assumption."""
        first, second = (self.assumed_zh, self.assumed_en) if lang == "zh" else (self.assumed_en, self.assumed_zh)
        return first or second


TABLES: tuple[type[Row], ...] = (
    Track,
    Type,
    Factor,
    Score,
    PeriodScore,
    Judge,
    Resource,
    Budget,
    Dimension,
    Stage,
    Need,
    Phase,
    Link,
    Measure,
    Cost,
    Grade,
    Effect,
    RuleRow,
    Indicator,
    Candidate,
    PanelRow,
    NamedPair,
    Actual,
    Project,
    Kpi,
    Fact,
    Ballot,
    UncertainRow,
    Source,
    ScenarioRow,
)
"""All tables, in the order in which people meet them."""

BY_NAME: dict[str, type[Row]] = {model.table: model for model in TABLES}

IN_ORDER: tuple[str, ...] = tuple(
    name for model in TABLES for name in ([model.table, "judgements"] if model is PeriodScore else [model.table])
)
"""The names of the tables, the judgements among them."""

PLANNING: tuple[str, ...] = tuple(model.table for model in TABLES if model.needed_to == "plan")
"""Tables without which there is nothing to plan."""

OPTIONAL: tuple[str, ...] = tuple(name for name in IN_ORDER if name not in BY_NAME or not BY_NAME[name].needed_to)
"""Tables without which a case can be ranked and planned."""


def columns(model: type[Row]) -> list[str]:
    """Return the column names of a table as they stand in a file."""
    return [field.alias or name for name, field in model.model_fields.items()]


def columns_of(model: type[Row]) -> tuple[str, ...]:
    """Return the tables of each row of which a table has a column of numbers."""
    return model.columns_of if issubclass(model, WithValues) else ()


@cache
def refs(model: type[Row]) -> dict[str, Ref]:
    """Return the columns of a table that hold ids of another one, with what they refer to.

    >>> {name: ref.to for name, ref in refs(Cost).items()}
    {'measure': 'measures', 'resource': 'resources', 'period': 'case.toml'}
    """
    fields = model.model_fields.items()
    return {name: meta for name, field in fields for meta in field.metadata if isinstance(meta, Ref)}


@cache
def numeric(model: type[BaseModel]) -> frozenset[str]:
    """Return the columns of a table that hold numbers.

    >>> sorted(numeric(Cost)), sorted(numeric(Budget))
    (['cost'], ['amount'])
    """
    fields = model.model_fields.items()
    return frozenset(field.alias or name for name, field in fields if _parts(field.annotation) & {float, int})


@cache
def amounts(model: type[BaseModel]) -> frozenset[str]:
    """Return the columns of a table that hold amounts in a unit of their own, which no percent is.

    >>> sorted(amounts(Cost)), sorted(amounts(Measure)), sorted(amounts(Effect))
    (['cost'], ['max_level', 'min_level'], ['up_to'])
    """
    fields = model.model_fields.items()
    return frozenset(
        field.alias or name for name, field in fields if ABSOLUTE in (*field.metadata, *_parts(field.annotation))
    )


@cache
def choices(model: type[BaseModel]) -> dict[str, tuple[str, ...]]:
    """Return the columns of a table that hold one of a few words, with these.

    >>> choices(Factor)
    {'direction': ('max', 'min', 'range')}
    """
    found = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
    return {c: tuple(filter(None, get_args(a))) for c, a in found.items() if get_origin(a) is Literal}


def _parts(annotation: Any) -> set[Any]:
    """Return the types that an annotation is made of."""
    return {annotation}.union(*map(_parts, get_args(annotation))) if get_args(annotation) else {annotation}
