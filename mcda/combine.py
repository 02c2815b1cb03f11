"""Weights combined from several schemes: rules, their shares, and what each of them hides."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from . import checks
from .brief import Brief
from .combination import Combination
from .errors import InputError
from .labels import ByCriterion, Labels, Table, as_floats, as_list, as_switch
from .normalisation.minmax import minmax
from .registry import Array, find, schemes
from .results import Weights
from .weighting.maximal_deviation import deviation

if TYPE_CHECKING:
    from .names import CombinationName

SINGULAR = 1e-10
"""Parents whose products are this near to singular coincide, or depend on each other."""


@dataclass(frozen=True)
class Parents(Brief):
    """What a rule combines.

    Attributes
    ----------
    weights : (K, n), a parent a row.
    shares : (K,) shares as given, or None.
    subjective : (K,) whether a parent comes from judgements; else from data.
    deviation : () -> (n,) how far each criterion sets the alternatives apart.
    """

    weights: Array
    shares: Array | None
    subjective: tuple[bool, ...]
    deviation: Callable[[], Array] = field(compare=False)

    @property
    def even(self) -> Array:
        """The shares given, or the same for all."""
        count = len(self.weights)
        return np.full(count, 1.0 / count) if self.shares is None else self.shares


Combined = tuple[Array, Array | None]
"""Weights before they are scaled to sum 1, and the shares by the rule's equations."""


def linear(parents: Parents) -> Combined:
    """w = sum_k s_k w_k: the weights that minimise sum_k s_k KL(w_k || w)."""
    return parents.even @ parents.weights, parents.even


def product(parents: Parents) -> Combined:
    """w_j ~ prod_k w_kj; a parent that gives 0 vetoes the criterion."""
    return _positive(parents).prod(axis=0), None


def geometric(parents: Parents) -> Combined:
    """w_j ~ prod_k w_kj^s_k: the weights that minimise sum_k s_k KL(w || w_k)."""
    return np.exp(parents.even @ np.log(_positive(parents))), parents.even


def game(parents: Parents) -> Combined:
    """sum_l a_l (w_k . w_l) = w_k . w_k for every k, shares a / sum a.

    A share is negative where its parent is flatter than another and correlates with it, |w_k|^2 < w_k . w_l; equal
    weights beside one other always get the share 0.
    """
    products = parents.weights @ parents.weights.T
    if np.linalg.svd(products, compute_uv=False)[-1] <= SINGULAR * products.trace():
        raise InputError(
            "combination_dependent",
            "weights",
            "weights that coincide, or that others combine to",
            "weights that differ",
            "Leave one of them out, or combine by the rule 'linear'.",
        )
    a = np.linalg.solve(products, np.diag(products))
    shares = a / a.sum()
    return shares @ parents.weights, shares


def deviating(parents: Parents) -> Combined:
    """Maximise sum_j d_j w_j over w = sum_k x_k w_k, |x| = 1: x_k ~ d . w_k, scaled to sum 1.

    d are the deviations of the data. As a rule the shares are nearly equal.
    """
    x = parents.weights @ parents.deviation()
    shares = checks.share_out(x)
    return shares @ parents.weights, shares


def least_squares(parents: Parents) -> Combined:
    """Minimise sum_k sum_i sum_j ((w_kj - w_j) z_ij)^2 over sum w = 1.

    Every parent sums to 1, so the answer is their plain mean, whatever the data are.
    """
    count = len(parents.weights)
    return parents.weights.mean(axis=0), np.full(count, 1.0 / count)


def moment(parents: Parents) -> Combined:
    """w ~ alpha E_s + (1 - alpha) E_o, E the means of the parents from judgements and of those from data.

    alpha = mean_j E_sj / (E_sj + E_oj).
    """
    judged = np.array(parents.subjective)
    if judged.all() or not judged.any():
        raise InputError(
            "combination_kinds",
            "weights",
            "only weights from " + ("judgements" if judged.all() else "data"),
            "some weights from judgements, and some from data",
        )
    s, o = parents.weights[judged].mean(axis=0), parents.weights[~judged].mean(axis=0)
    counted = s + o > 0
    alpha = float((s[counted] / (s + o)[counted]).mean())
    shares = np.where(judged, alpha / judged.sum(), (1 - alpha) / (~judged).sum())
    return alpha * s + (1 - alpha) * o, shares


