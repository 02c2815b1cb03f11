"""The joint: a case's scores become weights, a ranking, gaps and priorities; priorities become a plan.

This module alone knows both `saidao.mcda` and `saidao.optimize`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from string import Formatter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from . import arrays, mcda, optimize
from .arrays import Array, Decision
from .case import Case, load_case
from .case.checks import reaches
from .case.tables import Factor, Judge, Resource, Stance
from .errors import CaseError, Conflict, Disproved, Infeasible, Problem, Unfinished, nearest, stopped
from .mcda.brief import Brief
from .mcda.checks import shares
from .mcda.labels import by_label
from .mcda.pairwise import grouped, grown
from .mcda.tree import DATA, tree_weights
from .optimize.solvers import Solver
from .plans import Plan
from .views import Seen, seen
from .words import WORDS

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    WeightsLike = str | Mapping[str, float] | pd.Series[float] | mcda.Weights

WORST_OF = ("robust", "regret")
"""Objectives that look at several weights: the schemes of `Settings.over`, or the vertices of `Settings.region`."""
STANCES: tuple[str, ...] = get_args(Stance)
TICKS = ("strength", "shortcoming")


@dataclass(frozen=True)
class Settings:
    """What a run was asked: the case's defaults, overridden by the caller. None takes the method's own default.

    `tick_level` is the case's own.
    """

    weights: str
    method: str
    stance: str
    objective: str
    ticks: str
    tick_level: float
    random_index: str
    prioritisation: str
    aggregation: str
    missing: str | None
    normalisation: str | None
    options: Mapping[str, Any]
    budgets: Mapping[str, float]
    lock: Mapping[str, float]
    forbid: tuple[str, ...]
    over: tuple[str, ...]
    region: tuple[str, ...]
    save: str | None

    @property
    def ranking(self) -> dict[str, Any]:
        """Options of the ranking method."""
        named = {} if self.normalisation is None else {"normalisation": self.normalisation}
        return {**named, **self.options}

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        mappings = {name: dict(getattr(self, name)) for name in ("options", "budgets", "lock")}
        plain = asdict(replace(self, options={}, budgets={}, lock={}))
        lists = {name: list(getattr(self, name)) for name in ("forbid", "over", "region")}
        return {**plain, **lists, **mappings}


def settings(
    case: Case,
    *,
    weights: WeightsLike | None = None,
    method: str | None = None,
    stance: str | None = None,
    objective: str | None = None,
    ticks: str | None = None,
    random_index: str | None = None,
    prioritisation: str = "eigenvector",
    aggregation: str | None = None,
    missing: str | None = None,
    normalisation: str | None = None,
    budgets: Mapping[str, float] | None = None,
    lock: Mapping[str, float] | None = None,
    forbid: Iterable[str] | None = None,
    over: Iterable[str] = (),
    region: Iterable[str] = (),
    save: str | None = None,
    **options: Any,
) -> Settings:
    """Fill the caller's choices up with the case's defaults, and check their names.

    *options* are the method's own, such as SPOTIS's ``bounds``; what is given by factor is put into their order.
    """
    default = case.settings
    resources = [row.resource for row in case.rows(Resource)]
    goal = objective or default.objective
    first = resources[0] if resources else None
    chosen = Settings(
        weights=default.weights if weights is None else weights if isinstance(weights, str) else "given",
        method=method or default.method,
        stance=stance or default.stance,
        objective=goal,
        ticks=ticks or default.ticks,
        tick_level=default.tick_level,
        random_index=random_index or default.random_index,
        prioritisation=prioritisation,
        aggregation=aggregation or default.aggregation,
        missing=missing or default.missing or None,
        normalisation=normalisation,
        options=MappingProxyType(_by_factor(case, options)),
        budgets=MappingProxyType(dict(budgets or {})),
        lock=MappingProxyType(default.locks if lock is None else dict(lock)),
        forbid=default.forbid if forbid is None else _listed(forbid),
        over=_listed(over),
        region=_listed(region),
        save=save or (default.save or first if goal.startswith("reach") else None),
    )
    valid: dict[str, tuple[str, ...]] = {
        "weights": (*mcda.schemes(), *(["given"] if weights is not None and not isinstance(weights, str) else [])),
        "method": tuple(mcda.methods()),
        "stance": STANCES,
        "objective": ("weighted", "maxmin", "reach=SHARE", *WORST_OF),
        "ticks": TICKS,
        "random_index": tuple(mcda.RANDOM_INDEX),
        "prioritisation": tuple(mcda.PRIORITISATIONS),
        "aggregation": tuple(mcda.AGGREGATIONS),
        **({"missing": tuple(mcda.COMPLETIONS)} if chosen.missing else {}),
    }
    problems = [
        Problem("choice", name, found=str(value), details=_choice(value, names))
        for name, names in valid.items()
        if ((value := getattr(chosen, name)) not in names or "=" in str(value))
        and not (name == "objective" and reaches(str(value)))
    ]
    problems += [
        Problem("choice", "over", found=name, details=_choice(name, tuple(mcda.schemes())))
        for name in chosen.over
        if name not in mcda.schemes()
    ]
    problems += [
        Problem("list_twice", key, found=name)
        for key, listed in (("over", chosen.over), ("region", chosen.region), ("forbid", chosen.forbid))
        for n, name in enumerate(listed)
        if name in listed[:n]
    ]
    if (chosen.over or chosen.region) and chosen.objective not in WORST_OF:
        option = "over" if chosen.over else "region"
        details = {"option": " / ".join(f"objective={name}" for name in WORST_OF)}
        found = ", ".join(chosen.over or chosen.region)
        problems.append(Problem("needs_option", option, found=found, details=details))
    problems += region_problems(chosen)
    if save and not chosen.objective.startswith("reach"):
        problems.append(Problem("needs_option", "save", found=save, details={"option": "objective=reach=SHARE"}))
    elif chosen.save and chosen.save not in resources:
        problems.append(Problem("choice", "save", found=chosen.save, details=_choice(chosen.save, tuple(resources))))
    own = mcda.methods()[chosen.method].options if chosen.method in mcda.methods() else options
    names = (*own, *(field.name for field in fields(Settings) if field.name not in ("options", "tick_level")))
    problems += [
        Problem("choice", "options", found=name, details=_choice(name, names)) for name in options if name not in own
    ]
    for name, amount in chosen.budgets.items():
        if name not in resources:
            problems.append(Problem("choice", "budgets", found=name, details=_choice(name, tuple(resources))))
        elif not (isinstance(amount, int | float | np.number) and np.isfinite(amount) and amount >= 0):
            problems.append(Problem("at_least", "budgets", None, name, str(amount), {"bound": 0}))
    problems += [
        Problem("at_least", "lock", None, name, str(level), {"bound": 0})
        for name, level in chosen.lock.items()
        if not (isinstance(level, int | float | np.number) and np.isfinite(level) and level >= 0)
    ]
    if problems:
        raise CaseError(problems)
    return chosen


def region_problems(chosen: Settings) -> list[Problem]:
    """Return that a region of weights is named with a stance under which priorities are not linear in the weights."""
    bent = chosen.region and chosen.stance != "even"
    return [Problem("region_stance", "region", found=chosen.stance)] if bent else []


def _listed(names: Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _by_factor(case: Case, options: Mapping[str, Any]) -> dict[str, Any]:
    """Put what is given by factor into the factors' order; the rest stays as it is."""
    try:
        return {name: by_label(f"option {name}", value, case.factor_ids) for name, value in options.items()}
    except mcda.InputError as error:
        raise told(error) from None


