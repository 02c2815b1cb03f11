"""Uncertain inputs through to the closed share: exact ranges, and plans protected against what can go wrong.

A fixed plan delivers s at each pair; its share sum v min(g, s) / sum v g rises in s, and over gaps it is found by
Dinkelbach (1967), On nonlinear fractional programming, Management Science 13(7), 492-498. The best share of all plans
over gaps is one linear program (Charnes & Cooper 1962); the worst is at ends of gaps, a whole program over the dual.
Protection: Bertsimas & Sim (2004), The price of robustness, Operations Research 52(1), 35-53.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import comb, floor

import numpy as np

from ..brief import Brief
from ..model.columns import Columns
from ..model.model import INF, Block, Model, padded
from ..model.objectives import closed_at_end, least_spend, value
from ..model.programme import Array, Index, Programme, Rule, sums
from ..solve.allocate import build, closing_all
from ..solve.lexicographic import solve, then
from ..solve.solution import Solver

CLOSE = 1e-12
"""Change of a share at which Dinkelbach's steps end."""
STEPS = 60
"""Steps of Dinkelbach at most: they are superlinear."""
MEET = 1e-9
"""Share of the value by which bounds of a protected plan may be apart."""


@dataclass
class Draft:
    """A program that is put together row by row: maximise *objective* over columns within bounds."""

    objective: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[Index, Array, float, float]] = field(default_factory=list)

    def columns(self, objective: Array, lower: Array | float, upper: Array | float, whole: bool = False) -> Index:
        """Add columns; return their numbers."""
        first, size = len(self.objective), len(objective)
        self.objective += objective.tolist()
        self.lower += np.broadcast_to(lower, size).tolist()
        self.upper += np.broadcast_to(upper, size).tolist()
        self.whole += [whole] * size
        return np.arange(first, first + size)

    def row(self, columns: Sequence[int] | Index, values: Sequence[float] | Array, low: float, high: float) -> None:
        """Add a row."""
        self.rows.append((np.asarray(columns, dtype=np.int64), np.asarray(values, dtype=float), low, high))

    def model(self) -> Model:
        """Return the program."""
        order = [np.argsort(columns, kind="stable") for columns, *_ in self.rows]
        sizes = [len(columns) for columns, *_ in self.rows]
        none = [np.empty(0)]
        return Model(
            objective=np.array(self.objective),
            column_lower=np.array(self.lower),
            column_upper=np.array(self.upper),
            row_lower=np.array([low for *_, low, _ in self.rows]),
            row_upper=np.array([high for *_, high in self.rows]),
            start=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            column=np.concatenate([*none, *(c[o] for (c, *_), o in zip(self.rows, order, strict=True))]).astype(
                np.int64
            ),
            value=np.concatenate([*none, *(v[o] for (_, v, *_), o in zip(self.rows, order, strict=True))]),
            integer=np.array(self.whole, dtype=bool),
            blocks=(Block("rows", len(self.rows)),),
            label_columns=list,
            label_rows=list,
        )


# --- a fixed plan -----------------------------------------------------------------------------------------------------


def fixed_share(delivered: Array, priority: Array, low: Array, high: Array, *, worst: bool) -> tuple[float, Array]:
    """Return the worst or the best share of what is delivered (K,) over gaps from *low* to *high*, and the gaps.

    Per pair v (min(g, s) - rho g) is least at an end, and largest at s within the ends where rho < 1; until rho stands.
    """
    v, s = priority, delivered
    gap = high if worst else np.clip(s, low, high)
    rho = 0.0
    for _ in range(STEPS):
        whole = float(v @ gap)
        new = float(v @ np.minimum(gap, s)) / whole if whole > 0 else 1.0
        if abs(new - rho) <= CLOSE:
            return new, gap
        rho = new

        def worth(at: Array, rho: float = rho) -> Array:
            return np.asarray(v * (np.minimum(at, s) - rho * at))

        best = np.clip(s, low, high) if rho < 1 else low
        gap = np.where(worth(low) < worth(high), low, high) if worst else best
    return rho, gap


