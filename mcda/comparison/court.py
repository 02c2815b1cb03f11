"""The method court: which weights, method, normalisation and options give what somebody printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import checks
from ..errors import InputError
from ..labels import Labels, Table, as_floats, as_list, by_label, labelled
from ..pairwise import PRIORITISATIONS, RANDOM_INDEX, ahp, reciprocal_matrix
from ..ranking_problem import RankingProblem, formulate
from ..ranks import Ranks, competition_ranks
from ..registry import REQUIRED, Array, methods, normalisations, schemes
from ..tabular import Record, Tabular, frame
from ..verbs import weigh

if TYPE_CHECKING:
    import pandas as pd

SHARES = tuple(np.linspace(0.0, 1.0, 11).round(1).tolist())
GRID: Mapping[tuple[str, str], tuple[Any, ...]] = {
    ("vikor", "v"): (0.5, 0.0, 0.25, 0.75, 1.0),
    ("waspas", "lam"): (0.5, *(s for s in SHARES if s != 0.5)),
    ("cocoso", "lam"): (0.5, *(s for s in SHARES if s != 0.5)),
    ("gra", "rho"): (0.5, 0.1, 0.3, 0.7, 1.0),
    ("gra_topsis", "rho"): (0.5, 0.1, 0.3, 0.7, 1.0),
    ("gra_topsis", "weighting"): ("matrix", "mean"),
    ("electre_i", "scale"): ("sum", "vector", "minmax", "none"),
    ("electre_ii", "scale"): ("sum", "vector", "minmax", "none"),
    ("maut", "divisor"): (float(np.e - 1), 1.71, 1.72),
    ("maut", "utility"): ("exponential", "square", "root"),
    ("todim", "theta"): (1.0, 2.5, 0.5, 2.0),
    ("rsr", "places"): ("whole", "continuous"),
    ("simus", "procedure"): ("first", "second"),
    ("comet", "scored_by"): ("topsis", "wsm"),
    ("standard_deviation", "normalisation"): ("minmax", "none"),
    ("variance", "normalisation"): ("minmax", "none"),
    ("maximal_deviation", "normalisation"): ("minmax", "none"),
    ("pca", "rotation"): ("none", "varimax"),
    ("pca", "scaled"): ("unit", "loadings"),
    ("pca", "entries"): ("absolute", "squares"),
    ("pca", "shares"): ("unrotated", "rotated"),
}
"""Values of options that texts choose among, the default first."""
PRINTED, UNSCALED = "printed", "printed, unscaled"
"""Weights as they are printed, scaled to sum 1; and as they sum, where rounding left them beside 1."""
ROUNDED = 0.1
"""How far beside 1 the sum of printed weights may be for that."""
HALF_A_UNIT = 0.5 + 1e-6
NEAREST = 5
"""Of what comes nearest so many are told."""
LOOKED_AT = 1500
"""Cells that are looked at for a misprint, over all that comes near; but of so many ways as are told at least."""
STEPS = 8
"""Steps towards the value that a cell would need."""


@dataclass(frozen=True)
class Verdict(Record):
    """One way to the printed figures.

    Attributes
    ----------
    weights : where the weights come from: ``printed``, scaled to sum 1 (``printed, unscaled``: as they sum, 0.999 or
        so), or a scheme with its options.
    method, normalisation, options : the ranking; the method is None for a pairwise matrix, whose options are the
        prioritisation and the table of random indices.
    off : the largest deviation from what was printed, in units of the last printed digit; of ranks the number that
        differ.
    missed : places of the figures that it does not give.
    """

    weights: str
    method: str | None
    normalisation: str | None
    options: Mapping[str, Any]
    off: float
    missed: tuple[int, ...]

    @property
    def rank(self) -> tuple[int, float]:
        """How near it comes: by the figures that it misses, and by how much."""
        return len(self.missed), self.off

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "weights": self.weights,
            "method": self.method,
            "normalisation": self.normalisation,
            "options": {name: np.asarray(value).tolist() for name, value in self.options.items()},
            "off": self.off,
            "missed": list(self.missed),
        }


@dataclass(frozen=True)
class Misprint(Record):
    """A cell that, printed otherwise, would make all agree.

    Attributes
    ----------
    where : ``score``, ``rank`` or ``matrix``.
    alternative, criterion : the cell; the criterion is None for a score or a rank.
    printed, needed : what stands there, and what would have to.
    verdict : the way to the figures by which it is one.
    """

    where: str
    alternative: Any
    criterion: Any
    printed: float
    needed: float
    verdict: Verdict

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "where": self.where,
            "alternative": self.alternative,
            "criterion": self.criterion,
            "printed": self.printed,
            "needed": self.needed,
            "verdict": self.verdict.to_dict(),
        }


@dataclass(frozen=True)
class Court(Tabular):
    """What the method court finds.

    Attributes
    ----------
    alternatives : labels of the rows.
    found : every way that gives the printed figures to the last digit.
    nearest : the nearest ways, where there is none.
    misprints : cells that would have to be misprints, where a single one explains what is missing.
    tried : how many ways were tried.
    """

    alternatives: checks.RowLabels
    found: tuple[Verdict, ...]
    nearest: tuple[Verdict, ...]
    misprints: tuple[Misprint, ...]
    tried: int

    def to_frame(self) -> pd.DataFrame:
        """One row per way: those found, or the nearest."""
        return frame([verdict.to_dict() for verdict in self.found or self.nearest])

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "tried": self.tried,
            "found": [verdict.to_dict() for verdict in self.found],
            "nearest": [verdict.to_dict() for verdict in self.nearest],
            "misprints": [misprint.to_dict() for misprint in self.misprints],
        }


@dataclass(frozen=True)
class _Printed:
    """What was printed: figures with the size of their last digit, or ranks.

    Numbers have the digits of the one with the most, `unit`; `own` are those that each is written with.
    """

    scores: Array | None
    unit: Array
    own: Array
    ranks: Ranks | None

    def judged(self, scores: Array, better: Any) -> tuple[float, tuple[int, ...]]:
        """Return how far scores are from what was printed, and the places that miss."""
        off, missed = 0.0, np.zeros(len(scores), dtype=bool)
        if self.scores is not None:
            apart = np.abs(scores - self.scores) / self.unit
            off, missed = float(apart.max()), apart > HALF_A_UNIT
        if self.ranks is not None:
            ranks = competition_ranks(scores, better)
            wrong = _order(ranks) != _order(self.ranks)
            missed = missed | wrong
            off = max(off, float(wrong.sum())) if self.scores is None or wrong.any() else off
        return off, tuple(np.flatnonzero(missed).tolist())


def court(
    matrix: Table,
    directions: Iterable[Any] | Mapping[Any, Any],
    *,
    scores: Any = None,
    ranks: Any = None,
    weights: Any = None,
    **known: Any,
) -> Court:
    """Find which weights, method, normalisation and options give printed scores or ranks.

    Parameters
    ----------
    matrix : (m, n) array or DataFrame as printed.
    directions : ``"max"``, ``"min"`` or a `Range` per criterion.
    scores : (m,) printed scores; texts tell their digits (``"0.590"``); numbers have those of the one with the most, or
        if no way gives them so, each its own.
    ranks : (m,) printed ranks.
    weights : (n,) printed weights; left out, every scheme that reads the matrix is tried, also where these give
        nothing.
    **known : options that the text gives, such as ``profiles=`` or ``q=``: they go to every method that takes them.

    Returns
    -------
    Court

    Raises
    ------
    InputError
        Neither scores nor ranks, or what `rank` refuses of the matrix.

    Examples
    --------
    >>> x = [[250, 16, 12], [200, 16, 8], [300, 32, 16], [275, 32, 8]]
    >>> found = court(x, ["min", "max", "max"], scores=["0.427", "0.586", "0.414", "0.383"], weights=[2, 1, 1]).found
    >>> sorted({verdict.method for verdict in found})
    ['topsis']
    """
    values, rows, columns = checks.matrix(matrix)
    told = checks.direction_list(directions, columns)
    printed = _printed(scores, ranks, tuple(rows))
    asked = dict(_weightings(values, told, columns, weights, known))
    tried: list[tuple[Verdict, RankingProblem, Array]] = []
    for given in (True, False):
        part = {name: w for name, w in asked.items() if (name in (PRINTED, UNSCALED)) == given}
        if part:
            tried += list(_tried(values, told, part, printed, known))
        if any(not verdict.missed for verdict, *_ in tried):
            break
    found = tuple(verdict for verdict, *_ in tried if not verdict.missed)
    order = sorted(
        tried, key=lambda one: (weights is not None and one[0].weights not in (PRINTED, UNSCALED), one[0].rank)
    )
    if not found:  # 1.3 among figures of three digits may be no 1.300
        as_written = replace(printed, unit=printed.own)
        again = (_rejudged(one, as_written) for one in order[:NEAREST])
        found = tuple(verdict for verdict in again if not verdict.missed)
    near = [] if found else order[:NEAREST]
    if not found:  # one wrong cell moves every figure: each method as it is usually computed is looked at too
        usual = {one[0].method: one for one in reversed(order) if one[0].normalisation == one[1].method.normalisation}
        most = max(NEAREST, LOOKED_AT // values.size)
        near += [one for one in sorted(usual.values(), key=lambda one: one[0].off) if one not in near][: most - NEAREST]
    misprints = tuple(misprint for one in near for misprint in _misprints(one, values, told, rows, columns, printed))
    return Court(rows, found, tuple(verdict for verdict, *_ in near[:NEAREST]), misprints, len(tried))


def court_pairwise(pairwise: Table, *, weights: Any = None, ratio: Any = None, lambda_max: Any = None) -> Court:
    """Find which prioritisation and which table of random indices give printed AHP weights or a consistency ratio.

    Parameters
    ----------
    pairwise : (n, n) comparisons as printed.
    weights : (n,) printed weights.
    ratio, lambda_max : the printed consistency ratio and principal eigenvalue.

    Returns
    -------
    Court

    Raises
    ------
    InputError
        Nothing printed, or no pairwise matrix.

    Examples
    --------
    >>> table = [[1, 3, 5], [1/3, 1, 3], [1/5, 1/3, 1]]
    >>> found = court_pairwise(table, weights=["0.637", "0.258", "0.105"], ratio="0.033").found
    >>> sorted({verdict.options["random_index"] for verdict in found})
    ['saaty', 'tummala_ling']
    """
    figures = [] if weights is None else as_list("weights", weights, "figures as they were printed")
    n = len(figures)
    figures += [each for each in (ratio, lambda_max) if each is not None]
    if not figures:
        raise InputError(
            "court_nothing", "weights, ratio", "nothing printed", "printed weights, or a consistency ratio"
        )
    wanted, unit, _ = _figures("weights, ratio", figures)
    size = len(reciprocal_matrix(pairwise)[0])
    if n not in (0, size):
        raise InputError("option_shape", "weights", f"{n} of them", f"{size}, one per criterion")
    verdicts = []
    for prioritisation, table in product(PRIORITISATIONS, RANDOM_INDEX):
        found = ahp(pairwise, prioritisation, table)
        got = [*(found.array.tolist() if n else [])]
        got += [] if ratio is None else [np.nan if found.consistency_ratio is None else found.consistency_ratio]
        got += [] if lambda_max is None else [found.lambda_max]
        apart = np.abs(np.array(got) - wanted) / unit
        missed = tuple(np.flatnonzero(~(apart <= HALF_A_UNIT)).tolist())
        options = {"prioritisation": prioritisation, "random_index": table}
        verdicts.append(Verdict("ahp", None, None, options, float(np.nan_to_num(apart, nan=np.inf).max()), missed))
    exact = tuple(verdict for verdict in verdicts if not verdict.missed)
    near = sorted(verdicts, key=lambda verdict: verdict.rank)[:NEAREST]
    labels = range(len(found.labels)) if not labelled(pairwise) else found.labels
    return Court(labels, exact, () if exact else tuple(near), (), len(verdicts))


def _printed(scores: Any, ranks: Any, rows: Labels) -> _Printed:
    if scores is None and ranks is None:
        raise InputError("court_nothing", "scores, ranks", "neither", "printed scores or ranks, or both")
    none = None, np.ones(len(rows)), np.ones(len(rows))
    values, unit, own = none if scores is None else _figures("scores", by_label("scores", scores, rows))
    places = None if ranks is None else _figures("ranks", by_label("ranks", ranks, rows))[0].astype(np.int64)
    for name, given in (("scores", values), ("ranks", places)):
        if given is not None and given.shape != (len(rows),):
            raise InputError("option_shape", name, f"{given.size} of them", f"{len(rows)}, one per alternative")
    return _Printed(values, unit, own, places)


def _figures(name: str, given: Iterable[Any]) -> tuple[Array, Array, Array]:
    """Return printed figures, and the size of the last digit of each: as of the finest number, and as written."""
    figures = as_list(name, given, "figures as they were printed")
    values = as_floats(figures)
    if values is None or values.ndim != 1 or not len(values) or not np.isfinite(values).all():
        raise InputError("option_value", name, ", ".join(map(str, figures)), "finite numbers as they were printed")
    texts = [each if isinstance(each, str) else repr(float(each)) for each in figures]
    unit = []
    for text in texts:
        mantissa, _, exponent = text.lower().partition("e")
        unit.append(10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2])))
    shared = min(unit) if not any(isinstance(each, str) for each in figures) else None
    own = np.array(unit)
    return values, own if shared is None else np.full(len(unit), shared), own  # 0.5 may have been 0.500


def _weightings(
    values: Array, told: list[Any], columns: Labels, weights: Any, known: Mapping[str, Any]
) -> Iterator[tuple[str, Array]]:
    """Yield weights by what they are called: those printed, and those of every scheme that reads the matrix."""
    if weights is not None:
        shares, given = checks.shares(weights, columns)
        yield PRINTED, shares
        if 1e-9 < abs(given.sum() - 1.0) < ROUNDED:
            yield UNSCALED, given
    for entry in schemes().values():
        if entry.needs not in ("matrix", "criteria"):
            continue
        for options in _choices(entry.name, entry.options, known):
            try:
                w = weigh(values, told, entry.name, **options).array
            except InputError:
                continue
            chosen = {name: value for name, value in options.items() if value != entry.options[name].default}
            yield " ".join([entry.name, *(f"{name}={value}" for name, value in chosen.items())]), w


def _choices(name: str, own: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield options to try: what is known, and else what texts choose among; none where a needed one is not known."""
    if any(option.default is REQUIRED and key not in known for key, option in own.items()):
        return
    given = {key: known[key] for key in own if key in known}
    open_ = {key: GRID[name, key] for key in own if (name, key) in GRID and key not in known}
    for values in product(*open_.values()):
        yield {**given, **dict(zip(open_, values, strict=True))}


