"""The variables of the allocation program: which columns there are, where they stand, and their bounds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..brief import Brief
from .model import FAR
from .programme import Array, Index, Programme, sums


@dataclass(frozen=True)
class Columns(Brief):
    """Columns of a programme, block after block; a block that the programme does not need is empty.

    ==========  =====================================================  ==========================================
    block       index set                                              meaning, bounds
    ==========  =====================================================  ==========================================
    level       period, segment                                        x >= 0, up to the segment's width
    closed      period, open pair                                      0 <= z <= gap, cumulative
    unspent     period, resource (several periods and a carry)         left at the end of the period, >= 0
    full        ordered place (see `ordered`)                          0 or 1: whether its segment is used up
    count       period, application (integer kinds with segments)      whole number of units
    used        period, application with a least level                 0 or 1
    chosen      application in an exclusion                            0 or 1
    met         period, prerequisite among several (see `several`)     0 or 1
    ==========  =====================================================  ==========================================

    `told_apart`: applications whose order has to be kept because of constraints of one's own, see `amendment`.
    """

    programme: Programme
    told_apart: frozenset[int] = frozenset()

    @cached_property
    def sizes(self) -> dict[str, int]:
        """Number of columns of each block, in order."""
        p = self.programme
        periods = len(p.periods)
        carried = periods > 1 and bool((p.carry > 0).any())
        return {
            "level": periods * len(p.segment_width),
            "closed": periods * len(p.open_pairs),
            "unspent": periods * len(p.resources) if carried else 0,
            "full": len(self.ordered),
            "count": periods * len(self.counted),
            "used": periods * len(self.switched),
            "chosen": len(self.excluded),
            "met": periods * len(self.several),
        }

    @cached_property
    def first(self) -> dict[str, int]:
        """First column of each block."""
        ends = np.cumsum([0, *self.sizes.values()])
        return dict(zip(self.sizes, ends[:-1].tolist(), strict=True))

    @property
    def number(self) -> int:
        """Number of columns in all."""
        return sum(self.sizes.values())

    @cached_property
    def ordered(self) -> list[tuple[int, int, int]]:
        """Period, segment and the next one, where segments would not be used in order by themselves.

        Without decay an earlier segment, whose effects are no less, delivers no less at any pair by any period,
        whenever it is used. With it the best units would be kept for the end, where least of them is lost, and idle
        ones used first; there the last period that takes effect needs no column, as what is left of the earlier
        segments is the best there is. Effects that rise with the level (no case has them, but an uncertain effect may
        be tried so), and what is told apart, need it in every period.
        """
        p = self.programme
        several = p.in_parts
        if not several.any():
            return []
        row = np.where(several[p.segment_application], np.cumsum(several[p.segment_application]) - 1, -1)
        felt = (row[p.effect_segment] >= 0) & (p.open_number[p.effect_pair] >= 0)
        effects = np.zeros((int(row.max()) + 1, len(p.open_pairs)))
        np.add.at(effects, (row[p.effect_segment[felt]], p.open_number[p.effect_pair[felt]]), p.effect[felt])
        found = []
        for a in np.flatnonzero(several).tolist():
            segments = p.segments_of[a][p.segment_width[p.segments_of[a]] > 0]
            rises = np.diff(effects[row[segments]], axis=0)
            last = len(p.periods) - int(p.lag[a])
            if a in self.told_apart:
                last = len(p.periods)
            elif not (rises > 0).any():
                last = last - 1 if p.decay > 0 and (rises < 0).any() else 0
            found += [(q, int(s), int(after)) for q in range(last) for s, after in pairwise(segments)]
        return found

    @cached_property
    def counted(self) -> list[int]:
        """Applications of whole units whose level has several segments: their sum needs a column of its own."""
        p = self.programme
        return [a for a in np.flatnonzero(p.in_parts).tolist() if p.applications[a].kind in ("integer", "binary")]

    @cached_property
    def switched(self) -> list[int]:
        """Applications that have nothing or at least their least level: of kind semi, and of whole units with one."""
        least = self.programme.level_min
        kinds = [app.kind for app in self.programme.applications]
        return [a for a, kind in enumerate(kinds) if kind == "semi" or (kind == "integer" and least[a] > 1)]

    @cached_property
    def excluded(self) -> list[int]:
        """Applications in an exclusion."""
        return sorted({a for exclusion in self.programme.excludes for a in exclusion.applications})

    @cached_property
    def several(self) -> list[tuple[int, int]]:
        """Requirement and prerequisite, where one of several prerequisites is enough."""
        requires = enumerate(self.programme.requires)
        return [(n, b) for n, need in requires if len(need.prerequisites) > 1 for b in need.prerequisites]

    def level(self, period: int | Index, segment: Index) -> Index:
        """Columns of the levels of segments in a period, or each in one."""
        return self.first["level"] + period * len(self.programme.segment_width) + segment

    def closed(self, period: int, open_number: Index) -> Index:
        """Columns of the closed gap of open pairs in a period."""
        return self.first["closed"] + period * len(self.programme.open_pairs) + open_number

    def unspent(self, period: int, resource: Index) -> Index:
        """Columns of what is left of resources at the end of a period."""
        return self.first["unspent"] + period * len(self.programme.resources) + resource

    def full(self, place: Index) -> Index:
        """Columns that tell whether the segments of ordered places are used up."""
        return self.first["full"] + place

    def count(self, period: int, place: int) -> int:
        """Column of the whole number of units of the place-th counted application."""
        return self.first["count"] + period * len(self.counted) + place

    def used(self, period: int, place: int) -> int:
        """Column that tells whether the place-th switched application is used in a period."""
        return self.first["used"] + period * len(self.switched) + place

    def chosen(self, application: int) -> int:
        """Column that tells whether an excluded application is used at all."""
        return self.first["chosen"] + self.excluded.index(application)

    def met(self, period: int, place: int) -> int:
        """Column that tells whether the place-th of several prerequisites is the one that is kept by a period."""
        return self.first["met"] + period * len(self.several) + place

    @cached_property
    def integer(self) -> NDArray[np.bool_]:
        """Columns that hold whole numbers: (N,)."""
        p = self.programme
        whole = np.zeros(self.number, dtype=bool)
        kinds = np.array([a.kind in ("integer", "binary") for a in p.applications], dtype=bool)
        kinds[self.counted] = False
        for period in range(len(p.periods)):
            whole[self.level(period, np.flatnonzero(kinds[p.segment_application]))] = True
        for block in ("full", "count", "used", "chosen", "met"):
            whole[self.first[block] : self.first[block] + self.sizes[block]] = True
        return whole

    def bounds(self) -> tuple[Array, Array]:
        """No level is negative or beyond its segment; no gap is closed below nothing or beyond itself.

        0 <= x[a,s,p] <= width[a,s], and 0 before the first open period and outside the one in which it begins, where
        it has one;
        0 <= z[k,p] <= gap[k];  a binary level, and what tells whether something is used, is at most 1.
        """
        p = self.programme
        upper = np.full(self.number, np.inf)
        binary = np.array([a.kind == "binary" for a in p.applications], dtype=bool)
        width = np.where(binary[p.segment_application], np.minimum(p.segment_end, 1.0), p.segment_end)
        periods = len(p.periods)
        begun = p.begun[p.segment_application]
        able = (begun < 0) | (begun == np.arange(periods)[:, None])
        able[: p.start] = False
        upper[: self.sizes["level"]] = np.where(able, width, 0.0).ravel()
        at = self.first["closed"]
        upper[at : at + self.sizes["closed"]] = np.tile(p.gap.ravel()[p.open_pairs], periods)
        if self.sizes["unspent"]:
            at = self.first["unspent"]
            # finite, for the certificate, and so far off that no price meets it
            upper[at : at + self.sizes["unspent"]] = 1e3 * (1.0 + self._at_hand.T.ravel())
        for place, a in enumerate(self.counted):
            most = 1.0 if binary[a] else np.floor(p.level_end[a])
            upper[[self.count(q, place) for q in range(periods)]] = most
        for block in ("full", "used", "chosen", "met"):
            upper[self.first[block] : self.first[block] + self.sizes[block]] = 1.0
        lower = np.zeros(self.number)
        if p.bound is not None:
            self._leave_what_is_free(lower, upper)
        return lower, upper

    @cached_property
    def _at_hand(self) -> Array:
        """Most of each resource that there is by each period, with what may come in: (R, P)."""
        p = self.programme
        earned = np.minimum(p.cost, 0.0)
        # what brings nothing in is no part of it, however high its level may be
        most = np.where((earned < 0).any(axis=(1, 2)), p.level_end, 0.0)
        return np.asarray((np.maximum(p.budget, 0.0) - np.tensordot(most, earned, axes=1)).cumsum(axis=1))

    def _leave_what_is_free(self, lower: Array, upper: Array) -> None:
        """What is bound is used and chosen; of a binary level there is no second unit in the same period."""
        p = self.programme
        bound = p.bound_level
        for q in range(len(p.periods)):
            for a in np.flatnonzero([app.kind == "binary" for app in p.applications]).tolist():
                at = [self.count(q, self.counted.index(a))] if a in self.counted else self.level(q, p.segments_of[a])
                upper[at] = np.minimum(upper[at], max(1.0 - bound[a, q], 0.0))
            for place, a in enumerate(self.switched):
                lower[self.used(q, place)] = float(bound[a, q] > 0)
        for a in self.excluded:
            lower[self.chosen(a)] = float(bound[a].sum() > 0)

    @cached_property
    def units(self) -> Array:
        """Size of each column, (N,): powers of two, the unit in which solvers and tolerances see it.

        A level: the least of what is allowed, needed and affordable; a closed gap: the gap, or what all levels could
        deliver if that is less; what is unspent: the budget. Whole numbers count by 1, as does what lies near to 1.
        """
        p = self.programme
        size = np.ones(self.number)
        useful = np.where(p.needed > 0, p.needed, np.inf)[p.segment_application]
        level = np.minimum(np.minimum(p.segment_width, useful), p.affordable[p.segment_application])
        level = np.where(level > 0, level, 1.0)
        most = sums(p.effect_pair, p.effect * level[p.effect_segment], p.gap.size)[p.open_pairs]
        reached = np.minimum(p.gap.ravel()[p.open_pairs], most)  # a gap that nothing reaches sets no size
        periods = len(p.periods)
        blocks = {
            "level": np.tile(level, periods),
            "closed": np.tile(np.where(most > 0, reached, reached.min(initial=1.0, where=most > 0)), periods),
            "unspent": self._at_hand.T.ravel(),
        }
        for name, sizes in blocks.items():
            at = self.first[name]
            size[at : at + self.sizes[name]] = sizes[: self.sizes[name]]
        ordinary = self.integer | ~(size > 0) | ((size > 1 / FAR) & (size < FAR))
        return np.asarray(np.exp2(np.round(np.log2(np.where(ordinary, 1.0, size)))))

    def names(self) -> list[str]:
        """Readable names: ``level[I01,quantum]``, ``closed[quantum,demand]``; the period last, if there are several."""
        p = self.programme
        many = len(p.periods) > 1
        plain = [len(s) == 1 for s in p.segments_of]
        number = np.zeros(len(p.segment_width), dtype=int)
        for segments in p.segments_of:
            number[segments] = np.arange(len(segments)) + 1
        parts: list[tuple[str, ...]] = [
            (*p.place(a), *(() if plain[a] else (f"part {number[s]}",))) for s, a in enumerate(p.segment_application)
        ]
        labels: dict[str, list[tuple[str, ...]]] = {
            "level": parts,
            "closed": [p.pair_name(k) for k in p.open_pairs],
            "unspent": [(r,) for r in p.resources],
            "count": [p.place(a) for a in self.counted],
            "used": [p.place(a) for a in self.switched],
        }
        full = [f"full[{','.join((*parts[s], p.periods[q]))}]" for q, s, _ in self.ordered]

        def dated(block: str, names: list[tuple[str, ...]]) -> list[str]:
            return [
                f"{block}[{','.join((*label, period) if many else label)}]" for period in p.periods for label in names
            ]

        made = [name for block, names in labels.items() if self.sizes[block] for name in dated(block, names)]
        at = self.first["full"]
        made[at:at] = full
        chosen = [f"chosen[{','.join(p.place(a))}]" for a in self.excluded]
        needs = [(p.requires[n].name, *p.place(p.requires[n].application), *p.place(b)) for n, b in self.several]
        return made + chosen + dated("met", needs)

    # --- reading a solution ------------------------------------------------------------------------------------------

    def segment_levels(self, x: Array) -> Array:
        """Level of each segment in each period: (P, S), or (..., P, S) at points (..., N)."""
        return x[..., : self.sizes["level"]].reshape(*x.shape[:-1], len(self.programme.periods), -1)

    def in_order(self, level: Array) -> Array:
        """Levels of segments (P, S) that use levels of applications (A, P) in order over the whole horizon."""
        p = self.programme
        reached = np.cumsum(level, axis=1)
        made = np.zeros((len(p.periods), len(p.segment_width)))
        parts = np.bincount(p.segment_application, minlength=len(level))
        of_one = np.flatnonzero(parts[p.segment_application] == 1)
        used = np.clip(reached[p.segment_application[of_one]], 0.0, p.segment_width[of_one][:, None])
        made[:, of_one] = np.diff(used, axis=1, prepend=0.0).T
        for a in np.flatnonzero(level.any(axis=1) & (parts > 1)).tolist():
            segments = p.segments_of[a]
            ends = np.cumsum(p.segment_width[segments])
            starts = ends - p.segment_width[segments]
            used = np.clip(reached[a][:, None], starts, ends) - starts
            made[:, segments] = np.diff(used, axis=0, prepend=0.0)
        return made

    def levels(self, x: Array) -> Array:
        """Level of each application in each period: (A, P), or (..., A, P) at points (..., N)."""
        p, levels = self.programme, self.segment_levels(x)
        size, count = levels.shape[-1], len(p.applications)
        rows = levels.size // max(size, 1)
        index = (np.arange(rows)[:, None] * count + p.segment_application).ravel()
        return sums(index, levels.ravel(), rows * count).reshape(*levels.shape[:-1], count).swapaxes(-1, -2)

    def closed_gaps(self, x: Array) -> Array:
        """Closed gap of each pair at the end of each period: (P, T, F), or (..., P, T, F) at points (..., N)."""
        p, at, shape = self.programme, self.first["closed"], (*x.shape[:-1], len(self.programme.periods))
        closed = np.zeros((*shape, p.gap.size))
        closed[..., p.open_pairs] = x[..., at : at + self.sizes["closed"]].reshape(*shape, -1)
        return closed.reshape(*shape, *p.gap.shape)

    def flows(self, x: Array, period: int, only: int | None = None) -> Array:
        """Gap units that each effect delivers by a period, by the levels of one earlier period or all: (E,)."""
        p = self.programme
        levels = self.segment_levels(x)
        lag = p.lag[p.segment_application[p.effect_segment]]
        flow = np.zeros(len(p.effect))
        for q in range(period + 1) if only is None else [only]:
            age = period - q - lag
            kept = np.where(age >= 0, (1.0 - p.decay) ** np.maximum(age, 0), 0.0)
            flow += p.effect * kept * levels[q][p.effect_segment]
        return flow

    def delivered(self, x: Array, period: int) -> Array:
        """Gap units that levels, and what is bound, would close by a period if gaps had no end: (T, F)."""
        p = self.programme
        delivered = sums(p.effect_pair, self.flows(x, period), p.gap.size)
        return (delivered if p.given is None else delivered + p.given[period]).reshape(p.gap.shape)