def counted(programme: Programme, delivered: Array, gap: Array, solver: Solver) -> Array:
    """Return what counts of gaps (K,) as closed by the end: what is delivered (K,), as far as caps allow.

    Where a cap on closed gaps allows less, the pairs that weigh most count: a small linear program.
    """
    ends = [rule for rule in _caps(programme) if _period(programme, rule) == len(programme.periods) - 1]
    closed = np.minimum(gap, delivered)[None]
    return np.asarray(_counted(programme, closed, [(rule, 0) for rule in ends], np.ones(1), solver)[0])


def worth_of(programme: Programme, delivered: Array, solver: Solver) -> float:
    """Return the value of what is delivered by each period, (P, K), as far as caps on closed gaps let it count."""
    p = programme
    caps = [(rule, _period(p, rule)) for rule in _caps(p)]
    closed = _counted(p, np.minimum(p.gap.ravel(), delivered), caps, p.timing, solver)
    return float(p.priority.ravel() @ (p.timing @ closed))


def _caps(p: Programme) -> list[Rule]:
    return [rule for rule in p.rules if rule.kind == "cap" and rule.of is None]


def _period(p: Programme, rule: Rule) -> int:
    return len(p.periods) - 1 if rule.period is None else rule.period


def _counted(p: Programme, closed: Array, caps: list[tuple[Rule, int]], timing: Array, solver: Solver) -> Array:
    """Return the most valuable part of *closed* (Q, K) that keeps caps on rows of it; what is closed stays closed."""
    if all(float(closed[q, rule.members].sum()) <= rule.amount for rule, q in caps):
        return closed
    draft = Draft()
    z = draft.columns(np.outer(timing, p.priority.ravel()).ravel(), 0.0, closed.ravel()).reshape(closed.shape)
    for rule, q in caps:
        draft.row(z[q, rule.members], np.ones(len(rule.members)), -INF, max(rule.amount, 0.0))
    if p.decay == 0:
        for pair in zip(z[:-1].ravel(), z[1:].ravel(), strict=True):
            draft.row(np.array(pair), [1.0, -1.0], -INF, 0.0)
    return solve(draft.model(), solver).solution.x.reshape(closed.shape)


def caps_closed(programme: Programme) -> bool:
    """Whether a rule caps what counts as closed."""
    return bool(_caps(programme))


# --- the best plan ----------------------------------------------------------------------------------------------------


def best_share(programme: Programme, low: Array, high: Array, solver: Solver) -> float:
    """Return the best share of the best plan over gaps (T, F) from *low* to *high*: one linear program.

    All is multiplied by an added column t, so that the weighted gap is 1: maximise sum v z, sum v g = 1, where
    low t <= g <= high t and the rest keeps its rows and bounds times t.
    """
    c = Columns(replace(programme, gap=high))
    p, model = c.programme, build(c)
    v = p.priority.ravel()
    draft = Draft()
    x = draft.columns(closed_at_end(c), 0.0, INF)
    gap = draft.columns(np.zeros(len(p.open_pairs)), 0.0, INF)
    (t,) = draft.columns(np.zeros(1), 0.0, INF)
    for i in range(len(model.row_lower)):
        at = slice(model.start[i], model.start[i + 1])
        for bound, lower, upper in ((model.row_upper[i], -INF, 0.0), (model.row_lower[i], 0.0, INF)):
            if np.isfinite(bound):
                draft.row(np.append(x[model.column[at]], t), np.append(model.value[at], -bound), lower, upper)
    closed = range(c.first["closed"], c.first["closed"] + c.sizes["closed"])
    for j in range(c.number):
        if j in closed:
            draft.row([x[j], gap[(j - closed.start) % len(gap)]], [1.0, -1.0], -INF, 0.0)
        elif np.isfinite(model.column_upper[j]):
            draft.row([x[j], t], [1.0, -model.column_upper[j]], -INF, 0.0)
        if model.column_lower[j] > 0:
            draft.row([x[j], t], [1.0, -model.column_lower[j]], 0.0, INF)
    ends = zip(low.ravel()[p.open_pairs], high.ravel()[p.open_pairs], strict=True)
    for k, (least, most) in enumerate(ends):
        draft.row([gap[k], t], [1.0, -most], -INF, 0.0)
        draft.row([gap[k], t], [1.0, -least], 0.0, INF)
    draft.row(gap, v[p.open_pairs], 1.0, 1.0)
    return solve(draft.model(), solver).value