def _tried(
    values: Array, told: list[Any], weights: Mapping[str, Array], printed: _Printed, known: Mapping[str, Any]
) -> Iterator[tuple[Verdict, RankingProblem, Array]]:
    """Yield every way with what it comes to."""
    for entry in methods().values():
        plain = [
            one.name for one in normalisations().values() if not one.options
        ]  # with options unset they are min-max
        ways: list[Any] = [None] if entry.normalisation is None else plain
        if entry.normalisation is not None and "normalisation" in known:
            ways = [known["normalisation"]]
        for options, way in product(_choices(entry.name, entry.options, known), ways):
            asked = options if way is None else {**options, "normalisation": way}
            try:
                problem = formulate(values, told, entry.name, asked)
            except InputError:
                continue
            for name, w in weights.items():
                try:
                    with np.errstate(all="ignore"):
                        got = problem.score(w)
                except InputError:
                    continue
                if np.isfinite(got).all():
                    off, missed = printed.judged(got, entry.better)
                    yield Verdict(name, entry.name, way, options, off, missed), problem, w


def _rejudged(one: tuple[Verdict, RankingProblem, Array], printed: _Printed) -> Verdict:
    """Return the verdict on a way by other digits."""
    verdict, problem, w = one
    off, missed = printed.judged(problem.score(w), problem.method.better)
    return replace(verdict, off=off, missed=missed)


