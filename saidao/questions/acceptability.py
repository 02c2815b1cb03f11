"""Plan acceptability: in which share of all weights a measure is funded, and how the money spreads.

The weights are sampled, as in SMAA (Lahdelma & Salminen 2001, Operations Research 49(3), 444-454; core index: Liesiö,
Mild & Salo 2007, European Journal of Operational Research 181, 1488-1505); each of them is solved exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
from numpy.typing import NDArray

from .. import mcda
from ..case import Case, load_case
from ..case.tables import Measure, Resource, Track, Type
from ..errors import CaseError, Problem, stopped
from ..mcda.brief import Brief
from ..mcda.checks import weight_vectors
from ..mcda.labels import Table as Numbers
from ..mcda.plotting import BLUE, ORANGE, axes, bars, finished
from ..optimize import SolverFailure, SolverLimit
from ..optimize.after.many_priorities import plans_under
from ..results.column import Column, Row, Table
from ..results.question import question
from ..results.result import Result
from ..study.array_errors import as_case_error
from ..study.names import measure_labels, measure_names
from ..study.options import (
    AddressOption,
    BackendOption,
    CaseLike,
    PlanOptions,
    SamplesOption,
    SeedOption,
    WorkersOption,
)
from ..study.plan.result import Plan, known_best
from ..study.planning.programme import check_plannable
from ..study.planning.solving import problem_and_solver
from ..texts.numbers import Form
from ..texts.say import say
from .workers import workforce

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = NDArray[np.float64]

FUNDED = 1e-9
"""A level up to this is rounding."""
DIGITS = 6
"""Plans whose levels agree to so many digits are one."""
SURE = 1 - 1e-12


@dataclass
class Tally(Brief):
    """Sums of a quantity over the plans: its mean, its spread, and how often it is above 0."""

    count: int
    total: Array
    squares: Array
    above: Array
    least: Array
    most: Array

    @classmethod
    def of(cls, size: int) -> Tally:
        """Start with nothing."""
        none = np.zeros(size)
        return cls(0, none.copy(), none.copy(), none.copy(), none + np.inf, none - np.inf)

    def add(self, values: Array) -> None:
        """Count the values (k, size) of k more plans."""
        self.count += len(values)
        self.total += values.sum(axis=0)
        self.squares += (values**2).sum(axis=0)
        self.above += (values > FUNDED).sum(axis=0)
        self.least = np.minimum(self.least, values.min(axis=0))
        self.most = np.maximum(self.most, values.max(axis=0))

    @property
    def mean(self) -> Array:
        """Mean over the plans."""
        return np.asarray(self.total / self.count)

    @property
    def deviation(self) -> Array:
        """Standard deviation over the plans."""
        return np.asarray(np.sqrt(np.maximum(self.squares / self.count - self.mean**2, 0.0)))

    @property
    def share(self) -> Array:
        """Share of the plans in which the quantity is above 0."""
        return np.asarray(self.above / self.count)

    @property
    def error(self) -> Array:
        """Standard error of `share`."""
        return np.asarray(np.sqrt(self.share * (1 - self.share) / self.count))


@dataclass(frozen=True)
class Acceptability(Result):
    """The result of `saidao.acceptability`.

    Attributes
    ----------
    plan : the case's own plan; of equally good plans those nearest to it are counted.
    samples, done : weight vectors asked for, and solved; fewer where it was interrupted.
    measure, application, track, spend, closed : tallies of levels by measure and by application, of each track's closed
        share, of the spend by resource, and of the closed share of the weighted gap.
    distinct : number of different plans.
    cold : how many were solved again from nothing, as the warm answer did not hold.
    """

    plan: Plan
    samples: int
    seed: int | None
    done: int
    measure: Tally
    application: Tally
    track: Tally
    spend: Tally
    closed: Tally
    distinct: int
    cold: int
    region: tuple[str, ...]
    limited: bool = False

    @property
    def case(self) -> Case:
        """The case."""
        return self.plan.case

    @property
    def partial(self) -> bool:
        """Whether it was interrupted, or a time limit came (`limited`), before all samples were solved."""
        return self.done < self.samples

    @cached_property
    def measures(self) -> list[Row]:
        """Each measure: share of the weights under which it is funded, with its error, and its level."""
        names = list(dict.fromkeys(a.measure for a in self.plan.solved.programme.applications))
        own = {row["measure"] for row in self.plan.allocation}
        return [{"measure": name, "in_plan": name in own, **row} for name, row in self._rows(names, self.measure)]

    @cached_property
    def applications(self) -> list[Row]:
        """The same by measure and target."""
        p = self.plan.solved.programme
        return [
            {"measure": a.measure, "target": a.target, "in_plan": bool(level > FUNDED), **row}
            for a, level, (_, row) in zip(
                p.applications,
                self.plan.solved.level.sum(axis=1),
                self._rows((a.label for a in p.applications), self.application),
                strict=True,
            )
        ]

    @cached_property
    def tracks(self) -> list[Row]:
        """Closed share of each track's weighted gap, where it has one; acceptability: that any of it closes."""
        p = self.plan.solved.programme
        rows = self._rows(p.tracks, self.track)
        return [{"track": name, **row} for (name, row), gap in zip(rows, p.gap.sum(axis=1), strict=True) if gap > 0]

    @cached_property
    def resources(self) -> list[Row]:
        """Spend of each resource, in its unit."""
        p = self.plan.solved.programme
        return [
            {"resource": name, "budget": float(budget), **row}
            for budget, (name, row) in zip(p.budget.sum(axis=1), self._rows(p.resources, self.spend), strict=True)
        ]

    @staticmethod
    def _rows(names: Iterable[str], tally: Tally) -> list[tuple[str, Row]]:
        columns = (tally.share, tally.error, tally.mean, tally.deviation, tally.least, tally.most)
        keys = ("acceptability", "standard_error", "mean", "deviation", "least", "most")
        return [
            (name, dict(zip(keys, map(float, values), strict=True)))
            for name, *values in zip(names, *columns, strict=True)
        ]

    @property
    def core(self) -> list[str]:
        """Measures that every sampled plan funds."""
        return [row["measure"] for row in self.measures if row["acceptability"] >= SURE]

    @property
    def never(self) -> list[str]:
        """Measures that no sampled plan funds."""
        return [row["measure"] for row in self.measures if row["acceptability"] == 0]

    @property
    def bounds(self) -> float:
        """Largest share of the weights (95 %) that an always or never of these samples may hide: 3 / done."""
        return 3.0 / self.done

    def text(self, lang: str = "en") -> list[str]:
        """Sentences, the answer first."""
        names = self.case.names(Measure, lang)
        rows = [row for row in self.measures if row["in_plan"]]
        sentences = [
            say(
                "accept.core" if self.core else "accept.no_core",
                lang,
                done=self.done,
                core=len(self.core),
                never=len(self.never),
                between=len(self.measures) - len(self.core) - len(self.never),
                names=measure_names(self.case, self.core, lang),
            ),
        ]
        weak = min(rows, key=lambda row: float(row["acceptability"]), default=None)
        if weak is not None and weak["acceptability"] < 1:
            sentences.append(
                say(
                    "accept.weakest",
                    lang,
                    name=names[weak["measure"]],
                    measure=weak["measure"],
                    share=weak["acceptability"],
                    error=weak["standard_error"],
                )
            )
        out = [row for row in self.measures if not row["in_plan"]]
        if out and (likely := max(out, key=lambda row: float(row["acceptability"])))["acceptability"] > 0:
            sentences.append(
                say(
                    "accept.likeliest",
                    lang,
                    name=names[likely["measure"]],
                    measure=likely["measure"],
                    share=likely["acceptability"],
                    error=likely["standard_error"],
                )
            )
        key = "accept.all_differ" if self.distinct == self.done else "accept.plans"
        sentences.append(say(key, lang, distinct=self.distinct, done=self.done))
        sentences.append(say("accept.bound", lang, done=self.done, bound=self.bounds))
        if self.partial:
            sentences.append(say("accept.partial", lang, done=self.done, samples=self.samples))
        return sentences

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao acceptability --json``."""
        return {
            "schema": "saidao/acceptability/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "settings": self.plan.settings.to_dict(),
            "samples": self.samples,
            "done": self.done,
            "partial": self.partial,
            "seed": self.seed,
            "region": list(self.region),
            "measures": self.measures,
            "applications": self.applications,
            "tracks": self.tracks,
            "resources": self.resources,
            "closed_share": self._rows(["closed_share"], self.closed)[0][1],
            "core": self.core,
            "never": self.never,
            "distinct_plans": self.distinct,
            "solved_again": self.cold,
        }

    def declared(self) -> Iterator[Table]:
        """Yield how often each measure is funded, and how spend and tracks spread over the weights."""
        likely = sorted(self.measures, key=lambda row: -float(row["acceptability"]))
        often = (
            Column("in_plan", "flag"),
            Column("acceptability", "share"),
            Column("standard_error", "share", heading="head.error"),
        )
        level, share = _spread("level"), _spread("share")
        measure = Column("measure", "id", Measure)
        yield Table("measures", (measure, *often, *level), likely, title="title.accept_measures")
        target = Column("target", "name", (Track, Type))
        yield Table(
            "applications", (measure, target, *often, *level), self.applications, title="title.accept_measures", most=0
        )
        resource, budget = Column("resource", "name", Resource), Column("budget", "amount", Resource)
        yield Table("resources", (resource, budget, *_spread("amount")), self.resources, title="title.accept_resources")
        yield Table("tracks", (Column("track", "name", Track), *share), self.tracks, title="title.accept_tracks")

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw the share of the sampled weights under which each measure is funded."""
        rows = [row for row in self.main.rows if row["acceptability"] > 0]
        ax = axes(ax, len(rows))
        bars(
            ax,
            measure_labels(self.case, [row["measure"] for row in rows], lang),
            [row["acceptability"] for row in rows],
            [BLUE if row["in_plan"] else ORANGE for row in rows],
            "{:.0%}",
        )
        ax.xaxis.set_major_formatter("{x:.0%}")
        return finished(ax, self.text(lang)[0])


