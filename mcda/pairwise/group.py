"""Groups of judges: joint weights, how far the judges agree, and who judges alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..checks import Labels, shares
from ..errors import InputError
from ..labels import as_list
from ..registry import Array, find
from ..tabular import Tabular, frame, series
from .matrix import aligned, reciprocal_matrix
from .priorities import Consistency, Priorities, prioritise

if TYPE_CHECKING:
    import pandas as pd

    from ..names import AggregationName, CompletionName, PrioritisationName, RandomIndexName

LARGEST_JUDGEMENT = 9
"""The end of Saaty's scale: the most that one criterion can outweigh another."""

ALIKE = 0.75
"""Judges are one cluster while their mean consensus, pair by pair, is at least this: Goepel's "high"."""


@dataclass(frozen=True)
class Group(Tabular):
    """Joint weights of several judges.

    Attributes
    ----------
    labels, array : the criteria, and their joint weights.
    judges, judge_weights : who judged, and their shares.
    individual : each judge's own priorities.
    joint : the priorities of the joint matrix, where judgements were aggregated (AIJ).
    aggregation : how the judges were joined, a name of `AGGREGATIONS`.
    """

    labels: Labels
    array: Array
    judges: Labels
    judge_weights: Array
    individual: tuple[Priorities, ...]
    joint: Priorities | None
    aggregation: AggregationName

    @property
    def values(self) -> pd.Series[float]:
        """Joint weights by criterion, sum 1."""
        return series(self.array, self.labels, "weight")

    @property
    def consistency(self) -> Consistency:
        """Consistency of the joint matrix, or of the least consistent judge who counts where there is none."""
        if self.joint is not None:
            return self.joint.consistency
        counted = zip(self.individual, self.judge_weights, strict=True)
        return max((one.consistency for one, share in counted if share > 0), key=lambda c: c.severity)

    @property
    def consensus(self) -> float:
        """AHP consensus of the judges' priorities: 1 where all are the same, 0 where none agrees."""
        return consensus(np.array([one.array for one in self.individual]))

    @property
    def clusters(self) -> tuple[Labels, ...]:
        """Judges that judge alike: their mean consensus, pair by pair, is at least 0.75."""
        found = clusters(np.array([one.array for one in self.individual]))
        return tuple(tuple(self.judges[k] for k in cluster) for cluster in found)

    def to_frame(self) -> pd.DataFrame:
        """One row per criterion: the joint weight, and a column a judge."""
        columns = {judge: one.array for judge, one in zip(self.judges, self.individual, strict=True)}
        return frame({"weight": self.array, **columns}, self.labels)

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "aggregation": self.aggregation,
            "weights": [{"criterion": c, "weight": float(w)} for c, w in zip(self.labels, self.array, strict=True)],
            "consistency": self.consistency.to_dict(),
            "judges": [
                {"judge": judge, "judge_weight": float(share), **one.to_dict()}
                for judge, share, one in zip(self.judges, self.judge_weights, self.individual, strict=True)
            ],
            "consensus": self.consensus,
            "clusters": [list(cluster) for cluster in self.clusters],
        }


# --- aggregation: judgements a^k and priorities w^k of the judges k, who weigh v_k, sum v = 1 ------------------------


def joint_matrix(matrices: Array, v: Array) -> Array:
    """AIJ: a_ij = prod_k (a^k_ij)^v_k, over the judges who compared i and j, their weights scaled to sum 1.

    nan where none did.
    """
    known = ~np.isnan(matrices)
    weight = v[:, None, None] * known
    total = weight.sum(axis=0)
    log = (weight * np.log(np.where(known, matrices, 1.0))).sum(axis=0)
    return np.where(total > 0, np.exp(log / np.where(total > 0, total, 1.0)), np.nan)


def mean_geometric(w: Array, v: Array) -> Array:
    """AIP: w_i = prod_k (w^k_i)^v_k / sum."""
    mean = np.exp(v @ np.log(w))
    return np.asarray(mean / mean.sum())


def mean_arithmetic(w: Array, v: Array) -> Array:
    """AIP: w_i = sum_k v_k w^k_i."""
    return np.asarray(v @ w)


AGGREGATIONS: Mapping[AggregationName, Callable[[Array, Array], Array] | None] = {
    "aij": None,
    "aip": mean_geometric,
    "aip_arithmetic": mean_arithmetic,
}
"""How judges are joined.

Source: Forman & Peniwati (1998), Aggregating individual judgments and priorities with the analytic hierarchy process,
European Journal of Operational Research 108, 165-169.
"""


# --- agreement --------------------------------------------------------------------------------------------------------


def _entropy(p: Array) -> Array:
    return np.asarray(-(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=-1))


def _homogeneity(alpha: Array, gamma: Array, n: int) -> Array:
    """S* = (S - c) / (1 - c), S = exp(H_alpha - H_gamma), c = exp(H_alpha,min) / n."""
    extreme = np.array([LARGEST_JUDGEMENT, *[1.0] * (n - 1)]) / (n - 1 + LARGEST_JUDGEMENT)
    c = np.exp(_entropy(extreme)) / n
    return np.asarray((np.exp(alpha - gamma) - c) / (1.0 - c))