def _misprints(
    one: tuple[Verdict, RankingProblem, Array],
    values: Array,
    told: list[Any],
    rows: checks.RowLabels,
    columns: Labels,
    printed: _Printed,
) -> Iterator[Misprint]:
    """Yield the single figure, or the single cell, that would have to be a misprint."""
    verdict, problem, w = one
    better = problem.method.better
    scores = problem.score(w)
    if len(verdict.missed) == 1:
        (i,) = verdict.missed
        if printed.scores is not None and abs(scores[i] - printed.scores[i]) > HALF_A_UNIT * printed.unit[i]:
            yield Misprint("score", rows[i], None, float(printed.scores[i]), float(scores[i]), verdict)
        elif printed.ranks is not None:
            rank = int(competition_ranks(scores, better)[i])
            yield Misprint("rank", rows[i], None, float(printed.ranks[i]), float(rank), verdict)
        return
    if printed.scores is None:
        return
    asked = dict(problem.options)

    def got(x: Array) -> Array | None:
        try:
            again = formulate(x, told, problem.method.name, {**verdict.options, **_way(asked)}).score(w)
        except InputError:
            return None
        return again if np.isfinite(again).all() else None

    for i, j in np.ndindex(values.shape):
        x = float(values[i, j])
        starts = (x, float(np.median(values[:, j])), x / 10, x * 10)  # a point slips easily
        needed = next(
            (cell for start in starts if (cell := _solved(got, values, (i, j), start, printed)) is not None), x
        )
        if needed != x:
            yield Misprint("matrix", rows[i], columns[j], float(x), float(needed), verdict)