def worst_share(programme: Programme, low: Array, high: Array, solver: Solver) -> tuple[float, bool]:
    """Return the worst share of the best plan over gaps (T, F) from *low* to *high*, and whether it is exact.

    Gaps are at ends, gap = low + d (high - low). For a share rho the least of best value - rho sum v gap is a whole
    program over the dual, d eta linear: o >= eta - v (1 - d), eta in [0, v]; until rho stands.
    """
    c = Columns(replace(programme, gap=high))
    p, model = c.programme, build(c)
    v = p.priority.ravel()[p.open_pairs]
    least, most = low.ravel()[p.open_pairs], high.ravel()[p.open_pairs]
    objective = closed_at_end(c)
    rho, exact = 1.0, True
    gap = most
    for _ in range(STEPS):
        upper = model.column_upper.copy()
        for q in range(len(p.periods)):
            upper[c.closed(q, np.arange(len(gap)))] = gap
        whole = float(v @ gap)
        best = solve(replace(model, objective=objective, column_upper=upper), solver).value
        new = best / whole if whole > 0 else 1.0
        if rho - new <= CLOSE:
            return min(rho, new), exact
        rho = new
        found = solver(_dual(c, model, objective, v, least, most, rho))
        if found.status not in ("optimal", "feasible"):
            return rho, False
        exact = found.status == "optimal"
        gap = np.where(found.x[-len(gap) :] > 0.5, most, least)
    return rho, exact


def _dual(c: Columns, model: Model, objective: Array, v: Array, least: Array, most: Array, rho: float) -> Model:
    """Return the least of (dual objective - rho sum v gap) over duals and ends of gaps, as a maximisation."""
    draft = Draft()
    up, down = np.isfinite(model.row_upper), np.isfinite(model.row_lower)
    yu = draft.columns(-np.where(up, model.row_upper, 0.0), 0.0, np.where(up, INF, 0.0))
    yl = draft.columns(np.where(down, model.row_lower, 0.0), 0.0, np.where(down, INF, 0.0))
    closed = np.zeros(c.number, dtype=bool)
    closed[c.first["closed"] : c.first["closed"] + c.sizes["closed"]] = True
    bounded = np.isfinite(model.column_upper) & ~closed
    du = draft.columns(-np.where(bounded, model.column_upper, 0.0), 0.0, np.where(bounded, INF, 0.0))
    size, periods = len(v), len(c.programme.periods)
    eta = draft.columns(-np.tile(least, periods), 0.0, np.tile(v, periods))
    o = draft.columns(-np.tile(most - least, periods), 0.0, np.tile(v, periods))
    d = draft.columns(rho * v * (most - least), 0.0, 1.0, whole=True)
    by_column = np.argsort(model.column, kind="stable")
    ends = np.searchsorted(model.column[by_column], np.arange(c.number + 1))
    for j in range(c.number):
        entries = by_column[ends[j] : ends[j + 1]]
        i, a = model.row[entries], model.value[entries]
        own = eta[j - c.first["closed"]] if closed[j] else du[j]
        draft.row(np.concatenate([yu[i], yl[i], [own]]), np.concatenate([a, -a, [1.0]]), float(objective[j]), INF)
    for q in range(periods):
        for k in range(size):
            draft.row([o[q * size + k], eta[q * size + k], d[k]], [1.0, -1.0, -v[k]], -v[k], INF)
    return draft.model()


def overspent(programme: Programme, spend: Array, budget: Array) -> Array:
    """Return by how much spend goes beyond budgets and what was carried over, below 0 what is left: (R, P) each.

    What is overspent in a period is not taken off the next one.
    """
    beyond = np.empty_like(spend)
    carried = np.zeros(len(spend))
    for q in range(spend.shape[1]):
        beyond[:, q] = spend[:, q] - budget[:, q] - carried
        carried = programme.carry * np.maximum(-beyond[:, q], 0.0)
    return beyond


# --- protection -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Protected(Brief):
    """A plan protected against so many measures that disappoint.

    Attributes
    ----------
    gamma : how many.
    value : of the plan in the worst case; `nominal` if nothing disappoints.
    level : (A, P).
    worst : measures that hurt it most, of effects.
    """

    gamma: float
    value: float
    nominal: float
    level: Array
    worst: tuple[str, ...] = ()


