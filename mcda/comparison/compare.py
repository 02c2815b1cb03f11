"""Schemes x methods on one matrix: a grid of rankings, how far they agree, and what is not defined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import checks, registry
from ..errors import InputError
from ..labels import Labels, Table, as_list
from ..plotting import axes, finished, named
from ..ranks import Ranks
from ..registry import find
from ..results import Weights
from ..tabular import Tabular, frame
from ..verbs import rank, weigh
from .agreement import CORRELATIONS, kendall_tau_b

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ..names import CorrelationName, MethodName


@dataclass(frozen=True)
class Grid(Tabular):
    """Rankings by scheme and method.

    Attributes
    ----------
    alternatives : labels of the m alternatives.
    keys : (scheme, method) of each of the k rankings.
    rank_array : (m, k) ranks, 1 the best.
    weights : the weights by scheme.
    missing : why a scheme (method None), or a ranking, is not defined for the matrix.
    """

    alternatives: checks.RowLabels
    keys: tuple[tuple[str, str], ...]
    rank_array: Ranks
    weights: Mapping[str, Weights]
    missing: Mapping[tuple[str, str | None], str] = field(default_factory=dict)

    def to_frame(self) -> pd.DataFrame:
        """Alternatives x (scheme, method): ranks."""
        return frame(self.rank_array, self.alternatives, self.keys, axis="alternative")

    def agreement(self, measure: CorrelationName = "kendall_tau_b") -> pd.DataFrame:
        """Return the agreement of every two rankings; nan where one ties everything.

        Raises
        ------
        InputError
            No such measure.
        """
        found = find("measure", CORRELATIONS, measure)(self.rank_array.T)
        return frame(found, [f"{s}/{m}" for s, m in self.keys], [f"{s}/{m}" for s, m in self.keys])

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "rankings": [
                {"scheme": s, "method": m, "ranks": dict(zip(map(str, self.alternatives), ranks, strict=True))}
                for (s, m), ranks in zip(self.keys, self.rank_array.T.tolist(), strict=True)
            ],
            "missing": [{"scheme": s, "method": m, "why": why} for (s, m), why in self.missing.items()],
        }

    def plot(self, ax: Axes | None = None, *, names: dict[str, str] | None = None) -> Axes:
        """Draw ranks, alternatives x rankings, the darker the better; *names* by label."""
        order = np.argsort(self.rank_array.mean(axis=1), kind="stable")
        labels = named([self.alternatives[i] for i in order], names)
        ax = axes(ax, len(order), 3.0 + 0.4 * len(self.keys))
        ax.imshow(-self.rank_array[order], cmap="Blues", aspect="auto")
        for (i, j), place in np.ndenumerate(self.rank_array[order]):
            ax.text(j, i, str(int(place)), ha="center", va="center", fontsize=8)
        ax.set_yticks(range(len(order)), labels)
        ax.set_xticks(range(len(self.keys)), [f"{s} {m}" for s, m in self.keys], rotation=40, ha="right")
        mean = kendall_tau_b(self.rank_array.T)
        return finished(ax, f"{len(self.keys)} rankings, mean Kendall tau-b {np.nanmean(mean):.2f}")


def compare(
    matrix: Table,
    directions: Iterable[Any] | Mapping[Any, Any],
    weights: Iterable[str] | Mapping[str, Any] | None = None,
    methods: Iterable[MethodName] | None = None,
    **options: Any,
) -> Grid:
    """Rank by every scheme and every method.

    Parameters
    ----------
    matrix : (m, n) array or DataFrame
    directions : ``"max"``, ``"min"`` or a `Range` per criterion.
    weights : names of schemes that read the matrix, or weights by a name of their own; all that there are, if left out.
    methods : names of methods; all that rank and need not be named, if left out.
    **options : those of `rank`; each method takes its own.

    Returns
    -------
    Grid

    Raises
    ------
    InputError
        Names that do not exist, or nothing that can be ranked.

    Examples
    --------
    >>> found = compare([[9, 2], [5, 5], [1, 9]], "max", {"mine": [0.7, 0.3]}, ["wsm", "topsis"])
    >>> found.keys, found.rank_array.tolist()
    ((('mine', 'wsm'), ('mine', 'topsis')), [[1, 1], [2, 2], [3, 3]])
    """
    values, rows, columns = checks.matrix(matrix)
    told = checks.direction_list(directions, columns)
    missing: dict[tuple[str, str | None], str] = {}
    found = _weights(values, told, columns, weights, missing)
    usual = [entry.name for entry in registry.methods().values() if not entry.sorts and not entry.named_only]
    ranks, keys = [], []
    for scheme, w in found.items():
        for name in usual if methods is None else _names("methods", methods):
            entry = find("method", registry.methods(), name)
            taken = {*entry.options, *(["normalisation"] if entry.normalisation else [])}
            own: Any = {key: value for key, value in options.items() if key in taken}
            try:
                ranks.append(rank(values, w.array, told, name, **own).rank_array)
                keys.append((scheme, str(name)))
            except InputError as error:
                missing[scheme, name] = str(error)
    if not ranks:
        raise InputError("nothing_ranked", "matrix", "; ".join(list(missing.values())[:3]), "a ranking that is defined")
    return Grid(rows, tuple(keys), np.array(ranks).T, found, missing)


def _names(what: str, given: Any) -> list[Any]:
    """Return the names of several, or of one."""
    return [given] if isinstance(given, str) else as_list(what, given, "one or more names")


def _weights(
    values: Any, told: Any, columns: Labels, wanted: Any, missing: dict[tuple[str, str | None], str]
) -> dict[str, Weights]:
    found: dict[str, Weights] = {}
    if isinstance(wanted, Mapping):
        for name, given in wanted.items():
            array, raw = checks.shares(given, columns)
            found[str(name)] = Weights(columns, array, "given", given=raw)
        return found
    usual = [entry.name for entry in registry.schemes().values() if entry.needs in ("matrix", "criteria")]
    for name in usual if wanted is None else _names("weights", wanted):
        find("scheme", registry.schemes(), name)
        try:
            found[name] = weigh(values, told, name, criteria=columns)
        except InputError as error:
            missing[name, None] = str(error)
    return found