def consensus(w: Array) -> float:
    """AHP consensus S* of the priorities w (K judges, n criteria): 1 where all are the same, 0 where none agrees.

    H_alpha is the judges' mean entropy, H_gamma the entropy of their mean, H_alpha,min that of a judge to whom one
    criterion weighs 9 times each other one. Judges with weights beyond that can fall below 0.

    Source: Goepel (2013), Implementing the analytic hierarchy process as a standard method for multi-criteria decision
    making in corporate enterprises, Proceedings of the ISAHP, Kuala Lumpur; with the largest diversity n, as its author
    revised it (bpmsg.com, equation 1.10).
    """
    if w.shape[1] == 1:
        return 1.0
    return float(_homogeneity(_entropy(w).mean(), _entropy(w.mean(axis=0)), w.shape[1]))


def clusters(w: Array, alike: float = ALIKE) -> tuple[tuple[int, ...], ...]:
    """Join the two nearest clusters of judges while their mean distance is at most 1 - *alike*.

    The distance of two judges is 1 - S*, S* the consensus of the two; of two clusters the mean over their pairs of
    judges (average linkage; Sokal & Michener 1958), which joins as the mean weighted by the sizes.
    """
    found: dict[int, tuple[int, ...]] = {k: (k,) for k in range(len(w))}
    if w.shape[1] == 1:
        return (tuple(found),)
    own = _entropy(w)
    both = _entropy((w[:, None] + w[None]) / 2.0)
    distance = 1.0 - _homogeneity((own[:, None] + own[None]) / 2.0, both, w.shape[1])
    np.fill_diagonal(distance, np.inf)
    while distance.min() <= 1.0 - alike:
        a, b = sorted(int(k) for k in np.unravel_index(distance.argmin(), distance.shape))
        size, other = len(found[a]), len(found[b])
        distance[a] = distance[:, a] = (size * distance[a] + other * distance[b]) / (size + other)
        distance[a, a] = np.inf
        distance[b] = distance[:, b] = np.inf
        found[a] = tuple(sorted(found[a] + found.pop(b)))
    return tuple(sorted(found.values()))


def ahp_group(
    pairwise: Mapping[Any, Any] | Iterable[Any],
    judge_weights: Mapping[Any, float] | Iterable[float] | None = None,
    aggregation: AggregationName = "aij",
    method: PrioritisationName = "eigenvector",
    random_index: RandomIndexName = "saaty",
    missing: CompletionName | None = None,
) -> Group:
    """Joint weights from the pairwise matrices of several judges.

    Parameters
    ----------
    pairwise : mapping of judges to (n, n) arrays or DataFrames, or a sequence of these
        One matrix a judge, as for `ahp`; rows and columns follow their labels where they have any.
    judge_weights : weights of the judges, by judge or in their order; equal if left out.
    aggregation : {"aij", "aip", "aip_arithmetic"}
        The weighted geometric mean of the judgements (a pair that a judge left out counts from the others), or the
        weighted geometric or arithmetic mean of the judges' priorities.
    method, random_index, missing : as for `ahp`.

    Returns
    -------
    Group
        Joint weights that sum to 1, each judge's own priorities, and how far the judges agree.

    Raises
    ------
    InputError
        As for `ahp`, or matrices over different criteria.

    Notes
    -----
    Source: Forman & Peniwati (1998), Aggregating individual judgments and priorities with the analytic hierarchy
    process, European Journal of Operational Research 108, 165-169.

    Examples
    --------
    >>> ahp_group({"ann": [[1, 2], [1/2, 1]], "bob": [[1, 8], [1/8, 1]]}).values.round(3).tolist()
    [0.8, 0.2]
    """
    given = (
        dict(pairwise)
        if isinstance(pairwise, Mapping)
        else dict(enumerate(as_list("pairwise", pairwise, "a matrix a judge")))
    )
    if not given:
        raise InputError("judges_none", "pairwise", "no judge", "a matrix a judge")
    judges: Labels = tuple(given)
    v, _ = shares(np.ones(len(judges)) if judge_weights is None else judge_weights, judges, "judge_weights")
    checked = []
    labels: Labels = ()
    for judge, value in given.items():
        try:
            a, own = reciprocal_matrix(value)
            labels = labels or own
            counted = tuple(range(len(own)))
            labels = own if labels == counted else labels  # names, as soon as a judge gives them
            checked.append(aligned("pairwise", a, own, labels))
        except InputError as error:
            raise error.within(f"judge {judge!r}") from None
    return aggregate(np.array(checked), labels, judges, v, aggregation, method, random_index, missing)


def aggregate(
    matrices: Array,
    labels: Labels,
    judges: Labels,
    v: Array,
    aggregation: AggregationName,
    method: PrioritisationName,
    random_index: RandomIndexName,
    missing: CompletionName | None,
) -> Group:
    """Join checked matrices (K, n, n) of judges with the weights *v*, sum 1."""
    mean = find("aggregation", AGGREGATIONS, aggregation)
    individual = tuple(prioritise(a, labels, method, random_index, missing) for a in matrices)
    each = np.array([one.array for one in individual])
    joint: Priorities | None = None
    if mean is None:
        joint = prioritise(joint_matrix(matrices, v), labels, method, random_index, missing)
        array = joint.array
    else:
        array = mean(each, v)
    return Group(
        labels=labels,
        array=array,
        judges=judges,
        judge_weights=v,
        individual=individual,
        joint=joint,
        aggregation=aggregation,
    )