def measures_of(programme: Programme) -> tuple[list[str], Index]:
    """Return the measures, and the number of that of each application."""
    number: dict[str, int] = {}
    of = [number.setdefault(a.measure, len(number)) for a in programme.applications]
    return list(number), np.array(of, dtype=np.int64)


def closed_by(programme: Programme, level: Array, solver: Solver, lost: Iterable[str] = (), fall: float = 0.0) -> float:
    """Return the weighted gap that levels (A, P) close by the end where effects of the measures *lost* fall by a share.

    Without a discount that is their value.
    """
    hit = np.isin([a.measure for a in programme.applications], list(lost))
    kept = np.where(hit[programme.segment_application[programme.effect_segment]], 1.0 - fall, 1.0)
    p = replace(programme, effect=programme.effect * kept)
    c = Columns(p)
    x = np.zeros(c.number)
    x[: c.sizes["level"]] = c.in_order(level).ravel()
    closed = counted(p, c.delivered(x, len(p.periods) - 1).ravel(), p.gap.ravel(), solver)
    return float(p.priority.ravel() @ closed)


def against_costs(programme: Programme, gamma: float, rise: float, solver: Solver) -> Protected:
    """Return the best plan that keeps every budget when the costs of any *gamma* measures rise by the share *rise*.

    For every resource and period:  sum c x + gamma q + sum_m p[m] <= B,  q + p[m] >= rise sum_{a of m} c x.
    """
    c = Columns(programme)
    p, model = programme, build(c)
    names, number = measures_of(p)
    draft = _drafted(model, value(c))
    block = model.block("budget")
    for at, i in enumerate(range(block.start, block.stop)):
        r, q = at % len(p.resources), at // len(p.resources)
        (share,) = draft.columns(np.zeros(1), 0.0, INF)
        each = draft.columns(np.zeros(len(names)), 0.0, INF)
        columns, values, _, high = draft.rows[i]
        draft.rows[i] = (
            np.concatenate([columns, [share], each]),
            np.concatenate([values, [gamma], np.ones(len(names))]),
            -INF,
            high,
        )
        unit = p.cost[p.segment_application, r, q]
        for m in range(len(names)):
            segments = np.flatnonzero((number[p.segment_application] == m) & (unit > 0))
            if len(segments):
                paid = p.paid_for(q)[p.segment_application[segments]]
                draft.row(
                    np.concatenate([[share, each[m]], c.level(paid, segments)]),
                    np.concatenate([[1.0, 1.0], -rise * unit[segments]]),
                    0.0,
                    INF,
                )
    made = draft.model()
    stage = then(solve(made, solver), padded(least_spend(c), made), solver)
    x = closing_all(c, model, np.clip(stage.solution.x[: c.number], model.column_lower, model.column_upper))
    worth = float(value(c) @ x)
    return Protected(gamma, worth, worth, c.levels(x))


def _drafted(model: Model, objective: Array) -> Draft:
    draft = Draft(objective.tolist(), model.column_lower.tolist(), model.column_upper.tolist(), model.integer.tolist())
    for i in range(len(model.row_lower)):
        at = slice(model.start[i], model.start[i + 1])
        draft.row(model.column[at], model.value[at], float(model.row_lower[i]), float(model.row_upper[i]))
    return draft


def overrun(gamma: float, measures: int) -> float:
    """Bound the risk that a protected budget breaks, costs independent and symmetric (Bertsimas & Sim, thm 3).

    (1 - mu) b(floor nu) + sum over l > floor nu of b(l); nu = (gamma + n) / 2, mu = nu - floor nu, b(l) = C(n, l) / 2^n

    >>> overrun(0, 1), overrun(3, 3)
    (0.75, 0.125)
    """
    n = measures
    nu = (gamma + n) / 2
    low = floor(nu)
    mu = nu - low

    def b(one: int) -> float:
        return comb(n, one) / 2**n if one <= n else 0.0

    return min((1 - mu) * b(low) + sum(b(one) for one in range(low + 1, n + 1)), 1.0)