def _solved(
    got: Callable[[Array], Array | None], values: Array, place: tuple[int, int], start: float, printed: _Printed
) -> float | None:
    """Return the value of one cell that gives the printed scores, by Gauss-Newton as long as it gets nearer."""
    assert printed.scores is not None
    x, before = values.copy(), np.inf
    x[place] = start
    for _ in range(STEPS):
        now = got(x)
        if now is None:
            return None
        gap = (printed.scores - now) / printed.unit
        off = float(np.abs(gap).max())
        if off <= HALF_A_UNIT:
            return float(x[place])
        if not off < 0.9 * before:
            return None
        before = off
        step = 1e-6 * max(abs(float(x[place])), 1e-3)
        moved = x.copy()
        moved[place] += step
        then = got(moved)
        if then is None:
            return None
        slope = (then - now) / step / printed.unit
        if not slope @ slope > 0:
            return None
        x[place] += float(slope @ gap / (slope @ slope))
    return None


def _way(options: Mapping[str, Any]) -> dict[str, Any]:
    return {"normalisation": options["normalisation"]} if "normalisation" in options else {}


def _order(ranks: Ranks) -> Ranks:
    """Return ranks without gaps: 1 2 2 4 and 1 2 2 3 are the same order."""
    return np.unique(ranks, return_inverse=True)[1]