COMBINATIONS: Mapping[CombinationName, Callable[[Parents], Combined]] = MappingProxyType(
    {
        "linear": linear,
        "product": product,
        "geometric": geometric,
        "game": game,
        "deviation": deviating,
        "least_squares": least_squares,
        "moment": moment,
    }
)
"""Rules by name.

- ``game``: Chen (2003), 陈加良，基于博弈论的组合赋权评价方法研究, Fujian Computer (9), 15-16.
- ``deviation``: Chen (2004), 陈华友，多属性决策中基于离差最大化的组合赋权方法, Systems Engineering and Electronics
  26(2), 194-197.
- ``least_squares``: Fan, Zhang & Ma (1998), 樊治平，张全，马建，多属性决策中权重确定的一种集成方法, Journal of
  Management Sciences in China 1(3), 50-53.
- ``moment``: Chen & Xia (2007), 陈伟，夏建华，综合主、客观权重信息的最优组合赋权方法, Mathematics in Practice and
  Theory 37(1), 17-22.
"""
TAKES_SHARES = ("linear", "geometric")
"""Rules whose shares are given; the others find them."""


def combine(
    weights: Sequence[Weights | ByCriterion[float]] | Mapping[str, Weights | ByCriterion[float]],
    rule: CombinationName = "linear",
    *,
    shares: float | Iterable[float] | None = None,
    matrix: Table | None = None,
    directions: Iterable[Any] | Mapping[Any, Any] | None = None,
    normalised: bool = False,
    subjective: Iterable[bool] | None = None,
    bounded: bool = True,
    criteria: Iterable[Hashable] | None = None,
) -> Weights:
    """Combine weights from several schemes.

    Parameters
    ----------
    weights : two or more `Weights`, vectors or mappings by criterion; a mapping names them.
    rule : a name of `COMBINATIONS`.
    shares : of ``linear`` and ``geometric``: a share for each parent, or that of the first of two; even if left out.
    matrix, directions : the (m, n) matrix that ``deviation`` reads; *normalised* takes it as it stands, else by
        min-max.
    subjective : of ``moment``: whether each parent comes from judgements; what a scheme needs, if left out.
    bounded : whether a negative share of ``game`` is set to 0 and the others are found without that parent; the raw
        shares are kept. Else such weights are refused if one of them is negative, and lie outside their parents if not.
    criteria : names of the criteria, where the parents have none.

    Returns
    -------
    Weights
        With `combination`: the rule, the parents, the shares, and those before they were bounded.

    Raises
    ------
    InputError
        Parents that the rule is not defined for.

    Examples
    --------
    >>> combine([[0.4, 0.3, 0.2, 0.1], [0.25, 0.2, 0.3, 0.25]], "game").array.round(4).tolist()
    [0.3736, 0.2824, 0.2176, 0.1264]
    >>> found = combine([[0.3, 0.3, 0.2, 0.2], [0.45, 0.35, 0.12, 0.08]], "game").combination
    >>> found.shares.tolist(), found.raw_shares.round(3).tolist()
    ([0.0, 1.0], [-0.679, 1.679])
    """
    merge = find("rule", COMBINATIONS, rule)
    normalised, bounded = as_switch("normalised", normalised), as_switch("bounded", bounded)
    names, given = _named(weights)
    columns = _columns(given, criteria)
    stacked = np.array([checks.shares(each, columns)[0] for each in given])
    asked = _shares(shares, len(given), rule)
    judged = tuple(map(_judged, given)) if subjective is None else tuple(_told(subjective, len(given)))

    def apart() -> Array:
        if matrix is None:
            raise InputError(
                "option_missing", "rule 'deviation'", "no matrix", "matrix=..., directions=...: it reads the data"
            )
        values, _, own = checks.matrix(matrix)
        values, signs = checks.directed(values, "max" if directions is None else directions, own)
        return deviation(values if normalised else minmax(values, signs))

    parents = Parents(stacked, asked, judged, apart)
    found, told = merge(parents)
    raw = told
    kept = np.arange(len(given))
    while bounded and told is not None and (told < -1e-12).any():
        kept = np.delete(kept, int(told.argmin()))
        part = replace(parents, weights=stacked[kept], subjective=tuple(judged[k] for k in kept))
        found, told = merge(part)
    if told is not None and len(kept) < len(given):
        whole = np.zeros(len(given))
        whole[kept] = told
        told = whole
    if (found < 0).any():
        j = int(found.argmin())
        raise InputError(
            "combination_negative",
            f"weights, criterion {columns[j]!r}",
            f"{found[j]:g} by the shares {', '.join(f'{s:.3f}' for s in ([] if told is None else told))}",
            "weights of 0 or more",
            "Bound the shares, or combine by the rule 'linear'.",
        )
    w = checks.share_out(found)
    negative = raw is not None and bool((raw < -1e-12).any())
    how = Combination(rule, names, columns, stacked, told, raw if negative else None, w)
    options = {"combine": rule, "share": None if asked is None else asked.tolist()}
    return Weights(columns, w, "+".join(names), MappingProxyType(options), combination=how)