def worst_effects(programme: Programme, level: Array, gamma: int, fall: float, solver: Solver) -> tuple[float, Index]:
    """Return the least value of levels (A, P) when effects of any *gamma* measures fall by a share, and which.

    A small whole program: minimise sum v min(g, s - fall sum_m u[m] s_m), u of 0 or 1, at most gamma of them. The least
    of min is linear with a switch b a pair:  z >= g (1 - b),  z >= s' - most (1 - b).
    """
    p, c = programme, Columns(programme)
    names, number = measures_of(p)
    x = np.zeros(c.number)
    x[: c.sizes["level"]] = c.in_order(level).ravel()
    of = number[p.segment_application[p.effect_segment]]
    timing = p.timing
    draft = Draft()
    u = draft.columns(np.zeros(len(names)), 0.0, 1.0, whole=True)
    draft.row(u, np.ones(len(names)), -INF, float(gamma))
    v, gap = p.priority.ravel(), p.gap.ravel()
    for q in range(len(p.periods)):
        flow = c.flows(x, q)
        whole = sums(p.effect_pair, flow, p.gap.size)
        for k in np.flatnonzero((v > 0) & (gap > 0)).tolist():
            mine = np.flatnonzero((p.effect_pair == k) & (flow > 0))
            lost = fall * sums(of[mine], flow[mine], len(names))
            most = float(whole[k])
            (z,) = draft.columns(np.array([-timing[q] * v[k]]), 0.0, float(gap[k]))
            if most <= 0:
                continue
            (b,) = draft.columns(np.zeros(1), 0.0, 1.0, whole=True)
            hit = np.flatnonzero(lost)
            # b = 0: z >= gap; b = 1: z >= most - lost
            draft.row([z, b], [1.0, float(gap[k])], float(gap[k]), INF)
            draft.row(np.concatenate([[z, b], u[hit]]), np.concatenate([[1.0, -most], lost[hit]]), 0.0, INF)
    found = solve(draft.model(), solver)
    return -found.value, np.flatnonzero(found.solution.x[u] > 0.5)


def against_effects(programme: Programme, gamma: int, fall: float, solver: Solver) -> Protected:
    """Return the plan whose value is largest when effects of any *gamma* measures fall by the share *fall*.

    The worst set for the plan in hand is added as a scenario with closed gaps of its own, until the bounds meet.
    """
    p, c = programme, Columns(programme)
    model = build(c)
    names, number = measures_of(p)
    of = number[p.segment_application[p.effect_segment]]
    sets: list[Index] = [np.empty(0, np.int64)]
    best: tuple[float, Array, Index] | None = None
    while True:
        draft = _drafted(model, np.zeros(c.number))
        (worst,) = draft.columns(np.ones(1), -INF, INF)
        closing = model.block("closing")
        worth = value(c)
        for lost in sets:
            kept = np.where(np.isin(of, lost), 1.0 - fall, 1.0)
            mine = build(Columns(replace(p, effect=p.effect * kept)))
            ends = model.column_upper[c.first["closed"] :][: c.sizes["closed"]]
            z = draft.columns(np.zeros(c.sizes["closed"]), 0.0, ends)
            number_of = np.arange(c.number)
            number_of[c.first["closed"] : c.first["closed"] + c.sizes["closed"]] = z
            for i in range(closing.start, closing.stop):
                at = slice(mine.start[i], mine.start[i + 1])
                draft.row(number_of[mine.column[at]], mine.value[at], -INF, float(mine.row_upper[i]))
            count = np.flatnonzero(worth)
            draft.row(np.append(number_of[count], worst), np.append(worth[count], -1.0), 0.0, INF)
        made = draft.model()
        stage = then(solve(made, solver), padded(least_spend(c), made), solver)
        bound = float(stage.solution.x[worst])
        x = stage.solution.x[: c.number].copy()
        level = c.levels(x)
        reached, hit = worst_effects(p, level, gamma, fall, solver)
        size = max(abs(bound), 1e-12)
        if best is None or reached > best[0]:
            best = (reached, level, hit)
        known = any(np.array_equal(hit, one) for one in sets)
        if bound - best[0] <= MEET * size or known:
            nominal = worst_effects(p, best[1], 0, fall, solver)[0]
            return Protected(gamma, best[0], nominal, best[1], tuple(names[m] for m in best[2]))
        sets.append(hit)
