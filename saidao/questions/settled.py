"""What is settled: money that every best plan spends whatever the weights within a region, and what none ever funds.

Or whatever the value function, where values may bend (`study/planning/marginal_values.py`): its rises take the
place of weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, Unpack

import numpy as np

from ..case import Case, load_case
from ..case.tables import Dimension, Factor, Measure, Resource, Track, Type
from ..errors import CaseError, Infeasible, Problem, Stopped
from ..mcda import InputError, plotting
from ..mcda.brief import Brief
from ..mcda.weight_space.region import Region
from ..optimize import OutOfTime, done_within
from ..optimize.after.critical_regions import Areas, best_areas, drawn_areas
from ..optimize.after.settled import Extremes, extremes, nearest
from ..optimize.model.model import INF, Model, padded
from ..optimize.model.objectives import Views, least_spend, view_values
from ..optimize.model.piecewise import piecewise
from ..optimize.solve.solution import Solver
from ..results.column import Column, Row, Table
from ..results.question import Option, question
from ..results.result import Result
from ..study.decision import Array
from ..study.options import CaseLike, PlanOptions
from ..study.plan.result import Plan, known_best
from ..study.planning.marginal_values import SHAPES, MarginalValues, Pieces, Shape, marginal_values
from ..study.planning.problem import PlanningProblem
from ..study.planning.region import WITHIN as OF_ALL
from ..study.planning.region import weight_region
from ..study.planning.solving import as_stopped, problem_and_solver
from ..texts.numbers import quantity
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WITHIN = "within 0.1"
"""The region where none is stated."""
FUNDED = 1e-9
"""A level, or a share of the budget, up to which there is nothing."""
LARGEST = 5_000_000
"""Places times effects beyond which a case is too large to be settled whole."""
MOST_COLUMNS, MOST_UNASKED = 500, 2_000
"""Columns of the program beyond which a proof is not tried unasked, beside another answer, and vertices likewise."""
LONGEST_UNASKED = 15.0
"""Seconds that a proof unasked may take where levels are whole numbers; no other depends on a clock."""
MOST = 10_000
"""Vertices beyond which the search stops: what is told then is a bracket."""
LONGEST_WHOLE = 60.0
"""Seconds that a proof may take where values bend both ways, so that each plan is a whole program."""
NotProven = Literal["unfit", "large", "slow"]
"""Why nothing is proven unasked: it is not defined, the case is too large, or whole levels took too long."""
DRAWN = 300
"""Value functions whose plans are looked at where not all can be."""


@dataclass(frozen=True)
class Group(Brief):
    """Amounts of one kind: levels of places, or money of measures, tracks or dimensions."""

    name: str
    keys: list[Row]
    amounts: Array


@dataclass(frozen=True)
class Settled(Result):
    """The result of `saidao.settled`.

    Attributes
    ----------
    plan : the plan in hand.
    region : the weights, or the rises of value functions over the pieces of `marginal`.
    areas : where which plan is best; `found` the extremes of all amounts, group by group.
    """

    plan: Plan
    region: Region
    marginal: MarginalValues
    areas: Areas
    groups: tuple[Group, ...]
    found: Extremes

    @property
    def case(self) -> Case:
        """The case."""
        return self.plan.case

    @property
    def exact(self) -> bool:
        """Whether every area is known; else what is told are the extremes of those that were found."""
        return self.areas.exact

    def rows_of(self, name: str) -> list[Row]:
        """Return what is known of each amount of a group: ``places``, ``measures``, ``tracks`` or ``dimensions``."""
        start = 0
        for group in self.groups:
            if group.name == name:
                break
            start += len(group.keys)
        found = self.found
        rows = []
        for n, key in enumerate(group.keys, start):
            least, most = (_clean(value[n]) for value in (found.least, found.most))
            at_ties = [_clean(value[n]) for value in (found.least_at_ties, found.most_at_ties)]
            status = "always" if least else "sometimes" if most else "never"
            if not self.exact and status != "sometimes":
                status = "open"
            unit = float(key["cost"]) if "cost" in key else 1.0
            rows.append(
                {
                    **{k: v for k, v in key.items() if k != "cost"},
                    "status": status,
                    "ties_too": None if status != "always" or at_ties[0] is None else bool(at_ties[0]),
                    "tie": bool(found.tied[n]),
                    "least": least,
                    "most": most,
                    "least_at_ties": at_ties[0],
                    "most_at_ties": at_ties[1],
                    "money_least": unit * (least or 0.0),
                    "money_most": unit * (most or 0.0),
                    "against": self._against(n) if status in ("sometimes", "never") else None,
                }
            )
        return rows

    @cached_property
    def _nearest(self) -> dict[int, tuple[Array, float]]:
        """Of each area the weights nearest to those in hand, and the largest change that leads there.

        Of value functions the values at their breaks.
        """
        at, solver = self.marginal.at_breaks, self.plan.solved.problem.solver
        w = at @ self.marginal.straight(self.plan.weights.array)
        return {
            k: nearest(self.areas.weights[self.areas.best_at[:, k]] @ at.T, w, solver)
            for k in np.flatnonzero(self.areas.full).tolist()
        }

    def _against(self, n: int) -> Row | None:
        """Return the nearest weights at which some best plan has nothing of an amount: an area, and how far it is."""
        none = [k for k in self._nearest if self.found.in_area[k, n] <= FUNDED]
        if not none:
            return None
        k = min(none, key=lambda k: self._nearest[k][1])
        values, change = self._nearest[k]
        return {**self._valued(values), "change": change, "area": k}

    def _valued(self, at_breaks: Array) -> Row:
        """Return weights; and the marginal values at every break, where they bend."""
        breaks = list(zip(self.marginal.breaks, map(float, at_breaks), strict=True))
        told: Row = {"weights": {f: value for (f, at), value in breaks if at == 1}}
        if self.marginal.bends:
            told["marginal_values"] = [{"factor": f, "level": at, "value": value} for (f, at), value in breaks]
        return told

    @property
    def plans(self) -> list[Row]:
        """The plan of least spend of each area: weights in its middle, and the levels."""
        p, c = self.plan.solved.programme, self.plan.solved.columns
        return [
            {
                "area": k,
                **self._valued(self.marginal.at_breaks @ self.areas.middle[k]),
                "allocation": [
                    {"measure": a.measure, "target": a.target, "level": float(level)}
                    for a, level in zip(
                        p.applications, c.levels(self.found.plans[k, : c.number]).sum(axis=1), strict=True
                    )
                    if level > FUNDED
                ],
            }
            for k in np.flatnonzero(self.areas.full).tolist()
        ]

    @cached_property
    def tables_of_rows(self) -> dict[str, list[Row]]:
        """Rows of every group."""
        return {group.name: self.rows_of(group.name) for group in self.groups}

    @property
    def beyond_dispute(self) -> Row:
        """Money of the first resource that every best plan spends, place by place, and by measure, track, dimension."""
        return {name: sum(row["money_least"] for row in rows) for name, rows in self.tables_of_rows.items()}

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao settled --json``."""
        counts = [row["status"] for row in self.tables_of_rows["places"]]
        return {
            "schema": "saidao/settled/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "settings": self.plan.settings.to_dict(),
            "region": list(self.region.statements),
            "value_functions": {
                "shape": self.marginal.shape,
                "pieces": dict(zip(self.marginal.factors, self.marginal.pieces, strict=True)),
            }
            if self.marginal.bends
            else None,
            "exact": self.exact,
            "areas": int(self.areas.full.sum()),
            "vertices": len(self.areas.weights),
            "counts": {status: counts.count(status) for status in ("always", "sometimes", "never", "open")},
            "beyond_dispute": self.beyond_dispute,
            **self.tables_of_rows,
            "plans": self.plans,
        }

    def text(self, lang: str = "en") -> list[str]:
        """Say how much money is beyond dispute, how many places are settled, and what is nearest to being refuted."""
        places = self.tables_of_rows["places"]
        counts = {s: sum(row["status"] == s for row in places) for s in ("always", "sometimes", "never", "open")}
        lines = [self.money_told(lang)]
        what = self._depends_on(lang)
        lines.append(say("settled.counts" if self.exact else "settled.bracket", lang, **counts, what=what))
        lost = [row for row in places if row["status"] == "always" and row["ties_too"] is False]
        if lost:
            lines.append(say("settled.ties", lang, number=len(lost), what=what))
        return lines

    def _depends_on(self, lang: str) -> str:
        return say("settled.value_functions" if self.marginal.bends else "settled.weights", lang)

    def money_told(self, lang: str = "en") -> str:
        """Say how much money is beyond dispute, by place and by measure, with the region of weights."""
        unit, p = self.case.rows(Resource)[0].unit_name(lang), self.plan.solved.programme
        return say(
            "settled.money" if self.exact else "settled.money_at_most",
            lang,
            what=self._depends_on(lang),
            region=say("semicolon", lang).join(_stated(one, lang) for one in self.region.statements),
            places=quantity(self.beyond_dispute["places"], unit),
            measures=quantity(self.beyond_dispute["measures"], unit),
            whole=quantity(float(p.budget[0].sum()), unit),
        )

    def notes(self, lang: str = "en") -> list[str]:
        """Say how it is proven."""
        key = "settled.proof" if self.exact else "settled.drawn" if self.marginal.bends else "settled.stopped"
        number = {"areas": int(self.areas.full.sum()), "vertices": len(self.areas.weights)}
        lines = [say(key, lang, what=self._depends_on(lang), **number)]
        if self.marginal.bends:
            names, pieces = self.case.names(Factor, lang), zip(self.marginal.factors, self.marginal.pieces, strict=True)
            told = say("list", lang).join(f"{names[f]} {n}" for f, n in pieces if n > 1)
            lines.append(say(f"settled.{self.marginal.shape}", lang, pieces=told))
        return lines

    def declared(self) -> Iterator[Table]:
        """Yield places, then measures, tracks and dimensions, with the nearest weights that leave each out."""
        status, flags = (
            Column("status", "word", of="settled", heading="head.always_funded"),
            [Column(name, "flag") for name in ("ties_too", "tie")],
        )
        places: tuple[Column, ...] = (Column("measure", "id", Measure), Column("target", "name", (Type, Track)))
        names: dict[str, tuple[Column, ...]] = {
            "places": places,
            "measures": (Column("measure", "id", Measure),),
            "tracks": (Column("track", "name", Track),),
            "dimensions": (Column("dimension", "name", Dimension),),
        }
        money = self.case.rows(Resource)[0].resource
        for name, rows in self.tables_of_rows.items():
            form: Any = "level" if name == "places" else "amount"
            of = () if name == "places" else money
            ends = [Column(key, form, of, heading=f"head.{key}_level") for key in ("least", "most")]
            order = {"always": 0, "sometimes": 1, "open": 2, "never": 3}
            yield Table(
                name,
                (
                    *names[name],
                    status,
                    *ends,
                    Column("money_least", "amount", money, seen="files"),
                    *flags,
                    *(Column(f"{end}_at_ties", form, seen="data") for end in ("least", "most")),
                    Column("change", "weight", heading="head.weight_change"),
                    Column(
                        "against",
                        heading="head.left_out_at",
                        seen="people",
                        told=lambda row, lang: _told(self, row, lang),
                    ),
                ),
                sorted(
                    ({**row, "change": row["against"] and row["against"]["change"]} for row in rows),
                    key=lambda row: (order[row["status"]], -float(row["money_least"])),
                ),
                title=f"title.settled_{name}",
                sheet=f"sheet.settled_{name}",
                most=40 if name == "places" else None,
            )

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw the least and the most money of each measure that is ever funded."""
        rows = [row for row in self.tables_of_rows["measures"] if row["most"]]
        names = self.case.names(Measure, lang)
        ax = plotting.axes(ax, len(rows))
        low, high = (np.array([float(row[key] or 0.0) for row in rows]) for key in ("least", "most"))
        plotting.intervals(ax, [f"{row['measure']} {names[row['measure']][:30]}" for row in rows], low, low, high)
        return plotting.finished(ax, self.text(lang)[0], self.case.rows(Resource)[0].unit_name(lang))


def _told(found: Settled, row: Row, lang: str) -> str:
    """Say which weights leave an amount out: those that differ most from the ones in hand."""
    if row["against"] is None:
        return ""
    marginal, names = found.marginal, found.case.names(Factor, lang)
    own = marginal.at_breaks @ marginal.straight(found.plan.weights.array)
    values = row["against"].get("marginal_values") or [{"value": v} for v in row["against"]["weights"].values()]
    parts = []
    for (f, at), old, new in zip(marginal.breaks, own.tolist(), values, strict=True):
        name = names[f] if at == 1 else say("settled.at_level", lang, factor=names[f], level=at)
        parts.append((abs(new["value"] - old), f"{name} {new['value']:.3f} ({new['value'] - old:+.3f})"))
    return say("list", lang).join(text for _, text in sorted(parts, key=lambda one: -one[0])[:2])


def _clean(value: float) -> float | None:
    """Return an amount without rounding about nothing; None where it was not sought."""
    return None if np.isnan(value) else 0.0 if abs(value) <= FUNDED else float(value)


def _stated(statement: str, lang: str) -> str:
    """Return a statement of the region in words where it is of all weights."""
    found = OF_ALL.match(statement)
    if found is None:
        return statement
    share = found["share"].rstrip("%％ ")
    return say("settled.within", lang, share=float(share) / (1 if share == found["share"] else 100))


@question("settled", example='saidao settled shanghai --region "within 0.1"', asks=("region",))
def settled(
    case: CaseLike,
    *,
    pieces: Annotated[
        Pieces | None,
        Option(
            "Value functions in place of weights: even pieces of each factor's, or of one's; repeatable.",
            metavar="[FACTOR=]NUMBER",
            reads="list",
        ),
    ] = None,
    shape: Annotated[
        Shape,
        Option("With --pieces: concave (each unit worth no more than the one before) or monotone.", choices=SHAPES),
    ] = "concave",
    **options: Unpack[PlanOptions],
) -> Settled:
    """Find what every best plan funds, whatever the weights within a region, and what none does; proven, or refuted.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook.
    pieces : value functions in place of weights: how many even pieces the marginal value of every factor has
        (``2``), or of some (``{"demand": 2}``, ``["demand=2"]``); the others are straight lines, as all are with 1.
    shape : ``concave``: a unit of a gap is worth no more than the one before it; ``monotone``: values may bend both
        ways, and every plan is a whole program.
    **options : as for `saidao.plan`; the objective is ``weighted``. ``region``: statements about factors
        (``"demand >= 0.1"``, ``"factor >= demand"``), about tracks (``"hydrogen before storage"``: its weighted level
        is no less) or about all weights (``"within 0.1"`` of their own values, which is taken if none is made).

    Returns
    -------
    Settled
        Of every place, measure, track and dimension whether it is funded ``always``, ``sometimes`` or ``never``, the
        least and the most, and the nearest weights that leave it out.

    Raises
    ------
    CaseError
        Bad input, with every problem found; no weights meet the statements.
    Infeasible, Stopped
        As `saidao.plan`.

    Notes
    -----
    The stance's factors stay as they are under the weights in hand. A value function is the sum of what the levels are
    worth, factor by factor, 0 at the worst and 1 at all targets together; closing a gap is worth what it rises by. A
    statement about a factor is one about what its target is worth, one about two tracks about their values. Extremes
    are over all areas of the region in which one plan is best; `least_at_ties` and `most_at_ties` over all best plans
    at every weight, ties included.

    Examples
    --------
    >>> found = settled("shanghai", region=["within 0.02"], stance="even")
    >>> found.exact, found.beyond_dispute["places"] <= found.beyond_dispute["measures"] + 1e-6
    (True, True)
    """
    case = load_case(case)
    stated = options.pop("region", None) or ()
    statements: Sequence[str] = (stated,) if isinstance(stated, str) else tuple(stated)
    problem, how = problem_and_solver(case, options)
    if problem.settings.objective != "weighted":
        details = {"choices": "weighted"}
        raise CaseError([Problem("choice", "objective", found=problem.settings.objective, details=details)])
    _check_size(problem)
    marginal = marginal_values(case, problem.decision, pieces, shape)
    region = weight_region(problem, statements or (WITHIN,), marginal)
    plan = known_best(Plan.from_problem(problem, how))
    if marginal.shape == "concave" or not marginal.bends:
        return _proven(plan, region, marginal)
    try:
        with done_within(LONGEST_WHOLE):
            return _proven(plan, region, marginal)
    except OutOfTime:
        details = {"seconds": f"{LONGEST_WHOLE:g}"}
        raise CaseError([Problem("settled_monotone", "shape", found=shape, details=details)]) from None


def beyond_dispute(plan: Plan) -> Settled | NotProven:
    """Return what is settled about a plan in hand, all weights within a tenth of their own values; or why it is not."""
    own = plan.settings
    if own.objective != "weighted" or own.region or plan.status != "optimal" or plan.solved.amended:
        return "unfit"
    if len(plan.model.objective) > MOST_COLUMNS:
        return "large"
    try:
        _check_size(plan.problem)
        with done_within(LONGEST_UNASKED if plan.model.is_mixed else INF):
            straight = marginal_values(plan.case, plan.problem.decision, None, "concave")
            found = _proven(plan, weight_region(plan.problem, (WITHIN,)), straight, MOST_UNASKED)
    except OutOfTime:
        return "slow"
    except (CaseError, Infeasible, Stopped):
        return "unfit"
    return found if found.exact else "large"


def not_proven(why: NotProven, lang: str) -> str:
    """Say why nothing is proven unasked."""
    return say(f"settled.not_proven.{why}", lang, seconds=LONGEST_UNASKED)


def _check_size(problem: PlanningProblem) -> None:
    size = len(problem.programme.applications) * len(problem.programme.effect)
    if size > LARGEST:
        raise CaseError([Problem("settled_size", "measures", found=f"{size:,}", details={"most": f"{LARGEST:,}"})])


def _proven(plan: Plan, region: Region, marginal: MarginalValues, most: int = MOST) -> Settled:
    """Build every area of a region, of up to so many vertices, and the extremes of all amounts over them."""
    solver = plan.solved.problem.solver
    p, c = plan.solved.programme, plan.solved.columns
    factors = len(p.factors)
    # pi of each track, whatever the weights are
    pi = np.array(
        [next((float(row[f] / p.weight[f]) for f in range(factors) if p.weight[f] > 0), 1.0) for row in p.priority]
    )
    by_factor = np.array([np.outer(pi, np.eye(factors)[f]).ravel() for f in range(factors)])
    model, parts = plan.model, view_values(c, Views(by_factor, np.zeros(factors)))
    if marginal.bends:
        model, parts = piecewise(c, model, parts, np.array(marginal.pieces), marginal.shape == "concave")
    groups = tuple(_groups(plan))
    with as_stopped():
        areas = _areas(model, parts, region, marginal, solver, most)
        amounts = np.concatenate([group.amounts for group in groups])
        amounts = np.hstack([amounts, np.zeros((len(amounts), parts.shape[1] - c.number))])
        found = extremes(areas, model, parts, padded(least_spend(c), model), amounts, solver)
    return Settled(plan, region, marginal, areas, groups, found)


def _areas(model: Model, parts: Array, region: Region, marginal: MarginalValues, solver: Solver, most: int) -> Areas:
    """Return all areas of a region; of value functions, where these are too many, those that drawn ones lie in."""
    size = len(parts)
    rows, least = np.vstack([np.eye(size), region.rows]), np.concatenate([np.zeros(size), region.least])
    try:
        corners = region.vertices
    except InputError:  # too many; that there are some is known
        corners = None
    if corners is not None:
        areas = best_areas(model, parts, corners, rows, least, solver, most)
        if areas.exact or not marginal.bends:
            return areas
    rng = np.random.default_rng(0)
    ends = region.some_vertices(DRAWN // 2) if corners is None else rng.permutation(corners)[: DRAWN // 2]
    # between two ends: near the boundary, where plans differ most
    one, other = rng.integers(len(ends), size=(2, DRAWN - len(ends)))
    share = rng.random(len(one))[:, None]
    return drawn_areas(model, parts, np.vstack([ends, share * ends[one] + (1 - share) * ends[other]]), solver)


def _groups(plan: Plan) -> Iterator[Group]:
    """Yield the levels of all places, and the money of every measure, track and dimension (of the first resource)."""
    p, c = plan.solved.programme, plan.solved.columns
    size = c.sizes["level"]
    application = np.tile(p.segment_application, len(p.periods))
    unit = np.concatenate([p.cost[p.segment_application, 0, q] for q in range(len(p.periods))])

    def amount(member: Any, each: Array) -> Array:
        row = np.zeros(c.number)
        inside = np.array([bool(member(a)) for a in p.applications], dtype=bool)
        row[:size] = np.where(inside[application], each, 0.0)
        return row

    level = np.ones(size)
    yield Group(
        "places",
        [
            {"measure": a.measure, "scope": a.scope, "target": a.target, "cost": float(p.cost[i, 0].max())}
            for i, a in enumerate(p.applications)
        ],
        np.array([amount(lambda a, one=one: a is one, level) for one in p.applications]).reshape(-1, c.number),
    )
    of = plan.case.measure_of
    kinds: tuple[tuple[str, str, Any], ...] = (
        ("measures", "measure", lambda a: a.measure),
        ("tracks", "track", lambda a: a.target if a.scope == "track" else None),
        ("dimensions", "dimension", lambda a: of[a.measure].dimension or None),
    )
    for name, key, group in kinds:
        ids = list(dict.fromkeys(filter(None, map(group, p.applications))))
        made = [amount(lambda a, one=one, group=group: group(a) == one, unit) for one in ids]
        yield Group(name, [{key: one} for one in ids], np.array(made).reshape(-1, c.number))
