"""What is worth knowing better: where each input keeps the plan the best, and the regret that knowing it would remove.

The expected value of perfect information about one input (Raiffa & Schlaifer 1961, Applied Statistical Decision Theory,
Harvard, chapter 4): the input varies alone, evenly within its spread; the plan in hand is held against the best one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Unpack

import numpy as np
from numpy.typing import NDArray

from ..case import Case, load_case
from ..case.provenance import KINDS
from ..case.tables import Resource
from ..errors import CaseError, Problem, stopped
from ..mcda.plotting import axes, bars, finished
from ..optimize import Columns, InfeasibleProgramme, Model, Programme, SolverFailure, SolverLimit, build
from ..optimize.solve.lexicographic import solve
from ..results.column import Column, Row, Table
from ..results.question import Option, question
from ..results.result import Result
from ..study.decision import Array
from ..study.names import input_name
from ..study.options import CaseLike, PlanOptions
from ..study.plan.inputs import Input, inputs
from ..study.plan.result import Plan, known_best
from ..study.planning.programme import check_plannable
from ..study.planning.solving import SolverOptions, problem_and_solver
from ..texts.numbers import quantity
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes


SPREAD: Mapping[str, float] = MappingProxyType({"paper": 0.0, "measured": 0.05, "judgement": 0.25, "assumption": 0.5})
"""How far an input may be off, by the kind of its source, as a share of it (scores: of the scale): our assumptions."""
SHOWN = 25
"""Inputs that a terminal shows; files hold all."""
PLOTTED = 20
"""Inputs that a plot shows, the first ones."""
BETTER = 1e-9
"""Another plan is better if it is worth more than this share of the value more."""
LEAST = 1e-3
"""Share of the weighted gap below which a value is too small to measure such a share against."""
LARGEST = 5_000_000
"""Effects and scores times places beyond which nothing is asked: each number is planned anew a dozen times."""
PARTS = 4
"""Parts of the spread on either side whose ends are looked at."""
HALVINGS = 8
"""Halvings of a part in search for the end of an interval: to a 256th of it."""
NODES, WEIGHTS = np.polynomial.legendre.leggauss(5)
"""Points on [-1, 1] and weights for the mean regret over the spread."""


@dataclass(frozen=True)
class Inquiry(Result):
    """The result of `saidao.ask`: `inputs` as plain rows, what is most worth knowing first.

    Each row: where the number stands, its `value`, `kind` of source and `spread`; `low` and `high`, the ends of the
    interval within which no other plan is better (null: beyond the spread); `regret`, the share of the weighted gap
    that knowing it exactly would gain on average; `carries`, the share of the objective that passes through it.
    """

    plan: Plan
    spread: Mapping[str, float]
    inputs: list[Row]
    done: int
    asked: int
    limited: bool = False

    @property
    def case(self) -> Case:
        """The case."""
        return self.plan.case

    @property
    def partial(self) -> bool:
        """Whether it was interrupted, or a time limit came (`limited`), before all inputs were looked at."""
        return self.done < self.asked

    def text(self, lang: str = "en") -> list[str]:
        """Sentences, the answer first."""
        worth = [row for row in self.inputs if row["regret"] > BETTER]
        firm = len(self.inputs) - len(worth)
        if not worth:
            sentences = [say("ask.nothing", lang, inputs=len(self.inputs))]
        else:
            sentences = [self._first(worth[0], lang)]
            if more := worth[1:5]:
                told = [say("ask.one", lang, what=self._named(row, lang), points=100 * row["regret"]) for row in more]
                sentences.append(say("ask.next", lang, told=say("why.and", lang).join(told)))
            sentences.append(say("ask.firm", lang, firm=firm, inputs=len(self.inputs)))
        spread = say("list", lang).join(
            f"{say(f'source.{kind}', lang)} ±{share:.0%}" for kind, share in self.spread.items() if share > 0
        )
        sentences.append(say("ask.spread", lang, spread=spread))
        if self.partial:
            sentences.append(say("accept.partial", lang, done=self.done, samples=self.asked))
        return sentences

    def _named(self, row: Row, lang: str) -> str:
        return input_name(self.plan.case, row["table"], row["row"], row["column"], lang)

    def _first(self, row: Row, lang: str) -> str:
        """Say what to find out first, what it is now, and what knowing it is worth."""
        resource = self.plan.case.resource_of.get(_resource(row))
        value = quantity(row["value"], "" if resource is None else resource.unit_name(lang))
        return say("ask.first", lang, what=self._named(row, lang), value=value, points=100 * row["regret"])

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao ask --json``."""
        return {
            "schema": "saidao/ask/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "settings": self.plan.settings.to_dict(),
            "spread": dict(self.spread),
            "done": self.done,
            "partial": self.partial,
            "inputs": self.inputs,
        }

    def declared(self) -> Iterator[Table]:
        """Yield the inputs, what is most worth knowing first."""
        yield Table(
            "inputs",
            (
                *(Column(key, seen="data") for key in ("table", "row", "column")),
                Column("where", "name", self._names),
                Column("value", "amount", Resource),
                Column("kind", "word", "source", "head.source"),
                Column("spread", "share", seen="files"),
                Column("regret", "points", heading="head.points_gained"),
                Column("low", "amount", Resource),
                Column("high", "amount", Resource),
                Column("carries", "share"),
            ),
            [{**row, "where": _where(row), "resource": _resource(row)} for row in self.inputs],
            title="title.ask",
            most=SHOWN,
        )

    def _names(self, case: Case, lang: str) -> dict[str, str]:
        return {_where(row): self._named(row, lang) for row in self.inputs}

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw what knowing each input exactly would gain on average, the most first."""
        rows = self.inputs[:PLOTTED]
        ax = axes(ax, len(rows))
        bars(ax, [_where(row) for row in rows], [row["regret"] for row in rows], form="{:.2%}")
        ax.xaxis.set_major_formatter("{x:.1%}")
        return finished(ax, self.text(lang)[0])


def _where(row: Row) -> str:
    return " ".join(str(row[key]) for key in ("table", "row", "column") if row[key])


def _resource(row: Row) -> str:
    """Return the resource in whose unit an input is; blank where it has none."""
    return row["row"].split("/")[1] if row["table"] == "costs" else ""


@question("ask", example="saidao ask shanghai --spread assumption=0.3", partial=True)
def ask(
    case: CaseLike,
    spread: Annotated[
        Mapping[str, float] | None,
        Option("How far inputs of a kind may be off; repeatable.", metavar="KIND=SHARE", reads="pairs"),
    ] = None,
    *,
    progress: Callable[[int], None] = lambda done: None,
    **options: Unpack[PlanOptions],
) -> Inquiry:
    """Find what is worth knowing better: which judgement, effect, cost or score carries the plan.

    Every number is looked at by itself.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, or a folder.
    spread : how far inputs may be off, by the kind of their source, in place of `SPREAD`.
    progress : is told how many inputs are done. If it raises `KeyboardInterrupt`, what is done comes back.
    **options : as for `saidao.plan`; the objective is ``weighted``.

    Raises
    ------
    CaseError
        Bad input, with every problem found.
    Infeasible, Stopped
        As `saidao.plan`; if the time limit comes later, what is done comes back.
    """
    case = load_case(case)
    check_plannable(case)
    problem, how = problem_and_solver(case, options)
    chosen = problem.settings
    problems = [
        Problem("choice", "spread", found=str(kind), details={"choices": ", ".join(KINDS)})
        for kind in spread or {}
        if kind not in KINDS
    ]
    problems += [
        Problem("spread", "spread", found=f"{kind}={share}")
        for kind, share in (spread or {}).items()
        if not (np.isfinite(share) and 0 <= share < 1)
    ]
    if chosen.objective != "weighted":
        problems.append(Problem("choice", "objective", found=chosen.objective, details={"choices": "weighted"}))
    size = (len(problem.programme.effect) + problem.programme.gap.size) * len(problem.programme.applications)
    if size > LARGEST:
        problems.append(Problem("ask_size", case.name, found=f"{size:,}", details={"most": f"{LARGEST:,}"}))
    if problems:
        raise CaseError(problems)
    used = MappingProxyType({**SPREAD, **(spread or {})})
    plan = known_best(Plan.from_problem(problem, how))
    listed = [one for one in inputs(problem, plan) if used[one.kind] > 0]
    rows: list[Row] = []
    limited = False
    try:
        for number, one in enumerate(listed, start=1):
            rows.append(_looked_at(plan, how, one, used[one.kind]))
            progress(number)
    except KeyboardInterrupt:
        if not rows:
            raise
    except (SolverLimit, SolverFailure) as error:
        if not rows:
            raise stopped(error) from None
        limited = True
    rows.sort(key=lambda row: (-round(row["regret"], 12), -row["carries"]))
    return Inquiry(plan, used, rows, len(rows), len(listed), limited)


def _looked_at(plan: Plan, how: SolverOptions, one: Input, spread: float) -> Row:
    """Vary one input within its spread."""
    better = BETTER * min(max(plan.value / (plan.weighted_gap or 1.0), LEAST), 1.0)

    def regret(d: float) -> float:
        return _regret(plan, how, *one.programme(d))

    def end(side: float) -> float | None:
        # the first part of the spread at whose end another plan is better: beyond it this one can be the best again
        parts = np.linspace(0.0, spread, PARTS + 1).tolist()
        inside, outside = next(
            ((low, high) for low, high in pairwise(parts) if regret(side * high) > better), (spread, None)
        )
        if outside is None:
            return None
        for _ in range(HALVINGS):
            middle = (inside + outside) / 2
            if regret(side * middle) <= better:
                inside = middle
            else:
                outside = middle
        return inside

    low, high = end(-1.0), end(1.0)
    mean = 0.0
    if low is not None or high is not None:
        mean = float(sum(w * regret(spread * x) for x, w in zip(NODES, WEIGHTS, strict=True)) / 2)
    scale = 1.0 if one.table == "scores" else one.value
    return {
        "table": one.table,
        "row": one.row,
        "column": one.column,
        "value": one.value,
        "kind": one.kind,
        "spread": spread,
        "low": None if low is None else one.value - low * scale,
        "high": None if high is None else one.value + high * scale,
        "regret": max(mean, 0.0),
        "carries": one.carries,
    }


def _regret(plan: Plan, how: SolverOptions, programme: Programme, kept: Array) -> float:
    """By how much the best plan is worth more than the plan in hand, its levels shrunk by *kept* (A, P).

    As a share of the weighted gap.
    """
    columns = Columns(programme)
    model = build(columns)
    if how.amend is not None:
        from ..optimize.solve.pulp_bridge import amended  # pulp takes half a second

        model = amended(model, how.amend)
    try:
        best = solve(model, how.solver)
    except InfeasibleProgramme:
        return 0.0
    if best.stopped:
        raise SolverLimit("time limit")
    levels = np.arange(columns.sizes["level"])
    held = columns.in_order(plan.solved.level * kept).ravel()
    held = np.minimum(held, model.column_upper[levels])
    lower, upper = model.column_lower.copy(), model.column_upper.copy()
    lower[levels], upper[levels] = held, held
    # what is bought stays as it is: only what it closes is left to say, and floors that it misses are no matter of it
    free = replace(model, column_lower=lower, column_upper=upper, integer=np.zeros_like(model.integer))
    rows = np.isin(np.arange(len(model.row_lower)), _closing(programme, model))
    loose = replace(
        free, row_lower=np.where(rows, model.row_lower, -np.inf), row_upper=np.where(rows, model.row_upper, np.inf)
    )
    value = solve(loose, how.solver).value
    whole = float((programme.priority * programme.gap).sum())
    return (best.value - value) / whole if whole > 0 else 0.0


def _closing(programme: Programme, model: Model) -> NDArray[np.int64]:
    """Rows that say what levels close, and to what that is capped."""
    closing = [np.arange(at.start, at.stop) for at in map(model.block, ("closing", "lasting"))]
    caps = [rule.of is None for rule in programme.rules if rule.kind == "cap"]
    return np.concatenate([*closing, model.block("cap").start + np.flatnonzero(caps)])
