"""A second implementation of the model for the tests: loops over names, dense matrices, scipy.

It starts from the files of a case folder and shares no code with the engine, so that the two can
only agree by both being right. It covers one period, kind `continuous`, objective `weighted`;
anything else raises NotImplementedError rather than giving a number that nobody vouches for.
"""

from __future__ import annotations

import csv
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

Row = dict[str, str]
Pair = tuple[str, str]
Floats = NDArray[np.float64]

# Saaty's random indices for matrices of order 1, 2, 3, ...
RANDOM_INDEX = (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
TIE = 1e-9
CITY = "*"  # the target of a city-wide application


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
    if len(settings.get("periods", [])) > 1:
        raise NotImplementedError("more than one period")
    if settings.get("discount", 1) != 1:
        raise NotImplementedError("discount")
    plain = ("tracks", "factors", "scores", "resources", "budgets")
    plans = ("measures", "costs", "effects", "rules")
    tables = Tables(
        settings=settings,
        judgements=[rows_of(p) for p in sorted((folder / "judgements").glob("*.csv"))],
        **{name: rows_of(folder / f"{name}.csv") for name in (*plain, *plans)},
    )
    if any(row.get("parent") for row in tables.factors):
        raise NotImplementedError("a tree of criteria")
    if any(row.get("kind") not in (None, "", "continuous") for row in tables.measures):
        raise NotImplementedError("measures that are not continuous")
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
    ticks = ticks or tables.settings.get("ticks", "strength")
    if ticks == "strength":
        return matrix
    if ticks != "shortcoming":
        raise ValueError(f"ticks: {ticks}")
    if not np.isin(matrix, (0, 1)).all():
        raise ValueError("only ticks can be read as shortcomings")
    return 1 - matrix


def directions(tables: Tables) -> list[str]:
    found = [row.get("direction") or "max" for row in tables.factors]
    if not set(found) <= {"max", "min"}:
        raise ValueError(f"direction: {found}")
    return found


def scale(row: Row) -> tuple[float, float]:
    """Worst and target of a factor; 0 and 1 unless set, which only makes sense for `max`."""
    worst, target = number(row, "worst"), number(row, "target")
    worst, target = 0.0 if worst is None else worst, 1.0 if target is None else target
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


# --- a linear program by name -----------------------------------------------------------------


@dataclass
class Program:
    """Maximise over named variables; every row is: sum of coefficient * variable <= bound."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    index: dict[tuple[str, ...], int] = field(default_factory=dict)
    rows: list[tuple[dict[int, float], float]] = field(default_factory=list)

    def variable(self, *name: str, upper: float = math.inf) -> int:
        assert name not in self.index
        self.index[name] = len(self.lower)
        self.lower.append(0.0)
        self.upper.append(upper)
        return self.index[name]

    def at_most(self, terms: Mapping[int, float], bound: float) -> None:
        self.rows.append((dict(terms), bound))

    def at_least(self, terms: Mapping[int, float], bound: float) -> None:
        self.at_most({i: -a for i, a in terms.items()}, -bound)

    def vector(self, terms: Mapping[int, float]) -> Floats:
        dense = np.zeros(len(self.lower))
        for i, a in terms.items():
            dense[i] = a
        return dense

    def minimise(self, terms: Mapping[int, float], tight: Any = None) -> Any:
        """Minimise; with `tight`, a result of this program, stay among its optimal points.

        By complementary slackness a feasible point is optimal exactly if every row and bound that
        has a price in one optimal dual solution is tight. That needs no tolerance on the value.
        """
        lower, upper = np.array(self.lower), np.array(self.upper)
        equal = np.zeros(len(self.rows), dtype=bool)
        if tight is not None:
            equal = np.abs(tight.ineqlin.marginals) > 1e-9
            at_lower = np.abs(tight.lower.marginals) > 1e-9
            at_upper = np.abs(tight.upper.marginals) > 1e-9
            upper = np.where(at_lower, lower, upper)
            lower = np.where(at_upper, upper, lower)
        a = np.array([self.vector(t) for t, _ in self.rows]).reshape(len(self.rows), len(lower))
        b = np.array([bound for _, bound in self.rows])
        found = linprog(
            self.vector(terms),
            A_ub=a[~equal],
            b_ub=b[~equal],
            A_eq=a[equal],
            b_eq=b[equal],
            bounds=np.column_stack([lower, upper]),
            method="highs",
            options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
        )
        if found.status == 2:
            raise Infeasible(found.message)
        if found.status != 0:
            raise RuntimeError(found.message)
        return found


def total(terms: Mapping[int, float], point: Floats) -> float:
    return float(sum(coefficient * point[i] for i, coefficient in terms.items()))


# --- measures, effects, rules -----------------------------------------------------------------


def pieces(rows: list[Row], max_level: float) -> list[tuple[float, float]]:
    """Turn segments into lines (intercept, slope) whose minimum is the gap closed at a level."""
    ordered = sorted(rows, key=lambda r: math.inf if not r.get("up_to") else float(r["up_to"]))
    lines: list[tuple[float, float]] = []
    start = height = 0.0
    for row in ordered:
        slope, end = needed(row, "effect"), number(row, "up_to")
        end = max_level if end is None else end
        if slope < 0 or (lines and slope > lines[-1][1]):
            raise ValueError(f"effects must not be negative, nor rise with the level: {row}")
        if start >= max_level and lines:
            raise ValueError(f"segment out of reach or given twice: {row}")
        lines.append((height - slope * start, slope))
        height += slope * (end - start)
        start = end
    if start < max_level:
        lines.append((height, 0.0))  # beyond the last segment nothing more is closed
    return lines


def resolve_effects(tables: Tables, measure: Row) -> dict[Pair, list[tuple[float, float]]]:
    """Lines by (track, factor) of one measure, from the most specific rows of each factor."""
    mine = [row for row in tables.effects if row["measure"] == measure["measure"]]
    types = {row["type"] for row in tables.tracks if row.get("type")}
    known = {CITY} | set(names(tables.tracks, "track")) | {f"type:{k}" for k in types}
    for row in mine:
        if row["track"] not in known or row["factor"] not in names(tables.factors, "factor"):
            raise ValueError(f"unknown track or factor: {row}")
    found: dict[Pair, list[tuple[float, float]]] = {}
    for track in tables.tracks:
        for factor in names(tables.factors, "factor"):
            for key in (track["track"], f"type:{track.get('type', '')}", CITY):
                rows = [r for r in mine if r["track"] == key and r["factor"] == factor]
                if rows:
                    lines = pieces(rows, needed(measure, "max_level"))
                    if any(slope > 0 for _, slope in lines):
                        found[track["track"], factor] = lines
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


def budget_of(tables: Tables, given: Mapping[str, float] | None) -> dict[str, float]:
    found = {}
    for row in tables.resources:
        name = row["resource"]
        periods = [b for b in tables.budgets if b["resource"] == name]
        if len(periods) > 1:
            raise NotImplementedError("more than one period")
        found[name] = needed(periods[0], "amount") if periods else needed(row, "budget")
    for name, amount in (given or {}).items():
        if name not in found:
            raise ValueError(f"no resource {name}")
        found[name] = float(amount)
    return found


def cost_of(tables: Tables) -> dict[Pair, float]:
    found: dict[Pair, float] = {}
    for row in tables.costs:
        pair = row["measure"], row["resource"]
        if pair in found:
            raise NotImplementedError(f"two costs for {pair}")
        found[pair] = needed(row, "cost")
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
    objective: float
    closed_share: float  # nan where no gap has a priority
    least_spend: float  # over resources, the sum of spend / budget
    spend: dict[str, float]
    levels: dict[Pair, float]  # every application, also at 0; target "*" for the city
    closed: dict[Pair, float]
    score_after: dict[str, float]
    rank_after: dict[str, int]


def solve(
    folder: Path,
    *,
    weights: str = "ahp",
    method: str = "topsis",
    stance: str = "even",
    budgets: Mapping[str, float] | None = None,
    ticks: str | None = None,
) -> Answer:
    """Rank, allocate and rank again. `ticks` None: as case.toml says."""
    tables = read(folder)
    tracks, factors = names(tables.tracks, "track"), names(tables.factors, "factor")
    matrix, better = score_matrix(tables, ticks), directions(tables)
    w, consistency = weigh(tables, weights, matrix)
    score = METHODS[method](matrix, w, better)
    pi = stance_factors(score, stance)

    level_now: dict[Pair, float] = {}
    gaps: dict[Pair, float] = {}
    priorities: dict[Pair, float] = {}
    for i, t in enumerate(tracks):
        for j, f in enumerate(factors):
            worst, best = scale(tables.factors[j])
            level = (float(matrix[i, j]) - worst) / (best - worst)
            level_now[t, f] = min(max(level, 0.0), 1.0)
            gaps[t, f] = 1 - level_now[t, f]
            priorities[t, f] = float(pi[i] * w[j])

    # variables: closed gap z, level x, and y where what is closed bends with the level
    lp = Program()
    z = {pair: lp.variable("closed", *pair, upper=gap) for pair, gap in gaps.items()}
    reach: dict[Pair, dict[int, float]] = {pair: {} for pair in gaps}
    x: dict[Pair, int] = {}
    owner: dict[Pair, Row] = {}
    for measure in tables.measures:
        name = measure["measure"]
        lines = resolve_effects(tables, measure)
        late = (number(measure, "lag") or 0) > 0  # works only after the one period there is
        for target, felt in targets(tables, measure, {t for t, _ in lines}).items():
            a = lp.variable("level", name, target, upper=needed(measure, "max_level"))
            x[name, target], owner[name, target] = a, measure
            for (t, f), line in lines.items():
                if late or t not in felt:
                    continue
                if len(line) == 1:
                    reach[t, f][a] = line[0][1]
                    continue
                y = lp.variable("bent", name, target, t, f)
                reach[t, f][y] = 1.0
                for intercept, slope in line:
                    lp.at_most({y: 1.0, a: -slope}, intercept)
    for pair, terms in reach.items():
        lp.at_most({z[pair]: 1.0} | {i: -e for i, e in terms.items()}, 0.0)

    # Spend is counted in shares of the budget, so that no unit can make a row large or small.
    # A budget of 0 has no shares: its row stays in the unit, and nothing of it can be spent.
    budget, cost = budget_of(tables, budgets), cost_of(tables)
    unit = {r: b if b > 0 else 1.0 for r, b in budget.items()}
    spend_terms: dict[str, dict[int, float]] = {r: {} for r in budget}
    for r, b in budget.items():
        for (name, _), a in x.items():
            if (name, r) in cost:
                spend_terms[r][a] = cost[name, r] / unit[r]
        lp.at_most(spend_terms[r], b / unit[r])

    for rule in tables.rules:
        if rule["kind"] not in ("floor", "cap"):
            raise NotImplementedError(f"rule: {rule}")
        check_key(tables, rule)
        of = rule["of"]
        if of == "closed":
            group = [pair for pair in gaps if gap_counts_for(tables, rule, pair)]
            terms = {z[pair]: 1.0 for pair in group}
            bound = limit(rule, sum(gaps[pair] for pair in group))
        else:
            terms = {
                a: spend_terms[of][a]
                for (m, target), a in x.items()
                if a in spend_terms[of] and spend_counts_for(tables, rule, owner[m, target], target)
            }
            bound = limit(rule, budget[of]) / unit[of]
        if rule["kind"] == "floor":
            lp.at_least(terms, bound)
        else:
            lp.at_most(terms, bound)

    first = lp.minimise({z[pair]: -v for pair, v in priorities.items()})
    total_spend: dict[int, float] = {}
    for r, of_resource in spend_terms.items():
        if budget[r] > 0:
            for a, share_of in of_resource.items():
                total_spend[a] = total_spend.get(a, 0.0) + share_of
    second = lp.minimise(total_spend, tight=first)
    objective = -float(first.fun)
    value = total({z[pair]: v for pair, v in priorities.items()}, second.x)
    if abs(value - objective) > 1e-9 * max(1.0, objective):
        raise RuntimeError(f"the second stage left the optimum: {value} for {objective}")

    closed = {pair: float(second.x[i]) for pair, i in z.items()}
    moved = matrix.copy()
    for i, t in enumerate(tracks):
        for j, f in enumerate(factors):
            worst, best = scale(tables.factors[j])
            moved[i, j] += closed[t, f] * (best - worst)
    after = METHODS[method](moved, w, better)
    total_gap = sum(priorities[pair] * gap for pair, gap in gaps.items())
    return Answer(
        weights=dict(zip(factors, w.tolist(), strict=True)),
        consistency=consistency,
        scores=dict(zip(tracks, score.tolist(), strict=True)),
        ranks=dict(zip(tracks, competition_ranks(score), strict=True)),
        level_now=level_now,
        gaps=gaps,
        priorities=priorities,
        objective=objective,
        closed_share=objective / total_gap if total_gap > 0 else math.nan,
        least_spend=float(second.fun),
        spend={r: unit[r] * total(terms, second.x) for r, terms in spend_terms.items()},
        levels={app: float(second.x[a]) for app, a in x.items()},
        closed=closed,
        score_after=dict(zip(tracks, after.tolist(), strict=True)),
        rank_after=dict(zip(tracks, competition_ranks(after), strict=True)),
    )


def value_of(folder: Path, *, budgets: Mapping[str, float] | None = None, **choice: Any) -> float:
    """Give the optimal value alone; a price is the difference of two of these per unit."""
    return solve(folder, budgets=budgets, **choice).objective