def _named(weights: Any) -> tuple[tuple[str, ...], list[Any]]:
    """Return what the parents are called, and the parents."""
    if isinstance(weights, Mapping):
        names, given = tuple(map(str, weights)), list(weights.values())
    else:
        given = as_list("weights", weights, "two or more weight vectors")
        schemes_of = [getattr(each, "scheme", "given") for each in given]
        names = tuple(s if schemes_of.count(s) == 1 else f"{s} {k + 1}" for k, s in enumerate(schemes_of))
    if len(given) < 2:
        raise InputError("combination_number", "weights", f"{len(given)} of them", "two or more to combine")
    return names, given


def _columns(given: list[Any], criteria: Iterable[Hashable] | None) -> Labels:
    if criteria is not None:
        return tuple(as_list("criteria", criteria, "a name for each criterion"))
    for each in given:
        if isinstance(each, Weights):
            return each.criteria
        if isinstance(each, Mapping):
            return tuple(each)
        if hasattr(each, "index") and hasattr(each, "to_numpy"):
            return tuple(each.index)
    return tuple(range(len(as_list("weights", given[0], "two or more weight vectors"))))


def _shares(shares: Any, count: int, rule: str) -> Array | None:
    if shares is None:
        return None
    if rule not in TAKES_SHARES:
        raise InputError(
            "combination_shares", "share", str(shares), f"no share: the rule '{rule}' finds them", "Leave it out."
        )
    given = as_floats(shares)
    if given is not None and given.ndim == 0 and count == 2:
        given = np.array([given, 1.0 - given])
    if (
        given is None
        or given.shape != (count,)
        or checks.unfit(given).any()
        or not (given >= 0).all()
        or not given.any()
    ):
        raise InputError(
            "option_value", "share", str(shares), f"{count} shares, 0 or more, or that of the first of two"
        )
    return np.asarray(given / given.sum())


def _told(subjective: Iterable[bool], count: int) -> list[bool]:
    """Return for each parent whether it comes from judgements."""
    expected = f"True or False for each of {count} parents"
    told = [bool(each) for each in as_list("subjective", subjective, expected)]
    if len(told) != count:
        raise InputError("option_shape", "subjective", f"{len(told)} of them", expected)
    return told


def _judged(weights: Any) -> bool:
    name = getattr(weights, "scheme", None)
    return all(entry.needs not in ("matrix", "criteria") for entry in schemes().values() if entry.name == name)


def _positive(parents: Parents) -> Array:
    bad = np.argwhere(parents.weights <= 0)
    if bad.size:
        raise InputError(
            "combination_zero",
            f"weights, criterion number {bad[0][1] + 1}",
            "a weight of 0, which would veto the criterion",
            "weights above 0",
            "Combine by the rule 'linear'.",
        )
    return parents.weights
