"""A second implementation of the model for the tests: loops over names, dense matrices, scipy.

It starts from the files of a case folder and shares no code with the engine, so that the two can
only agree by both being right. It covers periods, all kinds of measures and rules, and the
objectives `weighted`, `maxmin` and `reach`; a tree of criteria, several judges and further schemes
and methods raise NotImplementedError rather than giving a number that nobody vouches for.
"""

from __future__ import annotations

import contextlib
import copy
import csv
import ctypes
import math
import os
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

Row = dict[str, str]
Pair = tuple[str, str]
Terms = dict[int, float]  # number of a variable -> its coefficient
Floats = NDArray[np.float64]

# Saaty's random indices for matrices of order 1, 2, 3, ...
RANDOM_INDEX = (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
TIE = 1e-9
CITY = "*"  # the target of a city-wide application
SCOPES = ("track", "type", "city")  # from narrow to wide
KINDS = ("continuous", "integer", "binary", "semi")


class Infeasible(Exception):
    """No plan keeps all budgets and rules."""


# --- reading ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tables:
    """The files of a case as rows of stripped text."""

    settings: dict[str, Any]
    tracks: list[Row]
    factors: list[Row]
    scores: list[Row]
    judgements: list[list[Row]]
    resources: list[Row]
    budgets: list[Row]
    measures: list[Row]
    costs: list[Row]
    effects: list[Row]
    rules: list[Row]


def rows_of(path: Path) -> list[Row]:
    """Give the rows of a csv file that are not blank; a file that is not there has none."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        raw = list(csv.DictReader(file))
    # cells beyond the header come under the key None
    rows = [{k.strip(): (v or "").strip() for k, v in row.items() if k is not None} for row in raw]
    return [row for row in rows if any(row.values())]


def read(folder: Path) -> Tables:
    folder = Path(folder)
    toml = folder / "case.toml"
    settings = tomllib.loads(toml.read_text("utf-8-sig")) if toml.exists() else {}
    plain = ("tracks", "factors", "scores", "resources", "budgets")
    plans = ("measures", "costs", "effects", "rules")
    tables = Tables(
        settings=settings,
        judgements=[rows_of(p) for p in sorted((folder / "judgements").glob("*.csv"))],
        **{name: rows_of(folder / f"{name}.csv") for name in (*plain, *plans)},
    )
    if any(row.get("parent") for row in tables.factors):
        raise NotImplementedError("a tree of criteria")
    return tables


def names(rows: list[Row], column: str) -> list[str]:
    found = [row[column] for row in rows]
    if len(set(found)) < len(found):
        raise ValueError(f"{column} named twice")
    return found


def number(row: Row, column: str) -> float | None:
    """Give a cell as a number; None if it is blank or its column is not there."""
    return float(row[column]) if row.get(column) else None


def needed(row: Row, column: str) -> float:
    value = number(row, column)
    if value is None:
        raise ValueError(f"{column} is blank in {row}")
    return value


def score_matrix(tables: Tables, ticks: str | None = None) -> Floats:
    """S[t, f] in the order of the tables `tracks` and `factors`."""
    by_track = {row["track"]: row for row in tables.scores}
    factors = names(tables.factors, "factor")
    tracks = names(tables.tracks, "track")
    matrix = np.array([[needed(by_track[t], f) for f in factors] for t in tracks], dtype=float)
    for j, row in enumerate(tables.factors):
        if row.get("direction") == "range":
            matrix[:, j] = [within(score, row) for score in matrix[:, j]]
    ticks = ticks or tables.settings.get("ticks", "strength")
    tick_level = float(tables.settings.get("tick_level", 1))
    if tick_level != 1 and not np.isin(matrix, (0, 1)).all():
        raise ValueError("only ticks stand for a level of their own")
    if ticks == "strength":
        return matrix * tick_level
    if ticks != "shortcoming":
        raise ValueError(f"ticks: {ticks}")
    if not np.isin(matrix, (0, 1)).all():
        raise ValueError("only ticks can be read as shortcomings")
    return 1 - matrix


def within(score: float, row: Row) -> float:
    """Level on a scale that is best within a range: 1 inside, down to 0 at the worst on either side."""
    ends = [needed(row, name) for name in ("worst", "ideal_low", "ideal_high", "worst_high")]
    worst, low, high, worst_high = ends
    if score < low:
        return max(0.0, (score - worst) / (low - worst))
    return 1.0 if score <= high else max(0.0, (worst_high - score) / (worst_high - high))


def directions(tables: Tables) -> list[str]:
    found = [
        {"range": "max"}.get(row.get("direction") or "max", row.get("direction") or "max") for row in tables.factors
    ]
    if not set(found) <= {"max", "min"}:
        raise ValueError(f"direction: {found}")
    return found


def scale(tables: Tables, j: int) -> tuple[float, float]:
    """Worst and target of a factor. A blank end is the worst or best of its scores; of ticks it is 0 or 1."""
    row = tables.factors[j]
    if row.get("direction") == "range":
        return 0.0, 1.0
    found = {needed(line, row["factor"]) for line in tables.scores}
    low, high = (0.0, 1.0) if found <= {0.0, 1.0} else (min(found), max(found))
    if row.get("direction") == "min":
        low, high = high, low
    worst, target = number(row, "worst"), number(row, "target")
    if worst is None and target is None and low == high:
        return (high + 1, high) if row.get("direction") == "min" else (high - 1, high)
    worst, target = low if worst is None else worst, high if target is None else target
    if (worst > target) != (row.get("direction") == "min") or worst == target:
        raise ValueError(f"worst {worst} and target {target} do not fit {row}")
    return worst, target


# --- weights ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Consistency:
    lambda_max: float
    index: float
    ratio: float


def pairwise(rows: list[Row], factors: list[str]) -> Floats:
    """Give the full matrix: a blank diagonal is 1, a blank half is filled by reciprocals."""
    label = next(iter(rows[0]))  # the column of row labels comes first, whatever it is called
    cells = {row[label]: row for row in rows}
    if set(cells) != set(factors):
        raise NotImplementedError("a judgement matrix that is not over all factors")
    matrix = np.full((len(factors), len(factors)), math.nan)
    for i, a in enumerate(factors):
        for j, b in enumerate(factors):
            if cells[a].get(b):
                matrix[i, j] = float(Fraction(cells[a][b]))
            elif a == b:
                matrix[i, j] = 1
            elif cells[b].get(a):
                matrix[i, j] = float(1 / Fraction(cells[b][a]))
            else:
                raise NotImplementedError(f"missing judgement of {a} against {b}")
    return matrix


def ahp(matrix: Floats) -> tuple[Floats, Consistency]:
    """Principal eigenvector, scaled to sum 1, and how consistent the judgements are."""
    n = len(matrix)
    values, vectors = np.linalg.eig(matrix)
    principal = int(np.argmax(values.real))
    lambda_max = float(values[principal].real)
    # Perron's vector has one sign; eig may return it negative
    vector = np.abs(vectors[:, principal].real)
    index = (lambda_max - n) / (n - 1) if n > 1 else 0.0
    # a reciprocal matrix of order 1 or 2 is always consistent, and its random index is 0
    ratio = index / RANDOM_INDEX[n - 1] if n > 2 else 0.0
    return vector / vector.sum(), Consistency(lambda_max, index, ratio)


def entropy(matrix: Floats) -> Floats:
    """Shannon entropy: a factor weighs by how unevenly the tracks share its sum."""
    if (matrix < 0).any():
        raise ValueError("entropy weights need scores that are not negative")
    m, n = matrix.shape
    divergence = []
    for j in range(n):
        total = matrix[:, j].sum()
        if m == 1 or total == 0:  # nothing to tell tracks apart by
            divergence.append(0.0)
            continue
        shares = [x / total for x in matrix[:, j]]
        divergence.append(1 + sum(p * math.log(p) for p in shares if p > 0) / math.log(m))
    # a column of equal scores leaves rounding of either sign
    clean = np.array([d if d > 1e-15 else 0.0 for d in divergence])
    return clean / clean.sum() if clean.sum() > 0 else np.full(n, 1 / n)


def weigh(tables: Tables, scheme: str, matrix: Floats) -> tuple[Floats, Consistency | None]:
    factors = names(tables.factors, "factor")
    if scheme == "equal":
        return np.full(len(factors), 1 / len(factors)), None
    if scheme == "direct":
        given = np.array([needed(row, "weight") for row in tables.factors], dtype=float)
        if (given < 0).any() or given.sum() <= 0:
            raise ValueError("weights must not be negative, and one must be positive")
        return given / given.sum(), None
    if scheme == "entropy":
        return entropy(matrix), None
    if scheme == "ahp":
        if len(tables.judgements) != 1:
            raise NotImplementedError(f"{len(tables.judgements)} judgement matrices")
        return ahp(pairwise(tables.judgements[0], factors))
    raise NotImplementedError(f"weights: {scheme}")


# --- ranking and stance -----------------------------------------------------------------------


def topsis(matrix: Floats, weights: Floats, better: list[str]) -> Floats:
    """Closeness coefficient with the vector normalisation."""
    m, n = matrix.shape
    v = np.zeros((m, n))
    best, worst = np.zeros(n), np.zeros(n)
    for j in range(n):
        length = math.sqrt(sum(x * x for x in matrix[:, j]))
        # a column of zeros has no length; it is the same for every track whatever it is set to
        v[:, j] = weights[j] * matrix[:, j] / length if length > 0 else 0
        high, low = v[:, j].max(), v[:, j].min()
        best[j], worst[j] = (high, low) if better[j] == "max" else (low, high)
    scores = []
    for i in range(m):
        to_best, to_worst = math.dist(v[i], best), math.dist(v[i], worst)
        total = to_best + to_worst
        # all tracks alike: each is as near to the best as to the worst
        scores.append(to_worst / total if total > 0 else 0.5)
    return np.array(scores)


def wsm(matrix: Floats, weights: Floats, better: list[str]) -> Floats:
    """Weighted sum of min-max normalised scores."""
    scores = np.zeros(len(matrix))
    for j, weight in enumerate(weights):
        column = matrix[:, j]
        low, high = column.min(), column.max()
        if high == low:
            continue  # tells no track from another, so adds nothing
        gained = column - low if better[j] == "max" else high - column
        scores += weight * gained / (high - low)
    return scores


METHODS = {"topsis": topsis, "wsm": wsm}


def competition_ranks(scores: Floats) -> list[int]:
    """1 2 2 4: one more than the number of tracks that are better by more than a tie."""
    ranks = []
    for mine in scores:
        above = [x for x in scores if x > mine and x - mine > TIE * max(abs(x), abs(mine))]
        ranks.append(1 + len(above))
    return ranks


def stance_factors(scores: Floats, stance: str) -> Floats:
    """pi[t], scaled to mean 1. Both methods here yield [0, 1], so c is the score itself."""
    if stance == "even":
        pi = np.ones(len(scores))
    elif stance == "leaders":
        pi = scores.copy()
    elif stance == "laggards":
        pi = scores.max() + scores.min() - scores
    else:
        raise ValueError(f"stance: {stance}")
    return pi / pi.mean() if pi.any() else np.ones(len(scores))


# --- programs by name -------------------------------------------------------------------------


@dataclass(frozen=True)
class Face:
    """A part of what is feasible: some rows hold with equality, some bounds are narrower."""

    rows: frozenset[int] = frozenset()
    bounds: Mapping[int, tuple[float, float]] = field(default_factory=dict)


EVERYWHERE = Face()


@dataclass
class Program:
    """Minimise over named variables; every row is: sum of coefficient * variable <= bound."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)  # the variables that must be integers
    index: dict[tuple[str, ...], int] = field(default_factory=dict)
    rows: list[tuple[Terms, float]] = field(default_factory=list)
    equations: set[int] = field(default_factory=set)  # the rows with = in place of <=

    def variable(self, *name: str, upper: float = math.inf, whole: bool = False) -> int:
        assert name not in self.index
        self.index[name] = len(self.lower)
        self.lower.append(0.0)
        self.upper.append(upper)
        if whole:
            self.whole.append(self.index[name])
        return self.index[name]

    def at_most(self, terms: Mapping[int, float], bound: float) -> int:
        """Add a row and give its number."""
        self.rows.append((dict(terms), bound))
        return len(self.rows) - 1

    def at_least(self, terms: Mapping[int, float], bound: float) -> None:
        self.at_most({i: -a for i, a in terms.items()}, -bound)

    def equals(self, terms: Mapping[int, float], bound: float) -> None:
        self.equations.add(self.at_most(terms, bound))

    def vector(self, terms: Mapping[int, float]) -> Floats:
        dense = np.zeros(len(self.lower))
        for i, a in terms.items():
            dense[i] = a
        return dense

    def matrix(self) -> tuple[Floats, Floats]:
        a = np.array([self.vector(t) for t, _ in self.rows]).reshape(len(self.rows), len(self.lower))
        return a, np.array([bound for _, bound in self.rows])

    def minimise(self, terms: Terms, face: Face = EVERYWHERE) -> tuple[Floats, float, Face]:
        """Give a best point of a face, its value, and the face of all best points of that face.

        By complementary slackness a feasible point is optimal exactly if every row and bound that
        has a price in one optimal dual solution is tight. That needs no tolerance on the value.
        Integers are not looked after here: a face has to fix them.
        """
        a, b = self.matrix()
        equal = np.zeros(len(b), dtype=bool)
        equal[sorted(self.equations | face.rows)] = True
        bounds = [face.bounds.get(i, (low, high)) for i, (low, high) in enumerate(self.box())]
        for presolve in (True, False):
            found = linprog(
                self.vector(terms),
                A_ub=a[~equal],
                b_ub=b[~equal],
                A_eq=a[equal],
                b_eq=b[equal],
                bounds=bounds,
                method="highs",
                options={
                    "primal_feasibility_tolerance": 1e-10,
                    "dual_feasibility_tolerance": 1e-10,
                    "presolve": presolve,
                },
            )
            if found.status == 0:  # with presolve a program that has an optimum is now and then called unbounded
                break
        check(found)
        priced = np.flatnonzero(~equal)[np.abs(found.ineqlin.marginals) > 1e-9]
        narrower = dict(face.bounds)
        for i, (low, high) in enumerate(bounds):
            if abs(found.lower.marginals[i]) > 1e-9:
                narrower[i] = (low, low)
            elif abs(found.upper.marginals[i]) > 1e-9:
                narrower[i] = (high, high)
        best = Face(face.rows | {int(i) for i in priced}, narrower)
        return found.x, float(found.fun), best

    def minimise_whole(self, terms: Terms) -> Face:
        """Give the face that fixes the integers as in a best point."""
        a, b = self.matrix()
        low = np.full(len(b), -math.inf)
        low[sorted(self.equations)] = b[sorted(self.equations)]
        integrality = np.zeros(len(self.lower))
        integrality[self.whole] = 1
        for presolve in (True, False):
            with quiet():
                found = milp(
                    # the solver's absolute gap of 1e-6 cannot be set, so the value is made large
                    1e3 * self.vector(terms),
                    integrality=integrality,
                    bounds=Bounds(self.lower, self.upper),
                    constraints=[LinearConstraint(a, low, b)],
                    options={"mip_rel_gap": 0, "presolve": presolve},
                )
            if found.status == 0:  # with presolve a feasible program is now and then called infeasible
                break
        check(found)
        return Face(bounds={i: (round(found.x[i]), round(found.x[i])) for i in self.whole})

    def box(self) -> list[tuple[float, float]]:
        return list(zip(self.lower, self.upper, strict=True))


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep what scipy's solver prints from C away from standard output."""
    flush = ctypes.CDLL(None).fflush
    flush(None)
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
        flush(None)
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def check(found: Any) -> None:
    if found.status == 2:
        raise Infeasible(found.message)
    if found.status != 0:
        raise RuntimeError(found.message)


def best_integers(program: Program, stages: list[Terms]) -> tuple[Face, list[float]]:
    """Minimise one stage after the other; give the integers of the last and every stage's value.

    The integer solver is only right to its tolerance. So a value is that of the linear program with
    the integers fixed, and the next stages may lose a little of it: as little as the solver takes.
    """
    first = program.minimise_whole(stages[0])
    for slack in (1e-9, 1e-8, 1e-7, 1e-6):
        trial, face, values = copy.deepcopy(program), first, []
        try:
            for k, terms in enumerate(stages):
                face = trial.minimise_whole(terms) if k else first
                values.append(trial.minimise(terms, face)[1])
                # a long row, because the solver's tolerance for rows is absolute too
                trial.at_most({i: 1e3 * a for i, a in terms.items()}, 1e3 * (values[k] + slack))
        except Infeasible:
            continue
        return face, values
    raise RuntimeError("no integers keep what the stages before them reached")


def leximin(program: Program, shares: Mapping[str, Terms], face: Face) -> tuple[dict[str, float], Face]:
    """Raise the least share as far as it goes, then the least of those that can still rise.

    Adds variables and rows to the program. Gives the shares and the face of all leximin points.
    """
    found: dict[str, float] = {}
    while len(found) < len(shares):
        free = [name for name in shares if name not in found]
        least = program.variable("least", str(len(found)))
        row = {name: program.at_most({least: 1.0} | minus(shares[name]), 0.0) for name in free}
        _, value, face = program.minimise({least: -1.0}, face)
        for name in free:
            _, highest, _ = program.minimise(minus(shares[name]), face)
            # a row that has a price is tight at all best points, whatever rounding says
            if row[name] in face.rows or -highest <= -value + 1e-9:
                found[name] = -value
    return found, face


def least_sums(program: Program, shares: Mapping[str, Terms]) -> list[Terms]:
    """Leximin as stages to minimise: minus the sum of the k least shares, for k = 1, 2, ...

    The sum of the k least is the largest k * t - sum of max(t - share, 0) over t. Unlike `leximin`
    this needs no convexity, so it holds for integers. Adds variables and rows to the program.
    """
    stages = []
    for k in range(1, len(shares) + 1):
        t = program.variable("threshold", str(k), upper=1.0)
        stage = {t: -float(k)}
        for name, terms in shares.items():
            short = program.variable("short", str(k), name)
            program.at_most({t: 1.0, short: -1.0} | minus(terms), 0.0)
            stage[short] = 1.0
        stages.append(stage)
    return stages


def minus(terms: Terms) -> Terms:
    return {i: -a for i, a in terms.items()}


def add(terms: Terms, more: Terms, factor: float = 1.0) -> None:
    """Add a multiple of other terms."""
    for i, a in more.items():
        terms[i] = terms.get(i, 0.0) + factor * a


def total(terms: Terms, point: Floats) -> float:
    return float(sum(coefficient * point[i] for i, coefficient in terms.items()))


# --- measures, effects, rules -----------------------------------------------------------------


Steps = list[tuple[float, float]]  # segments in order: (its end, its effect)


def steps_of(rows: list[Row], max_level: float) -> Steps:
    """Turn rows that differ in `up_to` into segments that end at max_level."""
    ordered = sorted(rows, key=lambda r: math.inf if not r.get("up_to") else float(r["up_to"]))
    steps: Steps = []
    start = 0.0
    for row in ordered:
        effect, end = needed(row, "effect"), number(row, "up_to")
        end = max_level if end is None else end
        if effect < 0 or (steps and effect > steps[-1][1]):
            raise ValueError(f"effects must not be negative, nor rise with the level: {row}")
        if start >= max_level and steps:
            raise ValueError(f"segment out of reach or given twice: {row}")
        start = min(end, max_level)
        steps.append((start, effect))
    if start < max_level:
        steps.append((max_level, 0.0))  # beyond the last segment nothing more is closed
    return steps


def resolve_effects(tables: Tables, measure: Row) -> dict[Pair, Steps]:
    """Segments by (track, factor) of one measure, from the most specific rows of each factor."""
    mine = [row for row in tables.effects if row["measure"] == measure["measure"]]
    types = {row["type"] for row in tables.tracks if row.get("type")}
    known = {CITY} | set(names(tables.tracks, "track")) | {f"type:{k}" for k in types}
    for row in mine:
        if row["track"] not in known or row["factor"] not in names(tables.factors, "factor"):
            raise ValueError(f"unknown track or factor: {row}")
    found: dict[Pair, Steps] = {}
    for track in tables.tracks:
        for factor in names(tables.factors, "factor"):
            for key in (track["track"], f"type:{track.get('type', '')}", CITY):
                rows = [r for r in mine if r["track"] == key and r["factor"] == factor]
                if rows:
                    steps = steps_of(rows, needed(measure, "max_level"))
                    if any(effect > 0 for _, effect in steps):
                        found[track["track"], factor] = steps
                    break  # a more specific row holds even where its effect is 0
    return found


def targets(tables: Tables, measure: Row, served: set[str]) -> dict[str, list[str]]:
    """Target of each application of a measure -> the tracks that feel it."""
    if measure["scope"] == "city":
        return {CITY: [t for t in names(tables.tracks, "track") if t in served]}
    if measure["scope"] not in ("type", "track"):
        raise ValueError(f"scope: {measure}")
    found: dict[str, list[str]] = {}
    for row in tables.tracks:
        if row["track"] in served:
            found.setdefault(row[measure["scope"]], []).append(row["track"])
    return found


def periods_of(tables: Tables) -> list[str]:
    """Labels in order; a case that names none has one, called "" unless a budget names it."""
    listed = [str(label) for label in tables.settings.get("periods", [])]
    if len(set(listed)) < len(listed):
        raise ValueError(f"a period named twice: {listed}")
    in_budgets = dict.fromkeys(row.get("period", "") for row in tables.budgets)
    return listed or [label for label in in_budgets if label] or [""]


def period_of(row: Row, periods: list[str]) -> str:
    """Give the period that a row names; "" if it names none."""
    label = row.get("period", "")
    if label and label not in periods:
        raise ValueError(f"no such period: {row}")
    return label


def budgets_of(tables: Tables, given: Mapping[str, float] | None) -> dict[Pair, float]:
    """Budget by (resource, period); what is given replaces the sum of a resource."""
    periods, resources = periods_of(tables), names(tables.resources, "resource")
    unknown = {row["resource"] for row in tables.budgets} | set(given or {})
    if unknown - set(resources):
        raise ValueError(f"no resource {unknown - set(resources)}")
    found = {}
    for row in tables.resources:
        name = row["resource"]
        amounts = dict.fromkeys(periods, 0.0)
        mine = [b for b in tables.budgets if b["resource"] == name]
        if not mine:
            amounts[periods[0]] = needed(row, "budget")
        labels = [period_of(b, periods) for b in mine]
        if len(periods) == 1:  # then there is no need to name it
            labels = periods * len(mine)
        if len(set(labels)) < len(labels) or (len(periods) > 1 and "" in labels):
            raise ValueError(f"budgets of {name}: a period is blank or named twice")
        amounts |= {label: needed(b, "amount") for label, b in zip(labels, mine, strict=True)}
        if name in (given or {}):
            amounts = scaled(amounts, float((given or {})[name]))
        found.update({(name, p): amount for p, amount in amounts.items()})
    return found


def scaled(amounts: dict[str, float], whole: float) -> dict[str, float]:
    """Amounts in the same proportion with another sum; all in the first if they are all 0."""
    before = sum(amounts.values())
    if len(amounts) == 1 or before == 0:
        return {p: whole if i == 0 else 0.0 for i, p in enumerate(amounts)}
    return {p: amount * whole / before for p, amount in amounts.items()}


def costs_of(tables: Tables) -> dict[tuple[str, str, str], float]:
    """Cost by (measure, resource, period); a row of a period comes before one of all periods."""
    periods = periods_of(tables)
    rows: dict[tuple[str, str, str], float] = {}
    for row in tables.costs:
        key = row["measure"], row["resource"], period_of(row, periods)
        if key in rows:
            raise ValueError(f"two costs for {key}")
        rows[key] = needed(row, "cost")
    found = {}
    for m, r, _ in rows:
        for p in periods:
            cost = rows.get((m, r, p), rows.get((m, r, "")))
            if cost is not None:
                found[m, r, p] = cost
    return found


def type_of(tables: Tables, track: str) -> str:
    return next(row.get("type", "") for row in tables.tracks if row["track"] == track)


def spend_counts_for(tables: Tables, rule: Row, measure: Row, target: str) -> bool:
    """Tell whether the spend of an application belongs to the group of a rule."""
    over, key, scope = rule["over"], rule.get("key", ""), measure["scope"]
    if over == "all":
        return True
    if over in ("measure", "dimension", "stage"):
        return measure.get(over) == key
    if over == "track":
        return scope == "track" and target == key
    if over == "type":
        at_type = scope == "type" and target == key
        return at_type or (scope == "track" and type_of(tables, target) == key)
    raise ValueError(f"spend belongs to no {over}: {rule}")


def gap_counts_for(tables: Tables, rule: Row, pair: Pair) -> bool:
    """Tell whether the gap of a track in a factor belongs to the group of a rule."""
    over, key = rule["over"], rule.get("key", "")
    if over == "all":
        return True
    if over in ("track", "factor"):
        return key == (pair[0] if over == "track" else pair[1])
    if over == "type":
        return type_of(tables, pair[0]) == key
    raise ValueError(f"a closed gap belongs to no {over}: {rule}")


def limit(rule: Row, whole: float) -> float:
    amount, share = number(rule, "amount"), number(rule, "share")
    if amount is None and share is not None:
        return share * whole
    if amount is not None and share is None:
        return amount
    raise ValueError(f"a rule has an amount or a share: {rule}")


def check_key(tables: Tables, rule: Row) -> None:
    """Refuse a group that nothing can be in: an empty sum would hide a wrong key."""
    over, key = rule["over"], rule.get("key", "")
    where = {"track": tables.tracks, "type": tables.tracks, "factor": tables.factors}
    rows = where.get(over, tables.measures)
    if over != "all" and key not in {row.get(over) for row in rows}:
        raise ValueError(f"no such group: {rule}")


# --- the allocation program -------------------------------------------------------------------


@dataclass(frozen=True)
class Application:
    """A measure at a target. `parts` are its variables by period, one for each segment."""

    measure: Row
    target: str
    max_level: float
    parts: list[list[int]]
    effects: dict[Pair, list[float]]  # of each segment, by (track, factor) that feels it

    def level(self, *periods: int) -> Terms:
        """Sum of the level over periods, by number."""
        return {i: 1.0 for p in periods for i in self.parts[p]}

    def all_periods(self) -> Terms:
        return self.level(*range(len(self.parts)))


def add_applications(program: Program, tables: Tables) -> dict[Pair, Application]:
    periods = periods_of(tables)
    found: dict[Pair, Application] = {}
    for measure in tables.measures:
        m, max_level = measure["measure"], needed(measure, "max_level")
        effects = resolve_effects(tables, measure)
        for target, felt in targets(tables, measure, {t for t, _ in effects}).items():
            here = {pair: steps for pair, steps in effects.items() if pair[0] in felt}
            # the level bends wherever what it does to any track and factor bends
            ends = sorted({end for steps in here.values() for end, _ in steps})
            starts = [0.0, *ends[:-1]]
            parts = [
                [
                    program.variable("level", m, target, str(s), p, upper=end - start)
                    for s, (start, end) in enumerate(zip(starts, ends, strict=True))
                ]
                for p in periods
            ]
            if len(periods) > 1:
                for s, (start, end) in enumerate(zip(starts, ends, strict=True)):
                    program.at_most({part[s]: 1.0 for part in parts}, end - start)
            slopes = {}
            for pair, steps in here.items():
                slopes[pair] = [next(e for stop, e in steps if stop >= end) for end in ends]
            found[m, target] = Application(measure, target, max_level, parts, slopes)
            add_kind(program, found[m, target])
            if float(tables.settings.get("decay", 0)) > 0:
                add_order(program, found[m, target])
    return found


def add_order(program: Program, application: Application) -> None:
    """Let a part of the level begin only once the one before it is used up, by the end of every period.

    Only decay makes a difference: without it an optimal plan can always be put in order.
    """
    name = application.measure["measure"], application.target
    for p in range(len(application.parts)):
        for s in range(len(application.parts[p]) - 1):
            begun = program.variable("begun", *name, str(s + 1), str(p), upper=1.0, whole=True)
            before = {part[s]: 1.0 for part in application.parts[: p + 1]}
            after = {part[s + 1]: 1.0 for part in application.parts[: p + 1]}
            widths = [program.upper[application.parts[p][k]] for k in (s, s + 1)]
            program.at_least(before | {begun: -widths[0]}, 0.0)
            program.at_most(after | {begun: -widths[1]}, 0.0)


def add_kind(program: Program, application: Application) -> None:
    """Restrict the level in every period to what the kind of the measure allows."""
    measure, highest = application.measure, application.max_level
    kind = measure.get("kind") or "continuous"
    if kind not in KINDS:
        raise ValueError(f"kind: {measure}")
    for p in range(len(application.parts) if kind != "continuous" else 0):
        level = application.level(p)
        name = ("whole", measure["measure"], application.target, str(p))
        upper = 1.0 if kind in ("binary", "semi") else math.floor(highest)
        n = program.variable(*name, upper=upper, whole=True)
        if kind == "semi":
            program.at_least(level | {n: -needed(measure, "min_level")}, 0.0)
            program.at_most(level | {n: -highest}, 0.0)
        else:
            program.equals(level | {n: -1.0}, 0.0)


def add_closing(
    program: Program,
    tables: Tables,
    applications: Collection[Application],
    gaps: Mapping[Pair, float],
) -> dict[Pair, list[int]]:
    """Add the closed gap of every track and factor; gives its variables, by period."""
    decay = float(tables.settings.get("decay", 0))
    if not 0 <= decay <= 1:
        raise ValueError(f"decay: {decay}")
    periods = periods_of(tables)
    found: dict[Pair, list[int]] = {}
    for pair, gap in gaps.items():
        found[pair] = [program.variable("closed", *pair, p, upper=gap) for p in periods]
        for p, z in enumerate(found[pair]):
            terms = {z: 1.0}
            for a in applications:
                lag = number(a.measure, "lag") or 0.0
                for q in range(p + 1):
                    if q <= p - lag and pair in a.effects:
                        left = (1 - decay) ** (p - lag - q)
                        add(terms, dict(zip(a.parts[q], a.effects[pair], strict=True)), -left)
            program.at_most(terms, 0.0)
            if p > 0 and decay == 0:
                program.at_least({z: 1.0, found[pair][p - 1]: -1.0}, 0.0)
    return found


def add_budgets(
    program: Program,
    tables: Tables,
    applications: Mapping[Pair, Application],
    budgets: Mapping[Pair, float],
) -> dict[tuple[str, str, str, str], Terms]:
    """Add the budgets; gives the spend of (resource, period, measure, target).

    Spend is counted in shares of a resource's whole budget, so that no unit can make a row large
    or small.
    """
    costs, periods = costs_of(tables), periods_of(tables)
    spend: dict[tuple[str, str, str, str], Terms] = {}
    for row in tables.resources:
        r, carry = row["resource"], number(row, "carry") or 0.0
        if not 0 <= carry <= 1:
            raise ValueError(f"carry: {row}")
        unit = unit_of(budgets, r)
        before = None
        for p, label in enumerate(periods):
            unspent = program.variable("unspent", r, label)
            terms = {unspent: 1.0} if before is None else {unspent: 1.0, before: -carry}
            for (m, target), a in applications.items():
                cost = costs.get((m, r, label), 0.0)
                spend[r, label, m, target] = {i: cost / unit for i in a.parts[p] if cost}
                add(terms, spend[r, label, m, target])
            program.equals(terms, budgets[r, label] / unit)
            before = unspent
    return spend


def unit_of(budgets: Mapping[Pair, float], resource: str) -> float:
    """Give the whole budget; 1 where that is 0, which has no shares."""
    whole = sum(amount for (r, _), amount in budgets.items() if r == resource)
    return whole if whole > 0 else 1.0


def add_bound(
    program: Program,
    tables: Tables,
    rule: Row,
    closed: Mapping[Pair, list[int]],
    gaps: Mapping[Pair, float],
    spend: Mapping[tuple[str, str, str, str], Terms],
    budgets: Mapping[Pair, float],
) -> None:
    """Add a floor or a cap."""
    check_key(tables, rule)
    periods = periods_of(tables)
    label, of = period_of(rule, periods), rule["of"]
    if of == "closed":
        group = [pair for pair in gaps if gap_counts_for(tables, rule, pair)]
        when = periods.index(label) if label else -1  # closed gaps are cumulative
        terms = {closed[pair][when]: 1.0 for pair in group}
        bound = limit(rule, sum(gaps[pair] for pair in group))
    else:
        measures = {row["measure"]: row for row in tables.measures}
        terms = {}
        for (r, p, m, target), mine in spend.items():
            if r == of and label in ("", p) and spend_counts_for(tables, rule, measures[m], target):
                add(terms, mine)
        whole = sum(amount for (r, p), amount in budgets.items() if r == of and label in ("", p))
        if of not in names(tables.resources, "resource"):
            raise ValueError(f"no resource {of}: {rule}")
        bound = limit(rule, whole) / unit_of(budgets, of)
    if rule["kind"] == "floor":
        program.at_least(terms, bound)
    else:
        program.at_most(terms, bound)


def covering(tables: Tables, scope: str, target: str, wider: str) -> str:
    """Give the target of a wider scope that covers a target; the same if the scope is the same."""
    assert SCOPES.index(scope) <= SCOPES.index(wider)
    if wider == "city":
        return CITY
    return type_of(tables, target) if (scope, wider) == ("track", "type") else target


def measure_named(tables: Tables, name: str) -> Row:
    for row in tables.measures:
        if row["measure"] == name:
            return row
    raise ValueError(f"no measure {name}")


def add_relation(
    program: Program,
    tables: Tables,
    rule: Row,
    applications: Mapping[Pair, Application],
) -> None:
    """Add what a measure requires, or measures that exclude each other."""
    if rule.get("share") or rule.get("period"):
        raise NotImplementedError(f"a share or a period: {rule}")
    if rule["kind"] == "requires":
        key, of = measure_named(tables, rule["key"]), measure_named(tables, rule["of"])
        ratio = number(rule, "amount")
        if SCOPES.index(key["scope"]) > SCOPES.index(of["scope"]):
            raise ValueError(f"{rule['key']} has a wider scope than what it requires: {rule}")
        for (m, target), a in applications.items():
            if m != key["measure"]:
                continue
            place = covering(tables, key["scope"], target, of["scope"])
            needs = applications.get((of["measure"], place))
            for p in range(len(a.parts)):
                terms = a.level(*range(p + 1))
                if needs is not None:
                    add(terms, needs.level(*range(p + 1)), -(1.0 if ratio is None else ratio))
                program.at_most(terms, 0.0)
        return
    listed = {name.strip() for name in rule["key"].split(";") if name.strip()}
    for name in sorted(listed):
        measure_named(tables, name)
    used = {}
    for pair, a in applications.items():
        if pair[0] in listed:
            # used at all, in whatever period
            used[pair] = program.variable("used", rule["rule"], *pair, upper=1.0, whole=True)
            program.at_most(a.all_periods() | {used[pair]: -a.max_level}, 0.0)
    for one, u in used.items():
        for two, v in used.items():
            narrow, wide = applications[one].measure["scope"], applications[two].measure["scope"]
            if one[0] == two[0] or SCOPES.index(narrow) > SCOPES.index(wide):
                continue
            if covering(tables, narrow, one[1], wide) == two[1]:
                program.at_most({u: 1.0, v: 1.0}, 1.0)


Lock = Mapping[tuple[str, str | None], float]


def add_choices(
    program: Program,
    tables: Tables,
    applications: Mapping[Pair, Application],
    lock: Lock,
    forbid: Collection[str],
) -> None:
    for (m, target), amount in lock.items():
        measure_named(tables, m)
        locked = [a for pair, a in applications.items() if pair[0] == m and target in (None, pair[1])]
        if not locked and target is not None:
            raise ValueError(f"no application of {m} at {target}")
        for a in locked:
            program.equals(a.all_periods(), amount)
    for m in forbid:
        measure_named(tables, m)
        for a in (a for pair, a in applications.items() if pair[0] == m):
            program.at_most(a.all_periods(), 0.0)


def optimum(
    program: Program,
    objective: str,
    weighted: Terms,
    ended: Terms,
    total_gap: float,
    spends: Mapping[str, Terms],
    save: str | None,
    shares: Mapping[str, Terms],
) -> Floats:
    """Give the best point; of several the one with the least spend.

    `weighted` is the value, `ended` what is closed at the end; `spends` are shares of the budgets, by resource.
    """
    spend: Terms = {}
    rest: Terms = {}
    saved = save or next(iter(spends))
    for resource, terms in spends.items():
        add(spend, terms)
        add(rest, terms if resource != saved else {})
    stages = [minus(weighted), spend]
    fair = objective == "maxmin"
    if objective.startswith("reach="):
        program.at_least(ended, float(Fraction(objective.removeprefix("reach="))) * total_gap)
        # the value is not asked for, but would be left to chance where money comes in lumps
        stages = [spends[saved], rest, minus(weighted)]
    elif objective not in ("weighted", "maxmin"):
        raise NotImplementedError(f"objective: {objective}")

    face = EVERYWHERE
    expected: list[float] = []
    if program.whole:
        larger = copy.deepcopy(program)
        first = least_sums(larger, shares) if fair else []
        face, expected = best_integers(larger, [*first, *stages])
    values: list[float] = []
    if fair:
        least, face = leximin(program, shares, face)
        ordered = sorted(least.values())
        values = [-sum(ordered[: k + 1]) for k in range(len(ordered))]
    point = np.zeros(0)
    for terms in stages:
        point, value, face = program.minimise(terms, face)
        values.append(value)
    # every stage must have kept what the ones before it reached
    reached = sorted(total(terms, point) for terms in shares.values())
    final = [-sum(reached[: k + 1]) for k in range(len(reached))] if fair else []
    final += [total(terms, point) for terms in stages]
    for value, now in zip(values, final, strict=True):
        if abs(value - now) > 1e-8 * max(1.0, abs(value)):
            raise RuntimeError(f"a later stage left the optimum: {values} turned into {final}")
    # coarser, because what a stage may lose comes back times its price in the stages after it
    for value, now in zip(values, expected or values, strict=True):
        if abs(value - now) > 1e-5 * max(1.0, abs(value)):
            raise RuntimeError(f"the integers are not the best: {values} for {expected}")
    return point


def worst_view(
    program: Program, objective: str, views: list[Terms], weighted: Terms, spend: Terms
) -> tuple[Floats, float]:
    """Lift the view that fares worst against its own best plan; then as in `optimum`. Not for integers."""
    if program.whole:
        raise NotImplementedError("views of a plan in whole units")
    best = [-program.minimise(minus(terms))[1] for terms in views]
    least = program.variable("worst")
    program.lower[least], program.upper[least] = -math.inf, 1.0  # what no plan can serve is served in full
    for terms, most in zip(views, best, strict=True):
        if objective == "regret":
            program.at_least(terms | {least: -1.0}, most)
        elif most > 0:
            program.at_least(terms | {least: -most}, 0.0)
    face = EVERYWHERE
    for stage in ({least: -1.0}, minus(weighted), spend):
        point, _, face = program.minimise(stage, face)
    return point, float(point[least])


# --- the whole --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """What a plan comes to; pairs are (track, factor), applications (measure, target)."""

    weights: dict[str, float]
    consistency: Consistency | None
    scores: dict[str, float]
    ranks: dict[str, int]
    level_now: dict[Pair, float]
    gaps: dict[Pair, float]
    priorities: dict[Pair, float]
    objective: float  # the weighted one, also of plans that were made for another
    closed_share: float  # at the end, without a discount; nan where no gap has a priority
    least_spend: float  # over resources, the sum of spend / budget
    spend: dict[str, float]
    levels: dict[Pair, float]  # every application, also at 0; target "*" for the city
    closed: dict[Pair, float]  # at the end of the last period
    score_after: dict[str, float]
    rank_after: dict[str, int]
    levels_by_period: dict[tuple[str, str, str], float]  # (measure, target, period)
    spend_by_period: dict[Pair, float]  # (resource, period)
    shares_by_track: dict[str, float]  # closed share by the weights; not of tracks without a gap
    worst: float = (
        math.nan
    )  # of `robust` the least share of its best that a view gets, of `regret` minus the largest loss


def solve(
    folder: Path,
    *,
    weights: str = "ahp",
    method: str = "topsis",
    stance: str | None = None,
    budgets: Mapping[str, float] | None = None,
    ticks: str | None = None,
    objective: str = "weighted",
    save: str | None = None,
    lock: Lock | None = None,
    forbid: Collection[str] = (),
    over: Collection[str] = (),
    bonus: Mapping[Pair, float] | None = None,
    first: bool = False,
) -> Answer:
    """Rank, allocate and rank again. `stance` and `ticks` None: as case.toml says.

    For `robust` and `regret`, `over` names the schemes of weights among which the worst is sought. `bonus` adds to the
    value of a unit of level of an application (measure, target), and to the objective. `first`: nothing is asked of
    the plan but its value.

    `objective` is `weighted`, `maxmin` or, say, `reach=0.6`, with `save`, the resource of which least is spent first
    (the first, if left out). `lock` sets the level of (measure,
    target), of all its applications if the target is None; `forbid` names measures not to use.
    """
    tables = read(folder)
    tracks, factors = names(tables.tracks, "track"), names(tables.factors, "factor")
    matrix, better = score_matrix(tables, ticks), directions(tables)
    w, consistency = weigh(tables, weights, matrix)
    score = METHODS[method](matrix, w, better)
    stance = stance or str(tables.settings.get("stance", "leaders"))
    pi = stance_factors(score, stance)

    level_now: dict[Pair, float] = {}
    gaps: dict[Pair, float] = {}
    priorities: dict[Pair, float] = {}
    for i, t in enumerate(tracks):
        for j, f in enumerate(factors):
            worst, best = scale(tables, j)
            level = (float(matrix[i, j]) - worst) / (best - worst)
            level_now[t, f] = min(max(level, 0.0), 1.0)
            gaps[t, f] = 1 - level_now[t, f]
            priorities[t, f] = float(pi[i] * w[j])

    program, periods = Program(), periods_of(tables)
    applications = add_applications(program, tables)
    z = add_closing(program, tables, applications.values(), gaps)
    budget = budgets_of(tables, budgets)
    spend_of = add_budgets(program, tables, applications, budget)
    for rule in tables.rules:
        if rule["kind"] in ("floor", "cap"):
            add_bound(program, tables, rule, z, gaps, spend_of, budget)
        elif rule["kind"] in ("requires", "excludes"):
            add_relation(program, tables, rule, applications)
        else:
            raise ValueError(f"kind: {rule}")
    add_choices(program, tables, applications, lock or {}, forbid)

    # what a period closes counts less the later it is; nothing is closed before the first
    discount = float(tables.settings.get("discount", 1))

    def valued(by_pair: Mapping[Pair, float]) -> Terms:
        terms: Terms = {}
        for pair, v in by_pair.items():
            for p, now in enumerate(z[pair]):
                add(terms, {now: v * discount**p})
                if p > 0:
                    add(terms, {z[pair][p - 1]: -v * discount**p})
        return terms

    weighted = valued(priorities)
    ended = {z[pair][-1]: v for pair, v in priorities.items()}
    for pair, more in (bonus or {}).items():
        add(weighted, applications[pair].all_periods(), more)
    total_gap = sum(priorities[pair] * gap for pair, gap in gaps.items())
    spends: dict[str, Terms] = {r: {} for r in names(tables.resources, "resource")}  # shares of a whole budget
    for (r, _, _, _), terms in spend_of.items():
        if any(amount > 0 for (q, _), amount in budget.items() if q == r):
            add(spends[r], terms)
    counted: Terms = {}
    for terms in spends.values():
        add(counted, terms)
    shares: dict[str, Terms] = {}
    for t in tracks:
        by_factor = dict(zip(factors, w.tolist(), strict=True))
        weighted_gap = sum(by_factor[f] * gaps[t, f] for f in factors)
        if weighted_gap > 1e-12:
            shares[t] = {z[t, f][-1]: by_factor[f] / weighted_gap for f in factors}

    of_worst = math.nan
    if objective in ("robust", "regret"):
        views = []
        for scheme in over:
            own, _ = weigh(tables, scheme, matrix)
            own_pi = stance_factors(METHODS[method](matrix, own, better), stance)
            views.append(
                valued({(t, f): float(own_pi[i] * own[j]) for i, t in enumerate(tracks) for j, f in enumerate(factors)})
            )
        point, of_worst = worst_view(program, objective, views, weighted, counted)
    else:
        kept = {r: {} for r in spends} if first else spends
        point = optimum(program, objective, weighted, ended, total_gap, kept, save, shares)

    closed = {pair: float(point[now[-1]]) for pair, now in z.items()}
    moved = matrix.copy()
    for i, t in enumerate(tracks):
        for j, f in enumerate(factors):
            worst, best = scale(tables, j)
            moved[i, j] += closed[t, f] * (best - worst)
    after = METHODS[method](moved, w, better)
    spend_by_period = dict.fromkeys(budget, 0.0)
    for (r, label, _, _), terms in spend_of.items():
        spend_by_period[r, label] += unit_of(budget, r) * total(terms, point)
    resources = names(tables.resources, "resource")
    value = total(weighted, point)
    return Answer(
        weights=dict(zip(factors, w.tolist(), strict=True)),
        consistency=consistency,
        scores=dict(zip(tracks, score.tolist(), strict=True)),
        ranks=dict(zip(tracks, competition_ranks(score), strict=True)),
        level_now=level_now,
        gaps=gaps,
        priorities=priorities,
        objective=value,
        closed_share=total(ended, point) / total_gap if total_gap > 0 else math.nan,
        least_spend=total(counted, point),
        spend={r: sum(s for (q, _), s in spend_by_period.items() if q == r) for r in resources},
        levels={pair: total(a.all_periods(), point) for pair, a in applications.items()},
        closed=closed,
        score_after=dict(zip(tracks, after.tolist(), strict=True)),
        rank_after=dict(zip(tracks, competition_ranks(after), strict=True)),
        levels_by_period={
            (*pair, label): total(a.level(p), point)
            for pair, a in applications.items()
            for p, label in enumerate(periods)
        },
        spend_by_period=spend_by_period,
        shares_by_track={t: total(terms, point) for t, terms in shares.items()},
        worst=of_worst,
    )


def value_of(folder: Path, *, budgets: Mapping[str, float] | None = None, **choice: Any) -> float:
    """Give the optimal value alone; a price is the difference of two of these per unit."""
    return solve(folder, budgets=budgets, **choice).objective