def _spread(form: Form) -> tuple[Column, ...]:
    """Return columns of a quantity over the weights; amounts in the unit of the row's resource."""
    heads = {"mean": "", "deviation": "", "least": "head.least_level", "most": "head.most_level"}
    return tuple(Column(name, form, Resource if form == "amount" else (), head) for name, head in heads.items())


@question(
    "acceptability",
    example='saidao acceptability shanghai --samples 10000 --region "demand_conditions >= 0.1"',
    partial=True,
)
def acceptability(
    case: CaseLike,
    samples: SamplesOption = 1000,
    seed: SeedOption = 0,
    *,
    sampled: Numbers | None = None,
    workers: WorkersOption = 1,
    backend: BackendOption = "threads",
    address: AddressOption = None,
    progress: Callable[[int], None] = lambda done: None,
    **options: Unpack[PlanOptions],
) -> Acceptability:
    """Plan under many weights, each solved exactly: under which share of them a measure is funded.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, or a folder.
    samples, seed : how many weight vectors are drawn, uniformly from the simplex; the same for the same seed, whatever
        the workers.
    sampled : (K, F) weight vectors to be taken instead, a row each; a DataFrame has a column per factor.
    workers : how many work at a time; -1 for one a processor.
    backend : ``threads``, ``processes``, or ``dask`` with the `address` of its scheduler.
    progress : is told how many are done. If it raises `KeyboardInterrupt`, what is done comes back, marked partial.
    **options : as for `saidao.plan`; the scheme gives the plan that the others are near to. Weights are drawn uniformly
        where the statements of ``region`` hold, such as ``"demand >= 0.1"``.

    Raises
    ------
    CaseError
        Bad input, with every problem found.
    Infeasible, Stopped
        As `saidao.plan`; if the time limit comes later, what is done comes back.
    """
    case = load_case(case)
    check_plannable(case)
    if not (isinstance(samples, int) and samples >= 1):
        raise CaseError([Problem("at_least", "samples", found=str(samples), details={"bound": 1})])
    if not (isinstance(seed, int) and seed >= 0):
        raise CaseError([Problem("at_least", "seed", found=str(seed), details={"bound": 0})])
    engine = workforce(backend, workers, address)
    statements = tuple(options.pop("region", None) or ())
    problem, how = problem_and_solver(case, options)
    factors = problem.decision.factors
    try:
        if sampled is not None:
            drawn, used = weight_vectors(sampled, factors, "sampled"), None
        else:
            drawn, used = mcda.sample(factors, samples, seed, statements), seed
    except mcda.InputError as error:
        raise as_case_error(error, problem.decision) from None
    plan = known_best(Plan.from_problem(problem, how))
    p = plan.solved.programme
    priorities = problem.priorities(drawn)
    whole = priorities @ p.gap.ravel()
    names = list(dict.fromkeys(a.measure for a in p.applications))
    of_measure = np.array([[a.measure == name for name in names] for a in p.applications], dtype=float)
    tallies = {
        "measure": Tally.of(len(names)),
        "application": Tally.of(len(p.applications)),
        "track": Tally.of(len(p.tracks)),
        "spend": Tally.of(len(p.resources)),
        "closed": Tally.of(1),
    }
    limited = False
    seen: set[bytes] = set()
    cold = 0
    try:
        for part in plans_under(plan.solved, priorities, drawn, engine, progress):
            level = part.level.sum(axis=2)
            closed = part.closed.reshape(-1, *p.gap.shape)
            own = (priorities[part.place] * p.gap.ravel()).reshape(closed.shape).sum(axis=2)
            value = (priorities[part.place] * part.closed).reshape(closed.shape).sum(axis=2)
            spend = np.einsum("kap,arp->kr", part.level, p.level_cost)
            share = np.divide(
                value.sum(axis=1), whole[part.place], out=np.ones(len(level)), where=whole[part.place] > 0
            )
            quantities = (
                level @ of_measure,
                level,
                np.divide(value, own, out=np.zeros_like(own), where=own > 0),
                spend,
                share[:, None],
            )
            for tally, quantity in zip(tallies.values(), quantities, strict=True):
                tally.add(quantity)
            seen.update(row.tobytes() for row in np.round(level, DIGITS) + 0.0)
            cold += part.cold
    except KeyboardInterrupt:
        if not tallies["closed"].count:
            raise
    except (SolverLimit, SolverFailure) as error:
        if not tallies["closed"].count:
            raise stopped(error) from None
        limited = True
    done = tallies["closed"].count
    found: dict[str, Any] = {**tallies, "distinct": len(seen), "cold": cold, "region": statements, "limited": limited}
    return Acceptability(plan, len(drawn), used, done, **found)