def _choice(value: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {"choices": ", ".join(names) or "-", "nearest": nearest(str(value), names)}


def told(error: mcda.InputError, data: Decision | None = None) -> CaseError:
    """Tell an error of the array level in the case's names."""
    where = error.where
    for kind, name, labels in (
        ("criterion", "factor", data.factors if data else ()),
        ("alternative", "track", data.tracks if data else ()),
    ):
        for number in range(len(labels), 0, -1):
            where = where.replace(f"{kind} number {number}", f"{name} {labels[number - 1]}")
    details = {"expected": error.expected, "remedy": error.remedy, "pair": where, "nearest": error.close}
    code = error.code if _fit(error.code, {"found", *details}) else "input"
    return CaseError([Problem(code, where, found=error.found, details=details)])


def _fit(code: str, known: set[str]) -> bool:
    """Tell whether there are words for a code, that ask for nothing but what is known: another error may share it."""
    words = [text for part in ("expected", "remedy") for text in WORDS.get(f"{code}.{part}", ())]
    return bool(words) and {name for text in words for _, name, _, _ in Formatter().parse(text) if name} <= known


def factor_weights(
    case: Case,
    data: Decision,
    weights: WeightsLike | None,
    chosen: Settings,
    judgements: Mapping[str, Any] = MappingProxyType({}),
) -> mcda.Weights:
    """Weigh the factors as the settings say."""
    names = ("track", "factor")
    if chosen.weights == "given" or (weights is not None and not isinstance(weights, str)):
        return _given_weights(data.factors, weights)
    options = dict(judgements)
    if chosen.weights == "direct" and "weights" not in options:
        options["weights"] = _direct(case)
    elif chosen.weights == "ahp":
        if "pairwise" not in options:
            return _from_judgements(case, data.factors, chosen)
        own = ("random_index", "prioritisation", "missing")
        options = {**{name: getattr(chosen, name) for name in own}, **options}
    try:
        if len(case.children) > 1 and mcda.schemes()[chosen.weights].needs != DATA:
            whole = tree_weights(chosen.weights, case.children, options)
            array = np.array([whole[f] for f in data.factors])
            return mcda.Weights(data.factors, array, chosen.weights, MappingProxyType(options), names=names)
        found = mcda.weigh(data.scores, data.directions, chosen.weights, criteria=data.factors, **options)
    except mcda.InputError as error:
        raise told(error, data) from None
    return replace(found, names=names)


def _direct(case: Case) -> dict[str, float]:
    """Return the column `weight` of the factors: of each that is weighed against others, at every node of a tree."""
    weight = {row.factor: row.weight for row in case.rows(Factor)}
    compared = [f for children in case.children.values() if len(children) > 1 for f in children] or case.factor_ids
    blank = [f for f in compared if weight[f] is None]
    if blank:
        raise CaseError(
            [Problem("no_direct_weights", "factors.csv", None, "weight", details={"factors": ", ".join(blank)})]
        )
    return {f: float(weight[f] or 0.0) for f in compared}


def _given_weights(factors: tuple[str, ...], weights: Any) -> mcda.Weights:
    """Take weights by factor from a mapping, a Series or `Weights`: each factor once, and nothing else."""
    expected = {"factors": ", ".join(factors)}
    if isinstance(weights, mcda.Weights):
        labels, values = list(weights.criteria), weights.array.tolist()
    else:
        try:
            pairs = list(weights.items())
        except (AttributeError, TypeError):
            raise CaseError([Problem("option_factors", "weights", found=repr(weights), details=expected)]) from None
        labels, values = [label for label, _ in pairs], [value for _, value in pairs]
    names = [str(label) for label in labels]
    problems = [
        Problem("option_factors", "weights", found=name, details={**expected, "nearest": nearest(name, factors)})
        for name in names
        if name not in factors
    ] + [Problem("option_factors", "weights", None, name, details=expected) for name in factors if name not in names]
    problems += [
        Problem("option_twice", "weights", None, name, found=name)
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    try:
        numbers = np.array(values, dtype=float)
    except (TypeError, ValueError):
        raise CaseError([Problem("option_factors", "weights", found=repr(weights), details=expected)]) from None
    if not problems and not (np.isfinite(numbers).all() and (numbers >= 0).all() and numbers.sum() > 0):
        listed = ", ".join(f"{name}={value:g}" for name, value in zip(names, numbers, strict=True))
        problems.append(Problem("bad_weight", "weights", found=listed))
    if problems:
        raise CaseError(problems)
    array = np.array(by_label("weights", dict(zip(names, numbers.tolist(), strict=True)), factors))
    return mcda.Weights(factors, array / array.sum(), "given", given=array, names=("track", "factor"))


def _from_judgements(case: Case, factors: tuple[str, ...], chosen: Settings) -> mcda.Weights:
    """Weigh the factors by the case's own judgements: those of all judges, at every node of the tree."""
    judge_weight = {row.judge: row.weight for row in case.rows(Judge)}
    nodes: dict[Any, mcda.Group] = {}
    problems = []
    for node, children in case.children.items():
        given = {}
        for judgement in case.judged(node):
            order = [judgement.labels.index(f) for f in children]
            try:
                given[judgement.judge] = mcda.reciprocal_matrix(judgement.matrix[np.ix_(order, order)], children)[0]
            except mcda.InputError as error:
                details = {"pair": error.where.removeprefix("pairwise, ")}
                problems.append(Problem(error.code, judgement.file, found=error.found, details=details))
        if len(children) == 1:
            given = given or {"": np.ones((1, 1))}  # an only child needs no judge
        elif not case.judged(node):
            details = {"factors": ", ".join(children)}
            problems.append(Problem("no_judgements", "judgements", found=", ".join(case.judgements), details=details))
        if problems:
            continue
        try:
            v = shares([judge_weight.get(judge, 1.0) for judge in given], tuple(given))[0]
            nodes[node] = grouped(
                np.array(list(given.values())), children, tuple(given), v,
                chosen.aggregation, chosen.prioritisation, chosen.random_index, chosen.missing,
            )  # fmt: skip
        except mcda.InputError as error:
            raise told(error) from None
    if problems:
        raise CaseError(problems)
    tree = grown(nodes)
    options = {name: getattr(chosen, name) for name in ("prioritisation", "random_index", "aggregation", "missing")}
    return mcda.Weights(
        factors, np.array([tree.whole[f] for f in factors]), "ahp", MappingProxyType(options),
        consistency=tree.consistency, hierarchy=tree, names=("track", "factor"),
    )  # fmt: skip


def _ranking(data: Decision, scores: Array, weights: mcda.Weights, chosen: Settings) -> mcda.Ranking:
    """Rank a score matrix; `mcda.InputError` where the method is not defined for it."""
    found = mcda.rank(scores, weights.array, data.directions, chosen.method, **chosen.ranking)
    return replace(found, alternatives=data.tracks, weights=weights, names=("track", "factor"))


def stances(scores: Array, method: str, name: str) -> Array:
    """Priority of each track, mean 1, from published scores (..., T), vector by vector.

    ``even``: 1; ``leaders``: the score c; ``laggards``: max c + min c - c. c is turned so that higher is better, and
    min-max scaled to [0, 1] where the method does not yield [0, 1] itself. If all are 0: even.
    """
    if name == "even":
        return np.ones_like(scores)
    entry = mcda.methods()[method]
    low, high = scores.min(axis=-1, keepdims=True), scores.max(axis=-1, keepdims=True)
    c = high + low - scores if entry.better == "lower" else scores
    if not entry.unit_interval:
        c = np.divide(c - low, high - low, out=np.zeros_like(c), where=high > low)
        low, high = c.min(axis=-1, keepdims=True), c.max(axis=-1, keepdims=True)
    pi = c if name == "leaders" else high + low - c
    mean = pi.mean(axis=-1, keepdims=True)
    return np.asarray(np.divide(pi, mean, out=np.ones_like(pi), where=mean > 0))


@dataclass(frozen=True)
class Posed(Brief):
    """What a case asks of the allocation: weights, the ranking before, and the programme.

    `before` is None where the tracks cannot be ranked, though they can be funded; `undefined` says why.
    """

    case: Case
    chosen: Settings
    data: Decision
    weights: mcda.Weights
    before: mcda.Ranking | None
    programme: optimize.Programme
    undefined: tuple[str, ...]

    def priorities(self, weights: Array) -> Array:
        """Priorities v = pi w under each of many weights (K, F), with the ranking's method: (K, T * F).

        Raises `CaseError` where the stance needs scores that the method does not define.
        """
        pi = np.ones((len(weights), len(self.data.tracks)))
        if self.chosen.stance != "even":
            pi = stances(self._scores(weights), self.chosen.method, self.chosen.stance)
        return np.asarray((pi[:, :, None] * weights[:, None, :]).reshape(len(weights), -1))

    def _scores(self, weights: Array) -> Array:
        """Scores under each of many weights; equal ones where these count only factors on which all tracks are equal.

        Raises `CaseError` where the method does not define them.
        """
        try:
            return mcda.rank_many(
                self.data.scores, weights, self.data.directions, self.chosen.method, **self.chosen.ranking
            )[0]
        except mcda.InputError as error:
            if error.code != "all_equal":
                raise told(error, self.data) from None
        if len(weights) > 1:
            return np.concatenate([self._scores(row[None, :]) for row in weights])
        return np.ones((1, len(self.data.tracks)))

    def again(self, chosen: Settings) -> Posed:
        """Pose it under another objective, other budgets, locks and bans: weights and ranking are kept as they are."""
        programme = _programme(self.case, chosen, self.data, self.weights, self.before)
        return replace(self, chosen=chosen, programme=programme)

    def solve(
        self,
        solver: Solver = optimize.highs,
        amend: Callable[[Any], object] | None = None,
        near: Plan | None = None,
    ) -> Plan:
        """Turn the programme into a plan, of equally good ones the nearest to *near*, and rank again."""
        name, _, share = self.chosen.objective.partition("=")
        try:
            views = seen(self, solver, amend) if name in WORST_OF else None
            allocation = optimize.allocate(
                self.programme,
                objective=name,
                share=float(share or 1.0),
                save=0 if self.chosen.save is None else self.programme.resources.index(self.chosen.save),
                solver=solver,
                amend=amend,
                near=None if near is None else near.solved,
                views=None if views is None else views.stated,
            )
        except optimize.InfeasibleProgramme as error:
            raise _infeasible(self.case, self.programme, error) from None
        except optimize.AmendmentError as error:
            raise CaseError([Problem("amendment", "amend", found=error.found)]) from None
        except (optimize.SolverLimit, optimize.SolverFailure) as error:
            raise stopped(error) from None
        return self.planned(allocation, views)

    def most(self, plan: Plan) -> float:
        """Return the largest value of any plan: that of *plan* itself where it was made for the objective weighted."""
        if self.chosen.objective == "weighted":
            return plan.value
        return optimize.allocate(self.programme, solver=plan.solved.task.solver).value

    def planned(self, allocation: optimize.Allocation, views: Seen | None = None) -> Plan:
        """Rank the tracks as an allocation leaves them, by the same method and weights.

        Raises `Disproved` where what the plan shows is not what the case's tables give.
        """
        undefined = list(self.undefined)
        after: mcda.Ranking | None
        try:
            after = _ranking(self.data, self.data.after(allocation.closed), self.weights, self.chosen)
        except mcda.InputError as error:
            after = None  # told in the notes: a method can be undefined once a gap is closed everywhere
            undefined.append(told(error, self.data).problems[0].text())
        made = Plan(
            self.case, self.chosen, self.weights, self.before, after, self.data, allocation,
            (*undefined, *(views.missing if views else ())), views.rows(allocation) if views else (),
        )  # fmt: skip
        denied = made.recounted.disagreements
        if denied:
            raise Disproved(denied)
        return made


def pose(case: Case, chosen: Settings, weights: WeightsLike | None = None) -> Posed:
    """Rankings and gaps become priorities v = pi w, and these a programme."""
    data = arrays.decision(case, chosen.ticks)
    weighed = factor_weights(case, data, weights, chosen)
    undefined: tuple[str, ...] = ()
    before: mcda.Ranking | None
    try:
        before = _ranking(data, data.scores, weighed, chosen)
    except mcda.InputError as error:
        if error.code != "all_equal":
            raise told(error, data) from None
        before = None  # a single track, or equal ones, can be funded though not ranked: all alike, told in the notes
        undefined = (told(error, data).problems[0].text(),)
    return Posed(case, chosen, data, weighed, before, _programme(case, chosen, data, weighed, before), undefined)


def _programme(
    case: Case, chosen: Settings, data: Decision, weights: mcda.Weights, before: mcda.Ranking | None
) -> optimize.Programme:
    scores = np.ones(len(data.tracks)) if before is None else before.score_array
    return arrays.programme(
        case,
        data.gap,
        np.outer(stances(scores, chosen.method, chosen.stance), weights.array),
        weights.array,
        arrays.budgets(case, chosen.budgets),
        lock=chosen.lock,
        forbid=chosen.forbid,
    )


def _infeasible(case: Case, programme: optimize.Programme, error: optimize.InfeasibleProgramme) -> Infeasible:
    """Tell a conflict in the case's names and units."""
    resources = {row.resource: row for row in case.rows(Resource)}
    rules = {rule.name: rule for rule in programme.rules}

    def told(limit: optimize.Limit) -> Conflict:
        label = limit.name.partition("[")[2].removesuffix("]")
        names, units = dict.fromkeys(("en", "zh"), label), dict.fromkeys(("en", "zh"), "")
        of: str | None = None
        if limit.kind == "budget":
            of, _, when = label.partition(",")
            names = {lang: resources[of].name(lang) + (f" ({when})" if when else "") for lang in names}
        elif limit.kind in ("floor", "cap"):
            at = rules[label].of
            of = None if at is None else programme.resources[at]
        elif limit.kind in ("own", "reach"):
            names = dict.fromkeys(names, limit.name)
        if of is not None:
            units = {lang: resources[of].unit_name(lang) for lang in units}
        elif limit.kind in ("lock", "own"):
            units = dict.fromkeys(units, " ")
        to = None if limit.change is None else limit.amount + limit.change
        return Conflict(limit.kind, names, limit.amount, to, units)

    return Infeasible([told(limit) for limit in error.conflict], [told(limit) for limit in error.relaxation])


MONEY = (
    "stance", "objective", "budgets", "lock", "forbid", "over", "region", "save", "time_limit", "solver", "amend",
    "certify",
)  # fmt: skip
"""Options of a plan that a ranking does not rest on."""


def without_money(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of a plan that a ranking rests on too."""
    return {name: value for name, value in options.items() if name not in MONEY}


# --- what users call ------------------------------------------------------------------------------------------------


def weigh(case: Case | str | Path, scheme: WeightsLike | None = None, **options: Any) -> mcda.Weights:
    """Weigh the factors of a case.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, or a folder.
    scheme : a scheme's name (see ``saidao methods``), a mapping or Series by factor; the case's default if left out.
    **options : ``ticks``; AHP's ``random_index``, ``prioritisation``, ``aggregation`` and ``missing``; and the
        judgements that the scheme takes, by factor:
        ``weigh(case, "roc", ranks={"market": 1, "talent": 2, ...})``.

    Returns
    -------
    Weights
        `.values` (Series by factor); for AHP also `.consistency`.

    Raises
    ------
    CaseError
        With every problem found.
    """
    case = load_case(case)
    entry = mcda.schemes().get(scheme or case.settings.weights) if scheme is None or isinstance(scheme, str) else None
    own = set(entry.options) - {"random_index", "prioritisation", "missing"} if entry else set()  # settings, these
    judgements = {key: options.pop(key) for key in list(options) if key in own}
    chosen = settings(case, weights=scheme, **options)
    found = factor_weights(case, arrays.decision(case, chosen.ticks), scheme, chosen, judgements)
    return replace(found, about={"case": case.name, "imputed": case.imputed})


def rank(
    case: Case | str | Path,
    weights: WeightsLike | None = None,
    method: str | None = None,
    **options: Any,
) -> mcda.Ranking:
    """Rank the tracks of a case.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, or a folder.
    weights : a scheme's name, a mapping or Series by factor; the case's default if left out.
    method : a method's name; the case's default if left out.
    **options : ``ticks``, AHP's as in `weigh`, ``normalisation``, and the method's own; what is given
        by factor, such as SPOTIS's ``bounds``, may be a mapping.

    Returns
    -------
    Ranking
        `.scores`, `.ranks` (Series by track), `.steps` (tables by symbol).

    Raises
    ------
    CaseError
        With every problem found.
    """
    case = load_case(case)
    chosen = settings(case, weights=weights, method=method, **options)
    check_ahp(chosen, options)
    data = arrays.decision(case, chosen.ticks)
    weighed = factor_weights(case, data, weights, chosen)
    try:
        found = _ranking(data, data.scores, weighed, chosen)
    except mcda.InputError as error:
        raise told(error, data) from None
    return replace(found, about={"case": case.name, "imputed": case.imputed, "settings": chosen.to_dict()})


def gaps(case: Case | str | Path, ticks: str | None = None) -> pd.DataFrame:
    """Gap between target and present level: DataFrame tracks x factors, in level units (1 is the whole scale)."""
    import pandas as pd

    case = load_case(case)
    data = arrays.decision(case, settings(case, ticks=ticks).ticks)
    return pd.DataFrame(data.gap, index=pd.Index(data.tracks, name="track"), columns=list(data.factors))


def plan(
    case: Case | str | Path,
    weights: WeightsLike | None = None,
    method: str | None = None,
    stance: str | None = None,
    objective: str | None = None,
    budgets: Mapping[str, float] | None = None,
    *,
    solver: Solver = optimize.highs,
    amend: Callable[[Any], object] | None = None,
    time_limit: float | None = None,
    certify: str | None = None,
    **options: Any,
) -> Plan:
    """Allocate the budgets of a case so that the largest weighted gaps close.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, or a folder.
    weights : a scheme's name, a mapping or Series by factor.
    method : ranking method.
    stance : ``leaders``, ``even`` or ``laggards``: how a track's score turns into its priority.
    objective : ``weighted`` (most weighted gap closed), ``maxmin`` (worst track first), ``reach=SHARE`` (least spend
        of one resource that closes this share of the weighted gap at the end), ``robust`` or ``regret`` (the best worst
        case over several weights: the largest least share of what each could have at best, or the least largest loss
        against it).
    budgets : amounts by resource that replace the case's own, in each resource's unit.
    solver : `saidao.optimize.highs`, or any pulp solver by `saidao.optimize.pulp_bridge.through_pulp`.
    amend : a function that adds constraints of one's own to the `pulp.LpProblem` that it is given; they come back in
        the plan, priced and certified.
    time_limit : seconds for plans of whole units (HiGHS); the best plan by then comes back with status ``stopped``.
    certify : ``"exact"`` proves the plan in exact fractions as well, without the solver.
    **options : ``ticks``, AHP's as in `weigh`, ``normalisation``, the method's own as in `rank`;
        ``lock`` (levels by ``MEASURE`` or ``MEASURE@target``) and ``forbid`` (names of measures, or
        ``MEASURE@target``); for ``reach`` ``save``, the resource of which the least is spent (the first if left out),
        before the others as shares of their budgets; for ``robust`` and ``regret`` ``over`` (names of schemes; all if
        left out) or ``region`` (statements about the weights, such as ``"demand >= 0.1"`` or ``"factor >= demand"``,
        see `mcda.region`).

    Whatever is left out takes the case's default.

    Returns
    -------
    Plan
        Tables, prices, certificate; `.model.to_pulp()` hands the program over.

    Raises
    ------
    CaseError
        Bad input, with every problem found.
    Infeasible
        No plan meets every budget and rule.
    Stopped
        The solver stopped at a limit.
    """
    given = {"weights": weights, "method": method, "stance": stance, "objective": objective, "budgets": budgets}
    way = {"solver": solver, "amend": amend, "time_limit": time_limit, "certify": certify}
    case = load_case(case)
    return planned(case, {**given, **way, **options})[1]


def planned(case: Case, options: Mapping[str, Any]) -> tuple[Posed, Plan]:
    """Pose what the options of `plan` ask of a case, and plan it as they say."""
    posed, way = posed_for(case, options)
    return posed, way.plan(posed)


def posed_for(case: Case, options: Mapping[str, Any]) -> tuple[Posed, Way]:
    """Pose what the options of `plan` ask of a case; and how it is to be solved."""
    own = {name: options[name] for name in ("solver", "amend", "time_limit", "certify") if name in options}
    asked = {name: value for name, value in options.items() if name not in own}
    chosen, way = settings(case, **asked), Way.of(**own)
    check_ahp(chosen, asked)
    arrays.check_plannable(case)
    return pose(case, chosen, asked.get("weights")), way


AHP_ONLY = {"random_index": None, "prioritisation": "eigenvector", "aggregation": None, "missing": None}
"""Options of AHP, as they are where nobody chose them."""


def check_ahp(chosen: Settings, asked: Mapping[str, Any]) -> None:
    """Refuse options of AHP where no weights are made by it: they would change nothing."""
    check_ahp_among((chosen.weights, *(chosen.over or mcda.schemes() if chosen.objective in WORST_OF else ())), asked)


def check_ahp_among(schemes: Iterable[object], asked: Mapping[str, Any]) -> None:
    """Refuse options of AHP where it is none of the schemes."""
    if "ahp" not in [scheme for scheme in schemes if isinstance(scheme, str)]:
        problems = [
            Problem("needs_option", name, found=str(asked[name]), details={"option": "weights=ahp"})
            for name, unset in AHP_ONLY.items()
            if asked.get(name) not in (None, "", unset)
        ]
        if problems:
            raise CaseError(problems)


def for_scheme(scheme: object, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options that are for several schemes together, without those that this one does not take."""
    takes = isinstance(scheme, str) and scheme == "ahp"
    return {name: value for name, value in options.items() if takes or name not in AHP_ONLY}


@dataclass(frozen=True)
class Way:
    """How a program is solved: by which solver, with which constraints of one's own, and whether proven exactly."""

    solver: Solver = optimize.highs
    amend: Callable[[Any], object] | None = None
    prove: bool = False

    @classmethod
    def of(
        cls,
        solver: Solver = optimize.highs,
        amend: Callable[[Any], object] | None = None,
        time_limit: float | None = None,
        certify: str | None = None,
    ) -> Way:
        """Read the options; raises `CaseError`. A time limit begins to run here."""
        problems = []
        if certify not in (None, "exact"):
            problems.append(Problem("choice", "certify", found=str(certify), details=_choice(certify, ("exact",))))
        if time_limit is not None:
            if not (np.isfinite(time_limit) and time_limit >= 0):
                problems.append(Problem("at_least", "time_limit", found=str(time_limit), details={"bound": 0}))
            elif not optimize.is_highs(solver):
                problems.append(Problem("limit_of_solver", "time_limit", found=f"{time_limit:g}"))
            else:
                solver = optimize.highs_within(time_limit)
        if problems:
            raise CaseError(problems)
        return cls(solver, amend, certify is not None)

    def plan(self, posed: Posed, near: Plan | None = None) -> Plan:
        """Plan so; of equally good plans the nearest to *near*."""
        made = posed.solve(self.solver, self.amend, near)
        if not self.prove:
            return made
        made = replace(made, prove=True)
        if made.proven.disagreements:
            raise Disproved(made.proven.disagreements)
        return made


def finished(plan: Plan) -> Plan:
    """Return a plan that is known to be the best: questions about how it changes have no answer for another one."""
    if plan.status == "stopped":
        raise Unfinished(plan.certificate["gap"])
    return plan
